/** The chart where there is no room for a body. */
#ifndef KM_CLI_CHART_LIST_H
#define KM_CLI_CHART_LIST_H

#include "knotmap/chart.h"
#include "knotmap/draw.h"

/** Write the places of a scene to the first `height` lines of an empty grid, strongest first. */
void km_chart_list(km_grid *g, int height, const km_atlas *a, const km_scene *s,
                   km_chart_style style);

#endif
