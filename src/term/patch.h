/**
 * What changed between two frames, sent directly. Whole frames are ncurses' work; a cursor move
 * needs no second model of the screen, since both grids are at hand, and costs half.
 */
#ifndef KM_TERM_PATCH_H
#define KM_TERM_PATCH_H

#include <stdbool.h>
#include <stdint.h>

#include "colors.h"
#include "knotmap/draw.h"
#include "knotmap/mem.h"

typedef struct km_patch {
    const char *cup;          /* terminfo; NULL: it is ESC [ row ; column H */
    bool row_only, column_only; /* ESC [ row d and ESC [ column G are known as well */
    int at_y, at_x;           /* where the cursor is; -1: not known */
    const char *el;           /* erase to the end of the line, NULL: none */
    char *plain;              /* takes every attribute and colour back */
    bool corner;              /* the last cell can be written without scrolling */
    int color_clash;          /* attributes that do not go with colour (terminfo's ncv) */
    km_buf strings;           /* how each style is asked for, NUL-terminated */
    uint16_t style[16][17][17]; /* offset in strings by attr, fg + 1, bg + 1; 0: not yet made */
} km_patch;

/** After newterm. */
void km_patch_init(km_patch *p);
void km_patch_clear(km_patch *p);

/** The runes to send for a cell, 1 or 2 (with a combining one); `*n` how many. */
void km_patch_runes(uint32_t out[2], int *n, const km_cell *c, bool wide, bool ascii);

/**
 * Append what makes `before` into `now`, of the same size. Attributes are plain before and after.
 *
 * @return false when this terminal cannot be patched here: send the whole frame.
 */
bool km_patch_add(km_buf *out, km_patch *p, const km_colors *c, const km_grid *now,
                  const km_grid *before, bool ascii);
/** Append a move to a cell. */
void km_patch_move(km_buf *out, km_patch *p, int y, int x);

#endif
