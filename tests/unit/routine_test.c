/* The planner: time, tools, order, what is merged, what is chosen. */
#include "km_cmocka.h"

#include "knotmap/rng.h"
#include "plan_case.h"


/** A random day in a clinic: up to twelve targets of all kinds. */
static size_t random_targets(km_target *out, km_rng *r)
{
    const km_atlas *a = km_atlas_builtin();
    size_t n = 1 + km_rng_below(r, 12);
    for (size_t i = 0; i < n; i++) {
        km_target t = { .intensity = (int)km_rng_below(r, 12) - 1,
                        .kind = (km_kind)km_rng_below(r, KM_KIND_COUNT),
                        .age_hours = (int32_t)km_rng_below(r, 400) - 1,
                        .injury = km_rng_below(r, 8) == 0,
                        .swelling = km_rng_below(r, 20) == 0 };
        km_side side = km_rng_below(r, 2) ? KM_SIDE_LEFT : KM_SIDE_RIGHT;
        switch (km_rng_below(r, 4)) {
        case 0: {
            int region = (int)km_rng_below(r, (uint32_t)a->n_region);
            t.place = (km_ref){ KM_REF_REGION, region, -1,
                                a->region[region].midline ? KM_SIDE_MIDLINE : side, false };
            break;
        }
        case 1:
            t.place = (km_ref){ KM_REF_GROUP, (int)km_rng_below(r, (uint32_t)a->n_group), -1, side,
                                km_rng_below(r, 2) == 0 };
            break;
        default: {
            int point = (int)km_rng_below(r, (uint32_t)a->n_point);
            int muscle = a->point[point].muscle;
            t.place = (km_ref){ KM_REF_MUSCLE, muscle, km_rng_below(r, 2) ? point : -1,
                                a->muscle[muscle].midline ? KM_SIDE_MIDLINE : side, false };
        }
        }
        out[i] = t;
    }
    return n;
}

static const char *random_conditions(km_rng *r)
{
    static const char *const some[] = { NULL, NULL, NULL, "osteoporosis", "pregnancy",
                                        "anticoagulants;fibromyalgia", "clot", "pacemaker",
                                        "recent_injury:left:calf", "diabetes;varicose veins" };
    return some[km_rng_below(r, sizeof some / sizeof *some)];
}

/** Run `check` over many random plans. */
static void for_many(void (*check)(const km_plan *p, const km_plan_ask *ask))
{
    km_rng r = km_rng_seed(5);
    int planned = 0;
    for (int i = 0; i < 600; i++) {
        km_target t[12];
        size_t n = random_targets(t, &r);
        uint32_t tech = 1 + km_rng_below(&r, (1u << KM_TECH_COUNT) - 1);
        km_plan_ask ask = { t, n, tech, km_rng_below(&r, 1u << KM_TOOL_COUNT),
                            1 + (int)km_rng_below(&r, 60), random_conditions(&r), false };
        km_plan p;
        km_error err;
        km_status st = km_routine_plan(&p, km_atlas_builtin(), &ask, &err);
        assert_true(st == KM_OK || st == KM_ENOTFOUND);
        if (st != KM_OK) {
            assert_true(*err.text != '\0');
            continue;
        }
        planned++;
        check(&p, &ask);
        km_plan_clear(&p);
    }
    assert_true(planned > 300);
}

static void check_time(const km_plan *p, const km_plan_ask *ask)
{
    int sum = 0;
    for (size_t i = 0; i < p->n; i++) {
        const km_step *s = &p->step[i];
        int own = (s->seconds + (s->technique == KM_TECH_PIR ? 15 : 0)) * s->sets;
        assert_int_equal(s->total, own + (i + 1 < p->n ? 10 : 0));
        assert_true(s->seconds > 0 && s->sets > 0);
        sum += s->total;
    }
    assert_int_equal(sum, p->seconds);
    assert_true(sum <= ask->minutes * 60);
}

static void no_plan_is_longer_than_asked(void **state)
{
    (void)state;
    for_many(check_time);
}

static void check_tools(const km_plan *p, const km_plan_ask *ask)
{
    for (size_t i = 0; i < p->n; i++) {
        const km_step *s = &p->step[i];
        int tool = -1;
        if (s->technique >= 0)
            assert_true(ask->techniques & 1u << s->technique);
        if (s->technique == KM_TECH_MASSAGE)
            continue;
        /* pressing is always done with something */
        bool pressed = s->technique >= 0 && (PRESSURE & 1u << s->technique);
        assert_int_equal(pressed, *s->tool != '\0');
        if (!pressed)
            continue;
        assert_int_equal(km_word_parse(&tool, KM_VOCAB_TOOL, "tool", s->tool, NULL), KM_OK);
        assert_true(ask->tools & 1u << tool);
    }
}

