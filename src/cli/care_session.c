/** session check, sign, amendments, pairs; recovery; ready; and what few sessions say. */
#include <math.h>
#include <string.h>

#include "columns.h"
#include "command.h"
#include "knotmap/care.h"

static const km_column more_columns[] = {
    { "not_looked_at", BOTH, NULL }, { "amendments", BOTH, NULL },
};

static void put_amendments(km_rows *r, const km_amendment_list *l)
{
    km_buf b = { 0 };

    for (size_t i = 0; i < l->n; i++) {
        char at[KM_TIME_TEXT];
        km_time_local(at, l->row[i].at);
        km_buf_printf(&b, "%s%s %s: %s", i ? "; " : "", at, l->row[i].field, l->row[i].text);
    }
    km_rows_text(r, km_buf_str(&b));
    km_buf_clear(&b);
}

km_status km_tell_session_more(km_cli *c, int64_t id, km_error *err)
{
    km_amendment_list list = { .n = 0 };
    uint32_t missing = 0;

    if (c->format != KM_FORMAT_TEXT)
        return KM_OK; /* one listing a document: its columns are those of every session */
    km_status st = km_app_session_missing(&missing, c->app, id, err);
    if (st == KM_OK)
        st = km_app_amendments(&list, c->app, id, err);
    if (st == KM_OK) {
        km_rows *r = km_card(c, more_columns, COUNT(more_columns));
        km_rows_words(r, KM_VOCAB_PAGE, missing);
        put_amendments(r, &list);
        km_rows_end(r, NULL);
        st = km_rows_close(r, err);
    }
    km_amendment_list_clear(&list);
    return st;
}

static const km_column page_columns[] = {
    { "session", NUMBER, NULL }, { "page", BOTH | KM_COL_STRONG, NULL }, { "state", BOTH, NULL },
};

/* The three pages of the open recovery session. */
static km_status print_pages(km_cli *c, int64_t id, km_error *err)
{
    km_arena mem = { 0 };
    km_session_more m;
    uint32_t missing = 0;
    km_status st = km_app_session_more(&m, &mem, c->app, id, err);

    if (st == KM_OK)
        st = km_app_session_missing(&missing, c->app, id, err);
    if (st == KM_OK) {
        km_rows *r = km_listing(c, page_columns, COUNT(page_columns));
        for (int p = 0; p < KM_PAGE_COUNT; p++) {
            km_rows_int(r, id);
            km_rows_text(r, km_word(KM_VOCAB_PAGE, p));
            km_rows_text(r, missing >> p & 1     ? "open"
                            : m.skipped >> p & 1 ? "skipped"
                                                 : "checked");
            km_rows_end(r, NULL);
        }
        st = km_rows_close(r, err);
    }
    km_arena_clear(&mem);
    return st;
}

km_status km_run_session_check(km_cli *c, km_error *err)
{
    km_arena mem = { 0 };
    km_session s;
    uint32_t pages = 0;

    for (int i = 0; i < c->args.n_pos; i++) {
        int page;
        TRY(km_word_parse(&page, KM_VOCAB_PAGE, "page", c->args.pos[i], err));
        pages |= 1u << page;
    }
    TRY(km_need_app(c, NULL, err));
    TRY(km_app_session_check_pages(c->app, pages, km_has(c, OPT_SKIP), err));
    c->stored = true;
    km_status st = km_app_session_open(&s, &mem, c->app, err);
    if (st == KM_OK)
        st = print_pages(c, s.id, err);
    km_arena_clear(&mem);
    return st;
}

km_status km_run_session_sign(km_cli *c, km_error *err)
{
    int64_t id;

    TRY(km_arg_id(&id, c, 0, err));
    TRY(km_need_app(c, NULL, err));
    TRY(km_app_session_sign(c->app, id, km_value(c, OPT_PRACTITIONER), err));
    c->stored = true;
    return km_print_session(c, id, err);
}

km_status km_run_session_amendments(km_cli *c, km_error *err)
{
    km_arena mem = { 0 };
    km_amendment_list list = { .n = 0 };
    km_session s;
    int64_t id;

    TRY(km_arg_id(&id, c, 0, err));
    TRY(km_need_app(c, NULL, err));
    km_status st = km_app_session_get(&s, &mem, c->app, id, err);
    if (st == KM_OK)
        st = km_app_amendments(&list, c->app, id, err);
    if (st == KM_OK) {
        km_rows *r = km_record_listing(c, KM_WHAT_AMENDMENTS);
        for (size_t i = 0; i < list.n; i++)
            km_rows_record(r, KM_WHAT_AMENDMENTS, &list.row[i], NULL);
        st = km_listing_close(r, c, "No amendments.", err);
    }
    km_amendment_list_clear(&list);
    km_arena_clear(&mem);
    return st;
}

