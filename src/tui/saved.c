/** Routines that were kept: the list, the steps of one, editing and following. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "body.h"
#include "care.h"
#include "follow.h"
#include "knotmap/text.h"
#include "list.h"

/* ---- the steps of one ---- */

typedef struct steps_view {
    view base;
    int64_t id;
    km_saved_routine routine;
    bool loaded;
    tui_list list;
} steps_view;

static void steps_load(km_tui *t, view *base)
{
    steps_view *v = (steps_view *)base;
    km_error err = { 0 };
    if (v->loaded)
        km_saved_routine_clear(&v->routine);
    v->loaded = km_app_routine_get(&v->routine, t->app, v->id, &err) == KM_OK;
    if (!v->loaded)
        tui_fail(t, &err);
}

static int n_steps(const steps_view *v)
{
    return v->loaded ? (int)v->routine.n : 0;
}

typedef struct follow_ctx {
    int64_t id;
    int first;
} follow_ctx;

static void follow_now(km_tui *t, void *ctx)
{
    const follow_ctx *c = ctx;
    km_saved_routine r;
    km_error err = { 0 };
    if (km_app_routine_get(&r, t->app, c->id, &err) != KM_OK) {
        tui_fail(t, &err);
        return;
    }
    km_plan p;
    if (km_app_routine_today(&p, t->app, &r, &err) == KM_OK) {
        int first = 0;
        while (first + 1 < (int)p.n && p.step[first].number <= c->first)
            first++;
        tui_follow(t, r.name, &p, first, c->id);
        km_plan_clear(&p);
    } else {
        tui_fail(t, &err);
    }
    km_saved_routine_clear(&r);
}

static bool is_pressed(const char *kind)
{
    static const km_technique press[] = { KM_TECH_SMR, KM_TECH_COMPRESSION,
                                          KM_TECH_PIN_AND_STRETCH, KM_TECH_MASSAGE };
    for (size_t i = 0; i < sizeof press / sizeof press[0]; i++) {
        if (strcmp(kind, km_word(KM_VOCAB_TECHNIQUE, (int)press[i])) == 0)
            return true;
    }
    return false;
}

/** Follow a kept routine; signs of danger at its places are asked about first. */
static void follow_saved(km_tui *t, int64_t id, int first)
{
    km_saved_routine r;
    km_error err = { 0 };
    km_ref place[KM_COMPLAINTS_MAX];
    size_t n = 0;
    if (km_app_routine_get(&r, t->app, id, &err) != KM_OK) {
        tui_fail(t, &err);
        return;
    }
    for (size_t i = 0; i < r.n && n < KM_COMPLAINTS_MAX; i++) {
        int muscle = r.step[i].muscle ? km_atlas_muscle(t->atlas, r.step[i].muscle) : -1;
        if (muscle >= 0 && is_pressed(r.step[i].kind)) /* as for a plan: what is to be pressed */
            place[n++] = tui_ref_muscle(
                t->atlas, muscle,
                r.step[i].tp ? km_atlas_point(t->atlas, muscle, r.step[i].tp) : -1,
                r.step[i].side);
    }
    km_saved_routine_clear(&r);
    follow_ctx *c = km_calloc(1, sizeof *c);
    *c = (follow_ctx){ id, first };
    view *ask = tui_first_new(t, place, n, follow_now, free, c);
    if (ask) {
        tui_push(t, ask);
        return;
    }
    follow_now(t, c);
    free(c);
}

static void edit(km_tui *t, steps_view *v, const km_routine_edit *e, const char *what)
{
    km_error err = { 0 };
    tui_done(t, km_app_routine_edit(t->app, v->id, e, &err), what, &err);
}

static km_routine_edit edit_of(const steps_view *v)
{
    return (km_routine_edit){ .step = v->routine.step[v->list.sel].step, .seconds = -1,
                              .sets = -1, .pressure = -1 };
}

static bool pressure_typed(km_tui *t, void *ctx, const char *text)
{
    steps_view *v = ctx;
    char *end;
    long value = strtol(text, &end, 10);
    if (end == text || *end || value < 0 || value > 7) {
        tui_say(t, KM_ROLE_ERROR, "%s: pressure goes from 0 to 7", *text ? text : "nothing typed");
        return false;
    }
    km_routine_edit e = edit_of(v);
    e.pressure = (int)value;
    edit(t, v, &e, "pressure changed");
    return true;
}

static void change_step(km_tui *t, steps_view *v, tui_action action)
{
    km_routine_edit e = edit_of(v);
    int at = v->list.sel, seconds = v->routine.step[at].seconds;
    switch (action) {
    case ACT_STEP_SECONDS_LESS:
        if (seconds <= 15) {
            tui_say(t, KM_ROLE_DIM, "shorter than 15 s it is no step");
            return;
        }
        e.seconds = seconds - 15;
        edit(t, v, &e, "15 s less");
        break;
    case ACT_STEP_SECONDS_MORE:
        e.seconds = seconds + 15;
        edit(t, v, &e, "15 s more");
        break;
    case ACT_STEP_EARLIER: case ACT_STEP_LATER: {
        int to = at + (action == ACT_STEP_EARLIER ? -1 : 1);
        if (to < 0 || to >= n_steps(v)) {
            tui_say(t, KM_ROLE_DIM, to < 0 ? "this is the first step" : "this is the last step");
            return;
        }
        e.move_to = to + 1;
        edit(t, v, &e, "moved");
        v->list.sel = to;
        break;
    }
    default:
        e.drop = true;
        edit(t, v, &e, "step taken out");
        break;
    }
}

