/** A routine being followed: one step at a time, counted, asked about, stored as it goes. */
#include "follow.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "body.h"
#include "follow_clock.h"
#include "follow_paint.h"

/** What was worked for less than this is not kept when a step is left. */
#define KEEP_SEC 10
#define FLASH_SEC 0.4

/* ---- what is stored ---- */

static km_instant now_of(const km_tui *t)
{
    km_instant now;
    km_error err = { 0 };
    return km_now(&now, &err) == KM_OK ? now : t->now;
}

static void note(follow_view *v, km_role role, const char *text)
{
    km_buf_reset(&v->note);
    km_buf_puts(&v->note, text);
    v->note_role = role;
}

static void forget_ratings(follow_view *v)
{
    for (int b = 0; b < 3; b++)
        v->rating[b] = KM_INTENSITY_NONE;
}

/** Whether a step is a treatment: pressing, stretching, massage of a muscle. */
static bool is_treatment(const km_step *s)
{
    return s->muscle >= 0 && s->technique >= 0;
}

/**
 * Store a step as a treatment with its ratings, one change; `why` when it was stopped.
 * The step's row of the summary says so.
 */
static void store_step(km_tui *t, follow_view *v, int at, double held, const char *why)
{
    const km_step *s = &v->plan.step[at];
    follow_done *d = &v->done[at];
    km_error err = { 0 };
    if (!is_treatment(s)) {
        d->seconds += (int)lround(held);
        return;
    }
    if (km_app_readonly(t->app)) {
        note(v, KM_ROLE_WARN, "this file is open for reading only: nothing is stored");
        return;
    }
    km_treatment tr = km_treatment_blank();
    tr.at = now_of(t);
    tr.place.side = s->side;
    tr.place.muscle = t->atlas->muscle[s->muscle].code;
    tr.place.tp = s->point >= 0 ? t->atlas->point[s->point].tp : 0;
    tr.technique = s->technique;
    tr.tool = s->tool[0] ? s->tool : NULL;
    tr.seconds = (int)lround(held);
    tr.before = v->rating[KM_HOLD_START];
    tr.after = v->rating[KM_HOLD_END];
    tr.routine_id = v->routine_id;
    tr.routine_step = v->routine_id ? at + 1 : 0;
    km_status st = km_app_bulk_begin(t->app, "a step of a routine", &err);
    if (st == KM_OK) {
        st = km_app_treatment_add(&tr, t->app, &err);
        for (int b = 0; b < 3 && st == KM_OK; b++) {
            if (v->rating[b] != KM_INTENSITY_NONE)
                st = km_app_hold_rating(t->app, tr.id, (km_hold_beat)b, v->rating[b], &err);
        }
        if (st == KM_OK && why)
            st = km_app_hold_stopped(t->app, tr.id, why, &err);
        km_error end = { 0 };
        km_status ended = km_app_bulk_end(t->app, st == KM_OK, &end);
        if (st == KM_OK && ended != KM_OK) {
            st = ended;
            err = end;
        }
    }
    if (st != KM_OK) {
        tui_fail(t, &err);
        return;
    }
    d->seconds += tr.seconds;
    d->before = tr.before;
    d->after = tr.after;
    d->stored = true;
    d->stopped = why;
    v->n_stored++;
    v->open_end = tr.after == KM_INTENSITY_NONE && !why ? tr.id : 0;
    v->open_step = at;
    km_buf what = { 0 };
    km_buf_puts(&what, "stored: ");
    tui_words_muscle(&what, t->atlas, s->muscle, s->point, s->side);
    km_buf_puts(&what, ", ");
    tui_words_seconds(&what, tr.seconds);
    note(v, KM_ROLE_OK, km_buf_str(&what));
    km_buf_clear(&what);
}

/* ---- time ---- */

static void beat(km_tui *t, follow_view *v, double now)
{
    if (!t->no_bell)
        t->bell = true;
    if (!t->no_flash) {
        v->flash = true;
        v->flash_until = now + FLASH_SEC;
    }
}

/** Leave out the steps a stop rule barred. */
static void skip_barred(follow_view *v)
{
    while (v->clock.at < v->clock.n && v->done[v->clock.at].barred)
        follow_clock_skip(&v->clock);
}

