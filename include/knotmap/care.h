/**
 * Care: check-ins, the weekly plan, what is due, aftercare, what helped, causes, goals, what
 * sessions are made of, and the routines a client saved. A part of app: the same km_app,
 * current client and change log. Every write can be undone.
 */
#ifndef KNOTMAP_CARE_H
#define KNOTMAP_CARE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "knotmap/app.h"
#include "knotmap/trend.h"

/* ---- check-ins (lists: km_app_checkins) ---- */
/**
 * Store the check-in of its local day: a new one, or the day's amended (what `io` leaves unsaid
 * stays as it was; `did` and flexibility values are added to it). Flexibility tests must be in
 * measures.csv, with a side where the test has one. `io` comes back as stored.
 */
km_status km_app_checkin_put(km_checkin *io, km_arena *mem, km_app *app, km_error *err);
/** Replace the check-in of its day by exactly this one. */
km_status km_app_checkin_replace(km_checkin *io, km_arena *mem, km_app *app, km_error *err);
/** The check-in of a day; KM_ENOTFOUND when there is none. */
km_status km_app_checkin_get(km_checkin *out, km_arena *mem, km_app *app, km_day day,
                             km_error *err);
/**
 * What a new day starts from: the newest check-in before it, without what was done, measured
 * and its identity. A blank one when there is none.
 */
km_status km_app_checkin_default(km_checkin *out, km_arena *mem, km_app *app, km_day day,
                                 km_error *err);

/** The flexibility tests of measures.csv in its order. @return how many, at most `max`. */
size_t km_app_flex_tests(km_measure *out, size_t max, const km_atlas *a);

/** How one flexibility test of one side moved. */
typedef struct km_flex_change {
    km_measure test;
    km_side side;
    int n;                  /**< readings */
    double first, last;     /**< first and newest reading, in the unit of the test */
    km_day first_day, last_day;
    km_verdict verdict;     /**< of last against first; too few without a figure or a second reading */
} km_flex_change;
typedef struct km_flex_list { km_flex_change *row; size_t n; km_arena mem; } km_flex_list;
/** Every test and side ever measured, readings on or after `since`. */
km_status km_app_flexibility(km_flex_list *out, km_app *app, km_day since, km_error *err);
void km_flex_list_clear(km_flex_list *l);

/** First and newest daily value. */
typedef struct km_paired_span { double first, last; km_day first_day, last_day; } km_paired_span;

/** A place and the flexibility test its marks are held against (km_mark.test). */
typedef struct km_paired {
    km_place place;
    km_measure test;
    km_side side;           /**< of the test */
    int n_rating, n_test, n_both; /**< days with a rating of the place, a value, both */
    km_paired_span rating;  /**< 0..10; means nothing when n_rating is 0 */
    km_paired_span value;   /**< in the unit of the test; likewise */
    km_judgement judge;     /**< ratings: the newest fortnight against the first */
    km_verdict verdict;     /**< values: the newest against the first; likewise */
} km_paired;
typedef struct km_paired_list { km_paired *row; size_t n; } km_paired_list;
/** What must stand beside every listing of pairs. */
#define KM_PAIRED_SAID                                                                        \
    "Knots and restricted movement are commonly described together; two lines of numbers side " \
    "by side show no cause."
/** Every pair, with ratings and values on or after `since`. */
km_status km_app_paired(km_paired_list *out, km_app *app, km_day since, km_error *err);
void km_paired_list_clear(km_paired_list *l);

/* ---- weekly plan ---- */
/** What the plan counts. */
typedef enum km_care { KM_CARE_SMR, KM_CARE_STRETCH, KM_CARE_STRENGTH, KM_CARE_COUNT } km_care;
/** "smr", "stretch", "strength". */
const char *km_care_word(km_care c);

/** Unless one was set: the profile's; without a profile SMR 2, stretching 5, strengthening 2
    (assets/SOURCES.md, "Plan, aftercare and records"). */
km_status km_app_plan_get(km_week_plan *out, km_app *app, km_error *err);
/** 0..14 each. */
km_status km_app_plan_set(const km_week_plan *plan, km_app *app, km_error *err);
/** How often a week the plan wants it. */
int km_week_plan_of(const km_week_plan *plan, km_care c);

/**
 * One week: on how many days each was done (SMR: a treatment by smr, compression or pin and
 * stretch, or the check-in's foam roll; stretching: a stretch or pir treatment or the
 * check-in's stretch; strengthening: a training session; a followed routine counts for what its
 * steps are), and the share of the plan that was kept, 0..1: what was done, no more than was
 * wanted of each, over all that was wanted.
 */
