/* Care: the plan, goals, answers, findings, amendments, routines, weekly records and the score. */
#include <string.h>

#include "check.h"

km_goal km_goal_blank(void)
{
    return (km_goal){ .before = -1, .after = -1 };
}

km_status km_goal_check(const km_goal *g, km_error *err)
{
    if (!g->name || !*g->name)
        return km_fail(err, KM_EINVAL, "goal: it needs a name");
    CHECK(km_check_name(g->name, err));
    CHECK(km_check_text("note", g->note, KM_NOTE_MAX, err));
    if (g->kind != KM_GOAL_GOAL && !g->has_day)
        return km_fail(err, KM_EINVAL, "%s: %s needs a day", g->name,
                       g->kind == KM_GOAL_VISIT ? "a visit" : "an event");
    CHECK(km_check_range("before", g->before, 0, 10, -1, err));
    return km_check_range("after", g->after, 0, 10, -1, err);
}

km_status km_client_plan_check(const km_client_plan *p, km_error *err)
{
    CHECK(km_check_range("smr", p->plan.smr, 0, 14, 0, err));
    CHECK(km_check_range("stretch", p->plan.stretch, 0, 14, 0, err));
    return km_check_range("strength", p->plan.strength, 0, 14, 0, err);
}

km_status km_aftercare_check(const km_aftercare *a, km_error *err)
{
    if (a->hours != 24 && a->hours != 48 && a->hours != 72)
        return km_fail(err, KM_EINVAL, "hours %d: it is asked at 24, 48 and 72", a->hours);
    CHECK(km_check_instant("time", a->at, err));
    CHECK(km_check_range("rating", a->rating, 0, 10, -1, err));
    CHECK(km_check_range("energy", a->energy, 0, 10, -1, err));
    CHECK(km_check_text("note", a->note, KM_NOTE_MAX, err));
    CHECK(km_check_range("strength", (int)a->strength, 0, KM_AFTER_STRENGTH_COUNT - 1, 0, err));
    if (a->rating < 0 && a->energy < 0 && a->response == KM_RESPONSE_NONE &&
        a->strength == KM_AFTER_STRENGTH_NONE && !(a->note && *a->note))
        return km_fail(err, KM_EINVAL, "aftercare: nothing is said");
    return KM_OK;
}

km_status km_finding_check(const km_finding *f, km_error *err)
{
    return km_check_instant("time", f->at, err);
}

km_status km_amendment_check(const km_amendment *a, km_error *err)
{
    /* what km_app_session_amend writes */
    static const char *const field[] = { "goal", "muscles", "note", "subjective", "objective",
                                         "assessment", "plan", "kind", "rpe", "minutes", "feel",
                                         "started" };
    bool known = false;

    for (size_t i = 0; i < sizeof field / sizeof *field && !known && a->field; i++)
        known = strcmp(a->field, field[i]) == 0;
    if (!known)
        return km_fail(err, KM_EINVAL, "field %s: a session has no such field to amend",
                       a->field ? a->field : "");
    CHECK(km_check_instant("time", a->at, err));
    if (!a->text || !*a->text)
        return km_fail(err, KM_EINVAL, "text: it is empty");
    return km_check_text("text", a->text, KM_NOTE_MAX, err);
}

static km_status check_kind(const char *kind, km_error *err)
{
    static const char *const other[] = { "warm_up", "motion", "range" };
    int technique;

    for (size_t i = 0; i < sizeof other / sizeof *other && kind; i++) {
        if (strcmp(kind, other[i]) == 0)
            return KM_OK;
    }
    if (kind && km_word_parse(&technique, KM_VOCAB_TECHNIQUE, "", kind, NULL) == KM_OK &&
        strcmp(kind, km_word(KM_VOCAB_TECHNIQUE, technique)) == 0)
        return KM_OK;
    return km_fail(err, KM_EINVAL, "kind %s: no such kind of step", kind ? kind : "");
}

km_status km_routine_step_check(const km_routine_step *s, km_error *err)
{
    const struct { const char *what, *text; } text[] = {
        { "position", s->position }, { "action", s->action },   { "cue", s->cue },
        { "caution", s->caution },   { "source", s->source },
    };

    CHECK(km_check_name(s->name, err));
    CHECK(km_check_instant("time", s->at, err));
    CHECK(km_check_range("step", s->step, 1, 999, 1, err));
    CHECK(check_kind(s->kind, err));
    CHECK(km_check_text("tool", s->tool, KM_NAME_MAX, err));
    for (size_t i = 0; i < sizeof text / sizeof *text; i++)
        CHECK(km_check_text(text[i].what, text[i].text, KM_NOTE_MAX, err));
    CHECK(km_check_range("seconds", s->seconds, 0, 3600, 0, err));
    CHECK(km_check_range("sets", s->sets, 1, 99, 1, err));
    CHECK(km_check_range("pressure", s->pressure, 0, 7, 0, err));
    return km_check_range("cue count", s->cue_count, 0, 999, 0, err);
}

km_status km_problem_check(const km_problem *p, km_error *err)
{
    CHECK(km_check_range("taking part", p->taking_part, 0, 3, 0, err));
    CHECK(km_check_range("volume", p->volume, 0, 4, 0, err));
    CHECK(km_check_range("performance", p->performance, 0, 4, 0, err));
    return km_check_range("symptoms", p->symptoms, 0, 3, 0, err);
}

int km_problem_score(const km_problem *p)
{
    static const int of_four[] = { 0, 8, 17, 25 };
    static const int of_five[] = { 0, 6, 13, 19, 25 };

    return of_four[p->taking_part] + of_five[p->volume] + of_five[p->performance] +
           of_four[p->symptoms];
}

bool km_problem_substantial(const km_problem *p)
{
    return p->taking_part == 3 || p->volume >= 2 || p->performance >= 2;
}
