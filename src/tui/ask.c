/** One line asked for: a name to confirm, a text to narrow a list by. */
#include <stdlib.h>

#include "field.h"
#include "view.h"

typedef struct ask_view {
    view base;
    char *label;
    tui_field text;
    ask_done done;
    ask_done change;   /**< called as the text changes; NULL when only the end matters */
    void *ctx;
} ask_view;

static bool key(km_tui *t, view *v, km_key k)
{
    ask_view *a = (ask_view *)v;
    if (k == KM_KEY_ENTER) {
        km_buf text = { 0 };
        km_buf_puts(&text, km_buf_str(&a->text.text));
        if (a->done(t, a->ctx, km_buf_str(&text)) && t->top == v)
            tui_pop(t);
        km_buf_clear(&text);
        return true;
    }
    if (k == KM_KEY_ESC) {
        if (a->change)
            a->change(t, a->ctx, "");
        tui_pop(t);
        return true;
    }
    if (k == KM_CTRL('L')) {
        t->redraw = true;
        return true;
    }
    if (tui_field_key(&a->text, k, KM_NAME_MAX) && a->change)
        a->change(t, a->ctx, km_buf_str(&a->text.text));
    return true;
}

static void paint(km_tui *t, view *v, km_grid *g, km_rect r)
{
    ask_view *a = (ask_view *)v;
    (void)t;
    km_rect line = { r.x, r.y + r.h - 1, r.w, 1 };
    km_grid_fill(g, line, KM_ROLE_TEXT, ' ');
    int x = km_grid_text(g, line, 0, 1, KM_ROLE_TITLE, a->label);
    tui_field_paint(g, line, 0, x + 2, &a->text, true);
}

static void act(km_tui *t, view *v, tui_action action, int arg)
{
    (void)t, (void)v, (void)action, (void)arg; /* all keys are taken above */
}

static void hint(km_tui *t, view *v, tui_hint *h)
{
    (void)t, (void)v;
    tui_hint_fixed(h, "Enter takes it  Esc back");
}

static void clear(view *v)
{
    ask_view *a = (ask_view *)v;
    tui_field_clear(&a->text);
    free(a->label);
}

static const view_ops ops = {
    .title = "ask", .overlay = true, .key = key, .act = act, .paint = paint, .hint = hint,
    .clear = clear,
};

view *tui_ask_new(const char *label, const char *text, ask_done done, ask_done change, void *ctx)
{
    ask_view *a = km_calloc(1, sizeof *a);
    a->base.ops = &ops;
    a->label = km_strdup(label);
    a->done = done;
    a->change = change;
    a->ctx = ctx;
    tui_field_set(&a->text, text);
    return &a->base;
}
