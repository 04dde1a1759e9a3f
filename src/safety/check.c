/**
 * Which red flags the painful places touch. Each row of flag_triggers.csv is one way to touch a
 * flag: some place lies in `one_of`; where `with` is filled, another lies there; the sides make
 * the pattern; age, a condition or the circumstances fit.
 */
#include <stdlib.h>
#include <string.h>

#include "table.h"

#define ASKED_MAX 3
/* Pain in this many areas of the body is "widespread". */
#define WIDESPREAD_AREAS 5

/* More places than the body has are all there are: later ones are the same again. */
#define SPOTS_MAX 256

enum { LEFT = 1, RIGHT = 2 };

/* A painful place as the triggers see it. */
typedef struct spot {
    const km_ref *ref;
    unsigned sides; /* sides it may lie on; 0 for the midline */
} spot;

static unsigned sides_of(const km_atlas *a, const km_ref *r)
{
    bool midline = r->kind == KM_REF_REGION   ? a->region[r->index].midline
                   : r->kind == KM_REF_MUSCLE ? a->muscle[r->index].midline
                                              : false;
    if (midline)
        return 0;
    if (r->side_open || r->side == KM_SIDE_MIDLINE)
        return LEFT | RIGHT;
    return r->side == KM_SIDE_LEFT ? LEFT : RIGHT;
}

static bool muscle_in(const char *list, const km_atlas *a, int muscle)
{
    const km_muscle *m = &a->muscle[muscle];
    for (int i = 0; i < m->n_home; i++) {
        if (list_has_region(list, a, m->home[i]))
            return true;
    }
    return false;
}

static bool spot_in(const char *list, const km_atlas *a, const spot *s)
{
    const km_ref *r = s->ref;
    if (r->kind == KM_REF_REGION)
        return list_has_region(list, a, r->index);
    if (r->kind == KM_REF_MUSCLE)
        return muscle_in(list, a, r->index) ||
               (r->point >= 0 && list_has_region(list, a, a->point[r->point].site));
    for (int i = 0; i < a->group[r->index].n_muscle; i++) {
        if (muscle_in(list, a, a->group[r->index].muscle[i]))
            return true;
    }
    return false;
}

static int areas_of(const km_atlas *a, const spot *s, size_t n)
{
    int areas = 0;
    for (int r = 0; r < a->n_region; r++) {
        bool first = true;
        for (int k = 0; k < r && first; k++)
            first = strcmp(a->region[k].area, a->region[r].area) != 0;
        if (!first)
            continue;
        char list[64] = "area:";
        strncat(list, a->region[r].area, sizeof list - 6);
        bool hurts = false;
        for (size_t i = 0; i < n; i++)
            hurts = hurts || spot_in(list, a, &s[i]);
        areas += hurts;
    }
    return areas;
}

/* Two different places of a set, one that may be left and one that may be right. */
static bool both_sides(const spot *s, const bool *in, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        for (size_t k = 0; k < n; k++) {
            if (i != k && in[i] && in[k] && (s[i].sides & LEFT) && (s[k].sides & RIGHT))
                return true;
        }
    }
    return false;
}

/* The side all places of the set may share; midline places go with either. */
static unsigned common_side(const spot *s, const bool *in, size_t n)
{
    unsigned common = LEFT | RIGHT;
    bool sided = false;
    for (size_t i = 0; i < n; i++) {
        if (in[i] && s[i].sides) {
            common &= s[i].sides;
            sided = true;
        }
    }
    return sided ? common : 0;
}

static bool any(const bool *in, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        if (in[i])
            return true;
    }
    return false;
}

/* A place in the one set and another one in the other. */
static bool pair(const bool *in, const bool *with, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        for (size_t k = 0; k < n; k++) {
            if (i != k && in[i] && with[k])
                return true;
        }
    }
    return false;
}

