/** Care on the screen: following a routine by a clock of the test's own, and the day. */
#include <locale.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "follow_clock.h"
#include "knotmap/care.h"
#include "screen.h"
#include "view.h"

static double now;

static double fake_clock(void)
{
    return now;
}

/** Time that is seen: the screen ticks every second. */
static void pass(screen *s, int seconds)
{
    for (int i = 0; i < seconds; i++) {
        now += 1;
        km_tui_tick(s->tui);
    }
    km_tui_paint(s->tui, &s->grid);
}

/** Time that is not: the terminal was stopped, the next tick comes after it. */
static void vanish(screen *s, int seconds)
{
    now += seconds;
    km_tui_tick(s->tui);
    km_tui_paint(s->tui, &s->grid);
}

/** A screen with one knot. */
static void open_with_a_knot(screen *s, int w, int h, bool ascii)
{
    screen_open(s, w, h, ascii);
    s->tui->clock = fake_clock;
    now = 1000;
    screen_keys(s, "/r infra 2<Enter>7");
}

/**
 * The routine of the knot followed from its fourth step on, a press of three sets of 60 s; the
 * page of what to expect is read, the clock waits.
 */
static void follow_the_press(screen *s)
{
    screen_keys(s, "sjjjs<Enter>");
    assert_true(screen_has(s, "step 4 of 9"));
    assert_true(screen_has(s, "compression with ball"));
}

static km_treatment_list treatments(screen *s)
{
    km_error err = { 0 };
    km_treatment_list l = { 0 };
    km_mark_filter f = km_mark_filter_all();
    f.oldest_first = true;
    if (km_app_treatments(&l, s->app, &f, &err) != KM_OK)
        fail_msg("treatments: %s", err.text);
    return l;
}

static km_course_list courses(screen *s)
{
    km_error err = { 0 };
    km_course_list l = { 0 };
    km_mark_filter f = km_mark_filter_all();
    f.oldest_first = true;
    if (km_app_courses(&l, s->app, &f, &err) != KM_OK)
        fail_msg("courses: %s", err.text);
    return l;
}

/* ---- the clock alone ---- */

static const follow_step two[] = {
    { .sets = 1, .hold = 30 },
    { .sets = 2, .hold = 55, .release = 5, .moves = 11 },
};

static follow_event run(follow_clock *c, double at)
{
    follow_event last = FOLLOW_NOTHING, e;
    while ((e = follow_clock_run(c, at)) != FOLLOW_NOTHING)
        last = e;
    return last;
}

static void the_whole_is_the_work_and_the_pauses_between(void **state)
{
    (void)state;
    follow_clock c;
    follow_clock_init(&c, two, 2, 0);
    assert_float_equal(follow_clock_total(&c), 30 + 10 + 120, 1e-9);
    assert_float_equal(follow_clock_position(&c), 0, 1e-9);
    follow_clock_go(&c, 0);
    for (int t = 1; t < 160; t++) {
        run(&c, t);
        assert_float_equal(follow_clock_position(&c), t, 1e-6);
    }
    assert_int_equal(run(&c, 160), FOLLOW_STEP_OVER);
    assert_int_equal(c.at, 2);
    assert_false(c.running);
}

static void a_step_over_says_how_long_was_worked(void **state)
{
    (void)state;
    follow_clock c;
    follow_clock_init(&c, two, 2, 0);
    follow_clock_go(&c, 0);
    assert_int_equal(run(&c, 1), FOLLOW_BEAT); /* there is nothing to get ready for */
    for (int t = 2; t < 30; t++)
        assert_int_equal(run(&c, t), FOLLOW_NOTHING);
    assert_int_equal(run(&c, 30), FOLLOW_STEP_OVER);
    assert_float_equal(c.finished, 30, 1e-9);
    assert_int_equal(c.phase, FOLLOW_READY);
}

static void a_pause_lets_no_time_pass(void **state)
{
    (void)state;
    follow_clock c;
    follow_clock_init(&c, two, 2, 0);
    follow_clock_go(&c, 0);
    run(&c, 2);
    follow_clock_pause(&c);
    assert_int_equal(run(&c, 500), FOLLOW_NOTHING);
    assert_float_equal(follow_clock_left(&c), 28, 1e-9);
    follow_clock_go(&c, 500);
    run(&c, 502);
    assert_float_equal(follow_clock_left(&c), 26, 1e-9);
}

static void a_gap_within_a_hold_counts(void **state)
{
    (void)state;
    follow_clock c;
    follow_clock_init(&c, two, 2, 0);
    follow_clock_go(&c, 0);
    run(&c, 1);
    assert_int_equal(run(&c, 21), FOLLOW_NOTHING);
    assert_true(c.running);
    assert_float_equal(follow_clock_left(&c), 9, 1e-9);
}

static void a_gap_over_the_end_waits_there_and_claims_nothing(void **state)
{
    (void)state;
    follow_clock c;
    follow_clock_init(&c, two, 2, 0);
    follow_clock_go(&c, 0);
    run(&c, 1);
    assert_int_equal(run(&c, 301), FOLLOW_AWAY);
    assert_false(c.running);
    assert_int_equal(c.at, 0);
    assert_float_equal(c.away, 300, 1e-9);
    assert_float_equal(c.held, 1, 1e-9);
    follow_clock_go(&c, 301); /* the person says it was done */
    assert_int_equal(follow_clock_run(&c, 301), FOLLOW_STEP_OVER);
    assert_float_equal(c.finished, 30, 1e-9);
}

