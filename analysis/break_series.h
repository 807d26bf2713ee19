/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef KT_ANALYSIS_BREAK_SERIES_H
#define KT_ANALYSIS_BREAK_SERIES_H

#include "analysis/measure.h"
#include "break_tests.h"
#include "segments.h"
#include "timeline.h"

/**
 * The series that measures of breaks look at: their inputs are time_period, value and perhaps x, in
 * this order.
 */
enum { KT_BREAK_PERIOD, KT_BREAK_VALUE, KT_BREAK_X };

typedef struct kt_break_series {
    kt_timeline timeline;
    kt_observed observed;
    size_t min_length;  /* of a segment */
    double square_of_y; /* sum of squares of the values */
} kt_break_series;

kt_status kt_break_series_read(const kt_measure *measure, const kt_group *group, kt_arena *arena,
                               kt_break_series *out, kt_error *err) KT_MUST_CHECK;

/** Settles min_length by KT_PARAM_MIN_SEGMENT: the whole observations in a share, as strucchange
 * counts, or a number of them. A part of an observation is KT_ERR_USAGE. */
kt_status kt_break_series_min_length(kt_break_series *series, double given,
                                     kt_error *err) KT_MUST_CHECK;

/** Why nothing can be looked for in the series, or NULL. searched: it is to be cut into segments,
 * and its min_length is settled. */
const char *kt_break_series_reason(const kt_break_series *series, const kt_group *group,
                                   bool searched, kt_arena *arena);

/** Why there is no segmentation with that many breaks, of found[0 .. breaks]; or NULL. */
const char *kt_break_series_lacks(const kt_break_series *series, const kt_segmentation *found,
                                  size_t breaks, kt_arena *arena);

/** Findings of one row with KT_BREAK_TEST_RESULTS: what a test says, or its reason. */
kt_findings *kt_break_series_finding(const kt_measure *measure, const kt_break_series *series,
                                     const kt_break_test *test, kt_arena *arena);

enum { KT_BREAK_STATISTIC, KT_BREAK_P_VALUE, KT_BREAK_AT };

#define KT_BREAK_TEST_RESULTS                                               \
    {                                                                       \
        [KT_BREAK_STATISTIC] = {.name = "statistic", .unit = "index"},      \
        [KT_BREAK_P_VALUE] = {.name = "p_value", .unit = "share"},          \
        [KT_BREAK_AT] = {.name = "period", .unit = "period", .text = true}, \
    }

#define KT_BREAK_INPUTS                                                          \
    {                                                                            \
        [KT_BREAK_PERIOD] = {.name = "time_period", .kind = KT_INPUT_PERIOD},    \
        [KT_BREAK_VALUE] = {.name = "value", .kind = KT_INPUT_NUMBER},           \
        [KT_BREAK_X] = {.name = "x", .kind = KT_INPUT_NUMBER, .optional = true}, \
    }

#define KT_PARAM_MAX_BREAKS                                                         \
    {                                                                               \
        .name = "max_breaks", .kind = KT_PARAM_INTEGER, .least = 0.0, .most = 20.0, \
        .fallback = "5", .meaning = "the largest number of breaks, from 0 to 20"    \
    }

#define KT_PARAM_MIN_SEGMENT                                                                   \
    {                                                                                          \
        .name = "min_segment", .kind = KT_PARAM_NUMBER, .least = 0.0, .most = 20000.0,         \
        .open = true, .fallback = "0.15",                                                      \
        .meaning = "the shortest segment: a share of the observations if below 1, else their " \
                   "number"                                                                    \
    }

#endif
