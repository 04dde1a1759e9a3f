/** Screens the tests begin with, and their clock. */
#ifndef KNOTMAP_TESTS_SCENES_H
#define KNOTMAP_TESTS_SCENES_H

#include "knotmap/care.h"
#include "screen.h"

/** Seconds of the clock of these screens. */
extern double scene_clock;
double scene_now(void);

/** Time that is seen: the screen ticks every second. */
void pass(screen *s, int seconds);
/** Time that is not: the terminal was stopped, the next tick comes after it. */
void vanish(screen *s, int seconds);

/** A screen with one knot. */
void open_with_a_knot(screen *s, int w, int h, bool ascii);
/**
 * The routine of the knot followed from its fourth step on, a press of three sets of 60 s; the
 * page of what to expect is read, the clock waits.
 */
void follow_the_press(screen *s);
/** The made-up clinic; its client with long-standing pain is chosen. */
void open_clinic(screen *s, int w, int h, bool ascii);

/** All that can be seen, and whether a key asked for the end or for a new picture. */
void snapshot(km_buf *out, screen *s);

/** Oldest first; clear with the function of their list. */
km_treatment_list treatments(screen *s);
km_course_list courses(screen *s);

#endif
