/**
 * The database: opening and migrating, records, the change log with undo and redo, backup,
 * verify. The only room that knows SQLite.
 *
 * Codes of regions and muscles are text here and are not checked against any atlas. Ranges
 * are checked once more by the schema (db/). A store belongs to one thread.
 *
 * Writes of undoable records run between km_store_begin and km_store_commit; text of a record
 * is borrowed for the call. Records handed to a callback or read by a getter borrow their
 * text: place codes until the store closes, everything else until the callback returns or,
 * where there is an arena, until that is cleared.
 *
 * What the names mean throughout:
 * - `_each` calls `fn` row by row; anything but KM_OK from it stops the walk and is returned.
 *   Client 0 is everybody where the comment says so.
 * - `_get` copies text into `mem`, which stays the caller's; KM_ENOTFOUND for an unknown id.
 * - `_add` wants client and uid set and gives back the id; one that is set in the record is taken,
 *   0 takes the next.
 * - `_update` replaces all of the record with that id, `_remove` takes it out; KM_ENOTFOUND.
 * - `_put` adds a record, or replaces the one there can be only one of.
 * - `since` and `until` are seconds since 1970 UTC, since <= at < until; INT64_MIN and INT64_MAX
 *   leave a side open.
 *
 * Every function may fail with KM_EBUSY (another program holds the database past the
 * timeout), KM_ECANCELLED (the waiting callback gave up), KM_EIO (disk full, input/output
 * error), KM_EPERM (read-only), KM_EDATA (damaged).
 */
#ifndef KNOTMAP_STORE_H
#define KNOTMAP_STORE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "knotmap/mem.h"
#include "knotmap/model.h"
#include "knotmap/status.h"

typedef struct km_store km_store;

typedef struct km_store_options {
    const char *path;    /**< file, or ":memory:" */
    bool readonly;       /**< never write, never create */
    /** Called about every 20 ms while blocked; false gives up. NULL waits 5 s. */
    bool (*waiting)(void *ctx, int ms);
    void *waiting_ctx;
    /** Time and random bits for the uid of the first client of a new file. */
    km_uid first_uid;
} km_store_options;

/**
 * Open, create or migrate.
 *
 * A new file has mode 0600 in a folder of mode 0700 and holds the client "me". A file of a
 * newer knotmap, one that is no knotmap database and a damaged one are KM_EDATA, each with its
 * own sentence and left as they were. A file that cannot be written opens for reading;
 * a -wal beside it that cannot be read is KM_EPERM.
 */
km_status km_store_open(km_store **out, const km_store_options *opt, km_error *err);
void km_store_close(km_store *s);
const char *km_store_path(const km_store *s);
/** Whether writing is impossible or was not wanted. */
bool km_store_readonly(const km_store *s);
/** A number that changes when another connection commits. */
km_status km_store_data_version(int64_t *out, km_store *s, km_error *err);
/** The schema version this program writes. */
int km_store_schema_version(void);

/* ---- transactions and the change log ---- */

/** What a transaction did, for the log. */
typedef struct km_store_change {
    const char *who;     /**< front end */
    const char *what;    /**< in words */
    km_instant at;
    int64_t record_id;   /**< what it is about, 0 when several */
    int64_t join;        /**< the change this is a part of, when that is still the newest; 0 none */
} km_store_change;

/** The change written last through this store, 0 none. */
int64_t km_store_last_change(const km_store *s);
/** Begin to write (BEGIN IMMEDIATE); not nested. */
km_status km_store_begin(km_store *s, km_error *err);
/**
 * Write the log row and commit; on failure everything is rolled back. A transaction that
 * changed nothing leaves no log row. Durable once this is KM_OK.
 */
km_status km_store_commit(km_store *s, const km_store_change *c, km_error *err);
/** Give the transaction up; harmless when there is none. */
void km_store_rollback(km_store *s);
/** Set a point inside a transaction, give back to it, forget it: one row of an import. */
km_status km_store_savepoint(km_store *s, km_error *err);
km_status km_store_savepoint_end(km_store *s, bool keep, km_error *err);

