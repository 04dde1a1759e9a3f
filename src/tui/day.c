/** The day: the check-in, what is due, the week. One screen, filled from the day before. */
#include "day.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "body.h"
#include "knotmap/text.h"

const char *const tui_day_hooper_name[4] = { "sleep", "stress", "fatigue", "soreness" };
const char *const tui_day_habit_name[KM_HABIT_COUNT] = {
    "cool-down", "roll", "stretch", "food", "sleep", "compression", "water",
};

int *tui_day_hooper(km_checkin *c, int item)
{
    int *field[] = { &c->sleep, &c->stress, &c->fatigue, &c->soreness };
    return field[item];
}

int *tui_day_ten(km_checkin *c, int item)
{
    return item == 0 ? &c->energy : &c->mood;
}

/* ---- storing ---- */

bool tui_checkin_store(km_tui *t, km_checkin *c, km_day day, const char *what)
{
    km_error err = { 0 };
    km_arena mem = { 0 };
    if (c->at.sec == 0)
        c->at = day == t->today ? t->now : km_day_instant(day, 12, 0);
    bool ok = tui_done(t, km_app_checkin_replace(c, &mem, t->app, &err), what, &err);
    km_arena_clear(&mem);
    return ok;
}

static bool store(km_tui *t, day_view *v, const km_checkin *c, const char *what)
{
    km_checkin copy = *c;
    return tui_checkin_store(t, &copy, v->day, what);
}

static void next_row(day_view *v)
{
    if (v->list.sel + 1 < v->n)
        v->list.sel++;
}

static const day_row *selected(const day_view *v)
{
    return &v->row[v->list.sel < v->n ? v->list.sel : v->n - 1];
}

/** Keep a value of a Hooper item, energy or mood; out of range tells the range. */
static bool set_value(km_tui *t, day_view *v, const day_row *r, int value)
{
    km_checkin c = v->c;
    char what[64];
    bool hooper = r->kind == ROW_HOOPER;
    if (hooper && (value < 1 || value > 7)) {
        tui_say(t, KM_ROLE_ERROR, "%s goes from 1, very good, to 7, very bad",
                tui_day_hooper_name[r->item]);
        return false;
    }
    if (value < 0 || value > 10) {
        tui_say(t, KM_ROLE_ERROR, "0 to 10");
        return false;
    }
    *(hooper ? tui_day_hooper(&c, r->item) : tui_day_ten(&c, r->item)) = value;
    snprintf(what, sizeof what, "%s %d", hooper ? tui_day_hooper_name[r->item]
                                                : r->item == 0 ? "energy" : "mood", value);
    return store(t, v, &c, what);
}

static void tick_habit(km_tui *t, day_view *v, int habit)
{
    km_checkin c = v->c;
    char what[64];
    if (habit < 0 || habit >= KM_HABIT_COUNT) {
        tui_say(t, KM_ROLE_ERROR, "1 to %d tick what was done", KM_HABIT_COUNT);
        return;
    }
    v->did_at = habit;
    c.did ^= 1u << habit;
    snprintf(what, sizeof what, "%s %s", tui_day_habit_name[habit],
             c.did & (1u << habit) ? "done" : "not done");
    store(t, v, &c, what);
}

static bool set_flex(km_tui *t, day_view *v, const flex_row *f, bool has, double value)
{
    km_checkin c = v->c;
    char what[96];
    int n = 0;
    for (int i = 0; i < c.n_flex; i++) {
        if (strcmp(c.flex[i].test, f->test->code) != 0 || c.flex[i].side != f->side)
            c.flex[n++] = c.flex[i];
    }
    if (has && n < KM_FLEX_MAX)
        c.flex[n++] = (km_flex){ f->test->code, f->side, value };
    c.n_flex = n;
    if (has)
        snprintf(what, sizeof what, "%s %g %s", f->test->name, value,
                 f->test->unit);
    else
        snprintf(what, sizeof what, "%s taken back", f->test->name);
    return store(t, v, &c, what);
}

static bool flex_typed(km_tui *t, void *ctx, const char *text)
{
    day_view *v = ctx;
    double value;
    if (!km_number_parse(&value, text)) {
        tui_say(t, KM_ROLE_ERROR, "%s: a number is wanted", *text ? text : "nothing typed");
        return false;
    }
    if (v->asked_flex < v->n_flex && set_flex(t, v, &v->flex[v->asked_flex], true, value))
        next_row(v);
    return true;
}

