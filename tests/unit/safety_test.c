/** Red flags: which places touch them, in which order, and in which words. */
#include "km_cmocka.h"
#include "km_table_of.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "knotmap/safety.h"

#define PLACES_MAX 16

static const km_atlas *atlas(void)
{
    return km_atlas_builtin();
}

/* A case from words: "left:calf right:calf"; a place without its side has an open one. */
typedef struct asked_case {
    km_ref place[PLACES_MAX];
    km_safety_case c;
} asked_case;

static void make_case(asked_case *out, const char *places)
{
    char text[256];
    snprintf(text, sizeof text, "%s", places);
    size_t n = 0;
    for (char *word = strtok(text, " "); word; word = strtok(NULL, " ")) {
        km_error err = { 0 };
        if (km_atlas_resolve(&out->place[n], atlas(), word, KM_RESOLVE_SIDE_OPEN | KM_RESOLVE_GROUP,
                             &err) != KM_OK)
            fail_msg("%s", err.text);
        n++;
    }
    out->c = (km_safety_case){ .place = out->place, .n_place = n, .age = -1 };
}

static bool touches_case(const km_safety_case *c, const char *code)
{
    km_flag_hit hit[KM_FLAGS_MAX];
    size_t n = km_safety_check(hit, KM_FLAGS_MAX, atlas(), c);
    int flag = km_safety_flag(atlas(), code);
    assert_true(flag >= 0);
    for (size_t i = 0; i < n; i++) {
        if (hit[i].flag == flag)
            return true;
    }
    return false;
}

static bool touches(const char *places, const char *code)
{
    asked_case a;
    make_case(&a, places);
    return touches_case(&a.c, code);
}

static bool touches_at_age(const char *places, const char *code, int age)
{
    asked_case a;
    make_case(&a, places);
    a.c.age = age;
    return touches_case(&a.c, code);
}

static bool touches_with(const char *places, const char *code, const char *conditions)
{
    asked_case a;
    make_case(&a, places);
    a.c.conditions = conditions;
    return touches_case(&a.c, code);
}

static const char *const contract_codes[] = {
    "cardiac", "aorta",      "cauda_equina", "thunderclap", "neck_artery",     "lung_embolism",
    "clot",    "compartment", "rhabdo",      "arteritis",   "infection",       "cord",
    "fracture", "tumour",    "headache_change", "organ",    "inflammatory",    "unexplained",
};

static void every_code_of_the_contract_is_a_flag(void **state)
{
    (void)state;
    size_t n;
    km_safety_flags(atlas(), &n);
    assert_int_equal(n, 18);
    for (size_t i = 0; i < 18; i++)
        assert_true(km_safety_flag(atlas(), contract_codes[i]) >= 0);
    assert_int_equal(km_safety_flag(atlas(), "no_such_flag"), -1);
}

static void builtin_tables_are_sound(void **state)
{
    (void)state;
    km_error err = { 0 };
    if (km_safety_verify(atlas(), &err) != KM_OK)
        fail_msg("%s", err.text);
}

static void levels_follow_the_table_of_the_field(void **state)
{
    (void)state;
    size_t n;
    const km_flag *f = km_safety_flags(atlas(), &n);
    static const char *const emergency[] = { "cardiac",     "aorta",       "cauda_equina",
                                             "thunderclap", "neck_artery", "lung_embolism",
                                             "compartment" };
    static const char *const today[] = { "clot", "rhabdo", "arteritis", "infection", "cord",
                                         "fracture" };
    for (size_t i = 0; i < 7; i++)
        assert_int_equal(f[km_safety_flag(atlas(), emergency[i])].level, KM_FLAG_EMERGENCY);
    for (size_t i = 0; i < 6; i++)
        assert_int_equal(f[km_safety_flag(atlas(), today[i])].level, KM_FLAG_TODAY);
    assert_int_equal(f[km_safety_flag(atlas(), "organ")].level, KM_FLAG_SOON);
}

