/* What is due today. */
#include "care_impl.h"

#include "knotmap/history.h"
#include "knotmap/time.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define HOUR 3600
#define ASKED_UNTIL    (96 * HOUR) /* after that nobody remembers */
#define SOON_DAYS 14
#define MAINTAIN_NEAR 7         /* days around the date it would come back */
#define MAINTAIN_TIMES 3        /* times open before an interval means anything */

const char *km_due_word(km_due_kind k)
{
    static const char *const word[KM_DUE_KIND_COUNT] = {
        "aftercare", "smr", "stretch", "strength", "checkin",
        "soreness", "clinician", "maintain", "goal", "visit"
    };
    return word[k];
}

typedef struct due {
    km_app *app;
    km_due_list *out;
    size_t cap;
    km_instant now;
    km_day today;
} due;

static km_due *add(due *d, km_due_kind kind, km_day day, const char *text)
{
    km_due_list *l = d->out;

    KM_GROW(l->row, l->n, d->cap);
    l->row[l->n] = (km_due){ .kind = kind, .day = day, .text = text };
    return &l->row[l->n++];
}

/* A place as a person says it: "left Infraspinatus", "left calf". */
static const char *place_words(due *d, const km_place *p)
{
    const km_atlas *a = d->app->atlas;
    km_buf words = { 0 };
    km_ref ref;

    if (p->side != KM_SIDE_MIDLINE)
        km_buf_printf(&words, "%s ", km_word(KM_VOCAB_SIDE, (int)p->side));
    bool known = km_app_ref_of(&ref, a, p);
    if (known && p->muscle)
        km_buf_puts(&words, a->muscle[ref.index].name);
    else if (known)
        km_ref_human(&words, a, &ref);
    else /* codes of another atlas */
        km_buf_puts(&words, p->muscle ? p->muscle : p->region);
    const char *out = km_arena_strdup(&d->out->mem, km_buf_str(&words));
    km_buf_clear(&words);
    return out;
}

static km_place own_place(due *d, const km_place *p)
{
    km_place out = *p;
    out.region = km_arena_strdup(&d->out->mem, p->region);
    out.muscle = km_arena_strdup(&d->out->mem, p->muscle);
    return out;
}

/* ---- aftercare ---- */

static bool same_place(const km_place *a, const km_place *b)
{
    if (a->side != b->side)
        return false;
    if (a->muscle || b->muscle)
        return a->muscle && b->muscle && strcmp(a->muscle, b->muscle) == 0;
    return a->region && b->region && strcmp(a->region, b->region) == 0;
}

/* Whether `b` belongs to the same question as `a`: one routine, or one place, of one day. */
static bool same_question(const km_treatment *a, const km_treatment *b)
{
    if (km_instant_day(a->at) != km_instant_day(b->at))
        return false;
    if (a->routine_id || b->routine_id)
        return a->routine_id == b->routine_id;
    return same_place(&a->place, &b->place);
}

/* The one to ask about: the worst before, then the first. */
static bool asked_first(const km_treatment *a, const km_treatment *b)
{
    if (a->before != b->before)
        return a->before > b->before;
    return a->id < b->id;
}

static int hours_due(const km_course *c, km_instant now)
{
    int64_t since = now.sec - c->treatment.at.sec;

    if (since < 24 * HOUR || since >= ASKED_UNTIL)
        return 0;
    int i = since >= 72 * HOUR ? 2 : since >= 48 * HOUR ? 1 : 0;
    return c->after[i].hours ? 0 : 24 * (i + 1);
}

