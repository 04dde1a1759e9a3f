/**
 * A terminal for tests: a program in a pseudo-terminal, its output read by libvterm. Nothing
 * sleeps: every wait ends with what was waited for, or fails at its deadline.
 */
#ifndef KM_TESTS_PT_H
#define KM_TESTS_PT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>
#include <termios.h>
#include <vterm.h>

/** Longer than anything takes, also under sanitizers on a busy machine. */
#define PT_DEADLINE_MS 20000

typedef struct pt {
    pid_t pid;
    int fd;              /* our end; -1 once closed */
    VTerm *vt;
    VTermScreen *screen;
    int rows, cols;
    struct termios tty;  /* modes before the program started */
    bool alt, cursor_visible;
    int bells;
    int cursor_x, cursor_y;
    char *log;           /* every byte the program sent */
    size_t log_len, log_cap;
    size_t fed;          /* bytes of it libvterm has seen: it loses a character cut in two */
    size_t mark;         /* start of what pt_new_* looks at */
    bool hung_up;        /* the other end is closed */
} pt;

/**
 * Start a program.
 *
 * @param argv  NULL-terminated, argv[0] a path.
 * @param env   NULL-terminated "NAME=value", on top of TERM=xterm-256color, LC_ALL=C.UTF-8, PATH
 *              and what sanitizers need; "NAME" alone removes one. May be NULL.
 */
pt *pt_start(const char *const *argv, const char *const *env, int rows, int cols);
/** Kill what still runs, free all. */
void pt_free(pt *p);

void pt_send_bytes(pt *p, const char *bytes, size_t n);
void pt_send(pt *p, const char *text);
void pt_resize(pt *p, int rows, int cols);

/** Read what comes within `ms`; false when nothing came. */
bool pt_read(pt *p, int ms);
/** Read until the screen shows `text`; false at the deadline or when the program ended. */
bool pt_wait(pt *p, const char *text);
/** Read until the screen does not show `text`. */
bool pt_wait_gone(pt *p, const char *text);
/** Read until `text` comes in the bytes since pt_mark. */
bool pt_wait_bytes(pt *p, const char *text);
/** Read until nothing came for `quiet` ms. */
void pt_settle(pt *p, int quiet);
/** The program's wait status once it ended; -1 at the deadline. Reads the rest of its output. */
int pt_end(pt *p);

/** From here on counts as new. */
void pt_mark(pt *p);
size_t pt_new_len(const pt *p);
bool pt_new_has(const pt *p, const char *text);

/** One row as UTF-8, trailing blanks cut; valid until the next call. */
const char *pt_row(pt *p, int y);
/** The whole screen; valid until the next call. */
const char *pt_text(pt *p);
bool pt_shows(pt *p, const char *text);
VTermScreenCell pt_cell(pt *p, int x, int y);
/** Where `text` stands; false when it does not. Columns count cells. */
bool pt_find(pt *p, const char *text, int *x, int *y);

/**
 * Whether mouse reports (mode 1000) are on; read from the bytes, since libvterm 0.1 sees only the
 * first mode of "?1006;1000h".
 */
bool pt_mouse_on(const pt *p);
/** Whether main screen, cursor, mouse and terminal modes are as before the program. */
bool pt_restored(pt *p);
/** Whether the bytes since pt_mark hold a colour: SGR 30-49 or 90-107 (39 and 49 reset). */
bool pt_new_has_color(const pt *p);

int64_t pt_now_ms(void);

#endif
