/** mark, marks, unmark, edit, undo, redo. */
#include <math.h>
#include <string.h>

#include "command.h"
#include "knotmap/history.h"
#include "knotmap/text.h"

static km_status read_felt(km_mark *m, const km_cli *c, km_error *err)
{
    const char *text;
    int n = 0;

    if (!km_has(c, OPT_REFERRAL_FELT))
        return KM_OK;
    for (; (text = km_value_nth(c, OPT_REFERRAL_FELT, n)) != NULL; n++) {
        km_ref ref;
        if (n == KM_FELT_MAX)
            return km_fail(err, KM_EINVAL, "--referral-felt: more than %d places", KM_FELT_MAX);
        TRY(km_atlas_resolve(&ref, c->atlas, text, 0, err));
        if (ref.kind != KM_REF_REGION)
            return km_fail(err, KM_EINVAL, "--referral-felt: %s is a muscle, a region is wanted",
                           text);
        m->felt[n] = (km_felt){ .side = ref.side, .region = c->atlas->region[ref.index].code };
    }
    m->n_felt = n;
    return KM_OK;
}

static km_status read_ppt(km_mark *m, const km_cli *c, km_error *err)
{
    const char *text;
    int n = 0;

    for (; (text = km_value_nth(c, OPT_PPT, n)) != NULL; n++) {
        double v;
        if (n == KM_PPT_MAX)
            return km_fail(err, KM_EINVAL, "--ppt: more than %d readings", KM_PPT_MAX);
        if (!km_number_parse(&v, text))
            return km_fail(err, KM_EINVAL, "--ppt: %s is not a number", text);
        if (v < 1 || v > 3000)
            return km_fail(err, KM_EINVAL, "--ppt: %s is outside 1..3000 kPa", text);
        m->ppt[n] = v;
    }
    if (n > 0)
        m->n_ppt = n;
    return KM_OK;
}

static km_status read_tri(km_tri *out, const km_cli *c, km_opt yes, km_opt no, km_error *err)
{
    if (km_has(c, yes) && km_has(c, no))
        return km_fail(err, KM_EUSAGE, "%s: it cannot be there and not there", km_opt_name(c, yes));
    if (km_has(c, yes))
        *out = KM_TRI_YES;
    if (km_has(c, no))
        *out = KM_TRI_NO;
    return KM_OK;
}

/* Everything but place and position. */
static km_status read_fields(km_mark *m, const km_cli *c, km_error *err)
{
    int kind = (int)m->kind, state = (int)m->state, cause = (int)m->cause, tissue = (int)m->tissue;

    TRY(km_opt_word(&kind, c, OPT_KIND, KM_VOCAB_KIND, err));
    TRY(km_opt_int(&m->intensity, c, OPT_INTENSITY, 0, 10, err));
    TRY(km_opt_word(&state, c, OPT_STATE, KM_VOCAB_STATE, err));
    TRY(km_opt_set(&m->qualities, c, OPT_QUALITY, KM_VOCAB_QUALITY, err));
    TRY(read_ppt(m, c, err));
    TRY(km_opt_real(&m->ppt_area, c, OPT_PPT_AREA, 0.1, 20, err));
    TRY(read_tri(&m->twitch, c, OPT_TWITCH, OPT_NO_TWITCH, err));
    TRY(read_tri(&m->taut_band, c, OPT_TAUT_BAND, OPT_NO_TAUT_BAND, err));
    TRY(read_felt(m, c, err));
    TRY(km_opt_word(&cause, c, OPT_CAUSE, KM_VOCAB_CAUSE, err));
    TRY(km_opt_word(&tissue, c, OPT_TISSUE, KM_VOCAB_TISSUE, err));
    if (km_has(c, OPT_TEST))
        TRY(km_test_parse(&m->test, &m->test_side, c->atlas, km_value(c, OPT_TEST), err));
    TRY(km_opt_time(&m->has_onset, &m->onset, c, OPT_ONSET, false, err));
    TRY(km_opt_time(NULL, &m->at, c, OPT_AT, false, err));
    if (km_has(c, OPT_SESSION)) {
        TRY(km_opt_id(&m->session_id, c, OPT_SESSION, err));
        m->session_uid = (km_uid){ { 0 } };
    }
    if (km_has(c, OPT_NOTE))
        m->note = km_value(c, OPT_NOTE);
    m->kind = (km_kind)kind;
    m->state = (km_state)state;
    m->cause = (km_cause)cause;
    m->tissue = (km_tissue)tissue;
    return KM_OK;
}

