/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "projects/study.h"

#include <string.h>

#include "core/text.h"
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

static bool is_national(const kt_project_places *places)
{
    for (size_t i = 0; i < places->count; i++) {
        if (places->at[i].role == KT_PLACE_IMPLEMENTATION &&
            strcmp(places->at[i].level, KT_LEVEL_NATIONAL) == 0) {
            return true;
        }
    }
    return false;
}

/* The one coordinator area that all of its maakunnat lie in. */
static const char *area_of(const kt_classification *regions, const kt_project_places *places,
                           kt_region_codes maakunnat)
{
    const char *area = NULL;
    if (is_national(places)) {
        return "SSS";
    }
    for (size_t i = 0; i < maakunnat.count; i++) {
        const char *own = kt_class_parent(regions, maakunnat.at[i], "coordinator");
        area = own == NULL ? area : area == NULL || strcmp(area, own) == 0 ? own : "SSS";
    }
    return area == NULL ? "_X" : area;
}

static void study(const kt_config *config, kt_finnish *finnish, kt_arena *arena,
                  kt_project_study *out)
{
    const kt_project_settings *settings = &config->projects;
    out->places = kt_arena_array(arena, kt_project_places, out->count + 1);
    out->themes = kt_arena_array(arena, kt_project_themes, out->count + 1);
    out->texts = kt_arena_array(arena, kt_related_project, out->count + 1);
    out->areas = kt_arena_array(arena, const char *, out->count + 1);
    for (size_t i = 0; i < out->count; i++) {
        const kt_project *project = &out->at[i]->is;
        out->places[i] = kt_project_places_of(settings->placement, finnish, project, arena);
        out->themes[i] = kt_project_themes_of(settings->theming, finnish, project, arena);
        const kt_region_codes regions =
            kt_project_maakunnat(settings->placement, &out->places[i], arena);
        out->areas[i] = area_of(&config->classifications->regions, &out->places[i], regions);
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
    study(night->config, finnish, arena, out);
    kt_finnish_close(finnish);
    return KT_OK;
}

size_t kt_maakunta_count(const kt_classification *regions)
{
    size_t count = 0;
    for (size_t i = 0; i < regions->item_count; i++) {
        const kt_class_item *item = &regions->items[i];
        count += strcmp(item->level, "maakunta") == 0 && item->valid_to[0] == '\0' ? 1 : 0;
    }
    return count;
}

bool kt_project_is_own(const kt_project_settings *settings, const kt_project *project)
{
    const char *priority = project->text[KT_PROJECT_PRIORITY];
    for (size_t i = 0; i < settings->own_count; i++) {
        if (kt_text_same(settings->own[i].period, project->period) &&
            kt_text_same(settings->own[i].priority, priority)) {
            return true;
        }
    }
    return false;
}

kt_status kt_overlap_study_make(const kt_night *night, const kt_project_study *study,
                                kt_arena *arena, kt_overlap_study *out, kt_error *err)
{
    const kt_config *config = night->config;
    const kt_similarity_settings settings = {
        .shortest = 3, .longest = 5, .df_cap = 0.2, .threads = config->analysis.threads};
    *out = (kt_overlap_study){0};
    if (study->count == 0) {
        return KT_OK;
    }
    const char **texts = kt_arena_array(arena, const char *, study->count);
    kt_overlap_project *projects = kt_arena_array(arena, kt_overlap_project, study->count);
    for (size_t i = 0; i < study->count; i++) {
        texts[i] = study->texts[i].words.text;
        projects[i] = (kt_overlap_project){&study->places[i], &study->themes[i], study->areas[i],
                                           kt_project_is_own(&config->projects, &study->at[i]->is)};
    }
    KT_TRY(kt_similarity_new(texts, study->count, &settings, arena, &out->texts, err));
    const kt_overlap_question question = {.projects = projects,
                                          .texts_of = study->texts,
                                          .related = study->related,
                                          .texts = out->texts,
                                          .count = study->count,
                                          .maakunnat =
                                              kt_maakunta_count(&config->classifications->regions),
                                          .settings = config->projects.overlaps};
    return kt_project_overlaps_find(&question, arena, &out->found, err);
}
