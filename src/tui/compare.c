/** Two dates side by side: one body with signs, or two bodies; a list, and the measures. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "body.h"
#include "knotmap/history.h"
#include "knotmap/text.h"
#include "list.h"
#include "page.h"
#include "pane.h"
#include "trends.h"

typedef enum compare_show { SHOW_SIGNS, SHOW_TWO, SHOWS } compare_show;

/* Days apart that are offered; 0 is the visit before. */
static const int span[] = { 7, 28, 91, 365, 0 };
#define SPANS (int)(sizeof span / sizeof span[0])

typedef struct compare_view {
    view base;
    km_instant earlier;    /**< the date of its own; the other one is the moment shown */
    bool move_earlier;     /**< the time keys move it */
    km_compare_result r;
    int *row;              /**< of `r`, what changed most first */
    int n;
    int count[5];          /**< by km_difference */
    char *text;            /**< what narrows the list; NULL nothing */
    km_chart_mark *sign[2];/**< open marks at the earlier and the later date */
    int n_sign[2];
    compare_show show;
    int turn;              /**< which sides two bodies show */
    tui_list list;
} compare_view;

static const km_difference order[] = { KM_DIFF_WORSE, KM_DIFF_NEW, KM_DIFF_BETTER, KM_DIFF_GONE,
                                       KM_DIFF_SAME };

static char sign_of(km_difference d)
{
    static const char c[] = { [KM_DIFF_SAME] = '=', [KM_DIFF_BETTER] = '-', [KM_DIFF_WORSE] = '+',
                              [KM_DIFF_NEW] = 'N', [KM_DIFF_GONE] = 'G' };
    return c[d];
}

static km_role role_of(km_difference d)
{
    return d == KM_DIFF_WORSE || d == KM_DIFF_NEW ? KM_ROLE_WARN
           : d == KM_DIFF_SAME ? KM_ROLE_TEXT : KM_ROLE_OK;
}

static km_instant later(const km_tui *t)
{
    return t->time.past ? t->time.then : t->now;
}

/** The two moments, the earlier first. */
static void moments(const km_tui *t, const compare_view *v, km_instant out[2])
{
    km_instant a = v->earlier, b = later(t);
    bool swap = a.sec > b.sec;
    out[0] = swap ? b : a;
    out[1] = swap ? a : b;
}

/* ---- load ---- */

static void where(const km_tui *t, const km_compared *c, km_chart_mark *out)
{
    const km_place *p = &c->place;
    int region = p->region ? km_atlas_region(t->atlas, p->region) : -1;
    int muscle = p->muscle ? km_atlas_muscle(t->atlas, p->muscle) : -1;
    int point = muscle >= 0 && p->tp ? km_atlas_point(t->atlas, muscle, p->tp) : -1;
    *out = (km_chart_mark){ .region = (int16_t)region, .side = p->side, .kind = c->kind,
                            .intensity = KM_INTENSITY_NONE };
    if (region >= 0)
        km_body_default_pos(t->atlas, region, point, p->side, &out->view, &out->x, &out->y);
}

static bool has_text(const km_tui *t, const compare_view *v, const km_compared *c)
{
    km_buf s = { 0 };
    if (!v->text)
        return true;
    km_buf_printf(&s, "%s ", km_word(KM_VOCAB_KIND, (int)c->kind));
    tui_words_place(&s, t->atlas, &c->place);
    bool has = km_text_contains(km_buf_str(&s), v->text);
    km_buf_clear(&s);
    return has;
}

