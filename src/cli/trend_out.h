/** What trend's two files share: its columns and its options. */
#ifndef KM_CLI_TREND_OUT_H
#define KM_CLI_TREND_OUT_H

#include "command.h"
#include "knotmap/history.h"

/** Columns of a plot where the terminal's width is not known. */
#define KM_PLOT_WIDTH 80

/** "left:calf", "sternum", "me": a key as people write it. */
void km_key_text(km_buf *out, const km_trend_key *key);
/** trend --measure CODE. */
km_status km_trend_measure(km_cli *c, const km_trend_ask *ask, const char *code, km_error *err);
/** trend --split recovery. */
km_status km_trend_split(km_cli *c, const km_trend_ask *ask, km_error *err);
/** trend --plot and --calendar. */
km_status km_trend_plot(km_cli *c, const km_trend_ask *ask, km_error *err);
km_status km_trend_calendar(km_cli *c, const km_trend_ask *ask, km_error *err);

#endif
