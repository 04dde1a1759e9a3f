/* Damaged tables are refused with file, line, column, value and reason. */
#include "km_cmocka.h"

#include <string.h>

#include "load.h"

/** The tables of assets/ in memory, one of them with a piece of text exchanged. */
typedef struct damaged {
    const char *file;     /* NULL: none */
    const char *from, *to;
    const char *missing;  /* a file that is not there */
} damaged;

static struct {
    char name[40];
    km_buf bytes;
} cache[40];

static const km_buf *original(const char *file)
{
    size_t i = 0;
    while (cache[i].name[0] != '\0' && strcmp(cache[i].name, file) != 0)
        i++;
    assert_in_range(i, 0, 38);
    if (cache[i].name[0] == '\0') {
        strncpy(cache[i].name, file, sizeof cache[i].name - 1);
        char dir[] = KM_SOURCE_DIR "/assets";
        assert_int_equal(km_asset_read_dir(dir, &cache[i].bytes, file, NULL), KM_OK);
    }
    return &cache[i].bytes;
}

static km_status read_damaged(void *ctx, km_buf *out, const char *file, km_error *err)
{
    const damaged *d = ctx;
    if (d->missing != NULL && strcmp(d->missing, file) == 0)
        return km_fail(err, KM_ENOINPUT, "%s: no such file", file);
    const km_buf *text = original(file);
    if (d->file == NULL || strcmp(d->file, file) != 0) {
        km_buf_add(out, km_buf_str(text), text->len);
        return KM_OK;
    }
    const char *at = strstr(km_buf_str(text), d->from);
    if (at == NULL)
        fail_msg("%s does not hold %s", file, d->from);
    const size_t before = (size_t)(at - km_buf_str(text)), skip = before + strlen(d->from);
    km_buf_add(out, km_buf_str(text), before);
    km_buf_puts(out, d->to);
    km_buf_add(out, km_buf_str(text) + skip, text->len - skip);
    return KM_OK;
}

static km_status load_with(damaged *d, km_error *err)
{
    static const char *const table[] = { "red_flags" };
    const km_asset_source src = {
        .read = read_damaged, .ctx = d, .prefix = "", .table = table, .n_table = 1
    };
    km_arena mem = { 0 };
    km_atlas atlas;
    *err = (km_error){ 0 };
    const km_status st = km_atlas_read(&atlas, &mem, &src, err);
    km_arena_clear(&mem);
    return st;
}

static void refuses(const char *file, const char *from, const char *to, const char *text)
{
    damaged d = { .file = file, .from = from, .to = to };
    km_error err;
    assert_int_equal(load_with(&d, &err), KM_EDATA);
    assert_string_equal(err.text, text);
    assert_int_equal(km_status_exit(KM_EDATA), 65);
}

static void the_tables_as_they_are_load(void **state)
{
    (void)state;
    damaged d = { 0 };
    km_error err;
    assert_int_equal(load_with(&d, &err), KM_OK);
}

static void columns_may_be_added_and_stand_in_any_order(void **state)
{
    (void)state;
    damaged d = { .file = "satellites.csv",
                  .from = km_buf_str(original("satellites.csv")),
                  .to = "note,source,satellite_muscle,key_muscle\n,s,soleus,gastrocnemius\n" };
    km_error err;
    assert_int_equal(load_with(&d, &err), KM_OK);
}

static void missing_files(void **state)
{
    (void)state;
    static const char *const file[] = {
        "regions.csv",       "muscles.csv",    "trigger_points.csv", "referrals.csv",
        "satellites.csv",    "routines.csv",   "cbm_segments.csv",   "body-geometry.csv",
        "body-lines.csv",    "body-seeds.csv", "body-points.csv",    "red_flags.csv",
    };
    for (size_t i = 0; i < sizeof file / sizeof file[0]; i++) {
        damaged d = { .missing = file[i] };
        km_error err;
        assert_int_equal(load_with(&d, &err), KM_ENOINPUT);
        assert_int_equal(km_status_exit(KM_ENOINPUT), 66);
        assert_non_null(strstr(err.text, file[i]));
    }
}

