/*
 * A program that starts, touches the atlas (or, without KM_WITH_ATLAS, nothing) and ends: the
 * difference between the two is what the compiled-in tables add to a start.
 */
#include <stdio.h>

#ifdef KM_WITH_ATLAS
#include "knotmap/atlas.h"
#endif

int main(void)
{
#ifdef KM_WITH_ATLAS
    const km_atlas *a = NULL;
    km_ref ref;
    if (km_atlas_open(&a, NULL) != KM_OK ||
        km_atlas_resolve(&ref, a, "left:infraspinatus:2", 0, NULL) != KM_OK)
        return 1;
#endif
    return 0;
}
