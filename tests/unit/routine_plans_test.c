/*
 * Whole plans against pictures in tests/data/routine. KM_RENEW=1 writes the pictures anew; a
 * person reads the difference.
 */
#include "km_cmocka.h"

#include <stdio.h>
#include <time.h>

#include "plan_case.h"

/* Sanitizers cost time that the promise of 5 ms does not include. */
#if defined(__SANITIZE_ADDRESS__)
#define SLOWER 6
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define SLOWER 6
#endif
#endif
#ifndef SLOWER
#define SLOWER 1
#endif

static void compare(const char *name, const km_plan *p)
{
    char path[512], want[16384];
    km_buf got = { 0 };
    plan_print(&got, p);
    snprintf(path, sizeof path, "%s/tests/data/routine/%s.txt", KM_SOURCE_DIR, name);
    if (getenv("KM_RENEW")) {
        FILE *f = fopen(path, "w");
        assert_non_null(f);
        fputs(km_buf_str(&got), f);
        fclose(f);
    }
    FILE *f = fopen(path, "r");
    assert_non_null(f);
    size_t n = fread(want, 1, sizeof want - 1, f);
    fclose(f);
    want[n] = '\0';
    assert_string_equal(km_buf_str(&got), want);
    km_buf_clear(&got);
}

static void desk_worker_with_quarter_of_an_hour(void **state)
{
    (void)state;
    km_target t[] = { target_at("left:infraspinatus:2", 6), target_at("right:upper_trapezius:1", 4),
                      target_at("right:temple", 3) };
    km_plan p;
    t[2].kind = KM_KIND_PAIN;
    assert_int_equal(plan_for(&p, t, 3, 15, HOME,
                              1u << KM_TOOL_HANDS | 1u << KM_TOOL_BALL, NULL), KM_OK);
    compare("desk-15", &p);
    km_plan_clear(&p);
}

static void runner_with_a_roller_and_ten_minutes(void **state)
{
    (void)state;
    km_target t[] = { target_at("left:gastrocnemius:1", 6),
                      target_at("right:vastus_lateralis:1", 5),
                      target_at("right:calf", 4) };
    km_plan p;
    t[2].kind = KM_KIND_SORENESS;
    assert_int_equal(plan_for(&p, t, 3, 10, HOME, 1u << KM_TOOL_ROLLER, NULL), KM_OK);
    compare("runner-10", &p);
    km_plan_clear(&p);
}

static void chronic_neck_on_blood_thinners(void **state)
{
    (void)state;
    const km_target t[] = { target_at("right:sternocleidomastoid_clavicular:1", 6),
                            target_at("right:scalenes", 5),
                            target_at("right:levator_scapulae:1", 5) };
    km_plan p;
    assert_int_equal(plan_for(&p, t, 3, 30, HOME | 1u << KM_TECH_MASSAGE, ALL_TOOLS,
                              "anticoagulants"), KM_OK);
    compare("neck-30", &p);
    km_plan_clear(&p);
}

static void a_plan_of_everything_takes_less_than_five_milliseconds(void **state)
{
    (void)state;
    const km_atlas *a = km_atlas_builtin();
    static km_target t[274];
    double best = 1e9;
    for (int m = 0; m < a->n_muscle; m++) {
        for (int side = 0; side < 2; side++)
            t[2 * m + side] = (km_target){
                .place = { KM_REF_MUSCLE, m, -1, side ? KM_SIDE_RIGHT : KM_SIDE_LEFT, false },
                .intensity = 1 + m % 10, .kind = KM_KIND_KNOT, .age_hours = -1 };
    }
    for (int i = 0; i < 5; i++) {
        struct timespec from, to;
        km_plan p;
        clock_gettime(CLOCK_MONOTONIC, &from);
        assert_int_equal(plan_for(&p, t, 12, 15, HOME, ALL_TOOLS, "osteoporosis"), KM_OK);
        clock_gettime(CLOCK_MONOTONIC, &to);
        km_plan_clear(&p);
        double ms = (double)(to.tv_sec - from.tv_sec) * 1e3 +
                    (double)(to.tv_nsec - from.tv_nsec) / 1e6;
        best = ms < best ? ms : best;
        assert_int_equal(plan_for(&p, t, 274, 240, HOME, ALL_TOOLS, NULL), KM_OK);
        km_plan_clear(&p);
    }
    print_message("twelve places in %.2f ms\n", best);
    assert_true(best < 5.0 * SLOWER);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(desk_worker_with_quarter_of_an_hour),
        cmocka_unit_test(runner_with_a_roller_and_ten_minutes),
        cmocka_unit_test(chronic_neck_on_blood_thinners),
        cmocka_unit_test(a_plan_of_everything_takes_less_than_five_milliseconds),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
