/* Treatments and the routines a client saved. */
#include "store_impl.h"

#include <stdlib.h>

#define TREATMENT_COLUMNS                                                                     \
    "t.id, t.uid, t.client_id, t.session_id, t.routine_id, t.routine_step, t.at, t.off_min, " \
    "t.place_id, t.technique, t.tool, t.seconds, t.before, t.after, t.response, t.note"

/* What few treatments say comes along: ratings of the hold as "16 x beat + rating" in order. */
#define SELECT_TREATMENT                                                                      \
    "SELECT " TREATMENT_COLUMNS ", r.uid, m.stiffness_before, m.stiffness_after, "            \
    "m.tension_before, m.tension_after, m.stopped, "                                          \
    "(SELECT group_concat(16 * h.beat + h.rating, ' ') FROM "                                 \
    "(SELECT beat, rating FROM hold WHERE treatment_id = t.id ORDER BY n) h) "                \
    "FROM treatment t LEFT JOIN treatment_more m ON m.treatment_id = t.id "                   \
    "LEFT JOIN routine r ON r.id = t.routine_id "

static void read_more(km_treatment *t, sqlite3_stmt *q, int first)
{
    const char *ratings = km_col_text(q, first + 6);

    if (t->routine_id)
        t->routine_uid = km_col_uid(q, first);
    t->more = (km_treatment_more){ .treatment_id = t->id,
                                   .stiffness_before = km_col_opt(q, first + 1, -1),
                                   .stiffness_after = km_col_opt(q, first + 2, -1),
                                   .tension_before = km_col_opt(q, first + 3, -1),
                                   .tension_after = km_col_opt(q, first + 4, -1),
                                   .stopped = (km_stop)km_col_opt(q, first + 5, KM_STOP_NONE) };
    while (ratings && *ratings && t->n_hold < KM_HOLD_MAX) {
        char *end;
        long v = strtol(ratings, &end, 10);
        t->hold[t->n_hold++] = (km_hold){ .beat = (int8_t)(v / 16), .rating = (int8_t)(v % 16) };
        ratings = end;
    }
}

static km_status read_treatment(km_treatment *t, km_names *names, sqlite3_stmt *q, km_store *s,
                                km_error *err)
{
    km_status st = KM_OK;

    *t = km_treatment_blank();
    t->id = sqlite3_column_int64(q, 0);
    t->uid = km_col_uid(q, 1);
    t->client_id = sqlite3_column_int64(q, 2);
    t->session_id = sqlite3_column_int64(q, 3);
    t->routine_id = sqlite3_column_int64(q, 4);
    t->routine_step = sqlite3_column_int(q, 5);
    t->at = km_col_time(q, 6);
    if (sqlite3_column_type(q, 8) != SQLITE_NULL)
        st = km_store_place(&t->place, s, sqlite3_column_int64(q, 8), err);
    t->technique = km_col_opt(q, 9, -1);
    t->tool = km_col_text(q, 10);
    t->seconds = km_col_opt(q, 11, -1);
    t->before = km_col_opt(q, 12, -1);
    t->after = km_col_opt(q, 13, -1);
    t->response = (km_response)sqlite3_column_int(q, 14);
    t->note = km_col_text(q, 15);
    read_more(t, q, 16);
    if (st == KM_OK)
        st = km_names_client(&t->client, names, s, t->client_id, err);
    if (st == KM_OK && t->session_id)
        st = km_names_session(&t->session_uid, names, s, t->session_id, err);
    return st;
}

km_status km_store_treated_each(km_store *s, int64_t client_id, int64_t until,
                                km_store_treated_fn fn, void *ctx, km_error *err)
{
    sqlite3_stmt *q = NULL;
    int rc = SQLITE_DONE;
    km_status st = km_db_get(&q, s,
                             "SELECT at, off_min, place_id, routine_id FROM treatment "
                             "WHERE client_id = ?1 AND at < ?2 ORDER BY at, id",
                             err);
    if (st != KM_OK)
        return st;
    km_bind_int(q, 1, client_id);
    km_bind_int(q, 2, until);
    while (st == KM_OK && (rc = sqlite3_step(q)) == SQLITE_ROW) {
        const km_store_treated t = { .at = km_col_time(q, 0), .place = sqlite3_column_int(q, 2),
                                     .routine_id = sqlite3_column_int64(q, 3) };
        st = fn(ctx, &t, err);
    }
    if (st == KM_OK && rc != SQLITE_DONE)
        st = km_db_fail(s, err, "cannot read the treatments");
    km_db_done(s, q);
    return st;
}

