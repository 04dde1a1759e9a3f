/** rare_points.csv: the points that the charts call exceptional. */
#include "field.h"

/* The point a row names; -1 with the column and reason that are wrong. */
static int rare_point(const km_atlas *a, const char *muscle, const char *tp, const char **column,
                      const char **why)
{
    int m = km_atlas_muscle(a, muscle);
    *column = "muscle";
    *why = "no such muscle";
    if (m < 0)
        return -1;
    int number = 0;
    const char *digit = tp;
    while (*digit >= '0' && *digit <= '9' && number < 100)
        number = number * 10 + (*digit++ - '0');
    *column = "tp";
    *why = "no such trigger point";
    return *digit ? -1 : km_atlas_point(a, m, number);
}

void rare_read(bool *rare, const km_atlas *a)
{
    const km_table *t = km_atlas_table(a, "rare_points");
    int muscle = t ? km_table_column(t, "muscle") : -1, tp = t ? km_table_column(t, "tp") : -1;
    for (int row = 0; muscle >= 0 && tp >= 0 && row < t->n_row; row++) {
        const char *column, *why;
        int p = rare_point(a, km_table_cell(t, row, muscle), km_table_cell(t, row, tp), &column,
                           &why);
        if (p >= 0)
            rare[p] = true;
    }
}

km_status km_referral_verify(const km_atlas *a, km_error *err)
{
    const km_table *t = km_atlas_table(a, "rare_points");
    if (!t)
        return km_fail(err, KM_ENOINPUT, "rare_points.csv: the table is missing");
    int muscle = km_table_column(t, "muscle"), tp = km_table_column(t, "tp");
    if (muscle < 0 || tp < 0)
        return km_fail(err, KM_EDATA, "rare_points.csv line 1, column %s: the column is missing",
                       muscle < 0 ? "muscle" : "tp");
    for (int row = 0; row < t->n_row; row++) {
        const char *column, *why;
        const char *m = km_table_cell(t, row, muscle), *number = km_table_cell(t, row, tp);
        if (rare_point(a, m, number, &column, &why) < 0)
            return km_fail(err, KM_EDATA, "rare_points.csv line %d, column %s: \"%s\": %s",
                           row + 2, column, column[0] == 'm' ? m : number, why);
    }
    return KM_OK;
}
