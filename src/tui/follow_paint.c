/** The picture of a routine being followed. */
#include "follow_paint.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "body.h"
#include "knotmap/text.h"

/** Lines of the block at the bottom: the beat, the movement, pain. */
#define BLOCK 3
/** Lines above it beside the place: what just happened, stop rules. */
#define NOTES 4
/** Rows and columns a picture of the place is worth showing in. */
#define PLACE_H 18
#define PLACE_W 28
/** How near the place is shown, against the whole body. */
#define NEAR 2

static void clock_text(km_buf *out, double seconds)
{
    int s = (int)ceil(seconds - 1e-6);
    km_buf_printf(out, "%d:%02d", s / 60, s % 60);
}

/* ---- the place ---- */

/** A low picture has no line to spare for the names of the sides; the words say them. */
static bool has_labels(km_rect r)
{
    return r.h > PLACE_H + 1;
}

static void lay_out(km_tui *t, follow_view *v, km_rect r, int region, const km_step *s)
{
    if (v->laid_step == v->clock.at && v->laid_w == r.w && v->laid_h == r.h &&
        v->laid_style == (int)t->style)
        return;
    km_view seen;
    int16_t x, y;
    int shown;
    km_body_default_pos(t->atlas, region, s->point, s->side, &seen, &x, &y);
    km_chart_layout(&v->layout, t->chart, r, &seen, 1, KM_ZOOM_AREA, x, y, NEAR, t->style,
                    has_labels(r), &shown);
    v->laid_step = v->clock.at;
    v->laid_w = r.w;
    v->laid_h = r.h;
    v->laid_style = (int)t->style;
}

/** The step's place near by, with its spot as X and the zones it sends pain to. */
static void paint_place(km_tui *t, follow_view *v, km_grid *g, km_rect r)
{
    const km_step *s = &v->plan.step[v->clock.at];
    const km_muscle *m = &t->atlas->muscle[s->muscle];
    int region = s->point >= 0 ? t->atlas->point[s->point].site : m->home[0];
    if (region < 0)
        return;
    lay_out(t, v, r, region, s);
    memset(v->zone, 0, (size_t)t->atlas->n_region * KM_SIDE_COUNT * sizeof *v->zone);
    tui_zones_fill(v->zone, t->atlas, s->muscle, s->point, s->side);
    km_scene scene = { .zone = v->zone, .sel_region = region, .sel_side = s->side,
                       .show_points = s->point < 0, .sel_point = s->point,
                       .sel_point_side = s->side, .labels = has_labels(r) };
    if (!v->layout.list)
        km_chart_render(g, t->chart, &v->layout, &scene, t->style);
}

/* ---- the words ---- */

static void step_title(km_buf *out, const km_tui *t, const km_step *s)
{
    km_kind_human(out, s->kind);
    if (s->tool[0])
        km_buf_printf(out, " with %s", s->tool);
    km_buf side = { 0 };
    if (s->side != KM_SIDE_MIDLINE) {
        tui_words_upper(&side, km_word(KM_VOCAB_SIDE, (int)s->side));
        km_buf_printf(out, ", %s", km_buf_str(&side));
    }
    if (s->muscle >= 0) {
        km_buf_puts(out, s->side != KM_SIDE_MIDLINE ? " " : ", ");
        tui_words_muscle(out, t->atlas, s->muscle, s->point, KM_SIDE_MIDLINE);
    }
    km_buf_clear(&side);
}

static void paint_words(km_tui *t, const follow_view *v, km_grid *g, km_rect r)
{
    const km_step *s = &v->plan.step[v->clock.at];
    km_buf b = { 0 };
    step_title(&b, t, s);
    int y = km_grid_wrap(g, r, 0, KM_ROLE_TITLE, km_buf_str(&b));
    if (s->position[0])
        y += km_grid_wrap(g, r, y, KM_ROLE_TEXT, s->position);
    y += km_grid_wrap(g, r, y, KM_ROLE_TEXT, s->action);
    if (s->pressure > 0) {
        km_buf_reset(&b);
        km_buf_printf(&b, "%s: %d of 10, never above 7",
                      km_pressure_word(km_pressure_of(s->pressure)), s->pressure);
        y += km_grid_wrap(g, r, y, KM_ROLE_ACCENT, km_buf_str(&b));
    }
    if (s->caution[0]) {
        km_buf_reset(&b);
        km_buf_printf(&b, "! %s", s->caution);
        y += km_grid_wrap(g, r, y, KM_ROLE_WARN, km_buf_str(&b));
    }
    if (t->warning.len > 0)
        y += km_grid_wrap(g, r, y, KM_ROLE_WARN, km_buf_str(&t->warning));
    int next = v->clock.at + 1;
    while (next < v->clock.n && v->done[next].barred)
        next++;
    if (next < v->clock.n && y + 2 < r.h) {
        km_buf_reset(&b);
        km_buf_puts(&b, "then ");
        step_title(&b, t, &v->plan.step[next]);
        int lines = km_text_width(km_buf_str(&b)) > r.w && y + 3 < r.h ? 2 : 1;
        km_grid_wrap(g, r, r.h - lines, KM_ROLE_DIM, km_buf_str(&b));
    }
    km_buf_clear(&b);
}

