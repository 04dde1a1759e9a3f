/** The joint answer: fewest points, all places, keys first, and the next best set. */
#include "referral_case.h"

static const km_atlas *atlas(void)
{
    return km_atlas_builtin();
}

static uint32_t covered(const km_cover *c)
{
    uint32_t all = 0;
    for (int i = 0; i < c->n; i++)
        all |= c->step[i].explains;
    return all;
}

static int step_of(const km_cover *c, const char *muscle)
{
    for (int i = 0; i < c->n; i++) {
        if (atlas()->point[c->step[i].point].muscle == km_atlas_muscle(atlas(), muscle))
            return i;
    }
    return -1;
}

static bool same_set(const km_cover *a, const km_cover *b)
{
    int same = 0;
    for (int i = 0; i < a->n; i++) {
        for (int k = 0; k < b->n; k++)
            same += a->step[i].point == b->step[k].point && a->step[i].side == b->step[k].side;
    }
    return a->n == b->n && same == a->n;
}

static void one_point_explains_a_sciatic_pattern_alone(void **state)
{
    (void)state;
    question q;
    km_cover best, other;
    ask(&q, atlas(), "left:buttock_lower left:thigh_back left:calf");
    assert_int_equal(km_referral_explain(&best, &other, atlas(), &q.s, NULL), KM_OK);
    assert_int_equal(best.n, 1);
    assert_int_equal(step_of(&best, "gluteus_minimus"), 0);
    assert_int_equal(best.unexplained, 0);
    assert_int_equal(other.n, 1);
    assert_false(same_set(&best, &other));
    assert_true(other.score <= best.score);
}

static void far_apart_pains_need_one_point_each(void **state)
{
    (void)state;
    question q;
    km_cover best;
    ask(&q, atlas(), "right:temple left:heel");
    assert_int_equal(km_referral_explain(&best, NULL, atlas(), &q.s, NULL), KM_OK);
    assert_int_equal(best.n, 2);
    assert_int_equal(covered(&best), 3);
}

/* A region no row reaches, in a copy of the atlas with one region more. */
static void a_place_nothing_reaches_stays_unexplained(void **state)
{
    (void)state;
    km_atlas a = *atlas();
    km_region *regions = malloc(((size_t)a.n_region + 1) * sizeof *regions);
    memcpy(regions, a.region, (size_t)a.n_region * sizeof *regions);
    regions[a.n_region] = regions[0];
    a.region = regions;
    a.n_region++;
    km_complaint c[2] = { { KM_REF_REGION, a.n_region - 1, -1, KM_SIDE_LEFT, false },
                          { KM_REF_REGION, km_atlas_region(atlas(), "heel"), -1, KM_SIDE_LEFT,
                            false } };
    km_search s = { c, 2, NULL, 0 };
    km_cover best, other;
    assert_int_equal(km_referral_explain(&best, &other, &a, &s, NULL), KM_OK);
    assert_int_equal(best.n, 1);
    assert_int_equal(best.unexplained, 1);
    s.n_complaint = 1;
    assert_int_equal(km_referral_explain(&best, &other, &a, &s, NULL), KM_OK);
    assert_int_equal(best.n, 0);
    assert_int_equal(other.n, 0);
    assert_int_equal(best.unexplained, 1);
    free(regions);
}

static void history_decides_between_covers_of_one_size(void **state)
{
    (void)state;
    question q;
    km_cover best, other;
    ask(&q, atlas(), "left:buttock_lower left:thigh_back left:calf");
    km_history h = { .point = (int16_t)point_of(atlas(), "semitendinosus", 1),
                     .side = KM_SIDE_LEFT, .days_ago = -1, .tested = 1 };
    q.s.history = &h;
    q.s.n_history = 1;
    km_referral_explain(&best, &other, atlas(), &q.s, NULL);
    assert_int_equal(step_of(&best, "semitendinosus"), 0);
    assert_int_equal(best.n, 1);
}

/*
 * An atlas of three muscles whose points each explain one region, so that a cover needs all
 * three, with the satellites given.
 */
typedef struct small {
    km_region region[3];
    km_muscle muscle[3];
    km_point point[3];
    km_referral referral[3];
    km_satellite satellite[3];
    km_atlas a;
} small;

