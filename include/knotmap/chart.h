/**
 * The body chart: atlas, marks, zones and heat drawn into a grid at any size, and back from a
 * cell to the body. Coordinates are body coordinates in tenths of a unit (see km_polygon).
 * Pure but for a cache of outline fits inside km_chart.
 */
#ifndef KNOTMAP_CHART_H
#define KNOTMAP_CHART_H

#include <stdbool.h>
#include <stdint.h>

#include "knotmap/atlas.h"
#include "knotmap/draw.h"
#include "knotmap/mem.h"
#include "knotmap/model.h"

typedef enum km_chart_style {
    KM_STYLE_ASCII,    /**< outline of | / \ - _ ( ) . , ' ` */
    KM_STYLE_UNICODE,  /**< outline in braille dots */
    KM_STYLE_BLOCK,    /**< half blocks, for heat */
    KM_STYLE_COUNT
} km_chart_style;

/** How much of the body a figure shows. */
typedef enum km_zoom {
    KM_ZOOM_WHOLE,
    KM_ZOOM_UPPER,     /**< upper half */
    KM_ZOOM_LOWER,     /**< lower half */
    KM_ZOOM_AREA,      /**< around (center_x, center_y) at `scale` */
    KM_ZOOM_COUNT
} km_zoom;

/** A mark as the chart needs it. */
typedef struct km_chart_mark {
    km_view view;
    int16_t x, y;
    int16_t region;    /**< atlas index; the stored region is the truth */
    km_side side;
    km_kind kind;
    int8_t intensity;  /**< 0..10 or KM_INTENSITY_NONE */
    km_state state;
    int64_t id;
} km_chart_mark;

/** What a zone says of a region. The order is the order of painting: later wins. */
typedef enum km_zone_paint {
    KM_PAINT_NONE, KM_PAINT_LOCAL, KM_PAINT_SPILLOVER, KM_PAINT_ESSENTIAL,
    KM_PAINT_PAIN,        /**< painted pain, nothing selected yet: ! */
    KM_PAINT_ABSENT,      /**< expected but not painful: - */
    KM_PAINT_UNEXPLAINED, /**< painful and not expected: ! */
    KM_PAINT_SOMETIMES,   /**< painful and in a spillover zone: : */
    KM_PAINT_COVERED      /**< painful and in an essential zone: # */
} km_zone_paint;

/** Per region and side (index km_side) what to paint: zone[region * KM_SIDE_COUNT + side]. */
typedef uint8_t km_zone_map;

/** Everything to be shown. All borrowed for the call. */
typedef struct km_scene {
    const km_chart_mark *mark;
    int n_mark;
    const km_zone_map *zone;   /**< n_region * KM_SIDE_COUNT, or NULL */
    const uint8_t *heat;       /**< the same shape, 0 none .. 5 strongest, or NULL */
    int sel_region;            /**< selected region, -1 none */
    km_side sel_side;
    bool show_points;          /**< trigger points of the selected region (X1 X2), zoomed views */
    int sel_point;             /**< a trigger point to show as X with its number, -1 none */
    km_side sel_point_side;
    bool cursor;               /**< draw the cursor at */
    km_view cursor_view;
    int16_t cursor_x, cursor_y;
    bool labels;               /**< R, L and view names on the figure's first row */
} km_scene;

/** One body picture inside the grid. */
typedef struct km_figure {
    km_view view;
    km_zoom zoom;
    km_rect rect;              /**< where in the grid, label row included when it has one */
    km_rect body;              /**< the part that shows the body */
    int32_t x0, y0;            /**< body coordinate of the left upper corner of `body`, 1/64 tenths */
    int32_t ux, uy;            /**< body units per column and row, 1/64 tenths */
} km_figure;

#define KM_FIGURES_MAX 8

typedef struct km_layout {
    km_figure figure[KM_FIGURES_MAX];
    int n;
    bool list;                 /**< too small for a body: the caller shows a list of places */
} km_layout;

/** A chart with its cache of fits; holds no records. It borrows the atlas. */
typedef struct km_chart km_chart;
km_chart *km_chart_new(const km_atlas *a);
void km_chart_free(km_chart *c);

