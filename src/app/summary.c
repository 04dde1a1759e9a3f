/* One page about a client: each fact is asked of the part of the program that knows it. */
#include "summary_impl.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Rows of a topic that has many. */
#define BACK_MOST 3
#define CHANGES_MOST 4
#define TOGETHER_MOST 2
#define SIDE_DAYS 90
#define SIDE_LEAST 5 /* marks from which the sides are compared: fewer say nothing */

static const char *const word[] = {
    "warning", "course", "hurts", "visit", "back", "side", "together", "before", "helps", "next",
};

const char *km_summary_word(km_summary_topic t)
{
    return word[t];
}

/* ---- phrases ---- */

void km_summary_put_place(km_summary_making *m, const km_place *p)
{
    km_ref ref;

    if (!km_app_ref_of(&ref, m->app->atlas, p)) {
        km_place_print(&m->s, p); /* codes of another atlas */
        return;
    }
    if (p->side != KM_SIDE_MIDLINE)
        km_buf_printf(&m->s, "%s ", km_word(KM_VOCAB_SIDE, (int)p->side));
    km_ref_human(&m->s, m->app->atlas, &ref);
}

/* "clearly worse, +3.8", "same, +1.4 within noise", "too few days" */
static void put_verdict(km_summary_making *m, const km_judgement *j)
{
    if (j->verdict == KM_VERDICT_TOO_FEW) {
        km_buf_puts(&m->s, "too few days");
        return;
    }
    if (j->size != KM_SIZE_NONE)
        km_buf_puts(&m->s, j->size == KM_SIZE_CLEAR ? "clearly " : "slightly ");
    km_buf_printf(&m->s, "%s, %+.1f", km_verdict_word(j->verdict), j->change);
    if (j->verdict == KM_VERDICT_SAME)
        km_buf_puts(&m->s, fabs(j->change) <= j->margin ? " within noise" : " too small to count");
}

void km_summary_put_date(km_summary_making *m, km_day d)
{
    char day[KM_TIME_TEXT];

    km_day_human(day, d, m->today);
    km_buf_puts(&m->s, day);
}

/* A row with the phrase; `place` may be NULL. */
km_summary_row *km_summary_add(km_summary_making *m, km_summary_topic topic, const km_place *place)
{
    km_summary *l = m->out;

    KM_GROW(l->row, l->n, m->cap);
    km_summary_row *row = &l->row[l->n++];
    *row = (km_summary_row){ .topic = topic, .kind = -1, .now = -1, .days = -1, .times = -1,
                             .change = NAN };
    if (place) {
        row->place = *place;
        row->place.region = km_arena_strdup(&l->mem, place->region);
        row->place.muscle = km_arena_strdup(&l->mem, place->muscle);
    }
    row->text = km_arena_strdup(&l->mem, km_buf_str(&m->s));
    km_buf_reset(&m->s);
    return row;
}

static void judge(km_summary_row *row, const km_judgement *j)
{
    row->judged = true;
    row->judge = *j;
    row->change = j->change;
}

/* ---- warnings and the course ---- */

static void add_warnings(km_summary_making *m)
{
    km_glance quiet = m->glance;

    quiet.lasting = 0; /* said by each place below */
    km_glance_warnings(&m->s, m->app->atlas, &m->client, &quiet);
    if (m->s.len > 0)
        km_summary_add(m, KM_SUMMARY_WARNING, NULL);
    if (m->glance.lasting > 0) {
        km_buf_printf(&m->s, "%d place%s open over three months: time for a clinician's look",
                      m->glance.lasting, m->glance.lasting == 1 ? "" : "s");
        km_summary_add(m, KM_SUMMARY_WARNING, NULL)->times = m->glance.lasting;
    }
}

static void add_course(km_summary_making *m)
{
    const km_judgement *j = &m->glance.change;

    if (j->days_after == 0 && j->days_before == 0)
        return;
    if (j->days_after > 0)
        km_buf_printf(&m->s, "mean %.1f on %d of %d days", j->after, j->days_after,
                      KM_GLANCE_DAYS);
    else
        km_buf_printf(&m->s, "no rating in %d days", KM_GLANCE_DAYS);
    if (j->days_before > 0)
        km_buf_printf(&m->s, ", %.1f the four weeks before", j->before);
    km_buf_puts(&m->s, ": ");
    put_verdict(m, j);
    judge(km_summary_add(m, KM_SUMMARY_COURSE, NULL), j);
}

/* ---- what hurts ---- */

