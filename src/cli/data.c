/** import, export, backup, verify, demo: the database as a whole. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "columns.h"
#include "command.h"
#include "knotmap/path.h"

/* ---- import ---- */

static const km_column refusal_columns[] = {
    { "line", BOTH | KM_COL_RIGHT, NULL },
    { "column", BOTH | KM_COL_STRONG, NULL },
    { "value", BOTH | KM_COL_FLEX, NULL },
    { "problem", BOTH | KM_COL_FLEX, NULL },
};

typedef struct import_job {
    km_cli *c;
    km_what what;
    km_rows *refusals;
    km_bulk met;
} import_job;

static km_status take(void *ctx, km_what what, km_entry *e, km_error *err)
{
    import_job *job = ctx;

    if (what == KM_WHAT_MARKS && e->mark.mark.place.region == NULL)
        TRY(km_app_mark_place(&e->mark.mark, job->c->app, &e->mark.ref, e->mark.has_pos, err));
    return km_app_bulk_put(what, e, job->c->app, &job->met, err);
}

static km_status take_refusal(void *ctx, const km_refusal *f, km_error *err)
{
    import_job *job = ctx;

    km_rows_int(job->refusals, f->line);
    km_rows_text(job->refusals, f->column);
    km_rows_text(job->refusals, f->value);
    km_rows_text(job->refusals, f->problem);
    return km_rows_end(job->refusals, err);
}

/* --map COLUMN=HEADER; the column names are copied into `mem`. */
static km_status read_map(km_column_map **out, size_t *n, km_arena *mem, const km_cli *c,
                          km_error *err)
{
    const char *text;

    *n = 0;
    *out = km_calloc((size_t)c->args.n_given + 1, sizeof **out);
    for (int i = 0; (text = km_value_nth(c, OPT_MAP, i)) != NULL; i++) {
        size_t name = strcspn(text, "=");
        if (name == 0 || text[name] == '\0' || text[name + 1] == '\0')
            return km_fail(err, KM_EINVAL, "--map: %s is not COLUMN=HEADER", text);
        (*out)[(*n)++] = (km_column_map){ .column = km_arena_printf(mem, "%.*s", (int)name, text),
                                          .header = text + name + 1 };
    }
    return KM_OK;
}

static km_status open_input(FILE **f, const char *path, km_error *err)
{
    struct stat info;

    if (strcmp(path, "-") == 0) {
        *f = stdin;
        return KM_OK;
    }
    *f = fopen(path, "r");
    if (*f == NULL)
        return km_fail(err, KM_ENOINPUT, "%s: %s", path, strerror(errno));
    if (fstat(fileno(*f), &info) == 0 && S_ISDIR(info.st_mode)) {
        fclose(*f);
        *f = NULL;
        return km_fail(err, KM_ENOINPUT, "%s: it is a folder", path);
    }
    return KM_OK;
}

/* The name of one record of a kind, or of several. */
static const char *noun(km_what what, size_t n)
{
    static const struct { const char *one, *many; } name[KM_WHAT_COUNT] = {
        [KM_WHAT_MARKS] = { "mark", "marks" },
        [KM_WHAT_CLIENTS] = { "client", "clients" },
        [KM_WHAT_SESSIONS] = { "session", "sessions" },
        [KM_WHAT_TREATMENTS] = { "treatment", "treatments" },
        [KM_WHAT_CHECKINS] = { "check-in", "check-ins" },
        [KM_WHAT_PLANS] = { "weekly plan", "weekly plans" },
        [KM_WHAT_GOALS] = { "goal", "goals" },
        [KM_WHAT_AFTERCARE] = { "answer after a treatment", "answers after treatments" },
        [KM_WHAT_PROBLEMS] = { "weekly problem record", "weekly problem records" },
        [KM_WHAT_AMENDMENTS] = { "amendment", "amendments" },
        [KM_WHAT_FINDINGS] = { "finding", "findings" },
        [KM_WHAT_ROUTINES] = { "step of a routine", "steps of routines" },
    };

    return n == 1 ? name[what].one : name[what].many;
}

static void tell_framed(const km_cli *c, size_t n, const char *one, const char *many)
{
    if (n > 0)
        km_tell(c, "%zu %s %s known only from records that name %s; import the %s to fill %s.", n,
                n == 1 ? one : many, n == 1 ? "is" : "are", n == 1 ? "it" : "them", many, n == 1 ? "it" : "them");
}

static void tell_tally(const km_cli *c, const km_import_tally *t, const import_job *job, bool kept)
{
    size_t fresh = t->taken - job->met.known;

    if (t->ignored.len > 0)
        km_tell(c, "Columns not read: %s.", t->ignored.s);
    tell_framed(c, job->met.sessions_framed, "session", "sessions");
    tell_framed(c, job->met.routines_framed, "routine", "routines");
    km_tell(c, "%zu %s%s, %zu already here, %zu refused.", fresh, noun(job->what, fresh),
            kept ? " stored" : km_has(c, OPT_DRY_RUN) ? " would be stored" : " good",
            job->met.known, t->refused);
}

