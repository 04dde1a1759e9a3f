/** plan, due, causes, soreness, flexibility. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "columns.h"
#include "command.h"
#include "knotmap/care.h"

/* ---- plan ---- */

static const km_column plan_columns[] = {
    { "week", BOTH | KM_COL_STRONG, NULL },
    { "smr", NUMBER, NULL },          { "smr_plan", DATA, NULL },
    { "stretch", NUMBER, NULL },      { "stretch_plan", DATA, NULL },
    { "strength", NUMBER, NULL },     { "strength_plan", DATA, NULL },
    { "kept", DATA, NULL },           { "meter", SHOWN, "kept" },
    { "missed", FLEX, NULL },         { "checkins", NUMBER, NULL },
    { "cooldown", DATA, NULL },       { "foam_roll", DATA, NULL },
    { "stretched", DATA, NULL },      { "nutrition", DATA, NULL },
    { "sleep", DATA, NULL },          { "compression", DATA, NULL },
    { "hydration", DATA, NULL },
};

#define PLAN_WEEKS 12
#define WEEKS_MAX 104

/* Days before today on which nothing of the plan was done; today is not over. */
static void missed_days(km_buf *out, const km_week *w, km_day today)
{
    static const char *const name[] = { "Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun" };

    for (int d = 0; d < 7 && w->monday + d < today && !isnan(w->kept); d++) {
        unsigned any = 0;
        for (int c = 0; c < KM_CARE_COUNT; c++)
            any |= w->days[c] >> d & 1u;
        if (!any)
            km_buf_printf(out, "%s%s", out->len ? ";" : "", name[d]);
    }
}

static void put_week(km_rows *r, const km_cli *c, const km_week *w, const km_week_plan *plan)
{
    km_buf missed = { 0 }, meter = { 0 };
    int full = isnan(w->kept) ? 0 : (int)(w->kept * 10 + 0.5);

    missed_days(&missed, w, km_instant_day(c->now));
    if (!isnan(w->kept)) {
        for (int i = 0; i < 10; i++)
            km_buf_putc(&meter, i < full ? '#' : '-');
        km_buf_printf(&meter, " %3.0f %%", 100 * w->kept);
    }
    km_rows_day(r, true, w->monday);
    for (int k = 0; k < KM_CARE_COUNT; k++) {
        km_rows_int(r, w->done[k]);
        km_rows_int(r, km_week_plan_of(plan, (km_care)k));
    }
    km_rows_real(r, w->kept, 2);
    km_rows_text(r, km_buf_str(&meter));
    km_rows_text(r, km_buf_str(&missed));
    km_rows_int(r, w->checkins);
    for (int h = 0; h < KM_HABIT_COUNT; h++)
        km_rows_int(r, w->habit[h]);
    km_rows_end(r, NULL);
    km_buf_clear(&missed);
    km_buf_clear(&meter);
}

static void say_habits(km_rows *r, const km_week *w)
{
    km_buf line = { 0 };

    km_buf_puts(&line, "This week by check-in:");
    for (int h = 0; h < KM_HABIT_COUNT; h++) {
        km_buf_printf(&line, "%s ", h ? "," : "");
        km_word_human(&line, KM_VOCAB_HABIT, h);
        km_buf_printf(&line, " %d of 7", w->habit[h]);
    }
    km_rows_section(r, 0, km_buf_str(&line));
    km_buf_clear(&line);
}

