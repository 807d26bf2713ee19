/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "core/file.h"
#include "core/period.h"
#include "core/text.h"
#include "pages/language.h"
#include "pages/outline.h"
#include "settings/parts.h"

#define NOTES_LIMIT ((size_t)4 << 20)

/* A folder of pages has this name. */
static bool is_language(const char *name)
{
    const size_t letters = strspn(name, "abcdefghijklmnopqrstuvwxyz");
    return name[letters] == '\0' && letters >= 2 && letters <= 3;
}

/* NULL: it was told why there is none. */
static const kt_language *read_language(kt_json place, const char *name, const char *folder)
{
    if (!is_language(name)) {
        kt_json_wrong(place, "expected a language such as fi, found \"%s\"", name);
        return NULL;
    }
    const char *path =
        kt_path_join(place.arena, folder, kt_arena_print(place.arena, "i18n/%s.json", name));
    const kt_language *words = kt_language_load(path, place.arena, place.problems);
    if (words != NULL && strcmp(words->name, name) != 0) {
        kt_json_wrong(place, "%s says that its language is \"%s\"", path, words->name);
    }
    return words;
}

static bool is_there(const kt_page_settings *settings, const char *name)
{
    bool there = false;
    for (size_t i = 0; i < settings->language_count; i++) {
        there = there || strcmp(settings->languages[i]->name, name) == 0;
    }
    return there;
}

static void read_languages(kt_json place, const char *folder, kt_page_settings *out)
{
    const char **names = NULL;
    const size_t count = kt_json_texts(place, &names);
    out->languages = kt_arena_array(place.arena, const kt_language *, count + 1);
    for (size_t i = 0; i < count; i++) {
        const kt_json at = kt_json_element(place, i);
        if (is_there(out, names[i])) {
            kt_json_wrong(at, "\"%s\" a second time, expected each language once", names[i]);
            continue;
        }
        const kt_language *words = read_language(at, names[i], folder);
        if (words != NULL) {
            out->languages[out->language_count++] = words;
        }
    }
    if (count == 0) {
        kt_json_wrong(place, "expected languages such as \"fi\"");
    }
}

static void read_feedback(kt_json place, kt_page_settings *out)
{
    if (place.value == NULL) {
        return;
    }
    out->feedback = kt_json_text(place);
    if (out->feedback != NULL && !kt_text_starts(out->feedback, "https://") &&
        !kt_text_starts(out->feedback, "mailto:")) {
        kt_json_wrong(place,
                      "expected an address that begins with https:// or mailto:, found \"%s\"",
                      out->feedback);
    }
}

/* Without classifications, which is told elsewhere, no region is known. */
static void read_maps(kt_json place, const char *folder, kt_config *config)
{
    if (place.value == NULL || config->classifications == NULL) {
        return;
    }
    const size_t count = kt_json_count(place);
    kt_outlines *maps = kt_arena_array(place.arena, kt_outlines, count + 1);
    for (size_t i = 0; i < count; i++) {
        const kt_json one = kt_json_element(place, i);
        kt_outlines *out = &maps[config->pages.map_count];
        if (!kt_outlines_read(one, folder, &config->classifications->regions, out)) {
            continue;
        }
        if (kt_outlines_of(maps, config->pages.map_count, out->level) != NULL) {
            kt_json_wrong(one, "expected one map of a level, found two of %s", out->level);
        }
        config->pages.map_count++;
    }
    config->pages.maps = maps;
}

/* Pages of projects have notes of their areas, too. */
static bool is_region(const kt_config *config, const char *code)
{
    const kt_placement *placement = config->projects.placement;
    return kt_class_find(&config->classifications->regions, code) != NULL ||
           (placement != NULL && kt_placement_level(placement, code) != NULL);
}

/* A note is of a region that is known and of a period that can be read, and says something. */
static kt_status check_notes(const kt_csv_table *notes, const kt_config *config, kt_error *err)
{
    size_t region = 0, period = 0, text = 0;
    KT_TRY(kt_csv_column(notes, "region_code", &region, err));
    KT_TRY(kt_csv_column(notes, "period", &period, err));
    KT_TRY(kt_csv_column(notes, "text", &text, err));
    for (size_t row = 0; row < notes->row_count; row++) {
        kt_period when;
        if (!kt_period_read(kt_csv_cell(notes, row, period), &when)) {
            return kt_fail(err, KT_ERR_CONFIG,
                           "%s: row %zu, column period: expected a period such as 2026M06, found "
                           "\"%s\"",
                           notes->path, row + 2, kt_csv_cell(notes, row, period));
        }
        if (*kt_csv_cell(notes, row, text) == '\0' || *kt_csv_cell(notes, row, region) == '\0') {
            return kt_fail(err, KT_ERR_CONFIG, "%s: row %zu: expected a region and a text",
                           notes->path, row + 2);
        }
        if (!is_region(config, kt_csv_cell(notes, row, region))) {
            return kt_fail(err, KT_ERR_CONFIG,
                           "%s: row %zu, column region_code: expected the code of a region such as "
                           "MK01, found \"%s\"",
                           notes->path, row + 2, kt_csv_cell(notes, row, region));
        }
    }
    return KT_OK;
}

void kt_config_notes(const char *path, kt_config *config, kt_arena *arena, kt_problems *problems)
{
    kt_csv_table *notes = NULL;
    kt_error err = {0};
    if (config->classifications == NULL) {
        return; /* told already, and nobody knows which regions there are */
    }
    if (kt_csv_load(path, NOTES_LIMIT, arena, &notes, &err) != KT_OK ||
        check_notes(notes, config, &err) != KT_OK) {
        kt_problems_add_line(problems, err.message);
        return;
    }
    config->pages.notes = notes;
}

void kt_config_pages(const char *path, kt_config *config, kt_arena *arena, kt_problems *problems)
{
    static const char *const keys[] = {"languages", "feedback", "maps", NULL};
    json_auto_t *document = NULL;
    kt_json root;
    kt_json_load(path, arena, problems, &document, &root);
    if (root.value == NULL) {
        return;
    }
    const char *folder = kt_path_folder(arena, path);
    kt_json_only(root, keys);
    read_languages(kt_json_member(root, "languages"), folder, &config->pages);
    read_feedback(kt_json_member(root, "feedback"), &config->pages);
    read_maps(kt_json_member(root, "maps"), folder, config);
}
