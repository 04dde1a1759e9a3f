/* Layout, hit test and look-ups through the public header. */
#include "chart_parts.h"

#include "knotmap/draw.h"
#include "knotmap/rng.h"

static const km_view front_back[] = { KM_VIEW_FRONT, KM_VIEW_BACK };
static const km_view all[] = { KM_VIEW_FRONT, KM_VIEW_BACK, KM_VIEW_LEFT, KM_VIEW_RIGHT,
                               KM_VIEW_SOLE };

km_layout chart_laid(km_chart *c, int w, int h, km_zoom zoom, const km_view *views, int n)
{
    km_layout l;
    km_chart_layout(&l, c, (km_rect){ 0, 0, w, h }, views, n, zoom, 0, 0, 1, KM_STYLE_ASCII, true,
                    NULL);
    return l;
}

km_layout chart_area(km_chart *c, int w, int h, km_view view, int cx, int cy, int scale)
{
    km_layout l;
    km_chart_layout(&l, c, (km_rect){ 0, 0, w, h }, &view, 1, KM_ZOOM_AREA, cx, cy, scale,
                    KM_STYLE_ASCII, true, NULL);
    return l;
}

int chart_region(const char *code)
{
    int i = km_atlas_region(km_atlas_builtin(), code);
    assert_true(i >= 0);
    return i;
}

int chart_point(const char *muscle, int tp)
{
    const km_atlas *a = km_atlas_builtin();
    int i = km_atlas_point(a, km_atlas_muscle(a, muscle), tp);
    assert_true(i >= 0);
    return i;
}

static int setup(void **state)
{
    *state = km_chart_new(km_atlas_builtin());
    return 0;
}

static int teardown(void **state)
{
    km_chart_free(*state);
    return 0;
}

static void front_and_back_take_47_columns_of_an_80x24_screen(void **state)
{
    km_layout l = chart_laid(*state, 47, 23, KM_ZOOM_WHOLE, front_back, 2);
    assert_false(l.list);
    assert_int_equal(l.n, 2);
    for (int i = 0; i < 2; i++) {
        assert_int_equal(l.figure[i].body.h, 22);
        assert_int_equal(l.figure[i].body.w, 23);
        assert_int_equal(l.figure[i].rect.h, 23);
    }
    assert_int_equal(l.figure[0].body.x, 0);
    assert_int_equal(l.figure[1].body.x, 24);
}

static void figures_grow_with_the_room_and_have_odd_columns(void **state)
{
    int last = 0;
    for (int h = 19; h <= 61; h++) {
        km_layout l = chart_laid(*state, 200, h, KM_ZOOM_WHOLE, front_back, 2);
        assert_int_equal(l.n, 2);
        assert_int_equal(l.figure[0].body.h, h - 1);
        assert_int_equal(l.figure[0].body.w % 2, 1);
        assert_true(l.figure[0].body.w >= last);
        last = l.figure[0].body.w;
    }
}

static void halves_of_front_and_back_fill_80_columns(void **state)
{
    km_layout l = chart_laid(*state, 80, 22, KM_ZOOM_UPPER, front_back, 2);
    assert_int_equal(l.n, 2);
    assert_int_equal(l.figure[0].body.w, 39);
    assert_int_equal(l.figure[0].body.h, 21);
}

static void further_views_are_added_while_they_fit(void **state)
{
    assert_int_equal(chart_laid(*state, 47, 23, KM_ZOOM_WHOLE, all, 5).n, 2);
    assert_int_equal(chart_laid(*state, 63, 23, KM_ZOOM_WHOLE, all, 5).n, 3);
    assert_int_equal(chart_laid(*state, 79, 23, KM_ZOOM_WHOLE, all, 5).n, 4);
    assert_int_equal(chart_laid(*state, 120, 23, KM_ZOOM_WHOLE, all, 5).n, 5);
}

static void a_narrow_room_shows_one_view(void **state)
{
    km_layout l = chart_laid(*state, 30, 40, KM_ZOOM_WHOLE, front_back, 2);
    assert_int_equal(l.n, 1);
    assert_int_equal(l.figure[0].view, KM_VIEW_FRONT);
    assert_true(l.figure[0].body.w <= 30);
}

