/** A line of text being typed. */
#include "field.h"

#include "knotmap/text.h"

void tui_field_set(tui_field *f, const char *text)
{
    km_buf_reset(&f->text);
    km_buf_puts(&f->text, text ? text : "");
    f->at = f->text.len;
}

void tui_field_clear(tui_field *f)
{
    km_buf_clear(&f->text);
    f->at = 0;
}

static void replace(tui_field *f, size_t from, size_t to, const char *with, size_t n)
{
    km_buf b = { 0 };
    const char *s = km_buf_str(&f->text);
    km_buf_add(&b, s, from);
    km_buf_add(&b, with, n);
    km_buf_add(&b, s + to, f->text.len - to);
    km_buf_clear(&f->text);
    f->text = b;
    f->at = from + n;
}

static size_t before(const tui_field *f, size_t at)
{
    const char *s = km_buf_str(&f->text);
    if (at == 0)
        return 0;
    at--;
    while (at > 0 && ((unsigned char)s[at] & 0xC0) == 0x80)
        at--;
    return at;
}

static size_t after(const tui_field *f, size_t at)
{
    uint32_t rune;
    return at + km_utf8_decode(&rune, km_buf_str(&f->text) + at, f->text.len - at);
}

static size_t word_before(const tui_field *f)
{
    const char *s = km_buf_str(&f->text);
    size_t at = f->at;
    while (at > 0 && s[at - 1] == ' ')
        at--;
    while (at > 0 && s[at - 1] != ' ')
        at--;
    return at;
}

bool tui_field_key(tui_field *f, km_key key, size_t max_bytes)
{
    switch (key) {
    case KM_KEY_LEFT: f->at = before(f, f->at); return true;
    case KM_KEY_RIGHT: f->at = after(f, f->at); return true;
    case KM_KEY_HOME: case KM_CTRL('A'): f->at = 0; return true;
    case KM_KEY_END: case KM_CTRL('E'): f->at = f->text.len; return true;
    case KM_KEY_BACKSPACE: replace(f, before(f, f->at), f->at, "", 0); return true;
    case KM_KEY_DELETE: {
        size_t at = f->at;
        replace(f, at, after(f, at), "", 0);
        return true;
    }
    case KM_CTRL('U'): replace(f, 0, f->at, "", 0); return true;
    case KM_CTRL('W'): replace(f, word_before(f), f->at, "", 0); return true;
    default: break;
    }
    if (key < 0x20 || key == 0x7F || key > 0x10FFFF)
        return false;
    char bytes[4];
    size_t n = km_utf8_encode(bytes, key);
    if (f->text.len + n <= max_bytes)
        replace(f, f->at, f->at, bytes, n);
    return true;
}

void tui_field_paint(km_grid *g, km_rect r, int y, int x, const tui_field *f, bool focus)
{
    km_rect in = { r.x + x, r.y + y, r.w - x, 1 };
    if (in.w <= 0 || y < 0 || y >= r.h)
        return;
    /* what stands before the cursor decides how far the text is shifted */
    km_buf head = { 0 };
    km_buf_add(&head, km_buf_str(&f->text), f->at);
    km_buf shown = { 0 };
    km_text_visible(&shown, km_buf_str(&head), g->ascii);
    int column = km_text_width(km_buf_str(&shown));
    int shift = focus && column >= in.w ? column - in.w + 1 : 0;
    km_grid_text(g, in, 0, -shift, KM_ROLE_TEXT, km_buf_str(&f->text));
    if (focus && in.y >= 0 && in.y < g->h && in.x + column - shift >= 0 &&
        in.x + column - shift < g->w) {
        g->cursor_x = in.x + column - shift;
        g->cursor_y = in.y;
        g->cursor_visible = true;
    }
    km_buf_clear(&head);
    km_buf_clear(&shown);
}
