/**
 * What the program can do: one function per verb. Validation against the atlas, transactions,
 * the current client, and a revision that tells views when to read again.
 *
 * Lists carry their own memory: clear them with the matching _clear; after a failure there is
 * nothing to clear. Text of a record handed to a write is borrowed for the call. A record given as
 * `io` gets id, uid and client from the call; a moment of zero becomes now.
 *
 * Unless said otherwise a verb works on the current client, a listing is newest first, and a walk
 * (`_each`) is stopped by anything but KM_OK from its `fn`, which it returns. Every function may
 * fail with KM_ENOTFOUND (no such record, or no such client), KM_EINVAL (a value that is refused;
 * the text names it and the mend what would do) and with what a store fails with (store.h).
 */
#ifndef KNOTMAP_APP_H
#define KNOTMAP_APP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "knotmap/atlas.h"
#include "knotmap/chart.h"
#include "knotmap/exchange.h"
#include "knotmap/mem.h"
#include "knotmap/model.h"
#include "knotmap/referral.h"
#include "knotmap/routine.h"
#include "knotmap/safety.h"
#include "knotmap/status.h"
#include "knotmap/topic.h"

typedef struct km_app km_app;

typedef struct km_app_options {
    const char *db;           /**< NULL: KNOTMAP_DB, else the XDG data folder */
    const char *client;       /**< name or id; NULL: KNOTMAP_CLIENT, else "me" */
    const char *who;          /**< for the change log: "cli" or "screen" */
    bool readonly;            /**< refuse writes */
    /**
     * Called about every 20 ms while another program blocks a write; false gives up
     * (KM_ECANCELLED). NULL waits the busy timeout of 5 s.
     */
    bool (*waiting)(void *ctx, int ms);
    void *waiting_ctx;
} km_app_options;

/**
 * Open atlas and database (created on first use). The client is looked up on the first call
 * that needs it, so that a wrong one is KM_ENOTFOUND there.
 */
km_status km_app_open(km_app **out, const km_app_options *opt, km_error *err);
void km_app_close(km_app *app);

/** What it was opened with; the texts live as long as it does. */
const km_atlas *km_app_atlas(const km_app *app);
const char *km_app_db_path(const km_app *app);
bool km_app_readonly(const km_app *app);
/** Grows with every change of the database, ours at once, other programs' after km_app_poll. */
uint64_t km_app_revision(const km_app *app);
/** Ask whether another program wrote (PRAGMA data_version). */
km_status km_app_poll(km_app *app, km_error *err);

/* ---- people ---- */
/** The client all client verbs work on; text borrowed until the client changes. */
km_status km_app_client(km_client *out, km_app *app, km_error *err);
/** Work on another client from now on, by name (ignoring case) or id. */
km_status km_app_client_choose(km_app *app, const char *name_or_id, km_error *err);

typedef struct km_client_list { km_client *row; size_t n; km_arena mem; } km_client_list;
/** By name; `archived`: those put away, too. */
km_status km_app_clients(km_client_list *out, km_app *app, bool archived, km_error *err);
void km_client_list_clear(km_client_list *l);
/** Days back in which a check-in still tells the stress of a client. */
#define KM_STRESS_DAYS 28
/** Whom a list of clients shows: conditions joined by and, zero means none. */
typedef struct km_client_filter {
    bool archived;            /**< those put away, too */
    bool chronic;             /**< a place, soreness apart, open for more than KM_LASTING_DAYS */
    int stress;               /**< the newest check-in of KM_STRESS_DAYS that says it: at least so, 1..7 */
    const char *profile;      /**< code of a profile (topic.h), or NULL */
    const char *text;         /**< stands in the name, ignoring case */
} km_client_filter;
/** The clients a filter leaves, by name. */
km_status km_app_clients_that(km_client_list *out, km_app *app, const km_client_filter *f,
                              km_error *err);
/**
 * Read a line like "chronic stress:5 profile:athlete ann": the words, and what is left as part of
 * the name, into `io` (whose `archived` stays). KM_EINVAL names the word and those there are; then
 * `io` is untouched. Text is in `mem`.
 */
km_status km_app_client_filter_parse(km_client_filter *io, km_arena *mem, km_app *app,
                                     const char *line, km_error *err);
