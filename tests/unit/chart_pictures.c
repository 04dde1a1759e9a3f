/*
 * Pictures of the important sizes and states, to be read by a person. They lie in
 * tests/data/chart; KM_RENEW=1 in the environment writes them anew.
 */
#include "chart_parts.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "knotmap/draw.h"

typedef struct picture {
    const char *name;
    int w, h;
    km_zoom zoom;
    km_chart_style style;
    km_view view[5];
    int n;
    int cx, cy, scale;      /* for areas */
    bool zones, heat, plain;
} picture;

#define FB { KM_VIEW_FRONT, KM_VIEW_BACK }, 2
#define SIDES { KM_VIEW_LEFT, KM_VIEW_RIGHT }, 2
#define ALL { KM_VIEW_FRONT, KM_VIEW_BACK, KM_VIEW_LEFT, KM_VIEW_RIGHT, KM_VIEW_SOLE }, 5

static const picture pictures[] = {
    { "22-rows-ascii", 47, 23, KM_ZOOM_WHOLE, KM_STYLE_ASCII, FB, .plain = true },
    { "22-rows-ascii-zones", 47, 23, KM_ZOOM_WHOLE, KM_STYLE_ASCII, FB, .zones = true },
    { "22-rows-unicode-zones", 47, 23, KM_ZOOM_WHOLE, KM_STYLE_UNICODE, FB, .zones = true },
    { "22-rows-ascii-heat", 47, 23, KM_ZOOM_WHOLE, KM_STYLE_ASCII, FB, .heat = true },
    { "22-rows-block-heat", 47, 23, KM_ZOOM_WHOLE, KM_STYLE_BLOCK, FB, .heat = true },
    { "22-rows-ascii-sides", 47, 23, KM_ZOOM_WHOLE, KM_STYLE_ASCII, SIDES, .plain = true },
    { "22-rows-ascii-all", 120, 23, KM_ZOOM_WHOLE, KM_STYLE_ASCII, ALL, .plain = true },
    { "18-rows-ascii", 47, 19, KM_ZOOM_WHOLE, KM_STYLE_ASCII, FB, .plain = true },
    { "38-rows-ascii-zones", 77, 39, KM_ZOOM_WHOLE, KM_STYLE_ASCII, FB, .zones = true },
    { "38-rows-unicode-zones", 77, 39, KM_ZOOM_WHOLE, KM_STYLE_UNICODE, FB, .zones = true },
    { "58-rows-ascii", 120, 59, KM_ZOOM_WHOLE, KM_STYLE_ASCII, FB, .plain = true },
    { "58-rows-unicode-sides", 120, 59, KM_ZOOM_WHOLE, KM_STYLE_UNICODE, SIDES, .zones = true },
    { "half-upper-ascii", 80, 22, KM_ZOOM_UPPER, KM_STYLE_ASCII, FB, .zones = true },
    { "half-upper-unicode", 80, 22, KM_ZOOM_UPPER, KM_STYLE_UNICODE, FB, .zones = true },
    { "half-lower-ascii", 80, 22, KM_ZOOM_LOWER, KM_STYLE_ASCII, FB, .zones = true },
    { "half-lower-unicode", 80, 22, KM_ZOOM_LOWER, KM_STYLE_UNICODE, FB, .plain = true },
    { "zoom-head-ascii", 80, 23, KM_ZOOM_AREA, KM_STYLE_ASCII, { KM_VIEW_FRONT }, 1, 0, 900, 5,
      .zones = true },
    { "zoom-head-unicode", 80, 23, KM_ZOOM_AREA, KM_STYLE_UNICODE, { KM_VIEW_FRONT }, 1, 0, 900, 5,
      .zones = true },
    { "zoom-hand-ascii", 80, 23, KM_ZOOM_AREA, KM_STYLE_ASCII, { KM_VIEW_FRONT }, 1, -2050, 5300, 6,
      .zones = true },
    { "zoom-foot-unicode", 80, 23, KM_ZOOM_AREA, KM_STYLE_UNICODE, { KM_VIEW_RIGHT }, 1, 300, 9500, 5,
      .plain = true },
    { "zoom-scapula-ascii", 80, 23, KM_ZOOM_AREA, KM_STYLE_ASCII, { KM_VIEW_BACK }, 1, 800, 2300, 4,
      .zones = true },
    { "soles-ascii", 47, 23, KM_ZOOM_WHOLE, KM_STYLE_ASCII, { KM_VIEW_SOLE }, 1, .zones = true },
    { "soles-unicode", 47, 23, KM_ZOOM_WHOLE, KM_STYLE_UNICODE, { KM_VIEW_SOLE }, 1, .plain = true },
};

static void set(uint8_t *map, const char *region, km_side side, int value)
{
    map[chart_region(region) * KM_SIDE_COUNT + (int)side] = (uint8_t)value;
}

static void add_mark(km_chart_mark *m, const char *region, km_side side, km_kind kind, int intensity)
{
    *m = (km_chart_mark){ .region = (int16_t)chart_region(region), .side = side, .kind = kind,
                          .intensity = (int8_t)intensity };
    km_body_default_pos(km_atlas_builtin(), m->region, -1, side, &m->view, &m->x, &m->y);
}

