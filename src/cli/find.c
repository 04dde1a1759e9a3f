/** find, explain. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "columns.h"
#include "command.h"
#include "knotmap/care.h"

#define FIND_LIMIT 20

/* ---- what find and explain share ---- */

typedef struct pains {
    km_ref *place;
    size_t n;
    km_flag_hit hit[KM_FLAGS_MAX];
    size_t n_hit;
    bool named;             /* a complaint was named; its places are among `place` */
    km_trouble trouble;
} pains;

static void pains_clear(pains *p)
{
    free(p->place);
    *p = (pains){ 0 };
}

/* The painful places and the red flags they touch; a complaint's caution is said at once. */
static km_status pains_read(pains *p, km_cli *c, km_error *err)
{
    *p = (pains){ 0 };
    TRY(km_opt_trouble(&p->trouble, &p->named, c, err));
    if (!p->named && c->args.n_pos == 0) {
        return km_mend(km_fail(err, KM_EUSAGE, "%s: its PLACE is missing", c->args.verb->name), err,
                       "See knotmap help %s.", c->args.verb->name);
    }
    TRY(km_arg_places(&p->place, &p->n, c, 0, KM_RESOLVE_SIDE_OPEN | KM_RESOLVE_GROUP, err));
    if (p->named)
        km_add_trouble(&p->place, &p->n, &p->trouble);
    if (p->n > KM_COMPLAINTS_MAX)
        return km_fail(err, KM_EINVAL, "%s: %zu places are more than %d at once",
                       c->args.verb->name, p->n, KM_COMPLAINTS_MAX);
    TRY(km_need_app(c, NULL, err));
    if (!p->named)
        return km_app_flags(p->hit, KM_FLAGS_MAX, &p->n_hit, c->app, p->place, p->n, err);
    TRY(km_say_caution(c, &p->trouble, err));
    return km_app_trouble_flags(p->hit, KM_FLAGS_MAX, &p->n_hit, c->app, &p->trouble, p->place,
                                p->n, err);
}

static void put_place(km_buf *out, const km_atlas *a, int region, km_side side)
{
    const km_place place = { .side = a->region[region].midline ? KM_SIDE_MIDLINE : side,
                             .region = a->region[region].code };

    if (out->len > 0)
        km_buf_putc(out, ';');
    km_place_print(out, &place);
}

/* The complaints whose bit is (or is not) set. */
static void put_complaints(km_buf *out, const km_atlas *a, const pains *p, uint32_t set, bool is)
{
    for (size_t i = 0; i < p->n; i++) {
        if ((set >> i & 1) != is)
            continue;
        if (out->len > 0)
            km_buf_putc(out, ';');
        km_ref_print(out, a, &p->place[i]);
    }
}

/* ---- find ---- */

static const km_column find_columns[] = {
    { "rank", BOTH | KM_COL_RIGHT, NULL },
    { "muscle", DATA, NULL },
    { "trigger_point", DATA, NULL },
    { "side", DATA, NULL },
    { "point", SHOWN | KM_COL_STRONG, NULL },
    { "strength", SHOWN, NULL },
    { "score", DATA, NULL },
    { "explains", DATA, NULL },
    { "misses", DATA, NULL },
    { "expects", DATA, NULL },
    { "history", DATA, NULL },
    { "why", BOTH | KM_COL_FLEX, NULL },
};

static void put_warning(km_rows *r, const km_flag *f)
{
    km_buf why = { 0 };

    km_safety_warning(&why, f);
    for (size_t i = 0; i + 1 < sizeof find_columns / sizeof *find_columns; i++)
        km_rows_none(r);
    km_rows_text(r, km_buf_str(&why));
    km_rows_end(r, NULL);
    km_buf_clear(&why);
}

