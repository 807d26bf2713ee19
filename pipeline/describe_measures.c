/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <ctype.h>
#include <string.h>

#include "describe.h"

/* True if code is name, alone or behind a prefix of the table's own: "tyti-Tyottomat". */
static bool is_called(const char *code, const char *name)
{
    const size_t length = strlen(code);
    const size_t tail = strlen(name);
    return strcmp(code, name) == 0 ||
           (length > tail && strcmp(code + length - tail, name) == 0 &&
            (code[length - tail - 1] == '-' || code[length - tail - 1] == '_'));
}

static bool means(const kt_measure_spec *spec, const char *code)
{
    bool found = spec->code != NULL && is_called(code, spec->code);
    for (size_t i = 0; i < spec->earlier_count; i++) {
        found = found || is_called(code, spec->earlier_codes[i]);
    }
    return found;
}

static const kt_measure_spec *meaning_of(const kt_source *source, const char *code)
{
    for (size_t i = 0; i < source->measure_count; i++) {
        if (means(&source->measures[i], code)) {
            return &source->measures[i];
        }
    }
    return NULL;
}

/* What a source of the configuration makes of the code. */
static bool find_known(const kt_described *of, const char *code, kt_measure_guess *out)
{
    const kt_measure_spec *spec = NULL;
    for (size_t i = 0; i < of->known_count && spec == NULL; i++) {
        spec = meaning_of(of->known[i], code);
        out->known_from = spec == NULL ? NULL : of->known[i]->id;
    }
    if (spec == NULL) {
        return false;
    }
    out->measure = spec->base;
    out->group = strcmp(spec->group, KT_TOTAL) == 0 ? NULL : spec->group;
    out->unit = spec->unit;
    out->scale = spec->scale;
    return true;
}

/* The Finnish letters beyond ASCII, as they are written in names; NULL for anything else. */
static const char *plain_letter(const char *at)
{
    static const char *const letters[][2] = {{"ä", "a"}, {"Ä", "a"}, {"ö", "o"},
                                             {"Ö", "o"}, {"å", "a"}, {"Å", "a"}};
    for (size_t i = 0; i < sizeof letters / sizeof letters[0]; i++) {
        if (kt_text_starts(at, letters[i][0])) {
            return letters[i][1];
        }
    }
    return NULL;
}

/* A name for a content that nobody knows: its code in small letters, other signs as '_'. */
static const char *neutral_name(const char *code, kt_arena *arena)
{
    char *name = kt_arena_print(arena, "%s%s", isdigit((unsigned char)code[0]) ? "c" : "", code);
    char *to = name;
    for (const char *at = name; *at != '\0'; at++) {
        const char *plain = plain_letter(at);
        const unsigned char letter = (unsigned char)tolower((unsigned char)*at);
        *to++ = (char)(plain != NULL ? *plain : letter < 0x80 && isalnum(letter) ? letter : '_');
        at += plain != NULL ? 1 : 0;
    }
    *to = '\0';
    return name;
}

static bool says(const char *words, const char *const *any)
{
    for (size_t i = 0; any[i] != NULL; i++) {
        if (strstr(words, any[i]) != NULL) {
            return true;
        }
    }
    return false;
}

/* The unit, by the words of the metadata's unit or of the label. */
static void guess_unit(const char *words, kt_measure_guess *out)
{
    static const char *const percent[] = {"%",       "prosent", "procent", "per cent", "percent",
                                          "yysaste", "osuus",   " rate",   "pc_",      NULL};
    static const char *const ratio[] = {"ratio", "kerroin", "koeffisient",
                                        "index", "indeksi", NULL};
    static const char *const days[] = {"päiviä", "päivien", "päivää", "days",
                                       "dagar",  "dager",   NULL};
    static const char *const posts[] = {"paikk", "paikat",   "paikkoja", "vacanc", "jobb",
                                        "posts", "stilling", "platser",  "jobs",   NULL};
    static const char *const persons[] = {"henkil", "person", "antal",  "number", "(lkm",
                                          ", lkm",  "amount", "antall", "hakij",  "työttöm",
                                          "työlli", "väestö", NULL};
    static const char *const thousands[] = {"1000", "1 000", "tuhat", "thousand",
                                            "ths_", "tusen", NULL};
    static const struct {
        const char *unit;
        const char *const *words;
    } units[] = {{"percent", percent},
                 {"posts", posts},
                 {"days", days},
                 {"persons", persons},
                 {"ratio", ratio}};
    for (size_t i = 0; i < sizeof units / sizeof units[0] && !out->is_unit_told; i++) {
        if (says(words, units[i].words)) {
            out->unit = units[i].unit;
            out->is_unit_told = true;
        }
    }
    if (says(words, thousands)) {
        out->scale = 1000.0;
    }
}

static char *lower(const char *text, kt_arena *arena)
{
    char *copy = kt_arena_copy(arena, text);
    for (char *at = copy; *at != '\0'; at++) {
        *at = (char)tolower((unsigned char)*at);
    }
    return copy;
}

static bool is_taken(const kt_guess *guess, const kt_measure_guess *measure)
{
    for (size_t i = 0; i < guess->measure_count; i++) {
        const kt_measure_guess *other = &guess->measures[i];
        if (strcmp(other->measure, measure->measure) == 0 &&
            kt_text_same(other->group, measure->group)) {
            return true;
        }
    }
    return false;
}

static kt_measure_guess guess_one(const kt_described *of, const kt_dimension *contents, size_t at,
                                  const kt_guess *guess, kt_arena *arena)
{
    const char *code = kt_codes_at(contents->codes, at);
    const char *label = kt_codes_label(contents->codes, at);
    kt_measure_guess made = {.code = code, .label = label, .unit = "persons", .scale = 1.0};
    if (find_known(of, code, &made) && !is_taken(guess, &made)) {
        made.is_unit_told = true;
        return made;
    }
    made = (kt_measure_guess){.code = code,
                              .label = label,
                              .measure = neutral_name(code, arena),
                              .unit = "persons",
                              .scale = 1.0};
    while (is_taken(guess, &made)) {
        made.measure = kt_arena_print(arena, "%s_", made.measure);
    }
    const char *unit = contents->units == NULL ? NULL : contents->units[at];
    made.told = unit;
    guess_unit(lower(unit == NULL ? "" : unit, arena), &made);
    guess_unit(lower(label, arena), &made);
    guess_unit(lower(code, arena), &made);
    return made;
}

void kt_guess_measures(const kt_described *of, const kt_dimension *contents, kt_arena *arena,
                       kt_guess *out)
{
    const size_t count = kt_codes_count(contents->codes);
    out->measures = kt_arena_array(arena, kt_measure_guess, count + 1);
    for (size_t i = 0; i < count; i++) {
        const kt_measure_guess made = guess_one(of, contents, i, out, arena);
        out->measures[out->measure_count++] = made;
    }
}

void kt_guess_only_measure(const kt_described *of, kt_arena *arena, kt_guess *out)
{
    const kt_envelope *table = of->table;
    const char *label = table->label == NULL ? of->id : table->label;
    kt_measure_guess made = {.label = label,
                             .measure = neutral_name(of->id, arena),
                             .told = table->unit,
                             .unit = "persons",
                             .scale = 1.0};
    guess_unit(lower(table->unit == NULL ? "" : table->unit, arena), &made);
    guess_unit(lower(label, arena), &made);
    out->measures = kt_arena_array(arena, kt_measure_guess, 1);
    out->measures[out->measure_count++] = made;
}
