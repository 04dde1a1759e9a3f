/* The marks of a client that are kept in memory: never other than what the file says. */
#include "store_help.h"
#include "store_impl.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

#include "knotmap/rng.h"

#include "km_cmocka.h"

#define FIRST 1500000000
#define DAY   86400

static km_status take_event(void *ctx, const km_store_event *m, km_error *err)
{
    (void)err;
    km_buf_printf(ctx, "%" PRId64 ":%" PRId64 ":%d:%d:%d ", m->at, m->id, m->place, m->kind,
                  m->intensity);
    return KM_OK;
}

static km_status take_sample(void *ctx, const km_store_sample *m, km_error *err)
{
    (void)err;
    km_buf_printf(ctx, "%" PRId64 ":%" PRId64 ":%d:%d:%d ", m->at, m->id, m->place, m->kind,
                  m->intensity);
    return KM_OK;
}

static km_status take_rating(void *ctx, const km_store_rating *r, km_error *err)
{
    (void)err;
    km_buf_printf(ctx, "%" PRId64 ":%d:%d:%" PRId64 " ", r->at, r->place, r->intensity, r->group);
    return KM_OK;
}

static km_status take_id(void *ctx, const km_mark *m, km_error *err)
{
    (void)err;
    km_buf_printf(ctx, "%" PRId64 " ", m->id);
    return KM_OK;
}

/* What the file says. */
static void must_be(store_env *e, const char *got, const char *sql)
{
    char *want = raw_text(e->t.path, sql);
    assert_string_equal(got, want);
    free(want);
}

/* A part of them: the days from `first` to `last`. */
static void part_must_agree(store_env *e, int64_t client, int first, int last)
{
    km_buf got = { 0 }, sql = { 0 };
    int64_t from = FIRST + (int64_t)first * DAY, to = FIRST + (int64_t)last * DAY;

    assert_int_equal(km_store_samples(e->s, client, from, to, take_sample, &got, NULL), KM_OK);
    km_buf_printf(&sql, "SELECT coalesce(group_concat(at || ':' || id || ':' || place_id || ':' || "
                        "kind || ':' || coalesce(intensity, -1) || ' ', ''), '') FROM "
                        "(SELECT * FROM mark WHERE client_id = %" PRId64 " AND at >= %" PRId64
                        " AND at < %" PRId64 " ORDER BY at, off_min, place_id, kind, intensity, "
                        "cause, id)", client, from, to);
    must_be(e, km_buf_str(&got), km_buf_str(&sql));
    km_buf_clear(&got);
    km_buf_clear(&sql);
}

static void must_agree(store_env *e, int64_t client)
{
    km_store *s = e->s;
    km_buf got = { 0 }, sql = { 0 };
    int64_t from = FIRST + 20 * DAY;

    part_must_agree(e, client, 50, 70); /* from a later moment on, then from an earlier one */
    part_must_agree(e, client, 20, 60);

    assert_int_equal(km_store_events_each(s, client, INT64_MIN, INT64_MAX, take_event, &got, NULL),
                     KM_OK);
    km_buf_printf(&sql, "SELECT coalesce(group_concat(at || ':' || id || ':' || place_id || ':' || "
                        "kind || ':' || coalesce(intensity, -1) || ' ', ''), '') FROM "
                        "(SELECT * FROM mark INDEXED BY mark_by_client WHERE client_id = %" PRId64
                        " ORDER BY at, off_min, place_id, kind, intensity, cause, id)", client);
    must_be(e, km_buf_str(&got), km_buf_str(&sql));

    part_must_agree(e, client, 30, 65);

    km_buf_reset(&got);
    km_buf_reset(&sql);
    const km_store_rating_ask ask = { .client_id = client, .since = from, .until = INT64_MAX,
                                      .kind = 0, .group = KM_STORE_GROUP_KIND };
    assert_int_equal(km_store_ratings_each(s, &ask, take_rating, &got, NULL), KM_OK);
    km_buf_printf(&sql, "SELECT coalesce(group_concat(at || ':' || place_id || ':' || intensity || "
                        "':0 ', ''), '') FROM (SELECT * FROM mark WHERE client_id = %" PRId64
                        " AND at >= %" PRId64 " AND kind = 0 AND intensity NOT NULL "
                        "ORDER BY at, off_min, place_id, kind, intensity, cause, id)", client, from);
    must_be(e, km_buf_str(&got), km_buf_str(&sql));
    km_buf_clear(&got);
    km_buf_clear(&sql);
}

