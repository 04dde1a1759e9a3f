/** From targets to jobs: one a muscle and side, with the rows that may be used on it. */
#include <stdlib.h>
#include <string.h>

#include "planner.h"

#define UNKNOWN_SEVERITY 5  /* a place without an intensity counts as a middling one */
#define REGION_MUSCLES 3    /* a region stands for its likeliest muscles, not for all of them */
#define GENTLE_MAX 4        /* sore muscles: easy rolling at 3-4 of 10, routines.md section 9 */
#define PRESSURE_MAX 7

typedef struct draft {
    job *job;
    size_t n, cap;
} draft;

static const use NO_USE = { .row = -1, .same = -1 };

static void add_point(job *j, int point)
{
    for (int i = 0; i < j->n_point; i++) {
        if (j->point[i] == point)
            return;
    }
    if (j->n_point < POINTS_MAX)
        j->point[j->n_point++] = (int16_t)point;
}

static void add_region(job *j, int region)
{
    for (int i = 0; i < j->n_region; i++) {
        if (j->region[i] == region)
            return;
    }
    if (j->n_region < POINTS_MAX)
        j->region[j->n_region++] = (int16_t)region;
}

static void add_regions(job *j, const km_atlas *a, const km_target *t)
{
    if (t->place.kind == KM_REF_REGION) {
        add_region(j, t->place.index);
    } else if (t->place.kind == KM_REF_MUSCLE && t->place.point >= 0) {
        add_region(j, a->point[t->place.point].site);
    } else {
        const km_muscle *m = &a->muscle[j->muscle];
        for (int i = 0; i < m->n_home; i++)
            add_region(j, m->home[i]);
    }
}

/** Merge one target into the job of a muscle and side; a new job when there is none. */
static void add_job(draft *d, work *w, int muscle, km_side side, bool primary, const km_target *t)
{
    int severity = t->intensity < 0 ? UNKNOWN_SEVERITY : t->intensity;
    bool knot = t->kind == KM_KIND_KNOT || t->kind == KM_KIND_PAIN;
    job *j = NULL;
    for (size_t i = 0; i < d->n && !j; i++) {
        if (d->job[i].muscle == muscle && d->job[i].side == side)
            j = &d->job[i];
    }
    if (!j) {
        KM_GROW(d->job, d->n, d->cap);
        j = &d->job[d->n++];
        *j = (job){ .muscle = (int16_t)muscle, .side = side };
    }
    bool worse = severity > j->severity;
    if (worse)
        j->severity = severity;
    j->primary = j->primary || primary;
    j->knot = j->knot || knot;
    j->gentle = j->gentle || t->kind == KM_KIND_SORENESS;
    j->acute = j->acute || plan_fresh_injury(t);
    j->numb = j->numb || t->kind == KM_KIND_NUMBNESS;
    if (t->place.kind == KM_REF_MUSCLE && t->place.point >= 0) {
        add_point(j, t->place.point);
        if (worse && j->n_point > 1) { /* the worst spot leads */
            int16_t last = j->point[j->n_point - 1];
            if (last == t->place.point) {
                j->point[j->n_point - 1] = j->point[0];
                j->point[0] = last;
            }
        }
    }
    add_regions(j, w->atlas, t);
}

static void add_sides(draft *d, work *w, int muscle, km_side side, bool both, bool primary,
                      const km_target *t)
{
    if (w->atlas->muscle[muscle].midline) {
        add_job(d, w, muscle, KM_SIDE_MIDLINE, primary, t);
    } else if (both || side == KM_SIDE_MIDLINE) {
        add_job(d, w, muscle, KM_SIDE_LEFT, primary, t);
        add_job(d, w, muscle, KM_SIDE_RIGHT, primary, t);
    } else {
        add_job(d, w, muscle, side, primary, t);
    }
}

static void add_target(draft *d, work *w, const km_target *t)
{
    const km_ref *p = &t->place;
    if (t->intensity == 0 || t->beside)
        return;
    if (p->kind != KM_REF_REGION) {
        int16_t muscle[32];
        size_t n = km_routine_muscles(muscle, 32, w->atlas, p);
        for (size_t i = 0; i < n; i++)
            add_sides(d, w, muscle[i], p->side, p->side_open, true, t);
        return;
    }
    source found[REGION_MUSCLES];
    size_t n;
    /* what is hurt hurts by itself: nothing far away is blamed for it */
    if (t->kind == KM_KIND_PAIN && !plan_fresh_injury(t)) {
        n = plan_sources_of_pain(found, REGION_MUSCLES, w->atlas, p->index);
    } else {
        int16_t muscle[REGION_MUSCLES];
        n = km_routine_muscles(muscle, REGION_MUSCLES, w->atlas, p);
        for (size_t i = 0; i < n; i++)
            found[i] = (source){ .muscle = muscle[i] };
    }
    for (size_t i = 0; i < n; i++) {
        km_side side = found[i].mirrored ? km_side_mirror(p->side) : p->side;
        add_sides(d, w, found[i].muscle, side, p->side_open, i == 0, t);
    }
}

static bool has_home_pressure(const km_atlas *a, int muscle)
{
    const km_muscle *m = &a->muscle[muscle];
    for (int i = m->first_routine; i < m->first_routine + m->n_routine; i++) {
        km_technique t = a->routine[i].technique;
        if (t == KM_TECH_SMR || t == KM_TECH_COMPRESSION)
            return true;
    }
    return false;
}

