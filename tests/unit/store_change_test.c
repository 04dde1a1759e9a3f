/* The change log: undo and redo, what they leave alone, and what they refuse. */
#include "store_help.h"
#include "store_impl.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "knotmap/rng.h"

#include "km_cmocka.h"

#define ACTIONS 120

static void begin(km_store *s)
{
    km_error err = { 0 };
    if (km_store_begin(s, &err) != KM_OK)
        fail_msg("%s", err.text);
}

static void must(km_status st, km_error *err)
{
    if (st != KM_OK)
        fail_msg("%s", err->text);
}

/* A random record id of a table, 0 when it is empty. */
static int64_t some_id(km_store *s, km_rng *r, const char *count, const char *nth)
{
    int64_t n = 0, id = 0;
    assert_int_equal(km_db_int(&n, s, count, 0, 0, 0, NULL), KM_OK);
    if (n > 0)
        assert_int_equal(km_db_int(&id, s, nth, km_rng_below(r, (uint32_t)n), 0, 0, NULL), KM_OK);
    return id;
}

static const char *const muscles[] = { "infraspinatus", "soleus", "masseter", "longus_colli" };

static km_mark random_mark(km_rng *r, int64_t client)
{
    km_mark m = mark_at(client, 1600000000 + km_rng_below(r, 1000) * 3600,
                        muscles[km_rng_below(r, 4)], (int)km_rng_below(r, 11));
    m.kind = (km_kind)km_rng_below(r, 2);
    if (km_rng_below(r, 2)) {
        m.note = "after a long drive";
        m.qualities = km_rng_below(r, 64);
    }
    m.n_ppt = (int)km_rng_below(r, 3);
    for (int i = 0; i < m.n_ppt; i++)
        m.ppt[i] = 100 + km_rng_below(r, 300);
    m.n_felt = (int)km_rng_below(r, 3);
    for (int i = 0; i < m.n_felt; i++)
        m.felt[i] = (km_felt){ KM_SIDE_RIGHT, i ? "hand_palm" : "elbow_inner" };
    return m;
}

/* One action in one transaction; some change nothing when there is nothing to change. */
static void act(km_store *s, km_rng *r, int serial)
{
    km_error err = { 0 };
    km_arena mem = { 0 };
    int64_t id = 0;
    int64_t client = some_id(s, r, "SELECT count(*) FROM client",
                             "SELECT id FROM client ORDER BY id LIMIT 1 OFFSET ?1");
    int64_t mark = some_id(s, r, "SELECT count(*) FROM mark",
                           "SELECT id FROM mark ORDER BY id LIMIT 1 OFFSET ?1");
    int64_t session = some_id(s, r, "SELECT count(*) FROM session",
                              "SELECT id FROM session ORDER BY id LIMIT 1 OFFSET ?1");

    begin(s);
    switch (km_rng_below(r, 10)) {
    case 0: {
        char name[40];
        snprintf(name, sizeof name, "Client %d", serial);
        km_client c = km_client_blank();
        c.uid = uid_of((uint64_t)serial);
        c.name = name;
        must(km_store_client_add(&id, s, &c, &err), &err);
        break;
    }
    case 1: {
        km_session m = km_session_blank();
        m.uid = uid_of((uint64_t)serial);
        m.client_id = client;
        m.started = m.ended = (km_instant){ 1600000000 + serial, 0 };
        m.has_ended = true;
        must(km_store_session_add(&id, s, &m, &err), &err);
        break;
    }
    case 2: {
        km_session m;
        if (!session)
            break;
        must(km_store_session_get(&m, &mem, s, session, &err), &err);
        m.note = "longer than planned";
        m.rpe = (int)km_rng_below(r, 11);
        must(km_store_session_update(s, &m, &err), &err);
        break;
    }
    case 3: {
        km_treatment t = km_treatment_blank();
        t.uid = uid_of((uint64_t)serial);
        t.client_id = client;
        t.at = (km_instant){ 1600000000, 0 };
        t.place = (km_place){ KM_SIDE_LEFT, NULL, muscles[km_rng_below(r, 4)], 0 };
        t.technique = KM_TECH_SMR;
        t.before = 6;
        must(km_store_treatment_add(&id, s, &t, &err), &err);
        break;
    }
    case 4: {
        km_checkin c = km_checkin_blank();
        c.uid = uid_of((uint64_t)serial);
        c.client_id = client;
        c.at = (km_instant){ 1600000000 + (int64_t)serial * 86400, 0 };
        c.sleep = 3;
        c.n_flex = 2;
        c.flex[0] = (km_flex){ "knee_to_wall", KM_SIDE_LEFT, 9.5 };
        c.flex[1] = (km_flex){ "knee_to_wall", KM_SIDE_RIGHT, 11 };
        must(km_store_checkin_add(&id, s, &c, &err), &err);
        break;
    }
    case 5:
        if (mark)
            must(km_store_mark_remove(s, mark, &err), &err);
        break;
    case 6:
    case 7: {
        km_mark m, old;
        if (!mark)
            break;
        must(km_store_mark_get(&old, &mem, s, mark, &err), &err);
        m = random_mark(r, old.client_id);
        m.id = mark;
        m.uid = old.uid;
        must(km_store_mark_update(s, &m, &err), &err);
        break;
    }
    default:
        for (uint32_t i = 0, n = 1 + km_rng_below(r, 4); i < n; i++) {
            km_mark m = random_mark(r, client);
            must(km_store_mark_add(&id, s, &m, &err), &err);
        }
    }
    commit_ok(s, "random");
    km_arena_clear(&mem);
}

