#include "knotmap/mem.h"

#include <stdalign.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "knotmap/status.h"

void *km_calloc(size_t n, size_t size)
{
    void *p = calloc(n ? n : 1, size ? size : 1);
    if (p == NULL)
        km_die("out of memory: %zu objects of %zu bytes were asked for", n, size);
    return p;
}

void *km_realloc(void *p, size_t n, size_t size)
{
    if (size != 0 && n > SIZE_MAX / size)
        km_die("out of memory: %zu objects of %zu bytes were asked for", n, size);
    size_t bytes = n * size;
    void *q = realloc(p, bytes ? bytes : 1);
    if (q == NULL)
        km_die("out of memory: %zu objects of %zu bytes were asked for", n, size);
    return q;
}

#define ROOM_FIRST 16

void *km_room(void *p, size_t n, size_t size)
{
    bool full = n >= ROOM_FIRST && (n & (n - 1)) == 0; /* at 16, 32, 64, ... */

    if (n == 0)
        return km_realloc(p, ROOM_FIRST, size);
    return full ? km_realloc(p, 2 * n, size) : p;
}

char *km_strdup(const char *s)
{
    if (s == NULL)
        return NULL;
    size_t n = strlen(s) + 1;
    return memcpy(km_calloc(n, 1), s, n);
}

/* Room for `n` more bytes and the NUL. */
static void buf_reserve(km_buf *b, size_t n)
{
    if (n >= SIZE_MAX / 2 - b->len)
        km_die("out of memory: a text of %zu bytes was asked for", n);
    size_t need = b->len + n + 1;
    if (need <= b->cap)
        return;
    size_t cap = b->cap ? b->cap : 64;
    while (cap < need)
        cap *= 2;
    b->s = km_realloc(b->s, cap, 1);
    b->cap = cap;
}

void km_buf_add(km_buf *b, const void *bytes, size_t n)
{
    buf_reserve(b, n);
    if (n > 0)
        memcpy(b->s + b->len, bytes, n);
    b->len += n;
    b->s[b->len] = '\0';
}

void km_buf_puts(km_buf *b, const char *s)
{
    km_buf_add(b, s, strlen(s));
}

void km_buf_putc(km_buf *b, char c)
{
    km_buf_add(b, &c, 1);
}

void km_buf_vprintf(km_buf *b, const char *fmt, va_list ap)
{
    va_list again;
    va_copy(again, ap);
    buf_reserve(b, 64); /* most pieces fit, and are formatted once */
    int n = vsnprintf(b->s + b->len, b->cap - b->len, fmt, ap);
    if (n < 0)
        km_die("internal fault: a text cannot be formatted");
    if ((size_t)n >= b->cap - b->len) {
        buf_reserve(b, (size_t)n);
        vsnprintf(b->s + b->len, (size_t)n + 1, fmt, again);
    }
    b->len += (size_t)n;
    va_end(again);
}

void km_buf_printf(km_buf *b, const char *fmt, ...)
{
    va_list ap;
    va_start(ap, fmt);
    km_buf_vprintf(b, fmt, ap);
    va_end(ap);
}

void km_buf_words(km_buf *b, const char *code)
{
    for (; *code; code++)
        km_buf_putc(b, *code == '_' ? ' ' : *code);
}

const char *km_buf_str(const km_buf *b)
{
    return b->s != NULL ? b->s : "";
}

void km_buf_reset(km_buf *b)
{
    b->len = 0;
    if (b->s != NULL)
        b->s[0] = '\0';
}

void km_buf_clear(km_buf *b)
{
    free(b->s);
    *b = (km_buf){ 0 };
}

#define ARENA_BLOCK 4096

struct km_arena_block {
    struct km_arena_block *next;
    size_t used, cap;
    alignas(max_align_t) unsigned char bytes[];
};

void *km_arena_alloc(km_arena *a, size_t n)
{
    const size_t align = alignof(max_align_t);
    if (n > SIZE_MAX / 2)
        km_die("out of memory: %zu bytes were asked for", n);
    n = (n + align - 1) / align * align;
    struct km_arena_block *b = a->head;
    if (b == NULL || b->cap - b->used < n) {
        /* Blocks double, so that a list of any length costs few allocations. */
        size_t cap = b != NULL ? b->cap * 2 : ARENA_BLOCK;
        if (cap > 1u << 20)
            cap = 1u << 20;
        if (cap < n)
            cap = n;
        b = km_calloc(1, sizeof *b + cap);
        b->cap = cap;
        b->next = a->head;
        a->head = b;
    }
    void *p = b->bytes + b->used;
    b->used += n;
    return p;
}

char *km_arena_strdup(km_arena *a, const char *s)
{
    if (s == NULL)
        return NULL;
    size_t n = strlen(s) + 1;
    return memcpy(km_arena_alloc(a, n), s, n);
}

char *km_arena_printf(km_arena *a, const char *fmt, ...)
{
    km_buf b = { 0 };
    va_list ap;
    va_start(ap, fmt);
    km_buf_vprintf(&b, fmt, ap);
    va_end(ap);
    char *s = km_arena_strdup(a, km_buf_str(&b));
    km_buf_clear(&b);
    return s;
}

void km_arena_clear(km_arena *a)
{
    while (a->head != NULL) {
        struct km_arena_block *next = a->head->next;
        free(a->head);
        a->head = next;
    }
}
