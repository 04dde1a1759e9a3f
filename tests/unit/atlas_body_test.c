/* The geometry: closed, without gaps or overlaps, mirrored; and where places stand in it. */
#include "km_cmocka.h"

#include <math.h>
#include <stdlib.h>

#include "knotmap/atlas.h"
#include "knotmap/rng.h"

static const km_atlas *a;

static const km_view drawn_views[] = { KM_VIEW_FRONT, KM_VIEW_BACK, KM_VIEW_RIGHT, KM_VIEW_SOLE };

static int setup(void **state)
{
    (void)state;
    a = km_atlas_builtin();
    return 0;
}

typedef struct edge {
    int ax, ay, bx, by;
    bool used;
} edge;

static int compare_edges(const void *x, const void *y)
{
    const edge *p = x, *q = y;
    const int key[] = { p->ax - q->ax, p->ay - q->ay, p->bx - q->bx, p->by - q->by };
    for (int i = 0; i < 4; i++)
        if (key[i] != 0)
            return key[i];
    return 0;
}

/* All directed edges of a view, sorted. */
static edge *edges_of(km_view view, int *n)
{
    edge *e = calloc(8000, sizeof *e);
    assert_non_null(e);
    *n = 0;
    for (int i = 0; i < a->body.n_polygon; i++) {
        const km_polygon *p = &a->body.polygon[i];
        if (p->view != view)
            continue;
        for (int k = 0; k < p->n; k++) {
            const int next = (k + 1) % p->n;
            e[(*n)++] = (edge){ p->xy[2 * k], p->xy[2 * k + 1], p->xy[2 * next],
                                p->xy[2 * next + 1], false };
        }
    }
    qsort(e, (size_t)*n, sizeof *e, compare_edges);
    return e;
}

static edge *find_edge(edge *e, int n, edge want)
{
    return bsearch(&want, e, (size_t)n, sizeof *e, compare_edges);
}

static void the_drawing_has_its_polygons(void **state)
{
    (void)state;
    static const int polygons[] = { 112, 97, 60, 12 }, vertices[] = { 3336, 2664, 1725, 468 };
    for (int v = 0; v < 4; v++) {
        int n = 0, points = 0;
        for (int i = 0; i < a->body.n_polygon; i++)
            if (a->body.polygon[i].view == drawn_views[v]) {
                n++;
                points += a->body.polygon[i].n;
            }
        assert_int_equal(n, polygons[v]);
        assert_int_equal(points, vertices[v]);
    }
}

static void every_directed_edge_occurs_once(void **state)
{
    (void)state;
    for (int v = 0; v < 4; v++) {
        int n;
        edge *e = edges_of(drawn_views[v], &n);
        for (int i = 1; i < n; i++)
            assert_int_not_equal(compare_edges(&e[i - 1], &e[i]), 0);
        free(e);
    }
}

/* Edges without a twin are the outline: walk it, count its loops, compare its area. */
static void the_outline_is_closed_and_holds_the_regions_exactly(void **state)
{
    (void)state;
    static const int loops_of[] = { 1, 1, 1, 2 };
    for (int v = 0; v < 4; v++) {
        int n, loops = 0, steps = 0, lone = 0;
        edge *e = edges_of(drawn_views[v], &n);
        for (int i = 0; i < n; i++) {
            const edge twin = { e[i].bx, e[i].by, e[i].ax, e[i].ay, false };
            e[i].used = find_edge(e, n, twin) != NULL;
            lone += !e[i].used;
        }
        int64_t outline = 0;
        for (int i = 0; i < n; i++) {
            if (e[i].used)
                continue;
            loops++;
            edge *at = &e[i];
            do {
                at->used = true;
                steps++;
                outline += (int64_t)at->ax * at->by - (int64_t)at->bx * at->ay;
                edge *next = NULL;
                for (int k = 0; k < n && next == NULL; k++)
                    if (!e[k].used && e[k].ax == at->bx && e[k].ay == at->by)
                        next = &e[k];
                if (next == NULL)
                    assert_true(at->bx == e[i].ax && at->by == e[i].ay);
                at = next;
            } while (at != NULL);
        }
        assert_int_equal(loops, loops_of[v]);
        assert_int_equal(steps, lone);
        double regions = 0;
        for (int i = 0; i < a->body.n_polygon; i++)
            if (a->body.polygon[i].view == drawn_views[v])
                regions += km_polygon_area(&a->body.polygon[i]);
        assert_true(fabs(regions - (double)outline / 2) < 0.25);
        free(e);
    }
}

