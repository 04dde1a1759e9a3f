/** The files of the screen: what is remembered, read-only files, another program that writes. */
#include "km_cmocka.h"

#include <locale.h>
#include <stdio.h>
#include <string.h>

#include "flow.h"

/* ---- files ---- */

static void a_broken_state_file_means_defaults(void **state)
{
    (void)state;
    screen_leave(&s);
    FILE *f = fopen(s.state, "w");
    assert_non_null(f);
    fputs("region nowhere\nzoom 99\nside -4\nclient 77\nx 9999999999\n\x01\x02 \xff\nkind", f);
    fclose(f);
    screen_enter(&s, false);
    assert_true(screen_has(&s, "RIGHT TOP OF SHOULDER"));
    assert_non_null(strstr(screen_last(&s), "0-9 knot here"));
}

static void place_view_and_kind_are_remembered(void **state)
{
    (void)state;
    screen_keys(&s, "/l knee outer<Enter>mz");
    km_buf before = { 0 }, after = { 0 };
    screen_keys(&s, "<S-Up><S-Down>");
    km_grid_dump(&before, &s.grid);
    screen_restart(&s);
    km_grid_dump(&after, &s.grid);
    assert_string_equal(km_buf_str(&after), km_buf_str(&before));
    km_buf_clear(&before);
    km_buf_clear(&after);
}

static void a_read_only_file_offers_no_writing_key(void **state)
{
    (void)state;
    screen_keys(&s, "7");
    screen_leave(&s);
    screen_enter(&s, true);
    assert_null(strstr(screen_last(&s), "0-9"));
    screen_keys(&s, "5");
    assert_non_null(strstr(screen_last(&s), "reading only"));
    screen_keys(&s, "?undo");
    assert_false(screen_has(&s, "Undo the last change"));
    screen_keys(&s, "<Esc>x*b.eo");
    assert_int_equal(count(), 1);
}

static void names_of_any_script_keep_the_columns(void **state)
{
    (void)state;
    screen_keys(&s, "Ca\xE7\x94\xB0\xE4\xB8\xAD<Enter>aJose\xCC\x81<Enter>");
    screen_same(&s, "80x24-unicode-names");
}

/* ---- another program writes ---- */

static km_app *other;
static int calls;

static bool release_after_a_while(void *ctx, km_tui *t, int ms)
{
    (void)ctx, (void)ms;
    km_tui_paint(t, &s.grid);
    if (++calls == 1) {
        assert_string_equal(screen_last(&s), " another program is writing; Esc gives up");
        km_tui_key(t, KM_KEY_TAB); /* typed while waiting */
    }
    if (calls == 3)
        km_app_bulk_end(other, false, NULL);
    return true;
}

static bool press_esc(void *ctx, km_tui *t, int ms)
{
    (void)ctx, (void)ms;
    km_tui_key(t, KM_KEY_ESC);
    return true;
}

static void hold_the_database(void)
{
    km_error err = { 0 };
    const km_app_options opt = { .db = s.db, .who = "cli" };
    assert_int_equal(km_app_open(&other, &opt, &err), KM_OK);
    assert_int_equal(km_app_bulk_begin(other, "hold", &err), KM_OK);
    calls = 0;
}

static void a_blocked_write_waits_reads_keys_and_goes_on(void **state)
{
    (void)state;
    hold_the_database();
    km_tui_set_waiter(s.tui, release_after_a_while, NULL);
    screen_keys(&s, "7");
    assert_true(calls >= 3);
    assert_int_equal(count(), 1);
    assert_false(screen_has(&s, "RIGHT TOP OF SHOULDER")); /* the Tab came after the mark */
    km_app_close(other);
}

static void esc_gives_a_blocked_write_up(void **state)
{
    (void)state;
    hold_the_database();
    km_tui_set_waiter(s.tui, press_esc, NULL);
    screen_keys(&s, "7");
    assert_false(screen_has(&s, "u undoes"));
    km_app_bulk_end(other, false, NULL);
    km_app_close(other);
    assert_int_equal(count(), 0);
    screen_keys(&s, "7");
    assert_int_equal(count(), 1);
}

static void what_another_program_stored_appears_with_a_tick(void **state)
{
    (void)state;
    km_error err = { 0 };
    const km_app_options opt = { .db = s.db, .who = "cli" };
    km_mark m = km_mark_blank();
    km_ref ref;
    assert_int_equal(km_app_open(&other, &opt, &err), KM_OK);
    assert_int_equal(km_now(&m.at, &err), KM_OK);
    m.intensity = 9;
    assert_int_equal(km_atlas_resolve(&ref, km_app_atlas(other), "right:shoulder_top", 0, &err),
                     KM_OK);
    assert_int_equal(km_app_mark_place(&m, other, &ref, false, &err), KM_OK);
    assert_int_equal(km_app_mark_add(&m, other, &err), KM_OK);
    km_tui_tick(s.tui);
    km_tui_paint(s.tui, &s.grid);
    assert_true(screen_has(&s, "o 9  knot"));
    km_app_close(other);
}

static void q_closes_a_view_and_leaves_from_the_body(void **state)
{
    (void)state;
    screen_keys(&s, "Hq");
    assert_false(km_tui_done(s.tui));
    assert_true(screen_has(&s, "FRONT"));
    screen_keys(&s, "q");
    assert_true(km_tui_done(s.tui));
}

int main(void)
{
    setlocale(LC_ALL, "C.UTF-8");
    const struct CMUnitTest tests[] = {
        T(a_broken_state_file_means_defaults),
        T(place_view_and_kind_are_remembered),
        T(a_read_only_file_offers_no_writing_key),
        T(names_of_any_script_keep_the_columns),
        T(a_blocked_write_waits_reads_keys_and_goes_on),
        T(esc_gives_a_blocked_write_up),
        T(what_another_program_stored_appears_with_a_tick),
        T(q_closes_a_view_and_leaves_from_the_body),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
