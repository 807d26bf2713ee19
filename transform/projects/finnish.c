/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "transform/finnish.h"

#include <libvoikko/voikko.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/codes.h"

/* Words that are kept before all are forgotten: a portfolio has some 100,000 different ones. */
#define MOST_WORDS 400000

/* Bytes; libvoikko reads words of at most 255 letters. */
#define LONGEST_WORD 255

struct kt_finnish {
    struct VoikkoHandle *voikko;
    kt_arena *arena; /* of what was looked up */
    kt_codes *words;
    kt_finnish_readings *readings; /* at the positions of words */
    char version[96];
};

static void forget(kt_finnish *finnish)
{
    kt_arena_free(finnish->arena);
    finnish->arena = kt_arena_open("Finnish words", 0);
    finnish->words = kt_codes_new(finnish->arena);
    finnish->readings = kt_arena_array(finnish->arena, kt_finnish_readings, MOST_WORDS);
}

static void write_version(kt_finnish *finnish, const char *language)
{
    struct voikko_dict **dictionaries = voikko_list_dicts("");
    const char *variant = "";
    for (size_t i = 0; dictionaries != NULL && dictionaries[i] != NULL; i++) {
        if (strcmp(voikko_dict_language(dictionaries[i]), language) == 0 && variant[0] == '\0') {
            variant = voikko_dict_variant(dictionaries[i]);
        }
    }
    snprintf(finnish->version, sizeof finnish->version, "libvoikko %s, %s %s", voikkoGetVersion(),
             language, variant);
    voikko_free_dicts(dictionaries);
}

kt_status kt_finnish_open(const char *language, kt_finnish **out, kt_error *err)
{
    const char *reason = NULL;
    struct VoikkoHandle *voikko = voikkoInit(&reason, language, NULL);
    if (voikko == NULL) {
        return kt_fail(err, KT_ERR_CONFIG,
                       "no dictionary of \"%s\" (%s): Debian has the Finnish one in the package "
                       "voikko-fi",
                       language, reason != NULL ? reason : "no reason told");
    }
    kt_finnish *finnish = calloc(1, sizeof *finnish);
    if (finnish == NULL) {
        voikkoTerminate(voikko);
        return kt_fail(err, KT_ERR_IO, "no memory for the dictionary of \"%s\"", language);
    }
    finnish->voikko = voikko;
    write_version(finnish, language);
    forget(finnish);
    *out = finnish;
    return KT_OK;
}

void kt_finnish_close(kt_finnish *finnish)
{
    if (finnish != NULL) {
        voikkoTerminate(finnish->voikko);
        kt_arena_free(finnish->arena);
        free(finnish);
    }
}

const char *kt_finnish_version(const kt_finnish *finnish)
{
    return finnish->version;
}

/* A value of an analysis in the arena; NULL if it has none. */
static const char *value_of(const struct voikko_mor_analysis *analysis, const char *key,
                            kt_arena *arena)
{
    char *value = voikko_mor_analysis_value_cstr(analysis, key);
    const char *kept = value != NULL ? kt_arena_copy(arena, value) : NULL;
    voikko_free_mor_analysis_value_cstr(value);
    return kept;
}

/* The length of the first part: up to the next plus that is in no brackets. */
static size_t part_length(const char *text)
{
    size_t length = 0;
    for (bool inside = false; text[length] != '\0' && (inside || text[length] != '+'); length++) {
        inside = text[length] == '(' || (inside && text[length] != ')');
    }
    return length;
}

/* "kehittämis(kehittää)", or "keski" that is its own base. */
static kt_finnish_part part_of(const char *text, size_t length, kt_arena *arena)
{
    const char *bracket = memchr(text, '(', length);
    const bool own = bracket == NULL || bracket == text;
    const size_t written = own ? length : (size_t)(bracket - text);
    const char *words = kt_arena_copy_n(arena, text, written);
    const char *base = own ? words : kt_arena_copy_n(arena, bracket + 1, length - written - 2);
    return (kt_finnish_part){words, kt_plain_words(base, arena)};
}

/* WORDBASES: "+kehittämis(kehittää)+hanke(hanke)", "+työ(työ)+tön(+tön)". */
static void read_parts(const char *bases, kt_arena *arena, kt_finnish_reading *out)
{
    kt_finnish_part *parts = NULL;
    size_t room = 0;
    for (const char *at = bases; at != NULL && *at == '+';) {
        const size_t length = part_length(++at);
        parts = kt_arena_grow(arena, parts, out->part_count, &room, sizeof *parts);
        parts[out->part_count++] = part_of(at, length, arena);
        at += length;
    }
    out->parts = parts;
}

static kt_finnish_readings look_up(const kt_finnish *finnish, const char *word)
{
    struct voikko_mor_analysis **found = voikkoAnalyzeWordCstr(finnish->voikko, word);
    size_t count = 0;
    while (found != NULL && found[count] != NULL) {
        count++;
    }
    kt_finnish_reading *readings = kt_arena_array(finnish->arena, kt_finnish_reading, count);
    size_t kept = 0;
    for (size_t i = 0; i < count; i++) {
        const char *class = value_of(found[i], "CLASS", finnish->arena);
        kt_finnish_reading *reading = &readings[kept];
        reading->base_form = value_of(found[i], "BASEFORM", finnish->arena);
        reading->place = class != NULL && strcmp(class, "paikannimi") == 0;
        read_parts(value_of(found[i], "WORDBASES", finnish->arena), finnish->arena, reading);
        if (reading->base_form != NULL) {
            reading->plain = kt_plain_words(reading->base_form, finnish->arena);
            kept++;
        }
    }
    voikko_free_mor_analysis(found);
    return (kt_finnish_readings){readings, kept};
}

kt_finnish_readings kt_finnish_read(kt_finnish *finnish, const char *word)
{
    if (strlen(word) > LONGEST_WORD) {
        return (kt_finnish_readings){0};
    }
    if (kt_codes_count(finnish->words) == MOST_WORDS) {
        forget(finnish);
    }
    const size_t known = kt_codes_find(finnish->words, word);
    if (known != KT_NO_CODE) {
        return finnish->readings[known];
    }
    const size_t at = kt_codes_add(finnish->words, word, NULL);
    finnish->readings[at] = look_up(finnish, word);
    return finnish->readings[at];
}
