/** History on the screen: trends, two dates, time, lives, what comes back, filters. */
#include <locale.h>
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "body.h"
#include "knotmap/history.h"
#include "screen.h"

static double now_s;

static double fake_clock(void)
{
    return now_s;
}

/** The made-up clinic; its client with long-standing pain is chosen. */
static void open_clinic(screen *s, int w, int h, bool ascii)
{
    km_error err = { 0 };
    screen_open(s, w, h, ascii);
    if (km_app_demo(s->app, &err) != KM_OK)
        fail_msg("demo: %s", err.text);
    assert_true(tui_choose_client(s->tui, "Viktor Sorel"));
    tui_stale(s->tui);
    s->tui->clock = fake_clock;
    now_s = 100;
    screen_keys(s, "/r back of neck<Enter>");
    s->tui->n_message = 0;
    km_tui_tick(s->tui); /* the first line */
    km_tui_paint(s->tui, &s->grid);
}

static const struct { const char *name, *keys; } spot[] = {
    { "headline", "" },
    { "past", "[[[[" },
    { "past-visit", "{{{" },
    { "trends-list", "Tjjj" },
    { "trends-regions", "T<Tab>" },
    { "trends-all", "T<S-Tab>b" },
    { "trends-multiples", "Tv" },
    { "trends-calendar", "Tvv" },
    { "trends-silence", "Ts" },
    { "trends-past", "T[[[" },
    { "trends-why-page", "Tjjjf" },
    { "compare-signs", "Tc" },
    { "compare-two", "Tcv" },
    { "compare-two-back", "Tcvv" },
    { "compare-why", "Tcf" },
    { "life-of-pain", "y" },
    { "patterns-back", "To" },
    { "patterns-sides", "To<Tab>" },
    { "patterns-together", "To<Tab><Tab>" },
    { "patterns-training", "To<Tab><Tab><Tab>" },
    { "patterns-measures", "To<S-Tab>" },
    { "patterns-rules", "Tof" },
    { "history-filtered", "H/side:right min:6 since:8w<Enter>" },
    { "filter-keep", "H/kind:pain<Enter>spains" },
};
#define SPOTS (int)(sizeof spot / sizeof spot[0])

static void go(screen *s, int i)
{
    km_tui *t = s->tui;
    while (t->top->below)
        tui_pop(t);
    tui_time_now(t);
    t->time.speed = 0;
    t->n_message = 0;
    tui_body_jump(t, (body_view *)t->top, km_atlas_region(t->atlas, "neck_back"), -1,
                  KM_SIDE_RIGHT);
    tui_body_relayout((body_view *)t->top);
    km_tui_paint(t, &s->grid);
    screen_keys(s, spot[i].keys);
    t->n_message = 0;
    km_tui_paint(t, &s->grid);
}

static void pictures(int w, int h, bool ascii)
{
    screen s;
    open_clinic(&s, w, h, ascii);
    for (int i = 0; i < SPOTS; i++) {
        char name[96];
        go(&s, i);
        snprintf(name, sizeof name, "%dx%d-%s-%s", w, h, ascii ? "ascii" : "unicode", spot[i].name);
        screen_same(&s, name);
        for (int c = 0; ascii && c < s.grid.w * s.grid.h; c++)
            assert_in_range(s.grid.cell[c].rune, 0x20, 0x7E);
    }
    screen_close(&s);
}

static void history_at_80x24_unicode(void **state)
{
    (void)state;
    pictures(80, 24, false);
}

static void history_at_80x24_ascii(void **state)
{
    (void)state;
    pictures(80, 24, true);
}

static void history_at_120x40_unicode(void **state)
{
    (void)state;
    pictures(120, 40, false);
}

static void history_at_200x60_ascii(void **state)
{
    (void)state;
    pictures(200, 60, true);
}

static void every_view_of_history_takes_every_size(void **state)
{
    (void)state;
    static const int width[] = { 1, 19, 20, 33, 45, 63, 64, 80, 130, 300 };
    static const int height[] = { 1, 5, 6, 8, 15, 17, 24, 50 };
    screen s;
    open_clinic(&s, 80, 24, false);
    for (int i = 0; i < SPOTS; i++) {
        km_buf before = { 0 }, after = { 0 };
        go(&s, i);
        km_grid_dump(&before, &s.grid);
        for (size_t w = 0; w < sizeof width / sizeof width[0]; w++) {
            for (size_t h = 0; h < sizeof height / sizeof height[0]; h++) {
                screen_resize(&s, width[w], height[h]);
                assert_in_range(s.grid.cursor_x, 0, width[w] - 1);
                assert_in_range(s.grid.cursor_y, 0, height[h] - 1);
            }
        }
        screen_resize(&s, 80, 24);
        km_grid_dump(&after, &s.grid);
        assert_string_equal(km_buf_str(&after), km_buf_str(&before));
        km_buf_clear(&before);
        km_buf_clear(&after);
    }
    screen_close(&s);
}

