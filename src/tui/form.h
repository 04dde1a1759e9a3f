/** A form: fields that take text, one of several choices, or a set of ticks. */
#ifndef KNOTMAP_TUI_FORM_H
#define KNOTMAP_TUI_FORM_H

#include "field.h"
#include "view.h"

#define FORM_FIELDS 20

typedef enum form_kind { FORM_TEXT, FORM_CHOICE, FORM_SET } form_kind;

typedef struct form_field {
    const char *label;
    const char *help;          /**< what it takes, shown while it is selected */
    form_kind kind;
    tui_field text;
    const char **choice;       /**< n of them, in the form's memory */
    int n, at;
    uint32_t set;
    const char *unset;         /**< how a set without a tick reads; NULL: "none" */
    bool digits;               /**< choice 1 + d is the digit d */
} form_field;

typedef struct form_view form_view;

/** Store what the form says; false keeps it open (a message tells why). */
typedef bool (*form_save)(km_tui *t, form_view *f);

struct form_view {
    view base;
    char *title;
    form_field field[FORM_FIELDS];
    int n, sel, top;
    bool changed, asked;
    km_arena mem;
    form_save save;
    void *data;                /**< the record, in the form's memory */
};

form_view *tui_form_new(const char *title, form_save save);
form_field *tui_form_text(form_view *f, const char *label, const char *help, const char *value);
/** `choice` is copied. */
form_field *tui_form_choice(form_view *f, const char *label, const char *help,
                        const char *const *choice, int n, int at);
form_field *tui_form_set(form_view *f, const char *label, const char *help, km_vocab v,
                     uint32_t set);
/** A choice among the words of a vocabulary; an empty word reads "not said". */
form_field *tui_form_word(form_view *f, const char *label, const char *help, km_vocab v, int at);

/** The text of a field, NULL when it is empty. */
const char *tui_form_value(const form_view *f, int field);

/**
 * Read a time as people say it: what km_time_parse takes, and "18:30", "yesterday 18:30",
 * "this morning" and the like.
 */
km_status tui_form_when(km_instant *out, const char *text, km_instant now, km_error *err);

#endif
