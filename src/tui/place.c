/** A place opened: its muscles with the likeliest first, their points, zones while moving. */
#include <string.h>

#include "body.h"
#include "list.h"
#include "pane.h"

#define PLACE_ROWS 160

typedef struct place_view {
    view base;
    int region;
    km_side side;
    struct { int16_t muscle, point; } row[PLACE_ROWS];
    int n;
    tui_list list;
    chart_pane pane;
} place_view;

static void fill(km_tui *t, place_view *p)
{
    const km_atlas *a = t->atlas;
    int16_t muscle[48];
    km_ref ref = tui_ref_region(a, p->region, p->side);
    size_t n = km_routine_muscles(muscle, 48, a, &ref);
    p->n = 0;
    for (size_t i = 0; i < n; i++) {
        const km_muscle *m = &a->muscle[muscle[i]];
        for (int k = 0; k < (m->n_point ? m->n_point : 1) && p->n < PLACE_ROWS; k++) {
            p->row[p->n].muscle = muscle[i];
            p->row[p->n].point = (int16_t)(m->n_point ? m->first_point + k : -1);
            p->n++;
        }
    }
}

static km_side muscle_side(const km_tui *t, const place_view *p, int muscle)
{
    if (t->atlas->muscle[muscle].midline)
        return KM_SIDE_MIDLINE;
    return p->side == KM_SIDE_MIDLINE ? KM_SIDE_RIGHT : p->side;
}

/** A mark of the selected point, its open mark's state kept; false with a message. */
static bool draft(km_tui *t, const place_view *p, km_mark *out)
{
    km_error err = { 0 };
    const body_view *b = (const body_view *)tui_body(t);
    *out = km_mark_blank();
    out->at = t->now;
    out->kind = t->kind;
    if (p->n == 0) {
        tui_say(t, KM_ROLE_ERROR, "no muscle of the atlas lies here");
        return false;
    }
    int muscle = p->row[p->list.sel].muscle;
    km_ref ref = tui_ref_muscle(t->atlas, muscle, p->row[p->list.sel].point,
                            muscle_side(t, p, muscle));
    if (km_app_mark_place(out, t->app, &ref, false, &err) != KM_OK) {
        tui_fail(t, &err);
        return false;
    }
    for (size_t i = 0; i < b->open.n; i++) {
        if (b->open.row[i].kind == out->kind && km_place_equal(&b->open.row[i].place, &out->place))
            out->state = b->open.row[i].state;
    }
    return true;
}

static void rate(km_tui *t, place_view *p, int intensity)
{
    km_error err = { 0 };
    km_mark m;
    if (!draft(t, p, &m))
        return;
    m.intensity = intensity;
    if (km_app_mark_add(&m, t->app, &err) != KM_OK) {
        tui_fail(t, &err);
        return;
    }
    km_buf what = { 0 };
    tui_words_mark(&what, t->atlas, &m);
    tui_stored(t, km_buf_str(&what));
    km_buf_clear(&what);
}

static void treat(km_tui *t, place_view *p)
{
    km_ref ref = tui_ref_region(t->atlas, p->region, p->side);
    km_buf title = { 0 };
    if (p->n > 0) {
        int muscle = p->row[p->list.sel].muscle;
        ref = tui_ref_muscle(t->atlas, muscle, p->row[p->list.sel].point,
                             muscle_side(t, p, muscle));
        tui_words_muscle(&title, t->atlas, muscle, ref.point, ref.side);
    } else {
        tui_words_region(&title, t->atlas, p->region, p->side);
    }
    tui_push(t, tui_routine_new(t, &ref, 1, false, km_buf_str(&title)));
    km_buf_clear(&title);
}

static bool narrow(km_tui *t, void *ctx, const char *text)
{
    place_view *p = ctx;
    fill(t, p);
    int kept = 0;
    for (int i = 0; i < p->n; i++) {
        km_buf s = { 0 };
        tui_words_muscle(&s, t->atlas, p->row[i].muscle, p->row[i].point, p->side);
        if (strstr(km_buf_str(&s), text))
            p->row[kept++] = p->row[i];
        km_buf_clear(&s);
    }
    p->n = kept;
    p->list.sel = 0;
    return true;
}

