/** One CSV table of the atlas as text, and the reading of its cells with their place in words. */
#ifndef KM_ATLAS_SHEET_H
#define KM_ATLAS_SHEET_H

#include <stdbool.h>
#include <stddef.h>

#include "knotmap/mem.h"
#include "knotmap/status.h"

/** A header row and rows of as many cells; the memory belongs to the arena it was read into. */
typedef struct km_sheet {
    const char *file;           /**< as messages name it: "DIR/muscles.csv" */
    const char *const *column;
    int n_column;
    const char *const *cell;    /**< n_row x n_column, never NULL */
    const long *line;           /**< file line of each row */
    int n_row;
} km_sheet;

/**
 * Read a table from memory.
 *
 * @return KM_EDATA "FILE line L, column C: VALUE: reason" for a row with too few or too many
 *         cells, a cell that is not UTF-8 or holds a control character, a column named twice or
 *         not at all, a missing header, and what the CSV reader refuses.
 */
km_status km_sheet_read(km_sheet *out, km_arena *mem, const char *file, const char *bytes,
                        size_t n, km_error *err);

/** Refuse a cell of a column the table has: "FILE line L, column C: VALUE: " and the reason. */
km_status km_sheet_fail(const km_sheet *s, int row, const char *column, km_error *err,
                        const char *fmt, ...) __attribute__((format(printf, 5, 6)));

#define KM_IN_COLUMNS 16

/**
 * A table being read row by row. The getters keep the first refusal in `status` and give a
 * harmless value from then on, so that a row is read first and judged once.
 */
typedef struct km_in {
    const km_sheet *sheet;
    int column[KM_IN_COLUMNS];  /**< number of each wanted column */
    int row;
    km_status status;
    km_error *err;
    km_arena *mem;              /**< where lists go */
} km_in;

/** Find the wanted columns by name; KM_EDATA "FILE line 1, column C: missing". */
km_status km_in_open(km_in *in, const km_sheet *s, km_arena *mem, const char *const *want,
                     int n_want, km_error *err);
/** Refuse the cell of wanted column `c` in the current row (kept unless one was refused before). */
void km_in_fail(km_in *in, int c, const char *fmt, ...) __attribute__((format(printf, 3, 4)));

/** The text as it stands; may be "". */
const char *km_in_any(km_in *in, int c);
/** A text that must not be empty, without blanks at its edges. */
const char *km_in_text(km_in *in, int c);
/** A code: lower case letters, digits and single underscores, at most 40 bytes, no side word. */
const char *km_in_code(km_in *in, int c);
/** A whole number in lo..hi. */
int km_in_int(km_in *in, int c, int lo, int hi);
/** A number with at most one decimal in -3200..3200, as tenths. */
int km_in_tenths(km_in *in, int c);
/** Index of the cell among `n` words. */
int km_in_word(km_in *in, int c, const char *const *word, int n);
/** The items of a `;` list, each once and none empty; *n = 0 for an empty cell. */
const char *const *km_in_list(km_in *in, int c, int *n);

#endif
