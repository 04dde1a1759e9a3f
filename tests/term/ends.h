/** How a program in a pseudo-terminal ended; each fails the test unless it was so. */
#ifndef KM_TESTS_ENDS_H
#define KM_TESTS_ENDS_H

#include "km_cmocka.h"

#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include "pt.h"

/** With an exit code. */
static inline void ends_with(pt *p, int code)
{
    int status = pt_end(p);
    assert_true(WIFEXITED(status));
    assert_int_equal(WEXITSTATUS(status), code);
}

/** By a signal, the terminal restored. */
static inline void ends_by(pt *p, int sig)
{
    int status = pt_end(p);
    assert_true(WIFSIGNALED(status));
    assert_int_equal(WTERMSIG(status), sig);
    assert_true(pt_restored(p));
}

/** By itself or by SIGHUP, once its terminal is closed. */
static inline void ends_when_closed(pt *p)
{
    close(p->fd);
    p->fd = -1;
    p->hung_up = true;
    int status = pt_end(p);
    assert_true(status != -1);
    assert_true((WIFSIGNALED(status) && WTERMSIG(status) == SIGHUP) ||
                (WIFEXITED(status) && WEXITSTATUS(status) == 0));
}

#endif
