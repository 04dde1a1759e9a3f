/* Errors, buffers, arena, identifiers, random numbers, files. */
#include "km_cmocka.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "knotmap/mem.h"
#include "knotmap/path.h"
#include "knotmap/rng.h"
#include "knotmap/status.h"
#include "knotmap/uid.h"

static void failing_records_code_text_and_mend(void **state)
{
    (void)state;
    km_error err;
    assert_int_equal(km_fail(&err, KM_EINVAL, "intensity %d: outside 0..10", 11), KM_EINVAL);
    assert_string_equal(err.text, "intensity 11: outside 0..10");
    assert_string_equal(err.mend, "");
    assert_int_equal(km_mend(KM_EINVAL, &err, "say %d", 10), KM_EINVAL);
    assert_int_equal(km_mend(KM_EPERM, NULL, "say %d", 10), KM_EPERM); /* a failure stays one */
    assert_string_equal(err.mend, "say 10");
    assert_int_equal(km_fail(NULL, KM_EIO, "x"), KM_EIO);
}

static void a_long_error_is_cut_at_a_character(void **state)
{
    (void)state;
    char text[1100];
    for (size_t i = 0; i < sizeof text - 1; i += 2)
        memcpy(text + i, "\xC3\xA4", 2);
    text[1098] = '\0';
    km_error err;
    km_fail(&err, KM_EINVAL, "%s", text);
    assert_int_equal(strlen(err.text) % 2, 0);
    assert_true(strlen(err.text) >= sizeof err.text - 3);
}

static void exit_codes_are_the_contracts(void **state)
{
    (void)state;
    assert_int_equal(km_status_exit(KM_OK), 0);
    assert_int_equal(km_status_exit(KM_ENOTFOUND), 1);
    assert_int_equal(km_status_exit(KM_EUSAGE), 64);
    assert_int_equal(km_status_exit(KM_EINVAL), 65);
    assert_int_equal(km_status_exit(KM_EDATA), 65);
    assert_int_equal(km_status_exit(KM_ENOINPUT), 66);
    assert_int_equal(km_status_exit(KM_EBUSY), 69);
    assert_int_equal(km_status_exit(KM_EINTERNAL), 70);
    assert_int_equal(km_status_exit(KM_ECREATE), 73);
    assert_int_equal(km_status_exit(KM_EIO), 74);
    assert_int_equal(km_status_exit(KM_EPERM), 77);
    assert_int_equal(km_status_exit(KM_STATUS_COUNT), 70);
}

static void a_buffer_grows_and_starts_again(void **state)
{
    (void)state;
    km_buf b = { 0 };
    assert_string_equal(km_buf_str(&b), "");
    for (int i = 0; i < 1000; i++)
        km_buf_printf(&b, "%d,", i % 10);
    assert_int_equal(b.len, 2000);
    assert_int_equal(strlen(km_buf_str(&b)), 2000);
    km_buf_reset(&b);
    assert_string_equal(km_buf_str(&b), "");
    km_buf_clear(&b);
}

static void a_list_grows_one_by_one_and_keeps_what_it_holds(void **state)
{
    (void)state;
    int *row = NULL;
    for (size_t n = 0; n < 1000; n++) {
        row = km_room(row, n, sizeof *row);
        row[n] = (int)n;
    }
    for (int i = 0; i < 1000; i++)
        assert_int_equal(row[i], i);
    free(row);
}

static void an_arena_gives_zeroed_aligned_memory(void **state)
{
    (void)state;
    km_arena a = { 0 };
    for (size_t n = 1; n < 100000; n = n * 3 + 1) {
        unsigned char *p = km_arena_alloc(&a, n);
        assert_int_equal((uintptr_t)p % _Alignof(max_align_t), 0);
        for (size_t i = 0; i < n; i++)
            assert_int_equal(p[i], 0);
        memset(p, 0xAA, n);
    }
    assert_string_equal(km_arena_printf(&a, "%s-%d", "x", 7), "x-7");
    assert_null(km_arena_strdup(&a, NULL));
    km_arena_clear(&a);
}

static void identifiers_are_version_7_and_time_ordered(void **state)
{
    (void)state;
    km_uid a = km_uid_new(1795195800000), b = km_uid_new(1795195800001);
    assert_true(km_uid_cmp(a, b) < 0);
    char text[KM_UID_TEXT];
    km_uid_text(text, a);
    assert_int_equal(text[14], '7');
    assert_non_null(strchr("89ab", text[19]));
    km_uid back;
    assert_true(km_uid_parse(&back, text));
    assert_int_equal(km_uid_cmp(a, back), 0);
    assert_false(km_uid_parse(&back, "0190-not-a-uid"));
    text[8] = '0';
    assert_false(km_uid_parse(&back, text));
    assert_true(km_uid_is_zero((km_uid){ { 0 } }));
    assert_false(km_uid_is_zero(a));
}

