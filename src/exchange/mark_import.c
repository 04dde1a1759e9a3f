/** CSV rows into marks: header names to columns, cells to values, everything refused is named. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "knotmap/csv.h"
#include "knotmap/exchange.h"
#include "knotmap/text.h"

/* A row in the making. */
typedef struct draft {
    const km_import *in;
    km_mark mark;
    bool has_view, has_x, has_y, has_side, has_ppt_mean, has_offset;
    int offset;
    double ppt_mean;
} draft;

typedef km_status (*parse_fn)(draft *d, const char *value, km_error *err);

static km_status parse_whole(int *out, const char *value, int low, int high, km_error *err)
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

static km_status parse_real(double *out, const char *value, double low, double high, km_error *err)
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

static km_status in_words(int *out, km_vocab v, const char *value, km_error *err)
{
    km_error told;

    if (km_word_parse(out, v, "", value, &told) == KM_OK)
        return KM_OK;
    const char *why = strstr(told.text, "is not");
    return km_fail(err, KM_EINVAL, "%s", why ? why : told.text);
}

static km_status p_client(draft *d, const char *value, km_error *err)
{
    km_client c = km_client_blank();

    c.name = value;
    d->mark.client = value;
    return km_client_check(&c, err);
}

static km_status p_session(draft *d, const char *value, km_error *err)
{
    int id;
    km_status st = parse_whole(&id, value, 1, INT32_MAX, err);

    if (st == KM_OK)
        d->mark.session_id = id;
    return st;
}

static km_status p_session_uid(draft *d, const char *value, km_error *err)
{
    return km_uid_parse(&d->mark.session_uid, value) ? KM_OK
                                                     : km_fail(err, KM_EINVAL, "not a uid");
}

static km_status p_uid(draft *d, const char *value, km_error *err)
{
    return km_uid_parse(&d->mark.uid, value) ? KM_OK : km_fail(err, KM_EINVAL, "not a uid");
}

static km_status p_at(draft *d, const char *value, km_error *err)
{
    return km_time_parse(&d->mark.at, NULL, value, d->in->now, err);
}

static km_status p_onset(draft *d, const char *value, km_error *err)
{
    d->mark.has_onset = true;
    return km_time_parse(&d->mark.onset, NULL, value, d->in->now, err);
}

static km_status p_offset(draft *d, const char *value, km_error *err)
{
    d->has_offset = true;
    return parse_whole(&d->offset, value, -1440, 1440, err);
}

#define WORD_PARSER(name, vocab, target, type)                                                \
    static km_status name(draft *d, const char *value, km_error *err)                         \
    {                                                                                         \
        int v;                                                                                \
        km_status st = in_words(&v, vocab, value, err);                                       \
        if (st == KM_OK)                                                                      \
            (target) = (type)v;                                                               \
        return st;                                                                            \
    }

WORD_PARSER(p_kind, KM_VOCAB_KIND, d->mark.kind, km_kind)
WORD_PARSER(p_state, KM_VOCAB_STATE, d->mark.state, km_state)
WORD_PARSER(p_cause, KM_VOCAB_CAUSE, d->mark.cause, km_cause)
WORD_PARSER(p_tissue, KM_VOCAB_TISSUE, d->mark.tissue, km_tissue)

static km_status p_side(draft *d, const char *value, km_error *err)
{
    int v;
    km_status st = in_words(&v, KM_VOCAB_SIDE, value, err);

    if (st == KM_OK) {
        d->mark.place.side = (km_side)v;
        d->has_side = true;
    }
    return st;
}

static km_status p_view(draft *d, const char *value, km_error *err)
{
    int v;
    km_status st = in_words(&v, KM_VOCAB_VIEW, value, err);

    if (st == KM_OK) {
        d->mark.view = (km_view)v;
        d->has_view = true;
    }
    return st;
}

static km_status p_region(draft *d, const char *value, km_error *err)
{
    int i = km_atlas_region(d->in->atlas, value);

    if (i < 0)
        return km_fail(err, KM_EINVAL, "no such region");
    d->mark.place.region = d->in->atlas->region[i].code;
    return KM_OK;
}

static km_status p_muscle(draft *d, const char *value, km_error *err)
{
    int i = km_atlas_muscle(d->in->atlas, value);

    if (i < 0)
        return km_fail(err, KM_EINVAL, "no such muscle");
    d->mark.place.muscle = d->in->atlas->muscle[i].code;
    return KM_OK;
}

