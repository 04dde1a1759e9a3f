/**
 * The numbers of the referral model, in fixed point so that sums do not depend on their order:
 * mirrored places, or the same places in another order, give the same bits. See MODEL.md.
 */
#ifndef REFERRAL_MODEL_H
#define REFERRAL_MODEL_H

#include <stdint.h>

#include "knotmap/referral.h"

/** Log odds are whole numbers of 1/1024 bit. */
#define BIT 1024

/** What a zone says about its place: none, kind and weight, or the site that no row names. */
#define CLASS_NONE 0
#define CLASS_SITE 10
#define CLASS_COUNT 11

/** The source of a site that no row names; zones are told apart by this very pointer. */
extern const char site_source[];

/** Class of a zone, 1..CLASS_SITE. */
uint8_t model_class(const km_zone *z);
/** Chance that a zone of this class hurts while its point is active; 0 for CLASS_NONE. */
double model_chance(uint8_t cls);

/** The numbers below, worked out once. */
typedef struct model_tables {
    /** What a painful place adds when up to three active points have a zone there (noisy or). */
    int32_t hurts[CLASS_COUNT][CLASS_COUNT][CLASS_COUNT];
    /** What a zone that does not hurt adds; never positive. */
    int32_t quiet[CLASS_COUNT];
    /** 2^(i/1024) in 32 fraction bits. */
    uint64_t pow2[BIT];
} model_tables;

const model_tables *model_get(void);

/** 2^(d/1024) in 32 fraction bits, for d <= 0. */
uint64_t model_pow2(const model_tables *t, int32_t d);

/** Prior log odds of a point: commonness, and a discount for the rare ones. */
int32_t model_prior(uint8_t commonness, bool rare);
/** What a client's history adds, bounded; without the press test. */
int32_t model_history(const km_history *h);
/** What the answer to a press test adds (0 not tested). */
int32_t model_tested(int tested);
/** Expected information of pressing a point that is active with chance `q`, in bits. */
double model_press_gain(double q);

#endif
