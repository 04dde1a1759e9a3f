#include "knotmap/model.h"

#include <math.h>
#include <string.h>

#include "check.h"

/* The two limits of body coordinates, in tenths: the drawing spans x -262..262, y 0..1000. */
#define COORD_MAX 20000

km_mark km_mark_blank(void)
{
    return (km_mark){ .intensity = KM_INTENSITY_NONE, .open_days = -1 };
}

double km_mark_ppt_mean(const km_mark *m)
{
    double sum = 0;
    for (int i = 0; i < m->n_ppt; i++)
        sum += m->ppt[i];
    return m->n_ppt > 0 ? sum / m->n_ppt : NAN;
}

km_status km_mark_check(const km_mark *m, km_error *err)
{
    CHECK(km_check_range("intensity", m->intensity, 0, 10, KM_INTENSITY_NONE, err));
    CHECK(km_check_instant("time", m->at, err));
    CHECK(km_check_text("note", m->note, KM_NOTE_MAX, err));
    if (m->has_onset)
        CHECK(km_check_instant("onset", m->onset, err));
    if (m->has_onset && m->onset.sec > m->at.sec)
        return km_fail(err, KM_EINVAL, "onset: it lies after the mark's own time");
    if (m->place.region == NULL)
        return km_fail(err, KM_EINVAL, "place: a mark needs a region");
    CHECK(km_check_range("trigger point", m->place.tp, 0, 99, 0, err));
    if (m->place.tp != 0 && m->place.muscle == NULL)
        return km_fail(err, KM_EINVAL, "trigger point %d: it needs a muscle", m->place.tp);
    if (m->x < -COORD_MAX || m->x > COORD_MAX || m->y < -COORD_MAX || m->y > COORD_MAX)
        return km_fail(err, KM_EINVAL, "position %.1f, %.1f: outside the body", m->x / 10.0,
                       m->y / 10.0);
    CHECK(km_check_range("number of pressure readings", m->n_ppt, 0, KM_PPT_MAX, 0, err));
    for (int i = 0; i < m->n_ppt; i++)
        if (!(m->ppt[i] >= 1 && m->ppt[i] <= 3000))
            return km_fail(err, KM_EINVAL, "ppt %g: outside 1..3000 kPa", m->ppt[i]);
    if (m->ppt_area != 0 && !(m->ppt_area >= 0.1 && m->ppt_area <= 20))
        return km_fail(err, KM_EINVAL, "ppt-area %g: outside 0.1..20 cm2", m->ppt_area);
    CHECK(km_check_range("number of referral places", m->n_felt, 0, KM_FELT_MAX, 0, err));
    return KM_OK;
}

km_client km_client_blank(void)
{
    return (km_client){ .worst = KM_INTENSITY_NONE };
}

km_status km_client_check(const km_client *c, km_error *err)
{
    if (c->name == NULL || c->name[strspn(c->name, " ")] == '\0')
        return km_fail(err, KM_EINVAL, "name: it is empty");
    CHECK(km_check_name(c->name, err));
    CHECK(km_check_text("sex", c->sex, KM_NAME_MAX, err));
    CHECK(km_check_text("contact", c->contact, KM_NOTE_MAX, err));
    CHECK(km_check_text("note", c->note, KM_NOTE_MAX, err));
    CHECK(km_check_text("conditions", c->conditions, KM_NOTE_MAX, err));
    CHECK(km_check_text("profile", c->profile, KM_NAME_MAX, err));
    return KM_OK;
}

km_session km_session_blank(void)
{
    return (km_session){ .rpe = -1, .minutes = -1, .feel = -1, .more.feel_before = -1 };
}

km_status km_session_check(const km_session *s, km_error *err)
{
    CHECK(km_check_instant("start", s->started, err));
    if (s->has_ended) {
        CHECK(km_check_instant("end", s->ended, err));
        if (s->ended.sec < s->started.sec)
            return km_fail(err, KM_EINVAL, "end: it lies before the start");
    }
    CHECK(km_check_range("rpe", s->rpe, 0, 10, -1, err));
    CHECK(km_check_range("minutes", s->minutes, 0, 1440, -1, err));
    CHECK(km_check_range("feel", s->feel, 0, 10, -1, err));
    CHECK(km_check_text("goal", s->goal, KM_NOTE_MAX, err));
    CHECK(km_check_text("muscles", s->muscles, KM_NOTE_MAX, err));
    CHECK(km_check_text("note", s->note, KM_NOTE_MAX, err));
    CHECK(km_check_text("subjective", s->subjective, KM_NOTE_MAX, err));
    CHECK(km_check_text("objective", s->objective, KM_NOTE_MAX, err));
    CHECK(km_check_text("assessment", s->assessment, KM_NOTE_MAX, err));
    CHECK(km_check_text("plan", s->plan, KM_NOTE_MAX, err));
    CHECK(km_check_range("feel before", s->more.feel_before, 0, 10, -1, err));
    CHECK(km_check_text("practitioner", s->more.practitioner, KM_NAME_MAX, err));
    return KM_OK;
}

