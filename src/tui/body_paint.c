/** The body: the picture. */
#include "body.h"

#include <string.h>

void tui_zones_fill(km_zone_map *zone, const km_atlas *a, int muscle, int point, km_side side)
{
    static const km_zone_paint paint[] = {
        [KM_ZONE_LOCAL] = KM_PAINT_LOCAL,
        [KM_ZONE_ESSENTIAL] = KM_PAINT_ESSENTIAL,
        [KM_ZONE_SPILLOVER] = KM_PAINT_SPILLOVER,
    };
    int first = point >= 0 ? point : a->muscle[muscle].first_point;
    int n = point >= 0 ? 1 : a->muscle[muscle].n_point;
    if (a->muscle[muscle].midline)
        side = KM_SIDE_MIDLINE;
    for (int p = first; p < first + n; p++) {
        km_zone z[KM_ZONES_MAX];
        size_t count = km_referral_zones(z, a, p, side);
        for (size_t i = 0; i < count; i++) {
            km_zone_map *cell = &zone[z[i].region * KM_SIDE_COUNT + (int)z[i].side];
            if (paint[z[i].kind] > *cell)
                *cell = (km_zone_map)paint[z[i].kind];
        }
    }
}

/** The muscle (and point) the panel and the zones speak of; false when none is named here. */
static bool named_point(const km_tui *t, const body_view *b, int *muscle, int *point,
                        km_side *side)
{
    const km_mark *m = tui_body_selected(b);
    *side = b->spot.side;
    if (b->focus_muscle >= 0) {
        *muscle = b->focus_muscle;
        *point = b->focus_point;
        return true;
    }
    if (!m || !m->place.muscle)
        return false;
    *muscle = km_atlas_muscle(t->atlas, m->place.muscle);
    *point = *muscle >= 0 && m->place.tp ? km_atlas_point(t->atlas, *muscle, m->place.tp) : -1;
    *side = m->place.side;
    return *muscle >= 0;
}

static void fill_scene(km_tui *t, body_view *b, km_scene *s)
{
    size_t cells = (size_t)t->atlas->n_region * KM_SIDE_COUNT;
    int muscle, point;
    km_side side;
    memset(b->zone, 0, cells * sizeof *b->zone);
    *s = (km_scene){
        .mark = b->sign, .n_mark = (int)b->open.n, .zone = b->zone,
        .heat = b->heat_days ? b->heat : NULL,
        .sel_region = b->spot.region, .sel_side = b->spot.side, .sel_point = -1,
        .show_points = b->zoom != KM_ZOOM_WHOLE,
        .cursor = true, .cursor_view = b->spot.view, .cursor_x = b->spot.x,
        .cursor_y = b->spot.y, .labels = true,
    };
    if (b->brush) {
        for (int i = 0; i < b->n_paint; i++)
            b->zone[b->paint[i].index * KM_SIDE_COUNT + (int)b->paint[i].side] = KM_PAINT_PAIN;
    } else if (named_point(t, b, &muscle, &point, &side)) {
        tui_zones_fill(b->zone, t->atlas, muscle, point, side);
        s->sel_point = point;
        s->sel_point_side = side;
    }
}

/** A low screen shows the places as a list around the selected one. */
static void paint_list(km_tui *t, body_view *b, km_grid *g, km_rect r)
{
    int at = 0, sel = 0;
    for (int pass = 0; pass < 2; pass++) {
        int top = sel - r.h / 2;
        if (top > at - r.h)
            top = at - r.h;
        if (pass == 0 || top < 0)
            top = 0;
        at = 0;
        for (int i = 0; i < t->atlas->n_region; i++) {
            bool midline = t->atlas->region[i].midline;
            for (int side = midline ? 0 : 1; side <= (midline ? 0 : 2); side++, at++) {
                bool here = i == b->spot.region && side == (int)b->spot.side;
                if (here)
                    sel = at;
                if (pass == 0 || at < top || at >= top + r.h)
                    continue;
                km_buf line = { 0 };
                tui_words_region(&line, t->atlas, i, (km_side)side);
                for (size_t k = 0; k < b->open.n; k++) {
                    if (b->sign[k].region == i && (midline || (int)b->sign[k].side == side))
                        km_buf_printf(&line, "  %c%c", km_kind_glyph(b->sign[k].kind),
                                      tui_words_digit(b->sign[k].intensity));
                }
                km_grid_text_cut(g, r, at - top, 1, r.w - 1,
                                 here ? KM_ROLE_SELECTED : KM_ROLE_TEXT, km_buf_str(&line));
                if (here)
                    tui_cursor(g, r, at - top, 1);
                km_buf_clear(&line);
            }
        }
    }
}

void tui_body_paint(km_tui *t, view *v, km_grid *g, km_rect r)
{
    body_view *b = (body_view *)v;
    tui_body_layout(t, b); /* for the whole screen */
    if (b->has_head)
        km_grid_text_cut(g, r, 0, 1, r.w - 2, KM_ROLE_ACCENT, km_buf_str(&b->headline));
    if (b->has_slider)
        tui_time_slider(t, g, (km_rect){ r.x, r.y + r.h - 1, r.w, 1 }, (int)b->open.n);
    if (b->layout.list) {
        paint_list(t, b, g, b->chart_rect);
    } else {
        km_scene scene;
        int col, row;
        fill_scene(t, b, &scene);
        km_chart_render(g, t->chart, &b->layout, &scene, t->style);
        if (km_chart_cell(&b->layout, b->spot.view, b->spot.x, b->spot.y, &col, &row, NULL))
            tui_cursor(g, (km_rect){ 0, 0, g->w, g->h }, row, col);
    }
    if (b->panel_beside) {
        km_grid_vline(g, b->panel_rect, 0, KM_ROLE_DIM);
        km_rect in = { b->panel_rect.x + 2, b->panel_rect.y, b->panel_rect.w - 2,
                       b->panel_rect.h };
        tui_panel_paint(t, b, g, in);
    } else {
        tui_panel_lines(t, b, g, b->panel_rect);
    }
}
