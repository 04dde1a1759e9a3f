/** Goals, events and visits: how far off, what they asked of the body, and the four outcomes. */
#include <stdio.h>

#include "care.h"
#include "form.h"
#include "list.h"

typedef struct goals_view {
    view base;
    km_goal_list all;
    km_outcomes outcome;
    tui_list list;
} goals_view;

static void load(km_tui *t, view *base)
{
    goals_view *v = (goals_view *)base;
    km_error err = { 0 };
    km_goal_list_clear(&v->all);
    km_outcomes_clear(&v->outcome);
    if (km_app_goals(&v->all, t->app, &err) != KM_OK ||
        km_app_outcomes(&v->outcome, t->app, &err) != KM_OK)
        tui_fail(t, &err);
}

static const km_goal *selected(const goals_view *v)
{
    return v->list.sel < (int)v->all.n ? &v->all.row[v->list.sel] : NULL;
}

/* ---- the form ---- */

enum { F_KIND, F_NAME, F_DAY, F_BEFORE, F_AFTER, F_NOTE };

static bool save(km_tui *t, form_view *f)
{
    km_goal g = *(const km_goal *)f->data;
    km_error err = { 0 };
    const char *day = tui_form_value(f, F_DAY);
    km_status st = KM_OK;
    g.kind = (km_goal_kind)f->field[F_KIND].at;
    g.name = tui_form_value(f, F_NAME);
    g.before = f->field[F_BEFORE].at - 1;
    g.after = f->field[F_AFTER].at - 1;
    g.note = tui_form_value(f, F_NOTE);
    g.has_day = day != NULL;
    if (!g.name)
        st = km_fail(&err, KM_EINVAL, "name: say what it is");
    if (st == KM_OK && day)
        st = km_day_parse(&g.day, day, t->now, &err);
    bool added = g.id == 0;
    if (st == KM_OK)
        st = added ? km_app_goal_add(&g, t->app, &err) : km_app_goal_edit(&g, t->app, &err);
    if (st != KM_OK) {
        tui_fail(t, &err);
        return false;
    }
    tui_stored(t, added ? "added" : "changed");
    return true;
}

static view *goal_form(const km_goal *goal)
{
    static const char *const ten[] = { "not said", "0", "1", "2", "3", "4", "5",
                                       "6", "7", "8", "9", "10" };
    form_view *f = tui_form_new(goal->id ? "goal" : "new goal", save);
    km_goal *g = km_arena_alloc(&f->mem, sizeof *g);
    char day[KM_TIME_TEXT] = "";
    *g = *goal;
    g->name = km_arena_strdup(&f->mem, goal->name);
    g->note = km_arena_strdup(&f->mem, goal->note);
    f->data = g;
    if (g->has_day)
        km_day_text(day, g->day);
    tui_form_word(f, "kind", "a goal, an event such as a race, or the next visit", KM_VOCAB_GOAL,
                  (int)g->kind);
    tui_form_text(f, "what", "in the person's words: lift the child without pain", g->name);
    tui_form_text(f, "day", "2026-12-24; empty when it has none", day);
    tui_form_choice(f, "at the start", "how well it went: 0 cannot, 10 as well as ever", ten, 12,
                    g->before + 1)->digits = true;
    tui_form_choice(f, "now", "how well it goes: 0 cannot, 10 as well as ever", ten, 12,
                    g->after + 1)->digits = true;
    tui_form_text(f, "note", "anything", g->note);
    return &f->base;
}

/* ---- reaction ---- */

static void act(km_tui *t, view *base, tui_action action, int arg)
{
    goals_view *v = (goals_view *)base;
    km_error err = { 0 };
    (void)arg;
    if (tui_list_act(&v->list, action, (int)v->all.n))
        return;
    if (action == ACT_GOAL_ADD) {
        km_goal g = km_goal_blank();
        tui_push(t, goal_form(&g));
        return;
    }
    if (action == ACT_NARROW) {
        tui_say(t, KM_ROLE_DIM, "all goals are in sight");
        return;
    }
    const km_goal *g = selected(v);
    if (!g) {
        tui_say(t, KM_ROLE_ERROR, "no goal is selected");
        return;
    }
    switch (action) {
    case ACT_LIST_OPEN: case ACT_REC_EDIT:
        if (tui_offers(t, ACT_REC_EDIT))
            tui_push(t, goal_form(g));
        else
            tui_say(t, KM_ROLE_ERROR, "this file is open for reading only");
        break;
    case ACT_REC_REMOVE:
        tui_done(t, km_app_goal_remove(t->app, g->id, &err), "taken back", &err);
        break;
    case ACT_GOAL_DONE: {
        km_goal now = *g;
        now.done = !now.done;
        tui_done(t, km_app_goal_edit(&now, t->app, &err), now.done ? "reached" : "open again",
                 &err);
        break;
    }
    default: break;
    }
}

