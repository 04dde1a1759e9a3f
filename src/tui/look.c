/**
 * Looks of roles: the terminal's own 16 colours on its own ground, never white or black by
 * name; without colour bold, dim, underline and reverse keep the levels apart.
 */
#include <string.h>

#include "view.h"

static const char *const color_name[] = {
    "black", "red", "green", "yellow", "blue", "magenta", "cyan", "white",
    "bright-black", "bright-red", "bright-green", "bright-yellow", "bright-blue",
    "bright-magenta", "bright-cyan", "bright-white",
};

enum { DEF = -1, RED = 1, GREEN, YELLOW, BLUE, MAGENTA, CYAN };

void tui_look_defaults(km_tui *t)
{
    static const km_look color[KM_ROLE_COUNT] = {
        [KM_ROLE_TEXT] = { DEF, DEF, 0, 0, 0, 0 },
        [KM_ROLE_DIM] = { DEF, DEF, 0, 1, 0, 0 },
        [KM_ROLE_TITLE] = { DEF, DEF, 1, 0, 0, 0 },
        [KM_ROLE_ACCENT] = { CYAN, DEF, 0, 0, 0, 0 },
        [KM_ROLE_BAR] = { DEF, DEF, 1, 0, 0, 0 },
        [KM_ROLE_SELECTED] = { DEF, DEF, 0, 0, 0, 1 },
        [KM_ROLE_CURSOR] = { DEF, DEF, 1, 0, 0, 1 },
        [KM_ROLE_ERROR] = { RED, DEF, 1, 0, 0, 0 },
        [KM_ROLE_OK] = { GREEN, DEF, 0, 0, 0, 0 },
        [KM_ROLE_WARN] = { YELLOW, DEF, 1, 0, 0, 0 },
        [KM_ROLE_OUTLINE] = { DEF, DEF, 0, 0, 0, 0 },
        [KM_ROLE_BORDER] = { DEF, DEF, 0, 1, 0, 0 },
        [KM_ROLE_FEATURE] = { DEF, DEF, 0, 1, 0, 0 },
        [KM_ROLE_FILL] = { CYAN, DEF, 0, 0, 0, 0 },
        [KM_ROLE_KNOT] = { RED, DEF, 1, 0, 0, 0 },
        [KM_ROLE_SORENESS] = { YELLOW, DEF, 0, 0, 0, 0 },
        [KM_ROLE_PAIN] = { MAGENTA, DEF, 1, 0, 0, 0 },
        [KM_ROLE_TIGHTNESS] = { YELLOW, DEF, 1, 0, 0, 0 },
        [KM_ROLE_NUMBNESS] = { BLUE, DEF, 1, 0, 0, 0 },
        [KM_ROLE_ESSENTIAL] = { RED, DEF, 0, 0, 0, 0 },
        [KM_ROLE_SPILLOVER] = { RED, DEF, 0, 1, 0, 0 },
        [KM_ROLE_POINT] = { CYAN, DEF, 1, 0, 0, 0 },
        [KM_ROLE_COVERED] = { GREEN, DEF, 1, 0, 0, 0 },
        [KM_ROLE_ABSENT] = { DEF, DEF, 0, 1, 0, 0 },
        [KM_ROLE_UNEXPLAINED] = { MAGENTA, DEF, 1, 0, 1, 0 },
        [KM_ROLE_HEAT1] = { GREEN, DEF, 0, 0, 0, 0 },
        [KM_ROLE_HEAT2] = { YELLOW, DEF, 0, 0, 0, 0 },
        [KM_ROLE_HEAT3] = { YELLOW, DEF, 1, 0, 0, 0 },
        [KM_ROLE_HEAT4] = { RED, DEF, 0, 0, 0, 0 },
        [KM_ROLE_HEAT5] = { RED, DEF, 1, 0, 0, 0 },
    };
    static const bool bold_without_color[KM_ROLE_COUNT] = {
        [KM_ROLE_COVERED] = true, [KM_ROLE_ESSENTIAL] = true, [KM_ROLE_HEAT4] = true,
    };
    memcpy(t->look[1], color, sizeof color);
    for (int i = 0; i < KM_ROLE_COUNT; i++) {
        km_look mono = color[i];
        mono.fg = mono.bg = DEF;
        mono.bold = mono.bold || bold_without_color[i];
        t->look[0][i] = mono;
    }
}

static bool parse_color(int8_t *out, const char *word)
{
    if (strcmp(word, "default") == 0) {
        *out = DEF;
        return true;
    }
    for (int i = 0; i < 16; i++) {
        if (strcmp(word, color_name[i]) == 0) {
            *out = (int8_t)i;
            return true;
        }
    }
    return false;
}

km_status tui_look_parse(km_tui *t, km_role role, const char *text, km_error *err)
{
    km_look look = { DEF, DEF, false, false, false, false };
    int colors = 0;
    const char *s = text;
    while (*(s += strspn(s, " \t"))) {
        char word[24] = "";
        size_t n = strcspn(s, " \t");
        memcpy(word, s, n < sizeof word ? n : sizeof word - 1);
        s += n;
        if (strcmp(word, "bold") == 0)
            look.bold = true;
        else if (strcmp(word, "dim") == 0)
            look.dim = true;
        else if (strcmp(word, "underline") == 0)
            look.underline = true;
        else if (strcmp(word, "reverse") == 0)
            look.reverse = true;
        else if (colors < 2 && parse_color(colors ? &look.bg : &look.fg, word))
            colors++;
        else
            return km_fail(err, KM_EINVAL, "%s: no such colour", word);
    }
    t->look[1][role] = look;
    look.fg = look.bg = DEF;
    t->look[0][role] = look;
    return KM_OK;
}
