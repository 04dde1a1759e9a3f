/** The picture of the day. */
#include <math.h>
#include <string.h>

#include "day.h"
#include "knotmap/text.h"

static const char *hooper_words(int item, int value)
{
    static const char *const words[2][7] = {
        { "very good", "good", "fairly good", "middling", "fairly bad", "bad", "very bad" },
        { "very low", "low", "fairly low", "middling", "fairly high", "high", "very high" },
    };
    return value < 1 || value > 7 ? "" : words[item != 0][value - 1];
}

static void value_text(km_buf *out, int now, int before)
{
    if (now >= 0)
        km_buf_printf(out, "%-3d", now);
    else if (before >= 0)
        km_buf_printf(out, "(%d)", before);
    else
        km_buf_puts(out, "-  ");
}

static void hooper_line(km_buf *out, const day_view *v, int item)
{
    km_checkin c = v->c, b = v->before;
    int now = *tui_day_hooper(&c, item), before = *tui_day_hooper(&b, item);
    km_buf_printf(out, "%-14s", tui_day_hooper_name[item]);
    value_text(out, now, before);
    km_buf_printf(out, " %-12s", hooper_words(item, now >= 0 ? now : before));
    if (item != 3)
        return;
    int index = km_checkin_hooper(&c);
    if (index >= 0)
        km_buf_printf(out, "the four: %d of 28 (Hooper)", index);
    if (!isnan(v->usual))
        km_buf_printf(out, index >= 0 ? ", usual %.0f" : "the four: usual %.0f of 28 (Hooper)",
                      v->usual);
}

static void did_line(km_buf *out, const day_view *v, int width)
{
    bool wide = width >= 78;
    km_buf_printf(out, wide ? "did  " : "did ");
    for (int i = 0; i < KM_HABIT_COUNT; i++)
        km_buf_printf(out, "%s[%c]%.*s", i ? " " : "", v->c.did & (1u << i) ? 'x' : ' ',
                      wide ? 11 : 4, tui_day_habit_name[i]);
}

/** Column of a tick on its line. */
static int did_column(const day_view *v, int width)
{
    bool wide = width >= 78;
    int x = wide ? 5 : 4;
    for (int i = 0; i < v->did_at; i++) {
        int w = (int)strlen(tui_day_habit_name[i]);
        x += 4 + (wide || w < 4 ? w : 4);
    }
    return x + 1;
}

static void flex_line(km_buf *out, const flex_row *f)
{
    km_buf name = { 0 };
    km_buf_puts(&name, f->test->name);
    if (f->side != KM_SIDE_MIDLINE)
        km_buf_printf(&name, ", %s", km_word(KM_VOCAB_SIDE, (int)f->side));
    km_buf_printf(out, "%-40s", km_buf_str(&name));
    if (!isnan(f->value))
        km_buf_printf(out, " %g %s", f->value, f->test->unit);
    else
        km_buf_puts(out, " -");
    if (!isnan(f->last))
        km_buf_printf(out, "   last %g %s", f->last, f->test->unit);
    km_buf_clear(&name);
}

static void row_line(km_buf *out, const day_view *v, const day_row *r, int width)
{
    km_checkin c = v->c, b = v->before;
    switch (r->kind) {
    case ROW_HOOPER: hooper_line(out, v, r->item); break;
    case ROW_DID: did_line(out, v, width); break;
    case ROW_TEN:
        km_buf_printf(out, "%-14s", r->item == 0 ? "energy" : "mood");
        value_text(out, *tui_day_ten(&c, r->item), *tui_day_ten(&b, r->item));
        km_buf_puts(out, " of 10");
        break;
    case ROW_FLEX: flex_line(out, &v->flex[r->item]); break;
    case ROW_FLEX_ADD: km_buf_puts(out, "+ measure how far a joint goes"); break;
    case ROW_DUE: {
        const km_due *d = &v->due.row[r->item];
        km_buf_printf(out, "%s%s", d->kind == KM_DUE_CLINICIAN ? "! " : "", d->text);
        break;
    }
    }
}

int tui_day_lines(const day_view *v, int row, int width)
{
    km_buf b = { 0 };
    km_grid none = { .ascii = false };
    if (v->row[row].kind != ROW_DUE || width < 3)
        return 1;
    row_line(&b, v, &v->row[row], width - 2);
    int lines = km_grid_wrap(&none, (km_rect){ 0, 0, width - 2, 0 }, 0, KM_ROLE_TEXT, b.s);
    km_buf_clear(&b);
    return lines;
}

bool tui_day_is_airy(const day_view *v, int width, int rows)
{
    int lines = 0;
    for (int i = 0; i < v->n; i++)
        lines += tui_day_starts_group(v, i) + tui_day_lines(v, i, width);
    return lines <= rows;
}

bool tui_day_is_said(const day_view *v, const day_row *r)
{
    km_checkin c = v->c;
    switch (r->kind) {
    case ROW_HOOPER: return *tui_day_hooper(&c, r->item) >= 0;
    case ROW_TEN: return *tui_day_ten(&c, r->item) >= 0;
    case ROW_FLEX: return !isnan(v->flex[r->item].value);
    case ROW_FLEX_ADD: return false;
    default: return true;
    }
}