/* Undo walks back through exactly the states that were, redo forward again; also reopened. */
static void undo_and_redo_restore_every_state(void **state)
{
    (void)state;
    for (uint64_t seed = 1; seed <= 3; seed++) {
        temp t = temp_new();
        km_store *s = open_ok(t.path);
        km_rng r = km_rng_seed(seed);
        char *was[ACTIONS + 1];
        int n = 0;
        km_store_undone u;

        was[0] = dump(t.path);
        for (int i = 0; i < ACTIONS; i++) {
            act(s, &r, 100 + i);
            char *now = dump(t.path);
            if (strcmp(now, was[n]) != 0)
                was[++n] = now;
            else
                free(now);
        }
        assert_true(n > ACTIONS / 2);
        for (int i = n; i > 0; i--) {
            if (i == n / 2) {
                km_store_close(s);
                s = open_ok(t.path);
            }
            assert_int_equal(km_store_undo(&u, s, NULL), KM_OK);
            char *now = dump(t.path);
            assert_string_equal(now, was[i - 1]);
            free(now);
        }
        assert_int_equal(km_store_undo(&u, s, NULL), KM_ENOTFOUND);
        for (int i = 0; i < n; i++) {
            assert_int_equal(km_store_redo(&u, s, NULL), KM_OK);
            char *now = dump(t.path);
            assert_string_equal(now, was[i + 1]);
            free(now);
        }
        assert_int_equal(km_store_redo(&u, s, NULL), KM_ENOTFOUND);
        for (int i = 0; i <= n; i++)
            free(was[i]);
        km_store_close(s);
        temp_end(&t);
    }
}

static void undo_says_what_it_took_back(void **state)
{
    (void)state;
    temp t = temp_new();
    km_store *s = open_ok(t.path);
    km_error err = { 0 };
    int64_t id = 0;
    km_mark m = mark_at(1, 1600000000, "infraspinatus", 6);

    begin(s);
    assert_int_equal(km_store_mark_add(&id, s, &m, &err), KM_OK);
    km_store_change c = { .who = "cli", .what = "mark knot 6", .record_id = id };
    assert_int_equal(km_store_commit(s, &c, &err), KM_OK);
    km_store_undone u = { 0 };
    assert_int_equal(km_store_undo(&u, s, &err), KM_OK);
    assert_string_equal(u.what, "mark knot 6");
    assert_int_equal(u.record_id, id);
    assert_int_equal(u.change, 1);
    km_store_close(s);
    temp_end(&t);
}

