/* The times places were open, causes, and soreness by its clock. */
#include "care_impl.h"

#include "knotmap/time.h"

#include <stdlib.h>
#include <string.h>

static km_status take(void *ctx, const km_store_cause *m, km_error *err)
{
    km_open_spells *s = ctx;
    size_t key = (size_t)m->sample.place * KM_KIND_COUNT + (size_t)m->sample.kind;
    km_day day = km_instant_day((km_instant){ m->sample.at, m->sample.off_min });

    (void)err;
    if (key >= s->n_slot)
        return KM_OK; /* a place written since by another program */
    km_open_spell *row = s->slot[key] >= 0 ? &s->row[s->slot[key]] : NULL;
    /* gone and back on one day was never gone */
    bool was_open = row && (row->open || row->last == day);
    if (m->sample.intensity == 0 && !(row && row->open))
        return KM_OK;
    if (!was_open) {
        KM_GROW(s->row, s->n, s->cap);
        s->slot[key] = (int32_t)s->n;
        row = &s->row[s->n++];
        *row = (km_open_spell){ .place = m->sample.place, .kind = m->sample.kind,
                                .worst = KM_INTENSITY_NONE, .open = true,
                                .first_id = m->sample.id, .first = day,
                                .first_at = m->sample.at };
    }
    row->last_id = m->sample.id;
    row->last = day;
    row->open = m->sample.intensity != 0;
    if (m->sample.intensity > row->worst)
        row->worst = m->sample.intensity;
    if (row->cause == KM_CAUSE_NONE)
        row->cause = m->cause;
    return KM_OK;
}

/* Room for the newest spell of each place and kind. */
static km_status spells_begin(km_open_spells *out, int64_t *client, km_app *app, km_error *err)
{
    int64_t places = 0;
    km_status st = km_app_client_id(client, app, err);

    *out = (km_open_spells){ .n = 0 };
    if (st == KM_OK)
        st = km_store_place_max(&places, app->store, err);
    if (st != KM_OK)
        return st;
    out->n_slot = (size_t)(places + 1) * KM_KIND_COUNT;
    out->slot = km_calloc(out->n_slot, sizeof *out->slot);
    memset(out->slot, 0xff, out->n_slot * sizeof *out->slot);
    return KM_OK;
}

/* All the client's spells. */
static km_status all_spells(km_open_spells *out, km_app *app, km_error *err)
{
    int64_t client = 0;
    km_status st = spells_begin(out, &client, app, err);

    if (st == KM_OK)
        st = km_store_causes_each(app->store, client, take, out, err);
    if (st != KM_OK)
        km_open_spells_clear(out);
    return st;
}

typedef struct recent {
    km_store_event *row;
    size_t n, cap;
    int64_t until;          /* by the clock of each mark */
} recent;

static km_status take_recent(void *ctx, const km_store_event *e, km_error *err)
{
    recent *r = ctx;

    (void)err;
    if (e->at + e->off_min * 60 >= r->until)
        return KM_OK;
    KM_GROW(r->row, r->n, r->cap);
    r->row[r->n++] = *e;
    return KM_OK;
}

static int by_time(const void *a, const void *b)
{
    const km_store_event *x = a, *y = b;
    if (x->at != y->at)
        return x->at < y->at ? -1 : 1;
    return (x->id > y->id) - (x->id < y->id);
}

#define RECENT_DAYS 400

km_status km_app_spells_recent(km_open_spells *out, km_app *app, km_error *err)
{
    km_instant now;
    km_status st = km_now(&now, err);

    *out = (km_open_spells){ .n = 0 };
    if (st != KM_OK)
        return st;
    return km_app_spells_span(out, app, now.sec - (int64_t)RECENT_DAYS * KM_DAY_SEC, INT64_MAX,
                              false, err);
}

km_status km_app_spells_span(km_open_spells *out, km_app *app, int64_t since, int64_t until,
                             bool until_day, km_error *err)
{
    int64_t client = 0;
    recent r = { .until = until_day ? until : INT64_MAX };
    km_status st = spells_begin(out, &client, app, err);

    if (st == KM_OK)
        st = km_store_events_each(app->store, client, since,
                                  until_day ? until + KM_DAY_SEC : until, take_recent, &r, err);
    /* the index has them in order of time but for marks of one moment */
    size_t i = 1;
    while (i < r.n && by_time(&r.row[i - 1], &r.row[i]) < 0)
        i++;
    if (st == KM_OK && i < r.n)
        qsort(r.row, r.n, sizeof *r.row, by_time);
    for (i = 0; i < r.n && st == KM_OK; i++) {
        const km_store_event *e = &r.row[i];
        const km_store_cause m = { .sample = { .id = e->id, .at = e->at, .off_min = e->off_min,
                                               .place = e->place, .kind = e->kind,
                                               .intensity = e->intensity, .client_id = client } };
        st = take(out, &m, err);
    }
    free(r.row);
    if (st != KM_OK)
        km_open_spells_clear(out);
    return st;
}

