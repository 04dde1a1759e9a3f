#include "knotmap/text.h"

#include <langinfo.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <wchar.h>
#include <wctype.h>

size_t km_utf8_decode(uint32_t *rune, const char *s, size_t n)
{
    if (n == 0)
        return 0;
    unsigned char c = (unsigned char)s[0];
    if (c < 0x80) {
        *rune = c;
        return 1;
    }
    size_t len = c >= 0xF0 && c <= 0xF4 ? 4 : c >= 0xE0 && c < 0xF0 ? 3 : c >= 0xC2 && c < 0xE0 ? 2 : 0;
    *rune = KM_RUNE_BAD;
    if (len == 0 || len > n)
        return 1;
    uint32_t r = len == 4 ? c & 0x07u : len == 3 ? c & 0x0Fu : c & 0x1Fu;
    for (size_t i = 1; i < len; i++) {
        unsigned char t = (unsigned char)s[i];
        if ((t & 0xC0) != 0x80)
            return 1;
        r = r << 6 | (t & 0x3Fu);
    }
    static const uint32_t least[] = { 0, 0, 0x80, 0x800, 0x10000 };
    if (r < least[len] || r > 0x10FFFF || (r >= 0xD800 && r <= 0xDFFF))
        return 1;
    *rune = r;
    return len;
}

size_t km_utf8_encode(char out[4], uint32_t r)
{
    if (r < 0x80) {
        out[0] = (char)r;
        return 1;
    }
    if (r < 0x800) {
        out[0] = (char)(0xC0 | r >> 6);
        out[1] = (char)(0x80 | (r & 0x3F));
        return 2;
    }
    if (r < 0x10000) {
        out[0] = (char)(0xE0 | r >> 12);
        out[1] = (char)(0x80 | (r >> 6 & 0x3F));
        out[2] = (char)(0x80 | (r & 0x3F));
        return 3;
    }
    out[0] = (char)(0xF0 | r >> 18);
    out[1] = (char)(0x80 | (r >> 12 & 0x3F));
    out[2] = (char)(0x80 | (r >> 6 & 0x3F));
    out[3] = (char)(0x80 | (r & 0x3F));
    return 4;
}

bool km_utf8_valid(const char *s, size_t n)
{
    for (size_t i = 0; i < n;) {
        uint32_t r;
        size_t k = km_utf8_decode(&r, s + i, n - i);
        if (k == 1 && (unsigned char)s[i] >= 0x80)
            return false;
        i += k;
    }
    return true;
}

/*
 * The C library's wcwidth is what ncurses itself measures with. In a locale without UTF-8 it
 * knows nothing beyond ASCII: then every rune counts one column.
 */
int km_rune_width(uint32_t rune)
{
    if (rune >= 0x20 && rune < 0x7F)
        return 1;
    int w = wcwidth((wchar_t)rune);
    return w < 0 ? 1 : w;
}

static bool is_control(uint32_t r)
{
    return r < 0x20 || (r >= 0x7F && r < 0xA0);
}

/* Runes that reorder or hide the text around them: bidi controls, line and paragraph separators,
 * the byte-order mark. */
static bool is_deceptive(uint32_t r)
{
    return (r >= 0x202A && r <= 0x202E) || (r >= 0x2066 && r <= 0x2069) || r == 0x200E ||
           r == 0x200F || r == 0x2028 || r == 0x2029 || r == 0xFEFF || r == 0x061C;
}

void km_text_visible(km_buf *out, const char *s, bool ascii)
{
    size_t n = strlen(s);
    for (size_t i = 0; i < n;) {
        uint32_t r;
        size_t k = km_utf8_decode(&r, s + i, n - i);
        if (r == '\n' || r == '\t')
            km_buf_putc(out, ' ');
        else if (is_control(r))
            km_buf_printf(out, "\\x%02x", (unsigned)r);
        else if (ascii && r >= 0x80)
            km_buf_putc(out, '?');
        else if (r == KM_RUNE_BAD || is_deceptive(r))
            km_buf_puts(out, "\xEF\xBF\xBD");
        else
            km_buf_add(out, s + i, k);
        i += k;
    }
}

