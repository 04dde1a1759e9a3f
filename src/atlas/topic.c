/* Topics: areas, sports, profiles and complaints, read from their tables when they are asked for. */
#include "knotmap/topic.h"

#include <stdlib.h>
#include <string.h>

#include "load.h"

static const struct { const char *table, *word; } topic[KM_TOPIC_COUNT] = {
    [KM_TOPIC_AREA] = { "areas", "area" },
    [KM_TOPIC_SPORT] = { "sports", "sport" },
    [KM_TOPIC_PROFILE] = { "profiles", "profile" },
    [KM_TOPIC_COMPLAINT] = { "complaints", "complaint" },
};

const char *km_topic_word(km_topic_kind k)
{
    return topic[k].word;
}

int km_topic_n(const km_atlas *a, km_topic_kind k)
{
    const km_table *t = km_atlas_table(a, topic[k].table);
    return t ? t->n_row : 0;
}

const char *km_topic_cell(const km_atlas *a, km_topic_kind k, int row, const char *column)
{
    const km_table *t = km_atlas_table(a, topic[k].table);
    const int c = t ? km_table_column(t, column) : -1;
    return c >= 0 && row >= 0 && row < t->n_row ? km_table_cell(t, row, c) : "";
}

/* The next item of a ";" list into `out`; false after the last. */
static bool next_item(km_buf *out, const char **list)
{
    const size_t n = strcspn(*list, ";");
    if (**list == '\0')
        return false;
    km_buf_reset(out);
    km_buf_add(out, *list, n);
    *list += n + ((*list)[n] == ';');
    return true;
}

/* ---- finding ---- */

/* Whether a text spells like the wanted one, or begins with it. */
static bool spells(const char *text, const char *wanted, bool whole)
{
    km_buf b = { 0 };
    km_key_spell(&b, text);
    const bool same = whole ? strcmp(km_buf_str(&b), wanted) == 0
                            : strncmp(km_buf_str(&b), wanted, strlen(wanted)) == 0;
    km_buf_clear(&b);
    return same;
}

static bool topic_spells(const km_atlas *a, km_topic_kind k, int row, const char *wanted,
                         bool whole)
{
    const char *list = km_topic_cell(a, k, row, "synonyms");
    km_buf one = { 0 };
    bool same = spells(km_topic_cell(a, k, row, "code"), wanted, whole) ||
                spells(km_topic_cell(a, k, row, "name"), wanted, whole);
    while (!same && next_item(&one, &list))
        same = spells(km_buf_str(&one), wanted, whole);
    km_buf_clear(&one);
    return same;
}

static km_status refuse(const km_atlas *a, km_topic_kind k, const char *what, const char *text,
                        km_error *err)
{
    km_buf all = { 0 };
    for (int i = 0; i < km_topic_n(a, k); i++)
        km_buf_printf(&all, "%s%s", i ? ", " : "", km_topic_cell(a, k, i, "code"));
    km_fail(err, KM_EINVAL, "%s: %s is no %s", what, *text ? text : "\"\"", topic[k].word);
    km_mend(KM_EINVAL, err, "There are %s.", km_buf_str(&all));
    km_buf_clear(&all);
    return KM_EINVAL;
}

km_status km_topic_find(int *row, const km_atlas *a, km_topic_kind k, const char *what,
                        const char *text, km_error *err)
{
    km_buf wanted = { 0 };
    int found = -1, n = 0;
    km_key_spell(&wanted, text);
    for (int pass = 0; pass < 2 && n == 0 && wanted.len > 0; pass++) {
        for (int i = 0; i < km_topic_n(a, k); i++) {
            if (!topic_spells(a, k, i, wanted.s, pass == 0))
                continue;
            if (n++ == 0)
                found = i;
        }
    }
    km_buf_clear(&wanted);
    if (n != 1)
        return refuse(a, k, what, text, err);
    *row = found;
    return KM_OK;
}

/* ---- areas and sports ---- */

