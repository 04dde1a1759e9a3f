/* What the planner holds back, softens or asks about. */
#include "km_cmocka.h"

#include "plan_case.h"

#define AT_HOME (PRESSURE & ~(1u << KM_TECH_MASSAGE))

static km_plan planned(km_target t, int minutes, uint32_t techniques, const char *conditions)
{
    km_plan p;
    assert_int_equal(plan_for(&p, &t, 1, minutes, techniques, ALL_TOOLS, conditions), KM_OK);
    return p;
}

static bool told(const km_plan *p, const char *words)
{
    for (size_t i = 0; i < p->n_note; i++) {
        if (strstr(p->note[i], words))
            return true;
    }
    return false;
}

static int most_pressure(const km_plan *p)
{
    int most = 0;
    for (size_t i = 0; i < p->n; i++) {
        const km_step *s = &p->step[i];
        if (s->technique >= 0 && (PRESSURE & 1u << s->technique) && s->pressure > most)
            most = s->pressure;
    }
    return most;
}

static void a_fresh_injury_gets_painless_movement_only(void **state)
{
    (void)state;
    km_target t = target_at("left:biceps_femoris:1", 6);
    t.injury = true;
    t.age_hours = 20;
    km_plan p = planned(t, 15, HOME, NULL);
    for (size_t i = 0; i < p.n; i++)
        assert_true(p.step[i].technique < 0);
    assert_true(told(&p, "fresh injury"));
    km_plan_clear(&p);
    t.age_hours = 100;
    p = planned(t, 15, HOME, NULL);
    assert_true(work_on(&p, "biceps_femoris", AT_HOME) >= 0);
    km_plan_clear(&p);
}

/* A torn calf is not pressed through the muscle next to the torn one; the other leg is. */
static void a_fresh_injury_holds_back_every_muscle_that_lies_there(void **state)
{
    (void)state;
    km_target t[] = { target_at("right:calf", 6), target_at("right:flexor_digitorum_longus:1", 6),
                      target_at("left:flexor_digitorum_longus:1", 6) };
    t[0].kind = KM_KIND_PAIN;
    t[0].injury = true;
    t[0].age_hours = 5;
    km_plan p;
    assert_int_equal(plan_for(&p, t, 3, 30, HOME, ALL_TOOLS, NULL), KM_OK);
    size_t left = 0;
    for (size_t i = 0; i < p.n; i++) {
        if (p.step[i].technique >= 0)
            assert_int_equal(p.step[i].side, KM_SIDE_LEFT);
        left += p.step[i].technique >= 0;
        /* what is hurt hurts by itself: no muscle far away is blamed for it */
        if (p.step[i].muscle >= 0)
            assert_string_not_equal(km_atlas_builtin()->muscle[p.step[i].muscle].area, "hip");
    }
    assert_true(left > 0);
    assert_true(told(&p, "right Flexor digitorum longus"));
    km_plan_clear(&p);
}

/* An injury nobody asked a routine for counts as well, and gets no step. */
static void an_injury_beside_what_was_asked_for_holds_back_there_only(void **state)
{
    (void)state;
    km_target t[] = { target_at("right:soleus", 6), target_at("right:vastus_medialis", 5),
                      target_at("right:calf", 6) };
    t[2].injury = t[2].beside = true;
    t[2].age_hours = 5;
    km_plan p;
    assert_int_equal(plan_for(&p, t, 3, 30, HOME, ALL_TOOLS, NULL), KM_OK);
    assert_int_equal(work_on(&p, "soleus", HOME), -1);
    assert_true(work_on(&p, "vastus_medialis", AT_HOME) >= 0);
    assert_int_equal(step_of(&p, "motion", "gastrocnemius"), -1);
    km_plan_clear(&p);
    t[2].age_hours = 100;
    assert_int_equal(plan_for(&p, t, 3, 30, HOME, ALL_TOOLS, NULL), KM_OK);
    assert_true(work_on(&p, "soleus", AT_HOME) >= 0);
    assert_int_equal(work_on(&p, "gastrocnemius", HOME), -1);
    km_plan_clear(&p);
    assert_int_equal(plan_for(&p, &t[2], 1, 30, HOME, ALL_TOOLS, NULL), KM_ENOTFOUND);
}