static void put_candidate(km_rows *r, const km_atlas *a, const pains *p, const km_candidate *k,
                          int64_t rank, const char *why)
{
    const km_point *point = &a->point[k->point];
    const km_muscle *m = &a->muscle[point->muscle];
    km_buf list = { 0 };

    km_rows_int(r, rank);
    km_rows_text(r, m->code);
    km_rows_int(r, point->tp);
    km_rows_text(r, km_word(KM_VOCAB_SIDE, (int)k->side));
    km_buf_printf(&list, "point %d", point->tp);
    km_rows_text(r, km_buf_str(&list));
    km_rows_text(r, km_strength_word(k->strength));
    km_rows_real(r, k->score, 3);
    km_buf_reset(&list);
    put_complaints(&list, a, p, k->explains, true);
    km_rows_text(r, km_buf_str(&list));
    km_buf_reset(&list);
    put_complaints(&list, a, p, k->explains, false);
    km_rows_text(r, km_buf_str(&list));
    km_buf_reset(&list);
    for (int i = 0; i < k->n_expects; i++)
        put_place(&list, a, k->expects[i].region, k->expects[i].side);
    km_rows_text(r, km_buf_str(&list));
    km_rows_real(r, k->history == 0 ? NAN : k->history, 3);
    km_rows_text(r, why);
    km_rows_end(r, NULL);
    km_buf_clear(&list);
}

static void put_muscle_heading(km_rows *r, const km_atlas *a, const km_candidate *k)
{
    const km_muscle *m = &a->muscle[a->point[k->point].muscle];
    km_buf text = { 0 };

    if (k->side != KM_SIDE_MIDLINE)
        km_buf_printf(&text, "%s ", km_word(KM_VOCAB_SIDE, (int)k->side));
    km_buf_printf(&text, "%s", m->name);
    km_rows_section(r, 0, km_buf_str(&text));
    km_buf_clear(&text);
}

static bool same_muscle(const km_atlas *a, const km_candidate *x, const km_candidate *y)
{
    return x->side == y->side && a->point[x->point].muscle == a->point[y->point].muscle;
}

/* For people: each muscle once, where its best point ranks, its other points under it. */
static void put_grouped(km_rows *r, const km_atlas *a, const pains *p, const km_search *s,
                        const km_candidate *k, size_t n)
{
    bool *done = km_calloc(n + 1, sizeof *done);
    km_buf why = { 0 };

    for (size_t i = 0; i < n; i++) {
        if (done[i])
            continue;
        put_muscle_heading(r, a, &k[i]);
        for (size_t j = i; j < n; j++) {
            if (done[j] || !same_muscle(a, &k[i], &k[j]))
                continue;
            done[j] = true;
            km_buf_reset(&why);
            km_referral_why(&why, a, s, &k[j]);
            put_candidate(r, a, p, &k[j], (int64_t)j + 1, km_buf_str(&why));
        }
    }
    km_buf_clear(&why);
    free(done);
}

static void put_ranked(km_rows *r, const km_atlas *a, const pains *p, const km_search *s,
                       const km_candidate *k, size_t n)
{
    km_buf why = { 0 };

    for (size_t i = 0; i < n; i++) {
        km_buf_reset(&why);
        km_referral_why(&why, a, s, &k[i]);
        put_candidate(r, a, p, &k[i], (int64_t)i + 1, km_buf_str(&why));
    }
    km_buf_clear(&why);
}

/* How to find the spot, what each answer means, and the command that keeps it. */
static void test_words(km_buf *out, const km_atlas *a, const km_candidate *k)
{
    const km_point *p = &a->point[k->point];
    const km_place place = { .side = k->side, .region = a->region[p->site].code,
                             .muscle = a->muscle[p->muscle].code, .tp = p->tp };

    km_buf_reset(out);
    km_buf_puts(out, "press ");
    km_referral_press_where(out, a, k);
    km_buf_puts(out, "; the pain you know: likely a source, kept by knotmap mark ");
    km_place_print(out, &place);
    km_buf_puts(out, " --state active; another pain: less likely, --state latent; nothing: "
                     "hardly the source, press the next");
}

