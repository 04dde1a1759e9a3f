/** Clients, sessions, treatments and check-ins as rows, and the table of all kinds. */
#include "knotmap/exchange.h"
#include "records.h"

#define DATA KM_COL_DATA
#define SHOWN KM_COL_SHOWN
#define BOTH (KM_COL_DATA | KM_COL_SHOWN)
#define NUMBER (BOTH | KM_COL_RIGHT)
#define COUNT(a) ((int)(sizeof(a) / sizeof *(a)))

const km_column km_client_columns[] = {
    { "id", BOTH | KM_COL_RIGHT, NULL },
    { "name", BOTH | KM_COL_STRONG, NULL },
    { "born", BOTH, NULL },
    { "sex", BOTH, NULL },
    { "contact", BOTH | KM_COL_FLEX, NULL },
    { "archived", BOTH, NULL },
    { "last_seen", BOTH, NULL },
    { "open_marks", BOTH | KM_COL_RIGHT, "open" },
    { "note", BOTH | KM_COL_FLEX, NULL },
    { "conditions", DATA, NULL },
    { "tools", DATA, NULL },
    { "uid", DATA, NULL },
};
const int km_client_columns_n = COUNT(km_client_columns);

km_status km_rows_client(km_rows *r, const km_client *k, km_error *err)
{
    km_rows_int(r, k->id);
    km_rows_text(r, k->name);
    km_rows_day(r, k->has_born, k->born);
    km_rows_text(r, k->sex);
    km_rows_text(r, k->contact);
    if (km_rows_is_text(r))
        km_rows_text(r, k->archived ? "yes" : "");
    else
        km_rows_bool(r, k->archived);
    km_rows_instant(r, k->has_seen, k->last_seen);
    km_rows_int(r, k->open_marks);
    km_rows_text(r, k->note);
    km_rows_text(r, k->conditions);
    km_rows_words(r, KM_VOCAB_TOOL, k->tools);
    km_rows_uid(r, k->uid);
    return km_rows_end(r, err);
}

const km_column km_session_columns[] = {
    { "id", BOTH | KM_COL_RIGHT, NULL },
    { "client", DATA, NULL },
    { "kind", BOTH | KM_COL_STRONG, NULL },
    { "started", BOTH, NULL },
    { "ended", BOTH, NULL },
    { "rpe", BOTH | KM_COL_RIGHT, NULL },
    { "minutes", BOTH | KM_COL_RIGHT, NULL },
    { "load", BOTH | KM_COL_RIGHT, NULL },
    { "note", BOTH | KM_COL_FLEX, NULL },
    { "subjective", DATA, NULL },
    { "objective", DATA, NULL },
    { "assessment", DATA, NULL },
    { "plan", DATA, NULL },
    { "goal", BOTH | KM_COL_FLEX, NULL },
    { "muscles", BOTH | KM_COL_FLEX, NULL },
    { "feel", BOTH | KM_COL_RIGHT, NULL },
    { "at_offset_min", DATA | KM_COL_RAW, NULL },
    { "feel_before", DATA, NULL },
    { "modality", DATA, NULL },
    { "service", DATA, NULL },
    { "practitioner", DATA, NULL },
    { "signed", DATA, NULL },
    { "checked", DATA, NULL },
    { "skipped", DATA, NULL },
    { "uid", DATA, NULL },
};
const int km_session_columns_n = COUNT(km_session_columns);

km_status km_rows_session(km_rows *r, const km_session *s, km_error *err)
{
    km_rows_int(r, s->id);
    km_rows_text(r, s->client);
    km_rows_text(r, km_word(KM_VOCAB_SESSION, (int)s->kind));
    km_rows_instant(r, true, s->started);
    km_rows_instant(r, s->has_ended, s->ended);
    km_rows_count(r, s->rpe);
    km_rows_count(r, s->minutes);
    km_rows_count(r, km_session_load(s));
    km_rows_text(r, s->note);
    km_rows_text(r, s->subjective);
    km_rows_text(r, s->objective);
    km_rows_text(r, s->assessment);
    km_rows_text(r, s->plan);
    km_rows_text(r, s->goal);
    km_rows_text(r, s->muscles);
    km_rows_count(r, s->feel);
    km_rows_int(r, s->started.off_min);
    km_rows_count(r, s->more.feel_before);
    km_rows_words(r, KM_VOCAB_MODALITY, s->more.modality);
    km_rows_words(r, KM_VOCAB_SERVICE, s->more.service);
    km_rows_text(r, s->more.practitioner);
    km_rows_instant(r, s->more.is_signed, s->more.signed_at);
    km_rows_words(r, KM_VOCAB_PAGE, s->more.checked);
    km_rows_words(r, KM_VOCAB_PAGE, s->more.skipped);
    km_rows_uid(r, s->uid);
    return km_rows_end(r, err);
}

