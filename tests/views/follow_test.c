/** Following a routine, by a clock of the test's own. */
#include "km_cmocka.h"

#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "scenes.h"
#include "view.h"

static void a_finished_step_is_stored_with_its_three_ratings(void **state)
{
    (void)state;
    screen s;
    open_with_a_knot(&s, 80, 24, false);
    follow_the_press(&s);
    screen_keys(&s, " 6");
    pass(&s, 90);
    screen_keys(&s, "5");
    pass(&s, 85);
    screen_keys(&s, "3");
    km_treatment_list before = treatments(&s);
    assert_int_equal(before.n, 1); /* under way, and in the file already */
    assert_int_equal(before.row[0].after, -1);
    km_treatment_list_clear(&before);
    pass(&s, 6);
    assert_true(screen_has(&s, "stored: right"));
    km_course_list l = courses(&s);
    assert_int_equal(l.n, 1);
    assert_string_equal(l.row[0].treatment.place.muscle, "infraspinatus");
    assert_int_equal(l.row[0].treatment.technique, KM_TECH_COMPRESSION);
    assert_int_equal(l.row[0].treatment.seconds, 180);
    assert_int_equal(l.row[0].treatment.before, 6);
    assert_int_equal(l.row[0].treatment.after, 3);
    assert_int_equal(l.row[0].n_hold, 3);
    assert_int_equal(l.row[0].hold[0], 6);
    assert_int_equal(l.row[0].hold[1], 5);
    assert_int_equal(l.row[0].hold[2], 3);
    km_course_list_clear(&l);
    screen_keys(&s, "u"); /* one step, one undo */
    before = treatments(&s);
    assert_int_equal(before.n, 0);
    km_treatment_list_clear(&before);
    screen_close(&s);
}

static void a_step_under_way_is_kept_every_ten_seconds_and_undone_by_one_undo(void **state)
{
    (void)state;
    screen s;
    open_with_a_knot(&s, 80, 24, false);
    follow_the_press(&s);
    screen_keys(&s, " 6");
    pass(&s, 9);
    km_treatment_list l = treatments(&s);
    assert_int_equal(l.n, 0);
    km_treatment_list_clear(&l);
    pass(&s, 26);
    l = treatments(&s);
    assert_int_equal(l.n, 1);
    assert_in_range(l.row[0].seconds, 25, 35);
    assert_int_equal(l.row[0].before, 6);
    km_treatment_list_clear(&l);
    uint64_t revision = km_app_revision(s.app);
    screen_keys(&s, " "); /* while it waits nothing is written */
    pass(&s, 60);
    assert_int_equal(km_app_revision(s.app), revision);
    screen_keys(&s, "u");
    assert_non_null(strstr(screen_last(&s), "undone: a step of a routine"));
    l = treatments(&s);
    assert_int_equal(l.n, 0);
    km_treatment_list_clear(&l);
    screen_keys(&s, "u");
    assert_non_null(strstr(screen_last(&s), "undone: mark"));
    screen_close(&s);
}

/* Whatever ends the program in the middle of a hold, what was said of its first part is there. */
static void a_rating_no_digit_can_change_is_kept_under_way(void **state)
{
    (void)state;
    screen s;
    open_with_a_knot(&s, 80, 24, false);
    follow_the_press(&s);
    screen_keys(&s, " 6");
    pass(&s, 75);
    screen_keys(&s, "5");
    pass(&s, 15);
    screen_keys(&s, "4"); /* it was said too high */
    pass(&s, 60);
    km_course_list l = courses(&s);
    assert_int_equal(l.n, 1);
    assert_int_equal(l.row[0].n_hold, 2);
    assert_int_equal(l.row[0].hold[0], 6);
    assert_int_equal(l.row[0].hold[1], 4);
    km_course_list_clear(&l);
    screen_keys(&s, "3");
    pass(&s, 40);
    l = courses(&s);
    assert_int_equal(l.row[0].n_hold, 3);
    assert_int_equal(l.row[0].hold[2], 3);
    km_course_list_clear(&l);
    screen_close(&s);
}

