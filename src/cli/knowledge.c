/** atlas: the tables of the knowledge base. */
#include <string.h>

#include "columns.h"
#include "command.h"
#include "knotmap/care.h"
#include "knotmap/safety.h"

#define NAME (BOTH | KM_COL_STRONG)

/* What CODE narrowed the table to; -1 everything. */
typedef struct narrow {
    int region, muscle, point, flag, group, technique, topic;
} narrow;

static bool has_muscle(const km_atlas *a, const narrow *w, int muscle)
{
    return (w->muscle < 0 || w->muscle == muscle) &&
           (w->group < 0 || a->muscle[muscle].group == w->group);
}

static bool has_point(const km_atlas *a, const narrow *w, int point)
{
    return (w->point < 0 || w->point == point) && has_muscle(a, w, a->point[point].muscle) &&
           (w->region < 0 || w->region == a->point[point].site);
}

static void put_list(km_rows *r, const char *const *item, int n)
{
    km_buf list = { 0 };

    for (int i = 0; i < n; i++)
        km_buf_printf(&list, "%s%s", i > 0 ? ";" : "", item[i]);
    km_rows_text(r, km_buf_str(&list));
    km_buf_clear(&list);
}

static const km_column region_columns[] = {
    { "code", NAME, NULL }, { "name", BOTH, NULL },  { "area", BOTH, NULL },
    { "midline", BOTH, NULL }, { "views", BOTH, NULL },
};

static void put_regions(km_rows *r, const km_atlas *a, const narrow *w)
{
    for (int i = 0; i < a->n_region; i++) {
        const km_region *g = &a->region[i];
        km_buf views = { 0 };
        if (w->region >= 0 && w->region != i)
            continue;
        for (int v = 0; v < KM_VIEW_COUNT; v++) {
            if (g->views >> v & 1)
                km_buf_printf(&views, "%s%s", views.len ? ";" : "", km_word(KM_VOCAB_VIEW, v));
        }
        km_rows_text(r, g->code);
        km_rows_text(r, g->name);
        km_rows_text(r, g->area);
        km_rows_bool(r, g->midline);
        km_rows_text(r, km_buf_str(&views));
        km_rows_end(r, NULL);
        km_buf_clear(&views);
    }
}

static const km_column muscle_columns[] = {
    { "code", NAME, NULL },        { "name", BOTH, NULL },         { "area", BOTH, NULL },
    { "home_regions", FLEX, NULL }, { "depth", DATA, NULL },       { "attachments", DATA, NULL },
    { "action", FLEX, NULL },      { "overloaded_by", DATA, NULL }, { "synonyms", DATA, NULL },
    { "latin", DATA, NULL },       { "group", BOTH, NULL },        { "midline", DATA, NULL },
    { "points", NUMBER, NULL },    { "source", DATA, NULL },
};

static void put_muscles(km_rows *r, const km_atlas *a, const narrow *w)
{
    for (int i = 0; i < a->n_muscle; i++) {
        const km_muscle *m = &a->muscle[i];
        km_buf home = { 0 };
        if (!has_muscle(a, w, i))
            continue;
        for (int k = 0; k < m->n_home; k++)
            km_buf_printf(&home, "%s%s", k > 0 ? ";" : "", a->region[m->home[k]].code);
        km_rows_text(r, m->code);
        km_rows_text(r, m->name);
        km_rows_text(r, m->area);
        km_rows_text(r, km_buf_str(&home));
        km_rows_text(r, m->depth);
        km_rows_text(r, m->attachments);
        km_rows_text(r, m->action);
        put_list(r, m->overload, m->n_overload);
        put_list(r, m->synonym, m->n_synonym);
        km_rows_text(r, m->latin);
        km_rows_text(r, m->group >= 0 ? a->group[m->group].code : "");
        km_rows_bool(r, m->midline);
        km_rows_int(r, m->n_point);
        km_rows_text(r, m->source);
        km_rows_end(r, NULL);
        km_buf_clear(&home);
    }
}

