/**
 * Is it better? Buckets, verdicts, comparison of two moments, episodes and recurrence, time to
 * resolve, what goes together, and what follows training. Pure: rows in, rows out.
 *
 * The thresholds and their sources stand in assets/measures.csv (SOURCES.md, "Measures").
 * Keys are whatever the caller counts by (a place, a region, a muscle ...), as numbers.
 */
#ifndef KNOTMAP_TREND_H
#define KNOTMAP_TREND_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "knotmap/atlas.h"
#include "knotmap/mem.h"
#include "knotmap/model.h"
#include "knotmap/rng.h"
#include "knotmap/time.h"

typedef enum km_bucket { KM_BUCKET_DAY, KM_BUCKET_WEEK, KM_BUCKET_MONTH } km_bucket;

typedef enum km_verdict {
    KM_VERDICT_TOO_FEW, KM_VERDICT_SAME, KM_VERDICT_BETTER, KM_VERDICT_WORSE
} km_verdict;

typedef enum km_change_size { KM_SIZE_NONE, KM_SIZE_SLIGHT, KM_SIZE_CLEAR } km_change_size;

/** "too_few", "same", "better", "worse"; "", "slight", "clear"; "day", "week", "month". */
const char *km_verdict_word(km_verdict v);
const char *km_size_word(km_change_size s);
const char *km_bucket_word(km_bucket b);

/** What a day without a mark means. */
typedef enum km_silence {
    KM_SILENCE_GAP,  /**< nothing is known: no value */
    KM_SILENCE_GONE  /**< nothing hurt: 0, from the first mark on, and on after the last */
} km_silence;

/** First day of the bucket that holds `d`, and of the bucket `n` later. */
km_day km_bucket_start(km_bucket b, km_day d);
km_day km_bucket_next(km_bucket b, km_day start, int n);

/** What can be said about two groups of daily values. */
typedef struct km_judgement {
    km_verdict verdict;
    km_change_size size;
    double before, after;   /**< means; NAN without values */
    double change;          /**< after - before, points */
    double percent;         /**< of before; NAN when before is 0 */
    int days_before, days_after;
    int needed;             /**< further days needed for a verdict, 0 when there is one, or where
                                 none can be told; of a series:
                                 days with a rating each from its end (today, if later) on */
    double noise;           /**< day-to-day SD estimated from the repeats, points */
    double margin;          /**< a change smaller than this is within noise */
} km_judgement;

/** Days with values wanted on each side before a verdict is given. */
#define KM_JUDGE_DAYS 4
/** Days looked at on each side. */
#define KM_JUDGE_WINDOW 14

/**
 * Judge a change of pain ratings: better or worse when it passes the slight threshold (1 point
 * or 15 %, Salaffi 2004) and lies beyond the noise of the person's own repeats (two-sided
 * t-interval at `level`); clear from 2 points and 30 % (Farrar 2001).
 *
 * @param before,after  one value a day.
 * @param level         chance of a false verdict tolerated for this one comparison.
 */
km_judgement km_judge_ratings(const double *before, size_t n_before, const double *after,
                              size_t n_after, double level);

/** One bucket of a series. */
typedef struct km_bucket_row {
    km_day start;
    int n;                  /**< ratings */
    double mean;            /**< NAN in a gap */
    int max;                /**< -1 in a gap */
    double change;          /**< mean against the last earlier bucket with ratings, NAN in the first */
    km_judgement judge;     /**< the days up to this bucket's end against the days before them */
} km_bucket_row;

/** All ratings of one local day together. */
typedef struct km_rated_day {
    km_day day;
    int32_t n, sum;         /**< ratings, and their sum */
    int8_t max;
} km_rated_day;
/** How a series of days is wanted. */
typedef struct km_series_ask {
    km_bucket bucket;
    km_silence silence;
    km_day through;         /**< silence that means gone goes on to this day after the last rating */
    int newest;             /**< 0: all rows. Else only so many of the newest, and of these only the
                                 last gets its judgement; the others stay "too few". */
} km_series_ask;
/**
 * A series in buckets from the first rating's to the last's; gaps are rows with n 0 (with
 * KM_SILENCE_GONE: mean 0). The judgement of a bucket compares the KM_JUDGE_WINDOW days ending
 * with its last rating (with KM_SILENCE_GONE: with the bucket) against as many before them; by
 * month 30 days. Where that leaves too few days with a rating, a week is tried (not by day), then
 * four, eight and sixteen weeks, unless the newest bucket went the other way. Where all are too
 * few, the judgement is of the days that will have enough the soonest.
 *
 * @param in    rising by day, each day once.
 * @return rows written; `out` must hold km_trend_series_rows() of them.
 */
