/** Care as rows: plans, goals, answers, weekly problems, amendments, findings, routines. */
#include "kinds.h"

/* ---- weekly plans ---- */

#define RECORD km_client_plan
static const km_field plan_fields[] = {
    FIELD("client", STRONG, km_cell_client, client),
    FIELD_OF("smr", NUMBER, km_cell_number, plan.smr, RANGE(0, 14)),
    FIELD_OF("stretch", NUMBER, km_cell_number, plan.stretch, RANGE(0, 14)),
    FIELD_OF("strength", NUMBER, km_cell_number, plan.strength, RANGE(0, 14)),
};
#undef RECORD

static km_status plan_complete(km_draft *d, const char **column, km_error *err)
{
    (void)column;
    return km_client_plan_check(&d->entry.plan, err);
}

const km_record_kind km_records_plans = {
    .word = "plans",
    KM_FIELDS(plan_fields),
    .need = { "smr", "stretch", "strength" },
    .complete = plan_complete,
};

/* ---- goals ---- */

static void print_days_left(km_rows *r, const km_field *f, const void *record)
{
    const km_goal_row *g = record;

    (void)f;
    if (g->goal.has_day)
        km_rows_int(r, g->goal.day - g->today);
    else
        km_rows_none(r);
}

#define RECORD km_goal_row
static const km_field goal_fields[] = {
    FIELD("id", NUMBER, km_cell_id, goal.id),
    FIELD("client", DATA, km_cell_client, goal.client),
    FIELD_OF("kind", BOTH, km_cell_word, goal.kind, VOCAB(GOAL)),
    FIELD("name", FLEX | KM_COL_STRONG, km_cell_text, goal.name),
    FIELD_OF("day", BOTH, km_cell_day, goal.day, SAID(goal.has_day)),
    FIELD_OF("days_left", NUMBER, km_cell_own, today, PRINT(print_days_left)),
    FIELD_OF("before", NUMBER, km_cell_count, goal.before, RANGE(0, 10)),
    FIELD_OF("after", NUMBER, km_cell_count, goal.after, RANGE(0, 10)),
    FIELD("done", BOTH, km_cell_bool, goal.done),
    FIELD("note", FLEX, km_cell_text, goal.note),
    FIELD("motion", FLEX, km_cell_text_shown, motion),
    FIELD("pain", FLEX, km_cell_text_shown, pain),
    FIELD_OF("sooner", FLEX, km_cell_text_shown, sooner, TITLE("back sooner")),
    FIELD_OF("feel", FLEX, km_cell_text_shown, feel, TITLE("feeling")),
    FIELD("uid", DATA, km_cell_uid, goal.uid),
};
#undef RECORD

static km_status goal_complete(km_draft *d, const char **column, km_error *err)
{
    (void)column;
    return km_goal_check(&d->entry.goal.goal, err);
}

const km_record_kind km_records_goals = {
    .word = "goals",
    KM_FIELDS(goal_fields),
    .need = { "name" },
    .complete = goal_complete,
};

/* ---- answers after a treatment ---- */

#define RECORD km_aftercare
static const km_field aftercare_fields[] = {
    FIELD("treatment", NUMBER, km_cell_link, treatment_id),
    FIELD("client", DATA, km_cell_text_shown, client),
    FIELD("at", BOTH, km_cell_instant, at),
    FIELD_OF("hours", NUMBER, km_cell_number, hours, RANGE(24, 72)),
    FIELD_OF("rating", NUMBER, km_cell_count, rating, RANGE(0, 10)),
    FIELD_OF("response", BOTH, km_cell_word, response, VOCAB(RESPONSE)),
    FIELD_OF("energy", NUMBER, km_cell_count, energy, RANGE(0, 10)),
    FIELD("note", FLEX, km_cell_text, note),
    FIELD("at_offset_min", RAW, km_cell_offset, at.off_min),
    FIELD_OF("strength", BOTH, km_cell_word, strength, VOCAB(STRENGTH)),
    FIELD("treatment_uid", RAW, km_cell_uid, treatment_uid),
};
#undef RECORD

static km_status aftercare_complete(km_draft *d, const char **column, km_error *err)
{
    (void)column;
    return km_aftercare_check(&d->entry.aftercare, err);
}

const km_record_kind km_records_aftercare = {
    .word = "aftercare",
    KM_FIELDS(aftercare_fields),
    .need = { "hours", "treatment_uid" },
    .or_else = "treatment",
    .complete = aftercare_complete,
};

/* ---- weekly problem records ---- */

static void print_score(km_rows *r, const km_field *f, const void *record)
{
    (void)f;
    km_rows_int(r, km_problem_score(record));
}

static void print_substantial(km_rows *r, const km_field *f, const void *record)
{
    (void)f;
    km_rows_bool(r, km_problem_substantial(record));
}

#define RECORD km_problem
static const km_field problem_fields[] = {
    FIELD("id", NUMBER, km_cell_id, id),
    FIELD("client", DATA, km_cell_client, client),
    FIELD("week", BOTH, km_cell_day, week),
    FIELD("area", STRONG, km_cell_region, area),
    FIELD_OF("taking_part", NUMBER, km_cell_number, taking_part, RANGE(0, 3)),
    FIELD_OF("volume", NUMBER, km_cell_number, volume, RANGE(0, 4)),
    FIELD_OF("performance", NUMBER, km_cell_number, performance, RANGE(0, 4),
             TITLE("perf.")),
    FIELD_OF("symptoms", NUMBER, km_cell_number, symptoms, RANGE(0, 3)),
    FIELD_OF("score", NUMBER, km_cell_own, symptoms, PRINT(print_score)),
    FIELD_OF("substantial", BOTH, km_cell_own, symptoms, PRINT(print_substantial)),
    FIELD("uid", DATA, km_cell_uid, uid),
};
#undef RECORD

