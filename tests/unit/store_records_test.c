/* Records: what goes in comes out, filters, open marks. */
#include "store_help.h"
#include "store_impl.h"

#include <stdio.h>
#include <string.h>

#include "km_cmocka.h"

/* ---- marks ---- */

static void a_mark_comes_back_whole(void **state)
{
    km_store *s = ((store_env *)*state)->s;
    km_arena mem = { 0 };
    km_session session = km_session_blank();
    int64_t sid = 0;
    km_mark m = mark_at(1, 1600000000, "infraspinatus", 0), got;

    session.uid = uid_of(50);
    session.client_id = 1;
    session.started = m.at;
    store_write(s);
    assert_int_equal(km_store_session_add(&sid, s, &session, NULL), KM_OK);
    commit_ok(s, "session");
    m.session_id = sid;
    m.at.off_min = -570;
    m.kind = KM_KIND_NUMBNESS;
    m.state = KM_STATE_LATENT;
    m.qualities = 1u << KM_QUALITY_BURNING | 1u << KM_QUALITY_NUMB;
    m.taut_band = KM_TRI_YES;
    m.twitch = KM_TRI_NO;
    m.ppt[0] = 210.25;
    m.ppt[1] = 198;
    m.n_ppt = 2;
    m.ppt_area = 0.5;
    m.felt[0] = (km_felt){ KM_SIDE_RIGHT, "elbow_inner" };
    m.felt[1] = (km_felt){ KM_SIDE_MIDLINE, "sternum" };
    m.n_felt = 2;
    m.cause = KM_CAUSE_TRAINING;
    m.tissue = KM_TISSUE_FASCIA;
    m.onset = (km_instant){ 1599990000, 60 };
    m.has_onset = true;
    m.note = "line one\nline two \x1b[31m \"quoted\", comma";
    int64_t id = put_mark(s, &m);

    assert_int_equal(km_store_mark_get(&got, &mem, s, id, NULL), KM_OK);
    assert_int_equal(km_uid_cmp(got.uid, m.uid), 0);
    assert_int_equal(got.client_id, 1);
    assert_string_equal(got.client, "me");
    assert_int_equal(got.session_id, sid);
    assert_int_equal(km_uid_cmp(got.session_uid, session.uid), 0);
    assert_int_equal(got.at.sec, m.at.sec);
    assert_int_equal(got.at.off_min, -570);
    assert_int_equal(got.kind, m.kind);
    assert_true(km_place_equal(&got.place, &m.place));
    assert_int_equal(got.view, m.view);
    assert_int_equal(got.x, m.x);
    assert_int_equal(got.y, m.y);
    assert_int_equal(got.intensity, 0);
    assert_int_equal(got.state, m.state);
    assert_int_equal(got.qualities, m.qualities);
    assert_int_equal(got.taut_band, m.taut_band);
    assert_int_equal(got.twitch, m.twitch);
    assert_int_equal(got.n_ppt, 2);
    assert_true(got.ppt[0] == 210.25 && got.ppt[1] == 198);
    assert_true(got.ppt_area == 0.5);
    assert_int_equal(got.n_felt, 2);
    assert_string_equal(got.felt[0].region, "elbow_inner");
    assert_int_equal(got.felt[0].side, KM_SIDE_RIGHT);
    assert_string_equal(got.felt[1].region, "sternum");
    assert_int_equal(got.cause, m.cause);
    assert_int_equal(got.tissue, m.tissue);
    assert_true(got.has_onset);
    assert_int_equal(got.onset.sec, m.onset.sec);
    assert_string_equal(got.note, m.note);
    km_arena_clear(&mem);
}

static void what_was_not_said_comes_back_so(void **state)
{
    km_store *s = ((store_env *)*state)->s;
    km_arena mem = { 0 };
    km_mark m = mark_at(1, 1600000000, NULL, KM_INTENSITY_NONE), got;
    m.place.tp = 0;
    int64_t id = put_mark(s, &m);

    assert_int_equal(km_store_mark_get(&got, &mem, s, id, NULL), KM_OK);
    assert_int_equal(got.intensity, KM_INTENSITY_NONE);
    assert_null(got.place.muscle);
    assert_null(got.note);
    assert_int_equal(got.session_id, 0);
    assert_false(got.has_onset);
    assert_int_equal(got.n_ppt + got.n_felt, 0);
    assert_true(got.ppt_area == 0);
    km_arena_clear(&mem);
}

