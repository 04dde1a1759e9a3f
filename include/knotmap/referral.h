/**
 * Referral reasoning: forward (a trigger point's zones), inverse (which points explain pain),
 * joint (the fewest points that explain all of it), and the next press test. Pure.
 * The model and where its constants come from: src/referral/MODEL.md.
 */
#ifndef KNOTMAP_REFERRAL_H
#define KNOTMAP_REFERRAL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "knotmap/atlas.h"
#include "knotmap/mem.h"
#include "knotmap/model.h"
#include "knotmap/status.h"

/** One zone of a trigger point on the client's body. */
typedef struct km_zone {
    int16_t region;
    km_side side;             /**< the side that hurts; MIDLINE for midline regions */
    km_laterality laterality; /**< as the table has it */
    km_referral_kind kind;
    uint8_t weight;           /**< 1..3 */
    km_basis basis;
    const char *source;       /**< "site of the point" where no row names the site */
} km_zone;

#define KM_ZONES_MAX 64

/**
 * The zones of a point whose muscle lies on `side` (MIDLINE for an unpaired muscle): the site
 * first (as local when no row names it), then the table's rows; a both-sided row gives two
 * zones. With `side` MIDLINE for a paired muscle (side unknown) each row gives one zone whose
 * side is MIDLINE and whose laterality tells.
 *
 * @return how many, at most KM_ZONES_MAX.
 */
size_t km_referral_zones(km_zone out[KM_ZONES_MAX], const km_atlas *a, int point, km_side side);

/** Chance that a zone hurts while its point is active (the model's figure; never shown). */
double km_referral_chance(const km_zone *z);

/**
 * A painful place of the inverse search. A region hurts; a muscle or group hurts when any of
 * its home regions does. `side_open` considers both sides.
 */
typedef km_ref km_complaint;

#define KM_COMPLAINTS_MAX 12

/** What the client's own history says of one point on one side. */
typedef struct km_history {
    int16_t point;
    km_side side;
    int16_t active, latent;   /**< times found so */
    int16_t unspecified;      /**< times marked without a state */
    int16_t confirmed;        /**< times pressing it was felt in one of the painful places */
    int32_t days_ago;         /**< since it was last found; -1 never */
    int8_t tested;            /**< press test in this search: 0 no, 1 familiar, 2 other pain, 3 nothing */
} km_history;

typedef enum km_strength { KM_STRENGTH_WEAK, KM_STRENGTH_FAIR, KM_STRENGTH_STRONG } km_strength;

/** One ranked trigger point. */
typedef struct km_candidate {
    int16_t point;
    km_side side;
    double score;             /**< log odds against background; only its order has meaning */
    km_strength strength;
    double share;             /**< of the model's weight, 0..1; for press tests, never shown */
    uint32_t explains;        /**< bit i: complaint i lies in one of its zones */
    uint8_t zone_kind[KM_COMPLAINTS_MAX]; /**< km_referral_kind of the zone that explains i */
    uint8_t zone_weight[KM_COMPLAINTS_MAX];
    int n_expects;            /**< zones it would also be expected to hurt, most expected first */
    struct { int16_t region; km_side side; km_referral_kind kind; } expects[16];
    double history;           /**< what history added to the score; 0 when none */
    int8_t tested;            /**< as km_history */
} km_candidate;

/** A search. Borrowed for the call. */
typedef struct km_search {
    const km_complaint *complaint;
    size_t n_complaint;       /**< 1..KM_COMPLAINTS_MAX */
    const km_history *history;
    size_t n_history;
} km_search;

/**
 * Rank every trigger point that explains at least one complaint, best first; deterministic,
 * independent of the order of complaints and rows; ties by table order, left before right.
 *
 * @param out  `max` places; 2 x n_point always suffices.
 * @param n    how many were written.
 * @return KM_EINVAL for more than KM_COMPLAINTS_MAX complaints.
 */
km_status km_referral_rank(km_candidate *out, size_t max, size_t *n, const km_atlas *a,
                           const km_search *s, km_error *err);

/** The reasons of a candidate in words: "explains right temple (hallmark) ...; expects ...". */
void km_referral_why(km_buf *out, const km_atlas *a, const km_search *s, const km_candidate *c);

/** A set of points that together explain complaints. */
typedef struct km_cover {
    km_candidate step[KM_COMPLAINTS_MAX]; /**< key points before their satellites, likelier first */
    int n;
    uint32_t unexplained;     /**< bit i: no point of the atlas explains complaint i */
    double score;
} km_cover;

/**
 * The smallest set that explains every complaint any point can explain, ties by the model;
 * exact. `alternative` (may be NULL) gets the next best different set (n 0 when there is none).
 */
km_status km_referral_explain(km_cover *best, km_cover *alternative, const km_atlas *a,
                              const km_search *s, km_error *err);

/** A press test: where to press next. */
typedef struct km_press_test {
    int16_t point;
    km_side side;
    double gain;              /**< expected bits; only its order has meaning */
} km_press_test;

/**
 * The press tests in the order they are worth doing, best first: points that are likelier than
 * not, then by expected information. Points already tested, points that cannot be pressed by
 * oneself and points whose answer would teach next to nothing are left out; none left means
 * the list is spent.
 * @return how many, at most `max`.
 */
size_t km_referral_tests(km_press_test *out, size_t max, const km_atlas *a, const km_search *s,
                         const km_candidate *ranked, size_t n);

/**
 * Whether a point can be pressed by oneself: its muscle has a home row that uses pressure. The
 * others (behind the cheek, deep in the belly, the pelvic floor ...) are never a press test.
 */
bool km_referral_pressable(const km_atlas *a, int point);

/**
 * How to find a spot: place, location, posture and caution of the muscle's home row:
 * "right side of neck: front border at the angle of the neck (right trapezius, upper fibres, point 1); ...".
 */
void km_referral_press_where(km_buf *out, const km_atlas *a, const km_candidate *c);

/**
 * Whether the press tests have come to an answer: the familiar pain was found, and the points
 * where it was found explain every place that any point explains.
 */
bool km_referral_settled(const km_candidate *ranked, size_t n);

/**
 * Check rare_points.csv of an atlas that was replaced.
 * @return KM_ENOINPUT for a missing table; KM_EDATA "FILE line L, column C: VALUE: reason".
 */
km_status km_referral_verify(const km_atlas *a, km_error *err);

/** "strong", "fair", "weak". */
const char *km_strength_word(km_strength s);

#endif
