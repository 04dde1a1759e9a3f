/*
 * Run by the build: reads the tables of assets/ with the program's own loader and writes them
 * as C, so that the program starts with its atlas in place.
 *
 *     km_atlas_generate ASSETS OUT.c [TABLE...]
 *
 * TABLE are the further tables, without ".csv".
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "knotmap/path.h"
#include "load.h"

/** Lists that rows point into are pooled: numbers, texts, and the cells of further tables. */
typedef struct pools {
    km_buf number, text, cell, byte;
    size_t n_number, n_text, n_cell, n_byte;
} pools;

static void put_string(km_buf *out, const char *s)
{
    if (s == NULL) {
        km_buf_puts(out, "NULL");
        return;
    }
    km_buf_putc(out, '"');
    for (; *s != '\0'; s++) {
        const unsigned char c = (unsigned char)*s;
        if (c == '"' || c == '\\' || c == '?')
            km_buf_printf(out, "\\%c", c);
        else if (c < 0x20 || c >= 0x7f)
            km_buf_printf(out, "\\%03o", c);
        else
            km_buf_putc(out, (char)c);
    }
    km_buf_putc(out, '"');
}

static void put_field(km_buf *out, const char *field, const char *s)
{
    km_buf_printf(out, ".%s = ", field);
    put_string(out, s);
    km_buf_puts(out, ", ");
}

/* ".FIELD = number + OFFSET, .n_FIELD = N, " */
static void put_numbers(km_buf *out, pools *p, const char *field, const int16_t *list, size_t n)
{
    km_buf_printf(out, ".%s = number + %zu, .n_%s = %zu, ", field, p->n_number, field, n);
    for (size_t i = 0; i < n; i++)
        km_buf_printf(&p->number, "%d,%s", list[i], (p->n_number + i) % 16 == 15 ? "\n" : "");
    p->n_number += n;
}

static void put_texts(km_buf *out, pools *p, const char *field, const char *const *list, size_t n)
{
    km_buf_printf(out, ".%s = text + %zu, .n_%s = %zu, ", field, p->n_text, field, n);
    for (size_t i = 0; i < n; i++) {
        put_string(&p->text, list[i]);
        km_buf_puts(&p->text, ",\n");
    }
    p->n_text += n;
}

static void put_xy(km_buf *out, pools *p, const int16_t *xy, int n)
{
    km_buf_printf(out, ".xy = number + %zu, .n = %d, ", p->n_number, n);
    for (int i = 0; i < 2 * n; i++)
        km_buf_printf(&p->number, "%d,%s", xy[i], i % 16 == 15 ? "\n" : "");
    km_buf_putc(&p->number, '\n');
    p->n_number += (size_t)(2 * n);
}

static void open_table(km_buf *out, const char *type, const char *name)
{
    km_buf_printf(out, "static const %s %s[] = {\n", type, name);
}

static void put_anatomy(km_buf *out, pools *p, const km_atlas *a)
{
    open_table(out, "km_region", "region");
    for (int i = 0; i < a->n_region; i++) {
        const km_region *r = &a->region[i];
        km_buf_puts(out, "{ ");
        put_field(out, "code", r->code);
        put_field(out, "name", r->name);
        put_field(out, "area", r->area);
        km_buf_printf(out, ".midline = %d, .views = %u, .first_view = %d },\n", r->midline,
                      r->views, (int)r->first_view);
    }
    km_buf_puts(out, "};\n");
    open_table(out, "km_muscle", "muscle");
    for (int i = 0; i < a->n_muscle; i++) {
        const km_muscle *m = &a->muscle[i];
        km_buf_puts(out, "{ ");
        put_field(out, "code", m->code);
        put_field(out, "name", m->name);
        put_field(out, "area", m->area);
        put_numbers(out, p, "home", m->home, (size_t)m->n_home);
        put_field(out, "depth", m->depth);
        put_field(out, "attachments", m->attachments);
        put_field(out, "action", m->action);
        put_field(out, "latin", m->latin);
        put_field(out, "source", m->source);
        put_texts(out, p, "overload", m->overload, (size_t)m->n_overload);
        put_texts(out, p, "synonym", m->synonym, (size_t)m->n_synonym);
        km_buf_printf(out, ".view = %d, .group = %d, .commonness = %u, .midline = %d, "
                      ".first_point = %d, .n_point = %d, .first_routine = %d, .n_routine = %d },\n",
                      (int)m->view, m->group, m->commonness, m->midline, m->first_point,
                      m->n_point, m->first_routine, m->n_routine);
    }
    km_buf_puts(out, "};\n");
    open_table(out, "km_group", "group");
    for (int i = 0; i < a->n_group; i++) {
        km_buf_puts(out, "{ ");
        put_field(out, "code", a->group[i].code);
        put_numbers(out, p, "muscle", a->group[i].muscle, (size_t)a->group[i].n_muscle);
        km_buf_puts(out, "},\n");
    }
    km_buf_puts(out, "};\n");
}

