/** refer: where a trigger point sends pain, and what is known of its muscle. */
#include "columns.h"
#include "command.h"

static const km_column refer_columns[] = {
    { "muscle", DATA, NULL },
    { "trigger_point", DATA, NULL },
    { "side", BOTH, NULL },
    { "region", BOTH | KM_COL_STRONG, NULL },
    { "kind", BOTH, NULL },
    { "weight", BOTH | KM_COL_RIGHT, NULL },
    { "checked", SHOWN, NULL }, /* how far the source was; atlas referrals has it as basis */
    { "source", BOTH | KM_COL_FLEX, NULL },
};

static void put_point_heading(km_rows *r, const km_atlas *a, const km_point *p, bool first)
{
    const km_muscle *m = &a->muscle[p->muscle];
    km_buf text = { 0 };

    if (!first)
        km_rows_section(r, 0, "");
    km_buf_printf(&text, "%s:%d  %s, %s", m->code, p->tp, m->name, a->region[p->site].name);
    km_rows_section(r, 0, km_buf_str(&text));
    km_rows_section(r, 2, p->location);
    km_buf_clear(&text);
}

static void put_point_zones(km_rows *r, const km_atlas *a, int point, km_side side)
{
    const km_point *p = &a->point[point];
    km_zone zone[KM_ZONES_MAX];
    size_t n = km_referral_zones(zone, a, point, side);

    for (size_t i = 0; i < n; i++) {
        bool known = side != KM_SIDE_MIDLINE || zone[i].laterality == KM_LAT_MIDLINE;
        km_rows_text(r, a->muscle[p->muscle].code);
        km_rows_int(r, p->tp);
        km_rows_text(r, known ? km_word(KM_VOCAB_SIDE, (int)zone[i].side)
                              : km_laterality_word(zone[i].laterality));
        km_rows_text(r, a->region[zone[i].region].code);
        km_rows_text(r, km_zone_word(zone[i].kind));
        km_rows_int(r, zone[i].weight);
        km_rows_text(r, km_basis_word(zone[i].basis));
        km_rows_text(r, zone[i].source);
        km_rows_end(r, NULL);
    }
}

/* What the muscle does, what overloads it, and whose companion it is. */
static void put_muscle_facts(km_rows *r, const km_atlas *a, int muscle)
{
    const km_muscle *m = &a->muscle[muscle];
    km_buf text = { 0 };

    km_rows_section(r, 0, "");
    km_buf_printf(&text, "%s: %s.", m->name, m->action);
    km_rows_section(r, 0, km_buf_str(&text));
    if (m->n_overload > 0) {
        km_buf_reset(&text);
        km_buf_puts(&text, "commonly overloaded by ");
        for (int i = 0; i < m->n_overload; i++)
            km_buf_printf(&text, "%s%s", i > 0 ? ", " : "", m->overload[i]);
        km_rows_section(r, 2, km_buf_str(&text));
    }
    for (int pass = 0; pass < 2; pass++) {
        km_buf_reset(&text);
        for (int i = 0; i < a->n_satellite; i++) {
            const km_satellite *s = &a->satellite[i];
            int own = pass == 0 ? s->key : s->satellite;
            int other = pass == 0 ? s->satellite : s->key;
            if (own == muscle)
                km_buf_printf(&text, "%s%s", text.len ? ", " : "", a->muscle[other].code);
        }
        if (text.len == 0)
            continue;
        km_buf line = { 0 };
        km_buf_printf(&line, "%s %s", pass == 0 ? "its satellites:" : "a satellite of:", text.s);
        km_rows_section(r, 2, km_buf_str(&line));
        km_buf_clear(&line);
    }
    km_buf_clear(&text);
}

km_status km_run_refer(km_cli *c, km_error *err)
{
    km_ref ref;
    int side = -1;
    bool first = true;

    TRY(km_atlas_resolve(&ref, c->atlas, c->args.pos[0],
                         KM_RESOLVE_SIDE_OPEN | KM_RESOLVE_MUSCLE | KM_RESOLVE_GROUP, err));
    TRY(km_opt_word(&side, c, OPT_SIDE, KM_VOCAB_SIDE, err));

    const km_atlas *a = c->atlas;
    const int16_t self = (int16_t)ref.index;
    const int16_t *muscle = ref.kind == KM_REF_GROUP ? a->group[ref.index].muscle : &self;
    int n = ref.kind == KM_REF_GROUP ? a->group[ref.index].n_muscle : 1;

    km_rows *r = km_listing(c, refer_columns, (int)(sizeof refer_columns / sizeof *refer_columns));
    for (int i = 0; i < n; i++) {
        const km_muscle *m = &a->muscle[muscle[i]];
        km_side on = m->midline     ? KM_SIDE_MIDLINE
                   : side >= 0      ? (km_side)side
                   : ref.side_open  ? KM_SIDE_MIDLINE
                                    : ref.side;
        for (int k = 0; k < m->n_point; k++) {
            int point = m->first_point + k;
            if (ref.point >= 0 && ref.point != point)
                continue;
            put_point_heading(r, a, &a->point[point], first);
            put_point_zones(r, a, point, on);
            first = false;
        }
        if (m->n_point > 0)
            put_muscle_facts(r, a, muscle[i]);
    }
    bool none = km_rows_n(r) == 0;
    TRY(km_rows_close(r, err));
    return none ? km_fail(err, KM_ENOTFOUND, "%s: no trigger point of it is known",
                          c->args.pos[0])
                : KM_OK;
}
