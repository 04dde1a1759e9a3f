/**
 * Inside of records as rows: a kind of record is a table of fields, and each field says how its
 * column is called, written and read. Listing, export and import all go by these tables.
 */
#ifndef KM_EXCHANGE_KINDS_H
#define KM_EXCHANGE_KINDS_H

#include "knotmap/exchange.h"

typedef struct km_field km_field;

/** A row on its way in. */
typedef struct km_draft {
    const km_import *in;
    km_arena mem;              /**< text of lists; cleared after the row */
    km_entry entry;
    bool has_offset;
    int offset;                /**< minutes east of UTC, for every moment of the row */
} km_draft;

typedef void (*km_print_fn)(km_rows *r, const km_field *f, const void *record);
/** Reads a cell that is not empty into d->entry; the error's text is the problem alone. */
typedef km_status (*km_parse_fn)(km_draft *d, const km_field *f, const char *value, km_error *err);

/** How one sort of cell is written and read. */
typedef struct km_cell {
    km_print_fn print;
    km_parse_fn parse;         /**< NULL: the column is known, but not read */
    int unsaid;                /**< what an int member holds when the cell is empty */
} km_cell;

struct km_field {
    km_column column;
    const km_cell *cell;
    size_t at;                 /**< offset of the member in the record */
    size_t said;               /**< offset of a bool that tells whether it was said, 0 none */
    km_vocab vocab;
    int low, high;             /**< range of a whole number */
    km_print_fn print;         /**< instead of the cell's, or NULL */
    km_parse_fn parse;
};

/**
 * A row of a table; RECORD is defined as the record's type meanwhile. FIELD_OF also takes what
 * only some fields have, as designated members.
 */
#define FIELD(name_, flags_, cell_, member)                                                   \
    { .column.name = (name_), .column.flags = (flags_), .cell = &(cell_),                     \
      .at = offsetof(RECORD, member) }
#define FIELD_OF(name_, flags_, cell_, member, ...)                                           \
    { .column.name = (name_), .column.flags = (flags_), .cell = &(cell_),                     \
      .at = offsetof(RECORD, member), __VA_ARGS__ }
#define SAID(member) .said = offsetof(RECORD, member)
#define VOCAB(v) .vocab = KM_VOCAB_##v
#define RANGE(low_, high_) .low = (low_), .high = (high_)
#define TITLE(text) .column.title = (text)
#define PRINT(fn) .print = (fn)
#define PARSE(fn) .parse = (fn)
#define OWN(print_, parse_) .print = (print_), .parse = (parse_)

#define DATA KM_COL_DATA
#define SHOWN KM_COL_SHOWN
#define RAW (KM_COL_DATA | KM_COL_RAW)
#define BOTH (KM_COL_DATA | KM_COL_SHOWN)
#define NUMBER (BOTH | KM_COL_RIGHT)
#define FLEX (BOTH | KM_COL_FLEX)
#define STRONG (BOTH | KM_COL_STRONG)

#define KM_NEED_MAX 3

typedef struct km_record_kind {
    const char *word;          /**< of --what */
    const km_field *field;
    int n_field;
    const char *need[KM_NEED_MAX + 1]; /**< columns a header must have, up to a NULL */
    const char *or_else;       /**< another column that does for need[1] */
    /**
     * Checks what single cells cannot tell: KM_EINVAL, with `*column` the one it is about ("" the
     * row).
     */
    km_status (*complete)(km_draft *d, const char **column, km_error *err);
} km_record_kind;

#define KM_FIELDS(table) .field = (table), .n_field = (int)(sizeof(table) / sizeof *(table))

extern const km_record_kind km_records_marks, km_records_clients, km_records_sessions,
    km_records_treatments, km_records_checkins, km_records_plans, km_records_goals,
    km_records_aftercare, km_records_problems, km_records_amendments, km_records_findings,
    km_records_routines, km_records_open_marks;

const km_record_kind *km_record_kind_of(km_what what);

/** The member of a field. */
const void *km_member(const km_field *f, const void *record);
void *km_draft_member(km_draft *d, const km_field *f);

/* ---- cells of all kinds ---- */

extern const km_cell km_cell_own,     /* the field brings its own */
    km_cell_id,                       /* int64_t, a number of this database: not read */
    km_cell_link,                     /* int64_t, another record's number; 0 none */
    km_cell_link_shown,               /* the same, not read */
    km_cell_text,                     /* const char * */
    km_cell_text_shown,               /* the same, not read */
    km_cell_client,                   /* const char *, a client's name */
    km_cell_uid,                      /* km_uid, zero none */
    km_cell_instant,                  /* km_instant */
    km_cell_instant_shown,            /* the same, not read */
    km_cell_offset,                   /* int16_t, the offset of the row's moments */
    km_cell_day,                      /* km_day */
    km_cell_word,                     /* an enum, by `vocab` */
    km_cell_word_or_none,             /* int, a word or -1 */
    km_cell_set,                      /* uint32_t, set of words */
    km_cell_count,                    /* int within low..high, -1 not said */
    km_cell_count_shown,              /* the same, not read */
    km_cell_number,                   /* int within low..high */
    km_cell_number_shown,             /* the same, not read */
    km_cell_positive,                 /* int within low..high, 0 none */
    km_cell_bool,                     /* bool */
    km_cell_tri,                      /* km_tri */
    km_cell_region, km_cell_muscle,   /* const char *, codes of the atlas */
    km_cell_place;                    /* km_place, for people only */

km_status km_parse_whole(int *out, const char *value, int low, int high, km_error *err);
km_status km_parse_real(double *out, const char *value, double low, double high, km_error *err);
/** A word of a vocabulary. */
km_status km_parse_word(int *out, km_vocab v, const char *value, km_error *err);
/** The next part of a ";"-joined list, trimmed of blanks; false at its end. */
bool km_list_next(char *out, size_t size, const char **list);
/** Whether a place's trigger point belongs to its muscle; `*point` its index or -1. */
km_status km_check_point(int *point, const km_atlas *a, const char *muscle, int tp,
                         const char **column, km_error *err);

#endif
