/* Places as people write them: SIDE:CODE[:TP]. */
#include <stdlib.h>
#include <stdio.h>
#include <string.h>

#include "knotmap/text.h"
#include "load.h"

/** Candidates named in a message, and nearest codes offered. */
enum { NAMED_MAX = 8, NEAREST = 3, TEXT_SHOWN = 80 };

/** A place taken apart. */
typedef struct place_text {
    const char *text; /* as it was given */
    km_buf shown;     /* the same, safe to print; made when a refusal needs it */
    km_buf name;      /* spelled as keys are */
    bool sided;
    km_side side;
    int tp;           /* 0 when none was named, -1 when it can be none */
} place_text;

/** Something a name may mean. */
typedef struct candidate {
    km_ref_kind kind;
    int index;
} candidate;

typedef struct candidates {
    candidate *item;
    int n, cap;
} candidates;

static const char *code_of(const km_atlas *a, km_ref_kind kind, int index)
{
    switch (kind) {
    case KM_REF_REGION:
        return a->region[index].code;
    case KM_REF_MUSCLE:
        return a->muscle[index].code;
    case KM_REF_GROUP:
        break;
    }
    return a->group[index].code;
}

static bool read_side(km_side *side, const char *s, size_t n)
{
    static const struct {
        const char *word;
        km_side side;
    } words[] = { { "left", KM_SIDE_LEFT },
                  { "l", KM_SIDE_LEFT },
                  { "right", KM_SIDE_RIGHT },
                  { "r", KM_SIDE_RIGHT } };
    char word[8] = "";
    if (n >= sizeof word)
        return false;
    memcpy(word, s, n);
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++) {
        if (km_text_casecmp(word, words[i].word) == 0) {
            *side = words[i].side;
            return true;
        }
    }
    return false;
}

static bool all_digits(const char *s)
{
    return s[0] != '\0' && s[strspn(s, "0123456789")] == '\0';
}

static void trim(const char **s, size_t *n)
{
    while (*n > 0 && (*s)[0] == ' ') {
        ++*s;
        --*n;
    }
    while (*n > 0 && (*s)[*n - 1] == ' ')
        --*n;
}

/* The place as a message may show it. */
static const char *shown(place_text *p)
{
    if (p->shown.len == 0) {
        km_buf seen = { 0 };
        km_text_visible(&seen, *p->text ? p->text : "\"\"", false);
        km_buf_add(&p->shown, km_buf_str(&seen), km_text_fit(km_buf_str(&seen), TEXT_SHOWN));
        km_buf_clear(&seen);
    }
    return km_buf_str(&p->shown);
}

/* Takes "SIDE:" off the front and ":TP" off the end; what is left is the name. */
static km_status take_apart(place_text *p, km_error *err)
{
    const char *s = p->text;
    size_t n = strlen(s);
    trim(&s, &n);
    char *copy = km_calloc(n + 1, 1);
    memcpy(copy, s, n);
    char *name = copy;
    char *colon = strchr(name, ':');
    if (colon != NULL) {
        const char *word = name;
        size_t len = (size_t)(colon - name);
        trim(&word, &len);
        p->sided = read_side(&p->side, word, len);
        if (p->sided)
            name = colon + 1;
    }
    char *last = strrchr(name, ':');
    km_status st = KM_OK;
    if (last != NULL) {
        const char *number = last + 1;
        while (*number == ' ')
            number++;
        if (!p->sided && strchr(name, ':') == last && !all_digits(number) && number[0] != '\0')
            st = km_fail(err, KM_EINVAL, "%s: a side is left or right", shown(p));
        p->tp = all_digits(number) && strlen(number) <= 2 ? atoi(number) : 0;
        p->tp = p->tp > 0 ? p->tp : -1;
        *last = '\0';
    }
    km_key_spell(&p->name, name);
    free(copy);
    return st;
}

static void place_text_clear(place_text *p)
{
    km_buf_clear(&p->shown);
    km_buf_clear(&p->name);
}

static void add(candidates *c, km_ref_kind kind, int index)
{
    for (int i = 0; i < c->n; i++)
        if (c->item[i].kind == kind && c->item[i].index == index)
            return;
    KM_GROW(c->item, c->n, c->cap);
    c->item[c->n++] = (candidate){ kind, index };
}

