/* The same body as a standalone picture. */
#include "frame.h"

#include <stdio.h>
#include <string.h>

/* Lengths in the picture are body units; a margin and a caption stand around each view. */
#define MARGIN 24
#define CAPTION 40

static const char *const kind_fill[KM_KIND_COUNT] = { "#a50f15", "#b45f06", "#d7301f", "#6a3d9a",
                                                      "#1f78b4" };

static void put_text(km_buf *out, const char *s)
{
    for (; *s; s++) {
        switch (*s) {
        case '&':
            km_buf_puts(out, "&amp;");
            break;
        case '<':
            km_buf_puts(out, "&lt;");
            break;
        case '>':
            km_buf_puts(out, "&gt;");
            break;
        case '"':
            km_buf_puts(out, "&quot;");
            break;
        default:
            if ((unsigned char)*s >= ' ')
                km_buf_putc(out, *s);
            break;
        }
    }
}

/* Tenths of a unit with one decimal, by integers alone: the same text everywhere. */
static void put_tenths(km_buf *out, int v)
{
    km_buf_printf(out, "%s%d", v < 0 ? "-" : "", (v < 0 ? -v : v) / 10);
    if (v % 10 != 0)
        km_buf_printf(out, ".%d", (v < 0 ? -v : v) % 10);
}

static void put_path(km_buf *out, const int16_t *xy, int n, bool closed, int flip)
{
    for (int i = 0; i < n; i++) {
        km_buf_putc(out, i == 0 ? 'M' : i == 1 ? 'L' : ' ');
        put_tenths(out, flip * xy[2 * i]);
        km_buf_putc(out, ' ');
        put_tenths(out, xy[2 * i + 1]);
    }
    if (closed)
        km_buf_putc(out, 'Z');
}

static const char *zone_class(int paint)
{
    static const char *const name[] = {
        [KM_PAINT_NONE] = "", [KM_PAINT_LOCAL] = "local", [KM_PAINT_SPILLOVER] = "spillover",
        [KM_PAINT_ESSENTIAL] = "essential", [KM_PAINT_PAIN] = "pain", [KM_PAINT_ABSENT] = "absent",
        [KM_PAINT_UNEXPLAINED] = "unexplained", [KM_PAINT_SOMETIMES] = "spillover",
        [KM_PAINT_COVERED] = "essential",
    };
    return paint <= KM_PAINT_COVERED ? name[paint] : "";
}

/* The soles are drawn three times as large beside the body. */
static int view_scale(km_view v)
{
    return v == KM_VIEW_SOLE ? 3 : 1;
}

static void put_regions(km_buf *out, const km_atlas *a, const sheet *s, km_view view,
                        const km_scene *scene, int flip)
{
    for (int i = 0; i < s->n; i++) {
        const km_polygon *p = &a->body.polygon[s->polygon[i]];
        const km_region *r = &a->region[p->region];
        km_side side = chart_slot_side(s, a, view, i);
        int key = p->region * KM_SIDE_COUNT + (int)side;
        int heat = scene && scene->heat && scene->heat[key] <= 5 ? scene->heat[key] : 0;
        const char *zone = scene && scene->zone ? zone_class(scene->zone[key]) : "";
        const char *word = km_word(KM_VOCAB_SIDE, (int)side);

        km_buf_puts(out, "<path id=\"");
        km_buf_printf(out, "%s-", km_word(KM_VOCAB_VIEW, (int)view));
        if (side != KM_SIDE_MIDLINE)
            km_buf_printf(out, "%s-", word);
        km_buf_printf(out, "%s\" class=\"region", r->code);
        if (*zone)
            km_buf_printf(out, " %s", zone);
        if (heat > 0)
            km_buf_printf(out, " heat%d", heat);
        km_buf_puts(out, "\" d=\"");
        put_path(out, p->xy, p->n, true, flip);
        km_buf_puts(out, "\"><title>");
        if (side != KM_SIDE_MIDLINE)
            km_buf_printf(out, "%s ", word);
        put_text(out, r->name);
        if (heat > 0)
            km_buf_printf(out, ", heat %d of 5", heat);
        km_buf_puts(out, "</title></path>\n");
    }
}

