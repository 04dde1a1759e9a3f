/** The day: the check-in, what is due, the week. One screen, filled from the day before. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "body.h"
#include "care.h"
#include "knotmap/text.h"
#include "list.h"

typedef enum row_kind {
    ROW_HOOPER, ROW_DID, ROW_TEN, ROW_FLEX, ROW_FLEX_ADD, ROW_DUE
} row_kind;

typedef struct day_row {
    row_kind kind;
    int item;               /**< Hooper item, energy 0 or mood 1, row of `flex` or `due` */
} day_row;

/** A test of a side: a row for its reading of this day. */
typedef struct flex_row {
    const km_flex_test *test;
    km_side side;
    double last;            /**< newest reading on or before the day, NAN none */
    double value;           /**< of this day, NAN none */
} flex_row;

#define TESTS_MAX 16
#define FLEX_ROWS KM_FLEX_MAX
#define USUAL_DAYS 28
#define WEEKS 12

typedef struct day_view {
    view base;
    km_day day;
    bool chosen;            /**< a day other than today was turned to */
    km_checkin c, before;   /**< of the day, and what it starts from */
    bool stored;
    double usual;           /**< mean Hooper index of the 28 days before, NAN none */
    km_week week;
    bool has_week;
    km_week_plan plan;
    km_flex_test test[TESTS_MAX];
    int n_test;
    flex_row flex[FLEX_ROWS];
    int n_flex;
    km_due_list due;
    day_row *row;
    int n, cap;
    int did_at;
    int asked_flex;         /**< the row a number is typed for */
    tui_list list;
    km_arena mem;
} day_view;

static const char *const hooper_name[] = { "sleep", "stress", "fatigue", "soreness" };
static const char *const habit_name[KM_HABIT_COUNT] = {
    "cool-down", "roll", "stretch", "food", "sleep", "compression", "water",
};

static int *hooper_of(km_checkin *c, int item)
{
    int *field[] = { &c->sleep, &c->stress, &c->fatigue, &c->soreness };
    return field[item];
}

static int *ten_of(km_checkin *c, int item)
{
    return item == 0 ? &c->energy : &c->mood;
}

/* ---- load ---- */

static void add_row(day_view *v, row_kind kind, int item)
{
    KM_GROW(v->row, v->n, v->cap);
    v->row[v->n++] = (day_row){ kind, item };
}

static const km_flex_test *test_of(const day_view *v, const char *code)
{
    for (int i = 0; i < v->n_test; i++) {
        if (strcmp(v->test[i].measure.code, code) == 0)
            return &v->test[i];
    }
    return NULL;
}

static flex_row *flex_row_of(day_view *v, const char *code, km_side side)
{
    const km_flex_test *test = test_of(v, code);
    for (int i = 0; i < v->n_flex; i++) {
        if (v->flex[i].test == test && v->flex[i].side == side)
            return &v->flex[i];
    }
    if (!test || v->n_flex == FLEX_ROWS)
        return NULL;
    flex_row *f = &v->flex[v->n_flex++];
    *f = (flex_row){ test, side, NAN, NAN };
    return f;
}

static int by_test(const void *a, const void *b)
{
    const flex_row *x = a, *y = b;
    if (x->test != y->test)
        return x->test < y->test ? -1 : 1;
    return (int)x->side - (int)y->side;
}

/** Tests ever measured up to the day, and those of the day itself. */
static void load_flex(km_tui *t, day_view *v)
{
    km_error err = { 0 };
    km_checkin_list all;
    v->n_test = (int)km_app_flex_tests(v->test, TESTS_MAX, t->atlas);
    v->n_flex = 0;
    if (km_app_checkins(&all, t->app, v->day - 366, v->day, 0, &err) == KM_OK) {
        for (size_t i = 0; i < all.n; i++) {
            for (int k = 0; k < all.row[i].n_flex; k++) {
                const km_flex *x = &all.row[i].flex[k];
                flex_row *f = flex_row_of(v, x->test, x->side);
                if (f && isnan(f->last)) /* newest first */
                    f->last = x->value;
            }
        }
        km_checkin_list_clear(&all);
    } else {
        tui_fail(t, &err);
    }
    for (int k = 0; k < v->c.n_flex; k++) {
        flex_row *f = flex_row_of(v, v->c.flex[k].test, v->c.flex[k].side);
        if (f)
            f->value = v->c.flex[k].value;
    }
    qsort(v->flex, (size_t)v->n_flex, sizeof v->flex[0], by_test);
}

