/** Help, written from the table of verbs. */
#include <string.h>

#include "command.h"

#define HELP_WIDTH 79
#define COMMAND_COLUMN 20

static void put_padded(km_buf *out, const char *s, int width)
{
    km_buf_puts(out, s);
    for (int n = (int)strlen(s); n < width; n++)
        km_buf_putc(out, ' ');
}

static void put_option_head(km_buf *out, const km_opt_spec *o)
{
    km_buf_printf(out, "--%s", o->name);
    if (o->arg)
        km_buf_printf(out, " %s", o->arg);
}

/* Words of a choice as "one of a, b, c". */
static void put_choice(km_buf *out, const km_opt_spec *o)
{
    km_buf words = { 0 };

    if (o->offer == OFFER_VOCAB || o->offer == OFFER_WORDS)
        km_offer_words(&words, NULL, o->offer, o->vocab, o->words);
    if (words.len > 0) {
        bool time = o->words && strstr(o->words, "today");
        km_buf_puts(out, time ? " (2026-11-20T18:30, 7d, " : " (");
        for (const char *p = words.s; *p; p++) {
            if (*p == ' ')
                km_buf_puts(out, ", ");
            else
                km_buf_putc(out, *p);
        }
        km_buf_putc(out, ')');
    }
    km_buf_clear(&words);
}

static void put_options(km_buf *out, const km_opt_spec *opt, int n)
{
    int widest = 0;

    for (int i = 0; i < n; i++) {
        int w = (int)strlen(opt[i].name) + 2 + (opt[i].arg ? (int)strlen(opt[i].arg) + 1 : 0);
        if (w > widest)
            widest = w;
    }
    for (int i = 0; i < n; i++) {
        km_buf head = { 0 };
        km_buf text = { 0 };
        km_buf lines = { 0 };
        put_option_head(&head, &opt[i]);
        km_buf_puts(out, "  ");
        put_padded(out, km_buf_str(&head), widest + 2);
        km_buf_puts(&text, opt[i].help);
        put_choice(&text, &opt[i]);
        if (opt[i].many)
            km_buf_puts(&text, "; repeatable");
        km_wrap_print(&lines, km_buf_str(&text), widest + 4, HELP_WIDTH, false);
        const char *s = km_buf_str(&lines);
        km_buf_puts(out, s + strspn(s, " "));
        km_buf_clear(&lines);
        km_buf_clear(&text);
        km_buf_clear(&head);
    }
}

void km_help_verb(km_buf *out, const km_verb *v)
{
    km_buf text = { 0 };
    km_buf lines = { 0 };

    km_buf_printf(&text, "knotmap %s: %s", v->name, v->summary);
    km_wrap_print(out, km_buf_str(&text), 0, HELP_WIDTH, false);
    km_buf_reset(&text);
    km_buf_puts(out, "\nUsage:\n");
    km_buf_puts(&text, "knotmap ");
    km_buf_puts(&text, v->name);
    for (int i = 0; i < KM_ARGS_MAX && v->arg[i].name; i++) {
        const km_arg_spec *a = &v->arg[i];
        km_buf_printf(&text, a->optional ? " [%s%s]" : " %s%s", a->name, a->many ? "..." : "");
    }
    if (v->n_opt > 0)
        km_buf_puts(&text, " [OPTION]...");
    km_wrap_print(&lines, km_buf_str(&text), 2, HELP_WIDTH, false);
    km_buf_puts(out, km_buf_str(&lines));
    for (int i = 0; i < KM_ARGS_MAX && v->arg[i].name; i++) {
        if (v->arg[i].offer != OFFER_WORDS || strstr(v->arg[i].words, "today"))
            continue; /* times are many more than those offered */
        km_buf_reset(&text);
        km_buf_printf(&text, "%s is one of: %s", v->arg[i].name, v->arg[i].words);
        km_buf_putc(out, '\n');
        km_wrap_print(out, km_buf_str(&text), 0, HELP_WIDTH, false);
    }
    if (v->about[0]) {
        km_buf_putc(out, '\n');
        km_wrap_print(out, v->about, 0, HELP_WIDTH, false);
    }
    if (v->n_opt > 0) {
        km_buf_puts(out, "\nOptions:\n");
        put_options(out, v->opt, v->n_opt);
    }
    km_buf_puts(out, "\nGlobal options:\n");
    put_options(out, km_globals, km_globals_n);
    bool several = strchr(strchr(v->example, '\n') + 1, '\n') != NULL;
    km_buf_puts(out, several ? "\nExamples:\n" : "\nExample:\n");
    for (const char *p = v->example; *p;) {
        size_t command = strcspn(p, "\t");
        size_t line = strcspn(p, "\n");
        km_buf_puts(out, "  knotmap ");
        km_buf_add(out, p, command);
        km_buf_puts(out, "\n      ");
        km_buf_add(out, p + command + 1, line - command - 1);
        km_buf_putc(out, '\n');
        p += line + 1;
    }
    km_buf_clear(&text);
    km_buf_clear(&lines);
}

