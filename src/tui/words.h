/** Places and marks in the words people use. */
#ifndef KNOTMAP_TUI_WORDS_H
#define KNOTMAP_TUI_WORDS_H

#include "knotmap/atlas.h"
#include "knotmap/mem.h"
#include "knotmap/model.h"

/** "right shoulder blade", "breastbone": a region on a side, lower case. */
void tui_words_region(km_buf *out, const km_atlas *a, int region, km_side side);
/** "left infraspinatus 2": a muscle and its point on a side; point -1 when none. */
void tui_words_muscle(km_buf *out, const km_atlas *a, int muscle, int point, km_side side);
/** The same; where that is wider than `width` columns the term alone: "left Infraspinatus 2". */
void tui_words_muscle_fit(km_buf *out, const km_atlas *a, int muscle, int point, km_side side,
                          int width);
/** The muscle if the place names one, else the region. */
void tui_words_place(km_buf *out, const km_atlas *a, const km_place *p);
/** "knot 7 at left infraspinatus 2", "knot gone at ...", "knot at ..." without an intensity. */
void tui_words_mark(km_buf *out, const km_atlas *a, const km_mark *m);
/** "7", "*" for ten, "-" when not said. */
char tui_words_digit(int intensity);
/** The text in capitals (ASCII letters). */
void tui_words_upper(km_buf *out, const char *s);
/** A set of codes of the vocabulary as "aching, deep". */
void tui_words_set(km_buf *out, km_vocab v, uint32_t set);
/** Role of a kind of mark. */
int tui_words_kind_role(km_kind k);
/** "4:20", "45 s". */
void tui_words_seconds(km_buf *out, int seconds);

/** The reference that names a region on a side. */
km_ref tui_ref_region(const km_atlas *a, int region, km_side side);
/** The reference that names a muscle (and point, -1 none) on a side. */
km_ref tui_ref_muscle(const km_atlas *a, int muscle, int point, km_side side);

#endif