static void heart_is_asked_for_chest_jaw_belly_and_left_arm(void **state)
{
    (void)state;
    static const char *const asks[] = {
        "left:chest",        "right:chest",         "left:upper_chest",  "sternum",
        "right:jaw",         "epigastrium",         "left:upper_abdomen", "left:arm_front",
        "left:arm_back",     "left:elbow_inner",    "left:forearm_back", "left:wrist_front",
        "left:hand_back",    "left:little_finger",  "left:thumb",
    };
    for (size_t i = 0; i < sizeof asks / sizeof asks[0]; i++)
        assert_true(touches(asks[i], "cardiac"));
    assert_false(touches("right:arm_front", "cardiac"));
    assert_false(touches("right:little_finger", "cardiac"));
    assert_false(touches("left:thigh_front", "cardiac"));
}

static void unknown_side_may_be_the_left_arm(void **state)
{
    (void)state;
    assert_true(touches("forearm_back", "cardiac"));
}

static void muscle_counts_by_its_home_regions(void **state)
{
    (void)state;
    assert_true(touches("left:biceps_brachii", "cardiac"));
    assert_false(touches("right:biceps_brachii", "cardiac"));
    assert_true(touches("right:pectoralis_major_sternal", "cardiac"));
    assert_true(touches("left:gastrocnemius", "clot"));
}

static void saddle_and_both_legs_ask_for_the_cauda_equina(void **state)
{
    (void)state;
    assert_true(touches("pelvic_floor", "cauda_equina"));
    assert_true(touches("coccyx", "cauda_equina"));
    assert_true(touches("left:thigh_back right:calf", "cauda_equina"));
    assert_true(touches("left:low_back left:thigh_back", "cauda_equina"));
    assert_false(touches("left:thigh_back left:calf", "cauda_equina"));
    assert_false(touches("thigh_back", "cauda_equina"));
}

static void a_calf_of_one_side_asks_for_a_clot(void **state)
{
    (void)state;
    assert_true(touches("left:calf", "clot"));
    assert_true(touches("calf", "clot"));
    assert_true(touches("left:calf left:knee_back", "clot"));
    assert_false(touches("left:calf right:calf", "clot"));
    /* what else is open does not make a swollen calf safe to press */
    assert_true(touches("left:calf left:buttock_lower", "clot"));
    assert_true(touches("left:calf right:infraspinatus", "clot"));
    assert_false(touches("left:thigh_outer", "clot"));
    assert_true(touches_with("left:thigh_outer", "clot", "pregnancy"));
}

static void one_sided_neck_with_headache_asks_for_the_artery(void **state)
{
    (void)state;
    assert_true(touches("right:neck_side right:temple", "neck_artery"));
    assert_true(touches("left:suboccipital left:occiput", "neck_artery"));
    assert_true(touches("left:neck_side temple", "neck_artery"));
    assert_false(touches("left:neck_side right:temple", "neck_artery"));
    assert_false(touches("left:neck_side right:neck_side left:temple", "neck_artery"));
    assert_false(touches("right:neck_side", "neck_artery"));
}

static void new_one_sided_neck_pain_asks_for_the_artery_without_headache(void **state)
{
    (void)state;
    asked_case a;
    make_case(&a, "right:neck_side");
    assert_false(touches_case(&a.c, "neck_artery"));
    a.c.is_new = true;
    assert_true(touches_case(&a.c, "neck_artery"));
}

static void temple_asks_for_arteritis_from_50_or_at_unknown_age(void **state)
{
    (void)state;
    assert_true(touches_at_age("right:temple", "arteritis", -1));
    assert_true(touches_at_age("right:temple", "arteritis", 50));
    assert_false(touches_at_age("right:temple", "arteritis", 49));
    assert_false(touches_at_age("right:forehead", "arteritis", -1));
}

static void flank_and_belly_ask_for_an_organ(void **state)
{
    (void)state;
    assert_true(touches("left:flank", "organ"));
    assert_true(touches("right:lower_abdomen", "organ"));
    assert_true(touches("epigastrium", "organ"));
}

