/** routines list, show, edit, remove, handout. */
#include <stdlib.h>
#include <string.h>

#include "columns.h"
#include "command.h"
#include "knotmap/care.h"
#include "step_out.h"

static const km_column list_columns[] = {
    { "id", NUMBER, NULL },    { "name", BOTH | KM_COL_STRONG | KM_COL_FLEX, NULL },
    { "at", BOTH, NULL },      { "steps", NUMBER, NULL },
    { "minutes", NUMBER, NULL }, { "uid", DATA, NULL },
};

static km_status print_list(km_cli *c, km_error *err)
{
    km_routine_list list;

    TRY(km_app_routines(&list, c->app, err));
    km_rows *r = km_listing(c, list_columns, COUNT(list_columns));
    for (size_t i = 0; i < list.n; i++) {
        km_rows_int(r, list.row[i].id);
        km_rows_text(r, list.row[i].name);
        km_rows_instant(r, true, list.row[i].at);
        km_rows_int(r, list.row[i].steps);
        km_rows_int(r, (list.row[i].seconds + 59) / 60);
        km_rows_uid(r, list.row[i].uid);
        km_rows_end(r, NULL);
    }
    km_status st =
        km_listing_close(r, c, "No routine is saved: routine --open --save keeps one.", err);
    km_routine_list_clear(&list);
    return st;
}

km_status km_run_routines_list(km_cli *c, km_error *err)
{
    TRY(km_need_app(c, NULL, err));
    return print_list(c, err);
}

/* ---- words of a step ---- */

static void title_of(km_buf *out, const km_atlas *a, const km_saved_step *s)
{
    int muscle = s->muscle ? km_atlas_muscle(a, s->muscle) : -1;

    if (muscle >= 0 && s->side != KM_SIDE_MIDLINE)
        km_buf_printf(out, "%s ", km_word(KM_VOCAB_SIDE, (int)s->side));
    if (s->muscle)
        km_buf_printf(out, "%s: ", muscle >= 0 ? a->muscle[muscle].name : s->muscle);
    km_kind_human(out, s->kind);
    if (*s->tool)
        km_buf_printf(out, ", %s", s->tool);
}

static void dose_of(km_buf *out, const km_saved_step *s)
{
    if (s->sets > 1)
        km_buf_printf(out, "%d x %d s", s->sets, s->seconds);
    else
        km_buf_printf(out, "%d s", s->seconds);
    if (s->pressure > 0)
        km_buf_printf(out, ", %s pressure (%d of 10)",
                      km_pressure_word(km_pressure_of(s->pressure)), s->pressure);
}

static void action_of(km_buf *out, const km_saved_step *s)
{
    km_buf_puts(out, s->action);
    if (*s->cue && strcmp(s->cue, s->action) != 0)
        km_buf_printf(out, "%s%s", *s->action ? "; " : "", s->cue);
    if (*s->cue && s->cue_count > 0)
        km_buf_printf(out, " (%d a set)", s->cue_count);
}

/* ---- show ---- */

static const km_column step_columns[] = {
    { "step", DATA, NULL },     { "muscle", DATA, NULL },  { "side", DATA, NULL },
    { "kind", DATA, NULL },     { "tool", DATA, NULL },    { "position", DATA, NULL },
    { "action", DATA, NULL },   { "seconds", DATA, NULL }, { "sets", DATA, NULL },
    { "pressure", DATA, NULL }, { "caution", DATA, NULL }, { "source", DATA, NULL },
    { "pressure_word", DATA, NULL }, { "cue", DATA, NULL }, { "cue_count", DATA, NULL },
};

static void say(km_rows *r, int indent, const char *label, const char *text)
{
    km_buf line = { 0 };

    if (!text || !*text)
        return;
    km_buf_printf(&line, "%s%s", label, text);
    km_rows_section(r, indent, line.s);
    km_buf_clear(&line);
}

km_rows *km_step_listing(km_cli *c)
{
    return km_listing(c, step_columns, COUNT(step_columns));
}

/* As a person reads it beside the mat. */
static void say_step(km_rows *r, const km_atlas *a, const km_saved_step *s)
{
    km_buf line = { 0 };

    km_buf_printf(&line, "%2d  ", s->step);
    title_of(&line, a, s);
    km_buf_puts(&line, ", ");
    dose_of(&line, s);
    km_rows_section(r, 0, line.s);
    km_buf_reset(&line);
    action_of(&line, s);
    say(r, 4, "", s->position);
    say(r, 4, "", km_buf_str(&line));
    say(r, 4, "Caution: ", s->caution);
    say(r, 4, "Source: ", s->source);
    km_buf_clear(&line);
}