static void fill_rows(const km_tui *t, compare_view *v)
{
    v->n = 0;
    memset(v->count, 0, sizeof v->count);
    v->row = km_realloc(v->row, v->r.n + 1, sizeof *v->row);
    for (size_t k = 0; k < sizeof order / sizeof order[0]; k++) {
        int first = v->n;
        for (size_t i = 0; i < v->r.n; i++) {
            const km_compare_row *row = &v->r.row[i].row;
            if (row->what != order[k] || !has_text(t, v, &v->r.row[i]))
                continue;
            int at = v->n++, strength = row->after > row->before ? row->after : row->before;
            while (at > first) { /* the strongest first */
                const km_compare_row *up = &v->r.row[v->row[at - 1]].row;
                if ((up->after > up->before ? up->after : up->before) >= strength)
                    break;
                v->row[at] = v->row[at - 1];
                at--;
            }
            v->row[at] = (int)i;
        }
        v->count[order[k]] = v->n - first;
    }
    for (int d = 0; d < 2; d++) {
        v->n_sign[d] = 0;
        v->sign[d] = km_realloc(v->sign[d], v->r.n + 1, sizeof *v->sign[d]);
        for (size_t i = 0; i < v->r.n; i++) {
            const km_compared *c = &v->r.row[i];
            km_chart_mark *m = &v->sign[d][v->n_sign[d]];
            if (!(d == 0 ? c->row.was : c->row.is))
                continue;
            where(t, c, m);
            m->intensity = d == 0 ? c->row.before : c->row.after;
            v->n_sign[d] += m->region >= 0;
        }
    }
}

static void load(km_tui *t, view *base)
{
    compare_view *v = (compare_view *)base;
    km_error err = { 0 };
    km_instant at[2];
    moments(t, v, at);
    km_compare_result_clear(&v->r);
    if (km_app_compare(&v->r, t->app, at[0], at[1], &err) != KM_OK)
        tui_fail(t, &err);
    fill_rows(t, v);
    tui_list_place(&v->list, v->n, v->list.y, v->list.rows);
}

/* ---- why ---- */

static void fill_why(km_tui *t, tui_page *p)
{
    tui_page_add(p, KM_ROLE_TITLE, 0, "What the signs mean");
    tui_page_add(p, KM_ROLE_TEXT, 0, "N new, G gone, + worse, - better, = the same. Worse or better "
                 "is a change of 1 point or 15 %% between the two dates (Salaffi 2004).");
    tui_page_add(p, KM_ROLE_WARN, 0, "\nOne pair of ratings can move this much by noise alone: "
                 "ratings of the same pain differ from day to day. The trends look at several days "
                 "on each side and say when a change is beyond that.");
    tui_page_add(p, KM_ROLE_TITLE, 0, "\nThe measures of a pain drawing");
    tui_page_add(p, KM_ROLE_TEXT, 0, "Extent: the share of the body that is marked, by the area of "
                 "its regions.");
    tui_page_add(p, KM_ROLE_TEXT, 0, "Sum and mean of the intensities of what is open.");
    tui_page_add(p, KM_ROLE_TEXT, 0, "Overlap: places open on both dates, out of those open on "
                 "either (Jaccard index): 1 the same places, 0 none in common.");
    km_measure pair;
    if (km_measure_get(&pair, t->atlas, "nrs_pair"))
        tui_page_add(p, KM_ROLE_DIM, 0, "\nSource: %s", pair.source);
}

/* ---- reaction ---- */

static void set_span(km_tui *t, compare_view *v)
{
    km_instant to = later(t), from = to;
    int apart = (int)((to.sec - v->earlier.sec) / KM_DAY_SEC), next = 0;
    for (int i = 0; i < SPANS; i++) {
        if (span[i] == apart)
            next = (i + 1) % SPANS;
    }
    if (span[next] == 0) {
        if (!tui_time_step(t, &from, ACT_TIME_VISIT_BACK)) {
            next = 0;
            from.sec -= (int64_t)span[0] * KM_DAY_SEC;
        }
    } else {
        from.sec -= (int64_t)span[next] * KM_DAY_SEC;
    }
    v->earlier = from;
    load(t, &v->base);
    if (span[next] == 0)
        tui_say(t, KM_ROLE_OK, "since the visit or session before");
    else
        tui_say(t, KM_ROLE_OK, "%d days apart", span[next]);
}

static bool move_own(km_tui *t, compare_view *v, tui_action action)
{
    if (action == ACT_TIME_NOW) {
        v->earlier = t->now;
    } else if (action == ACT_TIME_BACK || action == ACT_TIME_ON || action == ACT_TIME_VISIT_BACK ||
               action == ACT_TIME_VISIT_ON) {
        if (!tui_time_step(t, &v->earlier, action))
            return true;
    } else {
        return false;
    }
    load(t, &v->base);
    return true;
}

static const km_compared *selected(const compare_view *v)
{
    return v->list.sel >= 0 && v->list.sel < v->n ? &v->r.row[v->row[v->list.sel]] : NULL;
}