static km_status p_point(draft *d, const char *value, km_error *err)
{
    return parse_whole(&d->mark.place.tp, value, 1, 99, err);
}

static km_status tenths(int16_t *out, const char *value, km_error *err)
{
    double v;
    km_status st = parse_real(&v, value, -2000, 2000, err);

    if (st == KM_OK)
        *out = (int16_t)lround(v * 10);
    return st;
}

static km_status p_x(draft *d, const char *value, km_error *err)
{
    d->has_x = true;
    return tenths(&d->mark.x, value, err);
}

static km_status p_y(draft *d, const char *value, km_error *err)
{
    d->has_y = true;
    return tenths(&d->mark.y, value, err);
}

static km_status p_intensity(draft *d, const char *value, km_error *err)
{
    return parse_whole(&d->mark.intensity, value, 0, 10, err);
}

static km_status p_qualities(draft *d, const char *value, km_error *err)
{
    return km_words_parse(&d->mark.qualities, KM_VOCAB_QUALITY, "qualities", value, err);
}

static km_status parse_tri(km_tri *out, const char *value, km_error *err)
{
    if (km_text_casecmp(value, "yes") == 0 || km_text_casecmp(value, "true") == 0)
        *out = KM_TRI_YES;
    else if (km_text_casecmp(value, "no") == 0 || km_text_casecmp(value, "false") == 0)
        *out = KM_TRI_NO;
    else
        return km_fail(err, KM_EINVAL, "is not one of yes, no");
    return KM_OK;
}

static km_status p_taut_band(draft *d, const char *value, km_error *err)
{
    return parse_tri(&d->mark.taut_band, value, err);
}

static km_status p_twitch(draft *d, const char *value, km_error *err)
{
    return parse_tri(&d->mark.twitch, value, err);
}

static km_status p_note(draft *d, const char *value, km_error *err)
{
    (void)err;
    d->mark.note = value;
    return KM_OK;
}

static km_status p_ppt_mean(draft *d, const char *value, km_error *err)
{
    d->has_ppt_mean = true;
    return parse_real(&d->ppt_mean, value, 1, 3000, err);
}

/* The next part of a ";"-joined list, trimmed of blanks; false at its end. */
static bool list_next(char *out, size_t size, const char **list)
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

static km_status p_ppt(draft *d, const char *value, km_error *err)
{
    char part[64];

    while (list_next(part, sizeof part, &value)) {
        if (d->mark.n_ppt == KM_PPT_MAX)
            return km_fail(err, KM_EINVAL, "more than %d readings", KM_PPT_MAX);
        km_status st = parse_real(&d->mark.ppt[d->mark.n_ppt], part, 1, 3000, err);
        if (st != KM_OK)
            return st;
        d->mark.n_ppt++;
    }
    return KM_OK;
}

static km_status p_ppt_area(draft *d, const char *value, km_error *err)
{
    return parse_real(&d->mark.ppt_area, value, 0.1, 20, err);
}

static km_status p_felt(draft *d, const char *value, km_error *err)
{
    const km_atlas *a = d->in->atlas;
    char part[96];

    while (list_next(part, sizeof part, &value)) {
        km_ref ref;
        if (d->mark.n_felt == KM_FELT_MAX)
            return km_fail(err, KM_EINVAL, "more than %d places", KM_FELT_MAX);
        km_status st = km_atlas_resolve(&ref, a, part, 0, err);
        if (st != KM_OK)
            return st;
        if (ref.kind != KM_REF_REGION)
            return km_fail(err, KM_EINVAL, "%s is not a region", part);
        d->mark.felt[d->mark.n_felt++] =
            (km_felt){ .side = ref.side, .region = a->region[ref.index].code };
    }
    return KM_OK;
}

