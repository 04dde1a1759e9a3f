/** Care on the screen: the day and what is asked later. */
#include "km_cmocka.h"

#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "scenes.h"
#include "view.h"

static km_checkin checkin(screen *s, km_arena *mem, km_day day)
{
    km_error err = { 0 };
    km_checkin c;
    if (km_app_checkin_get(&c, mem, s->app, day, &err) != KM_OK)
        fail_msg("check-in: %s", err.text);
    return c;
}

#define TODAY km_day_of(2026, 11, 20)

static void a_day_is_filled_in_nine_keys(void **state)
{
    (void)state;
    screen s;
    km_arena mem = { 0 };
    screen_open(&s, 80, 24, false);
    screen_keys(&s, "D2433" "127" "j");
    km_checkin c = checkin(&s, &mem, TODAY);
    assert_int_equal(c.sleep, 2);
    assert_int_equal(c.stress, 4);
    assert_int_equal(c.fatigue, 3);
    assert_int_equal(c.soreness, 3);
    assert_int_equal(c.did, 1u << KM_HABIT_COOLDOWN | 1u << KM_HABIT_FOAM_ROLL |
                                1u << KM_HABIT_HYDRATION);
    assert_true(screen_has(&s, "the four: 12 of 28 (Hooper)"));
    km_arena_clear(&mem);
    screen_close(&s);
}

static void a_day_like_yesterday_takes_two_keys(void **state)
{
    (void)state;
    screen s;
    km_arena mem = { 0 };
    screen_open(&s, 80, 24, false);
    screen_keys(&s, "D[2433j67]");
    assert_true(screen_has(&s, "(2)")); /* shown, not said */
    km_error err = { 0 };
    km_checkin none;
    assert_int_equal(km_app_checkin_get(&none, &mem, s.app, TODAY, &err), KM_ENOTFOUND);
    screen_keys(&s, "BD.");
    km_checkin c = checkin(&s, &mem, TODAY);
    assert_int_equal(km_checkin_hooper(&c), 12);
    assert_int_equal(c.energy, 6);
    assert_int_equal(c.mood, 7);
    assert_int_equal(c.did, 0); /* what was done is new every day */
    km_arena_clear(&mem);
    screen_close(&s);
}

static void a_past_day_is_mended_and_undone(void **state)
{
    (void)state;
    screen s;
    km_arena mem = { 0 };
    screen_open(&s, 80, 24, false);
    screen_keys(&s, "D[[[5");
    assert_true(screen_has(&s, "Tue 17 Nov (3 days)"));
    assert_int_equal(checkin(&s, &mem, TODAY - 3).sleep, 5);
    screen_keys(&s, "k3");
    assert_int_equal(checkin(&s, &mem, TODAY - 3).sleep, 3);
    screen_keys(&s, "u");
    assert_int_equal(checkin(&s, &mem, TODAY - 3).sleep, 5);
    screen_keys(&s, "/2026-11-01<Enter>");
    assert_true(screen_has(&s, "Sun 1 Nov"));
    screen_keys(&s, "/2026-12-01<Enter>");
    assert_true(screen_has(&s, "has not come yet"));
    km_arena_clear(&mem);
    screen_close(&s);
}

static void a_value_outside_its_range_is_refused(void **state)
{
    (void)state;
    screen s;
    screen_open(&s, 80, 24, false);
    screen_keys(&s, "D8");
    assert_string_equal(screen_last(&s), " sleep goes from 1, very good, to 7, very bad");
    screen_close(&s);
}

static void a_joint_is_measured_and_measured_again(void **state)
{
    (void)state;
    screen s;
    km_arena mem = { 0 };
    screen_open(&s, 80, 24, false);
    screen_keys(&s, "DG<Up><Up><Up><Enter>"); /* above what is due: + measure */
    assert_true(screen_has(&s, "measure how far a joint goes"));
    screen_keys(&s, "<Tab>l<Tab>11.5<Enter>");
    km_checkin c = checkin(&s, &mem, TODAY);
    assert_int_equal(c.n_flex, 1);
    assert_string_equal(c.flex[0].test, "knee_to_wall");
    assert_int_equal(c.flex[0].side, KM_SIDE_RIGHT);
    assert_float_equal(c.flex[0].value, 11.5, 1e-9);
    assert_true(screen_has(&s, "11.5 cm"));
    km_arena_clear(&mem);
    screen_close(&s);
}

static void the_day_after_asks_how_it_is_and_takes_a_digit(void **state)
{
    (void)state;
    screen s;
    open_with_a_knot(&s, 80, 24, false);
    follow_the_press(&s);
    screen_keys(&s, " 6");
    pass(&s, 181);
    screen_keys(&s, "3q");
    setenv("KNOTMAP_NOW", "2026-11-21T12:30:00Z", 1);
    screen_restart(&s);
    screen_keys(&s, "D");
    assert_true(screen_has(&s, "24 h after compression at right Infraspinatus"));
    screen_keys(&s, "jjjjjjjj");
    assert_non_null(strstr(screen_last(&s), "how it is now"));
    screen_keys(&s, "2");
    assert_non_null(strstr(screen_last(&s), "24 h after: 2."));
    km_course_list l = courses(&s);
    assert_int_equal(l.row[0].after[0].hours, 24);
    assert_int_equal(l.row[0].after[0].rating, 2);
    km_course_list_clear(&l);
    /* the digit is kept; energy and strength are asked beside it */
    assert_true(screen_has(&s, "24 h after the treatment: right shoulder blade"));
    screen_keys(&s, "<Tab>7<Tab>s<Enter>");
    l = courses(&s);
    assert_int_equal(l.row[0].after[0].rating, 2);
    assert_int_equal(l.row[0].after[0].energy, 7);
    assert_int_equal(l.row[0].after[0].strength, KM_AFTER_SAME);
    km_course_list_clear(&l);
    screen_close(&s);
}

