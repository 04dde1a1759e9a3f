/** routine, done, treatments. */
#include <ctype.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "columns.h"
#include "command.h"
#include "knotmap/care.h"
#include "step_out.h"

#define ROUTINE_MINUTES 15

/* ---- routine ---- */

/* A planned step as one that is kept. */
static km_saved_step kept_step(const km_atlas *a, const km_step *s, int step)
{
    return (km_saved_step){
        .step = step, .muscle = s->muscle >= 0 ? a->muscle[s->muscle].code : NULL, .kind = s->kind,
        .tool = s->tool ? s->tool : "", .position = s->position,
        .action = s->action ? s->action : "", .cue = s->cue ? s->cue : "", .caution = s->caution,
        .source = s->source, .side = s->side, .seconds = s->seconds, .sets = s->sets,
        .pressure = s->pressure, .cue_count = s->cue_count,
    };
}

static km_status print_plan(km_cli *c, const km_plan *plan, km_error *err)
{
    km_rows *r = km_step_listing(c);
    km_buf line = { 0 };

    km_buf_printf(&line, "%zu steps, %d min", plan->n, (plan->seconds + 59) / 60);
    km_rows_section(r, 0, km_buf_str(&line));
    km_buf_clear(&line);
    for (size_t i = 0; i < plan->n; i++) {
        const km_saved_step step = kept_step(c->atlas, &plan->step[i], (int)i + 1);
        km_put_step(r, c->atlas, &step);
    }
    for (size_t i = 0; i < plan->n_note; i++)
        km_rows_section(r, 0, plan->note[i]);
    return km_rows_close(r, err);
}

#define SET(t) (1u << (t))

static uint32_t techniques(int kind)
{
    static const uint32_t smr = SET(KM_TECH_SMR) | SET(KM_TECH_COMPRESSION) |
                                SET(KM_TECH_PIN_AND_STRETCH);
    static const uint32_t stretch = SET(KM_TECH_STRETCH) | SET(KM_TECH_PIR);

    switch (kind) {
    case 0:
        return smr;
    case 1:
        return stretch;
    case 2:
        return SET(KM_TECH_MASSAGE);
    case 3:
        return smr | stretch | SET(KM_TECH_MASSAGE);
    default:
        return smr | stretch;
    }
}

/*
 * The places whose red flags are to be named: those given, and with --open those that are open.
 * A complaint names some itself; NULL for none.
 */
static km_status notice_places(km_cli *c, const km_trouble *trouble, const km_ref *place, size_t n,
                               bool open, km_error *err)
{
    km_flag_hit hit[KM_FLAGS_MAX];
    size_t n_hit = 0;
    km_mark_list marks = { 0 };

    if (open) {
        km_mark_filter f = km_mark_filter_all();
        f.open = true;
        TRY(km_app_marks(&marks, c->app, &f, err));
    }
    km_ref *all = km_calloc(n + marks.n + 1, sizeof *all);
    size_t n_all = n;
    memcpy(all, place, n * sizeof *all);
    for (size_t i = 0; i < marks.n; i++) {
        if (km_app_mark_ref(&all[n_all], c->app, &marks.row[i]))
            n_all++;
    }
    km_status st =
        trouble ? km_app_trouble_flags(hit, KM_FLAGS_MAX, &n_hit, c->app, trouble, all, n_all, err)
                : km_app_flags(hit, KM_FLAGS_MAX, &n_hit, c->app, all, n_all, err);
    if (st == KM_OK)
        km_notice(c, hit, n_hit);
    free(all);
    km_mark_list_clear(&marks);
    return st;
}

/* The caution of a complaint; without its condition among the client's a plan would not heed it. */
static km_status heed(km_cli *c, const km_trouble *trouble, km_error *err)
{
    bool kept = false;

    TRY(km_say_caution(c, trouble, err));
    TRY(km_app_trouble_kept(&kept, c->app, trouble, err));
    return kept ? KM_OK
                : km_fail(err, KM_EINVAL, "routine: %s is not kept with the client yet, so no "
                                          "routine would heed it", trouble->condition);
}

/* What a routine that is kept is called: what it was told, else what it is for. */
static void routine_name(km_buf *out, const km_cli *c, const km_trouble *trouble)
{
    if (km_has(c, OPT_NAME)) {
        km_buf_puts(out, km_value(c, OPT_NAME));
        return;
    }
    if (km_has(c, OPT_OPEN))
        km_buf_puts(out, "all that is open");
    if (trouble)
        km_buf_printf(out, "%s%s", out->len > 0 ? ", " : "", trouble->name);
    for (int i = 0; i < c->args.n_pos && out->len + strlen(c->args.pos[i]) + 2 < KM_NAME_MAX; i++)
        km_buf_printf(out, "%s%s", out->len > 0 ? ", " : "", c->args.pos[i]);
}

