/** The screen: life, keys, the stack of views, the whole picture. */
#include "view.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "knotmap/text.h"

/** Smaller than this only the needed size is shown. */
#define MIN_W 20
#define MIN_H 6
/** How often another program's writes are looked for when nothing else is going on. */
#define IDLE_MS 1000

/* ---- the stack ---- */

void tui_push(km_tui *t, view *v)
{
    v->below = t->top;
    t->top = v;
}

static void view_free(view *v)
{
    if (v->ops->clear)
        v->ops->clear(v);
    free(v);
}

void tui_pop(km_tui *t)
{
    view *v = t->top;
    if (!v->below)
        return;
    t->top = v->below;
    view_free(v);
}

void tui_pop_to_body(km_tui *t)
{
    while (t->top->below)
        tui_pop(t);
}

view *tui_body(const km_tui *t)
{
    view *v = t->top;
    while (v->below)
        v = v->below;
    return v;
}

/** Client and open session, which the first line names. */
static void load_header(km_tui *t)
{
    km_error err = { 0 };
    uint64_t revision = km_app_revision(t->app);
    if (km_now(&t->now, &err) != KM_OK)
        tui_fail(t, &err);
    t->today = km_instant_day(t->now);
    if (t->loaded && t->seen_revision == revision && t->seen_epoch == t->epoch)
        return;

    t->loaded = true;
    t->seen_revision = revision;
    t->seen_epoch = t->epoch;
    km_arena_clear(&t->mem);
    t->time.speed = TUI_TIME_SPEED;
    t->client = km_client_blank();
    t->in_session = false;
    if (km_app_client(&t->client, t->app, &err) != KM_OK) {
        t->time.speed = TUI_TIME_SPEED;
    t->client = km_client_blank();
        tui_fail(t, &err);
        return;
    }
    km_client_own(&t->client, &t->mem);
    km_status st = km_app_session_open(&t->session, &t->mem, t->app, &err);
    t->in_session = st == KM_OK;
    if (st != KM_OK && st != KM_ENOTFOUND)
        tui_fail(t, &err);
}

void tui_refresh(km_tui *t)
{
    if (t->waiting)
        return; /* a write is under way: the app must not be asked from inside itself */
    load_header(t);
    uint64_t revision = km_app_revision(t->app);
    for (view *v = t->top; v; v = v->below) {
        bool stale = !v->loaded || v->seen_revision != revision || v->seen_epoch != t->epoch;
        if (stale && v->ops->load) {
            v->loaded = true;
            v->seen_revision = revision;
            v->seen_epoch = t->epoch;
            v->ops->load(t, v);
        }
        if (!v->ops->overlay)
            break;
    }
}

int tui_contexts(const view *v, tui_ctx *out)
{
    int n = v->ops->contexts ? v->ops->contexts(v, out) : 0;
    bool field = n > 0 && out[0] == CTX_FORM;
    out[n++] = CTX_CORE;
    if (!field)
        out[n++] = CTX_GLOBAL;
    return n;
}

bool tui_offers(const km_tui *t, tui_action action)
{
    return !tui_action_table[action].writes || !km_app_readonly(t->app);
}

/* ---- actions that work everywhere ---- */

static void undo(km_tui *t, bool redo)
{
    km_error err = { 0 };
    km_change change = { 0 };
    km_status st = redo ? km_app_redo(&change, t->app, &err) : km_app_undo(&change, t->app, &err);
    if (st != KM_OK) {
        tui_fail(t, &err);
        return;
    }
    km_buf key = { 0 };
    tui_keymap_print_first(&key, &t->keymap, redo ? ACT_UNDO : ACT_REDO);
    if (redo)
        tui_say(t, KM_ROLE_OK, "redone: %s. %s undoes.", change.what, km_buf_str(&key));
    else
        tui_say(t, KM_ROLE_OK, "undone: %s. %s redoes.", change.what, km_buf_str(&key));
    km_buf_clear(&key);
}

static void go(km_tui *t, view *(*make)(km_tui *))
{
    tui_pop_to_body(t);
    if (make && make != tui_trends_new && make != tui_history_new)
        tui_time_now(t); /* the others are about today */
    if (make)
        tui_push(t, make(t));
}

static void step_back(km_tui *t)
{
    if (t->top->ops->back && t->top->ops->back(t, t->top))
        return;
    tui_pop(t);
}

