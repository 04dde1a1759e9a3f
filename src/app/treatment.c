/* Treatments, and the routines a client saved. */
#include "app_impl.h"

#include "knotmap/time.h"

#include <stdlib.h>
#include <string.h>

static km_status complete(km_treatment *t, km_app *app, bool join_open, km_error *err)
{
    km_status st = KM_OK;

    if (t->at.sec == 0 && t->at.off_min == 0)
        st = km_now(&t->at, err);
    if (st == KM_OK && km_uid_is_zero(t->uid))
        st = km_app_uid(&t->uid, err);
    if (st == KM_OK && t->client_id == 0)
        st = km_app_client_id(&t->client_id, app, err);
    if (st == KM_OK)
        st = km_app_join_session(&t->session_id, &t->session_uid, t->client_id, join_open, app,
                                 err);
    if (st == KM_OK)
        st = km_treatment_check(t, err);
    if (st == KM_OK)
        st = km_app_check_past("time", t->at, err);
    if (st == KM_OK && (t->place.region || t->place.muscle))
        st = km_app_check_place(&t->place, app, false, err);
    return st;
}

/* A treatment in words for the log: "treat with smr at left:infraspinatus". */
static void treatment_words(km_buf *out, const km_treatment *t)
{
    km_buf_puts(out, "treat");
    if (t->technique >= 0)
        km_buf_printf(out, " with %s", km_word(KM_VOCAB_TECHNIQUE, t->technique));
    if (t->routine_id && !t->routine_step)
        km_buf_printf(out, " by routine %lld", (long long)t->routine_id);
    if (t->place.region || t->place.muscle) {
        km_buf_puts(out, " at ");
        km_place_print(out, &t->place);
    }
}

/* Most treatments leave these unsaid. */
static bool says_more(const km_treatment_more *m)
{
    return m->stiffness_before >= 0 || m->stiffness_after >= 0 || m->tension_before >= 0 ||
           m->tension_after >= 0 || m->stopped != KM_STOP_NONE;
}

km_status km_app_treatment_write(km_treatment *t, km_app *app, bool join_open, km_error *err)
{
    km_status st = complete(t, app, join_open, err);

    if (st == KM_OK)
        st = km_store_treatment_add(&t->id, app->store, t, err);
    for (int i = 0; i < t->n_hold && st == KM_OK; i++)
        st = km_store_hold_add(app->store, t->id, t->hold[i].beat, t->hold[i].rating, err);
    if (st == KM_OK && says_more(&t->more)) {
        t->more.treatment_id = t->id;
        st = km_store_treatment_more_put(app->store, &t->more, err);
    }
    return st;
}

km_status km_app_treatment_add(km_treatment *io, km_app *app, km_error *err)
{
    km_buf what = { 0 };
    km_status st = km_app_write_begin(app, err);

    if (st != KM_OK)
        return st;
    st = km_app_treatment_write(io, app, true, err);
    treatment_words(&what, io);
    st = km_app_write_end(app, st, what.s, io->id, err);
    km_buf_clear(&what);
    return st;
}

typedef struct one_treatment {
    km_treatment t;
    km_arena mem;
} one_treatment;

static km_status take_one(void *ctx, const km_treatment *t, km_error *err)
{
    one_treatment *one = ctx;

    (void)err;
    one->t = *t;
    km_treatment_own(&one->t, &one->mem);
    return KM_OK;
}

km_status km_app_treatment_get(km_treatment *out, km_arena *mem, km_app *app, int64_t id,
                               km_error *err)
{
    km_store_filter f = km_store_filter_all();
    one_treatment one = { .t = { .id = 0 }, .mem = *mem };
    f.id = id;
    km_status st = km_store_treatments_each(app->store, &f, take_one, &one, err);

    *mem = one.mem;
    if (st == KM_OK && one.t.id != id)
        return km_fail(err, KM_ENOTFOUND, "treatment %lld: there is no such treatment",
                       (long long)id);
    *out = one.t;
    return st;
}

km_status km_app_treatment_edit(const km_treatment *t, km_app *app, km_error *err)
{
    km_treatment edited = *t, before;
    km_arena mem = { 0 };
    km_buf what = { 0 };
    km_status st = km_app_write_begin(app, err);

    if (st != KM_OK)
        return st;
    st = km_app_treatment_get(&before, &mem, app, t->id, err);
    if (st == KM_OK) {
        edited.client_id = before.client_id;
        edited.uid = before.uid;
        st = complete(&edited, app, false, err);
    }
    if (st == KM_OK)
        st = km_store_treatment_update(app->store, &edited, err);
    km_buf_puts(&what, "amend: ");
    treatment_words(&what, &edited);
    st = km_app_write_end(app, st, what.s, t->id, err);
    km_buf_clear(&what);
    km_arena_clear(&mem);
    return st;
}

static km_status take_treatment(void *ctx, const km_treatment *t, km_error *err)
{
    km_treatment_list *l = ctx;

    (void)err;
    l->row = km_room(l->row, l->n, sizeof *l->row);
    l->row[l->n] = *t;
    km_treatment_own(&l->row[l->n], &l->mem);
    l->n++;
    return KM_OK;
}

