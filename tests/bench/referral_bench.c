/**
 * How well the referral model reasons, on cases made from the atlas with a fixed seed, and how
 * fast. Prints one line a measure and ends with 1 when a target is missed.
 *
 * A case: one to three different points on random sides, drawn evenly; each zone hurts by its
 * chance (redrawn until something hurts); in one case of four one place that hurts is not told,
 * in one of four a place is told that no point of the case explains. At most 12 places are told.
 * In the perturbed run every zone's true chance is a third higher or lower than the model
 * believes, by a coin that is tossed once for each row.
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "knotmap/referral.h"
#include "knotmap/rng.h"

#define CASES 2000
#define TRUE_MAX 3
#define PLACES_MAX 256
#define TOP 5

typedef struct place {
    int16_t region;
    km_side side;
} place;

typedef struct truth {
    int16_t point;
    km_side side;
} truth;

typedef struct sim {
    truth active[TRUE_MAX];
    int n_active;
    km_complaint complaint[KM_COMPLAINTS_MAX];
    int n_complaint;
} sim;

/* ---- making cases ---- */

static double true_chance(const km_zone *z, int point, bool perturbed)
{
    double p = km_referral_chance(z);
    if (!perturbed)
        return p;
    /* The coin of this row: the same in every case. */
    km_rng coin = km_rng_seed((uint64_t)point * 1000u + (uint64_t)z->region);
    p *= km_rng_below(&coin, 2) ? 4.0 / 3.0 : 2.0 / 3.0;
    return p > 0.98 ? 0.98 : p;
}

static int add_place(place *p, int n, int16_t region, km_side side)
{
    for (int i = 0; i < n; i++) {
        if (p[i].region == region && p[i].side == side)
            return n;
    }
    p[n] = (place){ region, side };
    return n + 1;
}

static int hurt(place *out, int n, const km_atlas *a, truth t, km_rng *r, bool perturbed)
{
    km_zone zone[KM_ZONES_MAX];
    size_t n_zone = km_referral_zones(zone, a, t.point, t.side);
    bool some = false;
    while (!some) {
        for (size_t i = 0; i < n_zone; i++) {
            if (km_rng_unit(r) < true_chance(&zone[i], t.point, perturbed)) {
                n = add_place(out, n, zone[i].region, zone[i].side);
                some = true;
            }
        }
    }
    return n;
}

static km_side random_side(km_rng *r)
{
    return km_rng_below(r, 2) ? KM_SIDE_RIGHT : KM_SIDE_LEFT;
}

static int forget_one(place *p, int n, km_rng *r)
{
    p[km_rng_below(r, (uint32_t)n)] = p[n - 1];
    return n - 1;
}

static sim make_case(const km_atlas *a, km_rng *r, bool perturbed)
{
    sim s = { 0 };
    place told[PLACES_MAX];
    int n = 0;
    int wanted = 1 + (int)km_rng_below(r, TRUE_MAX);

    while (s.n_active < wanted) {
        truth t = { (int16_t)km_rng_below(r, (uint32_t)a->n_point), random_side(r) };
        if (a->muscle[a->point[t.point].muscle].midline)
            t.side = KM_SIDE_MIDLINE;
        bool twice = false;
        for (int i = 0; i < s.n_active; i++)
            twice = twice || (s.active[i].point == t.point && s.active[i].side == t.side);
        if (twice)
            continue;
        s.active[s.n_active++] = t;
        n = hurt(told, n, a, t, r, perturbed);
    }
    if (km_rng_below(r, 4) == 0 && n > 1)
        n = forget_one(told, n, r);
    if (km_rng_below(r, 4) == 0) {
        int16_t region = (int16_t)km_rng_below(r, (uint32_t)a->n_region);
        n = add_place(told, n, region,
                      a->region[region].midline ? KM_SIDE_MIDLINE : random_side(r));
    }
    while (n > KM_COMPLAINTS_MAX)
        n = forget_one(told, n, r);
    for (int i = 0; i < n; i++)
        s.complaint[i] = (km_complaint){ KM_REF_REGION, told[i].region, -1, told[i].side, false };
    s.n_complaint = n;
    return s;
}

/* ---- the plain weighted sum ---- */

typedef struct plain {
    truth t;
    int sum, order;
} plain;

static int by_sum(const void *x, const void *y)
{
    const plain *a = x, *b = y;
    return a->sum != b->sum ? b->sum - a->sum : a->order - b->order;
}