static int open_at(screen *s, km_instant until)
{
    km_error err = { 0 };
    km_mark_list list = { 0 };
    km_mark_filter f = km_mark_filter_all();
    f.open = true;
    f.has_until = true;
    f.until = until;
    assert_int_equal(km_app_marks(&list, s->app, &f, &err), KM_OK);
    int n = (int)list.n;
    km_mark_list_clear(&list);
    return n;
}

static void a_step_back_shows_what_was_open_at_the_end_of_that_day(void **state)
{
    (void)state;
    screen s;
    char want[32];
    open_clinic(&s, 80, 24, false);
    for (int back = 1; back <= 30; back++) {
        screen_keys(&s, "[");
        snprintf(want, sizeof want, "%d open",
                 open_at(&s, km_day_instant(s.tui->today - back + 1, 0, 0)));
        assert_non_null(strstr(screen_line(&s, 22), want));
    }
    assert_non_null(strstr(screen_line(&s, 22), "Wed 21 Oct"));
    screen_keys(&s, "]");
    assert_non_null(strstr(screen_line(&s, 22), "Thu 22 Oct"));
    screen_keys(&s, "t");
    assert_null(strstr(screen_line(&s, 22), "Oct"));
    screen_close(&s);
}

static void the_past_is_for_looking(void **state)
{
    (void)state;
    screen s;
    open_clinic(&s, 80, 24, false);
    km_mark_list before = screen_marks(&s);
    static const char *const key[] = { "7", "0", "*", "b", ".", "e", "x", "o", "p", "<Enter>5" };
    for (size_t i = 0; i < sizeof key / sizeof key[0]; i++) {
        screen_keys(&s, "[");
        screen_keys(&s, key[i]);
        if (!screen_has(&s, "the past is for looking"))
            fail_msg("%s writes into the past", key[i]);
        tui_pop_to_body(s.tui);
        s.tui->n_message = 0;
    }
    km_mark_list after = screen_marks(&s);
    assert_int_equal(after.n, before.n);
    km_mark_list_clear(&before);
    km_mark_list_clear(&after);
    screen_keys(&s, "t7"); /* back in the present a digit stores at once */
    after = screen_marks(&s);
    assert_int_equal(after.row[0].intensity, 7);
    km_mark_list_clear(&after);
    screen_close(&s);
}

static void braces_stop_after_visits_and_sessions(void **state)
{
    (void)state;
    screen s;
    open_clinic(&s, 80, 24, false);
    screen_keys(&s, "{");
    assert_non_null(strstr(screen_line(&s, 22), "after "));
    km_day first = s.tui->time.day;
    screen_keys(&s, "{{");
    assert_true(s.tui->time.day < first);
    screen_keys(&s, "}}");
    assert_int_equal(s.tui->time.day, first);
    screen_keys(&s, "}");
    assert_true(screen_has(&s, "there is no visit or session after this one"));
    screen_close(&s);
}

static void the_days_play_at_their_speed_pause_and_end_now(void **state)
{
    (void)state;
    screen s;
    open_clinic(&s, 80, 24, false);
    km_tui *t = s.tui;
    screen_keys(&s, " ");
    km_day first = t->time.first;
    assert_int_equal(t->time.day, first);
    assert_int_equal(km_tui_wait(t), 1000);
    now_s += 1;
    km_tui_tick(t);
    assert_int_equal(t->time.day, first + 1);
    screen_keys(&s, "++");
    assert_true(km_tui_wait(t) < 200);
    now_s += 1;
    km_tui_tick(t);
    assert_int_equal(t->time.day, first + 8);
    screen_keys(&s, " ");
    now_s += 5;
    km_tui_tick(t);
    assert_int_equal(t->time.day, first + 8);
    screen_keys(&s, " ?"); /* help lies over it: it waits */
    now_s += 5;
    km_tui_tick(t);
    assert_int_equal(t->time.day, first + 8);
    screen_keys(&s, "<Esc>");
    now_s += 1000;
    km_tui_tick(t);
    assert_false(t->time.past);
    assert_false(t->time.playing);
    screen_close(&s);
}

