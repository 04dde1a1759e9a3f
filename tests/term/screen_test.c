/** The terminal room in a pseudo-terminal, with a screen that shows what it is told. */
#include "fake.h"

/* ---- starting and drawing ---- */

static void leaving_restores_the_terminal(void **state)
{
    (void)state;
    pt *p = start();
    assert_true(p->alt);
    assert_false(p->cursor_visible);
    assert_true(pt_mouse_on(p));
    leave(p);
}

static void screen_is_cleared_once_and_never_again(void **state)
{
    (void)state;
    pt *p = start();
    assert_int_equal(count(p, "\x1b[2J"), 1);
    pt_mark(p);
    pt_send(p, "..ab.p.w");
    assert_true(pt_wait(p, "keys 8"));
    pt_settle(p, 30);
    assert_int_equal(count(p, "\x1b[2J"), 0);
    assert_int_equal(count(p, "\x1b[J"), 0);
    leave(p);
}

static void redraw_key_repairs_the_screen(void **state)
{
    (void)state;
    pt *p = start();
    static const char scribble[] = "\x1b[2;1Hscribble of another program";
    vterm_input_write(p->vt, scribble, sizeof scribble - 1);
    assert_true(pt_shows(p, "scribble"));
    pt_send(p, "\x0c");
    assert_true(pt_wait(p, "size 80x24 keys 1"));
    assert_false(pt_shows(p, "scribble"));
    leave(p);
}

static void idle_sends_nothing(void **state)
{
    (void)state;
    pt *p = start();
    pt_mark(p);
    assert_false(pt_read(p, 2500));
    assert_int_equal(pt_new_len(p), 0);
    leave(p);
}

static void small_change_is_few_bytes(void **state)
{
    (void)state;
    pt *p = start();
    pt_mark(p);
    pt_send(p, ".");
    assert_true(pt_wait(p, "keys 1"));
    pt_settle(p, 30);
    assert_in_range(pt_new_len(p), 1, 120);
    assert_int_equal(p->cursor_x, 1);
    assert_int_equal(p->cursor_y, 7);
    leave(p);
}

static void queued_keys_are_one_frame(void **state)
{
    (void)state;
    pt *p = start();
    char keys[501];
    memset(keys, '.', 500);
    keys[500] = '\0';
    pt_send(p, keys);
    assert_true(pt_wait(p, "keys 500"));
    assert_true(pt_shows(p, "paints-below-50 yes"));
    leave(p);
}

/** Everything of every cell that can be seen. */
static char *look_at(pt *p)
{
    size_t cap = (size_t)(p->rows * p->cols) * 48 + 1, n = 0;
    char *all = malloc(cap);
    assert_non_null(all);
    for (int y = 0; y < p->rows; y++) {
        for (int x = 0; x < p->cols; x++) {
            VTermScreenCell c = pt_cell(p, x, y);
            if (c.chars[0] == (uint32_t)-1) { /* right half of a wide one: has no look of its own */
                n += (size_t)snprintf(all + n, cap - n, "- ");
                continue;
            }
            uint32_t rune = c.chars[0] == 0 ? ' ' : c.chars[0];
            n += (size_t)snprintf(all + n, cap - n, "%x.%x%s%s%s", (unsigned)rune,
                                  (unsigned)(rune == ' ' ? 0 : c.chars[1]), c.attrs.bold ? "b" : "",
                                  c.attrs.underline ? "u" : "", c.attrs.reverse ? "r" : "");
            vterm_screen_convert_color_to_rgb(p->screen, &c.fg);
            vterm_screen_convert_color_to_rgb(p->screen, &c.bg);
            n += (size_t)snprintf(all + n, cap - n, "f%02x%02x%02xg%02x%02x%02x ", c.fg.rgb.red,
                                  c.fg.rgb.green, c.fg.rgb.blue, c.bg.rgb.red, c.bg.rgb.green,
                                  c.bg.rgb.blue);
        }
    }
    return all;
}