static void an_edit_replaces_the_details(void **state)
{
    km_store *s = ((store_env *)*state)->s;
    km_arena mem = { 0 };
    km_mark m = mark_at(1, 1600000000, "infraspinatus", 6), got;
    m.note = "old";
    m.ppt[0] = 200;
    m.n_ppt = 1;
    m.id = put_mark(s, &m);
    m.note = NULL;
    m.n_ppt = 0;
    m.intensity = 3;
    store_write(s);
    assert_int_equal(km_store_mark_update(s, &m, NULL), KM_OK);
    commit_ok(s, "edit");
    assert_int_equal(km_store_mark_get(&got, &mem, s, m.id, NULL), KM_OK);
    assert_null(got.note);
    assert_int_equal(got.n_ppt, 0);
    assert_int_equal(got.intensity, 3);
    km_arena_clear(&mem);
}

static void an_unknown_mark_is_not_found(void **state)
{
    km_store *s = ((store_env *)*state)->s;
    km_arena mem = { 0 };
    km_mark m = mark_at(1, 1600000000, "infraspinatus", 6), got;
    m.id = 99;
    assert_int_equal(km_store_mark_get(&got, &mem, s, 99, NULL), KM_ENOTFOUND);
    store_write(s);
    assert_int_equal(km_store_mark_update(s, &m, NULL), KM_ENOTFOUND);
    assert_int_equal(km_store_mark_remove(s, 99, NULL), KM_ENOTFOUND);
    km_store_rollback(s);
    km_arena_clear(&mem);
}

/* ---- filters ---- */

typedef struct ids {
    char text[400];
} ids;

static km_status take_id(void *ctx, const km_mark *m, km_error *err)
{
    ids *i = ctx;
    (void)err;
    snprintf(i->text + strlen(i->text), sizeof i->text - strlen(i->text), "%s%lld",
             *i->text ? " " : "", (long long)m->id);
    return KM_OK;
}

static void expect_ids(km_store *s, const km_store_filter *f, const char *want)
{
    ids got = { "" };
    km_error err = { 0 };
    int64_t n = 0;

    if (km_store_marks_each(s, f, take_id, &got, &err) != KM_OK)
        fail_msg("%s", err.text);
    assert_string_equal(got.text, want);
    if (!f->limit && !f->offset) {
        int64_t spaces = *want ? 1 : 0;
        for (const char *p = want; *p; p++)
            spaces += *p == ' ';
        assert_int_equal(km_store_mark_count(&n, s, f, NULL), KM_OK);
        assert_int_equal(n, spaces);
    }
}

/* Six marks of two clients, ids 1..6. */
static void put_six(km_store *s)
{
    km_client c = km_client_blank();
    int64_t id = 0;
    c.uid = uid_of(70);
    c.name = "Anna";
    store_write(s);
    assert_int_equal(km_store_client_add(&id, s, &c, NULL), KM_OK);
    assert_int_equal(id, 2);
    commit_ok(s, "client");

    km_mark m = mark_at(1, 1000, "infraspinatus", 6); /* 1 */
    m.note = "Nach dem RUDERN";
    put_mark(s, &m);
    m = mark_at(1, 3000, "infraspinatus", 4); /* 2: the same place later */
    m.cause = KM_CAUSE_STRESS;
    put_mark(s, &m);
    m = mark_at(1, 2000, "soleus", 7); /* 3 */
    m.place.region = "calf_inner";
    m.place.side = KM_SIDE_RIGHT;
    put_mark(s, &m);
    m = mark_at(1, 2000, "soleus", 5); /* 4: another kind there, same second as 3 */
    m.place.region = "calf_inner";
    m.place.side = KM_SIDE_RIGHT;
    m.kind = KM_KIND_SORENESS;
    put_mark(s, &m);
    m = mark_at(1, 4000, "masseter", 0); /* 5: gone */
    m.place.region = "jaw";
    put_mark(s, &m);
    m = mark_at(2, 2500, "infraspinatus", KM_INTENSITY_NONE); /* 6 */
    put_mark(s, &m);
}

