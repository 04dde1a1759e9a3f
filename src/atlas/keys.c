/* The keys a place can be found by: codes, names and synonyms, spelled alike. */
#include <stdlib.h>
#include <string.h>

#include "load.h"

static char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

void km_key_spell(km_buf *out, const char *text)
{
    const size_t from = out->len;
    bool gap = false;
    for (; *text != '\0'; text++) {
        const char c = lower(*text);
        /* Bytes of other scripts stay as they are; an apostrophe is dropped: "tailor's". */
        if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || (unsigned char)c >= 0x80) {
            if (gap && out->len > from)
                km_buf_putc(out, '_');
            km_buf_putc(out, c);
            gap = false;
        } else if (c != '\'') {
            gap = true;
        }
    }
}

uint32_t km_key_letters(const char *spelled)
{
    uint32_t set = 0;
    for (; *spelled != '\0'; spelled++) {
        if (*spelled >= 'a' && *spelled <= 'z')
            set |= 1u << (*spelled - 'a');
        else if (*spelled >= '0' && *spelled <= '9')
            set |= 1u << 26;
    }
    return set;
}

int km_key_lacks(const km_search_key *key, uint32_t letters)
{
    int n = 0;
    for (uint32_t set = letters & ~key->letters; set != 0; set &= set - 1)
        n++;
    return n;
}

typedef struct key_list {
    km_search_key *key;
    int n, cap;
    km_arena *mem;
} key_list;

/* A text that spells like an earlier one of the same thing adds nothing. */
static void add(key_list *l, km_ref_kind kind, int index, km_spells spells, const char *text)
{
    km_buf b = { 0 };
    km_key_spell(&b, text);
    const char *s = km_buf_str(&b);
    bool known = s[0] == '\0';
    for (int i = l->n - 1; i >= 0 && l->key[i].kind == kind && l->key[i].index == index; i--)
        known = known || strcmp(l->key[i].text, s) == 0;
    if (!known) {
        KM_GROW(l->key, l->n, l->cap);
        l->key[l->n++] = (km_search_key){
            .text = km_arena_strdup(l->mem, s),
            .letters = km_key_letters(s),
            .kind = (uint8_t)kind,
            .spells = (uint8_t)spells,
            .index = (int16_t)index,
        };
    }
    km_buf_clear(&b);
}

void km_atlas_make_keys(km_atlas *a, km_arena *mem)
{
    key_list l = { .mem = mem };
    for (int i = 0; i < a->n_region; i++) {
        add(&l, KM_REF_REGION, i, KM_SPELLS_CODE, a->region[i].code);
        add(&l, KM_REF_REGION, i, KM_SPELLS_NAME, a->region[i].name);
    }
    for (int i = 0; i < a->n_muscle; i++) {
        const km_muscle *m = &a->muscle[i];
        add(&l, KM_REF_MUSCLE, i, KM_SPELLS_CODE, m->code);
        add(&l, KM_REF_MUSCLE, i, KM_SPELLS_NAME, m->name);
        for (int k = 0; k < m->n_synonym; k++)
            add(&l, KM_REF_MUSCLE, i, KM_SPELLS_SYNONYM, m->synonym[k]);
    }
    for (int i = 0; i < a->n_group; i++)
        add(&l, KM_REF_GROUP, i, KM_SPELLS_CODE, a->group[i].code);

    km_search_key *key = km_arena_alloc(mem, ((size_t)l.n + 1) * sizeof *key);
    if (l.n > 0)
        memcpy(key, l.key, (size_t)l.n * sizeof *key);
    a->key = key;
    a->n_key = l.n;
    free(l.key);
}
