/* Care: the weekly plan, goals, answers after a treatment and ratings during it. */
#include "store_impl.h"

/* ---- weekly plan ---- */

km_status km_store_week_plan_get(km_week_plan *out, bool *found, km_store *s, int64_t client_id,
                                 km_error *err)
{
    sqlite3_stmt *q = NULL;
    km_status st = km_db_get(
        &q, s, "SELECT smr, stretch, strength FROM week_plan WHERE client_id = ?1", err);
    if (st != KM_OK)
        return st;
    km_bind_int(q, 1, client_id);
    *found = km_db_next(&st, s, q, "cannot read the weekly plan", err);
    if (*found) {
        *out = (km_week_plan){ km_col_code(s, q, 0, 15), km_col_code(s, q, 1, 15),
                               km_col_code(s, q, 2, 15) };
        st = km_row_sound(s, err);
    }
    km_db_done(s, q);
    return st;
}

km_status km_store_week_plan_set(km_store *s, int64_t client_id, const km_week_plan *p,
                                 km_error *err)
{
    sqlite3_stmt *q = NULL;
    km_status st = km_db_write(&q, s, "cannot store the weekly plan",
                               "INSERT INTO week_plan (client_id, smr, stretch, strength) "
                               "VALUES (?1, ?2, ?3, ?4) ON CONFLICT (client_id) DO UPDATE "
                               "SET smr = excluded.smr, stretch = excluded.stretch, "
                               "strength = excluded.strength",
                               err);
    if (st != KM_OK)
        return st;
    km_bind_int(q, 1, client_id);
    km_bind_int(q, 2, p->smr);
    km_bind_int(q, 3, p->stretch);
    km_bind_int(q, 4, p->strength);
    km_touch(s, client_id);
    return km_db_run(s, q, "cannot store the weekly plan", err);
}

km_status km_store_week_plans_each(km_store *s, int64_t client_id, km_store_plan_fn fn, void *ctx,
                                   km_error *err)
{
    sqlite3_stmt *q = NULL;
    km_status st = km_db_get(&q, s,
                             "SELECT p.client_id, c.name, p.smr, p.stretch, p.strength "
                             "FROM week_plan p JOIN client c ON c.id = p.client_id "
                             "WHERE ?1 = 0 OR p.client_id = ?1 ORDER BY c.name, c.id",
                             err);
    if (st != KM_OK)
        return st;
    km_bind_int(q, 1, client_id);
    while (km_db_next(&st, s, q, "cannot read the weekly plans", err)) {
        km_client_plan p = { .client_id = sqlite3_column_int64(q, 0),
                             .client = km_col_text(q, 1),
                             .plan = { km_col_code(s, q, 2, 15), km_col_code(s, q, 3, 15),
                                       km_col_code(s, q, 4, 15) } };
        st = km_row_sound(s, err);
        if (st == KM_OK)
            st = fn(ctx, &p, err);
    }
    return st;
}

/* ---- goals ---- */

#define GOAL_COLUMNS "id, uid, client_id, kind, name, day, before, after, done, note"

static km_status read_goal(km_goal *g, km_names *names, sqlite3_stmt *q, km_store *s,
                           km_error *err)
{
    *g = (km_goal){ .id = sqlite3_column_int64(q, 0),
                    .uid = km_col_uid(q, 1),
                    .client_id = sqlite3_column_int64(q, 2),
                    .kind = (km_goal_kind)km_col_code(s, q, 3, KM_GOAL_KIND_COUNT),
                    .name = km_col_text(q, 4),
                    .has_day = sqlite3_column_type(q, 5) != SQLITE_NULL,
                    .day = km_col_day(s, q, 5),
                    .before = km_col_opt(s, q, 6, 10),
                    .after = km_col_opt(s, q, 7, 10),
                    .done = sqlite3_column_int(q, 8) != 0,
                    .note = km_col_text(q, 9) };
    km_status st = km_row_sound(s, err);
    return st == KM_OK ? km_names_client(&g->client, names, s, g->client_id, err) : st;
}

