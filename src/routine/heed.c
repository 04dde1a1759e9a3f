/** Fresh injuries, and what they and a client's conditions leave of a routine kept earlier. */
#include <stdlib.h>
#include <string.h>

#include "planner.h"

/* ---- fresh injuries ---- */

bool plan_fresh_injury(const km_target *t)
{
    return t->swelling || (t->injury && t->age_hours < KM_ACUTE_HOURS);
}

static void add_hurt_region(work *w, int region, km_side side, bool numb)
{
    for (size_t i = 0; i < w->n_hurt; i++) {
        const hurt *h = &w->hurt[i];
        if (h->region == region && h->side == side && h->numb == numb)
            return;
    }
    KM_GROW(w->hurt, w->n_hurt, w->cap_hurt);
    w->hurt[w->n_hurt++] = (hurt){ (int16_t)region, side, numb };
}

/** Keep where it lies: a region, a point, or as far as the muscle reaches. */
static void add_hurt(work *w, const km_target *t, bool numb)
{
    const km_atlas *a = w->atlas;
    const km_ref *p = &t->place;
    km_side side = p->side_open ? KM_SIDE_MIDLINE : p->side;
    if (p->kind == KM_REF_REGION) {
        add_hurt_region(w, p->index, side, numb);
    } else if (p->kind == KM_REF_MUSCLE && p->point >= 0 && a->point[p->point].site >= 0) {
        add_hurt_region(w, a->point[p->point].site, side, numb);
    } else {
        int16_t muscle[32];
        size_t n = km_routine_muscles(muscle, 32, a, p);
        for (size_t i = 0; i < n; i++) {
            for (int h = 0; h < a->muscle[muscle[i]].n_home; h++)
                add_hurt_region(w, a->muscle[muscle[i]].home[h], side, numb);
        }
    }
}

void plan_hurt_read(work *w)
{
    for (size_t i = 0; i < w->ask->n_target; i++) {
        const km_target *t = &w->ask->target[i];
        if (t->intensity != 0 && plan_fresh_injury(t))
            add_hurt(w, t, false);
        if (t->intensity != 0 && t->kind == KM_KIND_NUMBNESS)
            add_hurt(w, t, true);
    }
}

void plan_hurt_clear(work *w)
{
    free(w->hurt);
    w->hurt = NULL;
    w->n_hurt = w->cap_hurt = 0;
}

void plan_hurt_mark(const work *w, job *j)
{
    for (size_t i = 0; i < w->n_hurt; i++) {
        const hurt *h = &w->hurt[i];
        bool side = h->side == KM_SIDE_MIDLINE || j->side == KM_SIDE_MIDLINE || h->side == j->side;
        if (side && plan_job_lies_in(w->atlas, j, h->region))
            *(h->numb ? &j->numb : &j->acute) = true;
    }
}

/* ---- a routine kept earlier ---- */

/** The job a step works for: one of the work's, or `spare` when there is no room. */
static job *job_of(work *w, const km_step *s, job *spare, int *number)
{
    job *j = spare;
    *number = -1;
    for (int i = 0; i < w->n_job && *number < 0; i++) {
        if (w->job[i].muscle == s->muscle && w->job[i].side == s->side)
            *number = i;
    }
    if (*number < 0 && w->n_job < JOBS_MAX && s->technique >= 0) {
        *number = w->n_job++;
        w->job[*number] = (job){ .muscle = s->muscle, .side = s->side, .primary = true,
                                 .chosen = true };
    }
    if (*number >= 0)
        j = &w->job[*number];
    else
        *j = (job){ .muscle = s->muscle, .side = s->side };
    if (s->point >= 0 && j->n_region < POINTS_MAX)
        j->region[j->n_region++] = w->atlas->point[s->point].site;
    plan_hurt_mark(w, j);
    return j;
}

/** A step that presses or stretches: false when it is held back, else made softer as asked. */
static bool heed_work(work *w, km_step *s)
{
    job spare;
    int number;
    job *j = job_of(w, s, &spare, &number);
    uint8_t pressure = (uint8_t)s->pressure;
    km_buf b = { 0 };
    plan_caution_add(&b, s->caution);
    bool numb = j->numb && (TECH_PRESSURE & TECH(s->technique));
    bool kept = !j->acute && !numb &&
                plan_conditions_apply(w, j, number, (km_technique)s->technique, &pressure, &b);
    s->pressure = pressure;
    s->caution = km_arena_strdup(w->mem, km_buf_str(&b));
    km_buf_clear(&b);
    return kept;
}

