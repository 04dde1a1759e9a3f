/** The people charted: choose, add, edit, archive, erase. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "form.h"
#include "knotmap/text.h"
#include "list.h"
#include "words.h"

typedef struct clients_view {
    view base;
    km_client_list all;
    int *shown;            /**< rows of `all` that fit what was typed */
    int n;
    bool archived;
    char *text;
    tui_list list;
} clients_view;

static void fill(clients_view *c)
{
    c->n = 0;
    c->shown = km_realloc(c->shown, c->all.n + 1, sizeof *c->shown);
    for (size_t i = 0; i < c->all.n; i++) {
        if (!c->text || km_text_contains(c->all.row[i].name, c->text))
            c->shown[c->n++] = (int)i;
    }
}

static void load(km_tui *t, view *v)
{
    clients_view *c = (clients_view *)v;
    km_error err = { 0 };
    km_client_list_clear(&c->all);
    if (km_app_clients(&c->all, t->app, c->archived, &err) != KM_OK)
        tui_fail(t, &err);
    fill(c);
}

static bool narrow(km_tui *t, void *ctx, const char *text)
{
    clients_view *c = ctx;
    (void)t;
    free(c->text);
    c->text = *text ? km_strdup(text) : NULL;
    c->list.sel = 0;
    fill(c);
    return true;
}

static const km_client *selected(const clients_view *c)
{
    return c->list.sel < c->n ? &c->all.row[c->shown[c->list.sel]] : NULL;
}

/* ---- the form ---- */

enum { F_NAME, F_BORN, F_SEX, F_CONTACT, F_CONDITIONS, F_TOOLS, F_NOTE, F_PROFILE };

static bool save(km_tui *t, form_view *f)
{
    km_client *old = f->data;
    km_client c = *old;
    km_error err = { 0 };
    km_status st = KM_OK;
    c.name = tui_form_value(f, F_NAME);
    c.sex = tui_form_value(f, F_SEX);
    c.contact = tui_form_value(f, F_CONTACT);
    c.conditions = tui_form_value(f, F_CONDITIONS);
    c.note = tui_form_value(f, F_NOTE);
    c.tools = f->field[F_TOOLS].set;
    int profile = f->field[F_PROFILE].at - 1; /* the first is "not said" */
    c.profile = profile >= 0 ? km_topic_cell(t->atlas, KM_TOPIC_PROFILE, profile, "code") : NULL;
    const char *born = tui_form_value(f, F_BORN);
    c.has_born = born != NULL;
    if (!c.name)
        st = km_fail(&err, KM_EINVAL, "a client needs a name");
    if (st == KM_OK && born)
        st = km_day_parse(&c.born, born, t->now, &err);
    bool added = c.id == 0;
    if (st == KM_OK)
        st = added ? km_app_client_add(&c, t->app, &err) : km_app_client_edit(&c, t->app, &err);
    if (st != KM_OK) {
        tui_fail(t, &err);
        return false;
    }
    char what[KM_NAME_MAX + 32];
    snprintf(what, sizeof what, "%s %s", added ? "added" : "changed", c.name);
    tui_stored(t, what);
    t->epoch++; /* the client in the first line may be this one */
    return true;
}

/** The profiles of the atlas; what each offers is said where it is chosen. */
static void profile_field(km_tui *t, form_view *f, const km_client *c)
{
    int n = km_topic_n(t->atlas, KM_TOPIC_PROFILE), at = 0;
    const char **name = km_arena_alloc(&f->mem, ((size_t)n + 1) * sizeof *name);
    name[0] = "not said";
    for (int i = 0; i < n; i++) {
        name[i + 1] = km_topic_cell(t->atlas, KM_TOPIC_PROFILE, i, "name");
        if (c->profile && strcmp(c->profile, km_topic_cell(t->atlas, KM_TOPIC_PROFILE, i, "code")) == 0)
            at = i + 1;
    }
    tui_form_choice(f, "profile", "its weekly plan holds until one is set, its causes are offered "
                    "first; everything can be changed", name, n + 1, at);
}

