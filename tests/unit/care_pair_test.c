/* Marks held against a flexibility test, stiffness and tension over time, strength afterwards. */
#include "care_room.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "km_cmocka.h"
#include "knotmap/history.h"

static void hold_against(room *r, int64_t id, const char *test, km_side side)
{
    km_mark m;

    ok(r, km_app_mark_get(&m, &r->mem, r->app, id, &r->err));
    m.test = test;
    m.test_side = side;
    ok(r, km_app_mark_edit(&m, r->app, &r->err));
}

static void measure(room *r, const char *test, km_side side, double value, const char *at)
{
    km_checkin c = km_checkin_blank();

    now(at);
    c.flex[c.n_flex++] = (km_flex){ test, side, value };
    ok(r, km_app_checkin_put(&c, &r->mem, r->app, &r->err));
}

/* ---- the mark's test ---- */

static void a_test_takes_the_side_of_the_mark(void **state)
{
    (void)state;
    room r;
    km_mark m;

    room_open(&r);
    mark(&r, "right:soleus:1", KM_KIND_KNOT, 5, KM_CAUSE_NONE, "2026-11-16T08:00:00Z");
    hold_against(&r, 1, "knee_to_wall", KM_SIDE_MIDLINE);
    ok(&r, km_app_mark_get(&m, &r.mem, r.app, 1, &r.err));
    assert_string_equal(m.test, "knee_to_wall");
    assert_int_equal(m.test_side, KM_SIDE_RIGHT);
    hold_against(&r, 1, "knee_to_wall", KM_SIDE_LEFT);
    ok(&r, km_app_mark_get(&m, &r.mem, r.app, 1, &r.err));
    assert_int_equal(m.test_side, KM_SIDE_LEFT);
    hold_against(&r, 1, NULL, KM_SIDE_MIDLINE);
    ok(&r, km_app_mark_get(&m, &r.mem, r.app, 1, &r.err));
    assert_null(m.test);
    room_close(&r);
}

static void a_test_that_is_none_or_has_a_wrong_side_is_refused(void **state)
{
    (void)state;
    room r;
    km_mark m;

    room_open(&r);
    mark(&r, "sternum", KM_KIND_KNOT, 5, KM_CAUSE_NONE, "2026-11-16T08:00:00Z");
    ok(&r, km_app_mark_get(&m, &r.mem, r.app, 1, &r.err));
    m.test = "ppt";
    assert_int_equal(km_app_mark_edit(&m, r.app, &r.err), KM_EINVAL);
    m.test = "knee_to_wall"; /* the sternum has no side to lend */
    assert_int_equal(km_app_mark_edit(&m, r.app, &r.err), KM_EINVAL);
    assert_non_null(strstr(r.err.text, "say which side"));
    m.test = "sit_and_reach";
    m.test_side = KM_SIDE_LEFT;
    assert_int_equal(km_app_mark_edit(&m, r.app, &r.err), KM_EINVAL);
    m.test_side = KM_SIDE_MIDLINE;
    ok(&r, km_app_mark_edit(&m, r.app, &r.err));
    room_close(&r);
}

/* ---- pairs ---- */

