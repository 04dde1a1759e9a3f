/* Topics: areas, sports, profiles and complaints of the tables compiled in. */
#include "km_cmocka.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "km_table_of.h"
#include "knotmap/topic.h"

static const km_atlas *a;

static int open_atlas(void **state)
{
    (void)state;
    a = km_atlas_builtin();
    return 0;
}

/* The code of what a text names, or "". */
static const char *code_of(km_topic_kind k, const char *text)
{
    int row = -1;
    return km_topic_find(&row, a, k, "topic", text, NULL) == KM_OK
               ? km_topic_cell(a, k, row, "code")
               : "";
}

static void the_tables_are_sound(void **state)
{
    (void)state;
    km_error err = { 0 };
    if (km_topic_verify(a, &err) != KM_OK)
        print_error("%s\n", err.text);
    assert_int_equal(km_topic_verify(a, NULL), KM_OK);
    const km_atlas none = { 0 };
    assert_int_equal(km_topic_verify(&none, NULL), KM_ENOINPUT);
}

static void every_name_and_synonym_finds_its_own_row(void **state)
{
    (void)state;
    for (int k = 0; k < KM_TOPIC_COUNT; k++)
        for (int i = 0; i < km_topic_n(a, (km_topic_kind)k); i++) {
            const char *code = km_topic_cell(a, (km_topic_kind)k, i, "code");
            char *rest = NULL, list[400];
            assert_string_equal(code_of((km_topic_kind)k, km_topic_cell(a, (km_topic_kind)k, i, "name")),
                                code);
            strncpy(list, km_topic_cell(a, (km_topic_kind)k, i, "synonyms"), sizeof list - 1);
            list[sizeof list - 1] = '\0';
            for (char *w = strtok_r(list, ";", &rest); w; w = strtok_r(NULL, ";", &rest))
                assert_string_equal(code_of((km_topic_kind)k, w), code);
        }
}

static void a_topic_is_found_by_the_words_people_use(void **state)
{
    (void)state;
    assert_string_equal(code_of(KM_TOPIC_AREA, "Ankle & Foot"), "ankle_foot");
    assert_string_equal(code_of(KM_TOPIC_AREA, "hip-back-core"), "hip_back_core");
    assert_string_equal(code_of(KM_TOPIC_AREA, "elb"), "elbow_hand");
    assert_string_equal(code_of(KM_TOPIC_SPORT, "CrossFit"), "crossfit");
    assert_string_equal(code_of(KM_TOPIC_SPORT, "tennis"), "racket");
    assert_string_equal(code_of(KM_TOPIC_SPORT, "s"), ""); /* several begin so */
    assert_string_equal(code_of(KM_TOPIC_SPORT, ""), "");
    assert_string_equal(code_of(KM_TOPIC_PROFILE, "office worker"), "desk_worker");
    assert_string_equal(code_of(KM_TOPIC_COMPLAINT, "Slipped disc"), "herniated_disc");

    km_error err = { 0 };
    int row = 7;
    assert_int_equal(km_topic_find(&row, a, KM_TOPIC_SPORT, "--sport", "chess", &err), KM_EINVAL);
    assert_int_equal(row, 7);
    assert_string_equal(err.text, "--sport: chess is no sport");
    assert_non_null(strstr(err.mend, "running, crossfit, youth"));
}

static void areas_of_the_regions_all_have_a_row(void **state)
{
    (void)state;
    bool *in = calloc((size_t)a->n_region, sizeof *in);
    int row;
    for (int r = 0; r < a->n_region; r++) {
        assert_int_equal(km_topic_find(&row, a, KM_TOPIC_AREA, "area", a->region[r].area, NULL),
                         KM_OK);
        km_area_regions(in, a, row);
        assert_true(in[r]);
        for (int k = 0; k < a->n_region; k++)
            assert_int_equal(in[k], strcmp(a->region[k].area, a->region[r].area) == 0);
    }
    assert_int_equal(km_topic_find(&row, a, KM_TOPIC_AREA, "area", "ankle_foot", NULL), KM_OK);
    km_area_regions(in, a, row);
    assert_true(in[km_atlas_region(a, "achilles")]);
    assert_true(in[km_atlas_region(a, "heel")]);
    assert_false(in[km_atlas_region(a, "calf")]);
    free(in);
}

