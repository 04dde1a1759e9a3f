/** Key scripts through keymap, view, app and store, and what the screen says of them. */
#include <locale.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "screen.h"

static screen s;

static int start(void **state)
{
    (void)state;
    screen_open(&s, 80, 24, false);
    return 0;
}

static int stop(void **state)
{
    (void)state;
    screen_close(&s);
    return 0;
}

/** The newest mark as "kind intensity place/muscle:tp state". */
static const char *newest(void)
{
    static char text[200];
    km_mark_list l = screen_marks(&s);
    if (l.n == 0) {
        snprintf(text, sizeof text, "none");
    } else {
        const km_mark *m = &l.row[0];
        snprintf(text, sizeof text, "%s %d %s:%s %s:%d %s", km_word(KM_VOCAB_KIND, (int)m->kind),
                 m->intensity, km_word(KM_VOCAB_SIDE, (int)m->place.side), m->place.region,
                 m->place.muscle ? m->place.muscle : "-", m->place.tp,
                 km_word(KM_VOCAB_STATE, (int)m->state));
    }
    km_mark_list_clear(&l);
    return text;
}

static size_t count(void)
{
    km_mark_list l = screen_marks(&s);
    size_t n = l.n;
    km_mark_list_clear(&l);
    return n;
}

/* ---- marking ---- */

static void one_digit_stores_a_mark_and_a_restart_finds_it(void **state)
{
    (void)state;
    screen_keys(&s, "7");
    assert_string_equal(screen_last(&s), " knot 7 at right top of shoulder. u undoes.");
    assert_string_equal(newest(), "knot 7 right:shoulder_top -:0 unspecified");
    screen_restart(&s);
    assert_true(screen_has(&s, "RIGHT TOP OF SHOULDER"));
    assert_true(screen_has(&s, "o 7  knot"));
}

static void find_four_letters_enter_digit_marks_that_muscle(void **state)
{
    (void)state;
    screen_keys(&s, "/infr<Enter>6");
    assert_string_equal(newest(), "knot 6 right:scapula infraspinatus:0 unspecified");
    assert_non_null(strstr(screen_last(&s), "right shoulder blade"));
}

static void find_lists_left_and_right_apart_and_a_letter_picks(void **state)
{
    (void)state;
    screen_keys(&s, "/infr");
    assert_true(screen_has(&s, "right shoulder blade (infraspinatus)"));
    assert_true(screen_has(&s, "left shoulder blade (infraspinatus)"));
    screen_keys(&s, "<Down><Enter>5");
    assert_string_equal(newest(), "knot 5 left:scapula infraspinatus:0 unspecified");
    screen_keys(&s, "/l infra 2<Enter>4");
    assert_string_equal(newest(), "knot 4 left:scapula infraspinatus:2 unspecified");
    screen_keys(&s, "/infr<Enter>3"); /* the cursor is on the left: the left comes first */
    assert_string_equal(newest(), "knot 3 left:scapula infraspinatus:0 unspecified");
    assert_true(screen_has(&s, "was 5 (-2)"));
}

static void three_marks_take_far_less_than_twelve_keys(void **state)
{
    (void)state;
    screen_keys(&s, "7<Tab>5<Tab>3");
    assert_int_equal(count(), 3);
}

static void star_is_ten_and_zero_is_gone(void **state)
{
    (void)state;
    screen_keys(&s, "*");
    assert_string_equal(newest(), "knot 10 right:shoulder_top -:0 unspecified");
    screen_keys(&s, "0");
    assert_string_equal(screen_last(&s), " knot gone at right top of shoulder. u undoes.");
    assert_true(screen_has(&s, "open  nothing"));
    screen_keys(&s, "0");
    assert_string_equal(screen_last(&s), " no open knot here");
    assert_int_equal(count(), 2);
}

