/**
 * Signals: handlers only set flags, and signals are open only while the loop waits, so nothing
 * can be interrupted halfway. The exception is a crash, which puts the terminal back on its own.
 */
#ifndef KM_TERM_SIGNALS_H
#define KM_TERM_SIGNALS_H

#include <signal.h>
#include <stdbool.h>
#include <stddef.h>
#include <termios.h>

/**
 * Block INT, TERM, HUP, QUIT, TSTP, CONT and WINCH and set handlers for them and for crashes. A
 * signal the program was started with ignored stays ignored (nohup).
 */
void km_signals_install(void);
/** Dispositions and mask as they were before. */
void km_signals_restore(void);
/** The mask to wait with. */
const sigset_t *km_signals_open(void);

/**
 * Let in what is pending. pselect does so only when it has to wait: without this, a flood of input
 * would keep signals out.
 */
void km_signals_let_in(void);

/** The signal that asks the program to end, 0 for none. */
int km_signals_end(void);
/** Whether it came since the last question. */
bool km_signals_resized(void);
bool km_signals_stopped(void);
bool km_signals_continued(void);

/** Stop as Ctrl-Z does; returns when continued. The terminal must be given back before. */
void km_signals_stop_here(void);
/** End by this signal, so that the parent sees it. */
_Noreturn void km_signals_die(int sig);

/**
 * What puts the terminal back when the program crashes.
 *
 * @param bytes  escape sequences, copied (at most 256 bytes); n = 0: nothing is to be put back.
 * @param tty    the modes from before, copied.
 */
void km_signals_crash_restore(const char *bytes, size_t n, const struct termios *tty);
/** Do it now (out of memory, internal fault). Async-signal-safe. */
void km_signals_emergency(void);

#endif
