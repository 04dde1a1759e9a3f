/* Files of older knotmaps open, keep every record, and can be undone back to their start. */
#include "own_app.h"
#include "store_help.h"

#include <stdio.h>
#include <stdlib.h>

#include "km_cmocka.h"
#include "knotmap/care.h"

/* A copy of an old file, so that the one in the repository stays as it was. */
static temp copy_of(const char *file)
{
    temp t = temp_new();
    size_t n = 0;
    char *bytes = slurp(file, &n);
    FILE *f = fopen(t.path, "wb");

    assert_non_null(f);
    assert_int_equal(fwrite(bytes, 1, n, f), n);
    fclose(f);
    free(bytes);
    return t;
}

static temp version_1(void)
{
    return copy_of(KM_SOURCE_DIR "/tests/data/store/version1.db");
}

/* Its last two changes, an amended answer after a treatment and a client's note, are undone. */
static temp version_3(void)
{
    return copy_of(KM_SOURCE_DIR "/tests/data/store/version3.db");
}

static void expect_text(const char *path, const char *sql, const char *want)
{
    char *got = raw_text(path, sql);
    assert_string_equal(got, want);
    free(got);
}

static void the_file_is_of_version_1(void **state)
{
    (void)state;
    temp t = version_1();
    char *version = raw_text(t.path, "PRAGMA user_version");
    assert_string_equal(version, "1");
    free(version);
    temp_end(&t);
}

static void every_record_stays_as_it_was(void **state)
{
    (void)state;
    temp t = version_1();
    static const char *const sums[][2] = {
        { "SELECT count(*) FROM mark", "1" },
        { "SELECT count(*) FROM session", "1" },
        { "SELECT count(*) FROM treatment", "1" },
        { "SELECT count(*) FROM client", "2" },
        { "SELECT conditions FROM client WHERE name = 'Ada B.'", "pregnancy" },
        { "SELECT before || '>' || after FROM treatment", "6>3" },
        { "SELECT cause || ' ' || intensity FROM mark", "1 6" },
    };

    km_app_close(open_app(t.path));
    for (size_t i = 0; i < sizeof sums / sizeof *sums; i++) {
        char *got = raw_text(t.path, sums[i][0]);
        assert_string_equal(got, sums[i][1]);
        free(got);
    }
    temp_end(&t);
}

static void it_passes_the_full_check(void **state)
{
    (void)state;
    temp t = version_1();
    km_app *app = open_app(t.path);
    km_check_list list;

    assert_int_equal(km_app_verify(&list, app, NULL), KM_OK);
    for (size_t i = 0; i < list.n; i++) {
        if (!list.row[i].ok)
            fail_msg("%s: %s", list.row[i].check, list.row[i].detail);
    }
    km_check_list_clear(&list);
    km_app_close(app);
    temp_end(&t);
}

static void old_changes_can_still_be_undone_and_redone(void **state)
{
    (void)state;
    temp t = version_1();
    km_app *app = open_app(t.path);
    km_change c;
    int undone = 0;

    while (km_app_undo(&c, app, NULL) == KM_OK)
        undone++;
    assert_int_equal(undone, 6);
    char *marks = raw_text(t.path, "SELECT count(*) FROM mark");
    assert_string_equal(marks, "0");
    free(marks);
    for (int i = 0; i < undone; i++)
        assert_int_equal(km_app_redo(&c, app, NULL), KM_OK);
    marks = raw_text(t.path, "SELECT count(*) FROM mark");
    assert_string_equal(marks, "1");
    free(marks);
    km_app_close(app);
    temp_end(&t);
}

static void what_is_new_works_on_its_records(void **state)
{
    (void)state;
    temp t = version_1();
    km_app *app = open_app(t.path);
    km_error err = { 0 };
    const km_aftercare a = { .treatment_id = 1, .hours = 24, .rating = 4, .energy = -1 };

    if (km_app_aftercare_put(&a, app, &err) != KM_OK)
        fail_msg("%s", err.text);
    char *rating = raw_text(t.path, "SELECT rating FROM aftercare");
    assert_string_equal(rating, "4");
    free(rating);
    km_app_close(app);
    temp_end(&t);
}

/* ---- rows that have since got columns ---- */

static void a_change_of_version_3_is_redone_on_rows_that_have_grown(void **state)
{
    (void)state;
    temp t = version_3();
    km_error err = { 0 };
    km_change c;

    expect_text(t.path, "PRAGMA user_version", "3");
    km_app *app = open_app(t.path);
    expect_text(t.path, "SELECT rating || coalesce(strength, '-') FROM aftercare", "4-");
    for (int i = 0; i < 2; i++) {
        if (km_app_redo(&c, app, &err) != KM_OK)
            fail_msg("%s", err.text);
    }
    expect_text(t.path, "SELECT rating || '/' || energy FROM aftercare", "3/7");
    expect_text(t.path, "SELECT note FROM client WHERE name = 'Ada B.'", "mornings only");
    assert_int_equal(km_app_redo(&c, app, NULL), KM_ENOTFOUND);
    km_app_close(app);
    temp_end(&t);
}

static void rows_of_version_3_are_removed_and_come_back_whole(void **state)
{
    (void)state;
    temp t = version_3();
    km_app *app = open_app(t.path);
    km_error err = { 0 };
    km_change c;
    int undone = 0;

    while (km_app_undo(&c, app, &err) == KM_OK)
        undone++;
    assert_int_equal(undone, 5);
    expect_text(t.path, "SELECT count(*) FROM mark_more", "0");
    expect_text(t.path, "SELECT count(*) FROM client", "1");
    for (int i = 0; i < undone; i++) {
        if (km_app_redo(&c, app, &err) != KM_OK)
            fail_msg("%s", err.text);
    }
    expect_text(t.path, "SELECT note || '/' || onset_at || coalesce(test, '-') FROM mark_more",
                "after the long day/1793145600-");
    expect_text(t.path, "SELECT conditions FROM client WHERE name = 'Ada B.'", "pregnancy");
    expect_text(t.path, "SELECT rating || '/' || response FROM aftercare", "4/4");
    km_app_close(app);
    temp_end(&t);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_file_is_of_version_1),
        cmocka_unit_test(every_record_stays_as_it_was),
        cmocka_unit_test(it_passes_the_full_check),
        cmocka_unit_test(old_changes_can_still_be_undone_and_redone),
        cmocka_unit_test(what_is_new_works_on_its_records),
        cmocka_unit_test(a_change_of_version_3_is_redone_on_rows_that_have_grown),
        cmocka_unit_test(rows_of_version_3_are_removed_and_come_back_whole),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
