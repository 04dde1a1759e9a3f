/* The made-up clinic: the same every time, sound records, courses as the field knows them. */
#include "km_cmocka.h"

#include <stdlib.h>
#include <string.h>

#include "demo.h"

#define TODAY km_day_of(2026, 11, 20)

/** Everything the simulation made, with text that outlives it. */
typedef struct clinic {
    km_client client[32];
    km_session session[4000];
    km_mark mark[12000];
    km_treatment treatment[4000];
    km_checkin checkin[6000];
    size_t n_client, n_session, n_mark, n_treatment, n_checkin;
    km_status refuse_marks;
} clinic;

static km_status take_client(void *ctx, km_client *c, km_error *err)
{
    clinic *k = ctx;
    (void)err;
    c->id = (int64_t)k->n_client + 1;
    k->client[k->n_client++] = *c;
    return KM_OK;
}

static km_status take_session(void *ctx, km_session *s, km_error *err)
{
    clinic *k = ctx;
    (void)err;
    s->id = (int64_t)k->n_session + 1;
    assert_true(k->n_session < 4000);
    k->session[k->n_session++] = *s;
    return KM_OK;
}

static km_status take_mark(void *ctx, km_mark *m, km_error *err)
{
    clinic *k = ctx;
    if (k->refuse_marks != KM_OK)
        return km_fail(err, k->refuse_marks, "full");
    assert_true(k->n_mark < 12000);
    m->id = (int64_t)k->n_mark + 1;
    k->mark[k->n_mark++] = *m;
    return KM_OK;
}

static km_status take_treatment(void *ctx, km_treatment *t, km_error *err)
{
    clinic *k = ctx;
    (void)err;
    t->id = (int64_t)k->n_treatment + 1;
    assert_true(k->n_treatment < 4000);
    k->treatment[k->n_treatment++] = *t;
    return KM_OK;
}

static km_status take_checkin(void *ctx, km_checkin *c, km_error *err)
{
    clinic *k = ctx;
    (void)err;
    c->id = (int64_t)k->n_checkin + 1;
    assert_true(k->n_checkin < 6000);
    k->checkin[k->n_checkin++] = *c;
    return KM_OK;
}

static clinic *made(km_day today)
{
    clinic *k = km_calloc(1, sizeof *k);
    const demo_sink sink = { k, take_client, take_session, take_mark, take_treatment,
                             take_checkin };
    assert_int_equal(demo_generate(km_atlas_builtin(), today, &sink, NULL), KM_OK);
    return k;
}

/* One clinic for the tests that only read it. */
static clinic *shared;

static int open_clinic(void **state)
{
    (void)state;
    shared = made(TODAY);
    return 0;
}

static int close_clinic(void **state)
{
    (void)state;
    free(shared);
    return 0;
}

static void it_has_the_size_of_a_clinic(void **state)
{
    (void)state;
    int kinds[KM_SESSION_KIND_COUNT] = { 0 };
    size_t measured = 0;
    for (size_t i = 0; i < shared->n_session; i++)
        kinds[shared->session[i].kind]++;
    for (size_t i = 0; i < shared->n_treatment; i++)
        measured += shared->treatment[i].before >= 0 && shared->treatment[i].after >= 0;
    print_message("%zu marks, %zu sessions, %zu treatments, %zu check-ins\n", shared->n_mark,
                  shared->n_session, shared->n_treatment, shared->n_checkin);
    assert_int_equal(shared->n_client, 12);
    assert_in_range(shared->n_mark, 3001, 6000);
    assert_int_equal(measured, shared->n_treatment);
    assert_true(shared->n_treatment > 300);
    assert_true(shared->n_checkin > 1000);
    for (int i = 0; i < KM_SESSION_KIND_COUNT; i++)
        assert_true(kinds[i] > 20);
    assert_string_equal(shared->client[0].name, "me");
}

static void it_is_the_same_on_every_run_of_a_day(void **state)
{
    (void)state;
    clinic *again = made(TODAY);
    assert_int_equal(again->n_mark, shared->n_mark);
    assert_int_equal(again->n_treatment, shared->n_treatment);
    for (size_t i = 0; i < shared->n_mark; i++) {
        const km_mark *a = &shared->mark[i], *b = &again->mark[i];
        assert_int_equal(km_uid_cmp(a->uid, b->uid), 0);
        assert_int_equal(a->at.sec, b->at.sec);
        assert_int_equal(a->intensity, b->intensity);
        assert_true(km_place_equal(&a->place, &b->place));
    }
    for (size_t i = 0; i < shared->n_checkin; i++)
        assert_int_equal(km_uid_cmp(shared->checkin[i].uid, again->checkin[i].uid), 0);
    free(again);
}

