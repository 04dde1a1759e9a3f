/**
 * The ranking. Every set of one to three active points weighs what its points weigh before,
 * times how well they explain what hurts and what does not; a point's score is the weight of
 * all sets it stands in. Pairs and triples are searched among the points that are likely alone,
 * so that each painful place has some of its own.
 */
#include <math.h>
#include <stdlib.h>

#include "field.h"

/* Points that may stand in pairs and triples: about this many in all, at least some a place. */
#define KEEN_WANTED 36
#define KEEN_MAX (KEEN_WANTED + 3 * KM_COMPLAINTS_MAX)

/* All sets and their weights, walked twice: once for the best of each point, once to add up. */
typedef struct ledger {
    const field *f;
    const model_tables *t;
    const int32_t *alone;  /* a cause by itself */
    int keen[KEEN_MAX];
    int n_keen;
    bool *is_keen;
    int32_t top;           /* best set of all */
    uint64_t all;          /* sum of all sets, relative to `top` */
    int32_t *best;         /* best set of each cause */
    uint64_t *mass;        /* sum of its sets, relative to that best, in 32 fraction bits */
} ledger;

static int32_t weight_alone(const model_tables *t, const field *f, const cause *c)
{
    int32_t w = c->base;
    for (int i = 0; i < f->n_complaint; i++)
        w += t->hurts[c->said[i]][0][0];
    return w;
}

static int32_t weight_pair(const model_tables *t, const field *f, const cause *a, const cause *b)
{
    int32_t w = a->base + b->base;
    for (int i = 0; i < f->n_complaint; i++)
        w += t->hurts[a->said[i]][b->said[i]][0];
    return w;
}

/* Descending. */
static int by_weight(const void *a, const void *b)
{
    int32_t x = *(const int32_t *)a, y = *(const int32_t *)b;
    return (x < y) - (x > y);
}

/*
 * The keen: for each complaint its best causes. A tie that would have to be cut by table order
 * is left out whole, or the mirrored question could get another answer.
 */
static void choose_keen(ledger *g)
{
    const field *f = g->f;
    int different = 0;
    for (int i = 0; i < f->n_complaint; i++)
        different += !(f->repeated >> i & 1u);
    int share = (KEEN_WANTED + different - 1) / different;
    int32_t *w = km_calloc((size_t)f->n + 1, sizeof *w);

    for (int i = 0; i < f->n_complaint; i++) {
        int n = 0;
        if (f->repeated >> i & 1u)
            continue;
        for (int c = 0; c < f->n; c++) {
            if (f->cause[c].explains >> i & 1u)
                w[n++] = g->alone[c];
        }
        qsort(w, (size_t)n, sizeof *w, by_weight);
        int32_t floor = n > share ? w[share - 1] : INT32_MIN;
        int with_ties = 0;
        while (with_ties < n && w[with_ties] >= floor)
            with_ties++;
        bool ties_fit = with_ties <= share + 2;
        for (int c = 0; c < f->n; c++) {
            if ((f->cause[c].explains >> i & 1u) &&
                (g->alone[c] > floor || (ties_fit && g->alone[c] == floor)))
                g->is_keen[c] = true;
        }
    }
    for (int c = 0; c < f->n && g->n_keen < KEEN_MAX; c++) {
        if (g->is_keen[c])
            g->keen[g->n_keen++] = c;
    }
    free(w);
}

typedef void (*visit)(ledger *g, const int *set, int n, int32_t w);

static void note_best(ledger *g, const int *set, int n, int32_t w)
{
    for (int i = 0; i < n; i++) {
        if (w > g->best[set[i]])
            g->best[set[i]] = w;
    }
    if (w > g->top)
        g->top = w;
}

static void note_mass(ledger *g, const int *set, int n, int32_t w)
{
    for (int i = 0; i < n; i++)
        g->mass[set[i]] += model_pow2(g->t, w - g->best[set[i]]);
    g->all += model_pow2(g->t, w - g->top);
}

/* Visit every set once; inlined for each of the two visits above. */
static inline void walk(ledger *g, visit note)
{
    const field *f = g->f;
    const model_tables *t = g->t;

    for (int c = 0; c < f->n; c++)
        note(g, &c, 1, g->alone[c]);

    for (int k = 0; k < g->n_keen; k++) {
        int b = g->keen[k];
        for (int a = 0; a < f->n; a++) {
            if (a == b || (g->is_keen[a] && a > b))
                continue; /* a pair of two keen ones once */
            note(g, (int[]){ a, b }, 2, weight_pair(t, f, &f->cause[a], &f->cause[b]));
        }
    }

    for (int i = 0; i < g->n_keen; i++) {
        const cause *a = &f->cause[g->keen[i]];
        for (int j = i + 1; j < g->n_keen; j++) {
            const cause *b = &f->cause[g->keen[j]];
            const int32_t *row[KM_COMPLAINTS_MAX];
            for (int m = 0; m < f->n_complaint; m++)
                row[m] = t->hurts[a->said[m]][b->said[m]];
            int32_t base = a->base + b->base;
            for (int k = j + 1; k < g->n_keen; k++) {
                const cause *c = &f->cause[g->keen[k]];
                int32_t w = base + c->base;
                for (int m = 0; m < f->n_complaint; m++)
                    w += row[m][c->said[m]];
                note(g, (int[]){ g->keen[i], g->keen[j], g->keen[k] }, 3, w);
            }
        }
    }
}

