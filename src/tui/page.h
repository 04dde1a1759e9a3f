/** A page of text one scrolls through. */
#ifndef KNOTMAP_TUI_PAGE_H
#define KNOTMAP_TUI_PAGE_H

#include "knotmap/trend.h"
#include "view.h"

/** Rows from which a screen is a tall one. */
#define TUI_TALL 36
/** Columns a bar takes before its text. */
#define TUI_PAGE_BAR 15

typedef struct tui_link tui_link;
/** Open what a line names: push a view or go to a place. */
typedef void (*tui_link_open)(km_tui *t, const tui_link *l);
/** What Enter on a line opens. */
struct tui_link {
    tui_link_open open;     /**< NULL: the line is only read */
    km_place place;
    int64_t n;              /**< what `open` is asked for besides */
    const char *text;       /**< likewise, or NULL */
};

typedef struct tui_page_line {
    km_role role;
    int indent;
    const char *text;       /**< in the page's memory; wrapped when painted */
    const char *label;      /**< stands in the indent of the first row, or NULL; not copied */
    int tag;                /**< what the page knows the line by, 0 nothing */
    double share;           /**< 0..1 paints a bar before the text; negative: none */
    tui_link link;          /**< its text is in the page's memory too */
    int y, rows;            /**< where it stands in the page, as painted last */
} tui_page_line;

typedef struct tui_page tui_page;
/** Write the page; called when records changed. */
typedef void (*tui_page_fill)(km_tui *t, tui_page *p);
/** The steps of a page that is long in the making. */
typedef struct tui_page_steps {
    void (*next)(km_tui *t, tui_page *p);   /**< adds lines; called while the page is `unfinished` */
    void (*drop)(tui_page *p);              /**< frees `work`, which may be NULL */
} tui_page_steps;

struct tui_page {
    view base;
    const char *title, *close;
    tui_page_fill fill;
    int64_t tag;            /**< what `fill` is asked for */
    void (*why)(km_tui *t, tui_page *p); /**< why the selected line says so; NULL: it gives no verdict */
    const tui_page_steps *steps; /**< NULL: `fill` writes all of it */
    void *work;             /**< of the steps */
    bool unfinished;        /**< set by `fill` and by the steps */
    bool by_height;         /**< a tall screen gets more lines: made anew when that changes */
    bool tall;              /**< what it was made for */
    tui_page_line *line;
    int n, cap;
    int top, height, rows;  /**< first line shown; lines in all and shown, at the last painting */
    int sel;                /**< the line Enter opens, of those with a link; -1 none */
    int screen_y;           /**< where it was painted last, for the mouse */
    km_arena mem;
};

/** `close` says in the hint what Enter means. */
view *tui_page_new(const char *title, tui_page_fill fill, int64_t tag, const char *close);
/** Add a paragraph; a newline at its start leaves a blank line before it. */
void tui_page_add(tui_page *p, km_role role, int indent, const char *fmt, ...)
    __attribute__((format(printf, 4, 5)));
void tui_page_bar(tui_page *p, double share, const char *fmt, ...)
    __attribute__((format(printf, 3, 4)));
/** Put a label into the indent of the line added last; it must outlive the page. */
void tui_page_label(tui_page *p, const char *label);
/** Know the line added last by a number above 0; the selected line's, 0 none. */
void tui_page_tag(tui_page *p, int tag);
int tui_page_selected_tag(const tui_page *p);
/** What a verdict says, why, and its source. */
void tui_page_judgement(km_tui *t, tui_page *p, const char *what, const km_judgement *j);
/** Give the line added last what Enter opens; text is copied. */
void tui_page_link(tui_page *p, const tui_link *l);
/** The life of a place; `kind` -1 all of the place. */
void tui_page_link_life(tui_page *p, const km_place *place, int kind);
/** The trends with this row selected: a region or place code as `trend` has it, counted by `by`. */
void tui_page_link_trend(tui_page *p, const char *key, km_side side, int by);
/** What the key of a global action shows. */
void tui_page_link_go(tui_page *p, tui_action action);
/** Whether Enter opens anything here. */
bool tui_page_has_links(const tui_page *p);
/** Forget all lines. */
void tui_page_reset(tui_page *p);
/** Paint the lines into `r`; scrolling as by `top`. */
void tui_page_paint(tui_page *p, km_grid *g, km_rect r);
/** Where the page is longer than what is shown: how to see more, for the last line. */
void tui_page_hint_more(const tui_page *p, tui_hint *h);
/** Scroll by an action of the SCROLL context; false when it is none that moves. */
bool tui_page_act(tui_page *p, tui_action action);
/** The same, and open the selected line by the action of the LINK context. */
bool tui_page_run(km_tui *t, tui_page *p, tui_action action);
/** The same, and say so where there is nothing further. */
void tui_page_turn(km_tui *t, tui_page *p, tui_action action);
/** The wheel scrolls, a click selects a line, a double click opens it. */
void tui_page_mouse(km_tui *t, tui_page *p, const km_mouse *m);
/** The contexts of a page, added to `out` from `n` on; @return how many there are now. */
int tui_page_contexts(const tui_page *p, tui_ctx *out, int n);
void tui_page_clear(tui_page *p);

#endif
