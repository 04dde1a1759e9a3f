/** The body: what is at the place, reaction to keys and mouse. */
#include "body.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "knotmap/history.h"

/* ---- what is at the place ---- */

const km_mark *tui_body_selected(const body_view *b)
{
    return b->sel >= 0 && b->sel < b->n_here ? &b->open.row[b->here[b->sel]] : NULL;
}

void tui_body_place(km_tui *t, body_view *b)
{
    if (t->waiting || (b->place_region == b->spot.region && b->place_side == b->spot.side))
        return;
    b->place_region = b->spot.region;
    b->place_side = b->spot.side;
    b->n_here = b->n_likely = 0;
    if (b->spot.region < 0)
        return;
    bool midline = t->atlas->region[b->spot.region].midline;
    for (size_t i = 0; i < b->open.n && b->n_here < 16; i++) {
        if (b->sign[i].region == b->spot.region && (midline || b->sign[i].side == b->spot.side))
            b->here[b->n_here++] = (int)i;
    }
    for (int i = 0; i < b->n_here; i++) {
        if (km_app_mark_before(&b->before[i], t->app, &b->open.row[b->here[i]], NULL) != KM_OK)
            b->before[i] = KM_INTENSITY_NONE;
    }
    if (b->sel >= b->n_here)
        b->sel = b->n_here > 0 ? b->n_here - 1 : 0;
    km_ref ref = tui_ref_region(t->atlas, b->spot.region, b->spot.side);
    b->n_likely = (int)km_routine_muscles(b->likely, BODY_LIKELY, t->atlas, &ref);
}

static void load(km_tui *t, view *v)
{
    body_view *b = (body_view *)v;
    km_error err = { 0 };
    km_mark_filter f = km_mark_filter_all();
    f.open = true;
    tui_time_filter(t, &f);
    km_mark_list_clear(&b->open);
    if (km_app_marks(&b->open, t->app, &f, &err) != KM_OK)
        tui_fail(t, &err);
    km_hurts_clear(&b->hurts);
    if (km_app_hurts(&b->hurts, t->app, b->open.row, b->open.n, &err) != KM_OK)
        tui_fail(t, &err);
    b->sign = km_realloc(b->sign, b->open.n + 1, sizeof *b->sign);
    for (size_t i = 0; i < b->open.n; i++) {
        const km_mark *m = &b->open.row[i];
        b->sign[i] = (km_chart_mark){
            .view = m->view, .x = m->x, .y = m->y, .side = m->place.side, .kind = m->kind,
            .region = (int16_t)km_atlas_region(t->atlas, m->place.region),
            .intensity = (int8_t)m->intensity, .state = m->state, .id = m->id,
        };
    }
    b->place_region = -1;
    b->heat_loaded = 0;
    tui_heat_load(t, b);
    tui_body_place(t, b);
}

/* ---- reaction ---- */

static int contexts(const view *v, tui_ctx out[VIEW_CTX_MAX])
{
    const body_view *b = (const body_view *)v;
    int n = 0;
    if (b->in_round)
        out[n++] = CTX_ROUND;
    if (b->brush)
        out[n++] = CTX_BRUSH;
    out[n++] = CTX_BODY;
    out[n++] = CTX_RATE;
    out[n++] = CTX_CHART;
    out[n++] = CTX_TIME;
    out[n++] = CTX_LIFE;
    return n;
}

