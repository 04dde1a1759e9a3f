/*
 * Hit test and moves. Places (regions in figures) are the nodes of a graph made once per
 * layout: each direction leads to the nearest place that way, and where a place would then
 * never be reached, a way is led through it.
 */
#include "frame.h"

#include <stdlib.h>
#include <string.h>

typedef struct node {
    int figure, slot;
    int32_t x, y;       /* position in fine units of the figure's own picture */
    int16_t bx, by;     /* the same as a body coordinate of the view, tenths */
    int cell;           /* row * w + column as shown */
    int to[4];          /* by km_dir, -1 none */
} node;

struct graph {
    km_layout l;
    node *node;
    int n;
};

void chart_graph_free(graph *g)
{
    if (!g)
        return;
    free(g->node);
    free(g);
}

static int figure_slot(km_chart *c, const km_figure *fig, int region, km_side side)
{
    return chart_sheet_slot(chart_sheet(c, chart_drawn_view(fig->view)), c->a, fig->view, region, side);
}

static void node_add(graph *g, km_chart *c, const km_layout *l, int i, frame *f, int slot, int *cap)
{
    const km_figure *fig = &l->figure[i];
    bool flip = fig->view == KM_VIEW_LEFT;
    int x, y, at = f->cell[slot];

    if (!chart_frame_place(c, f, slot, &x, &y))
        return;
    KM_GROW(g->node, g->n, *cap);
    node *n = &g->node[g->n++];
    n->figure = i;
    n->slot = slot;
    n->bx = (int16_t)(flip ? -x : x);
    n->by = (int16_t)y;
    n->x = n->bx * FINE - fig->x0;
    n->y = n->by * FINE - fig->y0;
    n->cell = at / f->p.w * f->p.w + (flip ? f->p.w - 1 - at % f->p.w : at % f->p.w);
    for (int d = 0; d < 4; d++)
        n->to[d] = -1;
}

/* How far ahead b lies of a, and how far aside; larger indices break exact ties. */
static void ahead(const graph *g, int a, int b, km_dir dir, int64_t *fwd, int64_t *side)
{
    int64_t dx = g->node[b].x - g->node[a].x, dy = g->node[b].y - g->node[a].y;
    bool upright = dir == KM_DIR_UP || dir == KM_DIR_DOWN;

    *fwd = upright ? dy : dx;
    *side = upright ? dx : dy;
    if (dir == KM_DIR_UP || dir == KM_DIR_LEFT)
        *fwd = -*fwd;
    if (*side < 0)
        *side = -*side;
}

/* The nearest node ahead; within 45 degrees only, or in the whole half plane when `wide`. */
static int nearest_ahead(const graph *g, int from, km_dir dir, bool wide)
{
    int best = -1;
    int64_t least = 0;

    for (int i = 0; i < g->n; i++) {
        int64_t fwd, side;
        if (i == from || g->node[i].figure != g->node[from].figure)
            continue;
        ahead(g, from, i, dir, &fwd, &side);
        if (fwd <= 0 || (!wide && side > fwd))
            continue;
        int64_t cost = fwd * fwd + 3 * side * side;
        if (best < 0 || cost < least) {
            best = i;
            least = cost;
        }
    }
    return best;
}

/* Entering a figure from beside it: the place nearest in height, then nearest to the edge. */
static int nearest_edge(const graph *g, int figure, int from, bool right_edge, const km_layout *l)
{
    const km_figure *a = &l->figure[g->node[from].figure], *b = &l->figure[figure];
    int64_t height = (int64_t)g->node[from].y * b->uy / a->uy, least = 0;
    int64_t width = (int64_t)b->body.w * b->ux;
    int best = -1;

    for (int i = 0; i < g->n; i++) {
        if (g->node[i].figure != figure)
            continue;
        int64_t dy = g->node[i].y - height, dx = g->node[i].x;
        dx = right_edge ? width - dx : dx;
        int64_t cost = 4 * dy * dy + dx * dx;
        if (best < 0 || cost < least) {
            best = i;
            least = cost;
        }
    }
    return best;
}

