/** The command line: verbs, options, formats. */
#ifndef KNOTMAP_CLI_H
#define KNOTMAP_CLI_H

#include <stdbool.h>

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

#endif
