/** Ratings as a series, for tests that think in single ratings. */
#ifndef RATING_SERIES_H
#define RATING_SERIES_H

#include <stdlib.h>

#include "knotmap/mem.h"
#include "knotmap/trend.h"

typedef struct rating {
    km_day day;
    int8_t value;           /**< 0..10 */
} rating;

/** The rows of ratings that rise by day; `out` holds `max`. @return rows written. */
static inline size_t rating_series(km_bucket_row *out, size_t max, const rating *in, size_t n,
                                   km_bucket b, km_silence silence)
{
    km_rated_day *day = km_calloc(n, sizeof *day);
    size_t days = 0;
    for (size_t i = 0; i < n; i++) {
        if (days == 0 || day[days - 1].day != in[i].day)
            day[days++] = (km_rated_day){ .day = in[i].day };
        km_rated_day *d = &day[days - 1];
        d->n++;
        d->sum += in[i].value;
        d->max = in[i].value > d->max ? in[i].value : d->max;
    }
    const km_series_ask ask = { .bucket = b, .silence = silence, .through = day[days - 1].day };
    size_t rows = km_trend_series_days(out, max, day, days, &ask);
    free(day);
    return rows;
}

#endif
