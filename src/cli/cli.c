/** From arguments to an exit code. */
#include "knotmap/cli.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "command.h"
#include "knotmap/text.h"

void km_cli_complain(const km_error *err, bool ascii)
{
    km_buf text = { 0 };

    km_text_visible(&text, err->text, ascii);
    fprintf(stderr, "knotmap: %s\n", km_buf_str(&text));
    km_buf_reset(&text);
    if (err->mend[0]) {
        km_text_visible(&text, err->mend, ascii);
        fprintf(stderr, "%s\n", km_buf_str(&text));
    }
    km_buf_clear(&text);
}

/* Columns of a stream, 0 when it is no terminal. */
static int terminal_width(int fd)
{
    struct winsize size;

    if (isatty(fd) && ioctl(fd, TIOCGWINSZ, &size) == 0 && size.ws_col > 0)
        return size.ws_col;
    return 0;
}

static bool said_no_color(void)
{
    const char *no = getenv("NO_COLOR");
    const char *term = getenv("TERM");

    return (no && *no) || !term || strcmp(term, "dumb") == 0;
}

static km_status read_globals(km_cli *c, km_error *err)
{
    int format = KM_FORMAT_TEXT;
    km_status st = km_opt_choice(&format, c, OPT_FORMAT, "text csv json", err);

    c->format = (km_format)format;
    c->quiet = km_has(c, OPT_QUIET);
    c->color = isatty(STDOUT_FILENO) && !km_has(c, OPT_NO_COLOR) && !said_no_color();
    c->width = terminal_width(STDOUT_FILENO);
    c->err_width = terminal_width(STDERR_FILENO);
    for (int i = 0; i < 2 && st == KM_OK; i++) {
        const km_opt id = i ? OPT_DB : OPT_CLIENT;
        const char *said = km_value(c, id);
        if (said && !*said) /* perhaps a variable that was never set: not me by mistake */
            st = km_fail(err, KM_EINVAL, "%s: it is empty", km_opt_name(c, id));
    }
    return st;
}

static km_status show_help(km_cli *c, km_error *err)
{
    km_buf text = { 0 };

    if (c->args.verb)
        km_help_verb(&text, c->args.verb);
    else if (c->args.family)
        km_help_family(&text, c->args.family);
    else
        km_help_overview(&text);
    km_status st = km_print(c, km_buf_str(&text), err);
    km_buf_clear(&text);
    return st;
}

km_status km_need_app(km_cli *c, const char *db, km_error *err)
{
    const km_app_options opt = { .db = db ? db : km_value(c, OPT_DB),
                                 .client = km_value(c, OPT_CLIENT), .who = "cli" };

    km_status st = km_app_open(&c->app, &opt, err);
    if (st == KM_OK)
        c->atlas = km_app_atlas(c->app);
    return st;
}

static km_status run_verb(km_cli *c, km_error *err)
{
    km_status st = km_now(&c->now, err);

    if (st == KM_OK)
        st = km_atlas_open(&c->atlas, err);
    if (st == KM_OK)
        st = c->args.verb->run(c, err);
    if (c->app)
        km_app_close(c->app);
    c->app = NULL;
    return st;
}

int km_cli_run(int argc, char **argv, km_cli_screen *screen, bool *wanted)
{
    km_cli c = { .ascii = !km_locale_utf8() };
    km_error err = { 0 };

    *wanted = false;
    km_status st = km_args_parse(&c.args, argc, argv, &err);
    c.ascii = c.ascii || km_has(&c, OPT_ASCII);
    if (st == KM_OK)
        st = read_globals(&c, &err);
    if (st != KM_OK) {
        km_cli_complain(&err, c.ascii);
    } else if (!c.args.verb && !km_has(&c, OPT_HELP) && !km_has(&c, OPT_VERSION)) {
        *wanted = true;
        *screen = (km_cli_screen){ .db = km_value(&c, OPT_DB), .client = km_value(&c, OPT_CLIENT),
                                   .ascii = km_has(&c, OPT_ASCII),
                                   .no_color = km_has(&c, OPT_NO_COLOR) || said_no_color(),
                                   .quiet = c.quiet };
    } else {
        /* A reader that has seen enough ends the command without a word. */
        signal(SIGPIPE, SIG_DFL);
        if (km_has(&c, OPT_HELP))
            st = show_help(&c, &err);
        else if (km_has(&c, OPT_VERSION))
            st = km_print(&c, "knotmap " KM_VERSION "\n", &err);
        else
            st = run_verb(&c, &err);
        if (st != KM_OK && err.text[0])
            km_cli_complain(&err, c.ascii);
    }
    km_args_clear(&c.args);
    return km_status_exit(st);
}
