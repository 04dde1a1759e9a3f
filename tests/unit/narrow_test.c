/* What narrows a list: words for marks, for treatments and for clients. */
#include "km_cmocka.h"
#include "own_app.h"

#include <stdio.h>
#include <string.h>

#include "knotmap/care.h"
#include "knotmap/history.h"

static km_day day_of(int days_ago)
{
    return km_day_of(2026, 11, 20) - days_ago;
}

static km_instant ago(int days)
{
    return (km_instant){ (int64_t)day_of(days) * KM_DAY_SEC + 12 * 3600, 0 };
}

/* ---- clients ---- */

static int64_t person(km_app *app, const char *name)
{
    km_client c = km_client_blank();

    c.name = name;
    assert_int_equal(km_app_client_add(&c, app, NULL), KM_OK);
    return c.id;
}

static void report_stress(km_app *app, int64_t client, int stress, int days_ago)
{
    km_checkin c = km_checkin_blank();
    km_bulk met = { 0 };

    c.client_id = client;
    c.at = ago(days_ago);
    c.stress = stress;
    c.sleep = 3;
    assert_int_equal(km_app_bulk_begin(app, "check in", NULL), KM_OK);
    assert_int_equal(km_app_bulk_put(KM_WHAT_CHECKINS, &c, app, &met, NULL), KM_OK);
    assert_int_equal(km_app_bulk_end(app, true, NULL), KM_OK);
}

/* The names a line of words leaves, joined by ";". */
static const char *left_by(km_app *app, const char *line)
{
    static char names[1024];
    km_client_filter f = { .archived = false };
    km_client_list list;
    km_arena mem = { 0 };
    km_error err = { 0 };

    if (km_app_client_filter_parse(&f, &mem, app, line, &err) != KM_OK ||
        km_app_clients_that(&list, app, &f, &err) != KM_OK) {
        snprintf(names, sizeof names, "refused: %s", err.text);
        km_arena_clear(&mem);
        return names;
    }
    names[0] = '\0';
    for (size_t i = 0; i < list.n; i++)
        snprintf(names + strlen(names), sizeof names - strlen(names), "%s%s", i ? ";" : "",
                 list.row[i].name);
    km_client_list_clear(&list);
    km_arena_clear(&mem);
    return names;
}

static void chronic_is_open_for_more_than_three_months(void **state)
{
    km_app *app = *state;
    int64_t silent = person(app, "Silent"), told = person(app, "Told"), gone = person(app, "Gone");
    int64_t back = person(app, "Back"), fresh = person(app, "Fresh"), edge = person(app, "Edge");
    int64_t sore = person(app, "Sore");

    mark_for(app, silent, "left:calf", KM_KIND_KNOT, 5, ago(400));
    mark_for(app, told, "left:calf", KM_KIND_PAIN, 5, ago(KM_LASTING_DAYS + 1));
    mark_for(app, told, "left:calf", KM_KIND_PAIN, 2, ago(3));
    mark_for(app, gone, "left:calf", KM_KIND_KNOT, 5, ago(200));
    mark_for(app, gone, "left:calf", KM_KIND_KNOT, 0, ago(100));
    mark_for(app, back, "left:calf", KM_KIND_KNOT, 5, ago(200));
    mark_for(app, back, "left:calf", KM_KIND_KNOT, 0, ago(40));
    mark_for(app, back, "left:calf", KM_KIND_KNOT, 6, ago(10));
    mark_for(app, fresh, "left:calf", KM_KIND_KNOT, 7, ago(20));
    mark_for(app, fresh, "right:calf", KM_KIND_KNOT, 0, ago(300)); /* another place */
    mark_for(app, edge, "left:calf", KM_KIND_KNOT, 7, ago(KM_LASTING_DAYS));
    mark_for(app, sore, "left:calf", KM_KIND_SORENESS, 7, ago(300)); /* has a clock of its own */
    assert_string_equal(left_by(app, "chronic"), "Silent;Told");

    /* the same that the lives of a client say */
    km_life_list lives;
    assert_int_equal(km_app_client_choose(app, "Edge", NULL), KM_OK);
    assert_int_equal(km_app_lives(&lives, app, NULL, KM_SILENCE_GAP, NULL), KM_OK);
    assert_null(lives.row[0].remark);
    km_life_list_clear(&lives);
    assert_int_equal(km_app_client_choose(app, "Told", NULL), KM_OK);
    assert_int_equal(km_app_lives(&lives, app, NULL, KM_SILENCE_GAP, NULL), KM_OK);
    assert_non_null(lives.row[0].remark);
    km_life_list_clear(&lives);
}

