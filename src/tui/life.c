/** The life of a mark: first seen, peaks, treated, gone, back; a plot above, the story below. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "care.h"
#include "knotmap/history.h"
#include "knotmap/plot.h"
#include "trends.h"

#define RATING_MAX 10
/* Columns of the first line that are not the place. */
#define TITLE_REST 43
#define PLOT_MAX 13
/* Longest life that is shown day by day. */
#define DAYS_MAX 400
/* Ratings less than a week apart are one course. */
#define GAP_DAYS 7

typedef struct life_view {
    tui_page page;         /**< its view comes first */
    km_place place;
    int kind;              /**< km_kind, -1 all of the place */
    km_arena own;          /**< text of the place */
    double *value;         /**< one a day or week from `first`, NAN a gap */
    int n;
    bool weeks;
    km_day first;
    int *treated;          /**< bucket of each treatment */
    int n_treated;
} life_view;

/* ---- load ---- */

static km_mark_filter place_filter(const life_view *v)
{
    km_mark_filter f = km_mark_filter_all();
    f.region = v->place.region;
    f.muscle = v->place.muscle;
    f.side = (int)v->place.side;
    f.oldest_first = true;
    return f;
}

static void make_series(km_tui *t, life_view *v, const km_place_marks *marks)
{
    free(v->value);
    v->value = NULL;
    v->n = 0;
    if (marks->n == 0)
        return;
    v->first = marks->row[0].day;
    km_day last = v->first;
    for (size_t i = 0; i < marks->n; i++) { /* a journey west may turn the order of days */
        km_day day = marks->row[i].day;
        v->first = day < v->first ? day : v->first;
        last = day > last ? day : last;
    }
    last = last > t->today ? last : t->today;
    v->weeks = last - v->first > DAYS_MAX;
    if (v->weeks)
        v->first = km_day_week(v->first);
    v->n = (last - v->first) / (v->weeks ? 7 : 1) + 1;
    v->value = km_calloc((size_t)v->n, sizeof *v->value);
    int *count = km_calloc((size_t)v->n, sizeof *count);
    for (size_t i = 0; i < marks->n; i++) {
        const km_place_mark *m = &marks->row[i];
        if (m->intensity == KM_INTENSITY_NONE)
            continue;
        int at = (m->day - v->first) / (v->weeks ? 7 : 1);
        v->value[at] += m->intensity;
        count[at]++;
    }
    for (int i = 0; i < v->n; i++)
        v->value[i] = count[i] ? v->value[i] / count[i] : NAN;
    free(count);
}

static void open_treatment(km_tui *t, const tui_link *l)
{
    tui_treatment_open(t, l->n);
}

/** Treatments that reach the place, in a list and as marks below the plot. */
static void add_treatments(km_tui *t, life_view *v, const km_treatment_list *l, km_day from,
                           km_day to, bool count_only, int *n)
{
    tui_page *p = &v->page;
    *n = 0;
    for (size_t i = 0; i < l->n; i++) {
        const km_treatment *x = &l->row[i];
        km_day day = km_instant_day(x->at);
        if (day < from || day > to)
            continue;
        (*n)++;
        if (count_only)
            continue;
        char at[KM_TIME_TEXT];
        km_buf s = { 0 };
        km_day_human(at, day, t->today);
        km_buf_printf(&s, "%s  treated", at);
        if (x->technique >= 0) {
            km_buf_puts(&s, ": ");
            km_word_human(&s, KM_VOCAB_TECHNIQUE, x->technique);
        }
        if (x->tool)
            km_buf_printf(&s, ", %s", x->tool);
        if (x->before >= 0 && x->after >= 0)
            km_buf_printf(&s, ", pain %d to %d", x->before, x->after);
        for (int k = 0; k < x->n_hold; k++)
            km_buf_printf(&s, "%s%d", k ? ", " : ", in the hold ", x->hold[k].rating);
        if (x->response != KM_RESPONSE_NONE)
            km_buf_printf(&s, ", %s", km_word(KM_VOCAB_RESPONSE, (int)x->response));
        tui_page_add(p, KM_ROLE_TEXT, 4, "%s", km_buf_str(&s));
        tui_page_link(p, &(tui_link){ .open = open_treatment, .n = x->id });
        km_buf_clear(&s);
    }
}

static const char *times(int n)
{
    static const char *const word[] = { "", "First time", "Second time", "Third time",
                                        "Fourth time", "Fifth time", "Sixth time",
                                        "Seventh time", "Eighth time", "Ninth time" };
    return n < 10 ? word[n] : NULL;
}

static void open_marks(km_tui *t, const tui_link *l)
{
    tui_push(t, tui_history_filtered(t, l->text));
}