typedef struct km_week {
    km_day monday;
    int done[KM_CARE_COUNT];
    uint8_t days[KM_CARE_COUNT];  /**< bit 0 Monday .. bit 6 Sunday */
    int habit[KM_HABIT_COUNT];    /**< days with each habit of the check-in */
    int checkins;
    double kept;                  /**< NAN when the plan wants nothing, and before the first entry */
} km_week;
/** The last `n` weeks, oldest first, this week last. */
km_status km_app_weeks(km_week *out, int n, km_app *app, km_error *err);

/* ---- due ---- */
typedef enum km_due_kind {
    KM_DUE_AFTERCARE,  /**< ask about a treatment 24, 48 or 72 h on */
    KM_DUE_SMR, KM_DUE_STRETCH, KM_DUE_STRENGTH, /**< of the weekly plan */
    KM_DUE_CHECKIN,    /**< today's check-in is missing */
    KM_DUE_SORENESS,   /**< soreness outlives seven days */
    KM_DUE_CLINICIAN,  /**< a mark open for more than three months */
    KM_DUE_MAINTAIN,   /**< a place that usually comes back about now */
    KM_DUE_GOAL,       /**< a goal or event within two weeks, or one that is past */
    KM_DUE_VISIT,      /**< the next visit */
    KM_DUE_KIND_COUNT
} km_due_kind;
/** "aftercare", "smr", ... */
const char *km_due_word(km_due_kind k);
typedef struct km_due {
    km_due_kind kind;
    km_day day;             /**< since when or until when */
    int64_t id;             /**< treatment, goal or mark it is about, 0 none */
    km_place place;         /**< region and muscle NULL when none */
    int hours;              /**< aftercare: 24, 48 or 72 */
    const char *text;       /**< one plain sentence */
    const char *answer;     /**< the command that answers it, without "knotmap", or NULL */
} km_due;
typedef struct km_due_list { km_due *row; size_t n; km_arena mem; } km_due_list;
/** What is due today, most urgent first. */
km_status km_app_due(km_due_list *out, km_app *app, km_error *err);
void km_due_list_clear(km_due_list *l);

/**
 * Soreness by its clock: each open mark of soreness with the training before its onset. Usual:
 * it begins 6-24 h after the effort, peaks at 24-72 h and is gone in 5-7 days
 * (assets/SOURCES.md, soreness).
 */
typedef struct km_soreness {
    int64_t mark_id;
    km_place place;
    int intensity;
    km_instant onset;       /**< said, or the first mark of this time */
    int64_t session_id;     /**< the training it follows, 0 none within 72 h before the onset */
    const char *session;    /**< its goal, or NULL */
    int hours;              /**< since that training's end, else since the onset */
    int days_left;          /**< to the seventh day, negative: outlived by so many */
    const char *said;       /**< one plain sentence */
} km_soreness;
typedef struct km_soreness_list { km_soreness *row; size_t n; km_arena mem; } km_soreness_list;
/** Of every open mark of soreness, oldest first. */
km_status km_app_soreness(km_soreness_list *out, km_app *app, km_error *err);
void km_soreness_list_clear(km_soreness_list *l);

/* ---- treatments: during and after ---- */
/** One of the three questions after a treatment; amends an earlier answer. */
km_status km_app_aftercare_put(const km_aftercare *a, km_app *app, km_error *err);
/** A warning when an answer is no part of the usual course (assets/SOURCES.md), else NULL. */
const char *km_aftercare_warning(const km_aftercare *a);

/**
 * A pain rating during a hold of a followed routine. The first at a start is the treatment's pain
 * before unless that was said, the last at an end its pain after.
 */
km_status km_app_hold_rating(km_app *app, int64_t treatment_id, km_hold_beat beat, int rating,
                             km_error *err);
/** Why a hold was stopped: "above 7", "spreading", "numb", "sharp"; KM_EINVAL for another word. */
km_status km_app_hold_stopped(km_app *app, int64_t treatment_id, const char *why, km_error *err);
/** What few treatments say; replaces what was said before. */
km_status km_app_treatment_more(const km_treatment_more *m, km_app *app, km_error *err);

/** A treatment with all that was said during and after it. */
typedef struct km_course {
    km_treatment treatment;
    km_treatment_more more;
    km_aftercare after[3];  /**< 24, 48, 72 h; hours 0 when not answered */
    int hold[9];            /**< its first ratings, 0..10: start, middle, end of a hold, of the next, ... */
    int n_hold;
} km_course;
typedef struct km_course_list { km_course *row; size_t n; km_arena mem; } km_course_list;
/** The treatments a filter leaves, in its order. */
km_status km_app_courses(km_course_list *out, km_app *app, const km_mark_filter *f, km_error *err);
void km_course_list_clear(km_course_list *l);