static km_status routine_for(km_cli *c, const km_trouble *trouble, const km_ref *place, size_t n,
                             km_error *err)
{
    bool open = km_has(c, OPT_OPEN);
    int kind = -1;
    int minutes = ROUTINE_MINUTES;
    uint32_t tools = 0;
    km_plan plan = { 0 };

    TRY(km_opt_choice(&kind, c, OPT_KIND, "smr stretch massage all", err));
    TRY(km_opt_set(&tools, c, OPT_TOOL, KM_VOCAB_TOOL, err));
    TRY(km_opt_int(&minutes, c, OPT_MINUTES, 1, 240, err));
    TRY(km_need_app(c, NULL, err));
    if (trouble)
        TRY(heed(c, trouble, err));
    TRY(notice_places(c, trouble, place, n, open, err));
    km_status st =
        km_app_routine(&plan, c->app, place, n, open, techniques(kind), tools, minutes, err);
    if (st == KM_ENOTFOUND && c->format != KM_FORMAT_TEXT)
        print_plan(c, &plan, NULL); /* a listing without a row is still one */

    int64_t id = 0;
    if (st == KM_OK && km_has(c, OPT_SAVE)) {
        km_buf name = { 0 };
        routine_name(&name, c, trouble);
        st = km_app_routine_save(&id, c->app, &plan, km_buf_str(&name), err);
        km_buf_clear(&name);
        c->stored = st == KM_OK;
    }
    if (st == KM_OK)
        st = print_plan(c, &plan, err);
    if (st == KM_OK && id > 0)
        km_tell(c, "Kept as routine %lld: knotmap done %lld records how it went.", (long long)id,
                (long long)id);
    km_plan_clear(&plan);
    return st;
}

km_status km_run_routine(km_cli *c, km_error *err)
{
    km_ref *place;
    size_t n;
    km_trouble trouble;
    bool named;

    if (km_has(c, OPT_NAME) && !km_has(c, OPT_SAVE))
        return km_fail(err, KM_EUSAGE, "--name: it names what --save keeps");
    TRY(km_opt_trouble(&trouble, &named, c, err));
    if (c->args.n_pos == 0 && !km_has(c, OPT_OPEN) && !named) {
        return km_mend(km_fail(err, KM_EUSAGE, "routine: its PLACE is missing"), err,
                       "Name one or more, or say --open for all that is open.");
    }
    TRY(km_arg_places(&place, &n, c, 0, KM_RESOLVE_GROUP, err));
    if (named)
        km_add_trouble(&place, &n, &trouble);
    km_status st = routine_for(c, named ? &trouble : NULL, place, n, err);
    free(place);
    return st;
}

/* ---- treatments ---- */

km_status km_run_treatments(km_cli *c, km_error *err)
{
    km_mark_filter f;
    km_treatment_list list = { 0 };
    int technique = -1;

    TRY(km_opt_filter(&f, c, err));
    TRY(km_opt_word(&technique, c, OPT_KIND, KM_VOCAB_TECHNIQUE, err));
    TRY(km_need_app(c, NULL, err));

    /* The filter knows kinds of marks only: with a kind of treatment the limit counts here. */
    int64_t limit = f.limit;
    if (technique >= 0)
        f.limit = 0;
    TRY(km_app_treatments(&list, c->app, &f, err));
    km_rows *r = km_record_listing(c, KM_WHAT_TREATMENTS);
    for (size_t i = 0; i < list.n; i++) {
        if (technique >= 0 && list.row[i].technique != technique)
            continue;
        if (limit > 0 && km_rows_n(r) == (size_t)limit)
            break;
        km_rows_treatment(r, &list.row[i], NULL);
    }
    km_status st = km_listing_close(r, c, "No treatments.", err);
    km_treatment_list_clear(&list);
    return st;
}

/* ---- done ---- */

/* "3" or "3:2": a saved routine, and a step of it, -1 for the whole. */
static bool reads_as_routine(const char *text, int64_t *id, int *step)
{
    char *end;

    if (!isdigit((unsigned char)*text))
        return false;
    *id = strtoll(text, &end, 10);
    if (*end == ':' && isdigit((unsigned char)end[1])) {
        long n = strtol(end + 1, &end, 10);
        *step = n < INT_MAX ? (int)n : INT_MAX;
    }
    return *end == '\0';
}

static const km_saved_step *step_of(const km_saved_routine *saved, int step)
{
    for (size_t i = 0; i < saved->n; i++) {
        if (saved->step[i].step == step)
            return &saved->step[i];
    }
    return NULL;
}

