/* Series of ratings by place, region, muscle, kind, client or all. */
#include "history_impl.h"

#include <limits.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

const char *km_by_word(km_by b)
{
    static const char *const word[] = { "place", "region", "muscle", "kind", "client", "all" };
    return word[b];
}

km_trend_ask km_trend_ask_all(void)
{
    return (km_trend_ask){ .by = KM_BY_PLACE, .bucket = KM_BUCKET_WEEK, .kind = -1 };
}

/* ---- what is asked for ---- */

void km_ask_span(int64_t *since, int64_t *until, const km_trend_ask *ask)
{
    /* no place is a day away from another */
    *since = ask->has_since ? ask->since.sec - (ask->since_day ? KM_DAY_SEC : 0) : INT64_MIN;
    *until = ask->has_until ? ask->until.sec + (ask->until_day ? KM_DAY_SEC : 0) : INT64_MAX;
}

/* By the clock at the place of each when the bound is a day. */
static bool before(int64_t at, int off_min, const km_instant *bound, bool day)
{
    return day ? at + 60 * off_min < bound->sec + 60 * bound->off_min : at < bound->sec;
}

bool km_ask_in(const km_trend_ask *ask, int64_t at, int off_min)
{
    if (ask->has_since && before(at, off_min, &ask->since, ask->since_day))
        return false;
    return !ask->has_until || before(at, off_min, &ask->until, ask->until_day);
}

static bool is_muscle(const km_atlas *a, int muscle, const km_place *p)
{
    return p->muscle && strcmp(a->muscle[muscle].code, p->muscle) == 0;
}

static bool ref_has(const km_ref *ref, const km_atlas *a, const km_place *p)
{
    if (!ref->side_open && ref->side != p->side)
        return false;
    switch (ref->kind) {
    case KM_REF_REGION:
        return p->region && strcmp(a->region[ref->index].code, p->region) == 0;
    case KM_REF_MUSCLE:
        return is_muscle(a, ref->index, p) && (ref->point < 0 || a->point[ref->point].tp == p->tp);
    case KM_REF_GROUP:
        for (int i = 0; i < a->group[ref->index].n_muscle; i++) {
            if (is_muscle(a, a->group[ref->index].muscle[i], p))
                return true;
        }
    }
    return false;
}

bool km_ask_has(const km_trend_ask *ask, const km_atlas *a, const km_place *p)
{
    for (size_t i = 0; i < ask->n_place; i++) {
        if (ref_has(&ask->place[i], a, p))
            return true;
    }
    return ask->n_place == 0;
}

const char *km_place_code(km_arena *mem, const km_place *p)
{
    if (!p->muscle)
        return p->region;
    return p->tp ? km_arena_printf(mem, "%s:%d", p->muscle, p->tp) : p->muscle;
}

/* ---- days of a key ---- */

/*
 * The ratings of one day in eight bytes: a million marks of ten years over all regions must not
 * take more memory than the program has.
 */
typedef struct cell {
    uint32_t n_max;         /* number << 4 | highest */
    uint32_t sum;
} cell;

enum { PAGE_DAYS = 64, NO_KEY = -1, UNSEEN = -2 };

typedef struct key_days {
    const char *key;
    km_side side;
    bool sided;
    int64_t client_id;      /* by client only */
    int64_t last_at;
    int32_t last_place;
    km_day last;
    int now;
    cell **page;            /* pages of PAGE_DAYS days from page number `first` on */
    int first, n_page;
} key_days;

typedef struct gathering {
    km_app *app;
    const km_trend_ask *ask;
    int8_t *stands;         /* last rating by place * KM_KIND_COUNT + kind, of one client, whose
                               ratings come by time; NULL of several */
    int32_t *of_place;      /* index of the key of a place, NO_KEY, UNSEEN */
    int64_t n_place;
    int32_t of_kind[KM_KIND_COUNT];
    int32_t last_client;
    key_days *key;
    size_t n, cap;
    km_arena mem;
} gathering;

static void page_grow(key_days *k, int page)
{
    int first = k->n_page == 0 || page < k->first ? page : k->first;
    int end = k->n_page == 0 || page >= k->first + k->n_page ? page + 1 : k->first + k->n_page;
    /* years are added at the end again and again: leave room there */
    if (k->n_page > 0 && page >= k->first + k->n_page)
        end += k->n_page / 2;
    cell **grown = km_calloc((size_t)(end - first), sizeof(cell *));
    for (int i = 0; i < k->n_page; i++)
        grown[k->first - first + i] = k->page[i];
    free(k->page);
    k->page = grown;
    k->first = first;
    k->n_page = end - first;
}

