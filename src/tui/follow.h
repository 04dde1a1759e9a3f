/** A routine being followed, and what leads to it. */
#ifndef KNOTMAP_TUI_FOLLOW_H
#define KNOTMAP_TUI_FOLLOW_H

#include "view.h"

/**
 * Follow a plan from a step on, waiting for its start. The plan is copied. `routine_id` is the
 * saved routine it comes from, 0 none. A page on what to expect lies over it when it holds a
 * technique the client was never treated with.
 */
void tui_follow(km_tui *t, const char *title, const km_plan *plan, int first, int64_t routine_id);

typedef void (*tui_first_then)(km_tui *t, void *ctx);
/**
 * The first questions these places call for; NULL when there is none to ask any more. Once they
 * are answered it calls `then`. `done` frees `ctx` whether they were answered or not.
 */
view *tui_first_new(km_tui *t, const km_ref *place, size_t n, tui_first_then then,
                    void (*done)(void *ctx), void *ctx);

/** The page of what to expect of a set of techniques (1u << km_technique). */
view *tui_expect_new(km_tui *t, uint32_t techniques);
/** Techniques among these the client was never treated with. */
uint32_t tui_expect_first_time(km_tui *t, uint32_t techniques);

#endif
