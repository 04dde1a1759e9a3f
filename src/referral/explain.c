/**
 * The fewest points that explain everything, exactly: over all sets of places (at most 2^12),
 * the best way to cover them is one point for some of them and the best way for the rest.
 * Among covers of one size the model decides: what each point weighs before, and for each
 * place the strongest zone that explains it.
 */
#include <stdlib.h>
#include <string.h>

#include "field.h"

/* How good a cover is: fewer points, then weight, then earlier rows, then left. */
typedef struct merit {
    int n;
    int32_t weight;
    uint64_t order;
} merit;

/* A point for exactly these places: the best and, should that one be barred, the second. */
typedef struct offer {
    int cause[2];
    int32_t weight[2];
} offer;

typedef struct plan {
    merit merit;
    uint16_t part; /* places the last point is there for */
    int cause;     /* that point */
    bool reached;
} plan;

static bool better(const merit *a, const merit *b)
{
    if (a->n != b->n)
        return a->n < b->n;
    if (a->weight != b->weight)
        return a->weight > b->weight;
    return a->order < b->order;
}

/*
 * Adds up over a set to a number that does not depend on the order of its points: rows in the
 * high bits, how many lie on the right next, and a scrambled name to tell the rest apart.
 */
static uint64_t order_of(const cause *c)
{
    uint64_t name = ((uint64_t)(uint16_t)c->point * 3 + (uint64_t)c->side + 1) *
                    UINT64_C(0x9E3779B97F4A7C15);
    return (uint64_t)(uint16_t)c->point << 40 |
           (uint64_t)(c->side == KM_SIDE_RIGHT) << 36 | name >> 36;
}

/* For every set of places the two best points that explain all of it. */
static offer *offers(const field *f, int32_t *gain)
{
    const model_tables *t = model_get();
    size_t sets = (size_t)1 << f->n_complaint;
    offer *best = km_calloc(sets, sizeof *best);
    for (size_t s = 0; s < sets; s++)
        best[s] = (offer){ .cause = { -1, -1 } };

    for (int i = 0; i < f->n; i++) {
        const cause *c = &f->cause[i];
        /* Every non-empty subset of what it explains, smaller ones before larger. */
        gain[0] = c->base;
        for (uint32_t s = (0u - c->explains) & c->explains; s; s = (s - c->explains) & c->explains) {
            uint32_t low = s & (0u - s);
            int place = 0;
            while (!(low >> place & 1u))
                place++;
            gain[s] = gain[s ^ low] + t->hurts[c->said[place]][0][0];
            offer *o = &best[s];
            if (o->cause[0] < 0 || gain[s] > o->weight[0]) {
                o->cause[1] = o->cause[0];
                o->weight[1] = o->weight[0];
                o->cause[0] = i;
                o->weight[0] = gain[s];
            } else if (o->cause[1] < 0 || gain[s] > o->weight[1]) {
                o->cause[1] = i;
                o->weight[1] = gain[s];
            }
        }
    }
    return best;
}

/* Solve for all places in `wanted` without the barred point (-1: none barred). */
static bool solve(plan *table, const field *f, const offer *best, uint32_t wanted, int barred)
{
    memset(table, 0, ((size_t)wanted + 1) * sizeof *table);
    table[0].reached = true;
    for (uint32_t all = (0u - wanted) & wanted; all; all = (all - wanted) & wanted) {
        uint32_t low = all & (0u - all), rest = all ^ low;
        plan *p = &table[all];
        /* The point for the first place, with every choice of others it is there for. */
        for (uint32_t more = rest;; more = (more - 1) & rest) {
            uint32_t part = more | low;
            const offer *o = &best[part];
            int pick = o->cause[0] >= 0 && o->cause[0] == barred;
            const plan *left = &table[all ^ part];
            if (o->cause[pick] >= 0 && left->reached) {
                merit m = { left->merit.n + 1, left->merit.weight + o->weight[pick],
                            left->merit.order + order_of(&f->cause[o->cause[pick]]) };
                if (!p->reached || better(&m, &p->merit))
                    *p = (plan){ m, (uint16_t)part, o->cause[pick], true };
            }
            if (!more)
                break;
        }
    }
    return table[wanted].reached;
}

static int chosen(int *cause_out, const plan *table, uint32_t wanted)
{
    int n = 0;
    for (uint32_t all = wanted; all; all ^= table[all].part)
        cause_out[n++] = table[all].cause;
    return n;
}

