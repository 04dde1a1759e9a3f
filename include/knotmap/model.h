/**
 * The records people make: plain structs, the words of their fields, and the checks of their
 * values. Codes of regions and muscles are text here; only the atlas knows which exist.
 *
 * Text members are borrowed: from the list or row they came with, or from the caller while a
 * record is being written. NULL means "not said" everywhere.
 */
#ifndef KNOTMAP_MODEL_H
#define KNOTMAP_MODEL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "knotmap/mem.h"
#include "knotmap/status.h"
#include "knotmap/time.h"
#include "knotmap/uid.h"

/** Always the client's own side. */
typedef enum km_side {
    KM_SIDE_MIDLINE = 0, /**< a midline place has no side */
    KM_SIDE_LEFT,
    KM_SIDE_RIGHT,
    KM_SIDE_COUNT
} km_side;

/** left <-> right; the midline stays. */
km_side km_side_mirror(km_side s);

typedef enum km_view {
    KM_VIEW_FRONT,
    KM_VIEW_BACK,
    KM_VIEW_LEFT,  /**< the left side, x mirrored against the drawing */
    KM_VIEW_RIGHT, /**< the right side, as drawn */
    KM_VIEW_SOLE,
    KM_VIEW_COUNT
} km_view;

/** What a mark is. Knots are sites, pain and numbness zones, soreness and tightness neither. */
typedef enum km_kind {
    KM_KIND_KNOT,
    KM_KIND_SORENESS,
    KM_KIND_PAIN,
    KM_KIND_TIGHTNESS,
    KM_KIND_NUMBNESS, /**< includes tingling */
    KM_KIND_COUNT
} km_kind;

/** The kind's sign beside a digit: o ~ ! = z. */
char km_kind_glyph(km_kind k);

/** Active: pressing brings back a pain the person knows; latent: only another pain. */
typedef enum km_state { KM_STATE_UNSPECIFIED, KM_STATE_ACTIVE, KM_STATE_LATENT, KM_STATE_COUNT } km_state;

/** A sign that was found, not found, or not looked for. */
typedef enum km_tri { KM_TRI_UNKNOWN, KM_TRI_NO, KM_TRI_YES } km_tri;

typedef enum km_cause {
    KM_CAUSE_NONE, KM_CAUSE_POSTURE, KM_CAUSE_OVERUSE, KM_CAUSE_INJURY, KM_CAUSE_STRESS,
    KM_CAUSE_REPETITION, KM_CAUSE_HELD_POSITION, KM_CAUSE_TRAINING, KM_CAUSE_COUNT
} km_cause;

typedef enum km_tissue {
    KM_TISSUE_NONE, KM_TISSUE_MUSCLE, KM_TISSUE_TENDON, KM_TISSUE_LIGAMENT, KM_TISSUE_FASCIA,
    KM_TISSUE_JOINT, KM_TISSUE_UNSURE, KM_TISSUE_COUNT
} km_tissue;

/** Plain words for how it feels; a set is a bit mask of 1u << quality. */
typedef enum km_quality {
    KM_QUALITY_ACHING, KM_QUALITY_DULL, KM_QUALITY_DEEP, KM_QUALITY_SHARP, KM_QUALITY_STABBING,
    KM_QUALITY_BURNING, KM_QUALITY_THROBBING, KM_QUALITY_PULLING, KM_QUALITY_STIFF,
    KM_QUALITY_TENDER, KM_QUALITY_TINGLING, KM_QUALITY_PRICKLING, KM_QUALITY_NUMB,
    KM_QUALITY_FATIGUED, /**< tired, heavy */
    KM_QUALITY_SWOLLEN,  /**< holds back pressure and stretch there, however old */
    KM_QUALITY_COUNT
} km_quality;

typedef enum km_session_kind {
    KM_SESSION_TRAINING, KM_SESSION_RECOVERY, KM_SESSION_TREATMENT, KM_SESSION_CHECK,
    KM_SESSION_KIND_COUNT
} km_session_kind;

typedef enum km_technique {
    KM_TECH_SMR, KM_TECH_COMPRESSION, KM_TECH_PIN_AND_STRETCH, KM_TECH_PIR, KM_TECH_STRETCH,
    KM_TECH_MASSAGE, KM_TECH_COUNT
} km_technique;

/** How a treatment went. */
typedef enum km_response {
    KM_RESPONSE_NONE, KM_RESPONSE_LOOSER, KM_RESPONSE_BETTER, KM_RESPONSE_SAME,
    KM_RESPONSE_SORE, KM_RESPONSE_SLEEPY, KM_RESPONSE_WORSE, KM_RESPONSE_COUNT
} km_response;

