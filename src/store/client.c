/* Clients: the people charted. */
#include "store_impl.h"

#include "knotmap/text.h"

#include <stdlib.h>
#include <string.h>

/* What is filled on reading comes from small indexes, never from the history of marks. */
#define CLIENT_COLUMNS                                                                             \
    "c.id, c.uid, c.name, c.born, c.sex, c.contact, c.note, c.conditions, c.tools, "               \
    "c.archived, "                                                                                 \
    "(SELECT count(*) FROM latest l WHERE l.client_id = c.id AND l.intensity IS NOT 0), "          \
    "(SELECT max(l.intensity) FROM latest l WHERE l.client_id = c.id AND "                         \
    "l.intensity IS NOT 0), "                                                                      \
    "(SELECT max(at) FROM mark WHERE client_id = c.id), "                                          \
    "(SELECT max(started_at) FROM session WHERE client_id = c.id), "                               \
    "(SELECT max(at) FROM treatment WHERE client_id = c.id), "                                     \
    "(SELECT max(day) FROM checkin WHERE client_id = c.id), "                                      \
    "c.profile"

/* The newest moment of any record, with the offset it was written at. */
static km_status read_seen(km_client *c, sqlite3_stmt *q, km_store *s, km_error *err)
{
    static const char *const sql[] = {
        "SELECT at, off_min FROM mark WHERE client_id = ?1 ORDER BY at DESC LIMIT 1",
        ("SELECT started_at, started_off FROM session WHERE client_id = ?1 "
         "ORDER BY started_at DESC LIMIT 1"),
        "SELECT at, off_min FROM treatment WHERE client_id = ?1 ORDER BY at DESC LIMIT 1",
        "SELECT at, off_min FROM checkin WHERE client_id = ?1 ORDER BY day DESC LIMIT 1",
    };
    for (int i = 0; i < 4; i++) {
        sqlite3_stmt *one = NULL;
        if (sqlite3_column_type(q, 12 + i) == SQLITE_NULL)
            continue;
        if (i < 3 && c->has_seen && sqlite3_column_int64(q, 12 + i) <= c->last_seen.sec)
            continue;
        km_status st = km_db_get(&one, s, sql[i], err);
        if (st != KM_OK)
            return st;
        km_bind_int(one, 1, c->id);
        if (km_db_next(&st, s, one, "cannot read a client", err)) {
            km_instant at = km_col_time(s, one, 0);
            if (!c->has_seen || at.sec > c->last_seen.sec)
                c->last_seen = at;
            c->has_seen = true;
        }
        km_db_done(s, one);
        if (st != KM_OK)
            return st;
    }
    return KM_OK;
}

static km_status read_client(km_client *c, sqlite3_stmt *q, km_store *s, km_error *err)
{
    *c = km_client_blank();
    c->id = sqlite3_column_int64(q, 0);
    c->uid = km_col_uid(q, 1);
    c->name = km_col_text(q, 2);
    c->has_born = sqlite3_column_type(q, 3) != SQLITE_NULL;
    c->born = km_col_day(s, q, 3);
    c->sex = km_col_text(q, 4);
    c->contact = km_col_text(q, 5);
    c->note = km_col_text(q, 6);
    c->conditions = km_col_text(q, 7);
    c->tools = km_col_set(s, q, 8);
    c->profile = km_col_text(q, 16);
    c->archived = sqlite3_column_int(q, 9) != 0;
    c->open_marks = sqlite3_column_int(q, 10);
    c->worst = km_col_opt(s, q, 11, 10);
    km_status st = read_seen(c, q, s, err);
    return st == KM_OK ? km_row_sound(s, err) : st;
}

/* Marks since the day ?3 that say gone for good: what is back on the same day was never gone. */
#define GONE_SINCE                                                                                 \
    "SELECT 1 FROM mark m WHERE m.client_id = l.client_id AND m.at >= ?3 - 86400 "                 \
    "AND m.at + 60 * m.off_min >= ?3 AND m.intensity = 0 AND NOT EXISTS (SELECT 1 FROM mark b "    \
    "WHERE b.client_id = m.client_id AND b.at BETWEEN m.at AND m.at + 86400 "                      \
    "AND (b.at > m.at OR b.id > m.id) AND b.place_id = m.place_id AND b.kind = m.kind "            \
    "AND b.intensity IS NOT 0 "                                                                    \
    "AND (b.at + 60 * b.off_min) / 86400 = (m.at + 60 * m.off_min) / 86400) "