/* The columns an import reads; a NULL parser: known, but not read. */
static const struct {
    const char *name;
    parse_fn parse;
} columns[] = {
    { "id", NULL },
    { "client", p_client },
    { "session", p_session },
    { "at", p_at },
    { "kind", p_kind },
    { "side", p_side },
    { "region", p_region },
    { "muscle", p_muscle },
    { "trigger_point", p_point },
    { "view", p_view },
    { "x", p_x },
    { "y", p_y },
    { "intensity", p_intensity },
    { "state", p_state },
    { "qualities", p_qualities },
    { "ppt_kpa", p_ppt_mean },
    { "taut_band", p_taut_band },
    { "twitch", p_twitch },
    { "note", p_note },
    { "ppt_readings", p_ppt },
    { "ppt_area_cm2", p_ppt_area },
    { "referral_felt", p_felt },
    { "cause", p_cause },
    { "tissue", p_tissue },
    { "onset", p_onset },
    { "session_uid", p_session_uid },
    { "at_offset_min", p_offset },
    { "uid", p_uid },
};

enum { N_COLUMNS = sizeof columns / sizeof *columns };

typedef struct job {
    const km_import *in;
    km_import_tally *tally;
    bool started;          /* the header was read */
    char **header;
    int *column;           /* file column -> columns[], -1 ignored */
    size_t n;
    bool refused;          /* something of this row was refused */
} job;

static int column_by_name(const char *name)
{
    for (int i = 0; i < N_COLUMNS; i++) {
        if (strcmp(columns[i].name, name) == 0)
            return i;
    }
    return -1;
}

/* Which of our columns a header names: by the map first, then by its own name. */
static int column_of(const km_import *in, const char *header)
{
    for (size_t i = 0; i < in->n_map; i++) {
        if (km_text_casecmp(in->map[i].header, header) == 0)
            return column_by_name(in->map[i].column);
    }
    for (int i = 0; i < N_COLUMNS; i++) {
        if (km_text_casecmp(columns[i].name, header) != 0)
            continue;
        for (size_t k = 0; k < in->n_map; k++) {
            if (strcmp(in->map[k].column, columns[i].name) == 0)
                return -1; /* the map takes this column from elsewhere */
        }
        return i;
    }
    return -1;
}

static bool has_column(const job *j, const char *name)
{
    for (size_t i = 0; i < j->n; i++) {
        if (j->column[i] >= 0 && strcmp(columns[j->column[i]].name, name) == 0)
            return true;
    }
    return false;
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
        j->column[i] = column_of(in, row->field[i]);
        if (j->column[i] < 0) {
            km_buf_printf(&j->tally->ignored, "%s%s", j->tally->ignored.len ? ", " : "",
                          *row->field[i] ? row->field[i] : "(empty)");
            continue;
        }
        for (size_t k = 0; k < i; k++) {
            if (j->column[k] == j->column[i])
                return km_fail(err, KM_EDATA, "%s line %ld: column %s stands twice", in->name,
                               row->line, columns[j->column[i]].name);
        }
    }
    for (size_t i = 0; i < in->n_map; i++) {
        if (!has_column(j, in->map[i].column))
            return km_fail(err, KM_EDATA, "%s line %ld: no column is called %s", in->name,
                           row->line, in->map[i].header);
    }
    if (!has_column(j, "at") || (!has_column(j, "region") && !has_column(j, "muscle"))) {
        km_fail(err, KM_EDATA, "%s line %ld: the header lacks %s", in->name, row->line,
                has_column(j, "at") ? "region (or muscle)" : "at");
        return km_mend(err, "Name it with --map %s=HEADER.",
                       has_column(j, "at") ? "region" : "at");
    }
    return KM_OK;
}

static km_status refuse(job *j, long line, const char *column, const char *value,
                        const char *problem, km_error *err)
{
    const km_refusal r = { .line = line, .column = column, .value = value, .problem = problem };

    j->refused = true;
    return j->in->refuse(j->in->ctx, &r, err);
}