static void ask_flex(km_tui *t, day_view *v, int item, const char *text)
{
    const flex_row *f = &v->flex[item];
    km_buf label = { 0 };
    km_buf_puts(&label, f->test->name);
    if (f->side != KM_SIDE_MIDLINE)
        km_buf_printf(&label, ", %s", km_word(KM_VOCAB_SIDE, (int)f->side));
    km_buf_printf(&label, ", %s:", f->test->unit);
    v->asked_flex = item;
    tui_push(t, tui_ask_new(km_buf_str(&label), text, flex_typed, NULL, v));
    km_buf_clear(&label);
}

/** The digit is kept at once; what else can be said is asked, and may be left. */
static void answer_aftercare(km_tui *t, const km_due *d, int rating)
{
    km_error err = { 0 };
    const km_aftercare a = { .treatment_id = d->id, .hours = d->hours, .rating = rating,
                             .response = KM_RESPONSE_NONE, .at = t->now, .energy = -1 };
    if (km_app_aftercare_put(&a, t->app, &err) != KM_OK) {
        tui_fail(t, &err);
        return;
    }
    const char *warning = km_aftercare_warning(&a);
    char what[48];
    snprintf(what, sizeof what, "%d h after: %d", d->hours, rating);
    tui_stored(t, what);
    if (warning)
        tui_say(t, KM_ROLE_WARN, "%s", warning);
    tui_push(t, tui_aftercare_form(t, d, rating));
}

static void digit(km_tui *t, day_view *v, int value)
{
    const day_row r = *selected(v);
    char text[8];
    switch (r.kind) {
    case ROW_HOOPER: case ROW_TEN:
        if (set_value(t, v, &r, value))
            next_row(v);
        break;
    case ROW_DID: tick_habit(t, v, value - 1); break;
    case ROW_FLEX:
        snprintf(text, sizeof text, "%d", value);
        ask_flex(t, v, r.item, text);
        break;
    case ROW_FLEX_ADD: tui_say(t, KM_ROLE_DIM, "Enter chooses a test to measure"); break;
    case ROW_DUE:
        if (v->due.row[r.item].kind == KM_DUE_AFTERCARE)
            answer_aftercare(t, &v->due.row[r.item], value);
        else
            tui_say(t, KM_ROLE_DIM, "this line takes no number: Enter opens it");
        break;
    }
}

/** Take over from the day before whatever is not said yet. */
static void same(km_tui *t, day_view *v)
{
    km_checkin c = v->c, *b = &v->before;
    int taken = 0;
    for (int i = 0; i < 6; i++) {
        int *to = i < 4 ? tui_day_hooper(&c, i) : tui_day_ten(&c, i - 4);
        int from = i < 4 ? *tui_day_hooper(b, i) : *tui_day_ten(b, i - 4);
        if (*to < 0 && from >= 0) {
            *to = from;
            taken++;
        }
    }
    if (taken == 0) {
        tui_say(t, KM_ROLE_DIM, "nothing is left to take over");
        return;
    }
    char what[48];
    snprintf(what, sizeof what, "%d values as before", taken);
    if (store(t, v, &c, what))
        v->list.sel = 4; /* what was done is new every day */
}

static void clear_value(km_tui *t, day_view *v)
{
    const day_row r = *selected(v);
    km_checkin c = v->c;
    if (r.kind == ROW_HOOPER || r.kind == ROW_TEN) {
        int *field = r.kind == ROW_HOOPER ? tui_day_hooper(&c, r.item) : tui_day_ten(&c, r.item);
        if (*field < 0) {
            tui_say(t, KM_ROLE_DIM, "nothing is said here");
            return;
        }
        *field = -1;
        store(t, v, &c, "taken back");
    } else if (r.kind == ROW_DID && c.did) {
        c.did = 0;
        store(t, v, &c, "all unticked");
    } else if (r.kind == ROW_FLEX && !isnan(v->flex[r.item].value)) {
        set_flex(t, v, &v->flex[r.item], false, 0);
    } else {
        tui_say(t, KM_ROLE_DIM, "nothing is said here");
    }
}

/* ---- what is due ---- */

static void jump_to(km_tui *t, const km_place *p)
{
    int muscle = p->muscle ? km_atlas_muscle(t->atlas, p->muscle) : -1;
    int region = p->region ? km_atlas_region(t->atlas, p->region)
                 : muscle >= 0 ? t->atlas->muscle[muscle].home[0] : -1;
    int point = muscle >= 0 && p->tp ? km_atlas_point(t->atlas, muscle, p->tp) : -1;
    km_side side = p->side;
    tui_pop_to_body(t); /* frees the day and what `p` stands in */
    if (region >= 0)
        tui_body_jump(t, (body_view *)tui_body(t), region, point, side);
}

