/**
 * The knowledge: regions, muscles, trigger points, referrals, satellites, routines, body-map
 * codes and the geometry of the body. Immutable; lives as long as the program.
 *
 * Everything refers to everything else by index into the tables below; -1 means none. The
 * rows of one muscle's points, one point's referrals and one muscle's routines stand together.
 * Sources of every table: assets/SOURCES.md.
 */
#ifndef KNOTMAP_ATLAS_H
#define KNOTMAP_ATLAS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "knotmap/mem.h"
#include "knotmap/model.h"
#include "knotmap/status.h"

typedef enum km_referral_kind { KM_ZONE_LOCAL, KM_ZONE_ESSENTIAL, KM_ZONE_SPILLOVER } km_referral_kind;

/** Side of a referral zone, relative to the side of the muscle. */
typedef enum km_laterality { KM_LAT_SAME, KM_LAT_OPPOSITE, KM_LAT_BOTH, KM_LAT_MIDLINE } km_laterality;

/** How far a referral row was checked. */
typedef enum km_basis { KM_BASIS_RECALLED, KM_BASIS_PARTIAL, KM_BASIS_PAGE } km_basis;

typedef struct km_region {
    const char *code, *name;
    const char *area;     /**< head neck shoulder chest abdomen back hip arm forearm hand ... */
    bool midline;         /**< no left and right */
    uint8_t views;        /**< bit 1u << km_view; "side" sets LEFT and RIGHT */
    km_view first_view;   /**< the view listed first; "side" is RIGHT (LEFT for a left place) */
} km_region;

typedef struct km_muscle {
    const char *code, *name, *area;
    const int16_t *home;  /**< regions where it lies */
    int n_home;
    km_view view;         /**< where it shows best; side is RIGHT */
    const char *depth, *attachments, *action, *latin, *source;
    const char *const *overload; /**< what commonly overloads it */
    int n_overload;
    const char *const *synonym;
    int n_synonym;
    int16_t group;        /**< index of the group or -1 */
    uint8_t commonness;   /**< 1..3, a weak prior; never shown as a figure */
    bool midline;         /**< unpaired muscle: takes no side */
    int16_t first_point, n_point;
    int16_t first_routine, n_routine;
} km_muscle;

typedef struct km_group {
    const char *code;
    const int16_t *muscle;
    int n_muscle;
} km_group;

typedef struct km_point_pos {
    int16_t point;
    km_view view;         /**< side is RIGHT */
    int16_t x, y;         /**< tenths; for the half x >= 0 (left in front and sole, right in the back) */
} km_point_pos;

typedef struct km_point {
    int16_t muscle;
    uint8_t tp;           /**< Travell and Simons number */
    int16_t site;         /**< region where it lies */
    const char *location, *source;
    int16_t first_referral, n_referral;
    int16_t first_pos, n_pos; /**< the better view first */
} km_point;

typedef struct km_referral {
    int16_t point, region;
    km_referral_kind kind;
    km_laterality laterality;
    uint8_t weight;       /**< 1..3, ordinal; 3 = hallmark zone */
    km_basis basis;
    const char *source;
} km_referral;

typedef struct km_satellite {
    int16_t key, satellite; /**< muscles */
    const char *source;
} km_satellite;

typedef struct km_routine_row {
    int16_t muscle;
    km_technique technique;
    uint32_t tools;       /**< set of km_tool of which one is needed; 0 = none or house things */
    bool therapist;       /**< done by a therapist */
    const char *tool;     /**< as the table words it: "hands or ball" */
    const char *position, *action, *caution, *source; /**< caution may be "" */
    int16_t seconds;
    uint8_t sets, pressure, per_week; /**< pressure 0..10, never above 7 */
} km_routine_row;

typedef struct km_cbm_segment {
    int16_t segment;      /**< CHOIR body map code */
    km_view view;
    km_side side;
    const char *name;
    const int16_t *region;
    int n_region;
} km_cbm_segment;

/** A closed outline: one region on one side in one drawn view, clockwise, first point not repeated. */
typedef struct km_polygon {
    km_view view;         /**< FRONT, BACK, SOLE, or RIGHT for the drawn side view */
    int16_t region;
    km_side side;         /**< MIDLINE across it; in the side view RIGHT (the near side) */
    const int16_t *xy;    /**< n pairs, tenths of a unit */
    int n;
    int16_t x0, y0, x1, y1; /**< smallest and largest x and y of its points */
    int16_t mirror;       /**< index of its mirror image; its own on the midline and in the side view */
} km_polygon;