static view *client_form(km_tui *t, const km_client *client)
{
    char title[KM_NAME_MAX + 16], born[KM_TIME_TEXT] = "";
    snprintf(title, sizeof title, "%s", client->id ? client->name : "new client");
    form_view *f = tui_form_new(title, save);
    km_client *c = km_arena_alloc(&f->mem, sizeof *c);
    *c = *client;
    km_client_own(c, &f->mem);
    f->data = c;
    if (c->has_born)
        km_day_text(born, c->born);
    tui_form_text(f, "name", "as it stands in lists; no two clients share one", c->name);
    tui_form_text(f, "born", "2001-05-30; some warnings depend on the age", born);
    tui_form_text(f, "sex", "as the person says it", c->sex);
    tui_form_text(f, "contact", "telephone, mail, anything", c->contact);
    tui_form_text(f, "conditions", "codes with ; between them, such as pregnancy; anticoagulants",
              c->conditions);
    tui_form_set(f, "tools", "what the person owns: routines use nothing else", KM_VOCAB_TOOL,
             c->tools);
    tui_form_text(f, "note", "anything worth knowing next time", c->note);
    profile_field(t, f, c);
    return &f->base;
}

/* ---- erasing asks for the name ---- */

typedef struct erase_ctx {
    int64_t id;
    char name[KM_NAME_MAX + 1];
} erase_ctx;

static bool erase(km_tui *t, void *ctx, const char *text)
{
    erase_ctx *e = ctx;
    km_error err = { 0 };
    if (strcmp(text, e->name) != 0) {
        tui_say(t, KM_ROLE_ERROR, "%s is not the name: nothing was erased", text);
        return false;
    }
    bool own = e->id == t->client.id;
    if (km_app_client_erase(t->app, e->id, &err) != KM_OK) {
        tui_fail(t, &err);
        return true;
    }
    if (own)
        tui_choose_client(t, "me");
    t->epoch++;
    tui_say(t, KM_ROLE_OK, "%s is erased with every trace; this cannot be undone", e->name);
    return true;
}

static erase_ctx erasing; /* one question at a time is on the screen */

static void ask_erase(km_tui *t, const km_client *c)
{
    char label[KM_NAME_MAX + 64];
    erasing.id = c->id;
    snprintf(erasing.name, sizeof erasing.name, "%s", c->name);
    snprintf(label, sizeof label, "erasing cannot be undone; type %s to erase:", c->name);
    tui_push(t, tui_ask_new(label, "", erase, NULL, &erasing));
}

/* ---- reaction ---- */

static void archive(km_tui *t, const km_client *c)
{
    km_error err = { 0 };
    char what[KM_NAME_MAX + 40];
    bool to = !c->archived;
    snprintf(what, sizeof what, "%s is %s", c->name, to ? "archived" : "back from the archive");
    if (km_app_client_archive(t->app, c->id, to, &err) == KM_OK)
        tui_stored(t, what);
    else
        tui_fail(t, &err);
}

static void act(km_tui *t, view *v, tui_action action, int arg)
{
    clients_view *c = (clients_view *)v;
    const km_client *sel = selected(c);
    (void)arg;
    if (tui_list_act(&c->list, action, c->n))
        return;
    switch (action) {
    case ACT_NARROW:
        tui_push(t, tui_ask_new("name:", c->text ? c->text : "", narrow, narrow, c));
        return;
    case ACT_CLIENT_ADD: {
        km_client blank = km_client_blank();
        tui_push(t, client_form(t, &blank));
        return;
    }
    case ACT_CLIENT_ARCHIVED:
        c->archived = !c->archived;
        load(t, v);
        tui_say(t, KM_ROLE_OK, c->archived ? "archived clients are shown"
                                           : "archived clients are hidden");
        return;
    default: break;
    }
    if (!sel) {
        tui_say(t, KM_ROLE_ERROR, "no client is selected");
        return;
    }
    switch (action) {
    case ACT_LIST_OPEN: {
        char id[32];
        snprintf(id, sizeof id, "%lld", (long long)sel->id);
        if (tui_choose_client(t, id))
            tui_pop_to_body(t);
        break;
    }
    case ACT_REC_EDIT: tui_push(t, client_form(t, sel)); break;
    case ACT_REC_REMOVE: archive(t, sel); break;
    case ACT_CLIENT_ERASE: ask_erase(t, sel); break;
    default: break;
    }
}

