/** A command while it runs: its arguments, where its output goes, and helpers the verbs share. */
#ifndef KM_CLI_COMMAND_H
#define KM_CLI_COMMAND_H

#include <stdbool.h>
#include <stdint.h>

#include "knotmap/app.h"
#include "knotmap/atlas.h"
#include "knotmap/cli.h"
#include "knotmap/exchange.h"
#include "knotmap/topic.h"
#include "spec.h"

/* Leave the function with the status of the first step that fails. */
#define TRY(call)                                                                             \
    do {                                                                                      \
        km_status st_ = (call);                                                               \
        if (st_ != KM_OK)                                                                     \
            return st_;                                                                       \
    } while (0)

/** What the command line said. Borrowed from argv. */
typedef struct km_args {
    const km_verb *verb;       /**< NULL: no command */
    const char *family;        /**< "client" when only the family was named (with --help) */
    const char **pos;
    int n_pos;
    struct km_given {
        km_opt id;
        const char *value;     /**< NULL for a switch */
    } *given;
    int n_given;
} km_args;

/**
 * Read the arguments. KM_EUSAGE for an unknown command or option, a missing or surplus argument,
 * each with the nearest there is.
 */
km_status km_args_parse(km_args *out, int argc, char **argv, km_error *err);
void km_args_clear(km_args *a);
/** The verb or family a list of words names; NULL and KM_EUSAGE otherwise. */
km_status km_args_find(const km_verb **verb, const char **family, const char *const *word, int n,
                       int *used, km_error *err);

struct km_cli {
    km_args args;
    km_format format;
    bool ascii, color, quiet;
    int width;                 /**< of standard output, 0 when it is no terminal */
    int err_width;             /**< of standard error, likewise */
    km_app *app;               /**< NULL until km_need_app */
    const km_atlas *atlas;
    km_instant now;
    bool stored;               /**< something was committed: a failed print says so */
};

/**
 * Open the database. Verbs do so once their arguments are known to be good, so that a refused
 * command does not even create a file. `db` NULL: the one the global options name.
 */
km_status km_need_app(km_cli *c, const char *db, km_error *err);

/* ---- arguments ---- */

/** Whether an option was given. */
bool km_has(const km_cli *c, km_opt id);
/** Whether any option of the verb's own was given. */
bool km_has_own(const km_cli *c);
/** The value of its last occurrence, NULL when it was not given. */
const char *km_value(const km_cli *c, km_opt id);
/** The `i`th occurrence, NULL past the last. */
const char *km_value_nth(const km_cli *c, km_opt id, int i);

/** Read an option into `*out`, which is left alone when the option was not given. */
km_status km_opt_int(int *out, const km_cli *c, km_opt id, int low, int high, km_error *err);
km_status km_opt_real(double *out, const km_cli *c, km_opt id, double low, double high,
                      km_error *err);
km_status km_opt_word(int *out, const km_cli *c, km_opt id, km_vocab v, km_error *err);
/** A set from every occurrence, each of which may be a list. */
km_status km_opt_set(uint32_t *out, const km_cli *c, km_opt id, km_vocab v, km_error *err);
/** `end`: a day alone means its end, so that --until takes the day in. */
km_status km_opt_time(bool *has, km_instant *out, const km_cli *c, km_opt id, bool end,
                      km_error *err);
/** The same; `*day` when a day was said, of which an `end` is the next midnight. */
km_status km_opt_bound(bool *has, bool *day, km_instant *out, const km_cli *c, km_opt id, bool end,
                       km_error *err);
/** Index into blank-separated words. */
km_status km_opt_choice(int *out, const km_cli *c, km_opt id, const char *words, km_error *err);
/** A positional argument that is the id of a record. */
km_status km_arg_id(int64_t *out, const km_cli *c, int pos, km_error *err);
km_status km_opt_id(int64_t *out, const km_cli *c, km_opt id, km_error *err);
/** The code of a topic that an option names. */
km_status km_opt_topic(const char **code, const km_cli *c, km_opt id, km_topic_kind kind,
                       km_error *err);
