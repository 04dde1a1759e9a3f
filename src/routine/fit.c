/** Fitting the work into the minutes: the worst spots first, then depth, then breadth. */
#include <string.h>

#include "planner.h"

#define RELEASE_FLOOR 30 /* shortest useful press or roll, routines.md section 2 */
#define MASSAGE_FLOOR 60
#define STRETCH_FLOOR 30
#define PIR_FEW 2
#define PIR_USUAL 3

/** One thing more that a job can be given. */
typedef enum upgrade {
    UP_MOVE, UP_STRETCH, UP_SECONDS, UP_SECOND_SET, UP_SECOND_STRETCH, UP_OPPOSITE, UP_MASSAGE,
    UP_PIN, UP_PIR, UP_ALL_SETS, UP_FULL_MASSAGE
} upgrade;

static int row_seconds(const work *w, const use *u)
{
    return w->atlas->routine[u->row].seconds;
}

static int row_sets(const work *w, const use *u)
{
    return w->atlas->routine[u->row].sets;
}

static int at_most(int a, int b)
{
    return a < b ? a : b;
}

bool plan_job_usable(const job *j)
{
    return j->acute || j->release.row >= 0 || j->massage.row >= 0 || j->pir.row >= 0 ||
           j->stretch.row >= 0;
}

static bool fits(work *w)
{
    return plan_jobs_lay_out(w, NULL) <= w->budget;
}

/** Give a job its main work: 2 with movement and stretch, 1 without stretch, 0 the work alone. */
static void give_core(const work *w, job *j, int depth)
{
    bool main_work = true;
    j->chosen = true;
    if (j->release.row >= 0) {
        j->release_sec = at_most(row_seconds(w, &j->release), RELEASE_FLOOR);
        j->release_sets = 1;
    } else if (j->massage.row >= 0) {
        j->massage_sec = at_most(row_seconds(w, &j->massage), MASSAGE_FLOOR);
    } else {
        main_work = false;
    }
    j->moves = w->ranges && (depth > 0 || j->acute);
    if (depth == 2 || !main_work) {
        if (j->stretch.row >= 0) {
            j->stretch_sec = at_most(row_seconds(w, &j->stretch), STRETCH_FLOOR);
            j->stretch_sets = 1;
        } else if (j->pir.row >= 0) {
            j->pir_sets = PIR_FEW;
        }
    }
}

static void try_core(work *w, job *j)
{
    if (j->chosen || !plan_job_usable(j))
        return;
    job before = *j;
    for (int depth = 2; depth >= 0; depth--) {
        give_core(w, j, depth);
        if (fits(w))
            return;
        *j = before;
    }
}

static void give(const work *w, job *j, upgrade u)
{
    switch (u) {
    case UP_MOVE:
        j->moves = true;
        break;
    case UP_STRETCH:
    case UP_SECOND_STRETCH:
        if (j->stretch.row >= 0) {
            int sets = u == UP_STRETCH ? 1 : at_most(2, row_sets(w, &j->stretch));
            j->stretch_sec = at_most(row_seconds(w, &j->stretch),
                                     j->stretch_sec ? j->stretch_sec : STRETCH_FLOOR);
            j->stretch_sets = sets;
        } else if (j->pir.row >= 0) {
            j->pir_sets = u == UP_STRETCH ? PIR_FEW : PIR_USUAL;
        }
        break;
    case UP_SECONDS:
        if (j->release_sets > 0)
            j->release_sec = row_seconds(w, &j->release);
        if (j->stretch_sets > 0)
            j->stretch_sec = row_seconds(w, &j->stretch);
        break;
    case UP_SECOND_SET:
        if (j->release_sets > 0)
            j->release_sets = at_most(2, row_sets(w, &j->release));
        break;
    case UP_OPPOSITE:
        j->opposes = j->n_opposite > 0;
        break;
    case UP_MASSAGE:
        if (j->massage.row >= 0 && j->massage_sec == 0)
            j->massage_sec = at_most(row_seconds(w, &j->massage), MASSAGE_FLOOR);
        break;
    case UP_PIN:
        if (j->pin.row >= 0)
            j->pin_sets = 1;
        break;
    case UP_PIR:
        if (j->pir.row >= 0)
            j->pir_sets = PIR_USUAL;
        break;
    case UP_ALL_SETS:
        if (j->release_sets > 0)
            j->release_sets = row_sets(w, &j->release);
        if (j->pin_sets > 0)
            j->pin_sets = row_sets(w, &j->pin);
        if (j->pir_sets > 0)
            j->pir_sets = row_sets(w, &j->pir);
        if (j->stretch_sets > 0)
            j->stretch_sets = row_sets(w, &j->stretch);
        break;
    case UP_FULL_MASSAGE:
        if (j->massage_sec > 0)
            j->massage_sec = row_seconds(w, &j->massage);
        break;
    }
}

/** Give the chosen among jobs [first, end) one upgrade each, as far as time allows. */
static void try_upgrade(work *w, int first, int end, upgrade u)
{
    for (int i = first; i < end && i < w->n_job; i++) {
        job *j = &w->job[i];
        if (!j->chosen)
            continue;
        job before = *j;
        give(w, j, u);
        if (!fits(w))
            *j = before;
    }
}

static void try_standard(work *w, int first, int end)
{
    static const upgrade standard[] = { UP_MOVE, UP_STRETCH, UP_SECONDS, UP_SECOND_SET,
                                        UP_SECOND_STRETCH };
    for (size_t i = 0; i < sizeof standard / sizeof *standard; i++) {
        if (standard[i] != UP_MOVE || w->ranges)
            try_upgrade(w, first, end, standard[i]);
    }
}

static void fit_once(work *w)
{
    int named = 0;
    while (named < w->n_job && w->job[named].primary)
        named++;
    int worst = at_most(named, SHORTLIST);
    for (int i = 0; i < worst; i++)
        try_core(w, &w->job[i]);
    try_standard(w, 0, worst);
    for (int i = worst; i < named; i++)
        try_core(w, &w->job[i]);
    try_upgrade(w, 0, named, UP_OPPOSITE);
    try_standard(w, worst, named);
    for (int i = named; i < w->n_job; i++)
        try_core(w, &w->job[i]);
    try_standard(w, named, w->n_job);
    for (upgrade u = UP_MASSAGE; u <= UP_FULL_MASSAGE; u++)
        try_upgrade(w, 0, w->n_job, u);
}

void plan_jobs_fit(work *w)
{
    job clean[JOBS_MAX];
    memcpy(clean, w->job, sizeof clean);
    fit_once(w);
    for (int i = 0; i < w->n_job; i++) {
        if (w->job[i].primary && !w->job[i].chosen && plan_job_usable(&w->job[i]))
            w->short_of_time = true;
    }
    if (w->short_of_time) {
        memcpy(w->job, clean, sizeof clean);
        w->n_sequence = 0;
        fit_once(w);
    }
}
