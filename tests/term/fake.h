/** Starting and leaving the program with the fake screen. */
#ifndef KM_TESTS_FAKE_H
#define KM_TESTS_FAKE_H

#include "ends.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const char *const fake[] = { KM_FAKE, NULL };

static inline pt *start_env(const char *const *env)
{
    pt *p = pt_start(fake, env, 24, 80);
    assert_true(pt_wait(p, "keys 0"));
    pt_settle(p, 30);
    return p;
}

static inline pt *start(void)
{
    return start_env(NULL);
}

static inline void leave(pt *p)
{
    pt_send(p, "q");
    ends_with(p, 0);
    assert_true(pt_restored(p));
    pt_free(p);
}

static inline size_t count(const pt *p, const char *text)
{
    size_t n = 0;
    for (const char *s = p->log + p->mark; (s = strstr(s, text)) != NULL; s += strlen(text))
        n++;
    return n;
}

#endif
