/*
 * The outline as characters. Every cell takes the character (or none) that lowers the whole
 * picture's energy: how far the outline lies from ink and ink from the outline, a small charge
 * per character, all cells coupled through their neighbours. See chart_fit_port for the passes.
 */
#include "fitter.h"

#include <limits.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

bool chart_fit_coarse(const port *p)
{
    return p->ux > 60 * FINE;
}

/* A point of the outline and what the cells around it do for it. */
typedef struct sample {
    int32_t x, y;       /* lattice steps from the port's corner */
    int32_t line;
    uint8_t bin;
    uint16_t cost[9];   /* by the neighbouring cell's present character */
} sample;

/* One sample seen from one cell. */
typedef struct sight {
    int32_t sample;
    int32_t next;       /* next sight of the same cell */
    int32_t table;      /* offset into fitter.table */
    uint8_t slot;       /* which of the sample's nine */
} sight;

typedef struct work {
    const fitter *f;
    int w, h;
    bool mirror;
    uint8_t *glyph;             /* w * h */
    uint8_t *fixed;             /* w * h: not to be changed in this pass */
    bool *near;                 /* w * h: close enough to hold a character */
    bool *dirty;
    int32_t *head;              /* w * h: first sight */
    int (*ink_cost)[FIT_N];     /* w * h */
    sample *sample;
    int n_sample, cap_sample;
    sight *sight;
    int n_sight, cap_sight;
} work;

static void sample_line(work *w, const km_line *l, const port *p, int number)
{
    double sx = (double)LX / p->ux, sy = (double)LY / p->uy, left = 0.5;
    double margin_x = (p->w + 2) * LX, margin_y = (p->h + 1) * LY;

    for (int i = 0; i + 1 < l->n; i++) {
        double ax = (l->xy[2 * i] * (double)FINE - p->x0) * sx;
        double ay = (l->xy[2 * i + 1] * (double)FINE - p->y0) * sy;
        double bx = (l->xy[2 * i + 2] * (double)FINE - p->x0) * sx;
        double by = (l->xy[2 * i + 3] * (double)FINE - p->y0) * sy;
        double dx = bx - ax, dy = by - ay, len = sqrt(dx * dx + dy * dy);
        bool off = (ax < -2 * LX && bx < -2 * LX) || (ay < -LY && by < -LY) ||
                   (ax > margin_x && bx > margin_x) || (ay > margin_y && by > margin_y);
        if (len <= 0)
            continue;
        if (!off) {
            int bin = chart_direction_bin(dx, dy);
            for (double t = left; t < len; t += 1) {
                KM_GROW(w->sample, w->n_sample, w->cap_sample);
                sample *s = &w->sample[w->n_sample++];
                s->x = (int32_t)floor(ax + dx * t / len);
                s->y = (int32_t)floor(ay + dy * t / len);
                s->bin = (uint8_t)bin;
                s->line = number;
                for (int k = 0; k < 9; k++)
                    s->cost[k] = w->f->cost_of[D2_CAP];
            }
        }
        left = left < len ? left + ceil(len - left) - len : left - len;
    }
}

static int floor_div(int n, int d)
{
    return n >= 0 ? n / d : -((d - 1 - n) / d);
}

static void link_sample(work *w, int index)
{
    sample *s = &w->sample[index];
    int col = floor_div(s->x, LX), row = floor_div(s->y, LY);

    for (int k = 0; k < 9; k++) {
        int c = col + k % 3 - 1, r = row + k / 3 - 1;
        int x = s->x - c * LX, y = s->y - r * LY;
        if (c < 0 || r < 0 || c >= w->w || r >= w->h || x < -REACH || x >= LX + REACH ||
            y < -REACH || y >= LY + REACH)
            continue;
        KM_GROW(w->sight, w->n_sight, w->cap_sight);
        int cell = r * w->w + c;
        int at = ((s->bin * TY + y + REACH) * TX + x + REACH) * FIT_N;
        w->sight[w->n_sight] = (sight){ index, w->head[cell], at, (uint8_t)k };
        w->head[cell] = w->n_sight++;
        int ox = x < 0 ? -x : x >= LX ? x - LX + 1 : 0, oy = y < 0 ? -y : y >= LY ? y - LY + 1 : 0;
        if (ox * ox + oy * oy <= 12)
            w->near[cell] = true;
    }
}

