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
    /** The row that holds all that the scope has, for data coverage; KT_NO_CODE: coverage unknown.
     */
    size_t scope_region, scope_occupation;
    /**
     * Rows whose (region, total) less (region, unknown) sum to the cells' total: equalities alone.
     * None: margin_count 0. unknown_occupation is KT_NO_CODE where there is none.
     */
    const size_t *margin_region;
    size_t margin_count;
    size_t total_occupation, unknown_occupation;
} kt_market;

/** One rolled-up period and where in it the figures stand. */
typedef struct kt_market_slab {
    const kt_cube *cube;          /* its period dimension has one code */
    size_t unemployed, vacancies; /* positions in the measure dimension */
    size_t sector, group;         /* positions in theirs; 0 where a table has none */
} kt_market_slab;

/** The cells' figures of one period, gathered; and what the scope has in all. */
typedef struct kt_market_month {
    kt_cells cells;
    double unemployed, vacancies; /* sums over the cells used */
    /** Those sums over the scope's own figures; NAN where the scope has none. */
    double unemployed_coverage, vacancies_coverage;
    double protected_share; /* share of the cells used in which a figure is protected or holds one
                               that is */
    size_t cells_used;
    size_t cells_without_figure; /* neither observed nor protected: left out */
    kt_obs obs; /* worst over the cells used, protected ones as E; where none is used, the worst of
                   what is absent */
} kt_market_month;

/**
 * Gathers a market from a slab. Fails with KT_ERR_BUG if a position lies outside the slab, and with
 * KT_ERR_DATA and the coordinates if a figure lies outside its interval or below zero.
 */
kt_status kt_market_gather(const kt_market *market, const kt_market_slab *slab, kt_arena *arena,
                           kt_market_month *out, kt_error *err) KT_MUST_CHECK;

#endif
