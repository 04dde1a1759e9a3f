#include "knotmap/model.h"

#include <string.h>

void km_place_print(km_buf *out, const km_place *p)
{
    if (p->side != KM_SIDE_MIDLINE)
        km_buf_printf(out, "%s:", km_word(KM_VOCAB_SIDE, (int)p->side));
    if (p->muscle == NULL)
        km_buf_puts(out, p->region != NULL ? p->region : "");
    else if (p->tp == 0)
        km_buf_puts(out, p->muscle);
    else
        km_buf_printf(out, "%s:%d", p->muscle, p->tp);
}

static bool same_code(const char *a, const char *b)
{
    return a == b || (a != NULL && b != NULL && strcmp(a, b) == 0);
}

bool km_place_equal(const km_place *a, const km_place *b)
{
    return a->side == b->side && a->tp == b->tp && same_code(a->region, b->region) &&
           same_code(a->muscle, b->muscle);
}
