/* Floor of a cursor move: one reverse cell goes on, nine lines of a panel are written anew. */
#include <curses.h>
#include <locale.h>

int main(void)
{
    int x = 2, y = 2, key;

    setlocale(LC_ALL, "");
    initscr();
    cbreak();
    noecho();
    keypad(stdscr, TRUE);
    curs_set(0);
    for (int row = 0; row < LINES - 1; row++) {
        for (int col = 0; col < 48 && col < COLS; col++)
            mvaddch(row, col, (chtype)((row * 7 + col * 3) % 11 == 0 ? '#' : ' '));
    }
    for (;;) {
        mvchgat(y, x, 1, A_REVERSE, 0, NULL);
        for (int i = 0; i < 9; i++)
            mvprintw(1 + i, 50, "place %3d line %d  %-12s", y * 48 + x, i, (x + i) % 2 ? "knot" : "soreness");
        move(y, x);
        refresh();
        key = getch();
        if (key == 'q' || key == ERR)
            break;
        mvchgat(y, x, 1, A_NORMAL, 0, NULL);
        if (key == KEY_DOWN || key == 'j')
            y = y < LINES - 3 ? y + 1 : 2;
        else if (key == KEY_UP || key == 'k')
            y = y > 2 ? y - 1 : LINES - 3;
        else if (key == KEY_RIGHT || key == 'l')
            x = x < 45 ? x + 1 : 2;
        else if (key == KEY_LEFT || key == 'h')
            x = x > 2 ? x - 1 : 45;
    }
    endwin();
    return 0;
}
