/** The history of marks, newest first. Only the rows around the screen are read. */
#include <stdlib.h>
#include <string.h>

#include "body.h"
#include "knotmap/history.h"
#include "list.h"

/** Rows read at a time, and how many of them lie before the first on the screen. */
#define WINDOW 400
#define WINDOW_BEFORE 100

typedef struct history_view {
    view base;
    km_mark_list rows;     /**< from `first` */
    int first;
    int known;             /**< rows known to exist */
    bool complete;         /**< `known` is all of them */
    tui_list list;
    km_mark_filter filter;
    bool by_age;           /**< only what is open, longest first */
    char *narrowed;        /**< what the filter says, in words; NULL none */
    char *line;            /**< the words it was read from; NULL none */
    km_arena mem;          /**< text of the filter */
} history_view;

/** What the list asks for: the words and the order; what is open comes with its age. */
static km_mark_filter asked(const history_view *h)
{
    km_mark_filter f = h->filter;
    f.by_age = h->by_age;
    f.ages = f.open;
    return f;
}

static void fetch(km_tui *t, history_view *h, int first)
{
    km_error err = { 0 };
    km_mark_filter f = asked(h);
    int wanted = WINDOW;
    if (h->complete && first + wanted > h->known)
        wanted = h->known - first;
    bool from_end = h->complete && wanted > 0 && first > h->known / 2; /* the nearer end */
    f.limit = wanted > 0 ? wanted : WINDOW;
    f.offset = from_end ? h->known - first - wanted : first;
    f.oldest_first = from_end;
    km_mark_list_clear(&h->rows);
    if (km_app_marks(&h->rows, t->app, &f, &err) != KM_OK)
        tui_fail(t, &err);
    for (size_t i = 0, k = h->rows.n; from_end && i + 1 < k; i++) {
        km_mark swap = h->rows.row[i];
        h->rows.row[i] = h->rows.row[--k];
        h->rows.row[k] = swap;
    }
    h->first = first;
    int end = first + (int)h->rows.n;
    if ((int)h->rows.n < WINDOW) {
        h->complete = true;
        h->known = end;
    } else if (end > h->known) {
        h->known = end;
    }
}

/** Read other rows when the selection has come near the edge of those at hand. */
static void fetch_near(km_tui *t, history_view *h)
{
    int low = h->list.sel - h->list.rows, high = h->list.sel + h->list.rows;
    bool before = low < h->first && h->first > 0;
    bool after = high >= h->first + (int)h->rows.n &&
                 !(h->complete && h->first + (int)h->rows.n >= h->known);
    if (before || after)
        fetch(t, h, low > WINDOW_BEFORE ? low - WINDOW_BEFORE : 0);
}

static void load(km_tui *t, view *v)
{
    history_view *h = (history_view *)v;
    h->complete = false;
    h->known = 0;
    fetch(t, h, h->first);
    if (h->rows.n == 0 && h->first > 0)
        fetch(t, h, 0);
}

static const km_mark *selected(const history_view *h)
{
    int at = h->list.sel - h->first;
    return at >= 0 && at < (int)h->rows.n ? &h->rows.row[at] : NULL;
}

static void to_last(km_tui *t, history_view *h)
{
    km_error err = { 0 };
    if (!h->complete) {
        int64_t n;
        const km_mark_filter f = asked(h);
        if (km_app_mark_count(&n, t->app, &f, &err) != KM_OK) {
            tui_fail(t, &err);
            return;
        }
        h->known = (int)n;
        h->complete = true;
    }
    h->list.sel = h->known > 0 ? h->known - 1 : 0;
}

/** Read a filter line: a place or a kind alone, else words like "side:left kind:knot stiff". */
static km_status read_line(km_tui *t, history_view *h, const char *text, km_buf *words,
                           km_error *err)
{
    km_ref ref;
    int kind;
    km_status st = KM_OK;
    km_arena_clear(&h->mem);
    km_buf place = { 0 }; /* "l knee" as in find, "l:knee" as commands spell it */
    km_buf_puts(&place, text);
    if (place.len > 2 && (text[0] == 'l' || text[0] == 'r') && text[1] == ' ')
        place.s[1] = ':';
    h->filter = km_mark_filter_all();
    if (*text == '\0') {
        ; /* everything again */
    } else if (km_word_parse(&kind, KM_VOCAB_KIND, "kind", text, NULL) == KM_OK) {
        h->filter.kind = kind;
        km_buf_puts(words, text);
    } else if (km_atlas_resolve(&ref, t->atlas, km_buf_str(&place),
                                KM_RESOLVE_SIDE_OPEN | KM_RESOLVE_GROUP, NULL) == KM_OK) {
        if (ref.kind == KM_REF_REGION)
            h->filter.region = t->atlas->region[ref.index].code;
        else
            h->filter.muscle = ref.kind == KM_REF_MUSCLE ? t->atlas->muscle[ref.index].code
                                                         : t->atlas->group[ref.index].code;
        if (!ref.side_open && ref.side != KM_SIDE_MIDLINE)
            h->filter.side = (int)ref.side;
        km_ref_print(words, t->atlas, &ref);
    } else {
        st = km_app_filter_parse(&h->filter, &h->mem, t->app, text, err);
        bool note = h->filter.text && strcmp(h->filter.text, text) == 0;
        km_buf_printf(words, note ? "notes with \"%s\"" : "%s", text);
    }
    km_buf_clear(&place);
    return st;
}

