/* Plots as pictures: lines with gaps and axes, small multiples, a calendar; any size is safe. */
#include "km_cmocka.h"

#include <math.h>

#include "grid_help.h"
#include "knotmap/plot.h"

static void expect(km_grid *g, const char *picture)
{
    km_buf b = { 0 };
    km_grid_dump(&b, g);
    assert_string_equal(km_buf_str(&b), picture);
    km_buf_clear(&b);
    km_grid_free(g);
}

static const double falling[] = { 8, 7, 7, NAN, NAN, 5, 3, 2, 0 };

static km_plot plot_of(const char *title)
{
    return (km_plot){ .title = title, .unit = "0-10", .v = falling, .n = 9, .low = 0, .high = 10,
                      .from = "1 Oct", .mid = "26 Oct", .to = "20 Nov", .role = KM_ROLE_ACCENT };
}

static void a_line_has_axes_unit_and_labels_and_breaks_at_a_gap(void **state)
{
    (void)state;
    km_grid g = make(30, 9, true);
    const km_plot p = plot_of("left:calf");
    km_plot_line(&g, whole(&g), &p);
    expect(&g, "left:calf                 0-10\n"
               "10+\n"
               "  |*.\n"
               "  |  .*...*\n"
               " 5+                *.\n"
               "  |                  ..*..*.\n"
               " 0+                         .*\n"
               "  +---------------------------\n"
               "   1 Oct     26 Oct     20 Nov\n");
}

static void braille_has_eight_dots_a_cell(void **state)
{
    (void)state;
    km_grid g = make(30, 9, false);
    const km_plot p = plot_of("left:calf");
    km_plot_line(&g, whole(&g), &p);
    expect(&g, "left:calf                 0-10\n"
               "10┤\n"
               "  │⠒⠤⠤⣀⣀⣀⣀\n"
               "  │\n"
               " 5┤                ⠈⠒⠤⣀\n"
               "  │                    ⠉⠒⠢⢄⡀\n"
               " 0┤                        ⠈⠢⢄\n"
               "  └───────────────────────────\n"
               "   1 Oct     26 Oct     20 Nov\n");
}

/* A gap within reach is drawn across, a longer one is not. */
static void a_short_gap_within_reach_does_not_break_the_line(void **state)
{
    (void)state;
    const double v[] = { 5, NAN, NAN, 5, NAN, NAN, NAN, 5 };
    km_grid g = make(KM_PLOT_LEAST_W + 9, 7, true);
    const km_plot p = { .v = v, .n = 8, .reach = 2, .low = 0, .high = 10, .role = KM_ROLE_TEXT };
    km_plot_line(&g, whole(&g), &p);
    expect(&g, "\n"
               "10+\n"
               "  |\n"
               " 5+*........*           *\n"
               " 0+\n"
               "  +----------------------\n"
               "\n");
}

/* Whatever the size, a value lies on the line of its figure. */
static void a_figure_of_the_axis_stands_where_its_value_is_drawn(void **state)
{
    (void)state;
    for (int h = KM_PLOT_LEAST_H; h <= 60; h++) {
        for (int value = 0; value <= 10; value++) {
            const double v[] = { value, value };
            km_plot p = plot_of("left:calf");
            p.v = v;
            p.n = 2;
            for (int ascii = 0; ascii < 2; ascii++) {
                km_grid g = make(40, h, ascii);
                km_plot_line(&g, whole(&g), &p);
                int figures = 0;
                for (int y = 1; y < h - 2; y++) {
                    uint32_t tens = km_grid_cell(&g, 0, y)->rune, ones = km_grid_cell(&g, 1, y)->rune;
                    if (ones < '0' || ones > '9')
                        continue;
                    figures++;
                    if ((tens == '1' ? 10 : 0) + (int)(ones - '0') == value)
                        assert_int_not_equal(km_grid_cell(&g, 3, y)->rune, ' ');
                }
                assert_int_equal(figures, h - 3 >= 16 ? 6 : h - 3 >= 4 ? 3 : 2);
                km_grid_free(&g);
            }
        }
    }
}

static void the_line_has_its_role_and_the_axes_are_dim(void **state)
{
    (void)state;
    km_grid g = make(30, 9, true);
    const km_plot p = plot_of(NULL);
    km_plot_line(&g, whole(&g), &p);
    assert_int_equal(km_grid_cell(&g, 3, 2)->role, KM_ROLE_ACCENT);
    assert_int_equal(km_grid_cell(&g, 2, 2)->role, KM_ROLE_DIM);
    km_grid_free(&g);
}

static void values_outside_stand_at_the_edge(void **state)
{
    (void)state;
    const double v[] = { -5, 25 };
    km_grid g = make(KM_PLOT_LEAST_W, 6, true);
    const km_plot p = { .v = v, .n = 2, .low = 0, .high = 10, .role = KM_ROLE_TEXT };
    km_plot_line(&g, whole(&g), &p);
    assert_int_equal(km_grid_cell(&g, 3, 3)->rune, '*');
    assert_int_equal(km_grid_cell(&g, KM_PLOT_LEAST_W - 1, 1)->rune, '*');
    km_grid_free(&g);
}

