/** The real program in a pseudo-terminal, each test with a home and a database of its own. */
#include "km_cmocka.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>
#include <sqlite3.h>

#include "ends.h"

/* A word of the last line of the body view, whatever else stands there. */
#define READY "keys"

typedef struct home {
    char dir[64];
    char line[8][96];
    const char *env[12];
} home;

/** A fresh home; `extra` (may be NULL) goes on top of its environment. */
static home home_new(const char *extra)
{
    home h = { .dir = "/tmp/knotmap-term-XXXXXX" };
    assert_non_null(mkdtemp(h.dir));
    snprintf(h.line[0], sizeof h.line[0], "HOME=%s", h.dir);
    snprintf(h.line[1], sizeof h.line[1], "KNOTMAP_DB=%s/test.db", h.dir);
    snprintf(h.line[2], sizeof h.line[2], "XDG_DATA_HOME=%s/data", h.dir);
    snprintf(h.line[3], sizeof h.line[3], "XDG_STATE_HOME=%s/state", h.dir);
    snprintf(h.line[4], sizeof h.line[4], "XDG_CONFIG_HOME=%s/config", h.dir);
    snprintf(h.line[5], sizeof h.line[5], "TZ=UTC");
    if (extra)
        snprintf(h.line[6], sizeof h.line[6], "%s", extra);
    return h;
}

/** The environment as pt_start wants it; points into `h`. */
static const char *const *home_env(home *h)
{
    size_t n = 0;
    for (size_t i = 0; i < 8; i++) {
        if (h->line[i][0])
            h->env[n++] = h->line[i];
    }
    h->env[n] = NULL;
    return h->env;
}

static void home_free(home *h)
{
    char command[128];
    snprintf(command, sizeof command, "rm -rf '%s'", h->dir);
    assert_int_equal(system(command), 0);
}

/** Run a command; what it printed (both streams), valid until the next call. */
static const char *run(home *h, const char *const *args)
{
    static char out[16384];
    const char *argv[24] = { KM_PROGRAM };
    size_t n = 1;

    for (; *args && n < 23; args++)
        argv[n++] = *args;
    argv[n] = NULL;
    pt *p = pt_start(argv, home_env(h), 60, 400);
    int status = pt_end(p);
    snprintf(out, sizeof out, "%s", p->log ? p->log : "");
    pt_free(p);
    assert_true(WIFEXITED(status));
    if (WEXITSTATUS(status) != 0)
        fail_msg("%s ended with %d: %s", args[0], WEXITSTATUS(status), out);
    return out;
}

#define RUN(h, ...) run(h, (const char *const[]){ __VA_ARGS__, NULL })

static pt *open_screen(home *h, int rows, int cols)
{
    static const char *const argv[] = { KM_PROGRAM, NULL };
    pt *p = pt_start(argv, home_env(h), rows, cols);
    assert_true(pt_wait(p, READY));
    pt_settle(p, 50);
    return p;
}

static void leave(pt *p)
{
    pt_send(p, "q");
    int status = pt_end(p);
    if (!WIFEXITED(status) || WEXITSTATUS(status) != 0)
        fail_msg("ended with status %x: %s", (unsigned)status, pt_text(p));
    assert_true(pt_restored(p));
    pt_free(p);
}

/* ---- the main job ---- */

static void mark_is_stored_and_found_after_a_restart(void **state)
{
    (void)state;
    home h = home_new(NULL);
    pt *p = open_screen(&h, 24, 80);

    pt_send(p, "/infr\r");
    assert_true(pt_wait(p, "nfraspinatus"));
    pt_send(p, "7");
    assert_true(pt_wait(p, "undoes"));
    leave(p);
    const char *csv = RUN(&h, "marks", "--format", "csv", "--muscle", "infraspinatus");
    assert_non_null(strstr(csv, ",infraspinatus,"));
    assert_non_null(strstr(csv, ",7,"));

    p = open_screen(&h, 24, 80);
    assert_true(pt_shows(p, "nfraspinatus")); /* the cursor starts on the place last touched */
    pt_send(p, "u");
    assert_true(pt_wait(p, "undone"));
    leave(p);
    csv = RUN(&h, "marks", "--format", "csv");
    assert_null(strstr(csv, "infraspinatus"));
    home_free(&h);
}

