/* What narrows a list: words for marks, for treatments and for clients. */
#include "km_cmocka.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "knotmap/history.h"

static char dir[64];

static int make_dir(void **state)
{
    km_app *app = NULL;
    char path[128];

    setenv("KNOTMAP_NOW", "2026-11-20T18:30:00Z", 1);
    setenv("TZ", "UTC", 1);
    snprintf(dir, sizeof dir, "/tmp/knotmap-narrow-XXXXXX");
    if (!mkdtemp(dir))
        return -1;
    snprintf(path, sizeof path, "%s/t.db", dir);
    const km_app_options opt = { .db = path, .client = "me", .who = "test" };
    if (km_app_open(&app, &opt, NULL) != KM_OK)
        return -1;
    *state = app;
    return 0;
}

static int drop_dir(void **state)
{
    static const char *const end[] = { "", "-wal", "-shm" };

    km_app_close(*state);
    for (size_t i = 0; i < 3; i++) {
        char path[128];
        snprintf(path, sizeof path, "%s/t.db%s", dir, end[i]);
        unlink(path);
    }
    return rmdir(dir);
}

static km_day day_of(int days_ago)
{
    return km_day_of(2026, 11, 20) - days_ago;
}

static km_instant ago(int days)
{
    return (km_instant){ (int64_t)day_of(days) * KM_DAY_SEC + 12 * 3600, 0 };
}

/* ---- clients ---- */

static int64_t person(km_app *app, const char *name)
{
    km_client c = km_client_blank();

    c.name = name;
    assert_int_equal(km_app_client_add(&c, app, NULL), KM_OK);
    return c.id;
}

static void rate(km_app *app, int64_t client, const char *place, km_kind kind, int intensity,
                 km_instant when)
{
    km_mark m = km_mark_blank();
    km_ref ref;

    assert_int_equal(km_atlas_resolve(&ref, km_app_atlas(app), place, 0, NULL), KM_OK);
    m.client_id = client;
    m.kind = kind;
    m.intensity = intensity;
    m.at = when;
    assert_int_equal(km_app_mark_place(&m, app, &ref, false, NULL), KM_OK);
    assert_int_equal(km_app_mark_add(&m, app, NULL), KM_OK);
}

static void report_stress(km_app *app, int64_t client, int stress, int days_ago)
{
    km_checkin c = km_checkin_blank();
    bool known;

    c.client_id = client;
    c.at = ago(days_ago);
    c.stress = stress;
    c.sleep = 3;
    assert_int_equal(km_app_bulk_begin(app, "check in", NULL), KM_OK);
    assert_int_equal(km_app_bulk_checkin(&c, app, &known, NULL), KM_OK);
    assert_int_equal(km_app_bulk_end(app, true, NULL), KM_OK);
}

/* The names a line of words leaves, joined by ";". */
static const char *left_by(km_app *app, const char *line)
{
    static char names[1024];
    km_client_filter f = { .archived = false };
    km_client_list list;
    km_arena mem = { 0 };
    km_error err = { 0 };

    if (km_app_client_filter_parse(&f, &mem, line, &err) != KM_OK ||
        km_app_clients_that(&list, app, &f, &err) != KM_OK) {
        snprintf(names, sizeof names, "refused: %s", err.text);
        km_arena_clear(&mem);
        return names;
    }
    names[0] = '\0';
    for (size_t i = 0; i < list.n; i++)
        snprintf(names + strlen(names), sizeof names - strlen(names), "%s%s", i ? ";" : "",
                 list.row[i].name);
    km_client_list_clear(&list);
    km_arena_clear(&mem);
    return names;
}

