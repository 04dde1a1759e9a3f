/**
 * What the files of the screen share: the screen's state, the shape of a view, messages.
 *
 * A view is state, a pure painter and a reaction: `load` queries the app, `paint` fills cells
 * from what was loaded, `act` changes state or asks the app.
 */
#ifndef KNOTMAP_TUI_VIEW_H
#define KNOTMAP_TUI_VIEW_H

#include "actions.h"
#include "keymap.h"
#include "knotmap/chart.h"
#include "knotmap/tui.h"
#include "timeline.h"

typedef struct view view;
struct tui_hint;

#define VIEW_CTX_MAX 8

typedef struct view_ops {
    const char *title;
    bool overlay;      /**< what lies below is painted first */
    bool in_chart;     /**< the chart's ink may change under it */
    bool in_time;      /**< it shows the moment that was chosen: loads again when that changes */
    /** The contexts offered now, the nearest first; CORE and GLOBAL are added unless `field`. */
    int (*contexts)(const view *v, tui_ctx out[VIEW_CTX_MAX]);
    /** A key before any keymap: text fields take their runes here. True when it was taken. */
    bool (*key)(km_tui *t, view *v, km_key key);
    /** Whether letters are text just now: hints then name keys that are no letters. NULL: no. */
    bool (*typing)(const view *v);
    void (*act)(km_tui *t, view *v, tui_action action, int arg);
    /** Query the app; called when the records or the client changed. May be NULL. */
    void (*load)(km_tui *t, view *v);
    void (*paint)(km_tui *t, view *v, km_grid *g, km_rect r);
    void (*mouse)(km_tui *t, view *v, const km_mouse *m);
    /** Add to the last line what can be done now, with tui_hint_add; may be NULL. */
    void (*hint)(km_tui *t, view *v, struct tui_hint *h);
    /** Esc: true when the view took a step back of its own. May be NULL. */
    bool (*back)(km_tui *t, view *v);
    /** Free everything but the view itself. */
    void (*clear)(view *v);
    /** Time passed; called wherever the view stands on the stack; whether it looks different. May be NULL. */
    bool (*tick)(km_tui *t, view *v);
    /** Milliseconds until its next tick, 1 and more. NULL: it needs none. */
    int (*wait)(const km_tui *t, const view *v);
} view_ops;

struct view {
    const view_ops *ops;
    view *below;
    uint64_t seen_revision, seen_epoch; /**< of what was loaded */
    bool loaded;
};

#define TUI_MESSAGES 8
#define TUI_SPOTS 20

typedef struct tui_message {
    km_role role;
    char text[800];
} tui_message;

struct km_tui {
    km_app *app;
    const km_atlas *atlas;
    km_chart *chart;
    tui_keymap keymap;
    km_look look[2][KM_ROLE_COUNT]; /**< without and with colour */
    bool ascii, color, mouse_on, done, bell, redraw, pasting;
    bool no_bell, no_flash; /**< while a routine is followed */
    double (*clock)(void);  /**< seconds of a clock that never goes back */
    char *state_file;

    view *top;
    struct { int x, w; tui_action action; } spot[TUI_SPOTS]; /**< of the last line, for clicks */
    int n_spot;
    tui_message message[TUI_MESSAGES]; /**< the first is on the screen */
    int n_message;
    int w, h;               /**< of the last picture */

    km_instant now;
    km_day today;
    uint64_t epoch;         /**< grows when another client is chosen */
    uint64_t seen_revision, seen_epoch;
    bool loaded;
    km_arena mem;           /**< of client and session below */
    km_client client;
    km_session session;
    bool in_session;

    tui_time time;          /**< which moment is shown */
    km_kind kind;           /**< of the next mark */
    km_chart_style style;
    km_buf flags_answered;  /**< places whose first questions were answered in this run */
    km_buf flags_true;      /**< of these, the ones that bar a routine until they are not true */
    km_buf warning;         /**< of a red flag that is present; stays in sight */

    bool (*waiter)(void *ctx, km_tui *t, int ms);
    void *waiter_ctx;
    bool waiting, gave_up;
    km_key *ahead;          /**< keys typed while a write waited */
    int n_ahead, cap_ahead;
};

/* ---- the stack ---- */
/** Put a view on top; it belongs to the stack and is freed by it. */
void tui_push(km_tui *t, view *v);
/** Take the top view off (never the last, the body). */
void tui_pop(km_tui *t);
/** Take views off until the body is on top. */
void tui_pop_to_body(km_tui *t);
view *tui_body(const km_tui *t);
/** Load what is on the screen when records or client changed. */
void tui_refresh(km_tui *t);
/** Run an action in the view on top, as its key would. */
void tui_run(km_tui *t, tui_action action, int arg);
/** The contexts of a view with CORE and GLOBAL; `out` holds VIEW_CTX_MAX + 2. */
int tui_contexts(const view *v, tui_ctx *out);
/** Whether an action may be offered: not a writing one on a read-only file. */
bool tui_offers(const km_tui *t, tui_action action);