static bool narrow(km_tui *t, void *ctx, const char *text)
{
    history_view *h = ctx;
    km_error err = { 0 };
    km_buf words = { 0 };
    km_mark_filter was = h->filter;
    km_arena mem = h->mem;
    h->mem = (km_arena){ 0 };
    if (read_line(t, h, text, &words, &err) != KM_OK) { /* it stays in the prompt */
        km_arena_clear(&h->mem);
        h->mem = mem;
        h->filter = was;
        km_buf_clear(&words);
        tui_fail(t, &err);
        return false;
    }
    km_arena_clear(&mem);
    free(h->narrowed);
    free(h->line);
    h->narrowed = words.len > 0 ? km_strdup(km_buf_str(&words)) : NULL;
    h->line = words.len > 0 ? km_strdup(text) : NULL;
    km_buf_clear(&words);
    h->list.sel = h->list.top = h->first = 0;
    load(t, &h->base);
    return true;
}

/** Keep the line under a name. */
static bool keep(km_tui *t, void *ctx, const char *name)
{
    history_view *h = ctx;
    km_error err = { 0 };
    km_buf what = { 0 };
    km_buf_printf(&what, "kept the filter %s", name);
    km_status st = km_app_filter_save(t->app, name, h->line, &err);
    bool stored = tui_done(t, st, km_buf_str(&what), &err);
    km_buf_clear(&what);
    return stored;
}

static void ask_keep(km_tui *t, history_view *h)
{
    km_buf key = { 0 };
    tui_keymap_print_first(&key, &t->keymap, ACT_NARROW);
    if (h->line)
        tui_push(t, tui_ask_new("keep this filter as:", "", keep, NULL, h));
    else
        tui_say(t, KM_ROLE_DIM, "nothing narrows the list yet: %s does", km_buf_str(&key));
    km_buf_clear(&key);
}

static void show_on_body(km_tui *t, const km_mark *m)
{
    km_mark copy = *m;
    km_arena mem = { 0 };
    km_mark_own(&copy, &mem);
    tui_pop_to_body(t); /* frees this view */
    tui_body_jump_mark(t, (body_view *)t->top, &copy);
    km_arena_clear(&mem);
}

static void act(km_tui *t, view *v, tui_action action, int arg)
{
    history_view *h = (history_view *)v;
    const km_mark *m = selected(h);
    (void)arg;
    if (action == ACT_LIST_LAST) {
        to_last(t, h);
        fetch_near(t, h);
        return;
    }
    if (tui_list_act(&h->list, action, h->known)) {
        fetch_near(t, h);
        return;
    }
    if (action == ACT_NARROW) {
        tui_push(t, tui_ask_new("show (place, kind, area: sport: quality: age:30d ...):",
                                h->line ? h->line : "", narrow, NULL, h));
        return;
    }
    if (action == ACT_FILTER_AGE) {
        h->by_age = !h->by_age;
        h->list.sel = h->list.top = h->first = 0;
        load(t, v);
        return;
    }
    if (action == ACT_FILTER_WORDS) {
        tui_push(t, tui_filter_words_new(t));
        return;
    }
    if (action == ACT_FILTER_KEPT) {
        tui_push(t, tui_filters_new(t));
        return;
    }
    if (action == ACT_FILTER_KEEP) {
        ask_keep(t, h);
        return;
    }
    if (action == ACT_COMPARE) {
        tui_push(t, tui_compare_new(t, 28));
        return;
    }
    if (!m) {
        tui_say(t, KM_ROLE_ERROR, "there is no mark here");
        return;
    }
    switch (action) {
    case ACT_LIST_OPEN: show_on_body(t, m); break;
    case ACT_LIFE: tui_push(t, tui_life_new(t, &m->place, (int)m->kind)); break;
    case ACT_REC_EDIT: tui_push(t, tui_mark_form_new(t, m)); break;
    case ACT_REC_REMOVE: tui_take_back(t, m); break;
    default: break;
    }
}

static int contexts(const view *v, tui_ctx out[VIEW_CTX_MAX])
{
    (void)v;
    out[0] = CTX_LIST;
    out[1] = CTX_RECORD;
    out[2] = CTX_LIFE;
    out[3] = CTX_FILTER;
    return 4;
}

