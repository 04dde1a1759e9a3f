/** The body: a digit becomes a stored mark. */
#include "body.h"

/** Opposite side of a drawn position: x is mirrored, a side view becomes the other one. */
static void mirror_position(km_mark *m)
{
    m->x = (int16_t)-m->x;
    if (m->view == KM_VIEW_LEFT)
        m->view = KM_VIEW_RIGHT;
    else if (m->view == KM_VIEW_RIGHT)
        m->view = KM_VIEW_LEFT;
}

/** The open mark of this kind a digit rates: the selected one, else the first; -1 none. */
static int rated_mark(const body_view *b, const km_atlas *a, km_kind kind)
{
    const char *muscle = b->focus_muscle >= 0 ? a->muscle[b->focus_muscle].code : NULL;
    int first = -1;
    for (int i = 0; i < b->n_here; i++) {
        const km_mark *m = &b->open.row[b->here[i]];
        if (m->kind != kind)
            continue;
        /* a muscle looked for without a point means the muscle, not one of its points */
        if (muscle && b->focus_point < 0 && m->place.tp)
            continue;
        if (muscle && (!m->place.muscle || km_atlas_muscle(a, m->place.muscle) != b->focus_muscle))
            continue;
        if (muscle && b->focus_point >= 0 && m->place.tp != a->point[b->focus_point].tp)
            continue;
        if (i == b->sel)
            return i;
        if (first < 0)
            first = i;
    }
    return first;
}

/** A mark for the place under the cursor, without intensity. */
static bool draft(km_tui *t, body_view *b, km_mark *out)
{
    km_error err = { 0 };
    *out = km_mark_blank();
    out->kind = t->kind;
    out->at = t->now;
    int rated = rated_mark(b, t->atlas, t->kind);
    if (rated >= 0) {
        const km_mark *m = &b->open.row[b->here[rated]];
        out->place = m->place;
        out->view = m->view;
        out->x = m->x;
        out->y = m->y;
        out->state = m->state;
        return true;
    }
    if (b->spot.region < 0) {
        tui_say(t, KM_ROLE_ERROR, "the cursor is on no place");
        return false;
    }
    km_ref ref = tui_ref_region(t->atlas, b->spot.region, b->spot.side);
    bool has_pos = true;
    if (b->focus_muscle >= 0) {
        ref = tui_ref_muscle(t->atlas, b->focus_muscle, b->focus_point, b->focus_side);
        has_pos = false;
    }
    out->view = b->spot.view;
    out->x = b->spot.x;
    out->y = b->spot.y;
    if (km_app_mark_place(out, t->app, &ref, has_pos, &err) != KM_OK) {
        tui_fail(t, &err);
        return false;
    }
    return true;
}

static void nothing_open(km_tui *t, const body_view *b)
{
    km_buf s = { 0 };
    km_buf_printf(&s, "no open %s here", km_word(KM_VOCAB_KIND, (int)t->kind));
    for (int i = 0; i < b->n_here; i++) {
        const km_mark *m = &b->open.row[b->here[i]];
        km_buf_printf(&s, "%s%s %c", i ? ", " : ": there is ",
                      km_word(KM_VOCAB_KIND, (int)m->kind), tui_words_digit(m->intensity));
    }
    tui_say(t, KM_ROLE_ERROR, "%s", km_buf_str(&s));
    km_buf_clear(&s);
}

static void remember(body_view *b, const km_mark *m)
{
    b->has_last = true;
    b->last_kind = m->kind;
    b->last_intensity = m->intensity;
}

static void store_one(km_tui *t, body_view *b, km_mark *m)
{
    km_error err = { 0 };
    if (km_app_mark_add(m, t->app, &err) != KM_OK) {
        tui_fail(t, &err);
        return;
    }
    remember(b, m);
    km_buf what = { 0 };
    tui_words_mark(&what, t->atlas, m);
    tui_stored(t, km_buf_str(&what));
    km_buf_clear(&what);
}

static void store_both(km_tui *t, body_view *b, km_mark *m)
{
    km_error err = { 0 };
    km_mark pair[2] = { *m, *m };
    pair[1].place.side = km_side_mirror(m->place.side);
    mirror_position(&pair[1]);
    if (km_app_mark_add_many(pair, 2, t->app, &err) != KM_OK) {
        tui_fail(t, &err);
        return;
    }
    remember(b, m);
    km_buf what = { 0 };
    tui_words_mark(&what, t->atlas, m);
    km_buf_printf(&what, " and on the %s",
                  km_word(KM_VOCAB_SIDE, (int)pair[1].place.side));
    tui_stored(t, km_buf_str(&what));
    km_buf_clear(&what);
}

void tui_body_rate(km_tui *t, body_view *b, int intensity)
{
    if (b->in_round) {
        tui_round_rate(t, b, intensity);
        return;
    }
    if (b->brush) {
        tui_brush_store(t, b, intensity);
        return;
    }
    bool both = b->both;
    b->both = false;
    if (intensity == 0 && rated_mark(b, t->atlas, t->kind) < 0) {
        nothing_open(t, b);
        return;
    }
    km_mark m;
    if (!draft(t, b, &m))
        return;
    m.intensity = intensity;
    if (both && m.place.side != KM_SIDE_MIDLINE)
        store_both(t, b, &m);
    else
        store_one(t, b, &m);
}

void tui_body_both(km_tui *t, body_view *b)
{
    if (b->in_round || b->brush) {
        tui_say(t, KM_ROLE_ERROR, b->brush ? "paint the other side as well"
                                           : "the round rates one mark at a time");
        return;
    }
    if (b->spot.region < 0 || t->atlas->region[b->spot.region].midline) {
        tui_say(t, KM_ROLE_ERROR, "this place lies on the midline: a digit marks it once");
        return;
    }
    b->both = !b->both;
}

void tui_body_repeat(km_tui *t, body_view *b)
{
    km_error err = { 0 };
    if (!b->has_last) {
        km_mark_filter f = km_mark_filter_all();
        f.limit = 1;
        km_mark_list list = { 0 };
        if (km_app_marks(&list, t->app, &f, &err) != KM_OK)
            tui_fail(t, &err);
        else if (list.n > 0)
            remember(b, &list.row[0]);
        km_mark_list_clear(&list);
    }
    if (!b->has_last) {
        tui_say(t, KM_ROLE_ERROR, "there is no mark to repeat yet");
        return;
    }
    t->kind = b->last_kind;
    if (b->last_intensity == KM_INTENSITY_NONE) {
        km_mark m;
        if (draft(t, b, &m))
            store_one(t, b, &m);
        return;
    }
    tui_body_rate(t, b, b->last_intensity);
}

void tui_body_edit(km_tui *t, body_view *b)
{
    const km_mark *here = tui_body_selected(b);
    if (here && b->focus_muscle < 0) {
        tui_push(t, tui_mark_form_new(t, here));
        return;
    }
    km_mark m;
    if (draft(t, b, &m))
        tui_push(t, tui_mark_form_new(t, &m));
}

void tui_body_remove(km_tui *t, body_view *b)
{
    const km_mark *m = tui_body_selected(b);
    if (m)
        tui_take_back(t, m);
    else
        tui_say(t, KM_ROLE_ERROR, "no mark is open here");
}

void tui_take_back(km_tui *t, const km_mark *m)
{
    km_error err = { 0 };
    km_buf what = { 0 };
    km_buf_puts(&what, "took back ");
    tui_words_mark(&what, t->atlas, m);
    tui_done(t, km_app_mark_remove(t->app, m->id, &err), km_buf_str(&what), &err);
    km_buf_clear(&what);
}