/* What the table of muscles says of a sport must be in the sport's row. */
static void a_sport_loads_what_the_muscles_say_of_it(void **state)
{
    (void)state;
    static const char *const said[][2] = {
        { "running", "running" }, { "swimming", "swimming" }, { "cycling", "cycling" },
        { "climbing", "climbing" }, { "football", "football" }, { "rowing", "rowing" },
        { "golf", "golf" }, { "tennis", "racket" }, { "deadlift", "strength" },
        { "bench press", "strength" }, { "pull-ups", "crossfit" }, { "kicking", "football" },
        { "throwing", "racket" }, { "skiing", "skiing" }, { "dance", "dance" },
    };
    bool *in = calloc((size_t)a->n_muscle, sizeof *in);
    int seen = 0;
    for (size_t i = 0; i < sizeof said / sizeof *said; i++) {
        int row;
        assert_int_equal(km_topic_find(&row, a, KM_TOPIC_SPORT, "sport", said[i][1], NULL), KM_OK);
        km_sport_muscles(in, a, row);
        for (int m = 0; m < a->n_muscle; m++)
            for (int k = 0; k < a->muscle[m].n_overload; k++) {
                if (strncmp(a->muscle[m].overload[k], said[i][0], strlen(said[i][0])) != 0)
                    continue;
                if (!in[m])
                    print_error("%s does not load %s\n", said[i][1], a->muscle[m].code);
                assert_true(in[m]);
                seen++;
            }
    }
    assert_true(seen > 50);
    free(in);
}

static void a_profile_orders_the_causes_and_loses_none(void **state)
{
    (void)state;
    int row;
    assert_int_equal(km_topic_find(&row, a, KM_TOPIC_PROFILE, "profile", "desk_worker", NULL), KM_OK);
    const km_profile p = km_profile_at(a, row);
    unsigned seen = 0;
    assert_int_equal(p.cause[0], KM_CAUSE_NONE);
    assert_int_equal(p.cause[1], KM_CAUSE_POSTURE);
    assert_int_equal(p.cause[2], KM_CAUSE_HELD_POSITION);
    for (int i = 0; i < KM_CAUSE_COUNT; i++)
        seen |= 1u << p.cause[i];
    assert_int_equal(seen, (1u << KM_CAUSE_COUNT) - 1);
    assert_int_equal(p.plan.stretch, 5);
    assert_true(p.daily & 1u << KM_HABIT_STRETCH);

    assert_int_equal(km_topic_find(&row, a, KM_TOPIC_PROFILE, "profile", "athlete", NULL), KM_OK);
    assert_int_equal(km_profile_at(a, row).cause[1], KM_CAUSE_TRAINING);
}

static void a_complaint_takes_a_side_where_its_places_have_one(void **state)
{
    (void)state;
    int row;
    assert_int_equal(km_topic_find(&row, a, KM_TOPIC_COMPLAINT, "complaint", "sciatica", NULL), KM_OK);
    km_trouble t = km_trouble_at(a, row);
    assert_true(t.one_side);
    assert_true(t.n_place >= 3);
    for (int i = 0; i < t.n_place; i++)
        assert_true(t.place[i].side_open);
    km_trouble_on(&t, a, KM_SIDE_LEFT);
    for (int i = 0; i < t.n_place; i++) {
        assert_false(t.place[i].side_open);
        assert_int_equal(t.place[i].side, KM_SIDE_LEFT);
    }
}

/* The presets that must never send anybody to press before a doctor was thought of. */
static void nerve_and_pregnancy_complaints_carry_their_caution_and_flags(void **state)
{
    (void)state;
    static const struct { const char *code, *flag, *word, *condition; } want[] = {
        { "sciatica", "cauda_equina", "nerve", "" },
        { "herniated_disc", "cauda_equina", "doctor", "" },
        { "pregnancy", "clot", "midwife", "pregnancy" },
        { "postpartum", "clot", "doctor", "" },
        { "youth_injury", "fracture", "bone", "child" },
    };
    for (size_t i = 0; i < sizeof want / sizeof *want; i++) {
        int row;
        assert_int_equal(km_topic_find(&row, a, KM_TOPIC_COMPLAINT, "", want[i].code, NULL), KM_OK);
        const km_trouble t = km_trouble_at(a, row);
        assert_non_null(strstr(t.flags, want[i].flag));
        assert_non_null(strstr(t.caution, want[i].word));
        assert_string_equal(t.condition, want[i].condition);
    }
}

