/** The atlas to browse: muscles with points and zones, regions with muscles, what words mean. */
#include <stdlib.h>
#include <string.h>

#include "body.h"
#include "knotmap/text.h"
#include "list.h"

/** What is listed; Tab goes through them. */
typedef enum atlas_pane { PANE_MUSCLES, PANE_REGIONS, PANE_WORDS, PANE_COUNT } atlas_pane;

static const char *const pane_name[] = { "muscles", "regions", "words" };

typedef struct atlas_view {
    view base;
    atlas_pane pane;
    int *row;              /**< indices into the table shown */
    int n;
    char *text;
    tui_list list;
} atlas_view;

/** A cell of the table of words. */
static const char *word_cell(const km_atlas *a, int row, const char *column)
{
    const km_table *t = km_atlas_table(a, "words");
    return km_table_cell(t, row, km_table_column(t, column));
}

static int rows_of(const km_atlas *a, atlas_pane pane)
{
    const km_table *t = km_atlas_table(a, "words");
    if (pane == PANE_WORDS)
        return t ? t->n_row : 0;
    return pane == PANE_REGIONS ? a->n_region : a->n_muscle;
}

/** What a row is found by. */
static void row_text(km_buf *out, const km_atlas *a, atlas_pane pane, int row)
{
    if (pane == PANE_WORDS) {
        km_buf_printf(out, "%s %s", word_cell(a, row, "word"), word_cell(a, row, "meaning"));
        return;
    }
    km_ref ref = { .kind = pane == PANE_REGIONS ? KM_REF_REGION : KM_REF_MUSCLE, .index = row,
                   .point = -1 };
    km_ref_human(out, a, &ref);
    km_buf_printf(out, " %s", pane == PANE_REGIONS ? a->region[row].area : a->muscle[row].area);
}

static void fill(km_tui *t, atlas_view *v)
{
    int max = rows_of(t->atlas, v->pane);
    v->n = 0;
    v->row = km_realloc(v->row, (size_t)max + 1, sizeof *v->row);
    for (int i = 0; i < max; i++) {
        km_buf s = { 0 };
        row_text(&s, t->atlas, v->pane, i);
        if (!v->text || km_text_contains(km_buf_str(&s), v->text))
            v->row[v->n++] = i;
        km_buf_clear(&s);
    }
}

static bool narrow(km_tui *t, void *ctx, const char *text)
{
    atlas_view *v = ctx;
    free(v->text);
    v->text = *text ? km_strdup(text) : NULL;
    v->list.sel = 0;
    fill(t, v);
    return true;
}

static void act(km_tui *t, view *base, tui_action action, int arg)
{
    atlas_view *v = (atlas_view *)base;
    (void)arg;
    if (tui_list_act(&v->list, action, v->n))
        return;
    switch (action) {
    case ACT_ATLAS_PANE:
    case ACT_ATLAS_PANE_BACK:
        v->pane = (v->pane + (action == ACT_ATLAS_PANE ? 1 : PANE_COUNT - 1)) % PANE_COUNT;
        v->list = (tui_list){ 0 };
        fill(t, v);
        break;
    case ACT_NARROW:
        tui_push(t, tui_ask_new("name:", v->text ? v->text : "", narrow, narrow, v));
        break;
    case ACT_LIST_OPEN: {
        if (v->n == 0) {
            tui_say(t, KM_ROLE_ERROR, "nothing is selected");
            break;
        }
        if (v->pane == PANE_WORDS) {
            tui_say(t, KM_ROLE_DIM, "a word lies nowhere on the body");
            break;
        }
        int index = v->row[v->list.sel];
        bool regions = v->pane == PANE_REGIONS;
        tui_pop_to_body(t); /* frees this view */
        body_view *b = (body_view *)t->top;
        km_side side = b->spot.side == KM_SIDE_LEFT ? KM_SIDE_LEFT : KM_SIDE_RIGHT;
        if (regions) {
            tui_body_jump(t, b, index, -1, side);
        } else {
            const km_muscle *m = &t->atlas->muscle[index];
            int point = m->n_point ? m->first_point : -1;
            tui_body_jump(t, b, point >= 0 ? t->atlas->point[point].site : m->home[0], point, side);
            b->focus_muscle = index;
            b->focus_point = point;
            b->focus_side = m->midline ? KM_SIDE_MIDLINE : side;
        }
        break;
    }
    default: break;
    }
}

static int contexts(const view *v, tui_ctx out[VIEW_CTX_MAX])
{
    (void)v;
    out[0] = CTX_ATLAS;
    out[1] = CTX_LIST;
    return 2;
}

/* ---- picture ---- */

