/** The commands of care: a part of the table in verbs.c, made with its macros. */
#ifndef KM_CLI_VERBS_CARE_H
#define KM_CLI_VERBS_CARE_H

static const km_opt_spec aftercare_options[] = {
    WORDS(OPT_HOURS, "hours", "H", "24 48 72", "which of the three questions; 24 unless said"),
    VALUE(OPT_RATING, "rating", "N", "how the place is now, 0..10"),
    VOCAB(OPT_RESPONSE, "response", "R", KM_VOCAB_RESPONSE, "how the body answered"),
    VALUE(OPT_ENERGY, "energy", "N", "energy, 0 none .. 10 full"),
    VOCAB(OPT_STRENGTH, "strength", "S", KM_VOCAB_STRENGTH, "strength, against usual"),
    VALUE(OPT_NOTE, "note", "TEXT", "motion, anything else"),
};

static const km_opt_spec plan_options[] = {
    VALUE(OPT_SMR, "smr", "N", "rolling or pressing, so many days a week, 0..14"),
    VALUE(OPT_STRETCH, "stretch", "N", "stretching, so many days a week"),
    VALUE(OPT_STRENGTH, "strength", "N", "strengthening, so many days a week"),
    VALUE(OPT_WEEKS, "weeks", "N", "how many weeks to show, 1..104; 12 unless said"),
};
static const km_opt_spec helped_options[] = {
    WORDS(OPT_OF, "of", "WHAT", "pain stiffness tension", "which ratings; pain unless said"),
    WORDS(OPT_BY, "by", "HOW", "technique movement routine",
          "technique at each place, then whole routines, unless said; moving against still"),
};
static const km_opt_spec flexibility_options[] = {
    WORDS(OPT_SINCE, "since", "T", TIMES, "readings from this day on"),
    SWITCH(OPT_PAIRS, "pairs", "beside the ratings of the places whose marks name the test"),
};
static const km_opt_spec problem_options[] = {
    VALUE(OPT_TAKING_PART, "taking-part", "0..3", "0 fully, 1 with problems, 2 reduced, 3 not at all"),
    VALUE(OPT_VOLUME, "volume", "0..4", "training reduced: 0 not, 1 a little, 2 moderately, 3 much, 4 not possible"),
    VALUE(OPT_PERFORMANCE, "performance", "0..4", "performance reduced, likewise"),
    VALUE(OPT_SYMPTOMS, "symptoms", "0..3", "0 none, 1 mild, 2 moderate, 3 severe"),
    WORDS(OPT_AT, "at", "DAY", TIMES, "a day of the week; this week unless said"),
};

#define GOAL_OPTIONS                                                                          \
    VOCAB(OPT_KIND, "kind", "K", KM_VOCAB_GOAL, "goal unless said; event and visit need a day"), \
    WORDS(OPT_AT, "at", "DAY", TIMES, "when it is"),                                          \
    VALUE(OPT_BEFORE, "before", "N", "what works at the start, 0 nothing .. 10 as well as ever"), \
    VALUE(OPT_AFTER, "after", "N", "what works now"),                                         \
    VALUE(OPT_NOTE, "note", "TEXT", "anything else")

static const km_opt_spec goal_add_options[] = { GOAL_OPTIONS };
static const km_opt_spec goal_edit_options[] = {
    VALUE(OPT_NAME, "name", "NAME", "what it is called"),
    GOAL_OPTIONS,
    SWITCH(OPT_DONE, "done", "it is reached, or over"),
    SWITCH(OPT_NOT_DONE, "not-done", "it is open again"),
    MANY_WORDS(OPT_CLEAR, "clear", "FIELD", "day before after note", "empty a field"),
};
static const km_opt_spec goal_list_options[] = {
    SWITCH(OPT_ALL, "all", "those reached, too"),
};

