/* What leads from one table to another: referrals, satellites, routines, body-map codes. */
#include <string.h>

#include "load.h"

#define COUNT(list) ((int)(sizeof(list) / sizeof(list)[0]))

/* Index of the point named by two cells. */
static int read_point(km_in *in, const km_atlas *a, int muscle_column, int tp_column)
{
    const int muscle = km_in_muscle(in, a, muscle_column);
    const int tp = km_in_int(in, tp_column, 1, 99);
    const int point = km_atlas_point(a, muscle, tp);
    if (point < 0)
        km_in_fail(in, tp_column, "%s has no such point in trigger_points.csv",
                   a->muscle[muscle].code);
    return point < 0 ? 0 : point;
}

static void check_referral(km_in *in, const km_atlas *a, const km_referral *r)
{
    enum { REGION = 2, LATERALITY = 4, WEIGHT = 5 };
    const km_muscle *m = &a->muscle[a->point[r->point].muscle];
    const bool midline = a->region[r->region].midline;
    if (midline && r->laterality != KM_LAT_MIDLINE)
        km_in_fail(in, LATERALITY, "%s is a midline region: say midline",
                   a->region[r->region].code);
    if (!midline && r->laterality == KM_LAT_MIDLINE)
        km_in_fail(in, LATERALITY, "%s has a left and a right: say same, opposite or both",
                   a->region[r->region].code);
    if (m->midline && !midline && r->laterality != KM_LAT_BOTH)
        km_in_fail(in, LATERALITY, "%s is unpaired: say both", m->code);
    if (r->weight == 3 && r->kind != KM_ZONE_ESSENTIAL)
        km_in_fail(in, WEIGHT, "only an essential zone is a hallmark");
    for (int i = a->point[r->point].first_referral; i < a->n_referral; i++)
        if (a->referral[i].point == r->point && a->referral[i].region == r->region)
            km_in_fail(in, REGION, "is named twice for this point");
}

km_status km_load_referrals(km_loader *l)
{
    static const char *const want[] = { "muscle", "tp",     "region", "kind",
                                        "laterality", "weight", "source", "basis" };
    enum { MUSCLE, TP, REGION, KIND, LATERALITY, WEIGHT, SOURCE, BASIS };
    static const char *const kind[] = { "local", "essential", "spillover" };
    static const char *const laterality[] = { "same", "opposite", "both", "midline" };
    static const char *const basis[] = { "recalled", "partial", "page" };
    km_atlas *a = l->a;
    km_sheet s;
    km_in in;
    km_status st = km_load_sheet(l, &s, l->mem, "referrals");
    if (st == KM_OK)
        st = km_in_open(&in, &s, l->mem, want, COUNT(want), l->err);
    if (st != KM_OK)
        return st;
    km_referral *table = km_arena_alloc(l->mem, ((size_t)s.n_row + 1) * sizeof *table);
    a->referral = table;
    int last = -1;
    for (in.row = 0; in.row < s.n_row; in.row++) {
        km_referral *r = &table[in.row];
        r->point = (int16_t)read_point(&in, a, MUSCLE, TP);
        r->region = (int16_t)km_in_region(&in, a, REGION);
        r->kind = (km_referral_kind)km_in_word(&in, KIND, kind, COUNT(kind));
        r->laterality = (km_laterality)km_in_word(&in, LATERALITY, laterality, COUNT(laterality));
        r->weight = (uint8_t)km_in_int(&in, WEIGHT, 1, 3);
        r->source = km_in_text(&in, SOURCE);
        r->basis = (km_basis)km_in_word(&in, BASIS, basis, COUNT(basis));
        km_point *p = &l->point[r->point];
        if (r->point != last && p->n_referral > 0)
            km_in_fail(&in, TP, "the rows of a point must stand together");
        if (p->n_referral == 0)
            p->first_referral = (int16_t)in.row;
        check_referral(&in, a, r);
        p->n_referral++;
        a->n_referral++;
        last = r->point;
        if (in.status != KM_OK)
            return in.status;
    }
    return KM_OK;
}

