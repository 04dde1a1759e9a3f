/** The planner's tables, resolved against the atlas. */
#include <stdlib.h>
#include <string.h>

#include "knotmap/atlas.h"
#include "planner.h"

/** One table being read, with the columns that were asked for. */
typedef struct reader {
    const km_table *table;
    int column[10];
} reader;

static km_status reader_open(reader *r, const km_atlas *a, const char *name,
                             const char *const *columns, int n, km_error *err)
{
    *r = (reader){ .table = km_atlas_table(a, name) };
    if (!r->table)
        return km_fail(err, KM_EDATA, "%s.csv: the atlas has no such table", name);
    for (int i = 0; i < n; i++) {
        r->column[i] = km_table_column(r->table, columns[i]);
        if (r->column[i] < 0)
            return km_fail(err, KM_EDATA, "%s.csv: there is no column %s", name, columns[i]);
    }
    return KM_OK;
}

#define OPEN(r, a, name, cols, err) \
    reader_open((r), (a), (name), (cols), (int)(sizeof(cols) / sizeof *(cols)), (err))

static const char *cell(const reader *r, int row, int i)
{
    return km_table_cell(r->table, row, r->column[i]);
}

/* A cell that does not fit; row 0 stands under the header line. */
static km_status refuse(const reader *r, int row, int i, km_error *err)
{
    return km_fail(err, KM_EDATA, "%s.csv line %d, column %s: \"%s\": it is not known here",
                   r->table->name, row + 2, r->table->column[r->column[i]], cell(r, row, i));
}

/** A whole number in [0, max], -1 when the text is none. */
static int number(const char *text, int max)
{
    char *end = NULL;
    long n = strtol(text, &end, 10);
    return *text == '\0' || *end != '\0' || n < 0 || n > max ? -1 : (int)n;
}

/** Muscle by code; tables follow muscles.csv, so the last hit and the next are tried first. */
static int muscle_near(const km_atlas *a, const char *code, int *last)
{
    for (int i = *last; i < a->n_muscle && i <= *last + 1; i++) {
        if (strcmp(a->muscle[i].code, code) == 0)
            return *last = i;
    }
    int m = km_atlas_muscle(a, code);
    if (m >= 0)
        *last = m;
    return m;
}

static km_status read_motions(tables *t, const km_atlas *a, km_arena *mem, km_error *err)
{
    static const char *const cols[] = { "motion", "paired", "cue", "count", "seconds", "range_cue",
                                        "range_count", "range_seconds", "source" };
    reader r;
    km_status st = OPEN(&r, a, "motions", cols, err);
    if (st != KM_OK)
        return st;
    t->n_motion = r.table->n_row;
    t->motion = km_arena_alloc(mem, (size_t)t->n_motion * sizeof *t->motion);
    for (int i = 0; i < t->n_motion; i++) {
        motion *m = &t->motion[i];
        *m = (motion){ .code = cell(&r, i, 0), .paired = strcmp(cell(&r, i, 1), "yes") == 0,
                       .cue = cell(&r, i, 2), .count = number(cell(&r, i, 3), 60),
                       .seconds = number(cell(&r, i, 4), 300), .range_cue = cell(&r, i, 5),
                       .range_count = number(cell(&r, i, 6), 60),
                       .range_seconds = number(cell(&r, i, 7), 300), .source = cell(&r, i, 8) };
        for (int c = 3; c <= 7; c++) {
            if (c != 5 && number(cell(&r, i, c), 300) < 1)
                return refuse(&r, i, c, err);
        }
        while (strcmp(t->motion[m->range].range_cue, m->range_cue) != 0)
            m->range++;
    }
    return KM_OK;
}

static km_status read_warm_ups(tables *t, const km_atlas *a, km_arena *mem, km_error *err)
{
    static const char *const cols[] = { "chain", "also", "position", "action", "source" };
    reader r;
    km_status st = OPEN(&r, a, "warm_ups", cols, err);
    if (st != KM_OK)
        return st;
    t->n_warm_up = r.table->n_row;
    t->warm_up = km_arena_alloc(mem, (size_t)t->n_warm_up * sizeof *t->warm_up);
    for (int i = 0; i < t->n_warm_up; i++)
        t->warm_up[i] = (warm_up){ cell(&r, i, 0), cell(&r, i, 1), cell(&r, i, 2), cell(&r, i, 3),
                                       cell(&r, i, 4) };
    return KM_OK;
}

