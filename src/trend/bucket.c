/* Series of ratings in days, weeks and months. */
#include "knotmap/trend.h"

#include <math.h>
#include <stdlib.h>

const char *km_bucket_word(km_bucket b)
{
    static const char *const word[] = { "day", "week", "month" };
    return word[b];
}

km_day km_bucket_start(km_bucket b, km_day d)
{
    return b == KM_BUCKET_DAY ? d : b == KM_BUCKET_WEEK ? km_day_week(d) : km_day_month(d, 0);
}

km_day km_bucket_next(km_bucket b, km_day start, int n)
{
    return b == KM_BUCKET_DAY ? start + n : b == KM_BUCKET_WEEK ? start + 7 * n
                                                                : km_day_month(start, n);
}

static int by_day(const void *a, const void *b)
{
    const km_rating *x = a, *y = b;
    return x->day != y->day ? (x->day < y->day ? -1 : 1) : (x->value > y->value) - (x->value < y->value);
}

size_t km_trend_rows(const km_rating *in, size_t n, km_bucket b)
{
    if (n == 0)
        return 0;
    km_day first = in[0].day, last = in[0].day;
    for (size_t i = 1; i < n; i++) {
        first = in[i].day < first ? in[i].day : first;
        last = in[i].day > last ? in[i].day : last;
    }
    size_t rows = 0;
    for (km_day d = km_bucket_start(b, first); d <= last; d = km_bucket_next(b, d, 1))
        rows++;
    return rows;
}

/* One value a day, days rising. */
typedef struct daily {
    km_day *day;
    double *value;
    size_t n;
} daily;

static daily daily_means(const km_rating *in, size_t n, km_silence silence)
{
    size_t most = n;
    if (silence == KM_SILENCE_GONE && n > 0)
        most = (size_t)(in[n - 1].day - in[0].day) + 1;
    daily d = { km_calloc(most, sizeof *d.day), km_calloc(most, sizeof *d.value), 0 };
    for (size_t i = 0; i < n;) {
        double sum = 0;
        size_t k = i;
        while (k < n && in[k].day == in[i].day)
            sum += in[k++].value;
        if (silence == KM_SILENCE_GONE && d.n > 0) {
            for (km_day gap = d.day[d.n - 1] + 1; gap < in[i].day; gap++) {
                d.day[d.n] = gap;
                d.value[d.n++] = 0;
            }
        }
        d.day[d.n] = in[i].day;
        d.value[d.n++] = sum / (double)(k - i);
        i = k;
    }
    return d;
}

/* Index of the first day not before `day`. */
static size_t first_from(const daily *d, km_day day)
{
    size_t lo = 0, hi = d->n;
    while (lo < hi) {
        size_t mid = (lo + hi) / 2;
        if (d->day[mid] < day)
            lo = mid + 1;
        else
            hi = mid;
    }
    return lo;
}

/*
 * The chance of a false verdict tolerated for one comparison. Windows overlap from bucket to
 * bucket, the more the shorter the bucket is; these levels keep the chance of any false verdict
 * in four weeks of pure noise under 5 % (measured in tests/unit/trend_judge_test.c).
 */
static double level_of(km_bucket b)
{
    return b == KM_BUCKET_DAY ? 0.006 : b == KM_BUCKET_WEEK ? 0.012 : 0.025;
}

/*
 * The days up to `last` against the days before them: the widest window, 14 days or the
 * bucket's own length, that leaves enough days on each side; 7 when there is no more.
 */
static km_judgement judge_at(const daily *d, km_day last, km_bucket b)
{
    int wide = b == KM_BUCKET_MONTH ? 30 : KM_JUDGE_WINDOW;
    km_judgement j = { 0 };
    for (int window = wide;; window = 7) {
        size_t end = first_from(d, last + 1);
        size_t mid = first_from(d, last - window + 1);
        size_t start = first_from(d, last - 2 * window + 1);
        j = km_judge_ratings(d->value + start, mid - start, d->value + mid, end - mid, level_of(b));
        /* By day a narrow window would only add chances to be wrong: each day is judged anew. */
        if (j.needed == 0 || window == 7 || b == KM_BUCKET_DAY)
            return j;
    }
}

size_t km_trend_series(km_bucket_row *out, size_t max, km_rating *in, size_t n, km_bucket b,
                       km_silence silence)
{
    if (n == 0)
        return 0;
    qsort(in, n, sizeof *in, by_day);
    daily d = daily_means(in, n, silence);
    size_t rows = 0;
    double earlier = NAN;
    size_t i = 0;
    for (km_day start = km_bucket_start(b, in[0].day); i < n && rows < max;) {
        km_day next = km_bucket_next(b, start, 1);
        km_bucket_row r = { .start = start, .mean = NAN, .max = -1, .change = NAN };
        double sum = 0;
        km_day last = start;
        while (i < n && in[i].day < next) {
            sum += in[i].value;
            r.max = in[i].value > r.max ? in[i].value : r.max;
            last = in[i].day;
            r.n++;
            i++;
        }
        if (r.n > 0) {
            r.mean = sum / r.n;
        } else if (silence == KM_SILENCE_GONE) {
            r.mean = 0;
            r.max = 0;
            last = next - 1;
        }
        if (!isnan(r.mean)) {
            r.change = r.mean - earlier;
            earlier = r.mean;
            r.judge = judge_at(&d, last, b);
        }
        out[rows++] = r;
        start = next;
    }
    free(d.day);
    free(d.value);
    return rows;
}