static void what_was_undone_under_way_is_stored_anew_by_what_follows(void **state)
{
    (void)state;
    screen s;
    open_with_a_knot(&s, 80, 24, false);
    follow_the_press(&s);
    screen_keys(&s, " 6");
    pass(&s, 30);
    screen_keys(&s, "u");
    pass(&s, 20);
    km_treatment_list l = treatments(&s);
    assert_int_equal(l.n, 1);
    assert_in_range(l.row[0].seconds, 40, 50);
    km_treatment_list_clear(&l);
    screen_close(&s);
}

/** The press followed to its end, and the steps after it left out. */
static void follow_to_the_end(screen *s)
{
    follow_the_press(s);
    screen_keys(s, "65 4"); /* pain, stiffness, start; pain again */
    pass(s, 182);
    for (int i = 0; i < 9 && !screen_has(s, "That was it"); i++)
        screen_keys(s, "n");
    assert_true(screen_has(s, "That was it"));
}

static void the_end_asks_how_it_went_and_one_key_says_it(void **state)
{
    (void)state;
    screen s;
    open_with_a_knot(&s, 80, 24, false);
    follow_to_the_end(&s);
    assert_true(screen_has(&s, "How did it go?"));
    assert_non_null(strstr(screen_last(&s), "l looser"));
    assert_non_null(strstr(screen_last(&s), "Space close"));
    screen_keys(&s, "l");
    assert_true(screen_has(&s, "how it went: looser"));
    km_course_list l = courses(&s);
    assert_int_equal(l.n, 1);
    assert_int_equal(l.row[0].treatment.response, KM_RESPONSE_LOOSER);
    km_course_list_clear(&l);
    screen_keys(&s, "u");
    assert_true(screen_has(&s, "How did it go?"));
    l = courses(&s);
    assert_int_equal(l.row[0].treatment.response, KM_RESPONSE_NONE);
    km_course_list_clear(&l);
    screen_keys(&s, "zw"); /* the last word counts */
    l = courses(&s);
    assert_int_equal(l.row[0].treatment.response, KM_RESPONSE_WORSE);
    km_course_list_clear(&l);
    screen_keys(&s, " ");
    assert_false(screen_has(&s, "That was it"));
    screen_close(&s);
}

static void stiffness_is_asked_before_and_after(void **state)
{
    (void)state;
    screen s;
    open_with_a_knot(&s, 80, 24, false);
    follow_to_the_end(&s);
    assert_true(screen_has(&s, "pain at the end of the last step?"));
    screen_keys(&s, "2");
    assert_true(screen_has(&s, "stiffness there now?"));
    screen_keys(&s, "3");
    assert_true(screen_has(&s, "stiffness 5 then 3"));
    km_course_list l = courses(&s);
    assert_int_equal(l.row[0].more.stiffness_before, 5);
    assert_int_equal(l.row[0].more.stiffness_after, 3);
    assert_int_equal(l.row[0].treatment.after, 2);
    km_course_list_clear(&l);
    screen_keys(&s, "e<Tab><Tab><Tab><Tab>7<Tab>1<Enter>"); /* tension, in the form */
    assert_true(screen_has(&s, "That was it"));
    l = courses(&s);
    assert_int_equal(l.row[0].more.tension_before, 7);
    assert_int_equal(l.row[0].more.tension_after, 1);
    assert_int_equal(l.row[0].more.stiffness_before, 5);
    km_course_list_clear(&l);
    screen_close(&s);
}

static void a_recorded_step_of_the_list_takes_what_can_be_said_of_it(void **state)
{
    (void)state;
    screen s;
    open_with_a_knot(&s, 80, 24, false);
    screen_keys(&s, "se");
    assert_non_null(strstr(screen_last(&s), "not recorded yet"));
    screen_keys(&s, "jjjde");
    assert_true(screen_has(&s, "how it went: compression"));
    screen_keys(&s, "7<Tab>4<Tab>6<Enter>");
    km_course_list l = courses(&s);
    assert_int_equal(l.n, 1);
    assert_int_equal(l.row[0].treatment.before, 7);
    assert_int_equal(l.row[0].treatment.after, 4);
    assert_int_equal(l.row[0].more.stiffness_before, 6);
    km_course_list_clear(&l);
    screen_keys(&s, "u");
    l = courses(&s);
    assert_int_equal(l.row[0].treatment.before, -1);
    assert_int_equal(l.row[0].more.stiffness_before, -1);
    km_course_list_clear(&l);
    screen_close(&s);
}

