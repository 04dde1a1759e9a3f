/** Every view and mode of the screen, and the keys that lead there from a fresh start. */
#ifndef KNOTMAP_TESTS_PLACES_H
#define KNOTMAP_TESTS_PLACES_H

#include "screen.h"

typedef struct place_script {
    const char *name, *keys;
} place_script;

extern const place_script places[];
extern const int n_places;

/** Go there from wherever the screen is; the first call stores the records the views show. */
void places_go(screen *s, int place);
/** Whether the action has nothing to change here and silence is right (already on that row). */
bool places_quiet(int place, int action);

#endif
