/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config_parts.h"

#include <string.h>

#include "core/cleanup.h"
#include "core/file.h"
#include "core/text.h"
#include "transform/finnish.h"

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

void kt_config_projects(const char *path, kt_config *config, kt_arena *arena, kt_problems *problems)
{
    static const char *const keys[] = {"sources", "formats", "order", NULL};
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
    if (config->classifications != NULL) {
        const kt_classifications *all = config->classifications;
        of->wording = kt_wording_load(folder, &all->regions, arena, problems);
        of->placement = of->wording == NULL
                            ? NULL
                            : kt_placement_load(folder, all, of->wording, arena, problems);
    }
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
