/* What the program can do, on a database of its own: one test a promise of app.h. */
#include "store_help.h"

#include "knotmap/app.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "km_cmocka.h"

typedef struct env {
    temp t;
    km_app *app;
} env;

static km_app *app_open(const char *path, const char *client)
{
    km_app *app = NULL;
    km_error err = { 0 };
    km_app_options opt = { .db = path, .client = client, .who = "test" };
    if (km_app_open(&app, &opt, &err) != KM_OK)
        fail_msg("%s", err.text);
    return app;
}

static int set_up(void **state)
{
    env *e = km_calloc(1, sizeof *e);
    setenv("KNOTMAP_NOW", "2026-11-20T12:00:00Z", 1);
    setenv("TZ", "UTC", 1);
    unsetenv("KNOTMAP_CLIENT");
    unsetenv("KNOTMAP_ASSETS");
    e->t = temp_new();
    e->app = app_open(e->t.path, NULL);
    *state = e;
    return 0;
}

static int tear_down(void **state)
{
    env *e = *state;
    km_app_close(e->app);
    temp_end(&e->t);
    free(e);
    return 0;
}

static void ok(km_status st, km_error *err)
{
    if (st != KM_OK)
        fail_msg("%s", err->text);
}

static km_ref ref_of(km_app *app, const char *text, unsigned flags)
{
    km_ref r;
    km_error err = { 0 };
    ok(km_atlas_resolve(&r, km_app_atlas(app), text, flags, &err), &err);
    return r;
}

/* A mark at a place as people write it. */
static km_mark mark(km_app *app, const char *place, int intensity)
{
    km_mark m = km_mark_blank();
    km_error err = { 0 };
    km_ref r = ref_of(app, place, 0);
    ok(km_app_mark_place(&m, app, &r, false, &err), &err);
    m.intensity = intensity;
    return m;
}

static km_mark put(km_app *app, const char *place, int intensity)
{
    km_mark m = mark(app, place, intensity);
    km_error err = { 0 };
    ok(km_app_mark_add(&m, app, &err), &err);
    return m;
}

static size_t count(km_app *app, km_mark_filter f)
{
    km_mark_list l;
    km_error err = { 0 };
    int64_t n = 0;
    ok(km_app_marks(&l, app, &f, &err), &err);
    size_t rows = l.n;
    km_mark_list_clear(&l);
    ok(km_app_mark_count(&n, app, &f, &err), &err);
    assert_int_equal(rows, n);
    return rows;
}

/* ---- places ---- */

static void a_trigger_point_gives_region_and_position(void **state)
{
    km_app *app = ((env *)*state)->app;
    km_mark l = mark(app, "left:infraspinatus:1", 5), r = mark(app, "right:infraspinatus:1", 5);
    int region = -1;
    km_side side = KM_SIDE_MIDLINE;
    assert_string_equal(l.place.muscle, "infraspinatus");
    assert_int_equal(l.place.tp, 1);
    assert_int_equal(l.place.side, KM_SIDE_LEFT);
    assert_true(km_body_at(km_app_atlas(app), l.view, l.x, l.y, &region, &side));
    assert_int_equal(side, KM_SIDE_LEFT);
    assert_int_equal(l.x, -r.x);
    assert_int_equal(l.y, r.y);
}

static void a_group_is_refused_with_its_parts(void **state)
{
    km_app *app = ((env *)*state)->app;
    km_mark m = km_mark_blank();
    km_error err = { 0 };
    km_ref r = ref_of(app, "right:hamstrings", KM_RESOLVE_GROUP);
    assert_int_equal(km_app_mark_place(&m, app, &r, false, &err), KM_EINVAL);
    assert_non_null(strstr(err.mend, "biceps_femoris"));
}

static void a_position_must_fit_the_place(void **state)
{
    km_app *app = ((env *)*state)->app;
    km_error err = { 0 };
    km_mark m = mark(app, "left:knee_outer", 5);
    km_ref knee = ref_of(app, "left:knee_outer", 0), jaw = ref_of(app, "left:jaw", 0);
    km_ref other = ref_of(app, "right:knee_outer", 0);
    ok(km_app_mark_place(&m, app, &knee, true, &err), &err);
    assert_int_equal(km_app_mark_place(&m, app, &jaw, true, &err), KM_EINVAL);
    assert_int_equal(km_app_mark_place(&m, app, &other, true, &err), KM_EINVAL);
    m.x = 19000;
    assert_int_equal(km_app_mark_place(&m, app, &knee, true, &err), KM_EINVAL);
    assert_non_null(strstr(err.text, "outside the body"));
}