#define TEXT_OF(x)  TEXT_OF_(x)
#define TEXT_OF_(x) #x
/*
 * Clients with a place that was open before the day ?3 already: none since says gone, and the last
 * mark before it, of KM_STANDING_DAYS, was open. Where the newest mark of a place is that old
 * itself, the table of the latest knows it alone. km_store_standing counts by the same rule.
 */
#define HAS_LASTING                                                                                \
    " AND EXISTS (SELECT 1 FROM latest l WHERE l.client_id = c.id AND l.intensity IS NOT 0 "       \
    "AND l.kind <> 1 AND (l.at < ?3 - 86400 OR (NOT EXISTS (" GONE_SINCE                           \
    "AND m.place_id = l.place_id AND m.kind = l.kind) "                                            \
    "AND (SELECT m.intensity IS NOT 0 FROM mark m WHERE m.client_id = l.client_id "                \
    "AND m.at >= ?3 - 86400 * " TEXT_OF(KM_STANDING_DAYS) " AND " KM_BEFORE_DAY(                   \
        "m.at", "m.off_min") "AND m.place_id = l.place_id AND m.kind = l.kind "                    \
                             "ORDER BY m.at DESC, m.id DESC LIMIT 1))))"
#define HAS_STRESS                                                                                 \
    " AND (SELECT k.stress FROM checkin k WHERE k.client_id = c.id AND k.day >= ?5 AND "           \
    "k.day < ?6 AND k.stress IS NOT NULL ORDER BY k.day DESC LIMIT 1) >= ?4"

km_status km_store_clients_that(km_store *s, const km_store_client_filter *f, km_store_client_fn fn,
                                void *ctx, km_error *err)
{
    const int64_t value[] = {
        f->archived, 0, (int64_t)f->before * KM_DAY_SEC, f->stress, f->stress_since, f->stress_until
    };
    sqlite3_stmt *q = NULL;
    km_buf sql = { 0 };

    km_buf_puts(&sql, "SELECT " CLIENT_COLUMNS " FROM client c WHERE c.archived <= ?1");
    km_buf_puts(&sql, f->lasting ? HAS_LASTING : "");
    km_buf_puts(&sql, f->stress ? HAS_STRESS : "");
    km_buf_puts(&sql, f->profile ? " AND c.profile = ?7" : "");
    km_buf_puts(&sql, " ORDER BY c.name COLLATE NOCASE, c.id");
    km_status st = km_db_get(&q, s, sql.s, err);
    km_buf_clear(&sql);
    if (st != KM_OK)
        return st;
    int bound = sqlite3_bind_parameter_count(q);
    for (int i = 0; i < bound && i < (int)(sizeof value / sizeof *value); i++)
        km_bind_int(q, i + 1, value[i]);
    if (f->profile)
        km_bind_text(q, 7, f->profile);
    while (km_db_next(&st, s, q, "cannot read the clients", err)) {
        km_client c;
        st = read_client(&c, q, s, err);
        if (st == KM_OK)
            st = fn(ctx, &c, err);
    }
    return st;
}

/* How the marks of a place and kind stand to a day, in the order of time. */
typedef struct stand {
    bool open_before; /* as its last mark before the day says */
    bool gone;        /* a mark since says so */
    km_day gone_day;
} stand;

typedef struct stands {
    stand *of; /* by place * KM_KIND_COUNT + kind */
    int64_t places;
    km_day before;
} stands;

static km_status take_stand(void *ctx, const km_store_event *e, km_error *err)
{
    stands *all = ctx;
    km_day day = km_instant_day((km_instant){ e->at, e->off_min });

    (void)err;
    if (e->place > all->places)
        return KM_OK; /* written since by another program */
    stand *s = &all->of[(size_t)e->place * KM_KIND_COUNT + e->kind];
    if (day < all->before) {
        s->open_before = e->intensity != 0;
    } else if (e->intensity == 0 && !s->gone) {
        s->gone = true;
        s->gone_day = day;
    } else if (e->intensity != 0 && s->gone && s->gone_day == day) {
        s->gone = false; /* back on the same day: it was never gone */
    }
    return KM_OK;
}

