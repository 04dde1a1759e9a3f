#include "load.h"

#include <string.h>

#include "knotmap/path.h"

/** More rows than this do not fit the int16_t indices of the tables. */
enum { ROWS_MAX = 30000 };

km_status km_asset_read_dir(void *ctx, km_buf *out, const char *file, km_error *err)
{
    km_buf path = { 0 };
    km_buf_printf(&path, "%s/%s", (const char *)ctx, file);
    const km_status st = km_file_read(out, km_buf_str(&path), err);
    km_buf_clear(&path);
    return st;
}

km_status km_load_sheet(km_loader *l, km_sheet *out, km_arena *mem, const char *name)
{
    km_buf file = { 0 }, bytes = { 0 };
    km_buf_printf(&file, "%s.csv", name);
    km_status st = l->src->read(l->src->ctx, &bytes, km_buf_str(&file), l->err);
    if (st == KM_OK) {
        const char *shown = km_arena_printf(mem, "%s%s.csv", l->src->prefix, name);
        st = km_sheet_read(out, mem, shown, km_buf_str(&bytes), bytes.len, l->err);
    }
    if (st == KM_OK && out->n_row > ROWS_MAX)
        st = km_sheet_fail(out, ROWS_MAX, out->column[0], l->err, "more than %d rows", ROWS_MAX);
    km_buf_clear(&file);
    km_buf_clear(&bytes);
    return st;
}

int km_in_region(km_in *in, const km_atlas *a, int c)
{
    const int i = km_atlas_region(a, km_in_any(in, c));
    if (i < 0)
        km_in_fail(in, c, "no such region in regions.csv");
    return i < 0 ? 0 : i;
}

int km_in_muscle(km_in *in, const km_atlas *a, int c)
{
    const int i = km_atlas_muscle(a, km_in_any(in, c));
    if (i < 0)
        km_in_fail(in, c, "no such muscle in muscles.csv");
    return i < 0 ? 0 : i;
}

km_view km_in_view(km_in *in, int c)
{
    static const char *const word[] = { "front", "back", "side", "sole" };
    static const km_view view[] = { KM_VIEW_FRONT, KM_VIEW_BACK, KM_VIEW_RIGHT, KM_VIEW_SOLE };
    return view[km_in_word(in, c, word, 4)];
}

/*
 * Cells are kept as offsets into one text, so that the compiled-in table needs no pointer a cell:
 * pointers are what the start of a program pays for. A cell like the one above shares its text.
 */
static km_table make_table(km_loader *l, const char *name, const km_sheet *s)
{
    const int columns = s->n_column, cells = s->n_row * columns;
    uint32_t *at = km_arena_alloc(l->mem, ((size_t)cells + 1) * sizeof *at);
    km_buf text = { 0 };
    for (int i = 0; i < cells; i++) {
        if (i >= columns && strcmp(s->cell[i], s->cell[i - columns]) == 0) {
            at[i] = at[i - columns];
            continue;
        }
        at[i] = (uint32_t)text.len;
        km_buf_add(&text, s->cell[i], strlen(s->cell[i]) + 1);
    }
    char *kept = km_arena_alloc(l->mem, text.len + 1);
    memcpy(kept, km_buf_str(&text), text.len);
    const km_table t = {
        .name = km_arena_strdup(l->mem, name),
        .column = s->column,
        .n_column = columns,
        .text = kept,
        .cell = at,
        .n_row = s->n_row,
    };
    km_buf_clear(&text);
    return t;
}

static km_status load_further(km_loader *l)
{
    km_table *table = km_arena_alloc(l->mem, ((size_t)l->src->n_table + 1) * sizeof *table);
    for (int i = 0; i < l->src->n_table; i++) {
        km_sheet s;
        km_status st = km_load_sheet(l, &s, l->mem, l->src->table[i]);
        if (st != KM_OK)
            return st;
        table[i] = make_table(l, l->src->table[i], &s);
    }
    l->a->table = table;
    l->a->n_table = l->src->n_table;
    return KM_OK;
}

/* For each region the referral rows that reach it, in table order. */
static void index_referrals(km_loader *l)
{
    km_atlas *a = l->a;
    int16_t *first = km_arena_alloc(l->mem, ((size_t)a->n_region + 1) * sizeof *first);
    int16_t *row = km_arena_alloc(l->mem, ((size_t)a->n_referral + 1) * sizeof *row);
    int n = 0;
    for (int r = 0; r < a->n_region; r++) {
        first[r] = (int16_t)n;
        for (int i = 0; i < a->n_referral; i++)
            if (a->referral[i].region == r)
                row[n++] = (int16_t)i;
    }
    first[a->n_region] = (int16_t)n;
    a->region_referral = row;
    a->region_referral_first = first;
}

/* What needs all tables: nothing may be left out. */
static km_status check_whole(km_loader *l)
{
    const km_atlas *a = l->a;
    for (int i = 0; i < a->n_point; i++) {
        if (a->point[i].n_referral == 0)
            return km_sheet_fail(&l->points, i, "muscle", l->err,
                                 "point %d has no row in referrals.csv", a->point[i].tp);
        if (a->point[i].n_pos == 0)
            return km_sheet_fail(&l->points, i, "muscle", l->err,
                                 "point %d has no row in body-points.csv", a->point[i].tp);
    }
    for (int i = 0; i < a->n_muscle; i++)
        if (a->muscle[i].n_routine == 0)
            return km_sheet_fail(&l->muscles, i, "code", l->err, "has no row in routines.csv");
    return KM_OK;
}

km_status km_atlas_read(km_atlas *out, km_arena *mem, const km_asset_source *src, km_error *err)
{
    /* Each step may use what those before it have read. */
    static km_status (*const step[])(km_loader *) = {
        km_load_regions,   km_load_muscles,    km_load_points,   km_load_geometry,
        km_load_lines,     km_load_seeds,      km_load_positions, km_load_referrals,
        km_load_satellites, km_load_routines,  km_load_cbm,      load_further,
        check_whole,
    };
    *out = (km_atlas){ 0 };
    km_loader l = { .a = out, .mem = mem, .src = src, .err = err };
    km_status st = KM_OK;
    for (size_t i = 0; st == KM_OK && i < sizeof step / sizeof step[0]; i++)
        st = step[i](&l);
    if (st == KM_OK) {
        index_referrals(&l);
        km_atlas_make_keys(out, mem);
    }
    km_arena_clear(&l.scratch);
    return st;
}
