/*
 * A life's data: trends over 1,000,000 marks of 400 clients and 10 years beside a C loop over one
 * SELECT in the same run, one busy client, the start of the program, memory and bytes a mark.
 * Prints medians and ratios; ends with 1 when a limit is missed.
 *
 *   history_bench PROGRAM GEN [ROUNDS]
 *
 * The databases are made by GEN in the current folder on the first run and kept.
 */
#include <errno.h>
#include <fcntl.h>
#include <math.h>
#include <poll.h>
#include <pty.h>
#include <sqlite3.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>
#include <utmp.h>

#include "knotmap/history.h"
#include "life.h"

#define BIG "life-1000000.db"
#define SMALL "life-2000.db"
#define MARKS 1000000
#define ROUNDS_MOST 101
#define SPAN_WEEKS 600

static int missed;

static _Noreturn void die(const char *what, const char *why)
{
    fprintf(stderr, "history_bench: %s: %s\n", what, why);
    exit(2);
}

static void line(const char *what, double value, const char *unit, double limit)
{
    bool ok = value <= limit;
    printf("%-44s %8.2f %-5s  limit %6.1f  %s\n", what, value, unit, limit, ok ? "ok" : "MISSED");
    missed += !ok;
}

/* ---- the floor: one SELECT, a loop that sums ---- */

typedef struct week_sum {
    int64_t n, sum;
    int max;
} week_sum;

static sqlite3 *floor_db;
static int *floor_region; /* of a place: number of region and side */
static int floor_regions, floor_places;

static void floor_open(void)
{
    sqlite3_stmt *q;

    if (sqlite3_open_v2(BIG, &floor_db, SQLITE_OPEN_READONLY | SQLITE_OPEN_NOMUTEX, NULL) != SQLITE_OK)
        die(BIG, sqlite3_errmsg(floor_db));
    sqlite3_exec(floor_db, "PRAGMA cell_size_check = ON; PRAGMA mmap_size = 0", NULL, NULL, NULL);
    sqlite3_prepare_v2(floor_db,
                       "SELECT id, dense_rank() OVER (ORDER BY region, side) FROM place "
                       "ORDER BY id DESC",
                       -1, &q, NULL);
    while (sqlite3_step(q) == SQLITE_ROW) {
        int id = sqlite3_column_int(q, 0), region = sqlite3_column_int(q, 1);
        if (!floor_region) {
            floor_places = id;
            floor_region = calloc((size_t)id + 1, sizeof *floor_region);
        }
        floor_region[id] = region - 1;
        floor_regions = region > floor_regions ? region : floor_regions;
    }
    sqlite3_finalize(q);
}

/* Weekly mean and maximum of every region and side; a figure of it comes back, so that it is done. */
static double floor_weekly(void)
{
    week_sum *sum = calloc((size_t)floor_regions * SPAN_WEEKS, sizeof *sum);
    sqlite3_stmt *q;
    double total = 0;
    int64_t first = 0;

    sqlite3_prepare_v2(floor_db,
                       "SELECT at, off_min, place_id, intensity FROM mark INDEXED BY mark_by_client",
                       -1, &q, NULL);
    while (sqlite3_step(q) == SQLITE_ROW) {
        int64_t day = (sqlite3_column_int64(q, 0) + 60 * sqlite3_column_int64(q, 1)) / 86400;
        int64_t week = (day + 3) / 7; /* 1970-01-01 was a Thursday */
        if (first == 0)
            first = week - 2; /* a client may begin somewhat later than another */
        int place = sqlite3_column_int(q, 2), v = sqlite3_column_int(q, 3);
        if (sqlite3_column_type(q, 3) == SQLITE_NULL || week < first || week >= first + SPAN_WEEKS)
            continue;
        week_sum *s = &sum[floor_region[place] * SPAN_WEEKS + (int)(week - first)];
        s->n++;
        s->sum += v;
        s->max = v > s->max ? v : s->max;
    }
    sqlite3_finalize(q);
    for (int i = 0; i < floor_regions * SPAN_WEEKS; i++) {
        if (sum[i].n > 0)
            total += (double)sum[i].sum / (double)sum[i].n + sum[i].max;
    }
    free(sum);
    return total;
}

