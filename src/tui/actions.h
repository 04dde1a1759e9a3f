/**
 * Everything a person can do on the screen: one table. Keymaps, hints, the help overlay, the
 * palette, the manual and the tests read it; nobody writes a key into a sentence.
 *
 * A context is a set of actions a view offers. Within a context, and among contexts a view
 * offers together, no key is bound twice; only modes (round, brush) may lie over the body's.
 */
#ifndef KNOTMAP_TUI_ACTIONS_H
#define KNOTMAP_TUI_ACTIONS_H

#include "knotmap/tui.h"

/*    id       name shown in help */
#define TUI_CONTEXTS(X)                                                                       \
    X(CORE,    "everywhere")                                                                  \
    X(GLOBAL,  "everywhere but in a form")                                                    \
    X(RATE,    "marking")                                                                     \
    X(CHART,   "picture")                                                                     \
    X(BODY,    "body")                                                                        \
    X(ROUND,   "daily round")                                                                 \
    X(BRUSH,   "brush")                                                                       \
    X(LIST,    "list")                                                                        \
    X(RECORD,  "record")                                                                      \
    X(PLACE,   "place")                                                                       \
    X(SAFETY,  "first questions")                                                             \
    X(WHY,     "why")                                                                         \
    X(TROUBLE, "complaint")                                                                   \
    X(ROUTINE, "routine")                                                                     \
    X(CLIENTS, "clients")                                                                     \
    X(VISIT,   "visit")                                                                       \
    X(FOLLOW,  "routine, being followed")                                                     \
    X(OVER,    "routine, over")                                                               \
    X(STOP,    "stop rules")                                                                  \
    X(SCROLL,  "page of text")                                                                \
    X(LINK,    "line of a page")                                                              \
    X(PAGE,    "what to expect")                                                              \
    X(DAY,     "day")                                                                         \
    X(CARE,    "care")                                                                        \
    X(GOALS,   "goals")                                                                       \
    X(PROBLEMS,"weekly problems")                                                             \
    X(RECOVERY,"recovery session")                                                            \
    X(SAVED,   "saved routines")                                                              \
    X(STEPS,   "steps of a saved routine")                                                    \
    X(ATLAS,   "atlas")                                                                       \
    X(TIME,    "time")                                                                        \
    X(LIFE,    "marks over time")                                                             \
    X(REASON,  "verdict")                                                                     \
    X(TRENDS,  "trends")                                                                      \
    X(COMPARE, "two dates")                                                                   \
    X(PATTERNS,"patterns")                                                                    \
    X(FILTER,  "filters")                                                                     \
    X(FORM,    "form")

typedef enum tui_ctx {
#define X(id, name) CTX_##id,
    TUI_CONTEXTS(X)
#undef X
    CTX_COUNT
} tui_ctx;

/* Keys are words separated by blanks: a character, a key's name, or a range of digits.
   Writes: 1 when the action changes records; a read-only file does not offer it. */
