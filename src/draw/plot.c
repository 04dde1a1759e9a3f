/** Line plots with axes, and many of them side by side. */
#include "knotmap/plot.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "knotmap/text.h"

/* Dots of a braille cell, by line and column. */
static const uint8_t dot_of[4][2] = { { 0x01, 0x08 }, { 0x02, 0x10 }, { 0x04, 0x20 }, { 0x40, 0x80 } };

/* Where the line goes: dots in braille, cells in ASCII. */
typedef struct canvas {
    km_grid *g;
    km_rect r;             /* of the cells */
    int w, h;              /* of the dots */
    km_role role;
    uint8_t *dots;         /* r.w * r.h braille patterns; NULL in ASCII */
} canvas;

static void dot(canvas *c, int x, int y, char ascii)
{
    if (x < 0 || y < 0 || x >= c->w || y >= c->h)
        return;
    if (c->dots) {
        c->dots[(y / 4) * c->r.w + x / 2] |= dot_of[y % 4][x % 2];
        return;
    }
    int at_x = c->r.x + x, at_y = c->r.y + y;
    km_cell *cell = km_grid_cell(c->g, at_x, at_y);
    if (cell && !(ascii == '.' && cell->rune == '*')) /* a value stands above the line */
        km_grid_put(c->g, c->r, y, x, c->role, (uint32_t)ascii);
}

/* Bresenham's line, without its ends. */
static void join(canvas *c, int x0, int y0, int x1, int y1)
{
    int dx = abs(x1 - x0), dy = -abs(y1 - y0);
    int step_x = x0 < x1 ? 1 : -1, step_y = y0 < y1 ? 1 : -1, off = dx + dy;

    while (x0 != x1 || y0 != y1) {
        int twice = 2 * off;
        if (twice >= dy) {
            off += dy;
            x0 += step_x;
        }
        if (twice <= dx) {
            off += dx;
            y0 += step_y;
        }
        if (x0 != x1 || y0 != y1)
            dot(c, x0, y0, '.');
    }
}

static int height_of(const canvas *c, const km_plot *p, double v)
{
    double share = (v - p->low) / (p->high - p->low);
    share = share < 0 ? 0 : share > 1 ? 1 : share;
    return (int)((1 - share) * (c->h - 1) + 0.5);
}

/* Whether the line goes on from a value to a later one. */
static bool goes_on(const km_plot *p, int i)
{
    for (int k = i + 1; k < p->n && k <= i + 1 + p->reach; k++) {
        if (!isnan(p->v[k]))
            return true;
    }
    return false;
}

static void draw_values(canvas *c, const km_plot *p)
{
    int last_x = -1, last_y = -1, last = -1;

    for (int i = 0; i < p->n; i++) {
        if (isnan(p->v[i]))
            continue;
        if (last >= 0 && i - last - 1 > p->reach)
            last_x = -1;
        last = i;
        int x = p->n > 1 ? (int)((double)i * (c->w - 1) / (p->n - 1) + 0.5) : c->w / 2;
        int y = height_of(c, p, p->v[i]);
        if (last_x >= 0)
            join(c, last_x, last_y, x, y);
        dot(c, x, y, '*');
        bool alone = last_x < 0 && !goes_on(p, i);
        if (alone && c->dots) { /* one braille dot is easily overlooked */
            dot(c, x ^ 1, y, '*');
            dot(c, x, y ^ 1, '*');
            dot(c, x ^ 1, y ^ 1, '*');
        }
        last_x = x;
        last_y = y;
    }
    for (int i = 0; c->dots && i < c->r.w * c->r.h; i++) {
        if (c->dots[i])
            km_grid_put(c->g, c->r, i / c->r.w, i % c->r.w, c->role, 0x2800u + c->dots[i]);
    }
}

static void number(char out[24], double v)
{
    snprintf(out, 24, fabs(v - round(v)) < 0.05 ? "%.0f" : "%.1f", v);
}

/* Parts of the axis between its figures: halves, and fifths where there is room for them. */
static int parts_of(int lines)
{
    return lines >= 16 ? 5 : lines >= 4 ? 2 : 1;
}

/* Columns of the widest figure at the axis, however high the plot is. */
static int margin_of(const km_plot *p)
{
    int margin = 0;
    for (int part = 0; part <= 10; part++) { /* halves and fifths */
        char text[24];
        number(text, p->low + (p->high - p->low) * part / 10);
        margin = km_text_width(text) > margin ? km_text_width(text) : margin;
    }
    return margin;
}

static canvas canvas_of(km_grid *g, km_rect inner, const km_plot *p)
{
    canvas c = { .g = g, .r = inner, .w = inner.w, .h = inner.h, .role = p->role };
    if (!g->ascii) {
        c.dots = km_calloc((size_t)(inner.w * inner.h), 1);
        c.w *= 2;
        c.h *= 4;
    }
    return c;
}

