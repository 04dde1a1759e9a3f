/* Care: what few sessions say, weekly problem records, causes, and editing a saved routine. */
#include "store_impl.h"

#include <stdlib.h>

/* ---- sessions ---- */

void km_col_session_more(km_session_more *m, km_store *s, sqlite3_stmt *q, int first)
{
    *m = (km_session_more){ .session_id = sqlite3_column_int64(q, first),
                            .feel_before = km_col_opt(s, q, first + 1, 10),
                            .modality = km_col_set(s, q, first + 2),
                            .service = km_col_set(s, q, first + 3),
                            .checked = km_col_set(s, q, first + 4),
                            .skipped = km_col_set(s, q, first + 5),
                            .practitioner = km_col_text(q, first + 6),
                            .is_signed = sqlite3_column_type(q, first + 7) != SQLITE_NULL };
    if (m->is_signed)
        m->signed_at = km_col_time(s, q, first + 7);
}

km_status km_store_session_more_get(km_session_more *out, km_arena *mem, km_store *s, int64_t id,
                                    km_error *err)
{
    sqlite3_stmt *q = NULL;
    km_status st = km_db_get(&q, s,
                             "SELECT " KM_SESSION_MORE_COLUMNS
                             " FROM session_more m WHERE m.session_id = ?1",
                             err);
    if (st != KM_OK)
        return st;
    km_bind_int(q, 1, id);
    *out = (km_session_more){ .session_id = id, .feel_before = -1 };
    if (km_db_next(&st, s, q, "cannot read the session", err)) {
        km_col_session_more(out, s, q, 0);
        out->practitioner = km_arena_strdup(mem, out->practitioner);
    }
    km_db_done(s, q);
    return st;
}

km_status km_store_session_more_put(km_store *s, int64_t client_id, const km_session_more *m,
                                    km_error *err)
{
    sqlite3_stmt *q = NULL;
    km_status st = km_db_write(&q, s, "cannot store the session",
                               "INSERT INTO session_more (session_id, feel_before, modality, "
                               "service, checked, skipped, practitioner, signed_at, signed_off) "
                               "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9) "
                               "ON CONFLICT (session_id) DO UPDATE SET "
                               "feel_before = excluded.feel_before, modality = excluded.modality, "
                               "service = excluded.service, checked = excluded.checked, "
                               "skipped = excluded.skipped, practitioner = excluded.practitioner, "
                               "signed_at = excluded.signed_at, signed_off = excluded.signed_off",
                               err);
    if (st != KM_OK)
        return st;
    km_bind_int(q, 1, m->session_id);
    km_bind_opt(q, 2, m->feel_before, m->feel_before >= 0);
    km_bind_int(q, 3, m->modality);
    km_bind_int(q, 4, m->service);
    km_bind_int(q, 5, m->checked);
    km_bind_int(q, 6, m->skipped);
    km_bind_text(q, 7, m->practitioner);
    km_bind_opt(q, 8, m->signed_at.sec, m->is_signed);
    km_bind_opt(q, 9, m->signed_at.off_min, m->is_signed);
    km_touch(s, client_id);
    return km_db_run(s, q, "cannot store the session", err);
}

km_status km_store_session_more_each(km_store *s, int64_t client_id, km_store_session_more_fn fn,
                                     void *ctx, km_error *err)
{
    sqlite3_stmt *q = NULL;
    km_status st = km_db_get(&q, s,
                             "SELECT " KM_SESSION_MORE_COLUMNS " FROM session_more m "
                             "JOIN session s ON s.id = m.session_id WHERE s.client_id = ?1 "
                             "ORDER BY m.session_id",
                             err);
    if (st != KM_OK)
        return st;
    km_bind_int(q, 1, client_id);
    while (km_db_next(&st, s, q, "cannot read the sessions", err)) {
        km_session_more m;
        km_col_session_more(&m, s, q, 0);
        st = fn(ctx, &m, err);
    }
    return st;
}

km_status km_store_amendment_add(int64_t *id, km_store *s, int64_t client_id,
                                 const km_amendment *a, km_error *err)
{
    sqlite3_stmt *q = NULL;
    km_status st = km_db_write(&q, s, "cannot store the amendment",
                               "INSERT INTO amendment (uid, session_id, at, off_min, field, text) "
                               "VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
                               err);
    if (st != KM_OK)
        return st;
    km_bind_uid(q, 1, a->uid);
    km_bind_int(q, 2, a->session_id);
    km_bind_time(q, 3, a->at);
    km_bind_text(q, 5, a->field);
    km_bind_text(q, 6, a->text);
    return km_db_add(id, s, q, "cannot store the amendment", client_id, err);
}

