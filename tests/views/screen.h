/** A screen without a terminal for tests: keys in, pictures out, a database of its own. */
#ifndef KNOTMAP_TESTS_SCREEN_H
#define KNOTMAP_TESTS_SCREEN_H

#include "knotmap/app.h"
#include "knotmap/tui.h"

typedef struct screen {
    char dir[64];          /**< temporary, removed with the screen */
    char db[96], state[96], config[96];
    km_app *app;
    km_tui *tui;
    km_grid grid;
    bool ascii;
} screen;

/** A fresh database and a screen of this size, the clock at 2026-11-20 12:00 UTC. */
void screen_open(screen *s, int w, int h, bool ascii);
/** Leave and start again on the same files. */
void screen_restart(screen *s);
void screen_close(screen *s);

/** Leave the screen and the app, keep the files. */
void screen_leave(screen *s);
/** Open app and screen on the files that are there. */
void screen_enter(screen *s, bool readonly);

/** Type: characters as they are, keys by name in angle brackets: "/infr<Enter>7". */
void screen_keys(screen *s, const char *script);
void screen_resize(screen *s, int w, int h);
/** The cursor is on the screen, wherever sizes lead. */
void screen_check_cursor(const screen *s);
/** The view takes every size, and is itself again at the size it had. */
void screen_every_size(screen *s);
/** Click in the middle of a text on the screen; fails when it is not there. */
void screen_click(screen *s, const char *text);
/** Paint and give the text of a line; valid until the next call. */
const char *screen_line(screen *s, int y);
/** The last line: message or hint. */
const char *screen_last(screen *s);
/** Whether the text stands anywhere on the screen. */
bool screen_has(screen *s, const char *text);
/** Marks stored for the client, newest first; clear with km_mark_list_clear. */
km_mark_list screen_marks(screen *s);

/** Compare the screen, but for the outline of the body, with NAME.txt; KM_RENEW=1 writes it. */
void screen_same(screen *s, const char *name);
/** The same with the screen's size and character set before the name: 80x24-ascii-NAME. */
void screen_picture(screen *s, const char *name);

/** A size of which pictures are kept. */
typedef struct screen_size {
    int w, h;
    bool ascii;
} screen_size;
extern const screen_size screen_sizes[4];
/** Four tests by one function; its state is the size to paint in. */
#define SCREEN_SIZES(topic, test)                                                             \
    { topic " at 80x24", test, NULL, NULL, (void *)&screen_sizes[0] },                        \
    { topic " at 80x24 in ASCII", test, NULL, NULL, (void *)&screen_sizes[1] },               \
    { topic " at 120x40", test, NULL, NULL, (void *)&screen_sizes[2] },                       \
    { topic " at 200x60 in ASCII", test, NULL, NULL, (void *)&screen_sizes[3] }

#endif