static void mark_of_another_program_shows_within_two_seconds(void **state)
{
    (void)state;
    home h = home_new(NULL);
    pt *p = open_screen(&h, 24, 80);

    RUN(&h, "mark", "left:infraspinatus:1", "--intensity", "6");
    pt_mark(p);
    int64_t end = pt_now_ms() + 2000;
    while (pt_new_len(p) == 0 && pt_now_ms() < end)
        pt_read(p, 20);
    assert_true(pt_new_len(p) > 0);
    leave(p);
    home_free(&h);
}

static void blocked_write_says_so_and_escape_gives_it_up(void **state)
{
    (void)state;
    home h = home_new(NULL);
    char file[128];
    sqlite3 *other = NULL;

    pt *p = open_screen(&h, 24, 80);
    snprintf(file, sizeof file, "%s/test.db", h.dir);
    assert_int_equal(sqlite3_open(file, &other), SQLITE_OK);
    assert_int_equal(sqlite3_exec(other, "BEGIN IMMEDIATE", NULL, NULL, NULL), SQLITE_OK);
    pt_send(p, "7");
    assert_true(pt_wait(p, "another program"));
    pt_send(p, "\x1b");
    assert_true(pt_wait(p, "given up"));
    assert_int_equal(sqlite3_exec(other, "ROLLBACK", NULL, NULL, NULL), SQLITE_OK);
    sqlite3_close(other);
    pt_send(p, "8");
    assert_true(pt_wait(p, "undoes"));
    leave(p);
    const char *csv = RUN(&h, "marks", "--format", "csv");
    assert_non_null(strstr(csv, ",8,"));
    assert_null(strstr(csv, ",7,"));
    home_free(&h);
}

static void idle_screen_sends_nothing(void **state)
{
    (void)state;
    home h = home_new(NULL);
    pt *p = open_screen(&h, 24, 80);
    pt_settle(p, 1200);
    pt_mark(p);
    assert_false(pt_read(p, 2500));
    leave(p);
    home_free(&h);
}

static void escape_acts_within_60_ms(void **state)
{
    (void)state;
    home h = home_new(NULL);
    pt *p = open_screen(&h, 24, 80);
    int64_t best = INT64_MAX;
    for (int i = 0; i < 5; i++) {
        pt_mark(p);
        pt_send(p, "?");
        pt_read(p, PT_DEADLINE_MS);
        pt_settle(p, 50);
        pt_mark(p);
        int64_t before = pt_now_ms();
        pt_send(p, "\x1b");
        assert_true(pt_read(p, PT_DEADLINE_MS));
        int64_t took = pt_now_ms() - before;
        best = took < best ? took : best;
        pt_settle(p, 50);
    }
    assert_in_range(best, 0, 60);
    leave(p);
    home_free(&h);
}

static void stored_text_never_commands_the_terminal(void **state)
{
    (void)state;
    home h = home_new(NULL);
    RUN(&h, "mark", "left:infraspinatus:1", "--intensity", "6", "--note", "a\x1b]0;owned\x07\xc2\x9b" "31mz");
    pt *p = open_screen(&h, 24, 100);
    static const char *const keys[] = { "H", "\r", "\x1b", "B", "\r", "\x1b" };
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
        pt_send(p, keys[i]);
        pt_settle(p, 80);
        assert_false(pt_new_has(p, "\x1b]0;owned"));
        assert_false(pt_new_has(p, "\xc2\x9b"));
        assert_false(pt_new_has(p, "\x07"));
    }
    pt_free(p);
    home_free(&h);
}

/* ---- size ---- */

/** Through many sizes and back; the screen must be the one from before. */
static void through_sizes(pt *p, const char *what)
{
    static const int size[][2] = { { 10, 40 }, { 4, 15 }, { 1, 1 }, { 60, 200 }, { 200, 500 }, { 2, 120 },
                                   { 40, 20 }, { 24, 80 } };
    char before[16384];
    snprintf(before, sizeof before, "%s", pt_text(p));
    for (size_t i = 0; i < sizeof size / sizeof *size; i++) {
        pt_mark(p);
        pt_resize(p, size[i][0], size[i][1]);
        assert_true(pt_read(p, PT_DEADLINE_MS));
        pt_settle(p, 60);
    }
    pt_settle(p, 100);
    if (strcmp(before, pt_text(p)) != 0) {
        fprintf(stderr, "%s, before the sizes:\n%s\nafter them:\n%s\n", what, before, pt_text(p));
        fail();
    }
}