/** A log row as undo and redo report it. */
typedef struct km_store_undone {
    int64_t change, record_id;
    char what[160];
} km_store_undone;

/** Take the last change back, in one transaction; KM_ENOTFOUND when there is none. */
km_status km_store_undo(km_store_undone *out, km_store *s, km_error *err);
/** Do again what was taken back last; KM_ENOTFOUND when nothing was since the last change. */
km_status km_store_redo(km_store_undone *out, km_store *s, km_error *err);

/* ---- clients ---- */
typedef km_status (*km_store_client_fn)(void *ctx, const km_client *c, km_error *err);
/** By name, ignoring case. With what is filled on reading. */
km_status km_store_clients_each(km_store *s, bool archived, km_store_client_fn fn, void *ctx,
                                km_error *err);
/** Conditions joined by and; zero means none. */
typedef struct km_store_client_filter {
    bool archived;            /**< those put away, too */
    bool lasting;             /**< has a place, soreness apart, that is open since before `before` */
    km_day before;            /**< by the clock at the place of each mark */
    int stress;               /**< 1..7: the newest check-in of these days that says it: at least so */
    km_day stress_since, stress_until; /**< stress_since <= day < stress_until */
    const char *profile;      /**< code, or NULL */
} km_store_client_filter;
/** What was open before a day is read back so far; what nobody marked for so long began anew. */
#define KM_STANDING_DAYS 300
/**
 * How many places of a client are open (a place and kind counts once), and how many of them have
 * been since before a day, soreness apart.
 */
km_status km_store_standing(int *open, int *lasting, km_store *s, int64_t client_id, km_day before,
                            km_error *err);
/** The clients a filter leaves, in the same order; one statement over indexes. */
km_status km_store_clients_that(km_store *s, const km_store_client_filter *f,
                                km_store_client_fn fn, void *ctx, km_error *err);
km_status km_store_client_get(km_client *out, km_arena *mem, km_store *s, int64_t id,
                              km_error *err);
/** Exact name ignoring case (Unicode); KM_ENOTFOUND. */
km_status km_store_client_by_name(int64_t *id, km_store *s, const char *name, km_error *err);
/** Just the name of a client, into `mem`. */
km_status km_store_client_name(const char **out, km_arena *mem, km_store *s, int64_t id,
                               km_error *err);
km_status km_store_client_add(int64_t *id, km_store *s, const km_client *c, km_error *err);
km_status km_store_client_update(km_store *s, const km_client *c, km_error *err);
/**
 * Remove every trace: records, log rows that hold them, free pages, the -wal. Its own
 * transaction; no undo. When the client is the only one, an empty "me" with `fresh` is made.
 */
km_status km_store_client_erase(km_store *s, int64_t id, km_uid fresh, km_error *err);
/** Whether the database holds no record but clients and no client but the first. */
km_status km_store_is_empty(bool *out, km_store *s, km_error *err);

/* ---- what lists ask for ---- */
/** All members are conditions joined by and; start from km_store_filter_all(). */
typedef struct km_store_filter {
    int64_t client_id;        /**< 0 all */
    bool has_since, has_until;
    int64_t since, until;     /**< since <= at < until */
    bool since_day, until_day; /**< that bound is by the clock at the place of each record */
    const char *region;       /**< code or NULL */
    const char *muscles;      /**< ";a;b;" or NULL */
    int side, kind, min_intensity, cause; /**< -1 no condition; kind is the technique of treatments */
    int64_t session_id, id;   /**< 0 no condition */
    const char *text;         /**< stands in the note, ignoring case */
    int tissue;               /**< km_tissue, -1 no condition; not of treatments */
    uint32_t qualities;       /**< all of these; 0 no condition; not of treatments */
    /** Lists like ";a;b;" or NULL: the region, or where none is named the muscle, stands there. */
    const char *area_regions, *area_muscles;
    /** The muscle, or where none is named the region, stands there. */
    const char *loaded_muscles, *loaded_regions;
    bool open;                /**< latest of each place and kind (before `until`), unless its intensity is 0 */
    int64_t limit, offset;    /**< limit 0 none */
    bool oldest_first;
} km_store_filter;
km_store_filter km_store_filter_all(void);

