#define _GNU_SOURCE /* memfd_create */
#include "screen.h"

#include <curses.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/select.h>
#include <termios.h>
#include <unistd.h>

#include "caps.h"
#include "colors.h"
#include "knotmap/mem.h"
#include "patch.h"
#include "signals.h"

struct km_screen {
    SCREEN *curses;
    FILE *frame;              /* where ncurses writes: memory, sent to the terminal as a whole */
    km_buf out;               /* what follows the frame: modes */
    char *whole;              /* both, on their way */
    struct termios tty;       /* before */
    km_colors colors;
    km_patch patch;
    bool ascii;
    bool up;                  /* the terminal is ours now */
    bool all;                 /* the next show sends every cell */
    bool modes;               /* keypad and paste modes were sent */
    bool mouse;               /* reports are on */
    int cursor_shown;         /* 0, 1, or -1: not told yet */
    km_grid next, shown;
    cchar_t *line;            /* one row on its way */
    int line_cap;
    const char *hide, *show;  /* cursor */
    const char *keypad_on, *keypad_off;
    const char *paste_on, *paste_off;
    char *mouse_on, *mouse_off; /* owned; NULL: the terminal has none */
};

/** The bytes a crash sends, ready before it happens. */
static void prepare_crash(km_screen *s)
{
    km_buf b = { 0 };

    km_cap_add(&b, s->mouse_off);
    km_cap_add(&b, s->paste_off);
    km_cap_add(&b, s->keypad_off);
    km_cap_add(&b, km_cap("sgr0"));
    if (s->colors.on)
        km_cap_add(&b, km_cap("op"));
    km_cap_add(&b, s->show);
    const char *leave = km_cap("rmcup");
    km_cap_add(&b, leave ? leave : km_cap("clear"));
    km_buf_puts(&b, "\r");
    km_signals_crash_restore(km_buf_str(&b), b.len, &s->tty);
    km_buf_clear(&b);
}

void km_screen_bind_keys(km_input *in)
{
    static const struct {
        const char *name;
        km_key key;
    } keys[] = {
        { "kcuu1", KM_KEY_UP },        { "kcud1", KM_KEY_DOWN },       { "kcub1", KM_KEY_LEFT },
        { "kcuf1", KM_KEY_RIGHT },     { "kri", KM_KEY_SHIFT_UP },     { "kind", KM_KEY_SHIFT_DOWN },
        { "kLFT", KM_KEY_SHIFT_LEFT }, { "kRIT", KM_KEY_SHIFT_RIGHT }, { "kUP", KM_KEY_SHIFT_UP },
        { "kDN", KM_KEY_SHIFT_DOWN },  { "khome", KM_KEY_HOME },       { "kend", KM_KEY_END },
        { "kpp", KM_KEY_PAGE_UP },     { "knp", KM_KEY_PAGE_DOWN },    { "kcbt", KM_KEY_SHIFT_TAB },
        { "kbs", KM_KEY_BACKSPACE },   { "kdch1", KM_KEY_DELETE },     { "kent", KM_KEY_ENTER },
        { "kf1", KM_KEY_F1 },          { "kf2", KM_KEY_F2 },           { "kf3", KM_KEY_F3 },
        { "kf4", KM_KEY_F4 },          { "kf5", KM_KEY_F5 },           { "kf6", KM_KEY_F6 },
        { "kf7", KM_KEY_F7 },          { "kf8", KM_KEY_F8 },           { "kf9", KM_KEY_F9 },
        { "kf10", KM_KEY_F10 },        { "kf11", KM_KEY_F11 },         { "kf12", KM_KEY_F12 },
    };

    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++)
        km_input_bind(in, km_cap(keys[i].name), keys[i].key);
}

/* ---- sending ---- */

/**
 * Write to the terminal. While it takes nothing (Ctrl-S), signals are open, and one that ends the
 * program is not held up.
 */
static void write_out(const char *p, size_t n)
{
    while (n > 0) {
        const struct timespec moment = { .tv_nsec = 100000000 };
        bool ending = km_signals_end() != 0;
        fd_set to;

        FD_ZERO(&to);
        FD_SET(STDOUT_FILENO, &to);
        int ready = pselect(STDOUT_FILENO + 1, NULL, &to, NULL, ending ? &moment : NULL,
                            km_signals_open());
        if (ready < 0 && errno == EINTR)
            continue;
        ssize_t did = ready > 0 ? write(STDOUT_FILENO, p, n < 4096 ? n : 4096) : -1;
        if (did < 0)
            return; /* gone: reading it will tell */
        p += did;
        n -= (size_t)did;
    }
}

