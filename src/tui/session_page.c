/** One session in full: figures, what was done, who signed, what was added, what it meets. */
#include <stdlib.h>

#include "care.h"
#include "page.h"
#include "words.h"

static void set_line(tui_page *p, const char *label, km_vocab v, uint32_t set)
{
    km_buf b = { 0 };
    tui_words_set(&b, v, set);
    if (set)
        tui_page_add(p, KM_ROLE_TEXT, 0, "%s: %s", label, km_buf_str(&b));
    km_buf_clear(&b);
}

static void text_line(tui_page *p, const char *label, const char *text)
{
    if (text)
        tui_page_add(p, KM_ROLE_TEXT, 0, "%s: %s", label, text);
}

/** Open marks that meet the muscles: what to mind before the next such session. */
static void add_ready(km_tui *t, tui_page *p, const km_session *s)
{
    km_error err = { 0 };
    km_mark_list l;
    if (!s->muscles)
        return;
    if (km_app_ready(&l, t->app, s->muscles, &err) != KM_OK) {
        tui_page_add(p, KM_ROLE_ERROR, 0, "%s", err.text);
        return;
    }
    tui_page_add(p, KM_ROLE_ACCENT, 0, "\nopen where these muscles work");
    for (size_t i = 0; i < l.n; i++) {
        km_buf b = { 0 };
        tui_words_mark(&b, t->atlas, &l.row[i]);
        tui_page_add(p, KM_ROLE_WARN, 2, "%s", km_buf_str(&b));
        tui_page_link_life(p, &l.row[i].place, (int)l.row[i].kind);
        km_buf_clear(&b);
    }
    if (l.n == 0)
        tui_page_add(p, KM_ROLE_OK, 2, "nothing");
    km_mark_list_clear(&l);
}

/** What was marked while it was open. */
static void add_marks(km_tui *t, tui_page *p, const km_session *s)
{
    km_error err = { 0 };
    km_mark_list l;
    km_mark_filter f = km_mark_filter_all();
    f.session_id = s->id;
    if (km_app_marks(&l, t->app, &f, &err) != KM_OK) {
        tui_page_add(p, KM_ROLE_ERROR, 0, "%s", err.text);
        return;
    }
    if (l.n > 0)
        tui_page_add(p, KM_ROLE_ACCENT, 0, "\nmarked in it");
    for (size_t i = 0; i < l.n; i++) {
        km_buf b = { 0 };
        tui_words_mark(&b, t->atlas, &l.row[i]);
        tui_page_add(p, KM_ROLE_TEXT, 2, "%s", km_buf_str(&b));
        tui_page_link_life(p, &l.row[i].place, (int)l.row[i].kind);
        km_buf_clear(&b);
    }
    km_mark_list_clear(&l);
}

/** A training and the next one, with the recovery between. */
static void add_next(km_tui *t, tui_page *p, const km_session *s)
{
    km_error err = { 0 };
    km_next_list l;
    if (s->kind != KM_SESSION_TRAINING)
        return;
    if (km_app_next_sessions(&l, t->app, 0, &err) != KM_OK) {
        tui_page_add(p, KM_ROLE_ERROR, 0, "%s", err.text);
        return;
    }
    for (size_t i = 0; i < l.n; i++) {
        const km_next_session *n = &l.row[i];
        if (n->session.id != s->id)
            continue;
        tui_page_add(p, KM_ROLE_ACCENT, 0, "\nand the next one");
        tui_page_add(p, KM_ROLE_TEXT, 2, "recovery between: %s",
                     n->recovered[0] ? n->recovered : "nothing noted");
        if (!n->has_next)
            tui_page_add(p, KM_ROLE_DIM, 2, "there was none yet");
        else
            tui_page_add(p, KM_ROLE_TEXT, 2, "%d h later", n->next_hours);
        if (n->has_next && n->next_rpe >= 0)
            tui_page_add(p, KM_ROLE_TEXT, 2, "effort %d of 10", n->next_rpe);
        if (n->has_next && n->next_feel >= 0)
            tui_page_add(p, KM_ROLE_TEXT, 2, "felt %d of 10 after it", n->next_feel);
    }
    km_next_list_clear(&l);
}

