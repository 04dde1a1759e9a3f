/* Goals and events, and the four outcomes shown beside them. */
#include "care_impl.h"

#include "knotmap/time.h"

#include <math.h>
#include <stdlib.h>

static km_status complete(km_goal *g, km_app *app, km_error *err)
{
    km_status st = km_goal_check(g, err);

    if (st == KM_OK && km_uid_is_zero(g->uid))
        st = km_app_uid(&g->uid, err);
    return st == KM_OK && g->client_id == 0 ? km_app_client_id(&g->client_id, app, err) : st;
}

static km_status log_goal(km_app *app, km_status st, const char *verb, const km_goal *g,
                          km_error *err)
{
    km_buf what = { 0 };

    km_buf_printf(&what, "%s %s %s", verb, km_word(KM_VOCAB_GOAL, (int)g->kind), g->name);
    st = km_app_write_end(app, st, what.s, g->id, err);
    km_buf_clear(&what);
    return st;
}

km_status km_app_goal_add(km_goal *io, km_app *app, km_error *err)
{
    km_goal g = *io;
    km_status st = complete(&g, app, err);

    if (st == KM_OK)
        st = km_app_write_begin(app, err);
    if (st != KM_OK)
        return st;
    st = km_store_goal_add(&g.id, app->store, &g, err);
    st = log_goal(app, st, "add", &g, err);
    if (st == KM_OK)
        *io = g;
    return st;
}

km_status km_app_goal_edit(const km_goal *goal, km_app *app, km_error *err)
{
    km_goal g = *goal, before;
    km_arena mem = { 0 };
    km_status st = km_app_goal_get(&before, &mem, app, g.id, err);

    if (st == KM_OK) {
        g.uid = before.uid;
        g.client_id = before.client_id;
        st = complete(&g, app, err);
    }
    if (st == KM_OK)
        st = km_app_write_begin(app, err);
    if (st == KM_OK) {
        st = km_store_goal_update(app->store, &g, err);
        st = log_goal(app, st, "edit", &g, err);
    }
    km_arena_clear(&mem);
    return st;
}

km_status km_app_goal_remove(km_app *app, int64_t id, km_error *err)
{
    km_goal g;
    km_arena mem = { 0 };
    km_status st = km_app_goal_get(&g, &mem, app, id, err);

    if (st == KM_OK)
        st = km_app_write_begin(app, err);
    if (st == KM_OK) {
        st = km_store_goal_remove(app->store, id, err);
        st = log_goal(app, st, "remove", &g, err);
    }
    km_arena_clear(&mem);
    return st;
}

km_status km_app_goal_get(km_goal *out, km_arena *mem, km_app *app, int64_t id, km_error *err)
{
    int64_t client = 0;
    km_status st = km_app_client_id(&client, app, err);

    if (st == KM_OK)
        st = km_store_goal_get(out, mem, app->store, id, err);
    if (st == KM_OK && out->client_id != client)
        st = km_fail(err, KM_ENOTFOUND, "goal %lld: it is another client's", (long long)id);
    return st;
}

static km_status take_goal(void *ctx, const km_goal *g, km_error *err)
{
    km_goal_list *l = ctx;

    (void)err;
    l->row = km_room(l->row, l->n, sizeof *l->row);
    l->row[l->n] = *g;
    km_goal_own(&l->row[l->n], &l->mem);
    l->n++;
    return KM_OK;
}

km_status km_app_goals(km_goal_list *out, km_app *app, km_error *err)
{
    *out = (km_goal_list){ .n = 0 };
    int64_t client = 0;
    km_status st = km_app_client_id(&client, app, err);

    if (st == KM_OK)
        st = km_store_goals_each(app->store, client, take_goal, out, err);
    if (st != KM_OK)
        km_goal_list_clear(out);
    return st;
}

void km_goal_list_clear(km_goal_list *l)
{
    free(l->row);
    km_arena_clear(&l->mem);
    *l = (km_goal_list){ .n = 0 };
}

/* ---- outcomes ---- */

#define WINDOW 28 /* days on each side */

/* Means of two windows: the last 28 days and the 28 before them. */
typedef struct two_means {
    km_day today;
    double sum[2];
    int n[2];
} two_means;