static void random_numbers_repeat_and_stay_in_range(void **state)
{
    (void)state;
    km_rng a = km_rng_seed(42), b = km_rng_seed(42), c = km_rng_seed(43);
    int same = 0;
    double sum = 0, squares = 0;
    for (int i = 0; i < 10000; i++) {
        uint32_t x = km_rng_u32(&a);
        assert_int_equal(x, km_rng_u32(&b));
        same += x == km_rng_u32(&c);
        assert_true(km_rng_below(&a, 7) < 7);
        km_rng_below(&b, 7);
        double u = km_rng_unit(&a), n = km_rng_normal(&a);
        km_rng_unit(&b);
        km_rng_normal(&b);
        assert_true(u >= 0 && u < 1);
        sum += n;
        squares += n * n;
    }
    assert_true(same < 5);
    assert_true(sum / 10000 > -0.05 && sum / 10000 < 0.05);
    assert_true(squares / 10000 > 0.9 && squares / 10000 < 1.1);
}

static char dir[] = "/tmp/km-base-XXXXXX";

static void xdg_paths_follow_the_specification(void **state)
{
    (void)state;
    char *p;
    setenv("HOME", "/home/x", 1);
    setenv("XDG_DATA_HOME", "/data", 1);
    assert_int_equal(km_path_xdg(&p, KM_XDG_DATA, "knotmap.db", NULL), KM_OK);
    assert_string_equal(p, "/data/knotmap/knotmap.db");
    free(p);
    setenv("XDG_DATA_HOME", "relative", 1); /* ignored, as the specification says */
    assert_int_equal(km_path_xdg(&p, KM_XDG_DATA, "knotmap.db", NULL), KM_OK);
    assert_string_equal(p, "/home/x/.local/share/knotmap/knotmap.db");
    free(p);
    unsetenv("HOME");
    km_error err;
    assert_int_equal(km_path_xdg(&p, KM_XDG_DATA, "knotmap.db", &err), KM_EINVAL);
}

static void folders_are_private_whatever_the_umask(void **state)
{
    (void)state;
    mode_t old = umask(0);
    char path[256];
    snprintf(path, sizeof path, "%s/a/b/file", dir);
    assert_int_equal(km_path_make_dir_of(path, NULL), KM_OK);
    umask(old);
    struct stat sb;
    snprintf(path, sizeof path, "%s/a/b", dir);
    assert_int_equal(stat(path, &sb), 0);
    assert_int_equal(sb.st_mode & 0777, 0700);
    snprintf(path, sizeof path, "%s/a/b/file", dir);
    assert_int_equal(km_path_make_dir_of(path, NULL), KM_OK); /* there already */
    assert_int_equal(km_file_write(path, "x", 1, NULL), KM_OK);
    snprintf(path, sizeof path, "%s/a/b/file/deeper", dir);
    assert_int_equal(km_path_make_dir_of(path, NULL), KM_ECREATE);
}

static void files_are_written_whole_and_read_back(void **state)
{
    (void)state;
    char path[256];
    snprintf(path, sizeof path, "%s/whole", dir);
    assert_int_equal(km_file_write(path, "one", 3, NULL), KM_OK);
    assert_int_equal(km_file_write(path, "second", 6, NULL), KM_OK);
    km_buf b = { 0 };
    assert_int_equal(km_file_read(&b, path, NULL), KM_OK);
    assert_string_equal(km_buf_str(&b), "second");
    km_buf_clear(&b);
    struct stat sb;
    assert_int_equal(stat(path, &sb), 0);
    assert_int_equal(sb.st_mode & 0777, 0600);
    km_error err;
    assert_int_equal(km_file_read(&b, "/nonexistent/x", &err), KM_ENOINPUT);
    assert_string_equal(err.text, "cannot read /nonexistent/x: no such file or folder");
    assert_int_equal(km_file_read(&b, dir, &err), KM_ENOINPUT);
    assert_int_equal(km_file_write("/nonexistent/x", "", 0, &err), KM_ECREATE);
    km_buf_clear(&b);
}

static int make_dir(void **state)
{
    (void)state;
    return mkdtemp(dir) == NULL;
}

static int remove_dir(void **state)
{
    (void)state;
    char command[300];
    snprintf(command, sizeof command, "rm -rf '%s'", dir);
    return system(command);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(failing_records_code_text_and_mend),
        cmocka_unit_test(a_long_error_is_cut_at_a_character),
        cmocka_unit_test(exit_codes_are_the_contracts),
        cmocka_unit_test(a_buffer_grows_and_starts_again),
        cmocka_unit_test(a_list_grows_one_by_one_and_keeps_what_it_holds),
        cmocka_unit_test(an_arena_gives_zeroed_aligned_memory),
        cmocka_unit_test(identifiers_are_version_7_and_time_ordered),
        cmocka_unit_test(random_numbers_repeat_and_stay_in_range),
        cmocka_unit_test(xdg_paths_follow_the_specification),
        cmocka_unit_test(folders_are_private_whatever_the_umask),
        cmocka_unit_test(files_are_written_whole_and_read_back),
    };
    return cmocka_run_group_tests(tests, make_dir, remove_dir);
}