static void a_broken_bone_holds_back_what_pulls_on_it(void **state)
{
    (void)state;
    km_target t[] = { target_at("left:gastrocnemius", 6), target_at("left:rectus_femoris", 6) };
    km_plan p;
    assert_int_equal(plan_for(&p, t, 2, 30, HOME, ALL_TOOLS, "fracture:left:shin"), KM_OK);
    assert_int_equal(work_on(&p, "gastrocnemius", HOME), -1);
    assert_true(work_on(&p, "rectus_femoris", AT_HOME) >= 0);
    km_plan_clear(&p);
    assert_int_equal(plan_for(&p, t, 2, 30, HOME, ALL_TOOLS, "fracture:right:shin"), KM_OK);
    assert_true(work_on(&p, "gastrocnemius", AT_HOME) >= 0);
    km_plan_clear(&p);
}

/* What was kept before the condition or the injury came is held to it as well. */
static void a_routine_kept_earlier_heeds_what_came_since(void **state)
{
    (void)state;
    km_target t[] = { target_at("left:soleus", 6), target_at("left:infraspinatus", 6) };
    km_target hurt = target_at("left:calf", 6);
    hurt.injury = true;
    hurt.age_hours = 3;
    km_error err;
    for (int round = 0; round < 4; round++) {
        km_plan p;
        assert_int_equal(plan_for(&p, t, 2, 30, HOME, ALL_TOOLS, NULL), KM_OK);
        p.n_note = 0;
        size_t before = p.n;
        int ball = most_pressure(&p);
        km_plan_ask now = { .target = &hurt, .n_target = round == 1,
                            .conditions = round == 2   ? "clot"
                                          : round == 3 ? "anticoagulants" : NULL };
        assert_int_equal(km_routine_heed(&p, km_atlas_builtin(), &now, &err), KM_OK);
        if (round == 0) { /* nothing came: nothing changes, nothing is said */
            assert_int_equal(p.n, before);
            assert_int_equal(p.n_note, 0);
            assert_int_equal(most_pressure(&p), ball);
        }
        if (round == 1) {
            assert_int_equal(work_on(&p, "soleus", HOME), -1);
            assert_true(step_of(&p, "motion", "soleus") >= 0);
            assert_true(work_on(&p, "infraspinatus", AT_HOME) >= 0);
            assert_true(told(&p, "left Soleus: fresh injury"));
        }
        if (round == 2) { /* no pressure anywhere, the leg left alone, the shoulder stretched */
            assert_int_equal(most_pressure(&p), 0);
            assert_int_equal(step_of(&p, "motion", "soleus"), -1);
            assert_true(step_of(&p, "stretch", "infraspinatus") >= 0);
            for (size_t i = 0; i < p.n; i++)
                assert_null(strstr(p.step[i].action, "foot"));
            assert_true(told(&p, "clot"));
        }
        if (round == 3) {
            assert_int_equal(p.n, before);
            assert_int_equal(most_pressure(&p), 4);
            assert_true(told(&p, "softened for"));
        }
        km_plan_clear(&p);
    }
    km_plan p;
    assert_int_equal(plan_for(&p, t, 1, 15, HOME, ALL_TOOLS, NULL), KM_OK);
    km_plan_ask now = { .conditions = "clot" };
    assert_int_equal(km_routine_heed(&p, km_atlas_builtin(), &now, &err), KM_OK);
    assert_int_equal(p.n, 0);
    assert_true(told(&p, "clot"));
    km_plan_clear(&p);
}

