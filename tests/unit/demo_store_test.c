/* The made-up clinic in a database: whole, repeatable, refused where records are, undone at once. */
#include "km_cmocka.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "knotmap/app.h"
#include "store_help.h"

/* Sanitizers cost time that the promise of a second and a half does not include. */
#if defined(__SANITIZE_ADDRESS__)
#define SLOWER 10
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define SLOWER 10
#endif
#endif
#ifndef SLOWER
#define SLOWER 1
#endif

static temp t;

static int begin(void **state)
{
    (void)state;
    setenv("KNOTMAP_NOW", "2026-11-20T18:30:00Z", 1);
    t = temp_new();
    return 0;
}

static int end(void **state)
{
    (void)state;
    temp_end(&t);
    return 0;
}

static km_app *opened(const char *file)
{
    char path[128];
    km_app *app = NULL;
    km_error err = { 0 };
    snprintf(path, sizeof path, "%s/%s", t.dir, file);
    const km_app_options opt = { .db = path, .client = "me", .who = "test" };
    assert_int_equal(km_app_open(&app, &opt, &err), KM_OK);
    return app;
}

static size_t marks_of_all(km_app *app, km_mark_list *out)
{
    km_mark_filter f = km_mark_filter_all();
    km_error err = { 0 };
    f.all_clients = true;
    assert_int_equal(km_app_marks(out, app, &f, &err), KM_OK);
    return out->n;
}

static void an_empty_database_is_filled_in_little_time(void **state)
{
    (void)state;
    km_app *app = opened("one.db");
    km_error err = { 0 };
    struct timespec from, to;
    clock_gettime(CLOCK_MONOTONIC, &from);
    assert_int_equal(km_app_demo(app, &err), KM_OK);
    clock_gettime(CLOCK_MONOTONIC, &to);
    double took = (double)(to.tv_sec - from.tv_sec) + (double)(to.tv_nsec - from.tv_nsec) / 1e9;
    print_message("filled in %.2f s\n", took);
    assert_true(took < 1.5 * SLOWER);
    km_client_list clients = { 0 };
    assert_int_equal(km_app_clients(&clients, app, false, &err), KM_OK);
    assert_int_equal(clients.n, 12);
    bool me = false;
    for (size_t i = 0; i < clients.n; i++) {
        assert_true(clients.row[i].has_seen);
        if (strcmp(clients.row[i].name, "me") != 0)
            continue;
        me = true;
        assert_in_range(clients.row[i].open_marks, 2, 6);
    }
    assert_true(me);
    km_client_list_clear(&clients);
    km_mark_list marks = { 0 };
    assert_true(marks_of_all(app, &marks) > 3000);
    km_mark_list_clear(&marks);
    km_app_close(app);
}

static void a_database_with_records_is_refused_and_left_alone(void **state)
{
    (void)state;
    km_app *app = opened("one.db");
    km_error err = { 0 };
    km_mark_list before = { 0 }, after = { 0 };
    marks_of_all(app, &before);
    assert_int_equal(km_app_demo(app, &err), KM_EINVAL);
    assert_string_equal(err.text, "demo: this database has records");
    marks_of_all(app, &after);
    assert_int_equal(before.n, after.n);
    assert_int_equal(km_app_demo(app, NULL), KM_EINVAL);
    km_mark_list_clear(&before);
    km_mark_list_clear(&after);
    km_app_close(app);
}

static void two_files_of_one_day_hold_the_same_records(void **state)
{
    (void)state;
    km_app *one = opened("one.db");
    setenv("KNOTMAP_NOW", "2026-11-20T08:05:00Z", 1);
    km_app *two = opened("two.db");
    km_error err = { 0 };
    km_mark_list a = { 0 }, b = { 0 };
    assert_int_equal(km_app_demo(two, &err), KM_OK);
    assert_int_equal(marks_of_all(one, &a), marks_of_all(two, &b));
    for (size_t i = 0; i < a.n; i++) {
        assert_int_equal(km_uid_cmp(a.row[i].uid, b.row[i].uid), 0);
        assert_int_equal(a.row[i].id, b.row[i].id);
        assert_string_equal(a.row[i].client, b.row[i].client);
        assert_int_equal(a.row[i].at.sec, b.row[i].at.sec);
        assert_int_equal(a.row[i].intensity, b.row[i].intensity);
    }
    km_mark_list_clear(&a);
    km_mark_list_clear(&b);
    km_app_close(one);
    km_app_close(two);
    setenv("KNOTMAP_NOW", "2026-11-20T18:30:00Z", 1);
}

static void one_undo_takes_the_whole_clinic_back(void **state)
{
    (void)state;
    km_app *app = opened("two.db");
    km_error err = { 0 };
    km_change change;
    km_mark_list marks = { 0 };
    assert_int_equal(km_app_undo(&change, app, &err), KM_OK);
    assert_int_equal(marks_of_all(app, &marks), 0);
    km_mark_list_clear(&marks);
    km_client_list clients = { 0 };
    assert_int_equal(km_app_clients(&clients, app, true, &err), KM_OK);
    assert_int_equal(clients.n, 1);
    km_client_list_clear(&clients);
    assert_int_equal(km_app_demo(app, &err), KM_OK);
    km_app_close(app);
}

static void the_routine_for_all_that_is_open_is_ready(void **state)
{
    (void)state;
    km_app *app = opened("one.db");
    km_error err = { 0 };
    km_plan plan;
    uint32_t home = ~(1u << KM_TECH_MASSAGE) & ((1u << KM_TECH_COUNT) - 1);
    assert_int_equal(km_app_routine(&plan, app, NULL, 0, true, home, 0, 10, &err), KM_OK);
    assert_true(plan.n >= 5);
    assert_true(plan.seconds <= 600);
    km_plan_clear(&plan);
    km_app_close(app);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_empty_database_is_filled_in_little_time),
        cmocka_unit_test(a_database_with_records_is_refused_and_left_alone),
        cmocka_unit_test(two_files_of_one_day_hold_the_same_records),
        cmocka_unit_test(one_undo_takes_the_whole_clinic_back),
        cmocka_unit_test(the_routine_for_all_that_is_open_is_ready),
    };
    return cmocka_run_group_tests(tests, begin, end);
}
