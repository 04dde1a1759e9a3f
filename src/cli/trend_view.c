/** trend: pictures, measures, and days with and without recovery. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "knotmap/draw.h"
#include "knotmap/plot.h"
#include "trend_out.h"

enum { CELL = KM_COL_DATA | KM_COL_SHOWN, NUMBER = CELL | KM_COL_RIGHT };

#define PLOTS_MOST 12
#define PLOT_LINES 18
#define RATING_MAX 10

/* ---- pictures ---- */

static double *means_of(const km_trend_key *key)
{
    double *v = km_calloc(key->n, sizeof *v);
    for (size_t i = 0; i < key->n; i++)
        v[i] = key->row[i].mean;
    return v;
}

static km_status print_grid(km_cli *c, const km_grid *g, km_error *err)
{
    km_buf text = { 0 };

    km_grid_dump(&text, g);
    km_status st = km_print(c, km_buf_str(&text), err);
    km_buf_clear(&text);
    return st;
}

static void tell_more(const km_cli *c, size_t all, size_t shown)
{
    if (all == 0)
        km_tell(c, "No ratings.");
    else if (all > shown)
        km_tell(c, "%zu more; name places, or use --by region.", all - shown);
}

/* What one plot shows, with the texts it borrows. */
typedef struct shown {
    double *v;
    char from[KM_TIME_TEXT], mid[KM_TIME_TEXT], to[KM_TIME_TEXT];
    km_buf title;
} shown;

static km_plot plot_of(shown *s, const km_trend_key *key)
{
    s->v = means_of(key);
    km_key_text(&s->title, key);
    km_day_text(s->from, key->row[0].start);
    km_day_text(s->mid, key->row[(key->n - 1) / 2].start);
    km_day_text(s->to, key->row[key->n - 1].start);
    return (km_plot){ .title = km_buf_str(&s->title), .unit = "mean 0-10", .v = s->v,
                      .n = (int)key->n, .low = 0, .high = RATING_MAX, .from = s->from,
                      .mid = key->n > 2 ? s->mid : NULL, .to = key->n > 1 ? s->to : NULL,
                      .role = KM_ROLE_ACCENT };
}

km_status km_trend_plot(km_cli *c, const km_trend_ask *ask, km_error *err)
{
    km_trend_result r;
    shown text[PLOTS_MOST] = { 0 };
    km_plot plot[PLOTS_MOST];
    km_grid g = { .ascii = c->ascii };

    TRY(km_app_trend(&r, c->app, ask, err));
    int n = r.n < PLOTS_MOST ? (int)r.n : PLOTS_MOST;
    int width = c->width > 0 ? c->width : KM_PLOT_WIDTH;
    int lines = n == 1 ? PLOT_LINES : km_plot_many_lines(width, n);
    for (int i = 0; i < n; i++)
        plot[i] = plot_of(&text[i], &r.key[i]);
    km_grid_resize(&g, width, lines);
    if (n == 1)
        km_plot_line(&g, (km_rect){ 0, 0, width, lines }, &plot[0]);
    else
        km_plot_many(&g, (km_rect){ 0, 0, width, lines }, plot, n);
    km_status st = print_grid(c, &g, err);
    tell_more(c, r.n, (size_t)n);
    for (int i = 0; i < n; i++) {
        free(text[i].v);
        km_buf_clear(&text[i].title);
    }
    km_grid_free(&g);
    km_trend_result_clear(&r);
    return st;
}

km_status km_trend_calendar(km_cli *c, const km_trend_ask *ask, km_error *err)
{
    km_trend_ask daily = *ask;
    km_trend_result r;
    km_grid g = { .ascii = c->ascii };
    km_status st = KM_OK;

    daily.bucket = KM_BUCKET_DAY;
    TRY(km_app_trend(&r, c->app, &daily, err));
    int width = c->width > 0 ? c->width : KM_PLOT_WIDTH;
    size_t n = r.n < PLOTS_MOST ? r.n : PLOTS_MOST;
    for (size_t i = 0; i < n && st == KM_OK; i++) {
        double *v = means_of(&r.key[i]);
        const km_plot_days days = { .first = r.key[i].row[0].start, .v = v, .n = (int)r.key[i].n,
                                    .high = RATING_MAX };
        km_buf title = { 0 };
        km_key_text(&title, &r.key[i]);
        km_grid_resize(&g, width, KM_CALENDAR_LINES + 1 + (i + 1 < n));
        km_grid_clear(&g);
        const km_rect all = { 0, 0, width, g.h };
        km_grid_text_cut(&g, all, 0, 0, width, KM_ROLE_TITLE, km_buf_str(&title));
        km_plot_calendar(&g, (km_rect){ 0, 1, width, KM_CALENDAR_LINES }, &days);
        st = print_grid(c, &g, err);
        km_buf_clear(&title);
        free(v);
    }
    tell_more(c, r.n, n);
    km_grid_free(&g);
    km_trend_result_clear(&r);
    return st;
}

