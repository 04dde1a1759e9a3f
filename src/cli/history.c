/** compare, episodes, recurrence, together, balance, follow, load, summary, news: what changed and why. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "command.h"
#include "knotmap/history.h"
#include "knotmap/summary.h"

enum { CELL = KM_COL_DATA | KM_COL_SHOWN, NUMBER = CELL | KM_COL_RIGHT };

#define COLUMNS(c) (c), (int)(sizeof(c) / sizeof *(c))

/* The cells side and place of a row. */
static void put_place(km_rows *rows, const km_place *p)
{
    km_arena mem = { 0 };
    km_rows_text(rows, km_word(KM_VOCAB_SIDE, (int)p->side));
    km_rows_text(rows, km_place_code(&mem, p));
    km_arena_clear(&mem);
}

static void put_spelled(km_rows *rows, const km_place *p)
{
    km_buf text = { 0 };
    km_place_print(&text, p);
    km_rows_text(rows, km_buf_str(&text));
    km_buf_clear(&text);
}

static km_status silence_of(km_silence *out, const km_cli *c, km_error *err)
{
    int silence = KM_SILENCE_GAP;
    km_status st = km_opt_choice(&silence, c, OPT_SILENCE, "gap gone", err);
    *out = (km_silence)silence;
    return st;
}

/* ---- compare ---- */

/* A moment named by an argument; a day alone means its end. */
static km_status arg_time(km_moment *out, const km_cli *c, int pos, km_error *err)
{
    const char *text = c->args.pos[pos];
    km_error why;
    km_status st = km_time_parse(&out->at, &out->day, text, c->now, &why);

    if (st != KM_OK)
        return km_fail(err, st, "compare: %s", why.text);
    if (out->day) {
        out->at = km_day_instant(km_instant_day(out->at) + 1, 0, 0);
        out->at.sec--;
    }
    return KM_OK;
}

static void put_drawing(km_buf *out, const char *which, const km_moment *when, const km_drawing *d)
{
    char at[KM_TIME_TEXT];

    if (when->day)
        km_day_text(at, km_instant_day(when->at));
    else
        km_time_local(at, when->at);
    km_buf_printf(out, "%s: %d place%s, extent %.1f %% of the body, sum %d, mean ", which, d->places,
                  d->places == 1 ? "" : "s", 100 * d->extent, d->sum);
    if (isnan(d->mean))
        km_buf_puts(out, "-");
    else
        km_buf_printf(out, "%.1f", d->mean);
    if (d->max >= 0)
        km_buf_printf(out, ", highest %d", d->max);
    km_buf_printf(out, " (%s)", at);
}

static void say_measures(km_rows *rows, const km_cli *c, const km_moment t[2],
                         const km_comparison *sum)
{
    const km_drawing *of[2] = { &sum->before, &sum->after };
    km_buf text = { 0 };
    km_measure pair;

    km_rows_section(rows, 0, "");
    for (int i = 0; i < 2; i++) {
        put_drawing(&text, i == 0 ? "before" : "after", &t[i], of[i]);
        km_rows_section(rows, 0, km_buf_str(&text));
        km_buf_reset(&text);
    }
    if (!isnan(sum->overlap))
        km_buf_printf(&text, "overlap of the places %.2f (Jaccard; 1 the same, 0 none shared)",
                      sum->overlap);
    km_rows_section(rows, 0, km_buf_str(&text));
    km_buf_reset(&text);
    if (km_measure_get(&pair, c->atlas, "nrs_pair")) {
        km_buf_printf(&text, "Better and worse here mean 1 point or 15 %%. One pair of ratings can "
                             "move this much by noise; trend weighs several days. Rule: %s.",
                      pair.source);
        km_rows_section(rows, 0, "");
        km_rows_section(rows, 0, km_buf_str(&text));
    }
    km_buf_clear(&text);
}