static void longer_adds_to_hold_and_whole(void **state)
{
    (void)state;
    follow_clock c;
    follow_clock_init(&c, two, 2, 1);
    follow_clock_go(&c, 0);
    run(&c, 2);
    run(&c, 5);
    follow_clock_longer(&c);
    assert_float_equal(follow_clock_left(&c), 65, 1e-9);
    assert_float_equal(follow_clock_total(&c), 175, 1e-9);
    int of;
    assert_int_equal(follow_clock_move(&c, &of), 2);
    assert_int_equal(of, 14);
}

static void back_begins_the_step_again_and_early_the_one_before(void **state)
{
    (void)state;
    follow_clock c;
    follow_clock_init(&c, two, 2, 1);
    follow_clock_go(&c, 0);
    run(&c, 2);
    run(&c, 4);
    assert_false(follow_clock_back(&c));
    assert_int_equal(c.at, 1);
    assert_float_equal(c.held, 4, 1e-9);
    assert_true(follow_clock_back(&c));
    assert_int_equal(c.at, 0);
    assert_float_equal(c.held, 0, 1e-9);
    assert_false(follow_clock_back(&c)); /* there is none before */
    assert_int_equal(c.at, 0);
}

static void ratings_belong_to_thirds(void **state)
{
    (void)state;
    follow_clock c;
    follow_clock_init(&c, two, 2, 1);
    assert_int_equal(follow_clock_beat(&c), KM_HOLD_START);
    follow_clock_go(&c, 0);
    for (int t = 1; t <= 60; t++)
        run(&c, t);
    assert_int_equal(follow_clock_beat(&c), KM_HOLD_MIDDLE);
    for (int t = 61; t <= 100; t++)
        run(&c, t);
    assert_int_equal(follow_clock_beat(&c), KM_HOLD_END);
}

/* ---- following ---- */

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
    assert_int_equal(before.n, 0);
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

static void signs_of_danger_are_asked_before_a_routine(void **state)
{
    (void)state;
    screen s;
    open_with_a_knot(&s, 80, 24, false);
    screen_keys(&s, "!/r temple<Enter>8R");
    assert_true(screen_has(&s, "First: is one of these true?"));
    assert_false(screen_has(&s, "infraspinatus"));
    screen_keys(&s, "n");
    assert_true(screen_has(&s, "routine for all that is open"));
    screen_close(&s);
}

static void a_read_only_file_is_followed_and_nothing_stored(void **state)
{
    (void)state;
    screen s;
    open_with_a_knot(&s, 80, 24, false);
    screen_leave(&s);
    screen_enter(&s, true);
    s.tui->clock = fake_clock;
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
    static const struct { int w, h; bool ascii; } size[] = {
        { 80, 24, false }, { 80, 24, true }, { 120, 40, false }, { 40, 12, true },
    };
    for (size_t i = 0; i < sizeof size / sizeof size[0]; i++) {
        screen s;
        char name[64];
        open_with_a_knot(&s, size[i].w, size[i].h, size[i].ascii);
        screen_keys(&s, "sjjjs<Enter> 5");
        pass(&s, 22);
        snprintf(name, sizeof name, "%dx%d-%s-followed", size[i].w, size[i].h,
                 size[i].ascii ? "ascii" : "unicode");
        screen_same(&s, name);
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

static void kept_routines_are_edited_and_followed(void **state)
{
    (void)state;
    screen s;
    open_with_a_knot(&s, 80, 24, false);
    screen_keys(&s, "sw!<Enter>o");
    assert_true(screen_has(&s, "!, 9 steps"));
    screen_keys(&s, "<Enter>jjj+");
    assert_true(screen_has(&s, "3x75 s"));
    screen_keys(&s, "x<Esc>");
    assert_true(screen_has(&s, "!, 8 steps"));
    screen_keys(&s, "s<Enter> ");
    pass(&s, 2);
    assert_true(screen_has(&s, "step 1 of 8"));
    screen_close(&s);
}

/* ---- the day ---- */

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
    assert_true(screen_has(&s, "Hooper 12"));
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
    screen_keys(&s, "csc");
    assert_true(screen_has(&s, "it can be ended"));
    screen_keys(&s, "w");
    assert_false(s.tui->in_session);
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
        cmocka_unit_test(the_whole_is_the_work_and_the_pauses_between),
        cmocka_unit_test(a_step_over_says_how_long_was_worked),
        cmocka_unit_test(a_pause_lets_no_time_pass),
        cmocka_unit_test(a_gap_within_a_hold_counts),
        cmocka_unit_test(a_gap_over_the_end_waits_there_and_claims_nothing),
        cmocka_unit_test(longer_adds_to_hold_and_whole),
        cmocka_unit_test(back_begins_the_step_again_and_early_the_one_before),
        cmocka_unit_test(ratings_belong_to_thirds),
        cmocka_unit_test(a_finished_step_is_stored_with_its_three_ratings),
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
        cmocka_unit_test(signs_of_danger_are_asked_before_a_routine),
        cmocka_unit_test(a_read_only_file_is_followed_and_nothing_stored),
        cmocka_unit_test(pictures_of_following),
        cmocka_unit_test(following_takes_every_size),
        cmocka_unit_test(kept_routines_are_edited_and_followed),
        cmocka_unit_test(a_day_is_filled_in_nine_keys),
        cmocka_unit_test(a_day_like_yesterday_takes_two_keys),
        cmocka_unit_test(a_past_day_is_mended_and_undone),
        cmocka_unit_test(a_value_outside_its_range_is_refused),
        cmocka_unit_test(a_joint_is_measured_and_measured_again),
        cmocka_unit_test(the_day_after_asks_how_it_is_and_takes_a_digit),
        cmocka_unit_test(five_treatments_later_a_line_says_what_helped),
        cmocka_unit_test(a_recovery_session_ends_once_each_page_was_looked_at),
        cmocka_unit_test(a_goal_counts_down),
        cmocka_unit_test(pictures_of_the_day),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
