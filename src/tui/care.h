/** The places of care: what the day leads to. */
#ifndef KNOTMAP_TUI_CARE_H
#define KNOTMAP_TUI_CARE_H

#include "knotmap/care.h"
#include "view.h"

/** Weeks, what helped, causes, recovery: pages turned with Tab. */
view *tui_care_new(km_tui *t);
/** Goals, events and visits with the four outcomes. */
view *tui_goals_new(km_tui *t);
/** The pages a recovery session looks at before it can be ended. */
view *tui_recovery_new(km_tui *t);
/** The routines that were kept. */
view *tui_saved_new(km_tui *t);
/** Open the form of a stored treatment; a message when there is none. */
void tui_treatment_open(km_tui *t, int64_t id);
/** All that can be said of the aftercare of a treatment; `rating` is said already, -1 not. */
view *tui_aftercare_form(km_tui *t, const km_due *due, int rating);
/** A flexibility reading of a day: which test, which side, how much. */
view *tui_flex_form(km_tui *t, km_day day);

/** One session in full. */
view *tui_session_page(km_tui *t, int64_t id);
/** Weekly records of how much an area hindered. */
view *tui_problems_new(km_tui *t);

/** Store a check-in as that of its day; `what` for the last line. False after a message. */
bool tui_checkin_store(km_tui *t, km_checkin *c, km_day day, const char *what);

#endif
