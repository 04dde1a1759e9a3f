/**
 * Properties over made questions: the answer does not depend on the order of places or of the
 * table's rows, mirrored questions give mirrored answers to the bit, and the joint answer is
 * the smallest there is.
 */
#include "referral_case.h"

#include "knotmap/rng.h"

#define QUESTIONS 40

static const km_atlas *atlas(void)
{
    return km_atlas_builtin();
}

static void make_question(question *q, km_rng *r)
{
    const km_atlas *a = atlas();
    q->s = (km_search){ .complaint = q->place, .n_complaint = 1 + km_rng_below(r, 12) };
    for (size_t i = 0; i < q->s.n_complaint; i++) {
        km_complaint *c = &q->place[i];
        uint32_t what = km_rng_below(r, 10);
        *c = (km_complaint){ .point = -1, .side = (km_side)(1 + km_rng_below(r, 2)) };
        bool midline = false;
        if (what < 7) {
            c->kind = KM_REF_REGION;
            c->index = (int)km_rng_below(r, (uint32_t)a->n_region);
            midline = a->region[c->index].midline;
        } else if (what < 9) {
            c->kind = KM_REF_MUSCLE;
            c->index = (int)km_rng_below(r, (uint32_t)a->n_muscle);
            midline = a->muscle[c->index].midline;
        } else {
            c->kind = KM_REF_GROUP;
            c->index = (int)km_rng_below(r, (uint32_t)a->n_group);
        }
        if (midline)
            c->side = KM_SIDE_MIDLINE;
        else if (km_rng_below(r, 6) == 0) {
            c->side = KM_SIDE_MIDLINE;
            c->side_open = true;
        }
    }
}

static void keep(km_candidate *out, size_t *n, const km_atlas *a, const question *q)
{
    assert_int_equal(km_referral_rank(out, RANK_MAX, n, a, &q->s, NULL), KM_OK);
}

static const km_candidate *named(const km_candidate *c, size_t n, int point, km_side side)
{
    int at = rank_of(c, n, point, side);
    assert_true(at > 0);
    return &c[at - 1];
}

static void order_of_places_changes_nothing(void **state)
{
    (void)state;
    static km_candidate one[RANK_MAX], two[RANK_MAX];
    km_rng r = km_rng_seed(11);
    for (int i = 0; i < QUESTIONS; i++) {
        question q, turned;
        make_question(&q, &r);
        turned = q;
        turned.s.complaint = turned.place;
        size_t n = q.s.n_complaint, shift = km_rng_below(&r, 12), n_one, n_two;
        for (size_t k = 0; k < n; k++)
            turned.place[k] = q.place[n - 1 - (k + shift) % n];
        keep(one, &n_one, atlas(), &q);
        keep(two, &n_two, atlas(), &turned);
        assert_int_equal(n_one, n_two);
        for (size_t k = 0; k < n_one; k++) {
            assert_int_equal(one[k].point, two[k].point);
            assert_int_equal(one[k].side, two[k].side);
            assert_true(one[k].score == two[k].score && one[k].share == two[k].share);
        }
        km_cover a, b, a2, b2;
        km_referral_explain(&a, &a2, atlas(), &q.s, NULL);
        km_referral_explain(&b, &b2, atlas(), &turned.s, NULL);
        assert_int_equal(a.n, b.n);
        assert_int_equal(a2.n, b2.n);
        assert_true(a.score == b.score && a2.score == b2.score);
        for (int k = 0; k < a.n; k++) {
            assert_int_equal(a.step[k].point, b.step[k].point);
            assert_int_equal(a.step[k].side, b.step[k].side);
        }
        for (int k = 0; k < a2.n; k++)
            assert_int_equal(a2.step[k].point, b2.step[k].point);
    }
}

static void mirrored_question_gives_the_mirrored_answer(void **state)
{
    (void)state;
    static km_candidate one[RANK_MAX], two[RANK_MAX];
    km_rng r = km_rng_seed(12);
    for (int i = 0; i < QUESTIONS; i++) {
        question q, mirror;
        size_t n_one, n_two;
        make_question(&q, &r);
        mirror = q;
        mirror.s.complaint = mirror.place;
        for (size_t k = 0; k < q.s.n_complaint; k++)
            mirror.place[k].side = km_side_mirror(q.place[k].side);
        keep(one, &n_one, atlas(), &q);
        keep(two, &n_two, atlas(), &mirror);
        assert_int_equal(n_one, n_two);
        for (size_t k = 0; k < n_one; k++) {
            const km_candidate *m =
                named(two, n_two, one[k].point, km_side_mirror(one[k].side));
            assert_true(one[k].score == m->score && one[k].share == m->share);
            assert_true(one[k].score == two[k].score);
            assert_int_equal(one[k].explains, m->explains);
            assert_int_equal(one[k].strength, m->strength);
            assert_int_equal(one[k].n_expects, m->n_expects);
        }
        km_cover a, b, a2, b2;
        km_referral_explain(&a, &a2, atlas(), &q.s, NULL);
        km_referral_explain(&b, &b2, atlas(), &mirror.s, NULL);
        assert_int_equal(a.n, b.n);
        assert_true(a.score == b.score);
        assert_int_equal(a2.n, b2.n);
        assert_true(a2.score == b2.score);
    }
}