static int figure_beside(const graph *g, int figure, int step, const km_layout *l)
{
    for (figure += step; figure >= 0 && figure < l->n; figure += step) {
        for (int i = 0; i < g->n; i++) {
            if (g->node[i].figure == figure)
                return figure;
        }
    }
    return -1;
}

/* Mark what can be reached from `root`; `back` follows the ways against their direction. */
static void reach(bool *seen, const graph *g, int root, bool back)
{
    int *queue = km_calloc((size_t)g->n, sizeof *queue), n = 0;

    memset(seen, 0, (size_t)g->n * sizeof *seen);
    seen[root] = true;
    queue[n++] = root;
    for (int i = 0; i < n; i++) {
        for (int j = 0; back && j < g->n; j++) {
            for (int d = 0; d < 4 && !seen[j]; d++) {
                if (g->node[j].to[d] == queue[i]) {
                    seen[j] = true;
                    queue[n++] = j;
                }
            }
        }
        for (int d = 0; !back && d < 4; d++) {
            int j = g->node[queue[i]].to[d];
            if (j >= 0 && !seen[j]) {
                seen[j] = true;
                queue[n++] = j;
            }
        }
    }
    free(queue);
}

/* Lead a way through v: u -> v -> where u led, from the nearest u for which v lies that way. */
static bool lead_through(graph *g, const bool *seen, int v)
{
    int best = -1, best_dir = 0;
    int64_t least = 0;

    for (int u = 0; u < g->n; u++) {
        if (!seen[u] || g->node[u].figure != g->node[v].figure)
            continue;
        for (int d = 0; d < 4; d++) {
            int64_t fwd, side;
            ahead(g, u, v, (km_dir)d, &fwd, &side);
            if (fwd < 0 || (fwd == 0 && side == 0 && u > v))
                continue;
            int old = g->node[u].to[d];
            int64_t cost = fwd * fwd + 3 * side * side, gap, aside;
            if (old >= 0 && g->node[old].figure == g->node[v].figure) {
                ahead(g, v, old, (km_dir)d, &gap, &aside);
                if (gap <= 0)
                    cost *= 16; /* v lies beyond: a worse place to break the way */
            }
            if (best < 0 || cost < least) {
                least = cost;
                best = u;
                best_dir = d;
            }
        }
    }
    if (best < 0)
        return false;
    g->node[v].to[best_dir] = g->node[best].to[best_dir];
    g->node[best].to[best_dir] = v;
    return true;
}

static void graph_ways(graph *g, const km_layout *l)
{
    bool *seen = km_calloc((size_t)g->n + 1, sizeof *seen);

    for (int i = 0; i < g->n; i++) {
        for (int d = 0; d < 4; d++) {
            bool upright = d == KM_DIR_UP || d == KM_DIR_DOWN;
            g->node[i].to[d] = nearest_ahead(g, i, (km_dir)d, false);
            if (g->node[i].to[d] < 0 && upright)
                g->node[i].to[d] = nearest_ahead(g, i, (km_dir)d, true);
            if (g->node[i].to[d] >= 0 || upright)
                continue;
            int beside = figure_beside(g, g->node[i].figure, d == KM_DIR_LEFT ? -1 : 1, l);
            g->node[i].to[d] = beside >= 0 ? nearest_edge(g, beside, i, d == KM_DIR_LEFT, l)
                                           : nearest_ahead(g, i, (km_dir)d, true);
        }
    }
    /* twice the number of nodes is far more than it takes; the bound is for safety only */
    for (int round = 0; round < 2 * g->n; round++) {
        int lost = -1;
        reach(seen, g, 0, false);
        for (int i = 0; i < g->n && lost < 0; i++) {
            if (!seen[i])
                lost = i;
        }
        if (lost < 0 || !lead_through(g, seen, lost))
            break;
    }
    free(seen);
}

