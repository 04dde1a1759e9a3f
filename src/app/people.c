/* Clients: list, find, add, edit, archive, erase. */
#include "app_impl.h"

#include "knotmap/history.h"
#include "knotmap/text.h"
#include "knotmap/time.h"

#include <stdlib.h>
#include <string.h>

typedef struct client_sink {
    km_client_list *list;
    const char *text;       /* stands in the name; NULL any */
} client_sink;

static km_status take_client(void *ctx, const km_client *c, km_error *err)
{
    client_sink *s = ctx;
    km_client_list *l = s->list;

    (void)err;
    if (s->text && !km_text_contains(c->name, s->text))
        return KM_OK;
    l->row = km_room(l->row, l->n, sizeof *l->row);
    l->row[l->n] = *c;
    km_client_own(&l->row[l->n], &l->mem);
    l->n++;
    return KM_OK;
}

km_status km_app_clients(km_client_list *out, km_app *app, bool archived, km_error *err)
{
    const km_client_filter f = { .archived = archived };
    return km_app_clients_that(out, app, &f, err);
}

km_status km_app_clients_that(km_client_list *out, km_app *app, const km_client_filter *f,
                              km_error *err)
{
    *out = (km_client_list){ .n = 0 };
    client_sink sink = { .list = out, .text = f->text };
    km_store_client_filter sf = { .archived = f->archived, .lasting = f->chronic,
                                  .stress = f->stress, .profile = f->profile };
    km_instant now;
    km_status st = km_now(&now, err);

    if (st != KM_OK)
        return st;
    km_day today = km_instant_day(now);
    sf.before = today - KM_LASTING_DAYS;
    sf.stress_since = today - KM_STRESS_DAYS;
    sf.stress_until = today + 1;
    st = km_store_clients_that(app->store, &sf, take_client, &sink, err);
    if (st != KM_OK)
        km_client_list_clear(out);
    return st;
}

km_status km_app_client_filter_parse(km_client_filter *io, km_arena *mem, km_app *app,
                                     const char *line, km_error *err)
{
    char *words = km_arena_strdup(mem, line), *rest = NULL;
    km_client_filter f = { .archived = io->archived };
    km_buf name = { 0 };
    km_status st = KM_OK;

    for (char *word = strtok_r(words, " \t\n", &rest); st == KM_OK && word;
         word = strtok_r(NULL, " \t\n", &rest)) {
        const char *value = strchr(word, ':');
        if (strcmp(word, "chronic") == 0) {
            f.chronic = true;
        } else if (strncmp(word, "stress:", 7) == 0) {
            if (word[7] < '1' || word[7] > '7' || word[8] != '\0')
                st = km_fail(err, KM_EINVAL, "stress: %s is no number of 1..7",
                             word[7] ? word + 7 : "\"\"");
            else
                f.stress = word[7] - '0';
        } else if (strncmp(word, "profile:", 8) == 0) {
            int row = 0;
            st = km_topic_find(&row, app->atlas, KM_TOPIC_PROFILE, "profile", word + 8, err);
            if (st == KM_OK)
                f.profile = km_topic_cell(app->atlas, KM_TOPIC_PROFILE, row, "code");
        } else if (value && value > word) {
            st = km_fail(err, KM_EINVAL, "%s: no such word for clients", word);
            km_mend(st, err, "There are chronic, stress: and profile:, and any part of the name.");
        } else {
            km_buf_printf(&name, "%s%s", name.len ? " " : "", word);
        }
    }
    if (st == KM_OK) {
        f.text = name.len ? km_arena_strdup(mem, name.s) : NULL;
        *io = f;
    }
    km_buf_clear(&name);
    return st;
}

void km_client_list_clear(km_client_list *l)
{
    free(l->row);
    km_arena_clear(&l->mem);
    *l = (km_client_list){ .n = 0 };
}

km_status km_app_client_find(km_client *out, km_arena *mem, km_app *app, const char *name_or_id,
                             km_error *err)
{
    int64_t id = 0;
    km_status st = km_app_client_lookup(&id, app, name_or_id, err);
    return st == KM_OK ? km_store_client_get(out, mem, app->store, id, err) : st;
}

