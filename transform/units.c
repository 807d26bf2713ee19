/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "units.h"

#include <ctype.h>
#include <string.h>
#include <strings.h>

#define PART_SIZE 80

/* Where a word may stand: "euro" is no beginning of Europe, "timer" no end of part-timers. */
typedef enum place { ANYWHERE, AT_START, ALONE } place;

/* The first one that stands in the words decides: "1000 personer" are thousands before persons,
 * "1000 euro" is money before thousands. */
static const struct word {
    const char *word;
    kt_unit_kind kind;
    place place;
} words_of_units[] = {
    {"indeks", KT_UNIT_INDEX, ANYWHERE},
    {"index", KT_UNIT_INDEX, ANYWHERE},
    {"\xe2\x82\xac", KT_UNIT_MONEY, ANYWHERE},
    {"euro", KT_UNIT_MONEY, ALONE},
    {"euroa", KT_UNIT_MONEY, ALONE},
    {"euros", KT_UNIT_MONEY, ALONE},
    {"eur", KT_UNIT_MONEY, ALONE},
    {"kr", KT_UNIT_MONEY, ALONE},
    {"kroner", KT_UNIT_MONEY, ALONE},
    {"kronor", KT_UNIT_MONEY, ALONE},
    {"nok", KT_UNIT_MONEY, ALONE},
    {"sek", KT_UNIT_MONEY, ALONE},
    {"tunti", KT_UNIT_HOURS, AT_START},
    {"tunnit", KT_UNIT_HOURS, AT_START},
    {"ty\xc3\xb6tun", KT_UNIT_HOURS, AT_START},
    {"timmar", KT_UNIT_HOURS, ANYWHERE},
    {"timer", KT_UNIT_HOURS, ALONE},
    {"timeverk", KT_UNIT_HOURS, AT_START},
    {"hours", KT_UNIT_HOURS, AT_START},
    {"\xe2\x80\xb0", KT_UNIT_PERMILLE, ANYWHERE},
    {"promil", KT_UNIT_PERMILLE, ANYWHERE},
    {"per mil", KT_UNIT_PERMILLE, ANYWHERE},
    {"%", KT_UNIT_PERCENT, ANYWHERE},
    {"prosent", KT_UNIT_PERCENT, ANYWHERE},
    {"procent", KT_UNIT_PERCENT, ANYWHERE},
    {"per cent", KT_UNIT_PERCENT, ANYWHERE},
    {"percent", KT_UNIT_PERCENT, ANYWHERE},
    {"pct", KT_UNIT_PERCENT, ANYWHERE},
    {"osuu", KT_UNIT_SHARE, ANYWHERE},
    {"andel", KT_UNIT_SHARE, AT_START},
    {"share", KT_UNIT_SHARE, ALONE},
    {"rate", KT_UNIT_SHARE, ALONE},
    {"1000000", KT_UNIT_MILLIONS, ANYWHERE},
    {"1 000 000", KT_UNIT_MILLIONS, ANYWHERE},
    {"miljoon", KT_UNIT_MILLIONS, ANYWHERE},
    {"million", KT_UNIT_MILLIONS, ANYWHERE},
    {"miljon", KT_UNIT_MILLIONS, ANYWHERE},
    {"1000", KT_UNIT_THOUSANDS, ANYWHERE},
    {"1 000", KT_UNIT_THOUSANDS, ANYWHERE},
    {"tuhat", KT_UNIT_THOUSANDS, ANYWHERE},
    {"tusen", KT_UNIT_THOUSANDS, ANYWHERE},
    {"thousand", KT_UNIT_THOUSANDS, ANYWHERE},
    {"henkil", KT_UNIT_PERSONS, ANYWHERE},
    {"person", KT_UNIT_PERSONS, ANYWHERE},
    {"people", KT_UNIT_PERSONS, ANYWHERE},
    {"lkm", KT_UNIT_COUNT, ANYWHERE},
    {"lukum", KT_UNIT_COUNT, ANYWHERE},
    {"antal", KT_UNIT_COUNT, ANYWHERE},
    {"number", KT_UNIT_COUNT, ANYWHERE},
    {"kpl", KT_UNIT_COUNT, ANYWHERE},
    {"vuorokau", KT_UNIT_DAYS, ANYWHERE},
    {"p\xc3\xa4iv", KT_UNIT_DAYS, ANYWHERE},
    {"dagar", KT_UNIT_DAYS, ANYWHERE},
    {"dager", KT_UNIT_DAYS, ANYWHERE},
    {"days", KT_UNIT_DAYS, ANYWHERE},
};

static bool is_letter(char letter)
{
    return isalpha((unsigned char)letter) || (unsigned char)letter >= 0x80;
}

static bool holds(const char *words, const struct word *wanted)
{
    const size_t length = strlen(wanted->word);
    for (const char *at = words; *at != '\0'; at++) {
        const bool starts = wanted->place == ANYWHERE || at == words || !is_letter(at[-1]);
        if (starts && strncasecmp(at, wanted->word, length) == 0 &&
            (wanted->place != ALONE || !is_letter(at[length]))) {
            return true;
        }
    }
    return false;
}

static kt_unit_kind read_part(const char *words)
{
    for (size_t i = 0; i < sizeof words_of_units / sizeof words_of_units[0]; i++) {
        if (holds(words, &words_of_units[i])) {
            return words_of_units[i].kind;
        }
    }
    return KT_UNIT_UNTOLD;
}

/* "Index point, %" is of a table with both: it says nothing of a single figure. "Index, 2015=100"
 * is one unit. */
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
        const bool is_base = !fresh && part[strspn(part, " =0123456789")] == '\0';
        const kt_unit_kind found = is_base ? kind : read_part(part);
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

/* What is no count: per cent and ratios, and days. */
static bool fits_part(const kt_measure_spec *measure, kt_unit_kind kind, const char **expected)
{
    if (strcmp(measure->unit, "days") == 0) {
        return kind == KT_UNIT_DAYS;
    }
    if (kind == KT_UNIT_PERMILLE) {
        *expected = "a \"scale\" in the source file";
        return measure->scale != 1.0;
    }
    return kind == KT_UNIT_PERCENT || kind == KT_UNIT_SHARE;
}

bool kt_unit_fits(const kt_measure_spec *measure, const char *words, const char **expected)
{
    const kt_unit_kind kind = words == NULL ? KT_UNIT_UNTOLD : kt_unit_read(words);
    *expected = measure->unit;
    if (kind == KT_UNIT_UNTOLD) {
        return true;
    }
    if (strcmp(measure->unit, "persons") != 0 && strcmp(measure->unit, "posts") != 0) {
        return fits_part(measure, kind, expected);
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