static void halves_are_exact_mirror_images(void **state)
{
    (void)state;
    for (int i = 0; i < a->body.n_polygon; i++) {
        const km_polygon *p = &a->body.polygon[i];
        const km_polygon *q = &a->body.polygon[p->mirror];
        assert_int_equal(q->mirror, i);
        assert_int_equal(p->region, q->region);
        assert_int_equal(p->view, q->view);
        if (p->view == KM_VIEW_RIGHT) {
            assert_int_equal(p->mirror, i);
            continue;
        }
        assert_int_equal(q->side, km_side_mirror(p->side));
        assert_int_equal(p->n, q->n);
        for (int k = 0; k < p->n; k++) {
            bool found = false;
            for (int j = 0; j < q->n && !found; j++)
                found = q->xy[2 * j] == -p->xy[2 * k] && q->xy[2 * j + 1] == p->xy[2 * k + 1];
            assert_true(found);
        }
    }
}

static void every_region_is_drawn_in_its_views_and_no_other(void **state)
{
    (void)state;
    for (int r = 0; r < a->n_region; r++)
        for (int v = 0; v < 4; v++) {
            int n = 0;
            for (int i = 0; i < a->body.n_polygon; i++)
                n += a->body.polygon[i].region == r && a->body.polygon[i].view == drawn_views[v];
            const bool named = (a->region[r].views & 1u << drawn_views[v]) != 0;
            const int sides = drawn_views[v] == KM_VIEW_RIGHT || a->region[r].midline ? 1 : 2;
            assert_int_equal(n, named ? sides : 0);
        }
}

static void outlines_run_clockwise_within_their_boxes(void **state)
{
    (void)state;
    for (int i = 0; i < a->body.n_polygon; i++) {
        const km_polygon *p = &a->body.polygon[i];
        int64_t twice = 0;
        for (int k = 0; k < p->n; k++) {
            const int j = (k + 1) % p->n;
            twice += (int64_t)p->xy[2 * k] * p->xy[2 * j + 1] -
                     (int64_t)p->xy[2 * j] * p->xy[2 * k + 1];
            assert_in_range(p->xy[2 * k] + 20000, p->x0 + 20000, p->x1 + 20000);
            assert_in_range(p->xy[2 * k + 1] + 20000, p->y0 + 20000, p->y1 + 20000);
        }
        assert_true(twice > 0);
        assert_true(fabs((double)twice / 2 - km_polygon_area(p)) < 1e-9);
    }
}

/* Every polygon that holds a point by the even-odd rule, without boxes or mirrors. */
static int polygons_holding(km_view view, int x, int y, int *which)
{
    int n = 0;
    for (int i = 0; i < a->body.n_polygon; i++) {
        const km_polygon *p = &a->body.polygon[i];
        bool in = false;
        if (p->view != view)
            continue;
        for (int k = 0; k < p->n; k++) {
            const int j = (k + 1) % p->n;
            const int64_t ax = p->xy[2 * k], ay = p->xy[2 * k + 1];
            const int64_t bx = p->xy[2 * j], by = p->xy[2 * j + 1];
            const int64_t turn = (x - ax) * (by - ay) - (y - ay) * (bx - ax);
            if ((ay > y) != (by > y) && (by > ay ? turn < 0 : turn > 0))
                in = !in;
        }
        if (in) {
            n++;
            *which = i;
        }
    }
    return n;
}

static void a_point_is_in_one_region_or_none(void **state)
{
    (void)state;
    km_rng rng = km_rng_seed(7);
    int inside = 0;
    for (int i = 0; i < 4000; i++) {
        const km_view view = drawn_views[i % 4];
        const bool mirrored = view != KM_VIEW_RIGHT;
        const int x = (int)km_rng_below(&rng, 2700) - (mirrored ? 0 : 760);
        const int y = (int)km_rng_below(&rng, view == KM_VIEW_SOLE ? 1600 : 10100);
        int which = -1;
        const int n = polygons_holding(view, x, y, &which);
        assert_in_range(n, 0, 1);
        assert_int_equal(km_body_polygon_at(a, view, x, y), which);
        inside += n;
    }
    assert_true(inside > 600);
}

