/** A page of text one scrolls through. */
#ifndef KNOTMAP_TUI_PAGE_H
#define KNOTMAP_TUI_PAGE_H

#include "view.h"

/** Columns a bar takes before its text. */
#define TUI_PAGE_BAR 15

typedef struct tui_page_line {
    km_role role;
    int indent;
    const char *text;       /**< in the page's memory; wrapped when painted */
    double share;           /**< 0..1 paints a bar before the text; negative: none */
} tui_page_line;

typedef struct tui_page tui_page;
/** Write the page; called when records changed. */
typedef void (*tui_page_fill)(km_tui *t, tui_page *p);

struct tui_page {
    view base;
    const char *title, *close;
    tui_page_fill fill;
    int64_t tag;            /**< what `fill` is asked for */
    tui_page_line *line;
    int n, cap;
    int top, height, rows;  /**< first line shown; lines in all and shown, at the last painting */
    km_arena mem;
};

/** `close` says in the hint what Enter means. */
view *tui_page_new(const char *title, tui_page_fill fill, int64_t tag, const char *close);
/** Add a paragraph; a newline at its start leaves a blank line before it. */
void tui_page_add(tui_page *p, km_role role, int indent, const char *fmt, ...)
    __attribute__((format(printf, 4, 5)));
void tui_page_bar(tui_page *p, double share, const char *fmt, ...)
    __attribute__((format(printf, 3, 4)));
/** Forget all lines. */
void tui_page_reset(tui_page *p);
/** Paint the lines into `r`; scrolling as by `top`. */
void tui_page_paint(tui_page *p, km_grid *g, km_rect r);
/** Scroll by an action of the SCROLL context; false when it is none that moves. */
bool tui_page_act(tui_page *p, tui_action action);
void tui_page_clear(tui_page *p);

#endif