/** The first row of the atlas that asks for the very same thing. */
static int16_t same_row(const km_atlas *a, int row)
{
    const km_routine_row *r = &a->routine[row];
    for (int i = 0; i < row; i++) {
        const km_routine_row *o = &a->routine[i];
        if (o->technique == r->technique && strcmp(o->position, r->position) == 0 &&
            strcmp(o->action, r->action) == 0 && strcmp(o->caution, r->caution) == 0)
            return (int16_t)i;
    }
    return (int16_t)row;
}

/** Whether a technique may be tried on a job at all, whatever the tools. */
static bool allowed(const work *w, const job *j, km_technique t)
{
    if (j->acute || !(w->ask->techniques & TECH(t)))
        return false;
    if (TECH(t) & TECH_PRESSURE_HOME) {
        if (j->unsafe || j->numb)
            return false;
        return !j->gentle || t == KM_TECH_SMR;
    }
    if (t == KM_TECH_MASSAGE)
        return !j->numb;
    return t != KM_TECH_PIR || !j->gentle;
}

/** The first row of a technique that tools and conditions leave. */
static use choose(work *w, job *j, int number, km_technique t)
{
    const km_atlas *a = w->atlas;
    const km_muscle *m = &a->muscle[j->muscle];
    if (!allowed(w, j, t))
        return NO_USE;
    for (int i = m->first_routine; i < m->first_routine + m->n_routine; i++) {
        const km_routine_row *r = &a->routine[i];
        if (r->technique != t || (r->therapist && t != KM_TECH_MASSAGE))
            continue;
        if (!r->therapist && r->tools != 0 && !(r->tools & w->ask->tools))
            continue;
        if (TECH(t) & TECH_PRESSURE_HOME)
            j->tools_lacking = false;
        uint8_t pressure = r->pressure > PRESSURE_MAX ? PRESSURE_MAX : r->pressure;
        if (j->gentle && (TECH(t) & TECH_PRESSURE) && pressure > GENTLE_MAX)
            pressure = GENTLE_MAX;
        if (plan_conditions_apply(w, j, number, t, &pressure, NULL))
            return (use){ (int16_t)i, pressure, same_row(a, i) };
    }
    return NO_USE;
}

static void choose_rows(work *w, job *j, int number)
{
    static const km_technique pressing[] = { KM_TECH_COMPRESSION, KM_TECH_SMR,
                                             KM_TECH_PIN_AND_STRETCH };
    static const km_technique rolling[] = { KM_TECH_SMR, KM_TECH_COMPRESSION,
                                            KM_TECH_PIN_AND_STRETCH };
    const km_technique *wanted = j->knot ? pressing : rolling;
    j->unsafe = !has_home_pressure(w->atlas, j->muscle);
    j->release = NO_USE;
    j->tools_lacking = true;
    for (int i = 0; i < 3 && j->release.row < 0; i++)
        j->release = choose(w, j, number, wanted[i]);
    j->pin = choose(w, j, number, KM_TECH_PIN_AND_STRETCH);
    if (j->pin.row == j->release.row)
        j->pin = NO_USE;
    j->tools_lacking = j->tools_lacking && !j->gentle;
    j->massage = choose(w, j, number, KM_TECH_MASSAGE);
    j->pir = choose(w, j, number, KM_TECH_PIR);
    j->stretch = choose(w, j, number, KM_TECH_STRETCH);
    for (int i = 0; i < w->tab.n_antagonist && j->n_opposite < ANTAGONISTS_MAX; i++) {
        if (w->tab.antagonist[i].muscle != j->muscle || j->acute || j->gentle || j->numb)
            continue;
        job other = { .muscle = w->tab.antagonist[i].opposite, .side = j->side };
        plan_hurt_mark(w, &other);
        use u = choose(w, &other, -1, KM_TECH_STRETCH);
        if (u.row >= 0) {
            j->opposite[j->n_opposite].muscle = other.muscle;
            j->opposite[j->n_opposite++].use = u;
        }
    }
}

/** Worst first; then spots before zones, nearer to the trunk, table order, left before right. */
static int by_need(const work *w, const job *a, const job *b)
{
    if (a->primary != b->primary)
        return a->primary ? -1 : 1;
    if (a->severity != b->severity)
        return a->severity > b->severity ? -1 : 1;
    if (a->knot != b->knot)
        return a->knot ? -1 : 1;
    int ra = w->tab.order[a->muscle].rank, rb = w->tab.order[b->muscle].rank;
    if (ra != rb)
        return ra < rb ? -1 : 1;
    if (a->muscle != b->muscle)
        return a->muscle < b->muscle ? -1 : 1;
    return a->side < b->side ? -1 : a->side > b->side;
}

void plan_jobs_build(work *w)
{
    draft d = { 0 };
    plan_hurt_read(w);
    for (size_t i = 0; i < w->ask->n_target; i++)
        add_target(&d, w, &w->ask->target[i]);
    for (size_t i = 1; i < d.n; i++) {
        job key = d.job[i];
        size_t k = i;
        for (; k > 0 && by_need(w, &key, &d.job[k - 1]) < 0; k--)
            d.job[k] = d.job[k - 1];
        d.job[k] = key;
    }
    w->n_job = d.n < JOBS_MAX ? (int)d.n : JOBS_MAX;
    w->dropped = (int)d.n - w->n_job;
    for (int i = 0; i < w->n_job; i++) {
        w->job[i] = d.job[i];
        plan_hurt_mark(w, &w->job[i]);
        choose_rows(w, &w->job[i], i);
    }
    free(d.job);
    plan_hurt_clear(w);
}