/* What was open at a moment, and the mark before each, against statements of their own. */
static void moments_must_agree(store_env *e, int64_t client)
{
    for (int day = 0; day < 100; day += 9) {
        km_buf got = { 0 }, sql = { 0 };
        km_store_filter f = km_store_filter_all();
        f.client_id = client;
        f.open = f.has_until = true;
        f.until = FIRST + (int64_t)day * DAY;
        f.oldest_first = true;
        assert_int_equal(km_store_marks_each(e->s, &f, take_id, &got, NULL), KM_OK);
        km_buf_printf(&sql, "SELECT coalesce(group_concat(id || ' ', ''), '') FROM (SELECT id FROM "
                            "(SELECT *, row_number() OVER (PARTITION BY place_id, kind ORDER BY "
                            "at DESC, id DESC) AS r FROM mark WHERE client_id = %" PRId64 " AND "
                            "at < %" PRId64 ") WHERE r = 1 AND intensity IS NOT 0 ORDER BY at, id)",
                      client, f.until);
        must_be(e, km_buf_str(&got), km_buf_str(&sql));
        km_buf_clear(&got);
        km_buf_clear(&sql);
    }
}

static km_status take_point(void *ctx, const km_store_point_history *h, km_error *err)
{
    (void)err;
    km_buf_printf(ctx, "%s:%d:%d:%d:%" PRId64 ":%d ", h->place.muscle, h->active, h->latent,
                  h->unspecified, h->last_at, (int)h->last_state);
    return KM_OK;
}

/* Knots of each trigger point, and the state of the newest. */
static void points_must_agree(store_env *e, int64_t client)
{
    km_buf got = { 0 }, sql = { 0 };
    assert_int_equal(km_store_history_each(e->s, client, take_point, &got, NULL), KM_OK);
    km_buf_printf(&sql, "SELECT coalesce(group_concat(muscle || ':' || a || ':' || l || ':' || u || "
                        "':' || at || ':' || state || ' ', ''), '') FROM (SELECT p.muscle, m.at, "
                        "m.state, sum(m.state = 1) OVER w AS a, sum(m.state = 2) OVER w AS l, "
                        "sum(m.state = 0) OVER w AS u, row_number() OVER (PARTITION BY m.place_id "
                        "ORDER BY m.at DESC, m.id DESC) AS r, m.place_id FROM mark m JOIN place p ON "
                        "p.id = m.place_id AND p.tp > 0 WHERE m.client_id = %" PRId64 " AND "
                        "m.kind = 0 AND m.intensity IS NOT 0 WINDOW w AS (PARTITION BY m.place_id) "
                        "ORDER BY m.place_id) WHERE r = 1", client);
    must_be(e, km_buf_str(&got), km_buf_str(&sql));
    km_buf_clear(&got);
    km_buf_clear(&sql);
}

static km_status check_before(void *ctx, const km_mark *m, km_error *err)
{
    store_env *e = ctx;
    char sql[400], got[16];
    int before = 99;
    (void)err;
    assert_int_equal(km_store_mark_before(&before, e->s, m, NULL), KM_OK);
    snprintf(got, sizeof got, "%d", before);
    snprintf(sql, sizeof sql,
             "SELECT coalesce((SELECT coalesce(n.intensity, -1) FROM mark n, mark m WHERE "
             "m.id = %" PRId64 " AND n.client_id = m.client_id AND n.place_id = m.place_id AND "
             "n.kind = m.kind AND (n.at, n.id) < (m.at, m.id) ORDER BY n.at DESC, n.id DESC "
             "LIMIT 1), -1)", m->id);
    must_be(e, got, sql);
    return KM_OK;
}

/* Some marks of two clients; several share a moment, some say no intensity. */
static km_mark any_mark(km_rng *r)
{
    static const char *const muscle[] = { "infraspinatus", "soleus", "gluteus_medius" };
    km_mark m = mark_at(1 + km_rng_below(r, 2), FIRST + (int64_t)km_rng_below(r, 100) * DAY,
                        muscle[km_rng_below(r, 3)], (int)km_rng_below(r, 12) - 1);
    m.uid = km_uid_from(m.at.sec * 1000, km_rng_u32(r), (uint64_t)km_rng_u32(r) << 32 | 1);
    m.at.off_min = (int16_t)(60 * (int)km_rng_below(r, 3));
    m.kind = (km_kind)km_rng_below(r, 2);
    m.state = (km_state)km_rng_below(r, KM_STATE_COUNT);
    return m;
}

