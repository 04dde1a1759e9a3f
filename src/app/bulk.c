/* Records that come in numbers: an import, and several writes as one. */
#include "app_impl.h"
#include "knotmap/care.h"
#include "knotmap/time.h"

#include <string.h>

/*
 * Whose a record is: by id, else by name (made when missing), else the current client's.
 */
static km_status whose(int64_t *id, const char *name, km_app *app, km_error *err)
{
    if (*id != 0)
        return KM_OK;
    if (!name || !*name)
        return km_app_client_id(id, app, err);

    km_error why = { 0 };
    km_status st = km_store_client_by_name(id, app->store, name, &why);
    if (st == KM_ENOTFOUND) {
        km_client c = km_client_blank();
        c.name = name;
        st = km_app_client_add(&c, app, err);
        *id = c.id;
    } else if (st != KM_OK && err) {
        *err = why;
    }
    return st;
}

/* Whether the record is here already; then `*id` is its local id. */
static km_status have(bool *known, int64_t *id, km_record kind, km_uid uid, km_app *app,
                      km_error *err)
{
    int64_t there = 0;
    km_status st = KM_OK;

    if (!km_uid_is_zero(uid))
        st = km_store_by_uid(&there, app->store, kind, uid, err);
    *known = there != 0;
    if (there)
        *id = there;
    return st;
}

static bool tells_of(const km_client *c)
{
    return c->has_born || c->sex || c->contact || c->note || c->conditions || c->tools ||
           c->profile;
}

/*
 * A client here of whom nothing is told but the name: the "me" of a new database, or one made
 * by the records of a file that came first. It becomes the one that is told of.
 */
static km_status fill_client(km_client *io, km_app *app, bool *known, km_error *err)
{
    km_arena mem = { 0 };
    km_client here;
    km_status st = km_store_client_get(&here, &mem, app->store, io->id, err);

    bool same = st == KM_OK && (km_uid_is_zero(io->uid) || km_uid_cmp(io->uid, here.uid) == 0);
    if (st == KM_OK && !tells_of(&here) && (tells_of(io) || !same)) {
        if (km_uid_is_zero(io->uid))
            io->uid = here.uid;
        *known = false;
        st = km_app_client_rewrite(io, app, err);
    }
    km_arena_clear(&mem);
    return st;
}

/* ---- clients ---- */

static km_status put_client(void *record, km_app *app, bool *known, km_error *err)
{
    km_client *io = record;
    km_status st = have(known, &io->id, KM_RECORD_CLIENT, io->uid, app, err);

    if (st == KM_OK && !*known) {
        km_error why = { 0 };
        int64_t id = 0;
        st = km_store_client_by_name(&id, app->store, io->name, &why);
        if (st == KM_ENOTFOUND)
            return km_app_client_add(io, app, err);
        if (st != KM_OK && err)
            *err = why;
        *known = st == KM_OK;
        io->id = id;
    }
    return st == KM_OK ? fill_client(io, app, known, err) : st;
}

/* ---- sessions ---- */

#define FRAME_NOTE "known only from records that name it"

static bool is_frame(const char *said)
{
    return said && strcmp(said, FRAME_NOTE) == 0;
}

/* A new session, or one that fills its frame. */
static km_status write_session(km_session *io, km_app *app, bool frame, km_error *err)
{
    km_status st = km_app_write_begin(app, err);

    if (st != KM_OK)
        return st;
    if (frame) {
        st = km_app_session_edit(io, app, err);
        io->more.session_id = io->id;
        if (st == KM_OK)
            st = km_store_session_more_put(app->store, io->client_id, &io->more, err);
    } else {
        st = whose(&io->client_id, io->client, app, err);
        if (st == KM_OK)
            st = km_app_session_start(io, app, err);
    }
    return km_app_write_end(app, st, "", io->id, err);
}

static km_status put_session(void *record, km_app *app, bool *known, km_error *err)
{
    km_session *io = record;
    km_arena mem = { 0 };
    km_session here = km_session_blank();
    km_status st = have(known, &io->id, KM_RECORD_SESSION, io->uid, app, err);

    if (st == KM_OK && *known)
        st = km_store_session_get(&here, &mem, app->store, io->id, err);
    if (st == KM_OK && is_frame(here.note) && !is_frame(io->note)) {
        io->client_id = here.client_id;
        *known = false;
    }
    if (st == KM_OK && !*known)
        st = write_session(io, app, is_frame(here.note), err);
    km_arena_clear(&mem);
    return st;
}

