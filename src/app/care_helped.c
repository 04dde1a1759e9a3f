/* What helped: technique against technique for each place, by the person's own ratings. */
#include "care_impl.h"

#include "knotmap/time.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* A rating of a place, to see when an effect was over. */
typedef struct rating {
    int key;
    int64_t at;
    int value;
} rating;

/* One treatment that counts. */
typedef struct entry {
    int key;                /* place; 0 for all when places are not told apart */
    int64_t group;          /* technique, moving or still, routine */
    const km_course *course;
    const char *tool;
    double change, lasted;  /* lasted NAN: not seen to end, or no effect to lose */
    bool holding;
} entry;

/* Ratings by key, then by time. */
typedef struct ratings {
    rating *row;
    size_t n, cap;
} ratings;

typedef struct helped {
    km_app *app;
    ratings marked, said;   /* by marks, and with the treatments */
    int64_t places;
    int *place_key;         /* by key of km_store_place */
} helped;

/* Muscle and side, else region and side, as one number; -1 nowhere. */
static int key_of(const km_atlas *a, const km_place *p)
{
    int i = p->muscle ? km_atlas_muscle(a, p->muscle) : -1;

    if (i < 0 && p->region) {
        i = km_atlas_region(a, p->region);
        i = i < 0 ? -1 : a->n_muscle + i;
    }
    return i < 0 ? -1 : i * KM_SIDE_COUNT + (int)p->side + 1;
}

static void add_rating(ratings *l, int key, int64_t at, int value)
{
    if (key < 0 || value < 0)
        return;
    KM_GROW(l->row, l->n, l->cap);
    l->row[l->n++] = (rating){ key, at, value };
}

static km_status take_sample(void *ctx, const km_store_sample *m, km_error *err)
{
    helped *h = ctx;
    km_place p;

    if ((m->kind != KM_KIND_KNOT && m->kind != KM_KIND_PAIN && m->kind != KM_KIND_TIGHTNESS) ||
        m->place > h->places)
        return KM_OK;
    int *key = &h->place_key[m->place];
    if (*key == 0) {
        km_status st = km_store_place(&p, h->app->store, m->place, err);
        if (st != KM_OK)
            return st;
        *key = key_of(h->app->atlas, &p);
    }
    add_rating(&h->marked, *key, m->at, m->intensity);
    return KM_OK;
}

static int by_time(const void *a, const void *b)
{
    const rating *x = a, *y = b;
    return (x->at > y->at) - (x->at < y->at);
}

/* The keys are counted, for they are few; within one, marks stand in the order of time already. */
static void sort_ratings(ratings *l, const km_atlas *a)
{
    size_t keys = (size_t)(a->n_muscle + a->n_region) * KM_SIDE_COUNT + 1;
    size_t *end = km_calloc(keys + 1, sizeof *end);
    rating *sorted = km_calloc(l->n + 1, sizeof *sorted);

    for (size_t i = 0; i < l->n; i++)
        end[l->row[i].key + 1]++;
    for (size_t k = 0; k < keys; k++)
        end[k + 1] += end[k];
    for (size_t i = 0; i < l->n; i++)
        sorted[end[l->row[i].key]++] = l->row[i];
    for (size_t k = 0, from = 0; k < keys; from = end[k++]) {
        size_t i = from + 1;
        while (i < end[k] && sorted[i - 1].at <= sorted[i].at)
            i++;
        if (i < end[k])
            qsort(sorted + from, end[k] - from, sizeof *sorted, by_time);
    }
    free(end);
    free(l->row);
    l->row = sorted;
    l->cap = l->n + 1;
}

