/** Complaints, and lists narrowed by topic, feel and age. */
#include "km_cmocka.h"

#include <locale.h>
#include <stdio.h>
#include <string.h>

#include "knotmap/history.h"
#include "knotmap/topic.h"
#include "scenes.h"

/* ---- what troubles you? ---- */

static void the_first_screen_and_the_palette_lead_to_the_complaints(void **state)
{
    (void)state;
    screen s;
    screen_open(&s, 80, 24, false);
    assert_true(screen_has(&s, "Or W: back, knee, sciatica"));
    screen_keys(&s, ":sciatica<Enter>");
    assert_true(screen_has(&s, "what troubles you?"));
    assert_true(screen_has(&s, "Pregnancy"));
    screen_keys(&s, "/slipped<Enter>");
    assert_true(screen_has(&s, "Herniated disc"));
    assert_false(screen_has(&s, "Pregnancy"));
    screen_keys(&s, "<Esc>");
    assert_true(screen_has(&s, "Pregnancy"));
    screen_close(&s);
}

/** Whether the screen holds the words in order, however its lines are broken. */
static bool says(screen *s, const char *text)
{
    km_buf all = { 0 };
    for (int y = 0; y < s->grid.h; y++) {
        const char *line = screen_line(s, y);
        size_t from = strspn(line, " "), n = strlen(line);
        while (n > from && line[n - 1] == ' ')
            n--;
        km_buf_add(&all, line + from, n > from ? n - from : 0);
        km_buf_putc(&all, ' ');
    }
    bool found = strstr(km_buf_str(&all), text) != NULL;
    km_buf_clear(&all);
    return found;
}

static bool names_a_muscle(screen *s)
{
    const km_atlas *a = km_app_atlas(s->app);
    for (int i = 0; i < a->n_muscle; i++) {
        if (screen_has(s, a->muscle[i].name))
            return true;
    }
    return false;
}

/** Of every complaint: the caution, then its red flags, and no muscle before both. */
static void a_caution_and_its_questions_come_before_any_muscle(void **state)
{
    (void)state;
    screen s;
    screen_open(&s, 100, 30, true);
    const km_atlas *a = km_app_atlas(s.app);
    for (int i = 0; i < km_topic_n(a, KM_TOPIC_COMPLAINT); i++) {
        const km_trouble t = km_trouble_at(a, i);
        km_buf keys = { 0 };
        km_buf_printf(&keys, "W/%s<Enter><Enter>", t.name);
        screen_keys(&s, km_buf_str(&keys));
        km_buf_clear(&keys);
        assert_true(says(&s, t.caution));
        assert_false(names_a_muscle(&s));
        screen_keys(&s, "l<Enter>");
        if (!says(&s, "First: is one of these true?")) /* asked of an earlier complaint already */
            assert_true(i > 0);
        else
            assert_false(names_a_muscle(&s));
        screen_keys(&s, "n");
        assert_true(says(&s, "what explains"));
    }
    screen_close(&s);
}

static void nerve_and_pregnancy_ask_their_own_signs(void **state)
{
    (void)state;
    static const struct { const char *keys, *asks; } want[] = {
        { "W/sciatica<Enter><Enter>l<Enter>", "saddle with numb" },
        { "W/herniated<Enter><Enter>r<Enter>", "saddle with numb" },
        { "W/pregnancy<Enter><Enter><Enter>", "chest pain on breathing in" },
    };
    for (size_t i = 0; i < sizeof want / sizeof *want; i++) {
        screen s;
        screen_open(&s, 80, 24, true);
        screen_keys(&s, want[i].keys);
        assert_true(says(&s, "First: is one of these true?"));
        assert_true(says(&s, want[i].asks));
        screen_keys(&s, "1"); /* the worst stands first */
        assert_true(says(&s, "all emergency services"));
        screen_close(&s);
    }
}

