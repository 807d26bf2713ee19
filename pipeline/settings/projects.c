/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "settings/parts.h"

#include <stdlib.h>
#include <string.h>

#include "core/cleanup.h"
#include "core/csv.h"
#include "core/file.h"
#include "core/instant.h"
#include "core/text.h"
#include "transform/finnish.h"

#define REVIEWS    "reviews.csv"
#define NEEDS      "needs.json"
#define FILE_LIMIT ((size_t)16 << 20)
#define DAY_S      INT64_C(86400)

static bool is_known_id(const kt_config *config, const char *id)
{
    bool known = kt_config_source(config, id) < config->source_count;
    for (size_t i = 0; i < config->projects.source_count; i++) {
        known = known || strcmp(config->projects.sources[i]->id, id) == 0;
    }
    return known;
}

static void read_source(kt_json place, const char *folder, kt_config *config)
{
    kt_project_settings *of = &config->projects;
    const char *name = kt_json_text(place);
    kt_source *source = name == NULL ? NULL
                                     : kt_source_load_list(kt_path_join(place.arena, folder, name),
                                                           place.arena, place.problems);
    if (source == NULL) {
        return;
    }
    if (is_known_id(config, source->id)) {
        kt_json_wrong(place, "another source is called \"%s\" too", source->id);
    }
    of->sources[of->source_count++] = source;
}

static void read_order(kt_json place, kt_project_settings *of)
{
    const size_t count = kt_json_count(place);
    of->order = kt_arena_array(place.arena, const char *, count + 1);
    for (size_t i = 0; i < count; i++) {
        const kt_json item = kt_json_element(place, i);
        const char *id = kt_json_text(item);
        if (id != NULL && of->formats != NULL && kt_project_formats_find(of->formats, id) == NULL) {
            kt_json_wrong(item, "\"%s\" is none of the formats", id);
        }
        of->order[of->order_count++] = id;
    }
}

static void read_own(kt_json place, kt_project_settings *of)
{
    static const char *const keys[] = {"period", "priority", NULL};
    const size_t count = kt_json_absent(place) ? 0 : kt_json_count(place);
    of->own = kt_arena_array(place.arena, kt_own_priority, count + 1);
    for (size_t i = 0; i < count; i++) {
        const kt_json item = kt_json_element(place, i);
        if (kt_json_object(item)) {
            kt_json_only(item, keys);
            of->own[of->own_count++] =
                (kt_own_priority){.period = kt_json_text(kt_json_member(item, "period")),
                                  .priority = kt_json_text(kt_json_member(item, "priority"))};
        }
    }
}

static void read_overlaps(kt_json place, kt_project_settings *of)
{
    static const char *const keys[] = {"at_least", "per_area", "leave_out", NULL};
    kt_overlap_settings *out = &of->overlaps;
    *out = (kt_overlap_settings){.at_least = 0.4, .per_area = 50};
    if (kt_json_absent(place) || !kt_json_object(place)) {
        return;
    }
    kt_json_only(place, keys);
    out->at_least = kt_json_number_or(kt_json_member(place, "at_least"), 0.1, 1.0, out->at_least);
    out->per_area =
        (size_t)kt_json_whole_or(kt_json_member(place, "per_area"), 0, 10000, (long)out->per_area);
    read_own(kt_json_member(place, "leave_out"), of);
}

static void read_suggestions(kt_json place, kt_laari_suggestions *out)
{
    static const char *const keys[] = {"at_least", "least_projects", NULL};
    *out = (kt_laari_suggestions){.at_least = 0.6, .least_projects = 3};
    if (kt_json_absent(place) || !kt_json_object(place)) {
        return;
    }
    kt_json_only(place, keys);
    out->at_least = kt_json_number_or(kt_json_member(place, "at_least"), 0.1, 1.0, out->at_least);
    out->least_projects = (size_t)kt_json_whole_or(kt_json_member(place, "least_projects"), 2, 1000,
                                                   (long)out->least_projects);
}

