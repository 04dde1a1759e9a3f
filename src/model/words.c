#include "knotmap/model.h"

#include <string.h>

#include "knotmap/text.h"

#define WORDS(...) (const char *const[]){ __VA_ARGS__ }
#define VOCAB(what, count, ...) { what, count, WORDS(__VA_ARGS__) }

/* The words of every vocabulary, in the order of their enum. */
static const struct {
    const char *what;
    size_t n;
    const char *const *word;
} vocab[KM_VOCAB_COUNT] = {
    [KM_VOCAB_SIDE] = VOCAB("side", KM_SIDE_COUNT, "midline", "left", "right"),
    [KM_VOCAB_VIEW] = VOCAB("view", KM_VIEW_COUNT, "front", "back", "left", "right", "sole"),
    [KM_VOCAB_KIND] =
        VOCAB("kind", KM_KIND_COUNT, "knot", "soreness", "pain", "tightness", "numbness"),
    [KM_VOCAB_STATE] = VOCAB("state", KM_STATE_COUNT, "unspecified", "active", "latent"),
    [KM_VOCAB_CAUSE] = VOCAB("cause", KM_CAUSE_COUNT, "", "posture", "overuse", "injury", "stress",
                             "repetition", "held_position", "training"),
    [KM_VOCAB_TISSUE] = VOCAB("tissue", KM_TISSUE_COUNT, "", "muscle", "tendon", "ligament",
                              "fascia", "joint", "unsure"),
    [KM_VOCAB_QUALITY] =
        VOCAB("quality", KM_QUALITY_COUNT, "aching", "dull", "deep", "sharp", "stabbing", "burning",
              "throbbing", "pulling", "stiff", "tender", "tingling", "prickling", "numb",
              "fatigued", "swollen"),
    [KM_VOCAB_SESSION] = VOCAB("session kind", KM_SESSION_KIND_COUNT, "training", "recovery",
                               "treatment", "check"),
    [KM_VOCAB_TECHNIQUE] = VOCAB("technique", KM_TECH_COUNT, "smr", "compression",
                                 "pin_and_stretch", "pir", "stretch", "massage"),
    [KM_VOCAB_RESPONSE] = VOCAB("response", KM_RESPONSE_COUNT, "", "looser", "better", "same",
                                "sore", "sleepy", "worse"),
    [KM_VOCAB_HABIT] = VOCAB("habit", KM_HABIT_COUNT, "cooldown", "foam_roll", "stretch",
                             "nutrition", "sleep", "compression", "hydration"),
    [KM_VOCAB_TOOL] = VOCAB("tool", KM_TOOL_COUNT, "hands", "ball", "roller", "stick", "cane"),
    [KM_VOCAB_GOAL] = VOCAB("goal kind", KM_GOAL_KIND_COUNT, "goal", "event", "visit"),
    [KM_VOCAB_PAGE] = VOCAB("page", KM_PAGE_COUNT, "soreness", "knots", "flexibility"),
    [KM_VOCAB_MODALITY] = VOCAB("modality", KM_MODALITY_COUNT, "massage", "soft_tissue",
                                "stretching", "compression", "rolling", "movement"),
    [KM_VOCAB_SERVICE] =
        VOCAB("service", KM_SERVICE_COUNT, "physical_therapy", "massage", "performance",
              "personal_training", "stretch", "compression", "hyperbaric_oxygen", "youth",
              "acl_rehab", "orthotics", "pillows"),
    [KM_VOCAB_STOP] =
        VOCAB("reason", KM_STOP_COUNT, "", "above_7", "spreading", "numb", "sharp"),
    [KM_VOCAB_STRENGTH] =
        VOCAB("strength", KM_AFTER_STRENGTH_COUNT, "", "weaker", "same", "stronger"),
    [KM_VOCAB_BEAT] = VOCAB("beat", KM_HOLD_BEAT_COUNT, "start", "middle", "end"),
};

const char *km_word(km_vocab v, int value)
{
    return value >= 0 && (size_t)value < vocab[v].n ? vocab[v].word[value] : "";
}

void km_kind_human(km_buf *out, const char *kind)
{
    if (strcmp(kind, km_word(KM_VOCAB_TECHNIQUE, KM_TECH_SMR)) == 0)
        km_buf_puts(out, "SMR"); /* self-myofascial release: the field's own word */
    else if (strcmp(kind, km_word(KM_VOCAB_TECHNIQUE, KM_TECH_PIR)) == 0)
        km_buf_puts(out, "contract-relax");
    else
        km_buf_words(out, kind);
}

void km_word_human(km_buf *out, km_vocab v, int value)
{
    if (v == KM_VOCAB_TECHNIQUE)
        km_kind_human(out, km_word(v, value));
    else
        km_buf_words(out, km_word(v, value));
}

const char *const *km_words(km_vocab v, size_t *n)
{
    *n = vocab[v].n;
    return vocab[v].word;
}

km_status km_word_parse(int *out, km_vocab v, const char *what, const char *word, km_error *err)
{
    for (size_t i = 0; i < vocab[v].n; i++) {
        if (vocab[v].word[i][0] != '\0' && km_text_casecmp(word, vocab[v].word[i]) == 0) {
            *out = (int)i;
            return KM_OK;
        }
    }
    km_buf all = { 0 };
    for (size_t i = 0; i < vocab[v].n; i++)
        if (vocab[v].word[i][0] != '\0')
            km_buf_printf(&all, "%s%s", all.len ? ", " : "", vocab[v].word[i]);
    km_status st = km_fail(err, KM_EINVAL, "%s: %s is not one of %s",
                           what != NULL ? what : vocab[v].what, word, km_buf_str(&all));
    km_buf_clear(&all);
    return st;
}

void km_words_print(km_buf *out, km_vocab v, uint32_t set)
{
    bool first = true;
    for (size_t i = 0; i < vocab[v].n; i++) {
        if ((set >> i & 1) == 0)
            continue;
        if (!first)
            km_buf_putc(out, ';');
        km_buf_puts(out, vocab[v].word[i]);
        first = false;
    }
}

km_status km_words_parse(uint32_t *out, km_vocab v, const char *what, const char *list,
                         km_error *err)
{
    uint32_t set = 0;
    char word[64];
    for (const char *p = list; *p != '\0';) {
        /* A list typed by a person may use commas; files use semicolons. */
        size_t n = strcspn(p, ";,");
        if (n >= sizeof word)
            return km_fail(err, KM_EINVAL, "%s: a word of it is too long", what);
        memcpy(word, p, n);
        word[n] = '\0';
        p += n + (p[n] != '\0');
        if (n == 0)
            continue;
        int value;
        km_status st = km_word_parse(&value, v, what, word, err);
        if (st != KM_OK)
            return st;
        set |= 1u << value;
    }
    *out = set;
    return KM_OK;
}

char km_kind_glyph(km_kind k)
{
    return k < KM_KIND_COUNT ? "o~!=z"[k] : '?';
}

km_side km_side_mirror(km_side s)
{
    return s == KM_SIDE_LEFT ? KM_SIDE_RIGHT : s == KM_SIDE_RIGHT ? KM_SIDE_LEFT : s;
}
