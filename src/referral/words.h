/** Names as sentences want them: "right temple", "left upper trapezius". */
#ifndef REFERRAL_WORDS_H
#define REFERRAL_WORDS_H

#include "knotmap/referral.h"

/** "left ", "right " or nothing. */
void words_side(km_buf *out, km_side side);
/** A name of the atlas, which starts with a capital, within a sentence. */
void words_name(km_buf *out, const char *name);
/** "right temple". */
void words_place(km_buf *out, const km_atlas *a, int region, km_side side);
/** A complaint: a region, a muscle with or without its point, or a group. */
void words_complaint(km_buf *out, const km_atlas *a, const km_complaint *c);
/** Before item `i` of `n`: nothing, a comma, or "and". */
const char *words_joint(int i, int n);

#endif
