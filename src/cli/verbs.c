/** Every command, with its options, help and examples. */
#include <string.h>

#include "command.h"
#include "spec.h"

#define COUNT(a) ((int)(sizeof(a) / sizeof *(a)))
#define SWITCH(id, name, help) { id, name, NULL, false, OFFER_NOTHING, 0, NULL, help }
#define VALUE(id, name, arg, help) { id, name, arg, false, OFFER_NOTHING, 0, NULL, help }
#define OFFERED(id, name, arg, offer, help) { id, name, arg, false, offer, 0, NULL, help }
#define WORDS(id, name, arg, words, help) { id, name, arg, false, OFFER_WORDS, 0, words, help }
#define VOCAB(id, name, arg, vocab, help) { id, name, arg, false, OFFER_VOCAB, vocab, NULL, help }
#define MANY_VALUE(id, name, arg, help) { id, name, arg, true, OFFER_NOTHING, 0, NULL, help }
#define MANY_OFFERED(id, name, arg, offer, help) { id, name, arg, true, offer, 0, NULL, help }
#define MANY_WORDS(id, name, arg, words, help) { id, name, arg, true, OFFER_WORDS, 0, words, help }
#define MANY_VOCAB(id, name, arg, vocab, help)                                                \
    { id, name, arg, true, OFFER_VOCAB, vocab, NULL, help }

#define TIMES "now today yesterday"
#define TESTS                                                                                 \
    "knee_to_wall sit_and_reach shoulder_reach knee_extension hip_rotation neck_rotation "    \
    "finger_floor"

const km_opt_spec km_globals[] = {
    OFFERED(OPT_DB, "db", "FILE", OFFER_FILE,
          "the database; else KNOTMAP_DB, else the data folder"),
    VALUE(OPT_CLIENT, "client", "NAME|ID", "whose records; else KNOTMAP_CLIENT, else me"),
    WORDS(OPT_FORMAT, "format", "F", "text csv json", "how records are printed"),
    SWITCH(OPT_ASCII, "ascii", "print ASCII only"),
    SWITCH(OPT_NO_COLOR, "no-color", "print no colour (also the NO_COLOR variable)"),
    SWITCH(OPT_QUIET, "quiet", "no remarks on standard error; warnings and failures stay"),
    SWITCH(OPT_HELP, "help", "show help and leave"),
    SWITCH(OPT_VERSION, "version", "show the version and leave"),
};
const int km_globals_n = COUNT(km_globals);

/* What a mark can say, for mark and edit. */
#define MARK_OPTIONS                                                                          \
    VOCAB(OPT_KIND, "kind", "K", KM_VOCAB_KIND,                                               \
          "what it is; knot unless said, numbness includes tingling"),                        \
    VALUE(OPT_INTENSITY, "intensity", "0..10", "how strong, 0 is gone"),                      \
    VOCAB(OPT_STATE, "state", "S", KM_VOCAB_STATE,                                            \
          "active brings back a known pain, latent another one"),                             \
    MANY_VOCAB(OPT_QUALITY, "quality", "Q", KM_VOCAB_QUALITY, "how it feels"),                \
    MANY_VALUE(OPT_PPT, "ppt", "KPA", "a pressure pain threshold reading in kPa, 1..3000"),   \
    VALUE(OPT_PPT_AREA, "ppt-area", "CM2", "area of the probe in cm2, 0.1..20"),              \
    SWITCH(OPT_TWITCH, "twitch", "a local twitch response was seen"),                         \
    SWITCH(OPT_NO_TWITCH, "no-twitch", "looked for, and there was none"),                     \
    SWITCH(OPT_TAUT_BAND, "taut-band", "a taut band was felt"),                               \
    SWITCH(OPT_NO_TAUT_BAND, "no-taut-band", "felt for, and there was none"),                 \
    MANY_OFFERED(OPT_REFERRAL_FELT, "referral-felt", "PLACE", OFFER_PLACE,                    \
                 "a region that hurt while it was pressed"),                                  \
    VOCAB(OPT_CAUSE, "cause", "C", KM_VOCAB_CAUSE, "what it came from"),                      \
    VOCAB(OPT_TISSUE, "tissue", "T", KM_VOCAB_TISSUE, "what it lies in"),                     \
    WORDS(OPT_TEST, "test", "TEST[:SIDE]", TESTS,                                             \
          "the flexibility test this place is held against; its own side unless said"),       \
    WORDS(OPT_ONSET, "onset", "TIME", TIMES, "when it began"),                                \
    VOCAB(OPT_VIEW, "view", "V", KM_VOCAB_VIEW, "the view of the body x and y belong to"),    \
    VALUE(OPT_X, "x", "X", "position across, in body units"),                                 \
    VALUE(OPT_Y, "y", "Y", "position down, in body units"),                                   \
    WORDS(OPT_AT, "at", "TIME", TIMES, "when it was found; now unless said"),                 \
    VALUE(OPT_SESSION, "session", "ID", "the session it belongs to; the open one unless said"), \
    VALUE(OPT_NOTE, "note", "TEXT", "anything else")

