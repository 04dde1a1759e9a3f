/* Check-ins as they are filled in, flexibility, the weekly plan and how it was kept. */
#include "care_impl.h"

#include "knotmap/time.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* ---- flexibility tests ---- */

size_t km_app_flex_tests(km_measure *out, size_t max, const km_atlas *a)
{
    km_measure m;
    size_t n = 0;

    for (int i = 0; n < max && km_measure_at(&m, a, i); i++) {
        if (m.taken == KM_TAKEN_CHECKIN)
            out[n++] = m;
    }
    return n;
}

typedef struct flex_sink {
    km_flex_list *list;
    const km_atlas *a;
} flex_sink;

/* Newest first: the first reading met is the newest. */
static km_status take_flex(void *ctx, const km_checkin *c, km_error *err)
{
    flex_sink *s = ctx;
    km_flex_list *l = s->list;
    km_day day = km_instant_day(c->at);

    (void)err;
    for (int i = 0; i < c->n_flex; i++) {
        km_flex_change *row = NULL;
        km_measure test;
        for (size_t k = 0; k < l->n && !row; k++) {
            if (l->row[k].side == c->flex[i].side &&
                strcmp(l->row[k].test.code, c->flex[i].test) == 0)
                row = &l->row[k];
        }
        if (!row && km_measure_get(&test, s->a, c->flex[i].test)) {
            l->row = km_room(l->row, l->n, sizeof *l->row);
            row = &l->row[l->n++];
            *row = (km_flex_change){ .test = test, .side = c->flex[i].side,
                                     .last = c->flex[i].value, .last_day = day };
        }
        if (!row)
            continue; /* a test of another knotmap's tables */
        row->n++;
        row->first = c->flex[i].value;
        row->first_day = day;
    }
    return KM_OK;
}

static int by_test(const void *a, const void *b)
{
    const km_flex_change *x = a, *y = b;
    int order = strcmp(x->test.code, y->test.code);
    return order ? order : (int)x->side - (int)y->side;
}

km_status km_app_flexibility(km_flex_list *out, km_app *app, km_day since, km_error *err)
{
    *out = (km_flex_list){ .n = 0 };
    flex_sink sink = { .list = out, .a = app->atlas };
    km_status st = km_app_checkins_each(app, false, since, INT32_MAX, 0, take_flex, &sink, err);

    if (st != KM_OK) {
        km_flex_list_clear(out);
        return st;
    }
    if (out->n)
        qsort(out->row, out->n, sizeof *out->row, by_test);
    for (size_t i = 0; i < out->n; i++) {
        km_flex_change *row = &out->row[i];
        row->verdict = row->n < 2 ? KM_VERDICT_TOO_FEW
                                  : km_judge_measure(&row->test, row->first, row->last);
    }
    return KM_OK;
}

void km_flex_list_clear(km_flex_list *l)
{
    free(l->row);
    km_arena_clear(&l->mem);
    *l = (km_flex_list){ .n = 0 };
}

/* ---- check-ins ---- */

static km_status take_one(void *ctx, const km_checkin *c, km_error *err)
{
    km_checkin_list *l = ctx;

    (void)err;
    l->row = km_realloc(l->row, 1, sizeof *l->row);
    l->row[0] = *c;
    km_checkin_own(&l->row[0], &l->mem);
    l->n = 1;
    return KM_OK;
}

/* The newest check-in with since <= day < until. */
static km_status newest(km_checkin *out, km_arena *mem, km_app *app, km_day since, km_day until,
                        km_error *err)
{
    km_checkin_list l = { .n = 0 };
    km_status st = km_app_checkins_each(app, false, since, until, 1, take_one, &l, err);

    if (st == KM_OK && l.n == 0)
        st = km_fail(err, KM_ENOTFOUND, "check-in: there is none");
    if (st == KM_OK) {
        *out = l.row[0];
        km_checkin_own(out, mem);
    }
    km_checkin_list_clear(&l);
    return st;
}

km_status km_app_checkin_get(km_checkin *out, km_arena *mem, km_app *app, km_day day,
                             km_error *err)
{
    return newest(out, mem, app, day, day + 1, err);
}

km_status km_app_checkin_default(km_checkin *out, km_arena *mem, km_app *app, km_day day,
                                 km_error *err)
{
    km_error why = { 0 };
    km_status st = newest(out, mem, app, INT32_MIN, day, &why);

    if (st == KM_ENOTFOUND) {
        *out = km_checkin_blank();
        return KM_OK;
    }
    if (st != KM_OK) {
        if (err)
            *err = why;
        return st;
    }
    km_checkin blank = km_checkin_blank();
    out->id = 0;
    out->uid = blank.uid;
    out->at = blank.at;
    out->did = 0;
    out->n_flex = 0;
    return KM_OK;
}

