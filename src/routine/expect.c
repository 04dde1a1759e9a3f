/** What to expect: the first-time page of a technique. */
#include <string.h>

#include "knotmap/routine.h"

const char *km_routine_topic(const char *topic)
{
    static const char *const heading[][2] = {
        { "what", "What it is" },          { "first", "In the first minutes" },
        { "pressure", "How hard" },        { "next_days", "The next two days" },
        { "not_normal", "Not part of it" }, { "stop", "When to stop" },
        { "described", "What is commonly described" }, { "evidence", "What the studies say" },
    };
    for (size_t i = 0; i < sizeof heading / sizeof *heading; i++) {
        if (strcmp(heading[i][0], topic) == 0)
            return heading[i][1];
    }
    return topic;
}

/** Append the rows whose technique is `word` and whose topic is not there yet. */
static size_t add(km_expectation *out, size_t n, size_t max, const km_table *t, const char *word,
                  int technique)
{
    int tech = km_table_column(t, "technique"), topic = km_table_column(t, "topic");
    int text = km_table_column(t, "text"), basis = km_table_column(t, "basis");
    int source = km_table_column(t, "source");
    size_t own = n;
    for (int i = 0; i < t->n_row && n < max; i++) {
        bool told = strcmp(km_table_cell(t, i, tech), word) != 0;
        for (size_t k = 0; k < own && !told; k++)
            told = strcmp(out[k].topic, km_table_cell(t, i, topic)) == 0;
        if (!told)
            out[n++] = (km_expectation){ technique, km_table_cell(t, i, topic),
                                         km_table_cell(t, i, text), km_table_cell(t, i, basis),
                                         km_table_cell(t, i, source) };
    }
    return n;
}

size_t km_routine_expect(km_expectation *out, size_t max, const km_atlas *a, km_technique t)
{
    const km_table *table = km_atlas_table(a, "expectations");
    if (!table)
        return 0;
    size_t n = add(out, 0, max, table, km_word(KM_VOCAB_TECHNIQUE, (int)t), (int)t);
    return add(out, n, max, table, "any", -1);
}