static void patched_screen_equals_a_whole_one(void **state)
{
    (void)state;
    static const char *const terms[] = { "TERM=xterm-256color", "TERM=linux", "TERM=vt100",
                                         "TERM=screen", "TERM=xterm-mono" };
    for (size_t i = 0; i < sizeof terms / sizeof *terms; i++) {
        const char *const env[] = { terms[i], NULL };
        pt *p = start_env(env);
        for (int frame = 0; frame < 20; frame++) {
            char want[24];
            pt_send(p, "z");
            snprintf(want, sizeof want, "keys %d ", 2 * frame + 1);
            assert_true(pt_wait(p, want));
            pt_settle(p, 30);
            /* The events line and the count differ by the key that redraws: leave them out. */
            char *patched = look_at(p);
            pt_send(p, "\x0c");
            snprintf(want, sizeof want, "keys %d ", 2 * frame + 2);
            assert_true(pt_wait(p, want));
            pt_settle(p, 30);
            char *whole = look_at(p);
            size_t skip = (size_t)(p->cols * 2); /* two rows, in cells */
            const char *a = patched, *b = whole;
            for (size_t cell = 0; cell < skip; cell++) {
                a = strchr(a, ' ') + 1;
                b = strchr(b, ' ') + 1;
            }
            size_t same = 0;
            while (a[same] && a[same] == b[same])
                same++;
            if (a[same] || b[same]) {
                size_t cell = skip;
                for (size_t k = 0; k < same; k++)
                    cell += a[k] == ' ';
                while (same > 0 && a[same - 1] != ' ')
                    same--;
                fail_msg("%s, frame %d, row %zu column %zu: patched %.30s, whole %.30s", terms[i], frame,
                         cell / 80, cell % 80, a + same, b + same);
            }
            free(patched);
            free(whole);
        }
        leave(p);
    }
}

static void wide_and_combining_characters_keep_columns(void **state)
{
    (void)state;
    pt *p = start();
    pt_send(p, "w");
    assert_true(pt_wait(p, "\xe6\xbc\xa2" "e\xcc\x81?|"));
    assert_int_equal(pt_cell(p, 4, 4).chars[0], '|');
    leave(p);
}

static void what_a_terminal_acts_on_is_never_sent(void **state)
{
    (void)state;
    pt *p = start();
    pt_mark(p);
    pt_send(p, "e");
    assert_true(pt_wait(p, "?]???"));
    assert_true(pt_shows(p, "evil"));
    assert_false(pt_new_has(p, "\x1b]"));
    assert_false(pt_new_has(p, "\xc2\x9b"));
    assert_false(pt_new_has(p, "\x07"));
    leave(p);
}

static void text_field_shows_the_cursor(void **state)
{
    (void)state;
    pt *p = start();
    pt_send(p, "t");
    assert_true(pt_wait(p, "keys 1"));
    pt_settle(p, 30);
    assert_true(p->cursor_visible);
    pt_send(p, "t");
    assert_true(pt_wait(p, "keys 2"));
    pt_settle(p, 30);
    assert_false(p->cursor_visible);
    leave(p);
}

static void bell_rings_once(void **state)
{
    (void)state;
    pt *p = start();
    pt_send(p, "b");
    assert_true(pt_wait_bytes(p, "\x07"));
    pt_send(p, ".");
    assert_true(pt_wait(p, "keys 2"));
    assert_int_equal(p->bells, 1);
    leave(p);
}

static void every_size_is_painted(void **state)
{
    (void)state;
    static const int size[][2] = { { 1, 1 }, { 2, 300 }, { 200, 500 }, { 6, 20 }, { 60, 200 }, { 24, 80 } };
    pt *p = start();

    for (size_t i = 0; i < sizeof size / sizeof *size; i++) {
        char want[32];
        pt_mark(p);
        pt_resize(p, size[i][0], size[i][1]);
        snprintf(want, sizeof want, "size %dx%d", size[i][1], size[i][0]);
        if (size[i][0] > 1 && size[i][1] >= 20)
            assert_true(pt_wait(p, want));
        else
            assert_true(pt_wait_bytes(p, "e")); /* of "events" */
    }
    leave(p);
}

static void size_comes_from_the_terminal_not_the_environment(void **state)
{
    (void)state;
    static const char *const env[] = { "LINES=10", "COLUMNS=40", NULL };
    pt *p = start_env(env);
    assert_true(pt_shows(p, "size 80x24"));
    leave(p);
}

/* ---- keys and mouse ---- */

