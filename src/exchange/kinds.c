/** Clients, sessions, treatments and check-ins as rows, and what goes for every kind. */
#include <assert.h>
#include <string.h>

#include "kinds.h"

/* ---- clients ---- */

/* For people a client is there unless it says otherwise. */
static void print_archived(km_rows *r, const km_field *f, const void *record)
{
    const km_client *c = record;

    if (km_rows_is_text(r))
        km_rows_text(r, c->archived ? "yes" : "");
    else
        km_cell_bool.print(r, f, record);
}

#define RECORD km_client
static const km_field client_fields[] = {
    FIELD("id", NUMBER, km_cell_id, id),
    FIELD("name", STRONG, km_cell_client, name),
    FIELD_OF("born", BOTH, km_cell_day, born, SAID(has_born)),
    FIELD("sex", BOTH, km_cell_text, sex),
    FIELD("contact", FLEX, km_cell_text, contact),
    FIELD_OF("archived", BOTH, km_cell_bool, archived, PRINT(print_archived)),
    FIELD_OF("last_seen", BOTH, km_cell_instant_shown, last_seen, SAID(has_seen)),
    FIELD_OF("open_marks", NUMBER, km_cell_number_shown, open_marks, TITLE("open")),
    FIELD("note", FLEX, km_cell_text, note),
    FIELD("conditions", DATA, km_cell_text, conditions),
    FIELD_OF("tools", DATA, km_cell_set, tools, VOCAB(TOOL)),
    FIELD("profile", DATA, km_cell_text, profile),
    FIELD("uid", DATA, km_cell_uid, uid),
};
#undef RECORD

static km_status client_complete(km_draft *d, const char **column, km_error *err)
{
    (void)column;
    return km_client_check(&d->entry.client, err);
}

const km_record_kind km_records_clients = {
    .word = "clients",
    KM_FIELDS(client_fields),
    .need = { "name" },
    .complete = client_complete,
};

/* ---- sessions ---- */

static void print_load(km_rows *r, const km_field *f, const void *record)
{
    (void)f;
    km_rows_count(r, km_session_load(record));
}

static km_status parse_muscles(km_draft *d, const km_field *f, const char *value, km_error *err)
{
    char part[96];
    const char *rest = value;

    while (km_list_next(part, sizeof part, &rest)) {
        if (km_atlas_muscle(d->in->atlas, part) < 0 && km_atlas_group(d->in->atlas, part) < 0)
            return km_fail(err, KM_EINVAL, "%s: no such muscle or group", part);
    }
    return km_cell_text.parse(d, f, value, err);
}

#define RECORD km_session
static const km_field session_fields[] = {
    FIELD("id", NUMBER, km_cell_id, id),
    FIELD("client", DATA, km_cell_client, client),
    FIELD_OF("kind", STRONG, km_cell_word, kind, VOCAB(SESSION)),
    FIELD("started", BOTH, km_cell_instant, started),
    FIELD_OF("ended", BOTH, km_cell_instant, ended, SAID(has_ended)),
    FIELD_OF("rpe", NUMBER, km_cell_count, rpe, RANGE(0, 10)),
    FIELD_OF("minutes", NUMBER, km_cell_count, minutes, RANGE(0, 1440)),
    FIELD_OF("load", NUMBER, km_cell_own, rpe, PRINT(print_load)),
    FIELD("note", FLEX, km_cell_text, note),
    FIELD("subjective", DATA, km_cell_text, subjective),
    FIELD("objective", DATA, km_cell_text, objective),
    FIELD("assessment", DATA, km_cell_text, assessment),
    FIELD("plan", DATA, km_cell_text, plan),
    FIELD("goal", FLEX, km_cell_text, goal),
    FIELD_OF("muscles", FLEX, km_cell_text, muscles, PARSE(parse_muscles)),
    FIELD_OF("feel", NUMBER, km_cell_count, feel, RANGE(0, 10)),
    FIELD("at_offset_min", RAW, km_cell_offset, started.off_min),
    FIELD_OF("feel_before", DATA, km_cell_count, more.feel_before, RANGE(0, 10)),
    FIELD_OF("modality", DATA, km_cell_set, more.modality, VOCAB(MODALITY)),
    FIELD_OF("service", DATA, km_cell_set, more.service, VOCAB(SERVICE)),
    FIELD("practitioner", DATA, km_cell_text, more.practitioner),
    FIELD_OF("signed", DATA, km_cell_instant, more.signed_at, SAID(more.is_signed)),
    FIELD_OF("checked", DATA, km_cell_set, more.checked, VOCAB(PAGE)),
    FIELD_OF("skipped", DATA, km_cell_set, more.skipped, VOCAB(PAGE)),
    FIELD("uid", DATA, km_cell_uid, uid),
};
#undef RECORD

