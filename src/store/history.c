/* What trends read: ratings and events from the covering index, pressure readings, stiffness and
   tension, and which places are held against a test. */
#include "store_impl.h"

/*
 * A million rows are read faster by a function that SQLite calls for each of them than by stepping
 * from row to row: the machine that runs the statement is not left in between. So the text is
 * SELECT km_take(...) FROM mark, an aggregate whose result nobody wants.
 */
typedef struct taking {
    km_store_rating_fn rating;
    km_store_event_fn event;
    void *ctx;
    km_store *s;
    int64_t group_most;         /* of ratings */
    km_status st;
    km_error *err;
} taking;

/* As km_col_in. */
static int64_t take_in(taking *t, sqlite3_value *v, int64_t low, int64_t high)
{
    int64_t n = sqlite3_value_int64(v);

    if (n >= low && n <= high)
        return n;
    t->s->unsound = true;
    return low;
}

/* km_take(at, off_min, place_id, intensity [, group]) */
static void take_rating(sqlite3_context *c, int n, sqlite3_value **v)
{
    taking *t = *(taking **)sqlite3_user_data(c);

    if (t->st != KM_OK || sqlite3_value_type(v[3]) == SQLITE_NULL)
        return;
    const km_store_rating r = {
        .at = take_in(t, v[0], KM_AT_LEAST, KM_AT_MOST),
        .off_min = (int16_t)take_in(t, v[1], -KM_OFF_MOST, KM_OFF_MOST),
        .place = (int32_t)take_in(t, v[2], 1, KM_PLACE_MOST),
        .intensity = (int8_t)take_in(t, v[3], 0, 10),
        .group = n > 4 ? take_in(t, v[4], 0, t->group_most) : 0,
    };
    t->st = km_row_sound(t->s, t->err);
    if (t->st == KM_OK)
        t->st = t->rating(t->ctx, &r, t->err);
    if (t->st != KM_OK)
        sqlite3_result_error(c, "the reader gave up", -1);
}

/* km_take_event(at, off_min, place_id, intensity, kind, id, state, cause) */
static void take_event(sqlite3_context *c, int n, sqlite3_value **v)
{
    taking *t = *(taking **)sqlite3_user_data(c);

    (void)n;
    if (t->st != KM_OK)
        return;
    const km_store_event e = {
        .at = take_in(t, v[0], KM_AT_LEAST, KM_AT_MOST),
        .off_min = (int16_t)take_in(t, v[1], -KM_OFF_MOST, KM_OFF_MOST),
        .place = (int32_t)take_in(t, v[2], 1, KM_PLACE_MOST),
        .intensity = (int8_t)(sqlite3_value_type(v[3]) == SQLITE_NULL ? KM_INTENSITY_NONE
                                                                      : take_in(t, v[3], 0, 10)),
        .kind = (unsigned)take_in(t, v[4], 0, KM_KIND_COUNT - 1) & 7,
        .id = sqlite3_value_int64(v[5]),
        .state = (unsigned)take_in(t, v[6], 0, KM_STATE_COUNT - 1) & 3,
        .cause = (unsigned)take_in(t, v[7], 0, KM_CAUSE_COUNT - 1) & 7,
    };
    t->st = km_row_sound(t->s, t->err);
    if (t->st == KM_OK)
        t->st = t->event(t->ctx, &e, t->err);
    if (t->st != KM_OK)
        sqlite3_result_error(c, "the reader gave up", -1);
}

static void taken(sqlite3_context *c)
{
    sqlite3_result_null(c);
}

km_status km_take_init(km_store *s, km_error *err)
{
    static const struct {
        const char *name;
        int n;
        void (*take)(sqlite3_context *, int, sqlite3_value **);
    } fn[] = { { "km_take", 4, take_rating }, { "km_take", 5, take_rating },
               { "km_take_event", 8, take_event } };

    for (size_t i = 0; i < sizeof fn / sizeof *fn; i++) {
        if (sqlite3_create_function(s->db, fn[i].name, fn[i].n, SQLITE_UTF8 | SQLITE_DIRECTONLY,
                                    &s->taking, NULL, fn[i].take, taken) != SQLITE_OK)
            return km_db_fail(s, err, "cannot read the marks");
    }
    return KM_OK;
}

