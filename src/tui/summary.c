/** The client on one page: what hurts, since when, worse or better, what helps, what is next. */
#include "knotmap/summary.h"

#include <stdlib.h>

#include "page.h"
#include "patterns.h"

#define LABEL_W 12

static const struct {
    const char *label;
    int most, most_tall;   /**< lines of a topic on a low and on a tall screen */
} topic[KM_SUMMARY_TOPICS] = {
    [KM_SUMMARY_WARNING] = { "heed", 9, 9 },
    [KM_SUMMARY_COURSE] = { "this week", 1, 1 },
    [KM_SUMMARY_HURTS] = { "hurts", 3, 12 },
    [KM_SUMMARY_VISIT] = { "since visit", 1, 5 },
    [KM_SUMMARY_BACK] = { "comes back", 2, 3 },
    [KM_SUMMARY_SIDE] = { "side", 1, 1 },
    [KM_SUMMARY_TOGETHER] = { "together", 1, 2 },
    [KM_SUMMARY_BEFORE] = { "before it", 1, 2 },
    [KM_SUMMARY_HELPS] = { "helps", 1, 2 },
    [KM_SUMMARY_NEXT] = { "next", 2, 9 },
};

static void open_patterns(km_tui *t, const tui_link *l)
{
    tui_push(t, tui_patterns_at(t, (int)l->n));
}

static void open_compare(km_tui *t, const tui_link *l)
{
    tui_push(t, tui_compare_new(t, (int)l->n));
}

static void link_row(tui_page *p, const km_summary_row *r)
{
    bool place = r->place.region != NULL;
    switch (r->topic) {
    case KM_SUMMARY_COURSE: tui_page_link_trend(p, "all", KM_SIDE_COUNT, KM_BY_ALL); return;
    case KM_SUMMARY_SIDE:
        tui_page_link(p, &(tui_link){ .open = open_patterns, .n = PATTERN_SIDES });
        return;
    case KM_SUMMARY_BEFORE:
        tui_page_link(p, &(tui_link){ .open = open_patterns, .n = PATTERN_TRAINING });
        return;
    case KM_SUMMARY_NEXT: tui_page_link_go(p, ACT_GO_DAY); return;
    case KM_SUMMARY_WARNING:
        if (r->times > 0)
            tui_page_link(p, &(tui_link){ .open = open_patterns, .n = PATTERN_BACK });
        return;
    case KM_SUMMARY_VISIT:
        if (!place) {
            tui_page_link(p, &(tui_link){ .open = open_compare, .n = r->days });
            return;
        }
        break;
    default: break;
    }
    if (place)
        tui_page_link_life(p, &r->place, r->kind);
}

static km_role role_of(const km_summary_row *r)
{
    if (r->topic == KM_SUMMARY_WARNING)
        return KM_ROLE_WARN;
    return r->judged && r->judge.verdict == KM_VERDICT_WORSE    ? KM_ROLE_WARN
           : r->judged && r->judge.verdict == KM_VERDICT_BETTER ? KM_ROLE_OK
                                                                : KM_ROLE_TEXT;
}

/** The key under which the rest of a topic is found. */
static tui_action rest_of(km_summary_topic of)
{
    return of == KM_SUMMARY_HURTS ? ACT_GO_TRENDS : of == KM_SUMMARY_NEXT ? ACT_GO_DAY
                                                                          : ACT_TREND_PATTERNS;
}

/** Marks and treatments up to which the page is made at once, in a few milliseconds. */
#define AT_ONCE 2000

typedef struct work {
    km_summary s;
    size_t said;            /**< rows that are lines */
} work;

