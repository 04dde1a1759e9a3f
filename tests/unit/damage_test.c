/* Rows that a damaged file holds though the database would have refused them: each is named as
   damage, whoever reads it, and nothing else happens. */
#include "own_app.h"
#include "store_help.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "km_cmocka.h"
#include "knotmap/care.h"
#include "knotmap/history.h"

/* ---- those who read ---- */

#define NOW INT64_C(1795199400) /* 2026-11-20T18:30Z */

static km_status read_marks(km_app *app, km_error *err)
{
    km_mark_list l;
    km_mark_filter f = km_mark_filter_all();
    km_status st = km_app_marks(&l, app, &f, err);

    if (st == KM_OK)
        km_mark_list_clear(&l);
    return st;
}

/* What was open then, from the marks kept in memory. */
static km_status read_open_then(km_app *app, km_error *err)
{
    km_mark_list l;
    km_mark_filter f = km_mark_filter_all();

    f.open = f.has_until = true;
    f.until = (km_instant){ NOW, 0 };
    km_status st = km_app_marks(&l, app, &f, err);
    if (st == KM_OK)
        km_mark_list_clear(&l);
    return st;
}

static km_status read_kinds(km_app *app, km_error *err)
{
    km_trend_result r;
    km_trend_ask ask = km_trend_ask_all();

    ask.by = KM_BY_KIND;
    ask.all_clients = true;
    km_status st = km_app_trend(&r, app, &ask, err);
    if (st == KM_OK)
        km_trend_result_clear(&r);
    return st;
}

static km_status read_causes(km_app *app, km_error *err)
{
    km_cause_row row[KM_CAUSE_COUNT];
    size_t n;

    return km_app_causes(row, &n, app, err);
}

static km_status read_flags(km_app *app, km_error *err)
{
    km_flag_hit hit[KM_FLAGS_MAX];
    size_t n;
    const km_ref here = { .kind = KM_REF_REGION, .index = 0, .point = -1, .side = KM_SIDE_LEFT };

    return km_app_flags(hit, KM_FLAGS_MAX, &n, app, &here, 1, err);
}

static km_status read_compare(km_app *app, km_error *err)
{
    km_compare_result r;
    km_status st = km_app_compare(&r, app, (km_instant){ NOW - 28 * KM_DAY_SEC, 0 },
                                  (km_instant){ NOW, 0 }, err);

    if (st == KM_OK)
        km_compare_result_clear(&r);
    return st;
}

static km_status read_pairs(km_app *app, km_error *err)
{
    km_pair_list l;
    km_status st = km_app_pairs(&l, app, err);

    if (st == KM_OK)
        km_pair_list_clear(&l);
    return st;
}

static km_status read_recovery(km_app *app, km_error *err)
{
    km_recovery_list l;
    km_status st = km_app_recovery(&l, app, err);

    if (st == KM_OK)
        km_recovery_list_clear(&l);
    return st;
}

static km_status read_problems(km_app *app, km_error *err)
{
    km_problem_list l;
    km_status st = km_app_problems(&l, app, err);

    if (st == KM_OK)
        km_problem_list_clear(&l);
    return st;
}

static km_status read_due(km_app *app, km_error *err)
{
    km_due_list l;
    km_status st = km_app_due(&l, app, err);

    if (st == KM_OK)
        km_due_list_clear(&l);
    return st;
}

static km_status (*const readers[])(km_app *app, km_error *err) = {
    read_marks,   read_open_then, read_kinds,    read_causes,   read_flags,
    read_compare, read_pairs,     read_recovery, read_problems, read_due,
};

/* Let everyone read; how many were refused. */
static int refused(const char *path, const char *harm)
{
    km_app *app = open_app(path);
    int n = 0;

    for (size_t i = 0; i < sizeof readers / sizeof *readers; i++) {
        km_error err = { 0 };
        km_status st = readers[i](app, &err);
        if (st == KM_OK)
            continue;
        if (st != KM_EDATA || !strstr(err.text, "is damaged"))
            fail_msg("%s: reader %zu: status %d: %s", harm, i, (int)st, err.text);
        n++;
    }
    km_app_close(app);
    return n;
}

static void a_number_beyond_its_bounds_is_named_as_damage(void **state)
{
    static const char *const harm[] = {
        "UPDATE place SET id = 9000000000000000000 WHERE id = 3",
        "UPDATE place SET id = -3 WHERE id = 3",
        "UPDATE place SET side = side + 200",
        "UPDATE mark SET place_id = -2147483648",
        "UPDATE mark SET place_id = 500000000",
        "UPDATE mark SET kind = 6",
        "UPDATE mark SET kind = -9223372036854775807",
        "UPDATE mark SET at = 9000000000000000000",
        "UPDATE mark SET off_min = 30000",
        "UPDATE mark SET intensity = 99",
        "UPDATE mark SET cause = 77, state = 9",
        "UPDATE problem SET taking_part = 1000",
        "UPDATE goal SET day = -2147483648",
        "UPDATE session SET kind = 40",
        "UPDATE treatment SET technique = 70, place_id = -8",
        "UPDATE flexibility SET side = side + 200",
        "UPDATE hold SET beat = 100",
        "UPDATE checkin SET sleep = 1000000",
    };
    (void)state;
    temp t = temp_new();
    km_app *app = open_app(t.path);
    assert_int_equal(km_app_demo(app, NULL), KM_OK);
    km_app_close(app);
    size_t n = 0;
    char *whole = slurp(t.path, &n);

    assert_int_equal(refused(t.path, "no harm"), 0);
    for (size_t i = 0; i < sizeof harm / sizeof *harm; i++) {
        km_buf sql = { 0 };
        FILE *f = fopen(t.path, "wb");
        assert_non_null(f);
        assert_int_equal(fwrite(whole, 1, n, f), n);
        fclose(f);
        km_buf_printf(&sql,
                      "PRAGMA foreign_keys = OFF; PRAGMA ignore_check_constraints = ON; "
                      "DROP TRIGGER mark_changed; %s",
                      harm[i]);
        raw(t.path, sql.s);
        km_buf_clear(&sql);
        if (refused(t.path, harm[i]) == 0)
            fail_msg("nobody says so: %s", harm[i]);
    }
    free(whole);
    temp_end(&t);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_number_beyond_its_bounds_is_named_as_damage),
    };
    setenv("KNOTMAP_NOW", "2026-11-20T18:30:00Z", 1);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
