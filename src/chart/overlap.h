/** Overlap of an outline in characters with the body; for the build and the tests. */
#ifndef CHART_OVERLAP_H
#define CHART_OVERLAP_H

#include "engine.h"

/** The outline's characters as bitmaps. */
typedef struct ink_font {
    int w, h;               /**< pixels of a cell */
    int grow;               /**< pixels of growth: three quarters of a column */
    uint8_t *glyph;         /**< FIT_N bitmaps of w * h, 1 where there is ink; caller's */
} ink_font;

/** Intersection over union of what the outline encloses and the silhouette, 0..1. */
double chart_overlap(const uint8_t *plane, const ink_font *font, const km_atlas *a,
                     const sheet *s, const port *p);

/** Draw the idealised strokes of the fit as bitmaps into `font`, whose w and h are set. */
void chart_fit_font(const ink_font *font, const fitter *f);

#endif