static void add_rating(key_days *k, const km_store_rating *r)
{
    int64_t local = r->at + 60 * (int64_t)r->off_min;
    km_day day = (km_day)(local >= 0 ? local / KM_DAY_SEC
                                     : -((-local + KM_DAY_SEC - 1) / KM_DAY_SEC));
    int page = day >= 0 ? day / PAGE_DAYS : -((-day + PAGE_DAYS - 1) / PAGE_DAYS);

    if (page < k->first || page >= k->first + k->n_page)
        page_grow(k, page);
    cell **p = &k->page[page - k->first];
    if (*p == NULL)
        *p = km_calloc(PAGE_DAYS, sizeof **p);
    cell *c = &(*p)[day - page * PAGE_DAYS];
    uint32_t value = (uint32_t)r->intensity;
    uint32_t most = c->n_max & 15;
    c->n_max = (c->n_max & ~15u) + 16 + (value > most ? value : most);
    c->sum += value;
    if (r->at >= k->last_at) {
        k->last_at = r->at;
        k->last_place = r->place;
        k->last = day;
        k->now = r->intensity;
    }
}

static int32_t key_add(gathering *g, const char *key, km_side side, bool sided)
{
    for (size_t i = 0; i < g->n; i++) {
        if (g->key[i].side == side && strcmp(g->key[i].key, key) == 0)
            return (int32_t)i;
    }
    KM_GROW(g->key, g->n, g->cap);
    g->key[g->n] = (key_days){ .key = key, .side = side, .sided = sided, .last_at = INT64_MIN };
    return (int32_t)g->n++;
}

/* The key a place counts for, asked once a place. */
static km_status key_of_place(int32_t *out, gathering *g, int32_t place, km_error *err)
{
    km_place p;
    km_status st = km_store_place(&p, g->app->store, place, err);

    if (st != KM_OK)
        return st;
    *out = NO_KEY;
    if (!km_ask_has(g->ask, g->app->atlas, &p))
        return KM_OK;
    switch (g->ask->by) {
    case KM_BY_PLACE:
        *out = key_add(g, km_place_code(&g->mem, &p), p.side, true);
        break;
    case KM_BY_REGION:
        if (p.region)
            *out = key_add(g, p.region, p.side, true);
        break;
    case KM_BY_MUSCLE:
        if (p.muscle)
            *out = key_add(g, p.muscle, p.side, true);
        break;
    default:
        *out = 0; /* counted, by something that is no place */
        break;
    }
    return KM_OK;
}

static km_status key_of_client(int32_t *out, gathering *g, int64_t client_id, km_error *err)
{
    const char *name = NULL;

    *out = g->last_client;
    if (g->last_client >= 0 && g->key[g->last_client].client_id == client_id)
        return KM_OK;
    km_status st = km_store_client_name(&name, &g->mem, g->app->store, client_id, err);
    if (st != KM_OK)
        return st;
    *out = g->last_client = key_add(g, name, KM_SIDE_MIDLINE, false);
    g->key[*out].client_id = client_id;
    return KM_OK;
}

static km_status gather(void *ctx, const km_store_rating *r, km_error *err)
{
    gathering *g = ctx;
    km_status st = KM_OK;

    if (!km_ask_in(g->ask, r->at, r->off_min))
        return KM_OK;
    if (r->place < 1 || r->place > g->n_place)
        return km_fail(err, KM_EDATA, "a mark names a place that is not there");
    int32_t at = g->of_place[r->place];
    if (at == UNSEEN) {
        st = key_of_place(&at, g, r->place, err);
        if (st != KM_OK)
            return st;
        g->of_place[r->place] = at;
    }
    if (at == NO_KEY)
        return KM_OK;
    if (g->ask->by == KM_BY_KIND) {
        int32_t *of = &g->of_kind[r->group];
        if (*of < 0)
            *of = key_add(g, km_word(KM_VOCAB_KIND, (int)r->group), KM_SIDE_MIDLINE, false);
        at = *of;
    } else if (g->ask->by == KM_BY_CLIENT) {
        st = key_of_client(&at, g, r->group, err);
    } else if (g->ask->by == KM_BY_ALL) {
        at = g->n > 0 ? 0 : key_add(g, "all", KM_SIDE_MIDLINE, false);
    }
    if (st != KM_OK)
        return st;
    add_rating(&g->key[at], r);
    if (g->stands)
        g->stands[(size_t)r->place * KM_KIND_COUNT + (size_t)r->group] = r->intensity;
    return KM_OK;
}

/* What a series of one client is at now: the strongest of its places, for one may be gone. */
static void set_now(gathering *g)
{
    for (size_t i = 0; g->stands && i < g->n; i++)
        g->key[i].now = 0;
    for (size_t i = 0; g->stands && i < (size_t)(g->n_place + 1) * KM_KIND_COUNT; i++) {
        if (g->stands[i] == 0)
            continue; /* gone, or never rated */
        key_days *k = &g->key[g->ask->by == KM_BY_ALL    ? 0
                              : g->ask->by == KM_BY_KIND ? g->of_kind[i % KM_KIND_COUNT]
                                                         : g->of_place[i / KM_KIND_COUNT]];
        k->now = g->stands[i] > k->now ? g->stands[i] : k->now;
    }
}

