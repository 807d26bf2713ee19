/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef KT_PIPELINE_SERIES_WORK_H
#define KT_PIPELINE_SERIES_WORK_H

#include "adjusted.h"
#include "analysis_job.h"
#include "found_breaks.h"

/** The series that the tables of figures over time share, split once. */
typedef struct kt_series_work {
    kt_arena *arena; /* of the list */
    kt_figure_series_list list;
    kt_adjusted *adjusted; /* of each series */
    kt_found_breaks *found;
    kt_x13_counts x13;  /* of all series */
    const char *method; /* how they are split; NULL where none are asked for */
    kt_arena **arenas;  /* of both */
    size_t arena_count;
} kt_series_work;

/** Reads the tables of the findings that series.json names and splits all series and
 * searches them for breaks, in parallel. To be freed in any case. */
kt_status kt_series_work_make(const kt_analysis_job *job, kt_series_work *out,
                              kt_error *err) KT_MUST_CHECK;

void kt_series_work_free(const kt_series_work *work);

/** Writes findings/series/, a file a year; years of which no figure changed are kept. */
kt_status kt_analyse_series(kt_analysis_job *job, const kt_series_work *work,
                            kt_error *err) KT_MUST_CHECK;

/**
 * Writes findings/breaks/: those that are found in the adjusted series, stretch by stretch, and
 * those that are declared of the series' figures.
 */
kt_status kt_analyse_breaks(kt_analysis_job *job, const kt_series_work *work,
                            kt_error *err) KT_MUST_CHECK;

#endif