/**
 * What the current client's profile offers. `*kept` false when there is none: then the causes are
 * in their usual order and nothing else is offered.
 */
km_status km_app_profile(km_profile *out, bool *kept, km_app *app, km_error *err);
/** By name or id; text is in `mem`. */
km_status km_app_client_find(km_client *out, km_arena *mem, km_app *app, const char *name_or_id,
                             km_error *err);
/** KM_EINVAL for a name somebody has already, ignoring case. */
km_status km_app_client_add(km_client *io, km_app *app, km_error *err);
/** Replace all of the client with this id; the uid stays. */
km_status km_app_client_edit(const km_client *c, km_app *app, km_error *err);
/** Put away, or bring back. */
km_status km_app_client_archive(km_app *app, int64_t id, bool archived, km_error *err);
/** Removes every trace: rows, log entries, free pages. Cannot be undone. */
km_status km_app_client_erase(km_app *app, int64_t id, km_error *err);

/* ---- marks ---- */
/** What to list. Zero means no condition; km_mark_filter_all() first. */
typedef struct km_mark_filter {
    bool all_clients;
    bool has_since, has_until;
    km_instant since, until;  /**< since <= at < until */
    bool since_day, until_day; /**< that bound is a day: each record's own local day counts */
    const char *region;       /**< code or NULL */
    const char *muscle;       /**< code, or a group's code */
    int side;                 /**< km_side or -1 */
    int kind;                 /**< km_kind or -1 */
    int min_intensity;        /**< or -1 */
    int64_t session_id;       /**< or 0 */
    int64_t id;               /**< this mark only, or 0 */
    const char *text;         /**< stands in the note, or NULL */
    int cause;                /**< km_cause or -1 */
    int tissue;               /**< km_tissue or -1 */
    uint32_t qualities;       /**< set of km_quality: it felt like all of these; 0 no condition */
    const char *area;         /**< code of an area (topic.h): its region lies there; or NULL */
    const char *sport;        /**< code of a sport: its muscle is one the sport commonly loads; or NULL */
    int open_days;            /**< open for at least so many days: only what is open; 0 no condition */
    bool ages;                /**< with `open`: fill km_mark.open_days (needs the client's history) */
    bool by_age;              /**< with `open`: longest open first, and ages */
    bool open;                /**< latest of each place and kind unless its intensity is 0 */
    int64_t limit;            /**< or 0 */
    int64_t offset;
    bool oldest_first;        /**< newest first otherwise, ties by id; with by_age the other way round */
} km_mark_filter;
km_mark_filter km_mark_filter_all(void);

typedef struct km_mark_list { km_mark *row; size_t n; km_arena mem; } km_mark_list;
/** In the filter's order. */
km_status km_app_marks(km_mark_list *out, km_app *app, const km_mark_filter *f, km_error *err);
void km_mark_list_clear(km_mark_list *l);
/** The same one by one, constant memory; anything but KM_OK from `fn` stops. */
typedef km_status (*km_mark_fn)(void *ctx, const km_mark *m, km_error *err);
km_status km_app_marks_each(km_app *app, const km_mark_filter *f, km_mark_fn fn, void *ctx,
                            km_error *err);
/** How many there are; limit and offset are not heeded. */
km_status km_app_mark_count(int64_t *out, km_app *app, const km_mark_filter *f, km_error *err);
/** Text is in `mem`. */
km_status km_app_mark_get(km_mark *out, km_arena *mem, km_app *app, int64_t id, km_error *err);

/**
 * Complete a draft from a resolved place: region, muscle, point, side, and a position when
 * none is given (`has_pos`). Refuses groups (naming the parts), a muscle's side that is
 * missing, a position outside the body.
 */
km_status km_app_mark_place(km_mark *io, km_app *app, const km_ref *ref, bool has_pos,
                            km_error *err);
/**
 * Store it: `io` gets id, uid, client, session (the open one unless given), and a test that has
 * sides the mark's own unless one was said. "Stored" once this is KM_OK.
 */
km_status km_app_mark_add(km_mark *io, km_app *app, km_error *err);
/** Several at once, one transaction, one undo. */
km_status km_app_mark_add_many(km_mark *io, size_t n, km_app *app, km_error *err);
/** Replace all of the mark with this id; whose it is and its uid stay. */
km_status km_app_mark_edit(const km_mark *m, km_app *app, km_error *err);
km_status km_app_mark_remove(km_app *app, int64_t id, km_error *err);