void km_open_spells_clear(km_open_spells *s)
{
    free(s->row);
    free(s->slot);
    *s = (km_open_spells){ .n = 0 };
}

/* ---- causes ---- */

typedef struct cause_count {
    km_app *app;
    km_cause_row row[KM_CAUSE_COUNT];
    bool *seen;             /* place and cause */
    int *muscle;            /* marks by cause and muscle */
    int64_t places;
    int16_t *muscle_of;     /* of a place, -1 none, MUSCLE_UNSEEN */
} cause_count;

enum { MUSCLE_UNSEEN = -2 };

static km_status count_cause(void *ctx, const km_store_cause *m, km_error *err)
{
    cause_count *c = ctx;
    km_place p;

    if (m->cause <= KM_CAUSE_NONE || m->cause >= KM_CAUSE_COUNT || m->sample.place > c->places)
        return KM_OK;
    km_cause_row *row = &c->row[m->cause];
    bool *seen = &c->seen[(int64_t)m->cause * (c->places + 1) + m->sample.place];
    row->marks++;
    row->places += !*seen;
    *seen = true;
    int16_t *muscle = &c->muscle_of[m->sample.place];
    if (*muscle == MUSCLE_UNSEEN) {
        km_status st = km_store_place(&p, c->app->store, m->sample.place, err);
        if (st != KM_OK)
            return st;
        *muscle = (int16_t)(p.muscle ? km_atlas_muscle(c->app->atlas, p.muscle) : -1);
    }
    if (*muscle >= 0)
        c->muscle[(int)m->cause * c->app->atlas->n_muscle + *muscle]++;
    return KM_OK;
}

static void name_muscles(cause_count *c, km_cause_row *row)
{
    int n = c->app->atlas->n_muscle;
    int *count = &c->muscle[(int)row->cause * n];

    for (int k = 0; k < KM_CAUSE_MUSCLES; k++) {
        int best = -1;
        for (int i = 0; i < n; i++) {
            if (count[i] > 0 && (best < 0 || count[i] > count[best]))
                best = i;
        }
        row->muscle[k] = (int16_t)best;
        if (best >= 0)
            count[best] = 0;
    }
}

static int by_marks(const void *a, const void *b)
{
    const km_cause_row *x = a, *y = b;
    if (x->marks != y->marks)
        return x->marks > y->marks ? -1 : 1;
    if (x->days_open != y->days_open)
        return x->days_open > y->days_open ? -1 : 1;
    return (int)x->cause - (int)y->cause;
}

km_status km_app_causes(km_cause_row out[KM_CAUSE_COUNT], size_t *n, km_app *app, km_error *err)
{
    cause_count c = { .app = app };
    km_open_spells spells = { .n = 0 };
    km_instant now;
    int64_t client = 0;
    km_status st = km_now(&now, err);

    *n = 0;
    if (st == KM_OK)
        st = km_app_client_id(&client, app, err);
    if (st == KM_OK)
        st = km_store_place_max(&c.places, app->store, err);
    if (st == KM_OK)
        st = all_spells(&spells, app, err);
    if (st != KM_OK)
        return st;
    km_day today = km_instant_day(now);
    c.seen = km_calloc((size_t)KM_CAUSE_COUNT * (size_t)(c.places + 1), sizeof *c.seen);
    c.muscle_of = km_calloc((size_t)c.places + 1, sizeof *c.muscle_of);
    for (int64_t i = 0; i <= c.places; i++)
        c.muscle_of[i] = MUSCLE_UNSEEN;
    c.muscle = km_calloc((size_t)KM_CAUSE_COUNT * (size_t)app->atlas->n_muscle, sizeof *c.muscle);
    st = km_store_causes_each(app->store, client, count_cause, &c, err);
    for (size_t i = 0; i < spells.n && st == KM_OK; i++) {
        const km_open_spell *s = &spells.row[i];
        if (s->cause > KM_CAUSE_NONE && s->cause < KM_CAUSE_COUNT)
            c.row[s->cause].days_open += (s->open ? today : s->last) - s->first;
    }
    for (int i = 1; i < KM_CAUSE_COUNT && st == KM_OK; i++) {
        c.row[i].cause = (km_cause)i;
        if (c.row[i].marks == 0)
            continue;
        name_muscles(&c, &c.row[i]);
        out[(*n)++] = c.row[i];
    }
    if (*n)
        qsort(out, *n, sizeof *out, by_marks);
    free(c.seen);
    free(c.muscle_of);
    free(c.muscle);
    km_open_spells_clear(&spells);
    return st;
}