static void every_state_survives_every_size(void **state)
{
    (void)state;
    static const char *const states[][2] = {
        { "", "body" },         { "?", "help" },       { ":und", "palette" }, { "/infr", "find" },
        { "H", "history" },     { "C", "clients" },    { "\r", "place" },     { "f", "why" },
        { "z", "zoomed" },      { "v", "turned" },     { "R", "routine" },    { "A", "atlas" },
        { "H\r", "mark form" }, { "V", "visits" },
    };
    for (size_t i = 0; i < sizeof states / sizeof *states; i++) {
        home h = home_new("KNOTMAP_NOW=2026-11-20T12:00:00Z");
        RUN(&h, "mark", "left:infraspinatus:1", "--intensity", "6");
        pt *p = open_screen(&h, 24, 80);
        pt_send(p, states[i][0]);
        pt_settle(p, 100);
        through_sizes(p, states[i][1]);
        kill(p->pid, SIGTERM);
        ends_by(p, SIGTERM);
        pt_free(p);
        home_free(&h);
    }
}

/* ---- ends ---- */

static void signals_restore_and_are_reported(void **state)
{
    (void)state;
    static const int sigs[] = { SIGINT, SIGTERM, SIGHUP, SIGQUIT, SIGSEGV };
    home h = home_new(NULL);
    for (size_t i = 0; i < sizeof sigs / sizeof *sigs; i++) {
        pt *p = open_screen(&h, 24, 80);
        kill(p->pid, sigs[i]);
        ends_by(p, sigs[i]);
        pt_free(p);
    }
    assert_null(strstr(RUN(&h, "verify", "--format", "csv"), ",bad"));
    home_free(&h);
}

static void closed_terminal_ends_it(void **state)
{
    (void)state;
    home h = home_new(NULL);
    pt *p = open_screen(&h, 24, 80);
    ends_when_closed(p);
    pt_free(p);
    home_free(&h);
}

static void suspend_and_resume_with_a_resize_between(void **state)
{
    (void)state;
    static const char *const shell[] = { "/bin/sh", "-i", NULL };
    home h = home_new("PS1=READY> ");
    pt *p = pt_start(shell, home_env(&h), 24, 80);
    assert_true(pt_wait(p, "READY>"));
    pt_send(p, "'" KM_PROGRAM "'\r");
    assert_true(pt_wait(p, "? " READY));
    pt_settle(p, 50);
    pt_send(p, "\x1a");
    assert_true(pt_wait(p, "\nREADY>\n"));
    assert_false(p->alt);
    assert_true(p->cursor_visible);
    pt_resize(p, 30, 100);
    pt_mark(p);
    pt_send(p, "fg\r");
    assert_true(pt_wait(p, "? " READY));
    pt_settle(p, 50);
    assert_true(p->alt);
    assert_non_null(strstr(pt_row(p, 29), READY)); /* the last line is at the new bottom */
    pt_send(p, "q");
    assert_true(pt_wait(p, "\nREADY>"));
    assert_false(p->alt);
    pt_send(p, "exit\r");
    assert_true(pt_end(p) != -1);
    pt_free(p);
    home_free(&h);
}

/* ---- colour, locale, terminals ---- */

static void no_color_sends_none(void **state)
{
    (void)state;
    static const char *const extra[] = { "NO_COLOR=1", "TERM=xterm-mono", "TERM=vt100" };
    for (size_t i = 0; i < sizeof extra / sizeof *extra; i++) {
        home h = home_new(extra[i]);
        RUN(&h, "mark", "left:infraspinatus:1", "--intensity", "8");
        pt *p = open_screen(&h, 24, 80);
        pt_send(p, "vvH");
        pt_settle(p, 80);
        pt_send(p, "B");
        pt_settle(p, 80);
        p->mark = 0;
        if (pt_new_has_color(p))
            fail_msg("%s: a colour was sent", extra[i]);
        leave(p);
        home_free(&h);
    }
}

