/** The panel beside the body: what is here and what to do about it. */
#include <stdio.h>
#include <string.h>

#include "body.h"
#include "knotmap/text.h"
#include "why.h"

/** A column of lines being written from the top. */
typedef struct column {
    km_grid *g;
    km_rect r;
    int y;
} column;

static void line(column *c, km_role role, const char *s)
{
    if (c->y < c->r.h)
        km_grid_text_cut(c->g, c->r, c->y, 0, c->r.w, role, s);
    c->y++;
}

static void wrapped(column *c, km_role role, const char *s)
{
    c->y += km_grid_wrap(c->g, c->r, c->y, role, s);
}

static void gap(column *c)
{
    if (c->y > 0)
        c->y++;
}

/** "3 days, was 5 (+2)". */
static void mark_age(km_buf *out, const km_tui *t, const km_mark *m, int before)
{
    char age[KM_TIME_TEXT];
    km_age_human(age, km_instant_day(m->at), tui_time_day(t));
    if (t->time.past && km_instant_day(m->at) == t->time.day)
        snprintf(age, sizeof age, "that day");
    km_buf_puts(out, age);
    if (before != KM_INTENSITY_NONE && m->intensity != KM_INTENSITY_NONE) {
        int change = m->intensity - before;
        km_buf_printf(out, ", was %d", before);
        if (change == 0)
            km_buf_puts(out, " (=)");
        else
            km_buf_printf(out, " (%+d)", change);
    }
}

/** "o 7  infraspinatus 2  active": the muscle where one is named, else the kind in words. */
static void mark_line(km_buf *out, const km_tui *t, const km_mark *m)
{
    km_buf_printf(out, "%c %c  ", km_kind_glyph(m->kind), tui_words_digit(m->intensity));
    km_buf_puts(out, km_word(KM_VOCAB_KIND, (int)m->kind));
    if (m->state != KM_STATE_UNSPECIFIED)
        km_buf_printf(out, ", %s", km_word(KM_VOCAB_STATE, (int)m->state));
    if (m->place.muscle) {
        km_buf_puts(out, "  ");
        int muscle = km_atlas_muscle(t->atlas, m->place.muscle);
        km_buf_puts(out, muscle >= 0 ? t->atlas->muscle[muscle].name : m->place.muscle);
        if (m->place.tp)
            km_buf_printf(out, " %d", m->place.tp);
    }
}

static void paint_marks(column *c, const km_tui *t, const body_view *b)
{
    for (int i = 0; i < b->n_here; i++) {
        const km_mark *m = &b->open.row[b->here[i]];
        km_buf s = { 0 };
        mark_line(&s, t, m);
        bool selected = b->n_here > 1 && i == b->sel;
        line(c, selected ? KM_ROLE_SELECTED : (km_role)tui_words_kind_role(m->kind),
             km_buf_str(&s));
        km_buf_reset(&s);
        km_buf_puts(&s, "     ");
        mark_age(&s, t, m, b->before[i]);
        line(c, KM_ROLE_TEXT, km_buf_str(&s));
        km_buf_clear(&s);
    }
}

static void paint_zones(column *c, const km_tui *t, int point, km_side side)
{
    km_zone z[KM_ZONES_MAX];
    size_t n = km_referral_zones(z, t->atlas, point, side);
    bool head = false;
    for (int kind = KM_ZONE_ESSENTIAL; kind <= KM_ZONE_SPILLOVER; kind++) {
        for (size_t i = 0; i < n; i++) {
            if ((int)z[i].kind != kind)
                continue;
            if (!head) {
                gap(c);
                line(c, KM_ROLE_TITLE, "sends pain to");
                head = true;
            }
            km_buf s = { 0 };
            km_buf_puts(&s, kind == KM_ZONE_ESSENTIAL ? "# " : ": ");
            tui_words_region(&s, t->atlas, z[i].region, z[i].side);
            line(c, kind == KM_ZONE_ESSENTIAL ? KM_ROLE_ESSENTIAL : KM_ROLE_SPILLOVER,
                 km_buf_str(&s));
            km_buf_clear(&s);
        }
    }
}

static void paint_likely(column *c, const km_tui *t, const body_view *b)
{
    if (b->n_likely == 0)
        return;
    gap(c);
    line(c, KM_ROLE_TITLE, "likely muscles");
    for (int i = 0; i < b->n_likely && i < 4; i++) {
        km_buf s = { 0 };
        km_buf_puts(&s, "  ");
        tui_words_muscle_fit(&s, t->atlas, b->likely[i], -1, KM_SIDE_MIDLINE, c->r.w - 2);
        line(c, KM_ROLE_TEXT, km_buf_str(&s));
        km_buf_clear(&s);
    }
}

