/* Sessions: start, end, edit, list. */
#include "app_impl.h"

#include "knotmap/time.h"

#include <stdlib.h>
#include <string.h>

static km_status complete(km_session *s, km_app *app, km_error *err)
{
    km_status st = KM_OK;

    if (s->started.sec == 0 && s->started.off_min == 0)
        st = km_now(&s->started, err);
    if (st == KM_OK && km_uid_is_zero(s->uid))
        st = km_app_uid(&s->uid, err);
    if (st == KM_OK && s->client_id == 0)
        st = km_app_client_id(&s->client_id, app, err);
    if (st == KM_OK)
        st = km_session_check(s, err);
    if (st == KM_OK)
        st = km_app_check_past("start", s->started, err);
    if (st == KM_OK && s->has_ended)
        st = km_app_check_past("end", s->ended, err);
    if (st == KM_OK)
        st = km_app_check_muscles(s->muscles, app, err);
    return st;
}

static km_status none_open(const km_session *s, km_app *app, km_error *err)
{
    int64_t open = 0;
    km_status st = km_store_session_open(&open, app->store, s->client_id, err);

    if (st == KM_OK && open != 0 && open != s->id && !s->has_ended) {
        return km_mend(km_fail(err, KM_EINVAL, "session %lld is still open", (long long)open), err,
                       "end it first");
    }
    return st;
}

/* What a new session says beside its own fields; nothing for most. */
static km_status add_more(const km_session *s, km_app *app, km_error *err)
{
    km_session_more m = s->more;

    if (m.feel_before < 0 && !m.modality && !m.service && !m.checked && !m.skipped &&
        !m.practitioner && !m.is_signed)
        return KM_OK;
    m.session_id = s->id;
    return km_store_session_more_put(app->store, s->client_id, &m, err);
}

/* The same amended. */
static km_status change_more(const km_session *s, const km_session *before, km_app *app,
                             km_error *err)
{
    const km_session_more *now = &s->more;
    km_session_more m = before->more;
    const char *was = m.practitioner ? m.practitioner : "";
    const char *is = now->practitioner ? now->practitioner : "";

    if (m.feel_before == now->feel_before && m.modality == now->modality &&
        m.service == now->service && strcmp(was, is) == 0)
        return KM_OK;
    km_status st = km_app_session_more_amend(&m, now, err);
    return st == KM_OK ? km_store_session_more_put(app->store, s->client_id, &m, err) : st;
}

static void words(km_buf *out, const char *verb, const km_session *s)
{
    km_buf_printf(out, "%s %s session", verb, km_word(KM_VOCAB_SESSION, (int)s->kind));
}

km_status km_app_session_start(km_session *io, km_app *app, km_error *err)
{
    km_buf what = { 0 };
    km_session s = *io;
    km_status st = km_app_write_begin(app, err);

    if (st != KM_OK)
        return st;
    st = complete(&s, app, err);
    if (st == KM_OK)
        st = none_open(&s, app, err);
    if (st == KM_OK)
        st = km_store_session_add(&s.id, app->store, &s, err);
    if (st == KM_OK)
        st = add_more(&s, app, err);
    words(&what, "start", &s);
    st = km_app_write_end(app, st, what.s, s.id, err);
    km_buf_clear(&what);
    if (st == KM_OK) {
        io->id = s.id;
        io->uid = s.uid;
        io->client_id = s.client_id;
        io->started = s.started;
    }
    return st;
}

km_status km_app_session_open(km_session *out, km_arena *mem, km_app *app, km_error *err)
{
    int64_t client = 0, id = 0;
    km_status st = km_app_client_id(&client, app, err);

    if (st == KM_OK)
        st = km_store_session_open(&id, app->store, client, err);
    if (st == KM_OK && id == 0)
        return km_fail(err, KM_ENOTFOUND, "session: none is open");
    return st == KM_OK ? km_store_session_get(out, mem, app->store, id, err) : st;
}

km_status km_app_session_end(km_session *out, km_arena *mem, km_app *app, km_error *err)
{
    km_buf what = { 0 };
    km_session s = km_session_blank();
    km_status st = km_app_write_begin(app, err);

    if (st != KM_OK)
        return st;
    st = km_app_session_open(&s, mem, app, err);
    if (st == KM_OK)
        st = km_app_session_may_end(&s, app, err);
    if (st == KM_OK)
        st = km_now(&s.ended, err);
    if (st == KM_OK) {
        s.has_ended = true;
        if (s.ended.sec < s.started.sec)
            s.ended = s.started; /* it was started ahead of the clock */
        st = km_store_session_update(app->store, &s, err);
        words(&what, "end", &s);
    }
    st = km_app_write_end(app, st, km_buf_str(&what), s.id, err);
    km_buf_clear(&what);
    if (st == KM_OK)
        *out = s;
    return st;
}

km_status km_app_session_get(km_session *out, km_arena *mem, km_app *app, int64_t id, km_error *err)
{
    return km_store_session_get(out, mem, app->store, id, err);
}

km_status km_app_session_edit(const km_session *session, km_app *app, km_error *err)
{
    km_session s = *session, before;
    km_arena mem = { 0 };
    km_buf what = { 0 };
    bool is_signed = false;
    km_status st = km_app_write_begin(app, err);

    if (st != KM_OK)
        return st;
    st = km_store_session_get(&before, &mem, app->store, s.id, err);
    if (st == KM_OK) {
        s.client_id = before.client_id;
        s.uid = before.uid;
        st = complete(&s, app, err);
    }
    if (st == KM_OK)
        st = none_open(&s, app, err);
    if (st == KM_OK)
        st = km_app_session_signed(&is_signed, app, s.id, err);
    if (st == KM_OK)
        st = is_signed ? km_app_session_amend(&before, &s, app, err)
                       : km_store_session_update(app->store, &s, err);
    if (st == KM_OK)
        st = change_more(&s, &before, app, err);
    words(&what, is_signed ? "amend" : "edit", &s);
    st = km_app_write_end(app, st, what.s, s.id, err);
    km_buf_clear(&what);
    km_arena_clear(&mem);
    return st;
}

static km_status take_session(void *ctx, const km_session *m, km_error *err)
{
    km_session_list *l = ctx;

    (void)err;
    l->row = km_room(l->row, l->n, sizeof *l->row);
    l->row[l->n] = *m;
    km_session_own(&l->row[l->n], &l->mem);
    l->n++;
    return KM_OK;
}

km_status km_app_sessions(km_session_list *out, km_app *app, int64_t limit, km_error *err)
{
    *out = (km_session_list){ .n = 0 };
    int64_t client = 0;
    km_status st = km_app_client_id(&client, app, err);

    if (st == KM_OK)
        st = km_store_sessions_each(app->store, client, limit, take_session, out, err);
    if (st != KM_OK)
        km_session_list_clear(out);
    return st;
}

km_status km_app_sessions_each(km_app *app, bool all_clients, int64_t limit, km_session_fn fn,
                               void *ctx, km_error *err)
{
    int64_t client = 0;
    km_status st = all_clients ? KM_OK : km_app_client_id(&client, app, err);
    return st == KM_OK ? km_store_sessions_each(app->store, client, limit, fn, ctx, err) : st;
}

void km_session_list_clear(km_session_list *l)
{
    free(l->row);
    km_arena_clear(&l->mem);
    *l = (km_session_list){ .n = 0 };
}
