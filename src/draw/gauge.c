/** Small pictures of numbers: bars and sparklines. */
#include "knotmap/draw.h"

#include <math.h>

void km_grid_bar(km_grid *g, km_rect r, int y, int x, int w, km_role role, double share)
{
    if (w < 3)
        return;
    if (!(share > 0))
        share = 0;
    else if (share > 1)
        share = 1;
    int inner = w - 2;
    int done = (int)(share * inner + 0.5);
    km_grid_put(g, r, y, x, KM_ROLE_DIM, '[');
    for (int i = 0; i < inner; i++)
        km_grid_put(g, r, y, x + 1 + i, i < done ? role : KM_ROLE_DIM, i < done ? '#' : '.');
    km_grid_put(g, r, y, x + w - 1, KM_ROLE_DIM, ']');
}

void km_grid_spark(km_grid *g, km_rect r, int y, int x, km_role role, const double *v, int n,
                   double max)
{
    static const char ascii[] = "_.-=^";
    const int levels = g->ascii ? 5 : 8;

    for (int i = 0; i < n; i++) {
        if (isnan(v[i])) {
            km_grid_put(g, r, y, x + i, role, ' ');
            continue;
        }
        double share = max > 0 ? v[i] / max : 0;
        share = share < 0 ? 0 : share > 1 ? 1 : share;
        int level = (int)(share * (levels - 1) + 0.5);
        uint32_t rune = g->ascii ? (uint32_t)ascii[level] : 0x2581u + (uint32_t)level;
        km_grid_put(g, r, y, x + i, role, rune);
    }
}
