#include "knotmap/status.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void (*die_hook)(void);

/* Cut a text that filled its buffer at the last whole UTF-8 character. */
static void cut_at_character(char *s, size_t size, int wanted)
{
    if (wanted < 0 || (size_t)wanted < size)
        return;
    size_t end = strlen(s);
    size_t start = end;
    while (start > 0 && ((unsigned char)s[start - 1] & 0xC0) == 0x80)
        start--;
    if (start == 0)
        return;
    unsigned char lead = (unsigned char)s[start - 1];
    size_t need = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : lead >= 0xC0 ? 2 : 1;
    if (end - (start - 1) < need)
        s[start - 1] = '\0';
}

km_status km_fail(km_error *err, km_status code, const char *fmt, ...)
{
    if (err == NULL)
        return code;
    va_list ap;
    va_start(ap, fmt);
    int n = vsnprintf(err->text, sizeof err->text, fmt, ap);
    va_end(ap);
    cut_at_character(err->text, sizeof err->text, n);
    err->mend[0] = '\0';
    err->status = code;
    return code;
}

km_status km_mend(km_status code, km_error *err, const char *fmt, ...)
{
    if (err == NULL)
        return code;
    va_list ap;
    va_start(ap, fmt);
    int n = vsnprintf(err->mend, sizeof err->mend, fmt, ap);
    va_end(ap);
    cut_at_character(err->mend, sizeof err->mend, n);
    return code;
}

int km_status_exit(km_status code)
{
    static const int exit_code[KM_STATUS_COUNT] = {
        [KM_OK] = 0,      [KM_ENOTFOUND] = 1, [KM_EUSAGE] = 64,    [KM_EINVAL] = 65,
        [KM_EDATA] = 65,  [KM_ENOINPUT] = 66, [KM_EBUSY] = 69,     [KM_EINTERNAL] = 70,
        [KM_ECREATE] = 73, [KM_EIO] = 74,     [KM_EPERM] = 77,     [KM_ECANCELLED] = 69,
    };
    return (unsigned)code < KM_STATUS_COUNT ? exit_code[code] : 70;
}

void km_on_die(void (*hook)(void))
{
    die_hook = hook;
}

void km_die(const char *fmt, ...)
{
    void (*hook)(void) = die_hook;
    die_hook = NULL; /* a hook that dies itself must not come back here */
    if (hook != NULL)
        hook();
    va_list ap;
    va_start(ap, fmt);
    fputs("knotmap: ", stderr);
    vfprintf(stderr, fmt, ap);
    fputc('\n', stderr);
    va_end(ap);
    exit(km_status_exit(KM_EINTERNAL));
}
