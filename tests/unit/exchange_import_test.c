/** CSV into marks: what is taken, what is refused and how it is named. */
#include <stdio.h>
#include <string.h>

#include "km_cmocka.h"
#include "knotmap/csv.h"
#include "knotmap/exchange.h"

/* Everything an import gave, as lines of text. */
typedef struct met {
    km_buf marks, refusals;
    km_mark last;
    bool has_pos;
    km_buf csv;     /* the marks written again */
    km_rows *rows;
} met;

static km_status collect(void *ctx, const char *bytes, size_t n, km_error *err)
{
    (void)err;
    km_buf_add(ctx, bytes, n);
    return KM_OK;
}

static km_status on_mark(void *ctx, km_what what, km_entry *e, km_error *err)
{
    met *t = ctx;
    const km_mark *m = &e->mark.mark;

    assert_int_equal(what, KM_WHAT_MARKS);
    if (m->note && strcmp(m->note, "refuse me") == 0)
        return km_fail(err, KM_EINVAL, "the taker does not want it");
    if (m->note && strcmp(m->note, "break") == 0)
        return km_fail(err, KM_EIO, "disk full");
    km_place_print(&t->marks, &m->place);
    km_buf_printf(&t->marks, " %s %d\n", km_word(KM_VOCAB_KIND, (int)m->kind), m->intensity);
    t->last = *m;
    t->has_pos = e->mark.has_pos;
    return t->rows ? km_rows_mark(t->rows, m, err) : KM_OK;
}

static km_status on_refusal(void *ctx, const km_refusal *r, km_error *err)
{
    met *t = ctx;

    (void)err;
    km_buf_printf(&t->refusals, "%ld|%s|%s|%s\n", r->line, r->column, r->value, r->problem);
    return KM_OK;
}

static km_status read_text(met *t, const char *csv, const km_column_map *map, size_t n_map,
                           km_import_tally *tally, km_error *err)
{
    const km_import in = { .atlas = km_atlas_builtin(), .now = { .sec = 1795197000 },
                           .name = "marks.csv", .map = map, .n_map = n_map, .take = on_mark,
                           .refuse = on_refusal, .ctx = t };
    FILE *f = tmpfile();

    assert_non_null(f);
    assert_int_equal(fwrite(csv, 1, strlen(csv), f), strlen(csv));
    rewind(f);
    km_status st = km_import_read(tally, f, KM_WHAT_MARKS, &in, err);
    fclose(f);
    return st;
}

static void met_clear(met *t)
{
    km_buf_clear(&t->marks);
    km_buf_clear(&t->refusals);
    km_buf_clear(&t->csv);
}

/* Import with defaults; the marks and refusals are in `t`. */
static km_status import(met *t, const char *csv)
{
    km_import_tally tally;
    km_error err = { 0 };
    *t = (met){ 0 };
    km_status st = read_text(t, csv, NULL, 0, &tally, &err);
    if (st != KM_OK)
        km_buf_printf(&t->refusals, "! %s\n", err.text);
    km_buf_clear(&tally.ignored);
    return st;
}

static void the_least_row_is_enough(void **state)
{
    (void)state;
    met t;
    assert_int_equal(import(&t, "at,region\n2026-11-20T18:30:00Z,sternum\n"), KM_OK);
    assert_string_equal(km_buf_str(&t.marks), "sternum knot -1\n");
    assert_string_equal(km_buf_str(&t.refusals), "");
    assert_true(t.has_pos);
    met_clear(&t);
}

static void columns_go_by_name_in_any_order_and_case(void **state)
{
    (void)state;
    met t;
    import(&t, "Intensity,SIDE,region,At,kind\n6,left,knee_outer,2026-11-20,pain\n");
    assert_string_equal(km_buf_str(&t.marks), "left:knee_outer pain 6\n");
    met_clear(&t);
}

static void a_muscle_without_region_is_left_to_the_taker(void **state)
{
    (void)state;
    met t;
    import(&t, "at,muscle,side,trigger_point\n2026-11-20,infraspinatus,right,1\n");
    assert_string_equal(km_buf_str(&t.marks), "right:infraspinatus:1 knot -1\n");
    assert_null(t.last.place.region);
    assert_false(t.has_pos);
    met_clear(&t);
}

