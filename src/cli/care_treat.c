/** aftercare, courses, helped. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "columns.h"
#include "command.h"
#include "knotmap/care.h"

/* ---- courses ---- */

/* What is shown in words stands once more for data, a number or a word in a column. */
static const km_column course_columns[] = {
    { "treatment", NUMBER, NULL },
    { "at", BOTH, NULL },
    { "side", DATA, NULL },
    { "muscle", DATA, NULL },
    { "place", SHOWN | KM_COL_STRONG, NULL },
    { "kind", BOTH, NULL },
    { "tool", BOTH, NULL },
    { "before", DATA, NULL },
    { "before", SHOWN, NULL },
    { "during", BOTH, NULL },
    { "after", DATA, NULL },
    { "after", SHOWN, NULL },
    { "stopped", BOTH, NULL },
    { "after_24h", DATA, NULL },
    { "after_48h", DATA, NULL },
    { "after_72h", DATA, NULL },
    { "24 h", SHOWN, NULL },
    { "48 h", SHOWN, NULL },
    { "72 h", SHOWN, NULL },
    { "response", DATA, NULL },
    { "response_24h", DATA, NULL },
    { "response_48h", DATA, NULL },
    { "response_72h", DATA, NULL },
    { "energy_24h", DATA, NULL },
    { "energy_48h", DATA, NULL },
    { "energy_72h", DATA, NULL },
    { "stiffness_before", DATA, NULL },
    { "stiffness_after", DATA, NULL },
    { "tension_before", DATA, NULL },
    { "tension_after", DATA, NULL },
    { "note", DATA, NULL },
    { "strength_24h", DATA, NULL },
    { "strength_48h", DATA, NULL },
    { "strength_72h", DATA, NULL },
    { "region", DATA, NULL },
};

static const char *answered(const km_aftercare *a)
{
    return a->hours ? km_word(KM_VOCAB_RESPONSE, (int)a->response) : "";
}

/* One more of the things said; a number below 0 was not. */
static void put_number(km_buf *b, const char *what, int n)
{
    if (n >= 0)
        km_buf_printf(b, "%s%s%d", b->len ? ", " : "", what, n);
}

static void put_word(km_buf *b, const char *word)
{
    if (*word)
        km_buf_printf(b, "%s%s", b->len ? ", " : "", word);
}

/* "6, stiffness 5, looser" */
static void row_said(km_rows *r, int rating, int stiffness, int tension, const char *response)
{
    km_buf b = { 0 };

    put_number(&b, "", rating);
    put_number(&b, "stiffness ", stiffness);
    put_number(&b, "tension ", tension);
    put_word(&b, response);
    km_rows_text(r, km_buf_str(&b));
    km_buf_clear(&b);
}

/* "3, sore, energy 4, weaker" */
static void row_answer(km_rows *r, const km_aftercare *a)
{
    km_buf b = { 0 };

    if (a->hours) {
        put_number(&b, "", a->rating);
        put_word(&b, answered(a));
        put_number(&b, "energy ", a->energy);
        put_word(&b, km_word(KM_VOCAB_STRENGTH, (int)a->strength));
    }
    km_rows_text(r, km_buf_str(&b));
    km_buf_clear(&b);
}