static void shape_of_a_table(void **state)
{
    (void)state;
    refuses("regions.csv", "code,name", "code,title",
            "regions.csv line 1, column name: missing from the header");
    refuses("regions.csv", "code,name,area", "code,code,area",
            "regions.csv line 1, column code: stands there twice");
    refuses("regions.csv", "code,name", "code,", "regions.csv line 1, column 2: has no name");
    refuses("regions.csv", ",head,no,front;back;side", ",head,no",
            "regions.csv line 2, column views: missing: the row has fewer cells than the header");
    refuses("regions.csv", ",head,no,front;back;side", ",head,no,front,extra",
            "regions.csv line 2, column 6: the row has more cells than the header");
    refuses("regions.csv", "Top of head", "Top \"of\" head",
            "regions.csv line 2: a stray quote (a field with quotes is written \"...\", a quote "
            "inside it \"\")");
}

static void text_of_a_cell(void **state)
{
    (void)state;
    refuses("regions.csv", "Top of head", "Top\tof head",
            "regions.csv line 2, column name: Top of head: holds a control character");
    refuses("regions.csv", "Top of head", "Top \xff head",
            "regions.csv line 2, column name: Top \xEF\xBF\xBD head: is not UTF-8");
    refuses("regions.csv", "Top of head", "Top \xC2\x9B head",
            "regions.csv line 2, column name: Top \\x9b head: holds a control character");
    refuses("regions.csv", "Top of head", "",
            "regions.csv line 2, column name: \"\": must not be empty");
    refuses("regions.csv", "Top of head", "Top of head ",
            "regions.csv line 2, column name: Top of head : has a blank at its edge");
    refuses("red_flags.csv", "cardiac,emergency", "cardiac\x07,emergency",
            "red_flags.csv line 2, column code: cardiac\\x07: holds a control character");
}

static void lines_are_those_of_the_file(void **state)
{
    (void)state;
    refuses("regions.csv", "\nforehead,", "\n\r\n\nvertex,",
            "regions.csv line 5, column code: vertex: stands there twice");
}

static void regions_table(void **state)
{
    (void)state;
    refuses("regions.csv", "\nforehead,", "\nvertex,",
            "regions.csv line 3, column code: vertex: stands there twice");
    refuses("regions.csv", "\nforehead,", "\nFore head,",
            "regions.csv line 3, column code: Fore head: is no code (lower case letters, digits, "
            "single underscores)");
    refuses("regions.csv", "\nforehead,", "\nleft,",
            "regions.csv line 3, column code: left: is the word of a side");
    refuses("regions.csv", "head,no,front;side\ntemple", "head,maybe,front;side\ntemple",
            "regions.csv line 3, column midline: maybe: is not one of no, yes");
    refuses("regions.csv", "head,no,front;side\ntemple", "head,no,front;above\ntemple",
            "regions.csv line 3, column views: front;above: above is not one of front, back, "
            "side, sole");
    refuses("regions.csv", "head,no,front;side\ntemple", "head,no,front;front\ntemple",
            "regions.csv line 3, column views: front;front: names front twice");
    refuses("regions.csv", "head,no,front;side\ntemple", "head,no,\ntemple",
            "regions.csv line 3, column views: \"\": must name a view");
    refuses("regions.csv", "head,no,front;side\ntemple", "head,no,front;side;back\ntemple",
            "regions.csv line 3, column code: forehead: has no outline in the back view of "
            "body-geometry.csv");
}

static void muscles_table(void **state)
{
    (void)state;
    refuses("muscles.csv", "\noccipitalis,", "\nfrontalis,",
            "muscles.csv line 3, column code: frontalis: stands there twice");
    refuses("muscles.csv", "head,forehead,front", "head,fourhead,front",
            "muscles.csv line 2, column home_regions: fourhead: fourhead: no such region in "
            "regions.csv");
    refuses("muscles.csv", "head,forehead,front", "head,,front",
            "muscles.csv line 2, column home_regions: \"\": must name a region");
    refuses("muscles.csv", "forehead,front,superficial", "forehead,left,superficial",
            "muscles.csv line 2, column view: left: is not one of front, back, side, sole");
    refuses("muscles.csv", "forehead,front,superficial", "forehead,front,shallow",
            "muscles.csv line 2, column depth: shallow: is not one of superficial, intermediate, "
            "deep");
    refuses("muscles.csv", "T&S 1999 v1 ch14,occipitofrontalis,1", ",occipitofrontalis,1",
            "muscles.csv line 2, column source: \"\": must not be empty");
    refuses("muscles.csv", "occipitofrontalis,1,no", "occipitofrontalis,4,no",
            "muscles.csv line 2, column commonness: 4: is not a whole number in 1..3");
    refuses("muscles.csv", "occipitofrontalis,1,no", "occipitofrontalis,1,yes",
            "muscles.csv line 2, column home_regions: forehead: an unpaired muscle lies in "
            "midline regions only");
    refuses("muscles.csv", "epicranius;forehead muscle", "epicranius;;forehead muscle",
            "muscles.csv line 2, column synonyms: occipitofrontalis frontal belly;epicranius;;"
            "forehead muscle: has an empty item or a blank beside a \";\"");
}

