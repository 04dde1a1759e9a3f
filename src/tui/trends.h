/** Trends: state of the view and what its files share. */
#ifndef KNOTMAP_TUI_TRENDS_H
#define KNOTMAP_TUI_TRENDS_H

#include "knotmap/history.h"
#include "list.h"
#include "page.h"
#include "words.h"

/** Days that are read when all clients are shown. */
#define TRENDS_CLIENT_DAYS 182
/** Buckets that are read of each key: two stand in a cell, so it is more than any plot shows. */
#define TRENDS_BUCKETS 1000
/** Days of the calendar's key that are read: a hundred years. */
#define TRENDS_DAYS 36525

typedef enum trends_show { TREND_PLOT, TREND_MANY, TREND_CALENDAR, TREND_SHOWS } trends_show;

typedef struct trends_view {
    view base;
    km_trend_ask ask;
    km_trend_result r;
    int *row;              /**< of `r`, those the text lets through */
    int n;
    char *text;            /**< what narrows the list; NULL nothing */
    char *wanted;          /**< key to select on the first loading; NULL the first row */
    km_side wanted_side;
    tui_list list;
    trends_show show;
    km_trend_result days;  /**< the selected one by day, for the calendar */
    int days_of;           /**< the row of `r` it is for, -1 none */
} trends_view;

/** The selected series, NULL when there is none. */
const km_trend_key *tui_trends_selected(const trends_view *v);
/** "right infraspinatus 2", "knot", "Ada": a key in words, within `width` columns where it can. */
void tui_trends_name(km_buf *out, const km_tui *t, const trends_view *v, const km_trend_key *k,
                     int width);
/** The judgement of the newest ratings. */
const km_judgement *tui_trends_judge(const km_trend_key *k);
void tui_trends_paint(km_tui *t, view *base, km_grid *g, km_rect r);

/** A spot of the atlas in `width` columns where it can: a muscle by its term, the side by its letter. */
void tui_words_spot_fit(km_buf *out, const km_atlas *a, const km_ref *spot, int width);
/** A place in `width` columns where it can: the muscle by its term, the side by its letter. */
void tui_words_place_fit(km_buf *out, const km_atlas *a, const km_place *p, int width);

#endif