static void ask_about(due *d, const km_course *c, int hours)
{
    const km_treatment *t = &c->treatment;
    bool somewhere = t->place.region || t->place.muscle;
    char day[KM_TIME_TEXT];
    km_buf text = {0};
    km_due *row;

    km_day_human(day, km_instant_day(t->at), d->today);
    km_buf_printf(&text, "%d h after ", hours);
    if (t->technique >= 0)
        km_word_human(&text, KM_VOCAB_TECHNIQUE, t->technique);
    else
        km_buf_puts(&text, "the routine");
    if (somewhere)
        km_buf_printf(&text, " at %s", place_words(d, &t->place));
    km_buf_printf(&text, " (%s): how %s now, 0-10?", day, somewhere ? "is it" : "are you");
    row = add(d, KM_DUE_AFTERCARE, km_instant_day(t->at) + hours / 24,
              km_arena_strdup(&d->out->mem, km_buf_str(&text)));
    row->id = t->id;
    row->hours = hours;
    if (somewhere)
        row->place = own_place(d, &t->place);
    row->answer = km_arena_printf(&d->out->mem,
                                  "aftercare %lld --hours %d --rating N --energy N --strength S",
                                  (long long)t->id, hours);
    km_buf_clear(&text);
}

static km_status due_aftercare(due *d, km_error *err)
{
    km_mark_filter f = km_mark_filter_all();
    km_course_list l;

    f.has_since = true;
    f.since = d->now;
    f.since.sec -= ASKED_UNTIL;
    km_status st = km_app_courses(&l, d->app, &f, err);
    if (st != KM_OK)
        return st;
    for (size_t i = 0; i < l.n; i++) {
        int hours = hours_due(&l.row[i], d->now);
        bool ask = hours > 0;
        for (size_t k = 0; k < l.n && ask; k++) {
            if (k == i || !same_question(&l.row[i].treatment, &l.row[k].treatment))
                continue;
            /* once answered for one of them, the others are quiet */
            if (asked_first(&l.row[k].treatment, &l.row[i].treatment) ||
                l.row[k].after[hours / 24 - 1].hours)
                ask = false;
        }
        if (ask)
            ask_about(d, &l.row[i], hours);
    }
    km_course_list_clear(&l);
    return KM_OK;
}

/* ---- the weekly plan ---- */

static km_status due_plan(due *d, km_error *err)
{
    static const km_due_kind kind[KM_CARE_COUNT] = { KM_DUE_SMR, KM_DUE_STRETCH, KM_DUE_STRENGTH };
    static const char *const name[KM_CARE_COUNT] = { "Rolling or pressing", "Stretching",
                                                     "Strengthening" };
    static const char *const answer[KM_CARE_COUNT] = {
        "routine --open --kind smr --save", "routine --open --kind stretch --save",
        "session start --kind training"
    };
    km_week_plan plan;
    km_week week;
    km_status st = km_app_plan_get(&plan, d->app, err);

    if (st == KM_OK)
        st = km_app_weeks(&week, 1, d->app, err);
    int weekday = km_day_weekday(d->today);
    for (int c = 0; c < KM_CARE_COUNT && st == KM_OK; c++) {
        int wanted = km_week_plan_of(&plan, (km_care)c);
        /* spread evenly over the week: what should be done by tonight */
        int by_now = (wanted * (weekday + 1) + 6) / 7;
        if ((week.days[c] >> weekday & 1) || week.done[c] >= by_now)
            continue;
        km_due *row = add(d, kind[c], d->today,
                          km_arena_printf(&d->out->mem, "%s is due: %d of %d this week.", name[c],
                                          week.done[c], wanted));
        row->answer = answer[c];
    }
    return st;
}

static km_status due_checkin(due *d, km_error *err)
{
    km_arena mem = { 0 };
    km_checkin c;
    km_error why = { 0 };
    km_status st = km_app_checkin_get(&c, &mem, d->app, d->today, &why);

    km_arena_clear(&mem);
    if (st == KM_ENOTFOUND) {
        add(d, KM_DUE_CHECKIN, d->today, "Today's check-in is missing.")->answer = "checkin";
        return KM_OK;
    }
    if (st != KM_OK && err)
        *err = why;
    return st;
}

/* ---- places ---- */

