/**
 * The clock of a routine being followed: which step, which beat, how long still. Pure: the
 * caller says what time it is, by a clock that never goes back.
 */
#ifndef KNOTMAP_TUI_FOLLOW_CLOCK_H
#define KNOTMAP_TUI_FOLLOW_CLOCK_H

#include <stdbool.h>

#include "knotmap/care.h"

/** Seconds to get into position before every step but the first. */
#define FOLLOW_READY_SEC 10
/** The last seconds of a press: letting go, so that blood comes back in. */
#define FOLLOW_EASE_SEC 5
/** Seconds "+" adds. */
#define FOLLOW_MORE_SEC 15
/** A longer silence of the clock was a suspend: no beat begins unseen. */
#define FOLLOW_GAP_SEC 3.0

typedef struct follow_step {
    int sets, hold, release; /**< seconds of each set: pressing, then letting go */
    int moves;               /**< movements a set, 0 none */
} follow_step;

typedef enum follow_phase { FOLLOW_READY, FOLLOW_HOLD, FOLLOW_RELEASE } follow_phase;

typedef struct follow_clock {
    const follow_step *step; /**< n of them; the caller's */
    int n;
    int at;                  /**< the step, n when all are over */
    int set;                 /**< 0 for the first */
    follow_phase phase;
    double gone;             /**< seconds of this phase */
    double more;             /**< seconds added to this phase */
    double ready;            /**< length of the ready phase of this step */
    double held;             /**< seconds worked in this step, whatever was repeated */
    double doubt;            /**< seconds that ran while nobody was seen, not in `held` yet */
    double finished;         /**< seconds worked in the step finished last */
    double added;            /**< seconds added in the session */
    double added_step;       /**< of these, in this step */
    double last;             /**< when it was looked at last */
    double away;             /**< length of the gap that paused it, 0 none */
    bool running;
} follow_clock;

typedef enum follow_event {
    FOLLOW_NOTHING,
    FOLLOW_BEAT,      /**< another phase or set of the same step began */
    FOLLOW_STEP_OVER, /**< the step before `at` has just been finished */
    FOLLOW_AWAY       /**< a gap reached the end of the phase: it is paused there */
} follow_event;

void follow_clock_init(follow_clock *c, const follow_step *step, int n, int first);
/** Let time pass up to `now`; call again until it says FOLLOW_NOTHING. */
follow_event follow_clock_run(follow_clock *c, double now);
void follow_clock_pause(follow_clock *c);
/** Go on from `now`; what ran while away counts as done. */
void follow_clock_go(follow_clock *c, double now);
/** Leave the step for the next one. */
void follow_clock_skip(follow_clock *c);
/** Begin the step again, or within its first seconds the one before. True when the step changed. */
bool follow_clock_back(follow_clock *c);
/** Whether going back would leave the step. */
bool follow_clock_back_leaves(const follow_clock *c);
void follow_clock_longer(follow_clock *c);

/** Length and rest of the phase, seconds. */
double follow_clock_length(const follow_clock *c);
double follow_clock_left(const follow_clock *c);
/** Seconds of the whole routine, and how far it has come. */
double follow_clock_total(const follow_clock *c);
double follow_clock_position(const follow_clock *c);
/** The movement that is on, from 1, of how many; 0 when the step has none. */
int follow_clock_move(const follow_clock *c, int *of);
/** Which rating of the step a digit is now: thirds of the work. */
km_hold_beat follow_clock_beat(const follow_clock *c);

#endif
