/** Text in the grid: width, clipping, cutting, wrapping. */
#include "knotmap/draw.h"

#include <stdarg.h>
#include <string.h>

#include "cell.h"
#include "knotmap/text.h"

static bool plain(const char *s, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        if (s[i] < 0x20 || s[i] > 0x7E)
            return false;
    }
    return true;
}

/** Text that is safe already; `n` bytes. Returns the columns it takes. */
static int put_visible(km_grid *g, km_rect r, int y, int x, km_role role, const char *s, size_t n)
{
    bool row = y >= 0 && y < r.h && r.y + y >= 0 && r.y + y < g->h;
    int col = x;
    km_cell *base = NULL;

    while (n > 0) {
        uint32_t rune = (unsigned char)*s;
        size_t used = 1;
        int width = 1;
        if (rune >= 0x7F) {
            used = km_utf8_decode(&rune, s, n);
            width = km_rune_width(rune);
        }
        s += used;
        n -= used;
        if (width == 0) {
            if (base && base->comb == 0)
                base->comb = rune;
            continue;
        }
        base = NULL;
        int left = r.x + col;
        if (row && col >= 0 && col < r.w && left >= 0 && left < g->w) {
            bool whole = col + width <= r.w && left + width <= g->w;
            /* half a wide rune cannot be shown: the edge column stays blank */
            cell_write(g, left, r.y + y, role, whole ? rune : ' ', whole ? width : 1);
            if (whole)
                base = km_grid_cell(g, left, r.y + y);
        }
        col += width;
    }
    return col - x;
}

static int put_text(km_grid *g, km_rect r, int y, int x, km_role role, const char *s, size_t n)
{
    if (plain(s, n))
        return put_visible(g, r, y, x, role, s, n);

    km_buf raw = { 0 }, safe = { 0 };
    km_buf_add(&raw, s, n);
    km_text_visible(&safe, km_buf_str(&raw), g->ascii);
    int w = put_visible(g, r, y, x, role, km_buf_str(&safe), safe.len);
    km_buf_clear(&raw);
    km_buf_clear(&safe);
    return w;
}

int km_grid_text(km_grid *g, km_rect r, int y, int x, km_role role, const char *s)
{
    return s ? put_text(g, r, y, x, role, s, strlen(s)) : 0;
}

int km_grid_printf(km_grid *g, km_rect r, int y, int x, km_role role, const char *fmt, ...)
{
    km_buf b = { 0 };
    va_list ap;
    va_start(ap, fmt);
    km_buf_vprintf(&b, fmt, ap);
    va_end(ap);
    int w = km_grid_text(g, r, y, x, role, km_buf_str(&b));
    km_buf_clear(&b);
    return w;
}

int km_grid_text_right(km_grid *g, km_rect r, int y, km_role role, const char *s)
{
    int x = r.w - km_text_width(s);
    km_grid_text(g, r, y, x, role, s);
    return x;
}

int km_grid_text_cut(km_grid *g, km_rect r, int y, int x, int w, km_role role, const char *s)
{
    if (x + w > r.w)
        w = r.w - x;
    km_buf safe = { 0 };
    km_text_visible(&safe, s ? s : "", g->ascii);
    const char *text = km_buf_str(&safe);
    int full = km_text_width(text);
    if (w > 0 && full > w) {
        const char *dots = g->ascii ? "..." : "…";
        int dots_w = g->ascii ? 3 : 1;
        if (dots_w > w) {
            dots = g->ascii ? "." : dots;
            dots_w = 1;
        }
        size_t keep = km_text_fit(text, w - dots_w);
        int at = put_visible(g, r, y, x, role, text, keep);
        put_visible(g, r, y, x + at, role, dots, strlen(dots));
    } else if (w > 0) {
        put_visible(g, r, y, x, role, text, safe.len);
    }
    km_buf_clear(&safe);
    return full;
}

/*
 * Bytes of the first line of `s` when broken at `width` columns; `*skip` counts what ends it. Two
 * spaces separate things that belong together within ("o 7  knot"): in the second half of the
 * line they are the better break.
 */
static size_t line_break(const char *s, size_t n, int width, size_t *skip)
{
    size_t i = 0, last_space = 0, last_gap = 0;
    int col = 0;

    *skip = 0;
    while (i < n) {
        if (s[i] == '\n') {
            *skip = 1;
            return i;
        }
        if (s[i] == ' ')
            last_space = i;
        if (s[i] == ' ' && i + 1 < n && s[i + 1] == ' ' && col > width / 2 && col <= width)
            last_gap = i;
        uint32_t rune;
        size_t used = km_utf8_decode(&rune, s + i, n - i);
        int w = km_rune_width(rune);
        if (col + w > width && s[i] != ' ') {
            if (last_gap > 0) {
                *skip = strspn(s + last_gap, " ");
                return last_gap;
            }
            if (last_space > 0) {
                *skip = 1;
                return last_space;
            }
            return i > 0 ? i : used; /* a word longer than the line, a rune wider than it */
        }
        col += w;
        i += used;
    }
    return n;
}

int km_grid_wrap(km_grid *g, km_rect r, int y, km_role role, const char *s)
{
    if (r.w <= 0 || !s)
        return 0;

    km_buf safe = { 0 };
    const char *rest = s;
    while (*rest) { /* line breaks of the text stay, everything else is made visible */
        size_t n = strcspn(rest, "\n");
        km_buf part = { 0 };
        km_buf_add(&part, rest, n);
        km_text_visible(&safe, km_buf_str(&part), g->ascii);
        km_buf_clear(&part);
        rest += n;
        if (*rest == '\n') {
            km_buf_putc(&safe, '\n');
            rest++;
        }
    }

    const char *at = km_buf_str(&safe);
    size_t left = safe.len;
    int lines = 0;
    while (left > 0) {
        size_t skip, n = line_break(at, left, r.w, &skip);
        put_visible(g, r, y + lines, 0, role, at, n);
        lines++;
        at += n + skip;
        left -= n + skip;
    }
    km_buf_clear(&safe);
    return lines;
}
