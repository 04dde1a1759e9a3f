/** Roles into attributes and colours. */
#ifndef KM_TERM_COLORS_H
#define KM_TERM_COLORS_H

#include <stdbool.h>
#include <stdint.h>

#include "knotmap/draw.h"
#include "knotmap/tui.h"

enum { KM_ATTR_BOLD = 1, KM_ATTR_DIM = 2, KM_ATTR_UNDERLINE = 4, KM_ATTR_REVERSE = 8 };

/** How a cell looks: attributes, and colours -1 (the terminal's own) or 0..15. */
typedef struct km_style {
    uint8_t attr;
    int8_t fg, bg;
} km_style;

typedef struct km_colors {
    bool on;                    /**< colour is used */
    int count;                  /**< colours of the terminal: 8, 16, 256; 0 in mono */
    bool own_ground;            /**< the terminal's own colours can be asked for (-1) */
    short pair[17][17];         /**< allocated pairs by fg + 1 and bg + 1, 0: not yet */
    short next;
    km_look look[KM_ROLE_COUNT];
} km_colors;

/** After newterm. `wanted` false: no colour sequence is ever sent. */
void km_colors_start(km_colors *c, bool wanted);
/** Fetch the looks; true when one changed since the last time. */
bool km_colors_refresh(km_colors *c, const km_tui *t);
/** The style of a cell. */
km_style km_colors_style(const km_colors *c, const km_cell *cell);
/** The ncurses pair of a style, made when first needed; 0 for the terminal's own colours. */
short km_colors_pair(km_colors *c, km_style style);

#endif
