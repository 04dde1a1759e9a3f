/** The plan: laying the chosen work out as steps, and the notes about what it leaves out. */
#include <string.h>

#include "planner.h"

km_pressure km_pressure_of(int target)
{
    return target <= 3 ? KM_PRESSURE_GENTLE : target <= 5 ? KM_PRESSURE_FIRM : KM_PRESSURE_DEEP;
}

const char *km_pressure_word(km_pressure p)
{
    static const char *const word[] = { "gentle", "firm", "deep" };
    return word[p];
}

/** Steps being laid out; `out` is NULL while only time is measured. */
typedef struct layout {
    work *w;
    km_plan *out;
    size_t cap;
    int seconds, n;
} layout;

/** Count a step and, when writing, add it. */
static void put(layout *l, km_step s, int release)
{
    int own = (s.seconds + release) * s.sets;
    l->seconds += own + (l->n > 0 ? PAUSE_SEC : 0);
    l->n++;
    if (!l->out)
        return;
    if (l->out->n > 0)
        l->out->step[l->out->n - 1].total += PAUSE_SEC;
    s.total = own;
    KM_GROW(l->out->step, l->out->n, l->cap);
    l->out->step[l->out->n++] = s;
}

static const char *tool_word(const work *w, const km_routine_row *r)
{
    if (r->therapist)
        return r->tool;
    for (int t = 0; t < KM_TOOL_COUNT; t++) {
        if (r->tools & w->ask->tools & 1u << t)
            return km_word(KM_VOCAB_TOOL, t);
    }
    return "";
}

/** The row's own caution, the sites it comes near, and what the client's conditions ask. */
static const char *caution_of(work *w, const job *j, const km_routine_row *r)
{
    km_buf b = { 0 };
    plan_caution_add(&b, r->caution);
    if (TECH_PRESSURE & TECH(r->technique)) {
        for (int i = 0; i < j->n_region; i++) {
            if (w->tab.warning[j->region[i]])
                plan_caution_add(&b, w->tab.warning[j->region[i]]);
        }
    }
    uint8_t pressure = r->pressure;
    plan_conditions_apply(w, j, -1, r->technique, &pressure, &b);
    const char *text = km_arena_strdup(w->mem, km_buf_str(&b));
    km_buf_clear(&b);
    return text;
}

static const char *action_of(work *w, const job *j, const km_routine_row *r)
{
    if (j->n_point < 2 || !(TECH_PRESSURE & TECH(r->technique)))
        return r->action;
    km_buf b = { 0 };
    km_buf_printf(&b, "%s; points", r->action);
    for (int i = 0; i < j->n_point; i++)
        km_buf_printf(&b, "%s %d", i == 0 ? "" : i + 1 == j->n_point ? " and" : ",",
                      w->atlas->point[j->point[i]].tp);
    const char *text = km_arena_strdup(w->mem, km_buf_str(&b));
    km_buf_clear(&b);
    return text;
}

static void put_row(layout *l, const job *j, int16_t muscle, const use *u, int seconds, int sets)
{
    work *w = l->w;
    const km_routine_row *r = &w->atlas->routine[u->row];
    km_step s = { .muscle = muscle, .point = -1, .side = j->side, .technique = (int)r->technique,
                  .seconds = seconds, .sets = sets };
    if (l->out) {
        const cue *c = &w->tab.cue[u->row];
        job other = { .muscle = muscle, .side = j->side };
        bool own = muscle == j->muscle;
        s.kind = km_word(KM_VOCAB_TECHNIQUE, s.technique);
        s.tool = tool_word(w, r);
        s.position = r->position;
        s.action = own ? action_of(w, j, r)
                       : km_arena_printf(w->mem, "%s (short opposite of %s)", r->action,
                                         w->atlas->muscle[j->muscle].name);
        s.pressure = u->pressure;
        s.cue = c->text;
        /* the table counts movements for a whole set: fewer in a shorter one */
        s.cue_count = seconds < r->seconds ? c->count * seconds / r->seconds : c->count;
        s.active = c->active;
        s.caution = caution_of(w, own ? j : &other, r);
        s.source = r->source;
        s.point = own && j->n_point > 0 && (TECH_PRESSURE & TECH(r->technique)) ? j->point[0] : -1;
    }
    put(l, s, r->technique == KM_TECH_PIR ? PIR_RELEASE_SEC : 0);
}

/** What must be heeded while moving; nothing while only time is measured. */
static const char *caution_moving(const layout *l, const job *const *j, int n, bool to_the_end)
{
    km_buf b = { 0 };
    for (int i = 0; l->out && i < n; i++) {
        if (j[i]->acute)
            plan_caution_add(&b, PAINLESS);
        plan_conditions_move(l->w, j[i], to_the_end, &b);
    }
    const char *text = l->out ? km_arena_strdup(l->w->mem, km_buf_str(&b)) : "";
    km_buf_clear(&b);
    return text;
}

