/* The geometry: outlines of the regions, lines to draw, seeds, positions of the points. */
#include <stdlib.h>
#include <string.h>

#include "load.h"

#define COUNT(list) ((int)(sizeof(list) / sizeof(list)[0]))

enum { G_VIEW, G_REGION, G_SIDE, G_SEQ, G_X, G_Y };

/** One side of an outline, to find edges drawn twice. */
typedef struct edge {
    km_view view;
    int16_t ax, ay, bx, by;
    int row;
} edge;

static int compare_edges(const void *a, const void *b)
{
    const edge *p = a, *q = b;
    const int key[] = { (int)p->view - (int)q->view, p->ax - q->ax, p->ay - q->ay, p->bx - q->bx,
                        p->by - q->by, p->row - q->row };
    for (int i = 0; i < COUNT(key); i++)
        if (key[i] != 0)
            return key[i];
    return 0;
}

/* Neighbours share an edge in opposite directions; twice in one direction is an overlap. */
static void check_edges(km_in *in, const km_atlas *a, const int *first)
{
    int n = 0;
    edge *e = km_arena_alloc(in->mem, ((size_t)in->sheet->n_row + 1) * sizeof *e);
    for (int i = 0; i < a->body.n_polygon; i++) {
        const km_polygon *p = &a->body.polygon[i];
        for (int k = 0; k < p->n; k++) {
            const int16_t *from = &p->xy[2 * k], *to = &p->xy[2 * ((k + 1) % p->n)];
            e[n++] = (edge){ p->view, from[0], from[1], to[0], to[1], first[i] + k };
        }
    }
    qsort(e, (size_t)n, sizeof *e, compare_edges);
    for (int i = 1; i < n; i++) {
        edge same = e[i - 1];
        same.row = e[i].row;
        if (compare_edges(&same, &e[i]) == 0) {
            in->row = e[i].row;
            km_in_fail(in, G_X, "the edge that starts here is in two outlines");
        }
    }
}

static bool has_vertex(const km_polygon *p, int x, int y)
{
    for (int i = 0; i < p->n; i++)
        if (p->xy[2 * i] == x && p->xy[2 * i + 1] == y)
            return true;
    return false;
}

static bool is_mirror_image(const km_polygon *p, const km_polygon *q)
{
    if (p->n != q->n)
        return false;
    for (int i = 0; i < p->n; i++)
        if (!has_vertex(q, -p->xy[2 * i], p->xy[2 * i + 1]))
            return false;
    return true;
}

static int find_polygon(const km_atlas *a, km_view view, int region, km_side side)
{
    for (int i = 0; i < a->body.n_polygon; i++) {
        const km_polygon *p = &a->body.polygon[i];
        if (p->view == view && p->region == region && p->side == side)
            return i;
    }
    return -1;
}

static void check_polygon(km_in *in, const km_atlas *a, km_polygon *p, int row)
{
    in->row = row;
    if (p->n < 3) {
        km_in_fail(in, G_REGION, "an outline needs three points");
        return;
    }
    int64_t twice = 0;
    p->x0 = p->x1 = p->xy[0];
    p->y0 = p->y1 = p->xy[1];
    for (int i = 0; i < p->n; i++) {
        const int16_t *from = &p->xy[2 * i], *to = &p->xy[2 * ((i + 1) % p->n)];
        in->row = row + i;
        if (from[0] == to[0] && from[1] == to[1])
            km_in_fail(in, G_X, "the next point is the same");
        twice += (int64_t)from[0] * to[1] - (int64_t)to[0] * from[1];
        p->x0 = from[0] < p->x0 ? from[0] : p->x0;
        p->x1 = from[0] > p->x1 ? from[0] : p->x1;
        p->y0 = from[1] < p->y0 ? from[1] : p->y0;
        p->y1 = from[1] > p->y1 ? from[1] : p->y1;
    }
    in->row = row;
    if (twice <= 0)
        km_in_fail(in, G_REGION, "the outline does not run clockwise");
    const km_side opposite = p->view == KM_VIEW_RIGHT ? p->side : km_side_mirror(p->side);
    const int mirror = find_polygon(a, p->view, p->region, opposite);
    p->mirror = (int16_t)mirror;
    if (mirror < 0)
        km_in_fail(in, G_REGION, "its other side is not drawn");
    else if (p->view != KM_VIEW_RIGHT && !is_mirror_image(p, &a->body.polygon[mirror]))
        km_in_fail(in, G_REGION, "is not the mirror image of its other side");
}

