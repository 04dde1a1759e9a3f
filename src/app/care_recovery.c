/* Training and recovery side by side: the next session, the report, what stands in the way. */
#include "care_impl.h"

#include "knotmap/time.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define LEAST 5 /* values wanted before a comparison is put into words */

/* What was done for recovery on each day, from check-ins, sessions and treatments. */
typedef struct day_note {
    km_day day;
    uint32_t did;           /* habits of the check-in */
    bool session, treatment;
} day_note;
typedef struct day_notes {
    day_note *row;
    size_t n, cap;
} day_notes;

#define HABITS                                                                                \
    (1u << KM_HABIT_COOLDOWN | 1u << KM_HABIT_FOAM_ROLL | 1u << KM_HABIT_STRETCH |            \
     1u << KM_HABIT_COMPRESSION)

static day_note *note_add(day_notes *d, km_day day)
{
    KM_GROW(d->row, d->n, d->cap);
    d->row[d->n] = (day_note){ .day = day };
    return &d->row[d->n++];
}

static km_status take_checkin(void *ctx, const km_checkin *c, km_error *err)
{
    (void)err;
    if (c->did & HABITS)
        note_add(ctx, km_instant_day(c->at))->did = c->did & HABITS;
    return KM_OK;
}

static km_status take_treatment(void *ctx, const km_treatment *t, km_error *err)
{
    (void)err;
    note_add(ctx, km_instant_day(t->at))->treatment = true;
    return KM_OK;
}

static int by_day(const void *a, const void *b)
{
    const day_note *x = a, *y = b;
    return (x->day > y->day) - (x->day < y->day);
}

/* One row a day, by day. */
static void merge(day_notes *d)
{
    size_t n = 0;

    if (d->n)
        qsort(d->row, d->n, sizeof *d->row, by_day);
    for (size_t i = 0; i < d->n; i++) {
        if (n > 0 && d->row[n - 1].day == d->row[i].day) {
            d->row[n - 1].did |= d->row[i].did;
            d->row[n - 1].session |= d->row[i].session;
            d->row[n - 1].treatment |= d->row[i].treatment;
        } else {
            d->row[n++] = d->row[i];
        }
    }
    d->n = n;
}

/* Both are empty when it fails. */
static km_status notes_of(day_notes *out, km_session_list *sessions, km_app *app, km_error *err)
{
    km_mark_filter f = km_mark_filter_all();
    km_status st = km_app_sessions(sessions, app, 0, err);

    *out = (day_notes){ .n = 0 };
    if (st == KM_OK)
        st = km_app_checkins_each(app, false, INT32_MIN, INT32_MAX, 0, take_checkin, out, err);
    if (st == KM_OK)
        st = km_app_treatments_each(app, &f, take_treatment, out, err);
    for (size_t i = 0; i < sessions->n && st == KM_OK; i++) {
        if (sessions->row[i].kind == KM_SESSION_RECOVERY)
            note_add(out, km_instant_day(sessions->row[i].started))->session = true;
    }
    if (st == KM_OK) {
        merge(out);
    } else {
        free(out->row);
        km_session_list_clear(sessions);
    }
    return st;
}

/* First note on or after a day. */
static size_t note_from(const day_notes *d, km_day day)
{
    size_t low = 0, high = d->n;

    while (low < high) {
        size_t mid = low + (high - low) / 2;
        if (d->row[mid].day < day)
            low = mid + 1;
        else
            high = mid;
    }
    return low;
}

/* Whether there was a recovery session on a day. */
static bool recovered_on(const day_notes *d, km_day day)
{
    size_t i = note_from(d, day);
    return i < d->n && d->row[i].day == day && d->row[i].session;
}

/* What was done in [from, until]; `*by_hand`: a recovery session or a treatment was among it. */
static const char *recovery_words(bool *by_hand, const day_notes *d, km_day from, km_day until,
                                  km_arena *mem)
{
    km_buf b = { 0 };
    uint32_t did = 0;
    bool session = false, treatment = false;

    for (size_t i = note_from(d, from); i < d->n && d->row[i].day <= until; i++) {
        did |= d->row[i].did;
        session |= d->row[i].session;
        treatment |= d->row[i].treatment;
    }
    *by_hand = session || treatment;
    if (session)
        km_buf_puts(&b, "recovery session");
    if (treatment)
        km_buf_printf(&b, "%streatment", b.len ? ";" : "");
    if (did && b.len)
        km_buf_putc(&b, ';');
    km_words_print(&b, KM_VOCAB_HABIT, did);
    const char *out = km_arena_strdup(mem, km_buf_str(&b));
    km_buf_clear(&b);
    return out;
}

static int64_t end_of(const km_session *s)
{
    return s->has_ended ? s->ended.sec
                        : s->started.sec + (s->minutes > 0 ? s->minutes * INT64_C(60) : 0);
}

