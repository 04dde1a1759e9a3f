/** The body: the picture for a size, zoom and turn, and moving over it. */
#include "body.h"
#include "pane.h"

/** Narrowest panel worth having, and the widest. */
#define PANEL_MIN 28
#define PANEL_MAX 40

static const km_view ring[] = { KM_VIEW_FRONT, KM_VIEW_BACK, KM_VIEW_LEFT, KM_VIEW_RIGHT,
                                KM_VIEW_SOLE };
#define RING (int)(sizeof ring / sizeof ring[0])

void tui_body_relayout(body_view *b)
{
    b->laid_out = false;
}

/** Room is kept for the first line before it is known, so that the picture stays where it is. */
static bool wants_head(const km_tui *t, const body_view *b)
{
    return t->client.has_seen && b->zoom == KM_ZOOM_WHOLE && t->h >= 25;
}

/** Chart and panel within the screen. */
static void place_panes(const km_tui *t, body_view *b)
{
    int w = t->w, h = t->h > 1 ? t->h - 1 : 1, top = 0;
    b->has_slider = t->time.past && h > 3;
    /* Names and 22 rows of body come first: at 24 rows the headline stands in the panel. */
    b->has_head = !b->has_slider && wants_head(t, b);
    if (b->has_slider || b->has_head)
        h--;
    if (b->has_head)
        top = 1;
    int one = tui_pane_figure_width(h - 1);
    int panel_w = w - (2 * one + 1) - 2;

    if (panel_w > PANEL_MAX)
        panel_w = PANEL_MAX;
    if (panel_w < PANEL_MIN && w - PANEL_MIN - 2 >= one)
        panel_w = PANEL_MIN;
    b->panel_beside = b->panel && b->zoom == KM_ZOOM_WHOLE && panel_w >= PANEL_MIN;
    if (b->panel_beside) {
        int chart_w = w - panel_w - 2;
        b->chart_rect = (km_rect){ 0, top, chart_w, h };
        b->panel_rect = (km_rect){ chart_w, top, panel_w + 2, h };
        return;
    }
    int lines = b->panel && h > 8 ? 2 : 1;
    b->chart_rect = (km_rect){ 0, top, w, h - lines };
    b->panel_rect = (km_rect){ 0, top + h - lines, w, lines };
}

/** The views after the `shown` ones of the picture; behind the last the first again. */
static int next_turn(const body_view *b, int shown)
{
    int next = b->turn + (shown > 0 ? shown : 1);
    return next >= RING ? 0 : next;
}

/** Lay the picture out; `cursor_first` puts the view of the cursor before the others. */
static void layout_views(km_tui *t, body_view *b, bool cursor_first)
{
    km_view views[RING];
    for (int i = 0; i < RING; i++)
        views[i] = ring[(b->turn + i) % RING];
    if (cursor_first || b->zoom == KM_ZOOM_AREA) {
        km_view first = b->spot.view;
        for (int i = 0; i < RING; i++) {
            if (views[i] == first) {
                views[i] = views[0];
                views[0] = first;
            }
        }
    }
    km_chart_layout(&b->layout, t->chart, b->chart_rect, views, RING, b->zoom, b->area_x,
                    b->area_y, b->scale, t->style, true, &b->shown);
}

static void layout_now(km_tui *t, body_view *b)
{
    layout_views(t, b, false);
}

static bool in_sight(const body_view *b)
{
    int col, row;
    return b->layout.list ||
           km_chart_cell(&b->layout, b->spot.view, b->spot.x, b->spot.y, &col, &row, NULL);
}

/** Bring the cursor's place into the picture without changing what kind of picture it is. */
static void follow(km_tui *t, body_view *b)
{
    if (b->zoom == KM_ZOOM_AREA) {
        b->area_x = b->spot.x;
        b->area_y = b->spot.y;
        layout_now(t, b);
        return;
    }
    if (in_sight(b))
        return;
    if (b->zoom == KM_ZOOM_UPPER || b->zoom == KM_ZOOM_LOWER) {
        b->zoom = b->zoom == KM_ZOOM_UPPER ? KM_ZOOM_LOWER : KM_ZOOM_UPPER;
        layout_now(t, b);
        if (in_sight(b))
            return;
        b->zoom = b->zoom == KM_ZOOM_UPPER ? KM_ZOOM_LOWER : KM_ZOOM_UPPER;
        layout_now(t, b);
    }
    km_spot other;
    if (km_chart_spot(&other, t->chart, &b->layout, b->spot.region, b->focus_point,
                      b->spot.side))
        b->spot = other;
}