/** The name of an option with its hyphens, for messages. */
const char *km_opt_name(const km_cli *c, km_opt id);

/** The places named by positional arguments from `first` on; caller frees `*out`. */
km_status km_arg_places(km_ref **out, size_t *n, const km_cli *c, int first, unsigned flags,
                        km_error *err);
/** Whether two arguments name one place. */
bool km_same_ref(const km_ref *a, const km_ref *b);
/** The complaint of --complaint, on the side of --side; `*given` false when none was named. */
km_status km_opt_trouble(km_trouble *out, bool *given, const km_cli *c, km_error *err);
/** Put its places before those that are there, each once. */
void km_add_trouble(km_ref **place, size_t *n, const km_trouble *t);
/**
 * Its caution, before anything else: on standard output in text, else on standard error; then
 * whether routines heed its condition. Needs the app.
 */
km_status km_say_caution(km_cli *c, const km_trouble *t, km_error *err);
/** The filter of marks and treatments; text is borrowed from atlas and arguments. */
km_status km_opt_filter(km_mark_filter *out, const km_cli *c, km_error *err);
/** The same over a filter that is there: what is not said stays. */
km_status km_opt_filter_over(km_mark_filter *io, const km_cli *c, km_error *err);

/** Below the card of a session: pages not looked at yet, and amendments. */
km_status km_tell_session_more(km_cli *c, int64_t id, km_error *err);

/** One session as a card, with the rest below it in text. */
km_status km_print_session(km_cli *c, int64_t id, km_error *err);

/* ---- output ---- */

