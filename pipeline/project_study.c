/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "project_study.h"

#include "transform/finnish.h"
#include "transform/placement.h"
#include "transform/project_words.h"

static void gather(const kt_project_versions *versions, kt_arena *arena, kt_project_study *out)
{
    out->at = kt_arena_array(arena, const kt_project_version *, versions->count + 1);
    for (size_t i = 0; i < versions->count; i++) {
        if (versions->at[i].current) {
            out->at[out->count++] = &versions->at[i];
        }
    }
}

static void study(const kt_project_settings *settings, kt_finnish *finnish, kt_arena *arena,
                  kt_project_study *out)
{
    out->places = kt_arena_array(arena, kt_project_places, out->count + 1);
    out->texts = kt_arena_array(arena, kt_related_project, out->count + 1);
    for (size_t i = 0; i < out->count; i++) {
        const kt_project *project = &out->at[i]->is;
        out->places[i] = kt_project_places_of(settings->placement, finnish, project, arena);
        const kt_region_codes regions =
            kt_project_maakunnat(settings->placement, &out->places[i], arena);
        out->texts[i] = (kt_related_project){
            .project = project,
            .words = kt_project_words_of(settings->wording, finnish, project, arena),
            .regions = regions.at,
            .region_count = regions.count};
    }
    out->related = kt_project_relations(out->texts, out->count, arena);
    out->method = kt_arena_copy(arena, kt_finnish_version(finnish));
}

kt_status kt_project_study_make(const kt_night *night, kt_arena *arena, kt_project_study *out,
                                kt_error *err)
{
    *out = (kt_project_study){0};
    gather(&night->lists->versions, arena, out);
    if (out->count == 0) {
        return KT_OK;
    }
    kt_finnish *finnish = NULL;
    KT_TRY(kt_finnish_open("fi", &finnish, err));
    study(&night->config->projects, finnish, arena, out);
    kt_finnish_close(finnish);
    return KT_OK;
}
