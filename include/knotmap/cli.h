/** The command line: verbs, options, formats. */
#ifndef KNOTMAP_CLI_H
#define KNOTMAP_CLI_H

#include <stdbool.h>

#include "knotmap/mem.h"
#include "knotmap/status.h"

/** What main has to do after the arguments were read. */
typedef struct km_cli_screen {
    const char *db, *client;
    bool ascii, no_color, quiet, readonly;
} km_cli_screen;

/**
 * Run a command.
 *
 * @param screen  filled, and *wanted set, when no command was given: open the full screen.
 * @return the exit code of the contract.
 */
int km_cli_run(int argc, char **argv, km_cli_screen *screen, bool *wanted);

/** Print a failure as every command does: "knotmap: WHAT: WHY" and its mend. */
void km_cli_complain(const km_error *err, bool ascii);

/** A key of the full screen, for the manual; the command line does not know the screen. */
typedef struct km_cli_key {
    const char *context, *keys, *help;
    const char *name;   /**< what the palette finds it by: for an action without a key */
} km_cli_key;

/** The manual page knotmap(1) as roff, from the tables of verbs and keys. */
void km_cli_man(km_buf *out, const km_cli_key *key, int n);

#endif
