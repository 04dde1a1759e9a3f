/** Listings for people: aligned columns that fit the width, long text wrapped. */
#include <string.h>

#include "knotmap/exchange.h"
#include "knotmap/text.h"
#include "rows.h"

#define GAP 2
#define FLEX_MIN 12
#define SGR_STRONG "\x1b[1m"
#define SGR_DIM "\x1b[2m"
#define SGR_OFF "\x1b[0m"

void km_rows_hold(km_rows *r, const char *s)
{
    size_t start = r->cell.len;

    KM_GROW(r->held, r->held_n, r->held_cap);
    r->held[r->held_n++] = start;
    km_text_visible(&r->cell, s, r->opt.ascii);
    km_buf_putc(&r->cell, '\0');
}

static int shown_columns(const km_rows *r)
{
    int n = 0;

    for (int i = 0; i < r->n; i++)
        n += (r->col[i].flags & KM_COL_SHOWN) != 0;
    return n;
}

static void title_of(char out[64], const km_column *c)
{
    snprintf(out, 64, "%s", c->title ? c->title : c->name);
    for (char *p = out; *p; p++) {
        if (*p == '_')
            *p = ' ';
    }
}

/*
 * Widths by what is held back; where that is too much for the terminal, the widest flexible
 * column gives way first. A column that is empty throughout takes no room.
 */
static void learn_widths(km_rows *r)
{
    int shown = shown_columns(r);
    size_t rows = shown ? r->held_n / (size_t)shown : 0;
    int total = 0;
    int k = 0;

    for (int i = 0; i < r->n; i++) {
        r->width[i] = 0;
        if (!(r->col[i].flags & KM_COL_SHOWN))
            continue;
        for (size_t row = 0; row < rows; row++) {
            int w = km_text_width(r->cell.s + r->held[row * (size_t)shown + (size_t)k]);
            if (w > r->width[i])
                r->width[i] = w;
        }
        k++;
        if (r->width[i] == 0)
            continue;
        char title[64];
        title_of(title, &r->col[i]);
        if (km_text_width(title) > r->width[i])
            r->width[i] = km_text_width(title);
        total += r->width[i] + GAP;
    }
    total -= GAP;
    while (r->opt.width > 0 && total > r->opt.width) {
        int widest = -1;
        for (int i = 0; i < r->n; i++) {
            if ((r->col[i].flags & KM_COL_FLEX) && r->width[i] > FLEX_MIN &&
                (widest < 0 || r->width[i] > r->width[widest]))
                widest = i;
        }
        if (widest < 0)
            break;
        r->width[widest]--;
        total--;
    }
}

/* Bytes of the next line of a cell: up to the last blank that fits, else what fits. */
static size_t line_bytes(const char *s, int width)
{
    size_t fit = km_text_fit(s, width);

    if (s[fit] == '\0' || s[fit] == ' ' || fit == 0)
        return fit ? fit : strlen(s);
    for (size_t cut = fit; cut > 0; cut--) {
        if (s[cut - 1] == ' ' || s[cut - 1] == ';')
            return cut;
    }
    return fit;
}

static void pad(km_buf *out, int n)
{
    for (; n > 0; n--)
        km_buf_putc(out, ' ');
}

static int span_width(const char *s, size_t n)
{
    char piece[1024];

    if (n >= sizeof piece)
        n = sizeof piece - 1;
    memcpy(piece, s, n);
    piece[n] = '\0';
    return km_text_width(piece);
}

/* Cut the line that began at `start` to the width and drop blanks at its end. */
static void finish_line(km_rows *r, size_t start)
{
    km_buf *out = &r->out;

    if (r->opt.width > 0 && !r->opt.color) {
        size_t fit = km_text_fit(out->s + start, r->opt.width);
        if (start + fit < out->len)
            out->len = start + fit;
    }
    while (out->len > start && out->s[out->len - 1] == ' ')
        out->len--;
    out->s[out->len] = '\0';
    km_buf_putc(out, '\n');
}

/*
 * Print one record, as many lines as its longest wrapped cell needs. `cells` are the shown ones.
 */
