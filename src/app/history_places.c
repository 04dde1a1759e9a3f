/* When places were open, what comes back, and what goes together. */
#include "history_impl.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* ---- reading ---- */

enum { NONE_YET = -1, UNASKED = -2 };

typedef struct reader {
    km_app *app;
    km_places *p;
    int64_t client;
    const km_trend_ask *only;
    int64_t places;         /* the largest key */
    int32_t *key_of;        /* by place * KM_KIND_COUNT + kind; NONE_YET, UNASKED */
    size_t cap_key, cap_kind, cap_spot, cap_event;
    km_store_routine *routine;
    size_t n_routine, cap_routine;
    km_arena mem;           /* of the routines */
} reader;

static void put_event(reader *r, const km_event *e)
{
    km_places *p = r->p;
    KM_GROW(p->event, p->n_event, r->cap_event);
    p->event[p->n_event++] = *e;
}

/* The first key of a place, the next new one when it has none yet. */
static int32_t spot_of(const reader *r, int32_t place)
{
    int32_t spot = r->p->n;

    for (int kind = 0; kind < KM_KIND_COUNT; kind++) {
        int32_t key = r->key_of[(size_t)place * KM_KIND_COUNT + (size_t)kind];
        spot = key >= 0 && key < spot ? key : spot;
    }
    return spot;
}

static km_status take_mark(void *ctx, const km_store_event *m, km_error *err)
{
    reader *r = ctx;
    km_places *p = r->p;
    if (m->place > r->places)
        return KM_OK; /* newer than the question */
    int32_t *key = &r->key_of[(size_t)m->place * KM_KIND_COUNT + (size_t)m->kind];

    if (*key == UNASKED)
        return KM_OK;
    if (*key == NONE_YET) {
        size_t n = (size_t)p->n, also = n, too = n;
        KM_GROW(p->place, n, r->cap_key);
        KM_GROW(p->kind, also, r->cap_kind);
        KM_GROW(p->spot, too, r->cap_spot);
        km_status st = km_store_place(&p->place[p->n], r->app->store, m->place, err);
        if (st != KM_OK)
            return st;
        if (r->only && !km_ask_has(r->only, r->app->atlas, &p->place[p->n])) {
            *key = UNASKED;
            return KM_OK;
        }
        p->kind[p->n] = (km_kind)m->kind;
        p->spot[p->n] = spot_of(r, m->place);
        *key = p->n++;
    }
    const km_event e = { .key = *key, .day = km_instant_day((km_instant){ m->at, m->off_min }),
                         .value = m->intensity, .at = m->at, .id = m->id };
    put_event(r, &e);
    return KM_OK;
}

static bool same_code(const char *a, const char *b)
{
    return a && b && strcmp(a, b) == 0;
}

/* Whether a treatment of one place reaches another: its muscle, else its region. */
static bool reaches(const km_place *treated, const km_place *p)
{
    if (treated->side != p->side && treated->side != KM_SIDE_MIDLINE && p->side != KM_SIDE_MIDLINE)
        return false;
    if (treated->muscle && p->muscle)
        return strcmp(treated->muscle, p->muscle) == 0;
    return same_code(treated->region, p->region);
}

static void put_treated(reader *r, const km_place *treated, km_instant at)
{
    for (int32_t k = 0; k < r->p->n; k++) {
        const km_event e = { .key = k, .day = km_instant_day(at), .value = KM_EVENT_TREATED,
                             .at = at.sec };
        if (reaches(treated, &r->p->place[k]))
            put_event(r, &e);
    }
}

/* A treatment by a whole routine treats the muscles of its steps. */
static km_status put_routine(reader *r, int64_t routine, km_instant at, km_error *err)
{
    size_t k = 0;

    while (k < r->n_routine && r->routine[k].id != routine)
        k++;
    if (k == r->n_routine) { /* read once, however often it was followed */
        KM_GROW(r->routine, r->n_routine, r->cap_routine);
        km_status st = km_store_routine_get(&r->routine[k], &r->mem, r->app->store, r->client,
                                            routine, err);
        if (st != KM_OK)
            return st;
        r->routine[k].id = routine;
        r->n_routine++;
    }
    const km_store_routine *found = &r->routine[k];
    for (size_t i = 0; i < found->n_step; i++) {
        if (found->step[i].muscle) {
            const km_place p = { .side = found->step[i].side, .muscle = found->step[i].muscle };
            put_treated(r, &p, at);
        }
    }
    return KM_OK;
}

