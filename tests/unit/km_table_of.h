/* A km_table from an array of texts, for tests of damaged tables. */
#ifndef KM_TABLE_OF_H
#define KM_TABLE_OF_H

#include <string.h>

#include "knotmap/atlas.h"

enum { TABLE_TEXT = 4096, TABLE_CELLS = 64 };

/* Where the texts of one made table lie; must outlive the table. */
typedef struct table_room {
    char text[TABLE_TEXT];
    uint32_t cell[TABLE_CELLS];
} table_room;

static inline km_table table_of(table_room *room, const char *name, const char *const *column,
                                int n_column, const char *const *cell, int n_row)
{
    size_t used = 0;
    for (int i = 0; i < n_column * n_row; i++) {
        size_t n = strlen(cell[i]) + 1;
        if (i >= TABLE_CELLS || used + n > TABLE_TEXT)
            return (km_table){ .name = "too large for a test" };
        room->cell[i] = (uint32_t)used;
        memcpy(room->text + used, cell[i], n);
        used += n;
    }
    return (km_table){ .name = name, .column = column, .n_column = n_column, .text = room->text,
                       .cell = room->cell, .n_row = n_row };
}

#endif
