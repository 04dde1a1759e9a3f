/* Marks: one narrow row each, side tables for what few of them have. */
#include "store_impl.h"

#include <stdlib.h>

enum { MORE_ROW = 1, MORE_PPT = 2, MORE_FELT = 4 };

#define MARK_COLUMNS                                                                         \
    "m.id, m.uid, m.client_id, m.at, m.off_min, m.kind, m.place_id, m.view, m.x, m.y, "      \
    "m.intensity, m.state, m.cause, m.session_id, m.more"

km_store_filter km_store_filter_all(void)
{
    return (km_store_filter){ .side = -1, .kind = -1, .min_intensity = -1, .cause = -1,
                              .tissue = -1 };
}

/* ---- reading ---- */

static km_status read_more(km_mark *m, sqlite3_stmt **held, km_store *s, km_error *err)
{
    sqlite3_stmt *q = NULL;
    km_status st = km_db_get(&q, s,
                             "SELECT qualities, taut_band, twitch, tissue, ppt_area, onset_at, "
                             "onset_off, note, test, test_side FROM mark_more WHERE mark_id = ?1",
                             err);
    if (st != KM_OK)
        return st;
    km_bind_int(q, 1, m->id);
    if (!km_db_next(&st, s, q, "cannot read a mark", err))
        return st;
    *held = q; /* the note is borrowed from it */
    m->qualities = km_col_set(s, q, 0);
    m->taut_band = (km_tri)km_col_code(s, q, 1, 3);
    m->twitch = (km_tri)km_col_code(s, q, 2, 3);
    m->tissue = (km_tissue)km_col_code(s, q, 3, KM_TISSUE_COUNT);
    m->ppt_area = km_col_real(s, q, 4, 0, 20);
    m->has_onset = sqlite3_column_type(q, 5) != SQLITE_NULL;
    if (m->has_onset)
        m->onset = km_col_time(s, q, 5);
    m->note = km_col_text(q, 7);
    m->test = km_col_text(q, 8);
    m->test_side = (km_side)km_col_code(s, q, 9, KM_SIDE_COUNT);
    return KM_OK;
}

static km_status read_ppt(km_mark *m, km_store *s, km_error *err)
{
    sqlite3_stmt *q = NULL;
    km_status st = km_db_get(&q, s, "SELECT kpa FROM mark_ppt WHERE mark_id = ?1 ORDER BY n", err);

    if (st != KM_OK)
        return st;
    km_bind_int(q, 1, m->id);
    while (m->n_ppt < KM_PPT_MAX && km_db_next(&st, s, q, "cannot read a mark", err))
        m->ppt[m->n_ppt++] = km_col_real(s, q, 0, 1, 3000);
    km_db_done(s, q);
    return st;
}

static km_status read_felt(km_mark *m, km_store *s, km_error *err)
{
    sqlite3_stmt *q = NULL;
    km_status st =
        km_db_get(&q, s, "SELECT place_id FROM mark_felt WHERE mark_id = ?1 ORDER BY n", err);

    if (st != KM_OK)
        return st;
    km_bind_int(q, 1, m->id);
    while (m->n_felt < KM_FELT_MAX && km_db_next(&st, s, q, "cannot read a mark", err)) {
        km_place p;
        st = km_store_place(&p, s, sqlite3_column_int64(q, 0), err);
        if (st == KM_OK)
            m->felt[m->n_felt++] = (km_felt){ .side = p.side, .region = p.region };
    }
    km_db_done(s, q);
    return st;
}

