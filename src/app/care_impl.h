/* What the files about care share. */
#ifndef KM_APP_CARE_IMPL_H
#define KM_APP_CARE_IMPL_H

#include "app_impl.h"
#include "knotmap/care.h"

/* A time a place was open, by its marks in order of time. */
typedef struct km_open_spell {
    int32_t place;          /* key for km_store_place */
    int8_t kind, worst;     /* km_kind; highest intensity, KM_INTENSITY_NONE without */
    bool open;
    int64_t first_id, last_id;
    km_day first, last;
    int64_t first_at;
    km_cause cause;         /* named first */
} km_open_spell;
typedef struct km_open_spells {
    km_open_spell *row;     /* in order of their beginning */
    size_t n, cap;
    int32_t *slot;          /* newest spell of place and kind, -1 none */
    size_t n_slot;
} km_open_spells;
/*
 * The client's spells in the marks of [since, until), without their causes: read from an index
 * alone. With `until_day` each mark's own clock tells whether it lies before `until`.
 */
km_status km_app_spells_span(km_open_spells *out, km_app *app, int64_t since, int64_t until,
                             bool until_day, km_error *err);
/* Those of the last 400 days without their causes: what the first screen asks for must not grow
   with a life's data. */
km_status km_app_spells_recent(km_open_spells *out, km_app *app, km_error *err);
void km_open_spells_clear(km_open_spells *s);
/* km_app_soreness from spells that are known already. */
km_status km_app_soreness_of(km_soreness_list *out, const km_open_spells *spells, km_app *app,
                             km_error *err);

#endif