/* What single cells cannot tell: sides, points, and which position counts. */
static const char *complete(draft *d, const char **column, km_ref *ref, bool *has_pos,
                            km_error *told)
{
    const km_atlas *a = d->in->atlas;
    km_mark *m = &d->mark;
    int region = m->place.region ? km_atlas_region(a, m->place.region) : -1;
    int muscle = m->place.muscle ? km_atlas_muscle(a, m->place.muscle) : -1;
    bool paired = region >= 0 ? !a->region[region].midline : true;

    *ref = (km_ref){ .kind = muscle >= 0 ? KM_REF_MUSCLE : KM_REF_REGION,
                     .index = muscle >= 0 ? muscle : region, .point = -1 };
    *column = "region";
    if (region < 0 && muscle < 0)
        return "a mark needs a region or a muscle";
    *column = "trigger_point";
    if (m->place.tp != 0) {
        if (muscle < 0)
            return "it needs a muscle";
        ref->point = km_atlas_point(a, muscle, m->place.tp);
        if (ref->point < 0)
            return "the muscle has no such trigger point";
    }
    *column = "side";
    if (muscle >= 0 && region < 0)
        paired = !a->muscle[muscle].midline;
    if (paired && m->place.side == KM_SIDE_MIDLINE)
        return d->has_side ? "the place has a left and a right" : "say left or right";
    if (!paired && m->place.side != KM_SIDE_MIDLINE &&
        (muscle < 0 || a->muscle[muscle].midline))
        return "the place takes no side";
    ref->side = m->place.side;

    if (d->has_x != d->has_y) {
        *column = d->has_x ? "y" : "x";
        return "x and y come together";
    }
    *has_pos = d->has_x && d->has_y;
    if (*has_pos && !d->has_view) {
        *column = "view";
        return "a position needs its view";
    }
    if (!*has_pos && region >= 0) {
        km_view view = m->view;
        if (!d->has_view ||
            !km_body_pos_in_view(a, region, ref->point, m->place.side, view, &m->x, &m->y))
            km_body_default_pos(a, region, ref->point, m->place.side, &m->view, &m->x, &m->y);
        *has_pos = true;
    }
    if (!km_uid_is_zero(m->session_uid))
        m->session_id = 0; /* the uid tells; the number belongs to the database it came from */
    if (d->has_ppt_mean && m->n_ppt == 0)
        m->ppt[m->n_ppt++] = d->ppt_mean;
    if (d->has_offset) {
        m->at.off_min = (int16_t)d->offset;
        m->onset.off_min = (int16_t)d->offset;
    }
    *column = "";
    if (region >= 0 && km_mark_check(m, told) != KM_OK)
        return told->text;
    return NULL;
}

static km_status read_row(job *j, const km_csv_row *row, km_error *err)
{
    draft d = { .in = j->in, .mark = km_mark_blank() };
    km_error told;
    km_status st = KM_OK;

    j->refused = false;
    if (row->n == 1 && row->len[0] == 0)
        return KM_OK; /* an empty line */
    if (row->n != j->n) {
        char count[96];
        snprintf(count, sizeof count, "%zu fields where the header has %zu", row->n, j->n);
        st = refuse(j, row->line, "", "", count, err);
        j->tally->refused++;
        return st;
    }
    for (size_t i = 0; i < row->n && st == KM_OK; i++) {
        const char *value = row->field[i];
        int c = j->column[i];
        if (c < 0 || columns[c].parse == NULL)
            continue;
        if (*value == '\0' && row->len[i] == 0) {
            if (strcmp(columns[c].name, "at") == 0)
                st = refuse(j, row->line, j->header[i], "", "it is empty", err);
            continue;
        }
        if (strlen(value) != row->len[i] || !km_utf8_valid(value, row->len[i]))
            st = refuse(j, row->line, j->header[i], value, "not valid UTF-8 text", err);
        else if (columns[c].parse(&d, value, &told) != KM_OK)
            st = refuse(j, row->line, j->header[i], value, told.text, err);
    }
    if (st == KM_OK && !j->refused) {
        const char *column;
        km_ref ref;
        bool has_pos = false;
        const char *problem = complete(&d, &column, &ref, &has_pos, &told);
        if (problem) {
            st = refuse(j, row->line, column, "", problem, err);
        } else {
            st = j->in->mark(j->in->ctx, &d.mark, &ref, has_pos, &told);
            if (st == KM_EINVAL)
                st = refuse(j, row->line, "", "", told.text, err);
            else if (st != KM_OK && err)
                *err = told;
        }
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

km_status km_import_marks(km_import_tally *tally, FILE *f, const km_import *in, km_error *err)
{
    job j = { .in = in, .tally = tally };
    km_status st = KM_OK;

    *tally = (km_import_tally){ 0 };
    for (size_t i = 0; i < in->n_map; i++) {
        if (column_by_name(in->map[i].column) < 0)
            return km_fail(err, KM_EINVAL, "--map: %s is no column of marks", in->map[i].column);
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
