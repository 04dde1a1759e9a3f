/* The CSV reader and writer, case by case. */
#include "km_cmocka.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "knotmap/csv.h"

/* Every record as "LINE[field|field]", NUL bytes shown as \0. */
static km_status record(void *ctx, const km_csv_row *row, km_error *err)
{
    (void)err;
    km_buf *out = ctx;
    km_buf_printf(out, "%ld[", row->line);
    for (size_t i = 0; i < row->n; i++) {
        if (i > 0)
            km_buf_putc(out, '|');
        for (size_t k = 0; k < row->len[i]; k++) {
            if (row->field[i][k] == '\0')
                km_buf_puts(out, "\\0");
            else
                km_buf_putc(out, row->field[i][k]);
        }
        assert_int_equal(row->field[i][row->len[i]], '\0');
    }
    km_buf_putc(out, ']');
    return KM_OK;
}

static void reads_n(const char *bytes, size_t n, const char *want)
{
    km_buf got = { 0 };
    km_error err = { 0 };
    assert_int_equal(km_csv_read(bytes, n, "t.csv", record, &got, &err), KM_OK);
    assert_string_equal(km_buf_str(&got), want);
    km_buf_clear(&got);
}

static void reads(const char *bytes, const char *want)
{
    reads_n(bytes, strlen(bytes), want);
}

static void refuses(const char *bytes, const char *text)
{
    km_buf got = { 0 };
    km_error err = { 0 };
    assert_int_equal(km_csv_read(bytes, strlen(bytes), "t.csv", record, &got, &err), KM_EDATA);
    assert_memory_equal(err.text, text, strlen(text));
    km_buf_clear(&got);
}

static void plain_records(void **state)
{
    (void)state;
    reads("a,b\nc,d\n", "1[a|b]2[c|d]");
    reads("", "");
    reads("a", "1[a]");
    reads(",,\n", "1[||]");
    reads("a,\n,b", "1[a|]2[|b]");
}

static void every_line_end_counts_once(void **state)
{
    (void)state;
    reads("a\r\nb\r\nc", "1[a]2[b]3[c]");
    reads("a\rb\rc", "1[a]2[b]3[c]");
    reads("a\nb\r\nc\rd", "1[a]2[b]3[c]4[d]");
}

static void blank_lines_are_skipped_but_counted(void **state)
{
    (void)state;
    reads("a\n\n\nb\n", "1[a]4[b]");
    reads("\r\n\r\na\r\n", "3[a]");
}

static void quoted_fields(void **state)
{
    (void)state;
    reads("\"a,b\",c\n", "1[a,b|c]");
    reads("\"say \"\"hi\"\"\"\n", "1[say \"hi\"]");
    reads("\"\"\n", "1[]");
}

static void line_breaks_in_quotes_keep_true_lines(void **state)
{
    (void)state;
    reads("\"a\nb\",c\nd,e\n", "1[a\nb|c]3[d|e]");
    reads("\"a\r\n\r\nb\"\nc\n", "1[a\r\n\r\nb]4[c]");
    reads("x\n\"1\n2\n3\"\ny\n", "1[x]2[1\n2\n3]5[y]");
}

static void byte_order_mark_is_stripped_at_the_start_only(void **state)
{
    (void)state;
    reads("\xEF\xBB\xBF" "a,b\n", "1[a|b]");
    reads("\xEF\xBB\xBF" "\"a\"\n", "1[a]");
    reads("a,\xEF\xBB\xBF" "b\n", "1[a|\xEF\xBB\xBF" "b]");
}

static void blanks_are_part_of_the_field(void **state)
{
    (void)state;
    reads(" a , b\t\n", "1[ a | b\t]");
}

static void nul_bytes_are_passed_on_with_their_length(void **state)
{
    (void)state;
    reads_n("a\0b,c\n", 6, "1[a\\0b|c]");
}

static void stray_quotes_are_refused_with_their_line(void **state)
{
    (void)state;
    refuses("a\nb\"c\n", "t.csv line 2: a stray quote");
    refuses("\"a\"b\n", "t.csv line 1: a stray quote");
    refuses("\"a\" ,b\n", "t.csv line 1: a stray quote");
    refuses("\"a\nb\"c\n", "t.csv line 2: a stray quote");
}

static void unclosed_quote_names_the_line_where_it_opens(void **state)
{
    (void)state;
    refuses("a,b\nc,\"d\ne,f\ng,h\n", "t.csv line 2: a quote is opened and never closed");
    refuses("\"", "t.csv line 1: a quote is opened and never closed");
}

static void oversized_field_is_refused(void **state)
{
    (void)state;
    const size_t n = 3 * 1024 * 1024;
    char *text = malloc(n + 1);
    assert_non_null(text);
    memset(text, 'x', n);
    text[0] = '"';
    text[n] = '\0';
    refuses(text, "t.csv line 1: a field is larger than 1 MiB");
    free(text);
}

static km_status stop_at_second(void *ctx, const km_csv_row *row, km_error *err)
{
    ++*(int *)ctx;
    return row->line == 2 ? km_fail(err, KM_EINVAL, "enough") : KM_OK;
}