static void put_points(km_buf *out, const km_atlas *a)
{
    open_table(out, "km_point", "point");
    for (int i = 0; i < a->n_point; i++) {
        const km_point *t = &a->point[i];
        km_buf_puts(out, "{ ");
        put_field(out, "location", t->location);
        put_field(out, "source", t->source);
        km_buf_printf(out, ".muscle = %d, .tp = %u, .site = %d, .first_referral = %d, "
                      ".n_referral = %d, .first_pos = %d, .n_pos = %d },\n",
                      t->muscle, t->tp, t->site, t->first_referral, t->n_referral, t->first_pos,
                      t->n_pos);
    }
    km_buf_puts(out, "};\n");
    open_table(out, "km_referral", "referral");
    for (int i = 0; i < a->n_referral; i++) {
        const km_referral *r = &a->referral[i];
        km_buf_puts(out, "{ ");
        put_field(out, "source", r->source);
        km_buf_printf(out, ".point = %d, .region = %d, .kind = %d, .laterality = %d, "
                      ".weight = %u, .basis = %d },\n",
                      r->point, r->region, (int)r->kind, (int)r->laterality, r->weight,
                      (int)r->basis);
    }
    km_buf_puts(out, "};\n");
    open_table(out, "km_point_pos", "pos");
    for (int i = 0; i < a->n_pos; i++)
        km_buf_printf(out, "{ %d, (km_view)%d, %d, %d },\n", a->pos[i].point,
                      (int)a->pos[i].view, a->pos[i].x, a->pos[i].y);
    km_buf_puts(out, "};\n");
    open_table(out, "int16_t", "region_referral");
    for (int i = 0; i < a->n_referral; i++)
        km_buf_printf(out, "%d,%s", a->region_referral[i], i % 16 == 15 ? "\n" : "");
    km_buf_puts(out, "};\n");
    open_table(out, "int16_t", "region_referral_first");
    for (int i = 0; i <= a->n_region; i++)
        km_buf_printf(out, "%d,%s", a->region_referral_first[i], i % 16 == 15 ? "\n" : "");
    km_buf_puts(out, "};\n");
}

static void put_care(km_buf *out, pools *p, const km_atlas *a)
{
    open_table(out, "km_satellite", "satellite");
    for (int i = 0; i < a->n_satellite; i++) {
        km_buf_printf(out, "{ .key = %d, .satellite = %d, ", a->satellite[i].key,
                      a->satellite[i].satellite);
        put_field(out, "source", a->satellite[i].source);
        km_buf_puts(out, "},\n");
    }
    km_buf_puts(out, "};\n");
    open_table(out, "km_routine_row", "routine");
    for (int i = 0; i < a->n_routine; i++) {
        const km_routine_row *r = &a->routine[i];
        km_buf_puts(out, "{ ");
        put_field(out, "tool", r->tool);
        put_field(out, "position", r->position);
        put_field(out, "action", r->action);
        put_field(out, "caution", r->caution);
        put_field(out, "source", r->source);
        km_buf_printf(out, ".muscle = %d, .technique = %d, .tools = %uu, .therapist = %d, "
                      ".seconds = %d, .sets = %u, .pressure = %u, .per_week = %u },\n",
                      r->muscle, (int)r->technique, (unsigned)r->tools, r->therapist, r->seconds,
                      r->sets, r->pressure, r->per_week);
    }
    km_buf_puts(out, "};\n");
    open_table(out, "km_cbm_segment", "cbm");
    for (int i = 0; i < a->n_cbm; i++) {
        const km_cbm_segment *g = &a->cbm[i];
        km_buf_printf(out, "{ .segment = %d, .view = %d, .side = %d, ", g->segment, (int)g->view,
                      (int)g->side);
        put_field(out, "name", g->name);
        put_numbers(out, p, "region", g->region, (size_t)g->n_region);
        km_buf_puts(out, "},\n");
    }
    km_buf_puts(out, "};\n");
}

