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

/** What a series is counted by. */
typedef enum km_by { KM_BY_PLACE, KM_BY_REGION, KM_BY_MUSCLE, KM_BY_KIND, KM_BY_CLIENT, KM_BY_ALL, KM_BY_COUNT } km_by;
const char *km_by_word(km_by b);

typedef struct km_trend_ask {
    km_by by;
    km_bucket bucket;
    km_silence silence;
    bool all_clients;
    bool has_since, has_until;
    km_instant since, until;
    const km_ref *place;    /**< only these places, or NULL; a muscle or group counts by its marks */
    size_t n_place;
    int kind;               /**< km_kind or -1 */
} km_trend_ask;

/** The series of one key. */
typedef struct km_trend_key {
    const char *key;        /**< place code, region, muscle, kind word, client name or "all" */
    km_side side;
    bool sided;             /**< whether the side means anything for this key */
    km_bucket_row *row;
    size_t n;
    km_day last;            /**< day of the newest rating */
    int now;                /**< newest rating */
} km_trend_key;
typedef struct km_trend_result { km_trend_key *key; size_t n; km_arena mem; } km_trend_result;
/** Keys by newest rating first, then by name. */
km_status km_app_trend(km_trend_result *out, km_app *app, const km_trend_ask *ask, km_error *err);
void km_trend_result_clear(km_trend_result *r);

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
/** What was open at t1 against what was open at t2 (the marks up to and including each). */
km_status km_app_compare(km_compare_result *out, km_app *app, km_instant t1, km_instant t2, km_error *err);
void km_compare_result_clear(km_compare_result *r);

/** The life of a place: first seen, peak, treated, gone, back. */
typedef struct km_life {
    km_place place;
    km_kind kind;
    km_episode episode;
} km_life;
typedef struct km_life_list { km_life *row; size_t n; km_arena mem; } km_life_list;
/** Episodes of all places of the client (or of one region and side), newest first. */
km_status km_app_lives(km_life_list *out, km_app *app, const km_ref *place, km_silence silence, km_error *err);
void km_life_list_clear(km_life_list *l);

/** What comes back, by place. */
typedef struct km_recurrence {
    km_place place;
    int episodes;
    double interval;        /**< median days between episodes, NAN with fewer than two */
    km_survival treated, untreated;
    km_day next;            /**< about when it would come back by its interval; has_next */
    bool has_next;
} km_recurrence;
typedef struct km_recurrence_list { km_recurrence *row; size_t n; km_arena mem; } km_recurrence_list;
km_status km_app_recurrence(km_recurrence_list *out, km_app *app, km_error *err);
void km_recurrence_list_clear(km_recurrence_list *l);
/** Days to resolve of all the client's places, treated and untreated. */
km_status km_app_resolve_times(km_survival *treated, km_survival *untreated, km_app *app, km_error *err);

/** Left against right of each region in the last `days`. */
typedef struct km_balance { const char *region; int left, right; int days_left, days_right; } km_balance;
typedef struct km_balance_list { km_balance *row; size_t n; km_arena mem; } km_balance_list;
km_status km_app_balance(km_balance_list *out, km_app *app, int days, km_error *err);
void km_balance_list_clear(km_balance_list *l);

/** Places that are open together. */
typedef struct km_pair { km_place a, b; int both; double share; } km_pair;
typedef struct km_pair_list { km_pair *row; size_t n; km_arena mem; } km_pair_list;
km_status km_app_pairs(km_pair_list *out, km_app *app, km_error *err);
void km_pair_list_clear(km_pair_list *l);

/** What follows which training, where it holds against chance. */
typedef struct km_follow { const char *session; const char *region; km_lag lag; } km_follow;
typedef struct km_follow_list { km_follow *row; size_t n; km_load load; km_arena mem; } km_follow_list;
km_status km_app_follow(km_follow_list *out, km_app *app, km_error *err);
void km_follow_list_clear(km_follow_list *l);

/** How strongly each region was marked: share of days and mean intensity, 0..5 levels as the chart's heat. */
km_status km_app_heat(uint8_t *heat, km_app *app, int days, km_instant until, km_error *err);

/** The first line of the start screen: what is due, new, worse. */
km_status km_app_headline(km_buf *out, km_app *app, km_error *err);

/* ---- saved filters ---- */
typedef struct km_saved_filter { int64_t id; const char *name, *text; } km_saved_filter;
typedef struct km_saved_filter_list { km_saved_filter *row; size_t n; km_arena mem; } km_saved_filter_list;
km_status km_app_filters(km_saved_filter_list *out, km_app *app, km_error *err);
km_status km_app_filter_save(km_app *app, const char *name, const char *text, km_error *err);
km_status km_app_filter_remove(km_app *app, int64_t id, km_error *err);
void km_saved_filter_list_clear(km_saved_filter_list *l);
/**
 * Read a filter line: words like "side:left kind:knot muscle:trapezius cause:posture since:4w
 * min:5 open" and free text for the note. KM_EINVAL names the word.
 */
km_status km_app_filter_parse(km_mark_filter *out, km_arena *mem, km_app *app, const char *text, km_error *err);

#endif
