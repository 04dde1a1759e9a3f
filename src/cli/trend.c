/** trend: series of ratings and what can be said about them. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "knotmap/draw.h"
#include "trend_out.h"

#define SPARK_MOST 24
#define SPARK_LEAST 8

enum { CELL = KM_COL_DATA | KM_COL_SHOWN, NUMBER = CELL | KM_COL_RIGHT };

void km_key_text(km_buf *out, const km_trend_key *key)
{
    if (key->sided && key->side != KM_SIDE_MIDLINE)
        km_buf_printf(out, "%s:", km_word(KM_VOCAB_SIDE, (int)key->side));
    km_buf_puts(out, key->key);
}

/* ---- rows of buckets ---- */

static const km_column bucket_columns[] = {
    { "bucket", CELL, NULL },     { "key", CELL, NULL },
    { "side", CELL, NULL },       { "n", NUMBER, NULL },
    { "mean", NUMBER, NULL },     { "max", NUMBER, NULL },
    { "change", NUMBER, NULL },   { "verdict", CELL, NULL },
    { "size", CELL, NULL },
    /* with --why, what the verdict weighs: means and days with a rating of the two sides */
    { "before", KM_COL_DATA, NULL },      { "after", KM_COL_DATA, NULL },
    { "days_before", KM_COL_DATA, NULL }, { "days_after", KM_COL_DATA, NULL },
    { "needed", KM_COL_DATA, NULL },      { "noise", KM_COL_DATA, NULL },
    { "margin", KM_COL_DATA, NULL },      { "why", KM_COL_DATA, NULL },
};
enum { BUCKET_COLUMNS = 9, WHY_COLUMNS = 8 };

typedef struct buckets {
    km_cli *c;
    km_rows *rows;
    bool why;
} buckets;

static void put_why(km_rows *rows, const km_atlas *atlas, const km_judgement *j)
{
    km_buf why = { 0 };

    km_rows_real(rows, j->before, 2);
    km_rows_real(rows, j->after, 2);
    km_rows_int(rows, j->days_before);
    km_rows_int(rows, j->days_after);
    km_rows_int(rows, j->needed);
    km_rows_real(rows, j->noise, 2);
    km_rows_real(rows, j->margin, 2);
    km_judgement_why(&why, atlas, j);
    km_rows_text(rows, km_buf_str(&why));
    km_buf_clear(&why);
}

/* A bucket without a rating is a gap and no row, unless silence was said to mean gone. */
static km_status put_buckets(void *ctx, const km_trend_key *key, km_error *err)
{
    buckets *b = ctx;
    km_status st = KM_OK;

    for (size_t i = 0; i < key->n && st == KM_OK; i++) {
        const km_bucket_row *row = &key->row[i];
        if (isnan(row->mean))
            continue;
        km_rows_day(b->rows, true, row->start);
        km_rows_text(b->rows, key->key);
        km_rows_text(b->rows, key->sided ? km_word(KM_VOCAB_SIDE, (int)key->side) : NULL);
        km_rows_int(b->rows, row->n);
        km_rows_real(b->rows, row->mean, 2);
        km_rows_int(b->rows, row->max);
        km_rows_real(b->rows, row->change, 2);
        km_rows_text(b->rows, km_verdict_word(row->judge.verdict));
        km_rows_text(b->rows, km_size_word(row->judge.size));
        if (b->why)
            put_why(b->rows, b->c->atlas, &row->judge);
        st = km_rows_end(b->rows, err);
    }
    return st;
}

static km_status print_buckets(km_cli *c, const km_trend_ask *ask, km_error *err)
{
    buckets b = { .c = c, .why = km_has(c, OPT_WHY) };

    b.rows = km_listing(c, bucket_columns, BUCKET_COLUMNS + (b.why ? WHY_COLUMNS : 0));
    km_status st = km_app_trend_each(c->app, ask, put_buckets, &b, err);
    if (st != KM_OK) {
        km_rows_close(b.rows, NULL);
        return st;
    }
    return km_rows_close(b.rows, err);
}