size_t km_trend_series_days(km_bucket_row *out, size_t max, const km_rated_day *in, size_t n,
                            const km_series_ask *ask);
/** How many rows that has. */
size_t km_trend_series_rows(const km_rated_day *in, size_t n, const km_series_ask *ask);
/** How many rows there are from a first to a last day. */
size_t km_trend_span(km_day first, km_day last, km_bucket b);

/** Why a judgement says what it says: rule, figures, source, in a few sentences. */
void km_judgement_why(km_buf *out, const km_atlas *a, const km_judgement *j);

/** Where the values of a measure come from. */
typedef enum km_taken { KM_TAKEN_RATING, KM_TAKEN_MARK, KM_TAKEN_TREATMENT, KM_TAKEN_CHECKIN } km_taken;

/** A measure of assets/measures.csv; its texts live as long as the atlas. */
typedef struct km_measure {
    const char *code, *name, *unit, *source, *note;
    const char *how;        /**< how it is measured */
    bool sided;             /**< left and right are kept apart */
    bool higher_is_better;
    double no_change_under; /**< smallest difference that counts, NAN when none is published */
    km_taken taken;         /**< KM_TAKEN_CHECKIN: a flexibility test */
} km_measure;
/** By code; false when the table has none such. */
bool km_measure_get(km_measure *out, const km_atlas *a, const char *code);
/** The measure of a row of the table, in its order; false past the last. */
bool km_measure_at(km_measure *out, const km_atlas *a, int row);

/**
 * A flexibility test as people spell it: "knee_to_wall:left", "sit_and_reach", or a sided test
 * without its side, which comes back as the midline. KM_EINVAL for a code that is no flexibility
 * test, naming those there are.
 *
 * @param code  of the table: lives as long as the atlas.
 */
km_status km_test_parse(const char **code, km_side *side, const km_atlas *a, const char *text,
                        km_error *err);
/** Whether there is such a test and the side is one it can have; KM_EINVAL says what is wrong. */
km_status km_test_check(const km_atlas *a, const char *code, km_side side, km_error *err);
/** "knee_to_wall:left", "sit_and_reach". */
void km_test_print(km_buf *out, const char *code, km_side side);

/**
 * Judge two values of a measure (means of readings). Without a published figure the verdict is
 * KM_VERDICT_TOO_FEW, and km_measure_rule says that there is none.
 */
km_verdict km_judge_measure(const km_measure *m, double before, double after);
/** What counts as a change and after whom, or that nobody has published it, in a sentence. */
void km_measure_rule(km_buf *out, const km_measure *m);

/* ---- two moments ---- */

/** One open place at a moment. */
typedef struct km_standing {
    int32_t key;
    int8_t intensity;       /**< 0..10 or KM_INTENSITY_NONE */
    double area;            /**< of its region, square tenths */
} km_standing;

typedef enum km_difference {
    KM_DIFF_SAME, KM_DIFF_BETTER, KM_DIFF_WORSE, KM_DIFF_NEW, KM_DIFF_GONE
} km_difference;
/** "same", "better", "worse", "new", "gone". */
const char *km_difference_word(km_difference d);

typedef struct km_compare_row {
    int32_t key;
    int8_t before, after;   /**< KM_INTENSITY_NONE when absent or without intensity */
    bool was, is;
    km_difference what;
} km_compare_row;

/** Measures of a pain drawing. */
typedef struct km_drawing {
    double extent;          /**< share of the body marked, 0..1 */
    int places, sum;
    double mean;            /**< of the places with an intensity, NAN without */
    int max;
} km_drawing;

typedef struct km_comparison {
    km_drawing before, after;
    double overlap;         /**< Jaccard index of the places, 0..1; NAN when both are empty */
} km_comparison;

/** The rating difference of two moments by the slight threshold alone. */
km_difference km_compare_pair(int before, int after);

/**
 * Compare two moments; both lists hold a key at most once and are sorted in place.
 *
 * @param out  n1 + n2 places.  @param body_area  of the whole body, square tenths.
 * @return rows written, by key.
 */
size_t km_trend_compare(km_compare_row *out, km_comparison *sum, km_standing *t1, size_t n1,
                        km_standing *t2, size_t n2, double body_area);