static void codes_are_checked_against_the_atlas(void **state)
{
    env *e = *state;
    km_error err = { 0 };
    km_mark good = mark(e->app, "left:infraspinatus:1", 5), m;
    char *before = dump(e->t.path);
    m = good;
    m.place.region = "left_wing";
    assert_int_equal(km_app_mark_add(&m, e->app, &err), KM_EINVAL);
    m = good;
    m.place.tp = 77;
    assert_int_equal(km_app_mark_add(&m, e->app, &err), KM_EINVAL);
    m = good;
    m.place.side = KM_SIDE_MIDLINE;
    assert_int_equal(km_app_mark_add(&m, e->app, &err), KM_EINVAL);
    m = good;
    m.intensity = 11;
    assert_int_equal(km_app_mark_add(&m, e->app, &err), KM_EINVAL);
    m = good;
    m.session_id = 12;
    assert_int_equal(km_app_mark_add(&m, e->app, &err), KM_ENOTFOUND);
    char *after = dump(e->t.path);
    assert_string_equal(before, after);
    free(before);
    free(after);
}

/* ---- marks, undo, sessions ---- */

static void a_stored_mark_is_there_tomorrow(void **state)
{
    env *e = *state;
    km_error err = { 0 };
    km_mark m = put(e->app, "left:infraspinatus:1", 6);
    assert_true(m.id > 0);
    assert_false(km_uid_is_zero(m.uid));
    assert_string_equal(m.client, "me");
    km_app_close(e->app);
    setenv("KNOTMAP_NOW", "2026-11-21T12:00:00Z", 1);
    e->app = app_open(e->t.path, NULL);
    km_mark got;
    km_arena mem = { 0 };
    ok(km_app_mark_get(&got, &mem, e->app, m.id, &err), &err);
    assert_int_equal(got.intensity, 6);
    assert_int_equal(got.at.sec, m.at.sec);
    km_arena_clear(&mem);
    km_mark_filter f = km_mark_filter_all();
    f.open = true;
    assert_int_equal(count(e->app, f), 1);
}

static void undo_is_shared_and_outlives_the_program(void **state)
{
    env *e = *state;
    km_error err = { 0 };
    km_change c;
    put(e->app, "left:infraspinatus:1", 6);
    km_app *other = app_open(e->t.path, NULL);
    uint64_t seen = km_app_revision(e->app);
    ok(km_app_undo(&c, other, &err), &err);
    assert_string_equal(c.what, "mark knot 6 at left:infraspinatus:1");
    ok(km_app_poll(e->app, &err), &err);
    assert_true(km_app_revision(e->app) > seen);
    assert_int_equal(count(e->app, km_mark_filter_all()), 0);
    ok(km_app_redo(&c, e->app, &err), &err);
    assert_int_equal(count(other, km_mark_filter_all()), 1);
    assert_int_equal(km_app_redo(&c, e->app, &err), KM_ENOTFOUND);
    km_app_close(other);
}

static void marks_of_both_sides_are_one_undo(void **state)
{
    km_app *app = ((env *)*state)->app;
    km_error err = { 0 };
    km_change c;
    km_mark both[2] = { mark(app, "left:soleus:1", 4), mark(app, "right:soleus:1", 4) };
    ok(km_app_mark_add_many(both, 2, app, &err), &err);
    assert_int_equal(count(app, km_mark_filter_all()), 2);
    ok(km_app_undo(&c, app, &err), &err);
    assert_int_equal(count(app, km_mark_filter_all()), 0);
}

