/* The database as a whole: erasing a person, backup, the full check. */
#include "store_impl.h"

#include "knotmap/path.h"

#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* ---- erasing a client ---- */

/* Run one after the other with the client's id. */
static const char *const erasing[] = {
    /* The log. What was undone goes, as with every change. A row that holds records of
       several clients takes everything older with it: without it, an older change could
       no longer be taken back on its own. */
    "DELETE FROM change WHERE undone = 1 AND ?1",
    "DELETE FROM change WHERE id <= (SELECT max(change_id) FROM change_client "
    "WHERE client_id = ?1)",
    "DELETE FROM change WHERE client_id = ?1",
    /* Kept filters are nobody's, but may speak of the client; their part of the log goes in
       any case, for it holds the words of filters that were changed or removed. */
    "DELETE FROM change WHERE ?1 AND client_id IS NULL "
    "AND id NOT IN (SELECT change_id FROM change_client)",
    /* first what the triggers would otherwise mend mark by mark */
    "DELETE FROM latest WHERE client_id = ?1",
    "DELETE FROM mark_more WHERE mark_id IN (SELECT id FROM mark WHERE client_id = ?1)",
    "DELETE FROM mark_ppt WHERE mark_id IN (SELECT id FROM mark WHERE client_id = ?1)",
    "DELETE FROM mark_felt WHERE mark_id IN (SELECT id FROM mark WHERE client_id = ?1)",
    "DELETE FROM mark WHERE client_id = ?1",
    "DELETE FROM finding WHERE client_id = ?1",
    "DELETE FROM aftercare WHERE treatment_id IN "
    "(SELECT id FROM treatment WHERE client_id = ?1)",
    "DELETE FROM hold WHERE treatment_id IN (SELECT id FROM treatment WHERE client_id = ?1)",
    "DELETE FROM treatment_more WHERE treatment_id IN "
    "(SELECT id FROM treatment WHERE client_id = ?1)",
    "DELETE FROM treatment WHERE client_id = ?1",
    "DELETE FROM routine_step WHERE routine_id IN "
    "(SELECT id FROM routine WHERE client_id = ?1)",
    "DELETE FROM routine WHERE client_id = ?1",
    "DELETE FROM flexibility WHERE checkin_id IN "
    "(SELECT id FROM checkin WHERE client_id = ?1)",
    "DELETE FROM checkin WHERE client_id = ?1",
    "DELETE FROM amendment WHERE session_id IN (SELECT id FROM session WHERE client_id = ?1)",
    "DELETE FROM session_more WHERE session_id IN "
    "(SELECT id FROM session WHERE client_id = ?1)",
    "DELETE FROM session WHERE client_id = ?1",
    "DELETE FROM week_plan WHERE client_id = ?1",
    "DELETE FROM goal WHERE client_id = ?1",
    "DELETE FROM problem WHERE client_id = ?1",
    "DELETE FROM flag_answer WHERE client_id = ?1",
    "DELETE FROM client WHERE id = ?1",
};

static km_status erase_rows(km_store *s, int64_t id, km_uid fresh, km_error *err)
{
    km_names names = { 0 };
    const char *name = "";
    int64_t was_me = 0, others = 0;
    km_status st = km_db_int(&was_me, s,
                             "SELECT name = 'me' COLLATE NOCASE FROM client WHERE id = ?1", id, 0,
                             -1, err);
    if (st == KM_OK && was_me < 0)
        return km_no_such(err, "client", id);
    if (st == KM_OK)
        st = km_names_client(&name, &names, s, id, err);
    if (st == KM_OK && !was_me)
        st = km_filters_forget(s, name, err);
    km_names_clear(&names);
    for (size_t i = 0; i < sizeof erasing / sizeof *erasing && st == KM_OK; i++)
        st = km_db_run_id(s, erasing[i], id, "cannot erase the client", err);
    if (st == KM_OK)
        st = km_db_int(&others, s, "SELECT count(*) FROM client", 0, 0, 0, err);
    if (st == KM_OK && (was_me || others == 0)) {
        sqlite3_stmt *q = NULL;
        st = km_db_get(&q, s, "INSERT INTO client (id, uid, name) VALUES (?1, ?2, 'me')", err);
        if (st != KM_OK)
            return st;
        km_bind_int(q, 1, id);
        km_bind_uid(q, 2, fresh);
        st = km_db_run(s, q, "cannot erase the client", err);
    }
    return st;
}

