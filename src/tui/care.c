/** Care in figures: the weeks and the plan, what helped, causes, recovery. Pages of text. */
#include "care.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "form.h"
#include "page.h"
#include "words.h"

typedef enum care_page { PAGE_WEEKS, PAGE_HELPED, PAGE_CAUSES, PAGE_RECOVERY, PAGE_COUNT } care_page;

static const char *const page_name[PAGE_COUNT] = {
    "weeks and plan", "what helped", "causes", "recovery",
};

#define WEEKS 12

typedef struct care_view {
    tui_page page;          /**< its view comes first */
    care_page at;
    km_helped_of of;
    km_helped_by by;
} care_view;

/* ---- weeks and plan ---- */

static void days_of(km_buf *out, uint8_t days)
{
    static const char letter[] = "MTWTFSS";
    for (int d = 0; d < 7; d++)
        km_buf_putc(out, days & (1u << d) ? letter[d] : '.');
}

/** Days of this week still wanted that are over without having been used. */
static void missing(km_buf *out, const km_week *w, const km_week_plan *plan)
{
    bool any = false;
    for (int c = 0; c < KM_CARE_COUNT; c++) {
        int left = km_week_plan_of(plan, (km_care)c) - w->done[c];
        if (left > 0) {
            km_buf_puts(out, any ? ", " : "still wanted this week: ");
            km_kind_human(out, km_care_word((km_care)c));
            km_buf_printf(out, " %d", left);
            any = true;
        }
    }
    if (!any)
        km_buf_puts(out, "the plan of this week is kept");
}

static void fill_weeks(km_tui *t, tui_page *p)
{
    static const char *const habit[KM_HABIT_COUNT] = {
        "cool-down", "roll", "stretch", "food", "sleep", "compression", "water",
    };
    km_error err = { 0 };
    km_week week[WEEKS];
    km_week_plan plan;
    if (km_app_plan_get(&plan, t->app, &err) != KM_OK ||
        km_app_weeks(week, WEEKS, t->app, &err) != KM_OK) {
        tui_page_add(p, KM_ROLE_ERROR, 0, "%s", err.text);
        return;
    }
    tui_page_add(p, KM_ROLE_TITLE, 0, "The plan: roll or press on %d days a week, stretch on %d, "
                 "strengthen on %d.", plan.smr, plan.stretch, plan.strength);
    const km_week *now = &week[WEEKS - 1];
    km_buf b = { 0 };
    missing(&b, now, &plan);
    tui_page_add(p, KM_ROLE_TEXT, 0, "%s", km_buf_str(&b));
    double sum = 0;
    int n = 0;
    for (int i = 0; i < WEEKS; i++) {
        if (!isnan(week[i].kept)) {
            sum += week[i].kept;
            n++;
        }
    }
    if (n > 0)
        tui_page_add(p, KM_ROLE_TEXT, 0, "Kept over %d week%s: %.0f %%.", n, n == 1 ? "" : "s",
                     100 * sum / n);
    tui_page_add(p, KM_ROLE_DIM, TUI_PAGE_BAR, "\nweek of     roll        stretch     strength    kept");
    for (int i = WEEKS - 1; i >= 0; i--) {
        const km_week *w = &week[i];
        char day[KM_TIME_TEXT];
        km_day_human(day, w->monday, t->today);
        km_buf_reset(&b);
        km_buf_printf(&b, "%-11s", day);
        for (int c = 0; c < KM_CARE_COUNT; c++) {
            km_buf_printf(&b, " %d/%d ", w->done[c], km_week_plan_of(&plan, (km_care)c));
            days_of(&b, w->days[c]);
        }
        if (!isnan(w->kept))
            km_buf_printf(&b, " %3.0f %%", w->kept * 100);
        tui_page_bar(p, isnan(w->kept) ? 0 : w->kept, "%s", km_buf_str(&b));
    }
    tui_page_add(p, KM_ROLE_DIM, 0, "\nThis week's check-ins: %d of 7 days", now->checkins);
    km_buf_reset(&b);
    for (int h = 0; h < KM_HABIT_COUNT; h++)
        km_buf_printf(&b, "%s%s %d", h ? ", " : "", habit[h], now->habit[h]);
    tui_page_add(p, KM_ROLE_TEXT, 0, "%s", km_buf_str(&b));
    km_buf_clear(&b);
}

