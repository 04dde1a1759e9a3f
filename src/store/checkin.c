/* Check-ins: the daily self-report, with flexibility tests. */
#include "store_impl.h"

#define CHECKIN_COLUMNS                                                                       \
    "id, uid, client_id, at, off_min, sleep, stress, fatigue, soreness, energy, mood, did, day"

static km_status read_flexibility(km_checkin *c, km_arena *mem, km_store *s, km_error *err)
{
    sqlite3_stmt *q = NULL;
    km_status st = km_db_get(&q, s,
                             "SELECT test, side, value FROM flexibility WHERE checkin_id = ?1 "
                             "ORDER BY test, side",
                             err);
    if (st != KM_OK)
        return st;
    km_bind_int(q, 1, c->id);
    while (c->n_flex < KM_FLEX_MAX && km_db_next(&st, s, q, "cannot read the check-ins", err)) {
        c->flex[c->n_flex++] = (km_flex){ .test = km_arena_strdup(mem, km_col_text(q, 0)),
                                          .side = (km_side)km_col_code(s, q, 1, KM_SIDE_COUNT),
                                          .value = km_col_real(s, q, 2, -400, 400) };
    }
    if (st == KM_OK)
        st = km_row_sound(s, err); /* of the check-in and its tests */
    km_db_done(s, q);
    return st;
}

static void read_checkin(km_checkin *c, km_store *s, sqlite3_stmt *q)
{
    *c = km_checkin_blank();
    c->id = sqlite3_column_int64(q, 0);
    c->uid = km_col_uid(q, 1);
    c->client_id = sqlite3_column_int64(q, 2);
    c->at = km_col_time(s, q, 3);
    c->sleep = km_col_opt(s, q, 5, 7);
    c->stress = km_col_opt(s, q, 6, 7);
    c->fatigue = km_col_opt(s, q, 7, 7);
    c->soreness = km_col_opt(s, q, 8, 7);
    c->energy = km_col_opt(s, q, 9, 10);
    c->mood = km_col_opt(s, q, 10, 10);
    c->did = km_col_set(s, q, 11);
}

km_status km_store_checkins_each(km_store *s, int64_t client_id, km_day since, km_day until,
                                 int64_t limit, km_store_checkin_fn fn, void *ctx, km_error *err)
{
    km_names names = { 0 };
    sqlite3_stmt *q = NULL;
    km_status st = km_db_get(&q, s,
                             client_id ? "SELECT " CHECKIN_COLUMNS " FROM checkin "
                                         "WHERE client_id = ?4 AND day >= ?1 AND day < ?2 "
                                         "ORDER BY day DESC, id DESC LIMIT ?3"
                                       : "SELECT " CHECKIN_COLUMNS " FROM checkin "
                                         "WHERE day >= ?1 AND day < ?2 "
                                         "ORDER BY day DESC, id DESC LIMIT ?3",
                             err);
    if (st != KM_OK)
        return st;
    km_bind_int(q, 1, since);
    km_bind_int(q, 2, until);
    km_bind_int(q, 3, limit > 0 ? limit : -1);
    if (client_id)
        km_bind_int(q, 4, client_id);
    while (km_db_next(&st, s, q, "cannot read the check-ins", err)) {
        km_arena mem = { 0 };
        km_checkin c;
        read_checkin(&c, s, q);
        st = read_flexibility(&c, &mem, s, err);
        if (st == KM_OK)
            st = km_names_client(&c.client, &names, s, c.client_id, err);
        if (st == KM_OK)
            st = fn(ctx, &c, err);
        km_arena_clear(&mem);
    }
    km_names_clear(&names);
    return st;
}

km_status km_store_checkin_on(int64_t *id, km_store *s, int64_t client_id, km_day day,
                              km_error *err)
{
    return km_db_int(id, s, "SELECT id FROM checkin WHERE client_id = ?1 AND day = ?2", client_id,
                     day, 0, err);
}

