/** A grid of character cells: text, boxes, clipping, dump. No terminal is known here. */
#ifndef KNOTMAP_DRAW_H
#define KNOTMAP_DRAW_H

#include <stdbool.h>
#include <stdint.h>

#include "knotmap/mem.h"

/**
 * What a cell is for. The terminal turns a role into colour, or where there is none into
 * bold, dim, underline or reverse.
 */
#define KM_ROLES(X)                                                                           \
    X(TEXT, "text")           /* plain text, the terminal's own colours */                     \
    X(DIM, "dim")             /* secondary text, region borders */                            \
    X(TITLE, "title")         /* headings */                                                  \
    X(ACCENT, "accent")       /* the one accent colour */                                     \
    X(BAR, "bar")             /* first and last line */                                       \
    X(SELECTED, "selected")   /* the selected row or place: reverse video */                  \
    X(CURSOR, "cursor")       /* the cursor on the body: reverse video, bold */               \
    X(ERROR, "error")         /* an error message */                                          \
    X(OK, "ok")               /* a message of success, "better" */                            \
    X(WARN, "warn")           /* a warning, "worse" */                                        \
    X(OUTLINE, "outline")     /* outline of the body */                                       \
    X(BORDER, "border")       /* between regions */                                           \
    X(FEATURE, "feature")     /* eyes, navel, spine */                                        \
    X(FILL, "fill")           /* fill of the selected region */                               \
    X(KNOT, "knot")           /* marks by kind */                                             \
    X(SORENESS, "soreness")                                                                   \
    X(PAIN, "pain")                                                                           \
    X(TIGHTNESS, "tightness")                                                                 \
    X(NUMBNESS, "numbness")                                                                   \
    X(ESSENTIAL, "essential") /* dense referral zone */                                       \
    X(SPILLOVER, "spillover") /* sparse referral zone */                                      \
    X(POINT, "point")         /* a trigger point of the atlas */                              \
    X(COVERED, "covered")     /* painted pain a candidate explains */                         \
    X(ABSENT, "absent")       /* expected but not painful */                                  \
    X(UNEXPLAINED, "unexplained")                                                             \
    X(HEAT1, "heat1")         /* heat, weakest .. strongest */                                \
    X(HEAT2, "heat2")                                                                         \
    X(HEAT3, "heat3")                                                                         \
    X(HEAT4, "heat4")                                                                         \
    X(HEAT5, "heat5")

typedef enum km_role {
#define X(id, name) KM_ROLE_##id,
    KM_ROLES(X)
#undef X
    KM_ROLE_COUNT
} km_role;

/** Names of the roles, as a settings file spells them. */
extern const char *const km_role_name[KM_ROLE_COUNT];

/** Marks a cell covered by the wide rune to its left. */
#define KM_RUNE_WIDE_TAIL 0u

typedef struct km_cell {
    uint32_t rune;        /**< base rune; ' ' when empty; KM_RUNE_WIDE_TAIL behind a wide one */
    uint32_t comb;        /**< one combining rune, or 0 */
    uint8_t role;         /**< km_role of the rune */
    uint8_t ground;       /**< km_role whose colour fills the background; KM_ROLE_TEXT = none */
    uint8_t bold;         /**< extra weight (strong marks) */
} km_cell;

typedef struct km_rect {
    int x, y, w, h;
} km_rect;

/** A grid; also holds where the hardware cursor belongs (-1, -1: nowhere in particular). */
typedef struct km_grid {
    int w, h;
    km_cell *cell;        /**< h rows of w */
    int cursor_x, cursor_y;
    bool cursor_visible;  /**< a text field wants it shown */
    bool ascii;           /**< every rune put must be ASCII; twins are used */
} km_grid;

/** Make the grid this size, all blank. Reuses memory; w and h at least 0. */
void km_grid_resize(km_grid *g, int w, int h);
void km_grid_clear(km_grid *g);
void km_grid_free(km_grid *g);

/** The part of `r` inside the grid. */
km_rect km_rect_clip(const km_grid *g, km_rect r);

/**
 * Put one rune of width 1 at (x, y) of `r`; outside `r` or the grid nothing happens. The cell is
 * new: no ground, no extra weight. In an ASCII grid lines, blocks and dots get their twins.
 */
void km_grid_put(km_grid *g, km_rect r, int y, int x, km_role role, uint32_t rune);
/** The cell at (x, y) of the grid, NULL outside. */
km_cell *km_grid_cell(km_grid *g, int x, int y);

/**
 * Write text on line `y` of `r` from column `x`, clipped at the edges of `r`; what a terminal
 * could act on is made visible (km_text_visible).
 *
 * @return columns the text takes, whether they fitted or not.
 */
int km_grid_text(km_grid *g, km_rect r, int y, int x, km_role role, const char *s);
/** printf to a line. */
int km_grid_printf(km_grid *g, km_rect r, int y, int x, km_role role, const char *fmt, ...)
    __attribute__((format(printf, 6, 7)));
/** The same, ending at the right edge of `r`; returns the starting column. */
int km_grid_text_right(km_grid *g, km_rect r, int y, km_role role, const char *s);
/** As km_grid_text, with "…" ("..." in ASCII) when more than `w` columns are needed. */
int km_grid_text_cut(km_grid *g, km_rect r, int y, int x, int w, km_role role, const char *s);
/**
 * Text wrapped at words within `r` from line `y`; a newline in `s` ends a line. Lines below the
 * edge are not painted but counted.
 *
 * @return lines the text takes.
 */
int km_grid_wrap(km_grid *g, km_rect r, int y, km_role role, const char *s);
/** Set role of the cells of line `y` of `r` without touching the runes. */
void km_grid_role(km_grid *g, km_rect r, int y, int x, int w, km_role role);
/** Blank a rectangle in a role. */
void km_grid_fill(km_grid *g, km_rect r, km_role role, uint32_t rune);
/** A vertical line down `r` at column `x`. */
void km_grid_vline(km_grid *g, km_rect r, int x, km_role role);

/** A bar over `w` columns, brackets included, filled by `share` (0..1): [####....]. */
void km_grid_bar(km_grid *g, km_rect r, int y, int x, int w, km_role role, double share);

/** A sparkline of `n` values in 0..max, one column each, NAN a gap: ▁▂▃▄▅▆▇█ or "_.-=^" style. */
void km_grid_spark(km_grid *g, km_rect r, int y, int x, km_role role, const double *v, int n,
                   double max);

/** The grid as text, one line a row, trailing blanks cut. */
void km_grid_dump(km_buf *out, const km_grid *g);
/**
 * The roles as text, one letter a cell, '.' for TEXT, 'A' + role otherwise: what views tests
 * compare beside km_grid_dump.
 */
void km_grid_dump_roles(km_buf *out, const km_grid *g);

#endif
