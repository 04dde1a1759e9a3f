/* Reasoning on the client's own records: search, red flags, press tests, routines. */
#include "app_impl.h"

#include "knotmap/time.h"

#include <stdlib.h>
#include <string.h>

#define DAY_SEC 86400
#define NEW_DAYS 28          /* pain first seen within four weeks is new */
#define EFFORT_DAYS 3        /* soreness and injury show within 72 h of hard effort */
#define EFFORT_RPE 7         /* "very hard" of Foster's scale */
#define TEST_SEC DAY_SEC     /* a press test answers the searches of the next 24 h */

/* ---- what hurts where ---- */

bool km_app_side_fits(km_side a, const km_ref *ref)
{
    return ref->side_open || a == ref->side || a == KM_SIDE_MIDLINE ||
           ref->side == KM_SIDE_MIDLINE;
}

static bool muscle_has(const km_muscle *m, int region)
{
    for (int i = 0; i < m->n_home; i++) {
        if (m->home[i] == region)
            return true;
    }
    return false;
}

/* Whether a region on a side is what a reference names: itself, or a home of its muscle. */
bool km_app_ref_covers(const km_atlas *a, const km_ref *ref, int region, km_side side)
{
    if (region < 0 || !km_app_side_fits(side, ref))
        return false;
    switch (ref->kind) {
    case KM_REF_REGION:
        return ref->index == region;
    case KM_REF_MUSCLE:
        return muscle_has(&a->muscle[ref->index], region);
    case KM_REF_GROUP:
        for (int i = 0; i < a->group[ref->index].n_muscle; i++) {
            if (muscle_has(&a->muscle[a->group[ref->index].muscle[i]], region))
                return true;
        }
    }
    return false;
}

static bool any_covers(const km_atlas *a, const km_ref *ref, size_t n, int region, km_side side)
{
    for (size_t i = 0; i < n; i++) {
        if (km_app_ref_covers(a, &ref[i], region, side))
            return true;
    }
    return false;
}

bool km_app_names(const km_app *app, const km_ref *place, size_t n, const km_place *at)
{
    const km_atlas *a = app->atlas;
    return at->region && any_covers(a, place, n, km_atlas_region(a, at->region), at->side);
}

/* ---- history of trigger points ---- */

typedef struct history {
    const km_atlas *a;
    const km_complaint *complaint;
    size_t n_complaint;
    km_instant now;
    km_history *row;
    int64_t *last;            /* per row: newest mark, seconds */
    size_t n, cap, cap_last;
} history;

/* The row of a trigger point and side, made when it is new. */
static km_history *history_row(history *h, const km_place *p, size_t *at)
{
    int muscle = p->muscle ? km_atlas_muscle(h->a, p->muscle) : -1;
    int point = muscle >= 0 ? km_atlas_point(h->a, muscle, p->tp) : -1;

    if (point < 0)
        return NULL;
    for (*at = 0; *at < h->n; (*at)++) {
        if (h->row[*at].point == point && h->row[*at].side == p->side)
            return &h->row[*at];
    }
    size_t n = h->n;
    KM_GROW(h->row, h->n, h->cap);
    KM_GROW(h->last, n, h->cap_last);
    h->row[h->n] = (km_history){ .point = (int16_t)point, .side = p->side, .days_ago = -1 };
    h->last[h->n] = INT64_MIN;
    return &h->row[h->n++];
}

static int16_t capped(int a, int b)
{
    return (int16_t)(a + b > INT16_MAX ? INT16_MAX : a + b);
}

static km_status take_history(void *ctx, const km_store_point_history *p, km_error *err)
{
    history *h = ctx;
    size_t at = 0;
    km_history *row = history_row(h, &p->place, &at);

    (void)err;
    if (!row)
        return KM_OK; /* a code of another atlas */
    row->active = capped(row->active, p->active);
    row->latent = capped(row->latent, p->latent);
    row->unspecified = capped(row->unspecified, p->unspecified);
    if (p->last_at > h->last[at]) {
        int64_t days = (h->now.sec - p->last_at) / DAY_SEC;
        h->last[at] = p->last_at;
        row->days_ago = (int32_t)(days < 0 ? 0 : days);
        /* found today: as good as a press test of this search */
        if (p->last_at >= h->now.sec - TEST_SEC && p->last_at <= h->now.sec)
            row->tested = p->last_state == KM_STATE_ACTIVE   ? KM_PRESS_FAMILIAR
                          : p->last_state == KM_STATE_LATENT ? KM_PRESS_OTHER
                                                             : 0;
    }
    return KM_OK;
}

