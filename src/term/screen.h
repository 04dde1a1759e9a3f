/** The screen: ncurses started and stopped, the grid sent as the cells that changed, colours. */
#ifndef KM_TERM_SCREEN_H
#define KM_TERM_SCREEN_H

#include "input.h"
#include "knotmap/draw.h"
#include "knotmap/status.h"
#include "knotmap/term.h"
#include "knotmap/tui.h"

typedef struct km_screen km_screen;

/**
 * Take the terminal. Nothing is written before the first km_screen_show.
 *
 * @return KM_EUSAGE when the terminal is unknown to terminfo.
 */
km_status km_screen_open(km_screen **out, const km_term_options *opt, km_error *err);
/** Give the terminal back and free everything. */
void km_screen_close(km_screen *s);

/** Give it back for a while (suspend), and take it again: the next show paints everything. */
void km_screen_leave(km_screen *s);
void km_screen_enter(km_screen *s);

/** Ask the terminal for its size; the next show paints everything when it changed. */
void km_screen_resize(km_screen *s);

/** Add the key sequences terminfo names for this terminal. */
void km_screen_bind_keys(km_input *in);

/**
 * Paint and send what changed since the last time, the cursor, mouse mode and bell included. One
 * doupdate at most; nothing is written when nothing changed.
 */
void km_screen_show(km_screen *s, km_tui *t);

#endif