static void act(km_tui *t, view *v, tui_action action, int arg)
{
    place_view *p = (place_view *)v;
    km_mark m;
    if (tui_list_act(&p->list, action, p->n))
        return;
    switch (action) {
    case ACT_RATE: rate(t, p, arg); break;
    case ACT_TEN: rate(t, p, 10); break;
    case ACT_OTHER_SIDE:
        if (p->side == KM_SIDE_MIDLINE)
            tui_say(t, KM_ROLE_DIM, "this place lies on the midline");
        p->side = km_side_mirror(p->side);
        break;
    case ACT_LIST_OPEN: case ACT_PLACE_EDIT:
        if (!tui_offers(t, ACT_PLACE_EDIT))
            tui_say(t, KM_ROLE_ERROR, "this file is open for reading only");
        else if (draft(t, p, &m))
            tui_push(t, tui_mark_form_new(t, &m));
        break;
    case ACT_PLACE_TREAT: treat(t, p); break;
    case ACT_NARROW: tui_push(t, tui_ask_new("narrow to:", "", narrow, narrow, p)); break;
    case ACT_TURN: tui_pane_turn(t, &p->pane); break;
    default: {
        view *body = tui_body(t); /* kinds and ink are the body's */
        body->ops->act(t, body, action, arg);
        break;
    }
    }
}

static int contexts(const view *v, tui_ctx out[VIEW_CTX_MAX])
{
    (void)v;
    out[0] = CTX_PLACE;
    out[1] = CTX_RATE;
    out[2] = CTX_LIST;
    out[3] = CTX_CHART;
    return 4;
}

static void paint_detail(km_tui *t, const place_view *p, km_grid *g, km_rect r)
{
    const km_atlas *a = t->atlas;
    int muscle = p->row[p->list.sel].muscle, point = p->row[p->list.sel].point, y = 0;
    km_buf s = { 0 };
    if (point >= 0 && a->point[point].location) {
        y += km_grid_wrap(g, r, y, KM_ROLE_TEXT, a->point[point].location);
        km_zone z[KM_ZONES_MAX];
        size_t n = km_referral_zones(z, a, point, muscle_side(t, p, muscle));
        for (int kind = KM_ZONE_ESSENTIAL; kind <= KM_ZONE_SPILLOVER; kind++) {
            for (size_t i = 0; i < n; i++) {
                if ((int)z[i].kind != kind)
                    continue;
                km_buf_reset(&s);
                km_buf_puts(&s, kind == KM_ZONE_ESSENTIAL ? "# " : ": ");
                tui_words_region(&s, a, z[i].region, z[i].side);
                km_grid_text_cut(g, r, y++, 0, r.w,
                                 kind == KM_ZONE_ESSENTIAL ? KM_ROLE_ESSENTIAL
                                                           : KM_ROLE_SPILLOVER,
                                 km_buf_str(&s));
            }
        }
    }
    km_buf_reset(&s);
    km_buf_printf(&s, "does: %s", a->muscle[muscle].action);
    km_grid_wrap(g, r, y, KM_ROLE_DIM, km_buf_str(&s));
    km_buf_clear(&s);
}