static bool is_area(const char *item, const char *area)
{
    return strncmp(item, "area:", 5) == 0 && strcmp(item + 5, area) == 0;
}

void km_area_regions(bool *in, const km_atlas *a, int area)
{
    const char *list = km_topic_cell(a, KM_TOPIC_AREA, area, "regions");
    km_buf one = { 0 };
    memset(in, 0, (size_t)a->n_region * sizeof *in);
    while (next_item(&one, &list))
        for (int r = 0; r < a->n_region; r++)
            in[r] = in[r] || is_area(one.s, a->region[r].area) ||
                    strcmp(one.s, a->region[r].code) == 0;
    km_buf_clear(&one);
}

void km_sport_muscles(bool *in, const km_atlas *a, int sport)
{
    const char *list = km_topic_cell(a, KM_TOPIC_SPORT, sport, "muscles");
    km_buf one = { 0 };
    memset(in, 0, (size_t)a->n_muscle * sizeof *in);
    while (next_item(&one, &list)) {
        const int muscle = km_atlas_muscle(a, one.s), group = km_atlas_group(a, one.s);
        if (muscle >= 0)
            in[muscle] = true;
        for (int i = 0; group >= 0 && i < a->group[group].n_muscle; i++)
            in[a->group[group].muscle[i]] = true;
    }
    km_buf_clear(&one);
}

/* ---- profiles ---- */

km_profile km_profile_at(const km_atlas *a, int row)
{
    const char *list = km_topic_cell(a, KM_TOPIC_PROFILE, row, "causes");
    km_buf one = { 0 };
    km_profile p = {
        .row = row,
        .code = km_topic_cell(a, KM_TOPIC_PROFILE, row, "code"),
        .name = km_topic_cell(a, KM_TOPIC_PROFILE, row, "name"),
        .source = km_topic_cell(a, KM_TOPIC_PROFILE, row, "source"),
        .places = km_topic_cell(a, KM_TOPIC_PROFILE, row, "places"),
        .plan = { atoi(km_topic_cell(a, KM_TOPIC_PROFILE, row, "smr")),
                  atoi(km_topic_cell(a, KM_TOPIC_PROFILE, row, "stretch")),
                  atoi(km_topic_cell(a, KM_TOPIC_PROFILE, row, "strength")) },
    };
    bool named[KM_CAUSE_COUNT] = { [KM_CAUSE_NONE] = true };
    int n = 1; /* not said stays the first choice */
    while (next_item(&one, &list)) {
        int cause;
        if (km_word_parse(&cause, KM_VOCAB_CAUSE, "cause", one.s, NULL) != KM_OK || named[cause])
            continue;
        named[cause] = true;
        p.cause[n++] = (km_cause)cause;
    }
    for (int i = 0; i < KM_CAUSE_COUNT; i++)
        if (!named[i])
            p.cause[n++] = (km_cause)i;
    if (km_words_parse(&p.daily, KM_VOCAB_HABIT, "daily",
                       km_topic_cell(a, KM_TOPIC_PROFILE, row, "daily"), NULL) != KM_OK)
        p.daily = 0;
    km_buf_clear(&one);
    return p;
}

/* Codes of a list as people say them: "left over, low back". */
static void put_words(km_buf *out, const char *list)
{
    for (; *list; list++)
        km_buf_puts(out, *list == ';'   ? ", "
                         : *list == '_' ? " "
                                        : (const char[]){ *list, '\0' });
}

void km_profile_words(km_buf *out, const km_atlas *a, const km_profile *p)
{
    km_buf one = { 0 };
    const char *list = p->places;
    bool first = true;
    km_buf_printf(out, "%s: rolling %d, stretching %d, strengthening %d times a week unless you "
                  "set a plan; causes offered first: ", p->name, p->plan.smr, p->plan.stretch,
                  p->plan.strength);
    put_words(out, km_topic_cell(a, KM_TOPIC_PROFILE, p->row, "causes"));
    km_buf_puts(out, "; often marked: ");
    for (; next_item(&one, &list); first = false) {
        const int region = km_atlas_region(a, one.s);
        km_buf_printf(out, "%s%s", first ? "" : ", ", region >= 0 ? a->region[region].name : one.s);
    }
    km_buf_puts(out, "; daily: ");
    put_words(out, km_topic_cell(a, KM_TOPIC_PROFILE, p->row, "daily"));
    km_buf_printf(out, " (%s).", p->source);
    km_buf_clear(&one);
}

