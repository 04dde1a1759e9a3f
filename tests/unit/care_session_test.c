/* Care: sessions, saved routines, the change log and erasure, problem scores. */
#include "care_room.h"

#include <stdlib.h>
#include <string.h>

#include "km_cmocka.h"

/* ---- sessions ---- */

static void a_recovery_session_ends_only_after_its_three_pages(void **state)
{
    (void)state;
    room r;
    km_session s = km_session_blank(), out;
    uint32_t missing = 0;
    km_checkin c = km_checkin_blank();

    room_open(&r);
    s.kind = KM_SESSION_RECOVERY;
    ok(&r, km_app_session_start(&s, r.app, &r.err));
    assert_int_equal(km_app_session_end(&out, &r.mem, r.app, &r.err), KM_EINVAL);
    mark(&r, "left:infraspinatus", KM_KIND_KNOT, 5, KM_CAUSE_NONE, "2026-11-16T18:05:00Z");
    c.flex[c.n_flex++] = (km_flex){ "knee_to_wall", KM_SIDE_LEFT, 9 };
    ok(&r, km_app_checkin_put(&c, &r.mem, r.app, &r.err));
    ok(&r, km_app_session_missing(&missing, r.app, s.id, &r.err));
    assert_int_equal(missing, 1u << KM_PAGE_SORENESS);
    assert_int_equal(km_app_session_end(&out, &r.mem, r.app, &r.err), KM_EINVAL);
    assert_non_null(strstr(r.err.text, "soreness"));
    ok(&r, km_app_session_check(r.app, KM_PAGE_SORENESS, true, &r.err));
    ok(&r, km_app_session_end(&out, &r.mem, r.app, &r.err));
    room_close(&r);
}

static void a_flexibility_value_from_before_the_session_does_not_count(void **state)
{
    (void)state;
    room r;
    km_session s = km_session_blank();
    km_checkin c = km_checkin_blank();
    uint32_t missing = 0;

    room_open(&r);
    now("2026-11-16T08:00:00Z");
    c.flex[c.n_flex++] = (km_flex){ "knee_to_wall", KM_SIDE_LEFT, 9 };
    ok(&r, km_app_checkin_put(&c, &r.mem, r.app, &r.err));
    now("2026-11-16T18:00:00Z");
    s.kind = KM_SESSION_RECOVERY;
    ok(&r, km_app_session_start(&s, r.app, &r.err));
    ok(&r, km_app_session_missing(&missing, r.app, s.id, &r.err));
    assert_int_equal(missing, 7);
    room_close(&r);
}

static void a_signed_session_keeps_its_words_and_takes_amendments(void **state)
{
    (void)state;
    room r;
    km_session s = km_session_blank(), out;
    km_amendment_list l;

    room_open(&r);
    s.kind = KM_SESSION_TREATMENT;
    s.plan = "once a week";
    ok(&r, km_app_session_start(&s, r.app, &r.err));
    assert_int_equal(km_app_session_sign(r.app, s.id, "R. Hale", &r.err), KM_EINVAL);
    ok(&r, km_app_session_end(&out, &r.mem, r.app, &r.err));
    assert_int_equal(km_app_session_sign(r.app, s.id, NULL, &r.err), KM_EINVAL);
    ok(&r, km_app_session_sign(r.app, s.id, "R. Hale", &r.err));
    ok(&r, km_app_session_get(&out, &r.mem, r.app, s.id, &r.err));
    assert_string_equal(out.more.practitioner, "R. Hale");
    assert_true(out.more.is_signed);
    out.more.feel_before = 3;
    assert_int_equal(km_app_session_edit(&out, r.app, &r.err), KM_EINVAL);
    out.more.feel_before = -1;
    out.plan = "twice a week";
    ok(&r, km_app_session_edit(&out, r.app, &r.err));
    ok(&r, km_app_session_get(&out, &r.mem, r.app, s.id, &r.err));
    assert_string_equal(out.plan, "once a week");
    ok(&r, km_app_amendments(&l, r.app, s.id, &r.err));
    assert_int_equal(l.n, 1);
    assert_string_equal(l.row[0].field, "plan");
    assert_string_equal(l.row[0].text, "twice a week");
    km_amendment_list_clear(&l);
    room_close(&r);
}

/* ---- routines ---- */

