/* Painting a scene: outline < fill < zone < mark < cursor. */
#include "frame.h"

#include <stdlib.h>
#include <string.h>

#include "knotmap/text.h"

#define BRAILLE 0x2800u

/* What one figure needs while it is painted. */
typedef struct painter {
    km_grid *g;
    km_chart *c;
    const km_figure *fig;
    frame *f;
    km_chart_style style;
    uint8_t zone[SHEET_MAX];    /* by slot */
    uint8_t heat[SHEET_MAX];
    int sel;                    /* slot, -1 */
    int index;                  /* of the figure in the layout */
    const int8_t *mark_figure;  /* for each mark of the scene, the figure that shows it, -1 none */
} painter;

static const km_role paint_role[] = {
    [KM_PAINT_NONE] = KM_ROLE_TEXT,
    [KM_PAINT_LOCAL] = KM_ROLE_SPILLOVER,
    [KM_PAINT_SPILLOVER] = KM_ROLE_SPILLOVER,
    [KM_PAINT_ESSENTIAL] = KM_ROLE_ESSENTIAL,
    [KM_PAINT_PAIN] = KM_ROLE_PAIN,
    [KM_PAINT_ABSENT] = KM_ROLE_ABSENT,
    [KM_PAINT_UNEXPLAINED] = KM_ROLE_UNEXPLAINED,
    [KM_PAINT_SOMETIMES] = KM_ROLE_SPILLOVER,
    [KM_PAINT_COVERED] = KM_ROLE_COVERED,
};

static km_role heat_role(int level)
{
    return (km_role)(KM_ROLE_HEAT1 + level - 1);
}

static km_role kind_role(km_kind k)
{
    static const km_role role[KM_KIND_COUNT] = { KM_ROLE_KNOT, KM_ROLE_SORENESS, KM_ROLE_PAIN,
                                                 KM_ROLE_TIGHTNESS, KM_ROLE_NUMBNESS };
    return role[k];
}

/* Column of the frame behind a column of the figure: the left side is drawn mirrored. */
static int frame_column(const painter *p, int col)
{
    return p->fig->view == KM_VIEW_LEFT ? p->f->p.w - 1 - col : col;
}

static km_cell *figure_cell(const painter *p, int col, int row)
{
    const km_rect *b = &p->fig->body;
    if (col < 0 || row < 0 || col >= b->w || row >= b->h)
        return NULL;
    return km_grid_cell(p->g, b->x + col, b->y + row);
}

static uint8_t mirror_dots(uint8_t b)
{
    return (uint8_t)((b & 0x07) << 3 | (b & 0x38) >> 3 | (b & 0x40) << 1 | (b & 0x80) >> 1);
}

static void cell_set(km_cell *cell, uint32_t rune, km_role role)
{
    cell->rune = rune;
    cell->comb = 0;
    cell->role = (uint8_t)role;
}

static bool is_outline(uint8_t code)
{
    return code != 0 && !(code & (FIT_FEATURE | FIT_BORDER));
}

static km_role code_role(uint8_t code)
{
    return code & FIT_FEATURE ? KM_ROLE_FEATURE : code & FIT_BORDER ? KM_ROLE_BORDER
                                                                    : KM_ROLE_OUTLINE;
}

/* One cell in characters. */
static void paint_ascii(const painter *p, km_cell *cell, int at)
{
    uint8_t code = p->f->plane[at], owner = p->f->owner[at];
    uint32_t rune = ' ';
    km_role role = KM_ROLE_TEXT;

    if (p->fig->view == KM_VIEW_LEFT)
        code = chart_fit_mirror(code);
    if (owner != NO_SLOT && owner == p->sel) {
        rune = '%';
        role = KM_ROLE_FILL;
        cell->ground = KM_ROLE_FILL;
    }
    if (owner != NO_SLOT && p->zone[owner] != KM_PAINT_NONE) {
        rune = km_chart_zone_rune((km_zone_paint)p->zone[owner]);
        role = paint_role[p->zone[owner]];
        if (owner != p->sel)
            cell->ground = (uint8_t)role;
    } else if (owner != NO_SLOT && p->heat[owner] > 0) {
        rune = km_chart_heat_rune(p->heat[owner], p->style);
        role = heat_role(p->heat[owner]);
        if (owner != p->sel)
            cell->ground = (uint8_t)role;
    }
    /* an outline stays, unless the region has no other cell to show what is painted on it */
    bool keep = code != 0 && (rune == ' ' || (is_outline(code) && p->f->inner[owner]));
    if (keep)
        cell_set(cell, (uint32_t)(unsigned char)chart_fit_char(code), code_role(code));
    else
        cell_set(cell, rune, role);
}

