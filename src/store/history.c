/* What trends read: ratings from the covering index, and pressure readings. */
#include "store_impl.h"

#include <stdio.h>

/* One constant text for each kind of group and with or without a client. */
static const char *rating_sql(km_store_group group, bool one_client)
{
#define RATINGS(column)                                                                       \
    "SELECT at, off_min, place_id, intensity, " column " FROM mark INDEXED BY mark_by_client "
#define RATED " AND at >= ?1 AND at < ?2 AND intensity IS NOT NULL AND (?3 < 0 OR kind = ?3)"
    static const char *const sql[][2] = {
        [KM_STORE_GROUP_NONE] = { RATINGS("0") "WHERE 1" RATED,
                                  RATINGS("0") "WHERE client_id = ?4" RATED },
        [KM_STORE_GROUP_KIND] = { RATINGS("kind") "WHERE 1" RATED,
                                  RATINGS("kind") "WHERE client_id = ?4" RATED },
        [KM_STORE_GROUP_CLIENT] = { RATINGS("client_id") "WHERE 1" RATED,
                                    RATINGS("client_id") "WHERE client_id = ?4" RATED },
    };
#undef RATED
#undef RATINGS
    return sql[group][one_client];
}

km_status km_store_ratings_each(km_store *s, const km_store_rating_ask *ask,
                                km_store_rating_fn fn, void *ctx, km_error *err)
{
    sqlite3_stmt *q = NULL;
    int rc = SQLITE_DONE;
    km_status st = km_db_get(&q, s, rating_sql(ask->group, ask->client_id != 0), err);

    if (st != KM_OK)
        return st;
    km_bind_int(q, 1, ask->since);
    km_bind_int(q, 2, ask->until);
    km_bind_int(q, 3, ask->kind);
    if (ask->client_id)
        km_bind_int(q, 4, ask->client_id);
    while (st == KM_OK && (rc = sqlite3_step(q)) == SQLITE_ROW) {
        const km_store_rating r = {
            .at = sqlite3_column_int64(q, 0),
            .off_min = (int16_t)sqlite3_column_int(q, 1),
            .place = sqlite3_column_int(q, 2),
            .intensity = (int8_t)sqlite3_column_int(q, 3),
            .group = sqlite3_column_int64(q, 4),
        };
        st = fn(ctx, &r, err);
    }
    if (st == KM_OK && rc != SQLITE_DONE)
        st = km_db_fail(s, err, "cannot read the marks");
    km_db_done(s, q);
    return st;
}

km_status km_store_ppt_each(km_store *s, int64_t client_id, int64_t since, int64_t until,
                            km_store_ppt_fn fn, void *ctx, km_error *err)
{
    sqlite3_stmt *q = NULL;
    int rc = SQLITE_DONE;
    km_status st = km_db_get(&q, s,
                             "SELECT m.at, m.off_min, m.place_id, count(*), sum(p.kpa), "
                             "max(p.kpa), o.ppt_area FROM mark m JOIN mark_ppt p ON p.mark_id = m.id "
                             "LEFT JOIN mark_more o ON o.mark_id = m.id "
                             "WHERE m.client_id = ?1 AND m.at >= ?2 AND m.at < ?3 "
                             "AND m.more & 2 GROUP BY m.id ORDER BY m.at, m.id",
                             err);
    if (st != KM_OK)
        return st;
    km_bind_int(q, 1, client_id);
    km_bind_int(q, 2, since);
    km_bind_int(q, 3, until);
    while (st == KM_OK && (rc = sqlite3_step(q)) == SQLITE_ROW) {
        const km_store_ppt p = {
            .at = km_col_time(q, 0),
            .place = sqlite3_column_int(q, 2),
            .n = sqlite3_column_int(q, 3),
            .sum = sqlite3_column_double(q, 4),
            .max = sqlite3_column_double(q, 5),
            .area = sqlite3_column_double(q, 6),
        };
        st = fn(ctx, &p, err);
    }
    if (st == KM_OK && rc != SQLITE_DONE)
        st = km_db_fail(s, err, "cannot read the marks");
    km_db_done(s, q);
    return st;
}