static const km_column point_columns[] = {
    { "muscle", NAME, NULL },    { "trigger_point", NUMBER, "point" },
    { "site_region", BOTH, "site" },
    { "location", FLEX, NULL },  { "view", DATA, NULL },               { "x", DATA, NULL },
    { "y", DATA, NULL },         { "source", DATA, NULL },
};

static void put_points(km_rows *r, const km_atlas *a, const narrow *w)
{
    for (int i = 0; i < a->n_point; i++) {
        const km_point *p = &a->point[i];
        const km_point_pos *pos = p->n_pos > 0 ? &a->pos[p->first_pos] : NULL;
        if (!has_point(a, w, i))
            continue;
        km_rows_text(r, a->muscle[p->muscle].code);
        km_rows_int(r, p->tp);
        km_rows_text(r, a->region[p->site].code);
        km_rows_text(r, p->location);
        km_rows_text(r, pos ? km_word(KM_VOCAB_VIEW, (int)pos->view) : "");
        km_rows_real(r, pos ? pos->x / 10.0 : 0, 1);
        km_rows_real(r, pos ? pos->y / 10.0 : 0, 1);
        km_rows_text(r, p->source);
        km_rows_end(r, NULL);
    }
}

static const km_column referral_columns[] = {
    { "muscle", NAME, NULL },     { "trigger_point", NUMBER, "point" }, { "region", BOTH, NULL },
    { "kind", BOTH, NULL },       { "laterality", BOTH, NULL },         { "weight", NUMBER, NULL },
    { "source", FLEX, NULL },     { "basis", BOTH, NULL },
};

static void put_referrals(km_rows *r, const km_atlas *a, const narrow *w)
{
    for (int i = 0; i < a->n_referral; i++) {
        const km_referral *f = &a->referral[i];
        const km_point *p = &a->point[f->point];
        if ((w->point >= 0 && w->point != f->point) || !has_muscle(a, w, p->muscle) ||
            (w->region >= 0 && w->region != f->region))
            continue;
        km_rows_text(r, a->muscle[p->muscle].code);
        km_rows_int(r, p->tp);
        km_rows_text(r, a->region[f->region].code);
        km_rows_text(r, km_zone_word(f->kind));
        km_rows_text(r, km_laterality_word(f->laterality));
        km_rows_int(r, f->weight);
        km_rows_text(r, f->source);
        km_rows_text(r, km_basis_word(f->basis));
        km_rows_end(r, NULL);
    }
}

static const km_column satellite_columns[] = {
    { "key_muscle", NAME, NULL },
    { "satellite_muscle", NAME, NULL },
    { "source", FLEX, NULL },
};

static void put_satellites(km_rows *r, const km_atlas *a, const narrow *w)
{
    for (int i = 0; i < a->n_satellite; i++) {
        const km_satellite *s = &a->satellite[i];
        if (!has_muscle(a, w, s->key) && !has_muscle(a, w, s->satellite))
            continue;
        km_rows_text(r, a->muscle[s->key].code);
        km_rows_text(r, a->muscle[s->satellite].code);
        km_rows_text(r, s->source);
        km_rows_end(r, NULL);
    }
}

static const km_column routine_columns[] = {
    { "muscle", NAME, NULL },      { "kind", BOTH, NULL },       { "tool", BOTH, NULL },
    { "position", FLEX, NULL },    { "action", FLEX, NULL },     { "seconds", NUMBER, NULL },
    { "sets", NUMBER, NULL },      { "pressure", NUMBER, NULL }, { "per_week", NUMBER, NULL },
    { "therapist", DATA, NULL },   { "caution", FLEX, NULL },    { "source", DATA, NULL },
};

