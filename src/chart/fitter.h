/** Characters as ink on the lattice of a cell: what the fit measures with. */
#ifndef CHART_FITTER_H
#define CHART_FITTER_H

#include "engine.h"

/* The lattice: a cell is 10 by 20 lattice steps. Samples sit in the middle of a step. */
#define LX 10
#define LY 20
#define REACH 12                    /* no ink farther than this matters: 1.2 columns */
#define TX (LX + 2 * REACH)
#define TY (LY + 2 * REACH)
#define BINS 16                     /* directions of a line: half a turn */
#define D2_CAP (4 * REACH * REACH)  /* squared distances count half steps */
#define INK_MAX 16

typedef struct ink {
    int8_t x, y;    /* half steps from the cell's corner */
    uint8_t bin;
} ink;

struct fitter {
    uint16_t cost_of[D2_CAP + 1];   /* 1024 d^1.75 */
    int16_t turn[BINS][BINS];       /* squared distance that stands for a change of direction */
    ink ink[FIT_N][INK_MAX];
    int n_ink[FIT_N];
    /* [bin][y][x][glyph]: cost of a sample there when this cell holds the glyph */
    uint16_t table[BINS][TY][TX][FIT_N];
};

/** What a character costs by itself: the plain ones are preferred. */
extern const int chart_charge[FIT_N];

/** The direction of a line as one of BINS; a line equals its reverse. */
int chart_direction_bin(double dx, double dy);

#endif
