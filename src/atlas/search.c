/* Finding regions and muscles as one types. */
#include <string.h>

#include "knotmap/text.h"
#include "load.h"

size_t km_atlas_search(km_match *out, size_t max, const km_atlas *a, const char *text)
{
    km_buf spelled = { 0 };
    km_key_spell(&spelled, text);
    const char *needle = km_buf_str(&spelled);
    const uint32_t letters = km_key_letters(needle);
    size_t n = 0;
    /* The keys of one thing stand together; its best one counts. */
    for (int i = 0; i < a->n_key && a->key[i].kind != KM_REF_GROUP && max > 0;) {
        km_match now = { (km_ref_kind)a->key[i].kind, a->key[i].index, 0 };
        for (; i < a->n_key && (km_ref_kind)a->key[i].kind == now.kind &&
               a->key[i].index == now.index; i++) {
            if ((letters & ~a->key[i].letters) != 0)
                continue;
            const int score = km_text_fuzzy(needle, a->key[i].text);
            now.score = score > now.score ? score : now.score;
        }
        if (now.score == 0 || (n == max && out[n - 1].score >= now.score))
            continue;
        size_t at = n < max ? n++ : n - 1;
        for (; at > 0 && out[at - 1].score < now.score; at--)
            out[at] = out[at - 1];
        out[at] = now;
    }
    km_buf_clear(&spelled);
    return n;
}