static km_status import_file(km_cli *c, FILE *f, const km_import *in, import_job *job,
                             km_error *err)
{
    km_import_tally tally;

    TRY(km_app_bulk_begin(c->app, "import", err));
    km_status st = km_import_read(&tally, f, job->what, in, err);
    bool keep = st == KM_OK && !km_has(c, OPT_DRY_RUN) &&
                (tally.refused == 0 || km_has(c, OPT_KEEP_GOING));
    km_status ended = km_app_bulk_end(c->app, keep, st == KM_OK ? err : NULL);
    if (st == KM_OK)
        st = ended;
    if (st == KM_OK) {
        c->stored = keep;
        tell_tally(c, &tally, job, keep);
        if (tally.refused > 0) {
            st = km_fail(err, KM_EDATA, "%s: %zu %s refused%s", in->name, tally.refused,
                         tally.refused == 1 ? "row" : "rows", keep ? "" : ", nothing was stored");
        }
    }
    km_buf_clear(&tally.ignored);
    return st;
}

km_status km_run_import(km_cli *c, km_error *err)
{
    km_arena mem = { 0 };
    km_column_map *map = NULL;
    FILE *f = NULL;
    int what = 0;
    const char *path = c->args.pos[0];
    import_job job = { .c = c };
    km_import in = { .atlas = c->atlas, .now = c->now, .take = take, .refuse = take_refusal,
                     .ctx = &job,
                     .name = strcmp(path, "-") == 0 ? "standard input" : path };

    TRY(km_opt_choice(&what, c, OPT_WHAT, KM_WHATS, err));
    job.what = (km_what)what;
    km_status st = read_map(&map, &in.n_map, &mem, c, err);
    if (st == KM_OK)
        st = open_input(&f, path, err);
    if (st == KM_OK)
        st = km_need_app(c, NULL, err);
    if (st == KM_OK) {
        in.map = map;
        in.atlas = c->atlas;
        job.refusals = km_listing(c, refusal_columns, 4);
        st = import_file(c, f, &in, &job, err);
        bool listed = km_rows_n(job.refusals) > 0 || st == KM_OK;
        km_status closed = km_rows_close(job.refusals, listed && st == KM_OK ? err : NULL);
        if (st == KM_OK)
            st = closed;
    }
    if (f && f != stdin)
        fclose(f);
    free(map);
    km_arena_clear(&mem);
    return st;
}

/* ---- export ---- */

typedef struct export_job {
    km_rows *rows;
    km_what what;
} export_job;

static km_status put_entry(void *ctx, const void *record, km_error *err)
{
    const export_job *job = ctx;

    return km_rows_record(job->rows, job->what, record, err);
}

static km_status write_records(km_cli *c, km_what what, km_write_fn write_fn, void *ctx, size_t *n,
                               km_error *err)
{
    const km_rows_options opt = { .format = KM_FORMAT_CSV, .write = write_fn, .ctx = ctx };
    export_job job = { .rows = km_record_rows_new(&opt, what), .what = what };
    km_status st = km_app_entries_each(c->app, what, km_has(c, OPT_ALL), put_entry, &job, err);

    *n = km_rows_n(job.rows);
    km_status closed = km_rows_close(job.rows, st == KM_OK ? err : NULL);
    return st != KM_OK ? st : closed;
}

km_status km_run_export(km_cli *c, km_error *err)
{
    int what = 0;
    size_t n = 0;

    TRY(km_opt_choice(&what, c, OPT_WHAT, KM_WHATS, err));
    TRY(km_need_app(c, NULL, err));
    if (c->args.n_pos == 0 || strcmp(c->args.pos[0], "-") == 0)
        return write_records(c, (km_what)what, km_stdout, c, &n, err);

    km_new_file f;
    km_status st = km_new_file_begin(&f, c->args.pos[0], err);
    if (st == KM_OK)
        st = write_records(c, (km_what)what, km_new_file_put, &f, &n, err);
    km_status ended = km_new_file_end(&f, st == KM_OK, st == KM_OK ? err : NULL);
    if (st == KM_OK)
        st = ended;
    if (st == KM_OK)
        km_tell(c, "%zu %s written to %s.", n, noun((km_what)what, n), c->args.pos[0]);
    return st;
}

/* ---- the whole ---- */

km_status km_run_backup(km_cli *c, km_error *err)
{
    TRY(km_need_app(c, NULL, err));
    TRY(km_app_backup(c->app, c->args.pos[0], err));
    km_tell(c, "Copied to %s.", c->args.pos[0]);
    return KM_OK;
}

km_status km_run_verify(km_cli *c, km_error *err)
{
    static const km_column columns[] = {
        { "check", BOTH, NULL },
        { "result", BOTH | KM_COL_STRONG, NULL },
        { "detail", BOTH | KM_COL_FLEX, NULL },
    };
    km_check_list list = { 0 };
    size_t faults = 0;

    TRY(km_need_app(c, NULL, err));
    TRY(km_app_verify(&list, c->app, err));
    km_rows *r = km_listing(c, columns, 3);
    for (size_t i = 0; i < list.n; i++) {
        faults += !list.row[i].ok;
        km_rows_text(r, list.row[i].check);
        km_rows_text(r, list.row[i].ok ? "ok" : "fault");
        km_rows_text(r, list.row[i].detail);
        km_rows_end(r, NULL);
    }
    km_status st = km_rows_close(r, err);
    km_check_list_clear(&list);
    if (st == KM_OK && faults > 0)
        st = km_fail(err, KM_ENOTFOUND, "verify: %zu %s found a fault", faults,
                     faults == 1 ? "check" : "checks");
    return st;
}

km_status km_run_demo(km_cli *c, km_error *err)
{
    TRY(km_need_app(c, c->args.n_pos > 0 ? c->args.pos[0] : NULL, err));
    TRY(km_app_demo(c->app, err));
    km_tell(c, "A made-up clinic is in %s; its first client is me.", km_app_db_path(c->app));
    return KM_OK;
}
