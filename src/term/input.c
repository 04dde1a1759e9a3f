#include "input.h"

#include <string.h>
#include <wchar.h>

#include "knotmap/text.h"

#define ESC 0x1b

/** What a look at the head of the buffer found. */
typedef struct taken {
    size_t n;      /* bytes; 0: more are needed */
    km_event event;
    bool silent;   /* taken, but nothing for the program */
} taken;

static taken take_key(size_t n, km_key key)
{
    return (taken){ .n = n, .event.key = key, .silent = key == KM_KEY_NONE };
}

static taken take_nothing(size_t n)
{
    return (taken){ .n = n, .silent = true };
}

void km_input_init(km_input *in, bool utf8)
{
    memset(in, 0, sizeof *in);
    in->utf8 = utf8;
    in->press_ms = INT64_MIN;
}

void km_input_bind(km_input *in, const char *seq, km_key key)
{
    if (!seq || seq[0] != ESC || !seq[1] || in->n_binding == sizeof in->binding / sizeof *in->binding)
        return;
    in->binding[in->n_binding++] = (km_binding){ seq, key };
}

unsigned char *km_input_room(km_input *in, size_t *n)
{
    if (in->pos) {
        memmove(in->buf, in->buf + in->pos, in->len - in->pos);
        in->len -= in->pos;
        in->pos = 0;
    }
    *n = sizeof in->buf - in->len;
    return in->buf + in->len;
}

void km_input_fed(km_input *in, size_t n)
{
    in->len += n;
}

void km_input_drop(km_input *in)
{
    in->pos = in->len = 0;
}

bool km_input_pending(const km_input *in)
{
    return in->pos < in->len;
}

/* ---- mouse ---- */

/** One report: `code` as SGR numbers it, cell from 0. The old encoding cannot name what is released. */
static taken mouse_event(km_input *in, size_t n, int code, int x, int y, bool release, int64_t now_ms)
{
    taken t = { .n = n, .event.mouse = { .x = x, .y = y } };
    int button = code & 3;
    km_mouse_kind kind;

    if (x < 0 || y < 0 || (code & 128) != 0)
        return take_nothing(n);
    if (code & 64) {
        if (button > 1)
            return take_nothing(n);
        kind = button == 0 ? KM_MOUSE_WHEEL_UP : KM_MOUSE_WHEEL_DOWN;
    } else if (code & 32) {
        if (button == 3 || !in->left_down)
            return take_nothing(n);
        kind = KM_MOUSE_DRAG;
    } else if (release || button == 3) {
        if (!in->left_down || (release && button != 0 && button != 3))
            return take_nothing(n);
        in->left_down = false;
        kind = KM_MOUSE_RELEASE;
    } else if (button == 2) {
        kind = KM_MOUSE_RIGHT;
    } else if (button == 0) {
        bool again = in->press_ms != INT64_MIN && now_ms - in->press_ms <= KM_DOUBLE_CLICK_MS &&
                     x == in->press_x && y == in->press_y;
        kind = again ? KM_MOUSE_DOUBLE : KM_MOUSE_PRESS;
        in->left_down = true;
        in->press_ms = again ? INT64_MIN : now_ms;
        in->press_x = x;
        in->press_y = y;
    } else {
        return take_nothing(n);
    }
    t.event.mouse.kind = kind;
    return t;
}

/* ---- control sequences ---- */

typedef struct csi {
    unsigned char prefix, final; /* prefix: one of <=>? or 0 */
    int param[4];                /* missing: 0 */
    int n_param;
} csi;

/** Shift alone, nothing, or another modifier (xterm: 1 + bits). */
typedef enum modifier { MOD_NONE, MOD_SHIFT, MOD_OTHER } modifier;

static modifier csi_modifier(const csi *c)
{
    int m = c->n_param >= 2 ? c->param[1] : 0;
    return m <= 1 ? MOD_NONE : m == 2 ? MOD_SHIFT : MOD_OTHER;
}

static km_key tilde_key(int number)
{
    static const km_key key[] = {
        [1] = KM_KEY_HOME,  [3] = KM_KEY_DELETE, [4] = KM_KEY_END, [5] = KM_KEY_PAGE_UP,
        [6] = KM_KEY_PAGE_DOWN, [7] = KM_KEY_HOME, [8] = KM_KEY_END,
        [11] = KM_KEY_F1,  [12] = KM_KEY_F2,  [13] = KM_KEY_F3,  [14] = KM_KEY_F4,
        [15] = KM_KEY_F5,  [17] = KM_KEY_F6,  [18] = KM_KEY_F7,  [19] = KM_KEY_F8,
        [20] = KM_KEY_F9,  [21] = KM_KEY_F10, [23] = KM_KEY_F11, [24] = KM_KEY_F12,
    };

    if (number == 200)
        return KM_KEY_PASTE_BEGIN;
    return number > 0 && (size_t)number < sizeof key / sizeof *key ? key[number] : KM_KEY_NONE;
}