static void steps_act(km_tui *t, view *base, tui_action action, int arg)
{
    steps_view *v = (steps_view *)base;
    (void)arg;
    if (tui_list_act(&v->list, action, n_steps(v)))
        return;
    if (n_steps(v) == 0) {
        tui_say(t, KM_ROLE_ERROR, "there is no step");
        return;
    }
    switch (action) {
    case ACT_LIST_OPEN: case ACT_STEPS_FOLLOW: follow_saved(t, v->id, v->list.sel); break;
    case ACT_REC_EDIT: {
        char now[8];
        snprintf(now, sizeof now, "%d", v->routine.step[v->list.sel].pressure);
        tui_push(t, tui_ask_new("pressure, 0 to 7:", now, pressure_typed, NULL, v));
        break;
    }
    case ACT_NARROW: tui_say(t, KM_ROLE_DIM, "all steps are in the list"); break;
    default: change_step(t, v, action); break;
    }
}

static int steps_contexts(const view *v, tui_ctx out[VIEW_CTX_MAX])
{
    (void)v;
    out[0] = CTX_STEPS;
    out[1] = CTX_RECORD;
    out[2] = CTX_LIST;
    return 3;
}

static void steps_paint(km_tui *t, view *base, km_grid *g, km_rect r)
{
    steps_view *v = (steps_view *)base;
    km_rect in = tui_header(t, g, r, v->loaded ? v->routine.name : "routine");
    int detail = in.h >= 14 ? 6 : 0, rows = in.h - detail;
    tui_list_place(&v->list, n_steps(v), in.y, rows);
    for (int i = 0; i < rows && v->list.top + i < n_steps(v); i++) {
        int row = v->list.top + i;
        const km_saved_step *s = &v->routine.step[row];
        km_role role = tui_list_row(&v->list, g, in, i, row);
        km_buf b = { 0 }, time = { 0 };
        int muscle = s->muscle ? km_atlas_muscle(t->atlas, s->muscle) : -1;
        km_buf_printf(&b, "%2d  ", s->step);
        km_kind_human(&b, s->kind);
        if (s->tool[0])
            km_buf_printf(&b, ", %s", s->tool);
        km_buf_puts(&b, "  ");
        if (muscle >= 0)
            tui_words_muscle(&b, t->atlas, muscle,
                             s->tp ? km_atlas_point(t->atlas, muscle, s->tp) : -1, s->side);
        if (s->pressure > 0)
            km_buf_printf(&time, "%d of 10  ", s->pressure);
        km_buf_printf(&time, "%dx%d s", s->sets, s->seconds);
        km_grid_role(g, in, i, 0, in.w, role);
        int w = km_text_width(km_buf_str(&time));
        km_grid_text_cut(g, in, i, 1, in.w - w - 4, role, km_buf_str(&b));
        km_grid_text_right(g, (km_rect){ in.x, in.y, in.w - 1, in.h }, i, role,
                           km_buf_str(&time));
        km_buf_clear(&b);
        km_buf_clear(&time);
    }
    if (detail && n_steps(v) > 0) {
        const km_saved_step *s = &v->routine.step[v->list.sel];
        km_rect d = { in.x + 1, in.y + rows + 1, in.w - 2, detail - 1 };
        int y = km_grid_wrap(g, d, 0, KM_ROLE_TEXT, s->action);
        if (s->caution[0])
            km_grid_wrap(g, d, y, KM_ROLE_WARN, s->caution);
    }
}

static void steps_mouse(km_tui *t, view *base, const km_mouse *m)
{
    steps_view *v = (steps_view *)base;
    if (tui_list_mouse(&v->list, m, n_steps(v)))
        tui_run(t, ACT_LIST_OPEN, 0);
}

static void steps_hint(km_tui *t, view *base, tui_hint *h)
{
    (void)t, (void)base;
    tui_hint_add(h, ACT_STEPS_FOLLOW, NULL);
    tui_hint_add(h, ACT_STEP_SECONDS_MORE, NULL);
    tui_hint_add(h, ACT_STEP_SECONDS_LESS, NULL);
    tui_hint_add(h, ACT_REC_EDIT, "pressure");
    tui_hint_add(h, ACT_STEP_EARLIER, NULL);
    tui_hint_add(h, ACT_REC_REMOVE, "take out");
    tui_hint_add(h, ACT_BACK, NULL);
}

static void steps_clear(view *base)
{
    steps_view *v = (steps_view *)base;
    if (v->loaded)
        km_saved_routine_clear(&v->routine);
}

