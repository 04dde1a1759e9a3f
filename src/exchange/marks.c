/** Marks as rows. */
#include <math.h>

#include "knotmap/exchange.h"
#include "knotmap/trend.h"
#include "records.h"

#define DATA KM_COL_DATA
#define BOTH (KM_COL_DATA | KM_COL_SHOWN)

/*
 * The contract's order; scripts go by the names. `place` is for people only: it says side, region,
 * muscle and trigger point in the spelling the commands take.
 */
/* Everything a mark says but its uid. */
#define MARK_COLUMNS                                                                          \
    { "id", BOTH | KM_COL_RIGHT, NULL },                                                      \
    { "client", DATA, NULL },                                                                 \
    { "session", DATA, NULL },                                                                \
    { "at", BOTH, NULL },                                                                     \
    { "kind", BOTH, NULL },                                                                   \
    { "side", DATA, NULL },                                                                   \
    { "region", DATA, NULL },                                                                 \
    { "muscle", DATA, NULL },                                                                 \
    { "trigger_point", DATA, NULL },                                                          \
    { "view", DATA, NULL },                                                                   \
    { "x", DATA, NULL },                                                                      \
    { "y", DATA, NULL },                                                                      \
    { "place", KM_COL_SHOWN | KM_COL_STRONG, NULL },                                          \
    { "intensity", BOTH | KM_COL_RIGHT | KM_COL_STRONG, NULL },                               \
    { "state", BOTH, NULL },                                                                  \
    { "qualities", BOTH | KM_COL_FLEX, NULL },                                                \
    { "ppt_kpa", BOTH | KM_COL_RIGHT, "kPa" },                                                \
    { "taut_band", DATA, NULL },                                                              \
    { "twitch", DATA, NULL },                                                                 \
    { "note", BOTH | KM_COL_FLEX, NULL },                                                     \
    { "ppt_readings", DATA, NULL },                                                           \
    { "ppt_area_cm2", DATA, NULL },                                                           \
    { "referral_felt", DATA, NULL },                                                          \
    { "cause", DATA, NULL },                                                                  \
    { "tissue", DATA, NULL },                                                                 \
    { "onset", DATA, NULL },                                                                  \
    { "session_uid", DATA | KM_COL_RAW, NULL },                                               \
    { "at_offset_min", DATA | KM_COL_RAW, NULL },                                             \
    { "test", DATA, NULL }

const km_column km_mark_columns[] = { MARK_COLUMNS, { "uid", DATA, NULL } };
const int km_mark_columns_n = (int)(sizeof km_mark_columns / sizeof *km_mark_columns);

const km_column *km_open_mark_columns(int *n)
{
    static const km_column columns[] = {
        MARK_COLUMNS, { "days_open", BOTH | KM_COL_RIGHT, NULL }, { "uid", DATA, NULL }
    };
    *n = (int)(sizeof columns / sizeof *columns);
    return columns;
}

/* Tenths of a unit as "12.5", without the detour through floating point. */
static void put_tenths(km_rows *r, int v)
{
    int whole = (v < 0 ? -v : v) / 10;
    int tenth = (v < 0 ? -v : v) % 10;
    char text[16];
    char *p = text + sizeof text;

    *--p = '\0';
    *--p = (char)('0' + tenth);
    *--p = '.';
    do {
        *--p = (char)('0' + whole % 10);
        whole /= 10;
    } while (whole > 0);
    if (v < 0)
        *--p = '-';
    km_rows_number(r, p);
}

/* Readings keep their every digit, so that an export loses nothing. */
static void put_number(km_rows *r, double v)
{
    km_buf text = { 0 };

    km_number_print(&text, v);
    km_rows_number(r, km_buf_str(&text));
    km_buf_clear(&text);
}

static void put_lists(km_rows *r, const km_mark *m)
{
    km_buf list = { 0 };

    for (int i = 0; i < m->n_ppt; i++) {
        if (i > 0)
            km_buf_putc(&list, ';');
        km_number_print(&list, m->ppt[i]);
    }
    km_rows_text(r, km_buf_str(&list));
    km_buf_reset(&list);

    if (m->ppt_area > 0)
        put_number(r, m->ppt_area);
    else
        km_rows_none(r);

    for (int i = 0; i < m->n_felt; i++) {
        const km_place place = { .side = m->felt[i].side, .region = m->felt[i].region };
        if (i > 0)
            km_buf_putc(&list, ';');
        km_place_print(&list, &place);
    }
    km_rows_text(r, km_buf_str(&list));
    km_buf_clear(&list);
}

static void put_test(km_rows *r, const km_mark *m)
{
    km_buf text = { 0 };

    if (m->test)
        km_test_print(&text, m->test, m->test_side);
    km_rows_text(r, km_buf_str(&text));
    km_buf_clear(&text);
}

static void put_place(km_rows *r, const km_place *place)
{
    km_buf text = { 0 };

    if (km_rows_is_text(r))
        km_place_print(&text, place);
    km_rows_text(r, km_buf_str(&text));
    km_buf_clear(&text);
}

/* All but the uid. */
static void put_mark(km_rows *r, const km_mark *m)
{
    km_rows_int(r, m->id);
    km_rows_text(r, m->client);
    km_rows_count(r, m->session_id > 0 ? m->session_id : -1);
    km_rows_instant(r, true, m->at);
    km_rows_text(r, km_word(KM_VOCAB_KIND, (int)m->kind));
    km_rows_text(r, km_word(KM_VOCAB_SIDE, (int)m->place.side));
    km_rows_text(r, m->place.region);
    km_rows_text(r, m->place.muscle);
    km_rows_count(r, m->place.tp > 0 ? m->place.tp : -1);
    km_rows_text(r, km_word(KM_VOCAB_VIEW, (int)m->view));
    put_tenths(r, m->x);
    put_tenths(r, m->y);
    put_place(r, &m->place);
    km_rows_count(r, m->intensity);
    km_rows_text(r, m->state == KM_STATE_UNSPECIFIED && km_rows_is_text(r)
                        ? ""
                        : km_word(KM_VOCAB_STATE, (int)m->state));
    km_rows_words(r, KM_VOCAB_QUALITY, m->qualities);
    km_rows_real(r, km_mark_ppt_mean(m), 1);
    km_rows_tri(r, m->taut_band);
    km_rows_tri(r, m->twitch);
    km_rows_text(r, m->note);
    put_lists(r, m);
    km_rows_text(r, km_word(KM_VOCAB_CAUSE, (int)m->cause));
    km_rows_text(r, km_word(KM_VOCAB_TISSUE, (int)m->tissue));
    km_rows_instant(r, m->has_onset, m->onset);
    km_rows_uid(r, m->session_uid);
    km_rows_int(r, m->at.off_min);
    put_test(r, m);
}

km_status km_rows_mark(km_rows *r, const km_mark *m, km_error *err)
{
    put_mark(r, m);
    km_rows_uid(r, m->uid);
    return km_rows_end(r, err);
}

km_status km_rows_open_mark(km_rows *r, const km_mark *m, km_error *err)
{
    put_mark(r, m);
    km_rows_count(r, m->open_days);
    km_rows_uid(r, m->uid);
    return km_rows_end(r, err);
}