static void fill_step(km_treatment *t, const km_cli *c, const km_saved_step *s)
{
    int muscle = s->muscle ? km_atlas_muscle(c->atlas, s->muscle) : -1;
    int technique;

    if (muscle >= 0) {
        int point = s->tp > 0 ? km_atlas_point(c->atlas, muscle, s->tp) : -1;
        int region = point >= 0 ? c->atlas->point[point].site : c->atlas->muscle[muscle].home[0];
        t->place = (km_place){ .side = s->side, .region = c->atlas->region[region].code,
                               .muscle = s->muscle, .tp = point >= 0 ? s->tp : 0 };
    }
    if (s->kind && km_word_parse(&technique, KM_VOCAB_TECHNIQUE, "kind", s->kind, NULL) == KM_OK)
        t->technique = technique;
    t->tool = s->tool && *s->tool ? s->tool : NULL;
    t->seconds = s->seconds * (s->sets > 1 ? s->sets : 1);
    t->routine_step = s->step;
}

/* A routine for one muscle is a treatment of that muscle, so that it counts for the place. */
static void place_of_routine(km_treatment *t, const km_saved_routine *saved, const km_cli *c)
{
    const km_saved_step *of = NULL;

    for (size_t i = 0; i < saved->n; i++) {
        const km_saved_step *s = &saved->step[i];
        int technique;
        if (!s->muscle || s->pressure == 0 ||
            km_word_parse(&technique, KM_VOCAB_TECHNIQUE, "kind", s->kind, NULL) != KM_OK)
            continue;
        if (of && (strcmp(of->muscle, s->muscle) != 0 || of->side != s->side))
            return;
        of = of ? of : s;
    }
    if (!of)
        return;
    km_treatment one = km_treatment_blank();
    fill_step(&one, c, of);
    t->place = one.place;
}

static km_status fill_routine(km_treatment *t, km_saved_routine *saved, const km_cli *c, int64_t id,
                              int step, km_error *err)
{
    km_status st = km_app_routine_get(saved, c->app, id, err);

    if (st != KM_OK)
        return st;
    t->routine_id = saved->id;
    if (step >= 0) {
        const km_saved_step *s = step_of(saved, step);
        if (s == NULL)
            return km_fail(err, KM_ENOTFOUND, "done: routine %lld has no step %d, only 1..%zu",
                           (long long)saved->id, step, saved->n);
        fill_step(t, c, s);
        return KM_OK;
    }
    int seconds = 0;
    for (size_t i = 0; i < saved->n; i++)
        seconds += saved->step[i].seconds * (saved->step[i].sets > 1 ? saved->step[i].sets : 1);
    t->seconds = seconds > KM_DAY_SEC ? KM_DAY_SEC : seconds;
    place_of_routine(t, saved, c);
    return KM_OK;
}

static km_status fill_place(km_treatment *t, km_cli *c, const char *text, km_error *err)
{
    km_ref ref;
    km_mark m = km_mark_blank();

    TRY(km_atlas_resolve(&ref, c->atlas, text, 0, err));
    if (!km_has(c, OPT_KIND)) {
        return km_mend(km_fail(err, KM_EUSAGE, "done: --kind is missing, it says what was done"),
                       err, "See knotmap help done.");
    }
    TRY(km_need_app(c, NULL, err));
    TRY(km_app_mark_place(&m, c->app, &ref, false, err));
    t->place = m.place;
    return KM_OK;
}

#define HOLDS_MAX 9

/* Ratings 0..10 separated by ':' or ','. */
static km_status read_ratings(int *out, int max, int *n, const km_cli *c, km_opt id, km_error *err)
{
    const char *text = km_value(c, id);

    *n = 0;
    for (const char *p = text; p && *p;) {
        char *end;
        long v = isdigit((unsigned char)*p) ? strtol(p, &end, 10) : -1;
        if (v < 0 || v > 10 || (*end && *end != ':' && *end != ',') || *n == max)
            return km_fail(err, KM_EINVAL, "%s: %s: up to %d ratings 0..10 separated by ':'",
                           km_opt_name(c, id), text, max);
        out[(*n)++] = (int)v;
        p = end + (*end != '\0');
    }
    return KM_OK;
}

static km_status read_during(int *hold, int *n, const km_cli *c, km_error *err)
{
    return read_ratings(hold, HOLDS_MAX, n, c, OPT_DURING, err);
}

/* BEFORE[:AFTER]. */
static km_status read_pair(int *before, int *after, const km_cli *c, km_opt id, km_error *err)
{
    int v[2], n;

    TRY(read_ratings(v, 2, &n, c, id, err));
    if (n > 0)
        *before = v[0];
    if (n > 1)
        *after = v[1];
    return KM_OK;
}

