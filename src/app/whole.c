/* The database as a whole: backup and the full check against the atlas. */
#include "app_impl.h"

#include <stdio.h>
#include <stdlib.h>

km_status km_app_backup(km_app *app, const char *file, km_error *err)
{
    return km_store_backup(app->store, file, err);
}

typedef struct checks {
    km_check_list *list;
    size_t cap;
    km_app *app;
    long unknown, away;       /* places the atlas does not know; marks outside their region */
    km_buf example;
} checks;

static void add(void *ctx, const char *check, bool ok, const char *detail)
{
    checks *c = ctx;
    km_check_list *l = c->list;

    KM_GROW(l->row, l->n, c->cap);
    l->row[l->n++] = (km_check){ .check = km_arena_strdup(&l->mem, check),
                                 .ok = ok,
                                 .detail = km_arena_strdup(&l->mem, detail) };
}

static km_status take_place(void *ctx, int64_t id, const km_place *p, km_error *err)
{
    checks *c = ctx;

    (void)id;
    (void)err;
    if (km_app_check_place(p, c->app, false, NULL) != KM_OK) {
        if (c->unknown++ == 0)
            km_place_print(&c->example, p);
    }
    return KM_OK;
}

static km_status take_mark(void *ctx, const km_mark *m, km_error *err)
{
    checks *c = ctx;
    int region = -1;
    km_side side = KM_SIDE_MIDLINE;

    (void)err;
    if (!km_body_at(c->app->atlas, m->view, m->x, m->y, &region, &side) ||
        region != km_atlas_region(c->app->atlas, m->place.region))
        c->away++;
    return KM_OK;
}

/* The atlas: its parts were checked when it was opened, the tables built on them are here. */
static void check_atlas(checks *c)
{
    static const struct {
        const char *check;
        km_status (*verify)(const km_atlas *a, km_error *err);
    } table[] = {
        { "topics", km_topic_verify },
        { "warning signs", km_safety_verify },
        { "ranking", km_referral_verify },
        { "planner", km_routine_verify },
    };
    const km_atlas *a = c->app->atlas;
    size_t flags;
    char text[160], found[4][120];

    snprintf(text, sizeof text, "%d regions, %d muscles, %d trigger points, %d referral rows%s",
             a->n_region, a->n_muscle, a->n_point, a->n_referral,
             a->builtin ? "" : ", from KNOTMAP_ASSETS");
    add(c, "atlas", true, text);
    km_safety_flags(a, &flags);
    snprintf(found[0], sizeof found[0], "%d areas, %d sports, %d profiles, %d complaints",
             km_topic_n(a, KM_TOPIC_AREA), km_topic_n(a, KM_TOPIC_SPORT),
             km_topic_n(a, KM_TOPIC_PROFILE), km_topic_n(a, KM_TOPIC_COMPLAINT));
    snprintf(found[1], sizeof found[1], "%zu red flags", flags);
    snprintf(found[2], sizeof found[2], "every rare point is in the atlas");
    snprintf(found[3], sizeof found[3], "%d technique rows", a->n_routine);
    for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
        km_error why = { 0 };
        bool good = table[i].verify(a, &why) == KM_OK;
        add(c, table[i].check, good, good ? found[i] : why.text);
    }
}

/* Every record against the atlas: its place is known, its mark lies in its region. */
static void check_records(checks *c)
{
    km_mark_filter all = km_mark_filter_all();
    km_error why = { 0 };
    char text[160];

    all.all_clients = true;
    all.oldest_first = true;
    if (km_store_places_each(c->app->store, take_place, c, &why) != KM_OK) {
        add(c, "places", false, why.text);
    } else if (c->unknown == 0) {
        add(c, "places", true, "every place is in the atlas");
    } else {
        snprintf(text, sizeof text, "%ld not in the atlas, first %.80s", c->unknown,
                 km_buf_str(&c->example));
        add(c, "places", false, text);
    }
    if (km_app_marks_each(c->app, &all, take_mark, c, &why) != KM_OK) {
        add(c, "positions", false, why.text);
    } else if (c->away == 0) {
        add(c, "positions", true, "every mark lies in its region");
    } else {
        snprintf(text, sizeof text, "%ld shown at the nearest point of their region", c->away);
        add(c, "positions", true, text);
    }
}

km_status km_app_verify(km_check_list *out, km_app *app, km_error *err)
{
    *out = (km_check_list){ .n = 0 };
    checks c = { .list = out, .app = app };

    check_atlas(&c);
    km_status st = km_store_verify(app->store, add, &c, err);
    if (st == KM_OK)
        check_records(&c);
    km_buf_clear(&c.example);
    if (st != KM_OK)
        km_check_list_clear(out);
    return st;
}

void km_check_list_clear(km_check_list *l)
{
    free(l->row);
    km_arena_clear(&l->mem);
    *l = (km_check_list){ .n = 0 };
}