static void steps_use_owned_tools_and_wanted_techniques(void **state)
{
    (void)state;
    for_many(check_tools);
}

static void check_pressure(const km_plan *p, const km_plan_ask *ask)
{
    static const char *const unsafe[] = {
        "lateral_pterygoid", "longus_colli", "scalenus_anterior", "scalenus_minimus", "psoas_major",
        "obturator_internus", "levator_ani", "coccygeus", "sphincter_ani", "bulbospongiosus" };
    uint32_t at_home = PRESSURE & ~(1u << KM_TECH_MASSAGE);
    (void)ask;
    for (size_t i = 0; i < p->n; i++) {
        assert_in_range(p->step[i].pressure, 0, 7);
        assert_true(*p->step[i].source != '\0');
    }
    for (size_t i = 0; i < sizeof unsafe / sizeof *unsafe; i++)
        assert_int_equal(work_on(p, unsafe[i], at_home), -1);
}

static void pressure_is_never_above_seven_nor_on_unsafe_muscles(void **state)
{
    (void)state;
    for_many(check_pressure);
}

static void check_order(const km_plan *p, const km_plan_ask *ask)
{
    const km_atlas *a = km_atlas_builtin();
    (void)ask;
    for (size_t i = 0; i < p->n; i++) {
        const km_step *x = &p->step[i];
        if (strcmp(x->kind, "warm_up") == 0)
            assert_int_equal(i, 0);
        if (strcmp(x->kind, "range") == 0 && i + 1 < p->n)
            assert_string_equal(p->step[i + 1].kind, "range");
        for (size_t k = i + 1; k < p->n; k++) {
            const km_step *y = &p->step[k];
            if (x->muscle < 0 || x->muscle != y->muscle || x->side != y->side)
                continue;
            /* on one muscle no pressure follows a motion or a stretch */
            bool loose = strcmp(x->kind, "motion") == 0 || x->technique == KM_TECH_STRETCH ||
                         x->technique == KM_TECH_PIR;
            assert_false(loose && y->technique >= 0 && (PRESSURE & 1u << y->technique));
            assert_false(x->technique == KM_TECH_STRETCH && strcmp(y->kind, "motion") == 0);
            assert_false(x->technique == y->technique && x->technique >= 0);
        }
    }
    for (int i = 0; i < a->n_satellite; i++) {
        const km_satellite *s = &a->satellite[i];
        for (size_t y = 0; y < p->n; y++) {
            for (size_t x = 0; x < y; x++) {
                bool wrong = p->step[x].muscle == s->satellite && p->step[y].muscle == s->key &&
                             p->step[x].side == p->step[y].side;
                bool pressed = p->step[x].technique >= 0 && p->step[y].technique >= 0 &&
                               (PRESSURE & 1u << p->step[x].technique) &&
                               (PRESSURE & 1u << p->step[y].technique);
                if (!wrong || !pressed)
                    continue;
                /* only a ring of keys may break the rule: the satellite is a key further on */
                int back[137] = { 0 };
                back[s->satellite] = 1;
                for (int round = 0; round < 12; round++) {
                    for (int q = 0; q < a->n_satellite; q++)
                        back[a->satellite[q].satellite] |= back[a->satellite[q].key];
                }
                assert_true(back[s->key]);
            }
        }
    }
}

static void each_muscle_is_released_then_moved_then_stretched_and_keys_come_first(void **state)
{
    (void)state;
    for_many(check_order);
}

static void plans_are_the_same_every_time(void **state)
{
    (void)state;
    km_rng r = km_rng_seed(11);
    for (int i = 0; i < 60; i++) {
        km_target t[12];
        size_t n = random_targets(t, &r);
        km_buf one = { 0 }, two = { 0 };
        for (int k = 0; k < 2; k++) {
            km_plan p;
            if (plan_for(&p, t, n, 20, HOME, ALL_TOOLS, "osteoporosis") == KM_OK) {
                plan_print(k == 0 ? &one : &two, &p);
                km_plan_clear(&p);
            }
        }
        assert_string_equal(km_buf_str(&one), km_buf_str(&two));
        km_buf_clear(&one);
        km_buf_clear(&two);
    }
}