/** What `f` explains: the paint, else open pain and numbness, else the place here. */
static void open_why(km_tui *t, body_view *b)
{
    km_ref place[KM_COMPLAINTS_MAX];
    size_t n = 0;
    if (b->brush && b->n_paint > 0) {
        n = (size_t)b->n_paint;
        memcpy(place, b->paint, n * sizeof place[0]);
    }
    for (int level = 10; !b->brush && level >= -1 && n < KM_COMPLAINTS_MAX; level--) {
        for (size_t i = 0; i < b->open.n && n < KM_COMPLAINTS_MAX; i++) {
            const km_mark *m = &b->open.row[i];
            if ((m->kind != KM_KIND_PAIN && m->kind != KM_KIND_NUMBNESS) ||
                m->intensity != level || b->sign[i].region < 0)
                continue;
            km_ref ref = tui_ref_region(t->atlas, b->sign[i].region, m->place.side);
            bool known = false;
            for (size_t k = 0; k < n; k++)
                known = known || (place[k].index == ref.index && place[k].side == ref.side);
            if (!known)
                place[n++] = ref;
        }
    }
    const km_mark *here = tui_body_selected(b);
    if (n == 0 && b->spot.region >= 0) {
        if (here && (here->kind == KM_KIND_SORENESS || here->kind == KM_KIND_TIGHTNESS) &&
            b->n_here == 1) {
            km_buf keys = { 0 };
            tui_keymap_print_first(&keys, &t->keymap, ACT_TREAT);
            tui_say(t, KM_ROLE_TEXT,
                    "%s after training is not a trigger point: it peaks at 24-72 h and fades. "
                    "%s shows what helps; for pain mark it as pain and ask again",
                    here->kind == KM_KIND_SORENESS ? "soreness" : "tightness",
                    km_buf_str(&keys));
            km_buf_clear(&keys);
            return;
        }
        place[n++] = tui_ref_region(t->atlas, b->spot.region, b->spot.side);
    }
    tui_push(t, tui_why_new(t, place, n));
}

/** The muscle and point chosen by find, else those of the selected mark; -1 when none. */
static void named(const km_tui *t, const body_view *b, int *muscle, int *point)
{
    const km_mark *m = tui_body_selected(b);
    *muscle = b->focus_muscle;
    *point = b->focus_point;
    if (*muscle < 0 && m && m->place.muscle) {
        *muscle = km_atlas_muscle(t->atlas, m->place.muscle);
        *point = *muscle >= 0 && m->place.tp ? km_atlas_point(t->atlas, *muscle, m->place.tp)
                                             : -1;
    }
}

static void open_treat(km_tui *t, body_view *b)
{
    km_ref ref = tui_ref_region(t->atlas, b->spot.region, b->spot.side);
    int muscle, point;
    named(t, b, &muscle, &point);
    if (muscle >= 0)
        ref = tui_ref_muscle(t->atlas, muscle, point, b->spot.side);
    km_buf title = { 0 };
    if (muscle >= 0)
        tui_words_muscle(&title, t->atlas, muscle, point, b->spot.side);
    else
        tui_words_region(&title, t->atlas, b->spot.region, b->spot.side);
    tui_push(t, tui_routine_new(t, &ref, 1, false, km_buf_str(&title)));
    km_buf_clear(&title);
}

static void set_kind(km_tui *t, km_kind kind)
{
    t->kind = kind;
    tui_say(t, KM_ROLE_OK, "digits now mark %s (%c)", km_word(KM_VOCAB_KIND, (int)kind),
            km_kind_glyph(kind));
}

/** The life of the selected mark; where none is open, of the last one that was. */
static void open_life(km_tui *t, body_view *b)
{
    km_error err = { 0 };
    const km_mark *m = tui_body_selected(b);
    km_mark_list list = { 0 };
    if (!m && b->spot.region >= 0) {
        km_mark_filter f = km_mark_filter_all();
        f.region = t->atlas->region[b->spot.region].code;
        f.side = t->atlas->region[b->spot.region].midline ? -1 : (int)b->spot.side;
        f.limit = 1;
        if (km_app_marks(&list, t->app, &f, &err) != KM_OK)
            tui_fail(t, &err);
        m = list.n > 0 ? &list.row[0] : NULL;
    }
    if (m)
        tui_push(t, tui_life_new(t, &m->place, (int)m->kind));
    else if (!err.text[0])
        tui_say(t, KM_ROLE_DIM, "nothing was ever marked here");
    km_mark_list_clear(&list);
}

static void next_match(km_tui *t, body_view *b, int step);

static void next_here(km_tui *t, body_view *b)
{
    if (b->brush)
        tui_say(t, KM_ROLE_DIM, "the brush knows no marks: Esc puts it away");
    else if (b->n_here > 1)
        b->sel = (b->sel + 1) % b->n_here;
    else
        tui_say(t, KM_ROLE_DIM, b->n_here ? "one mark is open here" : "no mark is open here");
}

static void open_place(km_tui *t, body_view *b)
{
    int muscle, point;
    named(t, b, &muscle, &point);
    tui_push(t, tui_place_new(t, b->spot.region, b->spot.side, muscle, point));
}