/* ---- the next session ---- */

static const km_column pair_columns[] = {
    { "id", NUMBER, NULL },      { "started", BOTH, NULL },   { "goal", FLEX, NULL },
    { "rpe", NUMBER, NULL },     { "minutes", DATA, NULL },   { "load", NUMBER, NULL },
    { "feel", NUMBER, NULL },    { "recovered", FLEX, NULL }, { "next_hours", NUMBER, "hours to next" },
    { "next_rpe", NUMBER, NULL }, { "next_feel", NUMBER, NULL },
};

km_status km_run_session_pairs(km_cli *c, km_error *err)
{
    km_next_list list;
    int limit = 0;

    TRY(km_opt_int(&limit, c, OPT_LIMIT, 1, INT32_MAX, err));
    TRY(km_need_app(c, NULL, err));
    TRY(km_app_next_sessions(&list, c->app, limit, err));
    km_rows *r = km_listing(c, pair_columns, COUNT(pair_columns));
    for (size_t i = 0; i < list.n; i++) {
        const km_next_session *n = &list.row[i];
        km_rows_int(r, n->session.id);
        km_rows_instant(r, true, n->session.started);
        km_rows_text(r, n->session.goal);
        km_rows_count(r, n->session.rpe);
        km_rows_count(r, n->session.minutes);
        km_rows_count(r, km_session_load(&n->session));
        km_rows_count(r, n->session.feel);
        km_rows_text(r, n->recovered);
        km_rows_count(r, n->has_next ? n->next_hours : -1);
        km_rows_count(r, n->next_rpe);
        km_rows_count(r, n->next_feel);
        km_rows_end(r, NULL);
    }
    km_status st = km_listing_close(r, c, "No training sessions.", err);
    km_next_list_clear(&list);
    return st;
}

/* ---- recovery ---- */

static const km_column recovery_columns[] = {
    { "what", BOTH | KM_COL_STRONG, NULL }, { "group", BOTH, NULL }, { "n", NUMBER, NULL },
    { "mean", NUMBER, NULL }, { "change", NUMBER, NULL }, { "said", FLEX, NULL },
};

km_status km_run_recovery(km_cli *c, km_error *err)
{
    km_recovery_list list;

    TRY(km_need_app(c, NULL, err));
    TRY(km_app_recovery(&list, c->app, err));
    km_rows *r = km_listing(c, recovery_columns, COUNT(recovery_columns));
    for (size_t i = 0; i < list.n; i++) {
        const km_recovery_row *row = &list.row[i];
        km_rows_text(r, row->what);
        km_rows_text(r, row->group);
        km_rows_int(r, row->n);
        km_rows_real(r, row->mean, 1);
        km_rows_real(r, row->change, 1);
        km_rows_text(r, row->said);
        km_rows_end(r, NULL);
    }
    km_status st = km_rows_close(r, err);
    km_recovery_list_clear(&list);
    return st;
}

/* ---- ready ---- */

km_status km_run_ready(km_cli *c, km_error *err)
{
    km_mark_list list = { 0 };
    km_buf muscles = { 0 };
    km_status st = KM_OK;

    for (int i = 0; i < c->args.n_pos && st == KM_OK; i++) {
        km_ref ref;
        st = km_atlas_resolve(&ref, c->atlas, c->args.pos[i],
                              KM_RESOLVE_NO_SIDE | KM_RESOLVE_MUSCLE | KM_RESOLVE_GROUP, err);
        if (st == KM_OK)
            km_buf_printf(&muscles, "%s%s", i > 0 ? ";" : "",
                          ref.kind == KM_REF_GROUP ? c->atlas->group[ref.index].code
                                                   : c->atlas->muscle[ref.index].code);
    }
    if (st == KM_OK)
        st = km_need_app(c, NULL, err);
    if (st == KM_OK)
        st = km_app_ready(&list, c->app, km_buf_str(&muscles), err);
    if (st == KM_OK) {
        km_rows *r = km_record_listing(c, KM_WHAT_MARKS);
        for (size_t i = 0; i < list.n; i++)
            km_rows_mark(r, &list.row[i], NULL);
        st = km_rows_close(r, err);
        if (st == KM_OK && list.n == 0 && c->format == KM_FORMAT_TEXT)
            km_tell(c, "Nothing open meets these muscles.");
    }
    km_mark_list_clear(&list);
    km_buf_clear(&muscles);
    return st;
}