static bool holds(const candidates *c, km_ref_kind kind, int index)
{
    for (int i = 0; i < c->n; i++)
        if (c->item[i].kind == kind && c->item[i].index == index)
            return true;
    return false;
}

/* A group stands for its parts: where it is meant, or all its parts are, they fall away. */
static void collapse_groups(candidates *c, const km_atlas *a)
{
    for (int g = 0; g < a->n_group; g++) {
        const km_group *group = &a->group[g];
        bool all = group->n_muscle > 1;
        for (int i = 0; i < group->n_muscle && all; i++)
            all = holds(c, KM_REF_MUSCLE, group->muscle[i]);
        if (!all && !holds(c, KM_REF_GROUP, g))
            continue;
        add(c, KM_REF_GROUP, g);
        int kept = 0;
        for (int i = 0; i < c->n; i++)
            if (c->item[i].kind != KM_REF_MUSCLE ||
                a->muscle[c->item[i].index].group != g)
                c->item[kept++] = c->item[i];
        c->n = kept;
    }
}

/*
 * What a name means, by the first rule that finds something: an exact code, a region's before a
 * muscle's before a group's; an exact name or synonym, again a region's first; a prefix of any
 * of these.
 */
static void find_candidates(candidates *c, const km_atlas *a, const char *name, unsigned flags)
{
    const bool no_regions = (flags & KM_RESOLVE_MUSCLE) != 0;
    const size_t len = strlen(name);
    if (len == 0)
        return;
    for (int pass = 0; pass < 3 && c->n == 0; pass++) {
        for (int i = 0; i < a->n_key; i++) {
            const km_search_key *k = &a->key[i];
            const km_ref_kind kind = (km_ref_kind)k->kind;
            if (k->text[0] != name[0] || (kind == KM_REF_REGION && no_regions))
                continue;
            if (pass < 2 ? strcmp(k->text, name) != 0 : strncmp(k->text, name, len) != 0)
                continue;
            if (pass == 0 && k->spells != KM_SPELLS_CODE)
                continue;
            /* keys stand in the order region, muscle, group */
            if (pass < 2 && c->n > 0 && c->item[0].kind == KM_REF_REGION && kind != KM_REF_REGION)
                continue;
            add(c, kind, k->index);
            if (pass == 0)
                return;
        }
    }
    collapse_groups(c, a);
}

static void put_codes(km_buf *out, const km_atlas *a, const candidates *c)
{
    const int named = c->n <= NAMED_MAX ? c->n : NAMED_MAX - 1;
    for (int i = 0; i < named; i++)
        km_buf_printf(out, "%s%s", i == 0 ? "" : i + 1 == c->n ? " or " : ", ",
                      code_of(a, c->item[i].kind, c->item[i].index));
    if (named < c->n)
        km_buf_printf(out, " or %d more", c->n - named);
}

static void add_parts(candidates *c, const km_group *g)
{
    for (int i = 0; i < g->n_muscle; i++)
        add(c, KM_REF_MUSCLE, g->muscle[i]);
}

/** How near an unknown name comes to something there is; smaller distance first. */
typedef struct nearness {
    candidate what;
    int distance, fuzzy;
} nearness;

static bool nearer(const nearness *p, const nearness *q)
{
    return p->distance != q->distance ? p->distance < q->distance : p->fuzzy > q->fuzzy;
}