/* What a character's own ink costs in a cell: how far it lies from the outline. */
static void price_ink(work *w, int cell)
{
    const fitter *f = w->f;
    int16_t px[512], py[512];
    uint8_t pb[512];
    int n = 0, col = cell % w->w, row = cell / w->w;

    for (int i = w->head[cell]; i >= 0 && n < 512; i = w->sight[i].next) {
        const sample *s = &w->sample[w->sight[i].sample];
        px[n] = (int16_t)(2 * (s->x - col * LX) + 1);
        py[n] = (int16_t)(2 * (s->y - row * LY) + 1);
        pb[n++] = s->bin;
    }
    for (int g = 1; g < FIT_N; g++) {
        int sum = 0;
        for (int k = 0; k < f->n_ink[g]; k++) {
            const ink *ik = &f->ink[g][k];
            const int16_t *turn = f->turn[ik->bin];
            int best = D2_CAP;
            for (int i = 0; i < n; i++) {
                int dx = px[i] - ik->x, dy = py[i] - ik->y;
                int d2 = dx * dx + dy * dy + turn[pb[i]];
                best = d2 < best ? d2 : best;
            }
            sum += f->cost_of[best];
        }
        w->ink_cost[cell][g] = sum * 4 / 5 + chart_charge[g];
    }
}

static const uint16_t *sight_costs(const work *w, const sight *s)
{
    return &w->f->table[0][0][0][0] + s->table;
}

static void weigh_cell(int energy[FIT_N], const work *w, int cell)
{
    for (int g = 0; g < FIT_N; g++)
        energy[g] = w->ink_cost[cell][g];
    for (int i = w->head[cell]; i >= 0; i = w->sight[i].next) {
        const sight *s = &w->sight[i];
        const uint16_t *own = sight_costs(w, s), *cost = w->sample[s->sample].cost;
        int other = INT_MAX;
        for (int k = 0; k < 9; k++) {
            if (k != s->slot && cost[k] < other)
                other = cost[k];
        }
        for (int g = 0; g < FIT_N; g++)
            energy[g] += own[g] < other ? own[g] : other;
    }
}

static void put_one(work *w, int cell, uint8_t glyph)
{
    int col = cell % w->w, row = cell / w->w;

    w->glyph[cell] = glyph;
    for (int i = w->head[cell]; i >= 0; i = w->sight[i].next) {
        const sight *s = &w->sight[i];
        w->sample[s->sample].cost[s->slot] = sight_costs(w, s)[glyph];
    }
    for (int r = row - 1; r <= row + 1; r++) {
        for (int c = col - 1; c <= col + 1; c++) {
            if (r >= 0 && c >= 0 && r < w->h && c < w->w)
                w->dirty[r * w->w + c] = true;
        }
    }
}

static int mirror_cell(const work *w, int cell)
{
    return cell - 2 * (cell % w->w) + w->w - 1;
}

static void put(work *w, int cell, uint8_t glyph)
{
    put_one(w, cell, glyph);
    if (w->mirror && mirror_cell(w, cell) != cell)
        put_one(w, mirror_cell(w, cell), chart_fit_mirror(glyph));
}

/* Left of the axis any, on it those that mirror to themselves, right of it none: they follow. */
static bool allowed(const work *w, int cell, int g)
{
    int col = cell % w->w;
    if (!w->near[cell] || w->fixed[cell])
        return false;
    return !w->mirror || 2 * col + 1 < w->w || (2 * col + 1 == w->w && chart_fit_mirror((uint8_t)g) == g);
}

static int cheapest(const work *w, int cell, const int energy[FIT_N], int from)
{
    int best = -1;
    for (int g = from; g < FIT_N; g++) {
        if (allowed(w, cell, g) && (best < 0 || energy[g] < energy[best]))
            best = g;
    }
    return best;
}

