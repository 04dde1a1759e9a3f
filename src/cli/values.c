/** Values of options and arguments, checked and named in every refusal. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "command.h"
#include "knotmap/history.h"
#include "knotmap/text.h"

bool km_has(const km_cli *c, km_opt id)
{
    for (int i = 0; i < c->args.n_given; i++) {
        if (c->args.given[i].id == id)
            return true;
    }
    return false;
}

bool km_has_own(const km_cli *c)
{
    for (int i = 0; i < c->args.n_given; i++) {
        if (c->args.given[i].id > OPT_VERSION)
            return true;
    }
    return false;
}

const char *km_value(const km_cli *c, km_opt id)
{
    for (int i = c->args.n_given - 1; i >= 0; i--) {
        if (c->args.given[i].id == id)
            return c->args.given[i].value;
    }
    return NULL;
}

const char *km_value_nth(const km_cli *c, km_opt id, int nth)
{
    for (int i = 0; i < c->args.n_given; i++) {
        if (c->args.given[i].id == id && nth-- == 0)
            return c->args.given[i].value;
    }
    return NULL;
}

static const km_opt_spec *spec_of(const km_cli *c, km_opt id)
{
    const km_verb *v = c->args.verb;

    for (int i = 0; v && i < v->n_opt; i++) {
        if (v->opt[i].id == id)
            return &v->opt[i];
    }
    for (int i = 0; i < km_globals_n; i++) {
        if (km_globals[i].id == id)
            return &km_globals[i];
    }
    return NULL;
}

const char *km_opt_name(const km_cli *c, km_opt id)
{
    static char name[64];
    const km_opt_spec *o = spec_of(c, id);

    snprintf(name, sizeof name, "--%s", o ? o->name : "?");
    return name;
}

static km_status whole_number(int64_t *out, const char *what, const char *text, int64_t low,
                              int64_t high, km_error *err)
{
    char *end;

    errno = 0;
    long long v = strtoll(text, &end, 10);
    if (end == text || *end != '\0')
        return km_fail(err, KM_EINVAL, "%s: %s is not a whole number", what, *text ? text : "\"\"");
    if (errno == ERANGE || v < low || v > high) {
        if (high == INT64_MAX)
            return km_fail(err, KM_EINVAL, "%s: %s is no number of a record", what, text);
        return km_fail(err, KM_EINVAL, "%s: %s is outside %lld..%lld", what, text, (long long)low,
                       (long long)high);
    }
    *out = v;
    return KM_OK;
}

km_status km_opt_int(int *out, const km_cli *c, km_opt id, int low, int high, km_error *err)
{
    const char *text = km_value(c, id);
    int64_t v = 0;

    if (text == NULL)
        return KM_OK;
    km_status st = whole_number(&v, km_opt_name(c, id), text, low, high, err);
    if (st == KM_OK)
        *out = (int)v;
    return st;
}

km_status km_opt_real(double *out, const km_cli *c, km_opt id, double low, double high,
                      km_error *err)
{
    const char *text = km_value(c, id);
    double v;

    if (text == NULL)
        return KM_OK;
    if (!km_number_parse(&v, text))
        return km_fail(err, KM_EINVAL, "%s: %s is not a number", km_opt_name(c, id),
                       *text ? text : "\"\"");
    if (v < low || v > high)
        return km_fail(err, KM_EINVAL, "%s: %s is outside %g..%g", km_opt_name(c, id), text, low,
                       high);
    *out = v;
    return KM_OK;
}

km_status km_opt_word(int *out, const km_cli *c, km_opt id, km_vocab v, km_error *err)
{
    const char *text = km_value(c, id);

    return text ? km_word_parse(out, v, km_opt_name(c, id), text, err) : KM_OK;
}

km_status km_opt_set(uint32_t *out, const km_cli *c, km_opt id, km_vocab v, km_error *err)
{
    uint32_t all = 0;
    const char *text;

    for (int i = 0; (text = km_value_nth(c, id, i)) != NULL; i++) {
        uint32_t set = 0;
        km_status st = km_words_parse(&set, v, km_opt_name(c, id), text, err);
        if (st != KM_OK)
            return st;
        if (set == 0)
            return km_word_parse(&(int){ 0 }, v, km_opt_name(c, id), text, err);
        all |= set;
    }
    if (all)
        *out = all;
    return KM_OK;
}

/* A moment; `*day` when a day was said, of which an `end` is the next midnight. */
km_status km_opt_bound(bool *has, bool *day, km_instant *out, const km_cli *c, km_opt id,
                       bool end, km_error *err)
{
    const char *text = km_value(c, id);
    bool day_only = false;
    km_error why;

    if (text == NULL)
        return KM_OK;
    km_status st = km_time_parse(out, &day_only, text, c->now, &why);
    if (st != KM_OK)
        return km_fail(err, st, "%s: %s", km_opt_name(c, id), why.text);
    if (end && day_only)
        *out = km_day_instant(km_instant_day(*out) + 1, 0, 0);
    if (has)
        *has = true;
    *day = day_only;
    return KM_OK;
}

