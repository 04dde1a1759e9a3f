#include "knotmap/model.h"

#include <math.h>
#include <string.h>

#include "knotmap/text.h"

/* The two limits of body coordinates, in tenths: the drawing spans x -262..262, y 0..1000. */
#define COORD_MAX 20000

static km_status check_range(const char *what, int value, int low, int high, int unset,
                             km_error *err)
{
    if (value == unset || (value >= low && value <= high))
        return KM_OK;
    return km_fail(err, KM_EINVAL, "%s %d: outside %d..%d", what, value, low, high);
}

static km_status check_text(const char *what, const char *s, size_t max, km_error *err)
{
    if (s == NULL)
        return KM_OK;
    size_t n = strlen(s);
    if (n > max)
        return km_fail(err, KM_EINVAL, "%s: %zu bytes are too long, %zu is the most", what, n, max);
    if (!km_utf8_valid(s, n))
        return km_fail(err, KM_EINVAL, "%s: not valid UTF-8 text", what);
    return KM_OK;
}

static km_status check_instant(const char *what, km_instant t, km_error *err)
{
    /* 1900-01-01 .. 9999-12-31 */
    if (t.sec < INT64_C(-2208988800) || t.sec > INT64_C(253402300799))
        return km_fail(err, KM_EINVAL, "%s: outside the years 1900..9999", what);
    if (t.off_min < -1440 || t.off_min > 1440)
        return km_fail(err, KM_EINVAL, "%s: an offset of %d minutes is outside -1440..1440", what,
                       t.off_min);
    return KM_OK;
}

/* The first failure of a chain of checks. */
#define CHECK(call)                                                                           \
    do {                                                                                      \
        km_status st_ = (call);                                                               \
        if (st_ != KM_OK)                                                                     \
            return st_;                                                                       \
    } while (0)

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
    CHECK(check_range("intensity", m->intensity, 0, 10, KM_INTENSITY_NONE, err));
    CHECK(check_instant("time", m->at, err));
    CHECK(check_text("note", m->note, KM_NOTE_MAX, err));
    if (m->has_onset)
        CHECK(check_instant("onset", m->onset, err));
    if (m->has_onset && m->onset.sec > m->at.sec)
        return km_fail(err, KM_EINVAL, "onset: it lies after the mark's own time");
    if (m->place.region == NULL)
        return km_fail(err, KM_EINVAL, "place: a mark needs a region");
    CHECK(check_range("trigger point", m->place.tp, 0, 99, 0, err));
    if (m->place.tp != 0 && m->place.muscle == NULL)
        return km_fail(err, KM_EINVAL, "trigger point %d: it needs a muscle", m->place.tp);
    if (m->x < -COORD_MAX || m->x > COORD_MAX || m->y < -COORD_MAX || m->y > COORD_MAX)
        return km_fail(err, KM_EINVAL, "position %.1f, %.1f: outside the body", m->x / 10.0,
                       m->y / 10.0);
    CHECK(check_range("number of pressure readings", m->n_ppt, 0, KM_PPT_MAX, 0, err));
    for (int i = 0; i < m->n_ppt; i++)
        if (!(m->ppt[i] >= 1 && m->ppt[i] <= 3000))
            return km_fail(err, KM_EINVAL, "ppt %g: outside 1..3000 kPa", m->ppt[i]);
    if (m->ppt_area != 0 && !(m->ppt_area >= 0.1 && m->ppt_area <= 20))
        return km_fail(err, KM_EINVAL, "ppt-area %g: outside 0.1..20 cm2", m->ppt_area);
    CHECK(check_range("number of referral places", m->n_felt, 0, KM_FELT_MAX, 0, err));
    return KM_OK;
}

km_client km_client_blank(void)
{
    return (km_client){ .worst = KM_INTENSITY_NONE };
}