/* Each condition must be one the planner knows; they are kept by their codes. */
static km_status check_conditions(const char **out, km_arena *mem, const char *list, km_app *app,
                                  km_error *err)
{
    km_buf codes = { 0 }, one = { 0 };
    km_status st = KM_OK;

    for (const char *p = list; st == KM_OK && p && *p;) {
        const char *code = NULL, *name = NULL;
        km_ref place;
        bool has_place = false;
        size_t n = strcspn(p, ";");
        km_buf_reset(&one);
        km_buf_add(&one, p, n);
        st = km_routine_condition(&code, &name, &place, &has_place, app->atlas, km_buf_str(&one),
                                  err);
        if (st == KM_OK) {
            km_buf_printf(&codes, "%s%s", codes.len ? ";" : "", code);
            if (has_place) {
                km_buf_putc(&codes, ':');
                km_ref_print(&codes, app->atlas, &place);
            }
        }
        p += n + (p[n] == ';');
    }
    *out = codes.len ? km_arena_strdup(mem, codes.s) : NULL;
    km_buf_clear(&one);
    km_buf_clear(&codes);
    return st;
}

/* Give `io` its conditions and profile by code. */
static km_status check_client(km_client *io, km_arena *mem, km_app *app, km_error *err)
{
    km_status st = km_client_check(io, err);
    int row = 0;

    if (st == KM_OK && io->profile) {
        st = km_topic_find(&row, app->atlas, KM_TOPIC_PROFILE, "profile", io->profile, err);
        io->profile = st == KM_OK ? km_topic_cell(app->atlas, KM_TOPIC_PROFILE, row, "code") : NULL;
    }
    return st == KM_OK ? check_conditions(&io->conditions, mem, io->conditions, app, err) : st;
}

km_status km_app_client_add(km_client *io, km_app *app, km_error *err)
{
    km_client c = *io;
    km_arena mem = { 0 };
    km_buf what = { 0 };
    km_status st = check_client(&c, &mem, app, err);

    if (st == KM_OK && km_uid_is_zero(c.uid))
        st = km_app_uid(&c.uid, err);
    if (st == KM_OK)
        st = km_app_write_begin(app, err);
    if (st == KM_OK) {
        km_buf_printf(&what, "add client %s", c.name);
        st = km_store_client_add(&c.id, app->store, &c, err);
        st = km_app_write_end(app, st, what.s, c.id, err);
    }
    if (st == KM_OK) {
        io->id = c.id;
        io->uid = c.uid;
    }
    km_buf_clear(&what);
    km_arena_clear(&mem);
    return st;
}

km_status km_app_client_rewrite(const km_client *client, km_app *app, km_error *err)
{
    km_client c = *client;
    km_arena mem = { 0 };
    km_buf what = { 0 };
    km_status st = check_client(&c, &mem, app, err);

    if (st == KM_OK)
        st = km_app_write_begin(app, err);
    if (st == KM_OK) {
        st = km_store_client_update(app->store, &c, err);
        km_buf_printf(&what, "edit client %s", c.name);
        st = km_app_write_end(app, st, what.s, c.id, err);
    }
    km_buf_clear(&what);
    km_arena_clear(&mem);
    return st;
}

km_status km_app_client_edit(const km_client *client, km_app *app, km_error *err)
{
    km_client c = *client, before;
    km_arena mem = { 0 };
    km_status st = km_store_client_get(&before, &mem, app->store, c.id, err);

    if (st == KM_OK) {
        c.uid = before.uid;
        st = km_app_client_rewrite(&c, app, err);
    }
    km_arena_clear(&mem);
    return st;
}

km_status km_app_client_archive(km_app *app, int64_t id, bool archived, km_error *err)
{
    km_client c;
    km_arena mem = { 0 };
    km_buf what = { 0 };
    km_status st = km_app_write_begin(app, err);

    if (st != KM_OK)
        return st;
    st = km_store_client_get(&c, &mem, app->store, id, err);
    if (st == KM_OK) {
        c.archived = archived;
        km_buf_printf(&what, "%s client %s", archived ? "archive" : "bring back", c.name);
        st = km_store_client_update(app->store, &c, err);
    }
    st = km_app_write_end(app, st, km_buf_str(&what), id, err);
    km_buf_clear(&what);
    km_arena_clear(&mem);
    return st;
}

km_status km_app_client_erase(km_app *app, int64_t id, km_error *err)
{
    km_uid fresh;
    km_status st = km_app_uid(&fresh, err);

    if (st == KM_OK)
        st = km_store_client_erase(app->store, id, fresh, err);
    /* the rows may be gone although the sweep after it failed */
    app->revision++;
    app->client_revision = 0;
    return st;
}

km_status km_app_profile(km_profile *out, bool *kept, km_app *app, km_error *err)
{
    km_client c;
    int row = -1;
    km_status st = km_app_client(&c, app, err);

    *kept = false;
    if (st != KM_OK)
        return st;
    /* one that a replaced atlas does not know offers nothing */
    if (c.profile)
        *kept = km_topic_find(&row, app->atlas, KM_TOPIC_PROFILE, "profile", c.profile, NULL) ==
                KM_OK;
    *out = km_profile_at(app->atlas, *kept ? row : -1);
    return KM_OK;
}
