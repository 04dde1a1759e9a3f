/* Floor of starting: ncurses, the same database, its marks by one SELECT, one screen, wait. */
#include <curses.h>
#include <locale.h>

#include "floor.h"

int main(int argc, char **argv)
{
    int row = 0, total = 0;

    if (argc != 2)
        return 64;
    setlocale(LC_ALL, "");
    sqlite3 *db = floor_open(argv[1]);
    initscr();
    cbreak();
    noecho();
    keypad(stdscr, TRUE);
    curs_set(0);
    sqlite3_stmt *q = NULL;
    if (sqlite3_prepare_v2(db, FLOOR_MARKS, -1, &q, NULL) != SQLITE_OK)
        return 1;
    while (sqlite3_step(q) == SQLITE_ROW) {
        total++;
        if (row < LINES - 1)
            mvprintw(row++, 0, "%6d  %-24.24s %-24.24s %2d  %5d %5d", sqlite3_column_int(q, 0),
                     (const char *)sqlite3_column_text(q, 5), (const char *)sqlite3_column_text(q, 6),
                     sqlite3_column_int(q, 11), sqlite3_column_int(q, 9), sqlite3_column_int(q, 10));
    }
    sqlite3_finalize(q);
    mvprintw(LINES - 1, 0, "%d marks", total);
    refresh();
    while (getch() != 'q')
        ;
    endwin();
    sqlite3_close(db);
    return 0;
}
