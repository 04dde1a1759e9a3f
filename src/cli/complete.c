/** Completion scripts, written from the table of verbs and the atlas. */
#include <string.h>

#include "command.h"
#include "knotmap/safety.h"

static void add_word(km_buf *out, const char *prefix, const char *word)
{
    if (out->len > 0)
        km_buf_putc(out, ' ');
    km_buf_puts(out, prefix);
    km_buf_puts(out, word);
}

static void add_sided(km_buf *out, const char *code, bool midline)
{
    if (midline) {
        add_word(out, "", code);
        return;
    }
    add_word(out, "left:", code);
    add_word(out, "right:", code);
}

static void offer_points(km_buf *out, const km_atlas *a)
{
    for (int i = 0; i < a->n_muscle; i++) {
        const km_muscle *m = &a->muscle[i];
        add_word(out, "", m->code);
        for (int k = 0; k < m->n_point; k++) {
            add_word(out, "", m->code);
            km_buf_printf(out, ":%d", a->point[m->first_point + k].tp);
        }
    }
}

/* First words of all commands, each once. */
static void offer_commands(km_buf *out)
{
    for (int i = 0; i < km_verbs_n; i++) {
        size_t n = strcspn(km_verbs[i].name, " ");
        if (i > 0 && strncmp(km_verbs[i - 1].name, km_verbs[i].name, n) == 0 &&
            km_verbs[i - 1].name[n] == ' ')
            continue;
        add_word(out, "", "");
        km_buf_add(out, km_verbs[i].name, n);
    }
}

static void offer_flags(km_buf *out, const km_atlas *a)
{
    size_t n;
    const km_flag *flag = km_safety_flags(a, &n);

    for (size_t i = 0; i < n; i++)
        add_word(out, "", flag[i].code);
}

static void offer_topics(km_buf *out, const km_atlas *a, km_topic_kind kind)
{
    for (int i = 0; i < km_topic_n(a, kind); i++)
        add_word(out, "", km_topic_cell(a, kind, i, "code"));
}

void km_offer_words(km_buf *out, const km_atlas *a, km_offer offer, km_vocab vocab,
                    const char *words)
{
    size_t n;

    switch (offer) {
    case OFFER_WORDS:
        km_buf_puts(out, words);
        break;
    case OFFER_VOCAB: {
        const char *const *word = km_words(vocab, &n);
        for (size_t i = 0; i < n; i++) {
            if (word[i][0])
                add_word(out, "", word[i]);
        }
        break;
    }
    case OFFER_PLACE:
        for (int i = 0; i < a->n_region; i++)
            add_sided(out, a->region[i].code, a->region[i].midline);
        for (int i = 0; i < a->n_muscle; i++)
            add_sided(out, a->muscle[i].code, a->muscle[i].midline);
        break;
    case OFFER_REGION:
        for (int i = 0; i < a->n_region; i++)
            add_word(out, "", a->region[i].code);
        break;
    case OFFER_MUSCLE:
        for (int i = 0; i < a->n_muscle; i++)
            add_word(out, "", a->muscle[i].code);
        for (int i = 0; i < a->n_group; i++)
            add_word(out, "", a->group[i].code);
        break;
    case OFFER_POINT:
        offer_points(out, a);
        break;
    case OFFER_FLAG:
        offer_flags(out, a);
        break;
    case OFFER_AREA:
    case OFFER_SPORT:
    case OFFER_PROFILE:
    case OFFER_COMPLAINT:
        offer_topics(out, a, (km_topic_kind)(offer - OFFER_AREA));
        break;
    case OFFER_COMMAND:
        offer_commands(out);
        break;
    case OFFER_NOTHING:
    case OFFER_FILE:
        break;
    }
}

/* The long lists stand once in a script, under these names. */
static const struct {
    km_offer offer;
    const char *name;
} long_list[] = {
    { OFFER_PLACE, "place" },   { OFFER_REGION, "region" }, { OFFER_MUSCLE, "muscle" },
    { OFFER_POINT, "point" },   { OFFER_FLAG, "flag" },     { OFFER_COMMAND, "command" },
    { OFFER_AREA, "area" },     { OFFER_SPORT, "sport" },   { OFFER_PROFILE, "profile" },
    { OFFER_COMPLAINT, "complaint" },
};

