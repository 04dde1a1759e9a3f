/** session start, end, list, show, edit, note. */
#include <string.h>

#include "command.h"
#include "knotmap/care.h"

km_status km_print_session(km_cli *c, int64_t id, km_error *err)
{
    km_arena mem = { 0 };
    km_session s;
    km_status st = km_app_session_get(&s, &mem, c->app, id, err);

    if (st == KM_OK) {
        km_rows *r = km_record_card(c, KM_WHAT_SESSIONS);
        km_rows_session(r, &s, NULL);
        st = km_rows_close(r, err);
    }
    if (st == KM_OK)
        st = km_tell_session_more(c, id, err);
    km_arena_clear(&mem);
    return st;
}

static km_status read_muscles(km_session *s, km_arena *mem, const km_cli *c, km_error *err)
{
    const char *text;
    km_buf list = { 0 };
    km_status st = KM_OK;

    if (!km_has(c, OPT_MUSCLE))
        return KM_OK;
    for (int i = 0; st == KM_OK && (text = km_value_nth(c, OPT_MUSCLE, i)) != NULL; i++) {
        km_ref ref;
        st = km_atlas_resolve(&ref, c->atlas, text,
                              KM_RESOLVE_NO_SIDE | KM_RESOLVE_MUSCLE | KM_RESOLVE_GROUP, err);
        if (st == KM_OK && ref.point >= 0)
            st = km_fail(err, KM_EINVAL, "--muscle: %s: name the muscle without a point", text);
        if (st == KM_OK)
            km_buf_printf(&list, "%s%s", i > 0 ? ";" : "",
                          ref.kind == KM_REF_GROUP ? c->atlas->group[ref.index].code
                                                   : c->atlas->muscle[ref.index].code);
    }
    if (st == KM_OK)
        s->muscles = km_arena_strdup(mem, km_buf_str(&list));
    km_buf_clear(&list);
    return st;
}

static km_status read_session(km_session *s, km_arena *mem, const km_cli *c, km_error *err)
{
    const struct {
        km_opt id;
        const char **field;
    } texts[] = {
        { OPT_GOAL, &s->goal },
        { OPT_NOTE, &s->note },
        { OPT_SUBJECTIVE, &s->subjective },
        { OPT_OBJECTIVE, &s->objective },
        { OPT_ASSESSMENT, &s->assessment },
        { OPT_PLAN, &s->plan },
        { OPT_PRACTITIONER, &s->more.practitioner },
    };
    int kind = (int)s->kind;

    TRY(km_opt_word(&kind, c, OPT_KIND, KM_VOCAB_SESSION, err));
    s->kind = (km_session_kind)kind;
    TRY(read_muscles(s, mem, c, err));
    TRY(km_opt_int(&s->rpe, c, OPT_RPE, 0, 10, err));
    TRY(km_opt_int(&s->minutes, c, OPT_MINUTES, 0, 1440, err));
    TRY(km_opt_int(&s->feel, c, OPT_FEEL, 0, 10, err));
    TRY(km_opt_int(&s->more.feel_before, c, OPT_FEEL_BEFORE, 0, 10, err));
    TRY(km_opt_set(&s->more.modality, c, OPT_MODALITY, KM_VOCAB_MODALITY, err));
    TRY(km_opt_set(&s->more.service, c, OPT_SERVICE, KM_VOCAB_SERVICE, err));
    TRY(km_opt_time(NULL, &s->started, c, OPT_AT, false, err));
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        if (km_has(c, texts[i].id))
            *texts[i].field = km_value(c, texts[i].id);
    }
    return KM_OK;
}

km_status km_run_session_start(km_cli *c, km_error *err)
{
    km_arena mem = { 0 };
    km_session s = km_session_blank();

    s.started = c->now;
    km_status st = read_session(&s, &mem, c, err);
    if (st == KM_OK)
        st = km_session_check(&s, err);
    if (st == KM_OK)
        st = km_need_app(c, NULL, err);
    if (st == KM_OK)
        st = km_app_session_start(&s, c->app, err);
    if (st == KM_OK) {
        c->stored = true;
        st = km_print_session(c, s.id, err);
    }
    km_arena_clear(&mem);
    return st;
}