/* A table from lines of plain cells. */
typedef struct made_table {
    table_room room;
    char text[600];
    const char *cell[64];
} made_table;

static km_table from_text(made_table *m, const char *name, const char *text)
{
    int n = 0, columns = 0;
    snprintf(m->text, sizeof m->text, "%s", text);
    for (char *p = m->text; *p; n++) {
        m->cell[n] = p;
        p += strcspn(p, ",\n");
        if (*p == '\n' && columns == 0)
            columns = n + 1;
        *p++ = '\0';
    }
    return table_of(&m->room, name, m->cell, columns, m->cell + columns, n / columns - 1);
}

static void a_damaged_table_is_refused_by_line_and_column(void **state)
{
    (void)state;
    km_error err = { 0 };
    km_table kept[64];
    made_table made;
    const struct { const char *table, *text, *want; } bad[] = {
        { "sports", "code,name,synonyms,muscles,source\nrunning,Running,,no_such_muscle,practice\n",
          "sports.csv line 2, column muscles: no_such_muscle: names something that there is not" },
        { "sports", "code,name,synonyms,source\nrunning,Running,,practice\n",
          "sports.csv line 1, column muscles: missing from the header" },
        { "areas", "code,name,synonyms,regions,source\nx,X,,area:nothing,practice\n",
          "areas.csv line 2, column regions: area:nothing: names something that there is not" },
        { "areas", "code,name,synonyms,regions,source\nx,X,,area:foot,p\nx,Y,,area:foot,p\n",
          "areas.csv line 2, column code: x: stands twice" },
        { "complaints",
          "code,name,synonyms,places,side,caution,flags,condition,area,sport,source\n"
          "x,X,,low_back,open,,cord,,,,p\n",
          "complaints.csv line 2, column caution: \"\": may not be empty" },
        { "complaints",
          "code,name,synonyms,places,side,caution,flags,condition,area,sport,source\n"
          "x,X,,low_back,open,Ask.,nothing,,,,p\n",
          "complaints.csv line 2, column flags: nothing: names something that there is not" },
        { "profiles",
          "code,name,synonyms,smr,stretch,strength,causes,places,daily,source\n"
          "x,X,,15,1,1,stress,low_back,sleep,p\n",
          "profiles.csv line 2, column smr: 15: is not 0 to 14" },
    };
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        km_atlas damaged = *a;
        assert_true(a->n_table < 64);
        memcpy(kept, a->table, (size_t)a->n_table * sizeof *kept);
        for (int t = 0; t < a->n_table; t++)
            if (strcmp(kept[t].name, bad[i].table) == 0)
                kept[t] = from_text(&made, bad[i].table, bad[i].text);
        damaged.table = kept;
        assert_int_equal(km_topic_verify(&damaged, &err), KM_EDATA);
        assert_string_equal(err.text, bad[i].want);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_tables_are_sound),
        cmocka_unit_test(every_name_and_synonym_finds_its_own_row),
        cmocka_unit_test(a_topic_is_found_by_the_words_people_use),
        cmocka_unit_test(areas_of_the_regions_all_have_a_row),
        cmocka_unit_test(a_sport_loads_what_the_muscles_say_of_it),
        cmocka_unit_test(a_profile_orders_the_causes_and_loses_none),
        cmocka_unit_test(a_complaint_takes_a_side_where_its_places_have_one),
        cmocka_unit_test(nerve_and_pregnancy_complaints_carry_their_caution_and_flags),
        cmocka_unit_test(a_damaged_table_is_refused_by_line_and_column),
    };
    return cmocka_run_group_tests(tests, open_atlas, NULL);
}
