/** CSV rows into clients, sessions, treatments and check-ins. */
#include <string.h>

#include "import.h"
#include "knotmap/exchange.h"

#define COUNT(a) ((int)(sizeof(a) / sizeof *(a)))

/* A parser that only keeps the text. */
#define TEXT_PARSER(name, target)                                                             \
    static km_status name(km_draft *d, const char *value, km_error *err)                      \
    {                                                                                         \
        (void)err;                                                                            \
        (target) = value;                                                                     \
        return KM_OK;                                                                         \
    }
#define NUMBER_PARSER(name, target, low, high)                                                \
    static km_status name(km_draft *d, const char *value, km_error *err)                      \
    {                                                                                         \
        return km_parse_whole(&(target), value, low, high, err);                              \
    }
#define SET_PARSER(name, vocab, column, target)                                               \
    static km_status name(km_draft *d, const char *value, km_error *err)                      \
    {                                                                                         \
        return km_words_parse(&(target), vocab, column, value, err);                          \
    }
#define UID_PARSER(name, target)                                                              \
    static km_status name(km_draft *d, const char *value, km_error *err)                      \
    {                                                                                         \
        return km_parse_uid(&(target), value, err);                                           \
    }
#define NAME_PARSER(name, target)                                                             \
    static km_status name(km_draft *d, const char *value, km_error *err)                      \
    {                                                                                         \
        return km_parse_name(&(target), value, err);                                          \
    }
#define TIME_PARSER(name, target)                                                             \
    static km_status name(km_draft *d, const char *value, km_error *err)                      \
    {                                                                                         \
        return km_time_parse(&(target), NULL, value, d->in->now, err);                        \
    }
#define ID_PARSER(name, target)                                                               \
    static km_status name(km_draft *d, const char *value, km_error *err)                      \
    {                                                                                         \
        int id;                                                                               \
        km_status st = km_parse_whole(&id, value, 1, INT32_MAX, err);                         \
        if (st == KM_OK)                                                                      \
            (target) = id;                                                                    \
        return st;                                                                            \
    }

/* ---- clients ---- */

NAME_PARSER(c_name, d->client.name)
TEXT_PARSER(c_sex, d->client.sex)
TEXT_PARSER(c_contact, d->client.contact)
TEXT_PARSER(c_note, d->client.note)
TEXT_PARSER(c_conditions, d->client.conditions)
UID_PARSER(c_uid, d->client.uid)

static km_status c_born(km_draft *d, const char *value, km_error *err)
{
    d->client.has_born = true;
    return km_day_parse(&d->client.born, value, d->in->now, err);
}

static km_status c_archived(km_draft *d, const char *value, km_error *err)
{
    return km_parse_yes_no(&d->client.archived, value, err);
}

SET_PARSER(c_tools, KM_VOCAB_TOOL, "tools", d->client.tools)

static const km_field client_fields[] = {
    { "id", NULL },
    { "name", c_name },
    { "born", c_born },
    { "sex", c_sex },
    { "contact", c_contact },
    { "archived", c_archived },
    { "last_seen", NULL },
    { "open_marks", NULL },
    { "note", c_note },
    { "conditions", c_conditions },
    { "tools", c_tools },
    { "uid", c_uid },
};

static void client_blank(km_draft *d)
{
    d->client = km_client_blank();
}

static const char *client_complete(km_draft *d, const char **column, km_error *told)
{
    *column = "";
    return km_client_check(&d->client, told) == KM_OK ? NULL : told->text;
}

static km_status client_deliver(km_draft *d, km_error *err)
{
    return d->in->client(d->in->ctx, &d->client, err);
}

const km_import_kind km_import_kind_client = {
    .field = client_fields,
    .n_field = COUNT(client_fields),
    .need = { "name" },
    .blank = client_blank,
    .complete = client_complete,
    .deliver = client_deliver,
};

/* ---- sessions ---- */

NAME_PARSER(s_client, d->session.client)
TIME_PARSER(s_started, d->session.started)
NUMBER_PARSER(s_rpe, d->session.rpe, 0, 10)
NUMBER_PARSER(s_minutes, d->session.minutes, 0, 1440)
NUMBER_PARSER(s_feel, d->session.feel, 0, 10)
TEXT_PARSER(s_note, d->session.note)
TEXT_PARSER(s_subjective, d->session.subjective)
TEXT_PARSER(s_objective, d->session.objective)
TEXT_PARSER(s_assessment, d->session.assessment)
TEXT_PARSER(s_plan, d->session.plan)
TEXT_PARSER(s_goal, d->session.goal)
UID_PARSER(s_uid, d->session.uid)

static km_status s_kind(km_draft *d, const char *value, km_error *err)
{
    int v;
    km_status st = km_parse_word(&v, KM_VOCAB_SESSION, value, err);

    if (st == KM_OK)
        d->session.kind = (km_session_kind)v;
    return st;
}

static km_status s_ended(km_draft *d, const char *value, km_error *err)
{
    d->session.has_ended = true;
    return km_time_parse(&d->session.ended, NULL, value, d->in->now, err);
}

