/** The manual page, written from the tables. */
#include <string.h>

#include "command.h"

/* Text for roff: no letter of it is taken for a request or an escape. */
static void put_text(km_buf *out, const char *s)
{
    if (*s == '.' || *s == '\'')
        km_buf_puts(out, "\\&");
    for (; *s; s++) {
        if (*s == '\\')
            km_buf_puts(out, "\\e");
        else if (*s == '-')
            km_buf_puts(out, "\\-");
        else if (*s == '~')
            km_buf_puts(out, "\\(ti");
        else if (*s == '^')
            km_buf_puts(out, "\\(ha");
        else if (*s == '\n')
            km_buf_puts(out, "\n.br\n");
        else
            km_buf_putc(out, *s);
    }
}

static void put_option(km_buf *out, const km_opt_spec *o)
{
    km_buf words = { 0 };

    km_buf_puts(out, ".TP\n\\fB");
    put_text(out, "--");
    put_text(out, o->name);
    km_buf_puts(out, "\\fR");
    if (o->arg) {
        km_buf_puts(out, " \\fI");
        put_text(out, o->arg);
        km_buf_puts(out, "\\fR");
    }
    km_buf_putc(out, '\n');
    put_text(out, o->help);
    if (o->offer == OFFER_VOCAB || o->offer == OFFER_WORDS)
        km_offer_words(&words, NULL, o->offer, o->vocab, o->words);
    if (words.len > 0) {
        km_buf_puts(out, " (");
        for (const char *p = words.s; *p; p++) {
            const char one[] = { *p, '\0' };
            if (*p == ' ')
                km_buf_puts(out, ", ");
            else
                put_text(out, one);
        }
        km_buf_putc(out, ')');
    }
    km_buf_puts(out, o->many ? "; repeatable.\n" : ".\n");
    km_buf_clear(&words);
}

static void put_options(km_buf *out, const km_opt_spec *opt, int n)
{
    for (int i = 0; i < n; i++)
        put_option(out, &opt[i]);
}

static void put_examples(km_buf *out, const km_verb *v)
{
    for (const char *p = v->example; *p;) {
        size_t command = strcspn(p, "\t");
        size_t line = strcspn(p, "\n");
        km_buf part = { 0 };
        km_buf_puts(out, ".TP\n");
        km_buf_puts(&part, "knotmap ");
        km_buf_add(&part, p, command);
        put_text(out, part.s);
        km_buf_putc(out, '\n');
        km_buf_reset(&part);
        km_buf_add(&part, p + command + 1, line - command - 1);
        put_text(out, part.s);
        km_buf_puts(out, ".\n");
        km_buf_clear(&part);
        p += line + 1;
    }
}

static void put_verb(km_buf *out, const km_verb *v)
{
    km_buf_puts(out, ".SS \"");
    put_text(out, v->name);
    km_buf_puts(out, "\"\n.B knotmap ");
    put_text(out, v->name);
    km_buf_putc(out, '\n');
    for (int i = 0; i < KM_ARGS_MAX && v->arg[i].name; i++) {
        const km_arg_spec *a = &v->arg[i];
        km_buf text = { 0 };
        km_buf_printf(&text, a->optional ? "[%s%s]" : "%s%s", a->name, a->many ? "..." : "");
        km_buf_puts(out, ".I ");
        put_text(out, text.s);
        km_buf_putc(out, '\n');
        km_buf_clear(&text);
    }
    if (v->n_opt > 0)
        km_buf_puts(out, "[\\fIOPTION\\fR]...\n");
    km_buf_puts(out, ".PP\n");
    km_buf summary = { 0 };
    km_buf_puts(&summary, v->summary);
    if (summary.s[0] >= 'a' && summary.s[0] <= 'z')
        summary.s[0] = (char)(summary.s[0] - 'a' + 'A');
    put_text(out, summary.s);
    km_buf_puts(out, ".\n");
    km_buf_clear(&summary);
    for (int i = 0; i < KM_ARGS_MAX && v->arg[i].name; i++) {
        if (v->arg[i].offer != OFFER_WORDS || strstr(v->arg[i].words, "today"))
            continue; /* times are many more than those offered */
        put_text(out, v->arg[i].name);
        km_buf_puts(out, " is one of: ");
        put_text(out, v->arg[i].words);
        km_buf_puts(out, ".\n");
    }
    if (v->about[0]) {
        put_text(out, v->about);
        km_buf_putc(out, '\n');
    }
    put_options(out, v->opt, v->n_opt);
    put_examples(out, v);
}

