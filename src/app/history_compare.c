/* Two moments side by side, left against right, and heat. */
#include "history_impl.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* ---- what was open at a moment ---- */

/* The latest mark of one place and kind. */
typedef struct standing {
    int64_t at, id;
    int8_t intensity;
} standing;

typedef struct moments {
    int64_t t[2];             /* up to and including; seconds of the local clock when `day` */
    bool day[2];
    int64_t places;           /* the largest key */
    standing *latest[2];      /* by place * KM_KIND_COUNT + kind; id 0 none */
} moments;

static km_status take_standing(void *ctx, const km_store_event *m, km_error *err)
{
    moments *w = ctx;

    (void)err;
    if (m->place > w->places)
        return KM_OK; /* newer than the question */
    for (int i = 0; i < 2; i++) {
        standing *s = &w->latest[i][(size_t)m->place * KM_KIND_COUNT + (size_t)m->kind];
        int64_t at = w->day[i] ? m->at + 60 * m->off_min : m->at;
        if (at <= w->t[i] && (m->at > s->at || s->id == 0 || (m->at == s->at && m->id > s->id)))
            *s = (standing){ m->at, m->id, m->intensity };
    }
    return KM_OK;
}

/*
 * The skin a region has in the views that show the whole body, front and back; a region seen
 * only elsewhere (a sole) counts there. A side without a polygon of its own (midline) has its
 * region's.
 */
static double *region_areas(const km_atlas *a, double *body)
{
    double *area = km_calloc((size_t)a->n_region * KM_SIDE_COUNT, sizeof *area);
    double *sole = km_calloc((size_t)a->n_region * KM_SIDE_COUNT, sizeof *sole);

    *body = 0;
    for (int i = 0; i < a->body.n_polygon; i++) {
        const km_polygon *p = &a->body.polygon[i];
        size_t at = (size_t)p->region * KM_SIDE_COUNT + (size_t)p->side;
        if (p->view == KM_VIEW_FRONT || p->view == KM_VIEW_BACK)
            area[at] += km_polygon_area(p);
        else if (p->view == KM_VIEW_SOLE)
            sole[at] += km_polygon_area(p);
    }
    for (size_t i = 0; i < (size_t)a->n_region * KM_SIDE_COUNT; i++) {
        if (area[i] <= 0)
            area[i] = sole[i];
        *body += area[i];
    }
    free(sole);
    return area;
}

/* Open places of a moment; a region marked twice has its skin counted once. */
static km_status standings(km_standing *out, size_t *n, const standing *latest, int64_t places,
                           const double *area, km_app *app, km_error *err)
{
    const km_atlas *a = app->atlas;
    bool *counted = km_calloc((size_t)a->n_region * KM_SIDE_COUNT, sizeof *counted);
    km_status st = KM_OK;

    *n = 0;
    for (int32_t i = 0; st == KM_OK && i < (int32_t)((places + 1) * KM_KIND_COUNT); i++) {
        if (latest[i].id == 0 || latest[i].intensity == 0)
            continue;
        km_place p;
        st = km_store_place(&p, app->store, i / KM_KIND_COUNT, err);
        if (st != KM_OK)
            break;
        int region = p.region ? km_atlas_region(a, p.region) : -1;
        double skin = 0;
        if (region >= 0) {
            km_side side = a->region[region].midline ? KM_SIDE_MIDLINE : p.side;
            size_t at = (size_t)region * KM_SIDE_COUNT + (size_t)side;
            skin = counted[at] ? 0 : area[at];
            counted[at] = true;
        }
        out[(*n)++] = (km_standing){ i, latest[i].intensity, skin };
    }
    free(counted);
    return st;
}

