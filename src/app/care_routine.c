/* The routines a client saved: listing, editing, removing. */
#include "care_impl.h"

#include <stdlib.h>
#include <string.h>

#define PAUSE 10       /* seconds between two steps */
#define PIR_RELEASE 15 /* seconds of letting go after each contract-relax set */

int km_saved_step_total(const km_saved_step *s)
{
    bool pir = strcmp(s->kind, km_word(KM_VOCAB_TECHNIQUE, KM_TECH_PIR)) == 0;
    return (s->seconds + (pir ? PIR_RELEASE : 0)) * (s->sets > 1 ? s->sets : 1) + PAUSE;
}

static km_status take_routine(void *ctx, const km_store_routine *r, km_error *err)
{
    km_routine_list *l = ctx;

    (void)err;
    l->row = km_room(l->row, l->n, sizeof *l->row);
    l->row[l->n++] = (km_routine_head){ .id = r->id, .uid = r->uid, .at = r->at,
                                        .name = km_arena_strdup(&l->mem, r->name) };
    return KM_OK;
}

km_status km_app_routines(km_routine_list *out, km_app *app, km_error *err)
{
    *out = (km_routine_list){ .n = 0 };
    int64_t client = 0;
    km_status st = km_app_client_id(&client, app, err);

    if (st == KM_OK)
        st = km_store_routines_each(app->store, client, take_routine, out, err);
    for (size_t i = 0; i < out->n && st == KM_OK; i++) {
        km_saved_routine r;
        st = km_app_routine_get(&r, app, out->row[i].id, err);
        if (st != KM_OK)
            break;
        out->row[i].steps = (int)r.n;
        for (size_t k = 0; k < r.n; k++)
            out->row[i].seconds += km_saved_step_total(&r.step[k]);
        out->row[i].seconds -= r.n ? PAUSE : 0;
        km_saved_routine_clear(&r);
    }
    if (st != KM_OK)
        km_routine_list_clear(out);
    return st;
}

void km_routine_list_clear(km_routine_list *l)
{
    free(l->row);
    km_arena_clear(&l->mem);
    *l = (km_routine_list){ .n = 0 };
}

static km_status check_range(const char *what, int v, int low, int high, km_error *err)
{
    return v == -1 || (v >= low && v <= high)
               ? KM_OK
               : km_fail(err, KM_EINVAL, "%s %d: outside %d..%d", what, v, low, high);
}

static km_status check_edit(const km_routine_edit *e, const km_saved_routine *r, km_error *err)
{
    km_status st = check_range("seconds", e->seconds, 1, 3600, err);

    if (st == KM_OK)
        st = check_range("sets", e->sets, 1, 10, err);
    if (st == KM_OK)
        st = check_range("pressure", e->pressure, 0, 7, err);
    if (st == KM_OK && e->name && (!*e->name || strlen(e->name) > KM_NAME_MAX))
        st = km_fail(err, KM_EINVAL, "name: it needs 1 to %d bytes", KM_NAME_MAX);
    if (st != KM_OK || e->step == 0)
        return st;
    int n = (int)r->n;
    if (e->step < 1 || e->step > n)
        return km_fail(err, KM_EINVAL, "step %d: routine %lld has steps 1..%d", e->step,
                       (long long)r->id, n);
    if (e->move_to < 0 || e->move_to > n)
        return km_fail(err, KM_EINVAL, "position %d: routine %lld has steps 1..%d", e->move_to,
                       (long long)r->id, n);
    if (e->drop && n == 1)
        return km_fail(err, KM_EINVAL, "step 1: it is the only one; remove the routine instead");
    const km_saved_step *s = &r->step[e->step - 1];
    if (e->pressure > s->pressure && *s->caution) {
        return km_mend(km_fail(err, KM_EINVAL,
                               "pressure %d: step %d has a caution and may only be made softer "
                               "than %d",
                               e->pressure, e->step, s->pressure),
                       err, "%.200s", s->caution);
    }
    return KM_OK;
}

static km_store_step stored(const km_saved_step *s)
{
    return (km_store_step){ .uid = s->uid, .step = s->step, .muscle = s->muscle, .tp = s->tp,
                            .side = s->side, .kind = s->kind, .tool = s->tool,
                            .position = s->position, .action = s->action, .cue = s->cue,
                            .caution = s->caution, .source = s->source, .seconds = s->seconds,
                            .sets = s->sets, .pressure = s->pressure, .cue_count = s->cue_count };
}

/* Apply the edit to the steps; returns how many are left. */
static size_t edit_steps(km_store_step *step, size_t n, const km_routine_edit *e)
{
    size_t at = (size_t)e->step - 1;
    km_store_step one = step[at];

    if (e->seconds > 0)
        one.seconds = e->seconds;
    if (e->sets > 0)
        one.sets = e->sets;
    if (e->pressure >= 0)
        one.pressure = e->pressure;
    memmove(&step[at], &step[at + 1], (n - at - 1) * sizeof *step);
    n--;
    if (!e->drop) {
        size_t to = e->move_to > 0 ? (size_t)e->move_to - 1 : at;
        memmove(&step[to + 1], &step[to], (n - to) * sizeof *step);
        step[to] = one;
        n++;
    }
    for (size_t i = 0; i < n; i++)
        step[i].step = (int)i + 1;
    return n;
}

km_status km_app_routine_edit(km_app *app, int64_t id, const km_routine_edit *e, km_error *err)
{
    km_saved_routine r;
    km_buf what = { 0 };
    km_status st = km_app_routine_get(&r, app, id, err);

    if (st != KM_OK)
        return st;
    km_store_step *step = km_calloc(r.n + 1, sizeof *step);
    size_t n = r.n;
    for (size_t i = 0; i < r.n; i++)
        step[i] = stored(&r.step[i]);
    st = check_edit(e, &r, err);
    if (st == KM_OK && e->step)
        n = edit_steps(step, n, e);
    if (st == KM_OK)
        st = km_app_write_begin(app, err);
    if (st == KM_OK) {
        if (e->name)
            st = km_store_routine_rename(app->store, r.id, e->name, err);
        if (st == KM_OK && e->step)
            st = km_store_routine_steps(app->store, r.id, step, n, err);
        km_buf_printf(&what, "edit routine %s", e->name ? e->name : r.name);
        st = km_app_write_end(app, st, what.s, r.id, err);
    }
    km_buf_clear(&what);
    free(step);
    km_saved_routine_clear(&r);
    return st;
}

km_status km_app_routine_remove(km_app *app, int64_t id, km_error *err)
{
    km_saved_routine r;
    km_buf what = { 0 };
    km_status st = km_app_routine_get(&r, app, id, err);

    if (st != KM_OK)
        return st;
    st = km_app_write_begin(app, err);
    if (st == KM_OK) {
        st = km_store_routine_remove(app->store, r.id, err);
        km_buf_printf(&what, "remove routine %s", r.name);
        st = km_app_write_end(app, st, what.s, r.id, err);
    }
    km_buf_clear(&what);
    km_saved_routine_clear(&r);
    return st;
}
