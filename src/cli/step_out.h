/** Steps of a routine on standard output: planned just now, or saved. */
#ifndef KM_CLI_STEP_OUT_H
#define KM_CLI_STEP_OUT_H

#include "command.h"

/** A listing of steps: rows in csv and json, paragraphs in text. */
km_rows *km_step_listing(km_cli *c);
void km_put_step(km_rows *r, const km_atlas *a, const km_saved_step *s);

#endif
