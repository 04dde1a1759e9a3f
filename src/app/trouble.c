/* Complaints: the red flags to ask, the condition worth keeping, the places as marks of pain. */
#include "app_impl.h"

#include "knotmap/time.h"

#include <stdlib.h>
#include <string.h>

#define ASKED 3        /* questions a screen asks at once */
#define GROWN_YEARS 18 /* from here on nobody is a child */

/* Whether an item stands in a ";" list; what follows a ':' in the list is the item's place. */
static bool in_list(const char *list, const char *item)
{
    const size_t len = strlen(item);

    for (const char *p = list; p && *p;) {
        const size_t n = strcspn(p, ";");
        if (n >= len && memcmp(p, item, len) == 0 && (n == len || p[len] == ':'))
            return true;
        p += n + (p[n] == ';');
    }
    return false;
}

km_status km_app_trouble_flags(km_flag_hit *out, size_t max, size_t *n, km_app *app,
                               const km_trouble *t, const km_ref *place, size_t n_place,
                               km_error *err)
{
    km_flag_hit touched[KM_FLAGS_MAX];
    size_t n_touched = 0, all;
    const km_flag *flag = km_safety_flags(app->atlas, &all);
    km_status st = km_app_flags(touched, KM_FLAGS_MAX, &n_touched, app, place, n_place, err);

    *n = 0;
    if (st != KM_OK)
        return st;
    for (int level = KM_FLAG_EMERGENCY; level >= KM_FLAG_SOON; level--) {
        for (size_t i = 0; i < all && *n < max; i++) {
            if ((int)flag[i].level == level && in_list(t->flags, flag[i].code))
                out[(*n)++] = (km_flag_hit){ .flag = (int)i };
        }
        for (size_t i = 0; i < n_touched && *n < max; i++) {
            const km_flag *f = &flag[touched[i].flag];
            if ((int)f->level == level && !in_list(t->flags, f->code))
                out[(*n)++] = (km_flag_hit){ .flag = touched[i].flag };
        }
    }
    for (size_t i = 0; i < *n; i++)
        out[i].asked = i < ASKED;
    return KM_OK;
}

/* A grown person is told nothing of children. */
static bool concerns(const km_client *c, const char *condition, km_day today)
{
    return strcmp(condition, "child") != 0 || !c->has_born ||
           (today - c->born) / 365.2425 < GROWN_YEARS;
}

km_status km_app_trouble_kept(bool *out, km_app *app, const km_trouble *t, km_error *err)
{
    km_client c;
    km_instant now;
    km_status st = km_now(&now, err);

    if (st == KM_OK)
        st = km_app_client(&c, app, err);
    if (st == KM_OK)
        *out = !*t->condition || in_list(c.conditions, t->condition) ||
               !concerns(&c, t->condition, km_instant_day(now));
    return st;
}

km_status km_app_trouble_conditions(km_buf *out, km_app *app, const km_trouble *t, km_error *err)
{
    km_client c;
    km_status st = km_app_client(&c, app, err);

    if (st != KM_OK)
        return st;
    km_buf_reset(out);
    if (c.conditions)
        km_buf_puts(out, c.conditions);
    if (*t->condition && !in_list(c.conditions, t->condition))
        km_buf_printf(out, "%s%s", out->len ? ";" : "", t->condition);
    return KM_OK;
}

km_status km_app_trouble_keep(km_app *app, const km_trouble *t, km_error *err)
{
    km_client c;
    km_buf list = { 0 };
    km_status st = km_app_trouble_conditions(&list, app, t, err);

    if (st == KM_OK)
        st = km_app_client(&c, app, err);
    if (st == KM_OK) {
        c.conditions = km_buf_str(&list);
        st = km_app_client_edit(&c, app, err);
    }
    km_buf_clear(&list);
    return st;
}

km_status km_app_trouble_mark(size_t *stored, km_app *app, const km_ref *place, size_t n,
                              int intensity, km_error *err)
{
    km_mark *mark = km_calloc(n + 1, sizeof *mark);
    km_status st = KM_OK;

    *stored = 0;
    for (size_t i = 0; i < n && st == KM_OK; i++) {
        mark[i] = km_mark_blank();
        mark[i].kind = KM_KIND_PAIN;
        mark[i].intensity = intensity;
        st = km_app_mark_place(&mark[i], app, &place[i], false, err);
    }
    if (st == KM_OK && n > 0)
        st = km_app_mark_add_many(mark, n, app, err);
    if (st == KM_OK)
        *stored = n;
    free(mark);
    return st;
}
