/** The grid: text with widths and controls, clipping, cutting, wrapping, gauges, dumps. */
#include "km_cmocka.h"

#include <locale.h>
#include <math.h>

#include "grid_help.h"
#include "knotmap/draw.h"

static void expect(const km_grid *g, const char *picture)
{
    km_buf b = { 0 };
    km_grid_dump(&b, g);
    assert_string_equal(km_buf_str(&b), picture);
    km_buf_clear(&b);
}

static void text_is_clipped_at_both_edges_and_returns_its_full_width(void **state)
{
    (void)state;
    km_grid g = make(6, 2, true);
    km_rect r = { 1, 0, 4, 2 };
    assert_int_equal(km_grid_text(&g, r, 0, -2, KM_ROLE_TEXT, "abcdefgh"), 8);
    assert_int_equal(km_grid_text(&g, r, 1, 2, KM_ROLE_TEXT, "xyz"), 3);
    assert_int_equal(km_grid_text(&g, r, 2, 0, KM_ROLE_TEXT, "below"), 5);
    assert_int_equal(km_grid_text(&g, r, -1, 0, KM_ROLE_TEXT, "above"), 5);
    expect(&g, " cdef\n   xy\n");
    km_grid_free(&g);
}

static void wide_runes_take_two_cells_and_never_leave_a_half(void **state)
{
    (void)state;
    km_grid g = make(6, 3, false);
    assert_int_equal(km_grid_text(&g, whole(&g), 0, 0, KM_ROLE_TEXT, "田中!"), 5);
    assert_int_equal(km_grid_cell(&g, 1, 0)->rune, KM_RUNE_WIDE_TAIL);
    /* the second wide rune does not fit */
    km_grid_text(&g, (km_rect){ 0, 1, 3, 1 }, 0, 0, KM_ROLE_TEXT, "田中");
    /* overwriting a tail blanks its head, overwriting a head its tail */
    km_grid_text(&g, whole(&g), 2, 0, KM_ROLE_TEXT, "田中");
    km_grid_put(&g, whole(&g), 2, 1, KM_ROLE_TEXT, 'x');
    km_grid_put(&g, whole(&g), 2, 2, KM_ROLE_TEXT, 'y');
    expect(&g, "田中!\n田\n xy\n");
    km_grid_free(&g);
}

static void a_wide_rune_over_another_one_shifted_by_a_cell_stays_whole(void **state)
{
    (void)state;
    km_grid g = make(6, 1, false);
    km_grid_text(&g, whole(&g), 0, 0, KM_ROLE_TEXT, "田中");
    km_grid_text(&g, whole(&g), 0, 1, KM_ROLE_TEXT, "日");
    expect(&g, " 日\n");
    km_grid_free(&g);
}

static void combining_runes_join_the_cell_before_them(void **state)
{
    (void)state;
    km_grid g = make(5, 1, false);
    assert_int_equal(km_grid_text(&g, whole(&g), 0, 0, KM_ROLE_TEXT, "e\xCC\x81x"), 2);
    assert_int_equal(km_grid_cell(&g, 0, 0)->comb, 0x301);
    assert_int_equal(km_grid_cell(&g, 1, 0)->rune, 'x');
    km_grid_free(&g);
}

static void control_characters_never_reach_a_cell(void **state)
{
    (void)state;
    km_grid g = make(40, 2, false);
    km_grid_text(&g, whole(&g), 0, 0, KM_ROLE_TEXT, "a\x1b]0;x\x07\x7f\xc2\x9b\xff" "b");
    km_grid_put(&g, whole(&g), 1, 0, KM_ROLE_TEXT, 0x1b);
    km_grid_put(&g, whole(&g), 1, 1, KM_ROLE_TEXT, 0x9b);
    for (int y = 0; y < 2; y++) {
        for (int x = 0; x < 40; x++) {
            uint32_t rune = km_grid_cell(&g, x, y)->rune;
            assert_true(rune >= 0x20 && rune != 0x7F && !(rune >= 0x80 && rune < 0xA0));
        }
    }
    assert_int_equal(km_grid_cell(&g, 0, 0)->rune, 'a');
    km_grid_free(&g);
}