/* Dots of a cell that are painted for their region, by a fixed pattern over the figure. */
static uint8_t stipple(const painter *p, int col, int row, km_role *role)
{
    static const uint8_t bit[DOT_Y][DOT_X] = { { 1, 8 }, { 2, 16 }, { 4, 32 }, { 64, 128 } };
    const port *q = &p->f->p;
    uint8_t out = 0;
    int strongest = 0;

    for (int y = 0; y < DOT_Y; y++) {
        for (int x = 0; x < DOT_X; x++) {
            int dx = col * DOT_X + x, dy = row * DOT_Y + y, weight = 0;
            int slot = p->f->dot_slot[dy * q->w * DOT_X + dx];
            bool on = false;
            if (slot == NO_SLOT)
                continue;
            switch (p->zone[slot]) {
            case KM_PAINT_ESSENTIAL:
            case KM_PAINT_COVERED:
                on = (dx + dy) % 2 == 0;
                weight = 3;
                break;
            case KM_PAINT_SPILLOVER:
            case KM_PAINT_SOMETIMES:
                on = (dx + 2 * dy) % 4 == 0;
                weight = 2;
                break;
            case KM_PAINT_LOCAL:
                on = dx % 2 == 0 && dy % 4 == 1;
                weight = 2;
                break;
            default:
                on = slot == p->sel;
                weight = 1;
                break;
            }
            if (!on)
                continue;
            out |= bit[y][x];
            if (weight > strongest) {
                strongest = weight;
                *role = weight > 1 ? paint_role[p->zone[slot]] : KM_ROLE_FILL;
            }
        }
    }
    return out;
}

/* One cell in dots; zones that are words rather than tones keep their character. */
static void paint_braille(const painter *p, km_cell *cell, int col, int row, int at)
{
    uint8_t owner = p->f->owner[at], line = p->f->dot_line[at], faint = p->f->dot_faint[at];
    km_role role = KM_ROLE_OUTLINE;
    uint8_t whole = p->f->dot_whole[at];
    bool plain = whole == NO_SLOT || (whole != DOT_MIXED && whole != p->sel &&
                                      p->zone[whole] == KM_PAINT_NONE);
    uint8_t tone = plain ? 0 : stipple(p, col, row, &role), bits = line | tone;
    bool inner = owner != NO_SLOT && (line == 0 || !p->f->inner[owner]);
    int zone = owner == NO_SLOT ? KM_PAINT_NONE : p->zone[owner];

    if (owner != NO_SLOT && owner == p->sel)
        cell->ground = KM_ROLE_FILL;
    else if (zone != KM_PAINT_NONE)
        cell->ground = (uint8_t)paint_role[zone];
    if (inner && zone >= KM_PAINT_PAIN) { /* the pain drawing: signs, as its legend shows them */
        cell_set(cell, km_chart_zone_rune((km_zone_paint)zone), paint_role[zone]);
        return;
    }
    if (owner != NO_SLOT && zone == KM_PAINT_NONE && p->heat[owner] > 0 && owner != p->sel) {
        cell->ground = (uint8_t)heat_role(p->heat[owner]);
        if (inner) {
            cell_set(cell, km_chart_heat_rune(p->heat[owner], p->style),
                     heat_role(p->heat[owner]));
            return;
        }
    }
    if (tone == 0) {
        bits |= faint;
        if (line == 0)
            role = KM_ROLE_BORDER;
    }
    /* a region too small for a dot of its tone */
    if (tone == 0 && zone != KM_PAINT_NONE && inner) {
        cell_set(cell, km_chart_zone_rune((km_zone_paint)zone), paint_role[zone]);
        return;
    }
    if (p->fig->view == KM_VIEW_LEFT)
        bits = mirror_dots(bits);
    cell_set(cell, bits ? BRAILLE + bits : ' ', bits ? role : KM_ROLE_TEXT);
}