static const km_opt_spec mark_options[] = { MARK_OPTIONS };

static const km_opt_spec edit_options[] = {
    MARK_OPTIONS,
    OFFERED(OPT_PLACE, "place", "PLACE", OFFER_PLACE, "move it to another place"),
    MANY_WORDS(OPT_CLEAR, "clear", "FIELD",
               "intensity state qualities ppt_readings ppt_area_cm2 taut_band twitch "
               "referral_felt cause tissue test onset session muscle trigger_point note",
               "empty a field"),
};

#define FILTER_TIMES                                                                          \
    WORDS(OPT_SINCE, "since", "T", TIMES, "from this time on"),                               \
    WORDS(OPT_UNTIL, "until", "T", TIMES, "before this time; a day is included")
#define FILTER_PLACE                                                                          \
    OFFERED(OPT_REGION, "region", "R", OFFER_REGION, "in this region"),                       \
    OFFERED(OPT_MUSCLE, "muscle", "M", OFFER_MUSCLE, "of this muscle or group"),              \
    VOCAB(OPT_SIDE, "side", "S", KM_VOCAB_SIDE, "on this side"),                              \
    OFFERED(OPT_AREA, "area", "A", OFFER_AREA, "in this area of the body"),                   \
    OFFERED(OPT_SPORT, "sport", "S", OFFER_SPORT, "of muscles this sport commonly loads")
#define FILTER_TAIL                                                                           \
    VALUE(OPT_SESSION, "session", "ID", "of this session"),                                   \
    VALUE(OPT_LIMIT, "limit", "N", "at most so many")

static const km_opt_spec marks_options[] = {
    FILTER_TIMES,
    FILTER_PLACE,
    VOCAB(OPT_KIND, "kind", "K", KM_VOCAB_KIND, "of this kind"),
    VALUE(OPT_MIN_INTENSITY, "min-intensity", "N", "at least so strong"),
    VOCAB(OPT_CAUSE, "cause", "C", KM_VOCAB_CAUSE, "that came from this"),
    VOCAB(OPT_TISSUE, "tissue", "T", KM_VOCAB_TISSUE, "that lies in this"),
    MANY_VOCAB(OPT_QUALITY, "quality", "Q", KM_VOCAB_QUALITY, "that felt so; several: all of them"),
    VALUE(OPT_AGE, "age", "SPAN", "open for at least so long: 30d, 3w, 6m"),
    VALUE(OPT_TEXT, "text", "TEXT", "whose note holds this, ignoring case"),
    SWITCH(OPT_OPEN, "open", "the latest of each place and kind, unless it is gone; with its days"),
    WORDS(OPT_SORT, "sort", "S", "time age", "newest first, unless said, or what is open longest"),
    VALUE(OPT_FILTER, "filter", "NAME", "a kept filter, narrowed by what else is said"),
    FILTER_TAIL,
};

static const km_opt_spec treatments_options[] = {
    FILTER_TIMES,
    FILTER_PLACE,
    VOCAB(OPT_KIND, "kind", "K", KM_VOCAB_TECHNIQUE, "of this kind"),
    FILTER_TAIL,
};

static const km_opt_spec refer_options[] = {
    VOCAB(OPT_SIDE, "side", "S", KM_VOCAB_SIDE, "the side the muscle lies on"),
};

#define COMPLAINT_OPTIONS                                                                     \
    OFFERED(OPT_COMPLAINT, "complaint", "C", OFFER_COMPLAINT,                                 \
            "the places a complaint usually means; its caution comes first"),                 \
    WORDS(OPT_SIDE, "side", "S", "left right", "with --complaint: where it is; both unless said")

static const km_opt_spec explain_options[] = { COMPLAINT_OPTIONS };