km_status km_store_goals_each(km_store *s, int64_t client_id, km_store_goal_fn fn, void *ctx,
                              km_error *err)
{
    km_names names = { 0 };
    sqlite3_stmt *q = NULL;
    km_status st = km_db_get(&q, s,
                             client_id ? "SELECT " GOAL_COLUMNS " FROM goal WHERE client_id = ?1 "
                                         "ORDER BY day IS NULL, day, id"
                                       : "SELECT " GOAL_COLUMNS " FROM goal "
                                         "ORDER BY day IS NULL, day, id",
                             err);
    if (st != KM_OK)
        return st;
    if (client_id)
        km_bind_int(q, 1, client_id);
    while (km_db_next(&st, s, q, "cannot read the goals", err)) {
        km_goal g;
        st = read_goal(&g, &names, q, s, err);
        if (st == KM_OK)
            st = fn(ctx, &g, err);
    }
    km_names_clear(&names);
    return st;
}

km_status km_store_goal_get(km_goal *out, km_arena *mem, km_store *s, int64_t id, km_error *err)
{
    km_names names = { 0 };
    sqlite3_stmt *q = NULL;
    km_status st = km_db_get(&q, s, "SELECT " GOAL_COLUMNS " FROM goal WHERE id = ?1", err);
    if (st != KM_OK)
        return st;
    km_bind_int(q, 1, id);
    if (km_db_next(&st, s, q, "cannot read the goal", err)) {
        st = read_goal(out, &names, q, s, err);
        if (st == KM_OK)
            km_goal_own(out, mem);
    } else if (st == KM_OK) {
        st = km_no_such(err, "goal", id);
    }
    km_db_done(s, q);
    km_names_clear(&names);
    return st;
}

static void bind_goal(sqlite3_stmt *q, const km_goal *g)
{
    km_bind_uid(q, 2, g->uid);
    km_bind_int(q, 3, g->client_id);
    km_bind_int(q, 4, g->kind);
    km_bind_text(q, 5, g->name);
    km_bind_opt(q, 6, g->day, g->has_day);
    km_bind_opt(q, 7, g->before, g->before >= 0);
    km_bind_opt(q, 8, g->after, g->after >= 0);
    km_bind_int(q, 9, g->done);
    km_bind_text(q, 10, g->note);
}

km_status km_store_goal_add(int64_t *id, km_store *s, const km_goal *g, km_error *err)
{
    sqlite3_stmt *q = NULL;
    km_status st = km_db_write(&q, s, "cannot store the goal",
                               "INSERT INTO goal (" GOAL_COLUMNS ") VALUES (?1, ?2, ?3, ?4, ?5, "
                               "?6, ?7, ?8, ?9, ?10)",
                               err);
    if (st != KM_OK)
        return st;
    km_bind_opt(q, 1, g->id, g->id != 0);
    bind_goal(q, g);
    return km_db_add(id, s, q, "cannot store the goal", g->client_id, err);
}

km_status km_store_goal_update(km_store *s, const km_goal *g, km_error *err)
{
    sqlite3_stmt *q = NULL;
    km_status st = km_db_write(&q, s, "cannot change the goal",
                               "UPDATE goal SET (" GOAL_COLUMNS ") = (?1, ?2, ?3, ?4, ?5, ?6, ?7, "
                               "?8, ?9, ?10) WHERE id = ?1",
                               err);
    if (st != KM_OK)
        return st;
    km_bind_int(q, 1, g->id);
    bind_goal(q, g);
    return km_db_change(s, q, "cannot change the goal", "goal", g->id, g->client_id, err);
}

km_status km_store_goal_remove(km_store *s, int64_t id, km_error *err)
{
    km_status st = km_write_check(s, "cannot remove the goal", err);
    if (st == KM_OK)
        st = km_touch_owner(s, "SELECT client_id FROM goal WHERE id = ?1", "goal", id, err);
    if (st == KM_OK)
        st = km_db_run_id(s, "DELETE FROM goal WHERE id = ?1", id, "cannot remove the goal", err);
    return st;
}

