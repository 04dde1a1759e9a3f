/* Care: check-ins, the weekly plan, what is due, what helped, causes. */
#include "care_room.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "km_cmocka.h"

/* ---- check-ins ---- */

static void a_second_check_in_of_a_day_adds_to_the_first(void **state)
{
    (void)state;
    room r;
    km_checkin a = km_checkin_blank(), b = km_checkin_blank(), c;

    room_open(&r);
    a.sleep = 3;
    a.did = 1u << KM_HABIT_STRETCH;
    a.flex[a.n_flex++] = (km_flex){ "knee_to_wall", KM_SIDE_LEFT, 9 };
    ok(&r, km_app_checkin_put(&a, &r.mem, r.app, &r.err));
    b.stress = 5;
    b.did = 1u << KM_HABIT_SLEEP;
    b.flex[b.n_flex++] = (km_flex){ "knee_to_wall", KM_SIDE_LEFT, 11 };
    ok(&r, km_app_checkin_put(&b, &r.mem, r.app, &r.err));
    ok(&r, km_app_checkin_get(&c, &r.mem, r.app, km_day_of(2026, 11, 16), &r.err));
    assert_int_equal(c.sleep, 3);
    assert_int_equal(c.stress, 5);
    assert_int_equal(c.did, 1u << KM_HABIT_STRETCH | 1u << KM_HABIT_SLEEP);
    assert_int_equal(c.n_flex, 1);
    assert_true(c.flex[0].value == 11);
    room_close(&r);
}

static void a_new_day_starts_from_yesterday_without_what_was_done(void **state)
{
    (void)state;
    room r;
    km_checkin a = km_checkin_blank(), d;

    room_open(&r);
    a.sleep = 2;
    a.mood = 7;
    a.did = 1u << KM_HABIT_FOAM_ROLL;
    ok(&r, km_app_checkin_put(&a, &r.mem, r.app, &r.err));
    ok(&r, km_app_checkin_default(&d, &r.mem, r.app, km_day_of(2026, 11, 17), &r.err));
    assert_int_equal(d.sleep, 2);
    assert_int_equal(d.mood, 7);
    assert_int_equal(d.did, 0);
    assert_int_equal(d.id, 0);
    /* the day itself is no day before it */
    ok(&r, km_app_checkin_default(&d, &r.mem, r.app, km_day_of(2026, 11, 16), &r.err));
    assert_int_equal(d.sleep, -1);
    room_close(&r);
}

static void a_flexibility_test_must_exist_and_have_its_side(void **state)
{
    (void)state;
    room r;
    const km_flex bad[] = { { "nrs", KM_SIDE_MIDLINE, 5 },
                            { "touch_the_sky", KM_SIDE_LEFT, 5 },
                            { "knee_to_wall", KM_SIDE_MIDLINE, 5 },
                            { "sit_and_reach", KM_SIDE_LEFT, 5 } };

    room_open(&r);
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        km_checkin c = km_checkin_blank();
        c.flex[c.n_flex++] = bad[i];
        assert_int_equal(km_app_checkin_put(&c, &r.mem, r.app, &r.err), KM_EINVAL);
    }
    room_close(&r);
}

static void a_flexibility_change_is_judged_by_the_published_figure(void **state)
{
    (void)state;
    room r;
    km_flex_list l;
    const struct { const char *at; double knee, reach; } day[] = {
        { "2026-11-01T08:00:00Z", 8, 20 }, { "2026-11-10T08:00:00Z", 10.5, 30 }
    };

    room_open(&r);
    for (int i = 0; i < 2; i++) {
        km_checkin c = km_checkin_blank();
        now(day[i].at);
        c.flex[c.n_flex++] = (km_flex){ "knee_to_wall", KM_SIDE_LEFT, day[i].knee };
        c.flex[c.n_flex++] = (km_flex){ "sit_and_reach", KM_SIDE_MIDLINE, day[i].reach };
        ok(&r, km_app_checkin_put(&c, &r.mem, r.app, &r.err));
    }
    ok(&r, km_app_flexibility(&l, r.app, INT32_MIN, &r.err));
    assert_int_equal(l.n, 2);
    assert_string_equal(l.row[0].test.code, "knee_to_wall");
    assert_int_equal(l.row[0].verdict, KM_VERDICT_BETTER);
    /* no figure is published: the numbers stand alone */
    assert_int_equal(l.row[1].verdict, KM_VERDICT_TOO_FEW);
    assert_true(l.row[1].last == 30);
    km_flex_list_clear(&l);
    room_close(&r);
}

