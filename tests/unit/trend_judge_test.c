/* Verdicts: thresholds, too few days, and false alarms and misses on made data. */
#include "km_cmocka.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "knotmap/trend.h"
#include "rating_series.h"

static void a_clear_fall_is_called_clear(void **state)
{
    (void)state;
    const double before[] = { 7, 6, 7, 8, 7 }, after[] = { 3, 4, 4, 3, 4 };
    km_judgement j = km_judge_ratings(before, 5, after, 5, 0.02);
    assert_int_equal(j.verdict, KM_VERDICT_BETTER);
    assert_int_equal(j.size, KM_SIZE_CLEAR);
    assert_float_equal(j.change, -3.4, 1e-9);
    assert_float_equal(j.percent, -3.4 / 7 * 100, 1e-9);
}

static void one_point_beyond_noise_is_slight(void **state)
{
    (void)state;
    const double before[] = { 4, 4, 4, 4, 4, 4 }, after[] = { 5, 5, 5, 5, 5, 5 };
    km_judgement j = km_judge_ratings(before, 6, after, 6, 0.02);
    assert_int_equal(j.verdict, KM_VERDICT_WORSE);
    assert_int_equal(j.size, KM_SIZE_SLIGHT);
}

static void below_both_thresholds_is_the_same_however_steady(void **state)
{
    (void)state;
    double before[20], after[20];
    for (int i = 0; i < 20; i++) {
        before[i] = 8;
        after[i] = i % 5 == 0 ? 7 : 8; /* a fall of 0.2 points, 2.5 % */
    }
    assert_int_equal(km_judge_ratings(before, 20, after, 20, 0.02).verdict, KM_VERDICT_SAME);
}

static void a_change_within_noise_is_the_same(void **state)
{
    (void)state;
    const double before[] = { 2, 9, 3, 8, 4 }, after[] = { 8, 3, 9, 4, 8 };
    km_judgement j = km_judge_ratings(before, 5, after, 5, 0.02);
    assert_int_equal(j.verdict, KM_VERDICT_SAME);
    assert_true(fabs(j.change) > 1);
    assert_true(j.margin > fabs(j.change));
}

static void too_few_says_how_many_more(void **state)
{
    (void)state;
    const double v[] = { 5, 5, 5, 5 };
    km_judgement j = km_judge_ratings(v, 2, v, 1, 0.02);
    assert_int_equal(j.verdict, KM_VERDICT_TOO_FEW);
    assert_int_equal(j.needed, 5);
    assert_int_equal(km_judge_ratings(v, 4, v, 0, 0.02).needed, 4);
}

/* Whether a series has no verdict at its end; `needed`: how many more days it asks for. */
static bool has_too_few(const km_rated_day *day, size_t n, km_bucket b, km_silence silence,
                        km_day today, int *needed)
{
    enum { ROWS = 500 };
    static km_bucket_row row[ROWS];
    const km_series_ask ask = { .bucket = b, .silence = silence, .through = today };
    size_t rows = km_trend_series_days(row, ROWS, day, n, &ask);
    *needed = row[rows - 1].judge.needed;
    return row[rows - 1].judge.verdict == KM_VERDICT_TOO_FEW;
}

