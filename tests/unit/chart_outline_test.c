/* The outline and its owners at every size, by the measures a person would judge them with. */
#include "km_cmocka.h"

#include <stdlib.h>
#include <string.h>

#include "chart_ink.h"
#include "frame.h"
#include "knotmap/atlas.h"
#include "knotmap/chart.h"

static const km_view drawn[] = { KM_VIEW_FRONT, KM_VIEW_BACK, KM_VIEW_RIGHT, KM_VIEW_SOLE };
static const km_zoom zooms[] = { KM_ZOOM_WHOLE, KM_ZOOM_UPPER, KM_ZOOM_LOWER };

static km_chart *chart;

static frame *frame_at(km_view view, km_zoom zoom, int rows)
{
    port p;

    chart_best_port(&p, chart, view, zoom, rows);
    const km_figure fig = { .view = view, .zoom = zoom, .body = { 0, 0, p.w, p.h }, .x0 = p.x0,
                            .y0 = p.y0, .ux = p.ux, .uy = p.uy };
    frame *f = chart_frame(chart, &fig);
    chart_frame_need_plane(chart, f);
    return f;
}

static uint8_t *cover_of(const frame *f)
{
    size_t cells = (size_t)f->p.w * (size_t)f->p.h;
    uint8_t *cover = km_calloc(cells, 1), *owner = km_calloc(cells, 1);

    chart_fill_owners(owner, cover, chart->a, f->s, &f->p);
    free(owner);
    return cover;
}

/* Cells more than nine tenths inside which a flood from outside reaches through blanks. */
static int leaks_of(const uint8_t *plane, const uint8_t *cover, int w, int h)
{
    bool *wet = km_calloc((size_t)(w * h), sizeof *wet);
    int *stack = km_calloc((size_t)(w * h), sizeof *stack), n = 0, leaks = 0;

    for (int c = 0; c < w * h; c++) {
        wet[c] = cover[c] == 0 && (plane[c] == 0 || plane[c] & (FIT_FEATURE | FIT_BORDER));
        if (wet[c])
            stack[n++] = c;
    }
    while (n > 0) {
        int c = stack[--n];
        const int to[4] = { c % w > 0 ? c - 1 : -1, c % w < w - 1 ? c + 1 : -1, c - w, c + w };
        if (cover[c] > SUB_CELL * 9 / 10) {
            leaks++;
            continue;
        }
        for (int k = 0; k < 4; k++) {
            int at = to[k];
            if (at < 0 || at >= w * h || wet[at] ||
                (plane[at] && !(plane[at] & (FIT_FEATURE | FIT_BORDER))))
                continue;
            wet[at] = true;
            stack[n++] = at;
        }
    }
    free(stack);
    free(wet);
    return leaks;
}

/* Every figure fitted when the program was built, in turn; false when there are no more. */
static bool next_figure(size_t *v, size_t *z, int *rows)
{
    if (++*rows <= ROWS_MAX)
        return true;
    *rows = ROWS_MIN;
    if (++*z < (drawn[*v] == KM_VIEW_SOLE ? 1 : sizeof zooms / sizeof *zooms))
        return true;
    *z = 0;
    return ++*v < sizeof drawn / sizeof *drawn;
}

#define FOR_ALL_FIGURES(f)                                                                    \
    size_t v = 0, z = 0;                                                                      \
    int rows = ROWS_MIN;                                                                      \
    for (frame *f = frame_at(drawn[0], zooms[0], ROWS_MIN); f;                                \
         f = next_figure(&v, &z, &rows) ? frame_at(drawn[v], zooms[z], rows) : NULL)

static void no_outline_leaks_at_any_height(void **state)
{
    (void)state;
    FOR_ALL_FIGURES(f) {
        uint8_t *cover = cover_of(f);
        int leaks = leaks_of(f->plane, cover, f->p.w, f->p.h);
        free(cover);
        if (leaks > 0)
            fail_msg("%s, zoom %d, %d rows: %d cells leak", km_view_title(drawn[v]), zooms[z], rows,
                     leaks);
    }
}

