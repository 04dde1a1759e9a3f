/* What follows training by one to three days, tested against chance. */
#include "history_impl.h"

#include <stdlib.h>
#include <string.h>

#define FOLLOW_DAYS   730     /* habits change: two years are looked at */
#define FOLLOW_MARKS  6       /* days with a mark a region needs to be tested */
#define FOLLOW_ROUNDS 10000
#define FOLLOW_SEED   20261120
#define FOLLOW_FALSE  0.05    /* share of false ones among those shown */
#define LOAD_DAYS     28
#define OFFSET_DAYS   2       /* what two places of writing may differ by */

/* Days of one thing: a kind of session, or a region. */
typedef struct days {
    const char *name;
    km_day *day;
    size_t n, cap;
} days;

typedef struct collection {
    days *row;
    size_t n, cap;
} collection;

typedef struct follow {
    km_app *app;
    km_follow_list *out;
    collection session, region;
    km_day first, today;
} follow;

static void put_day(follow *f, collection *c, const char *name, km_day day)
{
    days *d = NULL;

    for (size_t i = 0; i < c->n && d == NULL; i++) {
        if (strcmp(c->row[i].name, name) == 0)
            d = &c->row[i];
    }
    if (d == NULL) {
        KM_GROW(c->row, c->n, c->cap);
        d = &c->row[c->n++];
        *d = (days){ .name = km_arena_strdup(&f->out->mem, name) };
    }
    KM_GROW(d->day, d->n, d->cap);
    d->day[d->n++] = day;
    f->first = day < f->first ? day : f->first;
}

static void collection_clear(collection *c)
{
    for (size_t i = 0; i < c->n; i++)
        free(c->row[i].day);
    free(c->row);
}

/* A session stands under its kind, its goal and each muscle it worked. */
static km_status take_session(void *ctx, const km_session *s, km_error *err)
{
    follow *f = ctx;
    km_day day = km_instant_day(s->started);
    const char *kind = km_word(KM_VOCAB_SESSION, (int)s->kind);
    km_buf name = { 0 };

    (void)err;
    if (day < f->today - FOLLOW_DAYS - OFFSET_DAYS)
        return KM_ECANCELLED; /* they come newest first */
    if (day <= f->today - FOLLOW_DAYS || day > f->today)
        return KM_OK;
    put_day(f, &f->session, kind, day);
    if (s->goal && *s->goal) {
        km_buf_printf(&name, "%s: %s", kind, s->goal);
        put_day(f, &f->session, name.s, day);
    }
    for (const char *p = s->muscles; p && *p;) {
        size_t n = strcspn(p, ";");
        km_buf_reset(&name);
        km_buf_printf(&name, "%s: %.*s", kind, (int)n, p);
        if (n > 0)
            put_day(f, &f->session, name.s, day);
        p += n;
        p += *p == ';';
    }
    km_buf_clear(&name);
    return KM_OK;
}

static km_status take_mark(void *ctx, const km_store_sample *m, km_error *err)
{
    follow *f = ctx;
    km_place p;
    km_status st = km_store_place(&p, f->app->store, m->place, err);

    if (st == KM_OK && p.region && m->intensity != 0)
        put_day(f, &f->region, p.region, km_instant_day((km_instant){ m->at, m->off_min }));
    return st;
}

static int by_chance(const void *a, const void *b)
{
    const km_follow *x = a, *y = b;
    if (x->lag.p != y->lag.p)
        return x->lag.p < y->lag.p ? -1 : 1;
    double rise[2] = { x->lag.after - x->lag.otherwise, y->lag.after - y->lag.otherwise };
    if (rise[0] != rise[1])
        return rise[0] > rise[1] ? -1 : 1;
    int names = strcmp(x->session, y->session);
    return names != 0 ? names : strcmp(x->region, y->region);
}

