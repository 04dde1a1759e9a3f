/* The end of the page in short: what helps, and what comes next. */
#include "summary_impl.h"

#include <stdlib.h>

/* Rows of a topic that has many. */
#define HELPS_MOST 2
#define DUE_MOST 3

static int best_first(const void *a, const void *b)
{
    const km_helped *x = *(const km_helped *const *)a, *y = *(const km_helped *const *)b;

    if (x->change.median < y->change.median || x->change.median > y->change.median)
        return x->change.median < y->change.median ? -1 : 1;
    return x->change.n != y->change.n ? y->change.n - x->change.n : (x > y) - (x < y);
}

/* "compression with ball at left shoulder blade: -3.0 at once (median of 7), lasts 2 days" */
static void put_helped(km_summary_making *m, const km_helped *h)
{
    if (h->technique >= 0)
        km_kind_human(&m->s, h->what);
    else
        km_buf_puts(&m->s, h->what); /* the name of a routine keeps its signs */
    if (h->tool)
        km_buf_printf(&m->s, " with %s", h->tool);
    if (h->place.region || h->place.muscle) {
        km_buf_puts(&m->s, " at ");
        km_summary_put_place(m, &h->place);
    }
    km_buf_printf(&m->s, ": %+.1f at once (%s%d)", h->change.median,
                  h->change.n > 1 ? "median of " : "n ", (int)h->change.n);
    if (h->lasted.n > 0)
        km_buf_printf(&m->s, ", lasts %.0f day%s", h->lasted.median,
                      h->lasted.median < 1.5 ? "" : "s");
}

/* While there is too little for a verdict: the numbers there are, and that it is too little. */
static km_status add_so_far(km_summary_making *m, km_helped_by by, int seen, km_error *err)
{
    km_helped_list l;
    const km_helped *most = NULL;
    km_status st = km_app_helped(&l, m->app, KM_HELPED_PAIN, by, err);

    if (st != KM_OK)
        return st;
    for (size_t i = 0; i < l.n; i++) {
        const km_helped *h = &l.row[i];
        if (h->change.n == seen && (!most || h->change.median < most->change.median))
            most = h;
    }
    if (most) {
        km_buf_puts(&m->s, "so far ");
        put_helped(m, most);
        km_buf_printf(&m->s, "; too little to say: %d treatments of one kind are wanted",
                      KM_HELPED_LEAST);
        km_summary_add(m, KM_SUMMARY_HELPS, &most->place);
    }
    km_helped_list_clear(&l);
    return KM_OK;
}

/* What eased pain, best first. */
static km_status add_helps_by(int *n_told, int *n_seen, km_summary_making *m, km_helped_by by,
                              km_error *err)
{
    km_helped_list l;
    size_t n = 0;
    km_status st = km_app_helped(&l, m->app, KM_HELPED_PAIN, by, err);

    if (st != KM_OK)
        return st;
    const km_helped **row = km_calloc(l.n + 1, sizeof(km_helped *));
    for (size_t i = 0; i < l.n; i++) {
        if (l.row[i].change.n > *n_seen)
            *n_seen = l.row[i].change.n;
        if (l.row[i].change.n >= KM_HELPED_LEAST && l.row[i].change.median < 0)
            row[n++] = &l.row[i];
    }
    qsort(row, n, sizeof *row, best_first);
    for (size_t i = 0; i < n && i < HELPS_MOST; i++) {
        const km_helped *h = row[i];
        put_helped(m, h);
        km_summary_row *r = km_summary_add(m, KM_SUMMARY_HELPS, &h->place);
        r->times = (int)h->change.n;
        r->change = h->change.median;
    }
    *n_told += (int)n;
    free(row);
    km_helped_list_clear(&l);
    return KM_OK;
}

/* By technique; who records whole routines has these instead. */
km_status km_summary_helps(km_summary_making *m, km_error *err)
{
    static const km_helped_by by[] = { KM_HELPED_TECHNIQUE, KM_HELPED_ROUTINE };
    int told = 0, seen[2] = { 0 };
    km_status st = KM_OK;

    for (int i = 0; i < 2 && st == KM_OK && told == 0; i++)
        st = add_helps_by(&told, &seen[i], m, by[i], err);
    int most = seen[1] > seen[0];
    if (st != KM_OK || told > 0 || seen[most] == 0)
        return st;
    if (seen[most] < KM_HELPED_LEAST)
        return add_so_far(m, by[most], seen[most], err);
    km_buf_puts(&m->s, "nothing tried often enough to say eased it");
    km_summary_add(m, KM_SUMMARY_HELPS, NULL);
    return KM_OK;
}

km_status km_summary_next_up(km_summary_making *m, km_error *err)
{
    km_due_list due;
    km_goal_list goals;
    km_status st = km_app_due(&due, m->app, err);

    if (st != KM_OK)
        return st;
    if (m->glance.has_visit) {
        km_buf_puts(&m->s, "visit ");
        km_summary_put_date(m, m->glance.visit);
        int days = m->glance.visit - m->today;
        km_buf_printf(&m->s, days == 0 ? ", today" : ", in %d day%s", days, days == 1 ? "" : "s");
        km_summary_add(m, KM_SUMMARY_NEXT, NULL)->days = days;
    }
    size_t said = 0;
    for (size_t i = 0; i < due.n && said < DUE_MOST; i++) {
        if (due.row[i].kind == KM_DUE_CLINICIAN || due.row[i].kind == KM_DUE_VISIT ||
            due.row[i].kind == KM_DUE_GOAL)
            continue; /* said above and below */
        km_buf_puts(&m->s, due.row[i].text);
        km_summary_add(m, KM_SUMMARY_NEXT, NULL);
        said++;
    }
    st = km_app_goals(&goals, m->app, err);
    for (size_t i = 0; st == KM_OK && i < goals.n; i++) {
        const km_goal *g = &goals.row[i];
        if (g->done || g->kind == KM_GOAL_VISIT)
            continue;
        km_buf_printf(&m->s, "goal: %s", g->name);
        if (g->before >= 0 && g->after >= 0)
            km_buf_printf(&m->s, ", %d to %d of 10", g->before, g->after);
        if (g->has_day) {
            km_buf_puts(&m->s, ", ");
            km_summary_put_date(m, g->day);
        }
        km_summary_add(m, KM_SUMMARY_NEXT, NULL);
    }
    if (st == KM_OK)
        km_goal_list_clear(&goals);
    km_due_list_clear(&due);
    return st;
}
