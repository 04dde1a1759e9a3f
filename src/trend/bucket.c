/* Series of ratings in days, weeks and months. */
#include "knotmap/trend.h"

#include <math.h>
#include <stdlib.h>

#include "trend_rules.h"

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

size_t km_trend_span(km_day first, km_day last, km_bucket b)
{
    size_t rows = 0;
    for (km_day d = km_bucket_start(b, first); d <= last; d = km_bucket_next(b, d, 1))
        rows++;
    return rows;
}

/* Days with a value, rising, and the sums over a window of them. */
typedef struct window {
    int n;
    double sum, squares;
} window;

/* The days in [from, to]; `end` is the index past the last day up to `to`, and moves down. */
static window window_of(const km_rated_day *d, size_t *end, km_day from, km_day to,
                        km_silence silence, km_day first)
{
    window w = { 0 };
    size_t i = *end;
    while (i > 0 && d[i - 1].day >= from) {
        double v = (double)d[i - 1].sum / d[i - 1].n;
        w.n++;
        w.sum += v;
        w.squares += v * v;
        i--;
    }
    *end = i;
    if (silence == KM_SILENCE_GONE && to >= first)
        w.n = to - (from > first ? from : first) + 1; /* the others are zeroes */
    return w;
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
 * Days looked at on each side, the first that leaves enough of them with a rating. By day a
 * narrower window would only add chances to be wrong, since each day is judged anew; the wide
 * ones are for people who rate at visits.
 */
static const int windows_of[][7] = {
    [KM_BUCKET_DAY] = { KM_JUDGE_WINDOW, 28, 56, 112, 0 },
    [KM_BUCKET_WEEK] = { KM_JUDGE_WINDOW, 7, 28, 56, 112, 0 },
    [KM_BUCKET_MONTH] = { 30, KM_JUDGE_WINDOW, 7, 56, 112, 0 },
};

/* Whether a change over months is already the other way in the newest bucket: then it is stale. */
static bool stale(double over_months, double newest)
{
    return fabs(newest) >= KM_SLIGHT_POINTS && over_months * newest < 0;
}

/* Days with a value in [from, to], once every day from `next` on has a rating, too. */
static int days_with(const km_rated_day *d, size_t end, km_day next, km_silence silence, km_day from,
                     km_day to)
{
    km_day all_from = silence == KM_SILENCE_GONE ? d[0].day : next; /* each day from then on */
    int n = 0;
    for (size_t i = end; i > 0 && d[i - 1].day >= from; i--)
        n += d[i - 1].day <= to && d[i - 1].day < all_from;
    km_day begin = from > all_from ? from : all_from;
    return n + (to >= begin ? to - begin + 1 : 0);
}

/* How many days more, a rating each from `next` on, until a window has enough; `which` of them. */
static int days_needed(int *which, const km_rated_day *d, size_t end, km_day next, km_bucket b,
                       km_silence silence)
{
    const int *days = windows_of[b];
    for (int more = 1;; more++) { /* with so many that they fill one side, it ends */
        km_day last = next + more - 1;
        for (int i = 0; days[i] > 0; i++) {
            km_day mid = last - days[i];
            if (days_with(d, end, next, silence, mid + 1, last) >= KM_JUDGE_DAYS &&
                days_with(d, end, next, silence, mid - days[i] + 1, mid) >= KM_JUDGE_DAYS) {
                *which = i;
                return more;
            }
        }
    }
}

/* Up to where a bucket is judged. */
typedef struct judged {
    size_t end;             /* index past the last day */
    km_day last;            /* that day, or later where silence is known */
    km_day next;            /* the first day that can still be rated */
    double newest;          /* what the bucket changed */
} judged;

static km_judgement judge_window(const km_rated_day *d, const judged *at, int days, km_bucket b,
                                 km_silence silence)
{
    size_t end = at->end;
    km_day mid = at->last - days;
    window after = window_of(d, &end, mid + 1, at->last, silence, d[0].day);
    window before = window_of(d, &end, mid - days + 1, mid, silence, d[0].day);
    return km_judge_sums(before.n, before.sum, before.squares, after.n, after.sum, after.squares,
                         level_of(b));
}

/* The days up to a bucket's last against the days before them. */
static km_judgement judge_at(const km_rated_day *d, const judged *at, km_bucket b,
                             km_silence silence)
{
    const int *days = windows_of[b];
    for (int i = 0; days[i] > 0; i++) {
        km_judgement j = judge_window(d, at, days[i], b, silence);
        if (j.needed == 0 && !(days[i] > days[0] && stale(j.change, at->newest)))
            return j;
    }
    int soonest;
    int needed = days_needed(&soonest, d, at->end, at->next, b, silence);
    km_judgement j = judge_window(d, at, days[soonest], b, silence);
    j.verdict = KM_VERDICT_TOO_FEW;
    j.size = KM_SIZE_NONE;
    j.needed = needed;
    return j;
}

/* The mean of the last bucket with a value that lies before `start`; `i` days do, one at least. */
static double mean_before(const km_rated_day *in, size_t i, km_day start, km_bucket b,
                          km_silence silence)
{
    km_day from = km_bucket_start(b, in[i - 1].day);
    double sum = 0, n = 0;
    if (silence == KM_SILENCE_GONE && km_bucket_next(b, from, 1) < start)
        return 0;
    for (; i > 0 && in[i - 1].day >= from; i--) {
        sum += in[i - 1].sum;
        n += in[i - 1].n;
    }
    return sum / n;
}

/* The day a series ends with: silence is a value only where it means gone. */
static km_day end_of(const km_rated_day *in, size_t n, const km_series_ask *ask)
{
    km_day last = in[n - 1].day;
    return ask->silence == KM_SILENCE_GONE && ask->through > last ? ask->through : last;
}

size_t km_trend_series_rows(const km_rated_day *in, size_t n, const km_series_ask *ask)
{
    size_t rows = n > 0 ? km_trend_span(in[0].day, end_of(in, n, ask), ask->bucket) : 0;
    return ask->newest > 0 && rows > (size_t)ask->newest ? (size_t)ask->newest : rows;
}

/* The ratings of a row from index `i` on; returns the index past them. `last`: its newest day. */
static size_t fill_row(km_bucket_row *r, km_day *last, const km_rated_day *in, size_t n, size_t i,
                       km_day next)
{
    int64_t sum = 0;
    for (; i < n && in[i].day < next; i++) {
        sum += in[i].sum;
        r->n += in[i].n;
        r->max = in[i].max > r->max ? in[i].max : r->max;
        *last = in[i].day;
    }
    if (r->n > 0)
        r->mean = (double)sum / r->n;
    return i;
}

size_t km_trend_series_days(km_bucket_row *out, size_t max, const km_rated_day *in, size_t n,
                            const km_series_ask *ask)
{
    if (n == 0)
        return 0;
    const km_bucket b = ask->bucket;
    size_t rows = 0, i = 0;
    double earlier = NAN;
    km_day start = km_bucket_start(b, in[0].day), end = end_of(in, n, ask);
    if (ask->newest > 0) {
        km_day from = km_bucket_next(b, km_bucket_start(b, end), 1 - ask->newest);
        start = from > start ? from : start;
        while (i < n && in[i].day < start)
            i++;
        if (i > 0)
            earlier = mean_before(in, i, start, b, ask->silence);
    }
    while (start <= end && rows < max) {
        km_day next = km_bucket_next(b, start, 1), last = start;
        km_bucket_row *r = &out[rows++];
        *r = (km_bucket_row){ .start = start, .mean = NAN, .max = -1, .change = NAN };
        i = fill_row(r, &last, in, n, i, next);
        if (r->n == 0 && ask->silence == KM_SILENCE_GONE) {
            r->mean = 0;
            r->max = 0;
        }
        if (!isnan(r->mean)) {
            r->change = r->mean - earlier;
            earlier = r->mean;
            bool newest = next > end;
            if (ask->silence == KM_SILENCE_GONE)
                last = newest ? end : next - 1;
            const judged at = { .end = i, .last = last, .newest = r->change,
                                .next = newest && ask->through > last ? ask->through : last + 1 };
            if (newest || ask->newest == 0)
                r->judge = judge_at(in, &at, b, ask->silence);
        }
        start = next;
    }
    return rows;
}
