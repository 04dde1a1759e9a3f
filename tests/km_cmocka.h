/* cmocka wants these before it. */
#ifndef KM_CMOCKA_H
#define KM_CMOCKA_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#endif
