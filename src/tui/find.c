/** Find a region or muscle by name: left and right stand apart, the cursor's side first. */
#include <ctype.h>
#include <string.h>
#include <strings.h>

#include "body.h"
#include "field.h"
#include "list.h"

#define FIND_MAX 32

typedef struct found {
    int index;         /**< of the match, for n and N */
    int region, muscle, point;
    km_side side;
} found;

typedef struct find_view {
    view base;
    tui_field text;
    tui_list list;
    found row[2 * FIND_MAX];
    int n;
    bool named; /**< more was typed than a side */
} find_view;

/** Whether `word` of `n` bytes names a side; at the end of a text only a whole word does. */
static km_side side_of(const char *word, size_t n, bool whole)
{
    static const struct {
        const char *name;
        km_side side;
    } of[] = {
        {"left", KM_SIDE_LEFT},
        {"right", KM_SIDE_RIGHT},
        {"l", KM_SIDE_LEFT},
        {"r", KM_SIDE_RIGHT},
    };
    for (size_t i = 0; i < (whole ? 2 : 4); i++) {
        if (strlen(of[i].name) == n && strncasecmp(word, of[i].name, n) == 0)
            return of[i].side;
    }
    return KM_SIDE_COUNT;
}

/** "l knee", "left knee" and "knee left" pick the left; `name` is what is looked for. */
static km_side picked_side(km_buf *name, const char *text)
{
    size_t len = strlen(text), first = strcspn(text, " :"), last = len;
    while (last > 0 && text[last - 1] != ' ')
        last--;
    km_side side = side_of(text, first, first == len);
    if (side != KM_SIDE_COUNT) {
        km_buf_puts(name, text + first + (first < len));
        return side;
    }
    side = last > 0 ? side_of(text + last, len - last, true) : KM_SIDE_COUNT;
    km_buf_add(name, text, side != KM_SIDE_COUNT ? last - 1 : len);
    return side;
}

/** "infraspinatus 2": the number of a trigger point at the end, 0 when there is none. */
static int trailing_number(km_buf *name)
{
    char *s = name->s;
    size_t n = name->len;
    if (!s || n < 3 || !isdigit((unsigned char)s[n - 1]) ||
        (s[n - 2] != ' ' && s[n - 2] != ':'))
        return 0;
    int tp = s[n - 1] - '0';
    s[n - 2] = '\0';
    name->len = n - 2;
    return tp;
}

static void add(const km_tui *t, find_view *f, const km_match *m, int index, int tp, km_side side)
{
    const km_atlas *a = t->atlas;
    found *row = &f->row[f->n];
    *row = (found){ .index = index, .region = -1, .muscle = -1, .point = -1, .side = side };
    if (m->kind == KM_REF_REGION) {
        row->region = m->index;
    } else {
        row->muscle = m->index;
        if (tp > 0)
            row->point = km_atlas_point(a, m->index, tp);
        row->region = row->point >= 0 ? a->point[row->point].site : a->muscle[m->index].home[0];
    }
    f->n++;
}

static void fill(km_tui *t, find_view *f)
{
    const km_atlas *a = t->atlas;
    const body_view *b = (const body_view *)tui_body(t);
    km_buf name = {0};
    km_side only = picked_side(&name, km_buf_str(&f->text.text));
    km_side first = b->spot.side == KM_SIDE_LEFT ? KM_SIDE_LEFT : KM_SIDE_RIGHT;
    km_match match[FIND_MAX];
    size_t n = 0;
    int tp = trailing_number(&name);
    f->named = name.len > 0;
    if (f->named)
        n = km_atlas_search(match, FIND_MAX, a, km_buf_str(&name));
    km_buf_clear(&name);

    f->n = 0;
    for (size_t i = 0; i < n; i++) {
        bool midline = match[i].kind == KM_REF_REGION ? a->region[match[i].index].midline
                                                      : a->muscle[match[i].index].midline;
        if (midline) {
            add(t, f, &match[i], (int)i, tp, KM_SIDE_MIDLINE);
            continue;
        }
        if (only != KM_SIDE_COUNT) {
            add(t, f, &match[i], (int)i, tp, only);
            continue;
        }
        add(t, f, &match[i], (int)i, tp, first);
        add(t, f, &match[i], (int)i, tp, km_side_mirror(first));
    }
}

