/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef KT_PIPELINE_NEEDS_H
#define KT_PIPELINE_NEEDS_H

#include "analysis/project_coverage.h"
#include "core/source.h"
#include "pipeline/time_series.h"

/** What money of projects is held against: config/projects/needs.json. */

/** How a need is measured, from published figures. */
typedef enum kt_need_measure {
    KT_NEED_ABOVE_SCOPE, /* job seekers above the number that gives the cell its scope's V/U */
    KT_NEED_BELOW_SCOPE, /* below it */
    KT_NEED_FIGURE,      /* a published figure as it is */
    KT_NEED_ABOVE_MEAN,  /* posts of a sector above what its own mean vacancy rate would give */
    KT_NEED_MEASURES
} kt_need_measure;

/** Projects whose money is held against a need: of one topic, or all ("_T"). */
typedef struct kt_need_topic {
    const char *scheme; /* theme, target_group: of project_themes */
    const char *code;
} kt_need_topic;

typedef struct kt_need {
    const char *id;
    kt_words name, definition;
    const char *unit;
    kt_need_measure measure;
    kt_series_ask
        of;              /* of KT_NEED_FIGURE one figure, one row a region and period; of
                            KT_NEED_ABOVE_MEAN vacancies and employed, one a region, sector and month */
    size_t months;       /* of KT_NEED_ABOVE_MEAN: that make the mean, the need's own the last */
    const char **levels; /* of the settings' levels those that have it */
    size_t level_count;
    kt_need_topic *topics;
    size_t topic_count;
} kt_need;

/** No level where no file is there. */
typedef struct kt_need_settings {
    const char **levels; /* of regions that are cells */
    size_t level_count;
    kt_coverage_limits limits;
    kt_need *needs;
    size_t need_count;
} kt_need_settings;

/** "above_scope", "below_scope", "figure", "above_mean". */
const char *kt_need_measure_name(kt_need_measure measure);

/** True of a need that sectors have, and no region as a whole. */
static inline bool kt_need_is_of_sectors(const kt_need *need)
{
    return need->measure == KT_NEED_ABOVE_MEAN;
}

bool kt_need_has_level(const kt_need *need, const char *level);

#endif