static void it_ends_the_day_before_and_moves_with_it(void **state)
{
    (void)state;
    clinic *later = made(TODAY + 1);
    km_day last = 0, last_later = 0;
    for (size_t i = 0; i < shared->n_mark; i++) {
        km_day d = km_instant_day(shared->mark[i].at);
        assert_in_range(d, TODAY - DEMO_DAYS, TODAY - 1);
        last = d > last ? d : last;
    }
    for (size_t i = 0; i < later->n_mark; i++) {
        km_day d = km_instant_day(later->mark[i].at);
        last_later = d > last_later ? d : last_later;
    }
    assert_int_equal(last, TODAY - 1);
    assert_int_equal(last_later, TODAY);
    free(later);
}

static void every_record_passes_its_checks_and_belongs_to_somebody(void **state)
{
    (void)state;
    const km_atlas *a = km_atlas_builtin();
    km_error err = { 0 };
    for (size_t i = 0; i < shared->n_client; i++) {
        assert_int_equal(km_client_check(&shared->client[i], &err), KM_OK);
        for (size_t k = 0; k < i; k++)
            assert_string_not_equal(shared->client[i].name, shared->client[k].name);
    }
    for (size_t i = 0; i < shared->n_session; i++)
        assert_int_equal(km_session_check(&shared->session[i], &err), KM_OK);
    for (size_t i = 0; i < shared->n_treatment; i++) {
        assert_int_equal(km_treatment_check(&shared->treatment[i], &err), KM_OK);
        assert_true(km_atlas_muscle(a, shared->treatment[i].place.muscle) >= 0);
    }
    for (size_t i = 0; i < shared->n_checkin; i++)
        assert_int_equal(km_checkin_check(&shared->checkin[i], &err), KM_OK);
    for (size_t i = 0; i < shared->n_mark; i++) {
        const km_mark *m = &shared->mark[i];
        assert_int_equal(km_mark_check(m, &err), KM_OK);
        assert_true(km_atlas_region(a, m->place.region) >= 0);
        assert_in_range(m->client_id, 1, shared->n_client);
        if (m->session_id == 0)
            continue;
        const km_session *s = &shared->session[m->session_id - 1];
        assert_int_equal(s->client_id, m->client_id);
        assert_int_equal(km_uid_cmp(s->uid, m->session_uid), 0);
        assert_true(s->started.sec <= m->at.sec && m->at.sec <= s->ended.sec);
    }
}

static void one_check_in_a_client_and_day(void **state)
{
    (void)state;
    for (size_t i = 1; i < shared->n_checkin; i++) {
        const km_checkin *a = &shared->checkin[i - 1], *b = &shared->checkin[i];
        assert_true(a->client_id != b->client_id ||
                    km_instant_day(a->at) < km_instant_day(b->at));
    }
}

static bool same_course(const km_mark *a, const km_mark *b)
{
    return a->client_id == b->client_id && a->kind == b->kind &&
           km_place_equal(&a->place, &b->place);
}

/** Whether a later mark of the same place and kind exists. */
static bool superseded(size_t at)
{
    for (size_t i = at + 1; i < shared->n_mark; i++) {
        if (same_course(&shared->mark[at], &shared->mark[i]) &&
            shared->mark[i].at.sec >= shared->mark[at].at.sec)
            return true;
    }
    return false;
}

static void me_has_a_handful_of_open_marks(void **state)
{
    (void)state;
    /* whatever weekday it is: one clinic for each */
    for (int day = 0; day < 7; day++) {
        clinic *kept = shared;
        shared = made(TODAY + day);
        int open = 0, knots = 0;
        for (size_t i = 0; i < shared->n_mark; i++) {
            const km_mark *m = &shared->mark[i];
            if (m->client_id != 1 || m->intensity == 0 || superseded(i))
                continue;
            open++;
            knots += m->kind == KM_KIND_KNOT;
            assert_true(TODAY + day - km_instant_day(m->at) < 14);
        }
        assert_in_range(open, 2, 6);
        assert_in_range(knots, 1, 4);
        free(shared);
        shared = kept;
    }
}

