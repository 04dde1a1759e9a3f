/*
 * Any bytes as one table of an atlas: loaded or refused in words. The first byte picks the
 * table; the others are the smallest that belong together.
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "load.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

static const struct {
    const char *file, *text;
} table[] = {
    { "regions.csv", "code,name,area,midline,views\nknee,Knee,leg,no,front\nnavel,Navel,trunk,yes,"
                     "front\n" },
    { "muscles.csv",
      "code,name,area,home_regions,view,depth,attachments,action,commonly_overloaded_by,synonyms,"
      "latin,source,group,commonness,midline\n"
      "m,M,leg,knee,front,deep,a,b,c;d,e;f,g,s,m,1,no\n"
      "u,U,trunk,navel,front,deep,a,b,,,g,s,team,1,yes\n" },
    { "trigger_points.csv", "muscle,tp,site_region,location,source\nm,1,knee,x,s\nu,1,navel,x,s\n" },
    { "referrals.csv", "muscle,tp,region,kind,laterality,weight,source,basis\n"
                       "m,1,knee,essential,same,3,s,page\nu,1,navel,local,midline,1,s,recalled\n" },
    { "satellites.csv", "key_muscle,satellite_muscle,source\nm,u,s\n" },
    { "routines.csv", "muscle,kind,tool,position,action,seconds,sets,pressure_0_10,per_week,"
                      "caution,source\nm,smr,hands,x,y,30,2,5,3,,s\nu,stretch,none,x,y,30,2,2,3,,"
                      "s\n" },
    { "cbm_segments.csv", "segment,view,side,name,region_codes\n101,front,L,a,knee;navel\n" },
    { "body-geometry.csv",
      "view,region,side,seq,x,y\n"
      "front,navel,M,0,-10,0\nfront,navel,M,1,10,0\nfront,navel,M,2,10,10\nfront,navel,M,3,-10,10\n"
      "front,knee,L,0,10,0\nfront,knee,L,1,20,0\nfront,knee,L,2,20,10\nfront,knee,L,3,10,10\n"
      "front,knee,R,0,-10,10\nfront,knee,R,1,-20,10\nfront,knee,R,2,-20,0\nfront,knee,R,3,-10,0\n" },
    { "body-lines.csv", "view,kind,line,seq,x,y\nfront,outline,1,0,0,0\nfront,outline,1,1,5,5\n"
                        "front,feature:eye,2,0,1,1\nfront,feature:eye,2,1,2,2\n" },
    { "body-seeds.csv", "view,region,x,y\nfront,knee,15,5\nfront,navel,0,5\n" },
    { "body-points.csv", "muscle,tp,view,x,y\nm,1,front,15,5\nu,1,front,0,5\n" },
    { "notes.csv", "a,b\n1,2\n" },
};

enum { TABLES = sizeof table / sizeof table[0] };

typedef struct input {
    const char *bytes;
    size_t n, which;
} input;

static km_status read_table(void *ctx, km_buf *out, const char *file, km_error *err)
{
    const input *in = ctx;
    for (size_t i = 0; i < TABLES; i++) {
        if (strcmp(table[i].file, file) != 0)
            continue;
        if (i == in->which)
            km_buf_add(out, in->bytes, in->n);
        else
            km_buf_puts(out, table[i].text);
        return KM_OK;
    }
    return km_fail(err, KM_ENOINPUT, "%s: no such file", file);
}

static km_status load(const input *in, km_error *err)
{
    static const char *const further[] = { "notes" };
    const km_asset_source src = {
        .read = read_table, .ctx = (void *)(uintptr_t)in, .prefix = "", .table = further,
        .n_table = 1,
    };
    km_arena mem = { 0 };
    km_atlas atlas;
    const km_status st = km_atlas_read(&atlas, &mem, &src, err);
    if (st == KM_OK) {
        km_match m[4];
        km_ref ref;
        km_atlas_search(m, 4, &atlas, "kn");
        km_atlas_resolve(&ref, &atlas, "left:knee", 0, NULL);
        for (int i = 0; i < atlas.n_region; i++) {
            km_view view;
            int16_t x, y;
            km_body_default_pos(&atlas, i, -1, KM_SIDE_RIGHT, &view, &x, &y);
        }
    }
    km_arena_clear(&mem);
    return st;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
    km_error err = { 0 };
    const input whole = { .which = TABLES };
    if (load(&whole, &err) != KM_OK)
        abort();
    if (n == 0)
        return 0;
    const input in = { (const char *)data + 1, n - 1, data[0] % TABLES };
    const km_status st = load(&in, &err);
    if (st != KM_OK && (st != KM_EDATA || err.text[0] == '\0'))
        abort();
    return 0;
}