/** Home recovery habits of a check-in; a set is a bit mask of 1u << habit. */
typedef enum km_habit {
    KM_HABIT_COOLDOWN, KM_HABIT_FOAM_ROLL, KM_HABIT_STRETCH, KM_HABIT_NUTRITION, KM_HABIT_SLEEP,
    KM_HABIT_COMPRESSION, KM_HABIT_HYDRATION, KM_HABIT_COUNT
} km_habit;

/** The tools a person may own; a set is a bit mask of 1u << tool. */
typedef enum km_tool {
    KM_TOOL_HANDS, KM_TOOL_BALL, KM_TOOL_ROLLER, KM_TOOL_STICK, KM_TOOL_CANE, KM_TOOL_COUNT
} km_tool;

typedef enum km_goal_kind { KM_GOAL_GOAL, KM_GOAL_EVENT, KM_GOAL_VISIT, KM_GOAL_KIND_COUNT } km_goal_kind;

/** What a recovery session looks at before it can be closed; a set is a bit mask. */
typedef enum km_page { KM_PAGE_SORENESS, KM_PAGE_KNOTS, KM_PAGE_FLEXIBILITY, KM_PAGE_COUNT } km_page;

/** What was done in a session; a set is a bit mask of 1u << modality. */
typedef enum km_modality {
    KM_MODALITY_MASSAGE, KM_MODALITY_SOFT_TISSUE, KM_MODALITY_STRETCHING,
    KM_MODALITY_COMPRESSION, KM_MODALITY_ROLLING, KM_MODALITY_MOVEMENT, KM_MODALITY_COUNT
} km_modality;

/** Who gives care, at home or elsewhere; a set is a bit mask of 1u << service. */
typedef enum km_service {
    KM_SERVICE_PHYSICAL_THERAPY, KM_SERVICE_MASSAGE, KM_SERVICE_PERFORMANCE,
    KM_SERVICE_PERSONAL_TRAINING, KM_SERVICE_STRETCH, KM_SERVICE_COMPRESSION,
    KM_SERVICE_HYPERBARIC_OXYGEN, KM_SERVICE_YOUTH, KM_SERVICE_ACL_REHAB, KM_SERVICE_ORTHOTICS,
    KM_SERVICE_PILLOWS, KM_SERVICE_COUNT
} km_service;

/** When during a hold its pain was rated. */
typedef enum km_hold_beat { KM_HOLD_START, KM_HOLD_MIDDLE, KM_HOLD_END, KM_HOLD_BEAT_COUNT } km_hold_beat;

/** Why pressure was stopped (the stop rules of every routine). */
typedef enum km_stop {
    KM_STOP_NONE, KM_STOP_ABOVE_7, KM_STOP_SPREADING, KM_STOP_NUMB, KM_STOP_SHARP, KM_STOP_COUNT
} km_stop;

/**
 * The word of an enum value as commands and files spell it ("left", "held_position"), and
 * back. The parser takes exact words only, ignoring case; on failure it is KM_EINVAL
 * "OPTION: WORD is not one of a, b, c". NONE/UNSPECIFIED values print as "" except state,
 * which prints "unspecified"; KM_SIDE_MIDLINE prints "midline".
 */
typedef enum km_vocab {
    KM_VOCAB_SIDE, KM_VOCAB_VIEW, KM_VOCAB_KIND, KM_VOCAB_STATE, KM_VOCAB_CAUSE,
    KM_VOCAB_TISSUE, KM_VOCAB_QUALITY, KM_VOCAB_SESSION, KM_VOCAB_TECHNIQUE, KM_VOCAB_RESPONSE,
    KM_VOCAB_HABIT, KM_VOCAB_TOOL, KM_VOCAB_GOAL, KM_VOCAB_PAGE, KM_VOCAB_MODALITY,
    KM_VOCAB_SERVICE, KM_VOCAB_STOP, KM_VOCAB_STRENGTH, KM_VOCAB_BEAT, KM_VOCAB_COUNT
} km_vocab;

/** Lives for ever; "" for NONE and UNSPECIFIED, as said above. */
const char *km_word(km_vocab v, int value);
/** The same as people read it: "held position", "SMR", "contract-relax". */
void km_word_human(km_buf *out, km_vocab v, int value);
/** What a step is, as people read it: a technique's word or a planner's own ("full_range"). */
void km_kind_human(km_buf *out, const char *kind);
km_status km_word_parse(int *out, km_vocab v, const char *what, const char *word, km_error *err);
/** All words of a vocabulary; `*n` their count; index = value. */
const char *const *km_words(km_vocab v, size_t *n);
/** A set as "a;b;c", and back. */
void km_words_print(km_buf *out, km_vocab v, uint32_t set);
km_status km_words_parse(uint32_t *out, km_vocab v, const char *what, const char *list,
                         km_error *err);

