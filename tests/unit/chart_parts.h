/** The tests of the chart by topic, and the small things they share. */
#ifndef CHART_PARTS_H
#define CHART_PARTS_H

#include "km_cmocka.h"

#include "knotmap/atlas.h"
#include "knotmap/chart.h"

/** A layout of `n` views over a whole grid of w by h with labels; the cursor's area for zooms. */
km_layout chart_laid(km_chart *c, int w, int h, km_zoom zoom, const km_view *views, int n);
km_layout chart_area(km_chart *c, int w, int h, km_view view, int cx, int cy, int scale);
/** Atlas index of a region that must exist. */
int chart_region(const char *code);
/** Atlas index of a trigger point that must exist. */
int chart_point(const char *muscle, int tp);

int chart_run_moves(void);
int chart_run_pictures(void);
int chart_run_scenes(void);

#endif
