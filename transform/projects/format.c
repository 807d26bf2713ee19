/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "transform/project_format.h"

#include <string.h>

#include "core/charset.h"
#include "core/file.h"
#include "format_parts.h"

static const char *const containers[] = {"csv", "csv_unquoted", "xlsx", NULL};
static const char *const orders[] = {"d.m.yyyy", "yyyy-mm-dd", "dd/mm/yyyy", NULL};
static const char *const separators[] = {",", ";", "\t", "|", NULL};
static const char *const signs[] = {",", ".", NULL};
static const char *const fund_words[] = {"ESR", "ESR+", "EAKR", "JTF", NULL};

size_t kt_format_word(kt_json place, const char *word, const char *const *list)
{
    size_t at = 0;
    kt_text all = {0};
    for (; list[at] != NULL; at++) {
        if (kt_text_same(word, list[at])) {
            kt_text_free(&all);
            return at;
        }
        kt_text_print(&all, "%s%s", at == 0 ? "" : ", ", list[at]);
    }
    if (word != NULL) {
        kt_json_wrong(place, "expected one of %s, found \"%.40s\"", all.bytes, word);
    }
    kt_text_free(&all);
    return at;
}

/* A list of words, each of which must be one of ours; at least one where it is asked for. */
static size_t read_words(kt_json place, const char *const *list, bool required, const char ***out)
{
    const size_t count = kt_json_texts(place, out);
    for (size_t i = 0; i < count; i++) {
        (void)kt_format_word(kt_json_element(place, i), (*out)[i], list);
    }
    if (required && count == 0) {
        kt_json_wrong(place, "expected at least one of %s ...", list[0]);
    }
    return count;
}

static const char *read_letters(kt_json place, const char *const *list, bool required)
{
    const char **words = NULL;
    const size_t count = read_words(place, list, required, &words);
    char *letters = kt_arena_array(place.arena, char, count + 1);
    for (size_t i = 0; i < count; i++) {
        letters[i] = words[i][0];
    }
    return letters;
}

static void read_containers(kt_json place, kt_project_format *format)
{
    const char **words = NULL;
    const size_t count = read_words(place, containers, true, &words);
    for (size_t i = 0; i < count; i++) {
        for (size_t c = 0; c < KT_LIST_CONTAINERS; c++) {
            format->containers[c] |= strcmp(words[i], containers[c]) == 0;
        }
    }
}

static void read_encodings(kt_json place, kt_project_format *format)
{
    format->encoding_count = kt_json_texts(place, &format->encodings);
    for (size_t i = 0; i < format->encoding_count; i++) {
        if (!kt_charset_known(format->encodings[i])) {
            kt_json_wrong(kt_json_element(place, i),
                          "expected utf-8, windows-1252, iso-8859-1 or another one of their "
                          "kinds, found \"%.40s\"",
                          format->encodings[i]);
        }
    }
}

size_t kt_format_pairs(kt_json place, kt_project_word **out)
{
    *out = NULL;
    if (kt_json_absent(place) || !kt_json_object(place)) {
        return 0;
    }
    /* Iterating does not change the object; jansson's iterator only lacks a const version. */
    union {
        const json_t *borrowed;
        json_t *object;
    } document = {.borrowed = place.value};
    const char *key = NULL;
    json_t *value = NULL;
    size_t count = 0;
    *out = kt_arena_array(place.arena, kt_project_word, json_object_size(place.value) + 1);
    json_object_foreach(document.object, key, value)
    {
        (*out)[count].theirs = kt_arena_copy(place.arena, key);
        (*out)[count].ours = kt_json_text(kt_json_member(place, key));
        count += (*out)[count].ours != NULL;
    }
    return count;
}

static void check_codes(kt_json place, const kt_project_format *format)
{
    if (format->code_count == 0) {
        kt_json_wrong(place, "expected at least one picture of a code, as \"@#####\"");
    }
    for (size_t i = 0; i < format->code_count; i++) {
        const char *star = strchr(format->codes[i], '*');
        if (star != NULL && star[1] != '\0') {
            kt_json_wrong(kt_json_element(place, i), "expected * at the end alone, found \"%.40s\"",
                          format->codes[i]);
        }
    }
}

static void check_periods(kt_json root, const kt_project_format *format)
{
    bool has = format->period != NULL;
    for (size_t i = 0; i < format->column_count; i++) {
        has |= format->columns[i].holds == KT_LIST_HOLDS_PERIOD;
    }
    if (!has) {
        kt_json_wrong(kt_json_member(root, "period"), "missing, expected a period such as "
                                                      "2021-2027, or a column that has it");
    }
    if (format->period != NULL) {
        (void)kt_format_word(kt_json_member(root, "period"), format->period, kt_format_periods);
    }
    for (size_t i = 0; i < format->by_code_count; i++) {
        (void)kt_format_word(kt_json_member(root, "period_by_code"), format->by_code[i].ours,
                             kt_format_periods);
    }
}

