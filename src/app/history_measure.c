/* Pressure thresholds, stiffness, tension, flexibility tests, each judged by its published figure. */
#include "history_impl.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

typedef struct measuring {
    km_app *app;
    const km_trend_ask *ask;
    km_measured_list *out;
    size_t cap;
} measuring;

/* `r->mean` is the sum of its readings until days are joined. */
static void put_reading(measuring *w, const km_measured *r)
{
    km_measured_list *l = w->out;
    KM_GROW(l->row, l->n, w->cap);
    l->row[l->n++] = *r;
}

static km_status take_ppt(void *ctx, const km_store_ppt *p, km_error *err)
{
    measuring *w = ctx;
    km_place place;
    km_status st = km_store_place(&place, w->app->store, p->place, err);

    if (st != KM_OK || !km_ask_has(w->ask, w->app->atlas, &place) ||
        !km_ask_in(w->ask, p->at.sec, p->at.off_min))
        return st;
    const km_measured r = { .key = km_place_code(&w->out->mem, &place), .side = place.side,
                            .day = km_instant_day(p->at), .n = p->n, .mean = p->sum,
                            .max = p->max, .area = p->area };
    put_reading(w, &r);
    return KM_OK;
}

static km_status take_eased(void *ctx, const km_store_eased *e, km_error *err)
{
    static const char *const moment[] = { "before", "after" };
    measuring *w = ctx;
    const int *value =
        strcmp(w->out->measure.code, "stiffness") == 0 ? e->stiffness : e->tension;
    km_place place = { .side = KM_SIDE_MIDLINE };
    km_status st = e->place ? km_store_place(&place, w->app->store, e->place, err) : KM_OK;

    if (st != KM_OK || !km_ask_has(w->ask, w->app->atlas, &place) ||
        !km_ask_in(w->ask, e->at.sec, e->at.off_min))
        return st;
    const char *key = e->place ? km_place_code(&w->out->mem, &place) : "routine";
    for (int i = 0; i < 2; i++) {
        const km_measured r = { .key = key, .side = place.side, .moment = moment[i],
                                .day = km_instant_day(e->at), .n = 1, .mean = value[i],
                                .max = value[i] };
        if (value[i] >= 0)
            put_reading(w, &r);
    }
    return KM_OK;
}

static km_status take_checkin(void *ctx, const km_checkin *c, km_error *err)
{
    measuring *w = ctx;

    (void)err;
    for (int i = 0; i < c->n_flex; i++) {
        const km_measured r = { .key = w->out->measure.code, .side = c->flex[i].side,
                                .day = km_instant_day(c->at), .n = 1, .mean = c->flex[i].value,
                                .max = c->flex[i].value };
        if (strcmp(c->flex[i].test, w->out->measure.code) == 0)
            put_reading(w, &r);
    }
    return KM_OK;
}

/* Side by side, "before" first. */
static int by_key(const km_measured *x, const km_measured *y)
{
    int names = strcmp(x->key, y->key);
    if (names != 0)
        return names;
    if (x->side != y->side)
        return (int)x->side - (int)y->side;
    return x->moment ? strcmp(y->moment, x->moment) : 0;
}

static int by_key_and_day(const void *a, const void *b)
{
    const km_measured *x = a, *y = b;
    int keys = by_key(x, y);
    if (keys != 0)
        return keys;
    if (x->day != y->day)
        return x->day > y->day ? 1 : -1;
    return (x->area > y->area) - (x->area < y->area);
}

bool km_measured_same(const km_measured *x, const km_measured *y)
{
    return by_key(x, y) == 0;
}

static bool same_probe(const km_measured *x, const km_measured *y)
{
    return !(x->area < y->area) && !(x->area > y->area);
}

/* Readings of one place, day and probe become one row; `mean` held their sum until then. */
static void join_days(km_measured_list *l)
{
    size_t n = 0;

    for (size_t i = 0; i < l->n; i++) {
        const km_measured *r = &l->row[i];
        if (n > 0 && km_measured_same(&l->row[n - 1], r) && l->row[n - 1].day == r->day &&
            same_probe(&l->row[n - 1], r)) {
            l->row[n - 1].n += r->n;
            l->row[n - 1].mean += r->mean;
            l->row[n - 1].max = fmax(l->row[n - 1].max, r->max);
        } else {
            l->row[n++] = *r;
        }
    }
    l->n = n;
    for (size_t i = 0; i < n; i++)
        l->row[i].mean /= l->row[i].n;
}

