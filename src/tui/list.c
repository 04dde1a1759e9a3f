/** What every list shares. */
#include "list.h"

void tui_list_place(tui_list *l, int n, int y, int rows)
{
    l->y = y;
    l->rows = rows > 0 ? rows : 1;
    if (l->sel >= n)
        l->sel = n - 1;
    if (l->sel < 0)
        l->sel = 0;
    if (l->top > n - l->rows)
        l->top = n - l->rows;
    if (l->top < 0)
        l->top = 0;
    if (l->sel < l->top)
        l->top = l->sel;
    if (l->sel >= l->top + l->rows)
        l->top = l->sel - l->rows + 1;
}

bool tui_list_act(tui_list *l, tui_action action, int n)
{
    int page = l->rows > 1 ? l->rows - 1 : 1;
    switch (action) {
    case ACT_LIST_UP: l->sel--; break;
    case ACT_LIST_DOWN: l->sel++; break;
    case ACT_PAGE_UP: l->sel -= page; break;
    case ACT_PAGE_DOWN: l->sel += page; break;
    case ACT_LIST_FIRST: l->sel = 0; break;
    case ACT_LIST_LAST: l->sel = n - 1; break;
    default: return false;
    }
    if (l->sel >= n)
        l->sel = n - 1;
    if (l->sel < 0)
        l->sel = 0;
    return true;
}

bool tui_list_mouse(tui_list *l, const km_mouse *m, int n)
{
    if (m->kind == KM_MOUSE_WHEEL_UP || m->kind == KM_MOUSE_WHEEL_DOWN) {
        tui_list_act(l, m->kind == KM_MOUSE_WHEEL_UP ? ACT_LIST_UP : ACT_LIST_DOWN, n);
        return false;
    }
    int row = l->top + m->y - l->y;
    if (m->kind == KM_MOUSE_RELEASE || m->y < l->y || m->y >= l->y + l->rows || row >= n)
        return false;
    l->sel = row;
    return m->kind == KM_MOUSE_DOUBLE;
}

km_role tui_list_row(const tui_list *l, km_grid *g, km_rect r, int y, int row)
{
    if (row != l->sel)
        return KM_ROLE_TEXT;
    tui_cursor(g, r, y, 0);
    return KM_ROLE_SELECTED;
}