/*    context  id            name               default keys    writes hint          help */
#define TUI_ACTIONS(X)                                                                        \
    X(CORE,    HELP,         "help",            "? F1",         0, "keys",           "Show the keys of this view")                          \
    X(CORE,    BACK,         "back",            "Esc",          0, "back",           "One step back")                                       \
    X(CORE,    REDRAW,       "redraw",          "Ctrl-L",       0, "redraw",         "Paint the whole screen anew")                         \
    X(GLOBAL,  PALETTE,      "palette",         ":",            0, "all by name",    "Everything by name")                                  \
    X(GLOBAL,  UNDO,         "undo",            "u",            1, "undo",           "Undo the last change")                                \
    X(GLOBAL,  REDO,         "redo",            "Ctrl-R",       1, "redo",           "Redo what was undone")                                \
    X(GLOBAL,  CLOSE,        "close",           "q",            0, "close",          "Close this view; on the body leave knotmap")          \
    X(GLOBAL,  GO_BODY,      "go-body",         "B",            0, "body",           "Go to the body")                                      \
    X(GLOBAL,  GO_SUMMARY,   "go-summary",      "S",            0, "in short",       "Go to the client in short: what hurts, what helps, what is next") \
    X(GLOBAL,  GO_DAY,       "go-day",          "D",            0, "day",            "Go to the day: check-in, what is due, the week")      \
    X(GLOBAL,  GO_ROUTINE,   "go-routine",      "R",            0, "routine",        "Go to the routine for all that is open")              \
    X(GLOBAL,  GO_TRENDS,    "go-trends",       "T",            0, "trends",         "Go to the trends: better, worse, the same")               \
    X(GLOBAL,  GO_HISTORY,   "go-history",      "H",            0, "history",        "Go to the history of marks")                          \
    X(GLOBAL,  GO_VISIT,     "go-visit",        "V",            0, "visit",          "Go to visits and training sessions")                  \
    X(GLOBAL,  GO_CLIENTS,   "go-clients",      "C",            0, "clients",        "Go to the clients")                                   \
    X(GLOBAL,  GO_ATLAS,     "go-atlas",        "A",            0, "atlas",          "Go to the atlas of muscles and points")               \
    X(GLOBAL,  GO_TROUBLE,   "what-troubles-you","W",           0, "complaints",     "What troubles you? Begin with back, sciatica, knee, pregnancy ...") \
    X(GLOBAL,  MOUSE,        "mouse",           "",             0, "mouse",          "Switch the mouse on or off")                          \
    X(RATE,    RATE,         "rate",            "0-9",          1, "mark here",      "Mark here at once, how strong; 0 is gone")            \
    X(RATE,    TEN,          "rate-ten",        "*",            1, "ten",            "Mark here with ten")                                  \
    X(RATE,    KIND,         "kind",            "m",            0, "kind",           "Next kind: knot, soreness, pain, tightness, numbness") \
    X(RATE,    KIND_KNOT,    "kind-knot",       "",             0, "knot",           "What follows is a knot")                              \
    X(RATE,    KIND_SORENESS,"kind-soreness",   "~",            0, "soreness",       "What follows is soreness")                            \
    X(RATE,    KIND_PAIN,    "kind-pain",       "!",            0, "pain",           "What follows is pain")                                \
    X(RATE,    KIND_TIGHT,   "kind-tightness",  "=",            0, "tightness",      "What follows is tightness")                           \
    X(RATE,    KIND_NUMB,    "kind-numbness",   "",             0, "numbness",       "What follows is numbness or tingling")                \
    X(CHART,   TURN,         "turn",            "v",            0, "view",           "Turn the body to the next sides")                     \
    X(CHART,   INK,          "ink",             "i",            0, "ink",            "Draw in ASCII, Unicode or blocks")                    \
    X(BODY,    UP,           "up",              "Up k",         0, "up",             "Next place up")                                       \
    X(BODY,    DOWN,         "down",            "Down j",       0, "down",           "Next place down")                                     \
    X(BODY,    LEFT,         "left",            "Left h",       0, "left",           "Next place to the left of the picture")               \
    X(BODY,    RIGHT,        "right",           "Right l",      0, "right",          "Next place to the right of the picture")              \
    X(BODY,    STEP_UP,      "step-up",         "Shift-Up",     0, "cell up",        "One cell up")                                         \
    X(BODY,    STEP_DOWN,    "step-down",       "Shift-Down",   0, "cell down",      "One cell down")                                       \
    X(BODY,    STEP_LEFT,    "step-left",       "Shift-Left",   0, "cell left",      "One cell to the left")                                \
    X(BODY,    STEP_RIGHT,   "step-right",      "Shift-Right",  0, "cell right",     "One cell to the right")                               \
    X(BODY,    NEXT_REGION,  "next-region",     "Tab",          0, "next",           "Next region, also one that shares the cell")          \
    X(BODY,    PREV_REGION,  "previous-region", "Shift-Tab",    0, "previous",       "Region before, also one that shares the cell")        \
    X(BODY,    BOTH,         "both-sides",      "b",            1, "both sides",     "The next digit marks left and right")                 \
    X(BODY,    REPEAT,       "repeat",          ".",            1, "repeat",         "Repeat the last mark here")                           \
    X(BODY,    OPEN,         "open",            "Enter",        0, "more",           "Open the place: muscles, points, zones")              \
    X(BODY,    EDIT,         "edit",            "e",            1, "edit",           "The full form of the mark here")                      \
    X(BODY,    REMOVE,       "take-back",       "x",            1, "take back",      "Take back the mark here")                             \
    X(BODY,    NEXT_MARK,    "next-mark",       ";",            0, "next mark",      "Select the next mark of this place")                  \
    X(BODY,    ROUND,        "daily-round",     "o",            1, "round",          "Walk the open marks, a digit each")                   \
    X(BODY,    FIND,         "find",            "/",            0, "find",           "Find a region or muscle by name and jump to it")      \
    X(BODY,    NEXT_MATCH,   "next-match",      "n",            0, "next match",     "Jump to the next match of the last find")             \
    X(BODY,    PREV_MATCH,   "previous-match",  "N",            0, "match before",   "Jump to the match before")                            \
    X(BODY,    WHY,          "why",             "f",            0, "why",            "What explains the pain that is open")                 \
    X(BODY,    TREAT,        "treat",           "s",            0, "treat",          "A routine for this place")                            \
    X(BODY,    BRUSH,        "brush",           "p",            0, "paint",          "Paint pain over several places")                      \
    X(BODY,    ZOOM_IN,      "zoom-in",         "z",            0, "zoom",           "Nearer: whole body, half, area")                      \
    X(BODY,    ZOOM_OUT,     "zoom-out",        "Z",            0, "zoom out",       "Farther: area, half, whole body")                     \
    X(BODY,    PANEL,        "panel",           "|",            0, "panel",          "Show or hide the panel")                              \
    X(BODY,    HEAT,         "heat",            "w",            0, "heat",           "Heat of the last 30, 90, 365 days, or none")          \
    X(ROUND,   ROUND_SAME,   "round-same",      "Enter",        1, "the same",       "As strong as last time")                              \
    X(ROUND,   ROUND_SKIP,   "round-skip",      "o",            0, "skip",           "Go on to the next open mark")                         \
    X(BRUSH,   PEN,          "pen",             "Space",        0, "pen up/down",    "Lift or lower the brush")                             \
    X(BRUSH,   WIPE,         "wipe",            "x",            0, "wipe here",      "Wipe the paint off this place")                       \
    X(LIST,    LIST_UP,      "list-up",         "Up k",         0, "up",             "Row up")                                              \
    X(LIST,    LIST_DOWN,    "list-down",       "Down j",       0, "down",           "Row down")                                            \
    X(LIST,    PAGE_UP,      "page-up",         "PgUp Ctrl-U",  0, "page up",        "A page up")                                           \
    X(LIST,    PAGE_DOWN,    "page-down",       "PgDn Ctrl-D",  0, "page down",      "A page down")                                         \
    X(LIST,    LIST_FIRST,   "first",           "Home g",       0, "first",          "First row")                                           \
    X(LIST,    LIST_LAST,    "last",            "End G",        0, "last",           "Last row")                                            \
    X(LIST,    LIST_OPEN,    "list-open",       "Enter",        0, "open",           "Open the selected row")                               \
    X(LIST,    NARROW,       "narrow",          "/",            0, "narrow",         "Show only rows with a text")                          \
    X(RECORD,  REC_EDIT,     "record-edit",     "e",            1, "edit",           "Edit the selected record")                            \
    X(RECORD,  REC_REMOVE,   "record-remove",   "x",            1, "take back",      "Take the selected record back")                       \
    X(PLACE,   OTHER_SIDE,   "other-side",      "Left h Right l Tab", 0, "other side", "The same place on the other side")                  \
    X(PLACE,   PLACE_EDIT,   "place-form",      "e",            1, "form",           "The full form for this point")                        \
    X(PLACE,   PLACE_TREAT,  "place-treat",     "s",            0, "treat",          "A routine for this muscle")                           \
    X(SAFETY,  FLAG_TRUE,    "flag-true",       "1-3",          0, "this is true",   "That sign is present")                                \
    X(SAFETY,  FLAG_NONE,    "flag-none",       "n",            0, "none of these",  "None of these signs is present")                      \
    X(WHY,     PRESS_YES,    "press-familiar",  "y",            1, "pain I know",    "Pressed: it brings back the pain I know")             \
    X(WHY,     PRESS_OTHER,  "press-other",     "n",            1, "other pain",     "Pressed: it hurts, but not the pain I know")          \
    X(WHY,     PRESS_NOTHING,"press-nothing",   "0",            1, "nothing",        "Pressed: it does not hurt")                           \
    X(WHY,     WHY_TREAT,    "why-treat",       "s",            0, "treat",          "A routine for the selected muscle")                   \
    X(TROUBLE, TROUBLE_WHY,  "complaint-why",   "Enter f",      0, "what explains it", "Read; the first questions, then what explains it")   \
    X(TROUBLE, TROUBLE_LEFT, "complaint-left",  "l Left",       0, "left",           "It is on the left")                                   \
    X(TROUBLE, TROUBLE_RIGHT,"complaint-right", "r Right",      0, "right",          "It is on the right")                                  \
    X(TROUBLE, TROUBLE_BOTH, "complaint-both",  "b",            0, "both",           "It is on both sides")                                 \
    X(TROUBLE, TROUBLE_MARK, "complaint-mark",  "1-9",          1, "mark pain",      "Mark these places as pain, so strong")                \
    X(TROUBLE, TROUBLE_TEN,  "complaint-mark-ten","*",          1, "ten",            "Mark these places as pain of ten")                    \
    X(TROUBLE, TROUBLE_KEEP, "complaint-keep",  "c",            1, "keep it",        "Keep this condition with the client, so that routines heed it") \
    X(ROUTINE, LONGER,       "longer",          "+",            0, "longer",         "Five minutes more")                                   \
    X(ROUTINE, SHORTER,      "shorter",         "-",            0, "shorter",        "Five minutes less")                                   \
    X(ROUTINE, STEP_DONE,    "step-done",       "d",            1, "done",           "Record the selected step as done")                    \
    X(ROUTINE, STEP_SAY,     "step-say",        "e",            1, "how it went",    "How the recorded step went: pain, stiffness, tension") \
    X(ROUTINE, FOLLOW,       "follow",          "s",            0, "start",          "Follow the routine from the selected step on")        \
    X(ROUTINE, STEP_MUSCLE,  "step-muscle",     "m",            0, "the muscle",     "The place and muscle of the selected step")           \
    X(ROUTINE, EXPECT,       "expect",          "i",            0, "what to expect", "What to expect of this technique")                    \
    X(ROUTINE, ROUTINE_KEEP, "routine-keep",    "w",            1, "keep it",        "Keep this routine under a name")                      \
    X(ROUTINE, ROUTINE_SAVED,"routine-saved",   "o",            0, "kept ones",      "The routines that were kept")                         \
    X(FOLLOW,  FOLLOW_PAUSE, "pause",           "Space Enter",  0, "pause",          "Start, pause or go on")                               \
    X(FOLLOW,  FOLLOW_NEXT,  "next-step",       "n",            0, "next",           "Leave this step; what was done of it is kept")        \
    X(FOLLOW,  FOLLOW_BACK,  "step-again",      "p",            0, "again",          "Begin this step again, or go to the one before")      \
    X(FOLLOW,  FOLLOW_LONGER,"extend",          "+",            0, "longer",         "Fifteen seconds more")                                \
    X(FOLLOW,  FOLLOW_PAIN,  "pain-now",        "0-9",          0, "pain",           "How strong the pain is now; above 7 stops the step")  \
    X(FOLLOW,  FOLLOW_TEN,   "pain-ten",        "*",            0, "ten",            "The pain is ten: stop the step")                      \
    X(FOLLOW,  FOLLOW_STOP,  "stop",            "!",            0, "stop",           "Stop, something is wrong: above 7, spreading, numb, sharp") \
    X(FOLLOW,  FOLLOW_BELL,  "bell",            "b",            0, "bell",           "Switch the bell on or off")                           \
    X(FOLLOW,  FOLLOW_FLASH, "flash",           "f",            0, "flash",          "Switch the flash on or off")                          \
    X(FOLLOW,  FOLLOW_EXPECT,"follow-expect",   "i",            0, "what to expect", "What to expect of this technique")                    \
    X(OVER,    OVER_LOOSER,  "over-looser",     "l",            1, "looser",         "It feels looser")                                     \
    X(OVER,    OVER_BETTER,  "over-better",     "b",            1, "better",         "It feels better")                                     \
    X(OVER,    OVER_SAME,    "over-same",       "=",            1, "same",           "It feels the same")                                   \
    X(OVER,    OVER_SORE,    "over-sore",       "s",            1, "sore",           "It feels sore")                                       \
    X(OVER,    OVER_SLEEPY,  "over-sleepy",     "z",            1, "sleepy",         "It makes sleepy")                                     \
    X(OVER,    OVER_WORSE,   "over-worse",      "w",            1, "worse",          "It feels worse")                                      \
    X(OVER,    OVER_RATE,    "over-rate",       "0-9",          1, "how much",       "The answer to what is asked: pain or stiffness now")  \
    X(OVER,    OVER_TEN,     "over-ten",        "*",            1, "ten",            "The answer is ten")                                   \
    X(OVER,    OVER_MORE,    "over-more",       "e",            1, "say more",       "All that can be said of the treatment stored first")  \
    X(OVER,    OVER_AGAIN,   "over-again",      "p",            0, "again",          "Go back to the last step")                            \
    X(OVER,    OVER_CLOSE,   "over-close",      "Space Enter",  0, "close",          "Close the routine")                                   \
    X(STOP,    STOP_WHY,     "stop-why",        "1-4",          0, "that is it",     "This stop rule is true; it is kept")                  \
    X(SCROLL,  SCROLL_UP,    "scroll-up",       "Up k",         0, "up",             "A line up")                                           \
    X(SCROLL,  SCROLL_DOWN,  "scroll-down",     "Down j",       0, "down",           "A line down")                                         \
    X(SCROLL,  SCROLL_PAGE_UP, "scroll-page-up", "PgUp Ctrl-U", 0, "page up",        "A page up")                                           \
    X(SCROLL,  SCROLL_PAGE_DOWN, "scroll-page-down", "PgDn Ctrl-D", 0, "page down",  "A page down")                                         \
    X(SCROLL,  SCROLL_FIRST, "scroll-first",    "Home g",       0, "beginning",      "To the beginning")                                    \
    X(SCROLL,  SCROLL_LAST,  "scroll-last",     "End G",        0, "end",            "To the end")                                          \
    X(LINK,    LINK_OPEN,    "line-open",       "Enter",        0, "open",           "Open what the selected line names")                   \
    X(PAGE,    PAGE_READ,    "page-read",       "Enter Space",  0, "close",          "Read; go on")                                         \
    X(DAY,     DAY_SET,      "day-set",         "0-9",          1, "how it is",      "The value of this line; answers what is asked")       \
    X(DAY,     DAY_TEN,      "day-ten",         "*",            1, "ten",            "Ten")                                                 \
    X(DAY,     DAY_SAME,     "day-same",        ".",            1, "all as before",  "Take over whatever is not said yet from the day before") \
    X(DAY,     DAY_TICK,     "day-tick",        "Space",        1, "tick",           "Tick or untick what was done")                        \
    X(DAY,     DAY_LEFT,     "day-left",        "Left h",       0, "choose",         "To the item before on this line")                     \
    X(DAY,     DAY_RIGHT,    "day-right",       "Right l",      0, "choose",         "To the next item on this line")                       \
    X(DAY,     DAY_CLEAR,    "day-clear",       "x",            1, "take back",      "Take the value of this line back")                    \
    X(DAY,     DAY_BEFORE,   "day-before",      "[",            0, "day before",     "The day before")                                      \
    X(DAY,     DAY_AFTER,    "day-after",       "]",            0, "day after",      "The day after")                                       \
    X(DAY,     DAY_START,    "day-start",       "s",            0, "starts it",      "Start what this line asks for")                       \
    X(DAY,     DAY_CARE,     "day-care",        "w",            0, "weeks",          "Weeks, what helped, causes, recovery")                \
    X(DAY,     DAY_GOALS,    "day-goals",       "o",            0, "goals",          "Goals and events")                                    \
    X(DAY,     DAY_PROBLEMS, "day-problems",    "p",            0, "problems",       "Weekly records of how much an area hindered")         \
    X(PROBLEMS,PROBLEM_ADD,  "problem-add",     "a",            1, "this week",      "Record this week of an area")                         \
    X(CARE,    CARE_NEXT,    "care-next",       "Tab",          0, "next page",      "Next page: weeks, what helped, causes, recovery")     \
    X(CARE,    CARE_PREV,    "care-previous",   "Shift-Tab",    0, "page before",    "Page before")                                         \
    X(CARE,    CARE_BY,      "care-by",         "t",            0, "count by",       "What helped: by technique, movement or routine")      \
    X(CARE,    CARE_OF,      "care-of",         "m",            0, "measure",        "What helped: pain, stiffness or tension")             \
    X(CARE,    CARE_PLAN,    "care-plan",       "e",            1, "plan",           "Change the weekly plan")                              \
    X(GOALS,   GOAL_ADD,     "goal-add",        "a",            1, "add",            "Add a goal, an event or a visit")                     \
    X(GOALS,   GOAL_DONE,    "goal-done",       "d",            1, "reached",        "Reached, or open again")                              \
    X(RECOVERY,PAGE_CHECK,   "page-check",      "c",            1, "checked",        "This was looked at")                                  \
    X(RECOVERY,PAGE_SKIP,    "page-skip",       "s",            1, "skip",           "Leave this out today")                                \
    X(RECOVERY,RECOVERY_END, "recovery-end",    "w",            1, "end it",         "End the recovery session")                            \
    X(SAVED,   SAVED_FOLLOW, "saved-follow",    "s",            0, "start",          "Follow this routine")                                 \
    X(STEPS,   STEP_SECONDS_LESS, "step-less",  "-",            1, "shorter",        "Fifteen seconds less")                                \
    X(STEPS,   STEP_SECONDS_MORE, "step-more",  "+",            1, "longer",         "Fifteen seconds more")                                \
    X(STEPS,   STEP_EARLIER, "step-earlier",    "[",            1, "earlier",        "Put this step one place earlier")                     \
    X(STEPS,   STEP_LATER,   "step-later",      "]",            1, "later",          "Put this step one place later")                       \
    X(STEPS,   STEPS_FOLLOW, "steps-follow",    "s",            0, "start",          "Follow the routine from this step on")                \
    X(CLIENTS, CLIENT_ADD,   "client-add",      "a",            1, "add",            "Add a client")                                        \
    X(CLIENTS, CLIENT_SUMMARY, "client-summary", "i",           0, "in short",       "Chart the selected client, in short on one page")     \
    X(CLIENTS, CLIENT_ARCHIVED, "client-archived", "t",         0, "archived",       "Show or hide archived clients")                       \
    X(CLIENTS, CLIENT_ERASE, "client-erase",    "Delete",       1, "erase",          "Erase the client for good; asks for the name")        \
    X(VISIT,   VISIT_START,  "visit-start",     "a",            1, "start",          "Start a visit or training session")                   \
    X(VISIT,   VISIT_END,    "visit-end",       "c",            1, "end it",         "End the open one")                                    \
    X(VISIT,   VISIT_EDIT,   "visit-edit",      "e",            1, "notes",          "Edit the selected one: goal, load, notes")            \
    X(VISIT,   VISIT_PAGE,   "visit-page",      "i",            0, "in full",        "The selected session in full, and what it meets")     \
    X(VISIT,   VISIT_EXPECT, "visit-expect",    "w",            0, "what to expect", "What to expect of a massage")                         \
    X(VISIT,   VISIT_SIGN,   "visit-sign",      "s",            1, "sign",           "Sign an ended session: later changes become amendments") \
    X(VISIT,   VISIT_RECOVERY,"visit-recovery", "r",            0, "recovery",       "Recovery: soreness, knots and flexibility, one by one") \
    X(RECOVERY,RECOVERY_START,"recovery-start", "a",            1, "start",          "Start a recovery session")                            \
    X(ATLAS,   ATLAS_PANE,   "atlas-pane",      "Tab",          0, "pane",           "Muscles, regions, or what the words mean")            \
    X(ATLAS,   ATLAS_PANE_BACK,"atlas-pane-back","Shift-Tab",    0, "pane before",    "The pane before")                                    \
    X(TIME,    TIME_BACK,    "time-day-back",   "[",            0, "time",           "A day back in time")                                      \
    X(TIME,    TIME_ON,      "time-day-on",     "]",            0, "day on",         "A day on in time")                                        \
    X(TIME,    TIME_VISIT_BACK,"time-visit-back","{",           0, "visit before",   "Back to the visit or session before")                     \
    X(TIME,    TIME_VISIT_ON,"time-visit-on",   "}",            0, "visit after",    "On to the visit or session after")                        \
    X(TIME,    TIME_PLAY,    "time-play",       "Space",        0, "play",           "Play the days, or pause")                                 \
    X(TIME,    TIME_FASTER,  "time-faster",     "+",            0, "faster",         "Play more days a second")                                 \
    X(TIME,    TIME_SLOWER,  "time-slower",     "-",            0, "slower",         "Play fewer days a second")                                \
    X(TIME,    TIME_NOW,     "time-now",        "t",            0, "to now",         "Back to now")                                             \
    X(LIFE,    LIFE,         "life",            "y",            0, "its life",       "The life of this mark: seen, peaks, treated, gone, back") \
    X(LIFE,    COMPARE,      "compare",         "c",            0, "compare",        "Compare two dates")                                       \
    X(TRENDS,  TREND_BY,     "trends-by",       "Tab",          0, "count by",       "Count by place, region, muscle, kind, client or all")     \
    X(TRENDS,  TREND_BY_BACK,"trends-by-back",  "Shift-Tab",    0, "count by",       "Count by the one before")                                 \
    X(TRENDS,  TREND_BUCKET, "trends-bucket",   "b",            0, "day/week/month", "By day, week or month")                                   \
    X(TRENDS,  TREND_SILENCE,"trends-silence",  "s",            0, "silence",        "Silence is a gap, or means gone")                         \
    X(TRENDS,  TREND_SHOW,   "trends-show",     "v",            0, "view",           "One plot, many small ones, or a calendar of days")        \
    X(TRENDS,  TREND_WHY,    "trends-why",      "f",            0, "why",            "Why the verdict says so: rule, figures, source")          \
    X(TRENDS,  TREND_PATTERNS,"trends-patterns","o",            0, "what comes back","What comes back, left and right, what follows training")  \
    X(REASON,  REASON,       "verdict-why",     "f",            0, "why",            "Why the verdict of this line says so: rule, figures, source") \
    X(COMPARE, COMPARE_DATE, "compare-date",    "Tab Shift-Tab",0, "other date",     "Which of the two dates the time keys move")               \
    X(COMPARE, COMPARE_SHOW, "compare-show",    "v",            0, "view",           "One body with signs, or two bodies, front or back")       \
    X(COMPARE, COMPARE_SPAN, "compare-span",    "w",            0, "how far apart",  "A week, four weeks, three months or a year apart, or the visit before")\
    X(COMPARE, COMPARE_WHY,  "compare-why",     "f",            0, "why",            "What the signs and measures mean: rule and source")       \
    X(PATTERNS,PATTERN_NEXT, "patterns-next",   "Tab",          0, "next page",      "Next page: comes back, sides, together, training, measures")\
    X(PATTERNS,PATTERN_PREV, "patterns-previous","Shift-Tab",   0, "page before",    "Page before")                                             \
    X(PATTERNS,PATTERN_SILENCE,"patterns-silence","s",          0, "silence",        "Silence leaves a place open, or means gone after four weeks")\
    X(PATTERNS,PATTERN_WHY,  "patterns-why",    "f",            0, "why",            "Rules and sources of this page")                          \
    X(FILTER,  FILTER_KEEP,  "filter-keep",     "s",            1, "keep filter",    "Keep what narrows this list under a name")                \
    X(FILTER,  FILTER_KEPT,  "filter-kept",     "o",            0, "kept filters",   "The filters that were kept")                              \
    X(FILTER,  FILTER_WORDS, "filter-words",    "w",            0, "words",          "Words that narrow: side: kind: area: sport: tissue: quality: age: ...") \
    X(FILTER,  FILTER_AGE,   "filter-age",      "a",            0, "by age",         "What is open, the place open longest first; or by time again") \
    X(FORM,    FIELD_NEXT,   "field-next",      "Tab Down j",   0, "next field",     "Next field")                                          \
    X(FORM,    FIELD_PREV,   "field-previous",  "Shift-Tab Up k", 0, "field before", "Field before")                                        \
    X(FORM,    CHOICE_PREV,  "choice-previous", "Left h",       0, "choose",         "Choice before")                                       \
    X(FORM,    CHOICE_NEXT,  "choice-next",     "Right l",      0, "choose",         "Next choice")                                         \
    X(FORM,    CHOICE_TICK,  "choice-tick",     "Space",        0, "tick",           "Tick or untick; else next choice")                    \
    X(FORM,    FIELD_CLEAR,  "field-clear",     "Ctrl-U",       0, "clear",          "Empty this field")                                    \
    X(FORM,    SAVE,         "save",            "Enter",        1, "save",           "Store what the form says")

typedef enum tui_action {
    ACT_NONE = -1,
#define X(ctx, id, name, keys, writes, hint, help) ACT_##id,
    TUI_ACTIONS(X)
#undef X
    ACT_COUNT
} tui_action;

typedef struct tui_action_row {
    tui_ctx ctx;
    const char *name, *keys;
    bool writes;
    const char *hint, *help;
} tui_action_row;

extern const tui_action_row tui_action_table[ACT_COUNT];
extern const char *const tui_ctx_name[CTX_COUNT];

#endif
