/* Sessions. */
#include "store_impl.h"

#define SESSION_COLUMNS                                                                       \
    "id, uid, client_id, kind, started_at, started_off, ended_at, ended_off, goal, muscles, " \
    "rpe, minutes, feel, note, subjective, objective, assessment, plan"

/* A read brings along what few sessions say. */
#define SELECT_SESSION                                                                        \
    "SELECT " SESSION_COLUMNS ", " KM_SESSION_MORE_COLUMNS                                    \
    " FROM session LEFT JOIN session_more m ON m.session_id = id "

static km_status read_session(km_session *m, km_names *names, sqlite3_stmt *q, km_store *s,
                              km_error *err)
{
    *m = km_session_blank();
    m->id = sqlite3_column_int64(q, 0);
    m->uid = km_col_uid(q, 1);
    m->client_id = sqlite3_column_int64(q, 2);
    m->kind = (km_session_kind)km_col_code(s, q, 3, KM_SESSION_KIND_COUNT);
    m->started = km_col_time(s, q, 4);
    m->has_ended = sqlite3_column_type(q, 6) != SQLITE_NULL;
    if (m->has_ended)
        m->ended = km_col_time(s, q, 6);
    m->goal = km_col_text(q, 8);
    m->muscles = km_col_text(q, 9);
    m->rpe = km_col_opt(s, q, 10, 10);
    m->minutes = km_col_opt(s, q, 11, 1440);
    m->feel = km_col_opt(s, q, 12, 10);
    m->note = km_col_text(q, 13);
    m->subjective = km_col_text(q, 14);
    m->objective = km_col_text(q, 15);
    m->assessment = km_col_text(q, 16);
    m->plan = km_col_text(q, 17);
    km_col_session_more(&m->more, s, q, 18);
    m->more.session_id = m->id;
    km_status st = km_row_sound(s, err);
    return st == KM_OK ? km_names_client(&m->client, names, s, m->client_id, err) : st;
}

km_status km_store_sessions_each(km_store *s, int64_t client_id, int64_t limit,
                                 km_store_session_fn fn, void *ctx, km_error *err)
{
    km_names names = { 0 };
    sqlite3_stmt *q = NULL;
    km_status st = km_db_get(&q, s,
                             client_id ? SELECT_SESSION "WHERE client_id = ?2 "
                                         "ORDER BY started_at DESC, id DESC LIMIT ?1"
                                       : SELECT_SESSION
                                         "ORDER BY started_at DESC, id DESC LIMIT ?1",
                             err);
    if (st != KM_OK)
        return st;
    km_bind_int(q, 1, limit > 0 ? limit : -1);
    if (client_id)
        km_bind_int(q, 2, client_id);
    while (km_db_next(&st, s, q, "cannot read the sessions", err)) {
        km_session m;
        st = read_session(&m, &names, q, s, err);
        if (st == KM_OK)
            st = fn(ctx, &m, err);
    }
    km_names_clear(&names);
    return st;
}

km_status km_store_session_times(km_store *s, int64_t client_id, km_store_session_time_fn fn,
                                 void *ctx, km_error *err)
{
    sqlite3_stmt *q = NULL;
    km_status st = km_db_get(&q, s,
                             "SELECT started_at, started_off, ended_at, ended_off, kind "
                             "FROM session WHERE client_id = ?1 ORDER BY started_at, id",
                             err);
    if (st != KM_OK)
        return st;
    km_bind_int(q, 1, client_id);
    while (km_db_next(&st, s, q, "cannot read the sessions", err)) {
        km_session_time m = { .started = km_col_time(s, q, 0),
                              .has_ended = sqlite3_column_type(q, 2) != SQLITE_NULL,
                              .kind = (km_session_kind)km_col_code(s, q, 4, KM_SESSION_KIND_COUNT) };
        if (m.has_ended)
            m.ended = km_col_time(s, q, 2);
        st = km_row_sound(s, err);
        if (st == KM_OK)
            st = fn(ctx, &m, err);
    }
    return st;
}

km_status km_store_session_get(km_session *out, km_arena *mem, km_store *s, int64_t id,
                               km_error *err)
{
    km_names names = { 0 };
    sqlite3_stmt *q = NULL;
    km_status st = km_db_get(&q, s, SELECT_SESSION "WHERE id = ?1", err);
    if (st != KM_OK)
        return st;
    km_bind_int(q, 1, id);
    if (km_db_next(&st, s, q, "cannot read the session", err)) {
        st = read_session(out, &names, q, s, err);
        if (st == KM_OK)
            km_session_own(out, mem);
    } else if (st == KM_OK) {
        st = km_no_such(err, "session", id);
    }
    km_db_done(s, q);
    km_names_clear(&names);
    return st;
}

km_status km_store_session_open(int64_t *id, km_store *s, int64_t client_id, km_error *err)
{
    return km_db_int(id, s, "SELECT id FROM session WHERE client_id = ?1 AND ended_at IS NULL",
                     client_id, 0, 0, err);
}

static void bind_session(sqlite3_stmt *q, const km_session *m)
{
    km_bind_uid(q, 2, m->uid);
    km_bind_int(q, 3, m->client_id);
    km_bind_int(q, 4, m->kind);
    km_bind_time(q, 5, m->started);
    km_bind_opt(q, 7, m->ended.sec, m->has_ended);
    km_bind_opt(q, 8, m->ended.off_min, m->has_ended);
    km_bind_text(q, 9, m->goal);
    km_bind_text(q, 10, m->muscles);
    km_bind_opt(q, 11, m->rpe, m->rpe >= 0);
    km_bind_opt(q, 12, m->minutes, m->minutes >= 0);
    km_bind_opt(q, 13, m->feel, m->feel >= 0);
    km_bind_text(q, 14, m->note);
    km_bind_text(q, 15, m->subjective);
    km_bind_text(q, 16, m->objective);
    km_bind_text(q, 17, m->assessment);
    km_bind_text(q, 18, m->plan);
}

km_status km_store_session_add(int64_t *id, km_store *s, const km_session *m, km_error *err)
{
    sqlite3_stmt *q = NULL;
    km_status st = km_db_write(&q, s, "cannot store the session",
                               "INSERT INTO session (" SESSION_COLUMNS ") VALUES (?1, ?2, ?3, ?4, "
                               "?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18)",
                               err);
    if (st != KM_OK)
        return st;
    km_bind_opt(q, 1, m->id, m->id != 0);
    bind_session(q, m);
    return km_db_add(id, s, q, "cannot store the session", m->client_id, err);
}

km_status km_store_session_update(km_store *s, const km_session *m, km_error *err)
{
    sqlite3_stmt *q = NULL;
    km_status st = km_db_write(&q, s, "cannot change the session",
                               "UPDATE session SET (" SESSION_COLUMNS ") = (?1, ?2, ?3, ?4, ?5, "
                               "?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18) "
                               "WHERE id = ?1",
                               err);
    if (st != KM_OK)
        return st;
    km_bind_int(q, 1, m->id);
    bind_session(q, m);
    return km_db_change(s, q, "cannot change the session", "session", m->id, m->client_id, err);
}
