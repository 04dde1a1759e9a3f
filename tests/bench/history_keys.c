/*
 * The keys of the history screens: the real app and the real screen on a made-up life, every key
 * of every screen pressed in many of its states, each timed with the picture it leads to. Prints
 * median, 99th percentile and slowest key of each screen; ends with 1 when the 99th percentile of
 * a screen is over the limit.
 *
 *   history_keys GEN [WALKS [SCREEN]]
 *
 * A key's time is the median over the walks, so that what the machine does besides is left out; on
 * a busy machine KM_BENCH_CPU=1 counts the processor's time alone. The
 * databases are made by GEN in the current folder on the first run and kept; a walk goes over a
 * copy, for it takes marks back and makes them anew.
 */
#include <fcntl.h>
#include <stdbool.h>
#include <string.h>

#include "knotmap/text.h"
#include "life.h"
#include "view.h"

#define WORK "life-keys.db"
#define WALKS_MOST 9
#define KEYS_MOST 20000

/*
 * A screen in one of its states, as the keys that lead there: a character, a key by its name, 'tick
 * for a second of play, or "word for text that is typed.
 */
typedef struct state {
    const char *screen, *keys;
} state;

static const state states[] = {
    { "body", "" },
    { "body", "[ [ [ [ [ [ ] ] ]" },
    { "body", "{ { { { } }" },
    { "body", "w" },
    { "body", "w w [ [ ]" },
    { "body", "w w w [ ]" },
    { "body", "Down Down Right ; [ [ Down [ ] Tab [" },
    { "body, playing", "Space 'tick 'tick 'tick + + + 'tick 'tick 'tick 'tick Space" },
    { "body, playing", "[ [ [ Space 'tick 'tick" },
    { "trends", "T" },
    { "trends", "T Tab" },
    { "trends", "T Tab Tab" },
    { "trends", "T Tab Tab Tab" },
    { "trends", "T Tab Tab Tab Tab" },
    { "trends", "T Tab Tab Tab Tab Tab" },
    { "trends", "T b Down b" },
    { "trends", "T b b Tab" },
    { "trends", "T s Tab" },
    { "trends", "T v Down Down" },
    { "trends", "T [ [ ] { { }" },
    { "trends", "T Tab [ [ ]" },
    { "trends", "T Tab Tab Tab Tab [ [ ] {" },
    { "trends", "T / \"le Enter" },
    { "trends", "T Space + + + 'tick 'tick 'tick Space" },
    { "calendar", "T v v Down Down Up" },
    { "calendar", "T Tab v v Down" },
    { "calendar", "T Tab Tab Tab v v Down" },
    { "calendar", "T v v [ [ Down" },
    { "why of a verdict", "T f" },
    { "in short", "S 'tick 'tick 'tick 'tick 'tick 'tick 'tick 'tick" },
    { "in short", "S Down Down" },
    { "patterns: what comes back", "T o" },
    { "patterns: what comes back", "T o s" },
    { "patterns: sides", "T o Tab" },
    { "patterns: together", "T o Tab Tab" },
    { "patterns: training", "T o Tab Tab Tab" },
    { "patterns: measures", "T o Tab Tab Tab Tab" },
    { "patterns: rules", "T o f" },
    { "compare", "c" },
    { "compare", "c w [ [ ] Tab [ [ ]" },
    { "compare", "c w w { { } Tab { }" },
    { "compare", "c w w w w v" },
    { "compare", "c v v Down Down" },
    { "compare", "T c / \"le Enter" },
    { "compare", "[ [ [ c [ Tab [" },
    { "life", "y" },
    { "life", "Down Down y Down" },
    { "life", "T y" },
    { "life", "T Down Down Down y PgDn" },
    { "life", "H Down y" },
    { "life", "c Down y" },
    { "history", "H" },
    { "history", "H PgDn PgDn PgDn Down" },
    { "history", "H End PgUp PgUp" },
    { "history, narrowed", "H / \"kind:knot Enter PgDn PgDn" },
    { "history, narrowed", "H / \"side:left Space \"min:5 Enter End" },
    { "history, narrowed", "H / \"muscle:trapezius Enter End" },
    { "history, narrowed", "H / \"region:calf Space \"since:4w Enter" },
    { "history, narrowed", "H / \"cause:posture Enter PgDn End" },
    { "history, narrowed", "H / \"open Enter PgDn End" },
    { "history, narrowed", "H / \"long Space \"day Enter PgDn" },
    { "history, narrowed", "H / \"not Space \"there Enter" },
    { "kept filters", "H / \"kind:knot Enter s \"knots Enter o Enter o" },
    { "writing", "H x u Ctrl-R u Down x u" },
    { "writing", "T B 7 u Down 5 T B u" },
    { "writing", "y B 7 T B c B u" },
};
#define STATES (int)(sizeof states / sizeof states[0])
#define ROUNDS 2   /* of the keys of each state */
#define WRITES 5   /* of the keys that write */
#define SLOWEST 10 /* that are named */