static void sweep(work *w)
{
    int energy[FIT_N];
    bool changed = true;

    for (int pass = 0; pass < 12 && changed; pass++) {
        changed = false;
        for (int cell = 0; cell < w->w * w->h; cell++) {
            if (!w->dirty[cell])
                continue;
            w->dirty[cell] = false;
            if (!allowed(w, cell, 0))
                continue;
            weigh_cell(energy, w, cell);
            int best = cheapest(w, cell, energy, 0);
            if (energy[best] < energy[w->glyph[cell]]) {
                put(w, cell, (uint8_t)best);
                w->dirty[cell] = false;
                changed = true;
            }
        }
    }
}

/* The left twin of a cell right of the axis, where decisions are made. */
static int deciding(const work *w, int cell)
{
    return w->mirror && 2 * (cell % w->w) + 1 > w->w ? mirror_cell(w, cell) : cell;
}

/* Give the blank cell of this list that costs least the character that costs least there. */
static bool patch(work *w, const int *cells, int n)
{
    int energy[FIT_N], best_cell = -1, best_glyph = 0, best = INT_MAX;

    for (int i = 0; i < n; i++) {
        int cell = deciding(w, cells[i]);
        if (w->glyph[cell] != 0)
            continue;
        weigh_cell(energy, w, cell);
        int g = cheapest(w, cell, energy, 1);
        if (g > 0 && energy[g] - energy[0] < best) {
            best = energy[g] - energy[0];
            best_cell = cell;
            best_glyph = g;
        }
    }
    if (best_cell < 0)
        return false;
    put(w, best_cell, (uint8_t)best_glyph);
    return true;
}

/* A stretch of outline longer than 0.45 that lies farther than 0.75 from all ink. */
static void close_gaps(work *w)
{
    const int far_cost = w->f->cost_of[225]; /* 0.75 columns */

    for (int round = 0; round < 12; round++) {
        bool patched = false;
        for (int i = 0, run = 0; i < w->n_sample; i++) {
            sample *s = &w->sample[i];
            int cost = s->cost[0];
            for (int k = 1; k < 9; k++)
                cost = s->cost[k] < cost ? s->cost[k] : cost;
            run = cost > far_cost && (i == 0 || s[-1].line == s->line) ? run + 1 : 0;
            if (run < 5)
                continue;
            const sample *mid = s - 2;
            int col = floor_div(mid->x, LX), row = floor_div(mid->y, LY);
            run = 0;
            if (col < 0 || row < 0 || col >= w->w || row >= w->h)
                continue;
            int cell = row * w->w + col;
            if (patch(w, &cell, 1))
                patched = true;
        }
        if (!patched)
            return;
    }
}

#define INSIDE (SUB_CELL * 9 / 10)

/* Flood the blanks from wholly outside; returns how many cells inside it reached. */
static int flood(int *hit, int32_t *from, const uint8_t *glyph, const uint8_t *cover, int w, int h)
{
    int *queue = km_calloc((size_t)w * (size_t)h, sizeof *queue), n = 0, leaks = 0;

    for (int c = 0; c < w * h; c++) {
        from[c] = -1;
        if (cover[c] == 0 && glyph[c] == 0) {
            from[c] = c;
            queue[n++] = c;
        }
    }
    for (int i = 0; i < n; i++) {
        int c = queue[i], col = c % w;
        if (cover[c] > INSIDE) {
            hit[leaks++] = c;
            continue;
        }
        const int to[4] = { col > 0 ? c - 1 : -1, col + 1 < w ? c + 1 : -1, c - w, c + w };
        for (int k = 0; k < 4; k++) {
            if (to[k] >= 0 && to[k] < w * h && from[to[k]] < 0 && glyph[to[k]] == 0) {
                from[to[k]] = c;
                queue[n++] = to[k];
            }
        }
    }
    free(queue);
    return leaks;
}