enum { LONG_LISTS = sizeof long_list / sizeof *long_list };

static const char *long_name(km_offer offer)
{
    for (int i = 0; i < LONG_LISTS; i++) {
        if (long_list[i].offer == offer)
            return long_list[i].name;
    }
    return NULL;
}

static bool is_family_head(int verb, size_t *len)
{
    const char *name = km_verbs[verb].name;

    *len = strcspn(name, " ");
    if (name[*len] != ' ')
        return false;
    return verb == 0 || strncmp(km_verbs[verb - 1].name, name, *len + 1) != 0;
}

/* "client|session", as a pattern of a case. */
static void put_families(km_buf *out)
{
    bool first = true;

    for (int i = 0; i < km_verbs_n; i++) {
        size_t n;
        if (!is_family_head(i, &n))
            continue;
        if (!first)
            km_buf_putc(out, '|');
        km_buf_add(out, km_verbs[i].name, n);
        first = false;
    }
}

/* Second words of a family. */
static void put_members(km_buf *out, const char *family, size_t n)
{
    bool first = true;

    for (int i = 0; i < km_verbs_n; i++) {
        if (strncmp(km_verbs[i].name, family, n) != 0 || km_verbs[i].name[n] != ' ')
            continue;
        km_buf_printf(out, first ? "%s" : " %s", km_verbs[i].name + n + 1);
        first = false;
    }
}

/* "--db|--client|...": every option that takes a value. */
static void put_value_options(km_buf *out)
{
    km_buf seen = { 0 };

    for (int v = -1; v < km_verbs_n; v++) {
        const km_opt_spec *opt = v < 0 ? km_globals : km_verbs[v].opt;
        int n = v < 0 ? km_globals_n : km_verbs[v].n_opt;
        for (int i = 0; i < n; i++) {
            char name[80];
            snprintf(name, sizeof name, "|--%s|", opt[i].name);
            if (!opt[i].arg || strstr(km_buf_str(&seen), name))
                continue;
            km_buf_puts(&seen, seen.len ? name + 1 : name);
        }
    }
    km_buf_add(out, seen.s + 1, seen.len - 2);
    km_buf_clear(&seen);
}

static void put_option_names(km_buf *out, const km_opt_spec *opt, int n)
{
    for (int i = 0; i < n; i++)
        km_buf_printf(out, "%s--%s", i > 0 ? " " : "", opt[i].name);
}

/* What bash and zsh share: `reply` is how a list is offered, `files` how files are. */
typedef struct shell {
    const char *reply;   /* "reply WORDS" */
    const char *files;
} shell;

static void put_offer(km_buf *out, const shell *sh, km_offer offer, km_vocab vocab,
                      const char *words)
{
    km_buf list = { 0 };

    if (offer == OFFER_FILE) {
        km_buf_printf(out, "%s ;;\n", sh->files);
    } else if (long_name(offer)) {
        km_buf_printf(out, "%s \"$_knotmap_%s\" ;;\n", sh->reply, long_name(offer));
    } else {
        km_offer_words(&list, NULL, offer, vocab, words);
        km_buf_printf(out, "%s \"%s\" ;;\n", sh->reply, km_buf_str(&list));
    }
    km_buf_clear(&list);
}

static void put_long_lists(km_buf *out, const km_atlas *a)
{
    for (int i = 0; i < LONG_LISTS; i++) {
        km_buf_printf(out, "_knotmap_%s='", long_list[i].name);
        km_buf list = { 0 };
        km_offer_words(&list, a, long_list[i].offer, 0, NULL);
        km_buf_puts(out, km_buf_str(&list));
        km_buf_clear(&list);
        km_buf_puts(out, "'\n");
    }
}