static bool has_control(const char *s)
{
    size_t n = strlen(s);
    for (size_t i = 0; i < n;) {
        uint32_t r;
        i += km_utf8_decode(&r, s + i, n - i);
        if (r < 0x20 || (r >= 0x7F && r < 0xA0))
            return true;
    }
    return false;
}

km_status km_client_check(const km_client *c, km_error *err)
{
    if (c->name == NULL || c->name[strspn(c->name, " ")] == '\0')
        return km_fail(err, KM_EINVAL, "name: it is empty");
    CHECK(check_text("name", c->name, KM_NAME_MAX, err));
    if (has_control(c->name))
        return km_fail(err, KM_EINVAL, "name: it holds a control character");
    CHECK(check_text("sex", c->sex, KM_NAME_MAX, err));
    CHECK(check_text("contact", c->contact, KM_NOTE_MAX, err));
    CHECK(check_text("note", c->note, KM_NOTE_MAX, err));
    CHECK(check_text("conditions", c->conditions, KM_NOTE_MAX, err));
    return KM_OK;
}

km_session km_session_blank(void)
{
    return (km_session){ .rpe = -1, .minutes = -1, .feel = -1, .more.feel_before = -1 };
}

km_status km_session_check(const km_session *s, km_error *err)
{
    CHECK(check_instant("start", s->started, err));
    if (s->has_ended) {
        CHECK(check_instant("end", s->ended, err));
        if (s->ended.sec < s->started.sec)
            return km_fail(err, KM_EINVAL, "end: it lies before the start");
    }
    CHECK(check_range("rpe", s->rpe, 0, 10, -1, err));
    CHECK(check_range("minutes", s->minutes, 0, 1440, -1, err));
    CHECK(check_range("feel", s->feel, 0, 10, -1, err));
    CHECK(check_text("goal", s->goal, KM_NOTE_MAX, err));
    CHECK(check_text("muscles", s->muscles, KM_NOTE_MAX, err));
    CHECK(check_text("note", s->note, KM_NOTE_MAX, err));
    CHECK(check_text("subjective", s->subjective, KM_NOTE_MAX, err));
    CHECK(check_text("objective", s->objective, KM_NOTE_MAX, err));
    CHECK(check_text("assessment", s->assessment, KM_NOTE_MAX, err));
    CHECK(check_text("plan", s->plan, KM_NOTE_MAX, err));
    CHECK(check_range("feel before", s->more.feel_before, 0, 10, -1, err));
    CHECK(check_text("practitioner", s->more.practitioner, KM_NAME_MAX, err));
    return KM_OK;
}

int km_session_load(const km_session *s)
{
    return s->rpe < 0 || s->minutes < 0 ? -1 : s->rpe * s->minutes;
}

km_treatment km_treatment_blank(void)
{
    return (km_treatment){ .technique = -1, .seconds = -1, .before = -1, .after = -1 };
}

km_status km_treatment_check(const km_treatment *t, km_error *err)
{
    CHECK(check_instant("time", t->at, err));
    CHECK(check_range("seconds", t->seconds, 0, KM_DAY_SEC, -1, err));
    CHECK(check_range("before", t->before, 0, 10, -1, err));
    CHECK(check_range("after", t->after, 0, 10, -1, err));
    CHECK(check_text("tool", t->tool, KM_NAME_MAX, err));
    CHECK(check_text("note", t->note, KM_NOTE_MAX, err));
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
    CHECK(check_instant("time", c->at, err));
    CHECK(check_range("sleep", c->sleep, 1, 7, -1, err));
    CHECK(check_range("stress", c->stress, 1, 7, -1, err));
    CHECK(check_range("fatigue", c->fatigue, 1, 7, -1, err));
    CHECK(check_range("soreness", c->soreness, 1, 7, -1, err));
    CHECK(check_range("energy", c->energy, 0, 10, -1, err));
    CHECK(check_range("mood", c->mood, 0, 10, -1, err));
    CHECK(check_range("number of flexibility tests", c->n_flex, 0, KM_FLEX_MAX, 0, err));
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
