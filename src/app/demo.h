/**
 * The made-up clinic: a simulation that hands its records to a sink, oldest first for each
 * person. It knows no database. The people and their trouble are in demo_people.c.
 */
#ifndef KM_APP_DEMO_H
#define KM_APP_DEMO_H

#include <stdbool.h>
#include <stdint.h>

#include "knotmap/atlas.h"
#include "knotmap/model.h"
#include "knotmap/status.h"

#define DEMO_DAYS 270 /* nine months up to yesterday */
#define DEMO_SPOTS 8
#define DEMO_WORKOUTS 3

/** A trigger point that comes and goes. Days count from the start of the nine months. */
typedef struct demo_spot {
    const char *muscle;
    int tp;
    km_side side;
    int peak;          /**< intensity it rises to */
    km_cause cause;
    int first, length; /**< first episode: its day and how long its cause lasts */
    int every;         /**< days from one episode to the next, 0 for a single one */
    int lately;        /**< an episode began so many days ago and goes on, 0 for none */
} demo_spot;

/** What a person trains on the days of the week, in turn. */
typedef struct demo_workout {
    const char *goal, *muscles;
    const char *sore[2]; /**< muscles that ache after a hard one, NULL none */
    int rpe, minutes;
} demo_workout;

typedef struct demo_person {
    const char *name, *sex, *contact, *note, *conditions;
    const char *profile;  /**< code of a profile, NULL none */
    int age;
    uint32_t tools;
    int marks_percent;    /**< days on which open spots are looked at */
    int checkin_percent;
    int treated_every;    /**< days between visits, 0 never */
    uint8_t train_days;   /**< bit 0 Monday .. bit 6 Sunday */
    demo_workout workout[DEMO_WORKOUTS]; /**< the first ones that have a goal */
    demo_spot spot[DEMO_SPOTS];          /**< the first ones that have a muscle */
    int n_lasting;        /**< the first so many spots ease but never leave */
    int hurt_years;       /**< they are so old */
} demo_person;

extern const demo_person demo_people[];
extern const int demo_n_people;
/** How many spots and workouts somebody has. */
int demo_spots(const demo_person *p);
int demo_workouts(const demo_person *p);

/**
 * Where the records go. A sink stores the record and sets its id (and for a session and a
 * client their ids are used in later records); text is borrowed for the call. A client comes
 * before everything of it, a session before what belongs to it.
 */
typedef struct demo_sink {
    void *ctx;
    km_status (*client)(void *ctx, km_client *c, km_error *err);
    km_status (*session)(void *ctx, km_session *s, km_error *err);
    km_status (*mark)(void *ctx, km_mark *m, km_error *err);
    km_status (*treatment)(void *ctx, km_treatment *t, km_error *err);
    km_status (*checkin)(void *ctx, km_checkin *c, km_error *err);
} demo_sink;

/**
 * Make the nine months that end with the day before `today`: the same records on every run of
 * one day and one time zone. Stops at the first failure of the sink.
 */
km_status demo_generate(const km_atlas *a, km_day today, const demo_sink *sink, km_error *err);

/** Care of the made-up clinic that follows from a record just stored (demo_care.c). */
typedef struct km_app km_app;
km_status demo_care_client(km_app *app, const km_client *c, km_day today, km_error *err);
km_status demo_care_session(km_app *app, const km_session *s, km_error *err);
km_status demo_care_treatment(km_app *app, const km_treatment *t, km_day today, km_error *err);

#endif
