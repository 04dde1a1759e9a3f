/*
 * Any bytes as a file of records: refused in words or taken, and what was taken is written and
 * read back the same. The first byte picks the kind.
 */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "knotmap/exchange.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

typedef struct met {
    km_buf csv;
    km_rows *rows;
} met;

static km_status collect(void *ctx, const char *bytes, size_t n, km_error *err)
{
    (void)err;
    km_buf_add(ctx, bytes, n);
    return KM_OK;
}

static km_status take(void *ctx, km_what what, km_entry *e, km_error *err)
{
    met *m = ctx;

    return km_rows_record(m->rows, what, e, err);
}

static km_status refuse(void *ctx, const km_refusal *r, km_error *err)
{
    (void)ctx;
    (void)err;
    if (r->line < 1 || r->problem[0] == '\0')
        abort();
    return KM_OK;
}

/* Read the bytes; what was taken is in `m`, as CSV. */
static km_status read_bytes(met *m, km_import_tally *tally, km_what what, const char *bytes,
                            size_t n, km_error *err)
{
    const km_rows_options opt = { .format = KM_FORMAT_CSV, .write = collect, .ctx = &m->csv };
    const km_import in = { .atlas = km_atlas_builtin(), .now = { .sec = 1795197000 },
                           .name = "fuzz", .take = take, .refuse = refuse, .ctx = m };
    FILE *f = n > 0 ? fmemopen((void *)(uintptr_t)bytes, n, "r") : fopen("/dev/null", "r");

    if (f == NULL)
        abort();
    m->rows = km_record_rows_new(&opt, what);
    km_status st = km_import_read(tally, f, what, &in, err);
    km_rows_close(m->rows, NULL);
    fclose(f);
    return st;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
    met first = { 0 }, second = { 0 };
    km_import_tally tally, again = { 0 };
    km_error err = { 0 };

    if (n == 0)
        return 0;
    const km_what what = (km_what)(data[0] % KM_WHAT_COUNT);
    const km_status st = read_bytes(&first, &tally, what, (const char *)data + 1, n - 1, &err);
    if (st != KM_OK && (st != KM_EDATA || err.text[0] == '\0'))
        abort();
    if (read_bytes(&second, &again, what, first.csv.s, first.csv.len, NULL) != KM_OK)
        abort();
    if (again.refused > 0 || again.taken != tally.taken || again.ignored.len > 0 ||
        strcmp(km_buf_str(&first.csv), km_buf_str(&second.csv)) != 0)
        abort();
    km_buf_clear(&tally.ignored);
    km_buf_clear(&again.ignored);
    km_buf_clear(&first.csv);
    km_buf_clear(&second.csv);
    return 0;
}
