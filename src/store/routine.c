/* Routines a client saved, with their steps. */
#include "store_impl.h"

km_status km_routine_step_add(km_store *s, int64_t id, int64_t routine, const km_store_step *p,
                              km_error *err)
{
    sqlite3_stmt *q = NULL;
    km_status st = km_db_get(&q, s,
                             "INSERT INTO routine_step (uid, routine_id, step, muscle, tp, side, "
                             "kind, tool, position, action, seconds, sets, pressure, cue, "
                             "cue_count, caution, source, id) VALUES (?1, ?2, ?3, ?4, ?5, ?6, "
                             "?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18)",
                             err);
    if (st != KM_OK)
        return st;
    km_bind_uid(q, 1, p->uid);
    km_bind_int(q, 2, routine);
    km_bind_int(q, 3, p->step);
    km_bind_text(q, 4, p->muscle);
    km_bind_int(q, 5, p->tp);
    km_bind_int(q, 6, p->side);
    km_bind_text(q, 7, p->kind);
    km_bind_text(q, 8, p->tool);
    km_bind_text(q, 9, p->position);
    km_bind_text(q, 10, p->action);
    km_bind_int(q, 11, p->seconds);
    km_bind_int(q, 12, p->sets);
    km_bind_int(q, 13, p->pressure);
    km_bind_text(q, 14, p->cue);
    km_bind_int(q, 15, p->cue_count);
    km_bind_text(q, 16, p->caution);
    km_bind_text(q, 17, p->source);
    km_bind_opt(q, 18, id, id != 0);
    return km_db_run(s, q, "cannot store the routine", err);
}

km_status km_store_routine_add(int64_t *id, km_store *s, const km_store_routine *r, km_error *err)
{
    sqlite3_stmt *q = NULL;
    km_status st = km_db_write(&q, s, "cannot store the routine",
                               "INSERT INTO routine (id, uid, client_id, name, at, off_min) "
                               "VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
                               err);
    if (st != KM_OK)
        return st;
    km_bind_opt(q, 1, r->id, r->id != 0);
    km_bind_uid(q, 2, r->uid);
    km_bind_int(q, 3, r->client_id);
    km_bind_text(q, 4, r->name);
    km_bind_time(q, 5, r->at);
    st = km_db_run(s, q, "cannot store the routine", err);
    if (st != KM_OK)
        return st;
    *id = sqlite3_last_insert_rowid(s->db);
    km_touch(s, r->client_id);
    for (size_t i = 0; i < r->n_step && st == KM_OK; i++)
        st = km_routine_step_add(s, 0, *id, &r->step[i], err);
    return st;
}

static void read_routine(km_store_routine *r, km_store *s, sqlite3_stmt *q)
{
    *r = (km_store_routine){ .id = sqlite3_column_int64(q, 0),
                             .uid = km_col_uid(q, 1),
                             .client_id = sqlite3_column_int64(q, 2),
                             .name = km_col_text(q, 3),
                             .at = km_col_time(s, q, 4) };
}

static km_status read_steps(km_store_routine *r, km_arena *mem, km_store *s, km_error *err)
{
    sqlite3_stmt *q = NULL;
    int64_t n = 0;
    km_status st = km_db_int(&n, s, "SELECT count(*) FROM routine_step WHERE routine_id = ?1",
                             r->id, 0, 0, err);
    if (st == KM_OK)
        st = km_db_get(&q, s,
                       "SELECT id, uid, step, muscle, tp, side, kind, tool, position, action, "
                       "seconds, sets, pressure, cue, cue_count, caution, source "
                       "FROM routine_step WHERE routine_id = ?1 ORDER BY step",
                       err);
    if (st != KM_OK)
        return st;
    km_store_step *step = km_arena_alloc(mem, (size_t)n * sizeof *step);
    km_bind_int(q, 1, r->id);
    while (r->n_step < (size_t)n && km_db_next(&st, s, q, "cannot read the routine", err)) {
        step[r->n_step++] = (km_store_step){
            .id = sqlite3_column_int64(q, 0),
            .uid = km_col_uid(q, 1),
            .step = km_col_code(s, q, 2, 1000),
            .muscle = km_arena_strdup(mem, km_col_text(q, 3)),
            .tp = km_col_code(s, q, 4, 100),
            .side = (km_side)km_col_code(s, q, 5, KM_SIDE_COUNT),
            .kind = km_arena_strdup(mem, km_col_text(q, 6)),
            .tool = km_arena_strdup(mem, km_col_text(q, 7)),
            .position = km_arena_strdup(mem, km_col_text(q, 8)),
            .action = km_arena_strdup(mem, km_col_text(q, 9)),
            .seconds = km_col_code(s, q, 10, 86401),
            .sets = km_col_code(s, q, 11, 100),
            .pressure = km_col_code(s, q, 12, 8),
            .cue = km_arena_strdup(mem, km_col_text(q, 13)),
            .cue_count = km_col_code(s, q, 14, 1000),
            .caution = km_arena_strdup(mem, km_col_text(q, 15)),
            .source = km_arena_strdup(mem, km_col_text(q, 16)),
        };
    }
    if (st == KM_OK)
        st = km_row_sound(s, err); /* of the routine and its steps */
    km_db_done(s, q);
    r->step = step;
    return st;
}

