/** Key scripts through keymap, view, app and store, and what the screen says of them. */
#include "km_cmocka.h"

#include <locale.h>
#include <stdio.h>
#include <string.h>

#include "flow.h"

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

static void find_takes_a_side_as_people_say_it(void **state)
{
    (void)state;
    static const char *const said[] = { "left calf", "Left calf", "l:calf", "calf left", "l calf" };
    for (size_t i = 0; i < sizeof said / sizeof said[0]; i++) {
        char keys[40];
        snprintf(keys, sizeof keys, "/r temple<Enter>/%s<Enter>%d", said[i], (int)i + 1);
        screen_keys(&s, keys);
        snprintf(keys, sizeof keys, "knot %d left:calf -:0 unspecified", (int)i + 1);
        assert_string_equal(newest(), keys);
    }
    screen_keys(&s, "/left<Enter>");
    assert_true(screen_has(&s, "left or right before it picks the side"));
    screen_keys(&s, "qqq");
    assert_true(screen_has(&s, "no place is called that"));
    screen_keys(&s, "<Esc>");
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

int main(void)
{
    setlocale(LC_ALL, "C.UTF-8");
    const struct CMUnitTest tests[] = {
        T(one_digit_stores_a_mark_and_a_restart_finds_it),
        T(find_four_letters_enter_digit_marks_that_muscle),
        T(find_lists_left_and_right_apart_and_a_letter_picks),
        T(find_takes_a_side_as_people_say_it),
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
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
