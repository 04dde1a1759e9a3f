/** goal add, list, show, edit, remove; problem, problems. */
#include <string.h>

#include "command.h"
#include "knotmap/care.h"

/* `o`: the outcomes beside it, which only `goal show` asks for. */
static void put_goal(km_rows *r, const km_cli *c, const km_goal *g, const km_outcomes *o)
{
    km_goal_row row = { .goal = *g, .today = km_instant_day(c->now) };

    if (o) {
        row.motion = o->motion;
        row.pain = o->pain;
        row.sooner = o->sooner;
        row.feel = o->feel;
    }
    km_rows_record(r, KM_WHAT_GOALS, &row, NULL);
}

static km_status print_goal(km_cli *c, int64_t id, bool outcomes, km_error *err)
{
    km_arena mem = { 0 };
    km_outcomes o = { .motion = NULL };
    km_goal g;
    km_status st = km_app_goal_get(&g, &mem, c->app, id, err);

    if (st == KM_OK && outcomes)
        st = km_app_outcomes(&o, c->app, err);
    if (st == KM_OK) {
        km_rows *r = km_record_card(c, KM_WHAT_GOALS);
        put_goal(r, c, &g, outcomes ? &o : NULL);
        st = km_rows_close(r, err);
    }
    km_outcomes_clear(&o);
    km_arena_clear(&mem);
    return st;
}

static km_status read_goal(km_goal *g, const km_cli *c, km_error *err)
{
    int kind = (int)g->kind;
    km_instant at = c->now;
    const char *text;

    TRY(km_opt_word(&kind, c, OPT_KIND, KM_VOCAB_GOAL, err));
    g->kind = (km_goal_kind)kind;
    TRY(km_opt_int(&g->before, c, OPT_BEFORE, 0, 10, err));
    TRY(km_opt_int(&g->after, c, OPT_AFTER, 0, 10, err));
    TRY(km_opt_time(NULL, &at, c, OPT_AT, false, err));
    if (km_has(c, OPT_AT)) {
        g->has_day = true;
        g->day = km_instant_day(at);
    }
    if ((text = km_value(c, OPT_NAME)) != NULL)
        g->name = text;
    if ((text = km_value(c, OPT_NOTE)) != NULL)
        g->note = text;
    if (km_has(c, OPT_DONE) && km_has(c, OPT_NOT_DONE))
        return km_fail(err, KM_EUSAGE, "--done: it contradicts --not-done");
    if (km_has(c, OPT_DONE) || km_has(c, OPT_NOT_DONE))
        g->done = km_has(c, OPT_DONE);
    return KM_OK;
}

km_status km_run_goal_add(km_cli *c, km_error *err)
{
    km_goal g = km_goal_blank();

    g.name = c->args.pos[0];
    TRY(read_goal(&g, c, err));
    TRY(km_goal_check(&g, err));
    TRY(km_need_app(c, NULL, err));
    TRY(km_app_goal_add(&g, c->app, err));
    c->stored = true;
    return print_goal(c, g.id, false, err);
}

km_status km_run_goal_list(km_cli *c, km_error *err)
{
    km_goal_list list;

    TRY(km_need_app(c, NULL, err));
    TRY(km_app_goals(&list, c->app, err));
    km_rows *r = km_record_listing(c, KM_WHAT_GOALS);
    for (size_t i = 0; i < list.n; i++) {
        if (!list.row[i].done || km_has(c, OPT_ALL))
            put_goal(r, c, &list.row[i], NULL);
    }
    const char *none = list.n ? "No goal is open; --all lists those reached." : "No goals.";
    km_status st = km_listing_close(r, c, none, err);
    km_goal_list_clear(&list);
    return st;
}

km_status km_run_goal_show(km_cli *c, km_error *err)
{
    int64_t id;

    TRY(km_arg_id(&id, c, 0, err));
    TRY(km_need_app(c, NULL, err));
    return print_goal(c, id, true, err);
}