static bool global_act(km_tui *t, tui_action action)
{
    switch (action) {
    case ACT_HELP: tui_push(t, tui_menu_new(t, true)); return true;
    case ACT_PALETTE: tui_push(t, tui_menu_new(t, false)); return true;
    case ACT_BACK: step_back(t); return true;
    case ACT_REDRAW: t->redraw = true; return true;
    case ACT_UNDO: undo(t, false); return true;
    case ACT_REDO: undo(t, true); return true;
    case ACT_CLOSE:
        if (t->top->below)
            tui_pop(t);
        else
            t->done = true;
        return true;
    case ACT_GO_BODY: go(t, NULL); return true;
    case ACT_GO_DAY: go(t, tui_day_new); return true;
    case ACT_GO_SUMMARY: go(t, tui_summary_new); return true;
    case ACT_GO_HISTORY: go(t, tui_history_new); return true;
    case ACT_GO_TRENDS: go(t, tui_trends_new); return true;
    case ACT_GO_VISIT: go(t, tui_visit_new); return true;
    case ACT_GO_CLIENTS: go(t, tui_clients_new); return true;
    case ACT_GO_ATLAS: go(t, tui_atlas_view_new); return true;
    case ACT_GO_TROUBLE: go(t, tui_trouble_new); return true;
    case ACT_GO_ROUTINE: go(t, NULL); return false; /* the body knows what is open */
    case ACT_MOUSE:
        t->mouse_on = !t->mouse_on;
        tui_say(t, KM_ROLE_OK, t->mouse_on ? "the mouse is on"
                                           : "the mouse is off: drag to copy as usual");
        return true;
    default: return false;
    }
}

void tui_run(km_tui *t, tui_action action, int arg)
{
    if (!tui_offers(t, action)) {
        tui_say(t, KM_ROLE_ERROR, "this file is open for reading only: nothing can be changed");
        return;
    }
    if (tui_time_blocks(t, action))
        return;
    if (!global_act(t, action))
        t->top->ops->act(t, t->top, action, arg);
}

/* ---- keys ---- */

static void take_key(km_tui *t, km_key key)
{
    if (t->n_message > 0)
        tui_drop_message(t);
    tui_refresh(t);

    view *v = t->top;
    if (key == KM_KEY_PASTE_BEGIN || key == KM_KEY_PASTE_END) {
        t->pasting = key == KM_KEY_PASTE_BEGIN;
        return;
    }
    if (t->pasting) { /* pasted text is text: it reaches fields and never runs an action */
        if (key == KM_KEY_ENTER || key == KM_KEY_TAB)
            key = ' ';
        if (v->ops->key && key >= 0x20 && key <= 0x10FFFF)
            v->ops->key(t, v, key);
        return;
    }
    if (v->ops->key && v->ops->key(t, v, key))
        return;

    tui_ctx ctx[VIEW_CTX_MAX + 2];
    int n = tui_contexts(v, ctx), arg = 0;
    tui_action action = tui_keymap_find(&t->keymap, ctx, n, key, &arg);
    if (action != ACT_NONE) {
        tui_run(t, action, arg);
        return;
    }
    km_buf name = { 0 }, help = { 0 };
    tui_key_print(&name, key);
    tui_keymap_print_first(&help, &t->keymap, ACT_HELP);
    tui_say(t, KM_ROLE_DIM, "%s does nothing here: %s shows the keys", km_buf_str(&name),
            km_buf_str(&help));
    km_buf_clear(&name);
    km_buf_clear(&help);
}

void km_tui_key(km_tui *t, km_key key)
{
    if (key == KM_KEY_NONE)
        return;
    if (t->waiting) {
        if (key == KM_KEY_ESC) {
            t->gave_up = true;
            t->n_ahead = 0;
        } else {
            KM_GROW(t->ahead, t->n_ahead, t->cap_ahead);
            t->ahead[t->n_ahead++] = key;
        }
        return;
    }
    t->gave_up = false;
    take_key(t, key);
    while (t->n_ahead > 0 && !t->done) { /* typed while a write waited */
        km_key next = t->ahead[0];
        t->n_ahead--;
        memmove(t->ahead, t->ahead + 1, (size_t)t->n_ahead * sizeof *t->ahead);
        take_key(t, next);
    }
    tui_refresh(t);
}

