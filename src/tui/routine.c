/** The planned routine: its steps, and what the selected one asks for. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "body.h"
#include "care.h"
#include "follow.h"
#include "list.h"

typedef struct routine_view {
    view base;
    char *title;
    km_ref place;
    bool has_place, open_too;
    int minutes;
    km_plan plan;
    bool planned;
    km_error err;          /**< why there is no plan */
    int64_t *done;          /**< treatment recorded for each step, 0 none */
    tui_list list;
} routine_view;

/** How long a routine is unless said, and how far `+` and `-` go. */
#define MINUTES_DEFAULT 15
#define MINUTES_MIN 5
#define MINUTES_MAX 240

static void plan(km_tui *t, routine_view *v)
{
    if (v->planned)
        km_plan_clear(&v->plan);
    v->err = (km_error){ 0 };
    v->planned = km_app_routine(&v->plan, t->app, &v->place, v->has_place ? 1 : 0, v->open_too,
                                (1u << KM_TECH_COUNT) - 1 - (1u << KM_TECH_MASSAGE), 0,
                                v->minutes, &v->err) == KM_OK;
    size_t n = v->planned ? v->plan.n : 0;
    free(v->done);
    v->done = km_calloc(n + 1, sizeof *v->done);
}

static void load(km_tui *t, view *base)
{
    routine_view *v = (routine_view *)base;
    if (!v->planned) /* a plan being looked at is not changed by what is stored meanwhile */
        plan(t, v);
}

static int count(const routine_view *v)
{
    return v->planned ? (int)v->plan.n : 0;
}

static void step_name(km_buf *out, const km_tui *t, const km_step *s)
{
    if (s->muscle >= 0) {
        tui_words_muscle(out, t->atlas, s->muscle, s->point, s->side);
        return;
    }
    if (s->side != KM_SIDE_MIDLINE)
        km_buf_printf(out, "%s: ", km_word(KM_VOCAB_SIDE, (int)s->side));
    km_buf_puts(out, s->action); /* warm up and full range have no muscle, only what to do */
}

static void step_done(km_tui *t, routine_view *v)
{
    km_error err = { 0 };
    if (count(v) == 0) {
        tui_say(t, KM_ROLE_ERROR, "there is no step to record");
        return;
    }
    const km_step *s = &v->plan.step[v->list.sel];
    if (s->muscle < 0 || s->technique < 0) {
        tui_say(t, KM_ROLE_ERROR, "a warm-up or movement is not recorded as a treatment");
        return;
    }
    km_treatment tr = km_treatment_blank();
    tr.at = t->now;
    tr.place.side = s->side;
    tr.place.muscle = t->atlas->muscle[s->muscle].code;
    tr.place.tp = s->point >= 0 ? t->atlas->point[s->point].tp : 0;
    tr.technique = s->technique;
    tr.tool = s->tool[0] ? s->tool : NULL;
    tr.seconds = s->seconds * s->sets;
    if (km_app_treatment_add(&tr, t->app, &err) != KM_OK) {
        tui_fail(t, &err);
        return;
    }
    v->done[v->list.sel] = tr.id;
    km_buf what = { 0 };
    km_kind_human(&what, s->kind);
    km_buf_puts(&what, " done: ");
    step_name(&what, t, s);
    tui_stored(t, km_buf_str(&what));
    km_buf_clear(&what);
    if (v->list.sel + 1 < count(v))
        v->list.sel++;
}

/** How the selected step went; recording one has moved on from it, so the one before counts, too. */
static void step_say(km_tui *t, const routine_view *v)
{
    int64_t id = count(v) ? v->done[v->list.sel] : 0;
    if (!id && v->list.sel > 0)
        id = v->done[v->list.sel - 1];
    if (id)
        tui_treatment_open(t, id);
    else
        tui_say(t, KM_ROLE_ERROR, "this step was not recorded yet");
}

static bool find_step(km_tui *t, void *ctx, const char *text)
{
    routine_view *v = ctx;
    for (int i = 0; i < count(v) && *text; i++) {
        km_buf s = { 0 };
        km_kind_human(&s, v->plan.step[i].kind);
        km_buf_putc(&s, ' ');
        step_name(&s, t, &v->plan.step[i]);
        bool hit = strstr(km_buf_str(&s), text) != NULL;
        km_buf_clear(&s);
        if (hit) {
            v->list.sel = i;
            break;
        }
    }
    return true;
}

/** Keep the routine under a name. */
static bool keep(km_tui *t, void *ctx, const char *text)
{
    routine_view *v = ctx;
    km_error err = { 0 };
    int64_t id;
    if (km_app_routine_save(&id, t->app, &v->plan, text, &err) != KM_OK) {
        tui_fail(t, &err);
        return false;
    }
    tui_stored(t, "the routine is kept");
    return true;
}