static void a_complaint_of_one_side_asks_which(void **state)
{
    (void)state;
    screen s;
    screen_open(&s, 80, 24, true);
    screen_keys(&s, "W/sciatica<Enter><Enter><Enter>");
    assert_true(screen_has(&s, "which side? l left, r right, b both"));
    screen_keys(&s, "6");
    assert_true(screen_has(&s, "which side?"));
    km_mark_list l = screen_marks(&s);
    assert_int_equal(l.n, 0);
    km_mark_list_clear(&l);

    screen_keys(&s, "r6");
    assert_true(screen_has(&s, "pain 6 at 4 places"));
    l = screen_marks(&s);
    assert_int_equal(l.n, 4);
    for (size_t i = 0; i < l.n; i++) {
        assert_int_equal(l.row[i].kind, KM_KIND_PAIN);
        assert_int_equal(l.row[i].intensity, 6);
        assert_int_equal(l.row[i].place.side, KM_SIDE_RIGHT);
    }
    km_mark_list_clear(&l);
    screen_keys(&s, "u"); /* one thing to take back */
    l = screen_marks(&s);
    assert_int_equal(l.n, 0);
    km_mark_list_clear(&l);
    screen_keys(&s, "b*");
    assert_true(screen_has(&s, "pain 10 at 8 places"));
    screen_close(&s);
}

static void pregnancy_is_kept_with_the_client_by_one_key(void **state)
{
    (void)state;
    screen s;
    km_client c;
    screen_open(&s, 80, 24, true);
    screen_keys(&s, "W/pregnancy<Enter><Enter>");
    assert_true(says(&s, "Routines do not heed pregnancy yet: c keeps it with me."));
    screen_keys(&s, "c");
    assert_true(says(&s, "pregnancy is kept with me: routines heed it."));
    assert_int_equal(km_app_client(&c, s.app, NULL), KM_OK);
    assert_string_equal(c.conditions, "pregnancy");
    screen_keys(&s, "c");
    assert_non_null(strstr(screen_last(&s), "it is kept already"));
    screen_keys(&s, "W/knee<Enter><Enter>c");
    assert_non_null(strstr(screen_last(&s), "there is no condition to keep"));
    screen_close(&s);
}

/* ---- profiles ---- */

static void a_profile_is_chosen_in_the_form_and_orders_the_causes(void **state)
{
    (void)state;
    screen s;
    km_week_plan plan;
    screen_open(&s, 80, 24, true);
    screen_keys(&s, "/r calf<Enter>3e<Tab><Tab><Tab><Tab><Tab><Tab><Tab><Tab><Tab><Right>");
    assert_true(screen_has(&s, "< posture >")); /* the usual order */
    screen_keys(&s, "<Esc><Esc>Ce<S-Tab>");
    assert_true(screen_has(&s, "its weekly plan holds until one is set"));
    screen_keys(&s, "<Right><Enter>");
    assert_int_equal(km_app_plan_get(&plan, s.app, NULL), KM_OK);
    assert_int_equal(plan.smr, 3);
    screen_keys(&s, "B");
    assert_true(screen_has(&s, "me - athlete"));
    screen_keys(&s, "e<Tab><Tab><Tab><Tab><Tab><Tab><Tab><Tab><Tab><Right>");
    assert_true(screen_has(&s, "< training >"));
    screen_keys(&s, "<Enter>");
    km_mark_list l = screen_marks(&s);
    assert_int_equal(l.row[0].cause, KM_CAUSE_TRAINING);
    km_mark_list_clear(&l);
    screen_keys(&s, "e<Tab><Tab><Tab><Tab><Tab><Tab><Tab><Tab><Tab>"); /* shown again as kept */
    assert_true(screen_has(&s, "< training >"));
    screen_close(&s);
}

/* ---- the history ---- */

static void open_places_are_listed_by_age_with_one_key(void **state)
{
    (void)state;
    screen s;
    screen_open(&s, 80, 24, true);
    km_mark m = km_mark_blank();
    m.place = (km_place){ KM_SIDE_LEFT, "heel", NULL, 0 };
    m.intensity = 5;
    m.at = (km_instant){ (int64_t)km_day_of(2026, 10, 1) * KM_DAY_SEC, 0 };
    assert_int_equal(km_app_mark_add(&m, s.app, NULL), KM_OK);
    screen_keys(&s, "/r calf<Enter>3H");
    assert_false(screen_has(&s, "d open"));
    assert_non_null(strstr(screen_line(&s, 1), "right calf"));
    screen_keys(&s, "a");
    assert_non_null(strstr(screen_line(&s, 0), "open longest first, 2 marks"));
    assert_non_null(strstr(screen_line(&s, 1), "50 d open"));
    assert_non_null(strstr(screen_line(&s, 1), "left heel"));
    assert_non_null(strstr(screen_line(&s, 2), "0 d open"));
    screen_keys(&s, "G");
    assert_non_null(strstr(screen_line(&s, 2), "right calf"));
    screen_keys(&s, "<Esc>");
    assert_null(strstr(screen_line(&s, 0), "longest"));
    assert_non_null(strstr(screen_line(&s, 1), "right calf"));
    screen_close(&s);
}

