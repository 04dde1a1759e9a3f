/** The warnings in words: calm, short, saying what to do. */
#include <stdlib.h>

#include "knotmap/safety.h"

static const char *const lead[] = {
    [KM_FLAG_SOON] = "see a doctor soon",
    [KM_FLAG_TODAY] = "see a doctor the same day",
    [KM_FLAG_EMERGENCY] = "call emergency services",
};

/* The signs of one level among the asked, joined by "; or". False when there is none. */
static bool put_level(km_buf *out, const km_flag *flag, const km_flag_hit *hit, size_t n,
                      km_flag_level level, const char *before)
{
    bool any = false;
    for (size_t i = 0; i < n; i++) {
        const km_flag *f = &flag[hit[i].flag];
        if (!hit[i].asked || f->level != level)
            continue;
        if (any)
            km_buf_puts(out, "; or ");
        else
            km_buf_printf(out, "%s%s for ", before, lead[level]);
        km_buf_printf(out, "%s (%s)", f->sign, f->think_of);
        any = true;
    }
    return any;
}

void km_safety_notice(km_buf *out, const km_atlas *a, const km_flag_hit *hit, size_t n)
{
    size_t n_flag;
    const km_flag *flag = km_safety_flags(a, &n_flag);
    bool line = put_level(out, flag, hit, n, KM_FLAG_EMERGENCY, "Before any massage: ");
    if (line)
        km_buf_puts(out, ".\n");
    const char *first = line ? "Also: " : "Before any massage: ";
    bool today = put_level(out, flag, hit, n, KM_FLAG_TODAY, first);
    bool soon = put_level(out, flag, hit, n, KM_FLAG_SOON, today ? "; " : first);
    if (today || soon)
        km_buf_puts(out, ".\n");
}

void km_safety_warning(km_buf *out, const km_flag *f)
{
    static const char *const head[] = {
        [KM_FLAG_SOON] = "See a doctor soon",
        [KM_FLAG_TODAY] = "See a doctor today",
        [KM_FLAG_EMERGENCY] = "Emergency",
    };
    km_buf_printf(out, "%s: %s. It may be %s. %s", head[f->level], f->sign, f->think_of, f->advice);
}