/** Whether the key of an action says a number: from a menu or a click it is asked for. */
bool tui_takes_digit(const km_tui *t, tui_action action);

/* ---- the last line ---- */
void tui_say(km_tui *t, km_role role, const char *fmt, ...) __attribute__((format(printf, 3, 4)));
/** Show a failure with its mend. */
void tui_fail(km_tui *t, const km_error *err);
/** "WHAT. u undoes." with the key undo has. */
void tui_stored(km_tui *t, const char *what);
/** That, or the failure, as `st` says; true when it was stored. */
bool tui_done(km_tui *t, km_status st, const char *what, const km_error *err);

/** The message on the screen gives way to the next. */
void tui_drop_message(km_tui *t);
/** Paint message or hint over the last lines. */
void tui_paint_last(km_tui *t, km_grid *g);
/** A click on the last line does what it names; a digit is asked for. */
void tui_click_hint(km_tui *t, int x);

/** The last line as it is being put together. */
typedef struct tui_hint {
    km_tui *t;
    km_buf text;
    int width;      /**< columns there are */
    int used;
} tui_hint;

/** Add "KEY words" of an action; `words` NULL takes the table's; left out when it does not fit. */
void tui_hint_add(tui_hint *h, tui_action action, const char *words);
/** Add the fixed keys of a prompt, which no setting changes. */
void tui_hint_fixed(tui_hint *h, const char *text);

/* ---- painting ---- */
/** First line: client, title, open session, day. Returns the rectangle below it. */
km_rect tui_header(const km_tui *t, km_grid *g, km_rect r, const char *title);
/** Put the hardware cursor at a cell of `r`, when it is inside. */
void tui_cursor(km_grid *g, km_rect r, int y, int x);
/** The separator between short items: a middle dot or its ASCII twin. */
const char *tui_dot(const km_tui *t);

/* ---- views ---- */
view *tui_body_new(km_tui *t);
view *tui_menu_new(km_tui *t, bool help);
/** The numbers an action takes, to choose from by key or mouse. */
view *tui_digits_new(km_tui *t, tui_action action);
view *tui_find_new(km_tui *t);
view *tui_history_new(km_tui *t);
/** The history, narrowed by a filter line. */
view *tui_history_filtered(km_tui *t, const char *line);
view *tui_trends_new(km_tui *t);
/** The same counted by `by` (km_by), with the row of this key selected; KM_SIDE_COUNT: any side. */
view *tui_trends_at(km_tui *t, int by, const char *key, km_side side);
/** Two dates: the one shown, and `back` days before it. */
view *tui_compare_new(km_tui *t, int back);
/** What comes back, sides, what goes together, training, measures. */
view *tui_patterns_new(km_tui *t);
/** The same from one of its pages on (patterns_page). */
view *tui_patterns_at(km_tui *t, int page);
/** The client on one page; every line opens what it is about. */
view *tui_summary_new(km_tui *t);
/** The life of a place; of the kind too when it is not -1. */
view *tui_life_new(km_tui *t, const km_place *place, int kind);
/** Filters that were kept. */
view *tui_filters_new(km_tui *t);
/** The words of a filter line, each with what it may say. */
view *tui_filter_words_new(km_tui *t);
view *tui_clients_new(km_tui *t);
view *tui_visit_new(km_tui *t);
view *tui_atlas_view_new(km_tui *t);
view *tui_day_new(km_tui *t);
/** What troubles you? The complaints, each with its caution first. */
view *tui_trouble_new(km_tui *t);

/** Ask for one line of text; `done` gets it on Enter, and returns false to keep asking. */
typedef bool (*ask_done)(km_tui *t, void *ctx, const char *text);
view *tui_ask_new(const char *label, const char *text, ask_done done, ask_done change, void *ctx);

/* ---- settings ---- */
/** Default looks. */
void tui_look_defaults(km_tui *t);
/** Read "NAME [NAME] [bold] ..." for a role. */
km_status tui_look_parse(km_tui *t, km_role role, const char *text, km_error *err);
/** Read the settings file; every bad line becomes a message. */
void tui_config_read(km_tui *t, const char *file);
/** Read and write where the person was; a broken file is ignored. */
void tui_state_read(km_tui *t, bool keep_client);
void tui_state_write(km_tui *t);

/** Choose a client and load everything anew. */
bool tui_choose_client(km_tui *t, const char *name_or_id);

#endif
