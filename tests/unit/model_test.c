/* Vocabularies, places and the checks of record values. */
#include "km_cmocka.h"

#include <math.h>

#include "knotmap/model.h"

static void every_word_is_read_back(void **state)
{
    (void)state;
    for (int v = 0; v < KM_VOCAB_COUNT; v++) {
        size_t n;
        const char *const *word = km_words((km_vocab)v, &n);
        assert_true(n >= 3);
        for (size_t i = 0; i < n; i++) {
            int value = -1;
            if (word[i][0] == '\0')
                continue;
            assert_int_equal(km_word_parse(&value, (km_vocab)v, "x", word[i], NULL), KM_OK);
            assert_int_equal(value, i);
            assert_string_equal(km_word((km_vocab)v, value), word[i]);
        }
    }
    assert_string_equal(km_word(KM_VOCAB_KIND, 99), "");
}

static void an_unknown_word_is_refused_with_the_known_ones(void **state)
{
    (void)state;
    int value;
    km_error err;
    assert_int_equal(km_word_parse(&value, KM_VOCAB_STATE, "--state", "asleep", &err), KM_EINVAL);
    assert_string_equal(err.text,
                        "--state: asleep is not one of unspecified, active, latent");
}

static void sets_are_lists_with_semicolons(void **state)
{
    (void)state;
    uint32_t set;
    assert_int_equal(km_words_parse(&set, KM_VOCAB_HABIT, "--did", "sleep;stretch,,cooldown", NULL),
                     KM_OK);
    km_buf b = { 0 };
    km_words_print(&b, KM_VOCAB_HABIT, set);
    assert_string_equal(km_buf_str(&b), "cooldown;stretch;sleep");
    km_buf_clear(&b);
    assert_int_equal(km_words_parse(&set, KM_VOCAB_HABIT, "--did", "sleep;nap", NULL), KM_EINVAL);
    assert_int_equal(km_words_parse(&set, KM_VOCAB_HABIT, "--did", "", NULL), KM_OK);
    assert_int_equal(set, 0);
}

static void assert_place(km_side side, const char *region, const char *muscle, int tp,
                         const char *want)
{
    km_buf b = { 0 };
    km_place_print(&b, &(km_place){ side, region, muscle, tp });
    assert_string_equal(km_buf_str(&b), want);
    km_buf_clear(&b);
}

static void places_print_as_they_are_typed(void **state)
{
    (void)state;
    assert_place(KM_SIDE_LEFT, "scapula", "infraspinatus", 2, "left:infraspinatus:2");
    assert_place(KM_SIDE_RIGHT, "knee_outer", NULL, 0, "right:knee_outer");
    assert_place(KM_SIDE_MIDLINE, "sternum", NULL, 0, "sternum");
    assert_place(KM_SIDE_LEFT, "coccyx", "levator_ani", 0, "left:levator_ani");
}

static void mirroring_twice_is_the_same_side(void **state)
{
    (void)state;
    assert_int_equal(km_side_mirror(KM_SIDE_LEFT), KM_SIDE_RIGHT);
    assert_int_equal(km_side_mirror(KM_SIDE_RIGHT), KM_SIDE_LEFT);
    assert_int_equal(km_side_mirror(KM_SIDE_MIDLINE), KM_SIDE_MIDLINE);
}

static km_mark good_mark(void)
{
    km_mark m = km_mark_blank();
    m.place = (km_place){ KM_SIDE_LEFT, "scapula", "infraspinatus", 1 };
    m.intensity = 7;
    m.at = (km_instant){ .sec = 1795195800, .off_min = 0 };
    return m;
}

static void refused(km_mark m, const char *want)
{
    km_error err = { 0 };
    assert_int_equal(km_mark_check(&m, &err), KM_EINVAL);
    assert_string_equal(err.text, want);
}

static void marks_out_of_range_are_refused_by_name(void **state)
{
    (void)state;
    km_mark m = good_mark();
    assert_int_equal(km_mark_check(&m, NULL), KM_OK);
    m.intensity = 11;
    refused(m, "intensity 11: outside 0..10");
    m = good_mark();
    m.intensity = -2;
    refused(m, "intensity -2: outside 0..10");
    m = good_mark();
    m.place.muscle = NULL;
    refused(m, "trigger point 1: it needs a muscle");
    m = good_mark();
    m.ppt[0] = 0.5;
    m.n_ppt = 1;
    refused(m, "ppt 0.5: outside 1..3000 kPa");
    m = good_mark();
    m.ppt[0] = NAN;
    m.n_ppt = 1;
    refused(m, "ppt nan: outside 1..3000 kPa");
    m = good_mark();
    m.ppt_area = 100;
    refused(m, "ppt-area 100: outside 0.1..20 cm2");
    m = good_mark();
    m.has_onset = true;
    m.onset.sec = m.at.sec + 1;
    refused(m, "onset: it lies after the mark's own time");
    m = good_mark();
    m.note = "\xFF";
    refused(m, "note: not valid UTF-8 text");
}

static void pressure_readings_are_averaged(void **state)
{
    (void)state;
    km_mark m = good_mark();
    assert_true(isnan(km_mark_ppt_mean(&m)));
    m.ppt[0] = 200;
    m.ppt[1] = 220;
    m.ppt[2] = 240;
    m.n_ppt = 3;
    assert_float_equal(km_mark_ppt_mean(&m), 220, 1e-9);
}

static void client_names_hold_no_control_characters(void **state)
{
    (void)state;
    km_client c = km_client_blank();
    c.name = "Ada Lovelace";
    assert_int_equal(km_client_check(&c, NULL), KM_OK);
    static const char *const bad[] = { "", "  ", "a\x1b[31m", "a\nb", "a\xC2\x9B", "\xFF" };
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        c.name = bad[i];
        assert_int_equal(km_client_check(&c, NULL), KM_EINVAL);
    }
}

static void load_and_hooper_need_all_their_parts(void **state)
{
    (void)state;
    km_session s = km_session_blank();
    s.rpe = 6;
    assert_int_equal(km_session_load(&s), -1);
    s.minutes = 75;
    assert_int_equal(km_session_load(&s), 450);
    km_checkin c = km_checkin_blank();
    c.sleep = 2;
    c.stress = 4;
    c.fatigue = 3;
    assert_int_equal(km_checkin_hooper(&c), -1);
    c.soreness = 3;
    assert_int_equal(km_checkin_hooper(&c), 12);
    c.soreness = 8;
    assert_int_equal(km_checkin_check(&c, NULL), KM_EINVAL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_word_is_read_back),
        cmocka_unit_test(an_unknown_word_is_refused_with_the_known_ones),
        cmocka_unit_test(sets_are_lists_with_semicolons),
        cmocka_unit_test(places_print_as_they_are_typed),
        cmocka_unit_test(mirroring_twice_is_the_same_side),
        cmocka_unit_test(marks_out_of_range_are_refused_by_name),
        cmocka_unit_test(pressure_readings_are_averaged),
        cmocka_unit_test(client_names_hold_no_control_characters),
        cmocka_unit_test(load_and_hooper_need_all_their_parts),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