static void below_18_rows_a_list_stands_in(void **state)
{
    assert_true(chart_laid(*state, 80, 18, KM_ZOOM_WHOLE, front_back, 2).list);
    assert_false(chart_laid(*state, 80, 19, KM_ZOOM_WHOLE, front_back, 2).list);
    assert_true(chart_laid(*state, 10, 40, KM_ZOOM_WHOLE, front_back, 2).list);
    assert_true(chart_laid(*state, 0, 0, KM_ZOOM_WHOLE, front_back, 2).list);
}

static void figures_stay_inside_their_rectangle(void **state)
{
    for (int w = 1; w <= 140; w += 7) {
        for (int h = 1; h <= 70; h += 3) {
            for (int z = 0; z < KM_ZOOM_COUNT; z++) {
                km_layout l;
                km_chart_layout(&l, *state, (km_rect){ 3, 2, w, h }, all, 5, (km_zoom)z, 0, 2000, 4,
                                KM_STYLE_ASCII, true, NULL);
                for (int i = 0; i < l.n; i++) {
                    const km_rect *r = &l.figure[i].rect;
                    assert_true(r->x >= 3 && r->y >= 2 && r->x + r->w <= 3 + w &&
                                r->y + r->h <= 2 + h);
                    assert_true(i == 0 || r->x > l.figure[i - 1].rect.x +
                                                     l.figure[i - 1].rect.w - 1);
                }
                assert_int_equal(l.list, l.n == 0);
            }
        }
    }
}

static void an_area_shows_its_centre_larger_and_stays_on_the_body(void **state)
{
    km_layout whole = chart_laid(*state, 80, 24, KM_ZOOM_WHOLE, front_back, 1);
    km_layout area = chart_area(*state, 80, 24, KM_VIEW_FRONT, 2000, 5200, 4);
    int col, row;

    assert_int_equal(area.n, 1);
    assert_true(area.figure[0].ux * 3 < whole.figure[0].ux);
    assert_true(km_chart_cell(&area, KM_VIEW_FRONT, 2000, 5200, &col, &row, NULL));
    for (int cy = -4000; cy <= 14000; cy += 3000) {
        for (int cx = -9000; cx <= 9000; cx += 3000) {
            bool any = false;
            area = chart_area(*state, 80, 24, KM_VIEW_BACK, cx, cy, 4);
            for (int r = 0; r < 24 && !any; r++) {
                for (int c = 0; c < 80 && !any; c++) {
                    km_hit hit;
                    any = km_chart_hit(&hit, *state, &area, c, r) && hit.region >= 0;
                }
            }
            assert_true(any);
        }
    }
}

/* Layouts people come across, by number. */
static km_layout some_layout(km_chart *c, unsigned i)
{
    const km_view one = all[i / 6 % 5];
    switch (i % 6) {
    case 0:
        return chart_laid(c, 80, 23, KM_ZOOM_WHOLE, all + i / 6 % 2 * 2, 2);
    case 1:
        return chart_laid(c, 120, 39, KM_ZOOM_WHOLE, all, 3);
    case 2:
        return chart_laid(c, 80, 22, KM_ZOOM_UPPER, front_back, 2);
    case 3:
        return chart_laid(c, 80, 22, KM_ZOOM_LOWER, all + 2, 2);
    case 4:
        return chart_laid(c, 200, 59, KM_ZOOM_WHOLE, &one, 1);
    default:
        return chart_area(c, 80, 22, one, (int)(i / 6 % 7) * 600 - 1800,
                          one == KM_VIEW_SOLE ? 700 : (int)(i / 6 % 11) * 900, 4);
    }
}

static void a_hit_names_the_region_its_position_lies_in(void **state)
{
    const km_atlas *a = km_atlas_builtin();
    for (unsigned i = 0; i < 60; i++) {
        km_layout l = some_layout(*state, i);
        for (int f = 0; f < l.n; f++) {
            const km_rect b = l.figure[f].body;
            for (int k = 0; k < b.w * b.h; k += i < 12 ? 1 : 7) {
                int col = b.x + k % b.w, row = b.y + k / b.w, c2, r2, region, fig;
                km_side side;
                km_hit hit;
                assert_true(km_chart_hit(&hit, *state, &l, col, row));
                assert_int_equal(hit.figure, f);
                if (hit.region < 0)
                    continue;
                assert_true(km_body_at(a, hit.view, hit.x, hit.y, &region, &side));
                assert_int_equal(region, hit.region);
                assert_int_equal(side, hit.side);
                assert_true(km_chart_cell(&l, hit.view, hit.x, hit.y, &c2, &r2, &fig));
                assert_int_equal(c2, col);
                assert_int_equal(r2, row);
            }
        }
    }
}

