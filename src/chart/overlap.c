/*
 * Reading a picture of characters back: how much of the body the outline encloses. The ink is
 * grown to close the gaps between characters, what a flood from outside does not reach is
 * taken, and shrunk again by as much.
 */
#include "overlap.h"

#include <stdlib.h>
#include <string.h>

/* Everything within `r` pixels of a set pixel. */
static void grow(uint8_t *out, const uint8_t *in, int w, int h, int r)
{
    int *reach = km_calloc((size_t)(2 * r + 1), sizeof *reach);

    for (int dy = -r; dy <= r; dy++) {
        int dx = 0;
        while ((dx + 1) * (dx + 1) + dy * dy <= r * r)
            dx++;
        reach[dy + r] = dx;
    }
    memcpy(out, in, (size_t)w * (size_t)h);
    for (int y = 0; y < h; y++) {
        for (int x = 0; x < w; x++) {
            const uint8_t *at = in + y * w + x;
            if (!*at)
                continue;
            /* only the rim can reach anything new */
            bool inner = x > 0 && y > 0 && x < w - 1 && y < h - 1 && at[-1] && at[1] && at[-w] &&
                         at[w];
            for (int dy = -r; !inner && dy <= r; dy++) {
                int left = x - reach[dy + r], right = x + reach[dy + r];
                left = left < 0 ? 0 : left;
                right = right >= w ? w - 1 : right;
                if (y + dy >= 0 && y + dy < h)
                    memset(out + (y + dy) * w + left, 1, (size_t)(right - left + 1));
            }
        }
    }
    free(reach);
}

static void flood(uint8_t *reached, const uint8_t *wall, int w, int h)
{
    int *queue = km_calloc((size_t)w * (size_t)h, sizeof *queue), n = 0;

    memset(reached, 0, (size_t)w * (size_t)h);
    for (int i = 0; i < w * h; i++) {
        bool edge = i % w == 0 || i % w == w - 1 || i < w || i >= w * (h - 1);
        if (edge && !wall[i]) {
            reached[i] = 1;
            queue[n++] = i;
        }
    }
    for (int i = 0; i < n; i++) {
        int c = queue[i], x = c % w;
        const int to[4] = { x > 0 ? c - 1 : -1, x + 1 < w ? c + 1 : -1, c - w, c + w };
        for (int k = 0; k < 4; k++) {
            if (to[k] < 0 || to[k] >= w * h || wall[to[k]] || reached[to[k]])
                continue;
            reached[to[k]] = 1;
            queue[n++] = to[k];
        }
    }
    free(queue);
}

double chart_overlap(const uint8_t *plane, const ink_font *font, const km_atlas *a,
                     const sheet *s, const port *p)
{
    /* two cells of air all around, so that the flood can go round the grown body */
    int cw = font->w, ch = font->h, w = (p->w + 4) * cw, h = (p->h + 4) * ch;
    size_t n = (size_t)w * (size_t)h;
    uint8_t *ink = km_calloc(n, 1), *thick = km_calloc(n, 1), *out = km_calloc(n, 1);
    uint8_t *slot = km_calloc((size_t)p->w * (size_t)p->h, (size_t)cw * (size_t)ch);
    long both = 0, either = 0;

    for (int c = 0; c < p->w * p->h; c++) {
        if (plane[c] == 0 || plane[c] >= FIT_N)
            continue;
        for (int y = 0; y < ch; y++)
            memcpy(ink + ((c / p->w + 2) * ch + y) * w + (c % p->w + 2) * cw,
                   font->glyph + (plane[c] * ch + y) * cw, (size_t)cw);
    }
    grow(thick, ink, w, h, font->grow);
    flood(out, thick, w, h);
    grow(thick, out, w, h, font->grow);
    chart_fill_slots(slot, a, s, p, cw, ch);
    for (int y = 0; y < h; y++) {
        for (int x = 0; x < w; x++) {
            int bx = x - 2 * cw, by = y - 2 * ch;
            bool drawn = !thick[y * w + x];
            bool body = bx >= 0 && by >= 0 && bx < p->w * cw && by < p->h * ch &&
                        slot[by * p->w * cw + bx] != NO_SLOT;
            both += drawn && body;
            either += drawn || body;
        }
    }
    free(ink);
    free(thick);
    free(out);
    free(slot);
    return either > 0 ? (double)both / (double)either : 0;
}