static int para(km_grid *g, km_rect r, int y, const char *label, const char *text)
{
    if (!text || !*text)
        return y;
    km_buf b = { 0 };
    km_buf_printf(&b, "%s: %s", label, text);
    y += km_grid_wrap(g, r, y, KM_ROLE_TEXT, km_buf_str(&b));
    km_buf_clear(&b);
    return y;
}

static void joined(km_buf *out, const char *const *word, int n)
{
    for (int i = 0; i < n; i++)
        km_buf_printf(out, "%s%s", i ? ", " : "", word[i]);
}

/** Muscles that commonly follow this one, or that it follows. */
static int linked(const km_atlas *a, km_grid *g, km_rect r, int y, int muscle, bool keys)
{
    km_buf b = { 0 };
    for (int i = 0; i < a->n_satellite; i++) {
        int own = keys ? a->satellite[i].satellite : a->satellite[i].key;
        int other = keys ? a->satellite[i].key : a->satellite[i].satellite;
        if (own == muscle)
            km_buf_printf(&b, "%s%s", b.len ? ", " : "", a->muscle[other].name);
    }
    y = para(g, r, y, keys ? "treat first" : "satellites", km_buf_str(&b));
    km_buf_clear(&b);
    return y;
}

static int paint_point(const km_atlas *a, km_grid *g, km_rect r, int y, int point)
{
    const km_point *p = &a->point[point];
    km_buf b = { 0 };
    km_buf_printf(&b, "X%d %s", p->tp, p->location ? p->location : "");
    y += km_grid_wrap(g, r, y, KM_ROLE_POINT, km_buf_str(&b));
    for (int i = p->first_referral; i < p->first_referral + p->n_referral; i++) {
        const km_referral *ref = &a->referral[i];
        const char *glyph = ref->kind == KM_ZONE_ESSENTIAL ? "#"
                            : ref->kind == KM_ZONE_SPILLOVER ? ":" : ".";
        km_buf_reset(&b);
        km_buf_printf(&b, "  %s %s, %s side, %s%s", glyph, a->region[ref->region].name,
                      km_laterality_word(ref->laterality), km_zone_word(ref->kind),
                      ref->weight == 3 ? ", hallmark" : "");
        km_buf_printf(&b, " (%s; %s)", ref->source, km_basis_word(ref->basis));
        km_grid_text_cut(g, r, y++, 0, r.w,
                         ref->kind == KM_ZONE_ESSENTIAL ? KM_ROLE_ESSENTIAL : KM_ROLE_SPILLOVER,
                         km_buf_str(&b));
    }
    km_buf_clear(&b);
    return y;
}

static void paint_muscle(const km_atlas *a, km_grid *g, km_rect r, int muscle)
{
    const km_muscle *m = &a->muscle[muscle];
    km_buf b = { 0 };
    km_ref ref = { .kind = KM_REF_MUSCLE, .index = muscle, .point = -1 };
    km_ref_human(&b, a, &ref);
    int y = km_grid_wrap(g, r, 0, KM_ROLE_TITLE, km_buf_str(&b));
    y = para(g, r, y, "does", m->action);
    y = para(g, r, y, "attaches", m->attachments);
    km_buf_reset(&b);
    joined(&b, m->overload, m->n_overload);
    y = para(g, r, y, "commonly overloaded by", km_buf_str(&b));
    km_buf_reset(&b);
    joined(&b, m->synonym, m->n_synonym);
    y = para(g, r, y, "also called", km_buf_str(&b));
    y = linked(a, g, r, y, muscle, true);
    y = linked(a, g, r, y, muscle, false);
    for (int p = m->first_point; p < m->first_point + m->n_point; p++)
        y = paint_point(a, g, r, y, p);
    para(g, r, y, "source", m->source);
    km_buf_clear(&b);
}

static void paint_region(const km_atlas *a, km_grid *g, km_rect r, int region)
{
    int16_t muscle[24];
    km_ref ref = { .kind = KM_REF_REGION, .index = region, .point = -1,
                   .side = a->region[region].midline ? KM_SIDE_MIDLINE : KM_SIDE_RIGHT };
    size_t n = km_routine_muscles(muscle, 24, a, &ref);
    int y = km_grid_wrap(g, r, 0, KM_ROLE_TITLE, a->region[region].name);
    y = para(g, r, y, "area", a->region[region].area);
    km_grid_text(g, r, y++, 0, KM_ROLE_TEXT, "muscles here, the likeliest first:");
    for (size_t i = 0; i < n; i++)
        km_grid_text_cut(g, r, y++, 2, r.w - 2, KM_ROLE_TEXT, a->muscle[muscle[i]].name);
    km_grid_text(g, r, y++, 0, KM_ROLE_TEXT, "pain here commonly comes from:");
    int last = -1;
    for (int i = a->region_referral_first[region]; i < a->region_referral_first[region + 1]; i++) {
        const km_referral *row = &a->referral[a->region_referral[i]];
        int from = a->point[row->point].muscle;
        if (row->kind != KM_ZONE_ESSENTIAL || from == last)
            continue;
        km_grid_printf(g, r, y++, 2, KM_ROLE_TEXT, "%s %d", a->muscle[from].name,
                       a->point[row->point].tp);
        last = from;
    }
}

