/*
 * Transactions and the change log.
 *
 * SQLite's session extension records what a transaction does to the tables of records. The
 * recording (a changeset) is the log row: undo applies its inverse, redo applies it again.
 * Since changes are only taken back last in, first out, and an undone one is dropped as soon
 * as something new is written, a changeset always meets the very rows it was recorded from;
 * where it does not, another program has written behind our back and nothing is done.
 *
 * Not recorded: place (only grows, so that undo never takes a place from under a record),
 * latest (kept by triggers), flag_answer (a log of its own), the change log itself.
 */
#include "store_impl.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

const char *const km_recorded_tables[] = {
    "client",    "session",   "mark",    "mark_more", "mark_ppt",    "mark_felt", "finding",
    "routine",   "routine_step", "treatment", "checkin",   "flexibility", "week_plan",
    "goal",      "aftercare", "hold",    "treatment_more", "session_more", "amendment", "problem",
    "saved_filter", NULL
};

static void stop_recording(km_store *s)
{
    if (s->recorder)
        sqlite3session_delete(s->recorder);
    s->recorder = NULL;
    s->n_touched = 0;
}

static km_status run(km_store *s, const char *sql, km_error *err)
{
    sqlite3_stmt *q = NULL;
    km_status st = km_db_get(&q, s, sql, err);
    return st == KM_OK ? km_db_run(s, q, "cannot write", err) : st;
}

static km_status lock(km_store *s, km_error *err)
{
    if (s->readonly)
        return km_fail(err, KM_EPERM, "cannot write: %s is open for reading only", s->path);
    s->gave_up = false;
    return run(s, "BEGIN IMMEDIATE", err);
}

km_status km_store_begin(km_store *s, km_error *err)
{
    assert(!s->recorder);
    km_status st = lock(s, err);
    if (st != KM_OK)
        return st;

    int rc = sqlite3session_create(s->db, "main", &s->recorder);
    for (int i = 0; rc == SQLITE_OK && km_recorded_tables[i]; i++)
        rc = sqlite3session_attach(s->recorder, km_recorded_tables[i]);
    if (rc != SQLITE_OK) {
        st = km_db_fail_code(s, err, "cannot record changes", rc);
        km_store_rollback(s);
    }
    return st;
}

void km_store_rollback(km_store *s)
{
    stop_recording(s);
    if (s->db && !sqlite3_get_autocommit(s->db)) {
        sqlite3_exec(s->db, "ROLLBACK", NULL, NULL, NULL);
        km_place_forget(s);
        km_place_committed(s);
    }
}

km_status km_store_savepoint(km_store *s, km_error *err)
{
    /* after a full disk SQLite has rolled all of it back by itself */
    if (sqlite3_get_autocommit(s->db))
        return km_fail(err, KM_EIO, "cannot write: the transaction was rolled back");
    return run(s, "SAVEPOINT row", err);
}

km_status km_store_savepoint_end(km_store *s, bool keep, km_error *err)
{
    km_status st = KM_OK;

    if (!keep) {
        km_place_forget(s);
        st = run(s, "ROLLBACK TO row", err);
    }
    return st == KM_OK ? run(s, "RELEASE row", err) : st;
}

static km_status commit(km_store *s, km_error *err)
{
    sqlite3_stmt *q = NULL;
    km_status st = km_db_get(&q, s, "COMMIT", err);

    if (st == KM_OK)
        st = km_db_run(s, q, "cannot store", err);
    if (st == KM_OK)
        km_place_committed(s);
    return st;
}

