#include "words.h"

#include <ctype.h>

void words_side(km_buf *out, km_side side)
{
    if (side != KM_SIDE_MIDLINE)
        km_buf_printf(out, "%s ", km_word(KM_VOCAB_SIDE, (int)side));
}

void words_name(km_buf *out, const char *name)
{
    km_buf_putc(out, (char)tolower((unsigned char)name[0]));
    if (name[0])
        km_buf_puts(out, name + 1);
}

void words_place(km_buf *out, const km_atlas *a, int region, km_side side)
{
    words_side(out, side);
    words_name(out, a->region[region].name);
}

const char *words_joint(int i, int n)
{
    return i == 0 ? "" : i + 1 == n ? " and " : ", ";
}

void words_complaint(km_buf *out, const km_atlas *a, const km_complaint *c)
{
    if (c->kind == KM_REF_REGION) {
        words_place(out, a, c->index, c->side_open ? KM_SIDE_MIDLINE : c->side);
        return;
    }
    if (!c->side_open)
        words_side(out, c->side);
    if (c->kind == KM_REF_GROUP) {
        km_buf_words(out, a->group[c->index].code);
        return;
    }
    words_name(out, a->muscle[c->index].name);
    if (c->point >= 0)
        km_buf_printf(out, ", point %d", a->point[c->point].tp);
}