static void edit_keeps_whose_it_is(void **state)
{
    km_app *app = ((env *)*state)->app;
    km_error err = { 0 };
    km_arena mem = { 0 };
    km_mark m = put(app, "left:soleus:1", 4), got;
    km_uid uid = m.uid;
    m.uid = (km_uid){ { 9 } };
    m.client_id = 44;
    m.intensity = 2;
    ok(km_app_mark_edit(&m, app, &err), &err);
    ok(km_app_mark_get(&got, &mem, app, m.id, &err), &err);
    assert_int_equal(km_uid_cmp(got.uid, uid), 0);
    assert_int_equal(got.client_id, 1);
    assert_int_equal(got.intensity, 2);
    km_arena_clear(&mem);
    assert_int_equal(km_app_mark_remove(app, 99, &err), KM_ENOTFOUND);
}

static void marks_join_the_open_session(void **state)
{
    km_app *app = ((env *)*state)->app;
    km_error err = { 0 };
    km_arena mem = { 0 };
    km_session s = km_session_blank(), again = km_session_blank(), got;
    s.kind = KM_SESSION_TREATMENT;
    ok(km_app_session_start(&s, app, &err), &err);
    assert_int_equal(km_app_session_start(&again, app, &err), KM_EINVAL);
    assert_non_null(strstr(err.text, "still open"));
    km_mark m = put(app, "left:soleus:1", 4);
    assert_int_equal(m.session_id, s.id);
    assert_int_equal(km_uid_cmp(m.session_uid, s.uid), 0);
    ok(km_app_session_end(&got, &mem, app, &err), &err);
    assert_true(got.has_ended);
    assert_int_equal(put(app, "left:soleus:1", 3).session_id, 0);
    assert_int_equal(km_app_session_end(&got, &mem, app, &err), KM_ENOTFOUND);
    km_mark_filter f = km_mark_filter_all();
    f.session_id = s.id;
    assert_int_equal(count(app, f), 1);
    km_arena_clear(&mem);
}

static void filters_know_groups_and_synonyms(void **state)
{
    km_app *app = ((env *)*state)->app;
    km_error err = { 0 };
    km_mark_list l;
    km_mark_filter f = km_mark_filter_all();
    put(app, "left:biceps_femoris:1", 4);
    put(app, "left:soleus:1", 4);
    f.muscle = "hamstrings";
    assert_int_equal(count(app, f), 1);
    f.muscle = "biceps femoris";
    assert_int_equal(count(app, f), 1);
    f.muscle = "no_such_muscle";
    assert_int_equal(km_app_marks(&l, app, &f, &err), KM_EINVAL);
    f.muscle = NULL;
    f.region = "soleus";
    assert_int_equal(km_app_marks(&l, app, &f, &err), KM_EINVAL);
}

/* ---- people ---- */

static void clients_are_found_by_name_before_id(void **state)
{
    env *e = *state;
    km_error err = { 0 };
    km_client c = km_client_blank(), got;
    km_arena mem = { 0 };
    c.name = "7";
    ok(km_app_client_add(&c, e->app, &err), &err);
    ok(km_app_client_find(&got, &mem, e->app, "7", &err), &err);
    assert_int_equal(got.id, c.id);
    ok(km_app_client_find(&got, &mem, e->app, "1", &err), &err);
    assert_string_equal(got.name, "me");
    assert_int_equal(km_app_client_find(&got, &mem, e->app, "55", &err), KM_ENOTFOUND);
    c.name = "tab\there";
    assert_int_equal(km_app_client_add(&c, e->app, &err), KM_EINVAL);
    km_arena_clear(&mem);
}

static void me_may_be_given_another_name(void **state)
{
    env *e = *state;
    km_error err = { 0 };
    km_client c;
    ok(km_app_client(&c, e->app, &err), &err);
    c.name = "Anna";
    ok(km_app_client_edit(&c, e->app, &err), &err);
    km_app *again = app_open(e->t.path, NULL);
    ok(km_app_client(&c, again, &err), &err);
    assert_string_equal(c.name, "Anna");
    km_app_close(again);
    again = app_open(e->t.path, "me"); /* asked for by name it is not there */
    assert_int_equal(km_app_client(&c, again, &err), KM_ENOTFOUND);
    km_app_close(again);
}