static km_status compare(km_compare_result *out, km_app *app, km_moment t1, km_moment t2,
                         int64_t from, km_error *err)
{
    *out = (km_compare_result){ .n = 0 };
    int64_t client = 0, places = 0;
    km_status st = km_app_client_id(&client, app, err);
    if (st == KM_OK)
        st = km_store_place_max(&places, app->store, err);
    if (st != KM_OK)
        return st;

    size_t n = (size_t)(places + 1) * KM_KIND_COUNT, n1 = 0, n2 = 0;
    const km_moment t[2] = { t1, t2 };
    moments w = { .places = places,
                  .latest = { km_calloc(n, sizeof(standing)), km_calloc(n, sizeof(standing)) } };
    km_standing *s1 = km_calloc(n, sizeof *s1), *s2 = km_calloc(n, sizeof *s2);
    double body = 0, *area = region_areas(app->atlas, &body);
    int64_t last = INT64_MIN;
    for (int i = 0; i < 2; i++) {
        w.day[i] = t[i].day;
        w.t[i] = t[i].at.sec + (t[i].day ? 60 * (int64_t)t[i].at.off_min : 0);
        int64_t end = t[i].at.sec + (t[i].day ? KM_DAY_SEC : 0);
        last = end > last ? end : last;
    }
    st = km_store_events_each(app->store, client, from, last + 1, take_standing, &w, err);
    if (st == KM_OK)
        st = standings(s1, &n1, w.latest[0], places, area, app, err);
    if (st == KM_OK)
        st = standings(s2, &n2, w.latest[1], places, area, app, err);
    if (st == KM_OK) {
        km_compare_row *row = km_calloc(n1 + n2 + 1, sizeof *row);
        out->n = km_trend_compare(row, &out->sum, s1, n1, s2, n2, body);
        out->row = km_calloc(out->n + 1, sizeof *out->row);
        for (size_t i = 0; st == KM_OK && i < out->n; i++) {
            out->row[i] = (km_compared){ .kind = (km_kind)(row[i].key % KM_KIND_COUNT),
                                         .row = row[i] };
            st = km_store_place(&out->row[i].place, app->store, row[i].key / KM_KIND_COUNT, err);
        }
        free(row);
    }
    for (int i = 0; i < 2; i++)
        free(w.latest[i]);
    free(s1);
    free(s2);
    free(area);
    if (st != KM_OK)
        km_compare_result_clear(out);
    return st;
}

km_status km_app_compare(km_compare_result *out, km_app *app, km_instant t1, km_instant t2,
                         km_error *err)
{
    return km_compare_from(out, app, t1, t2, INT64_MIN, err);
}

km_status km_app_compare_days(km_compare_result *out, km_app *app, km_moment t1, km_moment t2,
                              km_error *err)
{
    return compare(out, app, t1, t2, INT64_MIN, err);
}

km_status km_compare_from(km_compare_result *out, km_app *app, km_instant t1, km_instant t2,
                          int64_t from, km_error *err)
{
    return compare(out, app, (km_moment){ t1, false }, (km_moment){ t2, false }, from, err);
}

void km_compare_result_clear(km_compare_result *r)
{
    free(r->row);
    km_arena_clear(&r->mem);
    *r = (km_compare_result){ .n = 0 };
}

/* ---- days of a region: balance and heat ---- */

/* Marks come by time; where the clock was changed on a journey their days may step back by two. */
#define NEAR_DAYS 4

/* What one region (or area) and side had in some days. */
typedef struct side_sum {
    int marks, days, rated, sum;
    int weight;               /* of its days, for heat */
    km_day seen[NEAR_DAYS];   /* the last days with a mark, at day % NEAR_DAYS */
    int8_t most[NEAR_DAYS];   /* highest of each, 0 none */
} side_sum;

typedef struct side_sums {
    km_app *app;
    side_sum *of;             /* by key * KM_SIDE_COUNT + side */
    bool sided;               /* a sided muscle in a midline region counts for its side */
    int (*key)(const km_atlas *a, int region);
} side_sums;

/* A mark that says no intensity counts as a middling one: something is there. */
#define HEAT_UNSAID 5

static km_status take_side(void *ctx, const km_store_sample *m, km_error *err)
{
    side_sums *s = ctx;
    const km_atlas *a = s->app->atlas;
    km_place p;
    km_status st = km_store_place(&p, s->app->store, m->place, err);
    int region = st == KM_OK && p.region ? km_atlas_region(a, p.region) : -1;

    if (st != KM_OK || region < 0 || m->intensity == 0)
        return st;
    km_side side = a->region[region].midline && !s->sided ? KM_SIDE_MIDLINE : p.side;
    side_sum *of = &s->of[s->key(a, region) * KM_SIDE_COUNT + (int)side];
    km_day day = km_instant_day((km_instant){ m->at, m->off_min });
    int weight = m->intensity == KM_INTENSITY_NONE ? HEAT_UNSAID : m->intensity;
    int at = (day % NEAR_DAYS + NEAR_DAYS) % NEAR_DAYS;
    if (of->most[at] == 0 || of->seen[at] != day) {
        of->days++;
        of->seen[at] = day;
        of->most[at] = 0;
    }
    if (weight > of->most[at]) {
        of->weight += weight - of->most[at];
        of->most[at] = (int8_t)weight;
    }
    of->marks++;
    if (m->intensity > 0) {
        of->rated++;
        of->sum += m->intensity;
    }
    return KM_OK;
}