static int contexts(const view *v, tui_ctx out[VIEW_CTX_MAX])
{
    (void)v;
    out[0] = CTX_GOALS;
    out[1] = CTX_RECORD;
    out[2] = CTX_LIST;
    return 3;
}

/** "in 12 days", "today", "3 days ago". */
static void countdown(km_buf *out, km_day day, km_day today)
{
    int days = (int)(day - today);
    if (days == 0)
        km_buf_puts(out, "today");
    else if (days > 0)
        km_buf_printf(out, "in %d day%s", days, days == 1 ? "" : "s");
    else
        km_buf_printf(out, "%d day%s ago", -days, days == -1 ? "" : "s");
}

static void paint(km_tui *t, view *base, km_grid *g, km_rect r)
{
    goals_view *v = (goals_view *)base;
    km_rect in = tui_header(t, g, r, "goals");
    const char *outcome[] = { v->outcome.motion, v->outcome.pain, v->outcome.sooner,
                              v->outcome.feel };
    static const char *const label[] = { "motion", "pain", "sooner again", "feel" };
    int foot = in.h >= 14 ? 9 : 0;
    int rows = in.h - foot;
    if (v->all.n == 0)
        km_grid_text_cut(g, in, 1, 1, in.w - 2, KM_ROLE_DIM,
                         "No goal yet: what is to be possible again, and by when?");
    tui_list_place(&v->list, (int)v->all.n, in.y, rows);
    for (int i = 0; i < rows && v->list.top + i < (int)v->all.n; i++) {
        const km_goal *goal = &v->all.row[v->list.top + i];
        km_role role = tui_list_row(&v->list, g, in, i, v->list.top + i);
        km_buf b = { 0 };
        km_buf_printf(&b, "[%c] %-6s %s", goal->done ? 'x' : ' ',
                      km_word(KM_VOCAB_GOAL, (int)goal->kind), goal->name);
        if (goal->has_day) {
            char day[KM_TIME_TEXT];
            km_day_human(day, goal->day, t->today);
            km_buf_printf(&b, ", %s, ", day);
            countdown(&b, goal->day, t->today);
        }
        if (goal->before >= 0)
            km_buf_printf(&b, "   was %d", goal->before);
        if (goal->after >= 0)
            km_buf_printf(&b, "   now %d of 10", goal->after);
        km_grid_role(g, in, i, 0, in.w, role);
        km_grid_text_cut(g, in, i, 1, in.w - 2, role, km_buf_str(&b));
        km_buf_clear(&b);
    }
    if (!foot)
        return;
    km_rect d = { in.x + 1, in.y + rows, in.w - 2, foot };
    int y = 0;
    for (int i = 0; i < 4; i++) {
        if (!outcome[i])
            continue;
        km_grid_text(g, d, y, 0, KM_ROLE_ACCENT, label[i]);
        int lines = km_grid_wrap(g, (km_rect){ d.x + 14, d.y, d.w - 14, d.h }, y, KM_ROLE_TEXT,
                                 outcome[i]);
        y += lines > 0 ? lines : 1;
    }
}

static void mouse(km_tui *t, view *base, const km_mouse *m)
{
    goals_view *v = (goals_view *)base;
    if (tui_list_mouse(&v->list, m, (int)v->all.n))
        tui_run(t, ACT_LIST_OPEN, 0);
}

static void hint(km_tui *t, view *base, tui_hint *h)
{
    (void)t, (void)base;
    tui_hint_add(h, ACT_GOAL_ADD, NULL);
    tui_hint_add(h, ACT_REC_EDIT, NULL);
    tui_hint_add(h, ACT_GOAL_DONE, NULL);
    tui_hint_add(h, ACT_REC_REMOVE, NULL);
    tui_hint_add(h, ACT_BACK, NULL);
}

static void clear(view *base)
{
    goals_view *v = (goals_view *)base;
    km_goal_list_clear(&v->all);
    km_outcomes_clear(&v->outcome);
}

static const view_ops ops = {
    .title = "goals", .contexts = contexts, .act = act, .load = load, .paint = paint,
    .mouse = mouse, .hint = hint, .clear = clear,
};

view *tui_goals_new(km_tui *t)
{
    goals_view *v = km_calloc(1, sizeof *v);
    (void)t;
    v->base.ops = &ops;
    return &v->base;
}