/* What done was told, over what stands in `t` already. */
static km_status read_done(km_treatment *t, const km_cli *c, km_error *err)
{
    int technique = -1, tool = -1, response = -1, stopped = -1;

    TRY(km_opt_word(&technique, c, OPT_KIND, KM_VOCAB_TECHNIQUE, err));
    TRY(km_opt_word(&tool, c, OPT_TOOL, KM_VOCAB_TOOL, err));
    TRY(km_opt_word(&response, c, OPT_RESPONSE, KM_VOCAB_RESPONSE, err));
    TRY(km_opt_int(&t->before, c, OPT_BEFORE, 0, 10, err));
    TRY(km_opt_int(&t->after, c, OPT_AFTER, 0, 10, err));
    TRY(km_opt_int(&t->seconds, c, OPT_SECONDS, 0, KM_DAY_SEC, err));
    TRY(km_opt_time(NULL, &t->at, c, OPT_AT, false, err));
    TRY(read_pair(&t->more.stiffness_before, &t->more.stiffness_after, c, OPT_STIFFNESS, err));
    TRY(read_pair(&t->more.tension_before, &t->more.tension_after, c, OPT_TENSION, err));
    TRY(km_opt_word(&stopped, c, OPT_STOPPED, KM_VOCAB_STOP, err));
    if (technique >= 0)
        t->technique = technique;
    if (tool >= 0)
        t->tool = km_word(KM_VOCAB_TOOL, tool);
    if (response >= 0)
        t->response = (km_response)response;
    if (stopped >= 0)
        t->more.stopped = (km_stop)stopped;
    if (km_has(c, OPT_NOTE))
        t->note = km_value(c, OPT_NOTE);
    return KM_OK;
}

static km_status print_done(km_cli *c, km_treatment *t, km_error *err)
{
    km_client client;

    c->stored = true;
    if (t->client == NULL && km_app_client(&client, c->app, NULL) == KM_OK)
        t->client = client.name;
    km_rows *r = km_record_listing(c, KM_WHAT_TREATMENTS);
    km_rows_treatment(r, t, NULL);
    return km_rows_close(r, err);
}

static km_status amend_done(km_cli *c, km_error *err)
{
    km_arena mem = { 0 };
    km_treatment t;
    int64_t id = 0;

    static const km_opt said[] = { OPT_KIND, OPT_TOOL, OPT_BEFORE, OPT_AFTER, OPT_SECONDS,
                                   OPT_RESPONSE, OPT_STIFFNESS, OPT_TENSION, OPT_STOPPED, OPT_AT,
                                   OPT_NOTE };
    bool any = false;

    TRY(km_opt_id(&id, c, OPT_AMEND, err));
    if (c->args.n_pos > 0 || km_has(c, OPT_DURING))
        return km_fail(err, KM_EUSAGE, "done --amend: %s of a stored treatment stays",
                       c->args.n_pos > 0 ? "the place" : "what was said during the hold");
    for (size_t i = 0; i < sizeof said / sizeof *said; i++)
        any = any || km_has(c, said[i]);
    if (!any)
        return km_fail(err, KM_EUSAGE, "done --amend: say what to change");
    TRY(km_need_app(c, NULL, err));
    km_status st = km_app_treatment_get(&t, &mem, c->app, id, err);
    if (st == KM_OK)
        st = read_done(&t, c, err);
    if (st == KM_OK)
        st = km_app_treatment_amend(&t, c->app, err);
    if (st == KM_OK)
        st = print_done(c, &t, err);
    km_arena_clear(&mem);
    return st;
}

km_status km_run_done(km_cli *c, km_error *err)
{
    km_treatment t = km_treatment_blank(), said = km_treatment_blank();
    km_saved_routine saved = { 0 };
    const char *what = c->args.n_pos > 0 ? c->args.pos[0] : NULL;
    int64_t id = 0; /* the last */
    int step = -1, hold[HOLDS_MAX], n_hold = 0;
    km_status st;

    if (km_has(c, OPT_AMEND))
        return amend_done(c, err);
    t.at = said.at = c->now;
    TRY(read_done(&said, c, err)); /* what is refused is refused before anything is read */
    TRY(read_during(hold, &n_hold, c, err));
    if (what && !reads_as_routine(what, &id, &step)) {
        st = fill_place(&t, c, what, err);
    } else if (what && id == 0) {
        st = km_fail(err, KM_ENOTFOUND, "done: routine 0: there is no such routine");
    } else {
        st = km_need_app(c, NULL, err);
        if (st == KM_OK)
            st = fill_routine(&t, &saved, c, id, step, err);
    }
    if (st == KM_OK)
        st = read_done(&t, c, err);
    if (st == KM_OK)
        st = km_app_treatment_record(&t, &t.more, hold, n_hold, c->app, err);
    if (st == KM_OK)
        st = print_done(c, &t, err);
    km_saved_routine_clear(&saved);
    return st;
}
