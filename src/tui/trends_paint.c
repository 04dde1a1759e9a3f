/** Trends: the list with its sparklines, the plot, many plots, a calendar of days. */
#include "trends.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "knotmap/plot.h"
#include "knotmap/text.h"

#define RATING_MAX 10
#define MANY_MOST 60
/* Columns of now, change and verdict with what lies between. */
#define FIGURES_W 16

/** "right calf" as "R calf" where it is wider than `width`. */
static void side_short(km_buf *name, km_side side, int width)
{
    const char *word = km_word(KM_VOCAB_SIDE, (int)side), *text = km_buf_str(name);
    size_t n = strlen(word);
    if (side == KM_SIDE_MIDLINE || km_text_width(text) <= width || strncmp(text, word, n) != 0)
        return;
    name->s[0] = side == KM_SIDE_LEFT ? 'L' : 'R';
    memmove(name->s + 1, name->s + n, name->len - n + 1);
    name->len -= n - 1;
}

void tui_words_spot_fit(km_buf *out, const km_atlas *a, const km_ref *spot, int width)
{
    km_buf s = { 0 };
    if (spot->kind == KM_REF_REGION) {
        tui_words_region(&s, a, spot->index, spot->side);
    } else {
        tui_words_muscle(&s, a, spot->index, spot->point, spot->side);
        if (km_text_width(km_buf_str(&s)) > width) { /* the term alone, as it stands in brackets */
            km_buf_reset(&s);
            if (spot->side != KM_SIDE_MIDLINE)
                km_buf_printf(&s, "%s ", km_word(KM_VOCAB_SIDE, (int)spot->side));
            km_buf_words(&s, a->muscle[spot->index].code);
            if (spot->point >= 0)
                km_buf_printf(&s, " %d", a->point[spot->point].tp);
        }
    }
    side_short(&s, spot->side, width);
    km_buf_puts(out, km_buf_str(&s));
    km_buf_clear(&s);
}

void tui_words_place_fit(km_buf *out, const km_atlas *a, const km_place *p, int width)
{
    int muscle = p->muscle ? km_atlas_muscle(a, p->muscle) : -1;
    int region = p->region ? km_atlas_region(a, p->region) : -1;
    if (muscle < 0 && region < 0) { /* codes of another atlas */
        tui_words_place(out, a, p);
        return;
    }
    km_ref spot = muscle < 0 ? tui_ref_region(a, region, p->side)
                             : tui_ref_muscle(a, muscle, p->tp ? km_atlas_point(a, muscle, p->tp)
                                                               : -1, p->side);
    tui_words_spot_fit(out, a, &spot, width);
}

/** Gone, where that is news: a verdict about the days before it went says less. */
static bool is_gone(const km_trend_key *k)
{
    return k->gone && tui_trends_judge(k)->verdict != KM_VERDICT_BETTER;
}

static const char *verdict_short(const km_trend_key *k)
{
    km_verdict v = tui_trends_judge(k)->verdict;
    return is_gone(k) ? "gone" : v == KM_VERDICT_TOO_FEW ? "few" : km_verdict_word(v);
}

static km_role verdict_role(const km_trend_key *k)
{
    km_verdict v = tui_trends_judge(k)->verdict;
    return is_gone(k)              ? KM_ROLE_DIM
           : v == KM_VERDICT_BETTER ? KM_ROLE_OK
           : v == KM_VERDICT_WORSE ? KM_ROLE_WARN
           : v == KM_VERDICT_SAME  ? KM_ROLE_TEXT : KM_ROLE_DIM;
}

/** Means of the last `most` buckets; the caller frees. */
static double *last_means(const km_trend_key *k, int most, int *n)
{
    *n = (int)k->n < most ? (int)k->n : most;
    double *v = km_calloc((size_t)*n + 1, sizeof *v);
    for (int i = 0; i < *n; i++)
        v[i] = k->row[(int)k->n - *n + i].mean;
    return v;
}

static void change_text(char out[16], const km_trend_key *k)
{
    const km_judgement *j = tui_trends_judge(k);
    double c = j->change;
    if (is_gone(k) || j->verdict == KM_VERDICT_TOO_FEW || isnan(c))
        snprintf(out, 16, " ");
    else if (fabs(c) < 0.05)
        snprintf(out, 16, "=");
    else
        snprintf(out, 16, "%+.1f", c);
}