/** Let the time pass that has passed; what is finished is stored at once. */
static void catch_up(km_tui *t, follow_view *v)
{
    double now = t->clock();
    if (v->flash && now >= v->flash_until)
        v->flash = false;
    for (;;) {
        switch (follow_clock_run(&v->clock, now)) {
        case FOLLOW_NOTHING: return;
        case FOLLOW_BEAT: beat(t, v, now); break;
        case FOLLOW_STEP_OVER:
            store_step(t, v, v->clock.at - 1, v->clock.finished, NULL);
            forget_ratings(v);
            skip_barred(v);
            beat(t, v, now);
            break;
        case FOLLOW_AWAY: {
            km_buf s = { 0 };
            km_buf_printf(&s, "away %d:%02d; it waits here", (int)v->clock.away / 60,
                          (int)v->clock.away % 60);
            note(v, KM_ROLE_WARN, km_buf_str(&s));
            km_buf_clear(&s);
            beat(t, v, now);
            return;
        }
        }
    }
}

static bool tick(km_tui *t, view *base)
{
    follow_view *v = (follow_view *)base;
    catch_up(t, v);
    return v->clock.running;
}

static int wait_ms(const km_tui *t, const view *base)
{
    const follow_view *v = (const follow_view *)base;
    double wait = 1.0;
    if (v->clock.running) {
        double left = follow_clock_left(&v->clock) - (t->clock() - v->clock.last);
        wait = left - ceil(left - 1e-3) + 1; /* to the next full second */
        if (left <= 0.02 || wait < 0.02)
            wait = 0.02;
    }
    if (v->flash) {
        double rest = v->flash_until - t->clock();
        if (rest < wait)
            wait = rest > 0.02 ? rest : 0.02;
    }
    return (int)(wait * 1000) + 1;
}

/* ---- reaction ---- */

/** Leave the step: what was done of it is kept when it is worth it. */
static void keep_partial(km_tui *t, follow_view *v)
{
    if (v->clock.at < v->clock.n && v->clock.held >= KEEP_SEC)
        store_step(t, v, v->clock.at, v->clock.held, NULL);
    forget_ratings(v);
}

static void next(km_tui *t, follow_view *v)
{
    if (v->clock.at >= v->clock.n) {
        tui_say(t, KM_ROLE_DIM, "the routine is over");
        return;
    }
    km_buf_reset(&v->note);
    keep_partial(t, v);
    follow_clock_skip(&v->clock);
    skip_barred(v);
}

static void previous(km_tui *t, follow_view *v)
{
    km_buf_reset(&v->note);
    if (v->clock.at == 0 && v->clock.phase == FOLLOW_READY) {
        tui_say(t, KM_ROLE_DIM, "this is the first step");
    } else if (follow_clock_back_leaves(&v->clock)) {
        keep_partial(t, v);
        v->open_end = 0;
        int at = v->clock.at - 1;
        while (at > 0 && v->done[at].barred)
            at--;
        if (v->done[at].barred) {
            note(v, KM_ROLE_WARN, "the steps before were stopped");
            return;
        }
        while (v->clock.at > at)
            follow_clock_back(&v->clock);
    } else {
        follow_clock_back(&v->clock);
    }
}

static void toggle(km_tui *t, follow_view *v)
{
    if (v->clock.at >= v->clock.n) {
        tui_pop(t);
        return;
    }
    km_buf_reset(&v->note);
    if (v->clock.running) {
        follow_clock_pause(&v->clock);
        return;
    }
    v->started = true;
    follow_clock_go(&v->clock, t->clock());
    catch_up(t, v);
}

static const struct {
    const char *why, *line, *advice;
} stop_rule[] = {
    { "above 7", "it goes above 7 of 10",
      "Stopped: above 7 is never better. This muscle rests today; press softer next time." },
    { "spreading", "it spreads, or pain comes somewhere new",
      "Stopped: pain that spreads. This muscle rests; if it stays, let someone look at it." },
    { "numb", "it tingles or goes numb",
      "Stopped: a nerve may be pressed. This muscle rests; if it lasts, see a doctor." },
    { "sharp", "it turns sharp or stabbing",
      "Stopped: sharp pain is no good hurt. This muscle rests; if it stays, see a doctor." },
};
#define N_STOP_RULES ((int)(sizeof stop_rule / sizeof stop_rule[0]))

/** A stop rule is true: keep that, bar the muscle, wait at what is left. */
static void stop(km_tui *t, follow_view *v, int rule)
{
    int at = v->clock.at;
    const km_step *s = &v->plan.step[at];
    store_step(t, v, at, v->clock.held, stop_rule[rule].why);
    v->done[at].stopped = stop_rule[rule].why;
    forget_ratings(v);
    for (int i = at + 1; i < v->clock.n; i++) {
        const km_step *later = &v->plan.step[i];
        if (s->muscle >= 0 && later->muscle == s->muscle && later->side == s->side)
            v->done[i].barred = true;
    }
    v->done[at].barred = true;
    v->open_end = 0;
    follow_clock_pause(&v->clock);
    follow_clock_skip(&v->clock);
    skip_barred(v);
    v->stopping = false;
    note(v, KM_ROLE_WARN, stop_rule[rule].advice);
}

