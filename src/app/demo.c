/**
 * The simulation of the made-up clinic.
 *
 * A spot has a level that climbs towards its peak while its cause lasts and sinks slowly
 * afterwards; treatment takes something off. What is written down is the level with some
 * noise on days when the person looks, and a 0 once it is gone; a lasting spot eases to a part
 * of its peak and goes no further. An active spot brings pain in its hallmark zone. Soreness
 * follows hard training with its usual course: most at 48 h, gone by the fifth day
 * (assets/SOURCES.md, soreness).
 */
#include "demo_sim.h"

#define SEED UINT64_C(0x6b6e6f746d6170)
#define RISE 0.45
#define FALL 0.17
#define LASTING 0.4 /* of its peak a lasting spot never loses */

bool demo_chance(sim *s, int percent)
{
    return (int)km_rng_below(&s->rng, 100) < percent;
}

int demo_between(sim *s, int low, int high)
{
    return low + (int)km_rng_below(&s->rng, (uint32_t)(high - low + 1));
}

int demo_clamp(double v, int low, int high)
{
    int n = (int)(v < 0 ? v - 0.5 : v + 0.5);
    return n < low ? low : n > high ? high : n;
}

km_uid demo_uid(sim *s, km_instant at)
{
    uint64_t hi = (uint64_t)km_rng_u32(&s->rng) << 32 | km_rng_u32(&s->rng);
    uint64_t lo = (uint64_t)km_rng_u32(&s->rng) << 32 | km_rng_u32(&s->rng);
    return km_uid_from(at.sec * 1000, hi, lo);
}

/** Some minute of an hour of the day being lived. */
static km_instant at_hour(sim *s, int hour)
{
    return km_day_instant(s->day, hour, demo_between(s, 0, 59));
}

/* ---- sessions ---- */

static km_status put_session(sim *s, km_session *x)
{
    x->client_id = s->client;
    x->uid = demo_uid(s, x->started);
    x->has_ended = true;
    x->ended = x->started;
    x->ended.sec += 60 * (int64_t)x->minutes;
    return s->sink->session(s->sink->ctx, x, s->err);
}

static km_status train(sim *s)
{
    const demo_person *p = s->who;
    km_session x = km_session_blank();
    if (!(p->train_days >> km_day_weekday(s->day) & 1) || demo_chance(s, 9))
        return KM_OK;
    x.started = at_hour(s, 17);
    const demo_workout *w = &p->workout[s->workouts++ % demo_workouts(p)];
    x.kind = KM_SESSION_TRAINING;
    x.goal = w->goal;
    x.muscles = w->muscles;
    x.rpe = demo_clamp(w->rpe + 0.7 * km_rng_normal(&s->rng), 1, 10);
    x.minutes = w->minutes + 5 * demo_between(s, -2, 2);
    x.feel = demo_clamp(8 - 2 * s->strain + 0.8 * km_rng_normal(&s->rng), 1, 10);
    km_status st = put_session(s, &x);
    if (st != KM_OK)
        return st;
    s->strain += x.rpe * x.minutes / 900.0;
    for (int i = 0; i < 2 && w->sore[i]; i++) {
        if (x.rpe >= 7 && demo_chance(s, 40))
            demo_get_sore(s, w->sore[i], x.ended, x.rpe);
    }
    return KM_OK;
}

static km_status recover(sim *s)
{
    km_session x = km_session_blank();
    if (s->n_sore == 0 || s->sore[0].day != s->day - 1 || !demo_chance(s, 45))
        return KM_OK;
    x.started = at_hour(s, 19);
    x.kind = KM_SESSION_RECOVERY;
    x.goal = "easy rolling and stretching";
    x.muscles = s->sore[0].muscle;
    x.minutes = demo_between(s, 3, 6) * 5;
    x.feel = demo_between(s, 5, 8);
    return put_session(s, &x);
}

static int worst_spot(const sim *s)
{
    int worst = 0;
    for (int i = 1; i < demo_spots(s->who); i++) {
        if (s->spot[i].level > s->spot[worst].level)
            worst = i;
    }
    return worst;
}

