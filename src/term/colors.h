/** Roles into attributes and colour pairs. */
#ifndef KM_TERM_COLORS_H
#define KM_TERM_COLORS_H

#include <stdbool.h>

#include "knotmap/draw.h"
#include "knotmap/tui.h"

/** How a cell is sent: ncurses attributes (without the colour) and a pair, 0 for none. */
typedef struct km_style {
    unsigned long attr;
    short pair;
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
/** The style of a cell; pairs are made when first needed. */
km_style km_colors_style(km_colors *c, const km_cell *cell);

#endif