/** A digit: the end of the step before while getting ready, else this step's beat. */
static void pain(km_tui *t, follow_view *v, int rating)
{
    km_error err = { 0 };
    bool between = v->clock.at >= v->clock.n || v->clock.phase == FOLLOW_READY;
    if (between && v->open_end) {
        if (km_app_hold_rating(t->app, v->open_end, KM_HOLD_END, rating, &err) != KM_OK) {
            tui_fail(t, &err);
            return;
        }
        v->done[v->open_step].after = rating;
        v->open_end = 0;
        note(v, KM_ROLE_OK, "kept; easy now");
        return;
    }
    if (v->clock.at >= v->clock.n || !is_treatment(&v->plan.step[v->clock.at])) {
        tui_say(t, KM_ROLE_DIM, v->clock.at >= v->clock.n ? "the routine is over"
                                                          : "this step needs no rating");
        return;
    }
    km_buf_reset(&v->note);
    v->rating[follow_clock_beat(&v->clock)] = rating;
    if (rating > 7)
        stop(t, v, 0);
}

static void ask_stop(km_tui *t, follow_view *v)
{
    if (v->clock.at >= v->clock.n) {
        tui_say(t, KM_ROLE_DIM, "the routine is over");
        return;
    }
    follow_clock_pause(&v->clock);
    v->stopping = true;
}

static void act(km_tui *t, view *base, tui_action action, int arg)
{
    follow_view *v = (follow_view *)base;
    catch_up(t, v);
    switch (action) {
    case ACT_FOLLOW_PAUSE: toggle(t, v); break;
    case ACT_FOLLOW_NEXT: next(t, v); break;
    case ACT_FOLLOW_BACK: previous(t, v); break;
    case ACT_FOLLOW_LONGER:
        if (v->clock.at >= v->clock.n) {
            tui_say(t, KM_ROLE_DIM, "the routine is over");
        } else {
            follow_clock_longer(&v->clock);
            note(v, KM_ROLE_DIM, "15 seconds more");
        }
        break;
    case ACT_FOLLOW_PAIN: pain(t, v, arg); break;
    case ACT_FOLLOW_TEN: pain(t, v, 10); break;
    case ACT_FOLLOW_STOP: ask_stop(t, v); break;
    case ACT_STOP_WHY:
        if (arg >= 1 && arg <= N_STOP_RULES)
            stop(t, v, arg - 1);
        break;
    case ACT_FOLLOW_BELL:
        t->no_bell = !t->no_bell;
        tui_say(t, KM_ROLE_OK, t->no_bell ? "the bell is off" : "the bell is on");
        break;
    case ACT_FOLLOW_FLASH:
        t->no_flash = !t->no_flash;
        v->flash = false;
        tui_say(t, KM_ROLE_OK, t->no_flash ? "the flash is off" : "the flash is on");
        break;
    case ACT_FOLLOW_EXPECT: {
        int at = v->clock.at < v->clock.n ? v->clock.at : v->clock.n - 1;
        int technique = v->plan.step[at].technique;
        if (technique >= 0)
            tui_push(t, tui_expect_new(t, 1u << technique));
        else
            tui_say(t, KM_ROLE_DIM, "a warm-up or movement: slow, within what is easy");
        break;
    }
    default: break;
    }
}

static int contexts(const view *base, tui_ctx out[VIEW_CTX_MAX])
{
    const follow_view *v = (const follow_view *)base;
    out[0] = v->stopping ? CTX_STOP : CTX_FOLLOW;
    return 1;
}

static bool back(km_tui *t, view *base)
{
    follow_view *v = (follow_view *)base;
    catch_up(t, v);
    if (v->stopping) {
        v->stopping = false;
        return true;
    }
    if (v->clock.running) {
        follow_clock_pause(&v->clock);
        note(v, KM_ROLE_TEXT, "paused; once more ends it. What was done is stored.");
        return true;
    }
    return false;
}

