/** Listings as CSV and JSON, and what all formats share. */
#include "knotmap/exchange.h"

#include <assert.h>
#include <inttypes.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "knotmap/csv.h"
#include "knotmap/text.h"
#include "rows.h"

#define DRAIN_AT 65536u

const char *const km_format_words[KM_FORMAT_COUNT] = { "text", "csv", "json" };

static void put_header(km_rows *r)
{
    bool first = true;

    for (int i = 0; i < r->n; i++) {
        if (!(r->col[i].flags & KM_COL_DATA))
            continue;
        km_csv_put(&r->out, first, r->col[i].name);
        first = false;
    }
    km_csv_end(&r->out);
}

km_rows *km_rows_new(const km_rows_options *opt, const km_column *col, int n)
{
    km_rows *r = km_calloc(1, sizeof *r);

    r->opt = *opt;
    r->col = km_calloc((size_t)n, sizeof *r->col);
    memcpy(r->col, col, (size_t)n * sizeof *r->col);
    r->n = n;
    r->first = true;
    if (opt->format == KM_FORMAT_CSV)
        put_header(r);
    if (opt->format == KM_FORMAT_JSON) {
        r->key = km_calloc((size_t)n, sizeof *r->key);
        for (int i = 0; i < n; i++)
            r->key[i].len = (size_t)snprintf(r->key[i].text, sizeof r->key[i].text, "\"%s\":",
                                             col[i].name);
        km_buf_putc(&r->out, '[');
    }
    if (opt->format == KM_FORMAT_TEXT) {
        r->data = km_calloc((size_t)n, sizeof *r->data);
        r->piece = km_calloc((size_t)n, sizeof *r->piece);
        r->width = km_calloc((size_t)n, sizeof *r->width);
    }
    return r;
}

void km_rows_drain(km_rows *r, bool all)
{
    if (r->out.len == 0 || (!all && r->out.len < DRAIN_AT))
        return;
    if (r->failed == KM_OK)
        r->failed = r->opt.write(r->opt.ctx, r->out.s, r->out.len, &r->fault);
    km_buf_reset(&r->out);
}

/* Step to the next column; false when this format leaves it out. */
static bool wanted(km_rows *r)
{
    assert(r->at < r->n);
    const km_column *c = &r->col[r->at++];
    if (r->opt.format == KM_FORMAT_TEXT && r->opt.card)
        return !(c->flags & KM_COL_RAW);
    return c->flags & (r->opt.format == KM_FORMAT_TEXT ? KM_COL_SHOWN : KM_COL_DATA);
}

static void put_json_string(km_buf *out, const char *s)
{
    static const char hex[] = "0123456789abcdef";
    size_t left = strlen(s);

    km_buf_putc(out, '"');
    while (left > 0) {
        size_t plain = 0;
        while (plain < left && (unsigned char)s[plain] >= 0x20 && (unsigned char)s[plain] < 0x7f &&
               s[plain] != '"' && s[plain] != '\\')
            plain++;
        km_buf_add(out, s, plain);
        s += plain;
        left -= plain;
        if (left == 0)
            break;

        unsigned char c = (unsigned char)*s;
        uint32_t rune = c;
        size_t taken = c < 0x80 ? 1 : km_utf8_decode(&rune, s, left);
        if (c == '"' || c == '\\') {
            km_buf_putc(out, '\\');
            km_buf_putc(out, (char)c);
        } else if (c == '\n') {
            km_buf_puts(out, "\\n");
        } else if (c == '\t') {
            km_buf_puts(out, "\\t");
        } else if (c < 0x20 || c == 0x7f) {
            const char esc[] = { '\\', 'u', '0', '0', hex[c >> 4], hex[c & 15] };
            km_buf_add(out, esc, sizeof esc);
        } else {
            char utf8[4];
            km_buf_add(out, utf8, km_utf8_encode(utf8, rune));
        }
        s += taken;
        left -= taken;
    }
    km_buf_putc(out, '"');
}

/* What stands before a cell: a comma, and in JSON the key or the opening of the object. */
static void lead(km_rows *r)
{
    if (r->opt.format == KM_FORMAT_JSON) {
        km_buf_puts(&r->out, !r->first ? "," : r->rows ? ",\n{" : "\n{");
        km_buf_add(&r->out, r->key[r->at - 1].text, r->key[r->at - 1].len);
    } else if (!r->first) {
        km_buf_putc(&r->out, ',');
    }
    r->first = false;
}

/* A cell of csv or json whose text needs no quoting; "" is an empty cell. */
static void put_bare(km_rows *r, const char *s)
{
    lead(r);
    km_buf_puts(&r->out, *s || r->opt.format == KM_FORMAT_CSV ? s : "null");
}

void km_rows_text(km_rows *r, const char *s)
{
    if (!wanted(r))
        return;
    if (r->opt.format == KM_FORMAT_TEXT) {
        km_rows_hold(r, s ? s : "");
    } else if (!s || !*s) {
        put_bare(r, "");
    } else if (r->opt.format == KM_FORMAT_CSV) {
        km_csv_put(&r->out, r->first, s);
        r->first = false;
    } else {
        lead(r);
        put_json_string(&r->out, s);
    }
}