/** The keys xterm, linux, screen, tmux and rxvt agree on; anything else is no key. */
static km_key csi_key(const csi *c)
{
    modifier mod = csi_modifier(c);
    if (c->prefix || mod == MOD_OTHER)
        return KM_KEY_NONE;
    bool shift = mod == MOD_SHIFT;
    switch (c->final) {
    case 'A': return shift ? KM_KEY_SHIFT_UP : KM_KEY_UP;
    case 'B': return shift ? KM_KEY_SHIFT_DOWN : KM_KEY_DOWN;
    case 'C': return shift ? KM_KEY_SHIFT_RIGHT : KM_KEY_RIGHT;
    case 'D': return shift ? KM_KEY_SHIFT_LEFT : KM_KEY_LEFT;
    case 'a': return KM_KEY_SHIFT_UP;
    case 'b': return KM_KEY_SHIFT_DOWN;
    case 'c': return c->n_param ? KM_KEY_NONE : KM_KEY_SHIFT_RIGHT;
    case 'd': return KM_KEY_SHIFT_LEFT;
    case 'H': return KM_KEY_HOME;
    case 'F': return KM_KEY_END;
    case 'Z': return KM_KEY_SHIFT_TAB;
    case 'P': return KM_KEY_F1;
    case 'Q': return KM_KEY_F2;
    case 'S': return KM_KEY_F4;
    case '~': return tilde_key(c->param[0]);
    default: return KM_KEY_NONE;
    }
}

static km_key ss3_key(unsigned char final)
{
    switch (final) {
    case 'A': return KM_KEY_UP;
    case 'B': return KM_KEY_DOWN;
    case 'C': return KM_KEY_RIGHT;
    case 'D': return KM_KEY_LEFT;
    case 'a': return KM_KEY_SHIFT_UP;
    case 'b': return KM_KEY_SHIFT_DOWN;
    case 'c': return KM_KEY_SHIFT_RIGHT;
    case 'd': return KM_KEY_SHIFT_LEFT;
    case 'H': return KM_KEY_HOME;
    case 'F': return KM_KEY_END;
    case 'M': return KM_KEY_ENTER; /* of the number pad */
    case 'P': return KM_KEY_F1;
    case 'Q': return KM_KEY_F2;
    case 'R': return KM_KEY_F3;
    case 'S': return KM_KEY_F4;
    default:
        /* The number pad in application mode: the character less 64 (VT100 manual). */
        if ((final >= 'j' && final <= 'y') || final == 'X')
            return (km_key)(final - 64);
        return KM_KEY_NONE;
    }
}

/** "\x1b[...": `p` has at least three bytes. */
static taken take_csi(km_input *in, const unsigned char *p, size_t n, int64_t now_ms, bool late)
{
    if (p[2] == '[') { /* linux console: ESC [ [ A .. E are F1 .. F5 */
        if (n < 4)
            return late ? take_nothing(n) : take_nothing(0);
        return take_key(4, p[3] >= 'A' && p[3] <= 'E' ? KM_KEY_F1 + (km_key)(p[3] - 'A') : KM_KEY_NONE);
    }
    if (p[2] == 'M') { /* the old mouse encoding: three bytes, each 32 more than it says */
        if (n < 6)
            return late ? take_nothing(n) : take_nothing(0);
        return mouse_event(in, 6, p[3] - 32, p[4] - 33, p[5] - 33, false, now_ms);
    }

    csi c = { 0 };
    size_t i = 2;
    if (p[i] >= '<' && p[i] <= '?')
        c.prefix = p[i++];
    for (; i < n && p[i] >= 0x20 && p[i] < 0x40 && p[i] != '$'; i++) {
        if (p[i] >= '0' && p[i] <= '9') {
            if (c.n_param == 0)
                c.n_param = 1;
            int *v = &c.param[c.n_param - 1];
            *v = *v > 9999 ? *v : *v * 10 + (p[i] - '0');
        } else if (p[i] == ';' && c.n_param < 4) {
            c.n_param += c.n_param == 0 ? 2 : 1;
        }
    }
    if (i == n)
        return late || n > 64 ? take_nothing(n) : take_nothing(0);
    if (p[i] < 0x20 || p[i] > 0x7e) /* broken off: what follows is something else */
        return take_nothing(i);
    c.final = p[i];
    if (c.prefix == '<' && (c.final == 'M' || c.final == 'm'))
        return mouse_event(in, i + 1, c.param[0], c.param[1] - 1, c.param[2] - 1, c.final == 'm',
                           now_ms);
    return take_key(i + 1, csi_key(&c));
}

