/* Places as people write them, and the search while they type. */
#include "km_cmocka.h"

#include <stdio.h>
#include <string.h>

#include "knotmap/atlas.h"

static const km_atlas *a;

static int setup(void **state)
{
    (void)state;
    a = km_atlas_builtin();
    return 0;
}

/* What a text resolves to, or "! refusal [mend]". */
static const char *resolve(const char *text, unsigned flags)
{
    static char copy[1024];
    km_buf out = { 0 };
    km_ref ref;
    km_error err = { 0 };
    const km_status st = km_atlas_resolve(&ref, a, text, flags, &err);
    if (st == KM_OK) {
        km_ref_print(&out, a, &ref);
        if (ref.side_open)
            km_buf_puts(&out, " (either side)");
    } else {
        assert_int_equal(st, KM_EINVAL);
        assert_int_equal(err.status, KM_EINVAL);
        km_buf_printf(&out, "! %s", err.text);
        if (err.mend[0] != '\0')
            km_buf_printf(&out, " [%s]", err.mend);
    }
    snprintf(copy, sizeof copy, "%s", km_buf_str(&out));
    km_buf_clear(&out);
    return copy;
}

typedef struct place_case {
    const char *text;
    unsigned flags;
    const char *want;
} place_case;

static void check(const place_case *cases, size_t n)
{
    for (size_t i = 0; i < n; i++)
        assert_string_equal(resolve(cases[i].text, cases[i].flags), cases[i].want);
}

#define CHECK(cases) check(cases, sizeof(cases) / sizeof(cases)[0])

static void codes_names_synonyms_and_prefixes(void **state)
{
    (void)state;
    static const place_case cases[] = {
        { "left:upper_trapezius", 0, "left:upper_trapezius" },
        { "right:knee_outer", 0, "right:knee_outer" },
        { "left:infraspinatus:2", 0, "left:infraspinatus:2" },
        { "LEFT:Infraspinatus:2", 0, "left:infraspinatus:2" },
        { " left : infraspinatus : 2 ", 0, "left:infraspinatus:2" },
        { "l:knee-outer", 0, "left:knee_outer" },
        { "r:knee outer", 0, "right:knee_outer" },
        { "left:Outer knee", 0, "left:knee_outer" },
        { "left:lats", 0, "left:latissimus_dorsi" },
        { "left:QL", 0, "left:quadratus_lumborum" },
        { "left:tailor's muscle", 0, "left:sartorius" },
        { "left:Trapezius, upper fibres:1", 0, "left:upper_trapezius:1" },
        { "left:infrasp", 0, "left:infraspinatus" },
        { "right:shoulder_t", 0, "right:shoulder_top" },
        { "left:fibularis longus", 0, "left:peroneus_longus" },
        { "left:pear", 0, "left:piriformis" },
    };
    CHECK(cases);
}

static void a_region_beats_a_muscle_and_a_code_beats_a_synonym(void **state)
{
    (void)state;
    static const place_case cases[] = {
        /* calf is a region, a group and a synonym; pelvic_floor likewise */
        { "left:calf", KM_RESOLVE_GROUP, "left:calf" },
        { "pelvic_floor", KM_RESOLVE_GROUP, "pelvic_floor" },
        { "left:calf", KM_RESOLVE_GROUP | KM_RESOLVE_MUSCLE, "left:calf" },
        /* triceps_brachii is a muscle and a group, iliacus a code */
        { "left:triceps_brachii", KM_RESOLVE_GROUP, "left:triceps_brachii" },
        { "left:iliacus", 0, "left:iliacus" },
    };
    CHECK(cases);
    km_ref ref;
    assert_int_equal(km_atlas_resolve(&ref, a, "left:calf", KM_RESOLVE_GROUP, NULL), KM_OK);
    assert_int_equal(ref.kind, KM_REF_REGION);
    assert_int_equal(km_atlas_resolve(&ref, a, "left:calf", KM_RESOLVE_GROUP | KM_RESOLVE_MUSCLE,
                                      NULL), KM_OK);
    assert_int_equal(ref.kind, KM_REF_GROUP);
    assert_int_equal(km_atlas_resolve(&ref, a, "left:triceps_brachii", KM_RESOLVE_GROUP, NULL),
                     KM_OK);
    assert_int_equal(ref.kind, KM_REF_MUSCLE);
}