km_status km_run_plan(km_cli *c, km_error *err)
{
    km_week_plan plan = { .smr = -1, .stretch = -1, .strength = -1 }, now;
    int weeks = PLAN_WEEKS;

    TRY(km_opt_int(&plan.smr, c, OPT_SMR, 0, 14, err));
    TRY(km_opt_int(&plan.stretch, c, OPT_STRETCH, 0, 14, err));
    TRY(km_opt_int(&plan.strength, c, OPT_STRENGTH, 0, 14, err));
    TRY(km_opt_int(&weeks, c, OPT_WEEKS, 1, WEEKS_MAX, err));
    TRY(km_need_app(c, NULL, err));
    TRY(km_app_plan_get(&now, c->app, err));
    if (plan.smr >= 0 || plan.stretch >= 0 || plan.strength >= 0) {
        now.smr = plan.smr >= 0 ? plan.smr : now.smr;
        now.stretch = plan.stretch >= 0 ? plan.stretch : now.stretch;
        now.strength = plan.strength >= 0 ? plan.strength : now.strength;
        TRY(km_app_plan_set(&now, c->app, err));
        c->stored = true;
    }
    km_week *week = km_calloc((size_t)weeks, sizeof *week);
    km_status st = km_app_weeks(week, weeks, c->app, err);
    if (st == KM_OK) {
        km_rows *r = km_listing(c, plan_columns, COUNT(plan_columns));
        if (km_rows_is_text(r)) {
            km_buf line = { 0 };
            km_buf_printf(&line, "The plan for a week: rolling or pressing %d, stretching %d, "
                                 "strengthening %d.",
                          now.smr, now.stretch, now.strength);
            km_rows_section(r, 0, line.s);
            km_buf_clear(&line);
        }
        for (int i = 0; i < weeks; i++)
            put_week(r, c, &week[i], &now);
        if (km_rows_is_text(r))
            say_habits(r, &week[weeks - 1]);
        st = km_rows_close(r, err);
    }
    free(week);
    return st;
}

/* ---- due ---- */

static const km_column due_columns[] = {
    { "due", BOTH | KM_COL_STRONG, NULL }, { "day", BOTH, NULL }, { "side", DATA, NULL },
    { "region", DATA, NULL },              { "muscle", DATA, NULL }, { "hours", DATA, NULL },
    { "id", DATA, NULL },                  { "text", FLEX, "what" }, { "answer", FLEX, NULL },
};

km_status km_run_due(km_cli *c, km_error *err)
{
    km_due_list list;

    TRY(km_need_app(c, NULL, err));
    TRY(km_app_due(&list, c->app, err));
    km_rows *r = km_listing(c, due_columns, COUNT(due_columns));
    for (size_t i = 0; i < list.n; i++) {
        const km_due *d = &list.row[i];
        bool somewhere = d->place.region || d->place.muscle;
        km_rows_text(r, km_due_word(d->kind));
        km_rows_day(r, true, d->day);
        km_rows_text(r, somewhere ? km_word(KM_VOCAB_SIDE, (int)d->place.side) : "");
        km_rows_text(r, d->place.region);
        km_rows_text(r, d->place.muscle);
        km_rows_count(r, d->hours ? d->hours : -1);
        km_rows_count(r, d->id ? d->id : -1);
        km_rows_text(r, d->text);
        km_rows_text(r, d->answer);
        km_rows_end(r, NULL);
    }
    km_status st = km_listing_close(r, c, "Nothing is due today.", err);
    km_due_list_clear(&list);
    return st;
}

/* ---- causes ---- */

static const km_column cause_columns[] = {
    { "cause", BOTH | KM_COL_STRONG, NULL }, { "marks", NUMBER, NULL }, { "places", NUMBER, NULL },
    { "days_open", NUMBER, NULL },           { "muscles", FLEX, NULL },
};

static void put_cause(km_rows *r, const km_atlas *a, const km_cause_row *row)
{
    km_buf muscles = { 0 };

    for (int k = 0; k < KM_CAUSE_MUSCLES && row->muscle[k] >= 0; k++)
        km_buf_printf(&muscles, "%s%s", k ? ";" : "", a->muscle[row->muscle[k]].code);
    km_rows_text(r, km_word(KM_VOCAB_CAUSE, (int)row->cause));
    km_rows_int(r, row->marks);
    km_rows_int(r, row->places);
    km_rows_int(r, row->days_open);
    km_rows_text(r, km_buf_str(&muscles));
    km_rows_end(r, NULL);
    km_buf_clear(&muscles);
}

/* What overloads the muscles that were named, each once. */
static void say_overload(km_rows *r, const km_atlas *a, const km_cause_row *row, size_t n)
{
    bool *told = km_calloc((size_t)a->n_muscle, sizeof *told);
    km_buf line = { 0 };

    for (size_t i = 0; i < n; i++) {
        for (int k = 0; k < KM_CAUSE_MUSCLES && row[i].muscle[k] >= 0; k++) {
            int m = row[i].muscle[k];
            if (told[m] || a->muscle[m].n_overload == 0)
                continue;
            told[m] = true;
            km_buf_reset(&line);
            km_buf_printf(&line, "%s is overloaded by ", a->muscle[m].name);
            for (int o = 0; o < a->muscle[m].n_overload; o++)
                km_buf_printf(&line, "%s%s", o ? "; " : "", a->muscle[m].overload[o]);
            km_buf_putc(&line, '.');
            km_rows_section(r, 0, line.s);
        }
    }
    km_buf_clear(&line);
    free(told);
}