static km_status take_treated(void *ctx, const km_store_treated *t, km_error *err)
{
    reader *r = ctx;
    km_place place;

    if (t->place == 0)
        return t->routine_id ? put_routine(r, t->routine_id, t->at, err) : KM_OK;
    km_status st = km_store_place(&place, r->app->store, t->place, err);
    if (st == KM_OK)
        put_treated(r, &place, t->at);
    return st;
}

km_status km_places_load(km_places *out, km_app *app, const km_trend_ask *only, km_silence silence,
                         km_error *err)
{
    *out = (km_places){ .n = 0 };
    reader r = { .app = app, .p = out, .only = only };
    km_instant now;
    int64_t client = 0, places = 0;
    km_status st = km_now(&now, err);

    if (st == KM_OK)
        st = km_app_client_id(&client, app, err);
    if (st == KM_OK)
        st = km_store_place_max(&places, app->store, err);
    if (st != KM_OK)
        return st;
    r.client = client;
    r.places = places;
    size_t n = (size_t)(places + 1) * KM_KIND_COUNT;
    r.key_of = km_calloc(n, sizeof *r.key_of);
    for (size_t i = 0; i < n; i++)
        r.key_of[i] = NONE_YET;
    st = km_store_events_each(app->store, client, INT64_MIN, now.sec + 1, take_mark, &r, err);
    if (st == KM_OK)
        st = km_store_treated_each(app->store, client, now.sec + 1, take_treated, &r, err);
    if (st == KM_OK && out->n_event > 0) {
        out->today = km_instant_day(now);
        out->episode = km_calloc(out->n_event, sizeof *out->episode);
        out->n_episode = km_trend_episodes(out->episode, out->event, out->n_event, out->today,
                                           KM_SILENT_DAYS, silence);
        free(out->event); /* the largest part of a long life */
        out->event = NULL;
    }
    free(r.key_of);
    free(r.routine);
    km_arena_clear(&r.mem);
    if (st != KM_OK)
        km_places_clear(out);
    return st;
}

void km_places_clear(km_places *p)
{
    free(p->place);
    free(p->kind);
    free(p->spot);
    free(p->event);
    free(p->episode);
    *p = (km_places){ .n = 0 };
}

km_status km_app_mark_before(int *intensity, km_app *app, const km_mark *m, km_error *err)
{
    return km_store_mark_before(intensity, app->store, m, err);
}

/* ---- lives ---- */

static int newest_first(const void *a, const void *b)
{
    const km_life *x = a, *y = b;
    if (x->episode.resolved != y->episode.resolved)
        return x->episode.resolved ? 1 : -1; /* what is there now stands above what was */
    if (x->episode.first != y->episode.first)
        return x->episode.first > y->episode.first ? -1 : 1;
    return (x->episode.key > y->episode.key) - (x->episode.key < y->episode.key);
}

static const char *remark_of(const km_life *l)
{
    if (l->episode.resolved)
        return NULL;
    if (l->days > KM_LASTING_DAYS)
        return "open for more than three months: time for a clinician's look";
    if (l->kind == KM_KIND_SORENESS && l->days > KM_SORENESS_DAYS)
        return "soreness after training usually peaks at 24 to 72 h; this one outlives seven days";
    return NULL;
}

void km_places_lives(km_life_list *out, const km_places *p)
{
    *out = (km_life_list){ .row = km_calloc(p->n_episode + 1, sizeof *out->row) };
    for (size_t i = 0; i < p->n_episode; i++) {
        const km_episode *e = &p->episode[i];
        km_life *l = &out->row[out->n++];
        *l = (km_life){ .place = p->place[e->key], .kind = p->kind[e->key], .episode = *e };
        l->days = (e->resolved ? e->last : p->today) - e->first;
        l->remark = remark_of(l);
    }
    qsort(out->row, out->n, sizeof *out->row, newest_first);
}

km_status km_app_lives(km_life_list *out, km_app *app, const km_ref *place, km_silence silence,
                       km_error *err)
{
    *out = (km_life_list){ .n = 0 };
    km_places p;
    const km_trend_ask only = { .place = place, .n_place = place ? 1 : 0 };
    km_status st = km_places_load(&p, app, place ? &only : NULL, silence, err);

    if (st != KM_OK)
        return st;
    km_places_lives(out, &p);
    km_places_clear(&p);
    return KM_OK;
}