/* ---- after a treatment ---- */

#define TREATMENT_CLIENT "SELECT client_id FROM treatment WHERE id = ?1"

km_status km_store_treatment_client(int64_t *client_id, km_store *s, int64_t id, km_error *err)
{
    km_status st = km_db_int(client_id, s, TREATMENT_CLIENT, id, 0, 0, err);
    if (st == KM_OK && *client_id == 0)
        return km_no_such(err, "treatment", id);
    return st;
}

/* Note whose record a row about a treatment is. */
static km_status touch_treatment(km_store *s, int64_t id, km_error *err)
{
    return km_touch_owner(s, TREATMENT_CLIENT, "treatment", id, err);
}

km_status km_store_aftercare_put(km_store *s, const km_aftercare *a, km_error *err)
{
    sqlite3_stmt *q = NULL;
    km_status st = km_write_check(s, "cannot store the answer", err);
    if (st == KM_OK)
        st = touch_treatment(s, a->treatment_id, err);
    if (st == KM_OK)
        st = km_db_get(&q, s,
                       "INSERT INTO aftercare (treatment_id, hours, at, off_min, rating, response, "
                       "energy, note, strength) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9) "
                       "ON CONFLICT (treatment_id, hours) DO UPDATE SET at = excluded.at, "
                       "off_min = excluded.off_min, rating = excluded.rating, "
                       "response = excluded.response, energy = excluded.energy, "
                       "note = excluded.note, strength = excluded.strength",
                       err);
    if (st != KM_OK)
        return st;
    km_bind_int(q, 1, a->treatment_id);
    km_bind_int(q, 2, a->hours);
    km_bind_time(q, 3, a->at);
    km_bind_opt(q, 5, a->rating, a->rating >= 0);
    km_bind_int(q, 6, a->response);
    km_bind_opt(q, 7, a->energy, a->energy >= 0);
    km_bind_text(q, 8, a->note);
    km_bind_opt(q, 9, a->strength, a->strength != KM_AFTER_STRENGTH_NONE);
    return km_db_run(s, q, "cannot store the answer", err);
}

#define SELECT_ANSWERS                                                                        \
    "SELECT a.treatment_id, a.hours, a.at, a.off_min, a.rating, a.response, a.energy, a.note, " \
    "t.uid, t.client_id, a.strength FROM aftercare a JOIN treatment t ON t.id = a.treatment_id "
#define ANSWERS_ORDER "ORDER BY t.at, t.id, a.hours"

static km_status read_answer(km_aftercare *a, km_names *names, sqlite3_stmt *q, km_store *s,
                             km_error *err)
{
    *a = (km_aftercare){ .treatment_id = sqlite3_column_int64(q, 0),
                         .hours = km_col_code(s, q, 1, 73),
                         .at = km_col_time(s, q, 2),
                         .rating = km_col_opt(s, q, 4, 10),
                         .response = (km_response)km_col_code(s, q, 5, KM_RESPONSE_COUNT),
                         .energy = km_col_opt(s, q, 6, 10),
                         .note = km_col_text(q, 7),
                         .treatment_uid = km_col_uid(q, 8),
                         .strength = (km_after_strength)km_col_code(s, q, 10,
                                                               KM_AFTER_STRENGTH_COUNT) };
    km_status st = km_row_sound(s, err);
    return st != KM_OK ? st : km_names_client(&a->client, names, s, sqlite3_column_int64(q, 9), err);
}

