/** CSV rows into records: header names to columns, cells to values, everything refused named. */
#include <stdlib.h>
#include <string.h>

#include "kinds.h"
#include "knotmap/csv.h"
#include "knotmap/text.h"

typedef struct job {
    const km_import *in;
    km_what what;
    const km_record_kind *kind;
    km_import_tally *tally;
    bool started;          /* the header was read */
    char **header;
    int *column;           /* file column -> kind->field, -1 ignored */
    size_t n;
    bool refused;          /* something of this row was refused */
} job;

/* What only people see stands in no file. */
static bool is_read(const km_field *f)
{
    return (f->column.flags & KM_COL_DATA) != 0;
}

static int field_by_name(const km_record_kind *kind, const char *name)
{
    for (int i = 0; i < kind->n_field; i++) {
        if (is_read(&kind->field[i]) && strcmp(kind->field[i].column.name, name) == 0)
            return i;
    }
    return -1;
}

/* Which of our columns a header names: by the map first, then by its own name. */
static int field_of(const job *j, const char *header)
{
    const km_import *in = j->in;
    const km_record_kind *kind = j->kind;

    for (size_t i = 0; i < in->n_map; i++) {
        if (km_text_casecmp(in->map[i].header, header) == 0)
            return field_by_name(kind, in->map[i].column);
    }
    for (int i = 0; i < kind->n_field; i++) {
        if (!is_read(&kind->field[i]) || km_text_casecmp(kind->field[i].column.name, header) != 0)
            continue;
        for (size_t k = 0; k < in->n_map; k++) {
            if (strcmp(in->map[k].column, kind->field[i].column.name) == 0)
                return -1; /* the map takes this column from elsewhere */
        }
        return i;
    }
    return -1;
}

static bool has_column(const job *j, const char *name)
{
    for (size_t i = 0; i < j->n; i++) {
        if (j->column[i] >= 0 && strcmp(j->kind->field[j->column[i]].column.name, name) == 0)
            return true;
    }
    return false;
}

static km_status check_header(const job *j, long line, km_error *err)
{
    const km_record_kind *kind = j->kind;

    for (int i = 0; kind->need[i]; i++) {
        bool other = i == 1 && kind->or_else;
        if (has_column(j, kind->need[i]) || (other && has_column(j, kind->or_else)))
            continue;
        if (other)
            km_fail(err, KM_EDATA, "%s line %ld: the header lacks %s (or %s)", j->in->name, line,
                    kind->need[i], kind->or_else);
        else
            km_fail(err, KM_EDATA, "%s line %ld: the header lacks %s", j->in->name, line,
                    kind->need[i]);
        return km_mend(KM_EDATA, err, "Name it with --map %s=HEADER.", kind->need[i]);
    }
    return KM_OK;
}

static km_status read_header(job *j, const km_csv_row *row, km_error *err)
{
    const km_import *in = j->in;

    j->started = true;
    j->n = row->n;
    j->header = km_calloc(row->n, sizeof *j->header);
    j->column = km_calloc(row->n, sizeof *j->column);
    for (size_t i = 0; i < row->n; i++) {
        j->header[i] = km_strdup(row->field[i]);
        j->column[i] = field_of(j, row->field[i]);
        if (j->column[i] < 0) {
            km_buf_printf(&j->tally->ignored, "%s%s", j->tally->ignored.len ? ", " : "",
                          *row->field[i] ? row->field[i] : "(empty)");
            continue;
        }
        for (size_t k = 0; k < i; k++) {
            if (j->column[k] == j->column[i])
                return km_fail(err, KM_EDATA, "%s line %ld: column %s stands twice", in->name,
                               row->line, j->kind->field[j->column[i]].column.name);
        }
    }
    for (size_t i = 0; i < in->n_map; i++) {
        if (!has_column(j, in->map[i].column))
            return km_fail(err, KM_EDATA, "%s line %ld: no column is called %s", in->name,
                           row->line, in->map[i].header);
    }
    return check_header(j, row->line, err);
}

static km_status refuse(job *j, long line, const char *column, const char *value,
                        const char *problem, km_error *err)
{
    const km_refusal r = { .line = line, .column = column, .value = value, .problem = problem };

    j->refused = true;
    return j->in->refuse(j->in->ctx, &r, err);
}

/* A needed cell that is empty, where no other column can stand for it. */
static bool is_missing(const km_record_kind *kind, const km_field *f)
{
    for (int i = 0; kind->need[i]; i++) {
        if (strcmp(f->column.name, kind->need[i]) == 0)
            return i != 1 || !kind->or_else;
    }
    return false;
}