static km_verdict judge(const km_measure *m, int wanted, const km_measured *before,
                        const km_measured *after)
{
    if (before->n < wanted || after->n < wanted)
        return KM_VERDICT_TOO_FEW;
    return km_judge_measure(m, before->mean, after->mean);
}

static void judge_rows(km_measured_list *l, int wanted)
{
    size_t first = 0;

    for (size_t i = 0; i < l->n; i++) {
        km_measured *r = &l->row[i];
        r->change = r->since_first = NAN;
        r->verdict = r->verdict_first = KM_VERDICT_TOO_FEW;
        if (i == 0 || !km_measured_same(r, &l->row[i - 1]))
            first = i;
        size_t was = i, begin = first; /* with the same probe: another presses harder or softer */
        while (was > first && !same_probe(&l->row[was - 1], r))
            was--;
        if (was == first)
            continue;
        while (!same_probe(&l->row[begin], r))
            begin++;
        r->change = r->mean - l->row[was - 1].mean;
        r->verdict = judge(&l->measure, wanted, &l->row[was - 1], r);
        r->since_first = r->mean - l->row[begin].mean;
        r->verdict_first = judge(&l->measure, wanted, &l->row[begin], r);
    }
}

/* The measures there are: all but the two rules for pain ratings. */
static km_status no_measure(const km_atlas *a, const char *code, km_error *err)
{
    km_buf codes = { 0 };
    km_measure m;

    for (int i = 0; km_measure_at(&m, a, i); i++) {
        if (m.taken != KM_TAKEN_RATING)
            km_buf_printf(&codes, "%s%s", codes.len ? ", " : "", m.code);
    }
    km_status st =
        km_fail(err, KM_EINVAL, "%s: no measure; there are %s", code, km_buf_str(&codes));
    km_buf_clear(&codes);
    return st;
}

static km_status read_values(measuring *w, km_error *err)
{
    const km_trend_ask *ask = w->ask;
    int64_t client = 0, since, until;
    km_status st = km_app_client_id(&client, w->app, err);

    if (st != KM_OK)
        return st;
    km_ask_span(&since, &until, ask);
    if (w->out->measure.taken == KM_TAKEN_MARK)
        return km_store_ppt_each(w->app->store, client, since, until, take_ppt, w, err);
    if (w->out->measure.taken == KM_TAKEN_TREATMENT)
        return km_store_eased_each(w->app->store, client, since, until, take_eased, w, err);
    km_day from = ask->has_since ? km_instant_day(ask->since) : INT32_MIN;
    km_day to = ask->has_until ? km_instant_day(ask->until) : INT32_MAX;
    return km_store_checkins_each(w->app->store, client, from, to, 0, take_checkin, w, err);
}

km_status km_app_measured(km_measured_list *out, km_app *app, const char *code,
                          const km_trend_ask *ask, km_error *err)
{
    *out = (km_measured_list){ .n = 0 };
    measuring w = { .app = app, .ask = ask, .out = out };
    km_measure *m = &out->measure;

    if (!km_measure_get(m, app->atlas, code) || m->taken == KM_TAKEN_RATING)
        return no_measure(app->atlas, code, err);
    out->judged = !isnan(m->no_change_under);
    if (m->taken == KM_TAKEN_CHECKIN && ask->n_place > 0)
        return km_fail(err, KM_EINVAL, "%s: this is measured in check-ins and takes no place",
                       code);
    km_status st = read_values(&w, err);
    if (st != KM_OK) {
        km_measured_list_clear(out);
        return st;
    }
    if (out->n > 0) {
        qsort(out->row, out->n, sizeof *out->row, by_key_and_day);
        join_days(out);
        judge_rows(out, m->taken == KM_TAKEN_MARK ? KM_PPT_READINGS : 1);
    }
    return KM_OK;
}

void km_measured_list_clear(km_measured_list *l)
{
    free(l->row);
    km_arena_clear(&l->mem);
    *l = (km_measured_list){ .n = 0 };
}
