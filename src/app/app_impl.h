/* What the files of this room share. */
#ifndef KM_APP_IMPL_H
#define KM_APP_IMPL_H

#include "knotmap/app.h"
#include "knotmap/store.h"
#include "knotmap/trend.h"

struct km_app {
    const km_atlas *atlas;
    km_store *store;
    char *who;
    char *client_name;      /* wanted client, NULL once it was found or for the default */
    bool client_default;    /* nobody named one */
    int64_t client_id;      /* 0 until it was looked up */
    km_client client;       /* as of client_revision */
    km_arena client_mem;
    uint64_t client_revision;
    uint64_t revision;
    int64_t data_version;
    int64_t join;           /* change the next write is a part of, 0 none */
    bool bulk;
    km_buf bulk_what;
};

/* Id of the current client. */
km_status km_app_client_id(int64_t *id, km_app *app, km_error *err);
/* Id of a client by name or id. */
km_status km_app_client_lookup(int64_t *id, km_app *app, const char *name_or_id, km_error *err);
/* Write a client that is here anew, its uid too. */
km_status km_app_client_rewrite(const km_client *client, km_app *app, km_error *err);
/* A new uid of this moment. */
km_status km_app_uid(km_uid *out, km_error *err);

/*
 * One write: begin, do, end. Inside a bulk each write is a savepoint of the bulk's
 * transaction, otherwise a transaction with its own log row. `end` commits when `st` is
 * KM_OK, else gives up, and returns what came out.
 */
km_status km_app_write_begin(km_app *app, km_error *err);
km_status km_app_write_end(km_app *app, km_status st, const char *what, int64_t record_id,
                           km_error *err);

/* Complete, check and store a record inside a write; joins the open session when asked. */
km_status km_app_mark_write(km_mark *m, km_app *app, bool join_open, km_error *err);
km_status km_app_treatment_write(km_treatment *t, km_app *app, bool join_open, km_error *err);

/* Refuse to end a recovery session before its pages were checked or skipped. */
km_status km_app_session_may_end(const km_session *s, km_app *app, km_error *err);
/* What a session says beside its fields, but for pages and signature, which have ways of their own;
   KM_EINVAL once it is signed. */
km_status km_app_session_more_amend(km_session_more *m, const km_session_more *now, km_error *err);
/* Whether a session is signed; and, inside a write, what changes it as amendments. */
km_status km_app_session_signed(bool *out, km_app *app, int64_t id, km_error *err);
km_status km_app_session_amend(const km_session *before, const km_session *after, km_app *app,
                               km_error *err);

/*
 * Refuse what is said to have happened later than a day from now; until then it may be a clock or
 * a time zone that is off.
 */
km_status km_app_check_past(const char *what, km_instant at, km_error *err);
/* Checks of codes against the atlas. */
km_status km_app_check_mark(const km_mark *m, km_app *app, km_error *err);
km_status km_app_check_place(const km_place *p, km_app *app, bool need_region, km_error *err);
km_status km_app_check_muscles(const char *list, km_app *app, km_error *err);
/* The session a record belongs to: the open one unless given; it must be the client's. */
km_status km_app_join_session(int64_t *session_id, km_uid *uid, int64_t client_id, bool open_one,
                              km_app *app, km_error *err);
/* Text of a filter as the store wants it; `mem` holds what it points to. */
km_status km_app_filter(km_store_filter *out, km_arena *mem, km_app *app, const km_mark_filter *f,
                        km_error *err);
/* The atlas reference of a stored place; false when its codes are unknown. */
bool km_app_ref_of(km_ref *out, const km_atlas *a, const km_place *p);
/* Whether a side is the one a reference means, and a region (with a side) lies in it. */
bool km_app_side_fits(km_side a, const km_ref *ref);
bool km_app_ref_covers(const km_atlas *a, const km_ref *ref, int region, km_side side);
/* Copy what a mark borrows, but for the codes of places: they live as long as the store. */
void km_app_mark_keep(km_mark *m, km_arena *mem);
/* The place of a mark in words for the log: "knot 7 at left:infraspinatus:2". */
void km_app_mark_words(km_buf *out, const km_mark *m);

#endif