void km_put_step(km_rows *r, const km_atlas *a, const km_saved_step *s)
{
    km_buf action = { 0 };

    if (km_rows_is_text(r)) {
        say_step(r, a, s);
        return;
    }
    action_of(&action, s);
    km_rows_int(r, s->step);
    km_rows_text(r, s->muscle);
    km_rows_text(r, s->muscle ? km_word(KM_VOCAB_SIDE, (int)s->side) : "");
    km_rows_text(r, s->kind);
    km_rows_text(r, s->tool);
    km_rows_text(r, s->position);
    km_rows_text(r, km_buf_str(&action));
    km_rows_int(r, s->seconds);
    km_rows_int(r, s->sets);
    km_rows_int(r, s->pressure);
    km_rows_text(r, s->caution);
    km_rows_text(r, s->source);
    km_rows_text(r, s->pressure > 0 ? km_pressure_word(km_pressure_of(s->pressure)) : "");
    km_rows_text(r, s->cue);
    km_rows_count(r, s->cue_count > 0 ? s->cue_count : -1);
    km_rows_end(r, NULL);
    km_buf_clear(&action);
}

static int minutes_of(const km_saved_routine *saved)
{
    int seconds = 0;

    for (size_t i = 0; i < saved->n; i++)
        seconds += km_saved_step_total(&saved->step[i]);
    return (seconds + 59) / 60;
}

static km_status print_routine(km_cli *c, int64_t id, km_error *err)
{
    km_saved_routine saved;

    TRY(km_app_routine_get(&saved, c->app, id, err));
    km_rows *r = km_step_listing(c);
    if (km_rows_is_text(r)) {
        km_buf line = { 0 };
        km_buf_printf(&line, "%lld  %s: %zu steps, %d min", (long long)saved.id, saved.name,
                      saved.n, minutes_of(&saved));
        km_rows_section(r, 0, line.s);
        km_buf_clear(&line);
    }
    for (size_t i = 0; i < saved.n; i++)
        km_put_step(r, c->atlas, &saved.step[i]);
    km_status st = km_rows_close(r, err);
    km_saved_routine_clear(&saved);
    return st;
}

/* What of it would be held back today; the listing is what was kept. */
static km_status warn_today(km_cli *c, int64_t id, km_error *err)
{
    km_saved_routine saved;
    km_plan today;
    km_error why = { 0 };

    TRY(km_app_routine_get(&saved, c->app, id, err));
    km_status st = km_app_routine_today(&today, c->app, &saved, &why);
    if (st == KM_ENOTFOUND)
        km_warn(c, why.text);
    else if (st != KM_OK)
        *err = why;
    for (size_t i = 0; st == KM_OK && i < today.n_note; i++)
        km_warn(c, km_arena_printf(&saved.mem, "today: %s", today.note[i]));
    if (st == KM_OK)
        km_plan_clear(&today);
    km_saved_routine_clear(&saved);
    return st == KM_ENOTFOUND ? KM_OK : st;
}

/* The routine named, or the last. */
static km_status routine_id(int64_t *id, const km_cli *c, km_error *err)
{
    *id = 0;
    return c->args.n_pos > 0 ? km_arg_id(id, c, 0, err) : KM_OK;
}

km_status km_run_routines_show(km_cli *c, km_error *err)
{
    int64_t id;

    TRY(routine_id(&id, c, err));
    TRY(km_need_app(c, NULL, err));
    TRY(warn_today(c, id, err));
    return print_routine(c, id, err);
}

/* ---- edit, remove ---- */

