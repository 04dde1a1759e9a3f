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

short km_colors_pair(km_colors *c, km_style style)
{
    if (style.fg == -1 && style.bg == -1)
        return 0;
    short *known = &c->pair[style.fg + 1][style.bg + 1];
    if (*known == 0 && c->next < COLOR_PAIRS && init_pair(c->next, style.fg, style.bg) == OK)
        *known = c->next++;
    return *known;
}

static uint8_t look_attr(const km_look *look)
{
    return (uint8_t)((look->bold ? KM_ATTR_BOLD : 0) | (look->dim ? KM_ATTR_DIM : 0) |
                     (look->underline ? KM_ATTR_UNDERLINE : 0) |
                     (look->reverse ? KM_ATTR_REVERSE : 0));
}

km_style km_colors_style(const km_colors *c, const km_cell *cell)
{
    const km_look *look = &c->look[cell->role < KM_ROLE_COUNT ? cell->role : KM_ROLE_TEXT];
    const km_look *ground = NULL;
    km_style s = { .attr = look_attr(look), .fg = -1, .bg = -1 };

    if (cell->bold)
        s.attr |= KM_ATTR_BOLD;
    if (cell->ground != KM_ROLE_TEXT && cell->ground < KM_ROLE_COUNT)
        ground = &c->look[cell->ground];
    if (!c->on) {
        if (ground)
            s.attr |= look_attr(ground) & (KM_ATTR_REVERSE | KM_ATTR_UNDERLINE);
        return s;
    }

    s.fg = look->fg;
    s.bg = look->bg;
    if (ground) {
        s.bg = ground->bg >= 0 ? ground->bg : ground->fg;
        if (ground->reverse && ground->bg < 0 && ground->fg < 0)
            s.attr |= KM_ATTR_REVERSE;
        if (s.bg >= 0 && s.bg == s.fg)
            s.fg = -1; /* a mark on a ground of its own colour */
    }
    if (c->count < 16) {
        if (s.fg >= 8) {
            s.fg = (int8_t)(s.fg - 8);
            s.attr |= KM_ATTR_BOLD; /* how eight colours show the bright ones */
        }
        if (s.bg >= 8)
            s.bg = (int8_t)(s.bg - 8);
    }
    /* Without colours of its own a terminal is taken as light on dark, as ncurses does. */
    if (!c->own_ground && (s.fg >= 0 || s.bg >= 0)) {
        s.fg = s.fg < 0 ? COLOR_WHITE : s.fg;
        s.bg = s.bg < 0 ? COLOR_BLACK : s.bg;
    }
    return s;
}