/* The session a record names by uid; one that is not here as a mere frame, so that the record
   keeps what it belongs to. */
static km_status session_of(int64_t *id, km_uid uid, int64_t client_id, km_instant at, km_app *app,
                            km_bulk *bulk, km_error *err)
{
    if (km_uid_is_zero(uid))
        return KM_OK;
    km_status st = km_store_by_uid(id, app->store, KM_RECORD_SESSION, uid, err);
    if (st == KM_OK && *id == 0) {
        km_session s = km_session_blank();
        bool known;
        s.uid = uid;
        s.client_id = client_id;
        s.kind = KM_SESSION_CHECK;
        s.started = at;
        s.ended = at;
        s.has_ended = true;
        s.note = FRAME_NOTE;
        st = put_session(&s, app, &known, err);
        *id = s.id;
        bulk->sessions_framed += st == KM_OK;
    }
    return st;
}

/* ---- routines ---- */

/* The routine of these; made, without a step, when it is not here. */
static km_status routine_of(int64_t *id, km_uid uid, int64_t client_id, const char *name,
                            km_instant at, km_app *app, bool *made, km_error *err)
{
    km_store_routine r = { .uid = uid, .client_id = client_id, .name = name, .at = at };
    km_arena mem = { 0 };
    km_status st = KM_OK;

    *id = 0;
    *made = false;
    if (!km_uid_is_zero(uid))
        st = km_store_by_uid(id, app->store, KM_RECORD_ROUTINE, uid, err);
    else
        st = km_store_routine_by_name(id, app->store, client_id, name, err);
    if (st == KM_OK && *id == 0) {
        *made = true;
        if (km_uid_is_zero(uid))
            st = km_app_uid(&r.uid, err);
        return st == KM_OK ? km_store_routine_add(id, app->store, &r, err) : st;
    }
    if (st == KM_OK)
        st = km_store_routine_get(&r, &mem, app->store, client_id, *id, err);
    if (st == KM_OK && r.client_id != client_id)
        st = km_fail(err, KM_EINVAL, "routine %s: it is another client's", r.name);
    if (st == KM_OK && is_frame(r.name) && !is_frame(name))
        st = km_store_routine_head(app->store, *id, name, at, err);
    km_arena_clear(&mem);
    return st;
}

/* ---- one function a kind: store what is new; its client and session are known ---- */

static km_status now_unless(km_instant *at, km_error *err)
{
    return at->sec == 0 && at->off_min == 0 ? km_now(at, err) : KM_OK;
}

static km_status write_mark(void *record, km_app *app, km_bulk *bulk, km_error *err)
{
    (void)bulk;
    return km_app_mark_write(record, app, false, err);
}

static km_status write_treatment(void *record, km_app *app, km_bulk *bulk, km_error *err)
{
    km_treatment *t = record;
    bool framed = false;
    km_status st = KM_OK;

    if (!km_uid_is_zero(t->routine_uid))
        st = routine_of(&t->routine_id, t->routine_uid, t->client_id, FRAME_NOTE, t->at, app,
                        &framed, err);
    bulk->routines_framed += framed;
    return st == KM_OK ? km_app_treatment_write(t, app, false, err) : st;
}

static km_status write_checkin(void *record, km_app *app, km_bulk *bulk, km_error *err)
{
    (void)bulk;
    return km_app_checkin_set(record, app, err);
}

static km_status write_plan(void *record, km_app *app, km_bulk *bulk, km_error *err)
{
    const km_client_plan *p = record;
    km_week_plan here;
    bool found = false;
    km_status st = km_store_week_plan_get(&here, &found, app->store, p->client_id, err);

    if (st == KM_OK && found && here.smr == p->plan.smr && here.stretch == p->plan.stretch &&
        here.strength == p->plan.strength)
        bulk->known++;
    else if (st == KM_OK)
        st = km_store_week_plan_set(app->store, p->client_id, &p->plan, err);
    return st;
}

static km_status write_goal(void *record, km_app *app, km_bulk *bulk, km_error *err)
{
    (void)bulk;
    return km_app_goal_add(record, app, err);
}

static km_status write_problem(void *record, km_app *app, km_bulk *bulk, km_error *err)
{
    (void)bulk;
    return km_app_problem_put(record, app, err);
}

