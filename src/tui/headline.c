/** The first line of the start screen: what is due, what is new, what got worse. */
#include "body.h"

#include <string.h>

#include "knotmap/history.h"

/** What is due is answered on the page of the day: its key stands beside it. */
static void say_where(km_buf *line, const km_tui *t)
{
    static const char due[] = " due";
    size_t n = sizeof due - 1;
    if (line->len < n || strcmp(line->s + line->len - n, due) != 0)
        return;
    km_buf key = { 0 };
    tui_keymap_print_first(&key, &t->keymap, ACT_GO_DAY);
    if (key.len > 0)
        km_buf_printf(line, ": %s", km_buf_str(&key));
    km_buf_clear(&key);
}

void tui_body_headline(km_tui *t, body_view *b)
{
    uint64_t revision = km_app_revision(t->app);
    if (t->waiting || (b->headline_made && b->headline_revision == revision &&
                       b->headline_epoch == t->epoch && b->headline_day == t->today))
        return;
    km_error err = { 0 };
    km_headline counts;
    b->headline_made = true;
    b->headline_revision = revision;
    b->headline_epoch = t->epoch;
    b->headline_day = t->today;
    km_buf_reset(&b->headline);
    if (!t->client.has_seen)
        return; /* nothing yet: the panel says how to begin */
    if (km_app_headline(&b->headline, &counts, t->app, &err) != KM_OK)
        tui_fail(t, &err);
    else
        say_where(&b->headline, t);
}

/** Lines of the panel the parts may take. */
#define LINES_MOST 4

/** The rest of it and the key that shows it whole. */
static void paint_more(const km_tui *t, km_grid *g, km_rect r, int y, int more)
{
    km_buf s = { 0 }, key = { 0 };
    tui_keymap_print_first(&key, &t->keymap, ACT_GO_SUMMARY);
    km_buf_printf(&s, "and %d more", more);
    if (key.len > 0)
        km_buf_printf(&s, ": %s", km_buf_str(&key));
    km_grid_text_cut(g, r, y, 0, r.w, KM_ROLE_ACCENT, km_buf_str(&s));
    km_buf_clear(&s);
    km_buf_clear(&key);
}

int tui_body_headline_lines(const km_tui *t, const body_view *b, km_grid *g, km_rect r, int y)
{
    const char *at = km_buf_str(&b->headline);
    const km_rect nowhere = { r.x, r.y, r.w, 0 };
    int lines = 0, more = 0;
    while (*at) {
        const char *end = strstr(at, " | ");
        size_t n = end ? (size_t)(end - at) : strlen(at);
        km_buf part = { 0 };
        km_buf_add(&part, at, n);
        int wants = km_grid_wrap(g, nowhere, 0, KM_ROLE_ACCENT, km_buf_str(&part));
        /* what comes first is said in full, what follows where it fits */
        if (lines == 0 || (wants == 1 && lines + 1 < LINES_MOST && more == 0))
            lines += km_grid_wrap(g, r, y + lines, KM_ROLE_ACCENT, km_buf_str(&part));
        else
            more++;
        km_buf_clear(&part);
        at += n + (end ? 3 : 0);
    }
    if (more > 0)
        paint_more(t, g, r, y + lines++, more);
    return lines;
}