static void put_routines(km_rows *r, const km_atlas *a, const narrow *w)
{
    for (int i = 0; i < a->n_routine; i++) {
        const km_routine_row *q = &a->routine[i];
        if (!has_muscle(a, w, q->muscle))
            continue;
        km_rows_text(r, a->muscle[q->muscle].code);
        km_rows_text(r, km_word(KM_VOCAB_TECHNIQUE, (int)q->technique));
        km_rows_text(r, q->tool);
        km_rows_text(r, q->position);
        km_rows_text(r, q->action);
        km_rows_int(r, q->seconds);
        km_rows_int(r, q->sets);
        km_rows_int(r, q->pressure);
        km_rows_int(r, q->per_week);
        km_rows_bool(r, q->therapist);
        km_rows_text(r, q->caution);
        km_rows_text(r, q->source);
        km_rows_end(r, NULL);
    }
}

static const km_column flag_columns[] = {
    { "code", NAME, NULL },      { "level", BOTH, NULL },  { "sign", FLEX, NULL },
    { "think_of", FLEX, NULL },  { "advice", FLEX, NULL }, { "question", DATA, NULL },
    { "source", DATA, NULL },
};

static void put_flags(km_rows *r, const km_atlas *a, const narrow *w)
{
    size_t n;
    const km_flag *f = km_safety_flags(a, &n);

    for (size_t i = 0; i < n; i++) {
        if (w->flag >= 0 && w->flag != (int)i)
            continue;
        km_rows_text(r, f[i].code);
        km_rows_text(r, km_flag_level_word(f[i].level));
        km_rows_text(r, f[i].sign);
        km_rows_text(r, f[i].think_of);
        km_rows_text(r, f[i].advice);
        km_rows_text(r, f[i].question);
        km_rows_text(r, f[i].source);
        km_rows_end(r, NULL);
    }
}

static const km_column expectation_columns[] = {
    { "technique", NAME, NULL }, { "topic", BOTH, NULL },  { "text", FLEX, "what to expect" },
    { "basis", BOTH, NULL },     { "source", FLEX, NULL },
};

static void put_expectations(km_rows *r, const km_atlas *a, const narrow *w)
{
    km_expectation row[16];
    bool general = false; /* what holds for every technique is told once */

    for (int t = 0; t < KM_TECH_COUNT; t++) {
        if (w->technique >= 0 && w->technique != t)
            continue;
        size_t n = km_routine_expect(row, 16, a, (km_technique)t);
        for (size_t i = 0; i < n; i++) {
            bool any = row[i].technique < 0;
            if (any && general)
                continue;
            km_rows_text(r, any ? "any" : km_word(KM_VOCAB_TECHNIQUE, t));
            km_rows_text(r, km_routine_topic(row[i].topic));
            km_rows_text(r, row[i].text);
            km_rows_text(r, row[i].basis);
            km_rows_text(r, row[i].source);
            km_rows_end(r, NULL);
        }
        general = true;
    }
}

static const km_column measure_columns[] = {
    { "test", NAME, NULL },    { "name", BOTH, NULL },        { "unit", BOTH, NULL },
    { "sided", BOTH, NULL },   { "no_change_under", NUMBER, "counts from" },
    { "how", FLEX, NULL },     { "source", FLEX, NULL },
};

static void put_measures(km_rows *r, const km_atlas *a, const narrow *w)
{
    km_measure test[KM_FLEX_MAX];
    size_t n = km_app_flex_tests(test, KM_FLEX_MAX, a);

    (void)w;
    for (size_t i = 0; i < n; i++) {
        km_rows_text(r, test[i].code);
        km_rows_text(r, test[i].name);
        km_rows_text(r, test[i].unit);
        km_rows_bool(r, test[i].sided);
        km_rows_real(r, test[i].no_change_under, 1);
        km_rows_text(r, test[i].how);
        km_rows_text(r, test[i].source);
        km_rows_end(r, NULL);
    }
}

