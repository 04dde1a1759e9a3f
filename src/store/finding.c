/* Press tests that found nothing, answers about red flags, recognising records by uid. */
#include "store_impl.h"

km_status km_store_finding_add(int64_t *id, km_store *s, const km_finding *f, km_error *err)
{
    sqlite3_stmt *q = NULL;
    int64_t place = 0;
    km_status st = km_write_check(s, "cannot store the finding", err);
    if (st == KM_OK)
        st = km_place_key(&place, s, &f->place, err);
    if (st == KM_OK)
        st = km_db_get(&q, s,
                       "INSERT INTO finding (id, uid, client_id, session_id, at, off_min, "
                       "place_id, result) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, 0)",
                       err);
    if (st != KM_OK)
        return st;
    km_bind_opt(q, 1, f->id, f->id != 0);
    km_bind_uid(q, 2, f->uid);
    km_bind_int(q, 3, f->client_id);
    km_bind_opt(q, 4, f->session_id, f->session_id != 0);
    km_bind_time(q, 5, f->at);
    km_bind_int(q, 7, place);
    return km_db_add(id, s, q, "cannot store the finding", f->client_id, err);
}

km_status km_store_findings_each(km_store *s, int64_t client_id, km_store_finding_fn fn, void *ctx,
                                 km_error *err)
{
    km_names names = { 0 };
    sqlite3_stmt *q = NULL;
    km_status st = km_db_get(&q, s,
                             client_id ? "SELECT id, uid, client_id, session_id, at, off_min, "
                                         "place_id FROM finding WHERE client_id = ?1 "
                                         "ORDER BY at, id"
                                       : "SELECT id, uid, client_id, session_id, at, off_min, "
                                         "place_id FROM finding ORDER BY at, id",
                             err);
    if (st != KM_OK)
        return st;
    if (client_id)
        km_bind_int(q, 1, client_id);
    while (km_db_next(&st, s, q, "cannot read the findings", err)) {
        km_finding f = { .id = sqlite3_column_int64(q, 0),
                         .uid = km_col_uid(q, 1),
                         .client_id = sqlite3_column_int64(q, 2),
                         .session_id = sqlite3_column_int64(q, 3),
                         .at = km_col_time(s, q, 4) };
        st = km_row_sound(s, err);
        if (st == KM_OK)
            st = km_store_place(&f.place, s, sqlite3_column_int64(q, 6), err);
        if (st == KM_OK)
            st = km_names_client(&f.client, &names, s, f.client_id, err);
        if (st == KM_OK && f.session_id)
            st = km_names_session(&f.session_uid, &names, s, f.session_id, err);
        if (st == KM_OK)
            st = fn(ctx, &f, err);
    }
    km_names_clear(&names);
    return st;
}

km_status km_store_flag_answer_add(int64_t *id, km_store *s, const km_flag_answer *a, km_error *err)
{
    sqlite3_stmt *q = NULL;

    if (s->readonly)
        return km_fail(err, KM_EPERM, "cannot store the answer: %s is open for reading only",
                       s->path);
    s->gave_up = false;
    km_status st = km_db_get(&q, s,
                             "INSERT INTO flag_answer (uid, client_id, at, off_min, asked, "
                             "present) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
                             err);
    if (st != KM_OK)
        return st;
    km_bind_uid(q, 1, a->uid);
    km_bind_int(q, 2, a->client_id);
    km_bind_time(q, 3, a->at);
    km_bind_text(q, 5, a->asked);
    km_bind_text(q, 6, a->present);
    st = km_db_run(s, q, "cannot store the answer", err);
    if (st == KM_OK)
        *id = sqlite3_last_insert_rowid(s->db);
    return st;
}

km_status km_store_flag_answers_each(km_store *s, int64_t client_id, int64_t since,
                                     km_store_flag_answer_fn fn, void *ctx, km_error *err)
{
    sqlite3_stmt *q = NULL;
    km_status st = km_db_get(&q, s,
                             "SELECT id, uid, client_id, at, off_min, asked, present "
                             "FROM flag_answer WHERE client_id = ?1 AND at >= ?2 "
                             "ORDER BY at DESC, id DESC",
                             err);
    if (st != KM_OK)
        return st;
    km_bind_int(q, 1, client_id);
    km_bind_int(q, 2, since);
    while (km_db_next(&st, s, q, "cannot read the answers", err)) {
        km_flag_answer a = { .id = sqlite3_column_int64(q, 0),
                             .uid = km_col_uid(q, 1),
                             .client_id = sqlite3_column_int64(q, 2),
                             .at = km_col_time(s, q, 3),
                             .asked = km_col_text(q, 5),
                             .present = km_col_text(q, 6) };
        st = km_row_sound(s, err);
        if (st == KM_OK)
            st = fn(ctx, &a, err);
    }
    return st;
}

km_status km_store_by_uid(int64_t *id, km_store *s, km_record kind, km_uid uid, km_error *err)
{
    static const char *const sql[KM_RECORD_COUNT] = {
        [KM_RECORD_CLIENT] = "SELECT id FROM client WHERE uid = ?1",
        [KM_RECORD_SESSION] = "SELECT id FROM session WHERE uid = ?1",
        [KM_RECORD_MARK] = "SELECT id FROM mark WHERE uid = ?1",
        [KM_RECORD_TREATMENT] = "SELECT id FROM treatment WHERE uid = ?1",
        [KM_RECORD_CHECKIN] = "SELECT id FROM checkin WHERE uid = ?1",
        [KM_RECORD_FINDING] = "SELECT id FROM finding WHERE uid = ?1",
        [KM_RECORD_ROUTINE] = "SELECT id FROM routine WHERE uid = ?1",
        [KM_RECORD_STEP] = "SELECT id FROM routine_step WHERE uid = ?1",
        [KM_RECORD_AMENDMENT] = "SELECT id FROM amendment WHERE uid = ?1",
        [KM_RECORD_PROBLEM] = "SELECT id FROM problem WHERE uid = ?1",
        [KM_RECORD_GOAL] = "SELECT id FROM goal WHERE uid = ?1",
    };
    sqlite3_stmt *q = NULL;
    km_status st = km_db_get(&q, s, sql[kind], err);
    if (st != KM_OK)
        return st;
    km_bind_uid(q, 1, uid);
    return km_db_number(id, s, q, "cannot read the database", 0, err);
}