/** Lines of relief: the heading and two steps of two lines. */
#define RELIEF_LINES 5
/** Where relief stands on a tall screen. */
#define RELIEF_ROW 24

/** The first steps for a muscle the person can do alone today, or why there is none. */
static void paint_relief(column *c, const km_tui *t, const body_view *b, int muscle)
{
    km_plan p;
    km_error err = { 0 };
    km_status st =
        km_app_relief(&p, t->atlas, &t->client, &b->hurts, muscle, b->spot.side, &err);
    if (st != KM_OK) {
        wrapped(c, KM_ROLE_WARN, err.text);
        return;
    }
    if (p.n == 0 && p.n_note > 0)
        wrapped(c, KM_ROLE_WARN, p.note[0]);
    for (size_t i = 0; i < p.n && i < 2; i++) {
        const km_step *step = &p.step[i];
        km_buf s = { 0 };
        if (i == 0)
            line(c, KM_ROLE_TITLE, "first relief");
        km_buf_printf(&s, "%zu ", i + 1);
        km_kind_human(&s, step->kind);
        if (*step->tool)
            km_buf_printf(&s, ", %s", step->tool);
        km_buf_printf(&s, "  %dx%d s", step->sets, step->seconds);
        line(c, KM_ROLE_TEXT, km_buf_str(&s));
        km_buf_reset(&s);
        km_buf_printf(&s, "  %s", step->position);
        line(c, KM_ROLE_DIM, km_buf_str(&s));
        km_buf_clear(&s);
    }
    km_plan_clear(&p);
}

static void open_summary(km_buf *out, const body_view *b)
{
    int n[KM_KIND_COUNT] = { 0 }, worst = KM_INTENSITY_NONE;
    for (size_t i = 0; i < b->open.n; i++) {
        n[b->open.row[i].kind]++;
        if (b->open.row[i].intensity > worst)
            worst = b->open.row[i].intensity;
    }
    km_buf_puts(out, "open");
    for (int k = 0; k < KM_KIND_COUNT; k++) {
        if (n[k])
            km_buf_printf(out, "  %c%d", km_kind_glyph((km_kind)k), n[k]);
    }
    if (b->open.n == 0)
        km_buf_puts(out, "  nothing");
    else if (worst != KM_INTENSITY_NONE)
        km_buf_printf(out, "  worst %d", worst);
}

static void heat_legend(km_buf *out, const km_tui *t, const body_view *b)
{
    km_buf scale = { 0 };
    km_chart_heat_legend(&scale, b->heat_max, t->ascii ? KM_STYLE_ASCII : t->style);
    km_buf_printf(out, "heat %d days, sum of daily ratings: %s", b->heat_days, km_buf_str(&scale));
    km_buf_clear(&scale);
}

static void paint_brush(column *c, km_tui *t, const body_view *b)
{
    char head[64];
    snprintf(head, sizeof head, "PAINTING PAIN, brush %s", b->pen ? "down" : "up");
    line(c, KM_ROLE_TITLE, head);
    for (int i = 0; i < b->n_paint; i++) {
        km_buf s = { 0 };
        km_buf_puts(&s, "! ");
        tui_words_region(&s, t->atlas, b->paint[i].index, b->paint[i].side);
        line(c, KM_ROLE_PAIN, km_buf_str(&s));
        km_buf_clear(&s);
    }
    if (b->n_paint == 0)
        line(c, KM_ROLE_DIM, "no place painted");
    gap(c);
    if (b->n_ranked > 0) {
        line(c, KM_ROLE_TITLE, "likely sources");
        for (int i = 0; i < b->n_ranked; i++) {
            const km_candidate *r = &b->ranked[i];
            km_buf s = { 0 };
            km_buf_printf(&s, "%-6s ", km_strength_word(r->strength));
            tui_words_muscle_fit(&s, t->atlas, t->atlas->point[r->point].muscle, r->point,
                                 r->side, c->r.w - 7);
            line(c, KM_ROLE_TEXT, km_buf_str(&s));
            km_buf_clear(&s);
        }
    } else if (b->n_paint > 0) {
        km_buf s = { 0 }, key = { 0 };
        tui_keymap_print_first(&key, &t->keymap, ACT_WHY);
        km_buf_printf(&s, "%s asks first whether a doctor should look, then names sources",
                      km_buf_str(&key));
        wrapped(c, KM_ROLE_DIM, km_buf_str(&s));
        km_buf_clear(&s);
        km_buf_clear(&key);
    }
}

