/** A press test in words: where to press. */
#include "words.h"

/* The home row that presses this muscle: compression before rolling. */
static const km_routine_row *press_row(const km_atlas *a, const km_muscle *m)
{
    const km_routine_row *found = NULL;
    for (int i = 0; i < m->n_routine; i++) {
        const km_routine_row *r = &a->routine[m->first_routine + i];
        if (r->therapist)
            continue;
        if (r->technique == KM_TECH_COMPRESSION)
            return r;
        if (r->technique == KM_TECH_SMR && !found)
            found = r;
    }
    return found;
}

static void put_point(km_buf *out, const km_atlas *a, const km_candidate *c)
{
    const km_point *p = &a->point[c->point];
    words_side(out, c->side);
    words_name(out, a->muscle[p->muscle].name);
    km_buf_printf(out, ", point %d", p->tp);
}

void km_referral_press_where(km_buf *out, const km_atlas *a, const km_candidate *c)
{
    const km_point *p = &a->point[c->point];
    const km_routine_row *r = press_row(a, &a->muscle[p->muscle]);

    words_place(out, a, p->site, a->region[p->site].midline ? KM_SIDE_MIDLINE : c->side);
    km_buf_printf(out, ": %s (", p->location);
    put_point(out, a, c);
    km_buf_puts(out, ")");
    if (r)
        km_buf_printf(out, "; %s", r->position);
    if (r && r->caution[0])
        km_buf_printf(out, "; mind: %s", r->caution);
}
