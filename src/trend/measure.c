/* Measures other than ratings: pressure thresholds and flexibility tests. */
#include "knotmap/trend.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char *cell(const km_table *t, int row, const char *column)
{
    int c = km_table_column(t, column);
    return c < 0 ? "" : km_table_cell(t, row, c);
}

bool km_measure_at(km_measure *out, const km_atlas *a, int row)
{
    static const char *const taken[] = { "rating", "mark", "treatment", "checkin" };
    const km_table *t = km_atlas_table(a, "measures");

    if (!t || row >= t->n_row)
        return false;
    const char *least = cell(t, row, "no_change_under");
    *out = (km_measure){
        .code = cell(t, row, "code"),
        .name = cell(t, row, "name"),
        .unit = cell(t, row, "unit"),
        .source = cell(t, row, "source"),
        .note = cell(t, row, "note"),
        .how = cell(t, row, "how"),
        .sided = strcmp(cell(t, row, "sided"), "yes") == 0,
        .higher_is_better = strcmp(cell(t, row, "better"), "higher") == 0,
        .no_change_under = least[0] != '\0' ? strtod(least, NULL) : NAN,
    };
    for (int i = 0; i < (int)(sizeof taken / sizeof *taken); i++) {
        if (strcmp(cell(t, row, "taken"), taken[i]) == 0)
            out->taken = (km_taken)i;
    }
    return true;
}

bool km_measure_get(km_measure *out, const km_atlas *a, const char *code)
{
    for (int i = 0; km_measure_at(out, a, i); i++) {
        if (strcmp(out->code, code) == 0)
            return true;
    }
    return false;
}

/* ---- flexibility tests ---- */

static km_status no_such_test(const km_atlas *a, const char *code, km_error *err)
{
    km_buf list = { 0 };
    km_measure m;

    for (int i = 0; km_measure_at(&m, a, i); i++) {
        if (m.taken == KM_TAKEN_CHECKIN)
            km_buf_printf(&list, "%s%s", list.len ? ", " : "", m.code);
    }
    km_status st = km_mend(km_fail(err, KM_EINVAL, "%s: no such flexibility test",
                                       *code ? code : "\"\""), err,
                           "There are %s.", km_buf_str(&list));
    km_buf_clear(&list);
    return st;
}

km_status km_test_check(const km_atlas *a, const char *code, km_side side, km_error *err)
{
    km_measure m;

    if (!km_measure_get(&m, a, code) || m.taken != KM_TAKEN_CHECKIN)
        return no_such_test(a, code, err);
    if (m.sided && side == KM_SIDE_MIDLINE)
        return km_fail(err, KM_EINVAL, "%s: say which side, as in %s:left", code, code);
    if (!m.sided && side != KM_SIDE_MIDLINE)
        return km_fail(err, KM_EINVAL, "%s: this test takes no side", code);
    return KM_OK;
}

km_status km_test_parse(const char **code, km_side *side, const km_atlas *a, const char *text,
                        km_error *err)
{
    const char *colon = strchr(text, ':');
    char name[64];
    int word = KM_SIDE_MIDLINE;
    km_measure m;

    snprintf(name, sizeof name, "%.*s", colon ? (int)(colon - text) : 63, text);
    if (!km_measure_get(&m, a, name) || m.taken != KM_TAKEN_CHECKIN)
        return no_such_test(a, name, err);
    if (colon) {
        km_status st = km_word_parse(&word, KM_VOCAB_SIDE, m.code, colon + 1, err);
        if (st == KM_OK)
            st = km_test_check(a, m.code, (km_side)word, err);
        if (st != KM_OK)
            return st;
    }
    *code = m.code;
    *side = (km_side)word;
    return KM_OK;
}

void km_test_print(km_buf *out, const char *code, km_side side)
{
    km_buf_puts(out, code);
    if (side != KM_SIDE_MIDLINE)
        km_buf_printf(out, ":%s", km_word(KM_VOCAB_SIDE, (int)side));
}

/* ---- verdicts ---- */

km_verdict km_judge_measure(const km_measure *m, double before, double after)
{
    if (isnan(m->no_change_under) || isnan(before) || isnan(after))
        return KM_VERDICT_TOO_FEW;
    double change = after - before;
    if (fabs(change) < m->no_change_under)
        return KM_VERDICT_SAME;
    return (change > 0) == m->higher_is_better ? KM_VERDICT_BETTER : KM_VERDICT_WORSE;
}

void km_measure_rule(km_buf *out, const km_measure *m)
{
    if (isnan(m->no_change_under)) {
        km_buf_printf(out,
                      "%s: no figure is published for how much of a change is more than chance, so "
                      "the numbers (%s) stand without a verdict.",
                      m->name, m->unit);
    } else {
        km_buf_printf(out, "%s: a change under %g %s is not counted. Rule: %s.", m->name,
                      m->no_change_under, m->unit, m->source);
    }
}
