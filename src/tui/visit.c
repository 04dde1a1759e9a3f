/** Visits and training sessions: start, end, notes. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "care.h"
#include "follow.h"
#include "form.h"
#include "knotmap/text.h"
#include "list.h"
#include "words.h"

/** Sessions listed; older ones are reached from the command line. */
#define SESSIONS_MAX 500

typedef struct visit_view {
    view base;
    km_session_list all;
    int *shown;
    int n;
    char *text;
    tui_list list;
} visit_view;

static bool fits(const km_session *s, const char *text)
{
    char at[KM_TIME_TEXT];
    km_time_local(at, s->started);
    return km_text_contains(km_word(KM_VOCAB_SESSION, (int)s->kind), text) ||
           km_text_contains(at, text) || (s->goal && km_text_contains(s->goal, text)) ||
           (s->note && km_text_contains(s->note, text));
}

static void fill(visit_view *v)
{
    v->n = 0;
    v->shown = km_realloc(v->shown, v->all.n + 1, sizeof *v->shown);
    for (size_t i = 0; i < v->all.n; i++) {
        if (!v->text || fits(&v->all.row[i], v->text))
            v->shown[v->n++] = (int)i;
    }
}

static void load(km_tui *t, view *base)
{
    visit_view *v = (visit_view *)base;
    km_error err = { 0 };
    km_session_list_clear(&v->all);
    if (km_app_sessions(&v->all, t->app, SESSIONS_MAX, &err) != KM_OK)
        tui_fail(t, &err);
    fill(v);
}

static bool narrow(km_tui *t, void *ctx, const char *text)
{
    visit_view *v = ctx;
    (void)t;
    free(v->text);
    v->text = *text ? km_strdup(text) : NULL;
    v->list.sel = 0;
    fill(v);
    return true;
}

static const km_session *selected(const visit_view *v)
{
    return v->list.sel < v->n ? &v->all.row[v->shown[v->list.sel]] : NULL;
}

/* ---- the form ---- */

enum {
    F_KIND, F_GOAL, F_RPE, F_MINUTES, F_MUSCLES, F_FEEL_BEFORE, F_FEEL, F_DONE, F_CARE, F_NOTE,
    F_START, F_S, F_O, F_A, F_P
};

typedef struct session_data {
    km_session session;
    km_session_more more;
    char started[KM_TIME_TEXT];
} session_data;

/** A whole number, -1 when the field is empty; its range is checked with the record. */
static km_status number(int *out, const form_view *f, int field, km_error *err)
{
    const char *s = tui_form_value(f, field);
    char *end;
    *out = -1;
    if (!s)
        return KM_OK;
    long v = strtol(s, &end, 10);
    if (*end || v < 0 || v > 100000)
        return km_fail(err, KM_EINVAL, "minutes: %s: not a whole number", s);
    *out = (int)v;
    return KM_OK;
}

/** Muscles and groups as people write them, as codes: "hams, calf" is "hamstrings;calf". */
static km_status read_muscles(km_buf *out, const km_atlas *a, const char *text, km_error *err)
{
    km_status st = KM_OK;
    for (const char *at = text; st == KM_OK && *at;) {
        at += strspn(at, " ;,");
        size_t n = strcspn(at, ";,");
        km_buf one = { 0 };
        km_ref ref;
        km_buf_add(&one, at, n);
        at += n;
        while (one.len > 0 && one.s[one.len - 1] == ' ')
            one.s[--one.len] = '\0';
        if (one.len > 0)
            st = km_atlas_resolve(&ref, a, km_buf_str(&one),
                                  KM_RESOLVE_NO_SIDE | KM_RESOLVE_MUSCLE | KM_RESOLVE_GROUP, err);
        if (st == KM_OK && one.len > 0)
            km_buf_printf(out, "%s%s", out->len > 0 ? ";" : "",
                          ref.kind == KM_REF_GROUP ? a->group[ref.index].code
                                                   : a->muscle[ref.index].code);
        km_buf_clear(&one);
    }
    return st;
}

