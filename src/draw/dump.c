/** The grid as text: what chart prints and what pictures beside the tests hold. */
#include "knotmap/draw.h"

#include "knotmap/text.h"

static void add_rune(km_buf *out, uint32_t rune)
{
    char bytes[4];
    km_buf_add(out, bytes, km_utf8_encode(bytes, rune));
}

void km_grid_dump(km_buf *out, const km_grid *g)
{
    for (int y = 0; y < g->h; y++) {
        const km_cell *row = &g->cell[(size_t)y * (size_t)g->w];
        int end = g->w;
        while (end > 0 && row[end - 1].rune == ' ')
            end--;
        for (int x = 0; x < end; x++) {
            if (row[x].rune == KM_RUNE_WIDE_TAIL)
                continue;
            add_rune(out, row[x].rune);
            if (row[x].comb)
                add_rune(out, row[x].comb);
        }
        km_buf_putc(out, '\n');
    }
}

void km_grid_dump_roles(km_buf *out, const km_grid *g)
{
    for (int y = 0; y < g->h; y++) {
        for (int x = 0; x < g->w; x++) {
            uint8_t role = g->cell[(size_t)y * (size_t)g->w + (size_t)x].role;
            km_buf_putc(out, role == KM_ROLE_TEXT ? '.' : (char)('A' + role));
        }
        km_buf_putc(out, '\n');
    }
}
