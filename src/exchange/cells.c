/** How single cells are written and read. */
#include <stdlib.h>
#include <string.h>

#include "kinds.h"
#include "knotmap/text.h"

const void *km_member(const km_field *f, const void *record)
{
    return (const char *)record + f->at;
}

void *km_draft_member(km_draft *d, const km_field *f)
{
    return (char *)&d->entry + f->at;
}

/* Enums and whole numbers alike: an enum of this program is as wide as an int. */
_Static_assert(sizeof(km_side) == sizeof(int) && sizeof(km_tri) == sizeof(int) &&
                   sizeof(km_response) == sizeof(int),
               "enums are read as int");

static int int_of(const km_field *f, const void *record)
{
    int v;

    memcpy(&v, km_member(f, record), sizeof v);
    return v;
}

static void int_set(km_draft *d, const km_field *f, int v)
{
    memcpy(km_draft_member(d, f), &v, sizeof v);
}

static const char *text_of(const km_field *f, const void *record)
{
    return *(const char *const *)km_member(f, record);
}

static void text_set(km_draft *d, const km_field *f, const char *s)
{
    *(const char **)km_draft_member(d, f) = s;
}

static bool is_said(const km_field *f, const void *record)
{
    return f->said == 0 || *(const bool *)((const char *)record + f->said);
}

/* ---- parsers that lists share ---- */

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
    double v;

    if (!km_number_parse(&v, value))
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

km_status km_check_point(int *point, const km_atlas *a, const char *muscle, int tp,
                         const char **column, km_error *err)
{
    int i = muscle ? km_atlas_muscle(a, muscle) : -1;

    *point = -1;
    if (tp == 0)
        return KM_OK;
    *column = "trigger_point";
    if (i < 0)
        return km_fail(err, KM_EINVAL, "it needs a muscle");
    *point = km_atlas_point(a, i, tp);
    return *point >= 0 ? KM_OK : km_fail(err, KM_EINVAL, "the muscle has no such trigger point");
}

/* ---- numbers of a database, names, uids ---- */

static void print_id(km_rows *r, const km_field *f, const void *record)
{
    km_rows_int(r, *(const int64_t *)km_member(f, record));
}

static void print_link(km_rows *r, const km_field *f, const void *record)
{
    int64_t id = *(const int64_t *)km_member(f, record);

    km_rows_count(r, id > 0 ? id : -1);
}

static km_status parse_link(km_draft *d, const km_field *f, const char *value, km_error *err)
{
    int id = 0;
    km_status st = km_parse_whole(&id, value, 1, INT32_MAX, err);

    *(int64_t *)km_draft_member(d, f) = id;
    return st;
}

static void print_text(km_rows *r, const km_field *f, const void *record)
{
    km_rows_text(r, text_of(f, record));
}

static km_status parse_text(km_draft *d, const km_field *f, const char *value, km_error *err)
{
    (void)err;
    text_set(d, f, value);
    return KM_OK;
}

static km_status parse_client(km_draft *d, const km_field *f, const char *value, km_error *err)
{
    km_client c = km_client_blank();

    c.name = value;
    text_set(d, f, value);
    return km_client_check(&c, err);
}

static void print_uid(km_rows *r, const km_field *f, const void *record)
{
    km_rows_uid(r, *(const km_uid *)km_member(f, record));
}

static km_status parse_uid(km_draft *d, const km_field *f, const char *value, km_error *err)
{
    return km_uid_parse(km_draft_member(d, f), value) ? KM_OK
                                                      : km_fail(err, KM_EINVAL, "not a uid");
}

const km_cell km_cell_own = { NULL, NULL, 0 };
const km_cell km_cell_id = { print_id, NULL, 0 };
const km_cell km_cell_link = { print_link, parse_link, 0 };
const km_cell km_cell_link_shown = { print_link, NULL, 0 };
const km_cell km_cell_text = { print_text, parse_text, 0 };
const km_cell km_cell_text_shown = { print_text, NULL, 0 };
const km_cell km_cell_client = { print_text, parse_client, 0 };
const km_cell km_cell_uid = { print_uid, parse_uid, 0 };

/* ---- times ---- */

static void print_instant(km_rows *r, const km_field *f, const void *record)
{
    km_rows_instant(r, is_said(f, record), *(const km_instant *)km_member(f, record));
}

static km_status parse_instant(km_draft *d, const km_field *f, const char *value, km_error *err)
{
    return km_time_parse(km_draft_member(d, f), NULL, value, d->in->now, err);
}

static void print_offset(km_rows *r, const km_field *f, const void *record)
{
    km_rows_int(r, *(const int16_t *)km_member(f, record));
}

static km_status parse_offset(km_draft *d, const km_field *f, const char *value, km_error *err)
{
    (void)f;
    d->has_offset = true;
    return km_parse_whole(&d->offset, value, -1440, 1440, err);
}

static void print_day(km_rows *r, const km_field *f, const void *record)
{
    km_rows_day(r, is_said(f, record), *(const km_day *)km_member(f, record));
}