static void midline_places_take_no_side(void **state)
{
    (void)state;
    static const place_case cases[] = {
        { "sternum", 0, "sternum" },
        { "sphincter_ani", 0, "sphincter_ani" },
        { "sphincter_ani:1", 0, "sphincter_ani:1" },
        { "left:sternum", 0, "! left:sternum: takes no side [write sternum]" },
        { "right:sphincter_ani", 0, "! right:sphincter_ani: takes no side [write sphincter_ani]" },
        { "left:levator_ani", 0, "left:levator_ani" },
        { "left:diaphragm:1", 0, "left:diaphragm:1" },
        { "levator_ani", 0,
          "! levator_ani: say left: or right: [write left:levator_ani or right:levator_ani]" },
    };
    CHECK(cases);
}

static void sides_may_be_open_or_forbidden(void **state)
{
    (void)state;
    static const place_case cases[] = {
        { "knee_outer", 0,
          "! knee_outer: say left: or right: [write left:knee_outer or right:knee_outer]" },
        { "knee_outer", KM_RESOLVE_SIDE_OPEN, "knee_outer (either side)" },
        { "left:knee_outer", KM_RESOLVE_SIDE_OPEN, "left:knee_outer" },
        { "sternum", KM_RESOLVE_SIDE_OPEN, "sternum" },
        { "infraspinatus:1", KM_RESOLVE_NO_SIDE, "infraspinatus:1 (either side)" },
        { "left:infraspinatus:1", KM_RESOLVE_NO_SIDE,
          "! left:infraspinatus:1: takes no side [write infraspinatus]" },
        { "up:knee_outer", 0, "! up:knee_outer: a side is left or right" },
    };
    CHECK(cases);
}

static void groups_stand_for_their_parts_where_they_may(void **state)
{
    (void)state;
    static const place_case cases[] = {
        { "right:hamstrings", KM_RESOLVE_GROUP, "right:hamstrings" },
        { "right:hams", KM_RESOLVE_GROUP, "right:hamstrings" },
        { "right:hamst", KM_RESOLVE_GROUP, "right:hamstrings" },
        { "right:traps", KM_RESOLVE_GROUP, "right:trapezius" },
        { "right:glutes", KM_RESOLVE_GROUP, "right:gluteals" },
        { "right:calves", KM_RESOLVE_GROUP | KM_RESOLVE_MUSCLE, "right:calf" },
        { "right:hamstrings", 0,
          "! right:hamstrings: stands for several muscles: name biceps_femoris, semitendinosus or "
          "semimembranosus" },
        { "right:hams", 0,
          "! right:hams: stands for several muscles: name biceps_femoris, semitendinosus or "
          "semimembranosus" },
        { "right:hamstrings:1", KM_RESOLVE_GROUP,
          "! right:hamstrings:1: only a muscle has trigger points" },
        /* a group of one is its muscle */
        { "left:deep_rotators", 0, "left:piriformis" },
    };
    CHECK(cases);
}

static void ambiguous_places_name_their_candidates(void **state)
{
    (void)state;
    static const place_case cases[] = {
        { "left:temp", 0, "! left:temp: could be temple or temporalis" },
        { "left:knee", 0, "! left:knee: could be knee_front, knee_inner, knee_outer or knee_back" },
        { "right:quad", KM_RESOLVE_GROUP,
          "! right:quad: could be quadratus_lumborum, quadratus_plantae or quadriceps" },
        { "left:masseter", 0, "! left:masseter: could be masseter_superficial or masseter_deep" },
        { "left:f", 0,
          "! left:f: could be forehead, throat, shoulder_front, flank, arm_front, forearm_front, "
          "forearm_outer or 23 more" },
    };
    CHECK(cases);
}