static void read_lost_running(kt_json place, kt_lost_running *out)
{
    static const char *const keys[] = {"least", "share", NULL};
    *out = (kt_lost_running){.least = 20, .share = 0.1};
    if (kt_json_absent(place) || !kt_json_object(place)) {
        return;
    }
    kt_json_only(place, keys);
    out->least =
        (size_t)kt_json_whole_or(kt_json_member(place, "least"), 1, 1000000, (long)out->least);
    out->share = kt_json_number_or(kt_json_member(place, "share"), 0.0, 1.0, out->share);
}

static bool is_review(const char *word)
{
    static const char *const words[] = {"talk", "no", "merged", "open"};
    bool known = false;
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++) {
        known = known || strcmp(words[i], word) == 0;
    }
    return known;
}

static int by_codes(const void *a, const void *b)
{
    const kt_project_review *x = a, *y = b;
    const int order = strcmp(x->code_a, y->code_a);
    return order != 0 ? order : strcmp(x->code_b, y->code_b);
}

/* Row by row; a pair may stand in either order. */
static void take_reviews(const kt_csv_table *table, kt_project_settings *of, kt_arena *arena,
                         kt_problems *problems)
{
    kt_project_review *list = kt_arena_array(arena, kt_project_review, table->row_count + 1);
    for (size_t i = 0; i < table->row_count; i++) {
        const char *a = kt_csv_cell(table, i, 0), *b = kt_csv_cell(table, i, 1);
        const bool turned = strcmp(a, b) > 0;
        list[i] = (kt_project_review){turned ? b : a, turned ? a : b, kt_csv_cell(table, i, 2)};
        if (a[0] == '\0' || strcmp(a, b) == 0 || b[0] == '\0' || !is_review(list[i].review)) {
            kt_problems_add_line(
                problems, kt_arena_print(arena,
                                         "%s: row %zu: \"%s\", \"%s\": \"%s\", expected two codes "
                                         "and one of open, talk, no, merged",
                                         table->path, i + 2, a, b, list[i].review));
        }
    }
    qsort(list, table->row_count, sizeof *list, by_codes);
    for (size_t i = 1; i < table->row_count; i++) {
        if (by_codes(&list[i - 1], &list[i]) == 0) {
            kt_problems_add_line(problems,
                                 kt_arena_print(arena, "%s: two rows for %s and %s", table->path,
                                                list[i].code_a, list[i].code_b));
        }
    }
    of->reviews = list;
    of->review_count = table->row_count;
}

static void read_reviews(const char *path, kt_project_settings *of, kt_arena *arena,
                         kt_problems *problems)
{
    static const char *const names[] = {"code_a", "code_b", "review"};
    kt_csv_table *table = NULL;
    kt_error why = {0};
    if (!kt_file_exists(path)) {
        return;
    }
    if (kt_csv_load(path, FILE_LIMIT, arena, &table, &why) != KT_OK) {
        kt_problems_add_line(problems, why.message);
        return;
    }
    for (size_t i = 0; i < 3; i++) {
        if (table->column_count < 3 || strcmp(table->names[i], names[i]) != 0) {
            kt_problems_add_line(problems, kt_arena_print(arena, "%s: column %zu: expected %s",
                                                          path, i + 1, names[i]));
            return;
        }
    }
    take_reviews(table, of, arena, problems);
}

static void check_theme(const kt_project_settings *of, const kt_laari *laari, const char *theme,
                        const char *path, kt_problems *problems)
{
    if (theme != NULL && !kt_topic_known(of->theming, "theme", theme)) {
        kt_problems_add(problems, path, laari->id, "\"%s\" is no theme of themes.json", theme);
    }
}

/* Clusters are of themes that themes.json has. */
static void check_laarit(const kt_project_settings *of, const char *path, kt_problems *problems)
{
    for (size_t i = 0; of->laarit != NULL && of->theming != NULL && i < of->laarit->count; i++) {
        const kt_laari *laari = &of->laarit->at[i];
        check_theme(of, laari, laari->theme, path, problems);
        for (size_t j = 0; j < laari->theme_count; j++) {
            check_theme(of, laari, laari->themes[j], path, problems);
        }
    }
}

