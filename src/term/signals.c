#include "signals.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

static volatile sig_atomic_t end_signal, resized, stopped, continued;

static const int ending[] = { SIGINT, SIGTERM, SIGHUP, SIGQUIT };
static const int crashing[] = { SIGSEGV, SIGABRT, SIGBUS, SIGFPE, SIGILL };
#define COUNT(a) (sizeof(a) / sizeof *(a))

/* What every handler replaced. */
static struct sigaction old_action[64];
static sigset_t old_mask, open_mask;
static bool installed;

/* For crashes: prepared beforehand, since nothing may be computed then. */
static char crash_bytes[256];
static volatile sig_atomic_t crash_len;
static struct termios crash_tty;
static char crash_stack[32768];

static void on_signal(int sig)
{
    switch (sig) {
    case SIGWINCH: resized = 1; break;
    case SIGTSTP: stopped = 1; break;
    case SIGCONT: continued = 1; break;
    default:
        if (!end_signal)
            end_signal = sig;
    }
}

/** write() may take a part only; a terminal that is gone is no reason to loop. */
static void write_all(int fd, const char *s, size_t n)
{
    while (n > 0) {
        ssize_t did = write(fd, s, n);
        if (did < 0 && errno == EINTR)
            continue;
        if (did <= 0)
            return;
        s += did;
        n -= (size_t)did;
    }
}

void km_signals_emergency(void)
{
    size_t n = (size_t)crash_len;
    crash_len = 0;
    if (n == 0)
        return;
    write_all(STDOUT_FILENO, crash_bytes, n);
    tcsetattr(STDIN_FILENO, TCSANOW, &crash_tty);
}

static void on_crash(int sig)
{
    static const char text[] =
        "knotmap: it crashed and had to stop: every mark it reported as stored is kept\n"
        "knotmap: please send the output of `knotmap --version` and `knotmap verify`, and the keys "
        "you pressed last\n";

    km_signals_emergency();
    write_all(STDERR_FILENO, text, sizeof text - 1);
    /* Hand on to what was there before: the default, or a sanitizer's report. */
    sigaction(sig, &old_action[sig], NULL);
    raise(sig);
}

static void handle(int sig, void (*fn)(int), int flags)
{
    struct sigaction sa;
    memset(&sa, 0, sizeof sa);
    sa.sa_handler = fn;
    sa.sa_flags = flags;
    sigemptyset(&sa.sa_mask);
    sigaction(sig, NULL, &old_action[sig]);
    if (old_action[sig].sa_handler != SIG_IGN || fn == on_crash || sig == SIGCONT ||
        sig == SIGWINCH)
        sigaction(sig, &sa, NULL);
}

void km_signals_install(void)
{
    sigset_t block;

    end_signal = resized = stopped = continued = 0;
    sigemptyset(&block);
    for (size_t i = 0; i < COUNT(ending); i++)
        sigaddset(&block, ending[i]);
    sigaddset(&block, SIGTSTP);
    sigaddset(&block, SIGCONT);
    sigaddset(&block, SIGWINCH);
    sigprocmask(SIG_BLOCK, &block, &old_mask);
    open_mask = old_mask;
    for (int sig = 1; sig < 32; sig++) {
        if (sigismember(&block, sig) == 1)
            sigdelset(&open_mask, sig);
    }

    for (size_t i = 0; i < COUNT(ending); i++)
        handle(ending[i], on_signal, 0);
    handle(SIGTSTP, on_signal, 0);
    handle(SIGCONT, on_signal, 0);
    handle(SIGWINCH, on_signal, 0);

    /* An overflowing stack needs another one to be reported on. */
    stack_t stack = { .ss_sp = crash_stack, .ss_size = sizeof crash_stack };
    sigaltstack(&stack, NULL);
    for (size_t i = 0; i < COUNT(crashing); i++)
        handle(crashing[i], on_crash, SA_ONSTACK | SA_NODEFER);
    installed = true;
}

void km_signals_restore(void)
{
    if (!installed)
        return;
    installed = false;
    for (size_t i = 0; i < COUNT(crashing); i++)
        sigaction(crashing[i], &old_action[crashing[i]], NULL);
    for (size_t i = 0; i < COUNT(ending); i++)
        sigaction(ending[i], &old_action[ending[i]], NULL);
    sigaction(SIGTSTP, &old_action[SIGTSTP], NULL);
    sigaction(SIGCONT, &old_action[SIGCONT], NULL);
    sigaction(SIGWINCH, &old_action[SIGWINCH], NULL);
    sigprocmask(SIG_SETMASK, &old_mask, NULL);
}

const sigset_t *km_signals_open(void)
{
    return &open_mask;
}

void km_signals_let_in(void)
{
    sigset_t blocked;
    sigprocmask(SIG_SETMASK, &open_mask, &blocked);
    sigprocmask(SIG_SETMASK, &blocked, NULL);
}

int km_signals_end(void)
{
    return end_signal;
}

static bool take(volatile sig_atomic_t *flag)
{
    bool was = *flag != 0;
    *flag = 0;
    return was;
}

bool km_signals_resized(void)
{
    return take(&resized);
}

bool km_signals_stopped(void)
{
    return take(&stopped);
}

bool km_signals_continued(void)
{
    return take(&continued);
}

/** Let this one signal do what it does by default, now. */
static void raise_default(int sig, struct sigaction *before)
{
    struct sigaction sa;
    sigset_t only;

    memset(&sa, 0, sizeof sa);
    sa.sa_handler = SIG_DFL;
    sigemptyset(&sa.sa_mask);
    sigaction(sig, &sa, before);
    raise(sig);
    sigemptyset(&only);
    sigaddset(&only, sig);
    sigprocmask(SIG_UNBLOCK, &only, NULL);
}

void km_signals_stop_here(void)
{
    struct sigaction before;
    sigset_t only;

    raise_default(SIGTSTP, &before); /* comes back after SIGCONT */
    sigemptyset(&only);
    sigaddset(&only, SIGTSTP);
    sigprocmask(SIG_BLOCK, &only, NULL);
    sigaction(SIGTSTP, &before, NULL);
}

_Noreturn void km_signals_die(int sig)
{
    struct sigaction before;
    raise_default(sig, &before);
    _exit(128 + sig); /* not reached: the default of these signals ends a process */
}

void km_signals_crash_restore(const char *bytes, size_t n, const struct termios *tty)
{
    crash_len = 0;
    if (n == 0 || n > sizeof crash_bytes)
        return;
    memcpy(crash_bytes, bytes, n);
    crash_tty = *tty;
    crash_len = (sig_atomic_t)n;
}
