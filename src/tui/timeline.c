/** Time on the screen: which moment is shown, stepping, playing, and the slider. */
#include "timeline.h"

#include <stdio.h>
#include <stdlib.h>

#include "knotmap/history.h"
#include "knotmap/text.h"
#include "view.h"

/* Days a second. */
static const int speed[] = { [0] = 1, 3, [TUI_TIME_SPEED] = 7, 15, 30, 90 };
#define SPEEDS (int)(sizeof speed / sizeof speed[0])
#define NEVER 3600000

km_day tui_time_day(const km_tui *t)
{
    return t->time.past ? t->time.day : t->today;
}

void tui_time_filter(const km_tui *t, km_mark_filter *f)
{
    if (!t->time.past)
        return;
    f->has_until = true;
    f->until = t->time.then;
    f->until.sec++;
}

/* ---- what there is to step through ---- */

typedef struct stops {
    tui_time *time;
    int cap;
} stops;

static km_instant end_of(km_day day)
{
    km_instant t = km_day_instant(day + 1, 0, 0);
    t.sec--;
    return t;
}

static km_status take_stop(void *ctx, const km_session_time *s, km_error *err)
{
    stops *to = ctx;
    (void)err;
    KM_GROW(to->time->stop, to->time->n_stop, to->cap);
    to->time->stop[to->time->n_stop++] = (tui_stop){
        .at = s->has_ended ? s->ended : end_of(km_instant_day(s->started)), .kind = s->kind,
    };
    return KM_OK;
}

static int by_time(const void *a, const void *b)
{
    const tui_stop *x = a, *y = b;
    return (x->at.sec > y->at.sec) - (x->at.sec < y->at.sec);
}

/** Read days and sessions of the client, when they are not known. */
static void load(km_tui *t)
{
    tui_time *time = &t->time;
    km_error err = { 0 };
    uint64_t revision = km_app_revision(t->app);
    if (time->loaded && time->seen_revision == revision && time->seen_epoch == t->epoch)
        return;
    free(time->stop);
    time->stop = NULL;
    time->n_stop = 0;
    time->at_stop = -1;
    time->loaded = true;
    time->seen_revision = revision;
    time->seen_epoch = t->epoch;

    km_mark_filter f = km_mark_filter_all();
    f.oldest_first = true;
    f.limit = 1;
    km_mark_list first = { 0 };
    if (km_app_marks(&first, t->app, &f, &err) != KM_OK)
        tui_fail(t, &err);
    time->any = first.n > 0;
    if (time->any)
        time->first = km_instant_day(first.row[0].at);
    km_mark_list_clear(&first);
    stops to = { .time = time };
    if (km_app_session_times(t->app, take_stop, &to, &err) != KM_OK)
        tui_fail(t, &err);
    if (time->n_stop > 0)
        qsort(time->stop, (size_t)time->n_stop, sizeof *time->stop, by_time);
}

/* ---- moving ---- */

static void show(km_tui *t)
{
    for (view *v = t->top; v; v = v->below) {
        if (v->ops->in_time)
            v->loaded = false;
    }
    tui_refresh(t);
}

static void to(km_tui *t, km_instant at, int stop)
{
    t->time.then = at;
    t->time.day = km_instant_day(at);
    t->time.at_stop = stop;
    t->time.past = at.sec < t->now.sec;
    show(t);
}

void tui_time_to(km_tui *t, km_day day)
{
    load(t);
    to(t, end_of(day), -1);
}

void tui_time_now(km_tui *t)
{
    if (!t->time.past && !t->time.playing)
        return;
    t->time.past = t->time.playing = false;
    t->time.at_stop = -1;
    show(t);
}

/** The session next to a moment in a direction, -1 none. */
static int stop_next(const tui_time *time, km_instant at, bool back)
{
    int best = -1;
    for (int i = 0; i < time->n_stop; i++) {
        if (back && time->stop[i].at.sec < at.sec)
            best = i;
        if (!back && time->stop[i].at.sec > at.sec)
            return i;
    }
    return best;
}

