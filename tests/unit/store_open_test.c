/* Opening: what is refused, left as it was, created, and how the connection is set up. */
#include "store_help.h"
#include "store_impl.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "km_cmocka.h"

static void new_file_is_private_whatever_the_umask(void **state)
{
    (void)state;
    const mode_t masks[] = { 0, 022, 0777 };

    for (size_t i = 0; i < 3; i++) {
        temp t = temp_new();
        char path[160], dir[128];
        struct stat st;
        snprintf(dir, sizeof dir, "%s/a/b", t.dir);
        snprintf(path, sizeof path, "%s/k.db", dir);
        mode_t old = umask(masks[i]);
        km_store *s = open_ok(path);
        umask(old);
        assert_int_equal(stat(path, &st), 0);
        assert_int_equal(st.st_mode & 0777, 0600);
        assert_int_equal(stat(dir, &st), 0);
        assert_int_equal(st.st_mode & 0777, 0700);
        km_store_close(s);
        temp_end(&t);
    }
}

static void new_database_has_the_client_me(void **state)
{
    (void)state;
    temp t = temp_new();
    km_store *s = open_ok(t.path);
    int64_t id = 0;

    assert_int_equal(km_store_client_by_name(&id, s, "ME", NULL), KM_OK);
    assert_int_equal(id, 1);
    km_store_close(s);
    temp_end(&t);
}

static void an_empty_file_is_as_good_as_new(void **state)
{
    (void)state;
    temp t = temp_new();
    close(open(t.path, O_CREAT | O_WRONLY, 0600));
    km_store *s = open_ok(t.path);
    assert_false(km_store_readonly(s));
    km_store_close(s);
    temp_end(&t);
}

static int64_t pragma(km_store *s, const char *sql)
{
    int64_t v = -1;
    assert_int_equal(km_db_int(&v, s, sql, 0, 0, -1, NULL), KM_OK);
    return v;
}

static void connection_is_set_up_for_safety(void **state)
{
    (void)state;
    temp t = temp_new();

    for (int again = 0; again < 2; again++) {
        km_store *s = open_ok(t.path);
        int on = 0;
        assert_int_equal(pragma(s, "PRAGMA foreign_keys"), 1);
        assert_int_equal(pragma(s, "PRAGMA synchronous"), 2);
        assert_int_equal(pragma(s, "PRAGMA trusted_schema"), 0);
        assert_int_equal(pragma(s, "PRAGMA cell_size_check"), 1);
        assert_int_equal(pragma(s, "PRAGMA secure_delete"), 1);
        assert_int_equal(pragma(s, "PRAGMA mmap_size"), 0);
        assert_int_equal(pragma(s, "PRAGMA application_id"), KM_APPLICATION_ID);
        assert_int_equal(pragma(s, "PRAGMA user_version"), km_store_schema_version());
        sqlite3_db_config(s->db, SQLITE_DBCONFIG_DEFENSIVE, -1, &on);
        assert_int_equal(on, 1);
        km_store_close(s);
    }
    char *mode = raw_text(t.path, "PRAGMA journal_mode");
    assert_string_equal(mode, "wal");
    free(mode);
    temp_end(&t);
}

/* Opens must fail with these words and leave file and folder as they were. */
static void expect_untouched(temp *t, km_status status, const char *words)
{
    km_error err;
    size_t n0 = 0, n1 = 0;
    struct stat a, b;
    char cmd[200], list0[2000] = "", list1[2000] = "";

    snprintf(cmd, sizeof cmd, "ls -A '%s'", t->dir);
    FILE *p = popen(cmd, "r");
    list0[fread(list0, 1, sizeof list0 - 1, p)] = '\0';
    pclose(p);
    char *before = slurp(t->path, &n0);
    assert_int_equal(stat(t->path, &a), 0);
    assert_int_equal(open_refused(t->path, &err), status);
    if (!strstr(err.text, words))
        fail_msg("\"%s\" does not say \"%s\"", err.text, words);
    assert_non_null(strstr(err.text, t->path));
    char *after = slurp(t->path, &n1);
    assert_int_equal(stat(t->path, &b), 0);
    p = popen(cmd, "r");
    list1[fread(list1, 1, sizeof list1 - 1, p)] = '\0';
    pclose(p);
    assert_int_equal(n0, n1);
    assert_memory_equal(before, after, n0);
    assert_int_equal(a.st_mtim.tv_sec, b.st_mtim.tv_sec);
    assert_int_equal(a.st_mtim.tv_nsec, b.st_mtim.tv_nsec);
    assert_string_equal(list0, list1);
    free(before);
    free(after);
}