/* Heat of the upper or lower half of a cell: the greater of its four dots' majority. */
static int half_heat(const painter *p, int col, int row, int lower)
{
    int best = 0, count[6] = { 0 };
    uint8_t whole = p->f->dot_whole[row * p->f->p.w + col];

    if (whole != DOT_MIXED)
        return whole == NO_SLOT ? 0 : p->heat[whole];
    for (int k = 0; k < 4; k++) {
        int dx = col * DOT_X + k % 2, dy = row * DOT_Y + 2 * lower + k / 2;
        int slot = p->f->dot_slot[dy * p->f->p.w * DOT_X + dx];
        if (slot == NO_SLOT)
            continue;
        count[p->heat[slot]]++;
    }
    for (int i = 1; i < 6; i++) {
        if (count[i] > 0 && count[i] >= count[best])
            best = i;
    }
    return best;
}

/* Half blocks: two heights of heat in a cell; a whole cell of one level shows its shade, so
 * that the level can be read without colour. Without heat the dots are drawn. */
static void paint_block(const painter *p, km_cell *cell, int col, int row, int at)
{
    int up = half_heat(p, col, row, 0), low = half_heat(p, col, row, 1);
    uint8_t owner = p->f->owner[at];

    if ((up == 0 && low == 0) || (owner != NO_SLOT && p->zone[owner] != KM_PAINT_NONE) ||
        (owner != NO_SLOT && owner == p->sel)) {
        paint_braille(p, cell, col, row, at);
        return;
    }
    if (up == low) {
        cell_set(cell, km_chart_heat_rune(up, p->style), heat_role(up));
        cell->ground = (uint8_t)heat_role(up);
    } else if (low == 0 || up == 0) {
        cell_set(cell, up ? 0x2580 : 0x2584, heat_role(up ? up : low));
    } else {
        cell_set(cell, 0x2580, heat_role(up));
        cell->ground = (uint8_t)heat_role(low);
    }
}

/* The word fits when at least one blank column stands on each side of it. */
static void paint_labels(km_grid *g, const km_figure *fig)
{
    static const char edge[KM_VIEW_COUNT][2] = { "RL", "LR", "FB", "BF", "RL" };
    static const char *const word[2][2] = { { "front", "back" }, { "back", "front" } };
    const char *title = km_view_title(fig->view);
    km_rect r = { fig->rect.x, fig->rect.y, fig->rect.w, 1 };
    int n = (int)strlen(title), mid = (r.w - n) / 2;

    if (fig->rect.h == fig->body.h)
        return;
    km_grid_text(g, r, 0, mid, KM_ROLE_TITLE, title);
    if (fig->view == KM_VIEW_LEFT || fig->view == KM_VIEW_RIGHT) {
        const char *const *w = word[fig->view == KM_VIEW_RIGHT];
        bool room = mid > (int)strlen(w[0]) && mid > (int)strlen(w[1]);
        if (room) {
            km_grid_text(g, r, 0, 0, KM_ROLE_DIM, w[0]);
            km_grid_text_right(g, r, 0, KM_ROLE_DIM, w[1]);
            return;
        }
    }
    const char first[2] = { edge[fig->view][0], 0 }, second[2] = { edge[fig->view][1], 0 };
    km_grid_text(g, r, 0, 0, KM_ROLE_TITLE, first);
    km_grid_text_right(g, r, 0, KM_ROLE_TITLE, second);
}