static void put_body(km_buf *out, pools *p, const km_atlas *a)
{
    open_table(out, "km_polygon", "polygon");
    for (int i = 0; i < a->body.n_polygon; i++) {
        const km_polygon *g = &a->body.polygon[i];
        km_buf_puts(out, "{ ");
        put_xy(out, p, g->xy, g->n);
        km_buf_printf(out, ".view = %d, .region = %d, .side = %d, .x0 = %d, .y0 = %d, .x1 = %d, "
                      ".y1 = %d, .mirror = %d },\n", (int)g->view, g->region, (int)g->side, g->x0,
                      g->y0, g->x1, g->y1, g->mirror);
    }
    km_buf_puts(out, "};\n");
    open_table(out, "km_line", "line");
    for (int i = 0; i < a->body.n_line; i++) {
        const km_line *n = &a->body.line[i];
        km_buf_puts(out, "{ ");
        put_xy(out, p, n->xy, n->n);
        put_field(out, "feature", n->feature);
        km_buf_printf(out, ".view = %d, .kind = %d },\n", (int)n->view, (int)n->kind);
    }
    km_buf_puts(out, "};\n");
    open_table(out, "km_seed", "seed");
    for (int i = 0; i < a->body.n_seed; i++)
        km_buf_printf(out, "{ (km_view)%d, %d, %d, %d },\n", (int)a->body.seed[i].view,
                      a->body.seed[i].region, a->body.seed[i].x, a->body.seed[i].y);
    km_buf_puts(out, "};\n");
}

/* The bytes a table's cells point into, as numbers: no string literal may be that long. */
static void put_cells(km_buf *out, pools *p, const km_table *t)
{
    const int cells = t->n_row * t->n_column;
    size_t bytes = 0;
    for (int i = 0; i < cells; i++) {
        const size_t end = t->cell[i] + strlen(t->text + t->cell[i]) + 1;
        bytes = end > bytes ? end : bytes;
        km_buf_printf(&p->cell, "%u,%s", (unsigned)t->cell[i], i % 16 == 15 ? "\n" : "");
    }
    for (size_t i = 0; i < bytes; i++)
        km_buf_printf(&p->byte, "%d,%s", t->text[i], i % 24 == 23 ? "\n" : "");
    km_buf_printf(out, ".text = byte + %zu, .cell = cell + %zu, .n_row = %d },\n", p->n_byte,
                  p->n_cell, t->n_row);
    p->n_cell += (size_t)cells;
    p->n_byte += bytes;
}

static void put_further(km_buf *out, pools *p, const km_atlas *a)
{
    /* the terminating row keeps the array legal when there is no further table */
    open_table(out, "km_table", "table");
    for (int i = 0; i < a->n_table; i++) {
        const km_table *t = &a->table[i];
        km_buf_puts(out, "{ ");
        put_field(out, "name", t->name);
        put_texts(out, p, "column", t->column, (size_t)t->n_column);
        put_cells(out, p, t);
    }
    km_buf_puts(out, "{ .name = NULL },\n};\n");
}

