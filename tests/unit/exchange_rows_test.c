/** Listings: what each format says of the same rows. */
#include <jansson.h>
#include <math.h>
#include <string.h>

#include "km_cmocka.h"
#include "knotmap/exchange.h"
#include "knotmap/text.h"

#define BOTH (KM_COL_DATA | KM_COL_SHOWN)

static const km_column columns[] = {
    { "id", BOTH | KM_COL_RIGHT, NULL }, { "when", BOTH, NULL },
    { "said", KM_COL_SHOWN, NULL },      { "sure", BOTH, NULL },
    { "share", BOTH, NULL },             { "note", BOTH | KM_COL_FLEX, "remark" },
};
#define N_COLUMNS ((int)(sizeof columns / sizeof *columns))

static km_status collect(void *ctx, const char *bytes, size_t n, km_error *err)
{
    (void)err;
    km_buf_add(ctx, bytes, n);
    return KM_OK;
}

static km_rows *start(km_buf *out, km_format format, int width)
{
    const km_rows_options opt = { .format = format, .width = width, .write = collect, .ctx = out };

    return km_rows_new(&opt, columns, N_COLUMNS);
}

static void put(km_rows *r, int id, km_tri sure, double share, const char *note)
{
    km_rows_int(r, id);
    km_rows_instant(r, true, (km_instant){ .sec = 1795197000, .off_min = 60 });
    km_rows_text(r, "so");
    km_rows_tri(r, sure);
    km_rows_real(r, share, 2);
    km_rows_text(r, note);
    assert_int_equal(km_rows_end(r, NULL), KM_OK);
}

static void csv_has_a_header_without_any_row(void **state)
{
    (void)state;
    km_buf out = { 0 };
    km_rows_close(start(&out, KM_FORMAT_CSV, 0), NULL);
    assert_string_equal(out.s, "id,when,sure,share,note\n");
    km_buf_clear(&out);
}

static void csv_quotes_only_what_needs_it(void **state)
{
    (void)state;
    km_buf out = { 0 };
    km_rows *r = start(&out, KM_FORMAT_CSV, 0);
    put(r, 7, KM_TRI_YES, 0.5, "a \"b\", c\nd");
    put(r, -8, KM_TRI_UNKNOWN, NAN, NULL);
    km_rows_close(r, NULL);
    assert_string_equal(out.s, "id,when,sure,share,note\n"
                               "7,2026-11-20T17:50:00Z,yes,0.50,\"a \"\"b\"\", c\nd\"\n"
                               "-8,2026-11-20T17:50:00Z,,,\n");
    km_buf_clear(&out);
}

static void json_without_rows_is_an_empty_array(void **state)
{
    (void)state;
    km_buf out = { 0 };
    km_rows_close(start(&out, KM_FORMAT_JSON, 0), NULL);
    json_t *all = json_loads(out.s, 0, NULL);
    assert_true(json_is_array(all));
    assert_int_equal(json_array_size(all), 0);
    json_decref(all);
    km_buf_clear(&out);
}

static void json_types_follow_the_cells(void **state)
{
    (void)state;
    km_buf out = { 0 };
    km_rows *r = start(&out, KM_FORMAT_JSON, 0);
    put(r, 7, KM_TRI_YES, 0.5, "tab\t \"quote\" back\\slash \x1b[0m caf\xC3\xA9 bad\xFF");
    put(r, 8, KM_TRI_NO, NAN, "");
    km_rows_close(r, NULL);
    json_t *all = json_loads(out.s, JSON_REJECT_DUPLICATES, NULL);
    assert_int_equal(json_array_size(all), 2);
    json_t *row = json_array_get(all, 0);
    assert_int_equal(json_object_size(row), 5);
    assert_int_equal(json_integer_value(json_object_get(row, "id")), 7);
    assert_string_equal(json_string_value(json_object_get(row, "when")), "2026-11-20T17:50:00Z");
    assert_true(json_is_true(json_object_get(row, "sure")));
    assert_float_equal(json_real_value(json_object_get(row, "share")), 0.5, 1e-12);
    assert_string_equal(json_string_value(json_object_get(row, "note")),
                        "tab\t \"quote\" back\\slash \x1b[0m caf\xC3\xA9 bad\xEF\xBF\xBD");
    row = json_array_get(all, 1);
    assert_true(json_is_false(json_object_get(row, "sure")));
    assert_true(json_is_null(json_object_get(row, "share")));
    assert_true(json_is_null(json_object_get(row, "note")));
    json_decref(all);
    km_buf_clear(&out);
}

