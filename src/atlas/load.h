/** The loader: CSV tables in, a checked km_atlas out. The build's generator runs it too. */
#ifndef KM_ATLAS_LOAD_H
#define KM_ATLAS_LOAD_H

#include "knotmap/atlas.h"
#include "sheet.h"

/** Where the tables come from. */
typedef struct km_asset_source {
    /** Append the bytes of a file ("muscles.csv") to `out`; KM_ENOINPUT when it is missing. */
    km_status (*read)(void *ctx, km_buf *out, const char *file, km_error *err);
    void *ctx;
    const char *prefix;         /**< stands before the file name in messages: "DIR/" or "" */
    const char *const *table;   /**< names of the further tables, without ".csv" */
    int n_table;
} km_asset_source;

/** Reads the files of the folder named by `ctx` (a const char *). */
km_status km_asset_read_dir(void *ctx, km_buf *out, const char *file, km_error *err);

/**
 * Read and check all tables. `*out` and what it points to live in `mem`.
 *
 * @return KM_EDATA as km_sheet_read; the status of `read`; then `*out` must not be used.
 */
km_status km_atlas_read(km_atlas *out, km_arena *mem, const km_asset_source *src, km_error *err);

/** State of a reading; private to the load_*.c files. */
typedef struct km_loader {
    km_atlas *a;
    km_arena *mem;              /**< lives with the atlas */
    km_arena scratch;           /**< given back when the reading ends */
    const km_asset_source *src;
    km_error *err;
    /* the tables under construction; `a` points to the same memory */
    km_region *region;
    km_muscle *muscle;
    km_point *point;
    km_sheet regions, muscles, points; /* rows in the order of the tables above */
} km_loader;

/** Read one file into a sheet in `mem`. */
km_status km_load_sheet(km_loader *l, km_sheet *out, km_arena *mem, const char *name);

km_status km_load_regions(km_loader *l);
km_status km_load_muscles(km_loader *l);
km_status km_load_points(km_loader *l);
km_status km_load_referrals(km_loader *l);
km_status km_load_satellites(km_loader *l);
km_status km_load_routines(km_loader *l);
km_status km_load_cbm(km_loader *l);
km_status km_load_geometry(km_loader *l);
km_status km_load_lines(km_loader *l);
km_status km_load_seeds(km_loader *l);
km_status km_load_positions(km_loader *l);

/** Fill `a->key` from the finished tables. */
void km_atlas_make_keys(km_atlas *a, km_arena *mem);

/** Spell a text as keys are: lower case, everything but letters and digits one '_', edges bare. */
void km_key_spell(km_buf *out, const char *text);
/** The set of letters of a spelled text, as km_search_key.letters. */
uint32_t km_key_letters(const char *spelled);
/** How many of a needle's letters a key lacks: no fewer typing errors part them. */
int km_key_lacks(const km_search_key *key, uint32_t letters);

/** Index of a cell's region or muscle code; refuses an unknown one. */
int km_in_region(km_in *in, const km_atlas *a, int c);
int km_in_muscle(km_in *in, const km_atlas *a, int c);
/** front, back, side (RIGHT), sole. */
km_view km_in_view(km_in *in, int c);

#endif