/** What undo or redo did: the change, in words, and the record it is about (0 several). */
typedef struct km_change { int64_t change; char what[160]; int64_t id; } km_change;
/** Take the newest change of the database back; KM_ENOTFOUND when there is none. */
km_status km_app_undo(km_change *out, km_app *app, km_error *err);
/** Do again what was taken back last; KM_ENOTFOUND when there is nothing. */
km_status km_app_redo(km_change *out, km_app *app, km_error *err);

/* ---- sessions ---- */
typedef struct km_session_list { km_session *row; size_t n; km_arena mem; } km_session_list;
/** KM_EINVAL while another is open, unless this one has an end. */
km_status km_app_session_start(km_session *io, km_app *app, km_error *err);
/**
 * End the open session now; KM_ENOTFOUND when none is, KM_EINVAL when a recovery session's pages
 * were neither looked at nor left out (km_app_session_missing). Text is in `mem`.
 */
km_status km_app_session_end(km_session *out, km_arena *mem, km_app *app, km_error *err);
/** The open session, KM_ENOTFOUND when none is. */
km_status km_app_session_open(km_session *out, km_arena *mem, km_app *app, km_error *err);
km_status km_app_session_get(km_session *out, km_arena *mem, km_app *app, int64_t id,
                             km_error *err);
/**
 * Replace all of the session with this id but its pages and signature; whose it is and its uid
 * stay. Of a signed one each difference becomes an amendment instead (care.h).
 */
km_status km_app_session_edit(const km_session *s, km_app *app, km_error *err);
/** `limit` 0: all. */
km_status km_app_sessions(km_session_list *out, km_app *app, int64_t limit, km_error *err);
void km_session_list_clear(km_session_list *l);
/** Newest first, one by one. */
typedef km_status (*km_session_fn)(void *ctx, const km_session *s, km_error *err);
km_status km_app_sessions_each(km_app *app, bool all_clients, int64_t limit, km_session_fn fn,
                               void *ctx, km_error *err);

/* ---- treatments ---- */
typedef struct km_treatment_list { km_treatment *row; size_t n; km_arena mem; } km_treatment_list;
/** With its ratings (`hold`) and what few treatments say (`more`); joins the open session. */
km_status km_app_treatment_add(km_treatment *io, km_app *app, km_error *err);
/** Text of the record is in `mem`; KM_ENOTFOUND. */
km_status km_app_treatment_get(km_treatment *out, km_arena *mem, km_app *app, int64_t id,
                               km_error *err);
/** Replace what is stored by this; whose it is and its uid stay. */
km_status km_app_treatment_edit(const km_treatment *t, km_app *app, km_error *err);
km_status km_app_treatments(km_treatment_list *out, km_app *app, const km_mark_filter *f,
                            km_error *err);
void km_treatment_list_clear(km_treatment_list *l);
/** The same one by one; a filter's `kind` is the km_technique here. */
typedef km_status (*km_treatment_fn)(void *ctx, const km_treatment *t, km_error *err);
km_status km_app_treatments_each(km_app *app, const km_mark_filter *f, km_treatment_fn fn,
                                 void *ctx, km_error *err);

/* ---- check-ins ---- */
typedef struct km_checkin_list { km_checkin *row; size_t n; km_arena mem; } km_checkin_list;
/** Store the check-in of its local day, or amend the one that is there. */
km_status km_app_checkin_set(km_checkin *io, km_app *app, km_error *err);
/** Newest first, local days in [since, until); limit 0: all. */
km_status km_app_checkins(km_checkin_list *out, km_app *app, km_day since, km_day until,
                          int64_t limit, km_error *err);
void km_checkin_list_clear(km_checkin_list *l);
typedef km_status (*km_checkin_fn)(void *ctx, const km_checkin *c, km_error *err);
km_status km_app_checkins_each(km_app *app, bool all_clients, km_day since, km_day until,
                               int64_t limit, km_checkin_fn fn, void *ctx, km_error *err);

