/** What every list shares: the selected row, scrolling, keys, mouse. */
#ifndef KNOTMAP_TUI_LIST_H
#define KNOTMAP_TUI_LIST_H

#include "view.h"

typedef struct tui_list {
    int sel, top;
    int y, rows;   /**< where it was painted last, for pages and the mouse */
} tui_list;

/** Keep the selection inside `n` rows and in sight of `rows` lines painted from line `y`. */
void tui_list_place(tui_list *l, int n, int y, int rows);
/** Move by an action of the LIST context; false when it is none that moves. */
bool tui_list_act(tui_list *l, tui_action action, int n);
/** Click selects, the wheel scrolls; true when a row was opened by a double click. */
bool tui_list_mouse(tui_list *l, const km_mouse *m, int n);
/** Role of a row, and the cursor on it when it is the selected one. */
km_role tui_list_row(const tui_list *l, km_grid *g, km_rect r, int y, int row);

#endif