static void put_lines(km_buf *out, const km_atlas *a, km_view view, int flip)
{
    for (int i = 0; i < a->body.n_line; i++) {
        const km_line *l = &a->body.line[i];
        if (l->view != chart_drawn_view(view) || l->kind == KM_LINE_COARSE || l->kind == KM_LINE_BORDER)
            continue;
        km_buf_printf(out, "<path class=\"%s\" d=\"",
                      l->kind == KM_LINE_FEATURE ? "feature" : "outline");
        put_path(out, l->xy, l->n, false, flip);
        km_buf_puts(out, "\"/>\n");
    }
}

/* Drawn once more over its neighbours, so that its whole edge shows. */
static void put_selected(km_buf *out, const km_atlas *a, const sheet *s, km_view view,
                         const km_scene *scene, int flip)
{
    int slot = scene->sel_region < 0
                   ? -1
                   : chart_sheet_slot(s, a, view, scene->sel_region, scene->sel_side);

    if (slot < 0)
        return;
    const km_polygon *p = &a->body.polygon[s->polygon[slot]];
    km_buf_puts(out, "<path class=\"selected\" d=\"");
    put_path(out, p->xy, p->n, true, flip);
    km_buf_puts(out, "\"/>\n");
}

static void put_marks(km_buf *out, const km_atlas *a, km_view view, const km_scene *scene)
{
    for (int i = 0; scene && i < scene->n_mark; i++) {
        const km_chart_mark *m = &scene->mark[i];
        if (m->view != view)
            continue;
        const char *kind = km_word(KM_VOCAB_KIND, (int)m->kind);
        int r = view == KM_VIEW_SOLE ? 45 : 130, y = m->y + r * 2 / 5;

        km_buf_printf(out, "<g class=\"mark %s\"><title>%s", kind, kind);
        if (m->intensity != KM_INTENSITY_NONE)
            km_buf_printf(out, " %d of 10", m->intensity);
        if (m->region >= 0) {
            km_buf_puts(out, ", ");
            if (m->side != KM_SIDE_MIDLINE)
                km_buf_printf(out, "%s ", km_word(KM_VOCAB_SIDE, (int)m->side));
            put_text(out, a->region[m->region].name);
        }
        km_buf_puts(out, "</title><circle cx=\"");
        put_tenths(out, m->x);
        km_buf_puts(out, "\" cy=\"");
        put_tenths(out, m->y);
        km_buf_puts(out, "\" r=\"");
        put_tenths(out, r);
        km_buf_printf(out, "\" fill=\"%s\"/><text font-size=\"", kind_fill[m->kind]);
        put_tenths(out, r * 5 / 4);
        km_buf_puts(out, "\" x=\"");
        put_tenths(out, m->x);
        km_buf_puts(out, "\" y=\"");
        put_tenths(out, y);
        km_buf_puts(out, "\">");
        if (m->intensity == KM_INTENSITY_NONE)
            km_buf_putc(out, km_kind_glyph(m->kind));
        else
            km_buf_printf(out, "%d", m->intensity);
        km_buf_puts(out, "</text></g>\n");
    }
}

static void put_point(km_buf *out, const km_atlas *a, km_view view, int point, km_side side)
{
    int16_t x, y;

    if (!km_body_pos_in_view(a, a->point[point].site, point, side, view, &x, &y))
        return;
    km_buf_printf(out, "<g class=\"point\"><title>%s, trigger point %d</title><text x=\"",
                  a->muscle[a->point[point].muscle].name, a->point[point].tp);
    put_tenths(out, x);
    km_buf_puts(out, "\" y=\"");
    put_tenths(out, y + 60);
    km_buf_printf(out, "\">X%d</text></g>\n", a->point[point].tp);
}

static const char style[] =
    "<style>\n"
    "svg{background:#fff;font-family:sans-serif}\n"
    ".region{fill:#f7f3ee;stroke:#c9beb0;stroke-width:.6}\n"
    ".outline{fill:none;stroke:#222;stroke-width:2;stroke-linejoin:round;stroke-linecap:round}\n"
    ".feature{fill:none;stroke:#777;stroke-width:1}\n"
    ".essential{fill:#e8908a}.spillover{fill:#f6cfc9}.local{fill:#fbe6c8}\n"
    ".pain,.unexplained{fill:#d84a3a}.absent{fill:#d9d9d9}\n"
    ".heat1{fill:#fee5d9}.heat2{fill:#fcbba1}.heat3{fill:#fc9272}.heat4{fill:#fb6a4a}"
    ".heat5{fill:#cb181d}\n"
    ".selected{fill:none;stroke:#1f5fbf;stroke-width:3}\n"
    "#view-sole .outline{stroke-width:.7}#view-sole .region{stroke-width:.2}"
    "#view-sole .selected{stroke-width:1}\n"
    ".mark text{fill:#fff;font-weight:bold;text-anchor:middle}\n"
    ".mark circle{stroke:#fff;stroke-width:1.5}\n"
    ".point text{fill:#1f5fbf;font-size:16px;font-weight:bold;text-anchor:middle}\n"
    ".caption{font-size:22px;text-anchor:middle;fill:#222}\n"
    ".edge{font-size:22px;fill:#666}\n"
    ".title{font-size:26px;font-weight:bold;fill:#222}\n"
    "@media print{.region{stroke:#999}svg{-webkit-print-color-adjust:exact;"
    "print-color-adjust:exact}}\n"
    "</style>\n";

