/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "units.h"

#include <string.h>
#include <strings.h>

#define PART_SIZE 80

/* The first one that stands in the words decides: "1000 personer" are thousands before persons. */
static const struct word {
    const char *word;
    kt_unit_kind kind;
} words_of_units[] = {
    {"%", KT_UNIT_PERCENT},          {"prosent", KT_UNIT_PERCENT},    {"procent", KT_UNIT_PERCENT},
    {"per cent", KT_UNIT_PERCENT},   {"percent", KT_UNIT_PERCENT},    {"pct", KT_UNIT_PERCENT},
    {"1000000", KT_UNIT_MILLIONS},   {"1 000 000", KT_UNIT_MILLIONS}, {"miljoon", KT_UNIT_MILLIONS},
    {"million", KT_UNIT_MILLIONS},   {"miljon", KT_UNIT_MILLIONS},    {"1000", KT_UNIT_THOUSANDS},
    {"1 000", KT_UNIT_THOUSANDS},    {"tuhat", KT_UNIT_THOUSANDS},    {"tusen", KT_UNIT_THOUSANDS},
    {"thousand", KT_UNIT_THOUSANDS}, {"henkil", KT_UNIT_PERSONS},     {"person", KT_UNIT_PERSONS},
    {"people", KT_UNIT_PERSONS},     {"lkm", KT_UNIT_COUNT},          {"lukum", KT_UNIT_COUNT},
    {"antal", KT_UNIT_COUNT},        {"number", KT_UNIT_COUNT},       {"kpl", KT_UNIT_COUNT},
    {"vuorokau", KT_UNIT_DAYS},      {"p\xc3\xa4iv", KT_UNIT_DAYS},   {"dagar", KT_UNIT_DAYS},
    {"dager", KT_UNIT_DAYS},         {"days", KT_UNIT_DAYS},
};

static bool holds(const char *words, const char *word)
{
    const size_t length = strlen(word);
    for (const char *at = words; *at != '\0'; at++) {
        if (strncasecmp(at, word, length) == 0) {
            return true;
        }
    }
    return false;
}

static kt_unit_kind read_part(const char *words)
{
    for (size_t i = 0; i < sizeof words_of_units / sizeof words_of_units[0]; i++) {
        if (holds(words, words_of_units[i].word)) {
            return words_of_units[i].kind;
        }
    }
    return KT_UNIT_UNTOLD;
}

/* "Index point, %" is of a table with both: it says nothing of a single figure. */
kt_unit_kind kt_unit_read(const char *words)
{
    kt_unit_kind kind = KT_UNIT_UNTOLD;
    bool fresh = true;
    for (const char *at = words; *at != '\0'; fresh = false) {
        char part[PART_SIZE];
        const size_t length = strcspn(at, ",;");
        const size_t kept = length < sizeof part ? length : sizeof part - 1;
        memcpy(part, at, kept);
        part[kept] = '\0';
        const kt_unit_kind found = read_part(part);
        if (!fresh && found != kind) {
            return KT_UNIT_UNTOLD;
        }
        kind = found;
        at += length + (at[length] != '\0');
    }
    return kind;
}

/* How many of them a figure counts: 0 for what counts none, as the scale says where only "lkm"
 * stands. */
static double counted_by(kt_unit_kind kind, double scale)
{
    switch (kind) {
    case KT_UNIT_COUNT:
        return scale;
    case KT_UNIT_PERSONS:
        return 1.0;
    case KT_UNIT_THOUSANDS:
        return 1000.0;
    case KT_UNIT_MILLIONS:
        return 1000000.0;
    default:
        return 0.0;
    }
}

bool kt_unit_fits(const kt_measure_spec *measure, const char *words, const char **expected)
{
    const kt_unit_kind kind = words == NULL ? KT_UNIT_UNTOLD : kt_unit_read(words);
    *expected = measure->unit;
    if (kind == KT_UNIT_UNTOLD) {
        return true;
    }
    if (strcmp(measure->unit, "persons") != 0 && strcmp(measure->unit, "posts") != 0) {
        const bool is_days = strcmp(measure->unit, "days") == 0;
        return kind == (is_days ? KT_UNIT_DAYS : KT_UNIT_PERCENT);
    }
    const double found = counted_by(kind, measure->scale);
    if (found > 1.0 && found != measure->scale) {
        *expected = found == 1000.0 ? "a \"scale\" of 1000 in the source file"
                                    : "a \"scale\" of 1000000 in the source file";
    } else if (found == 1.0 && measure->scale != 1.0) {
        *expected = "no \"scale\" in the source file";
    }
    return found == measure->scale;
}
