/* What the files of this room share: the connection, its statements, failing, binding. */
#ifndef KM_STORE_IMPL_H
#define KM_STORE_IMPL_H

#define SQLITE_ENABLE_SESSION 1
#define SQLITE_ENABLE_PREUPDATE_HOOK 1
#include <sqlite3.h>

#include "knotmap/store.h"

/* "KNOT": at offset 68 of the file. */
#define KM_APPLICATION_ID 0x4b4e4f54

/* More places than the atlas can name: readers keep room for all keys up to the largest. */
#define KM_PLACE_MOST (1 << 20)
/* What db/ allows as a time, and as minutes of an offset. */
#define KM_AT_LEAST INT64_C(-2208988800)
#define KM_AT_MOST INT64_C(253402300799)
#define KM_OFF_MOST 1440

/* A prepared statement, found again by its text. */
typedef struct km_stmt {
    uint32_t hash;
    bool busy;
    char *sql;
    sqlite3_stmt *q;
} km_stmt;

typedef struct km_store_place_row {
    bool known;
    km_place p;
} km_store_place_row;

/* The marks of one client, kept while nothing is written: events.c. */
typedef struct km_events {
    km_store_event *row;        /* by time */
    size_t n, cap;
    int64_t client_id;          /* 0: none */
    int64_t since;              /* the moment they were read from */
    int64_t version;            /* data_version and rows changed when they were read */
    int changes;
    int readers;                /* loops over `row` that are under way */
    bool too_many;              /* to be kept */
} km_events;

struct km_store {
    sqlite3 *db;
    char *path;
    bool readonly;
    bool (*waiting)(void *ctx, int ms);
    void *waiting_ctx;
    bool gave_up;               /* the waiting callback said no */
    double blocked_since;       /* km_monotonic of the first refusal of this wait */
    km_stmt *stmt;
    int n_stmt, cap_stmt;
    struct taking *taking;      /* the reader of the running km_take */
    sqlite3_session *recorder;  /* records the running transaction */
    int64_t *touched;           /* clients of the running transaction */
    size_t n_touched, cap_touched;
    km_store_place_row *place;  /* by key; codes live in place_mem until the store closes */
    int64_t n_place;
    int64_t place_safe;         /* keys up to here were committed */
    int64_t last_change;        /* written last through this store, 0 none */
    bool unsound;               /* the row being read holds a number beyond its bounds */
    km_arena place_mem;
    km_events events;
};

/* Map the connection's last error: "WHAT: WHY". */
km_status km_db_fail(km_store *s, km_error *err, const char *what);
km_status km_db_fail_code(km_store *s, km_error *err, const char *what, int rc);

/* Prepared once, kept for the life of the store, always handed out reset; give back with
   km_db_done, which takes NULL and one already given back. */
km_status km_db_get(sqlite3_stmt **out, km_store *s, const char *sql, km_error *err);
void km_db_done(km_store *s, sqlite3_stmt *q);
/* Run a constant text without results. */
km_status km_db_exec(km_store *s, const char *sql, const char *what, km_error *err);
/* Step a statement that returns nothing, then give it back. */
km_status km_db_run(km_store *s, sqlite3_stmt *q, const char *what, km_error *err);
/*
 * Whether there is another row: while (km_db_next(&st, s, q, "cannot read the goals", err)) ...
 * After the last row, when reading fails, and when the loop has set `*st` to a failure the
 * statement is given back. Who leaves the loop earlier gives it back.
 */
bool km_db_next(km_status *st, km_store *s, sqlite3_stmt *q, const char *what, km_error *err);
/* The whole number in the first column of the first row, then give the statement back; `missing`
   when there is no row or it is NULL. */
km_status km_db_number(int64_t *out, km_store *s, sqlite3_stmt *q, const char *what,
                       int64_t missing, km_error *err);
/* The same of a constant text with up to two numbers bound. */
km_status km_db_int(int64_t *out, km_store *s, const char *sql, int64_t a, int64_t b,
                    int64_t missing, km_error *err);
void km_db_finalize_all(km_store *s);

/* ---- writing: `what` is the failure in words, as "cannot store the goal" ---- */

/* Refuse a write outside a transaction (a fault of the caller) or on a read-only store. */
km_status km_write_check(km_store *s, const char *what, km_error *err);
/* That check, then the statement. */
km_status km_db_write(sqlite3_stmt **out, km_store *s, const char *what, const char *sql,
                      km_error *err);
/* Run the INSERT of a client's record; `*id` is its number. */
km_status km_db_add(int64_t *id, km_store *s, sqlite3_stmt *q, const char *what,
                    int64_t client_id, km_error *err);
/* Run the UPDATE of a client's record; KM_ENOTFOUND when it met none. */
km_status km_db_change(km_store *s, sqlite3_stmt *q, const char *what, const char *noun,
                       int64_t id, int64_t client_id, km_error *err);
/* Run a constant text with ?1 bound. */
km_status km_db_run_id(km_store *s, const char *sql, int64_t id, const char *what, km_error *err);
/* Note whose records the running transaction touches. */
void km_touch(km_store *s, int64_t client_id);
/* The same of the client that `sql` selects for a record; KM_ENOTFOUND when it is not there. */
km_status km_touch_owner(km_store *s, const char *sql, const char *noun, int64_t id,
                         km_error *err);
/* "goal 7: there is no such goal", KM_ENOTFOUND. */
km_status km_no_such(km_error *err, const char *noun, int64_t id);