/* Zones that do not hurt, the likeliest to hurt first, ties in table order. */
static void fill_expects(km_candidate *out, const field *f)
{
    km_zone zone[KM_ZONES_MAX];
    size_t n = km_referral_zones(zone, f->atlas, out->point, out->side);
    double chance[sizeof out->expects / sizeof out->expects[0]];
    int max = (int)(sizeof out->expects / sizeof out->expects[0]);

    for (size_t i = 0; i < n; i++) {
        if (field_hits(f, &zone[i]))
            continue;
        double p = km_referral_chance(&zone[i]);
        int at = out->n_expects;
        while (at > 0 && chance[at - 1] < p)
            at--;
        if (at >= max)
            continue;
        int last = out->n_expects < max ? out->n_expects++ : max - 1;
        for (int k = last; k > at; k--) {
            out->expects[k] = out->expects[k - 1];
            chance[k] = chance[k - 1];
        }
        out->expects[at].region = zone[i].region;
        out->expects[at].side = zone[i].side;
        out->expects[at].kind = zone[i].kind;
        chance[at] = p;
    }
}

static int by_score(const void *x, const void *y)
{
    const km_candidate *a = x, *b = y;
    if (a->score != b->score)
        return a->score < b->score ? 1 : -1;
    if (a->point != b->point)
        return a->point < b->point ? -1 : 1;
    return (int)a->side - (int)b->side;
}

/* A share of all weight means a point is likely, worth a look, or one of many. */
static km_strength strength_of(double share)
{
    return share >= 0.4 ? KM_STRENGTH_STRONG : share >= 0.1 ? KM_STRENGTH_FAIR : KM_STRENGTH_WEAK;
}

static km_candidate candidate_of(const ledger *g, int c)
{
    const cause *from = &g->f->cause[c];
    double mass = (double)g->mass[c] / 4294967296.0;
    double all = (double)g->all / 4294967296.0;
    km_candidate out = {
        .point = from->point,
        .side = from->side,
        .score = (double)g->best[c] / BIT + log2(mass),
        .share = mass * exp2((double)(g->best[c] - g->top) / BIT) / all,
        .explains = from->explains,
        .history = (double)from->history / BIT,
        .tested = from->tested,
    };
    if (out.share > 1.0)
        out.share = 1.0; /* the cut fractions of `all` */
    out.strength = strength_of(out.share);
    for (int i = 0; i < g->f->n_complaint; i++) {
        out.zone_kind[i] = from->kind[i];
        out.zone_weight[i] = from->weight[i];
    }
    fill_expects(&out, g->f);
    return out;
}

km_status km_referral_rank(km_candidate *out, size_t max, size_t *n, const km_atlas *a,
                           const km_search *s, km_error *err)
{
    field f;
    *n = 0;
    km_status st = field_init(&f, a, s, err);
    if (st != KM_OK || f.n == 0) {
        field_clear(&f);
        return st;
    }

    ledger g = { .f = &f, .t = model_get() };
    size_t count = (size_t)f.n;
    int32_t *alone = km_calloc(count, sizeof *alone);
    for (int c = 0; c < f.n; c++)
        alone[c] = weight_alone(g.t, &f, &f.cause[c]);
    g.alone = alone;
    g.is_keen = km_calloc(count, sizeof *g.is_keen);
    g.best = km_calloc(count, sizeof *g.best);
    g.mass = km_calloc(count, sizeof *g.mass);
    choose_keen(&g);

    /* "None of them" is a set too: it weighs one. */
    g.top = 0;
    for (int c = 0; c < f.n; c++)
        g.best[c] = INT32_MIN;
    walk(&g, note_best);
    g.all = model_pow2(g.t, -g.top);
    walk(&g, note_mass);

    km_candidate *all = km_calloc(count, sizeof *all);
    for (int c = 0; c < f.n; c++)
        all[c] = candidate_of(&g, c);
    qsort(all, count, sizeof *all, by_score);
    *n = count < max ? count : max;
    for (size_t i = 0; i < *n; i++)
        out[i] = all[i];

    free(all);
    free(g.mass);
    free(g.best);
    free(g.is_keen);
    free(alone);
    field_clear(&f);
    return KM_OK;
}

const char *km_strength_word(km_strength s)
{
    static const char *const word[] = { "weak", "fair", "strong" };
    return word[s];
}