/* Marks by cell: the stronger on top. */
typedef struct spot_mark {
    int col, row, rank;
    const km_chart_mark *mark;
} spot_mark;

static int mark_rank(const km_chart_mark *m)
{
    return m->intensity == KM_INTENSITY_NONE ? 0 : m->intensity + 1;
}

static bool mark_before(const km_chart_mark *a, const km_chart_mark *b)
{
    if (mark_rank(a) != mark_rank(b))
        return mark_rank(a) > mark_rank(b);
    return a->kind != b->kind ? a->kind < b->kind : a->id > b->id;
}

/*
 * The figure that shows a mark: the one of its own view, else the first that draws its region,
 * so that a mark made on the side is not lost while only front and back are shown.
 */
static int figure_of_mark(const km_chart *c, const km_layout *l, const km_chart_mark *m)
{
    int16_t x, y;

    for (int i = 0; i < l->n; i++) {
        if (l->figure[i].view == m->view)
            return i;
    }
    for (int i = 0; i < l->n && m->region >= 0; i++) {
        if (km_body_pos_in_view(c->a, m->region, -1, m->side, l->figure[i].view, &x, &y))
            return i;
    }
    return -1;
}

static bool mark_cell(const painter *p, const km_chart_mark *mark, int *col, int *row)
{
    km_chart_mark there = *mark;
    if (mark->view != p->fig->view) {
        there.view = p->fig->view;
        km_body_pos_in_view(p->c->a, mark->region, -1, mark->side, there.view, &there.x, &there.y);
    }
    const km_chart_mark *m = &there;
    int16_t x = m->x, y = m->y;
    int slot = m->region < 0 ? -1
                             : chart_sheet_slot(p->f->s, p->c->a, m->view, m->region, m->side);
    km_layout one = { .n = 1 };

    /* newer art may have moved the border: the stored region is the truth */
    if (slot >= 0 && !chart_slot_holds(p->f->s, p->c->a, slot, m->view == KM_VIEW_LEFT ? -x : x, y))
        km_body_nearest(p->c->a, m->region, m->side, m->view, &x, &y);
    one.figure[0] = *p->fig;
    if (!km_chart_cell(&one, m->view, x, y, col, row, NULL))
        return false;
    *col -= p->fig->body.x;
    *row -= p->fig->body.y;
    return true;
}

/* A cell beside a sign that holds neither outline nor another sign. */
static bool cell_free(const painter *p, const uint8_t *taken, int col, int row)
{
    if (col < 0 || col >= p->fig->body.w || taken[row * p->fig->body.w + col])
        return false;
    int at = row * p->f->p.w + frame_column(p, col);
    return p->style == KM_STYLE_ASCII ? !is_outline(p->f->plane[at]) : p->f->dot_line[at] == 0;
}

static void put_sign(const painter *p, uint8_t *taken, int col, int row, uint32_t rune,
                     km_role role, bool bold)
{
    km_cell *cell = figure_cell(p, col, row);

    taken[row * p->fig->body.w + col] = 1;
    if (!cell)
        return;
    cell_set(cell, rune, role);
    cell->bold = bold;
}

static void paint_mark(const painter *p, uint8_t *taken, const spot_mark *s, int more)
{
    const km_chart_mark *m = s->mark;
    km_role role = kind_role(m->kind);
    uint32_t kind = (uint32_t)(unsigned char)km_kind_glyph(m->kind);
    uint32_t digit = m->intensity == KM_INTENSITY_NONE ? kind
                     : m->intensity >= 10              ? '*'
                                                       : (uint32_t)('0' + m->intensity);

    put_sign(p, taken, s->col, s->row, digit, role, m->intensity >= 7);
    bool right = cell_free(p, taken, s->col + 1, s->row);
    bool left = !right && cell_free(p, taken, s->col - 1, s->row);
    int beside = right ? s->col + 1 : s->col - 1;
    if (more > 1) {
        /* that there is more must show, over an outline if need be */
        if (!right && !left && s->col + 1 < p->fig->body.w &&
            !taken[s->row * p->fig->body.w + s->col + 1])
            right = true, beside = s->col + 1;
        if (right || left)
            put_sign(p, taken, beside, s->row, '+', role, true);
        else if (figure_cell(p, s->col, s->row))
            figure_cell(p, s->col, s->row)->ground = KM_ROLE_SELECTED;
    } else if (right && digit != kind) {
        put_sign(p, taken, beside, s->row, kind, role, false);
    }
}