static km_status visit(sim *s)
{
    const demo_person *p = s->who;
    km_session x = km_session_blank();
    bool due = p->treated_every > 0 && s->t % p->treated_every == 9 % p->treated_every;
    if (!due)
        return KM_OK;
    x.started = at_hour(s, 10);
    const spot_state *worst = &s->spot[worst_spot(s)];
    bool quiet = worst->level < 1;
    x.kind = KM_SESSION_TREATMENT;
    x.goal = quiet ? "maintenance" : "ease the worst spot";
    x.muscles = p->spot[worst_spot(s)].muscle;
    x.minutes = 50;
    x.subjective = quiet ? "Little to complain of since the last visit."
                         : "Known pain comes back by the end of the working day.";
    x.objective = quiet ? "No taut band found."
                        : "Tender spot in a taut band; pressure brings back the known pain.";
    x.assessment = quiet ? "Quiet." : "A likely source of the pain; no red flag today.";
    x.plan = quiet ? "Twice a week at home, next visit as planned."
                   : "Pressure release at home twice a week, stretch daily, look again next visit.";
    km_status st = put_session(s, &x);
    if (st != KM_OK)
        return st;
    km_instant at = x.started;
    at.sec += 600;
    st = demo_look_round(s, at, &x);
    return st == KM_OK ? demo_treat_round(s, 3, at, &x) : st;
}

static km_status self_check(sim *s)
{
    km_session x = km_session_blank();
    if (km_day_weekday(s->day) != 6 || !demo_chance(s, 40))
        return KM_OK;
    x.started = at_hour(s, 9);
    x.kind = KM_SESSION_CHECK;
    x.minutes = 10;
    km_status st = put_session(s, &x);
    if (st != KM_OK)
        return st;
    km_instant at = x.started;
    at.sec += 120;
    return demo_look_round(s, at, &x);
}

/* ---- the day ---- */

static uint32_t habits(sim *s)
{
    uint32_t did = 0;
    for (int h = 0; h < KM_HABIT_COUNT; h++) {
        if (demo_chance(s, s->who->train_days ? 55 : 30))
            did |= 1u << h;
    }
    return did;
}

static double sorest(const sim *s)
{
    double most = 0;
    for (int i = 0; i < s->n_sore; i++) {
        double level = demo_sore_level(&s->sore[i], s->day);
        most = level > most ? level : most;
    }
    for (int i = 0; i < demo_spots(s->who); i++)
        most = s->spot[i].level * 0.6 > most ? s->spot[i].level * 0.6 : most;
    return most;
}

static void measure_flexibility(sim *s, km_checkin *c)
{
    double gain = s->t / (double)DEMO_DAYS;
    c->flex[c->n_flex++] = (km_flex){ "knee_to_wall", KM_SIDE_LEFT,
                                      demo_clamp(9 + 2 * gain + km_rng_normal(&s->rng), 2, 20) };
    c->flex[c->n_flex++] = (km_flex){ "knee_to_wall", KM_SIDE_RIGHT,
                                      demo_clamp(8 + 3 * gain + km_rng_normal(&s->rng), 2, 20) };
    c->flex[c->n_flex++] = (km_flex){ "sit_and_reach", KM_SIDE_MIDLINE,
                                      demo_clamp(22 + 6 * gain + km_rng_normal(&s->rng), 0, 50) };
}

static km_status check_in(sim *s)
{
    km_checkin c = km_checkin_blank();
    s->sleep = 0.9 * s->sleep + 0.4 * km_rng_normal(&s->rng);
    s->stress = 0.92 * s->stress + 0.4 * km_rng_normal(&s->rng);
    if (!demo_chance(s, s->who->checkin_percent))
        return KM_OK;
    c.at = at_hour(s, 7);
    c.client_id = s->client;
    c.uid = demo_uid(s, c.at);
    c.sleep = demo_clamp(3 + s->sleep, 1, 7);
    c.stress = demo_clamp(3.2 + s->stress, 1, 7);
    c.fatigue = demo_clamp(2.2 + 1.6 * s->strain + 0.5 * s->sleep, 1, 7);
    c.soreness = demo_clamp(1.3 + 0.75 * sorest(s), 1, 7);
    c.energy = demo_clamp(9 - c.fatigue + 0.5 * km_rng_normal(&s->rng), 0, 10);
    c.mood = demo_clamp(9 - c.stress + 0.5 * km_rng_normal(&s->rng), 0, 10);
    c.did = habits(s);
    if (s->t % 14 == 3)
        measure_flexibility(s, &c);
    return s->sink->checkin(s->sink->ctx, &c, s->err);
}