static void trigger_points_table(void **state)
{
    (void)state;
    refuses("trigger_points.csv", "frontalis,1,forehead", "frontal,1,forehead",
            "trigger_points.csv line 2, column muscle: frontal: no such muscle in muscles.csv");
    refuses("trigger_points.csv", "frontalis,1,forehead", "frontalis,0,forehead",
            "trigger_points.csv line 2, column tp: 0: is not a whole number in 1..99");
    refuses("trigger_points.csv", "frontalis,1,forehead", "frontalis,1x,forehead",
            "trigger_points.csv line 2, column tp: 1x: is not a whole number in 1..99");
    refuses("trigger_points.csv", "frontalis,1,forehead", "frontalis,1,calf",
            "trigger_points.csv line 2, column site_region: calf: is no home region of frontalis");
    refuses("trigger_points.csv", "platysma,2,", "platysma,1,",
            "trigger_points.csv line 8, column tp: 1: platysma has this number already");
    refuses("trigger_points.csv", "occipitalis,1,occiput", "frontalis,2,forehead",
            "muscles.csv line 3, column code: occipitalis: has no row in trigger_points.csv");
    refuses("trigger_points.csv", "\nplatysma,1,",
            "\ntemporalis,9,temple,x,y\nplatysma,1,",
            "trigger_points.csv line 10, column muscle: temporalis: its rows must stand together");
}

static void referrals_table(void **state)
{
    (void)state;
    refuses("referrals.csv", "frontalis,1,forehead,essential", "frontalis,2,forehead,essential",
            "referrals.csv line 2, column tp: 2: frontalis has no such point in "
            "trigger_points.csv");
    refuses("referrals.csv", "frontalis,1,forehead,essential", "frontalis,1,brow,essential",
            "referrals.csv line 2, column region: brow: no such region in regions.csv");
    refuses("referrals.csv", "forehead,essential,same,3", "forehead,certain,same,3",
            "referrals.csv line 2, column kind: certain: is not one of local, essential, "
            "spillover");
    refuses("referrals.csv", "forehead,essential,same,3", "forehead,essential,near,3",
            "referrals.csv line 2, column laterality: near: is not one of same, opposite, both, "
            "midline");
    refuses("referrals.csv", "forehead,essential,same,3", "forehead,essential,midline,3",
            "referrals.csv line 2, column laterality: midline: forehead has a left and a right: "
            "say same, opposite or both");
    refuses("referrals.csv", "nose,essential,midline,3", "nose,essential,same,3",
            "referrals.csv line 8, column laterality: same: nose is a midline region: say midline");
    refuses("referrals.csv", "forehead,essential,same,3", "forehead,essential,same,0",
            "referrals.csv line 2, column weight: 0: is not a whole number in 1..3");
    refuses("referrals.csv", "forehead,essential,same,3", "forehead,spillover,same,3",
            "referrals.csv line 2, column weight: 3: only an essential zone is a hallmark");
    refuses("referrals.csv", "frontalis,1,vertex", "frontalis,1,forehead",
            "referrals.csv line 3, column region: forehead: is named twice for this point");
    refuses("referrals.csv", "3,T&S 1999 v1 ch14,recalled", "3,,recalled",
            "referrals.csv line 2, column source: \"\": must not be empty");
    refuses("referrals.csv", "3,T&S 1999 v1 ch14,recalled", "3,T&S 1999 v1 ch14,guessed",
            "referrals.csv line 2, column basis: guessed: is not one of recalled, partial, page");
    refuses("referrals.csv", "bulbospongiosus,1,pelvic_floor,essential",
            "sphincter_ani,1,sacrum,essential",
            "referrals.csv line 669, column laterality: midline: sacrum has a left and a right: "
            "say same, opposite or both");
    refuses("referrals.csv", "bulbospongiosus,1,pelvic_floor,essential,midline",
            "sphincter_ani,1,sacrum,essential,same",
            "referrals.csv line 669, column laterality: same: sphincter_ani is unpaired: say both");
    refuses("referrals.csv", "bulbospongiosus,1,pelvic_floor", "sphincter_ani,1,mouth",
            "trigger_points.csv line 172, column muscle: bulbospongiosus: point 1 has no row in "
            "referrals.csv");
    refuses("referrals.csv", "bulbospongiosus,1,", "frontalis,1,",
            "referrals.csv line 669, column tp: 1: the rows of a point must stand together");
}