km_status km_app_treatments_each(km_app *app, const km_mark_filter *f, km_treatment_fn fn,
                                 void *ctx, km_error *err)
{
    km_arena mem = { 0 };
    km_store_filter sf;
    km_status st = km_app_filter(&sf, &mem, app, f, err);

    if (st == KM_OK)
        st = km_store_treatments_each(app->store, &sf, fn, ctx, err);
    km_arena_clear(&mem);
    return st;
}

km_status km_app_treatments(km_treatment_list *out, km_app *app, const km_mark_filter *f,
                            km_error *err)
{
    *out = (km_treatment_list){ .n = 0 };
    km_status st = km_app_treatments_each(app, f, take_treatment, out, err);

    if (st != KM_OK)
        km_treatment_list_clear(out);
    return st;
}

void km_treatment_list_clear(km_treatment_list *l)
{
    free(l->row);
    km_arena_clear(&l->mem);
    *l = (km_treatment_list){ .n = 0 };
}

/* ---- routines ---- */

km_status km_app_routine_save(int64_t *id, km_app *app, const km_plan *plan, const char *name,
                              km_error *err)
{
    const km_atlas *a = app->atlas;
    km_store_step *step = km_calloc(plan->n ? plan->n : 1, sizeof *step);
    km_store_routine r = { .name = name && *name ? name : "routine", .step = step };
    km_buf what = { 0 };
    km_status st = km_now(&r.at, err);

    if (st == KM_OK && strlen(r.name) > KM_NAME_MAX)
        st = km_fail(err, KM_EINVAL, "name: longer than %d bytes", KM_NAME_MAX);
    if (st == KM_OK && plan->n == 0)
        st = km_fail(err, KM_EINVAL, "routine: there is no step to save");
    if (st == KM_OK)
        st = km_app_uid(&r.uid, err);
    if (st == KM_OK)
        st = km_app_client_id(&r.client_id, app, err);
    for (size_t i = 0; i < plan->n && st == KM_OK; i++) {
        const km_step *p = &plan->step[i];
        step[i] = (km_store_step){
            .step = (int)i + 1,
            .muscle = p->muscle >= 0 ? a->muscle[p->muscle].code : NULL,
            .tp = p->point >= 0 ? a->point[p->point].tp : 0,
            .side = p->side, .kind = p->kind, .tool = p->tool, .position = p->position,
            .action = p->action, .cue = p->cue, .caution = p->caution, .source = p->source,
            .seconds = p->seconds, .sets = p->sets, .pressure = p->pressure,
            .cue_count = p->cue_count,
        };
        st = km_app_uid(&step[i].uid, err);
    }
    r.n_step = plan->n;
    if (st == KM_OK)
        st = km_app_write_begin(app, err);
    if (st == KM_OK) {
        st = km_store_routine_add(id, app->store, &r, err);
        km_buf_printf(&what, "save routine %s", r.name);
        st = km_app_write_end(app, st, what.s, *id, err);
    }
    km_buf_clear(&what);
    free(step);
    return st;
}

/* A NULL of the store is an empty text to those who show it. */
static const char *shown(const char *s)
{
    return s ? s : "";
}

km_status km_app_routine_get(km_saved_routine *out, km_app *app, int64_t id, km_error *err)
{
    km_store_routine r;
    int64_t client = 0;

    *out = (km_saved_routine){ .n = 0 };
    km_status st = km_app_client_id(&client, app, err);
    if (st == KM_OK)
        st = km_store_routine_get(&r, &out->mem, app->store, client, id, err);
    if (st == KM_OK && r.client_id != client)
        st = km_fail(err, KM_ENOTFOUND, "routine %lld: it is another client's", (long long)id);
    if (st != KM_OK) {
        km_saved_routine_clear(out);
        return st;
    }
    out->id = r.id;
    out->uid = r.uid;
    out->name = r.name;
    out->at = r.at;
    out->n = r.n_step;
    out->step = km_arena_alloc(&out->mem, (r.n_step ? r.n_step : 1) * sizeof *out->step);
    for (size_t i = 0; i < r.n_step; i++) {
        const km_store_step *p = &r.step[i];
        out->step[i] = (km_saved_step){
            .id = p->id, .uid = p->uid, .step = p->step, .muscle = p->muscle, .kind = p->kind,
            .tool = shown(p->tool), .position = shown(p->position), .action = p->action,
            .cue = shown(p->cue), .caution = shown(p->caution), .source = shown(p->source),
            .side = p->side, .tp = p->tp, .seconds = p->seconds, .sets = p->sets,
            .pressure = p->pressure, .cue_count = p->cue_count,
        };
    }
    return KM_OK;
}

void km_saved_routine_clear(km_saved_routine *r)
{
    km_arena_clear(&r->mem);
    *r = (km_saved_routine){ .n = 0 };
}