km_status km_store_treatments_each(km_store *s, const km_store_filter *f, km_store_treatment_fn fn,
                                   void *ctx, km_error *err)
{
    km_buf sql = { 0 };
    km_names names = { 0 };
    sqlite3_stmt *q = NULL;
    int rc = SQLITE_DONE;

    km_buf_puts(&sql, SELECT_TREATMENT "WHERE 1");
    km_buf_puts(&sql, f->client_id ? " AND t.client_id = ?1" : "");
    if (f->has_since)
        km_buf_puts(&sql, f->since_day ? " AND " KM_FROM_DAY("t.at", "t.off_min")
                                       : " AND t.at >= ?2");
    if (f->has_until)
        km_buf_puts(&sql, f->until_day ? " AND " KM_BEFORE_DAY("t.at", "t.off_min")
                                       : " AND t.at < ?3");
    km_buf_puts(&sql, f->region ? " AND t.place_id IN (SELECT id FROM place WHERE region = ?4)"
                                : "");
    km_buf_puts(&sql, f->muscles ? " AND t.place_id IN (SELECT id FROM place WHERE "
                                   "instr(?5, ';' || muscle || ';') > 0)"
                                 : "");
    km_buf_puts(&sql, f->side >= 0
                          ? " AND t.place_id IN (SELECT id FROM place WHERE side = ?6)"
                          : "");
    km_buf_puts(&sql, f->kind >= 0 ? " AND t.technique = ?7" : "");
    km_buf_puts(&sql, f->session_id ? " AND t.session_id = ?8" : "");
    km_buf_puts(&sql, f->id ? " AND t.id = ?9" : "");
    km_buf_puts(&sql, f->text ? " AND km_contains(t.note, ?10)" : "");
    km_buf_puts(&sql, f->area_regions
                          ? KM_PLACE_IN("t.place_id", "region", "?13", "muscle", "?14")
                          : "");
    km_buf_puts(&sql, f->loaded_muscles
                          ? KM_PLACE_IN("t.place_id", "muscle", "?15", "region", "?16")
                          : "");
    km_buf_puts(&sql, f->oldest_first ? " ORDER BY t.at, t.id" : " ORDER BY t.at DESC, t.id DESC");
    km_buf_puts(&sql, " LIMIT ?11 OFFSET ?12");
    km_status st = km_db_get(&q, s, sql.s, err);
    km_buf_clear(&sql);
    if (st != KM_OK)
        return st;
    km_bind_int(q, 1, f->client_id);
    km_bind_int(q, 2, f->since);
    km_bind_int(q, 3, f->until);
    km_bind_text(q, 4, f->region);
    km_bind_text(q, 5, f->muscles);
    km_bind_int(q, 6, f->side);
    km_bind_int(q, 7, f->kind);
    km_bind_int(q, 8, f->session_id);
    km_bind_int(q, 9, f->id);
    km_bind_text(q, 10, f->text);
    km_bind_int(q, 11, f->limit > 0 ? f->limit : -1);
    km_bind_int(q, 12, f->offset);
    if (f->area_regions) {
        km_bind_text(q, 13, f->area_regions);
        km_bind_text(q, 14, f->area_muscles);
    }
    if (f->loaded_muscles) {
        km_bind_text(q, 15, f->loaded_muscles);
        km_bind_text(q, 16, f->loaded_regions);
    }
    while (st == KM_OK && (rc = sqlite3_step(q)) == SQLITE_ROW) {
        km_treatment t;
        st = read_treatment(&t, &names, q, s, err);
        if (st == KM_OK)
            st = fn(ctx, &t, err);
    }
    if (st == KM_OK && rc != SQLITE_DONE)
        st = km_db_fail(s, err, "cannot read the treatments");
    km_db_done(s, q);
    km_names_clear(&names);
    return st;
}

