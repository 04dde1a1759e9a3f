/**
 * knotmap beside its floors, measured in turns in one run: start, cursor move, queued keys, Esc,
 * idle, memory, and the commands. Prints medians and ratios; ends with 1 when a limit is missed.
 *
 * speed PROGRAM FLOORS [ROUNDS]: FLOORS is the folder of the floor programs; the database is made
 * in the current folder, which must lie on a real disk for the durable insert to mean something.
 */
#define _GNU_SOURCE /* memmem */
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pty.h>
#include <signal.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>
#include <utmp.h>

#define MARKS 2000
#define MOVES 400

static int failures;

static double now_us(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec * 1e6 + (double)t.tv_nsec / 1e3;
}

static _Noreturn void die(const char *what)
{
    fprintf(stderr, "speed: %s: %s\n", what, strerror(errno));
    exit(2);
}

/* ---- samples ---- */

typedef struct samples {
    double v[4096];
    size_t n;
} samples;

static void add(samples *s, double v)
{
    if (s->n < sizeof s->v / sizeof *s->v)
        s->v[s->n++] = v;
}

static int by_value(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

/** The value below which `share` of the samples lie. */
static double quantile(samples *s, double share)
{
    if (s->n == 0)
        return 0;
    qsort(s->v, s->n, sizeof *s->v, by_value);
    size_t i = (size_t)(share * (double)(s->n - 1) + 0.5);
    return s->v[i];
}

static void verdict(bool ok)
{
    printf("%s\n", ok ? "ok" : "MISSED");
    failures += !ok;
}

static void print_ratio(const char *what, samples *ours, samples *base, double limit)
{
    double a = quantile(ours, 0.5), b = quantile(base, 0.5), ratio = b > 0 ? a / b : 0;
    printf("%-26s %10.2f ms  floor %8.2f ms  ratio %5.2f  limit %4.1f  ", what, a / 1e3, b / 1e3,
           ratio, limit);
    verdict(ratio > 0 && ratio <= limit);
}

static void print_limit(const char *what, double v, const char *unit, double limit)
{
    printf("%-26s %10.2f %-5s %29slimit %6.0f  ", what, v, unit, "", limit);
    verdict(v <= limit);
}

/* ---- a program in a pseudo-terminal ---- */

typedef struct screen {
    pid_t pid;
    int fd;
    char tail[65536]; /* of the last burst */
    size_t n;
} screen;

/**
 * Read a burst of output: until nothing came for `quiet_ms`.
 *
 * @return when its last byte came, in microseconds; 0 when nothing came within `wait_ms`.
 */
static double burst(screen *s, int wait_ms, int quiet_ms)
{
    double last = 0;
    struct pollfd in = { .fd = s->fd, .events = POLLIN };

    s->n = 0;
    while (poll(&in, 1, last > 0 ? quiet_ms : wait_ms) > 0) {
        char buf[65536];
        ssize_t n = read(s->fd, buf, sizeof buf);
        if (n <= 0)
            break;
        last = now_us();
        if (s->n + (size_t)n <= sizeof s->tail)
            memcpy(s->tail + s->n, buf, (size_t)n);
        s->n += (size_t)n;
    }
    return last;
}

static screen start(const char *const *argv)
{
    screen s = { .n = 0 };
    struct winsize size = { .ws_row = 24, .ws_col = 80 };
    int inner;

    if (openpty(&s.fd, &inner, NULL, NULL, &size) != 0)
        die("openpty");
    fcntl(s.fd, F_SETFD, FD_CLOEXEC);
    s.pid = fork();
    if (s.pid < 0)
        die("fork");
    if (s.pid == 0) {
        login_tty(inner);
        execv(argv[0], (char *const *)(uintptr_t)argv);
        _exit(127);
    }
    close(inner);
    return s;
}

static void stop(screen *s)
{
    int status;
    if (write(s->fd, "q", 1) != 1)
        die("write");
    while (burst(s, 200, 50) > 0)
        ;
    kill(s->pid, SIGTERM);
    waitpid(s->pid, &status, 0);
    close(s->fd);
}

static double resident_kib(pid_t pid)
{
    char path[64], line[256];
    double kib = 0;
    snprintf(path, sizeof path, "/proc/%d/status", (int)pid);
    FILE *f = fopen(path, "r");
    while (f && fgets(line, sizeof line, f)) {
        if (sscanf(line, "VmRSS: %lf", &kib) == 1)
            break;
    }
    if (f)
        fclose(f);
    return kib;
}

/* ---- what is measured ---- */

/** Start to the last byte of the first screen. */
static double start_time(const char *const *argv, bool *cleared_twice)
{
    double begin = now_us();
    screen s = start(argv);
    double end = burst(&s, 5000, 60);
    if (cleared_twice) {
        const char *first = memmem(s.tail, s.n, "\x1b[2J", 4);
        *cleared_twice = first && memmem(first + 1, s.n - (size_t)(first + 1 - s.tail), "\x1b[2J", 4);
    }
    stop(&s);
    return end > 0 ? end - begin : 0;
}

/** One key: time to the last byte of its frame, and the bytes. */
static double key_time(screen *s, const char *key, double *bytes)
{
    double begin = now_us();
    if (write(s->fd, key, strlen(key)) < 0)
        die("write");
    double end = burst(s, 300, 6);
    *bytes = (double)s->n;
    return end > 0 ? end - begin : 0;
}

static double queue_time(screen *s)
{
    char keys[500];
    for (size_t i = 0; i < sizeof keys; i++)
        keys[i] = "jjjllkkhjl"[i % 10];
    keys[sizeof keys - 1] = '?'; /* whatever the others led to: help is another frame */
    double begin = now_us();
    if (write(s->fd, keys, sizeof keys) != (ssize_t)sizeof keys)
        die("write");
    double end = burst(s, 5000, 60);
    return end > 0 ? end - begin : 0;
}

static double command_time(const char *const *argv)
{
    double begin = now_us();
    pid_t pid = fork();
    if (pid == 0) {
        int null = open("/dev/null", O_RDWR);
        dup2(null, 0);
        dup2(null, 1);
        dup2(null, 2);
        execv(argv[0], (char *const *)(uintptr_t)argv);
        _exit(127);
    }
    int status;
    waitpid(pid, &status, 0);
    double took = now_us() - begin;
    if (!WIFEXITED(status) || WEXITSTATUS(status) != 0) {
        fprintf(stderr, "speed: %s %s ended with %d\n", argv[0], argv[1] ? argv[1] : "",
                WIFEXITED(status) ? WEXITSTATUS(status) : -WTERMSIG(status));
        exit(2);
    }
    return took;
}

/** 2,000 marks of half a year over the whole body, by `import`. */
static void make_marks(const char *program)
{
    static const char *const region[] = {
        "forehead", "neck_side", "neck_back", "shoulder_top", "shoulder_back", "upper_chest", "scapula",
        "interscapular", "mid_back", "low_back", "buttock_upper", "hip_side", "arm_front", "arm_back",
        "elbow_outer", "forearm_front", "palm", "thumb", "flank", "sacrum",
    };
    FILE *f = fopen("marks.csv", "w");
    if (!f)
        die("marks.csv");
    fputs("at,kind,side,region,intensity\n", f);
    for (int i = 0; i < MARKS; i++) {
        int day = i * 180 / MARKS;
        fprintf(f, "2026-%02d-%02dT%02d:%02d:00Z,%s,%s,%s,%d\n", 1 + day / 30, 1 + day % 28, 6 + i % 12,
                i % 60, i % 3 ? "knot" : "soreness", i % 2 ? "left" : "right",
                region[(size_t)(i * 7) % (sizeof region / sizeof *region)], 1 + i % 9);
    }
    fclose(f);
    command_time((const char *const[]){ program, "import", "marks.csv", "--what", "marks", NULL });
}

static void bench_commands(const char *program, const char *insert, const char *read_all, int rounds)
{
    static samples mark, inserted, marks, csv, find, lines;
    const char *db = getenv("KNOTMAP_DB");

    /* In turns, so that what else the machine does meets all alike. */
    for (int i = 0; i < rounds; i++) {
        add(&inserted, command_time((const char *const[]){ insert, db, NULL }));
        add(&mark, command_time((const char *const[]){ program, "mark", "left:infraspinatus:1", "--intensity", "6", NULL }));
        add(&lines, command_time((const char *const[]){ read_all, db, NULL }));
        add(&marks, command_time((const char *const[]){ program, "marks", NULL }));
        add(&csv, command_time((const char *const[]){ program, "marks", "--format", "csv", NULL }));
        add(&find, command_time((const char *const[]){ program, "find", "right:scapula", "right:shoulder_top", NULL }));
    }
    print_ratio("mark", &mark, &inserted, 1.5);
    print_ratio("marks", &marks, &lines, 1.6);
    print_ratio("marks --format csv", &csv, &lines, 1.6);
    print_ratio("find", &find, &lines, 1.6);
}

static void bench_start(const char *program, const char *floor_screen, int rounds)
{
    static samples ours, base;
    const char *const argv[] = { program, NULL };
    const char *const floor_argv[] = { floor_screen, getenv("KNOTMAP_DB"), NULL };
    bool twice = false, any_twice = false;

    for (int i = 0; i < rounds; i++) {
        add(&base, start_time(floor_argv, NULL));
        add(&ours, start_time(argv, &twice));
        any_twice = any_twice || twice;
    }
    print_ratio("start to stable screen", &ours, &base, 1.5);
    print_limit("clears after the first", any_twice, "", 0);
}

static void bench_keys(const char *program, const char *floor_cursor)
{
    static samples ours, base, bytes, base_bytes, queued, base_queued, esc;
    const char *const argv[] = { program, NULL };
    const char *const floor_argv[] = { floor_cursor, NULL };
    double n = 0;
    screen a = start(argv), b = start(floor_argv);

    burst(&a, 5000, 300);
    burst(&b, 5000, 300);
    for (int i = 0; i < MOVES; i++) {
        const char *key = (const char *[]){ "j", "l", "j", "h", "k", "l", "l", "j", "h" }[i % 9];
        double t = key_time(&b, key, &n);
        if (t > 0) {
            add(&base, t);
            add(&base_bytes, n);
        }
        t = key_time(&a, key, &n);
        if (t > 0) { /* at the edge of the body a key moves nothing */
            add(&ours, t);
            add(&bytes, n);
        }
    }
    print_ratio("cursor move, p50", &ours, &base, 1.5);
    print_limit("cursor move, p99", quantile(&ours, 0.99) / 1e3, "ms", 2);
    print_limit("bytes of a move, p50", quantile(&bytes, 0.5), "bytes", 300);
    print_limit("bytes of a move, p99", quantile(&bytes, 0.99), "bytes", 800);
    printf("%-26s %10.0f bytes (floor), %zu of %d moves painted\n", "", quantile(&base_bytes, 0.5),
           ours.n, MOVES);

    for (int i = 0; i < 9; i++) {
        add(&base_queued, queue_time(&b));
        add(&queued, queue_time(&a));
        key_time(&a, "\x1b", &n);
        burst(&a, 50, 50);
    }
    print_ratio("500 queued keys", &queued, &base_queued, 2.0);

    for (int i = 0; i < 9; i++) {
        key_time(&a, "?", &n);
        burst(&a, 50, 50);
        add(&esc, key_time(&a, "\x1b", &n));
        burst(&a, 50, 50);
    }
    print_limit("Esc acts", quantile(&esc, 0.5) / 1e3, "ms", 60);

    burst(&a, 1500, 1200);
    double idle = burst(&a, 3000, 10) > 0 ? (double)a.n : 0;
    print_limit("idle for 3 s", idle, "bytes", 0);
    print_limit("resident memory", resident_kib(a.pid) / 1024, "MiB", 8);
    stop(&a);
    stop(&b);
}

int main(int argc, char **argv)
{
    char dir[] = "bench-XXXXXX", cwd[4096], db[4200], path[4][4200];
    static const char *const name[] = { "floor_screen", "floor_insert", "floor_read", "floor_cursor" };
    int rounds = argc > 3 ? atoi(argv[3]) : 25;

    if (argc < 3 || argv[1][0] != '/' || argv[2][0] != '/' || rounds < 1) {
        fprintf(stderr, "usage: speed /PROGRAM /FOLDER-OF-FLOORS [ROUNDS]\n");
        return 64;
    }
    for (int i = 0; i < 4; i++)
        snprintf(path[i], sizeof path[i], "%s/%s", argv[2], name[i]);
    if (!mkdtemp(dir) || chdir(dir) != 0 || !getcwd(cwd, sizeof cwd))
        die(dir);
    snprintf(db, sizeof db, "%s/bench.db", cwd);
    setenv("KNOTMAP_DB", db, 1);
    setenv("HOME", cwd, 1);
    setenv("XDG_STATE_HOME", cwd, 1);
    setenv("XDG_CONFIG_HOME", cwd, 1);
    setenv("TERM", "xterm-256color", 1);
    setenv("LC_ALL", "C.UTF-8", 1);
    unsetenv("NO_COLOR");
    unsetenv("KNOTMAP_CLIENT");
    signal(SIGPIPE, SIG_IGN);

    make_marks(argv[1]);
    printf("%d marks, 80x24, medians of %d rounds in turns\n", MARKS, rounds);
    bench_start(argv[1], path[0], rounds);
    bench_keys(argv[1], path[3]);
    bench_commands(argv[1], path[1], path[2], rounds);

    char clean[4300];
    snprintf(clean, sizeof clean, "rm -rf '%s'", cwd);
    if (chdir("/") != 0 || system(clean) != 0)
        fprintf(stderr, "speed: cannot remove %s\n", cwd);
    printf("%s\n", failures ? "some limits are missed" : "all limits are kept");
    return failures ? 1 : 0;
}