static km_status gather_all(gathering *g, km_error *err)
{
    const km_trend_ask *ask = g->ask;
    km_store_rating_ask want = { .kind = ask->kind };
    km_status st = ask->all_clients ? KM_OK : km_app_client_id(&want.client_id, g->app, err);

    want.group = ask->by == KM_BY_CLIENT ? KM_STORE_GROUP_CLIENT
                 : ask->by == KM_BY_KIND || !ask->all_clients ? KM_STORE_GROUP_KIND
                                                              : KM_STORE_GROUP_NONE;
    km_ask_span(&want.since, &want.until, ask);
    if (st == KM_OK)
        st = km_store_place_max(&g->n_place, g->app->store, err);
    if (st != KM_OK)
        return st;
    g->of_place = km_calloc((size_t)g->n_place + 1, sizeof *g->of_place);
    if (!ask->all_clients && ask->by != KM_BY_CLIENT)
        g->stands = km_calloc((size_t)(g->n_place + 1) * KM_KIND_COUNT, sizeof *g->stands);
    for (int64_t i = 0; i <= g->n_place; i++)
        g->of_place[i] = UNSEEN;
    for (int i = 0; i < KM_KIND_COUNT; i++)
        g->of_kind[i] = NO_KEY;
    g->last_client = NO_KEY;
    st = km_store_ratings_each(g->app->store, &want, gather, g, err);
    if (st == KM_OK)
        set_now(g);
    return st;
}

static void gathering_clear(gathering *g)
{
    for (size_t i = 0; i < g->n; i++) {
        for (int p = 0; p < g->key[i].n_page; p++)
            free(g->key[i].page[p]);
        free(g->key[i].page);
    }
    free(g->key);
    free(g->of_place);
    free(g->stands);
    km_arena_clear(&g->mem);
}

static int by_newest(const void *a, const void *b)
{
    const key_days *x = a, *y = b;
    if (x->last_at != y->last_at)
        return x->last_at > y->last_at ? -1 : 1;
    int names = strcmp(x->key, y->key);
    return names != 0 ? names : (int)x->side - (int)y->side;
}

/* What hurts most comes first, what is gone last. */
static int by_strongest(const void *a, const void *b)
{
    const key_days *x = a, *y = b;
    return x->now != y->now ? y->now - x->now : by_newest(a, b);
}

/* The days of a key as the trend room wants them; its pages are given back on the way. */
static size_t days_of(km_rated_day **out, size_t *cap, key_days *k)
{
    size_t n = 0;

    for (int p = 0; p < k->n_page; p++) {
        for (int i = 0; k->page[p] && i < PAGE_DAYS; i++) {
            const cell *c = &k->page[p][i];
            if (c->n_max == 0)
                continue;
            KM_GROW(*out, n, *cap);
            (*out)[n++] = (km_rated_day){ .day = (k->first + p) * PAGE_DAYS + i,
                                          .n = (int32_t)(c->n_max >> 4),
                                          .sum = (int32_t)c->sum,
                                          .max = (int8_t)(c->n_max & 15) };
        }
        free(k->page[p]);
        k->page[p] = NULL;
    }
    return n;
}

/* How far silence is known: to today, or to the last day that is asked for. */
static km_day last_known(const km_trend_ask *ask, km_instant now)
{
    km_day today = km_instant_day(now), last = today;

    if (ask->has_until)
        last = km_instant_day(ask->until) - (ask->until_day ? 1 : 0);
    return last < today ? last : today;
}

km_status km_app_trend_each(km_app *app, const km_trend_ask *ask, km_trend_fn fn, void *ctx,
                            km_error *err)
{
    gathering g = { .app = app, .ask = ask };
    km_rated_day *day = NULL;
    km_bucket_row *row = NULL;
    km_instant now;
    size_t cap_day = 0, cap_row = 0;
    km_status st = km_now(&now, err);

    if (st != KM_OK)
        return st;
    const km_series_ask series = { .bucket = ask->bucket, .silence = ask->silence,
                                   .through = last_known(ask, now), .newest = ask->newest };
    st = gather_all(&g, err);

    if (st == KM_OK && g.n > 0)
        qsort(g.key, g.n, sizeof *g.key, g.stands ? by_strongest : by_newest);
    for (size_t i = 0; st == KM_OK && i < g.n; i++) {
        size_t n = days_of(&day, &cap_day, &g.key[i]);
        size_t rows = km_trend_series_rows(day, n, &series);
        if (rows > cap_row) {
            row = km_realloc(row, rows, sizeof *row);
            cap_row = rows;
        }
        rows = km_trend_series_days(row, rows, day, n, &series);
        km_trend_key key = { .key = g.key[i].key, .side = g.key[i].side,
                             .sided = g.key[i].sided, .row = row, .n = rows,
                             .first = day[0].day,
                             .last = g.key[i].last, .now = g.key[i].now,
                             .gone = g.stands && g.key[i].now == 0 };
        for (size_t d = 0; d < n; d++) {
            key.ratings += day[d].n;
            key.most = day[d].max > key.most ? day[d].max : key.most;
        }
        st = km_store_place(&key.place, app->store, g.key[i].last_place, err);
        if (st == KM_OK)
            st = fn(ctx, &key, err);
    }
    free(day);
    free(row);
    gathering_clear(&g);
    return st;
}