static const km_opt_spec find_options[] = {
    COMPLAINT_OPTIONS,
    VALUE(OPT_LIMIT, "limit", "N", "at most so many points; 20 unless said, 0 all"),
    SWITCH(OPT_ASK, "ask", "list what to press next, in order"),
    MANY_OFFERED(OPT_FLAG, "flag", "CODE", OFFER_FLAG, "this warning sign is present"),
    SWITCH(OPT_NO_FLAGS, "no-flags", "none of the warning signs is present; this is kept"),
};

#define TOOLS "hands ball roller stick cane"

static const km_opt_spec routine_options[] = {
    SWITCH(OPT_OPEN, "open", "for all that is open"),
    COMPLAINT_OPTIONS,
    WORDS(OPT_KIND, "kind", "K", "smr stretch massage all",
          "smr and stretch unless said; massage is done by a therapist"),
    MANY_WORDS(OPT_TOOL, "tool", "T", TOOLS, "a tool at hand; those of the client unless said"),
    VALUE(OPT_MINUTES, "minutes", "N", "how long it may take, 1..240; 15 unless said"),
    SWITCH(OPT_SAVE, "save", "keep it, for done and routines"),
    VALUE(OPT_NAME, "name", "NAME", "with --save: what to call it"),
};

static const km_opt_spec done_options[] = {
    VOCAB(OPT_KIND, "kind", "K", KM_VOCAB_TECHNIQUE, "what was done; needed with a place"),
    WORDS(OPT_TOOL, "tool", "T", TOOLS, "what it was done with"),
    VALUE(OPT_BEFORE, "before", "N", "how it was before, 0..10"),
    VALUE(OPT_AFTER, "after", "N", "how it was after, 0..10"),
    VALUE(OPT_SECONDS, "seconds", "N", "how long it took"),
    VOCAB(OPT_RESPONSE, "response", "R", KM_VOCAB_RESPONSE, "how the body answered"),
    VALUE(OPT_DURING, "during", "N:N:N", "pain at the start, middle and end of the hold"),
    VALUE(OPT_STIFFNESS, "stiffness", "N[:N]", "stiffness before and after, 0..10"),
    VALUE(OPT_TENSION, "tension", "N[:N]", "tension before and after, 0..10"),
    VOCAB(OPT_STOPPED, "stopped", "WHY", KM_VOCAB_STOP, "it had to be stopped"),
    WORDS(OPT_AT, "at", "TIME", TIMES, "when; now unless said"),
    VALUE(OPT_NOTE, "note", "TEXT", "anything else"),
    VALUE(OPT_AMEND, "amend", "ID", "amend this treatment instead: only what is named changes"),
};

static const km_opt_spec routines_edit_options[] = {
    VALUE(OPT_NAME, "name", "NAME", "what it is called"),
    VALUE(OPT_STEP, "step", "N", "the step to change"),
    VALUE(OPT_SECONDS, "seconds", "N", "its seconds a set, 1..3600"),
    VALUE(OPT_SETS, "sets", "N", "its sets, 1..10"),
    VALUE(OPT_PRESSURE, "pressure", "N", "its pressure, 0..7; only softer where it has a caution"),
    VALUE(OPT_MOVE, "move", "N", "put it at this position"),
    SWITCH(OPT_DROP, "drop", "take it out"),
};
static const km_opt_spec routines_handout_options[] = {
    SWITCH(OPT_HTML, "html", "a page to print, instead of text"),
};
static const km_opt_spec session_check_options[] = {
    SWITCH(OPT_SKIP, "skip", "leave it out this time"),
};
static const km_opt_spec session_sign_options[] = {
    VALUE(OPT_PRACTITIONER, "practitioner", "NAME", "who signs, with credentials"),
};

static const km_opt_spec chart_options[] = {
    WORDS(OPT_VIEW, "view", "V", "front back left right sole all",
          "one view; front and back unless said"),
    WORDS(OPT_AT, "at", "T", TIMES, "as it was at this time; a day means its end"),
    WORDS(OPT_HEAT, "heat", "SPAN", "7d 30d 90d 1y", "how often and how strong, over this long"),
    VALUE(OPT_WIDTH, "width", "W", "columns, 1..1000; the terminal's, else 80"),
    VALUE(OPT_HEIGHT, "height", "H", "lines of a picture, 1..1000; the terminal's, else 24"),
    WORDS(OPT_STYLE, "style", "S", "ascii unicode",
          "how it is drawn; as the locale allows unless said"),
    SWITCH(OPT_SVG, "svg", "print an SVG picture"),
    OFFERED(OPT_REFER, "refer", "MUSCLE:TP", OFFER_POINT,
          "show where this trigger point sends pain"),
};