static void no_outline_leaks_in_a_zoom(void **state)
{
    static const int scales[] = { 2, 3, 4, 6, 8 };

    (void)state;
    for (int i = 0; i < 400; i++) {
        km_view view = drawn[i % 4];
        bool sole = view == KM_VIEW_SOLE;
        int w = 40 + i % 7 * 13, h = 20 + i % 5 * 6, scale = scales[i / 4 % 5];
        int x = i * 37 % 41 * 100 - 2000, y = sole ? i * 53 % 15 * 100 : i * 53 % 100 * 100;
        km_layout l;

        km_chart_layout(&l, chart, (km_rect){ 0, 0, w, h }, &view, 1, KM_ZOOM_AREA, x, y, scale,
                        KM_STYLE_ASCII, false, NULL);
        frame *f = chart_frame(chart, &l.figure[0]);
        chart_frame_need_plane(chart, f);
        uint8_t *cover = cover_of(f);
        int leaks = leaks_of(f->plane, cover, f->p.w, f->p.h);
        free(cover);
        if (leaks > 0)
            fail_msg("%s, %d times at (%d, %d), %dx%d: %d cells leak", km_view_title(view), scale, x,
                     y, w, h, leaks);
    }
}

static void no_outline_leaks_on_a_very_large_screen(void **state)
{
    static const int large[] = { 61, 66, 73, 87, 100, 131, 180 };

    (void)state;
    for (size_t i = 0; i < sizeof large / sizeof *large; i++) {
        for (size_t v = 0; v < sizeof drawn / sizeof *drawn; v++) {
            frame *f = frame_at(drawn[v], KM_ZOOM_WHOLE, large[i]);
            uint8_t *cover = cover_of(f);
            int leaks = leaks_of(f->plane, cover, f->p.w, f->p.h);
            free(cover);
            if (leaks > 0)
                fail_msg("%s, %d rows: %d cells leak", km_view_title(drawn[v]), large[i], leaks);
        }
    }
}

static void a_hole_in_an_outline_is_seen_as_a_leak(void **state)
{
    (void)state;
    frame *f = frame_at(KM_VIEW_FRONT, KM_ZOOM_WHOLE, 22);
    uint8_t *cover = cover_of(f), *open = km_calloc((size_t)f->p.w * 22, 1);
    int row = 7, col = 0;

    memcpy(open, f->plane, (size_t)f->p.w * 22);
    while (open[row * f->p.w + col] == 0)
        col++;
    open[row * f->p.w + col] = 0;
    assert_true(leaks_of(open, cover, f->p.w, f->p.h) > 0);
    free(open);
    free(cover);
}

static void pictures_equal_their_mirror_image(void **state)
{
    (void)state;
    FOR_ALL_FIGURES(f) {
        for (int c = 0; f->s->mirrored && c < f->p.w * f->p.h; c++) {
            int twin = c - 2 * (c % f->p.w) + f->p.w - 1;
            uint8_t a = f->plane[c], b = f->plane[twin];
            if (chart_fit_mirror(a) != b && a != chart_fit_mirror(b))
                fail_msg("%s, %d rows: cell %d and its twin differ", km_view_title(drawn[v]), rows, c);
            if (twin == c)
                continue;
            assert_int_equal(f->owner[twin],
                             f->owner[c] == NO_SLOT ? NO_SLOT : f->s->twin[f->owner[c]]);
        }
    }
}

static void a_half_covered_cell_has_an_owner_and_one_outside_has_none(void **state)
{
    (void)state;
    FOR_ALL_FIGURES(f) {
        uint8_t *cover = cover_of(f);
        for (int c = 0; c < f->p.w * f->p.h; c++) {
            if (cover[c] * 2 >= SUB_CELL)
                assert_int_not_equal(f->owner[c], NO_SLOT);
            if (cover[c] == 0)
                assert_int_equal(f->owner[c], NO_SLOT);
        }
        free(cover);
    }
}