static void a_step_with_a_caution_is_made_softer_never_harder(void **state)
{
    (void)state;
    room r;
    km_plan plan;
    int64_t id = 0;
    int step = 0, pressure = 0;
    km_ref ref;

    room_open(&r);
    ok(&r, km_atlas_resolve(&ref, km_app_atlas(r.app), "right:upper_trapezius", 0, &r.err));
    ok(&r, km_app_routine(&plan, r.app, &ref, 1, false, 0x1f, 0, 15, &r.err));
    for (size_t i = 0; i < plan.n && step == 0; i++) {
        if (plan.step[i].pressure > 1 && plan.step[i].pressure < 7 && *plan.step[i].caution) {
            step = (int)i + 1;
            pressure = plan.step[i].pressure;
        }
    }
    assert_true(step > 0);
    ok(&r, km_app_routine_save(&id, r.app, &plan, "neck", &r.err));
    km_plan_clear(&plan);
    km_routine_edit e = { .step = step, .seconds = -1, .sets = -1, .pressure = pressure + 1 };
    assert_int_equal(km_app_routine_edit(r.app, id, &e, &r.err), KM_EINVAL);
    e.pressure = pressure - 1;
    ok(&r, km_app_routine_edit(r.app, id, &e, &r.err));
    km_saved_routine saved;
    ok(&r, km_app_routine_get(&saved, r.app, id, &r.err));
    assert_int_equal(saved.step[step - 1].pressure, pressure - 1);
    km_saved_routine_clear(&saved);
    room_close(&r);
}

static void steps_move_and_drop_and_are_numbered_anew(void **state)
{
    (void)state;
    room r;
    km_plan plan;
    km_saved_routine a, b;
    km_ref ref;
    int64_t id = 0;

    room_open(&r);
    ok(&r, km_atlas_resolve(&ref, km_app_atlas(r.app), "left:infraspinatus", 0, &r.err));
    ok(&r, km_app_routine(&plan, r.app, &ref, 1, false, 0x1f, 0, 15, &r.err));
    assert_true(plan.n >= 3);
    ok(&r, km_app_routine_save(&id, r.app, &plan, "x", &r.err));
    km_plan_clear(&plan);
    ok(&r, km_app_routine_get(&a, r.app, id, &r.err));
    const km_routine_edit move = { .step = 1, .move_to = 3, .seconds = -1, .sets = -1,
                                   .pressure = -1 };
    const km_routine_edit drop = { .step = 1, .drop = true, .seconds = -1, .sets = -1,
                                   .pressure = -1 };
    ok(&r, km_app_routine_edit(r.app, id, &move, &r.err));
    ok(&r, km_app_routine_edit(r.app, id, &drop, &r.err));
    ok(&r, km_app_routine_get(&b, r.app, id, &r.err));
    assert_int_equal(b.n, a.n - 1);
    assert_string_equal(b.step[0].action, a.step[2].action);
    assert_string_equal(b.step[1].action, a.step[0].action);
    for (size_t i = 0; i < b.n; i++)
        assert_int_equal(b.step[i].step, i + 1);
    km_saved_routine_clear(&a);
    km_saved_routine_clear(&b);
    room_close(&r);
}

/* ---- the log ---- */