static void text_aligns_and_leaves_empty_columns_out(void **state)
{
    (void)state;
    km_buf out = { 0 };
    km_rows *r = start(&out, KM_FORMAT_TEXT, 0);
    put(r, 7, KM_TRI_UNKNOWN, 0.5, "short");
    put(r, 123, KM_TRI_UNKNOWN, 10, "");
    km_rows_close(r, NULL);
    assert_string_equal(out.s, " id  when              said  share  remark\n"
                               "  7  2026-11-20 18:50  so    0.50   short\n"
                               "123  2026-11-20 18:50  so    10.00\n");
    km_buf_clear(&out);
}

static void text_wraps_long_cells_and_stays_within_the_width(void **state)
{
    (void)state;
    km_buf out = { 0 };
    km_rows *r = start(&out, KM_FORMAT_TEXT, 60);
    put(r, 1, KM_TRI_YES, 0.25, "a note that is far too long to stand on one line of this width");
    km_rows_close(r, NULL);
    int lines = 0;
    for (char *line = strtok(out.s, "\n"); line; line = strtok(NULL, "\n")) {
        assert_true(km_text_width(line) <= 60);
        lines++;
    }
    assert_true(lines > 2);
    km_buf_clear(&out);
}

/* A terminal of 80 columns and less gets every figure whole and no line that is longer. */
static void text_fits_every_width_and_keeps_figures_whole(void **state)
{
    (void)state;
    static const km_column wide[] = {
        { "id", BOTH | KM_COL_RIGHT, NULL },
        { "place", BOTH, NULL },
        { "n", BOTH | KM_COL_RIGHT, "mean week of 28 days" },
        { "kind", BOTH, NULL },
        { "m", BOTH | KM_COL_RIGHT, "sessions" },
    };
    for (int width = 18; width <= 90; width++) {
        km_buf out = { 0 };
        const km_rows_options opt = { .format = KM_FORMAT_TEXT, .width = width, .write = collect,
                                      .ctx = &out };
        km_rows *r = km_rows_new(&opt, wide, 5);
        km_rows_int(r, 123456);
        km_rows_text(r, "right:extensor_digitorum:1");
        km_rows_int(r, 98765);
        km_rows_text(r, "pin_and_stretch");
        km_rows_int(r, 43210);
        assert_int_equal(km_rows_end(r, NULL), KM_OK);
        km_rows_close(r, NULL);
        assert_non_null(strstr(out.s, "123456"));
        assert_non_null(strstr(out.s, "98765"));
        assert_non_null(strstr(out.s, "43210"));
        assert_non_null(strstr(out.s, "stretch"));
        for (char *line = strtok(out.s, "\n"); line; line = strtok(NULL, "\n"))
            assert_true(km_text_width(line) <= width);
        km_buf_clear(&out);
    }
}

static void text_breaks_a_place_at_its_joints(void **state)
{
    (void)state;
    static const km_column two[] = { { "place", BOTH, NULL }, { "n", BOTH | KM_COL_RIGHT, NULL } };
    km_buf out = { 0 };
    const km_rows_options opt = { .format = KM_FORMAT_TEXT, .width = 22, .write = collect,
                                  .ctx = &out };
    km_rows *r = km_rows_new(&opt, two, 2);
    km_rows_text(r, "right:extensor_digitorum");
    km_rows_int(r, 123);
    km_rows_end(r, NULL);
    km_rows_close(r, NULL);
    assert_string_equal(out.s, "place                n\n"
                               "right:extensor_    123\n"
                               "digitorum\n");
    km_buf_clear(&out);
}

/* What the first rows leave empty, and numbers longer than theirs, are still printed. */
static void a_late_cell_is_not_lost(void **state)
{
    (void)state;
    km_buf out = { 0 };
    km_rows *r = start(&out, KM_FORMAT_TEXT, 0);
    for (int i = 0; i < 300; i++)
        put(r, 1, KM_TRI_YES, 0, i == 290 ? "late" : "");
    put(r, 1234567, KM_TRI_YES, 0, "");
    km_rows_close(r, NULL);
    assert_non_null(strstr(out.s, "late"));
    assert_non_null(strstr(out.s, "1234567"));
    km_buf_clear(&out);
}

static void text_shows_control_characters_instead_of_sending_them(void **state)
{
    (void)state;
    km_buf out = { 0 };
    km_rows *r = start(&out, KM_FORMAT_TEXT, 0);
    put(r, 1, KM_TRI_YES, 0, "\x1b]0;title\x07");
    km_rows_close(r, NULL);
    assert_null(strchr(out.s, '\x1b'));
    assert_null(strchr(out.s, '\x07'));
    km_buf_clear(&out);
}

