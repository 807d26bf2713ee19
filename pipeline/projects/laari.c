/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "projects/laari.h"

#include "analysis/project_groups.h"

/* The clusters of laari.json. Who is in one is taken, and so is who runs the programme itself. */
static void place_configured(const kt_project_settings *settings, const kt_project_study *study,
                             size_t *of, bool *taken)
{
    const kt_laarit *laarit = settings->laarit;
    for (size_t i = 0; i < study->count; i++) {
        const kt_project *project = &study->at[i]->is;
        const kt_laari *found =
            laarit == NULL
                ? NULL
                : kt_laari_of(laarit, project, study->related[i].relation, &study->themes[i]);
        of[i] = found == NULL ? KT_NO_CLUSTER : (size_t)(found - laarit->at);
        taken[i] = found != NULL || kt_project_is_own(settings, project);
    }
}

static void add_groups(kt_project_groups groups, size_t count, size_t *of, kt_laari_study *out)
{
    for (size_t i = 0; i < count; i++) {
        of[i] = groups.of[i] == KT_NO_PROJECT ? of[i] : out->configured + groups.of[i];
    }
    out->count += groups.count;
}

static const size_t *sizes_of(const size_t *of, size_t count, size_t clusters, kt_arena *arena)
{
    size_t *sizes = kt_arena_array(arena, size_t, clusters + 1);
    for (size_t i = 0; i < count; i++) {
        if (of[i] != KT_NO_CLUSTER) {
            sizes[of[i]]++;
        }
    }
    return sizes;
}

kt_status kt_laari_study_make(const kt_night *night, const kt_project_study *study,
                              const kt_overlap_study *texts, kt_arena *arena, kt_laari_study *out,
                              kt_error *err)
{
    const kt_project_settings *settings = &night->config->projects;
    const kt_laarit *laarit = settings->laarit;
    size_t *of = kt_arena_array(arena, size_t, study->count + 1);
    bool *taken = kt_arena_array(arena, bool, study->count + 1);
    *out = (kt_laari_study){.of = of, .configured = laarit == NULL ? 0 : laarit->count};
    out->count = out->configured;
    if (study->count > 0) {
        kt_similar_pairs pairs;
        KT_TRY(
            kt_similarity_pairs(texts->texts, settings->suggestions.at_least, arena, &pairs, err));
        place_configured(settings, study, of, taken);
        const kt_group_question question = {.projects = study->texts,
                                            .related = study->related,
                                            .count = study->count,
                                            .pairs = pairs.at,
                                            .pair_count = pairs.count,
                                            .taken = taken,
                                            .least_projects = settings->suggestions.least_projects};
        add_groups(kt_project_groups_find(&question, arena), study->count, of, out);
        out->cohesion = kt_cohesions(texts->texts, of, study->count, out->count, arena);
    }
    out->sizes = sizes_of(of, study->count, out->count, arena);
    return KT_OK;
}
