/* When places were open, how long they took to go, and when they came back. */
#include "knotmap/trend.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static int by_key_and_day(const void *a, const void *b)
{
    const km_event *x = a, *y = b;
    if (x->key != y->key)
        return x->key < y->key ? -1 : 1;
    if (x->day != y->day)
        return x->day < y->day ? -1 : 1;
    if (x->at != y->at)
        return x->at < y->at ? -1 : 1;
    if (x->id != y->id)
        return x->id < y->id ? -1 : 1;
    /* Without a time: treatments first, then by rating, so that order of input does not matter. */
    return (x->value > y->value) - (x->value < y->value);
}

/* Events of one key: those of a history stand in order but for some at the end, its treatments. */
static void sort_key(km_event *e, size_t n, km_event *room)
{
    size_t head = n > 0;

    while (head < n && by_key_and_day(&e[head - 1], &e[head]) <= 0)
        head++;
    if (head == n)
        return;
    qsort(e + head, n - head, sizeof *e, by_key_and_day);
    memcpy(room, e, n * sizeof *e);
    for (size_t i = 0, a = 0, b = head; i < n; i++) {
        bool first = b == n || (a < head && by_key_and_day(&room[a], &room[b]) <= 0);
        e[i] = first ? room[a++] : room[b++];
    }
}

/* Each event to its own place, without a second array of them; `to` is used up. */
static void put_in_order(km_event *e, uint32_t *to, size_t n)
{
    for (uint32_t i = 0; i < n; i++) {
        while (to[i] != i) {
            const uint32_t place = to[i];
            const km_event moved = e[place];
            e[place] = e[i];
            e[i] = moved;
            to[i] = to[place];
            to[place] = place;
        }
    }
}

/* By key, then by day: the keys are counted apart, since there are few of them and many events. */
static void sort_events(km_event *in, size_t n)
{
    int32_t most = -1, least = 0;

    for (size_t i = 0; i < n; i++) {
        most = in[i].key > most ? in[i].key : most;
        least = in[i].key < least ? in[i].key : least;
    }
    if (least < 0 || (size_t)most > n || n > UINT32_MAX) { /* keys of another kind */
        qsort(in, n, sizeof *in, by_key_and_day);
        return;
    }
    size_t keys = (size_t)most + 1, longest = 0;
    uint32_t *end = km_calloc(keys + 1, sizeof *end);
    uint32_t *to = km_calloc(n + 1, sizeof *to);
    for (size_t i = 0; i < n; i++)
        end[in[i].key + 1]++;
    for (size_t k = 0; k < keys; k++) {
        longest = end[k + 1] > longest ? end[k + 1] : longest;
        end[k + 1] += end[k];
    }
    for (size_t i = 0; i < n; i++)
        to[i] = end[in[i].key]++;
    put_in_order(in, to, n);
    km_event *room = km_calloc(longest + 1, sizeof *room);
    for (size_t k = 0, from = 0; k < keys; from = end[k++])
        sort_key(in + from, end[k] - from, room);
    free(end);
    free(to);
    free(room);
}

/* The episodes that are written, and where the key is that is being read. */
typedef struct episodes {
    km_episode *out;
    size_t n;
    km_episode *open;       /* the one that is open, NULL when the place is gone */
    bool had;               /* the key has an ended episode */
    km_day ended;           /* when the last of them ended */
    bool has_treated;       /* there was a treatment while the place was not open ... */
    km_day treated;         /* ... on this day */
} episodes;

static void close_at(episodes *w, km_day day)
{
    w->open->resolved = true;
    w->open->last = day;
    w->ended = day;
    w->had = true;
    w->open = NULL;
}

static void take_treatment(episodes *w, km_day day)
{
    if (w->open) {
        w->open->treated = true;
        return;
    }
    w->treated = day;
    w->has_treated = true;
}

