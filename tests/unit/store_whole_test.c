/* The database as a whole: its ranges, its size, erasing, backup, the full check. */
#include "store_help.h"
#include "store_impl.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "knotmap/rng.h"

#include "km_cmocka.h"

/* ---- the schema itself refuses what is out of range ---- */

static void the_schema_checks_every_range(void **state)
{
    store_env *e = *state;
    const char *const bad[] = {
        "UPDATE mark SET intensity = 11", "UPDATE mark SET intensity = -1",
        "UPDATE mark SET kind = 5", "UPDATE mark SET view = 5", "UPDATE mark SET state = 3",
        "UPDATE mark SET cause = 8", "UPDATE mark SET off_min = 1441",
        "UPDATE mark SET at = 253402300800", "UPDATE mark SET x = 20001",
        "UPDATE mark SET more = 8", "UPDATE mark SET uid = x'00'", "UPDATE mark SET at = 'noon'",
        "UPDATE mark SET place_id = 99", "UPDATE mark SET client_id = 99",
        "UPDATE mark SET session_id = 99", "UPDATE mark SET at = NULL",
        "UPDATE mark_more SET taut_band = 3", "UPDATE mark_more SET tissue = 7",
        "UPDATE mark_more SET ppt_area = 20.5", "UPDATE mark_more SET onset_at = 5",
        "UPDATE mark_more SET note = printf('%4001c', 'x')", "UPDATE mark_ppt SET kpa = 0.5",
        "UPDATE mark_ppt SET n = 9", "UPDATE client SET name = ''",
        "UPDATE client SET name = printf('%121c', 'x')", "UPDATE client SET archived = 2",
        "UPDATE client SET born = 2932897", "UPDATE session SET rpe = 11",
        "UPDATE session SET minutes = 1441", "UPDATE session SET kind = 4",
        "UPDATE session SET ended_at = 1, ended_off = 0", "UPDATE session SET ended_at = 9999999",
        "UPDATE place SET side = 3", "UPDATE place SET tp = 100",
        "UPDATE place SET muscle = '' WHERE tp > 0",
        "INSERT INTO place (side, region, muscle, tp) VALUES (0, '', '', 0)",
        "INSERT INTO checkin (uid, client_id, day, at, off_min, sleep, did) "
        "VALUES (randomblob(16), 1, 1, 1, 0, 8, 0)",
        "INSERT INTO checkin (uid, client_id, day, at, off_min, mood, did) "
        "VALUES (randomblob(16), 1, 1, 1, 0, 11, 0)",
        "INSERT INTO treatment (uid, client_id, at, off_min, before, response) "
        "VALUES (randomblob(16), 1, 1, 0, 11, 0)",
        "INSERT INTO treatment (uid, client_id, at, off_min, seconds, response) "
        "VALUES (randomblob(16), 1, 1, 0, 86401, 0)",
        "INSERT INTO treatment (uid, client_id, at, off_min, response) "
        "VALUES (randomblob(16), 1, 1, 0, 7)",
        "DELETE FROM client",
    };
    km_mark m = mark_at(1, 1600000000, "infraspinatus", 6);
    m.note = "n";
    m.ppt[0] = 100;
    m.n_ppt = 1;
    km_session session = km_session_blank();
    int64_t id = 0;
    session.uid = uid_of(130);
    session.client_id = 1;
    session.started = (km_instant){ 1600000000, 0 };
    store_write(e->s);
    assert_int_equal(km_store_session_add(&id, e->s, &session, NULL), KM_OK);
    commit_ok(e->s, "session");
    put_mark(e->s, &m);
    char *before = dump(e->t.path);
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        if (raw_try(e->t.path, bad[i]))
            fail_msg("accepted: %s", bad[i]);
    }
    char *after = dump(e->t.path);
    assert_string_equal(before, after);
    free(before);
    free(after);
}

/* ---- size ---- */

