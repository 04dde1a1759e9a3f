/** What the benchmarks of a life's data share: the made-up databases, clock and order. */
#ifndef KM_BENCH_LIFE_H
#define KM_BENCH_LIFE_H

#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

/** The day after the last mark. */
#define LIFE_NOW "2026-01-01T12:00:00Z"

static inline double life_ms(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

static inline int life_by_value(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

/** Sorts `v`. */
static inline double life_median(double *v, int n)
{
    qsort(v, (size_t)n, sizeof *v, life_by_value);
    return v[n / 2];
}

/**
 * Have GEN make ten years of marks, unless an earlier run of this very GEN left the file in the
 * current folder. It gets its name when it is whole.
 */
static inline void life_make(const char *gen, const char *file, const char *marks,
                             const char *clients)
{
    char half[128];
    struct stat made, by;
    int status;

    if (stat(file, &made) == 0 && stat(gen, &by) == 0 && made.st_mtime >= by.st_mtime)
        return;
    printf("making %s\n", file);
    fflush(stdout);
    snprintf(half, sizeof half, "%s.part", file);
    unlink(half);
    pid_t pid = fork();
    if (pid == 0) {
        execl(gen, gen, half, marks, clients, "10", (char *)NULL);
        _exit(127);
    }
    if (waitpid(pid, &status, 0) < 0 || !WIFEXITED(status) || WEXITSTATUS(status) != 0 ||
        rename(half, file) != 0) {
        fprintf(stderr, "%s: cannot make %s\n", gen, file);
        exit(2);
    }
}

#endif