static void a_cell_outside_every_figure_hits_nothing(void **state)
{
    km_layout l = chart_laid(*state, 47, 23, KM_ZOOM_WHOLE, front_back, 2);
    km_hit hit;
    assert_false(km_chart_hit(&hit, *state, &l, 0, 0));
    assert_false(km_chart_hit(&hit, *state, &l, 23, 5));
    assert_false(km_chart_hit(&hit, *state, &l, -1, 5));
    assert_false(km_chart_hit(&hit, *state, &l, 47, 22));
}

static void a_position_names_its_region_at_every_size_and_zoom(void **state)
{
    const km_atlas *a = km_atlas_builtin();
    km_rng rng;
    int done = 0;

    rng = km_rng_seed(20);
    while (done < 1000) {
        km_layout l = some_layout(*state, (unsigned)done);
        const km_figure *f = &l.figure[km_rng_below(&rng, (uint32_t)l.n)];
        int x = (int)((f->x0 + (int64_t)km_rng_below(&rng, 1000) * f->body.w * f->ux / 1000) / 64);
        int y = (int)((f->y0 + (int64_t)km_rng_below(&rng, 1000) * f->body.h * f->uy / 1000) / 64);
        int region, col, row, fig;
        km_side side;
        km_spot spot;

        if (!km_body_at(a, f->view, x, y, &region, &side) ||
            !km_chart_cell(&l, f->view, x, y, &col, &row, &fig))
            continue;
        /* the place as the chart shows it now leads back to the same region */
        assert_true(km_chart_spot(&spot, *state, &l, region, -1, side));
        assert_int_equal(spot.region, region);
        assert_int_equal(spot.side, side);
        int again;
        km_side again_side;
        assert_true(km_body_at(a, spot.view, spot.x, spot.y, &again, &again_side));
        assert_int_equal(again, region);
        assert_int_equal(again_side, side);
        /* and so closely that one cell is one place, the cell under it is that region */
        km_layout near = chart_area(*state, 40, 20, f->view, x, y, 64);
        assert_true(km_chart_cell(&near, f->view, x, y, &col, &row, &fig));
        km_hit hit;
        assert_true(km_chart_hit(&hit, *state, &near, col, row));
        if (hit.region != region || hit.side != side) {
            /* only where a border runs through this very cell */
            int ux = near.figure[0].ux / 64 + 1, other;
            km_side other_side;
            bool border = false;
            for (int k = 0; k < 9; k++) {
                border = border ||
                         !km_body_at(a, f->view, x + (k % 3 - 1) * ux, y + (k / 3 - 1) * 2 * ux,
                                     &other, &other_side) ||
                         other != region || other_side != side;
            }
            assert_true(border);
        }
        done++;
    }
}

static void a_region_shows_in_a_cell_that_hits_it_when_it_owns_one(void **state)
{
    const km_atlas *a = km_atlas_builtin();
    const km_layout laid[] = { chart_laid(*state, 80, 39, KM_ZOOM_WHOLE, &front_back[0], 1),
                               chart_laid(*state, 80, 39, KM_ZOOM_WHOLE, &front_back[1], 1) };

    for (int i = 0; i < a->body.n_polygon; i++) {
        const km_polygon *p = &a->body.polygon[i];
        int col, row;
        km_hit hit;
        km_spot spot;
        if (p->view != KM_VIEW_FRONT && p->view != KM_VIEW_BACK)
            continue;
        km_side side = a->region[p->region].midline ? KM_SIDE_MIDLINE : p->side;
        const km_layout *l = &laid[p->view == front_back[1]];
        assert_true(km_chart_spot(&spot, *state, l, p->region, -1, side));
        assert_true(km_chart_cell(l, spot.view, spot.x, spot.y, &col, &row, NULL));
        assert_true(km_chart_hit(&hit, *state, l, col, row));
        assert_int_equal(hit.region, p->region);
        assert_int_equal(hit.side, side);
    }
}

