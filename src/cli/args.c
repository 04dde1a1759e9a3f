/** Arguments against the table of verbs. */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "command.h"
#include "knotmap/text.h"

/* Length of the first word of a verb's name. */
static size_t family_len(const km_verb *v)
{
    return strcspn(v->name, " ");
}

static bool in_family(const km_verb *v, const char *word)
{
    size_t n = family_len(v);

    return v->name[n] == ' ' && strlen(word) == n && memcmp(v->name, word, n) == 0;
}

/* Keep the nearest of the names that are tried; only a near one counts. */
typedef struct nearest {
    const char *to;
    char name[64];
    int distance;
} nearest;

static void try_name(nearest *n, const char *name, size_t len)
{
    char text[64];

    if (len >= sizeof text)
        return;
    memcpy(text, name, len);
    text[len] = '\0';
    int d = km_text_distance(n->to, text, n->distance - 1);
    if (d < n->distance) {
        n->distance = d;
        memcpy(n->name, text, len + 1);
    }
}

static nearest nearest_to(const char *text)
{
    /* A third of the letters may be wrong; two in short words. */
    int slack = (int)strlen(text) / 3;

    return (nearest){ .to = text, .distance = (slack > 2 ? slack : 2) + 1 };
}

static km_status unknown_command(const char *family, const char *word, km_error *err)
{
    nearest n = nearest_to(word);

    for (int i = 0; i < km_verbs_n; i++) {
        size_t len = family_len(&km_verbs[i]);
        if (family == NULL)
            try_name(&n, km_verbs[i].name, len);
        else if (in_family(&km_verbs[i], family))
            try_name(&n, km_verbs[i].name + len + 1, strlen(km_verbs[i].name + len + 1));
    }
    if (family)
        km_fail(err, KM_EUSAGE, "%s: %s has no such command", word, family);
    else
        km_fail(err, KM_EUSAGE, "%s: no such command", word);
    if (n.name[0])
        return km_mend(KM_EUSAGE, err, "Did you mean %s%s%s?", family ? family : "",
                       family ? " " : "", n.name);
    return km_mend(KM_EUSAGE, err, "See knotmap help%s%s.", family ? " " : "",
                   family ? family : "");
}

km_status km_args_find(const km_verb **verb, const char **family, const char *const *word, int n,
                       int *used, km_error *err)
{
    bool is_family = false;

    *verb = NULL;
    *family = NULL;
    *used = 1;
    for (int i = 0; i < km_verbs_n; i++) {
        const km_verb *v = &km_verbs[i];
        if (strcmp(v->name, word[0]) == 0) {
            *verb = v;
            return KM_OK;
        }
        if (!in_family(v, word[0]))
            continue;
        is_family = true;
        if (n > 1 && strcmp(v->name + family_len(v) + 1, word[1]) == 0) {
            *verb = v;
            *used = 2;
            return KM_OK;
        }
    }
    if (!is_family)
        return unknown_command(NULL, word[0], err);
    if (n > 1)
        return unknown_command(word[0], word[1], err);
    *family = word[0];
    return KM_OK;
}

static const km_opt_spec *spec_in(const km_opt_spec *opt, int n, const char *name, size_t len)
{
    for (int i = 0; i < n; i++) {
        if (strlen(opt[i].name) == len && memcmp(opt[i].name, name, len) == 0)
            return &opt[i];
    }
    return NULL;
}

static const km_opt_spec *find_option(const km_verb *v, const char *name, size_t len)
{
    const km_opt_spec *o = v ? spec_in(v->opt, v->n_opt, name, len) : NULL;

    return o ? o : spec_in(km_globals, km_globals_n, name, len);
}

static km_status unknown_option(const km_verb *v, const char *text, km_error *err)
{
    size_t len = strcspn(text, "=");
    char name[64];
    snprintf(name, sizeof name, "%.*s", (int)(len < 60 ? len : 60), text);
    nearest n = nearest_to(name);

    for (int i = 0; i < km_globals_n; i++)
        try_name(&n, km_globals[i].name, strlen(km_globals[i].name));
    for (int i = 0; v && i < v->n_opt; i++)
        try_name(&n, v->opt[i].name, strlen(v->opt[i].name));
    if (v == NULL)
        km_fail(err, KM_EUSAGE, "--%s: no option for all commands; those of a command follow it",
                name);
    else
        km_fail(err, KM_EUSAGE, "--%s: %s has no such option", name, v->name);
    if (n.name[0])
        return km_mend(KM_EUSAGE, err, "Did you mean --%s?", n.name);
    if (v)
        return km_mend(KM_EUSAGE, err, "See knotmap help %s.", v->name);
    return KM_EUSAGE;
}

