/* What the list of clients says of one: the course of the week, the next visit, what to heed. */
#include "app_impl.h"

#include "knotmap/history.h"
#include "knotmap/routine.h"
#include "knotmap/safety.h"
#include "knotmap/summary.h"

#include <string.h>

#define SPAN (KM_GLANCE_DAYS + KM_GLANCE_USUAL_DAYS)

/* ---- the week against the four before ---- */

typedef struct week {
    km_day today;
    int n[SPAN], sum[SPAN];  /* by days ago */
} week;

static km_status take_rating(void *ctx, const km_store_rating *r, km_error *err)
{
    week *w = ctx;
    int ago = w->today - km_instant_day((km_instant){ r->at, r->off_min });

    (void)err;
    if (ago >= 0 && ago < SPAN) {
        w->n[ago]++;
        w->sum[ago] += r->intensity;
    }
    return KM_OK;
}

static km_status judge_week(km_judgement *out, km_app *app, int64_t client, km_day today,
                            km_error *err)
{
    week w = { .today = today };
    double day[2][SPAN];
    size_t n[2] = { 0 };
    /* a day more at both ends: each record has a day of its own */
    const km_store_rating_ask ask = {
        .client_id = client, .kind = -1, .group = KM_STORE_GROUP_NONE,
        .since = km_day_instant(today - SPAN, 0, 0).sec,
        .until = km_day_instant(today + 2, 0, 0).sec,
    };
    km_status st = km_store_ratings_each(app->store, &ask, take_rating, &w, err);

    for (int ago = 0; ago < SPAN; ago++) {
        int before = ago >= KM_GLANCE_DAYS;
        if (w.n[ago] > 0)
            day[before][n[before]++] = (double)w.sum[ago] / w.n[ago];
    }
    *out = km_judge_ratings(day[1], n[1], day[0], n[0], 0.05);
    out->needed = 0; /* the days before the week are over: none can be added to them */
    return st;
}

/* ---- the next visit ---- */

typedef struct next_visit {
    km_glance *out;
    km_day today;
} next_visit;

static km_status take_goal(void *ctx, const km_goal *g, km_error *err)
{
    next_visit *v = ctx;

    (void)err;
    if (g->kind != KM_GOAL_VISIT || g->done || !g->has_day || g->day < v->today)
        return KM_OK;
    if (!v->out->has_visit || g->day < v->out->visit)
        v->out->visit = g->day;
    v->out->has_visit = true;
    return KM_OK;
}

/* ---- signs of danger ---- */

typedef struct answers {
    km_glance *out;
    const km_atlas *atlas;
    uint64_t heard;          /* flags whose newest answer was read, by index in the table */
    km_buf present;
} answers;

/* Whether a code stands in a ";"-joined list. */
static bool listed(const char *list, const char *code)
{
    size_t n = strlen(code);

    for (const char *p = list; p && *p;) {
        size_t len = strcspn(p, ";");
        if (len == n && strncmp(p, code, n) == 0)
            return true;
        p += len + (p[len] == ';');
    }
    return false;
}

/* Newest first: what was said last of each flag holds. */
static km_status take_answer(void *ctx, const km_flag_answer *a, km_error *err)
{
    answers *s = ctx;
    size_t n = 0;
    const km_flag *flag = km_safety_flags(s->atlas, &n);

    (void)err;
    for (size_t i = 0; i < n && i < 64; i++) {
        bool yes = listed(a->present, flag[i].code);
        if (s->heard >> i & 1 || !(yes || listed(a->asked, flag[i].code)))
            continue;
        s->heard |= UINT64_C(1) << i;
        if (!yes)
            continue;
        if (s->present.len == 0)
            s->out->flag_day = km_instant_day(a->at);
        km_buf_printf(&s->present, "%s%s", s->present.len ? ";" : "", flag[i].code);
    }
    return KM_OK;
}

km_status km_app_glance(km_glance *out, km_arena *mem, km_app *app, const km_client *c,
                        km_error *err)
{
    *out = (km_glance){ .lasting = 0 };
    km_instant now;
    km_status st = km_now(&now, err);
    if (st != KM_OK)
        return st;
    km_day today = km_instant_day(now);
    next_visit v = { out, today };
    answers a = { .out = out, .atlas = app->atlas };
    int open = 0;

    st = judge_week(&out->change, app, c->id, today, err);
    if (st == KM_OK)
        st = km_store_goals_each(app->store, c->id, take_goal, &v, err);
    if (st == KM_OK && c->open_marks > 0)
        st = km_store_standing(&open, &out->lasting, app->store, c->id, today - KM_LASTING_DAYS,
                               err);
    if (st == KM_OK)
        st = km_store_flag_answers_each(app->store, c->id,
                                        now.sec - KM_FLAG_DAYS * (int64_t)KM_DAY_SEC, take_answer,
                                        &a, err);
    if (a.present.len > 0)
        out->flags = km_arena_strdup(mem, a.present.s);
    km_buf_clear(&a.present);
    return st;
}

/* ---- in words ---- */

static void put_flags(km_buf *out, const km_atlas *a, const km_glance *g)
{
    size_t n = 0;
    const km_flag *flag = km_safety_flags(a, &n);
    char day[KM_TIME_TEXT];

    for (size_t i = 0; i < n; i++) {
        if (listed(g->flags, flag[i].code))
            km_buf_printf(out, "%s%s", out->len ? ", " : "red flag: ", flag[i].sign);
    }
    km_day_text(day, g->flag_day);
    km_buf_printf(out, " (said %s)", day);
}

static void put_conditions(km_buf *out, const km_atlas *a, const char *list)
{
    km_buf one = { 0 };

    for (const char *p = list; p && *p;) {
        const char *code, *name = NULL;
        km_ref place;
        bool has_place = false;
        size_t n = strcspn(p, ";");
        km_buf_reset(&one);
        km_buf_add(&one, p, n);
        /* a condition of another atlas is told by its code */
        if (km_routine_condition(&code, &name, &place, &has_place, a, km_buf_str(&one), NULL) != KM_OK)
            name = km_buf_str(&one);
        km_buf_printf(out, "%s%s", out->len ? "; " : "", name);
        if (has_place) {
            km_buf_puts(out, " (");
            km_ref_human(out, a, &place);
            km_buf_putc(out, ')');
        }
        p += n + (p[n] == ';');
    }
    km_buf_clear(&one);
}

void km_glance_warnings(km_buf *out, const km_atlas *a, const km_client *c, const km_glance *g)
{
    km_buf s = { 0 };

    if (g->flags)
        put_flags(&s, a, g);
    put_conditions(&s, a, c->conditions);
    if (g->lasting > 0)
        km_buf_printf(&s, "%s%d place%s open over three months", s.len ? "; " : "", g->lasting,
                      g->lasting == 1 ? "" : "s");
    km_buf_puts(out, km_buf_str(&s));
    km_buf_clear(&s);
}