km_status km_load_satellites(km_loader *l)
{
    static const char *const want[] = { "key_muscle", "satellite_muscle", "source" };
    enum { KEY, SATELLITE, SOURCE };
    km_atlas *a = l->a;
    km_sheet s;
    km_in in;
    km_status st = km_load_sheet(l, &s, l->mem, "satellites");
    if (st == KM_OK)
        st = km_in_open(&in, &s, l->mem, want, COUNT(want), l->err);
    if (st != KM_OK)
        return st;
    km_satellite *table = km_arena_alloc(l->mem, ((size_t)s.n_row + 1) * sizeof *table);
    a->satellite = table;
    for (in.row = 0; in.row < s.n_row; in.row++) {
        km_satellite *t = &table[in.row];
        t->key = (int16_t)km_in_muscle(&in, a, KEY);
        t->satellite = (int16_t)km_in_muscle(&in, a, SATELLITE);
        t->source = km_in_text(&in, SOURCE);
        if (t->key == t->satellite)
            km_in_fail(&in, SATELLITE, "cannot be its own satellite");
        for (int i = 0; i < a->n_satellite; i++)
            if (table[i].key == t->key && table[i].satellite == t->satellite)
                km_in_fail(&in, SATELLITE, "is named twice for this key muscle");
        a->n_satellite++;
        if (in.status != KM_OK)
            return in.status;
    }
    return KM_OK;
}

/* The tools of a cell, any one of which will do: "hands or ball". */
static uint32_t read_tools(km_in *in, int c, bool *therapist)
{
    static const struct {
        const char *words;
        uint32_t set;
        bool therapist;
    } tools[] = {
        { "none", 0, false },
        { "hands", 1u << KM_TOOL_HANDS, false },
        { "massage ball", 1u << KM_TOOL_BALL, false },
        { "foam roller", 1u << KM_TOOL_ROLLER, false },
        { "massage stick", 1u << KM_TOOL_STICK, false },
        { "cane or hook", 1u << KM_TOOL_CANE, false },
        { "hands or ball", 1u << KM_TOOL_HANDS | 1u << KM_TOOL_BALL, false },
        { "therapist hands", 0, true },
    };
    const char *words[COUNT(tools)];
    for (int i = 0; i < COUNT(tools); i++)
        words[i] = tools[i].words;
    const int i = km_in_word(in, c, words, COUNT(tools));
    *therapist = tools[i].therapist;
    return tools[i].set;
}

km_status km_load_routines(km_loader *l)
{
    static const char *const want[] = { "muscle", "kind", "tool", "position", "action", "seconds",
                                        "sets", "pressure_0_10", "per_week", "caution", "source" };
    enum {
        MUSCLE, KIND, TOOL, POSITION, ACTION, SECONDS, SETS, PRESSURE, PER_WEEK, CAUTION, SOURCE
    };
    size_t n_kind;
    const char *const *kind = km_words(KM_VOCAB_TECHNIQUE, &n_kind);
    km_atlas *a = l->a;
    km_sheet s;
    km_in in;
    km_status st = km_load_sheet(l, &s, l->mem, "routines");
    if (st == KM_OK)
        st = km_in_open(&in, &s, l->mem, want, COUNT(want), l->err);
    if (st != KM_OK)
        return st;
    km_routine_row *table = km_arena_alloc(l->mem, ((size_t)s.n_row + 1) * sizeof *table);
    a->routine = table;
    int last = -1;
    for (in.row = 0; in.row < s.n_row; in.row++) {
        km_routine_row *r = &table[in.row];
        r->muscle = (int16_t)km_in_muscle(&in, a, MUSCLE);
        r->technique = (km_technique)km_in_word(&in, KIND, kind, (int)n_kind);
        r->tools = read_tools(&in, TOOL, &r->therapist);
        r->tool = km_in_text(&in, TOOL);
        r->position = km_in_text(&in, POSITION);
        r->action = km_in_text(&in, ACTION);
        r->seconds = (int16_t)km_in_int(&in, SECONDS, 1, 3600);
        r->sets = (uint8_t)km_in_int(&in, SETS, 1, 20);
        r->pressure = (uint8_t)km_in_int(&in, PRESSURE, 0, 7);
        r->per_week = (uint8_t)km_in_int(&in, PER_WEEK, 1, 21);
        r->caution = km_in_any(&in, CAUTION);
        r->source = km_in_text(&in, SOURCE);
        if (r->therapist != (r->technique == KM_TECH_MASSAGE))
            km_in_fail(&in, TOOL, "massage, and nothing else, is for a therapist's hands");
        km_muscle *m = &l->muscle[r->muscle];
        if (r->muscle != last && m->n_routine > 0)
            km_in_fail(&in, MUSCLE, "its rows must stand together");
        if (m->n_routine == 0)
            m->first_routine = (int16_t)in.row;
        for (int i = m->first_routine; i < in.row; i++)
            if (table[i].technique == r->technique && strcmp(table[i].tool, r->tool) == 0)
                km_in_fail(&in, TOOL, "this kind and tool stand there twice for %s", m->code);
        m->n_routine++;
        a->n_routine++;
        last = r->muscle;
        if (in.status != KM_OK)
            return in.status;
    }
    return KM_OK;
}