/* ---- the block at the bottom ---- */

static const char *beat_word(const follow_view *v)
{
    const km_step *s = &v->plan.step[v->clock.at];
    switch (v->clock.phase) {
    case FOLLOW_READY: return v->started ? "GET READY" : "READY";
    case FOLLOW_RELEASE: return "RELEASE";
    case FOLLOW_HOLD: break;
    }
    return s->pressure == 0 && (s->active || s->muscle < 0) ? "MOVE" : "HOLD";
}

static void paint_beat(follow_view *v, km_grid *g, km_rect r, int y)
{
    const follow_clock *c = &v->clock;
    const follow_step *s = &c->step[c->at];
    bool waiting = !v->started || (c->phase == FOLLOW_READY && follow_clock_length(c) <= 0);
    km_buf b = { 0 };
    km_role role = v->flash ? KM_ROLE_SELECTED : c->running ? KM_ROLE_TITLE : KM_ROLE_WARN;
    km_buf_puts(&b, beat_word(v));
    km_buf_puts(&b, "  ");
    clock_text(&b, waiting ? s->hold : follow_clock_left(c));
    if (s->sets > 1)
        km_buf_printf(&b, "  set %d of %d", c->set + 1, s->sets);
    if (!c->running && v->started)
        km_buf_puts(&b, "  PAUSED");
    if (v->flash)
        km_grid_role(g, r, y, 0, r.w, KM_ROLE_SELECTED);
    int x = 2 + km_grid_text_cut(g, r, y, 1, r.w - 2, role, km_buf_str(&b));
    int bar = r.w - 1 - (x < 32 ? 32 : x + 1);
    double length = follow_clock_length(c);
    if (bar >= 8)
        km_grid_bar(g, r, y, r.w - 1 - bar, bar, role,
                    waiting || length <= 0 ? 0 : c->gone / length);
    tui_cursor(g, r, y, 1);
    km_buf_clear(&b);
}

/** What is to be done in this beat: letting go, or the movement and its count. */
static void paint_move(follow_view *v, km_grid *g, km_rect r, int y)
{
    const km_step *s = &v->plan.step[v->clock.at];
    km_buf b = { 0 };
    int of, move = follow_clock_move(&v->clock, &of);
    if (v->clock.phase == FOLLOW_RELEASE)
        km_buf_puts(&b, s->technique == KM_TECH_PIR ? "let go, breathe out, take up the slack"
                                                    : "let go slowly, keep breathing");
    else if (s->cue[0] && move > 0)
        km_buf_printf(&b, "%s: %d of %d", s->cue, move, of);
    else if (move > 0)
        km_buf_printf(&b, "movement %d of %d", move, of);
    else
        km_buf_puts(&b, s->cue);
    km_grid_text_cut(g, r, y, 1, r.w - 2, KM_ROLE_TEXT, km_buf_str(&b));
    km_buf_clear(&b);
}