/* What the new one leaves unsaid stays; measured values of the same test are replaced. */
static km_status amend(km_checkin *io, const km_checkin *old, km_error *err)
{
    const struct { int *now; int was; } item[] = {
        { &io->sleep, old->sleep },   { &io->stress, old->stress }, { &io->fatigue, old->fatigue },
        { &io->soreness, old->soreness }, { &io->energy, old->energy }, { &io->mood, old->mood },
    };

    for (size_t i = 0; i < sizeof item / sizeof *item; i++) {
        if (*item[i].now < 0)
            *item[i].now = item[i].was;
    }
    io->did |= old->did;
    int said = io->n_flex;
    for (int k = 0; k < old->n_flex; k++) {
        bool again = false;
        for (int i = 0; i < said && !again; i++)
            again = io->flex[i].side == old->flex[k].side &&
                    strcmp(io->flex[i].test, old->flex[k].test) == 0;
        if (again)
            continue;
        if (io->n_flex == KM_FLEX_MAX)
            return km_fail(err, KM_EINVAL, "check-in: more than %d flexibility values on one day",
                           KM_FLEX_MAX);
        io->flex[io->n_flex++] = old->flex[k];
    }
    return KM_OK;
}

static km_status store(km_checkin *io, km_arena *mem, km_app *app, bool keep, km_error *err)
{
    km_checkin old;
    km_error why = { 0 };
    km_client c;
    km_status st = KM_OK;

    for (int i = 0; i < io->n_flex && st == KM_OK; i++)
        st = km_test_check(app->atlas, io->flex[i].test, io->flex[i].side, err);
    if (st == KM_OK && io->at.sec == 0 && io->at.off_min == 0)
        st = km_now(&io->at, err);
    if (st == KM_OK && keep) {
        st = km_app_checkin_get(&old, mem, app, km_instant_day(io->at), &why);
        if (st == KM_OK)
            st = amend(io, &old, err);
        else if (st == KM_ENOTFOUND)
            st = KM_OK;
        else if (err)
            *err = why;
    }
    if (st == KM_OK)
        st = km_app_checkin_set(io, app, err);
    if (st == KM_OK && !io->client && km_app_client(&c, app, NULL) == KM_OK)
        io->client = km_arena_strdup(mem, c.name);
    return st;
}

km_status km_app_checkin_put(km_checkin *io, km_arena *mem, km_app *app, km_error *err)
{
    return store(io, mem, app, true, err);
}

km_status km_app_checkin_replace(km_checkin *io, km_arena *mem, km_app *app, km_error *err)
{
    return store(io, mem, app, false, err);
}

/* ---- weekly plan ---- */

const char *km_care_word(km_care c)
{
    static const char *const word[KM_CARE_COUNT] = { "smr", "stretch", "strength" };
    return word[c];
}

int km_week_plan_of(const km_week_plan *plan, km_care c)
{
    return c == KM_CARE_SMR ? plan->smr : c == KM_CARE_STRETCH ? plan->stretch : plan->strength;
}

km_status km_app_plan_get(km_week_plan *out, km_app *app, km_error *err)
{
    int64_t client = 0;
    bool found = false;
    km_status st = km_app_client_id(&client, app, err);

    *out = (km_week_plan){ .smr = 2, .stretch = 5, .strength = 2 };
    if (st == KM_OK)
        st = km_store_week_plan_get(out, &found, app->store, client, err);
    if (st == KM_OK && !found) { /* none was set by hand: the profile's, where one is kept */
        km_profile profile;
        bool kept = false;
        st = km_app_profile(&profile, &kept, app, err);
        if (kept)
            *out = profile.plan;
    }
    return st;
}

km_status km_app_plan_set(const km_week_plan *plan, km_app *app, km_error *err)
{
    int64_t client = 0;
    km_status st = km_app_client_id(&client, app, err);

    for (int c = 0; c < KM_CARE_COUNT && st == KM_OK; c++) {
        int times = km_week_plan_of(plan, (km_care)c);
        if (times < 0 || times > 14)
            st = km_fail(err, KM_EINVAL, "%s %d: outside 0..14 times a week",
                         km_care_word((km_care)c), times);
    }
    if (st == KM_OK)
        st = km_app_write_begin(app, err);
    if (st != KM_OK)
        return st;
    st = km_store_week_plan_set(app->store, client, plan, err);
    return km_app_write_end(app, st, "set the weekly plan", 0, err);
}

/* ---- weeks ---- */

typedef struct week_count {
    km_app *app;
    km_week *week;
    int n;
    int64_t routine;        /* whose steps are known */
    unsigned routine_cares;
    bool over;              /* a session before the weeks was seen */
} week_count;

static km_week *week_of(week_count *w, km_day day)
{
    int i = (int)(km_day_week(day) - w->week[0].monday) / 7;
    return day >= w->week[0].monday && i < w->n ? &w->week[i] : NULL;
}

static void tick(week_count *w, km_day day, unsigned cares)
{
    km_week *k = week_of(w, day);

    for (int c = 0; k && c < KM_CARE_COUNT; c++) {
        if (cares >> c & 1)
            k->days[c] |= (uint8_t)(1u << km_day_weekday(day));
    }
}

