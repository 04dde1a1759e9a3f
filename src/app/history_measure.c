/* Pressure thresholds and flexibility tests, judged by their own published figures. */
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

static void put_reading(measuring *w, const char *key, km_side side, km_day day, int n, double sum,
                        double max)
{
    km_measured_list *l = w->out;
    KM_GROW(l->row, l->n, w->cap);
    l->row[l->n++] = (km_measured){ .key = key, .side = side, .sided = true, .day = day, .n = n,
                                    .mean = sum, .max = max };
}

static km_status take_ppt(void *ctx, const km_store_ppt *p, km_error *err)
{
    measuring *w = ctx;
    km_place place;
    km_status st = km_store_place(&place, w->app->store, p->place, err);

    if (st == KM_OK && km_ask_has(w->ask, w->app->atlas, &place))
        put_reading(w, km_place_code(&w->out->mem, &place), place.side, km_instant_day(p->at), p->n,
                    p->sum, p->max);
    return st;
}

static km_status take_checkin(void *ctx, const km_checkin *c, km_error *err)
{
    measuring *w = ctx;

    (void)err;
    for (int i = 0; i < c->n_flex; i++) {
        if (strcmp(c->flex[i].test, w->out->measure.code) == 0)
            put_reading(w, w->out->measure.code, c->flex[i].side, km_instant_day(c->at), 1,
                        c->flex[i].value, c->flex[i].value);
    }
    return KM_OK;
}

static int by_key_and_day(const void *a, const void *b)
{
    const km_measured *x = a, *y = b;
    int names = strcmp(x->key, y->key);
    if (names != 0)
        return names;
    if (x->side != y->side)
        return (int)x->side - (int)y->side;
    return (x->day > y->day) - (x->day < y->day);
}

static bool same_key(const km_measured *x, const km_measured *y)
{
    return x->side == y->side && strcmp(x->key, y->key) == 0;
}

/* Readings of one place and day become one row; `mean` held their sum until then. */
static void join_days(km_measured_list *l)
{
    size_t n = 0;

    for (size_t i = 0; i < l->n; i++) {
        const km_measured *r = &l->row[i];
        if (n > 0 && same_key(&l->row[n - 1], r) && l->row[n - 1].day == r->day) {
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
        if (i == 0 || !same_key(r, &l->row[i - 1])) {
            first = i;
            continue;
        }
        r->change = r->mean - r[-1].mean;
        r->verdict = judge(&l->measure, wanted, &r[-1], r);
        r->since_first = r->mean - l->row[first].mean;
        r->verdict_first = judge(&l->measure, wanted, &l->row[first], r);
    }
}

/* The measures there are: all but the two rules for pain ratings. */
static km_status no_measure(const km_atlas *a, const char *code, km_error *err)
{
    const km_table *t = km_atlas_table(a, "measures");
    km_buf codes = { 0 };

    for (int i = 0; t && i < t->n_row; i++) {
        const char *known = km_table_cell(t, i, km_table_column(t, "code"));
        if (strncmp(known, "nrs", 3) != 0)
            km_buf_printf(&codes, "%s%s", codes.len ? ", " : "", known);
    }
    km_status st =
        km_fail(err, KM_EINVAL, "%s: no measure; there are %s", code, km_buf_str(&codes));
    km_buf_clear(&codes);
    return st;
}

km_status km_app_measured(km_measured_list *out, km_app *app, const char *code,
                          const km_trend_ask *ask, km_error *err)
{
    *out = (km_measured_list){ .n = 0 };
    measuring w = { .app = app, .ask = ask, .out = out };
    int64_t client = 0, since, until;

    if (strncmp(code, "nrs", 3) == 0 || !km_measure_get(&out->measure, app->atlas, code))
        return no_measure(app->atlas, code, err);
    out->judged = !isnan(out->measure.no_change_under);
    bool ppt = strcmp(code, "ppt") == 0;
    if (!ppt && ask->n_place > 0)
        return km_fail(err, KM_EINVAL, "%s: this is measured in check-ins and takes no place",
                       code);
    km_ask_span(&since, &until, ask);
    km_status st = km_app_client_id(&client, app, err);
    if (st == KM_OK && ppt) {
        st = km_store_ppt_each(app->store, client, since, until, take_ppt, &w, err);
    } else if (st == KM_OK) {
        km_day from = ask->has_since ? km_instant_day(ask->since) : INT32_MIN;
        km_day to = ask->has_until ? km_instant_day(ask->until) : INT32_MAX;
        st = km_store_checkins_each(app->store, client, from, to, 0, take_checkin, &w, err);
    }
    if (st != KM_OK) {
        km_measured_list_clear(out);
        return st;
    }
    if (out->n > 0) {
        qsort(out->row, out->n, sizeof *out->row, by_key_and_day);
        join_days(out);
        judge_rows(out, ppt ? KM_PPT_READINGS : 1);
    }
    return KM_OK;
}

void km_measured_list_clear(km_measured_list *l)
{
    free(l->row);
    km_arena_clear(&l->mem);
    *l = (km_measured_list){ .n = 0 };
}
