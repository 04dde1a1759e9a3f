/* Arrows, steps and Tab: never trapped, every place reached. */
#include "chart_parts.h"

#include <stdlib.h>
#include <string.h>

#include "knotmap/mem.h"

static const km_view all[] = { KM_VIEW_FRONT, KM_VIEW_BACK, KM_VIEW_LEFT, KM_VIEW_RIGHT,
                               KM_VIEW_SOLE };

/* A place's number: figure's view, region and side. */
static int place_key(const km_spot *s)
{
    const km_atlas *a = km_atlas_builtin();
    return ((int)s->view * a->n_region + s->region) * KM_SIDE_COUNT + (int)s->side;
}

static int key_count(void)
{
    return KM_VIEW_COUNT * km_atlas_builtin()->n_region * KM_SIDE_COUNT;
}

/* The first place Tab gives from anywhere. */
static km_spot any_place(km_chart *c, const km_layout *l)
{
    km_spot s = { .view = l->figure[0].view, .region = -1 };
    assert_true(km_chart_tab(&s, c, l, false));
    return s;
}

/* All places in the order of Tab; the caller frees. */
static km_spot *places(int *n, km_chart *c, const km_layout *l)
{
    km_spot first = any_place(c, l), s = first, *out = NULL;
    int cap = 0;

    *n = 0;
    do {
        KM_GROW(out, *n, cap);
        out[(*n)++] = s;
        assert_true(km_chart_tab(&s, c, l, false));
        assert_true(*n <= key_count());
    } while (place_key(&s) != place_key(&first));
    return out;
}

static int reached_by_arrows(km_chart *c, const km_layout *l, const km_spot *from, bool *seen)
{
    km_spot *queue = km_calloc((size_t)key_count(), sizeof *queue);
    int n = 0;

    memset(seen, 0, (size_t)key_count());
    queue[n++] = *from;
    seen[place_key(from)] = true;
    for (int i = 0; i < n; i++) {
        for (int d = 0; d < 4; d++) {
            km_spot s = queue[i];
            if (!km_chart_move(&s, c, l, (km_dir)d) || seen[place_key(&s)])
                continue;
            seen[place_key(&s)] = true;
            queue[n++] = s;
        }
    }
    free(queue);
    return n;
}

static void check_layout(km_chart *c, km_layout l)
{
    const km_atlas *a = km_atlas_builtin();
    bool *seen = km_calloc((size_t)key_count(), sizeof *seen);
    int n;
    km_spot *spot = places(&n, c, &l);

    for (int i = 0; i < n; i++) {
        int region, col, row;
        km_side side;
        int got = reached_by_arrows(c, &l, &spot[i], seen);
        if (got != n)
            fail_msg("from %s only %d of %d places can be reached", a->region[spot[i].region].code,
                     got, n);
        /* a place is shown, and its position lies in it */
        assert_true(km_body_at(a, spot[i].view, spot[i].x, spot[i].y, &region, &side));
        assert_int_equal(region, spot[i].region);
        assert_int_equal(side, spot[i].side);
        assert_true(km_chart_cell(&l, spot[i].view, spot[i].x, spot[i].y, &col, &row, NULL));
        /* Tab goes back the way it came */
        km_spot back = spot[(i + 1) % n];
        assert_true(km_chart_tab(&back, c, &l, true));
        assert_int_equal(place_key(&back), place_key(&spot[i]));
    }
    free(spot);
    free(seen);
}

static void from_every_place_arrows_reach_every_place(void **state)
{
    km_chart *c = *state;
    check_layout(c, chart_laid(c, 47, 23, KM_ZOOM_WHOLE, all, 2));
    check_layout(c, chart_laid(c, 40, 19, KM_ZOOM_WHOLE, all, 2));
    check_layout(c, chart_laid(c, 120, 23, KM_ZOOM_WHOLE, all, 5));
    check_layout(c, chart_laid(c, 80, 21, KM_ZOOM_UPPER, all, 2));
    check_layout(c, chart_laid(c, 80, 21, KM_ZOOM_LOWER, all, 2));
    check_layout(c, chart_laid(c, 80, 40, KM_ZOOM_WHOLE, all + 2, 2));
    check_layout(c, chart_laid(c, 80, 22, KM_ZOOM_LOWER, all + 2, 2));
    check_layout(c, chart_laid(c, 80, 23, KM_ZOOM_WHOLE, all + 4, 1));
    check_layout(c, chart_area(c, 80, 22, KM_VIEW_FRONT, 0, 900, 5));
    check_layout(c, chart_area(c, 80, 22, KM_VIEW_FRONT, 2000, 5100, 6));
    check_layout(c, chart_area(c, 80, 22, KM_VIEW_BACK, 700, 9600, 6));
    check_layout(c, chart_area(c, 80, 22, KM_VIEW_LEFT, -300, 900, 4));
    check_layout(c, chart_area(c, 80, 22, KM_VIEW_SOLE, 400, 700, 2));
}

