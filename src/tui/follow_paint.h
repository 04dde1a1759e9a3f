/** A routine being followed: its state and its picture. */
#ifndef KNOTMAP_TUI_FOLLOW_PAINT_H
#define KNOTMAP_TUI_FOLLOW_PAINT_H

#include "follow_clock.h"
#include "view.h"

/** What became of a step. */
typedef struct follow_done {
    int64_t id;               /**< its treatment, 0 none */
    int seconds;              /**< worked, all rounds */
    int before, after;        /**< KM_INTENSITY_NONE when not said */
    bool stored;
    bool barred;              /**< a stop rule leaves it out */
    const char *stopped;      /**< the rule, or NULL */
} follow_done;

typedef struct follow_view {
    view base;
    km_tui *t;                /**< what is under way is stored when the view ends */
    char *title;
    int64_t routine_id;
    km_plan plan;             /**< its own copy */
    follow_step *beats;
    follow_done *done;
    follow_clock clock;
    int rating[3];            /**< of the step, by km_hold_beat */
    int64_t open_end;         /**< treatment whose last rating is still asked for, 0 none */
    int open_step;            /**< its step */
    int n_stored;
    int64_t main_id;          /**< treatment stored first: how stiff it was and is stands with it */
    int stiff[2];             /**< 0..10 before the start and at the end, -1 not said */
    km_response response;     /**< how it went */
    km_instant began;
    int64_t running_id;       /**< treatment of the step under way, 0 none yet */
    int64_t running_change;   /**< the change it was stored by */
    double running_held;      /**< seconds worked that it says */
    unsigned rated;           /**< bit b: it has the rating of beat b */
    bool started, stopping, flash;
    double flash_until;
    km_buf note;              /**< what just happened */
    km_role note_role;
    /* the place, zoomed */
    km_zone_map *zone;
    km_layout layout;
    int laid_step, laid_w, laid_h, laid_style;
} follow_view;

/** What a digit answers now. */
typedef enum follow_question {
    FOLLOW_ASKS_NOTHING,
    FOLLOW_ASKS_PAIN,         /**< of this beat */
    FOLLOW_ASKS_END,          /**< at the end of the step before */
    FOLLOW_ASKS_STIFF_BEFORE, FOLLOW_ASKS_STIFF_AFTER
} follow_question;
follow_question follow_asks(const follow_view *v);

void tui_follow_paint(km_tui *t, view *v, km_grid *g, km_rect r);
/** "it goes above 7 of 10"; NULL after the last. */
const char *tui_follow_stop_line(int rule);

#endif