/** A session and what few sessions say, as one change. */
static km_status store_session(km_session *s, km_session_more *more, bool added, km_app *app,
                               km_error *err)
{
    km_status st = km_app_bulk_begin(app, added ? "session" : "session changed", err);
    if (st != KM_OK)
        return st;
    st = added ? km_app_session_start(s, app, err) : km_app_session_edit(s, app, err);
    more->session_id = s->id;
    if (st == KM_OK)
        st = km_app_session_more_set(more, app, err);
    km_status end = km_app_bulk_end(app, st == KM_OK, st == KM_OK ? err : NULL);
    return st == KM_OK ? end : st;
}

static bool save(km_tui *t, form_view *f)
{
    session_data *d = f->data;
    km_session s = d->session;
    km_error err = { 0 };
    s.kind = (km_session_kind)f->field[F_KIND].at;
    s.goal = tui_form_value(f, F_GOAL);
    s.rpe = f->field[F_RPE].at - 1;
    s.feel = f->field[F_FEEL].at - 1;
    s.note = tui_form_value(f, F_NOTE);
    s.subjective = tui_form_value(f, F_S);
    s.objective = tui_form_value(f, F_O);
    s.assessment = tui_form_value(f, F_A);
    s.plan = tui_form_value(f, F_P);
    const char *start = tui_form_value(f, F_START);
    bool added = s.id == 0;
    km_status st = number(&s.minutes, f, F_MINUTES, &err);
    if (st == KM_OK && !start)
        st = km_fail(&err, KM_EINVAL, "started: say a time, or now");
    if (st == KM_OK && (added || strcmp(start, d->started) != 0))
        st = tui_form_when(&s.started, start, t->now, &err);
    km_buf muscles = { 0 };
    if (st == KM_OK && tui_form_value(f, F_MUSCLES))
        st = read_muscles(&muscles, t->atlas, tui_form_value(f, F_MUSCLES), &err);
    s.muscles = muscles.len > 0 ? km_buf_str(&muscles) : NULL;
    km_session_more more = d->more;
    more.feel_before = f->field[F_FEEL_BEFORE].at - 1;
    more.modality = f->field[F_DONE].set;
    more.service = f->field[F_CARE].set;
    if (st == KM_OK)
        st = store_session(&s, &more, added, t->app, &err);
    km_buf_clear(&muscles);
    if (st != KM_OK) {
        tui_fail(t, &err);
        return false;
    }
    char what[64];
    snprintf(what, sizeof what, "%s %s", km_word(KM_VOCAB_SESSION, (int)s.kind),
             added ? "started: marks now belong to it" : "changed");
    tui_stored(t, what);
    if (added && s.kind == KM_SESSION_RECOVERY) { /* its three pages come next */
        tui_pop(t);
        tui_push(t, tui_recovery_new(t));
        return false;
    }
    return true;
}

static view *session_form(km_tui *t, const km_session *session)
{
    static const char *const ten[] = { "not said", "0", "1", "2", "3", "4", "5",
                                       "6", "7", "8", "9", "10" };
    form_view *f = tui_form_new(session->id ? "edit session" : "start a session", save);
    session_data *d = km_arena_alloc(&f->mem, sizeof *d);
    d->session = *session;
    km_session_own(&d->session, &f->mem);
    f->data = d;
    const km_session *s = &d->session;
    km_error err = { 0 };
    d->more.feel_before = -1;
    if (s->id && km_app_session_more(&d->more, &f->mem, t->app, s->id, &err) != KM_OK)
        tui_fail(t, &err);
    char minutes[24] = "";
    if (s->minutes >= 0)
        snprintf(minutes, sizeof minutes, "%d", s->minutes);
    if (s->id)
        km_time_local(d->started, s->started);
    else
        snprintf(d->started, sizeof d->started, "now");
    tui_form_word(f, "kind", "training, recovery, treatment, or a check of one's own",
              KM_VOCAB_SESSION, (int)s->kind);
    tui_form_text(f, "goal", "growth, strength, power, endurance, or what brought the person",
              s->goal);
    tui_form_choice(f, "effort", "0 rest, 10 the hardest (RPE after Foster)", ten, 12, s->rpe + 1)
        ->digits = true;
    tui_form_text(f, "minutes", "how long it took; effort x minutes is the load", minutes);
    tui_form_text(f, "muscles", "worked or treated, with ; between: calf; hamstrings",
              s->muscles);
    tui_form_choice(f, "feel before", "0 very bad, 10 great", ten, 12, d->more.feel_before + 1)
        ->digits = true;
    tui_form_choice(f, "feel after", "0 very bad, 10 great", ten, 12, s->feel + 1)->digits = true;
    tui_form_set(f, "what was done", "massage, stretching, compression ...", KM_VOCAB_MODALITY,
                 d->more.modality);
    tui_form_set(f, "care from", "who gave it, here or elsewhere", KM_VOCAB_SERVICE,
                 d->more.service);
    tui_form_text(f, "note", "anything", s->note);
    tui_form_text(f, "started", "now, this morning, yesterday 18:30, 2026-11-20 17:00", d->started);
    tui_form_text(f, "subjective", "what the person says", s->subjective);
    tui_form_text(f, "objective", "what was found", s->objective);
    tui_form_text(f, "assessment", "what it is taken for", s->assessment);
    tui_form_text(f, "plan", "what is to be done next", s->plan);
    return &f->base;
}