/* At most 140 bytes a mark, uid and every index included, the change log apart. */
static void a_mark_takes_little_room(void **state)
{
    store_env *e = *state;
    enum { N = 20000, CLIENTS = 20 };
    km_rng r = km_rng_seed(5);
    int64_t id = 0;

    store_write(e->s);
    for (int i = 2; i <= CLIENTS; i++) {
        char name[20];
        km_client c = km_client_blank();
        snprintf(name, sizeof name, "c%d", i);
        c.uid = uid_of((uint64_t)i);
        c.name = name;
        assert_int_equal(km_store_client_add(&id, e->s, &c, NULL), KM_OK);
    }
    for (int i = 0; i < N; i++) {
        km_mark m = mark_at(1 + km_rng_below(&r, CLIENTS), 1500000000 + i * 15000, "soleus",
                            (int)km_rng_below(&r, 11));
        m.uid = km_uid_from(m.at.sec * 1000, (uint64_t)km_rng_u32(&r) << 32 | km_rng_u32(&r),
                            (uint64_t)km_rng_u32(&r) << 32 | km_rng_u32(&r));
        m.place.tp = 1 + (int)km_rng_below(&r, 40);
        m.x = (int16_t)(km_rng_below(&r, 4000) - 2000);
        m.y = (int16_t)km_rng_below(&r, 10000);
        m.state = (km_state)km_rng_below(&r, 3);
        m.note = i % 20 == 0 ? "after a long drive" : NULL;
        assert_int_equal(km_store_mark_add(&id, e->s, &m, NULL), KM_OK);
    }
    commit_ok(e->s, "many");
    char *bytes = raw_text(e->t.path, "SELECT sum(pgsize) FROM dbstat WHERE name IN ('mark', "
                                      "'mark_more', 'mark_by_client', 'mark_by_session', "
                                      "'sqlite_autoindex_mark_1', 'latest', 'place')");
    long total = atol(bytes);
    free(bytes);
    if (total > 140L * N)
        fail_msg("%.1f bytes a mark", (double)total / N);
    assert_true(total > 60L * N);
}

/* ---- erasing ---- */

