/* Opening: who may open what, and how the connection is set up. */
#include "store_impl.h"

#include "knotmap/path.h"
#include "knotmap/text.h"
#include "knotmap/time.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <time.h>
#include <unistd.h>

#define BUSY_TIMEOUT 5.0 /* seconds */
#define BUSY_PAUSE_MS 20

/* ---- waiting for another program ---- */

static int on_busy(void *ctx, int count)
{
    km_store *s = ctx;
    double now = km_monotonic();

    if (count == 0)
        s->blocked_since = now;
    double waited = now - s->blocked_since;
    if (s->waiting) {
        if (!s->waiting(s->waiting_ctx, (int)(waited * 1000))) {
            s->gave_up = true;
            return 0;
        }
    } else if (waited >= BUSY_TIMEOUT) {
        return 0;
    }
    nanosleep(&(struct timespec){ .tv_nsec = BUSY_PAUSE_MS * 1000000L }, NULL);
    return 1;
}

/* ---- looking at the file before SQLite does ---- */

/* What lies at the path, found without changing anything. */
typedef struct look {
    bool exists;      /* and is not empty */
    bool sealed;      /* neither file nor folder is writable by anyone */
    bool file_writable;
    bool wal;         /* a -wal lies beside it */
    uint32_t application_id, user_version;
} look;

static uint32_t be32(const unsigned char *p)
{
    return (uint32_t)p[0] << 24 | (uint32_t)p[1] << 16 | (uint32_t)p[2] << 8 | p[3];
}

static km_status cannot_open(km_error *err, km_status code, const char *path, const char *why)
{
    return km_fail(err, code, "cannot open %s: %s", path, why);
}

static km_status not_ours(km_error *err, const char *path)
{
    return cannot_open(err, KM_EDATA, path, "it is not a knotmap database");
}

static km_status newer(km_error *err, const char *path, int64_t version)
{
    return km_mend(
        km_fail(err, KM_EDATA,
                "cannot open %s: it was written by a newer knotmap (schema %lld, this is %d)", path,
                (long long)version, km_store_schema_version()),
        err, "use that knotmap, or a newer one");
}

static km_status damaged(km_error *err, const char *path)
{
    cannot_open(err, KM_EDATA, path, "it is damaged");
    return km_mend(KM_EDATA, err, "keep the file, and go back to a backup of it");
}

static bool folder_sealed(const char *path)
{
    km_buf dir = { 0 };
    struct stat st;
    struct statvfs fs;

    km_buf_puts(&dir, path);
    char *slash = strrchr(dir.s, '/');
    const char *d = ".";
    if (slash == dir.s) {
        d = "/";
    } else if (slash) {
        *slash = '\0';
        d = dir.s;
    }
    bool sealed = stat(d, &st) == 0 && statvfs(d, &fs) == 0 &&
                  ((st.st_mode & 0222) == 0 || (fs.f_flag & ST_RDONLY));
    km_buf_clear(&dir);
    return sealed;
}

/* A -wal holds acknowledged records: one that cannot be read must never be passed over. */
static km_status look_at_wal(look *out, const char *path, km_error *err)
{
    km_buf wal = { 0 };
    struct stat st;
    km_status status = KM_OK;

    km_buf_printf(&wal, "%s-wal", path);
    if (lstat(wal.s, &st) == 0) {
        out->wal = true;
        int fd = open(wal.s, O_RDONLY | O_CLOEXEC);
        if (fd < 0 || !S_ISREG(st.st_mode)) {
            status = km_mend(km_fail(err, KM_EPERM,
                                     "cannot open %s: its newest records in %s cannot be read",
                                     path, wal.s),
                             err, "make that file readable");
        }
        if (fd >= 0)
            close(fd);
    } else if (errno != ENOENT) {
        status = km_fail_errno(err, errno, KM_EPERM, wal.s);
    }
    km_buf_clear(&wal);
    return status;
}

