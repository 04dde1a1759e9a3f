/* Floor of `mark`: the same database opened the same way, one row stored durably. */
#include "floor.h"

int main(int argc, char **argv)
{
    if (argc != 2)
        return 64;
    sqlite3 *db = floor_open(argv[1]);
    if (sqlite3_exec(db,
                     "BEGIN IMMEDIATE;"
                     "INSERT INTO mark (uid, client_id, at, off_min, kind, place_id, view, x, y,"
                     " intensity, state, cause, session_id, more)"
                     " SELECT randomblob(16), client_id, at, off_min, kind, place_id, view, x, y,"
                     " intensity, state, cause, session_id, 0 FROM mark WHERE id = 1;"
                     "COMMIT;",
                     NULL, NULL, NULL) != SQLITE_OK) {
        fprintf(stderr, "floor: %s\n", sqlite3_errmsg(db));
        return 1;
    }
    printf("stored %lld\n", (long long)sqlite3_last_insert_rowid(db));
    sqlite3_close(db);
    return 0;
}
