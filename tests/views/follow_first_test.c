/** Following a routine: what is asked before it, and a kept one held to what came since. */
#include "km_cmocka.h"

#include <locale.h>
#include <string.h>

#include "scenes.h"
#include "view.h"

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

/* The last line offers as many answers as there are questions. */
static void only_the_questions_there_are_can_be_answered(void **state)
{
    (void)state;
    screen s;
    screen_open(&s, 80, 24, true);
    screen_keys(&s, "/l calf<Enter>f");
    assert_non_null(strstr(screen_last(&s), " 1 this is true"));
    screen_keys(&s, "n<Esc>/r temple<Enter>f");
    assert_non_null(strstr(screen_last(&s), " 1-3 this is true"));
    screen_close(&s);
}

/* Asking again is no way round a sign of danger; only that it is not true any more is. */
static void a_sign_that_is_true_bars_every_routine_there_until_it_is_not(void **state)
{
    (void)state;
    screen s;
    open_with_a_knot(&s, 80, 24, false);
    screen_keys(&s, "!/r temple<Enter>8R1");
    assert_true(screen_has(&s, "Emergency: "));
    screen_keys(&s, "<Enter>");
    assert_non_null(strstr(screen_last(&s), "no routine until this was looked at"));
    for (int i = 0; i < 2; i++) {
        screen_keys(&s, i ? "s" : "R");
        assert_true(screen_has(&s, "First: is one of these true?"));
        assert_false(screen_has(&s, "routine for"));
        screen_keys(&s, "<Esc>");
    }
    screen_keys(&s, "f"); /* what explains it is still told, under the warning */
    assert_true(screen_has(&s, "Emergency: "));
    screen_keys(&s, "<Esc>Rn");
    assert_true(screen_has(&s, "routine for all that is open"));
    screen_keys(&s, "<Esc>R");
    assert_true(screen_has(&s, "routine for all that is open"));
    screen_close(&s);
}

static void the_muscle_of_an_open_mark_is_asked_about_too(void **state)
{
    (void)state;
    screen s;
    screen_open(&s, 80, 24, false);
    /* the top of the shoulder has no sign of its own, the muscle runs up the neck */
    screen_keys(&s, "/r upper trap<Enter>5R");
    assert_true(screen_has(&s, "First: is one of these true?"));
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

static void hurt(screen *s, const char *place)
{
    km_mark m = km_mark_blank();
    km_ref at;
    km_error err;
    assert_int_equal(km_atlas_resolve(&at, km_atlas_builtin(), place, 0, &err), KM_OK);
    assert_int_equal(km_app_mark_place(&m, s->app, &at, false, &err), KM_OK);
    m.kind = KM_KIND_PAIN;
    m.cause = KM_CAUSE_INJURY;
    m.intensity = 6;
    assert_int_equal(km_app_mark_add(&m, s->app, &err), KM_OK);
}

/* The first thing seen of a fresh injury is not how to press it. */
static void first_relief_heeds_an_injury_and_a_condition(void **state)
{
    (void)state;
    screen s;
    screen_open(&s, 80, 24, false);
    screen_keys(&s, "/r calf<Enter>");
    assert_true(screen_has(&s, "first relief"));
    assert_true(screen_has(&s, "SMR, roller"));
    hurt(&s, "right:calf");
    screen_keys(&s, "hl");
    screen_keys(&s, "/r calf<Enter>");
    assert_false(screen_has(&s, "SMR, roller"));
    assert_true(screen_has(&s, "fresh"));
    screen_keys(&s, "/l calf<Enter>");
    assert_true(screen_has(&s, "SMR, roller"));
    screen_close(&s);
}

/* What was kept when nothing was hurt does not press what is hurt now, and says so. */
static void a_kept_routine_heeds_an_injury_that_came_since(void **state)
{
    (void)state;
    screen s;
    open_with_a_knot(&s, 80, 24, false);
    screen_keys(&s, "sw!<Enter><Esc>");
    hurt(&s, "right:scapula");
    screen_keys(&s, "Rno");
    assert_true(screen_has(&s, "!, 9 steps"));
    screen_keys(&s, "s");
    assert_true(screen_has(&s, "right Infraspinatus: fresh injury or swelling"));
    for (int i = 0; i < 9 && !screen_has(&s, "over "); i++) {
        assert_false(screen_has(&s, "of 10, never above 7"));
        screen_keys(&s, "n");
    }
    assert_true(screen_has(&s, "over "));
    screen_close(&s);
}

int main(void)
{
    setlocale(LC_ALL, "C.UTF-8");
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(signs_of_danger_are_asked_before_a_routine),
        cmocka_unit_test(only_the_questions_there_are_can_be_answered),
        cmocka_unit_test(a_sign_that_is_true_bars_every_routine_there_until_it_is_not),
        cmocka_unit_test(the_muscle_of_an_open_mark_is_asked_about_too),
        cmocka_unit_test(first_relief_heeds_an_injury_and_a_condition),
        cmocka_unit_test(kept_routines_are_edited_and_followed),
        cmocka_unit_test(a_kept_routine_heeds_an_injury_that_came_since),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
