/** A recovery session: soreness, knots and flexibility, each looked at or left out. */
#include <stdio.h>
#include <stdlib.h>

#include "body.h"
#include "care.h"
#include "list.h"

typedef struct recovery_view {
    view base;
    km_session_more more;
    uint32_t missing;
    km_arena mem;
    tui_list list;
} recovery_view;

static const struct {
    const char *name, *how;
} page[KM_PAGE_COUNT] = {
    [KM_PAGE_SORENESS] = { "sore muscles",
                           "Where is it sore after training? Mark it as soreness; 0 where it is "
                           "gone." },
    [KM_PAGE_KNOTS] = { "knots", "Feel along what was worked. Mark each tight spot." },
    [KM_PAGE_FLEXIBILITY] = { "flexibility", "Measure at least one joint, both sides." },
};

static bool is_open(const km_tui *t)
{
    return t->in_session && t->session.kind == KM_SESSION_RECOVERY;
}

static void load(km_tui *t, view *base)
{
    recovery_view *v = (recovery_view *)base;
    km_error err = { 0 };
    km_arena_clear(&v->mem);
    v->missing = 0;
    v->more = (km_session_more){ 0 };
    if (!is_open(t))
        return;
    if (km_app_session_more(&v->more, &v->mem, t->app, t->session.id, &err) != KM_OK ||
        km_app_session_missing(&v->missing, t->app, t->session.id, &err) != KM_OK)
        tui_fail(t, &err);
}

static void mark_page(km_tui *t, recovery_view *v, bool skip)
{
    km_error err = { 0 };
    int at = v->list.sel;
    char what[64];
    if (km_app_session_check(t->app, (km_page)at, skip, &err) != KM_OK) {
        tui_fail(t, &err);
        return;
    }
    snprintf(what, sizeof what, "%s %s", page[at].name, skip ? "left out" : "checked");
    tui_stored(t, what);
    if (at + 1 < KM_PAGE_COUNT)
        v->list.sel++;
}

static void open_page(km_tui *t, recovery_view *v)
{
    if (v->list.sel == KM_PAGE_FLEXIBILITY) {
        if (tui_offers(t, ACT_PAGE_CHECK))
            tui_push(t, tui_flex_form(t, t->today));
        return;
    }
    km_kind kind = v->list.sel == KM_PAGE_SORENESS ? KM_KIND_SORENESS : KM_KIND_KNOT;
    tui_pop_to_body(t);
    t->kind = kind;
    tui_say(t, KM_ROLE_OK, "digits now mark %s (%c); the visit leads back",
            km_word(KM_VOCAB_KIND, (int)kind), km_kind_glyph(kind));
}

static void end(km_tui *t)
{
    km_error err = { 0 };
    km_session s;
    km_arena mem = { 0 };
    if (km_app_session_end(&s, &mem, t->app, &err) == KM_OK) {
        tui_pop(t);
        tui_stored(t, "recovery session ended");
    } else {
        err.mend[0] = '\0'; /* it names a command; here the keys stand below */
        tui_fail(t, &err);
    }
    km_arena_clear(&mem);
}

static void start(km_tui *t)
{
    km_error err = { 0 };
    km_session s = km_session_blank();
    if (t->in_session) {
        tui_say(t, KM_ROLE_ERROR, "a %s is open: end it first",
                km_word(KM_VOCAB_SESSION, (int)t->session.kind));
        return;
    }
    s.kind = KM_SESSION_RECOVERY;
    tui_done(t, km_app_session_start(&s, t->app, &err), "recovery session started", &err);
}

static void act(km_tui *t, view *base, tui_action action, int arg)
{
    recovery_view *v = (recovery_view *)base;
    (void)arg;
    if (action == ACT_RECOVERY_START) {
        start(t);
        return;
    }
    if (!is_open(t)) {
        tui_say(t, KM_ROLE_DIM, "no recovery session is open");
        return;
    }
    if (tui_list_act(&v->list, action, KM_PAGE_COUNT))
        return;
    switch (action) {
    case ACT_PAGE_CHECK: mark_page(t, v, false); break;
    case ACT_PAGE_SKIP: mark_page(t, v, true); break;
    case ACT_RECOVERY_END: end(t); break;
    case ACT_LIST_OPEN: open_page(t, v); break;
    case ACT_NARROW: tui_say(t, KM_ROLE_DIM, "there are only these three"); break;
    default: break;
    }
}

static int contexts(const view *v, tui_ctx out[VIEW_CTX_MAX])
{
    (void)v;
    out[0] = CTX_RECOVERY;
    out[1] = CTX_LIST;
    return 2;
}

static void paint(km_tui *t, view *base, km_grid *g, km_rect r)
{
    recovery_view *v = (recovery_view *)base;
    km_rect in = tui_header(t, g, r, "recovery session");
    int y = in.h > 10 ? 1 : 0;
    if (!is_open(t)) {
        km_grid_wrap(g, (km_rect){ in.x + 1, in.y, in.w - 2, in.h }, y, KM_ROLE_DIM,
                     "No recovery session is open. One looks at sore muscles, at knots and at how "
                     "far joints go.");
        tui_cursor(g, in, y, 1);
        return;
    }
    tui_list_place(&v->list, KM_PAGE_COUNT, in.y + y, KM_PAGE_COUNT);
    for (int i = 0; i < KM_PAGE_COUNT; i++) {
        bool open = v->missing & (1u << i);
        const char *state = open ? "still to look at"
                            : v->more.skipped & (1u << i) ? "left out today" : "checked";
        km_role role = tui_list_row(&v->list, g, in, y, i);
        km_grid_role(g, in, y, 0, in.w, role);
        km_grid_printf(g, in, y, 1, role, "[%c] %-14s %s", open ? ' ' : 'x', page[i].name, state);
        y++;
    }
    km_rect d = { in.x + 1, in.y, in.w - 2, in.h };
    y += 1 + km_grid_wrap(g, d, y + 1, KM_ROLE_TEXT, page[v->list.sel].how);
    km_grid_wrap(g, d, y + 1, v->missing ? KM_ROLE_DIM : KM_ROLE_OK,
                 v->missing ? "It can be ended once each was checked or left out. Marks and "
                              "readings made meanwhile count by themselves."
                            : "All three are done: it can be ended.");
}

static void mouse(km_tui *t, view *base, const km_mouse *m)
{
    if (tui_list_mouse(&((recovery_view *)base)->list, m, KM_PAGE_COUNT))
        tui_run(t, ACT_LIST_OPEN, 0);
}

static void hint(km_tui *t, view *base, tui_hint *h)
{
    (void)base;
    if (is_open(t)) {
        tui_hint_add(h, ACT_LIST_OPEN, "look");
        tui_hint_add(h, ACT_PAGE_CHECK, NULL);
        tui_hint_add(h, ACT_PAGE_SKIP, NULL);
        tui_hint_add(h, ACT_RECOVERY_END, NULL);
    } else {
        tui_hint_add(h, ACT_RECOVERY_START, NULL);
    }
    tui_hint_add(h, ACT_BACK, NULL);
}

static void clear(view *base)
{
    km_arena_clear(&((recovery_view *)base)->mem);
}

static const view_ops ops = {
    .title = "recovery", .contexts = contexts, .act = act, .load = load, .paint = paint,
    .mouse = mouse, .hint = hint, .clear = clear,
};

view *tui_recovery_new(km_tui *t)
{
    recovery_view *v = km_calloc(1, sizeof *v);
    (void)t;
    v->base.ops = &ops;
    return &v->base;
}
