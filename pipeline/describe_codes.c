/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <ctype.h>
#include <string.h>

#include "core/totals.h"
#include "describe.h"

/* Areas of Finland as Statistics Finland codes them: letters of a level and digits. */
static const struct region_kind {
    const char *letters, *level;
    size_t digits;
} region_kinds[] = {
    {"KU", "kunta", 3},
    {"SK", "seutukunta", 3},
    {"MK", "maakunta", 2},
    {"ELY", "ely", 2},
    {"SA", "suuralue", 1},
    {"TA", "tyollisyysalue", 2},
    {"EVK", "elinvoimakeskus", 2},
};

static bool is_digits(const char *text, size_t count)
{
    return strlen(text) == count && strspn(text, "0123456789") == count;
}

/* Behind the letters also "JO" and "JOU", figures without an area. */
const char *kt_region_code_level(const char *code)
{
    for (size_t i = 0; i < sizeof region_kinds / sizeof region_kinds[0]; i++) {
        const struct region_kind *kind = &region_kinds[i];
        const char *rest = code + strlen(kind->letters);
        if (kt_text_starts(code, kind->letters) &&
            (is_digits(rest, kind->digits) || strcmp(rest, "JO") == 0 ||
             strcmp(rest, "JOU") == 0)) {
            return kind->level;
        }
    }
    return NULL;
}

static double share(size_t fitting, size_t count)
{
    return count == 0 ? 0.0 : (double)fitting / (double)count;
}

double kt_codes_like_regions(const kt_codes *codes, const char *total)
{
    size_t fitting = 0;
    size_t count = 0;
    for (size_t i = 0; i < kt_codes_count(codes); i++) {
        const char *code = kt_codes_at(codes, i);
        if (!kt_text_same(code, total)) {
            count++;
            fitting += kt_region_code_level(code) == NULL ? 0 : 1;
        }
    }
    return share(fitting, count);
}

static bool is_unknown_occupation(const char *code)
{
    return code[0] == 'X' && strspn(code + 1, "0123456789") == strlen(code + 1);
}

double kt_codes_like_occupations(const kt_codes *codes, const char *total, size_t *digits,
                                 bool *mixed)
{
    size_t fitting = 0;
    size_t count = 0;
    *digits = 0;
    *mixed = false;
    for (size_t i = 0; i < kt_codes_count(codes); i++) {
        const char *code = kt_codes_at(codes, i);
        const char *number = kt_text_starts(code, "OC") ? code + 2 : code;
        const size_t length = strlen(number);
        if (kt_text_same(code, total) || is_unknown_occupation(code)) {
            continue;
        }
        count++;
        if (length < 1 || length > 4 || !is_digits(number, length)) {
            continue;
        }
        fitting++;
        *mixed = *mixed || (*digits > 0 && length != *digits);
        *digits = length > *digits ? length : *digits;
    }
    return share(fitting, count);
}

double kt_codes_like_sectors(const kt_codes *codes, const char *total)
{
    size_t fitting = 0;
    size_t count = 0;
    for (size_t i = 0; i < kt_codes_count(codes); i++) {
        const char *code = kt_codes_at(codes, i);
        const bool has_letter = code[0] >= 'A' && code[0] <= 'V';
        const char *rest = code + (has_letter ? 1 : 0);
        const size_t length = strlen(rest);
        if (kt_text_same(code, total)) {
            continue;
        }
        count++;
        fitting +=
            (has_letter && length == 0) || (length >= 2 && length <= 4 && is_digits(rest, length))
                ? 1
                : 0;
    }
    return share(fitting, count);
}

static char *lower(const char *text, char *out, size_t room)
{
    size_t i = 0;
    for (; text[i] != '\0' && i + 1 < room; i++) {
        out[i] = (char)tolower((unsigned char)text[i]);
    }
    out[i] = '\0';
    return out;
}

#define NAME_SIZE 256

/* "^alue" stands at the start: "value" is called otherwise. */
static bool has_word(const char *name, const char *word)
{
    return word[0] == '^' ? kt_text_starts(name, word + 1) : strstr(name, word) != NULL;
}

bool kt_is_called(const kt_dimension *dimension, const char *const *words)
{
    char id[NAME_SIZE];
    char label[NAME_SIZE];
    (void)lower(dimension->id, id, sizeof id);
    (void)lower(dimension->label == NULL ? "" : dimension->label, label, sizeof label);
    for (size_t i = 0; words[i] != NULL; i++) {
        if (has_word(id, words[i]) || has_word(label, words[i])) {
            return true;
        }
    }
    return false;
}

const char *kt_codes_total(const kt_dimension *dimension)
{
    const size_t at = kt_total_find(dimension, true, NULL, NULL);
    return at == KT_NO_CODE ? NULL : kt_codes_at(dimension->codes, at);
}