/** First region of the picture, when the cursor's own place is not in it. */
static void land(km_tui *t, body_view *b)
{
    if (b->layout.list || b->layout.n == 0)
        return;
    const km_rect r = b->layout.figure[0].body;
    for (int y = r.h / 3; y < r.h; y++) {
        for (int x = 0; x < r.w; x++) {
            km_hit hit;
            int col = r.x + (r.w / 2 + (x % 2 ? -(x + 1) / 2 : x / 2)) % (r.w > 0 ? r.w : 1);
            if (km_chart_hit(&hit, t->chart, &b->layout, col, r.y + y) && hit.region >= 0) {
                b->spot = (km_spot){ hit.view, hit.x, hit.y, hit.region, hit.side };
                return;
            }
        }
    }
}

void tui_body_layout(km_tui *t, body_view *b)
{
    bool slider = t->time.past && t->h > 4, head = !slider && wants_head(t, b);
    if (b->laid_out && b->laid_w == t->w && b->laid_h == t->h && b->has_slider == slider &&
        b->has_head == head)
        return;
    b->laid_out = true;
    b->laid_w = t->w;
    b->laid_h = t->h;
    b->spot = b->kept;
    place_panes(t, b);
    layout_now(t, b);
    follow(t, b);
    if (!in_sight(b) && b->turned)
        land(t, b);
    else if (!in_sight(b))
        layout_views(t, b, true);
    if (b->turned)
        b->kept = b->spot;
    b->turned = false;
    tui_body_place(t, b);
}

void tui_body_set_spot(km_tui *t, body_view *b, const km_spot *spot)
{
    bool moved = spot->region != b->spot.region || spot->side != b->spot.side;
    b->spot = b->kept = *spot;
    if (moved) {
        b->focus_muscle = b->focus_point = -1;
        b->sel = 0;
        tui_body_place(t, b);
    }
    int col, row, figure;
    if (b->zoom != KM_ZOOM_AREA) {
        follow(t, b);
    } else if (!km_chart_cell(&b->layout, spot->view, spot->x, spot->y, &col, &row, &figure)) {
        follow(t, b);
    } else { /* the area pans when the cursor comes near its edge */
        km_rect r = b->layout.figure[figure].body;
        if (col < r.x + r.w / 6 || col >= r.x + r.w - r.w / 6 || row < r.y + r.h / 6 ||
            row >= r.y + r.h - r.h / 6)
            follow(t, b);
    }
    if (b->brush && b->pen)
        tui_brush_paint(t, b, b->spot.region, b->spot.side);
}

bool tui_body_jump(km_tui *t, body_view *b, int region, int point, km_side side)
{
    tui_body_layout(t, b);
    if (t->atlas->region[region].midline)
        side = KM_SIDE_MIDLINE;
    km_spot spot;
    for (int tries = 0; tries <= RING; tries++) {
        if (b->layout.list) {
            spot = (km_spot){ .region = region, .side = side };
            km_body_default_pos(t->atlas, region, point, side, &spot.view, &spot.x, &spot.y);
            tui_body_set_spot(t, b, &spot);
            return true;
        }
        if (km_chart_spot(&spot, t->chart, &b->layout, region, point, side)) {
            tui_body_set_spot(t, b, &spot);
            return true;
        }
        if (tries == 0) {
            km_view of[KM_VIEW_COUNT];
            if (km_chart_views_of(of, t->atlas, region, point, side) == 0)
                return false;
            km_view best = of[0];
            spot = (km_spot){ .view = best, .region = region, .side = side };
            if (!km_body_pos_in_view(t->atlas, region, point, side, best, &spot.x, &spot.y))
                return false;
            if (b->zoom == KM_ZOOM_AREA) {
                b->spot = b->kept = spot;
                follow(t, b);
                tui_body_set_spot(t, b, &spot);
                return true;
            }
            b->zoom = b->zoom == KM_ZOOM_UPPER ? KM_ZOOM_LOWER
                      : b->zoom == KM_ZOOM_LOWER ? KM_ZOOM_UPPER : b->zoom;
        } else { /* another side of the body shows it */
            b->turn = next_turn(b, b->shown);
        }
        place_panes(t, b);
        layout_now(t, b);
    }
    return false;
}

void tui_body_jump_mark(km_tui *t, body_view *b, const km_mark *m)
{
    int region = km_atlas_region(t->atlas, m->place.region);
    if (region < 0)
        return;
    int muscle = m->place.muscle ? km_atlas_muscle(t->atlas, m->place.muscle) : -1;
    int point = muscle >= 0 && m->place.tp ? km_atlas_point(t->atlas, muscle, m->place.tp) : -1;
    tui_body_jump(t, b, region, point, m->place.side);
    tui_body_place(t, b);
    for (int i = 0; i < b->n_here; i++) {
        const km_mark *here = &b->open.row[b->here[i]];
        if (here->kind == m->kind && km_place_equal(&here->place, &m->place))
            b->sel = i;
    }
}

/* ---- moving ---- */

