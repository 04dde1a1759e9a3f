/* What is painted on the body, and what wins where two things meet. */
#include "chart_parts.h"

#include <string.h>

#include "knotmap/draw.h"

static const km_view front_back[] = { KM_VIEW_FRONT, KM_VIEW_BACK };

typedef struct stage {
    km_chart *c;
    km_grid g;
    km_layout l;
    km_zone_map zone[200 * KM_SIDE_COUNT];
    uint8_t heat[200 * KM_SIDE_COUNT];
    km_scene s;
} stage;

static int setup(void **state)
{
    static stage st;
    memset(&st, 0, sizeof st);
    assert_true(km_atlas_builtin()->n_region <= 200);
    st.c = km_chart_new(km_atlas_builtin());
    km_grid_resize(&st.g, 47, 23);
    st.l = chart_laid(st.c, 47, 23, KM_ZOOM_WHOLE, front_back, 2);
    st.s = (km_scene){ .sel_region = -1, .sel_point = -1, .labels = true };
    *state = &st;
    return 0;
}

static int teardown(void **state)
{
    stage *st = *state;
    km_grid_free(&st->g);
    km_chart_free(st->c);
    return 0;
}

static void paint(stage *st, km_chart_style style)
{
    km_grid_clear(&st->g);
    km_chart_render(&st->g, st->c, &st->l, &st->s, style);
}

static void set_zone(stage *st, const char *region, km_side side, km_zone_paint p)
{
    st->zone[chart_region(region) * KM_SIDE_COUNT + (int)side] = (km_zone_map)p;
    st->s.zone = st->zone;
}

/* A mark in the middle of a region, as it would be stored. */
static km_chart_mark mark_at(stage *st, const char *region, km_side side, int intensity)
{
    km_spot s;
    assert_true(km_chart_spot(&s, st->c, &st->l, chart_region(region), -1, side));
    return (km_chart_mark){ s.view, s.x, s.y, (int16_t)s.region, s.side, KM_KIND_KNOT,
                            (int8_t)intensity, KM_STATE_UNSPECIFIED, 1 };
}

static const km_cell *cell_of(stage *st, const km_chart_mark *m, int dx)
{
    int col, row;
    assert_true(km_chart_cell(&st->l, m->view, m->x, m->y, &col, &row, NULL));
    return km_grid_cell(&st->g, col + dx, row);
}

static int count_runes(const km_grid *g, uint32_t rune)
{
    int n = 0;
    for (int i = 0; i < g->w * g->h; i++)
        n += g->cell[i].rune == rune;
    return n;
}

static void labels_name_the_view_and_the_clients_sides(void **state)
{
    stage *st = *state;
    km_buf b = { 0 };

    paint(st, KM_STYLE_ASCII);
    km_grid_dump(&b, &st->g);
    assert_memory_equal(km_buf_str(&b), "R        FRONT        L L        BACK         R\n", 48);
    km_buf_clear(&b);
}

static void a_mark_is_its_digit_with_the_kind_beside_it(void **state)
{
    stage *st = *state;
    km_chart_mark m = mark_at(st, "scapula", KM_SIDE_RIGHT, 7);

    st->s.mark = &m;
    st->s.n_mark = 1;
    paint(st, KM_STYLE_ASCII);
    assert_int_equal(cell_of(st, &m, 0)->rune, '7');
    assert_int_equal(cell_of(st, &m, 0)->role, KM_ROLE_KNOT);
    assert_int_equal(cell_of(st, &m, 0)->bold, 1);
    assert_int_equal(cell_of(st, &m, 1)->rune, 'o');
    m.intensity = 6;
    m.kind = KM_KIND_SORENESS;
    paint(st, KM_STYLE_UNICODE);
    assert_int_equal(cell_of(st, &m, 0)->rune, '6');
    assert_int_equal(cell_of(st, &m, 0)->role, KM_ROLE_SORENESS);
    assert_int_equal(cell_of(st, &m, 0)->bold, 0);
}

static void ten_is_a_star_and_no_intensity_is_the_kind(void **state)
{
    stage *st = *state;
    km_chart_mark m = mark_at(st, "chest", KM_SIDE_LEFT, 10);

    st->s.mark = &m;
    st->s.n_mark = 1;
    paint(st, KM_STYLE_ASCII);
    assert_int_equal(cell_of(st, &m, 0)->rune, '*');
    m.intensity = KM_INTENSITY_NONE;
    m.kind = KM_KIND_NUMBNESS;
    paint(st, KM_STYLE_ASCII);
    assert_int_equal(cell_of(st, &m, 0)->rune, 'z');
    assert_int_not_equal(cell_of(st, &m, 1)->rune, 'z');
}

