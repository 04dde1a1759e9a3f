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

/* The strongest of those that changed so, and how many there are. */
static const km_compared *strongest(const km_compare_result *c, km_difference what, int *n)
{
    const km_compared *best = NULL;

    *n = 0;
    for (size_t i = 0; i < c->n; i++) {
        if (c->row[i].row.what != what)
            continue;
        (*n)++;
        if (best == NULL || c->row[i].row.after > best->row.after)
            best = &c->row[i];
    }
    return best;
}

km_status km_app_headline(km_buf *out, km_app *app, km_error *err)
{
    km_compare_result c;
    km_due_list due;
    km_instant now;
    int64_t client = 0;
    int fresh, worse, open = 0, lasting = 0;
    km_status st = km_now(&now, err);

    if (st != KM_OK)
        return st;
    km_instant then = now;
    then.sec -= (int64_t)NEWS_DAYS * KM_DAY_SEC;
    st = km_app_due(&due, app, err);
    if (st != KM_OK)
        return st;
    st = km_app_client_id(&client, app, err);
    if (st == KM_OK) /* what stands, however long ago it was marked */
        st = km_store_standing(&open, &lasting, app->store, client,
                               km_instant_day(now) - KM_LASTING_DAYS, err);
    if (st == KM_OK)
        st = km_compare_from(&c, app, then, now, now.sec - (int64_t)RECENT_DAYS * KM_DAY_SEC, err);
    if (st == KM_OK) {
        const km_compared *new_one = strongest(&c, KM_DIFF_NEW, &fresh);
        const km_compared *worse_one = strongest(&c, KM_DIFF_WORSE, &worse);
        km_buf line = { 0 };
        size_t said = 0; /* of what is due, by the count of what lasts */
        for (size_t i = 0; i < due.n; i++)
            said += due.row[i].kind == KM_DUE_CLINICIAN;
        /* the most urgent first: where there is little room, only that is said in full */
        if (worse_one)
            put_news(&line, app->atlas, "worse: ", worse_one, worse - 1);
        else if (!new_one)
            km_buf_printf(&line, "nothing new or worse this week, %d open", open);
        if (lasting > 0)
            km_buf_printf(&line, "%s%d open over three months", line.len ? " | " : "", lasting);
        if (new_one)
            put_news(&line, app->atlas, "new: ", new_one, fresh - 1);
        if (due.n > said)
            km_buf_printf(&line, " | %zu due", due.n - said);
        km_buf_add(out, km_buf_str(&line), line.len);
        km_buf_clear(&line);
        km_compare_result_clear(&c);
    }
    km_due_list_clear(&due);
    return st;
}
