/* Places as small keys: the table only grows, so a key once committed never changes. */
#include "store_impl.h"

#include <string.h>

static const char *or_empty(const char *s)
{
    return s ? s : "";
}

/* Remember the place of a key; codes are kept until the store closes. */
static void remember(km_store *s, int64_t key, int side, const char *region, const char *muscle,
                     int tp)
{
    if (key >= s->n_place) {
        int64_t n = s->n_place ? s->n_place : 64;
        while (n <= key)
            n *= 2;
        s->place = km_realloc(s->place, (size_t)n, sizeof *s->place);
        memset(s->place + s->n_place, 0, (size_t)(n - s->n_place) * sizeof *s->place);
        s->n_place = n;
    }
    s->place[key] = (km_store_place_row){
        .known = true,
        .p = { .side = (km_side)side,
               .region = *region ? km_arena_strdup(&s->place_mem, region) : NULL,
               .muscle = *muscle ? km_arena_strdup(&s->place_mem, muscle) : NULL,
               .tp = tp }
    };
}

void km_place_committed(km_store *s)
{
    s->place_safe = INT64_MAX;
}

void km_place_forget(km_store *s)
{
    if (s->place_safe >= s->n_place)
        return;
    for (int64_t i = s->place_safe + 1; i < s->n_place; i++)
        s->place[i].known = false;
}

km_status km_store_place(km_place *out, km_store *s, int64_t place, km_error *err)
{
    if (place < 1 || place > KM_PLACE_MOST)
        return km_db_damaged(s, err);
    if (place < s->n_place && s->place[place].known) {
        *out = s->place[place].p;
        return KM_OK;
    }

    sqlite3_stmt *q = NULL;
    km_status st =
        km_db_get(&q, s, "SELECT side, region, muscle, tp FROM place WHERE id = ?1", err);
    if (st != KM_OK)
        return st;
    km_bind_int(q, 1, place);
    if (km_db_next(&st, s, q, "cannot read a place", err)) {
        int side = km_col_code(s, q, 0, KM_SIDE_COUNT), tp = km_col_code(s, q, 3, 100);
        st = km_row_sound(s, err);
        if (st == KM_OK) {
            remember(s, place, side, or_empty(km_col_text(q, 1)), or_empty(km_col_text(q, 2)),
                     tp);
            *out = s->place[place].p;
        }
    } else if (st == KM_OK) {
        st = km_db_damaged(s, err);
    }
    km_db_done(s, q);
    return st;
}

km_status km_store_place_max(int64_t *out, km_store *s, km_error *err)
{
    km_status st = km_db_int(out, s, "SELECT max(id) FROM place", 0, 0, 0, err);

    return st == KM_OK && (*out < 0 || *out > KM_PLACE_MOST) ? km_db_damaged(s, err) : st;
}

km_status km_store_places_each(km_store *s, km_store_place_fn fn, void *ctx, km_error *err)
{
    sqlite3_stmt *q = NULL;
    km_status st = km_db_get(&q, s, "SELECT id FROM place ORDER BY id", err);

    while (km_db_next(&st, s, q, "cannot read the places", err)) {
        int64_t id = sqlite3_column_int64(q, 0);
        km_place p;
        st = km_store_place(&p, s, id, err);
        if (st == KM_OK)
            st = fn(ctx, id, &p, err);
    }
    return st;
}

static void bind_place(sqlite3_stmt *q, const km_place *p)
{
    km_bind_int(q, 1, p->side);
    km_bind_text(q, 2, or_empty(p->region));
    km_bind_text(q, 3, or_empty(p->muscle));
    km_bind_int(q, 4, p->tp);
}

static km_status find(int64_t *out, km_store *s, const km_place *p, km_error *err)
{
    sqlite3_stmt *q = NULL;
    km_status st = km_db_get(&q, s,
                             "SELECT id FROM place WHERE side = ?1 AND region = ?2 AND "
                             "muscle = ?3 AND tp = ?4",
                             err);
    if (st != KM_OK)
        return st;
    bind_place(q, p);
    return km_db_number(out, s, q, "cannot read the places", 0, err);
}

km_status km_place_key(int64_t *out, km_store *s, const km_place *p, km_error *err)
{
    km_status st = find(out, s, p, err);
    if (st != KM_OK || *out > 0)
        return st;

    sqlite3_stmt *q = NULL;
    st = km_db_get(&q, s, "INSERT INTO place (side, region, muscle, tp) VALUES (?1, ?2, ?3, ?4)",
                   err);
    if (st != KM_OK)
        return st;
    bind_place(q, p);
    st = km_db_run(s, q, "cannot store the place", err);
    if (st != KM_OK)
        return st;
    *out = sqlite3_last_insert_rowid(s->db);
    if (*out - 1 < s->place_safe)
        s->place_safe = *out - 1;
    return *out > 0 && *out <= KM_PLACE_MOST ? KM_OK : km_db_damaged(s, err);
}
