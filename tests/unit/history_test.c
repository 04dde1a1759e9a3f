/* The history of an app: series, two moments, lives, heat and filters over real records. */
#include "km_cmocka.h"
#include "own_app.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "knotmap/history.h"
#include "knotmap/rng.h"

static km_instant at(int month, int day, int hour)
{
    return (km_instant){ (int64_t)km_day_of(2026, month, day) * KM_DAY_SEC + hour * 3600, 0 };
}

static void mark(km_app *app, const char *place, km_kind kind, int intensity, km_instant when)
{
    mark_for(app, 0, place, kind, intensity, when);
}

static void a_series_counts_days_of_the_records_own_offset(void **state)
{
    km_app *app = *state;
    km_trend_result r;
    km_trend_ask ask = km_trend_ask_all();
    km_instant late = at(10, 11, 23); /* Sunday in UTC, Monday where it was written */

    late.off_min = 120;
    mark(app, "left:calf", KM_KIND_SORENESS, 4, late);
    mark(app, "left:calf", KM_KIND_SORENESS, KM_INTENSITY_NONE, at(10, 13, 9));
    assert_int_equal(km_app_trend(&r, app, &ask, NULL), KM_OK);
    assert_int_equal(r.n, 1);
    assert_int_equal(r.key[0].n, 1);
    assert_int_equal(r.key[0].row[0].start, km_day_of(2026, 10, 12));
    assert_int_equal(r.key[0].row[0].n, 1); /* a mark without an intensity is no rating */
    assert_string_equal(r.key[0].key, "calf");
    km_trend_result_clear(&r);
}

/* Every way to count adds up to the same ratings, and to those of a plain listing. */
static void every_way_to_count_sees_every_rating(void **state)
{
    km_app *app = *state;
    static const char *const place[] = { "left:calf", "right:temple", "sternum",
                                         "left:infraspinatus:2", "right:infraspinatus" };
    km_rng rng = km_rng_seed(5);
    int rated = 0, muscles = 0, sum = 0;

    for (int i = 0; i < 300; i++) {
        int p = (int)km_rng_below(&rng, 5), v = (int)km_rng_below(&rng, 12) - 1;
        mark(app, place[p], (km_kind)km_rng_below(&rng, KM_KIND_COUNT), v,
             at(1 + (int)km_rng_below(&rng, 10), 1 + (int)km_rng_below(&rng, 28), 9));
        rated += v >= 0;
        sum += v >= 0 ? v : 0;
        muscles += v >= 0 && p >= 3;
    }
    for (int by = 0; by < KM_BY_COUNT; by++) {
        for (int bucket = KM_BUCKET_DAY; bucket <= KM_BUCKET_MONTH; bucket++) {
            km_trend_ask ask = km_trend_ask_all();
            km_trend_result r;
            int n = 0;
            double total = 0;
            ask.by = (km_by)by;
            ask.bucket = (km_bucket)bucket;
            assert_int_equal(km_app_trend(&r, app, &ask, NULL), KM_OK);
            for (size_t i = 0; i < r.n; i++) {
                for (size_t k = 0; k < r.key[i].n; k++) {
                    n += r.key[i].row[k].n;
                    total += r.key[i].row[k].n > 0 ? r.key[i].row[k].mean * r.key[i].row[k].n : 0;
                }
            }
            assert_int_equal(n, by == KM_BY_MUSCLE ? muscles : rated);
            if (by != KM_BY_MUSCLE)
                assert_float_equal(total, sum, 1e-6);
            km_trend_result_clear(&r);
        }
    }
}

/* A place or region is gone when all that lies in it is gone, and at what is worst of it. */
static void what_a_series_is_at_now_is_the_worst_of_its_places(void **state)
{
    km_app *app = *state;
    km_trend_ask ask = km_trend_ask_all();
    km_trend_result r;

    mark(app, "left:infraspinatus:1", KM_KIND_KNOT, 7, at(11, 1, 9));
    mark(app, "left:infraspinatus:2", KM_KIND_KNOT, 3, at(11, 2, 9));
    mark(app, "left:infraspinatus:2", KM_KIND_KNOT, 0, at(11, 3, 9));
    mark(app, "right:calf", KM_KIND_PAIN, 5, at(11, 1, 9));
    mark(app, "right:calf", KM_KIND_SORENESS, 0, at(11, 4, 9));
    for (int by = 0; by < KM_BY_COUNT; by++) {
        static const int now[KM_BY_COUNT][3] = { { 7, 5, 0 }, { 7, 5 }, { 7 }, { 7, 5, 0 }, { 0 }, { 7 } };
        ask.by = (km_by)by;
        ask.all_clients = by == KM_BY_CLIENT; /* of several the last rating stands */
        assert_int_equal(km_app_trend(&r, app, &ask, NULL), KM_OK);
        for (size_t i = 0; i < r.n; i++)
            assert_int_equal(r.key[i].now, now[by][i]);
        km_trend_result_clear(&r);
    }
}

