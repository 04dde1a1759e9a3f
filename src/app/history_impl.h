/* What the files of the history share. */
#ifndef KM_APP_HISTORY_IMPL_H
#define KM_APP_HISTORY_IMPL_H

#include "app_impl.h"
#include "knotmap/history.h"

/* What a store must read for an ask: a bound that is a day takes a day more at its end. */
void km_ask_span(int64_t *since, int64_t *until, const km_trend_ask *ask);
/* Whether a record of this moment, written at this offset, is inside: days are its own. */
bool km_ask_in(const km_trend_ask *ask, int64_t at, int off_min);
/* Whether a place is one of the asked ones; with none asked, every place is. */
bool km_ask_has(const km_trend_ask *ask, const km_atlas *a, const km_place *p);

/* km_app_compare from marks not before `from`. */
km_status km_compare_from(km_compare_result *out, km_app *app, km_instant t1, km_instant t2,
                          int64_t from, km_error *err);

/* Everything the current client's marks and treatments say about when places were open. */
typedef struct km_places {
    km_place *place;        /* by key */
    km_kind *kind;
    int32_t *spot;          /* the place alone: the first key of it, whatever the kind */
    int32_t n;
    km_event *event; /* NULL once the episodes were made */
    size_t n_event;
    km_episode *episode;    /* in the order of km_trend_episodes */
    size_t n_episode;
    km_day today;
} km_places;
/* Those of an ask's places, or all when `only` is NULL. */
km_status km_places_load(km_places *out, km_app *app, const km_trend_ask *only, km_silence silence,
                         km_error *err);
void km_places_clear(km_places *p);
/* km_app_lives, km_app_recurrence and km_app_pairs of what was loaded; texts stay with the store. */
void km_places_lives(km_life_list *out, const km_places *p);
void km_places_recurrence(km_recurrence_list *out, const km_places *p);
void km_places_pairs(km_pair_list *out, const km_places *p);

#endif
