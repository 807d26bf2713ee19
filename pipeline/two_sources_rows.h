/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef KT_PIPELINE_TWO_SOURCES_ROWS_H
#define KT_PIPELINE_TWO_SOURCES_ROWS_H

#include "core/period.h"
#include "pipeline/two_sources.h"
#include "publish/observation_row.h"

/**
 * How figures of the register's months become one of a period of the survey. Pure: no table is
 * read here.
 */
#define KT_MOST_MONTHS 12

typedef struct kt_month_list {
    kt_period at[KT_MOST_MONTHS];
    size_t count;
} kt_month_list;

/**
 * The periods of the register, of that frequency, that a period of the survey is held against: all
 * within it, or the one whose last day is nearest to the reference day (the earlier of two), which
 * may be the last before it.
 */
kt_month_list kt_pair_months(const kt_source_pair *pair, kt_frequency register_is,
                             kt_period survey);

/**
 * Their mean, a whole number; the status is the worst. Where one has no value there is none, and
 * the status says why: the worst of those that lack one.
 */
kt_published_figure kt_pair_mean(const kt_published_figure *months, size_t count);

/** counted to asked; M where asked is zero, and the reason of what is absent. */
kt_published_figure kt_pair_ratio(kt_published_figure counted, kt_published_figure asked);

#endif
