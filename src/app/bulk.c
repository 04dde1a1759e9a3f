/* Records that come in numbers: import, merge, made-up data. */
#include "app_impl.h"

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

/* A record that names its session by uid. */
static km_status session_of(int64_t *id, km_uid uid, km_app *app, km_error *err)
{
    if (*id != 0 || km_uid_is_zero(uid))
        return KM_OK;
    km_status st = km_store_by_uid(id, app->store, KM_RECORD_SESSION, uid, err);
    if (st == KM_OK && *id == 0) {
        char text[KM_UID_TEXT];
        km_uid_text(text, uid);
        return km_fail(err, KM_EINVAL, "session %s: there is no such session", text);
    }
    return st;
}

static bool tells_of(const km_client *c)
{
    return c->has_born || c->sex || c->contact || c->note || c->conditions || c->tools;
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

km_status km_app_bulk_client(km_client *io, km_app *app, bool *known, km_error *err)
{
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

#define FRAME_NOTE "known only from records that name it"

static bool is_frame(const km_session *s)
{
    return s->note && strcmp(s->note, FRAME_NOTE) == 0;
}

km_status km_app_bulk_frame(km_uid session, const char *client, km_instant at, km_app *app,
                            bool *known, km_error *err)
{
    km_session s = km_session_blank();

    s.uid = session;
    s.client = client;
    s.kind = KM_SESSION_CHECK;
    s.started = at;
    s.ended = at;
    s.has_ended = true;
    s.note = FRAME_NOTE;
    return km_app_bulk_session(&s, app, known, err);
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

km_status km_app_bulk_session(km_session *io, km_app *app, bool *known, km_error *err)
{
    km_arena mem = { 0 };
    km_session here = km_session_blank();
    km_status st = have(known, &io->id, KM_RECORD_SESSION, io->uid, app, err);

    if (st == KM_OK && *known)
        st = km_store_session_get(&here, &mem, app->store, io->id, err);
    if (st == KM_OK && is_frame(&here) && !is_frame(io)) {
        io->client_id = here.client_id;
        *known = false;
    }
    if (st == KM_OK && !*known)
        st = write_session(io, app, is_frame(&here), err);
    km_arena_clear(&mem);
    return st;
}

km_status km_app_bulk_mark(km_mark *io, km_app *app, bool *known, km_error *err)
{
    km_status st = have(known, &io->id, KM_RECORD_MARK, io->uid, app, err);

    if (st != KM_OK || *known)
        return st;
    st = km_app_write_begin(app, err);
    if (st != KM_OK)
        return st;
    st = whose(&io->client_id, io->client, app, err);
    if (st == KM_OK)
        st = session_of(&io->session_id, io->session_uid, app, err);
    if (st == KM_OK)
        st = km_app_mark_write(io, app, false, err);
    return km_app_write_end(app, st, "", io->id, err);
}

km_status km_app_bulk_treatment(km_treatment *io, km_app *app, bool *known, km_error *err)
{
    km_status st = have(known, &io->id, KM_RECORD_TREATMENT, io->uid, app, err);

    if (st != KM_OK || *known)
        return st;
    st = km_app_write_begin(app, err);
    if (st != KM_OK)
        return st;
    st = whose(&io->client_id, io->client, app, err);
    if (st == KM_OK)
        st = session_of(&io->session_id, io->session_uid, app, err);
    if (st == KM_OK)
        st = km_app_treatment_write(io, app, false, err);
    return km_app_write_end(app, st, "", io->id, err);
}

km_status km_app_bulk_checkin(km_checkin *io, km_app *app, bool *known, km_error *err)
{
    km_status st = have(known, &io->id, KM_RECORD_CHECKIN, io->uid, app, err);

    if (st != KM_OK || *known)
        return st;
    st = km_app_write_begin(app, err);
    if (st != KM_OK)
        return st;
    st = whose(&io->client_id, io->client, app, err);
    if (st == KM_OK)
        st = km_app_checkin_set(io, app, err);
    return km_app_write_end(app, st, "", io->id, err);
}
