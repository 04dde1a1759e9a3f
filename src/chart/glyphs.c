/* The characters of the outline: their strokes, and what each does for a point near its cell. */
#include "fitter.h"
#include "overlap.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* 3 cos and 3 sin of the doubled angle, in half steps: a line equals its reverse */
static const double bin_x[BINS] = { 6, 5.543, 4.243, 2.296, 0, -2.296, -4.243, -5.543,
                                    -6, -5.543, -4.243, -2.296, 0, 2.296, 4.243, 5.543 };
static const double bin_y[BINS] = { 0, 2.296, 4.243, 5.543, 6, 5.543, 4.243, 2.296,
                                    0, -2.296, -4.243, -5.543, -6, -5.543, -4.243, -2.296 };

/* Strokes in hundredths of a column and of half a row, x y x y ...; idealised over fonts. */
typedef struct stroke {
    int n;
    int16_t xy[10];
} stroke;

static const stroke strokes[FIT_N] = {
    [1] = { 2, { 50, 0, 50, 200 } },
    [2] = { 2, { 95, 20, 5, 180 } },
    [3] = { 2, { 5, 20, 95, 180 } },
    [4] = { 2, { 10, 108, 90, 108 } },
    [5] = { 2, { 0, 185, 100, 185 } },
    [6] = { 5, { 68, 25, 46, 60, 38, 100, 46, 140, 68, 175 } },
    [7] = { 5, { 32, 25, 54, 60, 62, 100, 54, 140, 32, 175 } },
    [8] = { 2, { 46, 156, 54, 156 } },
    [9] = { 2, { 54, 150, 42, 185 } },
    [10] = { 2, { 50, 35, 50, 75 } },
    [11] = { 2, { 38, 30, 60, 55 } },
};

const int chart_charge[FIT_N] = { 0, 205, 410, 410, 410, 717, 1024, 1024, 1229, 1434, 1639, 1639 };

char chart_fit_char(uint8_t code)
{
    static const char glyphs[] = FIT_GLYPHS ":";
    return glyphs[code & FIT_CODE];
}

uint8_t chart_fit_mirror(uint8_t code)
{
    static const uint8_t twin[16] = { 0, 1, 3, 2, 4, 5, 7, 6, 8, 9, 10, 10, 12 };
    return (uint8_t)((code & ~FIT_CODE) | twin[code & FIT_CODE]);
}

int chart_direction_bin(double dx, double dy)
{
    double len2 = dx * dx + dy * dy, c, s, best = -1e9;
    int bin = 0;

    if (len2 <= 0)
        return 0;
    c = (dx * dx - dy * dy) / len2;
    s = 2 * dx * dy / len2;
    for (int i = 0; i < BINS; i++) {
        double dot = c * bin_x[i] + s * bin_y[i];
        if (dot > best + 1e-9) {
            best = dot;
            bin = i;
        }
    }
    return bin;
}

static void ink_strokes(fitter *f)
{
    for (int g = 1; g < FIT_N; g++) {
        double left = 0;
        for (int i = 0; i + 1 < strokes[g].n; i++) {
            const int16_t *v = &strokes[g].xy[2 * i];
            double dx = (v[2] - v[0]) / 5.0, dy = (v[3] - v[1]) / 5.0; /* half steps */
            double len = sqrt(dx * dx + dy * dy);
            /* one dot of ink every two steps, the rest carried into the next piece */
            for (; left <= len && f->n_ink[g] < INK_MAX; left += 4) {
                ink *k = &f->ink[g][f->n_ink[g]++];
                k->x = (int8_t)floor(v[0] / 5.0 + dx * left / len + 0.5);
                k->y = (int8_t)floor(v[1] / 5.0 + dy * left / len + 0.5);
                k->bin = (uint8_t)chart_direction_bin(dx, dy);
            }
            left -= len;
        }
    }
}

fitter *chart_fitter_new(void)
{
    fitter *f = km_calloc(1, sizeof *f);

    for (int d2 = 1; d2 <= D2_CAP; d2++) {
        double d = d2 / (4.0 * LX * LX);
        f->cost_of[d2] = (uint16_t)(1024 * d / sqrt(sqrt(sqrt(d))) + 0.5);
    }
    for (int i = 0; i < BINS; i++) {
        for (int j = 0; j < BINS; j++) {
            double dx = bin_x[i] - bin_x[j], dy = bin_y[i] - bin_y[j];
            f->turn[i][j] = (int16_t)(dx * dx + dy * dy + 0.5);
        }
    }
    ink_strokes(f);
    for (int b = 0; b < BINS; b++) {
        for (int y = 0; y < TY; y++) {
            for (int x = 0; x < TX; x++) {
                uint16_t *out = f->table[b][y][x];
                int px = 2 * (x - REACH) + 1, py = 2 * (y - REACH) + 1;
                out[0] = f->cost_of[D2_CAP];
                for (int g = 1; g < FIT_N; g++) {
                    int best = D2_CAP;
                    for (int k = 0; k < f->n_ink[g]; k++) {
                        const ink *i = &f->ink[g][k];
                        int d2 = (px - i->x) * (px - i->x) + (py - i->y) * (py - i->y) +
                                 f->turn[b][i->bin];
                        best = d2 < best ? d2 : best;
                    }
                    out[g] = f->cost_of[best];
                }
            }
        }
    }
    return f;
}

void chart_fitter_free(fitter *f)
{
    free(f);
}

void chart_fit_font(const ink_font *font, const fitter *f)
{
    memset(font->glyph, 0, (size_t)FIT_N * (size_t)font->w * (size_t)font->h);
    for (int g = 1; g < FIT_N; g++) {
        for (int k = 0; k < f->n_ink[g]; k++) {
            int x = f->ink[g][k].x * font->w / (2 * LX), y = f->ink[g][k].y * font->h / (2 * LY);
            x = x < font->w ? x : font->w - 1;
            y = y < font->h ? y : font->h - 1;
            font->glyph[(g * font->h + y) * font->w + x] = 1;
        }
    }
}
