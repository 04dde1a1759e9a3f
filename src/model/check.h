/* Checks the records share; each failure is KM_EINVAL and names the field and its value. */
#ifndef KM_MODEL_CHECK_H
#define KM_MODEL_CHECK_H

#include "knotmap/model.h"

/* low..high, or `unset`. */
km_status km_check_range(const char *what, int value, int low, int high, int unset, km_error *err);
/* Valid UTF-8 of at most `max` bytes; NULL is fine. */
km_status km_check_text(const char *what, const char *s, size_t max, km_error *err);
/* Something that is called so: 1..KM_NAME_MAX bytes, not blank, on one line. */
km_status km_check_name(const char *s, km_error *err);
/* 1900-01-01 .. 9999-12-31, offset within a day. */
km_status km_check_instant(const char *what, km_instant t, km_error *err);

/* The first failure of a chain of checks. */
#define CHECK(call)                                                                           \
    do {                                                                                      \
        km_status st_ = (call);                                                               \
        if (st_ != KM_OK)                                                                     \
            return st_;                                                                       \
    } while (0)

#endif
