#include "check.h"

#include <string.h>

#include "knotmap/text.h"

km_status km_check_range(const char *what, int value, int low, int high, int unset, km_error *err)
{
    if (value == unset || (value >= low && value <= high))
        return KM_OK;
    return km_fail(err, KM_EINVAL, "%s %d: outside %d..%d", what, value, low, high);
}

km_status km_check_text(const char *what, const char *s, size_t max, km_error *err)
{
    if (s == NULL)
        return KM_OK;
    size_t n = strlen(s);
    if (n > max)
        return km_fail(err, KM_EINVAL, "%s: %zu bytes are too long, %zu is the most", what, n, max);
    if (!km_utf8_valid(s, n))
        return km_fail(err, KM_EINVAL, "%s: not valid UTF-8 text", what);
    return KM_OK;
}

static bool has_control(const char *s)
{
    size_t n = strlen(s);
    for (size_t i = 0; i < n;) {
        uint32_t r;
        i += km_utf8_decode(&r, s + i, n - i);
        if (r < 0x20 || (r >= 0x7F && r < 0xA0))
            return true;
    }
    return false;
}

km_status km_check_name(const char *s, km_error *err)
{
    if (s == NULL || s[strspn(s, " ")] == '\0' || km_text_width(s) == 0)
        return km_fail(err, KM_EINVAL, "name: it is empty");
    CHECK(km_check_text("name", s, KM_NAME_MAX, err));
    if (has_control(s))
        return km_fail(err, KM_EINVAL, "name: it holds a control character");
    return KM_OK;
}

km_status km_check_instant(const char *what, km_instant t, km_error *err)
{
    if (t.sec < INT64_C(-2208988800) || t.sec > INT64_C(253402300799))
        return km_fail(err, KM_EINVAL, "%s: outside the years 1900..9999", what);
    if (t.off_min < -1440 || t.off_min > 1440)
        return km_fail(err, KM_EINVAL, "%s: an offset of %d minutes is outside -1440..1440", what,
                       t.off_min);
    return KM_OK;
}
