/** checkin, checkins. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "command.h"
#include "knotmap/care.h"

/* The row of a flexibility test in the table of measures; ratings and thresholds are none. */
static int flexibility_test(const km_table *t, const char *code)
{
    int code_col = km_table_column(t, "code");
    int unit_col = km_table_column(t, "unit");

    for (int row = 0; row < t->n_row; row++) {
        const char *unit = km_table_cell(t, row, unit_col);
        if (strcmp(km_table_cell(t, row, code_col), code) == 0 &&
            (strcmp(unit, "cm") == 0 || strcmp(unit, "deg") == 0))
            return row;
    }
    return -1;
}

static km_status no_such_test(const km_table *t, const char *text, const char *code, km_error *err)
{
    km_buf list = { 0 };

    for (int row = 0; row < t->n_row; row++) {
        const char *name = km_table_cell(t, row, km_table_column(t, "code"));
        if (flexibility_test(t, name) >= 0)
            km_buf_printf(&list, "%s%s", list.len ? ", " : "", name);
    }
    km_fail(err, KM_EINVAL, "--flexibility: %s: %s is no test", text, code);
    km_status st = km_mend(err, "There are %s.", km_buf_str(&list));
    km_buf_clear(&list);
    return st;
}

/* TEST[:SIDE]=VALUE into the check-in, over an earlier value of the same test and side. */
static km_status add_flexibility(km_checkin *k, km_arena *mem, const km_cli *c, const char *text,
                                 km_error *err)
{
    const km_table *t = km_atlas_table(c->atlas, "measures");
    const char *equals = strchr(text, '=');
    char *end;
    int side = KM_SIDE_MIDLINE;

    if (t == NULL)
        return km_fail(err, KM_EDATA, "--flexibility: the atlas has no table of measures");
    if (equals == NULL)
        return km_fail(err, KM_EINVAL, "--flexibility: %s is not TEST[:SIDE]=VALUE", text);
    char *code = km_arena_printf(mem, "%.*s", (int)(equals - text), text);
    char *colon = strchr(code, ':');
    if (colon) {
        *colon = '\0';
        TRY(km_word_parse(&side, KM_VOCAB_SIDE, "--flexibility", colon + 1, err));
    }
    int row = flexibility_test(t, code);
    if (row < 0)
        return no_such_test(t, text, code, err);
    bool sided = strcmp(km_table_cell(t, row, km_table_column(t, "sided")), "yes") == 0;
    if (sided != (side != KM_SIDE_MIDLINE))
        return km_fail(err, KM_EINVAL, "--flexibility: %s: %s", text,
                       sided ? "say which side, as in TEST:left=VALUE" : "this test takes no side");
    double value = strtod(equals + 1, &end);
    if (end == equals + 1 || *end || !isfinite(value))
        return km_fail(err, KM_EINVAL, "--flexibility: %s: %s is not a number", text, equals + 1);

    int at = 0;
    while (at < k->n_flex &&
           (strcmp(k->flex[at].test, code) != 0 || k->flex[at].side != (km_side)side))
        at++;
    if (at == KM_FLEX_MAX)
        return km_fail(err, KM_EINVAL, "--flexibility: more than %d values a day", KM_FLEX_MAX);
    k->flex[at] = (km_flex){ .test = code, .side = (km_side)side, .value = value };
    if (at == k->n_flex)
        k->n_flex++;
    return KM_OK;
}

static km_status read_checkin(km_checkin *k, km_arena *mem, const km_cli *c, km_error *err)
{
    const char *text;
    uint32_t did = 0;

    TRY(km_opt_int(&k->sleep, c, OPT_SLEEP, 1, 7, err));
    TRY(km_opt_int(&k->stress, c, OPT_STRESS, 1, 7, err));
    TRY(km_opt_int(&k->fatigue, c, OPT_FATIGUE, 1, 7, err));
    TRY(km_opt_int(&k->soreness, c, OPT_SORENESS, 1, 7, err));
    TRY(km_opt_int(&k->energy, c, OPT_ENERGY, 0, 10, err));
    TRY(km_opt_int(&k->mood, c, OPT_MOOD, 0, 10, err));
    TRY(km_opt_set(&did, c, OPT_DID, KM_VOCAB_HABIT, err));
    k->did |= did;
    for (int i = 0; (text = km_value_nth(c, OPT_FLEXIBILITY, i)) != NULL; i++)
        TRY(add_flexibility(k, mem, c, text, err));
    return km_checkin_check(k, err);
}

km_status km_run_checkin(km_cli *c, km_error *err)
{
    km_arena mem = { 0 };
    km_checkin k = km_checkin_blank();
    km_checkin_list list = { 0 };
    km_day day = km_instant_day(c->now);
    const char *text = km_value(c, OPT_AT);

    k.at = c->now;
    if (text) {
        km_error why;
        km_status bad = km_day_parse(&day, text, c->now, &why);
        if (bad != KM_OK)
            return km_fail(err, bad, "--at: %s", why.text);
        if (day != km_instant_day(c->now))
            k.at = km_day_instant(day, 12, 0);
    }
    if (!km_has_own(c) || (c->args.n_given == 1 && text)) {
        km_fail(err, KM_EUSAGE, "checkin: say how it is");
        return km_mend(err, "See knotmap help checkin.");
    }
    /* Values first: a refused one must not even create a database. */
    km_status st = read_checkin(&k, &mem, c, err);
    if (st == KM_OK)
        st = km_need_app(c, NULL, err);
    if (st == KM_OK) /* what is not said again stays as it was */
        st = km_app_checkin_put(&k, &mem, c->app, err);
    if (st == KM_OK) {
        c->stored = true;
        st = km_app_checkins(&list, c->app, day, day + 1, 1, err);
    }
    if (st == KM_OK) {
        km_rows *r = km_record_listing(c, KM_WHAT_CHECKINS);
        for (size_t i = 0; i < list.n; i++)
            km_rows_checkin(r, &list.row[i], NULL);
        st = km_rows_close(r, err);
    }
    km_checkin_list_clear(&list);
    km_arena_clear(&mem);
    return st;
}

static km_status day_option(km_day *out, const km_cli *c, km_opt id, km_error *err)
{
    const char *text = km_value(c, id);
    km_error why;

    if (text == NULL)
        return KM_OK;
    km_status st = km_day_parse(out, text, c->now, &why);
    return st == KM_OK ? KM_OK : km_fail(err, st, "%s: %s", km_opt_name(c, id), why.text);
}

km_status km_run_checkins(km_cli *c, km_error *err)
{
    km_checkin_list list = { 0 };
    km_day since = km_day_of(1900, 1, 1);
    km_day until = km_day_of(9999, 12, 30);
    int limit = 0;

    TRY(day_option(&since, c, OPT_SINCE, err));
    TRY(day_option(&until, c, OPT_UNTIL, err));
    TRY(km_opt_int(&limit, c, OPT_LIMIT, 1, INT32_MAX, err));
    TRY(km_need_app(c, NULL, err));
    TRY(km_app_checkins(&list, c->app, since, until + 1, limit, err));
    km_rows *r = km_record_listing(c, KM_WHAT_CHECKINS);
    for (size_t i = 0; i < list.n; i++)
        km_rows_checkin(r, &list.row[i], NULL);
    km_status st = km_listing_close(r, c, "No check-ins.", err);
    km_checkin_list_clear(&list);
    return st;
}
