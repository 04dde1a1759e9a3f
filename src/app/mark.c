/* Marks: list, add, edit, take back. */
#include "app_impl.h"

#include "knotmap/time.h"

#include <stdlib.h>
#include <string.h>

/* ---- lists ---- */

void km_app_mark_keep(km_mark *m, km_arena *mem)
{
    const km_place place = m->place;
    const int n_felt = m->n_felt;
    km_felt felt[KM_FELT_MAX];

    memcpy(felt, m->felt, sizeof felt);
    m->place.region = m->place.muscle = NULL;
    m->n_felt = 0;
    km_mark_own(m, mem);
    m->place = place;
    m->n_felt = n_felt;
    memcpy(m->felt, felt, sizeof felt);
}

static km_status take_mark(void *ctx, const km_mark *m, km_error *err)
{
    km_mark_list *l = ctx;
    km_mark row = *m;

    (void)err;
    /* a client's name is copied once a run */
    row.client = NULL;
    km_app_mark_keep(&row, &l->mem);
    if (l->n > 0 && l->row[l->n - 1].client_id == m->client_id)
        row.client = l->row[l->n - 1].client;
    else
        row.client = km_arena_strdup(&l->mem, m->client);
    l->row = km_room(l->row, l->n, sizeof *l->row);
    l->row[l->n++] = row;
    return KM_OK;
}

km_status km_app_marks(km_mark_list *out, km_app *app, const km_mark_filter *f, km_error *err)
{
    *out = (km_mark_list){ .n = 0 };
    km_status st = km_app_marks_each(app, f, take_mark, out, err);

    if (st != KM_OK)
        km_mark_list_clear(out);
    return st;
}

void km_mark_list_clear(km_mark_list *l)
{
    free(l->row);
    km_arena_clear(&l->mem);
    *l = (km_mark_list){ .n = 0 };
}

km_status km_app_mark_get(km_mark *out, km_arena *mem, km_app *app, int64_t id, km_error *err)
{
    return km_store_mark_get(out, mem, app->store, id, err);
}

/* ---- writing ---- */

km_status km_app_join_session(int64_t *session_id, km_uid *uid, int64_t client_id, bool open_one,
                              km_app *app, km_error *err)
{
    km_arena mem = { 0 };
    km_session s;
    km_status st = KM_OK;

    if (*session_id == 0 && open_one)
        st = km_store_session_open(session_id, app->store, client_id, err);
    if (st != KM_OK || *session_id == 0)
        return st;
    st = km_store_session_get(&s, &mem, app->store, *session_id, err);
    if (st == KM_OK && s.client_id != client_id)
        st = km_fail(err, KM_EINVAL, "session %lld: it is another client's", (long long)*session_id);
    if (st == KM_OK)
        *uid = s.uid;
    km_arena_clear(&mem);
    return st;
}

/* Fill what the caller left open: time, uid, client, session, the side of a test. */
static km_status complete(km_mark *m, km_app *app, bool join_open, km_error *err)
{
    km_status st = KM_OK;

    if (m->at.sec == 0 && m->at.off_min == 0)
        st = km_now(&m->at, err);
    if (st == KM_OK && km_uid_is_zero(m->uid))
        st = km_app_uid(&m->uid, err);
    if (st == KM_OK && m->client_id == 0)
        st = km_app_client_id(&m->client_id, app, err);
    if (st == KM_OK)
        st = km_app_join_session(&m->session_id, &m->session_uid, m->client_id, join_open, app,
                                 err);
    km_measure test;
    if (m->test && m->test_side == KM_SIDE_MIDLINE &&
        km_measure_get(&test, app->atlas, m->test) && test.sided)
        m->test_side = m->place.side;
    if (st == KM_OK)
        st = km_app_check_mark(m, app, err);
    return st;
}

km_status km_app_mark_write(km_mark *m, km_app *app, bool join_open, km_error *err)
{
    km_status st = complete(m, app, join_open, err);
    return st == KM_OK ? km_store_mark_add(&m->id, app->store, m, err) : st;
}

km_status km_app_mark_add_many(km_mark *io, size_t n, km_app *app, km_error *err)
{
    km_buf what = { 0 };
    km_status st = KM_OK;

    /* refused before anything waits for the database */
    for (size_t i = 0; i < n && st == KM_OK; i++)
        st = km_app_check_place(&io[i].place, app, true, err);
    if (st == KM_OK)
        st = km_app_write_begin(app, err);
    if (st != KM_OK)
        return st;
    for (size_t i = 0; i < n && st == KM_OK; i++)
        st = km_app_mark_write(&io[i], app, true, err);
    if (st == KM_OK) {
        km_buf_puts(&what, "mark ");
        km_app_mark_words(&what, &io[0]);
        if (n > 1)
            km_buf_printf(&what, " and %zu more", n - 1);
    }
    st = km_app_write_end(app, st, km_buf_str(&what), n == 1 ? io[0].id : 0, err);
    km_buf_clear(&what);
    for (size_t i = 0; i < n; i++) {
        if (st != KM_OK)
            io[i].id = 0;
        else if (!app->bulk && i == 0) {
            km_client c;
            if (km_app_client(&c, app, NULL) == KM_OK && c.id == io[i].client_id)
                io[i].client = c.name;
        } else if (i > 0 && io[i].client_id == io[0].client_id) {
            io[i].client = io[0].client;
        }
    }
    return st;
}

km_status km_app_mark_add(km_mark *io, km_app *app, km_error *err)
{
    return km_app_mark_add_many(io, 1, app, err);
}

km_status km_app_mark_edit(const km_mark *m, km_app *app, km_error *err)
{
    km_mark edited = *m, before;
    km_arena mem = { 0 };
    km_buf what = { 0 };
    km_status st = km_app_write_begin(app, err);

    if (st != KM_OK)
        return st;
    st = km_store_mark_get(&before, &mem, app->store, m->id, err);
    if (st == KM_OK) {
        /* whose it is and its uid never change */
        edited.client_id = before.client_id;
        edited.uid = before.uid;
        st = complete(&edited, app, false, err);
    }
    if (st == KM_OK)
        st = km_store_mark_update(app->store, &edited, err);
    if (st == KM_OK) {
        km_buf_printf(&what, "edit ");
        km_app_mark_words(&what, &edited);
    }
    st = km_app_write_end(app, st, km_buf_str(&what), m->id, err);
    km_buf_clear(&what);
    km_arena_clear(&mem);
    return st;
}

km_status km_app_mark_remove(km_app *app, int64_t id, km_error *err)
{
    km_mark m;
    km_arena mem = { 0 };
    km_buf what = { 0 };
    km_status st = km_app_write_begin(app, err);

    if (st != KM_OK)
        return st;
    st = km_store_mark_get(&m, &mem, app->store, id, err);
    if (st == KM_OK)
        st = km_store_mark_remove(app->store, id, err);
    if (st == KM_OK) {
        km_buf_puts(&what, "unmark ");
        km_app_mark_words(&what, &m);
    }
    st = km_app_write_end(app, st, km_buf_str(&what), id, err);
    km_buf_clear(&what);
    km_arena_clear(&mem);
    return st;
}