/* A row a moment; the overlap is of the two. */
static km_status list_measures(km_cli *c, const km_moment t[2], const km_comparison *sum,
                               km_error *err)
{
    static const km_column columns[] = {
        { "moment", CELL, "" },      { "at", CELL, NULL },     { "places", NUMBER, NULL },
        { "extent_percent", NUMBER, "extent %" },              { "sum", NUMBER, NULL },
        { "mean", NUMBER, NULL },    { "highest", NUMBER, NULL },
        { "overlap", NUMBER, "overlap (Jaccard)" },
    };
    const km_drawing *of[2] = { &sum->before, &sum->after };
    km_rows *rows = km_listing(c, COLUMNS(columns));

    for (int i = 0; i < 2; i++) {
        km_rows_text(rows, i == 0 ? "before" : "after");
        if (t[i].day)
            km_rows_day(rows, true, km_instant_day(t[i].at));
        else
            km_rows_instant(rows, true, t[i].at);
        km_rows_int(rows, of[i]->places);
        km_rows_real(rows, 100 * of[i]->extent, 2);
        km_rows_int(rows, of[i]->sum);
        km_rows_real(rows, of[i]->mean, 2);
        km_rows_count(rows, of[i]->max);
        km_rows_real(rows, sum->overlap, 2);
        km_rows_end(rows, NULL);
    }
    return km_rows_close(rows, err);
}

static km_status list_compared(km_cli *c, const km_moment t[2], const km_compare_result *r,
                               km_error *err)
{
    static const km_column columns[] = {
        { "side", CELL, NULL },      { "place", CELL, NULL },   { "kind", CELL, NULL },
        { "before", NUMBER, NULL },  { "after", NUMBER, NULL }, { "change", NUMBER, NULL },
        { "verdict", CELL | KM_COL_STRONG, NULL },
    };
    km_rows *rows = km_listing(c, COLUMNS(columns));

    for (size_t i = 0; i < r->n; i++) {
        const km_compare_row *row = &r->row[i].row;
        put_place(rows, &r->row[i].place);
        km_rows_text(rows, km_word(KM_VOCAB_KIND, (int)r->row[i].kind));
        km_rows_count(rows, row->before);
        km_rows_count(rows, row->after);
        if (row->before >= 0 && row->after >= 0)
            km_rows_int(rows, row->after - row->before);
        else
            km_rows_none(rows);
        km_rows_text(rows, km_difference_word(row->what));
        km_rows_end(rows, NULL);
    }
    if (r->n > 0)
        say_measures(rows, c, t, &r->sum);
    else if (c->format == KM_FORMAT_TEXT)
        km_tell(c, "Nothing was open at either time.");
    return km_rows_close(rows, err);
}

km_status km_run_compare(km_cli *c, km_error *err)
{
    km_moment t[2];
    km_compare_result r;

    TRY(arg_time(&t[0], c, 0, err));
    TRY(arg_time(&t[1], c, 1, err));
    TRY(km_need_app(c, NULL, err));
    TRY(km_app_compare_days(&r, c->app, t[0], t[1], err));
    km_status st = km_has(c, OPT_MEASURES) ? list_measures(c, t, &r.sum, err)
                                           : list_compared(c, t, &r, err);
    km_compare_result_clear(&r);
    return st;
}

/* ---- episodes ---- */

km_status km_run_episodes(km_cli *c, km_error *err)
{
    static const km_column columns[] = {
        { "side", CELL, NULL },     { "place", CELL, NULL },   { "kind", CELL, NULL },
        { "first", CELL, NULL },    { "last", CELL, NULL },    { "days", NUMBER, NULL },
        { "open", CELL, NULL },     { "peak", NUMBER, NULL },  { "marks", NUMBER, NULL },
        { "treated", CELL, NULL },  { "days_since_before", NUMBER, "away" },
        { "remark", CELL | KM_COL_FLEX, NULL },
    };
    km_silence silence;
    km_life_list l;
    km_ref *places = NULL;
    size_t n = 0;

    TRY(silence_of(&silence, c, err));
    TRY(km_arg_places(&places, &n, c, 0, KM_RESOLVE_SIDE_OPEN | KM_RESOLVE_GROUP, err));
    km_status st = km_need_app(c, NULL, err);
    if (st == KM_OK)
        st = km_app_lives(&l, c->app, n > 0 ? places : NULL, silence, err);
    free(places);
    if (st != KM_OK)
        return st;
    km_rows *rows = km_listing(c, COLUMNS(columns));
    for (size_t i = 0; i < l.n; i++) {
        const km_episode *e = &l.row[i].episode;
        put_place(rows, &l.row[i].place);
        km_rows_text(rows, km_word(KM_VOCAB_KIND, (int)l.row[i].kind));
        km_rows_day(rows, true, e->first);
        km_rows_day(rows, true, e->last);
        km_rows_int(rows, l.row[i].days);
        km_rows_bool(rows, !e->resolved);
        km_rows_count(rows, e->peak);
        km_rows_int(rows, e->marks);
        km_rows_bool(rows, e->treated);
        km_rows_count(rows, e->gap_before);
        km_rows_text(rows, l.row[i].remark);
        km_rows_end(rows, NULL);
    }
    if (l.n == 0 && c->format == KM_FORMAT_TEXT)
        km_tell(c, "No marks.");
    km_life_list_clear(&l);
    return km_rows_close(rows, err);
}

