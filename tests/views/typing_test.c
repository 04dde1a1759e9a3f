/** What is typed and clicked: prompts, forms, help, the mouse. */
#include "km_cmocka.h"

#include <locale.h>
#include <string.h>

#include "flow.h"

/* ---- text is text ---- */

static void letters_in_a_prompt_are_text(void **state)
{
    (void)state;
    screen_keys(&s, "/hjklqu?:7");
    assert_true(screen_has(&s, "find: hjklqu?:7"));
    assert_int_equal(count(), 0);
    screen_keys(&s, "<Esc>?qj7");
    assert_true(screen_has(&s, "filter: qj7"));
    screen_keys(&s, "<Esc>:qj7");
    assert_true(screen_has(&s, "Do: qj7"));
}

static void pasted_text_runs_no_action(void **state)
{
    (void)state;
    screen_keys(&s, "<Paste>7qx0<EndPaste>");
    assert_int_equal(count(), 0);
    assert_false(km_tui_done(s.tui));
    screen_keys(&s, "/<Paste>knee<EndPaste>");
    assert_true(screen_has(&s, "find: knee"));
}

static void what_was_typed_survives_resize_and_refusal(void **state)
{
    (void)state;
    screen_keys(&s, "7e<Up><Up>a note with q and 7<Up>not a day<Enter>");
    assert_true(screen_has(&s, "not a day: not a time"));
    screen_resize(&s, 30, 8);
    screen_resize(&s, 1, 1);
    screen_resize(&s, 80, 24);
    assert_true(screen_has(&s, "a note with q and 7"));
    screen_keys(&s, "<C-U>yesterday<Enter>");
    km_mark_list l = screen_marks(&s);
    assert_string_equal(l.row[0].note, "a note with q and 7");
    assert_true(l.row[0].has_onset);
    km_mark_list_clear(&l);
}

static void leaving_a_changed_form_asks_once(void **state)
{
    (void)state;
    screen_keys(&s, "7e9<Esc>");
    assert_non_null(strstr(screen_last(&s), "not stored yet"));
    screen_keys(&s, "<Esc>");
    assert_true(screen_has(&s, "FRONT"));
    assert_string_equal(newest(), "knot 7 right:shoulder_top -:0 unspecified");
}

static void the_form_names_muscle_point_state_and_time(void **state)
{
    (void)state;
    screen_keys(&s, "e8<Tab>l<Tab>a<Tab> <Tab><Tab><Tab><Tab><Tab>right:temple<Tab><Tab><Tab><Tab>");
    screen_keys(&s, "<C-U>yesterday 18:30<Enter>");
    km_mark_list l = screen_marks(&s);
    assert_int_equal(l.n, 1);
    const km_mark *m = &l.row[0];
    char at[KM_TIME_TEXT];
    km_time_local(at, m->at);
    assert_string_equal(at, "2026-11-19 18:30");
    assert_int_equal(m->intensity, 8);
    assert_non_null(m->place.muscle);
    assert_int_equal(m->state, KM_STATE_ACTIVE);
    assert_int_equal(m->qualities, 1u << KM_QUALITY_ACHING);
    assert_int_equal(m->n_felt, 1);
    assert_string_equal(m->felt[0].region, "temple");
    km_mark_list_clear(&l);
}

/* ---- help and palette ---- */

static void help_filters_as_one_types_and_runs_a_row(void **state)
{
    (void)state;
    screen_keys(&s, "?farther");
    assert_true(screen_has(&s, "zoom-out"));
    assert_false(screen_has(&s, "zoom-in "));
    screen_keys(&s, "<Enter>");
    assert_string_equal(screen_last(&s), " this is the whole body");
}

static void the_palette_does_what_the_key_does(void **state)
{
    (void)state;
    screen_keys(&s, "7:undo<Enter>");
    assert_int_equal(count(), 0);
    screen_keys(&s, ":rdo");
    assert_true(screen_has(&s, "Ctrl-R          redo"));
    screen_keys(&s, "<Enter>");
    assert_int_equal(count(), 1);
}