static km_status log_add(km_store *s, const km_store_change *c, const void *set, int n,
                         km_error *err)
{
    sqlite3_stmt *q = NULL;
    km_status st = km_db_get(&q, s,
                             "DELETE FROM change WHERE id > coalesce((SELECT id FROM change "
                             "WHERE undone = 0 ORDER BY id DESC LIMIT 1), 0)",
                             err);
    if (st == KM_OK)
        st = km_db_run(s, q, "cannot write the change log", err);
    if (st == KM_OK)
        st = km_db_get(&q, s,
                       "INSERT INTO change (at, off_min, who, what, client_id, record_id, "
                       "changeset) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
                       err);
    if (st != KM_OK)
        return st;
    km_bind_time(q, 1, c->at);
    km_bind_text(q, 3, c->who ? c->who : "");
    km_bind_text(q, 4, c->what);
    km_bind_opt(q, 5, s->n_touched ? s->touched[0] : 0, s->n_touched == 1);
    km_bind_int(q, 6, c->record_id);
    sqlite3_bind_blob(q, 7, set, n, SQLITE_STATIC);
    st = km_db_run(s, q, "cannot write the change log", err);

    int64_t id = s->last_change = sqlite3_last_insert_rowid(s->db);
    for (size_t i = 0; s->n_touched > 1 && i < s->n_touched && st == KM_OK; i++) {
        st = km_db_get(&q, s, "INSERT INTO change_client (change_id, client_id) VALUES (?1, ?2)",
                       err);
        if (st != KM_OK)
            break;
        km_bind_int(q, 1, id);
        km_bind_int(q, 2, s->touched[i]);
        st = km_db_run(s, q, "cannot write the change log", err);
    }
    return st;
}

/* The recording of a change with what follows it: one undo takes both back. */
static km_status log_join(bool *joined, km_store *s, const km_store_change *c, void *set, int n,
                          km_error *err)
{
    sqlite3_stmt *q = NULL;
    void *both = NULL;
    int n_both = 0;
    *joined = false;
    if (c->join == 0 || s->n_touched != 1)
        return KM_OK;
    km_status st = km_db_get(&q, s,
                             "SELECT changeset FROM change WHERE id = ?1 AND undone = 0 AND "
                             "client_id = ?2 AND id = (SELECT max(id) FROM change)",
                             err);
    if (st != KM_OK)
        return st;
    km_bind_int(q, 1, c->join);
    km_bind_int(q, 2, s->touched[0]);
    if (km_db_next(&st, s, q, "cannot read the change log", err)) {
        /* concat takes no const, and the row must not be written to */
        void *first = km_calloc((size_t)sqlite3_column_bytes(q, 0) + 1, 1);
        int n_first = sqlite3_column_bytes(q, 0);
        memcpy(first, sqlite3_column_blob(q, 0), (size_t)n_first);
        if (!km_changeset_sound(first, n_first))
            st = km_fail(err, KM_EDATA, "the change log of %s is damaged", s->path);
        else if (sqlite3changeset_concat(n_first, first, n, set, &n_both, &both) != SQLITE_OK)
            st = km_db_fail(s, err, "cannot write the change log");
        free(first);
    }
    km_db_done(s, q);
    if (st == KM_OK && n_both > 0)
        st = km_db_get(&q, s, "UPDATE change SET changeset = ?2 WHERE id = ?1", err);
    if (st == KM_OK && n_both > 0) {
        km_bind_int(q, 1, c->join);
        sqlite3_bind_blob(q, 2, both, n_both, SQLITE_STATIC);
        st = km_db_run(s, q, "cannot write the change log", err);
        *joined = st == KM_OK;
    }
    sqlite3_free(both);
    return st;
}

int64_t km_store_last_change(const km_store *s)
{
    return s->last_change;
}

km_status km_store_commit(km_store *s, const km_store_change *c, km_error *err)
{
    bool joined = false;
    void *set = NULL;
    int n = 0;
    km_status st = KM_OK;

    assert(s->recorder);
    int rc = sqlite3session_changeset(s->recorder, &n, &set);
    if (rc != SQLITE_OK)
        st = km_db_fail_code(s, err, "cannot record changes", rc);
    /* the log rows are no part of the recording */
    sqlite3session_enable(s->recorder, 0);
    if (st == KM_OK && n > 0)
        st = log_join(&joined, s, c, set, n, err);
    if (st == KM_OK && n > 0 && !joined)
        st = log_add(s, c, set, n, err);
    sqlite3_free(set);
    if (st == KM_OK)
        st = commit(s, err);
    if (st != KM_OK)
        km_store_rollback(s);
    stop_recording(s);
    return st;
}