static km_status take_felt(void *ctx, const km_place *point, const km_place *felt, int times,
                           km_error *err)
{
    history *h = ctx;
    size_t at = 0;
    km_history *row = history_row(h, point, &at);
    int region = felt->region ? km_atlas_region(h->a, felt->region) : -1;

    (void)err;
    if (row && any_covers(h->a, h->complaint, h->n_complaint, region, felt->side))
        row->confirmed = capped(row->confirmed, times);
    return KM_OK;
}

/* A press test that found nothing, and no mark there since: it answers this search. */
static km_status take_finding(void *ctx, const km_finding *f, km_error *err)
{
    history *h = ctx;
    size_t at = 0;

    (void)err;
    if (f->at.sec < h->now.sec - TEST_SEC || f->at.sec > h->now.sec)
        return KM_OK;
    km_history *row = history_row(h, &f->place, &at);
    if (row && f->at.sec >= h->last[at])
        row->tested = KM_PRESS_NOTHING;
    return KM_OK;
}

km_status km_app_history(km_history **out, size_t *n, km_app *app, const km_complaint *c,
                         size_t n_complaint, km_error *err)
{
    history h = { .a = app->atlas, .complaint = c, .n_complaint = n_complaint };
    int64_t client = 0;
    km_status st = km_now(&h.now, err);

    if (st == KM_OK)
        st = km_app_client_id(&client, app, err);
    if (st == KM_OK)
        st = km_store_history_each(app->store, client, take_history, &h, err);
    if (st == KM_OK)
        st = km_store_felt_each(app->store, client, take_felt, &h, err);
    if (st == KM_OK)
        st = km_store_findings_each(app->store, client, take_finding, &h, err);
    free(h.last);
    if (st != KM_OK) {
        free(h.row);
        return st;
    }
    *out = h.row;
    *n = h.n;
    return KM_OK;
}

km_status km_app_find(km_candidate *out, size_t max, size_t *n, km_app *app, const km_complaint *c,
                      size_t n_complaint, km_error *err)
{
    km_search s = { .complaint = c, .n_complaint = n_complaint };
    km_history *history_rows = NULL;
    km_status st = km_app_history(&history_rows, &s.n_history, app, c, n_complaint, err);

    if (st != KM_OK)
        return st;
    s.history = history_rows;
    st = km_referral_rank(out, max, n, app->atlas, &s, err);
    free(history_rows);
    return st;
}

/* ---- red flags ---- */

typedef struct newness {
    const km_atlas *a;
    const km_ref *place;
    size_t n_place;
    km_store *store;
    int64_t since;            /* four weeks ago */
    bool old, recent;
    uint8_t *here;            /* by key of a place: 0 not asked yet, 1 elsewhere, 2 here */
    int64_t n_here;
} newness;

static km_status take_sample(void *ctx, const km_store_sample *m, km_error *err)
{
    newness *w = ctx;

    if (m->place > w->n_here || m->intensity == 0)
        return KM_OK;
    if (w->here[m->place] == 0) {
        km_place p;
        km_status st = km_store_place(&p, w->store, m->place, err);
        if (st != KM_OK)
            return st;
        int region = p.region ? km_atlas_region(w->a, p.region) : -1;
        w->here[m->place] = any_covers(w->a, w->place, w->n_place, region, p.side) ? 2 : 1;
    }
    if (w->here[m->place] == 2) {
        w->old = w->old || m->at < w->since;
        w->recent = w->recent || m->at >= w->since;
    }
    return KM_OK;
}

typedef struct effort {
    int64_t since;
    bool hard;
} effort;

static km_status take_effort(void *ctx, const km_session *s, km_error *err)
{
    effort *e = ctx;

    (void)err;
    if (s->kind == KM_SESSION_TRAINING && s->rpe >= EFFORT_RPE && s->started.sec >= e->since)
        e->hard = true;
    return KM_OK;
}

