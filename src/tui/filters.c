/** Filters that were kept: a name and the words that narrow the history. */
#include <stdlib.h>

#include "knotmap/history.h"
#include "knotmap/text.h"
#include "list.h"
#include "page.h"

typedef struct filters_view {
    view base;
    km_saved_filter_list all;
    int *row;
    int n;
    char *text;
    tui_list list;
} filters_view;

static void fill(filters_view *v)
{
    v->n = 0;
    v->row = km_realloc(v->row, v->all.n + 1, sizeof *v->row);
    for (size_t i = 0; i < v->all.n; i++) {
        if (!v->text || km_text_contains(v->all.row[i].name, v->text) ||
            km_text_contains(v->all.row[i].text, v->text))
            v->row[v->n++] = (int)i;
    }
}

static void load(km_tui *t, view *base)
{
    filters_view *v = (filters_view *)base;
    km_error err = { 0 };
    km_saved_filter_list_clear(&v->all);
    if (km_app_filters(&v->all, t->app, &err) != KM_OK)
        tui_fail(t, &err);
    fill(v);
    tui_list_place(&v->list, v->n, v->list.y, v->list.rows);
}

static const km_saved_filter *selected(const filters_view *v)
{
    return v->list.sel >= 0 && v->list.sel < v->n ? &v->all.row[v->row[v->list.sel]] : NULL;
}

static bool narrow(km_tui *t, void *ctx, const char *text)
{
    filters_view *v = ctx;
    (void)t;
    free(v->text);
    v->text = *text ? km_strdup(text) : NULL;
    v->list.sel = v->list.top = 0;
    fill(v);
    return true;
}

/** New words for the selected filter; it stays in the prompt until they can be read. */
static bool edited(km_tui *t, void *ctx, const char *text)
{
    filters_view *v = ctx;
    const km_saved_filter *f = selected(v);
    km_error err = { 0 };
    km_buf what = { 0 };
    if (!f)
        return true;
    km_buf_printf(&what, "filter %s: %s", f->name, text);
    km_status st = km_app_filter_save(t->app, f->name, text, &err);
    bool stored = tui_done(t, st, km_buf_str(&what), &err);
    km_buf_clear(&what);
    return stored;
}

static void act(km_tui *t, view *base, tui_action action, int arg)
{
    filters_view *v = (filters_view *)base;
    const km_saved_filter *f = selected(v);
    km_error err = { 0 };
    (void)arg;
    if (tui_list_act(&v->list, action, v->n))
        return;
    if (action == ACT_NARROW) {
        tui_push(t, tui_ask_new("words of a filter:", "", narrow, narrow, v));
        return;
    }
    if (!f) {
        tui_say(t, KM_ROLE_DIM, "there is no filter here");
        return;
    }
    switch (action) {
    case ACT_LIST_OPEN: {
        char *line = km_strdup(f->text);
        tui_pop_to_body(t); /* frees this view and the history below */
        tui_push(t, tui_history_filtered(t, line));
        free(line);
        break;
    }
    case ACT_REC_EDIT: tui_push(t, tui_ask_new("filter:", f->text, edited, NULL, v)); break;
    case ACT_REC_REMOVE: {
        km_buf what = { 0 };
        km_buf_printf(&what, "took back the filter %s", f->name);
        tui_done(t, km_app_filter_remove(t->app, f->id, &err), km_buf_str(&what), &err);
        km_buf_clear(&what);
        break;
    }
    default: break;
    }
}

static int contexts(const view *base, tui_ctx out[VIEW_CTX_MAX])
{
    (void)base;
    out[0] = CTX_LIST;
    out[1] = CTX_RECORD;
    return 2;
}

static void paint(km_tui *t, view *base, km_grid *g, km_rect r)
{
    filters_view *v = (filters_view *)base;
    km_rect in = tui_header(t, g, r, "kept filters");
    if (v->n == 0) {
        km_grid_text_cut(g, in, 1, 1, in.w - 1, KM_ROLE_DIM,
                         v->text ? "no filter has these words" : "no filter is kept yet");
        tui_cursor(g, in, 0, 0);
        return;
    }
    tui_list_place(&v->list, v->n, in.y, in.h);
    int name_w = in.w / 3;
    for (int i = 0; i < in.h && v->list.top + i < v->n; i++) {
        const km_saved_filter *f = &v->all.row[v->row[v->list.top + i]];
        km_role role = tui_list_row(&v->list, g, in, i, v->list.top + i);
        km_grid_role(g, in, i, 0, in.w, role);
        km_grid_text_cut(g, in, i, 1, name_w - 2, role, f->name);
        km_grid_text_cut(g, in, i, name_w, in.w - name_w, role, f->text);
    }
}

