/* What the files about the page in short share. */
#ifndef KM_APP_SUMMARY_IMPL_H
#define KM_APP_SUMMARY_IMPL_H

#include "history_impl.h"

#include "knotmap/care.h"
#include "knotmap/summary.h"

/* The page while it is being made. */
typedef struct km_summary_making {
    km_summary *out;
    size_t cap;
    int part;              /* the next one */
    km_app *app;
    km_client client;
    km_glance glance;
    km_places places;      /* read once, for all parts that count when places were open */
    km_instant now;
    km_day today;
    km_buf s;              /* the phrase being put together */
} km_summary_making;

/* Put a place into the phrase: "left shoulder blade (infraspinatus 1)". */
void km_summary_put_place(km_summary_making *m, const km_place *p);
/* Put a day into the phrase: "Fri 20 Nov". */
void km_summary_put_date(km_summary_making *m, km_day d);
/* A row with the phrase, which begins anew; `place` may be NULL. The row is the page's. */
km_summary_row *km_summary_add(km_summary_making *m, km_summary_topic topic, const km_place *place);

/* The parts of summary_next.c. */
km_status km_summary_helps(km_summary_making *m, km_error *err);
km_status km_summary_next_up(km_summary_making *m, km_error *err);

#endif