typedef struct place_reader {
    km_place_marks *out;
    size_t cap;
    const km_place *place;
    int kind;
    km_store *store;
    int32_t is, is_not;     /* the key last found to be the place, or another */
} place_reader;

static km_status take_place_mark(void *ctx, const km_store_event *m, km_error *err)
{
    place_reader *r = ctx;

    if (m->place == r->is_not || (r->kind >= 0 && m->kind != r->kind))
        return KM_OK;
    if (m->place != r->is) {
        km_place p;
        km_status st = km_store_place(&p, r->store, m->place, err);
        if (st != KM_OK)
            return st;
        if (!km_place_equal(&p, r->place)) {
            r->is_not = m->place;
            return KM_OK;
        }
        r->is = m->place;
    }
    KM_GROW(r->out->row, r->out->n, r->cap);
    r->out->row[r->out->n++] = (km_place_mark){
        .day = km_instant_day((km_instant){ m->at, m->off_min }),
        .kind = (km_kind)m->kind, .intensity = m->intensity,
    };
    return KM_OK;
}

km_status km_app_place_marks(km_place_marks *out, km_app *app, const km_place *place, int kind,
                             km_error *err)
{
    *out = (km_place_marks){ .n = 0 };
    place_reader r = { .out = out, .place = place, .kind = kind, .store = app->store };
    int64_t client = 0;
    km_status st = km_app_client_id(&client, app, err);

    if (st == KM_OK)
        st = km_store_events_each(app->store, client, INT64_MIN, INT64_MAX, take_place_mark, &r, err);
    if (st != KM_OK)
        km_place_marks_clear(out);
    return st;
}

void km_place_marks_clear(km_place_marks *l)
{
    free(l->row);
    *l = (km_place_marks){ .n = 0 };
}

void km_life_list_clear(km_life_list *l)
{
    free(l->row);
    km_arena_clear(&l->mem);
    *l = (km_life_list){ .n = 0 };
}

/* ---- what comes back ---- */

/* Times to resolve of the treated or the untreated among some episodes. */
static km_survival survival_of(const km_episode *e, size_t n, bool treated, km_day today)
{
    km_episode *chosen = km_calloc(n + 1, sizeof *chosen);
    size_t k = 0;

    for (size_t i = 0; i < n; i++) {
        if (e[i].treated == treated)
            chosen[k++] = e[i];
    }
    km_survival s = km_trend_survival(chosen, k, today);
    free(chosen);
    return s;
}

static int most_episodes_first(const void *a, const void *b)
{
    const km_recurrence *x = a, *y = b;
    if (x->episodes != y->episodes)
        return y->episodes - x->episodes;
    const char *code[2] = { x->place.muscle ? x->place.muscle : x->place.region,
                            y->place.muscle ? y->place.muscle : y->place.region };
    int names = strcmp(code[0], code[1]);
    if (names != 0)
        return names;
    if (x->place.side != y->place.side)
        return (int)x->place.side - (int)y->place.side;
    return x->place.tp != y->place.tp ? x->place.tp - y->place.tp : (int)x->kind - (int)y->kind;
}

static km_recurrence recurrence_of(const km_places *p, const km_episode *e, size_t n)
{
    km_recurrence r = { .place = p->place[e->key], .kind = p->kind[e->key], .episodes = (int)n,
                        .open = !e[n - 1].resolved };
    double *gap = km_calloc(n, sizeof *gap);
    size_t gaps = 0;

    for (size_t i = 0; i < n; i++) {
        if (e[i].gap_before >= 0)
            gap[gaps++] = e[i].gap_before;
    }
    r.interval = floor(km_trend_spread(gap, gaps).median + 0.5);
    free(gap);
    r.treated = survival_of(e, n, true, p->today);
    r.untreated = survival_of(e, n, false, p->today);
    r.has_next = gaps > 0 && !r.open;
    if (r.has_next)
        r.next = e[n - 1].last + (km_day)r.interval;
    return r;
}

void km_places_recurrence(km_recurrence_list *out, const km_places *p)
{
    *out = (km_recurrence_list){ .row = km_calloc((size_t)p->n + 1, sizeof *out->row) };
    for (size_t i = 0; i < p->n_episode;) {
        size_t end = i;
        while (end < p->n_episode && p->episode[end].key == p->episode[i].key)
            end++;
        out->row[out->n++] = recurrence_of(p, &p->episode[i], end - i);
        i = end;
    }
    qsort(out->row, out->n, sizeof *out->row, most_episodes_first);
}