static void mouse(km_tui *t, view *base, const km_mouse *m)
{
    filters_view *v = (filters_view *)base;
    if (tui_list_mouse(&v->list, m, v->n))
        tui_run(t, ACT_LIST_OPEN, 0);
}

static void hint(km_tui *t, view *base, tui_hint *h)
{
    (void)t, (void)base;
    tui_hint_add(h, ACT_LIST_OPEN, "use it");
    tui_hint_add(h, ACT_REC_EDIT, NULL);
    tui_hint_add(h, ACT_REC_REMOVE, NULL);
    tui_hint_add(h, ACT_NARROW, NULL);
    tui_hint_add(h, ACT_BACK, NULL);
}

static bool back(km_tui *t, view *base)
{
    filters_view *v = (filters_view *)base;
    return v->text ? narrow(t, v, "") : false;
}

static void clear(view *base)
{
    filters_view *v = (filters_view *)base;
    km_saved_filter_list_clear(&v->all);
    free(v->row);
    free(v->text);
}

static const view_ops ops = {
    .title = "kept filters", .contexts = contexts, .act = act, .load = load, .paint = paint,
    .mouse = mouse, .hint = hint, .back = back, .clear = clear,
};

view *tui_filters_new(km_tui *t)
{
    (void)t;
    filters_view *v = km_calloc(1, sizeof *v);
    v->base.ops = &ops;
    v->list.rows = 20;
    return &v->base;
}

/* ---- the words ---- */

/** The words of a vocabulary, or the codes of a topic, with commas between them. */
static void put_values(km_buf *out, const km_tui *t, int vocab, int topic)
{
    size_t n = 0;
    const char *const *word = vocab >= 0 ? km_words((km_vocab)vocab, &n) : NULL;
    int codes = topic >= 0 ? km_topic_n(t->atlas, (km_topic_kind)topic) : 0;
    bool first = true;
    for (size_t i = 0; i < n; i++) {
        if (!word[i][0])
            continue;
        km_buf_printf(out, "%s%s", first ? "" : ", ", word[i]);
        first = false;
    }
    for (int i = 0; i < codes; i++)
        km_buf_printf(out, "%s%s", i ? ", " : "",
                      km_topic_cell(t->atlas, (km_topic_kind)topic, i, "code"));
}

static void fill_words(km_tui *t, tui_page *p)
{
    static const struct { const char *word, *says; int vocab, topic; } row[] = {
        { "side:", "", KM_VOCAB_SIDE, -1 },
        { "kind:", "", KM_VOCAB_KIND, -1 },
        { "region:", "a region of the atlas: region:calf", -1, -1 },
        { "area:", "a part of the body or a group of parts: ", -1, KM_TOPIC_AREA },
        { "muscle:", "a muscle or a group: muscle:hamstrings", -1, -1 },
        { "sport:", "muscles the sport commonly loads (practice, no cause): ", -1, KM_TOPIC_SPORT },
        { "tissue:", "", KM_VOCAB_TISSUE, -1 },
        { "quality:", "how it feels; several must all be there: ", KM_VOCAB_QUALITY, -1 },
        { "cause:", "", KM_VOCAB_CAUSE, -1 },
        { "age:", "open for at least so long: age:30d, age:3w", -1, -1 },
        { "since:", "from this time on: since:4w, since:2026-11-01", -1, -1 },
        { "until:", "before this time; a day is included", -1, -1 },
        { "min:", "at least so strong: min:5", -1, -1 },
        { "session:", "of this session, by its number", -1, -1 },
        { "open", "the latest of each place and kind, unless it is gone", -1, -1 },
    };
    tui_page_add(p, KM_ROLE_TEXT, 0, "Words are joined: each leaves fewer marks. A place or a kind "
                 "may stand alone. What is no word is looked for in the notes.");
    for (size_t i = 0; i < sizeof row / sizeof row[0]; i++) {
        km_buf s = { 0 };
        km_buf_printf(&s, "%-9s%s", row[i].word, row[i].says);
        put_values(&s, t, row[i].vocab, row[i].topic);
        tui_page_add(p, KM_ROLE_TEXT, 0, "%s%s", i ? "" : "\n", km_buf_str(&s));
        km_buf_clear(&s);
    }
}

view *tui_filter_words_new(km_tui *t)
{
    (void)t;
    return tui_page_new("words of a filter", fill_words, 0, "close");
}
