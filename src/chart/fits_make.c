/*
 * Runs when the program is built: searches the best place of the body in the cells for every
 * usual size and writes the outlines and owners as C tables. Usage: fits_make OUT.c
 */
#include "engine.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Front and back share scale and height, so that the eye can go from one to the other. */
typedef struct task {
    km_zoom zoom;
    km_view view[2];
    int n;
} task;

static const task tasks[] = {
    { KM_ZOOM_WHOLE, { KM_VIEW_FRONT, KM_VIEW_BACK }, 2 },
    { KM_ZOOM_WHOLE, { KM_VIEW_RIGHT }, 1 },
    { KM_ZOOM_UPPER, { KM_VIEW_FRONT, KM_VIEW_BACK }, 2 },
    { KM_ZOOM_UPPER, { KM_VIEW_RIGHT }, 1 },
    { KM_ZOOM_LOWER, { KM_VIEW_FRONT, KM_VIEW_BACK }, 2 },
    { KM_ZOOM_LOWER, { KM_VIEW_RIGHT }, 1 },
    { KM_ZOOM_WHOLE, { KM_VIEW_SOLE }, 1 },
};

typedef struct fitted {
    port p;
    uint8_t *plane, *owner, *cover;
    int leaks;
    double energy;
} fitted;

static void fitted_clear(fitted *f)
{
    free(f->plane);
    free(f->owner);
    free(f->cover);
}

static fitted fit_one(fitter *f, const km_atlas *a, const sheet *s, const port *p)
{
    size_t cells = (size_t)p->w * (size_t)p->h;
    fitted out = { .p = *p };

    out.plane = km_calloc(cells, 1);
    out.owner = km_calloc(cells, 1);
    out.cover = km_calloc(cells, 1);
    chart_fill_owners(out.owner, out.cover, a, s, p);
    fit_result r = chart_fit_port(out.plane, f, a, s, p, out.cover);
    out.leaks = r.leaks;
    out.energy = (double)r.energy / (r.samples + 1);
    return out;
}

static void put_run(FILE *out, int count, int value, uint32_t *at)
{
    fprintf(out, "%d,%d,%s", count, value, (*at / 2) % 16 == 15 ? "\n" : "");
    *at += 2;
}

/* Run lengths over the columns that are kept; the mirror image follows from them. */
static void put_plane(FILE *out, const uint8_t *plane, int columns, const port *p, uint32_t *at)
{
    int run = 0, value = -1;

    for (int i = 0; i < columns * p->h; i++) {
        int v = plane[i / columns * p->w + i % columns];
        if (run > 0 && (v != value || run == 255)) {
            put_run(out, run, value, at);
            run = 0;
        }
        value = v;
        run++;
    }
    if (run > 0)
        put_run(out, run, value, at);
}

int main(int argc, char **argv)
{
    const km_atlas *a = km_atlas_builtin();
    static sheet sheets[KM_VIEW_COUNT];
    fitter *f = chart_fitter_new();
    fit_entry *table = NULL;
    int n = 0, cap = 0, bad = 0;
    uint32_t at = 0;
    FILE *out = argc == 2 ? fopen(argv[1], "w") : NULL;

    if (!out) {
        fprintf(stderr, "fits_make: cannot write %s\n", argc == 2 ? argv[1] : "(no file named)");
        return 1;
    }
    for (int v = 0; v < KM_VIEW_COUNT; v++)
        chart_sheet_make(&sheets[v], a, chart_drawn_view((km_view)v));
    fprintf(out, "/* Made by fits_make; see src/chart/fits_make.c. */\n"
                 "#include \"engine.h\"\n\nconst uint8_t chart_fit_bytes[] = {\n");
    for (size_t t = 0; t < sizeof tasks / sizeof *tasks; t++) {
        const task *k = &tasks[t];
        int least = k->view[0] == KM_VIEW_SOLE ? 10 : ROWS_MIN;
        bool side = k->view[0] == KM_VIEW_RIGHT;
        for (int rows = least; rows <= ROWS_MAX; rows++) {
            fitted best[2] = { 0 };
            double least_energy = 0;
            int least_leaks = -1;
            for (int scale = 0; scale <= 40; scale += 10) {
                for (int sx = side ? 0 : 4; sx <= (side ? 8 : 4); sx += 2) {
                    for (int sy = 0; sy <= 8; sy += 4) {
                        fitted now[2];
                        int leaks = 0;
                        double energy = 0;
                        for (int i = 0; i < k->n; i++) {
                            port p;
                            chart_port_place(&p, &sheets[k->view[i]], k->zoom, rows, scale, sx, sy);
                            now[i] = fit_one(f, a, &sheets[k->view[i]], &p);
                            leaks += now[i].leaks;
                            energy += now[i].energy;
                        }
                        bool better = least_leaks < 0 || leaks < least_leaks ||
                                      (leaks == least_leaks && energy < least_energy);
                        for (int i = 0; i < k->n; i++) {
                            fitted_clear(better ? &best[i] : &now[i]);
                            if (better)
                                best[i] = now[i];
                        }
                        if (better) {
                            least_energy = energy;
                            least_leaks = leaks;
                        }
                    }
                }
            }
            bad += least_leaks > 0;
            for (int i = 0; i < k->n; i++) {
                const port *p = &best[i].p;
                int columns = chart_port_mirrors(&sheets[k->view[i]], p) ? p->w / 2 + 1 : p->w;
                KM_GROW(table, n, cap);
                table[n++] = (fit_entry){ (uint8_t)k->view[i], (uint8_t)k->zoom, (uint8_t)rows,
                                          (uint8_t)p->w, p->x0, p->y0, p->ux, p->uy, at };
                put_plane(out, best[i].plane, columns, p, &at);
                put_plane(out, best[i].owner, columns, p, &at);
                fitted_clear(&best[i]);
            }
        }
    }
    fprintf(out, "\n};\n\nconst fit_entry chart_fit_table[] = {\n");
    for (int i = 0; i < n; i++)
        fprintf(out, "    { %d, %d, %d, %d, %d, %d, %d, %d, %u },\n", table[i].view, table[i].zoom,
                table[i].rows, table[i].w, (int)table[i].x0, (int)table[i].y0, (int)table[i].ux,
                (int)table[i].uy, (unsigned)table[i].at);
    fprintf(out, "};\n\nconst int chart_fit_table_n = %d;\n", n);
    free(table);
    chart_fitter_free(f);
    if (fclose(out) != 0 || bad > 0) {
        fprintf(stderr, "fits_make: %d sizes leak, or the file could not be written\n", bad);
        return 1;
    }
    return 0;
}