static void put_motion(layout *l, const job *j)
{
    const motion *m = &l->w->tab.motion[l->w->tab.order[j->muscle].motion];
    put(l, (km_step){ .muscle = j->muscle, .point = -1,
                      .side = m->paired ? j->side : KM_SIDE_MIDLINE, .technique = -1,
                      .kind = "motion", .tool = "", .position = "", .action = m->cue,
                      .seconds = m->seconds, .sets = 1, .cue = m->cue, .cue_count = m->count,
                      .active = true, .caution = caution_moving(l, &j, 1, false),
                      .source = m->source }, 0);
}

/** Whether a warm up reaches every part that is worked on. */
static bool warms_all(const work *w, const warm_up *u)
{
    for (int i = 0; i < w->n_sequence; i++) {
        const order *o = &w->tab.order[w->job[w->sequence[i]].muscle];
        const char *chain = w->tab.warm_up[o->chain].chain;
        if (strcmp(chain, u->chain) != 0 && strcmp(chain, u->also) != 0)
            return false;
    }
    return true;
}

/** The warm up of the part that is worked on; of the whole body when there are several. */
static void put_warm_up(layout *l)
{
    work *w = l->w;
    const job *all[JOBS_MAX];
    const warm_up *u = &w->tab.warm_up[WARM_UP_WHOLE];
    for (int i = w->tab.n_warm_up - 1; i >= 0; i--) { /* the part's own is after the wider one */
        if (warms_all(w, &w->tab.warm_up[i])) {
            u = &w->tab.warm_up[i];
            break;
        }
    }
    for (int i = 0; i < w->n_sequence; i++)
        all[i] = &w->job[w->sequence[i]];
    put(l, (km_step){ .muscle = -1, .point = -1, .technique = -1, .kind = "warm_up", .tool = "",
                      .position = u->position, .action = u->action, .seconds = w->warm_sec,
                      .sets = 1, .cue = "", .active = true,
                      .caution = caution_moving(l, all, w->n_sequence, false),
                      .source = u->source }, 0);
}

static km_side range_side(const work *w, const job *j)
{
    return w->tab.motion[w->tab.order[j->muscle].motion].paired ? j->side : KM_SIDE_MIDLINE;
}

static int range_of(const work *w, const job *j)
{
    return w->tab.motion[w->tab.order[j->muscle].motion].range;
}

/** Full range of every joint that was worked on, each once. */
static void put_ranges(layout *l)
{
    work *w = l->w;
    for (int i = 0; i < w->n_sequence; i++) {
        const job *j = &w->job[w->sequence[i]];
        bool again = !j->moves;
        for (int k = 0; k < i && !again; k++) {
            const job *o = &w->job[w->sequence[k]];
            again = o->moves && range_of(w, o) == range_of(w, j) &&
                    range_side(w, o) == range_side(w, j);
        }
        if (again)
            continue;
        const job *same[JOBS_MAX];
        int n = 0;
        for (int k = i; k < w->n_sequence && l->out; k++) {
            const job *o = &w->job[w->sequence[k]];
            if (o->moves && range_of(w, o) == range_of(w, j) &&
                range_side(w, o) == range_side(w, j))
                same[n++] = o;
        }
        const motion *m = &w->tab.motion[range_of(w, j)];
        put(l, (km_step){ .muscle = -1, .point = -1, .side = range_side(w, j), .technique = -1,
                          .kind = "range", .tool = "", .position = "", .action = m->range_cue,
                          .seconds = m->range_seconds, .sets = 1, .cue = m->range_cue,
                          .cue_count = m->range_count, .active = true,
                          .caution = caution_moving(l, same, n, true), .source = m->source }, 0);
    }
}

/** Whether a later job of the sequence stretches with the very same exercise. */
static bool stretched_later(const work *w, int at, const job *j)
{
    for (int i = at + 1; i < w->n_sequence; i++) {
        const job *o = &w->job[w->sequence[i]];
        if (o->stretch_sets > 0 && o->side == j->side && o->stretch.same == j->stretch.same)
            return true;
    }
    return false;
}

/** Whether the antagonist is taken care of elsewhere, or must be left alone. */
static bool opposite_covered(const work *w, int at, const job *j, int o)
{
    for (int i = 0; i < w->n_job; i++) {
        const job *k = &w->job[i];
        if (k->muscle == j->opposite[o].muscle && k->side == j->side &&
            (k->chosen || k->acute || k->numb || k->gentle))
            return true;
        if (k->chosen && k->stretch_sets > 0 && k->side == j->side &&
            k->stretch.same == j->opposite[o].use.same)
            return true;
    }
    for (int i = 0; i < at; i++) {
        const job *k = &w->job[w->sequence[i]];
        for (int q = 0; k->opposes && k->side == j->side && q < k->n_opposite; q++) {
            if (k->opposite[q].use.same == j->opposite[o].use.same)
                return true;
        }
    }
    return false;
}