static km_status problem_complete(km_draft *d, const char **column, km_error *err)
{
    (void)column;
    return km_problem_check(&d->entry.problem, err);
}

const km_record_kind km_records_problems = {
    .word = "problems",
    KM_FIELDS(problem_fields),
    .need = { "week", "area" },
    .complete = problem_complete,
};

/* ---- amendments of signed sessions ---- */

#define RECORD km_amendment
static const km_field amendment_fields[] = {
    FIELD("id", NUMBER, km_cell_id, id),
    FIELD("client", DATA, km_cell_text_shown, client),
    FIELD("session", NUMBER, km_cell_link, session_id),
    FIELD("at", BOTH, km_cell_instant, at),
    FIELD("field", STRONG, km_cell_text, field),
    FIELD("text", FLEX, km_cell_text, text),
    FIELD("session_uid", RAW, km_cell_uid, session_uid),
    FIELD("at_offset_min", RAW, km_cell_offset, at.off_min),
    FIELD("uid", DATA, km_cell_uid, uid),
};
#undef RECORD

static km_status amendment_complete(km_draft *d, const char **column, km_error *err)
{
    (void)column;
    return km_amendment_check(&d->entry.amendment, err);
}

const km_record_kind km_records_amendments = {
    .word = "amendments",
    KM_FIELDS(amendment_fields),
    .need = { "text", "session_uid" },
    .or_else = "session",
    .complete = amendment_complete,
};

/* ---- press tests that found nothing ---- */

#define RECORD km_finding
static const km_field finding_fields[] = {
    FIELD("id", NUMBER, km_cell_id, id),
    FIELD("client", DATA, km_cell_client, client),
    FIELD("session", DATA, km_cell_link, session_id),
    FIELD("at", BOTH, km_cell_instant, at),
    FIELD_OF("side", DATA, km_cell_word, place.side, VOCAB(SIDE)),
    FIELD("region", DATA, km_cell_region, place.region),
    FIELD("muscle", DATA, km_cell_muscle, place.muscle),
    FIELD_OF("trigger_point", DATA, km_cell_positive, place.tp, RANGE(1, 99)),
    FIELD("place", SHOWN | KM_COL_STRONG, km_cell_place, place),
    FIELD("session_uid", RAW, km_cell_uid, session_uid),
    FIELD("at_offset_min", RAW, km_cell_offset, at.off_min),
    FIELD("uid", DATA, km_cell_uid, uid),
};
#undef RECORD

static km_status finding_complete(km_draft *d, const char **column, km_error *err)
{
    km_finding *f = &d->entry.finding;
    int point;
    km_status st = km_check_point(&point, d->in->atlas, f->place.muscle, f->place.tp, column, err);

    return st == KM_OK ? km_finding_check(f, err) : st;
}

const km_record_kind km_records_findings = {
    .word = "findings",
    KM_FIELDS(finding_fields),
    .need = { "at", "region" },
    .or_else = "muscle",
    .complete = finding_complete,
};

/* ---- saved routines, a row a step ---- */

static void print_step_side(km_rows *r, const km_field *f, const void *record)
{
    const km_routine_step *s = record;

    if (s->muscle)
        km_cell_word.print(r, f, record);
    else
        km_rows_none(r);
}

#define RECORD km_routine_step
static const km_field step_fields[] = {
    FIELD("routine", NUMBER, km_cell_link_shown, routine_id),
    FIELD("client", DATA, km_cell_client, client),
    FIELD("name", FLEX | KM_COL_STRONG, km_cell_text, name),
    FIELD("at", BOTH, km_cell_instant, at),
    FIELD_OF("step", NUMBER, km_cell_number, step, RANGE(1, 999)),
    FIELD("muscle", BOTH, km_cell_muscle, muscle),
    FIELD_OF("side", BOTH, km_cell_word, side, VOCAB(SIDE), PRINT(print_step_side)),
    FIELD("kind", BOTH, km_cell_text, kind),
    FIELD("tool", BOTH, km_cell_text, tool),
    FIELD("position", DATA, km_cell_text, position),
    FIELD("action", FLEX, km_cell_text, action),
    FIELD_OF("seconds", NUMBER, km_cell_number, seconds, RANGE(0, 3600)),
    FIELD_OF("sets", NUMBER, km_cell_number, sets, RANGE(1, 99)),
    FIELD_OF("pressure", NUMBER, km_cell_number, pressure, RANGE(0, 7)),
    FIELD("caution", DATA, km_cell_text, caution),
    FIELD("source", DATA, km_cell_text, source),
    FIELD_OF("trigger_point", DATA, km_cell_positive, tp, RANGE(1, 99)),
    FIELD("cue", DATA, km_cell_text, cue),
    FIELD_OF("cue_count", DATA, km_cell_number, cue_count, RANGE(0, 999)),
    FIELD("routine_uid", RAW, km_cell_uid, routine_uid),
    FIELD("at_offset_min", RAW, km_cell_offset, at.off_min),
    FIELD("uid", DATA, km_cell_uid, uid),
};
#undef RECORD

static km_status step_complete(km_draft *d, const char **column, km_error *err)
{
    km_routine_step *s = &d->entry.step;
    int point;
    km_status st = km_check_point(&point, d->in->atlas, s->muscle, s->tp, column, err);

    if (s->sets == 0)
        s->sets = 1;
    return st == KM_OK ? km_routine_step_check(s, err) : st;
}

const km_record_kind km_records_routines = {
    .word = "routines",
    KM_FIELDS(step_fields),
    .need = { "name", "step", "kind" },
    .complete = step_complete,
};