/* ---- what helped ---- */

static void spread(km_buf *out, const km_spread *s, const char *unit)
{
    km_buf_printf(out, "%+.1f%s", s->median, unit);
    if (s->n > 1)
        km_buf_printf(out, " (%+.1f to %+.1f)", s->lower, s->upper);
}

/** The rows of one way of counting; @return how many, 0 after a failure, too, which is told. */
static size_t add_helped(km_tui *t, tui_page *p, km_helped_of of, km_helped_by by)
{
    km_error err = { 0 };
    km_helped_list l;
    if (km_app_helped(&l, t->app, of, by, &err) != KM_OK) {
        tui_page_add(p, KM_ROLE_ERROR, 0, "%s", err.text);
        return 0;
    }
    const km_place *last = NULL;
    for (size_t i = 0; i < l.n; i++) {
        const km_helped *h = &l.row[i];
        bool placed = h->place.region || h->place.muscle;
        km_buf b = { 0 };
        if (placed && (!last || !km_place_equal(last, &h->place))) {
            tui_words_place(&b, t->atlas, &h->place);
            tui_page_add(p, KM_ROLE_ACCENT, 0, "\n%s", km_buf_str(&b));
            last = &h->place;
        }
        km_buf_reset(&b);
        if (by == KM_HELPED_ROUTINE)
            km_buf_puts(&b, h->what);
        else
            km_kind_human(&b, h->what);
        if (h->tool)
            km_buf_printf(&b, " with %s", h->tool);
        km_buf_printf(&b, ", n %d: ", h->change.n);
        spread(&b, &h->change, "");
        if (h->lasted.n > 0)
            km_buf_printf(&b, ", lasts %.0f d", h->lasted.median);
        if (h->holding > 0)
            km_buf_printf(&b, ", %d still holding", h->holding);
        tui_page_add(p, KM_ROLE_TEXT, placed ? 2 : 0, "%s%s", placed ? "" : "\n", km_buf_str(&b));
        if (h->said)
            tui_page_add(p, KM_ROLE_DIM, placed ? 4 : 2, "%s", h->said);
        km_buf_clear(&b);
    }
    size_t n = l.n;
    km_helped_list_clear(&l);
    return n;
}

static void fill_helped(km_tui *t, tui_page *p, const care_view *v)
{
    static const char *const of[] = { "pain", "stiffness", "tension" };
    static const char *const by[] = { "technique and tool", "moving or still", "routine" };
    tui_page_add(p, KM_ROLE_TITLE, 0, "Change of %s after treatment, by %s", of[v->of], by[v->by]);
    size_t n = add_helped(t, p, v->of, v->by);
    if (v->by == KM_HELPED_TECHNIQUE) /* who records whole routines has nothing else */
        n += add_helped(t, p, v->of, KM_HELPED_ROUTINE);
    if (n == 0)
        tui_page_add(p, KM_ROLE_DIM, 0, "\nNothing was rated before and after yet. Follow a "
                     "routine and give a digit at its start and end.");
    else if (*km_helped_remark(v->by))
        tui_page_add(p, KM_ROLE_DIM, 0, "\n%s", km_helped_remark(v->by));
}

/* ---- causes ---- */