/** Before the motion: short antagonist, then pressure. */
static void put_release(layout *l, int at)
{
    const job *j = &l->w->job[l->w->sequence[at]];
    for (int o = 0; j->opposes && o < j->n_opposite; o++) {
        const use *u = &j->opposite[o].use;
        if (!opposite_covered(l->w, at, j, o))
            put_row(l, j, j->opposite[o].muscle, u, l->w->atlas->routine[u->row].seconds, 1);
    }
    if (j->release_sets > 0)
        put_row(l, j, j->muscle, &j->release, j->release_sec, j->release_sets);
    if (j->pin_sets > 0)
        put_row(l, j, j->muscle, &j->pin, l->w->atlas->routine[j->pin.row].seconds, j->pin_sets);
    if (j->massage_sec > 0)
        put_row(l, j, j->muscle, &j->massage, j->massage_sec, 1);
}

/** After the motion: contract-relax, then stretch. */
static void put_lengthen(layout *l, int at)
{
    const job *j = &l->w->job[l->w->sequence[at]];
    if (j->pir_sets > 0)
        put_row(l, j, j->muscle, &j->pir, l->w->atlas->routine[j->pir.row].seconds, j->pir_sets);
    if (j->stretch_sets > 0 && !stretched_later(l->w, at, j))
        put_row(l, j, j->muscle, &j->stretch, j->stretch_sec, j->stretch_sets);
}

/** Neighbours that move the same joint share one motion: [at, end) of the sequence. */
static int block_end(const work *w, int at)
{
    const job *j = &w->job[w->sequence[at]];
    int end = at + 1;
    for (; end < w->n_sequence && end < at + 3; end++) {
        const job *o = &w->job[w->sequence[end]];
        if (!j->moves || !o->moves || o->acute != j->acute ||
            range_side(w, o) != range_side(w, j) ||
            w->tab.order[o->muscle].motion != w->tab.order[j->muscle].motion)
            break;
    }
    return end;
}

int plan_jobs_lay_out(work *w, km_plan *out)
{
    layout l = { .w = w, .out = out };
    int n = plan_jobs_order(w);
    if (n == 0)
        return 0;
    if (w->warm_sec > 0)
        put_warm_up(&l);
    for (int at = 0; at < n;) {
        int end = block_end(w, at);
        for (int i = at; i < end; i++)
            put_release(&l, i);
        if (w->job[w->sequence[at]].moves)
            put_motion(&l, &w->job[w->sequence[at]]);
        for (int i = at; i < end; i++)
            put_lengthen(&l, i);
        at = end;
    }
    put_ranges(&l);
    return l.seconds;
}

/** Seconds of the warm up: five minutes is the usual one, a short plan gets a short one. */
static int warm_up_seconds(int minutes)
{
    static const struct { int below, seconds; } table[] = {
        { 3, 0 }, { 6, 30 }, { 12, 60 }, { 20, 120 }, { 30, 180 },
    };
    for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
        if (minutes < table[i].below)
            return table[i].seconds;
    }
    return 300;
}

km_status km_routine_verify(const km_atlas *a, km_error *err)
{
    km_arena mem = { 0 };
    tables t;
    km_status st = plan_tables_read(&t, a, &mem, err);

    km_arena_clear(&mem);
    return st;
}

km_status km_routine_plan(km_plan *out, const km_atlas *a, const km_plan_ask *ask, km_error *err)
{
    *out = (km_plan){ 0 };
    if (ask->minutes < 1 || ask->minutes > 240)
        return km_fail(err, KM_EINVAL, "minutes: %d is outside 1..240", ask->minutes);
    work *w = km_arena_alloc(&out->mem, sizeof *w);
    *w = (work){ .atlas = a, .ask = ask, .budget = ask->minutes * 60,
                 .warm_sec = warm_up_seconds(ask->minutes), .ranges = ask->minutes >= 3,
                 .mem = &out->mem };
    km_status st = plan_tables_read(&w->tab, a, w->mem, err);
    if (st == KM_OK) {
        plan_conditions_read(w);
        plan_jobs_build(w);
        plan_jobs_precede(w);
        plan_jobs_fit(w);
        out->seconds = plan_jobs_lay_out(w, out);
        plan_jobs_note(w, out);
        if (w->n_job == 0)
            st = km_fail(err, KM_ENOTFOUND, "routine: nothing is open here");
        else if (out->n == 0 && out->n_note > 0)
            st = km_fail(err, KM_ENOTFOUND, "routine: %s", out->note[0]);
        else if (out->n == 0)
            st = km_fail(err, KM_ENOTFOUND, "routine: no technique fits what was asked for");
    }
    if (st != KM_OK)
        km_plan_clear(out);
    return st;
}
