/* Places in the geometry: which region a point lies in, and where a place stands. */
#include <math.h>
#include <stdlib.h>

#include "knotmap/atlas.h"

/*
 * Even-odd rule with a half-open test: an edge is crossed by the ray to the right when exactly
 * one end lies above it, so a vertex is counted once and a point on a shared edge belongs to
 * one polygon alone. All in integers: the same answer on every machine.
 */
static bool holds(const km_polygon *p, int x, int y)
{
    if (x < p->x0 || x > p->x1 || y < p->y0 || y > p->y1)
        return false;
    bool in = false;
    int ax = p->xy[2 * (p->n - 1)], ay = p->xy[2 * (p->n - 1) + 1];
    for (int i = 0; i < p->n; i++) {
        const int bx = p->xy[2 * i], by = p->xy[2 * i + 1];
        if ((ay > y) != (by > y)) {
            /* the upper end first, so that both neighbours of an edge judge it alike */
            const bool down = ay < by;
            const int64_t ux = down ? ax : bx, uy = down ? ay : by;
            const int64_t lx = down ? bx : ax, ly = down ? by : ay;
            if ((x - ux) * (ly - uy) < (y - uy) * (lx - ux))
                in = !in;
        }
        ax = bx;
        ay = by;
    }
    return in;
}

static bool is_mirrored(km_view view)
{
    return view == KM_VIEW_FRONT || view == KM_VIEW_BACK || view == KM_VIEW_SOLE;
}

int km_body_polygon_at(const km_atlas *a, km_view view, int x, int y)
{
    /*
     * A view of two equal halves is asked in its half x >= 0 and mirrored, so that left and
     * right agree on edges too.
     */
    const bool flip = x < 0 && is_mirrored(view);
    if (flip)
        x = -x;
    for (int i = 0; i < a->body.n_polygon; i++) {
        const km_polygon *p = &a->body.polygon[i];
        if (p->view == view && holds(p, x, y))
            return flip ? p->mirror : i;
    }
    return -1;
}

/* The drawn view and x of a point in one of the five views. */
static km_view drawn(km_view view, int *x)
{
    if (view != KM_VIEW_LEFT)
        return view;
    *x = -*x;
    return KM_VIEW_RIGHT;
}

bool km_body_at(const km_atlas *a, km_view view, int x, int y, int *region, km_side *side)
{
    const km_view in = drawn(view, &x);
    const int i = km_body_polygon_at(a, in, x, y);
    if (i < 0)
        return false;
    const km_polygon *p = &a->body.polygon[i];
    *region = p->region;
    if (a->region[p->region].midline)
        *side = KM_SIDE_MIDLINE;
    else
        *side = view == KM_VIEW_LEFT ? KM_SIDE_LEFT : p->side;
    return true;
}

/*
 * Tables give one half: x > 0 is the left in the front and sole views, the right in the back
 * view; and the right side as drawn. Moves such a position to the wanted side.
 */
static void to_side(km_side side, km_view *view, int16_t *x)
{
    const km_side given = *view == KM_VIEW_FRONT || *view == KM_VIEW_SOLE ? KM_SIDE_LEFT
                                                                          : KM_SIDE_RIGHT;
    const bool other = side == km_side_mirror(given);
    if (!other)
        return;
    *x = (int16_t)-*x;
    if (*view == KM_VIEW_RIGHT)
        *view = KM_VIEW_LEFT;
}

static const km_seed *seed_in(const km_atlas *a, int region, km_view view)
{
    for (int i = 0; i < a->body.n_seed; i++)
        if (a->body.seed[i].region == region && a->body.seed[i].view == view)
            return &a->body.seed[i];
    return NULL;
}

void km_body_default_pos(const km_atlas *a, int region, int point, km_side side, km_view *view,
                         int16_t *x, int16_t *y)
{
    if (point >= 0) {
        const km_point_pos *p = &a->pos[a->point[point].first_pos];
        *view = p->view;
        *x = p->x;
        *y = p->y;
    } else {
        /* every view a region names has its seed: the loader saw to that */
        const km_seed *s = seed_in(a, region, a->region[region].first_view);
        *view = s->view;
        *x = s->x;
        *y = s->y;
    }
    to_side(side, view, x);
}

