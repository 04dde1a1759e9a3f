/** The client's conditions: which rules they bring and what those leave of a row. */
#include <ctype.h>
#include <stdio.h>
#include <string.h>

#include "knotmap/routine.h"
#include "knotmap/text.h"
#include "planner.h"

/** Whether two words are the same, with case ignored and ' ' and '-' equal to '_'. */
static bool same_word(const char *a, const char *b, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        char x = a[i] == ' ' || a[i] == '-' ? '_' : a[i];
        if (b[i] == '\0' || tolower((unsigned char)x) != tolower((unsigned char)b[i]))
            return false;
    }
    return b[n] == '\0' || b[n] == ';';
}

static bool in_list(const char *word, size_t n, const char *list)
{
    for (const char *p = list; *p; p++) {
        if (same_word(word, p, n))
            return true;
        p = strchr(p, ';');
        if (!p)
            break;
    }
    return false;
}

/** Row of condition_names.csv that a word means, -1 when none. */
static int condition_row(const km_table *t, const char *word, size_t n)
{
    int code = km_table_column(t, "condition"), syn = km_table_column(t, "synonyms");
    for (int i = 0; i < t->n_row && n > 0; i++) {
        if (same_word(word, km_table_cell(t, i, code), n) ||
            in_list(word, n, km_table_cell(t, i, syn)))
            return i;
    }
    return -1;
}

/** Refuse, naming the nearest code. */
static km_status unknown_condition(const km_table *t, const char *text, size_t n, km_error *err)
{
    char word[64];
    const char *nearest = NULL;
    int least = 4, code = t ? km_table_column(t, "condition") : -1;
    snprintf(word, sizeof word, "%.*s", (int)(n < sizeof word ? n : sizeof word - 1), text);
    for (int i = 0; t && i < t->n_row; i++) {
        int d = km_text_distance(word, km_table_cell(t, i, code), least);
        if (d < least) {
            least = d;
            nearest = km_table_cell(t, i, code);
        }
    }
    km_status st = km_fail(err, KM_EINVAL, "%s: not a condition the planner knows", text);
    if (nearest)
        km_mend(st, err, "did you mean %s?", nearest);
    else
        km_mend(st, err, "known are pregnancy, blood thinners, osteoporosis, recent injury and "
                         "more: knotmap atlas conditions");
    return st;
}

km_status km_routine_condition(const char **code, const char **name, km_ref *place,
                               bool *has_place, const km_atlas *a, const char *text,
                               km_error *err)
{
    const km_table *t = km_atlas_table(a, "condition_names");
    size_t n = strcspn(text, ":");
    int row = t ? condition_row(t, text, n) : -1;
    if (row < 0)
        return unknown_condition(t, text, n, err);
    *code = km_table_cell(t, row, km_table_column(t, "condition"));
    *name = km_table_cell(t, row, km_table_column(t, "name"));
    *has_place = text[n] == ':';
    return *has_place ? km_atlas_resolve(place, a, text + n + 1,
                                         KM_RESOLVE_SIDE_OPEN | KM_RESOLVE_GROUP, err)
                      : KM_OK;
}

void plan_conditions_read(work *w)
{
    const char *list = w->ask->conditions;
    if (!list)
        return;
    size_t count = 1;
    for (const char *p = list; *p; p++)
        count += *p == ';';
    w->condition = km_arena_alloc(w->mem, count * sizeof *w->condition);
    w->unknown = km_arena_alloc(w->mem, count * sizeof *w->unknown);
    w->hit = km_arena_alloc(w->mem, count * (size_t)w->tab.n_rule * sizeof *w->hit);
    for (const char *p = list; *p;) {
        size_t n = strcspn(p, ";");
        const char *start = p;
        p += n + (p[n] == ';');
        while (n > 0 && *start == ' ') {
            start++;
            n--;
        }
        while (n > 0 && start[n - 1] == ' ')
            n--;
        if (n == 0)
            continue;
        const char *text = km_arena_printf(w->mem, "%.*s", (int)n, start);
        condition *c = &w->condition[w->n_condition];
        if (km_routine_condition(&c->code, &c->name, &c->place, &c->has_place, w->atlas, text,
                                 NULL) != KM_OK) {
            w->unknown[w->n_unknown++] = text;
            continue;
        }
        w->n_condition++;
        for (int i = 0; i < w->tab.n_rule; i++) {
            if (strcmp(w->tab.rule[i].condition, c->code) == 0)
                w->hit[w->n_hit++] = (hit){ .condition = c, .rule = &w->tab.rule[i] };
        }
    }
}

