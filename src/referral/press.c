/**
 * The next press test. An answer speaks of one point and, through the sets that point stands in,
 * of all that share its places. Its expected information grows with the point's share until
 * that is about even; a point likelier than that is pressed first of all, likeliest first, as
 * the familiar pain there settles its places.
 */
#include <stdlib.h>

#include "model.h"

/* Answers that would teach less than this, in bits, are not worth a press. */
#define GAIN_FLOOR 0.001
/* From this share on, more is likelier to be there than not. */
#define LIKELY_SHARE 0.4

/* A muscle that no home row treats by pressure cannot or should not be pressed by oneself. */
bool km_referral_pressable(const km_atlas *a, int point)
{
    const km_muscle *m = &a->muscle[a->point[point].muscle];
    for (int i = 0; i < m->n_routine; i++) {
        const km_routine_row *r = &a->routine[m->first_routine + i];
        if (!r->therapist && (r->technique == KM_TECH_SMR || r->technique == KM_TECH_COMPRESSION))
            return true;
    }
    return false;
}

typedef struct ranked_test {
    km_press_test test;
    double worth; /* likely points above all others, then by gain (always below 1 bit) */
    size_t rank;
} ranked_test;

static int by_worth(const void *x, const void *y)
{
    const ranked_test *a = x, *b = y;
    if (a->worth != b->worth)
        return a->worth < b->worth ? 1 : -1;
    return (a->rank > b->rank) - (a->rank < b->rank);
}

size_t km_referral_tests(km_press_test *out, size_t max, const km_atlas *a, const km_search *s,
                         const km_candidate *ranked, size_t n)
{
    ranked_test *all = km_calloc(n + 1, sizeof *all);
    size_t count = 0;
    (void)s; /* the ranking already holds what the answers so far said */
    for (size_t i = 0; i < n; i++) {
        if (ranked[i].tested || !km_referral_pressable(a, ranked[i].point))
            continue;
        double share = ranked[i].share, gain = model_press_gain(share);
        if (gain < GAIN_FLOOR && share < LIKELY_SHARE)
            continue;
        all[count++] = (ranked_test){ .test = { ranked[i].point, ranked[i].side, gain },
                                      .worth = share >= LIKELY_SHARE ? 1.0 + share : gain,
                                      .rank = i };
    }
    qsort(all, count, sizeof *all, by_worth);
    if (count > max)
        count = max;
    for (size_t i = 0; i < count; i++)
        out[i] = all[i].test;
    free(all);
    return count;
}

bool km_referral_settled(const km_candidate *ranked, size_t n)
{
    uint32_t wanted = 0, found = 0;
    for (size_t i = 0; i < n; i++) {
        wanted |= ranked[i].explains;
        if (ranked[i].tested == 1)
            found |= ranked[i].explains;
    }
    return wanted && found == wanted;
}
