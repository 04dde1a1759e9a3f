/** A screen without a terminal for tests. */
#include "screen.h"

#include <dirent.h>
#include "km_cmocka.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "knotmap/path.h"
#include "knotmap/text.h"

static bool waiting(void *ctx, int ms)
{
    screen *s = ctx;
    return s->tui ? km_tui_app_waiting(s->tui, ms) : false;
}

void screen_enter(screen *s, bool readonly)
{
    km_error err = { 0 };
    const km_app_options opt = { .db = s->db, .who = "screen", .readonly = readonly,
                                 .waiting = waiting, .waiting_ctx = s };
    if (km_app_open(&s->app, &opt, &err) != KM_OK)
        fail_msg("open: %s", err.text);
    const km_tui_options tui = { .ascii = s->ascii, .color = true, .mouse = true,
                                 .state_file = s->state, .config_file = s->config };
    s->tui = km_tui_new(s->app, &tui);
    km_tui_paint(s->tui, &s->grid);
}

void screen_leave(screen *s)
{
    km_tui_free(s->tui);
    s->tui = NULL;
    km_app_close(s->app);
    s->app = NULL;
}

void screen_open(screen *s, int w, int h, bool ascii)
{
    setenv("KNOTMAP_NOW", "2026-11-20T12:00:00Z", 1);
    setenv("TZ", "UTC", 1);
    unsetenv("KNOTMAP_CLIENT");
    unsetenv("KNOTMAP_ASSETS");
    *s = (screen){ .ascii = ascii };
    snprintf(s->dir, sizeof s->dir, "/tmp/knotmap-views-XXXXXX");
    assert_non_null(mkdtemp(s->dir));
    snprintf(s->db, sizeof s->db, "%s/k.db", s->dir);
    snprintf(s->state, sizeof s->state, "%s/state", s->dir);
    snprintf(s->config, sizeof s->config, "%s/config", s->dir);
    km_grid_resize(&s->grid, w, h);
    screen_enter(s, false);
}

void screen_restart(screen *s)
{
    screen_leave(s);
    screen_enter(s, false);
}

void screen_close(screen *s)
{
    screen_leave(s);
    km_grid_free(&s->grid);
    DIR *d = opendir(s->dir);
    for (struct dirent *e; d && (e = readdir(d)) != NULL;) {
        char path[400];
        snprintf(path, sizeof path, "%s/%s", s->dir, e->d_name);
        unlink(path);
    }
    if (d)
        closedir(d);
    rmdir(s->dir);
}

static km_key named(const char *name, size_t n)
{
    static const struct { const char *name; km_key key; } key[] = {
        { "Up", KM_KEY_UP }, { "Down", KM_KEY_DOWN }, { "Left", KM_KEY_LEFT },
        { "Right", KM_KEY_RIGHT }, { "S-Up", KM_KEY_SHIFT_UP }, { "S-Down", KM_KEY_SHIFT_DOWN },
        { "S-Left", KM_KEY_SHIFT_LEFT }, { "S-Right", KM_KEY_SHIFT_RIGHT },
        { "Home", KM_KEY_HOME }, { "End", KM_KEY_END }, { "PgUp", KM_KEY_PAGE_UP },
        { "PgDn", KM_KEY_PAGE_DOWN }, { "Tab", KM_KEY_TAB }, { "S-Tab", KM_KEY_SHIFT_TAB },
        { "Enter", KM_KEY_ENTER }, { "Esc", KM_KEY_ESC }, { "BS", KM_KEY_BACKSPACE },
        { "Del", KM_KEY_DELETE }, { "F1", KM_KEY_F1 }, { "F5", KM_KEY_F5 },
        { "C-R", KM_CTRL('R') }, { "C-L", KM_CTRL('L') }, { "C-U", KM_CTRL('U') },
        { "C-D", KM_CTRL('D') }, { "lt", '<' }, { "Paste", KM_KEY_PASTE_BEGIN },
        { "EndPaste", KM_KEY_PASTE_END },
    };
    for (size_t i = 0; i < sizeof key / sizeof key[0]; i++) {
        if (strlen(key[i].name) == n && memcmp(key[i].name, name, n) == 0)
            return key[i].key;
    }
    fail_msg("no key is called %.*s", (int)n, name);
    return KM_KEY_NONE;
}

void screen_keys(screen *s, const char *script)
{
    while (*script) {
        const char *end = *script == '<' ? strchr(script, '>') : NULL;
        if (end) {
            km_tui_key(s->tui, named(script + 1, (size_t)(end - script - 1)));
            script = end + 1;
        } else {
            uint32_t rune;
            script += km_utf8_decode(&rune, script, strlen(script));
            km_tui_key(s->tui, rune);
        }
        km_tui_paint(s->tui, &s->grid); /* as the terminal does after every key */
    }
}

void screen_resize(screen *s, int w, int h)
{
    km_grid_resize(&s->grid, w, h);
    km_tui_paint(s->tui, &s->grid);
}

void screen_check_cursor(const screen *s)
{
    assert_in_range(s->grid.cursor_x, 0, s->grid.w - 1);
    assert_in_range(s->grid.cursor_y, 0, s->grid.h - 1);
}

