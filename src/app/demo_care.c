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
        st = km_store_aftercare_put(app->store, &a, err);
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

/* What "me" has before it, and a knee that gave trouble for three weeks. */
km_status demo_care_client(km_app *app, const km_client *c, km_day today, km_error *err)
{
    const km_goal goal[] = {
        { .kind = KM_GOAL_VISIT, .name = "R. Hale, massage", .day = today + 6, .has_day = true,
          .before = -1, .after = -1 },
        { .kind = KM_GOAL_EVENT, .name = "10 km along the river", .day = today + 19,
          .has_day = true, .before = 5, .after = -1, .note = "easy pace, no walking breaks" },
        { .kind = KM_GOAL_GOAL, .name = "reach the top shelf without a pull", .before = 4,
          .after = 6 },
    };
    const int volume[] = { 1, 2, 1 };
    const km_instant at = km_day_instant(today - DEMO_DAYS, 9, 0);
    const km_week_plan plan = { .smr = 3, .stretch = 5, .strength = 2 };
    km_status st = KM_OK;
    int64_t id;

    if (strcmp(c->name, "me") != 0)
        return KM_OK;
    for (size_t i = 0; i < sizeof goal / sizeof *goal && st == KM_OK; i++) {
        km_goal g = goal[i];
        g.client_id = c->id;
        g.uid = made_uid(at, 1 + i);
        st = km_store_goal_add(&id, app->store, &g, err);
    }
    for (int i = 0; i < 3 && st == KM_OK; i++) {
        km_problem p = { .client_id = c->id, .uid = made_uid(at, 100 + (uint64_t)i),
                         .week = km_day_week(today) - 7 * (8 - i), .area = "knee_front",
                         .taking_part = 1, .volume = volume[i], .performance = 1, .symptoms = 1 };
        st = km_store_problem_put(&id, app->store, &p, err);
    }
    return st == KM_OK ? km_store_week_plan_set(app->store, c->id, &plan, err) : st;
}
