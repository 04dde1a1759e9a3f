/*
 * What sessions are made of: the pages of a recovery session, who gave it, signing, amendments
 * after signing; and the weekly problem record.
 */
#include "care_impl.h"

#include "knotmap/time.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define ALL_PAGES ((1u << KM_PAGE_COUNT) - 1)

static km_status own_session(km_session *out, km_arena *mem, km_app *app, int64_t id, km_error *err)
{
    int64_t client = 0;
    km_status st = km_app_client_id(&client, app, err);

    if (st == KM_OK)
        st = km_store_session_get(out, mem, app->store, id, err);
    if (st == KM_OK && out->client_id != client)
        st = km_fail(err, KM_ENOTFOUND, "session %lld: it is another client's", (long long)id);
    return st;
}

km_status km_app_session_more(km_session_more *out, km_arena *mem, km_app *app, int64_t id,
                              km_error *err)
{
    return km_store_session_more_get(out, mem, app->store, id, err);
}

static km_status write_more(km_app *app, int64_t client, const km_session_more *m,
                            const char *words, km_error *err)
{
    km_buf what = { 0 };
    km_status st = km_app_write_begin(app, err);

    if (st != KM_OK)
        return st;
    st = km_store_session_more_put(app->store, client, m, err);
    km_buf_printf(&what, "%s session %lld", words, (long long)m->session_id);
    st = km_app_write_end(app, st, what.s, m->session_id, err);
    km_buf_clear(&what);
    return st;
}

km_status km_app_session_more_amend(km_session_more *m, const km_session_more *now, km_error *err)
{
    if (m->is_signed) {
        return km_mend(
            km_fail(err, KM_EINVAL, "session %lld: it is signed", (long long)m->session_id), err,
            "session note adds an amendment");
    }
    m->feel_before = now->feel_before;
    m->modality = now->modality;
    m->service = now->service;
    m->practitioner = now->practitioner;
    return KM_OK;
}

km_status km_app_session_more_set(const km_session_more *in, km_app *app, km_error *err)
{
    km_arena mem = { 0 };
    km_session s;
    km_session_more m;
    km_status st = own_session(&s, &mem, app, in->session_id, err);

    if (st == KM_OK)
        st = km_store_session_more_get(&m, &mem, app->store, in->session_id, err);
    if (st == KM_OK && (in->feel_before < -1 || in->feel_before > 10))
        st = km_fail(err, KM_EINVAL, "feel before %d: outside 0..10", in->feel_before);
    if (st == KM_OK && in->practitioner && strlen(in->practitioner) > KM_NAME_MAX)
        st = km_fail(err, KM_EINVAL, "practitioner: longer than %d bytes", KM_NAME_MAX);
    if (st == KM_OK)
        st = km_app_session_more_amend(&m, in, err);
    if (st == KM_OK)
        st = write_more(app, s.client_id, &m, "describe", err);
    km_arena_clear(&mem);
    return st;
}

/* ---- the pages of a recovery session ---- */

km_status km_app_session_check(km_app *app, km_page page, bool skip, km_error *err)
{
    return km_app_session_check_pages(app, 1u << page, skip, err);
}

km_status km_app_session_check_pages(km_app *app, uint32_t pages, bool skip, km_error *err)
{
    km_arena mem = { 0 };
    km_session s;
    km_session_more m;
    km_status st = km_app_session_open(&s, &mem, app, err);

    if (st == KM_OK && s.kind != KM_SESSION_RECOVERY)
        st = km_fail(err, KM_EINVAL, "session %lld: only a recovery session has these checks",
                     (long long)s.id);
    if (st == KM_OK)
        st = km_store_session_more_get(&m, &mem, app->store, s.id, err);
    if (st == KM_OK) {
        m.checked = skip ? m.checked & ~pages : m.checked | pages;
        m.skipped = skip ? m.skipped | pages : m.skipped & ~pages;
        km_buf words = { 0 };
        km_buf_puts(&words, skip ? "skip " : "check ");
        km_words_print(&words, KM_VOCAB_PAGE, pages);
        km_buf_puts(&words, " in");
        st = write_more(app, s.client_id, &m, words.s, err);
        km_buf_clear(&words);
    }
    km_arena_clear(&mem);
    return st;
}

