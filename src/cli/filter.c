/** filter save, list, remove: lists asked for again and again. */
#include "command.h"
#include "knotmap/history.h"

enum { CELL = KM_COL_DATA | KM_COL_SHOWN, NUMBER = CELL | KM_COL_RIGHT };

static km_status print_filters(km_cli *c, int64_t only, km_error *err)
{
    static const km_column columns[] = {
        { "id", NUMBER, NULL }, { "name", CELL, NULL }, { "filter", CELL | KM_COL_FLEX, NULL },
    };
    km_saved_filter_list l;

    TRY(km_app_filters(&l, c->app, err));
    km_rows *rows = km_listing(c, columns, sizeof columns / sizeof *columns);
    for (size_t i = 0; i < l.n; i++) {
        if (only && l.row[i].id != only)
            continue;
        km_rows_int(rows, l.row[i].id);
        km_rows_text(rows, l.row[i].name);
        km_rows_text(rows, l.row[i].text);
        km_rows_end(rows, NULL);
    }
    if (l.n == 0 && c->format == KM_FORMAT_TEXT)
        km_tell(c, "No filters.");
    km_saved_filter_list_clear(&l);
    return km_rows_close(rows, err);
}

km_status km_run_filter_save(km_cli *c, km_error *err)
{
    km_buf line = { 0 };
    km_arena mem = { 0 };
    const char *text = NULL;
    int64_t id = 0;

    for (int i = 1; i < c->args.n_pos; i++)
        km_buf_printf(&line, "%s%s", i > 1 ? " " : "", c->args.pos[i]);
    km_status st = km_need_app(c, NULL, err);
    if (st == KM_OK)
        st = km_app_filter_save(c->app, c->args.pos[0], km_buf_str(&line), err);
    km_buf_clear(&line);
    if (st != KM_OK)
        return st;
    c->stored = true;
    st = km_app_filter_find(&text, &id, &mem, c->app, c->args.pos[0], err);
    km_arena_clear(&mem);
    return st == KM_OK ? print_filters(c, id, err) : st;
}

km_status km_run_filter_list(km_cli *c, km_error *err)
{
    TRY(km_need_app(c, NULL, err));
    return print_filters(c, 0, err);
}

km_status km_run_filter_remove(km_cli *c, km_error *err)
{
    km_arena mem = { 0 };
    const char *text = NULL;
    int64_t id = 0;

    TRY(km_need_app(c, NULL, err));
    km_status st = km_app_filter_find(&text, &id, &mem, c->app, c->args.pos[0], err);
    km_arena_clear(&mem);
    if (st == KM_OK)
        st = km_app_filter_remove(c->app, id, err);
    if (st != KM_OK)
        return st;
    c->stored = true;
    return print_filters(c, 0, err);
}
