/**
 * Care: check-ins, the weekly plan, what is due, aftercare, what helped, causes, goals. A part
 * of app: the same km_app, current client and change log.
 */
#ifndef KNOTMAP_CARE_H
#define KNOTMAP_CARE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "knotmap/app.h"
#include "knotmap/trend.h"

/* ---- check-ins ---- */
typedef struct km_checkin_list { km_checkin *row; size_t n; km_arena mem; } km_checkin_list;
/**
 * Store the check-in of its local day: a new one, or the day's amended (what `io` leaves unsaid
 * stays as it was; `did` and flexibility values are added to it). `io` comes back as stored.
 */
km_status km_app_checkin_put(km_checkin *io, km_arena *mem, km_app *app, km_error *err);
/** Replace the check-in of its day by exactly this one. */
km_status km_app_checkin_replace(km_checkin *io, km_arena *mem, km_app *app, km_error *err);
/** The check-in of a day; KM_ENOTFOUND when there is none. */
km_status km_app_checkin_get(km_checkin *out, km_arena *mem, km_app *app, km_day day, km_error *err);
/** What a new day starts from: the newest check-in before it, without its marks of what was done. */
km_status km_app_checkin_default(km_checkin *out, km_arena *mem, km_app *app, km_day day, km_error *err);
/** Newest first; `limit` 0 all. */
km_status km_app_checkins(km_checkin_list *out, km_app *app, km_day since, km_day until, int64_t limit, km_error *err);
void km_checkin_list_clear(km_checkin_list *l);

/* ---- weekly plan ---- */
/** Wanted times a week. Default: SMR 2, stretching 5, strengthening 2 (assets/SOURCES.md, "Plan"). */
typedef struct km_week_plan { int smr, stretch, strength; } km_week_plan;
km_status km_app_plan_get(km_week_plan *out, km_app *app, km_error *err);
/** 0..14 each. */
km_status km_app_plan_set(const km_week_plan *plan, km_app *app, km_error *err);
/**
 * One week: days on which each was done (SMR: a treatment by smr, compression or pin and
 * stretch, or the check-in's foam roll; stretching: a stretch or pir treatment or the check-in's
 * stretch; strengthening: a training session), capped at the plan, and the share kept 0..1.
 */
typedef struct km_week { km_day monday; int smr, stretch, strength; double kept; } km_week;
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
    KM_DUE_GOAL,       /**< a goal or event within two weeks */
    KM_DUE_VISIT,      /**< the next visit */
    KM_DUE_KIND_COUNT
} km_due_kind;
const char *km_due_word(km_due_kind k);
typedef struct km_due {
    km_due_kind kind;
    km_day day;             /**< since when or until when */
    int64_t id;             /**< treatment, goal or mark it is about, 0 none */
    km_place place;         /**< region NULL when none */
    int hours;              /**< aftercare: 24, 48 or 72 */
    const char *text;       /**< one plain sentence */
} km_due;
typedef struct km_due_list { km_due *row; size_t n; km_arena mem; } km_due_list;
/** What is due today, most urgent first. */
km_status km_app_due(km_due_list *out, km_app *app, km_error *err);
void km_due_list_clear(km_due_list *l);

/* ---- aftercare ---- */
/** The answer 24, 48 or 72 h after a treatment. */
typedef struct km_aftercare {
    int64_t treatment_id;
    int hours;              /**< 24, 48, 72 */
    int rating;             /**< 0..10 of the place now, -1 not said */
    km_response response;
    km_instant at;
} km_aftercare;
km_status km_app_aftercare_put(const km_aftercare *a, km_app *app, km_error *err);

/** A pain rating during a hold of a followed routine. */
typedef enum km_hold_beat { KM_HOLD_START, KM_HOLD_MIDDLE, KM_HOLD_END } km_hold_beat;
km_status km_app_hold_rating(km_app *app, int64_t treatment_id, km_hold_beat beat, int rating, km_error *err);
/** Why a hold was stopped: "above 7", "spreading", "numb", "sharp". */
km_status km_app_hold_stopped(km_app *app, int64_t treatment_id, const char *why, km_error *err);

/* ---- what helped ---- */
typedef struct km_helped {
    km_place place;         /**< region, and muscle when known */
    int technique;          /**< km_technique */
    const char *tool;       /**< or NULL */
    km_spread change;       /**< after - before */
    km_spread lasted;       /**< days until the rating was back at its level before; n 0 unknown */
    const char *said;       /**< one plain sentence, "too little to say" under five */
} km_helped;
typedef struct km_helped_list { km_helped *row; size_t n; km_arena mem; } km_helped_list;
/** By place, techniques by median change, best first. */
km_status km_app_helped(km_helped_list *out, km_app *app, km_error *err);
void km_helped_list_clear(km_helped_list *l);

/* ---- causes ---- */
typedef struct km_cause_row { km_cause cause; int marks, places, days_open; } km_cause_row;
/** Ranked by marks, then by days open; causes never named are left out. @return rows in `*n`. */
km_status km_app_causes(km_cause_row out[KM_CAUSE_COUNT], size_t *n, km_app *app, km_error *err);

/* ---- goals ---- */
typedef enum km_goal_kind { KM_GOAL_GOAL, KM_GOAL_EVENT, KM_GOAL_VISIT, KM_GOAL_KIND_COUNT } km_goal_kind;
const char *km_goal_word(km_goal_kind k);
typedef struct km_goal {
    int64_t id;
    km_uid uid;
    int64_t client_id;
    const char *client;
    km_goal_kind kind;
    const char *name;
    km_day day;
    bool has_day;
    int before, after;      /**< function 0 cannot .. 10 as well as ever, -1 not said */
    bool done;
    const char *note;
} km_goal;
typedef struct km_goal_list { km_goal *row; size_t n; km_arena mem; } km_goal_list;
km_status km_app_goal_add(km_goal *io, km_app *app, km_error *err);
km_status km_app_goal_edit(const km_goal *g, km_app *app, km_error *err);
km_status km_app_goals(km_goal_list *out, km_app *app, km_error *err);
km_status km_app_goal_get(km_goal *out, km_arena *mem, km_app *app, int64_t id, km_error *err);
void km_goal_list_clear(km_goal_list *l);

#endif
