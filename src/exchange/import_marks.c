/** CSV rows into marks. */
#include <math.h>
#include <string.h>

#include "import.h"
#include "knotmap/exchange.h"
#include "knotmap/text.h"
#include "knotmap/trend.h"

static km_status p_client(km_draft *d, const char *value, km_error *err)
{
    return km_parse_name(&d->mark.client, value, err);
}

static km_status p_session(km_draft *d, const char *value, km_error *err)
{
    int id;
    km_status st = km_parse_whole(&id, value, 1, INT32_MAX, err);

    if (st == KM_OK)
        d->mark.session_id = id;
    return st;
}

static km_status p_session_uid(km_draft *d, const char *value, km_error *err)
{
    return km_parse_uid(&d->mark.session_uid, value, err);
}

static km_status p_uid(km_draft *d, const char *value, km_error *err)
{
    return km_parse_uid(&d->mark.uid, value, err);
}

static km_status p_at(km_draft *d, const char *value, km_error *err)
{
    return km_time_parse(&d->mark.at, NULL, value, d->in->now, err);
}

static km_status p_onset(km_draft *d, const char *value, km_error *err)
{
    d->mark.has_onset = true;
    return km_time_parse(&d->mark.onset, NULL, value, d->in->now, err);
}

#define WORD_PARSER(name, vocab, target, type)                                                \
    static km_status name(km_draft *d, const char *value, km_error *err)                         \
    {                                                                                         \
        int v;                                                                                \
        km_status st = km_parse_word(&v, vocab, value, err);                                       \
        if (st == KM_OK)                                                                      \
            (target) = (type)v;                                                               \
        return st;                                                                            \
    }

WORD_PARSER(p_kind, KM_VOCAB_KIND, d->mark.kind, km_kind)
WORD_PARSER(p_state, KM_VOCAB_STATE, d->mark.state, km_state)
WORD_PARSER(p_cause, KM_VOCAB_CAUSE, d->mark.cause, km_cause)
WORD_PARSER(p_tissue, KM_VOCAB_TISSUE, d->mark.tissue, km_tissue)

static km_status p_side(km_draft *d, const char *value, km_error *err)
{
    int v;
    km_status st = km_parse_word(&v, KM_VOCAB_SIDE, value, err);

    if (st == KM_OK) {
        d->mark.place.side = (km_side)v;
        d->has_side = true;
    }
    return st;
}

static km_status p_view(km_draft *d, const char *value, km_error *err)
{
    int v;
    km_status st = km_parse_word(&v, KM_VOCAB_VIEW, value, err);

    if (st == KM_OK) {
        d->mark.view = (km_view)v;
        d->has_view = true;
    }
    return st;
}

static km_status p_region(km_draft *d, const char *value, km_error *err)
{
    return km_parse_region(&d->mark.place.region, d, value, err);
}

static km_status p_muscle(km_draft *d, const char *value, km_error *err)
{
    return km_parse_muscle(&d->mark.place.muscle, d, value, err);
}

static km_status p_point(km_draft *d, const char *value, km_error *err)
{
    return km_parse_whole(&d->mark.place.tp, value, 1, 99, err);
}

static km_status tenths(int16_t *out, const char *value, km_error *err)
{
    double v;
    km_status st = km_parse_real(&v, value, -2000, 2000, err);

    if (st == KM_OK)
        *out = (int16_t)lround(v * 10);
    return st;
}

static km_status p_x(km_draft *d, const char *value, km_error *err)
{
    d->has_x = true;
    return tenths(&d->mark.x, value, err);
}

static km_status p_y(km_draft *d, const char *value, km_error *err)
{
    d->has_y = true;
    return tenths(&d->mark.y, value, err);
}

static km_status p_intensity(km_draft *d, const char *value, km_error *err)
{
    return km_parse_whole(&d->mark.intensity, value, 0, 10, err);
}