/**
 * A treatment with its ratings and whatever else was said, as one change. `hold` holds `n_hold`
 * ratings in the order start, middle, end. `more` may be NULL.
 */
km_status km_app_treatment_record(km_treatment *io, const km_treatment_more *more, const int *hold,
                                  int n_hold, km_app *app, km_error *err);

/**
 * Amend a stored treatment with all it says beside its ratings (`t->more`), as one change. What
 * was said during its holds stays.
 */
km_status km_app_treatment_amend(const km_treatment *t, km_app *app, km_error *err);

/* ---- what helped ---- */
/** What is compared before against after. */
typedef enum km_helped_of { KM_HELPED_PAIN, KM_HELPED_STIFFNESS, KM_HELPED_TENSION, KM_HELPED_OF_COUNT } km_helped_of;
/** What the rows are counted by. */
typedef enum km_helped_by {
    KM_HELPED_TECHNIQUE,    /**< technique and tool */
    KM_HELPED_MOVEMENT,     /**< moving (smr, pin and stretch, pir) or still (compression, stretch) */
    KM_HELPED_ROUTINE,      /**< saved routine */
    KM_HELPED_BY_COUNT
} km_helped_by;
typedef struct km_helped {
    km_place place;         /**< muscle when known, else region; both NULL for whole routines and KM_HELPED_MOVEMENT */
    int technique;          /**< km_technique, -1 when several or none */
    const char *what;       /**< "smr", "moving", the routine's name */
    const char *tool;       /**< or NULL */
    km_spread change;       /**< after - before, points */
    km_spread lasted;       /**< days until the rating was back at its level before; n 0 unknown */
    int holding;            /**< treatments whose effect was not seen to end */
    const char *said;       /**< one plain sentence, "too little to say" under five */
} km_helped;
typedef struct km_helped_list { km_helped *row; size_t n; km_arena mem; } km_helped_list;
/** Treatments wanted before anything is said (a judgement: assets/SOURCES.md). */
#define KM_HELPED_LEAST 5
/** By place, then by median change, best first. */
km_status km_app_helped(km_helped_list *out, km_app *app, km_helped_of of, km_helped_by by,
                        km_error *err);
void km_helped_list_clear(km_helped_list *l);
/** What the studies say of this way of counting, with its sources; "" of the others. */
const char *km_helped_remark(km_helped_by by);

/* ---- causes ---- */
#define KM_CAUSE_MUSCLES 3
/** How much one cause stands behind. */
typedef struct km_cause_row {
    km_cause cause;
    int marks, places;
    int days_open;          /**< of all its places together */
    int16_t muscle[KM_CAUSE_MUSCLES]; /**< most marked with it, -1 none */
} km_cause_row;
/**
 * Ranked by marks, then by days open (a time a place is open counts for the cause named first
 * in it); causes never named are left out. @return rows in `*n`.
 */
km_status km_app_causes(km_cause_row out[KM_CAUSE_COUNT], size_t *n, km_app *app, km_error *err);

/* ---- goals ---- */
typedef struct km_goal_list { km_goal *row; size_t n; km_arena mem; } km_goal_list;
/** A goal, an event or the next visit. */
km_status km_app_goal_add(km_goal *io, km_app *app, km_error *err);
/** Replace all of the goal with this id; whose it is and its uid stay. */
km_status km_app_goal_edit(const km_goal *g, km_app *app, km_error *err);
km_status km_app_goal_remove(km_app *app, int64_t id, km_error *err);
/** By day, those without a day last. */
km_status km_app_goals(km_goal_list *out, km_app *app, km_error *err);
/** Text is in `mem`. */
km_status km_app_goal_get(km_goal *out, km_arena *mem, km_app *app, int64_t id, km_error *err);
void km_goal_list_clear(km_goal_list *l);

/** The four outcomes shown beside every goal; each a sentence with its figures. */
typedef struct km_outcomes { const char *motion, *pain, *sooner, *feel; km_arena mem; } km_outcomes;
km_status km_app_outcomes(km_outcomes *out, km_app *app, km_error *err);
void km_outcomes_clear(km_outcomes *o);

/* ---- sessions ---- */
/** Blank when the session says none of it. Text is in `mem`. */
km_status km_app_session_more(km_session_more *out, km_arena *mem, km_app *app, int64_t id,
                              km_error *err);
/** Replace what a session says of feel before, modalities, services and practitioner; KM_EINVAL
    once it is signed. */