/* ---- routines ---- */
/** A step of a routine the client saved; a text is NULL when there is none. */
typedef struct km_saved_step {
    int64_t id;
    km_uid uid;
    int step;                 /**< order, from 1 */
    const char *muscle;       /**< code; NULL for warm up and full range */
    const char *kind;         /**< technique, or warm_up, motion, range */
    const char *tool, *position, *action, *cue, *caution, *source;
    km_side side;
    int tp;                   /**< trigger point, 0 none */
    int seconds, sets;        /**< per side */
    int pressure;             /**< 0..7 of 10 */
    int cue_count;            /**< movements a set, 0 none */
} km_saved_step;
typedef struct km_saved_routine {
    int64_t id;
    km_uid uid;
    const char *name;
    km_instant at;            /**< when it was saved */
    km_saved_step *step;
    size_t n;
    km_arena mem;
} km_saved_routine;
/** Save a plan as the client's own. */
km_status km_app_routine_save(int64_t *id, km_app *app, const km_plan *plan, const char *name,
                              km_error *err);
/** A saved routine by id, or the last with id 0. */
km_status km_app_routine_get(km_saved_routine *out, km_app *app, int64_t id, km_error *err);
void km_saved_routine_clear(km_saved_routine *r);
/**
 * A saved routine as it may be done today: what the client's conditions and fresh injuries now
 * hold back is left out, what they soften is softer, and notes say so. Texts stay the routine's,
 * which must live longer. KM_ENOTFOUND when nothing is left. Clear with km_plan_clear.
 */
km_status km_app_routine_today(km_plan *out, km_app *app, const km_saved_routine *r,
                               km_error *err);

/* ---- reasoning ---- */
/** Whether a record lies in one of these places: the region, or a home of the muscle or group. */
bool km_app_names(const km_app *app, const km_ref *place, size_t n, const km_place *at);
/**
 * Rank the trigger points that explain these painful places (km_referral_rank) with the client's
 * history. `out` holds `max`, of which 2 x n_point always suffice; `*n` are written.
 */
km_status km_app_find(km_candidate *out, size_t max, size_t *n, km_app *app, const km_complaint *c,
                      size_t n_complaint, km_error *err);
/** The client's history as the search wants it; caller frees `*out`. */
km_status km_app_history(km_history **out, size_t *n, km_app *app, const km_complaint *c,
                         size_t n_complaint, km_error *err);
/** The red flags that touch these places, with what is known of the client. */
km_status km_app_flags(km_flag_hit *out, size_t max, size_t *n, km_app *app, const km_ref *place,
                       size_t n_place, km_error *err);
/**
 * The same for a complaint: the flags it names itself, too. Worst level first, its own before the
 * others of a level; the first three are `asked`.
 */
km_status km_app_trouble_flags(km_flag_hit *out, size_t max, size_t *n, km_app *app,
                               const km_trouble *t, const km_ref *place, size_t n_place,
                               km_error *err);
/** Whether nothing is left to keep: the client has the complaint's condition, or there is none. */
km_status km_app_trouble_kept(bool *out, km_app *app, const km_trouble *t, km_error *err);
/** Keep the complaint's condition with the client, beside what is kept already. */
km_status km_app_trouble_keep(km_app *app, const km_trouble *t, km_error *err);
/** What was kept already and the complaint's condition, ";"-joined. */
km_status km_app_trouble_conditions(km_buf *out, km_app *app, const km_trouble *t, km_error *err);
/**
 * Pain of one intensity at these places of a complaint, one undo: regions with a side, or on the
 * midline. `*stored` counts them.
 */
km_status km_app_trouble_mark(size_t *stored, km_app *app, const km_ref *place, size_t n,
                              int intensity, km_error *err);
/**
 * Log an answer about red flags for the client: `present` codes (";"-joined) or none. Skipped on a
 * read-only file.
 */
km_status km_app_flag_answer(km_app *app, const char *asked, const char *present, km_error *err);
/** What pressing brought: the familiar pain, another pain, or nothing. */
typedef enum km_press_answer { KM_PRESS_FAMILIAR = 1, KM_PRESS_OTHER, KM_PRESS_NOTHING } km_press_answer;
/**
 * Keep the answer of a press test of an atlas point: familiar is an active knot, another pain a
 * latent one, nothing a finding. One undo.
 */
km_status km_app_press_answer(km_app *app, int point, km_side side, km_press_answer answer,
                              km_error *err);