static void a_digit_keeps_muscle_and_point_of_the_open_mark(void **state)
{
    (void)state;
    screen_keys(&s, "/r infra 2<Enter>7<Esc>5");
    assert_string_equal(newest(), "knot 5 right:scapula infraspinatus:2 unspecified");
    assert_true(screen_has(&s, "was 7 (-2)"));
}

static void both_sides_are_one_change(void **state)
{
    (void)state;
    screen_keys(&s, "b6");
    assert_int_equal(count(), 2);
    assert_non_null(strstr(screen_last(&s), "and on the left"));
    screen_keys(&s, "u");
    assert_int_equal(count(), 0);
    screen_keys(&s, "/breastbone<Enter>b");
    assert_non_null(strstr(screen_last(&s), "midline"));
}

static void dot_repeats_kind_and_intensity_here(void **state)
{
    (void)state;
    screen_keys(&s, "~4/l knee outer<Enter>.");
    assert_string_equal(newest(), "soreness 4 left:knee_outer -:0 unspecified");
}

static void kinds_change_what_a_digit_marks_and_the_hint_says_it(void **state)
{
    (void)state;
    assert_non_null(strstr(screen_last(&s), "0-9 knot here"));
    screen_keys(&s, "m<Left><Right>");
    assert_non_null(strstr(screen_last(&s), "0-9 soreness here"));
    screen_keys(&s, "!2");
    assert_non_null(strstr(newest(), "pain 2"));
}

static void undo_and_redo_name_what_they_did(void **state)
{
    (void)state;
    screen_keys(&s, "7u");
    assert_non_null(strstr(screen_last(&s), "undone: "));
    assert_int_equal(count(), 0);
    screen_keys(&s, "<C-R>");
    assert_non_null(strstr(screen_last(&s), "redone: "));
    assert_int_equal(count(), 1);
    screen_keys(&s, "uu");
    assert_non_null(strstr(screen_last(&s), "nothing"));
}

static void the_round_walks_every_open_mark(void **state)
{
    (void)state;
    screen_keys(&s, "7/l infra 2<Enter>4/r knee outer<Enter>3o");
    assert_non_null(strstr(screen_last(&s), "1 of 3"));
    screen_keys(&s, "2<Enter>0");
    assert_non_null(strstr(screen_last(&s), "the round is done: 3 of 3 rated"));
    assert_int_equal(count(), 6);
    assert_true(screen_has(&s, "open  o2"));
    screen_keys(&s, "o<Esc>");
    assert_non_null(strstr(screen_last(&s), "0 of 2 rated"));
}

static void taking_back_a_mark_can_be_undone(void **state)
{
    (void)state;
    screen_keys(&s, "7x");
    assert_int_equal(count(), 0);
    screen_keys(&s, "u");
    assert_int_equal(count(), 1);
}

/* ---- moving ---- */

static void letters_move_as_arrows_do(void **state)
{
    (void)state;
    static const char *const pair[][2] = {
        { "<Down><Down><Right><Up><Left>", "jjlkh" },
        { "H", "H" },
        { "A<Down><Down><Up>", "Ajjk" },
        { "<Enter><Down><Down>", "<Enter>jj" },
    };
    for (size_t i = 0; i < sizeof pair / sizeof pair[0]; i++) {
        km_buf one = { 0 }, two = { 0 };
        screen_keys(&s, "B/r shoulder top<Enter>");
        screen_keys(&s, pair[i][0]);
        km_grid_dump(&one, &s.grid);
        screen_keys(&s, "B/r shoulder top<Enter>");
        screen_keys(&s, pair[i][1]);
        km_grid_dump(&two, &s.grid);
        assert_string_equal(km_buf_str(&one), km_buf_str(&two));
        km_buf_clear(&one);
        km_buf_clear(&two);
    }
}

static void zoom_steps_in_and_out_and_keeps_the_place(void **state)
{
    (void)state;
    screen_keys(&s, "/l knee outer<Enter>zzzZZZ");
    assert_true(screen_has(&s, "LEFT OUTER KNEE"));
    screen_keys(&s, "Z");
    assert_string_equal(screen_last(&s), " this is the whole body");
}