static km_status read_order(tables *t, const km_atlas *a, km_arena *mem, km_error *err)
{
    static const char *const cols[] = { "muscle", "chain", "rank", "motion" };
    reader r;
    km_status st = OPEN(&r, a, "muscle_order", cols, err);
    if (st != KM_OK)
        return st;
    t->order = km_arena_alloc(mem, (size_t)a->n_muscle * sizeof *t->order);
    bool *seen = km_arena_alloc(mem, (size_t)a->n_muscle * sizeof *seen);
    int last = 0;
    for (int i = 0; i < r.table->n_row; i++) {
        int m = muscle_near(a, cell(&r, i, 0), &last);
        if (m < 0)
            return refuse(&r, i, 0, err);
        order o = { .rank = number(cell(&r, i, 2), 1000) };
        while (o.chain < t->n_warm_up && strcmp(t->warm_up[o.chain].chain, cell(&r, i, 1)) != 0)
            o.chain++;
        while (o.motion < t->n_motion && strcmp(t->motion[o.motion].code, cell(&r, i, 3)) != 0)
            o.motion++;
        if (o.chain == t->n_warm_up)
            return refuse(&r, i, 1, err);
        if (o.rank < 0)
            return refuse(&r, i, 2, err);
        if (o.motion == t->n_motion)
            return refuse(&r, i, 3, err);
        t->order[m] = o;
        seen[m] = true;
    }
    for (int m = 0; m < a->n_muscle; m++) {
        if (!seen[m])
            return km_fail(err, KM_EDATA, "muscle_order.csv: there is no row for %s",
                           a->muscle[m].code);
    }
    return KM_OK;
}

static km_status read_cues(tables *t, const km_atlas *a, km_arena *mem, km_error *err)
{
    static const char *const cols[] = { "muscle", "kind", "tool", "mode", "count", "cue" };
    reader r;
    km_status st = OPEN(&r, a, "movement_cues", cols, err);
    if (st != KM_OK)
        return st;
    t->cue = km_arena_alloc(mem, (size_t)a->n_routine * sizeof *t->cue);
    for (int i = 0; i < a->n_routine; i++)
        t->cue[i].text = "";
    int last = 0;
    for (int i = 0; i < r.table->n_row; i++) {
        int m = muscle_near(a, cell(&r, i, 0), &last);
        if (m < 0)
            return refuse(&r, i, 0, err);
        const char *mode = cell(&r, i, 3);
        if (strcmp(mode, "static") != 0 && strcmp(mode, "stroke") != 0 &&
            strcmp(mode, "active") != 0)
            return refuse(&r, i, 3, err);
        int count = number(cell(&r, i, 4), 120);
        if (count < 0)
            return refuse(&r, i, 4, err);
        const km_muscle *mu = &a->muscle[m];
        int row = mu->first_routine;
        int end = row + mu->n_routine;
        while (row < end && (strcmp(km_word(KM_VOCAB_TECHNIQUE, (int)a->routine[row].technique),
                                    cell(&r, i, 1)) != 0 ||
                             strcmp(a->routine[row].tool, cell(&r, i, 2)) != 0))
            row++;
        if (row == end)
            return refuse(&r, i, 1, err);
        t->cue[row] = (cue){ cell(&r, i, 5), count, strcmp(mode, "active") == 0 };
    }
    return KM_OK;
}

static km_status read_antagonists(tables *t, const km_atlas *a, km_arena *mem, km_error *err)
{
    static const char *const cols[] = { "muscle", "short_antagonist" };
    reader r;
    km_status st = OPEN(&r, a, "antagonists", cols, err);
    if (st != KM_OK)
        return st;
    t->n_antagonist = r.table->n_row;
    t->antagonist = km_arena_alloc(mem, (size_t)t->n_antagonist * sizeof *t->antagonist);
    for (int i = 0; i < t->n_antagonist; i++) {
        int m = km_atlas_muscle(a, cell(&r, i, 0)), o = km_atlas_muscle(a, cell(&r, i, 1));
        if (m < 0 || o < 0)
            return refuse(&r, i, m < 0 ? 0 : 1, err);
        t->antagonist[i] = (antagonist){ (int16_t)m, (int16_t)o };
    }
    return KM_OK;
}

