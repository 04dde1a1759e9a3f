/* The planner's tables: every row is served, and a table that does not fit is refused. */
#include "km_cmocka.h"

#include <stdio.h>

#include "plan_case.h"

static const km_table *table(const char *name)
{
    const km_table *t = km_atlas_table(km_atlas_builtin(), name);
    assert_non_null(t);
    return t;
}

static void every_pressure_row_and_contract_relax_row_has_a_movement_cue(void **state)
{
    (void)state;
    const km_atlas *a = km_atlas_builtin();
    const km_table *t = table("movement_cues");
    int cm = km_table_column(t, "muscle"), ck = km_table_column(t, "kind");
    int ct = km_table_column(t, "tool"), cc = km_table_column(t, "cue");
    for (int i = 0; i < a->n_routine; i++) {
        const km_routine_row *r = &a->routine[i];
        if (r->technique == KM_TECH_STRETCH || r->technique == KM_TECH_MASSAGE)
            continue;
        bool found = false;
        const char *kind = km_word(KM_VOCAB_TECHNIQUE, (int)r->technique);
        for (int k = 0; k < t->n_row && !found; k++) {
            found = strcmp(km_table_cell(t, k, cm), a->muscle[r->muscle].code) == 0 &&
                    strcmp(km_table_cell(t, k, ck), kind) == 0 &&
                    strcmp(km_table_cell(t, k, ct), r->tool) == 0 && *km_table_cell(t, k, cc);
        }
        assert_true(found);
    }
}

static void every_rule_belongs_to_a_named_condition_and_every_condition_has_a_rule(void **state)
{
    (void)state;
    const km_table *names = table("condition_names"), *rules = table("conditions");
    int cn = km_table_column(names, "condition"), cr = km_table_column(rules, "condition");
    for (int i = 0; i < rules->n_row; i++) {
        bool found = false;
        for (int k = 0; k < names->n_row && !found; k++)
            found = strcmp(km_table_cell(rules, i, cr), km_table_cell(names, k, cn)) == 0;
        assert_true(found);
    }
    for (int k = 0; k < names->n_row; k++) {
        bool found = false;
        for (int i = 0; i < rules->n_row && !found; i++)
            found = strcmp(km_table_cell(rules, i, cr), km_table_cell(names, k, cn)) == 0;
        assert_true(found);
    }
}

static void no_word_means_two_conditions(void **state)
{
    (void)state;
    const km_table *t = table("condition_names");
    int cc = km_table_column(t, "condition"), cs = km_table_column(t, "synonyms");
    for (int i = 0; i < t->n_row; i++) {
        char words[512];
        snprintf(words, sizeof words, "%s;%s", km_table_cell(t, i, cc), km_table_cell(t, i, cs));
        for (char *w = strtok(words, ";"); w; w = strtok(NULL, ";")) {
            const char *code = NULL, *name = NULL;
            km_ref place;
            bool has_place;
            assert_int_equal(km_routine_condition(&code, &name, &place, &has_place,
                                                  km_atlas_builtin(), w, NULL), KM_OK);
            assert_string_equal(code, km_table_cell(t, i, cc));
        }
    }
}

static void every_table_names_a_source_in_every_row(void **state)
{
    (void)state;
    static const char *const names[] = { "motions", "muscle_order", "warm_ups", "movement_cues",
                                         "antagonists", "conditions", "condition_names",
                                         "endangerment", "expectations", "words" };
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        const km_table *t = table(names[i]);
        int source = km_table_column(t, "source");
        assert_true(source >= 0);
        assert_true(t->n_row > 0);
        for (int r = 0; r < t->n_row; r++)
            assert_true(*km_table_cell(t, r, source) != '\0');
    }
}

