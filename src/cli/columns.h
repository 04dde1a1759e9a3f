/** Short words for the tables of columns in this room. */
#ifndef KM_CLI_COLUMNS_H
#define KM_CLI_COLUMNS_H

#include "knotmap/exchange.h"

#define DATA KM_COL_DATA
#define SHOWN KM_COL_SHOWN
#define BOTH (KM_COL_DATA | KM_COL_SHOWN)
#define NUMBER (BOTH | KM_COL_RIGHT)
#define FLEX (BOTH | KM_COL_FLEX)
#define COUNT(a) ((int)(sizeof(a) / sizeof *(a)))

#endif
