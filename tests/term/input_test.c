#include "km_cmocka.h"

#include <limits.h>
#include <locale.h>
#include <string.h>

#include "input.h"

/** Feed bytes; true when exactly these keys come out. `n` keys. */
static void expect_keys(const char *bytes, size_t n_bytes, const km_key *key, size_t n)
{
    km_input in;
    km_event e;
    size_t room;

    km_input_init(&in, true);
    memcpy(km_input_room(&in, &room), bytes, n_bytes);
    km_input_fed(&in, n_bytes);
    for (size_t i = 0; i < n; i++) {
        assert_true(km_input_next(&e, &in, 0, false));
        assert_int_equal(e.key, key[i]);
    }
    assert_false(km_input_next(&e, &in, 0, false));
    assert_false(km_input_pending(&in));
}

#define KEYS(bytes, ...)                                                                      \
    expect_keys(bytes, sizeof(bytes) - 1, (const km_key[]){ __VA_ARGS__ },                    \
                sizeof((const km_key[]){ __VA_ARGS__ }) / sizeof(km_key))

static void feed(km_input *in, const char *bytes, size_t n)
{
    size_t room;
    unsigned char *to = km_input_room(in, &room);
    assert_true(room >= n);
    memcpy(to, bytes, n);
    km_input_fed(in, n);
}

static void plain_characters_and_controls_are_keys(void **state)
{
    (void)state;
    KEYS("a7 ", 'a', '7', ' ');
    KEYS("\r\n\t\x7f\b", KM_KEY_ENTER, KM_KEY_ENTER, KM_KEY_TAB, KM_KEY_BACKSPACE, KM_KEY_BACKSPACE);
    KEYS("\x12\x0c", KM_CTRL('R'), KM_CTRL('L'));
    KEYS("\xc3\xa9\xe6\xbc\xa2\xf0\x9f\x98\x80", 0xe9, 0x6f22, 0x1f600);
}

static void arrows_in_both_modes_and_with_shift(void **state)
{
    (void)state;
    KEYS("\x1b[A\x1b[B\x1b[C\x1b[D", KM_KEY_UP, KM_KEY_DOWN, KM_KEY_RIGHT, KM_KEY_LEFT);
    KEYS("\x1bOA\x1bOB\x1bOC\x1bOD", KM_KEY_UP, KM_KEY_DOWN, KM_KEY_RIGHT, KM_KEY_LEFT);
    KEYS("\x1b[1;2A\x1b[1;2B\x1b[1;2C\x1b[1;2D", KM_KEY_SHIFT_UP, KM_KEY_SHIFT_DOWN,
         KM_KEY_SHIFT_RIGHT, KM_KEY_SHIFT_LEFT);
    KEYS("\x1b[a\x1b[b\x1b[c\x1b[d", KM_KEY_SHIFT_UP, KM_KEY_SHIFT_DOWN, KM_KEY_SHIFT_RIGHT,
         KM_KEY_SHIFT_LEFT);
}

static void editing_and_function_keys(void **state)
{
    (void)state;
    KEYS("\x1b[H\x1b[F\x1b[1~\x1b[4~\x1b[7~\x1b[8~", KM_KEY_HOME, KM_KEY_END, KM_KEY_HOME, KM_KEY_END,
         KM_KEY_HOME, KM_KEY_END);
    KEYS("\x1b[5~\x1b[6~\x1b[3~\x1b[Z", KM_KEY_PAGE_UP, KM_KEY_PAGE_DOWN, KM_KEY_DELETE, KM_KEY_SHIFT_TAB);
    KEYS("\x1bOP\x1b[11~\x1b[[A\x1b[[E\x1b[24~", KM_KEY_F1, KM_KEY_F1, KM_KEY_F1, KM_KEY_F5, KM_KEY_F12);
}