static km_status missing_of(uint32_t *out, km_app *app, const km_session *s, km_error *err)
{
    km_arena mem = { 0 };
    km_session_more m;
    uint32_t seen = 0;
    km_status st = KM_OK;

    *out = 0;
    if (s->kind != KM_SESSION_RECOVERY)
        return KM_OK;
    st = km_store_session_more_get(&m, &mem, app->store, s->id, err);
    if (st == KM_OK)
        st = km_store_session_seen(&seen, app->store, s->id, err);
    if (st == KM_OK)
        *out = ALL_PAGES & ~(seen | m.checked | m.skipped);
    km_arena_clear(&mem);
    return st;
}

km_status km_app_session_missing(uint32_t *out, km_app *app, int64_t id, km_error *err)
{
    km_arena mem = { 0 };
    km_session s;
    km_status st = km_store_session_get(&s, &mem, app->store, id, err);

    if (st == KM_OK)
        st = missing_of(out, app, &s, err);
    km_arena_clear(&mem);
    return st;
}

km_status km_app_session_may_end(const km_session *s, km_app *app, km_error *err)
{
    uint32_t missing = 0;
    km_buf list = { 0 }, pages = { 0 };
    km_status st = missing_of(&missing, app, s, err);

    if (st != KM_OK || !missing)
        return st;
    for (int p = 0; p < KM_PAGE_COUNT; p++) {
        if (!(missing >> p & 1))
            continue;
        km_buf_printf(&list, "%s%s", list.len ? ", " : "", km_word(KM_VOCAB_PAGE, p));
        km_buf_printf(&pages, " %s", km_word(KM_VOCAB_PAGE, p));
    }
    km_fail(err, KM_EINVAL, "session %lld: not looked at yet: %s", (long long)s->id, list.s);
    km_mend(KM_EINVAL, err,
            "mark what there is, or say session check%s, with --skip to leave it out", pages.s);
    km_buf_clear(&list);
    km_buf_clear(&pages);
    return KM_EINVAL;
}

/* ---- signing and amendments ---- */

km_status km_app_session_sign(km_app *app, int64_t id, const char *practitioner, km_error *err)
{
    km_arena mem = { 0 };
    km_session s;
    km_session_more m;
    km_status st = own_session(&s, &mem, app, id, err);

    if (st == KM_OK)
        st = km_store_session_more_get(&m, &mem, app->store, id, err);
    if (st == KM_OK && practitioner)
        m.practitioner = practitioner;
    if (st == KM_OK && !s.has_ended)
        st = km_fail(err, KM_EINVAL, "session %lld: end it before it is signed", (long long)id);
    if (st == KM_OK && m.is_signed)
        st = km_fail(err, KM_EINVAL, "session %lld: it is signed already", (long long)id);
    if (st == KM_OK && !(m.practitioner && *m.practitioner))
        st = km_fail(err, KM_EINVAL, "session %lld: who signs it? A practitioner is needed",
                     (long long)id);
    if (st == KM_OK && strlen(m.practitioner) > KM_NAME_MAX)
        st = km_fail(err, KM_EINVAL, "practitioner: longer than %d bytes", KM_NAME_MAX);
    if (st == KM_OK)
        st = km_now(&m.signed_at, err);
    if (st == KM_OK) {
        m.is_signed = true;
        st = write_more(app, s.client_id, &m, "sign", err);
    }
    km_arena_clear(&mem);
    return st;
}

km_status km_app_session_signed(bool *out, km_app *app, int64_t id, km_error *err)
{
    km_arena mem = { 0 };
    km_session_more m;
    km_status st = km_store_session_more_get(&m, &mem, app->store, id, err);

    *out = st == KM_OK && m.is_signed;
    km_arena_clear(&mem);
    return st;
}

static km_status amend(const km_session *s, const char *field, const char *text, km_app *app,
                       km_error *err)
{
    km_amendment a = { .session_id = s->id, .field = field, .text = text };
    km_status st = km_now(&a.at, err);

    if (st == KM_OK)
        st = km_app_uid(&a.uid, err);
    return st == KM_OK ? km_store_amendment_add(&a.id, app->store, s->client_id, &a, err) : st;
}

static bool differs(const char *a, const char *b)
{
    return strcmp(a ? a : "", b ? b : "") != 0;
}

