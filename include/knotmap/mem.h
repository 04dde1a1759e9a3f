/** Memory: allocation that never returns NULL, a growing byte buffer, an arena. */
#ifndef KNOTMAP_MEM_H
#define KNOTMAP_MEM_H

#include <stdarg.h>
#include <stddef.h>

/** `n` zeroed objects of `size` bytes; ends the program through km_die when there is no memory. */
void *km_calloc(size_t n, size_t size);
/** Resize to `n` objects of `size` bytes; checks the product; `p` may be NULL. */
void *km_realloc(void *p, size_t n, size_t size);
/**
 * Room for one more than the `n` objects of `size` bytes in `p`, which came from here or is NULL;
 * the new place of them. Grows by doubling: many calls in a row cost little.
 */
void *km_room(void *p, size_t n, size_t size);
/** A copy of `s` the caller frees; NULL gives NULL. */
char *km_strdup(const char *s);

/** A growing byte buffer that is always NUL-terminated. Zero-initialise, then km_buf_clear. */
typedef struct km_buf {
    char *s;     /**< NULL until the first append; km_buf_str never gives NULL */
    size_t len;  /**< bytes without the NUL */
    size_t cap;
} km_buf;

void km_buf_add(km_buf *b, const void *bytes, size_t n);
void km_buf_puts(km_buf *b, const char *s);
void km_buf_putc(km_buf *b, char c);
void km_buf_printf(km_buf *b, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
void km_buf_vprintf(km_buf *b, const char *fmt, va_list ap) __attribute__((format(printf, 2, 0)));
/** Append a code as words: its underscores are spaces. */
void km_buf_words(km_buf *b, const char *code);
/** The text, "" when empty; stale after the next append. */
const char *km_buf_str(const km_buf *b);
/** Forget the content, keep the memory. */
void km_buf_reset(km_buf *b);
/** Free the memory; the buffer is empty and usable again. */
void km_buf_clear(km_buf *b);

/** Memory that is given back all at once. Zero-initialise, then km_arena_clear. */
typedef struct km_arena {
    struct km_arena_block *head;
} km_arena;

/** `n` zeroed bytes, aligned for any type; valid until km_arena_clear. */
void *km_arena_alloc(km_arena *a, size_t n);
/** A copy of `s`; NULL gives NULL. */
char *km_arena_strdup(km_arena *a, const char *s);
/** printf into the arena. */
char *km_arena_printf(km_arena *a, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
void km_arena_clear(km_arena *a);

/** Grow `ptr` so that it can hold one more than `n` objects; doubles `cap`. See km_room, too. */
#define KM_GROW(ptr, n, cap)                                                                  \
    do {                                                                                      \
        if ((n) == (cap)) {                                                                   \
            (cap) = (cap) ? (cap) * 2 : 16;                                                   \
            (ptr) = km_realloc((ptr), (size_t)(cap), sizeof *(ptr));                          \
        }                                                                                     \
    } while (0)

#endif
