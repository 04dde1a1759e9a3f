/* Places that are open at the same time. */
#include "knotmap/trend.h"

#include <stdlib.h>

/* Days an episode covers; one that ended and began on one day still counts a day. */
static int length_of(const km_episode *e, km_day today)
{
    int days = (e->resolved ? e->last : today) - e->first;
    return days > 0 ? days : 1;
}

static int overlap_of(const km_episode *a, const km_episode *b, km_day today)
{
    km_day end_a = a->first + length_of(a, today), end_b = b->first + length_of(b, today);
    km_day from = a->first > b->first ? a->first : b->first;
    km_day to = end_a < end_b ? end_a : end_b;
    return to > from ? to - from : 0;
}

static int by_share(const void *a, const void *b)
{
    const km_together *x = a, *y = b;
    if (x->share != y->share)
        return x->share > y->share ? -1 : 1;
    if (x->a != y->a)
        return x->a < y->a ? -1 : 1;
    return (x->b > y->b) - (x->b < y->b);
}

/* Episodes come in the order of km_trend_episodes: those of a key stand together. */
size_t km_trend_together(km_together *out, size_t max, const km_episode *e, size_t n, km_day today,
                         int min_both)
{
    km_together *all = NULL;
    size_t count = 0, cap = 0;
    for (size_t i = 0; i < n;) {
        size_t i_end = i;
        int days_a = 0;
        while (i_end < n && e[i_end].key == e[i].key)
            days_a += length_of(&e[i_end++], today);
        for (size_t k = i_end; k < n;) {
            size_t k_end = k;
            int days_b = 0, shared = 0, both = 0;
            size_t from = i; /* those of a key follow one another, so what has ended stays behind */
            for (; k_end < n && e[k_end].key == e[k].key; k_end++) {
                days_b += length_of(&e[k_end], today);
                while (from < i_end && e[from].first + length_of(&e[from], today) <= e[k_end].first)
                    from++;
                for (size_t m = from; m < i_end; m++) {
                    int days = overlap_of(&e[m], &e[k_end], today);
                    if (days == 0)
                        break;
                    shared += days;
                    both++;
                }
            }
            if (both >= min_both) {
                KM_GROW(all, count, cap);
                all[count++] = (km_together){
                    e[i].key, e[k].key, both, (double)shared / (double)(days_a + days_b - shared)
                };
            }
            k = k_end;
        }
        i = i_end;
    }
    if (count > 0)
        qsort(all, count, sizeof *all, by_share);
    size_t rows = count < max ? count : max;
    for (size_t i = 0; i < rows; i++)
        out[i] = all[i];
    free(all);
    return rows;
}