static void stress_is_what_the_newest_check_in_says(void **state)
{
    km_app *app = *state;
    int64_t high = person(app, "High"), eased = person(app, "Eased"), old = person(app, "Old");
    int64_t quiet = person(app, "Quiet");

    report_stress(app, high, 2, 9);
    report_stress(app, high, 6, 2);
    report_stress(app, high, -1, 1); /* says nothing of stress: the one before stands */
    report_stress(app, eased, 7, 5);
    report_stress(app, eased, 3, 1);
    report_stress(app, old, 7, KM_STRESS_DAYS + 1);
    report_stress(app, quiet, 1, 0);
    assert_string_equal(left_by(app, "stress:5"), "High");
    assert_string_equal(left_by(app, "stress:3"), "Eased;High");
    assert_string_equal(left_by(app, "stress:1"), "Eased;High;Quiet");
    mark_for(app, eased, "left:calf", KM_KIND_KNOT, 5, ago(120));
    assert_string_equal(left_by(app, "chronic stress:3"), "Eased");
}

static void what_is_no_word_is_part_of_the_name(void **state)
{
    km_app *app = *state;

    person(app, "Ann Lee");
    person(app, "Bo Lee");
    assert_string_equal(left_by(app, "lee"), "Ann Lee;Bo Lee");
    assert_string_equal(left_by(app, "ann  LEE"), "Ann Lee");
    assert_string_equal(left_by(app, ""), "Ann Lee;Bo Lee;me");
    assert_string_equal(left_by(app, "stress:8"), "refused: stress: 8 is no number of 1..7");
    assert_string_equal(left_by(app, "stress:"), "refused: stress: \"\" is no number of 1..7");
    assert_string_equal(left_by(app, "mood:3"), "refused: mood:3: no such word for clients");
}

static void a_profile_gives_the_plan_until_one_is_set_by_hand(void **state)
{
    km_app *app = *state;
    km_client c;
    km_arena mem = { 0 };
    km_week_plan plan;
    km_profile p;
    bool kept;

    assert_int_equal(km_app_client_find(&c, &mem, app, "me", NULL), KM_OK);
    assert_null(c.profile);
    assert_int_equal(km_app_profile(&p, &kept, app, NULL), KM_OK);
    assert_false(kept);
    assert_int_equal(p.cause[1], KM_CAUSE_POSTURE); /* the usual order */
    c.profile = "Athlete"; /* any of its names will do; the code is kept */
    assert_int_equal(km_app_client_edit(&c, app, NULL), KM_OK);
    assert_int_equal(km_app_client(&c, app, NULL), KM_OK);
    assert_string_equal(c.profile, "athlete");
    assert_int_equal(km_app_profile(&p, &kept, app, NULL), KM_OK);
    assert_true(kept);
    assert_int_equal(p.cause[1], KM_CAUSE_TRAINING);
    assert_int_equal(km_app_plan_get(&plan, app, NULL), KM_OK);
    assert_int_equal(plan.smr, 3);
    assert_int_equal(plan.strength, 3);

    plan = (km_week_plan){ .smr = 1, .stretch = 0, .strength = 7 };
    assert_int_equal(km_app_plan_set(&plan, app, NULL), KM_OK);
    c.profile = "desk_worker";
    assert_int_equal(km_app_client_edit(&c, app, NULL), KM_OK);
    assert_int_equal(km_app_plan_get(&plan, app, NULL), KM_OK);
    assert_int_equal(plan.strength, 7); /* what was set by hand stays */
    c.profile = "astronaut";
    km_error err = { 0 };
    assert_int_equal(km_app_client_edit(&c, app, &err), KM_EINVAL);
    assert_string_equal(err.text, "profile: astronaut is no profile");
    km_change change;
    assert_int_equal(km_app_undo(&change, app, NULL), KM_OK);
    assert_int_equal(km_app_client(&c, app, NULL), KM_OK);
    assert_string_equal(c.profile, "athlete");

    person(app, "Ann");
    assert_string_equal(left_by(app, "profile:athlete"), "me");
    assert_string_equal(left_by(app, "profile:desk_worker"), "");
    assert_string_equal(left_by(app, "profile:pilot"), "refused: profile: pilot is no profile");
    km_arena_clear(&mem);
}

