#include "engine.h"

#include <string.h>

km_view chart_drawn_view(km_view v)
{
    return v == KM_VIEW_LEFT ? KM_VIEW_RIGHT : v;
}

static void grow_bounds(sheet *s, const km_polygon *p)
{
    for (int i = 0; i < p->n; i++) {
        int32_t x = p->xy[2 * i] * FINE, y = p->xy[2 * i + 1] * FINE;
        if (x < s->left)
            s->left = x;
        if (x > s->right)
            s->right = x;
        if (y < s->top)
            s->top = y;
        if (y > s->bottom)
            s->bottom = y;
    }
}

bool chart_polygon_holds(const km_polygon *p, int x, int y)
{
    bool in = false;

    for (int i = 0, j = p->n - 1; i < p->n; j = i++) {
        int ax = p->xy[2 * j], ay = p->xy[2 * j + 1];
        int bx = p->xy[2 * i], by = p->xy[2 * i + 1];
        if ((ay > y) == (by > y))
            continue;
        /* always from the upper end, so that two polygons agree about their common edge */
        if (ay > by) {
            int t = ax;
            ax = bx;
            bx = t;
            t = ay;
            ay = by;
            by = t;
        }
        if ((int64_t)(x - ax) * (by - ay) < (int64_t)(y - ay) * (bx - ax))
            in = !in;
    }
    return in;
}

/* A place inside the polygon: the atlas's seed or its mirror image, else the middle of the
 * widest stretch found on a few lines across it. */
static void find_seed(int16_t *sx, int16_t *sy, const km_atlas *a, const km_polygon *p)
{
    for (int i = 0; i < a->body.n_seed; i++) {
        const km_seed *seed = &a->body.seed[i];
        if (chart_drawn_view(seed->view) != p->view || seed->region != p->region)
            continue;
        for (int sign = 1; sign >= -1; sign -= 2) {
            if (chart_polygon_holds(p, seed->x * sign, seed->y)) {
                *sx = (int16_t)(seed->x * sign);
                *sy = seed->y;
                return;
            }
        }
    }
    int top = p->xy[1], bottom = p->xy[1], left = p->xy[0], right = p->xy[0], best = -1;
    for (int i = 1; i < p->n; i++) {
        int x = p->xy[2 * i], y = p->xy[2 * i + 1];
        top = y < top ? y : top;
        bottom = y > bottom ? y : bottom;
        left = x < left ? x : left;
        right = x > right ? x : right;
    }
    *sx = p->xy[0];
    *sy = p->xy[1];
    for (int k = 1; k < 16; k++) {
        int y = top + (bottom - top) * k / 16, start = left;
        for (int x = left; x <= right + 1; x++) {
            if (chart_polygon_holds(p, x, y))
                continue;
            if (x - start > best) {
                best = x - start;
                *sx = (int16_t)((x + start) / 2);
                *sy = (int16_t)y;
            }
            start = x + 1;
        }
    }
}

void chart_sheet_make(sheet *s, const km_atlas *a, km_view drawn)
{
    memset(s, 0, sizeof *s);
    s->view = drawn;
    s->mirrored = drawn != KM_VIEW_RIGHT;
    s->left = s->top = INT32_MAX;
    s->right = s->bottom = INT32_MIN;
    for (int i = 0; i < a->body.n_polygon && s->n < SHEET_MAX; i++) {
        const km_polygon *p = &a->body.polygon[i];
        if (p->view != drawn)
            continue;
        find_seed(&s->seed_x[s->n], &s->seed_y[s->n], a, p);
        grow_bounds(s, p);
        s->polygon[s->n++] = (int16_t)i;
    }
    for (int i = 0; i < s->n; i++) {
        const km_polygon *p = &a->body.polygon[s->polygon[i]];
        s->twin[i] = (uint8_t)i;
        for (int j = 0; j < s->n && s->mirrored; j++) {
            const km_polygon *q = &a->body.polygon[s->polygon[j]];
            if (q->region == p->region && q->side == km_side_mirror(p->side))
                s->twin[i] = (uint8_t)j;
        }
    }
}

bool chart_slot_holds(const sheet *s, const km_atlas *a, int slot, int x, int y)
{
    /* decided in the half x >= 0, so that both halves agree on points of a border */
    if (s->mirrored && x < 0) {
        slot = s->twin[slot];
        x = -x;
    }
    return chart_polygon_holds(&a->body.polygon[s->polygon[slot]], x, y);
}

bool chart_port_mirrors(const sheet *s, const port *p)
{
    return s->mirrored && 2 * p->x0 == -p->w * p->ux;
}