static void load_usual(km_tui *t, day_view *v)
{
    km_error err = { 0 };
    km_checkin_list all;
    int n = 0, sum = 0;
    v->usual = NAN;
    if (km_app_checkins(&all, t->app, v->day - USUAL_DAYS, v->day, 0, &err) != KM_OK) {
        tui_fail(t, &err);
        return;
    }
    for (size_t i = 0; i < all.n; i++) {
        int h = km_checkin_hooper(&all.row[i]);
        if (h >= 0) {
            sum += h;
            n++;
        }
    }
    if (n > 0)
        v->usual = (double)sum / n;
    km_checkin_list_clear(&all);
}

static void load_week(km_tui *t, day_view *v)
{
    km_error err = { 0 };
    km_week week[WEEKS];
    v->has_week = false;
    if (km_app_plan_get(&v->plan, t->app, &err) != KM_OK ||
        km_app_weeks(week, WEEKS, t->app, &err) != KM_OK) {
        tui_fail(t, &err);
        return;
    }
    for (int i = 0; i < WEEKS; i++) {
        if (week[i].monday == km_day_week(v->day)) {
            v->week = week[i];
            v->has_week = true;
        }
    }
}

static void load(km_tui *t, view *base)
{
    day_view *v = (day_view *)base;
    km_error err = { 0 };
    if (!v->chosen)
        v->day = t->today;
    km_arena_clear(&v->mem);
    km_due_list_clear(&v->due);
    v->c = v->before = km_checkin_blank();
    km_status st = km_app_checkin_get(&v->c, &v->mem, t->app, v->day, &err);
    v->stored = st == KM_OK;
    if (st != KM_OK && st != KM_ENOTFOUND)
        tui_fail(t, &err);
    if (!v->stored)
        v->c = km_checkin_blank();
    if (km_app_checkin_default(&v->before, &v->mem, t->app, v->day, &err) != KM_OK)
        v->before = km_checkin_blank();
    load_usual(t, v);
    load_week(t, v);
    load_flex(t, v);
    if (v->day == t->today && km_app_due(&v->due, t->app, &err) != KM_OK)
        tui_fail(t, &err);

    v->n = 0;
    for (int i = 0; i < 4; i++)
        add_row(v, ROW_HOOPER, i);
    add_row(v, ROW_DID, 0);
    add_row(v, ROW_TEN, 0);
    add_row(v, ROW_TEN, 1);
    for (int i = 0; i < v->n_flex; i++)
        add_row(v, ROW_FLEX, i);
    add_row(v, ROW_FLEX_ADD, 0);
    for (size_t i = 0; i < v->due.n; i++) {
        if (v->due.row[i].kind != KM_DUE_CHECKIN) /* that is this very page */
            add_row(v, ROW_DUE, (int)i);
    }
}

/* ---- storing ---- */

bool tui_checkin_store(km_tui *t, km_checkin *c, km_day day, const char *what)
{
    km_error err = { 0 };
    km_arena mem = { 0 };
    if (c->at.sec == 0)
        c->at = day == t->today ? t->now : km_day_instant(day, 12, 0);
    bool ok = km_app_checkin_replace(c, &mem, t->app, &err) == KM_OK;
    if (ok)
        tui_stored(t, what);
    else
        tui_fail(t, &err);
    km_arena_clear(&mem);
    return ok;
}

static bool store(km_tui *t, day_view *v, const km_checkin *c, const char *what)
{
    km_checkin copy = *c;
    return tui_checkin_store(t, &copy, v->day, what);
}

static void next_row(day_view *v)
{
    if (v->list.sel + 1 < v->n)
        v->list.sel++;
}

static const day_row *selected(const day_view *v)
{
    return &v->row[v->list.sel < v->n ? v->list.sel : v->n - 1];
}