km_status km_run_causes(km_cli *c, km_error *err)
{
    km_cause_row row[KM_CAUSE_COUNT];
    size_t n = 0;

    TRY(km_need_app(c, NULL, err));
    TRY(km_app_causes(row, &n, c->app, err));
    km_rows *r = km_listing(c, cause_columns, COUNT(cause_columns));
    for (size_t i = 0; i < n; i++)
        put_cause(r, c->atlas, &row[i]);
    if (km_rows_is_text(r))
        say_overload(r, c->atlas, row, n);
    return km_listing_close(r, c, "No mark says its cause yet: mark PLACE --cause posture.", err);
}

/* ---- soreness ---- */

static const km_column soreness_columns[] = {
    { "mark", DATA, NULL },           { "side", DATA, NULL },    { "region", DATA, NULL },
    { "muscle", DATA, NULL },         { "place", SHOWN | KM_COL_STRONG, NULL },
    { "intensity", NUMBER, NULL },    { "onset", BOTH, NULL },   { "session", DATA, NULL },
    { "training", FLEX, NULL },       { "hours", NUMBER, NULL }, { "days_left", NUMBER, NULL },
    { "said", FLEX, "what is usual" },
};

km_status km_run_soreness(km_cli *c, km_error *err)
{
    km_soreness_list list;

    TRY(km_need_app(c, NULL, err));
    TRY(km_app_soreness(&list, c->app, err));
    km_rows *r = km_listing(c, soreness_columns, COUNT(soreness_columns));
    for (size_t i = 0; i < list.n; i++) {
        const km_soreness *s = &list.row[i];
        km_buf place = { 0 };
        km_place_print(&place, &s->place);
        km_rows_int(r, s->mark_id);
        km_rows_text(r, km_word(KM_VOCAB_SIDE, (int)s->place.side));
        km_rows_text(r, s->place.region);
        km_rows_text(r, s->place.muscle);
        km_rows_text(r, km_buf_str(&place));
        km_rows_count(r, s->intensity);
        km_rows_instant(r, true, s->onset);
        km_rows_count(r, s->session_id ? s->session_id : -1);
        km_rows_text(r, s->session);
        km_rows_int(r, s->hours);
        km_rows_int(r, s->days_left);
        km_rows_text(r, s->said);
        km_rows_end(r, NULL);
        km_buf_clear(&place);
    }
    km_status st = km_listing_close(r, c, "No soreness is open.", err);
    km_soreness_list_clear(&list);
    return st;
}

/* ---- flexibility ---- */

static const km_column flex_columns[] = {
    { "test", BOTH | KM_COL_STRONG, NULL }, { "side", BOTH, NULL },   { "n", NUMBER, NULL },
    { "first", NUMBER, NULL },              { "first_day", DATA, NULL }, { "last", NUMBER, NULL },
    { "last_day", BOTH, NULL },             { "change", NUMBER, NULL }, { "unit", BOTH, NULL },
    { "no_change_under", NUMBER, "counts from" }, { "verdict", BOTH, NULL },
    { "source", FLEX, NULL },
};

static const km_column pair_columns[] = {
    { "side", DATA, NULL },                 { "place", BOTH | KM_COL_STRONG, NULL },
    { "test", BOTH, NULL },                 { "test_side", DATA, NULL },
    { "unit", BOTH, NULL },                 { "days_rated", DATA, NULL },
    { "days_tested", DATA, NULL },          { "days_both", NUMBER, "both" },
    { "rating_first", NUMBER, "rated" },    { "rating_first_day", DATA, NULL },
    { "rating_last", NUMBER, "now" },       { "rating_last_day", DATA, NULL },
    { "rating_verdict", BOTH, "rating" },   { "rating_size", DATA, NULL },
    { "test_first", NUMBER, "tested" },     { "test_first_day", DATA, NULL },
    { "test_last", NUMBER, "now" },         { "test_last_day", DATA, NULL },
    { "test_verdict", BOTH, "test" },       { "source", DATA, NULL },
};