static void the_place_stays_through_five_sizes(void **state)
{
    (void)state;
    static const int size[][2] = { { 120, 40 }, { 40, 12 }, { 200, 60 }, { 20, 6 }, { 80, 24 } };
    screen_keys(&s, "/l knee outer<Enter>");
    for (size_t i = 0; i < sizeof size / sizeof size[0]; i++) {
        screen_resize(&s, size[i][0], size[i][1]);
        screen_keys(&s, "3");
        assert_string_equal(newest(), "knot 3 left:knee_outer -:0 unspecified");
    }
}

static void every_region_can_be_reached_with_tab(void **state)
{
    (void)state;
    char seen[300][64];
    int n = 0;
    for (int i = 0; i < 260; i++) {
        char title[64];
        snprintf(title, sizeof title, "%.60s", screen_line(&s, 2) + 48);
        bool known = false;
        for (int k = 0; k < n; k++)
            known = known || strcmp(seen[k], title) == 0;
        if (!known)
            snprintf(seen[n++], sizeof seen[0], "%s", title);
        screen_keys(&s, "<Tab>");
    }
    /* front and back show 189 regions on their sides; many are in both views */
    assert_true(n > 120);
}

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
    screen_keys(&s, "e8<Tab>l<Tab>a<Tab> <Tab><Tab><Tab><Tab><Tab>right:temple<Tab><Tab><Tab>");
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

/* ---- why ---- */

static void no_muscle_is_named_before_the_first_questions(void **state)
{
    (void)state;
    screen_keys(&s, "!/r temple<Enter>8f");
    assert_true(screen_has(&s, "First: is one of these true?"));
    assert_false(screen_has(&s, "emporalis"));
    assert_false(screen_has(&s, "rapezius"));
    screen_keys(&s, "n");
    assert_true(screen_has(&s, "Press next:"));
    screen_keys(&s, "<Esc>f"); /* answered: not asked again in this run */
    assert_true(screen_has(&s, "Press next:"));
}

static void a_sign_that_is_present_warns_and_stays_in_sight(void **state)
{
    (void)state;
    screen_keys(&s, "!/r temple<Enter>8f1");
    assert_false(screen_has(&s, "Press next:"));
    km_buf warning = { 0 };
    km_buf_puts(&warning, screen_line(&s, 2));
    assert_true(warning.len > 10);
    screen_keys(&s, "<Enter>");
    assert_true(screen_has(&s, "Press next:"));
    screen_keys(&s, "<Esc>");
    char head[24];
    snprintf(head, sizeof head, "%.18s", km_buf_str(&warning) + 1);
    assert_true(screen_has(&s, head));
    km_buf_clear(&warning);
}

static void a_familiar_press_stores_an_active_mark_and_asks_on(void **state)
{
    (void)state;
    screen_keys(&s, "!/r temple<Enter>8fn");
    char before[400] = "";
    for (int y = 0; y < 23; y++) {
        const char *at = strstr(screen_line(&s, y), "Press next");
        if (at)
            snprintf(before, sizeof before, "%s", screen_line(&s, y + 1));
    }
    screen_keys(&s, "y");
    assert_non_null(strstr(newest(), " active"));
    assert_non_null(strstr(screen_last(&s), "active knot at"));
    assert_false(screen_has(&s, before));
    screen_keys(&s, "n");
    assert_non_null(strstr(newest(), " latent"));
    size_t n = count();
    screen_keys(&s, "0");
    assert_int_equal(count(), n); /* nothing tender is a finding, not a mark */
    assert_non_null(strstr(screen_last(&s), "not tender"));
}

static void soreness_is_not_searched(void **state)
{
    (void)state;
    screen_keys(&s, "~/r vastus lat<Enter>5<Esc>f");
    assert_true(screen_has(&s, "peaks at 24-72 h"));
    assert_true(screen_has(&s, "FRONT"));
}