void km_tui_mouse(km_tui *t, const km_mouse *m)
{
    if (t->waiting || !t->mouse_on)
        return;
    bool press = m->kind == KM_MOUSE_PRESS || m->kind == KM_MOUSE_CLICK ||
                 m->kind == KM_MOUSE_DOUBLE;
    if (press && m->y == t->h - 1 && t->n_message == 0 && t->w >= MIN_W && t->h >= MIN_H) {
        tui_click_hint(t, m->x);
        tui_refresh(t);
        return;
    }
    if (m->kind != KM_MOUSE_RELEASE && t->n_message > 0)
        tui_drop_message(t);
    tui_refresh(t);
    if (t->w < MIN_W || t->h < MIN_H)
        return;
    if (press && m->kind != KM_MOUSE_DOUBLE && m->y == 0 && t->top->below)
        step_back(t); /* the title of a view; the last line has not room for it everywhere */
    else if (t->top->ops->mouse)
        t->top->ops->mouse(t, t->top, m);
    tui_refresh(t);
}

bool tui_choose_client(km_tui *t, const char *name_or_id)
{
    km_error err = { 0 };
    if (km_app_client_choose(t->app, name_or_id, &err) != KM_OK) {
        tui_fail(t, &err);
        return false;
    }
    t->epoch++;
    t->time.past = t->time.playing = false;
    km_buf_reset(&t->flags_answered);
    km_buf_reset(&t->flags_true);
    km_buf_reset(&t->warning);
    return true;
}

/* ---- time and waiting ---- */

bool km_tui_tick(km_tui *t)
{
    km_error err = { 0 };
    uint64_t revision = km_app_revision(t->app);
    km_day today = t->today;
    int messages = t->n_message;
    bool changed = km_tui_wait(t) < IDLE_MS; /* a clock runs */
    if (t->waiting)
        return false;
    if (km_app_poll(t->app, &err) != KM_OK)
        tui_fail(t, &err);
    for (view *v = t->top; v; v = v->below) {
        if (v->ops->tick)
            changed = v->ops->tick(t, v) || changed;
    }
    tui_refresh(t);
    return changed || km_app_revision(t->app) != revision || t->today != today ||
           t->n_message != messages;
}

int km_tui_wait(const km_tui *t)
{
    int wait = t->waiting ? 20 : IDLE_MS;
    for (const view *v = t->top; v; v = v->below) {
        int own = v->ops->wait ? v->ops->wait(t, v) : wait;
        wait = own < wait ? own : wait;
    }
    return wait;
}

void km_tui_set_waiter(km_tui *t, bool (*waiter)(void *ctx, km_tui *t, int ms), void *ctx)
{
    t->waiter = waiter;
    t->waiter_ctx = ctx;
}

bool km_tui_app_waiting(void *tui, int ms)
{
    km_tui *t = tui;
    t->waiting = true;
    t->n_message = 0;
    tui_say(t, KM_ROLE_WARN, "another program is writing; Esc gives up");
    bool go_on = (!t->waiter || t->waiter(t->waiter_ctx, t, ms)) && !t->gave_up;
    t->n_message = 0; /* what happens next says so itself */
    t->waiting = false;
    return go_on;
}

/* ---- the picture ---- */

const char *tui_dot(const km_tui *t)
{
    return t->ascii ? "-" : "·";
}

void tui_cursor(km_grid *g, km_rect r, int y, int x)
{
    int gx = r.x + x, gy = r.y + y;
    if (x < 0 || y < 0 || x >= r.w || y >= r.h || gx < 0 || gy < 0 || gx >= g->w || gy >= g->h)
        return;
    g->cursor_x = gx;
    g->cursor_y = gy;
}