static void put_span(km_rows *r, const km_paired_span *v, int n)
{
    km_rows_real(r, n > 0 ? v->first : NAN, 1);
    km_rows_day(r, n > 0, v->first_day);
    km_rows_real(r, n > 0 ? v->last : NAN, 1);
    km_rows_day(r, n > 0, v->last_day);
}

static void put_pair(km_rows *r, const km_paired *p)
{
    km_buf place = { 0 }, test = { 0 };
    bool text = km_rows_is_text(r);
    km_place code = p->place;

    if (!text)
        code.side = KM_SIDE_MIDLINE; /* it has a column of its own */
    km_place_print(&place, &code);
    km_test_print(&test, p->test.code, text ? p->side : KM_SIDE_MIDLINE);
    km_rows_text(r, km_word(KM_VOCAB_SIDE, (int)p->place.side));
    km_rows_text(r, km_buf_str(&place));
    km_rows_text(r, km_buf_str(&test));
    km_rows_text(r, km_word(KM_VOCAB_SIDE, (int)p->side));
    km_rows_text(r, p->test.unit);
    km_rows_int(r, p->n_rating);
    km_rows_int(r, p->n_test);
    km_rows_int(r, p->n_both);
    put_span(r, &p->rating, p->n_rating);
    km_rows_text(r, km_verdict_word(p->judge.verdict));
    km_rows_text(r, km_size_word(p->judge.size));
    put_span(r, &p->value, p->n_test);
    km_rows_text(r, isnan(p->test.no_change_under) ? NULL : km_verdict_word(p->verdict));
    km_rows_text(r, p->test.source);
    km_rows_end(r, NULL);
    km_buf_clear(&place);
    km_buf_clear(&test);
}

static km_status print_pairs(km_cli *c, km_day since, km_error *err)
{
    km_paired_list list;
    bool figures = true;

    TRY(km_app_paired(&list, c->app, since, err));
    km_rows *r = km_listing(c, pair_columns, COUNT(pair_columns));
    for (size_t i = 0; i < list.n; i++) {
        put_pair(r, &list.row[i]);
        figures = figures && !isnan(list.row[i].test.no_change_under);
    }
    if (list.n > 0) {
        km_rows_section(r, 0, "");
        km_rows_section(r, 0, figures ? KM_PAIRED_SAID
                                      : KM_PAIRED_SAID " A test without a verdict has no published "
                                                       "figure for a change beyond chance.");
    }
    km_paired_list_clear(&list);
    return km_listing_close(r, c, "No mark names its test yet: mark PLACE --test knee_to_wall.",
                            err);
}

km_status km_run_flexibility(km_cli *c, km_error *err)
{
    km_flex_list list;
    km_instant since = { 0, 0 };
    bool has = false;

    TRY(km_opt_time(&has, &since, c, OPT_SINCE, false, err));
    TRY(km_need_app(c, NULL, err));
    km_day from = has ? km_instant_day(since) : INT32_MIN;
    if (km_has(c, OPT_PAIRS))
        return print_pairs(c, from, err);
    TRY(km_app_flexibility(&list, c->app, from, err));
    km_rows *r = km_listing(c, flex_columns, COUNT(flex_columns));
    for (size_t i = 0; i < list.n; i++) {
        const km_flex_change *f = &list.row[i];
        km_rows_text(r, f->test.code);
        km_rows_text(r, km_word(KM_VOCAB_SIDE, (int)f->side));
        km_rows_int(r, f->n);
        km_rows_real(r, f->first, 1);
        km_rows_day(r, true, f->first_day);
        km_rows_real(r, f->last, 1);
        km_rows_day(r, true, f->last_day);
        km_rows_real(r, f->last - f->first, 1);
        km_rows_text(r, f->test.unit);
        km_rows_real(r, f->test.no_change_under, 1);
        km_rows_text(r, isnan(f->test.no_change_under) ? NULL : km_verdict_word(f->verdict));
        km_rows_text(r, f->test.source);
        km_rows_end(r, NULL);
    }
    km_status st = km_listing_close(
        r, c, "Nothing was measured yet: checkin --flexibility knee_to_wall:left=10.", err);
    km_flex_list_clear(&list);
    return st;
}
