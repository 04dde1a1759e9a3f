/**
 * The settings file, one setting a line:
 *
 *     key ACTION KEYS...        key turn v F5        key undo none
 *     color ROLE FG [BG] [bold] [dim] [underline] [reverse]
 *     set mouse on|off          set ink ascii|unicode|block
 *
 * "#" begins a comment. A bad line is named with file and line; the others hold.
 */
#include <stdlib.h>
#include <string.h>

#include "knotmap/path.h"
#include "view.h"

/** Cut the first word off `*s`. */
static char *word(char **s)
{
    char *start = *s + strspn(*s, " \t");
    char *end = start + strcspn(start, " \t");
    if (*end)
        *end++ = '\0';
    *s = end + strspn(end, " \t");
    return start;
}

static km_status set_key(km_tui *t, char *rest, km_error *err)
{
    const char *name = word(&rest);
    for (int a = 0; a < ACT_COUNT; a++) {
        if (strcmp(tui_action_table[a].name, name) == 0) {
            if (!*rest)
                return km_fail(err, KM_EINVAL, "%s: say its keys, or none", name);
            return tui_keymap_bind(&t->keymap, (tui_action)a, rest, err);
        }
    }
    return km_fail(err, KM_EINVAL, "%s: no such action", name);
}

static km_status set_color(km_tui *t, char *rest, km_error *err)
{
    const char *name = word(&rest);
    for (int i = 0; i < KM_ROLE_COUNT; i++) {
        if (strcmp(km_role_name[i], name) == 0) {
            if (!*rest)
                return km_fail(err, KM_EINVAL, "%s: say its colour, or default", name);
            return tui_look_parse(t, (km_role)i, rest, err);
        }
    }
    return km_fail(err, KM_EINVAL, "%s: no such role", name);
}

static km_status set_switch(km_tui *t, char *rest, km_error *err)
{
    static const char *const ink[KM_STYLE_COUNT] = {
        [KM_STYLE_ASCII] = "ascii", [KM_STYLE_UNICODE] = "unicode", [KM_STYLE_BLOCK] = "block",
    };
    const char *name = word(&rest);
    const char *value = word(&rest);
    if (strcmp(name, "mouse") == 0) {
        if (strcmp(value, "on") != 0 && strcmp(value, "off") != 0)
            return km_fail(err, KM_EINVAL, "mouse: %s is not on or off", value);
        t->mouse_on = strcmp(value, "on") == 0;
        return KM_OK;
    }
    bool bell = strcmp(name, "bell") == 0;
    if (bell || strcmp(name, "flash") == 0) {
        if (strcmp(value, "on") != 0 && strcmp(value, "off") != 0)
            return km_fail(err, KM_EINVAL, "%s: %s is not on or off", name, value);
        *(bell ? &t->no_bell : &t->no_flash) = strcmp(value, "off") == 0;
        return KM_OK;
    }
    if (strcmp(name, "ink") == 0) {
        for (int i = 0; i < KM_STYLE_COUNT; i++) {
            if (strcmp(value, ink[i]) == 0) {
                if (!t->ascii)
                    t->style = (km_chart_style)i;
                return KM_OK;
            }
        }
        return km_fail(err, KM_EINVAL, "ink: %s is not one of ascii, unicode, block", value);
    }
    return km_fail(err, KM_EINVAL, "%s: no such setting", name);
}

static km_status one_line(km_tui *t, char *line, km_error *err)
{
    line[strcspn(line, "\r")] = '\0';
    char *rest = line;
    const char *what = word(&rest);
    size_t n = strlen(rest);
    while (n > 0 && (rest[n - 1] == ' ' || rest[n - 1] == '\t'))
        rest[--n] = '\0';
    if (!*what || *what == '#')
        return KM_OK;
    if (strcmp(what, "key") == 0)
        return set_key(t, rest, err);
    if (strcmp(what, "color") == 0)
        return set_color(t, rest, err);
    if (strcmp(what, "set") == 0)
        return set_switch(t, rest, err);
    return km_fail(err, KM_EINVAL, "%s: a line begins with key, color or set", what);
}

void tui_config_read(km_tui *t, const char *file)
{
    km_buf text = { 0 };
    km_error err = { 0 };
    km_status st = km_file_read(&text, file, &err);
    if (st != KM_OK) {
        if (st != KM_ENOINPUT) /* no file: the defaults */
            tui_fail(t, &err);
        km_buf_clear(&text);
        return;
    }
    const char *base = strrchr(file, '/');
    base = base ? base + 1 : file;
    char *at = km_strdup(km_buf_str(&text)), *all = at;
    for (int line = 1; at; line++) {
        char *next = strchr(at, '\n');
        if (next)
            *next++ = '\0';
        if (one_line(t, at, &err) != KM_OK)
            tui_say(t, KM_ROLE_ERROR, "%s:%d: %s", base, line, err.text);
        at = next;
    }
    free(all);
    km_buf_clear(&text);
}