static void shin_after_effort_asks_for_compartment_first(void **state)
{
    (void)state;
    asked_case a;
    km_flag_hit hit[KM_FLAGS_MAX];
    make_case(&a, "left:shin");
    a.c.after_effort = true;
    size_t n = km_safety_check(hit, KM_FLAGS_MAX, atlas(), &a.c);
    assert_true(n > 0);
    assert_int_equal(hit[0].flag, km_safety_flag(atlas(), "compartment"));
    assert_true(touches_case(&a.c, "rhabdo"));
    a.c.after_effort = false;
    assert_true(touches_case(&a.c, "compartment"));
    assert_false(touches_case(&a.c, "rhabdo"));
}

static void conditions_count_by_their_synonyms(void **state)
{
    (void)state;
    assert_true(touches_with("right:thigh_front", "tumour", "neuropathy;cancer"));
    assert_true(touches_with("right:thigh_front", "clot", "dvt"));
    assert_true(touches_with("right:hip_side", "fracture", "osteoporosis"));
    assert_false(touches_with("right:thigh_front", "tumour", "neuropathy"));
    assert_false(touches_with("right:thigh_front", "tumour", NULL));
}

static void outer_elbow_of_the_right_touches_nothing(void **state)
{
    (void)state;
    asked_case a;
    km_flag_hit hit[KM_FLAGS_MAX];
    make_case(&a, "right:elbow_outer right:knee_outer right:scapula");
    assert_int_equal(km_safety_check(hit, KM_FLAGS_MAX, atlas(), &a.c), 0);
    a.c.n_place = 0;
    assert_int_equal(km_safety_check(hit, KM_FLAGS_MAX, atlas(), &a.c), 0);
}

static void every_flag_can_be_touched(void **state)
{
    (void)state;
    static const char *const how[][2] = {
        { "aorta", "left:chest left:interscapular" },
        { "thunderclap", "left:vertex" },
        { "lung_embolism", "left:ribs_side" },
        { "infection", "left:low_back" },
        { "cord", "left:neck_back left:thumb" },
        { "headache_change", "right:forehead" },
        { "inflammatory", "left:wrist_back right:hand_back" },
        { "unexplained", "left:axilla" },
        { "tumour", "left:mid_back" },
    };
    for (size_t i = 0; i < sizeof how / sizeof how[0]; i++)
        assert_true(touches(how[i][1], how[i][0]));
    assert_true(touches("left:forehead left:scapula left:knee_outer left:heel left:thigh_front",
                        "unexplained"));
    assert_true(touches_at_age("left:low_back", "fracture", 60));
}

static void emergency_comes_first_and_three_are_asked(void **state)
{
    (void)state;
    asked_case a;
    km_flag_hit hit[KM_FLAGS_MAX];
    make_case(&a, "left:chest left:calf left:temple left:neck_side left:flank pelvic_floor");
    size_t n = km_safety_check(hit, KM_FLAGS_MAX, atlas(), &a.c), n_flag;
    const km_flag *flag = km_safety_flags(atlas(), &n_flag);
    assert_true(n > 3);
    for (size_t i = 0; i < n; i++) {
        assert_int_equal(hit[i].asked, i < 3);
        if (i > 0)
            assert_true(flag[hit[i].flag].level <= flag[hit[i - 1].flag].level);
    }
    assert_int_equal(km_safety_check(hit, 2, atlas(), &a.c), 2);
}

static km_ref mirrored(km_ref r)
{
    r.side = km_side_mirror(r.side);
    return r;
}

