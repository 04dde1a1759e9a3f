/** knotmap: a command, or the full screen. */
#include <fcntl.h>
#include <locale.h>
#include <signal.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

#include "knotmap/app.h"
#include "knotmap/cli.h"
#include "knotmap/path.h"
#include "knotmap/term.h"
#include "knotmap/tui.h"

typedef struct screen {
    const km_cli_screen *ask;
    km_app *app;
    km_tui *tui;
    char *state_file, *config_file;
} screen;

/* Another program blocks a write. Before there is a screen the busy timeout decides. */
static bool waiting(void *ctx, int ms)
{
    screen *s = ctx;

    return s->tui ? km_tui_app_waiting(s->tui, ms) : ms < 5000;
}

static km_tui *make(void *ctx, km_error *err)
{
    screen *s = ctx;
    const km_term_options term = { .ascii = s->ask->ascii, .no_color = s->ask->no_color };
    const km_app_options opt = { .db = s->ask->db, .client = s->ask->client, .who = "screen",
                                 .readonly = s->ask->readonly, .waiting = waiting,
                                 .waiting_ctx = s };

    const char *env = getenv("KNOTMAP_CLIENT");
    const bool named = s->ask->client || (env && *env);
    km_client client;

    if (km_app_open(&s->app, &opt, err) != KM_OK)
        return NULL;
    /* Charting nobody would look like charting somebody. Without a name given, the clients' page
       is where one is chosen. */
    if (named && km_app_client(&client, s->app, err) != KM_OK)
        return NULL;
    /* Without a home there is nothing to remember, which is no reason to fail. */
    if (km_path_xdg(&s->state_file, KM_XDG_STATE, "state", NULL) != KM_OK)
        s->state_file = NULL;
    if (km_path_xdg(&s->config_file, KM_XDG_CONFIG, "config", NULL) != KM_OK)
        s->config_file = NULL;
    const km_tui_options tui = { .ascii = km_term_ascii(&term), .color = !s->ask->no_color,
                                 .mouse = true, .state_file = s->state_file,
                                 .client_given = named,
                                 .config_file = s->config_file };
    s->tui = km_tui_new(s->app, &tui);
    return s->tui;
}

static int full_screen(const km_cli_screen *ask)
{
    const km_term_options opt = { .ascii = ask->ascii, .no_color = ask->no_color };
    screen s = { .ask = ask };
    km_error err = { 0 };

    km_status st = km_term_check(&err);
    if (st == KM_OK)
        st = km_term_run(make, &s, &opt, &err);
    if (s.tui)
        km_tui_free(s.tui);
    if (s.app)
        km_app_close(s.app);
    free(s.state_file);
    free(s.config_file);
    if (st != KM_OK)
        km_cli_complain(&err, km_term_ascii(&opt));
    return km_status_exit(st);
}

/*
 * A closed standard stream would hand its number to the next file opened, and the database would
 * receive what is printed. The stand-ins are opened the wrong way round, so that using them fails.
 */
static void keep_standard_streams(void)
{
    for (int fd = STDIN_FILENO; fd <= STDERR_FILENO; fd++) {
        if (fcntl(fd, F_GETFD) < 0 &&
            open("/dev/null", fd == STDIN_FILENO ? O_WRONLY : O_RDONLY) != fd)
            _exit(70);
    }
}

int main(int argc, char **argv)
{
    km_cli_screen ask = { 0 };
    bool wanted;

    keep_standard_streams();
    signal(SIGXFSZ, SIG_IGN); /* a file that may not grow is an error to report, as a full disk is */
    setlocale(LC_CTYPE, "");
    tzset();
    int code = km_cli_run(argc, argv, &ask, &wanted);
    return wanted ? full_screen(&ask) : code;
}
