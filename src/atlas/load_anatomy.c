/* Regions, muscles with their groups, and trigger points. */
#include <string.h>

#include "load.h"

#define COUNT(list) ((int)(sizeof(list) / sizeof(list)[0]))

static const char *const yes_no[] = { "no", "yes" };

static void read_views(km_in *in, int c, km_region *r)
{
    static const struct {
        const char *word;
        km_view first;
        unsigned set;
    } views[] = {
        { "front", KM_VIEW_FRONT, 1u << KM_VIEW_FRONT },
        { "back", KM_VIEW_BACK, 1u << KM_VIEW_BACK },
        { "side", KM_VIEW_RIGHT, 1u << KM_VIEW_RIGHT | 1u << KM_VIEW_LEFT },
        { "sole", KM_VIEW_SOLE, 1u << KM_VIEW_SOLE },
    };
    int n;
    const char *const *list = km_in_list(in, c, &n);
    if (n == 0)
        km_in_fail(in, c, "must name a view");
    for (int i = 0; i < n; i++) {
        int k = 0;
        while (k < COUNT(views) && strcmp(views[k].word, list[i]) != 0)
            k++;
        if (k == COUNT(views)) {
            km_in_fail(in, c, "%s is not one of front, back, side, sole", list[i]);
            return;
        }
        if (i == 0)
            r->first_view = views[k].first;
        r->views = (uint8_t)(r->views | views[k].set);
    }
}

km_status km_load_regions(km_loader *l)
{
    static const char *const want[] = { "code", "name", "area", "midline", "views" };
    enum { CODE, NAME, AREA, MIDLINE, VIEWS };
    km_in in;
    km_status st = km_load_sheet(l, &l->regions, l->mem, "regions");
    if (st == KM_OK)
        st = km_in_open(&in, &l->regions, l->mem, want, COUNT(want), l->err);
    if (st != KM_OK)
        return st;
    l->region = km_arena_alloc(l->mem, ((size_t)l->regions.n_row + 1) * sizeof *l->region);
    l->a->region = l->region;
    for (in.row = 0; in.row < l->regions.n_row; in.row++) {
        km_region *r = &l->region[in.row];
        r->code = km_in_code(&in, CODE);
        r->name = km_in_text(&in, NAME);
        r->area = km_in_code(&in, AREA);
        r->midline = km_in_word(&in, MIDLINE, yes_no, 2) == 1;
        read_views(&in, VIEWS, r);
        if (km_atlas_region(l->a, r->code) >= 0)
            km_in_fail(&in, CODE, "stands there twice");
        l->a->n_region++;
        if (in.status != KM_OK)
            return in.status;
    }
    return KM_OK;
}

static const int16_t *read_regions(km_in *in, const km_atlas *a, int c, int16_t *n)
{
    int items;
    const char *const *list = km_in_list(in, c, &items);
    int16_t *out = km_arena_alloc(in->mem, ((size_t)items + 1) * sizeof *out);
    if (items == 0)
        km_in_fail(in, c, "must name a region");
    for (int i = 0; i < items; i++) {
        const int region = km_atlas_region(a, list[i]);
        if (region < 0)
            km_in_fail(in, c, "%s: no such region in regions.csv", list[i]);
        out[i] = (int16_t)region;
    }
    *n = (int16_t)items;
    return out;
}

enum {
    M_CODE, M_NAME, M_AREA, M_HOME, M_VIEW, M_DEPTH, M_ATTACH, M_ACTION, M_OVERLOAD, M_SYNONYM,
    M_LATIN, M_SOURCE, M_GROUP, M_COMMON, M_MIDLINE
};

static void read_muscle(km_in *in, const km_atlas *a, km_muscle *m)
{
    static const char *const depth[] = { "superficial", "intermediate", "deep" };
    int16_t n_home;
    m->code = km_in_code(in, M_CODE);
    m->name = km_in_text(in, M_NAME);
    m->area = km_in_code(in, M_AREA);
    m->home = read_regions(in, a, M_HOME, &n_home);
    m->n_home = n_home;
    m->view = km_in_view(in, M_VIEW);
    m->depth = depth[km_in_word(in, M_DEPTH, depth, 3)];
    m->attachments = km_in_text(in, M_ATTACH);
    m->action = km_in_text(in, M_ACTION);
    m->overload = km_in_list(in, M_OVERLOAD, &m->n_overload);
    m->synonym = km_in_list(in, M_SYNONYM, &m->n_synonym);
    m->latin = km_in_text(in, M_LATIN);
    m->source = km_in_text(in, M_SOURCE);
    m->commonness = (uint8_t)km_in_int(in, M_COMMON, 1, 3);
    m->midline = km_in_word(in, M_MIDLINE, yes_no, 2) == 1;
    km_in_code(in, M_GROUP);
    if (km_atlas_muscle(a, m->code) >= 0)
        km_in_fail(in, M_CODE, "stands there twice");
    for (int i = 0; m->midline && i < m->n_home && in->status == KM_OK; i++)
        if (!a->region[m->home[i]].midline)
            km_in_fail(in, M_HOME, "an unpaired muscle lies in midline regions only");
}