/* ---- marks ---- */

/* The intensities a line of words leaves, in order, joined by blanks: they tell the marks apart. */
static const char *marks_left(km_app *app, const char *line, bool by_age)
{
    static char said[1024];
    km_mark_filter f;
    km_mark_list list;
    km_arena mem = { 0 };
    km_error err = { 0 };
    km_status st = km_app_filter_parse(&f, &mem, app, line, &err);

    said[0] = '\0';
    if (st == KM_OK) {
        f.by_age = by_age;
        st = km_app_marks(&list, app, &f, &err);
    }
    if (st != KM_OK) {
        snprintf(said, sizeof said, "refused: %s", err.text);
    } else {
        int64_t n = -1;
        assert_int_equal(km_app_mark_count(&n, app, &f, NULL), KM_OK);
        assert_int_equal(n, list.n);
        for (size_t i = 0; i < list.n; i++)
            snprintf(said + strlen(said), sizeof said - strlen(said), "%s%d", i ? " " : "",
                     list.row[i].intensity);
        km_mark_list_clear(&list);
    }
    km_arena_clear(&mem);
    return said;
}

/* Today's mark, told apart by its intensity. */
static void told(km_app *app, const char *place, int intensity, km_tissue tissue,
                 uint32_t qualities)
{
    km_mark m = km_mark_blank();
    km_ref ref;

    assert_int_equal(km_atlas_resolve(&ref, km_app_atlas(app), place, 0, NULL), KM_OK);
    m.intensity = intensity;
    m.tissue = tissue;
    m.qualities = qualities;
    m.at = ago(0);
    m.at.sec += intensity;
    assert_int_equal(km_app_mark_place(&m, app, &ref, false, NULL), KM_OK);
    assert_int_equal(km_app_mark_add(&m, app, NULL), KM_OK);
}

static void marks_are_narrowed_by_tissue_and_quality(void **state)
{
    km_app *app = *state;
    const uint32_t stiff = 1u << KM_QUALITY_STIFF, tired = 1u << KM_QUALITY_FATIGUED;

    told(app, "left:achilles", 1, KM_TISSUE_TENDON, stiff);
    told(app, "left:calf", 2, KM_TISSUE_MUSCLE, stiff | tired);
    told(app, "right:calf", 3, KM_TISSUE_NONE, tired);
    told(app, "right:heel", 4, KM_TISSUE_NONE, 0);
    assert_string_equal(marks_left(app, "tissue:tendon", false), "1");
    assert_string_equal(marks_left(app, "tissue:joint", false), "");
    assert_string_equal(marks_left(app, "quality:stiff", false), "2 1");
    assert_string_equal(marks_left(app, "quality:fatigued", false), "3 2");
    assert_string_equal(marks_left(app, "quality:stiff quality:fatigued", false), "2");
    assert_string_equal(marks_left(app, "quality:stiff;fatigued tissue:muscle", false), "2");
    assert_non_null(strstr(marks_left(app, "quality:soft", false), "refused: quality: soft"));
    assert_non_null(strstr(marks_left(app, "quality:", false), "refused: quality"));
    assert_non_null(strstr(marks_left(app, "tissue:bone", false), "refused: tissue: bone"));
}