/* The heart's left arm is the one difference. */
static void mirrored_places_touch_the_same_flags(void **state)
{
    (void)state;
    const km_atlas *a = atlas();
    int cardiac = km_safety_flag(a, "cardiac");
    for (int r = 0; r < a->n_region; r++) {
        for (int other = 0; other < a->n_region; other++) {
            km_ref here[2] = {
                { KM_REF_REGION, r, -1, a->region[r].midline ? KM_SIDE_MIDLINE : KM_SIDE_LEFT,
                  false },
                { KM_REF_REGION, other, -1,
                  a->region[other].midline ? KM_SIDE_MIDLINE
                  : other % 2              ? KM_SIDE_LEFT
                                           : KM_SIDE_RIGHT,
                  false },
            };
            km_ref there[2] = { mirrored(here[0]), mirrored(here[1]) };
            km_flag_hit x[KM_FLAGS_MAX], y[KM_FLAGS_MAX];
            km_safety_case c = { .place = here, .n_place = 2, .age = -1, .is_new = true };
            size_t n = km_safety_check(x, KM_FLAGS_MAX, a, &c);
            c.place = there;
            size_t m = km_safety_check(y, KM_FLAGS_MAX, a, &c);
            int seen[KM_FLAGS_MAX] = { 0 };
            for (size_t i = 0; i < n; i++)
                seen[x[i].flag]++;
            for (size_t i = 0; i < m; i++)
                seen[y[i].flag]--;
            for (int f = 0; f < KM_FLAGS_MAX; f++)
                assert_true(f == cardiac || seen[f] == 0);
        }
    }
}

static void notice_is_one_or_two_lines_that_name_the_heart_for_a_chest(void **state)
{
    (void)state;
    asked_case a;
    km_flag_hit hit[KM_FLAGS_MAX];
    km_buf b = { 0 };
    make_case(&a, "left:chest");
    size_t n = km_safety_check(hit, KM_FLAGS_MAX, atlas(), &a.c);
    km_safety_notice(&b, atlas(), hit, n);
    assert_non_null(strstr(km_buf_str(&b), "heart"));
    assert_ptr_equal(strstr(km_buf_str(&b), "Before any massage"), km_buf_str(&b));
    km_buf_clear(&b);

    const km_atlas *at = atlas();
    for (int r = 0; r < at->n_region; r++) {
        km_ref ref = { KM_REF_REGION, r, -1, KM_SIDE_LEFT, !at->region[r].midline };
        km_safety_case c = { .place = &ref, .n_place = 1, .age = 60, .is_new = true };
        n = km_safety_check(hit, KM_FLAGS_MAX, at, &c);
        km_safety_notice(&b, at, hit, n);
        int lines = 0;
        for (const char *p = km_buf_str(&b); *p; p++)
            lines += *p == '\n';
        assert_int_equal(lines > 0, n > 0);
        assert_true(lines <= 2);
        km_buf_clear(&b);
    }
}

static void warning_gives_level_reason_and_what_to_do(void **state)
{
    (void)state;
    size_t n;
    const km_flag *f = km_safety_flags(atlas(), &n);
    for (size_t i = 0; i < n; i++) {
        km_buf b = { 0 };
        km_safety_warning(&b, &f[i]);
        assert_non_null(strstr(km_buf_str(&b), f[i].sign));
        assert_non_null(strstr(km_buf_str(&b), f[i].advice));
        assert_null(strchr(km_buf_str(&b), '\n'));
        km_buf_clear(&b);
    }
    assert_string_equal(km_flag_level_word(KM_FLAG_EMERGENCY), "emergency");
    assert_string_equal(km_flag_level_word(KM_FLAG_TODAY), "today");
    assert_string_equal(km_flag_level_word(KM_FLAG_SOON), "soon");
}

/* An atlas whose tables of this room are the given ones. */
static km_atlas with_tables(km_table tables[2])
{
    km_atlas a = *atlas();
    a.table = tables;
    a.n_table = 2;
    return a;
}