static void put_plain(km_rows *r, const char *s)
{
    if (r->opt.format == KM_FORMAT_TEXT)
        km_rows_hold(r, s);
    else
        put_bare(r, s);
}

void km_rows_number(km_rows *r, const char *digits_text)
{
    if (wanted(r))
        put_plain(r, digits_text);
}

void km_rows_words(km_rows *r, km_vocab v, uint32_t set)
{
    km_buf list = { 0 };

    if (set != 0)
        km_words_print(&list, v, set);
    km_rows_text(r, km_buf_str(&list));
    km_buf_clear(&list);
}

void km_rows_none(km_rows *r)
{
    if (wanted(r))
        put_plain(r, "");
}

/* Digits of `v` written backwards into the end of a buffer; quicker than printf by far. */
static char *digits(char *end, int64_t v)
{
    uint64_t u = v < 0 ? 0 - (uint64_t)v : (uint64_t)v;

    *--end = '\0';
    do {
        *--end = (char)('0' + u % 10);
        u /= 10;
    } while (u > 0);
    if (v < 0)
        *--end = '-';
    return end;
}

void km_rows_int(km_rows *r, int64_t v)
{
    char text[24];

    if (wanted(r))
        put_plain(r, digits(text + sizeof text, v));
}

void km_rows_count(km_rows *r, int64_t v)
{
    if (v < 0)
        km_rows_none(r);
    else
        km_rows_int(r, v);
}

void km_rows_real(km_rows *r, double v, int decimals)
{
    char text[64];

    if (!wanted(r))
        return;
    if (isnan(v)) {
        put_plain(r, "");
        return;
    }
    snprintf(text, sizeof text, "%.*f", decimals, v);
    put_plain(r, text);
}

void km_rows_tri(km_rows *r, km_tri v)
{
    if (!wanted(r))
        return;
    if (r->opt.format == KM_FORMAT_JSON)
        put_bare(r, v == KM_TRI_YES ? "true" : v == KM_TRI_NO ? "false" : "");
    else
        put_plain(r, v == KM_TRI_YES ? "yes" : v == KM_TRI_NO ? "no" : "");
}

void km_rows_bool(km_rows *r, bool v)
{
    km_rows_tri(r, v ? KM_TRI_YES : KM_TRI_NO);
}

/* A cell whose text is a JSON string but never needs escaping. */
static void put_word(km_rows *r, const char *s)
{
    if (r->opt.format == KM_FORMAT_JSON && *s) {
        lead(r);
        km_buf_putc(&r->out, '"');
        km_buf_puts(&r->out, s);
        km_buf_putc(&r->out, '"');
    } else {
        put_plain(r, s);
    }
}

void km_rows_instant(km_rows *r, bool has, km_instant t)
{
    char text[KM_TIME_TEXT] = "";

    if (!wanted(r))
        return;
    if (has && r->opt.format == KM_FORMAT_TEXT)
        km_time_local(text, t);
    else if (has)
        km_time_utc(text, t);
    put_word(r, text);
}

void km_rows_day(km_rows *r, bool has, km_day d)
{
    char text[KM_TIME_TEXT] = "";

    if (!wanted(r))
        return;
    if (has)
        km_day_text(text, d);
    put_word(r, text);
}

void km_rows_uid(km_rows *r, km_uid u)
{
    char text[KM_UID_TEXT] = "";

    if (!wanted(r))
        return;
    if (!km_uid_is_zero(u))
        km_uid_text(text, u);
    put_word(r, text);
}

bool km_rows_is_text(const km_rows *r)
{
    return r->opt.format == KM_FORMAT_TEXT;
}

size_t km_rows_n(const km_rows *r)
{
    return r->rows;
}

static km_status rows_status(const km_rows *r, km_error *err)
{
    if (r->failed != KM_OK && err)
        *err = r->fault;
    return r->failed;
}

km_status km_rows_end(km_rows *r, km_error *err)
{
    assert(r->at == r->n);
    switch (r->opt.format) {
    case KM_FORMAT_TEXT:
        km_rows_text_end(r);
        break;
    case KM_FORMAT_CSV:
        km_csv_end(&r->out);
        break;
    default:
        km_buf_putc(&r->out, '}');
        break;
    }
    r->rows++;
    r->at = 0;
    r->first = true;
    km_rows_drain(r, false);
    return rows_status(r, err);
}

km_status km_rows_close(km_rows *r, km_error *err)
{
    if (r->opt.format == KM_FORMAT_TEXT)
        km_rows_text_flush(r, true);
    if (r->opt.format == KM_FORMAT_JSON)
        km_buf_puts(&r->out, r->rows ? "\n]\n" : "]\n");
    km_rows_drain(r, true);

    km_status st = rows_status(r, err);
    km_buf_clear(&r->out);
    km_buf_clear(&r->cell);
    free(r->col);
    free(r->key);
    free(r->held);
    free(r->data);
    free(r->piece);
    free(r->width);
    free(r);
    return st;
}

void km_number_print(km_buf *out, double v)
{
    char text[40];

    for (int precision = 6; precision <= 17; precision++) {
        snprintf(text, sizeof text, "%.*g", precision, v);
        if (strtod(text, NULL) == v)
            break;
    }
    km_buf_puts(out, text);
}