/* A digit stores a mark: the tail of an unknown sequence must never be one. */
static void unknown_sequences_are_taken_as_a_whole(void **state)
{
    (void)state;
    KEYS("\x1b[1;5Aq", 'q');
    KEYS("\x1b[27;5;9~q", 'q');
    KEYS("\x1b[57;3uq", 'q');
    KEYS("\x1b[3$q", 'q');
    KEYS("\x1b[?62;4cq", 'q');
    KEYS("\x1b[Iq\x1b[O", 'q');
    KEYS("\x1b[2~q", 'q');
}

static void escape_before_a_character_is_two_keys(void **state)
{
    (void)state;
    KEYS("\x1bq", KM_KEY_ESC, 'q');
    KEYS("\x1b\x1b[A", KM_KEY_ESC, KM_KEY_UP);
}

static void lone_escape_waits_until_it_is_late(void **state)
{
    (void)state;
    km_input in;
    km_event e;

    km_input_init(&in, true);
    feed(&in, "\x1b", 1);
    assert_false(km_input_next(&e, &in, 0, false));
    assert_true(km_input_pending(&in));
    assert_true(km_input_next(&e, &in, 25, true));
    assert_int_equal(e.key, KM_KEY_ESC);
    assert_false(km_input_pending(&in));
}

static void sequence_cut_between_reads_is_one_key(void **state)
{
    (void)state;
    static const char whole[] = "\x1b[1;2C";

    for (size_t cut = 1; cut < sizeof whole - 1; cut++) {
        km_input in;
        km_event e;
        km_input_init(&in, true);
        feed(&in, whole, cut);
        assert_false(km_input_next(&e, &in, 0, false));
        feed(&in, whole + cut, sizeof whole - 1 - cut);
        assert_true(km_input_next(&e, &in, 0, false));
        assert_int_equal(e.key, KM_KEY_SHIFT_RIGHT);
    }
}

static void sequence_that_never_ends_gives_no_digit(void **state)
{
    (void)state;
    km_input in;
    km_event e;

    km_input_init(&in, true);
    feed(&in, "\x1b[1;7", 5);
    assert_false(km_input_next(&e, &in, 0, true));
    assert_false(km_input_pending(&in));
    feed(&in, "\x1b[<0;3", 6);
    assert_false(km_input_next(&e, &in, 0, true));
    assert_false(km_input_pending(&in));
}

static void escape_then_bracket_typed_apart_are_keys(void **state)
{
    (void)state;
    km_input in;
    km_event e;

    km_input_init(&in, true);
    feed(&in, "\x1b[", 2);
    assert_false(km_input_next(&e, &in, 0, false));
    assert_true(km_input_next(&e, &in, 0, true));
    assert_int_equal(e.key, KM_KEY_ESC);
    assert_true(km_input_next(&e, &in, 0, true));
    assert_int_equal(e.key, '[');
}

static void sequences_of_the_terminal_come_first(void **state)
{
    (void)state;
    km_input in;
    km_event e;

    km_input_init(&in, true);
    km_input_bind(&in, "\x1b[M", KM_KEY_F1); /* cons25 */
    km_input_bind(&in, "\x1b" "A", KM_KEY_UP); /* vt52 */
    feed(&in, "\x1b[M\x1b" "A", 5);
    assert_true(km_input_next(&e, &in, 0, false));
    assert_int_equal(e.key, KM_KEY_F1);
    assert_true(km_input_next(&e, &in, 0, false));
    assert_int_equal(e.key, KM_KEY_UP);
}

static void cut_and_broken_utf8(void **state)
{
    (void)state;
    km_input in;
    km_event e;

    km_input_init(&in, true);
    feed(&in, "\xe6\xbc", 2);
    assert_false(km_input_next(&e, &in, 0, false));
    feed(&in, "\xa2", 1);
    assert_true(km_input_next(&e, &in, 0, false));
    assert_int_equal(e.key, 0x6f22);
    KEYS("\xff\xc3(a\x80", '(', 'a');
    KEYS("\xc2\x9b" "A", 'A'); /* C1 control as UTF-8 */
}

