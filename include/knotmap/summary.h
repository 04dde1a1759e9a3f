/**
 * A client in short: what a list of clients says of one, and one page from which somebody who
 * never saw the client knows what hurts, since when, whether it gets better, what comes back,
 * what helps and what comes next. A part of app.
 */
#ifndef KNOTMAP_SUMMARY_H
#define KNOTMAP_SUMMARY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "knotmap/app.h"
#include "knotmap/trend.h"

/** Days that are held against the days before them: a week against one's own four weeks. */
#define KM_GLANCE_DAYS 7
#define KM_GLANCE_USUAL_DAYS 28
/** Days a sign of danger that was said to be present is remembered, unless it is asked again. */
#define KM_FLAG_DAYS 182

/** What a list of clients says of one besides the record. */
typedef struct km_glance {
    km_judgement change;     /**< mean ratings of the last week's days against the four weeks before */
    bool has_visit;
    km_day visit;            /**< the next visit, today or later */
    int lasting;             /**< places open for more than KM_LASTING_DAYS, soreness apart */
    const char *flags;       /**< ";"-joined codes of red flags said to be present; NULL none */
    km_day flag_day;         /**< when the newest of them was said */
} km_glance;

/** Reads the last five weeks of one client from indexes; text is in `mem`. */
km_status km_app_glance(km_glance *out, km_arena *mem, km_app *app, const km_client *c,
                        km_error *err);
/**
 * What to heed before touching: red flags, conditions, what lasts, in this order with "; "
 * between. Nothing is added when there is nothing.
 */
void km_glance_warnings(km_buf *out, const km_atlas *a, const km_client *c, const km_glance *g);

/** What a row of a summary is about, in the order of the page. */
typedef enum km_summary_topic {
    KM_SUMMARY_WARNING,  /**< red flags, conditions, what lasts */
    KM_SUMMARY_COURSE,   /**< all ratings, this week against the four before */
    KM_SUMMARY_HURTS,    /**< an open place, the strongest first */
    KM_SUMMARY_VISIT,    /**< what changed since the last visit */
    KM_SUMMARY_BACK,     /**< a place that comes back */
    KM_SUMMARY_SIDE,     /**< left against right */
    KM_SUMMARY_TOGETHER, /**< two places open together */
    KM_SUMMARY_BEFORE,   /**< what precedes it: causes, training */
    KM_SUMMARY_HELPS,    /**< what helped */
    KM_SUMMARY_NEXT,     /**< the next visit, what is due, goals */
    KM_SUMMARY_TOPICS
} km_summary_topic;
/** "warning", "course", "hurts", ... */
const char *km_summary_word(km_summary_topic t);

/** One fact. Numbers are -1 (verdict too few, change NAN) where the row has none. */
typedef struct km_summary_row {
    km_summary_topic topic;
    km_place place;         /**< region and muscle NULL when it names none */
    int kind;               /**< km_kind or -1 */
    int now;                /**< intensity */
    int days;               /**< open for so long, or between times, or to the visit */
    int times;              /**< how often */
    double change;          /**< points */
    bool judged;            /**< whether `judge` says anything */
    km_judgement judge;
    bool has_since;
    km_day since;           /**< first seen; or the day of the last visit */
    const char *text;       /**< one plain phrase with these numbers */
} km_summary_row;
typedef struct km_summary {
    km_summary_row *row;
    size_t n;
    bool whole;             /**< no rows are missing */
    size_t events;          /**< marks and treatments of the client: how long the rest takes */
    struct km_summary_making *making; /**< what the rest is made from; owned, NULL when whole */
    km_arena mem;
} km_summary;

/** The current client in short, by topic. */
km_status km_app_summary(km_summary *out, km_app *app, km_error *err);
/**
 * The same in steps, for a screen that must not stand still over a long life: the first step ends
 * with what hurts, each further one adds a topic or none at the end until `whole`. Records that
 * change between steps make the rows disagree: begin anew then. On failure nothing is left to
 * clear.
 */
km_status km_app_summary_begin(km_summary *out, km_app *app, km_error *err);
km_status km_app_summary_next(km_summary *s, km_error *err);
void km_summary_clear(km_summary *s);

#endif