#define SELECT_AMENDMENTS                                                                     \
    "SELECT a.id, a.uid, a.session_id, a.at, a.off_min, a.field, a.text, s.uid, s.client_id " \
    "FROM amendment a JOIN session s ON s.id = a.session_id "

km_status km_store_amendments_each(km_store *s, int64_t client_id, int64_t session_id,
                                   km_store_amendment_fn fn, void *ctx, km_error *err)
{
    km_names names = { 0 };
    sqlite3_stmt *q = NULL;
    km_status st = km_db_get(&q, s,
                             session_id  ? SELECT_AMENDMENTS "WHERE a.session_id = ?1 "
                                           "ORDER BY a.at, a.id"
                             : client_id ? SELECT_AMENDMENTS "WHERE s.client_id = ?1 "
                                           "ORDER BY a.at, a.id"
                                         : SELECT_AMENDMENTS "ORDER BY a.at, a.id",
                             err);
    if (st != KM_OK)
        return st;
    if (session_id || client_id)
        km_bind_int(q, 1, session_id ? session_id : client_id);
    while (km_db_next(&st, s, q, "cannot read the amendments", err)) {
        km_amendment a = { .id = sqlite3_column_int64(q, 0),
                           .uid = km_col_uid(q, 1),
                           .session_id = sqlite3_column_int64(q, 2),
                           .at = km_col_time(s, q, 3),
                           .field = km_col_text(q, 5),
                           .text = km_col_text(q, 6),
                           .session_uid = km_col_uid(q, 7) };
        st = km_row_sound(s, err);
        if (st == KM_OK)
            st = km_names_client(&a.client, &names, s, sqlite3_column_int64(q, 8), err);
        if (st == KM_OK)
            st = fn(ctx, &a, err);
    }
    km_names_clear(&names);
    return st;
}

km_status km_store_session_seen(uint32_t *out, km_store *s, int64_t session_id, km_error *err)
{
    int64_t seen = 0;
    /* km_kind: 0 knot, 1 soreness; a press that found nothing is a look at knots, too */
    km_status st = km_db_int(
        &seen, s,
        "SELECT EXISTS (SELECT 1 FROM mark WHERE session_id = ?1 AND kind = 1) "
        "+ 2 * (EXISTS (SELECT 1 FROM mark WHERE session_id = ?1 AND kind = 0) "
        "    OR EXISTS (SELECT 1 FROM finding WHERE session_id = ?1)) "
        "+ 4 * EXISTS (SELECT 1 FROM checkin c JOIN session s ON s.client_id = c.client_id "
        "    JOIN flexibility f ON f.checkin_id = c.id WHERE s.id = ?1 "
        "    AND c.at >= s.started_at AND c.at <= coalesce(s.ended_at, c.at))",
        session_id, 0, 0, err);
    *out = (uint32_t)seen;
    return st;
}

/* ---- weekly problem records ---- */

km_status km_store_problem_put(int64_t *id, km_store *s, const km_problem *p, km_error *err)
{
    sqlite3_stmt *q = NULL;
    km_status st = km_db_write(&q, s, "cannot store the record",
                               "INSERT INTO problem (uid, client_id, week, area, taking_part, "
                               "volume, performance, symptoms) VALUES (?1, ?2, ?3, ?4, ?5, ?6, "
                               "?7, ?8) ON CONFLICT (client_id, week, area) DO UPDATE SET "
                               "taking_part = excluded.taking_part, volume = excluded.volume, "
                               "performance = excluded.performance, symptoms = excluded.symptoms "
                               "RETURNING id",
                               err);
    if (st != KM_OK)
        return st;
    km_bind_uid(q, 1, p->uid);
    km_bind_int(q, 2, p->client_id);
    km_bind_int(q, 3, p->week);
    km_bind_text(q, 4, p->area);
    km_bind_int(q, 5, p->taking_part);
    km_bind_int(q, 6, p->volume);
    km_bind_int(q, 7, p->performance);
    km_bind_int(q, 8, p->symptoms);
    while (km_db_next(&st, s, q, "cannot store the record", err))
        *id = sqlite3_column_int64(q, 0);
    km_touch(s, p->client_id);
    return st;
}

