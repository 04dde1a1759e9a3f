/** Every view and mode of the screen. */
#include "places.h"

#include <string.h>

#include "body.h"

const place_script places[] = {
    { "body", "" },
    { "body-half", "z" },
    { "body-area", "zz" },
    { "body-sides", "v" },
    { "body-heat", "w" },
    { "body-no-panel", "|" },
    { "body-round", "o" },
    { "body-brush", "p" },
    { "place", "<Enter>j" },
    { "form", "e" },
    { "form-text", "e<Up><Up>typed" },
    { "history", "Hj" },
    { "clients", "Cj" },
    { "client-form", "Ca" },
    { "visit", "V" },
    { "visit-form", "Va" },
    { "recovery", "Vr" },
    { "problems", "Dp" },
    { "routine", "Rnj" },
    { "expect", "Rnji" },
    { "follow", "Rns<Esc>" },
    { "stop-rules", "Rns<Esc>!" },
    { "over", "Rns<Esc>nnnnnnnnnnnnnnnnnnnnnnnn" },
    { "steps", "Rno<Enter>j" },
    { "saved", "Rno" },
    { "day", "D" },
    { "care", "Dw" },
    { "goals", "Do" },
    { "summary", "Sj" },
    { "trends", "Tj" },
    { "trends-many", "Tvj" },
    { "trends-why", "Tf" },
    { "compare", "Tcj" },
    { "patterns", "To" },
    { "life", "y" },
    { "kept-filters", "H/kind:knot<Enter>sknots<Enter>o" },
    { "atlas", "Ajj" },
    { "atlas-regions", "A<Tab>jj" },
    { "first-questions", "/r temple<Enter>fj" },
    { "filter-words", "Hw" },
    { "complaints", "Wj" },
    { "caution", "W/pregn<Enter><Enter>" },
    { "why", "/r temple<Enter>fnj" },
    { "help", "?" },
    { "palette", ":und" },
    { "find", "/knee" },
    { "narrow", "C/me" },
};
const int n_places = (int)(sizeof places / sizeof places[0]);

static void store_records(screen *s)
{
    screen_keys(s, "/l shoulder top<Enter>6/r infra 2<Enter>7/r vastus lat<Enter>4");
    screen_keys(s, "!/r temple<Enter>8/r eye<Enter>5<Esc>");
    screen_keys(s, ":kind-knot<Enter>CaAda<Enter>CaBen<Enter>B");
    screen_keys(s, "Rnw<Enter>B/r infra 2<Enter>");
}

void places_go(screen *s, int place)
{
    km_tui *t = s->tui;
    t->n_message = 0;
    tui_pop_to_body(t);
    body_view *b = (body_view *)t->top;
    if (b->open.n == 0 && !t->client.has_seen)
        store_records(s);
    b->zoom = KM_ZOOM_WHOLE;
    b->turn = b->heat_days = 0;
    b->in_round = b->brush = b->both = false;
    b->panel = true;
    b->laid_out = false;
    km_buf_reset(&t->flags_answered);
    km_buf_reset(&t->warning);
    t->kind = KM_KIND_KNOT;
    km_tui_paint(t, &s->grid);
    screen_keys(s, "/r shoulder blade<Enter>");
    screen_keys(s, places[place].keys);
}

bool places_quiet(int place, int action)
{
    const char *name = places[place].name;
    bool field = strncmp(name, "form", 4) == 0 || strcmp(name, "client-form") == 0 ||
                 strcmp(name, "visit-form") == 0;
    if (action == ACT_GO_BODY && strncmp(name, "body", 4) == 0)
        return true; /* that is where one is */
    if (action == ACT_GO_DAY && strcmp(name, "day") == 0)
        return true;
    if (action == ACT_GO_SUMMARY && strcmp(name, "summary") == 0)
        return true;
    bool short_list = strcmp(name, "day") == 0 || strcmp(name, "goals") == 0 ||
                      strcmp(name, "saved") == 0 || strcmp(name, "problems") == 0 || strcmp(name, "care") == 0;
    bool page = strcmp(name, "trends-why") == 0 || strcmp(name, "patterns") == 0 ||
                strcmp(name, "life") == 0 || strcmp(name, "summary") == 0;
    if (page && tui_action_table[action].ctx == CTX_SCROLL)
        return true; /* the page fits, or stands at its beginning */
    if (strcmp(name, "kept-filters") == 0 && tui_action_table[action].ctx == CTX_LIST)
        return true; /* one filter, one row */
    if (short_list && tui_action_table[action].ctx == CTX_LIST)
        return true; /* on the first row, or there is none */
    if (action == ACT_GO_VISIT && strcmp(name, "visit") == 0)
        return true;
    if (field && (action == ACT_CHOICE_PREV || action == ACT_CHOICE_NEXT ||
                  action == ACT_CHOICE_TICK || action == ACT_FIELD_CLEAR))
        return true; /* a text field has no choices, an empty field nothing to clear */
    if (strcmp(name, "visit") == 0 && tui_action_table[action].ctx == CTX_LIST)
        return true; /* one session, one row */
    return false;
}