km_status km_opt_time(bool *has, km_instant *out, const km_cli *c, km_opt id, bool end,
                      km_error *err)
{
    bool day = false;
    return km_opt_bound(has, &day, out, c, id, end, err);
}

km_status km_opt_choice(int *out, const km_cli *c, km_opt id, const char *words, km_error *err)
{
    const char *text = km_value(c, id);
    int i = 0;

    if (text == NULL)
        return KM_OK;
    for (const char *p = words; *p; i++) {
        size_t n = strcspn(p, " ");
        if (strlen(text) == n && memcmp(p, text, n) == 0) {
            *out = i;
            return KM_OK;
        }
        p += n;
        p += *p == ' ';
    }
    km_buf list = { 0 };
    for (const char *p = words; *p; p++)
        km_buf_puts(&list, *p == ' ' ? ", " : (const char[]){ *p, '\0' });
    km_status st = km_fail(err, KM_EINVAL, "%s: %s is not one of %s", km_opt_name(c, id), text,
                           km_buf_str(&list));
    km_buf_clear(&list);
    return st;
}

km_status km_arg_id(int64_t *out, const km_cli *c, int pos, km_error *err)
{
    return whole_number(out, c->args.verb->name, c->args.pos[pos], 1, INT64_MAX, err);
}

km_status km_opt_id(int64_t *out, const km_cli *c, km_opt id, km_error *err)
{
    const char *text = km_value(c, id);

    return text ? whole_number(out, km_opt_name(c, id), text, 1, INT64_MAX, err) : KM_OK;
}

bool km_same_ref(const km_ref *a, const km_ref *b)
{
    return a->kind == b->kind && a->index == b->index && a->point == b->point &&
           a->side == b->side && a->side_open == b->side_open;
}

km_status km_arg_places(km_ref **out, size_t *n, const km_cli *c, int first, unsigned flags,
                        km_error *err)
{
    size_t count = c->args.n_pos > first ? (size_t)(c->args.n_pos - first) : 0;

    *out = km_calloc(count + 1, sizeof **out);
    *n = 0;
    for (size_t i = 0; i < count; i++) {
        km_ref *next = &(*out)[*n];
        km_status st = km_atlas_resolve(next, c->atlas, c->args.pos[first + (int)i], flags, err);
        if (st != KM_OK) {
            free(*out);
            *out = NULL;
            *n = 0;
            return st;
        }
        /* a place said twice is one place */
        bool known = false;
        for (size_t k = 0; k < *n && !known; k++)
            known = km_same_ref(&(*out)[k], next);
        *n += !known;
    }
    return KM_OK;
}