static void a_text_file_is_refused_untouched(void **state)
{
    (void)state;
    temp t = temp_new();
    FILE *f = fopen(t.path, "w");
    for (int i = 0; i < 100; i++)
        fputs("not a database\n", f);
    fclose(f);
    expect_untouched(&t, KM_EDATA, "it is not a knotmap database");
    f = fopen(t.path, "w");
    fputs("x", f);
    fclose(f);
    expect_untouched(&t, KM_EDATA, "it is not a knotmap database");
    temp_end(&t);
}

static void another_programs_database_is_refused_untouched(void **state)
{
    (void)state;
    temp t = temp_new();
    raw(t.path, "CREATE TABLE bookmarks (x); PRAGMA user_version = 1");
    expect_untouched(&t, KM_EDATA, "it is not a knotmap database");
    raw(t.path, "PRAGMA application_id = 77; PRAGMA journal_mode = WAL");
    expect_untouched(&t, KM_EDATA, "it is not a knotmap database");
    temp_end(&t);
}

static void a_newer_database_is_refused_untouched(void **state)
{
    (void)state;
    temp t = temp_new();
    char words[120];
    km_store_close(open_ok(t.path));
    raw(t.path, "PRAGMA user_version = 9000");
    snprintf(words, sizeof words, "it was written by a newer knotmap (schema 9000, this is %d)",
             km_store_schema_version());
    expect_untouched(&t, KM_EDATA, words);
    temp_end(&t);
}

/* The newer version may stand in the write-ahead log alone. */
static void a_newer_version_in_the_wal_is_seen(void **state)
{
    (void)state;
    temp t = temp_new();
    sqlite3 *db = NULL;
    km_error err;
    size_t n0, n1;

    km_store_close(open_ok(t.path));
    assert_int_equal(sqlite3_open(t.path, &db), SQLITE_OK);
    sqlite3_exec(db, "PRAGMA user_version = 9000", NULL, NULL, NULL);
    char *before = slurp(t.path, &n0);
    assert_int_equal(open_refused(t.path, &err), KM_EDATA);
    assert_non_null(strstr(err.text, "newer knotmap (schema 9000"));
    char *after = slurp(t.path, &n1);
    assert_int_equal(n0, n1);
    assert_memory_equal(before, after, n0);
    free(before);
    free(after);
    sqlite3_close(db);
    temp_end(&t);
}

static void a_cut_off_database_is_refused_untouched(void **state)
{
    (void)state;
    temp t = temp_new();
    km_store_close(open_ok(t.path));
    raw(t.path, "PRAGMA journal_mode = DELETE");
    assert_int_equal(truncate(t.path, 8192), 0);
    expect_untouched(&t, KM_EDATA, "it is damaged");
    temp_end(&t);
}

static void a_garbled_database_is_refused_untouched(void **state)
{
    (void)state;
    temp t = temp_new();
    km_store_close(open_ok(t.path));
    raw(t.path, "PRAGMA journal_mode = DELETE");
    int fd = open(t.path, O_WRONLY);
    char junk[3996];
    memset(junk, 0xa5, sizeof junk);
    assert_int_equal(pwrite(fd, junk, sizeof junk, 100), (ssize_t)sizeof junk);
    close(fd);
    expect_untouched(&t, KM_EDATA, "damaged");
    temp_end(&t);
}

