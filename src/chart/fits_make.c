/*
 * Runs when the program is built: searches the best place of the body in the cells for every
 * usual size and writes the outlines and owners as C tables.
 */
#include "engine.h"
#include "overlap.h"

#include <stdio.h>
#include <stdlib.h>

/* How many values of a parameter of port_place are tried, and how far apart. */
typedef struct range {
    int n, first, step;
} range;

/* Front and back share scale and height, so that the eye can go from one to the other. */
typedef struct task {
    km_zoom zoom;
    km_view view[2];
    int n;
    int least;          /* rows */
    range scale;        /* 1/1000 */
    range across, down; /* 1/8 of the free room */
} task;

#define FRONT_BACK { KM_VIEW_FRONT, KM_VIEW_BACK }, 2, ROWS_MIN
#define SIDE { KM_VIEW_RIGHT }, 1, ROWS_MIN
#define SOLES { KM_VIEW_SOLE }, 1, SOLE_ROWS_MIN

static const task tasks[] = {
    { KM_ZOOM_WHOLE, FRONT_BACK, { 3, 0, 16 }, { 1, 4, 0 }, { 5, 0, 2 } },
    { KM_ZOOM_WHOLE, SIDE, { 3, 0, 8 }, { 5, 2, 1 }, { 2, 0, 4 } },
    { KM_ZOOM_UPPER, FRONT_BACK, { 1, 0, 0 }, { 1, 4, 0 }, { 3, 0, 4 } },
    { KM_ZOOM_UPPER, SIDE, { 1, 0, 0 }, { 3, 2, 2 }, { 1, 0, 0 } },
    { KM_ZOOM_LOWER, FRONT_BACK, { 1, 0, 0 }, { 1, 4, 0 }, { 3, 0, 4 } },
    { KM_ZOOM_LOWER, SIDE, { 1, 0, 0 }, { 3, 2, 2 }, { 1, 0, 0 } },
    { KM_ZOOM_WHOLE, SOLES, { 2, 0, 12 }, { 1, 4, 0 }, { 2, 0, 4 } },
};

typedef struct fitted {
    port p;
    uint8_t *plane, *owner, *cover;
    int leaks;
    double score;       /* overlap with the body where it is whole, less the energy of the fit */
} fitted;

typedef struct maker {
    FILE *out;
    const km_atlas *a;
    sheet sheet[KM_VIEW_COUNT];
    fitter *f;
    ink_font font;
    fit_entry *entry;
    int n, cap;
    uint32_t at;
} maker;

static void fitted_clear(fitted *f)
{
    free(f->plane);
    free(f->owner);
    free(f->cover);
}

static fitted fit_one(maker *m, const port *p, bool whole)
{
    size_t cells = (size_t)p->w * (size_t)p->h;
    const sheet *s = &m->sheet[p->view];
    fitted out = { .p = *p };

    out.plane = km_calloc(cells, 1);
    out.owner = km_calloc(cells, 1);
    out.cover = km_calloc(cells, 1);
    chart_fill_owners(out.owner, out.cover, m->a, s, p);
    fit_result r = chart_fit_port(out.plane, m->f, m->a, s, p, out.cover);
    out.leaks = r.leaks;
    out.score = -(double)r.energy / (r.samples + 1) / 4096;
    if (whole)
        out.score += chart_overlap(out.plane, &m->font, m->a, s, p);
    return out;
}

static void put_run(maker *m, int count, int value)
{
    fprintf(m->out, "%d,%d,%s", count, value, m->at / 2 % 16 == 15 ? "\n" : "");
    m->at += 2;
}

/* Run lengths over the columns that are kept; the mirror image follows from them. */
static void put_plane(maker *m, const uint8_t *plane, int columns, const port *p)
{
    int run = 0, value = -1;

    for (int i = 0; i < columns * p->h; i++) {
        int v = plane[i / columns * p->w + i % columns];
        if (run > 0 && (v != value || run == 255)) {
            put_run(m, run, value);
            run = 0;
        }
        value = v;
        run++;
    }
    if (run > 0)
        put_run(m, run, value);
}