/* One of each new kind of write. */
static void write_everything(room *r)
{
    const km_week_plan plan = { .smr = 3, .stretch = 3, .strength = 3 };
    km_goal g = km_goal_blank();
    km_problem p = { .week = km_day_of(2026, 11, 18), .area = "knee_front", .volume = 2 };
    km_session s = km_session_blank(), out;
    km_treatment_more more = { .stiffness_before = 5, .stiffness_after = 2, .tension_before = -1,
                               .tension_after = -1, .stopped = KM_STOP_NUMB };
    km_aftercare a = { .hours = 48, .rating = 2, .energy = 6, .strength = KM_AFTER_STRONGER,
                       .note = "easy" };
    km_mark m;

    ok(r, km_app_plan_set(&plan, r->app, &r->err));
    g.name = "run";
    ok(r, km_app_goal_add(&g, r->app, &r->err));
    g.done = true;
    ok(r, km_app_goal_edit(&g, r->app, &r->err));
    ok(r, km_app_problem_put(&p, r->app, &r->err));
    p.volume = 3;
    ok(r, km_app_problem_put(&p, r->app, &r->err));
    s.kind = KM_SESSION_RECOVERY;
    ok(r, km_app_session_start(&s, r->app, &r->err));
    for (int k = 0; k < KM_PAGE_COUNT; k++)
        ok(r, km_app_session_check(r->app, (km_page)k, k == 0, &r->err));
    ok(r, km_app_session_end(&out, &r->mem, r->app, &r->err));
    ok(r, km_app_session_sign(r->app, s.id, "R. Hale", &r->err));
    ok(r, km_app_session_get(&out, &r->mem, r->app, s.id, &r->err));
    out.feel = 8;
    ok(r, km_app_session_edit(&out, r->app, &r->err));
    a.treatment_id = treat(r, "left:infraspinatus", KM_TECH_SMR, 6, 3, "2026-11-16T18:00:00Z");
    more.treatment_id = a.treatment_id;
    ok(r, km_app_hold_rating(r->app, a.treatment_id, KM_HOLD_START, 6, &r->err));
    ok(r, km_app_treatment_more(&more, r->app, &r->err));
    ok(r, km_app_hold_stopped(r->app, a.treatment_id, "above 7", &r->err));
    ok(r, km_app_aftercare_put(&a, r->app, &r->err));
    mark(r, "left:soleus:1", KM_KIND_KNOT, 5, KM_CAUSE_NONE, "2026-11-16T18:00:00Z");
    ok(r, km_app_mark_get(&m, &r->mem, r->app, 1, &r->err));
    m.test = "knee_to_wall";
    ok(r, km_app_mark_edit(&m, r->app, &r->err));
    ok(r, km_app_goal_remove(r->app, g.id, &r->err));
}

static void every_write_can_be_undone_and_redone(void **state)
{
    (void)state;
    room r;
    km_change c;
    int n = 0;

    room_open(&r);
    char *start = dump(r.t.path);
    write_everything(&r);
    char *end = dump(r.t.path);
    assert_string_not_equal(start, end);
    while (km_app_undo(&c, r.app, &r.err) == KM_OK)
        n++;
    char *back = dump(r.t.path);
    assert_string_equal(start, back);
    for (int i = 0; i < n; i++)
        ok(&r, km_app_redo(&c, r.app, &r.err));
    char *again = dump(r.t.path);
    assert_string_equal(end, again);
    free(start);
    free(end);
    free(back);
    free(again);
    room_close(&r);
}

static void amend(room *r, int64_t id, int seconds, int64_t change)
{
    km_treatment t;

    ok(r, km_app_treatment_get(&t, &r->mem, r->app, id, &r->err));
    t.seconds = seconds;
    km_app_join_change(r->app, change);
    ok(r, km_app_treatment_edit(&t, r->app, &r->err));
}

static void a_joined_write_is_undone_with_the_change_it_belongs_to(void **state)
{
    (void)state;
    room r;
    km_change c;
    km_check_list l;

    room_open(&r);
    int64_t id = treat(&r, "left:soleus", KM_TECH_SMR, 6, 3, "2026-11-16T18:00:00Z");
    int64_t change = km_app_last_change(r.app);
    amend(&r, id, 20, change);
    amend(&r, id, 30, change);
    ok(&r, km_app_undo(&c, r.app, &r.err));
    assert_int_equal(c.change, change);
    assert_int_equal(km_app_undo(&c, r.app, &r.err), KM_ENOTFOUND);
    char *n = raw_text(r.t.path, "SELECT count(*) FROM treatment");
    assert_string_equal(n, "0");
    free(n);
    ok(&r, km_app_redo(&c, r.app, &r.err));
    n = raw_text(r.t.path, "SELECT seconds FROM treatment");
    assert_string_equal(n, "30");
    free(n);
    ok(&r, km_app_verify(&l, r.app, &r.err));
    for (size_t i = 0; i < l.n; i++)
        assert_true(l.row[i].ok);
    km_check_list_clear(&l);
    room_close(&r);
}

