/** Pictures of every view, every size, and what a resize must not touch. */
#include "km_cmocka.h"

#include <locale.h>

#include "knotmap/rng.h"
#include "places.h"
#include "screen.h"

static void pictures(void **state)
{
    const screen_size *size = *state;
    screen s;
    screen_open(&s, size->w, size->h, size->ascii);
    for (int p = 0; p < n_places; p++) {
        places_go(&s, p);
        screen_picture(&s, places[p].name);
    }
    screen_close(&s);
}

static void the_first_start_shows_three_lines_and_the_first_mark_ends_them(void **state)
{
    (void)state;
    screen s;
    screen_open(&s, 80, 24, false);
    screen_same(&s, "80x24-unicode-first-start");
    assert_true(screen_has(&s, "Move to where it hurts."));
    screen_keys(&s, "5");
    assert_false(screen_has(&s, "Move to where it hurts."));
    screen_close(&s);
}

static void every_view_takes_every_size_and_comes_back(void **state)
{
    (void)state;
    screen s;
    screen_open(&s, 80, 24, false);
    for (int p = 0; p < n_places; p++) {
        places_go(&s, p);
        screen_every_size(&s);
    }
    screen_close(&s);
}

static void a_screen_too_small_names_the_size_it_needs(void **state)
{
    (void)state;
    screen s;
    screen_open(&s, 80, 24, false);
    screen_resize(&s, 19, 24);
    assert_string_equal(screen_line(&s, 0), "needs 20x6, is");
    screen_resize(&s, 40, 5);
    assert_string_equal(screen_line(&s, 0), "needs 20x6, is 40x5");
    screen_resize(&s, 80, 24);
    assert_true(screen_has(&s, "FRONT"));
    screen_close(&s);
}

static void keys_work_at_any_size(void **state)
{
    (void)state;
    static const int size[][2] = { { 1, 1 }, { 20, 6 }, { 30, 10 }, { 50, 17 }, { 200, 60 } };
    screen s;
    screen_open(&s, 80, 24, false);
    for (size_t i = 0; i < sizeof size / sizeof size[0]; i++) {
        screen_resize(&s, size[i][0], size[i][1]);
        screen_keys(&s, "jkhl<Tab><S-Tab>zzZZvvv5u|<Enter>jk<Esc>H<Esc>Rj<Esc>A<Tab>G<Esc>");
        screen_check_cursor(&s);
    }
    screen_close(&s);
}

/** Any key anywhere: no crash, the cursor on the screen, nothing outside the grid. */
static void random_keys_clicks_and_sizes_do_no_harm(void **state)
{
    (void)state;
    static const km_key special[] = {
        KM_KEY_UP, KM_KEY_DOWN, KM_KEY_LEFT, KM_KEY_RIGHT, KM_KEY_SHIFT_UP, KM_KEY_SHIFT_LEFT,
        KM_KEY_TAB, KM_KEY_SHIFT_TAB, KM_KEY_ENTER, KM_KEY_ENTER, KM_KEY_ESC, KM_KEY_ESC,
        KM_KEY_BACKSPACE, KM_KEY_DELETE, KM_KEY_HOME, KM_KEY_END, KM_KEY_PAGE_UP,
        KM_KEY_PAGE_DOWN, KM_KEY_F1, KM_CTRL('R'), KM_CTRL('U'), KM_CTRL('L'), 0xE9, 0x7530,
    };
    const uint32_t n_special = sizeof special / sizeof special[0];
    screen s;
    screen_open(&s, 80, 24, false);
    km_rng r = km_rng_seed(20261120);
    for (int i = 0; i < 6000; i++) {
        uint32_t what = km_rng_below(&r, 100);
        if (what < 2) {
            screen_resize(&s, (int)km_rng_below(&r, 130) + 1, (int)km_rng_below(&r, 50) + 1);
        } else if (what < 10) {
            const km_mouse m = { (km_mouse_kind)km_rng_below(&r, 8),
                                 (int)km_rng_below(&r, 130), (int)km_rng_below(&r, 50) };
            km_tui_mouse(s.tui, &m);
        } else if (what < 45) {
            km_tui_key(s.tui, special[km_rng_below(&r, n_special)]);
        } else {
            km_tui_key(s.tui, 0x20 + km_rng_below(&r, 0x5F));
        }
        km_tui_paint(s.tui, &s.grid);
        screen_check_cursor(&s);
    }
    screen_close(&s);
}

static void an_ascii_screen_holds_only_ascii(void **state)
{
    (void)state;
    screen s;
    screen_open(&s, 80, 24, true);
    screen_keys(&s, "CaJos\xC3\xA9<Enter>B");
    for (int p = 0; p < n_places; p++) {
        places_go(&s, p);
        for (int i = 0; i < s.grid.w * s.grid.h; i++)
            assert_in_range(s.grid.cell[i].rune, 0x20, 0x7E);
    }
    screen_close(&s);
}

int main(void)
{
    setlocale(LC_ALL, "C.UTF-8");
    const struct CMUnitTest tests[] = {
        SCREEN_SIZES("views", pictures),
        cmocka_unit_test(the_first_start_shows_three_lines_and_the_first_mark_ends_them),
        cmocka_unit_test(every_view_takes_every_size_and_comes_back),
        cmocka_unit_test(a_screen_too_small_names_the_size_it_needs),
        cmocka_unit_test(keys_work_at_any_size),
        cmocka_unit_test(random_keys_clicks_and_sizes_do_no_harm),
        cmocka_unit_test(an_ascii_screen_holds_only_ascii),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
