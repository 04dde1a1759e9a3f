/* The braille picture: 2 by 4 dots a cell, drawn from the same lines. */
#include "frame.h"

#include <stdlib.h>
#include <string.h>

typedef struct dots {
    uint8_t *on;    /* one byte a dot */
    int w, h;
} dots;

static void dot_set(dots *d, int x, int y)
{
    if (x >= 0 && y >= 0 && x < d->w && y < d->h)
        d->on[y * d->w + x] = 1;
}

/* A straight stroke between two dots (Bresenham). */
static void dot_stroke(dots *d, int x0, int y0, int x1, int y1)
{
    int dx = abs(x1 - x0), dy = -abs(y1 - y0), sx = x0 < x1 ? 1 : -1, sy = y0 < y1 ? 1 : -1;

    for (int e = dx + dy;;) {
        dot_set(d, x0, y0);
        if (x0 == x1 && y0 == y1)
            return;
        int e2 = 2 * e;
        if (e2 >= dy) {
            e += dy;
            x0 += sx;
        }
        if (e2 <= dx) {
            e += dx;
            y0 += sy;
        }
    }
}

static int dot_at(int64_t v, int64_t unit)
{
    int64_t q = v >= 0 ? v / unit : -((unit - 1 - v) / unit);
    return q < -30000 ? -30000 : q > 30000 ? 30000 : (int)q;
}

static void dot_line(dots *d, const km_line *l, const port *p)
{
    for (int i = 0; i + 1 < l->n; i++) {
        int c[4];
        for (int k = 0; k < 2; k++) {
            c[2 * k] = dot_at(((int64_t)l->xy[2 * (i + k)] * FINE - p->x0) * DOT_X, p->ux);
            c[2 * k + 1] = dot_at(((int64_t)l->xy[2 * (i + k) + 1] * FINE - p->y0) * DOT_Y, p->uy);
        }
        if ((c[0] < 0 && c[2] < 0) || (c[1] < 0 && c[3] < 0) || (c[0] >= d->w && c[2] >= d->w) ||
            (c[1] >= d->h && c[3] >= d->h))
            continue;
        dot_stroke(d, c[0], c[1], c[2], c[3]);
    }
}

/* Drop the corner of every L-shaped step: a thinner, rounder line. */
static void dot_thin(dots *d)
{
    for (int y = 0; y < d->h; y++) {
        for (int x = 0; x < d->w; x++) {
            if (!d->on[y * d->w + x])
                continue;
            bool l = x > 0 && d->on[y * d->w + x - 1], r = x + 1 < d->w && d->on[y * d->w + x + 1];
            bool u = y > 0 && d->on[(y - 1) * d->w + x];
            bool b = y + 1 < d->h && d->on[(y + 1) * d->w + x];
            if (l + r == 1 && u + b == 1)
                d->on[y * d->w + x] = 0;
        }
    }
}

static uint8_t braille_bit(int x, int y)
{
    static const uint8_t bit[DOT_Y][DOT_X] = { { 1, 8 }, { 2, 16 }, { 4, 32 }, { 64, 128 } };
    return bit[y][x];
}

static void dot_pack(uint8_t *out, const dots *d, bool mirror)
{
    memset(out, 0, (size_t)(d->w / DOT_X) * (size_t)(d->h / DOT_Y));
    for (int y = 0; y < d->h; y++) {
        for (int x = 0; x < d->w; x++) {
            int from = mirror && x >= d->w / 2 ? d->w - 1 - x : x;
            if (d->on[y * d->w + from])
                out[y / DOT_Y * (d->w / DOT_X) + x / DOT_X] |= braille_bit(x % DOT_X, y % DOT_Y);
        }
    }
}

/* Most cells lie in one region or in none: painting asks that first. */
static void find_whole(frame *f)
{
    const port *p = &f->p;

    for (int c = 0; c < p->w * p->h; c++) {
        const uint8_t *at = f->dot_slot + c / p->w * DOT_Y * p->w * DOT_X + c % p->w * DOT_X;
        f->dot_whole[c] = at[0];
        for (int k = 1; k < DOT_X * DOT_Y; k++) {
            if (at[k / DOT_X * p->w * DOT_X + k % DOT_X] != at[0])
                f->dot_whole[c] = DOT_MIXED;
        }
    }
}

void chart_frame_need_dots(km_chart *c, frame *f)
{
    const port *p = &f->p;
    size_t cells = (size_t)p->w * (size_t)p->h;
    dots d = { NULL, p->w * DOT_X, p->h * DOT_Y };
    /* a dot is half a column: true outline where a finger spans three of them */
    km_line_kind outline = p->ux > 70 * FINE ? KM_LINE_COARSE : KM_LINE_OUTLINE;
    bool mirror = chart_port_mirrors(f->s, p), borders = p->ux <= 70 * FINE;

    if (f->dot_line)
        return;
    d.on = km_calloc(cells, DOT_X * DOT_Y);
    f->dot_line = km_calloc(cells, 1);
    f->dot_faint = km_calloc(cells, 1);
    f->dot_slot = km_calloc(cells, DOT_X * DOT_Y);
    for (int i = 0; i < c->a->body.n_line; i++) {
        const km_line *l = &c->a->body.line[i];
        if (l->view == p->view && (l->kind == outline || l->kind == KM_LINE_LIMB))
            dot_line(&d, l, p);
    }
    dot_thin(&d);
    dot_pack(f->dot_line, &d, mirror);
    memset(d.on, 0, cells * DOT_X * DOT_Y);
    for (int i = 0; i < c->a->body.n_line; i++) {
        const km_line *l = &c->a->body.line[i];
        bool wanted = (l->kind == KM_LINE_FEATURE && chart_fit_feature_shown(l, p)) ||
                      (l->kind == KM_LINE_BORDER && borders);
        if (l->view == p->view && wanted)
            dot_line(&d, l, p);
    }
    dot_thin(&d);
    dot_pack(f->dot_faint, &d, mirror);
    free(d.on);
    f->dot_whole = km_calloc(cells, 1);
    chart_fill_slots(f->dot_slot, c->a, f->s, p, DOT_X, DOT_Y);
    find_whole(f);
}
