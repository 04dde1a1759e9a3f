/* Which tables the program uses: those compiled in, or a folder that replaces them. */
#include <stdlib.h>

#include "load.h"

/** A folder that was read; kept reachable until the program ends, as the header promises. */
typedef struct kept {
    struct kept *next;
    km_arena mem;
    km_atlas atlas;
} kept;

static kept *all_kept;

km_status km_atlas_load(const km_atlas **out, const char *dir, km_error *err)
{
    /* The further tables are those the builtin atlas has. */
    const km_atlas *own = km_atlas_builtin();
    kept *k = km_calloc(1, sizeof *k);
    const char **table = km_arena_alloc(&k->mem, ((size_t)own->n_table + 1) * sizeof *table);
    for (int i = 0; i < own->n_table; i++)
        table[i] = own->table[i].name;
    const km_asset_source src = {
        .read = km_asset_read_dir,
        .ctx = km_arena_strdup(&k->mem, dir),
        .prefix = km_arena_printf(&k->mem, "%s/", dir),
        .table = table,
        .n_table = own->n_table,
    };
    const km_status st = km_atlas_read(&k->atlas, &k->mem, &src, err);
    if (st != KM_OK) {
        km_arena_clear(&k->mem);
        free(k);
        return st;
    }
    k->next = all_kept;
    all_kept = k;
    *out = &k->atlas;
    return KM_OK;
}

km_status km_atlas_open(const km_atlas **out, km_error *err)
{
    const char *dir = getenv("KNOTMAP_ASSETS");
    if (dir != NULL && dir[0] != '\0')
        return km_atlas_load(out, dir, err);
    *out = km_atlas_builtin();
    return KM_OK;
}