/* The axis at the left; a figure stands on the line where its value is drawn. */
static void draw_axis(const canvas *c, int margin, const km_plot *p)
{
    const km_rect axis = { c->r.x - margin - 1, c->r.y, margin + 1, c->r.h };
    int parts = parts_of(c->r.h);

    for (int y = 0; y < axis.h; y++)
        km_grid_put(c->g, axis, y, margin, KM_ROLE_DIM, 0x2502u);
    for (int part = 0; part <= parts; part++) {
        char text[24];
        double v = p->low + (p->high - p->low) * part / parts;
        int y = height_of(c, p, v) / (c->dots ? 4 : 1);
        number(text, v);
        km_grid_text_right(c->g, (km_rect){ axis.x, axis.y, margin, axis.h }, y, KM_ROLE_DIM, text);
        km_grid_put(c->g, axis, y, margin, KM_ROLE_DIM, 0x2524u);
    }
}

/* Labels below the axis: ends first, the middle one where it finds room. */
static void draw_labels(km_grid *g, km_rect r, int y, const km_plot *p)
{
    int from = p->from ? km_text_width(p->from) : 0, to = p->to ? km_text_width(p->to) : 0;
    int mid = p->mid ? km_text_width(p->mid) : 0, at = (r.w - mid) / 2;

    if (from > 0)
        km_grid_text(g, r, y, 0, KM_ROLE_DIM, p->from);
    if (to > 0 && from + 1 + to <= r.w)
        km_grid_text(g, r, y, r.w - to, KM_ROLE_DIM, p->to);
    if (mid > 0 && at > from && at + mid < r.w - to)
        km_grid_text(g, r, y, at, KM_ROLE_DIM, p->mid);
}

static void draw_title(km_grid *g, km_rect r, const km_plot *p)
{
    int unit = p->unit ? km_text_width(p->unit) : 0;
    bool fits = p->title && km_text_width(p->title) + unit + 2 <= r.w;
    bool cut = p->unit_first && unit + 2 < r.w;

    if (p->title)
        km_grid_text_cut(g, r, 0, 0, cut ? r.w - unit - 2 : r.w, KM_ROLE_TITLE, p->title);
    if (unit > 0 && (fits || cut || !p->title))
        km_grid_text_right(g, r, 0, KM_ROLE_DIM, p->unit);
}

/* Too small for axes: the last values that fit, one column each. */
static void draw_small(km_grid *g, km_rect r, const km_plot *p)
{
    int n = p->n < r.w ? p->n : r.w;
    bool title = p->title && r.h > 1;

    if (title)
        km_grid_text_cut(g, r, 0, 0, r.w, KM_ROLE_TITLE, p->title);
    km_grid_spark(g, r, title ? 1 : 0, 0, p->role, p->v + (p->n - n), n, p->high);
}

void km_plot_line(km_grid *g, km_rect r, const km_plot *p)
{
    if (r.w < 1 || r.h < 1)
        return;
    if (r.w < KM_PLOT_LEAST_W || r.h < KM_PLOT_LEAST_H) {
        draw_small(g, r, p);
        return;
    }
    int margin = margin_of(p), lines = r.h - 3;
    const km_rect inner = { r.x + margin + 1, r.y + 1, r.w - margin - 1, lines };
    canvas c = canvas_of(g, inner, p);

    draw_title(g, r, p);
    draw_axis(&c, margin, p);
    km_grid_put(g, r, r.h - 2, margin, KM_ROLE_DIM, 0x2514u);
    for (int x = margin + 1; x < r.w; x++)
        km_grid_put(g, r, r.h - 2, x, KM_ROLE_DIM, 0x2500u);

    draw_labels(g, (km_rect){ inner.x, r.y, inner.w, r.h }, r.h - 1, p);
    draw_values(&c, p);
    free(c.dots);
}

/* ---- small multiples ---- */

enum { MANY_W = 36, MANY_H = 8, MANY_APART = 2 };

static int columns_of(int width, int n)
{
    int columns = (width + MANY_APART) / (MANY_W + MANY_APART);
    columns = columns < 1 ? 1 : columns;
    return columns > n && n > 0 ? n : columns;
}

int km_plot_many_lines(int width, int n)
{
    int columns = columns_of(width, n);
    return (n + columns - 1) / columns * (MANY_H + 1) - (n > 0);
}

int km_plot_many_width(int width, int n)
{
    int columns = columns_of(width, n);
    return (width - MANY_APART * (columns - 1)) / columns;
}

int km_plot_many(km_grid *g, km_rect r, const km_plot *p, int n)
{
    int columns = columns_of(r.w, n);
    int w = km_plot_many_width(r.w, n);
    int drawn = 0;

    for (; drawn < n; drawn++) {
        int x = drawn % columns * (w + MANY_APART), y = drawn / columns * (MANY_H + 1);
        if (y + MANY_H > r.h)
            break;
        km_plot_line(g, (km_rect){ r.x + x, r.y + y, w, MANY_H }, &p[drawn]);
    }
    return drawn;
}
