/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef KT_PIPELINE_CURVE_LINES_H
#define KT_PIPELINE_CURVE_LINES_H

#include "figure_series.h"
#include "pipeline/config.h"

/** What is made of the rates of one period; NAN where there is none. */
typedef struct kt_curve_point {
    double efficient, efficient_low, efficient_high; /* unemployment rates */
    double index;                                    /* of the efficient rate; base year 100 */
    double gap;
    size_t segment; /* of the curve, from 1; 0: none */
    double shift;   /* outward, from the segment before */
} kt_curve_point;

/** Both rates of one region over time. */
typedef struct kt_curve_line {
    const kt_curve_ask *ask;
    const char *word[KT_SERIES_OCCUPATION_LEVEL]; /* source, region, sector */
    kt_period first;
    size_t count;
    kt_published_figure *unemployment, *vacancy; /* rates; both have the worst status of the row */
    double *by_labour_force; /* vacancies by what the unemployed are divided by; NAN as the rates */
    kt_curve_point *made;    /* of each period */
    bool shown;              /* in some period there is a row of it */
    const char *reason;      /* why a segment has no shift; NULL if none lacks one for a reason */
} kt_curve_line;

typedef struct kt_curve_lines {
    kt_curve_line *at; /* by their words, then by frequency */
    size_t count;
} kt_curve_lines;

/** Reads the rates that the settings ask for. In the arena. */
kt_status kt_curve_lines_read(const kt_config *config, const kt_panel_place *place, kt_arena *arena,
                              kt_curve_lines *out, kt_error *err) KT_MUST_CHECK;

/** Fills line->made. Fit on rates without their season, stretch by stretch. */
kt_status kt_curve_line_make(const kt_config *config, kt_curve_line *line, kt_arena *arena,
                             kt_error *err) KT_MUST_CHECK;

#endif