static void erasing_the_current_client_says_so(void **state)
{
    env *e = *state;
    km_error err = { 0 };
    km_client c = km_client_blank();
    c.name = "Berta";
    ok(km_app_client_add(&c, e->app, &err), &err);
    ok(km_app_client_choose(e->app, "berta", &err), &err);
    put(e->app, "left:soleus:1", 4);
    ok(km_app_client_erase(e->app, c.id, &err), &err);
    assert_int_equal(km_app_client(&c, e->app, &err), KM_ENOTFOUND);
    ok(km_app_client_choose(e->app, "me", &err), &err);
    assert_int_equal(count(e->app, km_mark_filter_all()), 0);
}

/* ---- reasoning ---- */

static void a_press_test_leaves_a_mark_or_a_finding(void **state)
{
    km_app *app = ((env *)*state)->app;
    const km_atlas *a = km_app_atlas(app);
    km_error err = { 0 };
    int point = km_atlas_point(a, km_atlas_muscle(a, "infraspinatus"), 1);
    int point2 = km_atlas_point(a, km_atlas_muscle(a, "infraspinatus"), 2);
    km_ref pain = ref_of(app, "left:shoulder_front", 0);
    km_history *h = NULL;
    size_t n = 0;
    km_mark_list l;
    km_mark_filter all = km_mark_filter_all();

    ok(km_app_press_answer(app, point, KM_SIDE_LEFT, KM_PRESS_NOTHING, &err), &err);
    assert_int_equal(count(app, all), 0); /* a finding is no mark */
    ok(km_app_press_answer(app, point2, KM_SIDE_LEFT, KM_PRESS_FAMILIAR, &err), &err);
    ok(km_app_marks(&l, app, &all, &err), &err);
    assert_int_equal(l.n, 1);
    assert_int_equal(l.row[0].state, KM_STATE_ACTIVE);
    assert_int_equal(l.row[0].intensity, KM_INTENSITY_NONE);
    km_mark_list_clear(&l);
    ok(km_app_history(&h, &n, app, &pain, 1, &err), &err);
    assert_int_equal(n, 2);
    for (size_t i = 0; i < n; i++) {
        if (h[i].point == point)
            assert_int_equal(h[i].tested, KM_PRESS_NOTHING);
        else
            assert_int_equal(h[i].active, 1);
        assert_int_equal(h[i].side, KM_SIDE_LEFT);
    }
    free(h);
}

/* Pressed and found active today is a familiar answer, latent another pain; ten days ago neither. */
static void a_point_found_today_counts_as_pressed(void **state)
{
    km_app *app = ((env *)*state)->app;
    km_error err = { 0 };
    km_ref pain = ref_of(app, "left:shoulder_front", 0);
    km_history *h = NULL;
    size_t n = 0;
    static const struct { const char *place; km_state state; int days_ago, tested; } found[] = {
        { "left:infraspinatus:1", KM_STATE_ACTIVE, 0, KM_PRESS_FAMILIAR },
        { "left:infraspinatus:2", KM_STATE_LATENT, 0, KM_PRESS_OTHER },
        { "left:infraspinatus:3", KM_STATE_ACTIVE, 10, 0 },
        { "left:infraspinatus:4", KM_STATE_UNSPECIFIED, 0, 0 },
    };
    for (size_t i = 0; i < 4; i++) {
        km_mark m = mark(app, found[i].place, 6);
        m.state = found[i].state;
        m.at = (km_instant){ 1795176000 - found[i].days_ago * 86400, 0 };
        ok(km_app_mark_add(&m, app, &err), &err);
    }
    ok(km_app_history(&h, &n, app, &pain, 1, &err), &err);
    assert_int_equal(n, 4);
    const km_atlas *a = km_app_atlas(app);
    for (size_t i = 0; i < n; i++)
        assert_int_equal(h[i].tested, found[a->point[h[i].point].tp - 1].tested);
    free(h);
}

