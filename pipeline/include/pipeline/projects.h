/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef KT_PIPELINE_PROJECTS_H
#define KT_PIPELINE_PROJECTS_H

#include <stddef.h>

#include "core/source.h"
#include "transform/placement.h"
#include "transform/project_format.h"
#include "transform/project_words.h"

/** What projects/projects.json says: where lists of funded projects come from, and how they are
 * read. Nothing where no file is named. */
typedef struct kt_project_settings {
    kt_source **sources; /* of the format "list" */
    size_t source_count;
    const kt_project_formats *formats; /* NULL where no file is named */
    const kt_wording *wording;         /* what of their texts is compared */
    const kt_placement *placement;     /* where they work */
    const char **order; /* ids of formats: of two that have a project the earlier one counts */
    size_t order_count;
} kt_project_settings;

#endif