static km_status s_muscles(km_draft *d, const char *value, km_error *err)
{
    char part[96];
    const char *rest = value;

    while (km_list_next(part, sizeof part, &rest)) {
        if (km_atlas_muscle(d->in->atlas, part) < 0 && km_atlas_group(d->in->atlas, part) < 0)
            return km_fail(err, KM_EINVAL, "%s: no such muscle or group", part);
    }
    d->session.muscles = value;
    return KM_OK;
}

NUMBER_PARSER(s_feel_before, d->session.more.feel_before, 0, 10)
TEXT_PARSER(s_practitioner, d->session.more.practitioner)
SET_PARSER(s_modality, KM_VOCAB_MODALITY, "modality", d->session.more.modality)
SET_PARSER(s_service, KM_VOCAB_SERVICE, "service", d->session.more.service)
SET_PARSER(s_checked, KM_VOCAB_PAGE, "checked", d->session.more.checked)
SET_PARSER(s_skipped, KM_VOCAB_PAGE, "skipped", d->session.more.skipped)

static km_status s_signed(km_draft *d, const char *value, km_error *err)
{
    d->session.more.is_signed = true;
    return km_time_parse(&d->session.more.signed_at, NULL, value, d->in->now, err);
}

static const km_field session_fields[] = {
    { "id", NULL },
    { "client", s_client },
    { "kind", s_kind },
    { "started", s_started },
    { "ended", s_ended },
    { "rpe", s_rpe },
    { "minutes", s_minutes },
    { "load", NULL },
    { "note", s_note },
    { "subjective", s_subjective },
    { "objective", s_objective },
    { "assessment", s_assessment },
    { "plan", s_plan },
    { "goal", s_goal },
    { "muscles", s_muscles },
    { "feel", s_feel },
    { "at_offset_min", km_parse_offset },
    { "feel_before", s_feel_before },
    { "modality", s_modality },
    { "service", s_service },
    { "practitioner", s_practitioner },
    { "signed", s_signed },
    { "checked", s_checked },
    { "skipped", s_skipped },
    { "uid", s_uid },
};

static void session_blank(km_draft *d)
{
    d->session = km_session_blank();
}

static const char *session_complete(km_draft *d, const char **column, km_error *told)
{
    *column = "";
    if (d->has_offset) {
        d->session.started.off_min = (int16_t)d->offset;
        d->session.ended.off_min = (int16_t)d->offset;
        d->session.more.signed_at.off_min = (int16_t)d->offset;
    }
    return km_session_check(&d->session, told) == KM_OK ? NULL : told->text;
}

static km_status session_deliver(km_draft *d, km_error *err)
{
    return d->in->session(d->in->ctx, &d->session, err);
}

const km_import_kind km_import_kind_session = {
    .field = session_fields,
    .n_field = COUNT(session_fields),
    .need = { "started" },
    .blank = session_blank,
    .complete = session_complete,
    .deliver = session_deliver,
};

/* ---- treatments ---- */

NAME_PARSER(t_client, d->treatment.client)
ID_PARSER(t_session, d->treatment.session_id)
TIME_PARSER(t_at, d->treatment.at)
NUMBER_PARSER(t_point, d->treatment.place.tp, 1, 99)
NUMBER_PARSER(t_seconds, d->treatment.seconds, 0, KM_DAY_SEC)
NUMBER_PARSER(t_before, d->treatment.before, 0, 10)
NUMBER_PARSER(t_after, d->treatment.after, 0, 10)
TEXT_PARSER(t_tool, d->treatment.tool)
TEXT_PARSER(t_note, d->treatment.note)
UID_PARSER(t_session_uid, d->treatment.session_uid)
UID_PARSER(t_uid, d->treatment.uid)

static km_status t_muscle(km_draft *d, const char *value, km_error *err)
{
    return km_parse_muscle(&d->treatment.place.muscle, d, value, err);
}

static km_status t_region(km_draft *d, const char *value, km_error *err)
{
    return km_parse_region(&d->treatment.place.region, d, value, err);
}

static km_status t_side(km_draft *d, const char *value, km_error *err)
{
    int v;
    km_status st = km_parse_word(&v, KM_VOCAB_SIDE, value, err);

    if (st == KM_OK)
        d->treatment.place.side = (km_side)v;
    return st;
}

static km_status t_kind(km_draft *d, const char *value, km_error *err)
{
    return km_parse_word(&d->treatment.technique, KM_VOCAB_TECHNIQUE, value, err);
}

static km_status t_response(km_draft *d, const char *value, km_error *err)
{
    int v;
    km_status st = km_parse_word(&v, KM_VOCAB_RESPONSE, value, err);

    if (st == KM_OK)
        d->treatment.response = (km_response)v;
    return st;
}

