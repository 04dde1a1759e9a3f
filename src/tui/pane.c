/** A body picture beside a list. */
#include "pane.h"

#include <stdlib.h>
#include <string.h>

/** Narrowest and widest list. */
#define LIST_MIN 28
#define LIST_MAX 56

int tui_pane_figure_width(int rows)
{
    /* 490 units wide, 1004 high, a cell twice as high as wide */
    return (rows * 976 + 999) / 1000 + 1;
}

void tui_pane_split(km_rect r, km_rect *chart, km_rect *list)
{
    int one = tui_pane_figure_width(r.h - 1);
    int w = r.w - (2 * one + 1) - 2;
    if (w < LIST_MIN && r.w - LIST_MIN - 2 >= one)
        w = LIST_MIN;
    if (w < LIST_MIN || r.h < 18) {
        *chart = (km_rect){ r.x, r.y, 0, 0 };
        *list = r;
        return;
    }
    if (w > LIST_MAX)
        w = LIST_MAX;
    *chart = (km_rect){ r.x, r.y, r.w - w - 2, r.h };
    *list = (km_rect){ r.x + r.w - w, r.y, w, r.h };
}

void tui_pane_init(chart_pane *p, const km_tui *t)
{
    p->zone = km_calloc((size_t)t->atlas->n_region * KM_SIDE_COUNT, sizeof *p->zone);
    p->w = -1;
}

void tui_pane_clear(chart_pane *p)
{
    free(p->zone);
    p->zone = NULL;
}

void tui_pane_zones_clear(chart_pane *p, const km_tui *t)
{
    memset(p->zone, 0, (size_t)t->atlas->n_region * KM_SIDE_COUNT * sizeof *p->zone);
}

void tui_pane_turn(km_tui *t, chart_pane *p)
{
    (void)t;
    p->turn = (p->turn + 2) % 6; /* front and back, both sides, soles */
    p->w = -1;
}

void tui_pane_paint(km_tui *t, chart_pane *p, km_grid *g, km_rect r, km_scene *s)
{
    static const km_view views[6] = { KM_VIEW_FRONT, KM_VIEW_BACK, KM_VIEW_LEFT, KM_VIEW_RIGHT,
                                      KM_VIEW_SOLE, KM_VIEW_FRONT };
    if (r.w <= 0)
        return;
    if (p->w != r.w || p->h != r.h || p->style != (int)t->style || p->laid_turn != p->turn) {
        int shown;
        km_chart_layout(&p->layout, t->chart, r, views + p->turn, 2, KM_ZOOM_WHOLE, 0, 0, 1,
                        t->style, true, &shown);
        p->w = r.w;
        p->h = r.h;
        p->style = (int)t->style;
        p->laid_turn = p->turn;
    }
    s->zone = p->zone;
    s->labels = true;
    if (!p->layout.list)
        km_chart_render(g, t->chart, &p->layout, s, t->style);
    km_grid_vline(g, (km_rect){ r.x, r.y, r.w + 1, r.h }, r.w, KM_ROLE_DIM);
}
