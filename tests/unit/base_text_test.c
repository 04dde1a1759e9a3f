/* UTF-8, display width, control characters, comparing, fuzzy matching. */
#include "km_cmocka.h"

#include <locale.h>
#include <string.h>

#include "knotmap/text.h"

static uint32_t decode(const char *s, size_t *taken)
{
    uint32_t r = 0;
    *taken = km_utf8_decode(&r, s, strlen(s));
    return r;
}

static void valid_sequences_decode_whole(void **state)
{
    (void)state;
    size_t n;
    assert_int_equal(decode("a", &n), 'a');
    assert_int_equal(n, 1);
    assert_int_equal(decode("\xC3\xA4", &n), 0xE4);
    assert_int_equal(n, 2);
    assert_int_equal(decode("\xE2\x82\xAC", &n), 0x20AC);
    assert_int_equal(n, 3);
    assert_int_equal(decode("\xF0\x9F\x98\x80", &n), 0x1F600);
    assert_int_equal(n, 4);
}

static void broken_sequences_take_one_byte(void **state)
{
    (void)state;
    /* stray continuation, overlong, surrogate, cut off, above U+10FFFF, never-valid byte */
    static const char *const bad[] = { "\x80", "\xC0\xAF", "\xE0\x80\x80", "\xED\xA0\x80",
                                       "\xE2\x82", "\xF4\x90\x80\x80", "\xFF" };
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        size_t n;
        assert_int_equal(decode(bad[i], &n), KM_RUNE_BAD);
        assert_int_equal(n, 1);
        assert_false(km_utf8_valid(bad[i], strlen(bad[i])));
    }
    assert_true(km_utf8_valid("a\xC3\xA4", 3));
}

static void encode_is_the_inverse_of_decode(void **state)
{
    (void)state;
    for (uint32_t r = 1; r <= 0x10FFFF; r += r < 0x900 ? 1 : 997) {
        if (r >= 0xD800 && r <= 0xDFFF)
            continue;
        char bytes[4];
        size_t n = km_utf8_encode(bytes, r);
        uint32_t back;
        assert_int_equal(km_utf8_decode(&back, bytes, n), n);
        assert_int_equal(back, r);
    }
}

static void assert_visible(const char *in, bool ascii, const char *want)
{
    km_buf b = { 0 };
    km_text_visible(&b, in, ascii);
    assert_string_equal(km_buf_str(&b), want);
    km_buf_clear(&b);
}

static void controls_are_shown_never_kept(void **state)
{
    (void)state;
    assert_visible("a\x1b]0;x\x07", false, "a\\x1b]0;x\\x07");
    assert_visible("\xC2\x9B", false, "\\x9b");
    assert_visible("a\tb\nc", false, "a b c");
    assert_visible("\x7F", true, "\\x7f");
    assert_visible("\xE2\x80\xAE" "abc", false, "\xEF\xBF\xBD" "abc");
    assert_visible("\xFF", false, "\xEF\xBF\xBD");
    assert_visible("M\xC3\xBCller \xFF", true, "M?ller ?");
}

static void width_counts_columns(void **state)
{
    (void)state;
    assert_int_equal(km_text_width("abc"), 3);
    assert_int_equal(km_text_width("\xC3\xA4"), 1);
    assert_int_equal(km_text_width("\xE6\xBC\xA2\xE5\xAD\x97"), 4);
    assert_int_equal(km_text_width("e\xCC\x81"), 1);
    assert_int_equal(km_text_width("\x1b"), 4);
    assert_int_equal(km_text_fit("\xE6\xBC\xA2\xE5\xAD\x97", 3), 3);
    assert_int_equal(km_text_fit("abc", 2), 2);
    assert_int_equal(km_text_fit("abc", 9), 3);
}

static void width_equals_the_width_of_what_is_shown(void **state)
{
    (void)state;
    static const char *const text[] = { "a\x1b[31m", "\xFFx", "\xE2\x80\xAE", "\xC2\x85z", "\xE6\xBC\xA2" };
    for (size_t i = 0; i < sizeof text / sizeof text[0]; i++) {
        km_buf b = { 0 };
        km_text_visible(&b, text[i], false);
        assert_int_equal(km_text_width(text[i]), km_text_width(km_buf_str(&b)));
        km_buf_clear(&b);
    }
}

