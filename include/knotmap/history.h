/**
 * History: series and verdicts, two moments, episodes and what comes back, training and
 * soreness, and the first line of the day. A part of app: the same km_app and current client.
 */
#ifndef KNOTMAP_HISTORY_H
#define KNOTMAP_HISTORY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "knotmap/app.h"
#include "knotmap/trend.h"

/** The code of a place without its side, as the contract spells it: "infraspinatus:2", "knee_outer". */
const char *km_place_code(km_arena *mem, const km_place *p);

/** What a series is counted by. */
typedef enum km_by { KM_BY_PLACE, KM_BY_REGION, KM_BY_MUSCLE, KM_BY_KIND, KM_BY_CLIENT, KM_BY_ALL, KM_BY_COUNT } km_by;
/** "place", "region", "muscle", "kind", "client", "all". */
const char *km_by_word(km_by b);

typedef struct km_trend_ask {
    km_by by;
    km_bucket bucket;
    km_silence silence;
    bool all_clients;
    bool has_since, has_until;
    km_instant since, until; /**< since <= at < until */
    bool since_day, until_day; /**< that bound is a day: each record's own local day counts */
    const km_ref *place;    /**< only these places, or NULL; a muscle or group counts by its marks */
    size_t n_place;
    int kind;               /**< km_kind or -1 */
    int newest;             /**< only so many of the newest buckets, and the last one judged; 0 all */
} km_trend_ask;
/** By place, by week, no condition. */
km_trend_ask km_trend_ask_all(void);

/** The series of one key. */
typedef struct km_trend_key {
    const char *key;        /**< place code, region, muscle, kind word, client name or "all" */
    km_side side;
    bool sided;             /**< whether the side means anything for this key */
    km_bucket_row *row;
    size_t n;
    int ratings, most;      /**< of all buckets: how many, and the highest */
    km_day first;           /**< day of the oldest rating */
    km_day last;            /**< day of the newest rating */
    int now;                /**< of one client: the strongest of what its places and kinds were rated
                                 last; of several: the newest rating */
    bool gone;              /**< all of that is 0; false of several clients */
    km_place place;         /**< where that was; codes borrowed until the app closes */
} km_trend_key;
typedef struct km_trend_result { km_trend_key *key; size_t n; km_arena mem; } km_trend_result;
/**
 * Keys of one client by what they are at now, the strongest first; then, and those of several
 * clients, by newest rating and name. Marks without an intensity are no ratings.
 */
km_status km_app_trend(km_trend_result *out, km_app *app, const km_trend_ask *ask, km_error *err);
void km_trend_result_clear(km_trend_result *r);
/** The same key by key, in less memory; `key` and its rows are borrowed for the call. */
typedef km_status (*km_trend_fn)(void *ctx, const km_trend_key *key, km_error *err);
km_status km_app_trend_each(km_app *app, const km_trend_ask *ask, km_trend_fn fn, void *ctx,
                            km_error *err);

/** Days with a session of recovery against days without, in the ratings of the client. */
typedef struct km_split {
    km_judgement judge;     /**< before: days without, after: days with one; n in days_before, days_after */
} km_split;
/** Fewest days on each side for a verdict; under it the numbers stand alone (a judgement:
    assets/SOURCES.md, "Plan, aftercare and records"). */
#define KM_SPLIT_DAYS 5
/** The current client's, of the kinds, places and times of `ask`; its other members do not count. */
km_status km_app_recovery_split(km_split *out, km_app *app, const km_trend_ask *ask, km_error *err);

/** A value of a measure (assets/measures.csv) on a day, against the one before. */
typedef struct km_measured {
    const char *key;        /**< place code, or the code of the test */
    km_side side;
    const char *moment;     /**< "before" or "after" a treatment, NULL for what has no treatment */
    km_day day;
    int n;                  /**< readings */
    double mean, max;
    double area;            /**< of the probe, cm2, where one is used and was said, else 0 */
    double change;          /**< against the earlier day, NAN on the first */
    km_verdict verdict;     /**< too few: the first day, or fewer readings than are wanted */
    double since_first;     /**< against the first day, NAN on it */
    km_verdict verdict_first;
} km_measured; /* readings of another probe area are another story: their own rows and firsts */
typedef struct km_measured_list {
    km_measure measure;
    bool judged;            /**< whether a figure is published: without one there is no verdict */
    km_measured *row;       /**< by key, side and moment, then by day */
    size_t n;
    km_arena mem;
} km_measured_list;
/** Readings of pressure that are averaged before a verdict (Walton 2011). */
#define KM_PPT_READINGS 3
/**
 * Values of a measure by day: "ppt" from marks, "stiffness" and "tension" from treatments, before
 * and after apart and each held against its like (a treatment by a whole routine has the key
 * "routine"), flexibility tests from check-ins. Places in `ask` narrow the first three. KM_EINVAL
 * for a code that is no measure, naming those there are, and for a test with a place.
 */
