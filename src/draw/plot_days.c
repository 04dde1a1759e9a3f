/** A calendar of days. */
#include "knotmap/plot.h"

#include <math.h>

enum { MARGIN = 3 };

static const char *const month_name[] = { "Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                          "Jul", "Aug", "Sep", "Oct", "Nov", "Dec" };
static const char *const weekday_name[] = { "Mo", "Tu", "We", "Th", "Fr", "Sa", "Su" };

static void put_day(km_grid *g, km_rect r, int y, int x, double v, double high)
{
    if (isnan(v)) {
        km_grid_put(g, r, y, x, KM_ROLE_DIM, 0xb7u);
        return;
    }
    int digit = (int)(v + 0.5);
    int level = high > 0 && v > 0 ? (int)ceil(v / high * 5) : 0;
    level = level > 5 ? 5 : level;
    km_role role = level > 0 ? (km_role)(KM_ROLE_HEAT1 + level - 1) : KM_ROLE_TEXT;
    km_grid_put(g, r, y, x, role, digit > 9 ? '*' : (uint32_t)('0' + (digit > 0 ? digit : 0)));
}

void km_plot_calendar(km_grid *g, km_rect r, const km_plot_days *d)
{
    if (d->n < 1 || r.w <= MARGIN)
        return;
    km_day last = d->first + d->n - 1;
    km_day monday = km_day_week(d->first);
    int weeks = (km_day_week(last) - monday) / 7 + 1;
    int step = MARGIN + 2 * weeks - 1 <= r.w ? 2 : 1; /* one column between weeks where they fit */
    int most = (r.w - MARGIN + step - 1) / step;
    if (weeks > most) {
        monday += 7 * (weeks - most);
        weeks = most;
    }
    for (int y = 0; y < 7; y++)
        km_grid_text(g, r, 1 + y, 0, KM_ROLE_DIM, weekday_name[y]);
    int free_from = 0; /* column where the next month's name may stand */
    for (int w = 0; w < weeks; w++) {
        int x = MARGIN + w * step;
        for (int y = 0; y < 7; y++) {
            km_day day = monday + 7 * w + y;
            int year, month, of_month;
            km_day_civil(day, &year, &month, &of_month);
            if (of_month == 1 && x >= free_from && x + 3 <= r.w) {
                km_grid_text(g, r, 0, x, KM_ROLE_DIM, month_name[month - 1]);
                free_from = x + 4;
            }
            if (day >= d->first && day <= last)
                put_day(g, r, 1 + y, x, d->v[day - d->first], d->high);
        }
    }
}