static void start(km_tui *t, day_view *v)
{
    const day_row *r = selected(v);
    if (r->kind != ROW_DUE) {
        tui_run(t, ACT_GO_ROUTINE, 0);
        return;
    }
    const km_due *d = &v->due.row[r->item];
    switch (d->kind) {
    case KM_DUE_AFTERCARE: tui_push(t, tui_aftercare_form(t, d, -1)); break;
    case KM_DUE_STRENGTH: tui_run(t, ACT_GO_VISIT, 0); break;
    case KM_DUE_SORENESS: case KM_DUE_CLINICIAN: case KM_DUE_MAINTAIN:
        if (d->place.region || d->place.muscle)
            jump_to(t, &d->place);
        else
            tui_run(t, ACT_GO_BODY, 0);
        break;
    case KM_DUE_GOAL: case KM_DUE_VISIT: tui_push(t, tui_goals_new(t)); break;
    default: tui_run(t, ACT_GO_ROUTINE, 0); break;
    }
}

static void open_row(km_tui *t, day_view *v)
{
    const day_row r = *selected(v);
    switch (r.kind) {
    case ROW_HOOPER: case ROW_TEN: {
        int now = r.kind == ROW_HOOPER ? *tui_day_hooper(&v->c, r.item) : *tui_day_ten(&v->c, r.item);
        int before = r.kind == ROW_HOOPER ? *tui_day_hooper(&v->before, r.item)
                                          : *tui_day_ten(&v->before, r.item);
        if (now < 0 && before < 0) {
            tui_say(t, KM_ROLE_DIM, r.kind == ROW_HOOPER ? "a digit: 1 very good to 7 very bad"
                                                         : "a digit: 0 none to 9, * ten");
            return;
        }
        if (now >= 0 || set_value(t, v, &r, before))
            next_row(v);
        break;
    }
    case ROW_DID: next_row(v); break;
    case ROW_FLEX: {
        char text[32] = "";
        double x = !isnan(v->flex[r.item].value) ? v->flex[r.item].value : v->flex[r.item].last;
        if (!isnan(x))
            snprintf(text, sizeof text, "%g", x);
        ask_flex(t, v, r.item, text);
        break;
    }
    case ROW_FLEX_ADD: tui_push(t, tui_flex_form(t, v->day)); break;
    case ROW_DUE: start(t, v); break;
    }
}

/* ---- reaction ---- */

static void turn(km_tui *t, day_view *v, int step)
{
    if (step > 0 && v->day >= t->today) {
        tui_say(t, KM_ROLE_DIM, "this is today");
        return;
    }
    v->day += step;
    v->chosen = v->day != t->today;
    v->list.sel = 0;
    v->base.loaded = false;
}

static bool is_writable(km_tui *t)
{
    if (!km_app_readonly(t->app))
        return true;
    tui_say(t, KM_ROLE_ERROR, "this file is open for reading only: nothing can be changed");
    return false;
}

static void sideways(km_tui *t, day_view *v, int step)
{
    const day_row r = *selected(v);
    if (r.kind == ROW_DID) {
        v->did_at = (v->did_at + step + KM_HABIT_COUNT) % KM_HABIT_COUNT;
    } else if (r.kind == ROW_HOOPER || r.kind == ROW_TEN) {
        int *now = r.kind == ROW_HOOPER ? tui_day_hooper(&v->c, r.item) : tui_day_ten(&v->c, r.item);
        int before = r.kind == ROW_HOOPER ? *tui_day_hooper(&v->before, r.item)
                                          : *tui_day_ten(&v->before, r.item);
        int from = *now >= 0 ? *now : before >= 0 ? before : r.kind == ROW_HOOPER ? 3 : 5;
        if (is_writable(t))
            set_value(t, v, &r, from + step);
    } else {
        tui_say(t, KM_ROLE_DIM, "there is nothing to the side here");
    }
}

static bool go_to_day(km_tui *t, void *ctx, const char *text)
{
    day_view *v = ctx;
    km_error err = { 0 };
    km_day day;
    if (km_day_parse(&day, text, t->now, &err) != KM_OK) {
        tui_fail(t, &err);
        return false;
    }
    if (day > t->today) {
        tui_say(t, KM_ROLE_ERROR, "%s has not come yet", text);
        return false;
    }
    v->day = day;
    v->chosen = day != t->today;
    v->list.sel = 0;
    v->base.loaded = false;
    return true;
}