static void esc_comes_back_to_now(void **state)
{
    (void)state;
    screen s;
    open_clinic(&s, 80, 24, false);
    screen_keys(&s, "[[T");
    assert_non_null(strstr(screen_line(&s, 0), "as of Wed 18 Nov"));
    screen_keys(&s, "<Esc>");
    assert_null(strstr(screen_line(&s, 0), "as of"));
    screen_keys(&s, "B[D");
    assert_false(s.tui->time.past); /* the day is about today */
    screen_close(&s);
}

static void the_list_says_what_trend_says(void **state)
{
    (void)state;
    screen s;
    km_error err = { 0 };
    km_trend_result r;
    km_trend_ask ask = km_trend_ask_all();
    open_clinic(&s, 200, 60, false);
    screen_keys(&s, "T");
    assert_int_equal(km_app_trend(&r, s.app, &ask, &err), KM_OK);
    assert_true(r.n > 5);
    for (size_t i = 0; i < r.n; i++) {
        const km_judgement *j = &r.key[i].row[r.key[i].n - 1].judge;
        char want[64], change[16];
        if (fabs(j->change) < 0.05)
            snprintf(change, sizeof change, "=");
        else
            snprintf(change, sizeof change, "%+.1f", j->change);
        if (j->verdict == KM_VERDICT_TOO_FEW)
            snprintf(want, sizeof want, "%2d       few", r.key[i].now);
        else
            snprintf(want, sizeof want, "%2d %5s %s", r.key[i].now, change,
                     km_verdict_word(j->verdict));
        if (!strstr(screen_line(&s, 1 + (int)i), want))
            fail_msg("%s: no \"%s\" in %s", r.key[i].key, want, screen_line(&s, 1 + (int)i));
    }
    km_trend_result_clear(&r);
    screen_keys(&s, "/temple<Enter>");
    assert_true(screen_has(&s, "right temple"));
    assert_false(screen_has(&s, "right forehead"));
    screen_close(&s);
}

static void the_calendar_is_of_the_selected_row(void **state)
{
    (void)state;
    screen s;
    km_error err = { 0 };
    open_clinic(&s, 200, 60, false);
    screen_keys(&s, "Tvv");
    for (int by = 0; by < 4; by++) { /* place, region, muscle, kind */
        km_trend_result r;
        km_trend_ask ask = km_trend_ask_all();
        ask.by = (km_by)by;
        ask.bucket = KM_BUCKET_DAY;
        assert_int_equal(km_app_trend(&r, s.app, &ask, &err), KM_OK);
        for (size_t i = 0; i < r.n; i++) {
            int rated = 0;
            char want[48];
            for (size_t d = 0; d < r.key[i].n; d++)
                rated += r.key[i].row[d].n > 0;
            snprintf(want, sizeof want, "rated on %d of %zu days", rated, r.key[i].n);
            if (!screen_has(&s, want))
                fail_msg("%s by %s: no \"%s\"", r.key[i].key, km_by_word(ask.by), want);
            screen_keys(&s, "j");
        }
        km_trend_result_clear(&r);
        screen_keys(&s, "<Tab>");
    }
    screen_close(&s);
}

static void every_verdict_names_its_rule_and_source_on_one_key(void **state)
{
    (void)state;
    screen s;
    open_clinic(&s, 200, 60, false);
    screen_keys(&s, "Tf");
    assert_true(screen_has(&s, "Salaffi 2004"));
    assert_true(screen_has(&s, "Farrar 2001"));
    screen_keys(&s, "<Esc>cf");
    assert_true(screen_has(&s, "Salaffi 2004"));
    assert_true(screen_has(&s, "Kovacs 2008"));
    screen_keys(&s, "<Esc><Esc>of");
    assert_true(screen_has(&s, "Kaplan and Meier 1958"));
    screen_keys(&s, "<Esc><Tab><Tab><Tab>f");
    assert_true(screen_has(&s, "Benjamini"));
    assert_true(screen_has(&s, "nothing about injury."));
    screen_close(&s);
}

