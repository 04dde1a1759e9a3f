/* Verdicts about ratings: the published threshold and the person's own noise, both passed. */
#include "knotmap/trend.h"

#include <math.h>

#include "trend_rules.h"

const char *km_verdict_word(km_verdict v)
{
    static const char *const word[] = { "too_few", "same", "better", "worse" };
    return word[v];
}

const char *km_size_word(km_change_size s)
{
    static const char *const word[] = { "", "slight", "clear" };
    return word[s];
}

/* Upper quantile of the normal distribution (Abramowitz and Stegun 26.2.23, error < 4.5e-4). */
static double normal_upper(double p)
{
    double t = sqrt(-2 * log(p));
    return t - (2.515517 + t * (0.802853 + t * 0.010328)) /
                   (1 + t * (1.432788 + t * (0.189269 + t * 0.001308)));
}

/* Upper quantile of Student's t by the Cornish-Fisher expansion (Abramowitz and Stegun 26.7.5). */
static double student_upper(double p, double df)
{
    double z = normal_upper(p), z2 = z * z;
    double g1 = z * (z2 + 1) / 4;
    double g2 = z * ((5 * z2 + 16) * z2 + 3) / 96;
    double g3 = z * (((3 * z2 + 19) * z2 + 17) * z2 - 15) / 384;
    double g4 = z * ((((79 * z2 + 776) * z2 + 1482) * z2 - 1920) * z2 - 945) / 92160;
    return z + g1 / df + g2 / (df * df) + g3 / (df * df * df) + g4 / (df * df * df * df);
}

/*
 * Whole-number ratings hide noise below half a point: four equal days are no proof of a noise
 * of zero. 0.5 is the SD a rating needs for its neighbours to be chosen now and then.
 */
#define NOISE_LEAST 0.5

static bool passes_slight(double points, double percent)
{
    const double hair = 1e-9; /* 5 to 4.25 is 15 %, whatever the last bit says */
    return points >= KM_SLIGHT_POINTS - hair || percent >= KM_SLIGHT_PERCENT - hair;
}

static bool passes_clear(double points, double percent)
{
    const double hair = 1e-9;
    return points >= KM_CLEAR_POINTS - hair && percent >= KM_CLEAR_PERCENT - hair;
}

/* Squares about the mean from plain sums; values lie in 0..10, so little is lost. */
static double squares_about(int n, double sum, double squares)
{
    double about = squares - sum * sum / n;
    return about > 0 ? about : 0;
}

km_judgement km_judge_sums(int n_before, double sum_before, double squares_before, int n_after,
                           double sum_after, double squares_after, double level)
{
    km_judgement j = { .verdict = KM_VERDICT_TOO_FEW, .noise = NAN, .margin = NAN, .percent = NAN };
    j.before = n_before > 0 ? sum_before / n_before : NAN;
    j.after = n_after > 0 ? sum_after / n_after : NAN;
    j.change = j.after - j.before;
    j.days_before = n_before;
    j.days_after = n_after;
    if (j.before > 0)
        j.percent = 100 * j.change / j.before;
    if (j.days_before < KM_JUDGE_DAYS)
        j.needed += KM_JUDGE_DAYS - j.days_before;
    if (j.days_after < KM_JUDGE_DAYS)
        j.needed += KM_JUDGE_DAYS - j.days_after;
    if (j.needed > 0)
        return j;

    double df = (double)n_before + n_after - 2;
    double squares = squares_about(n_before, sum_before, squares_before) +
                     squares_about(n_after, sum_after, squares_after);
    j.noise = fmax(sqrt(squares / df), NOISE_LEAST);
    j.margin = student_upper(level / 2, df) * j.noise * sqrt(1.0 / n_before + 1.0 / n_after);

    double points = fabs(j.change);
    /* From nothing to something is any percentage: there the points alone count. */
    double percent = j.before > 0 ? fabs(j.percent) : 0;
    j.verdict = KM_VERDICT_SAME;
    if (passes_slight(points, percent) && points > j.margin) {
        j.verdict = j.change < 0 ? KM_VERDICT_BETTER : KM_VERDICT_WORSE;
        bool clear = passes_clear(points, j.before > 0 ? percent : 100);
        j.size = clear ? KM_SIZE_CLEAR : KM_SIZE_SLIGHT;
    }
    return j;
}

km_judgement km_judge_ratings(const double *before, size_t n_before, const double *after,
                              size_t n_after, double level)
{
    double sum[2] = { 0 }, squares[2] = { 0 };
    for (size_t i = 0; i < n_before; i++) {
        sum[0] += before[i];
        squares[0] += before[i] * before[i];
    }
    for (size_t i = 0; i < n_after; i++) {
        sum[1] += after[i];
        squares[1] += after[i] * after[i];
    }
    return km_judge_sums((int)n_before, sum[0], squares[0], (int)n_after, sum[1], squares[1],
                         level);
}

km_difference km_compare_pair(int before, int after)
{
    if (before < 0 || after < 0 || before == after)
        return KM_DIFF_SAME;
    double points = fabs((double)after - before);
    double percent = before > 0 ? 100 * points / before : 0;
    if (!passes_slight(points, percent))
        return KM_DIFF_SAME;
    return after < before ? KM_DIFF_BETTER : KM_DIFF_WORSE;
}

void km_judgement_why(km_buf *out, const km_atlas *a, const km_judgement *j)
{
    km_measure nrs;
    const char *source = km_measure_get(&nrs, a, "nrs") ? nrs.source : "";
    if (j->verdict == KM_VERDICT_TOO_FEW) {
        km_buf_printf(out,
                      "Too few: %d day%s with a rating, %d in the days before them; %d are wanted "
                      "on each side.",
                      j->days_after, j->days_after == 1 ? "" : "s", j->days_before, KM_JUDGE_DAYS);
        if (j->needed > 0)
            km_buf_printf(out, " With a rating a day, %d more day%s will do.", j->needed,
                          j->needed == 1 ? "" : "s");
        return;
    }
    km_buf_printf(out, "%.1f over %d days against %.1f over the %d days before: %+.1f points",
                  j->after, j->days_after, j->before, j->days_before, j->change);
    if (!isnan(j->percent))
        km_buf_printf(out, " (%+.0f %%)", j->percent);
    km_buf_printf(out,
                  ". Your ratings vary by %.1f points from day to day, so a change under %.1f could "
                  "be chance. ",
                  j->noise, j->margin);
    if (j->verdict == KM_VERDICT_SAME)
        km_buf_puts(out, fabs(j->change) > j->margin
                             ? "It is beyond chance but under 1 point and 15 %: too small to count."
                             : "This change is within that, so it is called the same.");
    else
        km_buf_printf(out, "It is beyond that and %s.",
                      j->size == KM_SIZE_CLEAR ? "at least 2 points and 30 %: clear"
                                               : "at least 1 point or 15 %: slight");
    km_buf_printf(out, " Rule: %s.", source);
}
