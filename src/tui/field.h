/** A line of text being typed. Letters are always text here. */
#ifndef KNOTMAP_TUI_FIELD_H
#define KNOTMAP_TUI_FIELD_H

#include "knotmap/draw.h"
#include "knotmap/mem.h"
#include "knotmap/tui.h"

typedef struct tui_field {
    km_buf text;
    size_t at;    /**< byte offset of the cursor */
} tui_field;

/** Replace the text, the cursor behind it. */
void tui_field_set(tui_field *f, const char *text);
/** @return true when the key was taken: a rune, or one that moves or deletes. */
bool tui_field_key(tui_field *f, km_key key, size_t max_bytes);
/** Paint into line `y` of `r` from column `x`; scrolls so that the cursor is seen. */
void tui_field_paint(km_grid *g, km_rect r, int y, int x, const tui_field *f, bool focus);
void tui_field_clear(tui_field *f);

#endif
