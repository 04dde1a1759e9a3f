/* Days, parsing and printing of times, offsets and daylight saving. */
#include "km_cmocka.h"

#include <stdlib.h>
#include <time.h>

#include "knotmap/time.h"

static void in_zone(const char *tz)
{
    setenv("TZ", tz, 1);
    tzset();
}

/* 2026-11-20T18:30:00 in Berlin winter time. */
static const km_instant NOW = { .sec = 1795195800, .off_min = 60 };

static void assert_time(const char *text, const char *want_local, int want_off)
{
    km_instant t;
    km_error err = { 0 };
    if (km_time_parse(&t, NULL, text, NOW, &err) != KM_OK)
        fail_msg("%s", err.text);
    char got[KM_TIME_TEXT];
    km_time_local(got, t);
    assert_string_equal(got, want_local);
    assert_int_equal(t.off_min, want_off);
}

static void times_are_read_as_people_write_them(void **state)
{
    (void)state;
    in_zone("Europe/Berlin");
    assert_time("now", "2026-11-20 18:30", 60);
    assert_time("today", "2026-11-20 00:00", 60);
    assert_time("Yesterday", "2026-11-19 00:00", 60);
    assert_time("2026-11-20", "2026-11-20 00:00", 60);
    assert_time("2026-07-01", "2026-07-01 00:00", 120);
    assert_time("2026-11-20T18:30", "2026-11-20 18:30", 60);
    assert_time("2026-11-20 18:30:59", "2026-11-20 18:30", 60);
    assert_time("2026-11-20T17:30:00Z", "2026-11-20 18:30", 60);
    assert_time("2026-11-20T17:30:00.250Z", "2026-11-20 18:30", 60);
    assert_time("2026-11-20T10:30-07:00", "2026-11-20 10:30", -420);
    assert_time("7d", "2026-11-13 18:30", 60);
    assert_time("3w", "2026-10-30 18:30", 60);
    assert_time("6m", "2026-05-20 18:30", 120);
    assert_time("1y", "2025-11-20 18:30", 60);
}

static void months_back_stop_at_the_end_of_a_short_month(void **state)
{
    (void)state;
    in_zone("UTC");
    km_instant now, t;
    assert_int_equal(km_time_parse(&now, NULL, "2026-03-31T12:00Z", NOW, NULL), KM_OK);
    assert_int_equal(km_time_parse(&t, NULL, "1m", now, NULL), KM_OK);
    char got[KM_TIME_TEXT];
    km_time_local(got, t);
    assert_string_equal(got, "2026-02-28 12:00");
}

static void refused(const char *text, const char *want)
{
    km_instant t;
    km_error err = { 0 };
    assert_int_equal(km_time_parse(&t, NULL, text, NOW, &err), KM_EINVAL);
    assert_string_equal(err.text, want);
}

static void days_and_times_that_do_not_exist_are_refused(void **state)
{
    (void)state;
    in_zone("UTC");
    refused("2026-02-30", "2026-02-30: no such day");
    refused("2025-02-29", "2025-02-29: no such day");
    refused("2026-13-01", "2026-13-01: no such day");
    refused("1899-12-31", "1899-12-31: no such day");
    refused("2026-11-20T24:00", "2026-11-20T24:00: no such time of day");
    refused("2026-11-20T1:00", "2026-11-20T1:00: not a time");
    refused("2026-11-20x", "2026-11-20x: not a time");
    refused("2026-11-20T10:00+25:00", "2026-11-20T10:00+25:00: not a time");
    refused("7", "7: not a time");
    refused("d", "d: not a time");
    refused("99999999d", "99999999d: not a time");
    refused("", "\"\": not a time");
    km_instant t;
    assert_int_equal(km_time_parse(&t, NULL, "2024-02-29", NOW, NULL), KM_OK);
}

static void civil_days_go_there_and_back(void **state)
{
    (void)state;
    assert_int_equal(km_day_of(1970, 1, 1), 0);
    assert_int_equal(km_day_of(2000, 3, 1), 11017);
    for (km_day d = km_day_of(1900, 1, 1); d <= km_day_of(2101, 1, 1); d++) {
        int y, m, day;
        km_day_civil(d, &y, &m, &day);
        assert_int_equal(km_day_of(y, m, day), d);
    }
}

