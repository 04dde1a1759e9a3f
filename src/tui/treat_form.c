/** The form of a stored treatment: how it was before and after, and how it went. */
#include <stdlib.h>
#include <string.h>

#include "care.h"
#include "form.h"
#include "words.h"

enum { F_BEFORE, F_AFTER, F_STIFF_BEFORE, F_STIFF_AFTER, F_TENSION_BEFORE, F_TENSION_AFTER,
       F_RESPONSE, F_SECONDS, F_NOTE };

typedef struct treat_data {
    km_treatment treatment;
    km_treatment_more more;
} treat_data;

static bool save(km_tui *t, form_view *f)
{
    const treat_data *d = f->data;
    km_treatment tr = d->treatment;
    km_treatment_more more = d->more;
    km_error err = { 0 };
    const char *seconds = tui_form_value(f, F_SECONDS);
    char *end = NULL;
    long n = seconds ? strtol(seconds, &end, 10) : -1;
    if (seconds && (*end || n < 0 || n > 86400)) {
        tui_say(t, KM_ROLE_ERROR, "seconds: %s: not a whole number up to 86400", seconds);
        return false;
    }
    tr.seconds = (int)n;
    tr.before = f->field[F_BEFORE].at - 1;
    tr.after = f->field[F_AFTER].at - 1;
    tr.response = (km_response)f->field[F_RESPONSE].at;
    tr.note = tui_form_value(f, F_NOTE);
    more.stiffness_before = f->field[F_STIFF_BEFORE].at - 1;
    more.stiffness_after = f->field[F_STIFF_AFTER].at - 1;
    more.tension_before = f->field[F_TENSION_BEFORE].at - 1;
    more.tension_after = f->field[F_TENSION_AFTER].at - 1;
    tr.more = more;
    if (km_app_treatment_amend(&tr, t->app, &err) != KM_OK) {
        tui_fail(t, &err);
        return false;
    }
    tui_stored(t, "kept how the treatment went");
    return true;
}

static void add_ten(form_view *f, const char *label, const char *help, int value)
{
    static const char *const ten[] = { "not said", "0", "1", "2", "3", "4", "5",
                                       "6", "7", "8", "9", "10" };
    tui_form_choice(f, label, help, ten, 12, value + 1)->digits = true;
}

void tui_treatment_open(km_tui *t, int64_t id)
{
    km_error err = { 0 };
    km_course_list l;
    km_mark_filter filter = km_mark_filter_all();
    km_buf title = { 0 };
    filter.id = id;
    if (km_app_courses(&l, t->app, &filter, &err) != KM_OK) {
        tui_fail(t, &err);
        return;
    }
    if (l.n == 0) {
        tui_say(t, KM_ROLE_ERROR, "this treatment is not there any more");
        km_course_list_clear(&l);
        return;
    }
    km_buf_puts(&title, "how it went: ");
    if (l.row[0].treatment.technique >= 0)
        km_word_human(&title, KM_VOCAB_TECHNIQUE, l.row[0].treatment.technique);
    else
        km_buf_puts(&title, "a routine");
    if (l.row[0].treatment.place.muscle || l.row[0].treatment.place.region) {
        km_buf_puts(&title, ", ");
        tui_words_place(&title, t->atlas, &l.row[0].treatment.place);
    }
    form_view *f = tui_form_new(km_buf_str(&title), save);
    treat_data *d = km_arena_alloc(&f->mem, sizeof *d);
    *d = (treat_data){ .treatment = l.row[0].treatment, .more = l.row[0].more };
    d->more.treatment_id = id;
    km_treatment_own(&d->treatment, &f->mem);
    km_course_list_clear(&l);
    f->data = d;
    const km_treatment *tr = &d->treatment;
    add_ten(f, "pain before", "0 none, 10 the worst imaginable", tr->before);
    add_ten(f, "pain after", "0 none, 10 the worst imaginable", tr->after);
    add_ten(f, "stiffness before", "0 none, 10 the worst", d->more.stiffness_before);
    add_ten(f, "stiffness after", "0 none, 10 the worst", d->more.stiffness_after);
    add_ten(f, "tension before", "0 none, 10 the worst", d->more.tension_before);
    add_ten(f, "tension after", "0 none, 10 the worst", d->more.tension_after);
    tui_form_word(f, "how it went", "looser, better, the same, sore, sleepy, worse",
                  KM_VOCAB_RESPONSE, (int)tr->response);
    km_buf_reset(&title);
    if (tr->seconds >= 0)
        km_buf_printf(&title, "%d", tr->seconds);
    tui_form_text(f, "seconds", "how long it took", km_buf_str(&title));
    tui_form_text(f, "note", "anything", tr->note);
    km_buf_clear(&title);
    tui_push(t, &f->base);
}