/* ---- undo and redo ---- */

static int on_conflict(void *ctx, int kind, sqlite3_changeset_iter *it)
{
    (void)it;
    *(int *)ctx = kind;
    return SQLITE_CHANGESET_ABORT;
}

static km_status apply(km_store *s, const void *set, int n, bool inverse, km_error *err)
{
    void *back = NULL;
    int conflict = 0;
    int rc = SQLITE_OK;

    if (!km_changeset_sound(set, n)) {
        return km_mend(km_fail(err, KM_EDATA, "cannot %s: the change log of %s is damaged",
                               inverse ? "undo" : "redo", s->path),
                       err, "knotmap verify tells more");
    }
    if (inverse)
        rc = sqlite3changeset_invert(n, set, &n, &back);
    if (rc == SQLITE_OK) {
        /* the call takes what it only reads as not const */
        union { const void *in; void *out; } p = { .in = inverse ? back : set };
        rc = sqlite3changeset_apply(s->db, n, p.out, NULL, on_conflict, &conflict);
    }
    sqlite3_free(back);
    if (rc == SQLITE_OK)
        return KM_OK;
    if ((rc == SQLITE_ABORT && conflict) || (rc & 0xff) == SQLITE_CONSTRAINT)
        return km_fail(err, KM_EDATA,
                       "cannot %s: the records were changed by another program than knotmap",
                       inverse ? "undo" : "redo");
    return km_db_fail_code(s, err, inverse ? "cannot undo" : "cannot redo", rc);
}

static km_status walk_locked(km_store_undone *out, km_store *s, bool undo, km_error *err)
{
    sqlite3_stmt *q = NULL;
    km_status st = km_db_get(&q, s,
                             undo ? "SELECT id, record_id, what, changeset FROM change "
                                    "WHERE undone = 0 ORDER BY id DESC LIMIT 1"
                                  : "SELECT id, record_id, what, changeset FROM change "
                                    "WHERE undone = 1 AND id > coalesce((SELECT id FROM change "
                                    "WHERE undone = 0 ORDER BY id DESC LIMIT 1), 0) "
                                    "ORDER BY id LIMIT 1",
                             err);
    if (st != KM_OK)
        return st;
    if (!km_db_next(&st, s, q, "cannot read the change log", err)) {
        return st == KM_OK ? km_fail(err, KM_ENOTFOUND, undo ? "undo: there is nothing to undo"
                                                             : "redo: there is nothing to redo")
                           : st;
    }
    out->change = sqlite3_column_int64(q, 0);
    out->record_id = sqlite3_column_int64(q, 1);
    const char *what = km_col_text(q, 2);
    size_t fit = strlen(what);
    if (fit >= sizeof out->what) {
        fit = sizeof out->what - 1;
        while (fit > 0 && ((unsigned char)what[fit] & 0xc0) == 0x80)
            fit--;
    }
    memcpy(out->what, what, fit);
    out->what[fit] = '\0';
    int n = sqlite3_column_bytes(q, 3);
    st = apply(s, sqlite3_column_blob(q, 3), n, undo, err);
    km_db_done(s, q);
    if (st != KM_OK)
        return st;

    st = km_db_get(&q, s, "UPDATE change SET undone = ?2 WHERE id = ?1", err);
    if (st != KM_OK)
        return st;
    km_bind_int(q, 1, out->change);
    km_bind_int(q, 2, undo);
    return km_db_run(s, q, "cannot write the change log", err);
}

static km_status walk(km_store_undone *out, km_store *s, bool undo, km_error *err)
{
    assert(!s->recorder);
    km_status st = lock(s, err);
    if (st != KM_OK)
        return st;
    st = walk_locked(out, s, undo, err);
    if (st == KM_OK)
        st = commit(s, err);
    if (st != KM_OK)
        km_store_rollback(s);
    return st;
}

km_status km_store_undo(km_store_undone *out, km_store *s, km_error *err)
{
    return walk(out, s, true, err);
}

km_status km_store_redo(km_store_undone *out, km_store *s, km_error *err)
{
    return walk(out, s, false, err);
}