/* ---- ours ---- */

static km_status add_means(void *ctx, const km_trend_key *key, km_error *err)
{
    double *total = ctx;
    (void)err;
    for (size_t i = 0; i < key->n; i++) {
        if (key->row[i].n > 0)
            *total += key->row[i].mean + key->row[i].max;
    }
    return KM_OK;
}

static double trend_of(km_app *app, km_by by, km_bucket bucket, bool everybody)
{
    km_error err = { 0 };
    km_trend_ask ask = km_trend_ask_all();
    double total = 0;

    ask.by = by;
    ask.bucket = bucket;
    ask.all_clients = everybody;
    if (km_app_trend_each(app, &ask, add_means, &total, &err) != KM_OK)
        die("trend", err.text);
    return total;
}

static km_app *open_app(const char *file)
{
    km_error err = { 0 };
    km_app *app = NULL;
    const km_app_options opt = { .db = file, .who = "bench" };

    if (km_app_open(&app, &opt, &err) != KM_OK)
        die(file, err.text);
    return app;
}

static void bench_weekly(km_app *app, int rounds)
{
    double ours[ROUNDS_MOST], base[ROUNDS_MOST], a = 0, b = 0;

    for (int i = 0; i < rounds; i++) {
        double t0 = life_ms();
        b = floor_weekly();
        double t1 = life_ms();
        a = trend_of(app, KM_BY_REGION, KM_BUCKET_WEEK, true);
        base[i] = t1 - t0;
        ours[i] = life_ms() - t1;
    }
    if (fabs(a - b) > 1e-6 * b)
        die("weekly mean and maximum", "the floor finds other figures");
    double x = life_median(ours, rounds), y = life_median(base, rounds);
    printf("weekly mean and maximum by region: %.0f ms, C loop %.0f ms\n", x, y);
    line("  ratio to the C loop", x / y, "", 1.3);
}

/* Have the marks of another client kept in memory: the busiest one's are read anew. */
static void forget_busiest(km_app *app)
{
    km_error err = { 0 };
    if (km_app_client_choose(app, "2", &err) != KM_OK)
        die("client 2", err.text);
    trend_of(app, KM_BY_ALL, KM_BUCKET_WEEK, false);
    if (km_app_client_choose(app, "1", &err) != KM_OK)
        die("client 1", err.text);
}

static void bench_busiest(km_app *app, int rounds)
{
    static const struct { const char *name; km_by by; } series[] = {
        { "busiest client, weekly by region", KM_BY_REGION },
        { "busiest client, weekly by place", KM_BY_PLACE },
        { "busiest client, weekly, all", KM_BY_ALL },
    };
    for (size_t k = 0; k < sizeof series / sizeof *series; k++) {
        double ms[ROUNDS_MOST];
        for (int i = 0; i < rounds; i++) {
            forget_busiest(app);
            double t = life_ms();
            trend_of(app, series[k].by, KM_BUCKET_WEEK, false);
            ms[i] = life_ms() - t;
        }
        line(series[k].name, life_median(ms, rounds), "ms", 15);
    }
}