/* ---- plan ---- */

static void the_share_kept_counts_days_up_to_the_plan(void **state)
{
    (void)state;
    room r;
    km_week w[2];
    const km_week_plan plan = { .smr = 2, .stretch = 1, .strength = 1 };

    room_open(&r);
    ok(&r, km_app_plan_set(&plan, r.app, &r.err));
    /* two on one day are one day; three days are no more than the two wanted */
    treat(&r, "left:infraspinatus", KM_TECH_SMR, 5, 4, "2026-11-16T08:00:00Z");
    treat(&r, "left:infraspinatus", KM_TECH_COMPRESSION, 5, 4, "2026-11-16T09:00:00Z");
    treat(&r, "left:infraspinatus", KM_TECH_SMR, 5, 4, "2026-11-17T08:00:00Z");
    treat(&r, "left:infraspinatus", KM_TECH_SMR, 5, 4, "2026-11-18T08:00:00Z");
    treat(&r, "left:infraspinatus", KM_TECH_MASSAGE, 5, 4, "2026-11-19T08:00:00Z");
    treat(&r, "left:infraspinatus", KM_TECH_PIR, 5, 4, "2026-11-19T09:00:00Z");
    ok(&r, km_app_weeks(w, 2, r.app, &r.err));
    assert_int_equal(w[1].monday, km_day_of(2026, 11, 16));
    assert_int_equal(w[1].done[KM_CARE_SMR], 3);
    assert_int_equal(w[1].days[KM_CARE_SMR], 1 | 2 | 4);
    assert_int_equal(w[1].done[KM_CARE_STRETCH], 1);
    assert_int_equal(w[1].done[KM_CARE_STRENGTH], 0);
    assert_float_equal(w[1].kept, 0.75, 1e-9);
    assert_true(isnan(w[0].kept));
    room_close(&r);
}

static void a_plan_outside_0_to_14_is_refused(void **state)
{
    (void)state;
    room r;
    const km_week_plan plan = { .smr = 15 };

    room_open(&r);
    assert_int_equal(km_app_plan_set(&plan, r.app, &r.err), KM_EINVAL);
    room_close(&r);
}

/* ---- due ---- */

static void aftercare_is_asked_at_24_h_once_and_no_more_when_answered(void **state)
{
    (void)state;
    room r;
    km_aftercare a = { .hours = 24, .rating = 3, .energy = -1 };

    room_open(&r);
    a.treatment_id = treat(&r, "left:infraspinatus", KM_TECH_SMR, 6, 3, "2026-11-16T18:00:00Z");
    now("2026-11-17T17:59:00Z");
    assert_false(is_due(&r, KM_DUE_AFTERCARE));
    now("2026-11-17T18:00:00Z");
    assert_true(is_due(&r, KM_DUE_AFTERCARE));
    ok(&r, km_app_aftercare_put(&a, r.app, &r.err));
    assert_false(is_due(&r, KM_DUE_AFTERCARE));
    now("2026-11-18T18:00:00Z");
    assert_true(is_due(&r, KM_DUE_AFTERCARE));
    now("2026-11-20T18:00:00Z");
    assert_false(is_due(&r, KM_DUE_AFTERCARE));
    room_close(&r);
}

