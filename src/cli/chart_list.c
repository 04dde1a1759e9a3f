/** Where there is no room for a body: what it would show, as a list of places. */
#include "chart_list.h"

#include "knotmap/text.h"

typedef struct list {
    km_grid *grid;
    const km_atlas *atlas;
    int at, most;        /* lines written, lines there is room for */
    int left_out;
} list;

static void put_place(list *l, km_role role, const char *sign, int region, km_side side)
{
    const km_place place = { .side = side, .region = l->atlas->region[region].code };
    km_buf text = { 0 };

    if (l->at == l->most) {
        l->left_out++;
        return;
    }
    km_buf_printf(&text, "%s ", sign);
    km_place_print(&text, &place);
    km_grid_text_cut(l->grid, (km_rect){ 0, 0, l->grid->w, l->grid->h }, l->at++, 0, l->grid->w,
                     role, text.s);
    km_buf_clear(&text);
}

/* The signs are those of the picture. */
static void put_mark(list *l, const km_chart_mark *m)
{
    static const km_role role[KM_KIND_COUNT] = {
        [KM_KIND_KNOT] = KM_ROLE_KNOT,           [KM_KIND_SORENESS] = KM_ROLE_SORENESS,
        [KM_KIND_PAIN] = KM_ROLE_PAIN,           [KM_KIND_TIGHTNESS] = KM_ROLE_TIGHTNESS,
        [KM_KIND_NUMBNESS] = KM_ROLE_NUMBNESS,
    };
    char glyph = km_kind_glyph(m->kind);
    char sign[3] = { glyph, ' ', '\0' };

    if (m->intensity != KM_INTENSITY_NONE) {
        sign[0] = m->intensity >= 10 ? '*' : (char)('0' + m->intensity);
        sign[1] = glyph;
    }
    put_place(l, role[m->kind], sign, m->region, m->side);
}

static void put_marks(list *l, const km_scene *s)
{
    for (int strength = 10; strength >= KM_INTENSITY_NONE; strength--) {
        for (int i = 0; i < s->n_mark; i++) {
            if (s->mark[i].intensity == strength)
                put_mark(l, &s->mark[i]);
        }
    }
}

static void put_zones(list *l, const km_scene *s)
{
    static const struct { km_zone_map paint; km_role role; const char *sign; } kind[] = {
        { KM_PAINT_ESSENTIAL, KM_ROLE_ESSENTIAL, "#" },
        { KM_PAINT_SPILLOVER, KM_ROLE_SPILLOVER, ":" },
        { KM_PAINT_LOCAL, KM_ROLE_POINT, "X" },
    };

    for (size_t k = 0; k < sizeof kind / sizeof *kind; k++) {
        for (int i = 0; i < l->atlas->n_region * KM_SIDE_COUNT; i++) {
            if (s->zone[i] == kind[k].paint)
                put_place(l, kind[k].role, kind[k].sign, i / KM_SIDE_COUNT,
                          (km_side)(i % KM_SIDE_COUNT));
        }
    }
}

static void put_heat(list *l, const km_scene *s, km_chart_style style)
{
    char sign[5];

    for (int level = 5; level >= 1; level--) {
        sign[km_utf8_encode(sign, km_chart_heat_rune(level, style))] = '\0';
        for (int i = 0; i < l->atlas->n_region * KM_SIDE_COUNT; i++) {
            if (s->heat[i] == level)
                put_place(l, (km_role)(KM_ROLE_HEAT1 + level - 1), sign, i / KM_SIDE_COUNT,
                          (km_side)(i % KM_SIDE_COUNT));
        }
    }
}

static void put_all(list *l, const km_scene *s, km_chart_style style)
{
    put_marks(l, s);
    if (s->zone)
        put_zones(l, s);
    if (s->heat)
        put_heat(l, s, style);
}

void km_chart_list(km_grid *g, int height, const km_atlas *a, const km_scene *s,
                   km_chart_style style)
{
    const km_rect all = { 0, 0, g->w, g->h };
    list l = { .grid = g, .atlas = a, .most = height };

    put_all(&l, s, style);
    if (l.left_out > 0) { /* once more, with the last line for how many there are */
        km_grid_clear(g);
        l = (list){ .grid = g, .atlas = a, .most = height - 1 };
        put_all(&l, s, style);
        km_grid_printf(g, all, l.at, 0, KM_ROLE_DIM, "%d more", l.left_out);
    } else if (l.at == 0) {
        km_grid_text_cut(g, all, 0, 0, g->w, KM_ROLE_DIM, "Nothing to show.");
    }
}