/** Keep a value of a Hooper item, energy or mood; out of range tells the range. */
static bool set_value(km_tui *t, day_view *v, const day_row *r, int value)
{
    km_checkin c = v->c;
    char what[64];
    bool hooper = r->kind == ROW_HOOPER;
    if (hooper && (value < 1 || value > 7)) {
        tui_say(t, KM_ROLE_ERROR, "%s goes from 1, very good, to 7, very bad",
                hooper_name[r->item]);
        return false;
    }
    if (value < 0 || value > 10) {
        tui_say(t, KM_ROLE_ERROR, "0 to 10");
        return false;
    }
    *(hooper ? hooper_of(&c, r->item) : ten_of(&c, r->item)) = value;
    snprintf(what, sizeof what, "%s %d", hooper ? hooper_name[r->item]
                                                : r->item == 0 ? "energy" : "mood", value);
    return store(t, v, &c, what);
}

static void tick_habit(km_tui *t, day_view *v, int habit)
{
    km_checkin c = v->c;
    char what[64];
    if (habit < 0 || habit >= KM_HABIT_COUNT) {
        tui_say(t, KM_ROLE_ERROR, "1 to %d tick what was done", KM_HABIT_COUNT);
        return;
    }
    v->did_at = habit;
    c.did ^= 1u << habit;
    snprintf(what, sizeof what, "%s %s", habit_name[habit],
             c.did & (1u << habit) ? "done" : "not done");
    store(t, v, &c, what);
}

static bool set_flex(km_tui *t, day_view *v, const flex_row *f, bool has, double value)
{
    km_checkin c = v->c;
    char what[96];
    int n = 0;
    for (int i = 0; i < c.n_flex; i++) {
        if (strcmp(c.flex[i].test, f->test->measure.code) != 0 || c.flex[i].side != f->side)
            c.flex[n++] = c.flex[i];
    }
    if (has && n < KM_FLEX_MAX)
        c.flex[n++] = (km_flex){ f->test->measure.code, f->side, value };
    c.n_flex = n;
    if (has)
        snprintf(what, sizeof what, "%s %g %s", f->test->measure.name, value,
                 f->test->measure.unit);
    else
        snprintf(what, sizeof what, "%s taken back", f->test->measure.name);
    return store(t, v, &c, what);
}

static bool flex_typed(km_tui *t, void *ctx, const char *text)
{
    day_view *v = ctx;
    char *end;
    double value = strtod(text, &end);
    while (*end == ' ')
        end++;
    if (end == text || *end || !isfinite(value)) {
        tui_say(t, KM_ROLE_ERROR, "%s: a number is wanted", *text ? text : "nothing typed");
        return false;
    }
    if (v->asked_flex < v->n_flex && set_flex(t, v, &v->flex[v->asked_flex], true, value))
        next_row(v);
    return true;
}

static void ask_flex(km_tui *t, day_view *v, int item, const char *text)
{
    const flex_row *f = &v->flex[item];
    km_buf label = { 0 };
    km_buf_puts(&label, f->test->measure.name);
    if (f->side != KM_SIDE_MIDLINE)
        km_buf_printf(&label, ", %s", km_word(KM_VOCAB_SIDE, (int)f->side));
    km_buf_printf(&label, ", %s:", f->test->measure.unit);
    v->asked_flex = item;
    tui_push(t, tui_ask_new(km_buf_str(&label), text, flex_typed, NULL, v));
    km_buf_clear(&label);
}

static void answer_aftercare(km_tui *t, const km_due *d, int rating)
{
    km_error err = { 0 };
    const km_aftercare a = { .treatment_id = d->id, .hours = d->hours, .rating = rating,
                             .response = KM_RESPONSE_NONE, .at = t->now, .energy = -1 };
    if (km_app_aftercare_put(&a, t->app, &err) != KM_OK) {
        tui_fail(t, &err);
        return;
    }
    const char *warning = km_aftercare_warning(&a);
    char what[48];
    snprintf(what, sizeof what, "%d h after: %d", d->hours, rating);
    tui_stored(t, what);
    if (warning)
        tui_say(t, KM_ROLE_WARN, "%s", warning);
}

