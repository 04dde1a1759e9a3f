/** The full form of a mark: kind, intensity, muscle and point, state, qualities, signs, note. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "body.h"
#include "form.h"
#include "knotmap/care.h"
#include "knotmap/text.h"

enum { F_KIND, F_INTENSITY, F_MUSCLE, F_STATE, F_QUALITY, F_TAUT, F_TWITCH, F_PPT, F_AREA, F_FELT,
       F_CAUSE, F_TISSUE, F_TEST, F_WHEN, F_ONSET, F_NOTE };

#define MUSCLES_MAX 48
#define CHOICES_MAX 256
#define TESTS_MAX (1 + 2 * KM_FLEX_MAX)

/** The mark being edited, and the muscles and points, and the tests, the choices stand for. */
typedef struct mark_data {
    km_mark mark;
    int16_t muscle[CHOICES_MAX], point[CHOICES_MAX];
    int n;
    km_flex test[TESTS_MAX]; /* the first is none */
    km_cause cause[KM_CAUSE_COUNT]; /* in the order they are offered */
    char when[KM_TIME_TEXT], onset[KM_TIME_TEXT]; /* as shown at first: unchanged means kept */
} mark_data;

static void add_choice(mark_data *d, const char **name, km_buf *text, const km_atlas *a,
                       km_arena *mem, int muscle, int point)
{
    if (d->n == CHOICES_MAX)
        return;
    km_ref ref = { .kind = KM_REF_MUSCLE, .index = muscle, .point = point };
    km_buf_reset(text);
    if (muscle < 0)
        km_buf_puts(text, "not named");
    else
        km_ref_human(text, a, &ref);
    d->muscle[d->n] = (int16_t)muscle;
    d->point[d->n] = (int16_t)point;
    name[d->n++] = km_arena_strdup(mem, km_buf_str(text));
}

/** The muscles of the region, likeliest first, each followed by its points. */
static int muscle_choices(km_tui *t, form_view *f, mark_data *d, const char **name)
{
    const km_atlas *a = t->atlas;
    km_buf text = { 0 };
    int16_t muscle[MUSCLES_MAX + 1];
    size_t n = 0;
    int at = 0;
    int region = km_atlas_region(a, d->mark.place.region);
    int own = d->mark.place.muscle ? km_atlas_muscle(a, d->mark.place.muscle) : -1;
    if (region >= 0) {
        km_ref ref = tui_ref_region(a, region, d->mark.place.side);
        n = km_routine_muscles(muscle, MUSCLES_MAX, a, &ref);
    }
    bool has_own = own < 0;
    for (size_t i = 0; i < n; i++)
        has_own = has_own || muscle[i] == own;
    if (!has_own)
        muscle[n++] = (int16_t)own;

    add_choice(d, name, &text, a, &f->mem, -1, -1);
    for (size_t i = 0; i < n; i++) {
        const km_muscle *m = &a->muscle[muscle[i]];
        if (muscle[i] == own)
            at = d->n;
        add_choice(d, name, &text, a, &f->mem, muscle[i], -1);
        for (int p = m->first_point; p < m->first_point + m->n_point; p++) {
            if (muscle[i] == own && d->mark.place.tp == a->point[p].tp)
                at = d->n;
            add_choice(d, name, &text, a, &f->mem, muscle[i], p);
        }
    }
    km_buf_clear(&text);
    return at;
}

/** No test, then each test, those with sides twice. */
static void add_tests(km_tui *t, form_view *f, mark_data *d)
{
    km_measure test[KM_FLEX_MAX];
    const char *name[TESTS_MAX] = { "none" };
    int n = 1, at = 0;
    size_t tests = km_app_flex_tests(test, KM_FLEX_MAX, t->atlas);

    for (size_t i = 0; i < tests; i++) {
        for (int side = test[i].sided; side <= (test[i].sided ? 2 : 0); side++, n++) {
            d->test[n] = (km_flex){ .test = test[i].code, .side = (km_side)side };
            name[n] = side ? km_arena_printf(&f->mem, "%s, %s", test[i].name,
                                             km_word(KM_VOCAB_SIDE, side))
                           : test[i].name;
            if (d->mark.test && strcmp(d->mark.test, test[i].code) == 0 &&
                d->mark.test_side == (km_side)side)
                at = n;
        }
    }
    tui_form_choice(f, "held against", "the flexibility test this place is compared with: the day "
                    "takes its values, patterns shows both", name, n, at);
}

/** Numbers with ; or blanks between them. */
static km_status parse_ppt(km_mark *m, const char *text, km_error *err)
{
    m->n_ppt = 0;
    for (const char *s = text; s && *s;) {
        char *end;
        double v = strtod(s, &end);
        if (end == s || m->n_ppt == KM_PPT_MAX)
            return km_fail(err, KM_EINVAL, "pressure threshold: %s: at most %d numbers in kPa", s,
                           KM_PPT_MAX);
        m->ppt[m->n_ppt++] = v;
        s = end + strspn(end, " ;,");
    }
    return KM_OK;
}