/* @return how many there are in all. */
static size_t put_tests(km_rows *r, const km_atlas *a, const pains *p, const km_search *s,
                        const km_candidate *ranked, size_t n, size_t limit)
{
    km_press_test *test = km_calloc(n + 1, sizeof *test);
    size_t n_test = km_referral_tests(test, n, a, s, ranked, n);
    km_buf why = { 0 };

    for (size_t i = 0; i < n_test && i < limit; i++) {
        for (size_t k = 0; k < n; k++) {
            if (ranked[k].point != test[i].point || ranked[k].side != test[i].side)
                continue;
            test_words(&why, a, &ranked[k]);
            if (km_rows_is_text(r))
                put_muscle_heading(r, a, &ranked[k]);
            put_candidate(r, a, p, &ranked[k], (int64_t)i + 1, km_buf_str(&why));
        }
    }
    km_buf_clear(&why);
    free(test);
    return n_test;
}

/* Red flags named with --flag; `n` of them. */
static km_status read_flags(const km_flag *out[KM_FLAGS_MAX], size_t *n, const km_cli *c,
                            km_error *err)
{
    size_t all;
    const km_flag *flag = km_safety_flags(c->atlas, &all);
    const char *code;

    *n = 0;
    for (int i = 0; (code = km_value_nth(c, OPT_FLAG, i)) != NULL; i++) {
        int k = km_safety_flag(c->atlas, code);
        if (k < 0) {
            return km_mend(km_fail(err, KM_EINVAL, "--flag: %s is no code of a red flag", code),
                           err, "They are listed by knotmap atlas flags.");
        }
        bool known = false;
        for (size_t j = 0; j < *n; j++)
            known = known || out[j] == &flag[k];
        if (!known && *n < KM_FLAGS_MAX)
            out[(*n)++] = &flag[k];
    }
    /* The worst warning first. */
    for (size_t i = 1; i < *n; i++) {
        for (size_t k = i; k > 0 && out[k]->level > out[k - 1]->level; k--) {
            const km_flag *swap = out[k];
            out[k] = out[k - 1];
            out[k - 1] = swap;
        }
    }
    if (*n > 0 && km_has(c, OPT_NO_FLAGS))
        return km_fail(err, KM_EUSAGE, "--no-flags: it contradicts --flag");
    return KM_OK;
}

/* Keep the answer with the client. */
static km_status keep_answer(km_cli *c, const pains *p, const km_flag *const *present, size_t n,
                             km_error *err)
{
    size_t all;
    const km_flag *flag = km_safety_flags(c->atlas, &all);
    km_buf asked = { 0 };
    km_buf yes = { 0 };

    for (size_t i = 0; i < p->n_hit; i++)
        km_buf_printf(&asked, "%s%s", i > 0 ? ";" : "", flag[p->hit[i].flag].code);
    for (size_t i = 0; i < n; i++)
        km_buf_printf(&yes, "%s%s", i > 0 ? ";" : "", present[i]->code);
    km_status st = km_app_flag_answer(c->app, km_buf_str(&asked), km_buf_str(&yes), err);
    km_buf_clear(&asked);
    km_buf_clear(&yes);
    return st;
}

void km_notice(km_cli *c, const km_flag_hit *hit, size_t n)
{
    km_buf text = { 0 };

    if (n > 0)
        km_safety_notice(&text, c->atlas, hit, n);
    km_warn(c, km_buf_str(&text));
    km_buf_clear(&text);
}

/* Flags nobody answered for yet. */
static void notice_open(km_cli *c, const pains *p, const km_flag *const *present, size_t n)
{
    size_t all;
    const km_flag *flag = km_safety_flags(c->atlas, &all);
    km_flag_hit open[KM_FLAGS_MAX];
    size_t n_open = 0;

    for (size_t i = 0; i < p->n_hit; i++) {
        bool answered = false;
        for (size_t k = 0; k < n; k++)
            answered = answered || present[k] == &flag[p->hit[i].flag];
        if (!answered)
            open[n_open++] = p->hit[i];
    }
    km_notice(c, open, n_open);
}