static void filters_are_joined_by_and(void **state)
{
    km_store *s = ((store_env *)*state)->s;
    km_store_filter f = km_store_filter_all();
    put_six(s);

    expect_ids(s, &f, "5 2 6 4 3 1");
    f.oldest_first = true;
    expect_ids(s, &f, "1 3 4 6 2 5");
    f.client_id = 1;
    expect_ids(s, &f, "1 3 4 2 5");
    f.limit = 2;
    f.offset = 1;
    expect_ids(s, &f, "3 4");
    f.limit = f.offset = 0;
    f.has_since = true;
    f.since = 2000;
    f.has_until = true;
    f.until = 4000;
    expect_ids(s, &f, "3 4 2");
    f.side = KM_SIDE_RIGHT;
    expect_ids(s, &f, "3 4");
    f.kind = KM_KIND_SORENESS;
    expect_ids(s, &f, "4");
    f.min_intensity = 6;
    expect_ids(s, &f, "");
    f = km_store_filter_all();
    f.muscles = ";infraspinatus;masseter;";
    expect_ids(s, &f, "5 2 6 1");
    f.muscles = ";infra;";
    expect_ids(s, &f, "");
    f = km_store_filter_all();
    f.region = "calf_inner";
    expect_ids(s, &f, "4 3");
    f = km_store_filter_all();
    f.text = "rudern";
    expect_ids(s, &f, "1");
    f = km_store_filter_all();
    f.cause = KM_CAUSE_STRESS;
    expect_ids(s, &f, "2");
    f = km_store_filter_all();
    f.id = 6;
    expect_ids(s, &f, "6");
    f = km_store_filter_all();
    f.min_intensity = 0;
    expect_ids(s, &f, "5 2 4 3 1");
}

static void open_is_the_latest_of_place_and_kind_unless_gone(void **state)
{
    km_store *s = ((store_env *)*state)->s;
    km_store_filter f = km_store_filter_all();
    km_store_undone u;
    put_six(s);

    f.open = true;
    expect_ids(s, &f, "2 6 4 3");
    f.client_id = 1;
    expect_ids(s, &f, "2 4 3");
    f.kind = KM_KIND_KNOT;
    expect_ids(s, &f, "2 3");
    f.kind = -1;
    f.has_until = true;
    f.until = 3000; /* as it was known then */
    expect_ids(s, &f, "4 3 1");
    f.has_until = false;
    store_write(s);
    assert_int_equal(km_store_mark_remove(s, 2, NULL), KM_OK);
    commit_ok(s, "unmark");
    expect_ids(s, &f, "4 3 1");
    assert_int_equal(km_store_undo(&u, s, NULL), KM_OK);
    expect_ids(s, &f, "2 4 3");

    /* an edit that moves the latest away brings the earlier one back */
    km_arena mem = { 0 };
    km_mark m;
    assert_int_equal(km_store_mark_get(&m, &mem, s, 2, NULL), KM_OK);
    m.at.sec = 500;
    store_write(s);
    assert_int_equal(km_store_mark_update(s, &m, NULL), KM_OK);
    commit_ok(s, "edit");
    expect_ids(s, &f, "4 3 1");
    km_arena_clear(&mem);
}

/* ---- clients, sessions, treatments, check-ins ---- */

static void client_names_are_unique_ignoring_case(void **state)
{
    km_store *s = ((store_env *)*state)->s;
    km_error err = { 0 };
    km_client c = km_client_blank();
    int64_t id = 0;
    c.uid = uid_of(80);
    c.name = "Zoë Ångström";
    store_write(s);
    assert_int_equal(km_store_client_add(&id, s, &c, &err), KM_OK);
    c.uid = uid_of(81);
    assert_int_equal(km_store_client_add(&id, s, &c, &err), KM_EINVAL);
    assert_non_null(strstr(err.text, "already a client of that name"));
    c.name = "ME";
    assert_int_equal(km_store_client_add(&id, s, &c, &err), KM_EINVAL);
    km_store_rollback(s);
}

static void a_client_shows_what_is_open_and_last(void **state)
{
    km_store *s = ((store_env *)*state)->s;
    km_arena mem = { 0 };
    km_client c;
    put_six(s);
    assert_int_equal(km_store_client_get(&c, &mem, s, 1, NULL), KM_OK);
    assert_int_equal(c.open_marks, 3);
    assert_int_equal(c.worst, 7);
    assert_true(c.has_seen);
    assert_int_equal(c.last_seen.sec, 4000);
    assert_int_equal(c.last_seen.off_min, 60);
    km_arena_clear(&mem);
}

