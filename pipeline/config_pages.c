/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "config_parts.h"
#include "core/file.h"
#include "core/period.h"
#include "core/text.h"
#include "pages/language.h"

#define NOTES_LIMIT ((size_t)4 << 20)

static void read_languages(kt_json place, const char *folder, kt_page_settings *out)
{
    const char **names = NULL;
    const size_t count = kt_json_texts(place, &names);
    out->languages = kt_arena_array(place.arena, const kt_language *, count + 1);
    for (size_t i = 0; i < count; i++) {
        const char *path = kt_path_join(place.arena, folder,
                                        kt_arena_print(place.arena, "i18n/%s.json", names[i]));
        const kt_language *words = kt_language_load(path, place.arena, place.problems);
        if (words == NULL) {
            continue;
        }
        if (strcmp(words->name, names[i]) != 0) {
            kt_json_wrong(kt_json_element(place, i), "%s says that its language is \"%s\"", path,
                          words->name);
        }
        out->languages[out->language_count++] = words;
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

/* A note is of a period that can be read, and says something. */
static kt_status check_notes(const kt_csv_table *notes, kt_error *err)
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
    }
    return KT_OK;
}

void kt_config_notes(const char *path, kt_config *config, kt_arena *arena, kt_problems *problems)
{
    kt_csv_table *notes = NULL;
    kt_error err = {0};
    if (kt_csv_load(path, NOTES_LIMIT, arena, &notes, &err) != KT_OK ||
        check_notes(notes, &err) != KT_OK) {
        kt_problems_add_line(problems, err.message);
        return;
    }
    config->pages.notes = notes;
}

void kt_config_pages(const char *path, kt_config *config, kt_arena *arena, kt_problems *problems)
{
    static const char *const keys[] = {"languages", "feedback", NULL};
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
}