#define CLIENT_OPTIONS                                                                        \
    VALUE(OPT_BORN, "born", "DATE", "day of birth"),                                          \
    VALUE(OPT_SEX, "sex", "S", "as the person says it"),                                      \
    VALUE(OPT_CONTACT, "contact", "C", "how to reach the person"),                            \
    MANY_VALUE(OPT_CONDITION, "condition", "C",                                               \
               "something a routine must heed; knotmap atlas conditions lists them"),         \
    MANY_WORDS(OPT_TOOL, "tool", "T", TOOLS, "a tool the person owns"),                       \
    OFFERED(OPT_PROFILE, "profile", "P", OFFER_PROFILE,                                       \
            "athlete, desk worker ...: its weekly plan and causes are offered first"),        \
    VALUE(OPT_NOTE, "note", "N", "anything else")

static const km_opt_spec client_add_options[] = { CLIENT_OPTIONS };
static const km_opt_spec client_edit_options[] = {
    VALUE(OPT_NAME, "name", "NAME", "a new name"),
    CLIENT_OPTIONS,
    MANY_WORDS(OPT_CLEAR, "clear", "FIELD", "born sex contact conditions tools profile note",
          "empty a field"),
};
static const km_opt_spec client_list_options[] = {
    SWITCH(OPT_ARCHIVED, "archived", "those put away, too"),
    SWITCH(OPT_CHRONIC, "chronic", "with a place open for more than three months"),
    VALUE(OPT_STRESS, "stress", "1..7", "whose last check-in of four weeks says at least so much"),
    OFFERED(OPT_PROFILE, "profile", "P", OFFER_PROFILE, "of this profile"),
};
static const km_opt_spec client_archive_options[] = {
    SWITCH(OPT_RESTORE, "restore", "take the client back out"),
};
static const km_opt_spec client_erase_options[] = {
    SWITCH(OPT_YES, "yes", "yes, remove every trace; needed, and there is no undo"),
};

#define SESSION_OPTIONS                                                                       \
    VOCAB(OPT_KIND, "kind", "K", KM_VOCAB_SESSION, "what it is; training unless said"),       \
    VALUE(OPT_GOAL, "goal", "G", "what it is for"),                                           \
    MANY_OFFERED(OPT_MUSCLE, "muscle", "M", OFFER_MUSCLE, "a muscle or group it works on"),   \
    VALUE(OPT_RPE, "rpe", "0..10", "how hard it was"),                                        \
    VALUE(OPT_MINUTES, "minutes", "N", "how long it took, 0..1440"),                          \
    VALUE(OPT_FEEL, "feel", "N", "how one feels after it, 0..10"),                            \
    VALUE(OPT_FEEL_BEFORE, "feel-before", "N", "how one felt before it, 0..10"),              \
    MANY_VOCAB(OPT_MODALITY, "modality", "M", KM_VOCAB_MODALITY, "what was done"),            \
    MANY_VOCAB(OPT_SERVICE, "service", "S", KM_VOCAB_SERVICE, "who gave it, also elsewhere"), \
    VALUE(OPT_PRACTITIONER, "practitioner", "NAME", "by name, with credentials"),             \
    WORDS(OPT_AT, "at", "TIME", TIMES, "when it started; now unless said"),                   \
    VALUE(OPT_NOTE, "note", "N", "anything else")

static const km_opt_spec session_start_options[] = { SESSION_OPTIONS };
static const km_opt_spec session_edit_options[] = {
    SESSION_OPTIONS,
    MANY_WORDS(OPT_CLEAR, "clear", "FIELD",
               "goal muscles rpe minutes feel note subjective objective assessment plan "
               "feel_before modality service practitioner",
               "empty a field"),
};
static const km_opt_spec session_list_options[] = {
    VALUE(OPT_LIMIT, "limit", "N", "at most so many"),
};
static const km_opt_spec session_note_options[] = {
    VALUE(OPT_SUBJECTIVE, "subjective", "TEXT", "what the client says"),
    VALUE(OPT_OBJECTIVE, "objective", "TEXT", "what was found"),
    VALUE(OPT_ASSESSMENT, "assessment", "TEXT", "what it likely is"),
    VALUE(OPT_PLAN, "plan", "TEXT", "what comes next"),
};

