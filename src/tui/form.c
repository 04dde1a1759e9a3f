/** A form. What was typed survives a resize, a suspend and a refusal. */
#include "form.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "knotmap/text.h"

/* ---- fields ---- */

static form_field *add(form_view *f, const char *label, const char *help, form_kind kind)
{
    form_field *field = &f->field[f->n++];
    field->label = label;
    field->help = help;
    field->kind = kind;
    return field;
}

form_field *tui_form_text(form_view *f, const char *label, const char *help, const char *value)
{
    form_field *field = add(f, label, help, FORM_TEXT);
    tui_field_set(&field->text, value);
    return field;
}

form_field *tui_form_choice(form_view *f, const char *label, const char *help,
                        const char *const *choice, int n, int at)
{
    form_field *field = add(f, label, help, FORM_CHOICE);
    field->choice = km_arena_alloc(&f->mem, (size_t)(n + 1) * sizeof *field->choice);
    for (int i = 0; i < n; i++)
        field->choice[i] = km_arena_strdup(&f->mem, choice[i]);
    field->n = n;
    field->at = at;
    return field;
}

form_field *tui_form_word(form_view *f, const char *label, const char *help, km_vocab v, int at)
{
    size_t n;
    const char *const *words = km_words(v, &n);
    form_field *field = tui_form_choice(f, label, help, words, (int)n, at);
    for (size_t i = 0; i < n; i++) {
        km_buf s = {0};
        km_word_human(&s, v, (int)i);
        field->choice[i] = km_arena_strdup(&f->mem, s.len ? s.s : "not said");
        km_buf_clear(&s);
    }
    return field;
}

form_field *tui_form_set(form_view *f, const char *label, const char *help, km_vocab v,
                         uint32_t set)
{
    form_field *field = tui_form_word(f, label, help, v, 0);
    field->kind = FORM_SET;
    field->set = set;
    return field;
}

const char *tui_form_value(const form_view *f, int field)
{
    const char *s = km_buf_str(&f->field[field].text.text);
    while (*s == ' ')
        s++;
    return *s ? s : NULL;
}

/* ---- times ---- */

km_status tui_form_when(km_instant *out, const char *text, km_instant now, km_error *err)
{
    static const struct { const char *word; int hour; } part[] = {
        { "this morning", 8 }, { "this noon", 12 }, { "this afternoon", 15 },
        { "this evening", 19 }, { "tonight", 22 }, { "last night", -2 },
        { "yesterday morning", -16 }, { "yesterday evening", -5 },
    };
    km_day today = km_instant_day(now);
    for (size_t i = 0; i < sizeof part / sizeof part[0]; i++) {
        if (km_text_casecmp(text, part[i].word) != 0)
            continue;
        bool before = part[i].hour < 0; /* counted back from midnight */
        *out = km_day_instant(before ? today - 1 : today,
                              before ? 24 + part[i].hour : part[i].hour, 0);
        if (out->sec > now.sec)
            *out = now;
        return KM_OK;
    }
    /* a word for the day and a time of day, or the time of day alone */
    const char *last = strrchr(text, ' ');
    const char *clock = last ? last + 1 : text;
    int hour, minute, used = 0;
    if (sscanf(clock, "%2d:%2d%n", &hour, &minute, &used) == 2 && clock[used] == '\0') {
        if (hour < 0 || hour > 23 || minute < 0 || minute > 59)
            return km_fail(err, KM_EINVAL, "%s: no such time of day", clock);
        km_day day = today;
        if (last) {
            km_buf word = { 0 };
            km_buf_add(&word, text, (size_t)(last - text));
            km_status st = km_day_parse(&day, km_buf_str(&word), now, err);
            km_buf_clear(&word);
            if (st != KM_OK)
                return st;
        }
        *out = km_day_instant(day, hour, minute);
        return KM_OK;
    }
    return km_time_parse(out, NULL, text, now, err);
}

/* ---- reaction ---- */

static int contexts(const view *v, tui_ctx out[VIEW_CTX_MAX])
{
    (void)v;
    out[0] = CTX_FORM;
    return 1;
}

static void pick(form_view *f, form_field *field, int at)
{
    field->at = (at + field->n) % field->n;
    if (field->kind == FORM_CHOICE)
        f->changed = true;
}

