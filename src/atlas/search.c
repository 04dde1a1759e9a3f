/* Finding regions and muscles as one types. */
#include <stdio.h>
#include <string.h>

#include "knotmap/text.h"
#include "load.h"

/** A needle shorter than this is not searched for misspelt; a longer text is no name. */
enum { MISSPELT_MIN = 4, NEEDLE_MAX = 64 };

/** How well a needle fits one key; 0 not at all. */
typedef int (*fit_fn)(const char *needle, uint32_t letters, const km_search_key *key);

static int fit_letters(const char *needle, uint32_t letters, const km_search_key *key)
{
    return (letters & ~key->letters) == 0 ? km_text_fuzzy(needle, key->text) : 0;
}

/*
 * The beginning of the key with a typing error or two. The first letter is taken to be right, or
 * to stand second: few err there, and most keys need no closer look.
 */
static int fit_misspelt(const char *needle, uint32_t letters, const km_search_key *key)
{
    const size_t len = strlen(needle);
    const int limit = 1 + (int)len / 6;
    if (key->text[0] != needle[0] && key->text[0] != needle[1])
        return 0;
    if (km_key_lacks(key, letters) > limit)
        return 0;
    int best = limit + 1;
    /* a letter too many or too few moves the end of the beginning */
    for (size_t end = len - 1; end <= len + 1; end++) {
        char head[NEEDLE_MAX + 2];
        snprintf(head, sizeof head, "%.*s", (int)end, key->text);
        const int d = km_text_distance(needle, head, limit);
        best = d < best ? d : best;
    }
    return best <= limit ? 10 * (limit + 1 - best) : 0;
}

static size_t collect(km_match *out, size_t max, const km_atlas *a, const char *needle, fit_fn fit)
{
    const uint32_t letters = km_key_letters(needle);
    size_t n = 0;
    /* The keys of one thing stand together; its best one counts. */
    for (int i = 0; i < a->n_key && a->key[i].kind != KM_REF_GROUP && max > 0;) {
        km_match now = { (km_ref_kind)a->key[i].kind, a->key[i].index, 0 };
        for (; i < a->n_key && (km_ref_kind)a->key[i].kind == now.kind &&
               a->key[i].index == now.index; i++) {
            const int score = fit(needle, letters, &a->key[i]);
            now.score = score > now.score ? score : now.score;
        }
        if (now.score == 0 || (n == max && out[n - 1].score >= now.score))
            continue;
        size_t at = n < max ? n++ : n - 1;
        for (; at > 0 && out[at - 1].score < now.score; at--)
            out[at] = out[at - 1];
        out[at] = now;
    }
    return n;
}

size_t km_atlas_search(km_match *out, size_t max, const km_atlas *a, const char *text)
{
    km_buf spelled = { 0 };
    km_key_spell(&spelled, text);
    const char *needle = km_buf_str(&spelled);
    size_t n = collect(out, max, a, needle, fit_letters);
    if (n == 0 && spelled.len >= MISSPELT_MIN && spelled.len <= NEEDLE_MAX)
        n = collect(out, max, a, needle, fit_misspelt);
    km_buf_clear(&spelled);
    return n;
}
