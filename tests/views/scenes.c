/** Screens the tests begin with, and their clock. */
#include "scenes.h"

#include "km_cmocka.h"

#include "view.h"

double scene_clock;

double scene_now(void)
{
    return scene_clock;
}

void pass(screen *s, int seconds)
{
    for (int i = 0; i < seconds; i++) {
        scene_clock += 1;
        km_tui_tick(s->tui);
    }
    km_tui_paint(s->tui, &s->grid);
}

void vanish(screen *s, int seconds)
{
    scene_clock += seconds;
    km_tui_tick(s->tui);
    km_tui_paint(s->tui, &s->grid);
}

void open_with_a_knot(screen *s, int w, int h, bool ascii)
{
    screen_open(s, w, h, ascii);
    s->tui->clock = scene_now;
    scene_clock = 1000;
    screen_keys(s, "/r infra 2<Enter>7");
}

void follow_the_press(screen *s)
{
    screen_keys(s, "sjjjs<Enter>");
    assert_true(screen_has(s, "step 4 of 9"));
    assert_true(screen_has(s, "compression with ball"));
}

km_treatment_list treatments(screen *s)
{
    km_error err = { 0 };
    km_treatment_list l = { 0 };
    km_mark_filter f = km_mark_filter_all();
    f.oldest_first = true;
    if (km_app_treatments(&l, s->app, &f, &err) != KM_OK)
        fail_msg("treatments: %s", err.text);
    return l;
}

km_course_list courses(screen *s)
{
    km_error err = { 0 };
    km_course_list l = { 0 };
    km_mark_filter f = km_mark_filter_all();
    f.oldest_first = true;
    if (km_app_courses(&l, s->app, &f, &err) != KM_OK)
        fail_msg("courses: %s", err.text);
    return l;
}

void open_clinic(screen *s, int w, int h, bool ascii)
{
    km_error err = { 0 };
    screen_open(s, w, h, ascii);
    if (km_app_demo(s->app, &err) != KM_OK)
        fail_msg("demo: %s", err.text);
    assert_true(tui_choose_client(s->tui, "Viktor Sorel"));
    s->tui->clock = scene_now;
    scene_clock = 100;
    screen_keys(s, "/r back of neck<Enter>");
    s->tui->n_message = 0;
    km_tui_tick(s->tui); /* the first line */
    km_tui_paint(s->tui, &s->grid);
}

void snapshot(km_buf *out, screen *s)
{
    km_tui_paint(s->tui, &s->grid);
    km_buf_reset(out);
    km_grid_dump(out, &s->grid);
    km_grid_dump_roles(out, &s->grid);
    km_buf_printf(out, "%d,%d done %d redraw %d\n", s->grid.cursor_x, s->grid.cursor_y,
                  s->tui->done, s->tui->redraw);
}