static size_t rank_plain(plain *out, const km_atlas *a, const sim *s)
{
    size_t n = 0;
    for (int p = 0; p < a->n_point; p++) {
        bool midline = a->muscle[a->point[p].muscle].midline;
        for (int side = midline ? 0 : 1; side <= (midline ? 0 : 2); side++) {
            km_zone zone[KM_ZONES_MAX];
            size_t n_zone = km_referral_zones(zone, a, p, (km_side)side);
            int sum = 0;
            for (size_t z = 0; z < n_zone; z++) {
                for (int c = 0; c < s->n_complaint; c++) {
                    if (s->complaint[c].index == zone[z].region &&
                        s->complaint[c].side == zone[z].side)
                        sum += zone[z].weight;
                }
            }
            if (sum > 0) {
                out[n] = (plain){ { (int16_t)p, (km_side)side }, sum, (int)n };
                n++;
            }
        }
    }
    qsort(out, n, sizeof *out, by_sum);
    return n;
}

/* ---- what is measured ---- */

static bool is_active(const sim *s, int point, km_side side)
{
    for (int i = 0; i < s->n_active; i++) {
        if (s->active[i].point == point && s->active[i].side == side)
            return true;
    }
    return false;
}

typedef struct hits {
    int points, cases, of_points, of_cases;
} hits;

static void count_hits(hits *h, const sim *s, int found)
{
    h->points += found;
    h->of_points += s->n_active;
    h->cases += found == s->n_active;
    h->of_cases++;
}

static double percent(int part, int whole)
{
    return 100.0 * part / whole;
}

static int failures;

static void verdict(const char *what, bool ok)
{
    printf("  %-58s %s\n", what, ok ? "met" : "MISSED");
    failures += !ok;
}

/* Smallest number of points whose zones cover `left`; tries every point at every depth. */
static bool cover_within(const uint32_t *mask, size_t n, uint32_t left, int depth)
{
    if (!left)
        return true;
    if (depth == 0)
        return false;
    uint32_t low = left & (0u - left);
    for (size_t i = 0; i < n; i++) {
        if ((mask[i] & low) && cover_within(mask, n, left & ~mask[i], depth - 1))
            return true;
    }
    return false;
}

static bool cover_right(const km_atlas *a, const km_search *q, const km_candidate *c, size_t n)
{
    static uint32_t mask[4096];
    uint32_t all = 0;
    for (size_t i = 0; i < n; i++) {
        mask[i] = c[i].explains;
        all |= mask[i];
    }
    int depth = 0;
    while (!cover_within(mask, n, all, depth))
        depth++;

    km_cover best, other;
    km_referral_explain(&best, &other, a, q, NULL);
    uint32_t got = 0, got_other = 0;
    for (int i = 0; i < best.n; i++)
        got |= best.step[i].explains;
    for (int i = 0; i < other.n; i++)
        got_other |= other.step[i].explains;
    return best.n == depth && got == all &&
           best.unexplained == (((1u << q->n_complaint) - 1u) & ~all) &&
           (other.n == 0 || (got_other == all && other.n >= depth));
}

typedef struct tally {
    long all, one; /* presses until the last pressable true point answers, and the first */
} tally;

typedef struct presses {
    tally plain, model, muscles, asked; /* the lists, and the press test */
    int cases, points, lost;
} presses;

/* Press from the top of a list until `wanted` true points have answered. */
static void walk_down(tally *out, const km_atlas *a, const sim *s, const truth *list, size_t n,
                      int wanted)
{
    int pressed = 0;
    for (size_t i = 0; i < n && wanted > 0; i++) {
        if (!km_referral_pressable(a, list[i].point))
            continue;
        pressed++;
        if (is_active(s, list[i].point, list[i].side)) {
            out->one += pressed;
            break;
        }
    }
    pressed = 0;
    for (size_t i = 0; i < n && wanted > 0; i++) {
        if (!km_referral_pressable(a, list[i].point))
            continue;
        pressed++;
        wanted -= is_active(s, list[i].point, list[i].side);
    }
    out->all += pressed;
}

