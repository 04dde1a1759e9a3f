/*
 * Is a recording well formed? SQLite's own reader may run for ever on one that was cut short,
 * so that every recording is walked through here first. The format is part of SQLite's file
 * formats (sqlite3session.c, "Changeset format").
 */
#include "store_impl.h"

#include <string.h>

typedef struct cursor {
    const unsigned char *p, *end;
} cursor;

static bool skip(cursor *c, uint64_t n)
{
    if (n > (uint64_t)(c->end - c->p))
        return false;
    c->p += n;
    return true;
}

/* Seven bits a byte, the ninth byte whole. */
static bool varint(cursor *c, uint64_t *out)
{
    *out = 0;
    for (int i = 0; i < 9 && c->p < c->end; i++) {
        unsigned char b = *c->p++;
        if (i == 8) {
            *out = *out << 8 | b;
            return true;
        }
        *out = *out << 7 | (b & 0x7f);
        if (b < 0x80)
            return true;
    }
    return false;
}

static bool record(cursor *c, uint64_t columns)
{
    for (uint64_t i = 0; i < columns; i++) {
        uint64_t n = 0;
        if (c->p == c->end)
            return false;
        switch (*c->p++) {
        case 0: /* not changed */
        case SQLITE_NULL:
            break;
        case SQLITE_INTEGER:
        case SQLITE_FLOAT:
            if (!skip(c, 8))
                return false;
            break;
        case SQLITE_TEXT:
        case SQLITE_BLOB:
            if (!varint(c, &n) || !skip(c, n))
                return false;
            break;
        default:
            return false;
        }
    }
    return true;
}

static bool table_header(cursor *c, uint64_t *columns)
{
    if (!varint(c, columns) || *columns == 0 || *columns > 1000 || !skip(c, *columns))
        return false;
    const unsigned char *nul = memchr(c->p, '\0', (size_t)(c->end - c->p));
    if (!nul || nul == c->p)
        return false;
    c->p = nul + 1;
    return true;
}

bool km_changeset_sound(const void *set, int n)
{
    uint64_t columns = 0;

    if (n <= 0)
        return false;
    cursor c = { set, (const unsigned char *)set + n };
    if (*c.p != 'T')
        return false;
    while (c.p < c.end) {
        unsigned char op = *c.p++;
        bool ok;
        if (op == 'T')
            ok = table_header(&c, &columns);
        else if (op == SQLITE_INSERT || op == SQLITE_DELETE)
            ok = skip(&c, 1) && record(&c, columns);
        else if (op == SQLITE_UPDATE)
            ok = skip(&c, 1) && record(&c, columns) && record(&c, columns);
        else
            ok = false;
        if (!ok)
            return false;
    }
    return true;
}
