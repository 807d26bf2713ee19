/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef KT_PIPELINE_SECTOR_ROWS_H
#define KT_PIPELINE_SECTOR_ROWS_H

#include <stddef.h>

#include "core/cube.h"
#include "pipeline/breaks.h"
#include "pipeline/marked.h"
#include "pipeline/sectors.h"
#include "publish/contract.h"
#include "publish/table.h"
#include "transform/classification.h"
#include "transform/convert.h"
#include "transform/rollup.h"

/**
 * The rows of the table `sectors`: of each source with vacancies by sector, in its own revision and
 * in the one that the configuration has it converted to. The denominator of a rate is the figure of
 * the same region and sector in the newest period of its source that is not after the row's,
 * converted too where its revision is another one.
 */
typedef struct kt_sector_table {
    const kt_source *source;
    const kt_cube *cube;
    const kt_rollup *rollup;
} kt_sector_table;

typedef struct kt_sector_feed {
    kt_sector_table vacancies;
    kt_sector_table denominator; /* its cube is NULL where there is none */
    const kt_sector_rate *rate;  /* NULL: no definition belongs to the source */
} kt_sector_feed;

typedef struct kt_sector_job {
    const kt_contract *contract;
    const kt_classifications *classifications;
    const kt_breaks *breaks;      /* may be NULL */
    double protected_share_limit; /* of sums that have a value; 0, 1: none */
    const kt_sector_settings *settings;
    const kt_sector_feed *feeds; /* in the order of the configuration */
    size_t feed_count;
} kt_sector_job;

typedef struct kt_sector_rows kt_sector_rows;

/** Makes the order of rows once for all periods; the job is borrowed. */
kt_status kt_sector_rows_new(const kt_sector_job *job, kt_arena *arena, kt_sector_rows **out,
                             kt_error *err) KT_MUST_CHECK;

/** The periods of all feeds, by year and then bytewise by their names. */
size_t kt_sector_periods(const kt_sector_rows *all, const kt_period **out);

/** The position of a period of kt_sector_periods in the cube of the feed at that place, or
 * KT_NO_CODE. */
size_t kt_sector_place(const kt_sector_rows *all, size_t period, size_t at);

/** That of the denominator's period in its cube, or KT_NO_CODE. */
size_t kt_denominator_place(const kt_sector_feed *of, kt_period period);

/** Sectors of a roll-up as those of the first revision of the settings that it is not in and of
 * which there is a way; NULL where it is not converted. */
const kt_conversion *kt_sector_conversion(const kt_sector_settings *settings,
                                          const kt_rollup *rollup, kt_arena *arena);

/** Adds the rows of one period. Safe from several threads, each with rows of its own. */
kt_status kt_sector_rows_add(const kt_sector_rows *all, size_t period, kt_rows *rows,
                             kt_error *err) KT_MUST_CHECK;

/** A period in the sectors of the conversion: what these are made of may be mostly hidden too. */
kt_status kt_sector_convert(const kt_conversion *conversion, const kt_marked_month *from,
                            kt_arena *arena, kt_cube **out, kt_error *err) KT_MUST_CHECK;

/** The rate of a row from the figures that may be shown; NAN where they give none. */
double kt_sector_rate_of(kt_rate_definition definition, double vacancies, double denominator);

#endif