static void unknown_places_name_the_nearest(void **state)
{
    (void)state;
    static const place_case cases[] = {
        { "left:infraspintus", 0,
          "! left:infraspintus: no such place [nearest: infraspinatus or supraspinatus]" },
        { "left:knee_otuer", 0, "! left:knee_otuer: no such place [nearest: knee_outer or "
                                "knee_inner]" },
        { "left:traqezius", KM_RESOLVE_GROUP,
          "! left:traqezius: no such place [nearest: upper_trapezius, lower_trapezius or "
          "middle_trapezius]" },
        { "left:qqqq", 0, "! left:qqqq: no such place [see knotmap atlas regions and knotmap atlas "
                          "muscles]" },
        { "left:knee_outer", KM_RESOLVE_MUSCLE, "! left:knee_outer: is a region, not a muscle" },
        { "", 0, "! \"\": no such place [see knotmap atlas regions and knotmap atlas muscles]" },
        { "left calf", 0, "! left calf: no such place [write left:calf]" },
        { "R Infraspinatus", 0, "! R Infraspinatus: no such place [write right:infraspinatus]" },
        { "left infraspintus", 0, "! left infraspintus: no such place [nearest: infraspinatus or "
                                  "supraspinatus]" },
        { "left:", 0,
          "! left:: no such place [see knotmap atlas regions and knotmap atlas muscles]" },
    };
    CHECK(cases);
}

static void unknown_trigger_points_name_those_there_are(void **state)
{
    (void)state;
    static const place_case cases[] = {
        { "left:infraspinatus:9", 0,
          "! left:infraspinatus:9: no such trigger point: infraspinatus has 1, 2, 3 and 4" },
        { "left:lower_trapezius:1", 0,
          "! left:lower_trapezius:1: no such trigger point: lower_trapezius has 3 and 4" },
        { "left:gracilis:0", 0,
          "! left:gracilis:0: no such trigger point: gracilis has 1 and 2" },
        { "left:gracilis:x", 0,
          "! left:gracilis:x: no such trigger point: gracilis has 1 and 2" },
        { "left:gracilis:999999999999", 0,
          "! left:gracilis:999999999999: no such trigger point: gracilis has 1 and 2" },
        { "left:knee_outer:1", 0, "! left:knee_outer:1: only a muscle has trigger points" },
    };
    CHECK(cases);
}

static void refusals_show_control_characters(void **state)
{
    (void)state;
    const char *got = resolve("left:\x1b[2J", 0);
    assert_null(strchr(got, '\x1b'));
    assert_memory_equal(got, "! left:", 7);
}

/* Every code resolves to itself, on either side, whatever else is spelled like it. */
static void every_code_resolves_to_itself(void **state)
{
    (void)state;
    for (int i = 0; i < a->n_region + a->n_muscle; i++) {
        const bool region = i < a->n_region;
        const int index = region ? i : i - a->n_region;
        const char *code = region ? a->region[index].code : a->muscle[index].code;
        const bool midline = region ? a->region[index].midline : a->muscle[index].midline;
        km_buf text = { 0 }, back = { 0 };
        km_buf_printf(&text, "%s%s", midline ? "" : "right:", code);
        km_ref ref;
        assert_int_equal(km_atlas_resolve(&ref, a, km_buf_str(&text), 0, NULL), KM_OK);
        assert_int_equal(ref.kind, region ? KM_REF_REGION : KM_REF_MUSCLE);
        assert_int_equal(ref.index, index);
        km_ref_print(&back, a, &ref);
        assert_string_equal(km_buf_str(&back), km_buf_str(&text));
        km_buf_clear(&text);
        km_buf_clear(&back);
    }
}

static void words_for_people(void **state)
{
    (void)state;
    static const struct {
        const char *text, *want;
    } cases[] = {
        { "left:knee_outer", "outer knee" },
        { "left:jaw", "lower jaw and TMJ" },
        { "left:upper_trapezius", "top of shoulder (upper trapezius)" },
        { "left:infraspinatus:2", "shoulder blade (infraspinatus 2)" },
        { "left:hamstrings", "hamstrings" },
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        km_ref ref;
        km_buf out = { 0 };
        assert_int_equal(km_atlas_resolve(&ref, a, cases[i].text, KM_RESOLVE_GROUP, NULL), KM_OK);
        km_ref_human(&out, a, &ref);
        assert_string_equal(km_buf_str(&out), cases[i].want);
        km_buf_clear(&out);
    }
}