static void damaged_tables_are_refused_with_line_and_column(void **state)
{
    (void)state;
    static const char *const flag_columns[] = { "code",     "level",  "question", "sign",
                                                "think_of", "advice", "source" };
    static const char *const trigger_columns[] = { "code",      "one_of", "with", "pattern",
                                                   "side",      "age",    "condition",
                                                   "when",      "fit" };
    const char *flag_cell[] = { "x", "today", "q?", "s", "t", "a", "src" };
    const char *trigger_cell[] = { "x", "temple", "", "any", "", "50+", "", "", "5" };
    static struct {
        const char **cell;
        int at;
        const char *value, *says;
    } bad[] = {
        { NULL, 1, "later", "red_flags.csv line 2, column level" },
        { NULL, 6, "", "red_flags.csv line 2, column source" },
        { NULL, 0, "y", "flag_triggers.csv line 2, column code" },
        { NULL, 1, "elbow", "flag_triggers.csv line 2, column one_of" },
        { NULL, 3, "some", "flag_triggers.csv line 2, column pattern" },
        { NULL, 4, "up", "flag_triggers.csv line 2, column side" },
        { NULL, 5, "old", "flag_triggers.csv line 2, column age" },
        { NULL, 7, "monday", "flag_triggers.csv line 2, column when" },
        { NULL, 8, "10", "flag_triggers.csv line 2, column fit" },
    };
    /* Each atlas must live on: the flags of an atlas are kept for good. */
    static km_atlas kept[sizeof bad / sizeof bad[0] + 1];
    for (size_t i = 0; i <= sizeof bad / sizeof bad[0]; i++) {
        bool whole = i == sizeof bad / sizeof bad[0];
        const char **cell = i < 2 ? flag_cell : trigger_cell;
        const char *was = whole ? NULL : cell[bad[i].at];
        if (!whole)
            cell[bad[i].at] = bad[i].value;
        static table_room room[sizeof bad / sizeof bad[0] + 1][2];
        km_table tables[2] = {
            table_of(&room[i][0], "red_flags", flag_columns, 7, flag_cell, 1),
            table_of(&room[i][1], "flag_triggers", trigger_columns, 9, trigger_cell, 1),
        };
        kept[i] = with_tables(tables);
        km_error err = { 0 };
        km_status st = km_safety_verify(&kept[i], &err);
        if (whole) {
            assert_int_equal(st, KM_OK);
        } else {
            assert_int_equal(st, KM_EDATA);
            assert_non_null(strstr(err.text, bad[i].says));
            cell[bad[i].at] = was;
        }
    }
    km_atlas none = *atlas();
    none.n_table = 0;
    assert_int_equal(km_safety_verify(&none, NULL), KM_ENOINPUT);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_code_of_the_contract_is_a_flag),
        cmocka_unit_test(builtin_tables_are_sound),
        cmocka_unit_test(levels_follow_the_table_of_the_field),
        cmocka_unit_test(heart_is_asked_for_chest_jaw_belly_and_left_arm),
        cmocka_unit_test(unknown_side_may_be_the_left_arm),
        cmocka_unit_test(muscle_counts_by_its_home_regions),
        cmocka_unit_test(saddle_and_both_legs_ask_for_the_cauda_equina),
        cmocka_unit_test(a_calf_of_one_side_asks_for_a_clot),
        cmocka_unit_test(one_sided_neck_with_headache_asks_for_the_artery),
        cmocka_unit_test(new_one_sided_neck_pain_asks_for_the_artery_without_headache),
        cmocka_unit_test(temple_asks_for_arteritis_from_50_or_at_unknown_age),
        cmocka_unit_test(flank_and_belly_ask_for_an_organ),
        cmocka_unit_test(shin_after_effort_asks_for_compartment_first),
        cmocka_unit_test(conditions_count_by_their_synonyms),
        cmocka_unit_test(outer_elbow_of_the_right_touches_nothing),
        cmocka_unit_test(every_flag_can_be_touched),
        cmocka_unit_test(emergency_comes_first_and_three_are_asked),
        cmocka_unit_test(mirrored_places_touch_the_same_flags),
        cmocka_unit_test(notice_is_one_or_two_lines_that_name_the_heart_for_a_chest),
        cmocka_unit_test(warning_gives_level_reason_and_what_to_do),
        cmocka_unit_test(damaged_tables_are_refused_with_line_and_column),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