static void satellites_table(void **state)
{
    (void)state;
    refuses("satellites.csv", "_sternal,temporalis", "_sternal,temporal",
            "satellites.csv line 2, column satellite_muscle: temporal: no such muscle in "
            "muscles.csv");
    refuses("satellites.csv", "_sternal,temporalis", "_sternal,sternocleidomastoid_sternal",
            "satellites.csv line 2, column satellite_muscle: sternocleidomastoid_sternal: cannot "
            "be its own satellite");
    refuses("satellites.csv", "_sternal,masseter_superficial", "_sternal,temporalis",
            "satellites.csv line 3, column satellite_muscle: temporalis: is named twice for this "
            "key muscle");
}

static void routines_table(void **state)
{
    (void)state;
    refuses("routines.csv", "frontalis,compression,hands", "frontalis,squeeze,hands",
            "routines.csv line 2, column kind: squeeze: is not one of smr, compression, "
            "pin_and_stretch, pir, stretch, massage");
    refuses("routines.csv", "frontalis,compression,hands", "frontalis,compression,hammer",
            "routines.csv line 2, column tool: hammer: is not one of none, hands, massage ball, "
            "foam roller, massage stick, cane or hook, hands or ball, therapist hands");
    refuses("routines.csv", "slowly,30,3,4,5,", "slowly,30,3,8,5,",
            "routines.csv line 2, column pressure_0_10: 8: is not a whole number in 0..7");
    refuses("routines.csv", "slowly,30,3,4,5,", "slowly,0,3,4,5,",
            "routines.csv line 2, column seconds: 0: is not a whole number in 1..3600");
    refuses("routines.csv", "slowly,30,3,4,5,", "slowly,30,3,4,,",
            "routines.csv line 2, column per_week: \"\": is not a whole number in 1..21");
    refuses("routines.csv", "frontalis,compression,hands", "frontalis,compression,therapist hands",
            "routines.csv line 2, column tool: therapist hands: massage, and nothing else, is for "
            "a therapist's hands");
    refuses("routines.csv", "frontalis,smr,hands", "frontalis,compression,hands",
            "routines.csv line 3, column tool: hands: this kind and tool stand there twice for "
            "frontalis");
}

static void every_muscle_needs_a_routine(void **state)
{
    (void)state;
    /* both rows of a muscle go to its neighbour, under tools the neighbour has not used */
    km_buf text = { 0 };
    const km_buf *all = original("routines.csv");
    const char *at = strstr(km_buf_str(all), "bulbospongiosus,massage");
    assert_non_null(at);
    km_buf_add(&text, km_buf_str(all), (size_t)(at - km_buf_str(all)));
    at = strchr(strchr(at, '\n') + 1, '\n') + 1;
    km_buf_puts(&text, at);
    refuses("routines.csv", km_buf_str(all), km_buf_str(&text),
            "muscles.csv line 101, column code: bulbospongiosus: has no row in routines.csv");
    km_buf_clear(&text);
}

static void body_map_table(void **state)
{
    (void)state;
    refuses("cbm_segments.csv", "102,front", "101,front",
            "cbm_segments.csv line 3, column segment: 101: stands there twice");
    refuses("cbm_segments.csv", "102,front,L", "102,front,S",
            "cbm_segments.csv line 3, column side: S: is not one of M, L, R");
    refuses("cbm_segments.csv", "102,front,L", "102,front,R",
            "cbm_segments.csv line 3, column region_codes: vertex;forehead: vertex belongs to "
            "segment 101 already");
    refuses("cbm_segments.csv", "(front),vertex;forehead", "(front),vertex;occiput",
            "cbm_segments.csv line 2, column region_codes: vertex;occiput: occiput is not drawn "
            "in this view");
}