static bool step_stop(km_tui *t, km_instant *io, bool back)
{
    int at = stop_next(&t->time, *io, back);
    if (at < 0 || t->time.stop[at].at.sec >= t->now.sec) {
        tui_say(t, KM_ROLE_DIM, t->time.n_stop == 0 ? "no visit or session is stored yet"
                                : back ? "there is no visit or session before this day"
                                       : "there is no visit or session after this one");
        return false;
    }
    *io = t->time.stop[at].at;
    t->time.at_stop = at;
    return true;
}

bool tui_time_step(km_tui *t, km_instant *io, tui_action action)
{
    load(t);
    t->time.at_stop = -1;
    if (action == ACT_TIME_VISIT_BACK || action == ACT_TIME_VISIT_ON)
        return step_stop(t, io, action == ACT_TIME_VISIT_BACK);
    km_day day = km_instant_day(*io);
    if (action == ACT_TIME_BACK) {
        if (!t->time.any || day <= t->time.first) {
            tui_say(t, KM_ROLE_DIM, t->time.any ? "the first mark was made on this day"
                                                : "no mark is stored yet: there is no past to show");
            return false;
        }
        *io = end_of(day - 1);
        return true;
    }
    if (io->sec >= t->now.sec) {
        tui_say(t, KM_ROLE_DIM, "this is now");
        return false;
    }
    *io = day + 1 >= t->today ? t->now : end_of(day + 1);
    return true;
}

static void play(km_tui *t)
{
    tui_time *time = &t->time;
    load(t);
    if (time->playing) {
        time->playing = false;
        tui_say(t, KM_ROLE_OK, "paused");
        return;
    }
    if (!time->any || time->first >= t->today) {
        tui_say(t, KM_ROLE_DIM, "there are no earlier days to play");
        return;
    }
    time->playing = true;
    time->last_step = t->clock();
    if (!time->past) /* from the beginning */
        to(t, end_of(time->first), -1);
}

static void faster(km_tui *t, int by)
{
    int next = t->time.speed + by;
    if (next >= 0 && next < SPEEDS)
        t->time.speed = next;
    tui_say(t, KM_ROLE_OK, "%s%d day%s a second", t->time.playing ? "" : "plays at ",
            speed[t->time.speed], speed[t->time.speed] == 1 ? "" : "s");
}

bool tui_time_act(km_tui *t, tui_action action)
{
    km_instant at = t->time.past ? t->time.then : t->now;
    switch (action) {
    case ACT_TIME_BACK: case ACT_TIME_ON: case ACT_TIME_VISIT_BACK: case ACT_TIME_VISIT_ON:
        t->time.playing = false;
        if (tui_time_step(t, &at, action))
            to(t, at, t->time.at_stop);
        return true;
    case ACT_TIME_PLAY: play(t); return true;
    case ACT_TIME_FASTER: faster(t, 1); return true;
    case ACT_TIME_SLOWER: faster(t, -1); return true;
    case ACT_TIME_NOW:
        if (!t->time.past)
            tui_say(t, KM_ROLE_DIM, "this is now");
        tui_time_now(t);
        return true;
    default: return false;
    }
}

bool tui_time_blocks(km_tui *t, tui_action action)
{
    static const tui_ctx of_the_moment[] = { CTX_RATE, CTX_BODY, CTX_ROUND, CTX_BRUSH, CTX_PLACE,
                                             CTX_WHY };
    bool shown = false;
    bool begins = action == ACT_ROUND || action == ACT_BRUSH; /* what follows would write */
    if (!t->time.past || !(tui_action_table[action].writes || begins))
        return false;
    for (size_t i = 0; i < sizeof of_the_moment / sizeof of_the_moment[0]; i++)
        shown = shown || tui_action_table[action].ctx == of_the_moment[i];
    if (!shown)
        return false;
    char day[KM_TIME_TEXT];
    km_buf now = { 0 };
    km_day_human(day, t->time.day, t->today);
    tui_keymap_print_first(&now, &t->keymap, ACT_TIME_NOW);
    tui_say(t, KM_ROLE_ERROR,
            "this is %s: the past is for looking. %s goes back to now; a mark's form can change "
            "its time", day, km_buf_str(&now));
    km_buf_clear(&now);
    return true;
}

