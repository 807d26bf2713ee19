/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "transform/project_words.h"

#include <string.h>

#include "core/text.h"
#include "tokens.h"
#include "wording.h"

/* What one preparation needs. */
typedef struct preparing {
    const kt_wording *wording;
    kt_finnish *finnish;
    kt_arena *arena;
    kt_text *out;
    bool after_place; /* the word before was one */
} preparing;

static bool is_boilerplate_base(const preparing *p, const char *base)
{
    return word_in(&p->wording->bases, base);
}

static bool starts_with_stem(const preparing *p, const char *plain)
{
    const word_list *stems = &p->wording->stems;
    for (size_t i = 0; i < stems->count; i++) {
        const size_t length = strlen(stems->at[i]);
        /* Short ones are whole words: "ii" must not take "iisisti". */
        if (strncmp(plain, stems->at[i], length) == 0 && (length > 3 || plain[length] == '\0')) {
            return true;
        }
    }
    return false;
}

static size_t boilerplate_parts(const preparing *p, const kt_finnish_reading *reading)
{
    size_t count = 0;
    for (size_t i = 0; i < reading->part_count; i++) {
        count += is_boilerplate_base(p, reading->parts[i].base) ? 1 : 0;
    }
    return count;
}

/* True if one of the readings is boilerplate as a whole. */
static bool is_boilerplate(const preparing *p, kt_finnish_readings all)
{
    for (size_t i = 0; i < all.count; i++) {
        if (is_boilerplate_base(p, all.at[i].plain) ||
            (all.at[i].part_count > 0 &&
             boilerplate_parts(p, &all.at[i]) == all.at[i].part_count)) {
            return true;
        }
    }
    return false;
}

/* Puts työllisyys of työllisyyshanke. */
static void put_rest(preparing *p, const kt_finnish_reading *reading)
{
    for (size_t i = 0; i < reading->part_count; i++) {
        if (!is_boilerplate_base(p, reading->parts[i].base)) {
            kt_text_put(p->out, reading->parts[i].words);
        }
    }
    kt_text_put_char(p->out, ' ');
}

/* By the first reading that has boilerplate for a part. */
static bool put_rest_of_compound(preparing *p, kt_finnish_readings all)
{
    for (size_t i = 0; i < all.count; i++) {
        if (boilerplate_parts(p, &all.at[i]) > 0) {
            put_rest(p, &all.at[i]);
            return true;
        }
    }
    return false;
}

/* A word without hyphens that is no place. */
static void put_word(preparing *p, const char *word)
{
    const kt_finnish_readings all = kt_finnish_read(p->finnish, word);
    if (starts_with_stem(p, kt_plain_words(word, p->arena)) || is_boilerplate(p, all)) {
        return;
    }
    if (!put_rest_of_compound(p, all)) {
        kt_text_print(p->out, "%s ", word);
    }
}

static bool is_place(const preparing *p, const token *word)
{
    const named_region *region;
    return place_names_read(p->wording->places, p->finnish, word, p->arena, &region) != NULL;
}

/* True for seudulla behind Lahden. */
static bool is_head(const preparing *p, const char *word)
{
    const kt_finnish_readings all = kt_finnish_read(p->finnish, word);
    for (size_t i = 0; i < all.count; i++) {
        if (word_in(&p->wording->heads, all.at[i].plain)) {
            return true;
        }
    }
    return false;
}

static void put_token(preparing *p, const token *word)
{
    const bool head = p->after_place && is_head(p, word->word);
    p->after_place = is_place(p, word);
    if (head || p->after_place) {
        return;
    }
    char *parts = kt_arena_copy(p->arena, word->word);
    for (char *rest = NULL, *part = strtok_r(parts, "-", &rest); part != NULL;
         part = strtok_r(NULL, "-", &rest)) {
        const token piece = {.word = part, .capital = word->capital && part == parts};
        const bool whole = strlen(part) == strlen(word->word);
        if (whole || !is_place(p, &piece)) {
            put_word(p, part);
        }
    }
}

static void put_text(preparing *p, const char *text)
{
    const tokens words = tokens_of(text, p->arena);
    for (size_t i = 0; i < words.count; i++) {
        put_token(p, &words.at[i]);
    }
    p->after_place = false;
}

/* Two texts one behind the other; either may be NULL. */
static const char *prepare(preparing p, const char *text, const char *more)
{
    kt_text out = {0};
    p.out = &out;
    put_text(&p, text);
    put_text(&p, more);
    const char *plain = kt_plain_words(out.bytes == NULL ? "" : out.bytes, p.arena);
    kt_text_free(&out);
    return plain;
}

kt_project_words kt_project_words_of(const kt_wording *wording, kt_finnish *finnish,
                                     const kt_project *project, kt_arena *arena)
{
    const preparing p = {.wording = wording, .finnish = finnish, .arena = arena};
    const char *name = project->text[KT_PROJECT_NAME];
    const char *plain = name == NULL ? "" : kt_plain_words(name, arena);
    const char *beneficiary = body_key(wording, project->text[KT_PROJECT_BENEFICIARY], arena);
    return (kt_project_words){
        .stem = prepare(p, name, NULL),
        .text = prepare(p, name, project->text[KT_PROJECT_SUMMARY]),
        .beneficiary = beneficiary,
        .parallel = stems_in(&wording->parallel, plain),
        .coordination = stems_in(&wording->coordination, plain),
        .state_office = stems_in(&wording->state_offices, beneficiary),
    };
}