static bool places_fit(const trigger_table *t, int row, const km_atlas *a, const spot *s, size_t n)
{
    const char *one_of = trigger_cell(t, row, T_ONE_OF), *other = trigger_cell(t, row, T_WITH);
    const char *side = trigger_cell(t, row, T_SIDE);
    unsigned wanted = strcmp(side, "left") == 0    ? LEFT
                      : strcmp(side, "right") == 0 ? RIGHT
                                                   : 0;
    bool in[SPOTS_MAX] = { false }, with[SPOTS_MAX] = { false }, either[SPOTS_MAX] = { false };
    bool all_in = true;

    for (size_t i = 0; i < n; i++) {
        in[i] = spot_in(one_of, a, &s[i]) && (!wanted || (s[i].sides & wanted));
        with[i] = other[0] && spot_in(other, a, &s[i]);
        either[i] = in[i] || with[i];
        all_in = all_in && in[i];
    }
    if (!any(in, n) || (other[0] && !pair(in, with, n)))
        return false;

    switch (pattern_parse(trigger_cell(t, row, T_PATTERN))) {
    case P_ANY:
        return true;
    case P_ONE_SIDE:
        return common_side(s, either, n) != 0;
    case P_ALONE_ONE_SIDE:
        return all_in && common_side(s, in, n) != 0;
    case P_BOTH_SIDES:
        return both_sides(s, in, n) && (!other[0] || both_sides(s, with, n));
    case P_WIDESPREAD:
        return areas_of(a, s, n) >= WIDESPREAD_AREAS;
    case P_COUNT:
        break;
    }
    return false;
}

/* The code of a condition as people may have typed it: also by a synonym of condition_names. */
static bool condition_is(const km_atlas *a, const char *said, size_t n, const char *wanted)
{
    if (list_has(wanted, said, n))
        return true;
    const km_table *t = km_atlas_table(a, "condition_names");
    int code = t ? km_table_column(t, "condition") : -1;
    int synonyms = t ? km_table_column(t, "synonyms") : -1;
    for (int row = 0; code >= 0 && synonyms >= 0 && row < t->n_row; row++) {
        const char *name = km_table_cell(t, row, code);
        if (list_has(wanted, name, strlen(name)) &&
            list_has(km_table_cell(t, row, synonyms), said, n))
            return true;
    }
    return false;
}

static bool circumstances_fit(const trigger_table *t, int row, const km_atlas *a,
                              const km_safety_case *c)
{
    const char *when = trigger_cell(t, row, T_WHEN);
    if (strcmp(when, "effort") == 0 && !c->after_effort)
        return false;
    if (strcmp(when, "new") == 0 && !c->is_new)
        return false;
    if (!age_fits(trigger_cell(t, row, T_AGE), c->age))
        return false;

    const char *wanted = trigger_cell(t, row, T_CONDITION), *item;
    if (!wanted[0])
        return true;
    const char *said = c->conditions ? c->conditions : "";
    for (size_t n; (n = list_next(&said, &item)) > 0;) {
        if (condition_is(a, item, n, wanted))
            return true;
    }
    return false;
}

typedef struct touched {
    int flag, level, fit;
} touched;

static int by_urgency(const void *x, const void *y)
{
    const touched *a = x, *b = y;
    if (a->level != b->level)
        return b->level - a->level;
    return a->fit != b->fit ? b->fit - a->fit : a->flag - b->flag;
}

size_t km_safety_check(km_flag_hit *out, size_t max, const km_atlas *a, const km_safety_case *c)
{
    trigger_table t = trigger_open(a);
    size_t n_flag, n = 0;
    const km_flag *flag = km_safety_flags(a, &n_flag);
    int fit[KM_FLAGS_MAX] = { 0 };
    touched hit[KM_FLAGS_MAX];

    if (!t.table || c->n_place == 0)
        return 0;
    size_t n_spot = c->n_place < SPOTS_MAX ? c->n_place : SPOTS_MAX;
    spot s[SPOTS_MAX];
    for (size_t i = 0; i < n_spot; i++)
        s[i] = (spot){ &c->place[i], sides_of(a, &c->place[i]) };

    for (int row = 0; row < t.table->n_row; row++) {
        int f = km_safety_flag(a, trigger_cell(&t, row, T_CODE));
        int value = atoi(trigger_cell(&t, row, T_FIT));
        if (f >= 0 && value > fit[f] && circumstances_fit(&t, row, a, c) &&
            places_fit(&t, row, a, s, n_spot))
            fit[f] = value;
    }

    for (size_t f = 0; f < n_flag; f++) {
        if (fit[f] > 0)
            hit[n++] = (touched){ (int)f, (int)flag[f].level, fit[f] };
    }
    qsort(hit, n, sizeof *hit, by_urgency);
    if (n > max)
        n = max;
    for (size_t i = 0; i < n; i++)
        out[i] = (km_flag_hit){ .flag = hit[i].flag, .asked = i < ASKED_MAX };
    return n;
}
