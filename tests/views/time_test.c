/** Time on the screen: steps, visits, playing, two dates. */
#include "km_cmocka.h"

#include <locale.h>
#include <stdio.h>
#include <string.h>

#include "knotmap/history.h"
#include "body.h"
#include "scenes.h"

static int open_at(screen *s, km_instant until)
{
    km_error err = { 0 };
    km_mark_list list = { 0 };
    km_mark_filter f = km_mark_filter_all();
    f.open = true;
    f.has_until = true;
    f.until = until;
    assert_int_equal(km_app_marks(&list, s->app, &f, &err), KM_OK);
    int n = (int)list.n;
    km_mark_list_clear(&list);
    return n;
}

static void a_step_back_shows_what_was_open_at_the_end_of_that_day(void **state)
{
    (void)state;
    screen s;
    char want[32];
    open_clinic(&s, 80, 24, false);
    for (int back = 1; back <= 30; back++) {
        screen_keys(&s, "[");
        snprintf(want, sizeof want, "%d open",
                 open_at(&s, km_day_instant(s.tui->today - back + 1, 0, 0)));
        assert_non_null(strstr(screen_line(&s, 22), want));
    }
    assert_non_null(strstr(screen_line(&s, 22), "Wed 21 Oct"));
    screen_keys(&s, "]");
    assert_non_null(strstr(screen_line(&s, 22), "Thu 22 Oct"));
    screen_keys(&s, "t");
    assert_null(strstr(screen_line(&s, 22), "Oct"));
    screen_close(&s);
}

static void the_past_is_for_looking(void **state)
{
    (void)state;
    screen s;
    open_clinic(&s, 80, 24, false);
    km_mark_list before = screen_marks(&s);
    static const char *const key[] = { "7", "0", "*", "b", ".", "e", "x", "o", "p", "<Enter>5" };
    for (size_t i = 0; i < sizeof key / sizeof key[0]; i++) {
        screen_keys(&s, "[");
        screen_keys(&s, key[i]);
        if (!screen_has(&s, "the past is for looking"))
            fail_msg("%s writes into the past", key[i]);
        tui_pop_to_body(s.tui);
        s.tui->n_message = 0;
    }
    km_mark_list after = screen_marks(&s);
    assert_int_equal(after.n, before.n);
    km_mark_list_clear(&before);
    km_mark_list_clear(&after);
    screen_keys(&s, "t7"); /* back in the present a digit stores at once */
    after = screen_marks(&s);
    assert_int_equal(after.row[0].intensity, 7);
    km_mark_list_clear(&after);
    screen_close(&s);
}

static void braces_stop_after_visits_and_sessions(void **state)
{
    (void)state;
    screen s;
    open_clinic(&s, 80, 24, false);
    screen_keys(&s, "{");
    assert_non_null(strstr(screen_line(&s, 22), "after "));
    km_day first = s.tui->time.day;
    screen_keys(&s, "{{");
    assert_true(s.tui->time.day < first);
    screen_keys(&s, "}}");
    assert_int_equal(s.tui->time.day, first);
    screen_keys(&s, "}");
    assert_true(screen_has(&s, "there is no visit or session after this one"));
    screen_close(&s);
}

static void the_days_play_at_their_speed_pause_and_end_now(void **state)
{
    (void)state;
    screen s;
    open_clinic(&s, 80, 24, false);
    km_tui *t = s.tui;
    screen_keys(&s, " ");
    km_day first = t->time.first;
    assert_int_equal(t->time.day, first);
    assert_int_equal(km_tui_wait(t), 1000 / 7); /* a week a second */
    assert_non_null(strstr(screen_last(&s), "Space pause  + faster  - slower  t to now"));
    screen_keys(&s, "--");
    assert_int_equal(km_tui_wait(t), 1000);
    scene_clock += 1;
    km_tui_tick(t);
    assert_int_equal(t->time.day, first + 1);
    screen_keys(&s, "++");
    assert_true(km_tui_wait(t) < 200);
    scene_clock += 1;
    km_tui_tick(t);
    assert_int_equal(t->time.day, first + 8);
    screen_keys(&s, " ");
    scene_clock += 5;
    km_tui_tick(t);
    assert_int_equal(t->time.day, first + 8);
    screen_keys(&s, " ?"); /* help lies over it: it waits */
    scene_clock += 5;
    km_tui_tick(t);
    assert_int_equal(t->time.day, first + 8);
    screen_keys(&s, "<Esc>");
    scene_clock += 1000;
    km_tui_tick(t);
    assert_false(t->time.past);
    assert_false(t->time.playing);
    screen_close(&s);
}