/* The region's place in the drawing: its view is one of its own, its side fits. */
static void check_heading(km_in *in, const km_atlas *a, const km_polygon *p)
{
    const km_region *r = &a->region[p->region];
    const char *side = km_in_any(in, G_SIDE);
    const char *want = p->view == KM_VIEW_RIGHT ? "S" : r->midline ? "M" : "L or R";
    if ((r->views & 1u << p->view) == 0)
        km_in_fail(in, G_VIEW, "regions.csv does not name this view for %s", r->code);
    if (p->view == KM_VIEW_RIGHT ? side[0] != 'S'
                                 : side[0] == 'S' || r->midline != (side[0] == 'M'))
        km_in_fail(in, G_SIDE, "%s has side %s in this view", r->code, want);
    if (find_polygon(a, p->view, p->region, p->side) >= 0)
        km_in_fail(in, G_REGION, "its outline stands there twice, or its rows apart");
}

static km_status check_all_drawn(km_loader *l)
{
    static const struct {
        km_view view;
        const char *word;
    } views[] = { { KM_VIEW_FRONT, "front" },
                  { KM_VIEW_BACK, "back" },
                  { KM_VIEW_RIGHT, "side" },
                  { KM_VIEW_SOLE, "sole" } };
    const km_atlas *a = l->a;
    for (int r = 0; r < a->n_region; r++)
        for (int v = 0; v < COUNT(views); v++) {
            const km_view view = views[v].view;
            const km_side side = view == KM_VIEW_RIGHT     ? KM_SIDE_RIGHT
                                 : a->region[r].midline ? KM_SIDE_MIDLINE
                                                        : KM_SIDE_LEFT;
            if ((a->region[r].views & 1u << view) != 0 && find_polygon(a, view, r, side) < 0)
                return km_sheet_fail(&l->regions, r, "code", l->err,
                                     "has no outline in the %s view of body-geometry.csv",
                                     views[v].word);
        }
    return KM_OK;
}

km_status km_load_geometry(km_loader *l)
{
    static const char *const want[] = { "view", "region", "side", "seq", "x", "y" };
    static const char *const word[] = { "M", "L", "R", "S" };
    static const km_side side[] = { KM_SIDE_MIDLINE, KM_SIDE_LEFT, KM_SIDE_RIGHT, KM_SIDE_RIGHT };
    km_atlas *a = l->a;
    km_sheet s;
    km_in in;
    km_status st = km_load_sheet(l, &s, &l->scratch, "body-geometry");
    if (st == KM_OK)
        st = km_in_open(&in, &s, &l->scratch, want, COUNT(want), l->err);
    if (st != KM_OK)
        return st;
    const size_t rows = (size_t)s.n_row + 1;
    int16_t *xy = km_arena_alloc(l->mem, rows * 2 * sizeof *xy);
    km_polygon *polygon = km_arena_alloc(l->mem, rows * sizeof *polygon);
    int *first = km_arena_alloc(&l->scratch, rows * sizeof *first);
    a->body.polygon = polygon;
    km_polygon *open = NULL;
    for (in.row = 0; in.row < s.n_row; in.row++) {
        const km_polygon head = {
            .view = km_in_view(&in, G_VIEW),
            .region = (int16_t)km_in_region(&in, a, G_REGION),
            .side = side[km_in_word(&in, G_SIDE, word, COUNT(word))],
            .xy = &xy[2 * in.row],
        };
        if (in.status == KM_OK && (open == NULL || open->view != head.view ||
                                   open->region != head.region || open->side != head.side)) {
            check_heading(&in, a, &head);
            first[a->body.n_polygon] = in.row;
            open = &polygon[a->body.n_polygon++];
            *open = head;
        }
        const int next = open != NULL ? open->n : 0;
        if (km_in_int(&in, G_SEQ, 0, s.n_row) != next)
            km_in_fail(&in, G_SEQ, "%d was expected: points are counted from 0", next);
        xy[2 * in.row] = (int16_t)km_in_tenths(&in, G_X);
        xy[2 * in.row + 1] = (int16_t)km_in_tenths(&in, G_Y);
        if (in.status != KM_OK)
            return in.status;
        open->n++;
    }
    for (int i = 0; i < a->body.n_polygon && in.status == KM_OK; i++)
        check_polygon(&in, a, &polygon[i], first[i]);
    if (in.status == KM_OK)
        check_edges(&in, a, first);
    return in.status == KM_OK ? check_all_drawn(l) : in.status;
}

