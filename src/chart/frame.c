/* Frames: found in the tables made at build time, or fitted now and kept. */
#include "frame.h"

#include <stdlib.h>
#include <string.h>

km_chart *km_chart_new(const km_atlas *a)
{
    km_chart *c = km_calloc(1, sizeof *c);
    c->a = a;
    return c;
}

static void frame_free(frame *f)
{
    if (!f)
        return;
    free(f->plane);
    free(f->owner);
    free(f->cover);
    free(f->dot_line);
    free(f->dot_faint);
    free(f->dot_slot);
    free(f->dot_whole);
    free(f);
}

void km_chart_free(km_chart *c)
{
    if (!c)
        return;
    for (int i = 0; i < c->n_kept; i++)
        frame_free(c->kept[i]);
    chart_fitter_free(c->f);
    chart_graph_free(c->walk);
    free(c);
}

const sheet *chart_sheet(km_chart *c, km_view drawn)
{
    sheet *s = &c->sheet[drawn];
    if (s->n == 0)
        chart_sheet_make(s, c->a, drawn);
    return s;
}

port chart_figure_port(const km_figure *fig)
{
    port p = { chart_drawn_view(fig->view), fig->x0, fig->y0, fig->ux, fig->uy, fig->body.w,
               fig->body.h };
    if (fig->view == KM_VIEW_LEFT)
        p.x0 = -(fig->x0 + fig->body.w * fig->ux);
    return p;
}

static bool same_port(const port *a, const port *b)
{
    return a->view == b->view && a->x0 == b->x0 && a->y0 == b->y0 && a->ux == b->ux &&
           a->uy == b->uy && a->w == b->w && a->h == b->h;
}

static const fit_entry *find_entry(const km_chart *c, km_view drawn, km_zoom zoom, int rows)
{
    for (int i = 0; c->a->builtin && i < chart_fit_table_n; i++) {
        const fit_entry *e = &chart_fit_table[i];
        if (e->view == drawn && e->zoom == zoom && e->rows == rows)
            return e;
    }
    return NULL;
}

static port entry_port(const fit_entry *e)
{
    return (port){ (km_view)e->view, e->x0, e->y0, e->ux, e->uy, e->w, e->rows };
}

void chart_best_port(port *out, km_chart *c, km_view drawn, km_zoom zoom, int rows)
{
    const fit_entry *e = find_entry(c, drawn, zoom, rows);
    if (e)
        *out = entry_port(e);
    else
        chart_port_place(out, chart_sheet(c, drawn), zoom, rows, 10, 4, 4);
}

const uint8_t *chart_fit_unpack(uint8_t *plane, const uint8_t *bytes, int columns, int stride, int h)
{
    for (int i = 0; i < columns * h; bytes += 2) {
        for (int n = bytes[0]; n > 0; n--, i++)
            plane[i / columns * stride + i % columns] = bytes[1];
    }
    return bytes;
}

/* Read a frame of the tables; false when this port is not among them. */
static bool frame_unpack(const km_chart *c, frame *f)
{
    for (int i = 0; c->a->builtin && i < chart_fit_table_n; i++) {
        const fit_entry *e = &chart_fit_table[i];
        port p = entry_port(e);
        if (!same_port(&p, &f->p))
            continue;
        bool half = chart_port_mirrors(f->s, &p);
        int columns = half ? p.w / 2 + 1 : p.w;
        const uint8_t *at = chart_fit_unpack(f->plane, chart_fit_bytes + e->at, columns, p.w, p.h);
        chart_fit_unpack(f->owner, at, columns, p.w, p.h);
        for (int cell = 0; half && cell < p.w * p.h; cell++) {
            int col = cell % p.w, twin = cell - 2 * col + p.w - 1;
            if (col < columns)
                continue;
            f->plane[cell] = chart_fit_mirror(f->plane[twin]);
            f->owner[cell] = f->owner[twin] == NO_SLOT ? NO_SLOT : f->s->twin[f->owner[twin]];
        }
        return true;
    }
    return false;
}

static bool see(const port *p, int x, int y, int *cell)
{
    int64_t col = (int64_t)x * FINE - p->x0, row = (int64_t)y * FINE - p->y0;
    if (col < 0 || row < 0 || col >= (int64_t)p->w * p->ux || row >= (int64_t)p->h * p->uy)
        return false;
    *cell = (int)(row / p->uy) * p->w + (int)(col / p->ux);
    return true;
}

