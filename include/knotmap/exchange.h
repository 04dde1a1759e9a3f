/**
 * Records on their way in and out: listings as text, CSV or JSON, and CSV back into records.
 * Rows come and go through callbacks; the store is not known here.
 */
#ifndef KNOTMAP_EXCHANGE_H
#define KNOTMAP_EXCHANGE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include "knotmap/atlas.h"
#include "knotmap/mem.h"
#include "knotmap/model.h"
#include "knotmap/status.h"

/* ---- listings ---- */

typedef enum km_format {
    KM_FORMAT_TEXT,  /**< for people: aligned, fits the width */
    KM_FORMAT_CSV,   /**< RFC 4180, a header row even when no row follows */
    KM_FORMAT_JSON,  /**< one array of objects; keys are the CSV columns */
    KM_FORMAT_COUNT
} km_format;

/** The words of --format, index = value. */
extern const char *const km_format_words[KM_FORMAT_COUNT];

typedef enum km_column_flags {
    KM_COL_DATA = 1,    /**< stands in csv and json */
    KM_COL_SHOWN = 2,   /**< stands in text */
    KM_COL_RIGHT = 4,   /**< right-aligned in text and whole: numbers */
    KM_COL_FLEX = 8,    /**< text that wraps first when the width is short */
    KM_COL_STRONG = 16, /**< stands out in text where there is colour */
    KM_COL_RAW = 32,    /**< for programs only: not on a card either */
    KM_COL_WHOLE = 64   /**< never wrapped in text */
} km_column_flags;

/** One column, declared once for all formats. */
typedef struct km_column {
    const char *name;   /**< CSV header and JSON key */
    unsigned flags;
    const char *title;  /**< heading in text; NULL: the name with spaces for '_' */
} km_column;

/** Takes finished bytes; anything but KM_OK ends the listing. */
typedef km_status (*km_write_fn)(void *ctx, const char *bytes, size_t n, km_error *err);

typedef struct km_rows_options {
    km_format format;
    int width;          /**< columns of text, 0 = as wide as it gets */
    bool ascii;         /**< text without UTF-8 */
    bool color;         /**< text with SGR sequences */
    bool card;          /**< text: one record, each column that says something on its own line */
    bool bare;          /**< text: no headings */
    km_write_fn write;
    void *ctx;
} km_rows_options;

/**
 * A listing in the making. Cells are given in the order of the columns, one call each, also
 * those the format leaves out; then km_rows_end. Memory stays constant however many rows come:
 * text takes its column widths from the first 256 rows of a section. Text never passes
 * `width`: headings, flexible text and other text wrap in this order, numbers stay whole, and
 * where that is not enough each record becomes lines "name  value".
 */
typedef struct km_rows km_rows;

/** Start a listing. */
km_rows *km_rows_new(const km_rows_options *opt, const km_column *col, int n);
/** A text cell; NULL and "" are empty (null in JSON). */
void km_rows_text(km_rows *r, const char *s);
/** A set of words, ";"-joined; empty for the empty set. */
void km_rows_words(km_rows *r, km_vocab v, uint32_t set);
/** A whole number. */
void km_rows_int(km_rows *r, int64_t v);
/** A whole number, empty when negative: the model's "not said". */
void km_rows_count(km_rows *r, int64_t v);
/** A number with `decimals` places, empty when NAN. */
void km_rows_real(km_rows *r, double v, int decimals);
/** A number the caller already spelled; "" is empty. */
void km_rows_number(km_rows *r, const char *text);
/** Yes, no or empty; true, false or null in JSON. */
void km_rows_tri(km_rows *r, km_tri v);
void km_rows_bool(km_rows *r, bool v);
/** A cell that prints empty. */
void km_rows_none(km_rows *r);
/** A moment: UTC with "Z" in csv and json, local at its own offset in text. */
void km_rows_instant(km_rows *r, bool has, km_instant t);
/** A calendar day, "2026-11-20". */
void km_rows_day(km_rows *r, bool has, km_day d);
void km_rows_uid(km_rows *r, km_uid u);
/** Whether the listing is for people (some cells are worded for them then). */
bool km_rows_is_text(const km_rows *r);
/** End the row. A failed write is kept and returned here and by km_rows_close. */
km_status km_rows_end(km_rows *r, km_error *err);
/**
 * Text only: end the aligned block and print lines as they are (wrapped at the width, indented by
 * `indent`); the next row begins a new block with its own headings. Nothing in csv and json.
 */