/* ---- recurrence ---- */

static void put_survival(km_rows *rows, const km_survival *s)
{
    km_rows_int(rows, s->n);
    km_rows_int(rows, s->resolved);
    km_rows_real(rows, s->median, 0);
}

km_status km_run_recurrence(km_cli *c, km_error *err)
{
    static const km_column columns[] = {
        { "side", CELL, NULL },          { "place", CELL, NULL },
        { "kind", CELL, NULL },          { "episodes", NUMBER, NULL },
        { "open", CELL, NULL },          { "interval", NUMBER, "days between" },
        { "next", CELL, "about" },
        { "treated_n", NUMBER, "treated" },
        { "treated_resolved", NUMBER, "gone" },
        { "treated_days", NUMBER, "days" },
        { "untreated_n", NUMBER, "untreated" },
        { "untreated_resolved", NUMBER, "gone" },
        { "untreated_days", NUMBER, "days" },
    };
    km_silence silence;
    km_recurrence_list l;
    km_survival treated, untreated;

    TRY(silence_of(&silence, c, err));
    TRY(km_need_app(c, NULL, err));
    TRY(km_app_resolve_times(&treated, &untreated, c->app, silence, err));
    TRY(km_app_recurrence(&l, c->app, silence, err));
    km_rows *rows = km_listing(c, COLUMNS(columns));
    for (size_t i = 0; i < l.n; i++) {
        const km_recurrence *r = &l.row[i];
        put_place(rows, &r->place);
        km_rows_text(rows, km_word(KM_VOCAB_KIND, (int)r->kind));
        km_rows_int(rows, r->episodes);
        km_rows_bool(rows, r->open);
        km_rows_real(rows, r->interval, 0);
        km_rows_day(rows, r->has_next, r->next);
        put_survival(rows, &r->treated);
        put_survival(rows, &r->untreated);
        km_rows_end(rows, NULL);
    }
    if (l.n > 0) {
        km_rows_none(rows);
        km_rows_text(rows, "all");
        km_rows_none(rows);
        km_rows_int(rows, treated.n + untreated.n);
        km_rows_none(rows);
        km_rows_none(rows);
        km_rows_none(rows);
        put_survival(rows, &treated);
        put_survival(rows, &untreated);
        km_rows_end(rows, NULL);
        km_rows_section(rows, 0, "");
        km_rows_section(rows, 0,
                        "Days: the median until gone, those still open counted as far as they are "
                        "known (Kaplan and Meier 1958); empty while fewer than half are gone. What "
                        "is treated is often what lasts, so the two do not show what treatment "
                        "does.");
    } else if (c->format == KM_FORMAT_TEXT) {
        km_tell(c, "No marks.");
    }
    km_recurrence_list_clear(&l);
    return km_rows_close(rows, err);
}

/* ---- together ---- */

