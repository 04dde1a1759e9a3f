/** What explains the pain: the ranking over the painted pain, and the guided press test. */
#include <stdlib.h>
#include <string.h>

#include "body.h"
#include "list.h"
#include "pane.h"
#include "why.h"

#define TESTS_MAX 16

typedef struct ranking_view {
    view base;
    km_ref place[KM_COMPLAINTS_MAX];
    size_t n_place;
    km_candidate *all;     /**< grouped by muscle, best muscle first */
    size_t n;
    km_cover cover, other;
    km_press_test test[TESTS_MAX];
    size_t n_test;
    struct { km_press_test spot; km_press_answer answer; } pressed[TESTS_MAX];
    int n_pressed;         /**< answers of this search that left a mark */
    bool chosen;           /**< press what was selected instead of the best test */
    km_press_test choice;
    tui_list list;
    chart_pane pane;
} ranking_view;

/** The points of a muscle stand together below its best one; the order of the best stays. */
static void group(ranking_view *v, const km_atlas *a)
{
    km_candidate *out = km_calloc(v->n + 1, sizeof *out);
    bool *taken = km_calloc(v->n + 1, sizeof *taken);
    size_t n = 0;
    for (size_t i = 0; i < v->n; i++) {
        for (size_t k = i; k < v->n && !taken[i]; k++) {
            bool same = !taken[k] && v->all[k].side == v->all[i].side &&
                        a->point[v->all[k].point].muscle == a->point[v->all[i].point].muscle;
            if (same && k > i) {
                taken[k] = true;
                out[n++] = v->all[k];
            } else if (k == i) {
                out[n++] = v->all[i];
            }
        }
    }
    memcpy(v->all, out, n * sizeof *out);
    free(out);
    free(taken);
}

/** Whether the mark of an answer still stands: undo may have taken it back. */
static bool still_stored(km_tui *t, const km_press_test *p)
{
    const km_point *point = &t->atlas->point[p->point];
    km_mark_filter f = km_mark_filter_all();
    f.muscle = t->atlas->muscle[point->muscle].code;
    f.kind = (int)KM_KIND_KNOT;
    f.limit = 64;
    km_mark_list list = { 0 };
    bool found = false;
    if (km_app_marks(&list, t->app, &f, NULL) == KM_OK) {
        for (size_t i = 0; i < list.n; i++) {
            const km_mark *m = &list.row[i];
            found = found || (m->place.tp == point->tp && m->place.side == p->side);
        }
    }
    km_mark_list_clear(&list);
    return found;
}

/** The client's history with the answers of this search in it. */
static km_status history_with_tests(km_tui *t, ranking_view *v, km_history **out, size_t *n,
                                    km_error *err)
{
    km_status st = km_app_history(out, n, t->app, v->place, v->n_place, err);
    int kept = 0;
    for (int i = 0; st == KM_OK && i < v->n_pressed; i++) {
        const km_press_test spot = v->pressed[i].spot;
        if (!still_stored(t, &spot))
            continue;
        v->pressed[kept++] = v->pressed[i];
        size_t row = 0;
        while (row < *n && ((*out)[row].point != spot.point || (*out)[row].side != spot.side))
            row++;
        if (row == *n) {
            *out = km_realloc(*out, *n + 1, sizeof **out);
            (*out)[(*n)++] = (km_history){ .point = spot.point, .side = spot.side };
        }
        (*out)[row].tested = (int8_t)v->pressed[i].answer;
    }
    if (st == KM_OK)
        v->n_pressed = kept;
    return st;
}

static void load(km_tui *t, view *base)
{
    ranking_view *v = (ranking_view *)base;
    km_error err = { 0 };
    size_t max = (size_t)t->atlas->n_point * 2;
    km_history *history = NULL;
    km_search s = { .complaint = v->place, .n_complaint = v->n_place };
    free(v->all);
    v->all = km_calloc(max + 1, sizeof *v->all);
    v->n = v->n_test = 0;
    v->cover = v->other = (km_cover){ 0 };
    v->chosen = false;
    km_status st = history_with_tests(t, v, &history, &s.n_history, &err);
    s.history = history;
    if (st == KM_OK)
        st = km_referral_rank(v->all, max, &v->n, t->atlas, &s, &err);
    if (st == KM_OK) {
        v->n_test = km_referral_tests(v->test, TESTS_MAX, t->atlas, &s, v->all, v->n);
        if (km_referral_explain(&v->cover, &v->other, t->atlas, &s, &err) != KM_OK)
            v->cover.n = 0; /* nothing explains it: the list says so */
        group(v, t->atlas);
    } else {
        v->n = 0;
        tui_fail(t, &err);
    }
    free(history);
}

