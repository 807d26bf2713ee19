/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/source.h"

#include <stdint.h>
#include <string.h>

#include "core/file.h"
#include "core/json.h"
#include "core/text.h"
#include "core/words.h"
#include "source_parts.h"

/* Reading goes on to the next mistake, so a value that is wrong is a problem and a harmless
 * default. */

kt_words kt_words_read(kt_json place)
{
    static const char *const keys[] = {"fi", "sv", "en", NULL};
    kt_words words = {"", "", ""};
    if (kt_json_object(place)) {
        kt_json_only(place, keys);
        words.fi = kt_json_text(kt_json_member(place, "fi"));
        words.sv = kt_json_text(kt_json_member(place, "sv"));
        words.en = kt_json_text(kt_json_member(place, "en"));
    }
    return words;
}

/* The id is a name in published columns, in folders and on the command line. */
static const char *read_id(kt_json place)
{
    const char *id = kt_json_text(place);
    if (id != NULL &&
        (id[0] == '\0' || strspn(id, "abcdefghijklmnopqrstuvwxyz0123456789_-") != strlen(id))) {
        kt_json_wrong(place, "expected lower-case letters, digits, '_' and '-', found \"%s\"", id);
    }
    return id;
}

static const char *without_slashes(const char *url, kt_arena *arena)
{
    size_t length = strlen(url);
    while (length > 0 && url[length - 1] == '/') {
        length--;
    }
    return kt_arena_copy_n(arena, url, length);
}

/* A folder's path is relative to the file that names it. */
static void read_base_url(kt_json place, kt_source *source)
{
    static const char mark[] = "file:";
    const char *url = kt_json_text(place);
    if (url == NULL || source->protocol == NULL) {
        return;
    }
    const bool is_folder = kt_text_starts(url, mark) && url[strlen(mark)] != '\0';
    const bool is_web = kt_text_starts(url, "https://") || kt_text_starts(url, "http://");
    const bool of_files = strcmp(source->protocol, "file") == 0;
    if (of_files && !is_folder) {
        kt_json_wrong(place, "expected file: and a folder, found \"%s\"", url);
    } else if (!of_files && !is_web) {
        kt_json_wrong(place, "expected an address that starts with https:// or http://");
    }
    source->base_url = without_slashes(url, place.arena);
    if (of_files && is_folder) {
        const char *here = kt_path_folder(place.arena, source->file);
        source->folder = kt_path_fold(
            place.arena, kt_path_join(place.arena, here, source->base_url + strlen(mark)));
    }
}

static kt_frequency read_frequency(kt_json place)
{
    static const struct {
        const char *name;
        kt_frequency frequency;
    } names[] = {{"month", KT_MONTHLY}, {"quarter", KT_QUARTERLY}, {"year", KT_YEARLY}};
    const char *name = kt_json_text(place);
    for (size_t i = 0; name != NULL && i < sizeof names / sizeof names[0]; i++) {
        if (strcmp(name, names[i].name) == 0) {
            return names[i].frequency;
        }
    }
    if (name != NULL) {
        kt_json_wrong(place, "expected month, quarter or year, found \"%s\"", name);
    }
    return KT_MONTHLY;
}

static void read_protected(kt_json place, kt_source *source)
{
    static const char *const keys[] = {"low", "high", NULL};
    if (kt_json_absent(place) || !kt_json_object(place)) {
        return;
    }
    kt_json_only(place, keys);
    source->protected_low = (double)kt_json_whole(kt_json_member(place, "low"), 0, 1000000);
    source->protected_high = (double)kt_json_whole(kt_json_member(place, "high"), 0, 1000000);
    if (source->protected_low > source->protected_high) {
        kt_json_wrong(place, "low is above high");
    }
}

static void read_ages(kt_json place, kt_source *source)
{
    static const char *const keys[] = {"warn_days", "error_days", NULL};
    if (!kt_json_object(place)) {
        return;
    }
    kt_json_only(place, keys);
    source->warn_age_days = (int)kt_json_whole(kt_json_member(place, "warn_days"), 1, 36500);
    source->error_age_days = (int)kt_json_whole(kt_json_member(place, "error_days"), 1, 36500);
    if (source->warn_age_days > source->error_age_days) {
        kt_json_wrong(place, "warn_days is above error_days");
    }
}