/* One cell that is not empty. */
static km_status read_cell(km_draft *d, const km_field *f, const char *value, size_t n,
                           km_error *err)
{
    km_parse_fn parse = f->parse ? f->parse : f->cell->parse;

    if (parse == NULL)
        return KM_OK;
    if (strlen(value) != n || !km_utf8_valid(value, n))
        return km_fail(err, KM_EINVAL, "not valid UTF-8 text");
    if (f->said)
        *(bool *)((char *)&d->entry + f->said) = true;
    return parse(d, f, value, err);
}

static km_status read_cells(job *j, km_draft *d, const km_csv_row *row, km_error *err)
{
    km_error told;
    km_status st = KM_OK;

    for (size_t i = 0; i < row->n && st == KM_OK; i++) {
        const char *value = row->field[i];
        if (j->column[i] < 0)
            continue;
        const km_field *f = &j->kind->field[j->column[i]];
        if (row->len[i] > 0 && read_cell(d, f, value, row->len[i], &told) != KM_OK)
            st = refuse(j, row->line, j->header[i], value, told.text, err);
        else if (row->len[i] == 0 && is_missing(j->kind, f))
            st = refuse(j, row->line, j->header[i], "", "it is empty", err);
    }
    return st;
}

/* What cells say that are not there. */
static void blank(km_draft *d, const km_record_kind *kind)
{
    for (int i = 0; i < kind->n_field; i++) {
        const km_field *f = &kind->field[i];
        if (f->cell->unsaid)
            memcpy(km_draft_member(d, f), &f->cell->unsaid, sizeof f->cell->unsaid);
    }
}

/* The offset of a row is that of all its moments. */
static void place_in_time(km_draft *d, const km_record_kind *kind)
{
    for (int i = 0; d->has_offset && i < kind->n_field; i++) {
        if (kind->field[i].cell == &km_cell_instant)
            ((km_instant *)km_draft_member(d, &kind->field[i]))->off_min = (int16_t)d->offset;
    }
}

static km_status hand_over(job *j, km_draft *d, long line, km_error *err)
{
    const char *column = "";
    km_error told;

    place_in_time(d, j->kind);
    if (j->kind->complete(d, &column, &told) != KM_OK)
        return refuse(j, line, column, "", told.text, err);
    km_status st = j->in->take(j->in->ctx, j->what, &d->entry, &told);
    if (st == KM_EINVAL)
        return refuse(j, line, "", "", told.text, err);
    if (st != KM_OK && err)
        *err = told;
    return st;
}

static km_status read_row(job *j, const km_csv_row *row, km_error *err)
{
    km_draft d = { .in = j->in };
    km_status st;

    j->refused = false;
    if (row->n == 1 && row->len[0] == 0)
        return KM_OK; /* an empty line */
    if (row->n != j->n) {
        char count[96];
        snprintf(count, sizeof count, "%zu fields where the header has %zu", row->n, j->n);
        st = refuse(j, row->line, "", "", count, err);
    } else {
        blank(&d, j->kind);
        st = read_cells(j, &d, row, err);
        if (st == KM_OK && !j->refused)
            st = hand_over(j, &d, row->line, err);
        km_arena_clear(&d.mem);
    }
    if (j->refused)
        j->tally->refused++;
    else if (st == KM_OK)
        j->tally->taken++;
    return st;
}

static km_status take_record(void *ctx, const km_csv_row *row, km_error *err)
{
    job *j = ctx;

    return j->started ? read_row(j, row, err) : read_header(j, row, err);
}

km_status km_import_read(km_import_tally *tally, FILE *f, km_what what, const km_import *in,
                         km_error *err)
{
    job j = { .in = in, .what = what, .kind = km_record_kind_of(what), .tally = tally };
    km_status st = KM_OK;

    *tally = (km_import_tally){ 0 };
    for (size_t i = 0; i < in->n_map; i++) {
        if (field_by_name(j.kind, in->map[i].column) < 0)
            return km_fail(err, KM_EINVAL, "--map: %s is no column of %s", in->map[i].column,
                           km_what_word(what));
    }
    st = km_csv_read_file(f, in->name, take_record, &j, err);
    if (st == KM_OK && !j.started)
        st = km_fail(err, KM_EDATA, "%s: it is empty, a header row was expected", in->name);
    for (size_t i = 0; i < j.n; i++)
        free(j.header[i]);
    free(j.header);
    free(j.column);
    return st;
}
