/* Places of records: completing a draft, checking codes, and the atlas reference of a place. */
#include "app_impl.h"

#include "knotmap/time.h"

#include <string.h>

bool km_app_ref_of(km_ref *out, const km_atlas *a, const km_place *p)
{
    *out = (km_ref){ .kind = KM_REF_REGION, .index = -1, .point = -1, .side = p->side };
    if (p->muscle) {
        out->kind = KM_REF_MUSCLE;
        out->index = km_atlas_muscle(a, p->muscle);
        if (out->index >= 0 && p->tp > 0)
            out->point = km_atlas_point(a, out->index, p->tp);
    } else if (p->region) {
        out->index = km_atlas_region(a, p->region);
    }
    return out->index >= 0 && (p->tp == 0 || out->point >= 0);
}

km_status km_app_check_place(const km_place *p, km_app *app, bool need_region, km_error *err)
{
    const km_atlas *a = app->atlas;
    int region = p->region ? km_atlas_region(a, p->region) : -1;
    int muscle = p->muscle ? km_atlas_muscle(a, p->muscle) : -1;

    if (p->region && region < 0)
        return km_fail(err, KM_EINVAL, "%s: no such region", p->region);
    if (need_region && region < 0)
        return km_fail(err, KM_EINVAL, "place: a region is needed");
    if (p->muscle && muscle < 0)
        return km_fail(err, KM_EINVAL, "%s: no such muscle", p->muscle);
    if (p->tp > 0 && (muscle < 0 || km_atlas_point(a, muscle, p->tp) < 0))
        return km_fail(err, KM_EINVAL, "%s:%d: no such trigger point", p->muscle ? p->muscle : "",
                       p->tp);

    bool sided = (region >= 0 && !a->region[region].midline) ||
                 (muscle >= 0 && !a->muscle[muscle].midline);
    const char *code = p->muscle ? p->muscle : p->region;
    if (sided && p->side == KM_SIDE_MIDLINE)
        return km_fail(err, KM_EINVAL, "%s: say left: or right:", code);
    if (!sided && p->side != KM_SIDE_MIDLINE)
        return km_fail(err, KM_EINVAL, "%s: takes no side", code);
    return KM_OK;
}

static km_status check_code(const char *code, size_t n, km_app *app, km_error *err)
{
    char word[64];

    if (n >= sizeof word)
        return km_fail(err, KM_EINVAL, "%.40s...: no such muscle", code);
    memcpy(word, code, n);
    word[n] = '\0';
    if (km_atlas_muscle(app->atlas, word) < 0 && km_atlas_group(app->atlas, word) < 0)
        return km_fail(err, KM_EINVAL, "%s: no such muscle", word);
    return KM_OK;
}

km_status km_app_check_muscles(const char *list, km_app *app, km_error *err)
{
    for (const char *p = list; p && *p;) {
        size_t n = strcspn(p, ";");
        km_status st = check_code(p, n, app, err);
        if (st != KM_OK)
            return st;
        p += n + (p[n] == ';');
    }
    return KM_OK;
}

km_status km_app_check_past(const char *what, km_instant at, km_error *err)
{
    char text[KM_TIME_TEXT];
    km_instant now;
    km_status st = km_now(&now, err);

    if (st != KM_OK || at.sec <= now.sec + KM_DAY_SEC)
        return st;
    km_time_local(text, at);
    return km_fail(err, KM_EINVAL, "%s %s: it lies in the future", what, text);
}

/* A muscle that is named lies in the region. */
static km_status check_home(const km_place *p, const km_atlas *a, km_error *err)
{
    const km_muscle *m = p->muscle ? &a->muscle[km_atlas_muscle(a, p->muscle)] : NULL;

    if (!m || km_muscle_lies_in(m, km_atlas_region(a, p->region)))
        return KM_OK;
    km_buf homes = { 0 };
    for (int i = 0; i < m->n_home; i++)
        km_buf_printf(&homes, "%s%s", i ? ", " : "", a->region[m->home[i]].code);
    km_fail(err, KM_EINVAL, "%s: it does not lie in %s", p->muscle, p->region);
    km_mend(KM_EINVAL, err, "it lies in %s", km_buf_str(&homes));
    km_buf_clear(&homes);
    return KM_EINVAL;
}

