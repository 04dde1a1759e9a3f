/** The terminal: the only room that knows ncurses. */
#ifndef KNOTMAP_TERM_H
#define KNOTMAP_TERM_H

#include <stdbool.h>

#include "knotmap/status.h"
#include "knotmap/tui.h"

typedef struct km_term_options {
    bool ascii;     /**< --ascii */
    bool no_color;  /**< --no-color or a non-empty NO_COLOR */
} km_term_options;

/**
 * Whether a full screen can be opened here: both standard input and output are terminals and
 * TERM is known and not dumb. KM_EUSAGE with one sentence otherwise; nothing is written.
 */
km_status km_term_check(km_error *err);

/** Whether the grid must be ASCII: the option, or a locale that is not UTF-8. */
bool km_term_ascii(const km_term_options *opt);

/**
 * Run the screen until the person leaves, the terminal is closed or a signal ends it. Restores
 * the terminal in every case.
 *
 * @param make  opens the app and builds the tui; called before the terminal is touched, so that
 *              its failure, which is returned, is said on the ordinary screen. The tui stays the
 *              caller's to free.
 * @return KM_OK, also for a closed terminal; on INT, TERM, HUP, QUIT the terminal is restored, the
 *         tui freed (which saves its state), and the signal raised again, so that the parent
 *         sees it: this function does not return then.
 */
km_status km_term_run(km_tui *(*make)(void *ctx, km_error *err), void *ctx,
                      const km_term_options *opt, km_error *err);

#endif
