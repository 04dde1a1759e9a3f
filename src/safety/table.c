#include "table.h"

#include <stdlib.h>
#include <string.h>

static const char *const trigger_columns[T_COUNT] = { "code", "one_of",    "with", "pattern", "side",
                                                      "age",  "condition", "when", "fit" };

static const char *const flag_columns[] = { "code",     "level",  "question", "sign",
                                            "think_of", "advice", "source" };

static const char *const patterns[P_COUNT] = { "any", "one_side", "alone_one_side", "both_sides",
                                               "widespread" };

static const char *const levels[] = { "soon", "today", "emergency" };

const char *km_flag_level_word(km_flag_level l)
{
    return levels[l];
}

trigger_table trigger_open(const km_atlas *a)
{
    trigger_table t = { .table = km_atlas_table(a, "flag_triggers") };
    for (int i = 0; t.table && i < T_COUNT; i++) {
        t.column[i] = km_table_column(t.table, trigger_columns[i]);
        if (t.column[i] < 0)
            t.table = NULL;
    }
    return t;
}

const char *trigger_cell(const trigger_table *t, int row, int column)
{
    return km_table_cell(t->table, row, t->column[column]);
}

size_t list_next(const char **list, const char **item)
{
    while (**list == ';' || **list == ' ')
        ++*list;
    *item = *list;
    size_t n = strcspn(*list, ";");
    *list += n;
    while (n > 0 && (*item)[n - 1] == ' ')
        n--;
    return n;
}

bool list_has(const char *list, const char *word, size_t n)
{
    const char *item;
    for (size_t len; (len = list_next(&list, &item)) > 0;) {
        if (len == n && memcmp(item, word, n) == 0)
            return true;
    }
    return false;
}

static bool is_word(const char *item, size_t n, const char *word)
{
    return strlen(word) == n && memcmp(item, word, n) == 0;
}

bool list_has_region(const char *list, const km_atlas *a, int region)
{
    const char *item;
    for (size_t n; (n = list_next(&list, &item)) > 0;) {
        if (is_word(item, n, "*") || is_word(item, n, a->region[region].code))
            return true;
        if (n > 5 && memcmp(item, "area:", 5) == 0 &&
            is_word(item + 5, n - 5, a->region[region].area))
            return true;
    }
    return false;
}

pattern pattern_parse(const char *word)
{
    int i = 0;
    while (i < P_COUNT && strcmp(word, patterns[i]) != 0)
        i++;
    return (pattern)i;
}

/* "50+", "50+?", "-20"; false for anything else. */
static bool age_parse(const char *rule, int *from, int *under, bool *unknown_too)
{
    char *end;
    bool is_under = rule[0] == '-';
    long years = strtol(rule + is_under, &end, 10);
    if (end == rule + is_under || years < 0 || years > 130)
        return false;
    *from = is_under ? 0 : (int)years;
    *under = is_under ? (int)years : 1000;
    *unknown_too = !is_under && strcmp(end, "+?") == 0;
    return strcmp(end, is_under ? "" : "+") == 0 || *unknown_too;
}

bool age_fits(const char *rule, int age)
{
    int from, under;
    bool unknown_too;
    if (!rule[0])
        return true;
    if (!age_parse(rule, &from, &under, &unknown_too))
        return false;
    return age < 0 ? unknown_too : age >= from && age < under;
}

/* The flags of one atlas, kept as long as it: until the program ends. */
typedef struct flag_set {
    const km_atlas *atlas;
    km_flag flag[KM_FLAGS_MAX];
    size_t n;
    struct flag_set *next;
} flag_set;

static int level_parse(const char *word)
{
    for (int i = 0; i < 3; i++) {
        if (strcmp(word, levels[i]) == 0)
            return i;
    }
    return -1;
}

static void read_flags(flag_set *set, const km_table *t)
{
    int column[7];
    for (int i = 0; i < 7; i++) {
        column[i] = km_table_column(t, flag_columns[i]);
        if (column[i] < 0)
            return;
    }
    for (int row = 0; row < t->n_row && set->n < KM_FLAGS_MAX; row++) {
        int level = level_parse(km_table_cell(t, row, column[1]));
        set->flag[set->n++] = (km_flag){
            .code = km_table_cell(t, row, column[0]),
            /* An unreadable level must not play a warning down. */
            .level = level < 0 ? KM_FLAG_EMERGENCY : (km_flag_level)level,
            .question = km_table_cell(t, row, column[2]),
            .sign = km_table_cell(t, row, column[3]),
            .think_of = km_table_cell(t, row, column[4]),
            .advice = km_table_cell(t, row, column[5]),
            .source = km_table_cell(t, row, column[6]),
        };
    }
}

const km_flag *km_safety_flags(const km_atlas *a, size_t *n)
{
    static flag_set *sets;
    flag_set *set = sets;
    while (set && set->atlas != a)
        set = set->next;
    if (!set) {
        set = km_calloc(1, sizeof *set);
        set->atlas = a;
        const km_table *t = km_atlas_table(a, "red_flags");
        if (t)
            read_flags(set, t);
        set->next = sets;
        sets = set;
    }
    *n = set->n;
    return set->flag;
}