static void esc_comes_back_to_now(void **state)
{
    (void)state;
    screen s;
    open_clinic(&s, 80, 24, false);
    screen_keys(&s, "[[T");
    assert_non_null(strstr(screen_line(&s, 0), "as of Wed 18 Nov"));
    screen_keys(&s, "<Esc>");
    assert_null(strstr(screen_line(&s, 0), "as of"));
    screen_keys(&s, "B[D");
    assert_false(s.tui->time.past); /* the day is about today */
    screen_close(&s);
}

static void two_dates_say_what_compare_says(void **state)
{
    (void)state;
    screen s;
    km_error err = { 0 };
    km_compare_result r;
    open_clinic(&s, 120, 40, false);
    screen_keys(&s, "c");
    km_instant then = s.tui->now;
    then.sec -= 28 * (int64_t)KM_DAY_SEC;
    assert_int_equal(km_app_compare(&r, s.app, then, s.tui->now, &err), KM_OK);
    int count[5] = { 0 };
    for (size_t i = 0; i < r.n; i++)
        count[r.row[i].row.what]++;
    char want[96];
    snprintf(want, sizeof want, "N new %d, G gone %d", count[KM_DIFF_NEW], count[KM_DIFF_GONE]);
    assert_true(screen_has(&s, want));
    snprintf(want, sizeof want, "+ worse %d, - better %d, = same %d", count[KM_DIFF_WORSE],
             count[KM_DIFF_BETTER], count[KM_DIFF_SAME]);
    assert_true(screen_has(&s, want));
    snprintf(want, sizeof want, "places %d to %d, sum %d to %d", r.sum.before.places,
             r.sum.after.places, r.sum.before.sum, r.sum.after.sum);
    assert_true(screen_has(&s, want));
    snprintf(want, sizeof want, "overlap (Jaccard) %.2f", r.sum.overlap);
    assert_true(screen_has(&s, want));
    km_compare_result_clear(&r);

    assert_non_null(strstr(screen_line(&s, 0), "[Fri 23 Oct] with Fri 20 Nov"));
    screen_keys(&s, "[[");
    assert_non_null(strstr(screen_line(&s, 0), "[Wed 21 Oct] with Fri 20 Nov"));
    screen_keys(&s, "<Tab>[");
    assert_non_null(strstr(screen_line(&s, 0), "Wed 21 Oct with [Thu 19 Nov]"));
    screen_close(&s);
}

static void the_same_moment_twice_is_all_the_same(void **state)
{
    (void)state;
    screen s;
    open_clinic(&s, 120, 40, false);
    screen_keys(&s, "ct"); /* the earlier date goes to now */
    assert_true(screen_has(&s, "+ worse 0, - better 0, = same "));
    assert_true(screen_has(&s, "overlap (Jaccard) 1.00"));
    screen_close(&s);
}

/** A mark `days` ago at the right calf. */

int main(void)
{
    setlocale(LC_ALL, "C.UTF-8");
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_step_back_shows_what_was_open_at_the_end_of_that_day),
        cmocka_unit_test(the_past_is_for_looking),
        cmocka_unit_test(braces_stop_after_visits_and_sessions),
        cmocka_unit_test(the_days_play_at_their_speed_pause_and_end_now),
        cmocka_unit_test(esc_comes_back_to_now),
        cmocka_unit_test(two_dates_say_what_compare_says),
        cmocka_unit_test(the_same_moment_twice_is_all_the_same),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
