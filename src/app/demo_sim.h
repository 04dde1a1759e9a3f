/** Inside the simulation of the made-up clinic. */
#ifndef KM_APP_DEMO_SIM_H
#define KM_APP_DEMO_SIM_H

#include "demo.h"
#include "knotmap/rng.h"
#include "knotmap/uid.h"

#define SORE_MAX 6
#define SPOT_GONE 0.6   /* a level below it is felt no more */

/** One muscle aching after training. */
typedef struct sore {
    const char *muscle;
    km_instant began;
    km_day day;
    double peak;
    int last[2];       /**< written last for left and right, 0 none */
} sore;

typedef struct spot_state {
    int point;
    double level;
    int last;          /**< intensity written last, 0 none */
    int last_pain;
    int zone;          /**< its hallmark referral, -1 when there is none */
    bool treated;      /**< today */
    bool at_work;      /**< its cause lasts */
    km_day since;      /**< the day this episode began */
} spot_state;

typedef struct sim {
    const km_atlas *atlas;
    const demo_sink *sink;
    const demo_person *who;
    km_day today, day; /**< `day` is being lived */
    int t;             /**< days since the start */
    km_rng rng;
    int64_t client;
    spot_state spot[DEMO_SPOTS];
    sore sore[SORE_MAX];
    int n_sore;
    int workouts;      /**< trainings so far */
    double strain;     /**< training load still felt, 0..1 */
    double sleep, stress; /**< slow drift around the person's usual */
    km_error *err;
} sim;

/** True in so many of a hundred cases. */
bool demo_chance(sim *s, int percent);
/** A whole number in [low, high]. */
int demo_between(sim *s, int low, int high);
int demo_clamp(double v, int low, int high);
km_uid demo_uid(sim *s, km_instant at);

/** Look at one spot: write what is found, and the pain that goes with it. */
km_status demo_look_at(sim *s, int spot, km_instant at, const km_session *in);
km_status demo_look_round(sim *s, km_instant at, const km_session *in);
/** Treat what is sore enough, at most `most` spots. */
km_status demo_treat_round(sim *s, int most, km_instant at, const km_session *in);
/** Both sides of each sore muscle; what is gone is written once and forgotten. */
km_status demo_look_at_soreness(sim *s, km_instant at, bool looks);
double demo_sore_level(const sore *o, km_day day);
void demo_get_sore(sim *s, const char *muscle, km_instant ended, int rpe);

#endif
