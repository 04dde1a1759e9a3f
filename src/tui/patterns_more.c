/** Patterns: sides, what goes together, training and soreness, measures. */
#include "patterns.h"

#include <math.h>
#include <string.h>

#include "knotmap/care.h"
#include "knotmap/text.h"

#define SIDES_DAYS 90
#define SIDES_MOST 12
#define PAIRS_MOST 12
/* Values of one measure that are listed for a key. */
#define VALUES_MOST 4

/* ---- left and right ---- */

/** "upper back": a region or area in words. */
static void key_words(km_buf *out, const km_tui *t, const char *key)
{
    int region = km_atlas_region(t->atlas, key);
    if (region >= 0) {
        tui_words_region(out, t->atlas, region, KM_SIDE_MIDLINE);
        return;
    }
    km_buf_words(out, key);
}

static void mean_words(km_buf *out, double mean)
{
    if (!isnan(mean))
        km_buf_printf(out, ", mean %.1f", mean);
}

static void add_sides(km_tui *t, tui_page *p, bool by_area)
{
    km_error err = { 0 };
    km_balance_list l;
    if (km_app_balance(&l, t->app, SIDES_DAYS, by_area, &err) != KM_OK) {
        tui_page_add(p, KM_ROLE_ERROR, 0, "%s", err.text);
        return;
    }
    tui_page_add(p, KM_ROLE_TITLE, 0, "%sDays with a mark in the last %d, by %s", by_area ? "\n" : "",
                 SIDES_DAYS, by_area ? "area" : "region");
    if (l.n == 0)
        tui_page_add(p, KM_ROLE_DIM, 0, "nothing was marked on a side");
    for (size_t i = 0; i < l.n && i < SIDES_MOST; i++) {
        const km_balance *b = &l.row[i];
        km_buf s = { 0 };
        int days = b->days_left + b->days_right;
        key_words(&s, t, b->key);
        int w = km_text_width(km_buf_str(&s));
        km_buf_printf(&s, "%*s left %d", w < 24 ? 24 - w : 1, "", b->days_left);
        mean_words(&s, b->mean_left);
        km_buf_printf(&s, "; right %d", b->days_right);
        mean_words(&s, b->mean_right);
        tui_page_bar(p, days ? (double)b->days_left / days : 0.5, "%s", km_buf_str(&s));
        if (!by_area)
            tui_page_link_trend(p, b->key, b->days_left > b->days_right ? KM_SIDE_LEFT
                                                                        : KM_SIDE_RIGHT, KM_BY_REGION);
        km_buf_clear(&s);
    }
    km_balance_list_clear(&l);
}

void tui_patterns_sides(km_tui *t, tui_page *p)
{
    tui_page_add(p, KM_ROLE_DIM, 0, "The bar is the left side's share of the days.");
    add_sides(t, p, false);
    add_sides(t, p, true);
}

/* ---- together ---- */

static void add_split(km_tui *t, tui_page *p)
{
    km_error err = { 0 };
    km_split split;
    km_trend_ask ask = km_trend_ask_all();
    if (km_app_recovery_split(&split, t->app, &ask, &err) != KM_OK) {
        tui_page_add(p, KM_ROLE_ERROR, 0, "%s", err.text);
        return;
    }
    const km_judgement *j = &split.judge;
    tui_page_add(p, KM_ROLE_TITLE, 0, "\nDays with and without a recovery session");
    if (j->days_after == 0) {
        tui_page_add(p, KM_ROLE_TEXT, 0, "no rated day had a recovery session");
        return;
    }
    tui_page_add(p, KM_ROLE_TEXT, 0, "with: mean %.1f over %d days; without: mean %.1f over %d "
                 "days", j->after, j->days_after, j->before, j->days_before);
    if (j->verdict == KM_VERDICT_TOO_FEW)
        tui_page_add(p, KM_ROLE_DIM, 0, "%d more days are needed for a verdict", j->needed);
    else
        tui_page_add(p, KM_ROLE_TEXT, 0, "On those days: %s. What else differed is not known.",
                     km_verdict_word(j->verdict));
}

void tui_patterns_together(km_tui *t, tui_page *p)
{
    km_error err = { 0 };
    km_pair_list l;
    if (km_app_pairs(&l, t->app, &err) != KM_OK) {
        tui_page_add(p, KM_ROLE_ERROR, 0, "%s", err.text);
        return;
    }
    tui_page_add(p, KM_ROLE_TITLE, 0, "Open together, by the share of their days");
    if (l.n == 0)
        tui_page_add(p, KM_ROLE_TEXT, 0, "No two places were open together at least twice.");
    for (size_t i = 0; i < l.n && i < PAIRS_MOST; i++) {
        km_buf s = { 0 };
        tui_words_place(&s, t->atlas, &l.row[i].a);
        tui_page_bar(p, l.row[i].share, "%.0f %%, %d times: %s", l.row[i].share * 100,
                     l.row[i].both, km_buf_str(&s));
        tui_page_link_life(p, &l.row[i].a, -1);
        km_buf_reset(&s);
        tui_words_place(&s, t->atlas, &l.row[i].b);
        tui_page_add(p, KM_ROLE_TEXT, TUI_PAGE_BAR, "with %s", km_buf_str(&s));
        tui_page_link_life(p, &l.row[i].b, -1);
        km_buf_clear(&s);
    }
    km_pair_list_clear(&l);
    add_split(t, p);
}