static void tab_visits_every_region_of_the_view(void **state)
{
    const km_atlas *a = km_atlas_builtin();
    km_layout l = chart_laid(*state, 47, 23, KM_ZOOM_WHOLE, all, 2);
    int n, drawn = 0;

    free(places(&n, *state, &l));
    for (int i = 0; i < a->body.n_polygon; i++)
        drawn += a->body.polygon[i].view == KM_VIEW_FRONT || a->body.polygon[i].view == KM_VIEW_BACK;
    assert_int_equal(n, drawn);
}

static void an_arrow_goes_its_way(void **state)
{
    km_layout l = chart_laid(*state, 47, 23, KM_ZOOM_WHOLE, all, 2);
    km_spot s;

    assert_true(km_chart_spot(&s, *state, &l, chart_region("knee_front"), -1, KM_SIDE_LEFT));
    km_spot up = s, down = s;
    assert_true(km_chart_move(&up, *state, &l, KM_DIR_UP));
    assert_true(up.y < s.y);
    assert_true(km_chart_move(&down, *state, &l, KM_DIR_DOWN));
    assert_true(down.y > s.y);
    assert_int_equal(down.side, KM_SIDE_LEFT);
}

static void arrows_cross_to_the_figure_beside(void **state)
{
    km_layout l = chart_laid(*state, 47, 23, KM_ZOOM_WHOLE, all, 2);
    km_spot s;
    int presses = 0;

    assert_true(km_chart_spot(&s, *state, &l, chart_region("shoulder_front"), -1, KM_SIDE_LEFT));
    assert_int_equal(s.view, KM_VIEW_FRONT);
    while (s.view == KM_VIEW_FRONT && presses++ < 10)
        assert_true(km_chart_move(&s, *state, &l, KM_DIR_RIGHT));
    assert_int_equal(s.view, KM_VIEW_BACK);
    assert_int_equal(s.side, KM_SIDE_LEFT);
    assert_true(s.y > 1000 && s.y < 3500);
}

static void a_step_is_one_cell_and_stays_on_the_body(void **state)
{
    km_layout l = chart_laid(*state, 80, 40, KM_ZOOM_WHOLE, all, 2);
    km_spot s;
    int col, row, c2, r2;

    assert_true(km_chart_spot(&s, *state, &l, chart_region("chest"), -1, KM_SIDE_LEFT));
    for (int i = 0; i < 400; i++) {
        km_spot was = s;
        km_dir d = (km_dir)((i * 7 + i / 5) % 4);
        assert_true(km_chart_cell(&l, s.view, s.x, s.y, &col, &row, NULL));
        if (!km_chart_step(&s, *state, &l, d)) {
            assert_int_equal(was.x, s.x);
            assert_int_equal(was.y, s.y);
            continue;
        }
        assert_true(s.region >= 0);
        assert_true(km_chart_cell(&l, s.view, s.x, s.y, &c2, &r2, NULL));
        if (d == KM_DIR_UP || d == KM_DIR_DOWN)
            assert_int_equal(c2, col);
        else
            assert_int_equal(r2, row);
        assert_true(c2 != col || r2 != row);
    }
}

static void a_place_out_of_sight_leads_to_one_in_sight(void **state)
{
    km_layout l = chart_area(*state, 80, 22, KM_VIEW_FRONT, 0, 700, 6);
    km_spot s = { KM_VIEW_BACK, 700, 9000, chart_region("heel"), KM_SIDE_LEFT };
    int col, row;

    assert_true(km_chart_move(&s, *state, &l, KM_DIR_UP) ||
                km_chart_move(&s, *state, &l, KM_DIR_DOWN));
    assert_true(km_chart_cell(&l, s.view, s.x, s.y, &col, &row, NULL));
}

static void the_spot_of_a_trigger_point_is_its_own_place(void **state)
{
    km_layout l = chart_laid(*state, 47, 23, KM_ZOOM_WHOLE, all, 2);
    const km_atlas *a = km_atlas_builtin();
    int point = chart_point("infraspinatus", 2);
    int16_t x, y;
    km_spot s;

    assert_true(km_chart_spot(&s, *state, &l, a->point[point].site, point, KM_SIDE_RIGHT));
    assert_int_equal(s.view, KM_VIEW_BACK);
    assert_true(km_body_pos_in_view(a, a->point[point].site, point, KM_SIDE_RIGHT, KM_VIEW_BACK, &x,
                                    &y));
    assert_int_equal(s.x, x);
    assert_int_equal(s.y, y);
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

int chart_run_moves(void)
{
#define WITH_CHART(f) cmocka_unit_test_setup_teardown(f, setup, teardown)
    const struct CMUnitTest moves[] = {
        WITH_CHART(from_every_place_arrows_reach_every_place),
        WITH_CHART(tab_visits_every_region_of_the_view),
        WITH_CHART(an_arrow_goes_its_way),
        WITH_CHART(arrows_cross_to_the_figure_beside),
        WITH_CHART(a_step_is_one_cell_and_stays_on_the_body),
        WITH_CHART(a_place_out_of_sight_leads_to_one_in_sight),
        WITH_CHART(the_spot_of_a_trigger_point_is_its_own_place),
    };
    return cmocka_run_group_tests(moves, NULL, NULL);
}
