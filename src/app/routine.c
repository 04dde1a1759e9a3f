/* Routines of today: planned for places, kept earlier, or the first relief of a muscle. */
#include "app_impl.h"

#include "knotmap/care.h"
#include "knotmap/time.h"

#include <stdlib.h>
#include <string.h>

typedef struct targets {
    const km_atlas *a;
    km_instant now;
    const km_ref *place;
    size_t n_place;
    bool open_too;
    km_mark_list recent; /* of the time in which an injury is fresh */
    km_target *row;
    size_t n, cap;
} targets;

static void target_add(targets *t, const km_target *one)
{
    KM_GROW(t->row, t->n, t->cap);
    t->row[t->n++] = *one;
}

/* How long it has been so: known from the onset, and from the mark itself for an injury. */
static int32_t age_hours(const km_mark *m, km_instant now)
{
    int64_t since;

    if (m->has_onset)
        since = m->onset.sec;
    else if (m->cause == KM_CAUSE_INJURY)
        since = m->at.sec;
    else
        return -1;
    int64_t hours = (now.sec - since) / 3600;
    return (int32_t)(hours < 0 ? 0 : hours > INT32_MAX ? INT32_MAX : hours);
}

/* A rating given since does not heal an injury: what recent marks of the place said still holds. */
static void take_recent(km_target *one, const targets *t, const km_mark *m)
{
    for (size_t i = 0; i < t->recent.n; i++) {
        const km_mark *r = &t->recent.row[i];
        if (r->kind != m->kind || !km_place_equal(&r->place, &m->place))
            continue;
        one->swelling = one->swelling || r->qualities & 1u << KM_QUALITY_SWOLLEN;
        if (r->cause != KM_CAUSE_INJURY)
            continue;
        int32_t age = age_hours(r, t->now);
        if (!one->injury || age < one->age_hours)
            one->age_hours = age;
        one->injury = true;
    }
}

static km_status targets_begin(targets *t, km_app *app, km_error *err)
{
    km_mark_filter f = km_mark_filter_all();
    km_status st = km_now(&t->now, err);

    f.has_since = true;
    f.since = t->now;
    f.since.sec -= KM_ACUTE_HOURS * 3600;
    return st == KM_OK ? km_app_marks(&t->recent, app, &f, err) : st;
}

static void targets_clear(targets *t)
{
    free(t->row);
    km_mark_list_clear(&t->recent);
}

static km_status take_open(void *ctx, const km_mark *m, km_error *err)
{
    targets *t = ctx;

    (void)err;
    km_target one = { .intensity = m->intensity, .kind = m->kind,
                      .age_hours = age_hours(m, t->now),
                      .injury = m->cause == KM_CAUSE_INJURY,
                      .swelling = m->qualities & 1u << KM_QUALITY_SWOLLEN };
    take_recent(&one, t, m);
    bool holds_back = one.injury || one.swelling || one.kind == KM_KIND_NUMBNESS;

    if (!t->open_too && t->n_place == 0 && !holds_back)
        return KM_OK;
    if (!km_app_ref_of(&one.place, t->a, &m->place))
        return KM_OK;
    /* what was not asked for may still be an injury beside it */
    one.beside = !t->open_too;
    if (t->open_too || holds_back)
        target_add(t, &one);
    /* a named place takes over what its worst open mark says */
    int region = km_atlas_region(t->a, m->place.region);
    for (size_t i = 0; i < t->n_place; i++) {
        km_target *named = &t->row[i];
        bool same = named->place.kind == KM_REF_MUSCLE
                        ? one.place.kind == KM_REF_MUSCLE &&
                              one.place.index == named->place.index &&
                              km_app_side_fits(m->place.side, &named->place)
                        : km_app_ref_covers(t->a, &named->place, region, m->place.side);
        if (same && m->intensity > named->intensity) {
            named->intensity = m->intensity;
            named->kind = m->kind;
        }
        /* the freshest injury decides how long pressure waits, not some older soreness */
        bool fresher = named->age_hours < 0 || one.age_hours < named->age_hours;
        if (same && one.age_hours >= 0 &&
            (one.injury == named->injury ? fresher : one.injury))
            named->age_hours = one.age_hours;
        named->injury = named->injury || (same && one.injury);
        named->swelling = named->swelling || (same && one.swelling);
    }
    return KM_OK;
}

bool km_app_mark_ref(km_ref *out, const km_app *app, const km_mark *m)
{
    return km_app_ref_of(out, app->atlas, &m->place);
}

uint32_t km_app_tools(uint32_t said)
{
    return said ? said : 1u << KM_TOOL_HANDS | 1u << KM_TOOL_BALL | 1u << KM_TOOL_ROLLER;
}

km_status km_app_routine(km_plan *out, km_app *app, const km_ref *place, size_t n, bool open_too,
                         uint32_t techniques, uint32_t tools, int minutes, km_error *err)
{
    targets t = { .a = app->atlas, .place = place, .n_place = n, .open_too = open_too };
    km_mark_filter f = km_mark_filter_all();
    km_client c;
    km_status st = targets_begin(&t, app, err);

    f.open = true;
    if (st == KM_OK)
        st = km_app_client(&c, app, err);
    for (size_t i = 0; i < n; i++)
        target_add(&t, &(km_target){ .place = place[i], .intensity = KM_INTENSITY_NONE,
                                     .kind = KM_KIND_KNOT, .age_hours = -1 });
    if (st == KM_OK)
        st = km_app_marks_each(app, &f, take_open, &t, err);
    if (st == KM_OK && t.n == 0)
        st = km_fail(err, KM_ENOTFOUND, "routine: nothing is open");
    if (st == KM_OK) {
        if (!tools)
            tools = c.tools;
        bool unsaid = !tools;
        tools = km_app_tools(tools);
        km_plan_ask ask = { .target = t.row, .n_target = t.n, .techniques = techniques,
                            .tools = tools, .minutes = minutes, .conditions = c.conditions,
                            .tools_assumed = unsaid };
        st = km_routine_plan(out, app->atlas, &ask, err);
    }
    targets_clear(&t);
    return st;
}