km_status km_store_checkin_uid(km_uid *out, km_store *s, int64_t id, km_error *err)
{
    sqlite3_stmt *q = NULL;
    km_status st = km_db_get(&q, s, "SELECT uid FROM checkin WHERE id = ?1", err);
    if (st != KM_OK)
        return st;
    km_bind_int(q, 1, id);
    if (km_db_next(&st, s, q, "cannot read the check-in", err))
        *out = km_col_uid(q, 0);
    else if (st == KM_OK)
        st = km_no_such(err, "check-in", id);
    km_db_done(s, q);
    return st;
}

/* The columns ?2 .. ?13 that add and update share. */
static void bind_checkin(sqlite3_stmt *q, const km_checkin *c)
{
    km_bind_uid(q, 2, c->uid);
    km_bind_int(q, 3, c->client_id);
    km_bind_time(q, 4, c->at);
    km_bind_opt(q, 6, c->sleep, c->sleep >= 0);
    km_bind_opt(q, 7, c->stress, c->stress >= 0);
    km_bind_opt(q, 8, c->fatigue, c->fatigue >= 0);
    km_bind_opt(q, 9, c->soreness, c->soreness >= 0);
    km_bind_opt(q, 10, c->energy, c->energy >= 0);
    km_bind_opt(q, 11, c->mood, c->mood >= 0);
    km_bind_int(q, 12, c->did);
    km_bind_int(q, 13, km_instant_day(c->at));
}

static km_status write_flexibility(km_store *s, int64_t id, const km_checkin *c, km_error *err)
{
    km_status st = KM_OK;

    for (int i = 0; i < c->n_flex && st == KM_OK; i++) {
        sqlite3_stmt *q = NULL;
        st = km_db_get(&q, s,
                       "INSERT INTO flexibility (checkin_id, test, side, value) "
                       "VALUES (?1, ?2, ?3, ?4)",
                       err);
        if (st != KM_OK)
            break;
        km_bind_int(q, 1, id);
        km_bind_text(q, 2, c->flex[i].test);
        km_bind_int(q, 3, c->flex[i].side);
        km_bind_real(q, 4, c->flex[i].value);
        st = km_db_run(s, q, "cannot store the check-in", err);
    }
    return st;
}

km_status km_store_checkin_add(int64_t *id, km_store *s, const km_checkin *c, km_error *err)
{
    sqlite3_stmt *q = NULL;
    km_status st = km_db_write(&q, s, "cannot store the check-in",
                               "INSERT INTO checkin (" CHECKIN_COLUMNS ") VALUES (?1, ?2, ?3, ?4, "
                               "?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13)",
                               err);
    if (st != KM_OK)
        return st;
    km_bind_opt(q, 1, c->id, c->id != 0);
    bind_checkin(q, c);
    st = km_db_add(id, s, q, "cannot store the check-in", c->client_id, err);
    return st == KM_OK ? write_flexibility(s, *id, c, err) : st;
}

km_status km_store_checkin_update(km_store *s, const km_checkin *c, km_error *err)
{
    sqlite3_stmt *q = NULL;
    km_status st = km_db_write(&q, s, "cannot change the check-in",
                               "UPDATE checkin SET (" CHECKIN_COLUMNS ") = (?1, ?2, ?3, ?4, ?5, "
                               "?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13) WHERE id = ?1",
                               err);
    if (st != KM_OK)
        return st;
    km_bind_int(q, 1, c->id);
    bind_checkin(q, c);
    st = km_db_run(s, q, "cannot change the check-in", err);
    if (st == KM_OK && sqlite3_changes(s->db) == 0)
        return km_no_such(err, "check-in", c->id);
    if (st == KM_OK)
        st = km_db_get(&q, s, "DELETE FROM flexibility WHERE checkin_id = ?1", err);
    if (st != KM_OK)
        return st;
    km_bind_int(q, 1, c->id);
    st = km_db_run(s, q, "cannot change the check-in", err);
    km_touch(s, c->client_id);
    return st == KM_OK ? write_flexibility(s, c->id, c, err) : st;
}
