/**
 * Topics: how people speak of many places at once. Areas of the body, sports and the muscles
 * they commonly load, profiles of people, and complaints with the places they usually mean.
 * All are common practice, none a diagnosis; the tables are assets/areas.csv, sports.csv,
 * profiles.csv and complaints.csv, their sources in SOURCES.md.
 */
#ifndef KNOTMAP_TOPIC_H
#define KNOTMAP_TOPIC_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "knotmap/atlas.h"
#include "knotmap/model.h"

typedef enum km_topic_kind {
    KM_TOPIC_AREA, KM_TOPIC_SPORT, KM_TOPIC_PROFILE, KM_TOPIC_COMPLAINT, KM_TOPIC_COUNT
} km_topic_kind;

/** The word of a kind in messages: "area", "sport", "profile", "complaint". */
const char *km_topic_word(km_topic_kind k);
/** How many topics of a kind there are. */
int km_topic_n(const km_atlas *a, km_topic_kind k);
/** A cell of a topic by the name of its column: code, name, synonyms, source ... */
const char *km_topic_cell(const km_atlas *a, km_topic_kind k, int row, const char *column);

/**
 * Row of the topic a text names: by code, name or synonym, else by the beginning of one of them
 * that only one topic has. Case, blanks and punctuation are ignored.
 *
 * @param what  what was asked, for the message: "--area", "sport".
 * @return KM_EINVAL "WHAT: TEXT is no area" with those there are in the mend.
 */
km_status km_topic_find(int *row, const km_atlas *a, km_topic_kind k, const char *what,
                        const char *text, km_error *err);

/** Whether each region (n_region of them) belongs to an area. */
void km_area_regions(bool *in, const km_atlas *a, int area);
/** Whether each muscle (n_muscle of them) is one a sport commonly loads. */
void km_sport_muscles(bool *in, const km_atlas *a, int sport);

/** Who somebody is, as far as it sets what knotmap offers first. Everything can be changed later. */
typedef struct km_profile {
    int row;
    const char *code, *name, *source;
    km_week_plan plan;               /**< taken while no plan was set by hand */
    km_cause cause[KM_CAUSE_COUNT];  /**< all causes, those that fit first; none leads */
    uint32_t daily;                  /**< set of km_habit */
    const char *places;              /**< region codes, ";"-joined: looked at first */
} km_profile;
/** A row of profiles.csv; row -1: nothing but the causes in their usual order. */
km_profile km_profile_at(const km_atlas *a, int row);
/** What it offers, in a sentence or two: plan, causes, places, daily items. */
void km_profile_words(km_buf *out, const km_atlas *a, const km_profile *p);

/** Both sides of so many places still fit one search. */
#define KM_TROUBLE_PLACES 6

/** A complaint in people's words, the places it usually means, and what must be said first. */
typedef struct km_trouble {
    const char *code, *name, *caution, *source;
    const char *flags;               /**< codes of red flags to ask, ";"-joined */
    const char *condition;           /**< condition to keep with the client, "" none */
    const char *area, *sport;        /**< codes of topics, "" none */
    bool one_side;                   /**< usually on one side: a screen asks which */
    km_ref place[KM_TROUBLE_PLACES]; /**< regions; those with sides are side_open */
    int n_place;
} km_trouble;
/** A row of complaints.csv. */
km_trouble km_trouble_at(const km_atlas *a, int row);
/** The same on one side: its sided places lie there. */
void km_trouble_on(km_trouble *io, const km_atlas *a, km_side side);

/**
 * Check the four tables of an atlas that was replaced.
 * @return KM_ENOINPUT for a missing table; KM_EDATA "FILE line L, column C: VALUE: reason".
 */
km_status km_topic_verify(const km_atlas *a, km_error *err);

#endif
