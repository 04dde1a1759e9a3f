#include "patch.h"

#include <stdlib.h>
#include <string.h>
#include <wchar.h>

#include "caps.h"
#include "knotmap/text.h"

/* Changed cells this close go as one run: a move takes more bytes. */
#define JOIN_GAP 6

/**
 * Back to plain. Terminfo's sgr0 also names a character set, which is never changed here ("\x1b(B"
 * before "\x1b[m"), and on terminals of other kinds leaves the colours to op.
 */
static char *plain_string(void)
{
    const char *sgr0 = km_cap("sgr0");
    const char *ansi = sgr0 ? strstr(sgr0, "\x1b[m") : NULL;
    km_buf b = { 0 };

    if (!ansi && sgr0)
        ansi = strstr(sgr0, "\x1b[0m");
    if (ansi) {
        km_buf_add(&b, ansi, strcspn(ansi, "m") + 1);
    } else {
        km_cap_add(&b, sgr0);
        km_cap_add(&b, km_cap("op"));
    }
    km_buf_putc(&b, '\0');
    return b.s;
}

static bool is_cap(const char *name, const char *text)
{
    const char *s = km_cap(name);
    return s && strcmp(s, text) == 0;
}

void km_patch_init(km_patch *p)
{
    const char *cup = km_cap("cup");

    memset(p, 0, sizeof *p);
    p->cup = cup && strcmp(cup, "\x1b[%i%p1%d;%p2%dH") == 0 ? NULL : cup;
    p->row_only = !p->cup && is_cap("vpa", "\x1b[%i%p1%dd");
    p->column_only = !p->cup && is_cap("hpa", "\x1b[%i%p1%dG");
    p->el = km_cap("el");
    p->plain = plain_string();
    p->corner = !km_cap_flag("am") || km_cap_flag("xenl");
    p->color_clash = km_cap_number("ncv");
    km_buf_putc(&p->strings, '\0');
}

void km_patch_clear(km_patch *p)
{
    km_buf_clear(&p->strings);
    free(p->plain);
}

/** How a style is asked for, from plain. */
static const char *style_string(km_patch *p, km_style s)
{
    uint16_t *at = &p->style[s.attr & 15][s.fg + 1][s.bg + 1];
    bool color = s.fg >= 0 || s.bg >= 0;

    if (*at == 0) {
        *at = (uint16_t)p->strings.len;
        if (s.attr & KM_ATTR_BOLD)
            km_cap_add(&p->strings, km_cap("bold"));
        if ((s.attr & KM_ATTR_DIM) && !(color && (p->color_clash & 16)))
            km_cap_add(&p->strings, km_cap("dim"));
        if ((s.attr & KM_ATTR_UNDERLINE) && !(color && (p->color_clash & 2)))
            km_cap_add(&p->strings, km_cap("smul"));
        if (s.attr & KM_ATTR_REVERSE)
            km_cap_add(&p->strings, km_cap("rev"));
        if (s.fg >= 0)
            km_cap_add_number(&p->strings, "setaf", s.fg);
        if (s.bg >= 0)
            km_cap_add_number(&p->strings, "setab", s.bg);
        km_buf_putc(&p->strings, '\0');
    }
    return p->strings.s + *at;
}

static bool same_style(km_style a, km_style b)
{
    return a.attr == b.attr && a.fg == b.fg && a.bg == b.bg;
}

static const km_style plain = { .attr = 0, .fg = -1, .bg = -1 };

/** Go from one style to another; always through plain, which every terminal can. */
static void change_style(km_buf *out, km_patch *p, km_style *from, km_style to)
{
    if (same_style(*from, to))
        return;
    if (!same_style(*from, plain))
        km_buf_puts(out, p->plain);
    if (!same_style(to, plain))
        km_buf_puts(out, style_string(p, to));
    *from = to;
}

void km_patch_move(km_buf *out, km_patch *p, int y, int x)
{
    if (p->cup)
        km_cap_add_move(out, p->cup, y, x);
    else if (p->at_y == y && p->at_x >= 0 && p->column_only)
        km_buf_printf(out, "\x1b[%dG", x + 1);
    else if (p->at_x == x && p->at_y >= 0 && p->row_only)
        km_buf_printf(out, "\x1b[%dd", y + 1);
    else
        km_buf_printf(out, "\x1b[%d;%dH", y + 1, x + 1);
    p->at_y = y;
    p->at_x = x;
}