/* Keep those that hold although so many were tried (Benjamini and Hochberg 1995). */
static void keep_holding(km_follow_list *l)
{
    size_t keep = 0;

    qsort(l->row, l->n, sizeof *l->row, by_chance);
    for (size_t i = 0; i < l->n; i++) {
        if (l->row[i].lag.p <= FOLLOW_FALSE * (double)(i + 1) / l->tried)
            keep = i + 1;
    }
    l->n = keep;
}

static void test_pairs(follow *f)
{
    km_follow_list *out = f->out;
    size_t cap = 0;

    for (size_t s = 0; s < f->session.n; s++) {
        const days *session = &f->session.row[s];
        if (session->n < KM_LAG_SESSIONS)
            continue;
        km_lag_test *test = km_lag_test_new(session->day, session->n, f->first, f->today,
                                            FOLLOW_ROUNDS, FOLLOW_SEED);
        for (size_t r = 0; r < f->region.n; r++) {
            const days *region = &f->region.row[r];
            if (region->n < FOLLOW_MARKS)
                continue;
            km_lag lag = km_lag_test_of(test, region->day, region->n);
            if (lag.sessions < KM_LAG_SESSIONS)
                continue;
            out->tried++;
            if (!lag.holds)
                continue;
            KM_GROW(out->row, out->n, cap);
            out->row[out->n++] = (km_follow){ session->name, region->name, lag };
        }
        km_lag_test_free(test);
    }
    if (out->n > 0)
        keep_holding(out);
}

km_status km_app_follow(km_follow_list *out, km_app *app, km_error *err)
{
    *out = (km_follow_list){ .n = 0 };
    follow f = { .app = app, .out = out };
    km_instant now;
    int64_t client = 0;
    km_status st = km_now(&now, err);

    if (st == KM_OK)
        st = km_app_client_id(&client, app, err);
    if (st == KM_OK) {
        f.today = f.first = km_instant_day(now);
        st = km_store_sessions_each(app->store, client, 0, take_session, &f, err);
        if (st == KM_ECANCELLED)
            st = KM_OK;
    }
    if (st == KM_OK)
        st = km_store_samples(app->store, client, now.sec - (int64_t)FOLLOW_DAYS * KM_DAY_SEC,
                              now.sec + 1, take_mark, &f, err);
    if (st == KM_OK)
        test_pairs(&f);
    collection_clear(&f.session);
    collection_clear(&f.region);
    if (st != KM_OK)
        km_follow_list_clear(out);
    return st;
}

void km_follow_list_clear(km_follow_list *l)
{
    free(l->row);
    km_arena_clear(&l->mem);
    *l = (km_follow_list){ .n = 0 };
}

km_status km_app_session_times(km_app *app, km_session_time_fn fn, void *ctx, km_error *err)
{
    int64_t client = 0;
    km_status st = km_app_client_id(&client, app, err);
    return st == KM_OK ? km_store_session_times(app->store, client, fn, ctx, err) : st;
}

typedef struct loads {
    km_day from;
    km_load_day *day;
    size_t n, cap;
} loads;

static km_status take_load(void *ctx, const km_session *s, km_error *err)
{
    loads *l = ctx;
    int load = km_session_load(s);

    (void)err;
    if (km_instant_day(s->started) < l->from)
        return KM_ECANCELLED; /* they come newest first */
    if (load >= 0) {
        KM_GROW(l->day, l->n, l->cap);
        l->day[l->n++] = (km_load_day){ km_instant_day(s->started), load };
    }
    return KM_OK;
}

km_status km_app_load(km_load *out, km_app *app, km_error *err)
{
    loads l = { .n = 0 };
    km_instant now;
    int64_t client = 0;
    km_status st = km_now(&now, err);

    l.from = km_instant_day(now) - LOAD_DAYS - OFFSET_DAYS;
    if (st == KM_OK)
        st = km_app_client_id(&client, app, err);
    if (st == KM_OK)
        st = km_store_sessions_each(app->store, client, 0, take_load, &l, err);
    if (st == KM_OK || st == KM_ECANCELLED)
        *out = km_trend_load(l.day, l.n, km_instant_day(now));
    free(l.day);
    return st == KM_ECANCELLED ? KM_OK : st;
}