static void next_ink(km_tui *t, body_view *b)
{
    static const char *const ink[] = { "ASCII", "Unicode", "Unicode, heat in blocks" };

    t->style = t->ascii ? KM_STYLE_ASCII : (km_chart_style)((t->style + 1) % KM_STYLE_COUNT);
    if (t->ascii)
        tui_say(t, KM_ROLE_DIM, "this terminal shows ASCII only");
    else
        tui_say(t, KM_ROLE_OK, "the body is drawn in %s", ink[t->style]);
    tui_body_relayout(b);
}

static void next_heat(km_tui *t, body_view *b)
{
    b->heat_days = b->heat_days == 0 ? 30 : b->heat_days == 30 ? 90
                   : b->heat_days == 90 ? 365 : 0;
    tui_heat_load(t, b);
    if (b->heat_days)
        tui_say(t, KM_ROLE_OK, "heat of the last %d days", b->heat_days);
    else
        tui_say(t, KM_ROLE_OK, "heat is off");
}

static void act(km_tui *t, view *v, tui_action action, int arg)
{
    body_view *b = (body_view *)v;
    tui_body_layout(t, b);
    switch (action) {
    case ACT_UP: tui_body_move(t, b, KM_DIR_UP, false); break;
    case ACT_DOWN: tui_body_move(t, b, KM_DIR_DOWN, false); break;
    case ACT_LEFT: tui_body_move(t, b, KM_DIR_LEFT, false); break;
    case ACT_RIGHT: tui_body_move(t, b, KM_DIR_RIGHT, false); break;
    case ACT_STEP_UP: tui_body_move(t, b, KM_DIR_UP, true); break;
    case ACT_STEP_DOWN: tui_body_move(t, b, KM_DIR_DOWN, true); break;
    case ACT_STEP_LEFT: tui_body_move(t, b, KM_DIR_LEFT, true); break;
    case ACT_STEP_RIGHT: tui_body_move(t, b, KM_DIR_RIGHT, true); break;
    case ACT_NEXT_REGION: tui_body_tab(t, b, false); break;
    case ACT_PREV_REGION: tui_body_tab(t, b, true); break;
    case ACT_RATE: tui_body_rate(t, b, arg); break;
    case ACT_TEN: tui_body_rate(t, b, 10); break;
    case ACT_KIND: set_kind(t, (km_kind)((t->kind + 1) % KM_KIND_COUNT)); break;
    case ACT_KIND_KNOT: set_kind(t, KM_KIND_KNOT); break;
    case ACT_KIND_SORENESS: set_kind(t, KM_KIND_SORENESS); break;
    case ACT_KIND_PAIN: set_kind(t, KM_KIND_PAIN); break;
    case ACT_KIND_TIGHT: set_kind(t, KM_KIND_TIGHTNESS); break;
    case ACT_KIND_NUMB: set_kind(t, KM_KIND_NUMBNESS); break;
    case ACT_BOTH: tui_body_both(t, b); break;
    case ACT_REPEAT: tui_body_repeat(t, b); break;
    case ACT_EDIT: tui_body_edit(t, b); break;
    case ACT_REMOVE: tui_body_remove(t, b); break;
    case ACT_NEXT_MARK: next_here(t, b); break;
    case ACT_OPEN: open_place(t, b); break;
    case ACT_ROUND: tui_round_start(t, b); break;
    case ACT_ROUND_SAME: tui_round_rate(t, b, -1); break;
    case ACT_ROUND_SKIP: tui_round_skip(t, b); break;
    case ACT_BRUSH:
        if (b->brush)
            b->pen = !b->pen;
        else
            tui_brush_start(t, b);
        break;
    case ACT_PEN:
        b->pen = !b->pen;
        if (b->pen)
            tui_brush_paint(t, b, b->spot.region, b->spot.side);
        break;
    case ACT_WIPE: tui_brush_wipe(t, b); break;
    case ACT_FIND: tui_push(t, tui_find_new(t)); break;
    case ACT_NEXT_MATCH: next_match(t, b, 1); break;
    case ACT_PREV_MATCH: next_match(t, b, -1); break;
    case ACT_WHY: open_why(t, b); break;
    case ACT_TREAT: open_treat(t, b); break;
    case ACT_GO_ROUTINE: tui_push(t, tui_routine_new(t, NULL, 0, true, "all that is open")); break;
    case ACT_ZOOM_IN: tui_body_zoom(t, b, true); break;
    case ACT_ZOOM_OUT: tui_body_zoom(t, b, false); break;
    case ACT_TURN: tui_body_turn(t, b); break;
    case ACT_PANEL:
        b->panel = !b->panel;
        tui_body_relayout(b);
        break;
    case ACT_INK: next_ink(t, b); break;
    case ACT_HEAT: next_heat(t, b); break;
    case ACT_LIFE: open_life(t, b); break;
    case ACT_COMPARE: tui_push(t, tui_compare_new(t, 28)); break;
    default:
        if (tui_time_act(t, action))
            tui_body_relayout(b); /* the slider takes a line, or gives it back */
        break;
    }
}

