/**
 * A screen that shows what it is told, in place of the real one: the terminal room's own tests
 * need no atlas and no database. Row 0 shows the last events, row 1 the counts.
 *
 * Keys: q ends · m mouse on/off · b bell · t text field on/off · e runes no terminal may get ·
 * w wide text · p palette · x waits like a blocked write · c crashes · d dies of a fault ·
 * Ctrl-L redraws · . moves a cell · z fills the lower rows with other cells every time.
 */
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "knotmap/status.h"
#include "knotmap/term.h"
#include "knotmap/tui.h"

struct km_tui {
    char events[512];
    unsigned keys, ticks;
    int paints, at;
    uint32_t filling;
    bool done, mouse, bell, redraw, field, evil, wide, palette, waiting;
    const char *waited;
    bool (*waiter)(void *ctx, km_tui *t, int ms);
    void *waiter_ctx;
};

static void note(km_tui *t, const char *what)
{
    size_t used = strlen(t->events);
    if (used > 60) {
        memmove(t->events, t->events + used - 40, 41);
        used = 40;
    }
    snprintf(t->events + used, sizeof t->events - used, " %s", what);
}

/** As app does while another program holds the database: ask the waiter every 20 ms. */
static void block(km_tui *t)
{
    t->waiting = true;
    t->waited = "passed";
    for (int ms = 0; ms < 5000; ms += 20) {
        if (t->waiter && !t->waiter(t->waiter_ctx, t, ms)) {
            t->waited = "given up";
            break;
        }
        struct timespec pause = { .tv_nsec = 20000000 };
        nanosleep(&pause, NULL);
    }
    t->waiting = false;
}

void km_tui_key(km_tui *t, km_key key)
{
    static const char *const name[] = {
        "up", "down", "left", "right", "s-up", "s-down", "s-left", "s-right", "home", "end", "pgup",
        "pgdn", "tab", "s-tab", "enter", "esc", "bs", "del", "f1", "f2", "f3", "f4", "f5", "f6", "f7",
        "f8", "f9", "f10", "f11", "f12", "paste[", "]paste",
    };
    char text[32];

    t->keys++;
    if (key > KM_KEY_BASE)
        snprintf(text, sizeof text, "%s", name[key - KM_KEY_BASE - 1]);
    else if (key < 0x20)
        snprintf(text, sizeof text, "^%c", (char)('@' + (int)key));
    else if (key < 0x7f)
        snprintf(text, sizeof text, "%c", (char)key);
    else
        snprintf(text, sizeof text, "U+%04X", (unsigned)key);
    note(t, text);
    switch (key) {
    case 'q': t->done = true; break;
    case 'm': t->mouse = !t->mouse; break;
    case 'b': t->bell = true; break;
    case 't': t->field = !t->field; break;
    case 'e': t->evil = true; break;
    case 'w': t->wide = true; break;
    case 'p': t->palette = true; break;
    case 'x': block(t); break;
    case 'c': {
        int *volatile nowhere = NULL;
        *nowhere = 1;
        break;
    }
    case 'd': km_die("a fault for the test");
    case KM_CTRL('L'): t->redraw = true; break;
    case '.': t->at++; break;
    case 'z': t->filling++; break;
    default: break;
    }
}

void km_tui_mouse(km_tui *t, const km_mouse *m)
{
    static const char *const kind[] = { "press", "release", "click", "double", "right", "wheel-up",
                                        "wheel-down", "drag" };
    char text[48];
    snprintf(text, sizeof text, "%s@%d,%d", kind[m->kind], m->x, m->y);
    note(t, text);
}

bool km_tui_tick(km_tui *t)
{
    t->ticks++;
    return true;
}

int km_tui_wait(const km_tui *t)
{
    (void)t;
    return 1000;
}

/** Cells of every kind, the same for the same seed; about half of them blank. */
static void fill(km_grid *g, uint32_t seed)
{
    static const uint32_t runes[] = { 'a', '7', '#', 0x2588, 0x28ff, 0xe9, 0x6f22, 'e' };

    for (int y = 8; y < g->h; y++) {
        for (int x = 0; x < g->w; x++) {
            seed = seed * 1664525u + 1013904223u;
            uint32_t r = seed >> 8;
            km_cell *c = km_grid_cell(g, x, y);
            if ((r & 7) < 4 || (y % 3 == 0 && x > g->w / 2))
                continue;
            c->rune = runes[(r >> 4) % 8];
            c->role = (uint8_t)((r >> 8) % KM_ROLE_COUNT);
            c->ground = (r >> 14) % 4 == 0 ? KM_ROLE_KNOT : KM_ROLE_TEXT;
            c->bold = (r >> 17) % 5 == 0;
            if (c->rune == 'e' && x + 1 < g->w) /* libvterm wraps before combining at the edge */
                c->comb = 0x301;
            if (c->rune == 0x6f22) {
                if (x + 1 == g->w) {
                    c->rune = ' ';
                    continue;
                }
                km_cell *tail = km_grid_cell(g, ++x, y);
                *tail = *c;
                tail->rune = KM_RUNE_WIDE_TAIL;
            }
        }
    }
}