km_status km_app_recurrence(km_recurrence_list *out, km_app *app, km_silence silence, km_error *err)
{
    *out = (km_recurrence_list){ .n = 0 };
    km_places p;
    km_status st = km_places_load(&p, app, NULL, silence, err);

    if (st != KM_OK)
        return st;
    km_places_recurrence(out, &p);
    km_places_clear(&p);
    return KM_OK;
}

km_status km_app_comes_back(km_life_list *lives, km_recurrence_list *recurrence, km_app *app,
                            km_silence silence, km_error *err)
{
    *lives = (km_life_list){ .n = 0 };
    *recurrence = (km_recurrence_list){ .n = 0 };
    km_places p;
    km_status st = km_places_load(&p, app, NULL, silence, err);

    if (st != KM_OK)
        return st;
    km_places_lives(lives, &p);
    km_places_recurrence(recurrence, &p);
    km_places_clear(&p);
    return KM_OK;
}

void km_recurrence_list_clear(km_recurrence_list *l)
{
    free(l->row);
    km_arena_clear(&l->mem);
    *l = (km_recurrence_list){ .n = 0 };
}

km_status km_app_resolve_times(km_survival *treated, km_survival *untreated, km_app *app,
                               km_silence silence, km_error *err)
{
    km_places p;
    km_status st = km_places_load(&p, app, NULL, silence, err);

    if (st != KM_OK)
        return st;
    *treated = survival_of(p.episode, p.n_episode, true, p.today);
    *untreated = survival_of(p.episode, p.n_episode, false, p.today);
    km_places_clear(&p);
    return KM_OK;
}

/* ---- what goes together ---- */

#define PAIRS_MOST 100
#define PAIRS_BOTH 2
#define PAIRS_SHARE 0.2 /* less is what any two places of one body have */

static int by_first(const void *a, const void *b)
{
    const km_episode *x = a, *y = b;
    if (x->key != y->key)
        return x->key < y->key ? -1 : 1;
    return x->first != y->first ? (x->first < y->first ? -1 : 1) : 0;
}

/* When places were open, whichever kinds of mark they had: `out` has room for all episodes. */
static size_t open_spots(km_episode *out, const km_places *p)
{
    size_t n = 0;

    for (size_t i = 0; i < p->n_episode; i++) {
        out[i] = p->episode[i];
        out[i].key = p->spot[out[i].key];
        if (!out[i].resolved)
            out[i].last = p->today;
    }
    qsort(out, p->n_episode, sizeof *out, by_first);
    for (size_t i = 0; i < p->n_episode; i++) {
        km_episode *one = n > 0 ? &out[n - 1] : NULL;
        if (!one || one->key != out[i].key || out[i].first > one->last) {
            out[n++] = out[i];
            continue;
        }
        one->last = out[i].last > one->last ? out[i].last : one->last;
        one->resolved = one->resolved && out[i].resolved;
    }
    return n;
}

void km_places_pairs(km_pair_list *out, const km_places *p)
{
    km_together pair[PAIRS_MOST];
    km_episode *open = km_calloc(p->n_episode + 1, sizeof *open);
    size_t n = km_trend_together(pair, PAIRS_MOST, open, open_spots(open, p), p->today, PAIRS_BOTH);

    free(open);

    *out = (km_pair_list){ .row = km_calloc(n + 1, sizeof *out->row) };
    for (size_t i = 0; i < n; i++) {
        const km_place *a = &p->place[pair[i].a], *b = &p->place[pair[i].b];
        if (pair[i].share < PAIRS_SHARE)
            break;
        out->row[out->n++] = (km_pair){ *a, *b, pair[i].both, pair[i].share };
    }
}

km_status km_app_pairs(km_pair_list *out, km_app *app, km_error *err)
{
    *out = (km_pair_list){ .n = 0 };
    km_places p;
    km_status st = km_places_load(&p, app, NULL, KM_SILENCE_GAP, err);

    if (st != KM_OK)
        return st;
    km_places_pairs(out, &p);
    km_places_clear(&p);
    return KM_OK;
}

void km_pair_list_clear(km_pair_list *l)
{
    free(l->row);
    km_arena_clear(&l->mem);
    *l = (km_pair_list){ .n = 0 };
}