/* ---- complaints ---- */

km_trouble km_trouble_at(const km_atlas *a, int row)
{
    const km_topic_kind k = KM_TOPIC_COMPLAINT;
    const char *list = km_topic_cell(a, k, row, "places");
    km_buf one = { 0 };
    km_trouble t = {
        .code = km_topic_cell(a, k, row, "code"),
        .name = km_topic_cell(a, k, row, "name"),
        .caution = km_topic_cell(a, k, row, "caution"),
        .source = km_topic_cell(a, k, row, "source"),
        .flags = km_topic_cell(a, k, row, "flags"),
        .condition = km_topic_cell(a, k, row, "condition"),
        .area = km_topic_cell(a, k, row, "area"),
        .sport = km_topic_cell(a, k, row, "sport"),
        .one_side = strcmp(km_topic_cell(a, k, row, "side"), "one_side") == 0,
    };
    while (t.n_place < KM_TROUBLE_PLACES && next_item(&one, &list)) {
        const int region = km_atlas_region(a, one.s);
        if (region >= 0)
            t.place[t.n_place++] = (km_ref){ .kind = KM_REF_REGION, .index = region, .point = -1,
                                             .side_open = !a->region[region].midline };
    }
    km_buf_clear(&one);
    return t;
}

void km_trouble_on(km_trouble *io, const km_atlas *a, km_side side)
{
    for (int i = 0; i < io->n_place; i++) {
        if (a->region[io->place[i].index].midline)
            continue;
        io->place[i].side = side;
        io->place[i].side_open = side == KM_SIDE_MIDLINE;
    }
}

/* ---- checking ---- */

/* What a cell must hold. */
typedef enum rule {
    R_CODE, R_TEXT, R_ANY, R_REGIONS, R_AREAS, R_MUSCLES, R_TIMES, R_CAUSES, R_HABITS, R_SIDE,
    R_FLAGS, R_CONDITION, R_AREA, R_SPORT
} rule;

typedef struct checked_column { const char *name; rule rule; } checked_column;

#define COLUMNS_MAX 12

static const checked_column column_of[KM_TOPIC_COUNT][COLUMNS_MAX] = {
    [KM_TOPIC_AREA] = { { "code", R_CODE }, { "name", R_TEXT }, { "synonyms", R_ANY },
                        { "regions", R_AREAS }, { "source", R_TEXT } },
    [KM_TOPIC_SPORT] = { { "code", R_CODE }, { "name", R_TEXT }, { "synonyms", R_ANY },
                         { "muscles", R_MUSCLES }, { "source", R_TEXT } },
    [KM_TOPIC_PROFILE] = { { "code", R_CODE }, { "name", R_TEXT }, { "synonyms", R_ANY },
                           { "smr", R_TIMES }, { "stretch", R_TIMES }, { "strength", R_TIMES },
                           { "causes", R_CAUSES }, { "places", R_REGIONS }, { "daily", R_HABITS },
                           { "source", R_TEXT } },
    [KM_TOPIC_COMPLAINT] = { { "code", R_CODE }, { "name", R_TEXT }, { "synonyms", R_ANY },
                             { "places", R_REGIONS }, { "side", R_SIDE }, { "caution", R_TEXT },
                             { "flags", R_FLAGS }, { "condition", R_CONDITION },
                             { "area", R_AREA }, { "sport", R_SPORT }, { "source", R_TEXT } },
};