static int owners(const frame *f)
{
    bool has[SHEET_MAX] = { false };
    int n = 0;

    for (int c = 0; c < f->p.w * f->p.h; c++) {
        if (f->owner[c] == NO_SLOT || has[f->owner[c]])
            continue;
        has[f->owner[c]] = true;
        n++;
    }
    return n;
}

static void nearly_every_region_owns_a_cell_at_22_rows(void **state)
{
    (void)state;
    int front = owners(frame_at(KM_VIEW_FRONT, KM_ZOOM_WHOLE, 22));
    int back = owners(frame_at(KM_VIEW_BACK, KM_ZOOM_WHOLE, 22));

    print_message("cells of their own at 22 rows: front %d, back %d\n", front, back);
    assert_true(front >= 100);
    assert_true(back >= 92);
}

static void every_region_owns_a_cell_from_38_rows(void **state)
{
    (void)state;
    for (int rows = 38; rows <= ROWS_MAX; rows++) {
        for (size_t v = 0; v < sizeof drawn / sizeof *drawn; v++) {
            frame *f = frame_at(drawn[v], KM_ZOOM_WHOLE, rows);
            if (owners(f) < f->s->n)
                fail_msg("%s, %d rows: %d of %d", km_view_title(drawn[v]), rows, owners(f), f->s->n);
        }
    }
}

/* Both halves together show every region, each in a cell of its own in one of them. */
static void every_region_owns_a_cell_in_a_half(void **state)
{
    (void)state;
    for (int rows = 20; rows <= ROWS_MAX; rows++) {
        for (size_t v = 0; v < 2; v++) {
            bool has[SHEET_MAX] = { false };
            const sheet *s = NULL;
            for (int half = 1; half < 3; half++) {
                frame *f = frame_at(drawn[v], zooms[half], rows);
                s = f->s;
                for (int c = 0; c < f->p.w * f->p.h; c++) {
                    if (f->owner[c] != NO_SLOT)
                        has[f->owner[c]] = true;
                }
            }
            for (int i = 0; i < s->n; i++) {
                if (!has[i])
                    fail_msg("%s, %d rows: %s has no cell", km_view_title(drawn[v]), rows,
                             chart->a->region[chart->a->body.polygon[s->polygon[i]].region].code);
            }
        }
    }
}

/* Regions seen with more than an eighth of some cell own one there too. */
static void every_region_seen_in_a_half_owns_a_cell_there(void **state)
{
    (void)state;
    for (int half = 1; half < 3; half++) {
        for (size_t v = 0; v < 2; v++) {
            frame *f = frame_at(drawn[v], zooms[half], 21);
            size_t samples = (size_t)f->p.w * (size_t)f->p.h * SUB_CELL;
            uint8_t *slot = km_calloc(samples, 1);
            int most[SHEET_MAX] = { 0 };
            bool has[SHEET_MAX] = { false };
            chart_fill_slots(slot, chart->a, f->s, &f->p, SUB_X, SUB_Y);
            for (int c = 0; c < f->p.w * f->p.h; c++) {
                int count[256] = { 0 };
                for (int k = 0; k < SUB_CELL; k++) {
                    int x = c % f->p.w * SUB_X + k % SUB_X, y = c / f->p.w * SUB_Y + k / SUB_X;
                    count[slot[y * f->p.w * SUB_X + x]]++;
                }
                for (int i = 0; i < f->s->n; i++)
                    most[i] = count[i] > most[i] ? count[i] : most[i];
                if (f->owner[c] != NO_SLOT)
                    has[f->owner[c]] = true;
            }
            for (int i = 0; i < f->s->n; i++) {
                if (most[i] * 4 >= SUB_CELL && !has[i])
                    fail_msg("%s, half %d: %s has no cell", km_view_title(drawn[v]), half,
                             chart->a->region[chart->a->body.polygon[f->s->polygon[i]].region].code);
            }
            free(slot);
        }
    }
}