/* The same knowledge with points and rows in reverse. */
static void order_of_rows_changes_nothing(void **state)
{
    (void)state;
    static km_candidate one[RANK_MAX], two[RANK_MAX];
    const km_atlas *a = atlas();
    km_atlas b = *a;
    km_referral *rows = malloc((size_t)a->n_referral * sizeof *rows);
    km_point *points = malloc((size_t)a->n_point * sizeof *points);
    km_muscle *muscles = malloc((size_t)a->n_muscle * sizeof *muscles);
    memcpy(muscles, a->muscle, (size_t)a->n_muscle * sizeof *muscles);
    for (int i = 0; i < a->n_referral; i++) {
        rows[a->n_referral - 1 - i] = a->referral[i];
        rows[a->n_referral - 1 - i].point = (int16_t)(a->n_point - 1 - a->referral[i].point);
    }
    for (int i = 0; i < a->n_point; i++) {
        km_point *p = &points[a->n_point - 1 - i];
        *p = a->point[i];
        p->first_referral = (int16_t)(a->n_referral - p->first_referral - p->n_referral);
    }
    for (int i = 0; i < a->n_muscle; i++)
        muscles[i].first_point = (int16_t)(a->n_point - a->muscle[i].first_point -
                                           a->muscle[i].n_point);
    b.referral = rows;
    b.point = points;
    b.muscle = muscles;

    km_rng r = km_rng_seed(13);
    for (int i = 0; i < QUESTIONS; i++) {
        question q;
        size_t n_one, n_two;
        make_question(&q, &r);
        keep(one, &n_one, a, &q);
        keep(two, &n_two, &b, &q);
        assert_int_equal(n_one, n_two);
        for (size_t k = 0; k < n_one; k++) {
            const km_candidate *m = named(two, n_two, a->n_point - 1 - one[k].point, one[k].side);
            assert_true(one[k].score == m->score && one[k].share == m->share);
            assert_int_equal(one[k].explains, m->explains);
        }
        km_cover x, y;
        km_referral_explain(&x, NULL, a, &q.s, NULL);
        km_referral_explain(&y, NULL, &b, &q.s, NULL);
        assert_int_equal(x.n, y.n);
        assert_true(x.score == y.score);
    }
    free(rows);
    free(points);
    free(muscles);
}

static bool cover_within(const uint32_t *mask, size_t n, uint32_t left, int depth)
{
    if (!left || depth == 0)
        return !left;
    uint32_t low = left & (0u - left);
    for (size_t i = 0; i < n; i++) {
        if ((mask[i] & low) && cover_within(mask, n, left & ~mask[i], depth - 1))
            return true;
    }
    return false;
}

static void joint_answer_is_the_smallest_by_brute_force(void **state)
{
    (void)state;
    static km_candidate ranked[RANK_MAX];
    static uint32_t mask[RANK_MAX];
    km_rng r = km_rng_seed(14);
    for (int i = 0; i < QUESTIONS; i++) {
        question q;
        size_t n, distinct = 0;
        make_question(&q, &r);
        keep(ranked, &n, atlas(), &q);
        uint32_t all = 0;
        for (size_t k = 0; k < n; k++) {
            size_t at = 0;
            while (at < distinct && mask[at] != ranked[k].explains)
                at++;
            if (at == distinct)
                mask[distinct++] = ranked[k].explains;
            all |= ranked[k].explains;
        }
        int depth = 0;
        while (!cover_within(mask, distinct, all, depth))
            depth++;
        km_cover best;
        km_referral_explain(&best, NULL, atlas(), &q.s, NULL);
        assert_int_equal(best.n, depth);
        uint32_t got = 0;
        for (int k = 0; k < best.n; k++)
            got |= best.step[k].explains;
        assert_int_equal(got, all);
        assert_int_equal(best.unexplained, ((1u << q.s.n_complaint) - 1u) & ~all);
    }
}

/* Pressing on always ends: every answer takes a point off the list. */
static void press_tests_come_to_an_end(void **state)
{
    (void)state;
    static km_candidate ranked[RANK_MAX];
    static km_history history[RANK_MAX];
    km_rng r = km_rng_seed(15);
    for (int i = 0; i < 3; i++) {
        question q;
        size_t n;
        make_question(&q, &r);
        q.s.history = history;
        size_t pressed = 0;
        for (;;) {
            km_press_test next;
            keep(ranked, &n, atlas(), &q);
            if (km_referral_tests(&next, 1, atlas(), &q.s, ranked, n) == 0)
                break;
            assert_true(++pressed <= n);
            history[q.s.n_history++] = (km_history){ .point = next.point, .side = next.side,
                                                     .days_ago = -1, .tested = 3 };
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(order_of_places_changes_nothing),
        cmocka_unit_test(mirrored_question_gives_the_mirrored_answer),
        cmocka_unit_test(order_of_rows_changes_nothing),
        cmocka_unit_test(joint_answer_is_the_smallest_by_brute_force),
        cmocka_unit_test(press_tests_come_to_an_end),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