static const km_candidate *selected(const ranking_view *v)
{
    return v->list.sel >= 0 && v->list.sel < (int)v->n ? &v->all[v->list.sel] : NULL;
}

/** The spot the answer keys are about; NULL when none is left. */
static const km_press_test *next_press(const ranking_view *v)
{
    if (v->chosen)
        return &v->choice;
    return v->n_test > 0 ? &v->test[0] : NULL;
}

static void answer(km_tui *t, ranking_view *v, km_press_answer a)
{
    static const char *const stored[] = {
        [KM_PRESS_FAMILIAR] = "active knot at ", [KM_PRESS_OTHER] = "latent knot at ",
        [KM_PRESS_NOTHING] = "not tender: ",
    };
    km_error err = { 0 };
    const km_press_test *p = next_press(v);
    if (!p) {
        tui_say(t, KM_ROLE_ERROR, "every likely spot was pressed: there is no other to answer");
        return;
    }
    km_press_test pressed = *p;
    if (km_app_press_answer(t->app, pressed.point, pressed.side, a, &err) != KM_OK) {
        tui_fail(t, &err);
        return;
    }
    if (a != KM_PRESS_NOTHING && v->n_pressed < TESTS_MAX) {
        v->pressed[v->n_pressed].spot = pressed;
        v->pressed[v->n_pressed++].answer = a;
    }
    km_buf what = { 0 };
    km_buf_puts(&what, stored[a]);
    tui_words_muscle(&what, t->atlas, t->atlas->point[pressed.point].muscle, pressed.point,
                 pressed.side);
    tui_stored(t, km_buf_str(&what));
    km_buf_clear(&what);
    v->list.sel = 0;
}

static void treat(km_tui *t, ranking_view *v)
{
    const km_candidate *c = selected(v);
    if (!c) {
        tui_say(t, KM_ROLE_ERROR, "nothing is selected");
        return;
    }
    int muscle = t->atlas->point[c->point].muscle;
    km_ref ref = tui_ref_muscle(t->atlas, muscle, c->point, c->side);
    km_buf title = { 0 };
    tui_words_muscle(&title, t->atlas, muscle, c->point, c->side);
    tui_push(t, tui_routine_new(t, &ref, 1, false, km_buf_str(&title)));
    km_buf_clear(&title);
}

static bool find_row(km_tui *t, void *ctx, const char *text)
{
    ranking_view *v = ctx;
    for (size_t i = 0; i < v->n && *text; i++) {
        km_buf s = { 0 };
        tui_words_muscle(&s, t->atlas, t->atlas->point[v->all[i].point].muscle, v->all[i].point,
                     v->all[i].side);
        bool hit = strstr(km_buf_str(&s), text) != NULL;
        km_buf_clear(&s);
        if (hit) {
            v->list.sel = (int)i;
            break;
        }
    }
    return true;
}

static void act(km_tui *t, view *base, tui_action action, int arg)
{
    ranking_view *v = (ranking_view *)base;
    (void)arg;
    if (tui_list_act(&v->list, action, (int)v->n))
        return;
    switch (action) {
    case ACT_PRESS_YES: answer(t, v, KM_PRESS_FAMILIAR); break;
    case ACT_PRESS_OTHER: answer(t, v, KM_PRESS_OTHER); break;
    case ACT_PRESS_NOTHING: answer(t, v, KM_PRESS_NOTHING); break;
    case ACT_WHY_TREAT: treat(t, v); break;
    case ACT_TURN: tui_pane_turn(t, &v->pane); break;
    case ACT_NARROW: tui_push(t, tui_ask_new("muscle:", "", find_row, find_row, v)); break;
    case ACT_LIST_OPEN:
        if (selected(v)) {
            v->chosen = true;
            v->choice = (km_press_test){ selected(v)->point, selected(v)->side, 0 };
            tui_say(t, KM_ROLE_OK, "press this one now");
        } else {
            tui_say(t, KM_ROLE_ERROR, "nothing is selected");
        }
        break;
    default: {
        view *body = tui_body(t); /* ink is the body's */
        body->ops->act(t, body, action, arg);
        break;
    }
    }
}

static int contexts(const view *v, tui_ctx out[VIEW_CTX_MAX])
{
    (void)v;
    out[0] = CTX_WHY;
    out[1] = CTX_LIST;
    out[2] = CTX_CHART;
    return 3;
}

/* ---- picture ---- */

/** Regions of a painful place: the region, or the home regions of a muscle. */
static void paint_place(km_zone_map *zone, const km_atlas *a, const km_ref *ref, km_zone_paint p)
{
    if (ref->kind == KM_REF_REGION) {
        zone[ref->index * KM_SIDE_COUNT + (int)ref->side] = (km_zone_map)p;
        return;
    }
    if (ref->kind != KM_REF_MUSCLE)
        return;
    const km_muscle *m = &a->muscle[ref->index];
    for (int i = 0; i < m->n_home; i++) {
        km_side side = a->region[m->home[i]].midline ? KM_SIDE_MIDLINE : ref->side;
        zone[m->home[i] * KM_SIDE_COUNT + (int)side] = (km_zone_map)p;
    }
}