static void a_pair_shows_both_courses_and_their_days(void **state)
{
    (void)state;
    room r;
    km_paired_list l;
    char at[32];

    room_open(&r);
    for (int d = 1; d <= 5; d++) {
        snprintf(at, sizeof at, "2026-10-0%dT08:00:00Z", d);
        mark(&r, "left:soleus:1", KM_KIND_KNOT, 6, KM_CAUSE_NONE, at);
        snprintf(at, sizeof at, "2026-10-2%dT08:00:00Z", d);
        mark(&r, "left:soleus:1", KM_KIND_KNOT, 3, KM_CAUSE_NONE, at);
    }
    mark(&r, "left:soleus", KM_KIND_KNOT, 9, KM_CAUSE_NONE, "2026-10-26T08:00:00Z");
    hold_against(&r, 1, "knee_to_wall", KM_SIDE_MIDLINE);
    hold_against(&r, 3, "knee_to_wall", KM_SIDE_MIDLINE); /* the same pair again */
    measure(&r, "knee_to_wall", KM_SIDE_LEFT, 8, "2026-10-01T07:00:00Z");
    measure(&r, "knee_to_wall", KM_SIDE_LEFT, 9, "2026-10-12T07:00:00Z");
    measure(&r, "knee_to_wall", KM_SIDE_LEFT, 11, "2026-10-25T07:00:00Z");
    measure(&r, "knee_to_wall", KM_SIDE_RIGHT, 4, "2026-10-26T07:00:00Z");

    ok(&r, km_app_paired(&l, r.app, INT32_MIN, &r.err));
    assert_int_equal(l.n, 1);
    const km_paired *p = &l.row[0];
    assert_string_equal(p->place.muscle, "soleus");
    assert_int_equal(p->n_rating, 10);
    assert_int_equal(p->n_test, 3);
    assert_int_equal(p->n_both, 2);
    assert_float_equal(p->rating.first, 6, 1e-9);
    assert_float_equal(p->rating.last, 3, 1e-9);
    assert_int_equal(p->rating.last_day, km_day_of(2026, 10, 25));
    assert_int_equal(p->judge.verdict, KM_VERDICT_BETTER);
    assert_int_equal(p->judge.size, KM_SIZE_CLEAR);
    assert_float_equal(p->value.first, 8, 1e-9);
    assert_float_equal(p->value.last, 11, 1e-9);
    assert_int_equal(p->verdict, KM_VERDICT_BETTER);
    km_paired_list_clear(&l);

    ok(&r, km_app_paired(&l, r.app, km_day_of(2026, 10, 20), &r.err));
    assert_int_equal(l.row[0].n_rating, 5);
    assert_int_equal(l.row[0].n_test, 1);
    assert_int_equal(l.row[0].verdict, KM_VERDICT_TOO_FEW);
    assert_int_equal(l.row[0].judge.verdict, KM_VERDICT_TOO_FEW);
    km_paired_list_clear(&l);
    room_close(&r);
}

static void a_test_without_a_figure_gets_no_verdict(void **state)
{
    (void)state;
    room r;
    km_paired_list l;

    room_open(&r);
    mark(&r, "right:infraspinatus:1", KM_KIND_KNOT, 6, KM_CAUSE_NONE, "2026-11-01T08:00:00Z");
    hold_against(&r, 1, "shoulder_reach", KM_SIDE_MIDLINE);
    measure(&r, "shoulder_reach", KM_SIDE_RIGHT, -5, "2026-11-01T07:00:00Z");
    measure(&r, "shoulder_reach", KM_SIDE_RIGHT, 5, "2026-11-12T07:00:00Z");
    ok(&r, km_app_paired(&l, r.app, INT32_MIN, &r.err));
    assert_int_equal(l.n, 1);
    assert_true(isnan(l.row[0].test.no_change_under));
    assert_int_equal(l.row[0].verdict, KM_VERDICT_TOO_FEW);
    assert_float_equal(l.row[0].value.last, 5, 1e-9);
    km_paired_list_clear(&l);
    room_close(&r);
}

static void another_clients_marks_make_no_pair(void **state)
{
    (void)state;
    room r;
    km_client c = km_client_blank();
    km_paired_list l;

    room_open(&r);
    mark(&r, "left:soleus:1", KM_KIND_KNOT, 6, KM_CAUSE_NONE, "2026-11-01T08:00:00Z");
    hold_against(&r, 1, "knee_to_wall", KM_SIDE_MIDLINE);
    c.name = "Ada";
    ok(&r, km_app_client_add(&c, r.app, &r.err));
    ok(&r, km_app_client_choose(r.app, "Ada", &r.err));
    ok(&r, km_app_paired(&l, r.app, INT32_MIN, &r.err));
    assert_int_equal(l.n, 0);
    km_paired_list_clear(&l);
    room_close(&r);
}

/* ---- stiffness and tension ---- */

static void ease(room *r, const char *place, int before, int after, const char *at)
{
    const km_treatment_more more = { .treatment_id = treat(r, place, KM_TECH_SMR, 5, 3, at),
                                     .stiffness_before = before, .stiffness_after = after,
                                     .tension_before = -1, .tension_after = 2 };
    ok(r, km_app_treatment_more(&more, r->app, &r->err));
}