static void history_counts_what_was_felt_here(void **state)
{
    km_app *app = ((env *)*state)->app;
    km_error err = { 0 };
    km_ref here = ref_of(app, "left:shoulder_front", 0), there = ref_of(app, "left:temple", 0);
    km_history *h = NULL;
    size_t n = 0;
    km_mark m = mark(app, "left:infraspinatus:1", 6);
    m.felt[0] = (km_felt){ KM_SIDE_LEFT, "shoulder_front" };
    m.n_felt = 1;
    m.at = (km_instant){ 1795176000 - 10 * 86400, 0 }; /* ten days before the clock */
    ok(km_app_mark_add(&m, app, &err), &err);
    ok(km_app_history(&h, &n, app, &here, 1, &err), &err);
    assert_int_equal(n, 1);
    assert_int_equal(h[0].confirmed, 1);
    assert_int_equal(h[0].unspecified, 1);
    assert_int_equal(h[0].days_ago, 10);
    free(h);
    ok(km_app_history(&h, &n, app, &there, 1, &err), &err);
    assert_int_equal(h[0].confirmed, 0);
    free(h);
}

static void red_flags_know_the_client(void **state)
{
    env *e = *state;
    km_error err = { 0 };
    km_flag_hit hit[KM_FLAGS_MAX];
    size_t n = 0;
    km_ref chest = ref_of(e->app, "left:chest", 0);
    ok(km_app_flags(hit, KM_FLAGS_MAX, &n, e->app, &chest, 1, &err), &err);
    assert_true(n > 0);
    assert_int_equal(hit[0].flag, km_safety_flag(km_app_atlas(e->app), "cardiac"));
    ok(km_app_flag_answer(e->app, "cardiac", "", &err), &err);
    char *asked = raw_text(e->t.path, "SELECT asked || '/' || present FROM flag_answer");
    assert_string_equal(asked, "cardiac/");
    free(asked);
}

static void a_routine_of_what_is_open_can_be_saved(void **state)
{
    km_app *app = ((env *)*state)->app;
    km_error err = { 0 };
    km_plan plan;
    int64_t id = 0;
    const uint32_t both = 1u << KM_TECH_SMR | 1u << KM_TECH_COMPRESSION | 1u << KM_TECH_STRETCH;
    assert_int_equal(km_app_routine(&plan, app, NULL, 0, true, both, 0, 15, &err), KM_ENOTFOUND);
    put(app, "left:soleus:1", 6);
    ok(km_app_routine(&plan, app, NULL, 0, true, both, 0, 15, &err), &err);
    ok(km_app_routine_save(&id, app, &plan, "calves", &err), &err);
    km_saved_routine r;
    ok(km_app_routine_get(&r, app, 0, &err), &err);
    assert_int_equal(r.id, id);
    assert_int_equal(r.n, plan.n);
    for (size_t i = 0; i < r.n; i++) {
        assert_string_equal(r.step[i].action, plan.step[i].action);
        assert_int_equal(r.step[i].seconds, plan.step[i].seconds);
        assert_int_equal(r.step[i].pressure, plan.step[i].pressure);
    }
    km_saved_routine_clear(&r);
    km_plan_clear(&plan);
}

/* ---- bulk ---- */

static void a_bulk_is_one_undo_and_knows_its_records(void **state)
{
    env *e = *state;
    km_error err = { 0 };
    km_change c;
    km_bulk met = { 0 };
    km_mark m = mark(e->app, "left:soleus:1", 4), bad = m;
    char *before = dump(e->t.path);

    ok(km_app_bulk_begin(e->app, "import 2 marks", &err), &err);
    m.client = "Clara";
    m.uid = uid_of(500);
    ok(km_app_bulk_put(KM_WHAT_MARKS, &m, e->app, &met, &err), &err);
    assert_int_equal(met.known, 0);
    bad.place.region = "nowhere";
    bad.client = "Dora"; /* must not be made for a refused row */
    assert_int_equal(km_app_bulk_put(KM_WHAT_MARKS, &bad, e->app, &met, &err), KM_EINVAL);
    km_mark again = mark(e->app, "left:soleus:1", 9);
    again.uid = uid_of(500);
    ok(km_app_bulk_put(KM_WHAT_MARKS, &again, e->app, &met, &err), &err);
    assert_int_equal(met.known, 1);
    ok(km_app_bulk_end(e->app, true, &err), &err);

    km_client_list l;
    ok(km_app_clients(&l, e->app, false, &err), &err);
    assert_int_equal(l.n, 2);
    assert_string_equal(l.row[0].name, "Clara");
    assert_int_equal(l.row[0].open_marks, 1);
    assert_int_equal(l.row[0].worst, 4);
    km_client_list_clear(&l);
    ok(km_app_undo(&c, e->app, &err), &err);
    assert_string_equal(c.what, "import 2 marks");
    char *after = dump(e->t.path);
    assert_string_equal(before, after);
    free(before);
    free(after);
}