/** Enter on an episode lists its marks. */
static void link_marks(tui_page *p, const km_place *place, km_kind kind, km_day first, km_day last)
{
    char since[KM_TIME_TEXT], until[KM_TIME_TEXT];
    km_buf s = { 0 };
    km_day_text(since, first);
    km_day_text(until, last);
    km_buf_printf(&s, "%s:%s side:%s kind:%s since:%s until:%s", place->muscle ? "muscle" : "region",
                  place->muscle ? place->muscle : place->region,
                  km_word(KM_VOCAB_SIDE, (int)place->side), km_word(KM_VOCAB_KIND, (int)kind), since,
                  until);
    tui_page_link(p, &(tui_link){ .open = open_marks, .text = km_buf_str(&s) });
    km_buf_clear(&s);
}

/** The day of the strongest mark of an episode. */
static km_day peak_day(const km_place_marks *marks, const km_life *l)
{
    for (size_t i = 0; i < marks->n; i++) {
        const km_place_mark *m = &marks->row[i];
        if (m->kind == l->kind && m->day >= l->episode.first && m->day <= l->episode.last &&
            m->intensity == l->episode.peak)
            return m->day;
    }
    return l->episode.first;
}

static void add_episode(km_tui *t, life_view *v, const km_place_marks *marks,
                        const km_treatment_list *done, const km_life *l, int number)
{
    tui_page *p = &v->page;
    const km_episode *e = &l->episode;
    char first[KM_TIME_TEXT], last[KM_TIME_TEXT], peak[KM_TIME_TEXT], nth[32];
    int treated;
    snprintf(nth, sizeof nth, "Time %d", number);
    km_day_human(first, e->first, t->today);
    km_day_human(last, e->last, t->today);
    km_day until = e->resolved ? e->last : t->today;
    tui_page_add(p, KM_ROLE_TITLE, 0, "\n%s: %s, %d day%s%s", times(number) ? times(number) : nth,
                 km_word(KM_VOCAB_KIND, (int)l->kind), l->days, l->days == 1 ? "" : "s",
                 e->resolved ? "" : ", still open");
    link_marks(p, &l->place, l->kind, e->first, e->resolved ? e->last : until);
    if (l->remark)
        tui_page_add(p, KM_ROLE_WARN, 2, "%s", l->remark);
    if (e->gap_before >= 0)
        tui_page_add(p, KM_ROLE_TEXT, 2, "%s  back after %d day%s", first, e->gap_before,
                     e->gap_before == 1 ? "" : "s");
    else
        tui_page_add(p, KM_ROLE_TEXT, 2, "%s  first seen", first);
    if (e->peak != KM_INTENSITY_NONE) {
        km_day_human(peak, peak_day(marks, l), t->today);
        tui_page_add(p, KM_ROLE_TEXT, 2, "%s  highest: %d, of %d mark%s", peak, e->peak, e->marks,
                     e->marks == 1 ? "" : "s");
    }
    add_treatments(t, v, done, e->first, until, true, &treated);
    if (treated == 0)
        tui_page_add(p, KM_ROLE_DIM, 2, "not treated");
    else
        add_treatments(t, v, done, e->first, until, false, &treated);
    if (e->resolved)
        tui_page_add(p, KM_ROLE_OK, 2, "%s  gone", last);
    else
        tui_page_add(p, KM_ROLE_TEXT, 2, "%s  last mark", last);
}

static void fill_story(km_tui *t, life_view *v, const km_place_marks *marks,
                       const km_treatment_list *done)
{
    km_error err = { 0 };
    km_life_list lives;
    km_ref place = tui_ref_region(t->atlas, km_atlas_region(t->atlas, v->place.region),
                                  v->place.side);
    if (km_app_lives(&lives, t->app, &place, KM_SILENCE_GAP, &err) != KM_OK) {
        tui_page_add(&v->page, KM_ROLE_ERROR, 0, "%s", err.text);
        return;
    }
    int of_kind[KM_KIND_COUNT] = { 0 };
    for (size_t i = 0; i < lives.n; i++) {
        if (km_place_equal(&lives.row[i].place, &v->place))
            of_kind[lives.row[i].kind]++;
    }
    for (size_t i = 0; i < lives.n; i++) { /* newest first */
        const km_life *l = &lives.row[i];
        if (!km_place_equal(&l->place, &v->place) || (v->kind >= 0 && (int)l->kind != v->kind))
            continue;
        add_episode(t, v, marks, done, l, of_kind[l->kind]--);
    }
    km_life_list_clear(&lives);
}