/* What a screen of history asks for on one key, 50 ms at a million marks. */
static void bench_keys(km_app *app, int rounds)
{
    double ms[5][ROUNDS_MOST];
    static const char *const name[] = { "compare", "lives", "recurrence", "headline", "heat" };
    km_error err = { 0 };
    km_instant now, then;
    km_now(&now, &err);
    then = now;
    then.sec -= (int64_t)400 * KM_DAY_SEC;
    uint8_t *heat = calloc((size_t)km_app_atlas(app)->n_region * KM_SIDE_COUNT, 1);

    for (int i = 0; i < rounds; i++) {
        for (int k = 0; k < 5; k++) {
            km_compare_result c = { .n = 0 };
            km_life_list l = { .n = 0 };
            km_recurrence_list r = { .n = 0 };
            km_buf head = { 0 };
            km_headline counts;
            forget_busiest(app);
            double t = life_ms();
            km_status st = k == 0   ? km_app_compare(&c, app, then, now, &err)
                           : k == 1 ? km_app_lives(&l, app, NULL, KM_SILENCE_GAP, &err)
                           : k == 2 ? km_app_recurrence(&r, app, KM_SILENCE_GAP, &err)
                           : k == 3 ? km_app_headline(&head, &counts, app, &err)
                                    : km_app_heat(heat, NULL, app, 365, now, &err);
            ms[k][i] = life_ms() - t;
            if (st != KM_OK)
                die(name[k], err.text);
            km_compare_result_clear(&c);
            km_life_list_clear(&l);
            km_recurrence_list_clear(&r);
            km_buf_clear(&head);
        }
    }
    free(heat);
    for (int k = 0; k < 5; k++) {
        char what[80];
        snprintf(what, sizeof what, "busiest client, %s", name[k]);
        line(what, life_median(ms[k], rounds), "ms", 50);
    }
}

/* Lists that need more than their rows: what is open by age, clients by their pain and stress. */
static void bench_lists(km_app *app, int rounds)
{
    double age[ROUNDS_MOST], people[ROUNDS_MOST];
    const km_client_filter worn = { .chronic = true, .stress = 5 };
    km_mark_filter by_age = km_mark_filter_all();
    km_error err = { 0 };

    by_age.by_age = true;
    for (int i = 0; i < rounds; i++) {
        km_mark_list open;
        km_client_list clients;
        forget_busiest(app);
        double t = life_ms();
        if (km_app_marks(&open, app, &by_age, &err) != KM_OK)
            die("what is open by age", err.text);
        age[i] = life_ms() - t;
        t = life_ms();
        if (km_app_clients_that(&clients, app, &worn, &err) != KM_OK)
            die("clients by pain and stress", err.text);
        people[i] = life_ms() - t;
        km_mark_list_clear(&open);
        km_client_list_clear(&clients);
    }
    line("busiest client, what is open by age", life_median(age, rounds), "ms", 50);
    line("clients by lasting pain and stress", life_median(people, rounds), "ms", 50);
}

/* ---- the program ---- */

/* Read until nothing came for a while; when the last of it came. */
static double stand_still(int fd, int wait)
{
    char bytes[65536];
    double end = life_ms();
    struct pollfd p = {.fd = fd, .events = POLLIN};

    while (poll(&p, 1, wait) > 0 && read(fd, bytes, sizeof bytes) > 0) {
        end = life_ms();
        wait = 60;
    }
    return end;
}

/*
 * From start to a screen that stands still, as speed.c measures it; then `keys`, each on a screen
 * that stands still. `peak_kib`, the most memory that was resident, may be NULL.
 */
static double screen_walk(long *peak_kib, const char *program, const char *db, const char *keys)
{
    struct winsize size = {.ws_row = 24, .ws_col = 80};
    struct rusage use;
    int fd, inner, status;
    double begin = life_ms();

    if (openpty(&fd, &inner, NULL, NULL, &size) != 0)
        die("openpty", "no terminal");
    pid_t pid = fork();
    if (pid == 0) {
        close(fd);
        login_tty(inner);
        execl(program, program, "--db", db, (char *)NULL);
        _exit(127);
    }
    close(inner);
    double end = stand_still(fd, 5000);
    for (; *keys; keys++) {
        if (write(fd, keys, 1) != 1)
            die(program, "does not read");
        stand_still(fd, 500);
    }
    if (write(fd, "Bq", 2) != 2)
        die(program, "does not read");
    stand_still(fd, 2000);
    close(fd);
    if (wait4(pid, &status, 0, &use) != pid)
        die(program, "is lost");
    if (peak_kib)
        *peak_kib = use.ru_maxrss;
    return end - begin;
}

static double run_command(long *peak_kib, const char *const *argv)
{
    struct rusage use;
    int status;
    double begin = life_ms();
    pid_t pid = fork();

    if (pid == 0) {
        int null = open("/dev/null", O_WRONLY);
        dup2(null, 1);
        execv(argv[0], (char *const *)(uintptr_t)argv);
        _exit(127);
    }
    if (wait4(pid, &status, 0, &use) < 0 || !WIFEXITED(status) || WEXITSTATUS(status) != 0)
        die(argv[1], "the command failed");
    *peak_kib = use.ru_maxrss;
    return life_ms() - begin;
}

