/* The knowledge as it is compiled in: whole, consistent, and what assets/ says. */
#include "km_cmocka.h"

#include <stdlib.h>
#include <string.h>

#include "knotmap/atlas.h"
#include "knotmap/path.h"

static const km_atlas *a;

static int setup(void **state)
{
    (void)state;
    a = km_atlas_builtin();
    return 0;
}

static bool is_home(const km_muscle *m, int region)
{
    for (int i = 0; i < m->n_home; i++)
        if (m->home[i] == region)
            return true;
    return false;
}

static bool has_source(const char *source)
{
    return source != NULL && source[strspn(source, " ")] != '\0';
}

static void tables_have_their_rows(void **state)
{
    (void)state;
    assert_true(a->builtin);
    assert_int_equal(a->n_region, 84);
    assert_int_equal(a->n_muscle, 137);
    assert_int_equal(a->n_point, 229);
    assert_int_equal(a->n_pos, 281);
    assert_int_equal(a->n_referral, 838);
    assert_int_equal(a->n_satellite, 153);
    assert_int_equal(a->n_routine, 365);
    assert_int_equal(a->n_cbm, 74);
}

static void codes_are_unique_and_found(void **state)
{
    (void)state;
    for (int i = 0; i < a->n_region; i++)
        assert_int_equal(km_atlas_region(a, a->region[i].code), i);
    for (int i = 0; i < a->n_muscle; i++)
        assert_int_equal(km_atlas_muscle(a, a->muscle[i].code), i);
    for (int i = 0; i < a->n_group; i++)
        assert_int_equal(km_atlas_group(a, a->group[i].code), i);
    assert_int_equal(km_atlas_region(a, "no_such"), -1);
    assert_int_equal(km_atlas_muscle(a, ""), -1);
    assert_int_equal(km_atlas_group(a, "infraspinatus"), -1);
}

static void every_index_points_into_its_table(void **state)
{
    (void)state;
    int points = 0, routines = 0, referrals = 0, positions = 0;
    for (int i = 0; i < a->n_muscle; i++) {
        const km_muscle *m = &a->muscle[i];
        assert_true(m->n_home > 0);
        for (int k = 0; k < m->n_home; k++)
            assert_in_range(m->home[k], 0, a->n_region - 1);
        for (int k = 0; k < m->n_point; k++)
            assert_int_equal(a->point[m->first_point + k].muscle, i);
        for (int k = 0; k < m->n_routine; k++)
            assert_int_equal(a->routine[m->first_routine + k].muscle, i);
        points += m->n_point;
        routines += m->n_routine;
    }
    for (int i = 0; i < a->n_point; i++) {
        const km_point *p = &a->point[i];
        for (int k = 0; k < p->n_referral; k++)
            assert_int_equal(a->referral[p->first_referral + k].point, i);
        for (int k = 0; k < p->n_pos; k++)
            assert_int_equal(a->pos[p->first_pos + k].point, i);
        assert_int_equal(km_atlas_point(a, p->muscle, p->tp), i);
        referrals += p->n_referral;
        positions += p->n_pos;
    }
    assert_int_equal(points, a->n_point);
    assert_int_equal(routines, a->n_routine);
    assert_int_equal(referrals, a->n_referral);
    assert_int_equal(positions, a->n_pos);
}

static void groups_hold_the_muscles_that_name_them(void **state)
{
    (void)state;
    int in_groups = 0, named = 0;
    for (int g = 0; g < a->n_group; g++)
        for (int k = 0; k < a->group[g].n_muscle; k++) {
            assert_int_equal(a->muscle[a->group[g].muscle[k]].group, g);
            in_groups++;
        }
    for (int i = 0; i < a->n_muscle; i++)
        named += a->muscle[i].group >= 0;
    assert_int_equal(in_groups, named);
    assert_int_equal(a->group[km_atlas_group(a, "hamstrings")].n_muscle, 3);
    assert_int_equal(a->group[km_atlas_group(a, "gluteals")].n_muscle, 3);
}

static void every_point_lies_in_a_home_region_and_refers_somewhere(void **state)
{
    (void)state;
    for (int i = 0; i < a->n_point; i++) {
        const km_point *p = &a->point[i];
        const km_muscle *m = &a->muscle[p->muscle];
        assert_true(is_home(m, p->site));
        assert_true(p->n_referral >= 1);
        assert_in_range(p->n_pos, 1, 4);
        for (int k = 0; k < p->n_pos; k++) {
            const km_point_pos *pos = &a->pos[p->first_pos + k];
            int region = -1;
            km_side side;
            assert_true(km_body_at(a, pos->view, pos->x, pos->y, &region, &side));
            assert_true(region == p->site || is_home(m, region));
            assert_true(pos->view == KM_VIEW_RIGHT || pos->x >= 0);
        }
    }
}

