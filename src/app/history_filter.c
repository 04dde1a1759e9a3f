/* Filters as one line of words, and those that were kept under a name. */
#include "history_impl.h"

#include "knotmap/text.h"
#include "knotmap/topic.h"

#include <ctype.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

/* ---- reading a line ---- */

static km_status whole_number(int64_t *out, const char *word, const char *value, int64_t low,
                              int64_t high, km_error *err)
{
    char *end;

    errno = 0;
    long long v = strtoll(value, &end, 10);
    if (end == value || *end != '\0' || errno == ERANGE || v < low || v > high)
        return km_fail(err, KM_EINVAL, "%s: %s is no number of %lld..%lld", word,
                       *value ? value : "\"\"", (long long)low, (long long)high);
    *out = v;
    return KM_OK;
}

/* A word in front of what another function said of its value. */
static km_status named(km_status st, const char *word, const km_error *why, km_error *err)
{
    if (st != KM_OK) {
        km_fail(err, st, "%s: %s", word, why->text);
        if (why->mend[0])
            return km_mend(st, err, "%s", why->mend);
    }
    return st;
}

static km_status read_code(const char **out, km_app *app, const char *word, const char *value,
                           bool muscle, km_error *err)
{
    const km_atlas *a = app->atlas;
    unsigned flags = KM_RESOLVE_NO_SIDE | (muscle ? KM_RESOLVE_MUSCLE | KM_RESOLVE_GROUP : 0);
    km_error why = { 0 };
    km_ref ref;
    km_status st = km_atlas_resolve(&ref, a, value, flags, &why);

    if (st != KM_OK)
        return named(st, word, &why, err);
    if (!muscle && ref.kind != KM_REF_REGION)
        return km_fail(err, KM_EINVAL, "%s: %s is a muscle, not a region", word, value);
    *out = ref.kind == KM_REF_REGION   ? a->region[ref.index].code
           : ref.kind == KM_REF_MUSCLE ? a->muscle[ref.index].code
                                       : a->group[ref.index].code;
    return KM_OK;
}

static km_status read_time(bool *has, bool *day, km_instant *out, const char *word, const char *value,
                           bool end, km_error *err)
{
    km_error why = { 0 };
    km_instant now;
    bool day_only = false;
    km_status st = km_now(&now, err);

    if (st != KM_OK)
        return st;
    st = km_time_parse(out, &day_only, value, now, &why);
    if (st == KM_OK && end && day_only)
        *out = km_day_instant(km_instant_day(*out) + 1, 0, 0);
    *has = true;
    *day = day_only;
    return named(st, word, &why, err);
}

static km_status read_topic(const char **out, km_app *app, km_topic_kind kind, const char *value,
                            km_error *err)
{
    int row = 0;
    km_status st = km_topic_find(&row, app->atlas, kind, km_topic_word(kind), value, err);

    if (st == KM_OK)
        *out = km_topic_cell(app->atlas, kind, row, "code");
    return st;
}

km_status km_open_age_parse(int *days, const char *what, const char *value, km_error *err)
{
    km_error why = { 0 };
    km_instant now, then;
    km_status st = km_now(&now, err);

    if (st != KM_OK)
        return st;
    st = km_time_parse(&then, NULL, value, now, &why);
    if (st != KM_OK)
        return named(st, what, &why, err);
    km_day n = km_instant_day(now) - km_instant_day(then);
    if (n < 1)
        return km_fail(err, KM_EINVAL, "%s: %s is not at least a day ago", what, value);
    *days = n;
    return KM_OK;
}

/* One "word:value"; `known` is false when the word is none of ours. */
static km_status read_word(km_mark_filter *f, bool *known, km_app *app, const char *word,
                           const char *value, km_error *err)
{
    int64_t number = 0;
    km_status st;

    *known = true;
    if (strcmp(word, "side") == 0)
        return km_word_parse(&f->side, KM_VOCAB_SIDE, word, value, err);
    if (strcmp(word, "kind") == 0)
        return km_word_parse(&f->kind, KM_VOCAB_KIND, word, value, err);
    if (strcmp(word, "cause") == 0)
        return km_word_parse(&f->cause, KM_VOCAB_CAUSE, word, value, err);
    if (strcmp(word, "tissue") == 0)
        return km_word_parse(&f->tissue, KM_VOCAB_TISSUE, word, value, err);
    if (strcmp(word, "quality") == 0) {
        uint32_t set = 0;
        st = km_words_parse(&set, KM_VOCAB_QUALITY, word, value, err);
        f->qualities |= set;
        return st == KM_OK && set == 0
                   ? km_word_parse(&(int){ 0 }, KM_VOCAB_QUALITY, word, value, err)
                   : st;
    }
    if (strcmp(word, "area") == 0)
        return read_topic(&f->area, app, KM_TOPIC_AREA, value, err);
    if (strcmp(word, "sport") == 0)
        return read_topic(&f->sport, app, KM_TOPIC_SPORT, value, err);
    if (strcmp(word, "age") == 0)
        return km_open_age_parse(&f->open_days, word, value, err);
    if (strcmp(word, "region") == 0)
        return read_code(&f->region, app, word, value, false, err);
    if (strcmp(word, "muscle") == 0)
        return read_code(&f->muscle, app, word, value, true, err);
    if (strcmp(word, "since") == 0)
        return read_time(&f->has_since, &f->since_day, &f->since, word, value, false, err);
    if (strcmp(word, "until") == 0)
        return read_time(&f->has_until, &f->until_day, &f->until, word, value, true, err);
    if (strcmp(word, "min") == 0) {
        st = whole_number(&number, word, value, 0, 10, err);
        f->min_intensity = (int)number;
        return st;
    }
    if (strcmp(word, "session") == 0)
        return whole_number(&f->session_id, word, value, 1, INT64_MAX, err);
    *known = false;
    return KM_OK;
}