static void the_order_of_targets_does_not_matter(void **state)
{
    (void)state;
    const km_target t[] = { target_at("left:infraspinatus:2", 6), target_at("right:soleus", 4),
                            target_at("left:upper_trapezius:1", 6), target_at("right:temple", 3) };
    const km_target back[] = { t[3], t[2], t[1], t[0] };
    km_plan p, q;
    km_buf one = { 0 }, two = { 0 };
    assert_int_equal(plan_for(&p, t, 4, 20, HOME, ALL_TOOLS, NULL), KM_OK);
    assert_int_equal(plan_for(&q, back, 4, 20, HOME, ALL_TOOLS, NULL), KM_OK);
    plan_print(&one, &p);
    plan_print(&two, &q);
    assert_string_equal(km_buf_str(&one), km_buf_str(&two));
    km_buf_clear(&one);
    km_buf_clear(&two);
    km_plan_clear(&p);
    km_plan_clear(&q);
}

static void proximal_comes_before_distal(void **state)
{
    (void)state;
    const km_target t[] = { target_at("left:extensor_indicis", 5),
                            target_at("left:deltoid_middle", 5), target_at("left:teres_minor", 5) };
    km_plan p;
    assert_int_equal(plan_for(&p, t, 3, 30, HOME, ALL_TOOLS, NULL), KM_OK);
    assert_true(work_on(&p, "teres_minor", PRESSURE) < work_on(&p, "deltoid_middle", PRESSURE));
    assert_true(work_on(&p, "deltoid_middle", PRESSURE) <
                work_on(&p, "extensor_indicis", PRESSURE));
    km_plan_clear(&p);
}

static void the_key_muscle_comes_before_its_satellite_though_it_lies_further_out(void **state)
{
    (void)state;
    /* supinator is a key of biceps_brachii, which lies nearer to the trunk */
    const km_target t[] = { target_at("left:biceps_brachii:1", 7),
                            target_at("left:supinator:1", 3) };
    km_plan p;
    assert_int_equal(plan_for(&p, t, 2, 20, HOME, ALL_TOOLS, NULL), KM_OK);
    assert_true(work_on(&p, "supinator", PRESSURE) >= 0);
    assert_true(work_on(&p, "supinator", PRESSURE) < work_on(&p, "biceps_brachii", PRESSURE));
    km_plan_clear(&p);
}

static void the_short_antagonist_is_stretched_before_the_long_muscle(void **state)
{
    (void)state;
    const km_target t[] = { target_at("left:rhomboid_major:1", 5) };
    km_plan p;
    assert_int_equal(plan_for(&p, t, 1, 15, HOME, ALL_TOOLS, NULL), KM_OK);
    int chest = work_on(&p, "pectoralis_minor", 1u << KM_TECH_STRETCH);
    assert_true(chest >= 0);
    assert_true(chest < work_on(&p, "rhomboid_major", PRESSURE));
    assert_non_null(strstr(p.step[chest].action, "(short opposite of Rhomboid major)"));
    km_plan_clear(&p);
}

static bool left_out_for_time(const km_plan *p)
{
    for (size_t i = 0; i < p->n_note; i++) {
        if (strstr(p->note[i], "left out for time"))
            return true;
    }
    return false;
}

static void when_time_is_short_the_three_worst_spots_are_kept(void **state)
{
    (void)state;
    const km_target t[] = { target_at("left:infraspinatus:1", 3), target_at("right:soleus:1", 8),
                            target_at("left:vastus_lateralis:1", 3),
                            target_at("right:piriformis:1", 7), target_at("left:brachialis:1", 2),
                            target_at("right:tibialis_anterior:1", 9) };
    km_plan p;
    assert_int_equal(plan_for(&p, t, 6, 14, HOME, ALL_TOOLS, NULL), KM_OK);
    assert_true(work_on(&p, "soleus", PRESSURE) >= 0);
    assert_true(work_on(&p, "piriformis", PRESSURE) >= 0);
    assert_true(work_on(&p, "tibialis_anterior", PRESSURE) >= 0);
    assert_int_equal(work_on(&p, "brachialis", PRESSURE), -1);
    assert_true(left_out_for_time(&p));
    km_plan_clear(&p);
}