static void lone_escape_acts_within_60_ms(void **state)
{
    (void)state;
    pt *p = start();
    int64_t best = INT64_MAX;
    /* The best of some: a busy machine may delay any one of them, the program none. */
    for (int i = 0; i < 10; i++) {
        char want[24];
        snprintf(want, sizeof want, "keys %d", i + 1);
        int64_t before = pt_now_ms();
        pt_send(p, "\x1b");
        assert_true(pt_wait(p, want));
        int64_t took = pt_now_ms() - before;
        best = took < best ? took : best;
    }
    assert_true(pt_shows(p, "esc esc esc"));
    assert_in_range(best, 0, 60);
    leave(p);
}

static void keys_of_other_terminals(void **state)
{
    (void)state;
    static const char *const terms[] = { "TERM=linux", "TERM=screen", "TERM=tmux-256color", "TERM=vt100",
                                         "TERM=xterm", "TERM=rxvt" };
    for (size_t i = 0; i < sizeof terms / sizeof *terms; i++) {
        const char *const env[] = { terms[i], NULL };
        pt *p = start_env(env);
        pt_send(p, "\x1b[A\x1bOB\x1b[1;2C\x1b[Z\x1b[5~");
        assert_true(pt_wait(p, "up down s-right s-tab pgup"));
        leave(p);
    }
}

static void mouse_in_both_encodings(void **state)
{
    (void)state;
    static const char *const terms[] = { "TERM=xterm-256color", "TERM=screen-256color" };
    for (size_t i = 0; i < 2; i++) {
        const char *const env[] = { terms[i], NULL };
        pt *p = start_env(env);
        pt_settle(p, 30);
        assert_true(pt_mouse_on(p));
        pt_send(p, "\x1b[<0;5;4M\x1b[<0;5;4m");
        assert_true(pt_wait(p, "press@4,3 release@4,3"));
        pt_send(p, "\x1b[M *+");
        assert_true(pt_wait(p, "press@9,10"));
        pt_send(p, "\x1b[M#*+");
        assert_true(pt_wait(p, "release@9,10"));
        pt_send(p, "\x1b[M`!!\x1b[<65;1;1M");
        assert_true(pt_wait(p, "wheel-up@0,0 wheel-down@0,0"));
        leave(p);
    }
}

static void mouse_is_switched_at_run_time(void **state)
{
    (void)state;
    pt *p = start();
    pt_send(p, "m");
    assert_true(pt_wait(p, "keys 1"));
    pt_settle(p, 30);
    assert_false(pt_mouse_on(p));
    pt_send(p, "m");
    assert_true(pt_wait(p, "keys 2"));
    pt_settle(p, 30);
    assert_true(pt_mouse_on(p));
    leave(p);
}

static void terminal_without_a_mouse_is_sent_no_mouse_mode(void **state)
{
    (void)state;
    static const char *const env[] = { "TERM=vt100", NULL };
    pt *p = start_env(env);
    assert_false(pt_new_has(p, "\x1b[?1000h"));
    assert_false(pt_new_has(p, "\x1b[?2004h"));
    leave(p);
}

/* ---- a write another program blocks ---- */

static void escape_gives_up_a_blocked_write(void **state)
{
    (void)state;
    pt *p = start();
    pt_send(p, "x");
    assert_true(pt_wait(p, "waiting for another program"));
    pt_send(p, "7");
    pt_send(p, "\x1b");
    assert_true(pt_wait(p, "the wait was given up"));
    pt_send(p, ".");
    assert_true(pt_wait(p, "events x ..")); /* the 7 went with the record it was meant for */
    leave(p);
}

static void signal_ends_a_blocked_write(void **state)
{
    (void)state;
    pt *p = start();
    pt_send(p, "x");
    assert_true(pt_wait(p, "waiting for another program"));
    kill(p->pid, SIGTERM);
    ends_by(p, SIGTERM);
    pt_free(p);
}

/* ---- colours ---- */

static void colours_come_from_the_terminals_own(void **state)
{
    (void)state;
    pt *p = start();
    pt_mark(p);
    pt_send(p, "p");
    assert_true(pt_wait(p, "keys 1"));
    pt_settle(p, 30);
    assert_true(pt_new_has(p, "\x1b[91m") || pt_new_has(p, "\x1b[1;91m"));
    assert_true(pt_new_has(p, "\x1b[32m"));
    assert_false(pt_new_has(p, "\x1b[40m")); /* the background stays the terminal's */
    assert_false(pt_new_has(p, "\x1b[47m"));
    leave(p);
}

