/** Inside of a listing, shared by the csv/json writer and the text layout. */
#ifndef KM_EXCHANGE_ROWS_H
#define KM_EXCHANGE_ROWS_H

#include "knotmap/exchange.h"

/** Text keeps this many rows back to learn the column widths. */
#define KM_ROWS_SAMPLE 256

struct km_rows {
    km_rows_options opt;
    km_column *col;
    int n;
    int at;              /* column the next cell belongs to */
    bool first;          /* no cell of this record was written yet (csv, json) */
    size_t rows;
    km_buf out;          /* bytes on their way to the sink */
    km_status failed;
    km_error fault;
    struct {
        char text[64];
        size_t len;
    } *key;              /* JSON: "name": of each column */
    /* text */
    km_buf cell;         /* cells held back, each NUL-terminated */
    struct km_held {
        size_t at;       /* offset into `cell` */
        int width;       /* columns it takes */
    } *held;             /* the shown cells, row after row */
    size_t held_n, held_cap;
    int *data;           /* columns the widest cell of each column took so far */
    int *piece;          /* the widest piece of them that does not break */
    int *width;          /* columns each is given, 0: empty throughout */
    bool stacked;        /* too narrow for a table: a record is lines "name  value" */
    size_t cards;        /* records of this block printed as lines */
    bool open;           /* headings of this block are out, the widths stand */
};

/* Take one cell of text format. */
void km_rows_hold(km_rows *r, const char *s);
/* A record is complete. */
void km_rows_text_end(km_rows *r);
/* Print what is held back; `last` forgets the widths, so that a new block may begin. */
void km_rows_text_flush(km_rows *r, bool last);
/* Hand `out` to the sink when it is large, or in any case. */
void km_rows_drain(km_rows *r, bool all);

#endif