static void put_course(km_rows *r, const km_course *c)
{
    const km_treatment *t = &c->treatment;
    bool somewhere = t->place.muscle || t->place.region;
    km_buf place = { 0 }, during = { 0 }, note = { 0 };

    if (somewhere)
        km_place_print(&place, &t->place);
    else if (t->routine_id)
        km_buf_printf(&place, "routine %lld", (long long)t->routine_id);
    for (int i = 0; i < c->n_hold; i++)
        km_buf_printf(&during, "%s%d", i ? ";" : "", c->hold[i]);
    for (int i = 0; i < 3; i++) {
        if (c->after[i].hours && c->after[i].note)
            km_buf_printf(&note, "%s%s", note.len ? "; " : "", c->after[i].note);
    }
    km_rows_int(r, t->id);
    km_rows_instant(r, true, t->at);
    km_rows_text(r, somewhere ? km_word(KM_VOCAB_SIDE, (int)t->place.side) : "");
    km_rows_text(r, t->place.muscle);
    km_rows_text(r, km_buf_str(&place));
    km_rows_text(r, t->technique >= 0 ? km_word(KM_VOCAB_TECHNIQUE, t->technique) : "");
    km_rows_text(r, t->tool);
    km_rows_count(r, t->before);
    row_said(r, t->before, c->more.stiffness_before, c->more.tension_before, "");
    km_rows_text(r, km_buf_str(&during));
    km_rows_count(r, t->after);
    row_said(r, t->after, c->more.stiffness_after, c->more.tension_after,
             km_word(KM_VOCAB_RESPONSE, (int)t->response));
    km_rows_text(r, km_word(KM_VOCAB_STOP, (int)c->more.stopped));
    for (int i = 0; i < 3; i++)
        km_rows_count(r, c->after[i].hours ? c->after[i].rating : -1);
    for (int i = 0; i < 3; i++)
        row_answer(r, &c->after[i]);
    km_rows_text(r, km_word(KM_VOCAB_RESPONSE, (int)t->response));
    for (int i = 0; i < 3; i++)
        km_rows_text(r, answered(&c->after[i]));
    for (int i = 0; i < 3; i++)
        km_rows_count(r, c->after[i].hours ? c->after[i].energy : -1);
    km_rows_count(r, c->more.stiffness_before);
    km_rows_count(r, c->more.stiffness_after);
    km_rows_count(r, c->more.tension_before);
    km_rows_count(r, c->more.tension_after);
    km_rows_text(r, km_buf_str(&note));
    for (int i = 0; i < 3; i++)
        km_rows_text(r, km_word(KM_VOCAB_STRENGTH, (int)c->after[i].strength));
    km_rows_text(r, t->place.region);
    km_rows_end(r, NULL);
    km_buf_clear(&place);
    km_buf_clear(&during);
    km_buf_clear(&note);
}

static km_status print_courses(km_cli *c, const km_mark_filter *f, int technique, km_error *err)
{
    km_course_list list;

    TRY(km_app_courses(&list, c->app, f, err));
    km_rows *r = km_listing(c, course_columns, COUNT(course_columns));
    for (size_t i = 0; i < list.n; i++) {
        if (technique < 0 || list.row[i].treatment.technique == technique)
            put_course(r, &list.row[i]);
    }
    km_status st = km_listing_close(r, c, "No treatments.", err);
    km_course_list_clear(&list);
    return st;
}

km_status km_run_courses(km_cli *c, km_error *err)
{
    km_mark_filter f;
    int technique = -1;

    TRY(km_opt_filter(&f, c, err));
    TRY(km_opt_word(&technique, c, OPT_KIND, KM_VOCAB_TECHNIQUE, err));
    TRY(km_need_app(c, NULL, err));
    return print_courses(c, &f, technique, err);
}

km_status km_run_aftercare(km_cli *c, km_error *err)
{
    km_aftercare a = { .hours = 24, .rating = -1, .energy = -1, .at = c->now };
    km_mark_filter f = km_mark_filter_all();
    int response = KM_RESPONSE_NONE, strength = KM_AFTER_STRENGTH_NONE;

    TRY(km_arg_id(&a.treatment_id, c, 0, err));
    TRY(km_opt_int(&a.hours, c, OPT_HOURS, 0, 1000, err));
    TRY(km_opt_int(&a.rating, c, OPT_RATING, 0, 10, err));
    TRY(km_opt_int(&a.energy, c, OPT_ENERGY, 0, 10, err));
    TRY(km_opt_word(&response, c, OPT_RESPONSE, KM_VOCAB_RESPONSE, err));
    TRY(km_opt_word(&strength, c, OPT_STRENGTH, KM_VOCAB_STRENGTH, err));
    a.response = (km_response)response;
    a.strength = (km_after_strength)strength;
    a.note = km_value(c, OPT_NOTE);
    TRY(km_need_app(c, NULL, err));
    TRY(km_app_aftercare_put(&a, c->app, err));
    c->stored = true;
    if (km_aftercare_warning(&a))
        km_warn(c, km_aftercare_warning(&a));
    f.id = a.treatment_id;
    return print_courses(c, &f, -1, err);
}

