/** The clock of a routine that is followed: what passes, what waits, what counts. */
#include "km_cmocka.h"

#include <locale.h>

#include "follow_clock.h"

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
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
