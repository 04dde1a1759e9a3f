#include "knotmap/term.h"

#include <errno.h>
#include <stdlib.h>
#include <sys/select.h>
#include <time.h>
#include <unistd.h>

#include "caps.h"
#include "input.h"
#include "knotmap/text.h"
#include "screen.h"
#include "signals.h"

/** Reads of one go: more than a person types, so that a flood still gets a frame now and then. */
#define READS_A_FRAME 16

typedef struct term {
    km_screen *screen;
    km_tui *tui;
    km_input input;
    int esc_delay;        /* ms a lone ESC waits for the rest of a sequence */
    int64_t input_ms;     /* when the last bytes came */
    int64_t tick_ms;      /* when the next tick is due */
    bool closed;          /* the terminal is gone */
    bool changed;         /* something happened since the last frame */
    km_event held[256];   /* keys typed while another program blocks a write */
    size_t n_held;
} term;

static int64_t now_ms(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

/* ---- before the screen ---- */

km_status km_term_check(km_error *err)
{
    if (!isatty(STDIN_FILENO) || !isatty(STDOUT_FILENO)) {
        km_fail(err, KM_EUSAGE, "cannot open the screen: standard input and output must be a terminal");
        km_mend(KM_EUSAGE, err, "commands work without one: see `knotmap help`");
        return KM_EUSAGE;
    }
    return km_caps_check(err);
}

bool km_term_ascii(const km_term_options *opt)
{
    return opt->ascii || !km_locale_utf8();
}

/** ESCDELAY in milliseconds as ncurses knows it, 25 unless it is set. */
static int esc_delay(void)
{
    const char *text = getenv("ESCDELAY");
    char *end = NULL;
    long ms = text ? strtol(text, &end, 10) : 0;
    return text && *text && *end == '\0' && ms >= 0 && ms <= 10000 ? (int)ms : 25;
}

/* ---- signals and time ---- */

/** Act on what the handlers noted: a new size, a stop, a continue. */
static void serve_signals(term *t)
{
    km_signals_let_in();
    if (km_signals_stopped()) {
        km_screen_leave(t->screen);
        km_signals_stop_here();
        km_signals_let_in();
        km_signals_continued(); /* known */
        km_screen_enter(t->screen);
        t->changed = true;
    }
    if (km_signals_continued()) { /* stopped by force: nobody gave the terminal back */
        km_screen_leave(t->screen);
        km_screen_enter(t->screen);
        t->changed = true;
    }
    if (km_signals_resized()) {
        km_screen_resize(t->screen);
        t->changed = true;
    }
}

/** Wait up to `ms` for input with signals open; true when there is some. */
static bool wait_input(term *t, int64_t ms)
{
    struct timespec span = { .tv_sec = (time_t)(ms / 1000), .tv_nsec = (long)(ms % 1000) * 1000000 };
    fd_set in;

    FD_ZERO(&in);
    FD_SET(STDIN_FILENO, &in);
    int n = pselect(STDIN_FILENO + 1, &in, NULL, NULL, &span, km_signals_open());
    if (n < 0 && errno != EINTR)
        t->closed = true;
    return n > 0;
}

/** Read once; true when more may be queued. */
static bool read_input(term *t)
{
    size_t room;
    unsigned char *to = km_input_room(&t->input, &room);
    ssize_t n = room ? read(STDIN_FILENO, to, room) : 0;

    if (n > 0) {
        km_input_fed(&t->input, (size_t)n);
        t->input_ms = now_ms();
    } else if (room && (n == 0 || (errno != EINTR && errno != EAGAIN))) {
        t->closed = true;
    }
    return n > 0 && (size_t)n == room;
}

/** The next event; an unfinished sequence counts as it is once its time is over. */
static bool next_event(term *t, km_event *e)
{
    int64_t now = now_ms();
    return km_input_next(e, &t->input, now, now - t->input_ms >= t->esc_delay);
}

/** A tick is due this soon after now, or sooner when one was asked for before. */
static void plan_tick(term *t)
{
    int wait = km_tui_wait(t->tui);
    int64_t due = now_ms() + (wait < 0 ? 0 : wait);
    if (due < t->tick_ms)
        t->tick_ms = due;
}

/* ---- the loop ---- */

static void dispatch(term *t, const km_event *e)
{
    if (e->key == KM_KEY_NONE)
        km_tui_mouse(t->tui, &e->mouse);
    else
        km_tui_key(t->tui, e->key);
    t->changed = true;
}

static bool ending(const term *t)
{
    return t->closed || km_signals_end() != 0 || km_tui_done(t->tui);
}

/** Everything that is queued, before one frame; `more` when a read came back full. */
static void take_input(term *t, bool more)
{
    km_event e;

    for (int reads = 0; !ending(t); reads++) {
        while (!ending(t) && next_event(t, &e))
            dispatch(t, &e);
        for (size_t i = 0; i < t->n_held && !ending(t); i++)
            dispatch(t, &t->held[i]);
        t->n_held = 0;
        if (ending(t) || reads == READS_A_FRAME || !more || !wait_input(t, 0))
            return;
        more = read_input(t);
    }
}

/**
 * Called while another program blocks a write: keys are read and kept for afterwards, the screen
 * follows, Esc gives up (and what was typed meanwhile was meant for a record that is not there).
 */
static bool wait_with_keys(void *ctx, km_tui *tui, int ms)
{
    term *t = ctx;
    km_event e;

    (void)tui;
    (void)ms;
    if (wait_input(t, 0))
        read_input(t);
    serve_signals(t);
    while (next_event(t, &e)) {
        if (e.key == KM_KEY_ESC) {
            t->n_held = 0;
            km_input_drop(&t->input);
            return false;
        }
        if (t->n_held < sizeof t->held / sizeof *t->held)
            t->held[t->n_held++] = e;
    }
    km_screen_show(t->screen, t->tui);
    return !t->closed && km_signals_end() == 0;
}

static void loop(term *t)
{
    t->tick_ms = now_ms() + km_tui_wait(t->tui);
    t->changed = true;
    while (!ending(t)) {
        if (t->changed) {
            km_screen_show(t->screen, t->tui);
            t->changed = false;
        }

        plan_tick(t);
        int64_t until = t->tick_ms;
        if (km_input_pending(&t->input) && t->input_ms + t->esc_delay < until)
            until = t->input_ms + t->esc_delay;
        int64_t span = until - now_ms();
        bool more = wait_input(t, span < 0 ? 0 : span) && read_input(t);
        serve_signals(t);
        take_input(t, more);
        if (now_ms() >= t->tick_ms && !ending(t)) {
            t->changed = km_tui_tick(t->tui) || t->changed;
            t->tick_ms = now_ms() + km_tui_wait(t->tui);
        }
    }
}

km_status km_term_run(km_tui *(*make)(void *ctx, km_error *err), void *ctx,
                      const km_term_options *opt, km_error *err)
{
    /* Before the terminal is touched: what goes wrong here is said on the ordinary screen. */
    km_tui *tui = make(ctx, err);
    if (!tui)
        return err ? err->status : KM_EINTERNAL;

    term *t = km_calloc(1, sizeof *t);
    t->tui = tui;
    km_signals_install();
    km_status st = km_screen_open(&t->screen, opt, err);
    if (st == KM_OK) {
        km_on_die(km_signals_emergency);
        km_input_init(&t->input, km_locale_utf8());
        km_screen_bind_keys(&t->input);
        t->esc_delay = esc_delay();
        km_tui_set_waiter(tui, wait_with_keys, t);
        loop(t);
        km_tui_set_waiter(tui, NULL, NULL);
        km_screen_close(t->screen);
        km_on_die(NULL);
    }
    free(t);
    km_tui_leave(tui); /* while a late signal cannot end us in the middle of it */
    km_signals_let_in(); /* a closed terminal and its SIGHUP come in either order */
    int sig = km_signals_end();
    if (sig) {
        km_tui_free(tui);
        km_signals_die(sig);
    }
    km_signals_restore();
    return st;
}
