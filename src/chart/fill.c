/* Which polygon lies under every sample, and which one a cell belongs to. */
#include "engine.h"

#include <stdlib.h>
#include <string.h>

/* Sample positions are odd multiples of half a step, so everything is kept in 1/(2*sx) and
 * 1/(2*sy) of a cell: the crossing of an edge with a line of samples is then one exact
 * division, and neighbours that share the edge come to the same sample. */
static int64_t ceil_div(int64_t n, int64_t d)
{
    int64_t q = n / d;
    return q + (n % d != 0 && (n > 0) == (d > 0));
}

typedef struct crossings {
    int *x;
    int n, cap;
} crossings;

static void fill_polygon(uint8_t *slot, const km_polygon *poly, uint8_t value, const port *p,
                         int sx, int sy, crossings *line, int width)
{
    int height = p->h * sy, first = height, last = -1;

    for (int i = 0, j = poly->n - 1; i < poly->n; j = i++) {
        int64_t ax = (int64_t)poly->xy[2 * j] * FINE, ay = (int64_t)poly->xy[2 * j + 1] * FINE;
        int64_t bx = (int64_t)poly->xy[2 * i] * FINE, by = (int64_t)poly->xy[2 * i + 1] * FINE;
        if (ay == by)
            continue;
        if (ay > by) {
            int64_t t = ax;
            ax = bx;
            bx = t;
            t = ay;
            ay = by;
            by = t;
        }
        /* lines with ay <= y < by, where y = y0 + uy * (2k + 1) / (2 sy) */
        int64_t k0 = ceil_div(2 * sy * (ay - p->y0) - p->uy, 2 * p->uy);
        int64_t k1 = ceil_div(2 * sy * (by - p->y0) - p->uy, 2 * p->uy);
        if (k0 < 0)
            k0 = 0;
        if (k1 > height)
            k1 = height;
        for (int64_t k = k0; k < k1; k++) {
            /* x of the edge there, in fine units times 2 sy (by - ay) */
            int64_t den = 2 * sy * (by - ay);
            int64_t num = ax * den +
                          (2 * sy * (p->y0 - ay) + p->uy * (2 * k + 1)) * (bx - ax);
            /* first sample at or right of it: x0 + ux (2 i + 1) / (2 sx) >= num / den */
            int64_t i0 = ceil_div(2 * sx * (num - p->x0 * den) - p->ux * den, 2 * p->ux * den);
            crossings *c = &line[k];
            KM_GROW(c->x, c->n, c->cap);
            c->x[c->n++] = i0 < 0 ? 0 : i0 > width ? width : (int)i0;
        }
        if (k0 < k1) {
            first = k0 < first ? (int)k0 : first;
            last = k1 - 1 > last ? (int)k1 - 1 : last;
        }
    }
    for (int k = first; k <= last; k++) {
        crossings *c = &line[k];
        for (int i = 1; i < c->n; i++) {
            int v = c->x[i], j = i;
            for (; j > 0 && c->x[j - 1] > v; j--)
                c->x[j] = c->x[j - 1];
            c->x[j] = v;
        }
        for (int i = 0; i + 1 < c->n; i += 2) {
            int n = c->x[i + 1] - c->x[i];
            if (n > 0)
                memset(slot + (size_t)k * (size_t)width + c->x[i], value, (size_t)n);
        }
        c->n = 0;
    }
}

/* Samples left of the axis decide; the right half is their mirror image. */
static void mirror_slots(uint8_t *slot, const sheet *s, int width, int height)
{
    for (int y = 0; y < height; y++) {
        uint8_t *row = slot + (size_t)y * (size_t)width;
        for (int x = 0; x < width / 2; x++)
            row[width - 1 - x] = row[x] == NO_SLOT ? NO_SLOT : s->twin[row[x]];
    }
}

void chart_fill_slots(uint8_t *slot, const km_atlas *a, const sheet *s, const port *p, int sx, int sy)
{
    int width = p->w * sx, height = p->h * sy;
    crossings *line = km_calloc((size_t)height, sizeof *line);

    memset(slot, NO_SLOT, (size_t)width * (size_t)height);
    for (int i = 0; i < s->n; i++)
        fill_polygon(slot, &a->body.polygon[s->polygon[i]], (uint8_t)i, p, sx, sy, line, width);
    for (int k = 0; k < height; k++)
        free(line[k].x);
    free(line);
    if (chart_port_mirrors(s, p))
        mirror_slots(slot, s, width, height);
}

/* A polygon and a cell of which it holds enough to own it. */
typedef struct claim {
    int cell;
    int next;           /* next claim of the same slot, -1 */
} claim;