static void two_dates_say_what_compare_says(void **state)
{
    (void)state;
    screen s;
    km_error err = { 0 };
    km_compare_result r;
    open_clinic(&s, 120, 40, false);
    screen_keys(&s, "c");
    km_instant then = s.tui->now;
    then.sec -= 28 * (int64_t)KM_DAY_SEC;
    assert_int_equal(km_app_compare(&r, s.app, then, s.tui->now, &err), KM_OK);
    int count[5] = { 0 };
    for (size_t i = 0; i < r.n; i++)
        count[r.row[i].row.what]++;
    char want[96];
    snprintf(want, sizeof want, "N new %d, G gone %d, + worse %d,", count[KM_DIFF_NEW],
             count[KM_DIFF_GONE], count[KM_DIFF_WORSE]);
    assert_true(screen_has(&s, want));
    snprintf(want, sizeof want, "places %d to %d, sum %d to %d", r.sum.before.places,
             r.sum.after.places, r.sum.before.sum, r.sum.after.sum);
    assert_true(screen_has(&s, want));
    snprintf(want, sizeof want, "overlap (Jaccard) %.2f", r.sum.overlap);
    assert_true(screen_has(&s, want));
    km_compare_result_clear(&r);

    assert_non_null(strstr(screen_line(&s, 0), "[Fri 23 Oct] with Fri 20 Nov"));
    screen_keys(&s, "[[");
    assert_non_null(strstr(screen_line(&s, 0), "[Wed 21 Oct] with Fri 20 Nov"));
    screen_keys(&s, "<Tab>[");
    assert_non_null(strstr(screen_line(&s, 0), "Wed 21 Oct with [Thu 19 Nov]"));
    screen_close(&s);
}

static void the_same_moment_twice_is_all_the_same(void **state)
{
    (void)state;
    screen s;
    open_clinic(&s, 120, 40, false);
    screen_keys(&s, "ct"); /* the earlier date goes to now */
    assert_true(screen_has(&s, "N new 0, G gone 0, + worse 0,"));
    assert_true(screen_has(&s, "overlap (Jaccard) 1.00"));
    screen_close(&s);
}

/** A mark `days` ago at the right calf. */
static void add_mark(screen *s, int days, int intensity)
{
    km_error err = { 0 };
    km_ref ref = tui_ref_region(s->tui->atlas, km_atlas_region(s->tui->atlas, "calf"),
                                KM_SIDE_RIGHT);
    km_mark m = km_mark_blank();
    m.at = km_day_instant(s->tui->today - days, 9, 0);
    m.kind = KM_KIND_PAIN;
    m.intensity = intensity;
    assert_int_equal(km_app_mark_place(&m, s->app, &ref, false, &err), KM_OK);
    assert_int_equal(km_app_mark_add(&m, s->app, &err), KM_OK);
}

static void a_life_tells_first_seen_peak_gone_and_back(void **state)
{
    (void)state;
    screen s;
    screen_open(&s, 80, 40, false);
    add_mark(&s, 60, 4);
    add_mark(&s, 55, 8);
    add_mark(&s, 50, 0);
    add_mark(&s, 20, 5);
    screen_keys(&s, "/r calf<Enter>y");
    assert_non_null(strstr(screen_line(&s, 0), "life of pain at right calf"));
    assert_true(screen_has(&s, "First time: pain, 10 days"));
    assert_true(screen_has(&s, "Mon 21 Sep  first seen"));
    assert_true(screen_has(&s, "Sat 26 Sep  highest: 8"));
    assert_true(screen_has(&s, "Thu 1 Oct  gone"));
    assert_true(screen_has(&s, "Sat 31 Oct  back after 30 days"));
    assert_true(screen_has(&s, "still open"));
    assert_true(screen_has(&s, "never treated"));
    screen_close(&s);
}

static void what_lasts_three_months_wants_a_clinicians_look(void **state)
{
    (void)state;
    screen s;
    screen_open(&s, 80, 40, false);
    add_mark(&s, 80, 4);
    screen_keys(&s, "To");
    assert_false(screen_has(&s, "Lasting"));
    add_mark(&s, 100, 4);
    screen_keys(&s, "<Esc>o");
    assert_true(screen_has(&s, "right calf, open for 100 days"));
    assert_true(screen_has(&s, "clinician"));
    screen_close(&s);
}