static void case_is_ignored_beyond_ascii(void **state)
{
    (void)state;
    assert_int_equal(km_text_casecmp("\xC3\x84rger", "\xC3\xA4RGER"), 0);
    assert_true(km_text_casecmp("a", "b") < 0);
    assert_true(km_text_casecmp("ab", "a") > 0);
    assert_true(km_text_starts("Infraspinatus", "infra"));
    assert_false(km_text_starts("inf", "infra"));
    assert_true(km_text_contains("Left Infra", "t inf"));
    assert_false(km_text_contains("Left", "lefty"));
    assert_true(km_text_names("about ada: her knee", "Ada"));
    assert_true(km_text_names("Ada", "ada"));
    assert_true(km_text_names("Adam, ada", "Ada"));
    assert_false(km_text_names("Adam and Nevada", "Ada"));
    assert_true(km_text_names("note:\xC3\x89mile", "\xC3\xA9mile"));
    assert_false(km_text_names("Ada\xC3\xA9", "Ada"));
    assert_false(km_text_names("", "Ada"));
}

static void fuzzy_prefers_exact_then_prefix_then_word_starts(void **state)
{
    (void)state;
    int exact = km_text_fuzzy("soleus", "soleus");
    int prefix = km_text_fuzzy("sol", "soleus");
    int words = km_text_fuzzy("ut", "upper_trapezius");
    int scattered = km_text_fuzzy("ut", "gluteus medius");
    assert_true(exact > prefix);
    assert_true(prefix > words);
    assert_true(words > scattered);
    assert_true(scattered > 0);
    assert_int_equal(km_text_fuzzy("xq", "soleus"), 0);
    assert_int_equal(km_text_fuzzy("soleusx", "soleus"), 0);
    assert_int_equal(km_text_fuzzy("", "soleus"), 0);
}

static void fuzzy_treats_underscore_hyphen_and_space_alike(void **state)
{
    (void)state;
    assert_int_equal(km_text_fuzzy("upper trap", "upper_trapezius"),
                     km_text_fuzzy("upper_trap", "upper_trapezius"));
}

static void distance_counts_edits_and_swaps(void **state)
{
    (void)state;
    assert_int_equal(km_text_distance("mark", "mark", 3), 0);
    assert_int_equal(km_text_distance("mrak", "mark", 3), 1);
    assert_int_equal(km_text_distance("infrspinatus", "infraspinatus", 3), 1);
    assert_int_equal(km_text_distance("kitten", "sitting", 5), 3);
    assert_int_equal(km_text_distance("abc", "xyzuvw", 2), 3);
}

static void only_decimal_numbers_are_numbers(void **state)
{
    static const char *const not[] = { "",    " ",     "0x10", "nan",   "inf", "1e309", "3,5",
                                       "3 4", "1.2.3", "e5",   "0x1p3", "-",   "7kg" };
    double v = 0;

    (void)state;
    assert_true(km_number_parse(&v, " -2.5 "));
    assert_true(v == -2.5);
    assert_true(km_number_parse(&v, "1e2"));
    assert_true(v == 100);
    for (size_t i = 0; i < sizeof not / sizeof *not; i++) {
        if (km_number_parse(&v, not[i]))
            fail_msg("\"%s\" was read as a number", not[i]);
    }
}

int main(void)
{
    setlocale(LC_ALL, "C.UTF-8");
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(valid_sequences_decode_whole),
        cmocka_unit_test(broken_sequences_take_one_byte),
        cmocka_unit_test(encode_is_the_inverse_of_decode),
        cmocka_unit_test(controls_are_shown_never_kept),
        cmocka_unit_test(width_counts_columns),
        cmocka_unit_test(width_equals_the_width_of_what_is_shown),
        cmocka_unit_test(case_is_ignored_beyond_ascii),
        cmocka_unit_test(fuzzy_prefers_exact_then_prefix_then_word_starts),
        cmocka_unit_test(fuzzy_treats_underscore_hyphen_and_space_alike),
        cmocka_unit_test(distance_counts_edits_and_swaps),
        cmocka_unit_test(only_decimal_numbers_are_numbers),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
