/** History on the screen: trends, lives, what comes back, filters, the first line. */
#include "km_cmocka.h"

#include <locale.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "body.h"
#include "knotmap/history.h"
#include "knotmap/summary.h"
#include "scenes.h"

static const struct { const char *name, *keys; } spot[] = {
    { "headline", "" },
    { "in-short", "S" },
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
    { "history-by-age", "Haj" },
    { "filter-keep", "H/kind:pain<Enter>spains" },
};
#define SPOTS (int)(sizeof spot / sizeof spot[0])

static void go(screen *s, int i)
{
    km_tui *t = s->tui;
    while (t->top->below)
        tui_pop(t);
    tui_time_now(t);
    t->time.speed = TUI_TIME_SPEED;
    t->n_message = 0;
    tui_body_jump(t, (body_view *)t->top, km_atlas_region(t->atlas, "neck_back"), -1,
                  KM_SIDE_RIGHT);
    tui_body_relayout((body_view *)t->top);
    km_tui_paint(t, &s->grid);
    screen_keys(s, spot[i].keys);
    t->n_message = 0;
    km_tui_paint(t, &s->grid);
}

static void pictures(void **state)
{
    const screen_size *size = *state;
    screen s;
    open_clinic(&s, size->w, size->h, size->ascii);
    for (int i = 0; i < SPOTS; i++) {
        go(&s, i);
        screen_picture(&s, spot[i].name);
    }
    screen_close(&s);
}

static void every_view_of_history_takes_every_size(void **state)
{
    (void)state;
    screen s;
    open_clinic(&s, 80, 24, false);
    for (int i = 0; i < SPOTS; i++) {
        go(&s, i);
        screen_every_size(&s);
    }
    screen_close(&s);
}

static void the_list_says_what_trend_says(void **state)
{
    (void)state;
    screen s;
    km_error err = { 0 };
    km_trend_result r;
    km_trend_ask ask = km_trend_ask_all();
    int gone = 0;
    open_clinic(&s, 200, 60, false);
    screen_keys(&s, "T");
    assert_int_equal(km_app_trend(&r, s.app, &ask, &err), KM_OK);
    assert_true(r.n > 5);
    for (size_t i = 0; i < r.n; i++) {
        const km_judgement *j = &r.key[i].row[r.key[i].n - 1].judge;
        char want[64], change[16];
        gone += r.key[i].gone;
        assert_true(i == 0 || r.key[i].now <= r.key[i - 1].now); /* what hurts most stands first */
        if (fabs(j->change) < 0.05)
            snprintf(change, sizeof change, "=");
        else
            snprintf(change, sizeof change, "%+.1f", j->change);
        if (r.key[i].gone && j->verdict != KM_VERDICT_BETTER)
            snprintf(want, sizeof want, " 0       gone");
        else if (j->verdict == KM_VERDICT_TOO_FEW)
            snprintf(want, sizeof want, "%2d       few", r.key[i].now);
        else
            snprintf(want, sizeof want, "%2d %5s %s", r.key[i].now, change,
                     km_verdict_word(j->verdict));
        if (!strstr(screen_line(&s, 1 + (int)i), want))
            fail_msg("%s: no \"%s\" in %s", r.key[i].key, want, screen_line(&s, 1 + (int)i));
    }
    km_trend_result_clear(&r);
    assert_in_range(gone, 1, 6);
    screen_keys(&s, "v"); /* of many plots each says its verdict */
    assert_true(screen_has(&s, "8 worse"));
    assert_true(screen_has(&s, "0 gone"));
    screen_keys(&s, "vv/temple<Enter>");
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
    assert_true(screen_has(&s, "right calf, 100 days"));
    assert_true(screen_has(&s, "clinician"));
    screen_close(&s);
}

static void a_line_that_names_a_place_opens_it(void **state)
{
    (void)state;
    screen s;
    open_clinic(&s, 80, 24, false);
    screen_keys(&s, "To");
    assert_int_equal(s.grid.cursor_y, 2); /* below the title */
    assert_non_null(strstr(screen_line(&s, 2), "upper trapezius 1"));
    screen_keys(&s, "j<Enter>");
    assert_non_null(strstr(screen_line(&s, 0), "life of knot at R sternocleidomastoid"));
    assert_true(screen_has(&s, "time for a clinician's look"));
    screen_keys(&s, "<Enter>"); /* the marks of that time */
    assert_non_null(strstr(screen_line(&s, 0), "history of muscle:sternocleidomastoid_clavicular"));
    screen_keys(&s, "<Esc><Esc><Esc>");
    assert_non_null(strstr(screen_line(&s, 0), "what comes back"));
    assert_int_equal(s.grid.cursor_y, 4); /* where one left */
    screen_keys(&s, "<Tab><Enter>");
    assert_non_null(strstr(screen_line(&s, 0), "trends by region"));
    assert_true(screen_has(&s, "right"));
    screen_keys(&s, "<Esc><Tab><Enter>");
    assert_non_null(strstr(screen_line(&s, 0), "life of"));
    screen_close(&s);
}

