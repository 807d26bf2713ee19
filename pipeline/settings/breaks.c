/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "core/instant.h"
#include "core/json.h"
#include "core/text.h"
#include "core/words.h"
#include "pipeline/breaks.h"

#define BREAK_LIMIT 1000

/* One registry on its way into memory. */
typedef struct reading {
    const kt_breaks_known *known;
    kt_breaks *into;
} reading;

static kt_names read_names(kt_json place)
{
    kt_names names = {0};
    names.count = kt_json_texts(place, &names.at);
    if (!kt_json_absent(place) && names.count == 0) {
        kt_json_wrong(place, "expected at least one; without the key all are meant");
    }
    return names;
}

static const kt_source *find_source(const kt_breaks_known *known, const char *id)
{
    for (size_t i = 0; i < known->source_count; i++) {
        if (strcmp(known->sources[i]->id, id) == 0) {
            return known->sources[i];
        }
    }
    return NULL;
}

static bool has_measure(const kt_source *source, const char *measure)
{
    for (size_t i = 0; i < source->measure_count; i++) {
        if (strcmp(source->measures[i].measure, measure) == 0) {
            return true;
        }
    }
    return false;
}

/* What is written down without doing anything may name a table that nobody fetches. */
static void check_sources(kt_json place, const kt_break *one, const kt_breaks_known *known)
{
    for (size_t i = 0; i < one->sources.count; i++) {
        if (find_source(known, one->sources.at[i]) == NULL) {
            kt_json_wrong(kt_json_element(place, i), "\"%s\" is none of the sources",
                          one->sources.at[i]);
        }
    }
}

static bool is_measured(const kt_break *one, const char *measure, const kt_breaks_known *known)
{
    for (size_t i = 0; i < one->sources.count; i++) {
        const kt_source *source = find_source(known, one->sources.at[i]);
        if (source != NULL && has_measure(source, measure)) {
            return true;
        }
    }
    return false;
}

static void check_measures(kt_json place, const kt_break *one, const kt_breaks_known *known)
{
    for (size_t i = 0; i < one->measures.count; i++) {
        if (!is_measured(one, one->measures.at[i], known)) {
            kt_json_wrong(kt_json_element(place, i), "\"%s\" is no measure of those sources",
                          one->measures.at[i]);
        }
    }
}

static void check_codes(kt_json place, kt_names codes, const kt_classification *classification)
{
    for (size_t i = 0; i < codes.count; i++) {
        if (kt_class_find(classification, codes.at[i]) == NULL) {
            kt_json_wrong(kt_json_element(place, i), "\"%s\" is no code of the classification",
                          codes.at[i]);
        }
    }
}

static bool is_in_list(const char *const *words, const char *word)
{
    size_t at = 0;
    while (words[at] != NULL && strcmp(words[at], word) != 0) {
        at++;
    }
    return words[at] != NULL;
}

static void check_levels(kt_json place, kt_names levels, const char *const *known)
{
    for (size_t i = 0; i < levels.count; i++) {
        if (!is_in_list(known, levels.at[i]) && strcmp(levels.at[i], KT_TOTAL) != 0) {
            kt_json_wrong(kt_json_element(place, i), "\"%s\" is no level", levels.at[i]);
        }
    }
}

/* Either the lines of a level, or single codes, or both: the codes at that level. */
static void read_lines(kt_json place, kt_names *levels, kt_names *codes)
{
    static const char *const keys[] = {"levels", "codes", NULL};
    if (kt_json_absent(place) || !kt_json_object(place)) {
        return;
    }
    kt_json_only(place, keys);
    *levels = read_names(kt_json_member(place, "levels"));
    *codes = read_names(kt_json_member(place, "codes"));
    if (levels->count == 0 && codes->count == 0) {
        kt_json_wrong(place, "expected levels, codes or both");
    }
}

static void read_places(kt_json place, const reading *of, kt_break *out)
{
    const kt_json regions = kt_json_member(place, "regions");
    const kt_json occupations = kt_json_member(place, "occupations");
    read_lines(regions, &out->region_levels, &out->region_codes);
    read_lines(occupations, &out->occupation_levels, &out->occupation_codes);
    check_levels(kt_json_member(regions, "levels"), out->region_levels, kt_region_levels());
    check_levels(kt_json_member(occupations, "levels"), out->occupation_levels,
                 kt_occupation_levels());
    if (of->known->classifications != NULL) {
        check_codes(kt_json_member(regions, "codes"), out->region_codes,
                    &of->known->classifications->regions);
        check_codes(kt_json_member(occupations, "codes"), out->occupation_codes,
                    &of->known->classifications->occupations);
    }
}

static void read_date(kt_json place, kt_break *out)
{
    const char *text = kt_json_text_or(place, NULL);
    kt_instant instant = 0;
    if (text == NULL) {
        return;
    }
    const bool shaped = strlen(text) == strlen("2025-01-01") && text[4] == '-' && text[7] == '-' &&
                        kt_instant_read(text, false, &instant);
    if (!shaped ||
        !kt_period_read(kt_arena_copy_n(place.arena, text, strlen("2025-01")), &out->month)) {
        kt_json_wrong(place, "expected a day as 2025-01-01, found \"%s\"", text);
        return;
    }
    out->date = text;
}

