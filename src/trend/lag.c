/* What follows training by one to three days, and load as load. */
#include "knotmap/trend.h"

#include <stdlib.h>
#include <string.h>

/* Soreness after training shows after a day and peaks at 24-72 h: the three days after. */
#define LAG_FIRST 1
#define LAG_LAST  3

/*
 * A session is moved by up to three days either way: its week stays, so that slow changes in how
 * much somebody trains and hurts do not pass for an effect, and only the order of days is tested.
 */
#define MOVED_MOST 3

/* So many arrangements that do as well, and it is chance: no need to try the rest (Besag and
   Clifford 1991). */
#define ENOUGH 20

/* Share of exposed days with a mark, less the share of the others. */
static double difference(const km_day *session, int n, const unsigned char *mark, int marked,
                         unsigned char *near, int days, double *after, double *otherwise)
{
    int exposed = 0, hit = 0;
    memset(near, 0, (size_t)days);
    for (int i = 0; i < n; i++) {
        for (int d = session[i] + LAG_FIRST; d <= session[i] + LAG_LAST && d < days; d++) {
            if (d < 0 || near[d])
                continue;
            near[d] = 1;
            exposed++;
            hit += mark[d];
        }
    }
    int rest = days - exposed;
    double a = exposed > 0 ? (double)hit / exposed : 0;
    double o = rest > 0 ? (double)(marked - hit) / rest : 0;
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
    unsigned char *near = km_calloc((size_t)days, 1);
    r.sessions = fill(s, session, n_session, first, last);
    int marked = fill(m, mark, n_mark, first, last);
    r.days = days;
    km_day *at = km_calloc((size_t)r.sessions + 1, sizeof *at);
    km_day *moved = km_calloc((size_t)r.sessions + 1, sizeof *moved);
    for (int d = 0, i = 0; d < days; d++) {
        if (s[d])
            at[i++] = d;
    }
    double seen = difference(at, r.sessions, m, marked, near, days, &r.after, &r.otherwise);
    km_rng rng = km_rng_seed(seed);
    int as_much = 0, tried = 0;
    for (; tried < rounds && as_much < ENOUGH && seen > 0; tried++) {
        for (int k = 0; k < r.sessions; k++)
            moved[k] = at[k] - MOVED_MOST + (km_day)km_rng_below(&rng, 2 * MOVED_MOST + 1);
        as_much += difference(moved, r.sessions, m, marked, near, days, NULL, NULL) >= seen - 1e-12;
    }
    if (as_much >= ENOUGH)
        r.p = (double)as_much / tried;
    else if (seen > 0) /* the arrangement seen is one of the possible ones */
        r.p = (double)(as_much + 1) / (tried + 1);
    r.holds = r.sessions >= KM_LAG_SESSIONS && seen > 0 && r.p < 0.05;
    free(s);
    free(m);
    free(near);
    free(at);
    free(moved);
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