static void paint_row(km_tui *t, km_grid *g, km_rect r, int y, const km_mark *m, bool selected_row)
{
    char at[KM_TIME_TEXT];
    km_role role = selected_row ? KM_ROLE_SELECTED : KM_ROLE_TEXT;
    km_buf s = { 0 };
    km_time_local(at, m->at);
    if (r.w < 60)
        at[10] = '\0'; /* narrow: the day is enough */
    int x = 1 + km_grid_text(g, r, y, 1, role, at) + 2;
    km_grid_printf(g, r, y, x, selected_row ? role : (km_role)tui_words_kind_role(m->kind), "%c%c",
                   km_kind_glyph(m->kind), tui_words_digit(m->intensity));
    x += 4;
    if (m->open_days >= 0) {
        km_grid_printf(g, r, y, x, role, r.w >= 60 ? "%4d d open" : "%4d d", m->open_days);
        x += r.w >= 60 ? 13 : 8;
    }
    tui_words_place(&s, t->atlas, &m->place);
    if (m->state != KM_STATE_UNSPECIFIED)
        km_buf_printf(&s, ", %s", km_word(KM_VOCAB_STATE, (int)m->state));
    int place_w = r.w >= 100 ? 50 : r.w - x;
    if (m->note && r.w < 100)
        km_buf_printf(&s, "  %s", m->note);
    km_grid_text_cut(g, r, y, x, place_w, role, km_buf_str(&s));
    if (m->note && r.w >= 100)
        km_grid_text_cut(g, r, y, x + place_w + 2, r.w - x - place_w - 2, role, m->note);
    km_buf_clear(&s);
}

static void paint(km_tui *t, view *v, km_grid *g, km_rect r)
{
    history_view *h = (history_view *)v;
    km_buf title = { 0 };
    km_buf_puts(&title, "history");
    if (h->narrowed)
        km_buf_printf(&title, " of %s", h->narrowed);
    if (h->by_age)
        km_buf_puts(&title, ", open longest first");
    if (h->complete)
        km_buf_printf(&title, ", %d mark%s", h->known, h->known == 1 ? "" : "s");
    km_rect in = tui_header(t, g, r, km_buf_str(&title));
    km_buf_clear(&title);
    if (h->known == 0) {
        km_grid_text_cut(g, in, 1, 1, in.w - 1, KM_ROLE_DIM,
                         h->narrowed ? "no mark fits"
                         : h->by_age ? "nothing is open"
                                     : "no mark is stored yet");
        return;
    }
    tui_list_place(&h->list, h->known, in.y, in.h);
    for (int i = 0; i < in.h; i++) {
        int at = h->list.top + i - h->first;
        if (at < 0 || at >= (int)h->rows.n)
            continue;
        km_role role = tui_list_row(&h->list, g, in, i, h->list.top + i);
        km_grid_role(g, in, i, 0, in.w, role);
        paint_row(t, g, in, i, &h->rows.row[at], role == KM_ROLE_SELECTED);
    }
}

static void mouse(km_tui *t, view *v, const km_mouse *m)
{
    history_view *h = (history_view *)v;
    if (tui_list_mouse(&h->list, m, h->known))
        tui_run(t, ACT_LIST_OPEN, 0);
    else
        fetch_near(t, h);
}

static void hint(km_tui *t, view *v, tui_hint *h)
{
    (void)t, (void)v;
    tui_hint_add(h, ACT_LIST_OPEN, "show on the body");
    tui_hint_add(h, ACT_REC_EDIT, NULL);
    tui_hint_add(h, ACT_REC_REMOVE, NULL);
    tui_hint_add(h, ACT_LIFE, NULL);
    tui_hint_add(h, ACT_NARROW, NULL);
    tui_hint_add(h, ACT_FILTER_WORDS, NULL);
    tui_hint_add(h, ACT_FILTER_AGE, NULL);
    tui_hint_add(h, ACT_FILTER_KEPT, NULL);
    tui_hint_add(h, ACT_FILTER_KEEP, NULL);
    tui_hint_add(h, ACT_UNDO, NULL);
    tui_hint_add(h, ACT_BACK, NULL);
}

/** Esc first goes back to the order of time, then widens a narrowed list. */
static bool back(km_tui *t, view *v)
{
    history_view *h = (history_view *)v;
    if (h->by_age) {
        act(t, v, ACT_FILTER_AGE, 0);
        return true;
    }
    if (!h->narrowed)
        return false;
    return narrow(t, h, "");
}

static void clear(view *v)
{
    history_view *h = (history_view *)v;
    km_mark_list_clear(&h->rows);
    free(h->narrowed);
    free(h->line);
    km_arena_clear(&h->mem);
}

static const view_ops ops = {
    .title = "history", .contexts = contexts, .act = act, .load = load, .paint = paint,
    .mouse = mouse, .hint = hint, .back = back, .clear = clear,
};

view *tui_history_new(km_tui *t)
{
    (void)t;
    history_view *h = km_calloc(1, sizeof *h);
    h->base.ops = &ops;
    h->filter = km_mark_filter_all();
    h->list.rows = 24;
    return &h->base;
}

view *tui_history_filtered(km_tui *t, const char *line)
{
    view *v = tui_history_new(t);
    narrow(t, v, line);
    return v;
}