km_status km_store_routine_get(km_store_routine *out, km_arena *mem, km_store *s,
                               int64_t client_id, int64_t id, km_error *err)
{
    sqlite3_stmt *q = NULL;
    km_status st = km_db_get(&q, s,
                             id ? "SELECT id, uid, client_id, name, at, off_min FROM routine "
                                  "WHERE id = ?1"
                                : "SELECT id, uid, client_id, name, at, off_min FROM routine "
                                  "WHERE client_id = ?1 ORDER BY at DESC, id DESC LIMIT 1",
                             err);
    if (st != KM_OK)
        return st;
    km_bind_int(q, 1, id ? id : client_id);
    if (km_db_next(&st, s, q, "cannot read the routine", err)) {
        read_routine(out, s, q);
        out->name = km_arena_strdup(mem, out->name);
    } else if (st == KM_OK) {
        st = id ? km_no_such(err, "routine", id)
                : km_fail(err, KM_ENOTFOUND, "routine: none is saved yet");
    }
    km_db_done(s, q);
    return st == KM_OK ? read_steps(out, mem, s, err) : st;
}

km_status km_store_routines_each(km_store *s, int64_t client_id, km_store_routine_fn fn, void *ctx,
                                 km_error *err)
{
    sqlite3_stmt *q = NULL;
    km_status st = km_db_get(&q, s,
                             "SELECT id, uid, client_id, name, at, off_min FROM routine "
                             "WHERE client_id = ?1 ORDER BY at DESC, id DESC",
                             err);
    if (st != KM_OK)
        return st;
    km_bind_int(q, 1, client_id);
    while (km_db_next(&st, s, q, "cannot read the routines", err)) {
        km_store_routine r;
        read_routine(&r, s, q);
        st = fn(ctx, &r, err);
    }
    return st;
}

km_status km_store_routine_remove(km_store *s, int64_t id, km_error *err)
{
    static const char *const sql[] = {
        "UPDATE treatment SET routine_id = NULL, routine_step = NULL WHERE routine_id = ?1",
        "DELETE FROM routine_step WHERE routine_id = ?1", "DELETE FROM routine WHERE id = ?1"
    };
    km_status st = km_write_check(s, "cannot remove the routine", err);
    if (st == KM_OK)
        st = km_touch_owner(s, "SELECT client_id FROM routine WHERE id = ?1", "routine", id, err);
    for (size_t i = 0; i < sizeof sql / sizeof *sql && st == KM_OK; i++)
        st = km_db_run_id(s, sql[i], id, "cannot remove the routine", err);
    return st;
}

