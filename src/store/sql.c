/* Statements, errors, binding: the thin layer between this room and SQLite. */
#include "store_impl.h"

#include <assert.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

km_status km_db_fail_code(km_store *s, km_error *err, const char *what, int rc)
{
    int os = sqlite3_system_errno(s->db);

    switch (rc & 0xff) {
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
        if (s->gave_up)
            return km_fail(err, KM_ECANCELLED, "%s: given up while another program was writing",
                           what);
        return km_mend(
            km_fail(err, KM_EBUSY, "%s: another program is writing to %s", what, s->path), err,
            "wait until it has finished, then try again");
    case SQLITE_FULL:
        return km_fail(err, KM_EIO, "%s: disk full", what);
    case SQLITE_IOERR:
        if (os == ENOSPC || os == EDQUOT || os == EFBIG)
            return km_fail(err, KM_EIO, "%s: disk full", what);
        return km_fail(err, KM_EIO, "%s: input/output error on %s", what, s->path);
    case SQLITE_READONLY:
        return km_fail(err, KM_EPERM, "%s: %s is read-only", what, s->path);
    case SQLITE_CANTOPEN:
    case SQLITE_PERM:
    case SQLITE_AUTH:
        return km_fail(err, KM_EPERM, "%s: no permission to open %s", what, s->path);
    case SQLITE_NOTADB:
        return km_fail(err, KM_EDATA, "%s: %s is not a knotmap database", what, s->path);
    case SQLITE_CORRUPT:
        return km_mend(km_fail(err, KM_EDATA, "%s: %s is damaged", what, s->path), err,
                       "keep the file, and go back to a backup of it");
    case SQLITE_CONSTRAINT:
        return km_fail(err, KM_EINVAL, "%s: the database refuses it (%s)", what,
                       sqlite3_errmsg(s->db));
    case SQLITE_NOMEM:
        km_die("out of memory");
    default:
        return km_fail(err, KM_EINTERNAL, "%s: %s", what, sqlite3_errmsg(s->db));
    }
}

km_status km_db_fail(km_store *s, km_error *err, const char *what)
{
    return km_db_fail_code(s, err, what, sqlite3_errcode(s->db));
}

/* FNV-1a */
static uint32_t text_hash(const char *s)
{
    uint32_t h = 2166136261u;

    for (; *s; s++)
        h = (h ^ (unsigned char)*s) * 16777619u;
    return h;
}

km_status km_db_get(sqlite3_stmt **out, km_store *s, const char *sql, km_error *err)
{
    uint32_t hash = text_hash(sql);

    for (int i = 0; i < s->n_stmt; i++) {
        km_stmt *e = &s->stmt[i];
        if (!e->busy && e->hash == hash && strcmp(e->sql, sql) == 0) {
            e->busy = true;
            *out = e->q;
            return KM_OK;
        }
    }

    sqlite3_stmt *q = NULL;
    int rc = sqlite3_prepare_v3(s->db, sql, -1, SQLITE_PREPARE_PERSISTENT, &q, NULL);
    if (rc == SQLITE_ERROR) {
        /* our own text: the tables are not as we made them */
        return km_fail(err, KM_EDATA, "cannot read %s: it is damaged (%s)", s->path,
                       sqlite3_errmsg(s->db));
    }
    if (rc != SQLITE_OK)
        return km_db_fail(s, err, "cannot read the database");
    KM_GROW(s->stmt, s->n_stmt, s->cap_stmt);
    s->stmt[s->n_stmt++] = (km_stmt){ .hash = hash, .busy = true, .sql = km_strdup(sql), .q = q };
    *out = q;
    return KM_OK;
}

void km_db_done(km_store *s, sqlite3_stmt *q)
{
    if (!q)
        return;
    sqlite3_reset(q);
    sqlite3_clear_bindings(q);
    for (int i = 0; i < s->n_stmt; i++) {
        if (s->stmt[i].q == q)
            s->stmt[i].busy = false;
    }
}

void km_db_finalize_all(km_store *s)
{
    for (int i = 0; i < s->n_stmt; i++) {
        sqlite3_finalize(s->stmt[i].q);
        free(s->stmt[i].sql);
    }
    free(s->stmt);
    s->stmt = NULL;
    s->n_stmt = s->cap_stmt = 0;
}

km_status km_db_exec(km_store *s, const char *sql, const char *what, km_error *err)
{
    if (sqlite3_exec(s->db, sql, NULL, NULL, NULL) != SQLITE_OK)
        return km_db_fail(s, err, what);
    return KM_OK;
}

km_status km_db_run(km_store *s, sqlite3_stmt *q, const char *what, km_error *err)
{
    km_status st = KM_OK;

    if (sqlite3_step(q) != SQLITE_DONE)
        st = km_db_fail(s, err, what);
    km_db_done(s, q);
    return st;
}