static bool same_text(const char *a, const char *b)
{
    return strcmp(a ? a : "", b ? b : "") == 0;
}

static km_status write_aftercare(void *record, km_app *app, km_bulk *bulk, km_error *err)
{
    km_aftercare *a = record, here;
    km_arena mem = { 0 };
    bool found = false;
    char uid[KM_UID_TEXT];
    km_status st = now_unless(&a->at, err);

    if (st == KM_OK && !km_uid_is_zero(a->treatment_uid)) {
        st = km_store_by_uid(&a->treatment_id, app->store, KM_RECORD_TREATMENT, a->treatment_uid,
                             err);
        km_uid_text(uid, a->treatment_uid);
        if (st == KM_OK && a->treatment_id == 0)
            st = km_fail(err, KM_EINVAL, "treatment %s: there is no such treatment", uid);
    } else if (st == KM_OK && a->treatment_id == 0) {
        st = km_fail(err, KM_EINVAL, "it names no treatment");
    }
    if (st == KM_OK)
        st = km_store_aftercare_get(&here, &found, &mem, app->store, a->treatment_id, a->hours,
                                    err);
    if (st == KM_OK && found && here.at.sec == a->at.sec && here.rating == a->rating &&
        here.response == a->response && here.energy == a->energy &&
        here.strength == a->strength && same_text(here.note, a->note))
        bulk->known++;
    else if (st == KM_OK)
        st = km_store_aftercare_put(app->store, a, err);
    km_arena_clear(&mem);
    return st;
}

static km_status write_amendment(void *record, km_app *app, km_bulk *bulk, km_error *err)
{
    km_amendment *a = record;
    km_arena mem = { 0 };
    km_session s;
    char uid[KM_UID_TEXT];
    km_status st = now_unless(&a->at, err);

    (void)bulk;
    if (st == KM_OK && km_uid_is_zero(a->uid))
        st = km_app_uid(&a->uid, err);
    if (st == KM_OK && !km_uid_is_zero(a->session_uid)) {
        st = km_store_by_uid(&a->session_id, app->store, KM_RECORD_SESSION, a->session_uid, err);
        km_uid_text(uid, a->session_uid);
        if (st == KM_OK && a->session_id == 0)
            st = km_fail(err, KM_EINVAL, "session %s: there is no such session", uid);
    } else if (st == KM_OK && a->session_id == 0) {
        st = km_fail(err, KM_EINVAL, "it names no session");
    }
    if (st == KM_OK)
        st = km_store_session_get(&s, &mem, app->store, a->session_id, err);
    if (st == KM_OK && !s.more.is_signed)
        st = km_fail(err, KM_EINVAL, "session %lld: only a signed session is amended",
                     (long long)a->session_id);
    if (st == KM_OK)
        st = km_store_amendment_add(&a->id, app->store, s.client_id, a, err);
    km_arena_clear(&mem);
    return st;
}

static km_status write_finding(void *record, km_app *app, km_bulk *bulk, km_error *err)
{
    km_finding *f = record;
    km_status st = km_app_check_place(&f->place, app, false, err);

    (void)bulk;
    if (st == KM_OK)
        st = km_app_check_past("time", f->at, err);
    if (st == KM_OK && km_uid_is_zero(f->uid))
        st = km_app_uid(&f->uid, err);
    if (st == KM_OK)
        st = km_app_join_session(&f->session_id, &f->session_uid, f->client_id, false, app, err);
    return st == KM_OK ? km_store_finding_add(&f->id, app->store, f, err) : st;
}

static km_status write_step(void *record, km_app *app, km_bulk *bulk, km_error *err)
{
    km_routine_step *p = record;
    bool made = false;
    km_status st = now_unless(&p->at, err);

    (void)bulk;
    if (st == KM_OK && km_uid_is_zero(p->uid))
        st = km_app_uid(&p->uid, err);
    if (st == KM_OK)
        st = routine_of(&p->routine_id, p->routine_uid, p->client_id, p->name, p->at, app, &made,
                        err);
    return st == KM_OK ? km_store_routine_step_add(app->store, p, err) : st;
}

/* ---- any kind ---- */

#define NONE SIZE_MAX