/* The first moment plus the rows gives the second, for any records and any two moments. */
static void compare_rebuilds_the_second_moment(void **state)
{
    km_app *app = *state;
    static const char *const place[] = { "left:calf", "right:temple", "sternum",
                                         "left:infraspinatus:2" };
    km_rng rng = km_rng_seed(7);

    for (int i = 0; i < 200; i++)
        mark(app, place[km_rng_below(&rng, 4)], (km_kind)km_rng_below(&rng, 2),
             (int)km_rng_below(&rng, 6) - 1, at(3, 1 + (int)km_rng_below(&rng, 28), 9));
    for (int day = 1; day < 28; day += 3) {
        km_compare_result c;
        km_mark_filter f = km_mark_filter_all();
        km_mark_list open;
        km_instant t1 = at(3, day, 12), t2 = at(3, day + 3, 12);
        size_t still = 0;
        assert_int_equal(km_app_compare(&c, app, t1, t2, NULL), KM_OK);
        f.open = f.has_until = true;
        f.until = t2;
        assert_int_equal(km_app_marks(&open, app, &f, NULL), KM_OK);
        for (size_t i = 0; i < c.n; i++) {
            if (c.row[i].row.what == KM_DIFF_GONE)
                continue;
            still++;
            bool found = false;
            for (size_t k = 0; k < open.n && !found; k++)
                found = km_place_equal(&open.row[k].place, &c.row[i].place) &&
                        open.row[k].kind == c.row[i].kind &&
                        open.row[k].intensity == c.row[i].row.after;
            assert_true(found);
        }
        assert_int_equal(still, open.n);
        km_mark_list_clear(&open);
        km_compare_result_clear(&c);
    }
}

static void a_region_marked_twice_has_its_skin_counted_once(void **state)
{
    km_app *app = *state;
    km_compare_result one, two;

    mark(app, "left:calf", KM_KIND_SORENESS, 4, at(11, 1, 9));
    assert_int_equal(km_app_compare(&one, app, at(11, 1, 10), at(11, 1, 10), NULL), KM_OK);
    mark(app, "left:calf", KM_KIND_PAIN, 4, at(11, 2, 9));
    assert_int_equal(km_app_compare(&two, app, at(11, 2, 10), at(11, 2, 10), NULL), KM_OK);
    assert_true(one.sum.after.extent > 0 && one.sum.after.extent < 0.1);
    assert_float_equal(one.sum.after.extent, two.sum.after.extent, 1e-12);
    assert_int_equal(two.sum.after.places, 2);
    km_compare_result_clear(&one);
    km_compare_result_clear(&two);
}

static void a_place_open_for_three_months_says_so_and_never_diagnoses(void **state)
{
    km_app *app = *state;
    km_life_list l;

    mark(app, "left:calf", KM_KIND_KNOT, 4, at(8, 1, 9));
    mark(app, "right:calf", KM_KIND_KNOT, 4, at(9, 1, 9));
    mark(app, "right:temple", KM_KIND_SORENESS, 4, at(11, 10, 9));
    assert_int_equal(km_app_lives(&l, app, NULL, KM_SILENCE_GAP, NULL), KM_OK);
    assert_int_equal(l.n, 3);
    assert_non_null(strstr(l.row[0].remark, "seven days"));
    assert_null(l.row[1].remark);
    assert_non_null(strstr(l.row[2].remark, "clinician"));
    assert_int_equal(l.row[2].days, 111);
    km_life_list_clear(&l);
    km_ref ref;
    assert_int_equal(km_atlas_resolve(&ref, km_app_atlas(app), "right:calf", 0, NULL), KM_OK);
    assert_int_equal(km_app_lives(&l, app, &ref, KM_SILENCE_GAP, NULL), KM_OK);
    assert_int_equal(l.n, 1);
    km_life_list_clear(&l);
}

static void heat_counts_a_day_once_by_its_highest(void **state)
{
    km_app *app = *state;
    const km_atlas *a = km_app_atlas(app);
    uint8_t *heat = km_calloc((size_t)a->n_region * KM_SIDE_COUNT, 1);

    for (int hour = 8; hour < 12; hour++)
        mark(app, "left:calf", KM_KIND_PAIN, 2, at(11, 10, hour));
    mark(app, "right:calf", KM_KIND_PAIN, 5, at(11, 10, 9));
    mark(app, "right:calf", KM_KIND_PAIN, 5, at(11, 11, 9));
    mark(app, "sternum", KM_KIND_PAIN, 9, at(9, 1, 9)); /* too long ago */
    mark(app, "right:temple", KM_KIND_PAIN, 0, at(11, 11, 9)); /* gone is no heat */
    assert_int_equal(km_app_heat(heat, NULL, app, 30, at(11, 20, 9), NULL), KM_OK);
    size_t calf = (size_t)km_atlas_region(a, "calf") * KM_SIDE_COUNT;
    assert_int_equal(heat[calf + KM_SIDE_RIGHT], 5);
    assert_int_equal(heat[calf + KM_SIDE_LEFT], 1);
    assert_int_equal(heat[(size_t)km_atlas_region(a, "sternum") * KM_SIDE_COUNT], 0);
    assert_int_equal(heat[(size_t)km_atlas_region(a, "temple") * KM_SIDE_COUNT + KM_SIDE_RIGHT], 0);
    free(heat);
}

