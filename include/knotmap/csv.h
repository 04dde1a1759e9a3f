/**
 * CSV as RFC 4180: a strict reader and a writer. The only room that knows libcsv.
 *
 * Reading strips a UTF-8 byte-order mark, takes LF, CRLF and CR line ends, and counts the
 * file's own lines, so that a quoted field with line breaks does not shift later numbers.
 */
#ifndef KNOTMAP_CSV_H
#define KNOTMAP_CSV_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

#include "knotmap/mem.h"
#include "knotmap/status.h"

/** One record: `n` fields, NUL-terminated, valid for the call only. */
typedef struct km_csv_row {
    long line;            /**< file line where the record starts, from 1 */
    size_t n;
    const char *const *field;
    const size_t *len;    /**< byte lengths; a field with a NUL inside is longer than strlen */
} km_csv_row;

/** Called for each record, the header included; anything but KM_OK stops the reading. */
typedef km_status (*km_csv_fn)(void *ctx, const km_csv_row *row, km_error *err);

/**
 * Read CSV from memory.
 *
 * @param name  what the text is called in messages ("marks.csv").
 * @return KM_OK; KM_EDATA "NAME line N: ..." for a stray or unclosed quote; or what `fn` gave.
 */
km_status km_csv_read(const char *bytes, size_t n, const char *name, km_csv_fn fn, void *ctx,
                      km_error *err);

/** Read CSV from an open stream, in pieces (constant memory). Read errors give KM_EIO. */
km_status km_csv_read_file(FILE *f, const char *name, km_csv_fn fn, void *ctx, km_error *err);

/** Append one field, quoted when it must be (RFC 4180), with a comma before all but the first. */
void km_csv_put(km_buf *out, bool first, const char *field);
/** End the record (LF). */
void km_csv_end(km_buf *out);

#endif