static void next_match(km_tui *t, body_view *b, int step)
{
    km_match match[32];
    size_t n = b->find_text.len
                   ? km_atlas_search(match, 32, t->atlas, km_buf_str(&b->find_text)) : 0;
    if (n == 0) {
        tui_say(t, KM_ROLE_DIM, "nothing was looked for yet");
        return;
    }
    b->find_at = (b->find_at + step + (int)n) % (int)n;
    const km_match *m = &match[b->find_at];
    int region = m->kind == KM_REF_REGION ? m->index : t->atlas->muscle[m->index].home[0];
    km_side side = b->spot.side == KM_SIDE_MIDLINE ? KM_SIDE_RIGHT : b->spot.side;
    tui_body_jump(t, b, region, -1, side);
    if (m->kind == KM_REF_MUSCLE) {
        b->focus_muscle = m->index;
        b->focus_side = side;
    }
    km_buf name = { 0 };
    if (m->kind == KM_REF_MUSCLE)
        tui_words_muscle(&name, t->atlas, m->index, -1, side);
    else
        tui_words_region(&name, t->atlas, region, side);
    tui_say(t, KM_ROLE_OK, "%s, match %d of %zu", km_buf_str(&name), b->find_at + 1, n);
    km_buf_clear(&name);
}

static bool back(km_tui *t, view *v)
{
    body_view *b = (body_view *)v;
    if (b->in_round)
        tui_round_stop(t, b);
    else if (b->brush)
        tui_brush_stop(b);
    else if (b->both)
        b->both = false;
    else if (b->focus_muscle >= 0)
        b->focus_muscle = b->focus_point = -1;
    else if (t->time.past)
        tui_run(t, ACT_TIME_NOW, 0);
    else if (b->zoom != KM_ZOOM_WHOLE)
        tui_body_zoom(t, b, false);
    else
        tui_say(t, KM_ROLE_DIM, "this is the first screen: q leaves knotmap");
    return true;
}

static void mouse(km_tui *t, view *v, const km_mouse *m)
{
    body_view *b = (body_view *)v;
    km_hit hit;
    tui_body_layout(t, b);
    bool on_body = !b->layout.list && km_chart_hit(&hit, t->chart, &b->layout, m->x, m->y) &&
                   hit.region >= 0;
    if (on_body && m->kind != KM_MOUSE_RELEASE) {
        km_spot s = { hit.view, hit.x, hit.y, hit.region, hit.side };
        tui_body_set_spot(t, b, &s);
        if (b->brush)
            tui_brush_paint(t, b, s.region, s.side);
    }
    switch (m->kind) {
    case KM_MOUSE_WHEEL_UP: tui_body_zoom(t, b, true); break;
    case KM_MOUSE_WHEEL_DOWN: tui_body_zoom(t, b, false); break;
    case KM_MOUSE_DOUBLE: case KM_MOUSE_RIGHT:
        if (on_body)
            tui_run(t, ACT_OPEN, 0);
        break;
    default: break;
    }
}

