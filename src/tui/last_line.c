/** The last line: what can be done now, or what just happened; clicks on it. */
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "knotmap/text.h"
#include "view.h"

/* ---- messages ---- */

static void say(km_tui *t, km_role role, const char *text)
{
    if (t->n_message > 0 && strcmp(t->message[t->n_message - 1].text, text) == 0)
        return; /* said already: a failing poll must not pile up */
    if (t->n_message == TUI_MESSAGES)
        t->n_message--;
    tui_message *m = &t->message[t->n_message++];
    m->role = role;
    snprintf(m->text, sizeof m->text, "%s", text);
}

void tui_say(km_tui *t, km_role role, const char *fmt, ...)
{
    km_buf b = { 0 };
    va_list ap;
    va_start(ap, fmt);
    km_buf_vprintf(&b, fmt, ap);
    va_end(ap);
    say(t, role, km_buf_str(&b));
    km_buf_clear(&b);
}

void tui_fail(km_tui *t, const km_error *err)
{
    km_buf b = { 0 };
    km_buf_puts(&b, err->text);
    if (err->mend[0]) {
        km_buf_puts(&b, ". ");
        km_buf_puts(&b, err->mend);
    }
    say(t, KM_ROLE_ERROR, km_buf_str(&b));
    km_buf_clear(&b);
}

void tui_stored(km_tui *t, const char *what)
{
    km_buf key = { 0 };
    tui_keymap_print_first(&key, &t->keymap, ACT_UNDO);
    if (key.len > 0)
        tui_say(t, KM_ROLE_OK, "%s. %s undoes.", what, km_buf_str(&key));
    else
        tui_say(t, KM_ROLE_OK, "%s.", what);
    km_buf_clear(&key);
}

bool tui_done(km_tui *t, km_status st, const char *what, const km_error *err)
{
    if (st == KM_OK)
        tui_stored(t, what);
    else
        tui_fail(t, err);
    return st == KM_OK;
}

void tui_drop_message(km_tui *t)
{
    if (t->n_message == 0)
        return;
    t->n_message--;
    memmove(t->message, t->message + 1, (size_t)t->n_message * sizeof t->message[0]);
}

/* ---- hints ---- */

/** A piece of the last line that a click runs. */
static void add_spot(km_tui *t, int x, int w, tui_action action)
{
    if (t->n_spot == TUI_SPOTS)
        return;
    t->spot[t->n_spot].x = x;
    t->spot[t->n_spot].w = w;
    t->spot[t->n_spot++].action = action;
}

void tui_hint_add(tui_hint *h, tui_action action, const char *words)
{
    if (!tui_offers(h->t, action))
        return;
    km_buf part = { 0 };
    tui_keymap_print_first(&part, &h->t->keymap, action);
    if (part.len > 0) {
        km_buf_printf(&part, " %s", words ? words : tui_action_table[action].hint);
        int part_w = km_text_width(km_buf_str(&part));
        int w = part_w + (h->used ? 2 : 0);
        if (h->used + w <= h->width) {
            km_buf_printf(&h->text, "%s%s", h->used ? "  " : "", km_buf_str(&part));
            h->used += w;
            add_spot(h->t, 1 + h->used - part_w, part_w, action);
        }
    }
    km_buf_clear(&part);
}

void tui_hint_fixed(tui_hint *h, const char *text)
{
    km_buf_printf(&h->text, "%s%s", h->used ? "  " : "", text);
    h->used += (h->used ? 2 : 0) + km_text_width(text);
}

static void paint_hint(km_tui *t, km_grid *g, km_rect line)
{
    km_buf last = { 0 };
    if (t->top->ops->typing && t->top->ops->typing(t->top))
        tui_keymap_print_special(&last, &t->keymap, ACT_HELP);
    else
        tui_keymap_print_first(&last, &t->keymap, ACT_HELP);
    km_buf_printf(&last, " %s", tui_action_table[ACT_HELP].hint);
    int last_w = km_text_width(km_buf_str(&last));

    tui_hint h = { .t = t, .width = line.w - last_w - 4 };
    if (t->top->ops->hint)
        t->top->ops->hint(t, t->top, &h);
    km_grid_text(g, line, 0, 1, KM_ROLE_DIM, km_buf_str(&h.text));
    if (t->top->ops->contexts) {
        int x = h.used ? h.used + 3 : 1;
        km_grid_text(g, line, 0, x, KM_ROLE_DIM, km_buf_str(&last));
        add_spot(t, x, last_w, ACT_HELP);
    }
    km_buf_clear(&h.text);
    km_buf_clear(&last);
}

/** The message, over as many of the last lines as it needs (at most three). */
static void paint_message(km_tui *t, km_grid *g)
{
    const tui_message *m = &t->message[0];
    km_rect all = { 1, 0, g->w - 1, g->h };
    int lines = km_grid_wrap(g, (km_rect){ 0, g->h, all.w, 0 }, 0, m->role, m->text);
    lines = lines < 1 ? 1 : lines > 3 ? 3 : lines;
    km_rect r = { 0, g->h - lines, g->w, lines };
    km_grid_fill(g, r, KM_ROLE_TEXT, ' ');
    km_grid_wrap(g, (km_rect){ 1, r.y, all.w, lines }, 0, m->role, m->text);
}

void tui_paint_last(km_tui *t, km_grid *g)
{
    if (t->n_message > 0)
        paint_message(t, g);
    else
        paint_hint(t, g, (km_rect){ 0, g->h - 1, g->w, 1 });
}

/* ---- clicks ---- */

bool tui_takes_digit(const km_tui *t, tui_action action)
{
    for (int i = 0; i < t->keymap.n; i++) {
        const tui_binding *b = &t->keymap.bind[i];
        if (b->action == action && b->arg > 0)
            return true;
    }
    return false;
}

/** A click on the last line does what it names; a digit is asked for. */
void tui_click_hint(km_tui *t, int x)
{
    for (int i = 0; i < t->n_spot; i++) {
        if (x < t->spot[i].x || x >= t->spot[i].x + t->spot[i].w)
            continue;
        tui_action action = t->spot[i].action;
        if (tui_takes_digit(t, action))
            tui_push(t, tui_digits_new(t, action));
        else
            tui_run(t, action, 0);
        return;
    }
}
