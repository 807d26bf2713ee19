/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef KT_PUBLISH_OBSERVATIONS_H
#define KT_PUBLISH_OBSERVATIONS_H

#include <stdbool.h>
#include <stddef.h>

#include "core/arena.h"
#include "core/cube.h"
#include "core/error.h"
#include "core/period.h"
#include "core/source.h"
#include "pipeline/breaks.h"
#include "publish/contract.h"
#include "publish/table.h"
#include "transform/classification.h"
#include "transform/rollup.h"

/**
 * The table `observations`: what the sources say of each region and occupation, by the size rules
 * of the contract. A protected figure is an empty cell with status Q and the source's limits; a sum
 * that holds one is E, rounded to a whole number; tightness comes from the figures of the row, and
 * is M where nobody is unemployed. A figure that the table does not carry is L.
 */
typedef struct kt_observation_source {
    const kt_source *source;
    const kt_cube *cube; /* the source cube, with points */
    const kt_rollup *rollup;
    const kt_breaks *breaks;      /* that its figures are marked with; may be NULL */
    double protected_share_limit; /* of sums that have a value (transform/assess.h); 0, 1: none */
    bool strict;                  /* occupations of regions finer than maakunta have no rows */
} kt_observation_source;

/**
 * True if rows of that region and occupation stand in the table: by the size rules of the contract,
 * by the levels that the source file names, and by the disclosure.
 */
bool kt_observation_has(const kt_observation_source *from, const kt_rollup_line *region,
                        const kt_rollup_line *occupation);

/** The source's figures of one period as they are published: rolled up, marked. */
kt_status kt_observation_slab_make(const kt_observation_source *from, size_t period,
                                   kt_arena *arena, kt_cube **out, kt_error *err) KT_MUST_CHECK;

/** What all periods share; borrowed for as long as the observations are used. */
typedef struct kt_observation_job {
    const kt_contract *contract;
    const kt_classifications *classifications;
    const kt_observation_source *sources; /* in any order */
    size_t source_count;
} kt_observation_job;

typedef struct kt_observations kt_observations;

/**
 * Makes the order of rows once for all periods. KT_ERR_CONFIG if the contract's table is not the
 * one that is written here.
 */
kt_status kt_observations_new(const kt_observation_job *job, kt_arena *arena, kt_observations **out,
                              kt_error *err) KT_MUST_CHECK;

/**
 * Adds the rows of one period. slabs[i] is sources[i] rolled up to that period (kt_rollup_period),
 * NULL if the source does not have it. Safe from several threads, each with rows of its own.
 */
kt_status kt_observations_period(const kt_observations *observations, kt_period period,
                                 const kt_cube *const *slabs, kt_rows *rows,
                                 kt_error *err) KT_MUST_CHECK;

/** How many rows of that source carry the status B of one break, which begins in one period. */
kt_status kt_observations_marked(const kt_observations *observations, const char *source,
                                 const kt_break *one, size_t *rows, kt_error *err) KT_MUST_CHECK;

/** What the caller knows of the years' files. Asked and told from several threads. */
typedef struct kt_observation_years {
    void *context;
    bool (*is_there)(void *context, int year); /* true: the year's file needs no writing */
    void (*written)(void *context, int year, const kt_table_file *file);
} kt_observation_years;

/**
 * Writes findings/observations/observations_<year>.csv for every year of the sources, years in
 * parallel, and removes files of years that are no longer there. The bytes do not depend on
 * threads. years: NULL if nothing is known.
 */
kt_status kt_observations_write(const kt_observations *observations, const char *findings,
                                const kt_observation_years *years, unsigned threads,
                                kt_error *err) KT_MUST_CHECK;

#endif