static void a_week_without_a_mark_is_a_gap_unless_silence_means_gone(void **state)
{
    (void)state;
    screen s;
    screen_open(&s, 80, 24, false);
    add_mark(&s, 50, 6);
    add_mark(&s, 1, 6);
    screen_keys(&s, "T");
    assert_null(strstr(screen_line(&s, 0), "silence is gone"));
    const char *line = screen_line(&s, 1);
    assert_non_null(strstr(line, "few"));
    char gap[400];
    snprintf(gap, sizeof gap, "%s", line);
    screen_keys(&s, "s");
    assert_non_null(strstr(screen_line(&s, 0), "silence is gone"));
    assert_string_not_equal(screen_line(&s, 1), gap);
    screen_close(&s);
}

static void the_history_is_narrowed_by_words_and_filters_are_kept(void **state)
{
    (void)state;
    screen s;
    open_clinic(&s, 80, 24, false);
    screen_keys(&s, "H/side:right kind:knot min:7<Enter><End>");
    assert_non_null(strstr(screen_line(&s, 0), "side:right kind:knot min:7"));
    km_mark_filter f = km_mark_filter_all();
    km_error err = { 0 };
    int64_t n;
    char want[48];
    f.side = KM_SIDE_RIGHT;
    f.kind = KM_KIND_KNOT;
    f.min_intensity = 7;
    assert_int_equal(km_app_mark_count(&n, s.app, &f, &err), KM_OK);
    assert_true(n > 3);
    snprintf(want, sizeof want, ", %d marks", (int)n);
    assert_non_null(strstr(screen_line(&s, 0), want));

    screen_keys(&s, "sstrong knots<Enter>");
    assert_non_null(strstr(screen_last(&s), "kept the filter strong knots. u undoes."));
    screen_keys(&s, "BHo");
    assert_true(screen_has(&s, "strong knots"));
    screen_keys(&s, "<Enter><End>");
    assert_non_null(strstr(screen_line(&s, 0), want));
    screen_keys(&s, "ox");
    assert_non_null(strstr(screen_last(&s), "took back the filter strong knots"));
    assert_true(screen_has(&s, "no filter is kept yet"));
    screen_close(&s);
}

static void the_end_of_a_long_history_is_its_oldest_mark(void **state)
{
    (void)state;
    screen s;
    open_clinic(&s, 80, 24, false);
    km_mark_list all = screen_marks(&s);
    assert_true(all.n > 800); /* further than what is read at a time */
    char at[KM_TIME_TEXT];
    screen_keys(&s, "HG");
    km_time_local(at, all.row[all.n - 1].at);
    assert_non_null(strstr(screen_line(&s, 22), at));
    km_time_local(at, all.row[all.n - 22].at);
    assert_non_null(strstr(screen_line(&s, 1), at));
    for (size_t up = 0; up < all.n - 1; up++)
        screen_keys(&s, "k");
    km_time_local(at, all.row[0].at);
    assert_non_null(strstr(screen_line(&s, 1), at));
    km_mark_list_clear(&all);
    screen_close(&s);
}

static void a_word_that_is_none_stays_in_the_prompt(void **state)
{
    (void)state;
    screen s;
    open_clinic(&s, 80, 24, false);
    screen_keys(&s, "H/colour:red<Enter>");
    assert_true(screen_has(&s, "colour:red: no such word in a filter"));
    screen_keys(&s, "<Esc>");
    assert_non_null(strstr(screen_line(&s, 0), "history"));
    assert_null(strstr(screen_line(&s, 0), " of "));
    screen_keys(&s, "/stiff<Enter>");
    assert_non_null(strstr(screen_line(&s, 0), "notes with \"stiff\""));
    screen_close(&s);
}

static void the_first_line_says_what_is_due_new_and_worse(void **state)
{
    (void)state;
    screen s;
    km_buf want = { 0 };
    km_error err = { 0 };
    open_clinic(&s, 200, 60, false);
    assert_int_equal(km_app_headline(&want, s.app, &err), KM_OK);
    assert_int_equal(strncmp(screen_line(&s, 0) + 1, km_buf_str(&want), 60), 0);
    assert_true(screen_has(&s, " due"));
    screen_resize(&s, 80, 24); /* no line of its own: the panel says it */
    assert_true(screen_has(&s, " due"));
    assert_true(screen_has(&s, "new this week: "));
    assert_true(screen_has(&s, "worse: "));
    screen_resize(&s, 200, 60);
    km_buf_clear(&want);
    screen_keys(&s, "[");
    assert_null(strstr(screen_line(&s, 0), " due"));
    screen_close(&s);
}

