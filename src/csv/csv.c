/*
 * The strict CSV reader and the writer, over libcsv.
 *
 * libcsv does the states of quoting. What it lacks is done here: it knows no line numbers, so
 * the bytes are handed to it one file line at a time; it trims blanks, which is switched off;
 * and it keeps a field until its end, so a field's size is bounded (an unclosed quote would
 * otherwise swallow the rest of a large file).
 */
#include "knotmap/csv.h"

#include <csv.h>
#include <errno.h>
#include <string.h>

/** The most bytes handed to libcsv at once; also how exactly FIELD_MAX is kept. */
enum { PIECE = 64 * 1024, FIELD_MAX = 1024 * 1024 };

typedef struct reader {
    struct csv_parser parser;
    const char *name;
    km_csv_fn fn;
    void *ctx;
    km_error *err;
    km_status status;

    long line;            /* file line of the bytes being fed, from 1 */
    long row_line;        /* where the open record starts */
    long field_line;      /* where the open field starts */
    bool row_open;        /* bytes of a record were fed and its end was not seen */
    bool after_cr;        /* the last byte was CR: an LF now belongs to the same line end */
    bool started;         /* the first bytes were looked at for a byte-order mark */
    size_t field_bytes;   /* fed since the last field ended */

    km_buf text;          /* the fields of the open record, each with its NUL */
    size_t *at, *len;     /* where each field starts in `text`, and its length */
    const char **field;
    size_t n, cap_at, cap_len, cap_field;
} reader;

static int blank_is_text(unsigned char c)
{
    (void)c;
    return 0;
}

static void *grow(void *p, size_t n)
{
    return km_realloc(p, n, 1);
}

static void on_field(void *bytes, size_t n, void *ctx)
{
    reader *r = ctx;
    if (r->status != KM_OK)
        return;
    KM_GROW(r->at, r->n, r->cap_at);
    KM_GROW(r->len, r->n, r->cap_len);
    r->at[r->n] = r->text.len;
    r->len[r->n] = n;
    r->n++;
    if (n > 0)
        km_buf_add(&r->text, bytes, n);
    km_buf_putc(&r->text, '\0');
    r->field_bytes = 0;
    r->field_line = r->line;
}

static void on_row(int end, void *ctx)
{
    (void)end;
    reader *r = ctx;
    if (r->status != KM_OK)
        return;
    /* The pointers are made last: `text` moves while it grows. */
    for (size_t i = 0; i < r->n; i++) {
        KM_GROW(r->field, i, r->cap_field);
        r->field[i] = km_buf_str(&r->text) + r->at[i];
    }
    const km_csv_row row = { .line = r->row_line, .n = r->n, .field = r->field, .len = r->len };
    r->status = r->fn(r->ctx, &row, r->err);
    km_buf_reset(&r->text);
    r->n = 0;
    r->row_open = false;
}

static void reader_init(reader *r, const char *name, km_csv_fn fn, void *ctx, km_error *err)
{
    *r = (reader){ .name = name, .fn = fn, .ctx = ctx, .err = err, .line = 1 };
    if (csv_init(&r->parser, CSV_STRICT | CSV_STRICT_FINI) != 0)
        km_die("cannot start the CSV reader");
    csv_set_space_func(&r->parser, blank_is_text);
    csv_set_realloc_func(&r->parser, grow);
}

static void reader_clear(reader *r)
{
    csv_free(&r->parser);
    km_buf_clear(&r->text);
    free(r->at);
    free(r->len);
    free(r->field);
}

/* Bytes of one file line, or a part of it. */
static void feed_piece(reader *r, const char *s, size_t n)
{
    r->field_bytes += n;
    const size_t taken = csv_parse(&r->parser, s, n, on_field, on_row, r);
    if (r->status != KM_OK)
        return;
    if (taken != n) {
        r->status = km_fail(r->err, KM_EDATA,
                            "%s line %ld: a stray quote (a field with quotes is written \"...\", "
                            "a quote inside it \"\")",
                            r->name, r->line);
    } else if (r->field_bytes > FIELD_MAX) {
        r->status = km_fail(r->err, KM_EDATA,
                            "%s line %ld: a field is larger than 1 MiB (is its quote closed?)",
                            r->name, r->field_line);
    }
}