km_status km_app_session_amend(const km_session *before, const km_session *after, km_app *app,
                               km_error *err)
{
    const struct { const char *field, *old, *now; } text[] = {
        { "goal", before->goal, after->goal },
        { "muscles", before->muscles, after->muscles },
        { "note", before->note, after->note },
        { "subjective", before->subjective, after->subjective },
        { "objective", before->objective, after->objective },
        { "assessment", before->assessment, after->assessment },
        { "plan", before->plan, after->plan },
        { "kind", km_word(KM_VOCAB_SESSION, (int)before->kind),
          km_word(KM_VOCAB_SESSION, (int)after->kind) },
    };
    const struct { const char *field; int64_t old, now; } number[] = {
        { "rpe", before->rpe, after->rpe },
        { "minutes", before->minutes, after->minutes },
        { "feel", before->feel, after->feel },
    };
    km_status st = KM_OK;
    char said[KM_TIME_TEXT];

    for (size_t i = 0; i < sizeof text / sizeof *text && st == KM_OK; i++) {
        if (differs(text[i].old, text[i].now))
            st = amend(before, text[i].field,
                       text[i].now && *text[i].now ? text[i].now : "(emptied)", app, err);
    }
    for (size_t i = 0; i < sizeof number / sizeof *number && st == KM_OK; i++) {
        if (number[i].old == number[i].now)
            continue;
        snprintf(said, sizeof said, "%lld", (long long)number[i].now);
        st = amend(before, number[i].field, number[i].now < 0 ? "(emptied)" : said, app, err);
    }
    if (st == KM_OK && before->started.sec != after->started.sec) {
        km_time_local(said, after->started);
        st = amend(before, "started", said, app, err);
    }
    return st;
}

static km_status take_amendment(void *ctx, const km_amendment *a, km_error *err)
{
    km_amendment_list *l = ctx;

    (void)err;
    l->row = km_room(l->row, l->n, sizeof *l->row);
    l->row[l->n] = *a;
    l->row[l->n].field = km_arena_strdup(&l->mem, a->field);
    l->row[l->n].text = km_arena_strdup(&l->mem, a->text);
    l->row[l->n].client = km_arena_strdup(&l->mem, a->client);
    l->n++;
    return KM_OK;
}

km_status km_app_amendments(km_amendment_list *out, km_app *app, int64_t session_id, km_error *err)
{
    *out = (km_amendment_list){ .n = 0 };
    km_status st = km_store_amendments_each(app->store, 0, session_id, take_amendment, out, err);

    if (st != KM_OK)
        km_amendment_list_clear(out);
    return st;
}

void km_amendment_list_clear(km_amendment_list *l)
{
    free(l->row);
    km_arena_clear(&l->mem);
    *l = (km_amendment_list){ .n = 0 };
}

/* ---- weekly problem records ---- */

km_status km_app_problem_put(km_problem *io, km_app *app, km_error *err)
{
    km_buf what = { 0 };
    char day[KM_TIME_TEXT];
    km_status st = km_problem_check(io, err);

    if (st == KM_OK && (!io->area || km_atlas_region(app->atlas, io->area) < 0))
        st = km_fail(err, KM_EINVAL, "%s: no such region", io->area ? io->area : "area");
    io->week = km_day_week(io->week);
    if (st == KM_OK && km_uid_is_zero(io->uid))
        st = km_app_uid(&io->uid, err);
    if (st == KM_OK && io->client_id == 0)
        st = km_app_client_id(&io->client_id, app, err);
    if (st == KM_OK)
        st = km_app_write_begin(app, err);
    if (st != KM_OK)
        return st;
    st = km_store_problem_put(&io->id, app->store, io, err);
    km_day_text(day, io->week);
    km_buf_printf(&what, "problem of %s in the week of %s", io->area, day);
    st = km_app_write_end(app, st, what.s, io->id, err);
    km_buf_clear(&what);
    return st;
}

static km_status take_problem(void *ctx, const km_problem *p, km_error *err)
{
    km_problem_list *l = ctx;

    (void)err;
    l->row = km_room(l->row, l->n, sizeof *l->row);
    l->row[l->n] = *p;
    l->row[l->n].area = km_arena_strdup(&l->mem, p->area);
    l->row[l->n].client = km_arena_strdup(&l->mem, p->client);
    l->n++;
    return KM_OK;
}

km_status km_app_problems(km_problem_list *out, km_app *app, km_error *err)
{
    *out = (km_problem_list){ .n = 0 };
    int64_t client = 0;
    km_status st = km_app_client_id(&client, app, err);

    if (st == KM_OK)
        st = km_store_problems_each(app->store, client, take_problem, out, err);
    if (st != KM_OK)
        km_problem_list_clear(out);
    return st;
}

void km_problem_list_clear(km_problem_list *l)
{
    free(l->row);
    km_arena_clear(&l->mem);
    *l = (km_problem_list){ .n = 0 };
}