bool plan_job_lies_in(const km_atlas *a, const job *j, int region)
{
    const km_muscle *m = &a->muscle[j->muscle];
    for (int i = 0; i < m->n_home; i++) {
        if (m->home[i] == region)
            return true;
    }
    for (int i = 0; i < j->n_region; i++) {
        if (j->region[i] == region)
            return true;
    }
    return false;
}

static bool muscle_in_area(const km_atlas *a, int muscle, const char *area)
{
    const km_muscle *m = &a->muscle[muscle];
    if (strcmp(m->area, area) == 0)
        return true;
    for (int i = 0; i < m->n_home; i++) {
        if (strcmp(a->region[m->home[i]].area, area) == 0)
            return true;
    }
    return false;
}

static bool on_side(const km_ref *p, const job *j)
{
    return p->side_open || p->side == KM_SIDE_MIDLINE || j->side == KM_SIDE_MIDLINE ||
           p->side == j->side;
}

/** Whether the place of a condition touches the job; one without a place touches every job. */
static bool at_site(const km_atlas *a, const job *j, const condition *c)
{
    if (!c->has_place)
        return true;
    const km_ref *p = &c->place;
    if (!on_side(p, j))
        return false;
    switch (p->kind) {
    case KM_REF_REGION: return plan_job_lies_in(a, j, p->index);
    case KM_REF_MUSCLE: return j->muscle == p->index;
    case KM_REF_GROUP: return a->muscle[j->muscle].group == p->index;
    }
    return true;
}

/** Whether the job lies in the area of a condition's place: shin and calf are one leg. */
static bool near_site(const km_atlas *a, const job *j, const condition *c)
{
    if (!c->has_place || at_site(a, j, c))
        return true;
    const km_ref *p = &c->place;
    if (!on_side(p, j))
        return false;
    switch (p->kind) {
    case KM_REF_REGION: return muscle_in_area(a, j->muscle, a->region[p->index].area);
    case KM_REF_MUSCLE: return muscle_in_area(a, j->muscle, a->muscle[p->index].area);
    case KM_REF_GROUP: break; /* a group is as wide as an area */
    }
    return false;
}

static bool touches(const km_atlas *a, const job *j, const hit *h)
{
    switch (h->rule->scope) {
    case SCOPE_ANY: return true;
    case SCOPE_SITE: return at_site(a, j, h->condition);
    case SCOPE_NEAR: return near_site(a, j, h->condition);
    case SCOPE_AREA: return muscle_in_area(a, j->muscle, h->rule->area);
    case SCOPE_REGION: return plan_job_lies_in(a, j, h->rule->index);
    case SCOPE_MUSCLE: return j->muscle == h->rule->index;
    case SCOPE_GROUP: return a->muscle[j->muscle].group == h->rule->index;
    }
    return true;
}

void plan_caution_add(km_buf *out, const char *text)
{
    if (*text == '\0' || strstr(km_buf_str(out), text))
        return;
    if (out->len > 0)
        km_buf_puts(out, "; ");
    km_buf_puts(out, text);
}

void plan_conditions_move(work *w, const job *j, bool to_the_end, km_buf *caution)
{
    for (size_t i = 0; i < w->n_hit; i++) {
        const rule *r = w->hit[i].rule;
        bool about = r->techniques == TECH_ANY ||
                     (to_the_end && r->techniques & TECH(KM_TECH_STRETCH));
        if (about && r->effect == EFFECT_ASK && touches(w->atlas, j, &w->hit[i]))
            plan_caution_add(caution, km_arena_printf(w->mem, "ask first: %s", r->note));
    }
}

bool plan_conditions_apply(work *w, const job *j, int number, km_technique technique,
                           uint8_t *pressure, km_buf *caution)
{
    bool kept = true;
    for (size_t i = 0; i < w->n_hit; i++) {
        hit *h = &w->hit[i];
        if (!(h->rule->techniques & TECH(technique)) || !touches(w->atlas, j, h))
            continue;
        if (h->rule->effect == EFFECT_SOFTEN && *pressure <= h->rule->limit)
            continue;
        if (h->rule->effect == EFFECT_SOFTEN)
            *pressure = (uint8_t)h->rule->limit;
        if (h->rule->effect == EFFECT_REMOVE)
            kept = false;
        if (number >= 0)
            h->jobs |= UINT64_C(1) << number;
        if (caution && h->rule->effect != EFFECT_REMOVE) {
            if (h->rule->effect == EFFECT_ASK)
                plan_caution_add(caution, km_arena_printf(w->mem, "ask first: %s", h->rule->note));
            else
                plan_caution_add(caution, h->rule->note);
        }
    }
    if (caution && (TECH_PRESSURE & TECH(technique))) {
        for (size_t i = 0; i < w->n_unknown; i++)
            plan_caution_add(caution, km_arena_printf(w->mem, "ask a doctor first: %s",
                                                      w->unknown[i]));
    }
    return kept;
}