km_status km_run_together(km_cli *c, km_error *err)
{
    static const km_column columns[] = {
        { "a", CELL, "place" }, { "b", CELL, "with" }, { "both", NUMBER, "times" },
        { "share", NUMBER, NULL },
    };
    km_pair_list l;

    TRY(km_need_app(c, NULL, err));
    TRY(km_app_pairs(&l, c->app, err));
    km_rows *rows = km_listing(c, COLUMNS(columns));
    for (size_t i = 0; i < l.n; i++) {
        put_spelled(rows, &l.row[i].a);
        put_spelled(rows, &l.row[i].b);
        km_rows_int(rows, l.row[i].both);
        km_rows_real(rows, l.row[i].share, 2);
        km_rows_end(rows, NULL);
    }
    if (l.n == 0 && c->format == KM_FORMAT_TEXT)
        km_tell(c, "No two places were open together twice.");
    km_pair_list_clear(&l);
    return km_rows_close(rows, err);
}

/* ---- balance ---- */

km_status km_run_balance(km_cli *c, km_error *err)
{
    static const km_column columns[] = {
        { "key", CELL, "" },             { "left", NUMBER, NULL },
        { "right", NUMBER, NULL },       { "days_left", NUMBER, NULL },
        { "days_right", NUMBER, NULL },  { "mean_left", NUMBER, NULL },
        { "mean_right", NUMBER, NULL },
    };
    int days = 90, by = 0;
    km_balance_list l;

    TRY(km_opt_int(&days, c, OPT_DAYS, 1, 36500, err));
    TRY(km_opt_choice(&by, c, OPT_BY, "region area", err));
    TRY(km_need_app(c, NULL, err));
    TRY(km_app_balance(&l, c->app, days, by == 1, err));
    km_rows *rows = km_listing(c, COLUMNS(columns));
    for (size_t i = 0; i < l.n; i++) {
        const km_balance *b = &l.row[i];
        km_rows_text(rows, b->key);
        km_rows_int(rows, b->left);
        km_rows_int(rows, b->right);
        km_rows_int(rows, b->days_left);
        km_rows_int(rows, b->days_right);
        km_rows_real(rows, b->mean_left, 1);
        km_rows_real(rows, b->mean_right, 1);
        km_rows_end(rows, NULL);
    }
    if (l.n == 0 && c->format == KM_FORMAT_TEXT)
        km_tell(c, "No marks on either side in the last %d days.", days);
    km_balance_list_clear(&l);
    return km_rows_close(rows, err);
}

/* ---- training and soreness ---- */

km_status km_run_follow(km_cli *c, km_error *err)
{
    static const km_column columns[] = {
        { "session", CELL, "after" },  { "region", CELL, NULL },
        { "sessions", NUMBER, NULL },  { "days", NUMBER, NULL },
        { "share_after", NUMBER, "marked days 1-3 after" },
        { "share_otherwise", NUMBER, "otherwise" },
        { "p", NUMBER, NULL },
    };
    km_follow_list l;

    TRY(km_need_app(c, NULL, err));
    TRY(km_app_follow(&l, c->app, err));
    km_rows *rows = km_listing(c, COLUMNS(columns));
    for (size_t i = 0; i < l.n; i++) {
        const km_follow *f = &l.row[i];
        km_rows_text(rows, f->session);
        km_rows_text(rows, f->region);
        km_rows_int(rows, f->lag.sessions);
        km_rows_int(rows, f->lag.days);
        km_rows_real(rows, f->lag.after, 2);
        km_rows_real(rows, f->lag.otherwise, 2);
        km_rows_real(rows, f->lag.p, 4);
        km_rows_end(rows, NULL);
    }
    if (l.n > 0) {
        km_rows_section(rows, 0, "");
        km_rows_section(rows, 0,
                        "Shown where the order of days holds against chance (sessions moved within "
                        "their week 10,000 times; 5 % false ones among those shown). Anything else "
                        "with the same weekly rhythm would look the same. It says nothing about a "
                        "risk of injury.");
    } else if (c->format == KM_FORMAT_TEXT && l.tried == 0) {
        km_tell(c, "Too little to test: six sessions of a kind and six days with a mark in a "
                   "region are needed.");
    } else if (c->format == KM_FORMAT_TEXT) {
        km_tell(c, "Nothing follows training beyond chance (%d pairs tested).", l.tried);
    }
    km_follow_list_clear(&l);
    return km_rows_close(rows, err);
}

