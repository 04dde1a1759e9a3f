/* Asking the planner in few words, and its answer as text. */
#ifndef KM_PLAN_CASE_H
#define KM_PLAN_CASE_H

#include <stdlib.h>
#include <string.h>

#include "knotmap/routine.h"

#define ALL_TOOLS ((1u << KM_TOOL_COUNT) - 1)
#define HOME \
    (1u << KM_TECH_SMR | 1u << KM_TECH_COMPRESSION | 1u << KM_TECH_PIN_AND_STRETCH | \
     1u << KM_TECH_PIR | 1u << KM_TECH_STRETCH)
#define PRESSURE \
    (1u << KM_TECH_SMR | 1u << KM_TECH_COMPRESSION | 1u << KM_TECH_PIN_AND_STRETCH | \
     1u << KM_TECH_MASSAGE)

/** A target from a place as people write it. */
static inline km_target target_at(const char *place, int intensity)
{
    km_target t = { .intensity = intensity, .kind = KM_KIND_KNOT, .age_hours = -1 };
    km_error err;
    if (km_atlas_resolve(&t.place, km_atlas_builtin(), place,
                         KM_RESOLVE_SIDE_OPEN | KM_RESOLVE_GROUP, &err) != KM_OK)
        abort();
    return t;
}

static inline km_status plan_for(km_plan *out, const km_target *t, size_t n, int minutes,
                                 uint32_t techniques, uint32_t tools, const char *conditions)
{
    const km_plan_ask ask = { t, n, techniques, tools, minutes, conditions, false };
    km_error err;
    return km_routine_plan(out, km_atlas_builtin(), &ask, &err);
}

/** One line a step, then the notes: for goldens and for comparing two runs. */
static inline void plan_print(km_buf *b, const km_plan *p)
{
    const km_atlas *a = km_atlas_builtin();
    for (size_t i = 0; i < p->n; i++) {
        const km_step *s = &p->step[i];
        km_buf_printf(b, "%2zu %s %s %s", i + 1, s->kind, km_word(KM_VOCAB_SIDE, (int)s->side),
                      s->muscle < 0 ? "-" : a->muscle[s->muscle].code);
        if (s->point >= 0)
            km_buf_printf(b, ":%d", a->point[s->point].tp);
        km_buf_printf(b, " [%s] %dx%d p%d %d moves =%d", s->tool, s->seconds, s->sets, s->pressure,
                      s->cue_count, s->total);
        if (*s->caution)
            km_buf_printf(b, " ! %s", s->caution);
        km_buf_putc(b, '\n');
    }
    for (size_t i = 0; i < p->n_note; i++)
        km_buf_printf(b, "note: %s\n", p->note[i]);
    km_buf_printf(b, "%d s\n", p->seconds);
}

/** First step of a kind ("smr" ...) for a muscle code (NULL any), -1 when there is none. */
static inline int step_of(const km_plan *p, const char *kind, const char *muscle)
{
    const km_atlas *a = km_atlas_builtin();
    for (size_t i = 0; i < p->n; i++) {
        const km_step *s = &p->step[i];
        if (strcmp(s->kind, kind) == 0 &&
            (!muscle || (s->muscle >= 0 && strcmp(a->muscle[s->muscle].code, muscle) == 0)))
            return (int)i;
    }
    return -1;
}

/** First step of a muscle that belongs to a set of techniques, -1 when there is none. */
static inline int work_on(const km_plan *p, const char *muscle, uint32_t techniques)
{
    const km_atlas *a = km_atlas_builtin();
    for (size_t i = 0; i < p->n; i++) {
        const km_step *s = &p->step[i];
        if (s->technique >= 0 && (techniques & 1u << s->technique) && s->muscle >= 0 &&
            strcmp(a->muscle[s->muscle].code, muscle) == 0)
            return (int)i;
    }
    return -1;
}

#endif
