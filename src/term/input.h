/**
 * Terminal input: bytes in, keys and mouse events out. Pure, so that every sequence can be tested
 * without a terminal.
 *
 * Why not wgetch: a digit typed on the chart is stored at once, and ncurses hands the tail of a
 * sequence it does not know ("\x1b[1;5P") out as typed digits. Here a complete sequence is always
 * taken as a whole, known or not; press and release are never merged; both mouse encodings are
 * read whatever TERM says.
 */
#ifndef KM_TERM_INPUT_H
#define KM_TERM_INPUT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "knotmap/tui.h"

typedef struct km_event {
    km_key key;      /**< KM_KEY_NONE: it is a mouse event */
    km_mouse mouse;
} km_event;

/** A key sequence of this terminal, from terminfo. */
typedef struct km_binding {
    const char *seq; /**< borrowed, starts with ESC */
    km_key key;
} km_binding;

typedef struct km_input {
    unsigned char buf[4096];
    size_t pos, len;             /**< bytes pos..len are not yet read */
    bool utf8;                   /**< the locale's codeset; otherwise mbrtowc decides */
    bool paste;                  /**< between the brackets of a paste */
    km_binding binding[48];
    size_t n_binding;
    bool left_down;              /**< the left button is held */
    int64_t press_ms;            /**< last left press, INT64_MIN: none that counts */
    int press_x, press_y;
} km_input;

/** Two presses on one cell this many milliseconds apart are a double click. */
#define KM_DOUBLE_CLICK_MS 400

void km_input_init(km_input *in, bool utf8);
/** Add a sequence; NULL, sequences not starting with ESC and those beyond 48 are left out. */
void km_input_bind(km_input *in, const char *seq, km_key key);
/** Where the next bytes go, and how many fit; tell km_input_fed how many came. */
unsigned char *km_input_room(km_input *in, size_t *n);
void km_input_fed(km_input *in, size_t n);
/** Forget what has not been read. */
void km_input_drop(km_input *in);
/** Whether the beginning of a sequence or character waits for its rest. */
bool km_input_pending(const km_input *in);

/**
 * The next event.
 *
 * @param now_ms  a monotonic clock, for double clicks.
 * @param late    the time to wait for the rest of a sequence has passed: a lone ESC is the key.
 * @return false when more bytes are needed.
 */
bool km_input_next(km_event *out, km_input *in, int64_t now_ms, bool late);

#endif
