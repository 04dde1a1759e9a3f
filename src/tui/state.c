/** Where the person was: client, place, picture. A missing or broken file means defaults. */
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "body.h"
#include "knotmap/path.h"

typedef struct state {
    long long client;
    char region[64];
    int side, view, x, y, turn, zoom, scale, panel, kind, ink, heat;
} state;

/** One "name value" line; what is not understood or out of range is passed over. */
static void read_line(state *s, const char *line)
{
    static const struct { const char *name; size_t at; int low, high; } number[] = {
        { "side", offsetof(state, side), 0, KM_SIDE_COUNT - 1 },
        { "view", offsetof(state, view), 0, KM_VIEW_COUNT - 1 },
        { "x", offsetof(state, x), -20000, 20000 },
        { "y", offsetof(state, y), -20000, 20000 },
        { "turn", offsetof(state, turn), 0, 4 },
        { "zoom", offsetof(state, zoom), 0, KM_ZOOM_COUNT - 1 },
        { "scale", offsetof(state, scale), 4, 8 },
        { "panel", offsetof(state, panel), 0, 1 },
        { "kind", offsetof(state, kind), 0, KM_KIND_COUNT - 1 },
        { "ink", offsetof(state, ink), 0, KM_STYLE_COUNT - 1 },
        { "heat", offsetof(state, heat), 0, 365 },
    };
    char name[16], value[64];
    if (sscanf(line, "%15s %63s", name, value) != 2)
        return;
    if (strcmp(name, "region") == 0) {
        snprintf(s->region, sizeof s->region, "%s", value);
        return;
    }
    char *end;
    long long v = strtoll(value, &end, 10);
    if (*end)
        return;
    if (strcmp(name, "client") == 0 && v > 0)
        s->client = v;
    for (size_t i = 0; i < sizeof number / sizeof number[0]; i++) {
        if (strcmp(name, number[i].name) == 0 && v >= number[i].low && v <= number[i].high)
            *(int *)((char *)s + number[i].at) = (int)v;
    }
}

/** The place of the newest mark: where work went on last when no file says more. */
static bool newest_mark(km_tui *t, body_view *b)
{
    km_mark_filter f = km_mark_filter_all();
    f.limit = 1;
    km_mark_list list = { 0 };
    bool found = km_app_marks(&list, t->app, &f, NULL) == KM_OK && list.n > 0;
    if (found)
        tui_body_jump_mark(t, b, &list.row[0]);
    km_mark_list_clear(&list);
    return found;
}

static void apply_place(km_tui *t, body_view *b, const state *s)
{
    int region = km_atlas_region(t->atlas, s->region);
    int at;
    km_side side;
    if (region < 0) {
        newest_mark(t, b);
        return;
    }
    bool midline = t->atlas->region[region].midline;
    km_side wanted = midline ? KM_SIDE_MIDLINE
                     : s->side == KM_SIDE_LEFT ? KM_SIDE_LEFT : KM_SIDE_RIGHT;
    b->spot = (km_spot){ .region = region, .side = wanted, .view = (km_view)s->view,
                         .x = (int16_t)s->x, .y = (int16_t)s->y };
    bool holds = km_body_at(t->atlas, b->spot.view, s->x, s->y, &at, &side) && at == region &&
                 (midline || side == wanted);
    if (!holds)
        km_body_default_pos(t->atlas, region, -1, wanted, &b->spot.view, &b->spot.x, &b->spot.y);
    b->kept = b->spot;
}

void tui_state_read(km_tui *t, bool keep_client)
{
    body_view *b = (body_view *)tui_body(t);
    state s = { .panel = 1, .scale = 4, .ink = -1 };
    km_buf text = { 0 };
    if (t->state_file && km_file_read(&text, t->state_file, NULL) == KM_OK) {
        const char *at = km_buf_str(&text);
        while (*at) {
            char line[128];
            size_t n = strcspn(at, "\n");
            snprintf(line, sizeof line, "%.*s", (int)(n < 120 ? n : 120), at);
            read_line(&s, line);
            at += n;
            at += *at ? 1 : 0;
        }
    }
    km_buf_clear(&text);

    if (!keep_client && s.client > 0) {
        char id[24];
        km_client found;
        km_arena mem = { 0 };
        snprintf(id, sizeof id, "%lld", s.client);
        if (km_app_client_find(&found, &mem, t->app, id, NULL) == KM_OK)
            tui_choose_client(t, id);
        km_arena_clear(&mem);
    }
    t->kind = (km_kind)s.kind;
    if (s.ink >= 0 && !t->ascii)
        t->style = (km_chart_style)s.ink;
    b->turn = s.turn;
    b->zoom = (km_zoom)s.zoom;
    b->scale = s.scale == 8 ? 8 : 4;
    b->panel = s.panel != 0;
    b->heat_days = s.heat == 30 || s.heat == 90 || s.heat == 365 ? s.heat : 0;
    apply_place(t, b, &s);
    b->area_x = b->spot.x;
    b->area_y = b->spot.y;
    tui_body_relayout(b);
}

void tui_state_write(km_tui *t)
{
    const body_view *b = (const body_view *)tui_body(t);
    if (!t->state_file || b->spot.region < 0)
        return;
    km_buf s = { 0 };
    km_buf_printf(&s, "client %lld\n", (long long)t->client.id);
    km_buf_printf(&s, "region %s\nside %d\nview %d\nx %d\ny %d\n",
                  t->atlas->region[b->spot.region].code, (int)b->spot.side, (int)b->spot.view,
                  b->spot.x, b->spot.y);
    km_buf_printf(&s, "turn %d\nzoom %d\nscale %d\npanel %d\nkind %d\nheat %d\n", b->turn,
                  (int)b->zoom, b->scale, b->panel ? 1 : 0, (int)t->kind, b->heat_days);
    if (!t->ascii) /* a terminal without more than ASCII chose nothing */
        km_buf_printf(&s, "ink %d\n", (int)t->style);
    /* a place that cannot be remembered is no reason to disturb anyone on the way out */
    if (km_path_make_dir_of(t->state_file, NULL) == KM_OK)
        km_file_write(t->state_file, km_buf_str(&s), s.len, NULL);
    km_buf_clear(&s);
}
