/** The made-up clinic: spots, their pain, treatments, and soreness after training. */
#include <string.h>

#include "demo_sim.h"

#define ACTIVE_FROM 4 /* a spot this sore brings back a known pain here */

/* ---- marks ---- */

static km_status put_mark(sim *s, km_mark *m, const km_session *in)
{
    int region = km_atlas_region(s->atlas, m->place.region);
    int muscle = m->place.muscle ? km_atlas_muscle(s->atlas, m->place.muscle) : -1;
    int point = m->place.tp > 0 ? km_atlas_point(s->atlas, muscle, m->place.tp) : -1;
    km_body_default_pos(s->atlas, region, point, m->place.side, &m->view, &m->x, &m->y);
    m->uid = demo_uid(s, m->at);
    m->client_id = s->client;
    if (in) {
        m->session_id = in->id;
        m->session_uid = in->uid;
    }
    return s->sink->mark(s->sink->ctx, m, s->err);
}

static const char *knot_note(sim *s, int value, int last)
{
    static const char *const up[] = { "stiff on waking", "worse by the evening",
                                      "after a long drive", "slept badly on it" };
    static const char *const down[] = { "clearly softer", "only on firm pressure now",
                                        "better since the rest day" };
    if (!demo_chance(s, 12))
        return NULL;
    if (value == 0)
        return "nothing left to find";
    return value >= last ? up[km_rng_below(&s->rng, 4)] : down[km_rng_below(&s->rng, 3)];
}

/** Where the hallmark pain of a spot is felt. */
static km_felt zone_of(const sim *s, int i)
{
    const km_referral *r = &s->atlas->referral[s->spot[i].zone];
    const km_region *g = &s->atlas->region[r->region];
    km_side side = s->who->spot[i].side;
    if (g->midline)
        side = KM_SIDE_MIDLINE;
    else if (r->laterality == KM_LAT_OPPOSITE)
        side = km_side_mirror(side);
    return (km_felt){ side, g->code };
}

static km_status write_knot(sim *s, int i, int value, km_instant at, const km_session *in)
{
    const demo_spot *d = &s->who->spot[i];
    spot_state *p = &s->spot[i];
    km_mark m = km_mark_blank();
    m.at = at;
    m.kind = KM_KIND_KNOT;
    m.place = (km_place){ d->side, s->atlas->region[s->atlas->point[p->point].site].code,
                          d->muscle, d->tp };
    m.intensity = value;
    m.cause = d->cause;
    m.has_onset = d->cause == KM_CAUSE_INJURY;
    m.onset = km_day_instant(p->since, 6, 0);
    m.tissue = KM_TISSUE_MUSCLE;
    if (strcmp(d->muscle, "quadratus_lumborum") == 0)
        m.test = "sit_and_reach";
    m.note = knot_note(s, value, p->last);
    bool examined = in && in->kind != KM_SESSION_TRAINING;
    if (value > 0)
        m.qualities = 1u << (value >= 6 ? KM_QUALITY_DEEP : KM_QUALITY_TENDER) |
                      (demo_chance(s, 50) ? 1u << KM_QUALITY_ACHING : 0);
    if (value >= ACTIVE_FROM && p->zone >= 0 && (examined || demo_chance(s, 60))) {
        m.state = KM_STATE_ACTIVE;
        m.felt[m.n_felt++] = zone_of(s, i);
    } else if (value > 0 && (examined || demo_chance(s, 40))) {
        m.state = KM_STATE_LATENT;
    }
    if (in && in->kind == KM_SESSION_TREATMENT) {
        m.taut_band = value > 0 ? KM_TRI_YES : KM_TRI_NO;
        m.twitch = value >= 5 && demo_chance(s, 60) ? KM_TRI_YES : KM_TRI_NO;
        m.ppt_area = 1.0;
        for (int k = 0; k < 3; k++)
            m.ppt[m.n_ppt++] = demo_clamp(430.0 - 32.0 * value + 14.0 * km_rng_normal(&s->rng),
                                          90, 600);
    }
    p->last = value;
    return put_mark(s, &m, in);
}