static km_status session_complete(km_draft *d, const char **column, km_error *err)
{
    (void)column;
    return km_session_check(&d->entry.session, err);
}

const km_record_kind km_records_sessions = {
    .word = "sessions",
    KM_FIELDS(session_fields),
    .need = { "started" },
    .complete = session_complete,
};

/* ---- treatments ---- */

static bool is_somewhere(const km_treatment *t)
{
    return t->place.muscle || t->place.region;
}

static void print_side(km_rows *r, const km_field *f, const void *record)
{
    if (is_somewhere(record))
        km_cell_word.print(r, f, record);
    else
        km_rows_none(r);
}

static void print_where(km_rows *r, const km_field *f, const void *record)
{
    const km_treatment *t = record;
    char routine[40];

    if (is_somewhere(t)) {
        km_cell_place.print(r, f, record);
    } else {
        snprintf(routine, sizeof routine, "routine %lld", (long long)t->routine_id);
        km_rows_text(r, t->routine_id > 0 ? routine : "");
    }
}

/*
 * Ratings in their order, "6;5;3": start, middle and end in turn. One that is out of turn, for
 * another was left out, names its beat: "6;end:3".
 */
static void print_during(km_rows *r, const km_field *f, const void *record)
{
    const km_treatment *t = record;
    km_buf list = { 0 };

    (void)f;
    for (int i = 0, turn = 0; i < t->n_hold; i++) {
        km_buf_puts(&list, i > 0 ? ";" : "");
        if (t->hold[i].beat != turn)
            km_buf_printf(&list, "%s:", km_word(KM_VOCAB_BEAT, t->hold[i].beat));
        km_buf_printf(&list, "%d", t->hold[i].rating);
        turn = (t->hold[i].beat + 1) % KM_HOLD_BEAT_COUNT;
    }
    km_rows_text(r, km_buf_str(&list));
    km_buf_clear(&list);
}

static km_status parse_during(km_draft *d, const km_field *f, const char *value, km_error *err)
{
    km_treatment *t = &d->entry.treatment;
    char part[32];
    int beat = KM_HOLD_START, rating = 0;

    (void)f;
    while (km_list_next(part, sizeof part, &value)) {
        char *colon = strchr(part, ':');
        km_status st = KM_OK;
        if (t->n_hold == KM_HOLD_MAX)
            return km_fail(err, KM_EINVAL, "more than %d ratings", KM_HOLD_MAX);
        if (colon) {
            *colon = '\0';
            st = km_parse_word(&beat, KM_VOCAB_BEAT, part, err);
        }
        if (st == KM_OK)
            st = km_parse_whole(&rating, colon ? colon + 1 : part, 0, 10, err);
        if (st != KM_OK)
            return st;
        t->hold[t->n_hold++] = (km_hold){ .beat = (int8_t)beat, .rating = (int8_t)rating };
        beat = (beat + 1) % KM_HOLD_BEAT_COUNT;
    }
    return KM_OK;
}

#define RECORD km_treatment
static const km_field treatment_fields[] = {
    FIELD("id", NUMBER, km_cell_id, id),
    FIELD("client", DATA, km_cell_client, client),
    FIELD("session", DATA, km_cell_link, session_id),
    FIELD("at", BOTH, km_cell_instant, at),
    FIELD("muscle", DATA, km_cell_muscle, place.muscle),
    FIELD_OF("side", DATA, km_cell_word, place.side, VOCAB(SIDE), PRINT(print_side)),
    FIELD_OF("place", SHOWN | KM_COL_STRONG, km_cell_own, place, PRINT(print_where)),
    FIELD_OF("kind", BOTH, km_cell_word_or_none, technique, VOCAB(TECHNIQUE)),
    FIELD("tool", BOTH, km_cell_text, tool),
    FIELD_OF("seconds", NUMBER, km_cell_count, seconds, RANGE(0, KM_DAY_SEC)),
    FIELD_OF("before", NUMBER, km_cell_count, before, RANGE(0, 10)),
    FIELD_OF("after", NUMBER, km_cell_count, after, RANGE(0, 10)),
    FIELD_OF("response", BOTH, km_cell_word, response, VOCAB(RESPONSE)),
    FIELD("note", FLEX, km_cell_text, note),
    FIELD("region", DATA, km_cell_region, place.region),
    FIELD_OF("trigger_point", DATA, km_cell_positive, place.tp, RANGE(1, 99)),
    FIELD("routine", DATA, km_cell_link_shown, routine_id),
    FIELD_OF("routine_step", DATA, km_cell_positive, routine_step, RANGE(1, 999)),
    FIELD("session_uid", RAW, km_cell_uid, session_uid),
    FIELD("at_offset_min", RAW, km_cell_offset, at.off_min),
    FIELD_OF("during", DATA, km_cell_own, hold, OWN(print_during, parse_during)),
    FIELD_OF("stiffness_before", DATA, km_cell_count, more.stiffness_before, RANGE(0, 10)),
    FIELD_OF("stiffness_after", DATA, km_cell_count, more.stiffness_after, RANGE(0, 10)),
    FIELD_OF("tension_before", DATA, km_cell_count, more.tension_before, RANGE(0, 10)),
    FIELD_OF("tension_after", DATA, km_cell_count, more.tension_after, RANGE(0, 10)),
    FIELD_OF("stopped", DATA, km_cell_word, more.stopped, VOCAB(STOP)),
    FIELD("routine_uid", RAW, km_cell_uid, routine_uid),
    FIELD("uid", DATA, km_cell_uid, uid),
};
#undef RECORD

