/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "index_decomposition.h"

#include <math.h>

#include "crossed_markets.h"
#include "index_columns.h"

/* The rows of one population. */
typedef struct population {
    const kt_index_month *of;
    const char *name;
    const kt_crossed_market *market;
    const kt_market_month *figures;
    const kt_mismatch *mismatch;   /* of each exponent */
    const kt_index_bounds *bounds; /* of each exponent; NULL: there are none */
    bool assessable;
} population;

static void put_keys(const population *of, const kt_index_alpha *alpha, kt_rows *rows)
{
    const kt_index_month *month = of->of;
    const kt_market *market = &of->market->market;
    const kt_rollup_line *regions = NULL;
    const kt_rollup_line *occupations = NULL;
    (void)kt_rollup_regions(month->rollup, &regions);
    (void)kt_rollup_occupations(month->rollup, &occupations);
    char period[KT_PERIOD_SIZE], start[KT_PERIOD_SIZE];
    kt_rows_text(rows, KT_DECOMPOSITION_TIME_PERIOD, kt_period_write(month->period, period));
    kt_rows_text(rows, KT_DECOMPOSITION_PERIOD_START, kt_period_start(month->period, start));
    kt_rows_text(rows, KT_DECOMPOSITION_SCOPE, market->scope);
    kt_rows_text(rows, KT_DECOMPOSITION_REGION_LEVEL, regions[market->region[0]].level);
    kt_rows_text(rows, KT_DECOMPOSITION_OCCUPATION_LEVEL, occupations[market->occupation[0]].level);
    kt_rows_text(rows, KT_DECOMPOSITION_ALPHA, alpha->text);
    kt_rows_text(rows, KT_DECOMPOSITION_POPULATION, of->name);
}

static void put_parts(const kt_decomposition *parts, kt_rows *rows)
{
    kt_rows_number(rows, KT_DECOMPOSITION_MISMATCH_REGION, parts->mismatch_region);
    kt_rows_number(rows, KT_DECOMPOSITION_WITHIN_REGION, parts->within_region);
    kt_rows_number(rows, KT_DECOMPOSITION_MISMATCH_OCCUPATION, parts->mismatch_occupation);
    kt_rows_number(rows, KT_DECOMPOSITION_WITHIN_OCCUPATION, parts->within_occupation);
    kt_rows_number(rows, KT_DECOMPOSITION_INTERACTION, parts->interaction);
    kt_rows_number(rows, KT_DECOMPOSITION_SHAPLEY_REGION, parts->shapley_region);
    kt_rows_number(rows, KT_DECOMPOSITION_SHAPLEY_OCCUPATION, parts->shapley_occupation);
}

static const kt_decomposition no_parts = {.mismatch = NAN,
                                          .mismatch_region = NAN,
                                          .within_region = NAN,
                                          .mismatch_occupation = NAN,
                                          .within_occupation = NAN,
                                          .interaction = NAN,
                                          .shapley_region = NAN,
                                          .shapley_occupation = NAN};

static kt_status put_row(const population *of, size_t at, const kt_decomposition *parts,
                         kt_rows *rows, kt_error *err)
{
    const kt_index_alpha *alpha = &of->of->plan->alphas[at];
    const bool ranged = alpha->ranged && of->bounds != NULL;
    const kt_decomposition *shown = of->assessable ? parts : &no_parts;
    put_keys(of, alpha, rows);
    kt_rows_number(rows, KT_DECOMPOSITION_MISMATCH, shown->mismatch);
    kt_rows_number(rows, KT_DECOMPOSITION_MISMATCH_LOW, ranged ? of->bounds[at].low : NAN);
    kt_rows_number(rows, KT_DECOMPOSITION_MISMATCH_HIGH, ranged ? of->bounds[at].high : NAN);
    put_parts(shown, rows);
    kt_rows_number(
        rows, KT_DECOMPOSITION_DATA_COVERAGE,
        kt_index_coverage(fmin(of->figures->unemployed_coverage, of->figures->vacancies_coverage)));
    kt_rows_text(rows, KT_DECOMPOSITION_METHOD,
                 ranged ? alpha->decomposition_ranged : alpha->decomposition);
    kt_rows_status(rows, KT_DECOMPOSITION_OBS_STATUS,
                   kt_index_status(of->figures->obs, of->assessable, parts->mismatch));
    return kt_rows_end(rows, err);
}

static kt_status add_population(const population *of, kt_rows *rows, kt_error *err)
{
    kt_arena *arena = of->of->arena;
    const size_t count = of->of->plan->alpha_count;
    const kt_cross cross = kt_crossed_market_cells(of->market, of->figures);
    kt_decomposition *parts = kt_arena_array(arena, kt_decomposition, count);
    KT_TRY(kt_decomposition_of(&cross, of->mismatch, count, arena, parts, err));
    for (size_t i = 0; i < count; i++) {
        KT_TRY(put_row(of, i, &parts[i], rows, err));
    }
    return KT_OK;
}

/* The figures of a market that `mismatch` does not have. */
static kt_status compute_mismatch(const kt_index_plan *plan, const kt_market_month *figures,
                                  kt_arena *arena, kt_mismatch *out, kt_error *err)
{
    double *alphas = kt_arena_array(arena, double, plan->alpha_count);
    for (size_t i = 0; i < plan->alpha_count; i++) {
        alphas[i] = plan->alphas[i].alpha;
    }
    kt_cells cells = figures->cells;
    cells.unemployed_low = cells.unemployed_high = NULL;
    cells.vacancies_low = cells.vacancies_high = NULL;
    return kt_mismatch_compute(&cells, alphas, plan->alpha_count, arena, out, err);
}

kt_status kt_index_decomposition_add(const kt_index_month *month, const kt_index_found *found,
                                     kt_rows *rows, kt_error *err)
{
    const kt_crossed_markets *crossed = month->market->crossed;
    kt_market_month whole;
    kt_mismatch *mismatch = kt_arena_array(month->arena, kt_mismatch, month->plan->alpha_count);
    KT_TRY(kt_market_gather(&crossed->with_unallocated.market, month->slab, month->arena, &whole,
                            err));
    KT_TRY(compute_mismatch(month->plan, &whole, month->arena, mismatch, err));
    const population with = {.of = month,
                             .name = "with_X",
                             .market = &crossed->with_unallocated,
                             .figures = &whole,
                             .mismatch = mismatch,
                             .assessable = found->assessable};
    const population without = {.of = month,
                                .name = "without_X",
                                .market = &crossed->without_unallocated,
                                .figures = found->figures,
                                .mismatch = found->mismatch,
                                .bounds = found->bounds,
                                .assessable = found->assessable};
    KT_TRY(add_population(&with, rows, err));
    return add_population(&without, rows, err);
}
