/* Saved filters: a name and the words it stands for. */
#include "store_impl.h"

km_status km_store_saved_filters_each(km_store *s, km_store_saved_filter_fn fn, void *ctx,
                                      km_error *err)
{
    sqlite3_stmt *q = NULL;
    int rc = SQLITE_DONE;
    km_status st =
        km_db_get(&q, s, "SELECT id, name, words FROM saved_filter ORDER BY name", err);

    if (st != KM_OK)
        return st;
    while (st == KM_OK && (rc = sqlite3_step(q)) == SQLITE_ROW)
        st = fn(ctx, sqlite3_column_int64(q, 0), km_col_text(q, 1), km_col_text(q, 2), err);
    if (st == KM_OK && rc != SQLITE_DONE)
        st = km_db_fail(s, err, "cannot read the filters");
    km_db_done(s, q);
    return st;
}

km_status km_store_saved_filter_put(int64_t *id, km_store *s, const char *name, const char *words,
                                    km_error *err)
{
    sqlite3_stmt *q = NULL;
    km_status st = km_write_check(s, "cannot keep the filter", err);

    if (st == KM_OK)
        st = km_db_get(&q, s,
                       "INSERT INTO saved_filter (name, words) VALUES (?1, ?2) "
                       "ON CONFLICT (name) DO UPDATE SET name = ?1, words = ?2 RETURNING id",
                       err);
    if (st != KM_OK)
        return st;
    km_bind_text(q, 1, name);
    km_bind_text(q, 2, words);
    if (sqlite3_step(q) == SQLITE_ROW)
        *id = sqlite3_column_int64(q, 0);
    else
        st = km_db_fail(s, err, "cannot keep the filter");
    km_db_done(s, q);
    return st;
}

km_status km_store_saved_filter_remove(km_store *s, int64_t id, km_error *err)
{
    sqlite3_stmt *q = NULL;
    km_status st = km_write_check(s, "cannot remove the filter", err);

    if (st == KM_OK)
        st = km_db_get(&q, s, "DELETE FROM saved_filter WHERE id = ?1", err);
    if (st != KM_OK)
        return st;
    km_bind_int(q, 1, id);
    st = km_db_run(s, q, "cannot remove the filter", err);
    if (st == KM_OK && sqlite3_changes(s->db) == 0)
        return km_fail(err, KM_ENOTFOUND, "filter %lld: there is no such filter", (long long)id);
    return st;
}