static void an_ascii_grid_holds_only_ascii(void **state)
{
    (void)state;
    km_grid g = make(20, 3, true);
    km_grid_text(&g, whole(&g), 0, 0, KM_ROLE_TEXT, "Jos\xC3\xA9");
    km_grid_vline(&g, whole(&g), 10, KM_ROLE_DIM);
    km_grid_put(&g, whole(&g), 1, 0, KM_ROLE_TEXT, 0x2500);
    km_grid_put(&g, whole(&g), 1, 1, KM_ROLE_TEXT, 0x2588);
    km_grid_text_cut(&g, whole(&g), 2, 0, 6, KM_ROLE_TEXT, "infraspinatus");
    expect(&g, "Jos?      |\n-#        |\ninf...    |\n");
    km_grid_free(&g);
}

static void a_cut_text_ends_in_an_ellipsis_only_when_it_does_not_fit(void **state)
{
    (void)state;
    km_grid g = make(12, 4, false);
    assert_int_equal(km_grid_text_cut(&g, whole(&g), 0, 0, 5, KM_ROLE_TEXT, "abcde"), 5);
    assert_int_equal(km_grid_text_cut(&g, whole(&g), 1, 0, 5, KM_ROLE_TEXT, "abcdef"), 6);
    km_grid_text_cut(&g, whole(&g), 2, 10, 9, KM_ROLE_TEXT, "abcdef");
    km_grid_text_cut(&g, whole(&g), 3, 12, 9, KM_ROLE_TEXT, "gone");
    expect(&g, "abcde\nabcd…\n          a…\n\n");
    km_grid_free(&g);
}

static void text_wraps_at_words_breaks_long_ones_and_keeps_newlines(void **state)
{
    (void)state;
    km_grid g = make(8, 6, true);
    int n = km_grid_wrap(&g, whole(&g), 0, KM_ROLE_TEXT, "top of shoulders\nabcdefghijk");
    assert_int_equal(n, 5);
    expect(&g, "top of\nshoulder\ns\nabcdefgh\nijk\n\n");
    km_grid_free(&g);
}

static void text_wraps_between_things_rather_than_within_them(void **state)
{
    (void)state;
    km_grid g = make(16, 3, true);
    assert_int_equal(km_grid_wrap(&g, whole(&g), 0, KM_ROLE_TEXT, ". 1-13  : 14-27  + 28-41"), 2);
    expect(&g, ". 1-13  : 14-27\n+ 28-41\n\n");
    km_grid_free(&g);
    g = make(18, 3, true);
    assert_int_equal(km_grid_wrap(&g, whole(&g), 0, KM_ROLE_TEXT, "a  one two three four"), 2);
    expect(&g, "a  one two three\nfour\n\n");
    km_grid_free(&g);
    g = make(18, 3, true);
    assert_int_equal(km_grid_wrap(&g, whole(&g), 0, KM_ROLE_TEXT, ". 1-13  : 14-27  + 28-41"), 2);
    expect(&g, ". 1-13  : 14-27\n+ 28-41\n\n");
    km_grid_free(&g);
}

static void wrapping_counts_lines_below_the_edge(void **state)
{
    (void)state;
    km_grid g = make(4, 1, true);
    assert_int_equal(km_grid_wrap(&g, whole(&g), 0, KM_ROLE_TEXT, "one two six"), 3);
    expect(&g, "one\n");
    assert_int_equal(km_grid_wrap(&g, (km_rect){ 0, 0, 0, 3 }, 0, KM_ROLE_TEXT, "one"), 0);
    km_grid_free(&g);
}

static void right_aligned_text_ends_at_the_edge(void **state)
{
    (void)state;
    km_grid g = make(8, 1, true);
    assert_int_equal(km_grid_text_right(&g, whole(&g), 0, KM_ROLE_TEXT, "now"), 5);
    expect(&g, "     now\n");
    km_grid_free(&g);
}

static void bars_and_sparklines_show_shares(void **state)
{
    (void)state;
    const double v[] = { 0, 5, NAN, 10, 99 };
    km_grid g = make(12, 4, true);
    km_grid_bar(&g, whole(&g), 0, 0, 12, KM_ROLE_ACCENT, 0.5);
    km_grid_bar(&g, whole(&g), 1, 0, 6, KM_ROLE_ACCENT, NAN);
    km_grid_bar(&g, whole(&g), 2, 0, 6, KM_ROLE_ACCENT, 7);
    km_grid_spark(&g, whole(&g), 3, 0, KM_ROLE_TEXT, v, 5, 10);
    expect(&g, "[#####.....]\n[....]\n[####]\n_- ^^\n");
    g.ascii = false;
    km_grid_spark(&g, whole(&g), 3, 0, KM_ROLE_TEXT, v, 5, 10);
    expect(&g, "[#####.....]\n[....]\n[####]\n▁▅ ██\n");
    km_grid_free(&g);
}