/** First start and nothing yet: what to press, gone with the first mark. */
static void paint_welcome(column *c, const km_tui *t)
{
    km_buf s = { 0 }, key = { 0 };
    tui_keymap_print_first(&key, &t->keymap, ACT_WHY);
    km_buf_printf(&s, "Press %s to see why.", km_buf_str(&key));
    gap(c);
    line(c, KM_ROLE_ACCENT, "Move to where it hurts.");
    line(c, KM_ROLE_ACCENT, "Press a digit.");
    line(c, KM_ROLE_ACCENT, km_buf_str(&s));
    km_buf_reset(&s);
    km_buf_reset(&key);
    tui_keymap_print_first(&key, &t->keymap, ACT_GO_TROUBLE);
    km_buf_printf(&s, "Or %s: back, knee, sciatica ...", km_buf_str(&key));
    line(c, KM_ROLE_DIM, km_buf_str(&s));
    km_buf_clear(&s);
    km_buf_clear(&key);
}

static bool nothing_yet(const km_tui *t, const body_view *b)
{
    return b->open.n == 0 && !t->client.has_seen;
}

/** Client and day; below it the open session, and what is new where it has no line of its own. */
static void paint_head(column *c, const km_tui *t, const body_view *b)
{
    char day[KM_TIME_TEXT];
    km_day_human(day, t->today, t->today);
    int day_w = (int)strlen(day);
    km_buf who = { 0 };
    km_buf_puts(&who, t->client.name ? t->client.name : "");
    if (t->client.profile) {
        km_buf_printf(&who, " %s ", tui_dot(t));
        km_buf_words(&who, t->client.profile);
    }
    km_grid_text_cut(c->g, c->r, 0, 0, c->r.w - day_w - 1, KM_ROLE_BAR, km_buf_str(&who));
    km_buf_clear(&who);
    km_grid_text_right(c->g, c->r, 0, KM_ROLE_DIM, day);
    c->y = 1;
    if (t->in_session) {
        char at[KM_TIME_TEXT], text[96];
        km_time_local(at, t->session.started);
        snprintf(text, sizeof text, "%s open since %s",
                 km_word(KM_VOCAB_SESSION, (int)t->session.kind), at + 11);
        line(c, KM_ROLE_ACCENT, text);
    }
    if (!b->has_head && !b->has_slider)
        c->y += tui_body_headline_lines(t, b, c->g, c->r, c->y);
}

void tui_panel_paint(km_tui *t, body_view *b, km_grid *g, km_rect r)
{
    column c = { g, { r.x, r.y, r.w, r.h - 1 }, 0 };
    paint_head(&c, t, b);
    gap(&c);
    if (t->warning.len > 0) {
        wrapped(&c, KM_ROLE_WARN, km_buf_str(&t->warning));
        gap(&c);
    }
    if (b->brush) {
        paint_brush(&c, t, b);
    } else if (b->spot.region >= 0) {
        const km_mark *m = tui_body_selected(b);
        int muscle = b->focus_muscle, point = b->focus_point;
        km_buf name = { 0 }, caps = { 0 };
        tui_words_region(&name, t->atlas, b->spot.region, b->spot.side);
        tui_words_upper(&caps, km_buf_str(&name));
        wrapped(&c, KM_ROLE_TITLE, km_buf_str(&caps));
        if (muscle >= 0) {
            km_buf_reset(&name);
            tui_words_muscle(&name, t->atlas, muscle, point, b->spot.side);
            wrapped(&c, KM_ROLE_ACCENT, km_buf_str(&name));
        } else if (m && m->place.muscle) {
            muscle = km_atlas_muscle(t->atlas, m->place.muscle);
            point = muscle >= 0 && m->place.tp ? km_atlas_point(t->atlas, muscle, m->place.tp)
                                               : -1;
        }
        km_buf_clear(&name);
        km_buf_clear(&caps);
        paint_marks(&c, t, b);
        if (nothing_yet(t, b))
            paint_welcome(&c, t);
        /* Relief keeps its rows from place to place, so that a move rewrites little. */
        int relief = r.h - 2 - RELIEF_LINES < RELIEF_ROW ? r.h - 2 - RELIEF_LINES : RELIEF_ROW;
        if (relief < c.y + 2)
            relief = c.y + 2;
        c.r.h = relief - 1 < r.h - 1 ? relief - 1 : r.h - 1;
        if (point >= 0)
            paint_zones(&c, t, point, m && b->focus_muscle < 0 ? m->place.side : b->spot.side);
        else
            paint_likely(&c, t, b);
        c.r.h = r.h - 1;
        c.y = relief;
        if (muscle < 0 && b->n_likely > 0)
            muscle = b->likely[0];
        if (muscle >= 0)
            paint_relief(&c, t, b, muscle);
    }
    km_buf s = { 0 };
    if (b->heat_days) { /* what the picture means stays in sight, the rest gives way */
        heat_legend(&s, t, b);
        int lines = km_grid_wrap(g, (km_rect){ r.x, r.y, r.w, 0 }, 0, KM_ROLE_DIM, km_buf_str(&s));
        km_rect legend = { r.x, r.y + r.h - 1 - lines, r.w, lines };
        km_grid_fill(g, (km_rect){ r.x, legend.y - 1, r.w, lines + 1 }, KM_ROLE_TEXT, ' ');
        km_grid_wrap(g, legend, 0, KM_ROLE_DIM, km_buf_str(&s));
        km_buf_reset(&s);
    }
    open_summary(&s, b);
    km_grid_text_cut(g, r, r.h - 1, 0, r.w, KM_ROLE_TEXT, km_buf_str(&s));
    km_buf_clear(&s);
}

