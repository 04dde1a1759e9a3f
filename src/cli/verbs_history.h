/** The commands about change over time: a part of the table in verbs.c, made with its macros. */
#ifndef KM_CLI_VERBS_HISTORY_H
#define KM_CLI_VERBS_HISTORY_H

#include "knotmap/history.h"

/* What a shell offers for the words of a filter: all of them, and none of the prose between. */
#define KM_FILTER_OFFER                                                                       \
    "side: kind: region: area: muscle: sport: tissue: quality: cause: age: since: until: min: " \
    "session: open"

#define SILENCE                                                                               \
    WORDS(OPT_SILENCE, "silence", "S", "gap gone",                                            \
          "what no mark means: a gap, unless said, or that it is gone")

static const km_opt_spec trend_options[] = {
    WORDS(OPT_BY, "by", "B", "place region muscle kind client all", "what is counted; place unless said"),
    WORDS(OPT_BUCKET, "bucket", "B", "day week month", "how wide a step is; week unless said"),
    WORDS(OPT_SINCE, "since", "T", TIMES, "from this time on"),
    WORDS(OPT_UNTIL, "until", "T", TIMES, "before this time; a day is included"),
    VOCAB(OPT_KIND, "kind", "K", KM_VOCAB_KIND, "only marks of this kind"),
    SILENCE,
    SWITCH(OPT_ALL, "all", "of every client"),
    SWITCH(OPT_WHY, "why", "name the rule and source of each verdict"),
    SWITCH(OPT_PLOT, "plot", "draw lines, one plot a key"),
    SWITCH(OPT_CALENDAR, "calendar", "draw calendars of days"),
    WORDS(OPT_MEASURE, "measure", "M",
          "ppt stiffness tension " TESTS,
          "a measure instead of ratings: ppt of places, stiffness and tension before and after "
          "treatments, or a flexibility test"),
    WORDS(OPT_SPLIT, "split", "S", "recovery", "days with a session of recovery against days without, the mean of each day"),
};
static const km_opt_spec compare_options[] = {
    SWITCH(OPT_MEASURES, "measures",
           "the two pain drawings in figures: extent, sum, mean, highest, overlap"),
};
static const km_opt_spec silence_options[] = { SILENCE };
static const km_opt_spec balance_options[] = {
    VALUE(OPT_DAYS, "days", "N", "over the last so many days; 90 unless said"),
    WORDS(OPT_BY, "by", "B", "region area", "single regions, unless said, or whole areas"),
};

#define HISTORY_VERBS                                                                         \
    { "trend", "ratings over time, and whether they changed",                                 \
      "A verdict weighs the last two weeks against the two before (a month's: 30 days): better or " \
      "worse takes 1 point or 15 % and a change beyond the person's own day-to-day noise, clear "   \
      "takes 2 points and 30 %. Steps without a mark are gaps and have no row.",               \
      { { "PLACE", true, true, OFFER_PLACE, NULL } }, OPTIONS(trend_options),                  \
      "trend\tevery place, a line each\n"                                                     \
      "trend left:infraspinatus --plot\tone place as a plot\n"                                \
      "trend --by region --bucket month --format csv\tfor a script\n"                          \
      "trend --why\twith the rule of each verdict\n"                                          \
      "trend --measure ppt\tpressure pain thresholds\n"                                        \
      "trend --split recovery\tdoes recovery go with less pain?\n",                           \
      km_run_trend },                                                                         \
    { "compare", "what is new, gone, better or worse between two times",                       \
      "T1 and T2 are times: 2026-09-01, 30d, 4w, yesterday, now. The marks up to and "         \
      "including each count; a day means its end.",                                            \
      { { "T1", false, false, OFFER_WORDS, TIMES }, { "T2", false, false, OFFER_WORDS, TIMES } }, \
      OPTIONS(compare_options),                                                               \
      "compare 30d now\tsince a month ago\n"                                                   \
      "compare 2026-09-01 2026-10-01 --format csv\tone September\n"                           \
      "compare 30d now --measures --format json\textent, sum, mean and overlap for a script\n",  \
      km_run_compare },          \
    { "episodes", "when places were open: first, peak, treated, gone, back",              \
      "What is open stands first. Places open for three months say that it is time for a "     \
      "clinician's look, soreness beyond seven days says so, too.",                            \
      { { "PLACE", true, false, OFFER_PLACE, NULL } }, OPTIONS(silence_options),               \
      "episodes\tevery place\n"                                                               \
      "episodes left:infraspinatus --silence gone\ta place; four weeks of silence mean gone\n", \
      km_run_episodes },                                                                      \
    { "recurrence", "what comes back, how soon, and how long it stays",                        \
      "Days until gone are medians with their n, treated and untreated apart.",                \
      NO_ARGS, OPTIONS(silence_options), "recurrence\tplaces by how often they came\n",    \
      km_run_recurrence },                                                                    \
    { "together", "places that are open at the same time", "", NO_ARGS, NO_OPTIONS,       \
      "together\tpairs by the share of their open days\n", km_run_together },                  \
    { "balance", "left against right",                                                         \
      "Marks, days with a mark and mean intensity of each side, the most uneven first.",       \
      NO_ARGS, OPTIONS(balance_options), "balance --days 30\tthe last month\n"             \
      "balance --by area\twhole areas: neck, shoulder, leg\n", km_run_balance },               \
    { "follow", "which training is followed by which marks",                                   \
      "One to three days later, tested against chance; only what holds is shown.",             \
      NO_ARGS, NO_OPTIONS, "follow\twhat my training leaves behind\n", km_run_follow },    \
    { "load", "training load of the last week and month",                                      \
      "Session RPE times minutes.", NO_ARGS, NO_OPTIONS, "load\thow much it was\n",        \
      km_run_load },                                                                          \
    { "summary", "the client in short: what hurts, what helps, what is next",      \
      "One fact a row, the figures in columns of csv and json: what to heed, all ratings of this " \
      "week against the four before, what hurts, what changed since the last visit, what comes " \
      "back, sides, what goes together, what precedes it, what helped, what is next.",         \
      NO_ARGS, NO_OPTIONS,                                                                    \
      "summary\twho this is, in two minutes\n"                                                \
      "--client Ann summary --format json\tthe same facts for a program\n", km_run_summary },  \
    { "news", "one line: what is due, new and worse", "", NO_ARGS, NO_OPTIONS,            \
      "news\tthe day's first line\n", km_run_news },                                           \
    { "filter save", "keep a filter of marks under a name",                                    \
      "What is none of these words is looked for in the note. age:30d is open for "           \
      "at least so long. A name that is there gets the new words.",                            \
      { { "NAME", false, false, OFFER_NOTHING, NULL },                                         \
        { "WORD", false, true, OFFER_WORDS, KM_FILTER_OFFER } }, \
      NO_OPTIONS,                                                                             \
      "filter save desk side:left cause:posture since:4w open\tthen: marks --filter desk\n",   \
      km_run_filter_save },                                                                   \
    { "filter list", "list the kept filters", "", NO_ARGS, NO_OPTIONS,                    \
      "filter list\twhat there is\n", km_run_filter_list },                                    \
    { "filter remove", "remove a kept filter", "By name or id. It can be undone.",             \
      { { "NAME", false, false, OFFER_NOTHING, NULL } }, NO_OPTIONS,                           \
      "filter remove desk\tno longer needed\n", km_run_filter_remove }

#endif