/* Full range is a stretch, too: what is asked before a stretch is asked before it. */
static void full_range_carries_what_is_asked_of_a_stretch(void **state)
{
    static const struct { const char *place, *condition, *words; } ask[] = {
        { "left:longissimus_thoracis", "osteoporosis", "bending or twisting" },
        { "left:masseter_superficial", "jaw_locking", "do not open to the end" },
    };
    (void)state;
    for (size_t i = 0; i < sizeof ask / sizeof *ask; i++) {
        km_plan p = planned(target_at(ask[i].place, 6), 15, HOME, ask[i].condition);
        int range = step_of(&p, "range", NULL);
        assert_true(range >= 0);
        assert_non_null(strstr(p.step[range].caution, ask[i].words));
        km_plan_clear(&p);
    }
}

/* Rules for every technique are about moving, too: nobody turns a jolted neck to its end unwarned. */
static void movements_carry_what_every_technique_must_heed(void **state)
{
    (void)state;
    km_target t = target_at("left:splenius_cervicis", 6);
    km_plan p = planned(t, 15, HOME, "neck_trauma");
    int moves = 0;
    for (size_t i = 0; i < p.n; i++) {
        moves += p.step[i].technique < 0;
        assert_non_null(strstr(p.step[i].caution, "small movements only"));
    }
    assert_true(moves >= 3); /* warm up, slow motion, full range */
    km_plan_clear(&p);
    t = target_at("left:soleus", 6);
    p = planned(t, 15, HOME, "neck_trauma");
    for (size_t i = 0; i < p.n; i++)
        assert_null(strstr(p.step[i].caution, "small movements only"));
    km_plan_clear(&p);
}

static void an_injury_of_unknown_age_counts_as_fresh_and_swelling_always_does(void **state)
{
    (void)state;
    km_target t = target_at("left:soleus:1", 6);
    t.injury = true;
    km_plan p = planned(t, 15, HOME, NULL);
    assert_int_equal(work_on(&p, "soleus", AT_HOME), -1);
    km_plan_clear(&p);
    t.injury = false;
    t.swelling = true;
    t.age_hours = 500;
    p = planned(t, 15, HOME, NULL);
    assert_int_equal(work_on(&p, "soleus", AT_HOME), -1);
    km_plan_clear(&p);
}

static void soreness_gets_easy_rolling_and_no_deep_compression(void **state)
{
    (void)state;
    km_target t = target_at("left:gastrocnemius", 6);
    t.kind = KM_KIND_SORENESS;
    km_plan p = planned(t, 20, HOME, NULL);
    int roll = step_of(&p, "smr", "gastrocnemius");
    assert_true(roll >= 0);
    assert_in_range(p.step[roll].pressure, 3, 4);
    assert_int_equal(step_of(&p, "compression", NULL), -1);
    assert_int_equal(step_of(&p, "pin_and_stretch", NULL), -1);
    assert_true(told(&p, "sore after training"));
    km_plan_clear(&p);
}

static void a_numb_place_gets_no_pressure(void **state)
{
    (void)state;
    km_target t = target_at("left:piriformis:1", 5);
    t.kind = KM_KIND_NUMBNESS;
    km_plan p = planned(t, 15, HOME | 1u << KM_TECH_MASSAGE, NULL);
    assert_int_equal(work_on(&p, "piriformis", PRESSURE), -1);
    assert_true(told(&p, "numb or tingling"));
    km_plan_clear(&p);
}

/* A muscle that lies where it is numb is not pressed either, planned now or kept earlier. */
static void numbness_holds_back_pressure_where_it_lies(void **state)
{
    (void)state;
    km_target t[] = { target_at("right:soleus", 6), target_at("right:calf", 4) };
    t[1].kind = KM_KIND_NUMBNESS;
    t[1].beside = true;
    km_plan p;
    km_error err;
    assert_int_equal(plan_for(&p, t, 2, 15, HOME, ALL_TOOLS, NULL), KM_OK);
    assert_int_equal(work_on(&p, "soleus", AT_HOME), -1);
    assert_true(step_of(&p, "stretch", "soleus") >= 0);
    assert_true(told(&p, "right Soleus: numb"));
    km_plan_clear(&p);
    assert_int_equal(plan_for(&p, t, 1, 15, HOME, ALL_TOOLS, NULL), KM_OK);
    assert_true(work_on(&p, "soleus", AT_HOME) >= 0);
    p.n_note = 0;
    km_plan_ask now = { .target = &t[1], .n_target = 1 };
    assert_int_equal(km_routine_heed(&p, km_atlas_builtin(), &now, &err), KM_OK);
    assert_int_equal(work_on(&p, "soleus", AT_HOME), -1);
    assert_true(step_of(&p, "stretch", "soleus") >= 0);
    km_plan_clear(&p);
}