/** The longest sequence of this terminal at `p`; 0 and `*begun` when one may still follow. */
static size_t match_binding(const km_input *in, const unsigned char *p, size_t n, km_key *key,
                            bool *begun)
{
    size_t best = 0;
    *begun = false;
    for (size_t i = 0; i < in->n_binding; i++) {
        const km_binding *b = &in->binding[i];
        size_t len = strlen(b->seq);
        if (len <= n && len > best && memcmp(b->seq, p, len) == 0) {
            best = len;
            *key = b->key;
        } else if (len > n && memcmp(b->seq, p, n) == 0) {
            *begun = true;
        }
    }
    return best;
}

static taken take_escape(km_input *in, const unsigned char *p, size_t n, int64_t now_ms, bool late)
{
    km_key key = KM_KEY_NONE;
    bool begun;
    size_t bound = match_binding(in, p, n, &key, &begun);

    if (bound)
        return take_key(bound, key);
    if (n >= 3 && p[1] == '[')
        return take_csi(in, p, n, now_ms, late);
    if (n >= 3 && p[1] == 'O') {
        key = ss3_key(p[2]);
        if (key != KM_KEY_NONE)
            return take_key(3, key);
    }
    if (!late && (begun || n == 1 || (n == 2 && (p[1] == '[' || p[1] == 'O'))))
        return take_nothing(0);
    return take_key(1, KM_KEY_ESC);
}

/* ---- characters ---- */

static taken take_rune(const km_input *in, const unsigned char *p, size_t n, bool late)
{
    uint32_t rune;

    if (in->utf8) {
        size_t used = km_utf8_decode(&rune, (const char *)p, n);
        if (rune == KM_RUNE_BAD && used == 1) {
            size_t want = p[0] >= 0xf0 ? 4 : p[0] >= 0xe0 ? 3 : p[0] >= 0xc2 ? 2 : 1;
            bool rest_missing = n < want && !late;
            for (size_t i = 1; i < n && i < want; i++)
                rest_missing = rest_missing && (p[i] & 0xc0) == 0x80;
            return rest_missing ? take_nothing(0) : take_nothing(1);
        }
        return rune >= 0x80 && rune < 0xa0 ? take_nothing(used) : take_key(used, rune);
    }

    wchar_t wide;
    mbstate_t state = { 0 };
    size_t used = mbrtowc(&wide, (const char *)p, n, &state);
    if (used == (size_t)-2 && !late)
        return take_nothing(0);
    if (used == 0 || used > n)
        return take_nothing(1);
    /* glibc's wchar_t is Unicode (__STDC_ISO_10646__) in every locale. */
    return (uint32_t)wide < 0xa0 ? take_nothing(used) : take_key(used, (uint32_t)wide);
}

static taken take_plain(const km_input *in, const unsigned char *p, size_t n, bool late)
{
    unsigned char c = p[0];

    switch (c) {
    case 0: return take_nothing(1);
    case '\r':
    case '\n': return take_key(1, KM_KEY_ENTER);
    case '\t': return take_key(1, KM_KEY_TAB);
    case '\b':
    case 0x7f: return take_key(1, KM_KEY_BACKSPACE);
    default: break;
    }
    if (c < 0x80)
        return c < 0x20 && c > 26 ? take_nothing(1) : take_key(1, c);
    return take_rune(in, p, n, late);
}

/** Text between the brackets of a paste: no key but line ends and tabs, and no sequence acts. */
static taken take_pasted(km_input *in, const unsigned char *p, size_t n, bool late)
{
    static const char end[] = "\x1b[201~";
    const size_t end_len = sizeof end - 1;

    if (p[0] == ESC) {
        size_t common = n < end_len ? n : end_len;
        if (memcmp(p, end, common) != 0)
            return take_nothing(1);
        if (common < end_len)
            return take_nothing(late ? 1 : 0);
        in->paste = false;
        return take_key(end_len, KM_KEY_PASTE_END);
    }
    if (p[0] == '\r' || p[0] == '\n' || p[0] == '\t' || (p[0] >= 0x20 && p[0] != 0x7f))
        return take_plain(in, p, n, late);
    return take_nothing(1);
}

bool km_input_next(km_event *out, km_input *in, int64_t now_ms, bool late)
{
    while (in->pos < in->len) {
        const unsigned char *p = in->buf + in->pos;
        size_t n = in->len - in->pos;
        taken t = in->paste    ? take_pasted(in, p, n, late)
                  : p[0] == ESC ? take_escape(in, p, n, now_ms, late)
                                : take_plain(in, p, n, late);
        if (t.n == 0)
            return false;
        in->pos += t.n;
        if (t.silent)
            continue;
        if (t.event.key == KM_KEY_PASTE_BEGIN)
            in->paste = true;
        *out = t.event;
        return true;
    }
    return false;
}
