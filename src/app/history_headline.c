/* The first line of the start screen. */
#include "history_impl.h"

#include "knotmap/care.h"

#define NEWS_DAYS 7
/* What stands since longer is no news: the first screen must not grow with a life's data. */
#define RECENT_DAYS 180

/* "worse: left calf 6, was 3, 2 more": where in the words people use. */
static void put_news(km_buf *out, const km_atlas *a, const char *what, const km_compared *row,
                     int more)
{
    int region = km_atlas_region(a, row->place.region);
    km_ref ref = { .kind = KM_REF_REGION, .index = region, .point = -1 };

    km_buf_puts(out, out->len > 0 ? " | " : "");
    km_buf_puts(out, what);
    if (row->place.side != KM_SIDE_MIDLINE)
        km_buf_printf(out, "%s ", km_word(KM_VOCAB_SIDE, (int)row->place.side));
    if (region >= 0)
        km_ref_human(out, a, &ref);
    else /* a code of another atlas */
        km_buf_puts(out, row->place.region);
    if (row->row.after >= 0)
        km_buf_printf(out, " %d", row->row.after);
    if (row->row.before >= 0)
        km_buf_printf(out, ", was %d", row->row.before);
    if (more > 0)
        km_buf_printf(out, ", %d more", more);
}

/* The strongest of those that changed so. */
static const km_compared *strongest(const km_compare_result *c, km_difference what)
{
    const km_compared *best = NULL;

    for (size_t i = 0; i < c->n; i++) {
        const km_compared *row = &c->row[i];
        if (row->row.what == what && (best == NULL || row->row.after > best->row.after))
            best = row;
    }
    return best;
}

static int count(const km_compare_result *c, km_difference what)
{
    int n = 0;

    for (size_t i = 0; i < c->n; i++)
        n += c->row[i].row.what == what;
    return n;
}

/* The most urgent first: where there is little room, only that is said in full. */
static void put_line(km_buf *out, const km_headline *h, const km_compare_result *c,
                     const km_atlas *a)
{
    const km_compared *worse = strongest(c, KM_DIFF_WORSE), *fresh = strongest(c, KM_DIFF_NEW);
    km_buf line = { 0 };

    if (worse)
        put_news(&line, a, "worse: ", worse, h->worse - 1);
    else if (!fresh)
        km_buf_printf(&line, "nothing new or worse this week, %d open", h->open);
    if (h->lasting > 0)
        km_buf_printf(&line, "%s%d open over three months", line.len ? " | " : "", h->lasting);
    if (fresh)
        put_news(&line, a, "new: ", fresh, h->fresh - 1);
    if (h->due > 0)
        km_buf_printf(&line, " | %d due", h->due);
    km_buf_add(out, km_buf_str(&line), line.len);
    km_buf_clear(&line);
}

/* What is due, but for what lasts: that is counted by itself. */
static km_status count_due(int *due, km_app *app, km_error *err)
{
    km_due_list l;
    km_status st = km_app_due(&l, app, err);

    if (st != KM_OK)
        return st;
    for (size_t i = 0; i < l.n; i++)
        *due += l.row[i].kind != KM_DUE_CLINICIAN;
    km_due_list_clear(&l);
    return KM_OK;
}

km_status km_app_headline(km_buf *out, km_headline *counts, km_app *app, km_error *err)
{
    km_headline h = { 0 };
    km_compare_result c;
    km_instant now;
    int64_t client = 0;
    km_status st = km_now(&now, err);

    if (st != KM_OK)
        return st;
    km_instant then = now;
    then.sec -= (int64_t)NEWS_DAYS * KM_DAY_SEC;
    st = count_due(&h.due, app, err);
    if (st == KM_OK)
        st = km_app_client_id(&client, app, err);
    if (st == KM_OK) /* what stands, however long ago it was marked */
        st = km_store_standing(&h.open, &h.lasting, app->store, client,
                               km_instant_day(now) - KM_LASTING_DAYS, err);
    if (st == KM_OK)
        st = km_compare_from(&c, app, then, now, now.sec - (int64_t)RECENT_DAYS * KM_DAY_SEC, err);
    if (st != KM_OK)
        return st;
    h.worse = count(&c, KM_DIFF_WORSE);
    h.fresh = count(&c, KM_DIFF_NEW);
    put_line(out, &h, &c, app->atlas);
    km_compare_result_clear(&c);
    *counts = h;
    return KM_OK;
}
