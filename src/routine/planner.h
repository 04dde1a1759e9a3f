/** Inside the planner: its tables resolved against the atlas, and the jobs it weighs. */
#ifndef KM_ROUTINE_PLANNER_H
#define KM_ROUTINE_PLANNER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "knotmap/atlas.h"
#include "knotmap/mem.h"
#include "knotmap/routine.h"
#include "knotmap/status.h"

#define PAUSE_SEC 10       /* between two steps */
#define PIR_RELEASE_SEC 15 /* letting go and taking up the slack, after each set */
#define JOBS_MAX 64        /* 240 minutes hold no more: a full job takes close to four minutes */
#define SHORTLIST 3        /* the worst spots that come first when time is short */
#define WARM_UP_WHOLE 0    /* the first row of warm_ups.csv moves the whole body */
#define POINTS_MAX 8
#define PAINLESS "painless range only"
#define ANTAGONISTS_MAX 2

#define TECH(t) (1u << (t))
#define TECH_PRESSURE_HOME \
    (TECH(KM_TECH_SMR) | TECH(KM_TECH_COMPRESSION) | TECH(KM_TECH_PIN_AND_STRETCH))
#define TECH_PRESSURE (TECH_PRESSURE_HOME | TECH(KM_TECH_MASSAGE))
#define TECH_ANY (TECH_PRESSURE | TECH(KM_TECH_PIR) | TECH(KM_TECH_STRETCH))

/** A slow active joint motion and the full range that ends a session. */
typedef struct motion {
    const char *code;
    bool paired;          /* each side moves by itself */
    const char *cue, *range_cue, *source;
    int count, seconds, range_count, range_seconds;
    int range;            /* first motion with the same full range */
} motion;

typedef struct order {
    int chain;            /* index of its warm up */
    int rank;             /* smaller is nearer to the trunk */
    int motion;
} order;

typedef struct warm_up {
    const char *chain, *also, *position, *action, *source; /* also: a chain it warms, too, or "" */
} warm_up;

/** Movement inside a pressure or contract-relax row. */
typedef struct cue {
    const char *text;     /* "" when the table has none */
    int count;
    bool active;
} cue;

typedef struct antagonist {
    int16_t muscle, opposite; /* `opposite` is the one that is commonly short */
} antagonist;

typedef enum effect { EFFECT_REMOVE, EFFECT_SOFTEN, EFFECT_ASK } effect;

typedef enum scope_kind {
    SCOPE_ANY, SCOPE_SITE, SCOPE_NEAR /* the area around the site */, SCOPE_AREA, SCOPE_REGION,
    SCOPE_MUSCLE, SCOPE_GROUP
} scope_kind;

typedef struct rule {
    const char *condition;
    scope_kind scope;
    const char *area;     /* SCOPE_AREA */
    int index;            /* region, muscle or group */
    uint32_t techniques;
    effect effect;
    int limit;            /* highest pressure left by EFFECT_SOFTEN */
    const char *note;
} rule;

typedef struct tables {
    motion *motion;
    int n_motion;
    order *order;         /* one a muscle */
    warm_up *warm_up;
    int n_warm_up;
    cue *cue;             /* one a routine row of the atlas */
    antagonist *antagonist;
    int n_antagonist;
    rule *rule;
    int n_rule;
    const char **warning; /* one a region: NULL where there is no endangerment site */
} tables;

/** Read the planner's tables. All memory is the arena's; KM_EDATA names file, row and value. */
km_status plan_tables_read(tables *out, const km_atlas *a, km_arena *mem, km_error *err);

/** A condition of the client that the table knows. */
typedef struct condition {
    const char *code, *name;
    bool has_place;
    km_ref place;         /* where it is, for rules of scope "site" and "near" */
} condition;

/** A (condition, rule) pair that touches this client. */
typedef struct hit {
    const condition *condition;
    const rule *rule;
    uint64_t jobs;        /* bit i: job i was changed by it */
} hit;

/** Where a fresh injury or numbness lies. */
typedef struct hurt {
    int16_t region;
    km_side side;         /* KM_SIDE_MIDLINE: both */
    bool numb;
} hurt;

/** What one row of the atlas becomes for one job. */
typedef struct use {
    int16_t row;          /* -1 none */
    uint8_t pressure;
    int16_t same;         /* first row of the atlas with the same position, action and caution */
} use;