/* Counted so that a redrawn border or a moved point shows. */
static void most_positions_lie_in_the_site_itself(void **state)
{
    (void)state;
    int outside = 0;
    for (int i = 0; i < a->n_pos; i++) {
        int region = -1;
        km_side side;
        km_body_at(a, a->pos[i].view, a->pos[i].x, a->pos[i].y, &region, &side);
        outside += region != a->point[a->pos[i].point].site;
    }
    assert_in_range(outside, 0, 13);
}

static void referrals_hold_their_ranges(void **state)
{
    (void)state;
    for (int i = 0; i < a->n_referral; i++) {
        const km_referral *r = &a->referral[i];
        assert_in_range(r->kind, KM_ZONE_LOCAL, KM_ZONE_SPILLOVER);
        assert_in_range(r->laterality, KM_LAT_SAME, KM_LAT_MIDLINE);
        assert_in_range(r->basis, KM_BASIS_RECALLED, KM_BASIS_PAGE);
        assert_in_range(r->weight, 1, 3);
        assert_in_range(r->region, 0, a->n_region - 1);
        assert_int_equal(r->laterality == KM_LAT_MIDLINE, a->region[r->region].midline);
        assert_true(r->weight < 3 || r->kind == KM_ZONE_ESSENTIAL);
        for (int k = i + 1; k < a->n_referral && a->referral[k].point == r->point; k++)
            assert_int_not_equal(a->referral[k].region, r->region);
    }
}

static void the_index_by_region_holds_every_referral_once(void **state)
{
    (void)state;
    assert_int_equal(a->region_referral_first[0], 0);
    assert_int_equal(a->region_referral_first[a->n_region], a->n_referral);
    for (int r = 0; r < a->n_region; r++)
        for (int i = a->region_referral_first[r]; i < a->region_referral_first[r + 1]; i++) {
            assert_int_equal(a->referral[a->region_referral[i]].region, r);
            if (i > a->region_referral_first[r])
                assert_true(a->region_referral[i] > a->region_referral[i - 1]);
        }
}

static void routines_hold_their_ranges(void **state)
{
    (void)state;
    for (int i = 0; i < a->n_routine; i++) {
        const km_routine_row *r = &a->routine[i];
        assert_in_range(r->technique, 0, KM_TECH_COUNT - 1);
        assert_in_range(r->pressure, 0, 7);
        assert_in_range(r->seconds, 1, 600);
        assert_in_range(r->sets, 1, 10);
        assert_in_range(r->per_week, 1, 21);
        assert_true(r->tools < 1u << KM_TOOL_COUNT);
        assert_int_equal(r->therapist, r->technique == KM_TECH_MASSAGE);
        assert_true(r->position[0] != '\0' && r->action[0] != '\0');
    }
}

static void every_muscle_has_a_routine_of_its_own(void **state)
{
    (void)state;
    for (int i = 0; i < a->n_muscle; i++) {
        int own = 0;
        for (int k = 0; k < a->muscle[i].n_routine; k++)
            own += !a->routine[a->muscle[i].first_routine + k].therapist;
        assert_true(own >= 1);
    }
}

static void no_pressure_at_home_where_it_is_unsafe(void **state)
{
    (void)state;
    static const char *const unsafe[] = {
        "lateral_pterygoid", "longus_colli", "scalenus_anterior", "scalenus_minimus",
        "psoas_major",       "obturator_internus", "levator_ani", "coccygeus",
        "sphincter_ani",     "bulbospongiosus",
    };
    int without = 0;
    for (int i = 0; i < a->n_muscle; i++) {
        bool pressed = false, listed = false;
        for (int k = 0; k < a->muscle[i].n_routine; k++) {
            const km_technique t = a->routine[a->muscle[i].first_routine + k].technique;
            pressed = pressed || t == KM_TECH_SMR || t == KM_TECH_COMPRESSION ||
                      t == KM_TECH_PIN_AND_STRETCH;
        }
        for (size_t k = 0; k < sizeof unsafe / sizeof unsafe[0]; k++)
            listed = listed || strcmp(unsafe[k], a->muscle[i].code) == 0;
        assert_int_equal(pressed, !listed);
        without += !pressed;
    }
    assert_int_equal(without, (int)(sizeof unsafe / sizeof unsafe[0]));
}