static void digit(km_tui *t, day_view *v, int value)
{
    const day_row r = *selected(v);
    char text[8];
    switch (r.kind) {
    case ROW_HOOPER: case ROW_TEN:
        if (set_value(t, v, &r, value))
            next_row(v);
        break;
    case ROW_DID: tick_habit(t, v, value - 1); break;
    case ROW_FLEX:
        snprintf(text, sizeof text, "%d", value);
        ask_flex(t, v, r.item, text);
        break;
    case ROW_FLEX_ADD: tui_say(t, KM_ROLE_DIM, "Enter chooses a test to measure"); break;
    case ROW_DUE:
        if (v->due.row[r.item].kind == KM_DUE_AFTERCARE)
            answer_aftercare(t, &v->due.row[r.item], value);
        else
            tui_say(t, KM_ROLE_DIM, "this line takes no number: Enter opens it");
        break;
    }
}

/** Take over from the day before whatever is not said yet. */
static void same(km_tui *t, day_view *v)
{
    km_checkin c = v->c, *b = &v->before;
    int taken = 0;
    for (int i = 0; i < 6; i++) {
        int *to = i < 4 ? hooper_of(&c, i) : ten_of(&c, i - 4);
        int from = i < 4 ? *hooper_of(b, i) : *ten_of(b, i - 4);
        if (*to < 0 && from >= 0) {
            *to = from;
            taken++;
        }
    }
    if (taken == 0) {
        tui_say(t, KM_ROLE_DIM, "nothing is left to take over");
        return;
    }
    char what[48];
    snprintf(what, sizeof what, "%d values as before", taken);
    if (store(t, v, &c, what))
        v->list.sel = 4; /* what was done is new every day */
}

static void clear_value(km_tui *t, day_view *v)
{
    const day_row r = *selected(v);
    km_checkin c = v->c;
    if (r.kind == ROW_HOOPER || r.kind == ROW_TEN) {
        int *field = r.kind == ROW_HOOPER ? hooper_of(&c, r.item) : ten_of(&c, r.item);
        if (*field < 0) {
            tui_say(t, KM_ROLE_DIM, "nothing is said here");
            return;
        }
        *field = -1;
        store(t, v, &c, "taken back");
    } else if (r.kind == ROW_DID && c.did) {
        c.did = 0;
        store(t, v, &c, "all unticked");
    } else if (r.kind == ROW_FLEX && !isnan(v->flex[r.item].value)) {
        set_flex(t, v, &v->flex[r.item], false, 0);
    } else {
        tui_say(t, KM_ROLE_DIM, "nothing is said here");
    }
}

/* ---- what is due ---- */

static void jump_to(km_tui *t, const km_place *p)
{
    int muscle = p->muscle ? km_atlas_muscle(t->atlas, p->muscle) : -1;
    int region = p->region ? km_atlas_region(t->atlas, p->region)
                 : muscle >= 0 ? t->atlas->muscle[muscle].home[0] : -1;
    int point = muscle >= 0 && p->tp ? km_atlas_point(t->atlas, muscle, p->tp) : -1;
    km_side side = p->side;
    tui_pop_to_body(t); /* frees the day and what `p` stands in */
    if (region >= 0)
        tui_body_jump(t, (body_view *)tui_body(t), region, point, side);
}

static void start(km_tui *t, day_view *v)
{
    const day_row *r = selected(v);
    if (r->kind != ROW_DUE) {
        tui_run(t, ACT_GO_ROUTINE, 0);
        return;
    }
    const km_due *d = &v->due.row[r->item];
    switch (d->kind) {
    case KM_DUE_AFTERCARE: tui_push(t, tui_aftercare_form(t, d)); break;
    case KM_DUE_STRENGTH: tui_run(t, ACT_GO_VISIT, 0); break;
    case KM_DUE_SORENESS: case KM_DUE_CLINICIAN: case KM_DUE_MAINTAIN:
        if (d->place.region || d->place.muscle)
            jump_to(t, &d->place);
        else
            tui_run(t, ACT_GO_BODY, 0);
        break;
    case KM_DUE_GOAL: case KM_DUE_VISIT: tui_push(t, tui_goals_new(t)); break;
    default: tui_run(t, ACT_GO_ROUTINE, 0); break;
    }
}