/* Deleted content is overwritten as it goes (secure_delete); what is left are free pages and
   the write-ahead log. */
static km_status sweep(km_store *s, km_error *err)
{
    sqlite3_stmt *q = NULL;
    km_status st = km_db_exec(s, "VACUUM", "the client is erased, but not its free pages", err);
    if (st != KM_OK || strcmp(s->path, ":memory:") == 0)
        return st;
    st = km_db_get(&q, s, "PRAGMA wal_checkpoint(TRUNCATE)", err);
    if (st != KM_OK)
        return st;
    int rc = sqlite3_step(q);
    if (rc != SQLITE_ROW) {
        st = km_db_fail(s, err, "the client is erased, but not from the write-ahead log");
    } else if (sqlite3_column_int(q, 0) != 0) {
        st = km_mend(km_fail(err, KM_EBUSY,
                             "the client is erased, but another program keeps old pages in %s-wal",
                             s->path),
                     err, "close that program: the pages go with the next change");
    }
    km_db_done(s, q);
    return st;
}

km_status km_store_client_erase(km_store *s, int64_t id, km_uid fresh, km_error *err)
{
    assert(!s->recorder);
    if (s->readonly)
        return km_fail(err, KM_EPERM, "cannot erase the client: %s is open for reading only",
                       s->path);
    s->gave_up = false;
    km_status st = km_db_exec(s, "BEGIN IMMEDIATE", "cannot erase the client", err);
    if (st != KM_OK)
        return st;
    st = erase_rows(s, id, fresh, err);
    if (st == KM_OK)
        st = km_db_exec(s, "COMMIT", "cannot erase the client", err);
    if (st != KM_OK) {
        km_store_rollback(s);
        return st;
    }
    return sweep(s, err);
}

/* ---- backup ---- */

static km_status copy_to(km_store *s, sqlite3 *to, const char *file, km_error *err)
{
    sqlite3_backup *b = sqlite3_backup_init(to, "main", s->db, "main");
    if (!b)
        return km_fail(err, KM_EIO, "cannot write %s: %s", file, sqlite3_errmsg(to));

    int rc = sqlite3_backup_step(b, -1); /* in one go: the copy is of one moment */
    int end = sqlite3_backup_finish(b);
    if (rc == SQLITE_DONE && end == SQLITE_OK) {
        /* one file that can be read anywhere, even where no -wal can be made */
        rc = sqlite3_exec(to, "PRAGMA journal_mode = DELETE", NULL, NULL, NULL);
        if (rc == SQLITE_OK)
            return KM_OK;
    }
    switch (rc & 0xff) {
    case SQLITE_FULL:
        return km_fail(err, KM_EIO, "cannot write %s: disk full", file);
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
        return km_fail(err, KM_EBUSY, "cannot back up %s: another program is writing to it",
                       s->path);
    case SQLITE_CORRUPT:
        return km_fail(err, KM_EDATA, "cannot back up %s: it is damaged", s->path);
    default:
        if (sqlite3_system_errno(to) == ENOSPC || sqlite3_system_errno(to) == EFBIG)
            return km_fail(err, KM_EIO, "cannot write %s: disk full", file);
        return km_fail(err, KM_EIO, "cannot write %s: input/output error", file);
    }
}

km_status km_store_backup(km_store *s, const char *file, km_error *err)
{
    sqlite3 *to = NULL;
    km_status st = KM_OK;
    int fd = open(file, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);

    if (fd < 0 && errno == EEXIST) {
        return km_mend(km_fail(err, KM_ECREATE, "cannot write %s: it exists already", file), err,
                       "name a new file, or remove that one first");
    }
    if (fd < 0)
        return km_fail_errno(err, errno, KM_ECREATE, file);
    fchmod(fd, 0600);
    close(fd);

    if (sqlite3_open_v2(file, &to, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, NULL) != SQLITE_OK)
        st = km_fail(err, KM_ECREATE, "cannot write %s: %s", file, sqlite3_errmsg(to));
    else
        st = copy_to(s, to, file, err);
    sqlite3_close(to);
    if (st != KM_OK)
        unlink(file);
    return st;
}