static bool narrow(km_tui *t, void *ctx, const char *text)
{
    compare_view *v = ctx;
    free(v->text);
    v->text = *text ? km_strdup(text) : NULL;
    v->list.sel = v->list.top = 0;
    fill_rows(t, v);
    return true;
}

static void act(km_tui *t, view *base, tui_action action, int arg)
{
    compare_view *v = (compare_view *)base;
    const km_compared *c = selected(v);
    (void)arg;
    if (tui_list_act(&v->list, action, v->n))
        return;
    if (v->move_earlier && move_own(t, v, action))
        return;
    switch (action) {
    case ACT_COMPARE_DATE: v->move_earlier = !v->move_earlier; break;
    case ACT_COMPARE_SHOW:
        if (v->show == SHOW_SIGNS) {
            v->show = SHOW_TWO;
            v->turn = 0;
        } else if (v->turn == 0) {
            v->turn = 1;
        } else {
            v->show = SHOW_SIGNS;
        }
        tui_say(t, KM_ROLE_OK, v->show == SHOW_SIGNS ? "one body with signs"
                               : v->turn == 0        ? "two bodies, front first"
                                                     : "two bodies, back first");
        break;
    case ACT_COMPARE_SPAN: set_span(t, v); break;
    case ACT_COMPARE_WHY: tui_push(t, tui_page_new("compare: why", fill_why, 0, "close")); break;
    case ACT_NARROW:
        tui_push(t, tui_ask_new("words of the place or kind:", v->text ? v->text : "", narrow,
                                narrow, v));
        break;
    case ACT_LIST_OPEN:
        if (c) {
            km_chart_mark m;
            where(t, c, &m);
            int region = m.region;
            km_side side = m.side;
            if (!c->row.is) /* what is gone is seen on the earlier date */
                tui_time_to(t, km_instant_day(v->earlier));
            tui_pop_to_body(t); /* frees this view */
            if (region >= 0)
                tui_body_jump(t, (body_view *)t->top, region, -1, side);
            break;
        }
        tui_say(t, KM_ROLE_DIM, "there is no row here");
        break;
    case ACT_LIFE:
        if (c)
            tui_push(t, tui_life_new(t, &c->place, (int)c->kind));
        else
            tui_say(t, KM_ROLE_DIM, "there is no row here");
        break;
    case ACT_COMPARE: tui_pop(t); break; /* the same key back */
    default: tui_time_act(t, action); break;
    }
}

static int contexts(const view *base, tui_ctx out[VIEW_CTX_MAX])
{
    (void)base;
    out[0] = CTX_COMPARE;
    out[1] = CTX_LIST;
    out[2] = CTX_LIFE;
    out[3] = CTX_TIME;
    return 4;
}

/* ---- picture ---- */

/** "7 +2", "7": how strong it is, or was when it is gone, and the change. */
static void change_words(char out[16], const km_compare_row *row)
{
    bool rated = row->was && row->is && row->before != KM_INTENSITY_NONE &&
                 row->after != KM_INTENSITY_NONE;
    char now = tui_words_digit(row->is ? row->after : row->before);
    if (rated && row->before != row->after)
        snprintf(out, 16, "%c %+d", now, row->after - row->before);
    else
        snprintf(out, 16, "%c", now);
}

static void paint_rows(km_tui *t, compare_view *v, km_grid *g, km_rect r)
{
    tui_list_place(&v->list, v->n, r.y, r.h);
    for (int i = 0; i < r.h && v->list.top + i < v->n; i++) {
        const km_compared *c = &v->r.row[v->row[v->list.top + i]];
        km_role role = tui_list_row(&v->list, g, r, i, v->list.top + i);
        char change[16];
        km_buf s = { 0 };
        km_grid_role(g, r, i, 0, r.w, role);
        km_role own = role == KM_ROLE_SELECTED ? role : role_of(c->row.what);
        change_words(change, &c->row);
        km_grid_put(g, r, i, 1, own, (uint32_t)sign_of(c->row.what));
        km_grid_printf(g, r, i, 3, own, "%-6s%c", change, km_kind_glyph(c->kind));
        tui_words_place_fit(&s, t->atlas, &c->place, r.w - 12);
        km_grid_text_cut(g, r, i, 11, r.w - 12, role, km_buf_str(&s));
        km_buf_clear(&s);
    }
    if (v->n == 0)
        km_grid_text_cut(g, r, 0, 1, r.w - 1, KM_ROLE_DIM, v->text ? "no place has these words" : "nothing was open on either date");
}