km_status km_store_aftercare_each(km_store *s, int64_t client_id, int64_t since,
                                  km_store_aftercare_fn fn, void *ctx, km_error *err)
{
    km_names names = { 0 };
    sqlite3_stmt *q = NULL;
    km_status st =
        km_db_get(&q, s,
                  client_id ? SELECT_ANSWERS "WHERE t.client_id = ?1 AND t.at >= ?2 " ANSWERS_ORDER
                            : SELECT_ANSWERS ANSWERS_ORDER,
                  err);
    if (st != KM_OK)
        return st;
    if (client_id) {
        km_bind_int(q, 1, client_id);
        km_bind_int(q, 2, since);
    }
    while (km_db_next(&st, s, q, "cannot read the answers", err)) {
        km_aftercare a;
        st = read_answer(&a, &names, q, s, err);
        if (st == KM_OK)
            st = fn(ctx, &a, err);
    }
    km_names_clear(&names);
    return st;
}

km_status km_store_aftercare_get(km_aftercare *out, bool *found, km_arena *mem, km_store *s,
                                 int64_t treatment_id, int hours, km_error *err)
{
    km_names names = { 0 };
    sqlite3_stmt *q = NULL;
    km_status st =
        km_db_get(&q, s, SELECT_ANSWERS "WHERE a.treatment_id = ?1 AND a.hours = ?2", err);
    if (st != KM_OK)
        return st;
    km_bind_int(q, 1, treatment_id);
    km_bind_int(q, 2, hours);
    *found = km_db_next(&st, s, q, "cannot read the answer", err);
    if (*found) {
        st = read_answer(out, &names, q, s, err);
        out->client = km_arena_strdup(mem, out->client);
        out->note = km_arena_strdup(mem, out->note);
    }
    km_db_done(s, q);
    km_names_clear(&names);
    return st;
}

/* ---- during a treatment ---- */

km_status km_store_hold_add(km_store *s, int64_t treatment_id, int beat, int rating, km_error *err)
{
    sqlite3_stmt *q = NULL;
    km_status st = km_write_check(s, "cannot store the rating", err);
    if (st == KM_OK)
        st = touch_treatment(s, treatment_id, err);
    if (st == KM_OK)
        st = km_db_get(&q, s,
                       "INSERT INTO hold (treatment_id, n, beat, rating) VALUES "
                       "(?1, 1 + coalesce((SELECT max(n) FROM hold WHERE treatment_id = ?1), 0), "
                       "?2, ?3)",
                       err);
    if (st != KM_OK)
        return st;
    km_bind_int(q, 1, treatment_id);
    km_bind_int(q, 2, beat);
    km_bind_int(q, 3, rating);
    return km_db_run(s, q, "cannot store the rating", err);
}

km_status km_store_treatment_more_put(km_store *s, const km_treatment_more *m, km_error *err)
{
    sqlite3_stmt *q = NULL;
    km_status st = km_write_check(s, "cannot store the treatment", err);
    if (st == KM_OK)
        st = touch_treatment(s, m->treatment_id, err);
    if (st == KM_OK)
        st = km_db_get(&q, s,
                       "INSERT INTO treatment_more (treatment_id, stiffness_before, "
                       "stiffness_after, tension_before, tension_after, stopped) "
                       "VALUES (?1, ?2, ?3, ?4, ?5, ?6) ON CONFLICT (treatment_id) DO UPDATE SET "
                       "stiffness_before = excluded.stiffness_before, "
                       "stiffness_after = excluded.stiffness_after, "
                       "tension_before = excluded.tension_before, "
                       "tension_after = excluded.tension_after, stopped = excluded.stopped",
                       err);
    if (st != KM_OK)
        return st;
    km_bind_int(q, 1, m->treatment_id);
    km_bind_opt(q, 2, m->stiffness_before, m->stiffness_before >= 0);
    km_bind_opt(q, 3, m->stiffness_after, m->stiffness_after >= 0);
    km_bind_opt(q, 4, m->tension_before, m->tension_before >= 0);
    km_bind_opt(q, 5, m->tension_after, m->tension_after >= 0);
    km_bind_opt(q, 6, m->stopped, m->stopped != KM_STOP_NONE);
    return km_db_run(s, q, "cannot store the treatment", err);
}