static km_status treatment_complete(km_draft *d, const char **column, km_error *err)
{
    km_treatment *t = &d->entry.treatment;
    int point;
    km_status st = km_check_point(&point, d->in->atlas, t->place.muscle, t->place.tp, column, err);

    if (km_uid_is_zero(t->routine_uid))
        t->routine_step = 0; /* of a routine of the database it came from */
    return st == KM_OK ? km_treatment_check(t, err) : st;
}

const km_record_kind km_records_treatments = {
    .word = "treatments",
    KM_FIELDS(treatment_fields),
    .need = { "at" },
    .complete = treatment_complete,
};

/* ---- check-ins ---- */

static void print_hooper(km_rows *r, const km_field *f, const void *record)
{
    (void)f;
    km_rows_count(r, km_checkin_hooper(record));
}

static void print_flexibility(km_rows *r, const km_field *f, const void *record)
{
    const km_checkin *c = record;
    km_buf list = { 0 };

    (void)f;
    for (int i = 0; i < c->n_flex; i++) {
        const km_flex *x = &c->flex[i];
        km_buf_printf(&list, "%s%s", i > 0 ? ";" : "", x->test);
        if (x->side != KM_SIDE_MIDLINE)
            km_buf_printf(&list, ":%s", km_word(KM_VOCAB_SIDE, (int)x->side));
        km_buf_putc(&list, '=');
        km_number_print(&list, x->value);
    }
    km_rows_text(r, km_buf_str(&list));
    km_buf_clear(&list);
}

/* "knee_to_wall:left=11.5;finger_floor=-3" */
static km_status parse_flexibility(km_draft *d, const km_field *f, const char *value, km_error *err)
{
    km_checkin *c = &d->entry.checkin;
    char part[96];

    (void)f;
    while (km_list_next(part, sizeof part, &value)) {
        char *equals = strchr(part, '=');
        char *colon = strchr(part, ':');
        int side = KM_SIDE_MIDLINE;
        km_status st = KM_OK;
        if (c->n_flex == KM_FLEX_MAX)
            return km_fail(err, KM_EINVAL, "more than %d values", KM_FLEX_MAX);
        if (equals == NULL || (colon && colon > equals))
            return km_fail(err, KM_EINVAL, "%s is not TEST[:SIDE]=VALUE", part);
        *equals = '\0';
        if (colon) {
            *colon = '\0';
            st = km_parse_word(&side, KM_VOCAB_SIDE, colon + 1, err);
        }
        km_flex *x = &c->flex[c->n_flex];
        if (st == KM_OK)
            st = km_parse_real(&x->value, equals + 1, -400, 400, err);
        if (st != KM_OK)
            return st;
        x->test = km_arena_strdup(&d->mem, part);
        x->side = (km_side)side;
        c->n_flex++;
    }
    return KM_OK;
}

