/** The made-up clinic into an empty database: one transaction, one undo. */
#include <string.h>

#include "app_impl.h"
#include "demo.h"

typedef struct keeper {
    km_app *app;
    km_day today;
} keeper;

static km_status keep_client(void *ctx, km_client *c, km_error *err)
{
    const keeper *k = ctx;
    km_store *s = k->app->store;
    km_status st;

    /* every database has its first client: "me" becomes that one */
    if (strcmp(c->name, "me") == 0 &&
        km_store_client_by_name(&c->id, s, c->name, NULL) == KM_OK)
        st = km_store_client_update(s, c, err);
    else
        st = km_store_client_add(&c->id, s, c, err);
    return st == KM_OK ? demo_care_client(k->app, c, k->today, err) : st;
}

static km_status keep_session(void *ctx, km_session *s, km_error *err)
{
    const keeper *k = ctx;
    km_status st = km_store_session_add(&s->id, k->app->store, s, err);
    return st == KM_OK ? demo_care_session(k->app, s, err) : st;
}

static km_status keep_mark(void *ctx, km_mark *m, km_error *err)
{
    return km_store_mark_add(&m->id, ((const keeper *)ctx)->app->store, m, err);
}

static km_status keep_treatment(void *ctx, km_treatment *t, km_error *err)
{
    const keeper *k = ctx;
    km_status st = km_store_treatment_add(&t->id, k->app->store, t, err);
    return st == KM_OK ? demo_care_treatment(k->app, t, k->today, err) : st;
}

static km_status keep_checkin(void *ctx, km_checkin *c, km_error *err)
{
    return km_store_checkin_add(&c->id, ((const keeper *)ctx)->app->store, c, err);
}

km_status km_app_demo(km_app *app, km_error *err)
{
    keeper keep = { .app = app };
    const demo_sink sink = { &keep, keep_client, keep_session, keep_mark, keep_treatment,
                             keep_checkin };
    km_instant now;
    bool empty = false;
    km_status st = km_now(&now, err);
    if (st == KM_OK)
        st = km_app_write_begin(app, err);
    if (st != KM_OK)
        return st;
    keep.today = km_instant_day(now);
    st = km_store_is_empty(&empty, app->store, err);
    if (st == KM_OK && !empty) {
        st = km_mend(km_fail(err, KM_EINVAL, "demo: this database has records"), err,
                     "give it a file of its own: knotmap --db demo.db demo");
    }
    if (st == KM_OK)
        st = demo_generate(app->atlas, keep.today, &sink, err);
    return km_app_write_end(app, st, "fill with the made-up clinic", 0, err);
}