static void hint(km_tui *t, view *base, tui_hint *h)
{
    follow_view *v = (follow_view *)base;
    if (v->stopping) {
        tui_hint_add(h, ACT_STOP_WHY, NULL);
        tui_hint_add(h, ACT_BACK, "it is all right");
        return;
    }
    bool over = v->clock.at >= v->clock.n;
    tui_hint_add(h, ACT_FOLLOW_PAUSE, over ? "close" : v->clock.running ? "pause"
                                           : v->started ? "go on" : "start");
    if (!over)
        tui_hint_add(h, ACT_FOLLOW_NEXT, NULL);
    tui_hint_add(h, ACT_FOLLOW_BACK, NULL);
    if (!over) {
        tui_hint_add(h, ACT_FOLLOW_PAIN, "pain");
        tui_hint_add(h, ACT_FOLLOW_STOP, t->w >= 110 ? "stop, something is wrong" : "stop");
        tui_hint_add(h, ACT_FOLLOW_LONGER, "longer");
    }
    tui_hint_add(h, ACT_CLOSE, "end");
}

static void clear(view *base)
{
    follow_view *v = (follow_view *)base;
    if (v->clock.at < v->clock.n && v->clock.held >= KEEP_SEC)
        store_step(v->t, v, v->clock.at, v->clock.held, NULL);
    km_buf_clear(&v->note);
    km_arena_clear(&v->plan.mem);
    free(v->plan.step);
    free(v->beats);
    free(v->done);
    free(v->zone);
    free(v->title);
}

static const view_ops ops = {
    .title = "follow", .in_chart = true, .contexts = contexts, .act = act,
    .paint = tui_follow_paint, .hint = hint, .back = back, .clear = clear, .tick = tick,
    .wait = wait_ms,
};

const char *tui_follow_stop_line(int rule)
{
    return rule < N_STOP_RULES ? stop_rule[rule].line : NULL;
}

/* ---- start ---- */

static bool presses(const km_step *s)
{
    return s->pressure > 0 &&
           (s->technique == KM_TECH_SMR || s->technique == KM_TECH_COMPRESSION ||
            s->technique == KM_TECH_PIN_AND_STRETCH || s->technique == KM_TECH_MASSAGE);
}

static follow_step beats_of(const km_step *s)
{
    int ease = presses(s) && s->seconds >= 4 * FOLLOW_EASE_SEC ? FOLLOW_EASE_SEC : 0;
    int pause = s->sets > 0 ? s->total / s->sets - s->seconds : 0;
    bool pir = s->technique == KM_TECH_PIR; /* `total` holds its release */
    return (follow_step){ .sets = s->sets > 0 ? s->sets : 1, .hold = s->seconds - ease,
                          .release = pir && pause >= 15 ? 15 : ease, .moves = s->cue_count };
}

static const char *own(km_arena *mem, const char *s)
{
    return km_arena_strdup(mem, s ? s : "");
}

void tui_follow(km_tui *t, const char *title, const km_plan *plan, int first, int64_t routine_id)
{
    if (plan->n == 0) {
        tui_say(t, KM_ROLE_ERROR, "there is no step to follow");
        return;
    }
    follow_view *v = km_calloc(1, sizeof *v);
    uint32_t techniques = 0;
    v->base.ops = &ops;
    v->t = t;
    v->title = km_strdup(title);
    v->routine_id = routine_id;
    v->plan.n = plan->n;
    v->plan.step = km_calloc(plan->n, sizeof *v->plan.step);
    v->beats = km_calloc(plan->n, sizeof *v->beats);
    v->done = km_calloc(plan->n, sizeof *v->done);
    v->zone = km_calloc((size_t)t->atlas->n_region * KM_SIDE_COUNT, sizeof *v->zone);
    v->laid_step = -1;
    for (size_t i = 0; i < plan->n; i++) {
        km_step *s = &v->plan.step[i];
        *s = plan->step[i];
        s->kind = own(&v->plan.mem, s->kind);
        s->tool = own(&v->plan.mem, s->tool);
        s->position = own(&v->plan.mem, s->position);
        s->action = own(&v->plan.mem, s->action);
        s->cue = own(&v->plan.mem, s->cue);
        s->caution = own(&v->plan.mem, s->caution);
        s->source = own(&v->plan.mem, s->source);
        v->beats[i] = beats_of(s);
        v->done[i].before = v->done[i].after = KM_INTENSITY_NONE;
        if (s->technique >= 0)
            techniques |= 1u << s->technique;
    }
    forget_ratings(v);
    follow_clock_init(&v->clock, v->beats, (int)plan->n, first);
    tui_push(t, &v->base);
    techniques = tui_expect_first_time(t, techniques);
    if (techniques)
        tui_push(t, tui_expect_new(t, techniques));
}