static void c_locale_is_ascii_with_the_same_geometry(void **state)
{
    (void)state;
    home h = home_new("LC_ALL=C");
    RUN(&h, "mark", "left:infraspinatus:1", "--intensity", "8", "--note", "na\xc3\xafve");
    pt *p = open_screen(&h, 24, 80);
    pt_send(p, "H");
    pt_settle(p, 80);
    pt_send(p, "B");
    pt_settle(p, 80);
    for (size_t i = 0; i < p->log_len; i++)
        assert_in_range((unsigned char)p->log[i], 0, 0x7f);
    assert_non_null(strstr(pt_row(p, 23), READY));
    leave(p);
    home_free(&h);
}

static void other_terminals_show_the_body(void **state)
{
    (void)state;
    static const char *const terms[] = { "TERM=linux", "TERM=xterm", "TERM=screen", "TERM=tmux-256color" };
    for (size_t i = 0; i < sizeof terms / sizeof *terms; i++) {
        home h = home_new(terms[i]);
        pt *p = open_screen(&h, 24, 80);
        assert_true(pt_shows(p, "FRONT"));
        pt_mark(p);
        pt_send(p, "\x1b[B"); /* an arrow moves, in every mode of the keypad */
        assert_true(pt_read(p, PT_DEADLINE_MS));
        leave(p);
        home_free(&h);
    }
}

static void without_a_usable_terminal_one_sentence(void **state)
{
    (void)state;
    static const char *const terms[] = { "TERM=dumb", "TERM=nonsense" };
    for (size_t i = 0; i < 2; i++) {
        home h = home_new(terms[i]);
        static const char *const argv[] = { KM_PROGRAM, NULL };
        pt *p = pt_start(argv, home_env(&h), 24, 80);
        ends_with(p, 64);
        assert_true(pt_shows(p, "knotmap: cannot open the screen:"));
        assert_null(memchr(p->log, '\x1b', p->log_len));
        pt_free(p);
        home_free(&h);
    }
    home h = home_new(NULL);
    static const char *const argv[] = { "/bin/sh", "-c", KM_PROGRAM " </dev/null; echo code $?", NULL };
    pt *p = pt_start(argv, home_env(&h), 24, 100);
    assert_true(pt_end(p) != -1);
    assert_true(pt_shows(p, "code 64"));
    assert_null(memchr(p->log, '\x1b', p->log_len));
    pt_free(p);
    home_free(&h);
}

/* ---- mouse and cursor ---- */

static void unknown_client_is_refused_before_anything_is_shown(void **state)
{
    (void)state;
    home h = home_new("KNOTMAP_CLIENT=Nobody");
    static const char *const argv[] = { KM_PROGRAM, NULL };
    pt *p = pt_start(argv, home_env(&h), 24, 80);
    int status = pt_end(p);

    assert_true(WIFEXITED(status));
    assert_int_equal(WEXITSTATUS(status), 1);
    assert_non_null(strstr(p->log, "knotmap: client Nobody: there is no such client"));
    assert_null(strstr(p->log, "FRONT"));
    assert_true(pt_restored(p));
    pt_free(p);
    home_free(&h);
}

static void click_selects_in_both_encodings(void **state)
{
    (void)state;
    /* The same click, press and release together and apart, SGR and old: the same screen. */
    static const char *const clicks[][2] = {
        { "\x1b[<0;12;12M\x1b[<0;12;12m", NULL },
        { "\x1b[<0;12;12M", "\x1b[<0;12;12m" },
        { "\x1b[M ,,\x1b[M#,,", NULL },
        { "\x1b[M ,,", "\x1b[M#,," },
    };
    char first[16384] = "";
    for (size_t i = 0; i < sizeof clicks / sizeof *clicks; i++) {
        home h = home_new("KNOTMAP_NOW=2026-11-20T12:00:00Z");
        pt *p = open_screen(&h, 24, 80);
        char before[16384];
        snprintf(before, sizeof before, "%s", pt_text(p));
        pt_send(p, clicks[i][0]);
        pt_settle(p, 80);
        if (clicks[i][1])
            pt_send(p, clicks[i][1]);
        pt_settle(p, 80);
        assert_string_not_equal(before, pt_text(p));
        if (i == 0)
            snprintf(first, sizeof first, "%s", pt_text(p));
        assert_string_equal(first, pt_text(p));
        leave(p);
        home_free(&h);
    }
}

