/** The people charted: choose, add, edit, archive, erase. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "form.h"
#include "knotmap/summary.h"
#include "list.h"
#include "page.h"
#include "words.h"

typedef struct clients_view {
    view base;
    km_client_list all;    /**< those the filter leaves */
    km_glance *glance;     /**< of each, where `looked` says that it was read */
    bool *looked;
    km_arena mem;          /**< text of the glances */
    km_client_filter filter;
    km_arena words;        /**< text of the filter */
    char *text;            /**< what the filter was read from; NULL nothing */
    tui_list list;
} clients_view;

static int count(const clients_view *c)
{
    return (int)c->all.n;
}

static void load(km_tui *t, view *v)
{
    clients_view *c = (clients_view *)v;
    km_error err = { 0 };
    km_client_list_clear(&c->all);
    km_arena_clear(&c->mem);
    if (km_app_clients_that(&c->all, t->app, &c->filter, &err) != KM_OK)
        tui_fail(t, &err);
    c->glance = km_realloc(c->glance, c->all.n + 1, sizeof *c->glance);
    c->looked = km_realloc(c->looked, c->all.n + 1, sizeof *c->looked);
    memset(c->looked, 0, (c->all.n + 1) * sizeof *c->looked);
}

/** What the row says besides the record: read when it comes into sight, and kept. */
static const km_glance *glance_of(km_tui *t, clients_view *c, int row)
{
    km_error err = { 0 };
    if (!c->looked[row] &&
        km_app_glance(&c->glance[row], &c->mem, t->app, &c->all.row[row], &err) != KM_OK)
        tui_fail(t, &err);
    c->looked[row] = true;
    return &c->glance[row];
}

/** Narrow to a line of words; false and as it was when it cannot be read. */
static bool narrow_to(km_tui *t, clients_view *c, const char *text, km_error *err)
{
    km_client_filter f = { .archived = c->filter.archived };
    km_arena words = { 0 };
    if (km_app_client_filter_parse(&f, &words, t->app, text, err) != KM_OK) {
        km_arena_clear(&words);
        return false;
    }
    km_arena_clear(&c->words);
    c->words = words;
    c->filter = f;
    free(c->text);
    c->text = *text ? km_strdup(text) : NULL;
    c->list.sel = 0;
    load(t, &c->base);
    return true;
}

/** While one types: half a word leaves the list as it was. */
static bool narrowing(km_tui *t, void *ctx, const char *text)
{
    return narrow_to(t, ctx, text, NULL);
}

static bool narrow(km_tui *t, void *ctx, const char *text)
{
    km_error err = { 0 };
    if (narrow_to(t, ctx, text, &err))
        return true;
    tui_fail(t, &err);
    return false;
}