static void marks_are_narrowed_by_area_and_sport(void **state)
{
    km_app *app = *state;

    told(app, "left:achilles", 1, 0, 0);          /* no muscle; a home of calf muscles, not their first */
    told(app, "left:soleus", 2, 0, 0);            /* running loads it */
    told(app, "right:elbow_outer", 3, 0, 0);      /* no muscle: where the supinator lies */
    told(app, "right:infraspinatus:1", 4, 0, 0);  /* racket sports load it */
    told(app, "left:calf", 5, 0, 0);              /* no muscle: where the soleus lies */
    told(app, "left:temple", 6, 0, 0);
    assert_string_equal(marks_left(app, "area:ankle_foot", false), "1");
    assert_string_equal(marks_left(app, "area:elbow_hand", false), "3");
    assert_string_equal(marks_left(app, "area:leg", false), "5 2 1");
    assert_string_equal(marks_left(app, "sport:running", false), "5 2");
    assert_string_equal(marks_left(app, "sport:tennis side:right", false), "4 3");
    assert_string_equal(marks_left(app, "area:head sport:running", false), "");
    assert_non_null(strstr(marks_left(app, "sport:chess", false), "refused: sport: chess is no"));
    assert_non_null(strstr(marks_left(app, "area:moon", false), "refused: area: moon is no"));
}

static void treatments_are_narrowed_by_area_and_sport(void **state)
{
    km_app *app = *state;
    const km_place at[] = { { KM_SIDE_LEFT, "calf", "soleus", 0 },
                            { KM_SIDE_LEFT, NULL, "infraspinatus", 0 },
                            { KM_SIDE_LEFT, "arch", NULL, 0 } };
    km_mark_filter f = km_mark_filter_all();
    km_treatment_list list;

    for (int i = 0; i < 3; i++) {
        km_treatment t = km_treatment_blank();
        t.place = at[i];
        t.technique = KM_TECH_SMR;
        t.seconds = i + 1;
        t.at = ago(i);
        assert_int_equal(km_app_treatment_add(&t, app, NULL), KM_OK);
    }
    f.area = "shoulder_neck"; /* by the muscle's main home, where no region is named */
    assert_int_equal(km_app_treatments(&list, app, &f, NULL), KM_OK);
    assert_int_equal(list.n, 1);
    assert_int_equal(list.row[0].seconds, 2);
    km_treatment_list_clear(&list);
    f.area = NULL;
    f.sport = "running";
    assert_int_equal(km_app_treatments(&list, app, &f, NULL), KM_OK);
    assert_int_equal(list.n, 2); /* the soleus, and the arch where foot muscles lie */
    assert_int_equal(list.row[0].seconds, 1);
    km_treatment_list_clear(&list);
}