/* The nearest codes by typing errors, else by letters in order. */
static void find_nearest(candidates *c, const km_atlas *a, const char *name, unsigned flags)
{
    const int limit = 1 + (int)strlen(name) / 4;
    const uint32_t letters = km_key_letters(name);
    nearness best[NEAREST];
    int n = 0;
    for (int i = 0; i < a->n_key;) {
        nearness now = { { (km_ref_kind)a->key[i].kind, a->key[i].index }, limit + 1, 0 };
        for (; i < a->n_key && (km_ref_kind)a->key[i].kind == now.what.kind &&
               a->key[i].index == now.what.index; i++) {
            const int lacks = km_key_lacks(&a->key[i], letters);
            const int d = lacks > limit ? limit + 1
                                        : km_text_distance(name, a->key[i].text, limit);
            const int f = lacks == 0 ? km_text_fuzzy(name, a->key[i].text) : 0;
            now.distance = d < now.distance ? d : now.distance;
            now.fuzzy = f > now.fuzzy ? f : now.fuzzy;
        }
        if (now.distance > limit && now.fuzzy == 0)
            continue;
        if ((now.what.kind == KM_REF_REGION && (flags & KM_RESOLVE_MUSCLE) != 0) ||
            (now.what.kind == KM_REF_GROUP && (flags & KM_RESOLVE_GROUP) == 0))
            continue;
        int at = n < NEAREST ? n++ : NEAREST;
        for (; at > 0 && nearer(&now, &best[at - 1]); at--)
            if (at < NEAREST)
                best[at] = best[at - 1];
        if (at < NEAREST)
            best[at] = now;
    }
    for (int i = 0; i < n; i++)
        add(c, best[i].what.kind, best[i].what.index);
}

static km_status refuse_unknown(const km_atlas *a, place_text *p, unsigned flags,
                                km_error *err)
{
    const bool muscles = (flags & KM_RESOLVE_MUSCLE) != 0;
    const char *name = km_buf_str(&p->name);
    if (muscles && km_atlas_region(a, name) >= 0)
        return km_fail(err, KM_EINVAL, "%s: is a region, not a muscle", shown(p));
    km_fail(err, KM_EINVAL, "%s: no such %s", shown(p), muscles ? "muscle" : "place");
    candidates near = { 0 };
    km_side side;
    const size_t word = strcspn(name, "_");
    const bool spaced = !p->sided && name[word] != '\0' && read_side(&side, name, word);
    if (spaced)
        find_candidates(&near, a, name + word + 1, flags);
    const bool found = near.n == 1;
    if (near.n == 0)
        find_nearest(&near, a, spaced ? name + word + 1 : name, flags);
    km_buf list = { 0 };
    put_codes(&list, a, &near);
    if (found) /* "left calf", as the program says it */
        km_mend(KM_EINVAL, err, "write %s:%s", side == KM_SIDE_LEFT ? "left" : "right",
                km_buf_str(&list));
    else if (near.n > 0)
        km_mend(KM_EINVAL, err, "nearest: %s", km_buf_str(&list));
    else
        km_mend(KM_EINVAL, err, "see knotmap atlas regions and knotmap atlas muscles");
    km_buf_clear(&list);
    free(near.item);
    return KM_EINVAL;
}

/* Decide among the candidates; the kind and index of `out` are set on success. */
static km_status choose(km_ref *out, const km_atlas *a, candidates *c, place_text *p,
                        unsigned flags, km_error *err)
{
    if (c->n == 0)
        return refuse_unknown(a, p, flags, err);
    if (c->n == 1 && c->item[0].kind == KM_REF_GROUP) {
        const km_group *g = &a->group[c->item[0].index];
        if (g->n_muscle == 1) {
            c->item[0] = (candidate){ KM_REF_MUSCLE, g->muscle[0] };
        } else if ((flags & KM_RESOLVE_GROUP) == 0) {
            c->n = 0;
            add_parts(c, g);
            km_buf list = { 0 };
            put_codes(&list, a, c);
            km_fail(err, KM_EINVAL, "%s: stands for several muscles: name %s",
                    shown(p), km_buf_str(&list));
            km_buf_clear(&list);
            return KM_EINVAL;
        }
    }
    if (c->n > 1) {
        km_buf list = { 0 };
        put_codes(&list, a, c);
        km_fail(err, KM_EINVAL, "%s: could be %s", shown(p), km_buf_str(&list));
        km_buf_clear(&list);
        return KM_EINVAL;
    }
    out->kind = c->item[0].kind;
    out->index = c->item[0].index;
    return KM_OK;
}

