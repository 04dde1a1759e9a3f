/* Check-ins: one a client and local day. */
#include "app_impl.h"

#include "knotmap/time.h"

#include <stdlib.h>

km_status km_app_checkin_set(km_checkin *io, km_app *app, km_error *err)
{
    char day[KM_TIME_TEXT];
    km_buf what = { 0 };
    int64_t there = 0;
    km_status st = km_app_write_begin(app, err);

    if (st != KM_OK)
        return st;
    if (io->at.sec == 0 && io->at.off_min == 0)
        st = km_now(&io->at, err);
    if (st == KM_OK && io->client_id == 0)
        st = km_app_client_id(&io->client_id, app, err);
    if (st == KM_OK)
        st = km_checkin_check(io, err);
    if (st == KM_OK)
        st = km_app_check_past("time", io->at, err);
    if (st == KM_OK)
        st = km_store_checkin_on(&there, app->store, io->client_id, km_instant_day(io->at), err);
    if (st == KM_OK && km_uid_is_zero(io->uid) && !there)
        st = km_app_uid(&io->uid, err);
    if (st == KM_OK && there) {
        io->id = there;
        st = km_store_checkin_uid(&io->uid, app->store, there, err);
        if (st == KM_OK)
            st = km_store_checkin_update(app->store, io, err);
    } else if (st == KM_OK) {
        st = km_store_checkin_add(&io->id, app->store, io, err);
    }
    km_day_text(day, km_instant_day(io->at));
    km_buf_printf(&what, "check-in of %s", day);
    st = km_app_write_end(app, st, what.s, io->id, err);
    km_buf_clear(&what);
    return st;
}

static km_status take_checkin(void *ctx, const km_checkin *c, km_error *err)
{
    km_checkin_list *l = ctx;

    (void)err;
    l->row = km_room(l->row, l->n, sizeof *l->row);
    l->row[l->n] = *c;
    km_checkin_own(&l->row[l->n], &l->mem);
    l->n++;
    return KM_OK;
}

km_status km_app_checkins_each(km_app *app, bool all_clients, km_day since, km_day until,
                               int64_t limit, km_checkin_fn fn, void *ctx, km_error *err)
{
    int64_t client = 0;
    km_status st = all_clients ? KM_OK : km_app_client_id(&client, app, err);
    if (st != KM_OK)
        return st;
    return km_store_checkins_each(app->store, client, since, until, limit, fn, ctx, err);
}

km_status km_app_checkins(km_checkin_list *out, km_app *app, km_day since, km_day until,
                          int64_t limit, km_error *err)
{
    *out = (km_checkin_list){ .n = 0 };
    km_status st =
        km_app_checkins_each(app, false, since, until, limit, take_checkin, out, err);

    if (st != KM_OK)
        km_checkin_list_clear(out);
    return st;
}

void km_checkin_list_clear(km_checkin_list *l)
{
    free(l->row);
    km_arena_clear(&l->mem);
    *l = (km_checkin_list){ .n = 0 };
}
