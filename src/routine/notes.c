/** What the plan leaves out, softens or holds back, in words. */
#include <stdlib.h>
#include <string.h>

#include "planner.h"

#define NAMED_MAX 4

static void add_note(work *w, km_plan *out, size_t *cap, km_buf *b)
{
    KM_GROW(out->note, out->n_note, *cap);
    out->note[out->n_note++] = km_arena_strdup(w->mem, km_buf_str(b));
    km_buf_reset(b);
}

static void add_name(km_buf *b, const work *w, const job *j)
{
    if (j->side != KM_SIDE_MIDLINE)
        km_buf_printf(b, "%s ", km_word(KM_VOCAB_SIDE, (int)j->side));
    km_buf_puts(b, w->atlas->muscle[j->muscle].name);
}

/** "left Soleus, right Soleus and 3 more" */
static void add_names(km_buf *b, const work *w, uint64_t jobs)
{
    int named = 0, more = 0;
    for (int i = 0; i < w->n_job; i++) {
        if (!(jobs >> i & 1))
            continue;
        if (named == NAMED_MAX) {
            more++;
            continue;
        }
        if (named++ > 0)
            km_buf_puts(b, "; ");
        add_name(b, w, &w->job[i]);
    }
    if (more > 0)
        km_buf_printf(b, " and %d more", more);
}

/** Jobs worth a word: named by the person, or in the plan. */
static uint64_t worth(const work *w)
{
    uint64_t set = 0;
    for (int i = 0; i < w->n_job; i++)
        set |= (uint64_t)(w->job[i].primary || w->job[i].chosen) << i;
    return set;
}

static uint64_t jobs_where(const work *w, bool (*is)(const work *, const job *))
{
    uint64_t set = 0;
    for (int i = 0; i < w->n_job; i++)
        set |= (uint64_t)is(w, &w->job[i]) << i;
    return set & worth(w);
}

static bool is_acute(const work *w, const job *j)
{
    (void)w;
    return j->acute;
}

static bool is_numb(const work *w, const job *j)
{
    (void)w;
    return j->numb && !j->acute;
}

static bool is_gentle(const work *w, const job *j)
{
    (void)w;
    return j->gentle && !j->acute && !j->numb;
}

static bool wants_pressure(const work *w, const job *j)
{
    return (w->ask->techniques & TECH_PRESSURE_HOME) && !j->acute && !j->numb;
}

static bool is_unsafe(const work *w, const job *j)
{
    return j->unsafe && wants_pressure(w, j);
}

static bool lacks_tools(const work *w, const job *j)
{
    return j->tools_lacking && !j->unsafe && wants_pressure(w, j);
}

static bool is_left_out(const work *w, const job *j)
{
    (void)w;
    return !j->chosen && j->primary && plan_job_usable(j);
}

static void condition_notes(work *w, km_plan *out, size_t *cap, km_buf *b)
{
    static const char *const what[] = { "left out for", "softened for", "ask first for" };
    uint64_t shown = worth(w);
    for (size_t i = 0; i < w->n_hit; i++) {
        const hit *h = &w->hit[i];
        if (!(h->jobs & shown))
            continue;
        km_buf_printf(b, "%s: %s (%s ", h->condition->name, h->rule->note, what[h->rule->effect]);
        add_names(b, w, h->jobs & shown);
        km_buf_puts(b, ")");
        if ((h->rule->scope == SCOPE_SITE || h->rule->scope == SCOPE_NEAR) &&
            !h->condition->has_place)
            km_buf_printf(b, "; say where to hold back only there: %s:left:shin",
                          h->condition->code);
        bool told = false; /* two techniques of one condition may bring the same words */
        for (size_t k = 0; k < out->n_note && !told; k++)
            told = strcmp(out->note[k], km_buf_str(b)) == 0;
        if (told)
            km_buf_reset(b);
        else
            add_note(w, out, cap, b);
    }
    for (size_t i = 0; i < w->n_unknown; i++) {
        km_buf_printf(b, "%s: the planner knows no rule for this; ask a doctor before pressure",
                      w->unknown[i]);
        add_note(w, out, cap, b);
    }
}

/* "hands, ball, roller" */
static void add_tools(km_buf *b, uint32_t tools)
{
    const char *between = "";

    for (int t = 0; t < KM_TOOL_COUNT; t++) {
        if (!(tools & 1u << t))
            continue;
        km_buf_printf(b, "%s%s", between, km_word(KM_VOCAB_TOOL, t));
        between = ", ";
    }
}

/* The tools one would need to press or roll these muscles oneself. */
static uint32_t tools_that_fit(const work *w, uint64_t jobs)
{
    const km_atlas *a = w->atlas;
    uint32_t tools = 0;

    for (int i = 0; i < w->n_job; i++) {
        if (!(jobs >> i & 1))
            continue;
        const km_muscle *m = &a->muscle[w->job[i].muscle];
        for (int r = m->first_routine; r < m->first_routine + m->n_routine; r++) {
            if (!a->routine[r].therapist && (TECH(a->routine[r].technique) & TECH_PRESSURE_HOME))
                tools |= a->routine[r].tools;
        }
    }
    return tools;
}

void plan_jobs_note(work *w, km_plan *out)
{
    static const struct { bool (*is)(const work *, const job *); const char *text; } say[] = {
        { is_acute, "fresh injury or swelling: pressure and stretch wait, painless movement only" },
        { is_numb, "numb or tingling: no pressure here; see a doctor when it stays or spreads" },
        { is_gentle, "sore after training: nothing deeper than easy rolling at 3-4 of 10" },
        { is_unsafe, "no pressure at home here: not safe or not possible" },
        { lacks_tools, "none of the tools at hand fits for pressure" },
        { is_left_out, "left out for time" },
    };
    km_buf b = { 0 };
    size_t cap = 0;
    condition_notes(w, out, &cap, &b);
    for (size_t i = 0; i < sizeof say / sizeof *say; i++) {
        uint64_t jobs = jobs_where(w, say[i].is);
        if (jobs == 0)
            continue;
        add_names(&b, w, jobs);
        km_buf_printf(&b, ": %s", say[i].text);
        if (say[i].is == lacks_tools && tools_that_fit(w, jobs)) {
            km_buf_puts(&b, "; these would: ");
            add_tools(&b, tools_that_fit(w, jobs));
        }
        add_note(w, out, &cap, &b);
    }
    if (w->dropped > 0) {
        km_buf_printf(&b, "%d more places are left out: a plan holds %d muscles", w->dropped,
                      JOBS_MAX);
        add_note(w, out, &cap, &b);
    }
    if (out->n > 0 && w->warm_sec == 0) {
        km_buf_puts(&b, "too short for a warm up: begin gently");
        add_note(w, out, &cap, &b);
    }
    if (out->n > 0 && w->ask->tools_assumed) {
        km_buf_puts(&b, "tools not said yet: ");
        add_tools(&b, w->ask->tools);
        km_buf_puts(&b, " are taken as there; the client's form, or --tool, says which there are");
        add_note(w, out, &cap, &b);
    }
    km_buf_clear(&b);
}

void km_plan_clear(km_plan *p)
{
    free(p->step);
    free(p->note);
    km_arena_clear(&p->mem);
    *p = (km_plan){ 0 };
}