static void open_row(km_tui *t, day_view *v)
{
    const day_row r = *selected(v);
    switch (r.kind) {
    case ROW_HOOPER: case ROW_TEN: {
        int now = r.kind == ROW_HOOPER ? *hooper_of(&v->c, r.item) : *ten_of(&v->c, r.item);
        int before = r.kind == ROW_HOOPER ? *hooper_of(&v->before, r.item)
                                          : *ten_of(&v->before, r.item);
        if (now < 0 && before < 0) {
            tui_say(t, KM_ROLE_DIM, r.kind == ROW_HOOPER ? "a digit: 1 very good to 7 very bad"
                                                         : "a digit: 0 none to 9, * ten");
            return;
        }
        if (now >= 0 || set_value(t, v, &r, before))
            next_row(v);
        break;
    }
    case ROW_DID: next_row(v); break;
    case ROW_FLEX: {
        char text[32] = "";
        double x = !isnan(v->flex[r.item].value) ? v->flex[r.item].value : v->flex[r.item].last;
        if (!isnan(x))
            snprintf(text, sizeof text, "%g", x);
        ask_flex(t, v, r.item, text);
        break;
    }
    case ROW_FLEX_ADD: tui_push(t, tui_flex_form(t, v->day)); break;
    case ROW_DUE: start(t, v); break;
    }
}

/* ---- reaction ---- */

static void turn(km_tui *t, day_view *v, int step)
{
    if (step > 0 && v->day >= t->today) {
        tui_say(t, KM_ROLE_DIM, "this is today");
        return;
    }
    v->day += step;
    v->chosen = v->day != t->today;
    if (v->list.sel >= 7)
        v->list.sel = 0;
    v->base.loaded = false;
}

static bool is_writable(km_tui *t)
{
    if (!km_app_readonly(t->app))
        return true;
    tui_say(t, KM_ROLE_ERROR, "this file is open for reading only: nothing can be changed");
    return false;
}

static void sideways(km_tui *t, day_view *v, int step)
{
    const day_row r = *selected(v);
    if (r.kind == ROW_DID) {
        v->did_at = (v->did_at + step + KM_HABIT_COUNT) % KM_HABIT_COUNT;
    } else if (r.kind == ROW_HOOPER || r.kind == ROW_TEN) {
        int *now = r.kind == ROW_HOOPER ? hooper_of(&v->c, r.item) : ten_of(&v->c, r.item);
        int before = r.kind == ROW_HOOPER ? *hooper_of(&v->before, r.item)
                                          : *ten_of(&v->before, r.item);
        int from = *now >= 0 ? *now : before >= 0 ? before : r.kind == ROW_HOOPER ? 3 : 5;
        if (is_writable(t))
            set_value(t, v, &r, from + step);
    } else {
        tui_say(t, KM_ROLE_DIM, "there is nothing to the side here");
    }
}

static bool go_to_day(km_tui *t, void *ctx, const char *text)
{
    day_view *v = ctx;
    km_error err = { 0 };
    km_day day;
    if (km_day_parse(&day, text, t->now, &err) != KM_OK) {
        tui_fail(t, &err);
        return false;
    }
    if (day > t->today) {
        tui_say(t, KM_ROLE_ERROR, "%s has not come yet", text);
        return false;
    }
    v->day = day;
    v->chosen = day != t->today;
    v->list.sel = 0;
    v->base.loaded = false;
    return true;
}

static void act(km_tui *t, view *base, tui_action action, int arg)
{
    day_view *v = (day_view *)base;
    if (tui_list_act(&v->list, action, v->n))
        return;
    switch (action) {
    case ACT_DAY_SET: digit(t, v, arg); break;
    case ACT_DAY_TEN: digit(t, v, 10); break;
    case ACT_DAY_SAME: same(t, v); break;
    case ACT_DAY_TICK:
        if (selected(v)->kind == ROW_DID)
            tick_habit(t, v, v->did_at);
        else
            tui_say(t, KM_ROLE_DIM, "ticks stand on the line of what was done");
        break;
    case ACT_DAY_LEFT: sideways(t, v, -1); break;
    case ACT_DAY_RIGHT: sideways(t, v, 1); break;
    case ACT_DAY_CLEAR: clear_value(t, v); break;
    case ACT_DAY_BEFORE: turn(t, v, -1); break;
    case ACT_DAY_AFTER: turn(t, v, 1); break;
    case ACT_DAY_START: start(t, v); break;
    case ACT_DAY_CARE: tui_push(t, tui_care_new(t)); break;
    case ACT_DAY_GOALS: tui_push(t, tui_goals_new(t)); break;
    case ACT_LIST_OPEN:
        if (is_writable(t) || selected(v)->kind == ROW_DUE)
            open_row(t, v);
        break;
    case ACT_NARROW:
        tui_push(t, tui_ask_new("day (yesterday, 3d, 2026-11-18):", "", go_to_day, NULL, v));
        break;
    default: break;
    }
}

