/** A figure without anything on it: outline, owners, dots; made once per port and kept. */
#ifndef CHART_FRAME_H
#define CHART_FRAME_H

#include "engine.h"

#define DOT_X 2
#define DOT_Y 4
#define DOT_MIXED 254

typedef struct frame {
    port p;
    const sheet *s;
    uint8_t *plane;         /**< w * h characters of the outline, NULL until asked for */
    uint8_t *owner;         /**< w * h slots */
    uint8_t *cover;         /**< w * h covered samples, kept until the outline is fitted */
    uint8_t *dot_line;      /**< w * h braille cells: outline, limbs */
    uint8_t *dot_faint;     /**< w * h braille cells: features and borders; NULL until asked for */
    uint8_t *dot_slot;      /**< (w * 2) * (h * 4) slots */
    uint8_t *dot_whole;     /**< w * h: the slot of all eight dots, DOT_MIXED when they differ */
    int32_t cell[SHEET_MAX];  /**< cell that shows the slot, -1 when it is out of sight */
    bool own[SHEET_MAX];      /**< that cell belongs to it */
    bool inner[SHEET_MAX];    /**< it owns a cell without outline */
    int16_t x[SHEET_MAX], y[SHEET_MAX]; /**< a position in the polygon and, when own, in the cell */
    bool placed[SHEET_MAX];   /**< x and y are known */
    uint64_t used;
} frame;

typedef struct graph graph;

#define FRAMES_KEPT 24

struct km_chart {
    const km_atlas *a;
    sheet sheet[KM_VIEW_COUNT]; /**< by drawn view; n == 0 until asked for */
    fitter *f;
    frame *kept[FRAMES_KEPT];
    int n_kept;
    uint64_t clock;
    graph *walk;                /**< ways between the places of the last layout */
};

const sheet *chart_sheet(km_chart *c, km_view drawn);
/** The port of a figure, in the drawn view. */
port chart_figure_port(const km_figure *fig);
/** The frame of a figure; stays until FRAMES_KEPT others have been asked for. */
frame *chart_frame(km_chart *c, const km_figure *fig);
void chart_frame_need_plane(km_chart *c, frame *f);
void chart_frame_need_dots(km_chart *c, frame *f);
/** A position inside the slot's polygon that its cell shows; false when it is out of sight. */
bool chart_frame_place(km_chart *c, frame *f, int slot, int *x, int *y);

/** The point of a cell that lies in a slot, nearest to the cell's middle; tenths. */
bool chart_cell_point(const km_atlas *a, const frame *f, int slot, int cell, int *x, int *y);

/** Slot of a region and side in a drawn view; `side` as the view shows it. -1 when none. */
int chart_sheet_slot(const sheet *s, const km_atlas *a, km_view view, int region, km_side side);
/** The side a slot has in a view: the side views have one drawing for both. */
km_side chart_slot_side(const sheet *s, const km_atlas *a, km_view view, int slot);

void chart_graph_free(graph *g);

/** The port fitted at build time for a height, or the plain one. */
void chart_best_port(port *out, km_chart *c, km_view drawn, km_zoom zoom, int rows);

#endif