static void fill_causes(km_tui *t, tui_page *p)
{
    km_error err = { 0 };
    km_cause_row row[KM_CAUSE_COUNT];
    size_t n = 0;
    tui_page_add(p, KM_ROLE_TITLE, 0, "Causes named on marks, by marks and by days open");
    if (km_app_causes(row, &n, t->app, &err) != KM_OK) {
        tui_page_add(p, KM_ROLE_ERROR, 0, "%s", err.text);
        return;
    }
    if (n == 0)
        tui_page_add(p, KM_ROLE_DIM, 0, "\nNo mark carries a cause yet: its form has a line for it.");
    for (size_t i = 0; i < n; i++) {
        const km_cause_row *c = &row[i];
        km_buf name = { 0 };
        km_word_human(&name, KM_VOCAB_CAUSE, (int)c->cause);
        tui_page_add(p, KM_ROLE_ACCENT, 0, "\n%s", km_buf_str(&name));
        tui_page_bar(p, row[0].marks > 0 ? (double)c->marks / row[0].marks : 0,
                     "%d mark%s, %d place%s, open on %d day%s", c->marks, c->marks == 1 ? "" : "s",
                     c->places, c->places == 1 ? "" : "s", c->days_open,
                     c->days_open == 1 ? "" : "s");
        for (int k = 0; k < KM_CAUSE_MUSCLES && c->muscle[k] >= 0; k++) {
            const km_muscle *m = &t->atlas->muscle[c->muscle[k]];
            km_buf over = { 0 };
            for (int o = 0; o < m->n_overload; o++)
                km_buf_printf(&over, "%s%s", o ? ", " : ": commonly overloaded by ",
                              m->overload[o]);
            tui_page_add(p, KM_ROLE_TEXT, 2, "%s%s", m->name, km_buf_str(&over));
            km_buf_clear(&over);
        }
        km_buf_clear(&name);
    }
}

/* ---- recovery ---- */

static const char *recovery_words(const char *what)
{
    static const struct { const char *what, *words; } row[] = {
        { "pain", "worst pain of the day" }, { "feel", "how a session felt" },
        { "next_rpe", "effort of the next training" },
        { "next_feel", "how the next training felt" },
    };
    for (size_t i = 0; i < sizeof row / sizeof row[0]; i++) {
        if (strcmp(row[i].what, what) == 0)
            return row[i].words;
    }
    return what;
}

static void add_recovery(km_tui *t, tui_page *p)
{
    km_error err = { 0 };
    km_recovery_list r;
    if (km_app_recovery(&r, t->app, &err) != KM_OK) {
        tui_page_add(p, KM_ROLE_ERROR, 0, "%s", err.text);
        return;
    }
    for (size_t i = 0; i < r.n; i++) {
        const km_recovery_row *row = &r.row[i];
        bool last = i + 1 == r.n || strcmp(r.row[i + 1].what, row->what) != 0;
        if (i == 0 || strcmp(r.row[i - 1].what, row->what) != 0)
            tui_page_add(p, KM_ROLE_ACCENT, 0, "\n%s", recovery_words(row->what));
        if (!isnan(row->mean))
            tui_page_add(p, KM_ROLE_TEXT, 2, "%s: %.1f of 10, n %d", row->group, row->mean,
                         row->n);
        else if (!isnan(row->change))
            tui_page_add(p, KM_ROLE_TEXT, 2, "%s: %+.1f, n %d", row->group, row->change,
                         row->n);
        else
            tui_page_add(p, KM_ROLE_TEXT, 2, "%s: n %d", row->group, row->n);
        if (last || strcmp(r.row[i + 1].said, row->said) != 0)
            tui_page_add(p, KM_ROLE_DIM, 2, "%s", row->said);
    }
    if (r.n == 0)
        tui_page_add(p, KM_ROLE_DIM, 0, "no recovery session and no check-in yet");
    km_recovery_list_clear(&r);
}