km_status km_app_filter_parse(km_mark_filter *out, km_arena *mem, km_app *app, const char *text,
                              km_error *err)
{
    char *line = km_arena_strdup(mem, text), *rest = NULL;
    km_buf note = { 0 };
    km_status st = KM_OK;

    *out = km_mark_filter_all();
    for (char *word = strtok_r(line, " \t\n", &rest); st == KM_OK && word;
         word = strtok_r(NULL, " \t\n", &rest)) {
        char *value = strchr(word, ':');
        if (strcmp(word, "open") == 0) {
            out->open = true;
            continue;
        }
        bool known = false;
        if (value) {
            *value = '\0';
            st = read_word(out, &known, app, word, value + 1, err);
            *value = ':';
        }
        if (st == KM_OK && value && !known && value > word) {
            st = km_fail(err, KM_EINVAL, "%s: no such word in a filter", word);
            km_mend(st, err, "There are %s.", KM_FILTER_WORDS);
        } else if (st == KM_OK && !known) {
            km_buf_printf(&note, "%s%s", note.len ? " " : "", word);
        }
    }
    if (st == KM_OK && note.len > 0)
        out->text = km_arena_strdup(mem, note.s);
    km_buf_clear(&note);
    return st;
}

/* ---- kept ones ---- */

static km_status take_filter(void *ctx, int64_t id, const char *name, const char *words,
                             km_error *err)
{
    km_saved_filter_list *l = ctx;

    (void)err;
    l->row = km_room(l->row, l->n, sizeof *l->row);
    l->row[l->n++] = (km_saved_filter){ id, km_arena_strdup(&l->mem, name),
                                        km_arena_strdup(&l->mem, words) };
    return KM_OK;
}

km_status km_app_filters(km_saved_filter_list *out, km_app *app, km_error *err)
{
    *out = (km_saved_filter_list){ .n = 0 };
    km_status st = km_store_saved_filters_each(app->store, take_filter, out, err);

    if (st != KM_OK)
        km_saved_filter_list_clear(out);
    return st;
}

void km_saved_filter_list_clear(km_saved_filter_list *l)
{
    free(l->row);
    km_arena_clear(&l->mem);
    *l = (km_saved_filter_list){ .n = 0 };
}

#define FILTER_TEXT_MAX 1000

/* One line, of names and words that can be typed again. */
static km_status check_line(const char *what, const char *text, size_t most, km_error *err)
{
    size_t n = strlen(text);

    if (n == 0 || text[strspn(text, " \t")] == '\0')
        return km_fail(err, KM_EINVAL, "%s is empty", what);
    if (n > most)
        return km_fail(err, KM_EINVAL, "%s has %zu bytes; %zu is the most", what, n, most);
    for (size_t i = 0; i < n; i++) {
        if (iscntrl((unsigned char)text[i]))
            return km_fail(err, KM_EINVAL, "%s holds a control character", what);
    }
    if (!km_utf8_valid(text, n))
        return km_fail(err, KM_EINVAL, "%s is not UTF-8", what);
    return KM_OK;
}

km_status km_app_filter_save(km_app *app, const char *name, const char *text, km_error *err)
{
    km_mark_filter read;
    km_arena mem = { 0 };
    km_buf what = { 0 };
    int64_t id = 0;
    km_status st = check_line("the name of the filter", name, KM_NAME_MAX, err);

    if (st == KM_OK)
        st = check_line("the filter", text, FILTER_TEXT_MAX, err);
    if (st == KM_OK)
        st = km_app_filter_parse(&read, &mem, app, text, err);
    km_arena_clear(&mem);
    if (st == KM_OK)
        st = km_app_write_begin(app, err);
    if (st != KM_OK)
        return st;
    st = km_store_saved_filter_put(&id, app->store, name, text, err);
    km_buf_printf(&what, "keep the filter %s", name);
    st = km_app_write_end(app, st, what.s, id, err);
    km_buf_clear(&what);
    return st;
}

km_status km_app_filter_remove(km_app *app, int64_t id, km_error *err)
{
    km_status st = km_app_write_begin(app, err);

    if (st != KM_OK)
        return st;
    st = km_store_saved_filter_remove(app->store, id, err);
    return km_app_write_end(app, st, "remove a filter", id, err);
}

km_status km_app_filter_find(const char **text, int64_t *id, km_arena *mem, km_app *app,
                             const char *name_or_id, km_error *err)
{
    km_saved_filter_list l;
    const km_saved_filter *found = NULL;
    char *end;
    km_status st = km_app_filters(&l, app, err);

    if (st != KM_OK)
        return st;
    long long number = strtoll(name_or_id, &end, 10);
    for (size_t i = 0; i < l.n && !found; i++) {
        if (km_text_casecmp(l.row[i].name, name_or_id) == 0)
            found = &l.row[i];
    }
    for (size_t i = 0; i < l.n && !found && *end == '\0'; i++) {
        if (l.row[i].id == number)
            found = &l.row[i];
    }
    if (found) {
        *id = found->id;
        *text = km_arena_strdup(mem, found->text);
    } else {
        st = km_mend(km_fail(err, KM_ENOTFOUND, "filter %s: there is no such filter", name_or_id),
                     err, "knotmap filter list shows those there are");
    }
    km_saved_filter_list_clear(&l);
    return st;
}
