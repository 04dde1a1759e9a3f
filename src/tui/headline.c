/** The first line of the start screen: what is due, what is new, what got worse. */
#include "body.h"

#include <string.h>

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
    if (!t->client.has_seen)
        return; /* nothing yet: the panel says how to begin */
    if (km_app_headline(&b->headline, t->app, &err) != KM_OK)
        tui_fail(t, &err);
}

int tui_body_headline_lines(const body_view *b, km_grid *g, km_rect r, int y)
{
    const char *at = km_buf_str(&b->headline);
    int lines = 0;
    while (*at) {
        const char *end = strstr(at, " | ");
        size_t n = end ? (size_t)(end - at) : strlen(at);
        km_buf part = { 0 };
        km_buf_add(&part, at, n);
        if (y + lines < r.h)
            km_grid_text_cut(g, r, y + lines, 0, r.w, KM_ROLE_ACCENT, km_buf_str(&part));
        lines++;
        km_buf_clear(&part);
        at += n + (end ? 3 : 0);
    }
    return lines;
}
