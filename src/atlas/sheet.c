#include "sheet.h"

#include <inttypes.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "knotmap/csv.h"
#include "knotmap/text.h"

/** Columns of a refused value that are shown. */
enum { SHOWN = 60, CODE_MAX = 40 };

typedef struct sheet_reader {
    km_sheet *out;
    km_arena *mem;
    const char **cell;
    long *line;
    size_t n_cell, cap_cell, cap_line;
} sheet_reader;

/* The value as a message may show it: cut, and nothing a terminal would act on. */
static void put_value(km_buf *out, const char *value)
{
    km_buf seen = { 0 };
    km_text_visible(&seen, value, false);
    const size_t fit = km_text_fit(km_buf_str(&seen), SHOWN);
    km_buf_add(out, km_buf_str(&seen), fit);
    if (fit < seen.len)
        km_buf_puts(out, "...");
    km_buf_clear(&seen);
}

static km_status refuse(const char *file, long line, const char *column, const char *value,
                        km_error *err, const char *reason)
{
    km_buf text = { 0 };
    km_buf_printf(&text, "%s line %ld, column ", file, line);
    put_value(&text, column);
    if (value != NULL) {
        km_buf_puts(&text, ": ");
        put_value(&text, value[0] != '\0' ? value : "\"\"");
    }
    const km_status st = km_fail(err, KM_EDATA, "%s: %s", km_buf_str(&text), reason);
    km_buf_clear(&text);
    return st;
}

static bool has_control(const char *s)
{
    for (; *s != '\0'; s++)
        if ((unsigned char)*s < 0x20 || *s == 0x7f ||
            ((unsigned char)s[0] == 0xC2 && ((unsigned char)s[1] & 0xE0) == 0x80))
            return true;
    return false;
}

static km_status check_cell(const char *file, long line, const char *column, const char *value,
                            size_t len, km_error *err)
{
    if (strlen(value) != len)
        return refuse(file, line, column, value, err, "holds a NUL byte");
    if (!km_utf8_valid(value, len))
        return refuse(file, line, column, value, err, "is not UTF-8");
    if (has_control(value))
        return refuse(file, line, column, value, err, "holds a control character");
    return KM_OK;
}

static km_status on_header(sheet_reader *r, const km_csv_row *row, km_error *err)
{
    km_sheet *s = r->out;
    const char **column = km_arena_alloc(r->mem, row->n * sizeof *column);
    for (size_t i = 0; i < row->n; i++) {
        km_status st = check_cell(s->file, row->line, row->field[i], row->field[i], row->len[i],
                                  err);
        if (st != KM_OK)
            return st;
        if (row->field[i][0] == '\0')
            return km_fail(err, KM_EDATA, "%s line %ld, column %zu: has no name", s->file,
                           row->line, i + 1);
        for (size_t k = 0; k < i; k++)
            if (strcmp(column[k], row->field[i]) == 0)
                return refuse(s->file, row->line, row->field[i], NULL, err, "stands there twice");
        column[i] = km_arena_strdup(r->mem, row->field[i]);
    }
    s->column = column;
    s->n_column = (int)row->n;
    return KM_OK;
}

static km_status on_row(void *ctx, const km_csv_row *row, km_error *err)
{
    sheet_reader *r = ctx;
    km_sheet *s = r->out;
    if (s->n_column == 0)
        return on_header(r, row, err);
    const size_t want = (size_t)s->n_column;
    if (row->n < want)
        return refuse(s->file, row->line, s->column[row->n], NULL, err,
                      "missing: the row has fewer cells than the header");
    if (row->n > want)
        return km_fail(err, KM_EDATA, "%s line %ld, column %zu: the row has more cells than the "
                       "header", s->file, row->line, want + 1);
    KM_GROW(r->line, (size_t)s->n_row, r->cap_line);
    r->line[s->n_row++] = row->line;
    for (size_t i = 0; i < want; i++) {
        km_status st = check_cell(s->file, row->line, s->column[i], row->field[i], row->len[i],
                                  err);
        if (st != KM_OK)
            return st;
        KM_GROW(r->cell, r->n_cell, r->cap_cell);
        r->cell[r->n_cell++] = km_arena_strdup(r->mem, row->field[i]);
    }
    return KM_OK;
}

