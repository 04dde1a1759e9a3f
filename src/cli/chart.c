/** chart: the body as text or SVG. */
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "chart_list.h"
#include "command.h"
#include "knotmap/chart.h"
#include "knotmap/draw.h"
#include "knotmap/history.h"
#include "knotmap/text.h"

#define WIDTH_DEFAULT 80
#define HEIGHT_DEFAULT 24
#define LEGEND_FROM 16 /* lines from which one can be spared for the legend */

/* The terminal's own sixteen colours; what each says stands in the rune as well. */
static const char *const sgr_of[KM_ROLE_COUNT] = {
    [KM_ROLE_DIM] = "2",         [KM_ROLE_TITLE] = "1",      [KM_ROLE_ACCENT] = "36",
    [KM_ROLE_BAR] = "1",         [KM_ROLE_SELECTED] = "7",   [KM_ROLE_CURSOR] = "7;1",
    [KM_ROLE_ERROR] = "31",      [KM_ROLE_OK] = "32",        [KM_ROLE_WARN] = "33",
    [KM_ROLE_BORDER] = "2",      [KM_ROLE_FEATURE] = "2",    [KM_ROLE_KNOT] = "1;31",
    [KM_ROLE_SORENESS] = "33",   [KM_ROLE_PAIN] = "35",      [KM_ROLE_TIGHTNESS] = "34",
    [KM_ROLE_NUMBNESS] = "36",   [KM_ROLE_ESSENTIAL] = "31", [KM_ROLE_SPILLOVER] = "33",
    [KM_ROLE_POINT] = "1",       [KM_ROLE_COVERED] = "32",   [KM_ROLE_ABSENT] = "2",
    [KM_ROLE_UNEXPLAINED] = "35", [KM_ROLE_HEAT1] = "34",    [KM_ROLE_HEAT2] = "36",
    [KM_ROLE_HEAT3] = "33",      [KM_ROLE_HEAT4] = "31",     [KM_ROLE_HEAT5] = "1;31",
};

typedef struct picture {
    km_view view[KM_VIEW_COUNT];
    int n_view;
    int width, height;
    km_chart_style style;
    km_chart_mark *mark;
    int n_mark;
    km_zone_map *zone;
    uint8_t *heat;
    int strongest;           /* the sum behind the highest level of heat */
    int point;
    km_side point_side;
} picture;

static void terminal_size(int *width, int *height)
{
    struct winsize size;

    *width = WIDTH_DEFAULT;
    *height = HEIGHT_DEFAULT;
    if (isatty(STDOUT_FILENO) && ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0 &&
        size.ws_row > 1) {
        *width = size.ws_col;
        *height = size.ws_row - 1; /* the prompt comes back below */
    }
}

static km_status read_options(picture *p, km_cli *c, km_error *err)
{
    int view = -1;
    int style = c->ascii ? 0 : 1;

    terminal_size(&p->width, &p->height);
    TRY(km_opt_choice(&view, c, OPT_VIEW, "front back left right sole all", err));
    TRY(km_opt_int(&p->width, c, OPT_WIDTH, 1, 1000, err));
    TRY(km_opt_int(&p->height, c, OPT_HEIGHT, 1, 1000, err));
    TRY(km_opt_choice(&style, c, OPT_STYLE, "ascii unicode", err));
    p->style = style == 0 ? KM_STYLE_ASCII : KM_STYLE_UNICODE;
    p->n_view = 0;
    if (view == -1) {
        p->view[p->n_view++] = KM_VIEW_FRONT;
        p->view[p->n_view++] = KM_VIEW_BACK;
    } else if (view == KM_VIEW_COUNT) {
        for (int v = 0; v < KM_VIEW_COUNT; v++)
            p->view[p->n_view++] = (km_view)v;
    } else {
        p->view[p->n_view++] = (km_view)view;
    }
    return KM_OK;
}

