/* An app on a database of its own for one test. */
#ifndef OWN_APP_H
#define OWN_APP_H

#include "knotmap/app.h"

/* Open a database, or fail the test. */
km_app *open_app(const char *path);

/* Set-up and end of a test: *state is a km_app with the client "me", at 18:30 UTC of Friday
   2026-11-20. */
int app_begin(void **state);
int app_end(void **state);
/* Store a mark of a client (0: "me"), or fail the test. */
void mark_for(km_app *app, int64_t client, const char *place, km_kind kind, int intensity,
              km_instant when);

#endif