km_status km_sheet_read(km_sheet *out, km_arena *mem, const char *file, const char *bytes,
                        size_t n, km_error *err)
{
    *out = (km_sheet){ .file = km_arena_strdup(mem, file) };
    sheet_reader r = { .out = out, .mem = mem };
    km_status st = km_csv_read(bytes, n, file, on_row, &r, err);
    if (st == KM_OK && out->n_column == 0)
        st = km_fail(err, KM_EDATA, "%s line 1: the header is missing", file);
    if (st == KM_OK) {
        const char **cell = km_arena_alloc(mem, (r.n_cell + 1) * sizeof *cell);
        long *line = km_arena_alloc(mem, ((size_t)out->n_row + 1) * sizeof *line);
        if (r.n_cell > 0) {
            memcpy(cell, r.cell, r.n_cell * sizeof *cell);
            memcpy(line, r.line, (size_t)out->n_row * sizeof *line);
        }
        out->cell = cell;
        out->line = line;
    }
    free(r.cell);
    free(r.line);
    return st;
}

static km_status vfail(const km_sheet *s, int row, int column, km_error *err, const char *fmt,
                       va_list ap) __attribute__((format(printf, 5, 0)));

static km_status vfail(const km_sheet *s, int row, int column, km_error *err, const char *fmt,
                       va_list ap)
{
    km_buf reason = { 0 };
    km_buf_vprintf(&reason, fmt, ap);
    const char *value = s->cell[(size_t)row * (size_t)s->n_column + (size_t)column];
    const km_status st = refuse(s->file, s->line[row], s->column[column], value, err,
                                km_buf_str(&reason));
    km_buf_clear(&reason);
    return st;
}

static int find_column(const km_sheet *s, const char *name)
{
    int c = 0;
    while (c < s->n_column && strcmp(s->column[c], name) != 0)
        c++;
    return c;
}

km_status km_sheet_fail(const km_sheet *s, int row, const char *column, km_error *err,
                        const char *fmt, ...)
{
    va_list ap;
    va_start(ap, fmt);
    const km_status st = vfail(s, row, find_column(s, column), err, fmt, ap);
    va_end(ap);
    return st;
}

km_status km_in_open(km_in *in, const km_sheet *s, km_arena *mem, const char *const *want,
                     int n_want, km_error *err)
{
    *in = (km_in){ .sheet = s, .status = KM_OK, .err = err, .mem = mem };
    for (int i = 0; i < n_want; i++) {
        const int c = find_column(s, want[i]);
        if (c == s->n_column)
            return refuse(s->file, 1, want[i], NULL, err, "missing from the header");
        in->column[i] = c;
    }
    return KM_OK;
}

void km_in_fail(km_in *in, int c, const char *fmt, ...)
{
    if (in->status != KM_OK)
        return;
    va_list ap;
    va_start(ap, fmt);
    in->status = vfail(in->sheet, in->row, in->column[c], in->err, fmt, ap);
    va_end(ap);
}

const char *km_in_any(km_in *in, int c)
{
    const km_sheet *s = in->sheet;
    return s->cell[(size_t)in->row * (size_t)s->n_column + (size_t)in->column[c]];
}

static bool edge_blank(const char *s)
{
    const size_t n = strlen(s);
    return n > 0 && (s[0] == ' ' || s[n - 1] == ' ');
}

const char *km_in_text(km_in *in, int c)
{
    const char *s = km_in_any(in, c);
    if (s[0] == '\0')
        km_in_fail(in, c, "must not be empty");
    else if (edge_blank(s))
        km_in_fail(in, c, "has a blank at its edge");
    return s;
}

