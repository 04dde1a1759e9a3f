/** The outline's characters as a font draws them. */
#ifndef CHART_INK_H
#define CHART_INK_H

#include "overlap.h"

/**
 * A font for chart_overlap: DejaVu Sans Mono at 12 by 24 pixels, or the idealised strokes
 * where the test was built without it. `font->glyph` is the caller's.
 *
 * @return the name of what was used, NULL when the font cannot be read.
 */
const char *ink_open(ink_font *font, const fitter *f);

#endif