/* A row of MARK_COLUMNS. `*held` must be given back after the record was used. */
static km_status read_mark(km_mark *m, sqlite3_stmt **held, km_names *names, sqlite3_stmt *q,
                           km_store *s, km_error *err)
{
    *m = km_mark_blank();
    m->id = sqlite3_column_int64(q, 0);
    m->uid = km_col_uid(q, 1);
    m->client_id = sqlite3_column_int64(q, 2);
    m->at = km_col_time(s, q, 3);
    m->kind = (km_kind)km_col_code(s, q, 5, KM_KIND_COUNT);
    m->view = (km_view)km_col_code(s, q, 7, KM_VIEW_COUNT);
    m->x = (int16_t)km_col_in(s, q, 8, -20000, 20000);
    m->y = (int16_t)km_col_in(s, q, 9, -20000, 20000);
    m->intensity = km_col_opt(s, q, 10, 10);
    m->state = (km_state)km_col_code(s, q, 11, KM_STATE_COUNT);
    m->cause = (km_cause)km_col_code(s, q, 12, KM_CAUSE_COUNT);
    m->session_id = sqlite3_column_int64(q, 13);
    int more = sqlite3_column_int(q, 14);

    km_status st = km_store_place(&m->place, s, sqlite3_column_int64(q, 6), err);
    if (st == KM_OK)
        st = km_names_client(&m->client, names, s, m->client_id, err);
    if (st == KM_OK && m->session_id)
        st = km_names_session(&m->session_uid, names, s, m->session_id, err);
    if (st == KM_OK && (more & MORE_ROW))
        st = read_more(m, held, s, err);
    if (st == KM_OK && (more & MORE_PPT))
        st = read_ppt(m, s, err);
    if (st == KM_OK && (more & MORE_FELT))
        st = read_felt(m, s, err);
    return st == KM_OK ? km_row_sound(s, err) : st;
}

/* ---- listing ---- */

/* The text of a listing; see where.c. `listed`: of the ids in ?21. */
static void filter_sql(km_buf *b, const km_store_filter *f, const char *columns, bool listed)
{
    km_buf_printf(b, "SELECT %s FROM ", columns);
    if (listed) {
        km_buf_puts(b, "json_each(?21) l CROSS JOIN mark m ON m.id = l.value WHERE 1");
    } else if (f->open && f->has_until) {
        /* as it was known then; the inner question is answered from mark_by_client alone */
        km_buf_puts(b, "(SELECT max(n.id) AS mark_id FROM (SELECT client_id, place_id, kind, "
                       "max(at) AS at FROM mark WHERE ");
        km_buf_puts(b, f->until_day ? KM_BEFORE_DAY("at", "off_min") : "at < ?3 ");
        km_buf_puts(b, f->client_id ? "AND client_id = ?1 " : "");
        km_buf_puts(b, "GROUP BY client_id, place_id, kind) g JOIN mark n ON n.client_id = "
                       "g.client_id AND n.at = g.at AND n.place_id = g.place_id AND "
                       "n.kind = g.kind GROUP BY g.client_id, g.place_id, g.kind) l "
                       "CROSS JOIN mark m ON m.id = l.mark_id "
                       "WHERE m.intensity IS NOT 0");
    } else if (f->open) {
        km_buf_puts(b, "latest l CROSS JOIN mark m ON m.id = l.mark_id "
                       "WHERE l.intensity IS NOT 0");
        km_buf_puts(b, f->client_id ? " AND l.client_id = ?1" : "");
    } else {
        km_buf_puts(b, "mark m WHERE 1");
        km_buf_puts(b, f->client_id ? " AND m.client_id = ?1" : "");
        km_where_until(b, f, "m");
    }
    km_where(b, f, "m");
    km_buf_puts(b, f->kind >= 0 ? " AND m.kind = ?7" : "");
    km_buf_puts(b, f->min_intensity >= 0 ? " AND m.intensity >= ?8" : "");
    km_buf_puts(b, f->text ? " AND m.more & 1 AND EXISTS (SELECT 1 FROM mark_more WHERE "
                             "mark_id = m.id AND km_contains(note, ?11))"
                           : "");
    km_buf_puts(b, f->cause >= 0 ? " AND m.cause = ?12" : "");
    km_buf_puts(b, f->tissue >= 0 ? " AND m.more & 1 AND EXISTS (SELECT 1 FROM mark_more WHERE "
                                    "mark_id = m.id AND tissue = ?15)"
                                  : "");
    km_buf_puts(b, f->qualities ? " AND m.more & 1 AND EXISTS (SELECT 1 FROM mark_more WHERE "
                                  "mark_id = m.id AND qualities & ?16 = ?16)"
                                : "");
}

/* What was open at an earlier moment, where it is known without asking the database. */
static km_status open_then(km_buf *ids, bool *listed, km_store *s, const km_store_filter *f,
                           km_error *err)
{
    *listed = false;
    if (!f->open || !f->has_until)
        return KM_OK;
    return km_events_open(ids, listed, s, f, err);
}