km_status km_app_session_more_set(const km_session_more *m, km_app *app, km_error *err);
/** A page of the open recovery session was looked at, or is left out. */
km_status km_app_session_check(km_app *app, km_page page, bool skip, km_error *err);
/** The same of several pages, a set of km_page, as one change. */
km_status km_app_session_check_pages(km_app *app, uint32_t pages, bool skip, km_error *err);
/**
 * Which pages are still to be checked or skipped: marks of soreness, marks of knots (or press
 * tests) and flexibility values made during it count by themselves. 0 for other kinds.
 */
km_status km_app_session_missing(uint32_t *out, km_app *app, int64_t id, km_error *err);
/**
 * Sign an ended session: from then on edits become amendments. KM_EINVAL while it is open, when it
 * is signed already, and when neither the call (NULL) nor the session names a practitioner.
 */
km_status km_app_session_sign(km_app *app, int64_t id, const char *practitioner, km_error *err);
typedef struct km_amendment_list { km_amendment *row; size_t n; km_arena mem; } km_amendment_list;
/** Of one session, oldest first. */
km_status km_app_amendments(km_amendment_list *out, km_app *app, int64_t session_id, km_error *err);
void km_amendment_list_clear(km_amendment_list *l);

/** A training session and the next one, with the recovery between. */
typedef struct km_next_session {
    km_session session;
    const char *recovered;  /**< "recovery session;foam_roll", "" nothing noted */
    bool by_hand;           /**< a recovery session or a treatment was among it */
    bool has_next;
    int next_hours;         /**< from its end to the next one's start */
    int next_rpe, next_feel; /**< -1 not said */
} km_next_session;
typedef struct km_next_list { km_next_session *row; size_t n; km_arena mem; } km_next_list;
/** Newest first; `limit` 0 all. */
km_status km_app_next_sessions(km_next_list *out, km_app *app, int64_t limit, km_error *err);
void km_next_list_clear(km_next_list *l);

/** One line of the recovery report. */
typedef struct km_recovery_row {
    const char *what;       /**< "pain", "feel", "next_rpe", "next_feel" */
    const char *group;      /**< "other days", a modality, ... */
    int n;
    double mean, change;    /**< NAN when there is none; change is after - before */
    const char *said;
} km_recovery_row;
typedef struct km_recovery_list { km_recovery_row *row; size_t n; km_arena mem; } km_recovery_list;
/** Pain with and without a recovery session that day or the day before, feel by modality, and the
    next training with and without a recovery session or treatment between. */
km_status km_app_recovery(km_recovery_list *out, km_app *app, km_error *err);
void km_recovery_list_clear(km_recovery_list *l);

/** Open marks that meet the muscles planned for a session (";"-joined muscle and group codes). */
km_status km_app_ready(km_mark_list *out, km_app *app, const char *muscles, km_error *err);

/* ---- weekly problem records ---- */
/** Store the record of its week and area, or replace it; `io->week` any day of the week. */
km_status km_app_problem_put(km_problem *io, km_app *app, km_error *err);
typedef struct km_problem_list { km_problem *row; size_t n; km_arena mem; } km_problem_list;
/** Newest week first. */
km_status km_app_problems(km_problem_list *out, km_app *app, km_error *err);
void km_problem_list_clear(km_problem_list *l);

/* ---- saved routines ---- */
/** Without their steps. */
typedef struct km_routine_head {
    int64_t id;
    km_uid uid;
    const char *name;
    km_instant at;          /**< when it was saved */
    int steps;
    int seconds;            /**< in all */
} km_routine_head;
typedef struct km_routine_list { km_routine_head *row; size_t n; km_arena mem; } km_routine_list;
/** Newest first. */
km_status km_app_routines(km_routine_list *out, km_app *app, km_error *err);
void km_routine_list_clear(km_routine_list *l);

/** What to change in a saved routine; unsaid values stay. */
typedef struct km_routine_edit {
    const char *name;       /**< or NULL */
    int step;               /**< the step the rest is about, 0 none */
    bool drop;              /**< take the step out */
    int move_to;            /**< put it at this position, 0 stay */
    int seconds, sets;      /**< -1 stay; seconds 1..3600, sets 1..10 */
    int pressure;           /**< -1 stay; 0..7; a step with a caution may be made softer, not harder */
} km_routine_edit;
/** KM_EINVAL for the last step's removal, a step that is not there, more than 7 of pressure. */
km_status km_app_routine_edit(km_app *app, int64_t id, const km_routine_edit *e, km_error *err);
km_status km_app_routine_remove(km_app *app, int64_t id, km_error *err);
/**
 * Seconds of a saved step with everything: seconds x sets, for a side that is worked on once per
 * step, 15 s of release per contract-relax set, 10 s to the next step.
 */
int km_saved_step_total(const km_saved_step *s);

#endif
