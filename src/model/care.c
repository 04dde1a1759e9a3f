/* Goals and weekly problem records: their checks and the score. */
#include <string.h>

#include "knotmap/model.h"

static km_status in_range(const char *what, int v, int low, int high, km_error *err)
{
    return v >= low && v <= high
               ? KM_OK
               : km_fail(err, KM_EINVAL, "%s %d: outside %d..%d", what, v, low, high);
}

km_goal km_goal_blank(void)
{
    return (km_goal){ .before = -1, .after = -1 };
}

km_status km_goal_check(const km_goal *g, km_error *err)
{
    if (!g->name || !*g->name)
        return km_fail(err, KM_EINVAL, "goal: it needs a name");
    if (strlen(g->name) > KM_NAME_MAX)
        return km_fail(err, KM_EINVAL, "name: longer than %d bytes", KM_NAME_MAX);
    if (g->note && strlen(g->note) > KM_NOTE_MAX)
        return km_fail(err, KM_EINVAL, "note: longer than %d bytes", KM_NOTE_MAX);
    if (g->kind != KM_GOAL_GOAL && !g->has_day)
        return km_fail(err, KM_EINVAL, "%s: %s needs a day", g->name,
                       g->kind == KM_GOAL_VISIT ? "a visit" : "an event");
    km_status st = in_range("before", g->before, -1, 10, err);
    return st == KM_OK ? in_range("after", g->after, -1, 10, err) : st;
}

km_status km_problem_check(const km_problem *p, km_error *err)
{
    km_status st = in_range("taking part", p->taking_part, 0, 3, err);

    if (st == KM_OK)
        st = in_range("volume", p->volume, 0, 4, err);
    if (st == KM_OK)
        st = in_range("performance", p->performance, 0, 4, err);
    return st == KM_OK ? in_range("symptoms", p->symptoms, 0, 3, err) : st;
}

int km_problem_score(const km_problem *p)
{
    static const int of_four[] = { 0, 8, 17, 25 };
    static const int of_five[] = { 0, 6, 13, 19, 25 };

    return of_four[p->taking_part] + of_five[p->volume] + of_five[p->performance] +
           of_four[p->symptoms];
}

bool km_problem_substantial(const km_problem *p)
{
    return p->taking_part == 3 || p->volume >= 2 || p->performance >= 2;
}