static void a_bulk_given_up_leaves_nothing(void **state)
{
    env *e = *state;
    km_error err = { 0 };
    km_bulk met = { 0 };
    km_mark m = mark(e->app, "left:soleus:1", 4);
    char *before = dump(e->t.path);
    ok(km_app_bulk_begin(e->app, "dry run", &err), &err);
    ok(km_app_bulk_put(KM_WHAT_MARKS, &m, e->app, &met, &err), &err);
    ok(km_app_bulk_end(e->app, false, &err), &err);
    char *after = dump(e->t.path);
    assert_string_equal(before, after);
    free(before);
    free(after);
    put(e->app, "left:soleus:1", 4); /* and it can write again */
}

/* ---- whole ---- */

static void verify_names_places_the_atlas_lacks(void **state)
{
    env *e = *state;
    km_error err = { 0 };
    km_check_list l;
    put(e->app, "left:soleus:1", 4);
    ok(km_app_verify(&l, e->app, &err), &err);
    for (size_t i = 0; i < l.n; i++) {
        if (!l.row[i].ok)
            fail_msg("%s: %s", l.row[i].check, l.row[i].detail);
    }
    km_check_list_clear(&l);
    raw(e->t.path, "UPDATE place SET region = 'left_wing'");
    km_app *again = app_open(e->t.path, NULL);
    int faults = 0;
    ok(km_app_verify(&l, again, &err), &err);
    for (size_t i = 0; i < l.n; i++) {
        if (!l.row[i].ok) {
            faults++;
            assert_string_equal(l.row[i].check, "places");
            assert_non_null(strstr(l.row[i].detail, "left"));
        }
    }
    assert_int_equal(faults, 1);
    km_check_list_clear(&l);
    km_app_close(again);
}

static void reading_only_refuses_every_write(void **state)
{
    env *e = *state;
    km_error err = { 0 };
    km_app *app = NULL;
    km_app_options opt = { .db = e->t.path, .readonly = true };
    km_change c;
    ok(km_app_open(&app, &opt, &err), &err);
    assert_true(km_app_readonly(app));
    km_mark m = mark(app, "left:soleus:1", 4);
    assert_int_equal(km_app_mark_add(&m, app, &err), KM_EPERM);
    assert_int_equal(km_app_undo(&c, app, &err), KM_EPERM);
    assert_int_equal(km_app_client_erase(app, 1, &err), KM_EPERM);
    ok(km_app_flag_answer(app, "cardiac", "", &err), &err); /* skipped */
    assert_int_equal(count(app, km_mark_filter_all()), 0);
    km_app_close(app);
}

#define T(f) cmocka_unit_test_setup_teardown(f, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        T(a_trigger_point_gives_region_and_position),
        T(a_group_is_refused_with_its_parts),
        T(a_position_must_fit_the_place),
        T(codes_are_checked_against_the_atlas),
        T(a_stored_mark_is_there_tomorrow),
        T(undo_is_shared_and_outlives_the_program),
        T(marks_of_both_sides_are_one_undo),
        T(edit_keeps_whose_it_is),
        T(marks_join_the_open_session),
        T(filters_know_groups_and_synonyms),
        T(clients_are_found_by_name_before_id),
        T(me_may_be_given_another_name),
        T(erasing_the_current_client_says_so),
        T(a_press_test_leaves_a_mark_or_a_finding),
        T(a_point_found_today_counts_as_pressed),
        T(history_counts_what_was_felt_here),
        T(red_flags_know_the_client),
        T(a_routine_of_what_is_open_can_be_saved),
        T(a_bulk_is_one_undo_and_knows_its_records),
        T(a_bulk_given_up_leaves_nothing),
        T(verify_names_places_the_atlas_lacks),
        T(reading_only_refuses_every_write),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
