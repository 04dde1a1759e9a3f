/** Patterns: pages of what comes back, sides, what goes together, training and measures. */
#ifndef KNOTMAP_TUI_PATTERNS_H
#define KNOTMAP_TUI_PATTERNS_H

#include "knotmap/history.h"
#include "page.h"
#include "words.h"

typedef enum patterns_page {
    PATTERN_BACK, PATTERN_SIDES, PATTERN_TOGETHER, PATTERN_TRAINING, PATTERN_MEASURES,
    PATTERN_COUNT
} patterns_page;

typedef struct patterns_view {
    tui_page page;         /**< its view comes first */
    patterns_page at;
    km_silence silence;
} patterns_view;

/* patterns_more.c */
void tui_patterns_sides(km_tui *t, tui_page *p);
void tui_patterns_together(km_tui *t, tui_page *p);
void tui_patterns_training(km_tui *t, tui_page *p);
void tui_patterns_measures(km_tui *t, tui_page *p);

#endif
