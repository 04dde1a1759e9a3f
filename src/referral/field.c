#include "field.h"

#include <stdlib.h>

static void hit_add(field *f, int region, km_side side, bool open, int complaint)
{
    uint16_t bit = (uint16_t)(1u << complaint);
    uint16_t *at = f->hit + region * KM_SIDE_COUNT;
    if (f->atlas->region[region].midline) {
        at[KM_SIDE_MIDLINE] |= bit;
    } else if (open || side == KM_SIDE_MIDLINE) {
        at[KM_SIDE_LEFT] |= bit;
        at[KM_SIDE_RIGHT] |= bit;
    } else {
        at[side] |= bit;
    }
}

static void hit_muscle(field *f, int muscle, const km_complaint *c, int complaint)
{
    const km_muscle *m = &f->atlas->muscle[muscle];
    for (int i = 0; i < m->n_home; i++)
        hit_add(f, m->home[i], c->side, c->side_open, complaint);
}

static void hit_complaint(field *f, const km_complaint *c, int complaint)
{
    switch (c->kind) {
    case KM_REF_REGION:
        hit_add(f, c->index, c->side, c->side_open, complaint);
        break;
    case KM_REF_MUSCLE:
        if (c->point >= 0)
            hit_add(f, f->atlas->point[c->point].site, c->side, c->side_open, complaint);
        else
            hit_muscle(f, c->index, c, complaint);
        break;
    case KM_REF_GROUP:
        for (int i = 0; i < f->atlas->group[c->index].n_muscle; i++)
            hit_muscle(f, f->atlas->group[c->index].muscle[i], c, complaint);
        break;
    }
}

static bool same_complaint(const km_complaint *a, const km_complaint *b)
{
    return a->kind == b->kind && a->index == b->index && a->side == b->side &&
           a->side_open == b->side_open &&
           (a->kind != KM_REF_MUSCLE || a->point == b->point);
}

uint32_t field_hits(const field *f, const km_zone *z)
{
    return f->hit[z->region * KM_SIDE_COUNT + (int)z->side];
}

/* Weigh one point on one side; false when it explains nothing. */
static bool weigh(cause *c, const field *f, int point, km_side side)
{
    const model_tables *t = model_get();
    km_zone zone[KM_ZONES_MAX];
    size_t n = km_referral_zones(zone, f->atlas, point, side);

    *c = (cause){ .point = (int16_t)point, .side = side };
    for (size_t i = 0; i < n; i++) {
        uint32_t hits = field_hits(f, &zone[i]);
        uint8_t cls = model_class(&zone[i]);
        if (!hits)
            c->base += t->quiet[cls];
        c->explains |= hits;
        for (int k = 0; hits; k++, hits >>= 1) {
            if ((hits & 1u) && model_chance(cls) > model_chance(c->cls[k])) {
                c->cls[k] = cls;
                c->said[k] = f->repeated >> k & 1u ? CLASS_NONE : cls;
                c->kind[k] = (uint8_t)zone[i].kind;
                c->weight[k] = zone[i].weight;
            }
        }
    }
    return c->explains != 0;
}

/* Several records of one point count together, within the bound. */
static km_history history_of(const km_search *s, int point, km_side side)
{
    km_history sum = { .point = (int16_t)point, .side = side, .days_ago = -1 };
    for (size_t i = 0; i < s->n_history; i++) {
        const km_history *h = &s->history[i];
        if (h->point != point || h->side != side)
            continue;
        sum.active = (int16_t)(sum.active + h->active);
        sum.latent = (int16_t)(sum.latent + h->latent);
        sum.unspecified = (int16_t)(sum.unspecified + h->unspecified);
        sum.confirmed = (int16_t)(sum.confirmed + h->confirmed);
        if (h->days_ago >= 0 && (sum.days_ago < 0 || h->days_ago < sum.days_ago))
            sum.days_ago = h->days_ago;
        if (h->tested > sum.tested)
            sum.tested = h->tested;
    }
    return sum;
}

km_status field_init(field *f, const km_atlas *a, const km_search *s, km_error *err)
{
    *f = (field){ .atlas = a };
    if (s->n_complaint > KM_COMPLAINTS_MAX)
        return km_fail(err, KM_EINVAL, "%zu places: at most %d can be explained at once",
                       s->n_complaint, KM_COMPLAINTS_MAX);

    f->n_complaint = (int)s->n_complaint;
    f->hit = km_calloc((size_t)a->n_region * KM_SIDE_COUNT, sizeof *f->hit);
    for (int i = 0; i < f->n_complaint; i++) {
        hit_complaint(f, &s->complaint[i], i);
        for (int j = 0; j < i; j++) {
            if (same_complaint(&s->complaint[i], &s->complaint[j]))
                f->repeated |= 1u << i;
        }
    }

    bool *rare = km_calloc((size_t)a->n_point + 1, sizeof *rare);
    rare_read(rare, a);
    f->cause = km_calloc(2 * (size_t)a->n_point + 1, sizeof *f->cause);
    for (int point = 0; point < a->n_point; point++) {
        const km_muscle *m = &a->muscle[a->point[point].muscle];
        km_side first = m->midline ? KM_SIDE_MIDLINE : KM_SIDE_LEFT;
        km_side last = m->midline ? KM_SIDE_MIDLINE : KM_SIDE_RIGHT;
        for (km_side side = first; side <= last; side++) {
            cause *c = &f->cause[f->n];
            if (!weigh(c, f, point, side))
                continue;
            km_history h = history_of(s, point, side);
            c->history = model_history(&h);
            c->tested = h.tested;
            c->base += model_prior(m->commonness, rare[point]) + c->history +
                       model_tested(h.tested);
            f->n++;
        }
    }
    free(rare);
    return KM_OK;
}

void field_clear(field *f)
{
    free(f->hit);
    free(f->cause);
    *f = (field){ 0 };
}