static void eight_colours_show_bright_as_bold(void **state)
{
    (void)state;
    static const char *const env[] = { "TERM=linux", NULL };
    pt *p = start_env(env);
    pt_send(p, "p");
    assert_true(pt_wait(p, "keys 1"));
    pt_settle(p, 30);
    int x = 0, y = 0;
    assert_true(pt_find(p, "aaaaaaa", &x, &y));
    VTermScreenCell knot = pt_cell(p, 14, y); /* role KNOT */
    assert_true(knot.attrs.bold);
    leave(p);
}

static void no_colour_is_ever_sent_when_none_is_wanted(void **state)
{
    (void)state;
    static const char *const envs[][2] = { { "NO_COLOR=1", NULL }, { "TERM=xterm-mono", NULL }, { "TERM=vt100", NULL } };
    for (size_t i = 0; i < 3; i++) {
        pt *p = start_env(envs[i]);
        pt_send(p, "p");
        assert_true(pt_wait(p, "keys 1"));
        pt_settle(p, 30);
        assert_true(pt_cell(p, 0, 7).attrs.reverse); /* the cursor is still seen */
        leave(p);
    }
}

static void no_colour_bytes_from_start_to_end(void **state)
{
    (void)state;
    static const char *const env[] = { "NO_COLOR=1", NULL };
    pt *p = start_env(env);
    pt_send(p, "pq");
    assert_true(WIFEXITED(pt_end(p)));
    p->mark = 0;
    assert_false(pt_new_has_color(p));
    pt_free(p);
}

static void empty_no_color_does_not_count(void **state)
{
    (void)state;
    static const char *const env[] = { "NO_COLOR=", NULL };
    pt *p = start_env(env);
    pt_send(p, "p");
    assert_true(pt_wait(p, "keys 1"));
    pt_settle(p, 30);
    assert_true(pt_new_has_color(p));
    leave(p);
}

static void c_locale_gets_ascii_only(void **state)
{
    (void)state;
    static const char *const env[] = { "LC_ALL=C", NULL };
    pt *p = start_env(env);
    pt_send(p, "wpe");
    assert_true(pt_wait(p, "keys 3"));
    pt_send(p, "q");
    assert_true(WIFEXITED(pt_end(p)));
    for (size_t i = 0; i < p->log_len; i++)
        assert_in_range((unsigned char)p->log[i], 0, 0x7f);
    pt_free(p);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(leaving_restores_the_terminal),
        cmocka_unit_test(screen_is_cleared_once_and_never_again),
        cmocka_unit_test(redraw_key_repairs_the_screen),
        cmocka_unit_test(idle_sends_nothing),
        cmocka_unit_test(small_change_is_few_bytes),
        cmocka_unit_test(queued_keys_are_one_frame),
        cmocka_unit_test(patched_screen_equals_a_whole_one),
        cmocka_unit_test(wide_and_combining_characters_keep_columns),
        cmocka_unit_test(what_a_terminal_acts_on_is_never_sent),
        cmocka_unit_test(text_field_shows_the_cursor),
        cmocka_unit_test(bell_rings_once),
        cmocka_unit_test(every_size_is_painted),
        cmocka_unit_test(size_comes_from_the_terminal_not_the_environment),
        cmocka_unit_test(lone_escape_acts_within_60_ms),
        cmocka_unit_test(keys_of_other_terminals),
        cmocka_unit_test(mouse_in_both_encodings),
        cmocka_unit_test(mouse_is_switched_at_run_time),
        cmocka_unit_test(terminal_without_a_mouse_is_sent_no_mouse_mode),
        cmocka_unit_test(escape_gives_up_a_blocked_write),
        cmocka_unit_test(signal_ends_a_blocked_write),
        cmocka_unit_test(colours_come_from_the_terminals_own),
        cmocka_unit_test(eight_colours_show_bright_as_bold),
        cmocka_unit_test(no_colour_is_ever_sent_when_none_is_wanted),
        cmocka_unit_test(no_colour_bytes_from_start_to_end),
        cmocka_unit_test(empty_no_color_does_not_count),
        cmocka_unit_test(c_locale_gets_ascii_only),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