/*
 * A segment's region must be drawn in its view; the soles belong to the back view of the CHOIR
 * map, which has no view of its own for them.
 */
static bool shows(const km_region *r, km_view view)
{
    return (r->views & 1u << view) != 0 ||
           (view == KM_VIEW_BACK && (r->views & 1u << KM_VIEW_SOLE) != 0);
}

static void read_segment_regions(km_in *in, const km_atlas *a, int c, km_cbm_segment *g)
{
    const char *const *list = km_in_list(in, c, &g->n_region);
    int16_t *region = km_arena_alloc(in->mem, ((size_t)g->n_region + 1) * sizeof *region);
    g->region = region;
    if (g->n_region == 0)
        km_in_fail(in, c, "must name a region");
    for (int i = 0; i < g->n_region; i++) {
        const int r = km_atlas_region(a, list[i]);
        if (r < 0)
            km_in_fail(in, c, "%s: no such region in regions.csv", list[i]);
        else if (!shows(&a->region[r], g->view))
            km_in_fail(in, c, "%s is not drawn in this view", list[i]);
        region[i] = (int16_t)r;
        for (int k = 0; r >= 0 && k < a->n_cbm; k++)
            for (int j = 0; j < a->cbm[k].n_region; j++)
                if (a->cbm[k].view == g->view && a->cbm[k].side == g->side &&
                    a->cbm[k].region[j] == r)
                    km_in_fail(in, c, "%s belongs to segment %d already", list[i],
                               a->cbm[k].segment);
    }
}

km_status km_load_cbm(km_loader *l)
{
    static const char *const want[] = { "segment", "view", "side", "name", "region_codes" };
    enum { SEGMENT, VIEW, SIDE, NAME, REGIONS };
    static const char *const side[] = { "M", "L", "R" };
    km_atlas *a = l->a;
    km_sheet s;
    km_in in;
    km_status st = km_load_sheet(l, &s, l->mem, "cbm_segments");
    if (st == KM_OK)
        st = km_in_open(&in, &s, l->mem, want, COUNT(want), l->err);
    if (st != KM_OK)
        return st;
    km_cbm_segment *table = km_arena_alloc(l->mem, ((size_t)s.n_row + 1) * sizeof *table);
    a->cbm = table;
    for (in.row = 0; in.row < s.n_row; in.row++) {
        km_cbm_segment *g = &table[in.row];
        g->segment = (int16_t)km_in_int(&in, SEGMENT, 1, 9999);
        g->view = km_in_view(&in, VIEW);
        g->side = (km_side)km_in_word(&in, SIDE, side, COUNT(side));
        g->name = km_in_text(&in, NAME);
        read_segment_regions(&in, a, REGIONS, g);
        for (int i = 0; i < in.row; i++)
            if (table[i].segment == g->segment)
                km_in_fail(&in, SEGMENT, "stands there twice");
        a->n_cbm++;
        if (in.status != KM_OK)
            return in.status;
    }
    return KM_OK;
}
