/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef KT_PIPELINE_INDEX_REACH_H
#define KT_PIPELINE_INDEX_REACH_H

#include <stdbool.h>

#include "index_rows.h"

/** The job seekers and posts of regions, NAN where they are not published. */
typedef struct kt_reach_regions {
    size_t count;
    const char *const *code;
    const double *unemployed, *vacancies;
} kt_reach_regions;

/**
 * Effective tightness of each region, NAN for all of them where it cannot be computed: *reason then
 * says why ("a figure is withheld", posts that nobody reaches, a region without weights), and is
 * NULL else.
 */
kt_status kt_reach_compute(const kt_reach *reach, const kt_reach_regions *regions, kt_arena *arena,
                           double *out, const char **reason, kt_error *err) KT_MUST_CHECK;

/** True for a market of the country's regions alone, at a level that weights are named for. */
bool kt_index_reach_wanted(const kt_index_month *month);

/** Adds its rows of `effective_tightness`. All regions of a month have one status, as each figure
 * is made of all regions. */
kt_status kt_index_reach_add(const kt_index_month *month, kt_rows *rows,
                             kt_error *err) KT_MUST_CHECK;

#endif