static void what_is_open_is_listed_by_age(void **state)
{
    km_app *app = *state;

    mark_for(app, 0, "left:calf", KM_KIND_KNOT, 9, ago(80));
    mark_for(app, 0, "left:calf", KM_KIND_KNOT, 0, ago(40));
    mark_for(app, 0, "left:calf", KM_KIND_KNOT, 8, ago(30)); /* open again: 30 days */
    mark_for(app, 0, "left:calf", KM_KIND_KNOT, 1, ago(2));
    mark_for(app, 0, "right:calf", KM_KIND_KNOT, 2, ago(500));
    mark_for(app, 0, "left:heel", KM_KIND_KNOT, 3, ago(0));
    mark_for(app, 0, "right:heel", KM_KIND_KNOT, 4, ago(31));
    mark_for(app, 0, "left:temple", KM_KIND_KNOT, 0, ago(300));
    assert_string_equal(marks_left(app, "open", false), "3 1 4 2");
    assert_string_equal(marks_left(app, "open", true), "2 4 1 3");
    assert_string_equal(marks_left(app, "age:30d", false), "1 4 2"); /* exactly thirty counts */
    assert_string_equal(marks_left(app, "age:31d", true), "2 4");
    assert_string_equal(marks_left(app, "age:1y side:right", true), "2");
    assert_non_null(strstr(marks_left(app, "age:soon", false), "refused: age: "));
    assert_non_null(strstr(marks_left(app, "age:today", false), "is not at least a day ago"));

    /* as it was known then, page by page */
    km_mark_filter f = km_mark_filter_all();
    km_mark_list list;
    f.by_age = true;
    f.limit = 1;
    f.offset = 1;
    assert_int_equal(km_app_marks(&list, app, &f, NULL), KM_OK);
    assert_int_equal(list.n, 1);
    assert_int_equal(list.row[0].intensity, 4);
    assert_int_equal(list.row[0].open_days, 31);
    km_mark_list_clear(&list);
    f.offset = 0;
    f.oldest_first = true;
    assert_int_equal(km_app_marks(&list, app, &f, NULL), KM_OK);
    assert_int_equal(list.row[0].intensity, 3); /* from the other end */
    assert_int_equal(list.row[0].open_days, 0);
    km_mark_list_clear(&list);
    f = km_mark_filter_all();
    f.by_age = f.has_until = f.until_day = true;
    f.until = (km_instant){ (int64_t)day_of(49) * KM_DAY_SEC, 0 }; /* the day 50 days ago is in */
    assert_int_equal(km_app_marks(&list, app, &f, NULL), KM_OK);
    assert_int_equal(list.n, 2);
    assert_int_equal(list.row[0].open_days, 450);
    assert_int_equal(list.row[1].intensity, 9);
    assert_int_equal(list.row[1].open_days, 30);
    km_mark_list_clear(&list);
}

static void an_unknown_word_is_refused_with_those_there_are(void **state)
{
    km_app *app = *state;
    km_mark_filter f;
    km_arena mem = { 0 };
    km_error err = { 0 };

    assert_int_equal(km_app_filter_parse(&f, &mem, app, "colour:red", &err), KM_EINVAL);
    for (const char *w = KM_FILTER_WORDS; *w; w += strcspn(w, " "), w += *w == ' ') {
        km_buf one = { 0 };
        km_buf_add(&one, w, strcspn(w, " "));
        assert_non_null(strstr(err.mend, km_buf_str(&one)));
        /* each of them is one: with a wrong value it is refused by its own name, not as unknown */
        if (strchr(one.s, ':')) {
            km_error own = { 0 };
            km_buf_puts(&one, "???");
            assert_int_equal(km_app_filter_parse(&f, &mem, app, one.s, &own), KM_EINVAL);
            assert_null(strstr(own.text, "no such word"));
        }
        km_buf_clear(&one);
    }
    km_arena_clear(&mem);
}

int main(void)
{
#define TEST(f) cmocka_unit_test_setup_teardown(f, app_begin, app_end)
    const struct CMUnitTest tests[] = {
        TEST(chronic_is_open_for_more_than_three_months),
        TEST(stress_is_what_the_newest_check_in_says),
        TEST(what_is_no_word_is_part_of_the_name),
        TEST(a_profile_gives_the_plan_until_one_is_set_by_hand),
        TEST(marks_are_narrowed_by_tissue_and_quality),
        TEST(marks_are_narrowed_by_area_and_sport),
        TEST(treatments_are_narrowed_by_area_and_sport),
        TEST(what_is_open_is_listed_by_age),
        TEST(an_unknown_word_is_refused_with_those_there_are),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