/** Where something is: a region, and if known the muscle and its trigger point. */
typedef struct km_place {
    km_side side;
    const char *region;  /**< region code, never NULL in a stored record */
    const char *muscle;  /**< muscle code or NULL */
    int tp;              /**< Travell and Simons number, 0 when none; needs a muscle */
} km_place;

/** "left:infraspinatus:2", "left:knee_outer", "sternum": the contract's spelling. */
void km_place_print(km_buf *out, const km_place *p);
bool km_place_equal(const km_place *a, const km_place *b);

/** A painful place felt when a knot was pressed. */
typedef struct km_felt {
    km_side side;
    const char *region;
} km_felt;

#define KM_PPT_MAX 8           /**< readings of pressure a mark holds */
#define KM_FELT_MAX 8          /**< places felt a mark holds */
#define KM_INTENSITY_NONE (-1) /**< not said */

/** Something somebody feels or finds at a place, at a moment. */
typedef struct km_mark {
    int64_t id;              /**< 0 until stored */
    km_uid uid;
    int64_t client_id;
    const char *client;      /**< name; filled on reading */
    int64_t session_id;      /**< 0 when none */
    km_uid session_uid;      /**< zero when none */
    km_instant at;
    km_kind kind;
    km_place place;
    km_view view;
    int16_t x, y;            /**< body coordinates in tenths of a unit (body height 10000) */
    int intensity;           /**< 0..10 numeric rating scale, or KM_INTENSITY_NONE */
    km_state state;
    uint32_t qualities;      /**< set of km_quality */
    km_tri taut_band, twitch;
    double ppt[KM_PPT_MAX];  /**< pressure pain thresholds in kPa, 1..3000 */
    int n_ppt;
    double ppt_area;         /**< probe area in cm2, 0 when not said; 0.1..20 */
    km_felt felt[KM_FELT_MAX];
    int n_felt;
    km_cause cause;
    km_tissue tissue;
    km_instant onset;
    bool has_onset;
    const char *note;        /**< UTF-8, at most KM_NOTE_MAX bytes */
    const char *test;        /**< flexibility test its place is held against (measures.csv), or NULL */
    km_side test_side;       /**< of the test; KM_SIDE_MIDLINE when it has none */
    /* filled by lists that ask for it */
    int open_days;           /**< days since what is open here began, -1 not asked */
} km_mark;

#define KM_NOTE_MAX 4000       /**< bytes of a note */
#define KM_NAME_MAX 120        /**< bytes of a name */

/** An empty mark: knot, no intensity, unspecified. */
km_mark km_mark_blank(void);
/** Mean of the readings in kPa, NAN when there is none. */
double km_mark_ppt_mean(const km_mark *m);
/** Ranges and lengths that need no atlas; KM_EINVAL names field and value. */
km_status km_mark_check(const km_mark *m, km_error *err);

/** A person that is charted. */
typedef struct km_client {
    int64_t id;
    km_uid uid;
    const char *name;        /**< unique, ignoring case; 1..KM_NAME_MAX bytes, no controls */
    km_day born;
    bool has_born;
    const char *sex;         /**< free text as the person says it */
    const char *contact;
    const char *note;
    const char *conditions;  /**< ";"-joined codes or NULL */
    uint32_t tools;          /**< set of km_tool the person owns */
    const char *profile;     /**< code of a profile (topic.h), or NULL */
    bool archived;
    /* filled on reading */
    bool has_seen;
    km_instant last_seen;    /**< newest mark, session, treatment or check-in */
    int open_marks;
    int worst;               /**< highest open intensity, KM_INTENSITY_NONE when none */
} km_client;

/** An empty one, and its ranges and lengths: as km_mark_blank and km_mark_check. */
km_client km_client_blank(void);
km_status km_client_check(const km_client *c, km_error *err);

/** What few sessions say. */
typedef struct km_session_more {
    int64_t session_id;
    int feel_before;         /**< 0..10, -1 not said */
    uint32_t modality, service; /**< sets of km_modality and km_service */
    uint32_t checked, skipped;  /**< sets of km_page */
    const char *practitioner;   /**< name and credentials, or NULL */
    bool is_signed;
    km_instant signed_at;
} km_session_more;