static void a_client_has_one_open_session(void **state)
{
    km_store *s = ((store_env *)*state)->s;
    km_session m = km_session_blank();
    int64_t id = 0, open = -1;
    m.uid = uid_of(90);
    m.client_id = 1;
    m.started = (km_instant){ 1000, 60 };
    m.goal = "legs";
    m.rpe = 7;
    store_write(s);
    assert_int_equal(km_store_session_add(&id, s, &m, NULL), KM_OK);
    m.uid = uid_of(91);
    int64_t other = 0;
    assert_int_equal(km_store_session_add(&other, s, &m, NULL), KM_EINVAL);
    commit_ok(s, "start");
    assert_int_equal(km_store_session_open(&open, s, 1, NULL), KM_OK);
    assert_int_equal(open, id);

    km_arena mem = { 0 };
    km_session got;
    assert_int_equal(km_store_session_get(&got, &mem, s, id, NULL), KM_OK);
    assert_string_equal(got.goal, "legs");
    assert_int_equal(got.rpe, 7);
    assert_int_equal(got.minutes, -1);
    assert_false(got.has_ended);
    got.has_ended = true;
    got.ended = (km_instant){ 4600, 60 };
    store_write(s);
    assert_int_equal(km_store_session_update(s, &got, NULL), KM_OK);
    commit_ok(s, "end");
    assert_int_equal(km_store_session_open(&open, s, 1, NULL), KM_OK);
    assert_int_equal(open, 0);
    km_arena_clear(&mem);
}

static km_status copy_treatment(void *ctx, const km_treatment *t, km_error *err)
{
    (void)err;
    *(km_treatment *)ctx = *t;
    assert_string_equal(t->note, "went well");
    assert_string_equal(t->tool, "ball");
    return KM_OK;
}

static void a_treatment_comes_back_whole(void **state)
{
    km_store *s = ((store_env *)*state)->s;
    km_treatment t = km_treatment_blank(), got = km_treatment_blank();
    km_store_filter f = km_store_filter_all();
    int64_t id = 0;
    t.uid = uid_of(100);
    t.client_id = 1;
    t.at = (km_instant){ 5000, 60 };
    t.place = (km_place){ KM_SIDE_RIGHT, NULL, "soleus", 2 };
    t.technique = KM_TECH_PIN_AND_STRETCH;
    t.tool = "ball";
    t.seconds = 90;
    t.before = 6;
    t.after = 0;
    t.response = KM_RESPONSE_LOOSER;
    t.note = "went well";
    store_write(s);
    assert_int_equal(km_store_treatment_add(&id, s, &t, NULL), KM_OK);
    commit_ok(s, "treat");
    f.client_id = 1;
    f.kind = KM_TECH_PIN_AND_STRETCH;
    f.muscles = ";soleus;";
    assert_int_equal(km_store_treatments_each(s, &f, copy_treatment, &got, NULL), KM_OK);
    assert_int_equal(got.id, id);
    assert_null(got.place.region);
    assert_string_equal(got.place.muscle, "soleus");
    assert_int_equal(got.place.tp, 2);
    assert_int_equal(got.seconds, 90);
    assert_int_equal(got.before, 6);
    assert_int_equal(got.after, 0);
    assert_int_equal(got.response, KM_RESPONSE_LOOSER);
}