static void count(two_means *m, km_day day, double v)
{
    int ago = m->today - day;

    if (v < 0 || ago < 0 || ago >= 2 * WINDOW)
        return;
    int i = ago < WINDOW;
    m->sum[i] += v;
    m->n[i]++;
}

static const char *say_means(const two_means *m, const char *unit, const char *none, km_arena *mem)
{
    if (m->n[1] == 0)
        return none;
    double now = m->sum[1] / m->n[1];
    if (m->n[0] == 0)
        return km_arena_printf(mem, "%.1f %s over the last four weeks (%d), nothing before to "
                                    "compare with.",
                               now, unit, m->n[1]);
    return km_arena_printf(mem, "%.1f %s over the last four weeks (%d), %.1f over the four before "
                                "(%d).",
                           now, unit, m->n[1], m->sum[0] / m->n[0], m->n[0]);
}

static km_status take_pain(void *ctx, const km_store_sample *s, km_error *err)
{
    (void)err;
    if (s->kind == KM_KIND_PAIN || s->kind == KM_KIND_KNOT)
        count(ctx, km_instant_day((km_instant){ s->at, s->off_min }), s->intensity);
    return KM_OK;
}

static const char *say_motion(const km_flex_list *l, km_arena *mem)
{
    km_buf b = { 0 };

    for (size_t i = 0; i < l->n; i++) {
        const km_flex_change *f = &l->row[i];
        if (f->n < 2)
            continue;
        km_buf_printf(&b, "%s%s%s%s %+.1f %s%s%s", b.len ? "; " : "",
                      f->side == KM_SIDE_MIDLINE ? "" : km_word(KM_VOCAB_SIDE, (int)f->side),
                      f->side == KM_SIDE_MIDLINE ? "" : " ", f->test.name,
                      f->last - f->first, f->test.unit,
                      f->verdict == KM_VERDICT_TOO_FEW ? "" : ", ",
                      f->verdict == KM_VERDICT_TOO_FEW ? "" : km_verdict_word(f->verdict));
    }
    const char *out = b.len ? km_arena_printf(mem, "%s.", b.s)
                            : "No flexibility test was measured twice yet.";
    km_buf_clear(&b);
    return out;
}

km_status km_app_outcomes(km_outcomes *out, km_app *app, km_error *err)
{
    two_means pain = { .n = { 0 } }, gap = { .n = { 0 } }, feel = { .n = { 0 } };
    km_session_list sessions = { .n = 0 };
    km_flex_list flex = { .n = 0 };
    km_instant now;
    int64_t client = 0;
    km_status st = km_now(&now, err);

    *out = (km_outcomes){ .motion = "" };
    if (st == KM_OK)
        st = km_app_client_id(&client, app, err);
    if (st != KM_OK)
        return st;
    pain.today = gap.today = feel.today = km_instant_day(now);
    st = km_store_samples(app->store, client, now.sec - (2 * WINDOW + 1) * (int64_t)KM_DAY_SEC,
                          INT64_MAX, take_pain, &pain, err);
    if (st == KM_OK)
        st = km_app_flexibility(&flex, app, INT32_MIN, err);
    if (st == KM_OK)
        st = km_app_sessions(&sessions, app, 0, err);
    const km_session *next = NULL;
    for (size_t i = 0; i < sessions.n && st == KM_OK; i++) {
        const km_session *s = &sessions.row[i];
        if (s->kind == KM_SESSION_TRAINING) {
            if (next)
                count(&gap, km_instant_day(next->started),
                      (double)(next->started.sec - s->started.sec) / KM_DAY_SEC);
            next = s;
        }
        count(&feel, km_instant_day(s->started), s->feel);
    }
    if (st == KM_OK) {
        out->motion = say_motion(&flex, &out->mem);
        out->pain = say_means(&pain, "of 10 a mark", "No mark with an intensity in four weeks.",
                              &out->mem);
        out->sooner = say_means(&gap, "days between trainings",
                                "No two trainings within four weeks.", &out->mem);
        out->feel = say_means(&feel, "of 10 after a session",
                              "No session of four weeks says how it felt.", &out->mem);
    }
    km_flex_list_clear(&flex);
    km_session_list_clear(&sessions);
    return st;
}

void km_outcomes_clear(km_outcomes *o)
{
    km_arena_clear(&o->mem);
    *o = (km_outcomes){ .motion = "" };
}
