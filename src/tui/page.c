/** A page of text one scrolls through. */
#include "page.h"

#include <stdlib.h>

#include "knotmap/text.h"

__attribute__((format(printf, 5, 0)))
static tui_page_line *add(tui_page *p, km_role role, int indent, double share, const char *fmt,
                          va_list ap)
{
    km_buf b = { 0 };
    km_buf_vprintf(&b, fmt, ap);
    KM_GROW(p->line, p->n, p->cap);
    tui_page_line *l = &p->line[p->n++];
    *l = (tui_page_line){ role, indent, km_arena_strdup(&p->mem, km_buf_str(&b)), share };
    km_buf_clear(&b);
    return l;
}

void tui_page_add(tui_page *p, km_role role, int indent, const char *fmt, ...)
{
    va_list ap;
    va_start(ap, fmt);
    add(p, role, indent, -1, fmt, ap);
    va_end(ap);
}

void tui_page_bar(tui_page *p, double share, const char *fmt, ...)
{
    va_list ap;
    va_start(ap, fmt);
    add(p, KM_ROLE_TEXT, 0, share < 0 ? 0 : share, fmt, ap);
    va_end(ap);
}

void tui_page_reset(tui_page *p)
{
    p->n = 0;
    km_arena_clear(&p->mem);
}

void tui_page_clear(tui_page *p)
{
    tui_page_reset(p);
    free(p->line);
    p->line = NULL;
    p->cap = 0;
}

/** Paint one paragraph from line `y` of `r`, which may lie above it; @return its lines. */
static int paint_line(const tui_page_line *l, km_grid *g, km_rect r, int y)
{
    const char *text = l->text;
    int blank = 0, indent = l->indent;
    while (*text == '\n') {
        text++;
        blank++;
    }
    if (l->share >= 0 && r.w >= TUI_PAGE_BAR + 12) {
        if (y + blank >= 0)
            km_grid_bar(g, r, y + blank, 0, TUI_PAGE_BAR - 1, KM_ROLE_ACCENT, l->share);
        indent = TUI_PAGE_BAR;
    }
    km_rect in = { r.x + indent, r.y, r.w - indent, r.h };
    return blank + km_grid_wrap(g, in, y + blank, l->role, text);
}

void tui_page_paint(tui_page *p, km_grid *g, km_rect r)
{
    /* measured where nothing is painted, so that the end can stop at the last line */
    km_rect nowhere = { r.x, r.y, r.w, 0 };
    p->height = 0;
    for (int i = 0; i < p->n; i++)
        p->height += paint_line(&p->line[i], g, nowhere, 0);
    p->rows = r.h;
    if (p->top > p->height - r.h)
        p->top = p->height - r.h;
    if (p->top < 0)
        p->top = 0;
    int y = -p->top;
    for (int i = 0; i < p->n && y < r.h; i++)
        y += paint_line(&p->line[i], g, r, y);
    tui_cursor(g, r, 0, 0);
}

bool tui_page_act(tui_page *p, tui_action action)
{
    int page = p->rows > 1 ? p->rows - 1 : 1;
    switch (action) {
    case ACT_SCROLL_UP: p->top--; break;
    case ACT_SCROLL_DOWN: p->top++; break;
    case ACT_SCROLL_PAGE_UP: p->top -= page; break;
    case ACT_SCROLL_PAGE_DOWN: p->top += page; break;
    case ACT_SCROLL_FIRST: p->top = 0; break;
    case ACT_SCROLL_LAST: p->top = p->height; break;
    default: return false;
    }
    int most = p->height - p->rows;
    if (p->top > most)
        p->top = most;
    if (p->top < 0)
        p->top = 0;
    return true;
}

/* ---- a page that is a view of its own ---- */

static void load(km_tui *t, view *v)
{
    tui_page *p = (tui_page *)v;
    tui_page_reset(p);
    p->fill(t, p);
}

static void act(km_tui *t, view *v, tui_action action, int arg)
{
    tui_page *p = (tui_page *)v;
    (void)arg;
    int top = p->top;
    if (action == ACT_PAGE_READ)
        tui_pop(t);
    else if (tui_page_act(p, action) && p->top == top)
        tui_say(t, KM_ROLE_DIM, p->height <= p->rows ? "this is all there is"
                                : top == 0 ? "this is the beginning" : "this is the end");
}

static int contexts(const view *v, tui_ctx out[VIEW_CTX_MAX])
{
    (void)v;
    out[0] = CTX_PAGE;
    out[1] = CTX_SCROLL;
    return 2;
}

static void paint(km_tui *t, view *v, km_grid *g, km_rect r)
{
    tui_page *p = (tui_page *)v;
    km_rect in = tui_header(t, g, r, p->title);
    tui_page_paint(p, g, (km_rect){ in.x + 1, in.y + (in.h > 8), in.w - 2, in.h - (in.h > 8) });
}

static void mouse(km_tui *t, view *v, const km_mouse *m)
{
    (void)t;
    if (m->kind == KM_MOUSE_WHEEL_UP || m->kind == KM_MOUSE_WHEEL_DOWN)
        tui_page_act((tui_page *)v, m->kind == KM_MOUSE_WHEEL_UP ? ACT_SCROLL_UP : ACT_SCROLL_DOWN);
}

static void hint(km_tui *t, view *v, tui_hint *h)
{
    tui_page *p = (tui_page *)v;
    (void)t;
    tui_hint_add(h, ACT_PAGE_READ, p->close);
    if (p->height > p->rows) {
        tui_hint_add(h, ACT_SCROLL_DOWN, NULL);
        tui_hint_add(h, ACT_SCROLL_PAGE_DOWN, NULL);
    }
    tui_hint_add(h, ACT_BACK, NULL);
}

static void clear(view *v)
{
    tui_page_clear((tui_page *)v);
}

static const view_ops ops = {
    .title = "page", .contexts = contexts, .act = act, .load = load, .paint = paint,
    .mouse = mouse, .hint = hint, .clear = clear,
};

view *tui_page_new(const char *title, tui_page_fill fill, int64_t tag, const char *close)
{
    tui_page *p = km_calloc(1, sizeof *p);
    p->base.ops = &ops;
    p->title = title;
    p->fill = fill;
    p->tag = tag;
    p->close = close;
    return &p->base;
}