typedef struct km_session {
    int64_t id;
    km_uid uid;
    int64_t client_id;
    const char *client;
    km_session_kind kind;
    km_instant started, ended;
    bool has_ended;
    const char *goal;
    const char *muscles;     /**< ";"-joined muscle or group codes */
    int rpe;                 /**< 0..10 (Foster's session RPE), -1 when not said */
    int minutes;             /**< 0..1440, -1 when not said */
    int feel;                /**< 0..10 after the session, -1 when not said */
    const char *note;
    const char *subjective, *objective, *assessment, *plan;
    km_session_more more;    /**< pages and signature are written by their own functions */
} km_session;

/** When a session was and of what kind, without what it says. */
typedef struct km_session_time {
    km_session_kind kind;
    km_instant started, ended;
    bool has_ended;
} km_session_time;

/** An empty one, and its ranges and lengths: as km_mark_blank and km_mark_check. */
km_session km_session_blank(void);
km_status km_session_check(const km_session *s, km_error *err);
/** rpe x minutes (Foster 2001, arbitrary units), -1 when either is not said. */
int km_session_load(const km_session *s);

/** What few treatments say; -1 not said. */
typedef struct km_treatment_more {
    int64_t treatment_id;
    int stiffness_before, stiffness_after; /**< 0 none .. 10 worst */
    int tension_before, tension_after;     /**< 0 none .. 10 worst */
    km_stop stopped;
} km_treatment_more;

/** One rating during a hold. */
typedef struct km_hold {
    int8_t beat;             /**< km_hold_beat */
    int8_t rating;           /**< 0..10 */
} km_hold;

/** Ten sets, each rated at its start, middle and end. */
#define KM_HOLD_MAX 30

typedef struct km_treatment {
    int64_t id;
    km_uid uid;
    int64_t client_id;
    const char *client;
    int64_t session_id;
    km_uid session_uid;
    int64_t routine_id;      /**< saved routine it belongs to, 0 when none */
    km_uid routine_uid;      /**< zero when none */
    int routine_step;        /**< step of it, 0 when the whole or none */
    km_instant at;
    km_place place;          /**< region may be NULL when only a muscle is known */
    int technique;           /**< km_technique, -1 when not said */
    const char *tool;        /**< word of the tool, or NULL */
    int seconds;             /**< 0..86400, -1 when not said */
    int before, after;       /**< 0..10, -1 when not said */
    km_response response;
    const char *note;
    km_treatment_more more;
    km_hold hold[KM_HOLD_MAX]; /**< in the order they were given */
    int n_hold;
} km_treatment;

/** An empty one, and its ranges and lengths: as km_mark_blank and km_mark_check. */
km_treatment km_treatment_blank(void);
km_status km_treatment_check(const km_treatment *t, km_error *err);

/** One flexibility measurement. */
typedef struct km_flex {
    const char *test;        /**< code of the test */
    km_side side;
    double value;            /**< in the test's unit (measures.csv) */
} km_flex;

#define KM_FLEX_MAX 16         /**< values a check-in holds */

typedef struct km_checkin {
    int64_t id;
    km_uid uid;
    int64_t client_id;
    const char *client;
    km_instant at;           /**< one check-in a client and local day */
    int sleep, stress, fatigue, soreness; /**< Hooper: 1 very good .. 7 very bad, -1 not said */
    int energy, mood;        /**< 0..10, -1 not said */
    uint32_t did;            /**< set of km_habit */
    km_flex flex[KM_FLEX_MAX];
    int n_flex;
} km_checkin;

/** An empty one, and its ranges and lengths: as km_mark_blank and km_mark_check. */
km_checkin km_checkin_blank(void);
km_status km_checkin_check(const km_checkin *c, km_error *err);
/** Sum of the four Hooper items, 4..28; -1 when one is missing. */
int km_checkin_hooper(const km_checkin *c);

/** Wanted times a week, 0..14 each. */
typedef struct km_week_plan { int smr, stretch, strength; } km_week_plan;

/** Whose plan it is. */
typedef struct km_client_plan {
    int64_t client_id;
    const char *client;
    km_week_plan plan;
} km_client_plan;
/** As km_mark_check. */
km_status km_client_plan_check(const km_client_plan *p, km_error *err);

typedef struct km_goal {
    int64_t id;
    km_uid uid;
    int64_t client_id;
    const char *client;
    km_goal_kind kind;
    const char *name;        /**< 1..KM_NAME_MAX bytes */
    km_day day;
    bool has_day;
    int before, after;       /**< function 0 cannot .. 10 as well as ever, -1 not said */
    bool done;
    const char *note;
} km_goal;