static void a_stranger_learns_a_client_from_one_page_and_each_line_leads_on(void **state)
{
    (void)state;
    static const struct { const char *line, *opens; } way[] = {
        { "2 places open over three months", "what comes back, page 1" },
        { "the four weeks before", "trends by all" },
        { "8 right side of neck (upper trapezius 1)", "life of knot" },
        { "and 5 more", "trends by place" },
        { "since visit", "compare" },
        { "comes back", "life of" },
        { "mostly right", "left and right, page 2" },
        { "together", "life of" },
        { "causes named", "after training, page 4" },
        { "compression with cane", "life of" },
        { "visit Mon 23 Nov", "Fri 20 Nov" },
    };
    screen s;
    open_clinic(&s, 80, 24, false);
    screen_keys(&s, "S");
    assert_true(screen_has(&s, "Blood thinners"));
    for (size_t i = 0; i < sizeof way / sizeof way[0]; i++) {
        while (!strstr(screen_line(&s, s.grid.cursor_y), way[i].line)) {
            int y = s.grid.cursor_y;
            screen_keys(&s, "j");
            if (s.grid.cursor_y == y)
                fail_msg("no line says %s", way[i].line);
        }
        screen_keys(&s, "<Enter>");
        assert_non_null(strstr(screen_line(&s, 0), way[i].opens));
        screen_keys(&s, "<Esc>");
        assert_non_null(strstr(screen_line(&s, 0), "in short"));
    }
    screen_close(&s);
}

/** Thousands of marks in one transaction, for a life that is read in steps. */
static void add_a_long_life(screen *s, int n)
{
    static const char *const region[] = { "calf", "neck_back", "shoulder_top", "low_back" };
    km_error err = { 0 };
    km_mark *m = km_calloc((size_t)n, sizeof *m);
    for (int i = 0; i < n; i++) {
        km_ref ref = tui_ref_region(s->tui->atlas, km_atlas_region(s->tui->atlas, region[i % 4]),
                                    i % 3 ? KM_SIDE_RIGHT : KM_SIDE_LEFT);
        m[i] = km_mark_blank();
        m[i].at = km_day_instant(s->tui->today - 1 - i / 8, i % 20, 0);
        m[i].kind = KM_KIND_PAIN;
        m[i].intensity = (i * 7 + i / 30) % 10;
        m[i].cause = i % 5 ? KM_CAUSE_POSTURE : KM_CAUSE_NONE;
        assert_int_equal(km_app_mark_place(&m[i], s->app, &ref, false, &err), KM_OK);
    }
    assert_int_equal(km_app_mark_add_many(m, (size_t)n, s->app, &err), KM_OK);
    free(m);
}

static void a_long_life_is_read_in_steps_and_keys_are_taken_between(void **state)
{
    (void)state;
    screen s;
    km_summary all;
    km_error err = { 0 };
    screen_open(&s, 200, 60, false);
    add_a_long_life(&s, 2200);
    screen_keys(&s, "S");
    assert_true(screen_has(&s, "reading on"));
    assert_true(screen_has(&s, "hurts"));
    assert_false(screen_has(&s, "causes named"));
    assert_int_equal(km_tui_wait(s.tui), 1);
    screen_keys(&s, "j<Esc>"); /* left half-way */
    screen_keys(&s, "S");
    assert_true(km_tui_tick(s.tui));
    add_mark(&s, 0, 9); /* half-way: the page is made anew */
    int ticks = 0;
    while (km_tui_wait(s.tui) == 1 && ticks < 40) {
        km_tui_tick(s.tui);
        ticks++;
    }
    assert_in_range(ticks, 2, 20);
    km_tui_paint(s.tui, &s.grid);
    assert_false(screen_has(&s, "reading on"));
    assert_int_equal(km_app_summary(&all, s.app, &err), KM_OK);
    assert_true(all.whole && all.n > 5 && all.events == 2201);
    bool causes = false;
    for (size_t i = 0; i < all.n; i++) {
        causes = causes || all.row[i].topic == KM_SUMMARY_BEFORE;
        if (!screen_has(&s, all.row[i].text))
            fail_msg("the page does not say: %s", all.row[i].text);
    }
    assert_true(causes);
    km_summary_clear(&all);
    screen_close(&s);
}

