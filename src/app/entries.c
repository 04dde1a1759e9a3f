/* Every record of one kind, for an export. */
#include "app_impl.h"
#include "knotmap/time.h"

typedef struct sink {
    km_entry_fn fn;
    void *ctx;
    km_day today;
} sink;

/* The same for every kind, told apart by the type of its callback. */
#define PASS(name, type)                                                                      \
    static km_status name(void *ctx, const type *record, km_error *err)                       \
    {                                                                                         \
        const sink *s = ctx;                                                                  \
        return s->fn(s->ctx, record, err);                                                    \
    }

PASS(pass_mark, km_mark)
PASS(pass_session, km_session)
PASS(pass_treatment, km_treatment)
PASS(pass_checkin, km_checkin)
PASS(pass_plan, km_client_plan)
PASS(pass_answer, km_aftercare)
PASS(pass_problem, km_problem)
PASS(pass_amendment, km_amendment)
PASS(pass_finding, km_finding)
PASS(pass_step, km_routine_step)

static km_status pass_goal(void *ctx, const km_goal *g, km_error *err)
{
    const sink *s = ctx;
    const km_goal_row row = { .goal = *g, .today = s->today };

    return s->fn(s->ctx, &row, err);
}

/* Everybody, those put away too: clients are not anybody's records. */
static km_status each_client(km_app *app, const sink *s, km_error *err)
{
    km_client_list list = { 0 };
    km_status st = km_app_clients(&list, app, true, err);

    for (size_t i = 0; i < list.n && st == KM_OK; i++)
        st = s->fn(s->ctx, &list.row[i], err);
    km_client_list_clear(&list);
    return st;
}

km_status km_app_entries_each(km_app *app, km_what what, bool all_clients, km_entry_fn fn,
                              void *ctx, km_error *err)
{
    sink s = { .fn = fn, .ctx = ctx };
    km_store_filter f = km_store_filter_all();
    km_instant now;
    int64_t client = 0;
    km_status st = km_now(&now, err);

    if (st == KM_OK && !all_clients && what != KM_WHAT_CLIENTS)
        st = km_app_client_id(&client, app, err);
    if (st != KM_OK)
        return st;
    s.today = km_instant_day(now);
    /* oldest first, so that ids come out in the same order where they are imported */
    f.client_id = client;
    f.oldest_first = true;
    switch (what) {
    case KM_WHAT_CLIENTS:
        return each_client(app, &s, err);
    case KM_WHAT_SESSIONS:
        return km_store_sessions_each(app->store, client, 0, pass_session, &s, err);
    case KM_WHAT_TREATMENTS:
        return km_store_treatments_each(app->store, &f, pass_treatment, &s, err);
    case KM_WHAT_CHECKINS:
        return km_store_checkins_each(app->store, client, INT32_MIN, INT32_MAX, 0, pass_checkin,
                                      &s, err);
    case KM_WHAT_PLANS:
        return km_store_week_plans_each(app->store, client, pass_plan, &s, err);
    case KM_WHAT_GOALS:
        return km_store_goals_each(app->store, client, pass_goal, &s, err);
    case KM_WHAT_AFTERCARE:
        return km_store_aftercare_each(app->store, client, INT64_MIN, pass_answer, &s, err);
    case KM_WHAT_PROBLEMS:
        return km_store_problems_each(app->store, client, pass_problem, &s, err);
    case KM_WHAT_AMENDMENTS:
        return km_store_amendments_each(app->store, client, 0, pass_amendment, &s, err);
    case KM_WHAT_FINDINGS:
        return km_store_findings_each(app->store, client, pass_finding, &s, err);
    case KM_WHAT_ROUTINES:
        return km_store_routine_steps_each(app->store, client, pass_step, &s, err);
    default:
        return km_store_marks_each(app->store, &f, pass_mark, &s, err);
    }
}