/*
 * Soreness after training is no pain a trigger point sends: its places are searched only since
 * they were named here, and what helps it is said.
 */
static km_status notice_soreness(km_cli *c, const pains *p, km_error *err)
{
    km_soreness_list list;

    TRY(km_app_soreness(&list, c->app, err));
    for (size_t i = 0; i < list.n; i++) {
        const km_soreness *s = &list.row[i];
        km_buf place = { 0 };
        if (!km_app_names(c->app, p->place, p->n, &s->place))
            continue;
        km_place_print(&place, &s->place);
        km_tell(c, "%s is marked as sore after training, which no trigger point sends. %s It is "
                   "searched since you ask; what eases soreness is easy motion, sleep and rolling "
                   "at 3-4 of 10: knotmap routine %s --kind smr", place.s, s->said, place.s);
        km_buf_clear(&place);
    }
    km_soreness_list_clear(&list);
    return KM_OK;
}

/* The points, or what to press next, at most `most` of them; closes the listing. */
static km_status list_found(km_rows *r, km_cli *c, const pains *p, const km_search *search,
                            const km_candidate *ranked, size_t n, size_t most, km_error *err)
{
    const bool ask = km_has(c, OPT_ASK), text = km_rows_is_text(r);
    size_t shown = most < n ? most : n, all = n;

    if (ask)
        all = put_tests(r, c->atlas, p, search, ranked, n, shown);
    else if (text)
        put_grouped(r, c->atlas, p, search, ranked, shown);
    else
        put_ranked(r, c->atlas, p, search, ranked, shown);
    TRY(km_rows_close(r, err));
    if (n == 0)
        return km_fail(err, KM_ENOTFOUND, "find: no trigger point of the atlas sends pain there");
    if (all == 0)
        return km_fail(err, KM_ENOTFOUND, "find: every likely spot was pressed");
    if (ask && text && km_referral_settled(ranked, n))
        km_tell(c, "The pain you know was found; it explains every place.");
    if (shown < all && text)
        km_tell(c, "%zu more; --limit 0 shows all.", all - shown);
    return KM_OK;
}

static km_status find_in(km_cli *c, pains *p, km_error *err)
{
    const km_flag *present[KM_FLAGS_MAX];
    size_t n_present;
    int limit = FIND_LIMIT;
    size_t n = 0;
    km_history *history = NULL;
    size_t n_history = 0;

    TRY(km_opt_int(&limit, c, OPT_LIMIT, 0, INT32_MAX, err));
    TRY(read_flags(present, &n_present, c, err));
    TRY(pains_read(p, c, err));
    if (!km_has(c, OPT_NO_FLAGS))
        notice_open(c, p, present, n_present);
    if (n_present > 0 || km_has(c, OPT_NO_FLAGS))
        TRY(keep_answer(c, p, present, n_present, err));
    TRY(notice_soreness(c, p, err));

    size_t max = 2 * (size_t)c->atlas->n_point;
    km_candidate *ranked = km_calloc(max, sizeof *ranked);
    km_status st = km_app_find(ranked, max, &n, c->app, p->place, p->n, err);
    if (st == KM_OK)
        st = km_app_history(&history, &n_history, c->app, p->place, p->n, err);
    if (st == KM_OK) {
        const km_search search = { .complaint = p->place, .n_complaint = p->n,
                                   .history = history, .n_history = n_history };
        km_rows *r = km_bare_listing(c, find_columns,
                                     (int)(sizeof find_columns / sizeof *find_columns));
        for (size_t i = 0; i < n_present; i++)
            put_warning(r, present[i]);
        st = list_found(r, c, p, &search, ranked, n, limit > 0 ? (size_t)limit : n, err);
    }
    free(ranked);
    free(history);
    return st;
}

