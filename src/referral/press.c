/**
 * The next press test. Pressing a point tells whether it is active; the expected information of
 * the answer is highest where the ranking is least sure, and an answer re-weighs every set the
 * point stands in.
 */
#include <stdlib.h>

#include "model.h"

/* Answers that would teach less than this are not worth a press. */
#define GAIN_FLOOR 0.002

/* A muscle that no home row treats by pressure cannot or should not be pressed by oneself. */
static bool pressable(const km_atlas *a, int muscle)
{
    const km_muscle *m = &a->muscle[muscle];
    for (int i = 0; i < m->n_routine; i++) {
        const km_routine_row *r = &a->routine[m->first_routine + i];
        if (!r->therapist && (r->technique == KM_TECH_SMR || r->technique == KM_TECH_COMPRESSION))
            return true;
    }
    return false;
}

bool km_referral_pressable(const km_atlas *a, int point)
{
    return pressable(a, a->point[point].muscle);
}

typedef struct ranked_test {
    km_press_test test;
    size_t rank;
} ranked_test;

static int by_gain(const void *x, const void *y)
{
    const ranked_test *a = x, *b = y;
    if (a->test.gain != b->test.gain)
        return a->test.gain < b->test.gain ? 1 : -1;
    return (a->rank > b->rank) - (a->rank < b->rank);
}

size_t km_referral_tests(km_press_test *out, size_t max, const km_atlas *a, const km_search *s,
                         const km_candidate *ranked, size_t n)
{
    ranked_test *all = km_calloc(n + 1, sizeof *all);
    size_t count = 0;
    (void)s;
    for (size_t i = 0; i < n; i++) {
        if (ranked[i].tested || !km_referral_pressable(a, ranked[i].point))
            continue;
        double gain = model_press_gain(ranked[i].share);
        if (gain < GAIN_FLOOR)
            continue;
        all[count++] = (ranked_test){ { ranked[i].point, ranked[i].side, gain }, i };
    }
    qsort(all, count, sizeof *all, by_gain);
    if (count > max)
        count = max;
    for (size_t i = 0; i < count; i++)
        out[i] = all[i].test;
    free(all);
    return count;
}
