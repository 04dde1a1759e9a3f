/** The body: the view one lives in. State and what its files share. */
#ifndef KNOTMAP_TUI_BODY_H
#define KNOTMAP_TUI_BODY_H

#include "view.h"
#include "words.h"

#define BODY_LIKELY 5

typedef struct body_view {
    view base;

    /* what is shown */
    km_zoom zoom;
    int scale;              /**< of the area zoom */
    int area_x, area_y;     /**< its middle */
    int turn;               /**< which of the views stands first */
    bool panel;
    int heat_days;          /**< 0: no heat */

    /* where the cursor is */
    km_spot spot;           /**< as the picture can show it */
    km_spot kept;           /**< as the person chose it; a picture of another size starts here */
    bool turned;            /**< the views were just turned: the cursor follows them */
    int focus_muscle;       /**< chosen by find: the next digit marks it; -1 none */
    int focus_point;
    km_side focus_side;     /**< its side, which a midline place does not tell */
    int sel;                /**< selected among the marks of the place */

    /* the picture laid out for a size */
    km_layout layout;
    km_rect chart_rect, panel_rect;
    bool panel_beside;
    int shown;              /**< views in the picture */
    bool laid_out;
    int laid_w, laid_h;

    /* records, by load */
    km_mark_list open;
    km_hurts hurts;         /**< of them */
    km_chart_mark *sign;    /**< the open marks as the chart needs them, n = open.n */
    int here[16];           /**< of `open`: those at the place under the cursor */
    int n_here;
    int before[16];         /**< the intensity before the last one, KM_INTENSITY_NONE none */
    int place_region;       /**< what `here` and the muscles below are for; -1 stale */
    km_side place_side;
    int16_t likely[BODY_LIKELY];
    int n_likely;
    uint8_t *heat;          /**< n_region * KM_SIDE_COUNT */
    int heat_max;           /**< the strongest sum */
    int heat_loaded;        /**< days it was made for */
    km_zone_map *zone;      /**< n_region * KM_SIDE_COUNT */

    /* marking */
    bool both;              /**< the next digit marks both sides */
    bool has_last;
    km_kind last_kind;
    int last_intensity;

    /* daily round */
    int64_t *round;         /**< ids of the marks to rate */
    int n_round, at_round, rated;
    bool in_round;

    /* brush */
    bool brush, pen;
    km_ref paint[KM_COMPLAINTS_MAX];
    int n_paint;
    km_candidate ranked[3]; /**< what explains the paint, once the first questions are answered */
    int n_ranked;

    /* the first line: what is due, new, worse */
    km_buf headline;        /**< empty: nothing to say */
    bool headline_made;
    uint64_t headline_revision, headline_epoch;
    km_day headline_day;
    bool has_slider, has_head; /**< lines of the picture given to time and headline */

    /* find */
    km_buf find_text;
    int find_at;
} body_view;

/* layout and movement: tui_body_move.c */
void tui_body_layout(km_tui *t, body_view *b);
void tui_body_set_spot(km_tui *t, body_view *b, const km_spot *spot);
/** Jump to a place; turns and zooms the picture when it is not in sight. False when unknown. */
bool tui_body_jump(km_tui *t, body_view *b, int region, int point, km_side side);
/** Jump to where a mark lies. */
void tui_body_jump_mark(km_tui *t, body_view *b, const km_mark *m);
void tui_body_move(km_tui *t, body_view *b, km_dir dir, bool step);
void tui_body_tab(km_tui *t, body_view *b, bool back);
void tui_body_zoom(km_tui *t, body_view *b, bool in);
void tui_body_turn(km_tui *t, body_view *b);

/* the place under the cursor: body.c */
/** Refresh marks and muscles of the place under the cursor. */
void tui_body_place(km_tui *t, body_view *b);
/** The mark selected at the place, NULL when there is none. */
const km_mark *tui_body_selected(const body_view *b);
/** Forget the picture: it is laid out anew when next needed. */
void tui_body_relayout(body_view *b);

/* marking: body_mark.c */
void tui_body_rate(km_tui *t, body_view *b, int intensity);
void tui_body_both(km_tui *t, body_view *b);
void tui_body_repeat(km_tui *t, body_view *b);
void tui_body_edit(km_tui *t, body_view *b);
void tui_body_remove(km_tui *t, body_view *b);
/** Take any mark back and say so. */
void tui_take_back(km_tui *t, const km_mark *m);

/* modes: body_modes.c */
void tui_round_start(km_tui *t, body_view *b);
/** Rate the mark of the round; -1 the same as before. */
void tui_round_rate(km_tui *t, body_view *b, int intensity);
void tui_round_skip(km_tui *t, body_view *b);
void tui_round_stop(km_tui *t, body_view *b);
void tui_brush_start(km_tui *t, body_view *b);
void tui_brush_stop(body_view *b);
void tui_brush_paint(km_tui *t, body_view *b, int region, km_side side);
void tui_brush_wipe(km_tui *t, body_view *b);
void tui_brush_store(km_tui *t, body_view *b, int intensity);

/* heat: heat.c */
void tui_heat_load(km_tui *t, body_view *b);

/* the first line: headline.c */
/** Make it anew when records, client or day changed. */
void tui_body_headline(km_tui *t, body_view *b);
/** Its parts below each other from line `y` of `r`, the first in full; returns their lines. */
int tui_body_headline_lines(const km_tui *t, const body_view *b, km_grid *g, km_rect r, int y);

/* picture: tui_body_paint.c, panel.c */
void tui_body_paint(km_tui *t, view *v, km_grid *g, km_rect r);
void tui_panel_paint(km_tui *t, body_view *b, km_grid *g, km_rect r);
/** The one or two lines that stand in for the panel. */
void tui_panel_lines(km_tui *t, body_view *b, km_grid *g, km_rect r);

/** Zones of one point (or of all points of a muscle when `point` is -1) into a map. */
void tui_zones_fill(km_zone_map *zone, const km_atlas *a, int muscle, int point, km_side side);

/* the views body opens */
/** `muscle` and `point` (-1 none) are selected at first when they are among its rows. */
view *tui_place_new(km_tui *t, int region, km_side side, int muscle, int point);
view *tui_routine_new(km_tui *t, const km_ref *place, size_t n, bool open_too, const char *title);
/** Asks the first questions when these places touch a sign of danger, then ranks. */
view *tui_why_new(km_tui *t, const km_ref *place, size_t n);
view *tui_mark_form_new(km_tui *t, const km_mark *m);

#endif
