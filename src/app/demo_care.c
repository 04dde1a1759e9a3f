/**
 * Care in the made-up clinic: answers after treatments, what sessions were made of, goals and
 * weekly problem records. Everything follows from the records it belongs to, so that it is the
 * same on every run and leaves the simulation as it is.
 */
#include <string.h>

#include "app_impl.h"
#include "demo.h"
#include "knotmap/time.h"

/* A uid that depends on a moment and a number only. */
static km_uid made_uid(km_instant at, uint64_t n)
{
    return km_uid_from(at.sec * 1000, n * UINT64_C(0x9e3779b97f4a7c15), n + 1);
}

/* Two of three treatments were asked about; those of the last days are still to be asked. */
km_status demo_care_treatment(km_app *app, const km_treatment *t, km_day today, km_error *err)
{
    if (t->before < 0 || t->after < 0 || t->id % 3 == 0 || today - km_instant_day(t->at) <= 4)
        return KM_OK;
    km_status st = KM_OK;
    for (int i = 0; i < 2 && st == KM_OK; i++) {
        if (i == 1 && t->id % 2 == 0)
            break;
        int rating = t->after + (int)(t->id / 3 % 2) + i;
        km_aftercare a = { .treatment_id = t->id, .hours = 24 * (i + 1),
                           .rating = rating > 10 ? 10 : rating, .energy = 5 + (int)(t->id % 4),
                           .at = t->at };
        a.at.sec += a.hours * INT64_C(3600) + 1800;
        a.response = i == 0 && t->id % 5 == 0 ? KM_RESPONSE_SORE
                     : rating < t->before     ? KM_RESPONSE_LOOSER
                                              : KM_RESPONSE_SAME;
        a.strength = t->id % 4 == 1 ? KM_AFTER_STRONGER : KM_AFTER_SAME;
        st = km_store_aftercare_put(app->store, &a, err);
    }
    if (st == KM_OK) {
        /* what is pressed is asked for its tension, what is rolled or stretched for stiffness */
        bool pressed = t->technique == KM_TECH_MASSAGE || t->technique == KM_TECH_COMPRESSION;
        int before = t->before < 10 ? t->before + 1 : 10, after = t->after + (int)(t->id % 2);
        after = after > 10 ? 10 : after;
        const km_treatment_more more = { .treatment_id = t->id,
                                         .stiffness_before = pressed ? -1 : before,
                                         .stiffness_after = pressed ? -1 : after,
                                         .tension_before = pressed ? before : -1,
                                         .tension_after = pressed ? after : -1 };
        st = km_store_treatment_more_put(app->store, &more, err);
    }
    if (st == KM_OK && t->technique == KM_TECH_COMPRESSION) {
        /* it hurts first and eases while the pressure stays the same */
        const int curve[] = { t->before, (t->before + t->after + 1) / 2, t->after };
        for (int i = 0; i < 3 && st == KM_OK; i++)
            st = km_store_hold_add(app->store, t->id, i, curve[i], err);
    }
    return st;
}

km_status demo_care_session(km_app *app, const km_session *s, km_error *err)
{
    km_session_more m = { .session_id = s->id, .feel_before = -1 };

    switch (s->kind) {
    case KM_SESSION_RECOVERY:
        m.modality = 1u << KM_MODALITY_ROLLING | 1u << KM_MODALITY_STRETCHING;
        m.checked = 1u << KM_PAGE_SORENESS | 1u << KM_PAGE_KNOTS;
        m.skipped = 1u << KM_PAGE_FLEXIBILITY;
        if (s->feel > 2)
            m.feel_before = s->feel - 1 - (int)(s->id % 2);
        break;
    case KM_SESSION_TREATMENT:
        m.modality = 1u << KM_MODALITY_MASSAGE | 1u << KM_MODALITY_SOFT_TISSUE;
        m.service = 1u << KM_SERVICE_MASSAGE;
        m.practitioner = "R. Hale, massage therapist";
        m.is_signed = true;
        m.signed_at = s->has_ended ? s->ended : s->started;
        break;
    default:
        return KM_OK;
    }
    return km_store_session_more_put(app->store, s->client_id, &m, err);
}

/* What somebody has before them; their visits are all with the one therapist of the clinic. */
static km_status add_goals(km_app *app, const km_client *c, km_day today, km_error *err)
{
    static const struct {
        const char *who, *name, *note;
        km_goal_kind kind;
        int in_days, before, after; /* 0 days: whenever it is reached */
    } goal[] = {
        { "me", "R. Hale, massage", NULL, KM_GOAL_VISIT, 6, -1, -1 },
        { "me", "10 km along the river", "easy pace, no walking breaks", KM_GOAL_EVENT, 19, 5, -1 },
        { "me", "reach the top shelf without a pull", NULL, KM_GOAL_GOAL, 0, 4, 6 },
        { "Marta Velden", "R. Hale, massage", NULL, KM_GOAL_VISIT, 12, -1, -1 },
        { "Henrik Dahlum", "R. Hale, massage", NULL, KM_GOAL_VISIT, 1, -1, -1 },
        { "Nora Ilves", "R. Hale, massage", NULL, KM_GOAL_VISIT, 9, -1, -1 },
        { "Viktor Sorel", "R. Hale, massage", NULL, KM_GOAL_VISIT, 3, -1, -1 },
        { "Viktor Sorel", "look over the right shoulder when driving", NULL, KM_GOAL_GOAL, 0, 3, 5 },
    };
    const km_instant at = km_day_instant(today - DEMO_DAYS, 9, 0);
    km_status st = KM_OK;
    int64_t id;

    for (size_t i = 0; i < sizeof goal / sizeof *goal && st == KM_OK; i++) {
        if (strcmp(c->name, goal[i].who) != 0)
            continue;
        km_goal g = { .client_id = c->id, .uid = made_uid(at, 1 + i), .kind = goal[i].kind,
                      .name = goal[i].name, .day = today + goal[i].in_days,
                      .has_day = goal[i].in_days > 0, .before = goal[i].before,
                      .after = goal[i].after, .note = goal[i].note };
        st = km_store_goal_add(&id, app->store, &g, err);
    }
    return st;
}

/* Their goals; and "me" with a plan, and a knee that gave trouble for three weeks. */
km_status demo_care_client(km_app *app, const km_client *c, km_day today, km_error *err)
{
    const int volume[] = { 1, 2, 1 };
    const km_instant at = km_day_instant(today - DEMO_DAYS, 9, 0);
    const km_week_plan plan = { .smr = 3, .stretch = 5, .strength = 2 };
    km_status st = add_goals(app, c, today, err);
    int64_t id;

    if (strcmp(c->name, "me") != 0)
        return st;
    for (int i = 0; i < 3 && st == KM_OK; i++) {
        km_problem p = { .client_id = c->id, .uid = made_uid(at, 100 + (uint64_t)i),
                         .week = km_day_week(today) - 7 * (8 - i), .area = "knee_front",
                         .taking_part = 1, .volume = volume[i], .performance = 1, .symptoms = 1 };
        st = km_store_problem_put(&id, app->store, &p, err);
    }
    return st == KM_OK ? km_store_week_plan_set(app->store, c->id, &plan, err) : st;
}