static void a_saved_routine_comes_back_in_order(void **state)
{
    km_store *s = ((store_env *)*state)->s;
    const km_store_step step[] = {
        { .uid = uid_of(111), .step = 1, .side = KM_SIDE_MIDLINE, .kind = "warm_up",
          .action = "walk", .seconds = 120, .sets = 1 },
        { .uid = uid_of(112), .step = 2, .muscle = "soleus", .tp = 1, .side = KM_SIDE_LEFT,
          .kind = "smr", .tool = "roller", .position = "sit", .action = "roll", .seconds = 60,
          .sets = 2, .pressure = 6, .cue = "turn the foot", .cue_count = 5,
          .caution = "not over the knee", .source = "practice" },
    };
    km_store_routine r = { .uid = uid_of(110), .client_id = 1, .name = "calves",
                           .at = { 6000, 0 }, .step = step, .n_step = 2 };
    km_store_routine got;
    km_arena mem = { 0 };
    int64_t id = 0;
    store_write(s);
    assert_int_equal(km_store_routine_add(&id, s, &r, NULL), KM_OK);
    commit_ok(s, "save");
    assert_int_equal(km_store_routine_get(&got, &mem, s, 1, 0, NULL), KM_OK);
    assert_int_equal(got.id, id);
    assert_string_equal(got.name, "calves");
    assert_int_equal(got.n_step, 2);
    assert_null(got.step[0].muscle);
    assert_string_equal(got.step[1].cue, "turn the foot");
    assert_int_equal(got.step[1].pressure, 6);
    assert_int_equal(km_store_routine_get(&got, &mem, s, 1, 77, NULL), KM_ENOTFOUND);
    km_arena_clear(&mem);
}

static km_status check_checkin(void *ctx, const km_checkin *c, km_error *err)
{
    (void)err;
    ++*(int *)ctx;
    assert_int_equal(c->sleep, 2);
    assert_int_equal(c->stress, -1);
    assert_int_equal(c->n_flex, 2);
    assert_string_equal(c->flex[0].test, "knee_to_wall");
    assert_true(c->flex[1].value == -3.5);
    assert_int_equal(c->did, 1u << KM_HABIT_SLEEP);
    return KM_OK;
}

static void a_day_has_one_checkin(void **state)
{
    km_store *s = ((store_env *)*state)->s;
    km_checkin c = km_checkin_blank();
    int64_t id = 0, there = 0;
    int seen = 0;
    c.uid = uid_of(120);
    c.client_id = 1;
    c.at = (km_instant){ 86400 * 100 + 82800, 120 }; /* 01:00 of the next local day */
    c.sleep = 2;
    c.did = 1u << KM_HABIT_SLEEP;
    c.flex[0] = (km_flex){ "knee_to_wall", KM_SIDE_LEFT, 8 };
    c.flex[1] = (km_flex){ "sit_and_reach", KM_SIDE_MIDLINE, -3.5 };
    c.n_flex = 2;
    store_write(s);
    assert_int_equal(km_store_checkin_add(&id, s, &c, NULL), KM_OK);
    c.uid = uid_of(121);
    assert_int_equal(km_store_checkin_add(&there, s, &c, NULL), KM_EINVAL);
    commit_ok(s, "check-in");
    assert_int_equal(km_store_checkin_on(&there, s, 1, 101, NULL), KM_OK);
    assert_int_equal(there, id);
    assert_int_equal(km_store_checkins_each(s, 1, 101, 102, 0, check_checkin, &seen, NULL), KM_OK);
    assert_int_equal(seen, 1);
}

static void records_are_known_by_uid(void **state)
{
    store_env *e = *state;
    km_mark m = mark_at(1, 1600000000, "masseter", 4);
    int64_t id = put_mark(e->s, &m), found = -1;
    assert_int_equal(km_store_by_uid(&found, e->s, KM_RECORD_MARK, m.uid, NULL), KM_OK);
    assert_int_equal(found, id);
    assert_int_equal(km_store_by_uid(&found, e->s, KM_RECORD_MARK, uid_of(1), NULL), KM_OK);
    assert_int_equal(found, 0);
    assert_int_equal(km_store_by_uid(&found, e->s, KM_RECORD_CLIENT, uid_of(1), NULL), KM_OK);
    assert_int_equal(found, 1);
}

#define T(f) cmocka_unit_test_setup_teardown(f, store_env_begin, store_env_end)

int main(void)
{
    const struct CMUnitTest tests[] = {
        T(a_mark_comes_back_whole),
        T(what_was_not_said_comes_back_so),
        T(an_edit_replaces_the_details),
        T(an_unknown_mark_is_not_found),
        T(filters_are_joined_by_and),
        T(open_is_the_latest_of_place_and_kind_unless_gone),
        T(client_names_are_unique_ignoring_case),
        T(a_client_shows_what_is_open_and_last),
        T(a_client_has_one_open_session),
        T(a_treatment_comes_back_whole),
        T(a_saved_routine_comes_back_in_order),
        T(a_day_has_one_checkin),
        T(records_are_known_by_uid),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