static void no_row_is_without_a_source(void **state)
{
    (void)state;
    for (int i = 0; i < a->n_muscle; i++)
        assert_true(has_source(a->muscle[i].source));
    for (int i = 0; i < a->n_point; i++)
        assert_true(has_source(a->point[i].source));
    for (int i = 0; i < a->n_referral; i++)
        assert_true(has_source(a->referral[i].source));
    for (int i = 0; i < a->n_satellite; i++)
        assert_true(has_source(a->satellite[i].source));
    for (int i = 0; i < a->n_routine; i++)
        assert_true(has_source(a->routine[i].source));
    for (int i = 0; i < a->n_table; i++) {
        const km_table *t = &a->table[i];
        const int c = km_table_column(t, "source");
        for (int k = 0; c >= 0 && k < t->n_row; k++)
            assert_true(has_source(km_table_cell(t, k, c)));
    }
}

static void count_rows(km_buf *text, int *rows)
{
    for (const char *p = km_buf_str(text); *p != '\0'; p++)
        *rows += *p == '\n';
    --*rows; /* the header; no cell of these tables holds a line break */
}

/*
 * Each table has its entry with its number of rows, so that a table without a source column is
 * sourced as a whole and an edit is not forgotten there.
 */
static void every_table_has_its_entry_in_sources(void **state)
{
    (void)state;
    static const char *const fixed[] = {
        "regions",  "muscles",      "trigger_points", "referrals",  "satellites",  "routines",
        "cbm_segments", "body-geometry", "body-lines", "body-points", "body-seeds", "body-source",
    };
    const size_t n = sizeof fixed / sizeof fixed[0];
    km_buf text = { 0 };
    assert_int_equal(km_file_read(&text, KM_SOURCE_DIR "/assets/SOURCES.md", NULL), KM_OK);
    for (size_t i = 0; i < n + (size_t)a->n_table; i++) {
        const char *name = i < n ? fixed[i] : a->table[i - n].name;
        km_buf path = { 0 }, table = { 0 }, entry = { 0 };
        int rows = 0;
        km_buf_printf(&path, "%s/assets/%s.csv", KM_SOURCE_DIR, name);
        assert_int_equal(km_file_read(&table, km_buf_str(&path), NULL), KM_OK);
        count_rows(&table, &rows);
        km_buf_printf(&entry, "%s.csv (%d rows)", name, rows);
        if (strstr(km_buf_str(&text), km_buf_str(&entry)) == NULL)
            print_error("SOURCES.md does not say %s\n", km_buf_str(&entry));
        assert_non_null(strstr(km_buf_str(&text), km_buf_str(&entry)));
        km_buf_clear(&path);
        km_buf_clear(&table);
        km_buf_clear(&entry);
    }
    km_buf_clear(&text);
}

/* Regions without left and right are one polygon; the body map lists them on both sides. */
static void body_map_segments_part_front_and_back(void **state)
{
    (void)state;
    static const km_view view[] = { KM_VIEW_FRONT, KM_VIEW_BACK };
    for (int v = 0; v < 2; v++)
        for (int s = KM_SIDE_LEFT; s <= KM_SIDE_RIGHT; s++)
            for (int r = 0; r < a->n_region; r++) {
                int n = 0;
                for (int i = 0; i < a->n_cbm; i++)
                    for (int k = 0; k < a->cbm[i].n_region; k++)
                        n += a->cbm[i].view == view[v] && (int)a->cbm[i].side == s &&
                             a->cbm[i].region[k] == r;
                const unsigned seen = v == 0 ? 1u << KM_VIEW_FRONT
                                             : 1u << KM_VIEW_BACK | 1u << KM_VIEW_SOLE;
                assert_int_equal(n, (a->region[r].views & seen) != 0 ? 1 : 0);
            }
}

static void only_the_sphincter_is_unpaired(void **state)
{
    (void)state;
    for (int i = 0; i < a->n_muscle; i++)
        assert_int_equal(a->muscle[i].midline, strcmp(a->muscle[i].code, "sphincter_ani") == 0);
}

static void satellites_name_two_muscles(void **state)
{
    (void)state;
    for (int i = 0; i < a->n_satellite; i++) {
        assert_in_range(a->satellite[i].key, 0, a->n_muscle - 1);
        assert_in_range(a->satellite[i].satellite, 0, a->n_muscle - 1);
        assert_int_not_equal(a->satellite[i].key, a->satellite[i].satellite);
    }
}