/* ---- soreness ---- */

#define HOUR 3600
#define BEFORE_ONSET (72 * HOUR) /* how long before its onset a training may lie */
#define COURSE_DAYS 7            /* gone in 5-7 days */

static km_session *training_before(const km_session_list *l, int64_t onset)
{
    /* newest first */
    for (size_t i = 0; i < l->n; i++) {
        km_session *s = &l->row[i];
        if (s->kind == KM_SESSION_TRAINING && s->started.sec <= onset &&
            onset - s->started.sec <= BEFORE_ONSET)
            return s;
    }
    return NULL;
}

static int64_t end_of(const km_session *s)
{
    if (s->has_ended)
        return s->ended.sec;
    return s->started.sec + (s->minutes > 0 ? s->minutes * 60 : 0);
}

static void say_soreness(km_soreness *r, km_arena *mem)
{
    const char *since = r->session_id ? "after the training" : "since it began";

    if (r->days_left < 0)
        r->said = km_arena_printf(mem, "Soreness has lasted %d days; the usual course is over in "
                                       "seven. Do not train it, and have it looked at.",
                                  COURSE_DAYS - r->days_left);
    else if (r->hours < 24)
        r->said = km_arena_printf(mem, "%d h %s: it may still grow; the usual peak is at 24-72 h.",
                                  r->hours, since);
    else if (r->hours <= 72)
        r->said = km_arena_printf(mem, "%d h %s: about the usual peak (24-72 h).", r->hours, since);
    else
        r->said = km_arena_printf(mem, "%d h %s: past the usual peak, it should be going.",
                                  r->hours, since);
}

static km_status sore_one(km_soreness *r, const km_open_spell *s, const km_session_list *sessions,
                          km_instant now, km_arena *mem, km_app *app, km_error *err)
{
    km_mark first = km_mark_blank(), last = km_mark_blank();
    km_status st = km_store_mark_get(&last, mem, app->store, s->last_id, err);

    if (st == KM_OK)
        st = km_store_mark_get(&first, mem, app->store, s->first_id, err);
    if (st != KM_OK)
        return st;
    *r = (km_soreness){ .mark_id = last.id, .place = last.place, .intensity = last.intensity,
                        .onset = last.has_onset    ? last.onset
                                 : first.has_onset ? first.onset
                                                   : first.at };
    const km_session *training = training_before(sessions, r->onset.sec);
    int64_t from = r->onset.sec;
    if (training) {
        r->session_id = training->id;
        r->session = km_arena_strdup(mem, training->goal);
        from = end_of(training) < r->onset.sec ? end_of(training) : r->onset.sec;
    }
    r->hours = (int)((now.sec - from) / HOUR);
    r->days_left = COURSE_DAYS - (km_instant_day(now) - km_instant_day(r->onset));
    say_soreness(r, mem);
    return KM_OK;
}

#define SESSIONS_LOOKED_AT 100 /* soreness follows a session of these weeks, not of last year */

km_status km_app_soreness_of(km_soreness_list *out, const km_open_spells *spells, km_app *app,
                             km_error *err)
{
    km_session_list sessions = { .n = 0 };
    km_instant now;
    size_t cap = 0;
    bool read = false;
    km_status st = km_now(&now, err);

    *out = (km_soreness_list){ .n = 0 };
    for (size_t i = 0; i < spells->n && st == KM_OK; i++) {
        if (!spells->row[i].open || spells->row[i].kind != KM_KIND_SORENESS)
            continue;
        if (!read)
            st = km_app_sessions(&sessions, app, SESSIONS_LOOKED_AT, err);
        read = true;
        if (st != KM_OK)
            break;
        KM_GROW(out->row, out->n, cap);
        st = sore_one(&out->row[out->n], &spells->row[i], &sessions, now, &out->mem, app, err);
        out->n += st == KM_OK;
    }
    km_session_list_clear(&sessions);
    if (st != KM_OK)
        km_soreness_list_clear(out);
    return st;
}

km_status km_app_soreness(km_soreness_list *out, km_app *app, km_error *err)
{
    km_open_spells spells;
    km_status st = km_app_spells_recent(&spells, app, err);

    *out = (km_soreness_list){ .n = 0 };
    if (st != KM_OK)
        return st;
    st = km_app_soreness_of(out, &spells, app, err);
    km_open_spells_clear(&spells);
    return st;
}

void km_soreness_list_clear(km_soreness_list *l)
{
    free(l->row);
    km_arena_clear(&l->mem);
    *l = (km_soreness_list){ .n = 0 };
}