static km_status count_standing(int *open, int *lasting, const stands *all, km_store *s,
                                int64_t client_id, km_error *err)
{
    sqlite3_stmt *q = NULL;
    km_status st = km_db_get(&q, s,
                             "SELECT place_id, kind, at FROM latest WHERE client_id = ?1 "
                             "AND intensity IS NOT 0",
                             err);

    if (st != KM_OK)
        return st;
    km_bind_int(q, 1, client_id);
    while (km_db_next(&st, s, q, "cannot read the marks", err)) {
        int32_t place = km_col_place(s, q, 0);
        int64_t kind = km_col_in(s, q, 1, 0, KM_KIND_COUNT - 1);
        ++*open;
        if (kind == KM_KIND_SORENESS || place > all->places)
            continue;
        const stand *of = &all->of[(size_t)place * KM_KIND_COUNT + (size_t)kind];
        bool old = sqlite3_column_int64(q, 2) < ((int64_t)all->before - 1) * KM_DAY_SEC;
        *lasting += old || (of->open_before && !of->gone);
    }
    return st;
}

km_status km_store_standing(int *open, int *lasting, km_store *s, int64_t client_id, km_day before,
                            km_error *err)
{
    stands all = { .before = before };
    const int64_t since = ((int64_t)before - KM_STANDING_DAYS) * KM_DAY_SEC;
    km_event_span known;

    *open = *lasting = 0;
    km_status st = km_store_place_max(&all.places, s, err);
    if (st != KM_OK)
        return st;
    all.of = km_calloc((size_t)(all.places + 1) * KM_KIND_COUNT, sizeof *all.of);
    /* not brought into memory: for a list of clients each is asked once */
    st = km_events_known(&known, s, client_id, since, INT64_MAX, false, err);
    for (size_t i = 0; st == KM_OK && known.known && i < known.n; i++)
        st = take_stand(&all, &known.row[i], err);
    if (st == KM_OK && !known.known)
        st = km_events_read(s, client_id, since, take_stand, &all, err);
    if (st == KM_OK)
        st = count_standing(open, lasting, &all, s, client_id, err);
    free(all.of);
    return st;
}

km_status km_store_clients_each(km_store *s, bool archived, km_store_client_fn fn, void *ctx,
                                km_error *err)
{
    const km_store_client_filter f = { .archived = archived };
    return km_store_clients_that(s, &f, fn, ctx, err);
}

km_status km_store_client_get(km_client *out, km_arena *mem, km_store *s, int64_t id, km_error *err)
{
    sqlite3_stmt *q = NULL;
    km_status st = km_db_get(&q, s, "SELECT " CLIENT_COLUMNS " FROM client c WHERE c.id = ?1", err);
    if (st != KM_OK)
        return st;
    km_bind_int(q, 1, id);
    if (km_db_next(&st, s, q, "cannot read the client", err)) {
        st = read_client(out, q, s, err);
        if (st == KM_OK)
            km_client_own(out, mem);
    } else if (st == KM_OK) {
        st = km_no_such(err, "client", id);
    }
    km_db_done(s, q);
    return st;
}

km_status km_store_client_name(const char **out, km_arena *mem, km_store *s, int64_t id,
                               km_error *err)
{
    km_names names = { 0 };
    const char *name = NULL;
    km_status st = km_names_client(&name, &names, s, id, err);

    if (st == KM_OK)
        *out = km_arena_strdup(mem, name);
    km_names_clear(&names);
    return st;
}

static bool is_ascii(const char *s)
{
    for (; *s; s++) {
        if ((unsigned char)*s >= 0x80)
            return false;
    }
    return true;
}