static void add_more(km_tui *t, tui_page *p, const km_session *s)
{
    km_error err = { 0 };
    km_arena mem = { 0 };
    km_session_more m;
    km_amendment_list l;
    char at[KM_TIME_TEXT];
    if (km_app_session_more(&m, &mem, t->app, s->id, &err) == KM_OK) {
        if (m.feel_before >= 0 && s->feel >= 0)
            tui_page_add(p, KM_ROLE_TEXT, 0, "felt %d before and %d after (%+d)", m.feel_before,
                         s->feel, s->feel - m.feel_before);
        else if (s->feel >= 0)
            tui_page_add(p, KM_ROLE_TEXT, 0, "felt %d of 10 after it", s->feel);
        set_line(p, "done", KM_VOCAB_MODALITY, m.modality);
        set_line(p, "care from", KM_VOCAB_SERVICE, m.service);
        set_line(p, "checked", KM_VOCAB_PAGE, m.checked);
        set_line(p, "left out", KM_VOCAB_PAGE, m.skipped);
        if (m.is_signed) {
            km_time_local(at, m.signed_at);
            tui_page_add(p, KM_ROLE_ACCENT, 0, "signed by %s, %s; what changes since stands below",
                         m.practitioner ? m.practitioner : "?", at);
        } else {
            text_line(p, "by", m.practitioner);
        }
    }
    km_arena_clear(&mem);
    if (err.text[0] == '\0' && km_app_amendments(&l, t->app, s->id, &err) == KM_OK) {
        for (size_t i = 0; i < l.n; i++) {
            km_time_local(at, l.row[i].at);
            tui_page_add(p, KM_ROLE_TEXT, 0, "%s%s, %s: %s", i ? "" : "\n", at, l.row[i].field,
                         l.row[i].text);
        }
        km_amendment_list_clear(&l);
    }
    if (err.text[0])
        tui_page_add(p, KM_ROLE_ERROR, 0, "%s", err.text);
}

static void fill(km_tui *t, tui_page *p)
{
    km_error err = { 0 };
    km_arena mem = { 0 };
    km_session s;
    char at[KM_TIME_TEXT];
    if (km_app_session_get(&s, &mem, t->app, p->tag, &err) != KM_OK) {
        tui_page_add(p, KM_ROLE_ERROR, 0, "%s", err.text);
        return;
    }
    km_time_local(at, s.started);
    tui_page_add(p, KM_ROLE_TITLE, 0, "%s, %s%s", km_word(KM_VOCAB_SESSION, (int)s.kind), at,
                 s.has_ended ? "" : ", open");
    text_line(p, "goal", s.goal);
    text_line(p, "muscles", s.muscles);
    if (s.rpe >= 0)
        tui_page_add(p, KM_ROLE_TEXT, 0, "effort %d of 10", s.rpe);
    if (s.minutes >= 0)
        tui_page_add(p, KM_ROLE_TEXT, 0, "%d minutes", s.minutes);
    if (km_session_load(&s) >= 0)
        tui_page_add(p, KM_ROLE_TEXT, 0, "load %d (effort x minutes, Foster 2001)",
                     km_session_load(&s));
    text_line(p, "note", s.note);
    text_line(p, "what the person says", s.subjective);
    text_line(p, "what was found", s.objective);
    text_line(p, "what it is taken for", s.assessment);
    text_line(p, "plan", s.plan);
    add_more(t, p, &s);
    add_marks(t, p, &s);
    add_ready(t, p, &s);
    add_next(t, p, &s);
    km_arena_clear(&mem);
}

view *tui_session_page(km_tui *t, int64_t id)
{
    (void)t;
    return tui_page_new("session", fill, id, "close");
}