static int contexts(const view *v, tui_ctx out[VIEW_CTX_MAX])
{
    (void)v;
    out[0] = CTX_DAY;
    out[1] = CTX_LIST;
    return 2;
}

/* ---- picture ---- */

static const char *hooper_words(int item, int value)
{
    static const char *const sleep[] = { "very good", "good", "fairly good", "middling",
                                         "fairly bad", "bad", "very bad" };
    static const char *const load[] = { "very low", "low", "fairly low", "middling",
                                        "fairly high", "high", "very high" };
    return value < 1 || value > 7 ? "" : (item == 0 ? sleep : load)[value - 1];
}

static void value_text(km_buf *out, int now, int before)
{
    if (now >= 0)
        km_buf_printf(out, "%-3d", now);
    else if (before >= 0)
        km_buf_printf(out, "(%d)", before);
    else
        km_buf_puts(out, "-  ");
}

static void hooper_line(km_buf *out, const day_view *v, int item)
{
    km_checkin c = v->c, b = v->before;
    int now = *hooper_of(&c, item), before = *hooper_of(&b, item);
    km_buf_printf(out, "%-14s", hooper_name[item]);
    value_text(out, now, before);
    km_buf_printf(out, " %-12s", hooper_words(item, now >= 0 ? now : before));
    if (item != 3)
        return;
    int index = km_checkin_hooper(&c);
    if (index >= 0)
        km_buf_printf(out, "Hooper %d", index);
    if (!isnan(v->usual))
        km_buf_printf(out, index >= 0 ? " (28-day usual %.0f)" : "28-day usual Hooper %.0f",
                      v->usual);
}

static void did_line(km_buf *out, const day_view *v, int width)
{
    bool wide = width >= 78;
    km_buf_printf(out, wide ? "did  " : "did ");
    for (int i = 0; i < KM_HABIT_COUNT; i++)
        km_buf_printf(out, "%s[%c] %.*s", i ? " " : "", v->c.did & (1u << i) ? 'x' : ' ',
                      wide ? 11 : 4, habit_name[i]);
}

/** Column of a tick on its line. */
static int did_column(const day_view *v, int width)
{
    bool wide = width >= 78;
    int x = wide ? 5 : 4;
    for (int i = 0; i < v->did_at; i++) {
        int w = (int)strlen(habit_name[i]);
        x += 5 + (wide || w < 4 ? w : 4);
    }
    return x + 1;
}

static void flex_line(km_buf *out, const flex_row *f)
{
    km_buf name = { 0 };
    km_buf_puts(&name, f->test->measure.name);
    if (f->side != KM_SIDE_MIDLINE)
        km_buf_printf(&name, ", %s", km_word(KM_VOCAB_SIDE, (int)f->side));
    km_buf_printf(out, "%-40s", km_buf_str(&name));
    if (!isnan(f->value))
        km_buf_printf(out, " %g %s", f->value, f->test->measure.unit);
    else
        km_buf_puts(out, " -");
    if (!isnan(f->last))
        km_buf_printf(out, "   last %g %s", f->last, f->test->measure.unit);
    km_buf_clear(&name);
}