/* Close the way by which the flood came to a cell inside; true when a character was set. */
static bool close_way(work *w, const int32_t *from, int hit, int *path)
{
    int n = 0;

    if (w->glyph[hit] != 0)
        return false;
    for (int c = from[hit];; c = from[c]) {
        if (w->glyph[c] != 0)
            return false; /* closed already, for another cell */
        if (from[c] == c)
            break;
        path[n++] = c;
    }
    /* the edge of the body first; the cell inside only when the edge runs between cells */
    return patch(w, path, n) || patch(w, &hit, 1);
}

static int close_leaks(work *w, const uint8_t *cover)
{
    size_t cells = (size_t)w->w * (size_t)w->h;
    int32_t *from = km_calloc(cells, sizeof *from);
    int *hit = km_calloc(cells, sizeof *hit), *path = km_calloc(cells, sizeof *path), leaks;
    bool patched = true;

    while ((leaks = flood(hit, from, w->glyph, cover, w->w, w->h)) > 0 && patched) {
        patched = false;
        for (int i = 0; i < leaks; i++)
            patched = close_way(w, from, hit[i], path) || patched;
    }
    free(path);
    free(hit);
    free(from);
    return leaks;
}

static void work_clear(work *w)
{
    free(w->fixed);
    free(w->near);
    free(w->dirty);
    free(w->head);
    free(w->ink_cost);
    free(w->sample);
    free(w->sight);
}

static void work_init(work *w, const fitter *f, const port *p, bool mirror, uint8_t *glyph)
{
    size_t cells = (size_t)p->w * (size_t)p->h;

    *w = (work){ .f = f, .w = p->w, .h = p->h, .mirror = mirror, .glyph = glyph };
    w->fixed = km_calloc(cells, 1);
    w->near = km_calloc(cells, sizeof *w->near);
    w->dirty = km_calloc(cells, sizeof *w->dirty);
    w->head = km_calloc(cells, sizeof *w->head);
    w->ink_cost = km_calloc(cells, sizeof *w->ink_cost);
    for (size_t i = 0; i < cells; i++)
        w->head[i] = -1;
}

/* Link the samples to the cells and settle the characters from all blank. */
static void work_settle(work *w)
{
    for (int i = 0; i < w->n_sample; i++)
        link_sample(w, i);
    for (int c = 0; c < w->w * w->h; c++) {
        if (!allowed(w, c, 0))
            continue;
        price_ink(w, c);
        w->dirty[c] = true;
    }
    sweep(w);
}

static int64_t work_energy(const work *w)
{
    int64_t sum = 0;

    for (int i = 0; i < w->n_sample; i++) {
        const uint16_t *cost = w->sample[i].cost;
        int best = cost[0];
        for (int k = 1; k < 9; k++)
            best = cost[k] < best ? cost[k] : best;
        sum += best;
    }
    for (int c = 0; c < w->w * w->h; c++) {
        int d = deciding(w, c);
        sum += w->ink_cost[d][d == c ? w->glyph[c] : chart_fit_mirror(w->glyph[c])];
    }
    return sum;
}

bool chart_fit_feature_shown(const km_line *l, const port *p)
{
    static const struct {
        const char *name;
        int widest; /* tenths to a column */
    } shown[] = {
        { "eye", 260 }, { "navel", 260 }, { "spine", 260 }, { "cleft", 260 }, { "mouth", 140 },
        { "nipple", 140 }, { "fold", 140 }, { "ear", 140 }, { "ankle", 100 }, { "brow", 100 },
        { "toe", 60 },
    };
    for (size_t i = 0; i < sizeof shown / sizeof *shown; i++) {
        if (l->feature && strcmp(l->feature, shown[i].name) == 0)
            return p->ux <= shown[i].widest * FINE;
    }
    return l->feature != NULL;
}

bool chart_fit_borders_shown(const port *p)
{
    return p->ux <= 88 * FINE;
}

