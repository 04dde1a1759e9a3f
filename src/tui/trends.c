/** Trends: places and what became of them, with the reason of every verdict. */
#include "trends.h"

#include <stdlib.h>
#include <string.h>

#include "body.h"
#include "knotmap/text.h"

const km_trend_key *tui_trends_selected(const trends_view *v)
{
    return v->list.sel >= 0 && v->list.sel < v->n ? &v->r.key[v->row[v->list.sel]] : NULL;
}

const km_judgement *tui_trends_judge(const km_trend_key *k)
{
    return &k->row[k->n - 1].judge;
}

/** The muscle (with its point) or region a key names; false when it names no place. */
static bool key_place(const km_tui *t, const trends_view *v, const km_trend_key *k, int *region,
                      int *muscle, int *point)
{
    char code[128];
    *region = *muscle = *point = -1;
    if (v->ask.by != KM_BY_PLACE && v->ask.by != KM_BY_REGION && v->ask.by != KM_BY_MUSCLE)
        return false;
    size_t n = strcspn(k->key, ":");
    if (n >= sizeof code)
        return false;
    memcpy(code, k->key, n);
    code[n] = '\0';
    if (v->ask.by != KM_BY_MUSCLE && !k->key[n])
        *region = km_atlas_region(t->atlas, code);
    if (*region < 0 && v->ask.by != KM_BY_REGION)
        *muscle = km_atlas_muscle(t->atlas, code);
    if (*muscle >= 0 && k->key[n])
        *point = km_atlas_point(t->atlas, *muscle, atoi(k->key + n + 1));
    return *region >= 0 || *muscle >= 0;
}

void tui_trends_name(km_buf *out, const km_tui *t, const trends_view *v, const km_trend_key *k,
                     int width)
{
    int region, muscle, point;
    if (!key_place(t, v, k, &region, &muscle, &point)) {
        km_buf_puts(out, k->key);
        return;
    }
    km_ref spot = muscle >= 0 ? tui_ref_muscle(t->atlas, muscle, point, k->side)
                              : tui_ref_region(t->atlas, region, k->side);
    tui_words_spot_fit(out, t->atlas, &spot, width);
}

/* ---- load ---- */

static void narrow_rows(km_tui *t, trends_view *v)
{
    v->n = 0;
    v->row = km_realloc(v->row, v->r.n + 1, sizeof *v->row);
    for (size_t i = 0; i < v->r.n; i++) {
        km_buf name = { 0 };
        tui_trends_name(&name, t, v, &v->r.key[i], 200);
        if (!v->text || km_text_contains(km_buf_str(&name), v->text))
            v->row[v->n++] = (int)i;
        km_buf_clear(&name);
    }
}

/** The days of the selected key, when the calendar shows them. */
static void load_days(km_tui *t, trends_view *v)
{
    const km_trend_key *k = tui_trends_selected(v);
    if (v->show != TREND_CALENDAR || !k || v->days_of == v->row[v->list.sel])
        return;
    km_error err = { 0 };
    km_trend_ask ask = v->ask;
    int region, muscle, point;
    km_ref place;
    ask.bucket = KM_BUCKET_DAY;
    ask.newest = TRENDS_DAYS;
    ask.silence = KM_SILENCE_GAP;
    if (key_place(t, v, k, &region, &muscle, &point)) {
        place = region >= 0 ? tui_ref_region(t->atlas, region, k->side)
                            : tui_ref_muscle(t->atlas, muscle, point, k->side);
        ask.place = &place;
        ask.n_place = 1;
    } else if (v->ask.by == KM_BY_KIND) {
        km_word_parse(&ask.kind, KM_VOCAB_KIND, "kind", k->key, NULL);
    }
    km_trend_result_clear(&v->days);
    if (km_app_trend(&v->days, t->app, &ask, &err) != KM_OK)
        tui_fail(t, &err);
    v->days_of = v->row[v->list.sel];
}

static void load(km_tui *t, view *base)
{
    trends_view *v = (trends_view *)base;
    km_error err = { 0 };
    char *was = NULL;
    km_side side = KM_SIDE_MIDLINE;
    const km_trend_key *k = tui_trends_selected(v);
    if (k) { /* the same key stays selected */
        was = km_strdup(k->key);
        side = k->side;
    } else {
        was = v->wanted;
        side = v->wanted_side;
        v->wanted = NULL;
    }
    km_trend_result_clear(&v->r);
    v->days_of = -1;
    v->ask.has_until = t->time.past;
    v->ask.until = t->time.then;
    v->ask.until.sec++;
    v->ask.all_clients = v->ask.by == KM_BY_CLIENT;
    v->ask.has_since = v->ask.by == KM_BY_CLIENT; /* many people: half a year is read, and shown */
    v->ask.since = km_day_instant(tui_time_day(t) - TRENDS_CLIENT_DAYS, 0, 0);
    if (km_app_trend(&v->r, t->app, &v->ask, &err) != KM_OK)
        tui_fail(t, &err);
    narrow_rows(t, v);
    for (int i = 0; was && i < v->n; i++) {
        const km_trend_key *row = &v->r.key[v->row[i]];
        if ((side == KM_SIDE_COUNT || row->side == side) && strcmp(row->key, was) == 0) {
            v->list.sel = i;
            break;
        }
    }
    free(was);
    tui_list_place(&v->list, v->n, v->list.y, v->list.rows);
    load_days(t, v);
}

