/** What a followed routine leaves in the records: its steps as they go, and how it went. */
#include "follow_store.h"

#include <math.h>
#include <stdio.h>

#include "words.h"

/** A running step is stored from KEEP on, and again every so many seconds worked. */
#define AGAIN_SEC 10

static km_instant now_of(const km_tui *t)
{
    km_instant now;
    km_error err = { 0 };
    return km_now(&now, &err) == KM_OK ? now : t->now;
}

void follow_note(follow_view *v, km_role role, const char *text)
{
    km_buf_reset(&v->note);
    km_buf_puts(&v->note, text);
    v->note_role = role;
}

void follow_forget_ratings(follow_view *v)
{
    for (int b = 0; b < 3; b++)
        v->rating[b] = KM_INTENSITY_NONE;
}

/* Whether a step is a treatment: pressing, stretching, massage of a muscle. */
static bool is_treatment(const km_step *s)
{
    return s->muscle >= 0 && s->technique >= 0;
}

follow_question follow_asks(const follow_view *v)
{
    const follow_clock *c = &v->clock;
    if (c->at >= c->n)
        return v->open_end ? FOLLOW_ASKS_END
               : v->n_stored > 0 ? FOLLOW_ASKS_STIFF_AFTER : FOLLOW_ASKS_NOTHING;
    if (c->phase == FOLLOW_READY && v->open_end)
        return FOLLOW_ASKS_END;
    bool treats = is_treatment(&v->plan.step[c->at]);
    if (!v->started && (!treats || v->rating[KM_HOLD_START] != KM_INTENSITY_NONE))
        return FOLLOW_ASKS_STIFF_BEFORE;
    return treats ? FOLLOW_ASKS_PAIN : FOLLOW_ASKS_NOTHING;
}

static km_treatment treatment_of(const km_tui *t, const follow_view *v, int at, double held)
{
    const km_step *s = &v->plan.step[at];
    km_treatment tr = km_treatment_blank();
    tr.at = now_of(t);
    tr.place.side = s->side;
    tr.place.muscle = t->atlas->muscle[s->muscle].code;
    tr.place.tp = s->point >= 0 ? t->atlas->point[s->point].tp : 0;
    tr.technique = s->technique;
    tr.tool = s->tool[0] ? s->tool : NULL;
    tr.seconds = (int)lround(held);
    tr.before = v->rating[KM_HOLD_START];
    tr.after = v->rating[KM_HOLD_END];
    tr.routine_id = v->routine_id;
    tr.routine_step = s->number;
    return tr;
}

/* How stiff it was goes with what is stored first. */
static km_status put_stiffness(km_tui *t, follow_view *v, int64_t id, km_error *err)
{
    km_treatment_more more = { .treatment_id = id, .stiffness_before = v->stiff[0],
                               .stiffness_after = -1, .tension_before = -1, .tension_after = -1 };
    if (v->main_id != 0)
        return KM_OK;
    v->main_id = id;
    return v->stiff[0] >= 0 ? km_app_treatment_more(&more, t->app, err) : KM_OK;
}

/*
 * The ratings still to be stored: all of them when the step is over, before that those no digit
 * can change any more.
 */
static unsigned ratings_to_put(const follow_view *v, bool over)
{
    unsigned set = 0;
    for (int b = 0; b < 3; b++) {
        if (v->rating[b] != KM_INTENSITY_NONE && (over || b < (int)follow_clock_beat(&v->clock)))
            set |= 1u << b;
    }
    return set & ~v->rated;
}

/*
 * One change: the treatment, its ratings, and when the step is over why it was stopped. A step
 * that is under way was stored before, and what comes now is a part of that change.
 */