km_status km_store_routine_steps_each(km_store *s, int64_t client_id, km_store_routine_step_fn fn,
                                      void *ctx, km_error *err)
{
    km_names names = { 0 };
    sqlite3_stmt *q = NULL;
    km_status st = km_db_get(&q, s,
                             "SELECT p.id, p.uid, p.routine_id, r.uid, r.client_id, r.name, r.at, "
                             "r.off_min, p.step, p.muscle, p.tp, p.side, p.kind, p.tool, "
                             "p.position, p.action, p.seconds, p.sets, p.pressure, p.cue, "
                             "p.cue_count, p.caution, p.source FROM routine r "
                             "JOIN routine_step p ON p.routine_id = r.id "
                             "WHERE ?1 = 0 OR r.client_id = ?1 ORDER BY r.at, r.id, p.step",
                             err);
    if (st != KM_OK)
        return st;
    km_bind_int(q, 1, client_id);
    while (km_db_next(&st, s, q, "cannot read the routines", err)) {
        km_routine_step p = { .id = sqlite3_column_int64(q, 0),
                              .uid = km_col_uid(q, 1),
                              .routine_id = sqlite3_column_int64(q, 2),
                              .routine_uid = km_col_uid(q, 3),
                              .client_id = sqlite3_column_int64(q, 4),
                              .name = km_col_text(q, 5),
                              .at = km_col_time(s, q, 6),
                              .step = km_col_code(s, q, 8, 1000),
                              .muscle = km_col_text(q, 9),
                              .tp = km_col_code(s, q, 10, 100),
                              .side = (km_side)km_col_code(s, q, 11, KM_SIDE_COUNT),
                              .kind = km_col_text(q, 12),
                              .tool = km_col_text(q, 13),
                              .position = km_col_text(q, 14),
                              .action = km_col_text(q, 15),
                              .seconds = km_col_code(s, q, 16, 86401),
                              .sets = km_col_code(s, q, 17, 100),
                              .pressure = km_col_code(s, q, 18, 8),
                              .cue = km_col_text(q, 19),
                              .cue_count = km_col_code(s, q, 20, 1000),
                              .caution = km_col_text(q, 21),
                              .source = km_col_text(q, 22) };
        st = km_row_sound(s, err);
        if (st == KM_OK)
            st = km_names_client(&p.client, &names, s, p.client_id, err);
        if (st == KM_OK)
            st = fn(ctx, &p, err);
    }
    km_names_clear(&names);
    return st;
}

km_status km_store_routine_step_add(km_store *s, const km_routine_step *p, km_error *err)
{
    const km_store_step step = {
        .uid = p->uid, .step = p->step, .muscle = p->muscle, .tp = p->tp, .side = p->side,
        .kind = p->kind, .tool = p->tool, .position = p->position,
        .action = p->action ? p->action : "", .cue = p->cue, .caution = p->caution,
        .source = p->source, .seconds = p->seconds, .sets = p->sets, .pressure = p->pressure,
        .cue_count = p->cue_count,
    };
    int64_t there = 0;
    km_status st = km_write_check(s, "cannot store the routine", err);

    if (st == KM_OK)
        st = km_db_int(&there, s, "SELECT 1 FROM routine_step WHERE routine_id = ?1 AND step = ?2",
                       p->routine_id, p->step, 0, err);
    if (st == KM_OK && there)
        return km_fail(err, KM_EINVAL, "step %d: routine %s has one", p->step, p->name);
    if (st == KM_OK)
        st = km_routine_step_add(s, 0, p->routine_id, &step, err);
    km_touch(s, p->client_id);
    return st;
}

km_status km_store_routine_head(km_store *s, int64_t id, const char *name, km_instant at,
                                km_error *err)
{
    sqlite3_stmt *q = NULL;
    km_status st = km_db_write(&q, s, "cannot change the routine",
                               "UPDATE routine SET name = ?2, at = ?3, off_min = ?4 WHERE id = ?1",
                               err);
    if (st != KM_OK)
        return st;
    km_bind_int(q, 1, id);
    km_bind_text(q, 2, name);
    km_bind_time(q, 3, at);
    return km_db_run(s, q, "cannot change the routine", err);
}

km_status km_store_routine_by_name(int64_t *id, km_store *s, int64_t client_id, const char *name,
                                   km_error *err)
{
    sqlite3_stmt *q = NULL;
    km_status st = km_db_get(&q, s,
                             "SELECT id FROM routine WHERE client_id = ?1 AND name = ?2 "
                             "ORDER BY at DESC, id DESC LIMIT 1",
                             err);
    if (st != KM_OK)
        return st;
    km_bind_int(q, 1, client_id);
    km_bind_text(q, 2, name);
    return km_db_number(id, s, q, "cannot read the routines", 0, err);
}