int km_text_width(const char *s)
{
    int width = 0;
    size_t n = strlen(s);
    for (size_t i = 0; i < n;) {
        uint32_t r;
        i += km_utf8_decode(&r, s + i, n - i);
        if (r == '\n' || r == '\t' || is_deceptive(r))
            width += 1;
        else
            width += is_control(r) ? 4 : km_rune_width(r);
    }
    return width;
}

size_t km_text_fit(const char *s, int columns)
{
    int width = 0;
    size_t n = strlen(s);
    size_t i = 0;
    while (i < n) {
        uint32_t r;
        size_t k = km_utf8_decode(&r, s + i, n - i);
        int w = r == '\n' || r == '\t' || is_deceptive(r) ? 1 : is_control(r) ? 4 : km_rune_width(r);
        if (width + w > columns)
            break;
        width += w;
        i += k;
    }
    return i;
}

static uint32_t fold(uint32_t r)
{
    if (r < 0x80)
        return r >= 'A' && r <= 'Z' ? r + 32 : r;
    return (uint32_t)towlower((wint_t)r);
}

int km_text_casecmp(const char *a, const char *b)
{
    size_t na = strlen(a), nb = strlen(b), i = 0, k = 0;
    while (i < na && k < nb) {
        uint32_t ra, rb;
        i += km_utf8_decode(&ra, a + i, na - i);
        k += km_utf8_decode(&rb, b + k, nb - k);
        ra = fold(ra);
        rb = fold(rb);
        if (ra != rb)
            return ra < rb ? -1 : 1;
    }
    return i < na ? 1 : k < nb ? -1 : 0;
}

/* Bytes of `s` that are `prefix`, ignoring case; 0 when it does not start so. */
static size_t start_of(const char *s, const char *prefix)
{
    size_t ns = strlen(s), np = strlen(prefix), i = 0, k = 0;
    while (k < np) {
        if (i >= ns)
            return 0;
        uint32_t rs, rp;
        i += km_utf8_decode(&rs, s + i, ns - i);
        k += km_utf8_decode(&rp, prefix + k, np - k);
        if (fold(rs) != fold(rp))
            return 0;
    }
    return i;
}

bool km_text_starts(const char *s, const char *prefix)
{
    return prefix[0] == '\0' || start_of(s, prefix) > 0;
}

bool km_text_contains(const char *hay, const char *needle)
{
    if (needle[0] == '\0')
        return true;
    size_t n = strlen(hay);
    for (size_t i = 0; i < n;) {
        if (km_text_starts(hay + i, needle))
            return true;
        uint32_t r;
        i += km_utf8_decode(&r, hay + i, n - i);
    }
    return false;
}

static bool goes_on(uint32_t r)
{
    return iswalnum((wint_t)r) != 0;
}

bool km_text_names(const char *hay, const char *needle)
{
    size_t n = strlen(hay);
    uint32_t before = ' ';

    for (size_t i = 0; i < n;) {
        uint32_t r = ' ', after = ' ';
        size_t found = goes_on(before) ? 0 : start_of(hay + i, needle);
        if (found > 0 && i + found < n)
            km_utf8_decode(&after, hay + i + found, n - i - found);
        if (found > 0 && !goes_on(after))
            return true;
        i += km_utf8_decode(&r, hay + i, n - i);
        before = r;
    }
    return false;
}

bool km_number_parse(double *out, const char *text)
{
    char *end;

    if (text[strspn(text, " +-.0123456789eE")] != '\0')
        return false;
    *out = strtod(text, &end);
    return end != text && end[strspn(end, " ")] == '\0' && isfinite(*out);
}

bool km_locale_utf8(void)
{
    const char *codeset = nl_langinfo(CODESET);
    return km_text_casecmp(codeset, "UTF-8") == 0 || km_text_casecmp(codeset, "UTF8") == 0;
}