static const km_opt_spec checkin_options[] = {
    VALUE(OPT_SLEEP, "sleep", "1..7", "how the night was, 1 very good .. 7 very bad"),
    VALUE(OPT_STRESS, "stress", "1..7", "stress, 1 very low .. 7 very high"),
    VALUE(OPT_FATIGUE, "fatigue", "1..7", "tiredness, 1 very low .. 7 very high"),
    VALUE(OPT_SORENESS, "soreness", "1..7", "soreness overall, 1 very low .. 7 very high"),
    VALUE(OPT_ENERGY, "energy", "0..10", "energy, 0 none .. 10 full"),
    VALUE(OPT_MOOD, "mood", "0..10", "mood, 0 low .. 10 high"),
    MANY_VALUE(OPT_FLEXIBILITY, "flexibility", "TEST[:SIDE]=VALUE", "a measurement of a test"),
    MANY_VOCAB(OPT_DID, "did", "HABIT", KM_VOCAB_HABIT, "what was done for recovery; a,b,c too"),
    WORDS(OPT_AT, "at", "DAY", "today yesterday", "the day; today unless said"),
};
static const km_opt_spec checkins_options[] = {
    FILTER_TIMES,
    VALUE(OPT_LIMIT, "limit", "N", "at most so many"),
};

static const km_opt_spec import_options[] = {
    WORDS(OPT_WHAT, "what", "W", KM_WHATS, "what the rows are; marks unless said"),
    MANY_VALUE(OPT_MAP, "map", "COLUMN=HEADER", "the file calls this column otherwise"),
    SWITCH(OPT_DRY_RUN, "dry-run", "check every row, store none"),
    SWITCH(OPT_KEEP_GOING, "keep-going", "store the good rows, list the bad ones; still exits 65"),
};
static const km_opt_spec export_options[] = {
    WORDS(OPT_WHAT, "what", "W", KM_WHATS, "what to write; marks unless said"),
    SWITCH(OPT_ALL, "all", "of every client"),
};

#define OPTIONS(o) (o), COUNT(o)
#define NO_OPTIONS NULL, 0

#define NO_ARGS { { .name = NULL } }

#include "verbs_care.h"
#include "verbs_history.h"