km_status km_run_session_end(km_cli *c, km_error *err)
{
    km_arena mem = { 0 };
    km_session s;

    TRY(km_need_app(c, NULL, err));
    km_status st = km_app_session_end(&s, &mem, c->app, err);
    if (st == KM_OK) {
        c->stored = true;
        st = km_print_session(c, s.id, err);
    }
    km_arena_clear(&mem);
    return st;
}

km_status km_run_session_list(km_cli *c, km_error *err)
{
    km_session_list list = { 0 };
    int limit = 0;

    TRY(km_opt_int(&limit, c, OPT_LIMIT, 1, INT32_MAX, err));
    TRY(km_need_app(c, NULL, err));
    TRY(km_app_sessions(&list, c->app, limit, err));
    km_rows *r = km_record_listing(c, KM_WHAT_SESSIONS);
    for (size_t i = 0; i < list.n; i++)
        km_rows_session(r, &list.row[i], NULL);
    km_status st = km_listing_close(r, c, "No sessions.", err);
    km_session_list_clear(&list);
    return st;
}

km_status km_run_session_show(km_cli *c, km_error *err)
{
    int64_t id;

    TRY(km_arg_id(&id, c, 0, err));
    TRY(km_need_app(c, NULL, err));
    return km_print_session(c, id, err);
}

static km_status clear_field(km_session *s, const char *name, km_error *err)
{
    const struct {
        const char *name;
        const char **text;
        int *number;
        uint32_t *set;
    } field[] = {
        { "goal", &s->goal, NULL, NULL },
        { "muscles", &s->muscles, NULL, NULL },
        { "muscle", &s->muscles, NULL, NULL },
        { "rpe", NULL, &s->rpe, NULL },
        { "minutes", NULL, &s->minutes, NULL },
        { "feel", NULL, &s->feel, NULL },
        { "note", &s->note, NULL, NULL },
        { "subjective", &s->subjective, NULL, NULL },
        { "objective", &s->objective, NULL, NULL },
        { "assessment", &s->assessment, NULL, NULL },
        { "plan", &s->plan, NULL, NULL },
        { "feel_before", NULL, &s->more.feel_before, NULL },
        { "modality", NULL, NULL, &s->more.modality },
        { "service", NULL, NULL, &s->more.service },
        { "practitioner", &s->more.practitioner, NULL, NULL },
    };

    for (size_t i = 0; i < sizeof field / sizeof *field; i++) {
        if (strcmp(name, field[i].name) != 0)
            continue;
        if (field[i].text)
            *field[i].text = NULL;
        if (field[i].number)
            *field[i].number = -1;
        if (field[i].set)
            *field[i].set = 0;
        return KM_OK;
    }
    return km_fail(err, KM_EINVAL, "--clear: %s is no field that can be empty", name);
}

/* For edit and for note: their options are told apart by the table alone. */
static km_status amend(km_cli *c, km_error *err)
{
    km_arena mem = { 0 };
    km_session s;
    int64_t id;
    const char *field;

    TRY(km_arg_id(&id, c, 0, err));
    if (!km_has_own(c))
        return km_fail(err, KM_EUSAGE, "%s: say what to change", c->args.verb->name);
    TRY(km_need_app(c, NULL, err));
    km_status st = km_app_session_get(&s, &mem, c->app, id, err);
    for (int i = 0; st == KM_OK && (field = km_value_nth(c, OPT_CLEAR, i)) != NULL; i++)
        st = clear_field(&s, field, err);
    if (st == KM_OK)
        st = read_session(&s, &mem, c, err);
    if (st == KM_OK)
        st = km_session_check(&s, err);
    if (st == KM_OK)
        st = km_app_session_edit(&s, c->app, err);
    if (st == KM_OK) {
        c->stored = true;
        st = km_print_session(c, id, err);
    }
    km_arena_clear(&mem);
    return st;
}

km_status km_run_session_edit(km_cli *c, km_error *err)
{
    return amend(c, err);
}

km_status km_run_session_note(km_cli *c, km_error *err)
{
    return amend(c, err);
}