/* The zones of a point, or of every point of a muscle. */
static km_status read_zones(picture *p, km_cli *c, km_error *err)
{
    const char *text = km_value(c, OPT_REFER);
    km_ref ref;

    p->point = -1;
    if (text == NULL)
        return KM_OK;
    TRY(km_atlas_resolve(&ref, c->atlas, text, KM_RESOLVE_SIDE_OPEN | KM_RESOLVE_MUSCLE, err));
    const km_muscle *m = &c->atlas->muscle[ref.index];
    km_side side = m->midline ? KM_SIDE_MIDLINE : ref.side_open ? KM_SIDE_RIGHT : ref.side;

    p->zone = km_calloc((size_t)c->atlas->n_region * KM_SIDE_COUNT, sizeof *p->zone);
    p->point = ref.point >= 0 ? ref.point : m->n_point > 0 ? m->first_point : -1;
    p->point_side = side;
    for (int i = 0; i < m->n_point; i++) {
        static const uint8_t paint[] = { KM_PAINT_LOCAL, KM_PAINT_ESSENTIAL, KM_PAINT_SPILLOVER };
        km_zone zone[KM_ZONES_MAX];
        if (ref.point >= 0 && ref.point != m->first_point + i)
            continue;
        size_t n = km_referral_zones(zone, c->atlas, m->first_point + i, side);
        for (size_t k = 0; k < n; k++) {
            km_zone_map *at = &p->zone[zone[k].region * KM_SIDE_COUNT + (int)zone[k].side];
            if (paint[zone[k].kind] > *at)
                *at = paint[zone[k].kind];
        }
    }
    return KM_OK;
}

static km_status read_marks(picture *p, bool *has_at, km_instant *at, km_cli *c, km_error *err)
{
    km_mark_filter f = km_mark_filter_all();
    km_mark_list list = { 0 };

    f.open = true;
    f.has_until = *has_at;
    f.until = *at;
    TRY(km_app_marks(&list, c->app, &f, err));
    p->mark = km_calloc(list.n + 1, sizeof *p->mark);
    for (size_t i = 0; i < list.n; i++) {
        const km_mark *m = &list.row[i];
        int region = km_atlas_region(c->atlas, m->place.region);
        if (region < 0)
            continue;
        p->mark[p->n_mark++] = (km_chart_mark){
            .view = m->view, .x = m->x, .y = m->y, .region = (int16_t)region,
            .side = m->place.side, .kind = m->kind, .intensity = (int8_t)m->intensity,
            .state = m->state, .id = m->id
        };
    }
    km_mark_list_clear(&list);
    return KM_OK;
}

static km_status read_heat(picture *p, int days, bool has_at, km_instant at, km_cli *c,
                           km_error *err)
{
    p->heat = km_calloc((size_t)c->atlas->n_region * KM_SIDE_COUNT, sizeof *p->heat);
    return km_app_heat(p->heat, &p->strongest, c->app, days, has_at ? at : c->now, err);
}

static void put_legend(km_buf *out, const picture *p)
{
    bool seen[KM_KIND_COUNT] = { false };

    for (int i = 0; i < p->n_mark; i++)
        seen[p->mark[i].kind] = true;
    for (int k = 0; k < KM_KIND_COUNT; k++) {
        if (seen[k])
            km_buf_printf(out, "%s%c %s", out->len ? "  " : " ", km_kind_glyph((km_kind)k),
                          km_word(KM_VOCAB_KIND, k));
    }
    if (p->heat) {
        km_buf_puts(out, out->len ? "  " : " ");
        km_buf_puts(out, "daily sums: ");
        km_chart_heat_legend(out, p->strongest, p->style);
    }
    if (p->zone)
        km_buf_printf(out, "%s# essential  : spillover  X point", out->len ? "  " : " ");
}

static void put_grid(km_buf *out, const km_grid *g, bool color)
{
    if (!color) {
        km_grid_dump(out, g);
        return;
    }
    for (int y = 0; y < g->h; y++) {
        const km_cell *row = &g->cell[y * g->w];
        int end = g->w;
        const char *now = NULL;
        while (end > 0 && row[end - 1].rune == ' ' && row[end - 1].ground == KM_ROLE_TEXT)
            end--;
        for (int x = 0; x < end; x++) {
            if (row[x].rune == KM_RUNE_WIDE_TAIL)
                continue;
            const char *want = row[x].rune == ' ' ? NULL : sgr_of[row[x].role];
            if (want != now) {
                km_buf_puts(out, "\x1b[0");
                if (want)
                    km_buf_printf(out, ";%s", want);
                km_buf_putc(out, 'm');
                now = want;
            }
            char utf8[4];
            km_buf_add(out, utf8, km_utf8_encode(utf8, row[x].rune));
            if (row[x].comb)
                km_buf_add(out, utf8, km_utf8_encode(utf8, row[x].comb));
        }
        if (now)
            km_buf_puts(out, "\x1b[0m");
        km_buf_putc(out, '\n');
    }
}