/* ---- training ---- */

static void add_load(km_tui *t, tui_page *p)
{
    km_error err = { 0 };
    km_load load;
    tui_page_add(p, KM_ROLE_TITLE, 0, "\nLoad: effort times minutes");
    if (km_app_load(&load, t->app, &err) != KM_OK)
        tui_page_add(p, KM_ROLE_ERROR, 0, "%s", err.text);
    else if (load.sessions == 0)
        tui_page_add(p, KM_ROLE_TEXT, 0, "no session with effort and minutes in four weeks");
    else
        tui_page_add(p, KM_ROLE_TEXT, 0, "last 7 days %.0f; mean week of the last four %.0f, of %d "
                     "session%s", load.acute, load.chronic, load.sessions,
                     load.sessions == 1 ? "" : "s");
}

/** Whether two rows are of the very same days: a session has its goal and each muscle it worked. */
static bool same_days(const km_follow *a, const km_follow *b)
{
    return strcmp(a->region, b->region) == 0 && a->lag.sessions == b->lag.sessions &&
           a->lag.p == b->lag.p && a->lag.after == b->lag.after &&
           a->lag.otherwise == b->lag.otherwise;
}

/** One line for the rows from `i` on that are of the same days; returns the index past them. */
static size_t add_follow(km_tui *t, tui_page *p, const km_follow_list *l, size_t i)
{
    const km_follow *f = &l->row[i];
    km_buf session = { 0 }, region = { 0 };
    km_buf_words(&session, f->session);
    for (i++; i < l->n && same_days(&l->row[i], f); i++) {
        const char *what = strstr(l->row[i].session, ": "); /* the kind is said already */
        km_buf_puts(&session, ", ");
        km_buf_words(&session, what ? what + 2 : l->row[i].session);
    }
    key_words(&region, t, f->region);
    tui_page_add(p, KM_ROLE_TEXT, 0, "%s; then %s: on %.0f %% of the days after, %.0f %% of the "
                 "others (%d sessions, p %.4f)", km_buf_str(&session), km_buf_str(&region),
                 f->lag.after * 100, f->lag.otherwise * 100, f->lag.sessions, f->lag.p);
    tui_page_link_trend(p, f->region, KM_SIDE_COUNT, KM_BY_REGION);
    km_buf_clear(&session);
    km_buf_clear(&region);
    return i;
}

void tui_patterns_training(km_tui *t, tui_page *p)
{
    km_error err = { 0 };
    km_follow_list l;
    if (km_app_follow(&l, t->app, &err) != KM_OK) {
        tui_page_add(p, KM_ROLE_ERROR, 0, "%s", err.text);
        return;
    }
    tui_page_add(p, KM_ROLE_TITLE, 0, "What follows training by one to three days");
    for (size_t i = 0; i < l.n;)
        i = add_follow(t, p, &l, i);
    if (l.n == 0)
        tui_page_add(p, KM_ROLE_TEXT, 0, "Nothing follows beyond chance.");
    tui_page_add(p, KM_ROLE_DIM, 0, "%d pair%s of session and region tried in two years.", l.tried,
                 l.tried == 1 ? "" : "s");
    add_load(t, p);
    km_follow_list_clear(&l);
}

/* ---- measures ---- */

static const char *verdict_of(km_verdict v)
{
    return v == KM_VERDICT_TOO_FEW ? "too few" : km_verdict_word(v);
}

static void key_title(km_buf *out, const km_tui *t, const km_measured *m)
{
    size_t n = strcspn(m->key, ":");
    char code[96];
    if (n < sizeof code) {
        memcpy(code, m->key, n);
        code[n] = '\0';
        int muscle = km_atlas_muscle(t->atlas, code);
        if (muscle >= 0) {
            tui_words_muscle(out, t->atlas, muscle, -1, m->side);
            if (m->key[n])
                km_buf_printf(out, " %s", m->key + n + 1);
            return;
        }
    }
    if (m->side != KM_SIDE_MIDLINE)
        km_buf_printf(out, "%s ", km_word(KM_VOCAB_SIDE, (int)m->side));
    key_words(out, t, m->key);
}