/** A letter or digit typed on a choice goes to the choice it begins. */
static void pick_by_rune(form_view *f, form_field *field, km_key k)
{
    if (field->digits && ((k >= '0' && k <= '9') || k == '*')) {
        pick(f, field, k == '*' ? 11 : 1 + (int)(k - '0'));
        return;
    }
    for (int step = 1; step <= field->n; step++) {
        int at = (field->at + step) % field->n;
        if (k < 0x80 && tolower((unsigned char)field->choice[at][0]) == tolower((int)k)) {
            pick(f, field, at);
            return;
        }
    }
}

static bool key(km_tui *t, view *v, km_key k)
{
    form_view *f = (form_view *)v;
    form_field *field = &f->field[f->sel];
    if (field->kind == FORM_TEXT) {
        bool vertical = k == KM_KEY_UP || k == KM_KEY_DOWN;
        if (vertical || k == KM_CTRL('U') || !tui_field_key(&field->text, k, KM_NOTE_MAX))
            return false;
        f->changed = true;
        f->asked = false;
        return true;
    }
    if (k <= ' ' || k > 0x10FFFF)
        return false;
    const tui_ctx ctx[] = { CTX_FORM, CTX_CORE };
    int arg;
    if (tui_keymap_find(&t->keymap, ctx, 2, k, &arg) != ACT_NONE)
        return false;
    pick_by_rune(f, field, k);
    return true;
}

static bool typing(const view *v)
{
    const form_view *f = (const form_view *)v;
    return f->field[f->sel].kind == FORM_TEXT;
}

static void act(km_tui *t, view *v, tui_action action, int arg)
{
    form_view *f = (form_view *)v;
    form_field *field = &f->field[f->sel];
    bool choice = field->kind != FORM_TEXT;
    (void)arg;
    f->asked = false;
    switch (action) {
    case ACT_FIELD_NEXT: f->sel = (f->sel + 1) % f->n; break;
    case ACT_FIELD_PREV: f->sel = (f->sel + f->n - 1) % f->n; break;
    case ACT_CHOICE_PREV:
        if (choice)
            pick(f, field, field->at - 1);
        break;
    case ACT_CHOICE_NEXT:
        if (choice)
            pick(f, field, field->at + 1);
        break;
    case ACT_CHOICE_TICK:
        if (field->kind == FORM_SET) {
            field->set ^= 1u << field->at;
            f->changed = true;
        } else if (choice) {
            pick(f, field, field->at + 1);
        }
        break;
    case ACT_FIELD_CLEAR:
        f->changed = true;
        if (field->kind == FORM_TEXT)
            tui_field_set(&field->text, "");
        else if (field->kind == FORM_SET)
            field->set = 0;
        else
            field->at = 0;
        break;
    case ACT_SAVE:
        if (f->save(t, f) && t->top == v)
            tui_pop(t);
        break;
    default: break;
    }
}

static bool back(km_tui *t, view *v)
{
    form_view *f = (form_view *)v;
    if (!f->changed || f->asked)
        return false;
    f->asked = true;
    km_buf save = { 0 }, leave = { 0 };
    tui_keymap_print_first(&save, &t->keymap, ACT_SAVE);
    tui_keymap_print_first(&leave, &t->keymap, ACT_BACK);
    tui_say(t, KM_ROLE_WARN, "not stored yet: %s stores it, %s again drops it",
            km_buf_str(&save), km_buf_str(&leave));
    km_buf_clear(&save);
    km_buf_clear(&leave);
    return true;
}

/* ---- picture ---- */

static void paint_field(km_grid *g, km_rect r, int y, int label_w, const form_field *field,
                        bool selected)
{
    km_grid_text_cut(g, r, y, 1, label_w - 2, selected ? KM_ROLE_ACCENT : KM_ROLE_DIM,
                     field->label);
    km_rect in = { r.x + label_w, r.y, r.w - label_w, r.h };
    if (field->kind == FORM_TEXT) {
        tui_field_paint(g, in, y, 0, &field->text, selected);
        return;
    }
    km_buf s = { 0 };
    if (field->kind == FORM_CHOICE) {
        km_buf_puts(&s, field->choice[field->at]);
    } else {
        bool any = false;
        if (selected)
            km_buf_printf(&s, "[%c] %s", field->set & (1u << field->at) ? 'x' : ' ',
                          field->choice[field->at]);
        for (int i = 0; i < field->n; i++) {
            if (!(field->set & (1u << i)))
                continue;
            km_buf_puts(&s, any ? ", " : selected ? "   ticked: " : "");
            km_buf_puts(&s, field->choice[i]);
            any = true;
        }
        if (!any && !selected)
            km_buf_puts(&s, field->unset ? field->unset : "none");
    }
    int x = 0;
    if (selected) {
        x = km_grid_text(g, in, y, 0, KM_ROLE_ACCENT, "< ");
        tui_cursor(g, in, y, x);
    }
    km_grid_text_cut(g, in, y, x, in.w - x - 2, selected ? KM_ROLE_SELECTED : KM_ROLE_TEXT,
                     km_buf_str(&s));
    if (selected) {
        int w = km_text_width(km_buf_str(&s));
        km_grid_text(g, in, y, x + (w < in.w - x - 2 ? w : in.w - x - 2), KM_ROLE_ACCENT, " >");
    }
    km_buf_clear(&s);
}

