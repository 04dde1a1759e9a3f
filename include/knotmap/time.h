/** Time: instants with the local offset at the place of writing, days, parsing, printing. */
#ifndef KNOTMAP_TIME_H
#define KNOTMAP_TIME_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "knotmap/status.h"

/** A moment and the local offset where it was written. */
typedef struct km_instant {
    int64_t sec;      /**< seconds since 1970-01-01T00:00:00Z, years 1900..9999 */
    int16_t off_min;  /**< minutes east of UTC, -1440..1440 */
} km_instant;

/** A calendar day: days since 1970-01-01. */
typedef int32_t km_day;

#define KM_DAY_SEC 86400

/** The record's local day. */
km_day km_instant_day(km_instant t);
/** Day of the week, 0 Monday .. 6 Sunday. */
int km_day_weekday(km_day d);
/** The Monday on or before `d`. */
km_day km_day_week(km_day d);
/** The first of the month of `d`, `months` later (may be negative). */
km_day km_day_month(km_day d, int months);
/** Days from civil date; the date must exist. */
km_day km_day_of(int year, int month, int day);
/** Civil date of a day. */
void km_day_civil(km_day d, int *year, int *month, int *day);

/**
 * The clock: the wall clock, or KNOTMAP_NOW when it is set.
 *
 * KM_EINVAL when KNOTMAP_NOW cannot be read as a time.
 */
km_status km_now(km_instant *out, km_error *err);
/** Seconds of a clock that never goes back and counts while the machine sleeps (CLOCK_BOOTTIME). */
double km_monotonic(void);

/**
 * Read a time as people and scripts write it: 2026-11-20, 2026-11-20T18:30[:05][Z|+01:00] (a
 * space may stand for T), now, today, yesterday, and 7d 3w 6m 1y (that long ago, at `now`'s
 * time of day). Without an offset it is local time (TZ). A day alone means its local start.
 *
 * @param day_only  may be NULL; set when the text named a day and no time of day.
 * @return KM_EINVAL with "TEXT: no such day", "TEXT: not a time" and the like.
 */
km_status km_time_parse(km_instant *out, bool *day_only, const char *text, km_instant now,
                        km_error *err);
/** Read a day: the same words, or a date. */
km_status km_day_parse(km_day *out, const char *text, km_instant now, km_error *err);
/** Read a length of time back from now: "30d" -> 30 days; units d w m (30 d) y (365 d). */
km_status km_span_parse(int *days, const char *text, km_error *err);

/** Minutes east of UTC at a moment, by the C library's rules (TZ). */
int16_t km_local_offset(int64_t sec);
/** The local instant at `hour`:`minute` of a day. */
km_instant km_day_instant(km_day d, int hour, int minute);

#define KM_TIME_TEXT 40
/** "2026-11-20T17:30:00Z". */
void km_time_utc(char out[KM_TIME_TEXT], km_instant t);
/** "2026-11-20 18:30" at its own offset. */
void km_time_local(char out[KM_TIME_TEXT], km_instant t);
/** "2026-11-20". */
void km_day_text(char out[KM_TIME_TEXT], km_day d);
/** "Fri 20 Nov" ("Fri 20 Nov 2025" when the year is not `today`'s). */
void km_day_human(char out[KM_TIME_TEXT], km_day d, km_day today);
/** "today", "yesterday", "3 days", "5 weeks", "4 months", "2 years": how long ago `d` was. */
void km_age_human(char out[KM_TIME_TEXT], km_day d, km_day today);

#endif