/* ---- marks ---- */
typedef km_status (*km_store_mark_fn)(void *ctx, const km_mark *m, km_error *err);
/** In order of time and id; reads only what is asked for. */
km_status km_store_marks_each(km_store *s, const km_store_filter *f, km_store_mark_fn fn,
                              void *ctx, km_error *err);
/** How many a listing would give; limit and offset are not heeded. */
km_status km_store_mark_count(int64_t *out, km_store *s, const km_store_filter *f, km_error *err);
km_status km_store_mark_get(km_mark *out, km_arena *mem, km_store *s, int64_t id, km_error *err);
km_status km_store_mark_add(int64_t *id, km_store *s, const km_mark *m, km_error *err);
km_status km_store_mark_update(km_store *s, const km_mark *m, km_error *err);
km_status km_store_mark_remove(km_store *s, int64_t id, km_error *err);

/** One mark as trends and history need it: read from an index, never from the rows. */
typedef struct km_store_sample {
    int64_t id, at;
    int16_t off_min;
    int8_t kind, intensity;   /**< km_kind; 0..10 or KM_INTENSITY_NONE */
    int32_t place;            /**< key for km_store_place */
    int64_t client_id;
} km_store_sample;
typedef km_status (*km_store_sample_fn)(void *ctx, const km_store_sample *m, km_error *err);
/** A client's (0: everybody's) marks in [since, until), by client and time. */
km_status km_store_samples(km_store *s, int64_t client_id, int64_t since, int64_t until,
                           km_store_sample_fn fn, void *ctx, km_error *err);
/** The place of a key; codes borrowed until the store closes. */
km_status km_store_place(km_place *out, km_store *s, int64_t place, km_error *err);
/** Highest key of a place so far. */
km_status km_store_place_max(int64_t *out, km_store *s, km_error *err);

/** What the client's knots say of one trigger point. */
typedef struct km_store_point_history {
    km_place place;
    int active, latent, unspecified;
    int64_t last_at;          /**< seconds, newest */
    km_state last_state;      /**< of the newest */
} km_store_point_history;
typedef km_status (*km_store_history_fn)(void *ctx, const km_store_point_history *h, km_error *err);
/** Knots of the client that name a trigger point, grouped by place. */
km_status km_store_history_each(km_store *s, int64_t client_id, km_store_history_fn fn, void *ctx,
                                km_error *err);
/** Each place felt when a point of the client was pressed, with the point's place and how often. */
typedef km_status (*km_store_felt_fn)(void *ctx, const km_place *point, const km_place *felt,
                                      int times, km_error *err);
km_status km_store_felt_each(km_store *s, int64_t client_id, km_store_felt_fn fn, void *ctx,
                             km_error *err);

/* ---- findings and flag answers ---- */
km_status km_store_finding_add(int64_t *id, km_store *s, const km_finding *f, km_error *err);
typedef km_status (*km_store_finding_fn)(void *ctx, const km_finding *f, km_error *err);
/** Oldest first; client 0: everybody's. */
km_status km_store_findings_each(km_store *s, int64_t client_id, km_store_finding_fn fn, void *ctx,
                                 km_error *err);

/** An answer about red flags. */
typedef struct km_flag_answer {
    int64_t id;
    km_uid uid;
    int64_t client_id;
    km_instant at;
    const char *asked, *present;  /**< ";"-joined codes; present "" for none */
} km_flag_answer;
/** In its own transaction, outside the change log. */
km_status km_store_flag_answer_add(int64_t *id, km_store *s, const km_flag_answer *a,
                                   km_error *err);
typedef km_status (*km_store_flag_answer_fn)(void *ctx, const km_flag_answer *a, km_error *err);
/** Newest first, answered at or after `since`. */
km_status km_store_flag_answers_each(km_store *s, int64_t client_id, int64_t since,
                                     km_store_flag_answer_fn fn, void *ctx, km_error *err);

