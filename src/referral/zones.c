#include "model.h"

/* Where a row's zone lies; false when only its laterality can tell (side unknown). */
static size_t place_row(km_zone *out, const km_atlas *a, const km_zone *row, km_side side)
{
    bool paired_zone = !a->region[row->region].midline;
    km_side sides[2] = { KM_SIDE_MIDLINE, KM_SIDE_MIDLINE };
    size_t n = 1;

    if (paired_zone && side != KM_SIDE_MIDLINE) {
        sides[0] = row->laterality == KM_LAT_OPPOSITE ? km_side_mirror(side) : side;
        if (row->laterality == KM_LAT_BOTH) {
            sides[0] = KM_SIDE_LEFT;
            sides[1] = KM_SIDE_RIGHT;
            n = 2;
        }
    }
    for (size_t i = 0; i < n; i++) {
        out[i] = *row;
        out[i].side = sides[i];
    }
    return n;
}

size_t km_referral_zones(km_zone out[KM_ZONES_MAX], const km_atlas *a, int point, km_side side)
{
    const km_point *p = &a->point[point];
    const km_referral *rows = a->referral + p->first_referral;
    bool unpaired = a->muscle[p->muscle].midline;
    bool site_named = false;
    size_t n = 0;

    for (int i = 0; i < p->n_referral && !site_named; i++)
        site_named = rows[i].region == p->site && rows[i].laterality != KM_LAT_OPPOSITE;

    for (int i = site_named ? 0 : -1; i < p->n_referral && n + 2 <= KM_ZONES_MAX; i++) {
        km_zone row;
        if (i < 0) {
            row = (km_zone){ .region = p->site,
                             .laterality = a->region[p->site].midline ? KM_LAT_MIDLINE
                                                                      : KM_LAT_SAME,
                             .kind = KM_ZONE_LOCAL,
                             .weight = 1,
                             .basis = KM_BASIS_RECALLED,
                             .source = site_source };
        } else {
            row = (km_zone){ .region = rows[i].region,
                             .laterality = rows[i].laterality,
                             .kind = rows[i].kind,
                             .weight = rows[i].weight,
                             .basis = rows[i].basis,
                             .source = rows[i].source };
        }
        /* A muscle that is one for both sides sends pain to both. */
        if (unpaired && !a->region[row.region].midline) {
            row.laterality = KM_LAT_BOTH;
            n += place_row(out + n, a, &row, KM_SIDE_LEFT);
        } else {
            n += place_row(out + n, a, &row, side);
        }
    }
    return n;
}

double km_referral_chance(const km_zone *z)
{
    return model_chance(model_class(z));
}
