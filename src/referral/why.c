/** The reasons of a candidate in plain words. */
#include "words.h"

#define EXPECTS_SAID 3

static const char *zone_words(int kind, int weight)
{
    if (kind == KM_ZONE_ESSENTIAL)
        return weight == 3 ? "hallmark zone" : "essential zone";
    return kind == KM_ZONE_SPILLOVER ? "spillover zone" : "at the point itself";
}

static void put_explains(km_buf *out, const km_atlas *a, const km_search *s,
                         const km_candidate *c)
{
    int n = 0, i = 0;
    for (size_t k = 0; k < s->n_complaint; k++)
        n += (int)(c->explains >> k & 1u);
    km_buf_puts(out, "explains ");
    for (size_t k = 0; k < s->n_complaint; k++) {
        if (!(c->explains >> k & 1u))
            continue;
        km_buf_puts(out, words_joint(i++, n));
        words_complaint(out, a, &s->complaint[k]);
        km_buf_printf(out, " (%s)", zone_words(c->zone_kind[k], c->zone_weight[k]));
    }
    if ((size_t)n == s->n_complaint)
        return;
    km_buf_puts(out, "; leaves ");
    int left = (int)s->n_complaint - n;
    i = 0;
    for (size_t k = 0; k < s->n_complaint; k++) {
        if (c->explains >> k & 1u)
            continue;
        km_buf_puts(out, words_joint(i++, left));
        words_complaint(out, a, &s->complaint[k]);
    }
}

static void put_expects(km_buf *out, const km_atlas *a, const km_candidate *c)
{
    if (c->n_expects == 0)
        return;
    int n = c->n_expects < EXPECTS_SAID ? c->n_expects : EXPECTS_SAID;
    km_buf_puts(out, "; would also be expected to hurt: ");
    for (int i = 0; i < n; i++) {
        km_buf_puts(out, i ? ", " : "");
        words_place(out, a, c->expects[i].region, c->expects[i].side);
        km_buf_puts(out, c->expects[i].kind == KM_ZONE_SPILLOVER ? " (sometimes)" : "");
    }
    if (c->n_expects > n)
        km_buf_printf(out, " and %d more", c->n_expects - n);
}

static void put_times(km_buf *out, const char *before, int n, const char *word)
{
    km_buf_printf(out, "%s%s", before, word);
    if (n > 1)
        km_buf_printf(out, " %d times", n);
}

static void put_age(km_buf *out, int days)
{
    if (days == 0)
        km_buf_puts(out, ", last today");
    else if (days == 1)
        km_buf_puts(out, ", last yesterday");
    else if (days > 1)
        km_buf_printf(out, ", last %d days ago", days);
}

static void put_history(km_buf *out, const km_history *h)
{
    if (h->active + h->latent + h->unspecified + h->confirmed > 0) {
        const struct {
            int n;
            const char *word;
        } part[] = { { h->active, "found active" },
                     { h->latent, "found latent" },
                     { h->unspecified, "found as a knot" },
                     { h->confirmed, "pressing it was felt in these places" } };
        const char *before = "; raised by earlier records: ";
        for (size_t i = 0; i < sizeof part / sizeof part[0]; i++) {
            if (part[i].n == 0)
                continue;
            put_times(out, before, part[i].n, part[i].word);
            before = ", ";
        }
        put_age(out, h->days_ago);
    }
    if (h->tested == 1)
        km_buf_puts(out, "; pressed now: the familiar pain");
    else if (h->tested == 2)
        km_buf_puts(out, "; pressed now: another pain, so less likely");
    else if (h->tested == 3)
        km_buf_puts(out, "; pressed now: not tender, so much less likely");
}

void km_referral_why(km_buf *out, const km_atlas *a, const km_search *s, const km_candidate *c)
{
    put_explains(out, a, s, c);
    put_expects(out, a, c);
    for (size_t i = 0; i < s->n_history; i++) {
        if (s->history[i].point == c->point && s->history[i].side == c->side)
            put_history(out, &s->history[i]);
    }
}