/* On and off the edges, the whole grid of vertices included. */
static void left_and_right_agree_everywhere(void **state)
{
    (void)state;
    static const km_view view[] = { KM_VIEW_FRONT, KM_VIEW_BACK, KM_VIEW_SOLE };
    for (int v = 0; v < 3; v++) {
        for (int i = 0; i < a->body.n_polygon; i++) {
            const km_polygon *p = &a->body.polygon[i];
            if (p->view != view[v])
                continue;
            for (int k = 0; k < p->n; k++) {
                const int x = p->xy[2 * k], y = p->xy[2 * k + 1];
                int r1 = -1, r2 = -1;
                km_side s1 = KM_SIDE_MIDLINE, s2 = KM_SIDE_MIDLINE;
                const bool in1 = km_body_at(a, view[v], x, y, &r1, &s1);
                const bool in2 = km_body_at(a, view[v], -x, y, &r2, &s2);
                assert_int_equal(in1, in2);
                assert_int_equal(r1, r2);
                if (x != 0)
                    assert_int_equal(s1, km_side_mirror(s2));
            }
        }
    }
}

static void sides_are_the_clients_own(void **state)
{
    (void)state;
    static const struct {
        km_view view;
        int x, y;
        const char *region;
        km_side side;
    } cases[] = {
        { KM_VIEW_FRONT, 550, 5900, "thigh_front", KM_SIDE_LEFT },
        { KM_VIEW_FRONT, -550, 5900, "thigh_front", KM_SIDE_RIGHT },
        { KM_VIEW_BACK, 500, 5900, "thigh_back", KM_SIDE_RIGHT },
        { KM_VIEW_BACK, -500, 5900, "thigh_back", KM_SIDE_LEFT },
        { KM_VIEW_RIGHT, 80, 560, "temple", KM_SIDE_RIGHT },
        { KM_VIEW_LEFT, -80, 560, "temple", KM_SIDE_LEFT },
        { KM_VIEW_SOLE, 360, 1060, "arch", KM_SIDE_LEFT },
        { KM_VIEW_SOLE, -360, 1060, "arch", KM_SIDE_RIGHT },
        { KM_VIEW_FRONT, 0, 2350, "sternum", KM_SIDE_MIDLINE },
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        int region = -1;
        km_side side = KM_SIDE_COUNT;
        assert_true(km_body_at(a, cases[i].view, cases[i].x, cases[i].y, &region, &side));
        assert_string_equal(a->region[region].code, cases[i].region);
        assert_int_equal(side, cases[i].side);
    }
    int region;
    km_side side;
    assert_false(km_body_at(a, KM_VIEW_FRONT, 2590, 100, &region, &side));
    assert_false(km_body_at(a, KM_VIEW_FRONT, 0, -1, &region, &side));
}

static void default_positions_lie_in_their_region_and_side(void **state)
{
    (void)state;
    for (int r = 0; r < a->n_region; r++)
        for (int s = KM_SIDE_MIDLINE; s <= KM_SIDE_RIGHT; s++) {
            if (a->region[r].midline != (s == KM_SIDE_MIDLINE))
                continue;
            km_view view;
            int16_t x, y;
            int region = -1;
            km_side side;
            km_body_default_pos(a, r, -1, (km_side)s, &view, &x, &y);
            assert_true(km_body_at(a, view, x, y, &region, &side));
            assert_int_equal(region, r);
            assert_int_equal(side, s);
            for (int v = 0; v < KM_VIEW_COUNT; v++) {
                const bool shown = km_body_pos_in_view(a, r, -1, (km_side)s, (km_view)v, &x, &y);
                const bool wrong_side = (v == KM_VIEW_LEFT && s == KM_SIDE_RIGHT) ||
                                        (v == KM_VIEW_RIGHT && s == KM_SIDE_LEFT);
                assert_int_equal(shown, (a->region[r].views & 1u << v) != 0 && !wrong_side);
                if (!shown)
                    continue;
                assert_true(km_body_at(a, (km_view)v, x, y, &region, &side));
                assert_int_equal(region, r);
                assert_int_equal(side, s);
            }
        }
}

