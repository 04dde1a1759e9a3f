/* Saved filters: a name and the words it stands for. */
#include "store_impl.h"

#include "knotmap/text.h"

#include <stdlib.h>
#include <string.h>

km_status km_store_saved_filters_each(km_store *s, km_store_saved_filter_fn fn, void *ctx,
                                      km_error *err)
{
    sqlite3_stmt *q = NULL;
    km_status st =
        km_db_get(&q, s, "SELECT id, name, words FROM saved_filter ORDER BY name", err);

    if (st != KM_OK)
        return st;
    while (km_db_next(&st, s, q, "cannot read the filters", err))
        st = fn(ctx, sqlite3_column_int64(q, 0), km_col_text(q, 1), km_col_text(q, 2), err);
    return st;
}

km_status km_store_saved_filter_put(int64_t *id, km_store *s, const char *name, const char *words,
                                    km_error *err)
{
    sqlite3_stmt *q = NULL;
    km_status st = km_db_write(&q, s, "cannot keep the filter",
                               "INSERT INTO saved_filter (name, words) VALUES (?1, ?2) ON "
                               "CONFLICT (name) DO UPDATE SET name = ?1, words = ?2 RETURNING id",
                               err);
    if (st != KM_OK)
        return st;
    km_bind_text(q, 1, name);
    km_bind_text(q, 2, words);
    while (km_db_next(&st, s, q, "cannot keep the filter", err))
        *id = sqlite3_column_int64(q, 0);
    return st;
}

km_status km_store_saved_filter_remove(km_store *s, int64_t id, km_error *err)
{
    km_status st = km_write_check(s, "cannot remove the filter", err);

    if (st == KM_OK)
        st = km_db_run_id(s, "DELETE FROM saved_filter WHERE id = ?1", id,
                          "cannot remove the filter", err);
    if (st == KM_OK && sqlite3_changes(s->db) == 0)
        return km_no_such(err, "filter", id);
    return st;
}

/* ---- forgetting a client ---- */

#define PART_LEAST 3 /* bytes; shorter parts of a name are words of their own too often */

/* Whether a text holds the client's name, or a part of it, as words of their own. */
static bool speaks_of(const char *text, const char *client)
{
    char part[KM_NAME_MAX + 1];

    if (km_text_names(text, client))
        return true;
    for (const char *p = client; *p;) {
        size_t n = strcspn(p, " ");
        if (n >= PART_LEAST && n < sizeof part) {
            memcpy(part, p, n);
            part[n] = '\0';
            if (km_text_names(text, part))
                return true;
        }
        p += n + (p[n] == ' ');
    }
    return false;
}

/* What of a filter is free text: "kind:knot" is of the program's own words. */
static void free_words(km_buf *out, const char *words)
{
    km_buf_reset(out);
    for (const char *p = words; *p;) {
        size_t n = strcspn(p, " ");
        if (!memchr(p, ':', n)) {
            km_buf_add(out, p, n);
            km_buf_putc(out, ' ');
        }
        p += n + (p[n] == ' ');
    }
}

typedef struct forget {
    const char *client;
    km_buf words;
    int64_t *id;
    size_t n, cap;
} forget;

static km_status take_named(void *ctx, int64_t id, const char *name, const char *words,
                            km_error *err)
{
    forget *f = ctx;

    (void)err;
    free_words(&f->words, words);
    if (speaks_of(name, f->client) || speaks_of(km_buf_str(&f->words), f->client)) {
        KM_GROW(f->id, f->n, f->cap);
        f->id[f->n++] = id;
    }
    return KM_OK;
}

km_status km_filters_forget(km_store *s, const char *client, km_error *err)
{
    forget f = { .client = client };
    km_status st = km_store_saved_filters_each(s, take_named, &f, err);

    for (size_t i = 0; i < f.n && st == KM_OK; i++)
        st = km_db_run_id(s, "DELETE FROM saved_filter WHERE id = ?1", f.id[i],
                          "cannot erase the client", err);
    km_buf_clear(&f.words);
    free(f.id);
    return st;
}
