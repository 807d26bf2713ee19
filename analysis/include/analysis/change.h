/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef KT_ANALYSIS_CHANGE_H
#define KT_ANALYSIS_CHANGE_H

#include <stdbool.h>
#include <stddef.h>

#include "analysis/tightness.h"
#include "core/status.h"

/**
 * What a figure was before, and whether its change is one to tell. Unadjusted figures of a month
 * are compared with the same month of the year before. A change is told only if it is sure (it lies
 * outside what hidden cells, and posts without a region, could make of it), larger than such
 * changes usually are, and between figures that can be compared.
 */
typedef enum kt_change_kind {
    KT_CHANGE_STOCK, /* of a year so far: the mean */
    KT_CHANGE_FLOW,  /* the sum */
    KT_CHANGE_RATIO, /* sums divided, never a mean of ratios */
} kt_change_kind;

/** One period of a series as readers see it. */
typedef struct kt_change_point {
    kt_interval figure; /* value NAN where none is published; high NAN where it has no end */
    kt_interval placed; /* the same with every place that posts without a region could have */
    double part, whole; /* of a ratio */
    /** What share of the country's vacancies, and of its unemployed, the regions of the level hold;
     * 1 where the figure does not depend on it, NAN where nobody knows. */
    double vacancies_allocated, unemployed_allocated;
    kt_obs obs;
    bool begins; /* the first of a new basis */
} kt_change_point;

typedef struct kt_change_series {
    const kt_change_point *at; /* consecutive periods, the oldest first */
    size_t count;
    int first;   /* kt_period.index of the oldest */
    size_t year; /* periods of a year */
    double step; /* of an allocated share, above which nothing is compared */
    kt_change_kind kind;
} kt_change_series;

/** Why a change is not told. The first six: because there is nothing to compare. */
typedef enum kt_change_reason {
    KT_CHANGE_TOLD,
    KT_CHANGE_PROTECTED, /* this figure, or that of a year before */
    KT_CHANGE_MISSING,
    KT_CHANGE_NOT_COLLECTED, /* nor is there one before the table, or the content, began */
    KT_CHANGE_IMPOSSIBLE,
    KT_CHANGE_BREAK,           /* declared, between the two */
    KT_CHANGE_ALLOCATED_SHARE, /* it moved by more than the step, or is not known */
    KT_CHANGE_HIDDEN_CELLS,    /* the two intervals meet */
    KT_CHANGE_USUAL_UNKNOWN,   /* fewer than a year's number of comparable changes */
    KT_CHANGE_USUAL,           /* at its least it is not larger than usual */
    KT_CHANGE_UNALLOCATED,     /* posts without a region could make it */
} kt_change_reason;

/** "break", "hidden_cells" ...; NULL for a change that is told. */
const char *kt_change_word(kt_change_reason reason);

/** Figures are NAN where one of those that they are made of is not published. */
typedef struct kt_year_change {
    double previous;     /* the period before */
    double last_year;    /* the same period of the year before */
    double mean_year;    /* of the last year's number of periods, this one included */
    double year_to_date; /* since the first period of the calendar year */
    /** Median absolute change on the same period of the year before, of the comparable ones among
     * three years of periods, this one included; NAN below a year's number of them. */
    double usual;
    bool comparable; /* with the same period of the year before */
    kt_change_reason reason;
} kt_year_change;

/** The change of the point at that position of the series. */
kt_year_change kt_change_at(const kt_change_series *series, size_t at);

#endif
