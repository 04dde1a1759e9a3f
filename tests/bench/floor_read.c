/* Floor of `marks` and `find`: the same database, its marks by one SELECT, a line each. */
#include "floor.h"

int main(int argc, char **argv)
{
    if (argc != 2)
        return 64;
    sqlite3 *db = floor_open(argv[1]);
    sqlite3_stmt *q = NULL;
    if (sqlite3_prepare_v2(db, FLOOR_MARKS, -1, &q, NULL) != SQLITE_OK)
        return 1;
    while (sqlite3_step(q) == SQLITE_ROW) {
        for (int i = 0; i < sqlite3_column_count(q); i++) {
            const char *text = (const char *)sqlite3_column_text(q, i);
            printf("%s%s", i ? "," : "", text ? text : "");
        }
        putchar('\n');
    }
    sqlite3_finalize(q);
    sqlite3_close(db);
    return 0;
}