/* Whether a text is an option by its looks, so that it is no forgotten value. */
static bool names_option(const km_verb *v, const char *text)
{
    if (strncmp(text, "--", 2) != 0)
        return false;
    return text[2] == '\0' || find_option(v, text + 2, strcspn(text + 2, "=")) != NULL;
}

/*
 * Take the option at argv[*i]; moves *i past a value that stands alone. With `verb` NULL only
 * global options are known.
 */
static km_status take_option(km_args *out, const km_verb *verb, int argc, char **argv, int *i,
                             km_error *err)
{
    const char *text = argv[*i];

    if (strncmp(text, "--", 2) != 0) {
        return km_mend(km_fail(err, KM_EUSAGE, "%s: no such option", text), err,
                       "Options have two hyphens; after -- anything is an argument.");
    }
    const char *name = text + 2;
    size_t len = strcspn(name, "=");
    const km_opt_spec *o = find_option(verb, name, len);
    if (o == NULL)
        return unknown_option(verb, name, err);

    const char *value = NULL;
    if (name[len] == '=' && o->arg == NULL)
        return km_fail(err, KM_EUSAGE, "--%s: takes no value", o->name);
    if (name[len] == '=') {
        value = name + len + 1;
    } else if (o->arg) {
        if (*i + 1 >= argc || names_option(verb, argv[*i + 1]))
            return km_fail(err, KM_EUSAGE, "--%s: its %s is missing", o->name, o->arg);
        value = argv[++*i];
    }
    out->given = km_realloc(out->given, (size_t)out->n_given + 1, sizeof *out->given);
    out->given[out->n_given].id = o->id;
    out->given[out->n_given].value = value;
    out->n_given++;
    return KM_OK;
}

static bool given(const km_args *a, km_opt id)
{
    for (int i = 0; i < a->n_given; i++) {
        if (a->given[i].id == id)
            return true;
    }
    return false;
}

static km_status check_count(const km_args *a, km_error *err)
{
    const km_verb *v = a->verb;
    int least = 0;
    int most = 0;

    for (int i = 0; i < KM_ARGS_MAX && v->arg[i].name; i++) {
        if (!v->arg[i].optional)
            least = i + 1;
        most = v->arg[i].many ? -1 : i + 1;
    }
    if (a->n_pos < least) {
        return km_mend(
            km_fail(err, KM_EUSAGE, "%s: its %s is missing", v->name, v->arg[a->n_pos].name), err,
            "See knotmap help %s.", v->name);
    }
    if (most >= 0 && a->n_pos > most) {
        return km_mend(
            km_fail(err, KM_EUSAGE, "%s: %s: one argument too many", v->name, a->pos[most]), err,
            "See knotmap help %s.", v->name);
    }
    return KM_OK;
}

km_status km_args_parse(km_args *out, int argc, char **argv, km_error *err)
{
    km_status st = KM_OK;
    int i = 1;

    *out = (km_args){ .pos = km_calloc((size_t)argc + 1, sizeof *out->pos) };
    for (; i < argc && argv[i][0] == '-' && argv[i][1]; i++) {
        if (strcmp(argv[i], "--") == 0) {
            i++;
            break;
        }
        st = take_option(out, NULL, argc, argv, &i, err);
        if (st != KM_OK)
            return st;
    }
    if (i >= argc)
        return KM_OK;

    /* A family's second word may stand behind global options: client --db FILE list. */
    const char *word[2] = { argv[i], NULL };
    const km_verb *verb;
    int used;
    st = km_args_find(&verb, &out->family, word, 1, &used, err);
    if (st != KM_OK)
        return st;
    i++;
    while (verb == NULL && i < argc) {
        if (argv[i][0] == '-' && argv[i][1] && strcmp(argv[i], "--") != 0) {
            st = take_option(out, NULL, argc, argv, &i, err);
            if (st != KM_OK)
                return st;
            i++;
            continue;
        }
        word[1] = argv[i++];
        st = km_args_find(&verb, &out->family, word, 2, &used, err);
        if (st != KM_OK)
            return st;
    }
    if (verb == NULL) {
        if (given(out, OPT_HELP))
            return KM_OK;
        return km_mend(km_fail(err, KM_EUSAGE, "%s: say what to do", word[0]), err,
                       "See knotmap help %s.", word[0]);
    }

    out->verb = verb;
    out->family = NULL;
    for (bool options = true; i < argc; i++) {
        if (options && strcmp(argv[i], "--") == 0) {
            options = false;
        } else if (options && argv[i][0] == '-' && argv[i][1]) {
            st = take_option(out, verb, argc, argv, &i, err);
            if (st != KM_OK)
                return st;
        } else {
            out->pos[out->n_pos++] = argv[i];
        }
    }
    return given(out, OPT_HELP) || given(out, OPT_VERSION) ? KM_OK : check_count(out, err);
}

void km_args_clear(km_args *a)
{
    free(a->given);
    free((void *)a->pos);
    *a = (km_args){ 0 };
}