km_status km_store_marks_each(km_store *s, const km_store_filter *f, km_store_mark_fn fn,
                              void *ctx, km_error *err)
{
    km_buf sql = { 0 }, ids = { 0 };
    km_names names = { 0 };
    sqlite3_stmt *q = NULL;
    bool listed;
    km_status st = open_then(&ids, &listed, s, f, err);
    if (st != KM_OK)
        return st;

    if (f->limit > 0 || f->offset > 0) {
        /* what is skipped is walked in the index alone; only what is shown is read */
        km_buf_puts(&sql, "SELECT " MARK_COLUMNS " FROM (");
        filter_sql(&sql, f, "m.id AS shown", listed);
        km_where_order(&sql, f, "m");
        km_buf_puts(&sql, " LIMIT ?13 OFFSET ?14) CROSS JOIN mark m ON m.id = shown");
    } else {
        filter_sql(&sql, f, MARK_COLUMNS, listed);
    }
    km_where_order(&sql, f, "m");
    st = km_db_get(&q, s, sql.s, err);
    km_buf_clear(&sql);
    if (st != KM_OK) {
        km_buf_clear(&ids);
        return st;
    }
    km_where_bind(q, f, km_buf_str(&ids));
    while (km_db_next(&st, s, q, "cannot read the marks", err)) {
        km_mark m;
        sqlite3_stmt *held = NULL;
        st = read_mark(&m, &held, &names, q, s, err);
        if (st == KM_OK)
            st = fn(ctx, &m, err);
        km_db_done(s, held);
    }
    km_buf_clear(&ids);
    km_names_clear(&names);
    return st;
}

km_status km_store_mark_count(int64_t *out, km_store *s, const km_store_filter *f, km_error *err)
{
    km_buf sql = { 0 }, ids = { 0 };
    sqlite3_stmt *q = NULL;
    bool listed;
    km_status st = open_then(&ids, &listed, s, f, err);

    if (st != KM_OK)
        return st;
    filter_sql(&sql, f, "count(*)", listed);
    st = km_db_get(&q, s, sql.s, err);
    km_buf_clear(&sql);
    if (st != KM_OK) {
        km_buf_clear(&ids);
        return st;
    }
    km_where_bind(q, f, km_buf_str(&ids));
    st = km_db_number(out, s, q, "cannot read the marks", 0, err);
    km_buf_clear(&ids);
    return st;
}

km_status km_store_mark_get(km_mark *out, km_arena *mem, km_store *s, int64_t id, km_error *err)
{
    km_names names = { 0 };
    sqlite3_stmt *q = NULL, *held = NULL;
    km_status st = km_db_get(&q, s, "SELECT " MARK_COLUMNS " FROM mark m WHERE m.id = ?1", err);
    if (st != KM_OK)
        return st;

    km_bind_int(q, 1, id);
    if (km_db_next(&st, s, q, "cannot read the mark", err)) {
        st = read_mark(out, &held, &names, q, s, err);
        if (st == KM_OK)
            km_mark_own(out, mem);
    } else if (st == KM_OK) {
        st = km_no_such(err, "mark", id);
    }
    km_db_done(s, held);
    km_db_done(s, q);
    km_names_clear(&names);
    return st;
}

/* ---- history of trigger points ---- */

typedef struct point_reader {
    km_store *s;
    km_store_point_history *of; /* by place */
    int64_t places;
    int64_t *last_id;
} point_reader;

static km_status take_point(void *ctx, const km_store_event *m, km_error *err)
{
    point_reader *r = ctx;

    if (m->kind != KM_KIND_KNOT || m->intensity == 0 || m->place > r->places)
        return KM_OK;
    km_store_point_history *h = &r->of[m->place];
    int64_t *last = &r->last_id[m->place];
    if (*last == 0) {
        km_status st = km_store_place(&h->place, r->s, m->place, err);
        if (st != KM_OK)
            return st;
    }
    h->active += m->state == KM_STATE_ACTIVE;
    h->latent += m->state == KM_STATE_LATENT;
    h->unspecified += m->state == KM_STATE_UNSPECIFIED;
    if (*last == 0 || m->at > h->last_at || (m->at == h->last_at && m->id > *last)) {
        h->last_at = m->at;
        h->last_state = (km_state)m->state;
        *last = m->id;
    }
    return KM_OK;
}