km_status km_run_find(km_cli *c, km_error *err)
{
    pains p = { 0 };
    km_status st = find_in(c, &p, err);

    pains_clear(&p);
    return st;
}

/* ---- explain ---- */

static const km_column explain_columns[] = {
    { "step", BOTH | KM_COL_RIGHT, NULL },
    { "muscle", BOTH | KM_COL_STRONG, NULL },
    { "trigger_point", BOTH | KM_COL_RIGHT, "point" },
    { "side", BOTH, NULL },
    { "explains", BOTH | KM_COL_FLEX, NULL },
    { "left_over", BOTH | KM_COL_FLEX, "still open" },
};

static void put_cover(km_rows *r, const km_atlas *a, const pains *p, const km_cover *cover)
{
    uint32_t covered = 0;
    km_buf list = { 0 };

    for (int i = 0; i < cover->n; i++) {
        const km_candidate *k = &cover->step[i];
        const km_point *point = &a->point[k->point];
        covered |= k->explains;
        km_rows_int(r, i + 1);
        km_rows_text(r, a->muscle[point->muscle].code);
        km_rows_int(r, point->tp);
        km_rows_text(r, km_word(KM_VOCAB_SIDE, (int)k->side));
        km_buf_reset(&list);
        put_complaints(&list, a, p, k->explains, true);
        km_rows_text(r, km_buf_str(&list));
        km_buf_reset(&list);
        put_complaints(&list, a, p, covered, false);
        km_rows_text(r, km_buf_str(&list));
        km_rows_end(r, NULL);
    }
    km_buf_clear(&list);
}

static void put_unexplained(km_rows *r, const km_atlas *a, const pains *p, uint32_t set)
{
    km_buf text = { 0 };
    km_buf list = { 0 };

    if (set == 0)
        return;
    put_complaints(&list, a, p, set, true);
    km_buf_printf(&text, "No trigger point of the atlas explains %s.", km_buf_str(&list));
    km_rows_section(r, 0, "");
    km_rows_section(r, 0, km_buf_str(&text));
    km_buf_clear(&list);
    km_buf_clear(&text);
}

static km_status explain_in(km_cli *c, pains *p, km_error *err)
{
    km_history *history = NULL;
    size_t n_history = 0;

    TRY(pains_read(p, c, err));
    km_notice(c, p->hit, p->n_hit);
    TRY(notice_soreness(c, p, err));
    TRY(km_app_history(&history, &n_history, c->app, p->place, p->n, err));

    const km_search search = { .complaint = p->place, .n_complaint = p->n, .history = history,
                               .n_history = n_history };
    km_cover *cover = km_calloc(2, sizeof *cover);
    km_status st = km_referral_explain(&cover[0], &cover[1], c->atlas, &search, err);
    if (st == KM_OK && cover[0].n == 0)
        st = km_fail(err, KM_ENOTFOUND, "explain: no trigger point of the atlas sends pain there");
    if (st == KM_OK || st == KM_ENOTFOUND) {
        km_rows *r = km_listing(c, explain_columns,
                                (int)(sizeof explain_columns / sizeof *explain_columns));
        put_cover(r, c->atlas, p, &cover[0]);
        if (km_rows_is_text(r) && cover[0].n > 0) {
            put_unexplained(r, c->atlas, p, cover[0].unexplained);
            if (cover[1].n > 0) {
                km_rows_section(r, 0, "");
                km_rows_section(r, 0, "The next best set:");
                put_cover(r, c->atlas, p, &cover[1]);
            }
        }
        km_status closed = km_rows_close(r, st == KM_OK ? err : NULL);
        if (st == KM_OK)
            st = closed;
    }
    free(cover);
    free(history);
    return st;
}

km_status km_run_explain(km_cli *c, km_error *err)
{
    pains p = { 0 };
    km_status st = explain_in(c, &p, err);

    pains_clear(&p);
    return st;
}