static void bytes_of_a_c_locale_are_no_runes(void **state)
{
    (void)state;
    km_input in;
    km_event e;

    setlocale(LC_ALL, "C");
    km_input_init(&in, false);
    feed(&in, "\xe9" "a", 2);
    assert_true(km_input_next(&e, &in, 0, false));
    assert_int_equal(e.key, 'a');
}

/* ---- paste ---- */

static void nothing_acts_inside_a_paste(void **state)
{
    (void)state;
    KEYS("\x1b[200~7\x1b[A\x03q\r\x1b[201~x", KM_KEY_PASTE_BEGIN, '7', '[', 'A', 'q', KM_KEY_ENTER,
         KM_KEY_PASTE_END, 'x');
}

static void end_of_paste_may_be_cut(void **state)
{
    (void)state;
    km_input in;
    km_event e;

    km_input_init(&in, true);
    feed(&in, "\x1b[200~a\x1b[20", 11);
    assert_true(km_input_next(&e, &in, 0, false));
    assert_true(km_input_next(&e, &in, 0, false));
    assert_false(km_input_next(&e, &in, 0, false));
    feed(&in, "1~", 2);
    assert_true(km_input_next(&e, &in, 0, false));
    assert_int_equal(e.key, KM_KEY_PASTE_END);
}

/* ---- mouse ---- */

static void expect_mouse(km_input *in, int64_t ms, km_mouse_kind kind, int x, int y)
{
    km_event e;
    assert_true(km_input_next(&e, in, ms, false));
    assert_int_equal(e.key, KM_KEY_NONE);
    assert_int_equal(e.mouse.kind, kind);
    assert_int_equal(e.mouse.x, x);
    assert_int_equal(e.mouse.y, y);
}

static void sgr_press_and_release_in_one_read(void **state)
{
    (void)state;
    km_input in;
    km_event e;

    km_input_init(&in, true);
    feed(&in, "\x1b[<0;300;5M\x1b[<0;300;5m", 22);
    expect_mouse(&in, 0, KM_MOUSE_PRESS, 299, 4);
    expect_mouse(&in, 0, KM_MOUSE_RELEASE, 299, 4);
    assert_false(km_input_next(&e, &in, 0, false));
}

static void old_encoding_press_and_release_in_two_reads(void **state)
{
    (void)state;
    km_input in;

    km_input_init(&in, true);
    feed(&in, "\x1b[M !!", 6);
    expect_mouse(&in, 0, KM_MOUSE_PRESS, 0, 0);
    feed(&in, "\x1b[M#!!", 6);
    expect_mouse(&in, 50, KM_MOUSE_RELEASE, 0, 0);
    feed(&in, "\x1b[M \xff\xff", 6); /* column 223, the last it can name */
    expect_mouse(&in, 5000, KM_MOUSE_PRESS, 222, 222);
}

static void second_press_on_the_cell_in_time_is_double(void **state)
{
    (void)state;
    km_input in;

    km_input_init(&in, true);
    feed(&in, "\x1b[<0;3;4M\x1b[<0;3;4m\x1b[<0;3;4M\x1b[<0;3;4m\x1b[<0;3;4M", 45);
    expect_mouse(&in, 1000, KM_MOUSE_PRESS, 2, 3);
    expect_mouse(&in, 1000, KM_MOUSE_RELEASE, 2, 3);
    expect_mouse(&in, 1399, KM_MOUSE_DOUBLE, 2, 3);
    expect_mouse(&in, 1400, KM_MOUSE_RELEASE, 2, 3);
    expect_mouse(&in, 1401, KM_MOUSE_PRESS, 2, 3); /* a third is not double again */
}