typedef struct trend_sink {
    km_trend_result *out;
    size_t cap;
} trend_sink;

static km_status take_key(void *ctx, const km_trend_key *key, km_error *err)
{
    trend_sink *s = ctx;
    km_trend_result *r = s->out;

    (void)err;
    KM_GROW(r->key, r->n, s->cap);
    km_trend_key *k = &r->key[r->n++];
    *k = *key;
    k->key = km_arena_strdup(&r->mem, key->key);
    k->row = km_arena_alloc(&r->mem, key->n * sizeof *k->row);
    memcpy(k->row, key->row, key->n * sizeof *k->row);
    return KM_OK;
}

km_status km_app_trend(km_trend_result *out, km_app *app, const km_trend_ask *ask, km_error *err)
{
    *out = (km_trend_result){ .n = 0 };
    trend_sink sink = { .out = out };
    km_status st = km_app_trend_each(app, ask, take_key, &sink, err);

    if (st != KM_OK)
        km_trend_result_clear(out);
    return st;
}

void km_trend_result_clear(km_trend_result *r)
{
    free(r->key);
    km_arena_clear(&r->mem);
    *r = (km_trend_result){ .n = 0 };
}

/* ---- days with and without a recovery session ---- */

typedef struct day_set {
    km_day *day;
    size_t n, cap;
} day_set;

static km_status take_recovery(void *ctx, const km_session_time *s, km_error *err)
{
    day_set *d = ctx;

    (void)err;
    if (s->kind == KM_SESSION_RECOVERY) {
        KM_GROW(d->day, d->n, d->cap);
        d->day[d->n++] = km_instant_day(s->started);
    }
    return KM_OK;
}

static int by_day(const void *a, const void *b)
{
    km_day x = *(const km_day *)a, y = *(const km_day *)b;
    return (x > y) - (x < y);
}

static bool in_set(const day_set *d, km_day day)
{
    return d->n > 0 && bsearch(&day, d->day, d->n, sizeof day, by_day) != NULL;
}

km_status km_app_recovery_split(km_split *out, km_app *app, const km_trend_ask *ask, km_error *err)
{
    km_trend_ask all = *ask;
    gathering g = { .app = app, .ask = &all };
    day_set recovery = { 0 };
    km_rated_day *day = NULL;
    size_t cap = 0, n = 0, with = 0, without = 0;
    int64_t client = 0;

    all.by = KM_BY_ALL;
    all.all_clients = false;
    km_status st = km_app_client_id(&client, app, err);
    if (st == KM_OK)
        st = km_store_session_times(app->store, client, take_recovery, &recovery, err);
    if (recovery.n > 0) /* two places of writing may turn the order of their days */
        qsort(recovery.day, recovery.n, sizeof *recovery.day, by_day);
    if (st == KM_OK)
        st = gather_all(&g, err);
    if (st == KM_OK && g.n > 0)
        n = days_of(&day, &cap, &g.key[0]);
    double *value = km_calloc(2 * n + 1, sizeof *value);
    for (size_t i = 0; i < n; i++) {
        double mean = (double)day[i].sum / day[i].n;
        if (in_set(&recovery, day[i].day))
            value[n + with++] = mean;
        else
            value[without++] = mean;
    }
    out->judge = km_judge_ratings(value, without, value + n, with, 0.05);
    if (with < KM_SPLIT_DAYS || without < KM_SPLIT_DAYS) {
        out->judge.verdict = KM_VERDICT_TOO_FEW;
        out->judge.size = KM_SIZE_NONE;
        out->judge.needed = (with < KM_SPLIT_DAYS ? KM_SPLIT_DAYS - (int)with : 0) +
                            (without < KM_SPLIT_DAYS ? KM_SPLIT_DAYS - (int)without : 0);
    }
    free(value);
    free(day);
    free(recovery.day);
    gathering_clear(&g);
    return st;
}