typedef struct hurting {
    const km_life *life;
    const char *code;
    km_judgement judge;     /* of its place, all kinds together, as trend has it */
    bool judged;
    int now;
} hurting;

typedef struct hurts {
    hurting *row;
    size_t n;
} hurts;

static km_status take_key(void *ctx, const km_trend_key *key, km_error *err)
{
    hurts *h = ctx;

    (void)err;
    for (size_t i = 0; i < h->n; i++) {
        if (h->row[i].life->place.side != key->side || strcmp(h->row[i].code, key->key) != 0)
            continue;
        h->row[i].judge = key->row[key->n - 1].judge;
        h->row[i].judged = true;
    }
    return KM_OK;
}

static int strongest_first(const void *a, const void *b)
{
    const hurting *x = a, *y = b;

    if (x->now != y->now)
        return y->now - x->now;
    return x->life->days != y->life->days ? y->life->days - x->life->days
                                          : strcmp(x->code, y->code);
}

static void add_hurting(km_summary_making *m, const hurting *h)
{
    const km_life *l = h->life;

    if (h->now >= 0)
        km_buf_printf(&m->s, "%d ", h->now);
    km_summary_put_place(m, &l->place);
    km_buf_printf(&m->s, ", %s, ", km_word(KM_VOCAB_KIND, (int)l->kind));
    if (l->days == 0)
        km_buf_puts(&m->s, "since today: ");
    else
        km_buf_printf(&m->s, "%d day%s: ", l->days, l->days == 1 ? "" : "s");
    if (h->judged)
        put_verdict(m, &h->judge);
    else
        km_buf_puts(&m->s, "not rated");
    km_summary_row *row = km_summary_add(m, KM_SUMMARY_HURTS, &l->place);
    row->has_since = true;
    row->since = l->episode.first;
    row->kind = (int)l->kind;
    row->now = h->now;
    row->days = l->days;
    if (h->judged)
        judge(row, &h->judge);
}

/* Intensity of the newest mark of a place and kind. */
static km_status newest_of(hurts *h, km_app *app, km_error *err)
{
    km_mark_list open;
    km_mark_filter f = km_mark_filter_all();

    f.open = true;
    km_status st = km_app_marks(&open, app, &f, err);
    for (size_t i = 0; st == KM_OK && i < open.n; i++) {
        for (size_t k = 0; k < h->n; k++) {
            if (h->row[k].life->kind == open.row[i].kind &&
                km_place_equal(&h->row[k].life->place, &open.row[i].place))
                h->row[k].now = open.row[i].intensity;
        }
    }
    if (st == KM_OK)
        km_mark_list_clear(&open);
    return st;
}

static km_status add_hurts(km_summary_making *m, km_error *err)
{
    km_life_list lives;
    km_arena codes = { 0 };
    hurts h = { 0 };
    km_trend_ask ask = km_trend_ask_all();
    km_status st = km_places_load(&m->places, m->app, NULL, KM_SILENCE_GAP, err);

    if (st != KM_OK)
        return st;
    m->out->events = m->places.n_event;
    km_places_lives(&lives, &m->places);
    h.row = km_calloc(lives.n + 1, sizeof *h.row);
    for (size_t i = 0; i < lives.n; i++) {
        if (!lives.row[i].episode.resolved)
            h.row[h.n++] = (hurting){ .life = &lives.row[i], .now = -1,
                                      .code = km_place_code(&codes, &lives.row[i].place) };
    }
    st = newest_of(&h, m->app, err);
    if (st == KM_OK && h.n > 0)
        st = km_app_trend_each(m->app, &ask, take_key, &h, err);
    if (h.n > 0)
        qsort(h.row, h.n, sizeof *h.row, strongest_first);
    for (size_t i = 0; st == KM_OK && i < h.n; i++)
        add_hurting(m, &h.row[i]);
    free(h.row);
    km_arena_clear(&codes);
    km_life_list_clear(&lives);
    return st;
}

/* ---- since the last visit ---- */

typedef struct last_visit {
    bool found;
    km_instant at;
} last_visit;

static km_status take_session(void *ctx, const km_session *s, km_error *err)
{
    last_visit *v = ctx;

    (void)err;
    if (!v->found && s->kind == KM_SESSION_TREATMENT) {
        v->at = s->has_ended ? s->ended : s->started;
        v->found = true;
    }
    return KM_OK;
}

static void put_changes(km_summary_making *m, const km_compare_result *c, km_difference what,
                        const char *said)
{
    int n = 0;

    for (size_t i = 0; i < c->n; i++)
        n += c->row[i].row.what == what;
    km_buf_printf(&m->s, "%s%d %s", what == KM_DIFF_NEW ? " " : ", ", n, said);
}