/* The three cases: values of options, names of options, arguments. */
static void put_cases(km_buf *out, const shell *sh)
{
    km_buf_puts(out, "    if [[ -n $opt ]]; then\n        case \"$cmd $opt\" in\n");
    for (int v = 0; v < km_verbs_n; v++) {
        for (int i = 0; i < km_verbs[v].n_opt; i++) {
            const km_opt_spec *o = &km_verbs[v].opt[i];
            if (!o->arg)
                continue;
            km_buf_printf(out, "        '%s --%s') ", km_verbs[v].name, o->name);
            put_offer(out, sh, o->offer, o->vocab, o->words);
        }
    }
    for (int i = 0; i < km_globals_n; i++) {
        const km_opt_spec *o = &km_globals[i];
        if (!o->arg)
            continue;
        km_buf_printf(out, "        *' --%s') ", o->name);
        put_offer(out, sh, o->offer, o->vocab, o->words);
    }
    km_buf_puts(out, "        esac\n    elif [[ $cur == -* ]]; then\n        case $cmd in\n");
    for (int v = 0; v < km_verbs_n; v++) {
        km_buf_printf(out, "        '%s') %s \"$_knotmap_global ", km_verbs[v].name, sh->reply);
        put_option_names(out, km_verbs[v].opt, km_verbs[v].n_opt);
        km_buf_puts(out, "\" ;;\n");
    }
    km_buf_printf(out, "        *) %s \"$_knotmap_global\" ;;\n", sh->reply);
    km_buf_puts(out, "        esac\n    else\n        case \"$cmd $nth\" in\n");
    km_buf_printf(out, "        ' 0') %s \"$_knotmap_command\" ;;\n", sh->reply);
    for (int v = 0; v < km_verbs_n; v++) {
        size_t n;
        if (is_family_head(v, &n)) {
            km_buf_printf(out, "        '%.*s 0') %s \"", (int)n, km_verbs[v].name, sh->reply);
            put_members(out, km_verbs[v].name, n);
            km_buf_puts(out, "\" ;;\n");
        }
        for (int i = 0; i < KM_ARGS_MAX && km_verbs[v].arg[i].name; i++) {
            const km_arg_spec *arg = &km_verbs[v].arg[i];
            if (arg->many)
                km_buf_printf(out, "        '%s '*) ", km_verbs[v].name);
            else
                km_buf_printf(out, "        '%s %d') ", km_verbs[v].name, i);
            put_offer(out, sh, arg->offer, 0, arg->words);
        }
    }
    km_buf_puts(out, "        esac\n    fi\n");
}

/* Walk over the words before the cursor; sets cmd, nth and opt. */
static void put_walk(km_buf *out, const char *first, const char *last)
{
    km_buf_printf(out,
                  "    local cmd= opt= nth=0 i w\n"
                  "    for ((i = %s; i < %s; i++)); do\n"
                  "        w=${words[i]}\n"
                  "        case $w in\n"
                  "        ",
                  first, last);
    put_value_options(out);
    km_buf_printf(out,
                  ")\n"
                  "            ((i++))\n"
                  "            ((i == %s)) && opt=$w ;;\n"
                  "        -?*) ;;\n"
                  "        *)\n"
                  "            case $cmd in\n"
                  "            '') cmd=$w ;;\n"
                  "            ",
                  last);
    put_families(out);
    km_buf_puts(out, ") cmd=\"$cmd $w\" ;;\n"
                     "            *) ((nth++)) ;;\n"
                     "            esac ;;\n"
                     "        esac\n"
                     "    done\n"
                     "    if [[ -z $opt && $cur == --*=* ]]; then\n"
                     "        opt=${cur%%=*}\n"
                     "        cur=${cur#*=}\n"
                     "    fi\n");
}

static void put_globals(km_buf *out)
{
    km_buf_puts(out, "_knotmap_global='");
    put_option_names(out, km_globals, km_globals_n);
    km_buf_puts(out, "'\n");
}

void km_complete_bash(km_buf *out, const km_atlas *a)
{
    static const shell sh = { "_knotmap_reply", "compopt -o default" };

    km_buf_puts(out, "# bash completion for knotmap\n");
    put_long_lists(out, a);
    put_globals(out);
    /* Bash splits words at ":" and "=", so that only what follows the last of them is replaced. */
    km_buf_puts(out,
                "_knotmap_reply() {\n"
                "    local head=\n"
                "    COMPREPLY=($(compgen -W \"$1\" -- \"$cur\"))\n"
                "    if [[ $cur == *:* && $COMP_WORDBREAKS == *:* ]]; then\n"
                "        head=${cur%\"${cur##*:}\"}\n"
                "        COMPREPLY=(\"${COMPREPLY[@]#\"$head\"}\")\n"
                "    fi\n"
                "}\n"
                "_knotmap() {\n"
                "    local line=${COMP_LINE:0:COMP_POINT} words cur\n"
                "    read -ra words <<<\"$line\"\n"
                "    [[ $line == *[[:space:]] ]] && words+=('')\n"
                "    local last=$((${#words[@]} - 1))\n"
                "    cur=${words[last]}\n"
                "    COMPREPLY=()\n");
    put_walk(out, "1", "last");
    put_cases(out, &sh);
    km_buf_puts(out, "}\ncomplete -F _knotmap knotmap\n");
}