km_status km_app_next_sessions(km_next_list *out, km_app *app, int64_t limit, km_error *err)
{
    km_session_list sessions = { .n = 0 };
    day_notes notes;
    size_t cap = 0;
    km_instant now;
    km_status st = km_now(&now, err);

    *out = (km_next_list){ .n = 0 };
    if (st == KM_OK)
        st = notes_of(&notes, &sessions, app, err);
    if (st != KM_OK)
        return st;
    const km_session *next = NULL; /* newest first: the later one was met before */
    for (size_t i = 0; i < sessions.n && (limit == 0 || (int64_t)out->n < limit); i++) {
        const km_session *s = &sessions.row[i];
        if (s->kind != KM_SESSION_TRAINING)
            continue;
        KM_GROW(out->row, out->n, cap);
        km_next_session *row = &out->row[out->n++];
        *row = (km_next_session){ .session = *s, .next_rpe = -1, .next_feel = -1 };
        km_session_own(&row->session, &out->mem);
        km_day from = km_instant_day(s->started), until = km_instant_day(now);
        if (next) {
            row->has_next = true;
            row->next_hours = (int)((next->started.sec - end_of(s)) / 3600);
            row->next_rpe = next->rpe;
            row->next_feel = next->feel;
            until = km_instant_day(next->started);
        }
        row->recovered = recovery_words(&row->by_hand, &notes, from, until, &out->mem);
        next = s;
    }
    free(notes.row);
    km_session_list_clear(&sessions);
    return KM_OK;
}

void km_next_list_clear(km_next_list *l)
{
    free(l->row);
    km_arena_clear(&l->mem);
    *l = (km_next_list){ .n = 0 };
}

/* ---- the report ---- */

/* A running mean. */
typedef struct mean {
    double sum;
    int n;
} mean;

static void count(mean *m, double v)
{
    m->sum += v;
    m->n++;
}

static double mean_of(const mean *m)
{
    return m->n ? m->sum / m->n : NAN;
}

typedef struct report {
    km_recovery_list *out;
    size_t cap;
    const day_notes *notes;
    mean pain[2];           /* days after recovery, other days */
    km_day day;             /* being added up */
    bool has_day;
    int worst;
} report;

static km_recovery_row *row_add(report *r, const char *what, const char *group, const mean *m)
{
    km_recovery_list *l = r->out;

    KM_GROW(l->row, l->n, r->cap);
    l->row[l->n] = (km_recovery_row){ .what = what, .group = group, .n = m->n,
                                      .mean = mean_of(m), .change = NAN, .said = "" };
    return &l->row[l->n++];
}

static void close_day(report *r)
{
    if (r->has_day && r->worst >= 0)
        count(&r->pain[!(recovered_on(r->notes, r->day) || recovered_on(r->notes, r->day - 1))],
              r->worst);
    r->has_day = false;
}

/* The worst rating of each day. */
static km_status take_sample(void *ctx, const km_store_sample *s, km_error *err)
{
    report *r = ctx;
    km_day day = km_instant_day((km_instant){ s->at, s->off_min });

    (void)err;
    if (!r->has_day || day != r->day) {
        close_day(r);
        r->day = day;
        r->has_day = true;
        r->worst = KM_INTENSITY_NONE;
    }
    if (s->intensity > r->worst)
        r->worst = s->intensity;
    return KM_OK;
}

/* Two groups; a verdict only with enough of both. */
static void compare(report *r, const char *what, const char *with, const mean *a,
                    const char *without, const mean *b)
{
    row_add(r, what, with, a);
    km_recovery_row *row = row_add(r, what, without, b);

    if (a->n < LEAST || b->n < LEAST) {
        row->said = km_arena_printf(&r->out->mem, "Too little to say: at least %d of each are "
                                                  "wanted.",
                                    LEAST);
        return;
    }
    row->said = km_arena_printf(&r->out->mem, "%+.1f with recovery against without; days differ in "
                                              "more than this.",
                                mean_of(a) - mean_of(b));
}

typedef struct feel_sink {
    mean after[KM_MODALITY_COUNT], change[KM_MODALITY_COUNT];
    const km_session_list *sessions;
} feel_sink;

static km_status take_more(void *ctx, const km_session_more *m, km_error *err)
{
    feel_sink *f = ctx;
    const km_session *s = NULL;

    (void)err;
    for (size_t i = 0; i < f->sessions->n && !s; i++)
        s = f->sessions->row[i].id == m->session_id ? &f->sessions->row[i] : NULL;
    for (int k = 0; k < KM_MODALITY_COUNT && s && s->feel >= 0; k++) {
        if (!(m->modality >> k & 1))
            continue;
        count(&f->after[k], s->feel);
        if (m->feel_before >= 0)
            count(&f->change[k], s->feel - m->feel_before);
    }
    return KM_OK;
}