static void load(km_tui *t, view *base)
{
    life_view *v = (life_view *)base;
    km_error err = { 0 };
    km_mark_filter f = place_filter(v);
    km_place_marks marks;
    km_treatment_list done = { 0 };
    tui_page_reset(&v->page);
    if (km_app_place_marks(&marks, t->app, &v->place, v->kind, &err) != KM_OK)
        tui_fail(t, &err);
    if (v->place.muscle)
        f.region = NULL; /* a treatment of the muscle, wherever its mark lies */
    if (km_app_treatments(&done, t->app, &f, &err) != KM_OK)
        tui_fail(t, &err);
    make_series(t, v, &marks);
    v->treated = km_realloc(v->treated, done.n + 1, sizeof *v->treated);
    v->n_treated = 0;
    for (size_t i = 0; i < done.n; i++) {
        int days = km_instant_day(done.row[i].at) - v->first;
        if (days >= 0 && days / (v->weeks ? 7 : 1) < v->n)
            v->treated[v->n_treated++] = days / (v->weeks ? 7 : 1);
    }
    fill_story(t, v, &marks, &done);
    if (v->n == 0)
        tui_page_add(&v->page, KM_ROLE_DIM, 0, "nothing is left here");
    km_place_marks_clear(&marks);
    km_treatment_list_clear(&done);
}

/* ---- picture ---- */

static void paint_plot(km_tui *t, const life_view *v, km_grid *g, km_rect r)
{
    char from[KM_TIME_TEXT], to[KM_TIME_TEXT];
    km_day_human(from, v->first, t->today);
    km_day_human(to, t->today, t->today);
    km_plot p = { .title = v->weeks ? "intensity, mean of a week"
                                    : "intensity, day by day; a week without a mark is a gap",
                  .unit = "0-10", .v = v->value, .n = v->n, .reach = v->weeks ? 0 : GAP_DAYS - 1,
                  .low = 0, .high = RATING_MAX,
                  .from = from, .to = to, .role = KM_ROLE_ACCENT };
    km_plot_line(g, (km_rect){ r.x, r.y, r.w, r.h - 1 }, &p);
    int inner = r.w - 3;
    for (int i = 0; i < v->n_treated && v->n > 1; i++)
        km_grid_put(g, r, r.h - 1, 3 + v->treated[i] * (inner - 1) / (v->n - 1), KM_ROLE_OK, '^');
    if (v->n_treated == 0)
        km_grid_text_cut(g, r, r.h - 1, 3, inner, KM_ROLE_DIM, "never treated");
}

static void paint(km_tui *t, view *base, km_grid *g, km_rect r)
{
    life_view *v = (life_view *)base;
    km_buf title = { 0 }, place = { 0 };
    tui_words_place_fit(&place, t->atlas, &v->place, r.w - TITLE_REST);
    km_buf_puts(&title, "life of ");
    if (v->kind >= 0)
        km_buf_printf(&title, "%s at ", km_word(KM_VOCAB_KIND, v->kind));
    km_buf_puts(&title, km_buf_str(&place));
    km_buf_clear(&place);
    km_rect in = tui_header(t, g, r, km_buf_str(&title));
    km_buf_clear(&title);
    in.x++;
    in.w -= 2;
    int plot_h = in.h / 2 > PLOT_MAX ? PLOT_MAX : in.h / 2;
    if (v->n > 0 && plot_h > KM_PLOT_LEAST_H && in.w >= KM_PLOT_LEAST_W) {
        paint_plot(t, v, g, (km_rect){ in.x, in.y, in.w, plot_h });
        in.y += plot_h;
        in.h -= plot_h;
        if (v->n_treated > 0 && in.h > 3) {
            km_grid_text_cut(g, in, 0, 3, in.w - 3, KM_ROLE_DIM, "^ treated");
            in.y++;
            in.h--;
        }
    }
    tui_page_paint(&v->page, g, in);
}

static void act(km_tui *t, view *base, tui_action action, int arg)
{
    (void)arg;
    tui_page_run(t, (tui_page *)base, action);
}

static int contexts(const view *base, tui_ctx out[VIEW_CTX_MAX])
{
    return tui_page_contexts((const tui_page *)base, out, 0);
}

static void hint(km_tui *t, view *base, tui_hint *h)
{
    (void)t;
    if (tui_page_has_links((const tui_page *)base))
        tui_hint_add(h, ACT_LINK_OPEN, "its marks");
    tui_page_hint_more((const tui_page *)base, h);
    tui_hint_add(h, ACT_BACK, NULL);
}

static void mouse(km_tui *t, view *base, const km_mouse *m)
{
    tui_page_mouse(t, (tui_page *)base, m);
}

static void clear(view *base)
{
    life_view *v = (life_view *)base;
    tui_page_clear(&v->page);
    km_arena_clear(&v->own);
    free(v->value);
    free(v->treated);
}

static const view_ops ops = {
    .title = "life", .contexts = contexts, .act = act, .load = load, .paint = paint,
    .mouse = mouse, .hint = hint, .clear = clear,
};

view *tui_life_new(km_tui *t, const km_place *place, int kind)
{
    (void)t;
    life_view *v = km_calloc(1, sizeof *v);
    v->page.base.ops = &ops;
    v->place = *place;
    v->place.region = km_arena_strdup(&v->own, place->region);
    v->place.muscle = km_arena_strdup(&v->own, place->muscle);
    v->kind = kind;
    return &v->page.base;
}
