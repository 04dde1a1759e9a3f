/** Plots of numbers over time, into a grid of cells: lines, small multiples, a calendar of days. */
#ifndef KNOTMAP_PLOT_H
#define KNOTMAP_PLOT_H

#include "knotmap/draw.h"
#include "knotmap/time.h"

/** Values at even distances, left to right; all members are borrowed. */
typedef struct km_plot {
    const char *title;          /**< above the plot, or NULL */
    const char *unit;           /**< of the values, beside the title, or NULL */
    bool unit_first;            /**< where both find no room the title is cut; else the unit goes */
    const double *v;            /**< `n` values; NAN is a gap: the line breaks, unless it is within reach */
    int n;
    int reach;                  /**< the line goes on over so many NANs in a row; 0 over none */
    double low, high;           /**< ends of the axis; values outside stand at its edge */
    const char *from, *mid, *to; /**< labels under the first, middle and last value, or NULL */
    km_role role;               /**< of the line */
} km_plot;

/** Fewest columns and lines of a plot with axes; below, km_plot_line draws a sparkline. */
#define KM_PLOT_LEAST_W 16
#define KM_PLOT_LEAST_H 5

/**
 * A line plot that fills `r`: title and unit, the values in braille dots (in an ASCII grid '*'
 * joined by '.'), figures at the left axis on the lines of their values, the labels below the lower
 * one.
 */
void km_plot_line(km_grid *g, km_rect r, const km_plot *p);

/**
 * Small multiples: plots of one size side by side and below each other, in their order.
 *
 * @return how many found room.
 */
int km_plot_many(km_grid *g, km_rect r, const km_plot *p, int n);
/** Columns each of them gets. */
int km_plot_many_width(int width, int n);
/** Lines km_plot_many needs for `n` plots at this width. */
int km_plot_many_lines(int width, int n);

/** One value a day. */
typedef struct km_plot_days {
    km_day first;               /**< day of v[0] */
    const double *v;            /**< `n` values, NAN a day without */
    int n;
    double high;                /**< the strongest value there can be */
} km_plot_days;

/** Lines of a calendar: months and seven weekdays. */
#define KM_CALENDAR_LINES 8

/**
 * A calendar: a column a week, a line a weekday, in each cell the day's value as a digit ('*' for
 * 10 and above), a dot on a day without one. When not all weeks fit, the last do.
 */
void km_plot_calendar(km_grid *g, km_rect r, const km_plot_days *d);

#endif