const km_verb km_verbs[] = {
    { "mark", "record one mark and print it",
      "A place is SIDE:CODE, the side the client's own: left:upper_trapezius, right:knee_outer, or "
      "with a trigger point left:infraspinatus:2. Midline places take no side: sternum. Synonyms "
      "and unambiguous beginnings work: left:lats.",
      { { "PLACE", false, false, OFFER_PLACE, NULL } }, OPTIONS(mark_options),
      "mark left:infraspinatus:1 --intensity 6 --state active\t"
      "a knot that brings back a known pain\n"
      "mark right:temple --kind pain --intensity 4 --quality throbbing\ta headache\n"
      "mark left:calf --kind soreness --intensity 3 --at yesterday\tsore since yesterday\n",
      km_run_mark },
    { "marks", "list marks, newest first",
      "What is open is listed with days_open, the days since it began. An area is a part of the body "
      "or a group of parts (knotmap atlas areas). A sport stands for the muscles it commonly loads, "
      "which is practice and says nothing of what a mark came from (knotmap atlas sports); a mark "
      "that names no muscle counts where one of them lies.",
      NO_ARGS, OPTIONS(marks_options),
      "marks --open\twhat is open now\n"
      "marks --since 30d --muscle infraspinatus --format csv\t"
      "one muscle's last month, for a script\n"
      "marks --open --sort age --quality stiff\tstiff places, the one open longest first\n"
      "marks --area ankle_foot --sport running\ta runner's feet\n",
      km_run_marks },
    { "unmark", "take a mark back", "It can be undone.",
      { { "ID", false, false, OFFER_NOTHING, NULL } }, NO_OPTIONS,
      "unmark 12\tremove mark 12\n", km_run_unmark },
    { "edit", "amend a mark",
      "Only what is named changes; repeated options replace the whole list. It can be undone.",
      { { "ID", false, false, OFFER_NOTHING, NULL } }, OPTIONS(edit_options),
      "edit 12 --intensity 4\tit was 4 after all\n"
      "edit 12 --clear note --clear state\tempty two fields\n", km_run_edit },
    { "undo", "take back the last change",
      "Whichever front end made it; erasing a client is the one change that stays.",
      NO_ARGS, NO_OPTIONS, "undo\ttake back the last change\n", km_run_undo },
    { "redo", "redo what was undone", "", NO_ARGS, NO_OPTIONS,
      "redo\tdo it again\n", km_run_redo },
    { "refer", "where a trigger point sends pain",
      "Without a point all points of the muscle are shown. Zones are local, essential (commonly "
      "felt) or spillover (sometimes felt).",
      { { "MUSCLE[:TP]", false, false, OFFER_POINT, NULL } }, OPTIONS(refer_options),
      "refer infraspinatus:1\tthe zones of one point\n"
      "refer scalenes --side left\tthe zones on the client's body, a muscle on the left\n",
      km_run_refer },
    { "find", "which trigger points explain pain in these places",
      "Best first. A likely source is where to look, not a diagnosis. Where the places touch a "
      "warning sign, standard error says first when to see a doctor. A place may come without a "
      "side; then both are considered. In the place of places a complaint can be named (knotmap "
      "atlas complaints): its caution is printed before anything else, on standard error with csv "
      "and json.",
      { { "PLACE", true, true, OFFER_PLACE, NULL } }, OPTIONS(find_options),
      "find right:temple right:eye\twhat may explain both\n"
      "find right:temple --ask\twhich spots to press, in order\n"
      "find --complaint sciatica --side left\tpain down the left leg: its caution first\n"
      "find left:chest --flag cardiac\ta warning sign is present: it comes first\n", km_run_find },
    { "explain", "the fewest trigger points that together explain all places", "",
      { { "PLACE", true, true, OFFER_PLACE, NULL } }, OPTIONS(explain_options),
      "explain right:temple left:knee_front\ttwo pains at once\n", km_run_explain },
    { "routine", "a routine for these places, or for all that is open",
      "Walls, chairs, towels and straps are taken as there. No step asks for more than 7 of 10 of "
      "pressure; sharp, spreading or numb feelings end it.",
      { { "PLACE", true, true, OFFER_PLACE, NULL } }, OPTIONS(routine_options),
      "routine --open --minutes 10\tten minutes for what is open\n"
      "routine left:infraspinatus --tool ball --save\tone muscle, kept for done\n"
      "routine --complaint neck --side left\twhat usually troubles a neck: its caution first\n",
      km_run_routine },
    { "done", "record a treatment and how it went",
      "Names a saved routine, the last unless said, one step of it (3:2), or a place treated "
      "without a routine.",
      { { "ROUTINE[:STEP]|PLACE", true, false, OFFER_PLACE, NULL } }, OPTIONS(done_options),
      "done --before 6 --after 3\tthe last saved routine\n"
      "done --amend 12 --after 2\tit was 2 after all\n"
      "done 3:2 --response looser\tstep 2 of routine 3\n"
      "done left:infraspinatus --kind compression --tool ball --seconds 90\twithout a routine\n",
      km_run_done },
    { "treatments", "list treatments, newest first", "", NO_ARGS, OPTIONS(treatments_options),
      "treatments --since 30d\tthe last month\n", km_run_treatments },
    CARE_VERBS,
    { "routines list", "list saved routines, newest first", "", NO_ARGS, NO_OPTIONS,
      "routines list\twhat was kept\n", km_run_routines_list },
    { "routines show", "the steps of a saved routine, the last unless named",
      "As they were kept. What a condition or a fresh injury would hold back today is said on "
      "standard error.",
      { { "ID", true, false, OFFER_NOTHING, NULL } }, NO_OPTIONS,
      "routines show 3\tstep by step\n", km_run_routines_show },
    { "routines edit", "amend a saved routine",
      "Its name, or one step: its seconds, sets, pressure, place in the order. Pressure never "
      "passes 7; a step with a caution may only be made softer.",
      { { "ID", false, false, OFFER_NOTHING, NULL } }, OPTIONS(routines_edit_options),
      "routines edit 3 --name \"Neck, short\"\tanother name\n"
      "routines edit 3 --step 2 --seconds 45 --sets 2\tshorter\n"
      "routines edit 3 --step 4 --drop\twithout step 4\n", km_run_routines_edit },
    { "routines remove", "remove a saved routine", "Its treatments stay. It can be undone.",
      { { "ID", false, false, OFFER_NOTHING, NULL } }, NO_OPTIONS,
      "routines remove 3\tno longer needed\n", km_run_routines_remove },
    { "routines handout", "a saved routine on paper, with what to expect",
      "The last unless named; text, or a page to print with --html. The signs of danger come first; "
      "what a condition or a fresh injury holds back today is left out and said.",
      { { "ID", true, false, OFFER_NOTHING, NULL } }, OPTIONS(routines_handout_options),
      "routines handout 3 --html >neck.html\tfor the printer\n", km_run_routines_handout },
    { "chart", "print the body chart",
      "The client's open marks; R and L are the client's own sides. A point given with --refer lies "
      "on the right unless left: stands before it. Where there is no room for a body, its places "
      "are listed; views that do not fit beside each other come in further pictures below.",
      NO_ARGS, OPTIONS(chart_options),
      "chart --style ascii --width 80 --height 24\tfor any terminal\n"
      "chart --refer infraspinatus:1\twith a point's zones, # essential and : spillover\n"
      "chart --heat 30d --svg >month.svg\ta picture of the last month\n", km_run_chart },
    HISTORY_VERBS,
    { "client add", "add a person to chart", "Names are unique, ignoring case.",
      { { "NAME", false, false, OFFER_NOTHING, NULL } }, OPTIONS(client_add_options),
      "client add \"Ada B.\" --born 1990-04-01 --tool ball --tool roller\ta new client\n",
      km_run_client_add },
    { "client list", "list the people charted", "", NO_ARGS, OPTIONS(client_list_options),
      "client list\teverybody who is not put away\n"
      "client list --chronic --stress 5\tlasting pain under high stress\n", km_run_client_list },
    { "client show", "show one client", "",
      { { "NAME", false, false, OFFER_NOTHING, NULL } }, NO_OPTIONS,
      "client show me\twhat is kept of me\n", km_run_client_show },
    { "client edit", "amend a client", "Only what is named changes.",
      { { "NAME", false, false, OFFER_NOTHING, NULL } }, OPTIONS(client_edit_options),
      "client edit me --tool ball\tI own a ball\n"
      "client edit me --profile desk_worker\tits plan until I set my own\n", km_run_client_edit },
    { "client archive", "put a client away, keeping the records", "It can be undone.",
      { { "NAME", false, false, OFFER_NOTHING, NULL } }, OPTIONS(client_archive_options),
      "client archive \"Ada B.\"\tno longer in the list\n", km_run_client_archive },
    { "client erase", "remove every trace of a client",
      "Records, log entries and free pages; there is no undo.",
      { { "NAME", false, false, OFFER_NOTHING, NULL } }, OPTIONS(client_erase_options),
      "client erase \"Ada B.\" --yes\tgone for good\n", km_run_client_erase },
    { "session start", "start a visit or workout",
      "Marks made while it is open belong to it.", NO_ARGS, OPTIONS(session_start_options),
      "session start --kind training --goal strength --muscle hamstrings\ta workout\n",
      km_run_session_start },
    { "session end", "end the open session",
      "A recovery session ends once soreness, knots and flexibility were each looked at or skipped: "
      "marks of soreness, knots or press tests, and flexibility values made during it count.",
      NO_ARGS, NO_OPTIONS, "session end\tthe session is over\n", km_run_session_end },
    { "session check", "say that a page of the open recovery session was looked at",
      "Nothing was found, or it is left out this time with --skip.",
      { { "PAGE", false, true, OFFER_WORDS, "soreness knots flexibility" } },
      OPTIONS(session_check_options),
      "session check soreness knots\tlooked, and there was nothing\n"
      "session check flexibility --skip\tno time to measure\n", km_run_session_check },
    { "session sign", "sign an ended session",
      "From then on session edit and session note add amendments and leave what was signed.",
      { { "ID", false, false, OFFER_NOTHING, NULL } }, OPTIONS(session_sign_options),
      "session sign 3 --practitioner \"R. Hale, LMT\"\tthe notes are final\n", km_run_session_sign },
    { "session amendments", "list what was added to a session after it was signed", "",
      { { "ID", false, false, OFFER_NOTHING, NULL } }, NO_OPTIONS,
      "session amendments 3\twhat changed since, oldest first\n", km_run_session_amendments },
    { "session pairs", "each training beside the next one and the recovery between", "",
      NO_ARGS, OPTIONS(session_list_options),
      "session pairs --limit 10\tdoes recovery show in the next session?\n",
      km_run_session_pairs },
    { "session list", "list sessions, newest first", "", NO_ARGS,
      OPTIONS(session_list_options), "session list --limit 5\tthe last five\n",
      km_run_session_list },
    { "session show", "show one session with its notes", "",
      { { "ID", false, false, OFFER_NOTHING, NULL } }, NO_OPTIONS,
      "session show 3\teverything kept of session 3\n", km_run_session_show },
    { "session edit", "amend a session", "Only what is named changes.",
      { { "ID", false, false, OFFER_NOTHING, NULL } }, OPTIONS(session_edit_options),
      "session edit 3 --rpe 7 --minutes 45\thow hard and how long it was\n", km_run_session_edit },
    { "session note", "write the notes of a visit", "",
      { { "ID", false, false, OFFER_NOTHING, NULL } }, OPTIONS(session_note_options),
      "session note 3 --subjective \"better now\" --plan \"twice a week\"\t"
      "two of the four parts\n",
      km_run_session_note },
    { "checkin", "the daily self-report",
      "One a day: said again it amends, and what is not said stays. The Hooper index is the sum of "
      "sleep, stress, fatigue and soreness, 4 to 28, higher is worse.",
      NO_ARGS, OPTIONS(checkin_options),
      "checkin --sleep 2 --stress 3 --fatigue 3 --soreness 4\ta usual day\n"
      "checkin --did foam_roll,stretch --flexibility knee_to_wall:left=11.5\t"
      "what was done, and a test\n",
      km_run_checkin },
    { "checkins", "list check-ins, newest first", "", NO_ARGS, OPTIONS(checkins_options),
      "checkins --since 30d\tthe last month\n", km_run_checkins },
    { "import", "read records from CSV",
      "All or nothing, unless --keep-going: what is refused is listed by line and column. A record "
      "whose uid is already here is left as it is. Clients not yet known are added. - reads "
      "standard input. What there is one of takes the place of the one here: the check-in of a day, "
      "the answer for its hours, the problem of a week and area, the plan.",
      { { "FILE", false, false, OFFER_FILE, NULL } }, OPTIONS(import_options),
      "import marks.csv --dry-run\tcheck first\n"
      "import other.csv --map at=Date --map region=Where\tanother program's headers\n",
      km_run_import },
    { "export", "write records as CSV",
      "What import reads back to the same records. Without FILE it goes to standard output; a file "
      "is readable by its owner only.",
      { { "FILE", true, false, OFFER_FILE, NULL } }, OPTIONS(export_options),
      "export marks.csv\tmy marks\n"
      "export --all >all.csv\teverybody's marks\n"
      "export --what aftercare answers.csv\thow the days after treatments went\n", km_run_export },
    { "backup", "write a consistent copy of the database",
      "Safe while knotmap is in use; a copy by other means is not.",
      { { "FILE", false, false, OFFER_FILE, NULL } }, NO_OPTIONS,
      "backup knotmap-monday.db\ta copy beside it\n", km_run_backup },
    { "verify", "check database and atlas in full", "Exits 1 when a check finds a fault.",
      NO_ARGS, NO_OPTIONS, "verify\tis everything sound?\n", km_run_verify },
    { "atlas", "look into the knowledge base",
      "CODE narrows it to one region, muscle, trigger point, flag or technique.",
      { { "TABLE", false, false, OFFER_WORDS,
          "regions muscles points referrals satellites routines flags expectations tests areas "
          "sports profiles complaints conditions words" },
        { "CODE", true, false, OFFER_MUSCLE, NULL } }, NO_OPTIONS,
      "atlas muscles\tevery muscle\n"
      "atlas points infraspinatus\twhere its trigger points are\n"
      "atlas flags\tthe warning signs and their codes\n"
      "atlas complaints sciatica\twhat a complaint usually means, its caution first\n"
      "atlas words\twhat knot, active, SMR and the like mean\n"
      "atlas expectations massage\twhat to expect the first time\n", km_run_atlas },
    { "demo", "fill an empty database with a made-up clinic",
      "The same every time it runs on one day. A database with records is refused.",
      { { "FILE", true, false, OFFER_FILE, NULL } }, NO_OPTIONS,
      "demo try.db\ta clinic to look around in: knotmap --db try.db\n", km_run_demo },
    { "completion", "print a completion script for a shell", "",
      { { "SHELL", false, false, OFFER_WORDS, "bash zsh fish" } }, NO_OPTIONS,
      "completion bash >~/.local/share/bash-completion/completions/knotmap\tfor bash\n",
      km_run_completion },
    { "help", "show how a command is used", "",
      { { "COMMAND", true, true, OFFER_COMMAND, NULL } }, NO_OPTIONS,
      "help mark\tthe page of mark\n", km_run_help },
};
const int km_verbs_n = COUNT(km_verbs);

const char *km_family_summary(const char *family)
{
    static const char *const summary[][2] = {
        { "client", "the people charted" },
        { "session", "visits and workouts" },
        { "goal", "goals, events and visits" },
        { "routines", "the routines kept" },
        { "filter", "filters of marks kept under a name" },
    };

    for (int i = 0; i < COUNT(summary); i++) {
        if (strcmp(summary[i][0], family) == 0)
            return summary[i][1];
    }
    return NULL;
}
