#include "caps.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <curses.h>
#include <term.h>

const char *km_cap(const char *name)
{
    /* tigetstr does not write to the name; its parameter is char * where NCURSES_CONST is empty. */
    const char *s = tigetstr(name);
    return s == (char *)-1 ? NULL : s;
}

void km_cap_add(km_buf *out, const char *s)
{
    for (; s && *s; s++) {
        const char *end = s[0] == '$' && s[1] == '<' ? strchr(s, '>') : NULL;
        if (end)
            s = end;
        else
            km_buf_putc(out, *s);
    }
}

bool km_cap_flag(const char *name)
{
    return tigetflag(name) == 1;
}

int km_cap_number(const char *name)
{
    int n = tigetnum(name);
    return n > 0 ? n : 0;
}

void km_cap_add_number(km_buf *out, const char *name, int n)
{
    const char *s = km_cap(name);
    if (s)
        km_cap_add(out, tiparm(s, n));
}

void km_cap_add_move(km_buf *out, const char *cup, int y, int x)
{
    km_cap_add(out, tiparm(cup, y, x));
}

void km_cap_mouse(char **on, char **off)
{
    const char *xm = km_cap("XM");

    *on = *off = NULL;
    if (xm) {
        *on = km_strdup(tiparm(xm, 1));
        *off = km_strdup(tiparm(xm, 0));
    } else if (km_cap("kmous")) {
        *on = km_strdup("\x1b[?1000h\x1b[?1006h");
        *off = km_strdup("\x1b[?1006l\x1b[?1000l");
    }
}

km_status km_caps_check(km_error *err)
{
    const char *name = getenv("TERM");
    int found = 0;

    if (!name || !*name)
        return km_fail(err, KM_EUSAGE, "cannot open the screen: TERM does not name the terminal");
    if (setupterm(name, STDOUT_FILENO, &found) == ERR)
        return km_fail(err, KM_EUSAGE, "cannot open the screen: the terminal \"%s\" is not known",
                       name);
    bool able = km_cap("cup") && tigetflag("hc") != 1;
    del_curterm(cur_term);
    if (!able)
        return km_fail(err, KM_EUSAGE,
                       "cannot open the screen: the terminal \"%s\" cannot move its cursor", name);
    return KM_OK;
}