static km_status parse_felt(km_mark *m, const km_atlas *a, const char *text, km_error *err)
{
    m->n_felt = 0;
    for (const char *s = text; s && *s;) {
        size_t n = strcspn(s, ";,");
        km_buf word = { 0 };
        km_ref ref;
        km_buf_add(&word, s, n);
        while (word.len > 0 && word.s[word.len - 1] == ' ')
            word.s[--word.len] = '\0';
        km_status st = KM_OK;
        if (word.len > 0) {
            const char *place = km_buf_str(&word) + strspn(km_buf_str(&word), " ");
            st = km_atlas_resolve(&ref, a, place, 0, err);
            if (st == KM_OK && ref.kind != KM_REF_REGION)
                st = km_fail(err, KM_EINVAL, "%s: name the region where it was felt", place);
            if (st == KM_OK && m->n_felt == KM_FELT_MAX)
                st = km_fail(err, KM_EINVAL, "felt in: at most %d places", KM_FELT_MAX);
            if (st == KM_OK)
                m->felt[m->n_felt++] = (km_felt){ ref.side, a->region[ref.index].code };
        }
        km_buf_clear(&word);
        if (st != KM_OK)
            return st;
        s += n;
        s += *s ? 1 : 0;
    }
    return KM_OK;
}

/** Muscle and point into the place; a point of this region brings its own position. */
static void apply_muscle(km_tui *t, km_mark *m, int muscle, int point)
{
    const km_atlas *a = t->atlas;
    const char *code = muscle >= 0 ? a->muscle[muscle].code : NULL;
    int tp = point >= 0 ? a->point[point].tp : 0;
    bool same = m->place.tp == tp && ((!code && !m->place.muscle) ||
                (code && m->place.muscle && strcmp(code, m->place.muscle) == 0));
    if (same)
        return;
    m->place.muscle = code;
    m->place.tp = tp;
    if (point < 0 || strcmp(a->region[a->point[point].site].code, m->place.region) != 0)
        return;
    int16_t x, y;
    if (km_body_pos_in_view(a, a->point[point].site, point, m->place.side, m->view, &x, &y)) {
        m->x = x;
        m->y = y;
    }
}

static km_status parse_times(km_tui *t, const form_view *f, const mark_data *d, km_mark *m,
                             km_error *err)
{
    const char *when = tui_form_value(f, F_WHEN), *onset = tui_form_value(f, F_ONSET);
    if (!when)
        return km_fail(err, KM_EINVAL, "when: say a time, or now");
    if (strcmp(when, d->when) != 0 || m->id == 0) {
        km_status st = tui_form_when(&m->at, when, t->now, err);
        if (st != KM_OK)
            return st;
    }
    m->has_onset = onset != NULL;
    if (onset && strcmp(onset, d->onset) != 0)
        return tui_form_when(&m->onset, onset, t->now, err);
    return KM_OK;
}

static bool save(km_tui *t, form_view *f)
{
    mark_data *d = f->data;
    km_error err = { 0 };
    km_mark m = d->mark;
    m.kind = (km_kind)f->field[F_KIND].at;
    m.intensity = f->field[F_INTENSITY].at - 1;
    m.state = (km_state)f->field[F_STATE].at;
    m.qualities = f->field[F_QUALITY].set;
    m.taut_band = (km_tri)f->field[F_TAUT].at;
    m.twitch = (km_tri)f->field[F_TWITCH].at;
    m.cause = d->cause[f->field[F_CAUSE].at];
    m.tissue = (km_tissue)f->field[F_TISSUE].at;
    m.test = d->test[f->field[F_TEST].at].test;
    m.test_side = d->test[f->field[F_TEST].at].side;
    m.note = tui_form_value(f, F_NOTE);
    int choice = f->field[F_MUSCLE].at;
    apply_muscle(t, &m, d->muscle[choice], d->point[choice]);

    const char *area = tui_form_value(f, F_AREA);
    km_status st = KM_OK;
    m.ppt_area = 0;
    if (area && !km_number_parse(&m.ppt_area, area))
        st = km_fail(&err, KM_EINVAL, "probe area: %s: not a number", area);
    if (st == KM_OK)
        st = parse_ppt(&m, tui_form_value(f, F_PPT), &err);
    if (st == KM_OK)
        st = parse_felt(&m, t->atlas, tui_form_value(f, F_FELT), &err);
    if (st == KM_OK)
        st = parse_times(t, f, d, &m, &err);
    bool added = m.id == 0;
    if (st == KM_OK)
        st = added ? km_app_mark_add(&m, t->app, &err) : km_app_mark_edit(&m, t->app, &err);
    if (st != KM_OK) {
        tui_fail(t, &err);
        return false;
    }
    km_buf what = { 0 };
    if (!added)
        km_buf_puts(&what, "changed: ");
    tui_words_mark(&what, t->atlas, &m);
    tui_stored(t, km_buf_str(&what));
    km_buf_clear(&what);
    return true;
}