/* ---- the full check ---- */

typedef struct check {
    km_store *s;
    km_store_check_fn fn;
    void *ctx;
} check;

/* One row a fault; no row means that all is well. */
static void check_none(const check *c, const char *name, const char *sql, const char *good)
{
    sqlite3_stmt *q = NULL;
    char text[200] = "";
    int rc = sqlite3_prepare_v2(c->s->db, sql, -1, &q, NULL);

    if (rc == SQLITE_OK)
        rc = sqlite3_step(q);
    if (rc == SQLITE_ROW && sqlite3_column_type(q, 0) != SQLITE_NULL)
        snprintf(text, sizeof text, "%s", (const char *)sqlite3_column_text(q, 0));
    else if (rc != SQLITE_DONE)
        snprintf(text, sizeof text, "%s", sqlite3_errmsg(c->s->db));
    sqlite3_finalize(q);
    /* the integrity check says "ok" in a row */
    if (rc == SQLITE_DONE || strcmp(text, "ok") == 0)
        c->fn(c->ctx, name, true, good);
    else
        c->fn(c->ctx, name, false, text);
}

/* Every recording must be readable from end to end. */
static void check_log(const check *c)
{
    sqlite3_stmt *q = NULL;
    char text[120] = "";
    long long n = 0;
    int rc = sqlite3_prepare_v2(c->s->db, "SELECT id, changeset FROM change ORDER BY id", -1, &q,
                                NULL);

    while ((rc == SQLITE_OK || rc == SQLITE_ROW) && !text[0] &&
           (rc = sqlite3_step(q)) == SQLITE_ROW) {
        const void *set = sqlite3_column_blob(q, 1);
        if (!km_changeset_sound(set, sqlite3_column_bytes(q, 1)))
            snprintf(text, sizeof text, "change %lld cannot be read",
                     (long long)sqlite3_column_int64(q, 0));
        n++;
    }
    if (!text[0] && rc != SQLITE_DONE)
        snprintf(text, sizeof text, "%s", sqlite3_errmsg(c->s->db));
    sqlite3_finalize(q);
    bool ok = text[0] == '\0';
    if (ok)
        snprintf(text, sizeof text, "%lld changes", n);
    c->fn(c->ctx, "change log", ok, text);
}

km_status km_store_verify(km_store *s, km_store_check_fn fn, void *ctx, km_error *err)
{
    check c = { s, fn, ctx };
    char text[80];

    (void)err;
    check_none(&c, "integrity", "PRAGMA integrity_check(1)", "every page and index is sound");
    check_none(&c, "references",
               "SELECT 'a row of ' || \"table\" || ' refers to a missing row of ' || parent "
               "FROM pragma_foreign_key_check LIMIT 1",
               "every record refers to records that are there");
    snprintf(text, sizeof text, "schema %d", km_store_schema_version());
    check_none(&c, "identity",
               "SELECT 'the application_id is not knotmap''s' FROM pragma_application_id "
               "WHERE application_id <> 1263423316",
               text);
    check_none(&c, "open marks",
               "WITH newest AS (SELECT client_id, place_id, kind, id, at, intensity, row_number() "
               "OVER (PARTITION BY client_id, place_id, kind ORDER BY at DESC, id DESC) AS n "
               "FROM mark), want AS (SELECT client_id, place_id, kind, id, at, intensity "
               "FROM newest WHERE n = 1) "
               "SELECT 'the list of latest marks does not fit the marks' WHERE EXISTS "
               "(SELECT * FROM want EXCEPT SELECT client_id, place_id, kind, mark_id, at, "
               "intensity FROM latest) OR (SELECT count(*) FROM want) <> "
               "(SELECT count(*) FROM latest)",
               "the list of latest marks fits the marks");
    check_none(&c, "mark details",
               "SELECT 'mark ' || id || ': its details do not fit its row' FROM mark WHERE more <> "
               "EXISTS (SELECT 1 FROM mark_more WHERE mark_id = mark.id) + "
               "2 * EXISTS (SELECT 1 FROM mark_ppt WHERE mark_id = mark.id) + "
               "4 * EXISTS (SELECT 1 FROM mark_felt WHERE mark_id = mark.id) LIMIT 1",
               "the details of every mark are there");
    check_log(&c);
    return KM_OK;
}