km_status km_run_routines_edit(km_cli *c, km_error *err)
{
    km_routine_edit e = { .name = km_value(c, OPT_NAME), .drop = km_has(c, OPT_DROP),
                          .seconds = -1, .sets = -1, .pressure = -1 };
    bool about_step = km_has(c, OPT_SECONDS) || km_has(c, OPT_SETS) || km_has(c, OPT_PRESSURE) ||
                      km_has(c, OPT_MOVE) || e.drop;
    int64_t id;

    TRY(km_arg_id(&id, c, 0, err));
    if (!e.name && !about_step)
        return km_fail(err, KM_EUSAGE, "routines edit: say what to change");
    if (about_step != km_has(c, OPT_STEP)) {
        return km_mend(
            km_fail(err, KM_EUSAGE, "routines edit: --step and what changes in it come together"),
            err, "routines edit 3 --step 2 --seconds 45");
    }
    TRY(km_opt_int(&e.step, c, OPT_STEP, 1, 999, err));
    TRY(km_opt_int(&e.seconds, c, OPT_SECONDS, 1, 3600, err));
    TRY(km_opt_int(&e.sets, c, OPT_SETS, 1, 10, err));
    TRY(km_opt_int(&e.pressure, c, OPT_PRESSURE, 0, 7, err));
    TRY(km_opt_int(&e.move_to, c, OPT_MOVE, 1, 999, err));
    TRY(km_need_app(c, NULL, err));
    TRY(km_app_routine_edit(c->app, id, &e, err));
    c->stored = true;
    return print_routine(c, id, err);
}

km_status km_run_routines_remove(km_cli *c, km_error *err)
{
    int64_t id;

    TRY(km_arg_id(&id, c, 0, err));
    TRY(km_need_app(c, NULL, err));
    TRY(km_app_routine_remove(c->app, id, err));
    c->stored = true;
    return print_list(c, err);
}

/* ---- handout ---- */

#define NOTES_MAX 64

typedef struct paper {
    km_arena mem;
    km_handout_note note[NOTES_MAX];
    size_t n_note;
    const char **before;
    size_t n_before;
} paper;

static void note_add(paper *p, const char *heading, const char *text, const char *source)
{
    for (size_t i = 0; i < p->n_note; i++) {
        if (strcmp(p->note[i].text, text) == 0)
            return; /* what holds for every technique is said once */
    }
    if (p->n_note < NOTES_MAX)
        p->note[p->n_note++] = (km_handout_note){ heading, text, source };
}

/* What to expect of each technique the routine uses. */
static void notes_expect(paper *p, const km_cli *c, const km_saved_routine *saved)
{
    km_expectation row[16];
    uint32_t used = 0;

    for (size_t i = 0; i < saved->n; i++) {
        int technique;
        if (km_word_parse(&technique, KM_VOCAB_TECHNIQUE, "", saved->step[i].kind, NULL) == KM_OK)
            used |= 1u << technique;
    }
    /* first what belongs to one technique, then what holds for all */
    for (int general = 0; general < 2; general++) {
        for (int t = 0; t < KM_TECH_COUNT; t++) {
            if (!(used >> t & 1))
                continue;
            size_t n = km_routine_expect(row, 16, c->atlas, (km_technique)t);
            for (size_t i = 0; i < n; i++) {
                if ((row[i].technique < 0) != general)
                    continue;
                km_buf name = { 0 };
                if (!general)
                    km_word_human(&name, KM_VOCAB_TECHNIQUE, t);
                const char *heading =
                    general ? km_routine_topic(row[i].topic)
                            : km_arena_printf(&p->mem, "%s: %s", km_buf_str(&name),
                                              km_routine_topic(row[i].topic));
                note_add(p, heading, row[i].text, row[i].source);
                km_buf_clear(&name);
            }
        }
    }
}

static km_status notes_visit(paper *p, km_cli *c, km_error *err)
{
    km_goal_list goals;
    km_day today = km_instant_day(c->now);

    TRY(km_app_goals(&goals, c->app, err));
    for (size_t i = 0; i < goals.n; i++) {
        const km_goal *g = &goals.row[i];
        char day[KM_TIME_TEXT];
        if (g->kind != KM_GOAL_VISIT || g->done || g->day < today)
            continue;
        km_day_human(day, g->day, today);
        note_add(p, "Next visit", km_arena_printf(&p->mem, "%s: %s.", day, g->name), NULL);
        break;
    }
    km_goal_list_clear(&goals);
    return KM_OK;
}

