/** The first questions: at most three signs of danger, before any muscle is named. */
#include <string.h>

#include "body.h"
#include "follow.h"
#include "list.h"
#include "why.h"

#define ASKED_MAX 3

typedef struct safety_view {
    view base;
    km_ref place[KM_COMPLAINTS_MAX];
    size_t n_place;
    int flag[ASKED_MAX];
    int n;
    int present;           /**< the flag that is true, its warning on the screen; -1 none yet */
    bool of_complaint;
    tui_list list;
    tui_first_then then;   /**< what comes next; NULL: the ranking */
    void (*done)(void *ctx);
    void *ctx;
} safety_view;

/** The signs that are to be asked about: of these places, and of a complaint unless it is NULL. */
static int asked_flags(km_tui *t, int out[ASKED_MAX], const km_trouble *trouble,
                       const km_ref *place, size_t n)
{
    km_flag_hit hit[KM_FLAGS_MAX];
    km_error err = { 0 };
    size_t hits = 0;
    int asked = 0;
    km_status st = trouble ? km_app_trouble_flags(hit, KM_FLAGS_MAX, &hits, t->app, trouble, place,
                                                  n, &err)
                           : km_app_flags(hit, KM_FLAGS_MAX, &hits, t->app, place, n, &err);
    if (st != KM_OK) {
        tui_fail(t, &err);
        return 0;
    }
    for (size_t i = 0; i < hits && asked < ASKED_MAX; i++) {
        if (hit[i].asked)
            out[asked++] = hit[i].flag;
    }
    return asked;
}

static const km_flag *flag_of(const km_tui *t, int index)
{
    size_t n;
    return &km_safety_flags(t->atlas, &n)[index];
}

/** Where ";CODE;" stands in a list of codes; NULL when it is not there. */
static char *code_in(const km_buf *list, const char *code)
{
    km_buf word = { 0 };
    km_buf_printf(&word, ";%s;", code);
    char *at = list->s ? strstr(list->s, km_buf_str(&word)) : NULL;
    km_buf_clear(&word);
    return at;
}

static bool cleared(km_tui *t, const km_trouble *trouble, const km_ref *place, size_t n)
{
    int flag[ASKED_MAX];
    int asked = asked_flags(t, flag, trouble, place, n);
    for (int i = 0; i < asked; i++) {
        if (!code_in(&t->flags_answered, flag_of(t, flag[i])->code))
            return false;
    }
    return true;
}

/** Whether a sign that was said to be true bars a routine for these places. */
static bool barred(km_tui *t, const km_ref *place, size_t n)
{
    int flag[ASKED_MAX];
    int asked = asked_flags(t, flag, NULL, place, n);
    for (int i = 0; i < asked; i++) {
        if (code_in(&t->flags_true, flag_of(t, flag[i])->code))
            return true;
    }
    return false;
}

bool tui_why_cleared(km_tui *t, const km_ref *place, size_t n)
{
    return cleared(t, NULL, place, n);
}

/** Keep whether a sign is true: only what a doctor should see soon leaves a routine possible. */
static void keep_true(km_tui *t, const km_flag *f, bool is_true)
{
    char *at = code_in(&t->flags_true, f->code);
    if (is_true && f->level != KM_FLAG_SOON && !at)
        km_buf_printf(&t->flags_true, ";%s;", f->code);
    if (!is_true && at) {
        memset(at, ' ', strlen(f->code) + 2);
        km_buf_reset(&t->warning); /* it is over */
    }
}

/** Keep the answer: with the client's records, and for the rest of this run. */
static void keep_answer(km_tui *t, const safety_view *v, int present)
{
    km_error err = { 0 };
    km_buf asked = { 0 };
    for (int i = 0; i < v->n; i++) {
        const char *code = flag_of(t, v->flag[i])->code;
        km_buf_printf(&asked, "%s%s", i ? ";" : "", code);
        km_buf_printf(&t->flags_answered, ";%s;", code);
        if (present < 0 || v->flag[i] == present)
            keep_true(t, flag_of(t, v->flag[i]), present >= 0);
    }
    if (km_app_flag_answer(t->app, km_buf_str(&asked),
                           present >= 0 ? flag_of(t, present)->code : "", &err) != KM_OK)
        tui_fail(t, &err);
    km_buf_clear(&asked);
}

/** On to what was wanted; this view is done. */
static void go_on(km_tui *t, safety_view *v)
{
    if (v->then) {
        tui_first_then then = v->then;
        void (*done)(void *) = v->done;
        void *ctx = v->ctx;
        bool no = v->present >= 0 && flag_of(t, v->present)->level != KM_FLAG_SOON;
        v->done = NULL;
        tui_pop(t);
        if (no)
            tui_say(t, KM_ROLE_WARN, "no routine until this was looked at");
        else
            then(t, ctx);
        done(ctx);
        return;
    }
    km_ref place[KM_COMPLAINTS_MAX];
    size_t n = v->n_place;
    memcpy(place, v->place, n * sizeof place[0]);
    bool of_complaint = v->of_complaint;
    tui_pop(t); /* frees the view */
    /* a complaint asks its own questions, one page of them */
    tui_push(t, of_complaint ? tui_ranking_new(t, place, n) : tui_why_new(t, place, n));
}

