/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef KT_ANALYSIS_CELLS_H
#define KT_ANALYSIS_CELLS_H

#include <math.h>
#include <stdbool.h>
#include <stddef.h>

#include "analysis/measure.h"
#include "analysis/mismatch.h"
#include "analysis/tightness.h"

/**
 * What every measure over the cells of a market needs first: are the figures possible, which cells
 * are used, and what do they sum to. The totals are always the sums of the cells used.
 */

/** No count of persons or posts is larger: above it a double no longer tells whole numbers apart.
 */
#define KT_COUNT_MOST 9007199254740992.0

typedef struct kt_totals {
    kt_interval unemployed, vacancies;
    size_t cells_used;       /* both figures known */
    size_t markets_n;        /* of them, those with u + v > 0 */
    size_t markets_possible; /* of them, those in which u or v may be above 0 */
    const char *reason;      /* why no measure of matching can be taken, or NULL */
} kt_totals;

/** True if both figures of the cell are known. */
static inline bool kt_cells_use(const kt_cells *cells, size_t cell)
{
    return !isnan(cells->unemployed[cell]) && !isnan(cells->vacancies[cell]);
}

static inline bool kt_cells_ranged(const kt_cells *cells)
{
    return cells->unemployed_low != NULL;
}

/** The figure of a cell with its ends; margins play no part. */
static inline kt_interval kt_cells_unemployed(const kt_cells *cells, size_t cell)
{
    const double value = cells->unemployed[cell];
    return kt_cells_ranged(cells)
               ? (kt_interval){value, cells->unemployed_low[cell], cells->unemployed_high[cell]}
               : (kt_interval){value, value, value};
}

static inline kt_interval kt_cells_vacancies(const kt_cells *cells, size_t cell)
{
    const double value = cells->vacancies[cell];
    return kt_cells_ranged(cells)
               ? (kt_interval){value, cells->vacancies_low[cell], cells->vacancies_high[cell]}
               : (kt_interval){value, value, value};
}

/**
 * Sums the cells. The totals' ends are the sums of the cells' ends, narrowed by what is known of
 * the totals from elsewhere; where the two contradict each other, the sums alone. Fails with
 * KT_ERR_DATA if a figure is below zero, not finite, or outside its ends.
 */
kt_status kt_cells_sum(const kt_cells *cells, kt_totals *out, kt_error *err) KT_MUST_CHECK;

/** "single market" where the cells used are one market, whose index is 0 by its nature; or NULL. */
const char *kt_totals_note(const kt_totals *totals);

/** Job seekers above proportion, sum_i max(0, u_i - v_i U/V), in persons. The totals have no
 * reason. */
double kt_cells_off_proportion(const kt_cells *cells, const kt_totals *totals);

/** The rows of a group as cells; the inputs stand at these positions in the measure. */
kt_cells kt_cells_of(const kt_group *group, size_t unemployed, size_t vacancies);

/** Cells whose figures are known exactly, without margins. */
static inline kt_cells kt_cells_exact(size_t count, const double *unemployed,
                                      const double *vacancies)
{
    return (kt_cells){.count = count,
                      .unemployed = unemployed,
                      .vacancies = vacancies,
                      .unemployed_total_low = NAN,
                      .unemployed_total_high = NAN,
                      .vacancies_total_low = NAN,
                      .vacancies_total_high = NAN};
}

/** For messages: the number of a row in the input. */
static inline size_t kt_group_row(const kt_group *group, size_t row)
{
    return group->row_number != NULL ? group->row_number[row] : row + 1;
}

/** The two inputs of every measure of matching. */
#define KT_INPUT_UNEMPLOYED                                                             \
    {                                                                                   \
        .name = "unemployed", .kind = KT_INPUT_COUNT, .unit = "persons", .ranged = true \
    }
#define KT_INPUT_VACANCIES                                                           \
    {                                                                                \
        .name = "vacancies", .kind = KT_INPUT_COUNT, .unit = "posts", .ranged = true \
    }

/** The parameter of every measure with an elasticity: always the exponent of vacancies. */
#define KT_PARAM_ALPHA                                                                     \
    {                                                                                      \
        .name = "alpha", .kind = KT_PARAM_NUMBER, .least = 0.0, .most = 1.0, .open = true, \
        .fallback = "0.5", .meaning = "exponent of vacancies, above 0 and below 1"         \
    }

#endif