static void row_line(km_buf *out, const day_view *v, const day_row *r, int width)
{
    km_checkin c = v->c, b = v->before;
    switch (r->kind) {
    case ROW_HOOPER: hooper_line(out, v, r->item); break;
    case ROW_DID: did_line(out, v, width); break;
    case ROW_TEN:
        km_buf_printf(out, "%-14s", r->item == 0 ? "energy" : "mood");
        value_text(out, *ten_of(&c, r->item), *ten_of(&b, r->item));
        km_buf_puts(out, " of 10");
        break;
    case ROW_FLEX: flex_line(out, &v->flex[r->item]); break;
    case ROW_FLEX_ADD: km_buf_puts(out, "+ measure how far a joint goes"); break;
    case ROW_DUE: {
        const km_due *d = &v->due.row[r->item];
        km_buf_printf(out, "%s%s", d->kind == KM_DUE_CLINICIAN ? "! " : "", d->text);
        if (d->kind == KM_DUE_AFTERCARE)
            km_buf_puts(out, "  0-9");
        break;
    }
    }
}

static bool is_said(const day_view *v, const day_row *r)
{
    km_checkin c = v->c;
    switch (r->kind) {
    case ROW_HOOPER: return *hooper_of(&c, r->item) >= 0;
    case ROW_TEN: return *ten_of(&c, r->item) >= 0;
    case ROW_FLEX: return !isnan(v->flex[r->item].value);
    case ROW_FLEX_ADD: return false;
    default: return true;
    }
}

static int meter(km_grid *g, km_rect r, int y, int x, const char *name, int done, int wanted)
{
    x += km_grid_text(g, r, y, x, KM_ROLE_TEXT, name) + 1;
    if (r.w >= 76) {
        km_grid_bar(g, r, y, x, 8, KM_ROLE_ACCENT,
                    wanted > 0 ? (double)done / wanted : done > 0 ? 1 : 0);
        x += 9;
    }
    return x + km_grid_printf(g, r, y, x, KM_ROLE_TEXT, "%d/%d", done, wanted) + 2;
}

static void paint_week(const day_view *v, km_grid *g, km_rect r, int y)
{
    if (!v->has_week) {
        km_grid_text_cut(g, r, y, 1, r.w - 2, KM_ROLE_DIM, "the week is older than twelve weeks");
        return;
    }
    int x = 1 + km_grid_text(g, r, y, 1, KM_ROLE_TITLE, "week") + 2;
    x = meter(g, r, y, x, "roll", v->week.done[KM_CARE_SMR], v->plan.smr);
    x = meter(g, r, y, x, "stretch", v->week.done[KM_CARE_STRETCH], v->plan.stretch);
    x = meter(g, r, y, x, "strength", v->week.done[KM_CARE_STRENGTH], v->plan.strength);
    if (!isnan(v->week.kept))
        km_grid_printf(g, r, y, x, KM_ROLE_DIM, "%.0f %%", v->week.kept * 100);
}

/** Lines a row takes: what is due may need two. */
static int paint_row(day_view *v, km_grid *g, km_rect r, int y, int row)
{
    const day_row *d = &v->row[row];
    km_role role = tui_list_row(&v->list, g, r, y, row);
    km_buf b = { 0 };
    row_line(&b, v, d, r.w - 2);
    km_grid_role(g, r, y, 0, r.w, role);
    if (role != KM_ROLE_SELECTED)
        role = !is_said(v, d) ? KM_ROLE_DIM
               : d->kind == ROW_DUE && v->due.row[d->item].kind == KM_DUE_CLINICIAN ? KM_ROLE_WARN
                                                                                   : KM_ROLE_TEXT;
    km_grid_text_cut(g, r, y, 1, r.w - 2, role, km_buf_str(&b));
    if (d->kind == ROW_DID && row == v->list.sel)
        tui_cursor(g, r, y, 1 + did_column(v, r.w - 2));
    km_buf_clear(&b);
    return 1;
}

static bool starts_group(const day_view *v, int row)
{
    if (row == 0)
        return false;
    row_kind now = v->row[row].kind, before = v->row[row - 1].kind;
    return now != before && (now == ROW_DUE || now == ROW_DID || before == ROW_DID ||
                             (now == ROW_FLEX || (now == ROW_FLEX_ADD && before != ROW_FLEX)));
}