/* What of the weekly plan a technique is: a set of 1u << km_care. */
static unsigned care_of(int technique)
{
    switch (technique) {
    case KM_TECH_SMR:
    case KM_TECH_COMPRESSION:
    case KM_TECH_PIN_AND_STRETCH:
        return 1u << KM_CARE_SMR;
    case KM_TECH_PIR:
    case KM_TECH_STRETCH:
        return 1u << KM_CARE_STRETCH;
    default:
        return 0;
    }
}

/* A whole routine counts for what its steps are. */
static unsigned cares_of_routine(week_count *w, int64_t id)
{
    km_saved_routine r;

    if (w->routine == id)
        return w->routine_cares;
    w->routine = id;
    w->routine_cares = 0;
    if (km_app_routine_get(&r, w->app, id, NULL) != KM_OK)
        return 0;
    for (size_t i = 0; i < r.n; i++) {
        int technique = -1;
        if (km_word_parse(&technique, KM_VOCAB_TECHNIQUE, "", r.step[i].kind, NULL) == KM_OK)
            w->routine_cares |= care_of(technique);
    }
    km_saved_routine_clear(&r);
    return w->routine_cares;
}

/* The store is being read while a listing runs: routines are looked up afterwards. */
static km_status count_treatments(week_count *w, km_error *err)
{
    km_mark_filter f = km_mark_filter_all();
    km_treatment_list l;

    f.has_since = true;
    f.since = km_day_instant(w->week[0].monday - 1, 0, 0);
    km_status st = km_app_treatments(&l, w->app, &f, err);
    if (st != KM_OK)
        return st;
    for (size_t i = 0; i < l.n; i++) {
        const km_treatment *t = &l.row[i];
        unsigned cares = care_of(t->technique);
        if (t->technique < 0 && t->routine_id)
            cares = cares_of_routine(w, t->routine_id);
        tick(w, km_instant_day(t->at), cares);
    }
    km_treatment_list_clear(&l);
    return KM_OK;
}

static km_status take_checkin(void *ctx, const km_checkin *c, km_error *err)
{
    week_count *w = ctx;
    km_day day = km_instant_day(c->at);
    km_week *k = week_of(w, day);

    (void)err;
    if (!k)
        return KM_OK;
    k->checkins++;
    for (int h = 0; h < KM_HABIT_COUNT; h++)
        k->habit[h] += (int)(c->did >> h & 1);
    if (c->did >> KM_HABIT_FOAM_ROLL & 1)
        tick(w, day, 1u << KM_CARE_SMR);
    if (c->did >> KM_HABIT_STRETCH & 1)
        tick(w, day, 1u << KM_CARE_STRETCH);
    return KM_OK;
}

/* Newest first: the first session before the weeks ends the reading. */
static km_status take_session(void *ctx, const km_session *s, km_error *err)
{
    week_count *w = ctx;

    (void)err;
    w->over = km_instant_day(s->started) < w->week[0].monday - 1;
    if (w->over)
        return KM_ECANCELLED;
    if (s->kind == KM_SESSION_TRAINING)
        tick(ctx, km_instant_day(s->started), 1u << KM_CARE_STRENGTH);
    return KM_OK;
}

static void finish(km_week *k, const km_week_plan *plan)
{
    int wanted = 0, kept = 0;

    for (int c = 0; c < KM_CARE_COUNT; c++) {
        int times = km_week_plan_of(plan, (km_care)c);
        for (int d = 0; d < 7; d++)
            k->done[c] += k->days[c] >> d & 1;
        /* days are counted: more than seven times a week cannot be kept apart */
        times = times > 7 ? 7 : times;
        wanted += times;
        kept += k->done[c] < times ? k->done[c] : times;
    }
    k->kept = wanted ? (double)kept / wanted : NAN;
}

static bool untouched(const km_week *k)
{
    return k->checkins == 0 && !(k->days[KM_CARE_SMR] | k->days[KM_CARE_STRETCH] |
                                 k->days[KM_CARE_STRENGTH]);
}

km_status km_app_weeks(km_week *out, int n, km_app *app, km_error *err)
{
    week_count w = { .app = app, .week = out, .n = n };
    km_week_plan plan;
    km_instant now;
    km_status st = km_now(&now, err);

    if (st == KM_OK)
        st = km_app_plan_get(&plan, app, err);
    if (st != KM_OK)
        return st;
    km_day monday = km_day_week(km_instant_day(now));
    for (int i = 0; i < n; i++)
        out[i] = (km_week){ .monday = monday - 7 * (n - 1 - i) };
    st = count_treatments(&w, err);
    if (st == KM_OK)
        st = km_app_checkins_each(app, false, out[0].monday, monday + 7, 0, take_checkin, &w, err);
    if (st == KM_OK)
        st = km_app_sessions_each(app, false, 0, take_session, &w, err);
    if (w.over)
        st = KM_OK;
    for (int i = 0; i < n && st == KM_OK; i++)
        finish(&out[i], &plan);
    /* weeks before anything was written down were not missed */
    for (int i = 0; i < n - 1 && st == KM_OK && untouched(&out[i]); i++)
        out[i].kept = NAN;
    return st;
}