/** One muscle on one side, with everything that is to be done for it. */
typedef struct job {
    int16_t muscle;
    km_side side;
    int severity;         /* 0..10 */
    bool primary;         /* named, or the likeliest muscle of a named region */
    bool knot;            /* a spot is to be pressed: compression before rolling */
    bool gentle;          /* soreness after training */
    bool acute;           /* a fresh injury */
    bool numb;            /* numbness or tingling */
    bool tools_lacking;   /* pressure is possible but not with the tools owned */
    bool unsafe;          /* no pressure at home */
    int16_t point[POINTS_MAX];
    int n_point;
    int16_t region[POINTS_MAX]; /* where the work lies, for endangerment sites */
    int n_region;
    use release, pin, massage, pir, stretch;
    struct { int16_t muscle; use use; } opposite[ANTAGONISTS_MAX];
    int n_opposite;
    /* what the plan gives it; 0 sets = not in the plan */
    bool chosen;
    int release_sec, release_sets, pin_sets, massage_sec, pir_sets, stretch_sec, stretch_sets;
    bool moves, opposes;
} job;

typedef struct work {
    const km_atlas *atlas;
    const km_plan_ask *ask;
    tables tab;
    condition *condition;
    size_t n_condition;
    const char **unknown; /* conditions no table knows */
    size_t n_unknown;
    hit *hit;
    size_t n_hit;
    hurt *hurt;
    size_t n_hurt, cap_hurt;
    job job[JOBS_MAX];    /* worst first */
    int n_job;
    int dropped;          /* jobs beyond JOBS_MAX */
    uint64_t before[JOBS_MAX]; /* bit k of entry i: job k must come before job i */
    int sequence[JOBS_MAX];
    int n_sequence;
    uint64_t ordered;     /* the set of jobs `sequence` was made for */
    bool short_of_time;   /* the worst spots come first */
    int budget;           /* seconds */
    int warm_sec;         /* 0: no time for it */
    bool ranges;
    km_arena *mem;
} work;

/** The client's conditions and the rules that follow from them. */
void plan_conditions_read(work *w);
/**
 * What is left of a row: false when a rule removes it; `pressure` in and out. `number` >= 0
 * notes the job in the hits; `caution` (may be NULL) gets the texts of softened and asked rules.
 */
bool plan_conditions_apply(work *w, const job *j, int number, km_technique technique,
                           uint8_t *pressure, km_buf *caution);
/**
 * What is asked of a movement of the job: the rules for every technique are about moving, too;
 * moving to the end of the range is a stretch as well (`to_the_end`).
 */
void plan_conditions_move(work *w, const job *j, bool to_the_end, km_buf *caution);
/** Whether a job's muscle, or the work on it, lies in a region. */
bool plan_job_lies_in(const km_atlas *a, const job *j, int region);
/** Add one text to a caution, with "; " before it, unless it is already there. */
void plan_caution_add(km_buf *out, const char *text);

/** Whether a target is an injury under 72 h, of unknown age, or swollen. */
bool plan_fresh_injury(const km_target *t);
/** Where the fresh injuries and the numbness of the targets lie; plan_hurt_clear frees it. */
void plan_hurt_read(work *w);
void plan_hurt_clear(work *w);
/** A job is acute or numb when that lies where its muscle lies, whatever that was marked for. */
void plan_hurt_mark(const work *w, job *j);

/** Turn the targets into jobs, worst first, duplicates merged, rows chosen. */
void plan_jobs_build(work *w);
/** Whether any row, or painless motion, is left for a job. */
bool plan_job_usable(const job *j);
/** Find which jobs must come before which (`before`). */
void plan_jobs_precede(work *w);
/** Put the chosen jobs into a sound order (`sequence`); returns how many. */
int plan_jobs_order(work *w);
/** Choose jobs, sets and seconds that fit into the budget. */
void plan_jobs_fit(work *w);
/** Seconds the chosen work takes; with `out` its steps are written too. */
int plan_jobs_lay_out(work *w, km_plan *out);
/** What was left out, softened or held back, in words. */
void plan_jobs_note(work *w, km_plan *out);

/** Likely sources of pain in a region: muscles there and muscles whose points refer there. */
typedef struct source {
    int16_t muscle;
    bool mirrored;        /* the referral crosses to the other side */
    int score;
} source;
size_t plan_sources_of_pain(source *out, size_t max, const km_atlas *a, int region);

#endif