static void paint_marks(const painter *p, uint8_t *taken, const km_scene *s)
{
    spot_mark *at = km_calloc((size_t)s->n_mark, sizeof *at);
    int n = 0;

    for (int i = 0; i < s->n_mark; i++) {
        const km_chart_mark *m = &s->mark[i];
        int col, row, k;
        if (p->mark_figure[i] != p->index || !mark_cell(p, m, &col, &row))
            continue;
        for (k = 0; k < n && !(at[k].col == col && at[k].row == row); k++)
            ;
        if (k == n)
            at[n++] = (spot_mark){ col, row, 0, m };
        else if (mark_before(m, at[k].mark))
            at[k].mark = m;
        at[k].rank++;
        taken[row * p->fig->body.w + col] = 1;
    }
    for (int k = 0; k < n; k++)
        paint_mark(p, taken, &at[k], at[k].rank);
    free(at);
}

/* X and the number of a trigger point; `strong` for the one that is selected. */
static void paint_point(const painter *p, uint8_t *taken, int point, km_side side, bool strong)
{
    const km_point *tp = &p->c->a->point[point];
    km_layout one = { .n = 1 };
    char number[4];
    int16_t x, y;
    int col, row;

    if (!km_body_pos_in_view(p->c->a, tp->site, point, side, p->fig->view, &x, &y))
        return;
    one.figure[0] = *p->fig;
    if (!km_chart_cell(&one, p->fig->view, x, y, &col, &row, NULL))
        return;
    col -= p->fig->body.x;
    row -= p->fig->body.y;
    if (taken[row * p->fig->body.w + col])
        return;
    put_sign(p, taken, col, row, 'X', KM_ROLE_POINT, strong);
    number[0] = (char)('0' + tp->tp / 10 % 10);
    number[1] = (char)('0' + tp->tp % 10);
    for (int i = tp->tp < 10; i < 2; i++) {
        if (!cell_free(p, taken, ++col, row))
            return;
        put_sign(p, taken, col, row, (uint32_t)(unsigned char)number[i], KM_ROLE_POINT, strong);
    }
}

static void paint_points(const painter *p, uint8_t *taken, const km_scene *s)
{
    const km_atlas *a = p->c->a;

    if (s->sel_point >= 0)
        paint_point(p, taken, s->sel_point, s->sel_point_side, true);
    if (!s->show_points || s->sel_region < 0 || p->fig->zoom == KM_ZOOM_WHOLE)
        return;
    for (int i = 0; i < a->n_point; i++) {
        if (a->point[i].site == s->sel_region && i != s->sel_point)
            paint_point(p, taken, i, s->sel_side, false);
    }
}

/* A region too small to own a cell still shows: its nearest cell takes the sign. */
static void paint_small(const painter *p, const km_scene *s)
{
    for (int slot = 0; slot < p->f->s->n; slot++) {
        int at = p->f->cell[slot];
        bool zone = p->zone[slot] != KM_PAINT_NONE, heat = p->heat[slot] > 0;
        if (at < 0 || p->f->own[slot] || !(zone || heat || slot == p->sel))
            continue;
        km_cell *cell = figure_cell(p, frame_column(p, at % p->f->p.w), at / p->f->p.w);
        int owner = p->f->owner[at];
        if (!cell)
            continue;
        if (slot == p->sel) {
            cell->ground = KM_ROLE_FILL;
            if (!zone && !heat)
                cell_set(cell, '%', KM_ROLE_FILL);
        }
        /* never over another region's painting of a stronger kind */
        if (zone && (owner == NO_SLOT || p->zone[owner] < p->zone[slot]))
            cell_set(cell, km_chart_zone_rune((km_zone_paint)p->zone[slot]),
                     paint_role[p->zone[slot]]);
        else if (heat && s->heat && (owner == NO_SLOT || p->heat[owner] < p->heat[slot]))
            cell_set(cell, km_chart_heat_rune(p->heat[slot], p->style),
                     heat_role(p->heat[slot]));
    }
}