static void unsafe_muscles_get_stretch_and_a_word_about_it(void **state)
{
    (void)state;
    km_plan p = planned(target_at("left:psoas_major:1", 6), 15, HOME, NULL);
    assert_int_equal(work_on(&p, "psoas_major", PRESSURE), -1);
    assert_true(step_of(&p, "stretch", "psoas_major") >= 0);
    assert_true(told(&p, "no pressure at home here"));
    km_plan_clear(&p);
    km_plan q;
    const km_target t = target_at("left:psoas_major:1", 6);
    assert_int_equal(plan_for(&q, &t, 1, 15, AT_HOME, ALL_TOOLS, NULL), KM_ENOTFOUND);
}

static void a_table_that_presses_an_unsafe_muscle_in_passing_is_not_believed(void **state)
{
    (void)state;
    km_atlas a = *km_atlas_builtin();
    km_routine_row *row = km_calloc((size_t)a.n_routine, sizeof *row);
    memcpy(row, a.routine, (size_t)a.n_routine * sizeof *row);
    const km_muscle *m = &a.muscle[km_atlas_muscle(&a, "psoas_major")];
    int turned = 0;
    for (int i = m->first_routine; i < m->first_routine + m->n_routine; i++) {
        if (row[i].technique == KM_TECH_STRETCH) {
            row[i].technique = KM_TECH_PIN_AND_STRETCH;
            row[i].pressure = 9;
            turned++;
        }
    }
    a.routine = row;
    assert_int_equal(turned, 1);
    const km_target t = target_at("left:psoas_major:1", 6);
    const km_plan_ask ask = { &t, 1, HOME, ALL_TOOLS, 15, NULL, false };
    km_plan p;
    assert_int_equal(km_routine_plan(&p, &a, &ask, NULL), KM_OK);
    assert_int_equal(work_on(&p, "psoas_major", PRESSURE), -1);
    km_plan_clear(&p);
    free(row);
}

static void a_table_row_above_seven_is_brought_down_to_seven(void **state)
{
    (void)state;
    km_atlas a = *km_atlas_builtin();
    km_routine_row *row = km_calloc((size_t)a.n_routine, sizeof *row);
    memcpy(row, a.routine, (size_t)a.n_routine * sizeof *row);
    for (int i = 0; i < a.n_routine; i++)
        row[i].pressure = 10;
    a.routine = row;
    const km_target t = target_at("left:soleus:1", 6);
    const km_plan_ask ask = { &t, 1, HOME, ALL_TOOLS, 15, NULL, false };
    km_plan p;
    assert_int_equal(km_routine_plan(&p, &a, &ask, NULL), KM_OK);
    assert_int_equal(most_pressure(&p), 7);
    km_plan_clear(&p);
    free(row);
}

static void massage_comes_only_when_asked_for(void **state)
{
    (void)state;
    const km_target t = target_at("left:quadratus_lumborum:1", 6);
    km_plan p = planned(t, 30, HOME, NULL);
    assert_int_equal(step_of(&p, "massage", NULL), -1);
    km_plan_clear(&p);
    p = planned(t, 30, HOME | 1u << KM_TECH_MASSAGE, NULL);
    assert_true(step_of(&p, "massage", "quadratus_lumborum") >= 0);
    km_plan_clear(&p);
}

