/* Grids of a size for the tests of drawing. */
#ifndef GRID_HELP_H
#define GRID_HELP_H

#include "knotmap/draw.h"

/* A blank grid; give it back with km_grid_free. */
static inline km_grid make(int w, int h, bool ascii)
{
    km_grid g = { .ascii = ascii };
    km_grid_resize(&g, w, h);
    return g;
}

static inline km_rect whole(const km_grid *g)
{
    return (km_rect){ 0, 0, g->w, g->h };
}

#endif
