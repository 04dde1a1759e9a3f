/* Measures other than ratings: pressure thresholds and flexibility tests. */
#include "knotmap/trend.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static const char *cell(const km_table *t, int row, const char *column)
{
    int c = km_table_column(t, column);
    return c < 0 ? "" : km_table_cell(t, row, c);
}

bool km_measure_get(km_measure *out, const km_atlas *a, const char *code)
{
    const km_table *t = km_atlas_table(a, "measures");
    for (int i = 0; t != NULL && i < t->n_row; i++) {
        if (strcmp(cell(t, i, "code"), code) != 0)
            continue;
        const char *least = cell(t, i, "no_change_under");
        *out = (km_measure){
            .code = cell(t, i, "code"),
            .name = cell(t, i, "name"),
            .unit = cell(t, i, "unit"),
            .source = cell(t, i, "source"),
            .note = cell(t, i, "note"),
            .higher_is_better = strcmp(cell(t, i, "better"), "higher") == 0,
            .no_change_under = least[0] != '\0' ? strtod(least, NULL) : NAN,
        };
        return true;
    }
    return false;
}

km_verdict km_judge_measure(const km_measure *m, double before, double after)
{
    if (isnan(m->no_change_under) || isnan(before) || isnan(after))
        return KM_VERDICT_TOO_FEW;
    double change = after - before;
    if (fabs(change) < m->no_change_under)
        return KM_VERDICT_SAME;
    return (change > 0) == m->higher_is_better ? KM_VERDICT_BETTER : KM_VERDICT_WORSE;
}

void km_measure_why(km_buf *out, const km_measure *m, double before, double after)
{
    if (isnan(before) || isnan(after)) {
        km_buf_printf(out, "%s: two values are needed.", m->name);
        return;
    }
    km_buf_printf(out, "%s: %.1f, was %.1f %s (%+.1f). ", m->name, after, before, m->unit,
                  after - before);
    if (isnan(m->no_change_under)) {
        km_buf_puts(out, "No figure is published for how much of a change is more than chance, so "
                         "the numbers stand alone.");
        return;
    }
    km_buf_printf(out, "A change under %g %s is not counted. Rule: %s.", m->no_change_under,
                  m->unit, m->source);
}
