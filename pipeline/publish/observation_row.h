/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef KT_PUBLISH_OBSERVATION_ROW_H
#define KT_PUBLISH_OBSERVATION_ROW_H

#include <stddef.h>

#include "core/cube.h"
#include "core/error.h"
#include "publish/contract.h"
#include "publish/table.h"

/**
 * One row of `observations`: the figures of a region and an occupation in one rolled-up period, as
 * they may be published.
 */
typedef struct kt_observation_words {
    const char *time_period, *period_start, *source;
    const char *region_level, *region_code, *region_name;
    const char *occupation_level, *occupation_code, *occupation_name;
} kt_observation_words;

/** A rolled-up period and where in it the figures stand; KT_NO_CODE: the table has no such figure.
 */
typedef struct kt_observation_slab {
    const kt_cube *cube;
    size_t unemployed, vacancies, labour_force;
    size_t sector, group;
} kt_observation_slab;

kt_observation_slab kt_observation_slab_of(const kt_cube *cube);

/** That the contract's columns are those that are written here. */
kt_status kt_observation_expect(const kt_schema *schema, kt_error *err) KT_MUST_CHECK;

kt_status kt_observation_write(const kt_observation_slab *slab, size_t region, size_t occupation,
                               const kt_observation_words *words, kt_rows *rows,
                               kt_error *err) KT_MUST_CHECK;

#endif