static void paint_row(km_tui *t, const trends_view *v, km_grid *g, km_rect r, int y, int row)
{
    const km_trend_key *k = &v->r.key[v->row[row]];
    km_role role = tui_list_row(&v->list, g, r, y, row);
    bool chosen = role == KM_ROLE_SELECTED;
    int spark_w = r.w >= 70 ? 16 : r.w >= 54 ? 10 : r.w >= 40 ? 6 : r.w >= 30 ? 4 : 0, n;
    int name_w = r.w - FIGURES_W - spark_w - 3;
    km_buf name = { 0 };
    char change[16];

    km_grid_role(g, r, y, 0, r.w, role);
    tui_trends_name(&name, t, v, k, name_w);
    km_grid_text_cut(g, r, y, 1, name_w, role, km_buf_str(&name));
    int x = 1 + name_w + 1;
    double *means = last_means(k, spark_w, &n);
    if (spark_w > 0)
        km_grid_spark(g, r, y, x + spark_w - n, chosen ? role : KM_ROLE_ACCENT, means, n, RATING_MAX);
    free(means);
    x += spark_w + (spark_w > 0);
    km_grid_printf(g, r, y, x, role, "%2d", k->now);
    change_text(change, k);
    km_grid_printf(g, r, y, x + 3, role, "%5s", change);
    km_grid_text(g, r, y, x + 9, chosen ? role : verdict_role(k), verdict_short(k));
    km_buf_clear(&name);
}

static void paint_list(km_tui *t, trends_view *v, km_grid *g, km_rect r)
{
    tui_list_place(&v->list, v->n, r.y, r.h);
    for (int i = 0; i < r.h && v->list.top + i < v->n; i++)
        paint_row(t, v, g, r, i, v->list.top + i);
}

/* ---- the selected one ---- */

typedef struct labels {
    char from[KM_TIME_TEXT], mid[KM_TIME_TEXT], to[KM_TIME_TEXT];
} labels;

