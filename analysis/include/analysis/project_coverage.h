/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef KT_ANALYSIS_PROJECT_COVERAGE_H
#define KT_ANALYSIS_PROJECT_COVERAGE_H

#include <stdbool.h>
#include <stddef.h>

#include "core/arena.h"
#include "core/error.h"

/**
 * Project coverage (hankekattavuus): whether the money of projects stands where a need is. Cells
 * are the regions, or regions x sectors, of one scope in one period. Descriptive, not causal: it
 * does not say that money works, nor that it should follow this need alone.
 *
 *     f_i = F_i / sum F,   n_i = X_i / sum X,   C_i = f_i / n_i
 *
 * over the cells whose need is known. C is a location quotient: 1 where the cell has the share of
 * money that it has of the need.
 */
typedef struct kt_coverage_cell {
    double funding;             /* EUR, 0 or more; known where a project is placed at all */
    double need;                /* 0 or more; NAN: not known */
    double need_low, need_high; /* what ranges of its figures leave it; both need where exact */
    size_t active;              /* projects at work in the cell */
    double unknown_share;       /* of the money of the row that has no place or no topic */
    bool hidden;                /* a figure that may not be shown stands behind the need */
} kt_coverage_cell;

typedef enum kt_coverage_class {
    KT_COVERAGE_WHITE, /* need in the highest quarter, and no project at work */
    KT_COVERAGE_THIN,  /* C below the lower limit */
    KT_COVERAGE_PROPORTIONAL,
    KT_COVERAGE_HEAVY,   /* C above the upper limit */
    KT_COVERAGE_NO_NEED, /* the need is 0 */
    KT_COVERAGE_UNKNOWN, /* too much money has no place or topic, or the need is not known */
    KT_COVERAGE_SUPPRESSED,
    KT_COVERAGE_CLASSES
} kt_coverage_class;

const char *kt_coverage_class_name(kt_coverage_class which);

typedef struct kt_coverage_limits {
    double thin, heavy;   /* .5 and 2 */
    double unknown_share; /* .25: above it nothing is said */
} kt_coverage_limits;

typedef struct kt_covered_cell {
    double need_share, funding_share; /* NAN where the need is not known, or sums are 0 */
    double ratio;                     /* NAN where the need is 0 or not known */
    kt_coverage_class class;
    bool high_need; /* in the highest quarter, and above 0 */
    bool fragile;   /* another class at an end of its need's range, the others at their values */
} kt_covered_cell;

/**
 * One number for the whole map, of the cells whose need is known; NAN where it has no meaning (no
 * money, no need, one cell).
 */
typedef struct kt_coverage_summary {
    size_t cells;
    double dissimilarity; /* half of sum |f - n|: the share of money that would have to move */
    double hhi;           /* sum f^2 */
    double gini;          /* of f */
    double
        concentration_index; /* 2 cov(f, rank of need) / mean f: above 0 where money goes to need */
    double spearman;         /* of f and n, ties by mean ranks */
} kt_coverage_summary;

typedef struct kt_coverage {
    kt_covered_cell *cells; /* in the order of those given */
    kt_coverage_summary summary;
} kt_coverage;

/** KT_ERR_DATA for a negative or infinite figure, or a need outside its range. */
kt_status kt_coverage_make(const kt_coverage_cell *cells, size_t count, kt_coverage_limits limits,
                           kt_arena *arena, kt_coverage *out, kt_error *err) KT_MUST_CHECK;

#endif
