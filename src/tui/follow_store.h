/** What a followed routine leaves in the records. */
#ifndef KNOTMAP_TUI_FOLLOW_STORE_H
#define KNOTMAP_TUI_FOLLOW_STORE_H

#include "follow_paint.h"

/** What was worked for less than this is not kept when a step is left. */
#define FOLLOW_KEEP_SEC 10

/** The line below the step. */
void follow_note(follow_view *v, km_role role, const char *text);
void follow_forget_ratings(follow_view *v);

/**
 * The step under way as a treatment, from its tenth second on and every ten after that, so that it
 * is there whatever ends the program. Nothing is written while the clock waits.
 */
void follow_store_running(km_tui *t, follow_view *v);
/**
 * A step that is over or left as a treatment with its ratings; one undo takes it back. `why` when
 * it was stopped. The step's row of the summary says so.
 */
void follow_store_step(km_tui *t, follow_view *v, int at, double held, const char *why);

/** How the body answered, said of all that was done and not stopped. */
void follow_respond(km_tui *t, follow_view *v, km_response response);
/** How stiff it is at the end, with the treatment that was stored first. */
void follow_stiff_after(km_tui *t, follow_view *v, int rating);
/** What the records say of this routine, once it is over. */
void follow_load(km_tui *t, view *base);

#endif