/** Plan with one table of the atlas replaced by `n_row` rows of these cells. */
static km_status plan_with(const char *name, const char *const *column, int n_column,
                           const char *const *cells, int n_row, km_error *err)
{
    km_atlas a = *km_atlas_builtin();
    km_table *all = km_calloc((size_t)a.n_table, sizeof *all);
    uint32_t cell[32];
    km_buf text = { 0 };
    for (int i = 0; i < n_column * n_row; i++) {
        cell[i] = (uint32_t)text.len;
        km_buf_add(&text, cells[i], strlen(cells[i]) + 1);
    }
    for (int i = 0; i < a.n_table; i++) {
        all[i] = a.table[i];
        if (strcmp(all[i].name, name) == 0)
            all[i] = (km_table){ .name = name, .column = column, .n_column = n_column,
                                 .text = text.s, .cell = cell, .n_row = n_row };
    }
    a.table = all;
    const km_target t = target_at("left:soleus:1", 5);
    const km_plan_ask ask = { &t, 1, HOME, ALL_TOOLS, 15, "osteoporosis", false };
    km_plan p;
    km_status st = km_routine_plan(&p, &a, &ask, err);
    if (st == KM_OK)
        km_plan_clear(&p);
    free(all);
    km_buf_clear(&text);
    return st;
}

static void a_table_that_does_not_fit_the_atlas_is_refused_with_file_row_and_value(void **state)
{
    (void)state;
    static const char *const cols[] = { "region", "warning" };
    static const char *const bare[] = { "region" };
    static const char *const rows[] = { "groin", "careful", "moon", "careful" };
    km_error err = { 0 };
    assert_int_equal(plan_with("endangerment", cols, 2, rows, 1, &err), KM_OK);
    assert_int_equal(plan_with("endangerment", cols, 2, rows, 2, &err), KM_EDATA);
    assert_string_equal(err.text,
                        "endangerment.csv line 3, column region: \"moon\": it is not known here");
    assert_int_equal(plan_with("endangerment", bare, 1, rows, 1, &err), KM_EDATA);
    assert_string_equal(err.text, "endangerment.csv: there is no column warning");
}

static void a_muscle_without_an_order_is_refused(void **state)
{
    (void)state;
    static const char *const cols[] = { "muscle", "chain", "rank", "motion" };
    static const char *const one[] = { "soleus", "leg", "81", "ankle" };
    static const char *const rank[] = { "soleus", "leg", "-3", "ankle" };
    km_error err = { 0 };
    assert_int_equal(plan_with("muscle_order", cols, 4, one, 1, &err), KM_EDATA);
    assert_non_null(strstr(err.text, "there is no row for"));
    assert_int_equal(plan_with("muscle_order", cols, 4, rank, 1, &err), KM_EDATA);
    assert_string_equal(err.text,
                        "muscle_order.csv line 2, column rank: \"-3\": it is not known here");
}

static void every_technique_has_a_page_that_tells_pressure_first_minutes_and_next_days(void **state)
{
    (void)state;
    static const char *const wanted[] = { "what", "evidence", "pressure", "first", "next_days",
                                          "not_normal", "stop", "described" };
    for (int t = 0; t < KM_TECH_COUNT; t++) {
        km_expectation e[24];
        size_t n = km_routine_expect(e, 24, km_atlas_builtin(), (km_technique)t);
        for (size_t w = 0; w < sizeof wanted / sizeof *wanted; w++) {
            int told = 0;
            for (size_t i = 0; i < n; i++)
                told += strcmp(e[i].topic, wanted[w]) == 0;
            assert_int_equal(told, 1);
        }
        for (size_t i = 0; i < n; i++) {
            assert_true(e[i].technique == t || e[i].technique == -1);
            assert_string_not_equal(km_routine_topic(e[i].topic), e[i].topic);
        }
        assert_int_equal(km_routine_expect(e, 1, km_atlas_builtin(), (km_technique)t), 1);
        assert_int_equal(e[0].technique, t);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_pressure_row_and_contract_relax_row_has_a_movement_cue),
        cmocka_unit_test(every_rule_belongs_to_a_named_condition_and_every_condition_has_a_rule),
        cmocka_unit_test(no_word_means_two_conditions),
        cmocka_unit_test(every_table_names_a_source_in_every_row),
        cmocka_unit_test(
            every_technique_has_a_page_that_tells_pressure_first_minutes_and_next_days),
        cmocka_unit_test(a_table_that_does_not_fit_the_atlas_is_refused_with_file_row_and_value),
        cmocka_unit_test(a_muscle_without_an_order_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