static bool narrow(km_tui *t, void *ctx, const char *text)
{
    trends_view *v = ctx;
    free(v->text);
    v->text = *text ? km_strdup(text) : NULL;
    v->list.sel = v->list.top = 0;
    narrow_rows(t, v);
    load_days(t, v);
    return true;
}

static void no_place(km_tui *t, const trends_view *v)
{
    tui_say(t, KM_ROLE_DIM, v->n == 0 ? "there is no row here"
                                      : "this is no place: count by place, region or muscle first");
}

static void open_life(km_tui *t, const trends_view *v)
{
    const km_trend_key *k = tui_trends_selected(v);
    int region, muscle, point;
    if (k && key_place(t, v, k, &region, &muscle, &point))
        tui_push(t, tui_life_new(t, &k->place, -1));
    else
        no_place(t, v);
}

/** From the page of reasons, which lies over its trends. */
static void life_of_selected(km_tui *t, const tui_link *l)
{
    (void)l;
    open_life(t, (const trends_view *)t->top->below);
}

/* ---- why ---- */

static void fill_why(km_tui *t, tui_page *p)
{
    const trends_view *v = (const trends_view *)p->base.below;
    const km_trend_key *k = tui_trends_selected(v);
    km_buf s = { 0 };
    if (k) {
        tui_trends_name(&s, t, v, k, 200);
        tui_page_judgement(t, p, km_buf_str(&s), tui_trends_judge(k));
        tui_page_link(p, &(tui_link){ .open = life_of_selected });
    }
    tui_page_add(p, KM_ROLE_TITLE, 0, "\nHow a verdict comes about");
    tui_page_add(p, KM_ROLE_TEXT, 0,
                 "The days up to the last rating stand against as many days before them: %d each, "
                 "30 by month, more where too few of them have a rating. Each side wants %d days.",
                 KM_JUDGE_WINDOW, KM_JUDGE_DAYS);
    tui_page_add(p, KM_ROLE_TEXT, 0,
                 "Better or worse needs both: a change of 1 point or 15 %% (Salaffi 2004), and one "
                 "beyond the noise of your own repeats. Clear is 2 points and 30 %% (Farrar 2001).");
    tui_page_add(p, KM_ROLE_TEXT, 0,
                 v->ask.silence == KM_SILENCE_GAP
                     ? "A day without a mark is a gap: nothing is known of it."
                     : "You chose that silence means gone: a day without a mark counts as 0.");
    km_buf_clear(&s);
}

/* ---- reaction ---- */

/** A calendar shows the days of one person. */
static void no_calendar_of_clients(trends_view *v)
{
    if (v->ask.by == KM_BY_CLIENT && v->show == TREND_CALENDAR)
        v->show = TREND_PLOT;
}

static void by(km_tui *t, trends_view *v, int step)
{
    v->ask.by = (km_by)(((int)v->ask.by + step + KM_BY_COUNT) % KM_BY_COUNT);
    v->list.sel = v->list.top = 0;
    free(v->text);
    v->text = NULL;
    no_calendar_of_clients(v);
    load(t, &v->base);
    tui_say(t, KM_ROLE_OK, v->ask.by == KM_BY_ALL ? "all marks together"
                           : v->ask.by == KM_BY_CLIENT ? "by client, the last half year of each"
                                                       : "by %s", km_by_word(v->ask.by));
}

static void open_row(km_tui *t, trends_view *v)
{
    const km_trend_key *k = tui_trends_selected(v);
    int region, muscle, point;
    if (k && v->ask.by == KM_BY_CLIENT) {
        v->ask.by = KM_BY_PLACE;
        if (tui_choose_client(t, k->key))
            v->list.sel = v->list.top = 0;
        return;
    }
    if (!k || !key_place(t, v, k, &region, &muscle, &point)) {
        no_place(t, v);
        return;
    }
    km_side side = k->side;
    if (region < 0)
        region = point >= 0 ? t->atlas->point[point].site : t->atlas->muscle[muscle].home[0];
    tui_pop_to_body(t); /* frees this view */
    tui_body_jump(t, (body_view *)t->top, region, point, side);
}

