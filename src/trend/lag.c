/* What follows training by one to three days, and load as load. */
#include "knotmap/trend.h"

#include <stdlib.h>
#include <string.h>

/* Soreness after training shows after a day and peaks at 24-72 h: the three days after. */
#define LAG_FIRST 1
#define LAG_LAST  3

/* Share of exposed days with a mark, less the share of the others. */
static double difference(const unsigned char *session, const unsigned char *mark, int days,
                         int shift, double *after, double *otherwise)
{
    int exposed = 0, hit = 0, rest = 0, rest_hit = 0;
    for (int d = 0; d < days; d++) {
        bool near = false;
        for (int lag = LAG_FIRST; lag <= LAG_LAST; lag++) {
            int from = d - lag;
            /* Shifted sessions go around the calendar; the true ones (shift 0) do not. */
            if (shift == 0 && from < 0)
                continue;
            from = ((from - shift) % days + days) % days;
            near = near || session[from];
        }
        exposed += near;
        hit += near && mark[d];
        rest += !near;
        rest_hit += !near && mark[d];
    }
    double a = exposed > 0 ? (double)hit / exposed : 0;
    double o = rest > 0 ? (double)rest_hit / rest : 0;
    if (after != NULL) {
        *after = a;
        *otherwise = o;
    }
    return exposed > 0 && rest > 0 ? a - o : 0;
}

static int fill(unsigned char *flag, const km_day *day, size_t n, km_day first, km_day last)
{
    int distinct = 0;
    for (size_t i = 0; i < n; i++) {
        if (day[i] < first || day[i] > last)
            continue;
        distinct += !flag[day[i] - first];
        flag[day[i] - first] = 1;
    }
    return distinct;
}

km_lag km_trend_lag(const km_day *session, size_t n_session, const km_day *mark, size_t n_mark,
                    km_day first, km_day last, int rounds, uint64_t seed)
{
    km_lag r = { .p = 1 };
    int days = last - first + 1;
    if (days < 14)
        return r;
    unsigned char *s = km_calloc((size_t)days, 1), *m = km_calloc((size_t)days, 1);
    r.sessions = fill(s, session, n_session, first, last);
    fill(m, mark, n_mark, first, last);
    r.days = days;
    double seen = difference(s, m, days, 0, &r.after, &r.otherwise);
    km_rng rng = km_rng_seed(seed);
    int as_much = 1; /* the arrangement seen is one of the possible ones */
    for (int i = 0; i < rounds; i++) {
        int shift = 1 + (int)km_rng_below(&rng, (uint32_t)days - 1);
        as_much += difference(s, m, days, shift, NULL, NULL) >= seen - 1e-12;
    }
    r.p = (double)as_much / (rounds + 1);
    r.holds = r.sessions >= KM_LAG_SESSIONS && seen > 0 && r.p < 0.05;
    free(s);
    free(m);
    return r;
}

km_load km_trend_load(const km_load_day *in, size_t n, km_day day)
{
    km_load l = { 0 };
    double month = 0;
    for (size_t i = 0; i < n; i++) {
        int ago = day - in[i].day;
        if (ago < 0 || ago >= 28)
            continue;
        month += in[i].load;
        l.sessions++;
        if (ago < 7)
            l.acute += in[i].load;
    }
    l.chronic = month / 4;
    return l;
}
