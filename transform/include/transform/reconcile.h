/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef KT_TRANSFORM_RECONCILE_H
#define KT_TRANSFORM_RECONCILE_H

#include <stdbool.h>
#include <stddef.h>

#include "core/cube.h"
#include "core/hash.h"
#include "core/source.h"
#include "transform/assemble.h"
#include "transform/classification.h"
#include "transform/margins.h"
#include "transform/rollup.h"

/**
 * Holds parts against totals and gives every protected cell its point and interval. Country is at
 * least the sum of its parts, never assumed equal; occupations of a region, unknown ones included,
 * sum to the region's own total. With protected members the sum is an interval that must hold the
 * total.
 */

/** One kind of check over one table: a row of the published `checks`. */
typedef struct kt_check {
    const char *name;     /* "regions_within_country", "occupations_sum_to_total" ... */
    const char *subject;  /* "12r5 vacancies maakunta" */
    const char *severity; /* "hold" or "note" */
    bool passed;
    double measured, threshold; /* NAN where it does not apply */
    size_t cells_checked, cells_failed;
    const char *examples; /* up to three coordinates, "; " between them; "" if none */
} kt_check;

typedef struct kt_checks {
    const kt_check *rows;
    size_t count;
} kt_checks;

/** A table of the source's own cells and what is needed to know which of them are sums of others.
 */
typedef struct kt_reconcile_table {
    kt_cube *cube;
    const kt_source *source;
    const kt_rollup *rollup; /* made for the cube */
    const kt_classification *regions;
    const kt_editions *editions; /* whose division the regions are on; NULL: today's */
} kt_reconcile_table;

/** How the points of protected cells are chosen, as a method column has it. */
#define KT_POINTS_METHOD KT_FILLING_METHOD "_near1"

/** The points of one period, measure, sector and group, and the hash of what they follow from. */
typedef struct kt_filled {
    char key[KT_HASH_SIZE];
    size_t count;
    const double *value;
} kt_filled;

typedef struct kt_fillings {
    const kt_filled *at;
    size_t count;
} kt_fillings;

/* Of each measure, "12ti vacancies" over all periods and "12ti vacancies 2023M10" of the newest:
 * protected cells of regions, how many of them the margins leave one figure, mean interval width.
 */
#define KT_CHECK_PROTECTED "protected_cells"
#define KT_CHECK_FIXED     "protected_cells_fixed"
#define KT_CHECK_WIDTH     "protected_interval_width"

typedef struct kt_reconciled {
    kt_checks checks;     /* the three above, and margins_agree */
    kt_fillings fillings; /* for a later run */
} kt_reconciled;

/**
 * Gives every protected cell of a count its interval and its point, from the margins that the
 * source's own cells make within each period, measure, sector and group: occupations, unknown ones
 * included, sum to the total of their region (not of the country, where some may be in none);
 * regions to the coarser one that they lie in on the day of the edition; and with the figures
 * without a place, at every level, to at most the country. A municipality that changed hands within
 * the last two months before the edition stands in no such sum. Statuses stay.
 *
 * low and high: what all the margins leave of the source's limits. value: the whole figures that
 * meet all of them and are closest to the neighbours in time, the mean of what the periods directly
 * before and after have in that cell (their figure; the middle of the interval where it is hidden
 * there too), by kt_margins_fill. So a period's intervals depend on its own figures alone, and its
 * points on those of three periods. They are published nowhere: sums use them.
 *
 * Margins that clash are left out with all that they clash with, and told by the check
 * margins_agree (a note, with the total that is missed). Hidden cells of rounded figures keep the
 * source's limits: what rounded parts leave of a rounded total says nothing exact. before, or NULL:
 * fillings of an earlier run, which save the work where the same is asked again and change no
 * figure. threads as in kt_parallel. Fails with KT_ERR_CONFIG if the source's limits are no whole
 * numbers in order.
 */
kt_status kt_reconcile_intervals(const kt_reconcile_table *table, const kt_fillings *before,
                                 unsigned threads, kt_arena *arena, kt_reconciled *out,
                                 kt_error *err) KT_MUST_CHECK;

/**
 * Runs every parts-and-totals check of a table over all periods. Failing checks are no error.
 *
 *     regions_within_country       per measure and level: the parts' lows, figures without a place
 *                                  included, are at most the country's high
 *     regions_within_region        per measure and level: the lows of the regions that lie in a
 *                                  coarser one are at most its high, on the edition's division;
 *                                  what has changed hands within two months counts as nothing
 *     occupations_sum_to_total     per measure: the occupations of a region, unknown ones included,
 *                                  sum to its total; with hidden cells the interval holds it
 *     occupations_within_country   per measure: the occupations of the country are at most its
 *                                  total
 *     sectors_sum_to_section       per measure: the divisions of a section sum to it, where the
 *                                  source has rows of both
 *     sectors_sum_to_total         per measure and level: the sectors of a region, unknown ones
 *                                  included, sum to its total; those of B-S where that is the total
 *     sectors_within_country       per measure and level: the sectors of the country are at most
 *                                  its total
 *
 * A table without occupations has the first alone, one without all occupations in use can only be
 * held to "at most". Of figures that are no counts nothing is checked. measured is the largest
 * excess, in the unit of the measure, less what its rounding explains.
 */
kt_status kt_reconcile_checks(const kt_reconcile_table *table, kt_arena *arena, kt_checks *out,
                              kt_error *err) KT_MUST_CHECK;

#endif
