/** The grid itself: size, clipping, single cells, lines and fills. */
#include "knotmap/draw.h"

#include <stdlib.h>
#include <string.h>

#include "cell.h"
#include "knotmap/text.h"

const char *const km_role_name[KM_ROLE_COUNT] = {
#define X(id, name) [KM_ROLE_##id] = name,
    KM_ROLES(X)
#undef X
};

static const km_cell blank = { .rune = ' ' };

void km_grid_resize(km_grid *g, int w, int h)
{
    w = w > 0 ? w : 0;
    h = h > 0 ? h : 0;
    size_t need = (size_t)w * (size_t)h;
    if (need > (size_t)g->w * (size_t)g->h || !g->cell)
        g->cell = km_realloc(g->cell, need ? need : 1, sizeof *g->cell);
    g->w = w;
    g->h = h;
    km_grid_clear(g);
}

void km_grid_clear(km_grid *g)
{
    size_t n = (size_t)g->w * (size_t)g->h;
    for (size_t i = 0; i < n; i++)
        g->cell[i] = blank;
    g->cursor_x = g->cursor_y = -1;
    g->cursor_visible = false;
}

void km_grid_free(km_grid *g)
{
    free(g->cell);
    memset(g, 0, sizeof *g);
    g->cursor_x = g->cursor_y = -1;
}

/** End of a span without overflow: rectangles may be computed far outside the grid. */
static int span_end(int start, int len, int limit)
{
    if (len <= 0)
        return start;
    int64_t end = (int64_t)start + len;
    return end > limit ? limit : (int)end;
}

km_rect km_rect_clip(const km_grid *g, km_rect r)
{
    int x1 = span_end(r.x, r.w, g->w);
    int y1 = span_end(r.y, r.h, g->h);
    int x0 = r.x > 0 ? r.x : 0;
    int y0 = r.y > 0 ? r.y : 0;

    km_rect out = { x0, y0, x1 - x0, y1 - y0 };
    if (out.w <= 0 || out.h <= 0)
        out = (km_rect){ 0, 0, 0, 0 };
    return out;
}

km_cell *km_grid_cell(km_grid *g, int x, int y)
{
    if (x < 0 || y < 0 || x >= g->w || y >= g->h)
        return NULL;
    return &g->cell[(size_t)y * (size_t)g->w + (size_t)x];
}

uint32_t cell_ascii_twin(uint32_t rune)
{
    if (rune >= 0x20 && rune < 0x7F)
        return rune;
    switch (rune) {
    case 0x2500: case 0x2501: case 0x2014: case 0x2013: return '-';
    case 0x2502: case 0x2503: return '|';
    case 0x2026: case 0x00B7: case 0x2022: return '.';
    case 0x2190: return '<';
    case 0x2192: return '>';
    case 0x2191: return '^';
    case 0x2193: return 'v';
    case 0x2018: case 0x2019: return '\'';
    default: break;
    }
    if (rune >= 0x2500 && rune <= 0x257F)
        return '+';
    if (rune >= 0x2580 && rune <= 0x259F)
        return '#';
    return '?';
}

/** A wide rune that loses one half loses the other too. */
static void break_wide(km_grid *g, int x, int y)
{
    km_cell *c = km_grid_cell(g, x, y);
    if (c->rune == KM_RUNE_WIDE_TAIL) {
        km_cell *head = km_grid_cell(g, x - 1, y);
        if (head) {
            head->rune = ' ';
            head->comb = 0;
        }
    }
    km_cell *next = km_grid_cell(g, x + 1, y);
    if (next && next->rune == KM_RUNE_WIDE_TAIL)
        next->rune = ' ';
}

void cell_write(km_grid *g, int x, int y, km_role role, uint32_t rune, int width)
{
    break_wide(g, x, y);
    *km_grid_cell(g, x, y) = (km_cell){ .rune = rune, .role = (uint8_t)role };
    if (width == 2) {
        break_wide(g, x + 1, y);
        /* break_wide saw our own head only if the cell still held an old tail: write it anew */
        *km_grid_cell(g, x, y) = (km_cell){ .rune = rune, .role = (uint8_t)role };
        *km_grid_cell(g, x + 1, y) =
            (km_cell){ .rune = KM_RUNE_WIDE_TAIL, .role = (uint8_t)role };
    }
}

void km_grid_put(km_grid *g, km_rect r, int y, int x, km_role role, uint32_t rune)
{
    if (x < 0 || y < 0 || x >= r.w || y >= r.h)
        return;
    if (!km_grid_cell(g, r.x + x, r.y + y))
        return;
    if (g->ascii)
        rune = cell_ascii_twin(rune);
    else if (rune < 0x20 || (rune >= 0x7F && rune < 0xA0))
        rune = '?';
    cell_write(g, r.x + x, r.y + y, role, rune, 1);
}

void km_grid_role(km_grid *g, km_rect r, int y, int x, int w, km_role role)
{
    if (y < 0 || y >= r.h)
        return;
    km_rect span = { r.x + (x > 0 ? x : 0), r.y + y, 0, 1 };
    span.w = span_end(x, w, r.w) - (x > 0 ? x : 0);
    span = km_rect_clip(g, span);
    for (int i = 0; i < span.w; i++)
        km_grid_cell(g, span.x + i, span.y)->role = (uint8_t)role;
}

void km_grid_fill(km_grid *g, km_rect r, km_role role, uint32_t rune)
{
    km_rect in = km_rect_clip(g, r);
    for (int y = 0; y < in.h; y++)
        for (int x = 0; x < in.w; x++)
            km_grid_put(g, in, y, x, role, rune);
}

void km_grid_vline(km_grid *g, km_rect r, int x, km_role role)
{
    km_rect in = km_rect_clip(g, r);
    for (int y = 0; y < in.h; y++)
        km_grid_put(g, (km_rect){ r.x, in.y, r.w, in.h }, y, x, role, 0x2502);
}