static void follow_tests(presses *out, const km_atlas *a, const sim *s,
                         const km_candidate *ranked, size_t n, int wanted)
{
    static km_history history[1024];
    static km_candidate again[1024];
    km_search q = { s->complaint, (size_t)s->n_complaint, history, 0 };
    int pressed = 0, found = 0;

    memcpy(again, ranked, n * sizeof *again);
    while (found < wanted) {
        km_press_test next;
        if (km_referral_tests(&next, 1, a, &q, again, n) == 0)
            break;
        pressed++;
        bool yes = is_active(s, next.point, next.side);
        if (yes && found++ == 0)
            out->asked.one += pressed;
        history[q.n_history++] = (km_history){ .point = next.point,
                                               .side = next.side,
                                               .days_ago = -1,
                                               .tested = yes ? 1 : 3 };
        if (km_referral_rank(again, 1024, &n, a, &q, NULL) != KM_OK)
            abort();
    }
    /* Where the tests end too early, the rest of the list is pressed from its top. */
    out->lost += wanted - found;
    for (size_t i = 0; i < n && found < wanted; i++) {
        if (again[i].tested || !km_referral_pressable(a, again[i].point))
            continue;
        pressed++;
        if (is_active(s, again[i].point, again[i].side) && found++ == 0)
            out->asked.one += pressed;
    }
    out->asked.all += pressed;
}

/* The ranking as the text output shows it: all points of a muscle under its best. */
static size_t by_muscle(truth *out, const km_atlas *a, const km_candidate *ranked, size_t n)
{
    static bool done[1024];
    size_t count = 0;
    memset(done, 0, sizeof done);
    for (size_t i = 0; i < n; i++) {
        for (size_t k = i; k < n && !done[i]; k++) {
            if (k != i && !done[k] && ranked[k].side == ranked[i].side &&
                a->point[ranked[k].point].muscle == a->point[ranked[i].point].muscle) {
                out[count++] = (truth){ ranked[k].point, ranked[k].side };
                done[k] = true;
            } else if (k == i) {
                out[count++] = (truth){ ranked[i].point, ranked[i].side };
            }
        }
        done[i] = true;
    }
    return count;
}

static void press_case(presses *out, const km_atlas *a, const sim *s, const km_candidate *ranked,
                       size_t n, const plain *sum, size_t n_sum)
{
    static truth list[1024];
    int wanted = 0;
    for (size_t i = 0; i < n; i++) {
        wanted += is_active(s, ranked[i].point, ranked[i].side) &&
                  km_referral_pressable(a, ranked[i].point);
    }
    if (wanted == 0)
        return;
    for (size_t i = 0; i < n_sum; i++)
        list[i] = sum[i].t;
    walk_down(&out->plain, a, s, list, n_sum, wanted);
    for (size_t i = 0; i < n; i++)
        list[i] = (truth){ ranked[i].point, ranked[i].side };
    walk_down(&out->model, a, s, list, n, wanted);
    walk_down(&out->muscles, a, s, list, by_muscle(list, a, ranked, n), wanted);
    follow_tests(out, a, s, ranked, n, wanted);
    out->points += wanted;
    out->cases++;
}

static void print_presses(const char *what, const tally *t, const presses *p)
{
    printf("    %-34s %6.2f %6.2f   %4.2f %4.2f\n", what, (double)t->one / p->cases,
           (double)t->all / p->cases, (double)p->asked.one / (double)t->one,
           (double)p->asked.all / (double)t->all);
}

