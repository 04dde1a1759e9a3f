/* Places held against a flexibility test: the ratings of one beside the values of the other. */
#include "care_impl.h"

#include "knotmap/time.h"

#include <stdlib.h>
#include <string.h>

/* What was rated or measured for one pair on a day. */
typedef struct entry {
    size_t pair;
    km_day day;
    bool is_test;
    double value;           /* the sum, until days are joined */
    int n;
} entry;

typedef struct pairing {
    km_app *app;
    km_paired_list *out;
    int32_t *place;         /* key of each pair's place */
    entry *row;
    size_t n, cap, cap_pair, cap_place;
} pairing;

static km_status take_link(void *ctx, int32_t place, const char *test, km_side side, km_error *err)
{
    pairing *w = ctx;
    km_paired_list *l = w->out;
    km_paired p = { .side = side };

    if (!km_measure_get(&p.test, w->app->atlas, test))
        return KM_OK; /* a test of another knotmap's tables */
    km_status st = km_store_place(&p.place, w->app->store, place, err);
    if (st != KM_OK)
        return st;
    size_t n = l->n;
    KM_GROW(l->row, l->n, w->cap_pair);
    KM_GROW(w->place, n, w->cap_place);
    w->place[l->n] = place;
    l->row[l->n++] = p;
    return KM_OK;
}

static void put_entry(pairing *w, size_t pair, km_day day, bool is_test, double value)
{
    KM_GROW(w->row, w->n, w->cap);
    w->row[w->n++] = (entry){ pair, day, is_test, value, 1 };
}

static km_status take_rating(void *ctx, const km_store_rating *r, km_error *err)
{
    pairing *w = ctx;

    (void)err;
    for (size_t i = 0; i < w->out->n; i++) {
        if (w->place[i] == r->place)
            put_entry(w, i, km_instant_day((km_instant){ r->at, r->off_min }), false, r->intensity);
    }
    return KM_OK;
}

static km_status take_checkin(void *ctx, const km_checkin *c, km_error *err)
{
    pairing *w = ctx;

    (void)err;
    for (size_t i = 0; i < w->out->n; i++) {
        const km_paired *p = &w->out->row[i];
        for (int k = 0; k < c->n_flex; k++) {
            if (c->flex[k].side == p->side && strcmp(c->flex[k].test, p->test.code) == 0)
                put_entry(w, i, km_instant_day(c->at), true, c->flex[k].value);
        }
    }
    return KM_OK;
}

static int by_pair_and_day(const void *a, const void *b)
{
    const entry *x = a, *y = b;
    if (x->pair != y->pair)
        return x->pair < y->pair ? -1 : 1;
    if (x->is_test != y->is_test)
        return x->is_test ? 1 : -1;
    return (x->day > y->day) - (x->day < y->day);
}

/* Entries of one day become its mean. */
static void join_days(pairing *w)
{
    size_t n = 0;

    if (w->n > 0)
        qsort(w->row, w->n, sizeof *w->row, by_pair_and_day);
    for (size_t i = 0; i < w->n; i++) {
        if (n > 0 && by_pair_and_day(&w->row[n - 1], &w->row[i]) == 0) {
            w->row[n - 1].value += w->row[i].value;
            w->row[n - 1].n++;
        } else {
            w->row[n++] = w->row[i];
        }
    }
    w->n = n;
    for (size_t i = 0; i < n; i++)
        w->row[i].value /= w->row[i].n;
}

/*
 * The first fortnight's ratings against the newest fortnight's; where these would overlap, each
 * side gets its half of the time.
 */
static km_judgement judge(const entry *e, size_t n)
{
    double before[KM_JUDGE_WINDOW], after[KM_JUDGE_WINDOW];
    size_t n_before = 0, n_after = 0;
    km_day first = n ? e[0].day : 0, last = n ? e[n - 1].day : 0;
    km_day half = first + (last - first) / 2;
    km_day until = half < first + KM_JUDGE_WINDOW - 1 ? half : first + KM_JUDGE_WINDOW - 1;
    km_day from = half + 1 > last - KM_JUDGE_WINDOW + 1 ? half + 1 : last - KM_JUDGE_WINDOW + 1;

    for (size_t i = 0; i < n; i++) {
        if (e[i].day <= until)
            before[n_before++] = e[i].value;
        else if (e[i].day >= from)
            after[n_after++] = e[i].value;
    }
    return km_judge_ratings(before, n_before, after, n_after, 0.05);
}

static void fill(km_paired *p, const entry *rating, size_t n_rating, const entry *test,
                 size_t n_test)
{
    p->n_rating = (int)n_rating;
    p->n_test = (int)n_test;
    for (size_t i = 0, k = 0; i < n_rating && k < n_test;) {
        p->n_both += rating[i].day == test[k].day;
        bool earlier = rating[i].day <= test[k].day, later = rating[i].day >= test[k].day;
        i += earlier;
        k += later;
    }
    p->judge = judge(rating, n_rating);
    if (n_rating > 0)
        p->rating = (km_paired_span){ rating[0].value, rating[n_rating - 1].value, rating[0].day,
                                      rating[n_rating - 1].day };
    if (n_test > 0)
        p->value = (km_paired_span){ test[0].value, test[n_test - 1].value, test[0].day,
                                     test[n_test - 1].day };
    p->verdict = n_test > 1 ? km_judge_measure(&p->test, p->value.first, p->value.last)
                            : KM_VERDICT_TOO_FEW;
}

static void fill_all(pairing *w)
{
    size_t at = 0;

    join_days(w);
    for (size_t i = 0; i < w->out->n; i++) {
        size_t rating = at;
        while (at < w->n && w->row[at].pair == i && !w->row[at].is_test)
            at++;
        size_t test = at;
        while (at < w->n && w->row[at].pair == i)
            at++;
        fill(&w->out->row[i], w->row + rating, test - rating, w->row + test, at - test);
    }
}

km_status km_app_paired(km_paired_list *out, km_app *app, km_day since, km_error *err)
{
    *out = (km_paired_list){ .n = 0 };
    pairing w = { .app = app, .out = out };
    km_store_rating_ask ask = { .kind = -1, .until = INT64_MAX, .since = INT64_MIN };
    km_status st = km_app_client_id(&ask.client_id, app, err);

    if (st == KM_OK)
        st = km_store_mark_tests_each(app->store, ask.client_id, take_link, &w, err);
    if (st == KM_OK && out->n > 0)
        st = km_store_ratings_each(app->store, &ask, take_rating, &w, err);
    if (st == KM_OK && out->n > 0)
        st = km_app_checkins_each(app, false, since, INT32_MAX, 0, take_checkin, &w, err);
    /* by local day, which the index does not know */
    for (size_t i = 0; i < w.n;) {
        if (w.row[i].day < since)
            w.row[i] = w.row[--w.n];
        else
            i++;
    }
    if (st == KM_OK)
        fill_all(&w);
    else
        km_paired_list_clear(out);
    free(w.row);
    free(w.place);
    return st;
}

void km_paired_list_clear(km_paired_list *l)
{
    free(l->row);
    *l = (km_paired_list){ .n = 0 };
}