static void put_fitted(maker *m, const task *t, const fitted *f)
{
    const port *p = &f->p;
    int columns = chart_port_mirrors(&m->sheet[p->view], p) ? p->w / 2 + 1 : p->w;

    KM_GROW(m->entry, m->n, m->cap);
    m->entry[m->n++] = (fit_entry){ (uint8_t)p->view, (uint8_t)t->zoom, (uint8_t)p->h,
                                    (uint8_t)p->w, p->x0, p->y0, p->ux, p->uy, m->at };
    put_plane(m, f->plane, columns, p);
    put_plane(m, f->owner, columns, p);
}

/* Try the places of the body in the cells; keep the one without leaks that scores best. */
static bool make_rows(maker *m, const task *t, int rows)
{
    bool whole = t->zoom == KM_ZOOM_WHOLE && t->view[0] != KM_VIEW_SOLE;
    fitted best[2] = { 0 };
    double best_score = 0;
    int best_leaks = -1;

    for (int i = 0; i < t->scale.n * t->across.n * t->down.n; i++) {
        int scale = t->scale.first + i % t->scale.n * t->scale.step;
        int shift_x = t->across.first + i / t->scale.n % t->across.n * t->across.step;
        int shift_y = t->down.first + i / t->scale.n / t->across.n * t->down.step;
        fitted now[2];
        double score = 0;
        int leaks = 0;

        for (int k = 0; k < t->n; k++) {
            port p;
            chart_port_place(&p, &m->sheet[t->view[k]], t->zoom, rows, scale, shift_x, shift_y);
            now[k] = fit_one(m, &p, whole);
            leaks += now[k].leaks;
            score += now[k].score;
        }
        bool better = best_leaks < 0 || leaks < best_leaks ||
                      (leaks == best_leaks && score > best_score);
        for (int k = 0; k < t->n; k++) {
            fitted_clear(better ? &best[k] : &now[k]);
            if (better)
                best[k] = now[k];
        }
        if (better) {
            best_score = score;
            best_leaks = leaks;
        }
    }
    for (int k = 0; k < t->n; k++) {
        put_fitted(m, t, &best[k]);
        fitted_clear(&best[k]);
    }
    if (best_leaks > 0)
        fprintf(stderr, "km_chart_fits: %s %s at %d rows leaks\n",
                km_word(KM_VOCAB_VIEW, (int)t->view[0]),
                t->zoom == KM_ZOOM_WHOLE ? "whole" : "half", rows);
    return best_leaks == 0;
}

int main(int argc, char **argv)
{
    static maker m;
    int bad = 0;

    m.out = argc == 2 ? fopen(argv[1], "w") : NULL;
    if (!m.out) {
        fprintf(stderr, "usage: km_chart_fits OUT.c\n");
        return 1;
    }
    m.a = km_atlas_builtin();
    m.f = chart_fitter_new();
    m.font = (ink_font){ SUB_X, SUB_Y, SUB_X * 3 / 4, km_calloc(FIT_N, SUB_CELL) };
    chart_fit_font(&m.font, m.f);
    for (int v = 0; v < KM_VIEW_COUNT; v++)
        chart_sheet_make(&m.sheet[v], m.a, chart_drawn_view((km_view)v));
    fprintf(m.out, "/* Made by fits_make.c. */\n#include \"engine.h\"\n\n"
                   "const uint8_t chart_fit_bytes[] = {\n");
    for (size_t t = 0; t < sizeof tasks / sizeof *tasks; t++) {
        for (int rows = tasks[t].least; rows <= ROWS_MAX; rows++)
            bad += !make_rows(&m, &tasks[t], rows);
    }
    fprintf(m.out, "\n};\n\nconst fit_entry chart_fit_table[] = {\n");
    for (int i = 0; i < m.n; i++) {
        const fit_entry *e = &m.entry[i];
        fprintf(m.out, "    { %d, %d, %d, %d, %d, %d, %d, %d, %u },\n", e->view, e->zoom, e->rows,
                e->w, (int)e->x0, (int)e->y0, (int)e->ux, (int)e->uy, (unsigned)e->at);
    }
    fprintf(m.out, "};\n\nconst int chart_fit_table_n = %d;\n", m.n);
    free(m.entry);
    free(m.font.glyph);
    chart_fitter_free(m.f);
    if (fclose(m.out) != 0 || bad > 0) {
        fprintf(stderr, "km_chart_fits: the tables are not complete\n");
        return 1;
    }
    return 0;
}
