/** The day: its state, and what its reaction and its picture share. */
#ifndef KNOTMAP_TUI_DAY_H
#define KNOTMAP_TUI_DAY_H

#include "care.h"
#include "list.h"

typedef enum row_kind {
    ROW_HOOPER, ROW_DID, ROW_TEN, ROW_FLEX, ROW_FLEX_ADD, ROW_DUE
} row_kind;

typedef struct day_row {
    row_kind kind;
    int item;               /**< Hooper item, energy 0 or mood 1, row of `flex` or `due` */
} day_row;

/** A test of a side: a row for its reading of this day. */
typedef struct flex_row {
    const km_measure *test;
    km_side side;
    double last;            /**< newest reading on or before the day, NAN none */
    double value;           /**< of this day, NAN none */
} flex_row;

#define TESTS_MAX 16
#define FLEX_ROWS KM_FLEX_MAX
typedef struct day_view {
    view base;
    km_day day;
    bool chosen;            /**< a day other than today was turned to */
    km_checkin c, before;   /**< of the day, and what it starts from */
    bool stored;
    double usual;           /**< mean Hooper index of the 28 days before, NAN none */
    km_week week;
    bool has_week;
    km_week_plan plan;
    km_measure test[TESTS_MAX];
    int n_test;
    flex_row flex[FLEX_ROWS];
    int n_flex;
    km_due_list due;
    day_row *row;
    int n, cap;
    int did_at;
    int asked_flex;         /**< the row a number is typed for */
    int width;              /**< it was painted in last */
    tui_list list;
    km_arena mem;
} day_view;

extern const char *const tui_day_hooper_name[4];
extern const char *const tui_day_habit_name[KM_HABIT_COUNT];

/** The value of a Hooper item, and of energy (0) or mood (1). */
int *tui_day_hooper(km_checkin *c, int item);
int *tui_day_ten(km_checkin *c, int item);
/** Whether a row begins a group, which a blank line sets off where there is room. */
bool tui_day_starts_group(const day_view *v, int row);
/** Lines a row takes in `width` columns. */
int tui_day_lines(const day_view *v, int row, int width);
/** Whether there is room for the blank lines. */
bool tui_day_is_airy(const day_view *v, int width, int rows);
/** Whether this day says something on a row. */
bool tui_day_is_said(const day_view *v, const day_row *r);

void tui_day_add_row(day_view *v, row_kind kind, int item);
void tui_day_load(km_tui *t, view *base);
void tui_day_paint(km_tui *t, view *base, km_grid *g, km_rect r);

#endif
