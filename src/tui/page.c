/** A page of text one scrolls through. */
#include "page.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>

__attribute__((format(printf, 5, 0)))
static tui_page_line *add(tui_page *p, km_role role, int indent, double share, const char *fmt,
                          va_list ap)
{
    km_buf b = { 0 };
    km_buf_vprintf(&b, fmt, ap);
    KM_GROW(p->line, p->n, p->cap);
    tui_page_line *l = &p->line[p->n++];
    *l = (tui_page_line){ .role = role, .indent = indent, .share = share,
                          .text = km_arena_strdup(&p->mem, km_buf_str(&b)) };
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

void tui_page_label(tui_page *p, const char *label)
{
    if (p->n > 0)
        p->line[p->n - 1].label = label;
}

/* ---- what a line opens ---- */

void tui_page_link(tui_page *p, const tui_link *l)
{
    if (p->n == 0)
        return;
    tui_link *own = &p->line[p->n - 1].link;
    *own = *l;
    own->place.region = km_arena_strdup(&p->mem, l->place.region);
    own->place.muscle = km_arena_strdup(&p->mem, l->place.muscle);
    own->text = km_arena_strdup(&p->mem, l->text);
}

static void open_life(km_tui *t, const tui_link *l)
{
    tui_push(t, tui_life_new(t, &l->place, (int)l->n));
}

void tui_page_link_life(tui_page *p, const km_place *place, int kind)
{
    tui_page_link(p, &(tui_link){ .open = open_life, .place = *place, .n = kind });
}

static void open_trend(km_tui *t, const tui_link *l)
{
    tui_push(t, tui_trends_at(t, (int)l->n, l->text, l->place.side));
}

void tui_page_link_trend(tui_page *p, const char *key, km_side side, int by)
{
    tui_page_link(p, &(tui_link){ .open = open_trend, .place.side = side, .n = by, .text = key });
}

/** On top of the page, so that Esc comes back to it. */
static void open_go(km_tui *t, const tui_link *l)
{
    switch ((tui_action)l->n) {
    case ACT_GO_DAY: tui_push(t, tui_day_new(t)); break;
    case ACT_GO_HISTORY: tui_push(t, tui_history_new(t)); break;
    case ACT_GO_TRENDS: tui_push(t, tui_trends_new(t)); break;
    case ACT_GO_SUMMARY: tui_push(t, tui_summary_new(t)); break;
    case ACT_GO_VISIT: tui_push(t, tui_visit_new(t)); break;
    case ACT_GO_CLIENTS: tui_push(t, tui_clients_new(t)); break;
    case ACT_TREND_PATTERNS: tui_push(t, tui_patterns_new(t)); break;
    default: tui_run(t, (tui_action)l->n, 0); break;
    }
}

void tui_page_link_go(tui_page *p, tui_action action)
{
    tui_page_link(p, &(tui_link){ .open = open_go, .n = action });
}

bool tui_page_has_links(const tui_page *p)
{
    for (int i = 0; i < p->n; i++) {
        if (p->line[i].link.open)
            return true;
    }
    return false;
}

/** Whether the line's first row is in sight. */
static bool in_sight(const tui_page *p, int i)
{
    return p->line[i].y >= p->top && p->line[i].y < p->top + p->rows;
}

/** The next line with a link from `i` on by `step`, -1 when there is none. */
static int next_link(const tui_page *p, int i, int step)
{
    for (; i >= 0 && i < p->n; i += step) {
        if (p->line[i].link.open)
            return i;
    }
    return -1;
}

/** Select what is in sight when the selected line no longer is. */
static void keep_in_sight(tui_page *p, int step)
{
    if (p->sel >= 0 && p->sel < p->n && p->line[p->sel].link.open && in_sight(p, p->sel))
        return;
    int i = next_link(p, step > 0 ? 0 : p->n - 1, step);
    while (i >= 0 && !in_sight(p, i))
        i = next_link(p, i + step, step);
    if (i >= 0)
        p->sel = i;
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
static int paint_line(const tui_page_line *l, km_grid *g, km_rect r, int y, bool chosen)
{
    const char *text = l->text;
    km_role role = chosen ? KM_ROLE_SELECTED : l->role;
    int blank = 0, indent = l->indent;
    while (*text == '\n') {
        text++;
        blank++;
    }
    for (int row = 0; chosen && row < l->rows; row++) {
        if (y + blank + row >= 0)
            km_grid_role(g, r, y + blank + row, 0, r.w, role);
    }
    if (l->share >= 0 && r.w >= TUI_PAGE_BAR + 12) {
        if (y + blank >= 0)
            km_grid_bar(g, r, y + blank, 0, TUI_PAGE_BAR - 1, KM_ROLE_ACCENT, l->share);
        indent = TUI_PAGE_BAR;
    }
    if (l->label && y + blank >= 0)
        km_grid_text_cut(g, r, y + blank, 0, indent - 1, chosen ? role : KM_ROLE_DIM, l->label);
    km_rect in = { r.x + indent, r.y, r.w - indent, r.h };
    return blank + km_grid_wrap(g, in, y + blank, role, text);
}

/** Measure where nothing is painted, so that the end can stop at the last line. */
static void measure(tui_page *p, km_grid *g, km_rect r)
{
    km_rect nowhere = { r.x, r.y, r.w, 0 };
    p->height = 0;
    for (int i = 0; i < p->n; i++) {
        tui_page_line *l = &p->line[i];
        int blank = (int)strspn(l->text, "\n");
        int lines = paint_line(l, g, nowhere, 0, false);
        l->y = p->height + blank;
        l->rows = lines - blank;
        p->height += lines;
    }
}

void tui_page_paint(tui_page *p, km_grid *g, km_rect r)
{
    measure(p, g, r);
    p->rows = r.h;
    p->screen_y = r.y;
    if (p->top > p->height - r.h)
        p->top = p->height - r.h;
    if (p->top < 0)
        p->top = 0;
    keep_in_sight(p, 1);
    tui_cursor(g, r, 0, 0);
    int y = -p->top;
    for (int i = 0; i < p->n && y < r.h; i++) {
        bool chosen = i == p->sel && p->line[i].link.open != NULL;
        if (chosen && in_sight(p, i))
            tui_cursor(g, r, p->line[i].y - p->top, 0);
        y += paint_line(&p->line[i], g, r, y, chosen);
    }
}

/** A line up or down: to the next line with a link, scrolling until it is whole in sight. */
static void step(tui_page *p, int by)
{
    int next = p->sel >= 0 && p->sel < p->n ? next_link(p, p->sel + by, by) : -1;
    const tui_page_line *l = next >= 0 ? &p->line[next] : NULL;
    bool whole = l && l->y >= p->top && l->y + l->rows <= p->top + p->rows;
    if (!whole)
        p->top += by;
    if (l && (whole || in_sight(p, next)))
        p->sel = next;
}

bool tui_page_act(tui_page *p, tui_action action)
{
    int page = p->rows > 1 ? p->rows - 1 : 1, way = 1;
    switch (action) {
    case ACT_SCROLL_UP: step(p, way = -1); break;
    case ACT_SCROLL_DOWN: step(p, 1); break;
    case ACT_SCROLL_PAGE_UP: p->top -= page; way = -1; break;
    case ACT_SCROLL_PAGE_DOWN: p->top += page; break;
    case ACT_SCROLL_FIRST: p->top = 0; break;
    case ACT_SCROLL_LAST: p->top = p->height; way = -1; break;
    default: return false;
    }
    int most = p->height - p->rows;
    if (p->top > most)
        p->top = most;
    if (p->top < 0)
        p->top = 0;
    if (action == ACT_SCROLL_FIRST || action == ACT_SCROLL_LAST)
        p->sel = -1;
    keep_in_sight(p, way);
    return true;
}

bool tui_page_run(km_tui *t, tui_page *p, tui_action action)
{
    if (action != ACT_LINK_OPEN)
        return tui_page_act(p, action);
    if (p->sel < 0 || p->sel >= p->n || !p->line[p->sel].link.open || !in_sight(p, p->sel)) {
        tui_say(t, KM_ROLE_DIM, "no line in sight opens anything");
        return true;
    }
    /* the page may be gone before its text is read to the end */
    km_arena mem = { 0 };
    tui_link l = p->line[p->sel].link;
    l.place.region = km_arena_strdup(&mem, l.place.region);
    l.place.muscle = km_arena_strdup(&mem, l.place.muscle);
    l.text = km_arena_strdup(&mem, l.text);
    l.open(t, &l);
    km_arena_clear(&mem);
    return true;
}

void tui_page_mouse(km_tui *t, tui_page *p, const km_mouse *m)
{
    if (m->kind == KM_MOUSE_WHEEL_UP || m->kind == KM_MOUSE_WHEEL_DOWN) {
        tui_page_act(p, m->kind == KM_MOUSE_WHEEL_UP ? ACT_SCROLL_UP : ACT_SCROLL_DOWN);
        return;
    }
    int y = p->top + m->y - p->screen_y;
    if (m->kind == KM_MOUSE_RELEASE || m->y < p->screen_y || m->y >= p->screen_y + p->rows)
        return;
    for (int i = 0; i < p->n; i++) {
        const tui_page_line *l = &p->line[i];
        if (!l->link.open || y < l->y || y >= l->y + l->rows)
            continue;
        p->sel = i;
        if (m->kind == KM_MOUSE_DOUBLE)
            tui_run(t, ACT_LINK_OPEN, 0);
        return;
    }
}

int tui_page_contexts(const tui_page *p, tui_ctx *out, int n)
{
    out[n++] = CTX_SCROLL;
    if (tui_page_has_links(p))
        out[n++] = CTX_LINK;
    return n;
}

/* ---- a page that is a view of its own ---- */

static void drop_work(tui_page *p)
{
    if (p->steps)
        p->steps->drop(p);
    p->work = NULL;
    p->unfinished = false;
}

static void say_unfinished(tui_page *p)
{
    if (p->unfinished)
        tui_page_add(p, KM_ROLE_DIM, 0, "reading on");
}

static void load(km_tui *t, view *v)
{
    tui_page *p = (tui_page *)v;
    drop_work(p);
    tui_page_reset(p);
    p->tall = t->h >= TUI_TALL;
    p->fill(t, p);
    say_unfinished(p);
}

/** One step a tick: keys that come meanwhile are taken between two steps. */
static bool tick(km_tui *t, view *v)
{
    tui_page *p = (tui_page *)v;
    if (!p->unfinished)
        return false;
    p->n--; /* the line that says so */
    p->steps->next(t, p);
    say_unfinished(p);
    return true;
}

static int wait(const km_tui *t, const view *v)
{
    (void)t;
    return ((const tui_page *)v)->unfinished ? 1 : INT_MAX;
}

void tui_page_turn(km_tui *t, tui_page *p, tui_action action)
{
    int top = p->top, sel = p->sel;
    if (action == ACT_LINK_OPEN)
        tui_page_run(t, p, action);
    else if (tui_page_act(p, action) && p->top == top && p->sel == sel)
        tui_say(t, KM_ROLE_DIM, p->height <= p->rows ? "this is all there is"
                                : top == 0 ? "this is the beginning" : "this is the end");
}

static void act(km_tui *t, view *v, tui_action action, int arg)
{
    (void)arg;
    tui_page *p = (tui_page *)v;
    if (action == ACT_PAGE_READ)
        tui_pop(t);
    else if (action == ACT_REASON && p->why)
        p->why(t, p);
    else
        tui_page_turn(t, (tui_page *)v, action);
}

static int contexts(const view *v, tui_ctx out[VIEW_CTX_MAX])
{
    const tui_page *p = (const tui_page *)v;
    int n = 0;
    if (!tui_page_has_links(p)) /* else Enter opens a line, and Esc closes */
        out[n++] = CTX_PAGE;
    if (p->why)
        out[n++] = CTX_REASON;
    return tui_page_contexts(p, out, n);
}

static void paint(km_tui *t, view *v, km_grid *g, km_rect r)
{
    tui_page *p = (tui_page *)v;
    km_rect in = tui_header(t, g, r, p->title);
    if (p->by_height && p->tall != (t->h >= TUI_TALL))
        load(t, v);
    int gap = in.h > 8 && (!p->by_height || p->tall);
    tui_page_paint(p, g, (km_rect){ in.x + 1, in.y + gap, in.w - 2, in.h - gap });
}

static void mouse(km_tui *t, view *v, const km_mouse *m)
{
    tui_page_mouse(t, (tui_page *)v, m);
}

void tui_page_tag(tui_page *p, int tag)
{
    p->line[p->n - 1].tag = tag;
}

int tui_page_selected_tag(const tui_page *p)
{
    return p->sel >= 0 && p->sel < p->n ? p->line[p->sel].tag : 0;
}

void tui_page_judgement(km_tui *t, tui_page *p, const char *what, const km_judgement *j)
{
    km_buf why = { 0 };
    km_measure nrs;
    km_judgement_why(&why, t->atlas, j);
    tui_page_add(p, KM_ROLE_TITLE, 0, "%s: %s%s%s", what,
                 j->verdict == KM_VERDICT_TOO_FEW ? "too few" : km_verdict_word(j->verdict),
                 j->size == KM_SIZE_NONE ? "" : ", ", km_size_word(j->size));
    tui_page_add(p, KM_ROLE_TEXT, 0, "\n%s", km_buf_str(&why));
    if (j->verdict == KM_VERDICT_TOO_FEW && km_measure_get(&nrs, t->atlas, "nrs"))
        tui_page_add(p, KM_ROLE_TEXT, 0, "Rule: %s.", nrs.source);
    km_buf_clear(&why);
}

void tui_page_hint_more(const tui_page *p, tui_hint *h)
{
    if (p->height <= p->rows)
        return;
    tui_hint_add(h, ACT_SCROLL_DOWN, "next line");
    tui_hint_add(h, ACT_SCROLL_PAGE_DOWN, NULL);
}

static void hint(km_tui *t, view *v, tui_hint *h)
{
    tui_page *p = (tui_page *)v;
    (void)t;
    if (tui_page_has_links(p))
        tui_hint_add(h, ACT_LINK_OPEN, NULL);
    else
        tui_hint_add(h, ACT_PAGE_READ, p->close);
    if (p->why)
        tui_hint_add(h, ACT_REASON, NULL);
    if (p->height > p->rows) {
        tui_hint_add(h, ACT_SCROLL_DOWN, NULL);
        tui_hint_add(h, ACT_SCROLL_PAGE_DOWN, NULL);
    }
    tui_hint_add(h, ACT_BACK, NULL);
}

static void clear(view *v)
{
    drop_work((tui_page *)v);
    tui_page_clear((tui_page *)v);
}

static const view_ops ops = {
    .title = "page", .contexts = contexts, .act = act, .load = load, .paint = paint,
    .mouse = mouse, .hint = hint, .clear = clear, .tick = tick, .wait = wait,
};

view *tui_page_new(const char *title, tui_page_fill fill, int64_t tag, const char *close)
{
    tui_page *p = km_calloc(1, sizeof *p);
    p->base.ops = &ops;
    p->title = title;
    p->fill = fill;
    p->tag = tag;
    p->close = close;
    p->sel = -1;
    return &p->base;
}
