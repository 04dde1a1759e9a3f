/** Why: the first questions and the ranking; what other views ask of them. */
#ifndef KNOTMAP_TUI_WHY_H
#define KNOTMAP_TUI_WHY_H

#include "view.h"

/**
 * Whether muscles may be named for these places: no sign of danger touches them, or the first
 * questions about the signs that do were answered in this run.
 */
bool tui_why_cleared(km_tui *t, const km_ref *place, size_t n);

/**
 * The ranking for the places of a complaint; before it the first questions, those that the
 * complaint itself calls for among them, unless they were answered in this run.
 */
view *tui_why_of(km_tui *t, const km_trouble *trouble, const km_ref *place, size_t n);

/** The ranking itself, once the questions are answered. */
view *tui_ranking_new(km_tui *t, const km_ref *place, size_t n);

#endif