static ink_font font;

static double overlap(km_view view, int rows)
{
    frame *f = frame_at(view, KM_ZOOM_WHOLE, rows);
    return chart_overlap(f->plane, &font, chart->a, f->s, &f->p);
}

static void the_outline_read_back_overlaps_the_body(void **state)
{
    static const struct {
        int rows;
        double least;
    } wanted[] = { { 22, 0.84 }, { 38, 0.90 }, { 58, 0.93 } };

    (void)state;
    for (size_t i = 0; i < sizeof wanted / sizeof *wanted; i++) {
        double front = overlap(KM_VIEW_FRONT, wanted[i].rows);
        double back = overlap(KM_VIEW_BACK, wanted[i].rows);
        print_message("overlap at %d rows: front %.3f, back %.3f\n", wanted[i].rows, front, back);
        assert_true(front >= wanted[i].least);
        assert_true(back >= wanted[i].least);
    }
}

static void the_outline_is_close_at_every_height(void **state)
{
    double least[3] = { 1, 1, 1 };

    (void)state;
    for (int rows = ROWS_MIN; rows <= ROWS_MAX; rows++) {
        for (int v = 0; v < 3; v++) {
            double got = overlap(drawn[v], rows);
            least[v] = got < least[v] ? got : least[v];
        }
    }
    print_message("least overlap from 18 rows: front %.3f, back %.3f, side %.3f\n", least[0],
                  least[1], least[2]);
    assert_true(least[0] >= 0.79);
    assert_true(least[1] >= 0.79);
    assert_true(least[2] >= 0.78);
}

static void tables_hold_what_the_fitter_draws(void **state)
{
    (void)state;
    fitter *f = chart_fitter_new();
    for (int rows = 20; rows <= 60; rows += 20) {
        frame *got = frame_at(KM_VIEW_FRONT, KM_ZOOM_WHOLE, rows);
        size_t cells = (size_t)got->p.w * (size_t)got->p.h;
        uint8_t *plane = km_calloc(cells, 1), *owner = km_calloc(cells, 1);
        uint8_t *cover = km_calloc(cells, 1);
        chart_fill_owners(owner, cover, chart->a, got->s, &got->p);
        chart_fit_port(plane, f, chart->a, got->s, &got->p, cover);
        assert_memory_equal(got->plane, plane, cells);
        assert_memory_equal(got->owner, owner, cells);
        free(plane);
        free(owner);
        free(cover);
    }
    chart_fitter_free(f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(no_outline_leaks_at_any_height),
        cmocka_unit_test(no_outline_leaks_in_a_zoom),
        cmocka_unit_test(no_outline_leaks_on_a_very_large_screen),
        cmocka_unit_test(a_hole_in_an_outline_is_seen_as_a_leak),
        cmocka_unit_test(pictures_equal_their_mirror_image),
        cmocka_unit_test(a_half_covered_cell_has_an_owner_and_one_outside_has_none),
        cmocka_unit_test(nearly_every_region_owns_a_cell_at_22_rows),
        cmocka_unit_test(every_region_owns_a_cell_from_38_rows),
        cmocka_unit_test(every_region_owns_a_cell_in_a_half),
        cmocka_unit_test(every_region_seen_in_a_half_owns_a_cell_there),
        cmocka_unit_test(the_outline_read_back_overlaps_the_body),
        cmocka_unit_test(the_outline_is_close_at_every_height),
        cmocka_unit_test(tables_hold_what_the_fitter_draws),
    };
    fitter *f = chart_fitter_new();
    const char *name = ink_open(&font, f);

    chart_fitter_free(f);
    if (!name) {
        print_error("the font of the test cannot be read\n");
        return 1;
    }
    print_message("outlines are read back in %s\n", name);
    chart = km_chart_new(km_atlas_builtin());
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    km_chart_free(chart);
    free(font.glyph);
    return failed;
}
