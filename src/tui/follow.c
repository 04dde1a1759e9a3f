/** A routine being followed: one step at a time, counted, asked about, stored as it goes. */
#include "follow.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "care.h"
#include "follow_store.h"

#define FLASH_SEC 0.4

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
            follow_store_step(t, v, v->clock.at - 1, v->clock.finished, NULL);
            follow_forget_ratings(v);
            skip_barred(v);
            beat(t, v, now);
            break;
        case FOLLOW_AWAY: {
            km_buf s = { 0 };
            km_buf_printf(&s, "away %d:%02d; it waits here", (int)v->clock.away / 60,
                          (int)v->clock.away % 60);
            follow_note(v, KM_ROLE_WARN, km_buf_str(&s));
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
    follow_store_running(t, v);
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
    if (v->clock.at < v->clock.n && v->clock.held >= FOLLOW_KEEP_SEC)
        follow_store_step(t, v, v->clock.at, v->clock.held, NULL);
    follow_forget_ratings(v);
}

static void next(km_tui *t, follow_view *v)
{
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
            follow_note(v, KM_ROLE_WARN, "the steps before were stopped");
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
    km_buf_reset(&v->note);
    if (v->clock.running) {
        follow_clock_pause(&v->clock);
        return;
    }
    if (!v->started)
        v->began = t->now;
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
    follow_store_step(t, v, at, v->clock.held, stop_rule[rule].why);
    v->done[at].stopped = stop_rule[rule].why;
    follow_forget_ratings(v);
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
    follow_note(v, KM_ROLE_WARN, stop_rule[rule].advice);
}

static void end_of_step(km_tui *t, follow_view *v, int rating)
{
    km_error err = { 0 };
    if (km_app_hold_rating(t->app, v->open_end, KM_HOLD_END, rating, &err) != KM_OK) {
        tui_fail(t, &err);
        return;
    }
    v->done[v->open_step].after = rating;
    v->open_end = 0;
    follow_note(v, KM_ROLE_OK, "kept; easy now");
}

/** A digit answers what is asked. */
static void digit(km_tui *t, follow_view *v, int rating)
{
    switch (follow_asks(v)) {
    case FOLLOW_ASKS_END: end_of_step(t, v, rating); break;
    case FOLLOW_ASKS_STIFF_BEFORE: v->stiff[0] = rating; break;
    case FOLLOW_ASKS_STIFF_AFTER: follow_stiff_after(t, v, rating); break;
    case FOLLOW_ASKS_PAIN:
        km_buf_reset(&v->note);
        v->rating[follow_clock_beat(&v->clock)] = rating;
        if (rating > 7)
            stop(t, v, 0);
        break;
    case FOLLOW_ASKS_NOTHING:
        tui_say(t, KM_ROLE_DIM, v->clock.at >= v->clock.n ? "nothing was stored to rate"
                                                          : "this step needs no rating");
        break;
    }
}

static void ask_stop(follow_view *v)
{
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
        follow_clock_longer(&v->clock);
        follow_note(v, KM_ROLE_DIM, "15 seconds more");
        break;
    case ACT_FOLLOW_PAIN: case ACT_OVER_RATE: digit(t, v, arg); break;
    case ACT_FOLLOW_TEN: case ACT_OVER_TEN: digit(t, v, 10); break;
    case ACT_OVER_CLOSE: tui_pop(t); break;
    case ACT_OVER_AGAIN: previous(t, v); break;
    case ACT_OVER_LOOSER: follow_respond(t, v, KM_RESPONSE_LOOSER); break;
    case ACT_OVER_BETTER: follow_respond(t, v, KM_RESPONSE_BETTER); break;
    case ACT_OVER_SAME: follow_respond(t, v, KM_RESPONSE_SAME); break;
    case ACT_OVER_SORE: follow_respond(t, v, KM_RESPONSE_SORE); break;
    case ACT_OVER_SLEEPY: follow_respond(t, v, KM_RESPONSE_SLEEPY); break;
    case ACT_OVER_WORSE: follow_respond(t, v, KM_RESPONSE_WORSE); break;
    case ACT_OVER_MORE:
        if (v->main_id)
            tui_treatment_open(t, v->main_id);
        else
            tui_say(t, KM_ROLE_ERROR, "nothing was stored that more could be said of");
        break;
    case ACT_FOLLOW_STOP: ask_stop(v); break;
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
        int technique = v->plan.step[v->clock.at].technique;
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
    out[0] = v->stopping ? CTX_STOP : v->clock.at >= v->clock.n ? CTX_OVER : CTX_FOLLOW;
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
        follow_note(v, KM_ROLE_TEXT, "paused; once more ends it. What was done is stored.");
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
    if (v->clock.at >= v->clock.n) {
        for (tui_action a = ACT_OVER_LOOSER; v->n_stored > 0 && a <= ACT_OVER_WORSE; a++)
            tui_hint_add(h, a, NULL);
        tui_hint_add(h, ACT_OVER_CLOSE, NULL);
        if (v->n_stored > 0)
            tui_hint_add(h, ACT_OVER_MORE, NULL);
        return;
    }
    tui_hint_add(h, ACT_FOLLOW_PAUSE, v->clock.running ? "pause" : v->started ? "go on" : "start");
    tui_hint_add(h, ACT_FOLLOW_NEXT, NULL);
    tui_hint_add(h, ACT_FOLLOW_BACK, NULL);
    tui_hint_add(h, ACT_FOLLOW_PAIN, follow_asks(v) == FOLLOW_ASKS_STIFF_BEFORE ? "stiff" : "pain");
    tui_hint_add(h, ACT_FOLLOW_STOP, t->w >= 110 ? "stop, something is wrong" : "stop");
    tui_hint_add(h, ACT_FOLLOW_LONGER, "longer");
    tui_hint_add(h, ACT_CLOSE, "end");
}

static void clear(view *base)
{
    follow_view *v = (follow_view *)base;
    if (v->clock.at < v->clock.n && v->clock.held >= FOLLOW_KEEP_SEC)
        follow_store_step(v->t, v, v->clock.at, v->clock.held, NULL);
    km_buf_clear(&v->note);
    km_arena_clear(&v->plan.mem);
    free(v->plan.step);
    free(v->beats);
    free(v->done);
    free(v->zone);
    free(v->title);
}

static const view_ops ops = {
    .title = "follow", .in_chart = true, .contexts = contexts, .act = act, .load = follow_load,
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
    follow_forget_ratings(v);
    for (size_t i = 0; routine_id && i < plan->n_note; i++) /* a plan's own page has shown them */
        km_buf_printf(&v->note, "%s%s.", i ? " " : "", plan->note[i]);
    v->note_role = KM_ROLE_WARN;
    v->stiff[0] = v->stiff[1] = -1;
    follow_clock_init(&v->clock, v->beats, (int)plan->n, first);
    tui_push(t, &v->base);
    techniques = tui_expect_first_time(t, techniques);
    if (techniques)
        tui_push(t, tui_expect_new(t, techniques));
}