static void paint(km_tui *t, view *v, km_grid *g, km_rect r)
{
    form_view *f = (form_view *)v;
    km_rect in = tui_header(t, g, r, f->title);
    int rows = in.h - 2;
    int label_w = in.w >= 60 ? 20 : in.w / 3;
    if (rows < 1)
        rows = 1;
    if (f->sel < f->top)
        f->top = f->sel;
    if (f->sel >= f->top + rows)
        f->top = f->sel - rows + 1;
    if (f->top > f->n - rows)
        f->top = f->n - rows > 0 ? f->n - rows : 0;
    for (int i = 0; i < rows && f->top + i < f->n; i++)
        paint_field(g, in, 1 + i, label_w, &f->field[f->top + i], f->top + i == f->sel);
    if (in.h > f->n + 3)
        km_grid_wrap(g, (km_rect){ in.x + 1, in.y, in.w - 1, in.h }, f->n + 2, KM_ROLE_DIM,
                     f->field[f->sel].help);
    else
        km_grid_text_cut(g, in, in.h - 1, 1, in.w - 1, KM_ROLE_DIM, f->field[f->sel].help);
}

/** A click selects a field; on the selected choice its "<" steps back, the rest on. */
static void click(form_view *f, int row, int x)
{
    form_field *field = &f->field[row];
    if (row != f->sel)
        f->sel = row;
    else if (field->kind != FORM_TEXT && x >= 0 && x < 2)
        pick(f, field, field->at - 1);
    else if (field->kind == FORM_SET && x < 6) {
        field->set ^= 1u << field->at;
        f->changed = true;
    } else if (field->kind != FORM_TEXT)
        pick(f, field, field->at + 1);
}

static void mouse(km_tui *t, view *v, const km_mouse *m)
{
    form_view *f = (form_view *)v;
    int row = f->top + m->y - 2;
    if (m->kind == KM_MOUSE_WHEEL_UP && f->sel > 0)
        f->sel--;
    else if (m->kind == KM_MOUSE_WHEEL_DOWN && f->sel < f->n - 1)
        f->sel++;
    else if ((m->kind == KM_MOUSE_PRESS || m->kind == KM_MOUSE_CLICK) && m->y >= 2 && row < f->n)
        click(f, row, m->x - (t->w >= 60 ? 20 : t->w / 3));
}

static void hint(km_tui *t, view *v, tui_hint *h)
{
    form_view *f = (form_view *)v;
    (void)t;
    tui_hint_add(h, ACT_SAVE, NULL);
    tui_hint_add(h, ACT_FIELD_NEXT, NULL);
    if (f->field[f->sel].kind != FORM_TEXT)
        tui_hint_add(h, ACT_CHOICE_NEXT, NULL);
    if (f->field[f->sel].kind == FORM_SET)
        tui_hint_add(h, ACT_CHOICE_TICK, "tick");
    tui_hint_add(h, ACT_FIELD_CLEAR, NULL);
    tui_hint_add(h, ACT_BACK, NULL);
}

static void clear(view *v)
{
    form_view *f = (form_view *)v;
    for (int i = 0; i < f->n; i++)
        tui_field_clear(&f->field[i].text);
    km_arena_clear(&f->mem);
    free(f->title);
}

static const view_ops ops = {
    .title = "form", .contexts = contexts, .key = key, .typing = typing, .act = act, .paint = paint,
    .mouse = mouse, .hint = hint, .back = back, .clear = clear,
};

form_view *tui_form_new(const char *title, form_save save)
{
    form_view *f = km_calloc(1, sizeof *f);
    f->base.ops = &ops;
    f->title = km_strdup(title);
    f->save = save;
    return f;
}