static void a_followed_routine_is_asked_about_once_by_its_worst_place(void **state)
{
    (void)state;
    room r;
    km_due_list l;
    int asked = 0;

    room_open(&r);
    /* the steps of one routine, as a screen records them */
    mark(&r, "left:infraspinatus", KM_KIND_KNOT, 6, KM_CAUSE_NONE, "2026-11-16T17:00:00Z");
    km_plan plan;
    int64_t routine = 0;
    ok(&r, km_app_routine(&plan, r.app, NULL, 0, true, 0x1f, 0, 15, &r.err));
    ok(&r, km_app_routine_save(&routine, r.app, &plan, "x", &r.err));
    km_plan_clear(&plan);
    const char *place[] = { "left:infraspinatus", "left:subscapularis" };
    for (int i = 0; i < 2; i++) {
        km_treatment t = km_treatment_blank();
        km_mark m = km_mark_blank();
        km_ref ref;
        ok(&r, km_atlas_resolve(&ref, km_app_atlas(r.app), place[i], 0, &r.err));
        ok(&r, km_app_mark_place(&m, r.app, &ref, false, &r.err));
        t.place = m.place;
        t.routine_id = routine;
        t.routine_step = i + 1;
        t.before = 3 + 2 * i;
        ok(&r, km_app_treatment_add(&t, r.app, &r.err));
    }
    now("2026-11-17T19:00:00Z");
    ok(&r, km_app_due(&l, r.app, &r.err));
    for (size_t i = 0; i < l.n; i++)
        asked += l.row[i].kind == KM_DUE_AFTERCARE;
    assert_int_equal(asked, 1);
    assert_string_equal(find_due(&l, KM_DUE_AFTERCARE)->place.muscle, "subscapularis");
    km_due_list_clear(&l);
    room_close(&r);
}

static void soreness_is_told_by_its_clock(void **state)
{
    (void)state;
    room r;
    km_soreness_list l;
    km_session s = km_session_blank();

    room_open(&r);
    s.started = (km_instant){ 1794852000, 0 }; /* 2026-11-16T18:00:00Z */
    s.goal = "hills";
    ok(&r, km_app_session_start(&s, r.app, &r.err));
    now("2026-11-16T19:00:00Z");
    ok(&r, km_app_session_end(&s, &r.mem, r.app, &r.err));
    mark(&r, "left:soleus", KM_KIND_SORENESS, 5, KM_CAUSE_TRAINING, "2026-11-17T19:00:00Z");
    now("2026-11-18T19:00:00Z");
    ok(&r, km_app_soreness(&l, r.app, &r.err));
    assert_int_equal(l.n, 1);
    assert_int_equal(l.row[0].session_id, s.id);
    assert_int_equal(l.row[0].hours, 48);
    assert_int_equal(l.row[0].days_left, 6);
    km_soreness_list_clear(&l);
    now("2026-11-24T19:00:00Z");
    assert_false(is_due(&r, KM_DUE_SORENESS));
    now("2026-11-25T19:00:00Z");
    assert_true(is_due(&r, KM_DUE_SORENESS));
    mark(&r, "left:soleus", KM_KIND_SORENESS, 0, KM_CAUSE_NONE, "2026-11-25T20:00:00Z");
    assert_false(is_due(&r, KM_DUE_SORENESS));
    room_close(&r);
}

static void a_knot_open_for_three_months_asks_for_a_clinician(void **state)
{
    (void)state;
    room r;

    room_open(&r);
    mark(&r, "left:infraspinatus", KM_KIND_KNOT, 5, KM_CAUSE_NONE, "2026-08-01T10:00:00Z");
    mark(&r, "left:infraspinatus", KM_KIND_KNOT, 4, KM_CAUSE_NONE, "2026-10-01T10:00:00Z");
    now("2026-10-31T10:00:00Z");
    assert_false(is_due(&r, KM_DUE_CLINICIAN)); /* 91 days, as everywhere else */
    now("2026-11-01T10:00:00Z");
    assert_true(is_due(&r, KM_DUE_CLINICIAN));
    room_close(&r);
}

