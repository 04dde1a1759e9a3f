/*
 * The marks of one client in order of time, kept in memory while the database stays as it is: a
 * person who looks at a history asks for the same marks with every key.
 *
 * What is kept counts as long as this connection has changed no row and no other has committed.
 * Inside a transaction nothing is kept, for it may be rolled back.
 */
#include "store_impl.h"

#include <stdlib.h>

/* Six megabytes; a client with more is read anew each time. */
#define EVENTS_MOST 250000

static void forget(km_events *e)
{
    free(e->row);
    *e = (km_events){ .n = 0 };
}

void km_events_clear(km_store *s)
{
    forget(&s->events);
}

static km_status keep(void *ctx, const km_store_event *m, km_error *err)
{
    km_events *e = ctx;

    (void)err;
    if (e->n == EVENTS_MOST)
        return KM_ECANCELLED;
    KM_GROW(e->row, e->n, e->cap);
    e->row[e->n++] = *m;
    return KM_OK;
}

/* The first at or after a moment. */
static size_t first_from(const km_events *e, int64_t at)
{
    size_t low = 0, high = e->n;

    while (low < high) {
        size_t mid = low + (high - low) / 2;
        if (e->row[mid].at < at)
            low = mid + 1;
        else
            high = mid;
    }
    return low;
}

/* Read them from a moment on, and keep them. */
static km_status bring(km_store *s, int64_t client_id, int64_t since, int64_t version, int changes,
                       km_error *err)
{
    km_events *e = &s->events;

    forget(e);
    km_status st = km_events_read(s, client_id, since, keep, e, err);
    bool too_many = st == KM_ECANCELLED;
    if (st != KM_OK)
        forget(e);
    if (st != KM_OK && !too_many)
        return st;
    e->client_id = client_id;
    e->since = since;
    e->version = version;
    e->changes = changes;
    e->too_many = too_many;
    return KM_OK;
}

km_status km_events_known(km_event_span *out, km_store *s, int64_t client_id, int64_t since,
                          int64_t until, bool bring_them, km_error *err)
{
    km_events *e = &s->events;
    int64_t version = 0;

    *out = (km_event_span){ .known = false };
    if (client_id == 0 || e->readers > 0 || !sqlite3_get_autocommit(s->db))
        return KM_OK;
    km_status st = km_store_data_version(&version, s, err);
    int changes = sqlite3_total_changes(s->db);
    bool fresh = e->client_id == client_id && e->version == version && e->changes == changes &&
                 e->since <= since;
    if (st == KM_OK && !fresh && bring_them)
        st = bring(s, client_id, since, version, changes, err);
    if (st != KM_OK || e->too_many || !(fresh || bring_them))
        return st;
    size_t from = since > INT64_MIN ? first_from(e, since) : 0;
    size_t to = until < INT64_MAX ? first_from(e, until) : e->n;
    *out = (km_event_span){ .known = true, .row = e->row + from, .n = to > from ? to - from : 0 };
    return KM_OK;
}

/* ---- the mark before ---- */

#define NEAR_SEC (400 * (int64_t)86400)

typedef struct before {
    bool found;
    int intensity;
} before;

/* Backwards, past those of the same moment that were written later. */
static km_status before_in(before *out, km_store *s, const km_event_span *in, const km_mark *m,
                           km_error *err)
{
    const km_store_event *found = NULL;
    km_place p;

    for (size_t i = in->n; i-- > 0;) {
        const km_store_event *e = &in->row[i];
        if (found && e->at < found->at)
            break;
        if (e->kind != (unsigned)m->kind || (e->at == m->at.sec && e->id >= m->id) ||
            (found && e->id < found->id))
            continue;
        km_status st = km_store_place(&p, s, e->place, err);
        if (st != KM_OK)
            return st;
        if (km_place_equal(&p, &m->place))
            found = e;
    }
    if (found)
        *out = (before){ true, found->intensity };
    return KM_OK;
}