static int meter(km_grid *g, km_rect r, int y, int x, const char *name, int done, int wanted)
{
    x += km_grid_text(g, r, y, x, KM_ROLE_TEXT, name) + 1;
    if (r.w >= 76) {
        km_grid_bar(g, r, y, x, 8, KM_ROLE_ACCENT,
                    wanted > 0 ? (double)done / wanted : done > 0 ? 1 : 0);
        x += 9;
    }
    return x + km_grid_printf(g, r, y, x, KM_ROLE_TEXT, "%d/%d", done, wanted) + 2;
}

static void paint_week(const day_view *v, km_grid *g, km_rect r, int y)
{
    if (!v->has_week) {
        km_grid_text_cut(g, r, y, 1, r.w - 2, KM_ROLE_DIM, "the week is older than twelve weeks");
        return;
    }
    int x = 1 + km_grid_text(g, r, y, 1, KM_ROLE_TITLE, "week") + 2;
    x = meter(g, r, y, x, "roll", v->week.done[KM_CARE_SMR], v->plan.smr);
    x = meter(g, r, y, x, "stretch", v->week.done[KM_CARE_STRETCH], v->plan.stretch);
    x = meter(g, r, y, x, "strength", v->week.done[KM_CARE_STRENGTH], v->plan.strength);
    if (!isnan(v->week.kept))
        km_grid_printf(g, r, y, x, KM_ROLE_DIM, "%.0f %%", v->week.kept * 100);
}

/** Lines it takes: what is due is wrapped, all else is cut. */
static int paint_row(day_view *v, km_grid *g, km_rect r, int y, int row)
{
    const day_row *d = &v->row[row];
    km_role role = tui_list_row(&v->list, g, r, y, row);
    km_buf b = { 0 };
    int lines = tui_day_lines(v, row, r.w);
    row_line(&b, v, d, r.w - 2);
    for (int i = 0; i < lines; i++)
        km_grid_role(g, r, y + i, 0, r.w, role);
    if (role != KM_ROLE_SELECTED)
        role = !tui_day_is_said(v, d) ? KM_ROLE_DIM
               : d->kind == ROW_DUE && v->due.row[d->item].kind == KM_DUE_CLINICIAN ? KM_ROLE_WARN
                                                                                   : KM_ROLE_TEXT;
    if (d->kind == ROW_DUE)
        km_grid_wrap(g, (km_rect){ r.x + 1, r.y, r.w - 2, r.h }, y, role, km_buf_str(&b));
    else
        km_grid_text_cut(g, r, y, 1, r.w - 2, role, km_buf_str(&b));
    if (d->kind == ROW_DID && row == v->list.sel)
        tui_cursor(g, r, y, 1 + did_column(v, r.w - 2));
    km_buf_clear(&b);
    return lines;
}

bool tui_day_starts_group(const day_view *v, int row)
{
    if (row == 0)
        return false;
    row_kind now = v->row[row].kind, before = v->row[row - 1].kind;
    return now != before && (now == ROW_DUE || now == ROW_DID || before == ROW_DID ||
                             (now == ROW_FLEX || (now == ROW_FLEX_ADD && before != ROW_FLEX)));
}

/** The list scrolls by rows; with wrapped ones above it the selected row may need more of it. */
static void show_selected(day_view *v, km_rect body)
{
    if (tui_day_is_airy(v, body.w, body.h))
        return;
    int lines = 0;
    for (int row = v->list.top; row <= v->list.sel; row++)
        lines += tui_day_lines(v, row, body.w);
    while (lines > body.h && v->list.top < v->list.sel)
        lines -= tui_day_lines(v, v->list.top++, body.w);
}

void tui_day_paint(km_tui *t, view *base, km_grid *g, km_rect r)
{
    day_view *v = (day_view *)base;
    char day[KM_TIME_TEXT], age[KM_TIME_TEXT];
    km_buf title = { 0 };
    km_buf_puts(&title, "day");
    if (v->day != t->today) {
        km_day_human(day, v->day, t->today);
        km_age_human(age, v->day, t->today);
        km_buf_printf(&title, ", %s (%s)", day, age);
    }
    km_rect in = tui_header(t, g, r, km_buf_str(&title));
    km_buf_clear(&title);
    int y = 0;
    if (in.h >= 10) {
        paint_week(v, g, in, 0);
        y = 2;
    }
    /* blank lines between groups where there is room for all */
    km_rect body = { in.x, in.y + y, in.w, in.h - y };
    bool airy = tui_day_is_airy(v, body.w, body.h);
    v->width = body.w;
    tui_list_place(&v->list, v->n, body.y, body.h);
    show_selected(v, body);
    int at = 0;
    for (int row = v->list.top; row < v->n && at < body.h; row++) {
        at += airy && tui_day_starts_group(v, row);
        at += paint_row(v, g, body, at, row);
    }
    if (v->day == t->today && at + 1 < body.h && v->row[v->n - 1].kind != ROW_DUE)
        km_grid_text_cut(g, body, at + 1, 1, body.w - 2, KM_ROLE_DIM, "nothing else is due today");
}