static void read_observations(kt_json place, kt_source *source)
{
    static const char *const keys[] = {"total", "levels", NULL};
    if (kt_json_absent(place) || !kt_json_object(place)) {
        return;
    }
    kt_json_only(place, keys);
    source->publishes_total = kt_json_bool_or(kt_json_member(place, "total"), false);
    kt_source_read_publish_levels(kt_json_member(place, "levels"), source);
}

/* Files of a folder are looked at, not asked for. */
static void read_rhythm(kt_json root, kt_source *source)
{
    const kt_json every = kt_json_member(root, "every_days");
    const kt_json whole = kt_json_member(root, "whole_every_days");
    source->refetch_periods =
        (int)kt_json_whole_or(kt_json_member(root, "refetch_periods"), 1, 1200, 3);
    source->every_days = (int)kt_json_whole_or(every, 1, 3650, 1);
    const int usual = source->every_days > 7 ? source->every_days : 7;
    source->whole_every_days = (int)kt_json_whole_or(whole, 1, 3650, usual);
    if (source->whole_every_days < source->every_days) {
        kt_json_wrong(whole, "is below every_days, expected %d or more", source->every_days);
    }
    if (source->every_days > 1 && kt_text_same(source->protocol, "file")) {
        kt_json_wrong(every, "a folder is looked at every night");
    }
}

static void read_limits(kt_json place, kt_source *source)
{
    static const char *const keys[] = {"cells", "calls", "window_s", NULL};
    if (kt_json_absent(place) || !kt_json_object(place)) {
        return;
    }
    kt_json_only(place, keys);
    const kt_json calls = kt_json_member(place, "calls");
    const kt_json window = kt_json_member(place, "window_s");
    source->limits = (kt_limits_spec){
        .cells = (size_t)kt_json_whole_or(kt_json_member(place, "cells"), 1, 1000000000, 0),
        .calls = (size_t)kt_json_whole_or(calls, 1, 1000000, 0),
        .window_s = kt_json_number_or(window, 0.1, 3600.0, 0.0),
    };
    if (kt_json_absent(calls) != kt_json_absent(window)) {
        kt_json_wrong(place, "expected calls and window_s together");
    }
}

static bool fixes_others(kt_json place)
{
    const char *what = kt_json_text_or(place, NULL);
    if (what != NULL && strcmp(what, "total") != 0) {
        kt_json_wrong(place, "expected total, found \"%s\"", what);
    }
    return what != NULL;
}

/* A service of PxWeb 2 answers in its own language where a question names none, and need not have
 * Finnish. */
static const char *usual_language(const char *protocol)
{
    return kt_text_same(protocol, "pxweb2") ? NULL : "fi";
}

static void read_plain(kt_json root, kt_source *source)
{
    source->id = read_id(kt_json_member(root, "id"));
    source->title = kt_words_read(kt_json_member(root, "title"));
    source->protocol = kt_json_text(kt_json_member(root, "protocol"));
    source->format = kt_json_text(kt_json_member(root, "format"));
    read_base_url(kt_json_member(root, "base_url"), source);
    source->frequency = read_frequency(kt_json_member(root, "frequency"));
    read_rhythm(root, source);
    read_protected(kt_json_member(root, "protected"), source);
    read_observations(kt_json_member(root, "observations"), source);
    read_ages(kt_json_member(root, "ages"), source);
    source->hold_share = kt_json_number(kt_json_member(root, "hold_share"), 0.0, 1000.0);
    source->warn_share =
        kt_json_number_or(kt_json_member(root, "warn_share"), 0.0, 1000.0, source->hold_share);
    source->dataset = kt_json_text_or(kt_json_member(root, "dataset"), NULL);
    source->language =
        kt_json_text_or(kt_json_member(root, "language"), usual_language(source->protocol));
    source->verified = kt_json_text_or(kt_json_member(root, "verified"), NULL);
    source->fixes_others = fixes_others(kt_json_member(root, "others"));
    read_limits(kt_json_member(root, "limits"), source);
    source->licence = kt_json_text(kt_json_member(root, "licence"));
    source->citation = kt_words_read(kt_json_member(root, "citation"));
}

/* A count behind a symbol of protection is published as its interval, so the interval is needed;
 * a rate has none. */
