/** What the day shows: its check-in, the one before, the week, what is due. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "day.h"

#define USUAL_DAYS 28
#define WEEKS 12

void tui_day_add_row(day_view *v, row_kind kind, int item)
{
    KM_GROW(v->row, v->n, v->cap);
    v->row[v->n++] = (day_row){ kind, item };
}

static const km_measure *test_of(const day_view *v, const char *code)
{
    for (int i = 0; i < v->n_test; i++) {
        if (strcmp(v->test[i].code, code) == 0)
            return &v->test[i];
    }
    return NULL;
}

static flex_row *flex_row_of(day_view *v, const char *code, km_side side)
{
    const km_measure *test = test_of(v, code);
    for (int i = 0; i < v->n_flex; i++) {
        if (v->flex[i].test == test && v->flex[i].side == side)
            return &v->flex[i];
    }
    if (!test || v->n_flex == FLEX_ROWS)
        return NULL;
    flex_row *f = &v->flex[v->n_flex++];
    *f = (flex_row){ test, side, NAN, NAN };
    return f;
}

static int by_test(const void *a, const void *b)
{
    const flex_row *x = a, *y = b;
    if (x->test != y->test)
        return x->test < y->test ? -1 : 1;
    return (int)x->side - (int)y->side;
}

/** Tests ever measured up to the day, and those of the day itself. */
static void load_flex(km_tui *t, day_view *v)
{
    km_error err = { 0 };
    km_checkin_list all;
    v->n_test = (int)km_app_flex_tests(v->test, TESTS_MAX, t->atlas);
    v->n_flex = 0;
    if (km_app_checkins(&all, t->app, v->day - 366, v->day, 0, &err) == KM_OK) {
        for (size_t i = 0; i < all.n; i++) {
            for (int k = 0; k < all.row[i].n_flex; k++) {
                const km_flex *x = &all.row[i].flex[k];
                flex_row *f = flex_row_of(v, x->test, x->side);
                if (f && isnan(f->last)) /* newest first */
                    f->last = x->value;
            }
        }
        km_checkin_list_clear(&all);
    } else {
        tui_fail(t, &err);
    }
    for (int k = 0; k < v->c.n_flex; k++) {
        flex_row *f = flex_row_of(v, v->c.flex[k].test, v->c.flex[k].side);
        if (f)
            f->value = v->c.flex[k].value;
    }
    qsort(v->flex, (size_t)v->n_flex, sizeof v->flex[0], by_test);
}

static void load_usual(km_tui *t, day_view *v)
{
    km_error err = { 0 };
    km_checkin_list all;
    int n = 0, sum = 0;
    v->usual = NAN;
    if (km_app_checkins(&all, t->app, v->day - USUAL_DAYS, v->day, 0, &err) != KM_OK) {
        tui_fail(t, &err);
        return;
    }
    for (size_t i = 0; i < all.n; i++) {
        int h = km_checkin_hooper(&all.row[i]);
        if (h >= 0) {
            sum += h;
            n++;
        }
    }
    if (n > 0)
        v->usual = (double)sum / n;
    km_checkin_list_clear(&all);
}

static void load_week(km_tui *t, day_view *v)
{
    km_error err = { 0 };
    km_week week[WEEKS];
    v->has_week = false;
    if (km_app_plan_get(&v->plan, t->app, &err) != KM_OK ||
        km_app_weeks(week, WEEKS, t->app, &err) != KM_OK) {
        tui_fail(t, &err);
        return;
    }
    for (int i = 0; i < WEEKS; i++) {
        if (week[i].monday == km_day_week(v->day)) {
            v->week = week[i];
            v->has_week = true;
        }
    }
}

void tui_day_load(km_tui *t, view *base)
{
    day_view *v = (day_view *)base;
    km_error err = { 0 };
    if (!v->chosen)
        v->day = t->today;
    km_arena_clear(&v->mem);
    km_due_list_clear(&v->due);
    v->c = v->before = km_checkin_blank();
    km_status st = km_app_checkin_get(&v->c, &v->mem, t->app, v->day, &err);
    v->stored = st == KM_OK;
    if (st != KM_OK && st != KM_ENOTFOUND)
        tui_fail(t, &err);
    if (!v->stored)
        v->c = km_checkin_blank();
    if (km_app_checkin_default(&v->before, &v->mem, t->app, v->day, &err) != KM_OK)
        v->before = km_checkin_blank();
    load_usual(t, v);
    load_week(t, v);
    load_flex(t, v);
    if (v->day == t->today && km_app_due(&v->due, t->app, &err) != KM_OK)
        tui_fail(t, &err);

    v->n = 0;
    for (int i = 0; i < 4; i++)
        tui_day_add_row(v, ROW_HOOPER, i);
    tui_day_add_row(v, ROW_DID, 0);
    tui_day_add_row(v, ROW_TEN, 0);
    tui_day_add_row(v, ROW_TEN, 1);
    for (int i = 0; i < v->n_flex; i++)
        tui_day_add_row(v, ROW_FLEX, i);
    tui_day_add_row(v, ROW_FLEX_ADD, 0);
    for (size_t i = 0; i < v->due.n; i++) {
        if (v->due.row[i].kind != KM_DUE_CHECKIN) /* that is this very page */
            tui_day_add_row(v, ROW_DUE, (int)i);
    }
}
