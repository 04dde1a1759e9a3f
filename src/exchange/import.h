/** Inside of the import: a row in the making, its fields, and the parsers kinds share. */
#ifndef KM_EXCHANGE_IMPORT_H
#define KM_EXCHANGE_IMPORT_H

#include "knotmap/exchange.h"

/** A row in the making. */
typedef struct km_draft {
    const km_import *in;
    km_arena mem;              /**< text of lists; cleared after the row */
    union {
        km_mark mark;
        km_client client;
        km_session session;
        km_treatment treatment;
        km_checkin checkin;
    };
    bool has_view, has_x, has_y, has_side, has_ppt_mean, has_offset;
    int offset;
    double ppt_mean;
    km_ref ref;                /**< what a mark's row names */
    bool has_pos;
} km_draft;

/** Reads a cell that is not empty; the error's text is the problem, without the value. */
typedef km_status (*km_parse_fn)(km_draft *d, const char *value, km_error *err);

/** A column an import knows; a NULL parser: known, but not read. */
typedef struct km_field {
    const char *name;
    km_parse_fn parse;
} km_field;

typedef struct km_import_kind {
    const km_field *field;
    int n_field;
    const char *need[2];       /**< columns a header must have, NULL for fewer */
    const char *or_else;       /**< another column that does for need[1] */
    void (*blank)(km_draft *d);
    /**
     * Checks what single cells cannot tell. NULL, or the problem, with `*column` the one it is
     * about ("" the row).
     */
    const char *(*complete)(km_draft *d, const char **column, km_error *told);
    /** Hands the record to the taker. */
    km_status (*deliver)(km_draft *d, km_error *err);
} km_import_kind;

extern const km_import_kind km_import_kind_mark, km_import_kind_client, km_import_kind_session,
    km_import_kind_treatment, km_import_kind_checkin;

km_status km_parse_whole(int *out, const char *value, int low, int high, km_error *err);
km_status km_parse_real(double *out, const char *value, double low, double high, km_error *err);
/** A word of a vocabulary. */
km_status km_parse_word(int *out, km_vocab v, const char *value, km_error *err);
km_status km_parse_yes_no(bool *out, const char *value, km_error *err);
km_status km_parse_uid(km_uid *out, const char *value, km_error *err);
/** A client's name. */
km_status km_parse_name(const char **out, const char *value, km_error *err);
/** Offset in minutes east of UTC. */
km_status km_parse_offset(km_draft *d, const char *value, km_error *err);
/** Codes of the atlas; `*out` is the atlas's own text. */
km_status km_parse_region(const char **out, const km_draft *d, const char *value, km_error *err);
km_status km_parse_muscle(const char **out, const km_draft *d, const char *value, km_error *err);
/** The next part of a ";"-joined list, trimmed of blanks; false at its end. */
bool km_list_next(char *out, size_t size, const char **list);

#endif
