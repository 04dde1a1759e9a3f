/** What the floors share: opening the database as knotmap does, and the marks it holds. */
#ifndef KM_BENCH_FLOOR_H
#define KM_BENCH_FLOOR_H

#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>

static inline sqlite3 *floor_open(const char *file)
{
    sqlite3 *db = NULL;
    if (sqlite3_open_v2(file, &db, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, NULL) != SQLITE_OK ||
        sqlite3_exec(db,
                     "PRAGMA foreign_keys = ON; PRAGMA trusted_schema = OFF;"
                     "PRAGMA cell_size_check = ON; PRAGMA secure_delete = ON; PRAGMA mmap_size = 0;"
                     "PRAGMA synchronous = FULL; PRAGMA journal_mode = WAL;",
                     NULL, NULL, NULL) != SQLITE_OK) {
        fprintf(stderr, "floor: %s: %s\n", file, db ? sqlite3_errmsg(db) : "no memory");
        exit(1);
    }
    sqlite3_busy_timeout(db, 5000);
    return db;
}

/** Every mark with its place, newest first: one SELECT. */
#define FLOOR_MARKS                                                                           \
    "SELECT m.id, c.name, m.at, m.kind, p.side, p.region, p.muscle, p.tp, m.view, m.x, m.y, " \
    "m.intensity, m.state FROM mark m JOIN place p ON p.id = m.place_id "                     \
    "JOIN client c ON c.id = m.client_id ORDER BY m.at DESC, m.id DESC"

#endif