static void the_brush_paints_places_and_a_digit_stores_them_as_one(void **state)
{
    (void)state;
    screen_keys(&s, "/l calf<Enter>p");
    assert_true(screen_has(&s, "PAINTING PAIN, brush down"));
    screen_keys(&s, "<Up><Up> <Up><Up>5");
    km_mark_list l = screen_marks(&s);
    assert_int_equal(l.n, 3); /* the start and two more; the brush was up for the rest */
    for (size_t i = 0; i < l.n; i++)
        assert_int_equal(l.row[i].kind, KM_KIND_PAIN);
    km_mark_list_clear(&l);
    screen_keys(&s, "u");
    assert_int_equal(count(), 0);
}

/* ---- the other views ---- */

static void the_place_marks_the_very_point(void **state)
{
    (void)state;
    screen_keys(&s, "/r shoulder blade<Enter><Enter>j7");
    assert_string_equal(newest(), "knot 7 right:scapula infraspinatus:2 unspecified");
}

static void history_edits_takes_back_and_narrows(void **state)
{
    (void)state;
    screen_keys(&s, "7/l knee outer<Enter>4H");
    assert_true(screen_has(&s, "history, 2 marks"));
    screen_keys(&s, "/l knee outer<Enter>");
    assert_true(screen_has(&s, "history of left:knee_outer, 1 mark"));
    screen_keys(&s, "<Esc>jx");
    assert_int_equal(count(), 1);
    screen_keys(&s, "u<Home><Enter>");
    assert_int_equal(count(), 2);
    assert_true(screen_has(&s, "FRONT"));
}

static void marks_of_an_open_session_belong_to_it(void **state)
{
    (void)state;
    screen_keys(&s, "Va<Enter>");
    assert_true(screen_has(&s, "treatment open"));
    screen_keys(&s, "B7");
    km_mark_list l = screen_marks(&s);
    assert_true(l.row[0].session_id > 0);
    km_mark_list_clear(&l);
    screen_keys(&s, "Vc");
    assert_false(screen_has(&s, "treatment open ·"));
    screen_keys(&s, "c");
    assert_string_equal(screen_last(&s), " no session is open");
}

static void a_client_is_added_chosen_and_charted_alone(void **state)
{
    (void)state;
    screen_keys(&s, "7CaAda<Enter>");
    assert_non_null(strstr(screen_last(&s), "added Ada"));
    screen_keys(&s, "/ada<Enter><Enter>");
    assert_true(screen_has(&s, "│ Ada"));
    assert_int_equal(count(), 0);
    screen_restart(&s);
    assert_true(screen_has(&s, "│ Ada"));
}

static void erasing_asks_for_the_name(void **state)
{
    (void)state;
    screen_keys(&s, "CaAda<Enter>/ada<Enter><Del>");
    assert_true(screen_has(&s, "type Ada to erase"));
    screen_keys(&s, "ada<Enter>");
    assert_non_null(strstr(screen_last(&s), "nothing was erased"));
    screen_keys(&s, "<C-U>Ada<Enter>");
    assert_non_null(strstr(screen_last(&s), "erased with every trace"));
    assert_false(screen_has(&s, " Ada  "));
}

