#include "knotmap/uid.h"

#include <string.h>
#include <sys/random.h>

#include "knotmap/status.h"

km_uid km_uid_from(int64_t unix_ms, uint64_t hi, uint64_t lo)
{
    km_uid u;
    uint64_t ms = (uint64_t)unix_ms;
    for (int i = 0; i < 6; i++)
        u.b[i] = (uint8_t)(ms >> (40 - 8 * i));
    u.b[6] = (uint8_t)(0x70 | (hi >> 8 & 0x0F));
    u.b[7] = (uint8_t)hi;
    for (int i = 0; i < 8; i++)
        u.b[8 + i] = (uint8_t)(lo >> (56 - 8 * i));
    u.b[8] = (uint8_t)(0x80 | (u.b[8] & 0x3F));
    return u;
}

km_uid km_uid_new(int64_t unix_ms)
{
    uint64_t r[2];
    if (getrandom(r, sizeof r, 0) != (ssize_t)sizeof r)
        km_die("internal fault: the system gives no random numbers");
    return km_uid_from(unix_ms, r[0], r[1]);
}

void km_uid_text(char out[KM_UID_TEXT], km_uid u)
{
    static const char hex[] = "0123456789abcdef";
    char *p = out;
    for (int i = 0; i < 16; i++) {
        if (i == 4 || i == 6 || i == 8 || i == 10)
            *p++ = '-';
        *p++ = hex[u.b[i] >> 4];
        *p++ = hex[u.b[i] & 15];
    }
    *p = '\0';
}

static int hex_value(char c)
{
    return c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10
         : c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

bool km_uid_parse(km_uid *out, const char *s)
{
    if (strlen(s) != KM_UID_TEXT - 1)
        return false;
    km_uid u;
    for (int i = 0; i < 16; i++) {
        if (i == 4 || i == 6 || i == 8 || i == 10)
            if (*s++ != '-')
                return false;
        int hi = hex_value(s[0]), lo = hi < 0 ? -1 : hex_value(s[1]);
        if (lo < 0)
            return false;
        u.b[i] = (uint8_t)(hi << 4 | lo);
        s += 2;
    }
    *out = u;
    return true;
}

bool km_uid_is_zero(km_uid u)
{
    static const km_uid zero;
    return memcmp(&u, &zero, sizeof u) == 0;
}

int km_uid_cmp(km_uid a, km_uid b)
{
    return memcmp(a.b, b.b, sizeof a.b);
}