void screen_every_size(screen *s)
{
    /* around where a view changes its shape, and far beyond */
    static const int width[] = { 1, 2, 19, 20, 21, 33, 45, 53, 63, 64, 80, 120, 300 };
    static const int height[] = { 1, 2, 5, 6, 7, 8, 15, 17, 20, 24, 40, 60 };
    const int w = s->grid.w, h = s->grid.h;
    km_buf before = { 0 }, after = { 0 };
    km_grid_dump(&before, &s->grid);
    for (size_t i = 0; i < sizeof width / sizeof width[0]; i++) {
        for (size_t k = 0; k < sizeof height / sizeof height[0]; k++) {
            screen_resize(s, width[i], height[k]);
            screen_check_cursor(s);
        }
    }
    screen_resize(s, w, h);
    km_grid_dump(&after, &s->grid);
    assert_string_equal(km_buf_str(&after), km_buf_str(&before));
    km_buf_clear(&before);
    km_buf_clear(&after);
}

const char *screen_line(screen *s, int y)
{
    static km_buf b;
    km_grid one = s->grid;
    km_buf_reset(&b);
    if (y < 0 || y >= s->grid.h)
        return "";
    one.cell = s->grid.cell + (size_t)y * (size_t)s->grid.w;
    one.h = 1;
    km_grid_dump(&b, &one);
    if (b.len > 0)
        b.s[--b.len] = '\0';
    return km_buf_str(&b);
}

const char *screen_last(screen *s)
{
    return screen_line(s, s->grid.h - 1);
}

bool screen_has(screen *s, const char *text)
{
    km_buf b = { 0 };
    km_grid_dump(&b, &s->grid);
    bool has = strstr(km_buf_str(&b), text) != NULL;
    km_buf_clear(&b);
    return has;
}

km_mark_list screen_marks(screen *s)
{
    km_error err = { 0 };
    km_mark_list list = { 0 };
    km_mark_filter f = km_mark_filter_all();
    if (km_app_marks(&list, s->app, &f, &err) != KM_OK)
        fail_msg("marks: %s", err.text);
    return list;
}

/**
 * The outline of the body is judged by measures of its own: a tie of its fit may fall
 * differently between compilers. Pictures hold everything else.
 */
static void hide_outline(km_cell *c)
{
    bool braille = c->rune >= 0x2800 && c->rune <= 0x28FF;
    if (braille || c->role == KM_ROLE_OUTLINE || c->role == KM_ROLE_BORDER ||
        c->role == KM_ROLE_FEATURE)
        c->rune = ' ';
}

void screen_same(screen *s, const char *name)
{
    char path[256];
    km_error err = { 0 };
    km_buf now = { 0 }, was = { 0 };
    snprintf(path, sizeof path, "%s/tests/views/%s.txt", KM_SOURCE_DIR, name);
    km_grid copy = s->grid;
    size_t cells = (size_t)copy.w * (size_t)copy.h;
    copy.cell = km_calloc(cells, sizeof *copy.cell);
    memcpy(copy.cell, s->grid.cell, cells * sizeof *copy.cell);
    for (size_t i = 0; i < cells; i++)
        hide_outline(&copy.cell[i]);
    km_grid_dump(&now, &copy);
    free(copy.cell);
    km_buf_printf(&now, "cursor %d,%d\n", s->grid.cursor_x, s->grid.cursor_y);
    if (getenv("KM_RENEW")) {
        FILE *f = fopen(path, "w");
        assert_non_null(f);
        fputs(km_buf_str(&now), f);
        fclose(f);
    } else {
        if (km_file_read(&was, path, &err) != KM_OK)
            fail_msg("%s: %s (KM_RENEW=1 writes it)", path, err.text);
        if (strcmp(km_buf_str(&was), km_buf_str(&now)) != 0)
            fail_msg("%s differs; the screen is now:\n%s", path, km_buf_str(&now));
    }
    km_buf_clear(&now);
    km_buf_clear(&was);
}

const screen_size screen_sizes[4] = {
    { 80, 24, false }, { 80, 24, true }, { 120, 40, false }, { 200, 60, true },
};

void screen_picture(screen *s, const char *name)
{
    char full[128];
    snprintf(full, sizeof full, "%dx%d-%s-%s", s->grid.w, s->grid.h,
             s->ascii ? "ascii" : "unicode", name);
    screen_same(s, full);
    for (int i = 0; s->ascii && i < s->grid.w * s->grid.h; i++)
        assert_in_range(s->grid.cell[i].rune, 0x20, 0x7E);
}

void screen_click(screen *s, const char *text)
{
    for (int y = 0; y < s->grid.h; y++) {
        for (int x = 0; x < s->grid.w; x++) {
            size_t n = 0;
            while (text[n] && x + (int)n < s->grid.w &&
                   km_grid_cell(&s->grid, x + (int)n, y)->rune == (uint32_t)text[n])
                n++;
            if (text[n])
                continue;
            const km_mouse m = { KM_MOUSE_CLICK, x + (int)n / 2, y };
            km_tui_mouse(s->tui, &m);
            km_tui_paint(s->tui, &s->grid);
            return;
        }
    }
    fail_msg("%s is not on the screen", text);
}