static void read_citation(kt_json place, kt_break *out)
{
    out->citation = kt_json_text(kt_json_member(place, "citation"));
    const kt_json url = kt_json_member(place, "url");
    out->url = kt_json_text_or(url, NULL);
    if (out->url != NULL && !kt_text_starts(out->url, "https://") &&
        !kt_text_starts(out->url, "http://")) {
        kt_json_wrong(url, "expected an address that begins with https:// or http://");
    }
}

/* A guess marks nothing: what acts has a day, tables that are here, and was read by somebody. */
static void check_active(kt_json place, const kt_break *one, const kt_breaks_known *known)
{
    const kt_json reason = kt_json_member(place, "inactive_because");
    if (!one->active) {
        (void)kt_json_text(reason);
        return;
    }
    if (!kt_json_absent(reason)) {
        kt_json_wrong(reason, "the break is active");
    }
    if (!one->verified) {
        kt_json_wrong(kt_json_member(place, "active"), "expected false: it is not verified");
    }
    const kt_json date = kt_json_member(place, "date");
    if (kt_json_absent(date) || json_is_null(date.value)) {
        kt_json_wrong(date, "missing: an active break has a day");
    }
    if (known->source_count > 0) {
        check_sources(kt_json_member(place, "sources"), one, known);
        check_measures(kt_json_member(place, "measures"), one, known);
    }
}

static void check_id(kt_json place, const char *id, const kt_breaks *breaks)
{
    for (size_t i = 0; i < breaks->count; i++) {
        if (kt_text_same(breaks->at[i].id, id)) {
            kt_json_wrong(place, "\"%s\" stands twice", id);
        }
    }
}

static void read_break(kt_json place, const reading *of)
{
    static const char *const keys[] = {
        "id",       "date", "sources",  "measures", "regions",          "occupations", "what",
        "citation", "url",  "verified", "active",   "inactive_because", NULL};
    if (!kt_json_object(place)) {
        return;
    }
    kt_json_only(place, keys);
    kt_break one = {.id = kt_json_text(kt_json_member(place, "id")),
                    .sources = read_names(kt_json_member(place, "sources")),
                    .measures = read_names(kt_json_member(place, "measures")),
                    .what = kt_words_read(kt_json_member(place, "what")),
                    .verified = kt_json_bool(kt_json_member(place, "verified")),
                    .active = kt_json_bool(kt_json_member(place, "active"))};
    if (one.sources.count == 0) {
        kt_json_wrong(kt_json_member(place, "sources"), "expected the tables that it concerns");
    }
    check_id(kt_json_member(place, "id"), one.id, of->into);
    read_date(kt_json_member(place, "date"), &one);
    read_citation(place, &one);
    read_places(place, of, &one);
    check_active(place, &one, of->known);
    of->into->at[of->into->count++] = one;
}

void kt_breaks_read(kt_json list, const kt_breaks_known *known, kt_breaks *out)
{
    const size_t count = kt_json_count(list);
    if (count > BREAK_LIMIT) {
        kt_json_wrong(list, "expected at most %d breaks", BREAK_LIMIT);
        return;
    }
    const reading of = {.known = known, .into = out};
    out->at = kt_arena_array(list.arena, kt_break, count + 1);
    for (size_t i = 0; i < count; i++) {
        read_break(kt_json_element(list, i), &of);
    }
}

const kt_breaks *kt_breaks_load(const char *path, const kt_breaks_known *known, kt_arena *arena,
                                kt_problems *problems)
{
    kt_breaks *breaks = kt_arena_new(arena, kt_breaks);
    json_auto_t *document = NULL;
    kt_json list;
    if (kt_json_load_list(path, "breaks", arena, problems, &document, &list)) {
        kt_breaks_read(list, known, breaks);
    }
    return breaks;
}

/* NULL where there is nothing to say: json_pack leaves such a member out. */
static json_t *words_or_none(const char *text)
{
    return text == NULL ? NULL : json_string(text);
}

static json_t *pack_names(const kt_names *names)
{
    json_t *list = names->count == 0 ? NULL : json_array();
    for (size_t i = 0; i < names->count; i++) {
        json_array_append_new(list, json_string(names->at[i]));
    }
    return list;
}

static json_t *pack_lines(const kt_names *levels, const kt_names *codes)
{
    return levels->count + codes->count == 0
               ? NULL
               : json_pack("{s:o*, s:o*}", "levels", pack_names(levels), "codes",
                           pack_names(codes));
}

static json_t *pack_break(const kt_break *one)
{
    return json_pack(
        "{s:s, s:s, s:o*, s:o*, s:o*, s:o*, s:{s:s, s:s, s:s}, s:s, s:o*, s:b, s:b}", "id", one->id,
        "date", one->date, "sources", pack_names(&one->sources), "measures",
        pack_names(&one->measures), "regions", pack_lines(&one->region_levels, &one->region_codes),
        "occupations", pack_lines(&one->occupation_levels, &one->occupation_codes), "what", "fi",
        one->what.fi, "sv", one->what.sv, "en", one->what.en, "citation", one->citation, "url",
        words_or_none(one->url), "verified", (int)one->verified, "active", (int)one->active);
}

json_t *kt_breaks_pack(const kt_breaks *breaks)
{
    json_t *list = json_array();
    for (size_t i = 0; i < breaks->count; i++) {
        json_array_append_new(list, pack_break(&breaks->at[i]));
    }
    return list;
}