static void the_list_is_narrowed_by_area_sport_feel_and_age(void **state)
{
    (void)state;
    screen s;
    screen_open(&s, 80, 24, true);
    screen_keys(&s, "/r calf<Enter>3/l temple<Enter>5/r elbow outer<Enter>7");
    screen_keys(&s, "H/area:elbow_hand<Enter>");
    assert_true(screen_has(&s, "history of area:elbow_hand, 1 mark"));
    screen_keys(&s, "/<C-U>sport:running<Enter>");
    assert_true(screen_has(&s, "1 mark"));
    assert_true(screen_has(&s, "right calf"));
    screen_keys(&s, "/<C-U>quality:fatigued<Enter>");
    assert_true(screen_has(&s, "no mark fits"));
    screen_keys(&s, "/<C-U>age:30d<Enter>");
    assert_true(screen_has(&s, "no mark fits"));
    screen_keys(&s, "/<C-U>open<Enter>");
    assert_true(screen_has(&s, "0 d open"));
    screen_keys(&s, "/<C-U>sport:chess<Enter>");
    assert_true(screen_has(&s, "sport: chess is no sport"));
    assert_true(screen_has(&s, "running"));
    screen_close(&s);
}

static void every_word_of_a_filter_is_explained_by_one_key(void **state)
{
    (void)state;
    screen s;
    screen_open(&s, 120, 40, true);
    screen_keys(&s, "Hw");
    for (const char *w = KM_FILTER_WORDS; *w; w += strcspn(w, " "), w += *w == ' ') {
        km_buf one = { 0 };
        km_buf_add(&one, w, strcspn(w, " "));
        if (strcmp(one.s, "and") != 0)
            assert_true(screen_has(&s, one.s));
        km_buf_clear(&one);
    }
    assert_true(says(&s, "fatigued"));
    assert_true(says(&s, "crossfit"));
    screen_close(&s);
}

static void the_atlas_says_what_a_word_means_and_what_is_disputed(void **state)
{
    (void)state;
    screen s;
    screen_open(&s, 80, 24, false);
    screen_keys(&s, "A<Tab><Tab>");
    assert_true(screen_has(&s, "atlas \302\267 words"));
    assert_true(screen_has(&s, "models of it"));
    assert_true(screen_has(&s, "commonly described; disputed"));
    screen_keys(&s, "/hooper<Enter>");
    assert_true(screen_has(&s, "added up: 4 to 28"));
    screen_keys(&s, "<Enter>");
    assert_string_equal(screen_last(&s), " a word lies nowhere on the body");
    screen_keys(&s, "<Esc><Tab>");
    assert_true(screen_has(&s, "atlas \302\267 muscles"));
    screen_keys(&s, "<S-Tab>");
    assert_true(screen_has(&s, "atlas \302\267 words"));
    screen_close(&s);
}

int main(void)
{
    setlocale(LC_ALL, "C.UTF-8");
#define T(f) cmocka_unit_test(f)
    const struct CMUnitTest tests[] = {
        T(the_first_screen_and_the_palette_lead_to_the_complaints),
        T(a_caution_and_its_questions_come_before_any_muscle),
        T(nerve_and_pregnancy_ask_their_own_signs),
        T(a_complaint_of_one_side_asks_which),
        T(pregnancy_is_kept_with_the_client_by_one_key),
        T(a_profile_is_chosen_in_the_form_and_orders_the_causes),
        T(open_places_are_listed_by_age_with_one_key),
        T(every_word_of_a_filter_is_explained_by_one_key),
        T(the_atlas_says_what_a_word_means_and_what_is_disputed),
        T(the_list_is_narrowed_by_area_sport_feel_and_age),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