/*
 * A group is a code that two or more muscles share, or one muscle under another word than its
 * own code; a muscle alone under its own code needs none.
 */
static void make_groups(km_loader *l, km_in *in)
{
    km_atlas *a = l->a;
    km_group *group = km_arena_alloc(l->mem, ((size_t)a->n_muscle + 1) * sizeof *group);
    a->group = group;
    for (int i = 0; i < a->n_muscle; i++) {
        in->row = i;
        const char *code = km_in_any(in, M_GROUP);
        l->muscle[i].group = (int16_t)km_atlas_group(a, code);
        if (l->muscle[i].group >= 0)
            continue;
        int16_t *part = km_arena_alloc(l->mem, ((size_t)a->n_muscle + 1) * sizeof *part);
        int n = 0;
        for (int k = i; k < a->n_muscle; k++) {
            in->row = k;
            if (strcmp(km_in_any(in, M_GROUP), code) == 0)
                part[n++] = (int16_t)k;
        }
        if (n == 1 && strcmp(code, a->muscle[i].code) == 0)
            continue;
        l->muscle[i].group = (int16_t)a->n_group;
        group[a->n_group++] = (km_group){ .code = code, .muscle = part, .n_muscle = n };
    }
}

km_status km_load_muscles(km_loader *l)
{
    static const char *const want[] = {
        "code", "name", "area", "home_regions", "view", "depth", "attachments", "action",
        "commonly_overloaded_by", "synonyms", "latin", "source", "group", "commonness", "midline",
    };
    km_in in;
    km_status st = km_load_sheet(l, &l->muscles, l->mem, "muscles");
    if (st == KM_OK)
        st = km_in_open(&in, &l->muscles, l->mem, want, COUNT(want), l->err);
    if (st != KM_OK)
        return st;
    l->muscle = km_arena_alloc(l->mem, ((size_t)l->muscles.n_row + 1) * sizeof *l->muscle);
    l->a->muscle = l->muscle;
    for (in.row = 0; in.row < l->muscles.n_row; in.row++) {
        read_muscle(&in, l->a, &l->muscle[in.row]);
        if (in.status != KM_OK)
            return in.status;
        l->a->n_muscle++;
    }
    make_groups(l, &in);
    return KM_OK;
}

km_status km_load_points(km_loader *l)
{
    static const char *const want[] = { "muscle", "tp", "site_region", "location", "source" };
    enum { MUSCLE, TP, SITE, LOCATION, SOURCE };
    km_atlas *a = l->a;
    km_in in;
    km_status st = km_load_sheet(l, &l->points, l->mem, "trigger_points");
    if (st == KM_OK)
        st = km_in_open(&in, &l->points, l->mem, want, COUNT(want), l->err);
    if (st != KM_OK)
        return st;
    l->point = km_arena_alloc(l->mem, ((size_t)l->points.n_row + 1) * sizeof *l->point);
    a->point = l->point;
    int last = -1;
    for (in.row = 0; in.row < l->points.n_row; in.row++) {
        km_point *p = &l->point[in.row];
        const int muscle = km_in_muscle(&in, a, MUSCLE);
        km_muscle *m = &l->muscle[muscle];
        p->muscle = (int16_t)muscle;
        p->tp = (uint8_t)km_in_int(&in, TP, 1, 99);
        p->site = (int16_t)km_in_region(&in, a, SITE);
        p->location = km_in_text(&in, LOCATION);
        p->source = km_in_text(&in, SOURCE);
        if (in.status == KM_OK && !km_muscle_lies_in(m, p->site))
            km_in_fail(&in, SITE, "is no home region of %s", m->code);
        if (km_atlas_point(a, muscle, p->tp) >= 0)
            km_in_fail(&in, TP, "%s has this number already", m->code);
        if (muscle != last && m->n_point > 0)
            km_in_fail(&in, MUSCLE, "its rows must stand together");
        if (m->n_point == 0)
            m->first_point = (int16_t)in.row;
        m->n_point++;
        a->n_point++;
        last = muscle;
        if (in.status != KM_OK)
            return in.status;
    }
    for (int i = 0; i < a->n_muscle; i++)
        if (a->muscle[i].n_point == 0)
            return km_sheet_fail(&l->muscles, i, "code", l->err,
                                 "has no row in trigger_points.csv");
    return KM_OK;
}