/* So many days more, a rating each, bring a verdict, and one less does not. */
static void the_days_still_needed_are_those_that_bring_a_verdict(void **state)
{
    (void)state;
    km_rng r = km_rng_seed(77);
    int asked = 0;
    for (int round = 0; round < 3000; round++) {
        km_rated_day day[60];
        size_t n = 0;
        km_day at = 20000;
        int most = 1 + (int)km_rng_below(&r, 12), apart = 1 + (int)km_rng_below(&r, 40);
        while (n < (size_t)most) {
            day[n++] = (km_rated_day){ .day = at, .n = 1, .sum = 5, .max = 5 };
            at += 1 + (int)km_rng_below(&r, (uint32_t)apart);
        }
        km_day today = day[n - 1].day + (int)km_rng_below(&r, 2) * (int)km_rng_below(&r, 50);
        km_bucket b = (km_bucket)(round % 3);
        km_silence silence = round % 2 ? KM_SILENCE_GONE : KM_SILENCE_GAP;
        int needed, rest;
        if (!has_too_few(day, n, b, silence, today, &needed)) {
            assert_int_equal(needed, 0);
            continue;
        }
        assert_in_range(needed, 1, 18);
        km_day next = today > day[n - 1].day ? today : day[n - 1].day + 1;
        if (silence == KM_SILENCE_GONE)
            next = today + 1; /* today's silence is known */
        for (int i = 0; i < needed; i++) {
            day[n++] = (km_rated_day){ .day = next + i, .n = 1, .sum = 5, .max = 5 };
            assert_int_equal(has_too_few(day, n, b, silence, next + i, &rest), i + 1 < needed);
            assert_int_equal(rest, needed - i - 1);
        }
        asked++;
    }
    assert_true(asked > 500);
}

static void from_nothing_points_alone_count(void **state)
{
    (void)state;
    const double none[] = { 0, 0, 0, 0, 0 }, some[] = { 3, 3, 3, 3, 3 };
    km_judgement j = km_judge_ratings(none, 5, some, 5, 0.02);
    assert_int_equal(j.verdict, KM_VERDICT_WORSE);
    assert_int_equal(j.size, KM_SIZE_CLEAR);
    assert_true(isnan(j.percent));
}

static void pairs_are_judged_by_the_slight_threshold_alone(void **state)
{
    (void)state;
    assert_int_equal(km_compare_pair(7, 6), KM_DIFF_BETTER);
    assert_int_equal(km_compare_pair(6, 7), KM_DIFF_WORSE);
    assert_int_equal(km_compare_pair(6, 6), KM_DIFF_SAME);
    assert_int_equal(km_compare_pair(0, 1), KM_DIFF_WORSE);
    assert_int_equal(km_compare_pair(KM_INTENSITY_NONE, 4), KM_DIFF_SAME);
}

/* An integer rating about `level` with noise of SD 1. */
static int8_t rated(km_rng *r, double level)
{
    double v = round(level + km_rng_normal(r));
    return (int8_t)(v < 0 ? 0 : v > 10 ? 10 : v);
}

/* Whether any bucket of a made series of 14 + 14 days gets the verdict (or any, with TOO_FEW). */
static bool called(km_rng *r, double before, double after, km_bucket b, km_day first, km_verdict want)
{
    rating in[28];
    for (int i = 0; i < 28; i++)
        in[i] = (rating){ first + i, rated(r, i < 14 ? before : after) };
    km_bucket_row row[32];
    size_t n = rating_series(row, 32, in, 28, b, KM_SILENCE_GAP);
    for (size_t i = 0; i < n; i++) {
        km_verdict v = row[i].judge.verdict;
        if (want == KM_VERDICT_TOO_FEW ? v == KM_VERDICT_BETTER || v == KM_VERDICT_WORSE : v == want)
            return true;
    }
    return false;
}

enum { SERIES = 2000 };

static void noise_gives_few_false_verdicts(void **state)
{
    (void)state;
    for (int b = KM_BUCKET_DAY; b <= KM_BUCKET_MONTH; b++) {
        for (int level = 5; level <= 8; level++) {
            km_rng r = km_rng_seed((uint64_t)(1000 + level));
            int wrong = 0;
            for (int i = 0; i < SERIES; i++)
                wrong += called(&r, level, level, (km_bucket)b, 20000 + i % 31, KM_VERDICT_TOO_FEW);
            printf("noise, by %s, level %d: %.1f %% false\n", km_bucket_word((km_bucket)b), level,
                   100.0 * wrong / SERIES);
            assert_true(wrong <= SERIES * 5 / 100);
        }
    }
}