static void geometry_table(void **state)
{
    (void)state;
    refuses("body-geometry.csv", "front,vertex,L,1,6.5,0.3", "front,vertex,L,1,6.55,0.3",
            "body-geometry.csv line 3, column x: 6.55: is not a number in -3200..3200 with at "
            "most one decimal");
    refuses("body-geometry.csv", "front,vertex,L,1,6.5,0.3", "front,vertex,L,1,6.5,9999",
            "body-geometry.csv line 3, column y: 9999: is not a number in -3200..3200 with at "
            "most one decimal");
    refuses("body-geometry.csv", "front,vertex,L,1,6.5,0.3", "front,vertex,L,2,6.5,0.3",
            "body-geometry.csv line 3, column seq: 2: 1 was expected: points are counted from 0");
    refuses("body-geometry.csv", "front,vertex,L,1,6.5,0.3\nfront,vertex,L,2,13,1.5",
            "front,vertex,L,1,6.5,0.3\nfront,vertex,L,2,6.5,0.3",
            "body-geometry.csv line 3, column x: 6.5: the next point is the same");
    refuses("body-geometry.csv", "front,vertex,L,1,6.5,0.3", "front,vertex,L,1,6.6,0.3",
            "body-geometry.csv line 2, column region: vertex: is not the mirror image of its "
            "other side");
    refuses("body-geometry.csv", "front,vertex,L,0,", "front,vertex,M,0,",
            "body-geometry.csv line 2, column side: M: vertex has side L or R in this view");
    refuses("body-geometry.csv", "front,vertex,L,0,", "sole,vertex,L,0,",
            "body-geometry.csv line 2, column view: sole: regions.csv does not name this view for "
            "vertex");
}

/* The rows of one region in the side view. */
static km_buf side_rows(const char *region)
{
    km_buf head = { 0 }, rows = { 0 };
    km_buf_printf(&head, "side,%s,S,", region);
    const char *at = strstr(km_buf_str(original("body-geometry.csv")), km_buf_str(&head));
    assert_non_null(at);
    for (; strncmp(at, km_buf_str(&head), head.len) == 0; at = strchr(at, '\n') + 1)
        km_buf_add(&rows, at, (size_t)(strchr(at, '\n') + 1 - at));
    km_buf_clear(&head);
    return rows;
}

/* The ear drawn over with the outline of the temple: all its edges are there twice. */
static void overlapping_outlines(void **state)
{
    (void)state;
    km_buf ear = side_rows("ear"), temple = side_rows("temple"), over = { 0 };
    for (const char *line = km_buf_str(&temple); *line != '\0'; line = strchr(line, '\n') + 1) {
        const char *rest = line + strlen("side,temple,S,");
        km_buf_puts(&over, "side,ear,S,");
        km_buf_add(&over, rest, (size_t)(strchr(rest, '\n') + 1 - rest));
    }
    damaged d = { .file = "body-geometry.csv", .from = km_buf_str(&ear), .to = km_buf_str(&over) };
    km_error err;
    assert_int_equal(load_with(&d, &err), KM_EDATA);
    assert_non_null(strstr(err.text, ": the edge that starts here is in two outlines"));
    assert_memory_equal(err.text, "body-geometry.csv line ", 23);
    km_buf_clear(&ear);
    km_buf_clear(&temple);
    km_buf_clear(&over);
}

static void outlines_missing_or_turned(void **state)
{
    (void)state;
    km_buf ear = side_rows("ear"), turned = { 0 };
    refuses("body-geometry.csv", km_buf_str(&ear), "",
            "regions.csv line 11, column code: ear: has no outline in the side view of "
            "body-geometry.csv");
    /* the same points from the last to the first */
    const char *end = km_buf_str(&ear) + ear.len;
    for (int seq = 0; end > km_buf_str(&ear); seq++) {
        const char *line = end - 1;
        while (line > km_buf_str(&ear) && line[-1] != '\n')
            line--;
        const char *xy = strchr(line + strlen("side,ear,S,"), ',');
        km_buf_printf(&turned, "side,ear,S,%d", seq);
        km_buf_add(&turned, xy, (size_t)(end - xy));
        end = line;
    }
    damaged d = { .file = "body-geometry.csv", .from = km_buf_str(&ear),
                  .to = km_buf_str(&turned) };
    km_error err;
    assert_int_equal(load_with(&d, &err), KM_EDATA);
    assert_non_null(strstr(err.text, "column region: ear: the outline does not run clockwise"));
    km_buf_clear(&ear);
    km_buf_clear(&turned);
}

