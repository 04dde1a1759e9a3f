/** One screen of 80x24 for each test, and what was stored last. */
#ifndef KNOTMAP_TESTS_FLOW_H
#define KNOTMAP_TESTS_FLOW_H

#include "screen.h"

extern screen s;
int start(void **state);
int stop(void **state);
/** The newest mark as "kind intensity place/muscle:tp state"; valid until the next call. */
const char *newest(void);
/** Marks stored. */
size_t count(void);

#define T(name) cmocka_unit_test_setup_teardown(name, start, stop)

#endif