static void a_new_change_drops_what_was_undone(void **state)
{
    (void)state;
    temp t = temp_new();
    km_store *s = open_ok(t.path);
    km_store_undone u;

    for (int i = 0; i < 3; i++) {
        km_mark m = mark_at(1, 1600000000 + i, "infraspinatus", i);
        put_mark(s, &m);
    }
    assert_int_equal(km_store_undo(&u, s, NULL), KM_OK);
    assert_int_equal(km_store_undo(&u, s, NULL), KM_OK);
    km_mark m = mark_at(1, 1600000100, "soleus", 9);
    put_mark(s, &m);
    assert_int_equal(km_store_redo(&u, s, NULL), KM_ENOTFOUND);
    char *n = raw_text(t.path, "SELECT count(*) FROM change");
    assert_string_equal(n, "2");
    free(n);
    km_store_close(s);
    temp_end(&t);
}

static void places_survive_undo(void **state)
{
    (void)state;
    temp t = temp_new();
    km_store *s = open_ok(t.path);
    km_store_undone u;
    km_mark m = mark_at(1, 1600000000, "infraspinatus", 6);

    put_mark(s, &m);
    assert_int_equal(km_store_undo(&u, s, NULL), KM_OK);
    char *n = raw_text(t.path, "SELECT count(*) FROM place");
    assert_string_equal(n, "1");
    free(n);
    assert_int_equal(km_store_redo(&u, s, NULL), KM_OK);
    km_store_close(s);
    temp_end(&t);
}

/* Each front end is a connection of its own, and they share one log. */
static void two_connections_share_the_log(void **state)
{
    (void)state;
    temp t = temp_new();
    km_store *a = open_ok(t.path), *b = open_ok(t.path);
    km_store_undone u;
    int64_t v0 = 0, v1 = 0;
    km_mark m = mark_at(1, 1600000000, "infraspinatus", 6);

    assert_int_equal(km_store_data_version(&v0, b, NULL), KM_OK);
    put_mark(a, &m);
    assert_int_equal(km_store_data_version(&v1, b, NULL), KM_OK);
    assert_int_not_equal(v0, v1);
    assert_int_equal(km_store_undo(&u, b, NULL), KM_OK);
    assert_int_equal(marks_in(a), 0);
    assert_int_equal(km_store_redo(&u, a, NULL), KM_OK);
    km_store_close(a);
    km_store_close(b);
    temp_end(&t);
}

/* SQLite's own reader can run for ever on a recording that was cut short. */
static void a_damaged_recording_is_refused_at_any_length(void **state)
{
    (void)state;
    temp t = temp_new();
    km_store *s = open_ok(t.path);
    km_error err = { 0 };
    km_store_undone u;
    km_mark m = mark_at(1, 1600000000, "infraspinatus", 6);
    m.note = "a note";
    put_mark(s, &m);
    char *text = raw_text(t.path, "SELECT length(changeset) FROM change");
    int n = atoi(text);
    free(text);
    char *before = dump(t.path);
    raw(t.path, "CREATE TABLE keep AS SELECT changeset AS b FROM change");
    assert_true(n > 60);
    for (int i = 0; i < n; i++) {
        char sql[120];
        snprintf(sql, sizeof sql, "UPDATE change SET changeset = (SELECT substr(b, 1, %d) "
                 "FROM keep)", i);
        raw(t.path, sql);
        km_status st = km_store_undo(&u, s, &err);
        if (st == KM_OK) /* cut between two records: a smaller change, put back */
            assert_int_equal(km_store_redo(&u, s, &err), KM_OK);
        else
            assert_int_equal(st, KM_EDATA);
        char *after = dump(t.path);
        assert_string_equal(before, after);
        free(after);
    }
    free(before);
    km_store_close(s);
    temp_end(&t);
}

/* A record mended by hand must not be overwritten by an old recording. */
static void undo_refuses_rows_changed_behind_its_back(void **state)
{
    (void)state;
    temp t = temp_new();
    km_store *s = open_ok(t.path);
    km_error err = { 0 };
    km_store_undone u;
    km_mark m = mark_at(1, 1600000000, "infraspinatus", 6);

    put_mark(s, &m);
    raw(t.path, "UPDATE mark SET intensity = 2");
    char *before = dump(t.path);
    assert_int_equal(km_store_undo(&u, s, &err), KM_EDATA);
    assert_non_null(strstr(err.text, "changed by another program"));
    char *after = dump(t.path);
    assert_string_equal(before, after);
    free(before);
    free(after);
    km_store_close(s);
    temp_end(&t);
}

