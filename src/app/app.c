/* Opening, the current client, the revision, and the frame of every write. */
#include "app_impl.h"

#include "knotmap/path.h"
#include "knotmap/text.h"
#include "knotmap/time.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

km_status km_app_uid(km_uid *out, km_error *err)
{
    km_instant now;
    struct timespec ts;
    km_status st = km_now(&now, err);

    if (st != KM_OK)
        return st;
    clock_gettime(CLOCK_REALTIME, &ts);
    *out = km_uid_new(now.sec * 1000 + ts.tv_nsec / 1000000);
    return KM_OK;
}

static km_status db_path(char **out, const char *given, km_error *err)
{
    if (!given || !*given)
        given = getenv("KNOTMAP_DB");
    if (given && *given) {
        *out = km_strdup(given);
        return KM_OK;
    }
    return km_path_xdg(out, KM_XDG_DATA, "knotmap.db", err);
}

km_status km_app_open(km_app **out, const km_app_options *opt, km_error *err)
{
    km_app *app = km_calloc(1, sizeof *app);
    char *path = NULL;
    km_store_options so = { .readonly = opt->readonly,
                            .waiting = opt->waiting,
                            .waiting_ctx = opt->waiting_ctx };
    const char *client = opt->client;

    if (!client || !*client)
        client = getenv("KNOTMAP_CLIENT");
    app->client_default = !client || !*client;
    app->client_name = km_strdup(app->client_default ? "me" : client);
    app->who = km_strdup(opt->who ? opt->who : "");
    app->revision = 1;

    km_status st = km_atlas_open(&app->atlas, err);
    if (st == KM_OK)
        st = db_path(&path, opt->db, err);
    if (st == KM_OK)
        st = km_app_uid(&so.first_uid, err);
    if (st == KM_OK) {
        so.path = path;
        st = km_store_open(&app->store, &so, err);
    }
    if (st == KM_OK)
        st = km_store_data_version(&app->data_version, app->store, err);
    free(path);
    if (st != KM_OK) {
        km_app_close(app);
        return st;
    }
    *out = app;
    return KM_OK;
}

void km_app_close(km_app *app)
{
    if (!app)
        return;
    km_store_close(app->store);
    km_arena_clear(&app->client_mem);
    km_buf_clear(&app->bulk_what);
    free(app->client_name);
    free(app->who);
    free(app);
}

const km_atlas *km_app_atlas(const km_app *app)
{
    return app->atlas;
}

const char *km_app_db_path(const km_app *app)
{
    return km_store_path(app->store);
}

bool km_app_readonly(const km_app *app)
{
    return km_store_readonly(app->store);
}

uint64_t km_app_revision(const km_app *app)
{
    return app->revision;
}

km_status km_app_poll(km_app *app, km_error *err)
{
    int64_t version = 0;
    km_status st = km_store_data_version(&version, app->store, err);

    if (st == KM_OK && version != app->data_version) {
        app->data_version = version;
        app->revision++;
    }
    return st;
}

/* ---- the current client ---- */

static bool all_digits(const char *s)
{
    return *s && s[strspn(s, "0123456789")] == '\0' && strlen(s) < 19;
}

/* The names a wrong one may have meant, the best three, as "A; B; C". */
typedef struct meant {
    const char *asked;
    struct {
        int fit;
        const char *name;
    } best[3];
    km_arena mem;
} meant;

/* A client that fits a part of the name, or all of it with a typing error or two. */
static km_status weigh_name(void *ctx, const km_client *c, km_error *err)
{
    (void)err;
    meant *m = ctx;
    int fit = km_text_fuzzy(m->asked, c->name);

    if (fit == 0 && km_text_distance(m->asked, c->name, 2) <= 2)
        fit = 1;
    for (size_t i = 0; i < 3; i++) {
        if (fit <= m->best[i].fit)
            continue;
        memmove(&m->best[i + 1], &m->best[i], (2 - i) * sizeof m->best[0]);
        m->best[i].fit = fit;
        m->best[i].name = km_arena_strdup(&m->mem, c->name);
        break;
    }
    return KM_OK;
}

static km_status no_such_client(km_app *app, const char *asked, km_error *err)
{
    meant m = { .asked = asked };
    km_buf names = { 0 };

    /* without the names the sentence is still true */
    (void)km_store_clients_each(app->store, true, weigh_name, &m, NULL);
    for (size_t i = 0; i < 3 && m.best[i].name; i++)
        km_buf_printf(&names, "%s%s", i ? "; " : "", m.best[i].name);
    km_fail(err, KM_ENOTFOUND, "client %s: there is no such client", asked);
    if (names.len)
        km_mend(KM_ENOTFOUND, err, "close to it: %s", km_buf_str(&names));
    else
        km_mend(KM_ENOTFOUND, err, "knotmap client list shows those there are");
    km_buf_clear(&names);
    km_arena_clear(&m.mem);
    return KM_ENOTFOUND;
}