/* When the key was first rated so high again after a moment; INT64_MAX never. */
static int64_t back_at(const ratings *l, int key, int64_t after, int value)
{
    size_t low = 0, high = l->n;

    while (low < high) {
        size_t mid = low + (high - low) / 2;
        const rating *r = &l->row[mid];
        if (r->key < key || (r->key == key && r->at <= after))
            low = mid + 1;
        else
            high = mid;
    }
    for (; low < l->n && l->row[low].key == key; low++) {
        if (l->row[low].value >= value)
            return l->row[low].at;
    }
    return INT64_MAX;
}

/* Days until the place was rated as high as before again; NAN when it was not seen. */
static double lasted(const helped *h, int key, const km_treatment *t)
{
    int64_t marked = back_at(&h->marked, key, t->at.sec, t->before);
    int64_t said = back_at(&h->said, key, t->at.sec, t->before);
    int64_t back = marked < said ? marked : said;

    return back < INT64_MAX ? (double)(back - t->at.sec) / KM_DAY_SEC : NAN;
}

static void pair_of(int *before, int *after, const km_course *c, km_helped_of of)
{
    switch (of) {
    case KM_HELPED_STIFFNESS:
        *before = c->more.stiffness_before;
        *after = c->more.stiffness_after;
        break;
    case KM_HELPED_TENSION:
        *before = c->more.tension_before;
        *after = c->more.tension_after;
        break;
    default:
        *before = c->treatment.before;
        *after = c->treatment.after;
        break;
    }
}

static bool moves(int technique)
{
    return technique == KM_TECH_SMR || technique == KM_TECH_PIN_AND_STRETCH ||
           technique == KM_TECH_PIR;
}

/* Whether a treatment counts, and for which group. */
static bool group_of(entry *e, const km_course *c, km_helped_by by, const km_atlas *a)
{
    const km_treatment *t = &c->treatment;

    switch (by) {
    case KM_HELPED_MOVEMENT:
        e->group = moves(t->technique);
        return t->technique >= 0 && t->technique != KM_TECH_MASSAGE;
    case KM_HELPED_ROUTINE:
        e->group = t->routine_id;
        return t->routine_id != 0;
    default:
        e->key = key_of(a, &t->place);
        e->group = t->technique;
        e->tool = t->tool;
        return e->key >= 0 && t->technique >= 0;
    }
}

static int by_group(const void *a, const void *b)
{
    const entry *x = a, *y = b;
    if (x->key != y->key)
        return x->key < y->key ? -1 : 1;
    if (x->group != y->group)
        return x->group < y->group ? -1 : 1;
    int tool = strcmp(x->tool ? x->tool : "", y->tool ? y->tool : "");
    if (tool)
        return tool;
    return (x->course->treatment.id > y->course->treatment.id) -
           (x->course->treatment.id < y->course->treatment.id);
}

static bool same_group(const entry *x, const entry *y)
{
    return x->key == y->key && x->group == y->group &&
           strcmp(x->tool ? x->tool : "", y->tool ? y->tool : "") == 0;
}

/* ---- sentences ---- */

static const char *size_words(double median)
{
    /* 1 point is the slight, 2 the clear threshold (assets/measures.csv, nrs) */
    if (median <= -2)
        return "clearly less";
    if (median <= -1)
        return "slightly less";
    return median >= 1 ? "more than before" : "hardly any change";
}

static void say_alone(km_helped *r, km_arena *mem)
{
    if (r->change.n < KM_HELPED_LEAST)
        r->said = km_arena_printf(mem, "Too little to say: %d of at least %d treatments.",
                                  r->change.n, KM_HELPED_LEAST);
    else
        r->said = km_arena_printf(mem, "%+.1f points in the middle of %d treatments: %s.",
                                  r->change.median, r->change.n, size_words(r->change.median));
}

static bool same_place(const km_helped *a, const km_helped *b)
{
    const char *x = a->place.muscle ? a->place.muscle : a->place.region;
    const char *y = b->place.muscle ? b->place.muscle : b->place.region;
    return a->place.side == b->place.side && strcmp(x ? x : "", y ? y : "") == 0;
}