static void check_protection(kt_json root, const kt_source *source)
{
    bool protects = false, counts = false;
    for (size_t i = 0; i < source->symbol_count; i++) {
        protects = protects || source->symbols[i].obs == KT_OBS_PROTECTED;
    }
    for (size_t i = 0; i < source->measure_count; i++) {
        const kt_measure_spec *spec = &source->measures[i];
        counts = counts || kt_text_same(spec->unit, "persons") || kt_text_same(spec->unit, "posts");
    }
    if (protects && counts && kt_json_absent(kt_json_member(root, "protected"))) {
        kt_json_wrong(kt_json_member(root, "protected"),
                      "missing, expected what a protected figure can be, as a symbol means that");
    }
}

/* A table may have no variable of contents: then it counts one thing, which needs no code. Of
 * several measures, or for a code, a variable has to tell which figures are meant. */
static void check_contents(kt_json root, const kt_source *source)
{
    const kt_json place = kt_json_member(root, "variables");
    if (kt_json_absent(place) || kt_source_variable(source, KT_ROLE_MEASURE) != NULL) {
        return;
    }
    bool has_code = false;
    for (size_t i = 0; i < source->measure_count; i++) {
        has_code =
            has_code || source->measures[i].code != NULL || source->measures[i].earlier_count > 0;
    }
    if (source->measure_count > 1) {
        kt_json_wrong(place,
                      "expected a variable with the role measure, as nothing else tells the %zu "
                      "measures apart",
                      source->measure_count);
    } else if (has_code) {
        kt_json_wrong(place, "expected a variable with the role measure, which has the code of the "
                             "measure, or a measure without a code");
    }
}

kt_source *kt_source_load_list(const char *path, kt_arena *arena, kt_problems *problems)
{
    static const char *const keys[] = {"id",         "title",    "protocol", "base_url",
                                       "addresses",  "ages",     "licence",  "citation",
                                       "every_days", "verified", "limits",   NULL};
    const size_t before = kt_problems_count(problems);
    json_auto_t *document = NULL;
    kt_json root;
    kt_json_load(path, arena, problems, &document, &root);
    if (kt_json_absent(root)) {
        return NULL;
    }
    kt_source *source = kt_arena_new(arena, kt_source);
    *source = (kt_source){.file = root.file, .format = KT_LIST_FORMAT, .frequency = KT_MONTHLY};
    kt_json_only(root, keys);
    source->id = read_id(kt_json_member(root, "id"));
    source->title = kt_words_read(kt_json_member(root, "title"));
    source->protocol = kt_json_text(kt_json_member(root, "protocol"));
    read_base_url(kt_json_member(root, "base_url"), source);
    read_rhythm(root, source);
    read_ages(kt_json_member(root, "ages"), source);
    read_limits(kt_json_member(root, "limits"), source);
    source->verified = kt_json_text_or(kt_json_member(root, "verified"), NULL);
    source->licence = kt_json_text(kt_json_member(root, "licence"));
    source->citation = kt_words_read(kt_json_member(root, "citation"));
    kt_source_read_addresses(kt_json_member(root, "addresses"), source);
    if (source->protocol != NULL && !kt_source_is_document(source)) {
        kt_json_wrong(kt_json_member(root, "protocol"), "expected file or http, found \"%s\"",
                      source->protocol);
    }
    return kt_problems_count(problems) == before ? source : NULL;
}

kt_source *kt_source_load(const char *path, kt_arena *arena, kt_problems *problems)
{
    static const char *const keys[] = {"id",
                                       "title",
                                       "protocol",
                                       "format",
                                       "base_url",
                                       "addresses",
                                       "frequency",
                                       "refetch_periods",
                                       "whole_every_days",
                                       "variables",
                                       "measures",
                                       "symbols",
                                       "protected",
                                       "unallocated",
                                       "observations",
                                       "ages",
                                       "warn_share",
                                       "hold_share",
                                       "licence",
                                       "citation",
                                       "language",
                                       "verified",
                                       "others",
                                       "limits",
                                       "dataset",
                                       "fixed",
                                       "layout",
                                       "every_days",
                                       NULL};
    const size_t before = kt_problems_count(problems);
    json_auto_t *document = NULL;
    kt_json root;
    kt_json_load(path, arena, problems, &document, &root);
    if (kt_json_absent(root)) {
        return NULL;
    }
    kt_source *source = kt_arena_new(arena, kt_source);
    source->file = root.file;
    kt_json_only(root, keys);
    read_plain(root, source);
    kt_source_read_addresses(kt_json_member(root, "addresses"), source);
    kt_source_read_variables(kt_json_member(root, "variables"), source);
    kt_source_read_measures(kt_json_member(root, "measures"), source);
    kt_source_read_symbols(kt_json_member(root, "symbols"), source);
    kt_source_read_unallocated(kt_json_member(root, "unallocated"), source);
    kt_source_read_fixed(kt_json_member(root, "fixed"), source);
    kt_source_read_layout(kt_json_member(root, "layout"), source);
    check_protection(root, source);
    check_contents(root, source);
    return kt_problems_count(problems) == before ? source : NULL;
}