static void every_refused_cell_is_named(void **state)
{
    (void)state;
    static const struct {
        const char *row, *refusal;
    } bad[] = {
        { "2026-11-20,left,nowhere,,5", "2|region|nowhere|no such region\n" },
        { "2026-11-20,left,knee_outer,,11", "2|intensity|11|outside 0..10\n" },
        { "2026-11-20,left,knee_outer,,six", "2|intensity|six|not a whole number\n" },
        { "2026-11-20,both,knee_outer,,5",
          "2|side|both|is not one of midline, left, right\n" },
        { "2026-11-20,,knee_outer,,5", "2|side||say left or right\n" },
        { "2026-11-20,midline,knee_outer,,5", "2|side||the place has a left and a right\n" },
        { "2026-11-20,left,sternum,,5", "2|side||the place takes no side\n" },
        { "2026-11-20,left,,nothing,5", "2|muscle|nothing|no such muscle\n" },
        { "2026-11-20,left,,,5", "2|region||a mark needs a region or a muscle\n" },
        { ",left,knee_outer,,5", "2|at||it is empty\n" },
        { "2026-11-20,left,knee_outer", "2|||3 fields where the header has 5\n" },
    };
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        met t;
        km_buf csv = { 0 };
        km_buf_printf(&csv, "at,side,region,muscle,intensity\n%s\n", bad[i].row);
        assert_int_equal(import(&t, csv.s), KM_OK);
        assert_string_equal(km_buf_str(&t.marks), "");
        assert_string_equal(km_buf_str(&t.refusals), bad[i].refusal);
        km_buf_clear(&csv);
        met_clear(&t);
    }
}

static void a_time_that_does_not_exist_is_refused(void **state)
{
    (void)state;
    met t;
    import(&t, "at,region\n2026-02-30,sternum\n");
    assert_memory_equal(km_buf_str(&t.refusals), "2|at|2026-02-30|", 16);
    met_clear(&t);
}

static void several_problems_of_a_row_are_all_listed(void **state)
{
    (void)state;
    met t;
    import(&t, "at,region,intensity,kind\n2026-11-20,nowhere,99,ache\n");
    int lines = 0;
    for (const char *p = km_buf_str(&t.refusals); *p; p++)
        lines += *p == '\n';
    assert_int_equal(lines, 3);
    met_clear(&t);
}

static void lines_are_the_files_own(void **state)
{
    (void)state;
    met t;
    import(&t, "\xEF\xBB\xBF" "at,region,note,intensity\r\n"
               "2026-11-20,sternum,\"two\r\nlines\",3\r\n"
               "2026-11-20,sternum,,77\r\n");
    assert_string_equal(km_buf_str(&t.refusals), "4|intensity|77|outside 0..10\n");
    met_clear(&t);
}

static void one_bad_row_does_not_hide_the_others(void **state)
{
    (void)state;
    met t = { 0 };
    km_import_tally tally;
    read_text(&t,
              "at,region,note,other\n2026-11-20,sternum,refuse me,x\n\n2026-11-20,sternum,,x\n",
              NULL, 0, &tally, NULL);
    assert_string_equal(km_buf_str(&t.refusals), "2|||the taker does not want it\n");
    assert_int_equal(tally.taken, 1);
    assert_int_equal(tally.refused, 1);
    assert_string_equal(km_buf_str(&tally.ignored), "other");
    km_buf_clear(&tally.ignored);
    met_clear(&t);
}

static void a_failing_taker_ends_the_import(void **state)
{
    (void)state;
    met t;
    assert_int_equal(import(&t, "at,region,note\n2026-11-20,sternum,break\n2026-11-20,x,\n"),
                     KM_EIO);
    assert_string_equal(km_buf_str(&t.refusals), "! disk full\n");
    met_clear(&t);
}

static void a_map_names_foreign_headers(void **state)
{
    (void)state;
    met t = { 0 };
    km_import_tally tally;
    const km_column_map map[] = { { "at", "Date" }, { "region", "Where" } };
    assert_int_equal(read_text(&t, "Where,Date,at\nsternum,2026-11-20,rubbish\n", map, 2, &tally,
                               NULL), KM_OK);
    assert_string_equal(km_buf_str(&t.marks), "sternum knot -1\n");
    assert_string_equal(km_buf_str(&tally.ignored), "at");
    km_buf_clear(&tally.ignored);
    met_clear(&t);
}

static void a_map_with_an_unknown_column_is_refused(void **state)
{
    (void)state;
    met t = { 0 };
    km_import_tally tally;
    km_error err = { 0 };
    const km_column_map map[] = { { "wher", "Where" } };
    assert_int_equal(read_text(&t, "at,region\n", map, 1, &tally, &err), KM_EINVAL);
    assert_string_equal(err.text, "--map: wher is no column of marks");
    const km_column_map missing[] = { { "region", "Where" } };
    assert_int_equal(read_text(&t, "at,region\n", missing, 1, &tally, &err), KM_EDATA);
    assert_string_equal(err.text, "marks.csv line 1: no column is called Where");
    km_buf_clear(&tally.ignored);
}

static void broken_files_are_refused_as_a_whole(void **state)
{
    (void)state;
    static const struct {
        const char *csv, *why;
    } bad[] = {
        { "", "! marks.csv: it is empty, a header row was expected\n" },
        { "at,kind\n", "! marks.csv line 1: the header lacks region (or muscle)\n" },
        { "region\n", "! marks.csv line 1: the header lacks at\n" },
        { "at,region,AT\n", "! marks.csv line 1: column at stands twice\n" },
    };
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        met t;
        assert_int_equal(import(&t, bad[i].csv), KM_EDATA);
        assert_string_equal(km_buf_str(&t.refusals), bad[i].why);
        met_clear(&t);
    }
    met t;
    assert_int_equal(import(&t, "at,region\n2026-11-20,\"stern\n"), KM_EDATA);
    met_clear(&t);
}