static void other_clients_stay_apart_until_asked_for(void **state)
{
    km_app *app = *state;
    km_client c = km_client_blank();
    km_trend_ask ask = km_trend_ask_all();
    km_trend_result r;

    c.name = "Ada";
    assert_int_equal(km_app_client_add(&c, app, NULL), KM_OK);
    mark(app, "left:calf", KM_KIND_PAIN, 2, at(11, 10, 9));
    mark_for(app, c.id, "left:calf", KM_KIND_PAIN, 6, at(11, 10, 9));
    assert_int_equal(km_app_trend(&r, app, &ask, NULL), KM_OK);
    assert_float_equal(r.key[0].row[0].mean, 2, 1e-9);
    km_trend_result_clear(&r);
    ask.all_clients = true;
    assert_int_equal(km_app_trend(&r, app, &ask, NULL), KM_OK);
    assert_float_equal(r.key[0].row[0].mean, 4, 1e-9);
    km_trend_result_clear(&r);
    ask.by = KM_BY_CLIENT;
    assert_int_equal(km_app_trend(&r, app, &ask, NULL), KM_OK);
    assert_int_equal(r.n, 2);
    assert_string_equal(r.key[0].key, "Ada");
    km_trend_result_clear(&r);
}

static void recovery_days_get_no_verdict_under_five(void **state)
{
    km_app *app = *state;
    km_trend_ask ask = km_trend_ask_all();
    km_split s;

    for (int day = 1; day <= 14; day++) {
        bool recovery = day % 2 == 0 && day <= 8;
        if (recovery) {
            km_session one = km_session_blank();
            one.kind = KM_SESSION_RECOVERY;
            one.started = at(11, day, 8);
            one.ended = at(11, day, 9);
            one.has_ended = true;
            km_bulk met = { 0 };
            assert_int_equal(km_app_bulk_begin(app, "a session", NULL), KM_OK);
            assert_int_equal(km_app_bulk_put(KM_WHAT_SESSIONS, &one, app, &met, NULL), KM_OK);
            assert_int_equal(km_app_bulk_end(app, true, NULL), KM_OK);
        }
        mark(app, "left:calf", KM_KIND_PAIN, recovery ? 2 : 6, at(11, day, 20));
    }
    assert_int_equal(km_app_recovery_split(&s, app, &ask, NULL), KM_OK);
    assert_int_equal(s.judge.days_after, 4);
    assert_int_equal(s.judge.days_before, 10);
    assert_float_equal(s.judge.after, 2, 1e-9);
    assert_int_equal(s.judge.verdict, KM_VERDICT_TOO_FEW);
    assert_int_equal(s.judge.needed, 1);
}

static void a_filter_line_reads_back_to_its_conditions(void **state)
{
    km_app *app = *state;
    km_mark_filter f;
    km_arena mem = { 0 };
    km_error err = { 0 };

    assert_int_equal(km_app_filter_parse(&f, &mem, app,
                                         "side:left kind:knot muscle:hamstrings cause:posture "
                                         "since:4w until:yesterday min:5 session:3 open long day",
                                         &err),
                     KM_OK);
    assert_int_equal(f.side, KM_SIDE_LEFT);
    assert_int_equal(f.kind, KM_KIND_KNOT);
    assert_string_equal(f.muscle, "hamstrings");
    assert_int_equal(f.cause, KM_CAUSE_POSTURE);
    assert_int_equal(f.since.sec, at(10, 23, 18).sec + 1800);
    assert_int_equal(f.until.sec, at(11, 20, 0).sec);
    assert_int_equal(f.min_intensity, 5);
    assert_int_equal(f.session_id, 3);
    assert_true(f.open);
    assert_string_equal(f.text, "long day");
    static const char *const bad[] = { "colour:red", "side:up", "region:infraspinatus", "min:11",
                                       "since:someday", "session:0" };
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        char word[16];
        snprintf(word, sizeof word, "%.*s", (int)strcspn(bad[i], ":"), bad[i]);
        assert_int_equal(km_app_filter_parse(&f, &mem, app, bad[i], &err), KM_EINVAL);
        assert_non_null(strstr(err.text, word));
    }
    km_arena_clear(&mem);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
#define TEST(name) cmocka_unit_test_setup_teardown(name, app_begin, app_end)
        TEST(a_series_counts_days_of_the_records_own_offset),
        TEST(every_way_to_count_sees_every_rating),
        TEST(what_a_series_is_at_now_is_the_worst_of_its_places),
        TEST(compare_rebuilds_the_second_moment),
        TEST(a_region_marked_twice_has_its_skin_counted_once),
        TEST(a_place_open_for_three_months_says_so_and_never_diagnoses),
        TEST(heat_counts_a_day_once_by_its_highest),
        TEST(other_clients_stay_apart_until_asked_for),
        TEST(recovery_days_get_no_verdict_under_five),
        TEST(a_filter_line_reads_back_to_its_conditions),
#undef TEST
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
