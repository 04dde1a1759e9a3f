#include "care_room.h"

#include <stdlib.h>

#include "km_cmocka.h"

void now(const char *time)
{
    setenv("KNOTMAP_NOW", time, 1);
}

void room_open(room *r)
{
    *r = (room){ .t = temp_new() };
    const km_app_options opt = { .db = r->t.path, .who = "test" };
    now("2026-11-16T18:00:00Z");
    if (km_app_open(&r->app, &opt, &r->err) != KM_OK)
        fail_msg("%s", r->err.text);
}

void room_close(room *r)
{
    km_app_close(r->app);
    km_arena_clear(&r->mem);
    temp_end(&r->t);
}

void ok(room *r, km_status st)
{
    if (st != KM_OK)
        fail_msg("%s", r->err.text);
}

void mark(room *r, const char *place, km_kind kind, int intensity, km_cause cause,
          const char *at)
{
    km_mark m = km_mark_blank();
    km_ref ref;

    now(at);
    ok(r, km_atlas_resolve(&ref, km_app_atlas(r->app), place, 0, &r->err));
    m.kind = kind;
    m.intensity = intensity;
    m.cause = cause;
    ok(r, km_app_mark_place(&m, r->app, &ref, false, &r->err));
    ok(r, km_app_mark_add(&m, r->app, &r->err));
}

int64_t treat(room *r, const char *place, km_technique technique, int before, int after,
              const char *at)
{
    km_treatment t = km_treatment_blank();
    km_mark m = km_mark_blank();
    km_ref ref;

    now(at);
    ok(r, km_atlas_resolve(&ref, km_app_atlas(r->app), place, 0, &r->err));
    ok(r, km_app_mark_place(&m, r->app, &ref, false, &r->err));
    t.place = m.place;
    t.technique = (int)technique;
    t.before = before;
    t.after = after;
    ok(r, km_app_treatment_add(&t, r->app, &r->err));
    return t.id;
}

const km_due *find_due(const km_due_list *l, km_due_kind kind)
{
    for (size_t i = 0; i < l->n; i++) {
        if (l->row[i].kind == kind)
            return &l->row[i];
    }
    return NULL;
}

bool is_due(room *r, km_due_kind kind)
{
    km_due_list l;

    ok(r, km_app_due(&l, r->app, &r->err));
    bool there = find_due(&l, kind) != NULL;
    km_due_list_clear(&l);
    return there;
}
