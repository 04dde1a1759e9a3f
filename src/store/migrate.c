/* Numbered migrations against user_version, one transaction for all that are missing. */
#include "store_impl.h"

#include <stdio.h>

int km_store_schema_version(void)
{
    return km_migration_count;
}

/* Every new database has the client "me". */
static km_status add_me(km_store *s, km_uid uid, km_error *err)
{
    sqlite3_stmt *q = NULL;
    km_status st =
        km_db_get(&q, s, "INSERT INTO client (id, uid, name) VALUES (1, ?1, 'me')", err);
    if (st != KM_OK)
        return st;
    km_bind_uid(q, 1, uid);
    return km_db_run(s, q, "cannot make the database", err);
}

static km_status migrate_locked(km_store *s, km_uid first_uid, km_error *err)
{
    int64_t version = 0;
    km_status st = km_db_int(&version, s, "PRAGMA user_version", 0, 0, 0, err);

    if (st != KM_OK || version >= km_migration_count)
        return st; /* another program was faster */
    bool fresh = version == 0;
    for (int64_t i = version; i < km_migration_count && st == KM_OK; i++) {
        char what[120];
        snprintf(what, sizeof what, "cannot bring %.40s into the database", km_migrations[i].name);
        st = km_db_exec(s, km_migrations[i].sql, what, err);
    }
    if (st == KM_OK) {
        /* a PRAGMA takes no bound value; both are numbers of ours */
        char set[80];
        snprintf(set, sizeof set, "PRAGMA application_id = %d; PRAGMA user_version = %d",
                 KM_APPLICATION_ID, km_migration_count);
        st = km_db_exec(s, set, "cannot make the database", err);
    }
    if (st == KM_OK && fresh)
        st = add_me(s, first_uid, err);
    return st;
}

km_status km_migrate(km_store *s, km_uid first_uid, km_error *err)
{
    int64_t version = 0;
    km_status st = km_db_int(&version, s, "PRAGMA user_version", 0, 0, 0, err);
    if (st != KM_OK || version == km_migration_count)
        return st;

    st = km_db_exec(s, "BEGIN EXCLUSIVE", "cannot bring the database up to date", err);
    if (st != KM_OK)
        return st;
    st = migrate_locked(s, first_uid, err);
    if (st == KM_OK)
        st = km_db_exec(s, "COMMIT", "cannot bring the database up to date", err);
    /* statements prepared against the old schema go */
    km_db_finalize_all(s);
    if (st != KM_OK && !sqlite3_get_autocommit(s->db))
        sqlite3_exec(s->db, "ROLLBACK", NULL, NULL, NULL);
    return st;
}