static void of_two_marks_in_a_cell_the_stronger_shows_and_a_plus(void **state)
{
    stage *st = *state;
    km_chart_mark m[2] = { mark_at(st, "scapula", KM_SIDE_LEFT, 3),
                           mark_at(st, "scapula", KM_SIDE_LEFT, 8) };

    m[1].id = 2;
    st->s.mark = m;
    st->s.n_mark = 2;
    for (int turn = 0; turn < 2; turn++) {
        paint(st, KM_STYLE_ASCII);
        assert_int_equal(cell_of(st, &m[0], 0)->rune, '8');
        assert_int_equal(cell_of(st, &m[0], 1)->rune, '+');
        km_chart_mark swap = m[0];
        m[0] = m[1];
        m[1] = swap;
    }
}

static void a_plus_shows_even_where_no_cell_is_free(void **state)
{
    stage *st = *state;
    /* every region of a small picture in turn: two marks always tell that they are two */
    const km_atlas *a = km_atlas_builtin();
    for (int i = 0; i < a->n_region; i++) {
        km_chart_mark m[2] = { { 0 }, { 0 } };
        km_spot s;
        km_side side = a->region[i].midline ? KM_SIDE_MIDLINE : KM_SIDE_LEFT;
        if (!km_chart_spot(&s, st->c, &st->l, i, -1, side))
            continue;
        for (int k = 0; k < 2; k++)
            m[k] = (km_chart_mark){ s.view, s.x, s.y, (int16_t)i, side, KM_KIND_PAIN,
                                    (int8_t)(4 + k), KM_STATE_UNSPECIFIED, k };
        st->s.mark = m;
        st->s.n_mark = 2;
        paint(st, KM_STYLE_ASCII);
        assert_int_equal(count_runes(&st->g, '+'), 1);
        assert_int_equal(count_runes(&st->g, '5'), 1);
    }
}

static void a_mark_whose_border_moved_stays_in_its_region(void **state)
{
    stage *st = *state;
    km_chart_mark m = mark_at(st, "thigh_front", KM_SIDE_LEFT, 5);
    int col, row, c2 = 0, r2 = 0;
    km_hit hit;

    /* stored by an older drawing, in which the thigh reached to the lower leg */
    m.y = 8000;
    st->s.mark = &m;
    st->s.n_mark = 1;
    paint(st, KM_STYLE_ASCII);
    for (row = 0; row < st->g.h; row++) {
        for (col = 0; col < st->g.w; col++) {
            if (km_grid_cell(&st->g, col, row)->rune == '5') {
                c2 = col;
                r2 = row;
            }
        }
    }
    assert_true(r2 > 0);
    assert_true(km_chart_cell(&st->l, KM_VIEW_FRONT, m.x, 8000, &col, &row, NULL));
    assert_true(r2 < row);
    assert_true(km_chart_hit(&hit, st->c, &st->l, c2, r2));
}

static void zones_leave_the_outline_alone(void **state)
{
    stage *st = *state;
    km_grid plain = { 0 };

    km_grid_resize(&plain, 47, 23);
    paint(st, KM_STYLE_ASCII);
    km_chart_render(&plain, st->c, &st->l, &st->s, KM_STYLE_ASCII);
    set_zone(st, "chest", KM_SIDE_LEFT, KM_PAINT_ESSENTIAL);
    set_zone(st, "thigh_outer", KM_SIDE_RIGHT, KM_PAINT_SPILLOVER);
    paint(st, KM_STYLE_ASCII);
    for (int i = 0; i < 47 * 23; i++) {
        if (plain.cell[i].role == KM_ROLE_OUTLINE)
            assert_int_equal(st->g.cell[i].rune, plain.cell[i].rune);
    }
    assert_true(count_runes(&st->g, '#') > 3);
    assert_true(count_runes(&st->g, ':') > 0);
    km_grid_free(&plain);
}