static void the_last_rating_may_come_in_the_pause_after(void **state)
{
    (void)state;
    screen s;
    open_with_a_knot(&s, 80, 24, false);
    follow_the_press(&s);
    screen_keys(&s, " 6");
    pass(&s, 183);
    assert_true(screen_has(&s, "pain at the end of the step before?"));
    screen_keys(&s, "2");
    assert_false(screen_has(&s, "pain at the end of the step before?"));
    km_course_list l = courses(&s);
    assert_int_equal(l.n, 1);
    assert_int_equal(l.row[0].treatment.after, 2);
    km_course_list_clear(&l);
    screen_close(&s);
}

static void pause_stops_the_count_and_space_goes_on(void **state)
{
    (void)state;
    screen s;
    open_with_a_knot(&s, 80, 24, false);
    follow_the_press(&s);
    assert_int_equal(km_tui_wait(s.tui), 1000);
    screen_keys(&s, " ");
    pass(&s, 12);
    assert_true(screen_has(&s, "HOLD  0:43"));
    screen_keys(&s, " ");
    assert_true(screen_has(&s, "PAUSED"));
    pass(&s, 100);
    assert_true(screen_has(&s, "HOLD  0:43"));
    assert_int_equal(km_tui_wait(s.tui), 1000);
    screen_keys(&s, " ");
    pass(&s, 3);
    assert_true(screen_has(&s, "HOLD  0:40"));
    screen_close(&s);
}

static void the_count_goes_on_under_help_and_across_a_resize(void **state)
{
    (void)state;
    screen s;
    open_with_a_knot(&s, 80, 24, false);
    follow_the_press(&s);
    screen_keys(&s, " ");
    pass(&s, 5);
    screen_keys(&s, "?");
    pass(&s, 10);
    screen_resize(&s, 40, 10);
    pass(&s, 5);
    screen_keys(&s, "<Esc>");
    screen_resize(&s, 80, 24);
    assert_true(screen_has(&s, "HOLD  0:35"));
    screen_close(&s);
}

static void a_suspend_within_a_hold_is_counted(void **state)
{
    (void)state;
    screen s;
    open_with_a_knot(&s, 80, 24, false);
    follow_the_press(&s);
    screen_keys(&s, " ");
    pass(&s, 5);
    vanish(&s, 30);
    assert_true(screen_has(&s, "HOLD  0:20"));
    assert_false(screen_has(&s, "PAUSED"));
    screen_close(&s);
}

static void a_suspend_beyond_a_hold_waits_at_its_end(void **state)
{
    (void)state;
    screen s;
    open_with_a_knot(&s, 80, 24, false);
    follow_the_press(&s);
    screen_keys(&s, " ");
    pass(&s, 5);
    vanish(&s, 3600);
    assert_true(screen_has(&s, "HOLD  0:00"));
    assert_true(screen_has(&s, "set 1 of 3"));
    assert_true(screen_has(&s, "away 60:00"));
    km_treatment_list l = treatments(&s);
    assert_int_equal(l.n, 0);
    km_treatment_list_clear(&l);
    screen_keys(&s, " ");
    assert_true(screen_has(&s, "RELEASE  0:05"));
    screen_close(&s);
}

static void next_keeps_what_was_done_of_a_step(void **state)
{
    (void)state;
    screen s;
    open_with_a_knot(&s, 80, 24, false);
    follow_the_press(&s);
    screen_keys(&s, " ");
    pass(&s, 25);
    screen_keys(&s, "n");
    assert_true(screen_has(&s, "step 5 of 9"));
    pass(&s, 13); /* ten of them to get ready */
    screen_keys(&s, "n");
    assert_true(screen_has(&s, "step 6 of 9"));
    km_treatment_list l = treatments(&s);
    assert_int_equal(l.n, 1);
    assert_int_equal(l.row[0].seconds, 25);
    km_treatment_list_clear(&l);
    screen_close(&s);
}

static void back_begins_a_step_again_with_time_to_get_ready(void **state)
{
    (void)state;
    screen s;
    open_with_a_knot(&s, 80, 24, false);
    follow_the_press(&s);
    screen_keys(&s, " ");
    pass(&s, 5);
    screen_keys(&s, "p");
    assert_true(screen_has(&s, "step 4 of 9"));
    assert_true(screen_has(&s, "GET READY  0:10"));
    screen_keys(&s, "p");
    assert_true(screen_has(&s, "step 3 of 9"));
    screen_close(&s);
}