static void without_a_tool_there_is_stretch_and_a_word_about_it(void **state)
{
    (void)state;
    const km_target t = target_at("left:infraspinatus:1", 6);
    km_plan p;
    assert_int_equal(plan_for(&p, &t, 1, 15, HOME, 1u << KM_TOOL_ROLLER, NULL), KM_OK);
    assert_int_equal(work_on(&p, "infraspinatus", PRESSURE), -1);
    assert_true(step_of(&p, "stretch", "infraspinatus") >= 0);
    assert_true(told(&p, "none of the tools"));
    km_plan_clear(&p);
}

static void osteoporosis_takes_the_roller_off_the_back_and_softens_the_rest(void **state)
{
    (void)state;
    const km_target t[] = { target_at("left:iliocostalis_thoracis:1", 6),
                            target_at("left:gluteus_medius:1", 6) };
    km_plan p;
    assert_int_equal(plan_for(&p, t, 2, 20, HOME, ALL_TOOLS, "osteoporosis"), KM_OK);
    assert_int_equal(step_of(&p, "smr", "iliocostalis_thoracis"), -1);
    assert_true(work_on(&p, "gluteus_medius", PRESSURE) >= 0);
    assert_true(most_pressure(&p) <= 4);
    assert_true(told(&p, "Osteoporosis: lighter pressure"));
    km_plan_clear(&p);
}

static void pregnancy_keeps_pressure_off_the_belly_and_light_on_the_calf(void **state)
{
    (void)state;
    const km_target t[] = { target_at("left:rectus_abdominis:1", 6),
                            target_at("left:soleus:1", 6) };
    km_plan p;
    assert_int_equal(plan_for(&p, t, 2, 20, HOME, ALL_TOOLS, "pregnant"), KM_OK);
    assert_int_equal(work_on(&p, "rectus_abdominis", PRESSURE), -1);
    int calf = work_on(&p, "soleus", PRESSURE);
    assert_true(calf >= 0);
    assert_in_range(p.step[calf].pressure, 1, 3);
    assert_non_null(strstr(p.step[calf].caution, "clots"));
    assert_true(told(&p, "no pressure on the belly"));
    km_plan_clear(&p);
}

static void each_named_condition_changes_the_plan_and_says_so(void **state)
{
    (void)state;
    static const struct { const char *condition, *place; int at_most; } c[] = {
        { "anticoagulants", "left:infraspinatus:1", 4 }, { "blood thinners", "left:soleus:1", 4 },
        { "neuropathy", "left:abductor_hallucis:1", 3 }, { "clot", "left:gastrocnemius:1", 0 },
        { "cancer", "left:infraspinatus:1", 3 }, { "recent_injury", "left:soleus:1", 0 },
        { "pacemaker", "left:pectoralis_major_sternal:1", 0 }, { "fever", "left:soleus:1", 0 },
        { "fibromyalgia", "left:infraspinatus:1", 3 }, { "fracture", "left:soleus:1", 0 },
        { "heart_disease", "left:soleus:1", 0 }, { "varicose veins", "left:soleus:1", 3 },
        { "hernia", "left:external_oblique:1", 0 }, { "neck_trauma", "left:splenius_capitis:1", 0 },
        { "corticosteroids", "left:infraspinatus:1", 4 }, { "child", "left:soleus:1", 3 },
    };
    for (size_t i = 0; i < sizeof c / sizeof *c; i++) {
        const km_target t = target_at(c[i].place, 6);
        km_plan p;
        km_plan_ask ask = { &t, 1, HOME, ALL_TOOLS, 15, NULL, false };
        km_error err = { 0 };
        assert_int_equal(km_routine_plan(&p, km_atlas_builtin(), &ask, &err), KM_OK);
        assert_true(most_pressure(&p) > c[i].at_most);
        km_plan_clear(&p);
        ask.conditions = c[i].condition;
        km_status st = km_routine_plan(&p, km_atlas_builtin(), &ask, &err);
        if (st == KM_OK) {
            assert_true(most_pressure(&p) <= c[i].at_most);
            assert_true(p.n_note > 0);
            km_plan_clear(&p);
        } else {
            assert_int_equal(st, KM_ENOTFOUND);
            assert_int_equal(c[i].at_most, 0);
        }
    }
}