/* What is real is judged on the day of the run. */
static void read_judged_on(kt_json place, bool modelled, kt_project_settings *of)
{
    const char *day = kt_json_text_or(place, NULL);
    kt_instant instant = 0;
    if (day == NULL) {
        return;
    }
    if (strlen(day) != strlen("2026-03-31") || !kt_instant_read(day, false, &instant)) {
        kt_json_wrong(place, "expected a day as 2026-03-31, found \"%s\"", day);
    } else if (!modelled) {
        kt_json_wrong(place, "expected only beside \"modelled\": true");
    } else {
        of->judged_on = instant / DAY_S;
    }
}

void kt_config_projects(const char *path, kt_config *config, kt_arena *arena, kt_problems *problems)
{
    static const char *const keys[] = {"sources",   "formats",      "order",
                                       "overlaps",  "lost_share",   "suggested_laarit",
                                       "judged_on", "lost_running", NULL};
    json_auto_t *document = NULL;
    kt_json root;
    kt_json_load(path, arena, problems, &document, &root);
    if (kt_json_absent(root)) {
        return;
    }
    kt_project_settings *of = &config->projects;
    const char *folder = kt_path_folder(arena, path);
    kt_json_only(root, keys);
    const kt_json sources = kt_json_member(root, "sources");
    const size_t count = kt_json_count(sources);
    of->sources = kt_arena_array(arena, kt_source *, count + 1);
    for (size_t i = 0; i < count; i++) {
        read_source(kt_json_element(sources, i), folder, config);
    }
    const char *formats = kt_json_text(kt_json_member(root, "formats"));
    if (formats != NULL) {
        of->formats =
            kt_project_formats_load(kt_path_join(arena, folder, formats), arena, problems);
    }
    read_order(kt_json_member(root, "order"), of);
    read_judged_on(kt_json_member(root, "judged_on"), config->modelled, of);
    of->lost_share = kt_json_number_or(kt_json_member(root, "lost_share"), 0.0, 1.0, 0.5);
    read_lost_running(kt_json_member(root, "lost_running"), &of->lost_running);
    if (config->classifications != NULL) {
        const kt_classifications *all = config->classifications;
        of->wording = kt_wording_load(folder, &all->regions, arena, problems);
        of->placement = of->wording == NULL
                            ? NULL
                            : kt_placement_load(folder, all, of->wording, arena, problems);
    }
    of->theming = kt_theming_load(folder, config->classifications, arena, problems);
    of->indicators = kt_indicators_load(folder, arena, problems);
    of->laarit = kt_laarit_load(folder, of->indicators, arena, problems);
    if (of->placement != NULL) {
        of->models = kt_models_load(folder, of->placement, of->theming, arena, problems);
    }
    check_laarit(of, kt_path_join(arena, folder, "laari.json"), problems);
    read_overlaps(kt_json_member(root, "overlaps"), of);
    read_suggestions(kt_json_member(root, "suggested_laarit"), &of->suggestions);
    read_reviews(kt_path_join(arena, folder, REVIEWS), of, arena, problems);
    kt_config_needs(kt_path_join(arena, folder, NEEDS), config, arena, problems);
}

void kt_config_projects_hash(const kt_project_settings *projects, char hash[KT_HASH_SIZE])
{
    KT_AUTO(text) kt_text line = {0};
    kt_finnish *finnish = NULL;
    if (projects->placement == NULL) {
        return;
    }
    const bool there = kt_finnish_open("fi", &finnish, NULL) == KT_OK;
    kt_text_print(&line, "%s  %s\n", hash, there ? kt_finnish_version(finnish) : "no dictionary");
    kt_hash_bytes(line.bytes, line.length, hash);
    if (there) {
        kt_finnish_close(finnish);
    }
}