static void paint(km_tui *t, view *base, km_grid *g, km_rect r)
{
    day_view *v = (day_view *)base;
    char day[KM_TIME_TEXT], age[KM_TIME_TEXT];
    km_buf title = { 0 };
    km_buf_puts(&title, "day");
    if (v->day != t->today) {
        km_day_human(day, v->day, t->today);
        km_age_human(age, v->day, t->today);
        km_buf_printf(&title, ", %s (%s)", day, age);
    }
    km_rect in = tui_header(t, g, r, km_buf_str(&title));
    km_buf_clear(&title);
    int y = 0;
    if (in.h >= 10) {
        paint_week(v, g, in, 0);
        y = 2;
    }
    /* blank lines between groups where there is room for all */
    int gaps = 0;
    for (int i = 0; i < v->n; i++)
        gaps += starts_group(v, i);
    bool airy = v->n + gaps <= in.h - y;
    km_rect body = { in.x, in.y + y, in.w, in.h - y };
    tui_list_place(&v->list, v->n, body.y, body.h);
    int at = 0;
    for (int row = v->list.top; row < v->n && at < body.h; row++) {
        at += airy && starts_group(v, row);
        at += paint_row(v, g, body, at, row);
    }
    if (v->day == t->today && at + 1 < body.h && v->row[v->n - 1].kind != ROW_DUE)
        km_grid_text_cut(g, body, at + 1, 1, body.w - 2, KM_ROLE_DIM, "nothing else is due today");
}

static void mouse(km_tui *t, view *base, const km_mouse *m)
{
    day_view *v = (day_view *)base;
    if (m->kind == KM_MOUSE_WHEEL_UP || m->kind == KM_MOUSE_WHEEL_DOWN) {
        tui_list_act(&v->list, m->kind == KM_MOUSE_WHEEL_UP ? ACT_LIST_UP : ACT_LIST_DOWN, v->n);
        return;
    }
    if (m->kind == KM_MOUSE_RELEASE)
        return;
    int gaps = 0, y = v->list.y;
    for (int i = 0; i < v->n; i++)
        gaps += starts_group(v, i);
    bool airy = v->n + gaps <= v->list.rows;
    for (int row = v->list.top; row < v->n; row++, y++) {
        y += airy && starts_group(v, row);
        if (y == m->y) {
            v->list.sel = row;
            if (m->kind == KM_MOUSE_DOUBLE)
                tui_run(t, ACT_LIST_OPEN, 0);
            return;
        }
    }
}

static void hint(km_tui *t, view *base, tui_hint *h)
{
    day_view *v = (day_view *)base;
    (void)t;
    switch (selected(v)->kind) {
    case ROW_HOOPER:
        tui_hint_fixed(h, "1-7 good to bad");
        tui_hint_add(h, ACT_LIST_OPEN, "as before");
        break;
    case ROW_TEN:
        tui_hint_add(h, ACT_DAY_SET, "how much");
        tui_hint_add(h, ACT_LIST_OPEN, "as before");
        break;
    case ROW_DID: tui_hint_fixed(h, "1-7 tick"); break;
    case ROW_FLEX: tui_hint_add(h, ACT_LIST_OPEN, "measured"); break;
    case ROW_FLEX_ADD: tui_hint_add(h, ACT_LIST_OPEN, "choose a test"); break;
    case ROW_DUE:
        if (v->due.row[selected(v)->item].kind == KM_DUE_AFTERCARE)
            tui_hint_add(h, ACT_DAY_SET, "how it is now");
        tui_hint_add(h, ACT_DAY_START, NULL);
        break;
    }
    tui_hint_add(h, ACT_DAY_SAME, NULL);
    tui_hint_add(h, ACT_DAY_BEFORE, NULL);
    tui_hint_add(h, ACT_DAY_CARE, NULL);
    tui_hint_add(h, ACT_DAY_GOALS, NULL);
}

static void clear(view *base)
{
    day_view *v = (day_view *)base;
    km_due_list_clear(&v->due);
    free(v->row);
    km_arena_clear(&v->mem);
}

static const view_ops ops = {
    .title = "day", .contexts = contexts, .act = act, .load = load, .paint = paint,
    .mouse = mouse, .hint = hint, .clear = clear,
};

view *tui_day_new(km_tui *t)
{
    day_view *v = km_calloc(1, sizeof *v);
    v->base.ops = &ops;
    v->day = t->today;
    add_row(v, ROW_HOOPER, 0); /* there is always a line to stand on */
    return &v->base;
}