#define CARE_VERBS                                                                            \
    { "aftercare", "answer how it was 24, 48 or 72 hours after a treatment",                  \
      "due asks; a second answer for the same hours replaces the first.",                     \
      { { "TREATMENT", false, false, OFFER_NOTHING, NULL } }, OPTIONS(aftercare_options),     \
      "aftercare 12 --hours 24 --rating 3 --response sore\tthe next day\n"                     \
      "aftercare 12 --hours 48 --energy 7 --strength stronger\tthe day after that\n",           \
      km_run_aftercare },                                                                     \
    { "courses", "treatments with all that was said during and after them",                   \
      "Ratings before, during the hold, after, and one, two and three days on.",              \
      NO_ARGS, OPTIONS(treatments_options),                                                   \
      "courses --since 30d\tthe last month\n", km_run_courses },                              \
    { "plan", "the weekly plan and how it was kept",                                          \
      "A day counts for rolling or pressing by a treatment or the check-in's foam roll, for " \
      "stretching by a treatment or the check-in, for strengthening by a training session. Missed " \
      "are the days with none of the three.",                                                 \
      NO_ARGS, OPTIONS(plan_options),                                                         \
      "plan\tthis week and the eleven before it\n"                                            \
      "plan --smr 3 --strength 2\tchange the plan\n", km_run_plan },                          \
    { "due", "what is due today, most urgent first", "",                                      \
      NO_ARGS, NO_OPTIONS, "due\twhat to do and to answer today\n", km_run_due },             \
    { "helped", "what helped this client, technique against technique",                       \
      "Median change from before to after with its spread, and how many days until the rating was " \
      "back at its level before. Under five treatments nothing is said.",                     \
      NO_ARGS, OPTIONS(helped_options),                                                       \
      "helped\tby place and technique\n"                                                      \
      "helped --by movement\tmoving against still\n"                                          \
      "helped --of stiffness\tby the ratings of stiffness\n", km_run_helped },                \
    { "causes", "causes ranked by marks and by days open",                                    \
      "Below them, what overloads the muscles that were named most.",                         \
      NO_ARGS, NO_OPTIONS, "causes\twhat to change first\n", km_run_causes },                 \
    { "soreness", "open soreness by its clock",                                               \
      "The usual course: it begins within a day of the effort, peaks at 24-72 h and is gone within " \
      "seven days.",                                                                          \
      NO_ARGS, NO_OPTIONS, "soreness\thow long it is since the training\n", km_run_soreness }, \
    { "flexibility", "how each flexibility test moved",                                       \
      "A change counts from the smallest published one; without a figure numbers stand alone.", \
      NO_ARGS, OPTIONS(flexibility_options), "flexibility --since 3m\tthe last three months\n", \
      km_run_flexibility },                                                                   \
    { "recovery", "days, sessions and feelings with and without recovery",                    \
      "Pain is the worst rating of a day, with recovery then or the day before. Under five of " \
      "each nothing is said.", NO_ARGS, NO_OPTIONS,                                           \
      "recovery\tdoes it pay?\n", km_run_recovery },                                          \
    { "ready", "open marks that meet the muscles of the next session", "",                    \
      { { "MUSCLE", false, true, OFFER_MUSCLE, NULL } }, NO_OPTIONS,                          \
      "ready hamstrings quadriceps\twhat to heed in today's training\n", km_run_ready },      \
    { "problem", "a week's record of a problem (OSTRC)",                                      \
      "Four answers make a score from 0 to 100. It records, it predicts nothing.",            \
      { { "REGION", false, false, OFFER_REGION, NULL } }, OPTIONS(problem_options),           \
      "problem knee_front --taking-part 1 --volume 1 --symptoms 2\tthis week's knee\n",       \
      km_run_problem },                                                                       \
    { "problems", "list weekly problem records, newest first", "", NO_ARGS, NO_OPTIONS,       \
      "problems\tweek by week\n", km_run_problems },                                          \
    { "goal add", "add a goal, an event or the next visit", "",                               \
      { { "NAME", false, false, OFFER_NOTHING, NULL } }, OPTIONS(goal_add_options),           \
      "goal add \"run 10 km\" --at 2027-05-02 --kind event --before 4\tan event to count down to\n" \
      "goal add \"Dr. Lind\" --kind visit --at 2026-12-01T10:00\tthe next visit\n",           \
      km_run_goal_add },                                                                      \
    { "goal list", "list goals and events by day", "", NO_ARGS, OPTIONS(goal_list_options),   \
      "goal list\twhat is ahead\n", km_run_goal_list },                                       \
    { "goal show", "one goal with its countdown and the four outcomes",                       \
      "Motion, pain, how soon the next training came, and how it felt.",                      \
      { { "ID", false, false, OFFER_NOTHING, NULL } }, NO_OPTIONS,                            \
      "goal show 1\thow far it is\n", km_run_goal_show },                                     \
    { "goal edit", "amend a goal", "Only what is named changes.",                             \
      { { "ID", false, false, OFFER_NOTHING, NULL } }, OPTIONS(goal_edit_options),            \
      "goal edit 1 --after 8 --done\tit is reached\n", km_run_goal_edit },                    \
    { "goal remove", "take a goal away", "It can be undone.",                                 \
      { { "ID", false, false, OFFER_NOTHING, NULL } }, NO_OPTIONS, "goal remove 1\tforget it\n", \
      km_run_goal_remove }

#endif