static void paint_cursor(const painter *p, const km_scene *s)
{
    km_layout one = { .n = 1 };
    int col, row;

    if (!s->cursor || s->cursor_view != p->fig->view)
        return;
    one.figure[0] = *p->fig;
    if (!km_chart_cell(&one, s->cursor_view, s->cursor_x, s->cursor_y, &col, &row, NULL))
        return;
    km_cell *cell = km_grid_cell(p->g, col, row);
    if (!cell)
        return;
    cell->role = KM_ROLE_CURSOR;
    cell->ground = KM_ROLE_TEXT;
    cell->bold = 1;
    p->g->cursor_x = col;
    p->g->cursor_y = row;
}

static void slot_paints(painter *p, const km_scene *s)
{
    const sheet *sh = p->f->s;

    for (int i = 0; i < sh->n; i++) {
        int region = p->c->a->body.polygon[sh->polygon[i]].region;
        int key = region * KM_SIDE_COUNT + (int)chart_slot_side(sh, p->c->a, p->fig->view, i);
        p->zone[i] = s->zone ? s->zone[key] : 0;
        p->heat[i] = s->heat ? s->heat[key] : 0;
        if (p->zone[i] > KM_PAINT_COVERED)
            p->zone[i] = KM_PAINT_NONE;
        if (p->heat[i] > 5)
            p->heat[i] = 5;
    }
    p->sel = s->sel_region < 0 ? -1
                               : chart_sheet_slot(sh, p->c->a, p->fig->view, s->sel_region, s->sel_side);
}

static void paint_figure(painter *p, const km_scene *s)
{
    const km_rect *b = &p->fig->body;
    uint8_t *taken = km_calloc((size_t)b->w * (size_t)b->h, 1);

    slot_paints(p, s);
    for (int row = 0; row < b->h; row++) {
        for (int col = 0; col < b->w; col++) {
            km_cell *cell = km_grid_cell(p->g, b->x + col, b->y + row);
            int fc = frame_column(p, col), at = row * b->w + fc;
            if (!cell)
                continue;
            *cell = (km_cell){ .rune = ' ' };
            if (p->style == KM_STYLE_ASCII)
                paint_ascii(p, cell, at);
            else if (p->style == KM_STYLE_UNICODE)
                paint_braille(p, cell, fc, row, at);
            else
                paint_block(p, cell, fc, row, at);
        }
    }
    paint_small(p, s);
    paint_marks(p, taken, s);
    paint_points(p, taken, s); /* in the cells that marks leave */
    paint_cursor(p, s);
    free(taken);
}

void km_chart_render(km_grid *g, km_chart *c, const km_layout *l, const km_scene *s,
                     km_chart_style style)
{
    if (g->ascii)
        style = KM_STYLE_ASCII;
    int8_t *mark_figure = km_calloc((size_t)s->n_mark, sizeof *mark_figure);
    for (int i = 0; i < s->n_mark; i++)
        mark_figure[i] = (int8_t)figure_of_mark(c, l, &s->mark[i]);
    for (int i = 0; i < l->n; i++) {
        painter p = { .g = g, .c = c, .fig = &l->figure[i], .style = style, .sel = -1,
                      .index = i, .mark_figure = mark_figure };
        p.f = chart_frame(c, p.fig);
        if (style == KM_STYLE_ASCII || !p.f->plane)
            chart_frame_need_plane(c, p.f);
        if (style != KM_STYLE_ASCII)
            chart_frame_need_dots(c, p.f);
        paint_figure(&p, s);
        if (s->labels)
            paint_labels(g, p.fig);
    }
    free(mark_figure);
}