static km_status parse_day(km_draft *d, const km_field *f, const char *value, km_error *err)
{
    return km_day_parse(km_draft_member(d, f), value, d->in->now, err);
}

const km_cell km_cell_instant = { print_instant, parse_instant, 0 };
const km_cell km_cell_instant_shown = { print_instant, NULL, 0 };
const km_cell km_cell_offset = { print_offset, parse_offset, 0 };
const km_cell km_cell_day = { print_day, parse_day, 0 };

/* ---- words ---- */

static void print_word(km_rows *r, const km_field *f, const void *record)
{
    km_rows_text(r, km_word(f->vocab, int_of(f, record)));
}

static km_status parse_word(km_draft *d, const km_field *f, const char *value, km_error *err)
{
    int v = 0;
    km_status st = km_parse_word(&v, f->vocab, value, err);

    int_set(d, f, v);
    return st;
}

static void print_set(km_rows *r, const km_field *f, const void *record)
{
    km_rows_words(r, f->vocab, *(const uint32_t *)km_member(f, record));
}

static km_status parse_set(km_draft *d, const km_field *f, const char *value, km_error *err)
{
    return km_words_parse(km_draft_member(d, f), f->vocab, f->column.name, value, err);
}

static void print_bool(km_rows *r, const km_field *f, const void *record)
{
    km_rows_bool(r, *(const bool *)km_member(f, record));
}

static km_status yes_no(bool *out, const char *value, km_error *err)
{
    *out = km_text_casecmp(value, "yes") == 0 || km_text_casecmp(value, "true") == 0;
    if (*out || km_text_casecmp(value, "no") == 0 || km_text_casecmp(value, "false") == 0)
        return KM_OK;
    return km_fail(err, KM_EINVAL, "is not one of yes, no");
}

static km_status parse_bool(km_draft *d, const km_field *f, const char *value, km_error *err)
{
    return yes_no(km_draft_member(d, f), value, err);
}

static void print_tri(km_rows *r, const km_field *f, const void *record)
{
    km_rows_tri(r, (km_tri)int_of(f, record));
}

static km_status parse_tri(km_draft *d, const km_field *f, const char *value, km_error *err)
{
    bool yes = false;
    km_status st = yes_no(&yes, value, err);

    int_set(d, f, yes ? KM_TRI_YES : KM_TRI_NO);
    return st;
}

const km_cell km_cell_word = { print_word, parse_word, 0 };
const km_cell km_cell_word_or_none = { print_word, parse_word, -1 };
const km_cell km_cell_set = { print_set, parse_set, 0 };
const km_cell km_cell_bool = { print_bool, parse_bool, 0 };
const km_cell km_cell_tri = { print_tri, parse_tri, 0 };

/* ---- whole numbers ---- */

static void print_count(km_rows *r, const km_field *f, const void *record)
{
    km_rows_count(r, int_of(f, record));
}

static void print_number(km_rows *r, const km_field *f, const void *record)
{
    km_rows_int(r, int_of(f, record));
}

static void print_positive(km_rows *r, const km_field *f, const void *record)
{
    int v = int_of(f, record);

    km_rows_count(r, v > 0 ? v : -1);
}

static km_status parse_number(km_draft *d, const km_field *f, const char *value, km_error *err)
{
    int v = 0;
    km_status st = km_parse_whole(&v, value, f->low, f->high, err);

    int_set(d, f, v);
    return st;
}

const km_cell km_cell_count = { print_count, parse_number, -1 };
const km_cell km_cell_count_shown = { print_count, NULL, -1 };
const km_cell km_cell_number = { print_number, parse_number, 0 };
const km_cell km_cell_number_shown = { print_number, NULL, 0 };
const km_cell km_cell_positive = { print_positive, parse_number, 0 };

/* ---- places ---- */

static km_status parse_region(km_draft *d, const km_field *f, const char *value, km_error *err)
{
    int i = km_atlas_region(d->in->atlas, value);

    if (i < 0)
        return km_fail(err, KM_EINVAL, "no such region");
    text_set(d, f, d->in->atlas->region[i].code);
    return KM_OK;
}

static km_status parse_muscle(km_draft *d, const km_field *f, const char *value, km_error *err)
{
    int i = km_atlas_muscle(d->in->atlas, value);

    if (i < 0)
        return km_fail(err, KM_EINVAL, "no such muscle");
    text_set(d, f, d->in->atlas->muscle[i].code);
    return KM_OK;
}

static void print_place(km_rows *r, const km_field *f, const void *record)
{
    km_buf text = { 0 };

    if (km_rows_is_text(r))
        km_place_print(&text, km_member(f, record));
    km_rows_text(r, km_buf_str(&text));
    km_buf_clear(&text);
}

const km_cell km_cell_region = { print_text, parse_region, 0 };
const km_cell km_cell_muscle = { print_text, parse_muscle, 0 };
const km_cell km_cell_place = { print_place, NULL, 0 };