int km_safety_flag(const km_atlas *a, const char *code)
{
    size_t n;
    const km_flag *flag = km_safety_flags(a, &n);
    for (size_t i = 0; i < n; i++) {
        if (strcmp(flag[i].code, code) == 0)
            return (int)i;
    }
    return -1;
}

/* ---- checking a replaced table ---- */

static km_status bad_cell(km_error *err, const char *file, int row, const char *column,
                          const char *value, const char *why)
{
    /* Row 0 stands under the header line. */
    return km_fail(err, KM_EDATA, "%s.csv line %d, column %s: \"%s\": %s", file, row + 2, column,
                   value, why);
}

static km_status check_flags(const km_atlas *a, km_error *err)
{
    const km_table *t = km_atlas_table(a, "red_flags");
    if (!t)
        return km_fail(err, KM_ENOINPUT, "red_flags.csv: the table is missing");
    int column[7];
    for (int i = 0; i < 7; i++) {
        column[i] = km_table_column(t, flag_columns[i]);
        if (column[i] < 0)
            return bad_cell(err, t->name, -1, flag_columns[i], "", "the column is missing");
    }
    if (t->n_row > KM_FLAGS_MAX)
        return bad_cell(err, t->name, KM_FLAGS_MAX, "code", "", "there are too many flags");
    for (int row = 0; row < t->n_row; row++) {
        for (int i = 0; i < 7; i++) {
            if (!km_table_cell(t, row, column[i])[0])
                return bad_cell(err, t->name, row, flag_columns[i], "", "may not be empty");
        }
        const char *code = km_table_cell(t, row, column[0]);
        if (km_safety_flag(a, code) != row)
            return bad_cell(err, t->name, row, "code", code, "stands twice");
        const char *level = km_table_cell(t, row, column[1]);
        if (level_parse(level) < 0)
            return bad_cell(err, t->name, row, "level", level,
                            "is not one of soon, today, emergency");
    }
    return KM_OK;
}

static bool list_is_known(const char *list, const km_atlas *a)
{
    const char *item;
    for (size_t n; (n = list_next(&list, &item)) > 0;) {
        bool known = is_word(item, n, "*");
        for (int r = 0; r < a->n_region && !known; r++) {
            known = is_word(item, n, a->region[r].code) ||
                    (n > 5 && memcmp(item, "area:", 5) == 0 &&
                     is_word(item + 5, n - 5, a->region[r].area));
        }
        if (!known)
            return false;
    }
    return true;
}

/* What is wrong with one cell, NULL when nothing is. */
static const char *trigger_problem(const km_atlas *a, int column, const char *value)
{
    int from, under;
    bool unknown_too;
    switch (column) {
    case T_CODE:
        return km_safety_flag(a, value) < 0 ? "no such flag" : NULL;
    case T_ONE_OF:
        return !value[0] ? "may not be empty" : list_is_known(value, a) ? NULL : "no such region";
    case T_WITH:
        return list_is_known(value, a) ? NULL : "no such region";
    case T_PATTERN:
        return pattern_parse(value) == P_COUNT ? "no such pattern" : NULL;
    case T_SIDE:
        return !value[0] || strcmp(value, "left") == 0 || strcmp(value, "right") == 0
                   ? NULL
                   : "is neither left nor right";
    case T_AGE:
        return !value[0] || age_parse(value, &from, &under, &unknown_too)
                   ? NULL
                   : "is not like 50+, 50+? or -20";
    case T_WHEN:
        return !value[0] || strcmp(value, "effort") == 0 || strcmp(value, "new") == 0
                   ? NULL
                   : "is neither effort nor new";
    case T_FIT:
        return value[0] >= '1' && value[0] <= '9' && !value[1] ? NULL : "is not 1 to 9";
    default:
        return NULL;
    }
}

km_status km_safety_verify(const km_atlas *a, km_error *err)
{
    km_status st = check_flags(a, err);
    if (st != KM_OK)
        return st;
    const km_table *raw = km_atlas_table(a, "flag_triggers");
    if (!raw)
        return km_fail(err, KM_ENOINPUT, "flag_triggers.csv: the table is missing");
    for (int i = 0; i < T_COUNT; i++) {
        if (km_table_column(raw, trigger_columns[i]) < 0)
            return bad_cell(err, raw->name, -1, trigger_columns[i], "", "the column is missing");
    }
    trigger_table t = trigger_open(a);
    for (int row = 0; row < raw->n_row; row++) {
        for (int i = 0; i < T_COUNT; i++) {
            const char *value = trigger_cell(&t, row, i);
            const char *problem = trigger_problem(a, i, value);
            if (problem)
                return bad_cell(err, raw->name, row, trigger_columns[i], value, problem);
        }
    }
    return KM_OK;
}
