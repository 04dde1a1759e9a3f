/** Heat: how often and how strongly each place was marked over the last days. */
#include "body.h"
#include "knotmap/history.h"

void tui_heat_load(km_tui *t, body_view *b)
{
    if (b->heat_days == 0 || b->heat_loaded == b->heat_days)
        return;
    km_error err = { 0 };
    km_instant until = t->time.past ? t->time.then : t->now;
    until.sec++; /* what is marked this very second counts */
    if (km_app_heat(b->heat, &b->heat_max, t->app, b->heat_days, until, &err) != KM_OK)
        tui_fail(t, &err);
    b->heat_loaded = b->heat_days;
}