static void a_place_that_comes_back_is_due_about_its_interval(void **state)
{
    (void)state;
    room r;
    const char *const open[] = { "2026-08-01T10:00:00Z", "2026-08-31T10:00:00Z",
                                 "2026-09-30T10:00:00Z" };
    const char *const gone[] = { "2026-08-05T10:00:00Z", "2026-09-04T10:00:00Z",
                                 "2026-10-04T10:00:00Z" };

    room_open(&r);
    for (int i = 0; i < 3; i++) {
        mark(&r, "left:infraspinatus", KM_KIND_KNOT, 5, KM_CAUSE_NONE, open[i]);
        mark(&r, "left:infraspinatus", KM_KIND_KNOT, 0, KM_CAUSE_NONE, gone[i]);
    }
    now("2026-10-20T10:00:00Z");
    assert_false(is_due(&r, KM_DUE_MAINTAIN));
    now("2026-10-28T10:00:00Z");
    assert_true(is_due(&r, KM_DUE_MAINTAIN));
    room_close(&r);
}

/* ---- helped ---- */

static void too_few_treatments_say_nothing(void **state)
{
    (void)state;
    room r;
    km_helped_list l;

    room_open(&r);
    for (int i = 0; i < 4; i++)
        treat(&r, "left:infraspinatus", KM_TECH_SMR, 6, 3, "2026-11-16T18:00:00Z");
    ok(&r, km_app_helped(&l, r.app, KM_HELPED_PAIN, KM_HELPED_TECHNIQUE, &r.err));
    assert_int_equal(l.n, 1);
    assert_int_equal(l.row[0].change.n, 4);
    assert_non_null(strstr(l.row[0].said, "Too little to say"));
    km_helped_list_clear(&l);
    room_close(&r);
}

static void techniques_are_compared_at_each_place(void **state)
{
    (void)state;
    room r;
    km_helped_list l;
    char at[40];

    room_open(&r);
    for (int i = 0; i < 6; i++) {
        snprintf(at, sizeof at, "2026-11-%02dT10:00:00Z", i + 1);
        treat(&r, "left:infraspinatus", KM_TECH_COMPRESSION, 6, 2, at);
        treat(&r, "left:infraspinatus", KM_TECH_SMR, 6, 5, at);
        treat(&r, "right:infraspinatus", KM_TECH_SMR, 6, 6, at);
    }
    ok(&r, km_app_helped(&l, r.app, KM_HELPED_PAIN, KM_HELPED_TECHNIQUE, &r.err));
    assert_int_equal(l.n, 3);
    assert_string_equal(l.row[0].what, "compression");
    assert_int_equal(l.row[0].place.side, KM_SIDE_LEFT);
    assert_true(l.row[0].change.median == -4);
    assert_non_null(strstr(l.row[0].said, "It did better here than SMR"));
    assert_int_equal(l.row[2].place.side, KM_SIDE_RIGHT);
    assert_null(strstr(l.row[2].said, "better here"));
    km_helped_list_clear(&l);
    room_close(&r);
}

static void an_effect_lasts_until_the_earlier_level_is_back(void **state)
{
    (void)state;
    room r;
    km_helped_list l;

    room_open(&r);
    treat(&r, "left:infraspinatus", KM_TECH_SMR, 6, 3, "2026-11-01T10:00:00Z");
    mark(&r, "left:infraspinatus", KM_KIND_KNOT, 4, KM_CAUSE_NONE, "2026-11-02T10:00:00Z");
    mark(&r, "left:infraspinatus", KM_KIND_KNOT, 6, KM_CAUSE_NONE, "2026-11-04T10:00:00Z");
    treat(&r, "left:infraspinatus", KM_TECH_SMR, 6, 2, "2026-11-05T10:00:00Z");
    ok(&r, km_app_helped(&l, r.app, KM_HELPED_PAIN, KM_HELPED_TECHNIQUE, &r.err));
    assert_int_equal(l.n, 1);
    assert_int_equal(l.row[0].lasted.n, 1);
    assert_float_equal(l.row[0].lasted.median, 3.0, 1e-9);
    assert_int_equal(l.row[0].holding, 1);
    km_helped_list_clear(&l);
    room_close(&r);
}