static void make_small(small *s, const int links[][2], int n_links)
{
    static const char *const code[] = { "a", "b", "c" };
    *s = (small){ 0 };
    for (int i = 0; i < 3; i++) {
        s->region[i] = (km_region){ .code = code[i], .name = code[i], .area = "arm" };
        /* c is commonest, a least: without links the order is c, b, a */
        s->muscle[i] = (km_muscle){ .code = code[i], .name = code[i], .commonness = (uint8_t)(i + 1),
                                    .first_point = (int16_t)i, .n_point = 1, .group = -1 };
        s->point[i] = (km_point){ .muscle = (int16_t)i, .tp = 1, .site = (int16_t)i,
                                  .first_referral = (int16_t)i, .n_referral = 1 };
        s->referral[i] = (km_referral){ .point = (int16_t)i, .region = (int16_t)i,
                                        .kind = KM_ZONE_ESSENTIAL, .weight = 3, .source = "x" };
    }
    for (int i = 0; i < n_links; i++)
        s->satellite[i] = (km_satellite){ (int16_t)links[i][0], (int16_t)links[i][1], "x" };
    s->a = (km_atlas){ .region = s->region, .n_region = 3, .muscle = s->muscle, .n_muscle = 3,
                       .point = s->point, .n_point = 3, .referral = s->referral, .n_referral = 3,
                       .satellite = s->satellite, .n_satellite = n_links };
}

static void assert_order(const small *s, const char *wanted)
{
    km_complaint c[3];
    for (int i = 0; i < 3; i++)
        c[i] = (km_complaint){ KM_REF_REGION, i, -1, KM_SIDE_RIGHT, false };
    km_search q = { c, 3, NULL, 0 };
    km_cover best, other;
    assert_int_equal(km_referral_explain(&best, &other, &s->a, &q, NULL), KM_OK);
    assert_int_equal(best.n, 3);
    assert_int_equal(other.n, 0); /* every point is needed */
    char got[4] = "";
    for (int i = 0; i < 3; i++)
        got[i] = s->muscle[s->point[best.step[i].point].muscle].code[0];
    assert_string_equal(got, wanted);
}

static void keys_come_before_their_satellites(void **state)
{
    (void)state;
    small s;
    make_small(&s, NULL, 0);
    assert_order(&s, "cba");
    make_small(&s, (const int[][2]){ { 0, 2 } }, 1);
    assert_order(&s, "bac");
    make_small(&s, (const int[][2]){ { 0, 1 }, { 1, 2 } }, 2);
    assert_order(&s, "abc");
}

static void in_a_cycle_the_likelier_comes_first(void **state)
{
    (void)state;
    small s;
    make_small(&s, (const int[][2]){ { 0, 1 }, { 1, 0 } }, 2);
    assert_order(&s, "cba");
    make_small(&s, (const int[][2]){ { 0, 1 }, { 1, 0 }, { 0, 2 } }, 3);
    assert_order(&s, "bac");
}

static void an_alternative_never_just_adds_to_the_best(void **state)
{
    (void)state;
    question q;
    km_cover best, other;
    ask(&q, atlas(), "left:heel left:arch left:calf right:temple right:jaw left:thumb "
                     "left:elbow_outer right:low_back sternum left:groin right:eye left:shin");
    assert_int_equal(km_referral_explain(&best, &other, atlas(), &q.s, NULL), KM_OK);
    assert_int_equal(covered(&best), 0xFFF);
    assert_int_equal(covered(&other), 0xFFF);
    assert_true(other.n >= best.n);
    int kept = 0;
    for (int i = 0; i < best.n; i++) {
        for (int k = 0; k < other.n; k++)
            kept += best.step[i].point == other.step[k].point &&
                    best.step[i].side == other.step[k].side;
    }
    assert_true(kept < best.n);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(one_point_explains_a_sciatic_pattern_alone),
        cmocka_unit_test(far_apart_pains_need_one_point_each),
        cmocka_unit_test(a_place_nothing_reaches_stays_unexplained),
        cmocka_unit_test(history_decides_between_covers_of_one_size),
        cmocka_unit_test(keys_come_before_their_satellites),
        cmocka_unit_test(in_a_cycle_the_likelier_comes_first),
        cmocka_unit_test(an_alternative_never_just_adds_to_the_best),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
