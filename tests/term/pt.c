/* memmem */
#define _GNU_SOURCE
#include "pt.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pty.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>
#include <utmp.h>

int64_t pt_now_ms(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

static void must(bool ok, const char *what)
{
    if (!ok) {
        fprintf(stderr, "pt: %s: %s\n", what, strerror(errno));
        abort();
    }
}

/* ---- libvterm's side ---- */

static int on_property(VTermProp prop, VTermValue *v, void *user)
{
    pt *p = user;
    switch (prop) {
    case VTERM_PROP_ALTSCREEN: p->alt = v->boolean; break;
    case VTERM_PROP_CURSORVISIBLE: p->cursor_visible = v->boolean; break;
    default: break;
    }
    return 1;
}

static int on_cursor(VTermPos pos, VTermPos old, int visible, void *user)
{
    pt *p = user;
    (void)old;
    (void)visible;
    p->cursor_x = pos.col;
    p->cursor_y = pos.row;
    return 1;
}

static int on_bell(void *user)
{
    ((pt *)user)->bells++;
    return 1;
}

static const VTermScreenCallbacks callbacks = {
    .settermprop = on_property,
    .movecursor = on_cursor,
    .bell = on_bell,
};

/* ---- start and end ---- */

static void child_environment(const char *const *env)
{
    static const char *const keep[] = { "PATH", "ASAN_OPTIONS", "LSAN_OPTIONS", "UBSAN_OPTIONS", "TMPDIR" };
    char *kept[sizeof keep / sizeof *keep];

    for (size_t i = 0; i < sizeof keep / sizeof *keep; i++) {
        const char *v = getenv(keep[i]);
        kept[i] = v ? strdup(v) : NULL;
    }
    clearenv();
    for (size_t i = 0; i < sizeof keep / sizeof *keep; i++) {
        if (kept[i])
            setenv(keep[i], kept[i], 1);
    }
    /* The tests look at what the program does with these signals. */
    setenv("ASAN_OPTIONS", "handle_segv=0:handle_abort=0:handle_sigbus=0:handle_sigfpe=0:handle_sigill=0", 1);
    setenv("TERM", "xterm-256color", 1);
    setenv("LC_ALL", "C.UTF-8", 1);
    setenv("HOME", "/nonexistent", 1);
    for (; env && *env; env++) {
        char *copy = strdup(*env);
        char *eq = strchr(copy, '=');
        if (eq) {
            *eq = '\0';
            setenv(copy, eq + 1, 1);
        } else {
            unsetenv(copy);
        }
        free(copy);
    }
}

pt *pt_start(const char *const *argv, const char *const *env, int rows, int cols)
{
    pt *p = calloc(1, sizeof *p);
    must(p != NULL, "memory");
    struct winsize size = { .ws_row = (unsigned short)rows, .ws_col = (unsigned short)cols };

    p->rows = rows;
    p->cols = cols;
    p->cursor_visible = true;
    p->vt = vterm_new(rows, cols);
    vterm_set_utf8(p->vt, 1);
    p->screen = vterm_obtain_screen(p->vt);
    vterm_screen_set_callbacks(p->screen, &callbacks, p);
    vterm_screen_enable_altscreen(p->screen, 1);
    vterm_screen_reset(p->screen, 1);

    /* A login shell's modes, so that "as before" means something. */
    memset(&p->tty, 0, sizeof p->tty);
    p->tty.c_iflag = ICRNL | IXON;
    p->tty.c_oflag = OPOST | ONLCR;
    p->tty.c_cflag = CS8 | CREAD;
    p->tty.c_lflag = ISIG | ICANON | ECHO | ECHOE | ECHOK | IEXTEN;
    p->tty.c_cc[VINTR] = 3;
    p->tty.c_cc[VQUIT] = 28;
    p->tty.c_cc[VERASE] = 127;
    p->tty.c_cc[VKILL] = 21;
    p->tty.c_cc[VEOF] = 4;
    p->tty.c_cc[VSTART] = 17;
    p->tty.c_cc[VSTOP] = 19;
    p->tty.c_cc[VSUSP] = 26;
    p->tty.c_cc[VMIN] = 1;
    cfsetispeed(&p->tty, B38400);
    cfsetospeed(&p->tty, B38400);

    int inner;
    must(openpty(&p->fd, &inner, NULL, &p->tty, &size) == 0, "openpty");
    must(tcgetattr(inner, &p->tty) == 0, "tcgetattr"); /* as the kernel keeps them */
    must(fcntl(p->fd, F_SETFD, FD_CLOEXEC) == 0, "fcntl");
    p->pid = fork();
    must(p->pid >= 0, "fork");
    if (p->pid == 0) {
        must(login_tty(inner) == 0, "login_tty");
        signal(SIGHUP, SIG_DFL);
        signal(SIGINT, SIG_DFL);
        child_environment(env);
        execv(argv[0], (char *const *)(uintptr_t)argv);
        fprintf(stderr, "cannot run %s: %s\n", argv[0], strerror(errno));
        _exit(127);
    }
    close(inner);
    return p;
}

void pt_free(pt *p)
{
    if (!p)
        return;
    if (p->fd >= 0)
        close(p->fd);
    if (p->pid > 0) {
        kill(p->pid, SIGKILL);
        waitpid(p->pid, NULL, 0);
    }
    vterm_free(p->vt);
    free(p->log);
    free(p);
}

int pt_end(pt *p)
{
    int64_t end = pt_now_ms() + PT_DEADLINE_MS;
    int status;

    while (pt_now_ms() < end) {
        if (!p->hung_up)
            pt_read(p, 5);
        pid_t got = waitpid(p->pid, &status, p->hung_up ? 0 : WNOHANG);
        if (got == p->pid) {
            p->pid = 0;
            while (!p->hung_up && pt_read(p, 0))
                ;
            return status;
        }
    }
    return -1;
}

/* ---- bytes ---- */

void pt_send_bytes(pt *p, const char *bytes, size_t n)
{
    while (n > 0) {
        ssize_t did = write(p->fd, bytes, n);
        if (did < 0 && errno == EINTR)
            continue;
        must(did > 0, "write to the terminal");
        bytes += did;
        n -= (size_t)did;
    }
}

void pt_send(pt *p, const char *text)
{
    pt_send_bytes(p, text, strlen(text));
}

void pt_resize(pt *p, int rows, int cols)
{
    struct winsize size = { .ws_row = (unsigned short)rows, .ws_col = (unsigned short)cols };
    p->rows = rows;
    p->cols = cols;
    vterm_set_size(p->vt, rows, cols);
    must(ioctl(p->fd, TIOCSWINSZ, &size) == 0, "set the size");
}

/** How many of `n` bytes end with a whole UTF-8 character. */
static size_t whole_characters(const char *s, size_t n)
{
    for (size_t back = 1; back <= 3 && back <= n; back++) {
        unsigned char c = (unsigned char)s[n - back];
        if (c < 0x80)
            return n;
        if (c >= 0xc0) {
            size_t want = c >= 0xf0 ? 4 : c >= 0xe0 ? 3 : 2;
            return back < want ? n - back : n;
        }
    }
    return n;
}

bool pt_read(pt *p, int ms)
{
    struct pollfd in = { .fd = p->fd, .events = POLLIN };
    char buf[16384];

    if (p->hung_up || p->fd < 0 || poll(&in, 1, ms) <= 0)
        return false;
    ssize_t n = read(p->fd, buf, sizeof buf);
    if (n <= 0) {
        p->hung_up = n == 0 || (errno != EINTR && errno != EAGAIN);
        return false;
    }
    if (p->log_len + (size_t)n + 1 > p->log_cap) {
        p->log_cap = (p->log_len + (size_t)n + 1) * 2;
        p->log = realloc(p->log, p->log_cap);
        must(p->log != NULL, "memory");
    }
    memcpy(p->log + p->log_len, buf, (size_t)n);
    p->log_len += (size_t)n;
    p->log[p->log_len] = '\0';
    size_t whole = whole_characters(p->log, p->log_len);
    vterm_input_write(p->vt, p->log + p->fed, whole - p->fed);
    p->fed = whole;
    return true;
}

static bool wait_until(pt *p, bool (*seen)(pt *, const char *), bool want, const char *text)
{
    int64_t end = pt_now_ms() + PT_DEADLINE_MS;

    while (seen(p, text) != want) {
        if (pt_now_ms() > end || p->hung_up) {
            fprintf(stderr, "waited for %s\"%s\"; the screen:\n%s\n", want ? "" : "no ", text, pt_text(p));
            return false;
        }
        pt_read(p, 20);
    }
    return true;
}

bool pt_wait(pt *p, const char *text)
{
    return wait_until(p, pt_shows, true, text);
}

bool pt_wait_gone(pt *p, const char *text)
{
    return wait_until(p, pt_shows, false, text);
}

static bool new_has(pt *p, const char *text)
{
    return pt_new_has(p, text);
}

bool pt_wait_bytes(pt *p, const char *text)
{
    return wait_until(p, new_has, true, text);
}

void pt_settle(pt *p, int quiet)
{
    int64_t end = pt_now_ms() + PT_DEADLINE_MS;
    while (pt_read(p, quiet) && pt_now_ms() < end)
        ;
}

void pt_mark(pt *p)
{
    p->mark = p->log_len;
}

size_t pt_new_len(const pt *p)
{
    return p->log_len - p->mark;
}

bool pt_new_has(const pt *p, const char *text)
{
    return p->log && memmem(p->log + p->mark, pt_new_len(p), text, strlen(text)) != NULL;
}

bool pt_new_has_color(const pt *p)
{
    const char *s = p->log ? p->log + p->mark : NULL;
    const char *end = s ? s + pt_new_len(p) : NULL;

    for (; s && s + 2 < end; s++) {
        if (s[0] != '\x1b' || s[1] != '[')
            continue;
        const char *q = s + 2;
        while (q < end && ((*q >= '0' && *q <= '9') || *q == ';' || *q == ':'))
            q++;
        if (q == end || *q != 'm')
            continue;
        for (const char *v = s + 2; v < q;) {
            char *next;
            long n = strtol(v, &next, 10);
            if ((n >= 30 && n <= 48 && n != 39) || (n >= 90 && n <= 107))
                return true;
            v = next < q ? next + 1 : q;
            if (next == v - 1 && *next != ';' && *next != ':')
                break;
        }
    }
    return false;
}

/* ---- the screen ---- */

const char *pt_row(pt *p, int y)
{
    static char text[8192];
    size_t n = 0;

    for (int x = 0; x < p->cols; x++) {
        VTermScreenCell c = pt_cell(p, x, y);
        if (c.chars[0] == (uint32_t)-1)
            continue; /* right half of a wide character */
        if (c.chars[0] == 0)
            text[n++] = ' ';
        for (int i = 0; i < VTERM_MAX_CHARS_PER_CELL && c.chars[i] && n + 5 < sizeof text; i++) {
            uint32_t r = c.chars[i];
            if (r < 0x80) {
                text[n++] = (char)r;
            } else if (r < 0x800) {
                text[n++] = (char)(0xc0 | r >> 6);
                text[n++] = (char)(0x80 | (r & 0x3f));
            } else if (r < 0x10000) {
                text[n++] = (char)(0xe0 | r >> 12);
                text[n++] = (char)(0x80 | (r >> 6 & 0x3f));
                text[n++] = (char)(0x80 | (r & 0x3f));
            } else {
                text[n++] = (char)(0xf0 | r >> 18);
                text[n++] = (char)(0x80 | (r >> 12 & 0x3f));
                text[n++] = (char)(0x80 | (r >> 6 & 0x3f));
                text[n++] = (char)(0x80 | (r & 0x3f));
            }
        }
    }
    while (n > 0 && text[n - 1] == ' ')
        n--;
    text[n] = '\0';
    return text;
}

const char *pt_text(pt *p)
{
    static char *all;
    static size_t cap;
    size_t n = 0;

    for (int y = 0; y < p->rows; y++) {
        const char *row = pt_row(p, y);
        size_t len = strlen(row);
        if (n + len + 2 > cap) {
            cap = (n + len + 2) * 2;
            all = realloc(all, cap);
            must(all != NULL, "memory");
        }
        memcpy(all + n, row, len);
        n += len;
        all[n++] = '\n';
        all[n] = '\0';
    }
    return all ? all : "";
}

bool pt_shows(pt *p, const char *text)
{
    return strstr(pt_text(p), text) != NULL;
}

VTermScreenCell pt_cell(pt *p, int x, int y)
{
    VTermScreenCell c;
    memset(&c, 0, sizeof c);
    vterm_screen_get_cell(p->screen, (VTermPos){ .row = y, .col = x }, &c);
    return c;
}

bool pt_find(pt *p, const char *text, int *x, int *y)
{
    for (int row = 0; row < p->rows; row++) {
        const char *line = pt_row(p, row);
        const char *at = strstr(line, text);
        if (!at)
            continue;
        *y = row;
        *x = 0;
        for (const char *s = line; s < at; s++)
            *x += ((unsigned char)*s & 0xc0) != 0x80;
        return true;
    }
    return false;
}

bool pt_mouse_on(const pt *p)
{
    bool on = false;
    for (const char *s = p->log; s && (s = strstr(s, "1000")) != NULL; s += 4)
        on = s[4] == 'h' ? true : s[4] == 'l' ? false : on;
    return on;
}

bool pt_restored(pt *p)
{
    struct termios now;

    if (p->alt || !p->cursor_visible || pt_mouse_on(p)) {
        fprintf(stderr, "pt: alternate screen %d, cursor %d, mouse %d\n", p->alt, p->cursor_visible,
                pt_mouse_on(p));
        return false;
    }
    if (tcgetattr(p->fd, &now) != 0)
        return false;
    bool same = now.c_iflag == p->tty.c_iflag && now.c_oflag == p->tty.c_oflag &&
                now.c_cflag == p->tty.c_cflag && now.c_lflag == p->tty.c_lflag &&
                memcmp(now.c_cc, p->tty.c_cc, sizeof now.c_cc) == 0;
    if (!same)
        fprintf(stderr, "pt: terminal modes differ: iflag %x/%x oflag %x/%x cflag %x/%x lflag %x/%x\n",
                now.c_iflag, p->tty.c_iflag, now.c_oflag, p->tty.c_oflag, now.c_cflag, p->tty.c_cflag,
                now.c_lflag, p->tty.c_lflag);
    return same;
}
