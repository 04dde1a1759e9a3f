/** A routine on paper: plain text and HTML. */
#include <string.h>

#include "knotmap/exchange.h"
#include "knotmap/text.h"

static bool says(const char *s)
{
    return s && *s;
}

/* ---- text ---- */

static void line(km_buf *out, const char *label, const char *text, int indent, int width,
                 bool ascii)
{
    km_buf whole = { 0 };

    if (!says(text))
        return;
    km_buf_printf(&whole, "%s%s", label, text);
    km_wrap_print(out, whole.s, indent, width, ascii);
    km_buf_clear(&whole);
}

void km_handout_text(km_buf *out, const km_handout *h, int width, bool ascii)
{
    km_buf head = { 0 };

    line(out, "", h->title, 0, width, ascii);
    line(out, "", h->subtitle, 0, width, ascii);
    for (size_t i = 0; i < h->n_before; i++) {
        km_buf_putc(out, '\n');
        line(out, "", h->before[i], 0, width, ascii);
    }
    for (size_t i = 0; i < h->n_step; i++) {
        const km_handout_step *s = &h->step[i];
        km_buf_putc(out, '\n');
        km_buf_reset(&head);
        km_buf_printf(&head, "[ ] %zu. %s", i + 1, s->title);
        line(out, "", head.s, 0, width, ascii);
        line(out, "", s->dose, 4, width, ascii);
        line(out, "", s->position, 4, width, ascii);
        line(out, "", s->action, 4, width, ascii);
        line(out, "Caution: ", s->caution, 4, width, ascii);
        line(out, "Source: ", s->source, 4, width, ascii);
    }
    for (size_t i = 0; i < h->n_note; i++) {
        km_buf_putc(out, '\n');
        line(out, "", h->note[i].heading, 0, width, ascii);
        line(out, "", h->note[i].text, 4, width, ascii);
        line(out, "Source: ", h->note[i].source, 4, width, ascii);
    }
    km_buf_clear(&head);
}

/* ---- HTML ---- */

static void escaped(km_buf *out, const char *s)
{
    km_buf seen = { 0 };

    km_text_visible(&seen, s, false);
    for (const char *p = km_buf_str(&seen); *p; p++) {
        switch (*p) {
        case '&': km_buf_puts(out, "&amp;"); break;
        case '<': km_buf_puts(out, "&lt;"); break;
        case '>': km_buf_puts(out, "&gt;"); break;
        case '"': km_buf_puts(out, "&quot;"); break;
        default: km_buf_putc(out, *p); break;
        }
    }
    km_buf_clear(&seen);
}

static void element(km_buf *out, const char *tag, const char *class, const char *label,
                    const char *text)
{
    if (!says(text))
        return;
    km_buf_printf(out, "<%s", tag);
    if (*class)
        km_buf_printf(out, " class=\"%s\"", class);
    km_buf_putc(out, '>');
    km_buf_puts(out, label);
    escaped(out, text);
    km_buf_printf(out, "</%s>\n", tag);
}

void km_handout_html(km_buf *out, const km_handout *h)
{
    km_buf_puts(out, "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
                     "<meta name=\"viewport\" content=\"width=device-width\">\n<title>");
    escaped(out, h->title);
    km_buf_puts(out,
                "</title>\n<style>\n"
                "body{font:12pt/1.4 sans-serif;max-width:42em;margin:2em auto;padding:0 1em}\n"
                "h1{font-size:1.5em;margin-bottom:0}\nh2{font-size:1.15em;margin:0}\n"
                "li{margin:0 0 1em;break-inside:avoid}\n"
                "p{margin:.2em 0}\n.dose{font-weight:bold}\n.caution{border-left:.3em solid;"
                "padding-left:.6em;margin:.5em 0}\n.source{font-size:.8em;color:#555}\n"
                "section{break-inside:avoid;margin-top:1.2em}\n@media print{body{margin:0}}\n"
                "</style>\n</head>\n<body>\n");
    element(out, "h1", "", "", h->title);
    element(out, "p", "", "", h->subtitle);
    for (size_t i = 0; i < h->n_before; i++)
        element(out, "p", "caution", "", h->before[i]);
    km_buf_puts(out, "<ol>\n");
    for (size_t i = 0; i < h->n_step; i++) {
        const km_handout_step *s = &h->step[i];
        km_buf_puts(out, "<li>\n");
        element(out, "h2", "", "", s->title);
        element(out, "p", "dose", "", s->dose);
        element(out, "p", "", "", s->position);
        element(out, "p", "", "", s->action);
        element(out, "p", "caution", "Caution: ", s->caution);
        element(out, "p", "source", "Source: ", s->source);
        km_buf_puts(out, "</li>\n");
    }
    km_buf_puts(out, "</ol>\n");
    for (size_t i = 0; i < h->n_note; i++) {
        km_buf_puts(out, "<section>\n");
        element(out, "h2", "", "", h->note[i].heading);
        element(out, "p", "", "", h->note[i].text);
        element(out, "p", "source", "Source: ", h->note[i].source);
        km_buf_puts(out, "</section>\n");
    }
    km_buf_puts(out, "</body>\n</html>\n");
}
