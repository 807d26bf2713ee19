/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "analysis_job.h"
#include "core/project_found.h"

#define COUNTRY  "SSS"
#define NO_PLACE "_X"

/* Regions on their way. */
typedef struct naming {
    const kt_analysis_job *job;
    kt_region_words *at;
    size_t count, room;
} naming;

static void add(naming *n, const char *code, const char *level, kt_words name)
{
    n->at = kt_arena_grow(n->job->arena, n->at, n->count, &n->room, sizeof *n->at);
    n->at[n->count++] = (kt_region_words){.code = code, .level = level, .name = name};
}

/* The region of that code by its own names; a classification of another country may lack it. */
static void add_known(naming *n, const char *code, const char *level)
{
    const kt_class_item *item = kt_class_find(&n->job->classifications->regions, code);
    if (item != NULL) {
        add(n, code, level,
            (kt_words){.fi = item->name_fi, .sv = item->name_sv, .en = item->name_en});
    }
}

/* Areas have Finnish names alone. */
static void add_areas(naming *n, const kt_placement *placement)
{
    const char *name = NULL;
    for (size_t i = 0; kt_placement_area(placement, i, &name) != NULL; i++) {
        const char *code = kt_placement_area(placement, i, &name);
        if (kt_class_find(&n->job->classifications->regions, code) == NULL) {
            add(n, code, "own", (kt_words){.fi = name, .sv = name, .en = name});
        }
    }
}

size_t kt_project_regions(const kt_analysis_job *job, const kt_region_words **out)
{
    const kt_project_settings *settings = &job->night->config->projects;
    naming n = {.job = job};
    *out = NULL;
    if (settings->placement == NULL) {
        return 0;
    }
    for (const char *const *level = kt_region_levels(); *level != NULL; level++) {
        if (strcmp(*level, "country") != 0 && strcmp(*level, NO_PLACE) != 0) {
            add_known(&n, COUNTRY, *level);
        }
    }
    add_known(&n, COUNTRY, KT_LEVEL_NATIONAL);
    add_known(&n, NO_PLACE, KT_LEVEL_UNLOCATED);
    add_areas(&n, settings->placement);
    *out = n.at;
    return n.count;
}
