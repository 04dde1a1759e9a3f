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

km_status km_fail_path(km_error *err, int errnum, km_status other, const char *tried,
                       const char *path)
{
    km_buf what = { 0 };

    km_buf_printf(&what, "%s %s", tried, path);
    km_status st = km_fail_errno(err, errnum, other, km_buf_str(&what));
    km_buf_clear(&what);
    return st;
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
            st = km_fail_path(err, errno, KM_ECREATE, "cannot make folder", dir);
        }
        *p = keep;
        if (keep == '\0')
            break;
    }
    free(dir);
    return st;
}

km_status km_file_read(km_buf *out, const char *path, km_error *err)
{
    bool standard_input = strcmp(path, "-") == 0;
    int fd = standard_input ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0)
        return km_fail_path(err, errno, KM_ENOINPUT, "cannot read", path);
    km_status st = KM_OK;
    char piece[65536];
    for (;;) {
        ssize_t n = read(fd, piece, sizeof piece);
        if (n > 0) {
            km_buf_add(out, piece, (size_t)n);
        } else if (n == 0) {
            break;
        } else if (errno != EINTR) {
            st = km_fail_path(err, errno, KM_ENOINPUT, "cannot read", path);
            break;
        }
    }
    if (!standard_input)
        close(fd);
    return st;
}

km_status km_new_file_begin(km_new_file *f, const char *path, km_error *err)
{
    km_buf name = { 0 };
    struct stat info;
    bool there = stat(path, &info) == 0;

    *f = (km_new_file){ .path = path, .fd = -1 };
    if (there && S_ISDIR(info.st_mode))
        return km_fail_errno(err, EISDIR, KM_ECREATE, path);
    if (there && !S_ISREG(info.st_mode)) {
        f->fd = open(path, O_WRONLY | O_CLOEXEC);
        return f->fd >= 0 ? KM_OK : km_fail_errno(err, errno, KM_ECREATE, path);
    }
    km_buf_printf(&name, "%s.XXXXXX", path);
    f->temporary = name.s;
    f->fd = mkstemp(f->temporary); /* mode 0600 */
    return f->fd >= 0 ? KM_OK : km_fail_errno(err, errno, KM_ECREATE, path);
}

km_status km_new_file_put(void *file, const char *bytes, size_t n, km_error *err)
{
    km_new_file *f = file;

    while (n > 0) {
        ssize_t done = write(f->fd, bytes, n);
        if (done < 0 && errno == EINTR)
            continue;
        if (done < 0)
            return km_fail_errno(err, errno, KM_EIO, f->path);
        bytes += done;
        n -= (size_t)done;
    }
    return KM_OK;
}

km_status km_new_file_end(km_new_file *f, bool keep, km_error *err)
{
    km_status st = KM_OK;

    if (f->fd >= 0) {
        if (keep && f->temporary && fsync(f->fd) != 0)
            st = km_fail_errno(err, errno, KM_EIO, f->path);
        if (close(f->fd) != 0 && keep && st == KM_OK)
            st = km_fail_errno(err, errno, KM_EIO, f->path);
        if (keep && st == KM_OK && f->temporary && rename(f->temporary, f->path) != 0)
            st = km_fail_errno(err, errno, KM_ECREATE, f->path);
        if (f->temporary && (!keep || st != KM_OK))
            unlink(f->temporary);
    }
    free(f->temporary);
    return st;
}

km_status km_file_write(const char *path, const void *bytes, size_t n, km_error *err)
{
    km_new_file f;
    km_status st = km_new_file_begin(&f, path, err);

    if (st == KM_OK)
        st = km_new_file_put(&f, bytes, n, err);
    km_status ended = km_new_file_end(&f, st == KM_OK, st == KM_OK ? err : NULL);
    return st == KM_OK ? ended : st;
}