/* ---- sessions ---- */
typedef km_status (*km_store_session_fn)(void *ctx, const km_session *m, km_error *err);
/** Newest first; client 0: everybody's; limit 0: all. */
km_status km_store_sessions_each(km_store *s, int64_t client_id, int64_t limit,
                                 km_store_session_fn fn, void *ctx, km_error *err);
typedef km_status (*km_store_session_time_fn)(void *ctx, const km_session_time *m, km_error *err);
/** A client's, oldest first. */
km_status km_store_session_times(km_store *s, int64_t client_id, km_store_session_time_fn fn,
                                 void *ctx, km_error *err);
km_status km_store_session_get(km_session *out, km_arena *mem, km_store *s, int64_t id,
                               km_error *err);
/** Id of the client's open session, 0 when none is. */
km_status km_store_session_open(int64_t *id, km_store *s, int64_t client_id, km_error *err);
km_status km_store_session_add(int64_t *id, km_store *s, const km_session *m, km_error *err);
km_status km_store_session_update(km_store *s, const km_session *m, km_error *err);

/* ---- treatments and routines ---- */
typedef km_status (*km_store_treatment_fn)(void *ctx, const km_treatment *t, km_error *err);
/** In order of time and id, with their ratings and what few treatments say. */
km_status km_store_treatments_each(km_store *s, const km_store_filter *f, km_store_treatment_fn fn,
                                   void *ctx, km_error *err);
/** When and where a treatment was, oldest first, before `until`. */
typedef struct km_store_treated {
    km_instant at;
    int32_t place;            /**< key for km_store_place, 0 none */
    int64_t routine_id;       /**< 0 none */
} km_store_treated;
typedef km_status (*km_store_treated_fn)(void *ctx, const km_store_treated *t, km_error *err);
km_status km_store_treated_each(km_store *s, int64_t client_id, int64_t until,
                                km_store_treated_fn fn, void *ctx, km_error *err);
km_status km_store_treatment_add(int64_t *id, km_store *s, const km_treatment *t, km_error *err);
km_status km_store_treatment_update(km_store *s, const km_treatment *t, km_error *err);

/** A step of a saved routine; text NULL when there is none. */
typedef struct km_store_step {
    int64_t id;
    km_uid uid;
    int step;                 /**< order, from 1 */
    const char *muscle;       /**< NULL for warm up and full range */
    int tp;
    km_side side;
    const char *kind, *tool, *position, *action, *cue, *caution, *source;
    int seconds, sets, pressure, cue_count;
} km_store_step;
typedef struct km_store_routine {
    int64_t id;
    km_uid uid;
    int64_t client_id;
    const char *name;
    km_instant at;
    const km_store_step *step;
    size_t n_step;
} km_store_routine;
km_status km_store_routine_add(int64_t *id, km_store *s, const km_store_routine *r, km_error *err);
/** Id 0: the client's last. Everything is in `mem`. */
km_status km_store_routine_get(km_store_routine *out, km_arena *mem, km_store *s,
                               int64_t client_id, int64_t id, km_error *err);
typedef km_status (*km_store_routine_fn)(void *ctx, const km_store_routine *r, km_error *err);
/** Newest first, without their steps. */
km_status km_store_routines_each(km_store *s, int64_t client_id, km_store_routine_fn fn, void *ctx,
                                 km_error *err);
km_status km_store_routine_remove(km_store *s, int64_t id, km_error *err);
typedef km_status (*km_store_routine_step_fn)(void *ctx, const km_routine_step *p, km_error *err);
/** The steps of all saved routines, oldest routine first; client 0: everybody's. */
km_status km_store_routine_steps_each(km_store *s, int64_t client_id, km_store_routine_step_fn fn,
                                      void *ctx, km_error *err);