/* The position: x and y in a view, or a view alone, where the place has its own spot in it. */
static km_status read_position(km_mark *m, bool *has_pos, const km_cli *c, const km_ref *ref,
                               km_error *err)
{
    int view = (int)m->view;
    double x = m->x / 10.0, y = m->y / 10.0;

    *has_pos = km_has(c, OPT_X);
    if (km_has(c, OPT_X) != km_has(c, OPT_Y))
        return km_fail(err, KM_EUSAGE, "--x and --y: one is missing, they come together");
    if (km_has(c, OPT_X) && !km_has(c, OPT_VIEW))
        return km_fail(err, KM_EUSAGE, "--x and --y: --view is missing, it says of which picture");
    TRY(km_opt_word(&view, c, OPT_VIEW, KM_VOCAB_VIEW, err));
    TRY(km_opt_real(&x, c, OPT_X, -2000, 2000, err));
    TRY(km_opt_real(&y, c, OPT_Y, -2000, 2000, err));
    if (*has_pos) {
        m->x = (int16_t)lround(x * 10);
        m->y = (int16_t)lround(y * 10);
    } else if (km_has(c, OPT_VIEW)) {
        int region = ref->kind == KM_REF_REGION ? ref->index
                   : ref->point >= 0            ? c->atlas->point[ref->point].site
                   : ref->kind == KM_REF_MUSCLE ? c->atlas->muscle[ref->index].home[0]
                                                : -1;
        if (region >= 0 && !km_body_pos_in_view(c->atlas, region, ref->point, ref->side,
                                                (km_view)view, &m->x, &m->y))
            return km_fail(err, KM_EINVAL, "--view: %s does not show in the %s view",
                           c->atlas->region[region].code, km_value(c, OPT_VIEW));
        *has_pos = region >= 0;
    }
    m->view = (km_view)view;
    return KM_OK;
}

static km_status print_mark(km_cli *c, int64_t id, km_error *err)
{
    km_arena mem = { 0 };
    km_mark m;
    km_status st = km_app_mark_get(&m, &mem, c->app, id, err);

    if (st == KM_OK) {
        km_rows *r = km_record_listing(c, KM_WHAT_MARKS);
        km_rows_mark(r, &m, NULL);
        st = km_rows_close(r, err);
    }
    km_arena_clear(&mem);
    return st;
}

km_status km_run_mark(km_cli *c, km_error *err)
{
    km_mark m = km_mark_blank();
    km_ref ref;
    bool has_pos;

    m.at = c->now;
    TRY(km_atlas_resolve(&ref, c->atlas, c->args.pos[0], 0, err));
    TRY(read_fields(&m, c, err));
    TRY(read_position(&m, &has_pos, c, &ref, err));
    TRY(km_need_app(c, NULL, err));
    TRY(km_app_mark_place(&m, c->app, &ref, has_pos, err));
    TRY(km_app_mark_add(&m, c->app, err));
    c->stored = true;
    return print_mark(c, m.id, err);
}

static km_status put_mark(void *rows, const km_mark *m, km_error *err)
{
    return km_rows_mark(rows, m, err);
}

static km_status put_open_mark(void *rows, const km_mark *m, km_error *err)
{
    return km_rows_record(rows, KM_WHAT_OPEN_MARKS, m, err);
}

