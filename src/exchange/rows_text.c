/** Listings for people: aligned columns that fit the width, long text wrapped. */
#include <string.h>

#include "knotmap/exchange.h"
#include "knotmap/text.h"
#include "rows.h"

#define GAP 2
#define FLEX_MIN 12  /* a flexible column keeps so much */
#define TEXT_MIN 10  /* any other text: a day stays whole */
#define KEPT_WHOLE (unsigned)(KM_COL_RIGHT | KM_COL_WHOLE)
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

static int span_width(const char *s, size_t n)
{
    char piece[1024];

    if (n >= sizeof piece)
        n = sizeof piece - 1;
    memcpy(piece, s, n);
    piece[n] = '\0';
    return km_text_width(piece);
}

/* Where a text may break: rather after the first of these than after the second. */
static const char *const joints[] = { " ;", ":_" };

/* Columns of the widest piece of a text between the bytes it may break after. */
static int piece_width(const char *s, const char *breaks)
{
    int most = 0;

    for (size_t n; *s; s += n) {
        n = strcspn(s, breaks);
        n += s[n] != '\0';
        int w = span_width(s, n > 0 && s[n - 1] == ' ' ? n - 1 : n);
        if (w > most)
            most = w;
    }
    return most;
}

/* What a column may shrink to in one of the steps of fit_widths. */
static int least_width(const struct km_rows *r, int i, int step)
{
    unsigned flags = r->col[i].flags;
    char title[64];

    title_of(title, &r->col[i]);
    int least = piece_width(title, " ");
    if (step == 0 || flags & KEPT_WHOLE)
        return r->data[i] > least ? r->data[i] : least;
    if (flags & KM_COL_FLEX)
        return FLEX_MIN;
    return step == 1 ? r->width[i] : step == 2 && r->piece[i] > TEXT_MIN ? r->piece[i] : TEXT_MIN;
}

/*
 * Make `total` columns fit the terminal, the widest giving way first: headings wrap, then what
 * is flexible, then other text at its joints, then anywhere. Numbers stay whole: where all of
 * that is not enough, a record is printed line by line.
 */
static void fit_widths(km_rows *r, int total)
{
    for (int step = 0; step < 4; step++) {
        while (r->opt.width > 0 && total > r->opt.width) {
            int widest = -1;
            for (int i = 0; i < r->n; i++) {
                if (r->width[i] > 0 && r->width[i] > least_width(r, i, step) &&
                    (widest < 0 || r->width[i] > r->width[widest]))
                    widest = i;
            }
            if (widest < 0)
                break;
            r->width[widest]--;
            total--;
        }
    }
    r->stacked = !r->opt.bare && r->opt.width > 0 && total > r->opt.width;
}

/* Widths by what was held back so far. A column that is empty throughout takes no room. */
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
            const struct km_held *h = &r->held[row * (size_t)shown + (size_t)k];
            if (h->width > r->data[i])
                r->data[i] = h->width;
            int piece = r->opt.width > 0 ? piece_width(r->cell.s + h->at, " ;:_") : 0;
            if (piece > r->piece[i])
                r->piece[i] = piece;
        }
        k++;
        if (r->data[i] == 0)
            continue;
        char title[64];
        title_of(title, &r->col[i]);
        r->width[i] = km_text_width(title);
        if (r->data[i] > r->width[i])
            r->width[i] = r->data[i];
        total += r->width[i] + GAP;
    }
    fit_widths(r, total - GAP);
}

/* Bytes of the next line of a cell: up to the last blank or joint that fits, else what fits. */
static size_t line_bytes(const char *s, int width)
{
    size_t fit = km_text_fit(s, width);

    if (s[fit] == '\0' || s[fit] == ' ' || fit == 0)
        return fit ? fit : strlen(s);
    for (int i = 0; i < 2; i++) {
        for (size_t cut = fit; cut > 0; cut--) {
            if (strchr(joints[i], s[cut - 1]))
                return cut;
        }
    }
    return fit;
}

static void pad(km_buf *out, int n)
{
    static const char blanks[] = "                                ";

    for (; n > 0; n -= (int)sizeof blanks - 1)
        km_buf_add(out, blanks, (size_t)n < sizeof blanks ? (size_t)n : sizeof blanks - 1);
}

/* A shown cell on its way out: what of it is still to be printed. */
typedef struct cell {
    const char *rest;
    int width;           /* columns of the rest, -1 once it was cut */
} cell;

#define SHOWN_MAX 64

/*
 * The next line of a cell: at most `room` columns of it; a number comes whole. `*w` is the width
 * of what is taken, without blanks at its end, `*ink` its bytes.
 */
static void take_line(cell *c, bool whole, int room, size_t *ink, int *w, const char **text)
{
    *text = c->rest;
    if (c->width >= 0 && (c->width <= room || whole)) {
        *ink = strlen(c->rest);
        *w = c->width;
        c->rest += *ink;
        return;
    }
    size_t n = line_bytes(c->rest, room);
    *ink = n;
    while (*ink > 0 && c->rest[*ink - 1] == ' ')
        (*ink)--;
    *w = span_width(c->rest, *ink);
    c->rest += n;
    while (*c->rest == ' ')
        c->rest++;
    c->width = -1;
}