static void paint_rows(km_tui *t, place_view *p, km_grid *g, km_rect r)
{
    const km_atlas *a = t->atlas;
    int detail = r.h > 14 ? r.h * 2 / 5 : 0;
    int rows = r.h - detail;
    tui_list_place(&p->list, p->n, r.y, rows);
    for (int i = 0; i < rows && p->list.top + i < p->n; i++) {
        int row = p->list.top + i;
        int muscle = p->row[row].muscle, point = p->row[row].point;
        bool first = row == 0 || p->row[row - 1].muscle != muscle || i == 0;
        km_role role = tui_list_row(&p->list, g, r, i, row);
        km_buf s = { 0 };
        if (first)
            tui_words_muscle_fit(&s, a, muscle, -1, KM_SIDE_MIDLINE, r.w - 4);
        km_grid_role(g, r, i, 0, r.w, role);
        km_grid_text_cut(g, r, i, 0, r.w - 4, role, km_buf_str(&s));
        if (point >= 0)
            km_grid_printf(g, r, i, r.w - 3, role, "X%d", a->point[point].tp);
        km_buf_clear(&s);
    }
    if (p->n == 0)
        km_grid_text(g, r, 0, 0, KM_ROLE_DIM, "no muscle here is called that");
    else if (detail > 2)
        paint_detail(t, p, g, (km_rect){ r.x, r.y + rows + 1, r.w, detail - 1 });
}

static void paint(km_tui *t, view *v, km_grid *g, km_rect r)
{
    place_view *p = (place_view *)v;
    const body_view *b = (const body_view *)tui_body(t);
    km_buf title = { 0 };
    tui_words_region(&title, t->atlas, p->region, p->side);
    km_rect in = tui_header(t, g, r, km_buf_str(&title));
    km_buf_clear(&title);
    km_rect chart, list;
    tui_pane_split(in, &chart, &list);

    km_scene s = {
        .mark = b->sign, .n_mark = (int)b->open.n, .sel_region = p->region, .sel_side = p->side,
        .sel_point = -1,
    };
    tui_pane_zones_clear(&p->pane, t);
    if (p->list.sel >= p->n)
        p->list.sel = p->n > 0 ? p->n - 1 : 0;
    if (p->n > 0) {
        int muscle = p->row[p->list.sel].muscle;
        s.sel_point = p->row[p->list.sel].point;
        s.sel_point_side = muscle_side(t, p, muscle);
        if (s.sel_point >= 0)
            tui_zones_fill(p->pane.zone, t->atlas, muscle, s.sel_point, s.sel_point_side);
    }
    tui_pane_paint(t, &p->pane, g, chart, &s);
    paint_rows(t, p, g, list);
}

static void mouse(km_tui *t, view *v, const km_mouse *m)
{
    place_view *p = (place_view *)v;
    if (tui_list_mouse(&p->list, m, p->n))
        tui_run(t, ACT_LIST_OPEN, 0);
}

static void hint(km_tui *t, view *v, tui_hint *h)
{
    (void)v;
    km_buf s = { 0 };
    km_buf_printf(&s, "%s at this point", km_word(KM_VOCAB_KIND, (int)t->kind));
    tui_hint_add(h, ACT_RATE, km_buf_str(&s));
    km_buf_clear(&s);
    tui_hint_add(h, ACT_KIND, NULL);
    tui_hint_add(h, ACT_OTHER_SIDE, NULL);
    tui_hint_add(h, ACT_PLACE_EDIT, NULL);
    tui_hint_add(h, ACT_PLACE_TREAT, NULL);
    tui_hint_add(h, ACT_NARROW, NULL);
    tui_hint_add(h, ACT_BACK, NULL);
}

static void clear(view *v)
{
    tui_pane_clear(&((place_view *)v)->pane);
}

static const view_ops ops = {
    .title = "place", .in_chart = true, .contexts = contexts, .act = act, .paint = paint,
    .mouse = mouse, .hint = hint, .clear = clear,
};

view *tui_place_new(km_tui *t, int region, km_side side, int muscle, int point)
{
    place_view *p = km_calloc(1, sizeof *p);
    p->base.ops = &ops;
    p->region = region < 0 ? 0 : region;
    p->side = side;
    tui_pane_init(&p->pane, t);
    fill(t, p);
    for (int i = p->n - 1; i >= 0; i--) {
        if (p->row[i].muscle == muscle && (point < 0 || p->row[i].point == point))
            p->list.sel = i;
    }
    return &p->base;
}
