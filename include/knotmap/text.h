/** UTF-8 text: decoding, display width, control characters, comparing and fuzzy matching. */
#ifndef KNOTMAP_TEXT_H
#define KNOTMAP_TEXT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "knotmap/mem.h"

/** Stands for a byte that is not valid UTF-8. */
#define KM_RUNE_BAD 0xFFFDu

/**
 * Decode the rune at `s` (at most `n` bytes).
 *
 * @return bytes taken, at least 1 when n > 0; an invalid or overlong sequence, a surrogate
 *         and a cut-off sequence take one byte and give KM_RUNE_BAD. 0 when n is 0.
 */
size_t km_utf8_decode(uint32_t *rune, const char *s, size_t n);
/** Write a rune as UTF-8; returns its bytes (1..4), no NUL is added. */
size_t km_utf8_encode(char out[4], uint32_t rune);
/** Whether all `n` bytes are valid UTF-8. */
bool km_utf8_valid(const char *s, size_t n);
/** Columns a rune takes: 0 for combining, 2 for wide, 1 otherwise; unknown counts 1. */
int km_rune_width(uint32_t rune);
/** Columns of a NUL-terminated text after km_text_visible. */
int km_text_width(const char *s);
/** Byte length of the longest prefix of `s` no wider than `columns`. */
size_t km_text_fit(const char *s, int columns);

/**
 * Append `s` with everything a terminal could act on made visible: C0 and C1 controls and DEL
 * become "\x1b"-like escapes (newline and tab a space), bidi overrides and invalid bytes U+FFFD
 * ("?" when `ascii`); with `ascii` every other non-ASCII rune becomes "?".
 */
void km_text_visible(km_buf *out, const char *s, bool ascii);

/** Compare ignoring case (simple Unicode case folding through towlower), <0, 0, >0. */
int km_text_casecmp(const char *a, const char *b);
/** Whether `s` starts with `prefix`, ignoring case. */
bool km_text_starts(const char *s, const char *prefix);
/** Whether `needle` stands anywhere in `hay`, ignoring case. */
bool km_text_contains(const char *hay, const char *needle);
/** The same as words of their own: no letter or digit goes on before or after it. */
bool km_text_names(const char *hay, const char *needle);

/**
 * How well `needle` matches `hay` as a subsequence, ignoring case, with '_' and '-' equal to ' '.
 *
 * @return 0 no match; larger is better: exact > prefix > word starts > scattered; shorter
 *         `hay` wins a tie.
 */
int km_text_fuzzy(const char *needle, const char *hay);
/** Damerau-Levenshtein distance in bytes, ignoring ASCII case, cut off at `max + 1`. */
int km_text_distance(const char *a, const char *b, int max);

/**
 * A whole text as a finite number, written in decimal: "3", "-2.5", "1e2"; blanks may stand around
 * it. Neither "0x10" nor "nan" is one.
 */
bool km_number_parse(double *out, const char *text);

/** Whether the locale's codeset is UTF-8 (nl_langinfo); call after setlocale. */
bool km_locale_utf8(void);

#endif
