/* Processor time of the chart: full repaint, cursor move, a size seen for the first time. */
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "knotmap/atlas.h"
#include "knotmap/chart.h"
#include "knotmap/draw.h"
#include "knotmap/mem.h"

static const km_view views[] = { KM_VIEW_FRONT, KM_VIEW_BACK };
static const char *const style_name[KM_STYLE_COUNT] = { "ascii", "unicode", "block" };

static double now_ms(void)
{
    struct timespec t;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

static int by_value(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return x < y ? -1 : x > y;
}

typedef struct stage {
    km_grid g;
    km_scene s;
    km_zone_map *zone;
    uint8_t *heat;
    km_chart_mark mark[60];
} stage;

/* Two hundred painted places and sixty marks: more than a clinic's worst day. */
static void dress(stage *st, const km_atlas *a)
{
    st->zone = km_calloc((size_t)a->n_region * KM_SIDE_COUNT, sizeof *st->zone);
    st->heat = km_calloc((size_t)a->n_region * KM_SIDE_COUNT, 1);
    for (int i = 0; i < a->n_region * KM_SIDE_COUNT; i++)
        st->zone[i] = (km_zone_map)(i % 4 == 0 ? KM_PAINT_ESSENTIAL : KM_PAINT_NONE);
    for (int i = 0; i < 60; i++) {
        km_chart_mark *m = &st->mark[i];
        *m = (km_chart_mark){ .region = (int16_t)(i * 7 % a->n_region), .side = KM_SIDE_LEFT,
                              .intensity = (int8_t)(i % 11), .id = i };
        if (a->region[m->region].midline)
            m->side = KM_SIDE_MIDLINE;
        km_body_default_pos(a, m->region, -1, m->side, &m->view, &m->x, &m->y);
    }
    st->s = (km_scene){ .mark = st->mark, .n_mark = 60, .zone = st->zone, .sel_region = 3,
                        .sel_side = KM_SIDE_LEFT, .sel_point = -1, .cursor = true, .labels = true };
}

static int failed;

static void report(const char *what, double ms, double limit)
{
    printf("  %-46s %8.3f ms   limit %g ms   %s\n", what, ms, limit, ms <= limit ? "ok" : "OVER");
    failed += ms > limit;
}

static void bench_repaint(const km_atlas *a, stage *st, km_chart_style style)
{
    enum { TURNS = 201 };
    km_chart *c = km_chart_new(a);
    km_layout l;
    km_spot spot;
    double paint[TURNS], move[TURNS], t;
    char what[64];

    km_grid_resize(&st->g, 200, 60);
    km_grid_clear(&st->g);
    km_chart_layout(&l, c, (km_rect){ 0, 1, 200, 58 }, views, 2, KM_ZOOM_WHOLE, 0, 0, 1, style, true,
                    NULL);
    t = now_ms();
    km_chart_render(&st->g, c, &l, &st->s, style);
    snprintf(what, sizeof what, "first picture, two views at 200x60, %s", style_name[style]);
    report(what, now_ms() - t, 25);
    km_chart_spot(&spot, c, &l, 5, -1, KM_SIDE_LEFT);
    for (int i = 0; i < TURNS; i++) {
        t = now_ms();
        km_chart_render(&st->g, c, &l, &st->s, style);
        paint[i] = now_ms() - t;
        t = now_ms();
        km_chart_move(&spot, c, &l, (km_dir)(i % 4));
        st->s.cursor_view = spot.view;
        st->s.cursor_x = spot.x;
        st->s.cursor_y = spot.y;
        st->s.sel_region = spot.region;
        st->s.sel_side = spot.side;
        km_chart_render(&st->g, c, &l, &st->s, style);
        move[i] = now_ms() - t;
    }
    qsort(paint, TURNS, sizeof *paint, by_value);
    qsort(move, TURNS, sizeof *move, by_value);
    snprintf(what, sizeof what, "full repaint, two views at 200x60, %s", style_name[style]);
    report(what, paint[TURNS / 2], 3);
    snprintf(what, sizeof what, "cursor move and repaint, %s", style_name[style]);
    report(what, move[TURNS / 2], 0.3);
    km_chart_free(c);
}

/* Sizes and zooms nobody fitted beforehand: the slowest of several. */
static void bench_first(const km_atlas *a, stage *st)
{
    static const struct {
        const char *what;
        int w, h;
        km_zoom zoom;
        int x, y, scale;
    } jobs[] = {
        { "first seen: head zoomed at 80x24", 80, 23, KM_ZOOM_AREA, 0, 900, 5 },
        { "first seen: hand zoomed at 80x24", 80, 23, KM_ZOOM_AREA, 2000, 5200, 6 },
        { "first seen: trunk zoomed at 200x60", 200, 59, KM_ZOOM_AREA, 0, 3000, 3 },
        { "first seen: two views of 70 rows", 200, 71, KM_ZOOM_WHOLE, 0, 0, 1 },
    };

    for (size_t i = 0; i < sizeof jobs / sizeof *jobs; i++) {
        km_chart *c = km_chart_new(a);
        km_layout l;
        km_grid_resize(&st->g, jobs[i].w, jobs[i].h);
        double t = now_ms();
        km_chart_layout(&l, c, (km_rect){ 0, 0, jobs[i].w, jobs[i].h }, views, 2, jobs[i].zoom,
                        jobs[i].x, jobs[i].y, jobs[i].scale, KM_STYLE_ASCII, true, NULL);
        km_chart_render(&st->g, c, &l, &st->s, KM_STYLE_ASCII);
        report(jobs[i].what, now_ms() - t, 25);
        km_chart_free(c);
    }
}

int main(void)
{
    const km_atlas *a = km_atlas_builtin();
    stage st = { 0 };

    dress(&st, a);
    printf("chart, processor time\n");
    for (int style = 0; style < KM_STYLE_COUNT; style++) {
        st.s.heat = style == KM_STYLE_BLOCK ? st.heat : NULL;
        bench_repaint(a, &st, (km_chart_style)style);
    }
    bench_first(a, &st);
    km_grid_free(&st.g);
    free(st.zone);
    free(st.heat);
    return failed > 0;
}
