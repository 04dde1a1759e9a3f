/**
 * The screen without a terminal: keys come in, a grid goes out. State, keymaps, a stack of
 * views, prompt and palette. term turns terminal input into these keys and the grid into bytes;
 * tests drive it the same way.
 */
#ifndef KNOTMAP_TUI_H
#define KNOTMAP_TUI_H

#include <stdbool.h>
#include <stdint.h>

#include "knotmap/app.h"
#include "knotmap/draw.h"

/** Keys that are no character. Above the Unicode range. */
enum {
    KM_KEY_NONE = 0,
    KM_KEY_BASE = 0x200000,
    KM_KEY_UP, KM_KEY_DOWN, KM_KEY_LEFT, KM_KEY_RIGHT,
    KM_KEY_SHIFT_UP, KM_KEY_SHIFT_DOWN, KM_KEY_SHIFT_LEFT, KM_KEY_SHIFT_RIGHT,
    KM_KEY_HOME, KM_KEY_END, KM_KEY_PAGE_UP, KM_KEY_PAGE_DOWN,
    KM_KEY_TAB, KM_KEY_SHIFT_TAB, KM_KEY_ENTER, KM_KEY_ESC, KM_KEY_BACKSPACE, KM_KEY_DELETE,
    KM_KEY_F1, KM_KEY_F2, KM_KEY_F3, KM_KEY_F4, KM_KEY_F5, KM_KEY_F6, KM_KEY_F7, KM_KEY_F8,
    KM_KEY_F9, KM_KEY_F10, KM_KEY_F11, KM_KEY_F12,
    KM_KEY_PASTE_BEGIN, KM_KEY_PASTE_END /* bracketed paste: what lies between is text */
};
/** A Ctrl key: 1..26 for Ctrl-A .. Ctrl-Z (Tab, Enter, Esc, Backspace have their own above). */
#define KM_CTRL(c) ((uint32_t)((c)-'A' + 1))
typedef uint32_t km_key;

typedef enum km_mouse_kind {
    KM_MOUSE_PRESS, KM_MOUSE_RELEASE, KM_MOUSE_CLICK, KM_MOUSE_DOUBLE, KM_MOUSE_RIGHT,
    KM_MOUSE_WHEEL_UP, KM_MOUSE_WHEEL_DOWN, KM_MOUSE_DRAG
} km_mouse_kind;

typedef struct km_mouse {
    km_mouse_kind kind;
    int x, y;
} km_mouse;

typedef struct km_tui km_tui;

typedef struct km_tui_options {
    bool ascii;            /**< no UTF-8: ASCII twins everywhere */
    bool color;            /**< the terminal shows colour (styles differ, meaning does not) */
    bool mouse;            /**< mouse wanted at start */
    bool client_given;     /**< --client or KNOTMAP_CLIENT: the state file's client is not taken */
    const char *state_file;/**< last view, client, filters; NULL: remember nothing */
    const char *config_file;/**< key and colour settings; NULL or missing: defaults */
    double (*clock)(void);  /**< seconds that never go back; NULL: km_monotonic */
} km_tui_options;

/** Never fails: what goes wrong is shown as the first message. The app is borrowed. */
km_tui *km_tui_new(km_app *app, const km_tui_options *opt);
/** Leave every view but the body: what is under way in them is stored. */
void km_tui_leave(km_tui *t);
/** Writes the state file, frees everything but the app. */
void km_tui_free(km_tui *t);

/** One key: a KM_KEY_ value, a KM_CTRL() value, or the Unicode rune that was typed. */
void km_tui_key(km_tui *t, km_key key);
/** One event of the mouse; `x` and `y` are cells of the grid painted last, from 0. */
void km_tui_mouse(km_tui *t, const km_mouse *m);
/**
 * Time passed (timers, flashes) or another program may have written; call at km_tui_wait's pace.
 * @return whether the picture may differ from the one painted last.
 */
bool km_tui_tick(km_tui *t);
/**
 * Milliseconds until the next km_tui_tick is due: 1000 when only the data_version poll is
 * wanted, less while a timer runs or a write waits.
 */
int km_tui_wait(const km_tui *t);
/** Paint the whole screen into a grid of any size from 1x1; sets cursor_x, cursor_y. */
void km_tui_paint(km_tui *t, km_grid *g);
/** The person has left. */
bool km_tui_done(const km_tui *t);
/** Whether mouse reports are wanted now. */
bool km_tui_wants_mouse(const km_tui *t);
/** Whether a bell is due; asking clears it. */
bool km_tui_bell(km_tui *t);
/** Ctrl-L: whether a full redraw is wanted; asking clears it. */
bool km_tui_redraw(km_tui *t);
/**
 * For writes another program blocks: the loop that reads keys while app waits. term sets it;
 * it must read pending keys, repaint, and return false once Esc was pressed.
 */
void km_tui_set_waiter(km_tui *t, bool (*waiter)(void *ctx, km_tui *t, int ms), void *ctx);
/** What km_app_options.waiting should call: shows "another program is writing", asks the waiter. */
bool km_tui_app_waiting(void *tui, int ms);

/** The colour a settings file gives a role: -1 default, 0..15 the terminal's own; attributes. */
typedef struct km_look {
    int8_t fg, bg;
    bool bold, dim, underline, reverse;
} km_look;
/** The look of a role under the current settings, with colour or without. */
km_look km_tui_look(const km_tui *t, km_role role, bool color);

/** Every action for manual, palette and tests: name, default keys as text, help. */
typedef struct km_action_info {
    const char *name, *context, *keys, *help;
} km_action_info;
/** `*n` of them, constant. */
const km_action_info *km_tui_actions(int *n);

#endif