km_status km_store_problems_each(km_store *s, int64_t client_id, km_store_problem_fn fn, void *ctx,
                                 km_error *err)
{
    km_names names = { 0 };
    sqlite3_stmt *q = NULL;
    km_status st = km_db_get(&q, s,
                             client_id ? "SELECT id, uid, client_id, week, area, taking_part, "
                                         "volume, performance, symptoms FROM problem "
                                         "WHERE client_id = ?1 ORDER BY week DESC, area"
                                       : "SELECT id, uid, client_id, week, area, taking_part, "
                                         "volume, performance, symptoms FROM problem "
                                         "ORDER BY week DESC, area, client_id",
                             err);
    if (st != KM_OK)
        return st;
    if (client_id)
        km_bind_int(q, 1, client_id);
    while (km_db_next(&st, s, q, "cannot read the records", err)) {
        km_problem p = { .id = sqlite3_column_int64(q, 0),
                         .uid = km_col_uid(q, 1),
                         .client_id = sqlite3_column_int64(q, 2),
                         .week = km_col_day(s, q, 3),
                         .area = km_col_text(q, 4),
                         .taking_part = km_col_code(s, q, 5, 4),
                         .volume = km_col_code(s, q, 6, 5),
                         .performance = km_col_code(s, q, 7, 5),
                         .symptoms = km_col_code(s, q, 8, 4) };
        st = km_row_sound(s, err);
        if (st == KM_OK)
            st = km_names_client(&p.client, &names, s, p.client_id, err);
        if (st == KM_OK)
            st = fn(ctx, &p, err);
    }
    km_names_clear(&names);
    return st;
}

/* ---- causes ---- */

/* Marks of one moment, put in the order in which they were written. */
typedef struct moment {
    km_store_cause *row;
    size_t n, cap;
} moment;

static void moment_add(moment *m, const km_store_cause *c)
{
    KM_GROW(m->row, m->n, m->cap);
    size_t i = m->n++;
    for (; i > 0 && m->row[i - 1].sample.id > c->sample.id; i--)
        m->row[i] = m->row[i - 1];
    m->row[i] = *c;
}

static km_status moment_end(moment *m, km_store_cause_fn fn, void *ctx, km_error *err)
{
    km_status st = KM_OK;

    for (size_t i = 0; i < m->n && st == KM_OK; i++)
        st = fn(ctx, &m->row[i], err);
    m->n = 0;
    return st;
}

typedef struct cause_reader {
    moment now;
    int64_t client_id;
    km_store_cause_fn fn;
    void *ctx;
} cause_reader;

/* They come by time from the index, those of one moment in any order. */
static km_status take_cause(void *ctx, const km_store_event *e, km_error *err)
{
    cause_reader *r = ctx;
    km_status st = KM_OK;
    const km_store_cause m = { .sample = { .id = e->id, .at = e->at, .off_min = e->off_min,
                                           .place = e->place, .kind = (int8_t)e->kind,
                                           .intensity = e->intensity,
                                           .client_id = r->client_id },
                               .cause = (km_cause)e->cause };

    if (r->now.n > 0 && r->now.row[0].sample.at != m.sample.at)
        st = moment_end(&r->now, r->fn, r->ctx, err);
    moment_add(&r->now, &m);
    return st;
}

km_status km_store_causes_each(km_store *s, int64_t client_id, km_store_cause_fn fn, void *ctx,
                               km_error *err)
{
    cause_reader r = { .client_id = client_id, .fn = fn, .ctx = ctx };
    km_status st =
        km_store_events_each(s, client_id, INT64_MIN, INT64_MAX, take_cause, &r, err);

    if (st == KM_OK)
        st = moment_end(&r.now, fn, ctx, err);
    free(r.now.row);
    return st;
}

/* ---- a saved routine ---- */

static km_status touch_routine(km_store *s, int64_t id, km_error *err)
{
    return km_touch_owner(s, "SELECT client_id FROM routine WHERE id = ?1", "routine", id, err);
}

km_status km_store_routine_rename(km_store *s, int64_t id, const char *name, km_error *err)
{
    sqlite3_stmt *q = NULL;
    km_status st = km_write_check(s, "cannot change the routine", err);
    if (st == KM_OK)
        st = touch_routine(s, id, err);
    if (st == KM_OK)
        st = km_db_get(&q, s, "UPDATE routine SET name = ?2 WHERE id = ?1", err);
    if (st != KM_OK)
        return st;
    km_bind_int(q, 1, id);
    km_bind_text(q, 2, name);
    return km_db_run(s, q, "cannot change the routine", err);
}

km_status km_store_routine_steps(km_store *s, int64_t id, const km_store_step *step, size_t n,
                                 km_error *err)
{
    int64_t last = 0;
    km_status st = km_write_check(s, "cannot change the routine", err);
    if (st == KM_OK)
        st = touch_routine(s, id, err);
    if (st == KM_OK)
        st = km_db_int(&last, s, "SELECT max(id) FROM routine_step", 0, 0, 0, err);
    if (st == KM_OK)
        st = km_db_run_id(s, "DELETE FROM routine_step WHERE routine_id = ?1", id,
                          "cannot change the routine", err);
    /*
     * New numbers: under their old ones steps that trade places would be recorded as changed
     * rows, and undo, which changes row by row, would meet two of the same uid.
     */
    for (size_t i = 0; i < n && st == KM_OK; i++)
        st = km_routine_step_add(s, last + 1 + (int64_t)i, id, &step[i], err);
    return st;
}
