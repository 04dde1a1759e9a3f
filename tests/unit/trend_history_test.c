/* Series, comparison, episodes, survival, togetherness, lag and load. */
#include "km_cmocka.h"

#include <math.h>
#include <string.h>

#include "knotmap/trend.h"
#include "rating_series.h"

static void a_week_without_ratings_is_a_gap(void **state)
{
    (void)state;
    km_day monday = km_day_of(2026, 11, 2);
    rating in[] = { { monday, 6 }, { monday + 1, 8 }, { monday + 16, 4 } };
    km_bucket_row row[8];
    assert_int_equal(km_trend_span(monday, monday + 16, KM_BUCKET_WEEK), 3);
    assert_int_equal(rating_series(row, 8, in, 3, KM_BUCKET_WEEK, KM_SILENCE_GAP), 3);
    assert_float_equal(row[0].mean, 7, 1e-9);
    assert_int_equal(row[0].max, 8);
    assert_true(isnan(row[0].change));
    assert_int_equal(row[1].n, 0);
    assert_true(isnan(row[1].mean));
    assert_int_equal(row[1].max, -1);
    assert_float_equal(row[2].change, -3, 1e-9); /* against the last week with ratings */
}

static void silence_can_mean_gone(void **state)
{
    (void)state;
    km_day monday = km_day_of(2026, 11, 2);
    rating in[] = { { monday, 6 }, { monday + 14, 4 } };
    km_bucket_row row[8];
    assert_int_equal(rating_series(row, 8, in, 2, KM_BUCKET_WEEK, KM_SILENCE_GONE), 3);
    assert_float_equal(row[1].mean, 0, 1e-9);
    assert_float_equal(row[2].change, 4, 1e-9);
}

/* Where silence means gone it does so after the last mark, too, until the day that is asked for. */
static void silence_goes_on_after_the_last_mark(void **state)
{
    (void)state;
    km_day monday = km_day_of(2026, 9, 7);
    km_rated_day day[28];
    km_bucket_row row[16];
    for (int i = 0; i < 28; i++)
        day[i] = (km_rated_day){ .day = monday + i, .n = 1, .sum = 6, .max = 6 };
    km_series_ask ask = { .bucket = KM_BUCKET_WEEK, .silence = KM_SILENCE_GONE,
                          .through = monday + 44 };
    assert_int_equal(km_trend_series_rows(day, 28, &ask), 7);
    assert_int_equal(km_trend_series_days(row, 16, day, 28, &ask), 7);
    assert_float_equal(row[4].change, -6, 1e-9);
    assert_int_equal(row[6].n, 0);
    assert_float_equal(row[6].mean, 0, 1e-9);
    assert_int_equal(row[6].judge.verdict, KM_VERDICT_BETTER);
    assert_int_equal(row[6].judge.days_after, 14); /* to the day asked for, not beyond it */
    ask.newest = 2;
    assert_int_equal(km_trend_series_days(row, 16, day, 28, &ask), 2);
    assert_float_equal(row[0].change, 0, 1e-9);
    assert_int_equal(row[1].judge.verdict, KM_VERDICT_BETTER);
    ask.newest = 0;
    ask.silence = KM_SILENCE_GAP;
    assert_int_equal(km_trend_series_days(row, 16, day, 28, &ask), 4);
}

static void months_have_their_own_lengths(void **state)
{
    (void)state;
    assert_int_equal(km_bucket_start(KM_BUCKET_MONTH, km_day_of(2026, 2, 28)), km_day_of(2026, 2, 1));
    assert_int_equal(km_bucket_next(KM_BUCKET_MONTH, km_day_of(2026, 12, 1), 2), km_day_of(2027, 2, 1));
}

static void two_moments_show_new_gone_better_worse_same(void **state)
{
    (void)state;
    km_standing t1[] = { { 1, 5, 10 }, { 2, 6, 10 }, { 3, 4, 10 }, { 4, 7, 10 } };
    km_standing t2[] = { { 5, 3, 30 }, { 2, 3, 10 }, { 3, 6, 10 }, { 4, 7, 10 } };
    km_compare_row row[8];
    km_comparison sum;
    assert_int_equal(km_trend_compare(row, &sum, t1, 4, t2, 4, 100), 5);
    assert_int_equal(row[0].what, KM_DIFF_GONE);
    assert_int_equal(row[1].what, KM_DIFF_BETTER);
    assert_int_equal(row[2].what, KM_DIFF_WORSE);
    assert_int_equal(row[3].what, KM_DIFF_SAME);
    assert_int_equal(row[4].what, KM_DIFF_NEW);
    assert_float_equal(sum.before.extent, 0.4, 1e-9);
    assert_float_equal(sum.after.extent, 0.6, 1e-9);
    assert_int_equal(sum.before.sum, 22);
    assert_float_equal(sum.after.mean, 19.0 / 4, 1e-9);
    assert_float_equal(sum.overlap, 3.0 / 5, 1e-9);
}

