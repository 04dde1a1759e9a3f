/** The order of work: key before satellite, short antagonist before long, proximal first. */
#include "planner.h"

/** Whether work on both sides concerns each other. */
static bool same_side(const job *a, const job *b)
{
    return a->side == b->side || a->side == KM_SIDE_MIDLINE || b->side == KM_SIDE_MIDLINE;
}

static bool is_key_of(const km_atlas *a, const job *key, const job *satellite)
{
    if (!same_side(key, satellite))
        return false;
    for (int i = 0; i < a->n_satellite; i++) {
        if (a->satellite[i].key == key->muscle && a->satellite[i].satellite == satellite->muscle)
            return true;
    }
    return false;
}

static bool is_short_for(const work *w, const job *opposite, const job *longer)
{
    if (!same_side(opposite, longer))
        return false;
    for (int i = 0; i < w->tab.n_antagonist; i++) {
        if (w->tab.antagonist[i].muscle == longer->muscle &&
            w->tab.antagonist[i].opposite == opposite->muscle)
            return true;
    }
    return false;
}

/** Whether `a` must come before `b`; two muscles that are each other's key are both free. */
static bool precedes(const work *w, const job *a, const job *b)
{
    bool key = is_key_of(w->atlas, a, b), back = is_key_of(w->atlas, b, a);
    if (key || back)
        return key && !back;
    return is_short_for(w, a, b) && !is_short_for(w, b, a);
}

void plan_jobs_precede(work *w)
{
    for (int i = 0; i < w->n_job; i++) {
        w->before[i] = 0;
        for (int k = 0; k < w->n_job; k++) {
            if (i != k && precedes(w, &w->job[k], &w->job[i]))
                w->before[i] |= UINT64_C(1) << k;
        }
    }
}

/** The worst spots, when time is short, and whatever must come before them. */
static uint64_t first_tier(const work *w, uint64_t chosen)
{
    uint64_t tier = chosen;
    if (w->short_of_time) {
        tier = chosen & ((UINT64_C(1) << SHORTLIST) - 1);
        for (uint64_t grown = 0; grown != tier;) {
            grown = tier;
            for (int i = 0; i < w->n_job; i++) {
                if (tier >> i & 1)
                    tier |= w->before[i] & chosen;
            }
        }
    }
    return tier;
}

static bool nearer(const work *w, int a, int b)
{
    const job *x = &w->job[a], *y = &w->job[b];
    int rx = w->tab.order[x->muscle].rank, ry = w->tab.order[y->muscle].rank;
    if (rx != ry)
        return rx < ry;
    return x->muscle != y->muscle ? x->muscle < y->muscle : x->side < y->side;
}

int plan_jobs_order(work *w)
{
    uint64_t chosen = 0;
    for (int i = 0; i < w->n_job; i++)
        chosen |= (uint64_t)w->job[i].chosen << i;
    if (chosen == w->ordered && w->n_sequence > 0)
        return w->n_sequence;
    uint64_t tier = first_tier(w, chosen), left = chosen;
    w->n_sequence = 0;
    while (left != 0) {
        uint64_t now = left & tier ? left & tier : left;
        int best = -1;
        bool best_free = false;
        for (int i = 0; i < w->n_job; i++) {
            if (!(now >> i & 1))
                continue;
            /* in a ring of keys nobody is free: the nearest to the trunk begins */
            bool is_free = (w->before[i] & left) == 0;
            if (best < 0 || (is_free && !best_free) ||
                (is_free == best_free && nearer(w, i, best))) {
                best = i;
                best_free = is_free;
            }
        }
        w->sequence[w->n_sequence++] = best;
        left &= ~(UINT64_C(1) << best);
    }
    w->ordered = chosen;
    return w->n_sequence;
}