km_status km_store_client_by_name(int64_t *id, km_store *s, const char *name, km_error *err)
{
    sqlite3_stmt *q = NULL;
    int64_t found = 0;
    km_status st = km_db_get(&q, s, "SELECT id FROM client WHERE name = ?1 COLLATE NOCASE", err);
    if (st != KM_OK)
        return st;
    km_bind_text(q, 1, name);
    st = km_db_number(&found, s, q, "cannot read the clients", 0, err);

    /* SQLite folds the case of ASCII only */
    if (st == KM_OK && !found && !is_ascii(name)) {
        st = km_db_get(&q, s, "SELECT id, name FROM client ORDER BY id", err);
        if (st != KM_OK)
            return st;
        while (!found && km_db_next(&st, s, q, "cannot read the clients", err)) {
            if (km_text_casecmp(km_col_text(q, 1), name) == 0)
                found = sqlite3_column_int64(q, 0);
        }
        km_db_done(s, q);
    }
    if (st == KM_OK && !found)
        return km_fail(err, KM_ENOTFOUND, "client %s: there is no such client", name);
    *id = found;
    return st;
}

/* The schema compares ASCII letters only; the rest of the rule is kept here. */
static km_status check_name_free(km_store *s, const km_client *c, km_error *err)
{
    int64_t other = 0;
    km_error none = { 0 };
    km_status st = km_store_client_by_name(&other, s, c->name, &none);

    if (st == KM_ENOTFOUND || (st == KM_OK && other == c->id))
        return KM_OK;
    if (st == KM_OK)
        return km_fail(err, KM_EINVAL, "client %s: there is already a client of that name",
                       c->name);
    if (err)
        *err = none;
    return st;
}

static void bind_client(sqlite3_stmt *q, const km_client *c)
{
    km_bind_uid(q, 2, c->uid);
    km_bind_text(q, 3, c->name);
    km_bind_opt(q, 4, c->born, c->has_born);
    km_bind_text(q, 5, c->sex);
    km_bind_text(q, 6, c->contact);
    km_bind_text(q, 7, c->note);
    km_bind_text(q, 8, c->conditions);
    km_bind_int(q, 9, c->tools);
    km_bind_int(q, 10, c->archived);
    km_bind_text(q, 11, c->profile);
}

km_status km_store_client_add(int64_t *id, km_store *s, const km_client *c, km_error *err)
{
    sqlite3_stmt *q = NULL;
    km_status st = km_write_check(s, "cannot store the client", err);
    if (st == KM_OK)
        st = check_name_free(s, c, err);
    if (st == KM_OK)
        st = km_db_get(&q, s,
                       "INSERT INTO client (id, uid, name, born, sex, contact, note, conditions, "
                       "tools, archived, profile) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, "
                       "?9, ?10, ?11)",
                       err);
    if (st != KM_OK)
        return st;
    km_bind_opt(q, 1, c->id, c->id != 0);
    bind_client(q, c);
    st = km_db_run(s, q, "cannot store the client", err);
    if (st == KM_OK) {
        *id = sqlite3_last_insert_rowid(s->db);
        km_touch(s, *id);
    }
    return st;
}

km_status km_store_client_update(km_store *s, const km_client *c, km_error *err)
{
    sqlite3_stmt *q = NULL;
    km_status st = km_write_check(s, "cannot change the client", err);
    if (st == KM_OK)
        st = check_name_free(s, c, err);
    if (st == KM_OK)
        st = km_db_get(&q, s,
                       "UPDATE client SET uid = ?2, name = ?3, born = ?4, sex = ?5, contact = ?6, "
                       "note = ?7, conditions = ?8, tools = ?9, archived = ?10, "
                       "profile = ?11 WHERE id = ?1",
                       err);
    if (st != KM_OK)
        return st;
    km_bind_int(q, 1, c->id);
    bind_client(q, c);
    return km_db_change(s, q, "cannot change the client", "client", c->id, c->id, err);
}

km_status km_store_is_empty(bool *out, km_store *s, km_error *err)
{
    int64_t n = 0;
    km_status st = km_db_int(&n, s,
                             "SELECT EXISTS (SELECT 1 FROM mark) + EXISTS (SELECT 1 FROM session) "
                             "+ EXISTS (SELECT 1 FROM treatment) + EXISTS (SELECT 1 FROM checkin) "
                             "+ EXISTS (SELECT 1 FROM finding) + EXISTS (SELECT 1 FROM routine) "
                             "+ EXISTS (SELECT 1 FROM goal) + EXISTS (SELECT 1 FROM problem) "
                             "+ ((SELECT count(*) FROM client) > 1)",
                             0, 0, 0, err);
    *out = n == 0;
    return st;
}
