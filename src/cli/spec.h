/**
 * The table of verbs. Parsing, help, completion, the man page and the tests read it; nobody
 * spells an option anywhere else.
 */
#ifndef KM_CLI_SPEC_H
#define KM_CLI_SPEC_H

#include <stdbool.h>

#include "knotmap/model.h"
#include "knotmap/status.h"

typedef enum km_opt {
    OPT_NONE,
    /* global; OPT_VERSION is their last */
    OPT_DB, OPT_CLIENT, OPT_FORMAT, OPT_ASCII, OPT_NO_COLOR, OPT_QUIET, OPT_HELP, OPT_VERSION,
    /* marks */
    OPT_KIND, OPT_INTENSITY, OPT_STATE, OPT_QUALITY, OPT_PPT, OPT_PPT_AREA, OPT_TWITCH,
    OPT_NO_TWITCH, OPT_TAUT_BAND, OPT_NO_TAUT_BAND, OPT_REFERRAL_FELT, OPT_CAUSE, OPT_TISSUE,
    OPT_TEST, OPT_ONSET, OPT_VIEW, OPT_X, OPT_Y, OPT_AT, OPT_SESSION, OPT_NOTE, OPT_PLACE, OPT_CLEAR, OPT_AMEND,
    /* filters */
    OPT_SINCE, OPT_UNTIL, OPT_REGION, OPT_MUSCLE, OPT_SIDE, OPT_MIN_INTENSITY, OPT_OPEN,
    OPT_LIMIT, OPT_AREA, OPT_SPORT, OPT_AGE, OPT_SORT, OPT_ARCHIVED, OPT_CHRONIC,
    /* reasoning and treatment */
    OPT_COMPLAINT, OPT_ASK, OPT_FLAG, OPT_NO_FLAGS, OPT_TOOL, OPT_MINUTES, OPT_SAVE, OPT_BEFORE, OPT_AFTER,
    OPT_SECONDS, OPT_RESPONSE,
    /* chart */
    OPT_HEAT, OPT_WIDTH, OPT_HEIGHT, OPT_STYLE, OPT_SVG, OPT_REFER,
    /* clients and sessions */
    OPT_NAME, OPT_BORN, OPT_SEX, OPT_CONTACT, OPT_CONDITION, OPT_PROFILE, OPT_RESTORE, OPT_YES, OPT_GOAL,
    OPT_RPE, OPT_FEEL, OPT_SUBJECTIVE, OPT_OBJECTIVE, OPT_ASSESSMENT, OPT_PLAN,
    /* check-ins */
    OPT_SLEEP, OPT_STRESS, OPT_FATIGUE, OPT_SORENESS, OPT_ENERGY, OPT_MOOD, OPT_FLEXIBILITY,
    OPT_DID,
    /* files */
    OPT_WHAT, OPT_MAP, OPT_DRY_RUN, OPT_KEEP_GOING, OPT_ALL,
    /* history */
    OPT_BUCKET, OPT_SILENCE, OPT_WHY, OPT_PLOT, OPT_CALENDAR, OPT_MEASURE, OPT_MEASURES, OPT_SPLIT, OPT_DAYS,
    OPT_FILTER, OPT_TEXT,
    /* care */
    OPT_DURING, OPT_STIFFNESS, OPT_TENSION, OPT_STOPPED, OPT_HOURS, OPT_RATING, OPT_SMR,
    OPT_STRETCH, OPT_STRENGTH, OPT_WEEKS, OPT_OF, OPT_BY, OPT_DONE, OPT_NOT_DONE, OPT_STEP,
    OPT_SETS, OPT_PRESSURE, OPT_MOVE, OPT_DROP, OPT_HTML, OPT_SKIP, OPT_FEEL_BEFORE,
    OPT_MODALITY, OPT_SERVICE, OPT_PRACTITIONER, OPT_TAKING_PART, OPT_VOLUME, OPT_PERFORMANCE,
    OPT_SYMPTOMS, OPT_PAIRS
} km_opt;

/** What a shell may offer in the place of a value. */
typedef enum km_offer {
    OFFER_NOTHING,
    OFFER_WORDS,    /**< the blank-separated `words` */
    OFFER_VOCAB,    /**< a vocabulary of the model */
    OFFER_PLACE,    /**< sides, regions and muscles */
    OFFER_REGION,
    OFFER_MUSCLE,   /**< muscles and groups */
    OFFER_POINT,    /**< muscles with their trigger points */
    OFFER_FLAG,     /**< codes of the red flags */
    OFFER_AREA, OFFER_SPORT, OFFER_PROFILE, OFFER_COMPLAINT, /**< codes of topics */
    OFFER_COMMAND,  /**< commands, for help */
    OFFER_FILE
} km_offer;

typedef struct km_opt_spec {
    km_opt id;
    const char *name;    /**< without the two hyphens */
    const char *arg;     /**< name of its value, NULL for a switch */
    bool many;           /**< may be given more than once */
    km_offer offer;
    km_vocab vocab;      /**< with OFFER_VOCAB */
    const char *words;   /**< with OFFER_WORDS */
    const char *help;    /**< one line, no full stop */
} km_opt_spec;

typedef struct km_arg_spec {
    const char *name;    /**< as usage shows it; NULL ends the list */
    bool optional;
    bool many;
    km_offer offer;
    const char *words;
} km_arg_spec;

#define KM_ARGS_MAX 3

/** What import and export know, in the order of km_what. */
#define KM_WHATS                                                                              \
    "marks clients sessions treatments checkins plans goals aftercare problems amendments "   \
    "findings routines"

typedef struct km_cli km_cli;

typedef struct km_verb {
    const char *name;              /**< "mark", "client add" */
    const char *summary;           /**< one line, no full stop */
    const char *about;             /**< what else to know, whole sentences; "" none */
    km_arg_spec arg[KM_ARGS_MAX];
    const km_opt_spec *opt;
    int n_opt;
    const char *example;           /**< lines "ARGUMENTS\twhat it does\n" */
    km_status (*run)(km_cli *c, km_error *err);
} km_verb;

extern const km_verb km_verbs[];
extern const int km_verbs_n;

/** The global options, valid before and after every command. */
extern const km_opt_spec km_globals[];
extern const int km_globals_n;

/** Commands in families: what stands for "client" alone in help. */
const char *km_family_summary(const char *family);

#endif