static km_status add_visit(km_summary_making *m, km_error *err)
{
    last_visit v = { .found = false };
    km_compare_result c;
    km_status st = km_app_sessions_each(m->app, false, 0, take_session, &v, err);

    if (st != KM_OK || !v.found)
        return st;
    st = km_app_compare(&c, m->app, v.at, m->now, err);
    if (st != KM_OK)
        return st;
    km_summary_put_date(m, km_instant_day(v.at));
    km_buf_putc(&m->s, ':');
    put_changes(m, &c, KM_DIFF_NEW, "new");
    put_changes(m, &c, KM_DIFF_GONE, "gone");
    put_changes(m, &c, KM_DIFF_WORSE, "worse");
    put_changes(m, &c, KM_DIFF_BETTER, "better");
    put_changes(m, &c, KM_DIFF_SAME, "the same");
    km_summary_row *row = km_summary_add(m, KM_SUMMARY_VISIT, NULL);
    row->has_since = true;
    row->since = km_instant_day(v.at);
    row->days = m->today - km_instant_day(v.at);
    int said = 0;
    for (size_t i = 0; i < c.n && said < CHANGES_MOST; i++) {
        const km_compare_row *r = &c.row[i].row;
        if (r->what == KM_DIFF_SAME)
            continue;
        km_buf_printf(&m->s, "%s: ", km_difference_word(r->what));
        km_summary_put_place(m, &c.row[i].place);
        if (r->before >= 0 && r->after >= 0)
            km_buf_printf(&m->s, ", %d to %d", r->before, r->after);
        else if (r->after > 0)
            km_buf_printf(&m->s, ", now %d", r->after);
        row = km_summary_add(m, KM_SUMMARY_VISIT, &c.row[i].place);
        row->kind = (int)c.row[i].kind;
        row->now = r->after;
        if (r->before >= 0 && r->after >= 0)
            row->change = r->after - r->before;
        said++;
    }
    km_compare_result_clear(&c);
    return KM_OK;
}

/* ---- patterns ---- */

static km_status add_back(km_summary_making *m, km_error *err)
{
    km_recurrence_list l;

    (void)err;
    km_places_recurrence(&l, &m->places);
    for (size_t i = 0; i < l.n && i < BACK_MOST && l.row[i].episodes > 1; i++) {
        const km_recurrence *r = &l.row[i];
        km_summary_put_place(m, &r->place);
        km_buf_printf(&m->s, ": %d times", r->episodes);
        if (!isnan(r->interval))
            km_buf_printf(&m->s, ", %.0f day%s between", r->interval,
                          r->interval == 1 ? "" : "s");
        if (!r->open && r->has_next) {
            km_buf_puts(&m->s, r->next < m->today ? ", was expected " : ", next about ");
            km_summary_put_date(m, r->next);
        }
        km_summary_row *row = km_summary_add(m, KM_SUMMARY_BACK, &r->place);
        row->kind = (int)r->kind;
        row->times = r->episodes;
        row->days = isnan(r->interval) ? -1 : (int)(r->interval + 0.5);
    }
    km_recurrence_list_clear(&l);
    return KM_OK;
}

static km_status add_sides(km_summary_making *m, km_error *err)
{
    km_balance_list l;
    int left = 0, right = 0;
    km_status st = km_app_balance(&l, m->app, SIDE_DAYS, false, err);

    if (st != KM_OK)
        return st;
    for (size_t i = 0; i < l.n; i++) {
        left += l.row[i].left;
        right += l.row[i].right;
    }
    if (left + right >= SIDE_LEAST) {
        km_buf_printf(&m->s, "%s: %d mark%s left and %d right in %d days",
                      2 * left >= 3 * right   ? "mostly left"
                      : 2 * right >= 3 * left ? "mostly right"
                                              : "both sides",
                      left, left == 1 ? "" : "s", right, SIDE_DAYS);
        km_summary_row *row = km_summary_add(m, KM_SUMMARY_SIDE, NULL);
        row->times = left > right ? left : right;
        row->place.side = left > right ? KM_SIDE_LEFT : right > left ? KM_SIDE_RIGHT : KM_SIDE_MIDLINE;
    }
    km_balance_list_clear(&l);
    return KM_OK;
}

