/* What is said during and after a treatment. */
#include "care_impl.h"

#include "knotmap/time.h"

#include <stdlib.h>
#include <string.h>

static km_status check_rating(const char *what, int v, km_error *err)
{
    return v >= -1 && v <= 10 ? KM_OK
                              : km_fail(err, KM_EINVAL, "%s %d: outside 0..10", what, v);
}

/* A treatment of the current client. */
static km_status own_treatment(km_app *app, int64_t id, km_error *err)
{
    int64_t client = 0, whose = 0;
    km_status st = km_app_client_id(&client, app, err);

    if (st == KM_OK)
        st = km_store_treatment_client(&whose, app->store, id, err);
    if (st == KM_OK && whose != client)
        st = km_fail(err, KM_ENOTFOUND, "treatment %lld: it is another client's", (long long)id);
    return st;
}

/* ---- aftercare ---- */

km_status km_app_aftercare_put(const km_aftercare *in, km_app *app, km_error *err)
{
    km_aftercare a = *in;
    km_buf what = { 0 };
    km_status st = km_aftercare_check(&a, err);

    if (st == KM_OK && a.at.sec == 0 && a.at.off_min == 0)
        st = km_now(&a.at, err);
    if (st == KM_OK)
        st = own_treatment(app, a.treatment_id, err);
    if (st == KM_OK)
        st = km_app_write_begin(app, err);
    if (st != KM_OK)
        return st;
    st = km_store_aftercare_put(app->store, &a, err);
    km_buf_printf(&what, "answer %d h after treatment %lld", a.hours, (long long)a.treatment_id);
    st = km_app_write_end(app, st, what.s, a.treatment_id, err);
    km_buf_clear(&what);
    return st;
}

const char *km_aftercare_warning(const km_aftercare *a)
{
    if (a->response == KM_RESPONSE_WORSE && a->hours >= 48)
        return "Worse two days on is no part of the usual course: press less or not at all there, "
               "and have it looked at.";
    if (a->response == KM_RESPONSE_SORE && a->hours >= 48)
        return "Soreness after pressure usually fades within 36 hours; past two to three days have "
               "it looked at, and press less next time.";
    return NULL;
}

/* ---- ratings of holds ---- */

/* What the first rating of a hold says is the pain before, what the last says the pain after. */
static km_status set_before_after(km_app *app, int64_t id, km_hold_beat beat, int rating,
                                  km_error *err)
{
    km_arena mem = { 0 };
    km_treatment t;
    km_status st = km_app_treatment_get(&t, &mem, app, id, err);
    if (st == KM_OK) {
        if (beat == KM_HOLD_END)
            t.after = rating;
        else if (t.before < 0)
            t.before = rating;
        st = km_store_treatment_update(app->store, &t, err);
    }
    km_arena_clear(&mem);
    return st;
}

km_status km_app_hold_rating(km_app *app, int64_t treatment_id, km_hold_beat beat, int rating,
                             km_error *err)
{
    km_buf what = { 0 };
    km_status st = KM_OK;

    if (rating < 0 || rating > 10)
        return km_fail(err, KM_EINVAL, "rating %d: outside 0..10", rating);
    st = own_treatment(app, treatment_id, err);
    if (st == KM_OK)
        st = km_app_write_begin(app, err);
    if (st != KM_OK)
        return st;
    st = km_store_hold_add(app->store, treatment_id, (int)beat, rating, err);
    if (st == KM_OK && beat != KM_HOLD_MIDDLE)
        st = set_before_after(app, treatment_id, beat, rating, err);
    km_buf_printf(&what, "rate a hold of treatment %lld", (long long)treatment_id);
    st = km_app_write_end(app, st, what.s, treatment_id, err);
    km_buf_clear(&what);
    return st;
}

km_status km_app_hold_stopped(km_app *app, int64_t treatment_id, const char *why, km_error *err)
{
    km_arena mem = { 0 };
    km_treatment t;
    int stop = KM_STOP_NONE;
    char word[32];

    /* "above 7" as people write it, "above_7" as the word is */
    size_t n = strlen(why);
    for (size_t i = 0; i <= n && i < sizeof word; i++)
        word[i] = why[i] == ' ' ? '_' : why[i];
    word[sizeof word - 1] = '\0';
    km_status st = km_word_parse(&stop, KM_VOCAB_STOP, "stopped", word, err);
    if (st == KM_OK)
        st = km_app_treatment_get(&t, &mem, app, treatment_id, err);
    if (st == KM_OK) {
        t.more.stopped = (km_stop)stop;
        st = km_app_treatment_more(&t.more, app, err);
    }
    km_arena_clear(&mem);
    return st;
}

static km_status check_more(const km_treatment_more *m, km_error *err)
{
    km_status st = check_rating("stiffness", m->stiffness_before, err);

    if (st == KM_OK)
        st = check_rating("stiffness", m->stiffness_after, err);
    if (st == KM_OK)
        st = check_rating("tension", m->tension_before, err);
    return st == KM_OK ? check_rating("tension", m->tension_after, err) : st;
}