/* However small, a painted region shows its sign in every view that draws it. */
static void every_painted_region_shows_at_80x24(void **state)
{
    stage *st = *state;
    const km_atlas *a = km_atlas_builtin();

    for (int i = 0; i < a->body.n_polygon; i++) {
        const km_polygon *p = &a->body.polygon[i];
        if (p->view != KM_VIEW_FRONT && p->view != KM_VIEW_BACK)
            continue;
        km_side side = a->region[p->region].midline ? KM_SIDE_MIDLINE : p->side;
        memset(st->zone, 0, sizeof st->zone);
        st->zone[p->region * KM_SIDE_COUNT + (int)side] = KM_PAINT_ESSENTIAL;
        st->s.zone = st->zone;
        paint(st, KM_STYLE_ASCII);
        if (count_runes(&st->g, '#') == 0)
            fail_msg("%s does not show", a->region[p->region].code);
        memset(st->zone, 0, sizeof st->zone);
        st->s.sel_region = p->region;
        st->s.sel_side = side;
        paint(st, KM_STYLE_ASCII);
        if (count_runes(&st->g, '%') == 0)
            fail_msg("%s does not show when it is selected", a->region[p->region].code);
        st->s.sel_region = -1;
    }
}

static void each_zone_has_its_sign(void **state)
{
    stage *st = *state;
    static const struct {
        km_zone_paint paint;
        uint32_t rune;
        km_role role;
    } want[] = {
        { KM_PAINT_SPILLOVER, ':', KM_ROLE_SPILLOVER }, { KM_PAINT_ESSENTIAL, '#', KM_ROLE_ESSENTIAL },
        { KM_PAINT_COVERED, '#', KM_ROLE_COVERED },     { KM_PAINT_SOMETIMES, ':', KM_ROLE_SPILLOVER },
        { KM_PAINT_ABSENT, '-', KM_ROLE_ABSENT },       { KM_PAINT_PAIN, '!', KM_ROLE_PAIN },
        { KM_PAINT_UNEXPLAINED, '!', KM_ROLE_UNEXPLAINED },
    };
    km_chart_mark at = mark_at(st, "chest", KM_SIDE_LEFT, 1);

    for (size_t i = 0; i < sizeof want / sizeof *want; i++) {
        set_zone(st, "chest", KM_SIDE_LEFT, want[i].paint);
        paint(st, KM_STYLE_ASCII);
        assert_int_equal(cell_of(st, &at, 0)->rune, want[i].rune);
        assert_int_equal(cell_of(st, &at, 0)->role, want[i].role);
        assert_int_equal(km_chart_zone_rune(want[i].paint), want[i].rune);
    }
}

static void zones_tell_dense_from_sparse_in_dots(void **state)
{
    stage *st = *state;
    km_chart_mark at = mark_at(st, "chest", KM_SIDE_LEFT, 1);
    int dots[2];

    for (int i = 0; i < 2; i++) {
        set_zone(st, "chest", KM_SIDE_LEFT, i ? KM_PAINT_ESSENTIAL : KM_PAINT_SPILLOVER);
        paint(st, KM_STYLE_UNICODE);
        uint32_t rune = cell_of(st, &at, 0)->rune;
        assert_true(rune > 0x2800 && rune < 0x2900);
        dots[i] = 0;
        for (uint32_t bits = rune - 0x2800; bits; bits >>= 1)
            dots[i] += (bits & 1) != 0;
    }
    assert_int_equal(dots[0], 2);
    assert_int_equal(dots[1], 4);
}

static void the_cursor_is_above_all_and_has_the_hardware_cursor(void **state)
{
    stage *st = *state;
    km_chart_mark m = mark_at(st, "chest", KM_SIDE_LEFT, 4);
    int col, row;

    set_zone(st, "chest", KM_SIDE_LEFT, KM_PAINT_ESSENTIAL);
    st->s.mark = &m;
    st->s.n_mark = 1;
    st->s.cursor = true;
    st->s.cursor_view = m.view;
    st->s.cursor_x = m.x;
    st->s.cursor_y = m.y;
    paint(st, KM_STYLE_ASCII);
    assert_int_equal(cell_of(st, &m, 0)->role, KM_ROLE_CURSOR);
    assert_int_equal(cell_of(st, &m, 0)->rune, '4');
    assert_true(km_chart_cell(&st->l, m.view, m.x, m.y, &col, &row, NULL));
    assert_int_equal(st->g.cursor_x, col);
    assert_int_equal(st->g.cursor_y, row);
}

