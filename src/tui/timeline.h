/**
 * Time on the screen: which moment is shown, stepping through days and visits, playing, and the
 * slider. The past is for looking: what it shows is not changed there.
 */
#ifndef KNOTMAP_TUI_TIMELINE_H
#define KNOTMAP_TUI_TIMELINE_H

#include "actions.h"
#include "knotmap/app.h"
#include "knotmap/draw.h"

/** A visit, training or recovery session one can stop at. */
typedef struct tui_stop {
    km_instant at;         /**< its end, or the end of its day */
    km_session_kind kind;
} tui_stop;

/** The speed that playing begins with: a week a second. */
#define TUI_TIME_SPEED 2

typedef struct tui_time {
    bool past;             /**< another moment than now is shown */
    km_day day;            /**< its day */
    km_instant then;       /**< the moment: what was written up to it counts */

    bool playing;
    int speed;             /**< index into the speeds */
    double last_step;      /**< clock of the last day played */

    bool loaded;           /**< what follows is read */
    uint64_t seen_revision, seen_epoch;
    bool any;              /**< there is a mark */
    km_day first;          /**< day of the first mark */
    tui_stop *stop;        /**< oldest first */
    int n_stop;
    int at_stop;           /**< the stop that is shown, -1 none */
} tui_time;

struct tui_hint;

/** While days are played: what steers that, on the last line; false when nothing plays. */
bool tui_time_hint(const km_tui *t, struct tui_hint *h);
/** The day that is shown: today, unless another moment is. */
km_day tui_time_day(const km_tui *t);
/** Count only what was written up to the moment shown. */
void tui_time_filter(const km_tui *t, km_mark_filter *f);
/** Do an action of the TIME context; false when it is none. */
bool tui_time_act(km_tui *t, tui_action action);
/** The moment `step` days, or sessions, from another one; false (and said) at either end. */
bool tui_time_step(km_tui *t, km_instant *io, tui_action action);
/** Show what is now. */
void tui_time_now(km_tui *t);
/** Show the end of a day. */
void tui_time_to(km_tui *t, km_day day);
/** Whether an action would write into the past; says so. */
bool tui_time_blocks(km_tui *t, tui_action action);
/** Play on; milliseconds until the next step (a large number when nothing plays). */
void tui_time_tick(km_tui *t);
int tui_time_wait(const km_tui *t);
/**
 * The slider on the first line of `r`: day, where it lies among all days, visits, what was open
 * (-1: not said).
 */
void tui_time_slider(km_tui *t, km_grid *g, km_rect r, int open);
void tui_time_clear(tui_time *t);

#endif
