/** What to expect: the first-time page of a technique, in plain words with its sources. */
#include <string.h>

#include "follow.h"
#include "page.h"

#define ROWS_MAX 24

uint32_t tui_expect_first_time(km_tui *t, uint32_t techniques)
{
    uint32_t first = 0;
    for (int k = 0; k < KM_TECH_COUNT; k++) {
        if (!(techniques & (1u << k)))
            continue;
        km_error err = { 0 };
        km_treatment_list l;
        km_mark_filter f = km_mark_filter_all();
        f.kind = k;
        f.limit = 1;
        if (km_app_treatments(&l, t->app, &f, &err) != KM_OK) {
            tui_fail(t, &err);
            return 0;
        }
        if (l.n == 0)
            first |= 1u << k;
        km_treatment_list_clear(&l);
    }
    return first;
}

static void add_row(tui_page *p, const km_expectation *e)
{
    tui_page_add(p, KM_ROLE_TITLE, 0, "%s", km_routine_topic(e->topic));
    tui_page_add(p, KM_ROLE_TEXT, 2, "%s", e->text);
    tui_page_add(p, KM_ROLE_DIM, 2, "%s%s", strcmp(e->basis, "disputed") == 0
                 ? "commonly described; the mechanism is disputed. Source: " : "Source: ",
                 e->source);
}

static void fill(km_tui *t, tui_page *p)
{
    km_expectation row[ROWS_MAX], common[ROWS_MAX];
    size_t n_common = 0;
    bool first = true;
    for (int k = 0; k < KM_TECH_COUNT; k++) {
        if (!((uint32_t)p->tag & (1u << k)))
            continue;
        km_buf name = { 0 };
        size_t n = km_routine_expect(row, ROWS_MAX, t->atlas, (km_technique)k);
        km_word_human(&name, KM_VOCAB_TECHNIQUE, k);
        if (k == KM_TECH_SMR)
            km_buf_puts(&name, ", self-myofascial release: rolling or pressing with a tool");
        if (k == KM_TECH_PIR)
            km_buf_puts(&name, " (post-isometric relaxation, pir)");
        tui_page_add(p, KM_ROLE_ACCENT, 0, "%s%s", first ? "" : "\n", km_buf_str(&name));
        km_buf_clear(&name);
        for (size_t i = 0; i < n; i++) {
            if (row[i].technique >= 0)
                add_row(p, &row[i]);
            else if (first)
                common[n_common++] = row[i];
        }
        first = false;
    }
    if (n_common > 0)
        tui_page_add(p, KM_ROLE_ACCENT, 0, "%s", "\nfor all of it");
    for (size_t i = 0; i < n_common; i++)
        add_row(p, &common[i]);
}

view *tui_expect_new(km_tui *t, uint32_t techniques)
{
    (void)t;
    return tui_page_new("what to expect", fill, techniques, "I have read this");
}