static void act(km_tui *t, view *base, tui_action action, int arg)
{
    routine_view *v = (routine_view *)base;
    (void)arg;
    if (tui_list_act(&v->list, action, count(v)))
        return;
    switch (action) {
    case ACT_LONGER: case ACT_SHORTER:
        v->minutes += action == ACT_LONGER ? 5 : -5;
        v->minutes = v->minutes < MINUTES_MIN ? MINUTES_MIN
                     : v->minutes > MINUTES_MAX ? MINUTES_MAX : v->minutes;
        plan(t, v);
        tui_say(t, KM_ROLE_OK, "planned anew for %d minutes", v->minutes);
        break;
    case ACT_STEP_DONE: step_done(t, v); break;
    case ACT_STEP_SAY: step_say(t, v); break;
    case ACT_NARROW: tui_push(t, tui_ask_new("step with:", "", find_step, find_step, v)); break;
    case ACT_FOLLOW: case ACT_LIST_OPEN:
        if (v->planned)
            tui_follow(t, v->title, &v->plan, v->list.sel, 0);
        else
            tui_say(t, KM_ROLE_ERROR, "there is no step to follow");
        break;
    case ACT_EXPECT:
        if (count(v) > 0 && v->plan.step[v->list.sel].technique >= 0)
            tui_push(t, tui_expect_new(t, 1u << v->plan.step[v->list.sel].technique));
        else
            tui_say(t, KM_ROLE_DIM, "a warm-up or movement: slow, within what is easy");
        break;
    case ACT_ROUTINE_KEEP:
        if (v->planned)
            tui_push(t, tui_ask_new("keep it as:", v->title, keep, NULL, v));
        else
            tui_say(t, KM_ROLE_ERROR, "there is no step to keep");
        break;
    case ACT_ROUTINE_SAVED: tui_push(t, tui_saved_new(t)); break;
    case ACT_STEP_MUSCLE:
        if (count(v) > 0 && v->plan.step[v->list.sel].muscle >= 0) {
            const km_step *s = &v->plan.step[v->list.sel];
            const km_muscle *m = &t->atlas->muscle[s->muscle];
            int region = s->point >= 0 ? t->atlas->point[s->point].site : m->home[0];
            tui_push(t, tui_place_new(t, region, s->side, s->muscle, s->point));
        } else {
            tui_say(t, KM_ROLE_DIM, "this step is about no single muscle");
        }
        break;
    default: break;
    }
}

static int contexts(const view *v, tui_ctx out[VIEW_CTX_MAX])
{
    (void)v;
    out[0] = CTX_ROUTINE;
    out[1] = CTX_LIST;
    return 2;
}

static int detail_text(km_tui *t, const km_step *s, km_grid *g, km_rect r)
{
    km_buf b = { 0 };
    int y = 0;
    (void)t;
    if (s->tool[0])
        km_buf_printf(&b, "with %s: ", s->tool);
    km_buf_puts(&b, s->position);
    y += km_grid_wrap(g, r, y, KM_ROLE_TEXT, km_buf_str(&b));
    y += km_grid_wrap(g, r, y, KM_ROLE_TEXT, s->action);
    km_buf_reset(&b);
    km_buf_printf(&b, "%d x %d s", s->sets, s->seconds);
    if (s->pressure > 0)
        km_buf_printf(&b, ", pressure %s: %d of 10, never above 7",
                      km_pressure_word(km_pressure_of(s->pressure)), s->pressure);
    if (s->cue[0])
        km_buf_printf(&b, "; %s", s->cue);
    if (s->cue_count > 0)
        km_buf_printf(&b, ", %d times", s->cue_count);
    y += km_grid_wrap(g, r, y, KM_ROLE_ACCENT, km_buf_str(&b));
    if (s->caution[0]) {
        km_buf_reset(&b);
        km_buf_printf(&b, "! %s", s->caution);
        y += km_grid_wrap(g, r, y, KM_ROLE_WARN, km_buf_str(&b));
    }
    if (s->source[0]) {
        km_buf_reset(&b);
        km_buf_printf(&b, "source: %s", s->source);
        y += km_grid_wrap(g, r, y, KM_ROLE_DIM, km_buf_str(&b));
    }
    km_buf_clear(&b);
    return y;
}

static void paint_steps(km_tui *t, routine_view *v, km_grid *g, km_rect r)
{
    tui_list_place(&v->list, count(v), r.y, r.h);
    for (int i = 0; i < r.h && v->list.top + i < count(v); i++) {
        int row = v->list.top + i;
        const km_step *s = &v->plan.step[row];
        km_role role = tui_list_row(&v->list, g, r, i, row);
        km_buf name = { 0 }, time = { 0 };
        km_buf_printf(&name, "%c%2d  ", v->done[row] ? 'x' : ' ', row + 1);
        km_kind_human(&name, s->kind);
        if (s->tool[0])
            km_buf_printf(&name, ", %s", s->tool);
        km_buf_puts(&name, "  ");
        step_name(&name, t, s);
        km_buf_printf(&time, "%dx%d s", s->sets, s->seconds);
        km_grid_role(g, r, i, 0, r.w, role);
        km_grid_text_cut(g, r, i, 1, r.w - 11, role, km_buf_str(&name));
        km_grid_text_right(g, (km_rect){ r.x, r.y, r.w - 1, r.h }, i, role, km_buf_str(&time));
        km_buf_clear(&name);
        km_buf_clear(&time);
    }
}

