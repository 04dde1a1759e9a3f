/** Keys to actions: names of keys, bindings by context, lookup. */
#ifndef KNOTMAP_TUI_KEYMAP_H
#define KNOTMAP_TUI_KEYMAP_H

#include "actions.h"

typedef struct tui_binding {
    tui_ctx ctx;
    km_key key;
    tui_action action;
    int arg;               /**< the digit of a range, else 0 */
} tui_binding;

typedef struct tui_keymap {
    tui_binding *bind;
    int n, cap;
} tui_keymap;

/** Bind every action to the keys of the table. */
void tui_keymap_defaults(tui_keymap *m);
void tui_keymap_clear(tui_keymap *m);

/**
 * Give an action these keys instead of the ones it has ("none": no key). A key that another
 * action of the same context had is taken from it.
 *
 * @return KM_EINVAL naming the word that is no key.
 */
km_status tui_keymap_bind(tui_keymap *m, tui_action action, const char *keys, km_error *err);

/** The action of a key in the first of these contexts that binds it; ACT_NONE when none does. */
tui_action tui_keymap_find(const tui_keymap *m, const tui_ctx *ctx, int n_ctx, km_key key,
                           int *arg);

/** A key in words: "Ctrl-R", "Shift-Up", "a". */
void tui_key_print(km_buf *out, km_key key);
/** All keys of an action, a blank between them; the digits 0 to 9 as "0-9". "" when none. */
void tui_keymap_print(km_buf *out, const tui_keymap *m, tui_action action);
/** Only the first. */
void tui_keymap_print_first(km_buf *out, const tui_keymap *m, tui_action action);
/** The first that is no character, for use where letters are text. */
void tui_keymap_print_special(km_buf *out, const tui_keymap *m, tui_action action);

#endif