static void press_elsewhere_or_late_is_single(void **state)
{
    (void)state;
    km_input in;

    km_input_init(&in, true);
    feed(&in, "\x1b[<0;3;4M\x1b[<0;4;4M\x1b[<0;4;4M", 27);
    expect_mouse(&in, 1000, KM_MOUSE_PRESS, 2, 3);
    expect_mouse(&in, 1001, KM_MOUSE_PRESS, 3, 3);
    expect_mouse(&in, 1001 + KM_DOUBLE_CLICK_MS + 1, KM_MOUSE_PRESS, 3, 3);
}

static void wheel_and_right_button_in_both_encodings(void **state)
{
    (void)state;
    km_input in;

    km_input_init(&in, true);
    feed(&in, "\x1b[<64;1;1M\x1b[<65;1;1M\x1b[<2;1;1M\x1b[<2;1;1m", 38);
    expect_mouse(&in, 0, KM_MOUSE_WHEEL_UP, 0, 0);
    expect_mouse(&in, 0, KM_MOUSE_WHEEL_DOWN, 0, 0);
    expect_mouse(&in, 0, KM_MOUSE_RIGHT, 0, 0);
    feed(&in, "\x1b[M`!!\x1b[Ma!!\x1b[M\"!!", 18);
    expect_mouse(&in, 0, KM_MOUSE_WHEEL_UP, 0, 0);
    expect_mouse(&in, 0, KM_MOUSE_WHEEL_DOWN, 0, 0);
    expect_mouse(&in, 0, KM_MOUSE_RIGHT, 0, 0);
}

static void random_bytes_never_hang_or_overrun(void **state)
{
    (void)state;
    uint32_t seed = 1;
    km_input in;
    km_event e;

    km_input_init(&in, true);
    km_input_bind(&in, "\x1b[13~", KM_KEY_F3);
    for (int round = 0; round < 20000; round++) {
        size_t room;
        unsigned char *to = km_input_room(&in, &room);
        size_t n = 0;
        for (; n < 12 && n < room; n++) {
            seed = seed * 1664525u + 1013904223u;
            uint32_t r = seed >> 16;
            if ((r & 0x300) == 0)
                to[n] = 0x1b;
            else if ((r & 0x300) == 0x100)
                to[n] = (unsigned char)"[<M;0129~mO"[r % 11];
            else
                to[n] = (unsigned char)r;
        }
        km_input_fed(&in, n);
        while (km_input_next(&e, &in, round, round % 3 == 0))
            ;
        if (round % 3 == 0)
            assert_false(km_input_pending(&in));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(plain_characters_and_controls_are_keys),
        cmocka_unit_test(arrows_in_both_modes_and_with_shift),
        cmocka_unit_test(editing_and_function_keys),
        cmocka_unit_test(unknown_sequences_are_taken_as_a_whole),
        cmocka_unit_test(escape_before_a_character_is_two_keys),
        cmocka_unit_test(lone_escape_waits_until_it_is_late),
        cmocka_unit_test(sequence_cut_between_reads_is_one_key),
        cmocka_unit_test(sequence_that_never_ends_gives_no_digit),
        cmocka_unit_test(escape_then_bracket_typed_apart_are_keys),
        cmocka_unit_test(sequences_of_the_terminal_come_first),
        cmocka_unit_test(cut_and_broken_utf8),
        cmocka_unit_test(bytes_of_a_c_locale_are_no_runes),
        cmocka_unit_test(nothing_acts_inside_a_paste),
        cmocka_unit_test(end_of_paste_may_be_cut),
        cmocka_unit_test(sgr_press_and_release_in_one_read),
        cmocka_unit_test(old_encoding_press_and_release_in_two_reads),
        cmocka_unit_test(second_press_on_the_cell_in_time_is_double),
        cmocka_unit_test(press_elsewhere_or_late_is_single),
        cmocka_unit_test(wheel_and_right_button_in_both_encodings),
        cmocka_unit_test(random_bytes_never_hang_or_overrun),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