static void a_folder_is_refused(void **state)
{
    (void)state;
    temp t = temp_new();
    km_error err;
    assert_int_equal(open_refused(t.dir, &err), KM_EDATA);
    assert_non_null(strstr(err.text, "it is a folder"));
    temp_end(&t);
}

static void a_missing_file_is_not_created_for_reading(void **state)
{
    (void)state;
    temp t = temp_new();
    km_store *s = NULL;
    km_error err = { 0 };
    km_store_options opt = { .path = t.path, .readonly = true };
    assert_int_equal(km_store_open(&s, &opt, &err), KM_ENOINPUT);
    assert_int_not_equal(access(t.path, F_OK), 0);
    temp_end(&t);
}

static void a_sealed_copy_opens_for_reading(void **state)
{
    (void)state;
    temp t = temp_new();
    km_error err = { 0 };
    km_store *s = open_ok(t.path);
    km_mark m = mark_at(1, 1700000000, "infraspinatus", 6);
    int64_t id = put_mark(s, &m);
    km_store_close(s);
    assert_int_equal(chmod(t.path, 0444), 0);
    assert_int_equal(chmod(t.dir, 0555), 0);

    s = open_ok(t.path);
    assert_true(km_store_readonly(s));
    assert_int_equal(marks_in(s), 1);
    assert_int_equal(id, 1);
    assert_int_equal(km_store_begin(s, &err), KM_EPERM);
    km_store_undone u;
    assert_int_equal(km_store_undo(&u, s, &err), KM_EPERM);
    km_store_close(s);
    temp_end(&t);
}

/* Something may still be writing where the folder can be written: no immutable there. */
static void a_readonly_file_in_a_live_folder_sees_the_wal(void **state)
{
    (void)state;
    temp t = temp_new();
    km_store *writer = open_ok(t.path);
    km_mark m = mark_at(1, 1700000000, "infraspinatus", 6);
    put_mark(writer, &m);
    assert_int_equal(chmod(t.path, 0444), 0);
    km_store *s = open_ok(t.path);
    assert_true(km_store_readonly(s));
    assert_int_equal(marks_in(s), 1);
    km_store_close(s);
    km_store_close(writer);
    temp_end(&t);
}

static void a_wal_that_cannot_be_read_is_refused(void **state)
{
    (void)state;
    temp t = temp_new();
    char wal[120];
    km_error err;
    km_store_close(open_ok(t.path));
    snprintf(wal, sizeof wal, "%s-wal", t.path);
    assert_int_equal(mkdir(wal, 0700), 0); /* cannot be read, not even by root */
    assert_int_equal(open_refused(t.path, &err), KM_EPERM);
    assert_non_null(strstr(err.text, "cannot be read"));
    temp_end(&t);
}

/* What another user may not do; skipped only when there is no way to become one. */
static int as_nobody(km_status (*what)(const char *path), const char *path)
{
    pid_t pid = fork();
    if (pid == 0) {
        if (getuid() == 0 && (setgid(65534) != 0 || setuid(65534) != 0))
            _exit(255);
        _exit((int)what(path));
    }
    int status = 0;
    assert_int_equal(waitpid(pid, &status, 0), pid);
    return WEXITSTATUS(status);
}

static km_status try_open(const char *path)
{
    km_store *s = NULL;
    km_store_options opt = { .path = path, .first_uid = uid_of(1) };
    km_status st = km_store_open(&s, &opt, NULL);
    km_store_close(s);
    return st;
}