static void a_condition_with_a_place_holds_back_only_there(void **state)
{
    (void)state;
    const km_target t[] = { target_at("left:soleus:1", 6), target_at("right:soleus:1", 6),
                            target_at("left:infraspinatus:1", 6) };
    km_plan p;
    assert_int_equal(plan_for(&p, t, 3, 25, HOME, ALL_TOOLS, "recent_injury:left:calf"), KM_OK);
    for (size_t i = 0; i < p.n; i++) {
        const km_step *s = &p.step[i];
        if (s->technique >= 0 && (PRESSURE & 1u << s->technique) &&
            s->muscle == km_atlas_muscle(km_atlas_builtin(), "soleus"))
            assert_int_equal(s->side, KM_SIDE_RIGHT);
    }
    assert_true(work_on(&p, "soleus", PRESSURE) >= 0);
    assert_true(work_on(&p, "infraspinatus", PRESSURE) >= 0);
    km_plan_clear(&p);
}

static void an_unknown_condition_is_asked_about(void **state)
{
    (void)state;
    km_plan p = planned(target_at("left:soleus:1", 6), 15, HOME, "gizmo flu; osteoporosis");
    assert_true(told(&p, "gizmo flu: the planner knows no rule"));
    int at = work_on(&p, "soleus", PRESSURE);
    assert_non_null(strstr(p.step[at].caution, "ask a doctor first: gizmo flu"));
    km_plan_clear(&p);
}

static void endangerment_sites_carry_their_warning_on_pressure_only(void **state)
{
    (void)state;
    km_plan p = planned(target_at("left:adductor_longus:1", 6), 15, HOME, NULL);
    int press = work_on(&p, "adductor_longus", PRESSURE);
    int stretch = work_on(&p, "adductor_longus", 1u << KM_TECH_STRETCH);
    bool groin = strstr(p.step[press].caution, "femoral artery") ||
                 strstr(p.step[press].caution, "saphenous");
    assert_true(groin);
    assert_null(strstr(p.step[stretch].caution, "femoral artery"));
    km_plan_clear(&p);
}

static void the_row_s_own_caution_is_always_shown(void **state)
{
    (void)state;
    const km_atlas *a = km_atlas_builtin();
    for (int m = 0; m < a->n_muscle; m++) {
        km_target t = { .place = { KM_REF_MUSCLE, m, -1,
                                   a->muscle[m].midline ? KM_SIDE_MIDLINE : KM_SIDE_LEFT, false },
                        .intensity = 6, .kind = KM_KIND_KNOT, .age_hours = -1 };
        km_plan p;
        assert_int_equal(plan_for(&p, &t, 1, 30, HOME, ALL_TOOLS, NULL), KM_OK);
        for (size_t i = 0; i < p.n; i++) {
            const km_step *s = &p.step[i];
            if (s->technique < 0)
                continue;
            bool shown = false;
            const km_muscle *u = &a->muscle[s->muscle];
            for (int r = u->first_routine; r < u->first_routine + u->n_routine; r++) {
                const km_routine_row *row = &a->routine[r];
                shown = shown || ((int)row->technique == s->technique &&
                                  strcmp(row->position, s->position) == 0 &&
                                  strncmp(s->caution, row->caution, strlen(row->caution)) == 0);
            }
            assert_true(shown);
        }
        km_plan_clear(&p);
    }
}

static void conditions_are_read_by_code_synonym_and_place(void **state)
{
    (void)state;
    static const struct { const char *text, *code; bool has_place; } good[] = {
        { "Blood-Thinners", "anticoagulants", false }, { "osteoporosis", "osteoporosis", false },
        { "fracture:left:shin", "fracture", true }, { "whiplash", "neck_trauma", false } };
    static const char *const bad[] = { "fracture:left:moon", "", "frac", "osteoporosis2" };
    const char *code = NULL, *name = NULL;
    km_ref place = { 0 };
    bool has_place = false;
    km_error err;
    for (size_t i = 0; i < sizeof good / sizeof *good; i++) {
        assert_int_equal(km_routine_condition(&code, &name, &place, &has_place,
                                              km_atlas_builtin(), good[i].text, &err), KM_OK);
        assert_string_equal(code, good[i].code);
        assert_true(*name != '\0');
        assert_int_equal(has_place, good[i].has_place);
        if (has_place)
            assert_int_equal(place.side, KM_SIDE_LEFT);
    }
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        assert_int_equal(km_routine_condition(&code, &name, &place, &has_place,
                                              km_atlas_builtin(), bad[i], &err), KM_EINVAL);
}