/* A region or muscle named by a filter, as its code. */
static km_status code_of(const char **out, const km_cli *c, km_opt id, unsigned flags,
                         km_error *err)
{
    const char *text = km_value(c, id);
    km_ref ref;
    km_error why;

    if (text == NULL)
        return KM_OK;
    km_status st = km_atlas_resolve(&ref, c->atlas, text, flags | KM_RESOLVE_NO_SIDE, &why);
    if (st != KM_OK) {
        km_fail(err, st, "%s: %s", km_opt_name(c, id), why.text);
        return why.mend[0] ? km_mend(st, err, "%s", why.mend) : st;
    }
    if (ref.point >= 0)
        return km_fail(err, KM_EINVAL, "%s: %s: name the muscle without a point",
                       km_opt_name(c, id), text);
    if (!(flags & KM_RESOLVE_MUSCLE) && ref.kind != KM_REF_REGION)
        return km_fail(err, KM_EINVAL, "%s: %s is a muscle, not a region", km_opt_name(c, id),
                       text);
    *out = ref.kind == KM_REF_REGION   ? c->atlas->region[ref.index].code
           : ref.kind == KM_REF_MUSCLE ? c->atlas->muscle[ref.index].code
                                       : c->atlas->group[ref.index].code;
    return KM_OK;
}

km_status km_opt_topic(const char **code, const km_cli *c, km_opt id, km_topic_kind kind,
                       km_error *err)
{
    const char *text = km_value(c, id);
    int row = 0;

    if (text == NULL)
        return KM_OK;
    km_status st = km_topic_find(&row, c->atlas, kind, km_opt_name(c, id), text, err);
    if (st == KM_OK)
        *code = km_topic_cell(c->atlas, kind, row, "code");
    return st;
}

km_status km_opt_filter(km_mark_filter *out, const km_cli *c, km_error *err)
{
    *out = km_mark_filter_all();
    return km_opt_filter_over(out, c, err);
}

km_status km_opt_filter_over(km_mark_filter *io, const km_cli *c, km_error *err)
{
    int limit = -1;

    TRY(km_opt_bound(&io->has_since, &io->since_day, &io->since, c, OPT_SINCE, false, err));
    TRY(km_opt_bound(&io->has_until, &io->until_day, &io->until, c, OPT_UNTIL, true, err));
    TRY(code_of(&io->region, c, OPT_REGION, 0, err));
    TRY(code_of(&io->muscle, c, OPT_MUSCLE, KM_RESOLVE_MUSCLE | KM_RESOLVE_GROUP, err));
    TRY(km_opt_word(&io->side, c, OPT_SIDE, KM_VOCAB_SIDE, err));
    TRY(km_opt_int(&io->min_intensity, c, OPT_MIN_INTENSITY, 0, 10, err));
    TRY(km_opt_id(&io->session_id, c, OPT_SESSION, err));
    TRY(km_opt_int(&limit, c, OPT_LIMIT, 1, INT32_MAX, err));
    if (limit > 0)
        io->limit = limit;
    TRY(km_opt_word(&io->cause, c, OPT_CAUSE, KM_VOCAB_CAUSE, err));
    TRY(km_opt_word(&io->tissue, c, OPT_TISSUE, KM_VOCAB_TISSUE, err));
    TRY(km_opt_set(&io->qualities, c, OPT_QUALITY, KM_VOCAB_QUALITY, err));
    TRY(km_opt_topic(&io->area, c, OPT_AREA, KM_TOPIC_AREA, err));
    TRY(km_opt_topic(&io->sport, c, OPT_SPORT, KM_TOPIC_SPORT, err));
    if (km_has(c, OPT_AGE))
        TRY(km_open_age_parse(&io->open_days, "--age", km_value(c, OPT_AGE), err));
    if (km_has(c, OPT_TEXT))
        io->text = km_value(c, OPT_TEXT);
    io->open = io->open || km_has(c, OPT_OPEN);
    return KM_OK;
}
