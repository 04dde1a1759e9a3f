/* What a list of marks or treatments shows, as the store wants it, and lists of what is open by age. */
#include "care_impl.h"

#include "knotmap/time.h"
#include "knotmap/topic.h"

#include <stdlib.h>
#include <string.h>

km_mark_filter km_mark_filter_all(void)
{
    return (km_mark_filter){ .side = -1, .kind = -1, .min_intensity = -1, .cause = -1,
                             .tissue = -1 };
}

/* A muscle or a group, by code, synonym or prefix, as ";a;b;". */
static km_status muscle_set(const char **out, km_arena *mem, const km_atlas *a, const char *text,
                            km_error *err)
{
    km_ref ref;
    km_buf set = { 0 };
    km_status st = km_atlas_resolve(&ref, a, text,
                                    KM_RESOLVE_NO_SIDE | KM_RESOLVE_GROUP | KM_RESOLVE_MUSCLE, err);
    if (st != KM_OK)
        return st;
    km_buf_putc(&set, ';');
    if (ref.kind == KM_REF_GROUP) {
        const km_group *g = &a->group[ref.index];
        for (int i = 0; i < g->n_muscle; i++)
            km_buf_printf(&set, "%s;", a->muscle[g->muscle[i]].code);
    } else {
        km_buf_printf(&set, "%s;", a->muscle[ref.index].code);
    }
    *out = km_arena_strdup(mem, set.s);
    km_buf_clear(&set);
    return KM_OK;
}

/* The lists the store wants of an area: its regions, and the muscles whose main home they are. */
static km_status area_lists(km_store_filter *out, km_arena *mem, const km_atlas *a,
                            const char *area, km_error *err)
{
    km_buf regions = { 0 }, muscles = { 0 };
    int row = 0;
    km_status st = km_topic_find(&row, a, KM_TOPIC_AREA, "area", area, err);

    if (st != KM_OK)
        return st;
    bool *in = km_arena_alloc(mem, (size_t)a->n_region * sizeof *in);
    km_area_regions(in, a, row);
    km_buf_putc(&regions, ';');
    km_buf_putc(&muscles, ';');
    for (int i = 0; i < a->n_region; i++) {
        if (in[i])
            km_buf_printf(&regions, "%s;", a->region[i].code);
    }
    for (int i = 0; i < a->n_muscle; i++) {
        if (in[a->muscle[i].home[0]])
            km_buf_printf(&muscles, "%s;", a->muscle[i].code);
    }
    out->area_regions = km_arena_strdup(mem, regions.s);
    out->area_muscles = km_arena_strdup(mem, muscles.s);
    km_buf_clear(&regions);
    km_buf_clear(&muscles);
    return KM_OK;
}

/* Of a sport: the muscles it commonly loads, and the regions that are the main home of one. */
static km_status sport_lists(km_store_filter *out, km_arena *mem, const km_atlas *a,
                             const char *sport, km_error *err)
{
    km_buf muscles = { 0 }, regions = { 0 };
    int row = 0;
    km_status st = km_topic_find(&row, a, KM_TOPIC_SPORT, "sport", sport, err);

    if (st != KM_OK)
        return st;
    bool *loaded = km_arena_alloc(mem, (size_t)a->n_muscle * sizeof *loaded);
    bool *home = km_arena_alloc(mem, (size_t)a->n_region * sizeof *home);
    memset(home, 0, (size_t)a->n_region * sizeof *home);
    km_sport_muscles(loaded, a, row);
    km_buf_putc(&muscles, ';');
    km_buf_putc(&regions, ';');
    for (int i = 0; i < a->n_muscle; i++) {
        if (!loaded[i])
            continue;
        km_buf_printf(&muscles, "%s;", a->muscle[i].code);
        home[a->muscle[i].home[0]] = true;
    }
    for (int i = 0; i < a->n_region; i++) {
        if (home[i])
            km_buf_printf(&regions, "%s;", a->region[i].code);
    }
    out->loaded_muscles = km_arena_strdup(mem, muscles.s);
    out->loaded_regions = km_arena_strdup(mem, regions.s);
    km_buf_clear(&muscles);
    km_buf_clear(&regions);
    return KM_OK;
}

km_status km_app_filter(km_store_filter *out, km_arena *mem, km_app *app, const km_mark_filter *f,
                        km_error *err)
{
    km_status st = KM_OK;

    *out = km_store_filter_all();
    out->has_since = f->has_since;
    out->has_until = f->has_until;
    out->since_day = f->since_day;
    out->until_day = f->until_day;
    out->since = f->since.sec + (f->since_day ? f->since.off_min * 60 : 0);
    out->until = f->until.sec + (f->until_day ? f->until.off_min * 60 : 0);
    out->side = f->side;
    out->kind = f->kind;
    out->min_intensity = f->min_intensity;
    out->cause = f->cause;
    out->session_id = f->session_id;
    out->id = f->id;
    out->text = f->text;
    out->tissue = f->tissue;
    out->qualities = f->qualities;
    out->open = f->open || f->open_days > 0 || f->by_age;
    out->limit = f->limit;
    out->offset = f->offset;
    out->oldest_first = f->oldest_first;
    if (!f->all_clients)
        st = km_app_client_id(&out->client_id, app, err);
    if (st == KM_OK && f->region) {
        km_ref ref;
        st = km_atlas_resolve(&ref, app->atlas, f->region, KM_RESOLVE_NO_SIDE, err);
        if (st == KM_OK && ref.kind != KM_REF_REGION)
            return km_fail(err, KM_EINVAL, "%s: this is a muscle, not a region", f->region);
        if (st == KM_OK)
            out->region = app->atlas->region[ref.index].code;
    }
    if (st == KM_OK && f->muscle)
        st = muscle_set(&out->muscles, mem, app->atlas, f->muscle, err);
    if (st == KM_OK && f->area)
        st = area_lists(out, mem, app->atlas, f->area, err);
    if (st == KM_OK && f->sport)
        st = sport_lists(out, mem, app->atlas, f->sport, err);
    return st;
}