/* Both atlases as text: everything a table says, pointers followed. */
static void describe(km_buf *out, const km_atlas *t)
{
    for (int i = 0; i < t->n_region; i++)
        km_buf_printf(out, "%s|%s|%s|%d|%u|%d\n", t->region[i].code, t->region[i].name,
                      t->region[i].area, t->region[i].midline, t->region[i].views,
                      (int)t->region[i].first_view);
    for (int i = 0; i < t->n_muscle; i++) {
        const km_muscle *m = &t->muscle[i];
        km_buf_printf(out, "%s|%s|%s|%d|%s|%s|%s|%s|%s|%d|%d|%d|%d|%d|%d|%d|", m->code, m->name,
                      m->area, (int)m->view, m->depth, m->attachments, m->action, m->latin,
                      m->source, m->group, m->commonness, m->midline, m->first_point, m->n_point,
                      m->first_routine, m->n_routine);
        for (int k = 0; k < m->n_home; k++)
            km_buf_printf(out, "%d;", m->home[k]);
        for (int k = 0; k < m->n_overload; k++)
            km_buf_printf(out, "%s;", m->overload[k]);
        for (int k = 0; k < m->n_synonym; k++)
            km_buf_printf(out, "%s;", m->synonym[k]);
        km_buf_putc(out, '\n');
    }
    for (int i = 0; i < t->n_group; i++) {
        km_buf_printf(out, "%s", t->group[i].code);
        for (int k = 0; k < t->group[i].n_muscle; k++)
            km_buf_printf(out, "|%d", t->group[i].muscle[k]);
    }
    for (int i = 0; i < t->n_point; i++) {
        const km_point *p = &t->point[i];
        km_buf_printf(out, "%d|%d|%d|%s|%s|%d|%d|%d|%d\n", p->muscle, p->tp, p->site, p->location,
                      p->source, p->first_referral, p->n_referral, p->first_pos, p->n_pos);
    }
    for (int i = 0; i < t->n_pos; i++)
        km_buf_printf(out, "%d|%d|%d|%d\n", t->pos[i].point, (int)t->pos[i].view, t->pos[i].x,
                      t->pos[i].y);
    for (int i = 0; i < t->n_referral; i++) {
        const km_referral *r = &t->referral[i];
        km_buf_printf(out, "%d|%d|%s|%s|%d|%s|%s|%d\n", r->point, r->region, km_zone_word(r->kind),
                      km_laterality_word(r->laterality), r->weight, km_basis_word(r->basis),
                      r->source, t->region_referral[i]);
    }
    for (int i = 0; i < t->n_satellite; i++)
        km_buf_printf(out, "%d|%d|%s\n", t->satellite[i].key, t->satellite[i].satellite,
                      t->satellite[i].source);
    for (int i = 0; i < t->n_routine; i++) {
        const km_routine_row *r = &t->routine[i];
        km_buf_printf(out, "%d|%d|%u|%d|%s|%s|%s|%s|%s|%d|%d|%d|%d\n", r->muscle,
                      (int)r->technique, (unsigned)r->tools, r->therapist, r->tool, r->position,
                      r->action, r->caution, r->source, r->seconds, r->sets, r->pressure,
                      r->per_week);
    }
    for (int i = 0; i < t->n_cbm; i++) {
        km_buf_printf(out, "%d|%d|%d|%s", t->cbm[i].segment, (int)t->cbm[i].view,
                      (int)t->cbm[i].side, t->cbm[i].name);
        for (int k = 0; k < t->cbm[i].n_region; k++)
            km_buf_printf(out, "|%d", t->cbm[i].region[k]);
    }
    for (int i = 0; i < t->body.n_polygon; i++) {
        const km_polygon *p = &t->body.polygon[i];
        km_buf_printf(out, "\n%d|%d|%d|%d|%d|%d|%d|%d", (int)p->view, p->region, (int)p->side,
                      p->x0, p->y0, p->x1, p->y1, p->mirror);
        for (int k = 0; k < 2 * p->n; k++)
            km_buf_printf(out, ",%d", p->xy[k]);
    }
    for (int i = 0; i < t->body.n_line; i++) {
        const km_line *p = &t->body.line[i];
        km_buf_printf(out, "\n%d|%d|%s", (int)p->view, (int)p->kind,
                      p->feature != NULL ? p->feature : "-");
        for (int k = 0; k < 2 * p->n; k++)
            km_buf_printf(out, ",%d", p->xy[k]);
    }
    for (int i = 0; i < t->body.n_seed; i++)
        km_buf_printf(out, "\n%d|%d|%d|%d", (int)t->body.seed[i].view, t->body.seed[i].region,
                      t->body.seed[i].x, t->body.seed[i].y);
    for (int i = 0; i < t->n_table; i++) {
        km_buf_printf(out, "\n%s|%d", t->table[i].name, t->table[i].n_row);
        for (int k = 0; k < t->table[i].n_column; k++)
            km_buf_printf(out, "|%s", t->table[i].column[k]);
        for (int k = 0; k < t->table[i].n_column * t->table[i].n_row; k++)
            km_buf_printf(out, "|%s", km_table_cell(&t->table[i], 0, k));
    }
    for (int i = 0; i < t->n_key; i++)
        km_buf_printf(out, "\n%s|%u|%d|%d|%d", t->key[i].text, (unsigned)t->key[i].letters,
                      t->key[i].kind, t->key[i].spells, t->key[i].index);
}