typedef enum km_line_kind {
    KM_LINE_OUTLINE, KM_LINE_COARSE, KM_LINE_LIMB, KM_LINE_BORDER, KM_LINE_FEATURE
} km_line_kind;

/** A line to draw: open unless its first and last points are equal. */
typedef struct km_line {
    km_view view;         /**< as km_polygon */
    km_line_kind kind;
    const char *feature;  /**< name of a feature: "eye", "spine" ...; else NULL */
    const int16_t *xy;
    int n;
} km_line;

/** A point inside a region, the place of a mark that names none. For the half x >= 0. */
typedef struct km_seed {
    km_view view;
    int16_t region;
    int16_t x, y;
} km_seed;

typedef struct km_body {
    const km_polygon *polygon;
    int n_polygon;
    const km_line *line;
    int n_line;
    const km_seed *seed;
    int n_seed;
} km_body;

/**
 * Any further table of assets/ as text (red flags, movement cues, ...), for the room that knows
 * what it means. Compiled in as the others; checked for its columns when it is read.
 */
typedef struct km_table {
    const char *name;               /**< file name without ".csv" */
    const char *const *column;
    int n_column;
    const char *text;               /**< the texts of the cells; read them with km_table_cell */
    const uint32_t *cell;           /**< n_row x n_column offsets into `text` */
    int n_row;
} km_table;

/** What a search key spells. */
typedef enum km_spells { KM_SPELLS_CODE, KM_SPELLS_NAME, KM_SPELLS_SYNONYM } km_spells;

/** One way to name a region, muscle or group, made when the tables are read. */
typedef struct km_search_key {
    const char *text;     /**< lower case; everything but letters and digits is one '_' */
    uint32_t letters;     /**< set of its letters (bits 0..25) and whether it has a digit (26) */
    uint8_t kind;         /**< km_ref_kind */
    uint8_t spells;       /**< km_spells */
    int16_t index;        /**< into the table of `kind` */
} km_search_key;

typedef struct km_atlas {
    const km_region *region;
    int n_region;
    const km_muscle *muscle;
    int n_muscle;
    const km_group *group;
    int n_group;
    const km_point *point;
    int n_point;
    const km_referral *referral;
    int n_referral;
    const km_point_pos *pos;
    int n_pos;
    const km_satellite *satellite;
    int n_satellite;
    const km_routine_row *routine;
    int n_routine;
    const km_cbm_segment *cbm;
    int n_cbm;
    km_body body;
    /* for each region the referral rows that reach it, in table order */
    const int16_t *region_referral;
    const int16_t *region_referral_first; /**< n_region + 1 offsets into region_referral */
    const km_table *table;
    int n_table;
    const km_search_key *key; /**< regions first, then muscles, then groups; each in table order */
    int n_key;
    bool builtin;         /**< the tables compiled into the program */
} km_atlas;

/** The tables compiled into the program. Costs nothing. */
const km_atlas *km_atlas_builtin(void);

/**
 * Read the tables from a folder. The atlas is kept until the program ends.
 *
 * @return KM_ENOINPUT for a missing table; KM_EDATA "FILE line L, column C: VALUE: reason".
 */
km_status km_atlas_load(const km_atlas **out, const char *dir, km_error *err);

/** The folder named by KNOTMAP_ASSETS, or the builtin tables when it is unset or empty. */
km_status km_atlas_open(const km_atlas **out, km_error *err);

/** A further table by name, NULL when there is none. */
const km_table *km_atlas_table(const km_atlas *a, const char *name);
/** Column number by name, -1 when there is none. */
int km_table_column(const km_table *t, const char *column);
/** The text of a cell. */
const char *km_table_cell(const km_table *t, int row, int column);

/** Index by exact code, -1 when there is none. */
int km_atlas_region(const km_atlas *a, const char *code);
int km_atlas_muscle(const km_atlas *a, const char *code);
int km_atlas_group(const km_atlas *a, const char *code);
/** Index of a muscle's trigger point by its number, -1 when it has none such. */
int km_atlas_point(const km_atlas *a, int muscle, int tp);
/** Whether a muscle lies in a region. */
bool km_muscle_lies_in(const km_muscle *m, int region);

