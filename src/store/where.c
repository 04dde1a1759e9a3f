/*
 * What a listing of marks or of treatments asks for: constant pieces of text chosen by which
 * conditions there are, every value bound by number. Few combinations are ever used, and each is
 * prepared once.
 */
#include "store_impl.h"

/* Of a place: its `one` stands in the list `first`, or it has none and its `other` stands in
   `second`. Lists are ";a;b;", in which no empty name can be found. */
static void place_in(km_buf *b, const char *row, const char *one, const char *first,
                     const char *other, const char *second)
{
    km_buf_printf(b,
                  " AND %s.place_id IN (SELECT id FROM place WHERE "
                  "instr(%s, ';' || %s || ';') > 0 OR "
                  "(%s = '' AND instr(%s, ';' || %s || ';') > 0))",
                  row, first, one, one, second, other);
}

void km_where(km_buf *b, const km_store_filter *f, const char *row)
{
    if (f->has_since && f->since_day)
        km_buf_printf(b, " AND %s.at >= ?2 - 86400 AND %s.at + 60 * %s.off_min >= ?2", row, row,
                      row);
    else if (f->has_since)
        km_buf_printf(b, " AND %s.at >= ?2", row);
    if (f->region)
        km_buf_printf(b, " AND %s.place_id IN (SELECT id FROM place WHERE region = ?4)", row);
    if (f->muscles)
        km_buf_printf(b,
                      " AND %s.place_id IN (SELECT id FROM place WHERE "
                      "instr(?5, ';' || muscle || ';') > 0)",
                      row);
    if (f->side >= 0)
        km_buf_printf(b, " AND %s.place_id IN (SELECT id FROM place WHERE side = ?6)", row);
    if (f->session_id)
        km_buf_printf(b, " AND %s.session_id = ?9", row);
    if (f->id)
        km_buf_printf(b, " AND %s.id = ?10", row);
    if (f->area_regions)
        place_in(b, row, "region", "?17", "muscle", "?18");
    if (f->loaded_muscles)
        place_in(b, row, "muscle", "?19", "region", "?20");
}

void km_where_until(km_buf *b, const km_store_filter *f, const char *row)
{
    if (f->has_until && f->until_day)
        km_buf_printf(b, " AND %s.at < ?3 + 86400 AND %s.at + 60 * %s.off_min < ?3", row, row,
                      row);
    else if (f->has_until)
        km_buf_printf(b, " AND %s.at < ?3", row);
}

void km_where_order(km_buf *b, const km_store_filter *f, const char *row)
{
    const char *way = f->oldest_first ? "" : " DESC";

    km_buf_printf(b, " ORDER BY %s.at%s, %s.id%s", row, way, row, way);
}

void km_where_bind(sqlite3_stmt *q, const km_store_filter *f, const char *ids)
{
    int n = sqlite3_bind_parameter_count(q);
    const struct { int n; bool text; int64_t v; const char *s; } value[] = {
        { 1, false, f->client_id, NULL },   { 2, false, f->since, NULL },
        { 3, false, f->until, NULL },       { 4, true, 0, f->region },
        { 5, true, 0, f->muscles },         { 6, false, f->side, NULL },
        { 7, false, f->kind, NULL },        { 8, false, f->min_intensity, NULL },
        { 9, false, f->session_id, NULL },  { 10, false, f->id, NULL },
        { 11, true, 0, f->text },           { 12, false, f->cause, NULL },
        { 13, false, f->limit > 0 ? f->limit : -1, NULL },
        { 14, false, f->offset, NULL },     { 15, false, f->tissue, NULL },
        { 16, false, f->qualities, NULL },  { 17, true, 0, f->area_regions },
        { 18, true, 0, f->area_muscles },   { 19, true, 0, f->loaded_muscles },
        { 20, true, 0, f->loaded_regions }, { 21, true, 0, ids },
    };
    for (size_t i = 0; i < sizeof value / sizeof *value && value[i].n <= n; i++) {
        if (value[i].text)
            km_bind_text(q, value[i].n, value[i].s);
        else
            km_bind_int(q, value[i].n, value[i].v);
    }
}
