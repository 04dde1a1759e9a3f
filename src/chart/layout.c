/* Placing figures in a rectangle. */
#include "frame.h"

#define GAP 1           /* columns between two figures */

const char *km_view_title(km_view v)
{
    static const char *const title[KM_VIEW_COUNT] = { "FRONT", "BACK", "LEFT", "RIGHT", "SOLES" };
    return title[v];
}

static void figure_set(km_figure *fig, km_view view, km_zoom zoom, const port *p, int x, int y,
                       bool labels)
{
    fig->view = view;
    fig->zoom = zoom;
    fig->body = (km_rect){ x, y + labels, p->w, p->h };
    fig->rect = (km_rect){ x, y, p->w, p->h + labels };
    fig->x0 = view == KM_VIEW_LEFT ? -(p->x0 + p->w * p->ux) : p->x0;
    fig->y0 = p->y0;
    fig->ux = p->ux;
    fig->uy = p->uy;
}

/* Beside a body the soles are drawn no wider than it. */
static int figure_rows(km_view view, km_zoom zoom, int rows, bool alone)
{
    int widest = chart_port_columns(KM_VIEW_FRONT, zoom, rows) + 6;

    if (view != KM_VIEW_SOLE || alone)
        return rows;
    while (rows > SOLE_ROWS_MIN && chart_port_columns(view, zoom, rows) > widest)
        rows--;
    return rows;
}

static int figures_width(const km_view *views, int n, km_zoom zoom, int rows)
{
    int width = (n - 1) * GAP;

    for (int i = 0; i < n; i++) {
        km_view drawn = chart_drawn_view(views[i]);
        width += chart_port_columns(drawn, zoom, figure_rows(views[i], zoom, rows, n == 1));
    }
    return width;
}

static int rows_that_fit(const km_view *views, int n, km_zoom zoom, int w, int rows)
{
    while (rows >= ROWS_MIN && figures_width(views, n, zoom, rows) > w)
        rows--;
    return rows;
}

static int32_t snap(int64_t v, int64_t lo, int64_t hi, int32_t unit, int32_t phase)
{
    if (lo > hi)
        v = (lo + hi) / 2;
    else
        v = v < lo ? lo : v > hi ? hi : v;
    v += phase + unit / 2;
    int64_t q = v >= 0 ? v / unit : -((unit - 1 - v) / unit);
    return (int32_t)(q * unit - phase);
}

static void layout_area(km_layout *out, km_chart *c, km_rect r, km_view view, int cx, int cy,
                        int scale, bool labels)
{
    const sheet *s = chart_sheet(c, chart_drawn_view(view));
    port p = { s->view, 0, 0, 0, 0, r.w - (r.w % 2 == 0), r.h - labels };
    int64_t height = s->bottom - s->top, x = (int64_t)cx * FINE, y = (int64_t)cy * FINE;

    if (view == KM_VIEW_LEFT)
        x = -x;
    if (s->view == KM_VIEW_SOLE && scale > 4)
        scale = 4;
    p.ux = (int32_t)(height / (2 * (int64_t)p.h * (scale < 1 ? 1 : scale)));
    p.ux += p.ux % 2;
    /* closer than this a cell shows less than a finger's breadth */
    if (p.ux < 6 * FINE)
        p.ux = 6 * FINE;
    p.uy = 2 * p.ux;
    int64_t w = (int64_t)p.w * p.ux, h = (int64_t)p.h * p.uy;
    /* whole columns and rows, so that a pan moves the picture and does not redraw it; the
     * midline runs through the middle of a column */
    p.x0 = snap(x - w / 2, s->left - p.ux, s->right + p.ux - w, p.ux, p.ux / 2);
    p.y0 = snap(y - h / 2, s->top - p.uy, s->bottom + p.uy - h, p.uy, 0);
    if (s->mirrored && w >= s->right - s->left)
        p.x0 = -(int32_t)(w / 2);
    figure_set(&out->figure[out->n++], view, KM_ZOOM_AREA, &p, r.x, r.y, labels);
}

void km_chart_layout(km_layout *out, km_chart *c, km_rect r, const km_view *views, int n,
                     km_zoom zoom, int cx, int cy, int scale, km_chart_style style, bool labels,
                     int *shown)
{
    int height = r.h - labels, fit = n < 2 ? n : 2, rows, x;

    (void)style; /* all styles share one geometry, so that a mark keeps its cell */
    out->n = 0;
    out->list = true;
    if (shown)
        *shown = 0;
    if (n < 1 || height < ROWS_MIN || r.w < 1)
        return;
    if (n > KM_FIGURES_MAX)
        n = KM_FIGURES_MAX;
    if (zoom == KM_ZOOM_AREA) {
        if (r.w < ROWS_MIN)
            return;
        layout_area(out, c, r, views[0], cx, cy, scale, labels);
        fit = 1;
    } else {
        rows = rows_that_fit(views, fit, zoom, r.w, height);
        if (rows < ROWS_MIN && fit > 1)
            rows = rows_that_fit(views, fit = 1, zoom, r.w, height);
        if (rows < ROWS_MIN)
            return;
        while (fit < n && figures_width(views, fit + 1, zoom, rows) <= r.w)
            fit++;
        x = r.x + (r.w - figures_width(views, fit, zoom, rows)) / 2;
        for (int i = 0; i < fit; i++) {
            port p;
            chart_best_port(&p, c, chart_drawn_view(views[i]), zoom,
                      figure_rows(views[i], zoom, rows, fit == 1));
            figure_set(&out->figure[out->n++], views[i], zoom, &p, x, r.y, labels);
            x += p.w + GAP;
        }
    }
    out->list = false;
    if (shown)
        *shown = fit;
}

bool km_chart_cell(const km_layout *l, km_view view, int x, int y, int *col, int *row, int *figure)
{
    for (int i = 0; i < l->n; i++) {
        const km_figure *fig = &l->figure[i];
        int64_t dx = (int64_t)x * FINE - fig->x0, dy = (int64_t)y * FINE - fig->y0;
        if (fig->view != view)
            continue;
        /* the mirrored side view is laid out from its right edge, as it is drawn */
        if (view == KM_VIEW_LEFT)
            dx = (int64_t)fig->body.w * fig->ux - 1 -
                 ((int64_t)-x * FINE + fig->x0 + (int64_t)fig->body.w * fig->ux);
        if (dx < 0 || dy < 0 || dx >= (int64_t)fig->body.w * fig->ux ||
            dy >= (int64_t)fig->body.h * fig->uy)
            continue;
        *col = fig->body.x + (int)(dx / fig->ux);
        *row = fig->body.y + (int)(dy / fig->uy);
        if (figure)
            *figure = i;
        return true;
    }
    return false;
}