static void hardware_cursor_follows_the_selection(void **state)
{
    (void)state;
    home h = home_new(NULL);
    RUN(&h, "mark", "left:infraspinatus:1", "--intensity", "8");
    pt *p = open_screen(&h, 24, 80);
    VTermScreenCell c = pt_cell(p, p->cursor_x, p->cursor_y);
    assert_true(c.attrs.reverse);
    int x = p->cursor_x, y = p->cursor_y;
    pt_send(p, "kkk");
    pt_settle(p, 80);
    assert_true(p->cursor_x != x || p->cursor_y != y);
    c = pt_cell(p, p->cursor_x, p->cursor_y);
    assert_true(c.attrs.reverse);
    pt_send(p, "H");
    pt_settle(p, 80);
    c = pt_cell(p, p->cursor_x, p->cursor_y);
    assert_true(c.attrs.reverse);
    pt_free(p);
    home_free(&h);
}

/* ---- everything at once ---- */

static void random_keys_clicks_and_sizes_never_crash(void **state)
{
    (void)state;
    static const char *const special[] = { "\x1b[A", "\x1b[B", "\x1b[C", "\x1b[D", "\t", "\x1b[Z", "\r",
                                           "\x1b", "\x1b[1;2A", "\x1b[5~", "\x1b[6~", "\x7f", "\x12", "\x0c",
                                           "\x1b[<0;60;9M", "\x1b[<65;9;9M", "\x1b[<2;20;12M" };
    static const int size[][2] = { { 24, 80 }, { 1, 1 }, { 10, 40 }, { 60, 200 }, { 5, 30 }, { 40, 20 } };

    for (uint32_t seed = 1; seed <= 3; seed++) {
        home h = home_new("KNOTMAP_NOW=2026-11-20T12:00:00Z");
        pt *p = open_screen(&h, 24, 80);
        uint32_t r = seed;
        for (int i = 0; i < 600 && !p->hung_up; i++) {
            r = r * 1664525u + 1013904223u;
            uint32_t v = r >> 8;
            if (v % 40 == 0) {
                const int *s = size[(v >> 6) % (sizeof size / sizeof *size)];
                pt_resize(p, s[0], s[1]);
            } else if (v % 3 == 0) {
                pt_send(p, special[(v >> 6) % (sizeof special / sizeof *special)]);
            } else {
                char key[2] = { (char)(32 + (v >> 6) % 95), '\0' };
                pt_send(p, key[0] == 'q' ? "B" : key); /* q leaves */
            }
            pt_read(p, 1);
        }
        kill(p->pid, SIGTERM);
        int status = pt_end(p);
        if (!(WIFSIGNALED(status) && WTERMSIG(status) == SIGTERM) &&
            !(WIFEXITED(status) && WEXITSTATUS(status) == 0))
            fail_msg("seed %u: status %x: %s", (unsigned)seed, (unsigned)status, pt_text(p));
        pt_free(p);
        home_free(&h);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(mark_is_stored_and_found_after_a_restart),
        cmocka_unit_test(mark_of_another_program_shows_within_two_seconds),
        cmocka_unit_test(blocked_write_says_so_and_escape_gives_it_up),
        cmocka_unit_test(idle_screen_sends_nothing),
        cmocka_unit_test(escape_acts_within_60_ms),
        cmocka_unit_test(stored_text_never_commands_the_terminal),
        cmocka_unit_test(every_state_survives_every_size),
        cmocka_unit_test(signals_restore_and_are_reported),
        cmocka_unit_test(closed_terminal_ends_it),
        cmocka_unit_test(suspend_and_resume_with_a_resize_between),
        cmocka_unit_test(no_color_sends_none),
        cmocka_unit_test(c_locale_is_ascii_with_the_same_geometry),
        cmocka_unit_test(other_terminals_show_the_body),
        cmocka_unit_test(without_a_usable_terminal_one_sentence),
        cmocka_unit_test(unknown_client_is_refused_before_anything_is_shown),
        cmocka_unit_test(click_selects_in_both_encodings),
        cmocka_unit_test(hardware_cursor_follows_the_selection),
        cmocka_unit_test(random_keys_clicks_and_sizes_never_crash),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