static const char *full_name(const km_helped *r, km_arena *mem)
{
    km_buf b = {0};

    if (r->technique >= 0)
        km_word_human(&b, KM_VOCAB_TECHNIQUE, r->technique);
    else
        km_buf_puts(&b, r->what);
    if (r->tool)
        km_buf_printf(&b, " with %s", r->tool);
    const char *name = km_arena_strdup(mem, km_buf_str(&b));
    km_buf_clear(&b);
    return name;
}

/* The first of a place against the next one that has enough to say. */
static void say_best(km_helped *best, const km_helped *end, km_arena *mem)
{
    if (best->change.n < KM_HELPED_LEAST)
        return;
    for (const km_helped *r = best + 1; r < end && same_place(best, r); r++) {
        if (r->change.n < KM_HELPED_LEAST)
            continue;
        bool apart = best->change.upper < r->change.lower;
        best->said = km_arena_printf(
            mem, "%s %s %s: %+.1f against %+.1f points (%d and %d treatments).", best->said,
            apart ? "It did better here than" : "No clear difference from", full_name(r, mem),
            best->change.median, r->change.median, best->change.n, r->change.n);
        return;
    }
}

/* ---- rows ---- */

static const char *group_name(const entry *e, km_helped_by by, km_arena *mem, km_app *app)
{
    km_saved_routine saved;

    if (by == KM_HELPED_MOVEMENT)
        return e->group ? "moving" : "still";
    if (by == KM_HELPED_TECHNIQUE)
        return km_word(KM_VOCAB_TECHNIQUE, (int)e->group);
    if (km_app_routine_get(&saved, app, e->group, NULL) != KM_OK)
        return km_arena_printf(mem, "routine %lld", (long long)e->group);
    const char *name = km_arena_strdup(mem, saved.name);
    km_saved_routine_clear(&saved);
    return name;
}

static void fill_row(km_helped *row, const entry *e, size_t n, km_helped_by by, km_arena *mem,
                     km_app *app)
{
    double *change = km_calloc(n, sizeof *change), *days = km_calloc(n, sizeof *days);
    size_t n_days = 0;

    *row = (km_helped){ .technique = by == KM_HELPED_TECHNIQUE ? (int)e->group : -1,
                        .what = group_name(e, by, mem, app),
                        .tool = km_arena_strdup(mem, e->tool) };
    if (by == KM_HELPED_TECHNIQUE) {
        row->place = e->course->treatment.place;
        row->place.tp = 0;
        row->place.region = km_arena_strdup(mem, row->place.region);
        row->place.muscle = km_arena_strdup(mem, row->place.muscle);
    }
    for (size_t i = 0; i < n; i++) {
        change[i] = e[i].change;
        row->holding += e[i].holding;
        if (!isnan(e[i].lasted))
            days[n_days++] = e[i].lasted;
    }
    row->change = km_trend_spread(change, n);
    row->lasted = km_trend_spread(days, n_days);
    say_alone(row, mem);
    free(change);
    free(days);
}

static int by_place_and_median(const void *a, const void *b)
{
    const km_helped *x = a, *y = b;
    const char *p = x->place.muscle ? x->place.muscle : x->place.region ? x->place.region : "";
    const char *q = y->place.muscle ? y->place.muscle : y->place.region ? y->place.region : "";
    int order = strcmp(p, q);
    if (order)
        return order;
    if (x->place.side != y->place.side)
        return (int)x->place.side - (int)y->place.side;
    /* those with enough to say come first */
    bool few_x = x->change.n < KM_HELPED_LEAST, few_y = y->change.n < KM_HELPED_LEAST;
    if (few_x != few_y)
        return few_x - few_y;
    if (x->change.median < y->change.median || x->change.median > y->change.median)
        return x->change.median < y->change.median ? -1 : 1;
    order = strcmp(x->what, y->what);
    return order ? order : strcmp(x->tool ? x->tool : "", y->tool ? y->tool : "");
}

