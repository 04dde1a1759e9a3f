/** Places and marks in the words people use. */
#include "words.h"

#include <ctype.h>

#include "knotmap/draw.h"
#include "knotmap/text.h"

km_ref tui_ref_region(const km_atlas *a, int region, km_side side)
{
    bool midline = a->region[region].midline;
    return (km_ref){ .kind = KM_REF_REGION, .index = region, .point = -1,
                     .side = midline ? KM_SIDE_MIDLINE : side };
}

km_ref tui_ref_muscle(const km_atlas *a, int muscle, int point, km_side side)
{
    bool midline = a->muscle[muscle].midline;
    return (km_ref){ .kind = KM_REF_MUSCLE, .index = muscle, .point = point,
                     .side = midline ? KM_SIDE_MIDLINE : side };
}

static void human(km_buf *out, const km_atlas *a, const km_ref *ref)
{
    km_buf b = { 0 };
    if (ref->side != KM_SIDE_MIDLINE)
        km_buf_printf(out, "%s ", km_word(KM_VOCAB_SIDE, (int)ref->side));
    km_ref_human(&b, a, ref);
    const char *s = km_buf_str(&b);
    /* names begin with a capital; within a sentence only abbreviations keep theirs */
    if (b.len > 1 && isupper((unsigned char)s[0]) && !isupper((unsigned char)s[1])) {
        km_buf_putc(out, (char)tolower((unsigned char)s[0]));
        s++;
    }
    km_buf_puts(out, s);
    km_buf_clear(&b);
}

void tui_words_region(km_buf *out, const km_atlas *a, int region, km_side side)
{
    km_ref ref = tui_ref_region(a, region, side);
    human(out, a, &ref);
}

void tui_words_muscle(km_buf *out, const km_atlas *a, int muscle, int point, km_side side)
{
    km_ref ref = tui_ref_muscle(a, muscle, point, side);
    human(out, a, &ref);
}

void tui_words_muscle_fit(km_buf *out, const km_atlas *a, int muscle, int point, km_side side,
                          int width)
{
    km_buf b = { 0 };
    tui_words_muscle(&b, a, muscle, point, side);
    if (km_text_width(km_buf_str(&b)) > width) {
        km_buf_reset(&b);
        if (side != KM_SIDE_MIDLINE)
            km_buf_printf(&b, "%s ", km_word(KM_VOCAB_SIDE, (int)side));
        km_buf_puts(&b, a->muscle[muscle].name);
        if (point >= 0)
            km_buf_printf(&b, " %d", a->point[point].tp);
    }
    km_buf_puts(out, km_buf_str(&b));
    km_buf_clear(&b);
}

void tui_words_place(km_buf *out, const km_atlas *a, const km_place *p)
{
    int muscle = p->muscle ? km_atlas_muscle(a, p->muscle) : -1;
    int region = p->region ? km_atlas_region(a, p->region) : -1;
    if (muscle >= 0)
        tui_words_muscle(out, a, muscle, p->tp ? km_atlas_point(a, muscle, p->tp) : -1, p->side);
    else if (region >= 0)
        tui_words_region(out, a, region, p->side);
    else
        km_buf_puts(out, p->region ? p->region : "somewhere");
}

char tui_words_digit(int intensity)
{
    return intensity == KM_INTENSITY_NONE ? '-' : intensity >= 10 ? '*' : (char)('0' + intensity);
}

void tui_words_mark(km_buf *out, const km_atlas *a, const km_mark *m)
{
    km_buf_puts(out, km_word(KM_VOCAB_KIND, (int)m->kind));
    if (m->intensity == 0)
        km_buf_puts(out, " gone");
    else if (m->intensity != KM_INTENSITY_NONE)
        km_buf_printf(out, " %d", m->intensity);
    km_buf_puts(out, " at ");
    tui_words_place(out, a, &m->place);
}

void tui_words_upper(km_buf *out, const char *s)
{
    for (; *s; s++)
        km_buf_putc(out, (char)toupper((unsigned char)*s));
}

void tui_words_set(km_buf *out, km_vocab v, uint32_t set)
{
    bool first = true;
    for (int i = 0; i < 32; i++) {
        if (set & (1u << i)) {
            km_buf_puts(out, first ? "" : ", ");
            km_word_human(out, v, i);
            first = false;
        }
    }
}

int tui_words_kind_role(km_kind k)
{
    static const km_role role[KM_KIND_COUNT] = {
        [KM_KIND_KNOT] = KM_ROLE_KNOT,           [KM_KIND_SORENESS] = KM_ROLE_SORENESS,
        [KM_KIND_PAIN] = KM_ROLE_PAIN,           [KM_KIND_TIGHTNESS] = KM_ROLE_TIGHTNESS,
        [KM_KIND_NUMBNESS] = KM_ROLE_NUMBNESS,
    };
    return (int)role[k];
}

void tui_words_seconds(km_buf *out, int seconds)
{
    if (seconds < 120)
        km_buf_printf(out, "%d s", seconds);
    else
        km_buf_printf(out, "%d:%02d min", seconds / 60, seconds % 60);
}