static void weeks_start_on_monday(void **state)
{
    (void)state;
    km_day friday = km_day_of(2026, 11, 20);
    assert_int_equal(km_day_weekday(friday), 4);
    assert_int_equal(km_day_week(friday), km_day_of(2026, 11, 16));
    assert_int_equal(km_day_weekday(km_day_of(1969, 12, 31)), 2);
    assert_int_equal(km_day_month(friday, 0), km_day_of(2026, 11, 1));
    assert_int_equal(km_day_month(friday, 2), km_day_of(2027, 1, 1));
    assert_int_equal(km_day_month(friday, -11), km_day_of(2025, 12, 1));
}

static void a_day_is_the_records_local_day(void **state)
{
    (void)state;
    km_instant late = { .sec = 1795217400, .off_min = 60 }; /* 2026-11-21 00:30 +01:00 */
    km_instant same = { .sec = 1795217400, .off_min = 0 };
    assert_int_equal(km_instant_day(late), km_day_of(2026, 11, 21));
    assert_int_equal(km_instant_day(same), km_day_of(2026, 11, 20));
    km_instant before_epoch = { .sec = -1, .off_min = 0 };
    assert_int_equal(km_instant_day(before_epoch), -1);
}

static void daylight_saving_keeps_the_wall_clock(void **state)
{
    (void)state;
    in_zone("Europe/Berlin");
    char got[KM_TIME_TEXT];
    km_time_utc(got, km_day_instant(km_day_of(2026, 7, 1), 8, 0));
    assert_string_equal(got, "2026-07-01T06:00:00Z");
    km_time_utc(got, km_day_instant(km_day_of(2026, 12, 1), 8, 0));
    assert_string_equal(got, "2026-12-01T07:00:00Z");
}

static void the_clock_can_be_pinned(void **state)
{
    (void)state;
    in_zone("UTC");
    setenv("KNOTMAP_NOW", "2026-11-20T18:30:00Z", 1);
    km_instant t;
    assert_int_equal(km_now(&t, NULL), KM_OK);
    char got[KM_TIME_TEXT];
    km_time_utc(got, t);
    assert_string_equal(got, "2026-11-20T18:30:00Z");
    setenv("KNOTMAP_NOW", "soon", 1);
    km_error err;
    assert_int_equal(km_now(&t, &err), KM_EINVAL);
    assert_string_equal(err.text, "KNOTMAP_NOW: soon: not a time");
    unsetenv("KNOTMAP_NOW");
    assert_int_equal(km_now(&t, NULL), KM_OK);
    assert_true(t.sec > 1700000000);
}

static void ages_and_days_read_like_words(void **state)
{
    (void)state;
    km_day today = km_day_of(2026, 11, 20);
    static const struct { int ago; const char *want; } age[] = {
        { 0, "today" }, { 1, "yesterday" }, { 3, "3 days" }, { 13, "13 days" },
        { 14, "2 weeks" }, { 90, "12 weeks" }, { 100, "3 months" }, { 800, "2 years" },
    };
    char got[KM_TIME_TEXT];
    for (size_t i = 0; i < sizeof age / sizeof age[0]; i++) {
        km_age_human(got, today - age[i].ago, today);
        assert_string_equal(got, age[i].want);
    }
    km_day_human(got, today, today);
    assert_string_equal(got, "Fri 20 Nov");
    km_day_human(got, today - 365, today);
    assert_string_equal(got, "Thu 20 Nov 2025");
}

static void spans_are_days(void **state)
{
    (void)state;
    int days;
    assert_int_equal(km_span_parse(&days, "30d", NULL), KM_OK);
    assert_int_equal(days, 30);
    assert_int_equal(km_span_parse(&days, "2w", NULL), KM_OK);
    assert_int_equal(days, 14);
    assert_int_equal(km_span_parse(&days, "x", NULL), KM_EINVAL);
    assert_int_equal(km_span_parse(&days, "-3d", NULL), KM_EINVAL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(times_are_read_as_people_write_them),
        cmocka_unit_test(months_back_stop_at_the_end_of_a_short_month),
        cmocka_unit_test(days_and_times_that_do_not_exist_are_refused),
        cmocka_unit_test(civil_days_go_there_and_back),
        cmocka_unit_test(weeks_start_on_monday),
        cmocka_unit_test(a_day_is_the_records_local_day),
        cmocka_unit_test(daylight_saving_keeps_the_wall_clock),
        cmocka_unit_test(the_clock_can_be_pinned),
        cmocka_unit_test(ages_and_days_read_like_words),
        cmocka_unit_test(spans_are_days),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