static size_t collect(entry *out, const helped *h, const km_course_list *l, km_helped_of of,
                      km_helped_by by)
{
    size_t n = 0;

    for (size_t i = 0; i < l->n; i++) {
        const km_course *c = &l->row[i];
        entry e = { .course = c, .lasted = NAN };
        int before = -1, after = -1;
        pair_of(&before, &after, c, of);
        if (before < 0 || after < 0 || !group_of(&e, c, by, h->app->atlas))
            continue;
        e.change = after - before;
        int key = key_of(h->app->atlas, &c->treatment.place);
        if (of == KM_HELPED_PAIN && after < before && key >= 0) {
            e.lasted = lasted(h, key, &c->treatment);
            e.holding = isnan(e.lasted);
        }
        out[n++] = e;
    }
    return n;
}

km_status km_app_helped(km_helped_list *out, km_app *app, km_helped_of of, km_helped_by by,
                        km_error *err)
{
    helped h = { .app = app };
    km_mark_filter f = km_mark_filter_all();
    km_course_list l = { .n = 0 };
    int64_t client = 0;
    size_t cap = 0;
    km_status st = km_app_client_id(&client, app, err);

    *out = (km_helped_list){ .n = 0 };
    f.oldest_first = true;
    if (st == KM_OK)
        st = km_app_courses(&l, app, &f, err);
    if (st == KM_OK)
        st = km_store_place_max(&h.places, app->store, err);
    if (st != KM_OK) {
        km_course_list_clear(&l);
        return st;
    }
    h.place_key = km_calloc((size_t)h.places + 1, sizeof *h.place_key);
    st = km_store_samples(app->store, client, INT64_MIN, INT64_MAX, take_sample, &h, err);
    for (size_t i = 0; i < l.n && st == KM_OK; i++) {
        const km_treatment *t = &l.row[i].treatment;
        int key = key_of(app->atlas, &t->place);
        add_rating(&h.said, key, t->at.sec, t->before);
        for (int k = 0; k < 3; k++) {
            if (l.row[i].after[k].hours)
                add_rating(&h.said, key, t->at.sec + l.row[i].after[k].hours * INT64_C(3600),
                           l.row[i].after[k].rating);
        }
    }
    sort_ratings(&h.marked, app->atlas);
    sort_ratings(&h.said, app->atlas);
    entry *e = km_calloc(l.n + 1, sizeof *e);
    size_t n = st == KM_OK ? collect(e, &h, &l, of, by) : 0;
    qsort(e, n, sizeof *e, by_group);
    for (size_t i = 0; i < n;) {
        size_t k = i + 1;
        while (k < n && same_group(&e[i], &e[k]))
            k++;
        KM_GROW(out->row, out->n, cap);
        fill_row(&out->row[out->n++], &e[i], k - i, by, &out->mem, app);
        i = k;
    }
    if (out->n)
        qsort(out->row, out->n, sizeof *out->row, by_place_and_median);
    for (size_t i = 0; i < out->n; i++) {
        if (i == 0 || !same_place(&out->row[i - 1], &out->row[i]))
            say_best(&out->row[i], out->row + out->n, &out->mem);
    }
    free(e);
    free(h.marked.row);
    free(h.said.row);
    free(h.place_key);
    km_course_list_clear(&l);
    if (st != KM_OK)
        km_helped_list_clear(out);
    return st;
}

void km_helped_list_clear(km_helped_list *l)
{
    free(l->row);
    km_arena_clear(&l->mem);
    *l = (km_helped_list){ .n = 0 };
}

const char *km_helped_remark(km_helped_by by)
{
    return by != KM_HELPED_MOVEMENT
               ? ""
               : "Rolling with movement widened motion more than without (Cheatham & Stull 2018); "
                 "for the spot itself a still hold raised the pressure threshold and slow rolling "
                 "did not (PMC6358529). Your own numbers count for you.";
}