static int64_t day_of(kt_instant when)
{
    const int64_t second_of_day = ((when % 86400) + 86400) % 86400;
    return (when - second_of_day) / 86400;
}

const kt_address_spec *kt_source_address(const kt_source *source, kt_instant when)
{
    const int64_t day = day_of(when);
    for (size_t i = 0; i < source->address_count; i++) {
        if (source->addresses[i].from_day <= day && day <= source->addresses[i].until_day) {
            return &source->addresses[i];
        }
    }
    return NULL;
}

/* How many bytes of the address lead to the path's end: "/tyonv/12r5.px"; 0 if it is not in it. */
static size_t length_to(const char *url, const char *path)
{
    const size_t length = strlen(path);
    size_t found = 0;
    for (const char *at = strstr(url, path); at != NULL && found == 0; at = strstr(at + 1, path)) {
        const bool begins = at > url && at[-1] == '/';
        const bool ends = strchr("/?", at[length]) != NULL; /* or nothing follows */
        found = begins && ends ? (size_t)(at - url) + length : 0;
    }
    return found;
}

char *kt_source_place(const kt_source *source, const char *url, kt_arena *arena)
{
    for (size_t i = 0; i < source->address_count; i++) {
        const size_t length = length_to(url, source->addresses[i].path);
        if (length > 0) {
            return kt_arena_copy_n(arena, url, length);
        }
    }
    return kt_arena_copy(arena, url);
}

int64_t kt_source_ended(const kt_source *source, kt_instant when)
{
    int64_t last = INT64_MIN;
    for (size_t i = 0; i < source->address_count; i++) {
        const int64_t until = source->addresses[i].until_day;
        last = until > last ? until : last;
    }
    return last < day_of(when) ? last : INT64_MAX;
}

bool kt_source_is_document(const kt_source *source)
{
    return kt_text_same(source->protocol, "http") || kt_text_same(source->protocol, "file");
}

const kt_variable_spec *kt_source_variable(const kt_source *source, kt_role role)
{
    for (size_t i = 0; i < source->variable_count; i++) {
        if (source->variables[i].role == role) {
            return &source->variables[i];
        }
    }
    return NULL;
}

size_t kt_place_of_all(const kt_cube *cube, const kt_source *source, kt_role role)
{
    const kt_variable_spec *spec = kt_source_variable(source, role);
    const bool has_name = spec != NULL && spec->total != NULL;
    return cube->size[role] == 1
               ? 0
               : kt_codes_find(cube->codes[role], has_name ? spec->total : KT_TOTAL);
}

const char *kt_source_absent_code(const kt_source *source, kt_role role)
{
    const kt_variable_spec *spec = kt_source_variable(source, role);
    return spec != NULL && spec->total != NULL ? spec->total : KT_TOTAL;
}

const kt_measure_spec *kt_source_measure(const kt_source *source, const char *measure)
{
    for (size_t i = 0; i < source->measure_count; i++) {
        if (strcmp(source->measures[i].measure, measure) == 0) {
            return &source->measures[i];
        }
    }
    return NULL;
}

bool kt_source_counts(const kt_source *source, const char *measure)
{
    const kt_measure_spec *spec = kt_source_measure(source, measure);
    return spec != NULL && (strcmp(spec->unit, "persons") == 0 || strcmp(spec->unit, "posts") == 0);
}

const char *kt_our_code(const kt_variable_spec *spec, const char *code)
{
    for (size_t i = 0; i < spec->map_count; i++) {
        if (strcmp(spec->map[i].code, code) == 0) {
            return spec->map[i].ours;
        }
    }
    return code;
}