/** What an action may change that is seen. */
static void snapshot(km_buf *out, screen *s)
{
    km_tui_paint(s->tui, &s->grid);
    km_buf_reset(out);
    km_grid_dump(out, &s->grid);
    km_grid_dump_roles(out, &s->grid);
    km_buf_printf(out, "%d,%d", s->grid.cursor_x, s->grid.cursor_y);
}

static void no_key_of_history_is_dead(void **state)
{
    (void)state;
    static const tui_ctx mine[] = { CTX_TIME, CTX_LIFE, CTX_TRENDS, CTX_COMPARE, CTX_PATTERNS,
                                    CTX_FILTER };
    screen s;
    km_buf before = { 0 }, after = { 0 }, silent = { 0 };
    open_clinic(&s, 80, 24, false);
    for (int i = 0; i < SPOTS; i++) {
        for (int a = 0; a < ACT_COUNT; a++) {
            go(&s, i);
            tui_ctx ctx[VIEW_CTX_MAX + 2];
            int n = tui_contexts(s.tui->top, ctx);
            bool offered = false;
            for (int c = 0; c < n; c++) {
                for (size_t m = 0; m < sizeof mine / sizeof mine[0]; m++)
                    offered = offered || (ctx[c] == mine[m] && tui_action_table[a].ctx == mine[m]);
            }
            if (!offered)
                continue;
            snapshot(&before, &s);
            tui_run(s.tui, (tui_action)a, 0);
            snapshot(&after, &s);
            if (strcmp(km_buf_str(&before), km_buf_str(&after)) == 0)
                km_buf_printf(&silent, "%s: %s\n", spot[i].name, tui_action_table[a].name);
        }
    }
    assert_string_equal(km_buf_str(&silent), "");
    km_buf_clear(&before);
    km_buf_clear(&after);
    screen_close(&s);
}

static void an_empty_file_has_no_past_and_says_so(void **state)
{
    (void)state;
    screen s;
    screen_open(&s, 80, 24, false);
    screen_keys(&s, "[");
    assert_true(screen_has(&s, "no mark is stored yet"));
    screen_keys(&s, "{");
    assert_true(screen_has(&s, "no visit or session is stored yet"));
    screen_keys(&s, " ");
    assert_true(screen_has(&s, "there are no earlier days to play"));
    screen_keys(&s, "y");
    assert_true(screen_has(&s, "nothing was ever marked here"));
    screen_keys(&s, "T");
    assert_true(screen_has(&s, "no rating is stored yet"));
    screen_keys(&s, "jvfyoBc");
    assert_true(screen_has(&s, "nothing was open on either date"));
    screen_close(&s);
}

int main(void)
{
    setlocale(LC_ALL, "C.UTF-8");
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(history_at_80x24_unicode),
        cmocka_unit_test(history_at_80x24_ascii),
        cmocka_unit_test(history_at_120x40_unicode),
        cmocka_unit_test(history_at_200x60_ascii),
        cmocka_unit_test(every_view_of_history_takes_every_size),
        cmocka_unit_test(a_step_back_shows_what_was_open_at_the_end_of_that_day),
        cmocka_unit_test(the_past_is_for_looking),
        cmocka_unit_test(braces_stop_after_visits_and_sessions),
        cmocka_unit_test(the_days_play_at_their_speed_pause_and_end_now),
        cmocka_unit_test(esc_comes_back_to_now),
        cmocka_unit_test(the_list_says_what_trend_says),
        cmocka_unit_test(the_calendar_is_of_the_selected_row),
        cmocka_unit_test(every_verdict_names_its_rule_and_source_on_one_key),
        cmocka_unit_test(two_dates_say_what_compare_says),
        cmocka_unit_test(the_same_moment_twice_is_all_the_same),
        cmocka_unit_test(a_life_tells_first_seen_peak_gone_and_back),
        cmocka_unit_test(what_lasts_three_months_wants_a_clinicians_look),
        cmocka_unit_test(a_week_without_a_mark_is_a_gap_unless_silence_means_gone),
        cmocka_unit_test(the_history_is_narrowed_by_words_and_filters_are_kept),
        cmocka_unit_test(the_end_of_a_long_history_is_its_oldest_mark),
        cmocka_unit_test(a_word_that_is_none_stays_in_the_prompt),
        cmocka_unit_test(the_first_line_says_what_is_due_new_and_worse),
        cmocka_unit_test(no_key_of_history_is_dead),
        cmocka_unit_test(an_empty_file_has_no_past_and_says_so),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
