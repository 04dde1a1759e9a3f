/** The numbers an action takes, when it came from a click or by its name. */

#include "list.h"

typedef struct digits_view {
    view base;
    tui_action action;
    int digit[10];
    int n;
    tui_list list;
} digits_view;

static void run(km_tui *t, digits_view *d)
{
    tui_action action = d->action;
    int digit = d->digit[d->list.sel];
    tui_pop(t); /* frees the view */
    tui_run(t, action, digit);
}

static bool key(km_tui *t, view *v, km_key k)
{
    digits_view *d = (digits_view *)v;
    for (int i = 0; i < d->n; i++) {
        if (k == (km_key)('0' + d->digit[i])) {
            d->list.sel = i;
            run(t, d);
            return true;
        }
    }
    switch (k) {
    case KM_KEY_ESC: tui_pop(t); break;
    case KM_KEY_ENTER: run(t, d); break;
    case KM_KEY_UP: case 'k': tui_list_act(&d->list, ACT_LIST_UP, d->n); break;
    case KM_KEY_DOWN: case 'j': tui_list_act(&d->list, ACT_LIST_DOWN, d->n); break;
    case KM_CTRL('L'): t->redraw = true; break;
    default: break;
    }
    return true;
}

static void paint(km_tui *t, view *v, km_grid *g, km_rect r)
{
    digits_view *d = (digits_view *)v;
    int rows = d->n + 1 < r.h ? d->n : r.h - 1;
    km_rect box = { r.x, r.y + r.h - rows - 1, r.w < 40 ? r.w : 40, rows + 1 };
    (void)t;
    km_grid_fill(g, box, KM_ROLE_TEXT, ' ');
    km_grid_text_cut(g, box, 0, 1, box.w - 1, KM_ROLE_TITLE, tui_action_table[d->action].help);
    tui_list_place(&d->list, d->n, box.y + 1, rows);
    for (int i = 0; i < rows && d->list.top + i < d->n; i++) {
        km_role role = tui_list_row(&d->list, g, box, 1 + i, d->list.top + i);
        km_grid_role(g, box, 1 + i, 0, box.w, role);
        km_grid_printf(g, box, 1 + i, 2, role, "%d", d->digit[d->list.top + i]);
    }
}

static void mouse(km_tui *t, view *v, const km_mouse *m)
{
    digits_view *d = (digits_view *)v;
    int before = d->list.sel;
    bool opened = tui_list_mouse(&d->list, m, d->n);
    bool press = m->kind == KM_MOUSE_PRESS || m->kind == KM_MOUSE_CLICK;
    bool inside = m->y >= d->list.y && m->y < d->list.y + d->list.rows;
    if (opened || (press && inside)) /* a number is meant when it is clicked */
        run(t, d);
    else if (press)
        d->list.sel = before;
}

static void hint(km_tui *t, view *v, tui_hint *h)
{
    (void)t, (void)v;
    tui_hint_fixed(h, "a digit or Enter takes it  Up Down choose  Esc back");
}

static void act(km_tui *t, view *v, tui_action action, int arg)
{
    (void)t, (void)v, (void)action, (void)arg; /* all keys are taken above */
}

static const view_ops ops = {
    .title = "number", .overlay = true, .key = key, .act = act, .paint = paint, .mouse = mouse,
    .hint = hint,
};

view *tui_digits_new(km_tui *t, tui_action action)
{
    digits_view *d = km_calloc(1, sizeof *d);
    d->base.ops = &ops;
    d->action = action;
    for (int digit = 0; digit < 10; digit++) {
        for (int i = 0; i < t->keymap.n; i++) {
            const tui_binding *b = &t->keymap.bind[i];
            if (b->action == action && b->key == (km_key)('0' + digit) && d->n < 10)
                d->digit[d->n++] = digit;
        }
    }
    return &d->base;
}