static void chronic_is_open_for_more_than_three_months(void **state)
{
    km_app *app = *state;
    int64_t silent = person(app, "Silent"), told = person(app, "Told"), gone = person(app, "Gone");
    int64_t back = person(app, "Back"), fresh = person(app, "Fresh"), edge = person(app, "Edge");
    int64_t sore = person(app, "Sore");

    rate(app, silent, "left:calf", KM_KIND_KNOT, 5, ago(400));
    rate(app, told, "left:calf", KM_KIND_PAIN, 5, ago(KM_LASTING_DAYS + 1));
    rate(app, told, "left:calf", KM_KIND_PAIN, 2, ago(3));
    rate(app, gone, "left:calf", KM_KIND_KNOT, 5, ago(200));
    rate(app, gone, "left:calf", KM_KIND_KNOT, 0, ago(100));
    rate(app, back, "left:calf", KM_KIND_KNOT, 5, ago(200));
    rate(app, back, "left:calf", KM_KIND_KNOT, 0, ago(40));
    rate(app, back, "left:calf", KM_KIND_KNOT, 6, ago(10));
    rate(app, fresh, "left:calf", KM_KIND_KNOT, 7, ago(20));
    rate(app, fresh, "right:calf", KM_KIND_KNOT, 0, ago(300)); /* another place */
    rate(app, edge, "left:calf", KM_KIND_KNOT, 7, ago(KM_LASTING_DAYS));
    rate(app, sore, "left:calf", KM_KIND_SORENESS, 7, ago(300)); /* has a clock of its own */
    assert_string_equal(left_by(app, "chronic"), "Silent;Told");

    /* the same that the lives of a client say */
    km_life_list lives;
    assert_int_equal(km_app_client_choose(app, "Edge", NULL), KM_OK);
    assert_int_equal(km_app_lives(&lives, app, NULL, KM_SILENCE_GAP, NULL), KM_OK);
    assert_null(lives.row[0].remark);
    km_life_list_clear(&lives);
    assert_int_equal(km_app_client_choose(app, "Told", NULL), KM_OK);
    assert_int_equal(km_app_lives(&lives, app, NULL, KM_SILENCE_GAP, NULL), KM_OK);
    assert_non_null(lives.row[0].remark);
    km_life_list_clear(&lives);
}

static void stress_is_what_the_newest_check_in_says(void **state)
{
    km_app *app = *state;
    int64_t high = person(app, "High"), eased = person(app, "Eased"), old = person(app, "Old");
    int64_t quiet = person(app, "Quiet");

    report_stress(app, high, 2, 9);
    report_stress(app, high, 6, 2);
    report_stress(app, high, -1, 1); /* says nothing of stress: the one before stands */
    report_stress(app, eased, 7, 5);
    report_stress(app, eased, 3, 1);
    report_stress(app, old, 7, KM_STRESS_DAYS + 1);
    report_stress(app, quiet, 1, 0);
    assert_string_equal(left_by(app, "stress:5"), "High");
    assert_string_equal(left_by(app, "stress:3"), "Eased;High");
    assert_string_equal(left_by(app, "stress:1"), "Eased;High;Quiet");
    rate(app, eased, "left:calf", KM_KIND_KNOT, 5, ago(120));
    assert_string_equal(left_by(app, "chronic stress:3"), "Eased");
}

static void what_is_no_word_is_part_of_the_name(void **state)
{
    km_app *app = *state;

    person(app, "Ann Lee");
    person(app, "Bo Lee");
    assert_string_equal(left_by(app, "lee"), "Ann Lee;Bo Lee");
    assert_string_equal(left_by(app, "ann  LEE"), "Ann Lee");
    assert_string_equal(left_by(app, ""), "Ann Lee;Bo Lee;me");
    assert_string_equal(left_by(app, "stress:8"), "refused: stress: 8 is no number of 1..7");
    assert_string_equal(left_by(app, "stress:"), "refused: stress: \"\" is no number of 1..7");
    assert_string_equal(left_by(app, "mood:3"), "refused: mood:3: no such word for clients");
}

int main(void)
{
#define TEST(f) cmocka_unit_test_setup_teardown(f, make_dir, drop_dir)
    const struct CMUnitTest tests[] = {
        TEST(chronic_is_open_for_more_than_three_months),
        TEST(stress_is_what_the_newest_check_in_says),
        TEST(what_is_no_word_is_part_of_the_name),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
