/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "vanished.h"

#include <jansson.h>

#include "core/file.h"
#include "core/text.h"
#include "publish/manifest.h"
#include "publish/publish.h"

static bool has_source(const json_t *manifest, const char *id)
{
    const json_t *sources = json_object_get(manifest, "sources");
    for (size_t i = 0; i < json_array_size(sources); i++) {
        const json_t *source = json_array_get(sources, i);
        if (kt_text_same(json_string_value(json_object_get(source, "id")), id)) {
            return true;
        }
    }
    return false;
}

const char *kt_vanished_table(const kt_night *night)
{
    const char *published = kt_path_join(night->arena, night->workspace, "published");
    const char *run = kt_published_current(published, night->arena);
    if (run == NULL) {
        return NULL;
    }
    json_auto_t *manifest =
        json_load_file(kt_path_join(night->arena, run, KT_MANIFEST_FILE), 0, NULL);
    for (size_t i = 0; i < night->config->source_count; i++) {
        const kt_table *table = &night->tables[i];
        if (!table->there && has_source(manifest, table->source->id)) {
            return table->source->id;
        }
    }
    return NULL;
}