void km_patch_runes(uint32_t out[2], int *n, const km_cell *c, bool wide, bool ascii)
{
    *n = 1;
    out[0] = c->rune;
    if (c->rune >= 0x20 && c->rune < 0x7f && c->comb == 0)
        return;
    if (c->rune < 0x20 || (c->rune >= 0x7f && c->rune < 0xa0) || c->rune > 0x10ffff ||
        (ascii && c->rune >= 0x80) || wcwidth((wchar_t)c->rune) != (wide ? 2 : 1)) {
        out[0] = '?';
        return;
    }
    if (c->comb && !ascii && wcwidth((wchar_t)c->comb) == 0)
        out[(*n)++] = c->comb;
}

static bool cell_equal(const km_cell *a, const km_cell *b)
{
    return a->rune == b->rune && a->comb == b->comb && a->role == b->role &&
           a->ground == b->ground && a->bold == b->bold;
}

/** Whether column `x` may be the edge of a run: not inside a wide rune, before or now. */
static bool is_edge(const km_cell *now, const km_cell *before, int x, int w)
{
    return x == 0 || x == w ||
           (now[x].rune != KM_RUNE_WIDE_TAIL && before[x].rune != KM_RUNE_WIDE_TAIL);
}

/** The column from which on the row is blank and plain. */
static int blank_from(const km_colors *c, const km_cell *row, int w)
{
    while (w > 0 && row[w - 1].rune == ' ' && row[w - 1].comb == 0 &&
           same_style(km_colors_style(c, &row[w - 1]), plain))
        w--;
    return w;
}

static void add_cells(km_buf *out, km_patch *p, const km_colors *c, const km_cell *row, int from,
                      int to, int w, bool ascii, km_style *style)
{
    for (int x = from; x < to; x++) {
        bool wide = x + 1 < w && row[x].rune != KM_RUNE_WIDE_TAIL &&
                    row[x + 1].rune == KM_RUNE_WIDE_TAIL;
        uint32_t rune[2];
        char bytes[4];
        int n;

        change_style(out, p, style, km_colors_style(c, &row[x]));
        km_patch_runes(rune, &n, &row[x], wide, ascii);
        for (int i = 0; i < n; i++)
            km_buf_add(out, bytes, km_utf8_encode(bytes, rune[i]));
        if (wide && rune[0] == '?')
            km_buf_putc(out, ' ');
        if (wide)
            x++;
    }
}

bool km_patch_add(km_buf *out, km_patch *p, const km_colors *c, const km_grid *now,
                  const km_grid *before, bool ascii)
{
    km_style style = plain;
    int w = now->w;

    p->at_y = p->at_x = -1;

    for (int y = 0; y < now->h; y++) {
        const km_cell *row = &now->cell[(size_t)y * (size_t)w];
        const km_cell *old = &before->cell[(size_t)y * (size_t)w];
        int blank = -1;

        if (memcmp(row, old, (size_t)w * sizeof *row) == 0)
            continue;
        for (int x = 0; x < w;) {
            if (cell_equal(&row[x], &old[x])) {
                x++;
                continue;
            }
            int from = x, to = x + 1;
            for (x = to; x < w && x < to + JOIN_GAP; x++) {
                if (!cell_equal(&row[x], &old[x]))
                    to = x + 1;
            }
            while (!is_edge(row, old, from, w))
                from--;
            while (!is_edge(row, old, to, w))
                to++;
            if (blank < 0)
                blank = blank_from(c, row, w);
            bool erase = p->el && to > blank + 3 && to - from > 3;
            int end = erase ? (from > blank ? from : blank) : to;
            if (end == w && y == now->h - 1 && !p->corner)
                return false;
            km_patch_move(out, p, y, from);
            add_cells(out, p, c, row, from, end, w, ascii, &style);
            p->at_x = end < w ? end : -1; /* past the last column terminals differ */
            if (erase) {
                change_style(out, p, &style, plain);
                km_cap_add(out, p->el);
                break;
            }
            x = to;
        }
    }
    change_style(out, p, &style, plain);
    return true;
}