static void points_of_the_selected_region_show_with_their_numbers(void **state)
{
    stage *st = *state;
    const km_atlas *a = km_atlas_builtin();
    int point = chart_point("infraspinatus", 2), col, row;
    int16_t x, y;

    st->s.sel_region = a->point[point].site;
    st->s.sel_side = KM_SIDE_RIGHT;
    st->s.show_points = true;
    assert_true(km_body_pos_in_view(a, st->s.sel_region, point, KM_SIDE_RIGHT, KM_VIEW_BACK, &x, &y));
    st->l = chart_area(st->c, 47, 23, KM_VIEW_BACK, x, y, 6);
    paint(st, KM_STYLE_ASCII);
    assert_true(km_chart_cell(&st->l, KM_VIEW_BACK, x, y, &col, &row, NULL));
    assert_int_equal(km_grid_cell(&st->g, col, row)->rune, 'X');
    assert_int_equal(km_grid_cell(&st->g, col + 1, row)->rune, '2');
    assert_true(count_runes(&st->g, 'X') > 1);
    /* in the whole body they would cover it */
    st->l = chart_laid(st->c, 47, 23, KM_ZOOM_WHOLE, front_back, 2);
    paint(st, KM_STYLE_ASCII);
    assert_int_equal(count_runes(&st->g, 'X'), 0);
    st->s.sel_point = point;
    st->s.sel_point_side = KM_SIDE_RIGHT;
    paint(st, KM_STYLE_ASCII);
    assert_int_equal(count_runes(&st->g, 'X'), 1);
}

static void heat_levels_differ_without_colour(void **state)
{
    stage *st = *state;
    km_chart_mark at = mark_at(st, "chest", KM_SIDE_LEFT, 1);

    st->s.heat = st->heat;
    for (int style = 0; style < KM_STYLE_COUNT; style++) {
        uint32_t seen[6];
        for (int level = 0; level <= 5; level++) {
            st->heat[chart_region("chest") * KM_SIDE_COUNT + KM_SIDE_LEFT] = (uint8_t)level;
            paint(st, (km_chart_style)style);
            seen[level] = cell_of(st, &at, 0)->rune;
            if (level > 0) {
                assert_int_equal(seen[level], km_chart_heat_rune(level, (km_chart_style)style));
                assert_int_equal(cell_of(st, &at, 0)->role, KM_ROLE_HEAT1 + level - 1);
            }
            for (int k = 0; k < level; k++)
                assert_int_not_equal(seen[k], seen[level]);
        }
    }
}

static void an_ascii_grid_gets_ascii_whatever_the_style(void **state)
{
    stage *st = *state;
    st->g.ascii = true;
    set_zone(st, "chest", KM_SIDE_LEFT, KM_PAINT_ESSENTIAL);
    for (int style = 0; style < KM_STYLE_COUNT; style++) {
        paint(st, (km_chart_style)style);
        for (int i = 0; i < 47 * 23; i++)
            assert_true(st->g.cell[i].rune < 0x80);
    }
}

static void a_picture_larger_than_the_grid_is_clipped(void **state)
{
    stage *st = *state;
    km_chart_mark m = mark_at(st, "knee_front", KM_SIDE_LEFT, 5);
    st->s.mark = &m;
    st->s.n_mark = 1;
    for (int style = 0; style < KM_STYLE_COUNT; style++) {
        km_grid_resize(&st->g, 13, 9);
        paint(st, (km_chart_style)style);
        km_grid_resize(&st->g, 1, 1);
        paint(st, (km_chart_style)style);
    }
    assert_int_equal(st->g.w, 1);
}

static int occurrences(const char *hay, const char *needle)
{
    int n = 0;
    for (const char *at = hay; (at = strstr(at, needle)) != NULL; at++)
        n++;
    return n;
}

static void the_svg_names_every_region_once(void **state)
{
    static const km_view all[] = { KM_VIEW_FRONT, KM_VIEW_BACK, KM_VIEW_LEFT, KM_VIEW_RIGHT,
                                   KM_VIEW_SOLE };
    stage *st = *state;
    const km_atlas *a = km_atlas_builtin();
    km_chart_mark m = mark_at(st, "scapula", KM_SIDE_RIGHT, 7);
    km_buf b = { 0 };
    int drawn = 0;

    set_zone(st, "shoulder_front", KM_SIDE_RIGHT, KM_PAINT_ESSENTIAL);
    st->s.mark = &m;
    st->s.n_mark = 1;
    km_chart_svg(&b, a, all, 5, &st->s, "A <b> & \"c\"");
    const char *s = km_buf_str(&b);
    for (int i = 0; i < a->body.n_polygon; i++)
        drawn += a->body.polygon[i].view == KM_VIEW_RIGHT ? 2 : 1;
    assert_int_equal(occurrences(s, "<path id=\""), drawn);
    assert_int_equal(occurrences(s, "id=\"front-left-knee_outer\""), 1);
    assert_int_equal(occurrences(s, "id=\"left-left-knee_outer\""), 1);
    assert_int_equal(occurrences(s, "<title>A &lt;b&gt; &amp; &quot;c&quot;</title>"), 1);
    assert_int_equal(occurrences(s, "class=\"region essential\""), 2);
    assert_int_equal(occurrences(s, "<g class=\"mark knot\"><title>knot 7 of 10, right "), 1);
    assert_int_equal(occurrences(s, "<g "), occurrences(s, "</g>"));
    assert_memory_equal(s + strlen(s) - 7, "</svg>\n", 7);
    km_buf_clear(&b);
}

