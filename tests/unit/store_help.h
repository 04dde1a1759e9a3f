/* What the store's tests share: a temporary folder, opening, raw SQL, dumps. */
#ifndef STORE_HELP_H
#define STORE_HELP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "knotmap/mem.h"
#include "knotmap/store.h"

/* A fresh folder, "X/t.db" inside it as `path`; removed by temp_end. */
typedef struct temp {
    char dir[64];
    char path[96];
} temp;

temp temp_new(void);
void temp_end(temp *t);

/* Open or fail the test. */
km_store *open_ok(const char *path);
/* Open, expecting a refusal. */
km_status open_refused(const char *path, km_error *err);

/* Run SQL on a file behind the store's back; fails the test unless it works. */
void raw(const char *path, const char *sql);
/* The same, telling whether SQLite accepted it. */
bool raw_try(const char *path, const char *sql);
/* First column of the first row as text, "" when there is none; caller frees. */
char *raw_text(const char *path, const char *sql);

/* Every row of every table of records and of `latest`, as text; caller frees. */
char *dump(const char *path);

/* A whole file; length in *n; caller frees. */
char *slurp(const char *path, size_t *n);
/* Whether the bytes stand anywhere in the file. */
bool file_has(const char *path, const char *bytes);

/* Records with uids that repeat. */
km_uid uid_of(uint64_t n);
km_mark mark_at(int64_t client, int64_t sec, const char *muscle, int intensity);
/* A transaction of one mark, or fail the test; the id comes back. */
int64_t put_mark(km_store *s, const km_mark *m);
/* How many rows a table has, asked through the store. */
int64_t marks_in(km_store *s);
int64_t clients_in(km_store *s);
void commit_ok(km_store *s, const char *what);

/* A store of its own for one test: the state cmocka hands over is a store_env. */
typedef struct store_env {
    temp t;
    km_store *s;
} store_env;
int store_env_begin(void **state);
int store_env_end(void **state);
/* Begin a transaction, or fail the test. */
void store_write(km_store *s);

#endif