/* By age only what is open can be sorted. */
static km_status read_sort(km_mark_filter *f, const km_cli *c, km_error *err)
{
    int sort = 0;

    TRY(km_opt_choice(&sort, c, OPT_SORT, "time age", err));
    f->by_age = sort == 1;
    f->open = f->open || f->open_days > 0;
    f->ages = f->open;
    if (f->by_age && !f->open) {
        return km_mend(km_fail(err, KM_EUSAGE, "--sort age: only what is open has an age"), err,
                       "Say --open, too.");
    }
    return KM_OK;
}

static km_status list_marks(km_cli *c, const km_mark_filter *f, km_error *err)
{
    km_rows *r = km_record_listing(c, f->ages ? KM_WHAT_OPEN_MARKS : KM_WHAT_MARKS);
    km_status st = km_app_marks_each(c->app, f, f->ages ? put_open_mark : put_mark, r, err);
    if (st != KM_OK) {
        km_rows_close(r, NULL);
        return st;
    }
    return km_listing_close(r, c, "No marks.", err);
}

/* A kept filter, narrowed by the options. */
static km_status marks_of_filter(km_cli *c, const char *name, km_error *err)
{
    km_mark_filter f;
    km_arena mem = { 0 };
    const char *text = NULL;
    int64_t id = 0;
    km_status st = km_app_filter_find(&text, &id, &mem, c->app, name, err);

    if (st == KM_OK)
        st = km_app_filter_parse(&f, &mem, c->app, text, err);
    if (st == KM_OK)
        st = km_opt_filter_over(&f, c, err);
    if (st == KM_OK)
        st = km_opt_word(&f.kind, c, OPT_KIND, KM_VOCAB_KIND, err);
    if (st == KM_OK)
        st = read_sort(&f, c, err);
    if (st == KM_OK)
        st = list_marks(c, &f, err);
    km_arena_clear(&mem);
    return st;
}

km_status km_run_marks(km_cli *c, km_error *err)
{
    const char *name = km_value(c, OPT_FILTER);
    km_mark_filter f;

    /* refused before a database is opened */
    TRY(km_opt_filter(&f, c, err));
    TRY(km_opt_word(&f.kind, c, OPT_KIND, KM_VOCAB_KIND, err));
    if (!name)
        TRY(read_sort(&f, c, err));
    TRY(km_need_app(c, NULL, err));
    return name ? marks_of_filter(c, name, err) : list_marks(c, &f, err);
}

km_status km_run_unmark(km_cli *c, km_error *err)
{
    km_arena mem = { 0 };
    km_mark m;
    int64_t id;

    TRY(km_arg_id(&id, c, 0, err));
    TRY(km_need_app(c, NULL, err));
    km_status st = km_app_mark_get(&m, &mem, c->app, id, err);
    if (st == KM_OK)
        st = km_app_mark_remove(c->app, id, err);
    if (st == KM_OK) {
        c->stored = true;
        km_rows *r = km_record_listing(c, KM_WHAT_MARKS);
        km_rows_mark(r, &m, NULL);
        st = km_rows_close(r, err);
    }
    km_arena_clear(&mem);
    return st;
}

/* Option names are taken for the columns they fill: "ppt-area" for ppt_area_cm2. */
static bool field_is(const char *given, const char *column, const char *option)
{
    return strcmp(given, column) == 0 || (option && strcmp(given, option) == 0);
}