bool km_body_pos_in_view(const km_atlas *a, int region, int point, km_side side, km_view view,
                         int16_t *x, int16_t *y)
{
    if ((view == KM_VIEW_LEFT && side == KM_SIDE_RIGHT) ||
        (view == KM_VIEW_RIGHT && side == KM_SIDE_LEFT))
        return false;
    const km_view in = view == KM_VIEW_LEFT ? KM_VIEW_RIGHT : view;
    bool found = false;
    if (point >= 0) {
        const km_point *t = &a->point[point];
        for (int i = t->first_pos; i < t->first_pos + t->n_pos && !found; i++) {
            found = a->pos[i].view == in;
            *x = a->pos[i].x;
            *y = a->pos[i].y;
        }
    }
    if (!found) {
        const km_seed *s = seed_in(a, region, in);
        if (s == NULL)
            return false;
        *x = s->x;
        *y = s->y;
    }
    if (view == KM_VIEW_LEFT) {
        *x = (int16_t)-*x;
    } else if (view != KM_VIEW_RIGHT) {
        km_view same = view;
        to_side(side, &same, x);
    }
    return true;
}

static bool lies_in(const km_atlas *a, int region, km_side side, km_view view, int x, int y)
{
    int r;
    km_side s;
    return km_body_at(a, view, x, y, &r, &s) && r == region &&
           (s == side || s == KM_SIDE_MIDLINE || side == KM_SIDE_MIDLINE);
}

/* The point of a segment nearest to (x, y). */
static double nearest_on(const int16_t *from, const int16_t *to, double x, double y, double *px,
                         double *py)
{
    const double dx = to[0] - from[0], dy = to[1] - from[1];
    const double len = dx * dx + dy * dy;
    double t = len > 0 ? ((x - from[0]) * dx + (y - from[1]) * dy) / len : 0;
    t = t < 0 ? 0 : t > 1 ? 1 : t;
    *px = from[0] + t * dx;
    *py = from[1] + t * dy;
    return (*px - x) * (*px - x) + (*py - y) * (*py - y);
}

/* Step from the edge towards the inside: the nearest whole point of a small square within. */
static bool step_inside(const km_atlas *a, int region, km_side side, km_view view, double x,
                        double y, int16_t *ox, int16_t *oy)
{
    enum { REACH = 4 };
    double best = INFINITY;
    const int cx = (int)lround(x), cy = (int)lround(y);
    for (int dy = -REACH; dy <= REACH; dy++) {
        for (int dx = -REACH; dx <= REACH; dx++) {
            const double ex = cx + dx - x, ey = cy + dy - y;
            if (ex * ex + ey * ey < best && lies_in(a, region, side, view, cx + dx, cy + dy)) {
                best = ex * ex + ey * ey;
                *ox = (int16_t)(cx + dx);
                *oy = (int16_t)(cy + dy);
            }
        }
    }
    return best < INFINITY;
}

bool km_body_nearest(const km_atlas *a, int region, km_side side, km_view view, int16_t *x,
                     int16_t *y)
{
    if (lies_in(a, region, side, view, *x, *y))
        return true;
    if (!km_body_pos_in_view(a, region, -1, side, view, &(int16_t){ 0 }, &(int16_t){ 0 }))
        return false;
    int wx = *x;
    const km_view in = drawn(view, &wx);
    double best = INFINITY, bx = 0, by = 0;
    for (int i = 0; i < a->body.n_polygon; i++) {
        const km_polygon *p = &a->body.polygon[i];
        if (p->view != in || p->region != region)
            continue;
        if (in != KM_VIEW_RIGHT && p->side != side && p->side != KM_SIDE_MIDLINE &&
            side != KM_SIDE_MIDLINE)
            continue;
        for (int k = 0; k < p->n; k++) {
            double px, py;
            const double d = nearest_on(&p->xy[2 * k], &p->xy[2 * ((k + 1) % p->n)], wx, *y, &px,
                                        &py);
            if (d < best) {
                best = d;
                bx = px;
                by = py;
            }
        }
    }
    if (view == KM_VIEW_LEFT)
        bx = -bx;
    if (best < INFINITY && step_inside(a, region, side, view, bx, by, x, y))
        return true;
    return km_body_pos_in_view(a, region, -1, side, view, x, y);
}

double km_polygon_area(const km_polygon *p)
{
    int64_t twice = 0;
    for (int i = 0; i < p->n; i++) {
        const int k = (i + 1) % p->n;
        twice += (int64_t)p->xy[2 * i] * p->xy[2 * k + 1] -
                 (int64_t)p->xy[2 * k] * p->xy[2 * i + 1];
    }
    return fabs((double)twice) / 2;
}