static const km_client *selected(const clients_view *c)
{
    return c->list.sel < count(c) ? &c->all.row[c->list.sel] : NULL;
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
    tui_form_text(f, "conditions", "with ; between, as people say it: pregnancy; blood thinners; fracture:left:shin",
              c->conditions);
    tui_form_set(f, "tools", "what routines may use, hands too: they ask for nothing else",
                 KM_VOCAB_TOOL, c->tools)
        ->unset = "not said: hands, ball and roller are taken as there";
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

/* ---- why ---- */

static void fill_why(km_tui *t, tui_page *p)
{
    clients_view *c = (clients_view *)p->base.below;
    if (!selected(c))
        return;
    tui_page_judgement(t, p, selected(c)->name, &glance_of(t, c, c->list.sel)->change);
    tui_page_add(p, KM_ROLE_TEXT, 0,
                 "The rated days of this week stand against those of the four weeks before.");
}

/* ---- reaction ---- */

static void archive(km_tui *t, const km_client *c)
{
    km_error err = { 0 };
    char what[KM_NAME_MAX + 40];
    bool to = !c->archived;
    snprintf(what, sizeof what, "%s is %s", c->name, to ? "archived" : "back from the archive");
    tui_done(t, km_app_client_archive(t->app, c->id, to, &err), what, &err);
}

static void act(km_tui *t, view *v, tui_action action, int arg)
{
    clients_view *c = (clients_view *)v;
    const km_client *sel = selected(c);
    (void)arg;
    if (tui_list_act(&c->list, action, count(c)))
        return;
    switch (action) {
    case ACT_NARROW:
        tui_push(t, tui_ask_new("name, chronic, stress:5, profile:athlete:", c->text ? c->text : "", narrow,
                               narrowing, c));
        return;
    case ACT_CLIENT_ADD: {
        km_client blank = km_client_blank();
        tui_push(t, client_form(t, &blank));
        return;
    }
    case ACT_CLIENT_ARCHIVED:
        c->filter.archived = !c->filter.archived;
        load(t, v);
        tui_say(t, KM_ROLE_OK, c->filter.archived ? "archived clients are shown"
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
    case ACT_CLIENT_SUMMARY: {
        char id[32];
        snprintf(id, sizeof id, "%lld", (long long)sel->id);
        if (tui_choose_client(t, id))
            tui_push(t, tui_summary_new(t));
        break;
    }
    case ACT_REASON: tui_push(t, tui_page_new("clients: why", fill_why, 0, "close")); break;
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
    out[3] = CTX_REASON;
    return 4;
}

/* Columns of the figures beside the name, as far as there is room for them. */
#define SEEN_W 11
#define OPEN_W 11          /* open and worst */
#define CHANGE_W 13
#define VISIT_W 11
#define WARN_W 3
#define NAME_LEAST 16
#define FIGURES_W (SEEN_W + OPEN_W + CHANGE_W + VISIT_W + WARN_W)

/** How much of a row there is room for. */
typedef struct columns {
    int name, warnings;    /**< their widths; 0: no such column */
    bool seen, all;
} columns;

static columns columns_of(int w)
{
    columns c = { .seen = w >= 60, .all = w >= FIGURES_W + NAME_LEAST };
    int figures = c.all ? FIGURES_W : OPEN_W + WARN_W + (c.seen ? SEEN_W : 0);
    c.name = w - 2 - figures;
    if (c.name > 32) { /* what a wide screen has over says the warnings */
        c.warnings = c.name - 32;
        c.name = 32;
    }
    return c;
}

static void put_right(km_grid *g, km_rect r, int y, int end, km_role role, const char *text)
{
    km_grid_text_right(g, (km_rect){ r.x, r.y, end, r.h }, y, role, text);
}

static void paint_head(km_grid *g, km_rect r, const columns *c)
{
    int x = 1 + c->name;
    km_grid_text_cut(g, r, 0, 1, c->name, KM_ROLE_DIM, "name");
    if (c->seen)
        put_right(g, r, 0, x += SEEN_W, KM_ROLE_DIM, "last seen");
    put_right(g, r, 0, x += OPEN_W, KM_ROLE_DIM, "open worst");
    if (c->all) {
        put_right(g, r, 0, x += CHANGE_W, KM_ROLE_DIM, "week vs four");
        put_right(g, r, 0, x += VISIT_W, KM_ROLE_DIM, "next visit");
    }
    put_right(g, r, 0, x += WARN_W, KM_ROLE_DIM, "!");
    if (c->warnings)
        km_grid_text_cut(g, r, 0, x + 1, c->warnings, KM_ROLE_DIM, "what to heed");
}

static void change_words(char out[24], const km_judgement *j)
{
    if (isnan(j->change))
        snprintf(out, 24, "-");
    else
        snprintf(out, 24, "%+.1f %s", j->change, j->verdict == KM_VERDICT_TOO_FEW
                                                     ? "few" : km_verdict_word(j->verdict));
}

static void paint_row(km_tui *t, clients_view *c, km_grid *g, km_rect r, int y, int row,
                      const columns *col)
{
    const km_client *p = &c->all.row[row];
    const km_glance *look = glance_of(t, c, row);
    km_role role = tui_list_row(&c->list, g, r, y, row);
    bool chosen = role == KM_ROLE_SELECTED;
    char text[KM_TIME_TEXT + 24];
    int x = 1 + col->name;
    km_buf s = { 0 };

    km_buf_printf(&s, "%s%s%s", p->name, p->id == t->client.id ? "  (charted now)" : "",
                  p->archived ? "  (archived)" : "");
    km_grid_role(g, r, y, 0, r.w, role);
    km_grid_text_cut(g, r, y, 1, col->name - 1, role, km_buf_str(&s));
    if (col->seen) {
        snprintf(text, sizeof text, "never");
        if (p->has_seen)
            km_age_human(text, km_instant_day(p->last_seen), t->today);
        put_right(g, r, y, x += SEEN_W, role, text);
    }
    snprintf(text, sizeof text, "%d     %c", p->open_marks, tui_words_digit(p->worst));
    put_right(g, r, y, x += OPEN_W, role, text);
    if (col->all) {
        const km_judgement *j = &look->change;
        change_words(text, j);
        put_right(g, r, y, x += CHANGE_W,
                  chosen                             ? role
                  : j->verdict == KM_VERDICT_WORSE   ? KM_ROLE_WARN
                  : j->verdict == KM_VERDICT_BETTER  ? KM_ROLE_OK
                  : j->verdict == KM_VERDICT_TOO_FEW ? KM_ROLE_DIM
                                                     : role,
                  text);
        snprintf(text, sizeof text, "-");
        if (look->has_visit)
            km_day_human(text, look->visit, t->today);
        put_right(g, r, y, x += VISIT_W, role, text);
    }
    km_buf_reset(&s);
    km_glance_warnings(&s, t->atlas, p, look);
    x += WARN_W;
    if (s.len > 0) {
        km_grid_put(g, r, y, x - 1, chosen ? role : KM_ROLE_WARN, '!');
        if (col->warnings)
            km_grid_text_cut(g, r, y, x + 1, col->warnings, chosen ? role : KM_ROLE_WARN, s.s);
    }
    km_buf_clear(&s);
}

/** What the `!` of the selected client stands for, below the list. */
static void paint_warnings(km_tui *t, clients_view *c, km_grid *g, km_rect r)
{
    km_buf s = { 0 };
    km_glance_warnings(&s, t->atlas, selected(c), glance_of(t, c, c->list.sel));
    if (s.len > 0) {
        km_grid_put(g, r, 0, 1, KM_ROLE_WARN, '!');
        km_grid_wrap(g, (km_rect){ r.x + 3, r.y, r.w - 4, r.h }, 0, KM_ROLE_WARN, s.s);
    }
    km_buf_clear(&s);
}

static void paint(km_tui *t, view *v, km_grid *g, km_rect r)
{
    clients_view *c = (clients_view *)v;
    km_buf title = { 0 };
    km_buf_printf(&title, "clients%s%s", c->text ? " with " : "", c->text ? c->text : "");
    km_rect in = tui_header(t, g, r, km_buf_str(&title));
    km_buf_clear(&title);
    if (c->all.n == 0) {
        km_grid_text(g, in, 1, 1, KM_ROLE_DIM, "no client fits");
        return;
    }
    columns col = columns_of(in.w);
    int below = col.warnings > 40 || in.h < 12 ? 0 : 3;
    paint_head(g, (km_rect){ in.x, in.y, in.w, 1 }, &col);
    km_rect rows = { in.x, in.y + 1, in.w, in.h - 1 - below };
    tui_list_place(&c->list, count(c), rows.y, rows.h);
    for (int i = 0; i < rows.h && c->list.top + i < count(c); i++)
        paint_row(t, c, g, rows, i, c->list.top + i, &col);
    if (below)
        paint_warnings(t, c, g, (km_rect){ in.x, in.y + in.h - below + 1, in.w, below - 1 });
}

static void mouse(km_tui *t, view *v, const km_mouse *m)
{
    clients_view *c = (clients_view *)v;
    if (tui_list_mouse(&c->list, m, count(c)))
        tui_run(t, ACT_LIST_OPEN, 0);
}

static void hint(km_tui *t, view *v, tui_hint *h)
{
    (void)t, (void)v;
    tui_hint_add(h, ACT_LIST_OPEN, "chart this client");
    tui_hint_add(h, ACT_CLIENT_SUMMARY, NULL);
    tui_hint_add(h, ACT_REASON, NULL);
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
    km_arena_clear(&c->mem);
    km_arena_clear(&c->words);
    free(c->glance);
    free(c->looked);
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