/* ---- playing ---- */

/** Only views that show time are played. */
static bool in_sight(const km_tui *t)
{
    return t->top->ops->in_time;
}

int tui_time_wait(const km_tui *t)
{
    return t->time.playing && in_sight(t) ? 1000 / speed[t->time.speed] : NEVER;
}

void tui_time_tick(km_tui *t)
{
    tui_time *time = &t->time;
    if (!time->playing)
        return;
    double now = t->clock(), each = 1.0 / speed[time->speed];
    if (!in_sight(t)) { /* waits where it was */
        time->last_step = now;
        return;
    }
    int days = (int)((now - time->last_step) / each + 0.001);
    if (days < 1)
        return;
    time->last_step = now;
    if (time->day + days >= t->today)
        tui_time_now(t);
    else
        to(t, end_of(time->day + days), -1);
}

bool tui_time_hint(const km_tui *t, tui_hint *h)
{
    if (!t->time.playing)
        return false;
    tui_hint_add(h, ACT_TIME_PLAY, "pause");
    tui_hint_add(h, ACT_TIME_FASTER, NULL);
    tui_hint_add(h, ACT_TIME_SLOWER, NULL);
    tui_hint_add(h, ACT_TIME_NOW, NULL);
    tui_hint_add(h, ACT_COMPARE, NULL);
    tui_hint_add(h, ACT_LIFE, NULL);
    return true;
}

/* ---- the slider ---- */

static void what_is_shown(km_buf *out, const km_tui *t, int open, bool wide)
{
    const tui_time *time = &t->time;
    const char *and = "";
    if (open >= 0) {
        km_buf_printf(out, "%d open", open);
        and = ", ";
    }
    if (time->at_stop >= 0)
        km_buf_printf(out, "%safter %s", and, km_word(KM_VOCAB_SESSION, (int)time->stop[time->at_stop].kind));
    else if (time->playing)
        km_buf_printf(out, "%s%d day%s/s", and, speed[time->speed],
                      speed[time->speed] == 1 ? "" : "s");
    else if (wide)
        km_buf_printf(out, "%sthe end of that day", and);
}

void tui_time_slider(km_tui *t, km_grid *g, km_rect r, int open)
{
    const tui_time *time = &t->time;
    char day[KM_TIME_TEXT];
    km_buf right = { 0 };
    km_day_human(day, time->day, t->today);
    what_is_shown(&right, t, open, r.w >= 100);
    int left = 1 + km_grid_text(g, r, 0, 1, KM_ROLE_ACCENT, day) + 1;
    int tail = km_text_width(km_buf_str(&right)), w = r.w - left - tail - 3;
    if (w < 8) { /* no room to slide */
        km_grid_text_cut(g, r, 0, left, r.w - left, KM_ROLE_TEXT, km_buf_str(&right));
        km_buf_clear(&right);
        return;
    }
    km_grid_text(g, r, 0, r.w - tail - 1, KM_ROLE_TEXT, km_buf_str(&right));
    km_buf_clear(&right);
    int span = t->today > time->first ? t->today - time->first : 1;
    for (int x = 0; x < w; x++)
        km_grid_put(g, r, 0, left + x, KM_ROLE_DIM, 0x2500u);
    for (int i = 0; i < time->n_stop; i++) {
        int at = km_instant_day(time->stop[i].at) - time->first;
        if (at >= 0 && at <= span && time->stop[i].kind == KM_SESSION_TREATMENT)
            km_grid_put(g, r, 0, left + (int)((int64_t)at * (w - 1) / span), KM_ROLE_DIM, '\'');
    }
    int at = time->day - time->first;
    at = at < 0 ? 0 : at > span ? span : at;
    km_grid_put(g, r, 0, left + (int)((int64_t)at * (w - 1) / span), KM_ROLE_SELECTED, 'O');
}

void tui_time_clear(tui_time *t)
{
    free(t->stop);
    t->stop = NULL;
}