/* ---- episodes ---- */

/** One rating of a place with the treatments between kept apart. */
typedef struct km_event {
    int32_t key;
    km_day day;
    int8_t value;           /**< 0 closes; KM_INTENSITY_NONE counts as open; KM_EVENT_TREATED */
    int64_t at, id;         /**< order within the day: time, then number; 0 when not known */
} km_event;
#define KM_EVENT_TREATED ((int8_t)-2)

/** A time a place was open. */
typedef struct km_episode {
    int32_t key;
    km_day first, last;     /**< `last`: the day it was marked gone, or its last mark */
    bool resolved;          /**< false: still open (censored) */
    bool treated;
    int8_t peak;            /**< KM_INTENSITY_NONE without ratings */
    int marks;
    int gap_before;         /**< days since the place's earlier episode ended, -1 for the first */
} km_episode;

/**
 * Episodes of all places. A place that is gone and back on one day was never gone. An open place
 * not marked for more than `silent` days counts as gone on the day after its last mark when
 * `silence` is KM_SILENCE_GONE; otherwise it stays open.
 *
 * @param in   any order; sorted in place by key and day.
 * @param out  holds `n`, of which so many are written by key, then by day.
 * @return how many.
 */
size_t km_trend_episodes(km_episode *out, km_event *in, size_t n, km_day today, int silent,
                         km_silence silence);

/** How long places stay open, with those still open counted properly (Kaplan-Meier 1958). */
typedef struct km_survival {
    int n, resolved;
    double median;          /**< days, NAN when fewer than half resolve within what was seen */
    double lower, upper;    /**< quartiles: days by which 25 % and 75 % are gone, NAN likewise */
} km_survival;
/** Of episodes in any order; one that is not resolved was seen open until `today`. */
km_survival km_trend_survival(const km_episode *e, size_t n, km_day today);

/** Places that are open together more often than alone. */
typedef struct km_together {
    int32_t a, b;
    int both;               /**< episodes that overlap */
    double share;           /**< Jaccard: overlapping days / days either was open */
} km_together;
/** Pairs with at least `min_both` overlapping episodes, largest share first. */
size_t km_trend_together(km_together *out, size_t max, const km_episode *e, size_t n, km_day today,
                         int min_both);

/* ---- training and soreness ---- */

/** What follows a kind of session by one to three days. */
typedef struct km_lag {
    double after;           /**< share of the days 1..3 after such a session with a new mark */
    double otherwise;       /**< share of the other days */
    int sessions, days;
    double p;               /**< share of permutations with at least this difference, measured by what
                                 chance makes of one on so many days; 1 when there is none */
    bool holds;             /**< p < 0.05 and at least KM_LAG_SESSIONS sessions */
} km_lag;
#define KM_LAG_SESSIONS 6

/**
 * Test by permutation: every session is moved at random by up to three days either way, `rounds`
 * times, seeded and repeatable. Weeks keep their load, so that only the order of days is tested;
 * something else with the same weekly rhythm would look the same, and the screens say so.
 *
 * One kind of session serves many places: the sessions are moved once for all. Days come in any
 * order, duplicates allowed; those outside [first, last] are left out.
 */
typedef struct km_lag_test km_lag_test;
km_lag_test *km_lag_test_new(const km_day *session, size_t n, km_day first, km_day last, int rounds,
                             uint64_t seed);
km_lag km_lag_test_of(km_lag_test *t, const km_day *mark, size_t n);
void km_lag_test_free(km_lag_test *t);

/** Load as load: sums over 7 and 28 days ending on a day; the ratio is not offered (Impellizzeri 2020). */
typedef struct km_load {
    double acute;           /**< last 7 days, arbitrary units */
    double chronic;         /**< mean week of the last 28 days */
    int sessions;           /**< in the 28 days */
} km_load;
typedef struct km_load_day {
    km_day day;
    int load;
} km_load_day;
/** `in` in any order, several a day allowed; what lies after `day` or before its 28 days is left out. */
km_load km_trend_load(const km_load_day *in, size_t n, km_day day);

/** Median and spread of a few numbers: technique against technique. */
typedef struct km_spread {
    int n;
    double median, lower, upper; /**< quartiles, NAN when n is 0 */
} km_spread;
/** `v` is sorted in place. */
km_spread km_trend_spread(double *v, size_t n);

#endif