static void read_text_form(kt_json root, kt_project_format *format)
{
    const bool text = format->containers[KT_LIST_CSV] || format->containers[KT_LIST_CSV_UNQUOTED];
    read_encodings(kt_json_member(root, "encodings"), format);
    format->separators = read_letters(kt_json_member(root, "separators"), separators, text);
    format->decimal_signs = read_letters(kt_json_member(root, "decimal_signs"), signs, true);
    format->date_order_count =
        read_words(kt_json_member(root, "date_orders"), orders, true, &format->date_orders);
    if (text && format->encoding_count == 0) {
        kt_json_wrong(kt_json_member(root, "encodings"), "expected at least one encoding");
    }
}

static void read_format(kt_json root, kt_project_format *format)
{
    static const char *const keys[] = {
        "id",          "title",     "verified",    "period",  "period_by_code", "containers",
        "sheet",       "encodings", "separators",  "funds",   "decimal_signs",  "date_orders",
        "round_money", "codes",     "footer_rows", "columns", "several_rows",   NULL};
    kt_json_only(root, keys);
    format->id = kt_json_text(kt_json_member(root, "id"));
    format->title = kt_json_text(kt_json_member(root, "title"));
    format->verified = kt_json_text(kt_json_member(root, "verified"));
    format->period = kt_json_text_or(kt_json_member(root, "period"), NULL);
    format->by_code_count =
        kt_format_pairs(kt_json_member(root, "period_by_code"), &format->by_code);
    read_containers(kt_json_member(root, "containers"), format);
    format->sheet = kt_json_text_or(kt_json_member(root, "sheet"), NULL);
    read_text_form(root, format);
    format->rounds_money = kt_json_bool_or(kt_json_member(root, "round_money"), false);
    format->code_count = kt_json_texts(kt_json_member(root, "codes"), &format->codes);
    check_codes(kt_json_member(root, "codes"), format);
    format->footer_rows = (size_t)kt_json_whole_or(kt_json_member(root, "footer_rows"), 0, 20, 0);
    format->fund_count =
        read_words(kt_json_member(root, "funds"), fund_words, false, &format->funds);
    format->joins_rows = kt_json_bool_or(kt_json_member(root, "several_rows"), false);
    kt_format_columns(kt_json_member(root, "columns"), format);
    check_periods(root, format);
}

kt_project_format *kt_project_format_load(const char *path, kt_arena *arena, kt_problems *problems)
{
    const size_t before = kt_problems_count(problems);
    json_auto_t *document = NULL;
    kt_json root;
    kt_json_load(path, arena, problems, &document, &root);
    kt_project_format *format = kt_arena_new(arena, kt_project_format);
    if (root.value != NULL) {
        read_format(root, format);
    }
    return kt_problems_count(problems) == before ? format : NULL;
}

static const kt_project_format *load_named(const char *folder, const char *name, kt_arena *arena,
                                           kt_problems *problems)
{
    const char *path = kt_path_join(arena, folder, name);
    const kt_project_format *format = kt_project_format_load(path, arena, problems);
    if (format != NULL && strcmp(kt_arena_print(arena, "%s.json", format->id), name) != 0) {
        kt_problems_add(problems, path, "id", "expected the name of the file, found %s",
                        format->id);
    }
    return format;
}

kt_project_formats *kt_project_formats_load(const char *folder, kt_arena *arena,
                                            kt_problems *problems)
{
    const size_t before = kt_problems_count(problems);
    char **names = NULL;
    size_t count = 0;
    kt_error err = {0};
    if (kt_folder_list(folder, arena, &names, &count, &err) != KT_OK) {
        kt_problems_add_line(problems, err.message);
        return NULL;
    }
    kt_project_formats *formats = kt_arena_new(arena, kt_project_formats);
    formats->items = kt_arena_array(arena, const kt_project_format *, count + 1);
    for (size_t i = 0; i < count; i++) {
        if (kt_text_ends(names[i], ".json")) {
            formats->items[formats->count++] = load_named(folder, names[i], arena, problems);
        }
    }
    return kt_problems_count(problems) == before ? formats : NULL;
}

const kt_project_format *kt_project_formats_find(const kt_project_formats *formats, const char *id)
{
    for (size_t i = 0; i < formats->count; i++) {
        if (strcmp(formats->items[i]->id, id) == 0) {
            return formats->items[i];
        }
    }
    return NULL;
}