static const view_ops steps_ops = {
    .title = "steps", .contexts = steps_contexts, .act = steps_act, .load = steps_load,
    .paint = steps_paint, .mouse = steps_mouse, .hint = steps_hint, .clear = steps_clear,
};

static view *steps_new(int64_t id)
{
    steps_view *v = km_calloc(1, sizeof *v);
    v->base.ops = &steps_ops;
    v->id = id;
    return &v->base;
}

/* ---- the list ---- */

typedef struct saved_view {
    view base;
    km_routine_list all;
    tui_list list;
} saved_view;

static void load(km_tui *t, view *base)
{
    saved_view *v = (saved_view *)base;
    km_error err = { 0 };
    km_routine_list_clear(&v->all);
    if (km_app_routines(&v->all, t->app, &err) != KM_OK)
        tui_fail(t, &err);
}

static bool rename_to(km_tui *t, void *ctx, const char *text)
{
    saved_view *v = ctx;
    km_error err = { 0 };
    const km_routine_edit e = { .name = text, .seconds = -1, .sets = -1, .pressure = -1 };
    if (v->list.sel >= (int)v->all.n)
        return true;
    if (km_app_routine_edit(t->app, v->all.row[v->list.sel].id, &e, &err) != KM_OK) {
        tui_fail(t, &err);
        return false;
    }
    tui_stored(t, "renamed");
    return true;
}

static void act(km_tui *t, view *base, tui_action action, int arg)
{
    saved_view *v = (saved_view *)base;
    km_error err = { 0 };
    (void)arg;
    if (tui_list_act(&v->list, action, (int)v->all.n))
        return;
    if (action == ACT_NARROW) {
        tui_say(t, KM_ROLE_DIM, "all kept routines are in the list");
        return;
    }
    if (v->list.sel >= (int)v->all.n) {
        tui_say(t, KM_ROLE_ERROR, "no routine was kept yet");
        return;
    }
    const km_routine_head *r = &v->all.row[v->list.sel];
    switch (action) {
    case ACT_LIST_OPEN: tui_push(t, steps_new(r->id)); break;
    case ACT_SAVED_FOLLOW: follow_saved(t, r->id, 0); break;
    case ACT_REC_EDIT: tui_push(t, tui_ask_new("name:", r->name, rename_to, NULL, v)); break;
    case ACT_REC_REMOVE:
        tui_done(t, km_app_routine_remove(t->app, r->id, &err), "routine taken back", &err);
        break;
    default: break;
    }
}

static int contexts(const view *v, tui_ctx out[VIEW_CTX_MAX])
{
    (void)v;
    out[0] = CTX_SAVED;
    out[1] = CTX_RECORD;
    out[2] = CTX_LIST;
    return 3;
}

static void paint(km_tui *t, view *base, km_grid *g, km_rect r)
{
    saved_view *v = (saved_view *)base;
    km_rect in = tui_header(t, g, r, "kept routines");
    if (v->all.n == 0)
        km_grid_text_cut(g, in, 1, 1, in.w - 2, KM_ROLE_DIM,
                         "No routine was kept yet: the page of a routine keeps it.");
    tui_list_place(&v->list, (int)v->all.n, in.y, in.h);
    for (int i = 0; i < in.h && v->list.top + i < (int)v->all.n; i++) {
        const km_routine_head *s = &v->all.row[v->list.top + i];
        km_role role = tui_list_row(&v->list, g, in, i, v->list.top + i);
        char day[KM_TIME_TEXT];
        km_buf b = { 0 };
        km_day_human(day, km_instant_day(s->at), t->today);
        km_buf_printf(&b, "%s, %d steps, ", s->name, s->steps);
        tui_words_seconds(&b, s->seconds);
        km_buf_printf(&b, ", %s", day);
        km_grid_role(g, in, i, 0, in.w, role);
        km_grid_text_cut(g, in, i, 1, in.w - 2, role, km_buf_str(&b));
        km_buf_clear(&b);
    }
}

static void mouse(km_tui *t, view *base, const km_mouse *m)
{
    saved_view *v = (saved_view *)base;
    if (tui_list_mouse(&v->list, m, (int)v->all.n))
        tui_run(t, ACT_LIST_OPEN, 0);
}

static void hint(km_tui *t, view *base, tui_hint *h)
{
    (void)t, (void)base;
    tui_hint_add(h, ACT_LIST_OPEN, "steps");
    tui_hint_add(h, ACT_SAVED_FOLLOW, NULL);
    tui_hint_add(h, ACT_REC_EDIT, "rename");
    tui_hint_add(h, ACT_REC_REMOVE, NULL);
    tui_hint_add(h, ACT_BACK, NULL);
}

static void clear(view *base)
{
    km_routine_list_clear(&((saved_view *)base)->all);
}

static const view_ops ops = {
    .title = "kept routines", .contexts = contexts, .act = act, .load = load, .paint = paint,
    .mouse = mouse, .hint = hint, .clear = clear,
};

view *tui_saved_new(km_tui *t)
{
    saved_view *v = km_calloc(1, sizeof *v);
    (void)t;
    v->base.ops = &ops;
    return &v->base;
}