static void a_mild_spot_waits_for_the_worst_though_it_lies_nearer_to_the_trunk(void **state)
{
    (void)state;
    const km_target t[] = { target_at("left:upper_trapezius:1", 4), target_at("right:soleus:1", 8),
                            target_at("right:vastus_lateralis:1", 7),
                            target_at("right:flexor_digitorum_brevis:1", 9),
                            target_at("left:brachialis:1", 2), target_at("left:supinator:1", 2) };
    int waited = 0, led = 0;
    for (int minutes = 8; minutes <= 40; minutes++) {
        km_plan p;
        assert_int_equal(plan_for(&p, t, 6, minutes, HOME, ALL_TOOLS, NULL), KM_OK);
        int mild = work_on(&p, "upper_trapezius", PRESSURE);
        int worst = work_on(&p, "flexor_digitorum_brevis", PRESSURE);
        if (mild >= 0 && left_out_for_time(&p)) {
            assert_true(mild > worst);
            waited++;
        } else if (mild >= 0) {
            assert_true(mild < worst);
            led++;
        }
        km_plan_clear(&p);
    }
    assert_true(waited > 0);
    assert_true(led > 0);
}

static void the_warm_up_is_of_the_part_or_of_the_whole_body(void **state)
{
    (void)state;
    km_target t[] = { target_at("left:masseter_superficial", 6),
                      target_at("left:gastrocnemius", 6) };
    km_plan p;
    assert_int_equal(plan_for(&p, t, 1, 15, HOME, ALL_TOOLS, NULL), KM_OK);
    assert_non_null(strstr(p.step[0].action, "jaw"));
    km_plan_clear(&p);
    assert_int_equal(plan_for(&p, t, 2, 15, HOME, ALL_TOOLS, "vertigo"), KM_OK);
    assert_null(strstr(p.step[0].action, "jaw"));
    assert_non_null(strstr(p.step[0].action, "march"));
    km_plan_clear(&p);
    t[1] = target_at("left:suboccipitals", 5); /* head and neck are one part for it */
    assert_int_equal(plan_for(&p, t, 2, 15, HOME, ALL_TOOLS, NULL), KM_OK);
    assert_non_null(strstr(p.step[0].action, "turn the head"));
    km_plan_clear(&p);
    t[1] = target_at("left:gastrocnemius", 6);
    /* what any of the work asks is asked of the warm up */
    t[0] = target_at("left:splenius_cervicis", 4);
    assert_int_equal(plan_for(&p, t, 2, 15, HOME, ALL_TOOLS, "vertigo"), KM_OK);
    assert_non_null(strstr(p.step[0].caution, "dizziness"));
    km_plan_clear(&p);
}

static void two_points_of_one_muscle_are_one_job_led_by_the_worse(void **state)
{
    (void)state;
    const km_target t[] = { target_at("left:infraspinatus:1", 3),
                            target_at("left:infraspinatus:3", 8) };
    km_plan p;
    assert_int_equal(plan_for(&p, t, 2, 15, 1u << KM_TECH_COMPRESSION, ALL_TOOLS, NULL), KM_OK);
    int at = work_on(&p, "infraspinatus", PRESSURE);
    assert_true(at >= 0);
    assert_int_equal(km_atlas_builtin()->point[p.step[at].point].tp, 3);
    assert_non_null(strstr(p.step[at].action, "points 3 and 1"));
    for (size_t i = (size_t)at + 1; i < p.n; i++)
        assert_true(p.step[i].technique < 0);
    km_plan_clear(&p);
}

static void a_place_without_a_side_is_worked_on_both_sides(void **state)
{
    (void)state;
    const km_target t[] = { target_at("gastrocnemius", 5) };
    km_plan p;
    int left = 0, right = 0;
    assert_int_equal(plan_for(&p, t, 1, 20, HOME, ALL_TOOLS, NULL), KM_OK);
    for (size_t i = 0; i < p.n; i++) {
        bool pressed = p.step[i].technique >= 0 && (PRESSURE & 1u << p.step[i].technique);
        left += pressed && p.step[i].side == KM_SIDE_LEFT;
        right += pressed && p.step[i].side == KM_SIDE_RIGHT;
    }
    assert_true(left > 0);
    assert_int_equal(left, right);
    km_plan_clear(&p);
}

static void two_knots_a_roller_and_ten_minutes_are_enough(void **state)
{
    (void)state;
    const km_target t[] = { target_at("left:gastrocnemius:1", 6),
                            target_at("right:vastus_lateralis:1", 5) };
    km_plan p;
    assert_int_equal(plan_for(&p, t, 2, 10, HOME, 1u << KM_TOOL_ROLLER, NULL), KM_OK);
    assert_true(step_of(&p, "smr", "gastrocnemius") > 0);
    assert_true(step_of(&p, "smr", "vastus_lateralis") > 0);
    assert_true(step_of(&p, "stretch", "gastrocnemius") > 0);
    assert_string_equal(p.step[0].kind, "warm_up");
    assert_string_equal(p.step[p.n - 1].kind, "range");
    assert_true(p.seconds > 500);
    km_plan_clear(&p);
}

