/** Files: where knotmap keeps things (XDG base directories), private folders, reading, writing. */
#ifndef KNOTMAP_PATH_H
#define KNOTMAP_PATH_H

#include <stdbool.h>

#include "knotmap/mem.h"
#include "knotmap/status.h"

typedef enum km_xdg {
    KM_XDG_DATA,    /**< $XDG_DATA_HOME, default ~/.local/share: records */
    KM_XDG_CONFIG,  /**< $XDG_CONFIG_HOME, default ~/.config: settings */
    KM_XDG_STATE    /**< $XDG_STATE_HOME, default ~/.local/state: last view, history */
} km_xdg;

/**
 * "BASE/knotmap/NAME". A relative XDG variable is ignored, as the specification says.
 * KM_EINVAL when neither the variable nor HOME is set. Creates nothing. Caller frees `*out`.
 */
km_status km_path_xdg(char **out, km_xdg which, const char *name, km_error *err);
/** Make the directory of `file` and its missing parents with mode 0700, whatever the umask. */
km_status km_path_make_dir_of(const char *file, km_error *err);
/** Read a whole file; KM_ENOINPUT when missing, KM_EPERM, KM_EIO. "-" is standard input. */
km_status km_file_read(km_buf *out, const char *path, km_error *err);

/**
 * A file that appears only when it is whole: written beside its name (mode 0600), then renamed.
 * What is no regular file (a device, a pipe) is written to as it is. km_new_file_end follows
 * km_new_file_begin in every case; `path` is borrowed until then.
 */
typedef struct km_new_file {
    const char *path;
    char *temporary;   /**< NULL: written in place */
    int fd;            /**< -1: it could not begin */
} km_new_file;
km_status km_new_file_begin(km_new_file *f, const char *path, km_error *err);
/** Write on; `file` is a km_new_file, so that this may be the sink of a listing. */
km_status km_new_file_put(void *file, const char *bytes, size_t n, km_error *err);
/** Close it and give it its name, or with `keep` false leave nothing behind. */
km_status km_new_file_end(km_new_file *f, bool keep, km_error *err);
/** A file of these bytes, in one go. */
km_status km_file_write(const char *path, const void *bytes, size_t n, km_error *err);
/** Map an errno to a status and record "WHAT: WHY". */
km_status km_fail_errno(km_error *err, int errnum, km_status other, const char *what);
/** The same with "TRIED PATH" as WHAT: "cannot read", "x.csv". */
km_status km_fail_path(km_error *err, int errnum, km_status other, const char *tried,
                       const char *path);

#endif
