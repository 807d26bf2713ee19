/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "projects/reports.h"

#include <string.h>

static void gather(const kt_night *night, kt_arena *arena, kt_project_reports *out)
{
    const kt_project_lists *lists = night->lists;
    kt_reporting *indicators = kt_reporting_new(arena), *scores = kt_reporting_new(arena);
    for (size_t i = 0; i < lists->count; i++) {
        const kt_list_file *file = &lists->at[i];
        if (file->replaced) {
            continue; /* put right under its name: what it has now is what counts */
        }
        const kt_report_origin origin = {file->source->id, file->snapshot_day};
        if (file->indicators != NULL) {
            kt_reporting_add_indicators(indicators, file->indicators, origin);
        }
        if (file->scores != NULL) {
            kt_reporting_add_scores(scores, file->scores, origin);
        }
    }
    out->indicators = kt_reporting_versions(indicators);
    out->scores = kt_reporting_versions(scores);
}

kt_status kt_project_reports_make(const kt_night *night, kt_arena *arena, kt_project_reports *out,
                                  kt_error *err)
{
    const kt_project_settings *settings = &night->config->projects;
    bool *hidden = NULL, *scores_hidden = NULL;
    *out = (kt_project_reports){0};
    if (settings->indicators == NULL || settings->laarit == NULL) {
        return KT_OK;
    }
    const kt_reported_rules rules = {settings->indicators, settings->laarit->cumulative};
    gather(night, arena, out);
    KT_TRY(kt_reported_hide(&out->indicators, &rules, arena, &hidden, err));
    kt_scores_hide(&out->scores, arena, &scores_hidden);
    out->hidden = hidden;
    out->scores_hidden = scores_hidden;
    return KT_OK;
}

/* The first figure that is not of a project before this one. */
static size_t begin_of(const kt_reported_list *list, const char *project)
{
    size_t low = 0, high = list->count;
    while (low < high) {
        const size_t middle = low + (high - low) / 2;
        if (strcmp(list->at[middle].project, project) < 0) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low;
}

size_t kt_reported_of(const kt_reported_list *list, const char *project, size_t *first)
{
    size_t count = 0;
    *first = begin_of(list, project);
    while (*first + count < list->count && strcmp(list->at[*first + count].project, project) == 0) {
        count++;
    }
    return count;
}