static void second_client(store_env *e)
{
    km_client c = km_client_blank();
    int64_t id = 0;
    c.name = "Second";
    c.uid = uid_of(7);
    store_write(e->s);
    assert_int_equal(km_store_client_add(&id, e->s, &c, NULL), KM_OK);
    assert_int_equal(id, 2);
    commit_ok(e->s, "client");
}

static void whatever_is_written_is_what_is_read_next(void **state)
{
    store_env *e = *state;
    km_rng r = km_rng_seed(5);
    km_store_undone info;

    second_client(e);
    for (int i = 0; i < 120; i++) {
        int64_t n = 0, some = 0;
        char *ids = raw_text(e->t.path, "SELECT coalesce(max(id), 0) FROM mark");
        n = atoll(ids);
        free(ids);
        some = n > 0 ? 1 + km_rng_below(&r, (uint32_t)n) : 0;
        km_mark m = any_mark(&r);
        switch (n > 6 ? km_rng_below(&r, 8) : 0) {
        case 5: /* taken back */
            store_write(e->s);
            if (km_store_mark_remove(e->s, some, NULL) == KM_OK)
                commit_ok(e->s, "remove");
            else
                km_store_rollback(e->s);
            break;
        case 6: /* given up: neither before nor after may it be seen */
            store_write(e->s);
            assert_int_equal(km_store_mark_add(&some, e->s, &m, NULL), KM_OK);
            km_buf seen = { 0 };
            assert_int_equal(km_store_events_each(e->s, 1, INT64_MIN, INT64_MAX, take_event, &seen,
                                                  NULL), KM_OK);
            km_buf_clear(&seen);
            km_store_rollback(e->s);
            break;
        case 7: /* by another program */
            raw(e->t.path, "UPDATE mark SET intensity = 10 - intensity, at = at + 86400 "
                           "WHERE id % 7 = 3");
            break;
        default: put_mark(e->s, &m);
        }
        if (i % 3 == 0)
            must_agree(e, 1 + i / 3 % 2);
        must_agree(e, 1);
        moments_must_agree(e, 1);
        points_must_agree(e, 1);
        if (i % 20 == 19 && km_store_undo(&info, e->s, NULL) == KM_OK)
            must_agree(e, 1);
    }
    km_store_filter f = km_store_filter_all();
    assert_int_equal(km_store_marks_each(e->s, &f, check_before, e, NULL), KM_OK);
}

static void the_mark_before_is_found_whatever_is_at_hand(void **state)
{
    store_env *e = *state;
    km_rng r = km_rng_seed(6);

    second_client(e);
    for (int i = 0; i < 60; i++) {
        km_mark m = any_mark(&r);
        put_mark(e->s, &m);
    }
    assert_int_equal(e->s->events.n, 0); /* nothing was asked for as a whole */
    km_store_filter f = km_store_filter_all();
    assert_int_equal(km_store_marks_each(e->s, &f, check_before, e, NULL), KM_OK);
    km_mark far = mark_at(1, FIRST + 2000 * DAY, "soleus", 3); /* years after the one before */
    far.id = put_mark(e->s, &far);
    assert_int_equal(check_before(e, &far, NULL), KM_OK);
}

/* A reader that asks for another client's marks on the way. */
static km_status ask_others(void *ctx, const km_store_event *m, km_error *err)
{
    store_env *e = ctx;
    km_buf other = { 0 };
    (void)m;
    km_status st = km_store_events_each(e->s, 2, INT64_MIN, INT64_MAX, take_event, &other, err);
    km_buf_clear(&other);
    return st;
}

static void a_reader_may_ask_for_others_on_the_way(void **state)
{
    store_env *e = *state;
    km_rng r = km_rng_seed(7);

    second_client(e);
    for (int i = 0; i < 40; i++) {
        km_mark m = any_mark(&r);
        put_mark(e->s, &m);
    }
    must_agree(e, 1);
    assert_int_equal(km_store_events_each(e->s, 1, INT64_MIN, INT64_MAX, ask_others, e, NULL), KM_OK);
    must_agree(e, 1);
}

int main(void)
{
#define T(f) cmocka_unit_test_setup_teardown(f, store_env_begin, store_env_end)
    const struct CMUnitTest tests[] = {
        T(whatever_is_written_is_what_is_read_next),
        T(the_mark_before_is_found_whatever_is_at_hand),
        T(a_reader_may_ask_for_others_on_the_way),
    };
#undef T
    return cmocka_run_group_tests(tests, NULL, NULL);
}