static void put_keys(km_buf *out, const km_cli_key *key, int n)
{
    const char *context = NULL;

    if (n == 0)
        return;
    km_buf_puts(out, ".SH KEYS\n"
                     "The keys of the full screen; ? shows those of the view one is in.\n");
    for (int i = 0; i < n; i++) {
        if (context == NULL || strcmp(context, key[i].context) != 0) {
            context = key[i].context;
            km_buf_puts(out, ".SS \"");
            put_text(out, context);
            km_buf_puts(out, "\"\n");
        }
        km_buf_puts(out, ".TP\n\\fB\\&");
        if (!*key[i].keys)
            km_buf_putc(out, ':');
        put_text(out, *key[i].keys ? key[i].keys : key[i].name);
        km_buf_puts(out, "\\fR\n");
        put_text(out, key[i].help);
        km_buf_putc(out, '\n');
    }
}

/* What the tables do not say. Lines beginning with '.' are requests. */
static const char opening[] =
    ".SH NAME\n"
    "knotmap \\- a trigger\\-point body map for the terminal\n"
    ".SH SYNOPSIS\n"
    ".B knotmap\n"
    "[\\fIOPTION\\fR]...\n"
    ".br\n"
    ".B knotmap\n"
    "[\\fIOPTION\\fR]... \\fICOMMAND\\fR [\\fIARGUMENT\\fR]...\n"
    ".SH DESCRIPTION\n"
    "knotmap keeps where a body hurts: knots, pain, soreness, tightness and numbness, with\n"
    "where a trigger point commonly sends pain, what may explain a pain, and what to do about it.\n"
    "Without a command it opens the full\\-screen chart; with one it does that and never asks.\n"
    "What it names is a likely source, not a diagnosis.\n"
    ".PP\n"
    "A \\fIplace\\fR is SIDE:CODE, SIDE left or right, always the client's own, CODE a muscle or\n"
    "region of the atlas: left:upper_trapezius, right:knee_outer. A muscle may name a trigger\n"
    "point: left:infraspinatus:2. Midline places take no side: sternum.\n"
    ".PP\n"
    "\\fITimes\\fR are 2026\\-11\\-20, 2026\\-11\\-20T18:30, 2026\\-11\\-20T18:30:00Z, now,\n"
    "today, yesterday, and 7d, 3w, 6m, 1y: that long ago. Without an offset they are local.\n"
    ".PP\n"
    "\\fIRecords\\fR are printed as text for people, as csv (RFC 4180 with a header row) or as\n"
    "json (one array of objects whose keys are the csv columns). Scripts go by column name.\n";

static const char closing[] =
    ".SH EXIT STATUS\n"
    ".TP\n0\nDone; an empty listing too.\n"
    ".TP\n1\nThe answer is nothing, or a check found a fault.\n"
    ".TP\n64\nUnknown command or option, missing argument.\n"
    ".TP\n65\nA refused value.\n"
    ".TP\n66\nAn input file is missing or cannot be read.\n"
    ".TP\n69\nThe database is busy past its timeout.\n"
    ".TP\n70\nA fault of knotmap itself.\n"
    ".TP\n73\nAn output cannot be created.\n"
    ".TP\n74\nInput/output error, disk full.\n"
    ".TP\n77\nPermission denied.\n"
    ".SH ENVIRONMENT\n"
    ".TP\nKNOTMAP_DB\nThe database.\n"
    ".TP\nKNOTMAP_CLIENT\nWhose records, by name or id; me unless said.\n"
    ".TP\nKNOTMAP_NOW\nPins the clock to a time.\n"
    ".TP\nKNOTMAP_ASSETS\nA folder whose tables replace the atlas compiled in.\n"
    ".TP\nNO_COLOR\nWhen it is set and not empty, nothing is coloured.\n"
    ".TP\nXDG_DATA_HOME, XDG_CONFIG_HOME, XDG_STATE_HOME\n"
    "Where records, settings and the last view live, each in a folder knotmap.\n"
    ".SH FILES\n"
    ".TP\n~/.local/share/knotmap/knotmap.db\n"
    "The records. Copy it with knotmap backup, which is safe while knotmap is in use.\n"
    ".TP\n~/.config/knotmap/config\nKeys and colours.\n"
    ".TP\n~/.local/state/knotmap/state\nThe last view.\n";

void km_cli_man(km_buf *out, const km_cli_key *key, int n)
{
    km_buf_puts(out, ".TH KNOTMAP 1 \"\" \"knotmap " KM_VERSION "\" \"User Commands\"\n");
    km_buf_puts(out, opening);
    km_buf_puts(out, ".SH OPTIONS\nBefore or after the command; \\-\\- ends options.\n");
    put_options(out, km_globals, km_globals_n);
    km_buf_puts(out, ".SH COMMANDS\n");
    for (int i = 0; i < km_verbs_n; i++)
        put_verb(out, &km_verbs[i]);
    put_keys(out, key, n);
    km_buf_puts(out, closing);
}