static km_status write_pain(sim *s, int i, int value, km_instant at, const km_session *in)
{
    spot_state *p = &s->spot[i];
    km_felt zone = zone_of(s, i);
    bool head = strcmp(s->atlas->region[s->atlas->referral[p->zone].region].area, "head") == 0;
    km_mark m = km_mark_blank();
    m.at = at;
    m.at.sec += 60;
    m.kind = KM_KIND_PAIN;
    m.place = (km_place){ .side = zone.side, .region = zone.region };
    m.intensity = value;
    m.cause = s->who->spot[i].cause;
    if (value > 0)
        m.qualities = head ? 1u << KM_QUALITY_THROBBING | 1u << KM_QUALITY_DULL
                           : 1u << KM_QUALITY_ACHING | 1u << KM_QUALITY_DEEP;
    p->last_pain = value;
    return put_mark(s, &m, in);
}

/** Another spot of the person already keeps the pain in this zone. */
static bool zone_taken(const sim *s, int i)
{
    km_felt mine = zone_of(s, i);
    for (int k = 0; k < demo_spots(s->who); k++) {
        if (k == i || s->spot[k].zone < 0 || s->spot[k].last_pain == 0)
            continue;
        km_felt theirs = zone_of(s, k);
        if (mine.side == theirs.side && strcmp(mine.region, theirs.region) == 0)
            return true;
    }
    return false;
}

km_status demo_look_at(sim *s, int i, km_instant at, const km_session *in)
{
    spot_state *p = &s->spot[i];
    km_status st = KM_OK;
    bool over = p->level < SPOT_GONE;
    int value = over ? 0 : demo_clamp(p->level + 0.35 * km_rng_normal(&s->rng), 1, 10);
    if (value > 0 || p->last > 0)
        st = write_knot(s, i, value, at, in);
    int pain = value >= ACTIVE_FROM ? value - demo_between(s, 0, 2) : 0;
    if (st == KM_OK && p->zone >= 0 && (pain > 0 ? !zone_taken(s, i) : p->last_pain > 0))
        st = write_pain(s, i, pain, at, in);
    return st;
}

km_status demo_look_round(sim *s, km_instant at, const km_session *in)
{
    km_status st = KM_OK;
    for (int i = 0; i < demo_spots(s->who) && st == KM_OK; i++)
        st = demo_look_at(s, i, at, in);
    return st;
}

/* ---- treatments ---- */

static km_response response_to(sim *s, int before, int after)
{
    if (after > before)
        return KM_RESPONSE_WORSE;
    if (after == before)
        return demo_chance(s, 70) ? KM_RESPONSE_SAME : KM_RESPONSE_SORE;
    if (before - after >= 2)
        return demo_chance(s, 75) ? KM_RESPONSE_LOOSER : KM_RESPONSE_SLEEPY;
    return KM_RESPONSE_BETTER;
}

/** The first row of the atlas that suits: massage by the therapist, else what the tools allow. */
static const km_routine_row *row_for(sim *s, int muscle, bool therapist, uint32_t *tool)
{
    const km_muscle *m = &s->atlas->muscle[muscle];
    const km_routine_row *fit[16];
    uint32_t n = 0;
    for (int i = m->first_routine; i < m->first_routine + m->n_routine && n < 16; i++) {
        const km_routine_row *r = &s->atlas->routine[i];
        if (r->therapist == therapist && (r->tools == 0 || therapist || (r->tools & s->who->tools)))
            fit[n++] = r;
    }
    if (n == 0)
        return NULL;
    const km_routine_row *r = fit[km_rng_below(&s->rng, n)];
    *tool = therapist ? 1u << KM_TOOL_HANDS : r->tools & s->who->tools;
    return r;
}

