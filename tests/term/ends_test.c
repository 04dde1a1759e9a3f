/** How it ends: signals, crashes, suspension, a closed terminal, and none at all. */
#include "fake.h"

/* ---- signals ---- */

static void ending_signals_restore_and_are_reported(void **state)
{
    (void)state;
    static const int sigs[] = { SIGINT, SIGTERM, SIGHUP, SIGQUIT };
    for (size_t i = 0; i < sizeof sigs / sizeof *sigs; i++) {
        pt *p = start();
        kill(p->pid, sigs[i]);
        ends_by(p, sigs[i]);
        pt_free(p);
    }
}

static void ctrl_c_is_interrupt(void **state)
{
    (void)state;
    pt *p = start();
    pt_send(p, "\x03");
    ends_by(p, SIGINT);
    pt_free(p);
}

static void crash_restores_and_says_what_to_send(void **state)
{
    (void)state;
    static const int sigs[] = { SIGSEGV, SIGABRT, SIGBUS, SIGFPE, SIGILL };
    for (size_t i = 0; i < sizeof sigs / sizeof *sigs; i++) {
        pt *p = start();
        kill(p->pid, sigs[i]);
        ends_by(p, sigs[i]);
        assert_true(pt_shows(p, "please send"));
        pt_free(p);
    }
}

static void fault_of_the_program_restores_first(void **state)
{
    (void)state;
    pt *p = start();
    pt_send(p, "d");
    ends_with(p, 70);
    assert_true(pt_restored(p));
    assert_true(pt_shows(p, "knotmap: a fault for the test"));
    pt_free(p);
}

static void closed_terminal_ends_the_program(void **state)
{
    (void)state;
    pt *p = start();
    ends_when_closed(p);
    pt_free(p);
}

/* ---- suspend ---- */

static pt *start_in_shell(void)
{
    /* A session leader cannot stop: the program needs a shell with job control above it. */
    static const char *const shell[] = { "/bin/sh", "-i", NULL };
    static const char *const env[] = { "PS1=READY> ", "ENV=", NULL };
    pt *p = pt_start(shell, env, 24, 80);
    assert_true(pt_wait(p, "READY>"));
    pt_send(p, KM_FAKE "\r");
    assert_true(pt_wait(p, "keys 0"));
    return p;
}

static void end_shell(pt *p)
{
    pt_send(p, "q");
    assert_true(pt_wait_gone(p, "size "));
    assert_true(pt_wait(p, "\nREADY>\n"));
    assert_false(p->alt);
    assert_true(p->cursor_visible);
    assert_false(pt_mouse_on(p));
    pt_send(p, "exit\r");
    assert_true(pt_end(p) != -1);
    pt_free(p);
}

static void suspended_program_gives_the_terminal_back_and_repaints(void **state)
{
    (void)state;
    pt *p = start_in_shell();
    pt_send(p, ".");
    assert_true(pt_wait(p, "keys 1"));
    pt_send(p, "\x1a");
    assert_true(pt_wait(p, "\nREADY>\n"));
    assert_false(p->alt);
    assert_true(p->cursor_visible);
    assert_false(pt_mouse_on(p));
    pt_send(p, "fg\r");
    assert_true(pt_wait(p, "size 80x24 keys 1"));
    pt_settle(p, 30);
    assert_true(p->alt);
    assert_false(p->cursor_visible);
    assert_true(pt_mouse_on(p));
    end_shell(p);
}

static void resize_during_the_stop_is_seen_in_the_first_frame(void **state)
{
    (void)state;
    pt *p = start_in_shell();
    pt_send(p, "\x1a");
    assert_true(pt_wait(p, "\nREADY>\n"));
    pt_resize(p, 30, 100);
    pt_mark(p);
    pt_send(p, "fg\r");
    assert_true(pt_wait(p, "size 100x30"));
    pt_settle(p, 50);
    assert_false(pt_new_has(p, "size 80x24"));
    assert_int_equal(count(p, "\x1b[?1049h"), 1); /* one frame, not two */
    assert_int_equal(count(p, "\x1b[2J"), 1);
    end_shell(p);
}

static void stopped_by_force_repaints_too(void **state)
{
    (void)state;
    pt *p = start();
    kill(p->pid, SIGSTOP);
    int status;
    assert_int_equal(waitpid(p->pid, &status, WUNTRACED), p->pid);
    pt_resize(p, 10, 60);
    pt_mark(p);
    kill(p->pid, SIGCONT);
    assert_true(pt_wait(p, "size 60x10"));
    leave(p);
}

/* ---- no terminal ---- */

static void terminals_that_cannot_are_refused_in_one_sentence(void **state)
{
    (void)state;
    static const char *const terms[] = { "TERM=dumb", "TERM=nonsense", "TERM=", "TERM" };
    for (size_t i = 0; i < sizeof terms / sizeof *terms; i++) {
        const char *const env[] = { terms[i], NULL };
        pt *p = pt_start(fake, env, 24, 80);
        ends_with(p, 64);
        assert_true(pt_shows(p, "fake: cannot open the screen:"));
        assert_null(memchr(p->log, '\x1b', p->log_len));
        pt_free(p);
    }
}

static void no_terminal_is_refused(void **state)
{
    (void)state;
    static const char *const scripts[] = { KM_FAKE " </dev/null; echo code $?", KM_FAKE " | cat; echo over" };
    for (size_t i = 0; i < 2; i++) {
        const char *const argv[] = { "/bin/sh", "-c", scripts[i], NULL };
        pt *p = pt_start(argv, NULL, 24, 100);
        assert_true(pt_end(p) != -1);
        assert_true(pt_shows(p, "must be a terminal"));
        assert_true(pt_shows(p, i == 0 ? "code 64" : "over"));
        assert_null(memchr(p->log, '\x1b', p->log_len));
        pt_free(p);
    }
}

static void failure_before_the_screen_leaves_it_untouched(void **state)
{
    (void)state;
    static const char *const argv[] = { KM_FAKE, "fail", NULL };
    pt *p = pt_start(argv, NULL, 24, 80);
    ends_with(p, 74);
    assert_true(pt_shows(p, "the test asked for it"));
    assert_null(memchr(p->log, '\x1b', p->log_len));
    pt_free(p);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(ending_signals_restore_and_are_reported),
        cmocka_unit_test(ctrl_c_is_interrupt),
        cmocka_unit_test(crash_restores_and_says_what_to_send),
        cmocka_unit_test(fault_of_the_program_restores_first),
        cmocka_unit_test(closed_terminal_ends_the_program),
        cmocka_unit_test(suspended_program_gives_the_terminal_back_and_repaints),
        cmocka_unit_test(resize_during_the_stop_is_seen_in_the_first_frame),
        cmocka_unit_test(stopped_by_force_repaints_too),
        cmocka_unit_test(terminals_that_cannot_are_refused_in_one_sentence),
        cmocka_unit_test(no_terminal_is_refused),
        cmocka_unit_test(failure_before_the_screen_leaves_it_untouched),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