static bool is_cell(const km_atlas *a, const char *table, const char *column, const char *value)
{
    const km_table *t = km_atlas_table(a, table);
    const int c = t ? km_table_column(t, column) : -1;
    for (int i = 0; c >= 0 && i < t->n_row; i++)
        if (strcmp(km_table_cell(t, i, c), value) == 0)
            return true;
    return false;
}

static bool item_is_good(const km_atlas *a, rule r, const char *item)
{
    int word;
    switch (r) {
    case R_REGIONS: return km_atlas_region(a, item) >= 0;
    case R_AREAS:
        for (int i = 0; i < a->n_region; i++)
            if (is_area(item, a->region[i].area))
                return true;
        return km_atlas_region(a, item) >= 0;
    case R_MUSCLES: return km_atlas_muscle(a, item) >= 0 || km_atlas_group(a, item) >= 0;
    case R_CAUSES:
        return km_word_parse(&word, KM_VOCAB_CAUSE, "", item, NULL) == KM_OK && word > 0;
    case R_HABITS: return km_word_parse(&word, KM_VOCAB_HABIT, "", item, NULL) == KM_OK;
    case R_FLAGS: return is_cell(a, "red_flags", "code", item);
    default: return true;
    }
}

/* What is wrong with a cell, NULL when nothing is. */
static const char *problem_of(const km_atlas *a, km_topic_kind k, rule r, const char *value)
{
    int row;
    switch (r) {
    case R_CODE:
        return km_topic_find(&row, a, k, "", value, NULL) != KM_OK ? "stands twice" : NULL;
    case R_TEXT: return *value ? NULL : "may not be empty";
    case R_ANY: return NULL;
    case R_TIMES:
        return (value[0] >= '0' && value[0] <= '9' && value[1] == '\0') ||
                       (value[0] == '1' && value[1] >= '0' && value[1] <= '4' && value[2] == '\0')
                   ? NULL
                   : "is not 0 to 14";
    case R_SIDE:
        return strcmp(value, "one_side") == 0 || strcmp(value, "open") == 0
                   ? NULL
                   : "is neither one_side nor open";
    case R_CONDITION:
        return !*value || is_cell(a, "condition_names", "condition", value) ? NULL
                                                                            : "no such condition";
    case R_AREA: return !*value || is_cell(a, "areas", "code", value) ? NULL : "no such area";
    case R_SPORT: return !*value || is_cell(a, "sports", "code", value) ? NULL : "no such sport";
    default: break;
    }
    const char *list = value, *problem = *value ? NULL : "may not be empty";
    km_buf one = { 0 };
    int n = 0;
    while (!problem && next_item(&one, &list)) {
        if (!item_is_good(a, r, one.s))
            problem = "names something that there is not";
        if (r == R_REGIONS && k == KM_TOPIC_COMPLAINT && ++n > KM_TROUBLE_PLACES)
            problem = "names too many places";
    }
    km_buf_clear(&one);
    return problem;
}

km_status km_topic_verify(const km_atlas *a, km_error *err)
{
    for (int k = 0; k < KM_TOPIC_COUNT; k++) {
        const km_table *t = km_atlas_table(a, topic[k].table);
        if (!t)
            return km_fail(err, KM_ENOINPUT, "%s.csv: the table is missing", topic[k].table);
        for (int i = 0; i < COLUMNS_MAX && column_of[k][i].name; i++) {
            const checked_column *want = &column_of[k][i];
            const int c = km_table_column(t, want->name);
            if (c < 0)
                return km_fail(err, KM_EDATA, "%s.csv line 1, column %s: missing from the header",
                               topic[k].table, want->name);
            for (int row = 0; row < t->n_row; row++) {
                const char *value = km_table_cell(t, row, c);
                const char *problem = problem_of(a, (km_topic_kind)k, want->rule, value);
                if (problem)
                    return km_fail(err, KM_EDATA, "%s.csv line %d, column %s: %s: %s",
                                   topic[k].table, row + 2, want->name, *value ? value : "\"\"",
                                   problem);
            }
        }
    }
    return KM_OK;
}