/* One line of a record; returns whether some cell has more to say on the next. */
static bool print_line(km_rows *r, cell *cells, bool heading, const char *sgr)
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
        take_line(c, !heading && flags & KEPT_WHOLE, room, &ink, &w, &text);
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

static void print_cells(km_rows *r, cell *cells, bool heading, const char *sgr)
{
    while (print_line(r, cells, heading, sgr))
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
    print_cells(r, cells, true, r->opt.color ? SGR_DIM : NULL);
}

/* Whether a column stands on a line of its own: all of a card, what is shown of a listing. */
static bool has_line(const km_rows *r, int i)
{
    return r->opt.card ? !(r->col[i].flags & KM_COL_RAW) : r->col[i].flags & KM_COL_SHOWN;
}

/* A line "name  value" with the value from column `indent` on, or below where there is no room. */
static void print_field(km_rows *r, const char *title, const char *value, int indent)
{
    bool below = r->opt.width > 0 && r->opt.width <= indent + FLEX_MIN;
    km_buf lines = { 0 };

    if (r->opt.color)
        km_buf_puts(&r->out, SGR_DIM);
    km_wrap_print(&lines, title, 0, below ? r->opt.width : 0, r->opt.ascii);
    km_buf_add(&r->out, km_buf_str(&lines), lines.len - 1);
    if (r->opt.color)
        km_buf_puts(&r->out, SGR_OFF);
    if (below) {
        km_buf_putc(&r->out, '\n');
        indent = GAP;
    }
    pad(&r->out, below ? GAP : indent - km_text_width(title));

    km_buf_reset(&lines);
    km_wrap_print(&lines, value, indent, r->opt.width, r->opt.ascii);
    const char *s = km_buf_str(&lines);
    km_buf_puts(&r->out, s + strspn(s, " "));
    km_buf_clear(&lines);
}

/* One record as lines "name  value"; its cells are held from `held` on. */
static void print_card(km_rows *r, const struct km_held *held)
{
    char title[64];
    int widest = 0;

    if (r->cards++ > 0)
        km_buf_putc(&r->out, '\n');
    for (int i = 0, k = 0; i < r->n; i++) {
        if (!has_line(r, i))
            continue;
        title_of(title, &r->col[i]);
        if (r->cell.s[held[k++].at] && km_text_width(title) > widest)
            widest = km_text_width(title);
    }
    for (int i = 0, k = 0; i < r->n; i++) {
        if (!has_line(r, i))
            continue;
        const char *value = r->cell.s + held[k++].at;
        if (!*value)
            continue;
        title_of(title, &r->col[i]);
        print_field(r, title, value, widest + GAP);
    }
}

static void print_row(km_rows *r, const struct km_held *held, int shown)
{
    cell cells[SHOWN_MAX];

    for (int k = 0; k < shown; k++)
        cells[k] = (cell){ .rest = r->cell.s + held[k].at, .width = held[k].width };
    print_cells(r, cells, false, NULL);
}

/* Whether the rows held back say something in a column that was empty so far. */
static bool meets_empty_column(const km_rows *r, size_t rows, int shown)
{
    for (int i = 0, k = 0; i < r->n; i++) {
        if (!(r->col[i].flags & KM_COL_SHOWN))
            continue;
        for (size_t row = 0; r->width[i] == 0 && row < rows; row++) {
            if (r->held[row * (size_t)shown + (size_t)k].width > 0)
                return true;
        }
        k++;
    }
    return false;
}

void km_rows_text_flush(km_rows *r, bool last)
{
    int shown = shown_columns(r);
    size_t rows = shown ? r->held_n / (size_t)shown : 0;

    if (rows > 0 && !r->open) {
        memset(r->data, 0, (size_t)r->n * sizeof *r->data);
        memset(r->piece, 0, (size_t)r->n * sizeof *r->piece);
        r->cards = 0;
    }
    if (rows > 0 && (!r->open || meets_empty_column(r, rows, shown))) {
        learn_widths(r);
        if (!r->opt.bare && !r->stacked)
            print_headings(r);
        r->open = true;
    }
    for (size_t row = 0; row < rows; row++) {
        const struct km_held *held = &r->held[row * (size_t)shown];
        if (r->stacked)
            print_card(r, held);
        else
            print_row(r, held, shown);
    }
    r->held_n = 0;
    km_buf_reset(&r->cell);
    if (last)
        r->open = false;
    km_rows_drain(r, false);
}

void km_rows_text_end(km_rows *r)
{
    int shown = shown_columns(r);

    if (r->opt.card) {
        print_card(r, r->held);
        r->held_n = 0;
        km_buf_reset(&r->cell);
    } else if (r->open || r->held_n >= (size_t)KM_ROWS_SAMPLE * (size_t)shown) {
        km_rows_text_flush(r, false);
    }
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