/** The rows that came, by topic: a topic comes whole. */
static void add_rows(tui_page *p, work *w)
{
    const km_summary *s = &w->s;
    while (w->said < s->n) {
        km_summary_topic of = s->row[w->said].topic;
        int most = p->tall ? topic[of].most_tall : topic[of].most, n = 0, more = 0;
        for (; w->said < s->n && s->row[w->said].topic == of; w->said++) {
            if (n == most) {
                more++;
                continue;
            }
            tui_page_add(p, role_of(&s->row[w->said]), LABEL_W, "%s", s->row[w->said].text);
            tui_page_tag(p, (int)w->said + 1);
            if (n++ == 0)
                tui_page_label(p, topic[of].label);
            link_row(p, &s->row[w->said]);
        }
        if (more > 0 && (of == KM_SUMMARY_HURTS || of == KM_SUMMARY_NEXT)) {
            tui_page_add(p, KM_ROLE_DIM, LABEL_W, "and %d more", more);
            tui_page_link_go(p, rest_of(of));
        }
    }
    p->unfinished = !s->whole;
    if (s->whole && s->n == 0)
        tui_page_add(p, KM_ROLE_DIM, 0, "Nothing is known yet: a digit on the body is the first mark.");
}

static void next(km_tui *t, tui_page *p)
{
    work *w = p->work;
    km_error err = { 0 };
    (void)t;
    if (km_app_summary_next(&w->s, &err) == KM_OK) {
        add_rows(p, w);
        return;
    }
    p->unfinished = false;
    tui_page_add(p, KM_ROLE_ERROR, 0, "%s", err.text);
}

static void drop(tui_page *p)
{
    work *w = p->work;
    if (w)
        km_summary_clear(&w->s);
    free(w);
}

static void fill(km_tui *t, tui_page *p)
{
    km_error err = { 0 };
    work *w = p->work = km_calloc(1, sizeof *w);
    km_status st = km_app_summary_begin(&w->s, t->app, &err);
    while (st == KM_OK && !w->s.whole && w->s.events <= AT_ONCE)
        st = km_app_summary_next(&w->s, &err);
    if (st == KM_OK)
        add_rows(p, w);
    else
        tui_page_add(p, KM_ROLE_ERROR, 0, "%s", err.text);
}

/* ---- why ---- */

static void fill_why(km_tui *t, tui_page *p)
{
    const tui_page *from = (const tui_page *)p->base.below;
    const work *w = from->work;
    const km_summary_row *r = &w->s.row[tui_page_selected_tag(from) - 1];
    km_measure pair;
    tui_page_add(p, KM_ROLE_TEXT, 0, "%s", r->text);
    if (r->judged) {
        tui_page_judgement(t, p, r->topic == KM_SUMMARY_COURSE ? "\nthis week" : "\nits place",
                           &r->judge);
        tui_page_add(p, KM_ROLE_TEXT, 0, r->topic == KM_SUMMARY_COURSE
                     ? "The rated days of this week stand against those of the four weeks before."
                     : "All kinds of mark at the place count together, as in the trends.");
    } else if (km_measure_get(&pair, t->atlas, "nrs_pair")) {
        tui_page_add(p, KM_ROLE_TEXT, 0, "\nBetter and worse since the visit mean 1 point or 15 %% "
                     "between two ratings; one pair can move this much by noise.");
        tui_page_add(p, KM_ROLE_TEXT, 0, "Rule: %s.", pair.source);
    }
}

static void why(km_tui *t, tui_page *p)
{
    const work *w = p->work;
    int at = tui_page_selected_tag(p) - 1;
    if (at >= 0 && (w->s.row[at].judged || w->s.row[at].topic == KM_SUMMARY_VISIT))
        tui_push(t, tui_page_new("in short: why", fill_why, 0, "close"));
    else
        tui_say(t, KM_ROLE_DIM, "this line gives no verdict");
}

view *tui_summary_new(km_tui *t)
{
    static const tui_page_steps steps = { .next = next, .drop = drop };
    (void)t;
    view *v = tui_page_new("in short", fill, 0, "close");
    ((tui_page *)v)->by_height = true;
    ((tui_page *)v)->steps = &steps;
    ((tui_page *)v)->why = why;
    return v;
}
