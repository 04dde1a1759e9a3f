/** Weekly problem records: how much an area hindered training, 0 to 100. It predicts nothing. */
#include <stdio.h>

#include "care.h"
#include "form.h"
#include "list.h"
#include "words.h"

typedef struct problems_view {
    view base;
    km_problem_list all;
    tui_list list;
} problems_view;

static void load(km_tui *t, view *base)
{
    problems_view *v = (problems_view *)base;
    km_error err = { 0 };
    km_problem_list_clear(&v->all);
    if (km_app_problems(&v->all, t->app, &err) != KM_OK)
        tui_fail(t, &err);
}

static const km_problem *selected(const problems_view *v)
{
    return v->list.sel < (int)v->all.n ? &v->all.row[v->list.sel] : NULL;
}

/* ---- the form: the four questions ---- */

enum { F_AREA, F_PART, F_VOLUME, F_PERFORMANCE, F_SYMPTOMS };

/** The region a text names, by code or by the words people use; -1 none. */
static int region_of(const km_atlas *a, const char *text)
{
    int region = km_atlas_region(a, text);
    km_match match[16];
    size_t n = region < 0 ? km_atlas_search(match, 16, a, text) : 0;
    for (size_t i = 0; i < n && region < 0; i++) {
        if (match[i].kind == KM_REF_REGION)
            region = match[i].index;
    }
    return region;
}

static bool save(km_tui *t, form_view *f)
{
    km_problem p = *(const km_problem *)f->data;
    km_error err = { 0 };
    const char *text = tui_form_value(f, F_AREA);
    int region = text ? region_of(t->atlas, text) : -1;
    if (region < 0) {
        tui_say(t, KM_ROLE_ERROR, "%s: no such area; knee, shoulder blade ...",
                text ? text : "area");
        return false;
    }
    p.area = t->atlas->region[region].code;
    p.taking_part = f->field[F_PART].at;
    p.volume = f->field[F_VOLUME].at;
    p.performance = f->field[F_PERFORMANCE].at;
    p.symptoms = f->field[F_SYMPTOMS].at;
    if (km_app_problem_put(&p, t->app, &err) != KM_OK) {
        tui_fail(t, &err);
        return false;
    }
    char what[80];
    snprintf(what, sizeof what, "%s, this week %d of 100", t->atlas->region[region].code,
             km_problem_score(&p));
    tui_stored(t, what);
    return true;
}

static view *problem_form(km_tui *t, const km_problem *problem)
{
    static const char *const part[] = { "in full", "in full, with problems", "reduced",
                                        "not at all" };
    static const char *const loss[] = { "not", "to a minor extent", "to a moderate extent",
                                        "to a major extent", "not able to at all" };
    static const char *const symptoms[] = { "none", "mild", "moderate", "severe" };
    form_view *f = tui_form_new("how much an area hindered this week", save);
    km_problem *p = km_arena_alloc(&f->mem, sizeof *p);
    *p = problem ? *problem : (km_problem){ .week = t->today };
    p->area = km_arena_strdup(&f->mem, p->area);
    f->data = p;
    tui_form_text(f, "area", "knee, shoulder blade ...", p->area);
    tui_form_choice(f, "taking part", "in training and competition", part, 4, p->taking_part);
    tui_form_choice(f, "less training", "how far training was reduced", loss, 5, p->volume);
    tui_form_choice(f, "less performance", "how far performance was affected", loss, 5,
                    p->performance);
    tui_form_choice(f, "symptoms", "pain, stiffness, swelling; questions after the OSTRC "
                    "(Clarsen 2013)", symptoms, 4, p->symptoms);
    return &f->base;
}

/* ---- reaction ---- */

static void act(km_tui *t, view *base, tui_action action, int arg)
{
    problems_view *v = (problems_view *)base;
    (void)arg;
    if (tui_list_act(&v->list, action, (int)v->all.n))
        return;
    switch (action) {
    case ACT_PROBLEM_ADD: tui_push(t, problem_form(t, NULL)); break;
    case ACT_LIST_OPEN:
        if (!selected(v))
            tui_say(t, KM_ROLE_ERROR, "no week is selected");
        else if (!tui_offers(t, ACT_PROBLEM_ADD))
            tui_say(t, KM_ROLE_ERROR, "this file is open for reading only");
        else
            tui_push(t, problem_form(t, selected(v)));
        break;
    case ACT_NARROW: tui_say(t, KM_ROLE_DIM, "all weeks are in the list"); break;
    default: break;
    }
}

static int contexts(const view *v, tui_ctx out[VIEW_CTX_MAX])
{
    (void)v;
    out[0] = CTX_PROBLEMS;
    out[1] = CTX_LIST;
    return 2;
}

static void paint(km_tui *t, view *base, km_grid *g, km_rect r)
{
    problems_view *v = (problems_view *)base;
    km_rect in = tui_header(t, g, r, "weekly problems, 0 none to 100");
    if (v->all.n == 0)
        km_grid_wrap(g, (km_rect){ in.x + 1, in.y, in.w - 2, in.h }, 1, KM_ROLE_DIM,
                     "No week was recorded yet: four questions on how much an area hindered "
                     "training. The score describes; it predicts no injury.");
    tui_list_place(&v->list, (int)v->all.n, in.y, in.h);
    for (int i = 0; i < in.h && v->list.top + i < (int)v->all.n; i++) {
        const km_problem *p = &v->all.row[v->list.top + i];
        km_role role = tui_list_row(&v->list, g, in, i, v->list.top + i);
        char day[KM_TIME_TEXT];
        int region = km_atlas_region(t->atlas, p->area);
        km_buf b = { 0 };
        km_day_human(day, p->week, t->today);
        km_buf_printf(&b, "week of %-11s %3d  ", day, km_problem_score(p));
        if (region >= 0)
            tui_words_region(&b, t->atlas, region, KM_SIDE_MIDLINE);
        else
            km_buf_puts(&b, p->area);
        if (km_problem_substantial(p))
            km_buf_puts(&b, ", substantial");
        km_grid_role(g, in, i, 0, in.w, role);
        km_grid_text_cut(g, in, i, 1, in.w - 2, role, km_buf_str(&b));
        km_buf_clear(&b);
    }
}

static void mouse(km_tui *t, view *base, const km_mouse *m)
{
    problems_view *v = (problems_view *)base;
    if (tui_list_mouse(&v->list, m, (int)v->all.n))
        tui_run(t, ACT_LIST_OPEN, 0);
}

static void hint(km_tui *t, view *base, tui_hint *h)
{
    (void)t, (void)base;
    tui_hint_add(h, ACT_PROBLEM_ADD, NULL);
    tui_hint_add(h, ACT_LIST_OPEN, "mend");
    tui_hint_add(h, ACT_BACK, NULL);
}

static void clear(view *base)
{
    km_problem_list_clear(&((problems_view *)base)->all);
}

static const view_ops ops = {
    .title = "problems", .contexts = contexts, .act = act, .load = load, .paint = paint,
    .mouse = mouse, .hint = hint, .clear = clear,
};

view *tui_problems_new(km_tui *t)
{
    problems_view *v = km_calloc(1, sizeof *v);
    (void)t;
    v->base.ops = &ops;
    return &v->base;
}