/** An empty one, and its ranges and lengths: as km_mark_blank and km_mark_check. */
km_goal km_goal_blank(void);
km_status km_goal_check(const km_goal *g, km_error *err);

/** Strength after a treatment, against usual. */
typedef enum km_after_strength {
    KM_AFTER_STRENGTH_NONE, KM_AFTER_WEAKER, KM_AFTER_SAME, KM_AFTER_STRONGER, KM_AFTER_STRENGTH_COUNT
} km_after_strength;

/** The answer 24, 48 or 72 h after a treatment. */
typedef struct km_aftercare {
    int64_t treatment_id;
    km_uid treatment_uid;    /**< and whose it is: filled on reading */
    const char *client;
    int hours;               /**< 24, 48, 72 */
    int rating;              /**< 0..10 of the place now, -1 not said */
    km_response response;
    km_instant at;
    int energy;              /**< 0..10, -1 not said */
    km_after_strength strength;
    const char *note;        /**< motion, anything */
} km_aftercare;
/** As km_mark_check. */
km_status km_aftercare_check(const km_aftercare *a, km_error *err);

/** A press test that found nothing. */
typedef struct km_finding {
    int64_t id;
    km_uid uid;
    int64_t client_id;
    const char *client;
    int64_t session_id;      /**< 0 when none */
    km_uid session_uid;      /**< zero when none */
    km_instant at;
    km_place place;
} km_finding;
/** As km_mark_check. */
km_status km_finding_check(const km_finding *f, km_error *err);

/** What was added to a session after it was signed. */
typedef struct km_amendment {
    int64_t id;
    km_uid uid;
    int64_t session_id;
    km_uid session_uid;      /**< and whose it is: filled on reading */
    const char *client;
    km_instant at;
    const char *field;       /**< what it amends: subjective, rpe, started, ... */
    const char *text;        /**< 1..KM_NOTE_MAX bytes */
} km_amendment;
/** As km_mark_check. */
km_status km_amendment_check(const km_amendment *a, km_error *err);

/** A step of a saved routine, with the routine it belongs to. Text NULL when there is none. */
typedef struct km_routine_step {
    int64_t id;
    km_uid uid;
    int64_t routine_id;
    km_uid routine_uid;
    int64_t client_id;
    const char *client;
    const char *name;        /**< of the routine, 1..KM_NAME_MAX bytes */
    km_instant at;           /**< when it was saved */
    int step;                /**< order, 1..999 */
    const char *muscle;      /**< NULL for warm up and full range */
    int tp;                  /**< trigger point, 0 none */
    km_side side;
    const char *kind;        /**< technique, or warm_up, motion, range */
    const char *tool, *position, *action, *cue, *caution, *source;
    int seconds;             /**< a set, 0..3600 */
    int sets;                /**< 1..99 */
    int pressure;            /**< 0..7, never more */
    int cue_count;           /**< movements a set, 0..999 */
} km_routine_step;
/** As km_mark_check. */
km_status km_routine_step_check(const km_routine_step *s, km_error *err);

/**
 * The weekly record of one area after the OSTRC questionnaire on health problems: answers as
 * their positions. The score is 0 (no problem) .. 100 (km_problem_score).
 */
typedef struct km_problem {
    int64_t id;
    km_uid uid;
    int64_t client_id;
    const char *client;
    km_day week;             /**< its Monday */
    const char *area;        /**< region code */
    int taking_part;         /**< 0 fully, 1 with problems, 2 reduced, 3 not at all */
    int volume, performance; /**< reduced: 0 no, 1 minor, 2 moderate, 3 major, 4 not able */
    int symptoms;            /**< 0 none, 1 mild, 2 moderate, 3 severe */
} km_problem;
/** As km_mark_check. */
km_status km_problem_check(const km_problem *p, km_error *err);
/** Sum of the four item values 0-8-17-25 and 0-6-13-19-25 (Clarsen 2013). */
int km_problem_score(const km_problem *p);
/** Moderate or worse loss of volume or performance, or not able to take part (Clarsen 2013). */
bool km_problem_substantial(const km_problem *p);

/** Copy every borrowed text of a record into an arena. */
void km_mark_own(km_mark *m, km_arena *a);
void km_client_own(km_client *c, km_arena *a);
void km_session_own(km_session *s, km_arena *a);
void km_treatment_own(km_treatment *t, km_arena *a);
void km_checkin_own(km_checkin *c, km_arena *a);
void km_goal_own(km_goal *g, km_arena *a);

#endif