static km_status find_point(km_ref *out, const km_atlas *a, place_text *p, km_error *err)
{
    out->point = -1;
    if (p->tp == 0)
        return KM_OK;
    if (out->kind != KM_REF_MUSCLE)
        return km_fail(err, KM_EINVAL, "%s: only a muscle has trigger points",
                       shown(p));
    out->point = p->tp > 0 ? km_atlas_point(a, out->index, p->tp) : -1;
    if (out->point >= 0)
        return KM_OK;
    const km_muscle *m = &a->muscle[out->index];
    km_buf list = { 0 };
    for (int i = 0; i < m->n_point; i++)
        km_buf_printf(&list, "%s%u", i == 0 ? "" : i + 1 == m->n_point ? " and " : ", ",
                      a->point[m->first_point + i].tp);
    km_fail(err, KM_EINVAL, "%s: no such trigger point: %s has %s", shown(p), m->code,
            km_buf_str(&list));
    km_buf_clear(&list);
    return KM_EINVAL;
}

static km_status find_side(km_ref *out, const km_atlas *a, place_text *p, unsigned flags,
                           km_error *err)
{
    const bool midline = out->kind == KM_REF_REGION   ? a->region[out->index].midline
                         : out->kind == KM_REF_MUSCLE ? a->muscle[out->index].midline
                                                      : false;
    const bool no_side = (flags & KM_RESOLVE_NO_SIDE) != 0;
    if (p->sided && (midline || no_side)) {
        return km_mend(km_fail(err, KM_EINVAL, "%s: takes no side", shown(p)), err, "write %s",
                       code_of(a, out->kind, out->index));
    }
    out->side = p->sided ? p->side : KM_SIDE_MIDLINE;
    out->side_open = !p->sided && !midline;
    if (out->side_open && !no_side && (flags & KM_RESOLVE_SIDE_OPEN) == 0) {
        const char *code = code_of(a, out->kind, out->index);
        char point[16] = "";
        if (p->tp > 0)
            snprintf(point, sizeof point, ":%d", p->tp);
        return km_mend(km_fail(err, KM_EINVAL, "%s: say left: or right:", shown(p)), err,
                       "write left:%s%s or right:%s%s", code, point, code, point);
    }
    return KM_OK;
}

km_status km_atlas_resolve(km_ref *out, const km_atlas *a, const char *text, unsigned flags,
                           km_error *err)
{
    place_text p = { .text = text };
    candidates c = { 0 };
    km_ref ref = { .point = -1 };
    km_status st = take_apart(&p, err);
    if (st == KM_OK) {
        find_candidates(&c, a, km_buf_str(&p.name), flags);
        st = choose(&ref, a, &c, &p, flags, err);
    }
    if (st == KM_OK)
        st = find_point(&ref, a, &p, err);
    if (st == KM_OK)
        st = find_side(&ref, a, &p, flags, err);
    if (st == KM_OK)
        *out = ref;
    free(c.item);
    place_text_clear(&p);
    return st;
}

void km_ref_print(km_buf *out, const km_atlas *a, const km_ref *ref)
{
    if (ref->side != KM_SIDE_MIDLINE)
        km_buf_printf(out, "%s:", km_word(KM_VOCAB_SIDE, (int)ref->side));
    km_buf_puts(out, code_of(a, ref->kind, ref->index));
    if (ref->point >= 0)
        km_buf_printf(out, ":%u", a->point[ref->point].tp);
}

/* A region's name inside a sentence: "outer knee". */
static void put_region_name(km_buf *out, const km_region *r)
{
    const char first = r->name[0];
    km_buf_putc(out, first >= 'A' && first <= 'Z' ? (char)(first - 'A' + 'a') : first);
    km_buf_puts(out, r->name + 1);
}

void km_ref_human(km_buf *out, const km_atlas *a, const km_ref *ref)
{
    if (ref->kind == KM_REF_REGION) {
        put_region_name(out, &a->region[ref->index]);
        return;
    }
    if (ref->kind == KM_REF_GROUP) {
        km_buf_words(out, a->group[ref->index].code);
        return;
    }
    const km_muscle *m = &a->muscle[ref->index];
    const int site = ref->point >= 0 ? a->point[ref->point].site : m->home[0];
    put_region_name(out, &a->region[site]);
    km_buf_puts(out, " (");
    km_buf_words(out, m->code);
    if (ref->point >= 0)
        km_buf_printf(out, " %u", a->point[ref->point].tp);
    km_buf_putc(out, ')');
}