void km_complete_zsh(km_buf *out, const km_atlas *a)
{
    static const shell sh = { "_knotmap_reply", "_files" };

    km_buf_puts(out, "#compdef knotmap\n# zsh completion for knotmap\n");
    put_long_lists(out, a);
    put_globals(out);
    km_buf_puts(out,
                "_knotmap_reply() {\n"
                "    [[ $PREFIX == --*=* ]] && compset -P '*='\n"
                "    compadd -- ${(s: :)1}\n"
                "}\n"
                "_knotmap() {\n"
                "    local cur=${words[CURRENT]}\n");
    put_walk(out, "2", "CURRENT");
    put_cases(out, &sh);
    km_buf_puts(out,
                "}\n"
                "if [[ ${funcstack[1]} == _knotmap ]]; then\n"
                "    _knotmap \"$@\"\n"
                "else\n"
                "    compdef _knotmap knotmap\n"
                "fi\n");
}

/* A text in single quotes for fish. */
static void put_fish_text(km_buf *out, const char *s)
{
    km_buf_putc(out, '\'');
    for (; *s; s++) {
        if (*s == '\'' || *s == '\\')
            km_buf_putc(out, '\\');
        km_buf_putc(out, *s);
    }
    km_buf_putc(out, '\'');
}

static void put_fish_offer(km_buf *out, km_offer offer, km_vocab vocab, const char *words)
{
    if (long_name(offer)) {
        km_buf_printf(out, " -a '(__knotmap_%s)'", long_name(offer));
    } else if (offer == OFFER_WORDS || offer == OFFER_VOCAB) {
        km_buf list = { 0 };
        km_offer_words(&list, NULL, offer, vocab, words);
        km_buf_puts(out, " -a ");
        put_fish_text(out, km_buf_str(&list));
        km_buf_clear(&list);
    }
}

/* Begin a line that holds where the words so far name a command (`nth` < 0: anywhere behind it). */
static void put_fish_at(km_buf *out, const char *command, int nth)
{
    km_buf condition = { 0 };

    km_buf_printf(&condition, "__knotmap_at '%s'", command);
    if (nth >= 0)
        km_buf_printf(&condition, " %d", nth);
    km_buf_puts(out, "complete -c knotmap -n ");
    put_fish_text(out, km_buf_str(&condition));
    km_buf_clear(&condition);
}

static void put_fish_option(km_buf *out, const km_verb *v, const km_opt_spec *o)
{
    if (v)
        put_fish_at(out, v->name, -1);
    else
        km_buf_puts(out, "complete -c knotmap");
    km_buf_printf(out, " -l %s", o->name);
    if (o->arg) {
        km_buf_puts(out, o->offer == OFFER_FILE ? " -r -F" : " -x");
        put_fish_offer(out, o->offer, o->vocab, o->words);
    }
    km_buf_puts(out, " -d ");
    put_fish_text(out, o->help);
    km_buf_putc(out, '\n');
}

static void put_fish_word(km_buf *out, const char *at, const char *word, const char *help)
{
    put_fish_at(out, at, -1);
    km_buf_puts(out, " -a ");
    put_fish_text(out, word);
    km_buf_puts(out, " -d ");
    put_fish_text(out, help);
    km_buf_putc(out, '\n');
}

/* What `put` writes as a|b|c, as fish wants it: a b c. */
static void put_fish_pattern(km_buf *out, void (*put)(km_buf *))
{
    km_buf names = { 0 };

    put(&names);
    for (const char *p = km_buf_str(&names); *p; p++)
        km_buf_putc(out, *p == '|' ? ' ' : *p);
    km_buf_clear(&names);
}