/* The columns ?2 .. ?16 that add and update share. */
static km_status bind_treatment(sqlite3_stmt *q, km_store *s, const km_treatment *t, km_error *err)
{
    int64_t place = 0;
    bool has_place = t->place.region || t->place.muscle;

    if (has_place) {
        km_status st = km_place_key(&place, s, &t->place, err);
        if (st != KM_OK)
            return st;
    }
    km_bind_uid(q, 2, t->uid);
    km_bind_int(q, 3, t->client_id);
    km_bind_opt(q, 4, t->session_id, t->session_id != 0);
    km_bind_opt(q, 5, t->routine_id, t->routine_id != 0);
    km_bind_opt(q, 6, t->routine_step, t->routine_step != 0);
    km_bind_time(q, 7, t->at);
    km_bind_opt(q, 9, place, has_place);
    km_bind_opt(q, 10, t->technique, t->technique >= 0);
    km_bind_text(q, 11, t->tool);
    km_bind_opt(q, 12, t->seconds, t->seconds >= 0);
    km_bind_opt(q, 13, t->before, t->before >= 0);
    km_bind_opt(q, 14, t->after, t->after >= 0);
    km_bind_int(q, 15, t->response);
    km_bind_text(q, 16, t->note);
    return KM_OK;
}

km_status km_store_treatment_add(int64_t *id, km_store *s, const km_treatment *t, km_error *err)
{
    sqlite3_stmt *q = NULL;
    km_status st = km_write_check(s, "cannot store the treatment", err);
    if (st == KM_OK)
        st = km_db_get(&q, s,
                       "INSERT INTO treatment (id, uid, client_id, session_id, routine_id, "
                       "routine_step, at, off_min, place_id, technique, tool, seconds, before, "
                       "after, response, note) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, "
                       "?11, ?12, ?13, ?14, ?15, ?16)",
                       err);
    if (st != KM_OK)
        return st;
    km_bind_opt(q, 1, t->id, t->id != 0);
    st = bind_treatment(q, s, t, err);
    if (st != KM_OK) {
        km_db_done(s, q);
        return st;
    }
    st = km_db_run(s, q, "cannot store the treatment", err);
    if (st == KM_OK) {
        *id = sqlite3_last_insert_rowid(s->db);
        km_touch(s, t->client_id);
    }
    return st;
}

km_status km_store_treatment_update(km_store *s, const km_treatment *t, km_error *err)
{
    sqlite3_stmt *q = NULL;
    km_status st = km_write_check(s, "cannot change the treatment", err);
    if (st == KM_OK)
        st = km_db_get(&q, s,
                       "UPDATE treatment SET uid = ?2, client_id = ?3, session_id = ?4, "
                       "routine_id = ?5, routine_step = ?6, at = ?7, off_min = ?8, place_id = ?9, "
                       "technique = ?10, tool = ?11, seconds = ?12, before = ?13, after = ?14, "
                       "response = ?15, note = ?16 WHERE id = ?1",
                       err);
    if (st != KM_OK)
        return st;
    km_bind_int(q, 1, t->id);
    st = bind_treatment(q, s, t, err);
    if (st != KM_OK) {
        km_db_done(s, q);
        return st;
    }
    st = km_db_run(s, q, "cannot change the treatment", err);
    if (st == KM_OK && sqlite3_changes(s->db) == 0)
        return km_fail(err, KM_ENOTFOUND, "treatment %lld: there is no such treatment",
                       (long long)t->id);
    km_touch(s, t->client_id);
    return st;
}

km_status km_store_treatment_remove(km_store *s, int64_t id, km_error *err)
{
    /* what completes it goes first: the change log puts every row back on its own */
    static const char *const sql[] = { "DELETE FROM aftercare WHERE treatment_id = ?1",
                                       "DELETE FROM hold WHERE treatment_id = ?1",
                                       "DELETE FROM treatment_more WHERE treatment_id = ?1",
                                       "DELETE FROM treatment WHERE id = ?1" };
    int64_t client = 0;
    km_status st = km_write_check(s, "cannot take the treatment back", err);
    if (st == KM_OK)
        st = km_db_int(&client, s, "SELECT client_id FROM treatment WHERE id = ?1", id, 0, 0, err);
    if (st == KM_OK && client == 0)
        return km_fail(err, KM_ENOTFOUND, "treatment %lld: there is no such treatment",
                       (long long)id);
    for (size_t i = 0; i < sizeof sql / sizeof *sql && st == KM_OK; i++) {
        sqlite3_stmt *q = NULL;
        st = km_db_get(&q, s, sql[i], err);
        if (st != KM_OK)
            break;
        km_bind_int(q, 1, id);
        st = km_db_run(s, q, "cannot take the treatment back", err);
    }
    km_touch(s, client);
    return st;
}