static bool add_measure(km_tui *t, tui_page *p, const char *code)
{
    km_error err = { 0 };
    km_measured_list l;
    km_trend_ask ask = km_trend_ask_all();
    if (km_app_measured(&l, t->app, code, &ask, &err) != KM_OK)
        return false;
    bool any = l.n > 0;
    if (any) {
        tui_page_add(p, KM_ROLE_TITLE, 0, "%s%s, %s", p->n ? "\n" : "", l.measure.name,
                     l.measure.unit);
        if (l.judged)
            tui_page_add(p, KM_ROLE_DIM, 0, "no change is called under %g %s (%s)",
                         l.measure.no_change_under, l.measure.unit, l.measure.source);
        else
            tui_page_add(p, KM_ROLE_DIM, 0, "no figure is published for it: numbers, no verdict");
    }
    for (size_t i = 0; i < l.n; i++) {
        if (i > 0 && km_measured_same(&l.row[i], &l.row[i - 1]))
            continue;
        size_t end = i + 1;
        while (end < l.n && km_measured_same(&l.row[end], &l.row[i]))
            end++;
        km_buf s = { 0 };
        key_title(&s, t, &l.row[i]);
        if (l.row[i].moment)
            km_buf_printf(&s, ", %s", l.row[i].moment);
        km_buf_puts(&s, ":");
        for (size_t k = end > i + VALUES_MOST ? end - VALUES_MOST : i; k < end; k++)
            km_buf_printf(&s, " %.*f", strcmp(l.measure.unit, "kPa") == 0 ? 0 : 1, l.row[k].mean);
        const km_measured *last = &l.row[end - 1];
        char day[KM_TIME_TEXT];
        km_day_human(day, last->day, t->today);
        km_buf_printf(&s, " (%s, %d reading%s)", day, last->n, last->n == 1 ? "" : "s");
        if (!isnan(last->since_first)) {
            km_buf_printf(&s, "; since the first %+.1f", last->since_first);
            if (l.judged)
                km_buf_printf(&s, ", %s", verdict_of(last->verdict_first));
        }
        tui_page_add(p, KM_ROLE_TEXT, 0, "%s", km_buf_str(&s));
        if (strcmp(code, "ppt") == 0)
            tui_page_link_trend(p, last->key, last->side, KM_BY_PLACE);
        km_buf_clear(&s);
    }
    km_measured_list_clear(&l);
    return any;
}

/* "6 to 3 over 21 days": the course of one line of a pair. */
static void span_words(km_buf *out, const km_paired_span *v, int n, const char *unit)
{
    if (n == 0) {
        km_buf_puts(out, "nothing yet");
        return;
    }
    km_buf_printf(out, "%.3g", v->first);
    if (n > 1)
        km_buf_printf(out, " to %.3g", v->last);
    km_buf_printf(out, "%s on %d day%s", unit, n, n == 1 ? "" : "s");
}

static void add_pair(km_tui *t, tui_page *p, const km_paired *pair)
{
    km_buf s = { 0 }, unit = { 0 };

    tui_words_place(&s, t->atlas, &pair->place);
    km_buf_printf(&s, " and %s", pair->test.name);
    if (pair->side != KM_SIDE_MIDLINE)
        km_buf_printf(&s, ", %s", km_word(KM_VOCAB_SIDE, (int)pair->side));
    tui_page_add(p, KM_ROLE_TEXT, 0, "%s", km_buf_str(&s));
    km_buf_reset(&s);
    km_buf_puts(&s, "rating ");
    span_words(&s, &pair->rating, pair->n_rating, "");
    km_buf_printf(&s, ", %s", verdict_of(pair->judge.verdict));
    if (pair->judge.size != KM_SIZE_NONE)
        km_buf_printf(&s, ", %s", km_size_word(pair->judge.size));
    km_buf_puts(&s, "; test ");
    km_buf_printf(&unit, " %s", pair->test.unit);
    span_words(&s, &pair->value, pair->n_test, km_buf_str(&unit));
    km_buf_printf(&s, ", %s", isnan(pair->test.no_change_under) ? "no figure for a verdict"
                                                                : verdict_of(pair->verdict));
    km_buf_printf(&s, "; both on %d day%s", pair->n_both, pair->n_both == 1 ? "" : "s");
    tui_page_add(p, KM_ROLE_TEXT, 2, "%s", km_buf_str(&s));
    km_buf_clear(&s);
    km_buf_clear(&unit);
}

static bool add_pairs(km_tui *t, tui_page *p)
{
    km_error err = { 0 };
    km_paired_list l;
    if (km_app_paired(&l, t->app, INT32_MIN, &err) != KM_OK) {
        tui_page_add(p, KM_ROLE_ERROR, 0, "%s", err.text);
        return true;
    }
    bool any = l.n > 0;
    if (any)
        tui_page_add(p, KM_ROLE_TITLE, 0, "%sPlaces beside their tests", p->n ? "\n" : "");
    for (size_t i = 0; i < l.n; i++)
        add_pair(t, p, &l.row[i]);
    if (any)
        tui_page_add(p, KM_ROLE_DIM, 0, "%s", KM_PAIRED_SAID);
    km_paired_list_clear(&l);
    return any;
}

void tui_patterns_measures(km_tui *t, tui_page *p)
{
    bool any = false;
    km_measure m;
    for (int i = 0; km_measure_at(&m, t->atlas, i); i++) {
        if (m.taken != KM_TAKEN_RATING)
            any = add_measure(t, p, m.code) || any;
    }
    any = add_pairs(t, p) || any;
    if (!any)
        tui_page_add(p, KM_ROLE_TEXT, 0, "Nothing was measured yet: the form of a mark takes "
                     "pressure pain thresholds and the test its place is held against, the day "
                     "takes flexibility tests, a treatment stiffness and tension.");
}