/* Features go into cells the outline left free. */
static void fit_features(uint8_t *plane, const fitter *f, const km_atlas *a, const port *p,
                         bool mirror)
{
    work w;
    uint8_t *glyph = km_calloc((size_t)p->w * (size_t)p->h, 1);

    work_init(&w, f, p, mirror, glyph);
    for (int i = 0; i < a->body.n_line; i++) {
        const km_line *l = &a->body.line[i];
        if (l->view == p->view && l->kind == KM_LINE_FEATURE && chart_fit_feature_shown(l, p))
            sample_line(&w, l, p, i);
    }
    for (int c = 0; c < p->w * p->h; c++)
        w.fixed[c] = plane[c] != 0;
    work_settle(&w);
    for (int c = 0; c < p->w * p->h; c++) {
        if (plane[c] == 0 && glyph[c] != 0)
            plane[c] = glyph[c] | FIT_FEATURE;
    }
    work_clear(&w);
    free(glyph);
}

/* The face holds many small regions: its borders wait until there is room for them. */
static bool border_shown(const km_line *l, const port *p)
{
    const int chin = 1350, wide = 50; /* tenths */

    return p->ux <= wide * FINE || l->view == KM_VIEW_SOLE || l->xy[1] > chin;
}

/* A border is one light dot per cell, two where it runs down: . ' : */
static void fit_borders(uint8_t *plane, const fitter *f, const km_atlas *a, const port *p,
                        bool mirror)
{
    work w;
    int cells = p->w * p->h;
    int16_t *top = km_calloc((size_t)cells, sizeof *top);
    int16_t *bottom = km_calloc((size_t)cells, sizeof *bottom);
    int32_t *sum = km_calloc((size_t)cells, sizeof *sum), *n = km_calloc((size_t)cells, sizeof *n);

    work_init(&w, f, p, mirror, plane);
    for (int i = 0; i < a->body.n_line; i++) {
        const km_line *l = &a->body.line[i];
        if (l->view == p->view && l->kind == KM_LINE_BORDER && border_shown(l, p))
            sample_line(&w, l, p, i);
    }
    for (int i = 0; i < w.n_sample; i++) {
        const sample *s = &w.sample[i];
        int col = floor_div(s->x, LX), row = floor_div(s->y, LY);
        if (col < 0 || row < 0 || col >= p->w || row >= p->h)
            continue;
        int c = row * p->w + col;
        int16_t y = (int16_t)(s->y - row * LY);
        if (n[c] == 0 || y < top[c])
            top[c] = y;
        if (n[c] == 0 || y > bottom[c])
            bottom[c] = y;
        sum[c] += y;
        n[c]++;
    }
    for (int c = 0; c < cells; c++) {
        bool left = !mirror || 2 * (c % p->w) < p->w;
        if (plane[c] != 0 || n[c] < 4 || !left)
            continue;
        uint8_t code = bottom[c] - top[c] > LY * 6 / 10 ? FIT_COLON
                       : sum[c] < n[c] * LY / 2         ? 10
                                                        : 8;
        plane[c] = code | FIT_BORDER;
        if (mirror && plane[mirror_cell(&w, c)] == 0)
            plane[mirror_cell(&w, c)] = code | FIT_BORDER;
    }
    work_clear(&w);
    free(top);
    free(bottom);
    free(sum);
    free(n);
}

fit_result chart_fit_port(uint8_t *plane, fitter *f, const km_atlas *a, const sheet *s, const port *p,
                    const uint8_t *cover)
{
    work w;
    bool mirror = chart_port_mirrors(s, p);
    km_line_kind outline = chart_fit_coarse(p) ? KM_LINE_COARSE : KM_LINE_OUTLINE;
    fit_result r;

    memset(plane, 0, (size_t)p->w * (size_t)p->h);
    work_init(&w, f, p, mirror, plane);
    for (int i = 0; i < a->body.n_line; i++) {
        const km_line *l = &a->body.line[i];
        if (l->view == p->view && (l->kind == outline || l->kind == KM_LINE_LIMB))
            sample_line(&w, l, p, i);
    }
    work_settle(&w);
    close_gaps(&w);
    r.leaks = close_leaks(&w, cover);
    r.energy = work_energy(&w);
    r.samples = w.n_sample;
    work_clear(&w);
    fit_features(plane, f, a, p, mirror);
    if (chart_fit_borders_shown(p))
        fit_borders(plane, f, a, p, mirror);
    return r;
}
