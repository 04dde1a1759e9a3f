/** Terminfo, apart from the rest because <term.h> makes macros of plain words ("lines", "tab"). */
#ifndef KM_TERM_CAPS_H
#define KM_TERM_CAPS_H

#include <stdbool.h>

#include "knotmap/mem.h"
#include "knotmap/status.h"

/** Whether TERM names a terminal that can move its cursor; KM_EUSAGE says why not. */
km_status km_caps_check(km_error *err);

/** A string capability of the current terminal, NULL when it has none. Borrowed. */
const char *km_cap(const char *name);
/** Append a capability without its padding ("$<5>"), for bytes sent without ncurses; NULL is nothing. */
void km_cap_add(km_buf *out, const char *s);
bool km_cap_flag(const char *name);
/** A number, 0 when it has none. */
int km_cap_number(const char *name);
/** Append a capability with one number (a colour), or two (a cell). */
void km_cap_add_number(km_buf *out, const char *name, int n);
void km_cap_add_move(km_buf *out, const char *cup, int y, int x);
/**
 * Mouse reports on and off, NULL when the terminal has no mouse. The caller frees both.
 *
 * Terminfo's XM where it exists. Elsewhere a terminal with a mouse (kmous) gets the two modes
 * xterm has: one that does not know the second (1006, cells beyond 223) stays with the old
 * encoding, and both are read.
 */
void km_cap_mouse(char **on, char **off);

#endif
