/** What troubles you? Complaints in people's words; each says its caution before anything else. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "knotmap/text.h"
#include "list.h"
#include "page.h"
#include "why.h"
#include "words.h"

/* ---- one complaint: its caution, its places, its side ---- */

typedef struct caution_view {
    tui_page page;
    km_trouble trouble;    /**< as the table has it, without a side */
    bool left, right;      /**< which side was said; neither: none yet */
} caution_view;

static bool has_sides(const caution_view *v)
{
    for (int i = 0; i < v->trouble.n_place; i++) {
        if (v->trouble.place[i].side_open)
            return true;
    }
    return false;
}

/** The places on the sides that were said; both where it takes none to begin. */
static size_t places_of(const caution_view *v, const km_atlas *a, km_ref out[KM_COMPLAINTS_MAX])
{
    bool said = v->left || v->right;
    size_t n = 0;
    for (int i = 0; i < v->trouble.n_place; i++) {
        int region = v->trouble.place[i].index;
        if (!v->trouble.place[i].side_open) {
            out[n++] = v->trouble.place[i];
            continue;
        }
        if (v->left || !said)
            out[n++] = tui_ref_region(a, region, KM_SIDE_LEFT);
        if (v->right || !said)
            out[n++] = tui_ref_region(a, region, KM_SIDE_RIGHT);
    }
    return n;
}

static void add_places(km_tui *t, tui_page *p, const caution_view *v)
{
    km_buf s = { 0 };
    for (int i = 0; i < v->trouble.n_place; i++) {
        km_buf_puts(&s, i ? ", " : "");
        tui_words_region(&s, t->atlas, v->trouble.place[i].index, KM_SIDE_MIDLINE);
    }
    tui_page_add(p, KM_ROLE_TEXT, 0, "\nIt usually means: %s%s.", km_buf_str(&s),
                 v->left && v->right ? ", on both sides"
                 : v->left           ? ", on the left"
                 : v->right          ? ", on the right"
                                     : "");
    km_buf_clear(&s);
    if (v->left || v->right || !has_sides(v))
        return;
    km_buf left = { 0 }, right = { 0 }, both = { 0 };
    tui_keymap_print_first(&left, &t->keymap, ACT_TROUBLE_LEFT);
    tui_keymap_print_first(&right, &t->keymap, ACT_TROUBLE_RIGHT);
    tui_keymap_print_first(&both, &t->keymap, ACT_TROUBLE_BOTH);
    tui_page_add(p, KM_ROLE_ACCENT, 0, "%s %s left, %s right, %s both",
                 v->trouble.one_side ? "Which side?" : "Both sides are looked at, unless you say:",
                 km_buf_str(&left), km_buf_str(&right), km_buf_str(&both));
    km_buf_clear(&left);
    km_buf_clear(&right);
    km_buf_clear(&both);
}

static void add_condition(km_tui *t, tui_page *p, const km_trouble *trouble)
{
    km_error err = { 0 };
    bool kept = true;
    if (!*trouble->condition)
        return;
    if (km_app_trouble_kept(&kept, t->app, trouble, &err) != KM_OK) {
        tui_fail(t, &err);
        return;
    }
    if (kept) { /* kept, or of no concern to this person */
        if (t->client.conditions && strstr(t->client.conditions, trouble->condition))
            tui_page_add(p, KM_ROLE_OK, 0, "\n%s is kept with %s: routines heed it.",
                         trouble->condition, t->client.name);
        return;
    }
    km_buf key = { 0 };
    tui_keymap_print_first(&key, &t->keymap, ACT_TROUBLE_KEEP);
    tui_page_add(p, KM_ROLE_ACCENT, 0, "\nRoutines do not heed %s yet: %s keeps it with %s.",
                 trouble->condition, km_buf_str(&key), t->client.name);
    km_buf_clear(&key);
}

static void load(km_tui *t, view *base)
{
    caution_view *v = (caution_view *)base;
    tui_page *p = &v->page;
    tui_page_reset(p);
    tui_page_add(p, KM_ROLE_TITLE, 0, "First, %s", v->trouble.name);
    tui_page_add(p, KM_ROLE_WARN, 0, "\n%s", v->trouble.caution);
    add_places(t, p, v);
    add_condition(t, p, &v->trouble);
    tui_page_add(p, KM_ROLE_DIM, 0, "\nThis is what people call it, not what it is: what comes "
                 "next are likely sources, never a diagnosis. Source: %s", v->trouble.source);
}