static void an_error_stays_until_a_key(void **state)
{
    (void)state;
    screen_keys(&s, "0");
    km_tui_tick(s.tui);
    km_tui_paint(s.tui, &s.grid);
    assert_string_equal(screen_last(&s), " no open knot here");
    screen_keys(&s, "<Left>");
    assert_null(strstr(screen_last(&s), "no open knot here"));
}

/* ---- mouse ---- */

static void the_mouse_selects_opens_zooms_and_can_be_off(void **state)
{
    (void)state;
    screen_keys(&s, "/l knee outer<Enter>");
    km_mouse m = { KM_MOUSE_CLICK, s.grid.cursor_x, s.grid.cursor_y };
    screen_keys(&s, "/r temple<Enter>");
    km_tui_mouse(s.tui, &m);
    km_tui_paint(s.tui, &s.grid);
    assert_true(screen_has(&s, "LEFT"));
    assert_int_equal(s.grid.cursor_x, m.x);
    m.kind = KM_MOUSE_WHEEL_UP;
    km_tui_mouse(s.tui, &m);
    km_tui_paint(s.tui, &s.grid);
    assert_false(screen_has(&s, "likely muscles")); /* the half view has lines, no panel */
    m.kind = KM_MOUSE_WHEEL_DOWN;
    km_tui_mouse(s.tui, &m);
    m.kind = KM_MOUSE_DOUBLE;
    km_tui_mouse(s.tui, &m);
    km_tui_paint(s.tui, &s.grid);
    assert_true(screen_has(&s, "other side"));
    screen_keys(&s, "<Esc>:mouse<Enter>");
    assert_false(km_tui_wants_mouse(s.tui));
}

static void the_last_line_can_be_clicked(void **state)
{
    (void)state;
    screen_click(&s, "knot here");
    assert_true(screen_has(&s, "how strong"));
    screen_click(&s, " 7 ");
    assert_string_equal(newest(), "knot 7 right:shoulder_top -:0 unspecified");
    screen_click(&s, "u undoes"); /* the first click only takes the message away */
    assert_int_equal(count(), 1);
    screen_click(&s, "m kind");
    screen_click(&s, "soreness (~)");
    screen_click(&s, "z zoom");
    assert_false(screen_has(&s, "likely muscles"));
    screen_click(&s, "v view");
    assert_true(screen_has(&s, "LEFT"));
}

static void a_form_can_be_filled_with_the_mouse(void **state)
{
    (void)state;
    screen_keys(&s, "7e");
    screen_click(&s, "state");
    screen_click(&s, "unspecified");
    assert_true(screen_has(&s, "< active >"));
    screen_click(&s, "feels");
    screen_click(&s, "[ ]");
    screen_click(&s, "save");
    assert_string_equal(newest(), "knot 7 right:shoulder_top -:0 active");
    km_mark_list l = screen_marks(&s);
    assert_int_equal(l.row[0].qualities, 1u << KM_QUALITY_ACHING);
    km_mark_list_clear(&l);
}

int main(void)
{
    setlocale(LC_ALL, "C.UTF-8");
    const struct CMUnitTest tests[] = {
        T(letters_in_a_prompt_are_text),
        T(pasted_text_runs_no_action),
        T(what_was_typed_survives_resize_and_refusal),
        T(leaving_a_changed_form_asks_once),
        T(the_form_names_muscle_point_state_and_time),
        T(help_filters_as_one_types_and_runs_a_row),
        T(the_palette_does_what_the_key_does),
        T(an_error_stays_until_a_key),
        T(the_mouse_selects_opens_zooms_and_can_be_off),
        T(the_last_line_can_be_clicked),
        T(a_form_can_be_filled_with_the_mouse),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