static void put_view(km_buf *out, const km_atlas *a, const sheet *s, km_view view,
                     const km_scene *scene, int left, int top, int width)
{
    static const char *const edge[KM_VIEW_COUNT][2] = {
        { "R", "L" }, { "L", "R" }, { "front", "back" }, { "back", "front" }, { "R", "L" },
    };
    int flip = view == KM_VIEW_LEFT ? -1 : 1, k = view_scale(view);
    int x = (int)(flip > 0 ? s->left : -s->right) / FINE / 10;

    km_buf_printf(out, "<text class=\"caption\" x=\"%d\" y=\"%d\">%s</text>\n", left + width / 2,
                  top - 14, km_view_title(view));
    km_buf_printf(out, "<text class=\"edge\" x=\"%d\" y=\"%d\">%s</text>\n", left, top - 14,
                  edge[view][0]);
    km_buf_printf(out,
                  "<text class=\"edge\" text-anchor=\"end\" x=\"%d\" y=\"%d\">%s</text>\n",
                  left + width, top - 14, edge[view][1]);
    km_buf_printf(out, "<g id=\"view-%s\" transform=\"translate(%d %d) scale(%d)\">\n",
                  km_word(KM_VOCAB_VIEW, (int)view), left - x * k, top, k);
    put_regions(out, a, s, view, scene, flip);
    put_lines(out, a, view, flip);
    if (scene)
        put_selected(out, a, s, view, scene, flip);
    if (scene && scene->sel_point >= 0)
        put_point(out, a, view, scene->sel_point, scene->sel_point_side);
    for (int i = 0; scene && scene->show_points && i < a->n_point; i++) {
        if (a->point[i].site == scene->sel_region && i != scene->sel_point)
            put_point(out, a, view, i, scene->sel_side);
    }
    put_marks(out, a, view, scene);
    km_buf_puts(out, "</g>\n");
}

void km_chart_svg(km_buf *out, const km_atlas *a, const km_view *views, int n, const km_scene *s,
                  const char *title)
{
    sheet sheets[KM_VIEW_COUNT];
    int width = MARGIN, top = MARGIN + CAPTION + (title && *title ? CAPTION : 0), height = 0;

    for (int i = 0; i < n; i++) {
        sheet *sh = &sheets[chart_drawn_view(views[i])];
        chart_sheet_make(sh, a, chart_drawn_view(views[i]));
        int k = view_scale(views[i]), h = (int)(sh->bottom / FINE / 10 + 1) * k;
        width += (int)((sh->right - sh->left) / FINE / 10 + 1) * k + MARGIN;
        height = h > height ? h : height;
    }
    km_buf_printf(out,
                  "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
                  "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" role=\"img\">\n",
                  width, top + height + MARGIN);
    km_buf_puts(out, "<title>");
    put_text(out, title && *title ? title : "Body chart");
    km_buf_puts(out, "</title>\n");
    km_buf_puts(out, style);
    if (title && *title) {
        km_buf_printf(out, "<text class=\"title\" x=\"%d\" y=\"%d\">", MARGIN, MARGIN + 26);
        put_text(out, title);
        km_buf_puts(out, "</text>\n");
    }
    int x = MARGIN;
    for (int i = 0; i < n; i++) {
        const sheet *sh = &sheets[chart_drawn_view(views[i])];
        int w = (int)((sh->right - sh->left) / FINE / 10 + 1) * view_scale(views[i]);
        put_view(out, a, sh, views[i], s, x, top, w);
        x += w + MARGIN;
    }
    km_buf_puts(out, "</svg>\n");
}