const km_column km_treatment_columns[] = {
    { "id", BOTH | KM_COL_RIGHT, NULL },
    { "client", DATA, NULL },
    { "session", DATA, NULL },
    { "at", BOTH, NULL },
    { "muscle", DATA, NULL },
    { "side", DATA, NULL },
    { "place", SHOWN | KM_COL_STRONG, NULL },
    { "kind", BOTH, NULL },
    { "tool", BOTH, NULL },
    { "seconds", BOTH | KM_COL_RIGHT, NULL },
    { "before", BOTH | KM_COL_RIGHT, NULL },
    { "after", BOTH | KM_COL_RIGHT, NULL },
    { "response", BOTH, NULL },
    { "note", BOTH | KM_COL_FLEX, NULL },
    { "region", DATA, NULL },
    { "trigger_point", DATA, NULL },
    { "routine", DATA, NULL },
    { "routine_step", DATA, NULL },
    { "session_uid", DATA | KM_COL_RAW, NULL },
    { "at_offset_min", DATA | KM_COL_RAW, NULL },
    { "uid", DATA, NULL },
};
const int km_treatment_columns_n = COUNT(km_treatment_columns);

km_status km_rows_treatment(km_rows *r, const km_treatment *t, km_error *err)
{
    bool somewhere = t->place.muscle || t->place.region;
    km_buf place = { 0 };

    if (somewhere)
        km_place_print(&place, &t->place);
    else if (t->routine_id > 0)
        km_buf_printf(&place, "routine %lld", (long long)t->routine_id);
    km_rows_int(r, t->id);
    km_rows_text(r, t->client);
    km_rows_count(r, t->session_id > 0 ? t->session_id : -1);
    km_rows_instant(r, true, t->at);
    km_rows_text(r, t->place.muscle);
    km_rows_text(r, somewhere ? km_word(KM_VOCAB_SIDE, (int)t->place.side) : "");
    km_rows_text(r, km_buf_str(&place));
    km_rows_text(r, t->technique >= 0 ? km_word(KM_VOCAB_TECHNIQUE, t->technique) : "");
    km_rows_text(r, t->tool);
    km_rows_count(r, t->seconds);
    km_rows_count(r, t->before);
    km_rows_count(r, t->after);
    km_rows_text(r, km_word(KM_VOCAB_RESPONSE, (int)t->response));
    km_rows_text(r, t->note);
    km_rows_text(r, t->place.region);
    km_rows_count(r, t->place.tp > 0 ? t->place.tp : -1);
    km_rows_count(r, t->routine_id > 0 ? t->routine_id : -1);
    km_rows_count(r, t->routine_step > 0 ? t->routine_step : -1);
    km_rows_uid(r, t->session_uid);
    km_rows_int(r, t->at.off_min);
    km_rows_uid(r, t->uid);
    km_buf_clear(&place);
    return km_rows_end(r, err);
}

const km_column km_checkin_columns[] = {
    { "id", DATA, NULL },
    { "client", DATA, NULL },
    { "at", BOTH | KM_COL_STRONG, NULL },
    { "sleep", NUMBER, NULL },
    { "stress", NUMBER, NULL },
    { "fatigue", NUMBER, NULL },
    { "soreness", NUMBER, NULL },
    { "hooper", NUMBER, NULL },
    { "did", BOTH | KM_COL_FLEX, NULL },
    { "flexibility", BOTH | KM_COL_FLEX, NULL },
    { "energy", NUMBER, NULL },
    { "mood", NUMBER, NULL },
    { "at_offset_min", DATA | KM_COL_RAW, NULL },
    { "uid", DATA, NULL },
};
const int km_checkin_columns_n = COUNT(km_checkin_columns);

km_status km_rows_checkin(km_rows *r, const km_checkin *c, km_error *err)
{
    km_buf list = { 0 };

    km_rows_int(r, c->id);
    km_rows_text(r, c->client);
    km_rows_instant(r, true, c->at);
    km_rows_count(r, c->sleep);
    km_rows_count(r, c->stress);
    km_rows_count(r, c->fatigue);
    km_rows_count(r, c->soreness);
    km_rows_count(r, km_checkin_hooper(c));
    km_rows_words(r, KM_VOCAB_HABIT, c->did);
    for (int i = 0; i < c->n_flex; i++) {
        const km_flex *f = &c->flex[i];
        km_buf_printf(&list, "%s%s", i > 0 ? ";" : "", f->test);
        if (f->side != KM_SIDE_MIDLINE)
            km_buf_printf(&list, ":%s", km_word(KM_VOCAB_SIDE, (int)f->side));
        km_buf_putc(&list, '=');
        km_number_print(&list, f->value);
    }
    km_rows_text(r, km_buf_str(&list));
    km_rows_count(r, c->energy);
    km_rows_count(r, c->mood);
    km_rows_int(r, c->at.off_min);
    km_rows_uid(r, c->uid);
    km_buf_clear(&list);
    return km_rows_end(r, err);
}

const char *const km_what_words[KM_WHAT_COUNT] = { "marks", "clients", "sessions", "treatments",
                                                   "checkins" };

const km_column *km_record_columns(km_what what, int *n)
{
    switch (what) {
    case KM_WHAT_CLIENTS:
        *n = km_client_columns_n;
        return km_client_columns;
    case KM_WHAT_SESSIONS:
        *n = km_session_columns_n;
        return km_session_columns;
    case KM_WHAT_TREATMENTS:
        *n = km_treatment_columns_n;
        return km_treatment_columns;
    case KM_WHAT_CHECKINS:
        *n = km_checkin_columns_n;
        return km_checkin_columns;
    default:
        *n = km_mark_columns_n;
        return km_mark_columns;
    }
}