static void plus_adds_fifteen_seconds(void **state)
{
    (void)state;
    screen s;
    open_with_a_knot(&s, 80, 24, false);
    follow_the_press(&s);
    screen_keys(&s, " ");
    pass(&s, 5);
    screen_keys(&s, "+");
    assert_true(screen_has(&s, "HOLD  1:05"));
    screen_close(&s);
}

static void an_end_in_the_middle_keeps_every_finished_step_and_the_one_under_way(void **state)
{
    (void)state;
    screen s;
    open_with_a_knot(&s, 80, 24, false);
    follow_the_press(&s);
    screen_keys(&s, " ");
    pass(&s, 180 + 10 + 40);
    screen_restart(&s); /* the screen is gone without a word */
    km_treatment_list l = treatments(&s);
    assert_int_equal(l.n, 2);
    assert_int_equal(l.row[0].seconds, 180);
    assert_int_equal(l.row[1].seconds, 40);
    km_treatment_list_clear(&l);
    screen_close(&s);
}

static void what_was_finished_is_in_the_file_at_once(void **state)
{
    (void)state;
    screen s;
    open_with_a_knot(&s, 80, 24, false);
    follow_the_press(&s);
    screen_keys(&s, " ");
    pass(&s, 181);
    km_app *other = NULL; /* as another program sees it, before this one ends */
    km_error err = { 0 };
    const km_app_options opt = { .db = s.db, .who = "cli", .readonly = true };
    assert_int_equal(km_app_open(&other, &opt, &err), KM_OK);
    km_mark_filter f = km_mark_filter_all();
    km_treatment_list l = { 0 };
    assert_int_equal(km_app_treatments(&l, other, &f, &err), KM_OK);
    assert_int_equal(l.n, 1);
    km_treatment_list_clear(&l);
    km_app_close(other);
    screen_close(&s);
}

static void a_stop_rule_is_kept_and_the_muscle_left_alone(void **state)
{
    (void)state;
    screen s;
    open_with_a_knot(&s, 80, 24, false);
    follow_the_press(&s);
    screen_keys(&s, " ");
    pass(&s, 20);
    screen_keys(&s, "!");
    assert_true(screen_has(&s, "Let go now."));
    pass(&s, 20); /* the clock stands meanwhile */
    screen_keys(&s, "3");
    assert_true(screen_has(&s, "a nerve may be pressed"));
    assert_true(screen_has(&s, "step 9 of 9")); /* all others are of this muscle */
    assert_true(screen_has(&s, "PAUSED"));
    km_course_list l = courses(&s);
    assert_int_equal(l.n, 1);
    assert_int_equal(l.row[0].treatment.seconds, 20);
    assert_int_equal(l.row[0].more.stopped, KM_STOP_NUMB);
    km_course_list_clear(&l);
    screen_close(&s);
}

static void a_rating_above_seven_stops_by_itself(void **state)
{
    (void)state;
    screen s;
    open_with_a_knot(&s, 80, 24, false);
    follow_the_press(&s);
    screen_keys(&s, " ");
    pass(&s, 20);
    screen_keys(&s, "7");
    assert_false(screen_has(&s, "Stopped"));
    screen_keys(&s, "8");
    assert_true(screen_has(&s, "Stopped: above 7"));
    km_course_list l = courses(&s);
    assert_int_equal(l.n, 1);
    assert_int_equal(l.row[0].more.stopped, KM_STOP_ABOVE_7);
    km_course_list_clear(&l);
    screen_close(&s);
}

static void a_beat_rings_and_flashes_unless_switched_off(void **state)
{
    (void)state;
    screen s;
    open_with_a_knot(&s, 80, 24, false);
    follow_the_press(&s);
    screen_keys(&s, " ");
    assert_true(km_tui_bell(s.tui)); /* the hold begins */
    pass(&s, 54);
    assert_false(km_tui_bell(s.tui));
    pass(&s, 1);
    assert_true(km_tui_bell(s.tui));
    assert_true(km_tui_wait(s.tui) <= 401); /* the flash ends sooner than the second */
    screen_keys(&s, "bf");
    pass(&s, 5);
    assert_false(km_tui_bell(s.tui));
    assert_true(km_tui_wait(s.tui) > 401);
    screen_close(&s);
}