/* ---- one line a key, for people ---- */

/* Steps of the small curve: fewer where the terminal needs the room for the figures. */
static size_t spark_room(int width)
{
    int room = width - 70;

    if (width == 0 || room > SPARK_MOST)
        return SPARK_MOST;
    return room < SPARK_LEAST ? SPARK_LEAST : (size_t)room;
}

static void put_spark(km_rows *rows, const km_trend_key *key, const km_cli *c)
{
    double v[SPARK_MOST];
    size_t room = spark_room(c->width);
    size_t n = key->n < room ? key->n : room;
    km_grid g = { .ascii = c->ascii };
    km_buf text = { 0 };

    for (size_t i = 0; i < n; i++)
        v[i] = key->row[key->n - n + i].mean;
    km_grid_resize(&g, (int)n, 1);
    km_grid_spark(&g, (km_rect){ 0, 0, (int)n, 1 }, 0, 0, KM_ROLE_TEXT, v, (int)n, 10);
    km_grid_dump(&text, &g);
    if (text.len > 0)
        text.s[text.len - 1] = '\0'; /* the end of the line */
    km_rows_text(rows, km_buf_str(&text));
    km_buf_clear(&text);
    km_grid_free(&g);
}

/* What the line says: of the newest bucket, which has a rating or a silence that means gone. */
static const km_judgement *newest(const km_trend_key *key)
{
    return &key->row[key->n - 1].judge;
}

static void put_said(km_rows *rows, const km_trend_key *key)
{
    const km_judgement *j = newest(key);
    km_buf said = { 0 };

    if (j->verdict == KM_VERDICT_TOO_FEW)
        km_buf_printf(&said, "too few: %d more day%s", j->needed, j->needed == 1 ? "" : "s");
    else if (j->size != KM_SIZE_NONE)
        km_buf_printf(&said, "%s, %s", km_verdict_word(j->verdict), km_size_word(j->size));
    else
        km_buf_puts(&said, km_verdict_word(j->verdict));
    km_buf_puts(&said, key->gone ? "; gone" : "");
    km_rows_text(rows, km_buf_str(&said));
    km_buf_clear(&said);
}

static void put_whys(km_rows *rows, const km_trend_result *r, const km_atlas *atlas)
{
    for (size_t i = 0; i < r->n; i++) {
        km_buf text = { 0 };
        km_key_text(&text, &r->key[i]);
        km_buf_puts(&text, ": ");
        km_judgement_why(&text, atlas, newest(&r->key[i]));
        km_rows_section(rows, 0, km_buf_str(&text));
        km_buf_clear(&text);
    }
}

static km_status print_lines(km_cli *c, const km_trend_ask *ask, km_error *err)
{
    static const km_column columns[] = {
        { "what", CELL, "" },           { "course", CELL | KM_COL_WHOLE, NULL },
        { "now", NUMBER, NULL },        { "last", CELL, NULL },
        { "before", NUMBER, NULL },     { "after", NUMBER, NULL },
        { "change", NUMBER, NULL },     { "verdict", CELL | KM_COL_STRONG, NULL },
    };
    km_trend_result r;

    TRY(km_app_trend(&r, c->app, ask, err));
    km_rows *rows = km_listing(c, columns, sizeof columns / sizeof *columns);
    for (size_t i = 0; i < r.n; i++) {
        const km_judgement *j = newest(&r.key[i]);
        km_buf key = { 0 };
        km_key_text(&key, &r.key[i]);
        km_rows_text(rows, km_buf_str(&key));
        put_spark(rows, &r.key[i], c);
        km_rows_int(rows, r.key[i].now);
        km_rows_day(rows, true, r.key[i].last);
        km_rows_real(rows, j->before, 1); /* what the verdict weighs */
        km_rows_real(rows, j->after, 1);
        km_rows_real(rows, j->change, 1);
        put_said(rows, &r.key[i]);
        km_rows_end(rows, NULL);
        km_buf_clear(&key);
    }
    if (km_has(c, OPT_WHY) && r.n > 0) {
        km_rows_section(rows, 0, "");
        put_whys(rows, &r, c->atlas);
    }
    bool single = r.n == 1;
    if (single)
        km_rows_section(rows, 0, "");
    if (r.n == 0)
        km_tell(c, "No ratings.");
    km_trend_result_clear(&r);
    TRY(km_rows_close(rows, err));
    return single ? print_buckets(c, ask, err) : KM_OK;
}