bool chart_cell_point(const km_atlas *a, const frame *f, int slot, int cell, int *x, int *y)
{
    const port *p = &f->p;
    int64_t best = -1;

    for (int k = 0; k < SUB_CELL; k++) {
        int i = k % SUB_X, j = k / SUB_X;
        /* the first sample is the middle of the cell itself */
        int fx = k == 0 ? SUB_X : 2 * i + 1, fy = k == 0 ? SUB_Y : 2 * j + 1;
        int64_t dx = fx - SUB_X, dy = fy - SUB_Y, d = dx * dx * 4 + dy * dy;
        if (best >= 0 && d >= best)
            continue;
        int64_t px = p->x0 + (int64_t)(cell % p->w) * p->ux + (int64_t)p->ux * fx / (2 * SUB_X);
        int64_t py = p->y0 + (int64_t)(cell / p->w) * p->uy + (int64_t)p->uy * fy / (2 * SUB_Y);
        int tx = (int)(px >= 0 ? px / FINE : -((FINE - 1 - px) / FINE));
        int ty = (int)(py >= 0 ? py / FINE : -((FINE - 1 - py) / FINE));
        int seen;
        if (!chart_slot_holds(f->s, a, slot, tx, ty) || !see(p, tx, ty, &seen) || seen != cell)
            continue;
        best = d;
        *x = tx;
        *y = ty;
    }
    return best >= 0;
}

/* The point of a grid over the visible part of the polygon that has most of it around. */
static bool visible_point(const km_atlas *a, const frame *f, int slot, int *x, int *y)
{
    enum { N = 24 };
    const port *p = &f->p;
    const km_polygon *poly = &a->body.polygon[f->s->polygon[slot]];
    int64_t left = poly->xy[0], right = left, top = poly->xy[1], bottom = top;
    bool in[N * N] = { 0 };
    int best = -1;

    for (int i = 1; i < poly->n; i++) {
        left = poly->xy[2 * i] < left ? poly->xy[2 * i] : left;
        right = poly->xy[2 * i] > right ? poly->xy[2 * i] : right;
        top = poly->xy[2 * i + 1] < top ? poly->xy[2 * i + 1] : top;
        bottom = poly->xy[2 * i + 1] > bottom ? poly->xy[2 * i + 1] : bottom;
    }
    int64_t px = p->x0 / FINE + 1, py = p->y0 / FINE + 1;
    int64_t qx = (p->x0 + (int64_t)p->w * p->ux) / FINE - 1;
    int64_t qy = (p->y0 + (int64_t)p->h * p->uy) / FINE - 1;
    left = left < px ? px : left;
    right = right > qx ? qx : right;
    top = top < py ? py : top;
    bottom = bottom > qy ? qy : bottom;
    if (left >= right || top >= bottom)
        return false;
    for (int i = 0; i < N * N; i++)
        in[i] = chart_slot_holds(f->s, a, slot, (int)(left + (right - left) * (2 * (i % N) + 1) / (2 * N)),
                              (int)(top + (bottom - top) * (2 * (i / N) + 1) / (2 * N)));
    for (int i = 0; i < N * N; i++) {
        int depth = 0;
        if (!in[i])
            continue;
        for (bool clear = true; clear && depth < N; depth += clear) {
            for (int k = -depth - 1; k <= depth + 1 && clear; k++) {
                int cx = i % N + k, cy = i / N + k, lo = depth + 1;
                clear = cx >= 0 && cx < N && cy >= 0 && cy < N && i % N >= lo &&
                        i % N + lo < N && i / N >= lo && i / N + lo < N && in[cy * N + i % N] &&
                        in[i / N * N + cx];
            }
        }
        if (depth > best) {
            best = depth;
            *x = (int)(left + (right - left) * (2 * (i % N) + 1) / (2 * N));
            *y = (int)(top + (bottom - top) * (2 * (i / N) + 1) / (2 * N));
        }
    }
    return best >= 0;
}