static void print_cells(km_rows *r, const char *const *cells, const char *sgr)
{
    const char *rest[64];
    int k = 0;
    bool more = true;

    for (int i = 0; i < r->n; i++) {
        if (r->col[i].flags & KM_COL_SHOWN) {
            rest[k] = cells[k];
            k++;
        }
    }
    while (more) {
        size_t start = r->out.len;
        int used = 0;   /* columns the line takes, with the SGR sequences left out */
        int owed = 0;   /* blanks before the next cell */
        more = false;
        k = -1;
        for (int i = 0; i < r->n; i++) {
            if (!(r->col[i].flags & KM_COL_SHOWN))
                continue;
            k++;
            if (r->width[i] == 0)
                continue;
            bool flex = r->col[i].flags & KM_COL_FLEX;
            int room = r->width[i];
            if (!flex && r->opt.width > 0 && used + owed + room > r->opt.width)
                room = r->opt.width - used - owed;
            size_t n = flex ? line_bytes(rest[k], r->width[i]) : strlen(rest[k]);
            if (!flex && r->opt.width > 0 && span_width(rest[k], n) > room)
                n = km_text_fit(rest[k], room > 0 ? room : 0);
            size_t ink = n;
            while (ink > 0 && rest[k][ink - 1] == ' ')
                ink--;
            int w = span_width(rest[k], ink);
            if (ink > 0) {
                const char *style = sgr ? sgr
                                  : r->opt.color && (r->col[i].flags & KM_COL_STRONG) ? SGR_STRONG
                                                                                      : NULL;
                int before = r->col[i].flags & KM_COL_RIGHT ? r->width[i] - w : 0;
                pad(&r->out, owed + (before > 0 ? before : 0));
                if (style)
                    km_buf_puts(&r->out, style);
                km_buf_add(&r->out, rest[k], ink);
                if (style)
                    km_buf_puts(&r->out, SGR_OFF);
                used += owed + (before > 0 ? before : 0) + w;
                owed = r->width[i] - w - (before > 0 ? before : 0);
                if (owed < 0)
                    owed = 0;
                owed += GAP;
            } else {
                owed += r->width[i] + GAP;
            }
            rest[k] += n;
            while (*rest[k] == ' ')
                rest[k]++;
            if (!flex)
                rest[k] += strlen(rest[k]);
            more = more || *rest[k];
        }
        finish_line(r, start);
    }
}

static void print_headings(km_rows *r)
{
    char title[64][64];
    const char *cells[64];
    int k = 0;

    for (int i = 0; i < r->n; i++) {
        if (!(r->col[i].flags & KM_COL_SHOWN))
            continue;
        title_of(title[k], &r->col[i]);
        cells[k] = title[k];
        k++;
    }
    print_cells(r, cells, r->opt.color ? SGR_DIM : NULL);
}

void km_rows_text_flush(km_rows *r, bool last)
{
    int shown = shown_columns(r);
    size_t rows = shown ? r->held_n / (size_t)shown : 0;

    if (rows > 0 && !r->open) {
        learn_widths(r);
        if (!r->opt.bare)
            print_headings(r);
        r->open = true;
    }
    for (size_t row = 0; row < rows; row++) {
        const char *cells[64];
        for (int k = 0; k < shown; k++)
            cells[k] = r->cell.s + r->held[row * (size_t)shown + (size_t)k];
        print_cells(r, cells, NULL);
    }
    r->held_n = 0;
    km_buf_reset(&r->cell);
    if (last)
        r->open = false;
    km_rows_drain(r, false);
}

/* One record as lines "name  value". */
static void print_card(km_rows *r)
{
    char title[64];
    int widest = 0;

    if (r->rows > 0)
        km_buf_putc(&r->out, '\n');
    for (int i = 0, k = 0; i < r->n; i++) {
        if (r->col[i].flags & KM_COL_RAW)
            continue;
        title_of(title, &r->col[i]);
        if (r->cell.s[r->held[k++]] && km_text_width(title) > widest)
            widest = km_text_width(title);
    }
    for (int i = 0, k = 0; i < r->n; i++) {
        if (r->col[i].flags & KM_COL_RAW)
            continue;
        const char *value = r->cell.s + r->held[k++];
        if (!*value)
            continue;
        title_of(title, &r->col[i]);
        if (r->opt.color)
            km_buf_puts(&r->out, SGR_DIM);
        km_buf_puts(&r->out, title);
        if (r->opt.color)
            km_buf_puts(&r->out, SGR_OFF);
        pad(&r->out, widest - km_text_width(title) + GAP);

        km_buf lines = { 0 };
        km_wrap_print(&lines, value, widest + GAP, r->opt.width, r->opt.ascii);
        const char *s = km_buf_str(&lines);
        km_buf_puts(&r->out, s + strspn(s, " "));
        km_buf_clear(&lines);
    }
    r->held_n = 0;
    km_buf_reset(&r->cell);
}

void km_rows_text_end(km_rows *r)
{
    int shown = shown_columns(r);

    if (r->opt.card) {
        print_card(r);
        return;
    }
    if (r->open || r->held_n >= (size_t)KM_ROWS_SAMPLE * (size_t)shown)
        km_rows_text_flush(r, false);
}

void km_wrap_print(km_buf *out, const char *text, int indent, int width, bool ascii)
{
    km_buf seen = { 0 };
    int room = width > indent + FLEX_MIN ? width - indent : 0;

    km_text_visible(&seen, text, ascii);
    const char *s = km_buf_str(&seen);
    do {
        size_t n = room ? line_bytes(s, room) : strlen(s);
        size_t ink = n;
        while (ink > 0 && s[ink - 1] == ' ')
            ink--;
        if (ink > 0)
            pad(out, indent);
        km_buf_add(out, s, ink);
        km_buf_putc(out, '\n');
        s += n;
        while (*s == ' ')
            s++;
    } while (*s);
    km_buf_clear(&seen);
}

void km_rows_section(km_rows *r, int indent, const char *text)
{
    if (r->opt.format != KM_FORMAT_TEXT)
        return;
    km_rows_text_flush(r, true);
    if (r->opt.color && indent == 0)
        km_buf_puts(&r->out, SGR_STRONG);
    km_wrap_print(&r->out, text, indent, r->opt.width, r->opt.ascii);
    if (r->opt.color && indent == 0)
        km_buf_puts(&r->out, SGR_OFF);
    km_rows_drain(r, false);
}