static void paint_pain(follow_view *v, km_grid *g, km_rect r, int y)
{
    static const char *const beat[] = { "start", "middle", "end" };
    const km_step *s = &v->plan.step[v->clock.at];
    km_buf b = { 0 };
    follow_question question = follow_asks(v);
    bool asked = false;
    if (question == FOLLOW_ASKS_END) {
        km_buf_puts(&b, "pain at the end of the step before?  0-9");
        asked = true;
    } else if (question == FOLLOW_ASKS_STIFF_BEFORE) {
        asked = v->stiff[0] < 0;
        if (asked)
            km_buf_puts(&b, "stiffness there, before you start?  0-9");
        else
            km_buf_printf(&b, "stiffness before: %d", v->stiff[0]);
        if (v->rating[KM_HOLD_START] != KM_INTENSITY_NONE)
            km_buf_printf(&b, "   pain %d", v->rating[KM_HOLD_START]);
    } else if (s->muscle >= 0 && s->technique >= 0) {
        km_hold_beat now = follow_clock_beat(&v->clock);
        asked = v->rating[now] == KM_INTENSITY_NONE;
        if (asked)
            km_buf_printf(&b, "pain now, %s?  0-9", beat[now]);
        else
            km_buf_puts(&b, "pain kept:");
        for (int i = 0; i < 3; i++) {
            if (v->rating[i] != KM_INTENSITY_NONE)
                km_buf_printf(&b, "   %s %d", beat[i], v->rating[i]);
        }
    }
    km_grid_text_cut(g, r, y, 1, r.w - 2, asked ? KM_ROLE_ACCENT : KM_ROLE_TEXT, km_buf_str(&b));
    km_buf_clear(&b);
}

/** What just happened, or what to watch; over as many lines as there are. */
static void paint_notes(follow_view *v, km_grid *g, km_rect r)
{
    int y = 0;
    if (v->stopping) {
        km_grid_text_cut(g, r, y++, 0, r.w, KM_ROLE_WARN, "Let go now. What is it?");
        tui_cursor(g, r, 0, 0);
        return;
    }
    if (v->note.len > 0)
        km_grid_wrap(g, r, y, v->note_role, km_buf_str(&v->note));
    else if (v->plan.step[v->clock.at].pressure > 0)
        km_grid_wrap(g, r, y, KM_ROLE_DIM,
                     "Stop if it goes above 7, spreads, tingles, goes numb or turns sharp.");
}

static void paint_block(follow_view *v, km_grid *g, km_rect r)
{
    if (v->stopping) {
        int half = r.w / 2;
        for (int i = 0; tui_follow_stop_line(i); i++) {
            km_buf b = { 0 };
            km_buf_printf(&b, "%d  %s", i + 1, tui_follow_stop_line(i));
            km_grid_text_cut(g, r, i / 2, i % 2 ? half : 1, half - 1, KM_ROLE_TEXT, km_buf_str(&b));
            km_buf_clear(&b);
        }
        return;
    }
    paint_beat(v, g, r, 0);
    paint_move(v, g, r, 1);
    paint_pain(v, g, r, 2);
}

/* ---- the end ---- */

/** Lines below the list: what is asked, what was said, what comes. */
#define AFTER 6

static void done_line(km_buf *b, const km_tui *t, const follow_view *v, int i, int width)
{
    const follow_done *d = &v->done[i];
    const km_step *s = &v->plan.step[i];
    if (s->muscle >= 0)
        tui_words_muscle_fit(b, t->atlas, s->muscle, s->point, s->side, width / 2);
    else
        km_kind_human(b, s->kind);
    km_buf_puts(b, ", ");
    km_kind_human(b, s->kind);
    km_buf_puts(b, ", ");
    tui_words_seconds(b, d->seconds);
    if (d->before != KM_INTENSITY_NONE && d->after != KM_INTENSITY_NONE)
        km_buf_printf(b, ", pain %d then %d", d->before, d->after);
    if (d->stopped)
        km_buf_printf(b, ", stopped: %s", d->stopped);
}

static int paint_done(km_tui *t, const follow_view *v, km_grid *g, km_rect r, int room)
{
    int y = 0, left = 0;
    for (int i = 0; i < v->clock.n; i++)
        left += v->done[i].stored || v->done[i].stopped;
    for (int i = 0; i < v->clock.n; i++) {
        if (!v->done[i].stored && !v->done[i].stopped)
            continue;
        if (y + 1 >= room && left > 1) {
            km_grid_printf(g, r, y++, 2, KM_ROLE_DIM, "and %d more", left);
            break;
        }
        km_buf b = { 0 };
        done_line(&b, t, v, i, r.w);
        km_grid_text_cut(g, r, y++, 2, r.w - 3, v->done[i].stopped ? KM_ROLE_WARN : KM_ROLE_TEXT,
                         km_buf_str(&b));
        km_buf_clear(&b);
        left--;
    }
    if (y == 0)
        km_grid_text_cut(g, r, y++, 2, r.w - 3, KM_ROLE_DIM, "nothing that is kept as a treatment");
    return y;
}

