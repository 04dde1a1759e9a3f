/** Patterns: the view, what comes back, and the rules of every page. */
#include "patterns.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

static const char *const page_name[PATTERN_COUNT] = {
    "what comes back", "left and right", "what goes together", "after training", "measures",
};

/* ---- what comes back ---- */

/** "5 of 6 gone; 25 % in 9 days, 50 % in 12, 75 % in 20" */
static void survival(km_buf *out, const km_survival *s)
{
    const double in[] = { s->lower, s->median, s->upper };
    if (s->n == 0) {
        km_buf_puts(out, "none");
        return;
    }
    km_buf_printf(out, "%d of %d gone", s->resolved, s->n);
    for (int i = 0; i < 3 && !isnan(in[i]); i++)
        km_buf_printf(out, "%s %d %% in %.0f%s", i == 0 ? ";" : ",", 25 * (i + 1), in[i],
                      i > 0 ? "" : in[i] == 1 ? " day" : " days");
}

static void add_recurrence(km_tui *t, tui_page *p, const km_recurrence *r)
{
    km_buf s = { 0 }, place = { 0 };
    char day[KM_TIME_TEXT];
    tui_words_place(&place, t->atlas, &r->place);
    km_buf_printf(&s, "%c %s: %d times", km_kind_glyph(r->kind), km_buf_str(&place), r->episodes);
    if (!isnan(r->interval))
        km_buf_printf(&s, ", back after %.0f day%s", r->interval, r->interval == 1 ? "" : "s");
    if (r->open) {
        km_buf_puts(&s, ", open now");
    } else if (r->has_next) {
        km_day_human(day, r->next, t->today);
        km_buf_printf(&s, ", %s about %s", r->next < t->today ? "was expected" : "next", day);
    }
    tui_page_add(p, r->open ? KM_ROLE_TEXT : KM_ROLE_DIM, 0, "%s", km_buf_str(&s));
    tui_page_link_life(p, &r->place, (int)r->kind);
    km_buf_clear(&s);
    km_buf_clear(&place);
}

static void add_lasting(km_tui *t, tui_page *p, const km_life_list *lives)
{
    bool head = false;
    for (size_t i = 0; i < lives->n; i++) {
        const km_life *l = &lives->row[i];
        if (!l->remark || l->episode.resolved)
            continue;
        if (!head)
            tui_page_add(p, KM_ROLE_TITLE, 0, "Lasting");
        head = true;
        km_buf place = { 0 };
        tui_words_place(&place, t->atlas, &l->place);
        tui_page_add(p, KM_ROLE_WARN, 0, "%c %s, %d days: %s", km_kind_glyph(l->kind),
                     km_buf_str(&place), l->days, l->remark);
        tui_page_link_life(p, &l->place, (int)l->kind);
        km_buf_clear(&place);
    }
    if (head)
        tui_page_add(p, KM_ROLE_TEXT, 0, " ");
}

/** Days until gone, of those that were treated and those that were not. */
static void add_times(km_tui *t, tui_page *p, const km_life_list *lives)
{
    km_episode *e = km_calloc(lives->n + 1, sizeof *e);
    tui_page_add(p, KM_ROLE_TITLE, 0, "Days until gone, all places");
    for (int treated = 1; treated >= 0; treated--) {
        size_t n = 0;
        for (size_t i = 0; i < lives->n; i++) {
            if (lives->row[i].episode.treated == (treated == 1))
                e[n++] = lives->row[i].episode;
        }
        km_survival s = km_trend_survival(e, n, t->today);
        km_buf text = { 0 };
        survival(&text, &s);
        tui_page_add(p, KM_ROLE_TEXT, 0, "%-11s %s", treated ? "treated:" : "untreated:",
                     km_buf_str(&text));
        km_buf_clear(&text);
    }
    free(e);
}