static void put_share(km_buf *out, double v)
{
    km_buf_printf(out, "%.1f %%", v * 100);
}

static void put_mean(km_buf *out, double v)
{
    if (isnan(v))
        km_buf_putc(out, '-');
    else
        km_buf_printf(out, "%.1f", v);
}

static void measures(km_buf *s, const compare_view *v)
{
    const km_drawing *a = &v->r.sum.before, *b = &v->r.sum.after;
    km_buf_printf(s, "N new %d, G gone %d\n+ worse %d, - better %d, = same %d\n",
                  v->count[KM_DIFF_NEW], v->count[KM_DIFF_GONE], v->count[KM_DIFF_WORSE],
                  v->count[KM_DIFF_BETTER], v->count[KM_DIFF_SAME]);
    km_buf_printf(s, "places %d to %d, sum %d to %d\nmean ", a->places, b->places, a->sum, b->sum);
    put_mean(s, a->mean);
    km_buf_puts(s, " to ");
    put_mean(s, b->mean);
    km_buf_puts(s, "\nextent ");
    put_share(s, a->extent);
    km_buf_puts(s, " to ");
    put_share(s, b->extent);
    if (!isnan(v->r.sum.overlap))
        km_buf_printf(s, "\noverlap (Jaccard) %.2f", v->r.sum.overlap);
    km_buf_puts(s, "\nOne pair can move this much by noise.");
}

/** One body; `which` -1 with signs, else the marks of that date. */
static void paint_body(km_tui *t, compare_view *v, km_grid *g, km_rect r, int which)
{
    static const km_view views[2][2] = { { KM_VIEW_FRONT, KM_VIEW_BACK },
                                         { KM_VIEW_BACK, KM_VIEW_FRONT } };
    const km_compared *c = selected(v);
    km_layout l;
    int shown, col, row;
    bool narrow = which >= 0 && r.w < 2 * tui_pane_figure_width(r.h - 1) + 1;
    km_chart_layout(&l, t->chart, r, views[which < 0 ? 0 : v->turn], narrow ? 1 : 2, KM_ZOOM_WHOLE,
                    0, 0, 1, t->style, true, &shown);
    if (l.list)
        return;
    km_scene s = { .sel_region = -1, .sel_point = -1, .labels = true };
    if (c && c->place.region) {
        s.sel_region = km_atlas_region(t->atlas, c->place.region);
        s.sel_side = c->place.side;
    }
    if (which >= 0) {
        s.mark = v->sign[which];
        s.n_mark = v->n_sign[which];
    }
    km_chart_render(g, t->chart, &l, &s, t->style);
    for (int i = v->n - 1; which < 0 && i >= 0; i--) { /* what changed most lies on top */
        const km_compared *x = &v->r.row[v->row[i]];
        km_chart_mark m;
        where(t, x, &m);
        if (m.region >= 0 && km_chart_cell(&l, m.view, m.x, m.y, &col, &row, NULL))
            km_grid_put(g, (km_rect){ 0, 0, g->w, g->h }, row, col, role_of(x->row.what),
                        (uint32_t)sign_of(x->row.what));
    }
}

static void paint_bodies(km_tui *t, compare_view *v, km_grid *g, km_rect r, const char *from,
                         const char *to)
{
    if (v->show == SHOW_SIGNS) {
        paint_body(t, v, g, r, -1);
        return;
    }
    int w = (r.w - 1) / 2;
    km_rect left = { r.x, r.y, w, r.h - 1 }, right = { r.x + w + 1, r.y, w, r.h - 1 };
    paint_body(t, v, g, left, 0);
    paint_body(t, v, g, right, 1);
    km_grid_text_cut(g, (km_rect){ left.x, r.y + r.h - 1, w, 1 }, 0, 1, w - 1, KM_ROLE_ACCENT, from);
    km_grid_text_cut(g, (km_rect){ right.x, r.y + r.h - 1, w, 1 }, 0, 1, w - 1, KM_ROLE_ACCENT, to);
}