static km_status read_warnings(tables *t, const km_atlas *a, km_arena *mem, km_error *err)
{
    static const char *const cols[] = { "region", "warning" };
    reader r;
    km_status st = OPEN(&r, a, "endangerment", cols, err);
    if (st != KM_OK)
        return st;
    t->warning = km_arena_alloc(mem, (size_t)a->n_region * sizeof *t->warning);
    for (int i = 0; i < r.table->n_row; i++) {
        int region = km_atlas_region(a, cell(&r, i, 0));
        if (region < 0)
            return refuse(&r, i, 0, err);
        t->warning[region] = cell(&r, i, 1);
    }
    return KM_OK;
}

static bool scope_parse(rule *out, const km_atlas *a, const char *text)
{
    if (strcmp(text, "any") == 0) {
        out->scope = SCOPE_ANY;
    } else if (strcmp(text, "site") == 0) {
        out->scope = SCOPE_SITE;
    } else if (strcmp(text, "near") == 0) {
        out->scope = SCOPE_NEAR;
    } else if (strncmp(text, "area:", 5) == 0) {
        out->scope = SCOPE_AREA;
        out->area = text + 5;
    } else if ((out->index = km_atlas_region(a, text)) >= 0) {
        out->scope = SCOPE_REGION;
    } else if ((out->index = km_atlas_muscle(a, text)) >= 0) {
        out->scope = SCOPE_MUSCLE;
    } else if ((out->index = km_atlas_group(a, text)) >= 0) {
        out->scope = SCOPE_GROUP;
    } else {
        return false;
    }
    return true;
}

static uint32_t techniques_parse(const char *text)
{
    if (strcmp(text, "any") == 0)
        return TECH_ANY;
    if (strcmp(text, "pressure") == 0)
        return TECH_PRESSURE;
    for (int i = 0; i < KM_TECH_COUNT; i++) {
        if (strcmp(text, km_word(KM_VOCAB_TECHNIQUE, i)) == 0)
            return TECH(i);
    }
    return 0;
}

static km_status read_rules(tables *t, const km_atlas *a, km_arena *mem, km_error *err)
{
    static const char *const cols[] = { "condition", "scope", "technique", "effect",
                                        "limit", "note" };
    static const char *const effects[] = { "remove", "soften", "ask" };
    reader r;
    km_status st = OPEN(&r, a, "conditions", cols, err);
    if (st != KM_OK)
        return st;
    t->n_rule = r.table->n_row;
    t->rule = km_arena_alloc(mem, (size_t)t->n_rule * sizeof *t->rule);
    for (int i = 0; i < t->n_rule; i++) {
        rule *u = &t->rule[i];
        *u = (rule){ .condition = cell(&r, i, 0), .note = cell(&r, i, 5) };
        if (!scope_parse(u, a, cell(&r, i, 1)))
            return refuse(&r, i, 1, err);
        u->techniques = techniques_parse(cell(&r, i, 2));
        if (u->techniques == 0)
            return refuse(&r, i, 2, err);
        int e = 0;
        while (e < 3 && strcmp(effects[e], cell(&r, i, 3)) != 0)
            e++;
        if (e == 3)
            return refuse(&r, i, 3, err);
        u->effect = (effect)e;
        u->limit = u->effect == EFFECT_SOFTEN ? number(cell(&r, i, 4), 7) : 7;
        if (u->limit < 1)
            return refuse(&r, i, 4, err);
    }
    return KM_OK;
}

km_status plan_tables_read(tables *out, const km_atlas *a, km_arena *mem, km_error *err)
{
    static km_status (*const step[])(tables *, const km_atlas *, km_arena *, km_error *) = {
        read_motions, read_warm_ups, read_order, read_cues, read_antagonists, read_warnings,
        read_rules,
    };
    *out = (tables){ 0 };
    km_status st = KM_OK;
    for (size_t i = 0; i < sizeof step / sizeof *step && st == KM_OK; i++)
        st = step[i](out, a, mem, err);
    return st;
}