bool km_db_next(km_status *st, km_store *s, sqlite3_stmt *q, const char *what, km_error *err)
{
    if (*st == KM_OK) {
        int rc = sqlite3_step(q);
        if (rc == SQLITE_ROW)
            return true;
        if (rc != SQLITE_DONE)
            *st = km_db_fail(s, err, what);
    }
    km_db_done(s, q);
    return false;
}

km_status km_db_number(int64_t *out, km_store *s, sqlite3_stmt *q, const char *what,
                       int64_t missing, km_error *err)
{
    km_status st = KM_OK;

    if (!km_db_next(&st, s, q, what, err)) {
        if (st == KM_OK)
            *out = missing;
        return st;
    }
    *out = sqlite3_column_type(q, 0) == SQLITE_NULL ? missing : sqlite3_column_int64(q, 0);
    km_db_done(s, q);
    return KM_OK;
}

km_status km_db_int(int64_t *out, km_store *s, const char *sql, int64_t a, int64_t b,
                    int64_t missing, km_error *err)
{
    sqlite3_stmt *q = NULL;
    km_status st = km_db_get(&q, s, sql, err);
    if (st != KM_OK)
        return st;

    int n = sqlite3_bind_parameter_count(q);
    if (n > 0)
        km_bind_int(q, 1, a);
    if (n > 1)
        km_bind_int(q, 2, b);
    return km_db_number(out, s, q, "cannot read the database", missing, err);
}

static void bound(int rc)
{
    if (rc == SQLITE_NOMEM)
        km_die("out of memory");
    assert(rc == SQLITE_OK);
    (void)rc;
}

void km_bind_int(sqlite3_stmt *q, int n, int64_t v)
{
    bound(sqlite3_bind_int64(q, n, v));
}

void km_bind_real(sqlite3_stmt *q, int n, double v)
{
    bound(sqlite3_bind_double(q, n, v));
}

void km_bind_text(sqlite3_stmt *q, int n, const char *s)
{
    bound(s ? sqlite3_bind_text(q, n, s, -1, SQLITE_STATIC) : sqlite3_bind_null(q, n));
}

void km_bind_uid(sqlite3_stmt *q, int n, km_uid u)
{
    bound(sqlite3_bind_blob(q, n, u.b, (int)sizeof u.b, SQLITE_TRANSIENT));
}

void km_bind_opt(sqlite3_stmt *q, int n, int64_t v, bool given)
{
    bound(given ? sqlite3_bind_int64(q, n, v) : sqlite3_bind_null(q, n));
}

void km_bind_time(sqlite3_stmt *q, int n, km_instant t)
{
    km_bind_int(q, n, t.sec);
    km_bind_int(q, n + 1, t.off_min);
}

km_uid km_col_uid(sqlite3_stmt *q, int n)
{
    km_uid u = { { 0 } };
    const void *b = sqlite3_column_blob(q, n);

    if (b && sqlite3_column_bytes(q, n) == (int)sizeof u.b)
        memcpy(u.b, b, sizeof u.b);
    return u;
}

const char *km_col_text(sqlite3_stmt *q, int n)
{
    return (const char *)sqlite3_column_text(q, n);
}

int64_t km_col_in(km_store *s, sqlite3_stmt *q, int n, int64_t low, int64_t high)
{
    int64_t v = sqlite3_column_int64(q, n);

    if (v >= low && v <= high)
        return v;
    s->unsound = true;
    return low;
}

int km_col_code(km_store *s, sqlite3_stmt *q, int n, int count)
{
    return (int)km_col_in(s, q, n, 0, count - 1);
}

int km_col_opt(km_store *s, sqlite3_stmt *q, int n, int high)
{
    return sqlite3_column_type(q, n) == SQLITE_NULL ? -1 : km_col_code(s, q, n, high + 1);
}

uint32_t km_col_set(km_store *s, sqlite3_stmt *q, int n)
{
    return (uint32_t)km_col_in(s, q, n, 0, UINT16_MAX);
}

double km_col_real(km_store *s, sqlite3_stmt *q, int n, double low, double high)
{
    double v = sqlite3_column_double(q, n);

    if (v >= low && v <= high)
        return v;
    s->unsound = true;
    return low;
}

km_day km_col_day(km_store *s, sqlite3_stmt *q, int n)
{
    if (sqlite3_column_type(q, n) == SQLITE_NULL)
        return 0;
    return (km_day)km_col_in(s, q, n, KM_AT_LEAST / KM_DAY_SEC - 1, KM_AT_MOST / KM_DAY_SEC + 1);
}

