/**
 * Inside the chart room: ports, filling, the outline fit and the tables made at build time.
 *
 * Lengths are in fine units, 1/64 of a tenth of a body unit, so that a whole body is 641,472
 * high and every sum fits 32 bits. Everything is integer arithmetic or exactly rounded
 * (+ - * / sqrt), so that a picture does not depend on the compiler.
 */
#ifndef CHART_ENGINE_H
#define CHART_ENGINE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "knotmap/atlas.h"
#include "knotmap/chart.h"

#define FINE 64         /**< fine units in a tenth */
#define SUB_X 8         /**< samples across a cell */
#define SUB_Y 16        /**< samples down a cell */
#define SUB_CELL (SUB_X * SUB_Y)
#define NO_SLOT 255     /**< no polygon */
#define SHEET_MAX 200

/** What is seen: a rectangle of cells laid over one drawn view. */
typedef struct port {
    km_view view;       /**< FRONT, BACK, RIGHT or SOLE */
    int32_t x0, y0;     /**< fine units at the left upper corner */
    int32_t ux, uy;     /**< fine units per column and row */
    int w, h;
} port;

/** The polygons of one drawn view; a slot is an index into it. */
typedef struct sheet {
    km_view view;
    int n;
    bool mirrored;                  /**< the drawing equals its mirror image at x = 0 */
    int16_t polygon[SHEET_MAX];     /**< index into body.polygon */
    uint8_t twin[SHEET_MAX];        /**< slot of the mirror image, itself on the midline */
    int16_t seed_x[SHEET_MAX], seed_y[SHEET_MAX]; /**< a point inside, in tenths */
    int32_t left, right, top, bottom; /**< bounds in fine units */
} sheet;

/** The view that is drawn for a view: RIGHT for LEFT. */
km_view chart_drawn_view(km_view v);
void chart_sheet_make(sheet *s, const km_atlas *a, km_view drawn);
/** Whether the port's picture equals its mirror image. */
bool chart_port_mirrors(const sheet *s, const port *p);

/** Whether (x, y), in tenths, lies in the polygon: even-odd, half-open edges. */
bool chart_polygon_holds(const km_polygon *p, int x, int y);

/** Whether (x, y), in tenths of the drawn view, lies in a slot; as km_body_at decides. */
bool chart_slot_holds(const sheet *s, const km_atlas *a, int slot, int x, int y);

/* fill.c */
/** Slot under every sample of a grid of w * sx by h * sy; NO_SLOT outside. */
void chart_fill_slots(uint8_t *slot, const km_atlas *a, const sheet *s, const port *p, int sx, int sy);

/**
 * Which polygon a cell belongs to, and how much of it the body covers.
 *
 * @param owner  w * h slots; NO_SLOT where less than a quarter is covered.
 * @param cover  w * h counts of covered samples, 0 .. SUB_CELL.
 */
void chart_fill_owners(uint8_t *owner, uint8_t *cover, const km_atlas *a, const sheet *s, const port *p);

/* fit.c */
/** Outline characters; the index is the code kept in planes, 0 is blank. */
#define FIT_GLYPHS " |/\\-_().,'`"
#define FIT_N 12
#define FIT_CODE 0x0fu    /**< part of a plane's byte that is the character */
#define FIT_FEATURE 0x10u /**< it belongs to a feature */
#define FIT_BORDER 0x20u  /**< it is a region border: ". ' :" as 8, 10, 12 */
#define FIT_COLON 12u

/** The character of a plane's byte. */
char chart_fit_char(uint8_t code);
/** The byte that shows the mirror image. */
uint8_t chart_fit_mirror(uint8_t code);

typedef struct fitter fitter;
fitter *chart_fitter_new(void);
void chart_fitter_free(fitter *f);

typedef struct fit_result {
    int64_t energy;     /**< smaller is better */
    int samples;        /**< outline length in tenths of a column */
    int leaks;          /**< cells inside still reached from outside; 0 when sound */
} fit_result;

/** Outline, features and borders of a port as characters. `cover` from chart_fill_owners. */
fit_result chart_fit_port(uint8_t *plane, fitter *f, const km_atlas *a, const sheet *s, const port *p,
                    const uint8_t *cover);

/** Whether the plain outline is drawn at this width of a column. */
bool chart_fit_coarse(const port *p);
/** Whether a feature is drawn at this width of a column. */
bool chart_fit_feature_shown(const km_line *l, const port *p);
/** Whether region borders are drawn. */
bool chart_fit_borders_shown(const port *p);

/* port.c */
#define ROWS_MIN 18     /**< below it a list of places stands in for the body */
#define SOLE_ROWS_MIN 10 /**< the soles are drawn smaller than that nowhere */
#define ROWS_MAX 60     /**< the largest height fitted when the program is built */

/** Columns a view takes at a height; odd. */
int chart_port_columns(km_view drawn, km_zoom zoom, int rows);
/** Steps of the search: scale in 1/1000 above the least, shifts in 1/8 of the slack. */
void chart_port_place(port *out, const sheet *s, km_zoom zoom, int rows, int scale, int shift_x,
                int shift_y);

/* fits made at build time */
typedef struct fit_entry {
    uint8_t view, zoom, rows, w;
    int32_t x0, y0, ux, uy;
    uint32_t at;        /**< offset of its bytes: plane, then owners, run lengths */
} fit_entry;

extern const fit_entry chart_fit_table[];
extern const int chart_fit_table_n;
extern const uint8_t chart_fit_bytes[];

/** Unpack a plane of w columns; `half` when only columns 0 .. w/2 are kept. */
const uint8_t *chart_fit_unpack(uint8_t *plane, const uint8_t *bytes, int columns, int stride, int h);

#endif