static km_status treat(sim *s, int i, km_instant at, const km_session *in)
{
    const demo_spot *d = &s->who->spot[i];
    spot_state *p = &s->spot[i];
    int muscle = s->atlas->point[p->point].muscle;
    bool therapist = in && in->kind == KM_SESSION_TREATMENT;
    uint32_t tools = 0;
    const km_routine_row *r = row_for(s, muscle, therapist, &tools);
    if (!r && therapist)
        r = row_for(s, muscle, false, &tools);
    if (!r)
        return KM_OK;
    km_treatment t = km_treatment_blank();
    t.at = at;
    t.client_id = s->client;
    t.place = (km_place){ d->side, s->atlas->region[s->atlas->point[p->point].site].code,
                          d->muscle, d->tp };
    t.technique = (int)r->technique;
    for (int k = 0; k < KM_TOOL_COUNT && !t.tool; k++) {
        if (tools >> k & 1)
            t.tool = km_word(KM_VOCAB_TOOL, k);
    }
    t.seconds = r->seconds * r->sets;
    t.before = p->last;
    /* pressing helps a little more than stretching, some days not at all */
    int gain = demo_between(s, 0, r->technique == KM_TECH_STRETCH ? 1 : therapist ? 3 : 2);
    t.after = demo_clamp(demo_chance(s, 4) ? p->last + 1 : p->last - gain, 0, 10);
    t.response = response_to(s, t.before, t.after);
    t.uid = demo_uid(s, at);
    if (in) {
        t.session_id = in->id;
        t.session_uid = in->uid;
    }
    p->level -= 0.35 * (t.before - t.after);
    p->treated = true;
    return s->sink->treatment(s->sink->ctx, &t, s->err);
}

km_status demo_treat_round(sim *s, int most, km_instant at, const km_session *in)
{
    km_status st = KM_OK;
    for (int i = 0; i < demo_spots(s->who) && most > 0 && st == KM_OK; i++) {
        if (s->spot[i].last < 3 || s->spot[i].treated)
            continue;
        at.sec += 300;
        st = treat(s, i, at, in);
        most--;
    }
    return st;
}

/* ---- soreness after training ---- */

double demo_sore_level(const sore *o, km_day day)
{
    static const double course[] = { 0.0, 0.75, 1.0, 0.6, 0.3 };
    int days = day - o->day;
    return days < 0 || days > 4 ? 0.0 : o->peak * course[days];
}

void demo_get_sore(sim *s, const char *muscle, km_instant ended, int rpe)
{
    sore *o = NULL;
    for (int i = 0; i < s->n_sore && !o; i++) {
        if (strcmp(s->sore[i].muscle, muscle) == 0)
            o = &s->sore[i];
    }
    if (!o && s->n_sore < SORE_MAX) {
        o = &s->sore[s->n_sore++];
        *o = (sore){ .muscle = muscle };
    }
    if (!o)
        return;
    o->began = ended;
    o->began.sec += 3600 * demo_between(s, 7, 12);
    o->day = s->day;
    o->peak = rpe - 4 + 0.7 * km_rng_normal(&s->rng);
}

static km_status write_sore(sim *s, sore *o, int which, int value, km_instant at)
{
    const km_muscle *u = &s->atlas->muscle[km_atlas_muscle(s->atlas, o->muscle)];
    km_mark m = km_mark_blank();
    m.at = at;
    m.kind = KM_KIND_SORENESS;
    m.place = (km_place){ which == 0 ? KM_SIDE_LEFT : KM_SIDE_RIGHT,
                          s->atlas->region[u->home[0]].code, o->muscle, 0 };
    m.intensity = value;
    m.cause = KM_CAUSE_TRAINING;
    m.tissue = KM_TISSUE_MUSCLE;
    if (value > 0)
        m.qualities = 1u << KM_QUALITY_STIFF | 1u << KM_QUALITY_TENDER;
    m.has_onset = o->began.sec <= at.sec;
    m.onset = o->began;
    o->last[which] = value;
    return put_mark(s, &m, NULL);
}

km_status demo_look_at_soreness(sim *s, km_instant at, bool looks)
{
    km_status st = KM_OK;
    for (int i = 0; i < s->n_sore && st == KM_OK; i++) {
        sore *o = &s->sore[i];
        double level = demo_sore_level(o, s->day);
        bool over = s->day - o->day > 4 || (s->day > o->day && level < 0.5);
        for (int side = 0; side < 2 && st == KM_OK; side++) {
            double seen = level + demo_between(s, -1, 1) * 0.4;
            int value = over || level < 0.5 ? 0 : demo_clamp(seen, 1, 10);
            if ((looks && value > 0) || (over && o->last[side] > 0))
                st = write_sore(s, o, side, value, at);
        }
        if (over)
            s->sore[i--] = s->sore[--s->n_sore];
    }
    return st;
}