static void nothing_open_and_minutes_out_of_range_are_refused(void **state)
{
    (void)state;
    const km_target gone[] = { target_at("left:infraspinatus:1", 0) };
    km_plan p;
    assert_int_equal(plan_for(&p, gone, 1, 15, HOME, ALL_TOOLS, NULL), KM_ENOTFOUND);
    assert_int_equal(plan_for(&p, NULL, 0, 15, HOME, ALL_TOOLS, NULL), KM_ENOTFOUND);
    assert_int_equal(plan_for(&p, gone, 1, 0, HOME, ALL_TOOLS, NULL), KM_EINVAL);
    assert_int_equal(plan_for(&p, gone, 1, 241, HOME, ALL_TOOLS, NULL), KM_EINVAL);
}

static void a_region_means_the_muscles_that_lie_there(void **state)
{
    (void)state;
    const km_atlas *a = km_atlas_builtin();
    int16_t m[8];
    km_target t = target_at("left:calf", 5);
    size_t n = km_routine_muscles(m, 8, a, &t.place);
    assert_true(n >= 3);
    assert_string_equal(a->muscle[m[0]].code, "gastrocnemius");
    assert_string_equal(a->muscle[m[1]].code, "soleus");
    assert_int_equal(km_routine_muscles(m, 1, a, &t.place), 1);
    assert_int_equal(km_routine_muscles(m, 0, a, &t.place), 0);
}

static void every_region_means_some_muscle(void **state)
{
    (void)state;
    const km_atlas *a = km_atlas_builtin();
    for (int i = 0; i < a->n_region; i++) {
        int16_t m[4];
        const km_ref r = { KM_REF_REGION, i, -1, KM_SIDE_LEFT, false };
        assert_true(km_routine_muscles(m, 4, a, &r) > 0);
    }
}

static void pain_leads_to_the_muscle_that_sends_it(void **state)
{
    (void)state;
    km_target t = target_at("right:temple", 6);
    km_plan p;
    t.kind = KM_KIND_PAIN;
    assert_int_equal(plan_for(&p, &t, 1, 30, HOME, ALL_TOOLS, NULL), KM_OK);
    int key = work_on(&p, "upper_trapezius", PRESSURE);
    assert_true(key >= 0);
    assert_true(key < work_on(&p, "temporalis", PRESSURE));
    km_plan_clear(&p);
}

static void pressure_words_follow_their_bounds(void **state)
{
    (void)state;
    assert_string_equal(km_pressure_word(km_pressure_of(3)), "gentle");
    assert_string_equal(km_pressure_word(km_pressure_of(4)), "firm");
    assert_string_equal(km_pressure_word(km_pressure_of(5)), "firm");
    assert_string_equal(km_pressure_word(km_pressure_of(6)), "deep");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(no_plan_is_longer_than_asked),
        cmocka_unit_test(steps_use_owned_tools_and_wanted_techniques),
        cmocka_unit_test(pressure_is_never_above_seven_nor_on_unsafe_muscles),
        cmocka_unit_test(each_muscle_is_released_then_moved_then_stretched_and_keys_come_first),
        cmocka_unit_test(plans_are_the_same_every_time),
        cmocka_unit_test(the_order_of_targets_does_not_matter),
        cmocka_unit_test(proximal_comes_before_distal),
        cmocka_unit_test(the_key_muscle_comes_before_its_satellite_though_it_lies_further_out),
        cmocka_unit_test(the_short_antagonist_is_stretched_before_the_long_muscle),
        cmocka_unit_test(when_time_is_short_the_three_worst_spots_are_kept),
        cmocka_unit_test(a_mild_spot_waits_for_the_worst_though_it_lies_nearer_to_the_trunk),
        cmocka_unit_test(the_warm_up_is_of_the_part_or_of_the_whole_body),
        cmocka_unit_test(two_points_of_one_muscle_are_one_job_led_by_the_worse),
        cmocka_unit_test(a_place_without_a_side_is_worked_on_both_sides),
        cmocka_unit_test(two_knots_a_roller_and_ten_minutes_are_enough),
        cmocka_unit_test(nothing_open_and_minutes_out_of_range_are_refused),
        cmocka_unit_test(a_region_means_the_muscles_that_lie_there),
        cmocka_unit_test(every_region_means_some_muscle),
        cmocka_unit_test(pain_leads_to_the_muscle_that_sends_it),
        cmocka_unit_test(pressure_words_follow_their_bounds),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
