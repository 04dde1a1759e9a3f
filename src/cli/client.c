/** client add, list, show, edit, archive, erase. */
#include <string.h>

#include "command.h"
#include "knotmap/summary.h"

/* What the list says besides the record; it stands just before the uid. */
static const km_column glance_columns[] = {
    { "worst", KM_COL_DATA | KM_COL_SHOWN | KM_COL_RIGHT, NULL },
    { "change", KM_COL_DATA | KM_COL_SHOWN | KM_COL_RIGHT, "week vs four" },
    { "verdict", KM_COL_DATA | KM_COL_SHOWN, NULL },
    { "next_visit", KM_COL_DATA | KM_COL_SHOWN, "next visit" },
    { "lasting", KM_COL_DATA, NULL },
    { "flags", KM_COL_DATA, NULL },
    { "warnings", KM_COL_DATA | KM_COL_SHOWN | KM_COL_FLEX, "heed" },
};
#define GLANCE_COLUMNS (int)(sizeof glance_columns / sizeof *glance_columns)

static km_rows *glance_listing(km_cli *c)
{
    km_column column[KM_RECORD_COLUMNS_MAX + GLANCE_COLUMNS];
    int n = km_record_columns(column, KM_WHAT_CLIENTS);
    const km_column uid = column[n - 1];

    memcpy(&column[n - 1], glance_columns, sizeof glance_columns);
    column[n - 1 + GLANCE_COLUMNS] = uid;
    return km_listing(c, column, n + GLANCE_COLUMNS);
}

static km_status put_glance(km_rows *r, km_cli *c, const km_client *k, km_error *err)
{
    km_arena mem = { 0 };
    km_glance g;
    km_buf warnings = { 0 };
    km_status st = km_app_glance(&g, &mem, c->app, k, err);

    if (st == KM_OK) {
        km_glance_warnings(&warnings, c->atlas, k, &g);
        km_rows_record_cells(r, KM_WHAT_CLIENTS, k);
        km_rows_count(r, k->worst);
        km_rows_real(r, g.change.change, 1);
        km_rows_text(r, km_verdict_word(g.change.verdict));
        km_rows_day(r, g.has_visit, g.visit);
        km_rows_int(r, g.lasting);
        km_rows_text(r, g.flags);
        km_rows_text(r, km_buf_str(&warnings));
        km_rows_uid(r, k->uid);
        km_rows_end(r, NULL);
    }
    km_buf_clear(&warnings);
    km_arena_clear(&mem);
    return st;
}

/* Below the card: what the profile offers. */
static void say_profile(km_rows *r, const km_cli *c, const km_client *k)
{
    km_buf words = { 0 };
    int row = 0;

    if (!k->profile || km_topic_find(&row, c->atlas, KM_TOPIC_PROFILE, "profile", k->profile,
                                     NULL) != KM_OK)
        return;
    const km_profile p = km_profile_at(c->atlas, row);
    km_profile_words(&words, c->atlas, &p);
    km_rows_section(r, 0, "");
    km_rows_section(r, 0, km_buf_str(&words));
    km_buf_clear(&words);
}

static km_status print_client(km_cli *c, const char *name, km_error *err)
{
    km_arena mem = { 0 };
    km_client k;
    km_status st = km_app_client_find(&k, &mem, c->app, name, err);

    if (st == KM_OK) {
        km_rows *r = km_record_card(c, KM_WHAT_CLIENTS);
        km_rows_client(r, &k, NULL);
        say_profile(r, c, &k);
        st = km_rows_close(r, err);
    }
    km_arena_clear(&mem);
    return st;
}

/* Options into the record; joined lists live in `mem`. */
static km_status read_client(km_client *k, km_arena *mem, const km_cli *c, km_error *err)
{
    const char *text;

    if ((text = km_value(c, OPT_NAME)) != NULL)
        k->name = text;
    if ((text = km_value(c, OPT_BORN)) != NULL) {
        km_error why;
        km_status st = km_day_parse(&k->born, text, c->now, &why);
        if (st != KM_OK)
            return km_fail(err, st, "--born: %s", why.text);
        if (k->born > km_instant_day(c->now))
            return km_fail(err, KM_EINVAL, "--born: %s lies in the future", text);
        k->has_born = true;
    }
    if ((text = km_value(c, OPT_SEX)) != NULL)
        k->sex = text;
    if ((text = km_value(c, OPT_CONTACT)) != NULL)
        k->contact = text;
    if ((text = km_value(c, OPT_NOTE)) != NULL)
        k->note = text;
    if (km_has(c, OPT_PROFILE))
        TRY(km_opt_topic(&k->profile, c, OPT_PROFILE, KM_TOPIC_PROFILE, err));
    if (km_has(c, OPT_CONDITION)) {
        km_buf list = { 0 };
        for (int i = 0; (text = km_value_nth(c, OPT_CONDITION, i)) != NULL; i++)
            km_buf_printf(&list, "%s%s", i > 0 ? ";" : "", text);
        k->conditions = km_arena_strdup(mem, km_buf_str(&list));
        km_buf_clear(&list);
    }
    return km_opt_set(&k->tools, c, OPT_TOOL, KM_VOCAB_TOOL, err);
}