static const char gen_50k[] = "life-50000.db", gen_1m[] = "life-1000000.db",
                  gen_one[] = "life-one-50000.db";

typedef struct step {
    const state *state;
    char key[24];
    double ms[WALKS_MOST], median;
} step;

static step *steps;
static int n_steps, at_step, walk;
static double clock_now;
static int missed;
static const char *only = ""; /* how a screen's name begins */

static _Noreturn void die(const char *what, const char *why)
{
    fprintf(stderr, "history_keys: %s: %s\n", what, why);
    exit(2);
}

/* The time of the clock on the wall, or with KM_BENCH_CPU=1 of the processor alone. */
static double now_ms(void)
{
    struct timespec t;
    clock_gettime(getenv("KM_BENCH_CPU") ? CLOCK_PROCESS_CPUTIME_ID : CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

static double fake_clock(void)
{
    return clock_now;
}

/* ---- one key ---- */

typedef struct person {
    km_app *app;
    km_tui *tui;
    km_grid grid;
    const state *state;
} person;

static void note(const person *s, const char *key, double ms)
{
    if (at_step >= KEYS_MOST)
        die(s->state->screen, "too many keys");
    step *p = &steps[at_step++];
    if (walk == 0) {
        p->state = s->state;
        snprintf(p->key, sizeof p->key, "%s", key);
        n_steps = at_step;
    } else if (at_step > n_steps || strcmp(p->key, key) != 0) {
        die(key, "the walks differ");
    }
    p->ms[walk] = ms;
}

static void press(person *s, km_key key)
{
    km_buf name = { 0 };
    tui_key_print(&name, key);
    double t = now_ms();
    km_tui_key(s->tui, key);
    km_tui_paint(s->tui, &s->grid);
    note(s, km_buf_str(&name), now_ms() - t);
    km_buf_clear(&name);
    if (s->tui->done)
        die(s->state->screen, "a key left the program");
}

static void tick(person *s)
{
    clock_now += 1;
    double t = now_ms();
    if (km_tui_tick(s->tui))
        km_tui_paint(s->tui, &s->grid);
    note(s, "tick", now_ms() - t);
}

/* The key a word of a script names, by the names the program prints. */
static km_key key_of(const km_tui *t, const char *word)
{
    uint32_t rune;
    if (word[km_utf8_decode(&rune, word, strlen(word))] == '\0')
        return rune;
    for (int i = 0; i < t->keymap.n; i++) {
        km_buf name = { 0 };
        tui_key_print(&name, t->keymap.bind[i].key);
        bool same = strcmp(km_buf_str(&name), word) == 0;
        km_buf_clear(&name);
        if (same)
            return t->keymap.bind[i].key;
    }
    die(word, "no key is called so");
}

static void script(person *s, const char *keys)
{
    char word[64];
    while (*keys) {
        size_t n = strcspn(keys, " ");
        snprintf(word, sizeof word, "%.*s", (int)n, keys);
        keys += n + strspn(keys + n, " ");
        if (strcmp(word, "'tick") == 0) {
            tick(s);
        } else if (word[0] == '"') {
            for (const char *c = word + 1; *c; c++)
                press(s, (km_key)*c);
        } else {
            press(s, key_of(s->tui, word));
        }
    }
}

/* ---- a walk ---- */

static void go(person *s, const state *to)
{
    s->state = to;
    if (s->tui->client.id != 1)
        tui_choose_client(s->tui, "1"); /* the busiest; another one was opened from a list */
    press(s, 'B');
    if (s->tui->time.past || s->tui->time.playing)
        press(s, 't');
    script(s, to->keys);
}

static int depth(const km_tui *t)
{
    int n = 0;
    for (const view *v = t->top; v; v = v->below)
        n++;
    return n;
}

/*
 * Every key the view on top offers, but those that write and the one that closes; what works
 * everywhere, where asked for.
 */
static void every_key(person *s, const state *to, bool everywhere)
{
    km_tui *t = s->tui;
    tui_ctx ctx[VIEW_CTX_MAX + 2];
    const view_ops *home = t->top->ops;
    int n = tui_contexts(t->top, ctx), deep = depth(t);

    for (int i = 0; i < t->keymap.n; i++) {
        const tui_binding b = t->keymap.bind[i];
        bool offered = false;
        for (int k = 0; k < n; k++)
            offered = offered || ctx[k] == b.ctx;
        bool own = b.ctx != CTX_GLOBAL && b.ctx != CTX_CORE;
        if (!offered || tui_action_table[b.action].writes || b.action == ACT_CLOSE ||
            (!own && !everywhere))
            continue;
        press(s, b.key);
        for (int k = 0; k < 4 && depth(t) > deep; k++) /* back from what it opened */
            press(s, KM_KEY_ESC);
        if (!own || depth(t) != deep || t->top->ops != home)
            go(s, to);
    }
}

static void walk_over(const char *db)
{
    km_error err = { 0 };
    person s = { .state = states };
    const km_app_options opt = { .db = db, .who = "screen" };
    const km_tui_options tui = { .color = true, .mouse = true, .clock = fake_clock };

    if (km_app_open(&s.app, &opt, &err) != KM_OK)
        die(db, err.text);
    s.tui = km_tui_new(s.app, &tui);
    km_grid_resize(&s.grid, 120, 40);
    km_tui_paint(s.tui, &s.grid);
    at_step = 0;
    clock_now = 0;
    for (int i = 0; i < STATES; i++) {
        if (strncmp(states[i].screen, only, strlen(only)) != 0)
            continue;
        bool first = i == 0 || strcmp(states[i].screen, states[i - 1].screen) != 0;
        go(&s, &states[i]);
        bool writing = strcmp(states[i].screen, "writing") == 0;
        for (int k = 0; k < ROUNDS && !writing; k++)
            every_key(&s, &states[i], first);
        for (int k = 0; k < WRITES && writing; k++)
            go(&s, &states[i]);
    }
    km_tui_free(s.tui);
    km_grid_free(&s.grid);
    km_app_close(s.app);
    if (at_step != n_steps)
        die(db, "the walks differ");
}

/* ---- what came out ---- */

static int by_median(const void *a, const void *b)
{
    const step *x = *(step *const *)a, *y = *(step *const *)b;
    return (x->median > y->median) - (x->median < y->median);
}

/* The keys of one screen (NULL all of them) on a line, of all the slowest too. */
static void line(const char *screen, double limit)
{
    const step **of = km_calloc((size_t)n_steps, sizeof(step *));
    int n = 0;

    for (int i = 0; i < n_steps; i++) {
        if (!screen || strcmp(steps[i].state->screen, screen) == 0)
            of[n++] = &steps[i];
    }
    qsort(of, (size_t)n, sizeof(step *), by_median);
    double p99 = of[(n - 1) * 99 / 100]->median;
    printf("  %-26s %5d keys  p50 %6.2f  p99 %6.2f  slowest %6.2f ms (%s)  %s\n",
           screen ? screen : "all", n, of[n / 2]->median, p99, of[n - 1]->median, of[n - 1]->key,
           p99 <= limit ? "ok" : "MISSED");
    missed += p99 > limit;
    for (int i = n - 1; !screen && i >= 0 && i >= n - SLOWEST; i--)
        printf("    %6.2f ms  %-8s after %s\n", of[i]->median, of[i]->key, of[i]->state->keys);
    free(of);
}

static void copy(const char *to, const char *from)
{
    static char part[1 << 20];
    char side[64];
    int in = open(from, O_RDONLY), out = open(to, O_WRONLY | O_CREAT | O_TRUNC, 0600);
    ssize_t n;

    while (in >= 0 && out >= 0 && (n = read(in, part, sizeof part)) > 0) {
        if (write(out, part, (size_t)n) != n)
            die(to, "cannot be written");
    }
    if (in < 0 || out < 0 || n < 0)
        die(from, "cannot be copied");
    close(in);
    close(out);
    for (int i = 0; i < 2; i++) {
        snprintf(side, sizeof side, "%s%s", to, i ? "-wal" : "-shm");
        unlink(side);
    }
}

static void bench(const char *what, const char *db, double limit, int walks)
{
    n_steps = 0;
    printf("%s, p99 at most %.0f ms\n", what, limit);
    fflush(stdout);
    for (walk = 0; walk < walks; walk++) {
        copy(WORK, db);
        walk_over(WORK);
    }
    for (int i = 0; i < n_steps; i++)
        steps[i].median = life_median(steps[i].ms, walks);
    for (int i = 0; i < STATES; i++) {
        if (strncmp(states[i].screen, only, strlen(only)) != 0)
            continue;
        if (i == 0 || strcmp(states[i].screen, states[i - 1].screen) != 0)
            line(states[i].screen, limit);
    }
    line(NULL, limit);
    unlink(WORK);
}

int main(int argc, char **argv)
{
    int walks = argc > 2 ? atoi(argv[2]) : 3;
    if (argc < 2 || walks < 1 || walks > WALKS_MOST) {
        fprintf(stderr, "usage: history_keys GEN [WALKS [SCREEN]]\nWALKS are 1..%d (3)\n", WALKS_MOST);
        return 64;
    }
    only = argc > 3 ? argv[3] : "";
    setenv("KNOTMAP_NOW", LIFE_NOW, 1);
    setenv("TZ", "UTC", 1);
    unsetenv("KNOTMAP_CLIENT");
    life_make(argv[1], gen_50k, "50000", "20");
    life_make(argv[1], gen_one, "50000", "1");
    life_make(argv[1], gen_1m, "1000000", "400");
    steps = km_calloc(KEYS_MOST, sizeof *steps);
    bench("50,000 marks of 20 clients", gen_50k, 16, walks);
    bench("50,000 marks of one client", gen_one, 16, walks);
    bench("1,000,000 marks of 400 clients", gen_1m, 50, walks);
    free(steps);
    return missed > 0;
}