static void lines_table(void **state)
{
    (void)state;
    refuses("body-lines.csv", "front,outline,1,0,", "front,edge,1,0,",
            "body-lines.csv line 2, column kind: edge: is not one of outline, coarse, limb, "
            "border");
    refuses("body-lines.csv", "front,outline,1,1,", "front,coarse,1,1,",
            "body-lines.csv line 3, column kind: coarse: the kind changes within a line");
    refuses("body-lines.csv", "front,outline,1,1,", "front,outline,1,7,",
            "body-lines.csv line 3, column seq: 7: 1 was expected: points are counted from 0");
    refuses("body-lines.csv", "front,outline,1,1,", "front,outline,2,0,",
            "body-lines.csv line 3, column line: 2: the line before it has a single point");
}

static void seeds_table(void **state)
{
    (void)state;
    refuses("body-seeds.csv", "front,vertex,10.0,8.0", "front,vertex,-10.0,8.0",
            "body-seeds.csv line 2, column x: -10.0: positions are given for the half x >= 0");
    refuses("body-seeds.csv", "front,vertex,10.0,8.0", "front,vertex,15.0,35.0",
            "body-seeds.csv line 2, column x: 15.0: lies in forehead");
    refuses("body-seeds.csv", "front,vertex,10.0,8.0", "front,vertex,240.0,8.0",
            "body-seeds.csv line 2, column x: 240.0: vertex lies outside the body");
    refuses("body-seeds.csv", "front,forehead,15.0,35.0", "front,vertex,10.0,8.0",
            "body-seeds.csv line 3, column region: vertex: is named twice in this view");
    refuses("body-seeds.csv", "front,vertex,10.0,8.0\n", "",
            "regions.csv line 2, column code: vertex: lacks a seed for one of its views in "
            "body-seeds.csv");
}

static void positions_table(void **state)
{
    (void)state;
    refuses("body-points.csv", "frontalis,1,front,14,41", "frontalis,1,front,-14,41",
            "body-points.csv line 2, column x: -14: positions are given for the half x >= 0");
    refuses("body-points.csv", "frontalis,1,front,14,41", "frontalis,1,front,14,990",
            "body-points.csv line 2, column x: 14: frontalis 1 lies outside the body");
    refuses("body-points.csv", "frontalis,1,front,14,41", "frontalis,1,front,54,590",
            "body-points.csv line 2, column x: 54: frontalis 1 lies in thigh_front, no home "
            "region of the muscle");
    refuses("body-points.csv", "frontalis,1,side,42,40", "frontalis,1,front,14,42",
            "body-points.csv line 3, column view: front: has two positions in this view");
    refuses("body-points.csv", "frontalis,1,front,14,41", "frontalis,5,front,14,41",
            "body-points.csv line 2, column tp: 5: frontalis has no such point in "
            "trigger_points.csv");
    refuses("body-points.csv", "orbicularis_oculi,1,front,22,54\n", "",
            "trigger_points.csv line 4, column muscle: orbicularis_oculi: point 1 has no row in "
            "body-points.csv");
    refuses("body-points.csv", "sphincter_ani,1,front,0,524", "sphincter_ani,1,front,1,524",
            "body-points.csv line 217, column x: 1: sphincter_ani is unpaired: its points lie at "
            "x = 0");
}

static int forget(void **state)
{
    (void)state;
    for (size_t i = 0; cache[i].name[0] != '\0'; i++)
        km_buf_clear(&cache[i].bytes);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_tables_as_they_are_load),
        cmocka_unit_test(columns_may_be_added_and_stand_in_any_order),
        cmocka_unit_test(missing_files),
        cmocka_unit_test(shape_of_a_table),
        cmocka_unit_test(text_of_a_cell),
        cmocka_unit_test(lines_are_those_of_the_file),
        cmocka_unit_test(regions_table),
        cmocka_unit_test(muscles_table),
        cmocka_unit_test(trigger_points_table),
        cmocka_unit_test(referrals_table),
        cmocka_unit_test(satellites_table),
        cmocka_unit_test(routines_table),
        cmocka_unit_test(every_muscle_needs_a_routine),
        cmocka_unit_test(body_map_table),
        cmocka_unit_test(geometry_table),
        cmocka_unit_test(overlapping_outlines),
        cmocka_unit_test(outlines_missing_or_turned),
        cmocka_unit_test(lines_table),
        cmocka_unit_test(seeds_table),
        cmocka_unit_test(positions_table),
    };
    return cmocka_run_group_tests(tests, NULL, forget);
}