static void a_place_held_against_a_test_shows_both_courses(void **state)
{
    (void)state;
    screen s;
    screen_open(&s, 80, 24, false);
    /* the field after tissue: to its second test, sit and reach */
    screen_keys(&s, "/l soleus 1<Enter>6e<Up><Up><Up><Up><Up><Right><Right><Right><Enter>");
    km_mark_list marks = screen_marks(&s);
    assert_non_null(marks.row[0].test);
    assert_string_equal(marks.row[0].test, "sit_and_reach");
    assert_int_equal(marks.row[0].test_side, KM_SIDE_MIDLINE);
    km_mark_list_clear(&marks);
    screen_keys(&s, "To<Tab><Tab><Tab><Tab>");
    assert_true(screen_has(&s, "and Sit and reach"));
    assert_true(screen_has(&s, "rating 6 on 1 day, too few; test nothing yet"));
    assert_true(screen_has(&s, "commonly described together"));
    screen_close(&s);
}

static void five_treatments_later_a_line_says_what_helped(void **state)
{
    (void)state;
    screen s;
    open_with_a_knot(&s, 80, 24, false);
    for (int i = 0; i < 5; i++) {
        char day[40];
        snprintf(day, sizeof day, "2026-11-%02dT12:00:00Z", 10 + i);
        setenv("KNOTMAP_NOW", day, 1);
        screen_keys(&s, "Bsjjjs<Enter> 6");
        pass(&s, 175);
        screen_keys(&s, "3");
        pass(&s, 6);
        screen_keys(&s, "q");
    }
    setenv("KNOTMAP_NOW", "2026-11-20T12:00:00Z", 1);
    screen_keys(&s, "BDw<Tab>");
    assert_true(screen_has(&s, "compression with ball, n 5: -3.0"));
    screen_keys(&s, "t"); /* moving against still: what the studies say stands under one's own */
    assert_true(screen_has(&s, "moving or still"));
    assert_true(screen_has(&s, "PMC6358529"));
    screen_close(&s);
}

/* ---- recovery, goals ---- */

static void a_recovery_session_ends_once_each_page_was_looked_at(void **state)
{
    (void)state;
    screen s;
    screen_open(&s, 80, 24, false);
    screen_keys(&s, "Vraw");
    assert_true(screen_has(&s, "still to look at"));
    assert_true(s.tui->in_session);
    assert_null(strstr(screen_last(&s), "session check")); /* a command: here are keys */
    screen_keys(&s, "csc");
    assert_true(screen_has(&s, "it can be ended"));
    screen_keys(&s, "w");
    assert_false(s.tui->in_session);
    screen_close(&s);
}

static void a_session_takes_muscles_as_people_write_them_and_lists_its_marks(void **state)
{
    (void)state;
    screen s;
    km_error err = { 0 };
    km_session_list l;
    screen_open(&s, 80, 24, false);
    screen_keys(&s, "Va<Tab><Tab><Tab><Tab>hams, calves; no such<Enter>");
    assert_true(screen_has(&s, "no such"));
    screen_keys(&s, "<C-U>hams, calves ;<Enter>");
    if (km_app_sessions(&l, s.app, 1, &err) != KM_OK)
        fail_msg("sessions: %s", err.text);
    assert_int_equal(l.n, 1);
    assert_string_equal(l.row[0].muscles, "hamstrings;calf");
    km_session_list_clear(&l);
    screen_keys(&s, "B/r temple<Enter>!4" "Vi");
    assert_true(screen_has(&s, "marked in it"));
    assert_true(screen_has(&s, "pain 4 at right temple"));
    screen_close(&s);
}

static void a_goal_counts_down(void **state)
{
    (void)state;
    screen s;
    screen_open(&s, 80, 24, false);
    screen_keys(&s, "Doa<Tab>ski again<Tab>2026-12-24<Tab>3<Enter>");
    assert_true(screen_has(&s, "ski again, Thu 24 Dec, in 34 days"));
    screen_keys(&s, "d");
    assert_true(screen_has(&s, "[x] goal"));
    screen_keys(&s, "x");
    assert_false(screen_has(&s, "ski again"));
    screen_close(&s);
}

static void pictures_of_the_day(void **state)
{
    (void)state;
    screen s;
    screen_open(&s, 80, 24, false);
    screen_keys(&s, "D[243367/2026-11-18<Enter>2222]]" "2433");
    screen_same(&s, "80x24-unicode-day-filled");
    screen_keys(&s, "w");
    screen_same(&s, "80x24-unicode-weeks");
    screen_close(&s);
}

int main(void)
{
    setlocale(LC_ALL, "C.UTF-8");
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_day_is_filled_in_nine_keys),
        cmocka_unit_test(a_day_like_yesterday_takes_two_keys),
        cmocka_unit_test(a_past_day_is_mended_and_undone),
        cmocka_unit_test(a_value_outside_its_range_is_refused),
        cmocka_unit_test(a_joint_is_measured_and_measured_again),
        cmocka_unit_test(the_day_after_asks_how_it_is_and_takes_a_digit),
        cmocka_unit_test(a_place_held_against_a_test_shows_both_courses),
        cmocka_unit_test(five_treatments_later_a_line_says_what_helped),
        cmocka_unit_test(a_recovery_session_ends_once_each_page_was_looked_at),
        cmocka_unit_test(a_session_takes_muscles_as_people_write_them_and_lists_its_marks),
        cmocka_unit_test(a_goal_counts_down),
        cmocka_unit_test(pictures_of_the_day),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
