/* Faults of the world around: a disk that fails, a program that is killed, one that blocks. */
#include "store_help.h"
#include "store_impl.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "km_cmocka.h"

/* ---- a disk that is full after so many writes ---- */

static long writes_left = -1; /* -1: never fails */
static int fail_with = SQLITE_FULL;

/* SQLite's own methods with writing and syncing put aside; one set a kind of file. */
typedef struct methods {
    sqlite3_io_methods io;
    const sqlite3_io_methods *real;
} methods;

static struct {
    sqlite3_vfs vfs;
    sqlite3_vfs *real;
    methods set[8];
    int n;
} shim;

static bool fails_now(void)
{
    if (writes_left == 0)
        return true;
    if (writes_left > 0)
        writes_left--;
    return false;
}

static int failing_write(sqlite3_file *f, const void *p, int n, sqlite3_int64 at)
{
    return fails_now() ? fail_with : ((const methods *)f->pMethods)->real->xWrite(f, p, n, at);
}

static int failing_sync(sqlite3_file *f, int flags)
{
    if (fails_now())
        return fail_with == SQLITE_FULL ? SQLITE_FULL : SQLITE_IOERR_FSYNC;
    return ((const methods *)f->pMethods)->real->xSync(f, flags);
}

static int shim_open(sqlite3_vfs *v, const char *name, sqlite3_file *f, int flags, int *out)
{
    int i = 0;
    (void)v;
    int rc = shim.real->xOpen(shim.real, name, f, flags, out);
    if (rc != SQLITE_OK || !f->pMethods)
        return rc;
    while (i < shim.n && shim.set[i].real != f->pMethods)
        i++;
    if (i == shim.n) {
        assert_true(shim.n < 8);
        shim.set[shim.n++] = (methods){ *f->pMethods, f->pMethods };
        shim.set[i].io.xWrite = failing_write;
        shim.set[i].io.xSync = failing_sync;
    }
    f->pMethods = &shim.set[i].io;
    return rc;
}

static void shim_on(void)
{
    sqlite3_initialize();
    shim.real = sqlite3_vfs_find(NULL);
    shim.vfs = *shim.real;
    shim.vfs.zName = "failing";
    shim.vfs.xOpen = shim_open;
    sqlite3_vfs_register(&shim.vfs, 1);
}

static void shim_off(void)
{
    sqlite3_vfs_unregister(&shim.vfs);
    sqlite3_vfs_register(shim.real, 1);
    writes_left = -1;
}

static km_status try_mark(km_store *s, const km_mark *m, km_error *err)
{
    int64_t id = 0;
    km_store_change c = { .who = "test", .what = "mark" };
    km_status st = km_store_begin(s, err);
    if (st == KM_OK)
        st = km_store_mark_add(&id, s, m, err);
    if (st == KM_OK)
        return km_store_commit(s, &c, err);
    km_store_rollback(s);
    return st;
}

/* Whichever write fails: refused and nothing changed, or stored and there. */
static void a_full_disk_changes_nothing(void **state)
{
    (void)state;
    const int codes[] = { SQLITE_FULL, SQLITE_IOERR_WRITE };

    for (size_t k = 0; k < 2; k++) {
        bool through = false;
        fail_with = codes[k];
        for (int fail_at = 0; fail_at < 60 && !through; fail_at++) {
            temp t = temp_new();
            km_error err = { 0 };
            km_mark first = mark_at(1, 1600000000, "masseter", 4);
            km_mark second = mark_at(1, 1600000001, "soleus", 5);
            second.note = "with a note";
            shim_on();
            km_store *s = open_ok(t.path);
            put_mark(s, &first);
            char *before = dump(t.path);
            writes_left = fail_at;
            km_status st = try_mark(s, &second, &err);
            writes_left = -1;
            if (st != KM_OK) {
                assert_int_equal(st, KM_EIO);
                assert_non_null(strstr(err.text, fail_with == SQLITE_FULL ? ": disk full"
                                                                           : "input/output"));
                char *after = dump(t.path);
                assert_string_equal(before, after);
                free(after);
                /* and the program goes on as soon as there is room */
                assert_int_equal(try_mark(s, &second, &err), KM_OK);
            } else {
                through = true;
            }
            free(before);
            km_store_close(s);
            shim_off();
            s = open_ok(t.path);
            assert_int_equal(marks_in(s), 2);
            km_store_close(s);
            temp_end(&t);
        }
        assert_true(through);
    }
}

/* A disk too full for a new database leaves nothing that cannot be opened later. */
static void creation_on_a_full_disk_can_be_repeated(void **state)
{
    (void)state;
    bool through = false;

    fail_with = SQLITE_FULL;
    for (int fail_at = 0; fail_at < 400 && !through; fail_at += 7) {
        temp t = temp_new();
        km_store *s = NULL;
        km_error err = { 0 };
        km_store_options opt = { .path = t.path, .first_uid = uid_of(1) };
        shim_on();
        writes_left = fail_at;
        km_status st = km_store_open(&s, &opt, &err);
        writes_left = -1;
        shim_off();
        if (st == KM_OK)
            through = true;
        else
            assert_int_equal(st, KM_EIO);
        km_store_close(s);
        km_store_close(open_ok(t.path));
        temp_end(&t);
    }
    assert_true(through);
}