/** Add one step to a routine that is there; its number must be free. */
km_status km_store_routine_step_add(km_store *s, const km_routine_step *p, km_error *err);
/** Give a saved routine another name and time; its steps stay. */
km_status km_store_routine_head(km_store *s, int64_t id, const char *name, km_instant at,
                                km_error *err);
/** Id of the client's routine of this name (the newest), 0 when there is none. */
km_status km_store_routine_by_name(int64_t *id, km_store *s, int64_t client_id, const char *name,
                                   km_error *err);

/* ---- check-ins ---- */
typedef km_status (*km_store_checkin_fn)(void *ctx, const km_checkin *c, km_error *err);
/** Newest first, local days in [since, until); client 0: everybody's; limit 0: all. */
km_status km_store_checkins_each(km_store *s, int64_t client_id, km_day since, km_day until,
                                 int64_t limit, km_store_checkin_fn fn, void *ctx, km_error *err);
/** Id of the client's check-in on a day, 0 when there is none. */
km_status km_store_checkin_on(int64_t *id, km_store *s, int64_t client_id, km_day day,
                              km_error *err);
km_status km_store_checkin_uid(km_uid *out, km_store *s, int64_t id, km_error *err);
km_status km_store_checkin_add(int64_t *id, km_store *s, const km_checkin *c, km_error *err);
km_status km_store_checkin_update(km_store *s, const km_checkin *c, km_error *err);

/* ---- care (db/002_care.sql) ---- */
/** The client's weekly plan; `*found` false and `out` untouched when none was set. */
km_status km_store_week_plan_get(km_week_plan *out, bool *found, km_store *s, int64_t client_id,
                                 km_error *err);
km_status km_store_week_plan_set(km_store *s, int64_t client_id, const km_week_plan *p,
                                 km_error *err);

typedef km_status (*km_store_plan_fn)(void *ctx, const km_client_plan *p, km_error *err);
/** The plans that were set, by the client's name; client 0: everybody's. */
km_status km_store_week_plans_each(km_store *s, int64_t client_id, km_store_plan_fn fn, void *ctx,
                                   km_error *err);

typedef km_status (*km_store_goal_fn)(void *ctx, const km_goal *g, km_error *err);
/** By day, those without a day last; client 0: everybody's. */
km_status km_store_goals_each(km_store *s, int64_t client_id, km_store_goal_fn fn, void *ctx,
                              km_error *err);
km_status km_store_goal_get(km_goal *out, km_arena *mem, km_store *s, int64_t id, km_error *err);
km_status km_store_goal_add(int64_t *id, km_store *s, const km_goal *g, km_error *err);
km_status km_store_goal_update(km_store *s, const km_goal *g, km_error *err);
km_status km_store_goal_remove(km_store *s, int64_t id, km_error *err);

/** Whose treatment it is; KM_ENOTFOUND. */
km_status km_store_treatment_client(int64_t *client_id, km_store *s, int64_t id, km_error *err);
/** Add an answer, or replace the one for the same hours. */
km_status km_store_aftercare_put(km_store *s, const km_aftercare *a, km_error *err);
/** The answer for these hours, its text in `mem`; `*found` false when there is none. */
km_status km_store_aftercare_get(km_aftercare *out, bool *found, km_arena *mem, km_store *s,
                                 int64_t treatment_id, int hours, km_error *err);
typedef km_status (*km_store_aftercare_fn)(void *ctx, const km_aftercare *a, km_error *err);
/** Of treatments from `since` on, oldest first, by hours; client 0: everybody's, whenever. */
km_status km_store_aftercare_each(km_store *s, int64_t client_id, int64_t since,
                                  km_store_aftercare_fn fn, void *ctx, km_error *err);

/** Append a rating to a treatment; `beat` 0 start, 1 middle, 2 end. Read with the treatment. */
km_status km_store_hold_add(km_store *s, int64_t treatment_id, int beat, int rating, km_error *err);
km_status km_store_treatment_more_put(km_store *s, const km_treatment_more *m, km_error *err);

/** Blank when the session says none of it. Text is in `mem`. */
km_status km_store_session_more_get(km_session_more *out, km_arena *mem, km_store *s, int64_t id,
                                    km_error *err);