km_instant km_col_time(km_store *s, sqlite3_stmt *q, int n)
{
    return (km_instant){ .sec = km_col_in(s, q, n, KM_AT_LEAST, KM_AT_MOST),
                         .off_min = (int16_t)km_col_in(s, q, n + 1, -KM_OFF_MOST, KM_OFF_MOST) };
}

int32_t km_col_place(km_store *s, sqlite3_stmt *q, int n)
{
    return (int32_t)km_col_in(s, q, n, 0, KM_PLACE_MOST);
}

km_status km_db_damaged(km_store *s, km_error *err)
{
    km_fail(err, KM_EDATA, "cannot read the database: %s is damaged", s->path);
    return km_mend(KM_EDATA, err, "keep the file, and go back to a backup of it");
}

km_status km_row_sound(km_store *s, km_error *err)
{
    bool sound = !s->unsound;

    s->unsound = false;
    return sound ? KM_OK : km_db_damaged(s, err);
}

km_status km_write_check(km_store *s, const char *what, km_error *err)
{
    if (s->readonly)
        return km_fail(err, KM_EPERM, "%s: %s is open for reading only", what, s->path);
    assert(s->recorder);
    return KM_OK;
}

km_status km_no_such(km_error *err, const char *noun, int64_t id)
{
    return km_fail(err, KM_ENOTFOUND, "%s %lld: there is no such %s", noun, (long long)id, noun);
}

km_status km_db_write(sqlite3_stmt **out, km_store *s, const char *what, const char *sql,
                      km_error *err)
{
    km_status st = km_write_check(s, what, err);
    return st == KM_OK ? km_db_get(out, s, sql, err) : st;
}

km_status km_db_add(int64_t *id, km_store *s, sqlite3_stmt *q, const char *what,
                    int64_t client_id, km_error *err)
{
    km_status st = km_db_run(s, q, what, err);

    if (st == KM_OK) {
        *id = sqlite3_last_insert_rowid(s->db);
        km_touch(s, client_id);
    }
    return st;
}

km_status km_db_change(km_store *s, sqlite3_stmt *q, const char *what, const char *noun,
                       int64_t id, int64_t client_id, km_error *err)
{
    km_status st = km_db_run(s, q, what, err);

    if (st == KM_OK && sqlite3_changes(s->db) == 0)
        st = km_no_such(err, noun, id);
    if (st == KM_OK)
        km_touch(s, client_id);
    return st;
}

km_status km_db_run_id(km_store *s, const char *sql, int64_t id, const char *what, km_error *err)
{
    sqlite3_stmt *q = NULL;
    km_status st = km_db_get(&q, s, sql, err);
    if (st != KM_OK)
        return st;
    km_bind_int(q, 1, id);
    return km_db_run(s, q, what, err);
}

km_status km_touch_owner(km_store *s, const char *sql, const char *noun, int64_t id, km_error *err)
{
    int64_t client = 0;
    km_status st = km_db_int(&client, s, sql, id, 0, 0, err);

    if (st == KM_OK && client == 0)
        return km_no_such(err, noun, id);
    if (st == KM_OK)
        km_touch(s, client);
    return st;
}

void km_touch(km_store *s, int64_t client_id)
{
    for (size_t i = s->n_touched; i > 0; i--) {
        if (s->touched[i - 1] == client_id)
            return;
    }
    KM_GROW(s->touched, s->n_touched, s->cap_touched);
    s->touched[s->n_touched++] = client_id;
}

km_status km_names_client(const char **out, km_names *n, km_store *s, int64_t id, km_error *err)
{
    if (n->client_id != id) {
        sqlite3_stmt *q = NULL;
        km_status st = km_db_get(&q, s, "SELECT name FROM client WHERE id = ?1", err);
        if (st != KM_OK)
            return st;
        km_bind_int(q, 1, id);
        km_buf_reset(&n->client);
        if (km_db_next(&st, s, q, "cannot read a client", err))
            km_buf_puts(&n->client, km_col_text(q, 0));
        km_db_done(s, q);
        if (st != KM_OK)
            return st;
        n->client_id = id;
    }
    *out = km_buf_str(&n->client);
    return KM_OK;
}

km_status km_names_session(km_uid *out, km_names *n, km_store *s, int64_t id, km_error *err)
{
    if (n->session_id != id) {
        sqlite3_stmt *q = NULL;
        km_status st = km_db_get(&q, s, "SELECT uid FROM session WHERE id = ?1", err);
        if (st != KM_OK)
            return st;
        km_bind_int(q, 1, id);
        if (km_db_next(&st, s, q, "cannot read a session", err))
            n->session_uid = km_col_uid(q, 0);
        km_db_done(s, q);
        if (st != KM_OK)
            return st;
        n->session_id = id;
    }
    *out = n->session_uid;
    return KM_OK;
}

void km_names_clear(km_names *n)
{
    km_buf_clear(&n->client);
}