static void fill_zones(km_tui *t, ranking_view *v)
{
    const km_candidate *c = selected(v);
    tui_pane_zones_clear(&v->pane, t);
    if (c) {
        for (int i = 0; i < c->n_expects; i++)
            v->pane.zone[c->expects[i].region * KM_SIDE_COUNT + (int)c->expects[i].side] =
                KM_PAINT_ABSENT;
    }
    for (size_t i = 0; i < v->n_place; i++) {
        km_zone_paint p = KM_PAINT_PAIN;
        if (c && !(c->explains & (1u << i)))
            p = KM_PAINT_UNEXPLAINED;
        else if (c)
            p = c->zone_kind[i] == KM_ZONE_SPILLOVER ? KM_PAINT_SOMETIMES : KM_PAINT_COVERED;
        paint_place(v->pane.zone, t->atlas, &v->place[i], p);
    }
}

static int bits(uint32_t set)
{
    int n = 0;
    for (; set; set &= set - 1)
        n++;
    return n;
}

static void candidate_line(km_buf *out, const km_tui *t, const ranking_view *v, size_t row,
                           bool wide)
{
    const km_candidate *c = &v->all[row];
    const km_point *p = &t->atlas->point[c->point];
    bool more = row > 0 && t->atlas->point[v->all[row - 1].point].muscle == p->muscle &&
                v->all[row - 1].side == c->side;
    km_buf_printf(out, "%-6s %d/%zu ", km_strength_word(c->strength), bits(c->explains),
                  v->n_place);
    if (more)
        km_buf_printf(out, "  X%d", p->tp);
    else if (wide)
        tui_words_muscle(out, t->atlas, p->muscle, c->point, c->side);
    else /* the words follow below the list */
        km_buf_printf(out, "%sX%d %s", c->side == KM_SIDE_LEFT ? "L " :
                      c->side == KM_SIDE_RIGHT ? "R " : "", p->tp,
                      t->atlas->muscle[p->muscle].name);
    if (c->tested)
        km_buf_puts(out, c->tested == KM_PRESS_FAMILIAR ? " familiar"
                         : c->tested == KM_PRESS_OTHER ? " other pain"
                                                       : " nothing");
}

static int paint_cover(km_tui *t, const ranking_view *v, km_grid *g, km_rect r, int y)
{
    if (v->n_place < 2 || v->cover.n == 0)
        return y;
    km_buf s = { 0 };
    km_buf_puts(&s, "fewest together: ");
    for (int i = 0; i < v->cover.n; i++) {
        km_buf_puts(&s, i ? " + " : "");
        tui_words_muscle(&s, t->atlas, t->atlas->point[v->cover.step[i].point].muscle,
                     v->cover.step[i].point, v->cover.step[i].side);
    }
    if (v->cover.unexplained)
        km_buf_printf(&s, "; nothing explains %d of them", bits(v->cover.unexplained));
    if (v->other.n > 0) {
        km_buf_puts(&s, "; else ");
        for (int i = 0; i < v->other.n; i++) {
            km_buf_puts(&s, i ? " + " : "");
            tui_words_muscle(&s, t->atlas, t->atlas->point[v->other.step[i].point].muscle,
                         v->other.step[i].point, v->other.step[i].side);
        }
    }
    y += km_grid_wrap(g, r, y, KM_ROLE_ACCENT, km_buf_str(&s));
    km_buf_clear(&s);
    return y;
}

static int paint_press(km_tui *t, const ranking_view *v, km_grid *g, km_rect r, int y)
{
    const km_press_test *p = next_press(v);
    km_buf s = { 0 };
    if (!p) {
        km_buf_puts(&s, v->n ? "Every likely spot was pressed." : "");
    } else {
        const km_point *point = &t->atlas->point[p->point];
        km_buf_puts(&s, km_referral_settled(v->all, v->n)
                            ? "The pain you know was found. To be sure, press: "
                            : "Press next: ");
        tui_words_muscle(&s, t->atlas, point->muscle, p->point, p->side);
        km_buf_puts(&s, ", in the ");
        tui_words_region(&s, t->atlas, point->site, p->side);
        km_buf_printf(&s, ": %s", point->location ? point->location : "");
    }
    y += km_grid_wrap(g, r, y, KM_ROLE_TITLE, km_buf_str(&s));
    km_buf_clear(&s);
    return y;
}

