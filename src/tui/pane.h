/** A body picture beside a list, as place and why show it. */
#ifndef KNOTMAP_TUI_PANE_H
#define KNOTMAP_TUI_PANE_H

#include "view.h"

typedef struct chart_pane {
    km_layout layout;
    int turn;            /**< which view stands first */
    km_zone_map *zone;   /**< n_region * KM_SIDE_COUNT, emptied with tui_pane_zones_clear */
    int w, h, style, laid_turn;
} chart_pane;

/** Columns of a whole figure of `rows` rows. */
int tui_pane_figure_width(int rows);
/** Chart to the left and list to the right of `r`; no chart (w 0) where there is no room. */
void tui_pane_split(km_rect r, km_rect *chart, km_rect *list);

void tui_pane_init(chart_pane *p, const km_tui *t);
void tui_pane_clear(chart_pane *p);
void tui_pane_zones_clear(chart_pane *p, const km_tui *t);
/** Turn to the next sides. */
void tui_pane_turn(km_tui *t, chart_pane *p);
/** Paint `s` with the pane's zones and a line to the right; nothing when `r` is empty. */
void tui_pane_paint(km_tui *t, chart_pane *p, km_grid *g, km_rect r, km_scene *s);

#endif
