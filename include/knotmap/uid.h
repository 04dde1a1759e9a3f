/** Time-ordered universal identifiers (UUID version 7, RFC 9562). */
#ifndef KNOTMAP_UID_H
#define KNOTMAP_UID_H

#include <stdbool.h>
#include <stdint.h>

typedef struct km_uid {
    uint8_t b[16];
} km_uid;

#define KM_UID_TEXT 37

/** A new identifier: 48 bits of Unix milliseconds, then 74 random bits (getrandom). */
km_uid km_uid_new(int64_t unix_ms);
/** The same from a caller's 128 random bits, for made-up data that must repeat. */
km_uid km_uid_from(int64_t unix_ms, uint64_t hi, uint64_t lo);
/** Lower-case text with hyphens. */
void km_uid_text(char out[KM_UID_TEXT], km_uid u);
/** Read text with hyphens, any case; false when it is not one. */
bool km_uid_parse(km_uid *out, const char *s);
bool km_uid_is_zero(km_uid u);
int km_uid_cmp(km_uid a, km_uid b);

#endif