typedef struct matching {
    claim *claim;
    int n_claim, cap_claim;
    int head[SHEET_MAX];
    int32_t *taken;     /* per cell: slot that holds it, -1 */
    int32_t *seen;      /* per cell: the last search that looked at it */
} matching;

static bool match_slot(matching *m, int slot, int32_t stamp)
{
    for (int i = m->head[slot]; i >= 0; i = m->claim[i].next) {
        int c = m->claim[i].cell;
        if (m->seen[c] == stamp)
            continue;
        m->seen[c] = stamp;
        if (m->taken[c] < 0 || match_slot(m, m->taken[c], stamp)) {
            m->taken[c] = slot;
            return true;
        }
    }
    return false;
}

/* Count the slots of a cell's samples; returns how many different ones. */
static int count_cell(uint8_t *which, uint8_t *count, const uint8_t *slot, int width, int col,
                      int row)
{
    int n = 0;

    for (int y = 0; y < SUB_Y; y++) {
        const uint8_t *at = slot + (size_t)(row * SUB_Y + y) * (size_t)width + col * SUB_X;
        for (int x = 0; x < SUB_X; x++) {
            int i = 0;
            if (at[x] == NO_SLOT)
                continue;
            while (i < n && which[i] != at[x])
                i++;
            if (i == n) {
                which[n] = at[x];
                count[n++] = 0;
            }
            count[i]++;
        }
    }
    return n;
}

/* Large regions first: they have cells to spare and yield them to the small ones. */
static void order_by_size(uint8_t *order, const int32_t *size, int n)
{
    for (int i = 0; i < n; i++) {
        int j = i;
        for (; j > 0 && size[order[j - 1]] < size[i]; j--)
            order[j] = order[j - 1];
        order[j] = (uint8_t)i;
    }
}

void chart_fill_owners(uint8_t *owner, uint8_t *cover, const km_atlas *a, const sheet *s, const port *p)
{
    int width = p->w * SUB_X, cells = p->w * p->h;
    bool mirror = chart_port_mirrors(s, p);
    int columns = mirror ? (p->w + 1) / 2 : p->w;
    uint8_t *slot = km_calloc((size_t)cells, SUB_CELL);
    matching m = { 0 };
    int32_t size[SHEET_MAX] = { 0 };
    uint8_t order[SHEET_MAX];

    m.taken = km_calloc((size_t)cells, sizeof *m.taken);
    m.seen = km_calloc((size_t)cells, sizeof *m.seen);
    for (int i = 0; i < SHEET_MAX; i++)
        m.head[i] = -1;
    chart_fill_slots(slot, a, s, p, SUB_X, SUB_Y);
    memset(owner, NO_SLOT, (size_t)cells);
    memset(cover, 0, (size_t)cells);
    for (int row = 0; row < p->h; row++) {
        for (int col = 0; col < columns; col++) {
            uint8_t which[SUB_CELL], count[SUB_CELL];
            int n = count_cell(which, count, slot, width, col, row), best = -1, sum = 0;
            int cell = row * p->w + col;
            bool axis = mirror && p->w % 2 == 1 && col == p->w / 2;
            m.taken[cell] = -1;
            for (int i = 0; i < n; i++) {
                sum += count[i];
                if (best < 0 || count[i] > count[best])
                    best = i;
                size[which[i]] += count[i];
                if (count[i] * 100 < SUB_CELL * 12 || (axis && s->twin[which[i]] != which[i]))
                    continue;
                KM_GROW(m.claim, m.n_claim, m.cap_claim);
                m.claim[m.n_claim] = (claim){ cell, m.head[which[i]] };
                m.head[which[i]] = m.n_claim++;
            }
            cover[cell] = (uint8_t)sum;
            if (sum * 4 >= SUB_CELL)
                owner[cell] = which[best];
        }
    }
    order_by_size(order, size, s->n);
    for (int i = 0; i < s->n; i++) {
        if (m.head[order[i]] >= 0)
            match_slot(&m, order[i], i + 1);
    }
    for (int c = 0; c < cells; c++) {
        if (c % p->w < columns && m.taken[c] >= 0)
            owner[c] = (uint8_t)m.taken[c];
    }
    for (int row = 0; row < p->h && mirror; row++) {
        for (int col = columns; col < p->w; col++) {
            int here = row * p->w + col, there = row * p->w + p->w - 1 - col;
            owner[here] = owner[there] == NO_SLOT ? NO_SLOT : s->twin[owner[there]];
            cover[here] = cover[there];
        }
    }
    free(m.claim);
    free(m.taken);
    free(m.seen);
    free(slot);
}