/* Front and back are shown: what was marked on the side has its place there. */
static void a_mark_of_a_view_not_shown_is_not_lost(void **state)
{
    stage *st = *state;
    int16_t x, y;
    assert_true(km_body_pos_in_view(km_atlas_builtin(), chart_region("hip_side"), -1, KM_SIDE_RIGHT,
                                    KM_VIEW_RIGHT, &x, &y));
    km_chart_mark m = { KM_VIEW_RIGHT, x, y, (int16_t)chart_region("hip_side"), KM_SIDE_RIGHT,
                        KM_KIND_SORENESS, 8, KM_STATE_UNSPECIFIED, 1 };
    st->s.mark = &m;
    st->s.n_mark = 1;
    paint(st, KM_STYLE_ASCII);
    assert_int_equal(count_runes(&st->g, '8'), 1);
    for (int i = 0; i < st->g.w * st->g.h; i++) {
        km_hit hit;
        if (st->g.cell[i].rune != '8')
            continue;
        assert_true(km_chart_hit(&hit, st->c, &st->l, i % st->g.w, i / st->g.w));
        assert_int_equal(hit.region, chart_region("hip_side"));
        assert_int_equal(hit.side, KM_SIDE_RIGHT);
    }
}

/* "7" on "X2" must not read as 72. */
static void a_mark_on_a_point_hides_its_number_too(void **state)
{
    stage *st = *state;
    const km_atlas *a = km_atlas_builtin();
    int point = km_atlas_point(a, km_atlas_muscle(a, "infraspinatus"), 2);
    km_view view;
    int16_t x, y;
    km_body_default_pos(a, a->point[point].site, point, KM_SIDE_LEFT, &view, &x, &y);
    km_chart_mark m = { view, x, y, a->point[point].site, KM_SIDE_LEFT, KM_KIND_KNOT, 7,
                        KM_STATE_ACTIVE, 1 };
    st->s.mark = &m;
    st->s.n_mark = 1;
    st->s.sel_point = point;
    st->s.sel_point_side = KM_SIDE_LEFT;
    paint(st, KM_STYLE_ASCII);
    assert_int_equal(cell_of(st, &m, 0)->rune, '7');
    assert_int_equal(cell_of(st, &m, 1)->rune, 'o');
}

int chart_run_scenes(void)
{
#define ON_STAGE(f) cmocka_unit_test_setup_teardown(f, setup, teardown)
    const struct CMUnitTest scenes[] = {
        ON_STAGE(labels_name_the_view_and_the_clients_sides),
        ON_STAGE(a_mark_is_its_digit_with_the_kind_beside_it),
        ON_STAGE(ten_is_a_star_and_no_intensity_is_the_kind),
        ON_STAGE(of_two_marks_in_a_cell_the_stronger_shows_and_a_plus),
        ON_STAGE(a_plus_shows_even_where_no_cell_is_free),
        ON_STAGE(a_mark_of_a_view_not_shown_is_not_lost),
        ON_STAGE(a_mark_on_a_point_hides_its_number_too),
        ON_STAGE(a_mark_whose_border_moved_stays_in_its_region),
        ON_STAGE(zones_leave_the_outline_alone),
        ON_STAGE(every_painted_region_shows_at_80x24),
        ON_STAGE(each_zone_has_its_sign),
        ON_STAGE(zones_tell_dense_from_sparse_in_dots),
        ON_STAGE(the_cursor_is_above_all_and_has_the_hardware_cursor),
        ON_STAGE(points_of_the_selected_region_show_with_their_numbers),
        ON_STAGE(heat_levels_differ_without_colour),
        ON_STAGE(an_ascii_grid_gets_ascii_whatever_the_style),
        ON_STAGE(a_picture_larger_than_the_grid_is_clipped),
        ON_STAGE(the_svg_names_every_region_once),
    };
    return cmocka_run_group_tests(scenes, NULL, NULL);
}
