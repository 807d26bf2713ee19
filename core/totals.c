/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/totals.h"

#include <string.h>
#include <strings.h>

#include "core/text.h"

/* Codes that stand for the whole wherever they are used. */
static const char *const total_codes[] = {"SSS",   "TOTAL", "Total", "TOT", "_T",
                                          "TotSA", "TotSa", "ALL",   "A-Z"};

/* T is a section of industries, too, and 00 an age. */
static const char *const doubtful_codes[] = {"T", "00"};

/* "All" in the languages that the services speak, in any case of letters. */
static const char *const total_words[] = {
    "Yhteensä", "YHTEENSÄ", "Kaikki", "Koko maa",    "Molemmat sukupuolet", "Totalt",
    "Samtliga", "Alla",     "Riket",  "Hela landet", "Hele landet",         "Samtlige",
    "I alt",    "Begge",    "Total",  "All",         "Both sexes",          "Whole country"};

/* "Alle" is "all" in Norwegian and "less than" in Finnish, "Sum" is often one of a part. */
static const char *const doubtful_words[] = {"Alle", "Sum"};

/* What makes a rest of all: "Kaikki muut", "Total excluding agriculture". */
static const char *const rest_words[] = {
    "muu",   "muut",   "muiden", "muita",   "pl",        "lukuun",  "paitsi",    "ilman",
    "other", "others", "except", "excl",    "excluding", "without", "andra",     "annan",
    "annat", "övriga", "övrig",  "Övriga",  "utom",      "exkl",    "exklusive", "andre",
    "annen", "øvrige", "Øvrige", "unntatt", "undtagen",  "ekskl",   "uten",      "utenom"};

#define COUNT_OF(list) (sizeof(list) / sizeof((list)[0]))

static bool is_letter(char byte)
{
    return (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') || (byte & 0x80) != 0;
}

static bool is_one_of(const char *code, const char *const *list, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (strcmp(code, list[i]) == 0) {
            return true;
        }
    }
    return false;
}

static bool is_rest_word(const char *word, size_t length)
{
    for (size_t i = 0; i < COUNT_OF(rest_words); i++) {
        if (strlen(rest_words[i]) == length && strncasecmp(word, rest_words[i], length) == 0) {
            return true;
        }
    }
    return false;
}

static bool is_rest(const char *label)
{
    for (const char *at = label; *at != '\0';) {
        size_t length = 0;
        while (is_letter(at[length])) {
            length++;
        }
        if (is_rest_word(at, length)) {
            return true;
        }
        at += length > 0 ? length : 1;
    }
    return false;
}

static bool starts_with_word(const char *label, const char *word)
{
    const size_t length = strlen(word);
    return strncasecmp(label, word, length) == 0 && !is_letter(label[length]);
}

static bool starts_with_any(const char *label, const char *const *words, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (starts_with_word(label, words[i])) {
            return !is_rest(label);
        }
    }
    return false;
}

static bool is_by_label(const kt_codes *codes, const char *code, const char *label)
{
    (void)codes;
    (void)code;
    for (size_t i = 0; i < COUNT_OF(total_words); i++) {
        if (strcasecmp(label, total_words[i]) == 0) {
            return true;
        }
    }
    return false;
}

static bool is_by_code(const kt_codes *codes, const char *code, const char *label)
{
    (void)codes;
    (void)label;
    return is_one_of(code, total_codes, COUNT_OF(total_codes));
}

static bool is_by_start(const kt_codes *codes, const char *code, const char *label)
{
    (void)codes;
    (void)code;
    return starts_with_any(label, total_words, COUNT_OF(total_words));
}

static bool is_by_end(const kt_codes *codes, const char *code, const char *label)
{
    (void)codes;
    (void)code;
    return (kt_text_ends(label, " yhteensä") || kt_text_ends(label, " totalt") ||
            kt_text_ends(label, " i alt") || kt_text_ends(label, " total")) &&
           !is_rest(label);
}

/* Where S is a code T is the section after it. */
static bool is_by_guess(const kt_codes *codes, const char *code, const char *label)
{
    const bool is_section = strcmp(code, "T") == 0 && kt_codes_find(codes, "S") != KT_NO_CODE;
    return (is_one_of(code, doubtful_codes, COUNT_OF(doubtful_codes)) && !is_section) ||
           starts_with_any(label, doubtful_words, COUNT_OF(doubtful_words));
}

/* How plainly a code is a total: the plainest ones count, and a guess is the last. */
static bool (*const ways[])(const kt_codes *, const char *, const char *) = {
    is_by_label, is_by_code, is_by_start, is_by_end, is_by_guess};

/* "SSS (Yhteensä), S1 (Kaikki)": the codes that are a total in that way. */
static const char *list_totals(const kt_codes *codes, size_t way, kt_arena *arena)
{
    const char *list = "";
    for (size_t i = 0; i < kt_codes_count(codes) && strlen(list) < 200; i++) {
        const char *code = kt_codes_at(codes, i);
        const char *label = kt_codes_label(codes, i);
        if (ways[way](codes, code, label)) {
            list = kt_arena_print(arena, "%s%s%s (%s)", list, list[0] == '\0' ? "" : ", ", code,
                                  label);
        }
    }
    return list;
}

/* The one code that is a total in that way; of several the one that is called so by its code too.
 * KT_NO_CODE if there is none or nobody can say which. */
static size_t single_total(const kt_codes *codes, size_t way, size_t *count)
{
    size_t found = KT_NO_CODE, both = KT_NO_CODE, coded = 0;
    *count = 0;
    for (size_t i = 0; i < kt_codes_count(codes); i++) {
        const char *code = kt_codes_at(codes, i);
        if (ways[way](codes, code, kt_codes_label(codes, i))) {
            found = i;
            ++*count;
            both = is_by_code(codes, code, "") ? i : both;
            coded += is_by_code(codes, code, "") ? 1 : 0;
        }
    }
    return *count == 1 ? found : (coded == 1 ? both : KT_NO_CODE);
}

size_t kt_total_find(const kt_dimension *dimension, bool is_guess, kt_arena *arena,
                     const char **several)
{
    const kt_codes *codes = dimension->codes;
    const size_t way_count = COUNT_OF(ways) - (is_guess ? 0 : 1);
    size_t found = dimension->total == NULL ? KT_NO_CODE : kt_codes_find(codes, dimension->total);
    size_t count = 0;
    size_t way = 0;
    for (; found == KT_NO_CODE && count == 0 && way < way_count; way++) {
        found = single_total(codes, way, &count);
    }
    if (several != NULL) {
        *several = found == KT_NO_CODE && count > 0 ? list_totals(codes, way - 1, arena) : NULL;
    }
    return found;
}