static km_status look_at(look *out, const char *path, km_error *err)
{
    unsigned char head[100];
    struct stat st;
    struct statvfs fs;

    *out = (look){ .exists = false };
    if (stat(path, &st) != 0) {
        if (errno == ENOENT)
            return KM_OK;
        return km_fail_path(err, errno, errno == ENOTDIR ? KM_ECREATE : KM_EIO, "cannot open",
                            path);
    }
    if (S_ISDIR(st.st_mode))
        return cannot_open(err, KM_EDATA, path, "it is a folder");
    if (!S_ISREG(st.st_mode))
        return not_ours(err, path);

    int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0)
        return km_fail_path(err, errno, KM_EIO, "cannot open", path);
    ssize_t n = pread(fd, head, sizeof head, 0);
    bool ro_fs = fstatvfs(fd, &fs) == 0 && (fs.f_flag & ST_RDONLY);
    close(fd);
    if (n < 0)
        return cannot_open(err, KM_EIO, path, "input/output error");

    out->file_writable = !ro_fs && (st.st_mode & 0222) && access(path, W_OK) == 0;
    out->sealed = (ro_fs || (st.st_mode & 0222) == 0) && folder_sealed(path);
    if (n == 0)
        return KM_OK; /* empty: as good as new */
    out->exists = true;
    if (n < (ssize_t)sizeof head || memcmp(head, "SQLite format 3", 16) != 0)
        return not_ours(err, path);
    out->user_version = be32(head + 60);
    out->application_id = be32(head + 68);
    if (out->application_id != KM_APPLICATION_ID)
        return not_ours(err, path);
    if (out->user_version > (uint32_t)km_store_schema_version())
        return newer(err, path, out->user_version);
    return look_at_wal(out, path, err);
}

/* Make an empty file of mode 0600 in a folder of mode 0700, whatever the umask. */
static km_status create(const char *path, km_error *err)
{
    km_status st = km_path_make_dir_of(path, err);
    if (st != KM_OK)
        return st;
    int fd = open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (fd < 0 && errno == EEXIST)
        return KM_OK;
    if (fd < 0)
        return km_fail_path(err, errno, KM_ECREATE, "cannot create", path);
    bool ok = fchmod(fd, 0600) == 0;
    close(fd);
    return ok ? KM_OK : cannot_open(err, KM_EPERM, path, "its mode cannot be set to 0600");
}

/* ---- the connection ---- */

/* A file: URI, since immutable can be said in no other way. */
static void uri_of(km_buf *out, const char *path, bool readonly, bool immutable)
{
    km_buf_puts(out, path[0] == '/' ? "file://" : "file:");
    for (const char *p = path; *p; p++) {
        if (*p == '%' || *p == '?' || *p == '#')
            km_buf_printf(out, "%%%02x", (unsigned char)*p);
        else
            km_buf_putc(out, *p);
    }
    km_buf_puts(out, readonly ? "?mode=ro" : "?mode=rw");
    if (immutable)
        km_buf_puts(out, "&immutable=1");
}

/* km_contains(text, needle): whether needle stands in text, ignoring case. */
static void sql_contains(sqlite3_context *ctx, int n, sqlite3_value **v)
{
    (void)n;
    const char *hay = (const char *)sqlite3_value_text(v[0]);
    const char *needle = (const char *)sqlite3_value_text(v[1]);
    sqlite3_result_int(ctx, hay && needle && km_text_contains(hay, needle));
}