static void a_long_listing_keeps_its_columns(void **state)
{
    (void)state;
    km_buf out = { 0 };
    km_rows *r = start(&out, KM_FORMAT_TEXT, 0);
    for (int i = 0; i < 1000; i++)
        put(r, i, KM_TRI_YES, 0, "x");
    assert_int_equal(km_rows_n(r), 1000);
    km_rows_close(r, NULL);
    int lines = 0;
    for (const char *p = out.s; *p; p++)
        lines += *p == '\n';
    assert_int_equal(lines, 1001);
    km_buf_clear(&out);
}

static void sections_are_for_people_only(void **state)
{
    (void)state;
    for (int format = 0; format < KM_FORMAT_COUNT; format++) {
        km_buf out = { 0 };
        km_rows *r = start(&out, (km_format)format, 0);
        km_rows_section(r, 2, "heading");
        km_rows_close(r, NULL);
        assert_int_equal(strstr(out.s, "  heading\n") != NULL, format == KM_FORMAT_TEXT);
        km_buf_clear(&out);
    }
}

static void a_card_names_what_says_something(void **state)
{
    (void)state;
    km_buf out = { 0 };
    const km_rows_options opt = { .format = KM_FORMAT_TEXT, .card = true, .write = collect,
                                  .ctx = &out };
    km_rows *r = km_rows_new(&opt, columns, N_COLUMNS);
    put(r, 7, KM_TRI_UNKNOWN, NAN, "note here");
    km_rows_close(r, NULL);
    assert_string_equal(out.s, "id      7\n"
                               "when    2026-11-20 18:50\n"
                               "said    so\n"
                               "remark  note here\n");
    km_buf_clear(&out);
}

static km_status refuse(void *ctx, const char *bytes, size_t n, km_error *err)
{
    (void)ctx;
    (void)bytes;
    (void)n;
    return km_fail(err, KM_EIO, "standard output: full");
}

static void a_failed_write_is_told_at_the_close(void **state)
{
    (void)state;
    km_error err = { 0 };
    const km_rows_options opt = { .format = KM_FORMAT_CSV, .write = refuse };
    assert_int_equal(km_rows_close(km_rows_new(&opt, columns, N_COLUMNS), &err), KM_EIO);
    assert_string_equal(err.text, "standard output: full");
}

static void a_failed_write_ends_a_long_listing(void **state)
{
    (void)state;
    km_error err = { 0 };
    const km_rows_options opt = { .format = KM_FORMAT_CSV, .write = refuse };
    km_rows *r = km_rows_new(&opt, columns, N_COLUMNS);
    km_status st = KM_OK;
    for (int i = 0; i < 100000 && st == KM_OK; i++) {
        km_rows_int(r, i);
        for (int k = 1; k < N_COLUMNS; k++)
            km_rows_none(r);
        st = km_rows_end(r, &err);
    }
    assert_int_equal(st, KM_EIO);
    assert_int_equal(km_rows_close(r, NULL), KM_EIO);
}

static void numbers_print_shortest_and_read_back(void **state)
{
    (void)state;
    static const double v[] = { 250, 250.5, 0.1, 1.0 / 3, 123456.789, 1e-3 };
    static const char *const text[] = { "250", "250.5", "0.1", NULL, "123456.789", "0.001" };
    for (size_t i = 0; i < sizeof v / sizeof *v; i++) {
        km_buf out = { 0 };
        km_number_print(&out, v[i]);
        if (text[i])
            assert_string_equal(out.s, text[i]);
        assert_true(strtod(out.s, NULL) == v[i]);
        km_buf_clear(&out);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(csv_has_a_header_without_any_row),
        cmocka_unit_test(csv_quotes_only_what_needs_it),
        cmocka_unit_test(json_without_rows_is_an_empty_array),
        cmocka_unit_test(json_types_follow_the_cells),
        cmocka_unit_test(text_aligns_and_leaves_empty_columns_out),
        cmocka_unit_test(text_wraps_long_cells_and_stays_within_the_width),
        cmocka_unit_test(text_fits_every_width_and_keeps_figures_whole),
        cmocka_unit_test(text_breaks_a_place_at_its_joints),
        cmocka_unit_test(a_late_cell_is_not_lost),
        cmocka_unit_test(text_shows_control_characters_instead_of_sending_them),
        cmocka_unit_test(a_long_listing_keeps_its_columns),
        cmocka_unit_test(sections_are_for_people_only),
        cmocka_unit_test(a_card_names_what_says_something),
        cmocka_unit_test(a_failed_write_is_told_at_the_close),
        cmocka_unit_test(a_failed_write_ends_a_long_listing),
        cmocka_unit_test(numbers_print_shortest_and_read_back),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