static void short_day(char out[KM_TIME_TEXT], km_day d, bool year)
{
    static const char *const month[] = { "Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                         "Jul", "Aug", "Sep", "Oct", "Nov", "Dec" };
    int y, m, day;
    km_day_civil(d, &y, &m, &day);
    if (year)
        snprintf(out, KM_TIME_TEXT, "%s %d", month[m - 1], y);
    else
        snprintf(out, KM_TIME_TEXT, "%d %s", day, month[m - 1]);
}

static km_plot plot_of(const km_trend_key *k, double **means, labels *at, const char *title,
                       const char *unit, int most)
{
    int n;
    *means = last_means(k, most, &n);
    const km_bucket_row *row = &k->row[k->n - (size_t)n];
    bool years = row[n - 1].start - row[0].start > 500;
    short_day(at->from, row[0].start, years);
    short_day(at->mid, row[(n - 1) / 2].start, years);
    short_day(at->to, row[n - 1].start, years);
    return (km_plot){ .title = title, .unit = unit, .v = *means, .n = n, .low = 0,
                      .high = RATING_MAX, .from = at->from, .mid = n > 4 ? at->mid : NULL,
                      .to = n > 1 ? at->to : NULL, .role = KM_ROLE_ACCENT };
}

static void unit_words(char out[40], const trends_view *v)
{
    snprintf(out, 40, "mean of a %s, 0-10", km_bucket_word(v->ask.bucket));
}

/** "now 6, 2 days ago; highest 8": what the figures do not say. */
static int paint_now(km_tui *t, const trends_view *v, const km_trend_key *k, km_grid *g,
                     km_rect r, int y)
{
    char age[KM_TIME_TEXT];
    km_age_human(age, k->last, tui_time_day(t));
    bool days = strcmp(age, "today") != 0 && strcmp(age, "yesterday") != 0;
    char since[KM_TIME_TEXT];
    km_day_human(since, k->first, t->today);
    km_buf s = { 0 };
    if (k->gone)
        km_buf_puts(&s, "Gone");
    else
        km_buf_printf(&s, "%s %d", v->ask.by == KM_BY_CLIENT ? "Last rating" : "Now", k->now);
    km_buf_printf(&s, " (%s%s), highest %d, %d rating%s since %s.", age, days ? " ago" : "",
                  k->most, k->ratings, k->ratings == 1 ? "" : "s", since);
    int lines = km_grid_wrap(g, r, y, KM_ROLE_TEXT, km_buf_str(&s));
    km_buf_clear(&s);
    return lines;
}

static int paint_verdict(km_tui *t, const km_trend_key *k, km_grid *g, km_rect r, int y)
{
    const km_judgement *j = tui_trends_judge(k);
    km_buf s = { 0 };
    if (is_gone(k))
        km_buf_puts(&s, "GONE; BEFORE: ");
    if (j->verdict == KM_VERDICT_TOO_FEW)
        km_buf_puts(&s, "TOO FEW TO SAY");
    else
        tui_words_upper(&s, km_verdict_word(j->verdict));
    if (j->size != KM_SIZE_NONE)
        km_buf_printf(&s, ", %s", km_size_word(j->size));
    if (y < r.h)
        km_grid_text_cut(g, r, y, 0, r.w, j->verdict == KM_VERDICT_BETTER ? KM_ROLE_OK
                         : verdict_role(k) == KM_ROLE_WARN ? KM_ROLE_WARN : KM_ROLE_TITLE,
                         km_buf_str(&s));
    km_buf_reset(&s);
    km_judgement_why(&s, t->atlas, j);
    char *rule = s.len > 0 ? strstr(s.s, " Rule: ") : NULL;
    km_rect nowhere = { r.x, r.y, r.w, 0 };
    if (rule && y + 1 + km_grid_wrap(g, nowhere, 0, KM_ROLE_TEXT, s.s) > r.h && r.h > 0)
        *rule = '\0'; /* one key shows it whole */
    int lines = 1 + km_grid_wrap(g, r, y + 1, KM_ROLE_TEXT, km_buf_str(&s));
    km_buf_clear(&s);
    return lines;
}

static const km_trend_key *same_key(const km_trend_result *in, const km_trend_key *k)
{
    for (size_t i = 0; i < in->n; i++) {
        if (in->key[i].side == k->side && strcmp(in->key[i].key, k->key) == 0)
            return &in->key[i];
    }
    return NULL;
}

/** A calendar of the days; returns its lines. */
static int paint_calendar(const trends_view *v, const km_trend_key *k, km_grid *g, km_rect r)
{
    const km_trend_key *days = same_key(&v->days, k);
    if (!days || r.h < KM_CALENDAR_LINES)
        return 0;
    double *value = km_calloc(days->n, sizeof *value);
    int rated = 0;
    for (size_t i = 0; i < days->n; i++) {
        value[i] = days->row[i].n > 0 ? days->row[i].mean : NAN;
        rated += days->row[i].n > 0;
    }
    const km_plot_days d = { .first = days->row[0].start, .v = value, .n = (int)days->n,
                             .high = RATING_MAX };
    km_plot_calendar(g, (km_rect){ r.x, r.y, r.w, KM_CALENDAR_LINES }, &d);
    free(value);
    char text[96];
    snprintf(text, sizeof text, "rated on %d of %zu days", rated, days->n);
    km_grid_text_cut(g, r, KM_CALENDAR_LINES, 0, r.w, KM_ROLE_DIM, text);
    return KM_CALENDAR_LINES + 2;
}

static void paint_detail(km_tui *t, const trends_view *v, km_grid *g, km_rect r)
{
    const km_trend_key *k = tui_trends_selected(v);
    if (!k || r.w < 1 || r.h < 1)
        return;
    km_buf name = { 0 };
    char unit[40];
    tui_trends_name(&name, t, v, k, r.w);
    unit_words(unit, v);
    int y = 0;
    /* the reason has the lines it needs, the picture the rest */
    km_rect nowhere = { r.x, r.y, r.w, 0 };
    int text = paint_now(t, v, k, g, nowhere, 0) + 1 + paint_verdict(t, k, g, nowhere, 0);
    int plot_h = r.h - text - 1;
    plot_h = plot_h > r.w / 2 + 4 ? r.w / 2 + 4 : plot_h;
    plot_h = plot_h < KM_PLOT_LEAST_H + 3 ? r.h * 2 / 5 : plot_h;
    if (v->show == TREND_CALENDAR) {
        km_grid_text_cut(g, r, 0, 0, r.w, KM_ROLE_TITLE, km_buf_str(&name));
        y = 2 + paint_calendar(v, k, g, (km_rect){ r.x, r.y + 2, r.w, r.h - 2 });
    } else if (plot_h >= KM_PLOT_LEAST_H) {
        double *means;
        labels at;
        bool room = km_text_width(km_buf_str(&name)) + (int)strlen(unit) + 2 <= r.w;
        if (!room) { /* the unit stands below the name */
            km_grid_text_cut(g, r, 0, 0, r.w, KM_ROLE_TITLE, km_buf_str(&name));
            y = 1;
        }
        km_plot p = plot_of(k, &means, &at, room ? km_buf_str(&name) : NULL, unit,
                            (g->ascii ? 1 : 2) * (r.w > 4 ? r.w - 3 : 1));
        km_plot_line(g, (km_rect){ r.x, r.y + y, r.w, plot_h - y }, &p);
        free(means);
        y = plot_h + 1;
    }
    y += paint_now(t, v, k, g, r, y) + 1;
    paint_verdict(t, k, g, r, y);
    km_buf_clear(&name);
}

/* ---- many ---- */

static void paint_many(km_tui *t, trends_view *v, km_grid *g, km_rect r)
{
    km_plot plot[MANY_MOST] = { 0 };
    double *means[MANY_MOST] = { NULL };
    labels at[MANY_MOST];
    char *title[MANY_MOST], *unit[MANY_MOST];
    km_arena mem = { 0 };
    int n = v->n - v->list.sel;
    n = n > MANY_MOST ? MANY_MOST : n;
    int w = km_plot_many_width(r.w, n);
    v->list.y = r.y + r.h; /* no rows to click */
    v->list.rows = 1;
    for (int i = 0; i < n; i++) {
        const km_trend_key *k = &v->r.key[v->row[v->list.sel + i]];
        km_buf name = { 0 };
        unit[i] = km_arena_printf(&mem, "%d %s", k->now, verdict_short(k));
        tui_trends_name(&name, t, v, k, w - (int)strlen(unit[i]) - 2);
        title[i] = km_arena_strdup(&mem, km_buf_str(&name));
        plot[i] = plot_of(k, &means[i], &at[i], title[i], unit[i], 60);
        plot[i].mid = NULL;
        plot[i].unit_first = true; /* the verdict is what one looks for */
        km_buf_clear(&name);
    }
    int drawn = km_plot_many(g, r, plot, n);
    if (drawn == 0 && n > 0) /* too low for one of them whole */
        km_plot_line(g, r, &plot[0]);
    tui_cursor(g, r, 0, 0);
    for (int i = 0; i < n; i++)
        free(means[i]);
    km_arena_clear(&mem);
}

void tui_trends_paint(km_tui *t, view *base, km_grid *g, km_rect r)
{
    trends_view *v = (trends_view *)base;
    km_buf title = { 0 };
    char day[KM_TIME_TEXT];
    km_buf_printf(&title, "trends by %s, %s%s", km_by_word(v->ask.by), km_bucket_word(v->ask.bucket),
                  v->ask.has_since ? ", last half year" : "");
    if (v->ask.silence == KM_SILENCE_GONE)
        km_buf_puts(&title, ", silence is gone");
    if (v->text)
        km_buf_printf(&title, ", \"%s\"", v->text);
    if (t->time.past) {
        km_day_human(day, t->time.day, t->today);
        km_buf_printf(&title, ", as of %s", day);
    }
    km_rect in = tui_header(t, g, r, km_buf_str(&title));
    km_buf_clear(&title);
    if (t->time.past && in.h > 3) {
        tui_time_slider(t, g, (km_rect){ in.x, in.y + in.h - 1, in.w, 1 }, -1);
        in.h--;
    }
    if (v->n == 0) {
        km_grid_text_cut(g, in, 1, 1, in.w - 1, KM_ROLE_DIM,
                         v->text ? "no name has these words"
                                 : "no rating is stored yet: a digit on the body is one");
        tui_cursor(g, in, 0, 0);
        return;
    }
    if (v->show == TREND_MANY) {
        paint_many(t, v, g, (km_rect){ in.x + 1, in.y + 1, in.w - 2, in.h - 1 });
        return;
    }
    if (in.w < 64) { /* narrow: the selected one below the list */
        int low = in.h >= 16 ? in.h / 2 : 0;
        paint_list(t, v, g, (km_rect){ in.x, in.y, in.w, in.h - low });
        paint_detail(t, v, g, (km_rect){ in.x + 1, in.y + in.h - low + 1, in.w - 2, low - 1 });
        return;
    }
    int list_w = in.w < 80 ? 43 : in.w < 100 ? 45 : in.w * 9 / 20;
    list_w = list_w > 84 ? 84 : list_w;
    paint_list(t, v, g, (km_rect){ in.x, in.y, list_w, in.h });
    paint_detail(t, v, g, (km_rect){ in.x + list_w + 2, in.y, in.w - list_w - 3, in.h });
}