/* ---- measures ---- */

/* Without a published figure there is no verdict, not even "too few". */
static const char *verdict_of(const km_measured_list *l, km_verdict v)
{
    return l->judged ? km_verdict_word(v) : NULL;
}

static void put_measured(km_rows *rows, const km_measured_list *l, const km_measured *m)
{
    km_rows_day(rows, true, m->day);
    km_rows_text(rows, m->key);
    km_rows_text(rows, km_word(KM_VOCAB_SIDE, (int)m->side));
    km_rows_int(rows, m->n);
    km_rows_real(rows, m->mean, 1);
    km_rows_real(rows, m->max, 1);
    km_rows_real(rows, m->change, 1);
    km_rows_text(rows, verdict_of(l, m->verdict));
    km_rows_none(rows);
    km_rows_text(rows, l->measure.unit);
    km_rows_real(rows, m->since_first, 1);
    km_rows_text(rows, verdict_of(l, m->verdict_first));
    km_rows_text(rows, m->moment);
}

/* Below the table: the rule of the measure. */
static void put_rule(km_rows *rows, const km_measured_list *l)
{
    km_buf text = { 0 };

    km_measure_rule(&text, &l->measure);
    if (strcmp(l->measure.code, "ppt") == 0)
        km_buf_printf(&text, " The mean of %d readings is judged; with fewer it says too few.",
                      KM_PPT_READINGS);
    if (l->judged && l->measure.note[0])
        km_buf_printf(&text, " %s.", l->measure.note);
    km_rows_section(rows, 0, "");
    km_rows_section(rows, 0, km_buf_str(&text));
    km_buf_clear(&text);
}

km_status km_trend_measure(km_cli *c, const km_trend_ask *ask, const char *code, km_error *err)
{
    static const km_column columns[] = {
        { "bucket", CELL, "day" },      { "key", CELL, NULL },
        { "side", CELL, NULL },         { "n", NUMBER, NULL },
        { "mean", NUMBER, NULL },       { "max", NUMBER, NULL },
        { "change", NUMBER, NULL },     { "verdict", CELL, NULL },
        { "size", KM_COL_DATA, NULL },  { "unit", CELL, NULL },
        { "since_first", NUMBER, NULL }, { "verdict_since_first", CELL, NULL },
        { "moment", CELL, NULL },
    };
    km_measured_list l;

    TRY(km_app_measured(&l, c->app, code, ask, err));
    km_rows *rows = km_listing(c, columns, sizeof columns / sizeof *columns);
    for (size_t i = 0; i < l.n; i++) {
        put_measured(rows, &l, &l.row[i]);
        km_rows_end(rows, NULL);
    }
    if (l.n == 0 && c->format == KM_FORMAT_TEXT)
        km_tell(c, "No readings.");
    else
        put_rule(rows, &l);
    km_measured_list_clear(&l);
    return km_rows_close(rows, err);
}

/* ---- days with and without recovery ---- */

static void put_side(km_rows *rows, const char *days, int n, double mean)
{
    km_rows_text(rows, days);
    km_rows_int(rows, n);
    km_rows_real(rows, mean, 2);
}

km_status km_trend_split(km_cli *c, const km_trend_ask *ask, km_error *err)
{
    static const km_column columns[] = {
        { "days", CELL, NULL },      { "n", NUMBER, NULL },     { "mean", NUMBER, NULL },
        { "change", NUMBER, NULL },  { "verdict", CELL, NULL }, { "size", CELL, NULL },
    };
    km_split s;

    TRY(km_app_recovery_split(&s, c->app, ask, err));
    km_rows *rows = km_listing(c, columns, sizeof columns / sizeof *columns);
    put_side(rows, "without recovery session", s.judge.days_before, s.judge.before);
    km_rows_none(rows);
    km_rows_none(rows);
    km_rows_none(rows);
    km_rows_end(rows, NULL);
    put_side(rows, "with recovery session", s.judge.days_after, s.judge.after);
    km_rows_real(rows, s.judge.change, 2);
    km_rows_text(rows, km_verdict_word(s.judge.verdict));
    km_rows_text(rows, km_size_word(s.judge.size));
    km_rows_end(rows, NULL);
    km_rows_section(rows, 0, "");
    if (s.judge.verdict == KM_VERDICT_TOO_FEW) {
        km_buf text = { 0 };
        km_buf_printf(&text, "No verdict under %d days on each side: %d more.", KM_SPLIT_DAYS,
                      s.judge.needed);
        km_rows_section(rows, 0, km_buf_str(&text));
        km_buf_clear(&text);
    } else {
        km_rows_section(rows, 0,
                        "Better means less pain on days with a session of recovery. It may also be "
                        "that such sessions fall on better days.");
    }
    return km_rows_close(rows, err);
}
