/** A complaint in people's words in the place of places: its caution first, its places and flags. */
#include <stdlib.h>
#include <string.h>

#include "command.h"

km_status km_opt_trouble(km_trouble *out, bool *given, const km_cli *c, km_error *err)
{
    const char *text = km_value(c, OPT_COMPLAINT);
    int row = 0, side = -1;

    *given = text != NULL;
    if (!text && km_has(c, OPT_SIDE)) {
        return km_mend(km_fail(err, KM_EUSAGE, "--side: it belongs to --complaint"), err,
                       "A place says its side itself: left:knee_front.");
    }
    if (!text)
        return KM_OK;
    TRY(km_topic_find(&row, c->atlas, KM_TOPIC_COMPLAINT, "--complaint", text, err));
    TRY(km_opt_word(&side, c, OPT_SIDE, KM_VOCAB_SIDE, err));
    if (side == KM_SIDE_MIDLINE)
        return km_fail(err, KM_EINVAL, "--side: a complaint lies on the left or on the right");
    *out = km_trouble_at(c->atlas, row);
    if (side >= 0)
        km_trouble_on(out, c->atlas, (km_side)side);
    return KM_OK;
}

void km_add_trouble(km_ref **place, size_t *n, const km_trouble *t)
{
    km_ref *all = km_calloc(*n + (size_t)t->n_place + 1, sizeof *all);
    size_t kept = (size_t)t->n_place;

    memcpy(all, t->place, kept * sizeof *all);
    for (size_t i = 0; i < *n; i++) {
        bool known = false;
        for (int k = 0; k < t->n_place && !known; k++)
            known = km_same_ref(&(*place)[i], &t->place[k]);
        if (!known)
            all[kept++] = (*place)[i];
    }
    free(*place);
    *place = all;
    *n = kept;
}

/* A condition that no routine heeds yet, and the command that keeps it. */
static km_status tell_condition(km_cli *c, const km_trouble *t, km_error *err)
{
    km_client client;
    km_buf list = { 0 }, said = { 0 };
    bool kept = false;

    TRY(km_app_trouble_kept(&kept, c->app, t, err));
    if (kept)
        return KM_OK;
    TRY(km_app_client(&client, c->app, err));
    TRY(km_app_trouble_conditions(&list, c->app, t, err));
    for (const char *p = km_buf_str(&list); *p;) {
        size_t n = strcspn(p, ";");
        km_buf_puts(&said, " --condition ");
        km_buf_add(&said, p, n);
        p += n + (p[n] == ';');
    }
    km_tell(c, "Routines do not heed %s yet; this keeps it: knotmap client edit '%s'%s",
            t->condition, client.name, km_buf_str(&said));
    km_buf_clear(&list);
    km_buf_clear(&said);
    return KM_OK;
}

km_status km_say_caution(km_cli *c, const km_trouble *t, km_error *err)
{
    km_buf text = { 0 }, page = { 0 };
    km_status st = KM_OK;

    km_buf_printf(&text, "First, %s: %s", t->name, t->caution);
    if (c->format == KM_FORMAT_TEXT) {
        km_wrap_print(&page, km_buf_str(&text), 0, c->width, c->ascii);
        km_buf_putc(&page, '\n');
        st = km_print(c, km_buf_str(&page), err);
    } else {
        km_warn(c, km_buf_str(&text));
    }
    km_buf_clear(&text);
    km_buf_clear(&page);
    return st == KM_OK ? tell_condition(c, t, err) : st;
}
