/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef KT_PIPELINE_CHANGE_SERIES_H
#define KT_PIPELINE_CHANGE_SERIES_H

#include <stdbool.h>
#include <stddef.h>

#include "analysis/change.h"
#include "core/arena.h"
#include "core/error.h"
#include "pipeline/breaks.h"
#include "publish/observation_row.h"
#include "transform/rollup.h"

/** The published figures of one source over all occupations, as series by region. */
typedef struct kt_change_source {
    const kt_source *source;
    const kt_cube *cube;
    const kt_rollup *rollup;
    const kt_breaks *breaks;
    double protected_share_limit; /* as of kt_observation_source */
} kt_change_source;

typedef struct kt_change_panel {
    kt_change_source of;
    const kt_rollup_line *lines;
    size_t line_count;
    size_t country;       /* its line; KT_NO_CODE if there is none */
    size_t *unallocated;  /* of each line: the line that is left over at its level, or KT_NO_CODE */
    kt_rollup_line total; /* of the occupations */
    kt_period newest;
    size_t count;              /* consecutive periods, up to the newest */
    bool *there;               /* whether the source has the period */
    kt_published_row **months; /* of each period its lines; NULL where it is not there */
} kt_change_panel;

/** The last count periods of a source. */
kt_status kt_change_panel_make(const kt_change_source *of, size_t count, kt_arena *arena,
                               kt_change_panel **out, kt_error *err) KT_MUST_CHECK;

/** A figure whose changes are told. */
typedef struct kt_change_indicator {
    const char *id; /* a code of dim_indicator */
    kt_change_kind kind;
    bool unemployed, vacancies; /* which of them it is made of */
    bool per_vacancy;           /* a ratio over vacancies, else over the unemployed */
} kt_change_indicator;

/** Ended by one whose id is NULL. */
extern const kt_change_indicator kt_change_indicators[];

/** NULL if there is none of that id. */
const kt_change_indicator *kt_change_indicator_find(const char *id);

/** True if the source has all that the indicator is made of. */
bool kt_change_has(const kt_change_source *of, const kt_change_indicator *indicator);

/** Fills points (panel->count of them) with a line's series. */
void kt_change_points(const kt_change_panel *panel, const kt_change_indicator *indicator,
                      size_t line, kt_change_point *points);

/** The figure of a line in one period. */
kt_published_figure kt_change_figure(const kt_change_panel *panel,
                                     const kt_change_indicator *indicator, size_t line,
                                     size_t period);

#endif
