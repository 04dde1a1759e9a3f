/**
 * The field of a search: the places that hurt, and every point on every side that could explain
 * one of them, in table order, left before right. Shared by ranking and joint explanation.
 */
#ifndef REFERRAL_FIELD_H
#define REFERRAL_FIELD_H

#include "model.h"

/** A trigger point on one side that explains at least one place. */
typedef struct cause {
    int16_t point;
    km_side side;
    uint32_t explains;                /**< bit per complaint */
    uint8_t cls[KM_COMPLAINTS_MAX];   /**< class of the zone that explains it, 0 none */
    uint8_t said[KM_COMPLAINTS_MAX];  /**< the same, but 0 for a complaint said twice */
    uint8_t kind[KM_COMPLAINTS_MAX], weight[KM_COMPLAINTS_MAX];
    int32_t base;                     /**< prior, history, test, and zones that do not hurt */
    int32_t history;                  /**< the part of `base` that is history */
    int8_t tested;
} cause;

typedef struct field {
    const km_atlas *atlas;
    int n_complaint;
    uint16_t *hit;       /**< [region * 3 + side]: complaints that cover this place */
    uint32_t repeated;   /**< complaints that repeat an earlier one */
    cause *cause;
    int n;
} field;

/** KM_EINVAL for too many complaints. Free with field_clear, also after a failure. */
km_status field_init(field *f, const km_atlas *a, const km_search *s, km_error *err);
void field_clear(field *f);
/** Mark the points of rare_points.csv; `rare` has a place for each point of the atlas. */
void rare_read(bool *rare, const km_atlas *a);
/** The complaints that cover a zone. */
uint32_t field_hits(const field *f, const km_zone *z);

#endif
