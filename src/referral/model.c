#include "model.h"

#include <math.h>

/* Constants: MODEL.md says where each comes from. */
#define BACKGROUND 0.01     /* chance that a place hurts for another reason */
#define TOLD 0.7            /* chance that a place that hurts is told */
#define PRIOR_BITS (-8.0)   /* log2 odds that a point of middling commonness is active */
#define COMMON_BITS 0.75    /* a step of commonness, up or down */
#define RARE_BITS (-2.5)    /* an unusual point */
#define HISTORY_MAX_BITS 4.0

const char site_source[] = "site of the point";

static const double chance[CLASS_COUNT] = {
    [1 + 3 * KM_ZONE_LOCAL] = 0.45,     [2 + 3 * KM_ZONE_LOCAL] = 0.60,
    [3 + 3 * KM_ZONE_LOCAL] = 0.70,     [1 + 3 * KM_ZONE_ESSENTIAL] = 0.60,
    [2 + 3 * KM_ZONE_ESSENTIAL] = 0.75, [3 + 3 * KM_ZONE_ESSENTIAL] = 0.90,
    [1 + 3 * KM_ZONE_SPILLOVER] = 0.25, [2 + 3 * KM_ZONE_SPILLOVER] = 0.40,
    [3 + 3 * KM_ZONE_SPILLOVER] = 0.50, [CLASS_SITE] = 0.20,
};

/* Chances of the three answers (familiar, other pain, nothing) by whether the point is active. */
static const double answer_active[3] = { 0.75, 0.15, 0.10 };
static const double answer_quiet[3] = { 0.05, 0.25, 0.70 };

uint8_t model_class(const km_zone *z)
{
    if (z->source == site_source)
        return CLASS_SITE;
    int weight = z->weight < 1 ? 1 : z->weight > 3 ? 3 : z->weight;
    return (uint8_t)(3 * (int)z->kind + weight);
}

double model_chance(uint8_t cls)
{
    return chance[cls];
}

static int32_t fixed(double bits)
{
    return (int32_t)lround(bits * BIT);
}

static void tables_fill(model_tables *t)
{
    for (int i = 0; i < CLASS_COUNT; i++) {
        t->quiet[i] = fixed(log2(1.0 - TOLD * chance[i]));
        for (int j = i; j < CLASS_COUNT; j++) {
            for (int k = j; k < CLASS_COUNT; k++) {
                double none = (1.0 - BACKGROUND) * (1.0 - chance[i]) * (1.0 - chance[j]) *
                              (1.0 - chance[k]);
                int32_t v = fixed(log2((1.0 - none) / BACKGROUND));
                t->hurts[i][j][k] = t->hurts[i][k][j] = v;
                t->hurts[j][i][k] = t->hurts[j][k][i] = v;
                t->hurts[k][i][j] = t->hurts[k][j][i] = v;
            }
        }
    }
    for (int i = 0; i < BIT; i++)
        t->pow2[i] = (uint64_t)llround(exp2((double)i / BIT + 32.0));
}

const model_tables *model_get(void)
{
    static model_tables tables;
    static bool ready;
    if (!ready) {
        tables_fill(&tables);
        ready = true;
    }
    return &tables;
}

uint64_t model_pow2(const model_tables *t, int32_t d)
{
    int32_t whole = (-d + BIT - 1) / BIT;
    return whole > 33 ? 0 : t->pow2[d + whole * BIT] >> whole;
}

int32_t model_prior(uint8_t commonness, bool rare)
{
    return fixed(PRIOR_BITS + COMMON_BITS * ((double)commonness - 2.0) + (rare ? RARE_BITS : 0.0));
}

int32_t model_history(const km_history *h)
{
    /* The first finding says most; later ones add less. */
    double bits = 0.0;
    if (h->active > 0)
        bits += h->active >= 3 ? 2.25 : h->active == 2 ? 1.8 : 1.25;
    if (h->latent > 0)
        bits += h->latent >= 2 ? 0.5 : 0.35;
    if (h->unspecified > 0)
        bits += h->unspecified >= 2 ? 0.7 : 0.5;
    if (h->confirmed > 0)
        bits += h->confirmed >= 2 ? 2.25 : 1.5;
    double age = h->days_ago < 0     ? 0.5
                 : h->days_ago <= 28  ? 1.0
                 : h->days_ago <= 91  ? 0.8
                 : h->days_ago <= 365 ? 0.6
                                      : 0.4;
    bits *= age;
    return fixed(bits > HISTORY_MAX_BITS ? HISTORY_MAX_BITS : bits);
}

int32_t model_tested(int tested)
{
    if (tested < 1 || tested > 3)
        return 0;
    return fixed(log2(answer_active[tested - 1] / answer_quiet[tested - 1]));
}

double model_press_gain(double q)
{
    double gain = 0.0;
    for (int i = 0; i < 3; i++) {
        double p = q * answer_active[i] + (1.0 - q) * answer_quiet[i];
        if (q > 0.0)
            gain += q * answer_active[i] * log2(answer_active[i] / p);
        if (q < 1.0)
            gain += (1.0 - q) * answer_quiet[i] * log2(answer_quiet[i] / p);
    }
    return gain;
}
