/** Which muscles a place may mean. */
#include <stdlib.h>
#include <string.h>

#include "knotmap/routine.h"
#include "planner.h"

/** How near a muscle is to a region: its first home counts most, a trigger point there adds. */
static int nearness(const km_atlas *a, const km_muscle *m, int region)
{
    int near = 0;
    for (int i = 0; i < m->n_home; i++) {
        if (m->home[i] == region)
            near = i < 3 ? 4 - i : 1;
    }
    for (int i = 0; i < m->n_point; i++) {
        if (a->point[m->first_point + i].site == region)
            return near + 3;
    }
    return near;
}

static int by_score(const void *pa, const void *pb)
{
    const source *a = pa, *b = pb;
    if (a->score != b->score)
        return a->score > b->score ? -1 : 1;
    return a->muscle < b->muscle ? -1 : a->muscle > b->muscle;
}

/** Best referral of each muscle into a region; `essential` leaves spillover out. */
static void add_referrals(int *score, bool *mirrored, const km_atlas *a, int region, bool essential)
{
    for (int i = a->region_referral_first[region]; i < a->region_referral_first[region + 1]; i++) {
        const km_referral *r = &a->referral[a->region_referral[i]];
        if (essential && r->kind != KM_ZONE_ESSENTIAL)
            continue;
        int m = a->point[r->point].muscle;
        int s = 2 * (int)r->weight * a->muscle[m].commonness;
        if (s > score[m]) {
            score[m] = s;
            mirrored[m] = r->laterality == KM_LAT_OPPOSITE;
        }
    }
}

static size_t ranked(source *out, size_t max, const km_atlas *a, const int *score,
                     const bool *mirrored, km_arena *mem)
{
    source *all = km_arena_alloc(mem, (size_t)a->n_muscle * sizeof *all);
    size_t n = 0;
    for (int m = 0; m < a->n_muscle; m++) {
        if (score[m] > 0)
            all[n++] = (source){ (int16_t)m, mirrored[m], score[m] };
    }
    qsort(all, n, sizeof *all, by_score);
    if (n > max)
        n = max;
    if (n > 0)
        memcpy(out, all, n * sizeof *out);
    return n;
}

static size_t region_muscles(source *out, size_t max, const km_atlas *a, int region, bool pain)
{
    km_arena mem = { 0 };
    size_t count = (size_t)a->n_muscle;
    int *local = km_arena_alloc(&mem, count * sizeof *local);
    int *refer = km_arena_alloc(&mem, count * sizeof *refer);
    bool *mirrored = km_arena_alloc(&mem, count * sizeof *mirrored);
    bool any = false;
    for (int m = 0; m < a->n_muscle; m++) {
        local[m] = nearness(a, &a->muscle[m], region) * a->muscle[m].commonness;
        any = any || local[m] > 0;
    }
    if (pain || !any)
        add_referrals(refer, mirrored, a, region, any);
    for (int m = 0; m < a->n_muscle; m++) {
        if (local[m] >= refer[m])
            mirrored[m] = false;
        else
            local[m] = refer[m];
    }
    size_t n = ranked(out, max, a, local, mirrored, &mem);
    km_arena_clear(&mem);
    return n;
}

size_t plan_sources_of_pain(source *out, size_t max, const km_atlas *a, int region)
{
    return region_muscles(out, max, a, region, true);
}

size_t km_routine_muscles(int16_t *out, size_t max, const km_atlas *a, const km_ref *place)
{
    source found[32];
    size_t n = 0;
    if (max == 0)
        return 0;
    if (place->kind == KM_REF_MUSCLE) {
        out[0] = (int16_t)place->index;
        return 1;
    }
    if (place->kind == KM_REF_GROUP) {
        const km_group *g = &a->group[place->index];
        for (int i = 0; i < g->n_muscle && n < 32; i++)
            found[n++] = (source){ g->muscle[i], false, a->muscle[g->muscle[i]].commonness };
        qsort(found, n, sizeof *found, by_score);
    } else {
        n = region_muscles(found, 32, a, place->index, false);
    }
    if (n > max)
        n = max;
    for (size_t i = 0; i < n; i++)
        out[i] = found[i].muscle;
    return n;
}