/* Views that do not fit side by side come in further pictures below. */
static void draw(km_buf *out, const picture *p, const km_scene *scene, km_cli *c)
{
    km_chart *chart = km_chart_new(c->atlas);
    km_grid grid = { .ascii = p->style == KM_STYLE_ASCII || c->ascii };
    km_buf legend = { 0 };

    if (p->height >= LEGEND_FROM)
        put_legend(&legend, p);
    for (int from = 0; from < p->n_view;) {
        km_layout layout;
        int shown = 0;
        int body = p->height - (legend.len > 0);
        const km_rect all = { 0, 0, p->width, p->height };
        km_grid_resize(&grid, p->width, p->height);
        km_grid_clear(&grid);
        km_chart_layout(&layout, chart, (km_rect){ 0, 0, p->width, body }, p->view + from,
                        p->n_view - from, KM_ZOOM_WHOLE, 0, 0, 1, p->style, true, &shown);
        if (layout.list || shown < 1) {
            km_chart_list(&grid, body, c->atlas, scene, p->style);
            shown = p->n_view - from;
        } else {
            km_chart_render(&grid, chart, &layout, scene, p->style);
        }
        if (legend.len > 0)
            km_grid_text(&grid, all, p->height - 1, 0, KM_ROLE_DIM, legend.s);
        put_grid(out, &grid, c->color);
        from += shown;
    }
    km_buf_clear(&legend);
    km_grid_free(&grid);
    km_chart_free(chart);
}

static km_status show(picture *p, km_cli *c, km_error *err)
{
    const char *span = km_value(c, OPT_HEAT);
    bool has_at = false;
    km_instant at = { 0 };
    int days = 0;
    km_client client;
    km_buf out = { 0 };

    TRY(read_options(p, c, err));
    TRY(km_opt_time(&has_at, &at, c, OPT_AT, true, err));
    if (span) {
        km_error why;
        km_status bad = km_span_parse(&days, span, &why);
        if (bad != KM_OK)
            return km_fail(err, bad, "--heat: %s", why.text);
        if (days < 1)
            return km_fail(err, KM_EINVAL, "--heat: %s: at least a day is needed", span);
    }
    TRY(read_zones(p, c, err));
    TRY(km_need_app(c, NULL, err));
    TRY(km_app_client(&client, c->app, err));
    TRY(read_marks(p, &has_at, &at, c, err));
    if (span)
        TRY(read_heat(p, days, has_at, at, c, err));

    const km_scene scene = { .mark = p->mark, .n_mark = p->n_mark, .zone = p->zone,
                             .heat = p->heat, .sel_region = -1, .sel_point = p->point,
                             .sel_point_side = p->point_side, .labels = true };
    if (km_has(c, OPT_SVG)) {
        char day[KM_TIME_TEXT];
        km_buf title = { 0 };
        km_day_text(day, km_instant_day(has_at ? (km_instant){ at.sec - 1, at.off_min } : c->now));
        km_buf_printf(&title, "%s, %s", client.name, day);
        km_chart_svg(&out, c->atlas, p->view, p->n_view, &scene, km_buf_str(&title));
        km_buf_clear(&title);
    } else {
        draw(&out, p, &scene, c);
    }
    km_status st = km_print(c, km_buf_str(&out), err);
    km_buf_clear(&out);
    return st;
}

km_status km_run_chart(km_cli *c, km_error *err)
{
    picture p = { 0 };
    km_status st = show(&p, c, err);

    free(p.mark);
    free(p.zone);
    free(p.heat);
    return st;
}
