/** Prints the manual page; run when knotmap is built. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "knotmap/cli.h"
#include "knotmap/tui.h"

/* What both front ends share and no option line can tell. */
static const char reasoning[] =
    ".SH HOW SOURCES ARE RANKED\n"
    "find, explain and the screen's f weigh sets of one to three trigger points. An active point\n"
    "makes each of its zones hurt with a chance that depends on the kind of the zone (essential,\n"
    "spillover, local) and its weight; a place also hurts for other reasons, with a small chance.\n"
    "Zones that would be expected to hurt and do not count against a point. How common a point is\n"
    "counts a little; what your own records say of it (found before, when, active or latent, felt\n"
    "in these places when pressed) counts up to a bound. The order is what matters: strong, fair\n"
    "and weak are words for it, and no percentage is given.\n"
    ".PP\n"
    "explain gives the fewest points that cover every place, exactly, and the next best set; key\n"
    "points stand before their satellites. The press test names the spot whose answer tells most:\n"
    "a pain you know is kept as an active mark, another pain as a latent one, nothing as a finding\n"
    "that stays out of trends. Soreness after training is not searched.\n"
    ".SH WARNING SIGNS\n"
    "Before any muscle is named, places that may go with something serious bring a warning with its\n"
    "level (emergency, today, soon), the reason and what to do. The screen asks at most three plain\n"
    "questions. Commands ask nothing: they say so on standard error; \\-\\-flag CODE says that a sign\n"
    "is present, \\-\\-no\\-flags that none is. knotmap atlas flags lists the codes.\n"
    ".SH COMPLAINTS, AREAS, SPORTS, PROFILES\n"
    "A complaint (find \\-\\-complaint, the screen's W) is what people call it, not what it is: it\n"
    "stands for the places it usually means. Its caution comes before anything else, then its\n"
    "warning signs. An area is a part of the body or a group of parts. A sport stands for the\n"
    "muscles it commonly loads; a mark that names no muscle counts where one of them lies. A profile\n"
    "gives a weekly plan until one is set by hand, and the causes that are offered first. All of\n"
    "them are common practice; knotmap atlas lists them.\n"
    ".SH VERDICTS\n"
    "A change of ratings is called better or worse when it passes 1 point or 15 % (Salaffi 2004) and\n"
    "lies beyond the noise of your own ratings, several days on each side; it is clear from 2 points\n"
    "and 30 % (Farrar 2001). compare judges one pair by the first threshold alone; one pair can move\n"
    "by as much through chance (Kovacs 2008). A pressure pain threshold must move by 51 kPa. trend\n"
    "\\-\\-why and the screen's f give the figures of each verdict.\n"
    ".SH MOUSE AND TERMINALS\n"
    "Click selects, double click opens, the wheel zooms, right click names the likely muscles; the\n"
    "keys of the last line can be clicked, and a click on the first line goes back. Hold Shift to\n"
    "select text with the mouse, or set mouse off. Under tmux a low escape\\-time makes Esc act at\n"
    "once. The cursor always stands on the selected thing, for screen readers.\n";

static const char settings[] =
    ".SH SETTINGS\n"
    "One setting a line in the file config; # begins a comment. A bad line is named when knotmap\n"
    "starts, and the others hold.\n"
    ".TP\n"
    "key ACTION KEYS...\n"
    "Keys of an action, or none: key turn v F5.\n"
    ".TP\n"
    "color ROLE FG [BG] [bold] [dim] [underline] [reverse]\n"
    "Colours are default or the terminal's own 16, black to bright\\-white: color pain "
    "bright\\-red default bold.\n"
    ".TP\n"
    "set mouse|bell|flash on|off\n"
    "The mouse, and the bell and the flash of a followed routine.\n"
    ".TP\n"
    "set ink ascii|unicode|block\n"
    "How the body is drawn.\n"
    ".PP\n";

static void put_names(km_buf *page, const km_action_info *action, int n)
{
    km_buf_puts(page, "Actions: ");
    for (int i = 0; i < n; i++) {
        /* An action of several views has a row for each. */
        int first = 0;
        while (strcmp(action[first].name, action[i].name) != 0)
            first++;
        if (first == i)
            km_buf_printf(page, "%s%s", i > 0 ? ", " : "", action[i].name);
    }
    km_buf_puts(page, ".\n.PP\nRoles: ");
    for (int i = 0; i < KM_ROLE_COUNT; i++)
        km_buf_printf(page, "%s%s", i > 0 ? ", " : "", km_role_name[i]);
    km_buf_puts(page, ".\n");
}

int main(void)
{
    int n = 0;
    const km_action_info *action = km_tui_actions(&n);
    km_cli_key *key = km_calloc((size_t)n + 1, sizeof *key);
    km_buf page = { 0 };

    for (int i = 0; i < n; i++)
        key[i] = (km_cli_key){ .context = action[i].context, .keys = action[i].keys,
                               .help = action[i].help, .name = action[i].name };
    km_cli_man(&page, key, n);
    km_buf_puts(&page, reasoning);
    km_buf_puts(&page, settings);
    put_names(&page, action, n);
    bool failed = fputs(km_buf_str(&page), stdout) < 0 || fflush(stdout) != 0;
    km_buf_clear(&page);
    free(key);
    return failed;
}