static void fill_back(km_tui *t, patterns_view *v)
{
    tui_page *p = &v->page;
    km_error err = { 0 };
    km_recurrence_list list;
    km_life_list lives;
    if (km_app_comes_back(&lives, &list, t->app, v->silence, &err) != KM_OK) {
        tui_page_add(p, KM_ROLE_ERROR, 0, "%s", err.text);
        return;
    }
    add_lasting(t, p, &lives);
    add_times(t, p, &lives);
    km_life_list_clear(&lives);
    tui_page_add(p, KM_ROLE_DIM, 0, "What is treated is often what was worse: this compares, it "
                 "does not prove. Those still open count until today.");
    bool head = false;
    for (size_t i = 0; i < list.n; i++) {
        if (list.row[i].episodes < 2)
            continue;
        if (!head)
            tui_page_add(p, KM_ROLE_TITLE, 0, "\nComes back");
        head = true;
        add_recurrence(t, p, &list.row[i]);
    }
    if (!head)
        tui_page_add(p, KM_ROLE_TEXT, 0, "\nNo place has come back after it was gone.");
    km_recurrence_list_clear(&list);
}

/* ---- the rules ---- */

static void fill_why(km_tui *t, tui_page *p)
{
    const patterns_view *v = (const patterns_view *)p->base.below;
    (void)t;
    tui_page_add(p, KM_ROLE_TITLE, 0, "%s: what the figures mean", page_name[v->at]);
    switch (v->at) {
    case PATTERN_BACK:
        tui_page_add(p, KM_ROLE_TEXT, 0,
                     "A time begins with a mark and ends with a 0. Days until gone are counted with "
                     "those that are still open kept in (Kaplan and Meier 1958): leaving them out "
                     "would make every place look quicker than it is. The figures are the days by "
                     "which a quarter, half and three quarters are gone.");
        tui_page_add(p, KM_ROLE_TEXT, 0,
                     "Back after: the median of the days from gone to back. Next: that many days "
                     "after it was gone last; a guess from habit, no forecast.");
        tui_page_add(p, KM_ROLE_TEXT, 0,
                     "A place open for more than %d days is time for a clinician's look: pain "
                     "beyond three months counts as chronic. Silence: a place without a word for "
                     "%d days stays open, or counts as gone where you choose so.",
                     KM_LASTING_DAYS, KM_SILENT_DAYS);
        break;
    case PATTERN_SIDES:
        tui_page_add(p, KM_ROLE_TEXT, 0,
                     "Days with a mark, left against right, over the last 90 days, the most uneven "
                     "first. It shows what was marked; that unevenness causes pain is disputed.");
        break;
    case PATTERN_TOGETHER:
        tui_page_add(p, KM_ROLE_TEXT, 0,
                     "Places whose open times overlapped at least twice. The share is the days both "
                     "were open out of the days either was (Jaccard index).");
        tui_page_add(p, KM_ROLE_TEXT, 0,
                     "Days with and without a recovery session: means and days are shown; a verdict "
                     "wants %d days on each side.", KM_SPLIT_DAYS);
        break;
    case PATTERN_TRAINING:
        tui_page_add(p, KM_ROLE_TEXT, 0,
                     "For every kind of session and every region: are there more new marks one to "
                     "three days after it than on other days? Each session is moved at random by up "
                     "to three days, many times; only what chance hardly ever reaches is shown, "
                     "with the number of pairs that were tried taken into account (Benjamini and "
                     "Hochberg 1995, 5 %%). Something else with the same weekly rhythm would look "
                     "the same. It says nothing about injury.");
        tui_page_add(p, KM_ROLE_TEXT, 0,
                     "Load: how hard (0-10) times minutes (Foster 2001), as it is. The ratio of the "
                     "last week to the last four is not shown: it does not foretell injury "
                     "(Impellizzeri 2020).");
        break;
    default:
        tui_page_add(p, KM_ROLE_TEXT, 0,
                     "A change counts when it is beyond the smallest one that is more than error "
                     "of measurement, as far as a figure is published; the page names the source "
                     "with each measure. Pressure pain thresholds: the mean of three readings.");
        break;
    }
}

/* ---- the view ---- */