/* Run such a statement; a reader that gives up comes back with its own status. */
static km_status take_all(km_store *s, sqlite3_stmt *q, taking *t, km_error *err)
{
    taking *before = s->taking;
    km_status st = KM_OK;

    s->taking = t;
    int rc = sqlite3_step(q);
    s->taking = before;
    if (t->st != KM_OK)
        st = t->st;
    else if (rc != SQLITE_ROW)
        st = km_db_fail(s, err, "cannot read the marks");
    km_db_done(s, q);
    return st;
}

/* Constant pieces: a condition that is not there costs nothing a row. */
static void where(km_buf *b, int64_t client_id, int64_t since, int64_t until, int kind)
{
    /* a part of everybody's time is looked up person by person: the index begins with them */
    bool by_person = client_id == 0 && since > INT64_MIN;
    km_buf_puts(b, by_person ? " FROM client CROSS JOIN mark INDEXED BY mark_by_client "
                               "WHERE client_id = client.id"
                             : " FROM mark INDEXED BY mark_by_client WHERE 1");
    km_buf_puts(b, client_id ? " AND client_id = ?1" : "");
    km_buf_puts(b, since > INT64_MIN ? " AND at >= ?2" : "");
    km_buf_puts(b, until < INT64_MAX ? " AND at < ?3" : "");
    km_buf_puts(b, kind >= 0 ? " AND kind = ?4" : "");
}

static void bind_where(sqlite3_stmt *q, int64_t client_id, int64_t since, int64_t until, int kind)
{
    const int64_t value[] = { client_id, since, until, kind };
    int n = sqlite3_bind_parameter_count(q);

    for (int i = 0; i < n; i++)
        km_bind_int(q, i + 1, value[i]);
}

static km_status ratings_known(km_store *s, const km_event_span *in,
                               const km_store_rating_ask *ask, km_store_rating_fn fn, void *ctx,
                               km_error *err)
{
    km_status st = KM_OK;

    s->events.readers++;
    for (size_t i = 0; i < in->n && st == KM_OK; i++) {
        const km_store_event *m = &in->row[i];
        if (m->intensity == KM_INTENSITY_NONE || (ask->kind >= 0 && m->kind != ask->kind))
            continue;
        const km_store_rating r = {
            .at = m->at, .off_min = m->off_min, .place = m->place, .intensity = m->intensity,
            .group = ask->group == KM_STORE_GROUP_KIND     ? m->kind
                     : ask->group == KM_STORE_GROUP_CLIENT ? ask->client_id : 0,
        };
        st = fn(ctx, &r, err);
    }
    s->events.readers--;
    return st;
}

km_status km_store_ratings_each(km_store *s, const km_store_rating_ask *ask,
                                km_store_rating_fn fn, void *ctx, km_error *err)
{
    static const char *const group[] = {
        [KM_STORE_GROUP_NONE] = "", [KM_STORE_GROUP_KIND] = ", kind",
        [KM_STORE_GROUP_CLIENT] = ", client_id"
    };
    taking t = { .rating = fn, .ctx = ctx, .s = s, .err = err,
                 .group_most = ask->group == KM_STORE_GROUP_KIND ? KM_KIND_COUNT - 1 : INT64_MAX };
    sqlite3_stmt *q = NULL;
    km_buf sql = { 0 };
    km_event_span span;
    km_status st = km_events_known(&span, s, ask->client_id, ask->since, ask->until, true,
                                   err);

    if (st != KM_OK)
        return st;
    if (span.known)
        return ratings_known(s, &span, ask, fn, ctx, err);
    km_buf_printf(&sql, "SELECT km_take(at, off_min, place_id, intensity%s)", group[ask->group]);
    where(&sql, ask->client_id, ask->since, ask->until, ask->kind);
    st = km_db_get(&q, s, sql.s, err);
    km_buf_clear(&sql);
    if (st != KM_OK)
        return st;
    bind_where(q, ask->client_id, ask->since, ask->until, ask->kind);
    return take_all(s, q, &t, err);
}