/* A name before an id: a client may be called "7". */
km_status km_app_client_lookup(int64_t *id, km_app *app, const char *name_or_id,
                               km_error *err)
{
    km_error why = { 0 };
    km_status st = km_store_client_by_name(id, app->store, name_or_id, &why);

    if (st == KM_ENOTFOUND && all_digits(name_or_id)) {
        const char *name = NULL;
        km_arena mem = { 0 };
        *id = strtoll(name_or_id, NULL, 10);
        km_status by_id = km_store_client_name(&name, &mem, app->store, *id, &why);
        bool there = by_id == KM_OK && *name;
        km_arena_clear(&mem);
        if (there)
            return KM_OK;
    }
    if (st == KM_ENOTFOUND)
        return no_such_client(app, name_or_id, err);
    if (st != KM_OK && err)
        *err = why;
    return st;
}

km_status km_app_client_id(int64_t *id, km_app *app, km_error *err)
{
    if (app->client_id == 0) {
        km_error why = { 0 };
        km_status st = km_app_client_lookup(&app->client_id, app, app->client_name, &why);
        /* "me" was given another name: it is still the first client */
        if (st == KM_ENOTFOUND && app->client_default)
            st = km_app_client_lookup(&app->client_id, app, "1", &why);
        if (st != KM_OK) {
            app->client_id = 0;
            if (err)
                *err = why;
            return st;
        }
        app->client_revision = 0;
    }
    *id = app->client_id;
    return KM_OK;
}

km_status km_app_client(km_client *out, km_app *app, km_error *err)
{
    int64_t id = 0;
    km_status st = km_app_client_id(&id, app, err);

    if (st != KM_OK)
        return st;
    if (app->client_revision != app->revision) {
        km_arena mem = { 0 };
        km_client c;
        st = km_store_client_get(&c, &mem, app->store, id, err);
        if (st != KM_OK) {
            km_arena_clear(&mem);
            return st;
        }
        km_arena_clear(&app->client_mem);
        app->client_mem = mem;
        app->client = c;
        app->client_revision = app->revision;
    }
    *out = app->client;
    return KM_OK;
}

km_status km_app_client_choose(km_app *app, const char *name_or_id, km_error *err)
{
    int64_t id = 0;
    km_status st = km_app_client_lookup(&id, app, name_or_id, err);

    if (st != KM_OK)
        return st;
    app->client_id = id;
    app->client_revision = 0;
    app->revision++; /* every view shows another person now */
    return KM_OK;
}

/* ---- the frame of a write ---- */

km_status km_app_write_begin(km_app *app, km_error *err)
{
    return app->bulk ? km_store_savepoint(app->store, err) : km_store_begin(app->store, err);
}

km_status km_app_write_end(km_app *app, km_status st, const char *what, int64_t record_id,
                           km_error *err)
{
    km_store_change c = { .who = app->who, .what = what, .record_id = record_id,
                          .join = app->join };

    if (app->bulk) {
        km_status end = km_store_savepoint_end(app->store, st == KM_OK, st == KM_OK ? err : NULL);
        return st == KM_OK ? end : st;
    }
    app->join = 0;
    if (st == KM_OK)
        st = km_now(&c.at, err);
    if (st != KM_OK) {
        km_store_rollback(app->store);
        return st;
    }
    st = km_store_commit(app->store, &c, err);
    if (st == KM_OK)
        app->revision++;
    return st;
}

/* ---- undo and redo ---- */

static km_status walked(km_change *out, const km_store_undone *u, km_app *app)
{
    *out = (km_change){ .change = u->change, .id = u->record_id };
    memcpy(out->what, u->what, sizeof out->what);
    app->revision++;
    return KM_OK;
}

km_status km_app_undo(km_change *out, km_app *app, km_error *err)
{
    km_store_undone u;
    km_status st = km_store_undo(&u, app->store, err);
    return st == KM_OK ? walked(out, &u, app) : st;
}

km_status km_app_redo(km_change *out, km_app *app, km_error *err)
{
    km_store_undone u;
    km_status st = km_store_redo(&u, app->store, err);
    return st == KM_OK ? walked(out, &u, app) : st;
}

int64_t km_app_last_change(const km_app *app)
{
    return km_store_last_change(app->store);
}

void km_app_join_change(km_app *app, int64_t change)
{
    app->join = change;
}

/* ---- bulk ---- */

km_status km_app_bulk_begin(km_app *app, const char *what, km_error *err)
{
    km_status st = km_store_begin(app->store, err);

    if (st == KM_OK) {
        app->bulk = true;
        km_buf_reset(&app->bulk_what);
        km_buf_puts(&app->bulk_what, what);
    }
    return st;
}

km_status km_app_bulk_end(km_app *app, bool keep, km_error *err)
{
    app->bulk = false;
    if (!keep) {
        km_store_rollback(app->store);
        return KM_OK;
    }
    return km_app_write_end(app, KM_OK, km_buf_str(&app->bulk_what), 0, err);
}
