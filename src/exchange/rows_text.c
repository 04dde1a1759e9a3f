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

/* Length of a text that is printable ASCII throughout, which is its width as well; else -1. */
static int plain_length(const char *s)
{
    const char *p = s;

    while (*p >= 0x20 && *p < 0x7f)
        p++;
    return *p ? -1 : (int)(p - s);
}

void km_rows_hold(km_rows *r, const char *s)
{
    size_t start = r->cell.len;
    int width = plain_length(s);

    if (width >= 0) {
        km_buf_add(&r->cell, s, (size_t)width + 1);
    } else {
        km_text_visible(&r->cell, s, r->opt.ascii);
        km_buf_putc(&r->cell, '\0');
        width = km_text_width(r->cell.s + start);
    }
    KM_GROW(r->held, r->held_n, r->held_cap);
    r->held[r->held_n++] = (struct km_held){ .at = start, .width = width };
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
            int w = r->held[row * (size_t)shown + (size_t)k].width;
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
    static const char blanks[] = "                                ";

    for (; n > 0; n -= (int)sizeof blanks - 1)
        km_buf_add(out, blanks, (size_t)n < sizeof blanks ? (size_t)n : sizeof blanks - 1);
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

/* A shown cell on its way out: what of it is still to be printed. */
typedef struct cell {
    const char *rest;
    int width;           /* columns of the rest, -1 once it was cut */
} cell;

#define SHOWN_MAX 64

/*
 * The next line of a cell: at most `room` columns of it, wrapped when it is flexible, cut when
 * not. `*w` is the width of what is taken, without blanks at its end, `*ink` its bytes.
 */
static void take_line(cell *c, bool flex, int room, size_t *ink, int *w, const char **text)
{
    size_t n;

    *text = c->rest;
    if (c->width >= 0 && c->width <= room) {
        *ink = strlen(c->rest);
        *w = c->width;
        c->rest += *ink;
        return;
    }
    n = flex ? line_bytes(c->rest, room) : km_text_fit(c->rest, room > 0 ? room : 0);
    *ink = n;
    while (*ink > 0 && c->rest[*ink - 1] == ' ')
        (*ink)--;
    *w = span_width(c->rest, *ink);
    c->rest += flex ? n : strlen(c->rest);
    while (*c->rest == ' ')
        c->rest++;
    c->width = -1;
}

/* One line of a record; returns whether some cell has more to say on the next. */
static bool print_line(km_rows *r, cell *cells, const char *sgr)
{
    int used = 0;   /* columns the line takes so far; SGR sequences take none */
    int owed = 0;   /* blanks before the next cell */
    bool more = false;

    for (int i = 0, k = -1; i < r->n; i++) {
        unsigned flags = r->col[i].flags;
        if (!(flags & KM_COL_SHOWN))
            continue;
        cell *c = &cells[++k];
        int width = r->width[i];
        if (width == 0)
            continue;
        int room = width;
        if (r->opt.width > 0 && used + owed + room > r->opt.width)
            room = r->opt.width - used - owed;
        if (*c->rest == '\0' || room <= 0) {
            owed += width + GAP;
            continue;
        }
        const char *text;
        size_t ink;
        int w;
        take_line(c, flags & KM_COL_FLEX, room, &ink, &w, &text);
        more = more || *c->rest;
        int before = flags & KM_COL_RIGHT && w < width ? width - w : 0;
        if (ink == 0) {
            owed += width + GAP;
            continue;
        }
        const char *style = sgr ? sgr : r->opt.color && flags & KM_COL_STRONG ? SGR_STRONG : NULL;
        pad(&r->out, owed + before);
        if (style)
            km_buf_puts(&r->out, style);
        km_buf_add(&r->out, text, ink);
        if (style)
            km_buf_puts(&r->out, SGR_OFF);
        used += owed + before + w;
        owed = GAP + (width > before + w ? width - before - w : 0);
    }
    km_buf_putc(&r->out, '\n');
    return more;
}

static void print_cells(km_rows *r, cell *cells, const char *sgr)
{
    while (print_line(r, cells, sgr))
        ;
}

static void print_headings(km_rows *r)
{
    char title[SHOWN_MAX][64];
    cell cells[SHOWN_MAX];
    int k = 0;

    for (int i = 0; i < r->n; i++) {
        if (!(r->col[i].flags & KM_COL_SHOWN))
            continue;
        title_of(title[k], &r->col[i]);
        cells[k] = (cell){ .rest = title[k], .width = km_text_width(title[k]) };
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
        cell cells[SHOWN_MAX];
        for (int k = 0; k < shown; k++) {
            const struct km_held *h = &r->held[row * (size_t)shown + (size_t)k];
            cells[k] = (cell){ .rest = r->cell.s + h->at, .width = h->width };
        }
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
        if (r->cell.s[r->held[k++].at] && km_text_width(title) > widest)
            widest = km_text_width(title);
    }
    for (int i = 0, k = 0; i < r->n; i++) {
        if (r->col[i].flags & KM_COL_RAW)
            continue;
        const char *value = r->cell.s + r->held[k++].at;
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
    bool strong = r->opt.color && indent == 0 && *text;
    if (strong)
        km_buf_puts(&r->out, SGR_STRONG);
    km_wrap_print(&r->out, text, indent, r->opt.width, r->opt.ascii);
    if (strong) {
        r->out.len--; /* colours end before the line does */
        km_buf_puts(&r->out, SGR_OFF "\n");
    }
    km_rows_drain(r, false);
}