/**
 * Send what ncurses wrote, then `out`, as one write: ncurses itself writes at every change of
 * attributes, a coloured frame would arrive in hundreds of pieces.
 */
static void flush_frame(km_screen *s)
{
    int fd = fileno(s->frame);
    off_t len = lseek(fd, 0, SEEK_CUR); /* the pages stay for the next frame */

    if (len > 0) {
        s->whole = km_realloc(s->whole, (size_t)len + s->out.len, 1);
        ssize_t n = pread(fd, s->whole, (size_t)len, 0);
        size_t have = n > 0 ? (size_t)n : 0;
        memcpy(s->whole + have, km_buf_str(&s->out), s->out.len);
        write_out(s->whole, have + s->out.len);
        lseek(fd, 0, SEEK_SET);
    } else {
        write_out(km_buf_str(&s->out), s->out.len);
    }
    km_buf_reset(&s->out);
}

/** Keys at once and unechoed; Ctrl-C, Ctrl-Z and flow control stay the terminal's. */
static void set_modes(const km_screen *s)
{
    struct termios t = s->tty;

    t.c_iflag &= ~(tcflag_t)(ICRNL | INLCR | IGNCR);
    t.c_oflag &= ~(tcflag_t)ONLCR; /* ncurses counts on a line feed that only goes down */
    t.c_lflag &= ~(tcflag_t)(ICANON | ECHO | ECHONL);
    t.c_lflag |= ISIG;
    t.c_cc[VMIN] = 1;
    t.c_cc[VTIME] = 0;
    tcsetattr(STDIN_FILENO, TCSANOW, &t);
}

/* ---- start and stop ---- */

static FILE *memory_file(void)
{
    int fd = memfd_create("frame", MFD_CLOEXEC);
    FILE *f = fd >= 0 ? fdopen(fd, "w") : NULL;
    if (!f && fd >= 0)
        close(fd);
    return f;
}

km_status km_screen_open(km_screen **out, const km_term_options *opt, km_error *err)
{
    km_screen *s = km_calloc(1, sizeof *s);

    /* They lie after the first resize: the size is asked of the terminal only. */
    unsetenv("LINES");
    unsetenv("COLUMNS");
    s->frame = memory_file();
    if (s->frame && tcgetattr(STDIN_FILENO, &s->tty) == 0)
        s->curses = newterm(NULL, s->frame, stdin);
    if (!s->curses) {
        const char *term = getenv("TERM");
        if (s->frame)
            fclose(s->frame);
        free(s);
        return km_fail(err, KM_EUSAGE, "cannot open the screen on the terminal \"%s\"", term ? term : "");
    }
    typeahead(-1); /* all queued keys were read before painting: no need to look for more */
    scrollok(stdscr, FALSE);

    km_colors_start(&s->colors, !opt->no_color);
    km_patch_init(&s->patch);
    s->ascii = km_term_ascii(opt);
    s->hide = km_cap("civis");
    s->show = km_cap("cnorm");
    s->keypad_on = km_cap("smkx");
    s->keypad_off = km_cap("rmkx");
    s->paste_on = km_cap("BE");
    s->paste_off = km_cap("BD");
    km_cap_mouse(&s->mouse_on, &s->mouse_off);
    prepare_crash(s);
    km_screen_enter(s);
    *out = s;
    return KM_OK;
}

void km_screen_enter(km_screen *s)
{
    if (s->up)
        return;
    s->up = true;
    s->all = true;
    s->mouse = false;
    s->cursor_shown = -1;
    s->modes = false;
    set_modes(s);
    km_screen_resize(s);
}

void km_screen_leave(km_screen *s)
{
    if (!s->up)
        return;
    s->up = false;
    if (s->mouse)
        km_cap_add(&s->out, s->mouse_off);
    if (s->modes) {
        km_cap_add(&s->out, s->paste_off);
        km_cap_add(&s->out, s->keypad_off);
        km_cap_add(&s->out, s->show);
    }
    endwin();
    flush_frame(s);
    tcsetattr(STDIN_FILENO, TCSANOW, &s->tty);
}

void km_screen_close(km_screen *s)
{
    if (!s)
        return;
    km_screen_leave(s);
    km_signals_crash_restore(NULL, 0, NULL);
    delscreen(s->curses);
    fclose(s->frame);
    km_patch_clear(&s->patch);
    km_buf_clear(&s->out);
    free(s->whole);
    km_grid_free(&s->next);
    km_grid_free(&s->shown);
    free(s->line);
    free(s->mouse_on);
    free(s->mouse_off);
    free(s);
}