/* Gone and back on one day was never gone. */
static void reopen(episodes *w, const km_event *e)
{
    if (w->had && w->ended == e->day) {
        w->open = &w->out[w->n - 1];
        w->open->resolved = false;
        return;
    }
    w->open = &w->out[w->n++];
    *w->open = (km_episode){ .key = e->key, .first = e->day, .peak = KM_INTENSITY_NONE,
                             .gap_before = w->had ? e->day - w->ended : -1,
                             .treated = w->has_treated && w->treated == e->day };
}

static void take_rating(episodes *w, const km_event *e)
{
    if (!w->open && e->value == 0)
        return;
    if (!w->open)
        reopen(w, e);
    w->open->marks++;
    if (e->value == 0) {
        close_at(w, e->day);
        return;
    }
    w->open->last = e->day;
    w->open->peak = e->value > w->open->peak ? e->value : w->open->peak;
}

size_t km_trend_episodes(km_episode *out, km_event *in, size_t n, km_day today, int silent,
                         km_silence silence)
{
    episodes w = { .out = out };
    bool ends = silence == KM_SILENCE_GONE;

    sort_events(in, n);
    for (size_t i = 0; i < n; i++) {
        const km_event *e = &in[i];
        if (i > 0 && e->key != in[i - 1].key)
            w = (episodes){ .out = out, .n = w.n };
        if (w.open && ends && e->day - w.open->last > silent)
            close_at(&w, w.open->last + 1);
        if (e->value == KM_EVENT_TREATED)
            take_treatment(&w, e->day);
        else
            take_rating(&w, e);
        bool last = i + 1 == n || in[i + 1].key != e->key;
        if (last && w.open && ends && today - w.open->last > silent)
            close_at(&w, w.open->last + 1);
    }
    return w.n;
}

typedef struct span {
    int days;
    bool resolved;
} span;

static int by_days(const void *a, const void *b)
{
    const span *x = a, *y = b;
    if (x->days != y->days)
        return x->days < y->days ? -1 : 1;
    return y->resolved - x->resolved; /* those who leave at a time are still at risk for it */
}

km_survival km_trend_survival(const km_episode *e, size_t n, km_day today)
{
    km_survival s = { .median = NAN, .lower = NAN, .upper = NAN };
    span *spans = km_calloc(n, sizeof *spans);
    for (size_t i = 0; i < n; i++) {
        spans[i].resolved = e[i].resolved;
        spans[i].days = (e[i].resolved ? e[i].last : today) - e[i].first;
        s.resolved += e[i].resolved;
    }
    s.n = (int)n;
    qsort(spans, n, sizeof *spans, by_days);
    const double hair = 1e-9; /* a half of fourteen is a half, whatever the last bit says */
    double open = 1; /* share still open */
    for (size_t i = 0; i < n;) {
        size_t gone = 0, k = i;
        while (k < n && spans[k].days == spans[i].days)
            gone += spans[k++].resolved;
        if (gone > 0)
            open *= 1 - (double)gone / (double)(n - i);
        double day = spans[i].days;
        if (isnan(s.lower) && open <= 0.75 + hair)
            s.lower = day;
        if (isnan(s.median) && open <= 0.5 + hair)
            s.median = day;
        if (isnan(s.upper) && open <= 0.25 + hair)
            s.upper = day;
        i = k;
    }
    free(spans);
    return s;
}

static int by_value(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

/* Quantile by linear interpolation between order statistics. */
static double quantile(const double *v, size_t n, double q)
{
    double at = q * (double)(n - 1);
    size_t i = (size_t)at;
    double rest = at - (double)i;
    return i + 1 < n ? v[i] + rest * (v[i + 1] - v[i]) : v[i];
}

km_spread km_trend_spread(double *v, size_t n)
{
    if (n == 0)
        return (km_spread){ 0, NAN, NAN, NAN };
    qsort(v, n, sizeof *v, by_value);
    return (km_spread){ (int)n, quantile(v, n, 0.5), quantile(v, n, 0.25), quantile(v, n, 0.75) };
}