static km_status put(km_tui *t, follow_view *v, km_treatment *tr, bool over, const char *why,
                     km_error *err)
{
    int64_t main_before = v->main_id;
    unsigned rated = ratings_to_put(v, over);
    km_app_join_change(t->app, tr->id ? v->running_change : 0);
    km_status st = km_app_bulk_begin(t->app, "a step of a routine", err);
    if (st != KM_OK)
        return st;
    st = tr->id ? km_app_treatment_edit(tr, t->app, err) : km_app_treatment_add(tr, t->app, err);
    if (st == KM_OK)
        st = put_stiffness(t, v, tr->id, err);
    for (int b = 0; b < 3 && st == KM_OK; b++) {
        if (rated >> b & 1)
            st = km_app_hold_rating(t->app, tr->id, (km_hold_beat)b, v->rating[b], err);
    }
    if (st == KM_OK && why)
        st = km_app_hold_stopped(t->app, tr->id, why, err);
    km_error end = { 0 };
    km_status ended = km_app_bulk_end(t->app, st == KM_OK, &end);
    if (st == KM_OK && ended != KM_OK) {
        st = ended;
        *err = end;
    }
    if (st == KM_OK)
        v->rated |= rated;
    else
        v->main_id = main_before;
    return st;
}

/* The running step's treatment, or a new one; what was undone meanwhile is stored anew. */
static km_status store(km_tui *t, follow_view *v, km_treatment *tr, bool over, const char *why,
                       km_error *err)
{
    tr->id = v->running_id;
    if (tr->id) {
        km_treatment was;
        km_arena mem = { 0 };
        km_status st = km_app_treatment_get(&was, &mem, t->app, tr->id, err);
        if (st == KM_OK)
            tr->session_id = was.session_id;
        else
            tr->id = 0;
        km_arena_clear(&mem);
    }
    if (!tr->id)
        v->rated = 0;
    return put(t, v, tr, over, why, err);
}

void follow_store_running(km_tui *t, follow_view *v)
{
    int at = v->clock.at;
    km_error err = { 0 };
    if (at >= v->clock.n || !v->clock.running || km_app_readonly(t->app) ||
        !is_treatment(&v->plan.step[at]) || v->clock.held < FOLLOW_KEEP_SEC ||
        v->clock.held < v->running_held + AGAIN_SEC)
        return;
    km_treatment tr = treatment_of(t, v, at, v->clock.held);
    if (store(t, v, &tr, false, NULL, &err) != KM_OK) {
        tui_fail(t, &err);
        v->running_held = v->clock.held; /* not again at once */
        return;
    }
    if (v->running_id != tr.id || v->running_change == 0)
        v->running_change = km_app_last_change(t->app);
    v->running_id = tr.id;
    v->running_held = v->clock.held;
}

void follow_store_step(km_tui *t, follow_view *v, int at, double held, const char *why)
{
    const km_step *s = &v->plan.step[at];
    follow_done *d = &v->done[at];
    km_error err = { 0 };
    if (!is_treatment(s)) {
        d->seconds += (int)lround(held);
        return;
    }
    if (km_app_readonly(t->app)) {
        follow_note(v, KM_ROLE_WARN, "this file is open for reading only: nothing is stored");
        return;
    }
    km_treatment tr = treatment_of(t, v, at, held);
    km_status st = store(t, v, &tr, true, why, &err);
    v->running_id = v->running_change = 0;
    v->rated = 0;
    v->running_held = 0;
    if (st != KM_OK) {
        tui_fail(t, &err);
        return;
    }
    d->id = tr.id;
    d->seconds += tr.seconds;
    d->before = tr.before;
    d->after = tr.after;
    d->stored = true;
    d->stopped = why;
    v->n_stored++;
    v->open_end = tr.after == KM_INTENSITY_NONE && !why ? tr.id : 0;
    v->open_step = at;
    km_buf what = { 0 };
    km_buf_puts(&what, "stored: ");
    tui_words_muscle(&what, t->atlas, s->muscle, s->point, s->side);
    km_buf_puts(&what, ", ");
    tui_words_seconds(&what, tr.seconds);
    follow_note(v, KM_ROLE_OK, km_buf_str(&what));
    km_buf_clear(&what);
}