static void feed_line(reader *r, const char *s, size_t n, bool blank)
{
    if (!blank && !r->row_open) {
        r->row_open = true;
        r->row_line = r->field_line = r->line;
        r->field_bytes = 0;
    }
    while (n > 0 && r->status == KM_OK) {
        const size_t piece = n < PIECE ? n : PIECE;
        feed_piece(r, s, piece);
        s += piece;
        n -= piece;
    }
}

static void feed(reader *r, const char *s, size_t n)
{
    size_t i = 0;
    if (!r->started) {
        r->started = true;
        if (n >= 3 && memcmp(s, "\xEF\xBB\xBF", 3) == 0)
            i = 3;
    }
    if (r->after_cr && i < n) {
        r->after_cr = false;
        if (s[i] == '\n')
            feed_line(r, s + i++, 1, true);
        r->line++;
    }
    while (i < n && r->status == KM_OK) {
        const size_t from = i;
        while (i < n && s[i] != '\n' && s[i] != '\r')
            i++;
        const bool blank = i == from;
        if (i == n) {
            feed_line(r, s + from, i - from, blank);
            return;
        }
        if (s[i] == '\r' && i + 1 == n) {
            feed_line(r, s + from, n - from, blank);
            r->after_cr = true;
            return;
        }
        i += s[i] == '\r' && s[i + 1] == '\n' ? 2 : 1;
        feed_line(r, s + from, i - from, blank);
        r->line++;
    }
}

static void finish(reader *r)
{
    if (r->status != KM_OK)
        return;
    if (csv_fini(&r->parser, on_field, on_row, r) != 0 && r->status == KM_OK)
        r->status = km_fail(r->err, KM_EDATA, "%s line %ld: a quote is opened and never closed",
                            r->name, r->field_line);
}

km_status km_csv_read(const char *bytes, size_t n, const char *name, km_csv_fn fn, void *ctx,
                      km_error *err)
{
    reader r;
    reader_init(&r, name, fn, ctx, err);
    feed(&r, bytes, n);
    finish(&r);
    reader_clear(&r);
    return r.status;
}

km_status km_csv_read_file(FILE *f, const char *name, km_csv_fn fn, void *ctx, km_error *err)
{
    reader r;
    reader_init(&r, name, fn, ctx, err);
    char *chunk = km_calloc(PIECE, 1);
    size_t n;
    errno = 0;
    while (r.status == KM_OK && (n = fread(chunk, 1, PIECE, f)) > 0)
        feed(&r, chunk, n);
    if (r.status == KM_OK && ferror(f))
        r.status = km_fail(err, KM_EIO, "%s: cannot read: %s", name,
                           errno ? strerror(errno) : "input error");
    finish(&r);
    free(chunk);
    reader_clear(&r);
    return r.status;
}

void km_csv_put(km_buf *out, bool first, const char *field)
{
    if (!first)
        km_buf_putc(out, ',');
    const size_t n = strlen(field);
    /* A blank at an edge is quoted too: RFC 4180 keeps it, some readers would trim it. */
    const bool quote = n > 0 && (strpbrk(field, ",\"\r\n") != NULL || field[0] == ' ' ||
                                 field[n - 1] == ' ');
    if (!quote) {
        km_buf_puts(out, field);
        return;
    }
    km_buf_putc(out, '"');
    for (const char *s = field; *s; s++) {
        if (*s == '"')
            km_buf_putc(out, '"');
        km_buf_putc(out, *s);
    }
    km_buf_putc(out, '"');
}

void km_csv_end(km_buf *out)
{
    km_buf_putc(out, '\n');
}
