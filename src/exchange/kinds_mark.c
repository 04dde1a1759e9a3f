/** Marks as rows. */
#include <math.h>

#include "kinds.h"
#include "knotmap/trend.h"

/* ---- cells of marks alone ---- */

static void print_state(km_rows *r, const km_field *f, const void *record)
{
    const km_mark *m = record;

    if (m->state == KM_STATE_UNSPECIFIED && km_rows_is_text(r))
        km_rows_none(r);
    else
        km_cell_word.print(r, f, record);
}

/* Tenths of a unit as "12.5", without the detour through floating point. */
static void print_tenths(km_rows *r, const km_field *f, const void *record)
{
    int v = *(const int16_t *)km_member(f, record);
    int whole = (v < 0 ? -v : v) / 10;
    int tenth = (v < 0 ? -v : v) % 10;
    char text[16];
    char *p = text + sizeof text;

    *--p = '\0';
    *--p = (char)('0' + tenth);
    *--p = '.';
    do {
        *--p = (char)('0' + whole % 10);
        whole /= 10;
    } while (whole > 0);
    if (v < 0)
        *--p = '-';
    km_rows_number(r, p);
}

static km_status parse_tenths(km_draft *d, const km_field *f, const char *value, km_error *err)
{
    double v = 0;
    km_status st = km_parse_real(&v, value, -2000, 2000, err);

    *(int16_t *)km_draft_member(d, f) = (int16_t)lround(v * 10);
    return st;
}

static void print_ppt_mean(km_rows *r, const km_field *f, const void *record)
{
    (void)f;
    km_rows_real(r, km_mark_ppt_mean(record), 1);
}

static km_status parse_ppt_mean(km_draft *d, const km_field *f, const char *value, km_error *err)
{
    return km_parse_real(km_draft_member(d, f), value, 1, 3000, err);
}

/* Readings keep their every digit, so that an export loses nothing. */
static void print_ppt(km_rows *r, const km_field *f, const void *record)
{
    const km_mark *m = record;
    km_buf list = { 0 };

    (void)f;
    for (int i = 0; i < m->n_ppt; i++) {
        if (i > 0)
            km_buf_putc(&list, ';');
        km_number_print(&list, m->ppt[i]);
    }
    km_rows_text(r, km_buf_str(&list));
    km_buf_clear(&list);
}

static km_status parse_ppt(km_draft *d, const km_field *f, const char *value, km_error *err)
{
    km_mark *m = &d->entry.mark.mark;
    char part[64];

    (void)f;
    while (km_list_next(part, sizeof part, &value)) {
        if (m->n_ppt == KM_PPT_MAX)
            return km_fail(err, KM_EINVAL, "more than %d readings", KM_PPT_MAX);
        km_status st = km_parse_real(&m->ppt[m->n_ppt], part, 1, 3000, err);
        if (st != KM_OK)
            return st;
        m->n_ppt++;
    }
    return KM_OK;
}

static void print_ppt_area(km_rows *r, const km_field *f, const void *record)
{
    double area = *(const double *)km_member(f, record);
    km_buf text = { 0 };

    if (area > 0)
        km_number_print(&text, area);
    km_rows_number(r, km_buf_str(&text));
    km_buf_clear(&text);
}

static km_status parse_ppt_area(km_draft *d, const km_field *f, const char *value, km_error *err)
{
    return km_parse_real(km_draft_member(d, f), value, 0.1, 20, err);
}

static void print_felt(km_rows *r, const km_field *f, const void *record)
{
    const km_mark *m = record;
    km_buf list = { 0 };

    (void)f;
    for (int i = 0; i < m->n_felt; i++) {
        const km_place place = { .side = m->felt[i].side, .region = m->felt[i].region };
        if (i > 0)
            km_buf_putc(&list, ';');
        km_place_print(&list, &place);
    }
    km_rows_text(r, km_buf_str(&list));
    km_buf_clear(&list);
}

