/* Any bytes: the reader ends, and what it accepts is written and read back the same. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "knotmap/csv.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

typedef struct collected {
    km_buf text;      /* the records, written again */
    long last_line;
    bool nul;
} collected;

static km_status collect(void *ctx, const km_csv_row *row, km_error *err)
{
    (void)err;
    collected *c = ctx;
    if (row->line <= c->last_line || row->n == 0)
        abort();
    c->last_line = row->line;
    for (size_t i = 0; i < row->n; i++) {
        c->nul = c->nul || strlen(row->field[i]) != row->len[i];
        km_csv_put(&c->text, i == 0, row->field[i]);
    }
    /* a record of one empty field would be a blank line */
    if (row->n == 1 && row->len[0] == 0)
        km_buf_puts(&c->text, "\"\"");
    km_csv_end(&c->text);
    return KM_OK;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
    collected first = { 0 }, second = { 0 };
    km_error err = { 0 };
    const km_status st = km_csv_read((const char *)data, n, "fuzz", collect, &first, &err);
    if (st != KM_OK && (st != KM_EDATA || err.text[0] == '\0'))
        abort();
    /* A byte-order mark can stand inside; at the start of the copy it would be stripped. */
    const bool marked = first.text.len >= 3 && memcmp(first.text.s, "\xEF\xBB\xBF", 3) == 0;
    if (st == KM_OK && !first.nul && !marked) {
        if (km_csv_read(km_buf_str(&first.text), first.text.len, "again", collect, &second,
                        NULL) != KM_OK)
            abort();
        if (first.text.len != second.text.len ||
            memcmp(km_buf_str(&first.text), km_buf_str(&second.text), first.text.len) != 0)
            abort();
    }
    km_buf_clear(&first.text);
    km_buf_clear(&second.text);
    return 0;
}