#define RECORD km_checkin
static const km_field checkin_fields[] = {
    FIELD("id", DATA, km_cell_id, id),
    FIELD("client", DATA, km_cell_client, client),
    FIELD("at", STRONG, km_cell_instant, at),
    FIELD_OF("sleep", NUMBER, km_cell_count, sleep, RANGE(1, 7)),
    FIELD_OF("stress", NUMBER, km_cell_count, stress, RANGE(1, 7)),
    FIELD_OF("fatigue", NUMBER, km_cell_count, fatigue, RANGE(1, 7)),
    FIELD_OF("soreness", NUMBER, km_cell_count, soreness, RANGE(1, 7)),
    FIELD_OF("hooper", NUMBER, km_cell_own, sleep, PRINT(print_hooper)),
    FIELD_OF("did", FLEX, km_cell_set, did, VOCAB(HABIT)),
    FIELD_OF("flexibility", FLEX, km_cell_own, flex, OWN(print_flexibility, parse_flexibility)),
    FIELD_OF("energy", NUMBER, km_cell_count, energy, RANGE(0, 10)),
    FIELD_OF("mood", NUMBER, km_cell_count, mood, RANGE(0, 10)),
    FIELD("at_offset_min", RAW, km_cell_offset, at.off_min),
    FIELD("uid", DATA, km_cell_uid, uid),
};
#undef RECORD

static km_status checkin_complete(km_draft *d, const char **column, km_error *err)
{
    (void)column;
    return km_checkin_check(&d->entry.checkin, err);
}

const km_record_kind km_records_checkins = {
    .word = "checkins",
    KM_FIELDS(checkin_fields),
    .need = { "at" },
    .complete = checkin_complete,
};

/* ---- all kinds ---- */

const km_record_kind *km_record_kind_of(km_what what)
{
    static const km_record_kind *const kind[KM_WHAT_COUNT + 1] = {
        [KM_WHAT_MARKS] = &km_records_marks,
        [KM_WHAT_CLIENTS] = &km_records_clients,
        [KM_WHAT_SESSIONS] = &km_records_sessions,
        [KM_WHAT_TREATMENTS] = &km_records_treatments,
        [KM_WHAT_CHECKINS] = &km_records_checkins,
        [KM_WHAT_PLANS] = &km_records_plans,
        [KM_WHAT_GOALS] = &km_records_goals,
        [KM_WHAT_AFTERCARE] = &km_records_aftercare,
        [KM_WHAT_PROBLEMS] = &km_records_problems,
        [KM_WHAT_AMENDMENTS] = &km_records_amendments,
        [KM_WHAT_FINDINGS] = &km_records_findings,
        [KM_WHAT_ROUTINES] = &km_records_routines,
        [KM_WHAT_OPEN_MARKS] = &km_records_open_marks,
    };

    return kind[what];
}

const char *km_what_word(km_what what)
{
    return km_record_kind_of(what)->word;
}

int km_record_columns(km_column out[KM_RECORD_COLUMNS_MAX], km_what what)
{
    const km_record_kind *kind = km_record_kind_of(what);

    assert(kind->n_field <= KM_RECORD_COLUMNS_MAX);
    for (int i = 0; i < kind->n_field; i++)
        out[i] = kind->field[i].column;
    return kind->n_field;
}

km_rows *km_record_rows_new(const km_rows_options *opt, km_what what)
{
    km_column column[KM_RECORD_COLUMNS_MAX];

    return km_rows_new(opt, column, km_record_columns(column, what));
}

static void print_field(km_rows *r, const km_field *f, const void *record)
{
    (f->print ? f->print : f->cell->print)(r, f, record);
}

km_status km_rows_record(km_rows *r, km_what what, const void *record, km_error *err)
{
    const km_record_kind *kind = km_record_kind_of(what);

    for (int i = 0; i < kind->n_field; i++)
        print_field(r, &kind->field[i], record);
    return km_rows_end(r, err);
}

void km_rows_record_cells(km_rows *r, km_what what, const void *record)
{
    const km_record_kind *kind = km_record_kind_of(what);

    for (int i = 0; i + 1 < kind->n_field; i++)
        print_field(r, &kind->field[i], record);
}

km_status km_rows_mark(km_rows *r, const km_mark *m, km_error *err)
{
    return km_rows_record(r, KM_WHAT_MARKS, m, err);
}

km_status km_rows_client(km_rows *r, const km_client *c, km_error *err)
{
    return km_rows_record(r, KM_WHAT_CLIENTS, c, err);
}

km_status km_rows_session(km_rows *r, const km_session *s, km_error *err)
{
    return km_rows_record(r, KM_WHAT_SESSIONS, s, err);
}

km_status km_rows_treatment(km_rows *r, const km_treatment *t, km_error *err)
{
    return km_rows_record(r, KM_WHAT_TREATMENTS, t, err);
}

km_status km_rows_checkin(km_rows *r, const km_checkin *c, km_error *err)
{
    return km_rows_record(r, KM_WHAT_CHECKINS, c, err);
}
