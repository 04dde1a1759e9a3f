/** Status codes and the error record that travels with them. */
#ifndef KNOTMAP_STATUS_H
#define KNOTMAP_STATUS_H

/** What happened. One code for each outcome a caller acts on. */
typedef enum km_status {
    KM_OK = 0,
    KM_ENOTFOUND,  /**< the answer is "nothing": unknown id or client, nothing to undo */
    KM_EUSAGE,     /**< unknown command or option, missing argument */
    KM_EINVAL,     /**< a refused value */
    KM_EDATA,      /**< a file whose content is refused: no database, damaged, newer, bad table */
    KM_ENOINPUT,   /**< an input file is missing or cannot be read */
    KM_EBUSY,      /**< another program holds the database */
    KM_EINTERNAL,  /**< a fault of knotmap itself */
    KM_ECREATE,    /**< an output cannot be created */
    KM_EIO,        /**< input/output error, disk full */
    KM_EPERM,      /**< permission denied, read-only */
    KM_ECANCELLED, /**< the person gave up waiting */
    KM_STATUS_COUNT
} km_status;

/** A failure in words: `text` is "WHAT: WHY" without the program's name, `mend` may be empty. */
typedef struct km_error {
    km_status status;
    char text[512];
    char mend[256];
} km_error;

/**
 * Record a failure and return its code.
 *
 * @param err  may be NULL; a text that does not fit is cut at a character.
 * @param fmt  "WHAT: WHY", no final newline or full stop.
 */
km_status km_fail(km_error *err, km_status code, const char *fmt, ...)
    __attribute__((format(printf, 3, 4)));

/**
 * Add the second line that says how to mend it to a failure that was recorded.
 *
 * @return its code, `code`, with or without `err`: `return km_mend(km_fail(...), err, ...)`.
 */
km_status km_mend(km_status code, km_error *err, const char *fmt, ...)
    __attribute__((format(printf, 3, 4)));

/** Exit code of the command line (sysexits numbers; KM_EDATA is 65 as KM_EINVAL). */
int km_status_exit(km_status code);

/**
 * The one way out after an internal fault or exhausted memory: runs the hook set by
 * km_on_die (which restores the terminal), prints "knotmap: TEXT", ends with 70.
 */
_Noreturn void km_die(const char *fmt, ...) __attribute__((format(printf, 1, 2)));

/** Set the function km_die runs first; NULL removes it. */
void km_on_die(void (*hook)(void));

#endif
