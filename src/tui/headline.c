/** The first line of the start screen: what is due, what is new, what got worse. */
#include "body.h"

#include "knotmap/history.h"

void tui_body_headline(km_tui *t, body_view *b)
{
    uint64_t revision = km_app_revision(t->app);
    if (t->waiting || (b->headline_made && b->headline_revision == revision &&
                       b->headline_epoch == t->epoch && b->headline_day == t->today))
        return;
    km_error err = { 0 };
    b->headline_made = true;
    b->headline_revision = revision;
    b->headline_epoch = t->epoch;
    b->headline_day = t->today;
    km_buf_reset(&b->headline);
    if (!t->client.has_seen) /* nothing yet: the panel says how to begin */
        ;
    else if (km_app_headline(&b->headline, t->app, &err) != KM_OK)
        tui_fail(t, &err);
}
