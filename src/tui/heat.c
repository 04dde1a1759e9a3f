/** Heat: how often and how strongly each place was marked over the last days. */
#include "body.h"

#include <stdlib.h>

typedef struct heat_sum {
    const km_atlas *atlas;
    int *sum;
} heat_sum;

static km_status add(void *ctx, const km_mark *m, km_error *err)
{
    heat_sum *h = ctx;
    (void)err;
    int region = km_atlas_region(h->atlas, m->place.region);
    if (region < 0)
        return KM_OK;
    km_side side = h->atlas->region[region].midline ? KM_SIDE_MIDLINE : m->place.side;
    /* a mark without an intensity says "something is here": one point */
    h->sum[region * KM_SIDE_COUNT + (int)side] +=
        m->intensity == KM_INTENSITY_NONE ? 1 : m->intensity;
    return KM_OK;
}

void tui_heat_load(km_tui *t, body_view *b)
{
    if (b->heat_days == 0 || b->heat_loaded == b->heat_days)
        return;
    km_error err = { 0 };
    size_t n = (size_t)t->atlas->n_region * KM_SIDE_COUNT;
    int *sum = km_calloc(n, sizeof *sum);
    heat_sum h = { t->atlas, sum };
    km_mark_filter f = km_mark_filter_all();
    f.has_since = true;
    f.since = km_day_instant(tui_time_day(t) - b->heat_days, 0, 0);
    tui_time_filter(t, &f);
    if (km_app_marks_each(t->app, &f, add, &h, &err) != KM_OK)
        tui_fail(t, &err);

    b->heat_max = 0;
    for (size_t i = 0; i < n; i++)
        b->heat_max = sum[i] > b->heat_max ? sum[i] : b->heat_max;
    for (size_t i = 0; i < n; i++) /* five equal steps up to the strongest place */
        b->heat[i] = (uint8_t)(b->heat_max ? (sum[i] * 5 + b->heat_max - 1) / b->heat_max : 0);
    b->heat_loaded = b->heat_days;
    free(sum);
}
