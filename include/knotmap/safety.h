/**
 * Red flags: signs that want a doctor before any massage. Asked before referral and routine
 * name a muscle. Pure. The table is assets/red_flags.csv, its sources are in SOURCES.md.
 */
#ifndef KNOTMAP_SAFETY_H
#define KNOTMAP_SAFETY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "knotmap/atlas.h"
#include "knotmap/model.h"

typedef enum km_flag_level {
    KM_FLAG_SOON,      /**< see a doctor soon */
    KM_FLAG_TODAY,     /**< the same day */
    KM_FLAG_EMERGENCY  /**< call emergency services now */
} km_flag_level;

/** A red flag of the table. */
typedef struct km_flag {
    const char *code;      /**< "cardiac", as the contract lists them */
    km_flag_level level;
    const char *question;  /**< plain yes/no question: "Is there pressure in the chest, ...?" */
    const char *sign;      /**< the sign in a few words */
    const char *think_of;  /**< what it may be */
    const char *advice;    /**< what to do, calm words */
    const char *source;
} km_flag;

#define KM_FLAGS_MAX 32

/** What is known of the person and the pain; unknown values stay at their zero. */
typedef struct km_safety_case {
    const km_ref *place;   /**< painful places, resolved */
    size_t n_place;
    int age;               /**< years, -1 unknown */
    const char *conditions;/**< the client's ";"-joined conditions or NULL */
    bool after_effort;     /**< the marks began after hard effort */
    bool is_new;           /**< the pain is new (first seen within 4 weeks) */
} km_safety_case;

/** One flag that the places touch. */
typedef struct km_flag_hit {
    int flag;              /**< index into km_safety_flags */
    bool asked;            /**< among the at most three questions a screen asks */
} km_flag_hit;

/** All flags of the atlas, `*n` their count; a view into immutable tables. */
const km_flag *km_safety_flags(const km_atlas *a, size_t *n);
/** Index by code, -1 unknown. */
int km_safety_flag(const km_atlas *a, const char *code);

/**
 * The flags these places touch, worst level first, then by how closely they fit; the first
 * three are `asked`. Mirrored places give the same flags but for the heart's left arm.
 *
 * @return how many, at most `max`.
 */
size_t km_safety_check(km_flag_hit *out, size_t max, const km_atlas *a, const km_safety_case *c);

/** The warning in one or two lines for standard error: when to see a doctor before massage. */
void km_safety_notice(km_buf *out, const km_atlas *a, const km_flag_hit *hit, size_t n);

/** The warning of one flag that is present: level, reason, what to do. */
void km_safety_warning(km_buf *out, const km_flag *f);

/**
 * Check the two tables (red_flags.csv, flag_triggers.csv) of an atlas that was replaced.
 * @return KM_ENOINPUT for a missing table; KM_EDATA "FILE line L, column C: VALUE: reason".
 */
km_status km_safety_verify(const km_atlas *a, km_error *err);

/** "emergency", "today", "soon". */
const char *km_flag_level_word(km_flag_level l);

#endif