/** What a mark is about: its muscle when named, else its region; false for unknown codes. */
bool km_app_mark_ref(km_ref *out, const km_app *app, const km_mark *m);
/**
 * The set of km_tool to reckon with when `said` is what a person named. That is taken at its word:
 * hands hurt or are weak, too. With nothing said (0) hands, a ball and a roller are taken as there.
 */
uint32_t km_app_tools(uint32_t said);
/** What is freshly hurt or numb, as the planner takes it. */
typedef struct km_hurts { km_target *row; size_t n; } km_hurts;
/** Of these open marks; what marks of the same places said in the last 72 hours still holds. */
km_status km_app_hurts(km_hurts *out, km_app *app, const km_mark *open, size_t n_open,
                       km_error *err);
void km_hurts_clear(km_hurts *h);
/**
 * What the atlas has for a muscle, as the client can do it alone today, best first: the rows for
 * the tools owned, less what conditions and hurts hold back; notes say why, also when nothing is
 * left. Clear with km_plan_clear.
 */
km_status km_app_relief(km_plan *out, const km_atlas *a, const km_client *c, const km_hurts *h,
                        int muscle, km_side side, km_error *err);
/**
 * Plan for these places, and with `open_too` for all that is open; both empty is KM_ENOTFOUND.
 * `techniques` is a set of km_technique; `tools` of km_tool, 0 those kept with the client, both
 * as km_app_tools takes them; `minutes` 1..240. Clear with km_plan_clear.
 */
km_status km_app_routine(km_plan *out, km_app *app, const km_ref *place, size_t n, bool open_too,
                         uint32_t techniques, uint32_t tools, int minutes, km_error *err);

/* ---- whole database ---- */
/** A consistent copy while in use. KM_ECREATE when the file exists. */
km_status km_app_backup(km_app *app, const char *file, km_error *err);
/** One line of a check: what was checked, and in words what was found. */
typedef struct km_check { const char *check; bool ok; const char *detail; } km_check;
typedef struct km_check_list { km_check *row; size_t n; km_arena mem; } km_check_list;
/** A full check of database and atlas; KM_OK even when a row is not ok. */
km_status km_app_verify(km_check_list *out, km_app *app, km_error *err);
void km_check_list_clear(km_check_list *l);
/** Fill an empty database with the made-up clinic; KM_EINVAL when it has records. */
km_status km_app_demo(km_app *app, km_error *err);

/** The change this app wrote last, 0 none. */
int64_t km_app_last_change(const km_app *app);
/**
 * Let the next write be a part of that change, so that one undo takes both back. Where it is no
 * longer the newest of the database, or of another client, the write is a change of its own.
 */
void km_app_join_change(km_app *app, int64_t change);

/** A bulk of records as one transaction and one undo (import, merge); `what` is for the log. */
km_status km_app_bulk_begin(km_app *app, const char *what, km_error *err);
/** Store all of it, or with `keep` false nothing. */
km_status km_app_bulk_end(km_app *app, bool keep, km_error *err);
/** What a bulk met beside new records. */
typedef struct km_bulk {
    size_t known;           /**< were here already */
    size_t sessions_framed, routines_framed; /**< known only from records that name them */
} km_bulk;
/**
 * Within a bulk: add a record (what km_what names for its kind) unless its uid is here already.
 *
 * Whose it is: `client_id`, else the name in `client` (made when missing), else the current
 * client's; an amendment or answer is whose its session or treatment is. A client is known by uid,
 * else by name; one here of whom only the name is told takes all that the record says, its uid
 * too. A session is stored with its end. A session or routine that is not here and that a record
 * names by uid is made as a mere frame, which its own records fill. What there is one of takes the
 * place of the one that is here: the check-in of its day, the answer for its hours, the problem
 * of its week and area, the plan.
 */
km_status km_app_bulk_put(km_what what, void *record, km_app *app, km_bulk *bulk, km_error *err);

/** Every record of one kind, the client's or everybody's, one by one: what an export writes. */
typedef km_status (*km_entry_fn)(void *ctx, const void *record, km_error *err);
km_status km_app_entries_each(km_app *app, km_what what, bool all_clients, km_entry_fn fn,
                              void *ctx, km_error *err);

#endif