static void act(km_tui *t, view *base, tui_action action, int arg)
{
    day_view *v = (day_view *)base;
    if (tui_list_act(&v->list, action, v->n))
        return;
    switch (action) {
    case ACT_DAY_SET: digit(t, v, arg); break;
    case ACT_DAY_TEN: digit(t, v, 10); break;
    case ACT_DAY_SAME: same(t, v); break;
    case ACT_DAY_TICK:
        if (selected(v)->kind == ROW_DID)
            tick_habit(t, v, v->did_at);
        else
            tui_say(t, KM_ROLE_DIM, "ticks stand on the line of what was done");
        break;
    case ACT_DAY_LEFT: sideways(t, v, -1); break;
    case ACT_DAY_RIGHT: sideways(t, v, 1); break;
    case ACT_DAY_CLEAR: clear_value(t, v); break;
    case ACT_DAY_BEFORE: turn(t, v, -1); break;
    case ACT_DAY_AFTER: turn(t, v, 1); break;
    case ACT_DAY_START: start(t, v); break;
    case ACT_DAY_CARE: tui_push(t, tui_care_new(t)); break;
    case ACT_DAY_PROBLEMS: tui_push(t, tui_problems_new(t)); break;
    case ACT_DAY_GOALS: tui_push(t, tui_goals_new(t)); break;
    case ACT_LIST_OPEN:
        if (is_writable(t) || selected(v)->kind == ROW_DUE)
            open_row(t, v);
        break;
    case ACT_NARROW:
        tui_push(t, tui_ask_new("day (yesterday, 3d, 2026-11-18):", "", go_to_day, NULL, v));
        break;
    default: break;
    }
}

static int contexts(const view *v, tui_ctx out[VIEW_CTX_MAX])
{
    (void)v;
    out[0] = CTX_DAY;
    out[1] = CTX_LIST;
    return 2;
}

static void mouse(km_tui *t, view *base, const km_mouse *m)
{
    day_view *v = (day_view *)base;
    if (m->kind == KM_MOUSE_WHEEL_UP || m->kind == KM_MOUSE_WHEEL_DOWN) {
        tui_list_act(&v->list, m->kind == KM_MOUSE_WHEEL_UP ? ACT_LIST_UP : ACT_LIST_DOWN, v->n);
        return;
    }
    if (m->kind == KM_MOUSE_RELEASE)
        return;
    int y = v->list.y;
    bool airy = tui_day_is_airy(v, v->width, v->list.rows);
    for (int row = v->list.top, lines; row < v->n; row++, y += lines) {
        y += airy && tui_day_starts_group(v, row);
        lines = tui_day_lines(v, row, v->width);
        if (m->y >= y && m->y < y + lines) {
            v->list.sel = row;
            if (m->kind == KM_MOUSE_DOUBLE)
                tui_run(t, ACT_LIST_OPEN, 0);
            return;
        }
    }
}

static void hint(km_tui *t, view *base, tui_hint *h)
{
    day_view *v = (day_view *)base;
    (void)t;
    switch (selected(v)->kind) {
    case ROW_HOOPER:
        tui_hint_fixed(h, "1-7 good to bad");
        if (!tui_day_is_said(v, selected(v)))
            tui_hint_add(h, ACT_LIST_OPEN, "as before");
        break;
    case ROW_TEN:
        tui_hint_add(h, ACT_DAY_SET, "how much");
        tui_hint_add(h, ACT_LIST_OPEN, "as before");
        break;
    case ROW_DID: tui_hint_fixed(h, "1-7 tick"); break;
    case ROW_FLEX: tui_hint_add(h, ACT_LIST_OPEN, "measured"); break;
    case ROW_FLEX_ADD: tui_hint_add(h, ACT_LIST_OPEN, "choose a test"); break;
    case ROW_DUE:
        if (v->due.row[selected(v)->item].kind == KM_DUE_AFTERCARE)
            tui_hint_add(h, ACT_DAY_SET, "how it is now");
        tui_hint_add(h, ACT_DAY_START,
                     v->due.row[selected(v)->item].kind == KM_DUE_AFTERCARE ? "say more" : NULL);
        break;
    }
    tui_hint_add(h, ACT_DAY_SAME, NULL);
    tui_hint_add(h, ACT_DAY_BEFORE, NULL);
    tui_hint_add(h, ACT_DAY_CARE, NULL);
    tui_hint_add(h, ACT_DAY_GOALS, NULL);
}

static void clear(view *base)
{
    day_view *v = (day_view *)base;
    km_due_list_clear(&v->due);
    free(v->row);
    km_arena_clear(&v->mem);
}

static const view_ops ops = {
    .title = "day", .contexts = contexts, .act = act, .load = tui_day_load, .paint = tui_day_paint,
    .mouse = mouse, .hint = hint, .clear = clear,
};

view *tui_day_new(km_tui *t)
{
    day_view *v = km_calloc(1, sizeof *v);
    v->base.ops = &ops;
    v->day = t->today;
    tui_day_add_row(v, ROW_HOOPER, 0); /* there is always a line to stand on */
    return &v->base;
}