static graph *graph_get(km_chart *c, const km_layout *l)
{
    if (c->walk && c->walk->l.n == l->n &&
        memcmp(c->walk->l.figure, l->figure, (size_t)l->n * sizeof *l->figure) == 0)
        return c->walk;
    chart_graph_free(c->walk);
    graph *g = km_calloc(1, sizeof *g);
    int cap = 0;
    g->l.n = l->n;
    memcpy(g->l.figure, l->figure, (size_t)l->n * sizeof *l->figure);
    for (int i = 0; i < l->n; i++) {
        frame *f = chart_frame(c, &l->figure[i]);
        for (int slot = 0; slot < f->s->n; slot++)
            node_add(g, c, l, i, f, slot, &cap);
    }
    graph_ways(g, l);
    return c->walk = g;
}

static void node_spot(km_spot *out, km_chart *c, const km_layout *l, const node *n)
{
    km_view view = l->figure[n->figure].view;
    const sheet *s = chart_sheet(c, chart_drawn_view(view));

    out->view = view;
    out->x = n->bx;
    out->y = n->by;
    out->region = c->a->body.polygon[s->polygon[n->slot]].region;
    out->side = chart_slot_side(s, c->a, view, n->slot);
}

/* The node a spot stands on: its region in the figure that shows it, else the nearest place. */
static int spot_node(const graph *g, km_chart *c, const km_layout *l, const km_spot *spot)
{
    int best = -1;
    int64_t least = 0;

    for (int i = 0; i < g->n; i++) {
        const km_figure *fig = &l->figure[g->node[i].figure];
        if (fig->view == spot->view &&
            figure_slot(c, fig, spot->region, spot->side) == g->node[i].slot)
            return i;
    }
    for (int i = 0; i < g->n; i++) {
        int64_t dx = g->node[i].bx - spot->x, dy = g->node[i].by - spot->y;
        int64_t d = dx * dx + dy * dy;
        if (l->figure[g->node[i].figure].view != spot->view)
            d += (int64_t)1 << 40;
        if (best < 0 || d < least) {
            best = i;
            least = d;
        }
    }
    return best;
}

bool km_chart_move(km_spot *spot, km_chart *c, const km_layout *l, km_dir dir)
{
    graph *g = graph_get(c, l);
    int at = spot_node(g, c, l, spot);

    if (at < 0 || g->node[at].to[dir] < 0)
        return false;
    node_spot(spot, c, l, &g->node[g->node[at].to[dir]]);
    return true;
}

static int node_compare(const void *pa, const void *pb)
{
    const node *a = pa, *b = pb;
    if (a->figure != b->figure)
        return a->figure < b->figure ? -1 : 1;
    if (a->cell != b->cell)
        return a->cell < b->cell ? -1 : 1;
    return a->slot < b->slot ? -1 : a->slot > b->slot;
}

bool km_chart_tab(km_spot *spot, km_chart *c, const km_layout *l, bool back)
{
    graph *g = graph_get(c, l);
    int at = spot_node(g, c, l, spot), i = 0;

    if (at < 0)
        return false;
    node here = g->node[at], *order = km_calloc((size_t)g->n, sizeof *order);
    memcpy(order, g->node, (size_t)g->n * sizeof *order);
    qsort(order, (size_t)g->n, sizeof *order, node_compare);
    while (order[i].figure != here.figure || order[i].slot != here.slot)
        i++;
    i = (i + (back ? g->n - 1 : 1)) % g->n;
    node_spot(spot, c, l, &order[i]);
    free(order);
    return true;
}