static void paint_side(km_tui *t, ranking_view *v, km_grid *g, km_rect r)
{
    int y = 0;
    if (t->warning.len > 0) {
        y = km_grid_wrap(g, r, 0, KM_ROLE_WARN, km_buf_str(&t->warning));
        if (y > r.h / 3) /* the rest was read before */
            y = r.h / 3;
        km_grid_fill(g, (km_rect){ r.x, r.y + y, r.w, r.h - y }, KM_ROLE_TEXT, ' ');
    }
    if (v->n == 0) {
        km_grid_wrap(g, r, y, KM_ROLE_TEXT, "no trigger point of the atlas explains this");
        return;
    }
    int rows = (r.h - y) * 2 / 5;
    rows = rows < 2 ? 2 : rows;
    tui_list_place(&v->list, (int)v->n, r.y + y, rows);
    for (int i = 0; i < rows && v->list.top + i < (int)v->n; i++) {
        km_role role = tui_list_row(&v->list, g, r, y + i, v->list.top + i);
        km_buf s = { 0 };
        candidate_line(&s, t, v, (size_t)(v->list.top + i), r.w >= 52);
        km_grid_role(g, r, y + i, 0, r.w, role);
        km_grid_text_cut(g, r, y + i, 0, r.w, role, km_buf_str(&s));
        km_buf_clear(&s);
    }
    y += rows;
    km_buf why = { 0 };
    km_search search = { .complaint = v->place, .n_complaint = v->n_place };
    km_referral_why(&why, t->atlas, &search, selected(v));
    y += km_grid_wrap(g, r, y, KM_ROLE_DIM, km_buf_str(&why));
    km_buf_clear(&why);
    y = paint_press(t, v, g, r, y);
    paint_cover(t, v, g, r, y);
}

static void paint(km_tui *t, view *base, km_grid *g, km_rect r)
{
    ranking_view *v = (ranking_view *)base;
    km_buf title = { 0 };
    km_buf_puts(&title, "what explains: ");
    for (size_t i = 0; i < v->n_place; i++) {
        km_buf_puts(&title, i ? ", " : "");
        if (v->place[i].kind == KM_REF_REGION)
            tui_words_region(&title, t->atlas, v->place[i].index, v->place[i].side);
        else
            km_ref_human(&title, t->atlas, &v->place[i]);
    }
    km_rect in = tui_header(t, g, r, km_buf_str(&title));
    km_buf_clear(&title);
    km_rect chart, side;
    tui_pane_split(in, &chart, &side);
    if (v->list.sel >= (int)v->n)
        v->list.sel = v->n > 0 ? (int)v->n - 1 : 0;
    fill_zones(t, v);
    const km_candidate *c = selected(v);
    km_scene s = { .sel_region = -1, .sel_point = c ? c->point : -1 };
    if (c)
        s.sel_point_side = c->side;
    if (chart.w > 0 && chart.h > 2) {
        km_rect picture = { chart.x, chart.y, chart.w, chart.h - 1 };
        tui_pane_paint(t, &v->pane, g, picture, &s);
        km_grid_text_cut(g, chart, chart.h - 1, 0, chart.w, KM_ROLE_DIM,
                         "# covered : at times - expected ! unexplained");
    }
    paint_side(t, v, g, side);
}

static void mouse(km_tui *t, view *base, const km_mouse *m)
{
    ranking_view *v = (ranking_view *)base;
    if (tui_list_mouse(&v->list, m, (int)v->n))
        tui_run(t, ACT_LIST_OPEN, 0);
}

static void hint(km_tui *t, view *base, tui_hint *h)
{
    (void)t, (void)base;
    tui_hint_add(h, ACT_PRESS_YES, NULL);
    tui_hint_add(h, ACT_PRESS_OTHER, NULL);
    tui_hint_add(h, ACT_PRESS_NOTHING, NULL);
    tui_hint_add(h, ACT_LIST_OPEN, "press this");
    tui_hint_add(h, ACT_WHY_TREAT, NULL);
    tui_hint_add(h, ACT_TURN, NULL);
    tui_hint_add(h, ACT_BACK, "later");
}

static void clear(view *base)
{
    ranking_view *v = (ranking_view *)base;
    free(v->all);
    tui_pane_clear(&v->pane);
}

static const view_ops ops = {
    .title = "why", .in_chart = true, .contexts = contexts, .act = act, .load = load,
    .paint = paint, .mouse = mouse, .hint = hint, .clear = clear,
};

view *tui_ranking_new(km_tui *t, const km_ref *place, size_t n)
{
    ranking_view *v = km_calloc(1, sizeof *v);
    v->base.ops = &ops;
    v->n_place = n;
    memcpy(v->place, place, n * sizeof place[0]);
    tui_pane_init(&v->pane, t);
    return &v->base;
}