/* Binding cannot fail but for memory and a wrong number, both faults of this program. */
void km_bind_int(sqlite3_stmt *q, int n, int64_t v);
void km_bind_real(sqlite3_stmt *q, int n, double v);
void km_bind_text(sqlite3_stmt *q, int n, const char *s); /* NULL binds NULL; kept by the caller */
void km_bind_uid(sqlite3_stmt *q, int n, km_uid u);
void km_bind_opt(sqlite3_stmt *q, int n, int64_t v, bool given); /* NULL unless given */
void km_bind_time(sqlite3_stmt *q, int n, km_instant t);         /* n: seconds, n + 1: offset */

km_uid km_col_uid(sqlite3_stmt *q, int n);
const char *km_col_text(sqlite3_stmt *q, int n); /* NULL for NULL */

/*
 * Numbers within the bounds of db/. The database heeds them when it writes, but a damaged file can
 * hold anything: a number beyond comes back as the low bound, and km_row_sound then refuses the
 * row. Ask it before a row is used.
 */
int64_t km_col_in(km_store *s, sqlite3_stmt *q, int n, int64_t low, int64_t high);
int km_col_code(km_store *s, sqlite3_stmt *q, int n, int count); /* 0 .. count - 1 */
int km_col_opt(km_store *s, sqlite3_stmt *q, int n, int high);   /* 0 .. high; -1 for NULL */
uint32_t km_col_set(km_store *s, sqlite3_stmt *q, int n);        /* of at most 16 */
double km_col_real(km_store *s, sqlite3_stmt *q, int n, double low, double high);
km_day km_col_day(km_store *s, sqlite3_stmt *q, int n);
km_instant km_col_time(km_store *s, sqlite3_stmt *q, int n);
int32_t km_col_place(km_store *s, sqlite3_stmt *q, int n);       /* key of a place, 0 for NULL */
km_status km_row_sound(km_store *s, km_error *err);
km_status km_db_damaged(km_store *s, km_error *err);

/*
 * Before the day that begins at ?3, by the clock at the place of writing. No offset passes a day,
 * so the first condition is answered from an index.
 */
#define KM_BEFORE_DAY(at, off) at " < ?3 + 86400 AND " at " + 60 * " off " < ?3 "

/*
 * A listing of rows named `row` ("m" of marks, "t" of treatments) as a filter asks: conditions
 * that both kinds know, each beginning " AND "; the order; the values. ?n means the same in every
 * text (see km_where_bind); a value that the text does not ask for is not bound. `ids`: ?21, a
 * JSON array of ids, or NULL.
 */
void km_where(km_buf *b, const km_store_filter *f, const char *row);
void km_where_until(km_buf *b, const km_store_filter *f, const char *row);
void km_where_order(km_buf *b, const km_store_filter *f, const char *row);
void km_where_bind(sqlite3_stmt *q, const km_store_filter *f, const char *ids);

/* Key of a place, made when it is new. Inside a transaction. */
km_status km_place_key(int64_t *out, km_store *s, const km_place *p, km_error *err);
void km_place_forget(km_store *s); /* after a rollback: keys may not exist any more */
void km_place_committed(km_store *s);

/* One step of a saved routine, under the number `id` unless that is 0. Inside a transaction. */
km_status km_routine_step_add(km_store *s, int64_t id, int64_t routine, const km_store_step *p,
                              km_error *err);

/* What few sessions say, selected from session_more as m; `first` is its first column. */
#define KM_SESSION_MORE_COLUMNS                                                               \
    "m.session_id, m.feel_before, m.modality, m.service, m.checked, m.skipped, "              \
    "m.practitioner, m.signed_at, m.signed_off"
void km_col_session_more(km_session_more *m, km_store *s, sqlite3_stmt *q, int first);

/* Remove the saved filters that speak of a client: whose name or words hold the client's name, or
   a part of it. Inside a transaction. */
km_status km_filters_forget(km_store *s, const char *client, km_error *err);

/* Make the aggregates that read the marks for trends. */
km_status km_take_init(km_store *s, km_error *err);

/* Some of a client's marks in order of time, borrowed until the next write or read of marks. */
typedef struct km_event_span {
    bool known;                 /* false: they have to be read from the database */
    const km_store_event *row;
    size_t n;
} km_event_span;
/*
 * Those in [since, until), when they are at hand or `bring_them` has them read. One who calls
 * others while walking them counts in `events.readers`.
 */
km_status km_events_known(km_event_span *out, km_store *s, int64_t client_id, int64_t since,
                          int64_t until, bool bring_them, km_error *err);
/* Read a client's from a moment on from the database, by time. */
km_status km_events_read(km_store *s, int64_t client_id, int64_t since, km_store_event_fn fn,
                         void *ctx, km_error *err);
/* The ids of the marks that were open at the moment of a filter, as a JSON array, when known. */
km_status km_events_open(km_buf *ids, bool *known, km_store *s, const km_store_filter *f,
                         km_error *err);
void km_events_clear(km_store *s);

/* Bring the schema up to date. */
km_status km_migrate(km_store *s, km_uid first_uid, km_error *err);

/* The migrations, made from db/NNN_name.sql by the build. */
typedef struct km_migration {
    const char *name;
    const char *sql;
} km_migration;
extern const km_migration km_migrations[];
extern const int km_migration_count;

/* Whether a recording is well formed from end to end. */
bool km_changeset_sound(const void *set, int n);

/* The tables whose changes the log records, parents before children. */
extern const char *const km_recorded_tables[];

/* Name of a session's uid and of a client, remembered from row to row of a listing. */
typedef struct km_names {
    int64_t client_id, session_id;
    km_buf client;              /* stale when another client is asked for */
    km_uid session_uid;
} km_names;
km_status km_names_client(const char **out, km_names *n, km_store *s, int64_t id, km_error *err);
km_status km_names_session(km_uid *out, km_names *n, km_store *s, int64_t id, km_error *err);
void km_names_clear(km_names *n);

#endif
