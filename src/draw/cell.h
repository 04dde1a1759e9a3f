/** What the files of draw share: writing one cell and the ASCII twins. */
#ifndef KNOTMAP_DRAW_CELL_H
#define KNOTMAP_DRAW_CELL_H

#include "knotmap/draw.h"

/** The ASCII character that stands for a rune drawn by the program itself. */
uint32_t cell_ascii_twin(uint32_t rune);

/**
 * Write a rune of `width` columns (1 or 2) at grid column `x`, which must be inside the grid
 * (both columns of a wide one). Halves of wide runes it overwrites become blank.
 */
void cell_write(km_grid *g, int x, int y, km_role role, uint32_t rune, int width);

#endif