km_status km_app_check_mark(const km_mark *m, km_app *app, km_error *err)
{
    km_status st = km_mark_check(m, err);

    if (st == KM_OK)
        st = km_app_check_past("time", m->at, err);
    if (st == KM_OK)
        st = km_app_check_place(&m->place, app, true, err);
    if (st == KM_OK)
        st = check_home(&m->place, app->atlas, err);
    for (int i = 0; i < m->n_felt && st == KM_OK; i++) {
        km_place p = { .side = m->felt[i].side, .region = m->felt[i].region };
        st = km_app_check_place(&p, app, true, err);
    }
    if (st == KM_OK && m->test)
        st = km_test_check(app->atlas, m->test, m->test_side, err);
    return st;
}

/* Where a given position lies, which must fit what was named. */
static km_status place_at(int *region, const km_mark *io, const km_atlas *a, const km_ref *ref,
                          km_error *err)
{
    km_side side = KM_SIDE_MIDLINE;

    if (!km_body_at(a, io->view, io->x, io->y, region, &side))
        return km_fail(err, KM_EINVAL, "position %.1f, %.1f: it lies outside the body (%s view)",
                       io->x / 10.0, io->y / 10.0, km_word(KM_VOCAB_VIEW, (int)io->view));
    if (side != KM_SIDE_MIDLINE && ref->side != KM_SIDE_MIDLINE && side != ref->side)
        return km_fail(err, KM_EINVAL, "position %.1f, %.1f: it lies on the %s side",
                       io->x / 10.0, io->y / 10.0, km_word(KM_VOCAB_SIDE, (int)side));
    if (ref->kind == KM_REF_REGION && *region != ref->index)
        return km_fail(err, KM_EINVAL, "position %.1f, %.1f: it lies in %s, not in %s",
                       io->x / 10.0, io->y / 10.0, a->region[*region].code,
                       a->region[ref->index].code);
    return KM_OK;
}

km_status km_app_mark_place(km_mark *io, km_app *app, const km_ref *ref, bool has_pos, km_error *err)
{
    const km_atlas *a = app->atlas;
    int region = -1;

    if (ref->kind == KM_REF_GROUP) {
        km_buf parts = { 0 };
        const km_group *g = &a->group[ref->index];
        for (int i = 0; i < g->n_muscle; i++)
            km_buf_printf(&parts, "%s%s", i ? ", " : "", a->muscle[g->muscle[i]].code);
        km_fail(err, KM_EINVAL, "%s: this is a group of muscles; a mark needs one of them",
                g->code);
        km_mend(KM_EINVAL, err, "%s", km_buf_str(&parts));
        km_buf_clear(&parts);
        return KM_EINVAL;
    }
    bool midline = ref->kind == KM_REF_REGION ? a->region[ref->index].midline
                                              : a->muscle[ref->index].midline;
    if (!midline && (ref->side_open || ref->side == KM_SIDE_MIDLINE))
        return km_fail(err, KM_EINVAL, "%s: say left: or right:",
                       ref->kind == KM_REF_REGION ? a->region[ref->index].code
                                                  : a->muscle[ref->index].code);
    if (has_pos) {
        km_status st = place_at(&region, io, a, ref, err);
        if (st != KM_OK)
            return st;
    } else if (ref->kind == KM_REF_REGION) {
        region = ref->index;
    } else if (ref->point >= 0) {
        region = a->point[ref->point].site;
    } else {
        region = a->muscle[ref->index].home[0];
    }

    io->place.side = ref->side;
    io->place.region = a->region[region].code;
    if (ref->kind == KM_REF_MUSCLE) {
        io->place.muscle = a->muscle[ref->index].code;
        io->place.tp = ref->point >= 0 ? a->point[ref->point].tp : 0;
    } else {
        io->place.muscle = NULL;
        io->place.tp = 0;
    }
    if (!has_pos)
        km_body_default_pos(a, region, ref->point, ref->side, &io->view, &io->x, &io->y);
    return KM_OK;
}

void km_app_mark_words(km_buf *out, const km_mark *m)
{
    km_buf_puts(out, km_word(KM_VOCAB_KIND, (int)m->kind));
    if (m->intensity != KM_INTENSITY_NONE)
        km_buf_printf(out, " %d", m->intensity);
    km_buf_puts(out, " at ");
    km_place_print(out, &m->place);
}