static km_status due_soreness(due *d, const km_open_spells *spells, km_error *err)
{
    km_soreness_list l;
    km_status st = km_app_soreness_of(&l, spells, d->app, err);

    if (st != KM_OK)
        return st;
    for (size_t i = 0; i < l.n; i++) {
        const km_soreness *s = &l.row[i];
        if (s->days_left >= 0)
            continue;
        km_due *row = add(d, KM_DUE_SORENESS, km_instant_day(s->onset),
                          km_arena_printf(&d->out->mem, "%s: %s", place_words(d, &s->place),
                                          s->said));
        row->id = s->mark_id;
        row->place = own_place(d, &s->place);
    }
    km_soreness_list_clear(&l);
    return KM_OK;
}

static km_status spell_place(km_place *out, due *d, const km_open_spell *s, km_error *err)
{
    return km_store_place(out, d->app->store, s->place, err);
}

static km_status due_clinician(due *d, const km_open_spells *spells, km_error *err)
{
    km_place p;

    for (size_t i = 0; i < spells->n; i++) {
        const km_open_spell *s = &spells->row[i];
        if (!s->open || d->today - s->first <= KM_LASTING_DAYS || s->kind == KM_KIND_SORENESS)
            continue;
        km_status st = spell_place(&p, d, s, err);
        if (st != KM_OK)
            return st;
        char age[KM_TIME_TEXT] = "over a year"; /* what is read reaches back little longer */
        if (d->today - s->first <= 365)
            km_age_human(age, s->first, d->today);
        km_due *row = add(d, KM_DUE_CLINICIAN, s->first,
                          km_arena_printf(&d->out->mem,
                                          "%s (%s) has been open for %s: longer than three months "
                                          "is worth a clinician's look.",
                                          place_words(d, &p), km_word(KM_VOCAB_KIND, s->kind),
                                          age));
        row->id = s->last_id;
        row->place = own_place(d, &p);
    }
    return KM_OK;
}

/* Days from gone to back, of the spells of one place and kind, as the recurrence has them. */
static size_t intervals(double *out, const km_open_spells *spells, const km_open_spell *last)
{
    size_t n = 0;
    km_day before = 0;
    bool has = false;

    for (const km_open_spell *s = spells->row; s <= last; s++) {
        if (s->place != last->place || s->kind != last->kind)
            continue;
        if (has)
            out[n++] = s->first - before;
        before = s->last;
        has = true;
    }
    return n;
}

static km_status due_maintain(due *d, const km_open_spells *spells, km_error *err)
{
    double *gap = km_calloc(spells->n + 1, sizeof *gap);
    int *times = km_calloc(spells->n_slot + 1, sizeof *times);
    km_status st = KM_OK;

    for (size_t i = 0; i < spells->n; i++)
        times[(size_t)spells->row[i].place * KM_KIND_COUNT + (size_t)spells->row[i].kind]++;
    for (size_t i = 0; i < spells->n && st == KM_OK; i++) {
        const km_open_spell *s = &spells->row[i];
        size_t key = (size_t)s->place * KM_KIND_COUNT + (size_t)s->kind;
        if (s->open || s->kind != KM_KIND_KNOT || spells->slot[key] != (int32_t)i ||
            times[key] < MAINTAIN_TIMES)
            continue;
        km_spread sp = km_trend_spread(gap, intervals(gap, spells, s));
        int days = (int)(sp.median + 0.5);
        km_day next = s->last + days;
        if (next < d->today - MAINTAIN_NEAR || next > d->today + MAINTAIN_NEAR)
            continue;
        km_place p;
        st = spell_place(&p, d, s, err);
        if (st != KM_OK)
            break;
        char day[KM_TIME_TEXT];
        km_day_human(day, next, d->today);
        km_due *row =
            add(d, KM_DUE_MAINTAIN, next,
                km_arena_printf(&d->out->mem,
                                "%s has come back about %d day%s after it was gone (%d "
                                "times): %s would be the next, a short routine now "
                                "may help.",
                                place_words(d, &p), days, days == 1 ? "" : "s", sp.n, day));
        row->id = s->last_id;
        row->place = own_place(d, &p);
        km_buf code = { 0 };
        km_place_print(&code, &p);
        row->answer = km_arena_printf(&d->out->mem, "routine %s", km_buf_str(&code));
        km_buf_clear(&code);
    }
    free(gap);
    free(times);
    return st;
}

