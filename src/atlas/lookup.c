/* Finding rows by code, and the words of the tables' own enums. */
#include <string.h>

#include "knotmap/atlas.h"

int km_atlas_region(const km_atlas *a, const char *code)
{
    for (int i = 0; i < a->n_region; i++)
        if (strcmp(a->region[i].code, code) == 0)
            return i;
    return -1;
}

int km_atlas_muscle(const km_atlas *a, const char *code)
{
    for (int i = 0; i < a->n_muscle; i++)
        if (strcmp(a->muscle[i].code, code) == 0)
            return i;
    return -1;
}

int km_atlas_group(const km_atlas *a, const char *code)
{
    for (int i = 0; i < a->n_group; i++)
        if (strcmp(a->group[i].code, code) == 0)
            return i;
    return -1;
}

bool km_muscle_lies_in(const km_muscle *m, int region)
{
    for (int i = 0; i < m->n_home; i++) {
        if (m->home[i] == region)
            return true;
    }
    return false;
}

int km_atlas_point(const km_atlas *a, int muscle, int tp)
{
    const km_muscle *m = &a->muscle[muscle];
    for (int i = m->first_point; i < m->first_point + m->n_point; i++)
        if (a->point[i].tp == tp)
            return i;
    return -1;
}

const km_table *km_atlas_table(const km_atlas *a, const char *name)
{
    for (int i = 0; i < a->n_table; i++)
        if (strcmp(a->table[i].name, name) == 0)
            return &a->table[i];
    return NULL;
}

int km_table_column(const km_table *t, const char *column)
{
    for (int i = 0; i < t->n_column; i++)
        if (strcmp(t->column[i], column) == 0)
            return i;
    return -1;
}

const char *km_table_cell(const km_table *t, int row, int column)
{
    return t->text + t->cell[(size_t)row * (size_t)t->n_column + (size_t)column];
}

const char *km_laterality_word(km_laterality l)
{
    static const char *const word[] = { "same", "opposite", "both", "midline" };
    return word[l];
}

const char *km_zone_word(km_referral_kind k)
{
    static const char *const word[] = { "local", "essential", "spillover" };
    return word[k];
}

const char *km_basis_word(km_basis b)
{
    static const char *const word[] = { "recalled", "partial", "page" };
    return word[b];
}
