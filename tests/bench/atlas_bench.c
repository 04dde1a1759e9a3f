/*
 * What the atlas costs: the start with and without its tables, a search as one types, a place
 * read, a point found in the body, and the tables read from a folder.
 *
 *     atlas_bench WITH WITHOUT ASSETS
 *
 * WITH and WITHOUT are the two builds of atlas_start.c. Prints one line a measure with its limit
 * and ends with 1 when one is passed.
 */
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>

#include "knotmap/atlas.h"
#include "knotmap/rng.h"

extern char **environ;

static double now_us(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec * 1e6 + (double)t.tv_nsec / 1e3;
}

static int compare(const void *x, const void *y)
{
    const double p = *(const double *)x, q = *(const double *)y;
    return (p > q) - (p < q);
}

static double start_us(const char *program)
{
    char *argv[] = { (char *)(uintptr_t)program, NULL };
    pid_t pid;
    int status = 0;
    const double t = now_us();
    if (posix_spawn(&pid, program, NULL, NULL, argv, environ) != 0 ||
        waitpid(pid, &status, 0) != pid || status != 0) {
        fprintf(stderr, "%s: cannot run\n", program);
        exit(70);
    }
    return now_us() - t;
}

static int failed;

static void report(const char *what, double value, double limit, const char *unit)
{
    printf("%-44s %10.3f %s (limit %g) %s\n", what, value, unit, limit,
           value <= limit ? "ok" : "OVER");
    failed |= value > limit;
}

/* Side by side, so that both see the same machine; medians. */
static void measure_start(const char *with, const char *without)
{
    enum { RUNS = 201 };
    static double a[RUNS], b[RUNS];
    for (int i = 0; i < RUNS; i++) {
        a[i] = start_us(with);
        b[i] = start_us(without);
    }
    qsort(a, RUNS, sizeof *a, compare);
    qsort(b, RUNS, sizeof *b, compare);
    report("start: added by the atlas", (a[RUNS / 2] - b[RUNS / 2]) / 1e3, 1.0, "ms");
}

static void measure_search(const km_atlas *a)
{
    static const char *const typed[] = { "i", "in", "inf", "infr", "trap", "knee", "quadr",
                                         "outer knee", "gluteus max", "s", "rot", "infarspinatus" };
    enum { ROUNDS = 200 };
    km_match m[20];
    double worst = 0;
    for (size_t i = 0; i < sizeof typed / sizeof typed[0]; i++) {
        const double t = now_us();
        for (int k = 0; k < ROUNDS; k++)
            km_atlas_search(m, 20, a, typed[i]);
        const double each = (now_us() - t) / ROUNDS;
        worst = each > worst ? each : worst;
    }
    report("search: slowest of a dozen queries", worst / 1e3, 0.3, "ms");
}

static void measure_resolve(const km_atlas *a)
{
    static const char *const text[] = { "left:infraspinatus:2", "left:lats", "left:infrasp",
                                        "sternum", "right:knee_outer" };
    enum { ROUNDS = 500, TEXTS = sizeof text / sizeof text[0] };
    const double t = now_us();
    for (int k = 0; k < ROUNDS; k++)
        for (int i = 0; i < TEXTS; i++) {
            km_ref ref;
            km_atlas_resolve(&ref, a, text[i], 0, NULL);
        }
    report("place: read and resolved", (now_us() - t) / (ROUNDS * TEXTS), 50, "us");
}

static void measure_point(const km_atlas *a)
{
    enum { POINTS = 100000 };
    km_rng rng = km_rng_seed(1);
    int inside = 0;
    const double t = now_us();
    for (int i = 0; i < POINTS; i++) {
        int region;
        km_side side;
        inside += km_body_at(a, (km_view)(i % 2), (int)km_rng_below(&rng, 5000) - 2500,
                             (int)km_rng_below(&rng, 10000), &region, &side);
    }
    const double each = (now_us() - t) / POINTS;
    if (inside == 0)
        exit(70);
    report("body: region of a point", each, 10, "us");
}

static void measure_load(const char *dir)
{
    const km_atlas *a;
    km_error err = { 0 };
    const double t = now_us();
    if (km_atlas_load(&a, dir, &err) != KM_OK) {
        fprintf(stderr, "%s\n", err.text);
        exit(70);
    }
    report("KNOTMAP_ASSETS: a folder read and checked", (now_us() - t) / 1e3, 100, "ms");
}

int main(int argc, char **argv)
{
    if (argc != 4) {
        fprintf(stderr, "usage: atlas_bench WITH WITHOUT ASSETS\n");
        return 64;
    }
    const km_atlas *a = km_atlas_builtin();
    measure_start(argv[1], argv[2]);
    measure_search(a);
    measure_resolve(a);
    measure_point(a);
    measure_load(argv[3]);
    return failed;
}