static void a_transaction_without_effect_leaves_no_log_row(void **state)
{
    (void)state;
    temp t = temp_new();
    km_store *s = open_ok(t.path);
    km_mark m = mark_at(1, 1600000000, "infraspinatus", 6);
    int64_t id = 0;

    begin(s);
    assert_int_equal(km_store_mark_add(&id, s, &m, NULL), KM_OK);
    assert_int_equal(km_store_mark_remove(s, id, NULL), KM_OK);
    commit_ok(s, "nothing");
    char *n = raw_text(t.path, "SELECT count(*) FROM change");
    assert_string_equal(n, "0");
    free(n);
    km_store_close(s);
    temp_end(&t);
}

/* A refused row of an import is given back, the rest stays and is undone as one. */
static void a_savepoint_gives_back_one_row(void **state)
{
    (void)state;
    temp t = temp_new();
    km_store *s = open_ok(t.path);
    km_mark m = mark_at(1, 1600000000, "infraspinatus", 6);
    km_mark bad = mark_at(1, 1600000001, "soleus", 5);
    km_mark last = mark_at(1, 1600000002, "soleus", 4);
    int64_t id = 0;
    km_store_undone u;

    begin(s);
    assert_int_equal(km_store_savepoint(s, NULL), KM_OK);
    assert_int_equal(km_store_mark_add(&id, s, &m, NULL), KM_OK);
    assert_int_equal(km_store_savepoint_end(s, true, NULL), KM_OK);
    assert_int_equal(km_store_savepoint(s, NULL), KM_OK);
    assert_int_equal(km_store_mark_add(&id, s, &bad, NULL), KM_OK);
    assert_int_equal(km_store_savepoint_end(s, false, NULL), KM_OK);
    assert_int_equal(km_store_savepoint(s, NULL), KM_OK);
    assert_int_equal(km_store_mark_add(&id, s, &last, NULL), KM_OK);
    assert_int_equal(km_store_savepoint_end(s, true, NULL), KM_OK);
    commit_ok(s, "import");
    assert_int_equal(marks_in(s), 2);
    km_arena mem = { 0 };
    km_mark read;
    assert_int_equal(km_store_mark_get(&read, &mem, s, id, NULL), KM_OK);
    assert_string_equal(read.place.muscle, "soleus");
    km_arena_clear(&mem);
    assert_int_equal(km_store_undo(&u, s, NULL), KM_OK);
    assert_int_equal(marks_in(s), 0);
    km_store_close(s);
    temp_end(&t);
}

static void flag_answers_are_outside_the_log(void **state)
{
    (void)state;
    temp t = temp_new();
    km_store *s = open_ok(t.path);
    km_flag_answer a = { .uid = uid_of(7), .client_id = 1, .at = { 1600000000, 0 },
                         .asked = "cardiac", .present = "" };
    int64_t id = 0;
    km_store_undone u;
    km_mark m = mark_at(1, 1600000000, "infraspinatus", 6);

    put_mark(s, &m);
    assert_int_equal(km_store_flag_answer_add(&id, s, &a, NULL), KM_OK);
    assert_int_equal(km_store_undo(&u, s, NULL), KM_OK);
    assert_string_equal(u.what, "mark");
    char *n = raw_text(t.path, "SELECT count(*) FROM flag_answer");
    assert_string_equal(n, "1");
    free(n);
    km_store_close(s);
    temp_end(&t);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(undo_and_redo_restore_every_state),
        cmocka_unit_test(undo_says_what_it_took_back),
        cmocka_unit_test(a_new_change_drops_what_was_undone),
        cmocka_unit_test(places_survive_undo),
        cmocka_unit_test(two_connections_share_the_log),
        cmocka_unit_test(a_damaged_recording_is_refused_at_any_length),
        cmocka_unit_test(undo_refuses_rows_changed_behind_its_back),
        cmocka_unit_test(a_transaction_without_effect_leaves_no_log_row),
        cmocka_unit_test(a_savepoint_gives_back_one_row),
        cmocka_unit_test(flag_answers_are_outside_the_log),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