static km_status clear_field(km_goal *g, const char *field, km_error *err)
{
    if (strcmp(field, "day") == 0)
        g->has_day = false;
    else if (strcmp(field, "before") == 0)
        g->before = -1;
    else if (strcmp(field, "after") == 0)
        g->after = -1;
    else if (strcmp(field, "note") == 0)
        g->note = NULL;
    else
        return km_fail(err, KM_EINVAL, "--clear: %s is no field that can be empty", field);
    return KM_OK;
}

km_status km_run_goal_edit(km_cli *c, km_error *err)
{
    km_arena mem = { 0 };
    km_goal g;
    int64_t id;
    const char *field;

    TRY(km_arg_id(&id, c, 0, err));
    if (!km_has_own(c))
        return km_fail(err, KM_EUSAGE, "goal edit: say what to change");
    TRY(km_need_app(c, NULL, err));
    km_status st = km_app_goal_get(&g, &mem, c->app, id, err);
    for (int i = 0; st == KM_OK && (field = km_value_nth(c, OPT_CLEAR, i)) != NULL; i++)
        st = clear_field(&g, field, err);
    if (st == KM_OK)
        st = read_goal(&g, c, err);
    if (st == KM_OK)
        st = km_app_goal_edit(&g, c->app, err);
    if (st == KM_OK) {
        c->stored = true;
        st = print_goal(c, id, false, err);
    }
    km_arena_clear(&mem);
    return st;
}

km_status km_run_goal_remove(km_cli *c, km_error *err)
{
    km_arena mem = { 0 };
    km_goal g;
    int64_t id;

    TRY(km_arg_id(&id, c, 0, err));
    TRY(km_need_app(c, NULL, err));
    km_status st = km_app_goal_get(&g, &mem, c->app, id, err);
    if (st == KM_OK)
        st = km_app_goal_remove(c->app, id, err);
    if (st == KM_OK) {
        c->stored = true;
        km_rows *r = km_record_card(c, KM_WHAT_GOALS);
        put_goal(r, c, &g, NULL);
        st = km_rows_close(r, err);
    }
    km_arena_clear(&mem);
    return st;
}

/* ---- weekly problem records ---- */

static km_status print_problems(km_cli *c, int64_t only, km_error *err)
{
    km_problem_list list;

    TRY(km_app_problems(&list, c->app, err));
    km_rows *r = km_record_listing(c, KM_WHAT_PROBLEMS);
    for (size_t i = 0; i < list.n; i++) {
        if (only == 0 || list.row[i].id == only)
            km_rows_record(r, KM_WHAT_PROBLEMS, &list.row[i], NULL);
    }
    km_status st = km_listing_close(r, c, "No weekly problem records.", err);
    km_problem_list_clear(&list);
    return st;
}

km_status km_run_problem(km_cli *c, km_error *err)
{
    km_problem p = { .area = NULL };
    km_instant at = c->now;
    km_ref ref;

    TRY(km_atlas_resolve(&ref, c->atlas, c->args.pos[0], KM_RESOLVE_SIDE_OPEN, err));
    if (ref.kind != KM_REF_REGION)
        return km_fail(err, KM_EINVAL, "%s: name a region", c->args.pos[0]);
    p.area = c->atlas->region[ref.index].code;
    TRY(km_opt_int(&p.taking_part, c, OPT_TAKING_PART, 0, 3, err));
    TRY(km_opt_int(&p.volume, c, OPT_VOLUME, 0, 4, err));
    TRY(km_opt_int(&p.performance, c, OPT_PERFORMANCE, 0, 4, err));
    TRY(km_opt_int(&p.symptoms, c, OPT_SYMPTOMS, 0, 3, err));
    TRY(km_opt_time(NULL, &at, c, OPT_AT, false, err));
    p.week = km_instant_day(at);
    TRY(km_need_app(c, NULL, err));
    TRY(km_app_problem_put(&p, c->app, err));
    c->stored = true;
    return print_problems(c, p.id, err);
}

km_status km_run_problems(km_cli *c, km_error *err)
{
    TRY(km_need_app(c, NULL, err));
    return print_problems(c, 0, err);
}