km_status km_store_history_each(km_store *s, int64_t client_id, km_store_history_fn fn, void *ctx,
                                km_error *err)
{
    point_reader r = { .s = s };
    km_status st = km_store_place_max(&r.places, s, err);

    if (st != KM_OK)
        return st;
    r.of = km_calloc((size_t)r.places + 1, sizeof *r.of);
    r.last_id = km_calloc((size_t)r.places + 1, sizeof *r.last_id);
    st = km_store_events_each(s, client_id, INT64_MIN, INT64_MAX, take_point, &r, err);
    for (int64_t i = 1; i <= r.places && st == KM_OK; i++) {
        if (r.last_id[i] != 0 && r.of[i].place.tp > 0)
            st = fn(ctx, &r.of[i], err);
    }
    free(r.of);
    free(r.last_id);
    return st;
}

km_status km_store_felt_each(km_store *s, int64_t client_id, km_store_felt_fn fn, void *ctx,
                             km_error *err)
{
    sqlite3_stmt *q = NULL;
    km_status st = km_db_get(&q, s,
                             "SELECT m.place_id, f.place_id, count(*) FROM mark_felt f "
                             "CROSS JOIN mark m ON m.id = f.mark_id WHERE m.client_id = ?1 "
                             "AND m.kind = 0 GROUP BY m.place_id, f.place_id",
                             err);
    if (st != KM_OK)
        return st;
    km_bind_int(q, 1, client_id);
    while (km_db_next(&st, s, q, "cannot read the marks", err)) {
        km_place point, felt;
        st = km_store_place(&point, s, sqlite3_column_int64(q, 0), err);
        if (st == KM_OK)
            st = km_store_place(&felt, s, sqlite3_column_int64(q, 1), err);
        if (st == KM_OK)
            st = fn(ctx, &point, &felt, sqlite3_column_int(q, 2), err);
    }
    return st;
}

/* ---- writing ---- */

static int more_of(const km_mark *m)
{
    bool row = m->qualities || m->taut_band || m->twitch || m->tissue || m->ppt_area > 0 ||
               m->has_onset || m->note || m->test;
    return (row ? MORE_ROW : 0) | (m->n_ppt > 0 ? MORE_PPT : 0) | (m->n_felt > 0 ? MORE_FELT : 0);
}

static km_status write_more(km_store *s, int64_t id, const km_mark *m, km_error *err)
{
    sqlite3_stmt *q = NULL;
    km_status st = KM_OK;

    if (more_of(m) & MORE_ROW) {
        st = km_db_get(&q, s,
                       "INSERT INTO mark_more (mark_id, qualities, taut_band, twitch, tissue, "
                       "ppt_area, onset_at, onset_off, note, test, test_side) "
                       "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)",
                       err);
        if (st != KM_OK)
            return st;
        km_bind_int(q, 1, id);
        km_bind_int(q, 2, m->qualities);
        km_bind_int(q, 3, m->taut_band);
        km_bind_int(q, 4, m->twitch);
        km_bind_int(q, 5, m->tissue);
        if (m->ppt_area > 0)
            km_bind_real(q, 6, m->ppt_area);
        km_bind_opt(q, 7, m->onset.sec, m->has_onset);
        km_bind_opt(q, 8, m->onset.off_min, m->has_onset);
        km_bind_text(q, 9, m->note);
        km_bind_text(q, 10, m->test);
        km_bind_opt(q, 11, m->test_side, m->test != NULL);
        st = km_db_run(s, q, "cannot store the mark", err);
    }
    for (int i = 0; i < m->n_ppt && st == KM_OK; i++) {
        st = km_db_get(&q, s, "INSERT INTO mark_ppt (mark_id, n, kpa) VALUES (?1, ?2, ?3)", err);
        if (st != KM_OK)
            return st;
        km_bind_int(q, 1, id);
        km_bind_int(q, 2, i + 1);
        km_bind_real(q, 3, m->ppt[i]);
        st = km_db_run(s, q, "cannot store the mark", err);
    }
    for (int i = 0; i < m->n_felt && st == KM_OK; i++) {
        km_place p = { .side = m->felt[i].side, .region = m->felt[i].region };
        int64_t key = 0;
        st = km_place_key(&key, s, &p, err);
        if (st == KM_OK)
            st = km_db_get(&q, s, "INSERT INTO mark_felt (mark_id, n, place_id) "
                                  "VALUES (?1, ?2, ?3)", err);
        if (st != KM_OK)
            return st;
        km_bind_int(q, 1, id);
        km_bind_int(q, 2, i + 1);
        km_bind_int(q, 3, key);
        st = km_db_run(s, q, "cannot store the mark", err);
    }
    return st;
}