void km_rows_section(km_rows *r, int indent, const char *text);
/** Rows ended so far. */
size_t km_rows_n(const km_rows *r);
/** Write what is left and free the listing; `failed` from km_rows_end is returned again. */
km_status km_rows_close(km_rows *r, km_error *err);

/** Shortest decimal that reads back as the same double. */
void km_number_print(km_buf *out, double v);
/** Text wrapped at words, each line indented; width 0 does not wrap. */
void km_wrap_print(km_buf *out, const char *text, int indent, int width, bool ascii);

/* ---- records as rows ---- */

/** The kinds of records that come and go as CSV, and what each row is. */
typedef enum km_what {
    KM_WHAT_MARKS,       /**< km_mark */
    KM_WHAT_CLIENTS,     /**< km_client */
    KM_WHAT_SESSIONS,    /**< km_session */
    KM_WHAT_TREATMENTS,  /**< km_treatment */
    KM_WHAT_CHECKINS,    /**< km_checkin */
    KM_WHAT_PLANS,       /**< km_client_plan */
    KM_WHAT_GOALS,       /**< km_goal_row */
    KM_WHAT_AFTERCARE,   /**< km_aftercare */
    KM_WHAT_PROBLEMS,    /**< km_problem */
    KM_WHAT_AMENDMENTS,  /**< km_amendment */
    KM_WHAT_FINDINGS,    /**< km_finding */
    KM_WHAT_ROUTINES,    /**< km_routine_step */
    KM_WHAT_COUNT,
    KM_WHAT_OPEN_MARKS = KM_WHAT_COUNT /**< km_mark with the days it is open: a listing only */
} km_what;

/** A goal with what is shown beside it, none of which is read back. */
typedef struct km_goal_row {
    km_goal goal;
    km_day today;        /**< what the days left are counted from */
    const char *motion, *pain, *sooner, *feel; /**< the outcomes, or NULL */
} km_goal_row;

/** A mark as its row names it. */
typedef struct km_mark_row {
    km_mark mark;        /**< `place.region` is NULL when the row names only a muscle */
    km_ref ref;          /**< what was named */
    bool has_pos;        /**< view, x and y stand */
    bool has_side, has_view, has_x, has_y;
    bool has_ppt_mean;
    double ppt_mean;     /**< counts where there are no readings */
} km_mark_row;

/** A record of any kind; `what` beside it tells which. */
typedef union km_entry {
    km_mark_row mark;
    km_client client;
    km_session session;
    km_treatment treatment;
    km_checkin checkin;
    km_client_plan plan;
    km_goal_row goal;
    km_aftercare aftercare;
    km_problem problem;
    km_amendment amendment;
    km_finding finding;
    km_routine_step step;
} km_entry;

/** The word of a kind, as --what takes it. */
const char *km_what_word(km_what what);

#define KM_RECORD_COLUMNS_MAX 40
/** The columns of a kind: of its listing, its export and its import. @return how many. */
int km_record_columns(km_column out[KM_RECORD_COLUMNS_MAX], km_what what);