/* ---- causes ---- */

static void causes_rank_by_marks_then_by_days_open(void **state)
{
    (void)state;
    room r;
    km_cause_row row[KM_CAUSE_COUNT];
    size_t n = 0;

    room_open(&r);
    mark(&r, "left:infraspinatus", KM_KIND_KNOT, 5, KM_CAUSE_STRESS, "2026-11-01T10:00:00Z");
    mark(&r, "left:infraspinatus", KM_KIND_KNOT, 0, KM_CAUSE_NONE, "2026-11-11T10:00:00Z");
    mark(&r, "right:soleus", KM_KIND_KNOT, 5, KM_CAUSE_POSTURE, "2026-11-15T10:00:00Z");
    mark(&r, "left:soleus", KM_KIND_PAIN, 5, KM_CAUSE_INJURY, "2026-11-15T10:00:00Z");
    mark(&r, "left:soleus", KM_KIND_PAIN, 4, KM_CAUSE_INJURY, "2026-11-16T10:00:00Z");
    /* gone and back on one day was never gone */
    mark(&r, "left:soleus", KM_KIND_PAIN, 0, KM_CAUSE_NONE, "2026-11-16T11:00:00Z");
    mark(&r, "left:soleus", KM_KIND_PAIN, 3, KM_CAUSE_NONE, "2026-11-16T12:00:00Z");
    now("2026-11-16T18:00:00Z");
    ok(&r, km_app_causes(row, &n, r.app, &r.err));
    assert_int_equal(n, 3);
    assert_int_equal(row[0].cause, KM_CAUSE_INJURY);
    assert_int_equal(row[0].marks, 2);
    assert_int_equal(row[0].places, 1);
    assert_int_equal(row[0].days_open, 1);
    assert_int_equal(row[1].cause, KM_CAUSE_STRESS);
    assert_int_equal(row[1].days_open, 10);
    assert_int_equal(row[2].cause, KM_CAUSE_POSTURE);
    assert_int_equal(row[2].days_open, 1); /* as episodes and the list of what is open have it */
    assert_string_equal(km_app_atlas(r.app)->muscle[row[1].muscle[0]].code, "infraspinatus");
    room_close(&r);
}

int main(void)
{
    setenv("TZ", "UTC", 1);
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_second_check_in_of_a_day_adds_to_the_first),
        cmocka_unit_test(a_new_day_starts_from_yesterday_without_what_was_done),
        cmocka_unit_test(a_flexibility_test_must_exist_and_have_its_side),
        cmocka_unit_test(a_flexibility_change_is_judged_by_the_published_figure),
        cmocka_unit_test(the_share_kept_counts_days_up_to_the_plan),
        cmocka_unit_test(a_plan_outside_0_to_14_is_refused),
        cmocka_unit_test(aftercare_is_asked_at_24_h_once_and_no_more_when_answered),
        cmocka_unit_test(a_followed_routine_is_asked_about_once_by_its_worst_place),
        cmocka_unit_test(soreness_is_told_by_its_clock),
        cmocka_unit_test(a_knot_open_for_three_months_asks_for_a_clinician),
        cmocka_unit_test(a_place_that_comes_back_is_due_about_its_interval),
        cmocka_unit_test(too_few_treatments_say_nothing),
        cmocka_unit_test(techniques_are_compared_at_each_place),
        cmocka_unit_test(an_effect_lasts_until_the_earlier_level_is_back),
        cmocka_unit_test(causes_rank_by_marks_then_by_days_open),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
