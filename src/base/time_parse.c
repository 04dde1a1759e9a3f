#include "knotmap/time.h"

#include <ctype.h>
#include <string.h>

#include "knotmap/text.h"

/* Exactly `n` digits at *p; false leaves *p. */
static bool digits(int *out, const char **p, int n)
{
    int v = 0;
    for (int i = 0; i < n; i++) {
        if (!isdigit((unsigned char)(*p)[i]))
            return false;
        v = v * 10 + ((*p)[i] - '0');
    }
    *out = v;
    *p += n;
    return true;
}

static int month_length(int year, int month)
{
    static const int length[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };
    bool leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    return month == 2 && leap ? 29 : length[month - 1];
}

static km_status not_a_time(km_error *err, const char *text)
{
    return km_mend(km_fail(err, KM_EINVAL, "%s: not a time", *text ? text : "\"\""), err,
                   "write 2026-11-20, 2026-11-20T18:30, now, today, yesterday, or 7d, 3w, 6m, "
                   "1y for that long ago");
}

/* "YYYY-MM-DD" at *p: a day that exists, in 1900..9999. */
static km_status parse_date(km_day *out, const char **p, const char *text, km_error *err)
{
    int y, m, d;
    const char *q = *p;
    if (!digits(&y, &q, 4) || *q++ != '-' || !digits(&m, &q, 2) || *q++ != '-' ||
        !digits(&d, &q, 2))
        return not_a_time(err, text);
    if (y < 1900 || m < 1 || m > 12 || d < 1 || d > month_length(y, m))
        return km_fail(err, KM_EINVAL, "%s: no such day", text);
    *out = km_day_of(y, m, d);
    *p = q;
    return KM_OK;
}

/* "Z", "+01:00", "-0530", "+01" at *p; false when it is none of them. */
static bool parse_offset(int *minutes, const char **p)
{
    const char *q = *p;
    if (*q == 'Z' || *q == 'z') {
        *minutes = 0;
        *p = q + 1;
        return true;
    }
    if (*q != '+' && *q != '-')
        return false;
    int sign = *q++ == '-' ? -1 : 1;
    int h, m = 0;
    if (!digits(&h, &q, 2))
        return false;
    if (*q == ':')
        q++;
    if (*q != '\0' && !digits(&m, &q, 2))
        return false;
    if (h > 23 || m > 59)
        return false;
    *minutes = sign * (h * 60 + m);
    *p = q;
    return true;
}

/* Whole numbers of days, weeks, months (30 days) or years (365 days). */
static bool parse_span(int *days, const char *text)
{
    int n = 0;
    const char *p = text;
    if (!isdigit((unsigned char)*p))
        return false;
    while (isdigit((unsigned char)*p)) {
        n = n * 10 + (*p++ - '0');
        if (n > 36500)
            return false;
    }
    static const struct { char unit; int days; } unit[] = {
        { 'd', 1 }, { 'w', 7 }, { 'm', 30 }, { 'y', 365 }
    };
    for (size_t i = 0; i < sizeof unit / sizeof unit[0]; i++) {
        if (*p == unit[i].unit && p[1] == '\0') {
            *days = n * unit[i].days;
            return *days <= 36500;
        }
    }
    return false;
}

km_status km_span_parse(int *days, const char *text, km_error *err)
{
    if (parse_span(days, text))
        return KM_OK;
    return km_fail(err, KM_EINVAL, "%s: not a length of time; write 30d, 6w, 3m or 1y", text);
}

/* Months and years back keep the day of the month where it exists. */
static km_day step_back(km_day today, const char *text, int days)
{
    char unit = text[strlen(text) - 1];
    if (unit != 'm' && unit != 'y')
        return today - days;
    int y, m, d;
    km_day_civil(today, &y, &m, &d);
    km_day first = km_day_month(today, unit == 'm' ? -(days / 30) : -(days / 365) * 12);
    km_day_civil(first, &y, &m, &(int){ 0 });
    int length = month_length(y, m);
    return km_day_of(y, m, d < length ? d : length);
}

/* "Thh:mm[:ss[.f...]]", where T may be t or a blank; the fraction is not kept. */
static bool parse_clock(int *hour, int *minute, int *second, const char **p)
{
    *second = 0;
    if ((**p != 'T' && **p != 't' && **p != ' ') || (++*p, !digits(hour, p, 2)) ||
        *(*p)++ != ':' || !digits(minute, p, 2))
        return false;
    if (**p != ':')
        return true;
    ++*p;
    if (!digits(second, p, 2))
        return false;
    if (**p != '.')
        return true;
    ++*p;
    if (!isdigit((unsigned char)**p))
        return false;
    while (isdigit((unsigned char)**p))
        ++*p;
    return true;
}

km_status km_time_parse(km_instant *out, bool *day_only, const char *text, km_instant now,
                        km_error *err)
{
    bool unused;
    if (day_only == NULL)
        day_only = &unused;
    *day_only = false;
    km_day today = km_instant_day(now);
    if (km_text_casecmp(text, "now") == 0) {
        *out = now;
        return KM_OK;
    }
    if (km_text_casecmp(text, "today") == 0 || km_text_casecmp(text, "yesterday") == 0) {
        *day_only = true;
        *out = km_day_instant(today - (km_text_casecmp(text, "yesterday") == 0), 0, 0);
        return KM_OK;
    }
    int days;
    if (parse_span(&days, text)) {
        int64_t wall = now.sec + now.off_min * 60 - (int64_t)today * KM_DAY_SEC;
        *out = km_day_instant(step_back(today, text, days), (int)(wall / 3600),
                              (int)(wall / 60 % 60));
        out->sec += wall % 60;
        return KM_OK;
    }

    const char *p = text;
    km_day day = 0;
    km_status st = parse_date(&day, &p, text, err);
    if (st != KM_OK)
        return st;
    if (*p == '\0') {
        *day_only = true;
        *out = km_day_instant(day, 0, 0);
        return KM_OK;
    }
    int hour, minute, second, offset;
    if (!parse_clock(&hour, &minute, &second, &p))
        return not_a_time(err, text);
    if (hour > 23 || minute > 59 || second > 59)
        return km_fail(err, KM_EINVAL, "%s: no such time of day", text);
    if (*p == '\0') {
        *out = km_day_instant(day, hour, minute);
        out->sec += second;
        return KM_OK;
    }
    if (!parse_offset(&offset, &p) || *p != '\0')
        return not_a_time(err, text);
    out->sec = (int64_t)day * KM_DAY_SEC + hour * 3600 + minute * 60 + second - offset * 60;
    /* A time given in UTC is shown at the place of writing; another offset is kept as said. */
    out->off_min = offset == 0 ? km_local_offset(out->sec) : (int16_t)offset;
    return KM_OK;
}

km_status km_day_parse(km_day *out, const char *text, km_instant now, km_error *err)
{
    km_instant t;
    km_status st = km_time_parse(&t, NULL, text, now, err);
    if (st == KM_OK)
        *out = km_instant_day(t);
    return st;
}