static void courses_rise_fall_and_return(void **state)
{
    (void)state;
    int returned = 0;
    for (int p = 0; p < demo_n_people; p++) {
        for (int s = 0; s < demo_spots(&demo_people[p]); s++) {
            const demo_spot *d = &demo_people[p].spot[s];
            int episodes = 0, peak = 0, first = -1;
            for (size_t i = 0; i < shared->n_mark; i++) {
                const km_mark *m = &shared->mark[i];
                if (m->client_id != p + 1 || m->kind != KM_KIND_KNOT || m->place.side != d->side ||
                    strcmp(m->place.muscle, d->muscle) != 0 || m->place.tp != d->tp)
                    continue;
                first = first < 0 ? m->intensity : first;
                peak = m->intensity > peak ? m->intensity : peak;
                episodes += m->intensity == 0;
            }
            assert_true(peak >= d->peak - 1);
            assert_true(first <= peak);
            if (s < demo_people[p].n_lasting)
                assert_int_equal(episodes, 0);
            else
                assert_true(episodes >= 1);
            returned += episodes >= 2;
        }
    }
    assert_true(returned >= 20);
}

/* The lowest and highest a spot was in the last half year, and its marks in it. */
static int last_half_year(int *low, int *high, int person, const demo_spot *d)
{
    int n = 0;
    *low = 11;
    *high = -1;
    for (size_t i = 0; i < shared->n_mark; i++) {
        const km_mark *m = &shared->mark[i];
        if (m->client_id != person + 1 || m->kind != KM_KIND_KNOT || m->place.side != d->side ||
            strcmp(m->place.muscle, d->muscle) != 0 || TODAY - km_instant_day(m->at) > 182)
            continue;
        *low = m->intensity < *low ? m->intensity : *low;
        *high = m->intensity > *high ? m->intensity : *high;
        n++;
    }
    return n;
}

static void the_chronic_client_has_spots_that_ease_and_never_leave(void **state)
{
    (void)state;
    int chronic = 0;
    for (int p = 0; p < demo_n_people; p++) {
        for (int s = 0; s < demo_people[p].n_lasting; s++) {
            int low, high;
            assert_true(last_half_year(&low, &high, p, &demo_people[p].spot[s]) > 40);
            assert_in_range(low, 1, 4);
            assert_true(high >= low + 3);
            chronic++;
        }
    }
    assert_int_equal(chronic, 2);
}

static void a_painful_zone_belongs_to_an_active_spot_of_that_day(void **state)
{
    (void)state;
    const km_atlas *a = km_atlas_builtin();
    int pains = 0;
    for (size_t i = 0; i < shared->n_mark; i++) {
        const km_mark *m = &shared->mark[i];
        if (m->kind != KM_KIND_PAIN || m->intensity == 0)
            continue;
        bool explained = false;
        for (size_t k = i; k-- > 0 && !explained;) {
            const km_mark *knot = &shared->mark[k];
            if (knot->client_id != m->client_id || m->at.sec - knot->at.sec > 3600)
                break;
            if (knot->kind != KM_KIND_KNOT || knot->intensity < 4)
                continue;
            int muscle = km_atlas_muscle(a, knot->place.muscle);
            const km_point *p = &a->point[km_atlas_point(a, muscle, knot->place.tp)];
            for (int r = p->first_referral; r < p->first_referral + p->n_referral; r++)
                explained = explained || (a->referral[r].kind == KM_ZONE_ESSENTIAL &&
                            strcmp(a->region[a->referral[r].region].code, m->place.region) == 0);
        }
        assert_true(explained);
        pains++;
    }
    assert_true(pains > 300);
}

static void soreness_begins_after_training_and_is_worst_at_one_to_three_days(void **state)
{
    (void)state;
    int courses = 0, worst_at[8] = { 0 };
    for (size_t i = 0; i < shared->n_mark; i++) {
        const km_mark *m = &shared->mark[i];
        if (m->kind != KM_KIND_SORENESS || m->intensity == 0)
            continue;
        assert_true(m->has_onset);
        bool trained = false;
        for (size_t s = 0; s < shared->n_session && !trained; s++) {
            const km_session *x = &shared->session[s];
            int64_t hours = (m->onset.sec - x->ended.sec) / 3600;
            trained = x->client_id == m->client_id && x->kind == KM_SESSION_TRAINING &&
                      x->rpe >= 7 && hours >= 6 && hours <= 24;
        }
        assert_true(trained);
        int64_t age = (m->at.sec - m->onset.sec) / 3600;
        assert_in_range(age, 0, 7 * 24);
        worst_at[age / 24] += m->intensity;
        courses++;
    }
    assert_true(courses > 200);
    /* onset is the night after: 24-48 h after the training is the first and second day of it */
    assert_true(worst_at[1] > worst_at[3]);
    assert_true(worst_at[0] + worst_at[1] > worst_at[2] + worst_at[3]);
    assert_int_equal(worst_at[5], 0);
}