km_status km_run_load(km_cli *c, km_error *err)
{
    static const km_column columns[] = {
        { "acute", NUMBER, "last 7 days" }, { "chronic", NUMBER, "mean week of 28 days" },
        { "sessions", NUMBER, "sessions in 28 days" },
    };
    km_load load;

    TRY(km_need_app(c, NULL, err));
    TRY(km_app_load(&load, c->app, err));
    km_rows *rows = km_listing(c, COLUMNS(columns));
    km_rows_real(rows, load.acute, 0);
    km_rows_real(rows, load.chronic, 0);
    km_rows_int(rows, load.sessions);
    km_rows_end(rows, NULL);
    km_rows_section(rows, 0, "");
    km_rows_section(rows, 0,
                    "Session RPE times minutes (Foster 2001), arbitrary units. The ratio of the "
                    "two is not given: it does not foretell injury (Impellizzeri 2020).");
    return km_rows_close(rows, err);
}

/* ---- summary ---- */

km_status km_run_summary(km_cli *c, km_error *err)
{
    static const km_column columns[] = {
        { "topic", CELL, "" },         { "side", KM_COL_DATA, NULL },
        { "place", KM_COL_DATA, NULL }, { "kind", KM_COL_DATA, NULL },
        { "now", KM_COL_DATA, NULL },   { "since", KM_COL_DATA, NULL },
        { "days", KM_COL_DATA, NULL },  { "times", KM_COL_DATA, NULL },
        { "change", KM_COL_DATA, NULL }, { "verdict", KM_COL_DATA, NULL },
        { "size", KM_COL_DATA, NULL },  { "text", CELL | KM_COL_FLEX, "in short" },
    };
    km_summary s;

    TRY(km_need_app(c, NULL, err));
    TRY(km_app_summary(&s, c->app, err));
    km_rows *rows = km_bare_listing(c, COLUMNS(columns));
    for (size_t i = 0; i < s.n; i++) {
        const km_summary_row *r = &s.row[i];
        bool same = i > 0 && s.row[i - 1].topic == r->topic && c->format == KM_FORMAT_TEXT;
        bool place = r->place.region || r->place.muscle;
        km_rows_text(rows, same ? "" : km_summary_word(r->topic));
        if (place) {
            put_place(rows, &r->place);
        } else {
            km_rows_none(rows);
            km_rows_none(rows);
        }
        km_rows_text(rows, r->kind >= 0 ? km_word(KM_VOCAB_KIND, r->kind) : NULL);
        km_rows_count(rows, r->now);
        km_rows_day(rows, r->has_since, r->since);
        km_rows_count(rows, r->days);
        km_rows_count(rows, r->times);
        km_rows_real(rows, r->change, 1);
        km_rows_text(rows, r->judged ? km_verdict_word(r->judge.verdict) : NULL);
        km_rows_text(rows, r->judged && r->judge.size != KM_SIZE_NONE ? km_size_word(r->judge.size)
                                                                      : NULL);
        km_rows_text(rows, r->text);
        km_rows_end(rows, NULL);
    }
    if (s.n == 0 && c->format == KM_FORMAT_TEXT)
        km_tell(c, "Nothing is known yet: knotmap mark PLACE records the first spot.");
    km_summary_clear(&s);
    return km_rows_close(rows, err);
}

/* ---- news ---- */

km_status km_run_news(km_cli *c, km_error *err)
{
    static const km_column columns[] = {
        { "news", CELL | KM_COL_FLEX, NULL }, { "open", KM_COL_DATA, NULL },
        { "worse", KM_COL_DATA, NULL },       { "new", KM_COL_DATA, NULL },
        { "lasting", KM_COL_DATA, NULL },     { "due", KM_COL_DATA, NULL },
    };
    km_buf line = { 0 };
    km_headline head;

    TRY(km_need_app(c, NULL, err));
    TRY(km_app_headline(&line, &head, c->app, err));
    km_rows *rows = km_bare_listing(c, COLUMNS(columns));
    km_rows_text(rows, km_buf_str(&line));
    km_rows_int(rows, head.open);
    km_rows_int(rows, head.worse);
    km_rows_int(rows, head.fresh);
    km_rows_int(rows, head.lasting);
    km_rows_int(rows, head.due);
    km_rows_end(rows, NULL);
    km_buf_clear(&line);
    return km_rows_close(rows, err);
}