/* Applying the rows to the first moment gives the second, for any two moments. */
static void the_rows_rebuild_the_second_moment(void **state)
{
    (void)state;
    km_rng r = km_rng_seed(11);
    for (int round = 0; round < 500; round++) {
        km_standing t1[20], t2[20], rebuilt[40];
        size_t n1 = 0, n2 = 0;
        for (int32_t key = 0; key < 20; key++) {
            if (km_rng_below(&r, 2))
                t1[n1++] = (km_standing){ key, (int8_t)((int)km_rng_below(&r, 12) - 1), 1 };
            if (km_rng_below(&r, 2))
                t2[n2++] = (km_standing){ key, (int8_t)((int)km_rng_below(&r, 12) - 1), 1 };
        }
        km_compare_row row[40];
        size_t rows = km_trend_compare(row, NULL, t1, n1, t2, n2, 1), n = 0;
        for (size_t i = 0; i < rows; i++) {
            assert_int_equal(row[i].what == KM_DIFF_NEW, !row[i].was);
            assert_int_equal(row[i].what == KM_DIFF_GONE, !row[i].is);
            if (row[i].what != KM_DIFF_GONE)
                rebuilt[n++] = (km_standing){ row[i].key, row[i].after, 1 };
        }
        assert_int_equal(n, n2);
        for (size_t i = 0; i < n; i++) {
            assert_int_equal(rebuilt[i].key, t2[i].key);
            assert_int_equal(rebuilt[i].intensity, t2[i].intensity);
        }
    }
}

static void episodes_open_close_and_come_back(void **state)
{
    (void)state;
    km_event in[] = {
        { 1, 130, 4, 0, 0 }, { 1, 100, 6, 0, 0 }, { 1, 105, KM_EVENT_TREATED, 0, 0 },
        { 1, 110, 7, 0, 0 }, { 1, 112, 0, 0, 0 }, { 2, 100, KM_INTENSITY_NONE, 0, 0 },
        { 1, 90, 0, 0, 0 },
    };
    km_episode e[8];
    assert_int_equal(km_trend_episodes(e, in, 7, 140, 28, KM_SILENCE_GAP), 3);
    assert_int_equal(e[0].first, 100);
    assert_int_equal(e[0].last, 112);
    assert_true(e[0].resolved && e[0].treated);
    assert_int_equal(e[0].peak, 7);
    assert_int_equal(e[0].gap_before, -1);
    assert_int_equal(e[1].gap_before, 18);
    assert_false(e[1].resolved);
    assert_false(e[1].treated);
    assert_int_equal(e[2].key, 2);
    assert_int_equal(e[2].peak, KM_INTENSITY_NONE);
}

/* Ratings at weekly visits: two weeks hold too few, sixteen do not. */
static void visits_are_judged_over_months(void **state)
{
    (void)state;
    rating in[12];
    km_bucket_row row[13];
    for (int i = 0; i < 12; i++)
        in[i] = (rating){ 20013 + 7 * i, (int8_t)(i < 8 ? 7 : 3) };
    size_t n = rating_series(row, 13, in, 12, KM_BUCKET_WEEK, KM_SILENCE_GAP);
    assert_int_equal(n, 12);
    assert_int_equal(row[11].judge.verdict, KM_VERDICT_BETTER);
    in[11].value = 9; /* back at once: four weeks old news is none */
    rating_series(row, 13, in, 12, KM_BUCKET_WEEK, KM_SILENCE_GAP);
    assert_int_equal(row[11].judge.verdict, KM_VERDICT_TOO_FEW);
    assert_true(row[11].judge.needed > 0);
}