static int age_of(const km_client *c, km_day today)
{
    int by, bm, bd, y, m, d;

    if (!c->has_born)
        return -1;
    km_day_civil(c->born, &by, &bm, &bd);
    km_day_civil(today, &y, &m, &d);
    int age = y - by - (m < bm || (m == bm && d < bd));
    return age < 0 ? -1 : age;
}

km_status km_app_flags(km_flag_hit *out, size_t max, size_t *n, km_app *app, const km_ref *place,
                       size_t n_place, km_error *err)
{
    km_client c;
    km_instant now;
    newness w = { .a = app->atlas, .place = place, .n_place = n_place, .store = app->store };
    effort e = { .hard = false };
    km_status st = km_now(&now, err);

    if (st == KM_OK)
        st = km_app_client(&c, app, err);
    if (st == KM_OK) {
        w.since = now.sec - (int64_t)NEW_DAYS * DAY_SEC;
        st = km_store_place_max(&w.n_here, app->store, err);
    }
    if (st == KM_OK) {
        w.here = km_calloc((size_t)w.n_here + 1, 1);
        st = km_store_samples(app->store, c.id, INT64_MIN, INT64_MAX, take_sample, &w, err);
        free(w.here);
    }
    if (st == KM_OK) {
        e.since = now.sec - (int64_t)EFFORT_DAYS * DAY_SEC;
        st = km_store_sessions_each(app->store, c.id, 20, take_effort, &e, err);
    }
    if (st != KM_OK)
        return st;
    km_safety_case k = { .place = place,
                         .n_place = n_place,
                         .age = age_of(&c, km_instant_day(now)),
                         .conditions = c.conditions,
                         .after_effort = e.hard,
                         .is_new = w.recent && !w.old };
    *n = km_safety_check(out, max, app->atlas, &k);
    return KM_OK;
}

km_status km_app_flag_answer(km_app *app, const char *asked, const char *present, km_error *err)
{
    km_flag_answer a = { .asked = asked ? asked : "", .present = present ? present : "" };
    km_status st = KM_OK;

    if (km_store_readonly(app->store))
        return KM_OK;
    st = km_now(&a.at, err);
    if (st == KM_OK)
        st = km_app_uid(&a.uid, err);
    if (st == KM_OK)
        st = km_app_client_id(&a.client_id, app, err);
    return st == KM_OK ? km_store_flag_answer_add(&a.id, app->store, &a, err) : st;
}

/* ---- press test ---- */

static km_status not_tender(km_app *app, const km_mark *m, km_error *err)
{
    km_finding f = { .place = m->place };
    km_buf what = { 0 };
    km_uid session = { { 0 } };
    km_status st = km_app_write_begin(app, err);

    if (st != KM_OK)
        return st;
    st = km_now(&f.at, err);
    if (st == KM_OK)
        st = km_app_uid(&f.uid, err);
    if (st == KM_OK)
        st = km_app_client_id(&f.client_id, app, err);
    if (st == KM_OK)
        st = km_app_join_session(&f.session_id, &session, f.client_id, true, app, err);
    if (st == KM_OK)
        st = km_store_finding_add(&f.id, app->store, &f, err);
    km_buf_puts(&what, "not tender at ");
    km_place_print(&what, &f.place);
    st = km_app_write_end(app, st, what.s, f.id, err);
    km_buf_clear(&what);
    return st;
}

km_status km_app_press_answer(km_app *app, int point, km_side side, km_press_answer answer,
                              km_error *err)
{
    km_mark m = km_mark_blank();
    km_ref ref = { .kind = KM_REF_MUSCLE,
                   .index = app->atlas->point[point].muscle,
                   .point = point,
                   .side = side };
    km_status st = km_app_mark_place(&m, app, &ref, false, err);

    if (st != KM_OK)
        return st;
    if (answer == KM_PRESS_NOTHING)
        return not_tender(app, &m, err);
    m.state = answer == KM_PRESS_FAMILIAR ? KM_STATE_ACTIVE : KM_STATE_LATENT;
    return km_app_mark_add(&m, app, err);
}
