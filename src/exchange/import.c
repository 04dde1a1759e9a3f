/** CSV rows into records: header names to columns, cells to values, everything refused named. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "import.h"
#include "knotmap/csv.h"
#include "knotmap/exchange.h"
#include "knotmap/text.h"

/* ---- parsers ---- */

km_status km_parse_whole(int *out, const char *value, int low, int high, km_error *err)
{
    char *end;
    long v = strtol(value, &end, 10);

    if (end == value || *end != '\0')
        return km_fail(err, KM_EINVAL, "not a whole number");
    if (v < low || v > high)
        return km_fail(err, KM_EINVAL, "outside %d..%d", low, high);
    *out = (int)v;
    return KM_OK;
}

km_status km_parse_real(double *out, const char *value, double low, double high, km_error *err)
{
    char *end;
    double v = strtod(value, &end);

    if (end == value || *end != '\0' || !isfinite(v))
        return km_fail(err, KM_EINVAL, "not a number");
    if (v < low || v > high)
        return km_fail(err, KM_EINVAL, "outside %g..%g", low, high);
    *out = v;
    return KM_OK;
}

km_status km_parse_word(int *out, km_vocab v, const char *value, km_error *err)
{
    km_error told;

    if (km_word_parse(out, v, "", value, &told) == KM_OK)
        return KM_OK;
    const char *why = strstr(told.text, "is not one of");
    return km_fail(err, KM_EINVAL, "%s", why ? why : told.text);
}

km_status km_parse_yes_no(bool *out, const char *value, km_error *err)
{
    *out = km_text_casecmp(value, "yes") == 0 || km_text_casecmp(value, "true") == 0;
    if (*out || km_text_casecmp(value, "no") == 0 || km_text_casecmp(value, "false") == 0)
        return KM_OK;
    return km_fail(err, KM_EINVAL, "is not one of yes, no");
}

km_status km_parse_uid(km_uid *out, const char *value, km_error *err)
{
    return km_uid_parse(out, value) ? KM_OK : km_fail(err, KM_EINVAL, "not a uid");
}

km_status km_parse_name(const char **out, const char *value, km_error *err)
{
    km_client c = km_client_blank();

    c.name = value;
    *out = value;
    return km_client_check(&c, err);
}

km_status km_parse_offset(km_draft *d, const char *value, km_error *err)
{
    d->has_offset = true;
    return km_parse_whole(&d->offset, value, -1440, 1440, err);
}

km_status km_parse_region(const char **out, const km_draft *d, const char *value, km_error *err)
{
    int i = km_atlas_region(d->in->atlas, value);

    if (i < 0)
        return km_fail(err, KM_EINVAL, "no such region");
    *out = d->in->atlas->region[i].code;
    return KM_OK;
}

km_status km_parse_muscle(const char **out, const km_draft *d, const char *value, km_error *err)
{
    int i = km_atlas_muscle(d->in->atlas, value);

    if (i < 0)
        return km_fail(err, KM_EINVAL, "no such muscle");
    *out = d->in->atlas->muscle[i].code;
    return KM_OK;
}

bool km_list_next(char *out, size_t size, const char **list)
{
    while (**list == ';' || **list == ' ')
        (*list)++;
    if (**list == '\0')
        return false;
    size_t n = strcspn(*list, ";");
    size_t kept = n;
    while (kept > 0 && (*list)[kept - 1] == ' ')
        kept--;
    if (kept >= size)
        kept = size - 1;
    memcpy(out, *list, kept);
    out[kept] = '\0';
    *list += n;
    return true;
}

/* ---- the file ---- */

typedef struct job {
    const km_import *in;
    const km_import_kind *kind;
    km_import_tally *tally;
    bool started;          /* the header was read */
    char **header;
    int *column;           /* file column -> kind->field, -1 ignored */
    size_t n;
    bool refused;          /* something of this row was refused */
} job;

static int field_by_name(const km_import_kind *kind, const char *name)
{
    for (int i = 0; i < kind->n_field; i++) {
        if (strcmp(kind->field[i].name, name) == 0)
            return i;
    }
    return -1;
}