static void the_time_of_day_orders_a_day(void **state)
{
    (void)state;
    km_event gone[] = { { 1, 100, 6, 1000, 1 }, { 1, 110, 0, 2009, 3 }, { 1, 110, 5, 2001, 2 } };
    km_event back[] = { { 1, 100, 6, 1000, 1 }, { 1, 110, 0, 2001, 3 }, { 1, 110, 5, 2001, 4 } };
    km_episode e[3];
    assert_int_equal(km_trend_episodes(e, gone, 3, 120, 28, KM_SILENCE_GAP), 1);
    assert_true(e[0].resolved);
    assert_int_equal(km_trend_episodes(e, back, 3, 120, 28, KM_SILENCE_GAP), 1);
    assert_false(e[0].resolved);
    assert_int_equal(e[0].first, 100);
}

static void a_treatment_on_the_first_day_counts(void **state)
{
    (void)state;
    km_event in[] = { { 1, 100, 6, 0, 0 }, { 1, 100, KM_EVENT_TREATED, 0, 0 }, { 1, 110, 0, 0, 0 },
                      { 1, 111, KM_EVENT_TREATED, 0, 0 }, { 1, 120, 4, 0, 0 } };
    km_episode e[5];
    assert_int_equal(km_trend_episodes(e, in, 5, 130, 28, KM_SILENCE_GAP), 2);
    assert_true(e[0].treated);
    assert_false(e[1].treated);
}

static void silence_ends_an_episode_only_when_told(void **state)
{
    (void)state;
    km_event in[] = { { 1, 100, 6, 0, 0 }, { 1, 160, 5, 0, 0 } };
    km_episode e[2];
    assert_int_equal(km_trend_episodes(e, in, 2, 170, 28, KM_SILENCE_GAP), 1);
    assert_int_equal(km_trend_episodes(e, in, 2, 170, 28, KM_SILENCE_GONE), 2);
    assert_true(e[0].resolved);
    assert_int_equal(e[0].last, 101);
    assert_int_equal(e[1].gap_before, 59);
    assert_false(e[1].resolved);
}

static void those_still_open_are_not_lost_from_the_median(void **state)
{
    (void)state;
    /* The textbook case by hand: times 2, 3+, 4, 5+, 6; S falls to .8 at 2, .8*2/3 at 4, 0 at 6. */
    km_episode e[5] = {
        { .first = 0, .last = 2, .resolved = true }, { .first = 97, .resolved = false },
        { .first = 0, .last = 4, .resolved = true }, { .first = 95, .resolved = false },
        { .first = 0, .last = 6, .resolved = true },
    };
    km_survival s = km_trend_survival(e, 5, 100);
    assert_int_equal(s.n, 5);
    assert_int_equal(s.resolved, 3);
    assert_float_equal(s.lower, 4, 1e-9);
    assert_float_equal(s.median, 6, 1e-9);
    km_survival none = km_trend_survival(e + 1, 1, 100);
    assert_true(isnan(none.median));
}

/* Half of fourteen are gone by the third day: that is the median, whatever the last bit says. */
static void a_half_that_is_gone_is_the_median(void **state)
{
    (void)state;
    for (int half = 1; half <= 40; half++) {
        km_episode e[80] = { { .key = 0 } };
        for (int i = 0; i < 2 * half; i++)
            e[i] = (km_episode){ .last = i < half ? i : 1000, .resolved = true };
        km_survival s = km_trend_survival(e, 2 * (size_t)half, 2000);
        assert_float_equal(s.median, half - 1, 1e-9);
    }
}

static void places_open_on_the_same_days_go_together(void **state)
{
    (void)state;
    km_episode e[] = {
        { .key = 1, .first = 0, .last = 10, .resolved = true },
        { .key = 1, .first = 50, .last = 60, .resolved = true },
        { .key = 2, .first = 5, .last = 10, .resolved = true },
        { .key = 2, .first = 50, .last = 55, .resolved = true },
        { .key = 3, .first = 20, .last = 30, .resolved = true },
    };
    km_together t[4];
    assert_int_equal(km_trend_together(t, 4, e, 5, 100, 2), 1);
    assert_int_equal(t[0].a, 1);
    assert_int_equal(t[0].b, 2);
    assert_int_equal(t[0].both, 2);
    assert_float_equal(t[0].share, 10.0 / 20, 1e-9);
}

static km_lag lag_of(const km_day *session, size_t n_session, const km_day *mark, size_t n_mark,
                     km_day last, int rounds, uint64_t seed)
{
    km_lag_test *t = km_lag_test_new(session, n_session, 1000, last, rounds, seed);
    km_lag r = km_lag_test_of(t, mark, n_mark);
    km_lag_test_free(t);
    return r;
}