static void is_true(km_tui *t, safety_view *v, int which)
{
    if (which < 0 || which >= v->n) {
        tui_say(t, KM_ROLE_ERROR, "there is no question %d", which + 1);
        return;
    }
    v->present = v->flag[which];
    keep_answer(t, v, v->present);
    km_buf_reset(&t->warning);
    km_safety_warning(&t->warning, flag_of(t, v->present));
}

static void act(km_tui *t, view *base, tui_action action, int arg)
{
    safety_view *v = (safety_view *)base;
    if (v->present >= 0) {
        if (action == ACT_LIST_OPEN)
            go_on(t, v);
        else
            tui_say(t, KM_ROLE_DIM, "read this first; it stays in sight afterwards");
        return;
    }
    if (tui_list_act(&v->list, action, v->n))
        return;
    switch (action) {
    case ACT_FLAG_TRUE: is_true(t, v, arg - 1); break;
    case ACT_LIST_OPEN: is_true(t, v, v->list.sel); break;
    case ACT_FLAG_NONE:
        keep_answer(t, v, -1);
        go_on(t, v);
        break;
    case ACT_NARROW: tui_say(t, KM_ROLE_DIM, "there are only these questions"); break;
    default: break;
    }
}

static int contexts(const view *v, tui_ctx out[VIEW_CTX_MAX])
{
    (void)v;
    out[0] = CTX_SAFETY;
    out[1] = CTX_LIST;
    return 2;
}

static void paint(km_tui *t, view *base, km_grid *g, km_rect r)
{
    safety_view *v = (safety_view *)base;
    km_rect in = tui_header(t, g, r, "first");
    in.x += 1;
    in.w -= 2;
    if (v->present >= 0) {
        km_grid_wrap(g, in, 1, KM_ROLE_WARN, km_buf_str(&t->warning));
        tui_cursor(g, in, 1, 0);
        return;
    }
    km_grid_text_cut(g, in, 1, 0, in.w, KM_ROLE_TITLE, "First: is one of these true?");
    int y = 3;
    tui_list_place(&v->list, v->n, in.y + 3, v->n);
    for (int i = 0; i < v->n; i++) {
        km_buf s = { 0 };
        km_buf_printf(&s, "%d  %s", i + 1, flag_of(t, v->flag[i])->question);
        int lines = km_grid_wrap(g, in, y, KM_ROLE_TEXT, km_buf_str(&s));
        if (i == v->list.sel) {
            for (int k = 0; k < lines; k++)
                km_grid_role(g, in, y + k, 0, in.w, KM_ROLE_SELECTED);
            tui_cursor(g, in, y, 0);
        }
        y += lines + 1;
        km_buf_clear(&s);
    }
    km_buf key = { 0 };
    tui_keymap_print_first(&key, &t->keymap, ACT_FLAG_NONE);
    km_grid_printf(g, in, y, 0, KM_ROLE_TEXT, "%s  none of these", km_buf_str(&key));
    km_buf_clear(&key);
}

static void hint(km_tui *t, view *base, tui_hint *h)
{
    safety_view *v = (safety_view *)base;
    (void)t;
    if (v->present >= 0) {
        tui_hint_add(h, ACT_LIST_OPEN, v->then ? "I have read this" : "I have read this, go on");
    } else {
        tui_hint_add(h, ACT_FLAG_NONE, NULL);
        char keys[16] = "1"; /* as many as there are questions, which bear these numbers */
        if (v->n > 1)
            snprintf(keys, sizeof keys, "1-%d", v->n);
        km_buf part = { 0 };
        km_buf_printf(&part, "%s %s", keys, tui_action_table[ACT_FLAG_TRUE].hint);
        tui_hint_fixed(h, km_buf_str(&part));
        km_buf_clear(&part);
    }
    tui_hint_add(h, ACT_BACK, NULL);
}

static void clear(view *base)
{
    safety_view *v = (safety_view *)base;
    if (v->done)
        v->done(v->ctx);
}

static const view_ops ops = {
    .title = "first", .contexts = contexts, .act = act, .paint = paint, .hint = hint,
    .clear = clear,
};

static safety_view *first_view(km_tui *t, const km_trouble *trouble, const km_ref *place,
                               size_t n)
{
    safety_view *v = km_calloc(1, sizeof *v);
    v->base.ops = &ops;
    v->present = -1;
    v->n_place = n;
    memcpy(v->place, place, n * sizeof place[0]);
    v->n = asked_flags(t, v->flag, trouble, place, n);
    v->of_complaint = trouble != NULL;
    return v;
}

view *tui_why_new(km_tui *t, const km_ref *place, size_t n)
{
    return tui_why_cleared(t, place, n) ? tui_ranking_new(t, place, n)
                                        : &first_view(t, NULL, place, n)->base;
}

view *tui_why_of(km_tui *t, const km_trouble *trouble, const km_ref *place, size_t n)
{
    return cleared(t, trouble, place, n) ? tui_ranking_new(t, place, n)
                                         : &first_view(t, trouble, place, n)->base;
}

view *tui_first_new(km_tui *t, const km_ref *place, size_t n, tui_first_then then,
                    void (*done)(void *ctx), void *ctx)
{
    if (n > KM_COMPLAINTS_MAX)
        n = KM_COMPLAINTS_MAX;
    if (n == 0 || (tui_why_cleared(t, place, n) && !barred(t, place, n)))
        return NULL;
    safety_view *v = first_view(t, NULL, place, n);
    v->then = then;
    v->done = done;
    v->ctx = ctx;
    return &v->base;
}
