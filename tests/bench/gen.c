/*
 * A life's data: N marks of C clients over Y years, the same for the same numbers.
 *
 *   km_bench_gen FILE MARKS CLIENTS YEARS
 *
 * Marks come in order of time, as they do in life. Client i has a weight of 1 / (i + 5), so
 * that the busiest of 400 has some four in a hundred of all marks. Each client has some 25 spots
 * of the atlas whose ratings walk up and down; one mark in 15 opens a session that the next ones
 * join, and treats the spot; one in 20 has a note, one in 25 three readings of pressure.
 */
#include <stdio.h>
#include <stdlib.h>

#include "knotmap/atlas.h"
#include "knotmap/rng.h"
#include "knotmap/store.h"

#define SPOTS 25
#define CHUNK 20000
#define LAST_DAY 1767225600 /* 2026-01-01 */

typedef struct person {
    double weight;            /* summed up to here */
    int64_t id, session;
    struct { int16_t point; km_side side; int8_t level; } spot[SPOTS];
} person;

static void must(km_status st, const km_error *err)
{
    if (st != KM_OK) {
        fprintf(stderr, "km_bench_gen: %s\n", err->text);
        exit(1);
    }
}

static km_uid uid_at(int64_t sec, km_rng *r)
{
    uint64_t hi = (uint64_t)km_rng_u32(r) << 32 | km_rng_u32(r);
    return km_uid_from(sec * 1000, hi, (uint64_t)km_rng_u32(r) << 32 | km_rng_u32(r));
}

static void add_people(person *p, int n, km_store *s, const km_atlas *a, km_rng *r)
{
    km_error err = { 0 };
    double sum = 0;

    for (int i = 0; i < n; i++) {
        sum += 1.0 / (i + 5);
        p[i].weight = sum;
        p[i].id = 1;
        if (i > 0) {
            char name[32];
            km_client c = km_client_blank();
            snprintf(name, sizeof name, "Client %d", i);
            c.name = name;
            c.uid = uid_at(1400000000 + i, r);
            must(km_store_client_add(&p[i].id, s, &c, &err), &err);
        }
        for (int k = 0; k < SPOTS; k++) {
            int point = (int)km_rng_below(r, (uint32_t)a->n_point);
            p[i].spot[k].point = (int16_t)point;
            p[i].spot[k].side = a->muscle[a->point[point].muscle].midline
                                    ? KM_SIDE_MIDLINE
                                    : (km_side)(KM_SIDE_LEFT + (int)km_rng_below(r, 2));
            p[i].spot[k].level = (int8_t)km_rng_below(r, 8);
        }
    }
}

static person *pick(person *p, int n, km_rng *r)
{
    double at = km_rng_unit(r) * p[n - 1].weight;
    int low = 0, high = n - 1;

    while (low < high) {
        int mid = (low + high) / 2;
        if (p[mid].weight < at)
            low = mid + 1;
        else
            high = mid;
    }
    return &p[low];
}

static void add_treatment(const km_mark *m, km_store *s, km_rng *r)
{
    km_error err = { 0 };
    int64_t id = 0;
    km_treatment t = km_treatment_blank();

    t.uid = uid_at(m->at.sec, r);
    t.client_id = m->client_id;
    t.session_id = m->session_id;
    t.at = m->at;
    t.place = m->place;
    t.technique = (int)km_rng_below(r, KM_TECH_COUNT);
    t.before = m->intensity;
    t.after = m->intensity / 2;
    must(km_store_treatment_add(&id, s, &t, &err), &err);
}

static void add_mark(person *p, int64_t sec, long i, km_store *s, const km_atlas *a, km_rng *r)
{
    km_error err = { 0 };
    int64_t id = 0;
    int k = (int)km_rng_below(r, SPOTS);
    const km_point *point = &a->point[p->spot[k].point];
    int level = p->spot[k].level + (int)km_rng_below(r, 3) - 1;
    km_mark m = km_mark_blank();

    if (i % 15 == 0) {
        km_session one = km_session_blank();
        one.uid = uid_at(sec, r);
        one.client_id = p->id;
        one.kind = (km_session_kind)km_rng_below(r, KM_SESSION_KIND_COUNT);
        one.started = (km_instant){ sec, 60 };
        one.ended = (km_instant){ sec + 3600, 60 };
        one.has_ended = true;
        must(km_store_session_add(&p->session, s, &one, &err), &err);
    }
    p->spot[k].level = (int8_t)(level < 0 ? 0 : level > 10 ? 10 : level);
    m.uid = uid_at(sec, r);
    m.client_id = p->id;
    m.session_id = i % 3 == 0 ? p->session : 0;
    m.at = (km_instant){ sec, 60 };
    m.kind = km_rng_below(r, 4) == 0 ? KM_KIND_SORENESS : KM_KIND_KNOT;
    m.place = (km_place){ p->spot[k].side, a->region[point->site].code,
                          a->muscle[point->muscle].code, point->tp };
    km_body_default_pos(a, point->site, p->spot[k].point, m.place.side, &m.view, &m.x, &m.y);
    m.intensity = p->spot[k].level;
    m.state = (km_state)km_rng_below(r, KM_STATE_COUNT);
    m.cause = (km_cause)km_rng_below(r, KM_CAUSE_COUNT);
    if (i % 25 == 7) {
        m.n_ppt = 3;
        for (int n = 0; n < m.n_ppt; n++)
            m.ppt[n] = 420 - 25 * m.intensity + (int)km_rng_below(r, 60);
    }
    m.note = i % 20 == 0 ? "after a long day" : NULL;
    must(km_store_mark_add(&id, s, &m, &err), &err);
    if (i % 15 == 0)
        add_treatment(&m, s, r);
}

int main(int argc, char **argv)
{
    km_error err = { 0 };
    km_store *s = NULL;
    km_rng r = km_rng_seed(20261120);
    const km_atlas *a = km_atlas_builtin();

    if (argc != 5) {
        fprintf(stderr, "usage: km_bench_gen FILE MARKS CLIENTS YEARS\n");
        return 64;
    }
    long marks = atol(argv[2]);
    int clients = atoi(argv[3]), years = atoi(argv[4]);
    if (marks < 1 || clients < 1 || years < 1 || years > 100) {
        fprintf(stderr, "km_bench_gen: marks, clients and years are numbers from 1\n");
        return 64;
    }
    person *p = km_calloc((size_t)clients, sizeof *p);
    km_store_options opt = { .path = argv[1], .first_uid = uid_at(1400000000, &r) };
    km_store_change c = { .who = "bench", .what = "made-up marks" };
    must(km_store_open(&s, &opt, &err), &err);
    must(km_store_begin(s, &err), &err);
    add_people(p, clients, s, a, &r);
    int64_t span = (int64_t)years * 365 * 86400;
    for (long i = 0; i < marks; i++) {
        int64_t sec = LAST_DAY - span + (int64_t)((double)span * (double)i / (double)marks);
        add_mark(pick(p, clients, &r), sec, i, s, a, &r);
        if ((i + 1) % CHUNK == 0) {
            must(km_store_commit(s, &c, &err), &err);
            must(km_store_begin(s, &err), &err);
        }
    }
    must(km_store_commit(s, &c, &err), &err);
    km_store_close(s);
    free(p);
    return 0;
}