const char *km_in_code(km_in *in, int c)
{
    static const char *const taken[] = { "left", "right", "midline", "l", "r" };
    const char *s = km_in_any(in, c);
    bool good = s[0] >= 'a' && s[0] <= 'z' && strlen(s) <= CODE_MAX;
    for (size_t i = 1; good && s[i] != '\0'; i++)
        good = (s[i] >= 'a' && s[i] <= 'z') || (s[i] >= '0' && s[i] <= '9') ||
               (s[i] == '_' && s[i - 1] != '_' && s[i + 1] != '\0');
    if (!good)
        km_in_fail(in, c, "is no code (lower case letters, digits, single underscores)");
    for (size_t i = 0; i < sizeof taken / sizeof taken[0]; i++)
        if (strcmp(s, taken[i]) == 0)
            km_in_fail(in, c, "is the word of a side");
    return s;
}

int km_in_int(km_in *in, int c, int lo, int hi)
{
    const char *s = km_in_any(in, c);
    const char *d = s[0] == '-' ? s + 1 : s;
    const size_t digits = strspn(d, "0123456789");
    const long v = digits > 0 && digits < 9 && d[digits] == '\0' ? strtol(s, NULL, 10) : lo - 1L;
    if (v < lo || v > hi) {
        km_in_fail(in, c, "is not a whole number in %d..%d", lo, hi);
        return lo;
    }
    return (int)v;
}

int km_in_tenths(km_in *in, int c)
{
    const char *s = km_in_any(in, c);
    const char *d = s[0] == '-' ? s + 1 : s;
    const size_t digits = strspn(d, "0123456789");
    int v = 0;
    bool good = digits >= 1 && digits <= 4;
    for (size_t i = 0; good && i < digits; i++)
        v = v * 10 + (d[i] - '0');
    v *= 10;
    if (good && d[digits] == '.') {
        good = d[digits + 1] >= '0' && d[digits + 1] <= '9' && d[digits + 2] == '\0';
        v += good ? d[digits + 1] - '0' : 0;
    } else {
        good = good && d[digits] == '\0';
    }
    if (!good || v > 32000) {
        km_in_fail(in, c, "is not a number in -3200..3200 with at most one decimal");
        return 0;
    }
    return s[0] == '-' ? -v : v;
}

int km_in_word(km_in *in, int c, const char *const *word, int n)
{
    const char *s = km_in_any(in, c);
    for (int i = 0; i < n; i++)
        if (strcmp(s, word[i]) == 0)
            return i;
    km_buf all = { 0 };
    for (int i = 0; i < n; i++)
        if (word[i][0] != '\0')
            km_buf_printf(&all, "%s%s", all.len > 0 ? ", " : "", word[i]);
    km_in_fail(in, c, "is not one of %s", km_buf_str(&all));
    km_buf_clear(&all);
    return 0;
}

const char *const *km_in_list(km_in *in, int c, int *n)
{
    *n = 0;
    const char *s = km_in_any(in, c);
    if (s[0] == '\0')
        return NULL;
    int items = 1;
    for (const char *p = s; *p != '\0'; p++)
        items += *p == ';';
    const char **out = km_arena_alloc(in->mem, (size_t)items * sizeof *out);
    char *rest = km_arena_strdup(in->mem, s);
    for (char *item = rest; item != NULL; item = rest) {
        rest = strchr(item, ';');
        if (rest != NULL)
            *rest++ = '\0';
        if (item[0] == '\0' || edge_blank(item))
            km_in_fail(in, c, "has an empty item or a blank beside a \";\"");
        for (int i = 0; i < *n; i++)
            if (strcmp(out[i], item) == 0)
                km_in_fail(in, c, "names %s twice", item);
        out[(*n)++] = item;
    }
    return out;
}
