/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef KT_PUBLISH_OBSERVATION_ROW_H
#define KT_PUBLISH_OBSERVATION_ROW_H

#include <stdbool.h>
#include <stddef.h>

#include "analysis/tightness.h"
#include "core/cube.h"
#include "core/error.h"
#include "core/source.h"
#include "publish/contract.h"
#include "publish/table.h"

/**
 * One row of `observations`: the figures of a region and an occupation in one rolled-up period, as
 * they may be published.
 */
typedef enum kt_observation_word {
    KT_WORD_TIME_PERIOD,
    KT_WORD_PERIOD_START,
    KT_WORD_SOURCE,
    KT_WORD_REGION_LEVEL,
    KT_WORD_REGION_CODE,
    KT_WORD_OCCUPATION_LEVEL,
    KT_WORD_OCCUPATION_CODE,
    KT_WORD_REGION_NAME,
    KT_WORD_OCCUPATION_NAME,
    KT_OBSERVATION_WORDS /* the columns of figures begin here */
} kt_observation_word;

typedef struct kt_observation_words {
    const kt_ready_cell *word[KT_OBSERVATION_WORDS];
} kt_observation_words;

/** A rolled-up period and where in it the figures stand; KT_NO_CODE: the table has no such figure.
 */
typedef struct kt_observation_slab {
    const kt_cube *cube;
    size_t unemployed, vacancies, labour_force;
    size_t sector, group;
    double protected_low, protected_high; /* the source's: what margins leave is not published */
} kt_observation_slab;

kt_observation_slab kt_observation_slab_of(const kt_cube *cube, const kt_source *source);

/** A figure as it may be published: value is NAN where it is protected or absent, the ends where it
 * is absent. */
typedef struct kt_published_figure {
    kt_interval is;
    kt_obs obs;
} kt_published_figure;

/**
 * The figure of a cell of a rolled-up period, as it may be published: a hidden one has no value and
 * the source's limits or its own interval. counts: it is of persons or posts, and whole.
 */
kt_published_figure kt_figure_published(const kt_cube *cube, size_t cell, const kt_source *source,
                                        bool counts);

typedef struct kt_published_row {
    kt_published_figure unemployed, vacancies, labour_force, tightness;
    kt_published_figure seekers_per_vacancy; /* tightness the other way round; no column has it */
} kt_published_row;

/** The figures of a row, for other tables that speak of them: whoever starts from these shows
 * nothing that is not published. */
kt_published_row kt_observation_figures(const kt_observation_slab *slab, size_t region,
                                        size_t occupation);

/** obs_status: the worst of the row. */
kt_obs kt_observation_status(const kt_published_row *row);

/** That the contract's columns are those that are written here. */
kt_status kt_observation_expect(const kt_schema *schema, kt_error *err) KT_MUST_CHECK;

kt_status kt_observation_write(const kt_observation_slab *slab, size_t region, size_t occupation,
                               const kt_observation_words *words, kt_rows *rows,
                               kt_error *err) KT_MUST_CHECK;

#endif