static km_status remove_more(km_store *s, int64_t id, km_error *err)
{
    static const char *const sql[] = { "DELETE FROM mark_more WHERE mark_id = ?1",
                                       "DELETE FROM mark_ppt WHERE mark_id = ?1",
                                       "DELETE FROM mark_felt WHERE mark_id = ?1" };
    km_status st = KM_OK;

    for (size_t i = 0; i < sizeof sql / sizeof *sql && st == KM_OK; i++)
        st = km_db_run_id(s, sql[i], id, "cannot change the mark", err);
    return st;
}

/* The columns ?2 .. ?15 that add and update share. */
static void bind_mark(sqlite3_stmt *q, const km_mark *m, int64_t place)
{
    km_bind_uid(q, 2, m->uid);
    km_bind_int(q, 3, m->client_id);
    km_bind_time(q, 4, m->at);
    km_bind_int(q, 6, m->kind);
    km_bind_int(q, 7, place);
    km_bind_int(q, 8, m->view);
    km_bind_int(q, 9, m->x);
    km_bind_int(q, 10, m->y);
    km_bind_opt(q, 11, m->intensity, m->intensity != KM_INTENSITY_NONE);
    km_bind_int(q, 12, m->state);
    km_bind_int(q, 13, m->cause);
    km_bind_opt(q, 14, m->session_id, m->session_id != 0);
    km_bind_int(q, 15, more_of(m));
}

km_status km_store_mark_add(int64_t *id, km_store *s, const km_mark *m, km_error *err)
{
    sqlite3_stmt *q = NULL;
    int64_t place = 0;
    km_status st = km_write_check(s, "cannot store the mark", err);
    if (st == KM_OK)
        st = km_place_key(&place, s, &m->place, err);
    if (st == KM_OK)
        st = km_db_get(&q, s,
                       "INSERT INTO mark (id, uid, client_id, at, off_min, kind, place_id, view, "
                       "x, y, intensity, state, cause, session_id, more) VALUES (?1, ?2, ?3, ?4, "
                       "?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15)",
                       err);
    if (st != KM_OK)
        return st;
    km_bind_opt(q, 1, m->id, m->id != 0);
    bind_mark(q, m, place);
    st = km_db_add(id, s, q, "cannot store the mark", m->client_id, err);
    return st == KM_OK ? write_more(s, *id, m, err) : st;
}

km_status km_store_mark_update(km_store *s, const km_mark *m, km_error *err)
{
    sqlite3_stmt *q = NULL;
    int64_t place = 0;
    km_status st = km_write_check(s, "cannot change the mark", err);
    if (st == KM_OK)
        st = km_place_key(&place, s, &m->place, err);
    if (st == KM_OK)
        st = km_db_get(&q, s,
                       "UPDATE mark SET uid = ?2, client_id = ?3, at = ?4, off_min = ?5, "
                       "kind = ?6, place_id = ?7, view = ?8, x = ?9, y = ?10, intensity = ?11, "
                       "state = ?12, cause = ?13, session_id = ?14, more = ?15 WHERE id = ?1",
                       err);
    if (st != KM_OK)
        return st;
    km_bind_int(q, 1, m->id);
    bind_mark(q, m, place);
    st = km_db_change(s, q, "cannot change the mark", "mark", m->id, m->client_id, err);
    if (st == KM_OK)
        st = remove_more(s, m->id, err);
    return st == KM_OK ? write_more(s, m->id, m, err) : st;
}

km_status km_store_mark_remove(km_store *s, int64_t id, km_error *err)
{
    km_status st = km_write_check(s, "cannot take the mark back", err);
    if (st == KM_OK)
        st = km_touch_owner(s, "SELECT client_id FROM mark WHERE id = ?1", "mark", id, err);
    if (st == KM_OK)
        st = remove_more(s, id, err);
    if (st == KM_OK)
        st = km_db_run_id(s, "DELETE FROM mark WHERE id = ?1", id, "cannot take the mark back",
                          err);
    return st;
}
