/** Standard output and standard error. */
#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "command.h"
#include "knotmap/text.h"

km_status km_stdout(void *ctx, const char *bytes, size_t n, km_error *err)
{
    km_cli *c = ctx;

    while (n > 0) {
        ssize_t done = write(STDOUT_FILENO, bytes, n);
        if (done < 0) {
            if (errno == EINTR)
                continue;
            km_fail(err, KM_EIO, "standard output: %s", strerror(errno));
            if (c && c->stored)
                return km_mend(KM_EIO, err,
                               "What you asked for is stored; knotmap undo takes it back.");
            return KM_EIO;
        }
        bytes += done;
        n -= (size_t)done;
    }
    return KM_OK;
}

km_status km_print(km_cli *c, const char *text, km_error *err)
{
    return km_stdout(c, text, strlen(text), err);
}

static km_rows_options options(km_cli *c)
{
    return (km_rows_options){ .format = c->format, .width = c->width, .ascii = c->ascii,
                              .color = c->color, .write = km_stdout, .ctx = c };
}

km_rows *km_listing(km_cli *c, const km_column *col, int n)
{
    const km_rows_options opt = options(c);

    return km_rows_new(&opt, col, n);
}

km_rows *km_record_listing(km_cli *c, km_what what)
{
    const km_rows_options opt = options(c);

    return km_record_rows_new(&opt, what);
}

km_rows *km_card(km_cli *c, const km_column *col, int n)
{
    km_rows_options opt = options(c);

    opt.card = true;
    return km_rows_new(&opt, col, n);
}

km_rows *km_record_card(km_cli *c, km_what what)
{
    km_rows_options opt = options(c);

    opt.card = true;
    return km_record_rows_new(&opt, what);
}

km_rows *km_bare_listing(km_cli *c, const km_column *col, int n)
{
    km_rows_options opt = options(c);

    opt.bare = true;
    return km_rows_new(&opt, col, n);
}

/* One line on standard error, wrapped where that is a terminal. */
static void say(const km_cli *c, const char *line)
{
    km_buf out = { 0 };

    km_wrap_print(&out, line, 0, c->err_width, c->ascii);
    fputs(km_buf_str(&out), stderr);
    km_buf_clear(&out);
}

void km_tell(const km_cli *c, const char *fmt, ...)
{
    km_buf text = { 0 };
    va_list ap;

    if (c->quiet)
        return;
    va_start(ap, fmt);
    km_buf_vprintf(&text, fmt, ap);
    va_end(ap);
    say(c, km_buf_str(&text));
    km_buf_clear(&text);
}

void km_warn(const km_cli *c, const char *text)
{
    while (*text) {
        size_t n = strcspn(text, "\n");
        km_buf line = { 0 };
        km_buf_add(&line, text, n);
        say(c, km_buf_str(&line));
        km_buf_clear(&line);
        text += n;
        text += *text == '\n';
    }
}

km_status km_listing_close(km_rows *r, km_cli *c, const char *none, km_error *err)
{
    bool empty = km_rows_n(r) == 0;
    km_status st = km_rows_close(r, err);

    if (st == KM_OK && empty && c->format == KM_FORMAT_TEXT)
        km_tell(c, "%s", none);
    return st;
}