static void what_was_written_reads_back_to_the_same_bytes(void **state)
{
    (void)state;
    km_mark m = km_mark_blank();
    m.id = 0;
    m.client = "Ada, B.";
    m.at = (km_instant){ .sec = 1795197000, .off_min = 120 };
    m.kind = KM_KIND_PAIN;
    m.place = (km_place){ KM_SIDE_LEFT, "scapula", "infraspinatus", 1 };
    m.view = KM_VIEW_BACK;
    m.x = -1234;
    m.y = 2005;
    m.intensity = 10;
    m.state = KM_STATE_ACTIVE;
    m.qualities = 1u << KM_QUALITY_DULL | 1u << KM_QUALITY_NUMB;
    m.taut_band = KM_TRI_NO;
    m.twitch = KM_TRI_YES;
    m.ppt[0] = 250.5;
    m.ppt[1] = 1.0 / 3 + 200;
    m.n_ppt = 2;
    m.ppt_area = 1.13;
    m.felt[0] = (km_felt){ KM_SIDE_LEFT, "temple" };
    m.felt[1] = (km_felt){ KM_SIDE_MIDLINE, "sternum" };
    m.n_felt = 2;
    m.cause = KM_CAUSE_HELD_POSITION;
    m.tissue = KM_TISSUE_FASCIA;
    m.onset = (km_instant){ .sec = 1795000000, .off_min = 120 };
    m.has_onset = true;
    m.note = "=1+1, \"quoted\"\nsecond line \xC3\xA9";
    m.uid = km_uid_from(1795197000000, 1, 2);
    m.session_uid = km_uid_from(1795190000000, 3, 4);
    met t = { 0 };
    km_buf first = { 0 };
    const km_rows_options out = { .format = KM_FORMAT_CSV, .write = collect, .ctx = &first };
    km_rows *r = km_record_rows_new(&out, KM_WHAT_MARKS);
    km_rows_mark(r, &m, NULL);
    km_rows_close(r, NULL);

    const km_rows_options again = { .format = KM_FORMAT_CSV, .write = collect, .ctx = &t.csv };
    t.rows = km_record_rows_new(&again, KM_WHAT_MARKS);
    km_import_tally tally;
    assert_int_equal(read_text(&t, first.s, NULL, 0, &tally, NULL), KM_OK);
    km_rows_close(t.rows, NULL);
    assert_string_equal(km_buf_str(&t.refusals), "");
    assert_string_equal(km_buf_str(&tally.ignored), "");
    assert_string_equal(t.csv.s, first.s);
    km_buf_clear(&first);
    met_clear(&t);
}

static void every_column_of_a_listing_is_known_to_its_import(void **state)
{
    (void)state;
    for (int what = 0; what < KM_WHAT_COUNT; what++) {
        km_buf header = { 0 };
        km_column col[KM_RECORD_COLUMNS_MAX];
        int n = km_record_columns(col, (km_what)what);
        for (int i = 0; i < n; i++) {
            if (col[i].flags & KM_COL_DATA)
                km_csv_put(&header, header.len == 0, col[i].name);
        }
        km_csv_end(&header);
        const km_import in = { .atlas = km_atlas_builtin(), .name = "x.csv" };
        km_import_tally tally;
        FILE *f = tmpfile();
        assert_non_null(f);
        assert_int_equal(fwrite(header.s, 1, header.len, f), header.len);
        rewind(f);
        assert_int_equal(km_import_read(&tally, f, (km_what)what, &in, NULL), KM_OK);
        assert_string_equal(km_buf_str(&tally.ignored), "");
        fclose(f);
        km_buf_clear(&tally.ignored);
        km_buf_clear(&header);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_least_row_is_enough),
        cmocka_unit_test(columns_go_by_name_in_any_order_and_case),
        cmocka_unit_test(a_muscle_without_region_is_left_to_the_taker),
        cmocka_unit_test(every_refused_cell_is_named),
        cmocka_unit_test(a_time_that_does_not_exist_is_refused),
        cmocka_unit_test(several_problems_of_a_row_are_all_listed),
        cmocka_unit_test(lines_are_the_files_own),
        cmocka_unit_test(one_bad_row_does_not_hide_the_others),
        cmocka_unit_test(a_failing_taker_ends_the_import),
        cmocka_unit_test(a_map_names_foreign_headers),
        cmocka_unit_test(a_map_with_an_unknown_column_is_refused),
        cmocka_unit_test(broken_files_are_refused_as_a_whole),
        cmocka_unit_test(what_was_written_reads_back_to_the_same_bytes),
        cmocka_unit_test(every_column_of_a_listing_is_known_to_its_import),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