/** Whether the cause of a spot is at work on day `t`. */
static bool at_work(const demo_spot *d, int t)
{
    if (d->lately > 0 && t >= DEMO_DAYS - d->lately)
        return true;
    /* the last weeks belong to what goes on now, so that older courses are over today */
    if (t < d->first || t >= DEMO_DAYS - 35)
        return false;
    int into = d->every > 0 ? (t - d->first) % d->every : t - d->first;
    return into < d->length;
}

static void live(sim *s)
{
    for (int i = 0; i < demo_spots(s->who); i++) {
        const demo_spot *d = &s->who->spot[i];
        spot_state *p = &s->spot[i];
        bool lasts = at_work(d, s->t);
        double rest = i < s->who->n_lasting ? LASTING * d->peak : 0.0;
        double goal = lasts ? d->peak + 0.8 : rest;
        if (rest > 0)
            p->since = s->today - s->who->hurt_years * 365;
        else if (lasts && !p->at_work)
            p->since = s->day;
        p->at_work = lasts;
        p->level += (goal - p->level) * (goal > p->level ? RISE : FALL);
        p->level = p->level < 0 ? 0 : p->level;
        p->treated = false;
    }
    s->strain *= 0.6;
}

/** The evening look: an end is always noticed, a small level not every day. */
static km_status evening(sim *s)
{
    km_instant at = at_hour(s, 20);
    bool looks = demo_chance(s, s->who->marks_percent);
    km_status st = KM_OK;
    for (int i = 0; i < demo_spots(s->who) && st == KM_OK; i++) {
        if (looks || (s->spot[i].level < SPOT_GONE && s->spot[i].last > 0))
            st = demo_look_at(s, i, at, NULL);
    }
    if (st == KM_OK)
        st = demo_look_at_soreness(s, at, looks);
    return st == KM_OK && looks && demo_chance(s, 35) ? demo_treat_round(s, 2, at, NULL) : st;
}

static km_status live_a_day(sim *s)
{
    static km_status (*const part[])(sim *) = { check_in, self_check, visit, train, recover,
                                                evening };
    km_status st = KM_OK;
    live(s);
    for (size_t i = 0; i < sizeof part / sizeof *part && st == KM_OK; i++)
        st = part[i](s);
    return st;
}

static km_status begin(sim *s, int number)
{
    const demo_person *p = s->who;
    km_client c = km_client_blank();
    int year, month, day;
    km_day_civil(s->today, &year, &month, &day);
    c.name = p->name;
    c.sex = p->sex;
    c.contact = p->contact;
    c.note = p->note;
    c.conditions = p->conditions;
    c.profile = p->profile;
    c.tools = p->tools;
    c.has_born = true;
    c.born = km_day_of(year - p->age, 1 + number % 12, 3 + 2 * number);
    c.uid = demo_uid(s, km_day_instant(s->today - DEMO_DAYS, 8, number));
    km_status st = s->sink->client(s->sink->ctx, &c, s->err);
    s->client = c.id;
    for (int i = 0; i < demo_spots(p) && st == KM_OK; i++) {
        int muscle = km_atlas_muscle(s->atlas, p->spot[i].muscle);
        int point = muscle < 0 ? -1 : km_atlas_point(s->atlas, muscle, p->spot[i].tp);
        if (point < 0)
            return km_fail(s->err, KM_EDATA, "%s:%d: the atlas has no such point",
                           p->spot[i].muscle, p->spot[i].tp);
        s->spot[i] = (spot_state){ .point = point, .zone = -1 };
        const km_point *q = &s->atlas->point[point];
        for (int k = q->first_referral; k < q->first_referral + q->n_referral; k++) {
            const km_referral *r = &s->atlas->referral[k];
            if (r->kind == KM_ZONE_ESSENTIAL && r->region != q->site &&
                (s->spot[i].zone < 0 || r->weight > s->atlas->referral[s->spot[i].zone].weight))
                s->spot[i].zone = k;
        }
    }
    return st;
}

km_status demo_generate(const km_atlas *a, km_day today, const demo_sink *sink, km_error *err)
{
    km_status st = KM_OK;
    for (int i = 0; i < demo_n_people && st == KM_OK; i++) {
        sim s = { .atlas = a, .sink = sink, .who = &demo_people[i], .err = err,
                  .today = today, .rng = km_rng_seed(SEED + (uint64_t)i) };
        st = begin(&s, i);
        for (s.t = 0; s.t < DEMO_DAYS && st == KM_OK; s.t++) {
            s.day = s.today - DEMO_DAYS + s.t;
            st = live_a_day(&s);
        }
    }
    return st;
}