/* ---- how it went ---- */

static km_status respond_one(km_tui *t, int64_t id, km_response response, km_error *err)
{
    km_arena mem = { 0 };
    km_treatment tr;
    km_status st = km_app_treatment_get(&tr, &mem, t->app, id, err);
    if (st == KM_OK) {
        tr.response = response;
        st = km_app_treatment_edit(&tr, t->app, err);
    }
    km_arena_clear(&mem);
    return st;
}

void follow_respond(km_tui *t, follow_view *v, km_response response)
{
    km_error err = { 0 };
    km_buf what = { 0 };
    if (v->n_stored == 0) {
        tui_say(t, KM_ROLE_ERROR, "nothing was stored that could have done something");
        return;
    }
    km_buf_printf(&what, "how it went: %s", km_word(KM_VOCAB_RESPONSE, (int)response));
    km_status st = km_app_bulk_begin(t->app, km_buf_str(&what), &err);
    if (st == KM_OK) {
        for (int i = 0; i < v->clock.n && st == KM_OK; i++) {
            /* what was stopped has its own word */
            if (v->done[i].stored && v->done[i].id && !v->done[i].stopped)
                st = respond_one(t, v->done[i].id, response, &err);
        }
        km_error end = { 0 };
        km_status ended = km_app_bulk_end(t->app, st == KM_OK, &end);
        if (st == KM_OK && ended != KM_OK) {
            st = ended;
            err = end;
        }
    }
    if (st != KM_OK) {
        tui_fail(t, &err);
    } else {
        v->response = response;
        tui_stored(t, km_buf_str(&what));
    }
    km_buf_clear(&what);
}

void follow_stiff_after(km_tui *t, follow_view *v, int rating)
{
    km_error err = { 0 };
    km_course_list l;
    km_mark_filter f = km_mark_filter_all();
    f.id = v->main_id;
    if (v->main_id == 0 || km_app_courses(&l, t->app, &f, &err) != KM_OK || l.n == 0) {
        tui_say(t, KM_ROLE_ERROR, "nothing was stored that it could stand with");
        return;
    }
    km_treatment_more more = l.row[0].more;
    km_course_list_clear(&l);
    more.treatment_id = v->main_id;
    more.stiffness_after = rating;
    if (km_app_treatment_more(&more, t->app, &err) != KM_OK) {
        tui_fail(t, &err);
        return;
    }
    v->stiff[1] = rating;
    char what[48];
    snprintf(what, sizeof what, "stiffness afterwards: %d", rating);
    tui_stored(t, what);
}

/** What the records say of this routine now: something may have been undone or redone. */
void follow_load(km_tui *t, view *base)
{
    follow_view *v = (follow_view *)base;
    km_error err = { 0 };
    km_course_list l;
    km_mark_filter f = km_mark_filter_all();
    if (v->clock.at < v->clock.n || v->main_id == 0)
        return;
    f.has_since = true;
    f.since = v->began;
    if (km_app_courses(&l, t->app, &f, &err) != KM_OK) {
        tui_fail(t, &err);
        return;
    }
    v->n_stored = 0;
    v->response = KM_RESPONSE_NONE;
    v->stiff[1] = -1;
    for (int i = 0; i < v->clock.n; i++) {
        follow_done *d = &v->done[i];
        const km_course *c = NULL;
        for (size_t k = 0; k < l.n && d->id; k++) {
            if (l.row[k].treatment.id == d->id)
                c = &l.row[k];
        }
        d->stored = c != NULL;
        if (!c)
            continue;
        v->n_stored++;
        d->after = c->treatment.after;
        if (c->treatment.response != KM_RESPONSE_NONE)
            v->response = c->treatment.response;
        if (i == v->open_step && !d->stopped)
            v->open_end = d->after == KM_INTENSITY_NONE ? d->id : 0;
        if (d->id == v->main_id)
            v->stiff[1] = c->more.stiffness_after;
    }
    km_course_list_clear(&l);
}