/* ---- the verb ---- */

static km_status read_ask(km_trend_ask *ask, km_ref **places, km_cli *c, km_error *err)
{
    int by = KM_BY_PLACE, bucket = KM_BUCKET_WEEK, silence = KM_SILENCE_GAP;

    *ask = km_trend_ask_all();
    TRY(km_opt_choice(&by, c, OPT_BY, "place region muscle kind client all", err));
    TRY(km_opt_choice(&bucket, c, OPT_BUCKET, "day week month", err));
    TRY(km_opt_choice(&silence, c, OPT_SILENCE, "gap gone", err));
    TRY(km_opt_word(&ask->kind, c, OPT_KIND, KM_VOCAB_KIND, err));
    TRY(km_opt_bound(&ask->has_since, &ask->since_day, &ask->since, c, OPT_SINCE, false,
                     err));
    TRY(km_opt_bound(&ask->has_until, &ask->until_day, &ask->until, c, OPT_UNTIL, true, err));
    ask->by = (km_by)by;
    ask->bucket = (km_bucket)bucket;
    ask->silence = (km_silence)silence;
    /* by client means all of them, unless one was named */
    ask->all_clients = km_has(c, OPT_ALL) || (by == KM_BY_CLIENT && !km_has(c, OPT_CLIENT));
    TRY(km_arg_places(places, &ask->n_place, c, 0, KM_RESOLVE_SIDE_OPEN | KM_RESOLVE_GROUP, err));
    ask->place = *places;
    return KM_OK;
}

/* One way to look at a time. */
static km_status check_ways(const km_cli *c, km_error *err)
{
    static const km_opt way[] = { OPT_PLOT, OPT_CALENDAR, OPT_MEASURE, OPT_SPLIT };
    km_opt first = OPT_NONE;

    for (size_t i = 0; i < sizeof way / sizeof *way; i++) {
        if (!km_has(c, way[i]))
            continue;
        if (first != OPT_NONE) {
            char name[64];
            snprintf(name, sizeof name, "%s", km_opt_name(c, first));
            return km_fail(err, KM_EUSAGE, "trend: %s and %s do not go together", name,
                           km_opt_name(c, way[i]));
        }
        first = way[i];
    }
    if ((first == OPT_PLOT || first == OPT_CALENDAR) && c->format != KM_FORMAT_TEXT)
        return km_fail(err, KM_EUSAGE, "trend: %s is a picture and has no csv or json",
                       km_opt_name(c, first));
    return KM_OK;
}

static km_status show(km_cli *c, const km_trend_ask *ask, km_error *err)
{
    int split = 0;

    TRY(km_opt_choice(&split, c, OPT_SPLIT, "recovery", err));
    TRY(km_need_app(c, NULL, err));
    if (km_has(c, OPT_MEASURE))
        return km_trend_measure(c, ask, km_value(c, OPT_MEASURE), err);
    if (km_has(c, OPT_SPLIT))
        return km_trend_split(c, ask, err);
    if (km_has(c, OPT_PLOT))
        return km_trend_plot(c, ask, err);
    if (km_has(c, OPT_CALENDAR))
        return km_trend_calendar(c, ask, err);
    return c->format == KM_FORMAT_TEXT ? print_lines(c, ask, err) : print_buckets(c, ask, err);
}

km_status km_run_trend(km_cli *c, km_error *err)
{
    km_trend_ask ask;
    km_ref *places = NULL;

    TRY(check_ways(c, err));
    km_status st = read_ask(&ask, &places, c, err);
    if (st == KM_OK)
        st = show(c, &ask, err);
    free(places);
    return st;
}