/* Nothing is read or written yet. */
static km_status connect_db(km_store *s, bool immutable, km_error *err)
{
    km_buf uri = { 0 };

    if (strcmp(s->path, ":memory:") == 0)
        km_buf_puts(&uri, s->path);
    else
        uri_of(&uri, s->path, s->readonly, immutable);
    int rc = sqlite3_open_v2(uri.s, &s->db,
                             (s->readonly ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE) |
                                 SQLITE_OPEN_URI | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE,
                             NULL);
    km_buf_clear(&uri);
    if (!s->db)
        km_die("out of memory");
    if (rc != SQLITE_OK)
        return km_fail(err, KM_EPERM, "cannot open %s: %s", s->path, sqlite3_errmsg(s->db));

    sqlite3_busy_handler(s->db, on_busy, s);
    sqlite3_db_config(s->db, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
    sqlite3_db_config(s->db, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, NULL);
    sqlite3_db_config(s->db, SQLITE_DBCONFIG_ENABLE_FKEY, 1, NULL);
    /* until we know that it is ours, closing must not fold its -wal into it */
    sqlite3_db_config(s->db, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, NULL);
    sqlite3_create_function(s->db, "km_contains", 2,
                            SQLITE_UTF8 | SQLITE_DETERMINISTIC | SQLITE_DIRECTONLY, NULL,
                            sql_contains, NULL, NULL);
    return km_take_init(s, err);
}

/* The first read: application_id and user_version as the -wal has them. */
static km_status check_identity(km_store *s, bool fresh, km_error *err)
{
    int64_t app = 0, version = 0;
    km_error why = { 0 };
    km_status st = km_db_int(&app, s, "PRAGMA application_id", 0, 0, 0, &why);
    if (st == KM_OK)
        st = km_db_int(&version, s, "PRAGMA user_version", 0, 0, 0, &why);
    if (st == KM_EDATA)
        return damaged(err, s->path);
    if (st == KM_EPERM && s->readonly) {
        cannot_open(err, KM_EPERM, s->path,
                    "it may be in use elsewhere, and its folder cannot be written");
        return km_mend(KM_EPERM, err, "copy it with knotmap backup and read the copy");
    }
    if (st == KM_EPERM) {
        cannot_open(err, KM_EPERM, s->path, "its folder cannot be written");
        return km_mend(KM_EPERM, err,
                       "make the folder writable, or folder and file read-only to read it");
    }
    if (st != KM_OK) {
        if (err)
            *err = why;
        return st;
    }
    if (app == 0 && version == 0 && fresh)
        return KM_OK;
    if (app != KM_APPLICATION_ID)
        return not_ours(err, s->path);
    if (version > km_store_schema_version())
        return newer(err, s->path, version);
    return KM_OK;
}

static km_status set_up(km_store *s, bool memory, km_error *err)
{
    km_status st = km_db_exec(s,
                              "PRAGMA foreign_keys = ON;"
                              "PRAGMA trusted_schema = OFF;"
                              "PRAGMA cell_size_check = ON;"
                              "PRAGMA secure_delete = ON;"
                              "PRAGMA mmap_size = 0;"
                              "PRAGMA synchronous = FULL;",
                              "cannot set up the database", err);
    if (st != KM_OK || s->readonly || memory)
        return st;

    /* Loses no acknowledged record on a power cut, unlike NORMAL or a rollback journal. */
    sqlite3_stmt *q = NULL;
    st = km_db_get(&q, s, "PRAGMA journal_mode = WAL", err);
    if (st != KM_OK)
        return st;
    if (sqlite3_step(q) != SQLITE_ROW)
        st = km_db_fail(s, err, "cannot set up the database");
    else if (sqlite3_stricmp(km_col_text(q, 0), "wal") != 0)
        st = km_fail(err, KM_EIO, "cannot open %s: its file system has no write-ahead log",
                     s->path);
    km_db_done(s, q);
    return st;
}

static km_status open_file(km_store *s, const km_store_options *opt, km_error *err)
{
    bool memory = strcmp(s->path, ":memory:") == 0;
    look l = { .file_writable = true };
    km_status st = KM_OK;

    if (!memory) {
        st = look_at(&l, s->path, err);
        if (st != KM_OK)
            return st;
        if (!l.exists && opt->readonly)
            return cannot_open(err, KM_ENOINPUT, s->path, "there is no such database");
        if (!l.exists)
            st = create(s->path, err);
        else if (!l.file_writable)
            s->readonly = true;
    }
    if (st == KM_OK)
        st = connect_db(s, l.sealed && !l.wal, err);
    if (st == KM_OK)
        st = check_identity(s, !l.exists, err);
    if (st == KM_OK && l.exists && !s->readonly && sqlite3_db_readonly(s->db, "main") == 1)
        s->readonly = true;
    if (st != KM_OK)
        return st;

    if (s->readonly) {
        int64_t version = 0;
        st = km_db_int(&version, s, "PRAGMA user_version", 0, 0, 0, err);
        if (st == KM_OK && version < km_store_schema_version()) {
            return km_mend(
                km_fail(
                    err, KM_EPERM,
                    "cannot open %s: it was written by an older knotmap (schema %lld, this is %d) "
                    "and cannot be brought up to date, since it is read-only",
                    s->path, (long long)version, km_store_schema_version()),
                err, "copy it to a folder that can be written");
        }
    } else {
        /* before the switch to WAL, so that the file itself says what it is */
        st = km_migrate(s, opt->first_uid, err);
    }
    if (st == KM_OK)
        st = set_up(s, memory, err);
    if (st == KM_OK && !s->readonly)
        sqlite3_db_config(s->db, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 0, NULL);
    return st;
}

km_status km_store_open(km_store **out, const km_store_options *opt, km_error *err)
{
    km_store *s = km_calloc(1, sizeof *s);

    s->path = km_strdup(opt->path);
    s->readonly = opt->readonly;
    s->place_safe = INT64_MAX;
    s->waiting = opt->waiting;
    s->waiting_ctx = opt->waiting_ctx;
    km_status st = open_file(s, opt, err);
    if (st != KM_OK) {
        km_store_close(s);
        return st;
    }
    *out = s;
    return KM_OK;
}

void km_store_close(km_store *s)
{
    if (!s)
        return;
    km_store_rollback(s);
    km_events_clear(s);
    km_db_finalize_all(s);
    sqlite3_close(s->db);
    km_arena_clear(&s->place_mem);
    free(s->place);
    free(s->touched);
    free(s->path);
    free(s);
}

const char *km_store_path(const km_store *s)
{
    return s->path;
}

bool km_store_readonly(const km_store *s)
{
    return s->readonly;
}

km_status km_store_data_version(int64_t *out, km_store *s, km_error *err)
{
    return km_db_int(out, s, "PRAGMA data_version", 0, 0, 0, err);
}