static void soreness_after_training_is_found_and_chance_is_not(void **state)
{
    (void)state;
    km_rng r = km_rng_seed(3);
    km_day session[40], sore[40], any[40];
    for (int i = 0; i < 20; i++) {
        session[i] = 1000 + i * 9 + (km_day)km_rng_below(&r, 3);
        sore[i] = session[i] + 1 + (km_day)km_rng_below(&r, 2);
        any[i] = 1000 + (km_day)km_rng_below(&r, 180);
    }
    km_lag yes = lag_of(session, 20, sore, 20, 1185, 2000, 1);
    assert_true(yes.holds);
    assert_true(yes.after > yes.otherwise);
    km_lag again = lag_of(session, 20, sore, 20, 1185, 2000, 1);
    assert_true(yes.p == again.p);
    km_lag few = lag_of(session, 3, sore, 3, 1185, 2000, 1);
    assert_false(few.holds);

    int held = 0;
    for (uint64_t seed = 0; seed < 100; seed++) {
        for (int i = 0; i < 20; i++)
            any[i] = 1000 + (km_day)km_rng_below(&r, 180);
        held += lag_of(session, 20, any, 20, 1185, 400, seed).holds;
    }
    assert_true(held <= 12);
}

/* Training every third day leaves hardly a day that follows none: nothing to compare with. */
static void training_so_regular_that_no_day_is_free_of_it_shows_nothing(void **state)
{
    (void)state;
    km_rng r = km_rng_seed(5);
    km_day session[80], any[240];
    int held = 0;
    for (int i = 0; i < 80; i++)
        session[i] = 1000 + 3 * i;
    for (uint64_t seed = 0; seed < 60; seed++) {
        size_t n = 0;
        bool on = false;
        for (int i = 0; i < 240; i++) { /* it comes and stays for some days, training or not */
            on = on ? km_rng_below(&r, 7) > 0 : km_rng_below(&r, 16) == 0;
            if (on)
                any[n++] = 1000 + i;
        }
        held += lag_of(session, 80, any, n, 1240, 1000, seed).holds;
    }
    assert_true(held <= 6);
}

static void load_sums_seven_and_twenty_eight_days(void **state)
{
    (void)state;
    const km_load_day in[] = { { 100, 300 }, { 94, 200 }, { 93, 100 }, { 73, 400 }, { 72, 999 },
                               { 101, 999 } };
    km_load l = km_trend_load(in, 6, 100);
    assert_float_equal(l.acute, 500, 1e-9);
    assert_float_equal(l.chronic, 250, 1e-9);
    assert_int_equal(l.sessions, 4);
}

static void spread_gives_median_and_quartiles(void **state)
{
    (void)state;
    double v[] = { 4, 1, 3, 2, 5 };
    km_spread s = km_trend_spread(v, 5);
    assert_float_equal(s.median, 3, 1e-9);
    assert_float_equal(s.lower, 2, 1e-9);
    assert_float_equal(s.upper, 4, 1e-9);
    assert_true(isnan(km_trend_spread(v, 0).median));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_week_without_ratings_is_a_gap),
        cmocka_unit_test(silence_can_mean_gone),
        cmocka_unit_test(silence_goes_on_after_the_last_mark),
        cmocka_unit_test(months_have_their_own_lengths),
        cmocka_unit_test(two_moments_show_new_gone_better_worse_same),
        cmocka_unit_test(the_rows_rebuild_the_second_moment),
        cmocka_unit_test(episodes_open_close_and_come_back),
        cmocka_unit_test(visits_are_judged_over_months),
        cmocka_unit_test(the_time_of_day_orders_a_day),
        cmocka_unit_test(a_treatment_on_the_first_day_counts),
        cmocka_unit_test(silence_ends_an_episode_only_when_told),
        cmocka_unit_test(those_still_open_are_not_lost_from_the_median),
        cmocka_unit_test(a_half_that_is_gone_is_the_median),
        cmocka_unit_test(places_open_on_the_same_days_go_together),
        cmocka_unit_test(soreness_after_training_is_found_and_chance_is_not),
        cmocka_unit_test(training_so_regular_that_no_day_is_free_of_it_shows_nothing),
        cmocka_unit_test(load_sums_seven_and_twenty_eight_days),
        cmocka_unit_test(spread_gives_median_and_quartiles),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