static void paint(km_tui *t, view *base, km_grid *g, km_rect r)
{
    compare_view *v = (compare_view *)base;
    km_instant at[2];
    char day[2][KM_TIME_TEXT];
    km_buf title = { 0 };
    moments(t, v, at);
    bool own_first = at[0].sec == v->earlier.sec;
    for (int i = 0; i < 2; i++)
        km_day_human(day[i], km_instant_day(at[i]), t->today);
    bool first_moves = own_first == v->move_earlier;
    km_buf_printf(&title, "compare %s%s%s with %s%s%s", first_moves ? "[" : "", day[0],
                  first_moves ? "]" : "", first_moves ? "" : "[", day[1], first_moves ? "" : "]");
    km_rect in = tui_header(t, g, r, km_buf_str(&title)), chart, list;
    km_buf_clear(&title);
    if (t->time.past && in.h > 3) {
        tui_time_slider(t, g, (km_rect){ in.x, in.y + in.h - 1, in.w, 1 }, v->r.sum.after.places);
        in.h--;
    }
    tui_pane_split(in, &chart, &list);
    if (chart.w > 0) {
        paint_bodies(t, v, g, chart, day[0], day[1]);
        km_grid_vline(g, (km_rect){ chart.x, chart.y, chart.w + 1, chart.h }, chart.w, KM_ROLE_DIM);
    }
    km_buf sum = { 0 };
    measures(&sum, v);
    km_rect text = { list.x + 1, list.y, list.w - 1, 0 };
    int lines = km_grid_wrap(g, text, 0, KM_ROLE_DIM, km_buf_str(&sum));
    if (lines + 5 > list.h)
        lines = 0;
    paint_rows(t, v, g, (km_rect){ list.x, list.y, list.w, list.h - lines - (lines > 0) });
    text.h = list.h;
    if (lines > 0)
        km_grid_wrap(g, text, list.h - lines, KM_ROLE_DIM, km_buf_str(&sum));
    km_buf_clear(&sum);
    if (v->n == 0)
        tui_cursor(g, in, 0, 0);
}

static void mouse(km_tui *t, view *base, const km_mouse *m)
{
    compare_view *v = (compare_view *)base;
    if (tui_list_mouse(&v->list, m, v->n))
        tui_run(t, ACT_LIST_OPEN, 0);
}

static void hint(km_tui *t, view *base, tui_hint *h)
{
    (void)base;
    if (tui_time_hint(t, h))
        return;
    tui_hint_add(h, ACT_COMPARE_DATE, NULL);
    tui_hint_add(h, ACT_TIME_BACK, "day before");
    tui_hint_add(h, ACT_TIME_VISIT_BACK, NULL);
    tui_hint_add(h, ACT_COMPARE_SPAN, NULL);
    tui_hint_add(h, ACT_COMPARE_SHOW, NULL);
    tui_hint_add(h, ACT_COMPARE_WHY, NULL);
    tui_hint_add(h, ACT_LIFE, NULL);
    tui_hint_add(h, ACT_LIST_OPEN, "on the body");
    tui_hint_add(h, ACT_TIME_PLAY, NULL);
    tui_hint_add(h, ACT_TIME_NOW, NULL);
    tui_hint_add(h, ACT_BACK, NULL);
}

static bool back(km_tui *t, view *base)
{
    compare_view *v = (compare_view *)base;
    return v->text ? narrow(t, v, "") : false;
}

static void clear(view *base)
{
    compare_view *v = (compare_view *)base;
    km_compare_result_clear(&v->r);
    free(v->row);
    free(v->text);
    free(v->sign[0]);
    free(v->sign[1]);
}

static const view_ops ops = {
    .title = "compare", .in_chart = true, .in_time = true, .contexts = contexts, .act = act,
    .load = load, .paint = paint, .mouse = mouse, .hint = hint, .back = back,
    .clear = clear,
};

view *tui_compare_new(km_tui *t, int back)
{
    compare_view *v = km_calloc(1, sizeof *v);
    v->base.ops = &ops;
    v->move_earlier = true;
    v->list.rows = 12;
    v->earlier = later(t);
    v->earlier.sec -= (int64_t)back * KM_DAY_SEC;
    return &v->base;
}