static void small_multiples_fill_the_width_in_order(void **state)
{
    (void)state;
    const km_plot p[] = { plot_of("left:calf"), plot_of("right:calf"), plot_of("sternum") };
    assert_int_equal(km_plot_many_lines(76, 3), 17);
    km_grid g = make(76, 17, true);
    assert_int_equal(km_plot_many(&g, whole(&g), p, 3), 3);
    expect(&g,
           "left:calf                        0-10  right:calf                       0-10\n"
           "10+                                    10+\n"
           "  |*...*...*                             |*...*...*\n"
           " 5+                     *.              5+                     *.\n"
           "  |                       ..*...*.       |                       ..*...*.\n"
           " 0+                               ..*   0+                               ..*\n"
           "  +----------------------------------    +----------------------------------\n"
           "   1 Oct         26 Oct        20 Nov     1 Oct         26 Oct        20 Nov\n"
           "\n"
           "sternum                          0-10\n"
           "10+\n"
           "  |*...*...*\n"
           " 5+                     *.\n"
           "  |                       ..*...*.\n"
           " 0+                               ..*\n"
           "  +----------------------------------\n"
           "   1 Oct         26 Oct        20 Nov\n");
    g = make(76, 10, true);
    assert_int_equal(km_plot_many(&g, whole(&g), p, 3), 2);
    km_grid_free(&g);
    assert_int_equal(km_plot_many_lines(76, 0), 0);
}

/* 70 days from Friday 4 September 2026: every fifth without a value. */
static km_plot_days days_of(double v[70])
{
    for (int i = 0; i < 70; i++)
        v[i] = i % 5 == 4 ? NAN : (double)(i % 12);
    return (km_plot_days){ .first = km_day_of(2026, 9, 4), .v = v, .n = 70, .high = 10 };
}

static void a_calendar_shows_weeks_as_columns(void **state)
{
    (void)state;
    double v[70];
    km_grid g = make(40, KM_CALENDAR_LINES, true);
    const km_plot_days d = days_of(v);
    km_plot_calendar(&g, whole(&g), &d);
    assert_int_equal(km_grid_cell(&g, 3, 5)->role, KM_ROLE_TEXT);  /* 0: no heat */
    assert_int_equal(km_grid_cell(&g, 5, 1)->role, KM_ROLE_HEAT2); /* 3 of 10 */
    assert_int_equal(km_grid_cell(&g, 7, 1)->role, KM_ROLE_HEAT5); /* 10 of 10 */
    expect(&g, "   Sep     Oct     Nov\n"
               "Mo   3 * 5 . 7 2 9 4 . 6\n"
               "Tu   . * 6 1 8 . * 5 0 7\n"
               "We   5 0 . 2 9 4 * . 1 8\n"
               "Th   6 1 8 3 . 5 0 7 2 .\n"
               "Fr 0 7 . 9 4 * 6 . 8 3\n"
               "Sa 1 8 3 * . 0 7 2 9 .\n"
               "Su 2 . 4 * 6 1 . 3 * 5\n");
}

static void a_narrow_calendar_shows_the_last_weeks(void **state)
{
    (void)state;
    double v[70];
    km_grid g = make(11, KM_CALENDAR_LINES, false);
    const km_plot_days d = days_of(v);
    km_plot_calendar(&g, whole(&g), &d);
    expect(&g, "    Oct Nov\n"
               "Mo 5·7294·6\n"
               "Tu 618·*507\n"
               "We ·294*·18\n"
               "Th 83·5072·\n"
               "Fr 94*6·83\n"
               "Sa *·0729·\n"
               "Su *61·3*5\n");
}

static void every_size_and_every_series_is_safe(void **state)
{
    (void)state;
    double v[400];
    for (int i = 0; i < 400; i++)
        v[i] = i % 7 == 0 ? NAN : (double)(i % 11);
    for (int w = 0; w < 60; w++) {
        for (int h = 0; h < 14; h++) {
            for (int n = 0; n <= 400; n += n < 3 ? 1 : 199) {
                km_grid g = make(w, h, (w + h) % 2 == 0);
                const km_plot p = { .title = "x", .unit = "kPa", .v = v, .n = n, .low = 0,
                                    .high = 10, .from = "a", .mid = "b", .to = "c" };
                const km_plot_days d = { .first = 20000, .v = v, .n = n, .high = 10 };
                km_plot_line(&g, whole(&g), &p);
                km_plot_many(&g, whole(&g), &p, 1);
                km_plot_calendar(&g, whole(&g), &d);
                km_grid_free(&g);
            }
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_line_has_axes_unit_and_labels_and_breaks_at_a_gap),
        cmocka_unit_test(braille_has_eight_dots_a_cell),
        cmocka_unit_test(a_short_gap_within_reach_does_not_break_the_line),
        cmocka_unit_test(a_figure_of_the_axis_stands_where_its_value_is_drawn),
        cmocka_unit_test(the_line_has_its_role_and_the_axes_are_dim),
        cmocka_unit_test(values_outside_stand_at_the_edge),
        cmocka_unit_test(small_multiples_fill_the_width_in_order),
        cmocka_unit_test(a_calendar_shows_weeks_as_columns),
        cmocka_unit_test(a_narrow_calendar_shows_the_last_weeks),
        cmocka_unit_test(every_size_and_every_series_is_safe),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