static void paint(km_tui *t, view *base, km_grid *g, km_rect r)
{
    routine_view *v = (routine_view *)base;
    km_buf s = { 0 };
    km_buf_printf(&s, "routine for %s", v->title);
    if (v->planned) {
        km_buf_printf(&s, ", %zu steps, ", v->plan.n);
        km_buf_printf(&s, "%d:%02d of %d min", v->plan.seconds / 60, v->plan.seconds % 60,
                      v->minutes);
    }
    km_rect in = tui_header(t, g, r, km_buf_str(&s));
    km_buf_clear(&s);
    if (count(v) == 0) {
        km_grid_wrap(g, (km_rect){ in.x + 1, in.y, in.w - 2, in.h }, 1, KM_ROLE_TEXT,
                     v->err.text[0] ? v->err.text : "there is nothing to treat");
        return;
    }
    int detail = in.h >= 14 ? in.h * 2 / 5 : 0;
    int rows = in.h - detail;
    if (rows > count(v)) {
        rows = count(v);
        detail = in.h - rows;
    }
    paint_steps(t, v, g, (km_rect){ in.x, in.y, in.w, rows });
    if (detail < 3)
        return;
    km_rect d = { in.x + 1, in.y + rows + 1, in.w - 2, detail - 1 };
    int y = detail_text(t, &v->plan.step[v->list.sel], g, d);
    for (size_t i = 0; i < v->plan.n_note; i++)
        y += km_grid_wrap(g, d, y, KM_ROLE_DIM, v->plan.note[i]);
}

static void mouse(km_tui *t, view *base, const km_mouse *m)
{
    routine_view *v = (routine_view *)base;
    if (tui_list_mouse(&v->list, m, count(v)))
        tui_run(t, ACT_LIST_OPEN, 0);
}

static void hint(km_tui *t, view *v, tui_hint *h)
{
    (void)t, (void)v;
    tui_hint_add(h, ACT_FOLLOW, "start");
    tui_hint_add(h, ACT_LONGER, NULL);
    tui_hint_add(h, ACT_SHORTER, NULL);
    tui_hint_add(h, ACT_STEP_DONE, "done, record it");
    tui_hint_add(h, ACT_STEP_MUSCLE, NULL);
    tui_hint_add(h, ACT_ROUTINE_KEEP, NULL);
    tui_hint_add(h, ACT_ROUTINE_SAVED, NULL);
    tui_hint_add(h, ACT_BACK, NULL);
}

static void clear(view *base)
{
    routine_view *v = (routine_view *)base;
    if (v->planned)
        km_plan_clear(&v->plan);
    free(v->title);
    free(v->done);
}

static const view_ops ops = {
    .title = "routine", .contexts = contexts, .act = act, .load = load, .paint = paint,
    .mouse = mouse, .hint = hint, .clear = clear,
};

/** What a routine is wanted for, while the first questions are asked. */
typedef struct wanted {
    km_ref place;
    bool has_place, open_too;
    char title[200];
} wanted;

static view *routine_of(const wanted *w)
{
    routine_view *v = km_calloc(1, sizeof *v);
    v->base.ops = &ops;
    v->title = km_strdup(w->title);
    v->has_place = w->has_place;
    v->place = w->place;
    v->open_too = w->open_too;
    v->minutes = MINUTES_DEFAULT;
    return &v->base;
}

static void asked(km_tui *t, void *ctx)
{
    tui_push(t, routine_of(ctx));
}

/** The places of open marks, each once; @return how many. */
static size_t open_places(km_tui *t, km_ref place[KM_COMPLAINTS_MAX])
{
    km_error err = { 0 };
    km_mark_list l;
    km_mark_filter f = km_mark_filter_all();
    size_t n = 0;
    f.open = true;
    if (km_app_marks(&l, t->app, &f, &err) != KM_OK) {
        tui_fail(t, &err);
        return 0;
    }
    for (size_t i = 0; i < l.n && n < KM_COMPLAINTS_MAX; i++) {
        if (km_app_mark_ref(&place[n], t->app, &l.row[i]))
            n++;
    }
    km_mark_list_clear(&l);
    return n;
}

view *tui_routine_new(km_tui *t, const km_ref *place, size_t n, bool open_too, const char *title)
{
    wanted *w = km_calloc(1, sizeof *w);
    km_ref ask[KM_COMPLAINTS_MAX];
    w->has_place = n > 0;
    if (n > 0)
        w->place = ask[0] = place[0];
    w->open_too = open_too;
    snprintf(w->title, sizeof w->title, "%s", title);
    size_t n_ask = open_too ? open_places(t, ask) : n > 0 ? 1 : 0;
    view *first = tui_first_new(t, ask, n_ask, asked, free, w);
    if (first)
        return first;
    view *v = routine_of(w);
    free(w);
    return v;
}
