/** checkin, checkins. */
#include <string.h>

#include "command.h"
#include "knotmap/care.h"
#include "knotmap/text.h"

/* TEST[:SIDE]=VALUE into the check-in, over an earlier value of the same test and side. */
static km_status add_flexibility(km_checkin *k, km_arena *mem, const km_cli *c, const char *text,
                                 km_error *err)
{
    const char *equals = strchr(text, '='), *code;
    km_side side;
    double value;

    if (equals == NULL)
        return km_fail(err, KM_EINVAL, "--flexibility: %s is not TEST[:SIDE]=VALUE", text);
    const char *test = km_arena_printf(mem, "%.*s", (int)(equals - text), text);
    TRY(km_test_parse(&code, &side, c->atlas, test, err));
    TRY(km_test_check(c->atlas, code, side, err));
    if (!km_number_parse(&value, equals + 1))
        return km_fail(err, KM_EINVAL, "--flexibility: %s: %s is not a number", text, equals + 1);

    int at = 0;
    while (at < k->n_flex &&
           (strcmp(k->flex[at].test, code) != 0 || k->flex[at].side != side))
        at++;
    if (at == KM_FLEX_MAX)
        return km_fail(err, KM_EINVAL, "--flexibility: more than %d values a day", KM_FLEX_MAX);
    k->flex[at] = (km_flex){ .test = code, .side = side, .value = value };
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
        return km_mend(km_fail(err, KM_EUSAGE, "checkin: say how it is"), err,
                       "See knotmap help checkin.");
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