km_status km_store_session_more_put(km_store *s, int64_t client_id, const km_session_more *m,
                                    km_error *err);
typedef km_status (*km_store_session_more_fn)(void *ctx, const km_session_more *m, km_error *err);
/** By session. */
km_status km_store_session_more_each(km_store *s, int64_t client_id, km_store_session_more_fn fn,
                                     void *ctx, km_error *err);
km_status km_store_amendment_add(int64_t *id, km_store *s, int64_t client_id,
                                 const km_amendment *a, km_error *err);
typedef km_status (*km_store_amendment_fn)(void *ctx, const km_amendment *a, km_error *err);
/** Of one session, oldest first; session 0: all of the client's; client 0, too: everybody's. */
km_status km_store_amendments_each(km_store *s, int64_t client_id, int64_t session_id,
                                   km_store_amendment_fn fn, void *ctx, km_error *err);

/** Add the record of its client, week and area, or replace it. `*id` comes back. */
km_status km_store_problem_put(int64_t *id, km_store *s, const km_problem *p, km_error *err);
typedef km_status (*km_store_problem_fn)(void *ctx, const km_problem *p, km_error *err);
/** Newest week first; client 0: everybody's. */
km_status km_store_problems_each(km_store *s, int64_t client_id, km_store_problem_fn fn, void *ctx,
                                 km_error *err);

/** A client's mark as causes are counted from. */
typedef struct km_store_cause {
    km_store_sample sample;
    km_cause cause;
} km_store_cause;
typedef km_status (*km_store_cause_fn)(void *ctx, const km_store_cause *m, km_error *err);
/** All marks of a client, oldest first. */
km_status km_store_causes_each(km_store *s, int64_t client_id, km_store_cause_fn fn, void *ctx,
                               km_error *err);

/** What an open recovery session already shows by itself: a set of km_page. */
km_status km_store_session_seen(uint32_t *out, km_store *s, int64_t session_id, km_error *err);

/** Give a saved routine another name; its steps stay. */
km_status km_store_routine_rename(km_store *s, int64_t id, const char *name, km_error *err);
/** Put these steps in the place of a saved routine's; treatments that name it stay. */
km_status km_store_routine_steps(km_store *s, int64_t id, const km_store_step *step, size_t n,
                                 km_error *err);

/* ---- history ---- */
/** What the last member of a rating is. */
typedef enum km_store_group { KM_STORE_GROUP_NONE, KM_STORE_GROUP_KIND, KM_STORE_GROUP_CLIENT } km_store_group;
/** One rating, read from an index alone. */
typedef struct km_store_rating {
    int64_t at;
    int64_t group;            /**< what was asked for: 0, the km_kind, or the client's id */
    int32_t place;            /**< key for km_store_place */
    int16_t off_min;
    int8_t intensity;         /**< 0..10 */
} km_store_rating;
typedef struct km_store_rating_ask {
    int64_t client_id;        /**< 0: everybody's */
    int64_t since, until;     /**< since <= at < until */
    int kind;                 /**< km_kind or -1 */
    km_store_group group;
} km_store_rating_ask;
typedef km_status (*km_store_rating_fn)(void *ctx, const km_store_rating *r, km_error *err);
/** Marks with an intensity; those of one client by time, those of everybody in any order. */
km_status km_store_ratings_each(km_store *s, const km_store_rating_ask *ask,
                                km_store_rating_fn fn, void *ctx, km_error *err);
/** One mark as it opens or closes a place. */
typedef struct km_store_event {
    int64_t at, id;
    int32_t place;            /**< key for km_store_place */
    int16_t off_min;
    uint8_t kind : 3, state : 2, cause : 3; /**< km_kind, km_state, km_cause */
    int8_t intensity;         /**< 0..10 or KM_INTENSITY_NONE */
} km_store_event;
typedef km_status (*km_store_event_fn)(void *ctx, const km_store_event *e, km_error *err);
/** A client's marks in [since, until), in any order. */
km_status km_store_events_each(km_store *s, int64_t client_id, int64_t since, int64_t until,
                               km_store_event_fn fn, void *ctx, km_error *err);
