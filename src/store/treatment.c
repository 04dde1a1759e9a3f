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

static void read_more(km_treatment *t, km_store *s, sqlite3_stmt *q, int first)
{
    const char *ratings = km_col_text(q, first + 6);

    if (t->routine_id)
        t->routine_uid = km_col_uid(q, first);
    t->more = (km_treatment_more){ .treatment_id = t->id,
                                   .stiffness_before = km_col_opt(s, q, first + 1, 10),
                                   .stiffness_after = km_col_opt(s, q, first + 2, 10),
                                   .tension_before = km_col_opt(s, q, first + 3, 10),
                                   .tension_after = km_col_opt(s, q, first + 4, 10),
                                   .stopped = (km_stop)km_col_code(s, q, first + 5, KM_STOP_COUNT) };
    while (ratings && *ratings && t->n_hold < KM_HOLD_MAX) {
        char *end;
        long v = strtol(ratings, &end, 10);
        s->unsound |= v < 0 || v / 16 >= KM_HOLD_BEAT_COUNT || v % 16 > 10;
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
    t->routine_step = km_col_code(s, q, 5, 1000);
    t->at = km_col_time(s, q, 6);
    if (sqlite3_column_type(q, 8) != SQLITE_NULL)
        st = km_store_place(&t->place, s, sqlite3_column_int64(q, 8), err);
    t->technique = km_col_opt(s, q, 9, KM_TECH_COUNT - 1);
    t->tool = km_col_text(q, 10);
    t->seconds = km_col_opt(s, q, 11, 86400);
    t->before = km_col_opt(s, q, 12, 10);
    t->after = km_col_opt(s, q, 13, 10);
    t->response = (km_response)km_col_code(s, q, 14, KM_RESPONSE_COUNT);
    t->note = km_col_text(q, 15);
    read_more(t, s, q, 16);
    if (st == KM_OK)
        st = km_row_sound(s, err);
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
    km_status st = km_db_get(&q, s,
                             "SELECT at, off_min, place_id, routine_id FROM treatment "
                             "WHERE client_id = ?1 AND at < ?2 ORDER BY at, id",
                             err);
    if (st != KM_OK)
        return st;
    km_bind_int(q, 1, client_id);
    km_bind_int(q, 2, until);
    while (km_db_next(&st, s, q, "cannot read the treatments", err)) {
        const km_store_treated t = { .at = km_col_time(s, q, 0), .place = km_col_place(s, q, 2),
                                     .routine_id = sqlite3_column_int64(q, 3) };
        st = km_row_sound(s, err);
        if (st == KM_OK)
            st = fn(ctx, &t, err);
    }
    return st;
}

km_status km_store_treatments_each(km_store *s, const km_store_filter *f, km_store_treatment_fn fn,
                                   void *ctx, km_error *err)
{
    km_buf sql = { 0 };
    km_names names = { 0 };
    sqlite3_stmt *q = NULL;

    km_buf_puts(&sql, SELECT_TREATMENT "WHERE 1");
    km_buf_puts(&sql, f->client_id ? " AND t.client_id = ?1" : "");
    km_where_until(&sql, f, "t");
    km_where(&sql, f, "t");
    km_buf_puts(&sql, f->kind >= 0 ? " AND t.technique = ?7" : "");
    km_buf_puts(&sql, f->text ? " AND km_contains(t.note, ?11)" : "");
    km_where_order(&sql, f, "t");
    km_buf_puts(&sql, " LIMIT ?13 OFFSET ?14");
    km_status st = km_db_get(&q, s, sql.s, err);
    km_buf_clear(&sql);
    if (st != KM_OK)
        return st;
    km_where_bind(q, f, NULL);
    while (km_db_next(&st, s, q, "cannot read the treatments", err)) {
        km_treatment t;
        st = read_treatment(&t, &names, q, s, err);
        if (st == KM_OK)
            st = fn(ctx, &t, err);
    }
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
    km_status st = km_db_write(&q, s, "cannot store the treatment",
                               "INSERT INTO treatment (id, uid, client_id, session_id, "
                               "routine_id, routine_step, at, off_min, place_id, technique, tool, "
                               "seconds, before, after, response, note) VALUES (?1, ?2, ?3, ?4, "
                               "?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16)",
                               err);
    if (st != KM_OK)
        return st;
    km_bind_opt(q, 1, t->id, t->id != 0);
    st = bind_treatment(q, s, t, err);
    if (st != KM_OK) {
        km_db_done(s, q);
        return st;
    }
    return km_db_add(id, s, q, "cannot store the treatment", t->client_id, err);
}

km_status km_store_treatment_update(km_store *s, const km_treatment *t, km_error *err)
{
    sqlite3_stmt *q = NULL;
    km_status st = km_db_write(&q, s, "cannot change the treatment",
                               "UPDATE treatment SET uid = ?2, client_id = ?3, session_id = ?4, "
                               "routine_id = ?5, routine_step = ?6, at = ?7, off_min = ?8, "
                               "place_id = ?9, technique = ?10, tool = ?11, seconds = ?12, before "
                               "= ?13, after = ?14, response = ?15, note = ?16 WHERE id = ?1",
                               err);
    if (st != KM_OK)
        return st;
    km_bind_int(q, 1, t->id);
    st = bind_treatment(q, s, t, err);
    if (st != KM_OK) {
        km_db_done(s, q);
        return st;
    }
    return km_db_change(s, q, "cannot change the treatment", "treatment", t->id, t->client_id, err);
}