static void a_refusing_callback_stops_the_reading(void **state)
{
    (void)state;
    int calls = 0;
    km_error err = { 0 };
    assert_int_equal(km_csv_read("a\nb\nc\nd\n", 8, "t", stop_at_second, &calls, &err),
                     KM_EINVAL);
    assert_int_equal(calls, 2);
    assert_string_equal(err.text, "enough");
}

/* A stream is read in pieces: what lies across their edges must not matter. */
static void stream_and_memory_read_alike(void **state)
{
    (void)state;
    km_buf text = { 0 }, a = { 0 }, b = { 0 };
    km_buf_puts(&text, "\xEF\xBB\xBF");
    while (text.len < 300 * 1024) {
        static const char *const part[] = { "x,\"y\r\nz\"\r\n", "1,2\r", "\r\n", "\"q\"\"\",w\n" };
        km_buf_puts(&text, part[text.len % 4]);
    }
    FILE *f = tmpfile();
    assert_non_null(f);
    assert_int_equal(fwrite(km_buf_str(&text), 1, text.len, f), text.len);
    rewind(f);
    assert_int_equal(km_csv_read(km_buf_str(&text), text.len, "t", record, &a, NULL), KM_OK);
    assert_int_equal(km_csv_read_file(f, "t", record, &b, NULL), KM_OK);
    fclose(f);
    assert_true(a.len > 100 * 1024);
    assert_string_equal(km_buf_str(&a), km_buf_str(&b));
    km_buf_clear(&text);
    km_buf_clear(&a);
    km_buf_clear(&b);
}

static void carriage_return_at_a_piece_edge_is_one_line_end(void **state)
{
    (void)state;
    km_buf text = { 0 }, got = { 0 };
    while (text.len < 64 * 1024 - 1)
        km_buf_putc(&text, 'x');
    km_buf_puts(&text, "\r\nb\n");
    FILE *f = tmpfile();
    assert_non_null(f);
    assert_int_equal(fwrite(km_buf_str(&text), 1, text.len, f), text.len);
    rewind(f);
    assert_int_equal(km_csv_read_file(f, "t", record, &got, NULL), KM_OK);
    fclose(f);
    assert_non_null(strstr(km_buf_str(&got), "]2[b]"));
    km_buf_clear(&text);
    km_buf_clear(&got);
}

static void unreadable_stream_is_an_input_error(void **state)
{
    (void)state;
    km_buf got = { 0 };
    km_error err = { 0 };
    FILE *f = fopen(".", "r");
    assert_non_null(f);
    assert_int_equal(km_csv_read_file(f, "dir", record, &got, &err), KM_EIO);
    assert_memory_equal(err.text, "dir: cannot read", 16);
    fclose(f);
    km_buf_clear(&got);
}

static void writer_quotes_what_must_be_quoted(void **state)
{
    (void)state;
    km_buf out = { 0 };
    static const char *const field[] = { "plain", "a,b",  "say \"hi\"", "two\nlines",
                                         "",      " edge", "in side",   "cr\rhere" };
    for (size_t i = 0; i < sizeof field / sizeof field[0]; i++)
        km_csv_put(&out, i == 0, field[i]);
    km_csv_end(&out);
    assert_string_equal(km_buf_str(&out),
                        "plain,\"a,b\",\"say \"\"hi\"\"\",\"two\nlines\",,\" edge\",in side,"
                        "\"cr\rhere\"\n");
    km_buf_clear(&out);
}

static void what_is_written_reads_back(void **state)
{
    (void)state;
    km_buf out = { 0 };
    km_csv_put(&out, true, "a\"b");
    km_csv_put(&out, false, "c\r\nd");
    km_csv_put(&out, false, " ,e ");
    km_csv_end(&out);
    reads(km_buf_str(&out), "1[a\"b|c\r\nd| ,e ]");
    km_buf_clear(&out);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(plain_records),
        cmocka_unit_test(every_line_end_counts_once),
        cmocka_unit_test(blank_lines_are_skipped_but_counted),
        cmocka_unit_test(quoted_fields),
        cmocka_unit_test(line_breaks_in_quotes_keep_true_lines),
        cmocka_unit_test(byte_order_mark_is_stripped_at_the_start_only),
        cmocka_unit_test(blanks_are_part_of_the_field),
        cmocka_unit_test(nul_bytes_are_passed_on_with_their_length),
        cmocka_unit_test(stray_quotes_are_refused_with_their_line),
        cmocka_unit_test(unclosed_quote_names_the_line_where_it_opens),
        cmocka_unit_test(oversized_field_is_refused),
        cmocka_unit_test(a_refusing_callback_stops_the_reading),
        cmocka_unit_test(stream_and_memory_read_alike),
        cmocka_unit_test(carriage_return_at_a_piece_edge_is_one_line_end),
        cmocka_unit_test(unreadable_stream_is_an_input_error),
        cmocka_unit_test(writer_quotes_what_must_be_quoted),
        cmocka_unit_test(what_is_written_reads_back),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