static void erasing_leaves_no_trace(void **state)
{
    store_env *e = *state;
    char wal[120];
    km_error err = { 0 };
    km_client c = km_client_blank();
    int64_t id = 0, both = 0;
    km_store_undone u;

    c.uid = uid_of(140);
    c.name = "Wilhelmina Geheim";
    c.contact = "geheim@example.org";
    store_write(e->s);
    assert_int_equal(km_store_client_add(&id, e->s, &c, &err), KM_OK);
    commit_ok(e->s, "add client Wilhelmina Geheim");
    km_mark mine = mark_at(1, 1600000000, "masseter", 4);
    put_mark(e->s, &mine);
    store_write(e->s); /* an import of both */
    for (int i = 0; i < 300; i++) {
        km_mark m = mark_at(i % 2 ? id : 1, 1600000000 + i, "soleus", 5);
        m.note = i % 2 ? "geheime Notiz" : "meine Notiz";
        assert_int_equal(km_store_mark_add(&both, e->s, &m, &err), KM_OK);
    }
    commit_ok(e->s, "import");
    mine = mark_at(1, 1600009999, "masseter", 3);
    put_mark(e->s, &mine);
    km_flag_answer a = { .uid = uid_of(141), .client_id = id, .at = { 1600000000, 0 },
                         .asked = "cardiac", .present = "" };
    assert_int_equal(km_store_flag_answer_add(&both, e->s, &a, &err), KM_OK);

    /* a row in every table that can hold something of a client */
    raw(e->t.path,
        "INSERT INTO session (id, uid, client_id, kind, started_at, started_off, note) "
        "VALUES (70, randomblob(16), 2, 0, 1, 0, 'geheime Notiz');"
        "INSERT INTO session_more (session_id, practitioner) VALUES (70, 'geheime Notiz');"
        "INSERT INTO amendment (uid, session_id, at, off_min, field, text) "
        "VALUES (randomblob(16), 70, 1, 0, 'note', 'geheime Notiz');"
        "INSERT INTO routine (id, uid, client_id, name, at, off_min) "
        "VALUES (70, randomblob(16), 2, 'geheime Notiz', 1, 0);"
        "INSERT INTO routine_step (uid, routine_id, step, tp, side, kind, action, seconds, sets, "
        "pressure, cue_count) VALUES (randomblob(16), 70, 1, 0, 0, 'smr', 'geheime Notiz', 1, 1, "
        "1, 0);"
        "INSERT INTO treatment (id, uid, client_id, session_id, routine_id, at, off_min, response, "
        "note) VALUES (70, randomblob(16), 2, 70, 70, 1, 0, 0, 'geheime Notiz');"
        "INSERT INTO treatment_more (treatment_id) VALUES (70);"
        "INSERT INTO hold VALUES (70, 1, 0, 5);"
        "INSERT INTO aftercare (treatment_id, hours, at, off_min, response, note) "
        "VALUES (70, 24, 1, 0, 0, 'geheime Notiz');"
        "INSERT INTO checkin (id, uid, client_id, day, at, off_min, did) "
        "VALUES (70, randomblob(16), 2, 1, 1, 0, 0);"
        "INSERT INTO flexibility VALUES (70, 'geheime Notiz', 0, 1);"
        "INSERT INTO finding (uid, client_id, session_id, at, off_min, place_id, result) "
        "VALUES (randomblob(16), 2, 70, 1, 0, 1, 0);"
        "INSERT INTO week_plan VALUES (2, 2, 2, 2);"
        "INSERT INTO goal (uid, client_id, kind, name, done) "
        "VALUES (randomblob(16), 2, 0, 'geheime Notiz', 0);"
        "INSERT INTO saved_filter (name, words) VALUES ('knee of wilhelmina', 'side:left'), "
        "('left knots', 'wilhelmina kind:knot'), ('meine Notiz', 'kind:knot neu'), "
        "('Geheimnis', 'side:right geheim:x');"
        "INSERT INTO problem (uid, client_id, week, area, taking_part, volume, performance, "
        "symptoms) VALUES (randomblob(16), 2, 1, 'geheime Notiz', 0, 0, 0, 0)");
    assert_int_equal(id, 2);

    snprintf(wal, sizeof wal, "%s-wal", e->t.path);
    assert_true(file_has(e->t.path, "Wilhelmina") || file_has(wal, "Wilhelmina"));
    if (km_store_client_erase(e->s, id, uid_of(999), &err) != KM_OK)
        fail_msg("%s", err.text);
    const char *const traces[] = { "Wilhelmina", "geheim@", "geheime Notiz" };
    for (size_t i = 0; i < 3; i++) {
        assert_false(file_has(e->t.path, traces[i]));
        assert_false(file_has(wal, traces[i]));
    }
    char *free_pages = raw_text(e->t.path, "PRAGMA freelist_count");
    assert_string_equal(free_pages, "0");
    free(free_pages);
    assert_true(file_has(e->t.path, "meine Notiz"));
    char *filters = raw_text(e->t.path, "SELECT group_concat(name) FROM "
                                        "(SELECT name FROM saved_filter ORDER BY 1)");
    assert_string_equal(filters, "Geheimnis,meine Notiz");
    free(filters);
    assert_int_equal(marks_in(e->s), 152);
    assert_int_equal(clients_in(e->s), 1);

    /* what came after the import can still be taken back, the import cannot */
    assert_int_equal(km_store_undo(&u, e->s, &err), KM_OK);
    assert_int_equal(km_store_undo(&u, e->s, &err), KM_ENOTFOUND);
    assert_int_equal(km_store_client_erase(e->s, id, uid_of(998), &err), KM_ENOTFOUND);
}