static void brush_line(km_buf *s, const km_tui *t, const body_view *b)
{
    km_buf_printf(s, "painting pain, brush %s: %d place%s", b->pen ? "down" : "up", b->n_paint,
                  b->n_paint == 1 ? "" : "s");
    for (int i = 0; i < b->n_ranked; i++) {
        km_buf_puts(s, i ? ", " : "  likely: ");
        tui_words_muscle(s, t->atlas, t->atlas->point[b->ranked[i].point].muscle,
                         b->ranked[i].point, b->ranked[i].side);
    }
}

static void place_line(km_buf *s, km_tui *t, body_view *b)
{
    km_buf name = { 0 };
    const km_mark *m = tui_body_selected(b);
    tui_words_region(&name, t->atlas, b->spot.region, b->spot.side);
    tui_words_upper(s, km_buf_str(&name));
    km_buf_clear(&name);
    if (b->focus_muscle >= 0) {
        km_buf_puts(s, "  ");
        tui_words_muscle(s, t->atlas, b->focus_muscle, b->focus_point, b->spot.side);
    }
    for (int i = 0; i < b->n_here; i++) {
        const km_mark *here = &b->open.row[b->here[i]];
        km_buf_puts(s, "  ");
        mark_line(s, t, here);
        if (here == m) {
            km_buf_puts(s, ", ");
            mark_age(s, t, here, b->before[i]);
        }
    }
    if (b->n_here == 0 && b->n_likely > 0) {
        km_buf_puts(s, "  likely ");
        km_buf_puts(s, t->atlas->muscle[b->likely[0]].name);
    }
}

/* Who, when, and what is worth a word just now. */
static void state_line(km_buf *s, km_tui *t, body_view *b, const char *day)
{
    km_buf_printf(s, "%s %s %s", t->client.name ? t->client.name : "", tui_dot(t), day);
    if (t->in_session)
        km_buf_printf(s, " %s %s open", tui_dot(t),
                      km_word(KM_VOCAB_SESSION, (int)t->session.kind));
    km_buf_printf(s, " %s ", tui_dot(t));
    if (t->warning.len > 0) {
        km_buf_puts(s, km_buf_str(&t->warning));
    } else if (b->heat_days) {
        heat_legend(s, t, b);
    } else if (nothing_yet(t, b)) {
        km_buf key = { 0 };
        tui_keymap_print_first(&key, &t->keymap, ACT_WHY);
        km_buf_printf(s, "Move to where it hurts. Press a digit. Press %s to see why.",
                      km_buf_str(&key));
        km_buf_clear(&key);
    } else {
        open_summary(s, b);
    }
}

void tui_panel_lines(km_tui *t, body_view *b, km_grid *g, km_rect r)
{
    km_buf s = { 0 };
    char day[KM_TIME_TEXT];
    km_day_human(day, t->today, t->today);
    if (b->brush)
        brush_line(&s, t, b);
    else if (b->spot.region >= 0)
        place_line(&s, t, b);
    if (r.h < 2) { /* one line: who and when stand at its end */
        km_buf who = { 0 };
        km_buf_printf(&who, "%s %s %s ", t->client.name ? t->client.name : "", tui_dot(t), day);
        int w = km_text_width(km_buf_str(&who));
        bool fits = w + 40 < r.w;
        km_grid_text_cut(g, r, 0, 1, r.w - 2 - (fits ? w : 0), KM_ROLE_TITLE, km_buf_str(&s));
        if (fits)
            km_grid_text_right(g, r, 0, KM_ROLE_DIM, km_buf_str(&who));
        km_buf_clear(&who);
        km_buf_clear(&s);
        return;
    }
    km_grid_text_cut(g, r, 0, 1, r.w - 1, KM_ROLE_TITLE, km_buf_str(&s));
    km_buf_reset(&s);
    state_line(&s, t, b, day);
    km_grid_text_cut(g, r, 1, 1, r.w - 1, KM_ROLE_DIM, km_buf_str(&s));
    km_buf_clear(&s);
}