void km_tui_paint(km_tui *t, km_grid *g)
{
    km_rect all = { 0, 0, g->w, g->h };

    t->paints++;
    km_grid_clear(g);
    km_grid_printf(g, all, 0, 0, KM_ROLE_BAR, "events%s.", t->events);
    km_grid_printf(g, all, 1, 0, KM_ROLE_TEXT, "size %dx%d keys %u paints-below-50 %s", g->w, g->h,
                   t->keys, t->paints < 50 ? "yes" : "no");
    if (t->waiting)
        km_grid_text(g, all, 2, 0, KM_ROLE_WARN, "waiting for another program");
    else if (t->waited)
        km_grid_printf(g, all, 2, 0, KM_ROLE_TEXT, "the wait was %s", t->waited);
    if (t->evil) {
        km_cell *c = km_grid_cell(g, 0, 3);
        for (int i = 0; c && i < 6 && i < g->w; i++)
            c[i].rune = (uint32_t[]){ 0x1b, ']', 0x9b, 0x07, 0x202e, 0x110000 }[i];
        km_grid_text(g, all, 3, 8, KM_ROLE_TEXT, "evil");
    }
    if (t->wide) {
        km_cell *c = km_grid_cell(g, 0, 4);
        if (c && g->w > 6) {
            c[0].rune = 0x6f22; /* a wide character, its tail, then a combining mark */
            c[1].rune = KM_RUNE_WIDE_TAIL;
            c[2].rune = 'e';
            c[2].comb = 0x301;
            c[3].rune = 0x6f22; /* wide without room: what a wrong width would do */
            c[4].rune = '|';
        }
    }
    if (t->palette) {
        for (int role = 0; role < KM_ROLE_COUNT; role++)
            km_grid_put(g, all, 5, role, (km_role)role, 'a');
        km_cell *c = km_grid_cell(g, 40, 5);
        if (c) {
            c->rune = '7';
            c->role = KM_ROLE_KNOT;
            c->ground = KM_ROLE_KNOT;
        }
    }
    if (t->filling)
        fill(g, t->filling);
    km_grid_put(g, all, 7, t->at % (g->w > 0 ? g->w : 1), KM_ROLE_CURSOR, '@');
    g->cursor_x = t->at % (g->w > 0 ? g->w : 1);
    g->cursor_y = 7;
    g->cursor_visible = t->field;
}

bool km_tui_done(const km_tui *t)
{
    return t->done;
}

bool km_tui_wants_mouse(const km_tui *t)
{
    return t->mouse;
}

bool km_tui_bell(km_tui *t)
{
    bool was = t->bell;
    t->bell = false;
    return was;
}

bool km_tui_redraw(km_tui *t)
{
    bool was = t->redraw;
    t->redraw = false;
    return was;
}

void km_tui_set_waiter(km_tui *t, bool (*waiter)(void *ctx, km_tui *t, int ms), void *ctx)
{
    t->waiter = waiter;
    t->waiter_ctx = ctx;
}

km_look km_tui_look(const km_tui *t, km_role role, bool color)
{
    km_look look = { .fg = -1, .bg = -1 };

    (void)t;
    if (role == KM_ROLE_BAR || role == KM_ROLE_CURSOR)
        look.reverse = true;
    if (role == KM_ROLE_KNOT) {
        look.fg = color ? 9 : -1;
        look.bold = !color;
    }
    if (role == KM_ROLE_OK)
        look.fg = color ? 2 : -1;
    if (role == KM_ROLE_WARN) {
        look.fg = color ? 3 : -1;
        look.underline = !color;
    }
    return look;
}

void km_tui_leave(km_tui *t)
{
    (void)t;
}

void km_tui_free(km_tui *t)
{
    free(t);
}

static km_tui *made;

static km_tui *make(void *ctx, km_error *err)
{
    if (ctx) {
        km_fail(err, KM_EIO, "cannot make the screen: the test asked for it");
        return NULL;
    }
    km_tui *t = calloc(1, sizeof *t);
    if (t)
        t->mouse = true;
    made = t;
    return t;
}

int main(int argc, char **argv)
{
    km_error err = { 0 };
    const char *no_color = getenv("NO_COLOR");
    km_term_options opt = { .no_color = no_color && *no_color };

    setlocale(LC_ALL, "");
    km_status st = km_term_check(&err);
    if (st == KM_OK)
        st = km_term_run(make, argc > 1 ? argv[1] : NULL, &opt, &err);
    km_tui_free(made);
    if (st != KM_OK)
        fprintf(stderr, "fake: %s\n", err.text);
    return km_status_exit(st);
}