/* ---- what is open, with its age ---- */

typedef struct aged {
    km_mark *row;
    size_t n, cap;
    km_arena mem;
} aged;

static km_status take_open(void *ctx, const km_mark *m, km_error *err)
{
    aged *g = ctx;

    (void)err;
    KM_GROW(g->row, g->n, g->cap);
    g->row[g->n] = *m;
    km_app_mark_keep(&g->row[g->n++], &g->mem);
    return KM_OK;
}

/* Days from the beginning of each open place to the moment of the list. */
static km_status tell_ages(aged *g, km_app *app, const km_store_filter *f, km_error *err)
{
    km_open_spells spells;
    km_instant now;
    km_status st = km_now(&now, err);

    if (st == KM_OK)
        st = km_app_spells_span(&spells, app, INT64_MIN, f->has_until ? f->until : INT64_MAX,
                                f->until_day, err);
    if (st != KM_OK)
        return st;
    km_day today = km_instant_day(now);
    if (f->has_until) {
        int off = f->until_day ? 0 : now.off_min; /* the bound of a day is by the clock already */
        today = km_instant_day((km_instant){ f->until - 1, (int16_t)off });
    }
    for (size_t i = 0; i < g->n; i++) {
        km_mark *m = &g->row[i];
        km_day first = km_instant_day(m->at);
        for (size_t k = 0; k < spells.n; k++) {
            if (spells.row[k].open && spells.row[k].last_id == m->id)
                first = spells.row[k].first;
        }
        m->open_days = today > first ? today - first : 0;
    }
    km_open_spells_clear(&spells);
    return KM_OK;
}

static int longest_first(const void *a, const void *b)
{
    const km_mark *x = a, *y = b;
    if (x->open_days != y->open_days)
        return x->open_days > y->open_days ? -1 : 1;
    return (x->id > y->id) - (x->id < y->id);
}

static void turn(aged *g)
{
    for (size_t i = 0, k = g->n; i + 1 < k; i++) {
        km_mark swap = g->row[i];
        g->row[i] = g->row[--k];
        g->row[k] = swap;
    }
}

static bool wants_ages(const km_mark_filter *f)
{
    return f->open_days > 0 || f->by_age || (f->open && f->ages);
}

/* All of a list with ages, in its order; few places are open at a time. */
static km_status read_aged(aged *g, km_app *app, const km_mark_filter *f,
                           const km_store_filter *sf, km_error *err)
{
    km_store_filter all = *sf;
    size_t kept = 0;

    *g = (aged){ .n = 0 };
    if (f->all_clients)
        return km_fail(err, KM_EINVAL, "how long places are open is told of one client at a time");
    all.limit = all.offset = 0;
    km_status st = km_store_marks_each(app->store, &all, take_open, g, err);
    if (st == KM_OK && g->n > 0)
        st = tell_ages(g, app, sf, err);
    for (size_t i = 0; i < g->n && st == KM_OK; i++) {
        if (g->row[i].open_days >= f->open_days)
            g->row[kept++] = g->row[i];
    }
    g->n = kept;
    if (f->by_age && kept > 0) {
        qsort(g->row, kept, sizeof *g->row, longest_first);
        if (f->oldest_first)
            turn(g);
    }
    return st;
}

static void aged_clear(aged *g)
{
    free(g->row);
    km_arena_clear(&g->mem);
}

/* ---- lists ---- */

km_status km_app_marks_each(km_app *app, const km_mark_filter *f, km_mark_fn fn, void *ctx,
                            km_error *err)
{
    km_arena mem = { 0 };
    km_store_filter sf;
    km_status st = km_app_filter(&sf, &mem, app, f, err);

    if (st == KM_OK && wants_ages(f)) {
        aged g;
        st = read_aged(&g, app, f, &sf, err);
        size_t end = f->limit > 0 && (size_t)(f->offset + f->limit) < g.n
                         ? (size_t)(f->offset + f->limit)
                         : g.n;
        for (size_t i = (size_t)f->offset; i < end && st == KM_OK; i++)
            st = fn(ctx, &g.row[i], err);
        aged_clear(&g);
    } else if (st == KM_OK) {
        st = km_store_marks_each(app->store, &sf, fn, ctx, err);
    }
    km_arena_clear(&mem);
    return st;
}

km_status km_app_mark_count(int64_t *out, km_app *app, const km_mark_filter *f, km_error *err)
{
    km_arena mem = { 0 };
    km_store_filter sf;
    km_status st = km_app_filter(&sf, &mem, app, f, err);

    if (st == KM_OK && f->open_days > 0) {
        aged g;
        st = read_aged(&g, app, f, &sf, err);
        *out = (int64_t)g.n;
        aged_clear(&g);
    } else if (st == KM_OK) {
        st = km_store_mark_count(out, app->store, &sf, err);
    }
    km_arena_clear(&mem);
    return st;
}