static void hint(km_tui *t, view *v, tui_hint *h)
{
    body_view *b = (body_view *)v;
    char words[64];
    const char *kind = km_word(KM_VOCAB_KIND, (int)t->kind);
    if (b->in_round) {
        snprintf(words, sizeof words, "%d of %d, how strong now?", b->at_round + 1, b->n_round);
        tui_hint_add(h, ACT_RATE, words);
        tui_hint_add(h, ACT_ROUND_SAME, NULL);
        tui_hint_add(h, ACT_ROUND_SKIP, NULL);
        tui_hint_add(h, ACT_BACK, "stop");
        return;
    }
    if (b->brush) {
        tui_hint_add(h, ACT_RATE, "store the paint as pain");
        tui_hint_add(h, ACT_PEN, b->pen ? "pen up" : "pen down");
        tui_hint_add(h, ACT_WIPE, NULL);
        tui_hint_add(h, ACT_WHY, NULL);
        tui_hint_add(h, ACT_BACK, "drop it");
        return;
    }
    if (tui_time_hint(t, h))
        return;
    if (t->time.past) {
        tui_hint_add(h, ACT_TIME_BACK, "day before");
        tui_hint_add(h, ACT_TIME_ON, "after");
        tui_hint_add(h, ACT_TIME_VISIT_BACK, NULL);
        tui_hint_add(h, ACT_TIME_VISIT_ON, "after");
        tui_hint_add(h, ACT_TIME_PLAY, NULL);
        tui_hint_add(h, ACT_TIME_NOW, NULL);
        tui_hint_add(h, ACT_COMPARE, NULL);
        tui_hint_add(h, ACT_LIFE, NULL);
        tui_hint_add(h, ACT_TIME_FASTER, NULL);
        tui_hint_add(h, ACT_TIME_SLOWER, NULL);
        return;
    }
    snprintf(words, sizeof words, "%s %s", kind, b->both ? "on both sides" : "here");
    tui_hint_add(h, ACT_RATE, words);
    tui_hint_add(h, ACT_KIND, NULL);
    tui_hint_add(h, ACT_OPEN, NULL);
    tui_hint_add(h, ACT_WHY, NULL);
    tui_hint_add(h, ACT_TREAT, NULL);
    tui_hint_add(h, ACT_ZOOM_IN, NULL);
    tui_hint_add(h, ACT_TURN, NULL);
    tui_hint_add(h, ACT_FIND, NULL);
    tui_hint_add(h, ACT_TIME_BACK, NULL);
    tui_hint_add(h, ACT_ROUND, NULL);
    tui_hint_add(h, ACT_UNDO, NULL);
    tui_hint_add(h, ACT_BRUSH, NULL);
    tui_hint_add(h, ACT_HEAT, NULL);
    tui_hint_add(h, ACT_GO_TRENDS, NULL);
    tui_hint_add(h, ACT_LIFE, NULL);
    tui_hint_add(h, ACT_GO_HISTORY, NULL);
    tui_hint_add(h, ACT_GO_CLIENTS, NULL);
}

static void clear(view *v)
{
    body_view *b = (body_view *)v;
    km_hurts_clear(&b->hurts);
    km_mark_list_clear(&b->open);
    free(b->sign);
    free(b->heat);
    free(b->zone);
    free(b->round);
    km_buf_clear(&b->headline);
    km_buf_clear(&b->find_text);
}

static bool tick(km_tui *t, view *v)
{
    body_view *b = (body_view *)v;
    uint64_t headline = b->headline_revision;
    tui_time_tick(t);
    if (t->top == v)
        tui_body_headline(t, b);
    return b->headline_revision != headline;
}

static int wait(const km_tui *t, const view *v)
{
    const body_view *b = (const body_view *)v;
    bool due = t->top == v && (!b->headline_made || b->headline_epoch != t->epoch);
    return due ? 1 : tui_time_wait(t); /* the first picture does not wait for its first line */
}

static const view_ops ops = {
    .title = "body", .in_chart = true, .in_time = true, .contexts = contexts, .act = act, .load = load,
    .paint = tui_body_paint, .mouse = mouse, .hint = hint, .back = back, .clear = clear,
    .tick = tick, .wait = wait,
};

view *tui_body_new(km_tui *t)
{
    body_view *b = km_calloc(1, sizeof *b);
    size_t cells = (size_t)t->atlas->n_region * KM_SIDE_COUNT;
    b->base.ops = &ops;
    b->panel = true;
    b->scale = 4;
    b->focus_muscle = b->focus_point = -1;
    b->place_region = -1;
    b->zone = km_calloc(cells, sizeof *b->zone);
    b->heat = km_calloc(cells, sizeof *b->heat);
    int region = km_atlas_region(t->atlas, "shoulder_top");
    b->spot = (km_spot){ .region = region < 0 ? 0 : region, .side = KM_SIDE_RIGHT };
    if (t->atlas->region[b->spot.region].midline)
        b->spot.side = KM_SIDE_MIDLINE;
    km_body_default_pos(t->atlas, b->spot.region, -1, b->spot.side, &b->spot.view, &b->spot.x,
                        &b->spot.y);
    b->kept = b->spot;
    return &b->base;
}
