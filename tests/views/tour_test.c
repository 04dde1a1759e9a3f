/** A therapist's tour, by keyboard alone and by mouse alone, ends with the same records. */
#include "km_cmocka.h"

#include <string.h>

#include "screen.h"

static screen s;

static int setup(void **state)
{
    (void)state;
    screen_open(&s, 80, 24, false);
    return 0;
}

static int teardown(void **state)
{
    (void)state;
    screen_close(&s);
    return 0;
}

/* The active point and the soreness of three thigh regions, newest first. */
static void assert_toured(void)
{
    km_mark_list l = screen_marks(&s);
    assert_int_equal(l.n, 4);
    for (size_t i = 0; i < 3; i++) {
        assert_int_equal(l.row[i].kind, KM_KIND_SORENESS);
        assert_int_equal(l.row[i].intensity, 5);
        assert_int_equal(l.row[i].place.side, KM_SIDE_LEFT);
        assert_int_equal(strncmp(l.row[i].place.region, "thigh_", 6), 0);
        for (size_t k = 0; k < i; k++)
            assert_string_not_equal(l.row[i].place.region, l.row[k].place.region);
    }
    assert_int_equal(l.row[3].intensity, 7);
    assert_int_equal(l.row[3].state, KM_STATE_ACTIVE);
    assert_string_equal(l.row[3].place.muscle, "infraspinatus");
    assert_int_equal(l.row[3].place.tp, 2);
    assert_int_equal(l.row[3].place.side, KM_SIDE_LEFT);
    km_mark_list_clear(&l);
}

static void by_keyboard_alone(void **state)
{
    (void)state;
    screen_keys(&s, "/l infr<Enter>z<Enter>j");
    assert_true(screen_has(&s, "# left front of shoulder")); /* on the front view at once */
    screen_keys(&s, "e7<Down><Down><Right><Enter><Esc>Zv");
    assert_true(screen_has(&s, "LEFT"));
    screen_keys(&s, "~/l front of thigh<Enter>5/l outer thigh<Enter>5/l back of thigh<Enter>5");
    assert_toured();
    static const int size[5][2] = { { 120, 40 }, { 200, 60 }, { 60, 20 }, { 30, 10 }, { 80, 24 } };
    for (int i = 0; i < 5; i++)
        screen_resize(&s, size[i][0], size[i][1]);
    assert_true(screen_has(&s, "LEFT BACK OF THIGH")); /* the place is not lost */
}

/* Click the middle of a place, where the picture shows it. */
static void click_place(km_mouse_kind kind, int x, int y)
{
    const km_mouse m = { kind, x, y };
    km_tui_mouse(s.tui, &m);
    km_tui_paint(s.tui, &s.grid);
}

/* The first cell that selects a place by its title in the panel. */
static void click_until(const char *title)
{
    for (int y = 1; y < 23; y++) {
        for (int x = 0; x < 47; x++) {
            click_place(KM_MOUSE_CLICK, x, y);
            if (screen_has(&s, title))
                return;
        }
    }
    fail_msg("no cell is %s", title);
}

static void mark_soreness(const char *title)
{
    click_until(title);
    screen_click(&s, "soreness here");
    screen_click(&s, " 5 ");
    click_place(KM_MOUSE_CLICK, 0, 23); /* takes the message away */
}

static void by_mouse_alone(void **state)
{
    (void)state;
    click_until("LEFT SHOULDER BLADE");
    int x = s.grid.cursor_x, y = s.grid.cursor_y;
    click_place(KM_MOUSE_WHEEL_UP, x, y);
    click_place(KM_MOUSE_WHEEL_DOWN, x, y);
    click_place(KM_MOUSE_DOUBLE, x, y);
    screen_click(&s, "X2");
    assert_true(screen_has(&s, "# left front of shoulder"));
    screen_click(&s, "e form");
    for (int i = 0; i < 8; i++) /* the intensity steps up from not said to 7 */
        screen_click(&s, " >");
    screen_click(&s, "state");
    screen_click(&s, "unspecified");
    screen_click(&s, "save");
    click_place(KM_MOUSE_CLICK, 0, 23);
    click_place(KM_MOUSE_CLICK, 1, 0); /* the title leads back */
    screen_click(&s, "m kind");
    screen_click(&s, "soreness (~)");
    screen_click(&s, "v view");
    assert_true(screen_has(&s, "LEFT"));
    mark_soreness("LEFT FRONT OF THIGH");
    mark_soreness("LEFT OUTER THIGH");
    mark_soreness("LEFT BACK OF THIGH");
    assert_toured();
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(by_keyboard_alone, setup, teardown),
        cmocka_unit_test_setup_teardown(by_mouse_alone, setup, teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
