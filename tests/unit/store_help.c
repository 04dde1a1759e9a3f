#include "store_help.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "km_cmocka.h"
#include <sqlite3.h>

temp temp_new(void)
{
    temp t;

    strcpy(t.dir, "/tmp/km-store-XXXXXX");
    assert_non_null(mkdtemp(t.dir));
    snprintf(t.path, sizeof t.path, "%s/t.db", t.dir);
    return t;
}

void temp_end(temp *t)
{
    char cmd[128];

    chmod(t->dir, 0700);
    snprintf(cmd, sizeof cmd, "rm -rf '%s'", t->dir);
    assert_int_equal(system(cmd), 0);
}

km_store *open_ok(const char *path)
{
    km_store *s = NULL;
    km_error err = { 0 };
    km_store_options opt = { .path = path, .first_uid = uid_of(1) };

    if (km_store_open(&s, &opt, &err) != KM_OK)
        fail_msg("%s", err.text);
    return s;
}

km_status open_refused(const char *path, km_error *err)
{
    km_store *s = NULL;
    km_store_options opt = { .path = path, .first_uid = uid_of(1) };

    *err = (km_error){ .status = KM_OK };
    km_status st = km_store_open(&s, &opt, err);
    assert_int_not_equal(st, KM_OK);
    assert_null(s);
    return st;
}

bool raw_try(const char *path, const char *sql)
{
    sqlite3 *db = NULL;

    assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
    sqlite3_busy_timeout(db, 2000);
    sqlite3_exec(db, "PRAGMA foreign_keys = ON", NULL, NULL, NULL);
    int rc = sqlite3_exec(db, sql, NULL, NULL, NULL);
    sqlite3_close(db);
    return rc == SQLITE_OK;
}

void raw(const char *path, const char *sql)
{
    if (!raw_try(path, sql))
        fail_msg("SQLite refused: %s", sql);
}

char *raw_text(const char *path, const char *sql)
{
    sqlite3 *db = NULL;
    sqlite3_stmt *q = NULL;
    char *out = NULL;

    assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
    assert_int_equal(sqlite3_prepare_v2(db, sql, -1, &q, NULL), SQLITE_OK);
    if (sqlite3_step(q) == SQLITE_ROW)
        out = km_strdup((const char *)sqlite3_column_text(q, 0));
    sqlite3_finalize(q);
    sqlite3_close(db);
    return out ? out : km_strdup("");
}

static const char *const tables[] = { "client",  "session",   "mark",         "mark_more",
                                      "mark_ppt", "mark_felt", "finding",      "routine",
                                      "routine_step", "treatment", "checkin",  "flexibility",
                                      "latest", "week_plan", "goal", "aftercare", "hold",
                                      "treatment_more", "session_more", "amendment", "problem" };

char *dump(const char *path)
{
    sqlite3 *db = NULL;
    km_buf b = { 0 };

    assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
    for (size_t i = 0; i < sizeof tables / sizeof *tables; i++) {
        sqlite3_stmt *q = NULL;
        char sql[120];
        snprintf(sql, sizeof sql, "SELECT * FROM %s ORDER BY 1, 2, 3", tables[i]);
        assert_int_equal(sqlite3_prepare_v2(db, sql, -1, &q, NULL), SQLITE_OK);
        while (sqlite3_step(q) == SQLITE_ROW) {
            km_buf_puts(&b, tables[i]);
            for (int c = 0; c < sqlite3_column_count(q); c++) {
                const unsigned char *v = sqlite3_column_blob(q, c);
                km_buf_printf(&b, " %d:", sqlite3_column_type(q, c));
                for (int k = 0; k < sqlite3_column_bytes(q, c); k++)
                    km_buf_printf(&b, v[k] >= 32 && v[k] < 127 ? "%c" : "\\%02x", v[k]);
            }
            km_buf_putc(&b, '\n');
        }
        sqlite3_finalize(q);
    }
    sqlite3_close(db);
    return b.s ? b.s : km_strdup("");
}

char *slurp(const char *path, size_t *n)
{
    FILE *f = fopen(path, "rb");
    km_buf b = { 0 };
    char block[4096];
    size_t got;

    assert_non_null(f);
    while ((got = fread(block, 1, sizeof block, f)) > 0)
        km_buf_add(&b, block, got);
    fclose(f);
    *n = b.len;
    return b.s ? b.s : km_strdup("");
}

bool file_has(const char *path, const char *bytes)
{
    size_t n = 0, m = strlen(bytes);

    if (access(path, F_OK) != 0)
        return false;
    char *all = slurp(path, &n);
    bool found = false;
    for (size_t i = 0; i + m <= n && !found; i++)
        found = memcmp(all + i, bytes, m) == 0;
    free(all);
    return found;
}

km_uid uid_of(uint64_t n)
{
    return km_uid_from(1700000000000, n * 0x9e3779b97f4a7c15u, n);
}

km_mark mark_at(int64_t client, int64_t sec, const char *muscle, int intensity)
{
    static uint64_t serial = 1000;
    km_mark m = km_mark_blank();

    m.uid = uid_of(serial++);
    m.client_id = client;
    m.at = (km_instant){ sec, 60 };
    m.place = (km_place){ .side = KM_SIDE_LEFT, .region = "shoulder_blade", .muscle = muscle,
                          .tp = 1 };
    m.view = KM_VIEW_BACK;
    m.x = -1200;
    m.y = 2100;
    m.intensity = intensity;
    return m;
}

int64_t marks_in(km_store *s)
{
    const km_store_filter all = km_store_filter_all();
    int64_t n = -1;

    assert_int_equal(km_store_mark_count(&n, s, &all, NULL), KM_OK);
    return n;
}

static km_status count_client(void *ctx, const km_client *c, km_error *err)
{
    (void)c, (void)err;
    ++*(int64_t *)ctx;
    return KM_OK;
}

int64_t clients_in(km_store *s)
{
    int64_t n = 0;

    assert_int_equal(km_store_clients_each(s, true, count_client, &n, NULL), KM_OK);
    return n;
}

void commit_ok(km_store *s, const char *what)
{
    km_error err = { 0 };
    km_store_change c = { .who = "test", .what = what, .at = { 1700000000, 0 } };

    if (km_store_commit(s, &c, &err) != KM_OK)
        fail_msg("%s", err.text);
}

int64_t put_mark(km_store *s, const km_mark *m)
{
    km_error err = { 0 };
    int64_t id = 0;

    if (km_store_begin(s, &err) != KM_OK || km_store_mark_add(&id, s, m, &err) != KM_OK)
        fail_msg("%s", err.text);
    commit_ok(s, "mark");
    return id;
}

int store_env_begin(void **state)
{
    store_env *e = km_calloc(1, sizeof *e);
    e->t = temp_new();
    e->s = open_ok(e->t.path);
    *state = e;
    return 0;
}

int store_env_end(void **state)
{
    store_env *e = *state;
    km_store_close(e->s);
    temp_end(&e->t);
    free(e);
    return 0;
}

void store_write(km_store *s)
{
    assert_int_equal(km_store_begin(s, NULL), KM_OK);
}