/** The list of places that stands in for the body on a low screen. */
static void list_move(km_tui *t, body_view *b, int step)
{
    int n = t->atlas->n_region;
    km_spot s = b->spot;
    if (s.region < 0)
        s.region = 0;
    bool sided = !t->atlas->region[s.region].midline;
    if (sided && step > 0 && s.side == KM_SIDE_LEFT) {
        s.side = KM_SIDE_RIGHT;
    } else if (sided && step < 0 && s.side == KM_SIDE_RIGHT) {
        s.side = KM_SIDE_LEFT;
    } else {
        s.region += step;
        if (s.region < 0 || s.region >= n)
            return;
        s.side = t->atlas->region[s.region].midline ? KM_SIDE_MIDLINE
                 : step > 0                         ? KM_SIDE_LEFT : KM_SIDE_RIGHT;
    }
    km_body_default_pos(t->atlas, s.region, -1, s.side, &s.view, &s.x, &s.y);
    tui_body_set_spot(t, b, &s);
}

void tui_body_move(km_tui *t, body_view *b, km_dir dir, bool step)
{
    tui_body_layout(t, b);
    if (b->layout.list) {
        list_move(t, b, dir == KM_DIR_UP || dir == KM_DIR_LEFT ? -1 : 1);
        return;
    }
    km_spot s = b->spot;
    bool moved = step ? km_chart_step(&s, t->chart, &b->layout, dir)
                      : km_chart_move(&s, t->chart, &b->layout, dir);
    if (!moved && b->zoom != KM_ZOOM_WHOLE) {
        /* the picture ends here, the body does not: look for the place on a whole body */
        km_layout whole;
        int shown;
        s = b->spot;
        km_chart_layout(&whole, t->chart, (km_rect){ 0, 0, 70, 58 }, &s.view, 1, KM_ZOOM_WHOLE, 0,
                        0, 1, t->style, false, &shown);
        moved = !whole.list && (step ? km_chart_step(&s, t->chart, &whole, dir)
                                     : km_chart_move(&s, t->chart, &whole, dir));
    }
    if (moved)
        tui_body_set_spot(t, b, &s);
    else
        tui_say(t, KM_ROLE_DIM, "this is the edge of the picture");
}

void tui_body_tab(km_tui *t, body_view *b, bool back)
{
    tui_body_layout(t, b);
    if (b->layout.list) {
        list_move(t, b, back ? -1 : 1);
        return;
    }
    km_spot s = b->spot;
    if (km_chart_tab(&s, t->chart, &b->layout, back))
        tui_body_set_spot(t, b, &s);
}

void tui_body_zoom(km_tui *t, body_view *b, bool in)
{
    static const int most = 8;
    if (in && b->zoom == KM_ZOOM_WHOLE) {
        b->zoom = KM_ZOOM_UPPER; /* follow() takes the lower half where the cursor is there */
    } else if (in && b->zoom != KM_ZOOM_AREA) {
        b->zoom = KM_ZOOM_AREA;
        b->scale = 4;
    } else if (in && b->scale < most) {
        b->scale *= 2;
    } else if (!in && b->zoom == KM_ZOOM_AREA && b->scale > 4) {
        b->scale /= 2;
    } else if (!in && b->zoom == KM_ZOOM_AREA) {
        b->zoom = KM_ZOOM_UPPER;
    } else if (!in && b->zoom != KM_ZOOM_WHOLE) {
        b->zoom = KM_ZOOM_WHOLE;
    } else {
        tui_say(t, KM_ROLE_DIM, in ? "this is as near as it gets" : "this is the whole body");
        return;
    }
    b->area_x = b->spot.x;
    b->area_y = b->spot.y;
    tui_body_relayout(b);
    tui_body_layout(t, b);
}

void tui_body_turn(km_tui *t, body_view *b)
{
    tui_body_layout(t, b);
    int shown = b->zoom == KM_ZOOM_AREA || b->shown < 1 ? 1 : b->shown;
    if (shown >= RING) {
        tui_say(t, KM_ROLE_DIM, "all views are in the picture");
        return;
    }
    if (b->zoom == KM_ZOOM_AREA) { /* the same place from its next side */
        km_view of[KM_VIEW_COUNT];
        int n = km_chart_views_of(of, t->atlas, b->spot.region, b->focus_point, b->spot.side);
        for (int i = 0; i < n; i++) {
            if (of[i] != b->spot.view)
                continue;
            km_spot s = b->spot;
            s.view = of[(i + 1) % n];
            if (n > 1 && km_body_pos_in_view(t->atlas, s.region, b->focus_point, s.side, s.view,
                                             &s.x, &s.y)) {
                b->spot = b->kept = s;
                tui_body_relayout(b);
                return;
            }
        }
        tui_say(t, KM_ROLE_DIM, "this place is seen from this side only");
        return;
    }
    b->turn = next_turn(b, shown);
    b->turned = true;
    tui_body_relayout(b);
    tui_body_layout(t, b);
}
