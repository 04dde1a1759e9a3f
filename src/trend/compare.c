/* Two moments side by side. */
#include "knotmap/trend.h"

#include <math.h>
#include <stdlib.h>

const char *km_difference_word(km_difference d)
{
    static const char *const word[] = { "same", "better", "worse", "new", "gone" };
    return word[d];
}

static int by_key(const void *a, const void *b)
{
    const km_standing *x = a, *y = b;
    return (x->key > y->key) - (x->key < y->key);
}

static km_drawing measure(const km_standing *s, size_t n, double body_area)
{
    km_drawing d = { .mean = NAN, .places = (int)n, .max = KM_INTENSITY_NONE };
    double area = 0;
    int rated = 0;
    for (size_t i = 0; i < n; i++) {
        area += s[i].area;
        if (s[i].intensity >= 0) {
            d.sum += s[i].intensity;
            rated++;
        }
        if (s[i].intensity > d.max)
            d.max = s[i].intensity;
    }
    if (rated > 0)
        d.mean = (double)d.sum / rated;
    d.extent = body_area > 0 ? fmin(area / body_area, 1) : 0;
    return d;
}

size_t km_trend_compare(km_compare_row *out, km_comparison *sum, km_standing *t1, size_t n1,
                        km_standing *t2, size_t n2, double body_area)
{
    qsort(t1, n1, sizeof *t1, by_key);
    qsort(t2, n2, sizeof *t2, by_key);
    size_t i = 0, k = 0, rows = 0;
    int shared = 0;
    while (i < n1 || k < n2) {
        bool was = i < n1 && (k == n2 || t1[i].key <= t2[k].key);
        bool is = k < n2 && (i == n1 || t2[k].key <= t1[i].key);
        km_compare_row r = {
            .key = was ? t1[i].key : t2[k].key,
            .before = was ? t1[i].intensity : KM_INTENSITY_NONE,
            .after = is ? t2[k].intensity : KM_INTENSITY_NONE,
            .was = was,
            .is = is,
        };
        r.what = !was ? KM_DIFF_NEW : !is ? KM_DIFF_GONE : km_compare_pair(r.before, r.after);
        shared += was && is;
        out[rows++] = r;
        i += was;
        k += is;
    }
    if (sum != NULL) {
        sum->before = measure(t1, n1, body_area);
        sum->after = measure(t2, n2, body_area);
        sum->overlap = rows > 0 ? (double)shared / (double)rows : NAN;
    }
    return rows;
}