static void time_text(char out[KM_TIME_TEXT], km_instant at, bool known, const char *otherwise)
{
    if (known)
        km_time_local(out, at);
    else
        snprintf(out, KM_TIME_TEXT, "%s", otherwise);
}

/** The causes, those of the client's profile first. */
static void cause_field(km_tui *t, form_view *f, mark_data *d)
{
    km_profile profile = km_profile_at(t->atlas, -1);
    const char *name[KM_CAUSE_COUNT];
    km_buf word = { 0 };
    bool kept = false;
    km_error err = { 0 };
    int at = 0;
    if (km_app_profile(&profile, &kept, t->app, &err) != KM_OK)
        tui_fail(t, &err);
    for (int i = 0; i < KM_CAUSE_COUNT; i++) {
        d->cause[i] = profile.cause[i];
        if (d->cause[i] == d->mark.cause)
            at = i;
        km_buf_reset(&word);
        km_word_human(&word, KM_VOCAB_CAUSE, (int)d->cause[i]);
        name[i] = word.len ? km_arena_strdup(&f->mem, word.s) : "not said";
    }
    km_buf_clear(&word);
    tui_form_choice(f, "cause", "what it commonly comes from", name, KM_CAUSE_COUNT, at);
}

view *tui_mark_form_new(km_tui *t, const km_mark *mark)
{
    static const char *const intensity[] = { "not said", "0", "1", "2", "3", "4", "5",
                                             "6", "7", "8", "9", "10" };
    static const char *const tri[] = { "not looked for", "no", "yes" };
    km_buf text = { 0 }, place = { 0 };
    tui_words_place(&place, t->atlas, &mark->place);
    km_buf_printf(&text, "%s %s", mark->id ? "edit" : "new", km_buf_str(&place));
    form_view *f = tui_form_new(km_buf_str(&text), save);
    mark_data *d = km_arena_alloc(&f->mem, sizeof *d);
    f->data = d;
    d->mark = *mark;
    km_mark_own(&d->mark, &f->mem);
    const km_mark *m = &d->mark;
    time_text(d->when, m->at, m->id != 0, "now");
    time_text(d->onset, m->onset, m->has_onset, "");

    tui_form_word(f, "kind", "a knot is a spot, pain a zone, soreness comes from training",
              KM_VOCAB_KIND, (int)m->kind);
    tui_form_choice(f, "intensity", "0 gone, 10 the worst imaginable; type the digit, * is ten",
                intensity, 12, m->intensity + 1)->digits = true;
    const char *name[CHOICES_MAX];
    int at = muscle_choices(t, f, d, name);
    tui_form_choice(f, "muscle, point", "those of this region, the likeliest first", name, d->n,
                    at);
    tui_form_word(f, "state", "active: pressing brings back a pain you know; latent: only another",
              KM_VOCAB_STATE, (int)m->state);
    tui_form_set(f, "feels", "Left and Right walk the words, Space ticks", KM_VOCAB_QUALITY,
             m->qualities);
    tui_form_choice(f, "taut band", "a tight string under the finger", tri, 3, (int)m->taut_band);
    tui_form_choice(f, "twitch", "a twitch when the band is snapped", tri, 3, (int)m->twitch);
    km_buf_reset(&text);
    for (int i = 0; i < m->n_ppt; i++)
        km_buf_printf(&text, "%s%g", i ? ";" : "", m->ppt[i]);
    tui_form_text(f, "threshold kPa", "pressure pain threshold: readings with ; between them",
              km_buf_str(&text));
    km_buf_reset(&text);
    if (m->ppt_area > 0)
        km_buf_printf(&text, "%g", m->ppt_area);
    tui_form_text(f, "probe area cm2", "area of the probe's tip", km_buf_str(&text));
    km_buf_reset(&text);
    for (int i = 0; i < m->n_felt; i++) {
        km_place p = { .side = m->felt[i].side, .region = m->felt[i].region };
        km_buf_puts(&text, i ? "; " : "");
        km_place_print(&text, &p);
    }
    tui_form_text(f, "felt in", "where pressing it was felt: right:temple; right:eye",
              km_buf_str(&text));
    cause_field(t, f, d);
    tui_form_word(f, "tissue", "what hurts, as far as one can tell", KM_VOCAB_TISSUE,
              (int)m->tissue);
    add_tests(t, f, d);
    tui_form_text(f, "when", "now, this morning, yesterday 18:30, 2026-11-20, 3d", d->when);
    tui_form_text(f, "since", "when it began: yesterday, 2w, 2026-11-01; empty when not known",
              d->onset);
    tui_form_text(f, "note", "anything worth knowing next time", m->note);
    f->sel = F_INTENSITY;
    km_buf_clear(&text);
    km_buf_clear(&place);
    return &f->base;
}