/** Write to standard output; KM_EIO on failure. */
km_status km_print(km_cli *c, const char *text, km_error *err);
/** A listing on standard output in the chosen format. */
km_rows *km_listing(km_cli *c, const km_column *col, int n);
/** The same for records. */
km_rows *km_record_listing(km_cli *c, km_what what);
/** A listing of one record: text shows every column on a line of its own. */
km_rows *km_card(km_cli *c, const km_column *col, int n);
/** The same for records. */
km_rows *km_record_card(km_cli *c, km_what what);
/** A listing whose text has no headings. */
km_rows *km_bare_listing(km_cli *c, const km_column *col, int n);
/** End a listing; where text got no row, `none` says so on standard error. */
km_status km_listing_close(km_rows *r, km_cli *c, const char *none, km_error *err);
/** One line on standard error that is no failure; nothing with --quiet. */
void km_tell(const km_cli *c, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
/** A warning on standard error, with --quiet too. */
void km_warn(const km_cli *c, const char *text);

/** What the touched red flags say, on standard error, before anything else is printed. */
void km_notice(km_cli *c, const km_flag_hit *hit, size_t n);

/** Bytes to standard output; the km_write_fn of every listing. */
km_status km_stdout(void *ctx, const char *bytes, size_t n, km_error *err);

/* ---- made from the table ---- */

/** The overview, or the page of one verb or family. */
void km_help_overview(km_buf *out);
void km_help_verb(km_buf *out, const km_verb *v);
void km_help_family(km_buf *out, const char *family);
/** Completion scripts. */
void km_complete_bash(km_buf *out, const km_atlas *a);
void km_complete_zsh(km_buf *out, const km_atlas *a);
void km_complete_fish(km_buf *out, const km_atlas *a);
/** What a shell may offer, blank-separated. */
void km_offer_words(km_buf *out, const km_atlas *a, km_offer offer, km_vocab vocab,
                    const char *words);

/* ---- verbs ---- */

km_status km_run_mark(km_cli *c, km_error *err);
km_status km_run_marks(km_cli *c, km_error *err);
km_status km_run_unmark(km_cli *c, km_error *err);
km_status km_run_edit(km_cli *c, km_error *err);
km_status km_run_undo(km_cli *c, km_error *err);
km_status km_run_redo(km_cli *c, km_error *err);
km_status km_run_refer(km_cli *c, km_error *err);
km_status km_run_find(km_cli *c, km_error *err);
km_status km_run_explain(km_cli *c, km_error *err);
km_status km_run_routine(km_cli *c, km_error *err);
km_status km_run_done(km_cli *c, km_error *err);
km_status km_run_treatments(km_cli *c, km_error *err);
km_status km_run_chart(km_cli *c, km_error *err);
km_status km_run_client_add(km_cli *c, km_error *err);
km_status km_run_client_list(km_cli *c, km_error *err);
km_status km_run_client_show(km_cli *c, km_error *err);
km_status km_run_client_edit(km_cli *c, km_error *err);
km_status km_run_client_archive(km_cli *c, km_error *err);
km_status km_run_client_erase(km_cli *c, km_error *err);
km_status km_run_session_start(km_cli *c, km_error *err);
km_status km_run_session_end(km_cli *c, km_error *err);
km_status km_run_session_list(km_cli *c, km_error *err);
km_status km_run_session_show(km_cli *c, km_error *err);
km_status km_run_session_edit(km_cli *c, km_error *err);
km_status km_run_session_note(km_cli *c, km_error *err);
km_status km_run_checkin(km_cli *c, km_error *err);
km_status km_run_aftercare(km_cli *c, km_error *err);
km_status km_run_courses(km_cli *c, km_error *err);
km_status km_run_plan(km_cli *c, km_error *err);
km_status km_run_due(km_cli *c, km_error *err);
km_status km_run_helped(km_cli *c, km_error *err);
km_status km_run_causes(km_cli *c, km_error *err);
km_status km_run_soreness(km_cli *c, km_error *err);
km_status km_run_flexibility(km_cli *c, km_error *err);
km_status km_run_recovery(km_cli *c, km_error *err);
km_status km_run_ready(km_cli *c, km_error *err);
km_status km_run_problem(km_cli *c, km_error *err);
km_status km_run_problems(km_cli *c, km_error *err);
km_status km_run_goal_add(km_cli *c, km_error *err);
km_status km_run_goal_list(km_cli *c, km_error *err);
km_status km_run_goal_show(km_cli *c, km_error *err);
km_status km_run_goal_edit(km_cli *c, km_error *err);
km_status km_run_goal_remove(km_cli *c, km_error *err);
km_status km_run_session_check(km_cli *c, km_error *err);
km_status km_run_session_sign(km_cli *c, km_error *err);
km_status km_run_session_amendments(km_cli *c, km_error *err);
km_status km_run_session_pairs(km_cli *c, km_error *err);
km_status km_run_routines_list(km_cli *c, km_error *err);
km_status km_run_routines_show(km_cli *c, km_error *err);
km_status km_run_routines_edit(km_cli *c, km_error *err);
km_status km_run_routines_remove(km_cli *c, km_error *err);
km_status km_run_routines_handout(km_cli *c, km_error *err);
km_status km_run_checkins(km_cli *c, km_error *err);
km_status km_run_trend(km_cli *c, km_error *err);
km_status km_run_compare(km_cli *c, km_error *err);
km_status km_run_episodes(km_cli *c, km_error *err);
km_status km_run_recurrence(km_cli *c, km_error *err);
km_status km_run_together(km_cli *c, km_error *err);
km_status km_run_balance(km_cli *c, km_error *err);
km_status km_run_follow(km_cli *c, km_error *err);
km_status km_run_load(km_cli *c, km_error *err);
km_status km_run_summary(km_cli *c, km_error *err);
km_status km_run_news(km_cli *c, km_error *err);
km_status km_run_filter_save(km_cli *c, km_error *err);
km_status km_run_filter_list(km_cli *c, km_error *err);
km_status km_run_filter_remove(km_cli *c, km_error *err);
km_status km_run_import(km_cli *c, km_error *err);
km_status km_run_export(km_cli *c, km_error *err);
km_status km_run_backup(km_cli *c, km_error *err);
km_status km_run_verify(km_cli *c, km_error *err);
km_status km_run_atlas(km_cli *c, km_error *err);
km_status km_run_demo(km_cli *c, km_error *err);
km_status km_run_completion(km_cli *c, km_error *err);
km_status km_run_help(km_cli *c, km_error *err);

#endif