static void load(km_tui *t, view *base)
{
    patterns_view *v = (patterns_view *)base;
    tui_page_reset(&v->page);
    switch (v->at) {
    case PATTERN_BACK: fill_back(t, v); break;
    case PATTERN_SIDES: tui_patterns_sides(t, &v->page); break;
    case PATTERN_TOGETHER: tui_patterns_together(t, &v->page); break;
    case PATTERN_TRAINING: tui_patterns_training(t, &v->page); break;
    default: tui_patterns_measures(t, &v->page); break;
    }
}

static void turn(km_tui *t, patterns_view *v, int step)
{
    v->at = (patterns_page)(((int)v->at + step + PATTERN_COUNT) % PATTERN_COUNT);
    v->page.top = 0;
    v->page.sel = -1;
    load(t, &v->page.base);
}

static void act(km_tui *t, view *base, tui_action action, int arg)
{
    patterns_view *v = (patterns_view *)base;
    (void)arg;
    if (tui_page_run(t, &v->page, action))
        return;
    switch (action) {
    case ACT_PATTERN_NEXT: turn(t, v, 1); break;
    case ACT_PATTERN_PREV: turn(t, v, -1); break;
    case ACT_PATTERN_WHY: tui_push(t, tui_page_new("patterns: rules", fill_why, 0, "close")); break;
    case ACT_PATTERN_SILENCE:
        v->silence = v->silence == KM_SILENCE_GAP ? KM_SILENCE_GONE : KM_SILENCE_GAP;
        load(t, base);
        tui_say(t, KM_ROLE_OK, v->silence == KM_SILENCE_GAP
                                   ? "silence: a place stays open until a 0 says that it is gone"
                                   : "silence: a place without a word for %d days counts as gone",
                KM_SILENT_DAYS);
        break;
    default: break;
    }
}

static int contexts(const view *base, tui_ctx out[VIEW_CTX_MAX])
{
    out[0] = CTX_PATTERNS;
    return tui_page_contexts((const tui_page *)base, out, 1);
}

static void paint(km_tui *t, view *base, km_grid *g, km_rect r)
{
    patterns_view *v = (patterns_view *)base;
    char title[96];
    snprintf(title, sizeof title, "%s, page %d of %d%s", page_name[v->at], (int)v->at + 1,
             PATTERN_COUNT, v->silence == KM_SILENCE_GONE ? ", silence is gone" : "");
    km_rect in = tui_header(t, g, r, title);
    in.x++;
    in.w -= 2;
    tui_page_paint(&v->page, g, in);
}

static void hint(km_tui *t, view *base, tui_hint *h)
{
    const patterns_view *v = (const patterns_view *)base;
    (void)t;
    char words[48];
    snprintf(words, sizeof words, "%s", page_name[(v->at + 1) % PATTERN_COUNT]);
    tui_hint_add(h, ACT_PATTERN_NEXT, words);
    if (tui_page_has_links(&v->page))
        tui_hint_add(h, ACT_LINK_OPEN, NULL);
    tui_hint_add(h, ACT_PATTERN_WHY, "rules");
    tui_hint_add(h, ACT_PATTERN_SILENCE, NULL);
    tui_page_hint_more(&v->page, h);
    tui_hint_add(h, ACT_BACK, NULL);
}

static void mouse(km_tui *t, view *base, const km_mouse *m)
{
    tui_page_mouse(t, (tui_page *)base, m);
}

static void clear(view *base)
{
    tui_page_clear((tui_page *)base);
}

static const view_ops ops = {
    .title = "patterns", .contexts = contexts, .act = act, .load = load, .paint = paint,
    .mouse = mouse, .hint = hint, .clear = clear,
};

view *tui_patterns_new(km_tui *t)
{
    return tui_patterns_at(t, PATTERN_BACK);
}

view *tui_patterns_at(km_tui *t, int page)
{
    (void)t;
    patterns_view *v = km_calloc(1, sizeof *v);
    v->page.base.ops = &ops;
    v->page.sel = -1;
    v->at = (patterns_page)page;
    return &v->page.base;
}