static void an_injury_keeps_the_day_it_began_through_its_course(void **state)
{
    (void)state;
    int old = 0;
    for (size_t i = 0; i < shared->n_mark; i++) {
        const km_mark *m = &shared->mark[i];
        if (m->kind != KM_KIND_KNOT)
            continue;
        assert_int_equal(m->has_onset, m->cause == KM_CAUSE_INJURY);
        if (!m->has_onset)
            continue;
        int years = demo_people[m->client_id - 1].hurt_years;
        int64_t days = (m->at.sec - m->onset.sec) / KM_DAY_SEC;
        if (years > 0 && days > 70)
            assert_in_range(days, years * 365 - DEMO_DAYS, years * 365);
        else
            assert_in_range(days, 0, 70);
        old += days > 3;
    }
    assert_true(old > 100);
}

static void thresholds_fall_as_soreness_rises(void **state)
{
    (void)state;
    double low = 0, high = 0;
    int n_low = 0, n_high = 0;
    for (size_t i = 0; i < shared->n_mark; i++) {
        const km_mark *m = &shared->mark[i];
        if (m->n_ppt == 0)
            continue;
        assert_int_equal(m->n_ppt, 3);
        if (m->intensity <= 2) {
            low += km_mark_ppt_mean(m);
            n_low++;
        } else if (m->intensity >= 5) {
            high += km_mark_ppt_mean(m);
            n_high++;
        }
    }
    assert_true(n_low > 5 && n_high > 5);
    assert_true(low / n_low > high / n_high + 60);
}

static void nobody_uses_a_tool_they_do_not_own(void **state)
{
    (void)state;
    for (size_t i = 0; i < shared->n_treatment; i++) {
        const km_treatment *t = &shared->treatment[i];
        int tool = -1;
        if (!t->tool || t->technique == KM_TECH_MASSAGE)
            continue;
        assert_int_equal(km_word_parse(&tool, KM_VOCAB_TOOL, "tool", t->tool, NULL), KM_OK);
        assert_true(shared->client[t->client_id - 1].tools & 1u << tool);
    }
}

static int by_uid(const void *a, const void *b)
{
    return km_uid_cmp(*(const km_uid *)a, *(const km_uid *)b);
}

static void no_uid_is_given_twice(void **state)
{
    (void)state;
    size_t n = 0;
    km_uid *all = km_calloc(30000, sizeof *all);
    for (size_t i = 0; i < shared->n_mark; i++)
        all[n++] = shared->mark[i].uid;
    for (size_t i = 0; i < shared->n_session; i++)
        all[n++] = shared->session[i].uid;
    for (size_t i = 0; i < shared->n_treatment; i++)
        all[n++] = shared->treatment[i].uid;
    for (size_t i = 0; i < shared->n_checkin; i++)
        all[n++] = shared->checkin[i].uid;
    qsort(all, n, sizeof *all, by_uid);
    for (size_t i = 1; i < n; i++)
        assert_true(km_uid_cmp(all[i - 1], all[i]) != 0);
    free(all);
}

static void a_sink_that_fails_stops_it(void **state)
{
    (void)state;
    clinic *k = km_calloc(1, sizeof *k);
    const demo_sink sink = { k, take_client, take_session, take_mark, take_treatment,
                             take_checkin };
    km_error err = { 0 };
    k->refuse_marks = KM_EIO;
    assert_int_equal(demo_generate(km_atlas_builtin(), TODAY, &sink, &err), KM_EIO);
    assert_string_equal(err.text, "full");
    assert_int_equal(k->n_client, 1);
    free(k);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(it_has_the_size_of_a_clinic),
        cmocka_unit_test(it_is_the_same_on_every_run_of_a_day),
        cmocka_unit_test(it_ends_the_day_before_and_moves_with_it),
        cmocka_unit_test(every_record_passes_its_checks_and_belongs_to_somebody),
        cmocka_unit_test(one_check_in_a_client_and_day),
        cmocka_unit_test(me_has_a_handful_of_open_marks),
        cmocka_unit_test(courses_rise_fall_and_return),
        cmocka_unit_test(the_chronic_client_has_spots_that_ease_and_never_leave),
        cmocka_unit_test(a_painful_zone_belongs_to_an_active_spot_of_that_day),
        cmocka_unit_test(soreness_begins_after_training_and_is_worst_at_one_to_three_days),
        cmocka_unit_test(an_injury_keeps_the_day_it_began_through_its_course),
        cmocka_unit_test(thresholds_fall_as_soreness_rises),
        cmocka_unit_test(nobody_uses_a_tool_they_do_not_own),
        cmocka_unit_test(no_uid_is_given_twice),
        cmocka_unit_test(a_sink_that_fails_stops_it),
    };
    return cmocka_run_group_tests(tests, open_clinic, close_clinic);
}