static void the_role_dump_names_each_cell(void **state)
{
    (void)state;
    km_grid g = make(3, 1, true);
    km_grid_put(&g, whole(&g), 0, 1, KM_ROLE_DIM, 'x');
    km_grid_role(&g, whole(&g), 0, 2, 9, KM_ROLE_TITLE);
    km_buf b = { 0 };
    km_grid_dump_roles(&b, &g);
    assert_string_equal(km_buf_str(&b), ".BC\n");
    km_buf_clear(&b);
    km_grid_free(&g);
}

static void nothing_is_touched_outside_whatever_the_rectangle(void **state)
{
    (void)state;
    /* the sanitizer is the judge; huge and negative rectangles must not overflow either */
    const int edge[] = { INT32_MIN / 2, -7, -1, 0, 1, 3, 50, INT32_MAX / 2 };
    const int n = (int)(sizeof edge / sizeof edge[0]);
    for (int w = 0; w < 4; w++) {
        km_grid g = make(w, 3 - w, false);
        for (int i = 0; i < n * n; i++) {
            km_rect r = { edge[i % n] / 2, edge[i / n] / 2, edge[i / n] / 2, edge[i % n] / 2 };
            km_rect in = km_rect_clip(&g, r);
            assert_true(in.x >= 0 && in.y >= 0 && in.x + in.w <= g.w && in.y + in.h <= g.h);
            km_grid_text(&g, r, 0, 0, KM_ROLE_TEXT, "田x");
            km_grid_fill(&g, r, KM_ROLE_DIM, '.');
            km_grid_vline(&g, r, 0, KM_ROLE_DIM);
            km_grid_role(&g, r, 0, -2, 9, KM_ROLE_DIM);
            km_grid_text_cut(&g, r, 0, 0, 3, KM_ROLE_TEXT, "abcdef");
        }
        km_grid_free(&g);
    }
}

static void resizing_blanks_the_grid_and_forgets_the_cursor(void **state)
{
    (void)state;
    km_grid g = make(4, 2, true);
    km_grid_fill(&g, whole(&g), KM_ROLE_TEXT, '#');
    g.cursor_x = 1;
    km_grid_resize(&g, 3, 3);
    assert_int_equal(g.cursor_x, -1);
    expect(&g, "\n\n\n");
    km_grid_resize(&g, -4, 2);
    assert_int_equal(g.w, 0);
    km_grid_free(&g);
}

static void every_role_has_its_own_name(void **state)
{
    (void)state;
    for (int i = 0; i < KM_ROLE_COUNT; i++) {
        assert_non_null(km_role_name[i]);
        for (int j = 0; j < i; j++)
            assert_string_not_equal(km_role_name[i], km_role_name[j]);
    }
}

int main(void)
{
    setlocale(LC_ALL, "C.UTF-8");
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(text_is_clipped_at_both_edges_and_returns_its_full_width),
        cmocka_unit_test(wide_runes_take_two_cells_and_never_leave_a_half),
        cmocka_unit_test(a_wide_rune_over_another_one_shifted_by_a_cell_stays_whole),
        cmocka_unit_test(combining_runes_join_the_cell_before_them),
        cmocka_unit_test(control_characters_never_reach_a_cell),
        cmocka_unit_test(an_ascii_grid_holds_only_ascii),
        cmocka_unit_test(a_cut_text_ends_in_an_ellipsis_only_when_it_does_not_fit),
        cmocka_unit_test(text_wraps_at_words_breaks_long_ones_and_keeps_newlines),
        cmocka_unit_test(text_wraps_between_things_rather_than_within_them),
        cmocka_unit_test(wrapping_counts_lines_below_the_edge),
        cmocka_unit_test(right_aligned_text_ends_at_the_edge),
        cmocka_unit_test(bars_and_sparklines_show_shares),
        cmocka_unit_test(the_role_dump_names_each_cell),
        cmocka_unit_test(nothing_is_touched_outside_whatever_the_rectangle),
        cmocka_unit_test(resizing_blanks_the_grid_and_forgets_the_cursor),
        cmocka_unit_test(every_role_has_its_own_name),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