static void add_soreness(km_tui *t, tui_page *p)
{
    km_error err = { 0 };
    km_soreness_list sore;
    if (km_app_soreness(&sore, t->app, &err) != KM_OK) {
        tui_page_add(p, KM_ROLE_ERROR, 0, "%s", err.text);
        return;
    }
    if (sore.n > 0)
        tui_page_add(p, KM_ROLE_ACCENT, 0, "\nsoreness by its clock");
    for (size_t i = 0; i < sore.n; i++)
        tui_page_add(p, sore.row[i].days_left < 0 ? KM_ROLE_WARN : KM_ROLE_TEXT, 2, "%s",
                     sore.row[i].said);
    km_soreness_list_clear(&sore);
}

static void add_flexibility(km_tui *t, tui_page *p)
{
    km_error err = { 0 };
    km_flex_list flex;
    if (km_app_flexibility(&flex, t->app, t->today - 366, &err) != KM_OK) {
        tui_page_add(p, KM_ROLE_ERROR, 0, "%s", err.text);
        return;
    }
    if (flex.n > 0)
        tui_page_add(p, KM_ROLE_ACCENT, 0, "\nhow far joints go");
    for (size_t i = 0; i < flex.n; i++) {
        const km_flex_change *c = &flex.row[i];
        km_buf b = { 0 };
        km_buf_puts(&b, c->test.name);
        if (c->side != KM_SIDE_MIDLINE)
            km_buf_printf(&b, ", %s", km_word(KM_VOCAB_SIDE, (int)c->side));
        km_buf_printf(&b, ": %g %s", c->last, c->test.unit);
        if (c->n > 1)
            km_buf_printf(&b, ", was %g (%+.1f)", c->first, c->last - c->first);
        if (c->verdict != KM_VERDICT_TOO_FEW)
            km_buf_printf(&b, ", %s: a change counts from %g", km_verdict_word(c->verdict),
                          c->test.no_change_under);
        else if (isnan(c->test.no_change_under))
            km_buf_puts(&b, "; no published figure, so no verdict");
        tui_page_add(p, KM_ROLE_TEXT, 2, "%s", km_buf_str(&b));
        km_buf_clear(&b);
    }
    km_flex_list_clear(&flex);
}

static void fill_recovery(km_tui *t, tui_page *p)
{
    tui_page_add(p, KM_ROLE_TITLE, 0, "Recovery, and what went with it");
    add_recovery(t, p);
    add_soreness(t, p);
    add_flexibility(t, p);
}

/* ---- the plan's form ---- */

enum { F_SMR, F_STRETCH, F_STRENGTH };

static bool save_plan(km_tui *t, form_view *f)
{
    km_error err = { 0 };
    const km_week_plan plan = { f->field[F_SMR].at, f->field[F_STRETCH].at,
                                f->field[F_STRENGTH].at };
    if (km_app_plan_set(&plan, t->app, &err) != KM_OK) {
        tui_fail(t, &err);
        return false;
    }
    tui_stored(t, "the plan is changed");
    return true;
}

static view *plan_form(km_tui *t)
{
    static const char *const times[] = { "0", "1", "2", "3", "4", "5", "6", "7", "8", "9", "10",
                                         "11", "12", "13", "14" };
    km_week_plan plan = { 0 };
    km_error err = { 0 };
    if (km_app_plan_get(&plan, t->app, &err) != KM_OK)
        tui_fail(t, &err);
    form_view *f = tui_form_new("weekly plan", save_plan);
    tui_form_choice(f, "roll or press", "days a week; two beside stretching and strengthening is "
                    "what is commonly advised", times, 15, plan.smr);
    tui_form_choice(f, "stretch", "days a week", times, 15, plan.stretch);
    tui_form_choice(f, "strengthen", "training sessions a week", times, 15, plan.strength);
    return &f->base;
}

/* ---- the view ---- */

static void load(km_tui *t, view *base)
{
    care_view *v = (care_view *)base;
    tui_page_reset(&v->page);
    switch (v->at) {
    case PAGE_WEEKS: fill_weeks(t, &v->page); break;
    case PAGE_HELPED: fill_helped(t, &v->page, v); break;
    case PAGE_CAUSES: fill_causes(t, &v->page); break;
    default: fill_recovery(t, &v->page); break;
    }
}