static km_status side_sums_load(side_sums *s, km_app *app, int days, km_instant until,
                                int (*key)(const km_atlas *a, int region), km_error *err)
{
    int64_t client = 0;
    km_status st = km_app_client_id(&client, app, err);

    s->app = app;
    s->key = key;
    s->of = km_calloc((size_t)app->atlas->n_region * KM_SIDE_COUNT, sizeof *s->of);
    if (st == KM_OK)
        st = km_store_samples(app->store, client, until.sec - (int64_t)days * KM_DAY_SEC,
                              until.sec, take_side, s, err);
    return st;
}

static int own_region(const km_atlas *a, int region)
{
    (void)a;
    return region;
}

/* The first region of the same area stands for the area. */
static int area_of(const km_atlas *a, int region)
{
    for (int i = 0; i < region; i++) {
        if (strcmp(a->region[i].area, a->region[region].area) == 0)
            return i;
    }
    return region;
}

static int uneven(int left, int right)
{
    return left > right ? left - right : right - left;
}

static int most_uneven_first(const void *a, const void *b)
{
    const km_balance *x = a, *y = b;
    int days = uneven(y->days_left, y->days_right) - uneven(x->days_left, x->days_right);
    int marks = uneven(y->left, y->right) - uneven(x->left, x->right);
    return days != 0 ? days : marks != 0 ? marks : strcmp(x->key, y->key);
}

km_status km_app_balance(km_balance_list *out, km_app *app, int days, bool by_area, km_error *err)
{
    *out = (km_balance_list){ .n = 0 };
    const km_atlas *a = app->atlas;
    side_sums s = { .sided = true };
    km_instant now;
    km_status st = km_now(&now, err);

    if (st != KM_OK)
        return st;
    now.sec++; /* what is marked this very second counts */
    st = side_sums_load(&s, app, days, now, by_area ? area_of : own_region, err);
    out->row = km_calloc((size_t)a->n_region, sizeof *out->row);
    for (int i = 0; st == KM_OK && i < a->n_region; i++) {
        const side_sum *l = &s.of[i * KM_SIDE_COUNT + KM_SIDE_LEFT];
        const side_sum *r = &s.of[i * KM_SIDE_COUNT + KM_SIDE_RIGHT];
        if (l->marks + r->marks == 0)
            continue;
        out->row[out->n++] = (km_balance){
            .key = by_area ? a->region[i].area : a->region[i].code,
            .left = l->marks, .right = r->marks, .days_left = l->days, .days_right = r->days,
            .mean_left = l->rated ? (double)l->sum / l->rated : NAN,
            .mean_right = r->rated ? (double)r->sum / r->rated : NAN,
        };
    }
    free(s.of);
    qsort(out->row, out->n, sizeof *out->row, most_uneven_first);
    if (st != KM_OK)
        km_balance_list_clear(out);
    return st;
}

void km_balance_list_clear(km_balance_list *l)
{
    free(l->row);
    km_arena_clear(&l->mem);
    *l = (km_balance_list){ .n = 0 };
}

km_status km_app_heat(uint8_t *heat, int *strongest, km_app *app, int days, km_instant until,
                      km_error *err)
{
    side_sums s = { .sided = false };
    size_t n = (size_t)app->atlas->n_region * KM_SIDE_COUNT;
    int most = 0;
    km_status st = side_sums_load(&s, app, days, until, own_region, err);

    for (size_t i = 0; i < n; i++)
        most = s.of[i].weight > most ? s.of[i].weight : most;
    for (size_t i = 0; i < n; i++)
        heat[i] = (uint8_t)(most > 0 ? (s.of[i].weight * 5 + most - 1) / most : 0);
    if (strongest != NULL)
        *strongest = most;
    free(s.of);
    return st;
}