static void the_routine_of_a_place_is_planned_and_a_step_recorded(void **state)
{
    (void)state;
    screen_keys(&s, "/r infra 2<Enter>7s");
    assert_true(screen_has(&s, "routine for right shoulder blade (infraspinatus 2)"));
    screen_keys(&s, "jd");
    assert_non_null(strstr(screen_last(&s), "done: "));
    assert_true(screen_has(&s, "x 2"));
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

/* ---- files ---- */

static void a_broken_state_file_means_defaults(void **state)
{
    (void)state;
    screen_leave(&s);
    FILE *f = fopen(s.state, "w");
    assert_non_null(f);
    fputs("region nowhere\nzoom 99\nside -4\nclient 77\nx 9999999999\n\x01\x02 \xff\nkind", f);
    fclose(f);
    screen_enter(&s, false);
    assert_true(screen_has(&s, "RIGHT TOP OF SHOULDER"));
    assert_non_null(strstr(screen_last(&s), "0-9 knot here"));
}

static void place_view_and_kind_are_remembered(void **state)
{
    (void)state;
    screen_keys(&s, "/l knee outer<Enter>mz");
    km_buf before = { 0 }, after = { 0 };
    screen_keys(&s, "<S-Up><S-Down>");
    km_grid_dump(&before, &s.grid);
    screen_restart(&s);
    km_grid_dump(&after, &s.grid);
    assert_string_equal(km_buf_str(&after), km_buf_str(&before));
    km_buf_clear(&before);
    km_buf_clear(&after);
}

static void a_read_only_file_offers_no_writing_key(void **state)
{
    (void)state;
    screen_keys(&s, "7");
    screen_leave(&s);
    screen_enter(&s, true);
    assert_null(strstr(screen_last(&s), "0-9"));
    screen_keys(&s, "5");
    assert_non_null(strstr(screen_last(&s), "reading only"));
    screen_keys(&s, "?undo");
    assert_false(screen_has(&s, "Undo the last change"));
    screen_keys(&s, "<Esc>x*b.eo");
    assert_int_equal(count(), 1);
}

static void names_of_any_script_keep_the_columns(void **state)
{
    (void)state;
    screen_keys(&s, "Ca\xE7\x94\xB0\xE4\xB8\xAD<Enter>aJose\xCC\x81<Enter>");
    screen_same(&s, "80x24-unicode-names");
}

/* ---- another program writes ---- */

static km_app *other;
static int calls;

static bool release_after_a_while(void *ctx, km_tui *t, int ms)
{
    (void)ctx, (void)ms;
    km_tui_paint(t, &s.grid);
    if (++calls == 1) {
        assert_string_equal(screen_last(&s), " another program is writing; Esc gives up");
        km_tui_key(t, KM_KEY_TAB); /* typed while waiting */
    }
    if (calls == 3)
        km_app_bulk_end(other, false, NULL);
    return true;
}

static bool press_esc(void *ctx, km_tui *t, int ms)
{
    (void)ctx, (void)ms;
    km_tui_key(t, KM_KEY_ESC);
    return true;
}

static void hold_the_database(void)
{
    km_error err = { 0 };
    const km_app_options opt = { .db = s.db, .who = "cli" };
    assert_int_equal(km_app_open(&other, &opt, &err), KM_OK);
    assert_int_equal(km_app_bulk_begin(other, "hold", &err), KM_OK);
    calls = 0;
}

static void a_blocked_write_waits_reads_keys_and_goes_on(void **state)
{
    (void)state;
    hold_the_database();
    km_tui_set_waiter(s.tui, release_after_a_while, NULL);
    screen_keys(&s, "7");
    assert_true(calls >= 3);
    assert_int_equal(count(), 1);
    assert_false(screen_has(&s, "RIGHT TOP OF SHOULDER")); /* the Tab came after the mark */
    km_app_close(other);
}

static void esc_gives_a_blocked_write_up(void **state)
{
    (void)state;
    hold_the_database();
    km_tui_set_waiter(s.tui, press_esc, NULL);
    screen_keys(&s, "7");
    assert_false(screen_has(&s, "u undoes"));
    km_app_bulk_end(other, false, NULL);
    km_app_close(other);
    assert_int_equal(count(), 0);
    screen_keys(&s, "7");
    assert_int_equal(count(), 1);
}

static void what_another_program_stored_appears_with_a_tick(void **state)
{
    (void)state;
    km_error err = { 0 };
    const km_app_options opt = { .db = s.db, .who = "cli" };
    km_mark m = km_mark_blank();
    km_ref ref;
    assert_int_equal(km_app_open(&other, &opt, &err), KM_OK);
    assert_int_equal(km_now(&m.at, &err), KM_OK);
    m.intensity = 9;
    assert_int_equal(km_atlas_resolve(&ref, km_app_atlas(other), "right:shoulder_top", 0, &err),
                     KM_OK);
    assert_int_equal(km_app_mark_place(&m, other, &ref, false, &err), KM_OK);
    assert_int_equal(km_app_mark_add(&m, other, &err), KM_OK);
    km_tui_tick(s.tui);
    km_tui_paint(s.tui, &s.grid);
    assert_true(screen_has(&s, "o 9  knot"));
    km_app_close(other);
}

static void q_closes_a_view_and_leaves_from_the_body(void **state)
{
    (void)state;
    screen_keys(&s, "Hq");
    assert_false(km_tui_done(s.tui));
    assert_true(screen_has(&s, "FRONT"));
    screen_keys(&s, "q");
    assert_true(km_tui_done(s.tui));
}

#define T(name) cmocka_unit_test_setup_teardown(name, start, stop)

int main(void)
{
    setlocale(LC_ALL, "C.UTF-8");
    const struct CMUnitTest tests[] = {
        T(one_digit_stores_a_mark_and_a_restart_finds_it),
        T(find_four_letters_enter_digit_marks_that_muscle),
        T(find_lists_left_and_right_apart_and_a_letter_picks),
        T(three_marks_take_far_less_than_twelve_keys),
        T(star_is_ten_and_zero_is_gone),
        T(a_digit_keeps_muscle_and_point_of_the_open_mark),
        T(both_sides_are_one_change),
        T(dot_repeats_kind_and_intensity_here),
        T(kinds_change_what_a_digit_marks_and_the_hint_says_it),
        T(undo_and_redo_name_what_they_did),
        T(the_round_walks_every_open_mark),
        T(taking_back_a_mark_can_be_undone),
        T(letters_move_as_arrows_do),
        T(zoom_steps_in_and_out_and_keeps_the_place),
        T(the_place_stays_through_five_sizes),
        T(every_region_can_be_reached_with_tab),
        T(letters_in_a_prompt_are_text),
        T(pasted_text_runs_no_action),
        T(what_was_typed_survives_resize_and_refusal),
        T(leaving_a_changed_form_asks_once),
        T(the_form_names_muscle_point_state_and_time),
        T(help_filters_as_one_types_and_runs_a_row),
        T(the_palette_does_what_the_key_does),
        T(an_error_stays_until_a_key),
        T(no_muscle_is_named_before_the_first_questions),
        T(a_sign_that_is_present_warns_and_stays_in_sight),
        T(a_familiar_press_stores_an_active_mark_and_asks_on),
        T(soreness_is_not_searched),
        T(the_brush_paints_places_and_a_digit_stores_them_as_one),
        T(the_place_marks_the_very_point),
        T(history_edits_takes_back_and_narrows),
        T(marks_of_an_open_session_belong_to_it),
        T(a_client_is_added_chosen_and_charted_alone),
        T(erasing_asks_for_the_name),
        T(the_routine_of_a_place_is_planned_and_a_step_recorded),
        T(the_mouse_selects_opens_zooms_and_can_be_off),
        T(the_last_line_can_be_clicked),
        T(a_form_can_be_filled_with_the_mouse),
        T(a_broken_state_file_means_defaults),
        T(place_view_and_kind_are_remembered),
        T(a_read_only_file_offers_no_writing_key),
        T(names_of_any_script_keep_the_columns),
        T(a_blocked_write_waits_reads_keys_and_goes_on),
        T(esc_gives_a_blocked_write_up),
        T(what_another_program_stored_appears_with_a_tick),
        T(q_closes_a_view_and_leaves_from_the_body),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
