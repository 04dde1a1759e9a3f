/* What follows training by one to three days, and load as load. */
#include "knotmap/trend.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Soreness after training shows after a day and peaks at 24-72 h: the three days after. */
#define LAG_FIRST 1
#define LAG_LAST  3

/*
 * A session is moved by up to three days either way: its week stays, so that slow changes in how
 * much somebody trains and hurts do not pass for an effect, and only the order of days is tested.
 */
#define MOVED_MOST 3

/* So many arrangements that do as well, and it is chance: no need to try the rest (Besag and
   Clifford 1991). */
#define ENOUGH 20

/* Bits before the first day, so that a session moved there needs no care. */
#define MARGIN 8

/* The moved sessions are the same for every place, so each arrangement is made once. */
struct km_lag_test {
    km_day first;
    int days, sessions, rounds;
    int words;              /* of a set of days */
    uint64_t *inside;       /* the days that count */
    km_rng rng;
    km_day *at;             /* days of sessions from `first`, each once, rising */
    uint64_t *near;         /* days after a session: as they are, then moved, `words` each */
    int *exposed;           /* how many they are */
    int n, cap;
};

static int ones(uint64_t w)
{
    w -= w >> 1 & 0x5555555555555555u;
    w = (w & 0x3333333333333333u) + (w >> 2 & 0x3333333333333333u);
    w = (w + (w >> 4)) & 0x0f0f0f0f0f0f0f0fu;
    return (int)(w * 0x0101010101010101u >> 56);
}

/* Days with a mark or session as bits; how many they are. */
static int fill(uint64_t *flag, const km_lag_test *t, const km_day *day, size_t n)
{
    int distinct = 0;
    for (size_t i = 0; i < n; i++) {
        int d = day[i] - t->first;
        if (day[i] < t->first || d >= t->days)
            continue;
        d += MARGIN;
        distinct += !(flag[d / 64] >> d % 64 & 1);
        flag[d / 64] |= (uint64_t)1 << d % 64;
    }
    return distinct;
}

/* The days after the sessions where they are now (`move` false), or moved. */
static void arrange(km_lag_test *t, bool move)
{
    if (t->n == t->cap) {
        t->cap = t->cap ? 2 * t->cap : 64;
        t->near = km_realloc(t->near, (size_t)t->cap * (size_t)t->words, sizeof *t->near);
        t->exposed = km_realloc(t->exposed, (size_t)t->cap, sizeof *t->exposed);
    }
    uint64_t *near = t->near + (size_t)t->n * (size_t)t->words;
    memset(near, 0, (size_t)t->words * sizeof *near);
    const uint64_t after = (1 << (LAG_LAST - LAG_FIRST + 1)) - 1;
    for (int i = 0; i < t->sessions; i++) {
        int from = t->at[i] + MARGIN + LAG_FIRST;
        if (move)
            from += (int)km_rng_below(&t->rng, 2 * MOVED_MOST + 1) - MOVED_MOST;
        near[from / 64] |= after << from % 64;
        near[from / 64 + 1] |= after >> 1 >> (63 - from % 64);
    }
    int exposed = 0;
    for (int w = 0; w < t->words; w++) {
        near[w] &= t->inside[w];
        exposed += ones(near[w]);
    }
    t->exposed[t->n++] = exposed;
}

/*
 * Share of exposed days with a mark, less the share of the others, in one arrangement, measured
 * by what chance alone makes of such a difference: where few days are left on one side (training
 * every third day leaves hardly one without), a large difference means little.
 */
static double difference(const km_lag_test *t, int arrangement, const uint64_t *mark, int marked,
                         double *after, double *otherwise)
{
    const uint64_t *near = t->near + (size_t)arrangement * (size_t)t->words;
    int exposed = t->exposed[arrangement], rest = t->days - exposed, hit = 0;
    for (int w = 0; w < t->words; w++)
        hit += ones(near[w] & mark[w]);
    *after = exposed > 0 ? (double)hit / exposed : 0;
    *otherwise = rest > 0 ? (double)(marked - hit) / rest : 0;
    double weight = (double)exposed * rest / t->days;
    return weight > 0 ? (*after - *otherwise) * sqrt(weight) : 0;
}

km_lag_test *km_lag_test_new(const km_day *session, size_t n, km_day first, km_day last, int rounds,
                             uint64_t seed)
{
    km_lag_test *t = km_calloc(1, sizeof *t);
    t->first = first;
    t->days = last - first + 1;
    t->rounds = rounds;
    t->rng = km_rng_seed(seed);
    if (t->days < 14)
        return t;
    t->words = (MARGIN + t->days + MARGIN) / 64 + 2;
    t->inside = km_calloc((size_t)t->words, sizeof *t->inside);
    uint64_t *s = km_calloc((size_t)t->words, sizeof *s);
    t->sessions = fill(s, t, session, n);
    t->at = km_calloc((size_t)t->sessions + 1, sizeof *t->at);
    for (int day = 0, i = 0; day < t->days; day++) {
        int d = day + MARGIN;
        t->inside[d / 64] |= (uint64_t)1 << d % 64;
        if (s[d / 64] >> d % 64 & 1)
            t->at[i++] = day;
    }
    free(s);
    arrange(t, false);
    return t;
}

km_lag km_lag_test_of(km_lag_test *t, const km_day *mark, size_t n)
{
    km_lag r = { .p = 1 };
    double after, otherwise;
    if (t->days < 14)
        return r;
    uint64_t *m = km_calloc((size_t)t->words, sizeof *m);
    int marked = fill(m, t, mark, n), as_much = 0, tried = 0;
    r.sessions = t->sessions;
    r.days = t->days;
    double seen = difference(t, 0, m, marked, &r.after, &r.otherwise);
    for (; tried < t->rounds && as_much < ENOUGH && seen > 0; tried++) {
        if (tried + 1 == t->n)
            arrange(t, true);
        as_much += difference(t, tried + 1, m, marked, &after, &otherwise) >= seen - 1e-12;
    }
    if (as_much >= ENOUGH)
        r.p = (double)as_much / tried;
    else if (seen > 0) /* the arrangement seen is one of the possible ones */
        r.p = (double)(as_much + 1) / (tried + 1);
    r.holds = r.sessions >= KM_LAG_SESSIONS && seen > 0 && r.p < 0.05;
    free(m);
    return r;
}

void km_lag_test_free(km_lag_test *t)
{
    free(t->inside);
    free(t->at);
    free(t->near);
    free(t->exposed);
    free(t);
}

km_load km_trend_load(const km_load_day *in, size_t n, km_day day)
{
    km_load l = { 0 };
    double month = 0;
    for (size_t i = 0; i < n; i++) {
        int ago = day - in[i].day;
        if (ago < 0 || ago >= 28)
            continue;
        month += in[i].load;
        l.sessions++;
        if (ago < 7)
            l.acute += in[i].load;
    }
    l.chronic = month / 4;
    return l;
}