static km_status read_events(km_store *s, int64_t client_id, int64_t since, int64_t until,
                             km_store_event_fn fn, void *ctx, km_error *err)
{
    taking t = { .event = fn, .ctx = ctx, .s = s, .err = err };
    sqlite3_stmt *q = NULL;
    km_buf sql = { 0 };

    km_buf_puts(&sql, "SELECT km_take_event(at, off_min, place_id, intensity, kind, id, state, "
                      "cause)");
    where(&sql, client_id, since, until, -1);
    km_status st = km_db_get(&q, s, sql.s, err);
    km_buf_clear(&sql);
    if (st != KM_OK)
        return st;
    bind_where(q, client_id, since, until, -1);
    return take_all(s, q, &t, err);
}

km_status km_events_read(km_store *s, int64_t client_id, int64_t since, km_store_event_fn fn,
                         void *ctx, km_error *err)
{
    return read_events(s, client_id, since, INT64_MAX, fn, ctx, err);
}

km_status km_store_events_each(km_store *s, int64_t client_id, int64_t since, int64_t until,
                               km_store_event_fn fn, void *ctx, km_error *err)
{
    km_event_span span;
    km_status st = km_events_known(&span, s, client_id, since, until, true, err);

    if (st != KM_OK)
        return st;
    if (!span.known)
        return read_events(s, client_id, since, until, fn, ctx, err);
    s->events.readers++;
    for (size_t i = 0; i < span.n && st == KM_OK; i++)
        st = fn(ctx, &span.row[i], err);
    s->events.readers--;
    return st;
}

static km_status samples_known(km_store *s, const km_event_span *in, int64_t client_id,
                               km_store_sample_fn fn, void *ctx, km_error *err)
{
    km_status st = KM_OK;

    s->events.readers++;
    for (size_t i = 0; i < in->n && st == KM_OK; i++) {
        const km_store_event *m = &in->row[i];
        const km_store_sample sample = { .id = m->id, .at = m->at, .off_min = m->off_min,
                                         .kind = m->kind, .intensity = m->intensity,
                                         .place = m->place, .client_id = client_id };
        st = fn(ctx, &sample, err);
    }
    s->events.readers--;
    return st;
}

km_status km_store_samples(km_store *s, int64_t client_id, int64_t since, int64_t until,
                           km_store_sample_fn fn, void *ctx, km_error *err)
{
    sqlite3_stmt *q = NULL;
    km_event_span span;
    km_status st = km_events_known(&span, s, client_id, since, until, true, err);

    if (st != KM_OK)
        return st;
    if (span.known)
        return samples_known(s, &span, client_id, fn, ctx, err);
    st = km_db_get(&q, s,
                   client_id ? "SELECT id, at, off_min, kind, intensity, place_id, client_id "
                               "FROM mark INDEXED BY mark_by_client WHERE client_id = ?3 "
                               "AND at >= ?1 AND at < ?2 ORDER BY at"
                             : "SELECT id, at, off_min, kind, intensity, place_id, client_id "
                               "FROM mark INDEXED BY mark_by_client "
                               "WHERE at >= ?1 AND at < ?2 ORDER BY client_id, at",
                   err);
    if (st != KM_OK)
        return st;
    km_bind_int(q, 1, since);
    km_bind_int(q, 2, until);
    if (client_id)
        km_bind_int(q, 3, client_id);
    while (km_db_next(&st, s, q, "cannot read the marks", err)) {
        km_store_sample m = {
            .id = sqlite3_column_int64(q, 0),
            .at = km_col_in(s, q, 1, KM_AT_LEAST, KM_AT_MOST),
            .off_min = (int16_t)km_col_in(s, q, 2, -KM_OFF_MOST, KM_OFF_MOST),
            .kind = (int8_t)km_col_code(s, q, 3, KM_KIND_COUNT),
            .intensity = (int8_t)km_col_opt(s, q, 4, 10),
            .place = km_col_place(s, q, 5),
            .client_id = sqlite3_column_int64(q, 6),
        };
        st = km_row_sound(s, err);
        if (st == KM_OK)
            st = fn(ctx, &m, err);
    }
    return st;
}