int km_session_load(const km_session *s)
{
    return s->rpe < 0 || s->minutes < 0 ? -1 : s->rpe * s->minutes;
}

km_treatment km_treatment_blank(void)
{
    return (km_treatment){ .technique = -1,
                           .seconds = -1,
                           .before = -1,
                           .after = -1,
                           .more = { .stiffness_before = -1, .stiffness_after = -1,
                                     .tension_before = -1, .tension_after = -1 } };
}

km_status km_treatment_check(const km_treatment *t, km_error *err)
{
    CHECK(km_check_instant("time", t->at, err));
    CHECK(km_check_range("seconds", t->seconds, 0, KM_DAY_SEC, -1, err));
    CHECK(km_check_range("before", t->before, 0, 10, -1, err));
    CHECK(km_check_range("after", t->after, 0, 10, -1, err));
    CHECK(km_check_text("tool", t->tool, KM_NAME_MAX, err));
    CHECK(km_check_text("note", t->note, KM_NOTE_MAX, err));
    CHECK(km_check_range("stiffness before", t->more.stiffness_before, 0, 10, -1, err));
    CHECK(km_check_range("stiffness after", t->more.stiffness_after, 0, 10, -1, err));
    CHECK(km_check_range("tension before", t->more.tension_before, 0, 10, -1, err));
    CHECK(km_check_range("tension after", t->more.tension_after, 0, 10, -1, err));
    CHECK(km_check_range("number of ratings", t->n_hold, 0, KM_HOLD_MAX, 0, err));
    for (int i = 0; i < t->n_hold; i++)
        CHECK(km_check_range("rating", t->hold[i].rating, 0, 10, 0, err));
    return KM_OK;
}

km_checkin km_checkin_blank(void)
{
    return (km_checkin){
        .sleep = -1, .stress = -1, .fatigue = -1, .soreness = -1, .energy = -1, .mood = -1
    };
}

km_status km_checkin_check(const km_checkin *c, km_error *err)
{
    CHECK(km_check_instant("time", c->at, err));
    CHECK(km_check_range("sleep", c->sleep, 1, 7, -1, err));
    CHECK(km_check_range("stress", c->stress, 1, 7, -1, err));
    CHECK(km_check_range("fatigue", c->fatigue, 1, 7, -1, err));
    CHECK(km_check_range("soreness", c->soreness, 1, 7, -1, err));
    CHECK(km_check_range("energy", c->energy, 0, 10, -1, err));
    CHECK(km_check_range("mood", c->mood, 0, 10, -1, err));
    CHECK(km_check_range("number of flexibility tests", c->n_flex, 0, KM_FLEX_MAX, 0, err));
    for (int i = 0; i < c->n_flex; i++)
        if (!(fabs(c->flex[i].value) <= 400))
            return km_fail(err, KM_EINVAL, "%s %g: outside -400..400", c->flex[i].test,
                           c->flex[i].value);
    return KM_OK;
}

int km_checkin_hooper(const km_checkin *c)
{
    if (c->sleep < 0 || c->stress < 0 || c->fatigue < 0 || c->soreness < 0)
        return -1;
    return c->sleep + c->stress + c->fatigue + c->soreness;
}

static void own(const char **s, km_arena *a)
{
    *s = km_arena_strdup(a, *s);
}

static void own_place(km_place *p, km_arena *a)
{
    own(&p->region, a);
    own(&p->muscle, a);
}

void km_mark_own(km_mark *m, km_arena *a)
{
    own(&m->client, a);
    own_place(&m->place, a);
    for (int i = 0; i < m->n_felt; i++)
        own(&m->felt[i].region, a);
    own(&m->note, a);
    own(&m->test, a);
}

void km_client_own(km_client *c, km_arena *a)
{
    own(&c->name, a);
    own(&c->sex, a);
    own(&c->contact, a);
    own(&c->note, a);
    own(&c->conditions, a);
    own(&c->profile, a);
}

void km_session_own(km_session *s, km_arena *a)
{
    own(&s->client, a);
    own(&s->goal, a);
    own(&s->muscles, a);
    own(&s->note, a);
    own(&s->subjective, a);
    own(&s->objective, a);
    own(&s->assessment, a);
    own(&s->plan, a);
    own(&s->more.practitioner, a);
}

void km_treatment_own(km_treatment *t, km_arena *a)
{
    own(&t->client, a);
    own_place(&t->place, a);
    own(&t->tool, a);
    own(&t->note, a);
}

void km_checkin_own(km_checkin *c, km_arena *a)
{
    own(&c->client, a);
    for (int i = 0; i < c->n_flex; i++)
        own(&c->flex[i].test, a);
}

void km_goal_own(km_goal *g, km_arena *a)
{
    own(&g->client, a);
    own(&g->name, a);
    own(&g->note, a);
}