/* The signs of danger of what is pressed, then what is held back today. */
static km_status before_of(paper *p, km_cli *c, const km_plan *today, km_error *err)
{
    km_flag_hit hit[KM_FLAGS_MAX];
    km_ref *place = km_arena_alloc(&p->mem, (today->n + 1) * sizeof *place);
    size_t n = 0, n_hit = 0;
    km_buf b = { 0 };

    for (size_t i = 0; i < today->n; i++) {
        const km_step *s = &today->step[i];
        if (s->technique >= 0 && s->pressure > 0)
            place[n++] = (km_ref){ .kind = KM_REF_MUSCLE, .index = s->muscle, .point = s->point,
                                   .side = s->side };
    }
    TRY(km_app_flags(hit, KM_FLAGS_MAX, &n_hit, c->app, place, n, err));
    km_safety_notice(&b, c->atlas, hit, n_hit);
    p->before = km_arena_alloc(&p->mem, (today->n_note + 2) * sizeof *p->before);
    char *text = km_arena_strdup(&p->mem, km_buf_str(&b));
    for (char *line = strtok(text, "\n"); line && p->n_before < 2; line = strtok(NULL, "\n"))
        p->before[p->n_before++] = line;
    for (size_t i = 0; i < today->n_note; i++)
        p->before[p->n_before++] = today->note[i];
    km_buf_clear(&b);
    return KM_OK;
}

/* The routine becomes what is left of it today. */
static km_status take_today(paper *p, km_cli *c, km_saved_routine *saved, km_error *err)
{
    km_plan today;

    TRY(km_app_routine_today(&today, c->app, saved, err));
    km_status st = before_of(p, c, &today, err);
    for (size_t i = 0; i < today.n; i++) {
        km_saved_step s = saved->step[today.step[i].number - 1];
        s.pressure = today.step[i].pressure;
        s.caution = km_arena_strdup(&saved->mem, today.step[i].caution);
        saved->step[i] = s;
    }
    saved->n = today.n;
    for (size_t i = 0; i < p->n_before; i++)
        p->before[i] = km_arena_strdup(&p->mem, p->before[i]);
    km_plan_clear(&today);
    return st;
}

static km_handout_step *steps_of(paper *p, const km_atlas *a, const km_saved_routine *saved)
{
    km_handout_step *step = km_arena_alloc(&p->mem, (saved->n + 1) * sizeof *step);
    km_buf b = { 0 };

    for (size_t i = 0; i < saved->n; i++) {
        const km_saved_step *s = &saved->step[i];
        km_buf_reset(&b);
        title_of(&b, a, s);
        step[i].title = km_arena_strdup(&p->mem, b.s);
        km_buf_reset(&b);
        dose_of(&b, s);
        step[i].dose = km_arena_strdup(&p->mem, b.s);
        km_buf_reset(&b);
        action_of(&b, s);
        step[i].action = km_arena_strdup(&p->mem, km_buf_str(&b));
        step[i].position = s->position;
        step[i].caution = s->caution;
        step[i].source = s->source;
    }
    km_buf_clear(&b);
    return step;
}

km_status km_run_routines_handout(km_cli *c, km_error *err)
{
    paper *p = km_calloc(1, sizeof *p);
    km_saved_routine saved = { .n = 0 };
    km_client client;
    char day[KM_TIME_TEXT];
    int64_t id;
    km_buf out = { 0 };

    km_status st = routine_id(&id, c, err);
    if (st == KM_OK)
        st = km_need_app(c, NULL, err);
    if (st == KM_OK)
        st = km_app_routine_get(&saved, c->app, id, err);
    if (st == KM_OK)
        st = km_app_client(&client, c->app, err);
    if (st == KM_OK)
        st = take_today(p, c, &saved, err);
    if (st == KM_OK)
        st = notes_visit(p, c, err);
    if (st == KM_OK) {
        notes_expect(p, c, &saved);
        km_day_text(day, km_instant_day(saved.at));
        km_handout h = { .title = saved.name,
                         .subtitle = km_arena_printf(&p->mem, "For %s, %s. %zu steps, about %d min.",
                                                     client.name, day, saved.n,
                                                     minutes_of(&saved)),
                         .before = p->before, .n_before = p->n_before,
                         .step = steps_of(p, c->atlas, &saved), .n_step = saved.n,
                         .note = p->note, .n_note = p->n_note };
        if (km_has(c, OPT_HTML))
            km_handout_html(&out, &h);
        else
            km_handout_text(&out, &h, c->width, c->ascii);
        st = km_print(c, km_buf_str(&out), err);
    }
    km_buf_clear(&out);
    km_saved_routine_clear(&saved);
    km_arena_clear(&p->mem);
    free(p);
    return st;
}