/* Which cell shows which slot: its own nearest to the seed, else the one the seed falls into. */
static void frame_index(km_chart *c, frame *f)
{
    int64_t far[SHEET_MAX];
    const port *p = &f->p;

    for (int i = 0; i < f->s->n; i++) {
        f->cell[i] = -1;
        far[i] = -1;
    }
    for (int cell = 0; cell < p->w * p->h; cell++) {
        int slot = f->owner[cell];
        if (slot == NO_SLOT)
            continue;
        int64_t dx = p->x0 + (int64_t)(cell % p->w) * p->ux + p->ux / 2 -
                     (int64_t)f->s->seed_x[slot] * FINE;
        int64_t dy = p->y0 + (int64_t)(cell / p->w) * p->uy + p->uy / 2 -
                     (int64_t)f->s->seed_y[slot] * FINE;
        int64_t d = dx * dx + dy * dy;
        if (far[slot] < 0 || d < far[slot]) {
            far[slot] = d;
            f->cell[slot] = cell;
            f->own[slot] = true;
        }
    }
    for (int i = 0; i < f->s->n; i++) {
        int x = f->s->seed_x[i], y = f->s->seed_y[i], cell;
        if (f->cell[i] >= 0)
            continue;
        if (!see(p, x, y, &cell) &&
            !(visible_point(c->a, f, i, &x, &y) && see(p, x, y, &cell)))
            continue;
        f->cell[i] = cell;
        f->x[i] = (int16_t)x;
        f->y[i] = (int16_t)y;
        f->placed[i] = true;
    }
}

bool chart_frame_place(km_chart *c, frame *f, int slot, int *x, int *y)
{
    int cell, px = f->s->seed_x[slot], py = f->s->seed_y[slot];

    if (f->cell[slot] < 0)
        return false;
    if (!f->placed[slot]) {
        if (!see(&f->p, px, py, &cell) || cell != f->cell[slot])
            chart_cell_point(c->a, f, slot, f->cell[slot], &px, &py);
        f->x[slot] = (int16_t)px;
        f->y[slot] = (int16_t)py;
        f->placed[slot] = true;
    }
    *x = f->x[slot];
    *y = f->y[slot];
    return true;
}

static void frame_inner(frame *f)
{
    memset(f->inner, 0, sizeof f->inner);
    for (int c = 0; c < f->p.w * f->p.h; c++) {
        bool outline = f->plane[c] != 0 && !(f->plane[c] & (FIT_FEATURE | FIT_BORDER));
        if (f->owner[c] != NO_SLOT && !outline)
            f->inner[f->owner[c]] = true;
    }
}

static frame *frame_new(km_chart *c, const port *p)
{
    size_t cells = (size_t)p->w * (size_t)p->h;
    frame *f = km_calloc(1, sizeof *f);

    f->p = *p;
    f->s = chart_sheet(c, p->view);
    f->owner = km_calloc(cells, 1);
    f->plane = km_calloc(cells, 1);
    if (frame_unpack(c, f)) {
        frame_inner(f);
    } else {
        f->cover = km_calloc(cells, 1);
        chart_fill_owners(f->owner, f->cover, c->a, f->s, p);
        free(f->plane);
        f->plane = NULL;
    }
    frame_index(c, f);
    return f;
}

frame *chart_frame(km_chart *c, const km_figure *fig)
{
    port p = chart_figure_port(fig);
    int oldest = 0;

    c->clock++;
    for (int i = 0; i < c->n_kept; i++) {
        if (same_port(&c->kept[i]->p, &p)) {
            c->kept[i]->used = c->clock;
            return c->kept[i];
        }
        if (c->kept[i]->used < c->kept[oldest]->used)
            oldest = i;
    }
    if (c->n_kept < FRAMES_KEPT)
        oldest = c->n_kept++;
    else
        frame_free(c->kept[oldest]);
    c->kept[oldest] = frame_new(c, &p);
    c->kept[oldest]->used = c->clock;
    return c->kept[oldest];
}

void chart_frame_need_plane(km_chart *c, frame *f)
{
    size_t cells = (size_t)f->p.w * (size_t)f->p.h;

    if (f->plane)
        return;
    if (!c->f)
        c->f = chart_fitter_new();
    f->plane = km_calloc(cells, 1);
    chart_fit_port(f->plane, c->f, c->a, f->s, &f->p, f->cover);
    free(f->cover);
    f->cover = NULL;
    frame_inner(f);
}

int chart_sheet_slot(const sheet *s, const km_atlas *a, km_view view, int region, km_side side)
{
    if (view == KM_VIEW_LEFT)
        side = km_side_mirror(side);
    for (int i = 0; i < s->n; i++) {
        const km_polygon *p = &a->body.polygon[s->polygon[i]];
        bool flank = s->view == KM_VIEW_RIGHT && side == KM_SIDE_MIDLINE;
        if (p->region == region && (p->side == side || flank))
            return i;
    }
    return -1;
}

km_side chart_slot_side(const sheet *s, const km_atlas *a, km_view view, int slot)
{
    const km_polygon *p = &a->body.polygon[s->polygon[slot]];
    if (a->region[p->region].midline)
        return KM_SIDE_MIDLINE;
    return view == KM_VIEW_LEFT ? km_side_mirror(p->side) : p->side;
}
