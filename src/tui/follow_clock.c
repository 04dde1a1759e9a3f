/** The clock of a routine being followed. */
#include "follow_clock.h"

#include <math.h>
#include <string.h>

/** Within so many seconds of a step "back" means the step before. */
#define BACK_SEC 3.0

static double set_seconds(const follow_step *s)
{
    return s->hold + s->release;
}

static void enter_step(follow_clock *c, int at, double ready)
{
    c->at = at;
    c->set = 0;
    c->phase = FOLLOW_READY;
    c->ready = ready;
    c->gone = c->more = 0;
}

void follow_clock_init(follow_clock *c, const follow_step *step, int n, int first)
{
    memset(c, 0, sizeof *c);
    c->step = step;
    c->n = n;
    enter_step(c, first, 0);
}

double follow_clock_length(const follow_clock *c)
{
    if (c->at >= c->n)
        return 0;
    const follow_step *s = &c->step[c->at];
    double plain = c->phase == FOLLOW_READY ? c->ready : c->phase == FOLLOW_HOLD ? s->hold
                                                                                : s->release;
    return plain + c->more;
}

double follow_clock_left(const follow_clock *c)
{
    double left = follow_clock_length(c) - c->gone;
    return left > 0 ? left : 0;
}

/** Leave the step: its extra seconds and its work are over. */
static void leave_step(follow_clock *c)
{
    c->held = c->doubt = 0;
    c->added_step = 0;
}

/** The phase has run out: what comes next. */
static follow_event next_phase(follow_clock *c)
{
    const follow_step *s = &c->step[c->at];
    c->gone = c->more = 0;
    if (c->phase == FOLLOW_READY) {
        c->phase = FOLLOW_HOLD;
        return FOLLOW_BEAT;
    }
    if (c->phase == FOLLOW_HOLD && s->release > 0) {
        c->phase = FOLLOW_RELEASE;
        return FOLLOW_BEAT;
    }
    if (c->set + 1 < s->sets) {
        c->set++;
        c->phase = FOLLOW_HOLD;
        return FOLLOW_BEAT;
    }
    c->finished = c->held;
    leave_step(c);
    enter_step(c, c->at + 1, FOLLOW_READY_SEC);
    if (c->at >= c->n)
        c->running = false;
    return FOLLOW_STEP_OVER;
}

follow_event follow_clock_run(follow_clock *c, double now)
{
    if (!c->running || c->at >= c->n)
        return FOLLOW_NOTHING;
    double passed = now - c->last, left = follow_clock_left(c);
    bool gap = passed > FOLLOW_GAP_SEC;
    if (passed < left) {
        c->gone += passed;
        c->last = now;
        if (c->phase != FOLLOW_READY)
            c->held += passed;
        return FOLLOW_NOTHING;
    }
    c->gone += left;
    if (gap) {
        if (c->phase != FOLLOW_READY)
            c->doubt += left;
        c->last = now;
        c->away = passed;
        c->running = false;
        return FOLLOW_AWAY;
    }
    if (c->phase != FOLLOW_READY)
        c->held += left;
    c->last += left;
    return next_phase(c);
}

void follow_clock_pause(follow_clock *c)
{
    c->running = false;
}

void follow_clock_go(follow_clock *c, double now)
{
    if (c->at >= c->n)
        return;
    c->held += c->doubt;
    c->doubt = c->away = 0;
    c->last = now;
    c->running = true;
}

void follow_clock_skip(follow_clock *c)
{
    if (c->at >= c->n)
        return;
    leave_step(c);
    c->away = 0;
    enter_step(c, c->at + 1, FOLLOW_READY_SEC);
    if (c->at >= c->n)
        c->running = false;
}

bool follow_clock_back_leaves(const follow_clock *c)
{
    bool fresh = c->phase == FOLLOW_READY ||
                 (c->phase == FOLLOW_HOLD && c->set == 0 && c->gone < BACK_SEC);
    return c->at >= c->n || (fresh && c->at > 0);
}

bool follow_clock_back(follow_clock *c)
{
    bool leaves = follow_clock_back_leaves(c);
    c->doubt = c->away = 0;
    if (leaves)
        leave_step(c);
    enter_step(c, leaves && c->at > 0 ? c->at - 1 : c->at, FOLLOW_READY_SEC);
    return leaves;
}

void follow_clock_longer(follow_clock *c)
{
    if (c->at >= c->n)
        return;
    c->more += FOLLOW_MORE_SEC;
    c->added += FOLLOW_MORE_SEC;
    c->added_step += FOLLOW_MORE_SEC;
}

static double step_seconds(const follow_step *s)
{
    return s->sets * set_seconds(s);
}

/** Seconds of the steps before `at` with the pauses between. */
static double before(const follow_clock *c, int at)
{
    double sum = 0;
    for (int i = 0; i < at; i++)
        sum += step_seconds(&c->step[i]) + FOLLOW_READY_SEC;
    return sum;
}

double follow_clock_total(const follow_clock *c)
{
    double all = before(c, c->n);
    return (all > 0 ? all - FOLLOW_READY_SEC : 0) + c->added;
}

double follow_clock_position(const follow_clock *c)
{
    if (c->at >= c->n)
        return follow_clock_total(c);
    double done = before(c, c->at) + c->added - c->added_step;
    if (c->phase == FOLLOW_READY) {
        double left = follow_clock_left(c);
        return done > left ? done - left : 0;
    }
    done += c->set * set_seconds(&c->step[c->at]) + (c->added_step - c->more);
    if (c->phase == FOLLOW_RELEASE)
        done += c->step[c->at].hold;
    return done + c->gone;
}

/* Share of the step's work that is over, 0..1. */
static double share_done(const follow_clock *c)
{
    if (c->at >= c->n)
        return 1;
    if (c->phase == FOLLOW_READY)
        return 0;
    const follow_step *s = &c->step[c->at];
    double all = step_seconds(s), sets = c->set * set_seconds(s);
    if (all <= 0)
        return 1;
    double length = follow_clock_length(c), plain = c->phase == FOLLOW_HOLD ? s->hold : s->release;
    double in = c->phase == FOLLOW_RELEASE ? s->hold : 0;
    in += length > 0 ? plain * c->gone / length : plain;
    return (sets + in) / all;
}

int follow_clock_move(const follow_clock *c, int *of)
{
    *of = 0;
    if (c->at >= c->n || c->step[c->at].moves <= 0 || c->step[c->at].hold <= 0)
        return 0;
    const follow_step *s = &c->step[c->at];
    double each = (double)s->hold / s->moves;
    double length = c->phase == FOLLOW_HOLD ? follow_clock_length(c) : s->hold;
    *of = (int)lround(length / each);
    int move = c->phase == FOLLOW_READY ? 1
               : c->phase == FOLLOW_RELEASE ? *of : (int)(c->gone / each) + 1;
    return move > *of ? *of : move;
}

km_hold_beat follow_clock_beat(const follow_clock *c)
{
    double share = share_done(c);
    return share < 1.0 / 3 ? KM_HOLD_START : share < 2.0 / 3 ? KM_HOLD_MIDDLE : KM_HOLD_END;
}