/** Whether a stretch is there only for its long opposite, and that is freshly hurt. */
static bool opposes_hurt(work *w, const km_step *s, const km_step *all, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        if (all[i].technique >= 0 && &all[i] != s && all[i].muscle == s->muscle &&
            all[i].side == s->side)
            return false;
    }
    for (int i = 0; s->technique == KM_TECH_STRETCH && i < w->tab.n_antagonist; i++) {
        if (w->tab.antagonist[i].opposite != s->muscle)
            continue;
        for (int k = 0; k < w->n_job; k++) {
            if (w->job[k].acute && w->job[k].muscle == w->tab.antagonist[i].muscle &&
                w->job[k].side == s->side)
                return true;
        }
    }
    return false;
}

static const char *range_cue(const work *w, int muscle)
{
    return w->tab.motion[w->tab.motion[w->tab.order[muscle].motion].range].range_cue;
}

/** Whether a movement serves a muscle: its own motion, its full range, any warm up. */
static bool serves(const work *w, const km_step *s, const km_step *of)
{
    bool side = s->side == KM_SIDE_MIDLINE || of->side == KM_SIDE_MIDLINE || s->side == of->side;
    if (of->technique < 0 || of->muscle < 0)
        return false;
    if (strcmp(s->kind, "range") == 0)
        return side && strcmp(range_cue(w, of->muscle), s->action) == 0;
    return s->muscle < 0 || (side && s->muscle == of->muscle);
}

/** A movement: false when what it served is held back for a condition; an injury may move. */
static bool heed_movement(work *w, km_step *s, const km_step *all, const bool *kept, size_t n)
{
    bool served = false, serving = false;
    km_buf b = { 0 };
    plan_caution_add(&b, s->caution);
    for (size_t i = 0; i < n; i++) {
        if (!serves(w, s, &all[i]))
            continue;
        job spare;
        int number;
        job *j = job_of(w, &all[i], &spare, &number);
        served = true;
        serving = serving || kept[i] || j->acute;
        if (!kept[i] && !j->acute)
            continue;
        if (j->acute)
            plan_caution_add(&b, PAINLESS);
        plan_conditions_move(w, j, strcmp(s->kind, "range") == 0, &b);
    }
    s->caution = km_arena_strdup(w->mem, km_buf_str(&b));
    km_buf_clear(&b);
    return !served || serving;
}

km_status km_routine_heed(km_plan *plan, const km_atlas *a, const km_plan_ask *ask, km_error *err)
{
    work *w = km_arena_alloc(&plan->mem, sizeof *w);
    *w = (work){ .atlas = a, .ask = ask, .warm_sec = 1, .mem = &plan->mem }; /* as it was kept */
    km_status st = plan_tables_read(&w->tab, a, w->mem, err);
    if (st != KM_OK)
        return st;
    plan_conditions_read(w);
    plan_hurt_read(w);
    bool *kept = km_arena_alloc(w->mem, plan->n + 1);
    bool any = false;
    for (size_t i = 0; i < plan->n; i++)
        kept[i] = plan->step[i].technique < 0 || heed_work(w, &plan->step[i]);
    for (size_t i = 0; i < plan->n; i++)
        kept[i] = kept[i] && !opposes_hurt(w, &plan->step[i], plan->step, plan->n);
    for (size_t i = 0; i < plan->n; i++) {
        if (plan->step[i].technique < 0)
            kept[i] = heed_movement(w, &plan->step[i], plan->step, kept, plan->n);
        any = any || (kept[i] && plan->step[i].muscle >= 0);
    }
    plan_jobs_note(w, plan);
    plan_hurt_clear(w);
    size_t n = 0;
    plan->seconds = 0;
    for (size_t i = 0; i < plan->n; i++) {
        if (!kept[i] || !any)
            continue;
        plan->step[n] = plan->step[i];
        plan->seconds += plan->step[n++].total;
    }
    plan->n = n;
    return KM_OK;
}