km_status km_store_ppt_each(km_store *s, int64_t client_id, int64_t since, int64_t until,
                            km_store_ppt_fn fn, void *ctx, km_error *err)
{
    sqlite3_stmt *q = NULL;
    km_status st = km_db_get(&q, s,
                             "SELECT m.at, m.off_min, m.place_id, count(*), sum(p.kpa), "
                             "max(p.kpa), o.ppt_area FROM mark m "
                             "JOIN mark_ppt p ON p.mark_id = m.id "
                             "LEFT JOIN mark_more o ON o.mark_id = m.id "
                             "WHERE m.client_id = ?1 AND m.at >= ?2 AND m.at < ?3 "
                             "AND m.more & 2 GROUP BY m.id ORDER BY m.at, m.id",
                             err);
    if (st != KM_OK)
        return st;
    km_bind_int(q, 1, client_id);
    km_bind_int(q, 2, since);
    km_bind_int(q, 3, until);
    while (km_db_next(&st, s, q, "cannot read the marks", err)) {
        const km_store_ppt p = {
            .at = km_col_time(s, q, 0),
            .place = km_col_place(s, q, 2),
            .n = sqlite3_column_int(q, 3),
            .sum = km_col_real(s, q, 4, 0, 24000),
            .max = km_col_real(s, q, 5, 0, 3000),
            .area = km_col_real(s, q, 6, 0, 20),
        };
        st = km_row_sound(s, err);
        if (st == KM_OK)
            st = fn(ctx, &p, err);
    }
    return st;
}

km_status km_store_mark_tests_each(km_store *s, int64_t client_id, km_store_test_fn fn, void *ctx,
                                   km_error *err)
{
    sqlite3_stmt *q = NULL;
    km_status st = km_db_get(&q, s,
                             "SELECT DISTINCT m.place_id, o.test, o.test_side FROM mark_more o "
                             "INDEXED BY mark_by_test CROSS JOIN mark m ON m.id = o.mark_id "
                             "WHERE o.test IS NOT NULL AND m.client_id = ?1 ORDER BY 1, 2, 3",
                             err);
    if (st != KM_OK)
        return st;
    km_bind_int(q, 1, client_id);
    while (km_db_next(&st, s, q, "cannot read the marks", err)) {
        int32_t place = km_col_place(s, q, 0);
        km_side side = (km_side)km_col_code(s, q, 2, KM_SIDE_COUNT);
        st = km_row_sound(s, err);
        if (st == KM_OK)
            st = fn(ctx, place, km_col_text(q, 1), side, err);
    }
    return st;
}

km_status km_store_eased_each(km_store *s, int64_t client_id, int64_t since, int64_t until,
                              km_store_eased_fn fn, void *ctx, km_error *err)
{
    sqlite3_stmt *q = NULL;
    km_status st = km_db_get(&q, s,
                             "SELECT t.at, t.off_min, t.place_id, o.stiffness_before, "
                             "o.stiffness_after, o.tension_before, o.tension_after "
                             "FROM treatment t JOIN treatment_more o ON o.treatment_id = t.id "
                             "WHERE t.client_id = ?1 AND t.at >= ?2 AND t.at < ?3 "
                             "ORDER BY t.at, t.id",
                             err);
    if (st != KM_OK)
        return st;
    km_bind_int(q, 1, client_id);
    km_bind_int(q, 2, since);
    km_bind_int(q, 3, until);
    while (km_db_next(&st, s, q, "cannot read the treatments", err)) {
        const km_store_eased e = {
            .at = km_col_time(s, q, 0),
            .place = km_col_place(s, q, 2),
            .stiffness = { km_col_opt(s, q, 3, 10), km_col_opt(s, q, 4, 10) },
            .tension = { km_col_opt(s, q, 5, 10), km_col_opt(s, q, 6, 10) },
        };
        st = km_row_sound(s, err);
        if (st == KM_OK)
            st = fn(ctx, &e, err);
    }
    return st;
}