km_rect tui_header(const km_tui *t, km_grid *g, km_rect r, const char *title)
{
    char day[KM_TIME_TEXT];
    km_day_human(day, t->today, t->today);
    km_buf left = { 0 }, right = { 0 };
    km_buf_puts(&left, t->client.name ? t->client.name : "");
    if (title)
        km_buf_printf(&left, " %s %s", tui_dot(t), title);
    if (t->in_session)
        km_buf_printf(&right, "%s open %s ", km_word(KM_VOCAB_SESSION, (int)t->session.kind),
                      tui_dot(t));
    km_buf_puts(&right, day);
    int want = km_text_width(km_buf_str(&right));
    int room = r.w - 2;
    if (want + 12 > room) { /* narrow: the day gives way to the name */
        km_buf_reset(&right);
        want = 0;
    }
    km_grid_text_cut(g, r, 0, 1, room - want - (want ? 2 : 0), KM_ROLE_BAR, km_buf_str(&left));
    km_grid_text(g, r, 0, r.w - 1 - want, KM_ROLE_DIM, km_buf_str(&right));
    km_buf_clear(&left);
    km_buf_clear(&right);
    return (km_rect){ r.x, r.y + 1, r.w, r.h > 1 ? r.h - 1 : 0 };
}

static void paint_from(km_tui *t, view *v, km_grid *g, km_rect r)
{
    if (v->ops->overlay && v->below)
        paint_from(t, v->below, g, r);
    v->ops->paint(t, v, g, r);
}

void km_tui_paint(km_tui *t, km_grid *g)
{
    g->ascii = t->ascii;
    km_grid_clear(g);
    if (g->w < 1 || g->h < 1)
        return;
    t->w = g->w;
    t->h = g->h;
    t->n_spot = 0;
    km_rect all = { 0, 0, g->w, g->h };
    if (g->w < MIN_W || g->h < MIN_H) {
        char text[64];
        snprintf(text, sizeof text, "needs %dx%d, is %dx%d", MIN_W, MIN_H, g->w, g->h);
        km_grid_wrap(g, all, 0, KM_ROLE_WARN, text);
        tui_cursor(g, all, 0, 0);
        return;
    }
    tui_refresh(t);
    paint_from(t, t->top, g, (km_rect){ 0, 0, g->w, g->h - 1 });
    tui_paint_last(t, g);
    if (g->cursor_x < 0)
        tui_cursor(g, all, 0, 0);
}

/* ---- life ---- */

km_tui *km_tui_new(km_app *app, const km_tui_options *opt)
{
    km_tui *t = km_calloc(1, sizeof *t);
    t->app = app;
    t->atlas = km_app_atlas(app);
    t->chart = km_chart_new(t->atlas);
    t->ascii = opt->ascii;
    t->color = opt->color;
    t->mouse_on = opt->mouse;
    t->clock = opt->clock ? opt->clock : km_monotonic;
    t->state_file = km_strdup(opt->state_file);
    t->style = opt->ascii ? KM_STYLE_ASCII : KM_STYLE_UNICODE;
    t->w = 80;
    t->h = 24;
    t->time.speed = TUI_TIME_SPEED;
    t->client = km_client_blank();
    km_error err = { 0 };
    if (km_now(&t->now, &err) == KM_OK)
        t->today = km_instant_day(t->now);
    tui_keymap_defaults(&t->keymap);
    tui_look_defaults(t);
    tui_push(t, tui_body_new(t));
    if (opt->config_file)
        tui_config_read(t, opt->config_file);
    tui_state_read(t, opt->client_given);
    tui_refresh(t);
    return t;
}

void km_tui_leave(km_tui *t)
{
    tui_pop_to_body(t);
}

void km_tui_free(km_tui *t)
{
    if (!t)
        return;
    tui_state_write(t);
    while (t->top) {
        view *v = t->top;
        t->top = v->below;
        view_free(v);
    }
    km_chart_free(t->chart);
    tui_keymap_clear(&t->keymap);
    km_arena_clear(&t->mem);
    km_buf_clear(&t->flags_answered);
    km_buf_clear(&t->flags_true);
    km_buf_clear(&t->warning);
    tui_time_clear(&t->time);
    free(t->state_file);
    free(t->ahead);
    free(t);
}

bool km_tui_done(const km_tui *t)
{
    return t->done;
}

bool km_tui_wants_mouse(const km_tui *t)
{
    return t->mouse_on;
}

bool km_tui_bell(km_tui *t)
{
    bool due = t->bell;
    t->bell = false;
    return due;
}

bool km_tui_redraw(km_tui *t)
{
    bool due = t->redraw;
    t->redraw = false;
    return due;
}

km_look km_tui_look(const km_tui *t, km_role role, bool color)
{
    return t->look[color ? 1 : 0][role];
}