static km_status parse_felt(km_draft *d, const km_field *f, const char *value, km_error *err)
{
    const km_atlas *a = d->in->atlas;
    km_mark *m = &d->entry.mark.mark;
    char part[96];

    (void)f;
    while (km_list_next(part, sizeof part, &value)) {
        km_ref ref;
        if (m->n_felt == KM_FELT_MAX)
            return km_fail(err, KM_EINVAL, "more than %d places", KM_FELT_MAX);
        km_status st = km_atlas_resolve(&ref, a, part, 0, err);
        if (st != KM_OK)
            return st;
        if (ref.kind != KM_REF_REGION)
            return km_fail(err, KM_EINVAL, "%s is not a region", part);
        m->felt[m->n_felt++] =
            (km_felt){ .side = ref.side, .region = a->region[ref.index].code };
    }
    return KM_OK;
}

static void print_test(km_rows *r, const km_field *f, const void *record)
{
    const km_mark *m = record;
    km_buf text = { 0 };

    (void)f;
    if (m->test)
        km_test_print(&text, m->test, m->test_side);
    km_rows_text(r, km_buf_str(&text));
    km_buf_clear(&text);
}

static km_status parse_test(km_draft *d, const km_field *f, const char *value, km_error *err)
{
    km_mark *m = &d->entry.mark.mark;

    (void)f;
    return km_test_parse(&m->test, &m->test_side, d->in->atlas, value, err);
}

/*
 * The contract's order; scripts go by the names. `place` is for people only: it says side, region,
 * muscle and trigger point in the spelling the commands take. A mark that is written is a km_mark,
 * which a km_mark_row begins with; only what is read has more.
 */
_Static_assert(offsetof(km_mark_row, mark) == 0, "a mark is the start of its row");

#define RECORD km_mark_row
/* Everything a mark says but its uid. */
#define MARK_FIELDS                                                                           \
    FIELD("id", NUMBER, km_cell_id, mark.id),                                                 \
    FIELD("client", DATA, km_cell_client, mark.client),                                       \
    FIELD("session", DATA, km_cell_link, mark.session_id),                                    \
    FIELD("at", BOTH, km_cell_instant, mark.at),                                              \
    FIELD_OF("kind", BOTH, km_cell_word, mark.kind, VOCAB(KIND)),                             \
    FIELD_OF("side", DATA, km_cell_word, mark.place.side, VOCAB(SIDE), SAID(has_side)),       \
    FIELD("region", DATA, km_cell_region, mark.place.region),                                 \
    FIELD("muscle", DATA, km_cell_muscle, mark.place.muscle),                                 \
    FIELD_OF("trigger_point", DATA, km_cell_positive, mark.place.tp, RANGE(1, 99)),           \
    FIELD_OF("view", DATA, km_cell_word, mark.view, VOCAB(VIEW), SAID(has_view)),             \
    FIELD_OF("x", DATA, km_cell_own, mark.x, SAID(has_x), OWN(print_tenths, parse_tenths)),   \
    FIELD_OF("y", DATA, km_cell_own, mark.y, SAID(has_y), OWN(print_tenths, parse_tenths)),   \
    FIELD("place", SHOWN | KM_COL_STRONG, km_cell_place, mark.place),                         \
    FIELD_OF("intensity", NUMBER | KM_COL_STRONG, km_cell_count, mark.intensity, RANGE(0, 10)), \
    FIELD_OF("state", BOTH, km_cell_word, mark.state, VOCAB(STATE), PRINT(print_state)),      \
    FIELD_OF("qualities", FLEX, km_cell_set, mark.qualities, VOCAB(QUALITY)),                 \
    FIELD_OF("ppt_kpa", NUMBER, km_cell_own, ppt_mean, TITLE("kPa"), SAID(has_ppt_mean),      \
             OWN(print_ppt_mean, parse_ppt_mean)),                                            \
    FIELD("taut_band", DATA, km_cell_tri, mark.taut_band),                                    \
    FIELD("twitch", DATA, km_cell_tri, mark.twitch),                                          \
    FIELD("note", FLEX, km_cell_text, mark.note),                                             \
    FIELD_OF("ppt_readings", DATA, km_cell_own, mark.ppt, OWN(print_ppt, parse_ppt)),         \
    FIELD_OF("ppt_area_cm2", DATA, km_cell_own, mark.ppt_area,                                \
             OWN(print_ppt_area, parse_ppt_area)),                                            \
    FIELD_OF("referral_felt", DATA, km_cell_own, mark.felt, OWN(print_felt, parse_felt)),     \
    FIELD_OF("cause", DATA, km_cell_word, mark.cause, VOCAB(CAUSE)),                          \
    FIELD_OF("tissue", DATA, km_cell_word, mark.tissue, VOCAB(TISSUE)),                       \
    FIELD_OF("onset", DATA, km_cell_instant, mark.onset, SAID(mark.has_onset)),               \
    FIELD("session_uid", RAW, km_cell_uid, mark.session_uid),                                 \
    FIELD("at_offset_min", RAW, km_cell_offset, mark.at.off_min),                             \
    FIELD_OF("test", DATA, km_cell_own, mark.test, OWN(print_test, parse_test))

