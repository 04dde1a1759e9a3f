/** Reasons on the screen: of a verdict, and of what is said to follow training. */
#include "km_cmocka.h"

#include <locale.h>
#include <stdio.h>
#include <string.h>

#include "body.h"
#include "knotmap/history.h"
#include "scenes.h"

/* One key from every verdict to its rule and source. */
static void the_page_and_the_clients_say_why_a_verdict_says_so(void **state)
{
    (void)state;
    screen s;
    open_clinic(&s, 80, 24, false);
    screen_keys(&s, "Sf"); /* what to heed */
    assert_true(screen_has(&s, "this line gives no verdict"));
    screen_keys(&s, "jf"); /* the course of the week */
    assert_non_null(strstr(screen_line(&s, 0), "in short: why"));
    assert_true(screen_has(&s, "Too few: 3 days with a rating"));
    assert_true(screen_has(&s, "Salaffi 2004"));
    screen_keys(&s, "<Esc>jf"); /* the first that hurts */
    assert_true(screen_has(&s, "worse, clear"));
    assert_true(screen_has(&s, "Farrar 2001"));
    screen_keys(&s, "<Esc>jjjjf"); /* since the last visit */
    assert_true(screen_has(&s, "Kovacs 2008"));
    screen_keys(&s, "C/viktor<Enter>f");
    assert_non_null(strstr(screen_line(&s, 0), "clients: why"));
    assert_true(screen_has(&s, "Viktor Sorel: too few"));
    assert_true(screen_has(&s, "Salaffi 2004"));
    screen_close(&s);
}

/* A session stands under its goal and each muscle it worked: what is of the same days is one line. */
static void what_follows_training_is_said_once(void **state)
{
    (void)state;
    screen s;
    km_error err = { 0 };
    km_follow_list l;
    open_clinic(&s, 200, 60, false);
    assert_true(tui_choose_client(s.tui, "Jonas Reevik"));
    screen_keys(&s, "To<Tab><Tab><Tab>");
    assert_int_equal(km_app_follow(&l, s.app, &err), KM_OK);
    assert_true(l.n >= 3);
    assert_string_equal(l.row[0].session, "training: bench day");
    assert_string_equal(l.row[2].session, "training: triceps_brachii");
    char want[200];
    snprintf(want, sizeof want, "training: bench day, pectoralis major, triceps brachii; then back of "
             "upper arm: on %.0f %% of the days after, %.0f %% of the others (%d sessions, p %.4f)",
             l.row[0].lag.after * 100, l.row[0].lag.otherwise * 100, l.row[0].lag.sessions,
             l.row[0].lag.p);
    assert_true(screen_has(&s, want));
    km_follow_list_clear(&l);
    screen_close(&s);
}

static void the_reason_of_a_verdict_opens_the_life_it_judges(void **state)
{
    (void)state;
    screen s;
    open_clinic(&s, 80, 24, false);
    screen_keys(&s, "Tf");
    assert_non_null(strstr(screen_line(&s, 0), "trends: why"));
    screen_keys(&s, "<Enter>");
    assert_non_null(strstr(screen_line(&s, 0), "life of"));
    screen_keys(&s, "<Esc>");
    assert_non_null(strstr(screen_line(&s, 0), "trends: why"));
    screen_close(&s);
}

int main(void)
{
    setlocale(LC_ALL, "C.UTF-8");
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_page_and_the_clients_say_why_a_verdict_says_so),
        cmocka_unit_test(what_follows_training_is_said_once),
        cmocka_unit_test(the_reason_of_a_verdict_opens_the_life_it_judges),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