static void a_backup_on_a_full_disk_leaves_no_file(void **state)
{
    (void)state;
    temp t = temp_new();
    char copy[120];
    km_error err = { 0 };
    snprintf(copy, sizeof copy, "%s/copy.db", t.dir);
    shim_on();
    km_store *s = open_ok(t.path);
    fail_with = SQLITE_FULL;
    writes_left = 2;
    assert_int_equal(km_store_backup(s, copy, &err), KM_EIO);
    assert_non_null(strstr(err.text, "disk full"));
    writes_left = -1;
    assert_int_not_equal(access(copy, F_OK), 0);
    km_store_close(s);
    shim_off();
    temp_end(&t);
}

/* ---- a program that is killed ---- */

/* What was acknowledged is there after kill -9 at any moment. */
static void a_killed_program_loses_nothing_acknowledged(void **state)
{
    (void)state;
    for (int round = 0; round < 4; round++) {
        temp t = temp_new();
        int pipes[2];
        int64_t acked = 0, n = 0;
        km_store_close(open_ok(t.path));
        assert_int_equal(pipe(pipes), 0);
        pid_t pid = fork();
        if (pid == 0) {
            km_store *s = open_ok(t.path);
            for (int i = 0;; i++) {
                km_mark m = mark_at(1, 1600000000 + i, "masseter", 4);
                m.uid = uid_of((uint64_t)(100000 + i));
                char one = put_mark(s, &m) > 0;
                if (write(pipes[1], &one, 1) != 1)
                    _exit(0);
            }
        }
        close(pipes[1]);
        char one;
        while (acked < 5 + round * 9 && read(pipes[0], &one, 1) == 1)
            acked++;
        kill(pid, SIGKILL);
        waitpid(pid, NULL, 0);
        while (read(pipes[0], &one, 1) == 1)
            acked++;
        close(pipes[0]);
        km_store *s = open_ok(t.path);
        n = marks_in(s);
        assert_true(n >= acked);
        assert_true(n <= acked + 1);
        km_store_close(s);
        char *ok = raw_text(t.path, "PRAGMA integrity_check");
        assert_string_equal(ok, "ok");
        free(ok);
        temp_end(&t);
    }
}

/* ---- a program that blocks ---- */

typedef struct patience {
    int calls, last_ms, gives_up_after;
} patience;

static bool wait_a_little(void *ctx, int ms)
{
    patience *p = ctx;
    assert_true(ms >= p->last_ms);
    p->last_ms = ms;
    return ++p->calls < p->gives_up_after;
}

static void waiting_can_be_given_up(void **state)
{
    (void)state;
    temp t = temp_new();
    patience p = { .gives_up_after = 4 };
    km_store_options opt = { .path = t.path, .waiting = wait_a_little, .waiting_ctx = &p,
                             .first_uid = uid_of(1) };
    km_error err = { 0 };
    km_store *s = NULL;
    km_store_close(open_ok(t.path));
    assert_int_equal(km_store_open(&s, &opt, &err), KM_OK);

    km_store *other = open_ok(t.path);
    assert_int_equal(km_store_begin(other, &err), KM_OK);
    assert_int_equal(km_store_begin(s, &err), KM_ECANCELLED);
    assert_int_equal(p.calls, 4);
    assert_true(p.last_ms >= 40); /* pauses of about 20 ms lie between */
    km_store_undone u;
    p = (patience){ .gives_up_after = 1 };
    assert_int_equal(km_store_undo(&u, s, &err), KM_ECANCELLED);
    /* reading goes on meanwhile */
    assert_int_equal(clients_in(s), 1);

    km_store_rollback(other);
    km_mark m = mark_at(1, 1600000000, "masseter", 4);
    put_mark(s, &m);
    km_store_close(other);
    km_store_close(s);
    temp_end(&t);
}

/* ---- an older database ---- */

/* Schema 1 is brought up to date, and its log still takes its changes back. */
static void the_first_schema_is_migrated(void **state)
{
    (void)state;
    temp t = temp_new();
    size_t n = 0;
    char *sql = slurp(KM_SOURCE_DIR "/db/001_records.sql", &n);
    km_error err = { 0 };
    raw(t.path, sql);
    free(sql);
    raw(t.path, "PRAGMA application_id = 1263423316; PRAGMA user_version = 1;"
                "INSERT INTO client (id, uid, name) VALUES (1, zeroblob(16), 'me');"
                "INSERT INTO place VALUES (1, 1, 'jaw', 'masseter', 1);"
                "INSERT INTO mark (uid, client_id, at, off_min, kind, place_id, view, x, y, "
                "intensity, state, cause, more) "
                "VALUES (randomblob(16), 1, 1600000000, 0, 0, 1, 0, 1, 1, 5, 0, 0, 0)");
    km_store *s = open_ok(t.path);
    assert_int_equal(marks_in(s), 1);
    km_mark m = mark_at(1, 1600000001, "soleus", 4);
    put_mark(s, &m);
    km_store_undone u;
    assert_int_equal(km_store_undo(&u, s, &err), KM_OK);
    km_store_close(s);
    char *version = raw_text(t.path, "PRAGMA user_version");
    assert_int_equal(atoi(version), km_store_schema_version());
    free(version);
    temp_end(&t);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_full_disk_changes_nothing),
        cmocka_unit_test(creation_on_a_full_disk_can_be_repeated),
        cmocka_unit_test(a_backup_on_a_full_disk_leaves_no_file),
        cmocka_unit_test(a_killed_program_loses_nothing_acknowledged),
        cmocka_unit_test(waiting_can_be_given_up),
        cmocka_unit_test(the_first_schema_is_migrated),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