static km_status add_together(km_summary_making *m, km_error *err)
{
    km_pair_list l;

    (void)err;
    km_places_pairs(&l, &m->places);
    for (size_t i = 0; i < l.n && i < TOGETHER_MOST; i++) {
        km_summary_put_place(m, &l.row[i].a);
        km_buf_puts(&m->s, " with ");
        km_summary_put_place(m, &l.row[i].b);
        km_buf_printf(&m->s, ", %d times", l.row[i].both);
        km_summary_add(m, KM_SUMMARY_TOGETHER, &l.row[i].a)->times = l.row[i].both;
    }
    km_pair_list_clear(&l);
    return KM_OK;
}

static km_status add_causes(km_summary_making *m, km_error *err)
{
    km_cause_row cause[KM_CAUSE_COUNT];
    size_t n = 0;
    km_status st = km_app_causes(cause, &n, m->app, err);

    if (st != KM_OK)
        return st;
    for (size_t i = 0; i < n && i < 3; i++)
        km_buf_printf(&m->s, "%s%s %d", i ? ", " : "causes named, by marks: ",
                      km_word(KM_VOCAB_CAUSE, (int)cause[i].cause), cause[i].marks);
    if (n > 0)
        km_summary_add(m, KM_SUMMARY_BEFORE, NULL)->times = cause[0].marks;
    return KM_OK;
}

static km_status add_follow(km_summary_making *m, km_error *err)
{
    km_follow_list l;
    km_status st = km_app_follow(&l, m->app, err);

    if (st != KM_OK)
        return st;
    if (l.n > 0) {
        const km_follow *f = &l.row[0];
        const km_place p = { .side = KM_SIDE_MIDLINE, .region = f->region };
        km_buf_printf(&m->s, "%s, then ", f->session);
        km_summary_put_place(m, &p);
        km_buf_printf(&m->s, ": on %.0f %% of the days after, %.0f %% of the others",
                      100 * f->lag.after, 100 * f->lag.otherwise);
        km_summary_add(m, KM_SUMMARY_BEFORE, NULL)->times = f->lag.sessions;
    } else if (l.tried > 0) {
        km_buf_printf(&m->s, "nothing follows training beyond chance (%d pairs tried)", l.tried);
        km_summary_add(m, KM_SUMMARY_BEFORE, NULL);
    }
    km_follow_list_clear(&l);
    return KM_OK;
}

/* One part: a topic comes whole. */
static km_status add_before(km_summary_making *m, km_error *err)
{
    km_status st = add_causes(m, err);

    return st == KM_OK ? add_follow(m, err) : st;
}

/* ---- part after part ---- */

static void end_making(km_summary *s)
{
    if (s->making == NULL)
        return;
    km_places_clear(&s->making->places);
    km_buf_clear(&s->making->s);
    free(s->making);
    s->making = NULL;
}

static km_status add_first(km_summary_making *m, km_error *err)
{
    km_status st = km_now(&m->now, err);

    if (st == KM_OK)
        st = km_app_client(&m->client, m->app, err);
    if (st != KM_OK)
        return st;
    km_client_own(&m->client, &m->out->mem); /* what follows may read it anew */
    m->today = km_instant_day(m->now);
    st = km_app_glance(&m->glance, &m->out->mem, m->app, &m->client, err);
    if (st == KM_OK) {
        add_warnings(m);
        add_course(m);
        st = add_hurts(m, err);
    }
    return st;
}

km_status km_app_summary_begin(km_summary *out, km_app *app, km_error *err)
{
    *out = (km_summary){ .making = km_calloc(1, sizeof *out->making) };
    out->making->app = app;
    return km_app_summary_next(out, err);
}

km_status km_app_summary_next(km_summary *s, km_error *err)
{
    static km_status (*const part[])(km_summary_making *, km_error *) = {
        add_first, add_visit, add_back, add_sides, add_together, add_before,
        km_summary_helps, km_summary_next_up,
    };
    km_summary_making *m = s->making;

    if (m == NULL)
        return KM_OK;
    m->out = s; /* it may have moved */
    km_status st = part[m->part++](m, err);
    s->whole = m->part == sizeof part / sizeof *part;
    if (st != KM_OK)
        km_summary_clear(s);
    else if (s->whole)
        end_making(s);
    return st;
}

km_status km_app_summary(km_summary *out, km_app *app, km_error *err)
{
    km_status st = km_app_summary_begin(out, app, err);

    while (st == KM_OK && !out->whole)
        st = km_app_summary_next(out, err);
    return st;
}

void km_summary_clear(km_summary *s)
{
    end_making(s);
    free(s->row);
    km_arena_clear(&s->mem);
    *s = (km_summary){ .n = 0 };
}