/* Topics stand in their tables as they are shown, but for the words people use for them. */
static const km_column area_columns[] = {
    { "code", NAME, NULL }, { "name", BOTH, NULL }, { "regions", FLEX, NULL },
    { "synonyms", DATA, NULL }, { "source", BOTH, NULL },
};
static const km_column sport_columns[] = {
    { "code", NAME, NULL }, { "name", BOTH, NULL }, { "muscles", FLEX, "commonly loads" },
    { "synonyms", DATA, NULL }, { "source", FLEX, NULL },
};
static const km_column profile_columns[] = {
    { "code", NAME, NULL }, { "name", BOTH, NULL }, { "smr", NUMBER, NULL },
    { "stretch", NUMBER, NULL }, { "strength", NUMBER, NULL }, { "causes", FLEX, NULL },
    { "places", FLEX, NULL }, { "daily", FLEX, NULL }, { "synonyms", DATA, NULL },
    { "source", BOTH, NULL },
};
static const km_column condition_columns[] = {
    { "condition", NAME, NULL }, { "name", BOTH, NULL }, { "synonyms", FLEX, "also said" },
    { "source", DATA, NULL },
};
static const km_column word_columns[] = {
    { "word", NAME, NULL }, { "meaning", FLEX, NULL }, { "basis", BOTH, NULL },
    { "source", FLEX, NULL },
};
static const km_column complaint_columns[] = {
    { "code", NAME, NULL }, { "name", BOTH, NULL }, { "caution", FLEX, NULL },
    { "places", FLEX, NULL }, { "side", DATA, NULL }, { "flags", FLEX, "ask first" },
    { "condition", DATA, NULL }, { "area", DATA, NULL }, { "sport", DATA, NULL },
    { "synonyms", DATA, NULL }, { "source", DATA, NULL },
};

static void put_topics(km_rows *r, const km_atlas *a, const narrow *w, km_topic_kind kind,
                       const km_column *col, int n)
{
    for (int i = 0; i < km_topic_n(a, kind); i++) {
        if (w->topic >= 0 && w->topic != i)
            continue;
        for (int k = 0; k < n; k++) {
            const char *cell = km_topic_cell(a, kind, i, col[k].name);
            if (col[k].flags & KM_COL_RIGHT)
                km_rows_number(r, cell);
            else
                km_rows_text(r, cell);
        }
        km_rows_end(r, NULL);
    }
}

static void put_areas(km_rows *r, const km_atlas *a, const narrow *w)
{
    put_topics(r, a, w, KM_TOPIC_AREA, area_columns, COUNT(area_columns));
}

static void put_sports(km_rows *r, const km_atlas *a, const narrow *w)
{
    put_topics(r, a, w, KM_TOPIC_SPORT, sport_columns, COUNT(sport_columns));
}

static void put_profiles(km_rows *r, const km_atlas *a, const narrow *w)
{
    put_topics(r, a, w, KM_TOPIC_PROFILE, profile_columns, COUNT(profile_columns));
}

static void put_complaint_table(km_rows *r, const km_atlas *a, const narrow *w)
{
    put_topics(r, a, w, KM_TOPIC_COMPLAINT, complaint_columns, COUNT(complaint_columns));
}

/* A table whose columns are shown as they are. */
static void put_table(km_rows *r, const km_atlas *a, const char *name, const km_column *col, int n)
{
    const km_table *t = km_atlas_table(a, name);

    for (int i = 0; t && i < t->n_row; i++) {
        for (int k = 0; k < n; k++)
            km_rows_text(r, km_table_cell(t, i, km_table_column(t, col[k].name)));
        km_rows_end(r, NULL);
    }
}

static void put_conditions(km_rows *r, const km_atlas *a, const narrow *w)
{
    (void)w;
    put_table(r, a, "condition_names", condition_columns, COUNT(condition_columns));
}

static void put_words(km_rows *r, const km_atlas *a, const narrow *w)
{
    (void)w;
    put_table(r, a, "words", word_columns, COUNT(word_columns));
}

/* What a CODE may name in a table; a topic's kind is told by how far its bit is from BY_AREA. */
enum {
    BY_NOTHING = 0, BY_REGION = 1, BY_MUSCLE = 2, BY_FLAG = 4, BY_TECHNIQUE = 8, BY_AREA = 16,
    BY_SPORT = 32, BY_PROFILE = 64, BY_COMPLAINT = 128
};

