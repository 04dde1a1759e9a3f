/** Why: the first questions and the ranking; what other views ask of them. */
#ifndef KNOTMAP_TUI_WHY_H
#define KNOTMAP_TUI_WHY_H

#include "view.h"

/**
 * Whether muscles may be named for these places: no sign of danger touches them, or the first
 * questions about the signs that do were answered in this run.
 */
bool tui_why_cleared(km_tui *t, const km_ref *place, size_t n);

/** The ranking itself, once the questions are answered. */
view *tui_ranking_new(km_tui *t, const km_ref *place, size_t n);

#endif