/* The rows of a muscle for tools at hand, those a therapist does left out. */
static size_t rows_of(km_step *out, const km_atlas *a, int muscle, km_side side, uint32_t tools)
{
    const km_muscle *m = &a->muscle[muscle];
    size_t n = 0;

    for (int i = m->first_routine; i < m->first_routine + m->n_routine; i++) {
        const km_routine_row *r = &a->routine[i];
        int tool = 0;
        while (tool < KM_TOOL_COUNT && !(r->tools & tools & 1u << tool))
            tool++;
        if (r->therapist || (r->tools && tool == KM_TOOL_COUNT))
            continue;
        out[n++] = (km_step){
            .muscle = (int16_t)muscle, .point = -1, .technique = (int)r->technique,
            .side = m->midline ? KM_SIDE_MIDLINE : side,
            .kind = km_word(KM_VOCAB_TECHNIQUE, (int)r->technique),
            .tool = r->tools ? km_word(KM_VOCAB_TOOL, tool) : "", .position = r->position,
            .action = r->action, .seconds = r->seconds, .sets = r->sets, .pressure = r->pressure,
            .cue = "", .caution = r->caution, .source = r->source };
    }
    return n;
}

km_status km_app_hurts(km_hurts *out, km_app *app, const km_mark *open, size_t n_open,
                       km_error *err)
{
    targets t = { .a = app->atlas };
    km_status st = targets_begin(&t, app, err);

    for (size_t i = 0; i < n_open && st == KM_OK; i++)
        st = take_open(&t, &open[i], err);
    *out = (km_hurts){ t.row, t.n };
    t.row = NULL;
    targets_clear(&t);
    return st;
}

void km_hurts_clear(km_hurts *h)
{
    free(h->row);
    *h = (km_hurts){ .n = 0 };
}

km_status km_app_relief(km_plan *out, const km_atlas *a, const km_client *c, const km_hurts *h,
                        int muscle, km_side side, km_error *err)
{
    *out = (km_plan){ 0 };
    out->step = km_calloc((size_t)a->muscle[muscle].n_routine + 1, sizeof *out->step);
    out->n = rows_of(out->step, a, muscle, side, km_app_tools(c->tools));
    if (h->n == 0 && !c->conditions)
        return KM_OK;
    km_plan_ask ask = { .target = h->row, .n_target = h->n, .conditions = c->conditions };
    km_status st = km_routine_heed(out, a, &ask, err);
    if (st != KM_OK)
        km_plan_clear(out);
    return st;
}

static km_step step_of(const km_atlas *a, const km_saved_step *s)
{
    int muscle = s->muscle ? km_atlas_muscle(a, s->muscle) : -1;
    int technique = -1;

    if (km_word_parse(&technique, KM_VOCAB_TECHNIQUE, "kind", s->kind, NULL) != KM_OK)
        technique = -1;
    return (km_step){
        .muscle = (int16_t)muscle,
        .point = (int16_t)(muscle >= 0 && s->tp ? km_atlas_point(a, muscle, s->tp) : -1),
        .side = s->side, .technique = muscle >= 0 ? technique : -1, .kind = s->kind,
        .tool = s->tool, .position = s->position, .action = s->action, .seconds = s->seconds,
        .sets = s->sets, .pressure = s->pressure, .cue = s->cue, .cue_count = s->cue_count,
        .active = s->cue_count > 0, .caution = s->caution, .source = s->source,
        .total = km_saved_step_total(s), .number = s->step,
    };
}

km_status km_app_routine_today(km_plan *out, km_app *app, const km_saved_routine *r, km_error *err)
{
    targets t = { .a = app->atlas };
    km_mark_filter f = km_mark_filter_all();
    km_client c;
    km_status st = targets_begin(&t, app, err);

    *out = (km_plan){ .n = r->n, .step = km_calloc(r->n ? r->n : 1, sizeof *out->step) };
    for (size_t i = 0; i < r->n; i++)
        out->step[i] = step_of(app->atlas, &r->step[i]);
    f.open = true;
    if (st == KM_OK)
        st = km_app_client(&c, app, err);
    if (st == KM_OK)
        st = km_app_marks_each(app, &f, take_open, &t, err);
    if (st == KM_OK) {
        km_plan_ask ask = { .target = t.row, .n_target = t.n, .conditions = c.conditions };
        st = km_routine_heed(out, app->atlas, &ask, err);
    }
    if (st == KM_OK && out->n == 0 && r->n > 0)
        st = km_fail(err, KM_ENOTFOUND, "routine: %s",
                     out->n_note ? out->note[0] : "nothing of it is left for today");
    targets_clear(&t);
    if (st != KM_OK)
        km_plan_clear(out);
    return st;
}
