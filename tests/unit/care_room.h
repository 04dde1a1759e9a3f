/* What the tests of care share: an app on a database of its own, marks and treatments. */
#ifndef CARE_ROOM_H
#define CARE_ROOM_H

#include "knotmap/care.h"
#include "store_help.h"

typedef struct room {
    temp t;
    km_app *app;
    km_error err;
    km_arena mem;
} room;

/* Pin the clock. 2026-11-16 is a Monday. */
void now(const char *time);
/* It is 18:00 of that Monday. */
void room_open(room *r);
void room_close(room *r);
/* Fail the test with the error's text. */
void ok(room *r, km_status st);
void mark(room *r, const char *place, km_kind kind, int intensity, km_cause cause,
          const char *at);
/* The id comes back. */
int64_t treat(room *r, const char *place, km_technique technique, int before, int after,
              const char *at);
const km_due *find_due(const km_due_list *l, km_due_kind kind);
bool is_due(room *r, km_due_kind kind);

#endif