static void a_write_joins_no_change_but_the_newest(void **state)
{
    (void)state;
    room r;
    km_change c;

    room_open(&r);
    int64_t id = treat(&r, "left:soleus", KM_TECH_SMR, 6, 3, "2026-11-16T18:00:00Z");
    int64_t change = km_app_last_change(r.app);
    mark(&r, "left:soleus", KM_KIND_KNOT, 5, KM_CAUSE_NONE, "2026-11-16T18:00:00Z");
    amend(&r, id, 20, change);
    ok(&r, km_app_undo(&c, r.app, &r.err));
    char *n = raw_text(r.t.path, "SELECT (SELECT count(*) FROM mark) || "
                                 "(SELECT coalesce(seconds, '-') FROM treatment)");
    assert_string_equal(n, "1-");
    free(n);
    ok(&r, km_app_undo(&c, r.app, &r.err)); /* the mark */
    ok(&r, km_app_undo(&c, r.app, &r.err));
    assert_int_equal(c.change, change);
    ok(&r, km_app_redo(&c, r.app, &r.err));
    amend(&r, id, 25, change); /* changes undone after it are dropped, it stands for itself */
    n = raw_text(r.t.path, "SELECT group_concat(undone) FROM change");
    assert_string_equal(n, "0,0");
    free(n);
    room_close(&r);
}

static void erasing_the_client_leaves_no_trace_of_care(void **state)
{
    (void)state;
    room r;

    room_open(&r);
    write_everything(&r);
    ok(&r, km_app_client_erase(r.app, 1, &r.err));
    char *left = raw_text(r.t.path,
                          "SELECT (SELECT count(*) FROM week_plan) + (SELECT count(*) FROM goal) + "
                          "(SELECT count(*) FROM aftercare) + (SELECT count(*) FROM hold) + "
                          "(SELECT count(*) FROM treatment_more) + (SELECT count(*) FROM "
                          "session_more) + (SELECT count(*) FROM amendment) + (SELECT count(*) "
                          "FROM problem) + (SELECT count(*) FROM mark_more)");
    assert_string_equal(left, "0");
    free(left);
    room_close(&r);
}

static void problem_scores_run_from_0_to_100(void **state)
{
    (void)state;
    const km_problem none = { .area = "x" };
    const km_problem all = { .taking_part = 3, .volume = 4, .performance = 4, .symptoms = 3 };
    const km_problem minor = { .taking_part = 1, .volume = 1, .performance = 1, .symptoms = 1 };

    assert_int_equal(km_problem_score(&none), 0);
    assert_int_equal(km_problem_score(&all), 100);
    assert_int_equal(km_problem_score(&minor), 28);
    assert_false(km_problem_substantial(&minor));
    assert_true(km_problem_substantial(&all));
}

/* Sanitized builds see whether what was read before the failure was given back. */
static void a_damaged_file_fails_the_recovery_report_and_leaves_nothing_behind(void **state)
{
    (void)state;
    room r;
    km_session s = km_session_blank();
    km_checkin c = km_checkin_blank();
    km_next_list next;
    km_recovery_list rows;

    room_open(&r);
    s.goal = "run";
    ok(&r, km_app_session_start(&s, r.app, &r.err));
    c.did = 1u << KM_HABIT_STRETCH;
    ok(&r, km_app_checkin_put(&c, &r.mem, r.app, &r.err));
    raw(r.t.path, "ALTER TABLE treatment RENAME COLUMN response TO gone");
    assert_int_equal(km_app_next_sessions(&next, r.app, 0, &r.err), KM_EDATA);
    assert_int_equal(next.n, 0);
    assert_int_equal(km_app_recovery(&rows, r.app, &r.err), KM_EDATA);
    assert_int_equal(rows.n, 0);
    room_close(&r);
}

int main(void)
{
    setenv("TZ", "UTC", 1);
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_recovery_session_ends_only_after_its_three_pages),
        cmocka_unit_test(a_flexibility_value_from_before_the_session_does_not_count),
        cmocka_unit_test(a_signed_session_keeps_its_words_and_takes_amendments),
        cmocka_unit_test(a_step_with_a_caution_is_made_softer_never_harder),
        cmocka_unit_test(steps_move_and_drop_and_are_numbered_anew),
        cmocka_unit_test(every_write_can_be_undone_and_redone),
        cmocka_unit_test(a_joined_write_is_undone_with_the_change_it_belongs_to),
        cmocka_unit_test(a_write_joins_no_change_but_the_newest),
        cmocka_unit_test(erasing_the_client_leaves_no_trace_of_care),
        cmocka_unit_test(a_damaged_file_fails_the_recovery_report_and_leaves_nothing_behind),
        cmocka_unit_test(problem_scores_run_from_0_to_100),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