static const km_field treatment_fields[] = {
    { "id", NULL },
    { "client", t_client },
    { "session", t_session },
    { "at", t_at },
    { "muscle", t_muscle },
    { "side", t_side },
    { "kind", t_kind },
    { "tool", t_tool },
    { "seconds", t_seconds },
    { "before", t_before },
    { "after", t_after },
    { "response", t_response },
    { "note", t_note },
    { "region", t_region },
    { "trigger_point", t_point },
    { "routine", NULL },
    { "routine_step", NULL },
    { "session_uid", t_session_uid },
    { "at_offset_min", km_parse_offset },
    { "uid", t_uid },
};

static void treatment_blank(km_draft *d)
{
    d->treatment = km_treatment_blank();
}

static const char *treatment_complete(km_draft *d, const char **column, km_error *told)
{
    const km_atlas *a = d->in->atlas;
    km_treatment *t = &d->treatment;
    int muscle = t->place.muscle ? km_atlas_muscle(a, t->place.muscle) : -1;

    *column = "trigger_point";
    if (t->place.tp != 0 && muscle < 0)
        return "it needs a muscle";
    if (t->place.tp != 0 && km_atlas_point(a, muscle, t->place.tp) < 0)
        return "the muscle has no such trigger point";
    if (d->has_offset)
        t->at.off_min = (int16_t)d->offset;
    if (!km_uid_is_zero(t->session_uid))
        t->session_id = 0;
    *column = "";
    return km_treatment_check(t, told) == KM_OK ? NULL : told->text;
}

static km_status treatment_deliver(km_draft *d, km_error *err)
{
    return d->in->treatment(d->in->ctx, &d->treatment, err);
}

const km_import_kind km_import_kind_treatment = {
    .field = treatment_fields,
    .n_field = COUNT(treatment_fields),
    .need = { "at" },
    .blank = treatment_blank,
    .complete = treatment_complete,
    .deliver = treatment_deliver,
};

/* ---- check-ins ---- */

NAME_PARSER(k_client, d->checkin.client)
TIME_PARSER(k_at, d->checkin.at)
NUMBER_PARSER(k_sleep, d->checkin.sleep, 1, 7)
NUMBER_PARSER(k_stress, d->checkin.stress, 1, 7)
NUMBER_PARSER(k_fatigue, d->checkin.fatigue, 1, 7)
NUMBER_PARSER(k_soreness, d->checkin.soreness, 1, 7)
NUMBER_PARSER(k_energy, d->checkin.energy, 0, 10)
NUMBER_PARSER(k_mood, d->checkin.mood, 0, 10)
UID_PARSER(k_uid, d->checkin.uid)

SET_PARSER(k_did, KM_VOCAB_HABIT, "did", d->checkin.did)

/* "knee_to_wall:left=11.5;finger_floor=-3" */
static km_status k_flexibility(km_draft *d, const char *value, km_error *err)
{
    char part[96];

    while (km_list_next(part, sizeof part, &value)) {
        char *equals = strchr(part, '=');
        char *colon = strchr(part, ':');
        km_flex *f = &d->checkin.flex[d->checkin.n_flex];
        int side = KM_SIDE_MIDLINE;
        if (d->checkin.n_flex == KM_FLEX_MAX)
            return km_fail(err, KM_EINVAL, "more than %d values", KM_FLEX_MAX);
        if (equals == NULL || (colon && colon > equals))
            return km_fail(err, KM_EINVAL, "%s is not TEST[:SIDE]=VALUE", part);
        *equals = '\0';
        if (colon) {
            *colon = '\0';
            km_status st = km_parse_word(&side, KM_VOCAB_SIDE, colon + 1, err);
            if (st != KM_OK)
                return st;
        }
        km_status st = km_parse_real(&f->value, equals + 1, -400, 400, err);
        if (st != KM_OK)
            return st;
        f->test = km_arena_strdup(&d->mem, part);
        f->side = (km_side)side;
        d->checkin.n_flex++;
    }
    return KM_OK;
}

static const km_field checkin_fields[] = {
    { "id", NULL },
    { "client", k_client },
    { "at", k_at },
    { "sleep", k_sleep },
    { "stress", k_stress },
    { "fatigue", k_fatigue },
    { "soreness", k_soreness },
    { "hooper", NULL },
    { "did", k_did },
    { "flexibility", k_flexibility },
    { "energy", k_energy },
    { "mood", k_mood },
    { "at_offset_min", km_parse_offset },
    { "uid", k_uid },
};

static void checkin_blank(km_draft *d)
{
    d->checkin = km_checkin_blank();
}

static const char *checkin_complete(km_draft *d, const char **column, km_error *told)
{
    *column = "";
    if (d->has_offset)
        d->checkin.at.off_min = (int16_t)d->offset;
    return km_checkin_check(&d->checkin, told) == KM_OK ? NULL : told->text;
}

static km_status checkin_deliver(km_draft *d, km_error *err)
{
    return d->in->checkin(d->in->ctx, &d->checkin, err);
}

const km_import_kind km_import_kind_checkin = {
    .field = checkin_fields,
    .n_field = COUNT(checkin_fields),
    .need = { "at" },
    .blank = checkin_blank,
    .complete = checkin_complete,
    .deliver = checkin_deliver,
};