km_status km_app_treatment_more(const km_treatment_more *m, km_app *app, km_error *err)
{
    km_buf what = { 0 };
    km_status st = check_more(m, err);

    if (st == KM_OK)
        st = own_treatment(app, m->treatment_id, err);
    if (st == KM_OK)
        st = km_app_write_begin(app, err);
    if (st != KM_OK)
        return st;
    st = km_store_treatment_more_put(app->store, m, err);
    km_buf_printf(&what, "amend treatment %lld", (long long)m->treatment_id);
    st = km_app_write_end(app, st, what.s, m->treatment_id, err);
    km_buf_clear(&what);
    return st;
}

km_status km_app_treatment_record(km_treatment *io, const km_treatment_more *more, const int *hold,
                                  int n_hold, km_app *app, km_error *err)
{
    if (more)
        io->more = *more;
    for (io->n_hold = 0; io->n_hold < n_hold && io->n_hold < KM_HOLD_MAX; io->n_hold++) {
        int i = io->n_hold;
        if (hold[i] < 0 || hold[i] > 10)
            return km_fail(err, KM_EINVAL, "rating %d: outside 0..10", hold[i]);
        io->hold[i] = (km_hold){ .beat = (int8_t)(i % KM_HOLD_BEAT_COUNT),
                                 .rating = (int8_t)hold[i] };
    }
    return km_app_treatment_add(io, app, err);
}

static bool says_more(const km_treatment_more *m)
{
    return m->stiffness_before >= 0 || m->stiffness_after >= 0 || m->tension_before >= 0 ||
           m->tension_after >= 0 || m->stopped != KM_STOP_NONE;
}

km_status km_app_treatment_amend(const km_treatment *t, km_app *app, km_error *err)
{
    km_arena mem = { 0 };
    km_treatment before;
    km_treatment_more more = t->more;
    km_status st = km_app_treatment_get(&before, &mem, app, t->id, err);

    if (st == KM_OK)
        st = km_app_bulk_begin(app, "amend a treatment", err);
    if (st == KM_OK) {
        more.treatment_id = t->id;
        st = km_app_treatment_edit(t, app, err);
        if (st == KM_OK && (says_more(&more) || says_more(&before.more)))
            st = km_app_treatment_more(&more, app, err);
        km_status end = km_app_bulk_end(app, st == KM_OK, st == KM_OK ? err : NULL);
        st = st == KM_OK ? end : st;
    }
    km_arena_clear(&mem);
    return st;
}

/* ---- courses ---- */

static km_status take_treatment(void *ctx, const km_treatment *t, km_error *err)
{
    km_course_list *l = ctx;

    (void)err;
    l->row = km_room(l->row, l->n, sizeof *l->row);
    km_course *c = &l->row[l->n++];
    *c = (km_course){ .treatment = *t, .more = t->more };
    km_treatment_own(&c->treatment, &l->mem);
    while (c->n_hold < t->n_hold && c->n_hold < (int)(sizeof c->hold / sizeof *c->hold)) {
        c->hold[c->n_hold] = t->hold[c->n_hold].rating;
        c->n_hold++;
    }
    return KM_OK;
}

/* Rows by id of their treatment. */
typedef struct course_index {
    km_course_list *list;
    km_course **by_id;
} course_index;

static int compare_ids(const void *a, const void *b)
{
    const km_course *x = *(km_course *const *)a, *y = *(km_course *const *)b;
    return (x->treatment.id > y->treatment.id) - (x->treatment.id < y->treatment.id);
}

static km_course *course_of(const course_index *x, int64_t id)
{
    size_t low = 0, high = x->list->n;

    while (low < high) {
        size_t mid = low + (high - low) / 2;
        if (x->by_id[mid]->treatment.id < id)
            low = mid + 1;
        else
            high = mid;
    }
    return low < x->list->n && x->by_id[low]->treatment.id == id ? x->by_id[low] : NULL;
}

static km_status add_answer(void *ctx, const km_aftercare *a, km_error *err)
{
    course_index *x = ctx;
    km_course *c = course_of(x, a->treatment_id);

    (void)err;
    if (c) {
        km_aftercare *to = &c->after[a->hours / 24 - 1];
        *to = *a;
        to->note = km_arena_strdup(&x->list->mem, a->note);
    }
    return KM_OK;
}

km_status km_app_courses(km_course_list *out, km_app *app, const km_mark_filter *f, km_error *err)
{
    *out = (km_course_list){ .n = 0 };
    course_index x = { .list = out };
    int64_t client = 0;
    km_status st = km_app_client_id(&client, app, err);

    if (st == KM_OK)
        st = km_app_treatments_each(app, f, take_treatment, out, err);
    if (st == KM_OK && out->n) {
        int64_t since = INT64_MAX;
        x.by_id = km_calloc(out->n, sizeof *x.by_id);
        for (size_t i = 0; i < out->n; i++) {
            int64_t at = out->row[i].treatment.at.sec;
            since = at < since ? at : since;
            x.by_id[i] = &out->row[i];
        }
        qsort(x.by_id, out->n, sizeof *x.by_id, compare_ids);
        st = km_store_aftercare_each(app->store, client, since, add_answer, &x, err);
        free(x.by_id);
    }
    if (st != KM_OK)
        km_course_list_clear(out);
    return st;
}

void km_course_list_clear(km_course_list *l)
{
    free(l->row);
    km_arena_clear(&l->mem);
    *l = (km_course_list){ .n = 0 };
}