static void stiffness_is_held_against_its_like_by_place_and_day(void **state)
{
    (void)state;
    room r;
    km_measured_list l;
    km_trend_ask ask = km_trend_ask_all();
    km_ref place;

    room_open(&r);
    ease(&r, "left:soleus", 7, 4, "2026-11-01T08:00:00Z");
    ease(&r, "left:soleus", 5, -1, "2026-11-01T20:00:00Z");
    ease(&r, "left:soleus", 3, 2, "2026-11-08T08:00:00Z");
    ease(&r, "right:soleus", 1, 1, "2026-11-08T09:00:00Z");
    ok(&r, km_app_measured(&l, r.app, "stiffness", &ask, &r.err));
    assert_false(l.judged);
    assert_int_equal(l.n, 6);
    assert_string_equal(l.row[0].moment, "before");
    assert_int_equal(l.row[0].n, 2);
    assert_float_equal(l.row[0].mean, 6, 1e-9);
    assert_float_equal(l.row[0].max, 7, 1e-9);
    assert_true(isnan(l.row[0].change));
    assert_float_equal(l.row[1].change, -3, 1e-9);
    assert_float_equal(l.row[1].since_first, -3, 1e-9);
    assert_int_equal(l.row[1].verdict, KM_VERDICT_TOO_FEW);
    assert_string_equal(l.row[2].moment, "after");
    assert_int_equal(l.row[2].n, 1);
    assert_float_equal(l.row[3].change, -2, 1e-9);
    assert_int_equal(l.row[4].side, KM_SIDE_RIGHT);
    km_measured_list_clear(&l);

    ok(&r, km_atlas_resolve(&place, km_app_atlas(r.app), "right:soleus", 0, &r.err));
    ask.place = &place;
    ask.n_place = 1;
    ok(&r, km_app_measured(&l, r.app, "stiffness", &ask, &r.err));
    assert_int_equal(l.n, 2);
    km_measured_list_clear(&l);
    ok(&r, km_app_measured(&l, r.app, "tension", &ask, &r.err));
    assert_int_equal(l.n, 1);
    assert_string_equal(l.row[0].moment, "after");
    km_measured_list_clear(&l);
    room_close(&r);
}

/* ---- strength ---- */

static void strength_is_kept_beside_energy(void **state)
{
    (void)state;
    room r;
    km_course_list l;
    km_mark_filter f = km_mark_filter_all();
    km_aftercare a = { .hours = 24, .rating = -1, .energy = -1, .strength = KM_AFTER_WEAKER };

    room_open(&r);
    a.treatment_id = treat(&r, "left:soleus", KM_TECH_SMR, 5, 3, "2026-11-16T18:00:00Z");
    ok(&r, km_app_aftercare_put(&a, r.app, &r.err));
    a.strength = KM_AFTER_STRONGER;
    a.energy = 7;
    ok(&r, km_app_aftercare_put(&a, r.app, &r.err));
    ok(&r, km_app_courses(&l, r.app, &f, &r.err));
    assert_int_equal(l.row[0].after[0].strength, KM_AFTER_STRONGER);
    assert_int_equal(l.row[0].after[0].energy, 7);
    assert_int_equal(l.row[0].after[1].strength, KM_AFTER_STRENGTH_NONE);
    km_course_list_clear(&l);
    a.strength = KM_AFTER_STRENGTH_COUNT;
    assert_int_equal(km_app_aftercare_put(&a, r.app, &r.err), KM_EINVAL);
    room_close(&r);
}

int main(void)
{
    setenv("TZ", "UTC", 1);
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_test_takes_the_side_of_the_mark),
        cmocka_unit_test(a_test_that_is_none_or_has_a_wrong_side_is_refused),
        cmocka_unit_test(a_pair_shows_both_courses_and_their_days),
        cmocka_unit_test(a_test_without_a_figure_gets_no_verdict),
        cmocka_unit_test(another_clients_marks_make_no_pair),
        cmocka_unit_test(stiffness_is_held_against_its_like_by_place_and_day),
        cmocka_unit_test(strength_is_kept_beside_energy),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
