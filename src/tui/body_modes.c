/** The body's two modes: the daily round over what is open, and the brush that paints pain. */
#include "body.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "why.h"

/* ---- the daily round ---- */

static const km_mark *round_mark(const body_view *b)
{
    for (size_t i = 0; i < b->open.n; i++) {
        if (b->open.row[i].id == b->round[b->at_round])
            return &b->open.row[i];
    }
    return NULL;
}

/** Show the mark of the round; those that closed meanwhile are passed over. */
static void round_show(km_tui *t, body_view *b)
{
    tui_refresh(t);
    while (b->at_round < b->n_round) {
        const km_mark *m = round_mark(b);
        if (m) {
            tui_body_jump_mark(t, b, m);
            return;
        }
        b->at_round++;
    }
    b->in_round = false;
    if (t->n_message > 0 && t->message[0].role == KM_ROLE_OK)
        t->n_message = 0; /* the end says more than the last mark */
    char what[64];
    snprintf(what, sizeof what, "the round is done: %d of %d rated", b->rated, b->n_round);
    if (b->rated > 0)
        tui_stored(t, what);
    else
        tui_say(t, KM_ROLE_OK, "%s", what);
}

void tui_round_start(km_tui *t, body_view *b)
{
    if (b->in_round) {
        tui_say(t, KM_ROLE_DIM, "the round is under way");
        return;
    }
    if (b->open.n == 0) {
        tui_say(t, KM_ROLE_ERROR, "nothing is open: there is no round to walk");
        return;
    }
    b->n_round = (int)b->open.n;
    b->round = km_realloc(b->round, b->open.n, sizeof *b->round);
    for (size_t i = 0; i < b->open.n; i++)
        b->round[i] = b->open.row[i].id;
    b->at_round = b->rated = 0;
    b->in_round = true;
    round_show(t, b);
}

void tui_round_rate(km_tui *t, body_view *b, int intensity)
{
    km_error err = { 0 };
    const km_mark *old = round_mark(b);
    if (!old) {
        tui_round_skip(t, b);
        return;
    }
    km_mark m = km_mark_blank();
    m.at = t->now;
    m.kind = old->kind;
    m.place = old->place;
    m.view = old->view;
    m.x = old->x;
    m.y = old->y;
    m.state = old->state;
    m.intensity = intensity < 0 ? old->intensity : intensity;
    km_buf what = { 0 };
    tui_words_mark(&what, t->atlas, &m);
    if (km_app_mark_add(&m, t->app, &err) == KM_OK) {
        b->rated++;
        b->at_round++;
        tui_stored(t, km_buf_str(&what));
        round_show(t, b);
    } else {
        tui_fail(t, &err);
    }
    km_buf_clear(&what);
}

void tui_round_skip(km_tui *t, body_view *b)
{
    b->at_round++;
    round_show(t, b);
}

void tui_round_stop(km_tui *t, body_view *b)
{
    b->in_round = false;
    tui_say(t, KM_ROLE_OK, "the round ends here: %d of %d rated", b->rated, b->n_round);
}

/* ---- the brush ---- */

static int painted(const body_view *b, int region, km_side side)
{
    for (int i = 0; i < b->n_paint; i++) {
        if (b->paint[i].index == region && b->paint[i].side == side)
            return i;
    }
    return -1;
}

void tui_brush_start(km_tui *t, body_view *b)
{
    b->brush = b->pen = true;
    b->n_paint = b->n_ranked = 0;
    tui_brush_paint(t, b, b->spot.region, b->spot.side);
}

void tui_brush_stop(body_view *b)
{
    b->brush = false;
    b->n_paint = b->n_ranked = 0;
}

/* What explains the paint so far; nothing is named while first questions are open. */
static void rank(km_tui *t, body_view *b)
{
    b->n_ranked = 0;
    if (b->n_paint == 0 || !tui_why_cleared(t, b->paint, (size_t)b->n_paint))
        return;
    size_t max = (size_t)t->atlas->n_point * 2, n = 0;
    km_candidate *all = km_calloc(max, sizeof *all);
    if (km_app_find(all, max, &n, t->app, b->paint, (size_t)b->n_paint, NULL) == KM_OK) {
        for (size_t i = 0; i < n && b->n_ranked < 3; i++)
            b->ranked[b->n_ranked++] = all[i];
    }
    free(all);
}

void tui_brush_paint(km_tui *t, body_view *b, int region, km_side side)
{
    if (region < 0 || painted(b, region, side) >= 0)
        return;
    if (b->n_paint == KM_COMPLAINTS_MAX) {
        tui_say(t, KM_ROLE_ERROR, "%d places are painted: no more can be explained together",
                KM_COMPLAINTS_MAX);
        return;
    }
    b->paint[b->n_paint++] = tui_ref_region(t->atlas, region, side);
    rank(t, b);
}

void tui_brush_wipe(km_tui *t, body_view *b)
{
    int at = painted(b, b->spot.region, b->spot.side);
    if (at < 0) {
        tui_say(t, KM_ROLE_DIM, "there is no paint here");
        return;
    }
    b->n_paint--;
    memmove(&b->paint[at], &b->paint[at + 1], (size_t)(b->n_paint - at) * sizeof b->paint[0]);
    b->pen = false;
    rank(t, b);
}

void tui_brush_store(km_tui *t, body_view *b, int intensity)
{
    km_error err = { 0 };
    km_mark m[KM_COMPLAINTS_MAX];
    if (b->n_paint == 0) {
        tui_say(t, KM_ROLE_ERROR, "nothing is painted yet");
        return;
    }
    if (intensity == 0) {
        tui_say(t, KM_ROLE_ERROR, "painted pain is 1 to 10; Esc drops the paint");
        return;
    }
    for (int i = 0; i < b->n_paint; i++) {
        m[i] = km_mark_blank();
        m[i].at = t->now;
        m[i].kind = KM_KIND_PAIN;
        m[i].intensity = intensity;
        if (km_app_mark_place(&m[i], t->app, &b->paint[i], false, &err) != KM_OK) {
            tui_fail(t, &err);
            return;
        }
    }
    if (km_app_mark_add_many(m, (size_t)b->n_paint, t->app, &err) != KM_OK) {
        tui_fail(t, &err);
        return;
    }
    km_buf what = { 0 };
    km_buf_printf(&what, "pain %d at %d place%s", intensity, b->n_paint,
                  b->n_paint == 1 ? "" : "s");
    tui_stored(t, km_buf_str(&what));
    km_buf_clear(&what);
    tui_brush_stop(b);
}