enum { L_VIEW, L_KIND, L_LINE, L_SEQ, L_X, L_Y };

static void read_line_kind(km_in *in, km_line *line)
{
    static const char *const kind[] = { "outline", "coarse", "limb", "border" };
    const char *word = km_in_any(in, L_KIND);
    if (strncmp(word, "feature:", 8) == 0 && word[8] != '\0') {
        line->kind = KM_LINE_FEATURE;
        line->feature = word + 8;
        return;
    }
    line->kind = (km_line_kind)km_in_word(in, L_KIND, kind, COUNT(kind));
}

km_status km_load_lines(km_loader *l)
{
    static const char *const want[] = { "view", "kind", "line", "seq", "x", "y" };
    km_atlas *a = l->a;
    km_sheet s;
    km_in in;
    km_status st = km_load_sheet(l, &s, &l->scratch, "body-lines");
    if (st == KM_OK)
        st = km_in_open(&in, &s, &l->scratch, want, COUNT(want), l->err);
    if (st != KM_OK)
        return st;
    const size_t rows = (size_t)s.n_row + 1;
    int16_t *xy = km_arena_alloc(l->mem, rows * 2 * sizeof *xy);
    km_line *table = km_arena_alloc(l->mem, rows * sizeof *table);
    a->body.line = table;
    km_line *open = NULL;
    int number = 0;
    for (in.row = 0; in.row < s.n_row; in.row++) {
        km_line head = { .view = km_in_view(&in, L_VIEW), .xy = &xy[2 * in.row] };
        read_line_kind(&in, &head);
        const int line = km_in_int(&in, L_LINE, 0, s.n_row);
        const bool same = open != NULL && open->view == head.view && line == number;
        if (!same) {
            if (open != NULL && open->n < 2)
                km_in_fail(&in, L_LINE, "the line before it has a single point");
            head.feature = head.feature != NULL ? km_arena_strdup(l->mem, head.feature) : NULL;
            open = &table[a->body.n_line++];
            *open = head;
            number = line;
        } else if (open->kind != head.kind) {
            km_in_fail(&in, L_KIND, "the kind changes within a line");
        }
        if (km_in_int(&in, L_SEQ, 0, s.n_row) != open->n)
            km_in_fail(&in, L_SEQ, "%d was expected: points are counted from 0", open->n);
        xy[2 * in.row] = (int16_t)km_in_tenths(&in, L_X);
        xy[2 * in.row + 1] = (int16_t)km_in_tenths(&in, L_Y);
        open->n++;
        if (in.status != KM_OK)
            return in.status;
    }
    if (open != NULL && open->n < 2)
        return km_sheet_fail(&s, s.n_row - 1, "line", l->err, "the line has a single point");
    return KM_OK;
}

/* Tables give the half x >= 0 of the views that are their own mirror image. */
static void check_half(km_in *in, int c, km_view view, int x)
{
    if (x < 0 && view != KM_VIEW_RIGHT)
        km_in_fail(in, c, "positions are given for the half x >= 0");
}

