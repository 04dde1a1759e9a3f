/** Prints the manual page; run when knotmap is built. */
#include <stdio.h>
#include <stdlib.h>

#include "knotmap/cli.h"
#include "knotmap/tui.h"

int main(void)
{
    int n = 0;
    const km_action_info *action = km_tui_actions(&n);
    km_cli_key *key = km_calloc((size_t)n + 1, sizeof *key);
    km_buf page = { 0 };

    for (int i = 0; i < n; i++)
        key[i] = (km_cli_key){ .context = action[i].context, .keys = action[i].keys,
                               .help = action[i].help };
    km_cli_man(&page, key, n);
    bool failed = fputs(km_buf_str(&page), stdout) < 0 || fflush(stdout) != 0;
    km_buf_clear(&page);
    free(key);
    return failed;
}