/** How it went and how stiff it is; the keys of the words stand on the last line. */
static int paint_answers(const follow_view *v, km_grid *g, km_rect r)
{
    follow_question question = follow_asks(v);
    if (v->response != KM_RESPONSE_NONE)
        km_grid_printf(g, r, 0, 0, KM_ROLE_OK, "how it went: %s",
                       km_word(KM_VOCAB_RESPONSE, (int)v->response));
    else
        km_grid_text_cut(g, r, 0, 0, r.w, KM_ROLE_ACCENT, "How did it go? One key below says it.");
    if (question == FOLLOW_ASKS_END)
        km_grid_text_cut(g, r, 1, 0, r.w, KM_ROLE_ACCENT,
                         "pain at the end of the last step?  0-9");
    else if (v->stiff[1] < 0)
        km_grid_text_cut(g, r, 1, 0, r.w, KM_ROLE_ACCENT, "stiffness there now?  0-9");
    else if (v->stiff[0] >= 0)
        km_grid_printf(g, r, 1, 0, KM_ROLE_OK, "stiffness %d then %d", v->stiff[0], v->stiff[1]);
    else
        km_grid_printf(g, r, 1, 0, KM_ROLE_OK, "stiffness %d afterwards", v->stiff[1]);
    return 2;
}

static void paint_summary(km_tui *t, follow_view *v, km_grid *g, km_rect r)
{
    km_grid_text_cut(g, r, 0, 1, r.w - 2, KM_ROLE_TITLE, "That was it. What was done:");
    tui_cursor(g, r, 0, 1);
    km_rect list = { r.x, r.y + 1, r.w, r.h - 1 };
    int y = 1 + paint_done(t, v, g, list, r.h - 1 - AFTER);
    y += y + AFTER < r.h;
    km_rect in = { r.x + 1, r.y + y, r.w - 2, r.h - y };
    y = 0;
    if (v->n_stored > 0)
        y = paint_answers(v, g, in);
    if (v->note.len > 0)
        y += km_grid_wrap(g, in, y, v->note_role, km_buf_str(&v->note));
    if (v->n_stored > 0)
        km_grid_wrap(g, in, y, KM_ROLE_DIM,
                     "Sleepy or a little sore this evening is usual and fades in a day or two. "
                     "Tomorrow the day asks how it is.");
}

void tui_follow_paint(km_tui *t, view *base, km_grid *g, km_rect r)
{
    follow_view *v = (follow_view *)base;
    const follow_clock *c = &v->clock;
    km_buf title = { 0 };
    if (c->at < c->n)
        km_buf_printf(&title, "step %d of %d %s ", c->at + 1, c->n, tui_dot(t));
    else
        km_buf_printf(&title, "over %s ", tui_dot(t));
    double position = follow_clock_position(c), total = follow_clock_total(c);
    clock_text(&title, floor(position + 1e-6));
    km_buf_puts(&title, " of ");
    clock_text(&title, total);
    km_buf_printf(&title, " %s %s", tui_dot(t), v->title);
    km_rect in = tui_header(t, g, r, km_buf_str(&title));
    km_buf_clear(&title);
    if (in.h > BLOCK + 5 && in.w > 10) {
        km_grid_bar(g, in, 0, 1, in.w - 2, KM_ROLE_ACCENT, total > 0 ? position / total : 1);
        int used = in.h > PLACE_H + BLOCK + 1 ? 2 : 1;
        in.y += used;
        in.h -= used;
    }
    if (c->at >= c->n) {
        paint_summary(t, v, g, in);
        return;
    }
    int block = in.h < BLOCK ? in.h : BLOCK;
    km_rect words = { in.x + 1, in.y, in.w - 2, in.h - block };
    if (in.w * 9 / 20 >= PLACE_W && words.h >= PLACE_H && v->plan.step[c->at].muscle >= 0) {
        int chart = in.w * 9 / 20;
        paint_place(t, v, g, (km_rect){ in.x + in.w - chart, in.y, chart, words.h });
        words.w -= chart + 1;
    }
    int notes = words.h >= NOTES + 4 ? NOTES : words.h > 1 && (v->stopping || v->note.len) ? 1 : 0;
    words.h -= notes;
    paint_words(t, v, g, words);
    paint_notes(v, g, (km_rect){ words.x, words.y + words.h, words.w, notes });
    paint_block(v, g, (km_rect){ in.x, in.y + in.h - block, in.w, block });
}