static const struct {
    const char *name;
    const km_column *col;
    int n_col;
    unsigned by;
    void (*put)(km_rows *r, const km_atlas *a, const narrow *w);
} tables[] = {
    { "regions", region_columns, COUNT(region_columns), BY_REGION, put_regions },
    { "muscles", muscle_columns, COUNT(muscle_columns), BY_MUSCLE, put_muscles },
    { "points", point_columns, COUNT(point_columns), BY_REGION | BY_MUSCLE, put_points },
    { "referrals", referral_columns, COUNT(referral_columns), BY_REGION | BY_MUSCLE,
      put_referrals },
    { "satellites", satellite_columns, COUNT(satellite_columns), BY_MUSCLE, put_satellites },
    { "routines", routine_columns, COUNT(routine_columns), BY_MUSCLE, put_routines },
    { "flags", flag_columns, COUNT(flag_columns), BY_FLAG, put_flags },
    { "expectations", expectation_columns, COUNT(expectation_columns), BY_TECHNIQUE,
      put_expectations },
    { "tests", measure_columns, COUNT(measure_columns), BY_NOTHING, put_measures },
    { "areas", area_columns, COUNT(area_columns), BY_AREA, put_areas },
    { "sports", sport_columns, COUNT(sport_columns), BY_SPORT, put_sports },
    { "profiles", profile_columns, COUNT(profile_columns), BY_PROFILE, put_profiles },
    { "complaints", complaint_columns, COUNT(complaint_columns), BY_COMPLAINT,
      put_complaint_table },
    { "conditions", condition_columns, COUNT(condition_columns), BY_NOTHING, put_conditions },
    { "words", word_columns, COUNT(word_columns), BY_NOTHING, put_words },
};

static km_status narrow_to(narrow *w, const km_cli *c, const char *code, unsigned by, km_error *err)
{
    km_ref ref;

    if (by == BY_FLAG) {
        w->flag = km_safety_flag(c->atlas, code);
        return w->flag >= 0 ? KM_OK
                            : km_fail(err, KM_EINVAL, "%s: no code of a red flag", code);
    }
    if (by == BY_TECHNIQUE)
        return km_word_parse(&w->technique, KM_VOCAB_TECHNIQUE, "expectations", code, err);
    for (int k = 0; k < KM_TOPIC_COUNT; k++) {
        if (by == (unsigned)BY_AREA << k)
            return km_topic_find(&w->topic, c->atlas, (km_topic_kind)k, "atlas", code, err);
    }
    if (by == BY_NOTHING)
        return km_fail(err, KM_EUSAGE, "atlas: %s: one argument too many", code);
    unsigned flags = KM_RESOLVE_SIDE_OPEN | KM_RESOLVE_GROUP;
    if (!(by & BY_REGION))
        flags |= KM_RESOLVE_MUSCLE;
    TRY(km_atlas_resolve(&ref, c->atlas, code, flags, err));
    if (ref.kind == KM_REF_REGION)
        w->region = ref.index;
    else if (!(by & BY_MUSCLE))
        return km_fail(err, KM_EINVAL, "%s: it is a muscle, not a region", code);
    else if (ref.kind == KM_REF_GROUP)
        w->group = ref.index;
    else
        w->muscle = ref.index;
    w->point = ref.point;
    return KM_OK;
}

km_status km_run_atlas(km_cli *c, km_error *err)
{
    narrow w = { -1, -1, -1, -1, -1, -1, -1 };

    for (int i = 0; i < COUNT(tables); i++) {
        if (strcmp(tables[i].name, c->args.pos[0]) != 0)
            continue;
        if (c->args.n_pos > 1)
            TRY(narrow_to(&w, c, c->args.pos[1], tables[i].by, err));
        km_rows *r = km_listing(c, tables[i].col, tables[i].n_col);
        tables[i].put(r, c->atlas, &w);
        return km_rows_close(r, err);
    }
    return km_mend(km_fail(err, KM_EUSAGE, "atlas: %s: no such table", c->args.pos[0]), err,
                   "There are regions, muscles, points, referrals, satellites, routines, "
                   "flags, expectations, tests, areas, sports, profiles, complaints, "
                   "conditions and words.");
}