static void the_first_time_page_comes_once(void **state)
{
    (void)state;
    screen s;
    open_with_a_knot(&s, 80, 24, false);
    screen_keys(&s, "sjjjs");
    assert_true(screen_has(&s, "what to expect"));
    screen_keys(&s, "<Enter> ");
    pass(&s, 180);
    screen_keys(&s, "qs"); /* pressed before now; pinning and contracting are still new */
    assert_true(screen_has(&s, "pin and stretch"));
    assert_false(screen_has(&s, "You press one tender spot"));
    screen_close(&s);
}

static void a_read_only_file_is_followed_and_nothing_stored(void **state)
{
    (void)state;
    screen s;
    open_with_a_knot(&s, 80, 24, false);
    screen_leave(&s);
    screen_enter(&s, true);
    s.tui->clock = scene_now;
    screen_keys(&s, "/r infra 2<Enter>sjjjs<Enter> ");
    pass(&s, 181);
    assert_true(screen_has(&s, "nothing is stored"));
    km_treatment_list l = treatments(&s);
    assert_int_equal(l.n, 0);
    km_treatment_list_clear(&l);
    screen_close(&s);
}

static void pictures_of_following(void **state)
{
    (void)state;
    static const screen_size size[] = {
        { 80, 24, false }, { 80, 24, true }, { 120, 40, false }, { 40, 12, true },
    };
    for (size_t i = 0; i < sizeof size / sizeof size[0]; i++) {
        screen s;
        open_with_a_knot(&s, size[i].w, size[i].h, size[i].ascii);
        screen_keys(&s, "sjjjs<Enter> 5");
        pass(&s, 22);
        screen_picture(&s, "followed");
        screen_close(&s);
    }
}

static void following_takes_every_size(void **state)
{
    (void)state;
    screen s;
    open_with_a_knot(&s, 80, 24, false);
    follow_the_press(&s);
    screen_keys(&s, " ");
    for (int h = 1; h <= 40; h += 3) {
        for (int w = 1; w <= 130; w += 7) {
            screen_resize(&s, w, h);
            assert_in_range(s.grid.cursor_x, 0, w - 1);
            assert_in_range(s.grid.cursor_y, 0, h - 1);
        }
    }
    screen_close(&s);
}

int main(void)
{
    setlocale(LC_ALL, "C.UTF-8");
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_finished_step_is_stored_with_its_three_ratings),
        cmocka_unit_test(a_step_under_way_is_kept_every_ten_seconds_and_undone_by_one_undo),
        cmocka_unit_test(a_rating_no_digit_can_change_is_kept_under_way),
        cmocka_unit_test(what_was_undone_under_way_is_stored_anew_by_what_follows),
        cmocka_unit_test(the_end_asks_how_it_went_and_one_key_says_it),
        cmocka_unit_test(stiffness_is_asked_before_and_after),
        cmocka_unit_test(a_recorded_step_of_the_list_takes_what_can_be_said_of_it),
        cmocka_unit_test(the_last_rating_may_come_in_the_pause_after),
        cmocka_unit_test(pause_stops_the_count_and_space_goes_on),
        cmocka_unit_test(the_count_goes_on_under_help_and_across_a_resize),
        cmocka_unit_test(a_suspend_within_a_hold_is_counted),
        cmocka_unit_test(a_suspend_beyond_a_hold_waits_at_its_end),
        cmocka_unit_test(next_keeps_what_was_done_of_a_step),
        cmocka_unit_test(back_begins_a_step_again_with_time_to_get_ready),
        cmocka_unit_test(plus_adds_fifteen_seconds),
        cmocka_unit_test(an_end_in_the_middle_keeps_every_finished_step_and_the_one_under_way),
        cmocka_unit_test(what_was_finished_is_in_the_file_at_once),
        cmocka_unit_test(a_stop_rule_is_kept_and_the_muscle_left_alone),
        cmocka_unit_test(a_rating_above_seven_stops_by_itself),
        cmocka_unit_test(a_beat_rings_and_flashes_unless_switched_off),
        cmocka_unit_test(the_first_time_page_comes_once),
        cmocka_unit_test(a_read_only_file_is_followed_and_nothing_stored),
        cmocka_unit_test(pictures_of_following),
        cmocka_unit_test(following_takes_every_size),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