static void jump(km_tui *t, find_view *f)
{
    body_view *b = (body_view *)tui_body(t);
    if (f->n == 0) {
        tui_say(t, KM_ROLE_ERROR, f->named ? "no place is called that" : "type a part of a name");
        return;
    }
    found to = f->row[f->list.sel];
    km_buf_reset(&b->find_text);
    picked_side(&b->find_text, km_buf_str(&f->text.text));
    trailing_number(&b->find_text);
    b->find_at = to.index;
    tui_pop(t); /* frees the view */

    tui_body_jump(t, b, to.region, to.point, to.side);
    b->focus_muscle = to.muscle;
    b->focus_point = to.point;
    b->focus_side = to.side;
}

static bool key(km_tui *t, view *v, km_key k)
{
    find_view *f = (find_view *)v;
    switch (k) {
    case KM_KEY_ESC: tui_pop(t); return true;
    case KM_KEY_ENTER: jump(t, f); return true;
    case KM_KEY_UP: case KM_CTRL('P'): tui_list_act(&f->list, ACT_LIST_UP, f->n); return true;
    case KM_KEY_DOWN: case KM_KEY_TAB: case KM_CTRL('N'):
        tui_list_act(&f->list, ACT_LIST_DOWN, f->n);
        return true;
    case KM_CTRL('L'): t->redraw = true; return true;
    default: break;
    }
    if (tui_field_key(&f->text, k, 60)) {
        f->list.sel = 0;
        fill(t, f);
    }
    return true;
}

static void paint(km_tui *t, view *v, km_grid *g, km_rect r)
{
    find_view *f = (find_view *)v;
    int rows = f->n < 8 ? f->n : 8;
    if (rows == 0)
        rows = 1;
    if (rows + 1 > r.h)
        rows = r.h - 1;
    km_rect box = { r.x, r.y + r.h - rows - 1, r.w, rows + 1 };
    km_grid_fill(g, box, KM_ROLE_TEXT, ' ');
    tui_list_place(&f->list, f->n, box.y, rows);
    for (int i = 0; i < rows && f->list.top + i < f->n; i++) {
        const found *row = &f->row[f->list.top + i];
        km_role role = tui_list_row(&f->list, g, box, i, f->list.top + i);
        km_buf s = { 0 };
        if (row->muscle >= 0)
            tui_words_muscle_fit(&s, t->atlas, row->muscle, row->point, row->side, 46);
        else
            tui_words_region(&s, t->atlas, row->region, row->side);
        km_grid_role(g, box, i, 0, box.w, role);
        km_grid_text_cut(g, box, i, 2, 46, role, km_buf_str(&s));
        km_grid_text_cut(g, box, i, 50, box.w - 50, role, row->muscle >= 0 ? "muscle" : "region");
        km_buf_clear(&s);
    }
    if (f->n == 0)
        km_grid_text_cut(g, box, 0, 2, box.w - 2, KM_ROLE_DIM,
                         f->named ? "no place is called that"
                                  : "a region or muscle; left or right before it picks "
                                    "the side, a number behind it the point");
    int x = km_grid_text(g, box, box.h - 1, 1, KM_ROLE_TITLE, "find:");
    tui_field_paint(g, box, box.h - 1, x + 2, &f->text, true);
}

static void mouse(km_tui *t, view *v, const km_mouse *m)
{
    find_view *f = (find_view *)v;
    if (tui_list_mouse(&f->list, m, f->n))
        jump(t, f);
}

static void act(km_tui *t, view *v, tui_action action, int arg)
{
    (void)t, (void)v, (void)action, (void)arg; /* all keys are taken above */
}

static void hint(km_tui *t, view *v, tui_hint *h)
{
    (void)t, (void)v;
    tui_hint_fixed(h, "Enter jumps there  Up Down choose  Esc back");
}

static void clear(view *v)
{
    tui_field_clear(&((find_view *)v)->text);
}

static const view_ops ops = {
    .title = "find", .overlay = true, .key = key, .act = act, .paint = paint, .mouse = mouse,
    .hint = hint, .clear = clear,
};

view *tui_find_new(km_tui *t)
{
    (void)t;
    find_view *f = km_calloc(1, sizeof *f);
    f->base.ops = &ops;
    return &f->base;
}
