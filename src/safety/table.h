/** Reading the two tables of this room: red_flags.csv and flag_triggers.csv. */
#ifndef SAFETY_TABLE_H
#define SAFETY_TABLE_H

#include "knotmap/safety.h"

/** Columns of flag_triggers.csv, in the order of trigger_column. */
enum { T_CODE, T_ONE_OF, T_WITH, T_PATTERN, T_SIDE, T_AGE, T_CONDITION, T_WHEN, T_FIT, T_COUNT };

typedef struct trigger_table {
    const km_table *table; /**< NULL when the atlas has none */
    int column[T_COUNT];
} trigger_table;

trigger_table trigger_open(const km_atlas *a);
const char *trigger_cell(const trigger_table *t, int row, int column);

/** The next item of a ";"-joined list: its length, 0 at the end; `*item` where it starts. */
size_t list_next(const char **list, const char **item);
/** Whether a ";"-joined list holds the word. */
bool list_has(const char *list, const char *word, size_t n);
/** Whether a list of region codes, "area:X" and "*" holds a region. */
bool list_has_region(const char *list, const km_atlas *a, int region);

typedef enum pattern { P_ANY, P_ONE_SIDE, P_ALONE_ONE_SIDE, P_BOTH_SIDES, P_WIDESPREAD, P_COUNT } pattern;
/** P_COUNT for an unknown word. */
pattern pattern_parse(const char *word);

/** "50+" (known to be), "50+?" (also when unknown), "-20" (known to be under); "" always. */
bool age_fits(const char *rule, int age);

#endif