km_status km_app_measured(km_measured_list *out, km_app *app, const char *code,
                          const km_trend_ask *ask, km_error *err);
void km_measured_list_clear(km_measured_list *l);
/** Whether two rows are of one series: key, side and moment. */
bool km_measured_same(const km_measured *x, const km_measured *y);

/** One place in two moments. */
typedef struct km_compared {
    km_place place;
    km_kind kind;
    km_compare_row row;
} km_compared;
typedef struct km_compare_result {
    km_compared *row;
    size_t n;
    km_comparison sum;
    km_arena mem;
} km_compare_result;
/** What was open at t1 against what was open at t2 (the marks up to and including each), by place. */
km_status km_app_compare(km_compare_result *out, km_app *app, km_instant t1, km_instant t2, km_error *err);
/** A moment; of a day its last second, by the clock at the place of each record. */
typedef struct km_moment { km_instant at; bool day; } km_moment;
km_status km_app_compare_days(km_compare_result *out, km_app *app, km_moment t1, km_moment t2,
                              km_error *err);
void km_compare_result_clear(km_compare_result *r);

/** The intensity of the mark before this one, of its place and kind; KM_INTENSITY_NONE none. */
km_status km_app_mark_before(int *intensity, km_app *app, const km_mark *m, km_error *err);

/** Days without a word after which silence means gone, where the person says that it does. */
#define KM_SILENT_DAYS 28
/** Days after which a place that is still open wants a clinician's look: three months are the
    usual bound of persistent pain (assets/SOURCES.md, "Plan, aftercare and records"). */
#define KM_LASTING_DAYS 91
/** Days soreness from training takes to go; its usual peak is at 24 to 72 h (assets/SOURCES.md,
    "Plan, aftercare and records"). */
#define KM_SORENESS_DAYS 7

/** The life of a place: first seen, peak, treated, gone, back. */
typedef struct km_life {
    km_place place;
    km_kind kind;
    km_episode episode;     /**< its `key` means nothing here */
    int days;               /**< open: so far, or until it was gone */
    const char *remark;     /**< lasting three months, or soreness beyond seven days; NULL none */
} km_life;
typedef struct km_life_list { km_life *row; size_t n; km_arena mem; } km_life_list;
/** A mark of one place as its life shows it. */
typedef struct km_place_mark {
    km_day day;
    km_kind kind;
    int intensity;          /**< KM_INTENSITY_NONE: not said */
} km_place_mark;
typedef struct km_place_marks { km_place_mark *row; size_t n; } km_place_marks;
/** All marks of exactly this place, oldest first; `kind` -1: of every kind. */
km_status km_app_place_marks(km_place_marks *out, km_app *app, const km_place *place, int kind,
                             km_error *err);
void km_place_marks_clear(km_place_marks *l);
/** Episodes of all places of the client (or of one region and side), newest first. */
km_status km_app_lives(km_life_list *out, km_app *app, const km_ref *place, km_silence silence, km_error *err);
void km_life_list_clear(km_life_list *l);

/** What comes back, by place and kind. */
typedef struct km_recurrence {
    km_place place;
    km_kind kind;
    int episodes;
    bool open;              /**< it is there now */
    double interval;        /**< median days from gone to back, whole ones; NAN with fewer than two
                                 episodes */
    km_survival treated, untreated;
    km_day next;            /**< about when it would come back by its interval; has_next */
    bool has_next;
} km_recurrence;
typedef struct km_recurrence_list { km_recurrence *row; size_t n; km_arena mem; } km_recurrence_list;
/** Most episodes first. */
km_status km_app_recurrence(km_recurrence_list *out, km_app *app, km_silence silence, km_error *err);
void km_recurrence_list_clear(km_recurrence_list *l);
/** Both in one reading: all lives, and what comes back. */
km_status km_app_comes_back(km_life_list *lives, km_recurrence_list *recurrence, km_app *app,
                            km_silence silence, km_error *err);
/** Days to resolve of all the client's places, treated and untreated. */
km_status km_app_resolve_times(km_survival *treated, km_survival *untreated, km_app *app,
                               km_silence silence, km_error *err);

/** Left against right of one region, or of an area (a chain of regions); a sided muscle counts for
    its side in a midline region, too. */