static void a_trigger_point_takes_its_first_row_mirrored(void **state)
{
    (void)state;
    static const struct {
        const char *muscle;
        int tp;
        km_side side;
        km_view view;
        int x, y;
    } cases[] = {
        { "frontalis", 1, KM_SIDE_LEFT, KM_VIEW_FRONT, 140, 410 },
        { "frontalis", 1, KM_SIDE_RIGHT, KM_VIEW_FRONT, -140, 410 },
        { "occipitalis", 1, KM_SIDE_RIGHT, KM_VIEW_BACK, 220, 700 },
        { "occipitalis", 1, KM_SIDE_LEFT, KM_VIEW_BACK, -220, 700 },
        { "temporalis", 1, KM_SIDE_RIGHT, KM_VIEW_RIGHT, 280, 510 },
        { "temporalis", 1, KM_SIDE_LEFT, KM_VIEW_LEFT, -280, 510 },
        { "sphincter_ani", 1, KM_SIDE_MIDLINE, KM_VIEW_FRONT, 0, 5240 },
        { "quadratus_plantae", 1, KM_SIDE_LEFT, KM_VIEW_SOLE, 360, 1060 },
        { "quadratus_plantae", 1, KM_SIDE_RIGHT, KM_VIEW_SOLE, -360, 1060 },
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        const int point = km_atlas_point(a, km_atlas_muscle(a, cases[i].muscle), cases[i].tp);
        km_view view;
        int16_t x, y;
        km_body_default_pos(a, a->point[point].site, point, cases[i].side, &view, &x, &y);
        assert_int_equal(view, cases[i].view);
        assert_int_equal(x, cases[i].x);
        assert_int_equal(y, cases[i].y);
    }
}

static void a_stray_position_moves_to_the_nearest_point_of_its_region(void **state)
{
    (void)state;
    km_rng rng = km_rng_seed(11);
    for (int r = 0; r < a->n_region; r++)
        for (int v = 0; v < KM_VIEW_COUNT; v++)
            for (int s = KM_SIDE_MIDLINE; s <= KM_SIDE_RIGHT; s++) {
                if (a->region[r].midline != (s == KM_SIDE_MIDLINE))
                    continue;
                int16_t x = (int16_t)((int)km_rng_below(&rng, 5000) - 2500);
                int16_t y = (int16_t)km_rng_below(&rng, 10000);
                int16_t seed_x, seed_y;
                const int fx = x, fy = y;
                const bool shown = km_body_pos_in_view(a, r, -1, (km_side)s, (km_view)v, &seed_x,
                                                       &seed_y);
                assert_int_equal(km_body_nearest(a, r, (km_side)s, (km_view)v, &x, &y), shown);
                if (!shown)
                    continue;
                int region = -1;
                km_side side;
                assert_true(km_body_at(a, (km_view)v, x, y, &region, &side));
                assert_int_equal(region, r);
                assert_int_equal(side, s);
                assert_true(hypot(x - fx, y - fy) <= hypot(seed_x - fx, seed_y - fy) + 8);
            }
}

static void a_position_inside_stays(void **state)
{
    (void)state;
    int16_t x = 550, y = 5900;
    const int thigh = km_atlas_region(a, "thigh_front");
    assert_true(km_body_nearest(a, thigh, KM_SIDE_LEFT, KM_VIEW_FRONT, &x, &y));
    assert_int_equal(x, 550);
    assert_int_equal(y, 5900);
}

static void lines_have_a_kind_and_two_points(void **state)
{
    (void)state;
    int kind[KM_LINE_FEATURE + 1] = { 0 };
    for (int i = 0; i < a->body.n_line; i++) {
        const km_line *l = &a->body.line[i];
        assert_in_range(l->kind, KM_LINE_OUTLINE, KM_LINE_FEATURE);
        assert_true(l->n >= 2);
        assert_int_equal(l->feature != NULL, l->kind == KM_LINE_FEATURE);
        kind[l->kind]++;
    }
    for (int k = 0; k <= KM_LINE_FEATURE; k++)
        assert_true(kind[k] > 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_drawing_has_its_polygons),
        cmocka_unit_test(every_directed_edge_occurs_once),
        cmocka_unit_test(the_outline_is_closed_and_holds_the_regions_exactly),
        cmocka_unit_test(halves_are_exact_mirror_images),
        cmocka_unit_test(every_region_is_drawn_in_its_views_and_no_other),
        cmocka_unit_test(outlines_run_clockwise_within_their_boxes),
        cmocka_unit_test(a_point_is_in_one_region_or_none),
        cmocka_unit_test(left_and_right_agree_everywhere),
        cmocka_unit_test(sides_are_the_clients_own),
        cmocka_unit_test(default_positions_lie_in_their_region_and_side),
        cmocka_unit_test(a_trigger_point_takes_its_first_row_mirrored),
        cmocka_unit_test(a_stray_position_moves_to_the_nearest_point_of_its_region),
        cmocka_unit_test(a_position_inside_stays),
        cmocka_unit_test(lines_have_a_kind_and_two_points),
    };
    return cmocka_run_group_tests(tests, setup, NULL);
}