/**
 * Place figures into `r`, centred across it. `views` (n of them, wanted order) stand side by side:
 * the first two as large as `r` allows, further ones while they fit at that height; one alone
 * where two would have less than 18 rows. Beside a body the soles are drawn no wider than it.
 * `zoom` is the same for all; for KM_ZOOM_AREA the first view alone, centred at (cx, cy) with
 * `scale` (1, 2, 4, ... times the whole body's size), kept inside the body's bounds and moved by
 * whole cells. Every style has the same geometry, so that a place keeps its cell. Columns are
 * odd; 22 rows and 23 columns a figure at 80x24.
 *
 * @param labels each figure gives its first row to R, its name and L (front and back in the
 *               side views)
 * @param shown  how many of the views were placed, may be NULL; 0 with `list`, which is set when
 *               less than 18 rows are left for a body.
 */
void km_chart_layout(km_layout *out, km_chart *c, km_rect r, const km_view *views, int n,
                     km_zoom zoom, int cx, int cy, int scale, km_chart_style style, bool labels,
                     int *shown);

/** Paint a scene. Layers: outline < fill < zone < mark < cursor. */
void km_chart_render(km_grid *g, km_chart *c, const km_layout *l, const km_scene *s,
                     km_chart_style style);

/** The character that stands for a zone in every style, for legends: # : . ! - */
uint32_t km_chart_zone_rune(km_zone_paint p);
/** The character of a heat level 0..5, for legends: denser is stronger. */
uint32_t km_chart_heat_rune(int level, km_chart_style style);
/**
 * What the signs of heat stand for: ". 1-6  : 7-12  + 13-18 ...", five equal steps up to the sum
 * of the strongest place; "nothing was marked" when that is 0.
 */
void km_chart_heat_legend(km_buf *out, int strongest, km_chart_style style);

/**
 * What is under a cell: the region that owns it, and a position in the cell that lies in that
 * region by its polygon (the middle wherever that does).
 */
typedef struct km_hit {
    int figure;                /**< index into the layout */
    km_view view;
    int16_t x, y;              /**< body coordinate; the middle of the cell when region is -1 */
    int region;                /**< -1 outside the body */
    km_side side;
} km_hit;

/** @return false when the cell is in no figure. */
bool km_chart_hit(km_hit *out, km_chart *c, const km_layout *l, int col, int row);

/** The cell that shows a position, false when no figure does. `figure` may be NULL. */
bool km_chart_cell(const km_layout *l, km_view view, int x, int y, int *col, int *row,
                   int *figure);

typedef enum km_dir { KM_DIR_UP, KM_DIR_DOWN, KM_DIR_LEFT, KM_DIR_RIGHT } km_dir;

/** A place on the chart: a region, a side, a view and a position in it. */
typedef struct km_spot {
    km_view view;
    int16_t x, y;
    int region;
    km_side side;
} km_spot;

/**
 * The next place in a direction: the nearest region that way in the same figure, else in the
 * figure beside it; always lands, never traps: from anywhere every region of the shown figures
 * can be reached. False only at the outermost edge.
 */
bool km_chart_move(km_spot *spot, km_chart *c, const km_layout *l, km_dir dir);
/** One cell in a direction, staying on the body. */
bool km_chart_step(km_spot *spot, km_chart *c, const km_layout *l, km_dir dir);
/** The next (or previous) region in reading order over the shown figures, those that share a cell too. */
bool km_chart_tab(km_spot *spot, km_chart *c, const km_layout *l, bool back);
/** The spot of a region in the layout: in the first shown view that has it; false when none. */
bool km_chart_spot(km_spot *out, km_chart *c, const km_layout *l, int region, int point, km_side side);

/** The views a place can be seen in, best first; returns how many. */
int km_chart_views_of(km_view out[KM_VIEW_COUNT], const km_atlas *a, int region, int point,
                      km_side side);

/** A standalone SVG of the views with region ids and titles; prints well. */
void km_chart_svg(km_buf *out, const km_atlas *a, const km_view *views, int n, const km_scene *s,
                  const char *title);

/** Name of a view: "FRONT". */
const char *km_view_title(km_view v);

#endif