static void turn(care_view *v, int at)
{
    v->at = (care_page)((at + PAGE_COUNT) % PAGE_COUNT);
    v->page.top = 0;
    v->page.base.loaded = false;
}

static void act(km_tui *t, view *base, tui_action action, int arg)
{
    care_view *v = (care_view *)base;
    (void)arg;
    int top = v->page.top;
    if (tui_page_act(&v->page, action)) {
        if (v->page.top == top)
            tui_say(t, KM_ROLE_DIM, "there is no more this way");
        return;
    }
    switch (action) {
    case ACT_CARE_NEXT: turn(v, (int)v->at + 1); break;
    case ACT_CARE_PREV: turn(v, (int)v->at - 1); break;
    case ACT_CARE_BY:
        v->by = v->at == PAGE_HELPED ? (km_helped_by)((v->by + 1) % KM_HELPED_BY_COUNT) : v->by;
        turn(v, PAGE_HELPED);
        break;
    case ACT_CARE_OF:
        v->of = v->at == PAGE_HELPED ? (km_helped_of)((v->of + 1) % KM_HELPED_OF_COUNT) : v->of;
        turn(v, PAGE_HELPED);
        break;
    case ACT_CARE_PLAN: tui_push(t, plan_form(t)); break;
    default: break;
    }
}

static int contexts(const view *v, tui_ctx out[VIEW_CTX_MAX])
{
    (void)v;
    out[0] = CTX_CARE;
    out[1] = CTX_SCROLL;
    return 2;
}

static void paint(km_tui *t, view *base, km_grid *g, km_rect r)
{
    care_view *v = (care_view *)base;
    km_buf title = { 0 };
    km_buf_printf(&title, "care, page %d of %d: %s", (int)v->at + 1, PAGE_COUNT, page_name[v->at]);
    km_rect in = tui_header(t, g, r, km_buf_str(&title));
    km_buf_clear(&title);
    tui_page_paint(&v->page, g,
                   (km_rect){ in.x + 1, in.y + (in.h > 8), in.w - 2, in.h - (in.h > 8) });
}

static void mouse(km_tui *t, view *base, const km_mouse *m)
{
    (void)t;
    if (m->kind == KM_MOUSE_WHEEL_UP || m->kind == KM_MOUSE_WHEEL_DOWN)
        tui_page_act(&((care_view *)base)->page,
                     m->kind == KM_MOUSE_WHEEL_UP ? ACT_SCROLL_UP : ACT_SCROLL_DOWN);
}

static void hint(km_tui *t, view *base, tui_hint *h)
{
    const care_view *v = (const care_view *)base;
    (void)t;
    tui_hint_add(h, ACT_CARE_NEXT, page_name[(v->at + 1) % PAGE_COUNT]);
    if (v->at == PAGE_HELPED) {
        tui_hint_add(h, ACT_CARE_BY, NULL);
        tui_hint_add(h, ACT_CARE_OF, NULL);
    }
    if (v->at == PAGE_WEEKS)
        tui_hint_add(h, ACT_CARE_PLAN, "change the plan");
    if (v->page.height > v->page.rows)
        tui_hint_add(h, ACT_SCROLL_DOWN, NULL);
    tui_hint_add(h, ACT_BACK, NULL);
}

static void clear(view *base)
{
    tui_page_clear(&((care_view *)base)->page);
}

static const view_ops ops = {
    .title = "care", .contexts = contexts, .act = act, .load = load, .paint = paint,
    .mouse = mouse, .hint = hint, .clear = clear,
};

view *tui_care_new(km_tui *t)
{
    care_view *v = km_calloc(1, sizeof *v);
    (void)t;
    v->page.base.ops = &ops;
    return &v->page.base;
}