static void erasing_me_leaves_an_empty_me(void **state)
{
    store_env *e = *state;
    int64_t id = 0;
    bool empty = false;
    km_mark m = mark_at(1, 1600000000, "masseter", 4);
    put_mark(e->s, &m);
    assert_int_equal(km_store_client_erase(e->s, 1, uid_of(997), NULL), KM_OK);
    assert_int_equal(km_store_client_by_name(&id, e->s, "me", NULL), KM_OK);
    assert_int_equal(km_store_is_empty(&empty, e->s, NULL), KM_OK);
    assert_true(empty);
    char *uid = raw_text(e->t.path, "SELECT hex(uid) FROM client");
    char *old = raw_text(":memory:", "SELECT 'x'");
    assert_string_not_equal(uid, old);
    free(uid);
    free(old);
}

/* ---- backup and verify ---- */

static void a_backup_is_whole_private_and_new(void **state)
{
    store_env *e = *state;
    char copy[120];
    km_error err = { 0 };
    struct stat st;
    km_mark m = mark_at(1, 1600000000, "masseter", 4);
    put_mark(e->s, &m);
    snprintf(copy, sizeof copy, "%s/copy.db", e->t.dir);
    mode_t old = umask(0);
    assert_int_equal(km_store_backup(e->s, copy, &err), KM_OK);
    umask(old);
    assert_int_equal(stat(copy, &st), 0);
    assert_int_equal(st.st_mode & 0777, 0600);
    char *a = dump(e->t.path), *b = dump(copy);
    assert_string_equal(a, b);
    assert_int_equal(km_store_backup(e->s, copy, &err), KM_ECREATE);
    char *c = dump(copy);
    assert_string_equal(b, c);
    free(a);
    free(b);
    free(c);
    km_store *s = open_ok(copy);
    km_store_undone u;
    assert_int_equal(km_store_undo(&u, s, &err), KM_OK); /* the log came along */
    km_store_close(s);
    assert_int_equal(km_store_backup(e->s, "/nonexistent/x.db", &err), KM_ECREATE);
}

typedef struct failing {
    char names[200];
    int n;
} failing;

static void note_check(void *ctx, const char *check, bool ok, const char *detail)
{
    failing *f = ctx;
    assert_non_null(detail);
    f->n++;
    if (!ok)
        snprintf(f->names + strlen(f->names), sizeof f->names - strlen(f->names), "%s;", check);
}

static void verify_finds_what_is_wrong(void **state)
{
    store_env *e = *state;
    const struct { const char *sql, *check; } harm[] = {
        { "SELECT 1", "" },
        { "UPDATE latest SET at = at + 1", "open marks;" },
        { "DELETE FROM latest", "open marks;" },
        { "DELETE FROM mark_more", "mark details;" },
        { "PRAGMA foreign_keys = OFF; UPDATE mark SET place_id = 77", "references;open marks;" },
        { "UPDATE change SET changeset = x'5401'", "change log;" },
        { "PRAGMA application_id = 5", "identity;" },
    };
    for (size_t i = 0; i < sizeof harm / sizeof *harm; i++) {
        temp t = temp_new();
        failing f = { "", 0 };
        km_store *s = open_ok(t.path);
        km_mark m = mark_at(1, 1600000000, "masseter", 4);
        m.note = "n";
        put_mark(s, &m);
        raw(t.path, harm[i].sql);
        assert_int_equal(km_store_verify(s, note_check, &f, NULL), KM_OK);
        if (strcmp(harm[i].check, "references;open marks;") == 0)
            assert_non_null(strstr(f.names, "references;"));
        else
            assert_string_equal(f.names, harm[i].check);
        assert_true(f.n >= 6);
        km_store_close(s);
        temp_end(&t);
    }
    (void)e;
}

#define T(f) cmocka_unit_test_setup_teardown(f, store_env_begin, store_env_end)

int main(void)
{
    const struct CMUnitTest tests[] = {
        T(the_schema_checks_every_range),
        T(a_mark_takes_little_room),
        T(erasing_leaves_no_trace),
        T(erasing_me_leaves_an_empty_me),
        T(a_backup_is_whole_private_and_new),
        T(verify_finds_what_is_wrong),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