static const char *code_of(const km_match *m)
{
    return m->kind == KM_REF_REGION ? a->region[m->index].code : a->muscle[m->index].code;
}

static void search_finds_as_one_types(void **state)
{
    (void)state;
    static const struct {
        const char *text, *first;
    } cases[] = {
        { "infr", "infraspinatus" },     { "infraspinatus", "infraspinatus" },
        { "trap", "upper_trapezius" },   { "trapezius mid", "middle_trapezius" },
        { "knee", "knee_front" },        { "outer knee", "knee_outer" },
        { "calf", "calf" },              { "levator", "levator_scapulae" },
        { "lats", "latissimus_dorsi" },  { "ql", "quadratus_lumborum" },
        { "kneecap", "knee_front" },     { "scap", "scapula" },
        { "glmed", "gluteus_medius" },   { "piri", "piriformis" },
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        km_match m[5];
        assert_true(km_atlas_search(m, 5, a, cases[i].text) > 0);
        assert_string_equal(code_of(&m[0]), cases[i].first);
    }
}

static void search_forgives_typing_errors_when_nothing_else_fits(void **state)
{
    (void)state;
    static const struct {
        const char *text, *first;
    } cases[] = {
        { "infarsp", "infraspinatus" },   { "trapz", "upper_trapezius" },
        { "qadriceps", "rectus_femoris" }, { "pirriformis", "piriformis" },
        { "supraspinaus", "supraspinatus" },
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        km_match m[5];
        assert_true(km_atlas_search(m, 5, a, cases[i].text) > 0);
        assert_string_equal(code_of(&m[0]), cases[i].first);
    }
}

static void search_is_ordered_and_bounded(void **state)
{
    (void)state;
    km_match m[300];
    const size_t n = km_atlas_search(m, 300, a, "r");
    assert_true(n > 50);
    for (size_t i = 1; i < n; i++) {
        assert_true(m[i - 1].score >= m[i].score);
        if (m[i - 1].score == m[i].score)
            assert_true(m[i - 1].kind < m[i].kind ||
                        (m[i - 1].kind == m[i].kind && m[i - 1].index < m[i].index));
    }
    km_match few[3];
    assert_int_equal(km_atlas_search(few, 3, a, "r"), 3);
    for (int i = 0; i < 3; i++)
        assert_string_equal(code_of(&few[i]), code_of(&m[i]));
    assert_int_equal(km_atlas_search(few, 3, a, "qzqz"), 0);
    assert_int_equal(km_atlas_search(few, 3, a, ""), 0);
    assert_int_equal(km_atlas_search(few, 0, a, "knee"), 0);
}

static void trapezius_parts_and_knee_regions_come_together(void **state)
{
    (void)state;
    km_match m[4];
    assert_int_equal(km_atlas_search(m, 4, a, "trap"), 4);
    for (int i = 0; i < 3; i++)
        assert_non_null(strstr(code_of(&m[i]), "trapezius"));
    assert_int_equal(km_atlas_search(m, 4, a, "knee"), 4);
    for (int i = 0; i < 4; i++)
        assert_memory_equal(code_of(&m[i]), "knee_", 5);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(codes_names_synonyms_and_prefixes),
        cmocka_unit_test(a_region_beats_a_muscle_and_a_code_beats_a_synonym),
        cmocka_unit_test(midline_places_take_no_side),
        cmocka_unit_test(sides_may_be_open_or_forbidden),
        cmocka_unit_test(groups_stand_for_their_parts_where_they_may),
        cmocka_unit_test(ambiguous_places_name_their_candidates),
        cmocka_unit_test(unknown_places_name_the_nearest),
        cmocka_unit_test(unknown_trigger_points_name_those_there_are),
        cmocka_unit_test(refusals_show_control_characters),
        cmocka_unit_test(every_code_resolves_to_itself),
        cmocka_unit_test(words_for_people),
        cmocka_unit_test(search_finds_as_one_types),
        cmocka_unit_test(search_forgives_typing_errors_when_nothing_else_fits),
        cmocka_unit_test(search_is_ordered_and_bounded),
        cmocka_unit_test(trapezius_parts_and_knee_regions_come_together),
    };
    return cmocka_run_group_tests(tests, setup, NULL);
}