static void put_summary(km_buf *out, const char *name, const char *summary)
{
    km_buf_puts(out, "  ");
    put_padded(out, name, COMMAND_COLUMN);
    km_buf_printf(out, "%s\n", summary);
}

void km_help_family(km_buf *out, const char *family)
{
    size_t n = strlen(family);

    km_buf_printf(out, "knotmap %s: %s\n\nCommands:\n", family, km_family_summary(family));
    for (int i = 0; i < km_verbs_n; i++) {
        if (strncmp(km_verbs[i].name, family, n) == 0 && km_verbs[i].name[n] == ' ')
            put_summary(out, km_verbs[i].name, km_verbs[i].summary);
    }
    km_buf_printf(out, "\nMore about one: knotmap help %s COMMAND\n", family);
}

void km_help_overview(km_buf *out)
{
    km_buf_puts(out,
                "knotmap: a trigger-point body map for the terminal\n"
                "\n"
                "Usage:\n"
                "  knotmap [OPTION]...                     open the full-screen chart\n"
                "  knotmap [OPTION]... COMMAND [ARGUMENT]...\n"
                "\n"
                "Commands:\n");
    for (int i = 0; i < km_verbs_n; i++)
        put_summary(out, km_verbs[i].name, km_verbs[i].summary);
    km_buf_puts(out, "\nGlobal options, before or after the command:\n");
    put_options(out, km_globals, km_globals_n);
    km_buf_puts(out,
                "\n"
                "A place is SIDE:CODE, the side the client's own: left:upper_trapezius, sternum,\n"
                "left:infraspinatus:2 for a trigger point. Times: 2026-11-20, 2026-11-20T18:30,\n"
                "now, today, yesterday, 7d, 3w, 6m, 1y.\n"
                "\n"
                "Exit codes: 0 done, 1 the answer is nothing, 64 usage, 65 a refused value,\n"
                "66 input missing, 69 database busy, 70 internal fault, 73 output cannot be\n"
                "created, 74 input/output error, 77 permission denied.\n"
                "\n"
                "More about one command, with examples: knotmap help COMMAND\n");
}

km_status km_run_help(km_cli *c, km_error *err)
{
    km_buf text = { 0 };
    km_status st = KM_OK;

    if (c->args.n_pos == 0) {
        km_help_overview(&text);
    } else {
        const km_verb *verb;
        const char *family;
        int used;
        st = km_args_find(&verb, &family, c->args.pos, c->args.n_pos, &used, err);
        if (st == KM_OK && used < c->args.n_pos)
            st = km_fail(err, KM_EUSAGE, "help: %s: one argument too many", c->args.pos[used]);
        if (st == KM_OK && verb)
            km_help_verb(&text, verb);
        else if (st == KM_OK)
            km_help_family(&text, family);
    }
    if (st == KM_OK)
        st = km_print(c, km_buf_str(&text), err);
    km_buf_clear(&text);
    return st;
}