/* Right infraspinatus 2 with its zones, and a few marks elsewhere. */
static void dress(km_scene *s, km_zone_map *zone, uint8_t *heat, km_chart_mark *mark,
                  const picture *p)
{
    const km_atlas *a = km_atlas_builtin();
    int point = chart_point("infraspinatus", 2);

    *s = (km_scene){ .sel_region = -1, .sel_point = -1, .labels = true };
    if (p->zones) {
        for (int i = a->point[point].first_referral, n = a->point[point].n_referral; n > 0; i++, n--) {
            const km_referral *r = &a->referral[i];
            zone[r->region * KM_SIDE_COUNT +
                 (a->region[r->region].midline ? KM_SIDE_MIDLINE : KM_SIDE_RIGHT)] =
                r->kind == KM_ZONE_ESSENTIAL ? KM_PAINT_ESSENTIAL : KM_PAINT_SPILLOVER;
        }
        add_mark(&mark[0], "scapula", KM_SIDE_RIGHT, KM_KIND_KNOT, 7);
        add_mark(&mark[1], "calf", KM_SIDE_LEFT, KM_KIND_SORENESS, 3);
        add_mark(&mark[2], "knee_outer", KM_SIDE_LEFT, KM_KIND_PAIN, 10);
        add_mark(&mark[3], "arch", KM_SIDE_LEFT, KM_KIND_PAIN, 4);
        s->zone = zone;
        s->mark = mark;
        s->n_mark = 4;
        s->sel_region = a->point[point].site;
        s->sel_side = KM_SIDE_RIGHT;
        s->show_points = true;
        s->sel_point = point;
        s->sel_point_side = KM_SIDE_RIGHT;
    }
    if (p->heat) {
        set(heat, "shoulder_top", KM_SIDE_RIGHT, 5);
        set(heat, "scapula", KM_SIDE_RIGHT, 4);
        set(heat, "interscapular", KM_SIDE_RIGHT, 3);
        set(heat, "shoulder_top", KM_SIDE_LEFT, 2);
        set(heat, "thigh_front", KM_SIDE_LEFT, 1);
        set(heat, "thigh_front", KM_SIDE_RIGHT, 3);
        set(heat, "calf", KM_SIDE_LEFT, 2);
        set(heat, "calf", KM_SIDE_RIGHT, 5);
        s->heat = heat;
    }
}

static void compare(const char *name, const char *kind, const km_buf *got)
{
    char path[512];
    km_buf want = { 0 };

    snprintf(path, sizeof path, "%s/tests/data/chart/%s.%s", KM_SOURCE_DIR, name, kind);
    if (getenv("KM_RENEW")) {
        FILE *f = fopen(path, "w");
        assert_non_null(f);
        assert_int_equal(fwrite(km_buf_str(got), 1, got->len, f), got->len);
        assert_int_equal(fclose(f), 0);
        return;
    }
    FILE *f = fopen(path, "r");
    if (!f)
        fail_msg("%s is missing; KM_RENEW=1 writes it", path);
    char chunk[4096];
    for (size_t n; (n = fread(chunk, 1, sizeof chunk, f)) > 0;)
        km_buf_add(&want, chunk, n);
    fclose(f);
    if (strcmp(km_buf_str(&want), km_buf_str(got)) != 0)
        fail_msg("%s differs:\n%s", path, km_buf_str(got));
    km_buf_clear(&want);
}

static void pictures_are_as_they_were_read(void **state)
{
    (void)state;
    const km_atlas *a = km_atlas_builtin();
    size_t places = (size_t)a->n_region * KM_SIDE_COUNT;
    km_chart *c = km_chart_new(a);

    for (size_t i = 0; i < sizeof pictures / sizeof *pictures; i++) {
        const picture *p = &pictures[i];
        km_zone_map *zone = km_calloc(places, sizeof *zone);
        uint8_t *heat = km_calloc(places, 1);
        km_chart_mark mark[4];
        km_grid g = { 0 };
        km_buf b = { 0 };
        km_layout l;
        km_scene s;

        dress(&s, zone, heat, mark, p);
        km_grid_resize(&g, p->w, p->h);
        km_grid_clear(&g);
        km_chart_layout(&l, c, (km_rect){ 0, 0, p->w, p->h }, p->view, p->n, p->zoom, p->cx, p->cy,
                        p->scale, p->style, true, NULL);
        km_chart_render(&g, c, &l, &s, p->style);
        km_grid_dump(&b, &g);
        compare(p->name, "txt", &b);
        if (!p->plain) {
            km_buf_reset(&b);
            km_grid_dump_roles(&b, &g);
            compare(p->name, "roles", &b);
        }
        km_buf_clear(&b);
        km_grid_free(&g);
        free(zone);
        free(heat);
    }
    km_chart_free(c);
}

int chart_run_pictures(void)
{
    const struct CMUnitTest all[] = { cmocka_unit_test(pictures_are_as_they_were_read) };
    return cmocka_run_group_tests(all, NULL, NULL);
}