static void act(km_tui *t, view *base, tui_action action, int arg)
{
    trends_view *v = (trends_view *)base;
    (void)arg;
    if (tui_list_act(&v->list, action, v->n)) {
        load_days(t, v);
        return;
    }
    switch (action) {
    case ACT_LIST_OPEN: open_row(t, v); break;
    case ACT_NARROW:
        tui_push(t, tui_ask_new("words of the name:", v->text ? v->text : "", narrow, narrow, v));
        break;
    case ACT_TREND_BY: by(t, v, 1); break;
    case ACT_TREND_BY_BACK: by(t, v, -1); break;
    case ACT_TREND_BUCKET:
        v->ask.bucket = (km_bucket)(((int)v->ask.bucket + 1) % 3);
        load(t, base);
        tui_say(t, KM_ROLE_OK, "one value a %s", km_bucket_word(v->ask.bucket));
        break;
    case ACT_TREND_SILENCE:
        v->ask.silence = v->ask.silence == KM_SILENCE_GAP ? KM_SILENCE_GONE : KM_SILENCE_GAP;
        load(t, base);
        tui_say(t, KM_ROLE_OK, v->ask.silence == KM_SILENCE_GAP
                                   ? "silence is a gap: nothing is known of those days"
                                   : "silence means gone: days without a mark count as 0");
        break;
    case ACT_TREND_SHOW:
        v->show = (trends_show)((v->show + 1) % TREND_SHOWS);
        no_calendar_of_clients(v);
        load_days(t, v);
        break;
    case ACT_TREND_WHY: tui_push(t, tui_page_new("trends: why", fill_why, 0, "close")); break;
    case ACT_TREND_PATTERNS: tui_push(t, tui_patterns_new(t)); break;
    case ACT_COMPARE: tui_push(t, tui_compare_new(t, 28)); break;
    case ACT_LIFE: open_life(t, v); break;
    default: tui_time_act(t, action); break;
    }
}

static int contexts(const view *base, tui_ctx out[VIEW_CTX_MAX])
{
    (void)base;
    out[0] = CTX_TRENDS;
    out[1] = CTX_LIST;
    out[2] = CTX_LIFE;
    out[3] = CTX_TIME;
    return 4;
}

static void mouse(km_tui *t, view *base, const km_mouse *m)
{
    trends_view *v = (trends_view *)base;
    bool open = tui_list_mouse(&v->list, m, v->n);
    load_days(t, v);
    if (open)
        tui_run(t, ACT_LIST_OPEN, 0);
}

static void hint(km_tui *t, view *base, tui_hint *h)
{
    (void)base;
    if (tui_time_hint(t, h))
        return;
    tui_hint_add(h, ACT_TREND_WHY, NULL);
    tui_hint_add(h, ACT_LIFE, NULL);
    tui_hint_add(h, ACT_COMPARE, NULL);
    tui_hint_add(h, ACT_TREND_PATTERNS, NULL);
    tui_hint_add(h, ACT_TREND_SHOW, NULL);
    tui_hint_add(h, ACT_TREND_BY, NULL);
    tui_hint_add(h, ACT_TIME_BACK, NULL);
    tui_hint_add(h, ACT_TREND_BUCKET, NULL);
    tui_hint_add(h, ACT_TREND_SILENCE, NULL);
    tui_hint_add(h, ACT_LIST_OPEN, "on the body");
    tui_hint_add(h, ACT_NARROW, NULL);
    tui_hint_add(h, ACT_TIME_PLAY, NULL);
}

/** Esc first widens the list, then comes back to now. */
static bool back(km_tui *t, view *base)
{
    trends_view *v = (trends_view *)base;
    if (v->text)
        return narrow(t, v, "");
    if (!t->time.past)
        return false;
    tui_time_now(t);
    return true;
}

static void clear(view *base)
{
    trends_view *v = (trends_view *)base;
    km_trend_result_clear(&v->r);
    km_trend_result_clear(&v->days);
    free(v->row);
    free(v->text);
    free(v->wanted);
}

static const view_ops ops = {
    .title = "trends", .in_time = true, .contexts = contexts, .act = act, .load = load,
    .paint = tui_trends_paint, .mouse = mouse, .hint = hint, .back = back, .clear = clear,
};

view *tui_trends_new(km_tui *t)
{
    (void)t;
    trends_view *v = km_calloc(1, sizeof *v);
    v->base.ops = &ops;
    v->ask = km_trend_ask_all();
    v->ask.newest = TRENDS_BUCKETS;
    v->days_of = -1;
    v->list.rows = 20;
    return &v->base;
}

view *tui_trends_at(km_tui *t, int by, const char *key, km_side side)
{
    trends_view *v = (trends_view *)tui_trends_new(t);
    v->ask.by = (km_by)by;
    v->wanted = km_strdup(key);
    v->wanted_side = side;
    return &v->base;
}
