#include "chart_ink.h"

#include "knotmap/mem.h"

#ifdef KM_FONT

#include <ft2build.h>
#include FT_FREETYPE_H

#define WIDTH 12
#define HEIGHT 24
#define EM 20 /* pixels: the advance of DejaVu Sans Mono is then 12 */

/* Drawn as a terminal does: on one baseline, the advance filling the cell's width. */
static void draw_glyph(const ink_font *font, FT_Face face, int g)
{
    int ascent = (int)((face->size->metrics.ascender + 32) / 64);

    if (FT_Load_Char(face, (FT_ULong)(unsigned char)chart_fit_char((uint8_t)g), FT_LOAD_RENDER))
        return;
    const FT_Bitmap *b = &face->glyph->bitmap;
    for (int y = 0; y < (int)b->rows; y++) {
        for (int x = 0; x < (int)b->width; x++) {
            int px = face->glyph->bitmap_left + x, py = ascent - face->glyph->bitmap_top + y;
            if (px >= 0 && py >= 0 && px < WIDTH && py < HEIGHT && b->buffer[y * b->pitch + x] >= 96)
                font->glyph[(g * HEIGHT + py) * WIDTH + px] = 1;
        }
    }
}

const char *ink_open(ink_font *font, const fitter *f)
{
    FT_Library library;
    FT_Face face;

    (void)f;
    *font = (ink_font){ WIDTH, HEIGHT, WIDTH * 3 / 4, km_calloc(FIT_N, WIDTH * HEIGHT) };
    if (FT_Init_FreeType(&library))
        return NULL;
    if (FT_New_Face(library, KM_FONT, 0, &face) || FT_Set_Pixel_Sizes(face, 0, EM)) {
        FT_Done_FreeType(library);
        return NULL;
    }
    for (int g = 1; g < FIT_N; g++)
        draw_glyph(font, face, g);
    FT_Done_Face(face);
    FT_Done_FreeType(library);
    return "DejaVu Sans Mono";
}

#else

const char *ink_open(ink_font *font, const fitter *f)
{
    *font = (ink_font){ SUB_X, SUB_Y, SUB_X * 3 / 4, km_calloc(FIT_N, SUB_CELL) };
    chart_fit_font(font, f);
    return "idealised strokes";
}

#endif