static bool is_key_of(const km_atlas *a, const km_candidate *key, const km_candidate *of)
{
    bool same_side = key->side == of->side || key->side == KM_SIDE_MIDLINE ||
                     of->side == KM_SIDE_MIDLINE;
    if (!same_side)
        return false;
    for (int i = 0; i < a->n_satellite; i++) {
        if (a->satellite[i].key == a->point[key->point].muscle &&
            a->satellite[i].satellite == a->point[of->point].muscle)
            return true;
    }
    return false;
}

static bool likelier(const km_candidate *a, const km_candidate *b)
{
    if (a->score != b->score)
        return a->score > b->score;
    return a->point != b->point ? a->point < b->point : a->side < b->side;
}

/*
 * Keys before satellites; within that, likelier first. `above[i]` holds the steps that are keys
 * of step i over any number of links; two that are keys of each other form a cycle and do not
 * wait for each other.
 */
static void order_steps(km_cover *cover, const km_atlas *a)
{
    uint32_t above[KM_COMPLAINTS_MAX] = { 0 };
    km_candidate step[KM_COMPLAINTS_MAX];
    int n = cover->n;

    memcpy(step, cover->step, sizeof step);
    for (int i = 0; i < n; i++) {
        for (int k = 0; k < n; k++) {
            if (i != k && is_key_of(a, &step[k], &step[i]))
                above[i] |= 1u << k;
        }
    }
    for (int mid = 0; mid < n; mid++) {
        for (int i = 0; i < n; i++) {
            if (above[i] >> mid & 1u)
                above[i] |= above[mid];
        }
    }
    uint32_t left = (1u << n) - 1u;
    for (int place = 0; place < n; place++) {
        int pick = -1;
        for (int i = 0; i < n; i++) {
            if (!(left >> i & 1u))
                continue;
            bool waits = false;
            for (int k = 0; k < n; k++)
                waits = waits || (k != i && (left & above[i]) >> k & 1u && !(above[k] >> i & 1u));
            if (!waits && (pick < 0 || likelier(&step[i], &step[pick])))
                pick = i;
        }
        cover->step[place] = step[pick];
        left ^= 1u << pick;
    }
}

static void fill_cover(km_cover *out, const field *f, const plan *table, uint32_t wanted,
                       const km_candidate *ranked, size_t n_ranked)
{
    int pick[KM_COMPLAINTS_MAX];
    out->n = chosen(pick, table, wanted);
    out->score = (double)table[wanted].merit.weight / BIT;
    for (int i = 0; i < out->n; i++) {
        const cause *c = &f->cause[pick[i]];
        for (size_t r = 0; r < n_ranked; r++) {
            if (ranked[r].point == c->point && ranked[r].side == c->side)
                out->step[i] = ranked[r];
        }
    }
    order_steps(out, f->atlas);
}

km_status km_referral_explain(km_cover *best, km_cover *alternative, const km_atlas *a,
                              const km_search *s, km_error *err)
{
    km_cover none = { 0 };
    *best = none;
    if (alternative)
        *alternative = none;

    field f;
    km_status st = field_init(&f, a, s, err);
    if (st != KM_OK) {
        field_clear(&f);
        return st;
    }
    uint32_t wanted = 0, all = (uint32_t)((1u << f.n_complaint) - 1u);
    for (int i = 0; i < f.n; i++)
        wanted |= f.cause[i].explains;
    best->unexplained = all & ~wanted;
    if (!wanted) {
        field_clear(&f);
        return KM_OK;
    }

    size_t n_ranked;
    km_candidate *ranked = km_calloc((size_t)f.n, sizeof *ranked);
    st = km_referral_rank(ranked, (size_t)f.n, &n_ranked, a, s, err);

    size_t sets = (size_t)all + 1;
    int32_t *gain = km_calloc(sets, sizeof *gain);
    plan *table = km_calloc(sets, sizeof *table);
    offer *offer_of = offers(&f, gain);
    int member[KM_COMPLAINTS_MAX];
    if (solve(table, &f, offer_of, wanted, -1)) {
        fill_cover(best, &f, table, wanted, ranked, n_ranked);
        int n = chosen(member, table, wanted);
        /* Another set must do without one of these: the best of those is the alternative. */
        merit found = { 0 };
        int barred = -1;
        for (int i = 0; alternative && i < n; i++) {
            if (solve(table, &f, offer_of, wanted, member[i]) &&
                (barred < 0 || better(&table[wanted].merit, &found))) {
                found = table[wanted].merit;
                barred = member[i];
            }
        }
        if (barred >= 0 && solve(table, &f, offer_of, wanted, barred)) {
            fill_cover(alternative, &f, table, wanted, ranked, n_ranked);
            alternative->unexplained = best->unexplained;
        }
    }
    free(offer_of);
    free(table);
    free(gain);
    free(ranked);
    field_clear(&f);
    return st;
}