/** What a text named. */
typedef enum km_ref_kind { KM_REF_REGION, KM_REF_MUSCLE, KM_REF_GROUP } km_ref_kind;

/** A resolved place: a region, a muscle (with or without a point), or a group of muscles. */
typedef struct km_ref {
    km_ref_kind kind;
    int index;            /**< into the table of `kind` */
    int point;            /**< index of the trigger point, -1 when none was named */
    km_side side;
    bool side_open;       /**< a sided place given without a side (find and explain allow it) */
} km_ref;

/** How km_atlas_resolve treats a text. */
typedef enum km_resolve_flags {
    KM_RESOLVE_SIDE_OPEN = 1, /**< a sided place may come without a side */
    KM_RESOLVE_NO_SIDE = 2,   /**< a bare code: no "SIDE:" may stand before it */
    KM_RESOLVE_GROUP = 4,     /**< a group may be named */
    KM_RESOLVE_MUSCLE = 8     /**< only muscles and groups */
} km_resolve_flags;

/**
 * Read a place as people write it: "SIDE:CODE[:TP]" by the contract's order: exact code (a
 * region beats a muscle), exact synonym or name, unambiguous prefix of code, name or synonym.
 * Case is ignored; spaces and hyphens equal underscores; "l:" and "r:" stand for the sides.
 *
 * @return KM_EINVAL: "PLACE: no such place" with the nearest codes in the mend, "PLACE: could
 *         be A, B or C", "PLACE: takes no side", "PLACE: say left: or right:", a group where
 *         none may stand (with its parts), an unknown trigger point (with those there are).
 */
km_status km_atlas_resolve(km_ref *out, const km_atlas *a, const char *text, unsigned flags,
                           km_error *err);

/** One candidate of a search as one types. */
typedef struct km_match {
    km_ref_kind kind;     /**< REGION or MUSCLE */
    int index;
    int score;            /**< higher is better */
} km_match;

/**
 * Search names, codes and synonyms of regions and muscles as one types: by letters in order
 * (km_text_fuzzy); only when nothing fits, by their beginnings with a typing error or two. Best
 * first, ties by table order.
 */
size_t km_atlas_search(km_match *out, size_t max, const km_atlas *a, const char *text);

/** Index of the polygon holding the point in a drawn view, -1 outside. Side view: KM_VIEW_RIGHT. */
int km_body_polygon_at(const km_atlas *a, km_view view, int x, int y);

/**
 * Region and side of a point in any of the five views (LEFT mirrors x).
 * @return false outside the body.
 */
bool km_body_at(const km_atlas *a, km_view view, int x, int y, int *region, km_side *side);

/**
 * A position for a place that was marked without one: the trigger point's first row, else
 * the region's seed in the view listed first; mirrored for the side.
 */
void km_body_default_pos(const km_atlas *a, int region, int point, km_side side, km_view *view,
                         int16_t *x, int16_t *y);
/** The same in a wanted view; false when the region is not drawn there (or not on that side). */
bool km_body_pos_in_view(const km_atlas *a, int region, int point, km_side side, km_view view,
                         int16_t *x, int16_t *y);
/** The point of region and side nearest to (x, y) in a view; for marks left outside by new art. */
bool km_body_nearest(const km_atlas *a, int region, km_side side, km_view view, int16_t *x,
                     int16_t *y);

/** The area of a region in a drawn view, in square tenths (both sides' polygons apart). */
double km_polygon_area(const km_polygon *p);

/** The word of a laterality, zone kind or basis as the contract spells it. */
const char *km_laterality_word(km_laterality l);
const char *km_zone_word(km_referral_kind k);
const char *km_basis_word(km_basis b);

/** Text form of a reference for messages: "left:infraspinatus:2". */
void km_ref_print(km_buf *out, const km_atlas *a, const km_ref *ref);

/** The words people use first: "outer knee", "top of shoulder (upper trapezius)"; no side. */
void km_ref_human(km_buf *out, const km_atlas *a, const km_ref *ref);

#endif