static km_status p_qualities(km_draft *d, const char *value, km_error *err)
{
    return km_words_parse(&d->mark.qualities, KM_VOCAB_QUALITY, "qualities", value, err);
}

static km_status parse_tri(km_tri *out, const char *value, km_error *err)
{
    bool yes;
    km_status st = km_parse_yes_no(&yes, value, err);

    if (st == KM_OK)
        *out = yes ? KM_TRI_YES : KM_TRI_NO;
    return st;
}

static km_status p_taut_band(km_draft *d, const char *value, km_error *err)
{
    return parse_tri(&d->mark.taut_band, value, err);
}

static km_status p_twitch(km_draft *d, const char *value, km_error *err)
{
    return parse_tri(&d->mark.twitch, value, err);
}

static km_status p_note(km_draft *d, const char *value, km_error *err)
{
    (void)err;
    d->mark.note = value;
    return KM_OK;
}

static km_status p_ppt_mean(km_draft *d, const char *value, km_error *err)
{
    d->has_ppt_mean = true;
    return km_parse_real(&d->ppt_mean, value, 1, 3000, err);
}

static km_status p_ppt(km_draft *d, const char *value, km_error *err)
{
    char part[64];

    while (km_list_next(part, sizeof part, &value)) {
        if (d->mark.n_ppt == KM_PPT_MAX)
            return km_fail(err, KM_EINVAL, "more than %d readings", KM_PPT_MAX);
        km_status st = km_parse_real(&d->mark.ppt[d->mark.n_ppt], part, 1, 3000, err);
        if (st != KM_OK)
            return st;
        d->mark.n_ppt++;
    }
    return KM_OK;
}

static km_status p_ppt_area(km_draft *d, const char *value, km_error *err)
{
    return km_parse_real(&d->mark.ppt_area, value, 0.1, 20, err);
}

static km_status p_felt(km_draft *d, const char *value, km_error *err)
{
    const km_atlas *a = d->in->atlas;
    char part[96];

    while (km_list_next(part, sizeof part, &value)) {
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

static km_status p_test(km_draft *d, const char *value, km_error *err)
{
    return km_test_parse(&d->mark.test, &d->mark.test_side, d->in->atlas, value, err);
}

static const km_field fields[] = {
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
    { "at_offset_min", km_parse_offset },
    { "test", p_test },
    { "uid", p_uid },
};

/* What single cells cannot tell: sides, points, and which position counts. */
static const char *complete(km_draft *d, const char **column, km_error *told)
{
    const km_atlas *a = d->in->atlas;
    km_mark *m = &d->mark;
    int region = m->place.region ? km_atlas_region(a, m->place.region) : -1;
    int muscle = m->place.muscle ? km_atlas_muscle(a, m->place.muscle) : -1;
    bool paired = region >= 0 ? !a->region[region].midline : true;

    km_ref *ref = &d->ref;
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
    d->has_pos = d->has_x && d->has_y;
    if (d->has_pos && !d->has_view) {
        *column = "view";
        return "a position needs its view";
    }
    if (!d->has_pos && region >= 0) {
        km_view view = m->view;
        if (!d->has_view ||
            !km_body_pos_in_view(a, region, ref->point, m->place.side, view, &m->x, &m->y))
            km_body_default_pos(a, region, ref->point, m->place.side, &m->view, &m->x, &m->y);
        d->has_pos = true;
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

static void blank(km_draft *d)
{
    d->mark = km_mark_blank();
}

static km_status deliver(km_draft *d, km_error *err)
{
    return d->in->mark(d->in->ctx, &d->mark, &d->ref, d->has_pos, err);
}

const km_import_kind km_import_kind_mark = {
    .field = fields,
    .n_field = (int)(sizeof fields / sizeof *fields),
    .need = { "at", "region" },
    .or_else = "muscle",
    .blank = blank,
    .complete = complete,
    .deliver = deliver,
};