/* Where a kind keeps what says whether it is known, whose it is and what it belongs to. */
typedef struct bulk_kind {
    int record;                /* km_record; -1: it has no uid */
    size_t id, uid;
    size_t client_id, client;  /* NONE: it is whose its treatment or session is */
    size_t session_id, session_uid, at;
    km_status (*write)(void *record, km_app *app, km_bulk *bulk, km_error *err);
    /* instead of all that: clients and sessions fill what is half known */
    km_status (*put)(void *record, km_app *app, bool *known, km_error *err);
} bulk_kind;

#define OWNED(type, kind)                                                                     \
    .record = (kind), .id = offsetof(type, id), .uid = offsetof(type, uid),                   \
    .client_id = offsetof(type, client_id), .client = offsetof(type, client)
#define IN_SESSION(type)                                                                      \
    .session_id = offsetof(type, session_id), .session_uid = offsetof(type, session_uid),     \
    .at = offsetof(type, at)

static const bulk_kind kinds[KM_WHAT_COUNT] = {
    [KM_WHAT_CLIENTS] = { .put = put_client },
    [KM_WHAT_SESSIONS] = { .put = put_session },
    [KM_WHAT_MARKS] = { OWNED(km_mark, KM_RECORD_MARK), IN_SESSION(km_mark), .write = write_mark },
    [KM_WHAT_TREATMENTS] = { OWNED(km_treatment, KM_RECORD_TREATMENT), IN_SESSION(km_treatment),
                             .write = write_treatment },
    [KM_WHAT_FINDINGS] = { OWNED(km_finding, KM_RECORD_FINDING), IN_SESSION(km_finding),
                           .write = write_finding },
    [KM_WHAT_CHECKINS] = { OWNED(km_checkin, KM_RECORD_CHECKIN), .session_id = NONE,
                           .write = write_checkin },
    [KM_WHAT_GOALS] = { OWNED(km_goal, KM_RECORD_GOAL), .session_id = NONE, .write = write_goal },
    [KM_WHAT_PROBLEMS] = { OWNED(km_problem, KM_RECORD_PROBLEM), .session_id = NONE,
                           .write = write_problem },
    [KM_WHAT_ROUTINES] = { OWNED(km_routine_step, KM_RECORD_STEP), .session_id = NONE,
                           .write = write_step },
    [KM_WHAT_PLANS] = { .record = -1, .client_id = offsetof(km_client_plan, client_id),
                        .client = offsetof(km_client_plan, client), .session_id = NONE,
                        .write = write_plan },
    [KM_WHAT_AMENDMENTS] = { .record = KM_RECORD_AMENDMENT, .id = offsetof(km_amendment, id),
                             .uid = offsetof(km_amendment, uid), .client_id = NONE,
                             .session_id = NONE, .write = write_amendment },
    [KM_WHAT_AFTERCARE] = { .record = -1, .client_id = NONE, .session_id = NONE,
                            .write = write_aftercare },
};

static void *member(void *record, size_t at)
{
    return (char *)record + at;
}

static km_status write_new(const bulk_kind *k, void *record, km_app *app, km_bulk *bulk,
                           km_error *err)
{
    int64_t client = 0;
    km_status st = km_app_write_begin(app, err);

    if (st != KM_OK)
        return st;
    if (k->client_id != NONE) {
        int64_t *id = member(record, k->client_id);
        st = whose(id, *(const char **)member(record, k->client), app, err);
        client = *id;
    }
    if (st == KM_OK && k->session_id != NONE)
        st = session_of(member(record, k->session_id), *(km_uid *)member(record, k->session_uid),
                        client, *(km_instant *)member(record, k->at), app, bulk, err);
    if (st == KM_OK)
        st = k->write(record, app, bulk, err);
    if (st == KM_ENOTFOUND)
        st = KM_EINVAL; /* it names by number what is not here: this record is at fault */
    return km_app_write_end(app, st, "", 0, err);
}

km_status km_app_bulk_put(km_what what, void *record, km_app *app, km_bulk *bulk, km_error *err)
{
    const bulk_kind *k = &kinds[what];
    km_bulk met = *bulk;
    bool known = false;
    km_status st = KM_OK;

    if (k->put)
        st = k->put(record, app, &known, err);
    else if (k->record >= 0)
        st = have(&known, member(record, k->id), (km_record)k->record,
                  *(km_uid *)member(record, k->uid), app, err);
    met.known += known;
    if (st == KM_OK && !known && !k->put)
        st = write_new(k, record, app, &met, err);
    if (st == KM_OK)
        *bulk = met;
    return st;
}
