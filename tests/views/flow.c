/** One screen of 80x24 for each test, and what was stored last. */
#include "flow.h"

#include <stdio.h>

screen s;

int start(void **state)
{
    (void)state;
    screen_open(&s, 80, 24, false);
    return 0;
}

int stop(void **state)
{
    (void)state;
    screen_close(&s);
    return 0;
}

/** The newest mark as "kind intensity place/muscle:tp state". */
const char *newest(void)
{
    static char text[200];
    km_mark_list l = screen_marks(&s);
    if (l.n == 0) {
        snprintf(text, sizeof text, "none");
    } else {
        const km_mark *m = &l.row[0];
        snprintf(text, sizeof text, "%s %d %s:%s %s:%d %s", km_word(KM_VOCAB_KIND, (int)m->kind),
                 m->intensity, km_word(KM_VOCAB_SIDE, (int)m->place.side), m->place.region,
                 m->place.muscle ? m->place.muscle : "-", m->place.tp,
                 km_word(KM_VOCAB_STATE, (int)m->state));
    }
    km_mark_list_clear(&l);
    return text;
}

size_t count(void)
{
    km_mark_list l = screen_marks(&s);
    size_t n = l.n;
    km_mark_list_clear(&l);
    return n;
}