/* ---- reaction ---- */

static void end_open(km_tui *t)
{
    km_error err = { 0 };
    km_session s;
    km_arena mem = { 0 };
    km_status st = km_app_session_end(&s, &mem, t->app, &err);
    if (st == KM_OK) {
        char what[64];
        snprintf(what, sizeof what, "%s ended", km_word(KM_VOCAB_SESSION, (int)s.kind));
        tui_stored(t, what);
    } else if (st == KM_ENOTFOUND) {
        tui_say(t, KM_ROLE_ERROR, "no session is open");
    } else {
        tui_fail(t, &err);
    }
    km_arena_clear(&mem);
}

static bool sign(km_tui *t, void *ctx, const char *text)
{
    visit_view *v = ctx;
    km_error err = { 0 };
    if (!selected(v))
        return true;
    if (km_app_session_sign(t->app, selected(v)->id, text, &err) != KM_OK) {
        tui_fail(t, &err);
        return false;
    }
    tui_stored(t, "signed: later changes become amendments");
    return true;
}

static void act(km_tui *t, view *base, tui_action action, int arg)
{
    visit_view *v = (visit_view *)base;
    (void)arg;
    if (tui_list_act(&v->list, action, v->n))
        return;
    switch (action) {
    case ACT_VISIT_START:
        if (t->in_session) {
            tui_say(t, KM_ROLE_ERROR, "a %s is open since %d min: end it first",
                    km_word(KM_VOCAB_SESSION, (int)t->session.kind),
                    (int)((t->now.sec - t->session.started.sec) / 60));
        } else {
            km_session blank = km_session_blank();
            blank.kind = KM_SESSION_TREATMENT;
            tui_push(t, session_form(t, &blank));
        }
        break;
    case ACT_VISIT_PAGE:
        if (selected(v))
            tui_push(t, tui_session_page(t, selected(v)->id));
        else
            tui_say(t, KM_ROLE_ERROR, "no session is selected");
        break;
    case ACT_VISIT_EXPECT: tui_push(t, tui_expect_new(t, 1u << KM_TECH_MASSAGE)); break;
    case ACT_VISIT_SIGN:
        if (selected(v))
            tui_push(t, tui_ask_new("signed by (name, credentials):", "", sign, NULL, v));
        else
            tui_say(t, KM_ROLE_ERROR, "no session is selected");
        break;
    case ACT_VISIT_RECOVERY: tui_push(t, tui_recovery_new(t)); break;
    case ACT_VISIT_END:
        if (t->in_session && t->session.kind == KM_SESSION_RECOVERY)
            tui_push(t, tui_recovery_new(t));
        else
            end_open(t);
        break;
    case ACT_NARROW:
        tui_push(t, tui_ask_new("kind, day or words:", v->text ? v->text : "", narrow, narrow, v));
        break;
    case ACT_VISIT_EDIT: case ACT_LIST_OPEN:
        if (!selected(v))
            tui_say(t, KM_ROLE_ERROR, "no session is selected");
        else if (!tui_offers(t, ACT_VISIT_EDIT))
            tui_say(t, KM_ROLE_ERROR, "this file is open for reading only");
        else
            tui_push(t, session_form(t, selected(v)));
        break;
    default: break;
    }
}

static int contexts(const view *v, tui_ctx out[VIEW_CTX_MAX])
{
    (void)v;
    out[0] = CTX_VISIT;
    out[1] = CTX_LIST;
    return 2;
}