/** The intensity of the mark before a stored one, of its place and kind; KM_INTENSITY_NONE none. */
km_status km_store_mark_before(int *intensity, km_store *s, const km_mark *m, km_error *err);
/** The pressure readings of one mark. */
typedef struct km_store_ppt {
    km_instant at;
    int32_t place;
    int n;
    double sum, max;          /**< kPa */
    double area;              /**< of the probe, cm2; 0 not said */
} km_store_ppt;
typedef km_status (*km_store_ppt_fn)(void *ctx, const km_store_ppt *p, km_error *err);
/** Marks with readings, oldest first. */
km_status km_store_ppt_each(km_store *s, int64_t client_id, int64_t since, int64_t until,
                            km_store_ppt_fn fn, void *ctx, km_error *err);
/** The places of a client's marks that name a flexibility test, each pair once, by place. */
typedef km_status (*km_store_test_fn)(void *ctx, int32_t place, const char *test, km_side side,
                                      km_error *err);
km_status km_store_mark_tests_each(km_store *s, int64_t client_id, km_store_test_fn fn, void *ctx,
                                   km_error *err);
/** Stiffness and tension of one treatment; -1 not said. */
typedef struct km_store_eased {
    km_instant at;
    int32_t place;            /**< 0 none: a whole routine */
    int stiffness[2], tension[2]; /**< before and after, 0..10 */
} km_store_eased;
typedef km_status (*km_store_eased_fn)(void *ctx, const km_store_eased *e, km_error *err);
/** Treatments with one of them in [since, until), by time. */
km_status km_store_eased_each(km_store *s, int64_t client_id, int64_t since, int64_t until,
                              km_store_eased_fn fn, void *ctx, km_error *err);
/** A saved filter: a name, and the line of words it stands for. */
typedef km_status (*km_store_saved_filter_fn)(void *ctx, int64_t id, const char *name,
                                              const char *words, km_error *err);
/** By name. They are nobody's: every client's lists can use them. */
km_status km_store_saved_filters_each(km_store *s, km_store_saved_filter_fn fn, void *ctx,
                                      km_error *err);
/** A name that is there, ignoring case, gets the new words. */
km_status km_store_saved_filter_put(int64_t *id, km_store *s, const char *name, const char *words,
                                    km_error *err);
km_status km_store_saved_filter_remove(km_store *s, int64_t id, km_error *err);

/* ---- recognising records ---- */
typedef enum km_record {
    KM_RECORD_CLIENT, KM_RECORD_SESSION, KM_RECORD_MARK, KM_RECORD_TREATMENT, KM_RECORD_CHECKIN,
    KM_RECORD_FINDING, KM_RECORD_ROUTINE, KM_RECORD_STEP, KM_RECORD_AMENDMENT, KM_RECORD_PROBLEM,
    KM_RECORD_GOAL, KM_RECORD_COUNT
} km_record;
/** Local id of the record with this uid, 0 when there is none. */
km_status km_store_by_uid(int64_t *id, km_store *s, km_record kind, km_uid uid, km_error *err);

/* ---- whole database ---- */
/** A consistent copy while in use, mode 0600. KM_ECREATE when the file exists or cannot be made. */
km_status km_store_backup(km_store *s, const char *file, km_error *err);
/** One line of a check; `detail` says what is wrong. */
typedef void (*km_store_check_fn)(void *ctx, const char *check, bool ok, const char *detail);
/** Integrity, foreign keys, identity, derived tables, change log. KM_OK even when a check fails. */
km_status km_store_verify(km_store *s, km_store_check_fn fn, void *ctx, km_error *err);
/** Every place that records may point to. */
typedef km_status (*km_store_place_fn)(void *ctx, int64_t id, const km_place *p, km_error *err);
km_status km_store_places_each(km_store *s, km_store_place_fn fn, void *ctx, km_error *err);

#endif