/* ---- goals ---- */

static const char *in_days(due *d, int days)
{
    if (days == 0)
        return "today";
    if (days == 1)
        return "tomorrow";
    if (days < 0)
        return km_arena_printf(&d->out->mem, "%d day%s ago", -days, days == -1 ? "" : "s");
    return km_arena_printf(&d->out->mem, "in %d days", days);
}

static km_status due_goals(due *d, km_error *err)
{
    km_goal_list l;
    km_status st = km_app_goals(&l, d->app, err);

    if (st != KM_OK)
        return st;
    for (size_t i = 0; i < l.n; i++) {
        const km_goal *g = &l.row[i];
        if (g->done || !g->has_day || g->day - d->today > SOON_DAYS)
            continue;
        int days = g->day - d->today;
        const char *more = days < 0 && g->after < 0 ? " How did it go?" : "";
        km_due *row =
            add(d, g->kind == KM_GOAL_VISIT ? KM_DUE_VISIT : KM_DUE_GOAL, g->day,
                km_arena_printf(&d->out->mem, "%s: %s.%s", g->name, in_days(d, days), more));
        row->id = g->id;
        if (days < 0)
            row->answer = km_arena_printf(&d->out->mem, "goal edit %lld --after N --done",
                                          (long long)g->id);
    }
    km_goal_list_clear(&l);
    return KM_OK;
}

/* ---- all ---- */

static int urgency(km_due_kind k)
{
    static const int rank[KM_DUE_KIND_COUNT] = {
        [KM_DUE_SORENESS] = 0,  [KM_DUE_AFTERCARE] = 1, [KM_DUE_VISIT] = 2,    [KM_DUE_GOAL] = 2,
        [KM_DUE_CHECKIN] = 3,   [KM_DUE_SMR] = 4,       [KM_DUE_STRETCH] = 5,  [KM_DUE_STRENGTH] = 6,
        [KM_DUE_CLINICIAN] = 7, [KM_DUE_MAINTAIN] = 8,
    };
    return rank[k];
}

static int by_urgency(const void *a, const void *b)
{
    const km_due *x = a, *y = b;
    int order = urgency(x->kind) - urgency(y->kind);
    if (order)
        return order;
    if (x->day != y->day)
        return x->day < y->day ? -1 : 1;
    return (x->id > y->id) - (x->id < y->id);
}

km_status km_app_due(km_due_list *out, km_app *app, km_error *err)
{
    due d = { .app = app, .out = out };
    km_open_spells spells = { .n = 0 };
    km_status st = km_now(&d.now, err);

    *out = (km_due_list){ .n = 0 };
    d.today = km_instant_day(d.now);
    if (st == KM_OK)
        st = km_app_spells_recent(&spells, app, err);
    if (st == KM_OK)
        st = due_aftercare(&d, err);
    if (st == KM_OK)
        st = due_plan(&d, err);
    if (st == KM_OK)
        st = due_checkin(&d, err);
    if (st == KM_OK)
        st = due_soreness(&d, &spells, err);
    if (st == KM_OK)
        st = due_clinician(&d, &spells, err);
    if (st == KM_OK)
        st = due_maintain(&d, &spells, err);
    if (st == KM_OK)
        st = due_goals(&d, err);
    km_open_spells_clear(&spells);
    if (st != KM_OK) {
        km_due_list_clear(out);
        return st;
    }
    if (out->n)
        qsort(out->row, out->n, sizeof *out->row, by_urgency);
    return KM_OK;
}

void km_due_list_clear(km_due_list *l)
{
    free(l->row);
    km_arena_clear(&l->mem);
    *l = (km_due_list){ .n = 0 };
}