static void builtin_equals_the_tables_of_assets(void **state)
{
    (void)state;
    const km_atlas *read = NULL;
    km_error err = { 0 };
    if (km_atlas_load(&read, KM_SOURCE_DIR "/assets", &err) != KM_OK)
        fail_msg("%s", err.text);
    assert_false(read->builtin);
    km_buf x = { 0 }, y = { 0 };
    describe(&x, a);
    describe(&y, read);
    assert_true(x.len > 300000);
    assert_int_equal(x.len, y.len);
    assert_memory_equal(km_buf_str(&x), km_buf_str(&y), x.len);
    km_buf_clear(&x);
    km_buf_clear(&y);
}

static void open_follows_the_environment(void **state)
{
    (void)state;
    const km_atlas *got = NULL;
    km_error err = { 0 };
    unsetenv("KNOTMAP_ASSETS");
    assert_int_equal(km_atlas_open(&got, &err), KM_OK);
    assert_ptr_equal(got, a);
    setenv("KNOTMAP_ASSETS", "", 1);
    assert_int_equal(km_atlas_open(&got, &err), KM_OK);
    assert_ptr_equal(got, a);
    setenv("KNOTMAP_ASSETS", KM_SOURCE_DIR "/assets", 1);
    assert_int_equal(km_atlas_open(&got, &err), KM_OK);
    assert_ptr_not_equal(got, a);
    setenv("KNOTMAP_ASSETS", KM_SOURCE_DIR "/no-such-folder", 1);
    assert_int_equal(km_atlas_open(&got, &err), KM_ENOINPUT);
    assert_non_null(strstr(err.text, "no-such-folder/regions.csv"));
    unsetenv("KNOTMAP_ASSETS");
}

static void further_tables_are_found_by_name(void **state)
{
    (void)state;
    const km_table *flags = km_atlas_table(a, "red_flags");
    assert_non_null(flags);
    assert_string_equal(km_table_cell(flags, 0, km_table_column(flags, "code")), "cardiac");
    assert_string_equal(km_table_cell(flags, 1, km_table_column(flags, "code")), "aorta");
    assert_null(km_atlas_table(a, "no_such"));
    for (int i = 0; i < a->n_table; i++) {
        const km_table *t = km_atlas_table(a, a->table[i].name);
        assert_ptr_equal(t, &a->table[i]);
        assert_true(t->n_row > 0);
        for (int c = 0; c < t->n_column; c++)
            assert_int_equal(km_table_column(t, t->column[c]), c);
        assert_int_equal(km_table_column(t, "no such column"), -1);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(tables_have_their_rows),
        cmocka_unit_test(codes_are_unique_and_found),
        cmocka_unit_test(every_index_points_into_its_table),
        cmocka_unit_test(groups_hold_the_muscles_that_name_them),
        cmocka_unit_test(every_point_lies_in_a_home_region_and_refers_somewhere),
        cmocka_unit_test(most_positions_lie_in_the_site_itself),
        cmocka_unit_test(referrals_hold_their_ranges),
        cmocka_unit_test(the_index_by_region_holds_every_referral_once),
        cmocka_unit_test(routines_hold_their_ranges),
        cmocka_unit_test(every_muscle_has_a_routine_of_its_own),
        cmocka_unit_test(no_pressure_at_home_where_it_is_unsafe),
        cmocka_unit_test(no_row_is_without_a_source),
        cmocka_unit_test(every_table_has_its_entry_in_sources),
        cmocka_unit_test(body_map_segments_part_front_and_back),
        cmocka_unit_test(only_the_sphincter_is_unpaired),
        cmocka_unit_test(satellites_name_two_muscles),
        cmocka_unit_test(builtin_equals_the_tables_of_assets),
        cmocka_unit_test(open_follows_the_environment),
        cmocka_unit_test(further_tables_are_found_by_name),
    };
    return cmocka_run_group_tests(tests, setup, NULL);
}