static bool needs_side(km_tui *t, const caution_view *v)
{
    if (!v->trouble.one_side || v->left || v->right)
        return false;
    km_buf left = { 0 }, right = { 0 }, both = { 0 };
    tui_keymap_print_first(&left, &t->keymap, ACT_TROUBLE_LEFT);
    tui_keymap_print_first(&right, &t->keymap, ACT_TROUBLE_RIGHT);
    tui_keymap_print_first(&both, &t->keymap, ACT_TROUBLE_BOTH);
    tui_say(t, KM_ROLE_TEXT, "which side? %s left, %s right, %s both", km_buf_str(&left),
            km_buf_str(&right), km_buf_str(&both));
    km_buf_clear(&left);
    km_buf_clear(&right);
    km_buf_clear(&both);
    return true;
}

static void mark(km_tui *t, const caution_view *v, int intensity)
{
    km_ref place[KM_COMPLAINTS_MAX];
    km_error err = { 0 };
    size_t n = places_of(v, t->atlas, place), stored = 0;
    char what[120];
    if (km_app_trouble_mark(&stored, t->app, place, n, intensity, &err) != KM_OK) {
        tui_fail(t, &err);
        return;
    }
    snprintf(what, sizeof what, "pain %d at %zu places", intensity, stored);
    tui_stored(t, what);
}

static void act(km_tui *t, view *base, tui_action action, int arg)
{
    caution_view *v = (caution_view *)base;
    km_error err = { 0 };
    switch (action) {
    case ACT_TROUBLE_LEFT:
    case ACT_TROUBLE_RIGHT:
    case ACT_TROUBLE_BOTH:
        v->left = action != ACT_TROUBLE_RIGHT;
        v->right = action != ACT_TROUBLE_LEFT;
        load(t, base);
        break;
    case ACT_TROUBLE_WHY: {
        km_ref place[KM_COMPLAINTS_MAX];
        if (!needs_side(t, v)) {
            size_t n = places_of(v, t->atlas, place);
            tui_push(t, tui_why_of(t, &v->trouble, place, n));
        }
        break;
    }
    case ACT_TROUBLE_MARK:
    case ACT_TROUBLE_TEN:
        if (!needs_side(t, v))
            mark(t, v, action == ACT_TROUBLE_TEN ? 10 : arg);
        break;
    case ACT_TROUBLE_KEEP: {
        bool kept = true;
        km_status st = km_app_trouble_kept(&kept, t->app, &v->trouble, &err);
        if (st == KM_OK && kept)
            tui_say(t, KM_ROLE_DIM, *v->trouble.condition ? "it is kept already"
                                                          : "there is no condition to keep");
        else if (st == KM_OK)
            st = km_app_trouble_keep(t->app, &v->trouble, &err);
        if (st != KM_OK)
            tui_fail(t, &err);
        else if (!kept)
            tui_stored(t, v->trouble.condition);
        break;
    }
    default: tui_page_turn(t, &v->page, action); break;
    }
}

static int contexts(const view *base, tui_ctx out[VIEW_CTX_MAX])
{
    const caution_view *v = (const caution_view *)base;
    out[0] = CTX_TROUBLE;
    return tui_page_contexts(&v->page, out, 1);
}

static void paint(km_tui *t, view *base, km_grid *g, km_rect r)
{
    caution_view *v = (caution_view *)base;
    km_rect in = tui_header(t, g, r, "what troubles you?");
    tui_page_paint(&v->page, g,
                   (km_rect){ in.x + 1, in.y + (in.h > 8), in.w - 2, in.h - (in.h > 8) });
}

static void mouse(km_tui *t, view *base, const km_mouse *m)
{
    tui_page_mouse(t, &((caution_view *)base)->page, m);
}

static void hint(km_tui *t, view *base, tui_hint *h)
{
    caution_view *v = (caution_view *)base;
    (void)t;
    if (v->trouble.one_side && !v->left && !v->right) {
        tui_hint_add(h, ACT_TROUBLE_LEFT, NULL);
        tui_hint_add(h, ACT_TROUBLE_RIGHT, NULL);
        tui_hint_add(h, ACT_TROUBLE_BOTH, NULL);
    }
    tui_hint_add(h, ACT_TROUBLE_WHY, NULL);
    tui_hint_add(h, ACT_TROUBLE_MARK, NULL);
    if (v->page.height > v->page.rows)
        tui_hint_add(h, ACT_SCROLL_DOWN, NULL);
    tui_hint_add(h, ACT_BACK, NULL);
}

static void clear(view *base)
{
    tui_page_clear(&((caution_view *)base)->page);
}

static const view_ops caution_ops = {
    .title = "complaint", .contexts = contexts, .act = act, .load = load, .paint = paint,
    .mouse = mouse, .hint = hint, .clear = clear,
};

static view *caution_new(km_tui *t, int row)
{
    caution_view *v = km_calloc(1, sizeof *v);
    v->page.base.ops = &caution_ops;
    v->page.sel = -1;
    v->trouble = km_trouble_at(t->atlas, row);
    return &v->page.base;
}

/* ---- the list of them ---- */

typedef struct trouble_view {
    view base;
    int *row;              /**< of the table, those that fit what was typed */
    int n;
    char *text;
    tui_list list;
} trouble_view;

