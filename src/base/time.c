#include "knotmap/time.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

/* Rounds towards minus infinity, as days before 1970 need. */
static int64_t floor_div(int64_t a, int64_t b)
{
    return a / b - (a % b < 0);
}

km_day km_instant_day(km_instant t)
{
    return (km_day)floor_div(t.sec + t.off_min * 60, KM_DAY_SEC);
}

int km_day_weekday(km_day d)
{
    return (int)(((d + 3) % 7 + 7) % 7); /* 1970-01-01 was a Thursday */
}

km_day km_day_week(km_day d)
{
    return d - km_day_weekday(d);
}

/* Days from civil and back count in eras of 400 years that start on 1 March. */
km_day km_day_of(int year, int month, int day)
{
    int y = month <= 2 ? year - 1 : year;
    int era = (int)floor_div(y, 400);
    int yoe = y - era * 400;
    int doy = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
    int doe = yoe * 365 + yoe / 4 - yoe / 100 + doy;
    return era * 146097 + doe - 719468;
}

void km_day_civil(km_day d, int *year, int *month, int *day)
{
    int z = d + 719468;
    int era = (int)floor_div(z, 146097);
    int doe = z - era * 146097;
    int yoe = (doe - doe / 1460 + doe / 36524 - doe / 146096) / 365;
    int doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
    int mp = (5 * doy + 2) / 153;
    *day = doy - (153 * mp + 2) / 5 + 1;
    *month = mp < 10 ? mp + 3 : mp - 9;
    *year = yoe + era * 400 + (*month <= 2);
}

km_day km_day_month(km_day d, int months)
{
    int y, m, day;
    km_day_civil(d, &y, &m, &day);
    int n = y * 12 + m - 1 + months;
    int year = (int)floor_div(n, 12);
    return km_day_of(year, n - year * 12 + 1, 1);
}

int16_t km_local_offset(int64_t sec)
{
    time_t t = (time_t)sec;
    struct tm tm;
    if (localtime_r(&t, &tm) == NULL)
        return 0;
    return (int16_t)(tm.tm_gmtoff / 60);
}

/* Local wall-clock seconds to an instant; in a gap or an overlap the earlier offset is taken. */
static km_instant from_wall(int64_t wall)
{
    int16_t off = km_local_offset(wall - km_local_offset(wall) * 60);
    int16_t again = km_local_offset(wall - off * 60);
    if (again != off && km_local_offset(wall - again * 60) == again)
        off = again;
    return (km_instant){ .sec = wall - off * 60, .off_min = off };
}

km_instant km_day_instant(km_day d, int hour, int minute)
{
    return from_wall((int64_t)d * KM_DAY_SEC + hour * 3600 + minute * 60);
}

km_status km_now(km_instant *out, km_error *err)
{
    int64_t sec = (int64_t)time(NULL);
    *out = (km_instant){ .sec = sec, .off_min = km_local_offset(sec) };
    const char *pinned = getenv("KNOTMAP_NOW");
    if (pinned == NULL || pinned[0] == '\0')
        return KM_OK;
    km_instant at;
    km_error why;
    if (km_time_parse(&at, NULL, pinned, *out, &why) != KM_OK)
        return km_fail(err, KM_EINVAL, "KNOTMAP_NOW: %s", why.text);
    *out = at;
    return KM_OK;
}

double km_monotonic(void)
{
    struct timespec ts;
    clock_gettime(CLOCK_BOOTTIME, &ts);
    return (double)ts.tv_sec + (double)ts.tv_nsec / 1e9;
}

/* Two decimal digits. */
static char *put2(char *p, int v)
{
    p[0] = (char)('0' + v / 10 % 10);
    p[1] = (char)('0' + v % 10);
    return p + 2;
}

/* "2026-11-20" without printf: listings print thousands of these. */
static char *put_day(char *p, km_day d)
{
    int y, m, day;
    km_day_civil(d, &y, &m, &day);
    p = put2(p, y / 100);
    p = put2(p, y % 100);
    *p++ = '-';
    p = put2(p, m);
    *p++ = '-';
    return put2(p, day);
}

static char *put_clock(char *p, int64_t sec_of_day, bool seconds)
{
    int s = (int)sec_of_day;
    p = put2(p, s / 3600);
    *p++ = ':';
    p = put2(p, s / 60 % 60);
    if (seconds) {
        *p++ = ':';
        p = put2(p, s % 60);
    }
    return p;
}

void km_time_utc(char out[KM_TIME_TEXT], km_instant t)
{
    int64_t day = floor_div(t.sec, KM_DAY_SEC);
    char *p = put_day(out, (km_day)day);
    *p++ = 'T';
    p = put_clock(p, t.sec - day * KM_DAY_SEC, true);
    *p++ = 'Z';
    *p = '\0';
}

void km_time_local(char out[KM_TIME_TEXT], km_instant t)
{
    int64_t wall = t.sec + t.off_min * 60;
    int64_t day = floor_div(wall, KM_DAY_SEC);
    char *p = put_day(out, (km_day)day);
    *p++ = ' ';
    p = put_clock(p, wall - day * KM_DAY_SEC, false);
    *p = '\0';
}

void km_day_text(char out[KM_TIME_TEXT], km_day d)
{
    *put_day(out, d) = '\0';
}

void km_day_human(char out[KM_TIME_TEXT], km_day d, km_day today)
{
    static const char weekday[][4] = { "Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun" };
    static const char month[][4] = { "Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                     "Jul", "Aug", "Sep", "Oct", "Nov", "Dec" };
    int y, m, day, this_year, unused_month, unused_day;
    km_day_civil(d, &y, &m, &day);
    km_day_civil(today, &this_year, &unused_month, &unused_day);
    int n = snprintf(out, KM_TIME_TEXT, "%s %d %s", weekday[km_day_weekday(d)], day, month[m - 1]);
    if (y != this_year)
        snprintf(out + n, KM_TIME_TEXT - (size_t)n, " %d", y);
}

void km_age_human(char out[KM_TIME_TEXT], km_day d, km_day today)
{
    int days = today - d;
    if (days <= 0)
        snprintf(out, KM_TIME_TEXT, "today");
    else if (days == 1)
        snprintf(out, KM_TIME_TEXT, "yesterday");
    else if (days < 14)
        snprintf(out, KM_TIME_TEXT, "%d days", days);
    else if (days < 91)
        snprintf(out, KM_TIME_TEXT, "%d weeks", days / 7);
    else if (days < 730)
        snprintf(out, KM_TIME_TEXT, "%d months", (int)(days / 30.44));
    else
        snprintf(out, KM_TIME_TEXT, "%d years", (int)(days / 365.25));
}
