/** Keys to actions. */
#include "keymap.h"

#include <stdlib.h>
#include <string.h>

#include "knotmap/text.h"

static const struct {
    const char *name;
    km_key key;
} key_name[] = {
    { "Up", KM_KEY_UP }, { "Down", KM_KEY_DOWN }, { "Left", KM_KEY_LEFT },
    { "Right", KM_KEY_RIGHT }, { "Shift-Up", KM_KEY_SHIFT_UP },
    { "Shift-Down", KM_KEY_SHIFT_DOWN }, { "Shift-Left", KM_KEY_SHIFT_LEFT },
    { "Shift-Right", KM_KEY_SHIFT_RIGHT }, { "Home", KM_KEY_HOME }, { "End", KM_KEY_END },
    { "PgUp", KM_KEY_PAGE_UP }, { "PgDn", KM_KEY_PAGE_DOWN }, { "Tab", KM_KEY_TAB },
    { "Shift-Tab", KM_KEY_SHIFT_TAB }, { "Enter", KM_KEY_ENTER }, { "Esc", KM_KEY_ESC },
    { "Backspace", KM_KEY_BACKSPACE }, { "Delete", KM_KEY_DELETE }, { "Space", ' ' },
    { "F1", KM_KEY_F1 }, { "F2", KM_KEY_F2 }, { "F3", KM_KEY_F3 }, { "F4", KM_KEY_F4 },
    { "F5", KM_KEY_F5 }, { "F6", KM_KEY_F6 }, { "F7", KM_KEY_F7 }, { "F8", KM_KEY_F8 },
    { "F9", KM_KEY_F9 }, { "F10", KM_KEY_F10 }, { "F11", KM_KEY_F11 }, { "F12", KM_KEY_F12 },
};

#define N_KEY_NAMES (sizeof key_name / sizeof key_name[0])

void tui_key_print(km_buf *out, km_key key)
{
    for (size_t i = 0; i < N_KEY_NAMES; i++) {
        if (key_name[i].key == key) {
            km_buf_puts(out, key_name[i].name);
            return;
        }
    }
    if (key >= 1 && key <= 26) {
        km_buf_printf(out, "Ctrl-%c", (char)('A' + key - 1));
        return;
    }
    char bytes[4];
    km_buf_add(out, bytes, km_utf8_encode(bytes, key));
}

/** One word of a key list: a key, or a range of digits (`*last` >= `*first`). */
static bool key_parse(km_key *first, km_key *last, const char *word, size_t n)
{
    if (n == 3 && word[1] == '-' && word[0] >= '0' && word[0] <= word[2] && word[2] <= '9') {
        *first = (km_key)word[0];
        *last = (km_key)word[2];
        return true;
    }
    for (size_t i = 0; i < N_KEY_NAMES; i++) {
        if (strlen(key_name[i].name) == n && memcmp(key_name[i].name, word, n) == 0) {
            *first = *last = key_name[i].key;
            return true;
        }
    }
    if (n == 6 && memcmp(word, "Ctrl-", 5) == 0 && word[5] >= 'A' && word[5] <= 'Z') {
        *first = *last = KM_CTRL(word[5]);
        return true;
    }
    uint32_t rune;
    size_t used = km_utf8_decode(&rune, word, n);
    if (used != n || rune == KM_RUNE_BAD || rune <= ' ' || rune == 0x7F)
        return false;
    *first = *last = rune;
    return true;
}

static void drop_action(tui_keymap *m, tui_action action)
{
    int kept = 0;
    for (int i = 0; i < m->n; i++) {
        if (m->bind[i].action != action)
            m->bind[kept++] = m->bind[i];
    }
    m->n = kept;
}

static void drop_key(tui_keymap *m, tui_ctx ctx, km_key key)
{
    int kept = 0;
    for (int i = 0; i < m->n; i++) {
        if (m->bind[i].ctx != ctx || m->bind[i].key != key)
            m->bind[kept++] = m->bind[i];
    }
    m->n = kept;
}

/** Call `use` for each key of a list; with NULL only check it. */
static km_status each_key(tui_keymap *m, tui_action action, const char *keys, bool apply,
                          km_error *err)
{
    tui_ctx ctx = tui_action_table[action].ctx;
    const char *s = keys;
    while (*s) {
        s += strspn(s, " \t");
        size_t n = strcspn(s, " \t");
        if (n == 0)
            break;
        km_key first, last;
        if (!key_parse(&first, &last, s, n))
            return km_fail(err, KM_EINVAL, "%.*s: no such key", (int)(n > 40 ? 40 : n), s);
        for (km_key k = first; apply && k <= last; k++) {
            drop_key(m, ctx, k);
            KM_GROW(m->bind, m->n, m->cap);
            int arg = k >= '0' && k <= '9' ? (int)(k - '0') : 0;
            m->bind[m->n++] = (tui_binding){ ctx, k, action, arg };
        }
        s += n;
    }
    return KM_OK;
}

km_status tui_keymap_bind(tui_keymap *m, tui_action action, const char *keys, km_error *err)
{
    if (strcmp(keys, "none") == 0)
        keys = "";
    km_status st = each_key(m, action, keys, false, err);
    if (st != KM_OK)
        return st;
    drop_action(m, action);
    return each_key(m, action, keys, true, err);
}

void tui_keymap_defaults(tui_keymap *m)
{
    m->n = 0;
    for (int a = 0; a < ACT_COUNT; a++)
        tui_keymap_bind(m, (tui_action)a, tui_action_table[a].keys, NULL);
}

void tui_keymap_clear(tui_keymap *m)
{
    free(m->bind);
    *m = (tui_keymap){ 0 };
}

tui_action tui_keymap_find(const tui_keymap *m, const tui_ctx *ctx, int n_ctx, km_key key, int *arg)
{
    for (int c = 0; c < n_ctx; c++) {
        for (int i = 0; i < m->n; i++) {
            if (m->bind[i].ctx == ctx[c] && m->bind[i].key == key) {
                *arg = m->bind[i].arg;
                return m->bind[i].action;
            }
        }
    }
    return ACT_NONE;
}

void tui_keymap_print_special(km_buf *out, const tui_keymap *m, tui_action action)
{
    for (int i = 0; i < m->n; i++) {
        bool special = m->bind[i].key < ' ' || m->bind[i].key >= KM_KEY_BASE;
        if (special && m->bind[i].action == action) {
            tui_key_print(out, m->bind[i].key);
            return;
        }
    }
}

static void print_some(km_buf *out, const tui_keymap *m, tui_action action, int max)
{
    int shown = 0;
    for (int i = 0; i < m->n && shown < max; i++) {
        if (m->bind[i].action != action)
            continue;
        if (shown++ > 0)
            km_buf_putc(out, ' ');
        tui_key_print(out, m->bind[i].key);
        int last = i; /* a run of digits is printed as a range */
        while (last + 1 < m->n && m->bind[last + 1].action == action &&
               m->bind[last].key >= '0' && m->bind[last + 1].key == m->bind[last].key + 1 &&
               m->bind[last + 1].key <= '9')
            last++;
        if (last > i) {
            km_buf_putc(out, '-');
            tui_key_print(out, m->bind[last].key);
        }
        i = last;
    }
}

void tui_keymap_print(km_buf *out, const tui_keymap *m, tui_action action)
{
    print_some(out, m, action, 99);
}

void tui_keymap_print_first(km_buf *out, const tui_keymap *m, tui_action action)
{
    print_some(out, m, action, 1);
}