static km_status before_read(before *out, km_store *s, int64_t since, const km_mark *m,
                             km_error *err)
{
    sqlite3_stmt *q = NULL;
    km_status st = km_db_get(
        &q, s,
        "SELECT intensity FROM mark INDEXED BY mark_by_client WHERE client_id = ?1 AND "
        "at BETWEEN ?5 AND ?2 AND NOT (at = ?2 AND id >= ?3) AND kind = ?4 AND place_id = "
        "(SELECT place_id FROM mark WHERE id = ?3) ORDER BY at DESC, id DESC LIMIT 1",
        err);

    if (st != KM_OK)
        return st;
    km_bind_int(q, 1, m->client_id);
    km_bind_int(q, 2, m->at.sec);
    km_bind_int(q, 3, m->id);
    km_bind_int(q, 4, m->kind);
    km_bind_int(q, 5, since);
    if (km_db_next(&st, s, q, "cannot read the marks", err))
        *out = (before){ true, km_col_opt(s, q, 0, 10) };
    km_db_done(s, q);
    return st == KM_OK ? km_row_sound(s, err) : st;
}

/* In memory where the time since `since` is at hand or brought, else from the database. */
static km_status before_since(before *out, km_store *s, int64_t since, bool bring_them,
                              const km_mark *m, km_error *err)
{
    km_event_span span;
    km_status st =
        km_events_known(&span, s, m->client_id, since, m->at.sec + 1, bring_them, err);

    if (st != KM_OK)
        return st;
    return span.known ? before_in(out, s, &span, m, err) : before_read(out, s, since, m, err);
}

km_status km_store_mark_before(int *intensity, km_store *s, const km_mark *m, km_error *err)
{
    before b = { false, KM_INTENSITY_NONE };
    /* mostly it is not long ago; where it is, or never was, all are looked through */
    km_status st = before_since(&b, s, m->at.sec - NEAR_SEC, false, m, err);

    if (st == KM_OK && !b.found)
        st = before_since(&b, s, INT64_MIN, true, m, err);
    *intensity = b.intensity;
    return st;
}

/* ---- what was open at a moment ---- */

/* The later of two marks of one place and kind; of one moment, the one written later. */
static bool later(const km_store_event *a, const km_store_event *b)
{
    return a->at > b->at || (a->at == b->at && a->id > b->id);
}

km_status km_events_open(km_buf *ids, bool *known, km_store *s, const km_store_filter *f,
                         km_error *err)
{
    km_event_span span = { .known = false };
    int64_t places = 0;
    /* no offset passes a day */
    int64_t until = f->until + (f->until_day ? 86400 : 0);
    km_status st = km_events_known(&span, s, f->client_id, INT64_MIN, INT64_MAX, true, err);

    *known = span.known;
    if (st == KM_OK && span.known)
        st = km_store_place_max(&places, s, err);
    if (st != KM_OK || !span.known)
        return st;
    size_t n = ((size_t)places + 1) * KM_KIND_COUNT;
    const km_store_event **latest = km_calloc(n, sizeof *latest);
    for (size_t i = 0; i < span.n && span.row[i].at < until; i++) {
        const km_store_event *m = &span.row[i];
        size_t at = (size_t)m->place * KM_KIND_COUNT + (size_t)m->kind;
        if (m->place > places || (f->until_day && m->at + 60 * (int64_t)m->off_min >= f->until))
            continue;
        if (latest[at] == NULL || later(m, latest[at]))
            latest[at] = m;
    }
    km_buf_putc(ids, '[');
    for (size_t i = 0; i < n; i++) {
        if (latest[i] && latest[i]->intensity != 0)
            km_buf_printf(ids, "%s%lld", ids->len > 1 ? "," : "", (long long)latest[i]->id);
    }
    km_buf_putc(ids, ']');
    free(latest);
    return KM_OK;
}