static void falls_of_30_percent_are_found(void **state)
{
    (void)state;
    for (int b = KM_BUCKET_DAY; b <= KM_BUCKET_MONTH; b++) {
        for (int level = 5; level <= 8; level++) {
            km_rng r = km_rng_seed((uint64_t)(2000 + level));
            int found = 0;
            for (int i = 0; i < SERIES; i++)
                found += called(&r, level, level * 0.7, (km_bucket)b, 20000 + i % 31,
                                KM_VERDICT_BETTER);
            printf("fall of 30 %%, by %s, level %d: %.1f %% found\n", km_bucket_word((km_bucket)b),
                   level, 100.0 * found / SERIES);
            assert_true(found >= SERIES * 80 / 100);
        }
    }
}

static void the_rules_in_code_are_those_of_the_table(void **state)
{
    (void)state;
    const km_table *t = km_atlas_table(km_atlas_builtin(), "measures");
    assert_non_null(t);
    static const struct { const char *column, *want; } cell[] = {
        { "slight_points", "1" }, { "slight_percent", "15" }, { "clear_points", "2" },
        { "clear_percent", "30" },
    };
    for (size_t i = 0; i < sizeof cell / sizeof cell[0]; i++)
        assert_string_equal(km_table_cell(t, 0, km_table_column(t, cell[i].column)), cell[i].want);
    km_measure ppt;
    assert_true(km_measure_get(&ppt, km_atlas_builtin(), "ppt"));
    assert_float_equal(ppt.no_change_under, 51, 1e-9);
}

static void a_pressure_threshold_needs_51_kpa(void **state)
{
    (void)state;
    km_measure m;
    assert_true(km_measure_get(&m, km_atlas_builtin(), "ppt"));
    assert_int_equal(km_judge_measure(&m, 200, 250), KM_VERDICT_SAME);
    assert_int_equal(km_judge_measure(&m, 200, 252), KM_VERDICT_BETTER);
    assert_int_equal(km_judge_measure(&m, 252, 200), KM_VERDICT_WORSE);
    assert_int_equal(km_judge_measure(&m, NAN, 200), KM_VERDICT_TOO_FEW);
    assert_true(km_measure_get(&m, km_atlas_builtin(), "sit_and_reach"));
    assert_int_equal(km_judge_measure(&m, 1, 30), KM_VERDICT_TOO_FEW);
    km_buf why = { 0 };
    km_measure_rule(&why, &m);
    assert_non_null(strstr(km_buf_str(&why), "no figure is published"));
    km_buf_clear(&why);
    assert_false(km_measure_get(&m, km_atlas_builtin(), "levitation"));
}

static void every_verdict_names_its_rule(void **state)
{
    (void)state;
    const double before[] = { 7, 6, 7, 8, 7 }, after[] = { 3, 4, 4, 3, 4 };
    km_judgement j = km_judge_ratings(before, 5, after, 5, 0.02);
    km_buf why = { 0 };
    km_judgement_why(&why, km_atlas_builtin(), &j);
    assert_non_null(strstr(km_buf_str(&why), "Farrar 2001"));
    assert_non_null(strstr(km_buf_str(&why), "Salaffi 2004"));
    km_buf_reset(&why);
    j = km_judge_ratings(before, 2, after, 5, 0.02);
    km_judgement_why(&why, km_atlas_builtin(), &j);
    assert_non_null(strstr(km_buf_str(&why), "2 more"));
    km_buf_clear(&why);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_clear_fall_is_called_clear),
        cmocka_unit_test(one_point_beyond_noise_is_slight),
        cmocka_unit_test(below_both_thresholds_is_the_same_however_steady),
        cmocka_unit_test(a_change_within_noise_is_the_same),
        cmocka_unit_test(too_few_says_how_many_more),
        cmocka_unit_test(the_days_still_needed_are_those_that_bring_a_verdict),
        cmocka_unit_test(from_nothing_points_alone_count),
        cmocka_unit_test(pairs_are_judged_by_the_slight_threshold_alone),
        cmocka_unit_test(noise_gives_few_false_verdicts),
        cmocka_unit_test(falls_of_30_percent_are_found),
        cmocka_unit_test(the_rules_in_code_are_those_of_the_table),
        cmocka_unit_test(a_pressure_threshold_needs_51_kpa),
        cmocka_unit_test(every_verdict_names_its_rule),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