static double seconds(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static void run(const km_atlas *a, bool perturbed)
{
    km_rng r = km_rng_seed(20261120);
    hits model = { 0 }, plain_sum = { 0 };
    presses press = { 0 };
    int covers = 0;
    size_t max = 2 * (size_t)a->n_point;
    km_candidate *ranked = malloc(max * sizeof *ranked);
    plain *list = malloc(max * sizeof *list);
    double rank_worst = 0, rank_all = 0, explain_worst = 0;
    int strong = 0, strong_true = 0, fair = 0, fair_true = 0, weak = 0, weak_true = 0;

    for (int i = 0; i < CASES; i++) {
        sim s = make_case(a, &r, perturbed);
        km_search q = { s.complaint, (size_t)s.n_complaint, NULL, 0 };
        size_t n;
        double t0 = seconds();
        if (km_referral_rank(ranked, max, &n, a, &q, NULL) != KM_OK)
            abort();
        double took = seconds() - t0;
        rank_all += took;
        rank_worst = took > rank_worst ? took : rank_worst;

        int found = 0;
        for (size_t k = 0; k < n && k < TOP; k++)
            found += is_active(&s, ranked[k].point, ranked[k].side);
        count_hits(&model, &s, found);
        for (size_t k = 0; k < n; k++) {
            bool yes = is_active(&s, ranked[k].point, ranked[k].side);
            int *of = ranked[k].strength == KM_STRENGTH_STRONG ? &strong
                      : ranked[k].strength == KM_STRENGTH_FAIR ? &fair : &weak;
            int *hit = ranked[k].strength == KM_STRENGTH_STRONG ? &strong_true
                       : ranked[k].strength == KM_STRENGTH_FAIR ? &fair_true : &weak_true;
            ++*of;
            *hit += yes;
        }

        size_t n_plain = rank_plain(list, a, &s);
        found = 0;
        for (size_t k = 0; k < n_plain && k < TOP; k++)
            found += is_active(&s, list[k].t.point, list[k].t.side);
        count_hits(&plain_sum, &s, found);

        t0 = seconds();
        covers += cover_right(a, &q, ranked, n);
        took = seconds() - t0;
        explain_worst = took > explain_worst ? took : explain_worst;
        press_case(&press, a, &s, ranked, n, list, n_plain);
    }

    printf("\n%d cases, %s\n", CASES,
           perturbed ? "every true chance a third off the model's" : "chances as the model has them");
    printf("  top %d holds every true point:  model %.1f %%, weighted sum %.1f %%\n", TOP,
           percent(model.cases, model.of_cases), percent(plain_sum.cases, plain_sum.of_cases));
    printf("  true points within the top %d:  model %.1f %%, weighted sum %.1f %%\n", TOP,
           percent(model.points, model.of_points), percent(plain_sum.points, plain_sum.of_points));
    printf("  words: strong true %.1f %% of %d, fair %.1f %% of %d, weak %.1f %% of %d\n",
           percent(strong_true, strong), strong, percent(fair_true, fair), fair,
           percent(weak_true, weak), weak);
    printf("  joint answer smallest in %d of %d cases (slowest with its check %.2f ms)\n", covers,
           CASES, explain_worst * 1e3);
    printf("  presses until the first and the last true point, and the press test's share:\n");
    print_presses("down the weighted sum", &press.plain, &press);
    print_presses("down the model's list", &press.model, &press);
    print_presses("down the model's list by muscle", &press.muscles, &press);
    print_presses("press test", &press.asked, &press);
    printf("    tests ended before %d of %d points\n", press.lost, press.points);
    printf("  ranking: mean %.3f ms, worst %.3f ms\n", rank_all / CASES * 1e3, rank_worst * 1e3);

    double ahead_cases = percent(model.cases, model.of_cases) -
                         percent(plain_sum.cases, plain_sum.of_cases);
    double ahead_points = percent(model.points, model.of_points) -
                          percent(plain_sum.points, plain_sum.of_points);
    verdict("at least 10 points ahead, cases and points", ahead_cases >= 10 && ahead_points >= 10);
    verdict("ranking under 1 ms on average", rank_all / CASES < 1e-3);
    verdict("joint answer exact in every case", covers == CASES);
    verdict("press test in at most half the presses of the plain list",
            press.asked.all * 2 <= press.plain.all);
    free(ranked);
    free(list);
}

/* The slowest question: twelve places that each reach much of the body, no side known. */
static void run_worst(const km_atlas *a)
{
    km_complaint all[KM_COMPLAINTS_MAX];
    size_t n = 0, max = 2 * (size_t)a->n_point;
    for (int g = 0; g < a->n_group && n < KM_COMPLAINTS_MAX; g++)
        all[n++] = (km_complaint){ KM_REF_GROUP, g, -1, KM_SIDE_MIDLINE, true };
    km_search q = { all, n, NULL, 0 };
    km_candidate *ranked = malloc(max * sizeof *ranked);
    double rank = 1e9, explain = 1e9;
    size_t found = 0;

    for (int i = 0; i < 20; i++) {
        km_cover best, other;
        double t0 = seconds();
        if (km_referral_rank(ranked, max, &found, a, &q, NULL) != KM_OK)
            abort();
        double t1 = seconds();
        if (km_referral_explain(&best, &other, a, &q, NULL) != KM_OK)
            abort();
        double t2 = seconds();
        rank = t1 - t0 < rank ? t1 - t0 : rank;
        explain = t2 - t1 < explain ? t2 - t1 : explain;
    }
    printf("\n%zu groups of muscles at once, sides unknown: %zu points ranked\n", n, found);
    printf("  ranking %.3f ms, joint answer with its alternative %.3f ms (best of 20)\n", rank * 1e3,
           explain * 1e3);
    verdict("ranking under 1 ms", rank < 1e-3);
    verdict("joint answer under 50 ms", explain < 50e-3);
    free(ranked);
}

int main(void)
{
    const km_atlas *a = km_atlas_builtin();
    run(a, false);
    run(a, true);
    run_worst(a);
    return failures > 0;
}