/* ---- helped ---- */

static const km_column helped_columns[] = {
    { "side", DATA, NULL },       { "region", DATA, NULL },  { "muscle", DATA, NULL },
    { "place", SHOWN | KM_COL_STRONG, NULL },
    { "what", BOTH, NULL },       { "tool", BOTH, NULL },    { "n", NUMBER, NULL },
    { "median", NUMBER, "change" }, { "lower", DATA, NULL }, { "upper", DATA, NULL },
    { "spread", SHOWN, NULL },    { "lasted", NUMBER, "days" }, { "lasted_n", DATA, NULL },
    { "holding", NUMBER, NULL },  { "said", FLEX, NULL },
};

static void put_helped(km_rows *r, const km_helped *h)
{
    bool somewhere = h->place.region || h->place.muscle;
    km_buf place = { 0 }, spread = { 0 };

    if (somewhere)
        km_place_print(&place, &h->place);
    if (h->change.n > 1)
        km_buf_printf(&spread, "%+.1f..%+.1f", h->change.lower, h->change.upper);
    km_rows_text(r, somewhere ? km_word(KM_VOCAB_SIDE, (int)h->place.side) : "");
    km_rows_text(r, h->place.region);
    km_rows_text(r, h->place.muscle);
    km_rows_text(r, km_buf_str(&place));
    km_rows_text(r, h->what);
    km_rows_text(r, h->tool);
    km_rows_int(r, h->change.n);
    km_rows_real(r, h->change.median, 1);
    km_rows_real(r, h->change.lower, 1);
    km_rows_real(r, h->change.upper, 1);
    km_rows_text(r, km_buf_str(&spread));
    km_rows_real(r, h->lasted.n ? h->lasted.median : NAN, 1);
    km_rows_int(r, h->lasted.n);
    km_rows_int(r, h->holding);
    km_rows_text(r, h->said);
    km_rows_end(r, NULL);
    km_buf_clear(&place);
    km_buf_clear(&spread);
}

km_status km_run_helped(km_cli *c, km_error *err)
{
    km_helped_list list, whole = { .n = 0 };
    int of = KM_HELPED_PAIN, by = KM_HELPED_TECHNIQUE;

    TRY(km_opt_choice(&of, c, OPT_OF, "pain stiffness tension", err));
    TRY(km_opt_choice(&by, c, OPT_BY, "technique movement routine", err));
    TRY(km_need_app(c, NULL, err));
    TRY(km_app_helped(&list, c->app, (km_helped_of)of, (km_helped_by)by, err));
    if (!km_has(c, OPT_BY)) { /* who records whole routines has nothing else */
        km_status st = km_app_helped(&whole, c->app, (km_helped_of)of, KM_HELPED_ROUTINE, err);
        if (st != KM_OK) {
            km_helped_list_clear(&list);
            return st;
        }
    }
    km_rows *r = km_listing(c, helped_columns, COUNT(helped_columns));
    for (size_t i = 0; i < list.n; i++)
        put_helped(r, &list.row[i]);
    for (size_t i = 0; i < whole.n; i++)
        put_helped(r, &whole.row[i]);
    const char *remark = km_helped_remark((km_helped_by)by);
    if (km_rows_is_text(r) && list.n && *remark)
        km_rows_section(r, 0, remark);
    km_status st = km_listing_close(
        r, c, "Too little to say: no treatment has a rating before and after yet.", err);
    km_helped_list_clear(&whole);
    km_helped_list_clear(&list);
    return st;
}