static void the_list_of_clients_says_what_to_heed_and_leads_to_one_page(void **state)
{
    (void)state;
    screen s;
    open_clinic(&s, 80, 24, false);
    screen_keys(&s, "CG");
    assert_non_null(strstr(screen_line(&s, 13), "8     8     +3.1 few Mon 23 Nov  !"));
    assert_true(screen_has(&s, "Blood thinners; 2 places open over three months"));
    screen_keys(&s, "/chronic<Enter>");
    assert_true(screen_has(&s, "Viktor"));
    assert_false(screen_has(&s, "Piet"));
    screen_keys(&s, "/<C-U>stress:9<Enter>"); /* refused: the list stays */
    assert_true(screen_has(&s, "stress: 9 is no number of 1..7"));
    screen_keys(&s, "<Esc><Esc>BC/henrik<Enter>i");
    assert_non_null(strstr(screen_line(&s, 0), "Henrik Dahlum \xC2\xB7 in short"));
    screen_keys(&s, "<Esc>");
    assert_non_null(strstr(screen_line(&s, 0), "clients"));
    screen_resize(&s, 120, 40);
    assert_true(screen_has(&s, "! High blood pressure, not controlled"));
    screen_close(&s);
}

static void a_page_is_walked_by_its_lines_to_both_ends(void **state)
{
    (void)state;
    screen s;
    open_clinic(&s, 80, 24, false);
    screen_keys(&s, "To");
    int below = s.grid.cursor_y, lines = 0;
    for (int i = 0; i < 60; i++) {
        screen_keys(&s, "j");
        assert_in_range(s.grid.cursor_y, 1, 22);
        lines += s.grid.cursor_y != below;
        below = s.grid.cursor_y;
    }
    assert_true(lines > 10);
    km_buf end = { 0 }, walked = { 0 };
    km_grid_dump(&walked, &s.grid);
    screen_keys(&s, "gG");
    km_grid_dump(&end, &s.grid);
    assert_string_equal(km_buf_str(&walked), km_buf_str(&end));
    for (int i = 0; i < 60; i++)
        screen_keys(&s, "k");
    assert_int_equal(s.grid.cursor_y, 2);
    km_mouse m = { KM_MOUSE_DOUBLE, 10, 4 };
    km_tui_mouse(s.tui, &m);
    km_tui_paint(s.tui, &s.grid);
    assert_non_null(strstr(screen_line(&s, 0), "life of knot at R sternocleidomastoid"));
    km_buf_clear(&end);
    km_buf_clear(&walked);
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
    km_headline counts;
    open_clinic(&s, 200, 60, false);
    assert_int_equal(km_app_headline(&want, &counts, s.app, &err), KM_OK);
    assert_int_equal(strncmp(screen_line(&s, 0) + 1, km_buf_str(&want), 60), 0);
    assert_true(screen_has(&s, " due"));
    assert_true(screen_has(&s, "new: "));
    screen_resize(&s, 80, 24); /* no line of its own: the panel says it */
    assert_true(screen_has(&s, "worse: right side of neck 6,"));
    assert_true(screen_has(&s, "2 open over three months"));
    assert_true(screen_has(&s, "and 2 more: S"));
    screen_keys(&s, "S");
    assert_true(screen_has(&s, "time for a clinician's look"));
    screen_keys(&s, "B");
    screen_resize(&s, 200, 60);
    km_buf_clear(&want);
    screen_keys(&s, "[");
    assert_null(strstr(screen_line(&s, 0), " due"));
    screen_close(&s);
}

/** What an action may change that is seen. */
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
        SCREEN_SIZES("history", pictures),
        cmocka_unit_test(every_view_of_history_takes_every_size),
        cmocka_unit_test(the_list_says_what_trend_says),
        cmocka_unit_test(the_calendar_is_of_the_selected_row),
        cmocka_unit_test(every_verdict_names_its_rule_and_source_on_one_key),
        cmocka_unit_test(a_life_tells_first_seen_peak_gone_and_back),
        cmocka_unit_test(what_lasts_three_months_wants_a_clinicians_look),
        cmocka_unit_test(a_line_that_names_a_place_opens_it),
        cmocka_unit_test(a_stranger_learns_a_client_from_one_page_and_each_line_leads_on),
        cmocka_unit_test(a_long_life_is_read_in_steps_and_keys_are_taken_between),
        cmocka_unit_test(the_list_of_clients_says_what_to_heed_and_leads_to_one_page),
        cmocka_unit_test(a_page_is_walked_by_its_lines_to_both_ends),
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