static km_status clear_field(km_mark *m, const char *field, km_error *err)
{
    const km_mark blank = km_mark_blank();

    if (field_is(field, "intensity", NULL)) {
        m->intensity = blank.intensity;
    } else if (field_is(field, "state", NULL)) {
        m->state = blank.state;
    } else if (field_is(field, "qualities", "quality")) {
        m->qualities = 0;
    } else if (field_is(field, "ppt_readings", "ppt") || field_is(field, "ppt_kpa", NULL)) {
        m->n_ppt = 0;
    } else if (field_is(field, "ppt_area_cm2", "ppt-area")) {
        m->ppt_area = 0;
    } else if (field_is(field, "taut_band", "taut-band")) {
        m->taut_band = KM_TRI_UNKNOWN;
    } else if (field_is(field, "twitch", NULL)) {
        m->twitch = KM_TRI_UNKNOWN;
    } else if (field_is(field, "referral_felt", "referral-felt")) {
        m->n_felt = 0;
    } else if (field_is(field, "cause", NULL)) {
        m->cause = KM_CAUSE_NONE;
    } else if (field_is(field, "tissue", NULL)) {
        m->tissue = KM_TISSUE_NONE;
    } else if (field_is(field, "onset", NULL)) {
        m->has_onset = false;
    } else if (field_is(field, "test", NULL)) {
        m->test = NULL;
        m->test_side = KM_SIDE_MIDLINE;
    } else if (field_is(field, "session", NULL)) {
        m->session_id = 0;
        m->session_uid = blank.session_uid;
    } else if (field_is(field, "muscle", NULL)) {
        m->place.muscle = NULL;
        m->place.tp = 0;
    } else if (field_is(field, "trigger_point", NULL)) {
        m->place.tp = 0;
    } else if (field_is(field, "note", NULL)) {
        m->note = NULL;
    } else {
        return km_mend(km_fail(err, KM_EINVAL, "--clear: %s is no field that can be empty", field),
                       err, "They are listed by knotmap help edit.");
    }
    return KM_OK;
}

static km_status apply_edit(km_mark *m, km_cli *c, km_error *err)
{
    const char *field;

    for (int i = 0; (field = km_value_nth(c, OPT_CLEAR, i)) != NULL; i++)
        TRY(clear_field(m, field, err));
    TRY(read_fields(m, c, err));

    const char *place = km_value(c, OPT_PLACE);
    km_ref ref = { .kind = KM_REF_REGION, .index = km_atlas_region(c->atlas, m->place.region),
                   .point = -1, .side = m->place.side };
    bool has_pos = false;
    if (place)
        TRY(km_atlas_resolve(&ref, c->atlas, place, 0, err));
    TRY(read_position(m, &has_pos, c, &ref, err));
    if (place)
        TRY(km_app_mark_place(m, c->app, &ref, has_pos, err));
    return KM_OK;
}

km_status km_run_edit(km_cli *c, km_error *err)
{
    km_arena mem = { 0 };
    km_mark m;
    int64_t id;

    TRY(km_arg_id(&id, c, 0, err));
    if (!km_has_own(c))
        return km_fail(err, KM_EUSAGE, "edit: say what to change");
    TRY(km_need_app(c, NULL, err));
    km_status st = km_app_mark_get(&m, &mem, c->app, id, err);
    if (st == KM_OK)
        st = apply_edit(&m, c, err);
    if (st == KM_OK)
        st = km_app_mark_edit(&m, c->app, err);
    if (st == KM_OK) {
        c->stored = true;
        st = print_mark(c, id, err);
    }
    km_arena_clear(&mem);
    return st;
}

static km_status print_change(km_cli *c, const km_change *change, km_error *err)
{
    static const km_column columns[] = {
        { "change", KM_COL_DATA | KM_COL_SHOWN | KM_COL_RIGHT, NULL },
        { "what", KM_COL_DATA | KM_COL_SHOWN | KM_COL_FLEX, NULL },
        { "id", KM_COL_DATA | KM_COL_SHOWN | KM_COL_RIGHT, NULL },
    };

    c->stored = true;
    km_rows *r = km_listing(c, columns, 3);
    km_rows_int(r, change->change);
    km_rows_text(r, change->what);
    km_rows_count(r, change->id > 0 ? change->id : -1);
    km_rows_end(r, NULL);
    return km_rows_close(r, err);
}

km_status km_run_undo(km_cli *c, km_error *err)
{
    km_change change;

    TRY(km_need_app(c, NULL, err));
    TRY(km_app_undo(&change, c->app, err));
    return print_change(c, &change, err);
}

km_status km_run_redo(km_cli *c, km_error *err)
{
    km_change change;

    TRY(km_need_app(c, NULL, err));
    TRY(km_app_redo(&change, c->app, err));
    return print_change(c, &change, err);
}