static bool fits(const km_atlas *a, int row, const char *text)
{
    static const char *const column[] = { "name", "synonyms", "area", "sport" };
    for (size_t i = 0; i < sizeof column / sizeof *column; i++) {
        if (km_text_contains(km_topic_cell(a, KM_TOPIC_COMPLAINT, row, column[i]), text))
            return true;
    }
    return false;
}

static void list_load(km_tui *t, view *base)
{
    trouble_view *v = (trouble_view *)base;
    int all = km_topic_n(t->atlas, KM_TOPIC_COMPLAINT);
    v->row = km_realloc(v->row, (size_t)all + 1, sizeof *v->row);
    v->n = 0;
    for (int i = 0; i < all; i++) {
        if (!v->text || fits(t->atlas, i, v->text))
            v->row[v->n++] = i;
    }
}

static bool narrow(km_tui *t, void *ctx, const char *text)
{
    trouble_view *v = ctx;
    free(v->text);
    v->text = *text ? km_strdup(text) : NULL;
    v->list.sel = v->list.top = 0;
    list_load(t, &v->base);
    return true;
}

static void list_act(km_tui *t, view *base, tui_action action, int arg)
{
    trouble_view *v = (trouble_view *)base;
    (void)arg;
    if (tui_list_act(&v->list, action, v->n))
        return;
    if (action == ACT_NARROW)
        tui_push(t, tui_ask_new("what is it?", v->text ? v->text : "", narrow, narrow, v));
    else if (action == ACT_LIST_OPEN && v->list.sel < v->n)
        tui_push(t, caution_new(t, v->row[v->list.sel]));
    else if (action == ACT_LIST_OPEN)
        tui_say(t, KM_ROLE_DIM, "no complaint fits");
}

static int list_contexts(const view *base, tui_ctx out[VIEW_CTX_MAX])
{
    (void)base;
    out[0] = CTX_LIST;
    return 1;
}

static void list_paint(km_tui *t, view *base, km_grid *g, km_rect r)
{
    trouble_view *v = (trouble_view *)base;
    km_rect in = tui_header(t, g, r, "what troubles you?");
    if (v->n == 0) {
        km_grid_text_cut(g, in, 1, 1, in.w - 2, KM_ROLE_DIM,
                         "no complaint fits; the body takes any place");
        tui_cursor(g, in, 0, 0);
        return;
    }
    tui_list_place(&v->list, v->n, in.y, in.h);
    int name_w = in.w >= 60 ? 30 : in.w - 2;
    for (int i = 0; i < in.h && v->list.top + i < v->n; i++) {
        int row = v->row[v->list.top + i];
        km_role role = tui_list_row(&v->list, g, in, i, v->list.top + i);
        km_grid_role(g, in, i, 0, in.w, role);
        km_grid_text_cut(g, in, i, 1, name_w - 2, role,
                         km_topic_cell(t->atlas, KM_TOPIC_COMPLAINT, row, "name"));
        if (in.w < 60)
            continue;
        km_buf words = { 0 };
        for (const char *p = km_topic_cell(t->atlas, KM_TOPIC_COMPLAINT, row, "synonyms"); *p; p++)
            km_buf_puts(&words, *p == ';' ? ", " : (const char[]){ *p, '\0' });
        km_grid_text_cut(g, in, i, name_w, in.w - name_w - 1,
                         role == KM_ROLE_SELECTED ? role : KM_ROLE_DIM, km_buf_str(&words));
        km_buf_clear(&words);
    }
}

static void list_mouse(km_tui *t, view *base, const km_mouse *m)
{
    trouble_view *v = (trouble_view *)base;
    if (tui_list_mouse(&v->list, m, v->n))
        tui_run(t, ACT_LIST_OPEN, 0);
}

static void list_hint(km_tui *t, view *base, tui_hint *h)
{
    (void)t, (void)base;
    tui_hint_add(h, ACT_LIST_OPEN, "its caution first");
    tui_hint_add(h, ACT_NARROW, NULL);
    tui_hint_add(h, ACT_BACK, NULL);
}

static bool list_back(km_tui *t, view *base)
{
    trouble_view *v = (trouble_view *)base;
    return v->text ? narrow(t, v, "") : false;
}

static void list_clear(view *base)
{
    trouble_view *v = (trouble_view *)base;
    free(v->row);
    free(v->text);
}

static const view_ops list_ops = {
    .title = "complaints", .contexts = list_contexts, .act = list_act, .load = list_load,
    .paint = list_paint, .mouse = list_mouse, .hint = list_hint, .back = list_back,
    .clear = list_clear,
};

view *tui_trouble_new(km_tui *t)
{
    (void)t;
    trouble_view *v = km_calloc(1, sizeof *v);
    v->base.ops = &list_ops;
    v->list.rows = 20;
    return &v->base;
}