km_status km_run_client_add(km_cli *c, km_error *err)
{
    km_arena mem = { 0 };
    km_client k = km_client_blank();

    k.name = c->args.pos[0];
    km_status st = read_client(&k, &mem, c, err);
    if (st == KM_OK)
        st = km_client_check(&k, err);
    if (st == KM_OK)
        st = km_need_app(c, NULL, err);
    if (st == KM_OK)
        st = km_app_client_add(&k, c->app, err);
    if (st == KM_OK) {
        c->stored = true;
        st = print_client(c, k.name, err);
    }
    km_arena_clear(&mem);
    return st;
}

km_status km_run_client_list(km_cli *c, km_error *err)
{
    km_client_list list = { 0 };
    km_client_filter f = { .archived = km_has(c, OPT_ARCHIVED), .chronic = km_has(c, OPT_CHRONIC) };

    TRY(km_opt_int(&f.stress, c, OPT_STRESS, 1, 7, err));
    TRY(km_opt_topic(&f.profile, c, OPT_PROFILE, KM_TOPIC_PROFILE, err));
    TRY(km_need_app(c, NULL, err));
    TRY(km_app_clients_that(&list, c->app, &f, err));
    km_rows *r = glance_listing(c);
    km_status st = KM_OK;
    for (size_t i = 0; i < list.n && st == KM_OK; i++)
        st = put_glance(r, c, &list.row[i], err);
    km_status closed = km_rows_close(r, st == KM_OK ? err : NULL);
    km_client_list_clear(&list);
    return st == KM_OK ? closed : st;
}

km_status km_run_client_show(km_cli *c, km_error *err)
{
    TRY(km_need_app(c, NULL, err));
    return print_client(c, c->args.pos[0], err);
}

static km_status clear_field(km_client *k, const char *field, km_error *err)
{
    if (strcmp(field, "born") == 0)
        k->has_born = false;
    else if (strcmp(field, "sex") == 0)
        k->sex = NULL;
    else if (strcmp(field, "contact") == 0)
        k->contact = NULL;
    else if (strcmp(field, "conditions") == 0 || strcmp(field, "condition") == 0)
        k->conditions = NULL;
    else if (strcmp(field, "tools") == 0 || strcmp(field, "tool") == 0)
        k->tools = 0;
    else if (strcmp(field, "profile") == 0)
        k->profile = NULL;
    else if (strcmp(field, "note") == 0)
        k->note = NULL;
    else
        return km_fail(err, KM_EINVAL, "--clear: %s is no field that can be empty", field);
    return KM_OK;
}

km_status km_run_client_edit(km_cli *c, km_error *err)
{
    km_arena mem = { 0 };
    km_client k;
    const char *field;

    if (!km_has_own(c))
        return km_fail(err, KM_EUSAGE, "client edit: say what to change");
    TRY(km_need_app(c, NULL, err));
    km_status st = km_app_client_find(&k, &mem, c->app, c->args.pos[0], err);
    for (int i = 0; st == KM_OK && (field = km_value_nth(c, OPT_CLEAR, i)) != NULL; i++)
        st = clear_field(&k, field, err);
    if (st == KM_OK)
        st = read_client(&k, &mem, c, err);
    if (st == KM_OK)
        st = km_client_check(&k, err);
    if (st == KM_OK)
        st = km_app_client_edit(&k, c->app, err);
    if (st == KM_OK) {
        c->stored = true;
        st = print_client(c, k.name, err);
    }
    km_arena_clear(&mem);
    return st;
}

km_status km_run_client_archive(km_cli *c, km_error *err)
{
    km_arena mem = { 0 };
    km_client k;

    TRY(km_need_app(c, NULL, err));
    km_status st = km_app_client_find(&k, &mem, c->app, c->args.pos[0], err);
    if (st == KM_OK)
        st = km_app_client_archive(c->app, k.id, !km_has(c, OPT_RESTORE), err);
    if (st == KM_OK) {
        c->stored = true;
        st = print_client(c, k.name, err);
    }
    km_arena_clear(&mem);
    return st;
}

km_status km_run_client_erase(km_cli *c, km_error *err)
{
    km_arena mem = { 0 };
    km_client k;

    if (!km_has(c, OPT_YES)) {
        return km_mend(km_fail(err, KM_EUSAGE, "client erase: --yes is missing"), err,
                       "Every trace goes and nothing brings it back; add --yes to do it.");
    }
    TRY(km_need_app(c, NULL, err));
    km_status st = km_app_client_find(&k, &mem, c->app, c->args.pos[0], err);
    if (st == KM_OK)
        st = km_app_client_erase(c->app, k.id, err);
    if (st == KM_OK) {
        /* What is gone is shown once more, so that a script sees whom it erased. */
        km_rows *r = km_record_card(c, KM_WHAT_CLIENTS);
        km_rows_client(r, &k, NULL);
        st = km_rows_close(r, err);
    }
    km_arena_clear(&mem);
    return st;
}