static void paint_word(const km_atlas *a, km_grid *g, km_rect r, int row)
{
    bool disputed = strcmp(word_cell(a, row, "basis"), "disputed") == 0;
    int y = km_grid_wrap(g, r, 0, KM_ROLE_TITLE, word_cell(a, row, "word"));
    y += km_grid_wrap(g, r, y, KM_ROLE_TEXT, word_cell(a, row, "meaning"));
    if (disputed)
        y += km_grid_wrap(g, r, y, KM_ROLE_WARN, "commonly described; disputed");
    para(g, r, y, "source", word_cell(a, row, "source"));
}

static void paint(km_tui *t, view *base, km_grid *g, km_rect r)
{
    atlas_view *v = (atlas_view *)base;
    const km_atlas *a = t->atlas;
    km_buf title = { 0 };
    km_buf_printf(&title, "atlas %s %s%s%s", tui_dot(t), pane_name[v->pane],
                  v->text ? " with " : "", v->text ? v->text : "");
    km_rect in = tui_header(t, g, r, km_buf_str(&title));
    km_buf_clear(&title);
    int list_w = in.w >= 70 ? in.w * 2 / 5 : in.w;
    km_rect list = { in.x, in.y, list_w, in.h };
    tui_list_place(&v->list, v->n, list.y, list.h);
    for (int i = 0; i < list.h && v->list.top + i < v->n; i++) {
        int index = v->row[v->list.top + i];
        km_role role = tui_list_row(&v->list, g, list, i, v->list.top + i);
        km_buf s = { 0 };
        if (v->pane == PANE_WORDS)
            km_buf_puts(&s, word_cell(a, index, "word"));
        else if (v->pane == PANE_REGIONS)
            km_buf_puts(&s, a->region[index].name);
        else
            tui_words_muscle_fit(&s, a, index, -1, KM_SIDE_MIDLINE, list.w - 2);
        km_grid_role(g, list, i, 0, list.w, role);
        km_grid_text_cut(g, list, i, 1, list.w - 2, role, km_buf_str(&s));
        km_buf_clear(&s);
    }
    if (v->n == 0)
        km_grid_text(g, list, 0, 1, KM_ROLE_DIM, "nothing is called that");
    if (list_w == in.w || v->n == 0)
        return;
    km_rect detail = { in.x + list_w + 1, in.y, in.w - list_w - 2, in.h };
    if (v->pane == PANE_WORDS)
        paint_word(a, g, detail, v->row[v->list.sel]);
    else if (v->pane == PANE_REGIONS)
        paint_region(a, g, detail, v->row[v->list.sel]);
    else
        paint_muscle(a, g, detail, v->row[v->list.sel]);
}

static void mouse(km_tui *t, view *base, const km_mouse *m)
{
    atlas_view *v = (atlas_view *)base;
    if (tui_list_mouse(&v->list, m, v->n))
        tui_run(t, ACT_LIST_OPEN, 0);
}

static void hint(km_tui *t, view *base, tui_hint *h)
{
    atlas_view *v = (atlas_view *)base;
    (void)t;
    if (v->pane != PANE_WORDS)
        tui_hint_add(h, ACT_LIST_OPEN, "show on the body");
    tui_hint_add(h, ACT_ATLAS_PANE, pane_name[(v->pane + 1) % PANE_COUNT]);
    tui_hint_add(h, ACT_NARROW, NULL);
    tui_hint_add(h, ACT_BACK, NULL);
}

static bool back(km_tui *t, view *base)
{
    atlas_view *v = (atlas_view *)base;
    return v->text ? narrow(t, v, "") : false;
}

static void clear(view *base)
{
    atlas_view *v = (atlas_view *)base;
    free(v->row);
    free(v->text);
}

static const view_ops ops = {
    .title = "atlas", .contexts = contexts, .act = act, .paint = paint, .mouse = mouse,
    .hint = hint, .back = back, .clear = clear,
};

view *tui_atlas_view_new(km_tui *t)
{
    atlas_view *v = km_calloc(1, sizeof *v);
    v->base.ops = &ops;
    fill(t, v);
    return &v->base;
}