static void a_misspelt_condition_names_the_nearest(void **state)
{
    (void)state;
    const char *code = NULL, *name = NULL;
    km_ref place;
    bool has_place = false;
    km_error err = { 0 };
    assert_int_equal(km_routine_condition(&code, &name, &place, &has_place, km_atlas_builtin(),
                                          "osteoporsis", &err), KM_EINVAL);
    assert_string_equal(err.text, "osteoporsis: not a condition the planner knows");
    assert_string_equal(err.mend, "did you mean osteoporosis?");
}

static void blanks_and_empty_words_between_conditions_do_no_harm(void **state)
{
    (void)state;
    const km_target t = target_at("left:infraspinatus:1", 6);
    static const char *const same[] = { "osteoporosis", " ;;osteoporosis ; ", ";Osteoporosis" };
    for (size_t i = 0; i < sizeof same / sizeof *same; i++) {
        km_plan p = planned(t, 15, HOME, same[i]);
        assert_in_range(most_pressure(&p), 1, 4);
        assert_true(told(&p, "Osteoporosis: lighter pressure"));
        km_plan_clear(&p);
    }
    km_plan p = planned(t, 15, HOME, ";;");
    assert_int_equal(p.n_note, 0);
    km_plan_clear(&p);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_fresh_injury_gets_painless_movement_only),
        cmocka_unit_test(a_fresh_injury_holds_back_every_muscle_that_lies_there),
        cmocka_unit_test(an_injury_beside_what_was_asked_for_holds_back_there_only),
        cmocka_unit_test(a_broken_bone_holds_back_what_pulls_on_it),
        cmocka_unit_test(a_routine_kept_earlier_heeds_what_came_since),
        cmocka_unit_test(full_range_carries_what_is_asked_of_a_stretch),
        cmocka_unit_test(movements_carry_what_every_technique_must_heed),
        cmocka_unit_test(an_injury_of_unknown_age_counts_as_fresh_and_swelling_always_does),
        cmocka_unit_test(soreness_gets_easy_rolling_and_no_deep_compression),
        cmocka_unit_test(a_numb_place_gets_no_pressure),
        cmocka_unit_test(numbness_holds_back_pressure_where_it_lies),
        cmocka_unit_test(unsafe_muscles_get_stretch_and_a_word_about_it),
        cmocka_unit_test(a_table_that_presses_an_unsafe_muscle_in_passing_is_not_believed),
        cmocka_unit_test(a_table_row_above_seven_is_brought_down_to_seven),
        cmocka_unit_test(massage_comes_only_when_asked_for),
        cmocka_unit_test(without_a_tool_there_is_stretch_and_a_word_about_it),
        cmocka_unit_test(osteoporosis_takes_the_roller_off_the_back_and_softens_the_rest),
        cmocka_unit_test(pregnancy_keeps_pressure_off_the_belly_and_light_on_the_calf),
        cmocka_unit_test(each_named_condition_changes_the_plan_and_says_so),
        cmocka_unit_test(a_condition_with_a_place_holds_back_only_there),
        cmocka_unit_test(an_unknown_condition_is_asked_about),
        cmocka_unit_test(endangerment_sites_carry_their_warning_on_pressure_only),
        cmocka_unit_test(the_row_s_own_caution_is_always_shown),
        cmocka_unit_test(a_misspelt_condition_names_the_nearest),
        cmocka_unit_test(blanks_and_empty_words_between_conditions_do_no_harm),
        cmocka_unit_test(conditions_are_read_by_code_synonym_and_place),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
