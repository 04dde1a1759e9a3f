/*
 * The thresholds of change in pain ratings (numeric rating scale 0..10). The same figures, with
 * their sources, stand in assets/measures.csv; a test compares the two.
 */
#ifndef KM_TREND_RULES_H
#define KM_TREND_RULES_H

#include "knotmap/trend.h"

#define KM_SLIGHT_POINTS  1.0  /* Salaffi 2004: smallest difference that matters, 1 point ... */
#define KM_SLIGHT_PERCENT 15.0 /* ... or 15 % */
#define KM_CLEAR_POINTS   2.0  /* Farrar 2001: about 2 points ... */
#define KM_CLEAR_PERCENT  30.0 /* ... or about 30 %; knotmap asks for both */

/* km_judge_ratings from the number, sum and sum of squares of the daily values of each side. */
km_judgement km_judge_sums(int n_before, double sum_before, double squares_before, int n_after,
                           double sum_after, double squares_after, double level);

#endif