/* The function that tells where one is. */
static void put_fish_walk(km_buf *out)
{
    km_buf_puts(out,
                "# Whether the words so far name this command ('' none yet), and if asked with so\n"
                "# many arguments behind it.\n"
                "function __knotmap_at\n"
                "    set -l cmd ''\n"
                "    set -l nth 0\n"
                "    set -l skip 0\n"
                "    for w in (commandline -opc)[2..-1]\n"
                "        if test $skip = 1\n"
                "            set skip 0\n"
                "            continue\n"
                "        end\n"
                "        switch $w\n"
                "            case '--*=*'\n"
                "            case ");
    put_fish_pattern(out, put_value_options);
    km_buf_puts(out,
                "\n"
                "                set skip 1\n"
                "            case '-*'\n"
                "            case '*'\n"
                "                switch $cmd\n"
                "                    case ''\n"
                "                        set cmd $w\n"
                "                    case ");
    put_fish_pattern(out, put_families);
    km_buf_puts(out, "\n"
                     "                        set cmd \"$cmd $w\"\n"
                     "                    case '*'\n"
                     "                        set nth (math $nth + 1)\n"
                     "                end\n"
                     "        end\n"
                     "    end\n"
                     "    test \"$cmd\" = \"$argv[1]\"; or return 1\n"
                     "    test (count $argv) -lt 2; or test $nth = $argv[2]\n"
                     "end\n");
}

static void put_fish_verb(km_buf *out, int v)
{
    const km_verb *verb = &km_verbs[v];
    size_t n = strcspn(verb->name, " ");

    if (verb->name[n] == '\0') {
        put_fish_word(out, "", verb->name, verb->summary);
    } else {
        char family[64];
        snprintf(family, sizeof family, "%.*s", (int)n, verb->name);
        if (is_family_head(v, &n))
            put_fish_word(out, "", family, km_family_summary(family));
        put_fish_word(out, family, verb->name + n + 1, verb->summary);
    }
    for (int i = 0; i < KM_ARGS_MAX && verb->arg[i].name; i++) {
        const km_arg_spec *arg = &verb->arg[i];
        if (arg->offer == OFFER_NOTHING)
            continue;
        put_fish_at(out, verb->name, arg->many ? -1 : i);
        if (arg->offer == OFFER_FILE)
            km_buf_puts(out, " -F");
        put_fish_offer(out, arg->offer, 0, arg->words);
        km_buf_putc(out, '\n');
    }
    for (int i = 0; i < verb->n_opt; i++)
        put_fish_option(out, verb, &verb->opt[i]);
}

void km_complete_fish(km_buf *out, const km_atlas *a)
{
    km_buf_puts(out, "# fish completion for knotmap\n");
    for (int i = 0; i < LONG_LISTS; i++) {
        km_buf list = { 0 };
        km_offer_words(&list, a, long_list[i].offer, 0, NULL);
        km_buf_printf(out, "function __knotmap_%s\n    string split ' ' '%s'\nend\n",
                      long_list[i].name, km_buf_str(&list));
        km_buf_clear(&list);
    }
    put_fish_walk(out);
    km_buf_puts(out, "complete -c knotmap -f\n");
    for (int i = 0; i < km_globals_n; i++)
        put_fish_option(out, NULL, &km_globals[i]);
    for (int v = 0; v < km_verbs_n; v++)
        put_fish_verb(out, v);
}

km_status km_run_completion(km_cli *c, km_error *err)
{
    static void (*const script[])(km_buf *, const km_atlas *) = { km_complete_bash, km_complete_zsh,
                                                                  km_complete_fish };
    static const char *const name[] = { "bash", "zsh", "fish" };

    for (size_t i = 0; i < sizeof name / sizeof *name; i++) {
        if (strcmp(c->args.pos[0], name[i]) == 0) {
            km_buf text = { 0 };
            script[i](&text, c->atlas);
            km_status st = km_print(c, km_buf_str(&text), err);
            km_buf_clear(&text);
            return st;
        }
    }
    return km_fail(err, KM_EINVAL, "completion: %s is not one of bash, zsh, fish", c->args.pos[0]);
}