/** A listing of records of one kind. */
km_rows *km_record_rows_new(const km_rows_options *opt, km_what what);
/** One record as a row of it; `record` is what km_what names for its kind. */
km_status km_rows_record(km_rows *r, km_what what, const void *record, km_error *err);
/** Its cells but for the last, the uid: a listing may put columns of its own between. */
void km_rows_record_cells(km_rows *r, km_what what, const void *record);
/** The same, with the kind told by the type. */
km_status km_rows_mark(km_rows *r, const km_mark *m, km_error *err);
km_status km_rows_client(km_rows *r, const km_client *c, km_error *err);
km_status km_rows_session(km_rows *r, const km_session *s, km_error *err);
km_status km_rows_treatment(km_rows *r, const km_treatment *t, km_error *err);
km_status km_rows_checkin(km_rows *r, const km_checkin *c, km_error *err);

/* ---- import ---- */

/** One of our columns is called otherwise in the file. */
typedef struct km_column_map {
    const char *column;  /**< name in km_record_columns */
    const char *header;  /**< header in the file */
} km_column_map;

/** Why a row was refused. */
typedef struct km_refusal {
    long line;           /**< file line where the row starts */
    const char *column;  /**< header of the column, "" when the row as a whole is meant */
    const char *value;   /**< the refused text */
    const char *problem;
} km_refusal;

/** An import of one kind. */
typedef struct km_import {
    const km_atlas *atlas;
    km_instant now;                /**< what "yesterday" is counted from */
    const char *name;              /**< the file's name in messages */
    const km_column_map *map;
    size_t n_map;
    /**
     * Takes a record whose values were checked against model and atlas; its text is valid for
     * the call, and `client` is NULL when the row names none. KM_EINVAL refuses the row, any other
     * failure ends the import.
     */
    km_status (*take)(void *ctx, km_what what, km_entry *e, km_error *err);
    km_status (*refuse)(void *ctx, const km_refusal *r, km_error *err);
    void *ctx;
} km_import;

/** What an import met. */
typedef struct km_import_tally {
    size_t taken;                  /**< rows the taker accepted */
    size_t refused;                /**< rows with at least one refusal */
    km_buf ignored;                /**< headers no column answers to, ", "-joined; clear it */
} km_import_tally;

/**
 * Read records from CSV. Needed are `at` and `region` or `muscle` of marks and findings, `name` of
 * clients and goals, `started` of sessions, `at` of treatments and check-ins, the three numbers of
 * plans, `hours` and `treatment_uid` of aftercare, `week` and `area` of problems, `text` and
 * `session_uid` of amendments, `name`, `step` and `kind` of routines; everything else may be
 * missing. Not read are numbers of one database (`id`, `routine`, and `session` or `treatment`
 * beside its uid) and what follows from other columns (`load`, `hooper`, `score`; `ppt_kpa` beside
 * `ppt_readings`).
 *
 * @return KM_OK also when rows were refused; KM_EINVAL for an unknown name in the map; KM_EDATA
 *         for broken CSV, a header that lacks a needed column or names one twice, or an empty
 *         file; or the taker's failure.
 */
km_status km_import_read(km_import_tally *tally, FILE *f, km_what what, const km_import *in,
                         km_error *err);

/* ---- handout ---- */

/** A routine on paper; all text is borrowed. */
typedef struct km_handout_step {
    const char *title;    /**< "left infraspinatus: smr, ball" */
    const char *dose;     /**< "2 x 60 s, firm pressure (5 of 10)" */
    const char *position, *action, *caution, *source; /**< "" or NULL none */
} km_handout_step;
typedef struct km_handout_note { const char *heading, *text, *source; } km_handout_note;
typedef struct km_handout {
    const char *title, *subtitle;
    const char *const *before;    /**< above the steps: signs of danger, what is held back today */
    size_t n_before;
    const km_handout_step *step;
    size_t n_step;
    const km_handout_note *note;  /**< below the steps: what to expect, when to stop, next visit */
    size_t n_note;
} km_handout;

/** As text, wrapped at `width` (0: as wide as it gets). */
void km_handout_text(km_buf *out, const km_handout *h, int width, bool ascii);
/** As one HTML page that needs nothing beside it and prints well. */
void km_handout_html(km_buf *out, const km_handout *h);

#endif