static void bench_program(const char *program, int rounds)
{
    double small[ROUNDS_MOST], big[ROUNDS_MOST];
    long peak = 0;

    for (int i = 0; i < rounds; i++) {
        small[i] = screen_walk(NULL, program, SMALL, "");
        big[i] = screen_walk(NULL, program, BIG, "");
    }
    double a = life_median(big, rounds), b = life_median(small, rounds);
    printf("start of the screen: %.1f ms with %d marks, %.1f ms with 2,000\n", a, MARKS, b);
    line("  ratio", a / b, "", 1.5);
    const char *const open[] = { program, "--db", BIG, "marks", "--open", NULL };
    line("memory of marks --open", (run_command(&peak, open), (double)peak / 1024), "MiB", 16);
    const char *const trend[] = { program, "--db", BIG, "trend", "--by", "region", "--all",
                                  "--format", "csv", NULL };
    line("memory of trend --by region --all", (run_command(&peak, trend), (double)peak / 1024),
         "MiB", 16);
    /* in short, trends by everything, what comes back, compare, history, life, clients */
    screen_walk(&peak, program, BIG, "ST\t\t\t\t\t\to\t\t\tBcBHGByBC");
    line("memory of the screens of history", (double)peak / 1024, "MiB", 16);
}

/* ---- the file ---- */

static int64_t number(const char *sql)
{
    sqlite3_stmt *q;

    if (sqlite3_prepare_v2(floor_db, sql, -1, &q, NULL) != SQLITE_OK ||
        sqlite3_step(q) != SQLITE_ROW)
        die(sql, sqlite3_errmsg(floor_db));
    int64_t n = sqlite3_column_int64(q, 0);
    sqlite3_finalize(q);
    return n;
}

static void bench_bytes(void)
{
    int64_t marks = number("SELECT count(*) FROM mark");
    int64_t bytes = number("SELECT sum(pgsize) FROM dbstat WHERE aggregate = TRUE AND name IN "
                           "(SELECT name FROM sqlite_schema WHERE tbl_name IN "
                           "('mark', 'mark_more', 'mark_ppt', 'mark_felt', 'latest', 'place'))");
    line("bytes a mark, uid and indexes included", (double)bytes / (double)marks, "B", 140);
}

/* What the screen remembers is kept beside the databases. */
static void keep_away_from_home(void)
{
    char here[4096], home[4200];

    if (getcwd(here, sizeof here) == NULL)
        die("the folder", strerror(errno));
    snprintf(home, sizeof home, "%s/life-home", here);
    setenv("XDG_STATE_HOME", home, 1);
    setenv("XDG_CONFIG_HOME", home, 1);
}

int main(int argc, char **argv)
{
    if (argc < 3) {
        fprintf(stderr, "usage: history_bench PROGRAM GEN [ROUNDS]\n");
        return 64;
    }
    int rounds = argc > 3 ? atoi(argv[3]) : 7;
    if (rounds < 1 || rounds > ROUNDS_MOST) {
        fprintf(stderr, "history_bench: rounds are 1..%d\n", ROUNDS_MOST);
        return 64;
    }
    setenv("KNOTMAP_NOW", LIFE_NOW, 1);
    setenv("TERM", "xterm-256color", 1);
    setenv("KNOTMAP_CLIENT", "1", 1); /* the busiest */
    keep_away_from_home();
    life_make(argv[2], BIG, "1000000", "400");
    life_make(argv[2], SMALL, "2000", "400");
    floor_open();
    km_app *app = open_app(BIG);
    bench_weekly(app, rounds);
    bench_busiest(app, rounds);
    bench_keys(app, rounds);
    bench_lists(app, rounds);
    km_app_close(app);
    bench_bytes();
    sqlite3_close(floor_db);
    free(floor_region);
    bench_program(argv[1], rounds);
    return missed > 0;
}