static const km_field fields[] = {
    MARK_FIELDS,
    FIELD("uid", DATA, km_cell_uid, mark.uid),
};

static const km_field open_fields[] = {
    MARK_FIELDS,
    FIELD("days_open", NUMBER, km_cell_count_shown, mark.open_days),
    FIELD("uid", DATA, km_cell_uid, mark.uid),
};
#undef RECORD

/* ---- what single cells cannot tell ---- */

/* A muscle's own side does for a region on the midline. */
static km_status check_side(const km_mark_row *e, const km_atlas *a, int region, int muscle,
                            km_error *err)
{
    km_side side = e->mark.place.side;
    bool paired = region >= 0 ? !a->region[region].midline : !a->muscle[muscle].midline;

    if (paired && side == KM_SIDE_MIDLINE)
        return km_fail(err, KM_EINVAL, "%s",
                       e->has_side ? "the place has a left and a right" : "say left or right");
    if (!paired && side != KM_SIDE_MIDLINE && (muscle < 0 || a->muscle[muscle].midline))
        return km_fail(err, KM_EINVAL, "the place takes no side");
    return KM_OK;
}

/* Which position counts. */
static km_status place_row(km_mark_row *e, const km_atlas *a, int region, const char **column,
                           km_error *err)
{
    km_mark *m = &e->mark;

    if (e->has_x != e->has_y) {
        *column = e->has_x ? "y" : "x";
        return km_fail(err, KM_EINVAL, "x and y come together");
    }
    e->has_pos = e->has_x && e->has_y;
    if (e->has_pos && !e->has_view) {
        *column = "view";
        return km_fail(err, KM_EINVAL, "a position needs its view");
    }
    if (!e->has_pos && region >= 0) {
        km_view view = m->view;
        if (!e->has_view ||
            !km_body_pos_in_view(a, region, e->ref.point, m->place.side, view, &m->x, &m->y))
            km_body_default_pos(a, region, e->ref.point, m->place.side, &m->view, &m->x, &m->y);
        e->has_pos = true;
    }
    return KM_OK;
}

static km_status complete(km_draft *d, const char **column, km_error *err)
{
    const km_atlas *a = d->in->atlas;
    km_mark_row *e = &d->entry.mark;
    km_mark *m = &e->mark;
    int region = m->place.region ? km_atlas_region(a, m->place.region) : -1;
    int muscle = m->place.muscle ? km_atlas_muscle(a, m->place.muscle) : -1;

    e->ref = (km_ref){ .kind = muscle >= 0 ? KM_REF_MUSCLE : KM_REF_REGION,
                       .index = muscle >= 0 ? muscle : region, .point = -1,
                       .side = m->place.side };
    *column = "region";
    if (region < 0 && muscle < 0)
        return km_fail(err, KM_EINVAL, "a mark needs a region or a muscle");
    km_status st = km_check_point(&e->ref.point, a, m->place.muscle, m->place.tp, column, err);
    if (st != KM_OK)
        return st;
    *column = "side";
    st = check_side(e, a, region, muscle, err);
    if (st == KM_OK)
        st = place_row(e, a, region, column, err);
    if (st != KM_OK)
        return st;
    if (e->has_ppt_mean && m->n_ppt == 0)
        m->ppt[m->n_ppt++] = e->ppt_mean;
    *column = "";
    return region >= 0 ? km_mark_check(m, err) : KM_OK;
}

const km_record_kind km_records_marks = {
    .word = "marks",
    KM_FIELDS(fields),
    .need = { "at", "region" },
    .or_else = "muscle",
    .complete = complete,
};

const km_record_kind km_records_open_marks = {
    .word = "open marks",
    KM_FIELDS(open_fields),
    .need = { "at", "region" },
    .or_else = "muscle",
    .complete = complete,
};
