/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef KT_ANALYSIS_MARKET_H
#define KT_ANALYSIS_MARKET_H

#include <stdbool.h>
#include <stddef.h>

#include "analysis/mismatch.h"
#include "core/arena.h"
#include "core/cube.h"
#include "core/error.h"

/**
 * A market definition ("maakunta", "isco2", "isco2xmaakunta") inside a scope (SSS, MK01, EVK01) as
 * index vectors into a rolled-up period, made once for all periods. It knows nothing of files or
 * sources: the caller says which positions of the cube are its regions and occupations.
 */
typedef struct kt_market {
    const char *name;  /* CONTRACT section 3 */
    const char *scope; /* region code */
    size_t cell_count;
    const size_t *region;     /* of each cell: position in the cube's region dimension */
    const size_t *occupation; /* of each cell: position in its occupation dimension */
    /* Cells that together hold what the scope has, for data coverage: its own row and total. */
    size_t scope_region, scope_occupation;
    /* Rows whose sum is the cells' total: (region, total) minus (region, unknown); may be empty. */
    const size_t *margin_region;
    size_t margin_count;
    size_t total_occupation, unknown_occupation; /* KT_NO_CODE where there is none */
} kt_market;

/** The cells' figures of one period, gathered; and what the scope has in all. */
typedef struct kt_market_month {
    kt_cells cells;
    double unemployed_coverage, vacancies_coverage; /* cells' sum over the scope's own figure */
    double protected_share; /* share of the cells in which a figure is protected or holds one that
                               is */
    size_t cells_without_figure; /* neither observed nor protected: left out */
    kt_obs obs;                  /* worst of A and E over the cells used */
} kt_market_month;

/** Gathers a market from a slab of one period. measures are positions in the measure dimension. */
kt_status kt_market_gather(const kt_market *market, const kt_cube *slab, size_t unemployed,
                           size_t vacancies, kt_arena *arena, kt_market_month *out,
                           kt_error *err) KT_MUST_CHECK;

#endif