static void other_users_are_kept_out(void **state)
{
    (void)state;
    temp t = temp_new();
    char wal[120], sub[120];

    km_store *s = open_ok(t.path);
    km_mark m = mark_at(1, 1700000000, "infraspinatus", 6);
    put_mark(s, &m);
    snprintf(wal, sizeof wal, "%s-wal", t.path);
    snprintf(sub, sizeof sub, "%s/new/k.db", t.dir);
    assert_int_equal(chmod(t.dir, 0755), 0);
    if (getuid() == 0) {
        assert_int_equal(as_nobody(try_open, t.path), KM_EPERM); /* the file is 0600 */
        assert_int_equal(chmod(t.path, 0644), 0);
        assert_int_equal(chmod(wal, 0600), 0);
        assert_int_equal(as_nobody(try_open, t.path), KM_EPERM); /* its -wal is not readable */
    }
    assert_int_equal(chmod(t.dir, 0555), 0);
    assert_int_equal(as_nobody(try_open, sub), KM_EPERM); /* no folder can be made */
    km_store_close(s);
    assert_int_equal(chmod(t.path, 0666), 0);
    assert_int_equal(as_nobody(try_open, t.path), KM_EPERM); /* nor a -wal beside the file */
    temp_end(&t);
}

/* Two programs that create the same database at the same time both get it. */
static void creation_can_be_raced(void **state)
{
    (void)state;
    temp t = temp_new();
    pid_t pid[6];

    for (int i = 0; i < 6; i++) {
        pid[i] = fork();
        if (pid[i] == 0)
            _exit((int)try_open(t.path));
    }
    for (int i = 0; i < 6; i++) {
        int status = 0;
        waitpid(pid[i], &status, 0);
        assert_int_equal(status, 0);
    }
    char *n = raw_text(t.path, "SELECT count(*) FROM client");
    assert_string_equal(n, "1");
    free(n);
    temp_end(&t);
}

/* A path may hold what a URI takes for itself. */
static void odd_paths_open(void **state)
{
    (void)state;
    temp t = temp_new();
    char path[160];
    snprintf(path, sizeof path, "%s/a?b#c%%41 ü.db", t.dir);
    km_store_close(open_ok(path));
    assert_int_equal(access(path, F_OK), 0);
    temp_end(&t);
}

static void every_column_of_the_schema_is_commented(void **state)
{
    (void)state;
    for (int i = 0; i < km_migration_count; i++) {
        bool table = false;
        for (const char *p = km_migrations[i].sql; *p;) {
            size_t n = strcspn(p, "\n");
            char line[300];
            snprintf(line, sizeof line, "%.*s", (int)n, p);
            if (strncmp(line, "CREATE TABLE", 12) == 0)
                table = true;
            else if (line[0] == ')')
                table = false;
            else if (table && line[4] >= 'a' && line[4] <= 'z' && !strstr(line, "-- "))
                fail_msg("%s: no comment: %s", km_migrations[i].name, line);
            p += n + (p[n] == '\n');
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(new_file_is_private_whatever_the_umask),
        cmocka_unit_test(new_database_has_the_client_me),
        cmocka_unit_test(an_empty_file_is_as_good_as_new),
        cmocka_unit_test(connection_is_set_up_for_safety),
        cmocka_unit_test(a_text_file_is_refused_untouched),
        cmocka_unit_test(another_programs_database_is_refused_untouched),
        cmocka_unit_test(a_newer_database_is_refused_untouched),
        cmocka_unit_test(a_newer_version_in_the_wal_is_seen),
        cmocka_unit_test(a_cut_off_database_is_refused_untouched),
        cmocka_unit_test(a_garbled_database_is_refused_untouched),
        cmocka_unit_test(a_folder_is_refused),
        cmocka_unit_test(a_missing_file_is_not_created_for_reading),
        cmocka_unit_test(a_sealed_copy_opens_for_reading),
        cmocka_unit_test(a_readonly_file_in_a_live_folder_sees_the_wal),
        cmocka_unit_test(a_wal_that_cannot_be_read_is_refused),
        cmocka_unit_test(other_users_are_kept_out),
        cmocka_unit_test(creation_can_be_raced),
        cmocka_unit_test(odd_paths_open),
        cmocka_unit_test(every_column_of_the_schema_is_commented),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