static void put_keys(km_buf *out, const km_atlas *a)
{
    open_table(out, "km_search_key", "key");
    for (int i = 0; i < a->n_key; i++) {
        const km_search_key *k = &a->key[i];
        km_buf_puts(out, "{ ");
        put_field(out, "text", k->text);
        km_buf_printf(out, ".letters = 0x%xu, .kind = %u, .spells = %u, .index = %d },\n",
                      (unsigned)k->letters, k->kind, k->spells, k->index);
    }
    km_buf_puts(out, "};\n");
}

static void put_atlas(km_buf *out, const km_atlas *a)
{
    static const char *const top[] = { "region",    "muscle",  "group", "point", "referral", "pos",
                                       "satellite", "routine", "cbm",   "table", "key" };
    const int n[] = { a->n_region,    a->n_muscle,  a->n_group, a->n_point, a->n_referral, a->n_pos,
                      a->n_satellite, a->n_routine, a->n_cbm,   a->n_table, a->n_key };
    km_buf_puts(out, "static const km_atlas builtin = {\n");
    for (size_t i = 0; i < sizeof n / sizeof n[0]; i++)
        km_buf_printf(out, "    .%s = %s,\n    .n_%s = %d,\n", top[i], top[i], top[i], n[i]);
    km_buf_printf(out, "    .body = { .polygon = polygon, .n_polygon = %d, .line = line, "
                  ".n_line = %d, .seed = seed, .n_seed = %d },\n",
                  a->body.n_polygon, a->body.n_line, a->body.n_seed);
    km_buf_puts(out, "    .region_referral = region_referral,\n"
                     "    .region_referral_first = region_referral_first,\n"
                     "    .builtin = true,\n};\n\n"
                     "const km_atlas *km_atlas_builtin(void)\n{\n    return &builtin;\n}\n");
}

static void put_all(km_buf *out, const km_atlas *a)
{
    pools p = { 0 };
    km_buf tables = { 0 };
    put_anatomy(&tables, &p, a);
    put_points(&tables, a);
    put_care(&tables, &p, a);
    put_body(&tables, &p, a);
    put_further(&tables, &p, a);
    put_keys(&tables, a);

    km_buf_puts(out, "/* Written by the build from the tables of assets/: edit those. */\n"
                     "#include \"knotmap/atlas.h\"\n\n");
    const struct {
        const char *type, *name;
        const km_buf *rows;
    } pool[] = {
        { "int16_t", "number", &p.number },
        { "char *const", "text", &p.text },
        { "uint32_t", "cell", &p.cell },
        { "char", "byte", &p.byte },
    };
    for (size_t i = 0; i < sizeof pool / sizeof pool[0]; i++) {
        open_table(out, pool[i].type, pool[i].name);
        km_buf_puts(out, km_buf_str(pool[i].rows));
        km_buf_puts(out, "0,\n};\n"); /* none may be empty */
    }
    km_buf_puts(out, km_buf_str(&tables));
    put_atlas(out, a);
    km_buf_clear(&p.number);
    km_buf_clear(&p.text);
    km_buf_clear(&p.cell);
    km_buf_clear(&p.byte);
    km_buf_clear(&tables);
}

int main(int argc, char **argv)
{
    if (argc < 3) {
        fprintf(stderr, "usage: km_atlas_generate ASSETS OUT.c [TABLE...]\n");
        return 64;
    }
    km_buf prefix = { 0 }, out = { 0 };
    km_buf_printf(&prefix, "%s/", argv[1]);
    const km_asset_source src = {
        .read = km_asset_read_dir,
        .ctx = argv[1],
        .prefix = km_buf_str(&prefix),
        .table = (const char *const *)(argv + 3),
        .n_table = argc - 3,
    };
    km_arena mem = { 0 };
    km_atlas atlas;
    km_error err = { 0 };
    km_status st = km_atlas_read(&atlas, &mem, &src, &err);
    if (st == KM_OK) {
        put_all(&out, &atlas);
        st = km_file_write(argv[2], km_buf_str(&out), out.len, &err);
    }
    if (st != KM_OK)
        fprintf(stderr, "%s\n", err.text);
    km_arena_clear(&mem);
    km_buf_clear(&prefix);
    km_buf_clear(&out);
    return st == KM_OK ? 0 : km_status_exit(st);
}