/* Which of our columns a header names: by the map first, then by its own name. */
static int field_of(const job *j, const char *header)
{
    const km_import *in = j->in;
    const km_import_kind *kind = j->kind;


    for (size_t i = 0; i < in->n_map; i++) {
        if (km_text_casecmp(in->map[i].header, header) == 0)
            return field_by_name(kind, in->map[i].column);
    }
    for (int i = 0; i < kind->n_field; i++) {
        if (km_text_casecmp(kind->field[i].name, header) != 0)
            continue;
        for (size_t k = 0; k < in->n_map; k++) {
            if (strcmp(in->map[k].column, kind->field[i].name) == 0)
                return -1; /* the map takes this column from elsewhere */
        }
        return i;
    }
    return -1;
}

static bool has_column(const job *j, const char *name)
{
    for (size_t i = 0; i < j->n; i++) {
        if (j->column[i] >= 0 && strcmp(j->kind->field[j->column[i]].name, name) == 0)
            return true;
    }
    return false;
}

static km_status check_header(const job *j, long line, km_error *err)
{
    const km_import_kind *kind = j->kind;

    for (int i = 0; i < 2 && kind->need[i]; i++) {
        bool other = i == 1 && kind->or_else;
        if (has_column(j, kind->need[i]) || (other && has_column(j, kind->or_else)))
            continue;
        if (other)
            km_fail(err, KM_EDATA, "%s line %ld: the header lacks %s (or %s)", j->in->name, line,
                    kind->need[i], kind->or_else);
        else
            km_fail(err, KM_EDATA, "%s line %ld: the header lacks %s", j->in->name, line,
                    kind->need[i]);
        return km_mend(err, "Name it with --map %s=HEADER.", kind->need[i]);
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
                               row->line, j->kind->field[j->column[i]].name);
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
static bool is_missing(const job *j, int field)
{
    return strcmp(j->kind->field[field].name, j->kind->need[0]) == 0;
}

static km_status read_cells(job *j, km_draft *d, const km_csv_row *row, km_error *err)
{
    km_error told;
    km_status st = KM_OK;

    for (size_t i = 0; i < row->n && st == KM_OK; i++) {
        const char *value = row->field[i];
        int f = j->column[i];
        if (f < 0 || j->kind->field[f].parse == NULL)
            continue;
        if (row->len[i] == 0) {
            if (is_missing(j, f))
                st = refuse(j, row->line, j->header[i], "", "it is empty", err);
            continue;
        }
        if (strlen(value) != row->len[i] || !km_utf8_valid(value, row->len[i]))
            st = refuse(j, row->line, j->header[i], value, "not valid UTF-8 text", err);
        else if (j->kind->field[f].parse(d, value, &told) != KM_OK)
            st = refuse(j, row->line, j->header[i], value, told.text, err);
    }
    return st;
}

static km_status hand_over(job *j, km_draft *d, long line, km_error *err)
{
    const char *column = "";
    km_error told;
    const char *problem = j->kind->complete(d, &column, &told);

    if (problem)
        return refuse(j, line, column, "", problem, err);
    km_status st = j->kind->deliver(d, &told);
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
        j->kind->blank(&d);
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
    static const km_import_kind *const kind[KM_WHAT_COUNT] = {
        [KM_WHAT_MARKS] = &km_import_kind_mark,
        [KM_WHAT_CLIENTS] = &km_import_kind_client,
        [KM_WHAT_SESSIONS] = &km_import_kind_session,
        [KM_WHAT_TREATMENTS] = &km_import_kind_treatment,
        [KM_WHAT_CHECKINS] = &km_import_kind_checkin,
    };
    job j = { .in = in, .kind = kind[what], .tally = tally };
    km_status st = KM_OK;

    *tally = (km_import_tally){ 0 };
    for (size_t i = 0; i < in->n_map; i++) {
        if (field_by_name(j.kind, in->map[i].column) < 0)
            return km_fail(err, KM_EINVAL, "--map: %s is no column of %s", in->map[i].column,
                           km_what_words[what]);
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