void km_screen_resize(km_screen *s)
{
    struct winsize size;

    if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) != 0 || size.ws_row == 0 || size.ws_col == 0)
        return;
    if (size.ws_row == LINES && size.ws_col == COLS)
        return;
    resize_term(size.ws_row, size.ws_col);
    s->all = true;
}

/* ---- frames ---- */

static attr_t curses_attr(uint8_t attr)
{
    return (attr & KM_ATTR_BOLD ? A_BOLD : 0) | (attr & KM_ATTR_DIM ? A_DIM : 0) |
           (attr & KM_ATTR_UNDERLINE ? A_UNDERLINE : 0) |
           (attr & KM_ATTR_REVERSE ? A_REVERSE : 0);
}

/** One row into ncurses' window. */
static void add_row(km_screen *s, int y)
{
    const km_cell *row = &s->next.cell[(size_t)y * (size_t)s->next.w];
    int n = 0;

    for (int x = 0; x < s->next.w; x++) {
        bool wide = x + 1 < s->next.w && row[x].rune != KM_RUNE_WIDE_TAIL &&
                    row[x + 1].rune == KM_RUNE_WIDE_TAIL;
        km_style style = km_colors_style(&s->colors, &row[x]);
        attr_t attr = curses_attr(style.attr);
        short pair = km_colors_pair(&s->colors, style);
        uint32_t rune[2];
        int runes;
        km_patch_runes(rune, &runes, &row[x], wide, s->ascii);
        wchar_t text[3] = { (wchar_t)rune[0], runes > 1 ? (wchar_t)rune[1] : 0, 0 };
        setcchar(&s->line[n++], text, attr, pair, NULL);
        if (wide && rune[0] == '?')
            setcchar(&s->line[n++], L" ", attr, pair, NULL);
        if (wide)
            x++;
    }
    mvwadd_wchnstr(stdscr, y, 0, s->line, n);
}

/** The whole frame, by ncurses: what the terminal shows is not known. */
static void send_all(km_screen *s)
{
    if (s->next.w > s->line_cap) {
        s->line_cap = s->next.w;
        s->line = km_realloc(s->line, (size_t)s->line_cap, sizeof *s->line);
    }
    clearok(curscr, TRUE);
    werase(stdscr);
    for (int y = 0; y < s->next.h; y++)
        add_row(s, y);
    wmove(stdscr, s->next.cursor_y, s->next.cursor_x);
    wnoutrefresh(stdscr);
    doupdate();
}

/** Modes of the terminal, behind the frame. */
static void add_modes(km_screen *s, km_tui *t)
{
    if (!s->modes) {
        s->modes = true;
        km_cap_add(&s->out, s->keypad_on);
        km_cap_add(&s->out, s->paste_on);
    }
    if (s->cursor_shown != s->next.cursor_visible) {
        s->cursor_shown = s->next.cursor_visible;
        km_cap_add(&s->out, s->cursor_shown ? s->show : s->hide);
    }
    if (s->mouse != km_tui_wants_mouse(t) && s->mouse_on) {
        s->mouse = !s->mouse;
        km_cap_add(&s->out, s->mouse ? s->mouse_on : s->mouse_off);
    }
    if (km_tui_bell(t))
        km_cap_add(&s->out, km_cap("bel"));
}

void km_screen_show(km_screen *s, km_tui *t)
{
    if (!s->up)
        return;
    if (km_tui_redraw(t))
        s->all = true;
    km_grid_resize(&s->next, COLS, LINES);
    s->next.ascii = s->ascii;
    km_tui_paint(t, &s->next);
    if (s->next.cursor_x < 0 || s->next.cursor_y < 0 || s->next.cursor_x >= s->next.w ||
        s->next.cursor_y >= s->next.h) {
        s->next.cursor_x = s->next.cursor_y = 0;
        s->next.cursor_visible = false;
    }
    if (km_colors_refresh(&s->colors, t) || s->next.w != s->shown.w || s->next.h != s->shown.h)
        s->all = true;

    if (!s->all && !km_patch_add(&s->out, &s->patch, &s->colors, &s->next, &s->shown, s->ascii)) {
        km_buf_reset(&s->out);
        s->all = true;
    }
    if (s->all)
        send_all(s);
    else if (s->out.len > 0 || s->next.cursor_x != s->shown.cursor_x ||
             s->next.cursor_y != s->shown.cursor_y)
        km_patch_move(&s->out, &s->patch, s->next.cursor_y, s->next.cursor_x);
    add_modes(s, t);
    if (s->all || s->out.len > 0)
        flush_frame(s);

    s->all = false;
    km_grid swap = s->shown;
    s->shown = s->next;
    s->next = swap;
}