static void the_left_side_is_the_right_side_mirrored(void **state)
{
    static const km_view sides[] = { KM_VIEW_LEFT, KM_VIEW_RIGHT };
    km_layout l = chart_laid(*state, 80, 30, KM_ZOOM_WHOLE, sides, 2);
    const km_rect a = l.figure[0].body, b = l.figure[1].body;

    for (int k = 0; k < a.w * a.h; k++) {
        km_hit left, right;
        assert_true(km_chart_hit(&left, *state, &l, a.x + k % a.w, a.y + k / a.w));
        assert_true(km_chart_hit(&right, *state, &l, b.x + b.w - 1 - k % a.w, b.y + k / a.w));
        assert_int_equal(left.region, right.region);
        assert_int_equal(left.side, km_side_mirror(right.side));
        assert_int_equal(left.x, -right.x);
        assert_int_equal(left.y, right.y);
    }
}

static void views_of_a_place_begin_with_its_best(void **state)
{
    (void)state;
    const km_atlas *a = km_atlas_builtin();
    km_view v[KM_VIEW_COUNT];
    int point = chart_point("infraspinatus", 2);
    int n = km_chart_views_of(v, a, a->point[point].site, point, KM_SIDE_LEFT);

    assert_true(n >= 1);
    assert_int_equal(v[0], KM_VIEW_BACK);
    n = km_chart_views_of(v, a, chart_region("knee_outer"), -1, KM_SIDE_LEFT);
    for (int i = 0; i < n; i++)
        assert_int_not_equal(v[i], KM_VIEW_RIGHT);
}

/* The tables compiled in belong to the atlas compiled in: another folder is fitted now. */
static void an_atlas_from_a_folder_is_fitted_when_it_is_shown(void **state)
{
    (void)state;
    const km_atlas *a;
    km_error err;
    km_grid g = { 0 };
    km_scene s = { .sel_region = -1, .sel_point = -1 };
    int outline = 0;

    assert_int_equal(km_atlas_load(&a, KM_SOURCE_DIR "/assets", &err), KM_OK);
    assert_false(a->builtin);
    km_chart *c = km_chart_new(a);
    km_layout l = chart_laid(c, 47, 23, KM_ZOOM_WHOLE, front_back, 2);
    assert_int_equal(l.n, 2);
    assert_int_equal(l.figure[0].body.h, 22);
    km_grid_resize(&g, 47, 23);
    km_grid_clear(&g);
    km_chart_render(&g, c, &l, &s, KM_STYLE_ASCII);
    for (int i = 0; i < 47 * 23; i++)
        outline += g.cell[i].role == KM_ROLE_OUTLINE;
    assert_true(outline > 200);
    km_grid_free(&g);
    km_chart_free(c);
}

int main(void)
{
#define WITH_CHART(f) cmocka_unit_test_setup_teardown(f, setup, teardown)
    const struct CMUnitTest tests[] = {
        WITH_CHART(front_and_back_take_47_columns_of_an_80x24_screen),
        WITH_CHART(figures_grow_with_the_room_and_have_odd_columns),
        WITH_CHART(halves_of_front_and_back_fill_80_columns),
        WITH_CHART(further_views_are_added_while_they_fit),
        WITH_CHART(a_narrow_room_shows_one_view),
        WITH_CHART(below_18_rows_a_list_stands_in),
        WITH_CHART(figures_stay_inside_their_rectangle),
        WITH_CHART(an_area_shows_its_centre_larger_and_stays_on_the_body),
        WITH_CHART(a_hit_names_the_region_its_position_lies_in),
        WITH_CHART(a_cell_outside_every_figure_hits_nothing),
        WITH_CHART(a_position_names_its_region_at_every_size_and_zoom),
        WITH_CHART(a_region_shows_in_a_cell_that_hits_it_when_it_owns_one),
        WITH_CHART(the_left_side_is_the_right_side_mirrored),
        WITH_CHART(views_of_a_place_begin_with_its_best),
        cmocka_unit_test(an_atlas_from_a_folder_is_fitted_when_it_is_shown),
    };
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    return failed + chart_run_moves() + chart_run_scenes() + chart_run_pictures();
}
