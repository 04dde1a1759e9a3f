#include "knotmap/path.h"

#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

km_status km_fail_errno(km_error *err, int errnum, km_status other, const char *what)
{
    switch (errnum) {
    case EACCES:
    case EPERM:
        return km_fail(err, KM_EPERM, "%s: permission denied", what);
    case EROFS:
        return km_fail(err, KM_EPERM, "%s: the file system is read-only", what);
    case ENOENT:
    case ENOTDIR:
        return km_fail(err, other, "%s: no such file or folder", what);
    case EISDIR:
        return km_fail(err, other, "%s: it is a folder", what);
    case ENOSPC:
    case EDQUOT:
    case EFBIG:
        return km_fail(err, KM_EIO, "%s: the disk is full", what);
    case EIO:
        return km_fail(err, KM_EIO, "%s: the disk reports an error", what);
    default:
        return km_fail(err, other, "%s: %s", what, strerror(errnum));
    }
}

km_status km_path_xdg(char **out, km_xdg which, const char *name, km_error *err)
{
    static const struct { const char *variable, *below_home; } base[] = {
        [KM_XDG_DATA] = { "XDG_DATA_HOME", ".local/share" },
        [KM_XDG_CONFIG] = { "XDG_CONFIG_HOME", ".config" },
        [KM_XDG_STATE] = { "XDG_STATE_HOME", ".local/state" },
    };
    km_buf b = { 0 };
    const char *dir = getenv(base[which].variable);
    if (dir != NULL && dir[0] == '/') {
        km_buf_printf(&b, "%s/knotmap/%s", dir, name);
    } else {
        const char *home = getenv("HOME");
        if (home == NULL || home[0] == '\0') {
            return km_mend(
                km_fail(err, KM_EINVAL, "cannot tell where to keep files: HOME is not set"), err,
                "set HOME, or name a file with --db");
        }
        km_buf_printf(&b, "%s/%s/knotmap/%s", home, base[which].below_home, name);
    }
    *out = b.s;
    return KM_OK;
}

km_status km_path_make_dir_of(const char *file, km_error *err)
{
    char *dir = km_strdup(file);
    char *slash = strrchr(dir, '/');
    km_status st = KM_OK;
    if (slash == NULL || slash == dir) {
        free(dir);
        return KM_OK;
    }
    *slash = '\0';
    struct stat sb;
    if (stat(dir, &sb) == 0) {
        if (!S_ISDIR(sb.st_mode))
            st = km_fail(err, KM_ECREATE, "cannot use folder %s: it is no folder", dir);
        free(dir);
        return st;
    }
    for (char *p = dir + 1; st == KM_OK; p++) {
        if (*p != '/' && *p != '\0')
            continue;
        char keep = *p;
        *p = '\0';
        /* chmod after mkdir: the mode must not depend on the umask. */
        if (mkdir(dir, 0700) == 0) {
            if (chmod(dir, 0700) != 0)
                st = km_fail_errno(err, errno, KM_ECREATE, dir);
        } else if (errno != EEXIST) {
            km_buf what = { 0 };
            km_buf_printf(&what, "cannot make folder %s", dir);
            st = km_fail_errno(err, errno, KM_ECREATE, km_buf_str(&what));
            km_buf_clear(&what);
        }
        *p = keep;
        if (keep == '\0')
            break;
    }
    free(dir);
    return st;
}

static km_status fail_path(km_error *err, int errnum, km_status other, const char *verb,
                           const char *path)
{
    km_buf what = { 0 };
    km_buf_printf(&what, "cannot %s %s", verb, path);
    km_status st = km_fail_errno(err, errnum, other, km_buf_str(&what));
    km_buf_clear(&what);
    return st;
}

km_status km_file_read(km_buf *out, const char *path, km_error *err)
{
    bool standard_input = strcmp(path, "-") == 0;
    int fd = standard_input ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0)
        return fail_path(err, errno, KM_ENOINPUT, "read", path);
    km_status st = KM_OK;
    char piece[65536];
    for (;;) {
        ssize_t n = read(fd, piece, sizeof piece);
        if (n > 0) {
            km_buf_add(out, piece, (size_t)n);
        } else if (n == 0) {
            break;
        } else if (errno != EINTR) {
            st = fail_path(err, errno, KM_ENOINPUT, "read", path);
            break;
        }
    }
    if (!standard_input)
        close(fd);
    return st;
}

/* Write all bytes; errno tells why not. */
static bool write_all(int fd, const char *bytes, size_t n)
{
    while (n > 0) {
        ssize_t k = write(fd, bytes, n);
        if (k < 0 && errno == EINTR)
            continue;
        if (k < 0)
            return false;
        bytes += k;
        n -= (size_t)k;
    }
    return true;
}

km_status km_file_write(const char *path, const void *bytes, size_t n, km_error *err)
{
    km_buf temp = { 0 };
    km_buf_printf(&temp, "%s.XXXXXX", path);
    int fd = mkstemp(temp.s); /* mode 0600 */
    if (fd < 0) {
        km_status st = fail_path(err, errno, KM_ECREATE, "create", path);
        km_buf_clear(&temp);
        return st;
    }
    km_status st = KM_OK;
    if (!write_all(fd, bytes, n) || fsync(fd) != 0)
        st = fail_path(err, errno, KM_EIO, "write", path);
    if (close(fd) != 0 && st == KM_OK)
        st = fail_path(err, errno, KM_EIO, "write", path);
    if (st == KM_OK && rename(temp.s, path) != 0)
        st = fail_path(err, errno, KM_ECREATE, "create", path);
    if (st != KM_OK)
        unlink(temp.s);
    km_buf_clear(&temp);
    return st;
}
