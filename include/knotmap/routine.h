/**
 * The planner: from places, tools and minutes to an ordered routine. Pure and deterministic.
 * Rules and their sources: assets/SOURCES.md, tables motions, muscle_order, warm_ups, movement_cues,
 * antagonists, conditions, condition_names, endangerment.
 */
#ifndef KNOTMAP_ROUTINE_H
#define KNOTMAP_ROUTINE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "knotmap/atlas.h"
#include "knotmap/mem.h"
#include "knotmap/model.h"
#include "knotmap/status.h"

/** What is to be treated. */
typedef struct km_target {
    km_ref place;             /**< region, muscle (with or without point) or group */
    int intensity;            /**< 0..10, KM_INTENSITY_NONE unknown; the worst come first */
    km_kind kind;
    int32_t age_hours;        /**< since onset; -1 unknown */
    bool injury;              /**< an injury is its cause: under 72 h (or unknown) it is acute */
    bool swelling;            /**< acute whatever its age */
    bool beside;              /**< not asked for: what is hurt or numb holds back what lies there */
} km_target;

/** How long an injury is fresh and holds back pressure and stretch (assets/SOURCES.md). */
#define KM_ACUTE_HOURS 72

typedef enum km_pressure { KM_PRESSURE_GENTLE, KM_PRESSURE_FIRM, KM_PRESSURE_DEEP } km_pressure;

/** gentle 0..3, firm 4..5, deep 6..7 of 10. */
km_pressure km_pressure_of(int target);
const char *km_pressure_word(km_pressure p);

typedef struct km_plan_ask {
    const km_target *target;
    size_t n_target;
    uint32_t techniques;      /**< set of km_technique wanted */
    uint32_t tools;           /**< set of km_tool owned */
    int minutes;              /**< 1..240 */
    const char *conditions;   /**< client's ";"-joined conditions or NULL */
    bool tools_assumed;       /**< nobody said which tools there are: the plan tells what it took */
} km_plan_ask;

/** One step. All text is borrowed from the atlas or from the plan's arena. */
typedef struct km_step {
    int16_t muscle;           /**< -1 for warm up and full range steps */
    int16_t point;            /**< the point it works on, -1 none */
    km_side side;
    int technique;            /**< km_technique; -1 for warm up, motion, range */
    const char *kind;         /**< word: "warm_up", "smr", ..., "motion", "range" */
    const char *tool;         /**< the tool of those owned: "ball"; "" when none */
    const char *position, *action;
    int seconds, sets;        /**< per side */
    int pressure;             /**< 0..10, never above 7; 0 = no pressure */
    const char *cue;          /**< movement cue or "" */
    int cue_count;            /**< movements a set, 0 none */
    bool active;              /**< the joint moves during the step; false: static or stroking */
    const char *caution;      /**< with endangerment and condition notes; "" none */
    const char *source;
    int total;                /**< seconds of the step with sets, release and the pause after it */
    int number;               /**< of a kept routine: which of its steps, from 1; else 0 */
} km_step;

typedef struct km_plan {
    km_step *step;
    size_t n;
    int seconds;              /**< in all */
    const char **note;        /**< what was left out or softened and why, in words */
    size_t n_note;
    km_arena mem;
} km_plan;

/** Plan a routine. `out` is cleared by km_plan_clear. An empty plan is KM_ENOTFOUND with the reason. */
km_status km_routine_plan(km_plan *out, const km_atlas *a, const km_plan_ask *ask, km_error *err);

/**
 * Check the planner's tables (motions, warm_ups, muscle_order, movement_cues, antagonists,
 * endangerment, conditions) of an atlas that was replaced.
 * @return KM_EDATA "FILE line L, column C: VALUE: reason".
 */
km_status km_routine_verify(const km_atlas *a, km_error *err);
void km_plan_clear(km_plan *p);

/**
 * What is left today of steps planned earlier: those a condition or a fresh injury holds back go,
 * others are made softer and say so; notes name the reasons. Of `ask` only conditions count, and
 * of its targets the injuries and numbness. The rest may be empty.
 */
km_status km_routine_heed(km_plan *plan, const km_atlas *a, const km_plan_ask *ask, km_error *err);

/**
 * Read one of a client's conditions: a code of condition_names.csv or one of its synonyms, and
 * if wanted where it is: "osteoporosis", "blood thinners", "fracture:left:shin". Conditions of
 * a place (fracture, scar, implant ...) hold everywhere until the place is said.
 *
 * @param code,name  texts of the atlas.
 * @param place      written only when `*has_place`.
 * @return KM_EINVAL for an unknown condition or place.
 */
km_status km_routine_condition(const char **code, const char **name, km_ref *place,
                               bool *has_place, const km_atlas *a, const char *text,
                               km_error *err);

/** What to expect of a technique, one row of a first-time page. Text is the atlas's. */
typedef struct km_expectation {
    int technique;            /**< km_technique, -1 for every technique */
    const char *topic;        /**< "what", "first", "pressure", "next_days", "not_normal", ... */
    const char *text, *basis; /**< basis: seen, recalled, practice or disputed */
    const char *source;
} km_expectation;

/**
 * The page of one technique: what it is and what is known of it, then what holds for every
 * technique, in the order of expectations.csv. A topic a technique tells itself is not
 * repeated in general words. @return how many rows, at most `max`.
 */
size_t km_routine_expect(km_expectation *out, size_t max, const km_atlas *a, km_technique t);
/** A heading for a topic: "In the first minutes". */
const char *km_routine_topic(const char *topic);

/** Muscles a place may mean, likeliest (commonest, nearest) first. @return count, at most max. */
size_t km_routine_muscles(int16_t *out, size_t max, const km_atlas *a, const km_ref *place);

#endif