bool km_chart_hit(km_hit *out, km_chart *c, const km_layout *l, int col, int row)
{
    for (int i = 0; i < l->n; i++) {
        const km_figure *fig = &l->figure[i];
        int x = col - fig->body.x, y = row - fig->body.y;
        if (x < 0 || y < 0 || x >= fig->body.w || y >= fig->body.h)
            continue;
        frame *f = chart_frame(c, fig);
        bool flip = fig->view == KM_VIEW_LEFT;
        int cell = y * f->p.w + (flip ? f->p.w - 1 - x : x), slot = f->owner[cell];
        int px = (int)((f->p.x0 + (int64_t)(cell % f->p.w) * f->p.ux + f->p.ux / 2) / FINE);
        int py = (int)((f->p.y0 + (int64_t)y * f->p.uy + f->p.uy / 2) / FINE);
        if (slot != NO_SLOT)
            chart_cell_point(c->a, f, slot, cell, &px, &py);
        *out = (km_hit){ i, fig->view, (int16_t)(flip ? -px : px), (int16_t)py, -1,
                         KM_SIDE_MIDLINE };
        if (slot != NO_SLOT) {
            out->region = c->a->body.polygon[f->s->polygon[slot]].region;
            out->side = chart_slot_side(f->s, c->a, fig->view, slot);
        }
        return true;
    }
    return false;
}

bool km_chart_step(km_spot *spot, km_chart *c, const km_layout *l, km_dir dir)
{
    static const int step_x[4] = { 0, 0, -1, 1 }, step_y[4] = { -1, 1, 0, 0 };
    int col, row, figure;
    km_hit hit;

    if (!km_chart_cell(l, spot->view, spot->x, spot->y, &col, &row, &figure))
        return km_chart_move(spot, c, l, dir);
    const km_rect *b = &l->figure[figure].body;
    int left = l->figure[0].body.x;
    int right = l->figure[l->n - 1].body.x + l->figure[l->n - 1].body.w;
    /* over the gaps between arm and trunk and between figures, until there is body again */
    for (;;) {
        col += step_x[dir];
        row += step_y[dir];
        if (col < left || col >= right || row < b->y || row >= b->y + b->h)
            return false;
        if (!km_chart_hit(&hit, c, l, col, row) || hit.region < 0)
            continue;
        *spot = (km_spot){ hit.view, hit.x, hit.y, hit.region, hit.side };
        return true;
    }
}

bool km_chart_spot(km_spot *out, km_chart *c, const km_layout *l, int region, int point,
                   km_side side)
{
    for (int i = 0; i < l->n; i++) {
        const km_figure *fig = &l->figure[i];
        int16_t px, py;
        int x, y, slot, col, row;
        km_layout one = { .n = 1 };

        one.figure[0] = *fig;
        if (point >= 0 && km_body_pos_in_view(c->a, region, point, side, fig->view, &px, &py) &&
            km_chart_cell(&one, fig->view, px, py, &col, &row, NULL)) {
            *out = (km_spot){ fig->view, px, py, region, side };
            return true;
        }
        if (point >= 0)
            continue;
        slot = figure_slot(c, fig, region, side);
        if (slot < 0 || !chart_frame_place(c, chart_frame(c, fig), slot, &x, &y))
            continue;
        *out = (km_spot){ fig->view, (int16_t)(fig->view == KM_VIEW_LEFT ? -x : x), (int16_t)y,
                          region, side };
        return true;
    }
    /* the point is drawn in none of these views: its region may be */
    return point >= 0 && km_chart_spot(out, c, l, region, -1, side);
}

int km_chart_views_of(km_view out[KM_VIEW_COUNT], const km_atlas *a, int region, int point,
                      km_side side)
{
    km_view first;
    int16_t x, y;
    int n = 0;

    km_body_default_pos(a, region, point, side, &first, &x, &y);
    out[n++] = first;
    for (int pass = point >= 0 ? 0 : 1; pass < 2; pass++) {
        for (int v = 0; v < KM_VIEW_COUNT; v++) {
            bool known = false;
            for (int i = 0; i < n; i++)
                known = known || out[i] == (km_view)v;
            if (!known &&
                km_body_pos_in_view(a, region, pass == 0 ? point : -1, side, (km_view)v, &x, &y))
                out[n++] = (km_view)v;
        }
    }
    return n;
}
