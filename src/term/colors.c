#include "colors.h"

#include <curses.h>
#include <string.h>

void km_colors_start(km_colors *c, bool wanted)
{
    memset(c, 0, sizeof *c);
    c->next = 1;
    if (!wanted || !has_colors() || start_color() == ERR || COLORS < 8)
        return;
    c->on = true;
    c->count = COLORS;
    c->own_ground = use_default_colors() == OK;
}

bool km_colors_refresh(km_colors *c, const km_tui *t)
{
    km_look now[KM_ROLE_COUNT];

    memset(now, 0, sizeof now);
    for (int role = 0; role < KM_ROLE_COUNT; role++)
        now[role] = km_tui_look(t, (km_role)role, c->on);
    if (memcmp(now, c->look, sizeof now) == 0)
        return false;
    memcpy(c->look, now, sizeof now);
    return true;
}

/** The pair for these colours, each -1 or 0..15 and within what the terminal has. */
static short pair_of(km_colors *c, int fg, int bg)
{
    if (fg == -1 && bg == -1)
        return 0;
    short *known = &c->pair[fg + 1][bg + 1];
    if (*known == 0 && c->next < COLOR_PAIRS) {
        /* Without colours of its own a terminal is taken as light on dark, as ncurses does. */
        int f = fg == -1 && !c->own_ground ? COLOR_WHITE : fg;
        int b = bg == -1 && !c->own_ground ? COLOR_BLACK : bg;
        if (init_pair(c->next, (short)f, (short)b) == OK)
            *known = c->next++;
    }
    return *known;
}

static attr_t look_attr(const km_look *look)
{
    return (look->bold ? A_BOLD : 0) | (look->dim ? A_DIM : 0) |
           (look->underline ? A_UNDERLINE : 0) | (look->reverse ? A_REVERSE : 0);
}

km_style km_colors_style(km_colors *c, const km_cell *cell)
{
    const km_look *look = &c->look[cell->role < KM_ROLE_COUNT ? cell->role : KM_ROLE_TEXT];
    const km_look *ground = NULL;
    attr_t attr = look_attr(look);

    if (cell->bold)
        attr |= A_BOLD;
    if (cell->ground != KM_ROLE_TEXT && cell->ground < KM_ROLE_COUNT)
        ground = &c->look[cell->ground];
    if (!c->on) {
        if (ground)
            attr |= look_attr(ground) & (A_REVERSE | A_UNDERLINE);
        return (km_style){ .attr = attr };
    }

    int fg = look->fg, bg = look->bg;
    if (ground) {
        bg = ground->bg >= 0 ? ground->bg : ground->fg;
        if (ground->reverse && ground->bg < 0 && ground->fg < 0)
            attr |= A_REVERSE;
        if (bg >= 0 && bg == fg)
            fg = -1; /* a mark on a ground of its own colour */
    }
    if (c->count < 16) {
        if (fg >= 8) {
            fg -= 8;
            attr |= A_BOLD; /* how eight colours show the bright ones */
        }
        if (bg >= 8)
            bg -= 8;
    }
    return (km_style){ .attr = attr, .pair = pair_of(c, fg, bg) };
}
