/**
 * The two lists made from the action table: `?`, the keys of the view below, in the table's
 * order, and `:`, everything by name, best match first. Typing narrows, Enter runs.
 */
#include <string.h>

#include "field.h"
#include "knotmap/text.h"
#include "list.h"

typedef struct menu_view {
    view base;
    bool help;
    tui_field text;
    tui_list list;
    tui_action row[ACT_COUNT];
    int score[ACT_COUNT];
    int n;
} menu_view;

static bool offered(const km_tui *t, const view *below, int action)
{
    tui_ctx ctx[VIEW_CTX_MAX + 2];
    int n = tui_contexts(below, ctx);
    for (int i = 0; i < n; i++) {
        if (tui_action_table[action].ctx == ctx[i])
            return tui_offers(t, (tui_action)action);
    }
    return false;
}

/** 0 when the row does not match what was typed. */
static int row_score(const km_tui *t, const menu_view *m, int action)
{
    const tui_action_row *row = &tui_action_table[action];
    const char *text = km_buf_str(&m->text.text);
    if (!*text)
        return 1;
    km_buf keys = { 0 };
    tui_keymap_print(&keys, &t->keymap, (tui_action)action);
    bool in_keys = strcmp(text, km_buf_str(&keys)) == 0 ||
                   (m->help && strstr(km_buf_str(&keys), text));
    km_buf_clear(&keys);
    if (m->help)
        return in_keys || km_text_contains(row->help, text) || km_text_contains(row->name, text);
    int score = km_text_fuzzy(text, row->name);
    if (in_keys)
        return score + 1000000;
    if (score > 0)
        return score + 1000;
    return km_text_contains(row->help, text) ? 1 : 0;
}

static void fill(km_tui *t, menu_view *m)
{
    m->n = 0;
    for (int c = 0; c < CTX_COUNT; c++) {
        for (int a = 0; a < ACT_COUNT; a++) {
            /* the view's own keys first, what works everywhere last */
            int ctx = c + 2 < CTX_COUNT ? c + 2 : c + 2 - CTX_COUNT;
            if ((int)tui_action_table[a].ctx != ctx || !offered(t, m->base.below, a))
                continue;
            int score = row_score(t, m, a);
            if (score == 0)
                continue;
            int at = m->n++;
            while (!m->help && at > 0 && m->score[at - 1] < score) {
                m->row[at] = m->row[at - 1];
                m->score[at] = m->score[at - 1];
                at--;
            }
            m->row[at] = (tui_action)a;
            m->score[at] = score;
        }
    }
}

static void run(km_tui *t, menu_view *m)
{
    if (m->n == 0) {
        tui_say(t, KM_ROLE_ERROR, "no action is called that");
        return;
    }
    tui_action action = m->row[m->list.sel];
    tui_pop(t); /* frees the menu */
    if (tui_takes_digit(t, action))
        tui_push(t, tui_digits_new(t, action));
    else
        tui_run(t, action, 0);
}

static bool key(km_tui *t, view *v, km_key k)
{
    menu_view *m = (menu_view *)v;
    switch (k) {
    case KM_KEY_ESC: tui_pop(t); return true;
    case KM_KEY_ENTER: run(t, m); return true;
    case KM_KEY_UP: case KM_CTRL('P'): tui_list_act(&m->list, ACT_LIST_UP, m->n); return true;
    case KM_KEY_DOWN: case KM_KEY_TAB: case KM_CTRL('N'):
        tui_list_act(&m->list, ACT_LIST_DOWN, m->n);
        return true;
    case KM_KEY_PAGE_UP: tui_list_act(&m->list, ACT_PAGE_UP, m->n); return true;
    case KM_KEY_PAGE_DOWN: tui_list_act(&m->list, ACT_PAGE_DOWN, m->n); return true;
    case KM_CTRL('L'): t->redraw = true; return true;
    default: break;
    }
    if (tui_field_key(&m->text, k, 80)) {
        m->list.sel = 0;
        fill(t, m);
    }
    return true;
}

static void paint(km_tui *t, view *v, km_grid *g, km_rect r)
{
    menu_view *m = (menu_view *)v;
    if (!m->help && r.h > 14) { /* the palette leaves what it acts on in sight */
        r.y += r.h - 14;
        r.h = 14;
    }
    km_grid_fill(g, r, KM_ROLE_TEXT, ' ');
    int x = km_grid_printf(g, r, 0, 1, KM_ROLE_TITLE, m->help ? "Keys here; type to filter: "
                                                              : "Do: ");
    int rows = r.h - 2;
    tui_list_place(&m->list, m->n, r.y + 2, rows);
    for (int i = 0; i < rows && m->list.top + i < m->n; i++) {
        int row = m->list.top + i;
        const tui_action_row *a = &tui_action_table[m->row[row]];
        km_role role = tui_list_row(&m->list, g, r, 2 + i, row);
        km_grid_role(g, r, 2 + i, 0, r.w, role);
        km_buf keys = { 0 };
        tui_keymap_print(&keys, &t->keymap, m->row[row]);
        km_grid_text_cut(g, r, 2 + i, 1, 15, role, km_buf_str(&keys));
        km_grid_text_cut(g, r, 2 + i, 17, 18, role, a->name);
        km_grid_text_cut(g, r, 2 + i, 36, r.w - 36, role, a->help);
        km_buf_clear(&keys);
    }
    if (m->n == 0)
        km_grid_text(g, r, 2, 1, KM_ROLE_DIM, "no action is called that");
    tui_field_paint(g, r, 0, x + 1, &m->text, true);
}

static void mouse(km_tui *t, view *v, const km_mouse *e)
{
    menu_view *m = (menu_view *)v;
    if (tui_list_mouse(&m->list, e, m->n))
        run(t, m);
}

static void hint(km_tui *t, view *v, tui_hint *h)
{
    (void)t, (void)v;
    tui_hint_fixed(h, "Enter runs it  Up Down choose  Esc back");
}

static void clear(view *v)
{
    tui_field_clear(&((menu_view *)v)->text);
}

static void act(km_tui *t, view *v, tui_action action, int arg)
{
    (void)t, (void)v, (void)action, (void)arg; /* all keys are taken above */
}

static const view_ops ops = {
    .title = "keys", .overlay = true, .key = key, .act = act, .paint = paint, .mouse = mouse,
    .hint = hint, .clear = clear,
};

view *tui_menu_new(km_tui *t, bool help)
{
    menu_view *m = km_calloc(1, sizeof *m);
    m->base.ops = &ops;
    m->base.below = t->top; /* what its rows are about; tui_push sets the same */
    m->help = help;
    fill(t, m);
    return &m->base;
}
