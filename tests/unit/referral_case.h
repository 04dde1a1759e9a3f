/** Questions from words, for the referral tests: "right:temple right:eye". */
#ifndef REFERRAL_CASE_H
#define REFERRAL_CASE_H

#include "km_cmocka.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "knotmap/referral.h"

#define RANK_MAX 1024

typedef struct question {
    km_complaint place[KM_COMPLAINTS_MAX + 1];
    km_search s;
} question;

static inline void ask(question *q, const km_atlas *a, const char *places)
{
    char text[512];
    snprintf(text, sizeof text, "%s", places);
    q->s = (km_search){ .complaint = q->place };
    for (char *word = strtok(text, " "); word; word = strtok(NULL, " ")) {
        km_error err = { 0 };
        assert_true(q->s.n_complaint <= KM_COMPLAINTS_MAX);
        if (km_atlas_resolve(&q->place[q->s.n_complaint++], a, word,
                             KM_RESOLVE_SIDE_OPEN | KM_RESOLVE_GROUP, &err) != KM_OK)
            fail_msg("%s", err.text);
    }
}

static inline int point_of(const km_atlas *a, const char *muscle, int tp)
{
    int point = km_atlas_point(a, km_atlas_muscle(a, muscle), tp);
    assert_true(point >= 0);
    return point;
}

/* The ranking of a question, in memory that lasts until the next one. */
static inline const km_candidate *rank(const km_atlas *a, const question *q, size_t *n)
{
    static km_candidate ranked[RANK_MAX];
    assert_int_equal(km_referral_rank(ranked, RANK_MAX, n, a, &q->s, NULL), KM_OK);
    return ranked;
}

/* Place in a ranking, from 1; 0 when it is not there. */
static inline int rank_of(const km_candidate *c, size_t n, int point, km_side side)
{
    for (size_t i = 0; i < n; i++) {
        if (c[i].point == point && c[i].side == side)
            return (int)i + 1;
    }
    return 0;
}

#endif