typedef struct km_balance {
    const char *key;        /**< region or area */
    int left, right;        /**< marks */
    int days_left, days_right; /**< days with one */
    double mean_left, mean_right; /**< of the intensities, NAN without */
} km_balance;
typedef struct km_balance_list { km_balance *row; size_t n; km_arena mem; } km_balance_list;
/** In the last `days`, the most uneven first (by days with a mark, then marks). */
km_status km_app_balance(km_balance_list *out, km_app *app, int days, bool by_area, km_error *err);
void km_balance_list_clear(km_balance_list *l);

/** Places that are open together, whatever kinds of mark they have: at least twice, on at least a
    fifth of their open days. */
typedef struct km_pair { km_place a, b; int both; double share; } km_pair;
typedef struct km_pair_list { km_pair *row; size_t n; km_arena mem; } km_pair_list;
km_status km_app_pairs(km_pair_list *out, km_app *app, km_error *err);
void km_pair_list_clear(km_pair_list *l);

/**
 * What follows which training by one to three days, where it holds against chance: in the last two
 * years, by permutation, and with the many pairs that are tried taken into account (Benjamini
 * and Hochberg 1995, 5 %). Never a risk of injury.
 */
typedef struct km_follow {
    const char *session;    /**< kind of session, or "training: GOAL", "training: MUSCLE" */
    const char *region;
    km_lag lag;
} km_follow;
typedef struct km_follow_list {
    km_follow *row;         /**< the pairs that hold, strongest first */
    size_t n;
    int tried;              /**< pairs that were tested */
    km_arena mem;
} km_follow_list;
km_status km_app_follow(km_follow_list *out, km_app *app, km_error *err);
void km_follow_list_clear(km_follow_list *l);
/** The client's sessions as moments, oldest first. */
typedef km_status (*km_session_time_fn)(void *ctx, const km_session_time *s, km_error *err);
km_status km_app_session_times(km_app *app, km_session_time_fn fn, void *ctx, km_error *err);
/** The load of today; sessions without RPE or minutes count nothing. */
km_status km_app_load(km_load *out, km_app *app, km_error *err);

/**
 * How strongly each region and side was marked in the `days` before `until`: each day counts with
 * its highest intensity (a mark without one as 5), the sum in five equal steps up to the
 * strongest place.
 *
 * @param heat       n_region * KM_SIDE_COUNT levels 0..5, at region * KM_SIDE_COUNT + side.
 * @param strongest  may be NULL; the sum of the strongest place, 0 when nothing was marked.
 */
km_status km_app_heat(uint8_t *heat, int *strongest, km_app *app, int days, km_instant until,
                      km_error *err);

/** What the first line counts; worse and new are those of the last week. */
typedef struct km_headline {
    int open, worse, fresh, lasting, due; /**< `due` without what is due because it lasts */
} km_headline;
/** The first line of the start screen, parts with " | " between: worse, new, lasting, due. */
km_status km_app_headline(km_buf *out, km_headline *counts, km_app *app, km_error *err);

/* ---- saved filters ---- */
typedef struct km_saved_filter { int64_t id; const char *name, *text; } km_saved_filter;
typedef struct km_saved_filter_list { km_saved_filter *row; size_t n; km_arena mem; } km_saved_filter_list;
/** By name. */
km_status km_app_filters(km_saved_filter_list *out, km_app *app, km_error *err);
/** How long something is open at least, "30d", "3w", in days; `what` is named in messages. */
km_status km_open_age_parse(int *days, const char *what, const char *value, km_error *err);
/** Keep a filter line under a name; it must be one. A name that is there gets the new line. */
km_status km_app_filter_save(km_app *app, const char *name, const char *text, km_error *err);
km_status km_app_filter_remove(km_app *app, int64_t id, km_error *err);
void km_saved_filter_list_clear(km_saved_filter_list *l);
/** The line of a saved filter, by name or id, into `mem`; KM_ENOTFOUND. */
km_status km_app_filter_find(const char **text, int64_t *id, km_arena *mem, km_app *app,
                             const char *name_or_id, km_error *err);
/** The words of a filter line, for help and messages. */
#define KM_FILTER_WORDS                                                                       \
    "side: kind: region: area: muscle: sport: tissue: quality: cause: age: since: until: "    \
    "min: session: and open"
/**
 * Read a filter line: words like "side:left kind:knot muscle:trapezius region:calf area:ankle_foot
 * sport:running tissue:tendon quality:stiff cause:posture age:30d since:4w until:today min:5
 * session:3 open"; what is left is looked for in the note. Text of the filter is in `mem`.
 * KM_EINVAL names the word, and for an unknown one those there are.
 */
km_status km_app_filter_parse(km_mark_filter *out, km_arena *mem, km_app *app, const char *text, km_error *err);

#endif