static int contexts(const view *v, tui_ctx out[VIEW_CTX_MAX])
{
    (void)v;
    out[0] = CTX_CLIENTS;
    out[1] = CTX_LIST;
    out[2] = CTX_RECORD;
    return 3;
}

static void paint(km_tui *t, view *v, km_grid *g, km_rect r)
{
    clients_view *c = (clients_view *)v;
    km_buf title = { 0 };
    km_buf_printf(&title, "clients%s%s", c->text ? " with " : "", c->text ? c->text : "");
    km_rect in = tui_header(t, g, r, km_buf_str(&title));
    km_buf_clear(&title);
    if (c->n == 0) {
        km_grid_text(g, in, 1, 1, KM_ROLE_DIM, "no client fits");
        return;
    }
    int name_w = in.w >= 60 ? in.w - 42 : in.w - 14;
    km_grid_text_cut(g, in, 0, 1, name_w, KM_ROLE_DIM, "name");
    if (in.w >= 60)
        km_grid_text_right(g, (km_rect){ in.x, in.y, in.w - 13, 1 }, 0, KM_ROLE_DIM, "last seen");
    km_grid_text_right(g, (km_rect){ in.x, in.y, in.w - 1, 1 }, 0, KM_ROLE_DIM, "open worst");
    km_rect rows = { in.x, in.y + 1, in.w, in.h - 1 };
    tui_list_place(&c->list, c->n, rows.y, rows.h);
    for (int i = 0; i < rows.h && c->list.top + i < c->n; i++) {
        const km_client *p = &c->all.row[c->shown[c->list.top + i]];
        km_role role = tui_list_row(&c->list, g, rows, i, c->list.top + i);
        km_buf s = { 0 };
        km_buf_printf(&s, "%s%s%s", p->name, p->id == t->client.id ? "  (charted now)" : "",
                      p->archived ? "  (archived)" : "");
        km_grid_role(g, rows, i, 0, rows.w, role);
        km_grid_text_cut(g, rows, i, 1, name_w, role, km_buf_str(&s));
        if (in.w >= 60) {
            char seen[KM_TIME_TEXT] = "never";
            if (p->has_seen)
                km_age_human(seen, km_instant_day(p->last_seen), t->today);
            km_grid_text_right(g, (km_rect){ rows.x, rows.y, rows.w - 13, rows.h }, i, role, seen);
        }
        km_buf_reset(&s);
        km_buf_printf(&s, "%4d     %c", p->open_marks, tui_words_digit(p->worst));
        km_grid_text_right(g, (km_rect){ rows.x, rows.y, rows.w - 1, rows.h }, i, role,
                           km_buf_str(&s));
        km_buf_clear(&s);
    }
}

static void mouse(km_tui *t, view *v, const km_mouse *m)
{
    clients_view *c = (clients_view *)v;
    if (tui_list_mouse(&c->list, m, c->n))
        tui_run(t, ACT_LIST_OPEN, 0);
}

static void hint(km_tui *t, view *v, tui_hint *h)
{
    (void)t, (void)v;
    tui_hint_add(h, ACT_LIST_OPEN, "chart this client");
    tui_hint_add(h, ACT_CLIENT_ADD, NULL);
    tui_hint_add(h, ACT_REC_EDIT, NULL);
    tui_hint_add(h, ACT_REC_REMOVE, "archive");
    tui_hint_add(h, ACT_NARROW, NULL);
    tui_hint_add(h, ACT_CLIENT_ARCHIVED, NULL);
    tui_hint_add(h, ACT_BACK, NULL);
}

static bool back(km_tui *t, view *v)
{
    clients_view *c = (clients_view *)v;
    return c->text ? narrow(t, c, "") : false;
}

static void clear(view *v)
{
    clients_view *c = (clients_view *)v;
    km_client_list_clear(&c->all);
    free(c->shown);
    free(c->text);
}

static const view_ops ops = {
    .title = "clients", .contexts = contexts, .act = act, .load = load, .paint = paint,
    .mouse = mouse, .hint = hint, .back = back, .clear = clear,
};

view *tui_clients_new(km_tui *t)
{
    (void)t;
    clients_view *c = km_calloc(1, sizeof *c);
    c->base.ops = &ops;
    return &c->base;
}