static void next_rows(report *r, const km_next_list *l)
{
    mean rpe[2] = { { 0, 0 } }, feel[2] = { { 0, 0 } };

    for (size_t i = 0; i < l->n; i++) {
        int without = !l->row[i].by_hand;
        if (l->row[i].has_next && l->row[i].next_rpe >= 0)
            count(&rpe[without], l->row[i].next_rpe);
        if (l->row[i].has_next && l->row[i].next_feel >= 0)
            count(&feel[without], l->row[i].next_feel);
    }
    compare(r, "next_rpe", "session or treatment between", &rpe[0], "neither", &rpe[1]);
    compare(r, "next_feel", "session or treatment between", &feel[0], "neither", &feel[1]);
}

km_status km_app_recovery(km_recovery_list *out, km_app *app, km_error *err)
{
    report r = { .out = out };
    km_session_list sessions = { .n = 0 };
    km_next_list next = { .n = 0 };
    feel_sink feel = { .sessions = &sessions };
    day_notes notes;
    int64_t client = 0;
    km_status st = km_app_client_id(&client, app, err);

    *out = (km_recovery_list){ .n = 0 };
    if (st == KM_OK)
        st = notes_of(&notes, &sessions, app, err);
    if (st != KM_OK)
        return st;
    r.notes = &notes;
    st = km_store_samples(app->store, client, INT64_MIN, INT64_MAX, take_sample, &r, err);
    close_day(&r);
    if (st == KM_OK)
        st = km_store_session_more_each(app->store, client, take_more, &feel, err);
    if (st == KM_OK)
        st = km_app_next_sessions(&next, app, 0, err);
    if (st == KM_OK) {
        compare(&r, "pain", "day of a recovery session or next", &r.pain[0], "other days", &r.pain[1]);
        next_rows(&r, &next);
        for (int k = 0; k < KM_MODALITY_COUNT; k++) {
            if (feel.after[k].n)
                row_add(&r, "feel", km_word(KM_VOCAB_MODALITY, k), &feel.after[k])->change =
                    mean_of(&feel.change[k]);
        }
    }
    free(notes.row);
    km_next_list_clear(&next);
    km_session_list_clear(&sessions);
    if (st != KM_OK)
        km_recovery_list_clear(out);
    return st;
}

void km_recovery_list_clear(km_recovery_list *l)
{
    free(l->row);
    km_arena_clear(&l->mem);
    *l = (km_recovery_list){ .n = 0 };
}

/* ---- ready for the next session? ---- */

/* Whether a list of muscle and group codes names this muscle. */
static bool names_muscle(const km_atlas *a, const char *list, int muscle)
{
    char code[64];

    for (const char *p = list; p && *p;) {
        size_t n = strcspn(p, ";");
        if (n < sizeof code) {
            memcpy(code, p, n);
            code[n] = '\0';
            int group = km_atlas_group(a, code);
            if (km_atlas_muscle(a, code) == muscle || (group >= 0 && a->muscle[muscle].group == group))
                return true;
        }
        p += n + (p[n] == ';');
    }
    return false;
}

/* A mark meets a plan by its muscle, or, without one, by a muscle whose home its region is. */
static bool meets(const km_atlas *a, const char *list, const km_mark *m)
{
    int muscle = m->place.muscle ? km_atlas_muscle(a, m->place.muscle) : -1;
    int region = km_atlas_region(a, m->place.region);

    if (muscle >= 0)
        return names_muscle(a, list, muscle);
    for (int i = 0; i < a->n_muscle; i++) {
        for (int k = 0; k < a->muscle[i].n_home; k++) {
            if (a->muscle[i].home[k] == region && names_muscle(a, list, i))
                return true;
        }
    }
    return false;
}

typedef struct ready_sink {
    km_mark_list *list;
    const km_atlas *a;
    const char *muscles;
} ready_sink;

static km_status take_mark(void *ctx, const km_mark *m, km_error *err)
{
    ready_sink *s = ctx;
    km_mark_list *l = s->list;

    (void)err;
    if (!meets(s->a, s->muscles, m))
        return KM_OK;
    l->row = km_room(l->row, l->n, sizeof *l->row);
    l->row[l->n] = *m;
    km_mark_own(&l->row[l->n], &l->mem);
    l->n++;
    return KM_OK;
}

km_status km_app_ready(km_mark_list *out, km_app *app, const char *muscles, km_error *err)
{
    ready_sink sink = { .list = out, .a = app->atlas, .muscles = muscles };
    km_mark_filter f = km_mark_filter_all();
    km_status st = km_app_check_muscles(muscles, app, err);

    *out = (km_mark_list){ .n = 0 };
    f.open = true;
    if (st == KM_OK)
        st = km_app_marks_each(app, &f, take_mark, &sink, err);
    if (st != KM_OK)
        km_mark_list_clear(out);
    return st;
}