km_status km_load_seeds(km_loader *l)
{
    static const char *const want[] = { "view", "region", "x", "y" };
    enum { VIEW, REGION, X, Y };
    km_atlas *a = l->a;
    km_sheet s;
    km_in in;
    km_status st = km_load_sheet(l, &s, &l->scratch, "body-seeds");
    if (st == KM_OK)
        st = km_in_open(&in, &s, &l->scratch, want, COUNT(want), l->err);
    if (st != KM_OK)
        return st;
    km_seed *table = km_arena_alloc(l->mem, ((size_t)s.n_row + 1) * sizeof *table);
    uint8_t *seen = km_arena_alloc(&l->scratch, (size_t)a->n_region + 1);
    a->body.seed = table;
    for (in.row = 0; in.row < s.n_row; in.row++) {
        km_seed *d = &table[in.row];
        d->view = km_in_view(&in, VIEW);
        d->region = (int16_t)km_in_region(&in, a, REGION);
        d->x = (int16_t)km_in_tenths(&in, X);
        d->y = (int16_t)km_in_tenths(&in, Y);
        check_half(&in, X, d->view, d->x);
        const int at = km_body_polygon_at(a, d->view, d->x, d->y);
        if (at < 0)
            km_in_fail(&in, X, "%s lies outside the body", a->region[d->region].code);
        else if (a->body.polygon[at].region != d->region)
            km_in_fail(&in, X, "lies in %s", a->region[a->body.polygon[at].region].code);
        if ((seen[d->region] & 1u << d->view) != 0)
            km_in_fail(&in, REGION, "is named twice in this view");
        seen[d->region] = (uint8_t)(seen[d->region] | 1u << d->view);
        a->body.n_seed++;
        if (in.status != KM_OK)
            return in.status;
    }
    for (int r = 0; r < a->n_region; r++)
        if ((a->region[r].views & ~(1u << KM_VIEW_LEFT)) != seen[r])
            return km_sheet_fail(&l->regions, r, "code", l->err,
                                 "lacks a seed for one of its views in body-seeds.csv");
    return KM_OK;
}

static void check_position(km_in *in, const km_atlas *a, const km_point_pos *pos)
{
    enum { X = 3 };
    const km_point *p = &a->point[pos->point];
    const km_muscle *m = &a->muscle[p->muscle];
    check_half(in, X, pos->view, pos->x);
    if (m->midline && pos->x != 0)
        km_in_fail(in, X, "%s is unpaired: its points lie at x = 0", m->code);
    const int at = km_body_polygon_at(a, pos->view, pos->x, pos->y);
    if (at < 0) {
        km_in_fail(in, X, "%s %d lies outside the body", m->code, p->tp);
        return;
    }
    const int region = a->body.polygon[at].region;
    for (int i = 0; i < m->n_home; i++)
        if (m->home[i] == region)
            return;
    km_in_fail(in, X, "%s %d lies in %s, no home region of the muscle", m->code, p->tp,
               a->region[region].code);
}

km_status km_load_positions(km_loader *l)
{
    static const char *const want[] = { "muscle", "tp", "view", "x", "y" };
    enum { MUSCLE, TP, VIEW, X, Y };
    km_atlas *a = l->a;
    km_sheet s;
    km_in in;
    km_status st = km_load_sheet(l, &s, &l->scratch, "body-points");
    if (st == KM_OK)
        st = km_in_open(&in, &s, &l->scratch, want, COUNT(want), l->err);
    if (st != KM_OK)
        return st;
    km_point_pos *table = km_arena_alloc(l->mem, ((size_t)s.n_row + 1) * sizeof *table);
    a->pos = table;
    int last = -1;
    for (in.row = 0; in.row < s.n_row; in.row++) {
        km_point_pos *pos = &table[in.row];
        const int muscle = km_in_muscle(&in, a, MUSCLE);
        const int point = km_atlas_point(a, muscle, km_in_int(&in, TP, 1, 99));
        if (point < 0) {
            km_in_fail(&in, TP, "%s has no such point in trigger_points.csv",
                       a->muscle[muscle].code);
            return in.status;
        }
        km_point *p = &l->point[point];
        pos->point = (int16_t)point;
        pos->view = km_in_view(&in, VIEW);
        pos->x = (int16_t)km_in_tenths(&in, X);
        pos->y = (int16_t)km_in_tenths(&in, Y);
        if (in.status == KM_OK)
            check_position(&in, a, pos);
        if (point != last && p->n_pos > 0)
            km_in_fail(&in, TP, "the rows of a point must stand together");
        if (p->n_pos == 0)
            p->first_pos = (int16_t)in.row;
        for (int i = p->first_pos; i < in.row; i++)
            if (table[i].view == pos->view)
                km_in_fail(&in, VIEW, "has two positions in this view");
        p->n_pos++;
        a->n_pos++;
        last = point;
        if (in.status != KM_OK)
            return in.status;
    }
    return KM_OK;
}
