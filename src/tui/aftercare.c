/** Small forms of the day: what is said some days after a treatment, and a joint's reading. */
#include <stdio.h>
#include <string.h>

#include "care.h"
#include "form.h"
#include "knotmap/text.h"
#include "words.h"

static const char *const ten[] = { "not said", "0", "1", "2", "3", "4", "5",
                                   "6", "7", "8", "9", "10" };

/* ---- after a treatment ---- */

enum { F_RATING, F_RESPONSE, F_ENERGY, F_STRENGTH, F_NOTE };

static bool save_aftercare(km_tui *t, form_view *f)
{
    const km_aftercare *asked = f->data;
    km_aftercare a = *asked;
    km_error err = { 0 };
    a.at = t->now;
    a.rating = f->field[F_RATING].at - 1;
    a.response = (km_response)f->field[F_RESPONSE].at;
    a.energy = f->field[F_ENERGY].at - 1;
    a.strength = (km_after_strength)f->field[F_STRENGTH].at;
    a.note = tui_form_value(f, F_NOTE);
    if (km_app_aftercare_put(&a, t->app, &err) != KM_OK) {
        tui_fail(t, &err);
        return false;
    }
    const char *warning = km_aftercare_warning(&a);
    tui_stored(t, "kept how it was afterwards");
    if (warning)
        tui_say(t, KM_ROLE_WARN, "%s", warning);
    return true;
}

view *tui_aftercare_form(km_tui *t, const km_due *due, int rating)
{
    km_buf title = { 0 };
    km_buf_printf(&title, "%d h after the treatment", due->hours);
    if (due->place.region || due->place.muscle) {
        km_buf_puts(&title, ": ");
        tui_words_place(&title, t->atlas, &due->place);
    }
    form_view *f = tui_form_new(km_buf_str(&title), save_aftercare);
    km_buf_clear(&title);
    km_aftercare *a = km_arena_alloc(&f->mem, sizeof *a);
    *a = (km_aftercare){ .treatment_id = due->id, .hours = due->hours, .rating = -1,
                         .energy = -1 };
    f->data = a;
    tui_form_choice(f, "how it is now", "0 gone, 10 the worst", ten, 12, rating + 1)->digits = true;
    tui_form_word(f, "what it did", "looser, sore, sleepy, worse ...", KM_VOCAB_RESPONSE, 0);
    tui_form_choice(f, "energy", "0 none, 10 full", ten, 12, 0)->digits = true;
    tui_form_word(f, "strength", "against usual", KM_VOCAB_STRENGTH, 0);
    tui_form_text(f, "note", "motion, anything", "");
    f->sel = rating < 0 ? F_RATING : F_RESPONSE;
    return &f->base;
}

/* ---- how far a joint goes ---- */

enum { F_TEST, F_SIDE, F_VALUE };

#define TESTS_MAX 16

typedef struct flex_data {
    km_day day;
    km_measure test[TESTS_MAX];
    size_t n;
} flex_data;

static bool save_flex(km_tui *t, form_view *f)
{
    const flex_data *d = f->data;
    const km_measure *test = &d->test[f->field[F_TEST].at];
    km_error err = { 0 };
    const char *text = tui_form_value(f, F_VALUE);
    char what[96];
    double value;
    if (!text || !km_number_parse(&value, text)) {
        tui_say(t, KM_ROLE_ERROR, "%s: a number of %s is wanted", text ? text : "value",
                test->unit);
        return false;
    }
    km_side side = test->sided ? (km_side)(KM_SIDE_LEFT + f->field[F_SIDE].at) : KM_SIDE_MIDLINE;
    km_arena mem = { 0 };
    km_checkin c;
    km_status st = km_app_checkin_get(&c, &mem, t->app, d->day, &err);
    if (st != KM_OK)
        c = km_checkin_blank();
    int at = 0;
    while (at < c.n_flex && (strcmp(c.flex[at].test, test->code) != 0 ||
                             c.flex[at].side != side))
        at++;
    bool ok = at < KM_FLEX_MAX;
    if (ok) {
        c.flex[at] = (km_flex){ test->code, side, value };
        c.n_flex += at == c.n_flex;
        snprintf(what, sizeof what, "%s %g %s", test->name, value, test->unit);
        ok = tui_checkin_store(t, &c, d->day, what);
    } else {
        tui_say(t, KM_ROLE_ERROR, "one day holds %d readings", KM_FLEX_MAX);
    }
    km_arena_clear(&mem);
    return ok;
}

view *tui_flex_form(km_tui *t, km_day day)
{
    static const char *const side[] = { "left", "right" };
    const char *name[TESTS_MAX];
    form_view *f = tui_form_new("measure how far a joint goes", save_flex);
    flex_data *d = km_arena_alloc(&f->mem, sizeof *d);
    d->day = day;
    d->n = km_app_flex_tests(d->test, TESTS_MAX, t->atlas);
    f->data = d;
    km_buf how = { 0 };
    for (size_t i = 0; i < d->n; i++) {
        name[i] = km_arena_printf(&f->mem, "%s, %s", d->test[i].name,
                                  d->test[i].unit);
        km_buf_printf(&how, "%s%s: %s.", i ? "\n" : "", d->test[i].name, d->test[i].how);
    }
    tui_form_choice(f, "test", km_arena_strdup(&f->mem, km_buf_str(&how)), name, (int)d->n, 0);
    tui_form_choice(f, "side", "where the test has one", side, 2, 0);
    tui_form_text(f, "value", "in the unit of the test; what falls short is negative", "");
    km_buf_clear(&how);
    return &f->base;
}
