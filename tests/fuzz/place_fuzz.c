/* Any text as a place: resolved or refused in words, and what is resolved reads back the same. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "knotmap/atlas.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

static bool same(const km_ref *x, const km_ref *y)
{
    return x->kind == y->kind && x->index == y->index && x->point == y->point &&
           x->side == y->side;
}

static void check(const km_atlas *a, const char *text, unsigned flags)
{
    km_ref ref, again;
    km_error err = { 0 };
    const km_status st = km_atlas_resolve(&ref, a, text, flags, &err);
    if (st != KM_OK) {
        if (st != KM_EINVAL || err.text[0] == '\0' || strchr(err.text, '\x1b') != NULL)
            abort();
        return;
    }
    km_buf out = { 0 };
    km_ref_print(&out, a, &ref);
    if (km_atlas_resolve(&again, a, km_buf_str(&out), flags, NULL) != KM_OK || !same(&ref, &again))
        abort();
    km_ref_human(&out, a, &ref);
    km_buf_clear(&out);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
    const km_atlas *a = km_atlas_builtin();
    km_match found[8];
    char *text = km_calloc(n + 1, 1);
    if (n > 0)
        memcpy(text, data, n);
    for (unsigned flags = 0; flags < 16; flags++)
        check(a, text, flags);
    if (km_atlas_search(found, 8, a, text) > 8)
        abort();
    free(text);
    return 0;
}