static void paint_detail(const km_session *s, km_grid *g, km_rect r)
{
    const struct { const char *label, *text; } part[] = {
        { "note", s->note }, { "S", s->subjective }, { "O", s->objective },
        { "A", s->assessment }, { "plan", s->plan },
    };
    int y = 0;
    for (size_t i = 0; i < sizeof part / sizeof part[0]; i++) {
        if (!part[i].text)
            continue;
        km_buf b = { 0 };
        km_buf_printf(&b, "%s: %s", part[i].label, part[i].text);
        y += km_grid_wrap(g, r, y, KM_ROLE_TEXT, km_buf_str(&b));
        km_buf_clear(&b);
    }
    if (y == 0)
        km_grid_text(g, r, 0, 0, KM_ROLE_DIM, "no notes");
}

static void session_line(km_buf *out, const km_session *s)
{
    km_buf_printf(out, "%-10s", km_word(KM_VOCAB_SESSION, (int)s->kind));
    if (!s->has_ended)
        km_buf_puts(out, "  open");
    if (s->minutes >= 0)
        km_buf_printf(out, "  %d min", s->minutes);
    if (km_session_load(s) >= 0)
        km_buf_printf(out, "  load %d", km_session_load(s));
    if (s->goal)
        km_buf_printf(out, "  %s", s->goal);
}

static void paint(km_tui *t, view *base, km_grid *g, km_rect r)
{
    visit_view *v = (visit_view *)base;
    km_rect in = tui_header(t, g, r, "visits and training");
    if (v->n == 0) {
        km_grid_text_cut(g, in, 1, 1, in.w - 1, KM_ROLE_DIM,
                         v->text ? "no session fits" : "no session yet");
        return;
    }
    int detail = in.h >= 12 ? 6 : 0;
    int rows = in.h - detail;
    tui_list_place(&v->list, v->n, in.y, rows);
    for (int i = 0; i < rows && v->list.top + i < v->n; i++) {
        const km_session *s = &v->all.row[v->shown[v->list.top + i]];
        km_role role = tui_list_row(&v->list, g, in, i, v->list.top + i);
        char at[KM_TIME_TEXT];
        km_buf b = { 0 };
        km_time_local(at, s->started);
        km_buf_printf(&b, "%s  ", at);
        session_line(&b, s);
        km_grid_role(g, in, i, 0, in.w, role);
        km_grid_text_cut(g, in, i, 1, in.w - 1, role, km_buf_str(&b));
        km_buf_clear(&b);
    }
    if (detail)
        paint_detail(selected(v), g, (km_rect){ in.x + 1, in.y + rows + 1, in.w - 2, detail - 1 });
}

static void mouse(km_tui *t, view *base, const km_mouse *m)
{
    visit_view *v = (visit_view *)base;
    if (tui_list_mouse(&v->list, m, v->n))
        tui_run(t, ACT_LIST_OPEN, 0);
}

static void hint(km_tui *t, view *base, tui_hint *h)
{
    (void)base;
    if (t->in_session)
        tui_hint_add(h, ACT_VISIT_END, NULL);
    else
        tui_hint_add(h, ACT_VISIT_START, NULL);
    tui_hint_add(h, ACT_VISIT_EDIT, NULL);
    tui_hint_add(h, ACT_VISIT_PAGE, NULL);
    tui_hint_add(h, ACT_VISIT_SIGN, NULL);
    tui_hint_add(h, ACT_VISIT_RECOVERY, NULL);
    tui_hint_add(h, ACT_NARROW, NULL);
    tui_hint_add(h, ACT_GO_BODY, NULL);
    tui_hint_add(h, ACT_BACK, NULL);
}

static bool back(km_tui *t, view *base)
{
    visit_view *v = (visit_view *)base;
    return v->text ? narrow(t, v, "") : false;
}

static void clear(view *base)
{
    visit_view *v = (visit_view *)base;
    km_session_list_clear(&v->all);
    free(v->shown);
    free(v->text);
}

static const view_ops ops = {
    .title = "visit", .contexts = contexts, .act = act, .load = load, .paint = paint,
    .mouse = mouse, .hint = hint, .back = back, .clear = clear,
};

view *tui_visit_new(km_tui *t)
{
    (void)t;
    visit_view *v = km_calloc(1, sizeof *v);
    v->base.ops = &ops;
    return &v->base;
}
