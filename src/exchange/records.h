/** The columns of each kind of record. */
#ifndef KM_EXCHANGE_RECORDS_H
#define KM_EXCHANGE_RECORDS_H

#include "knotmap/exchange.h"

extern const km_column km_mark_columns[], km_client_columns[], km_session_columns[],
    km_treatment_columns[], km_checkin_columns[];
extern const int km_mark_columns_n, km_client_columns_n, km_session_columns_n,
    km_treatment_columns_n, km_checkin_columns_n;

#endif
